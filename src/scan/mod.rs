//! Finds the codes in any text: logs, transcripts, event records; as fast as a disk reads and without false alarms.
//!
//! [`scan`] goes through bytes that are at hand, [`Stream`] through chunks of any size. Both find the same:
//!
//! * eight hexadecimal digits behind `0x` that are known, alone or as a code that carries a known one, and such a code
//!   with its sign extended to 64 bits;
//! * signed decimals of known failures, `-2147024891`;
//! * `AADSTS` numbers;
//! * symbols of the catalogue that have a `_` or begin with `WSA`, as whole words, in Samba's spelling too; in lower
//!   case those that no ordinary identifier looks like;
//! * any other number where the words beside it, or the column it stands in, say what it is: `exit code 1603`,
//!   `"Status":"0x18"` in event 4768, `sc-win32-status`. The words are the table `data/signals/contexts.md`.
//!
//! Success is not reported: neither 0 nor an HTTP status below 400.
//!
//! ```
//! use hexplain::scan::scan;
//!
//! let log = b"Failed to start upload [HRESULT = 0x80004005], exit code 1603, stack @0x7fed806eb5d";
//! let found: Vec<String> = scan(log).map(|found| found.id().to_string()).collect();
//! assert_eq!(found, ["hresult:0x80004005", "win32:1603"]);
//! ```
//!
//! # Limits
//!
//! Names without a `_` are found if they begin with `WSA`; those of AADSTS numbers and of Remote Desktop's reasons are
//! ordinary words. A number without a prefix at the beginning of a line is taken for a time, and so is one behind a word that
//! ends with a digit and a blank (`win32 1317`; but `win32: 1317` is read). Of a table with quotes, a cell of several lines
//! loses the columns until its line ends. Words beside a number are English.
//!
//! # How it works
//!
//! A filter looks at 64 bytes at a time and marks where something may be: a byte and its neighbours must look like the
//! inside of a code. It has no branches, so that the compiler makes vector instructions of it. Most of what is marked is
//! no code, and the letters around it tell. The rest is read in a window of 384 bytes before and behind the mark, and
//! never beyond: that is why a stream that keeps so much finds what a whole text holds. Two things are remembered beyond
//! the window: the number of the last event, for 4 KiB, and the columns that a header names.
//!
//! The filter is `marks.rs`; `search.rs` looks at what is marked, with the words of `context.rs` and the header of
//! `columns.rs`, and `reading.rs` says what a number may be; `stream.rs` keeps what a window needs.

mod columns;
mod context;
mod marks;
mod reading;
mod search;
mod stream;

use core::fmt;
use core::ops::Range;

use crate::catalog::{CodeId, Entry, lookup_all, lookup_label, lookup_symbol};
use crate::code::Code;
use crate::explain::Why;
use crate::vocabulary::Confidence;
use context::Context;
use reading::{carrier, readings};
use search::{Search, State};
pub use stream::Stream;

/// Finds the codes in a text, in their order.
///
/// ```
/// let found = hexplain::scan::scan(b"error 12029").next().unwrap();
/// assert_eq!(found.entry().unwrap().name(), Some("ERROR_INTERNET_CANNOT_CONNECT"));
/// assert_eq!(found.reason().to_string(), "`error` stands before it.");
/// ```
pub fn scan(text: &[u8]) -> Matches<'_> {
    Scanner::new().scan(text)
}

/// A scanner with its settings and with what it remembers of the text before.
#[derive(Clone, Copy, Debug)]
pub struct Scanner {
    unknown: bool,
    state: State,
}

impl Default for Scanner {
    fn default() -> Self {
        Self::new()
    }
}

impl Scanner {
    /// A scanner at the beginning of a text.
    pub const fn new() -> Self {
        Self { unknown: false, state: State::START }
    }

    /// Whether eight hexadecimal digits behind `0x` are reported even if nothing is known of them.
    #[must_use]
    pub const fn unknown(mut self, unknown: bool) -> Self {
        self.unknown = unknown;
        self
    }

    /// The number of the event that the text belongs to, for fields whose meaning depends on it.
    ///
    /// ```
    /// use hexplain::scan::Scanner;
    /// let found = Scanner::new().event(4771).scan(b"Status: 0x18").next().unwrap();
    /// assert_eq!(found.entry().unwrap().name(), Some("KDC_ERR_PREAUTH_FAILED"));
    /// ```
    #[must_use]
    pub const fn event(mut self, id: u16) -> Self {
        self.state.event = Some((id, u64::MAX));
        self
    }

    /// Finds the codes in a text.
    pub fn scan(self, text: &[u8]) -> Matches<'_> {
        self.scan_within(text, 0..text.len())
    }

    /// Finds the codes of a part of a text, with the rest of the text as their surroundings. Of a code that stands across
    /// a border, one of the neighbouring parts finds the whole and the other nothing. A range beyond the text is cut at
    /// its end.
    ///
    /// ```
    /// use hexplain::scan::Scanner;
    /// let text = b"exit code 1603, error 5";
    /// let found: Vec<_> = Scanner::new().scan_within(text, 10..14).map(|found| found.range()).collect();
    /// assert_eq!(found, [10..14]);
    /// ```
    pub fn scan_within(self, text: &[u8], part: Range<usize>) -> Matches<'_> {
        let end = part.end.min(text.len());
        let part = part.start.min(end)..end;
        Matches { search: Search::new(self, text, 0, part) }
    }

    /// The scanner that goes on behind a text: it knows the event and the columns that the text names. The places that
    /// it finds count from the beginning of its own text.
    ///
    /// ```
    /// use hexplain::scan::Scanner;
    /// let scanner = Scanner::new().after(b"#Fields: c-ip sc-status sc-win32-status\n");
    /// let found: Vec<String> = scanner.scan(b"10.0.0.5 401 1326\n").map(|found| found.id().to_string()).collect();
    /// assert_eq!(found, ["http:401", "win32:1326"]);
    /// ```
    #[must_use]
    pub fn after(self, text: &[u8]) -> Self {
        let mut matches = self.scan(text);
        matches.by_ref().for_each(drop);
        Self { state: matches.search.state.behind(text.len() as u64), ..self }
    }

    /// A stream that begins where this scanner stands.
    pub const fn stream(self) -> Stream {
        Stream::new(self)
    }
}

/// A code in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    start: u64,
    end: u64,
    code: Code,
    entry: Option<Entry>,
    confidence: Confidence,
    form: Form,
    cause: Cause,
    context: Option<Context>,
    repeats: bool,
}

impl Match {
    /// Where it begins, in bytes from the beginning of the text or stream.
    pub fn start(&self) -> u64 {
        self.start
    }

    /// Where it ends.
    pub fn end(&self) -> u64 {
        self.end
    }

    /// Where it stands in a text that is at hand.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The code it is read as.
    pub fn code(&self) -> Code {
        self.code
    }

    /// The row of the catalogue; `None` for a code without one that carries another, and for an unknown code.
    pub fn entry(&self) -> Option<Entry> {
        self.entry
    }

    /// The id of the entry, or what it would be.
    pub fn id(&self) -> impl fmt::Display + use<> {
        CodeId { code: self.code, entry: self.entry }
    }

    /// How sure the reading is.
    pub fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// How it is written.
    pub fn form(&self) -> Form {
        self.form
    }

    /// Why it is a code; it prints as one sentence.
    pub fn reason(&self) -> Reason {
        let words = self.context.map_or("", Context::words);
        match self.cause {
            Cause::Form => Reason::Form(self.form),
            Cause::SambaSymbol => Reason::SambaSymbol,
            Cause::Before => Reason::Before(words),
            Cause::InEvent(event) => Reason::InEvent(words, event),
            Cause::Behind => Reason::Behind(words),
            Cause::Column => Reason::Column(words),
            Cause::Repeats => Reason::Repeats,
            Cause::ParentAadsts => Reason::ParentAadsts,
            Cause::Unknown => Reason::Unknown,
        }
    }

    /// Whether it says the code of the match before it once more, as the symbol in `0x80004005 - E_FAIL` does.
    pub fn repeats(&self) -> bool {
        self.repeats
    }

    /// What else it may be: the other readings of the number, or the other values of the symbol; then the codes inside
    /// a code that has no name itself.
    ///
    /// ```
    /// let found = hexplain::scan::scan(b"error 12030").next().unwrap();
    /// let others: Vec<String> = found.others().map(|entry| entry.id().to_string()).collect();
    /// assert_eq!(others, ["winhttp:12030"]);
    /// ```
    pub fn others(&self) -> impl Iterator<Item = Entry> + Clone + use<> {
        let (code, own) = (self.code, self.entry);
        let by_name = own.filter(|_| self.form == Form::Symbol).and_then(Entry::name);
        let named = matches!(self.form, Form::Symbol | Form::Label);
        let by_number = if named || self.confidence == Confidence::Guess { None } else { Some(()) };
        let by_label = own.filter(|_| self.form == Form::Label).and_then(Entry::name);
        let context = self.context;
        let numbers = by_number.into_iter().flat_map(move |()| readings(code.value(), context)).flat_map(lookup_all);
        let carried = own.and_then(Entry::name).is_none().then(|| carrier(code)).flatten();
        let carried = carried.into_iter().flat_map(|candidate| candidate.wraps()).filter_map(|inner| inner.entry());
        let labelled = by_label.into_iter().flat_map(lookup_label);
        by_name
            .into_iter()
            .flat_map(lookup_symbol)
            .chain(labelled)
            .chain(numbers)
            .chain(carried)
            .filter(move |&e| Some(e) != own)
    }
}

/// A match with its place in a file, for programs that report it: with feature `serde` the JSON of `hexplain scan`.
///
/// ```
/// use hexplain::scan::{Located, scan};
/// let log = "exit code 1603";
/// let found = scan(log.as_bytes()).next().unwrap();
/// let text = &log[found.range()];
/// let located = Located { path: "app.log", line: 1, column: 11, offset: found.start(), text, found, field: None };
/// assert_eq!(located.text, "1603");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Located<'a> {
    /// The file, or `-` for standard input.
    pub path: &'a str,
    /// The number of the line, from 1; in an event log that of the record.
    pub line: u64,
    /// The number of the character in the line, from 1.
    pub column: u64,
    /// Bytes before it, in the file as it is unpacked and before it is decoded; in an event log in the field.
    pub offset: u64,
    /// What stands there.
    pub text: &'a str,
    /// The code.
    pub found: Match,
    /// The field of the record of an event log that it stands in; `None` for a text.
    pub field: Option<&'a str>,
}

/// How a code is written in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Form {
    /// Hexadecimal digits behind `0x`.
    Hexadecimal,
    /// Sixteen of them, of which the upper eight extend the sign.
    SignExtended,
    /// Hexadecimal digits without a prefix.
    BareHexadecimal,
    /// Decimal digits.
    Decimal,
    /// Decimal digits behind a minus sign.
    SignedDecimal,
    /// `AADSTS` and digits.
    Aadsts,
    /// A symbol of the catalogue.
    Symbol,
    /// The label of a condition.
    Label,
}

/// Why a piece of text is a code. It prints as one sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// Its form alone says so.
    Form(Form),
    /// It is a symbol as Samba spells it.
    SambaSymbol,
    /// These words stand before it.
    Before(&'static str),
    /// These words stand before it, in an event in which they mean this.
    InEvent(&'static str, u16),
    /// These words stand behind it.
    Behind(&'static str),
    /// These words name its column.
    Column(&'static str),
    /// It says the number before it once more.
    Repeats,
    /// The AADSTS number is unknown, and this one begins it.
    ParentAadsts,
    /// It looks like a code, and nothing is known of it.
    Unknown,
}

/// The same before anybody asks for the form and the words: few bytes, since a match is copied on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    Form,
    SambaSymbol,
    Before,
    InEvent(u16),
    Behind,
    Column,
    Repeats,
    ParentAadsts,
    Unknown,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form(form) => f.write_str(match form {
                Form::Hexadecimal => "The hexadecimal number behind `0x` is this code.",
                Form::SignExtended => "Sixteen hexadecimal digits are this code with its sign extended to 64 bits.",
                Form::BareHexadecimal => "Eight hexadecimal digits are this code.",
                Form::Decimal => "The number is this code in decimal.",
                Form::SignedDecimal => "The negative number is this code as a signed decimal.",
                Form::Aadsts => "`AADSTS` stands before the number.",
                Form::Symbol => "The word is its symbol.",
                Form::Label => "The word is its label.",
            }),
            Self::SambaSymbol => f.write_str("The word is its symbol as Samba spells it."),
            Self::Before(words) => write!(f, "`{words}` stands before it."),
            Self::InEvent(words, event) => write!(f, "`{words}` stands before it, in event {event}."),
            Self::Behind(words) => write!(f, "`{words}` stands behind it."),
            Self::Column(words) => write!(f, "It stands in the column `{words}`."),
            Self::Repeats => f.write_str("It says the code before it once more."),
            Self::ParentAadsts => Why::ParentAadsts.fmt(f),
            Self::Unknown => f.write_str("Eight hexadecimal digits behind `0x` look like a code, and none is known."),
        }
    }
}

/// The codes in a text; see [`scan`].
#[derive(Clone, Debug)]
pub struct Matches<'t> {
    search: Search<'t>,
}

impl Iterator for Matches<'_> {
    type Item = Match;

    fn next(&mut self) -> Option<Match> {
        self.search.next()
    }
}

impl core::iter::FusedIterator for Matches<'_> {}
