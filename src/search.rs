//! Search: entries by the words of their names and texts, and symbols near a misspelt one.
//!
//! There is no index: a query reads the tables once, which takes a few milliseconds for the whole catalogue and
//! costs nothing at start-up.

use alloc::vec::Vec;

use crate::catalog::{Entry, entries, entries_of, prints_as};
use crate::explain::{Candidate, Hint};
use crate::vocabulary::Family;

/// Entries whose name, summary, reasons or resolutions hold all the words, best first.
///
/// A word counts most as a whole word of a name, then as the beginning of one, then with another ending (`expired` for
/// `expires`), then anywhere in one; then in the summary, the reasons and the resolutions. Case does not count, nor do
/// small words such as `for` and `the` beside others. A query without a word finds nothing.
///
/// ```
/// use hexplain::{Hint, search};
/// let found = search("directory failure", Hint::default());
/// assert_eq!(found[0].entry().unwrap().name(), Some("DSREG_E_DIRECTORY_FAILURE"));
/// ```
pub fn search(words: &str, hint: Hint<'_>) -> Vec<Candidate> {
    let mut words: Vec<Word<'_>> = words.split_whitespace().map(Word::new).collect();
    if words.iter().any(|word| !word.is_small()) {
        words.retain(|word| !word.is_small());
    }
    if words.is_empty() {
        return Vec::new();
    }
    let allowed = entries().filter(|entry| hint.allows(entry.family()));
    // Codes with advice are those that people meet.
    let met = |entry: Entry| if entry.advice().len() > 0 { 30 } else { 0 };
    let mut found: Vec<(u32, Entry)> = allowed
        .filter_map(|entry| {
            Some((words.iter().map(|word| weight(entry, word)).sum::<Option<u32>>()? + met(entry), entry))
        })
        .collect();
    // Stable: entries of one weight stay in the order of the catalogue.
    found.sort_by_key(|&(weight, _)| core::cmp::Reverse(weight));
    found.iter().zip(1..).map(|(&(_, entry), rank)| Candidate::found(entry, rank)).collect()
}

/// A word that is looked for.
struct Word<'a> {
    whole: &'a [u8],
    /// The word without its ending.
    stem: &'a [u8],
    /// The other spelling of its beginning, British for American or the reverse.
    spelling: Option<&'static [u8]>,
}

impl<'a> Word<'a> {
    fn new(word: &'a str) -> Self {
        let bare = word.trim_matches(|c: char| matches!(c, ',' | ';' | '?' | '!' | '"'));
        let whole = if bare.is_empty() { word } else { bare }.as_bytes();
        // What is left of a shorter word says too little.
        let stem = ENDINGS.iter().find_map(|ending| {
            let (stem, end) = whole.split_at_checked(whole.len().checked_sub(ending.len())?)?;
            (stem.len() >= 4 && end.eq_ignore_ascii_case(ending.as_bytes())).then_some(stem)
        });
        let begins = |with: &str| whole.get(..with.len()).is_some_and(|w| w.eq_ignore_ascii_case(with.as_bytes()));
        let spelling = SPELLINGS.iter().find_map(|&(one, other)| {
            if begins(one) { Some(other) } else { begins(other).then_some(one) }.map(str::as_bytes)
        });
        Self { whole, stem: stem.unwrap_or(whole), spelling }
    }

    fn is_small(&self) -> bool {
        SMALL.iter().any(|small| self.whole.eq_ignore_ascii_case(small.as_bytes()))
    }
}

/// Beginnings of words with two spellings, of which symbols and texts use both.
const SPELLINGS: &[(&str, &str)] = &[
    ("authoriz", "authoris"),
    ("cancell", "cancele"),
    ("enroll", "enrolm"),
    ("initializ", "initialis"),
    ("licens", "licenc"),
    ("recogniz", "recognis"),
    ("synchroniz", "synchronis"),
];

/// The longer before the shorter that they end in.
const ENDINGS: &[&str] = &["ing", "ed", "es", "s", "e"];

/// Words that say nothing of what is looked for; `no` and `not` do.
const SMALL: &[&str] = &[
    "a", "an", "and", "are", "at", "be", "by", "for", "from", "has", "have", "in", "is", "it", "its", "my", "of", "on",
    "or", "that", "the", "this", "to", "was", "with",
];

/// How much a word speaks for an entry; `None` where it stands nowhere in it.
fn weight(entry: Entry, word: &Word<'_>) -> Option<u32> {
    // A code that is searched for by its number is found.
    let code = entry.code().is_number()
        && word.whole.len() >= 3
        && prints_as(entry.code(), word.whole, <[u8]>::eq_ignore_ascii_case);
    let names = entry.name().into_iter().chain(entry.aliases()).chain(entry.context());
    let name = names.filter_map(|name| in_text(name, word)).max().map(|place| place.weight(100));
    let summary = || entry.summary().and_then(|text| in_text(text, word)).map(|place| place.weight(40));
    let reason = || in_texts(entry.advice().flat_map(|a| a.reasons()), word).map(|place| place.weight(20));
    let resolution = || in_texts(entry.advice().flat_map(|a| a.resolutions()), word).map(|place| place.weight(10));
    let note = || in_texts(entry.notes(), word).map(|place| place.weight(10));
    code.then_some(200).or(name).or_else(summary).or_else(reason).or_else(resolution).or_else(note)
}

/// How a word stands in a text; the greater the better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Within,
    OtherEnding,
    Prefix,
    Word,
}

impl Place {
    fn weight(self, whole: u32) -> u32 {
        match self {
            Self::Word => whole,
            Self::Prefix => whole * 3 / 4,
            Self::OtherEnding => whole * 2 / 3,
            Self::Within => whole / 2,
        }
    }
}

fn in_texts(texts: impl Iterator<Item = &'static str>, word: &Word<'_>) -> Option<Place> {
    texts.filter_map(|text| in_text(text, word)).max()
}

/// The best place of a word in a text, without regard to ASCII case.
fn in_text(text: &str, word: &Word<'_>) -> Option<Place> {
    let text = text.as_bytes();
    let best = spelt(text, word.stem, word.whole);
    if best.is_some() {
        return best;
    }
    let other = word.spelling?;
    spelt(text, other, other).map(|_| Place::OtherEnding)
}

/// The best place of a word, or of what has its stem.
fn spelt(text: &[u8], stem: &[u8], whole: &[u8]) -> Option<Place> {
    let starts = (0..(text.len() + 1).saturating_sub(stem.len()))
        .filter(|&at| text[at].eq_ignore_ascii_case(&stem[0]) && text[at..at + stem.len()].eq_ignore_ascii_case(stem));
    let is_word = |at: usize| text.get(at).is_some_and(u8::is_ascii_alphanumeric);
    starts
        .filter_map(|at| {
            let begins = at == 0 || !is_word(at - 1);
            let end = at + whole.len();
            if text.get(at..end).is_some_and(|found| found.eq_ignore_ascii_case(whole)) {
                return match (begins, is_word(end)) {
                    (true, false) => Some(Place::Word),
                    (true, true) => Some(Place::Prefix),
                    // A short word stands in many others by chance.
                    _ => (whole.len() > 3).then_some(Place::Within),
                };
            }
            begins.then_some(Place::OtherEnding)
        })
        .max()
}

/// Names near a text: those that differ in few letters, then those that hold it. Nearest first, at most five.
pub(crate) fn near(text: &str) -> Vec<&'static str> {
    let text = text.as_bytes();
    // A sentence is no misspelt name.
    if text.len() > 64 {
        return Vec::new();
    }
    // One slip in four letters is a misspelling; more is another word.
    let tolerance = (text.len() / 4).clamp(1, 6);
    let letters = letters(text);
    let mut found: Vec<(usize, &'static str)> = Vec::new();
    let mut rows = Vec::new();
    // Only the labels of conditions have blanks in them.
    let families = if text.contains(&b' ') { &[Family::Condition] } else { Family::ALL };
    let near = families.iter().flat_map(|&family| entries_of(family));
    for name in near.flat_map(|entry| entry.name().into_iter().chain(entry.aliases())) {
        let bytes = name.as_bytes();
        if bytes.len() + tolerance < text.len() {
            continue;
        }
        // Letters that the name lacks are slips; this spares most names the comparison.
        let lacking = (letters & !self::letters(bytes)).count_ones() as usize;
        let distance = if lacking == 0 && text.len() >= 4 && holds(bytes, text) {
            Some(tolerance + 1)
        } else if lacking > tolerance || bytes.len() > text.len() + tolerance {
            None
        } else {
            distance(text, bytes, tolerance, &mut rows)
        };
        if let Some(distance) = distance {
            if !found.iter().any(|&(_, known)| known.eq_ignore_ascii_case(name)) {
                found.push((distance, name));
            }
        }
    }
    found.sort_by_key(|&(distance, name)| (distance, name.len(), name));
    found.into_iter().take(5).map(|(_, name)| name).collect()
}

/// Whether a text stands in another, without regard to ASCII case.
fn holds(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window.eq_ignore_ascii_case(part))
}

/// A bit for each letter or other character that stands in a text; case does not count.
fn letters(text: &[u8]) -> u32 {
    text.iter().fold(0, |all, byte| all | 1 << (byte & 31))
}

/// Levenshtein's distance without regard to ASCII case, if it is within the tolerance. `row` is scratch space.
fn distance(a: &[u8], b: &[u8], tolerance: usize, row: &mut Vec<usize>) -> Option<usize> {
    row.clear();
    row.extend(0..=b.len());
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        let mut least = row[0];
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(!x.eq_ignore_ascii_case(y));
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
            least = least.min(row[j + 1]);
        }
        if least > tolerance {
            return None;
        }
    }
    row.last().copied().filter(|&distance| distance <= tolerance)
}
