//! The words beside a number that say what it is: `exit code` before 1603, `LdapErr` behind 80090308.
//!
//! The rows are those of `data/signals/contexts.md`. Invariant: only the bytes of the line are looked at that are
//! handed in, so that the same surroundings give the same answer wherever a text is cut.

use crate::generated::{COMMON, CONTEXTS};
use crate::hash::{eight_bytes, ending_bit, fold, fold_end};
use crate::table::ContextRow;
use crate::vocabulary::{Family, Notation};

/// How a number is written.
#[derive(Clone, Copy)]
pub(crate) struct Written {
    /// It stands behind `0x`.
    pub prefixed: bool,
    /// All its digits are decimal.
    pub decimal: bool,
    /// How many digits it has; 0 for a name.
    pub digits: usize,
}

impl Written {
    /// A symbol or a label.
    pub const NAME: Self = Self { prefixed: false, decimal: false, digits: 0 };
}

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Context(u16);

impl Context {
    fn row(self) -> Option<&'static ContextRow> {
        CONTEXTS.rows.get(usize::from(self.0))
    }

    /// The words as a person writes them.
    pub fn words(self) -> &'static str {
        self.row().map_or("", |row| COMMON.text(row.words))
    }

    /// Whether the row holds in some events alone.
    pub fn is_of_event(self) -> bool {
        self.row().is_some_and(|row| !COMMON.numbers(row.events).is_empty())
    }

    /// What the number may be, the likeliest first; none where it is no code.
    pub fn families(self) -> impl Iterator<Item = Family> + Clone {
        let list = self.row().map_or(&[][..], |row| COMMON.numbers(row.families));
        list.iter().filter_map(|&family| Family::ALL.get(usize::from(family)).copied())
    }

    /// Whether it says that the number is no code.
    pub fn denies(self) -> bool {
        self.row().is_some_and(|row| row.denies)
    }

    /// Whether it says that the number is that of an event.
    pub fn names_event(self) -> bool {
        self.families().next() == Some(Family::Event)
    }

    /// Whether the digits are hexadecimal without a prefix.
    pub fn is_hexadecimal(self) -> bool {
        self.row().is_some_and(|row| matches!(row.notation, Notation::Hex | Notation::Hex8))
    }

    /// The least number that it speaks of.
    pub fn from(self) -> u32 {
        self.row().map_or(0, |row| u32::from(row.from))
    }

    fn fits(self, written: Written, event: Option<u16>) -> bool {
        self.row().is_some_and(|row| {
            let events = COMMON.numbers(row.events);
            let notation = match row.notation {
                Notation::Any => written.prefixed || written.decimal || written.digits == 8,
                Notation::Decimal => written.decimal && !written.prefixed,
                Notation::Prefixed => written.prefixed,
                Notation::Hex => !written.prefixed,
                Notation::Hex8 => !written.prefixed && written.digits == 8,
                Notation::Name => false,
            };
            let notation = if written.digits == 0 { row.notation == Notation::Name } else { notation };
            notation && (events.is_empty() || event.is_some_and(|event| events.contains(&event)))
        })
    }
}

/// Words of the table, which may have several rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    first: u16,
    end: u16,
    /// A full stop parts them from the number, which then has to show itself: `failed. 80072efe`.
    stopped: bool,
}

impl Words {
    /// The row for a number written so, in an event.
    pub fn row(self, written: Written, event: Option<u16>) -> Option<Context> {
        let shows_itself = !self.stopped || written.digits == 8;
        (self.first..self.end).map(Context).find(|row| shows_itself && row.fits(written, event))
    }
}

/// The words right before a number, given the text up to it.
#[inline]
pub(crate) fn before(text: &[u8]) -> Option<Words> {
    let (text, stopped) = without_gap(text);
    if let [rest @ .., b'>'] = text {
        return behind_tag(rest);
    }
    // Most words are in no row, and their last letters tell.
    let bit = ending_bit(fold_end(text));
    if CONTEXTS.endings[bit / 64] >> (bit % 64) & 1 == 0 {
        return None;
    }
    let words = ending(without_filler(text))?;
    Some(Words { stopped, ..words })
}

/// The words before a number in XML, given the text up to the `>` before it: the name of the element, or of the field
/// that its attribute `Name` tells. Without a tag the `>` is part of an arrow.
#[inline(never)]
fn behind_tag(text: &[u8]) -> Option<Words> {
    ending(element_name(text).unwrap_or_else(|| without_filler(without_gap(text).0)))
}

/// The words that a field's name ends with.
pub(crate) fn of_name(name: &[u8]) -> Option<Words> {
    let end = name.iter().rposition(|b| b.is_ascii_alphanumeric())?;
    ending(&name[..=end])
}

/// Without the punctuation that parts a number from its words, and whether a full stop is among it.
#[inline]
fn without_gap(mut text: &[u8]) -> (&[u8], bool) {
    let mut stopped = false;
    while let [rest @ .., byte] = text {
        match byte {
            b' ' | b'\t' | b':' | b'=' | b'"' | b'\'' | b'(' | b')' | b'[' | b'{' | b'#' | b'\\' | b'%' | b'*'
            | b',' => {}
            b'.' => stopped = true,
            _ => break,
        }
        text = rest;
    }
    (text, stopped)
}

/// Without a verb between the words and the number: `alert code is 40`.
fn without_filler(text: &[u8]) -> &[u8] {
    for filler in [&b" is"[..], b" was"] {
        if let Some(at) = text.len().checked_sub(filler.len()) {
            if text[at..].eq_ignore_ascii_case(filler) {
                // The table may have it among its words, as in `is returning`.
                return without_gap(&text[..at]).0;
            }
        }
    }
    text
}

/// The name that an XML tag gives to what it holds, given the text up to the tag's `>`.
fn element_name(text: &[u8]) -> Option<&[u8]> {
    let open = text.iter().rposition(|&b| b == b'<')?;
    let tag = &text[open + 1..];
    if tag.contains(&b'\n') || tag.starts_with(b"/") {
        return None;
    }
    let of_attribute = tag.windows(5).position(|window| window == b"Name=").and_then(|at| {
        let quote = *tag.get(at + 5).filter(|&&b| b == b'"' || b == b'\'')?;
        let value = &tag[at + 6..];
        value.iter().position(|&b| b == quote).map(|end| &value[..end])
    });
    let end = tag.iter().position(|&b| b == b' ' || b == b'/').unwrap_or(tag.len());
    Some(of_attribute.unwrap_or(&tag[..end]))
}

/// How many blanks and other characters may part the words of a row.
const LONGEST_GAP: usize = 4;

/// The longest words of the table that a text ends with.
fn ending(text: &[u8]) -> Option<Words> {
    // The last letters of its last word, which spare most rows a closer look.
    let last = match text.last_chunk() {
        Some(last) => u64::from_be_bytes(*last),
        None => text.iter().fold(0, |all, &byte| all << 8 | u64::from(byte)),
    };
    let eight = u64::from_le_bytes(last.to_le_bytes().map(|byte| byte.to_ascii_lowercase()));
    let known = eight.to_le_bytes().iter().take_while(|&&letter| fold(letter) != 0).count() as u32;
    let [last, second] = [eight, eight >> 8].map(|letter| usize::from(fold(letter as u8)));
    let letters = last << 5;
    // A last word of one letter tells less.
    let range = if known > 1 { letters + second..letters + second + 1 } else { letters..letters + 32 };
    let (first, end) = (*CONTEXTS.by_letters.get(range.start)?, *CONTEXTS.by_letters.get(range.end)?);
    let rows = CONTEXTS.rows.get(usize::from(first)..usize::from(end)).filter(|_| known > 0)?;
    // Longer words stand behind shorter ones that they end with.
    let at = rows.iter().rposition(|row| row.begins_like(eight, known) && ends_with(text, row.folded()))?;
    let words = rows[at].folded();
    let same = rows[..at].iter().rev().take_while(|row| row.folded() == words).count();
    Some(Words { first: first + (at - same) as u16, end: first + at as u16 + 1, stopped: false })
}

impl ContextRow {
    /// Whether its words begin like some bytes, as far as those and eight bytes tell.
    #[inline]
    fn begins_like(&self, bytes: u64, known: u32) -> bool {
        let compared = known.min(u32::from(self.len)).clamp(1, 8);
        (self.eight ^ bytes) << (64 - 8 * compared) == 0
    }

    /// Its words as they are compared.
    fn folded(&self) -> &'static [u8] {
        let end = usize::from(self.end);
        CONTEXTS.folded.as_bytes().get(end - usize::from(self.len)..end).unwrap_or(&[])
    }
}

/// Whether the letters and digits of a text, from its end, are those of a row, and the row's words are whole words in
/// it. A little punctuation may stand between words.
fn ends_with(text: &[u8], words: &[u8]) -> bool {
    let (mut rest, mut gap) = (words, 0);
    for (at, &byte) in text.iter().enumerate().rev() {
        if fold(byte) == 0 {
            gap += 1;
            if gap > LONGEST_GAP || byte == b'\n' {
                return false;
            }
            continue;
        }
        gap = 0;
        match rest.split_first() {
            Some((&letter, others)) if letter == byte.to_ascii_lowercase() => rest = others,
            _ => return false,
        }
        if rest.is_empty() {
            // `ExitCode` ends with the word `Code`.
            let before = at.checked_sub(1).map_or(b'\n', |before| text[before]);
            let within = words.len() > 2 && byte.is_ascii_uppercase() && !before.is_ascii_uppercase();
            // `PARSE_ERROR = 5` is a constant of somebody's own.
            let of_constant = before == b'_' && byte.is_ascii_uppercase();
            return (fold(before) == 0 || within) && !of_constant;
        }
    }
    false
}

/// The words right behind a number, given the text that follows it.
pub(crate) fn behind(text: &[u8], written: Written) -> Option<Context> {
    let [b' ' | b'.' | b':' | b',', second, ..] = *text else { return None };
    if !second.is_ascii_alphabetic() && second != b' ' {
        return None;
    }
    let bytes = text.first_chunk().map_or_else(|| eight_bytes(text), |eight: &[u8; 8]| u64::from_le_bytes(*eight));
    let eight = u64::from_le_bytes(bytes.to_le_bytes().map(|byte| byte.to_ascii_lowercase()));
    let rows = CONTEXTS.rows.get(usize::from(CONTEXTS.before)..)?;
    let at = rows.iter().rposition(|row| {
        let words = row.folded();
        // `status=407 bytes=326` counts nothing.
        let goes_on = || text.get(words.len()).is_some_and(|&byte| byte == b'=' || byte.is_ascii_alphabetic());
        row.begins_like(eight, 8)
            && text.get(..words.len()).is_some_and(|start| start.eq_ignore_ascii_case(words))
            && !goes_on()
    })?;
    Some(Context(CONTEXTS.before + at as u16)).filter(|row| row.fits(written, None))
}
