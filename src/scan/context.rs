//! The words beside a number that say what it is: `exit code` before 1603, `LdapErr` behind 80090308.
//!
//! The rows are those of `data/signals/contexts.md`. Invariant: only the bytes of the line are looked at that are
//! handed in, so that the same surroundings give the same answer wherever a text is cut.

use crate::generated::CONTEXTS;
use crate::hash::{eight_bytes, ending_bit, fold, fold_end, fold_last};
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
        self.row().map_or("", |row| CONTEXTS.texts.text(row.words))
    }

    /// Whether the row holds in some events alone.
    pub fn is_of_event(self) -> bool {
        self.row().is_some_and(|row| row.events != 0)
    }

    /// What the number may be, the likeliest first; none where it is no code.
    pub fn families(self) -> impl Iterator<Item = Family> + Clone {
        let list = self.row().map_or(&[][..], |row| CONTEXTS.texts.numbers(row.families));
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

    /// Whether the digits are decimal, however many there are.
    pub fn is_decimal(self) -> bool {
        self.row().is_some_and(|row| row.notation == Notation::Decimal)
    }

    /// The least number that it speaks of.
    pub fn from(self) -> u32 {
        self.row().map_or(0, |row| u32::from(row.from))
    }
}

/// Words of the table, which may have several rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    first: u16,
    end: u16,
    /// What parts them from the number.
    gap: Gap,
}

/// What stands between words and a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Gap {
    /// A full stop, so that the number has to show itself: `failed. 80072efe`.
    stops: bool,
    /// A bracket that begins no list, and may hold the number of a thread: `ERROR [1326] app.Worker`.
    brackets: bool,
}

impl Words {
    /// The row for a number written so, in an event.
    pub fn row(self, written: Written, event: Option<u16>) -> Option<Context> {
        let shows_itself = written.digits == 8;
        if self.gap.stops && !shows_itself || self.gap.brackets && !(shows_itself || written.prefixed) {
            return None;
        }
        let rows = CONTEXTS.rows.get(usize::from(self.first)..usize::from(self.end))?;
        // Of eight digits a row that speaks of such knows most.
        let is_eight = shows_itself && !written.prefixed;
        let of_eight =
            rows.iter().position(|row| is_eight && row.notation == Notation::Hex8 && row.fits(written, event));
        let at = of_eight.or_else(|| rows.iter().position(|row| row.fits(written, event)))?;
        Some(Context(self.first + at as u16))
    }
}

/// The words right before a number, given the text up to it.
#[inline]
pub(crate) fn before(text: &[u8]) -> Option<Words> {
    let (text, gap) = without_gap(text);
    if let [rest @ .., b'>'] = text {
        return behind_tag(rest);
    }
    let words = if is_ending(fold_end(text)) { ending(without_filler(text))? } else { return None };
    Some(Words { gap, ..words })
}

/// Whether there may be words right before a number. Most words are in no row, and their last letters tell.
#[inline]
pub(crate) fn may_precede(text: &[u8]) -> bool {
    match without_gap(text).0.last_chunk() {
        Some(last) => last[3] == b'>' || is_ending(fold_last(*last)),
        None => true,
    }
}

/// Whether the words of a row may end in some letters; see [`fold_end`].
#[inline]
fn is_ending(letters: u32) -> bool {
    let bit = ending_bit(letters);
    CONTEXTS.endings[bit / 64] >> (bit % 64) & 1 != 0
}

/// The words before a number in XML, given the text up to the `>` before it: the name of the element, or of the field
/// that its attribute `Name` tells. Without a tag the `>` is part of an arrow.
#[inline(never)]
fn behind_tag(text: &[u8]) -> Option<Words> {
    ending(element_name(text).unwrap_or_else(|| {
        let arrow = text.strip_suffix(b"-").unwrap_or(text);
        without_filler(without_gap(arrow).0)
    }))
}

/// The words that a field's name ends with.
pub(crate) fn of_name(name: &[u8]) -> Option<Words> {
    let end = name.iter().rposition(|b| b.is_ascii_alphanumeric())?;
    ending(&name[..=end])
}

/// Without the punctuation that parts a number from its words, and what there is of it.
#[inline]
fn without_gap(mut text: &[u8]) -> (&[u8], Gap) {
    let mut gap = Gap::default();
    while let [rest @ .., byte] = text {
        if !GAP[usize::from(*byte)] {
            break;
        }
        gap.stops |= *byte == b'.';
        gap.brackets |= *byte == b'[' && !begins_list(rest);
        text = rest;
    }
    (text, gap)
}

/// Whether a bracket behind a text begins a list, as in `"error_codes":[50126]`.
fn begins_list(text: &[u8]) -> bool {
    matches!(text.trim_ascii_end(), [.., b':' | b'='])
}

/// What may part a number from its words. A table, since a `match` would jump by one.
static GAP: [bool; 256] = {
    let (mut gap, bytes) = ([false; 256], b" \t:=\"'()[{#\\%*,.");
    let mut at = 0;
    while at < bytes.len() {
        gap[bytes[at] as usize] = true;
        at += 1;
    }
    gap
};

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
#[inline(never)]
fn ending(text: &[u8]) -> Option<Words> {
    let last = match text.last_chunk() {
        Some(last) => u64::from_be_bytes(*last),
        None => text.iter().fold(0, |all, &byte| all << 8 | u64::from(byte)),
    };
    let eight = lower_eight(last);
    let [last, second] = [eight, eight >> 8].map(|letter| usize::from(fold(letter as u8)));
    let letters = last << 5;
    // A last word of one letter tells less.
    let range = if second != 0 { letters + second..letters + second + 1 } else { letters..letters + 32 };
    let (first, end) = (*CONTEXTS.by_letters.get(range.start)?, *CONTEXTS.by_letters.get(range.end)?);
    let rows = CONTEXTS.rows.get(usize::from(first)..usize::from(end))?;
    // Longer words stand behind shorter ones that they end with.
    let at = rows.iter().rposition(|row| row.ends(text, eight))?;
    let same = u16::from(rows[at].same);
    Some(Words { first: first + at as u16 - same, end: first + at as u16 + 1, gap: Gap::default() })
}

/// Eight bytes with their ASCII letters in lower case.
#[inline]
fn lower_eight(bytes: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let seven_bits = bytes & (EACH * 0x7F);
    // The highest bit of each byte tells whether it is at least `A`, and whether it is beyond `Z`.
    let from_a = seven_bits + EACH * (0x80 - u64::from(b'A'));
    let beyond_z = seven_bits + EACH * (0x7F - u64::from(b'Z'));
    let upper = from_a & !beyond_z & !bytes & (EACH * 0x80);
    bytes | upper >> 2
}

impl ContextRow {
    /// Whether its words are the last of a text, whose last eight bytes are given as `eight_bytes` gives the row's.
    #[inline]
    fn ends(&self, text: &[u8], eight: u64) -> bool {
        let alike = ((self.eight ^ eight).trailing_zeros() / 8).min(u32::from(self.len));
        // Where they differ only a gap may stand between the words.
        let goes_on = alike == u32::from(self.len) || alike == 8 || fold((eight >> (8 * alike)) as u8) == 0;
        goes_on && ends_with(text, self.folded(), alike as usize)
    }

    /// Whether it speaks of a number written so, in an event.
    fn fits(&self, written: Written, event: Option<u16>) -> bool {
        let notation = match self.notation {
            _ if written.digits == 0 => self.notation == Notation::Name,
            Notation::Any => written.prefixed || written.decimal || written.digits == 8,
            Notation::Decimal => written.decimal && !written.prefixed,
            Notation::Prefixed => written.prefixed,
            Notation::Hex => !written.prefixed,
            Notation::Hex8 => !written.prefixed && written.digits == 8,
            Notation::Name => false,
        };
        let holds = |event| CONTEXTS.texts.numbers(self.events).contains(&event);
        notation && (self.events == 0 || event.is_some_and(holds))
    }

    /// Its words as they are compared.
    fn folded(&self) -> &'static [u8] {
        let end = usize::from(self.end);
        CONTEXTS.folded.as_bytes().get(end - usize::from(self.len)..end).unwrap_or(&[])
    }
}

/// Whether the letters and digits of a text, from its end, are those of a row, and the row's words are whole words in
/// it. A little punctuation may stand between words. That some of the last letters are alike is known.
fn ends_with(text: &[u8], words: &[u8], alike: usize) -> bool {
    let (mut at, mut gap) = (text.len().saturating_sub(alike), 0);
    let mut rest = words.get(alike..).unwrap_or(&[]);
    while let Some((&letter, others)) = rest.split_first() {
        let Some(before) = at.checked_sub(1) else { return false };
        at = before;
        let byte = text[at];
        if fold(byte) == 0 {
            gap += 1;
            if gap > LONGEST_GAP || byte == b'\n' {
                return false;
            }
        } else if letter == byte.to_ascii_lowercase() {
            (gap, rest) = (0, others);
        } else {
            return false;
        }
    }
    begins_word(text, at, words.len())
}

/// Whether words of a row that begin at a place are whole words.
fn begins_word(text: &[u8], at: usize, len: usize) -> bool {
    let Some(&byte) = text.get(at) else { return false };
    // `ExitCode` ends with the word `Code`.
    let before = at.checked_sub(1).map_or(b'\n', |before| text[before]);
    let within = len > 2 && byte.is_ascii_uppercase() && !before.is_ascii_uppercase();
    // `PARSE_ERROR = 5` is a constant of somebody's own.
    let of_constant = before == b'_' && byte.is_ascii_uppercase();
    (fold(before) == 0 || within) && !of_constant
}

/// The words right behind a number, given the text that follows it.
pub(crate) fn behind(text: &[u8], written: Written) -> Option<Context> {
    let [b' ' | b'.' | b':' | b',', second, ..] = *text else { return None };
    if !second.is_ascii_alphabetic() && second != b' ' {
        return None;
    }
    let bytes = text.first_chunk().map_or_else(|| eight_bytes(text), |eight: &[u8; 8]| u64::from_le_bytes(*eight));
    let eight = lower_eight(bytes);
    let rows = CONTEXTS.rows.get(usize::from(CONTEXTS.before)..)?;
    let at = rows.iter().rposition(|row| {
        let words = row.folded();
        // `status=407 bytes=326` counts nothing.
        let goes_on = || text.get(words.len()).is_some_and(|&byte| byte == b'=' || byte.is_ascii_alphabetic());
        // As far as eight bytes tell.
        (row.eight ^ eight) << (64 - 8 * u32::from(row.len.clamp(1, 8))) == 0
            && text.get(..words.len()).is_some_and(|start| start.eq_ignore_ascii_case(words))
            && !goes_on()
    })?;
    rows[at].fits(written, None).then_some(Context(CONTEXTS.before + at as u16))
}
