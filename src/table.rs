//! How the generated tables are laid out, and how they are read.
//!
//! A family has one [`Table`] of flat integers and two text blobs; the files that the build script writes hold such
//! values and no code. Nothing here is relocated but the few slices of each table, and nothing is built at start-up.
//! The invariants are those that the table compiler checks before it writes: every offset lies inside its blob on a
//! character boundary, every index inside its list. Should one not hold, reading gives an empty text, never a panic.

use crate::hash::{FILTER, HAS_ALIASES, Places, RARE, ROWS_OF_A_BASE, TEXTS_OF_A_BASE};
use crate::vocabulary::{Family, Notation, Phase, Scenario, SectionKind, Who};
#[cfg(feature = "alloc")]
use crate::vocabulary::{FieldValue, Identity, JoinState, Severity};

/// The entries of one family.
///
/// Rows stand in the order of the perfect hash, so that a look-up touches a displacement and a key and nothing else.
/// Behind the last slot come the homonyms: further entries of a key that has a slot, in the order of their keys.
pub(crate) struct Table {
    pub family: Family,
    pub places: Places<'static>,
    /// The value of each row.
    pub keys: &'static [u32],
    /// The rows in the order of their values, homonyms in the order of the data.
    pub order: &'static [u16],
    /// Where the names of every 64th row begin in `names`.
    pub name_bases: &'static [u32],
    /// How far behind its base the names of each row begin (15 bits) and whether there are aliases among them (the
    /// highest bit), and one more that ends the last row's names.
    pub name_starts: &'static [u16],
    /// The name of each row and, each behind a line feed, its aliases.
    pub names: &'static str,
    /// For each row an index of `details`, which plain rows of one source share; 255 for a row among `rare`.
    pub detail_of: &'static [u8],
    /// Rows in rising order, each with its index of `details`: those whose details few share.
    pub rare: &'static [(u16, u16)],
    /// For every 64 rows: which of them have a summary, a bit each, and the text that is the first of theirs. The
    /// summaries are texts in the order of the rows. Empty where the family has none.
    pub summaries: &'static [(u64, u16)],
    pub details: &'static [Detail],
    pub advice: &'static [AdviceRow],
    pub texts: Texts,
}

/// What is known of a row beside its name and its summary: indexes of texts and lists, and a range of advice.
pub(crate) struct Detail {
    /// The slug of a condition, the channel of an event.
    pub context: u16,
    pub messages: u16,
    pub notes: u16,
    pub advice: u16,
    pub advice_len: u16,
    /// Index into `SOURCE_LISTS`, whose numbers are lists of `COMMON`.
    pub sources: u16,
    /// Bits 0-1: basis. Bits 2-4: 0, or 1 + a severity that the bits of the value do not tell.
    pub flags: u8,
}

/// One advice, its entry being the one whose range it lies in.
pub(crate) struct AdviceRow {
    pub scenario: Scenario,
    pub phase: Option<Phase>,
    pub who: Option<Who>,
    /// Seconds to wait; 0 unstated, 65534 never, 65535 later.
    pub retry: u16,
    pub applies_to: u16,
    pub reasons: u16,
    pub resolutions: u16,
    pub endpoints: u16,
    /// A list of rows of the event table.
    pub events: u16,
    /// A list of titles and addresses in turn.
    pub links: u16,
    pub basis: u8,
    pub sources: u16,
    /// The texts are those that families have in common, and not the table's.
    pub is_shared: bool,
}

pub(crate) const RETRY_UNSTATED: u16 = 0;
pub(crate) const RETRY_NEVER: u16 = 65534;
pub(crate) const RETRY_LATER: u16 = 65535;

/// A scenario's guide.
pub(crate) struct GuideTable {
    pub scenario: Scenario,
    pub title: u16,
    pub sections: &'static [SectionRow],
}

pub(crate) struct SectionRow {
    pub id: u16,
    pub kind: SectionKind,
    pub phase: Option<Phase>,
    pub applies_to: u16,
    pub title: u16,
    pub reasons: u16,
    pub steps: u16,
    /// A range of the endpoints.
    pub endpoints: (u16, u16),
    pub events: u16,
    pub links: u16,
    /// A list of families and rows in turn.
    pub entries: u16,
    pub sources: u16,
}

pub(crate) struct EndpointRow {
    pub scheme: u16,
    pub host: u16,
    pub port: u16,
    pub usage: u16,
}

/// A public page or header that facts come from.
pub(crate) struct SourceRow {
    pub key: u16,
    pub title: u16,
    pub url: u16,
    pub date: u16,
}

/// The labels, aliases and slugs of conditions, folded, as a perfect hash.
pub(crate) struct Labels {
    pub places: Places<'static>,
    /// For each slot a list of rows of the condition table, in `COMMON`.
    pub slots: &'static [u16],
}

/// The names of all families' entries, as a perfect hash.
pub(crate) struct Symbols {
    pub places: Places<'static>,
    /// For each slot an entry in three bytes, low first: 16 bits of row, 7 bits of family, and a bit that says that
    /// `more` has further entries.
    pub slots: &'static [[u8; 3]],
    /// Slot and entry, for the second and further entries of a name.
    pub more: &'static [(u16, u32)],
    /// What stands around their first `_`; see `joint_bit`.
    pub joints: &'static Filter,
}

impl Symbols {
    pub fn slot(&self, slot: usize) -> u32 {
        let [a, b, c] = self.slots[slot];
        u32::from_le_bytes([a, b, c, 0])
    }
}

/// A set of hashes: a clear bit says that something is not in a table.
pub(crate) type Filter = [u64; FILTER / 64];

/// The words that say what the number beside them is.
pub(crate) struct Contexts {
    /// The words of all rows, one behind the other, as they are compared: letters and digits in lower case; those that
    /// stand before a number from their last letter to the first, those behind one with all they are written with.
    pub folded: &'static str,
    /// First those that stand before a number, then those that stand behind one; each in the order of their words.
    pub rows: &'static [ContextRow],
    /// How many stand before a number.
    pub before: u16,
    /// What may stand at the end of a text before a number; see `ending_bit`.
    pub endings: &'static Filter,
    /// The first of the rows that stand before a number by their last two letters, as `fold` gives them; and the end of
    /// all.
    pub by_letters: &'static [u16; 1025],
    /// The words as a person writes them, and the lists of the rows.
    pub texts: Texts,
}

pub(crate) struct ContextRow {
    /// The first eight bytes of its words as they are compared; see `eight_bytes`.
    pub eight: u64,
    /// Where its words end in `folded`, and how long they are.
    pub end: u16,
    pub len: u8,
    /// How many rows right before it have the same words.
    pub same: u8,
    /// Its words as a person writes them.
    pub words: u16,
    /// A list of families by their place in `Family::ALL`; empty where the number is no code.
    pub families: u16,
    /// The number is no code.
    pub denies: bool,
    /// A list of events in which the row holds; empty for all.
    pub events: u16,
    /// The least number that it speaks of.
    pub from: u16,
    pub notation: Notation,
}

/// What `dsregcmd /status` prints, and what may be concluded from it.
#[cfg(feature = "alloc")]
pub(crate) struct Dsregcmd {
    /// The titles of boxes, and of the blocks that may stand several times, as texts.
    pub parts: &'static [u16],
    pub fields: &'static [FieldRow],
    /// The spellings of fields in letters and digits of lower case, in their order, each with its field.
    pub spellings: &'static [(u16, u8)],
    pub rules: &'static [RuleRow],
    pub conditions: &'static [Condition],
    pub texts: Texts,
}

#[cfg(feature = "alloc")]
pub(crate) struct FieldRow {
    /// Index into `parts`.
    pub part: u8,
    pub value: FieldValue,
    /// A list of families by their place in `Family::ALL`.
    pub families: u16,
    pub identifies: Option<Identity>,
    pub meaning: u16,
}

#[cfg(feature = "alloc")]
pub(crate) struct RuleRow {
    pub id: u16,
    pub severity: Severity,
    pub phase: RulePhase,
    /// A range of the conditions.
    pub when: (u16, u8),
    /// A list of fields.
    pub shows: u16,
    /// A list of rules.
    pub unless: u16,
    pub title: u16,
    pub reasons: u16,
    pub resolutions: u16,
    pub links: u16,
    pub sources: u16,
}

/// The phase that a finding speaks of.
#[cfg(feature = "alloc")]
#[derive(Clone, Copy)]
pub(crate) enum RulePhase {
    None,
    Of(Phase),
    /// What the capture says in `Error Phase`.
    Stated,
}

/// A part of what a rule asks. Fields are positions, texts and lists those of `Dsregcmd::texts`.
#[cfg(feature = "alloc")]
#[derive(Clone, Copy)]
pub(crate) enum Condition {
    /// The value is one of a list.
    Is(u8, u16),
    /// The field is absent, or its value is none of a list.
    IsNot(u8, u16),
    Begins(u8, u16),
    /// Present, and without a value.
    Empty(u8),
    /// Present, and with a value.
    Set(u8),
    /// One of a list of fields is set.
    AnySet(u16),
    HoldsCode(u8),
    /// So many hours ago.
    OlderThan(u8, u16),
    /// The time, or the end of the period, is past.
    Over(u8),
    /// The start of the period is not past.
    NotBegun(u8),
    /// The time, or the end of the period, comes within so many days.
    EndsWithin(u8, u16),
    Before(u8, u8),
    NotBefore(u8, u8),
    JoinState(&'static [JoinState]),
    /// The command ran as the system, or did not.
    Account(bool),
    /// The attempt was for a token of Microsoft Entra ID, or of the premises.
    Token(bool),
    Cut,
    TimeUnknown,
    NoTime,
    OtherCode,
}

/// Texts and lists of texts, by index. Text 0 is empty, and so is list 0.
pub(crate) struct Texts {
    pub blob: &'static str,
    /// Where every 32nd text ends.
    pub bases: &'static [u32],
    /// How far behind its base each text ends; each begins where the one before it ends.
    pub ends: &'static [u16],
    /// Lists: a length, then as many indexes.
    pub lists: &'static [u16],
}

impl Table {
    /// The table of a family that this build has no entry of; with `sdk` there is none such.
    #[allow(dead_code)]
    pub const fn empty(family: Family) -> Self {
        let places = Places { factor: 1, shift: 63, displacements: &[0, 0], slots: 0 };
        let texts = Texts { blob: "", bases: &[], ends: &[], lists: &[] };
        Self {
            family,
            places,
            keys: &[],
            order: &[],
            name_bases: &[0],
            name_starts: &[0],
            names: "",
            detail_of: &[],
            rare: &[],
            summaries: &[],
            details: &[],
            advice: &[],
            texts,
        }
    }

    /// The first row of a value.
    #[inline]
    pub const fn find(&self, value: u32) -> Option<u16> {
        let row = self.places.of_number(value);
        if row < self.keys.len() && self.keys[row] == value { Some(row as u16) } else { None }
    }

    /// The further rows of a value that has a first one.
    pub fn homonyms(&self, value: u32) -> core::ops::Range<u16> {
        let slots = self.places.slots as usize;
        let tail = &self.keys[slots..];
        let start = tail.partition_point(|&key| key < value);
        let len = tail[start..].partition_point(|&key| key == value);
        (slots + start) as u16..(slots + start + len) as u16
    }

    /// The summary of a row; empty where there is none.
    pub fn summary(&'static self, row: u16) -> &'static str {
        let Some(&(bits, first)) = self.summaries.get(usize::from(row) / ROWS_OF_A_BASE) else { return "" };
        let bit = 1 << (usize::from(row) % ROWS_OF_A_BASE);
        let before = (bits & (bit - 1)).count_ones() as u16;
        if bits & bit == 0 { "" } else { self.texts.text(first + before) }
    }

    /// What is known of a row; `None` for a row that is not there.
    pub fn detail(&self, row: u16) -> Option<&'static Detail> {
        let details: &'static [Detail] = self.details;
        let common = *self.detail_of.get(usize::from(row))?;
        if common != RARE {
            return details.get(usize::from(common));
        }
        let at = self.rare.binary_search_by_key(&row, |&(row, _)| row).ok()?;
        details.get(usize::from(self.rare[at].1))
    }

    /// The name; empty where there is none.
    pub fn name(&self, row: u16) -> &'static str {
        let names: &'static str = self.names;
        names.get(self.name_span(row)).unwrap_or("")
    }

    /// The bytes of the name, for comparing: no check that they are whole characters is needed.
    #[inline]
    pub fn name_bytes(&self, row: u16) -> &'static [u8] {
        let names: &'static str = self.names;
        names.as_bytes().get(self.name_span(row)).unwrap_or(&[])
    }

    pub fn aliases(&self, row: u16) -> impl Iterator<Item = &'static str> + Clone + use<> {
        let names: &'static str = self.names;
        let row = usize::from(row);
        let all = names.get(self.names_start(row)..self.names_start(row + 1)).unwrap_or("");
        all.split('\n').skip(1)
    }

    #[inline]
    fn name_span(&self, row: u16) -> core::ops::Range<usize> {
        let row = usize::from(row);
        let (start, end) = (self.names_start(row), self.names_start(row + 1));
        if self.name_starts[row] & HAS_ALIASES == 0 {
            return start..end;
        }
        let names = self.names.as_bytes().get(start..end).unwrap_or(&[]);
        let first = names.iter().position(|&byte| byte == b'\n');
        start..first.map_or(end, |len| start + len)
    }

    #[inline]
    fn names_start(&self, row: usize) -> usize {
        self.name_bases[row / ROWS_OF_A_BASE] as usize + usize::from(self.name_starts[row] & !HAS_ALIASES)
    }
}

impl Texts {
    pub fn text(&self, index: u16) -> &'static str {
        let Some(before) = index.checked_sub(1) else { return "" };
        let blob: &'static str = self.blob;
        match (self.end(before), self.end(index)) {
            (Some(start), Some(end)) => blob.get(start..end).unwrap_or(""),
            _ => "",
        }
    }

    fn end(&self, index: u16) -> Option<usize> {
        let base = self.bases.get(usize::from(index) / TEXTS_OF_A_BASE)?;
        Some(*base as usize + usize::from(*self.ends.get(usize::from(index))?))
    }

    /// The numbers of a list.
    pub fn numbers(&self, list: u16) -> &'static [u16] {
        let lists: &'static [u16] = self.lists;
        let len = lists.get(list as usize).map_or(0, |&len| len as usize);
        lists.get(list as usize + 1..list as usize + 1 + len).unwrap_or(&[])
    }

    /// The texts of a list.
    pub fn list(&'static self, list: u16) -> Strings {
        Strings { texts: self, numbers: self.numbers(list).iter() }
    }
}

/// Texts in order: the reasons of an advice, the steps of a section. Cloning is cheap.
///
/// ```
/// let entry = hexplain::Hresult(0x801C_03F2).entry().unwrap();
/// for advice in entry.advice() {
///     assert!(advice.reasons().len() >= 1);
/// }
/// ```
#[derive(Clone)]
pub struct Strings {
    texts: &'static Texts,
    numbers: core::slice::Iter<'static, u16>,
}

impl Iterator for Strings {
    type Item = &'static str;

    fn next(&mut self) -> Option<&'static str> {
        self.numbers.next().map(|&text| self.texts.text(text))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.numbers.size_hint()
    }
}

impl ExactSizeIterator for Strings {}

impl core::fmt::Debug for Strings {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}
