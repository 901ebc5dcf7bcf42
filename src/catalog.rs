//! The catalogue: what numbers and names are called, found by code, by symbol and by id.
//!
//! The rows come from `data/codes/` and `data/signals/events.md`, placed by the table compiler. An [`Entry`] is a
//! handle of two words that points at its family's table, so that a program that asks for one family alone carries
//! that family alone.

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};

use crate::code::{Aadsts, Code, Hresult, HttpStatus, NtStatus, Win32Error, WinHttpError, WinInetError};
use crate::generated::{self, COMMON, LABELS, SYMBOLS, table};
use crate::guidance::{AdviceList, Source, SourceList};
use crate::hash::{LONGEST_LABEL, MORE, fingerprint, fold_label_byte};
use crate::ids::write_code;
use crate::table::{Detail, Strings, Table};
use crate::vocabulary::{Basis, Family, Severity};

/// A row of the catalogue: what a code is called, and what is known of it.
///
/// It is small, `Copy`, and lives as long as the program. Equality is identity: two entries are equal if they are
/// the same row.
///
/// ```
/// let entry = hexplain::Hresult(0x801C_03F2).entry().unwrap();
/// assert_eq!(entry.name(), Some("DSREG_E_DIRECTORY_FAILURE"));
/// assert_eq!(entry.id().to_string(), "hresult:0x801C03F2");
/// ```
#[derive(Clone, Copy)]
pub struct Entry {
    table: &'static Table,
    row: u16,
}

impl Entry {
    pub(crate) const fn at(table: &'static Table, row: u16) -> Self {
        Self { table, row }
    }

    /// The code that the row explains.
    pub const fn code(self) -> Code {
        Code::new(self.table.family, self.table.keys[self.row as usize])
    }

    /// The family of the code.
    pub const fn family(self) -> Family {
        self.table.family
    }

    /// The symbol, as the headers spell it; for a condition its label. `None` where a number has no name.
    pub fn name(self) -> Option<&'static str> {
        Some(self.table.name(self.row)).filter(|name| !name.is_empty())
    }

    /// The name as bytes, for comparing; empty where there is none.
    pub(crate) fn name_bytes(self) -> &'static [u8] {
        self.table.name_bytes(self.row)
    }

    /// Further names of the same meaning.
    pub fn aliases(self) -> impl Iterator<Item = &'static str> + Clone {
        self.table.aliases(self.row)
    }

    /// What happened, in one sentence.
    pub fn summary(self) -> Option<&'static str> {
        Some(self.table.summary(self.row)).filter(|text| !text.is_empty())
    }

    /// The slug of a condition, the log (channel) of an event; `None` for other families.
    ///
    /// ```
    /// let entry = hexplain::lookup_label("AADDS001").next().unwrap();
    /// assert_eq!(entry.context(), Some("domain-services/aadds001"));
    /// ```
    pub fn context(self) -> Option<&'static str> {
        self.text(|detail| detail.context)
    }

    /// The literal messages by which a condition is known, with `*` for what varies in them.
    pub fn messages(self) -> Strings {
        self.table.texts.list(self.detail().map_or(0, |detail| detail.messages))
    }

    /// What else there is to know: moved values, doubtful sources, other spellings.
    pub fn notes(self) -> Strings {
        self.table.texts.list(self.detail().map_or(0, |detail| detail.notes))
    }

    /// How well the row is founded.
    pub fn basis(self) -> Basis {
        let flags = self.detail().map_or(0, |detail| detail.flags);
        Basis::ALL[usize::from(flags & 3) % Basis::ALL.len()]
    }

    /// How bad the code says it is: what its bits say, unless the row knows better.
    pub fn severity(self) -> Severity {
        let flags = self.detail().map_or(0, |detail| detail.flags);
        let stated = usize::from(flags >> 2 & 7).checked_sub(1);
        stated.and_then(|at| Severity::ALL.get(at).copied()).unwrap_or_else(|| self.code().severity())
    }

    /// What the code means in each scenario and phase, and what to do about it.
    pub fn advice(self) -> AdviceList {
        let (first, len) = self.detail().map_or((0, 0), |d| (usize::from(d.advice), usize::from(d.advice_len)));
        AdviceList::new(self, self.table, first, len)
    }

    /// The first public page or header that the row rests on.
    ///
    /// # Panics
    ///
    /// Never: the table compiler refuses a row without a source.
    pub fn source(self) -> Source {
        self.sources().next().expect("every row has a source")
    }

    /// The public pages and headers that the row rests on.
    pub fn sources(self) -> SourceList {
        SourceList::new(self.detail().map_or(0, |detail| detail.sources))
    }

    /// The stable id, such as `hresult:0x801C03F2`: never reused, and read back by [`lookup_id`].
    ///
    /// The first entry of a code has the family and the code alone; homonyms add their name, events their log.
    pub fn id(self) -> EntryId {
        EntryId(self)
    }

    /// Whether a text is one of the condition's messages, without regard to case, `*` standing for anything.
    ///
    /// ```
    /// let entry = hexplain::lookup_id("condition:drs/directory-error/device-not-found").unwrap();
    /// assert!(entry.matches_message("The device object by the given id (e92325d0) is not found."));
    /// ```
    pub fn matches_message(self, text: &str) -> bool {
        self.messages().any(|pattern| matches(pattern, text))
    }

    /// Whether it is not the first entry of its code.
    fn is_homonym(self) -> bool {
        u32::from(self.row) >= self.table.places.slots
    }

    fn detail(self) -> Option<&'static Detail> {
        self.table.detail(self.row)
    }

    fn text(self, which: impl Fn(&Detail) -> u16) -> Option<&'static str> {
        let text = self.table.texts.text(which(self.detail()?));
        Some(text).filter(|text| !text.is_empty())
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        (self.table.family, self.row) == (other.table.family, other.row)
    }
}

impl Eq for Entry {}

impl Hash for Entry {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.table.family, self.row).hash(state);
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    /// By family, then by value; homonyms in the order of the tables.
    fn cmp(&self, other: &Self) -> Ordering {
        (self.code(), self.row).cmp(&(other.code(), other.row))
    }
}

impl From<Entry> for Code {
    fn from(entry: Entry) -> Self {
        entry.code()
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Entry({})", self.id())
    }
}

/// The stable id of an entry; it prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(Entry);

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entry = self.0;
        write!(f, "{}:{}", entry.family(), entry.code())?;
        match (entry.is_homonym(), entry.family()) {
            (false, _) => Ok(()),
            (true, Family::Event) => write!(f, "/{}", entry.context().unwrap_or_default()),
            (true, _) => write!(f, "/{}", entry.name().unwrap_or_default()),
        }
    }
}

/// The id of a code: that of its entry, or what it would be.
pub(crate) struct CodeId {
    pub code: Code,
    pub entry: Option<Entry>,
}

impl fmt::Display for CodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.entry {
            Some(entry) => entry.id().fmt(f),
            None => write!(f, "{}:{}", self.code.family(), self.code),
        }
    }
}

/// Prints the code as its family is written: `0x801C03F2`, `AADSTS50126`, `12007`, the slug of a condition.
impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let slug = match self.family() {
            Family::Condition => self.entry().and_then(Entry::context).unwrap_or("unknown"),
            _ => "",
        };
        write_code(f, self.family(), self.value(), slug)
    }
}

/// The entry of a code: of several homonyms the first, which is the one that stands first in the tables (the best
/// known). A `const fn`, so that a program can resolve its codes when it is compiled.
///
/// ```
/// use hexplain::{Code, Entry, Family, lookup};
///
/// const TIMEOUT: Option<Entry> = lookup(Code::new(Family::WinHttp, 12002));
/// assert_eq!(TIMEOUT.unwrap().name(), Some("ERROR_WINHTTP_TIMEOUT"));
/// assert_eq!(lookup(Code::new(Family::WinHttp, 12999)), None);
/// ```
#[inline]
pub const fn lookup(code: Code) -> Option<Entry> {
    find(table(code.family()), code.value())
}

#[inline]
const fn find(table: &'static Table, value: u32) -> Option<Entry> {
    match table.find(value) {
        Some(row) => Some(Entry::at(table, row)),
        None => None,
    }
}

/// All entries of a code: the one that [`lookup`] gives, then its homonyms.
///
/// ```
/// use hexplain::{Code, Family, lookup_all};
/// let names: Vec<_> = lookup_all(Code::new(Family::Hresult, 0x8007_000D)).filter_map(|e| e.name()).collect();
/// assert_eq!(names, ["E_INVALIDDATA", "STIERR_INVALID_HW_TYPE"]);
/// ```
pub fn lookup_all(code: Code) -> impl Iterator<Item = Entry> + Clone {
    let table = table(code.family());
    let first = find(table, code.value());
    let others = if first.is_some() { table.homonyms(code.value()) } else { 0..0 };
    first.into_iter().chain(others.map(|row| Entry::at(table, row)))
}

/// Every entry that a symbol names, in any case: several where a symbol has had several values.
///
/// ```
/// let entry = hexplain::lookup_symbol("dsreg_e_directory_failure").next().unwrap();
/// assert_eq!(entry.code().value(), 0x801C_03F2);
/// ```
pub fn lookup_symbol(symbol: &str) -> impl Iterator<Item = Entry> + Clone + use<> {
    symbol_entries(symbol.as_bytes())
}

/// The same for bytes, which may be no characters and name nothing then.
pub(crate) fn symbol_entries(symbol: &[u8]) -> impl Iterator<Item = Entry> + Clone + use<> {
    let slot = SYMBOLS.places.of_symbol(symbol);
    let packed = SYMBOLS.slot(slot);
    let first = Some(unpack(packed)).filter(|&entry| is_called(entry, symbol));
    let more = if first.is_some() && packed & MORE != 0 {
        let start = SYMBOLS.more.partition_point(|&(s, _)| usize::from(s) < slot);
        let len = SYMBOLS.more[start..].partition_point(|&(s, _)| usize::from(s) == slot);
        &SYMBOLS.more[start..start + len]
    } else {
        &[]
    };
    first.into_iter().chain(more.iter().map(|&(_, packed)| unpack(packed)))
}

/// The entry that a packed number names; see `Symbols::slots`.
fn unpack(packed: u32) -> Entry {
    entry_at((packed >> 16 & 0x7F) as u16, packed as u16)
}

/// The entry in a row of the table of a family, which is given by its place in `Family::ALL`.
pub(crate) fn entry_at(family: u16, row: u16) -> Entry {
    Entry::at(table(Family::ALL[usize::from(family) % Family::ALL.len()]), row)
}

fn is_called(entry: Entry, symbol: &[u8]) -> bool {
    let name = entry.table.name_bytes(entry.row);
    name.eq_ignore_ascii_case(symbol) || entry.aliases().any(|alias| alias.as_bytes().eq_ignore_ascii_case(symbol))
}

/// Every condition with a label, an alias or a slug, without regard to case, blanks, `_` and `-`.
///
/// ```
/// let conditions = hexplain::lookup_label("directory error");
/// assert_eq!(conditions.count(), 3);
/// ```
pub fn lookup_label(label: &str) -> impl Iterator<Item = Entry> + Clone + use<> {
    let rows = if LABELS.slots.is_empty() { &[] } else { label_rows(label) };
    rows.iter().map(|&row| Entry::at(table(Family::Condition), row))
}

/// The conditions of a label's slot, if it is their label.
fn label_rows(label: &str) -> &'static [u16] {
    let mut folded = [0; LONGEST_LABEL];
    let mut len = 0;
    for byte in fold_label(label) {
        // What is longer than the longest label is none.
        let Some(slot) = folded.get_mut(len) else { return &[] };
        *slot = byte;
        len += 1;
    }
    let rows = COMMON.numbers(LABELS.slots[LABELS.places.of_symbol(&folded[..len])]);
    let is_labelled = |entry: Entry| {
        let labels = entry.name().into_iter().chain(entry.context()).chain(entry.aliases());
        labels.into_iter().any(|known| fold_label(known).eq(folded[..len].iter().copied()))
    };
    let known = rows.first().is_some_and(|&row| is_labelled(Entry::at(table(Family::Condition), row)));
    if known { rows } else { &[] }
}

fn fold_label(label: &str) -> impl Iterator<Item = u8> {
    label.bytes().filter_map(fold_label_byte)
}

/// The entry with a stable id, as [`Entry::id`] prints it.
///
/// ```
/// let entry = hexplain::lookup_id("aadsts:AADSTS50126").unwrap();
/// assert_eq!(entry.code(), hexplain::Aadsts(50126).into());
/// ```
pub fn lookup_id(id: &str) -> Option<Entry> {
    let (family, code) = id.split_once(':')?;
    let family: Family = family.parse().ok()?;
    let value = match family {
        Family::Condition => fingerprint(code),
        _ => crate::forms::parse_number(code.split('/').next()?, family).ok()?,
    };
    lookup_all(Code::new(family, value)).find(|entry| prints_as(entry.id(), id.as_bytes(), |a, b| a == b))
}

/// Whether something prints as a text, part by part as `same` compares them, without storing what it prints.
pub(crate) fn prints_as(what: impl fmt::Display, text: &[u8], same: fn(&[u8], &[u8]) -> bool) -> bool {
    let mut compared = Compared { rest: text, same };
    fmt::write(&mut compared, format_args!("{what}")).is_ok() && compared.rest.is_empty()
}

/// Takes what is printed off the front of a text, or fails.
struct Compared<'a> {
    rest: &'a [u8],
    same: fn(&[u8], &[u8]) -> bool,
}

impl fmt::Write for Compared<'_> {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        let (start, rest) = self.rest.split_at_checked(part.len()).ok_or(fmt::Error)?;
        self.rest = rest;
        if (self.same)(start, part.as_bytes()) { Ok(()) } else { Err(fmt::Error) }
    }
}

/// All entries of a family, in the order of their values.
///
/// ```
/// use hexplain::{Family, entries_of};
/// let http: Vec<u32> = entries_of(Family::Http).map(|entry| entry.code().value()).collect();
/// assert!(http.is_sorted() && http.contains(&407));
/// ```
pub fn entries_of(family: Family) -> impl ExactSizeIterator<Item = Entry> + DoubleEndedIterator + Clone {
    let table = table(family);
    table.order.iter().map(move |&row| Entry::at(table, row))
}

/// All entries of the catalogue, family by family.
pub fn entries() -> impl Iterator<Item = Entry> + Clone {
    Family::ALL.iter().flat_map(|&family| entries_of(family))
}

impl Code {
    /// The entry of this code; see [`lookup`].
    pub const fn entry(self) -> Option<Entry> {
        lookup(self)
    }
}

macro_rules! typed_lookup {
    ($($name:ident $table:ident),+) => {$(
        impl $name {
            /// The entry of this code. It links this family's tables alone.
            #[inline]
            pub const fn entry(self) -> Option<Entry> {
                find(&generated::$table, self.0)
            }
        }
    )+};
}

typed_lookup! {
    Hresult HRESULT, NtStatus NTSTATUS, Win32Error WIN32, WinHttpError WINHTTP, WinInetError WININET, Aadsts AADSTS,
    HttpStatus HTTP
}

/// Whether a text holds a pattern, without regard to ASCII case and a last full stop, `*` standing for any run.
fn matches(pattern: &str, text: &str) -> bool {
    let mut rest = text.as_bytes();
    for part in pattern.trim_end_matches('.').as_bytes().split(|&b| b == b'*') {
        let part = part.trim_ascii();
        let found = if part.is_empty() {
            Some(0)
        } else {
            let may_begin = |window: &&[u8]| window[0].eq_ignore_ascii_case(&part[0]);
            let mut windows = rest.windows(part.len()).enumerate();
            windows.find(|(_, window)| may_begin(window) && window.eq_ignore_ascii_case(part)).map(|(at, _)| at)
        };
        match found {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    true
}
