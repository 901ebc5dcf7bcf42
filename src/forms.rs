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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[error(transparent)]
pub struct ParseCodeError(#[from] Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
enum Kind {
    #[error("The input is empty.")]
    Empty,
    #[error("The input holds neither a code nor a name.")]
    Nothing,
    #[error("There is no hexadecimal digit behind `0x`.")]
    NoHexDigit,
    #[error("There is no number behind `AADSTS`.")]
    NoAadstsNumber,
    #[error("The number behind `AADSTS` has more than seven digits.")]
    MoreThanSevenDigits,
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
#[allow(clippy::struct_excessive_bools)] // Each is a fact of its own about how the digits stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Number {
    pub decimal: Option<u32>,
    pub hex: Option<u32>,
    /// The digits are all decimal and fewer than eight, so that a hexadecimal reading is a long shot.
    pub hex_is_guess: bool,
    /// The number had more than 32 bits, all copies of its sign.
    pub sign_extended: bool,
    /// It has a minus sign.
    pub negative: bool,
    /// Other text stands around it.
    pub embedded: bool,
    /// An id names its family, and nothing else is meant.
    pub by_id: bool,
}

/// Reads one input.
pub(crate) fn read(text: &str) -> Result<Form<'_>, ParseCodeError> {
    let whole = trim(text);
    if whole.is_empty() {
        return Err(if text.trim().is_empty() { Kind::Empty } else { Kind::Nothing }.into());
    }
    if let Some((family, rest)) = id(whole) {
        return match aadsts(rest).or_else(|| marked_number(rest)).or_else(|| digits(rest)) {
            Some(number) => Ok(Form::Number(Number { by_id: true, ..number? }, Some(family))),
            None => Ok(Form::Id(whole)),
        };
    }
    // A code written twice, or several: the first.
    let whole = match numbers(whole) {
        Some((separates, _)) => whole.split(separates).next().unwrap_or(whole).trim(),
        None => whole,
    };
    if let Some((result, extend)) = setup_pair(whole) {
        return Ok(Form::Setup(result, extend));
    }
    let (family, led, rest) = leading_words(whole);
    // A code with its own prefix, or behind a word such as `event`, may have text behind it.
    let (first, alone) = first_token(rest);
    if let Some(number) = aadsts(first) {
        return Ok(Form::Number(number?, Some(Family::Aadsts)));
    }
    if let Some(number) = marked_number(first) {
        return Ok(Form::Number(number?, family));
    }
    if alone || led {
        if let Some(number) = digits(first) {
            return Ok(Form::Number(number?, family));
        }
    }
    if alone && !led {
        if let Some(number) = bare_hex(first) {
            return Ok(Form::Number(number, None));
        }
    }
    if whole.contains(char::is_whitespace) {
        // A line of text: the first code in it that shows itself to be one.
        for token in whole.split(|c: char| c.is_whitespace() || "()[]{}<>,;/\"'=|".contains(c)) {
            let token = trim(token);
            if let Some(Ok(number)) = aadsts(token) {
                return Ok(Form::Number(Number { embedded: true, ..number }, Some(Family::Aadsts)));
            }
            if let Some(Ok(number)) = marked_number(token).filter(|_| token.len() > 3) {
                return Ok(Form::Number(Number { embedded: true, ..number }, None));
            }
        }
        // A name with its number, as pages print it: `ERROR_WINHTTP_TIMEOUT (12002)`. The name says more.
        if let Some((name, number)) = whole.split_once('(') {
            if digits(trim(number)).is_some() && !name.trim().contains(' ') {
                return Ok(Form::Text(name.trim()));
            }
        }
        // A status with its phrase: `403 Forbidden`.
        if let Some(Ok(number)) = digits(first).filter(|_| is_phrase_of(first, rest)) {
            return Ok(Form::Number(number, Some(Family::Http)));
        }
    }
    if whole.bytes().any(|b| b.is_ascii_alphanumeric() || b >= 0x80) {
        Ok(Form::Text(whole))
    } else {
        Err(Kind::Nothing.into())
    }
}

/// The codes of `[0x801c0021/0x80072ee2]` or `0x801c0021, 0x80072ee2`; `None` for anything that is not several
/// different codes.
pub(crate) fn several(text: &str) -> Option<impl Iterator<Item = &str>> {
    let whole = trim(text);
    let (separates, different) = numbers(whole)?;
    different.then(|| whole.split(separates).map(str::trim).filter(|part| !part.is_empty()))
}

/// Whether a character separates the numbers of a list.
type Separates = fn(char) -> bool;

/// How a list of numbers is separated, and whether they differ; `None` for what is not two to sixteen numbers.
fn numbers(text: &str) -> Option<(Separates, bool)> {
    let slashes = text.contains('/');
    let separates: Separates = if slashes { |c| c == '/' } else { |c| c.is_whitespace() || ",;".contains(c) };
    let value = |part: &str| {
        // Between slashes digits are numbers; between blanks a number has to show itself to be one.
        let number = aadsts(part).or_else(|| marked_number(part));
        let number = number.or_else(|| if slashes { digits(part) } else { None })?.ok()?;
        number.decimal.or(number.hex)
    };
    let mut parts = text.split(separates).map(str::trim).filter(|part| !part.is_empty());
    let first = value(parts.next()?)?;
    let (mut count, mut different) = (1, false);
    for part in parts {
        count += 1;
        different |= value(part)? != first;
    }
    (2..=16).contains(&count).then_some((separates, different))
}

/// Whether a text begins with an HTTP status and the phrase that goes with it.
fn is_phrase_of(status: &str, text: &str) -> bool {
    // The first words of the phrases of RFC 9110.
    const PHRASES: [(&str, &str); 20] = [
        ("400", "bad"),
        ("401", "unauthorized"),
        ("402", "payment"),
        ("403", "forbidden"),
        ("404", "not"),
        ("405", "method"),
        ("406", "not"),
        ("407", "proxy"),
        ("408", "request"),
        ("409", "conflict"),
        ("410", "gone"),
        ("411", "length"),
        ("412", "precondition"),
        ("413", "content"),
        ("500", "internal"),
        ("501", "not"),
        ("502", "bad"),
        ("503", "service"),
        ("504", "gateway"),
        ("505", "http"),
    ];
    let Some(phrase) = PHRASES.iter().find(|(known, _)| *known == status) else { return false };
    let word = text[status.len()..].split_whitespace().next().unwrap_or_default();
    word.eq_ignore_ascii_case(phrase.1)
}

/// A result and an extend code: eight hexadecimal digits, a dash, and five, the first of which is a phase.
///
/// Without `0x` only the results of Windows Setup itself (0xC190xxxx) are taken for such a pair.
fn setup_pair(text: &str) -> Option<(Number, u32)> {
    let (result, extend) = text.split_once(['-', '\u{2013}'])?;
    let (result, extend) = (result.trim(), extend.trim());
    let number = match marked_number(result) {
        Some(number) => number.ok()?,
        None => bare_hex(result).filter(|_| strip_prefix(result, "c190").is_some())?,
    };
    let extend = strip_prefix(extend, "0x").unwrap_or(extend);
    let value = u32::from_str_radix(extend, 16).ok()?;
    let is_pair = result.len() >= 8 && extend.len() == 5 && value < 0x7_0000;
    is_pair.then_some((number, value))
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
    let number = number.or_else(|| marked_number(text)).or_else(|| digits(text)).ok_or(Kind::NoNumber)??;
    number.decimal.or(number.hex).ok_or(Kind::NoNumber.into())
}

/// Takes off blanks, quotes, brackets and closing punctuation.
fn trim(text: &str) -> &str {
    let mut text = text.trim();
    loop {
        let shorter = text
            .trim_matches(|c: char| {
                c.is_whitespace()
                    || "\"'`\u{201C}\u{201D}\u{2018}\u{2019}\u{AB}\u{BB}()[]{}<>\u{FEFF}\u{200B}\u{2060}".contains(c)
            })
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

/// Words before a number that say which family it is, or that it is one at all (`HTTP status 407`, `error 5`): the
/// family, whether there are such words, and what follows them.
fn leading_words(text: &str) -> (Option<Family>, bool, &str) {
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
        let next = after.trim_start_matches([' ', '\t', ':', '=', '#', '_', '(', ')']);
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
    if digit { (family, rest.len() < text.len(), rest) } else { (None, false, text) }
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
    const NEUTRAL: [&str; 19] = [
        "error",
        "err",
        "code",
        "status",
        "id",
        "errorcode",
        "statuscode",
        "exit",
        "exitcode",
        "rc",
        "failed",
        "system",
        "windows",
        "lasterror",
        "getlasterror",
        "returncode",
        "return",
        "result",
        "value",
    ];
    const FAMILIES: [(&str, Family); 5] = [
        ("hr", Family::Hresult),
        ("https", Family::Http),
        ("eventid", Family::Event),
        ("errno", Family::Win32),
        ("stop", Family::BugCheck),
    ];
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
    let number = match value(&rest[..end], 10) {
        Some(number) if number > 0xFFFF_FFFF => Err(Kind::MoreThanSevenDigits.into()),
        number => narrow(number, false),
    };
    sound.then(|| number.map(|(decimal, _)| Number { decimal: Some(decimal), ..Number::default() }))
}

/// `0x801c03f2`, `0X801C03F2L`, `&H801C03F2`, and decimals with a minus sign.
fn marked_number(text: &str) -> Option<Result<Number, ParseCodeError>> {
    // A word processor's minus sign and dash are meant as one.
    let minus = text.strip_prefix(['-', '\u{2212}', '\u{2013}']);
    let (negative, digits) = minus.map_or((false, text), |digits| (true, digits));
    if let Some(hex) = strip_prefix(digits, "0x").or_else(|| strip_prefix(digits, "&h")) {
        let hex = hex.trim_end_matches(['l', 'L', 'u', 'U', '&']);
        if hex.is_empty() {
            return Some(Err(Kind::NoHexDigit.into()));
        }
        if !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let number = narrow(value(hex, 16), negative);
        return Some(number.map(|(hex, sign_extended)| Number {
            hex: Some(hex),
            sign_extended,
            negative,
            ..Number::default()
        }));
    }
    let digits = digits.trim_end_matches(['l', 'L']);
    if negative && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
        let number = narrow(value(digits, 10), true);
        return Some(number.map(|(decimal, sign_extended)| Number {
            decimal: Some(decimal),
            sign_extended,
            negative,
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
        ..Number::default()
    }))
}

/// `801c03f2` or `ffffffff801c03f2`: hexadecimal digits without a prefix, one of them a letter.
fn bare_hex(text: &str) -> Option<Number> {
    // `face` is a word, and so is `e`.
    let a_word = text.len() < 8 && !text.bytes().any(|b| b.is_ascii_digit());
    if a_word || text.len() > 16 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
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
