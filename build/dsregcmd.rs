//! Reads what `dsregcmd /status` prints and what may be concluded from it: `data/signals/dsregcmd.md`.
//!
//! The invariant of what is returned: every field that a rule names is there, a condition fits how its field is read,
//! and ids are unique.

use super::codes::{Source, file_source, source_keys};
use super::faults::{Faults, Place};
use super::markdown::Section;
use super::sheet::{Link, Record, Settings, Sheet, code_span, comma_list, links, list, word};
use super::vocabulary::{Family, FieldValue, Identity, JoinState, Phase, Severity};
use super::wording::sentences;

/// The longest spelling of a field, in letters and digits: the parser compares no more.
const LONGEST_FIELD: usize = 48;

/// The fields and the rules.
#[derive(Debug, Default)]
pub struct Dsregcmd {
    /// The titles under which fields stand.
    pub parts: Vec<String>,
    pub fields: Vec<Field>,
    pub rules: Vec<Rule>,
}

/// A line that `dsregcmd` prints.
#[derive(Debug)]
pub struct Field {
    pub place: Place,
    /// The spellings, the usual one first.
    pub names: Vec<String>,
    /// The position of its title.
    pub part: usize,
    pub value: FieldValue,
    pub families: Vec<Family>,
    pub identifies: Option<Identity>,
    pub meaning: String,
}

/// What is found when some conditions hold.
#[derive(Debug)]
pub struct Rule {
    pub place: Place,
    pub id: String,
    pub severity: Severity,
    pub phase: RulePhase,
    pub when: Vec<Condition>,
    /// Positions of fields.
    pub shows: Vec<usize>,
    /// Positions of rules.
    pub unless: Vec<usize>,
    pub title: String,
    pub reasons: Vec<String>,
    pub resolutions: Vec<String>,
    pub links: Vec<Link>,
    pub sources: Vec<usize>,
}

/// The phase that a finding speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RulePhase {
    None,
    Of(Phase),
    /// What the capture says in `Error Phase`.
    Stated,
}

/// A part of `When`. Fields are positions, and the shape is that of `src/table.rs`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    Is(usize, Vec<String>),
    IsNot(usize, Vec<String>),
    Begins(usize, String),
    Empty(usize),
    Set(usize),
    AnySet(Vec<usize>),
    HoldsCode(usize),
    OlderThan(usize, u16),
    Over(usize),
    NotBegun(usize),
    EndsWithin(usize, u16),
    Before(usize, usize),
    NotBefore(usize, usize),
    JoinState(Vec<JoinState>),
    Account(bool),
    Token(bool),
    Cut,
    TimeUnknown,
    NoTime,
    OtherCode,
}

/// The letters and digits of a name, in lower case: what two spellings have in common.
pub fn fold_name(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// Reads the file: the fields under `## Fields`, the rules under the other headings of level 2.
pub fn read_dsregcmd(sections: &[Section], sources: &[Source], faults: &mut Faults) -> Dsregcmd {
    let settings = Settings::new(&sections[0], &["Source"], faults);
    let default = file_source(&settings, sources, faults);
    let mut read = Dsregcmd::default();
    for section in &sections[1..] {
        for table in &section.tables {
            if table.columns.iter().any(|column| column == "Field") {
                let part = read.parts.len();
                read.parts.push(section.heading.text.clone());
                let optional = ["Codes", "Identifies"];
                let Some(sheet) = Sheet::new(table, &["Field", "Value", "Meaning"], &optional, faults) else {
                    continue;
                };
                for record in sheet.records() {
                    read.fields.extend(read_field(record, part, faults));
                }
            }
        }
    }
    refuse_double_fields(&read, faults);
    for table in sections.iter().flat_map(|section| &section.tables) {
        if table.columns.iter().any(|column| column == "Field") {
            continue;
        }
        let required = ["Finding", "Severity", "When", "Title", "Reason", "Resolution"];
        let optional = ["Phase", "Shows", "Unless", "Links", "Source"];
        let Some(sheet) = Sheet::new(table, &required, &optional, faults) else { continue };
        for record in sheet.records() {
            let rule = read_rule(record, &read, &default, sources, faults);
            read.rules.extend(rule);
        }
    }
    read
}

fn read_field(record: Record, part: usize, faults: &mut Faults) -> Option<Field> {
    let place = record.place();
    let names: Vec<String> = comma_list(record.get("Field"))
        .into_iter()
        .filter_map(|name| code_span(name, place, faults))
        .map(String::from)
        .collect();
    if names.is_empty() {
        faults.add(place, "The row names no field.", "Write its spelling in backticks.");
        return None;
    }
    for name in &names {
        let len = fold_name(name).len();
        if !(2..=LONGEST_FIELD).contains(&len) {
            let what = format!("`{name}` has {len} letters and digits.");
            faults.add(place, what, format!("Write a name with 2 to {LONGEST_FIELD}."));
        }
    }
    let value = word(record.get("Value"), place, faults)?;
    let families: Vec<Family> =
        comma_list(record.get("Codes")).into_iter().filter_map(|family| word(family, place, faults)).collect();
    let holds_codes = matches!(value, FieldValue::Code | FieldValue::Label | FieldValue::Message);
    if holds_codes == families.is_empty() {
        let what = format!("A field whose value is read as `{value}` has {} families of codes.", families.len());
        faults.add(place, what, "Name families for `code`, `label` and `message`, and for nothing else.");
    }
    let identifies = match record.get("Identifies") {
        "" => None,
        text => word(text, place, faults),
    };
    let meaning = sentences(&[record.get("Meaning")], place, faults).pop()?;
    Some(Field { place: place.clone(), names, part, value, families, identifies, meaning })
}

/// A spelling may stand in several parts, and once in each.
fn refuse_double_fields(read: &Dsregcmd, faults: &mut Faults) {
    for (at, field) in read.fields.iter().enumerate() {
        for name in &field.names {
            let same = |other: &&Field| {
                other.part == field.part && other.names.iter().any(|known| fold_name(known) == fold_name(name))
            };
            if let Some(first) = read.fields[..at].iter().find(same) {
                let what = format!("The field `{name}` stands at {} already.", first.place);
                faults.add(&field.place, what, "Keep one row for a field of a box.");
            }
        }
    }
}

fn read_rule(
    record: Record,
    read: &Dsregcmd,
    default: &[usize],
    sources: &[Source],
    faults: &mut Faults,
) -> Option<Rule> {
    let place = record.place();
    let id = code_span(record.get("Finding"), place, faults)?;
    if let Some(first) = read.rules.iter().find(|rule| rule.id == id) {
        let what = format!("The finding `{id}` stands at {} already.", first.place);
        faults.add(place, what, "Give each finding an id of its own.");
    }
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        faults.add(place, format!("`{id}` is no id."), "Write lower-case words with `-` between them.");
    }
    let severity = word(record.get("Severity"), place, faults)?;
    if severity == Severity::Success {
        faults.add(place, "A finding is no success.", "Write `info`, `warning` or `error`.");
    }
    let phase = match record.get("Phase") {
        "" => RulePhase::None,
        "`Error Phase`" => RulePhase::Stated,
        text => word(text, place, faults).map_or(RulePhase::None, RulePhase::Of),
    };
    let when: Vec<Condition> =
        list(record.get("When")).into_iter().filter_map(|text| read_condition(text, read, place, faults)).collect();
    if when.is_empty() {
        faults.add(place, "The finding has no condition.", "Say under `When` what must hold.");
    }
    let shows = comma_list(record.get("Shows")).into_iter().filter_map(|text| find_field(text, read, place, faults));
    let shows = shows.collect();
    let mut unless = Vec::new();
    for text in comma_list(record.get("Unless")) {
        let Some(other) = code_span(text, place, faults) else { continue };
        match read.rules.iter().position(|rule| rule.id == other) {
            Some(at) => unless.push(at),
            None => faults.add(place, format!("No finding `{other}` stands above."), "Name one of an earlier row."),
        }
    }
    let title = record.get("Title");
    if title.is_empty() || title.ends_with('.') {
        faults.add(place, format!("`{title}` is no title."), "Write a clause without a full stop.");
    }
    for column in ["Reason", "Resolution"] {
        if record.get(column).is_empty() {
            faults.add(place, format!("The {column} is empty."), "Say it in a whole sentence.");
        }
    }
    let mut own = source_keys(record.get("Source"), place, sources, faults);
    if own.is_empty() {
        own = default.to_vec();
    }
    Some(Rule {
        place: place.clone(),
        id: id.to_owned(),
        severity,
        phase,
        when,
        shows,
        unless,
        title: title.to_owned(),
        reasons: sentences(&list(record.get("Reason")), place, faults),
        resolutions: sentences(&list(record.get("Resolution")), place, faults),
        links: links(record.get("Links"), place, faults),
        sources: own,
    })
}

/// A field by one of its spellings, letter by letter; `` `Work Account`: `TpmProtected` `` names its title too.
fn find_field(text: &str, read: &Dsregcmd, place: &Place, faults: &mut Faults) -> Option<usize> {
    let (part, name) = match text.split_once("`: ") {
        Some((part, name)) => (Some(part.trim_start_matches('`')), name),
        None => (None, text),
    };
    let name = code_span(name, place, faults)?;
    let found = read.fields.iter().position(|field| {
        field.names.iter().any(|known| known == name) && part.is_none_or(|part| read.parts[field.part] == part)
    });
    if found.is_none() {
        faults.add(place, format!("There is no field `{name}`."), "Add its row under `## Fields`, or mend the name.");
    }
    found
}

fn read_condition(text: &str, read: &Dsregcmd, place: &Place, faults: &mut Faults) -> Option<Condition> {
    match text {
        "the account is `system`" => return Some(Condition::Account(true)),
        "the account is not `system`" => return Some(Condition::Account(false)),
        "the token is `entra`" => return Some(Condition::Token(true)),
        "the token is `enterprise`" => return Some(Condition::Token(false)),
        "the capture is cut" => return Some(Condition::Cut),
        "the time is unknown" => return Some(Condition::TimeUnknown),
        "no time is known" => return Some(Condition::NoTime),
        "another line holds a code" => return Some(Condition::OtherCode),
        _ => {}
    }
    if let Some(states) = text.strip_prefix("the join state is ") {
        let states = states.split(" or ").filter_map(|state| word(state, place, faults)).collect();
        return Some(Condition::JoinState(states));
    }
    if let Some(fields) = text.strip_prefix("one of ").and_then(|text| text.strip_suffix(" is set")) {
        let fields = comma_list(fields).into_iter().filter_map(|field| find_field(field, read, place, faults));
        return Some(Condition::AnySet(fields.collect()));
    }
    // The field's own backticks end before a blank that no title follows.
    let end = text.match_indices("` ").map(|(at, _)| at + 1).next();
    let Some((name, rest)) = end.map(|end| (&text[..end], text[end..].trim_start())) else {
        let what = format!("`{text}` is no condition.");
        faults.add(place, what, "Begin it with a field in backticks, or with `the join state is`.");
        return None;
    };
    let field = find_field(name, read, place, faults)?;
    let value = read.fields[field].value;
    let has_time = matches!(value, FieldValue::Time | FieldValue::Period);
    let number = |text: &str, unit: &str| text.strip_suffix(unit).and_then(|n| n.parse::<u16>().ok());
    let mut values = |text: &str| -> Vec<String> {
        let spans = text.split(" or ").filter_map(|value| code_span(value, place, faults));
        spans.map(String::from).collect()
    };
    let (condition, fits) = match rest {
        "is empty" => (Condition::Empty(field), true),
        "is set" => (Condition::Set(field), true),
        "holds a code" => {
            (Condition::HoldsCode(field), matches!(value, FieldValue::Code | FieldValue::Label | FieldValue::Message))
        }
        "is over" => (Condition::Over(field), has_time),
        "has not begun" => (Condition::NotBegun(field), value == FieldValue::Period),
        _ => {
            if let Some(other) = rest.strip_prefix("is before ") {
                let other = find_field(other, read, place, faults)?;
                (Condition::Before(field, other), has_time)
            } else if let Some(other) = rest.strip_prefix("is not before ") {
                let other = find_field(other, read, place, faults)?;
                (Condition::NotBefore(field, other), has_time)
            } else if let Some(hours) = rest.strip_prefix("is older than ").and_then(|t| number(t, " hours")) {
                (Condition::OlderThan(field, hours), value == FieldValue::Time)
            } else if let Some(days) = rest.strip_prefix("ends within ").and_then(|t| number(t, " days")) {
                (Condition::EndsWithin(field, days), has_time)
            } else if let Some(start) = rest.strip_prefix("begins ") {
                (Condition::Begins(field, code_span(start, place, faults)?.to_owned()), true)
            } else if let Some(other) = rest.strip_prefix("is not ") {
                (Condition::IsNot(field, values(other)), true)
            } else if let Some(other) = rest.strip_prefix("is ") {
                (Condition::Is(field, values(other)), true)
            } else {
                let what = format!("`{text}` is no condition.");
                faults.add(place, what, "Use one of the forms that CONTRIBUTING.md lists.");
                return None;
            }
        }
    };
    if !fits {
        let what = format!("`{rest}` does not fit a field whose value is read as `{value}`.");
        faults.add(place, what, "Change the condition, or how the field is read.");
    }
    Some(condition)
}
