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
//! # How it works
//!
//! A filter looks at 64 bytes at a time and marks where something may be: a byte and its neighbours must look like the
//! inside of a code. It has no branches, so that the compiler makes vector instructions of it. Most of what is marked is
//! no code, and the letters around it tell. The rest is read in a window of 192 bytes before and behind the mark, and
//! never beyond: that is why a stream that keeps so much finds what a whole text holds. Two things are remembered beyond
//! the window: the number of the last event, for 4 KiB, and the columns that a header names.

use core::fmt;
use core::ops::Range;

use crate::catalog::{Entry, lookup, lookup_all, lookup_label, lookup_symbol, symbol_entries};
use crate::code::{Aadsts, Code, NtStatus};
use crate::context::{self, Context, Words, Written};
use crate::explain::{Candidate, Why, samba};
use crate::generated::SYMBOLS;
use crate::hash::{fold, fold_last, joint_bit};
use crate::vocabulary::{Confidence, Family, Severity};
use crate::wrap::inside;

/// How many bytes before a mark are looked at.
const BACK: usize = 192;
/// How many bytes from a mark on are looked at.
const AHEAD: usize = 192;
/// How long the number of an event holds, in bytes.
const EVENT_REACH: u64 = 4096;
/// How far a code may stand from the one that it repeats, in bytes.
const REPEAT_REACH: u64 = 24;
/// How far a number may stand from the code that it says once more, in bytes: `1077 (0x435)`.
const REPEAT_GAP: u64 = 4;
/// How many bytes the filter marks in one go.
const BLOCK: usize = 64;
/// A byte that delimits nothing, since lines end with it anyway.
const NOTHING: u8 = b'\n';

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

    /// Finds the codes that begin in a part of a text, with the rest of the text as their surroundings. A range beyond
    /// the text is cut at its end.
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
        let mut state = matches.search.state;
        let at = text.len() as u64;
        state.is_start = state.is_start && text.is_empty();
        state.event = state.event.and_then(|(id, until)| match until {
            u64::MAX => Some((id, until)),
            until => until.checked_sub(at).map(|rest| (id, rest)),
        });
        state.resume = 0;
        state.last = None;
        state.columns.cell = state.columns.cell.saturating_sub(at);
        Self { state, ..self }
    }

    /// A stream that begins where this scanner stands.
    pub const fn stream(self) -> Stream {
        Stream { scanner: self, kept: [0; KEPT], len: 0, pending: 0, base: 0 }
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
        Id { code: self.code, entry: self.entry }
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
    /// a code that has no row itself.
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
        let carried = own.is_none().then(|| carrier(code)).flatten();
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

/// The id of a code, known or not.
struct Id {
    code: Code,
    entry: Option<Entry>,
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.entry {
            Some(entry) => entry.id().fmt(f),
            None => write!(f, "{}:{}", self.code.family(), self.code),
        }
    }
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
                Form::Hexadecimal => "Eight hexadecimal digits behind `0x` are this code.",
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

/// How much of a stream is kept: what a mark looks back on, and what stands between it and the end.
const KEPT: usize = BACK + AHEAD;

/// Scans a text that comes in chunks: finds what [`scan`] finds in the whole, wherever it is cut. It keeps 384 bytes
/// and allocates nothing.
///
/// ```
/// use hexplain::scan::Scanner;
/// let mut found = Vec::new();
/// let mut stream = Scanner::new().stream();
/// for chunk in ["exit co", "de 16", "03"] {
///     stream.push(chunk.as_bytes(), |code| found.push(code));
/// }
/// stream.finish(|code| found.push(code));
/// assert_eq!(found[0].range(), 10..14);
/// ```
#[derive(Clone, Debug)]
pub struct Stream {
    scanner: Scanner,
    /// The last bytes of what came.
    kept: [u8; KEPT],
    len: usize,
    /// How many of them have not been searched.
    pending: usize,
    /// Where the kept bytes begin in the stream.
    base: u64,
}

impl Stream {
    /// Takes the next chunk and tells what is found; the last bytes wait for what follows them.
    pub fn push(&mut self, chunk: &[u8], mut found: impl FnMut(Match)) {
        // What is kept, and as much of the chunk as its marks can look at.
        let mut seam = [0; 2 * KEPT];
        let lent = chunk.len().min(KEPT);
        let end = self.len + lent;
        seam[..self.len].copy_from_slice(&self.kept[..self.len]);
        seam[self.len..end].copy_from_slice(&chunk[..lent]);
        let seam = &seam[..end];
        let first = self.len - self.pending;
        let last = if chunk.len() > KEPT { self.len + BACK } else { end.saturating_sub(AHEAD).max(first) };
        self.search(seam, self.base, first..last, &mut found);
        let base = self.base + self.len as u64;
        if chunk.len() > KEPT {
            self.search(chunk, base, BACK..chunk.len() - AHEAD, &mut found);
            self.keep(&chunk[chunk.len() - KEPT..], base + (chunk.len() - KEPT) as u64, AHEAD);
        } else {
            let from = end.saturating_sub(KEPT);
            self.keep(&seam[from..], self.base + from as u64, end - last);
        }
    }

    /// Searches what is left, which nothing follows.
    pub fn finish(mut self, mut found: impl FnMut(Match)) {
        let kept = self.kept;
        self.search(&kept[..self.len], self.base, self.len - self.pending..self.len, &mut found);
    }

    fn search(&mut self, text: &[u8], base: u64, part: Range<usize>, found: &mut impl FnMut(Match)) {
        let mut search = Search::new(self.scanner, text, base, part);
        while let Some(code) = search.next() {
            found(code);
        }
        self.scanner.state = search.state;
    }

    fn keep(&mut self, bytes: &[u8], base: u64, pending: usize) {
        self.kept[..bytes.len()].copy_from_slice(bytes);
        (self.len, self.base, self.pending) = (bytes.len(), base, pending);
    }
}

/// What is remembered from one mark to the next. All places count from the beginning of the text or stream.
#[derive(Clone, Copy, Debug)]
struct State {
    /// Nothing has been searched yet.
    is_start: bool,
    /// The end of the last match, before which nothing else is found.
    resume: u64,
    /// The last event's number, and where it ceases to hold.
    event: Option<(u16, u64)>,
    /// The last match's code and end.
    last: Option<(Code, u64)>,
    columns: Columns,
}

impl State {
    const START: Self = Self { is_start: true, resume: 0, event: None, last: None, columns: Columns::NONE };
}

/// How many columns of a table are looked at.
const WATCHED: usize = 8;

/// The columns of a CSV file or of a W3C log whose names say what their numbers are.
#[derive(Clone, Copy, Debug)]
struct Columns {
    /// What stands between cells; `NOTHING` where there are no columns.
    delimiter: u8,
    /// The character around a cell that may hold delimiters, if there is one.
    quote: u8,
    /// The line is the header.
    in_header: bool,
    /// A quote is open.
    is_quoted: bool,
    /// The number of the cell that has begun.
    column: u16,
    /// Where it begins.
    cell: u64,
    /// What its column says of it.
    words: Option<Words>,
    watched: [(u16, Option<Words>); WATCHED],
    /// The numbers of the watched columns, modulo 64, as bits.
    likely: u64,
}

impl Columns {
    const NONE: Self = Self {
        delimiter: NOTHING,
        quote: NOTHING,
        in_header: false,
        is_quoted: false,
        column: 0,
        cell: 0,
        words: None,
        watched: [(0, None); WATCHED],
        likely: 0,
    };

    fn header(delimiter: u8, quote: u8) -> Self {
        Self { delimiter, quote, in_header: true, ..Self::NONE }
    }

    fn are_there(&self) -> bool {
        self.delimiter != NOTHING
    }

    /// The delimiter and the quote, if there are columns.
    fn delimiters(&self) -> Option<(u8, u8)> {
        self.are_there().then_some((self.delimiter, self.quote))
    }

    /// Notes what a cell of the header names.
    fn name(&mut self, name: &[u8]) {
        let words = context::of_name(name);
        if let (Some(_), Some(free)) = (words, self.watched.iter_mut().find(|(_, words)| words.is_none())) {
            *free = (self.column, words);
            self.likely |= 1 << (self.column % 64);
        }
    }

    /// Begins a cell.
    fn begin(&mut self, column: u16, cell: u64) {
        self.column = column;
        self.cell = cell;
        self.words = None;
        if self.likely >> (column % 64) & 1 != 0 && !self.in_header {
            let watched = self.watched.iter().find(|(watched, _)| *watched == column);
            self.words = watched.and_then(|(_, words)| *words);
        }
    }
}

/// Goes through a part of a text.
#[derive(Clone, Debug)]
struct Search<'t> {
    text: &'t [u8],
    /// Where the text begins in the stream.
    base: u64,
    /// Where the part ends.
    end: usize,
    /// Where the current block begins, and which of its bytes are marked and still to be looked at.
    block: usize,
    marks: u64,
    /// Where the last match ends, and up to where a number may say it once more.
    resume: usize,
    repeats: usize,
    unknown: bool,
    state: State,
}

impl<'t> Search<'t> {
    fn new(scanner: Scanner, text: &'t [u8], base: u64, part: Range<usize>) -> Self {
        let Scanner { unknown, state } = scanner;
        let (block, end) = (part.start, part.end);
        let mut search = Self { text, base, end, block, marks: 0, resume: 0, repeats: 0, unknown, state };
        search.recall();
        if !part.is_empty() {
            if part.start == 0 && search.state.is_start {
                search.begin();
            }
            search.state.is_start = false;
            search.mark_from(part.start);
        }
        search
    }

    #[inline]
    fn next(&mut self) -> Option<Match> {
        while let Some(at) = self.candidate() {
            if let Some(found) = self.check(at) {
                self.state.resume = found.end;
                self.state.last = Some((found.code, found.end));
                self.recall();
                return Some(found);
            }
        }
        None
    }

    /// Notes where the text goes on behind the last match.
    fn recall(&mut self) {
        let here = |place: u64| place.saturating_sub(self.base) as usize;
        self.resume = here(self.state.resume);
        self.repeats = self.state.last.map_or(0, |(_, end)| here(end + REPEAT_GAP + 1));
    }

    /// The next mark that is worth a closer look. Most are not, and nothing but the text around them tells: this loop
    /// changes no state, so that it runs in registers.
    #[inline]
    fn candidate(&mut self) -> Option<usize> {
        let (text, end, delimiters) = (self.text, self.end, self.state.columns.delimiters());
        let (resume, repeats) = (self.resume, self.repeats);
        let (mut block, mut marks) = (self.block, self.marks);
        loop {
            while marks != 0 {
                let at = block + marks.trailing_zeros() as usize;
                marks &= marks - 1;
                if at >= resume && is_worth_a_look(text, at, at < repeats) {
                    (self.block, self.marks) = (block, marks);
                    return Some(at);
                }
            }
            block += BLOCK;
            if block >= end {
                (self.block, self.marks) = (end, 0);
                return None;
            }
            marks = marks_of(text, block, end, delimiters);
        }
    }

    /// Marks what begins at a place anew, since what delimits cells has changed.
    fn mark_from(&mut self, start: usize) {
        self.block = start;
        self.marks =
            if start < self.end { marks_of(self.text, start, self.end, self.state.columns.delimiters()) } else { 0 };
    }

    /// A byte of the text; a line feed beyond its edges.
    #[inline]
    fn byte(&self, at: usize) -> u8 {
        self.text.get(at).copied().unwrap_or(b'\n')
    }

    #[inline]
    fn byte_before(&self, at: usize) -> u8 {
        at.checked_sub(1).map_or(b'\n', |before| self.byte(before))
    }

    /// What stands before a place, as far as one may look.
    #[inline]
    fn back(&self, at: usize) -> &'t [u8] {
        &self.text[at.saturating_sub(BACK)..at]
    }

    /// What stands from a place on, as far as one may look.
    #[inline]
    fn ahead(&self, at: usize) -> &'t [u8] {
        &self.text[at..self.text.len().min(at + AHEAD)]
    }

    /// Looks at a mark. Where there are columns, most marks end a cell.
    #[inline]
    fn check(&mut self, at: usize) -> Option<Match> {
        let byte = self.text[at];
        let columns = &self.state.columns;
        if columns.are_there() && (byte == b'\n' || byte == columns.delimiter || byte == columns.quote) {
            return self.cell(at, byte);
        }
        self.code(at, byte)
    }

    /// Reads the code that may be at a mark.
    #[inline(never)]
    fn code(&mut self, at: usize, byte: u8) -> Option<Match> {
        match byte {
            b'x' | b'X' => self.hexadecimal(at),
            b'_' => self.symbol(at),
            b'S' => self.winsock(at - 1),
            b'#' => self.header(at),
            _ => self.digit(at),
        }
    }

    /// The first digit of a number.
    #[inline]
    fn digit(&mut self, at: usize) -> Option<Match> {
        let before = self.byte_before(at);
        match before {
            b'S' => self.aadsts(at),
            // c0000005
            b'c' | b'C' if is_apart(self.byte_before(at - 1)) => self.unexplained(at - 1),
            b'-' if is_apart(self.byte_before(at - 1)) => match self.signed(at - 1) {
                None => self.unexplained(at),
                found => found,
            },
            _ if is_apart(before) => self.unexplained(at),
            _ => None,
        }
    }

    /// A number of which only its surroundings may tell that it is a code. Most are none of ours, which has to be told
    /// fast.
    #[inline(never)]
    fn unexplained(&mut self, at: usize) -> Option<Match> {
        let words = context::before(self.back(at));
        if self.byte_before(at) == b'/' && self.back(at).ends_with(b"HTTP/") {
            return self.http_status(at);
        }
        let near = |(_, end): (Code, u64)| self.base + at as u64 - end <= REPEAT_GAP;
        if words.is_none() && self.byte(at + 8) != b':' && !self.state.last.is_some_and(near) {
            return None;
        }
        self.number(at, words)
    }

    /// The header of a W3C log.
    #[inline(never)]
    fn header(&mut self, at: usize) -> Option<Match> {
        if self.byte_before(at) == b'\n' && self.ahead(at).starts_with(W3C_HEADER) {
            self.state.columns = w3c_columns();
            self.mark_from(at + 1);
        }
        None
    }

    /// The beginning of a text: whether it is a table.
    fn begin(&mut self) {
        let text = self.ahead(0);
        if text.starts_with(W3C_HEADER) {
            self.state.columns = w3c_columns();
            return;
        }
        let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
        let line = text.split(|b| matches!(b, b'\r' | b'\n')).next().unwrap_or(text);
        let is_name = |b: &u8| b.is_ascii_alphanumeric() || b" _-\"()#./,;\t".contains(b) || *b >= 0x80;
        if !line.first().is_some_and(|b| b.is_ascii_alphabetic() || *b == b'"') || !line.iter().all(is_name) {
            return;
        }
        let count = |delimiter: u8| line.iter().filter(|&&b| b == delimiter).count();
        let Some(delimiter) = [b',', b';', b'\t'].into_iter().find(|&delimiter| count(delimiter) >= 2) else { return };
        self.state.columns = Columns::header(delimiter, b'"');
        self.state.columns.name(first_cell(line, delimiter));
    }

    /// The end of a cell or of a line, or a quote.
    #[inline(never)]
    fn cell(&mut self, at: usize, byte: u8) -> Option<Match> {
        let behind = self.ahead(at + 1);
        let columns = &mut self.state.columns;
        if byte == b'\n' {
            if columns.watched[0].1.is_none() {
                // The header names nothing that is known.
                *columns = Columns::NONE;
                self.mark_from(at + 1);
                return None;
            }
            (columns.in_header, columns.is_quoted) = (false, false);
            // The other lines of a W3C header have no columns.
            columns.column = if behind.first() == Some(&b'#') { u16::MAX / 2 } else { u16::MAX };
        } else if byte == columns.quote {
            columns.is_quoted ^= true;
            return None;
        } else if columns.is_quoted {
            return None;
        }
        columns.begin(columns.column.wrapping_add(1), self.base + at as u64 + 1);
        if columns.in_header {
            columns.name(first_cell(behind, columns.delimiter));
            return None;
        }
        self.cell_number(at + 1)
    }

    /// The decimal number that a cell may hold; the other forms have marks of their own.
    fn cell_number(&mut self, start: usize) -> Option<Match> {
        self.state.columns.words?;
        let start = if self.byte(start) == b'"' { start + 1 } else { start };
        if start < self.end && self.byte(start).is_ascii_digit() { self.number(start, None) } else { None }
    }

    /// What the words that stand before a number, or else its column or the words behind it, say that it is; and why.
    fn context(&self, span: Range<usize>, words: Option<Words>, written: Written) -> Option<(Context, Cause)> {
        let place = self.base + span.start as u64;
        let event = self.state.event.filter(|&(_, until)| place <= until).map(|(id, _)| id);
        let columns = &self.state.columns;
        if let Some(words) = columns.words {
            if place == columns.cell || place == columns.cell + 1 && self.byte_before(span.start) == columns.quote {
                let context = words.row(written, event)?;
                return Some((context, Cause::Column));
            }
        }
        // Words behind a number are looked for where it might be taken for a code otherwise.
        if words.is_some() || written.digits == 8 && !written.prefixed {
            if let Some(context) = context::behind(self.ahead(span.end), written) {
                return Some((context, Cause::Behind));
            }
        }
        let context = words?.row(written, event)?;
        let cause = match event {
            Some(event) if context.is_of_event() => Cause::InEvent(event),
            _ => Cause::Before,
        };
        Some((context, cause))
    }

    /// Whether a number says the last match once more.
    fn repeats(&self, start: usize, value: u32) -> Option<Code> {
        let place = self.base + start as u64;
        let (code, end) = self.state.last?;
        let near = place.checked_sub(end).is_some_and(|gap| gap <= REPEAT_GAP);
        (near && code.value() == value).then_some(code)
    }

    /// `0x` and digits.
    #[inline(never)]
    fn hexadecimal(&self, at: usize) -> Option<Match> {
        let start = at - 1;
        // A pointer, an offset behind a symbol, or the end of a longer word.
        let before = self.byte_before(start);
        if before.is_ascii_alphanumeric() || matches!(before, b'@' | b'+' | b'`') {
            return None;
        }
        let digits = self.ahead(at + 1);
        let (len, value) = hexadecimal(digits);
        let mut end = at + 1 + len;
        // The suffixes of C.
        while end < at + 4 + len && matches!(self.byte(end), b'u' | b'U' | b'l' | b'L') {
            end += 1;
        }
        if !self.number_ends(end) || is_guid(self.ahead(end)) {
            return None;
        }
        if !(1..=16).contains(&len) {
            return None;
        }
        let written = Written { prefixed: true, decimal: false, digits: len };
        let extended = len == 16 && value >> 31 == 0x1_FFFF_FFFF;
        let context = self.context(start..end, context::before(self.back(start)), written);
        // A debugger prints a status so.
        let status =
            len == 16 && u32::try_from(value).is_ok_and(|low| low >= 0xC000_0000 && NtStatus(low).entry().is_some());
        let form = if extended { Form::SignExtended } else { Form::Hexadecimal };
        let narrow = u32::try_from(value).ok().or_else(|| extended.then_some(value as u32))?;
        if let Some(code) = self.repeats(start, narrow) {
            return self.found(start..end, &Reading::of(code)?, form, Cause::Repeats, None);
        }
        if context.is_some_and(|(context, _)| context.denies()) {
            return None;
        }
        // A short number, or a long one with nothing in its upper half, is a code where somebody says so.
        let shows_itself = (len == 8 || extended || status) && narrow > 0xFFFF && !is_round(narrow);
        if !shows_itself && context.is_none() {
            return None;
        }
        let (context, cause) = context.map_or((None, Cause::Form), |(context, cause)| (Some(context), cause));
        // A status that reports success looks like any small number.
        let is_meant = |code: Code| context.is_some() || narrow >= 1 << 30 || code.family() == Family::Hresult;
        match &resolve(narrow, context) {
            Some(reading) if is_meant(reading.code) => return self.found(start..end, reading, form, cause, context),
            _ => {}
        }
        if !self.unknown || len != 8 || narrow == 0 {
            return None;
        }
        let code = readings(narrow, None).next()?;
        let reading = Reading { code, entry: None, confidence: Confidence::Guess };
        self.found(start..end, &reading, form, Cause::Unknown, None)
    }

    /// A minus sign and digits.
    #[inline(never)]
    fn signed(&self, at: usize) -> Option<Match> {
        let digits = &self.ahead(at + 1);
        let len = digits.iter().take(11).take_while(|b| b.is_ascii_digit()).count();
        let end = at + 1 + len;
        if len > 10 || !self.number_ends(end) || self.byte(end) == b'-' || matches!(self.byte_before(at), b'-' | b'.') {
            return None;
        }
        let magnitude = decimal(&digits[..len])?;
        let value = u32::try_from(magnitude).ok().filter(|&magnitude| magnitude <= 1 << 31)?.wrapping_neg();
        let written = Written { prefixed: false, decimal: true, digits: len };
        let context = self.context(at..end, context::before(self.back(at)), written);
        if context.is_some_and(|(context, _)| context.denies()) {
            return None;
        }
        if let Some(code) = self.repeats(at, value) {
            return self.found(at..end, &Reading::of(code)?, Form::SignedDecimal, Cause::Repeats, None);
        }
        // -1018 is a code of the Extensible Storage Engine where somebody says so.
        if magnitude < 1_000_000 {
            let (context, cause) = context?;
            let family = context.families().find(|family| matches!(family, Family::Ese | Family::MsiDatabase))?;
            let reading = Reading::of(Code::new(family, value)).filter(|reading| reading.entry.is_some())?;
            return self.found(at..end, &reading, Form::SignedDecimal, cause, Some(context));
        }
        self.read(at..end, value, Form::SignedDecimal, context)
    }

    /// Digits without a prefix, which the words before them, or behind them, or a column must explain.
    #[inline(never)]
    fn number(&mut self, start: usize, words: Option<Words>) -> Option<Match> {
        let digits = self.ahead(start);
        let (len, value) = hexadecimal(digits);
        let end = start + len;
        let digits = &digits[..len];
        let all_decimal = digits.iter().all(u8::is_ascii_digit);
        if !self.number_ends(end) || len > 10 || self.byte(end) == b'%' || !all_decimal && len > 8 {
            return None;
        }
        let in_cell = self.base + start as u64 <= self.state.columns.cell + 1 && self.state.columns.words.is_some();
        if matches!(self.byte(end), b'-' | b'/') && self.byte(end + 1).is_ascii_alphanumeric() && !in_cell {
            return None;
        }
        let written = Written { prefixed: false, decimal: all_decimal, digits: len };
        let context = self.context(start..end, words, written);
        let hexadecimal = u32::try_from(value).ok();
        let decimal = if all_decimal { decimal(digits).and_then(|value| u32::try_from(value).ok()) } else { None };
        let Some((context, cause)) = context else {
            // `0x435 (1077)` and `CRITICAL_PROCESS_DIED (ef)`.
            let said = |value: Option<u32>, form| self.repeats(start, value?).map(|code| (code, form));
            let (code, form) = said(decimal, Form::Decimal).or_else(|| said(hexadecimal, Form::BareHexadecimal))?;
            return self.found(start..end, &Reading::of(code)?, form, Cause::Repeats, None);
        };
        if context.denies() {
            return None;
        }
        if context.names_event() {
            let place = self.base + end as u64;
            self.state.event = decimal.and_then(|id| u16::try_from(id).ok()).map(|id| (id, place + EVENT_REACH));
            return None;
        }
        let eight = len == 8;
        let as_hexadecimal = context.is_hexadecimal() || eight && digits[0] == b'0';
        let context = Some((context, cause));
        let read_decimal = || self.read(start..end, decimal?, Form::Decimal, context);
        let read_hexadecimal = || self.read(start..end, hexadecimal?, Form::BareHexadecimal, context);
        if as_hexadecimal {
            read_hexadecimal()
        } else if eight {
            read_decimal().or_else(read_hexadecimal)
        } else {
            read_decimal()
        }
    }

    /// The status behind the version of the protocol: `HTTP/1.1 404`.
    fn http_status(&mut self, version: usize) -> Option<Match> {
        let ahead = self.ahead(version);
        let len = ahead.iter().take_while(|b| b.is_ascii_digit() || **b == b'.').count();
        let status = version + len + 1;
        let follows = ahead.get(len) == Some(&b' ') && self.byte(status).is_ascii_digit();
        if follows { self.number(status, context::of_name(b"HTTP")) } else { None }
    }

    /// `AADSTS` and five to seven digits, the first of which is marked.
    #[inline(never)]
    fn aadsts(&self, at: usize) -> Option<Match> {
        let start = at.checked_sub(b"AADSTS".len())?;
        if !self.text[start..at].eq(b"AADSTS") || self.byte_before(start).is_ascii_alphanumeric() {
            return None;
        }
        let digits = self.ahead(at);
        let len = digits.iter().take(8).take_while(|b| b.is_ascii_digit()).count();
        let end = at + len;
        if !(5..=7).contains(&len) || self.byte(end).is_ascii_alphanumeric() {
            return None;
        }
        let number = decimal(&digits[..len])? as u32;
        let code = Aadsts(number).code();
        if let Some(entry) = lookup(code) {
            let reading = Reading { code, entry: Some(entry), confidence: Confidence::Exact };
            return self.found(start..end, &reading, Form::Aadsts, Cause::Form, None);
        }
        // An unknown number may extend a known one.
        let shorter = core::iter::successors(Some(number / 10), |n| Some(n / 10)).take_while(|&n| n >= 10_000);
        let parent = shorter.map(Aadsts).find_map(Aadsts::entry);
        let (reading, cause) = match parent {
            Some(entry) => {
                (Reading { code: entry.code(), entry: parent, confidence: Confidence::Guess }, Cause::ParentAadsts)
            }
            None if self.unknown => (Reading { code, entry: None, confidence: Confidence::Guess }, Cause::Unknown),
            None => return None,
        };
        self.found(start..end, &reading, Form::Aadsts, cause, None)
    }

    /// A word with an underscore, the first of which is marked.
    fn symbol(&self, at: usize) -> Option<Match> {
        let first = self.back(at).iter().rev().take_while(|&&b| fold(b) != 0).count();
        let start = at - first;
        if first == 0 || matches!(self.byte_before(start), b'_' | b'$' | b'%') { None } else { self.word(start) }
    }

    /// A Winsock error, which has no underscore.
    fn winsock(&self, at: usize) -> Option<Match> {
        let before = self.byte_before(at);
        let begins = !before.is_ascii_alphanumeric() && before != b'_';
        if begins && self.ahead(at).starts_with(b"WSA") { self.word(at) } else { None }
    }

    /// The symbol that a word is, or the label that the words before it say it is.
    #[inline(never)]
    fn word(&self, start: usize) -> Option<Match> {
        let word = self.ahead(start);
        let len = word.iter().take_while(|&&b| fold(b) != 0 || b == b'_').count();
        let (word, span) = (&word[..len], start..start + len);
        let is_one = |entry: &Entry| is_error(entry.family()) && entry.code().value() != 0 && is_spelt(*entry, word);
        let exact = |entry: Entry| Reading { code: entry.code(), entry: Some(entry), confidence: Confidence::Exact };
        let words = || self.context(span.clone(), context::before(self.back(start)), Written::NAME);
        if let Some(entry) = symbol_entries(word).find(is_one) {
            // Some bug checks have the names of ordinary things.
            if entry.family() == Family::BugCheck && words().is_some_and(|(context, _)| context.denies()) {
                return None;
            }
            return self.found(span, &exact(entry), Form::Symbol, Cause::Form, None);
        }
        let text = core::str::from_utf8(word).ok()?;
        if let Some(entry) = samba(text).filter(|entry| entry.code().value() != 0) {
            return self.found(span, &exact(entry), Form::Symbol, Cause::SambaSymbol, None);
        }
        let entry = lookup_label(text).next()?;
        let (context, cause) = words().filter(|(context, _)| context.families().any(|f| f == Family::Condition))?;
        self.found(span, &exact(entry), Form::Label, cause, Some(context))
    }

    /// Whether a number ends at a place: what follows belongs neither to it nor to a version, a time or an address.
    fn number_ends(&self, end: usize) -> bool {
        let (next, second) = (self.byte(end), self.byte(end + 1));
        !(next.is_ascii_alphanumeric() || next == b'`' || matches!(next, b'.' | b':') && second.is_ascii_digit())
    }

    /// A number as its context, or the bits of it, say.
    fn read(&self, span: Range<usize>, value: u32, form: Form, context: Option<(Context, Cause)>) -> Option<Match> {
        let (context, cause) = context.map_or((None, Cause::Form), |(context, cause)| (Some(context), cause));
        let reading = resolve(value, context)?;
        self.found(span, &reading, form, cause, context)
    }

    /// Whether a match that ended at a place stands shortly before another place, on the same line.
    fn is_near(&self, end: u64, start: usize) -> bool {
        let gap = (self.base + start as u64).checked_sub(end).filter(|&gap| gap <= REPEAT_REACH);
        gap.is_some_and(|gap| !self.back(start).iter().rev().take(gap as usize).any(|&byte| byte == b'\n'))
    }

    fn found(
        &self,
        span: Range<usize>,
        reading: &Reading,
        form: Form,
        cause: Cause,
        context: Option<Context>,
    ) -> Option<Match> {
        let &Reading { code, entry, confidence } = reading;
        let start = self.base + span.start as u64;
        let repeats = self.state.last.is_some_and(|(last, end)| last == code && self.is_near(end, span.start));
        let end = self.base + span.end as u64;
        Some(Match { start, end, code, entry, confidence, form, cause, context, repeats })
    }
}

/// What the header of a W3C log begins with.
const W3C_HEADER: &[u8] = b"#Fields:";

/// The columns that a W3C header is about to name, the first behind the blank that follows `#Fields:`.
fn w3c_columns() -> Columns {
    Columns { column: u16::MAX, ..Columns::header(b' ', NOTHING) }
}

/// The first cell of a line, without its quotes.
fn first_cell(text: &[u8], delimiter: u8) -> &[u8] {
    let end = text.iter().position(|&b| b == delimiter || b == b'\r' || b == b'\n').unwrap_or(text.len());
    &text[..end]
}

/// How many bytes the filter is given: two before the block and those of the block.
const LOOKED_AT: usize = 2 + BLOCK;

/// How many bytes a vector is taken to have.
const LANES: usize = 16;

/// The marks of a block that begins at a place, up to where the search ends.
#[inline]
fn marks_of(text: &[u8], start: usize, end: usize, delimiters: Option<(u8, u8)>) -> u64 {
    // Before the third byte the difference is beyond every text.
    match text[..end].get(start.wrapping_sub(2)..).and_then(|rest| rest.first_chunk()) {
        Some(bytes) => marks(bytes, delimiters),
        None => marks_at_edge(text, start, end, delimiters),
    }
}

/// The same near the edges of the text, which the filter sees surrounded by line feeds.
#[cold]
fn marks_at_edge(text: &[u8], start: usize, end: usize, delimiters: Option<(u8, u8)>) -> u64 {
    let mut bytes = [b'\n'; LOOKED_AT];
    let before = start.min(2);
    let behind = (end - start).min(BLOCK);
    bytes[2 - before..2 + behind].copy_from_slice(&text[start - before..start + behind]);
    let beyond = u64::MAX.checked_shl(behind as u32).unwrap_or(0);
    marks(&bytes, delimiters) & !beyond
}

/// Whether the text around a mark leaves open that it is a code, or that a number repeats one.
#[inline]
fn is_worth_a_look(text: &[u8], at: usize, may_repeat: bool) -> bool {
    match text[at] {
        b'_' => is_joint(text, at),
        b'0'..=b'9' => may_repeat || is_worth_a_digit(text, at),
        _ => true,
    }
}

/// The same of the first digit of a number.
#[inline(never)]
fn is_worth_a_digit(text: &[u8], at: usize) -> bool {
    let before = &text[at.saturating_sub(BACK)..at];
    let followed = |ahead: usize, by: u8| text.get(at + ahead).is_some_and(|&byte| byte == by);
    match before.last() {
        // A minus sign, AADSTS, c0000005 and HTTP/1.1.
        Some(b'-' | b'S' | b'c' | b'C' | b'/') => true,
        // The `0` of `0x`, whose `x` is marked too.
        _ if followed(1, b'x') => false,
        Some(&byte) => is_apart(byte) && (context::may_precede(before) || followed(8, b':')),
        None => false,
    }
}

/// Whether a `_` may be the first one of a symbol, as far as the letters around it tell.
#[inline]
fn is_joint(text: &[u8], at: usize) -> bool {
    let around = at.checked_sub(4).and_then(|from| text.get(from..)?.first_chunk()).copied();
    let [d, c, b, a, _, first, second] = around.unwrap_or_else(|| around_at_edge(text, at));
    let bit = joint_bit(fold_last([d, c, b, a]), [first, second]);
    SYMBOLS.joints[bit / 64] >> (bit % 64) & 1 != 0
}

/// The bytes around a `_` near the edges of the text.
#[cold]
fn around_at_edge(text: &[u8], at: usize) -> [u8; 7] {
    let byte = |place: usize| place.checked_sub(4).and_then(|place| text.get(place)).copied().unwrap_or(b'\n');
    core::array::from_fn(|place| byte(at + place))
}

/// Marks where something may be, a bit for each byte of a block that begins at the third byte.
///
/// Where there are columns the end of every line and cell is marked too, and every quote.
#[inline]
fn marks(bytes: &[u8; LOOKED_AT], columns: Option<(u8, u8)>) -> u64 {
    match columns {
        None => gather(bytes, distance),
        Some((delimiter, quote)) => gather(bytes, |second, before, byte| {
            distance(second, before, byte).min(byte ^ b'\n').min(byte ^ delimiter).min(byte ^ quote)
        }),
    }
}

/// The bytes of a block that are at distance 0, given them and the two before each.
#[inline(never)]
fn gather(bytes: &[u8; LOOKED_AT], distance: impl Fn(u8, u8, u8) -> u8) -> u64 {
    // Bit `2 * k` of sixteen bytes tells of the sixteen bytes number `k`.
    let mut gathered = [0_u8; LANES];
    for k in 0..BLOCK / LANES {
        for (lane, gathered) in gathered.iter_mut().enumerate() {
            let at = k * LANES + lane;
            *gathered |= u8::from(distance(bytes[at], bytes[at + 1], bytes[at + 2]) == 0) << (2 * k);
        }
    }
    // The upper half's bits fit between those of the lower half, and then bit `m` of byte `n` is the mark of byte
    // `8 * m + n`.
    let [low, high] = [0, 8].map(|at| gathered[at..].first_chunk().map_or(0, |half| u64::from_le_bytes(*half)));
    // Many blocks have no mark.
    if low | high == 0 { 0 } else { transposed(low | high << 1) }
}

/// How far a byte, with the two before it, is from what is marked; 0 if it is marked.
///
/// Marked are the `x` of `0x`; the first digit of a number that stands apart, or behind a minus, a `c` as in c0000005 or
/// an `S` as in AADSTS; a `_`, the `S` of `WS` and a `#`. Some others are marked as well where that is cheaper, and
/// [`Search::digit`] sorts them out.
///
/// Every test is a sum of differences that is 0 where it holds, so that `|` joins two tests and `min` gives either: no
/// branch, three operations for a range, and the compiler makes vector instructions of all. Written with comparisons,
/// it took twice as long.
#[inline]
fn distance(second: u8, before: u8, byte: u8) -> u8 {
    let no_digit = (byte ^ b'0').saturating_sub(9);
    let second_digit = 10_u8.saturating_sub(second ^ b'0');
    let zero = before ^ b'0';
    // Seen so, what stands apart is one range: a tab, a blank and the punctuation up to `?`, without the digits. With it
    // come some control characters, but not the ends of lines.
    let apart = zero.wrapping_sub(10).saturating_sub(0x2F);
    // C, K, S, [ and c, k, s, {.
    let letter = before & !0x38 ^ b'C';
    // 12029, WIN32(5), and not the minutes of a time.
    let number = no_digit | apart.min(letter) | second_digit.min(before ^ b'(');
    let hexadecimal = (byte | 0x20) ^ b'x' | zero;
    let word = (byte ^ b'_').min(byte ^ b'S' | before ^ b'W');
    number.min(hexadecimal).min(word).min(byte ^ b'#')
}

/// Eight bytes of eight bits with bits and bytes exchanged: bit `m` of byte `n` becomes bit `n` of byte `m`.
#[inline]
fn transposed(mut bits: u64) -> u64 {
    // Blocks of one, two and four bits change places across the diagonal.
    for (shift, mask) in [(7, 0x00AA_00AA_00AA_00AA), (14, 0x0000_CCCC_0000_CCCC), (28, 0xF0F0_F0F0)] {
        let differ = (bits ^ bits >> shift) & mask;
        bits ^= differ ^ differ << shift;
    }
    bits
}

/// Whether a number may begin behind a byte; more of them are marked.
#[inline]
fn is_apart(byte: u8) -> bool {
    matches!(byte, b'\t' | b' '..=b'/' | b':'..=b'>' | b'[' | b'S')
}

/// What a number is read as.
#[derive(Clone, Copy)]
struct Reading {
    code: Code,
    entry: Option<Entry>,
    confidence: Confidence,
}

impl Reading {
    /// A code that is known, or that carries a known one.
    fn of(code: Code) -> Option<Self> {
        match lookup(code) {
            Some(entry) => Some(Self { code, entry: Some(entry), confidence: Confidence::Exact }),
            None => carrier(code).map(|_| Self { code, entry: None, confidence: Confidence::Derived }),
        }
    }
}

/// The best reading of a number: a row first, then a code that carries a known one.
fn resolve(value: u32, context: Option<Context>) -> Option<Reading> {
    if context.is_some_and(|context| value < context.from()) {
        return None;
    }
    let is_failure = |entry: &Entry| {
        let wide = matches!(entry.family(), Family::Hresult | Family::NtStatus);
        if wide { value != 0 } else { matches!(entry.severity(), Severity::Warning | Severity::Error) }
    };
    let row = readings(value, context).find_map(|code| lookup(code).map(|entry| (code, entry)));
    if let Some((code, entry)) = row {
        let reading = Reading { code, entry: Some(entry), confidence: Confidence::Exact };
        return Some(reading).filter(|_| is_failure(&entry));
    }
    let code = readings(value, context).find(|&code| carrier(code).is_some())?;
    Some(Reading { code, entry: None, confidence: Confidence::Derived })
}

/// A code without a row that carries a known one.
fn carrier(code: Code) -> Option<Candidate> {
    let (wrapper, _) = inside(code)?;
    let candidate = Candidate::new(code, None, Why::Carrier(wrapper), Confidence::Derived);
    Some(candidate).filter(Candidate::is_known)
}

/// What a number may be, the likeliest first: what the words say; and an HRESULT or an NTSTATUS if it is wide enough.
fn readings(value: u32, context: Option<Context>) -> impl Iterator<Item = Code> + Clone {
    let is_wide = |family: Family| matches!(family, Family::Hresult | Family::NtStatus);
    let both = if value >> 30 == 3 { [Family::NtStatus, Family::Hresult] } else { [Family::Hresult, Family::NtStatus] };
    let stated = context.into_iter().flat_map(Context::families);
    let rest = both.into_iter().filter(move |&family| context.is_none_or(|c| c.families().all(|f| f != family)));
    let fits = move |family: &Family| value > 0xFFFF || !is_wide(*family);
    stated.chain(rest).filter(fits).map(move |family| Code::new(family, value))
}

/// Whether symbols of a family are failures, which phases and states are not.
fn is_error(family: Family) -> bool {
    !matches!(family, Family::SetupPhase | Family::SetupOperation | Family::IntuneApp)
}

/// Whether a word is a symbol as it is spelt: in the headers' case, or in lower case if no ordinary identifier looks
/// like it.
fn is_spelt(entry: Entry, word: &[u8]) -> bool {
    let exact = || entry.name_bytes() == word || entry.aliases().any(|alias| alias.as_bytes() == word);
    let distinct = || {
        let parts = word.iter().filter(|&&b| b == b'_').count();
        entry.family() != Family::BugCheck
            && (parts >= 2 || word.starts_with(b"e_") && lookup(entry.code()) == Some(entry))
    };
    exact() || distinct() && !word.iter().any(u8::is_ascii_uppercase)
}

/// Whether a number has bits in its upper half alone and no failure's: flags, sizes and addresses look so.
fn is_round(value: u32) -> bool {
    value & 0xFFFF == 0 && value < 0x8000_0000
}

/// Whether a GUID's second group follows.
fn is_guid(text: &[u8]) -> bool {
    matches!(text, [b'-', group @ .., ] if group.len() > 4 && group[4] == b'-' && group[..4].iter().all(u8::is_ascii_hexdigit))
}

/// How many hexadecimal digits a text begins with, up to 17, and the value of the last 16 of them.
fn hexadecimal(text: &[u8]) -> (usize, u64) {
    let (mut len, mut value) = (0, 0);
    for &byte in text.iter().take(17) {
        let Some(digit) = char::from(byte).to_digit(16) else { break };
        value = value << 4 | u64::from(digit);
        len += 1;
    }
    (len, value)
}

/// The value of decimal digits; `None` for none, and for more than 18 of them.
fn decimal(digits: &[u8]) -> Option<u64> {
    (1..=18).contains(&digits.len()).then(|| digits.iter().fold(0, |all, byte| all * 10 + u64::from(byte - b'0')))
}
