//! From text to numbers: every form in which people and logs write a code.
//!
//! Pure text work, with no table at hand: what a number means is for `explain` to find out. The invariant: any text
//! gives a [`Form`] or an error that says what is missing, and never a panic.

use thiserror::Error;

use crate::vocabulary::Family;

/// A text that holds no readable code.
///
/// ```
/// let error = "0x".parse::<hexplain::Hresult>().unwrap_err();
/// assert_eq!(error.to_string(), "There is no hexadecimal digit behind `0x`.");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(transparent)]
pub struct ParseCodeError(#[from] Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
enum Kind {
    #[error("The input is empty.")]
    Empty,
    #[error("The input holds neither a code nor a name.")]
    Nothing,
    #[error("There is no hexadecimal digit behind `0x`.")]
    NoHexDigit,
    #[error("There is no number behind `AADSTS`.")]
    NoAadstsNumber,
    #[error("The number has more than 64 bits; codes have 32.")]
    MoreThan64Bits,
    #[error("The number has more than 32 bits, and it is not a 32-bit code with its sign extended to 64.")]
    MoreThan32Bits,
    #[error("This is no number; write it as `0x` and hexadecimal digits, or as a decimal.")]
    NoNumber,
}

/// What a text is, before any table is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form<'a> {
    /// A number, with the family that the words before it name.
    Number(Number, Option<Family>),
    /// Windows Setup's pair of a result and an extend code: `0xC1900101 - 0x20017`.
    Setup(Number, u32),
    /// The id of an entry that is not written as a number.
    Id(&'a str),
    /// A symbol, a label or a message.
    Text(&'a str),
}

/// The readings of the digits of one number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Number {
    pub decimal: Option<u32>,
    pub hex: Option<u32>,
    /// The digits are all decimal and fewer than eight, so that a hexadecimal reading is a long shot.
    pub hex_is_guess: bool,
    /// The number had more than 32 bits, all copies of its sign.
    pub sign_extended: bool,
}

/// Reads one input.
pub(crate) fn read(text: &str) -> Result<Form<'_>, ParseCodeError> {
    let whole = trim(text);
    if whole.is_empty() {
        return Err(if text.trim().is_empty() { Kind::Empty } else { Kind::Nothing }.into());
    }
    if let Some((family, rest)) = id(whole) {
        return match aadsts(rest).or_else(|| number_with_prefix(rest)).or_else(|| digits(rest)) {
            Some(number) => Ok(Form::Number(number?, Some(family))),
            None => Ok(Form::Id(whole)),
        };
    }
    // A code written twice, or several: the first.
    let whole = if by_slash(whole).is_some() { whole.split('/').next().unwrap_or(whole).trim() } else { whole };
    if let Some((result, extend)) = setup_pair(whole) {
        return Ok(Form::Setup(result, extend));
    }
    let (family, rest) = leading_words(whole);
    // A code with its own prefix, or behind a word such as `event`, may have text behind it.
    let (first, alone) = first_token(rest);
    if let Some(number) = aadsts(first) {
        return Ok(Form::Number(number?, Some(Family::Aadsts)));
    }
    if let Some(number) = number_with_prefix(first) {
        return Ok(Form::Number(number?, family));
    }
    if alone || family.is_some() {
        if let Some(number) = digits(first) {
            return Ok(Form::Number(number?, family));
        }
    }
    if alone && family.is_none() {
        if let Some(number) = bare_hex(first) {
            return Ok(Form::Number(number, None));
        }
    }
    if whole.contains(char::is_whitespace) {
        // A line of text: the first code in it that shows itself to be one.
        for token in whole.split(|c: char| c.is_whitespace() || "()[]{}<>,;/\"'=|".contains(c)) {
            let token = trim(token);
            if let Some(Ok(number)) = aadsts(token) {
                return Ok(Form::Number(number, Some(Family::Aadsts)));
            }
            if let Some(Ok(number)) = number_with_prefix(token).filter(|_| token.len() > 3) {
                return Ok(Form::Number(number, None));
            }
        }
        // A name with its number, as pages print it: `ERROR_WINHTTP_TIMEOUT (12002)`. The name says more.
        if let Some((name, number)) = whole.split_once('(') {
            if digits(trim(number)).is_some() && !name.trim().contains(' ') {
                return Ok(Form::Text(name.trim()));
            }
        }
        // A status with its phrase: `403 Forbidden`.
        if let Some(Ok(number)) = digits(first).filter(|_| first.len() == 3) {
            return Ok(Form::Number(number, Some(Family::Http)));
        }
    }
    if whole.bytes().any(|b| b.is_ascii_alphanumeric() || b >= 0x80) {
        Ok(Form::Text(whole))
    } else {
        Err(Kind::Nothing.into())
    }
}

/// The two and more codes of `[0x801c0021/0x80072ee2]`; `None` for anything that is not several different codes.
pub(crate) fn several(text: &str) -> Option<core::str::Split<'_, char>> {
    let whole = trim(text);
    by_slash(whole)?.then(|| whole.split('/'))
}

/// Whether the numbers between slashes differ; `None` where there are not two numbers or more and nothing else.
fn by_slash(text: &str) -> Option<bool> {
    let value = |part: &str| {
        let part = part.trim();
        let number = number_with_prefix(part).or_else(|| digits(part))?.ok()?;
        number.decimal.or(number.hex)
    };
    let (first, rest) = text.split_once('/')?;
    let first = value(first)?;
    let mut different = false;
    // More than a handful is no bracket of codes.
    if rest.split('/').nth(16).is_some() {
        return None;
    }
    for part in rest.split('/') {
        different |= value(part)? != first;
    }
    Some(different)
}

/// A result and an extend code: eight hexadecimal digits behind `0x`, a dash, and five or six.
fn setup_pair(text: &str) -> Option<(Number, u32)> {
    let (result, extend) = text.split_once('-')?;
    let (result, extend) = (result.trim(), extend.trim());
    let number = number_with_prefix(result)?.ok()?;
    let extend_hex = strip_prefix(extend, "0x")?;
    let extend = u32::from_str_radix(extend_hex, 16).ok()?;
    // The upper half is a phase, of which there are few.
    (result.len() == 10 && extend > 0xFFFF && extend < 0x10_0000).then_some((number, extend))
}

/// Reads a number of one family: hexadecimal behind a prefix, or a signed or unsigned decimal.
pub(crate) fn parse_number(text: &str, family: Family) -> Result<u32, ParseCodeError> {
    let text = trim(text);
    if text.is_empty() {
        return Err(Kind::Empty.into());
    }
    let number = match family {
        Family::Aadsts => aadsts(text),
        _ => None,
    };
    let number = number.or_else(|| number_with_prefix(text)).or_else(|| digits(text)).ok_or(Kind::NoNumber)??;
    number.decimal.or(number.hex).ok_or(Kind::NoNumber.into())
}

/// Takes off blanks, quotes, brackets and closing punctuation.
fn trim(text: &str) -> &str {
    let mut text = text.trim();
    loop {
        let shorter = text
            .trim_matches(|c: char| c.is_whitespace() || "\"'`\u{201C}\u{201D}\u{2018}\u{2019}()[]{}<>".contains(c))
            .trim_end_matches(['.', ',', ';', ':', '!']);
        if shorter.len() == text.len() {
            return text;
        }
        text = shorter;
    }
}

/// `family:rest`, as ids are written.
fn id(text: &str) -> Option<(Family, &str)> {
    let (family, rest) = text.split_once(':')?;
    let family = family.parse().ok()?;
    (!rest.is_empty() && !rest.starts_with(char::is_whitespace)).then_some((family, rest))
}

/// Words before a number that say which family it is, or that it is one at all: `HTTP status 407`, `event id 1081`.
fn leading_words(text: &str) -> (Option<Family>, &str) {
    let mut family = None;
    let mut rest = text;
    loop {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        // `HTTP407` and `event1081`: letters and digits without a blank.
        let letters = rest[..end].find(|c: char| c.is_ascii_digit()).unwrap_or(end);
        let (mut word, mut after) = (&rest[..end], &rest[end..]);
        let mut meaning = lead(word);
        if meaning.is_none() && letters > 0 && rest[letters..end].bytes().all(|b| b.is_ascii_digit()) {
            (word, after) = (&rest[..letters], &rest[letters..]);
            meaning = lead(word).filter(|m| matches!(m, Lead::Names(Family::Http | Family::Event)));
        }
        let Some(meaning) = meaning else { break };
        // `HTTP/1.1 407`
        if meaning == Lead::Names(Family::Http) && after.starts_with('/') {
            after = &after[after.find(char::is_whitespace).unwrap_or(after.len())..];
        }
        let next = after.trim_start_matches([' ', '\t', ':', '=', '#']);
        if next.is_empty() {
            break;
        }
        if let Lead::Names(named) = meaning {
            family = Some(named);
        }
        rest = next;
    }
    // Without a number behind them the words are text.
    let digit = rest.trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit());
    if digit { (family, rest) } else { (None, text) }
}

/// What a word before a number says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    /// A number of this family follows.
    Names(Family),
    /// A number follows.
    Neutral,
}

fn lead(word: &str) -> Option<Lead> {
    const NEUTRAL: [&str; 8] = ["error", "code", "status", "id", "errorcode", "statuscode", "exit", "failed"];
    const FAMILIES: [(&str, Family); 4] =
        [("hr", Family::Hresult), ("https", Family::Http), ("eventid", Family::Event), ("errno", Family::Win32)];
    if NEUTRAL.iter().any(|neutral| neutral.eq_ignore_ascii_case(word)) {
        return Some(Lead::Neutral);
    }
    let synonym = FAMILIES.iter().find(|(synonym, _)| synonym.eq_ignore_ascii_case(word));
    synonym.map(|&(_, family)| family).or_else(|| word.parse().ok()).map(Lead::Names)
}

/// The text up to a blank or a bracket, and whether it is all there is.
fn first_token(text: &str) -> (&str, bool) {
    let end = text.find(|c: char| c.is_whitespace() || "([,;".contains(c)).unwrap_or(text.len());
    (trim(&text[..end]), end == text.len())
}

/// `AADSTS50126`, perhaps with a colon and more behind it.
fn aadsts(text: &str) -> Option<Result<Number, ParseCodeError>> {
    let rest = strip_prefix(text, "aadsts")?;
    let rest = rest.trim_start_matches([' ', ':']);
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    if end == 0 {
        // `AADSTS` alone is an unfinished code; `AADSTSomething` is a word.
        return rest.is_empty().then_some(Err(Kind::NoAadstsNumber.into()));
    }
    let sound = !rest[end..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    let number = narrow(value(&rest[..end], 10), false);
    sound.then(|| number.map(|(decimal, _)| Number { decimal: Some(decimal), ..Number::default() }))
}

/// `0x801c03f2`, `0X801C03F2L`, `&H801C03F2`, and decimals with a minus sign.
fn number_with_prefix(text: &str) -> Option<Result<Number, ParseCodeError>> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
    if let Some(hex) = strip_prefix(digits, "0x").or_else(|| strip_prefix(digits, "&h")) {
        let hex = hex.trim_end_matches(['l', 'L', 'u', 'U', '&']);
        if hex.is_empty() {
            return Some(Err(Kind::NoHexDigit.into()));
        }
        if !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let number = narrow(value(hex, 16), negative);
        return Some(number.map(|(hex, sign_extended)| Number { hex: Some(hex), sign_extended, ..Number::default() }));
    }
    let digits = digits.trim_end_matches(['l', 'L']);
    if negative && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
        let number = narrow(value(digits, 10), true);
        return Some(number.map(|(decimal, sign_extended)| Number {
            decimal: Some(decimal),
            sign_extended,
            ..Number::default()
        }));
    }
    None
}

/// Digits alone, which may be decimal or, up to eight of them, hexadecimal.
fn digits(text: &str) -> Option<Result<Number, ParseCodeError>> {
    let digits = text.trim_end_matches(['l', 'L', 'u', 'U']);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(narrow(value(digits, 10), false).map(|(decimal, sign_extended)| Number {
        decimal: Some(decimal),
        hex: if digits.len() <= 8 { u32::from_str_radix(digits, 16).ok() } else { None },
        hex_is_guess: digits.len() < 8,
        sign_extended,
    }))
}

/// `801c03f2` or `ffffffff801c03f2`: hexadecimal digits without a prefix, one of them a letter.
fn bare_hex(text: &str) -> Option<Number> {
    if text.len() > 16 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let (hex, sign_extended) = narrow(value(text, 16), false).ok()?;
    Some(Number { hex: Some(hex), sign_extended, ..Number::default() })
}

fn strip_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let start = text.get(..prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

/// The value of digits; `None` for more than 64 bits.
fn value(digits: &str, radix: u32) -> Option<u64> {
    u64::from_str_radix(digits, radix).ok()
}

/// The 32 bits of a magnitude and its sign, and whether a longer number held them with its sign extended.
fn narrow(magnitude: Option<u64>, negative: bool) -> Result<(u32, bool), ParseCodeError> {
    let magnitude = magnitude.ok_or(Kind::MoreThan64Bits)?;
    let bits = if negative { magnitude.wrapping_neg() } else { magnitude };
    let low = bits as u32;
    let extended = bits >> 31 == 0x1_FFFF_FFFF;
    if extended || bits == u64::from(low) && !negative {
        Ok((low, extended && !negative))
    } else if negative && magnitude == 0 {
        Ok((0, false))
    } else {
        Err(Kind::MoreThan32Bits.into())
    }
}
