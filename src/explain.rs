//! From an input to all its readings, best first, each with the reason why it is read so.
//!
//! Candidates are made one by one as they are asked for; nothing is stored or allocated. Their order: exact ones,
//! then those derived from the bits, then guesses; among exact ones a decimal reading before a hexadecimal one, the
//! family that the form suggests before others, and homonyms in the order of the tables.

use core::fmt;

use crate::catalog::{Entry, entries_of, lookup, lookup_all, lookup_id, lookup_label, lookup_symbol};
use crate::code::{Aadsts, Code, Hresult, NtStatus};
use crate::fields::{HresultFields, NtStatusFields};
use crate::forms::{Form, Number, ParseCodeError, read, several};
use crate::vocabulary::{Confidence, Family};
use crate::wrap::{Wrapper, inside};

/// Explains one input: a number in any form, a symbol, a label, a message, an id.
///
/// ```
/// let explanation = hexplain::explain("-2145647630");
/// let best = explanation.candidates().next().unwrap();
/// assert_eq!(best.entry().unwrap().name(), Some("DSREG_E_DIRECTORY_FAILURE"));
/// assert_eq!(best.why().to_string(), "The input is this number as a signed decimal.");
/// ```
pub fn explain(input: &str) -> Explanation<'_> {
    explain_with(input, Hint::default())
}

/// Explains one input, read only as the hint allows.
///
/// ```
/// use hexplain::{Family, Hint, explain_with};
/// let families = [Family::WinInet];
/// let explanation = explain_with("12007", Hint::families(&families));
/// assert_eq!(explanation.candidates().count(), 1);
/// ```
pub fn explain_with<'a>(input: &'a str, hint: Hint<'a>) -> Explanation<'a> {
    Explanation { input, form: read(input), hint }
}

/// Explains each code of an input that holds several, such as `[0x801c0021/0x80072ee2]`; any other input is one.
///
/// A code that is written twice, as in `(0x801c001d/-2145648611)`, is one.
///
/// ```
/// let explanations = hexplain::explain_each("[0x801c0021/0x80072ee2]", hexplain::Hint::default());
/// assert_eq!(explanations.count(), 2);
/// ```
pub fn explain_each<'a>(input: &'a str, hint: Hint<'a>) -> impl Iterator<Item = Explanation<'a>> {
    let parts = several(input);
    let whole = if parts.is_none() { Some(input) } else { None };
    parts.into_iter().flatten().chain(whole).map(move |part| explain_with(part, hint))
}

/// What is known of an input beside its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hint<'a> {
    families: &'a [Family],
}

impl<'a> Hint<'a> {
    /// Reads the input as codes of these families alone; an empty slice stands for all.
    pub const fn families(families: &'a [Family]) -> Self {
        Self { families }
    }

    pub(crate) fn allows(self, family: Family) -> bool {
        self.families.is_empty() || self.families.contains(&family)
    }

    fn names(self, family: Family) -> bool {
        self.families.contains(&family)
    }
}

/// All readings of an input.
#[derive(Clone, Debug)]
pub struct Explanation<'a> {
    input: &'a str,
    form: Result<Form<'a>, ParseCodeError>,
    hint: Hint<'a>,
}

impl<'a> Explanation<'a> {
    /// The input as it was given.
    pub fn input(&self) -> &'a str {
        self.input
    }

    /// Why the input holds no readable code or name; `None` where it does, known or not.
    pub fn error(&self) -> Option<ParseCodeError> {
        self.form.err()
    }

    /// The readings, best first.
    pub fn candidates(&self) -> impl Iterator<Item = Candidate> + Clone + use<'a> {
        let hint = self.hint;
        let (mut numbers, mut id, mut text, mut extend) = (Readings::default(), None, None, None);
        match self.form {
            Ok(Form::Number(number, family)) => numbers = Readings::of(number, family),
            Ok(Form::Setup(number, code)) => (numbers, extend) = (Readings::of(number, None), Some(code)),
            Ok(Form::Id(known)) => id = lookup_id(known),
            Ok(Form::Text(known)) => text = Some(known),
            Err(_) => {}
        }
        // A message may begin with a code; then both are readings.
        let message = self.form.is_ok().then_some(self.input);
        let named = id.map(|entry| (entry, Why::Id)).into_iter().chain(text.into_iter().flat_map(names));
        // A label may hold digits, as `ErrorType 114 (...)` does.
        let label = message.filter(|_| text.is_none()).into_iter().flat_map(lookup_label);
        let named = named.chain(label.map(|entry| (entry, Why::Label))).chain(message.into_iter().flat_map(messages));
        let named = named.filter(move |(entry, _)| hint.allows(entry.family()));
        numbers
            .exact(hint)
            .chain(named.map(|(entry, why)| Candidate::new(entry.code(), Some(entry), why, Confidence::Exact)))
            .chain(numbers.derived(hint))
            .chain(extend.into_iter().flat_map(extend_code).filter(move |c| hint.allows(c.code.family())))
            .chain(numbers.guesses(hint))
            .zip(1..)
            .map(|(candidate, rank)| Candidate { rank, ..candidate })
    }

    /// Whether a candidate that is no guess is a row of the catalogue, or carries one.
    pub fn is_answered(&self) -> bool {
        self.candidates().any(|c| c.confidence != Confidence::Guess && c.is_known())
    }

    /// The bit fields of the number as an HRESULT and as an NTSTATUS; `None` where the input is no such number, or
    /// one of at most 16 bits, whose fields say nothing.
    pub fn fields(&self) -> Option<(HresultFields, NtStatusFields)> {
        let (number, family) = match self.form {
            Ok(Form::Number(number, family)) => (number, family),
            Ok(Form::Setup(number, _)) => (number, None),
            _ => return None,
        };
        if !matches!(family, None | Some(Family::Hresult | Family::NtStatus)) {
            return None;
        }
        // Digits without a prefix are fields only where they are read as hexadecimal.
        let value = match (number.decimal, number.hex) {
            (Some(decimal), Some(hex)) if !number.hex_is_guess && lookup_any(decimal).is_none() => hex,
            (Some(decimal), _) => decimal,
            (None, hex) => hex?,
        };
        (value > 0xFFFF).then(|| (Hresult(value).fields(), NtStatus(value).fields()))
    }

    /// Symbols and labels near the input, nearest first, for a text that names nothing; at most five.
    ///
    /// ```
    /// let explanation = hexplain::explain("DSREG_E_DIRECTORY_FALURE");
    /// assert_eq!(explanation.candidates().count(), 0);
    /// assert_eq!(explanation.suggestions(), ["DSREG_E_DIRECTORY_FAILURE"]);
    /// ```
    #[cfg(feature = "alloc")]
    pub fn suggestions(&self) -> alloc::vec::Vec<&'static str> {
        match self.form {
            Ok(Form::Text(text)) if self.candidates().next().is_none() => crate::search::near(text),
            _ => alloc::vec::Vec::new(),
        }
    }
}

fn lookup_any(value: u32) -> Option<Entry> {
    Family::ALL.iter().find_map(|&family| lookup(Code::new(family, value)))
}

/// One reading of an input, or of the code inside a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Candidate {
    code: Code,
    entry: Option<Entry>,
    why: Why,
    confidence: Confidence,
    rank: u32,
}

impl Candidate {
    pub(crate) fn new(code: Code, entry: Option<Entry>, why: Why, confidence: Confidence) -> Self {
        Self { code, entry, why, confidence, rank: 1 }
    }

    /// The candidate that a search found.
    #[cfg(feature = "alloc")]
    pub(crate) fn found(entry: Entry, rank: u32) -> Self {
        Self { rank, ..Self::new(entry.code(), Some(entry), Why::Found, Confidence::Exact) }
    }

    /// The code it is read as.
    pub fn code(&self) -> Code {
        self.code
    }

    /// The row of the catalogue; `None` for a code without one that carries another.
    pub fn entry(&self) -> Option<Entry> {
        self.entry
    }

    /// Why the input is read so; it prints as one sentence.
    pub fn why(&self) -> Why {
        self.why
    }

    /// How sure the reading is.
    pub fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// Its place among the candidates, from 1.
    pub fn rank(&self) -> u32 {
        self.rank
    }

    /// The codes that this one carries, one step down; those may carry others. A search does not look inside.
    ///
    /// ```
    /// let explanation = hexplain::explain("0x80072ee7");
    /// let candidate = explanation.candidates().next().unwrap();
    /// let inside: Vec<_> = candidate.wraps().filter_map(|c| c.entry()?.name()).collect();
    /// assert_eq!(inside, ["ERROR_INTERNET_NAME_NOT_RESOLVED", "ERROR_WINHTTP_NAME_NOT_RESOLVED"]);
    /// ```
    pub fn wraps(&self) -> impl Iterator<Item = Self> + Clone + use<> {
        let inside = if self.why == Why::Found { None } else { Some(self.code.wraps()) };
        inside.into_iter().flatten()
    }

    /// Whether it or what it carries is a row of the catalogue.
    pub(crate) fn is_known(&self) -> bool {
        self.entry.is_some() || self.wraps().any(|inner| inner.is_known())
    }
}

impl Code {
    /// The codes that this one carries, one step down, such as the Win32 error in an HRESULT of facility 7; those may
    /// carry others. Of one number all that are known come, the likeliest first.
    ///
    /// ```
    /// use hexplain::{Hresult, Win32Error};
    ///
    /// let inside = hexplain::Code::from(Hresult(0x8007_0520)).wraps().next().unwrap();
    /// assert_eq!(inside.code(), Win32Error(1312).into());
    /// ```
    pub fn wraps(self) -> impl Iterator<Item = Candidate> + Clone + use<> {
        let (wrapper, codes) = inside(self).unwrap_or((Wrapper::Win32, [None; 2]));
        // The map from NTSTATUS means one error; a number inside a code may be any of its homonyms.
        let mapped = matches!(wrapper, Wrapper::StatusMap | Wrapper::DisputedStatusMap);
        let known = codes.iter().flatten().any(|&code| lookup(code).is_some());
        // Where neither HTTP stack knows a number, one nameless code says so.
        let nameless = if known { None } else { codes[0] };
        codes
            .into_iter()
            .flatten()
            .flat_map(move |code| lookup_all(code).take(if mapped { 1 } else { usize::MAX }))
            .map(|entry| (entry.code(), Some(entry)))
            .chain(nameless.map(|code| (code, None)))
            .zip(1..)
            .map(move |((code, entry), rank)| {
                let confidence = Confidence::Derived;
                Candidate { code, entry, why: Why::Inside(wrapper), confidence, rank }
            })
    }
}

/// Why an input is read as it is. It prints as one sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Why {
    /// The input is the number in hexadecimal.
    Hexadecimal,
    /// The input is the number in hexadecimal, its sign extended to 64 bits.
    SignExtended,
    /// The input is the number in decimal.
    Decimal,
    /// The input is the number as a signed decimal.
    SignedDecimal,
    /// The words of the input name the family of the number.
    Stated,
    /// The input is a text that holds the number.
    InText,
    /// The input is the entry's id.
    Id,
    /// The input is the symbol, or an alias of it.
    Symbol,
    /// The input is the symbol as Samba spells it.
    SambaSymbol,
    /// The input is the label of a condition.
    Label,
    /// The input holds a condition's message.
    Message,
    /// The code has no row, and its bits say that it carries another.
    Carrier(Wrapper),
    /// The code stands inside the one above it.
    Inside(Wrapper),
    /// The number is this one without its minus sign, which people leave out.
    WithoutMinus,
    /// The digits would be this number if they were hexadecimal.
    UnlikelyHexadecimal,
    /// The AADSTS number is unknown, and this one begins it.
    ParentAadsts,
    /// The texts of the entry hold the words of a search.
    Found,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hexadecimal => "The input is this number in hexadecimal.",
            Self::SignExtended => "The input is this number with its sign extended to 64 bits.",
            Self::Decimal => "The input is this number in decimal.",
            Self::SignedDecimal => "The input is this number as a signed decimal.",
            Self::InText => "The text holds this code.",
            Self::Stated => "The input says which family the number belongs to.",
            Self::Id => "The input is its id.",
            Self::Symbol => "The input is its symbol.",
            Self::SambaSymbol => "The input is its symbol as Samba spells it.",
            Self::Label => "The input is its label.",
            Self::Message => "The input holds its message.",
            Self::Carrier(wrapper) | Self::Inside(wrapper) => return wrapper.fmt(f),
            Self::WithoutMinus => "The input is this number without its minus sign.",
            Self::UnlikelyHexadecimal => "The digits are this number only if they are hexadecimal, which nothing says.",
            Self::ParentAadsts => "The number is unknown, and it begins with the digits of this one.",
            Self::Found => "Its name or its texts hold the words.",
        })
    }
}

/// The numbers that an input may be, each at most once.
#[derive(Clone, Copy, Default)]
struct Readings {
    /// Value and reason, a decimal reading before a hexadecimal one.
    likely: [Option<(u32, Why)>; 2],
    unlikely: Option<u32>,
    family: Option<Family>,
}

impl Readings {
    fn of(number: Number, family: Option<Family>) -> Self {
        // A word such as `HRESULT` before a number is often wrong: .NET prints statuses under it, logs call results
        // Win32 errors. Where the number means nothing in the family, the word counts for nothing.
        let fits = |family: Family| {
            let in_doubt = matches!(family, Family::Hresult | Family::NtStatus | Family::Win32)
                || matches!(family, Family::Http | Family::WinHttp | Family::WinInet)
                    && number.decimal.is_none_or(|d| d > 0xFFFF);
            let known = |value: &u32| {
                let code = Code::new(family, *value);
                lookup(code).is_some() || inside(code).is_some()
            };
            !in_doubt || number.by_id || [number.decimal, number.hex].iter().flatten().any(known)
        };
        let family = family.filter(|&family| fits(family));
        let why = |alone| match family {
            _ if number.embedded => Why::InText,
            Some(_) => Why::Stated,
            None => alone,
        };
        let extended = if number.sign_extended { Some(Why::SignExtended) } else { None };
        let decimal = number.decimal.map(|value| {
            let form = if number.negative { Why::SignedDecimal } else { Why::Decimal };
            (value, why(extended.unwrap_or(form)))
        });
        // Equal readings are one.
        let hex = number.hex.filter(|&hex| number.decimal != Some(hex));
        let likely_hex = hex.filter(|_| !number.hex_is_guess);
        Self {
            likely: [decimal, likely_hex.map(|value| (value, why(extended.unwrap_or(Why::Hexadecimal))))],
            unlikely: hex.filter(|_| number.hex_is_guess),
            family,
        }
    }

    /// The codes that a value may be, in the order of likelihood.
    fn codes(self, value: u32, hint: Hint<'_>) -> impl Iterator<Item = Code> + Clone + use<'_> {
        use Family::{
            AppleMdm, Condition, Event, Hresult, IntuneApp, MsiAction, MsiDatabase, NtStatus, RdpExtended,
            SetupOperation, SetupPhase, SyncMl,
        };
        // 32-bit families first for 32-bit values, and last for small ones, which are then their success codes.
        let wide = Some(wide_families(value));
        let (before, after) = if value > 0xFFFF { (wide, None) } else { (None, wide) };
        // 404 is a status to everybody, and a Win32 error to few.
        let http = Some(Family::Http).filter(|&http| lookup(Code::new(http, value)).is_some() && value >= 400);
        let rest = Family::ALL.iter().copied().filter(move |&family| Some(family) != http);
        let narrow = http.into_iter().chain(rest).filter(move |&family| match family {
            Hresult | NtStatus | Condition => false,
            // These small numbers are ones only where somebody says so.
            Event | RdpExtended | MsiAction | MsiDatabase | SetupPhase | SetupOperation | SyncMl | AppleMdm
            | IntuneApp => hint.names(family) || self.family == Some(family),
            _ => true,
        });
        before
            .into_iter()
            .flatten()
            .chain(narrow)
            .chain(after.into_iter().flatten())
            .filter(move |&family| hint.allows(family) && self.family.is_none_or(|stated| stated == family))
            .map(move |family| Code::new(family, value))
    }

    fn exact(self, hint: Hint<'_>) -> impl Iterator<Item = Candidate> + Clone + use<'_> {
        self.likely.into_iter().flatten().flat_map(move |(value, why)| {
            self.codes(value, hint)
                .flat_map(lookup_all)
                .map(move |entry| Candidate::new(entry.code(), Some(entry), why, Confidence::Exact))
        })
    }

    /// Codes without a row that carry another.
    fn derived(self, hint: Hint<'_>) -> impl Iterator<Item = Candidate> + Clone + use<'_> {
        self.likely.into_iter().flatten().flat_map(move |(value, _)| {
            self.codes(value, hint).filter(|&code| lookup(code).is_none()).filter_map(|code| {
                let (wrapper, _) = inside(code)?;
                Some(Candidate::new(code, None, Why::Carrier(wrapper), Confidence::Derived))
            })
        })
    }

    fn guesses(self, hint: Hint<'_>) -> impl Iterator<Item = Candidate> + Clone + use<'_> {
        let unlikely = self.unlikely.into_iter().flat_map(move |value| {
            self.codes(value, hint).flat_map(lookup_all).map(|entry| (entry, Why::UnlikelyHexadecimal))
        });
        let minus = self.likely[0].map(|(value, _)| value.wrapping_neg()).filter(|&value| value > 0x7FFF_FFFF);
        let ese = Some(Family::Ese).filter(|&ese| hint.allows(ese) && self.family.is_none_or(|f| f == ese));
        let ese = minus.zip(ese).into_iter().flat_map(|(value, ese)| lookup_all(Code::new(ese, value)));
        let number = self.likely[0].filter(|_| hint.allows(Family::Aadsts)).map(|(value, _)| value);
        let number = number.filter(|_| self.family == Some(Family::Aadsts)).unwrap_or(0);
        let parent = begun_aadsts(number).filter(|parent| parent.code().value() != number);
        let parent = parent.map(|entry| (entry, Why::ParentAadsts));
        ese.map(|entry| (entry, Why::WithoutMinus))
            .chain(unlikely)
            .chain(parent)
            .map(|(entry, why)| Candidate::new(entry.code(), Some(entry), why, Confidence::Guess))
    }
}

/// The two families of 32-bit codes, the likelier one for a value first.
pub(crate) fn wide_families(value: u32) -> [Family; 2] {
    if value >> 30 == 3 { [Family::NtStatus, Family::Hresult] } else { [Family::Hresult, Family::NtStatus] }
}

/// The known AADSTS number that a number is, or else begins with: digits are dropped from the right until one is left.
pub(crate) fn begun_aadsts(number: u32) -> Option<Entry> {
    core::iter::successors(Some(number), |n| Some(n / 10))
        .take_while(|&n| n >= 10_000)
        .map(Aadsts)
        .find_map(Aadsts::entry)
}

/// The entries that a text names, as a symbol or a label.
fn names(text: &str) -> impl Iterator<Item = (Entry, Why)> + Clone + use<> {
    let symbols = lookup_symbol(text).map(|entry| (entry, Why::Symbol));
    let samba = samba(text).map(|entry| (entry, Why::SambaSymbol));
    symbols.chain(samba).chain(lookup_label(text).map(|entry| (entry, Why::Label)))
}

/// The conditions whose message a text holds, and whose label it is not.
fn messages(text: &str) -> impl Iterator<Item = (Entry, Why)> + Clone + '_ {
    // A message is a sentence; a word that happens to stand in one is none.
    let sentence = text.contains(' ') && lookup_label(text).next().is_none();
    let conditions = if sentence { Some(entries_of(Family::Condition)) } else { None };
    let matching = conditions.into_iter().flatten().filter(|entry| entry.matches_message(text));
    matching.map(|entry| (entry, Why::Message))
}

/// The phase and the operation in an extend code of Windows Setup.
fn extend_code(extend: u32) -> impl Iterator<Item = Candidate> + Clone {
    let halves = [(Family::SetupPhase, extend >> 16), (Family::SetupOperation, extend & 0xFFFF)];
    halves.into_iter().map(|(family, value)| {
        let code = Code::new(family, value);
        Candidate::new(code, lookup(code), Why::Inside(Wrapper::Extend), Confidence::Derived)
    })
}

/// Samba's spellings: `NT_STATUS_LOGON_FAILURE` and `WERR_ACCESS_DENIED`.
pub(crate) fn samba(text: &str) -> Option<Entry> {
    let prefix = |prefix: &str| text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    if prefix("NT_STATUS_") {
        return lookup_symbol(&text["NT_".len()..]).find(|entry| entry.family() == Family::NtStatus);
    }
    if prefix("WERR_") {
        let rest = &text.as_bytes()["WERR_".len()..];
        let mut symbol = [0; 128];
        let (error, name) = symbol.split_at_mut("ERROR_".len());
        error.copy_from_slice(b"ERROR_");
        name.get_mut(..rest.len())?.copy_from_slice(rest);
        let symbol = core::str::from_utf8(symbol.get(.."ERROR_".len() + rest.len())?).ok()?;
        return lookup_symbol(symbol).find(|entry| entry.family() == Family::Win32);
    }
    None
}
