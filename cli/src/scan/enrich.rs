//! JSON lines with what the codes in some fields mean: each record passes through byte for byte, and `"hexplain"` is
//! added behind its last member.

use hexplain::scan::Scanner;
use hexplain::{Candidate, Confidence, Hint, explain_with};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::{Map, Value};

use super::report::Wanted;

/// The key that is added.
const KEY: &str = "hexplain";

/// What became of a line.
pub enum Enriched {
    /// The record with what its fields mean, and whether any held a code.
    Record(Vec<u8>, bool),
    /// The line is no JSON object.
    NoRecord,
    /// The record has the key already.
    HasKey,
}

/// Adds to a record, given without the end of its line, what the codes in its fields mean.
pub fn enrich(line: &[u8], fields: &[String], wanted: &Wanted) -> Enriched {
    let Ok(Value::Object(record)) = serde_json::from_slice(line) else { return Enriched::NoRecord };
    if record.contains_key(KEY) {
        return Enriched::HasKey;
    }
    let event = event(&record);
    let meanings: Vec<(&str, Candidate)> = fields
        .iter()
        .filter_map(|path| {
            let value = field(&record, path)?;
            Some((path.as_str(), meaning(path, value, event, wanted)?))
        })
        .collect();
    let found = !meanings.is_empty();
    // The brace that ends the record is the last one of the line.
    let end = line.iter().rposition(|&byte| byte == b'}').unwrap_or(line.len());
    let mut enriched = Vec::with_capacity(line.len() + 512);
    enriched.extend_from_slice(&line[..end]);
    if !record.is_empty() {
        enriched.push(b',');
    }
    enriched.extend_from_slice(format!("\"{KEY}\":").as_bytes());
    serde_json::to_writer(&mut enriched, &Meanings(meanings)).expect("a Vec takes everything");
    enriched.extend_from_slice(&line[end..]);
    Enriched::Record(enriched, found)
}

struct Meanings<'a>(Vec<(&'a str, Candidate)>);

impl Serialize for Meanings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (field, candidate) in &self.0 {
            map.serialize_entry(field, &candidate.without_advice())?;
        }
        map.end()
    }
}

/// The value at a dotted path. A key that holds dots itself is found too.
fn field<'v>(record: &'v Map<String, Value>, path: &str) -> Option<&'v Value> {
    if let Some(value) = record.get(path) {
        return Some(value);
    }
    path.match_indices('.').find_map(|(dot, _)| field(record.get(&path[..dot])?.as_object()?, &path[dot + 1..]))
}

/// The number of the event that a record is about, where the collectors of event logs put it.
fn event(record: &Map<String, Value>) -> Option<u16> {
    let places =
        ["EventID", "EventCode", "event_id", "event.code", "winlog.event_id", "System.EventID", "Event.System.EventID"];
    places.iter().find_map(|place| text(field(record, place)?)?.parse().ok())
}

/// A text or a number as a text.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// What a field says: what the scanner makes of it under its name, or else the best reading of its value alone, since
/// somebody has said that it holds a code.
fn meaning(path: &str, value: &Value, event: Option<u16>, wanted: &Wanted) -> Option<Candidate> {
    let value = text(value)?;
    let name = path.rsplit('.').next().unwrap_or(path);
    let line = format!("{name}: {value}");
    let scanner = event.map_or(Scanner::new(), |id| Scanner::new().event(id));
    let found = scanner.scan(line.as_bytes()).find(|found| wanted.takes(found.code().family(), found.confidence()));
    if let Some(found) = found {
        let families = [found.code().family()];
        let explained = explain_with(&line[found.range()], Hint::families(&families));
        // A match of a context, such as `52e` of a directory, may be read otherwise alone.
        let same = explained.candidates().find(|candidate| candidate.code() == found.code());
        if same.is_some() {
            return same;
        }
    }
    // 0 is success in every family.
    let is_zero = |candidate: &Candidate| candidate.code().number() == Some(0);
    let likely = |c: &Candidate| c.confidence() != Confidence::Guess && wanted.takes(c.code().family(), c.confidence());
    explain_with(&value, Hint::default()).candidates().find(|c| likely(c) && !is_zero(c))
}
