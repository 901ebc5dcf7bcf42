//! How our sentences are written: what the compiler can see of it.
//!
//! The glossary for people stands in `CONTRIBUTING.md`; a test holds it against [`FORBIDDEN`]. What stands in backticks
//! is a literal of a server, a log or a command and is never judged.

use super::faults::{Faults, Place};

/// Words that the glossary forbids, and what to write instead. In lower case; they count as whole words, in any case.
pub const FORBIDDEN: &[(&str, &str)] = &[
    ("please", "Say what to do, and leave it out."),
    ("ensure", "Write `make sure`."),
    ("ensures", "Write `makes sure`."),
    ("specified", "Say who gave the value, or write `this`."),
    ("successfully", "Leave it out."),
    ("utilize", "Write `use`."),
    ("in order to", "Write `to`."),
    ("unable to", "Write `cannot`."),
    ("attempted to", "Write `tried to`."),
    ("via", "Write `through` or `by`."),
    ("log in", "Write `sign in`."),
    ("log on", "Write `sign in`, or `logon` where Windows says so."),
    ("logged in", "Write `signed in`."),
    ("logged on", "Write `signed in`."),
    ("login", "Write `sign-in`, or `logon` where Windows says so."),
    ("is accessible", "Write `can be reached`."),
    ("is unreachable", "Write `cannot be reached`."),
    ("data replication service", "DRS is the Device Registration Service."),
    ("on-premise", "Write `on-premises`."),
    ("illegal", "Say what is wrong with it."),
    ("simply", "Leave it out."),
    ("blacklist", "Write `block list`."),
    ("whitelist", "Write `allow list`."),
    ("e.g.", "Write `such as`."),
    ("i.e.", "Say it in other words."),
    ("etc.", "Name them, or write `and the like`."),
    ("can't", "Write `cannot`."),
    ("don't", "Write `do not`."),
    ("doesn't", "Write `does not`."),
    ("isn't", "Write `is not`."),
    ("it's", "Write `it is`."),
    ("won't", "Write `will not`."),
    ("synchronise", "Write it with a z."),
    ("synchronised", "Write it with a z."),
    ("synchronisation", "Write it with a z."),
    ("authorise", "Write it with a z."),
    ("authorised", "Write it with a z."),
    ("canceled", "Write `cancelled`."),
    ("behavior", "Write `behaviour`."),
];

/// Names that Microsoft has given up; a sentence that has one has the present one too.
pub const RENAMED: &[(&str, &str)] = &[("azure ad", "Entra"), ("azure active directory", "Entra")];

/// Names that stand for themselves: what they name has no newer name, or is one.
const NAMES: &[&str] =
    &["azure ad b2c", "azure ad authentication library", "azure ad powershell", "alternate login id"];

/// Sentences of ours: with a full stop, in straight ASCII quotes and single blanks, in the words of the glossary.
pub fn sentences(texts: &[&str], place: &Place, faults: &mut Faults) -> Vec<String> {
    for text in texts {
        let start: String = text.chars().take(40).collect();
        // A literal message may bring its own full stop, inside its backticks.
        if !text.trim_end_matches('`').ends_with('.') {
            faults.add(place, format!("`{start}...` does not end with a full stop."), "Write whole sentences.");
        }
        if text.contains("  ") {
            faults.add(place, format!("`{start}...` holds two blanks in a row."), "Keep one.");
        }
        if let Some(c) =
            text.chars().find(|c| "\u{2013}\u{2014}\u{2018}\u{2019}\u{201C}\u{201D}\u{2026}\u{A0}".contains(*c))
        {
            let what = format!("`{start}...` holds the typographic character U+{:04X}.", c as u32);
            faults.add(place, what, "Write its ASCII counterpart.");
        }
        if text.matches('`').count() % 2 == 1 {
            faults.add(place, format!("`{start}...` has a backtick without its partner."), "Close the code span.");
        }
        let words = text.split(' ').zip(text.split(' ').skip(1));
        if let Some((word, _)) =
            words.into_iter().find(|(a, b)| a.eq_ignore_ascii_case(b) && a.chars().all(char::is_alphabetic))
        {
            faults.add(place, format!("`{start}...` says `{word} {word}`."), "Say it once.");
        }
        let ours = prose(text);
        if let Some((word, remedy)) = FORBIDDEN.iter().find(|(word, _)| holds(&ours, word)) {
            faults.add(place, format!("`{start}...` says `{word}`."), *remedy);
        }
        if let Some((old, new)) = RENAMED.iter().find(|(old, new)| holds(&ours, old) && !text.contains(new)) {
            let what = format!("`{start}...` has the old name `{old}` alone.");
            faults.add(place, what, format!("Name it as {new} too, or put a literal in backticks."));
        }
    }
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// A summary: one sentence of 5 to 25 words that says more than the names of its row.
pub fn summary<'a>(text: &str, names: impl Iterator<Item = &'a str>, place: &Place, faults: &mut Faults) -> String {
    let start: String = text.chars().take(40).collect();
    let count = text.split(' ').count();
    if !(5..=25).contains(&count) {
        let what = format!("The summary `{start}...` has {count} words.");
        faults.add(place, what, "Write one sentence of 5 to 25 words.");
    }
    let ours = without_literals(text);
    if ours.match_indices(". ").any(|(at, _)| ours[at + 2..].starts_with(|c: char| c.is_ascii_uppercase())) {
        let what = format!("The summary `{start}...` has two sentences.");
        faults.add(place, what, "Write one, and the rest into the notes or into an advice.");
    }
    let known: Vec<String> = names.flat_map(name_words).collect();
    // A word and its endings are one word: `expired` spells `EXPIRE` out, and `waiting` `WAIT`.
    let is_name = |word: &str, name: &str| stem(name) == stem(word) || name.len() >= 4 && word.starts_with(name);
    let is_known = |word: &str| known.iter().any(|name| is_name(word, name)) || FILLERS.contains(&word);
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    if !known.is_empty() && words.all(|word| is_known(&word.to_ascii_lowercase())) {
        let what = format!("The summary `{start}...` only spells the name out.");
        faults.add(place, what, "Say what the name does not, or leave the cell empty.");
    }
    sentences(&[text], place, faults).concat()
}

/// Words that say nothing by themselves.
const FILLERS: &[&str] = &[
    "a", "an", "and", "are", "be", "been", "by", "can", "cannot", "could", "did", "does", "error", "for", "from",
    "had", "has", "have", "in", "is", "it", "no", "not", "of", "on", "or", "that", "the", "there", "this", "to", "was",
    "were", "will", "with",
];

/// The words of a symbol, `DISC_FAILED` or `InvalidGrant`, or of a label, in lower case.
fn name_words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        let begins = c.is_ascii_uppercase() && before.is_ascii_lowercase();
        if begins || !c.is_ascii_alphanumeric() {
            words.push(String::new());
        }
        if c.is_ascii_alphanumeric() {
            words.last_mut().expect("there is one").push(c.to_ascii_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The first five letters, in which a word and its endings agree.
fn stem(word: &str) -> &str {
    let word = word.strip_suffix('s').unwrap_or(word);
    word.get(..5).unwrap_or(word)
}

/// The text with a blank in place of each literal.
fn without_literals(text: &str) -> String {
    let parts = text.split('`').enumerate();
    parts.map(|(at, part)| if at % 2 == 0 { part } else { " " }).collect()
}

/// What the glossary judges: the text in lower case, without literals and names.
fn prose(text: &str) -> String {
    NAMES.iter().fold(without_literals(text).to_ascii_lowercase(), |text, name| text.replace(name, " "))
}

/// Whether a text in lower case holds a word or words as a whole.
fn holds(text: &str, words: &str) -> bool {
    let is_inside = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.match_indices(words).any(|(at, _)| {
        !text[..at].ends_with(is_inside) && (words.ends_with('.') || !text[at + words.len()..].starts_with(is_inside))
    })
}
