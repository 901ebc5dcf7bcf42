//! Reads the words that say what the number beside them is: `data/signals/contexts.md`.
//!
//! The invariant of what is returned: rows are unique in words, notation and events, and stand in the order in which
//! `src/scan/context.rs` looks them up.

use super::codes::{Source, file_source, source_keys};
use super::faults::{Faults, Place};
use super::hash::fold;
use super::markdown::Section;
use super::sheet::{Record, Settings, Sheet, code_span, comma_list, word};
use super::vocabulary::{Family, Notation};

/// The length of the longest words, as they are compared: the scanner looks no farther than a few times that.
const LONGEST_CONTEXT: usize = 48;

/// Words beside a number, and what the number is then.
#[derive(Clone, Debug)]
pub struct Context {
    pub place: Place,
    /// As a person writes them.
    pub words: String,
    /// As they are compared: words before a number by their letters and digits, from the last to the first; words behind
    /// one to the letter, in lower case.
    pub folded: String,
    /// The words stand behind the number.
    pub behind: bool,
    /// What the number may be, the likeliest first; empty where it is no code.
    pub families: Vec<Family>,
    pub notation: Notation,
    /// The least number that the row speaks of.
    pub from: u16,
    /// The events in which it holds; empty for all.
    pub events: Vec<u16>,
}

/// Reads the tables of a file, in the order of a look-up: words before a number, then words behind one, each sorted,
/// and of equal words those that hold in some events alone first.
pub fn read_contexts(sections: &[Section], sources: &[Source], faults: &mut Faults) -> Vec<Context> {
    let settings = Settings::new(&sections[0], &["Source"], faults);
    file_source(&settings, sources, faults);
    let mut contexts: Vec<Context> = Vec::new();
    for table in sections.iter().flat_map(|section| &section.tables) {
        let optional = ["Number", "From", "Event", "Notes", "Source"];
        let Some(sheet) = Sheet::new(table, &["Words", "Family"], &optional, faults) else { continue };
        for record in sheet.records() {
            source_keys(record.get("Source"), record.place(), sources, faults);
            contexts.extend(read_row(record, faults));
        }
    }
    contexts.sort_by(|a, b| {
        let key = |c: &Context| (c.behind, c.folded.bytes().map(fold).collect::<Vec<_>>(), c.folded.clone());
        let rest = |c: &Context| (c.events.is_empty(), c.place.line);
        key(a).cmp(&key(b)).then_with(|| rest(a).cmp(&rest(b)))
    });
    for (at, context) in contexts.iter().enumerate() {
        let alike = |first: &&Context| {
            let events = first.events.iter().any(|event| context.events.contains(event));
            (first.behind, &first.folded, first.notation) == (context.behind, &context.folded, context.notation)
                && (events || first.events.is_empty() && context.events.is_empty())
        };
        if let Some(first) = contexts[..at].iter().find(alike) {
            let what = format!("`{}` stands at {} already.", context.words, first.place);
            faults.add(&context.place, what, "Keep one row for the same words, notation and event.");
        }
    }
    contexts
}

/// A row may give several words one meaning.
fn read_row(record: Record, faults: &mut Faults) -> Vec<Context> {
    let place = record.place();
    let mut families = Vec::new();
    match record.get("Family") {
        "none" => {}
        "" => faults.add(place, "The row names no family.", "Write one, or `none` for what is no code."),
        list => {
            families.extend(comma_list(list).into_iter().filter_map(|family| word::<Family>(family, place, faults)));
        }
    }
    let notation = match record.get("Number") {
        "" => Notation::Any,
        text => word(text, place, faults).unwrap_or(Notation::Any),
    };
    let number = |text: &str, faults: &mut Faults| {
        let number = text.parse::<u16>().ok();
        if number.is_none() {
            faults.add(place, format!("`{text}` is no number of 16 bits."), "Write a decimal up to 65535.");
        }
        number
    };
    let from = match record.get("From") {
        "" => 0,
        text => number(text, faults).unwrap_or(0),
    };
    let events = comma_list(record.get("Event")).into_iter().filter_map(|event| number(event, faults)).collect();
    let row = Context {
        place: place.clone(),
        words: String::new(),
        folded: String::new(),
        behind: false,
        families,
        notation,
        from,
        events,
    };
    let words = comma_list(record.get("Words"));
    if words.is_empty() {
        faults.add(place, "The row has no words.", "Write what stands beside the number, in backticks.");
    }
    words.into_iter().filter_map(|text| read_words(text, &row, faults)).collect()
}

fn read_words(text: &str, row: &Context, faults: &mut Faults) -> Option<Context> {
    let words = code_span(text, &row.place, faults)?;
    let behind = words.strip_prefix('*');
    if behind.is_some_and(|literal| !literal.starts_with([' ', '.', ':', ',']) || literal.len() < 2) {
        let what = format!("`{words}` does not go on with a blank or punctuation.");
        faults.add(&row.place, what, "Write what stands right behind the number, as in `* times`.");
        return None;
    }
    let folded: String = match behind {
        Some(literal) => literal.to_ascii_lowercase(),
        None => words.to_ascii_lowercase().chars().rev().filter(char::is_ascii_alphanumeric).collect(),
    };
    if !(2..=LONGEST_CONTEXT).contains(&folded.len()) {
        let what = format!("`{words}` has {} letters and digits.", folded.len());
        faults.add(&row.place, what, format!("Write words with 2 to {LONGEST_CONTEXT}."));
        return None;
    }
    Some(Context { words: words.to_owned(), folded, behind: behind.is_some(), ..row.clone() })
}
