//! The records of a Windows event log, by way of the crate `evtx`: the texts of each with the names of their fields.

use std::fs::File;
use std::io::BufReader;
use std::sync::Arc;

use evtx::{EvtxParser, ParserSettings};
use serde_json::Value;

/// How many records make a job.
const BATCH: usize = 128;

/// The bytes of a log's header, and of each chunk behind it.
const HEADER: u64 = 4 << 10;
const CHUNK: u64 = 64 << 10;

/// A record of an event log.
pub struct Record {
    pub id: u64,
    pub event: Option<u16>,
    /// The fields that the writer of the event gave, in their order: names and texts.
    pub fields: Vec<(String, String)>,
}

/// Records that follow one another, and what could not be read among them.
pub struct Batch {
    pub path: Arc<str>,
    pub records: Vec<Record>,
    pub complaints: Vec<String>,
}

/// Reads a log and gives its records on, batch by batch, until `give` says that it is enough.
pub fn read(path: &str, file: BufReader<File>, mut give: impl FnMut(Batch) -> bool) -> Result<(), String> {
    let unreadable = |error: &dyn std::fmt::Display| {
        format!("{path} is no event log that can be read: {error}. Export the log anew with `wevtutil epl`.")
    };
    let length = file.get_ref().metadata().map_or(u64::MAX, |data| data.len());
    let settings = ParserSettings::new().num_threads(1).indent(false);
    let mut parser = EvtxParser::from_read_seek(file).map_err(|error| unreadable(&error))?.with_configuration(settings);
    let shared: Arc<str> = path.into();
    let empty = || Batch { path: Arc::clone(&shared), records: Vec::new(), complaints: Vec::new() };
    let mut batch = empty();
    // The parser takes the end of the file for the end of the log.
    let chunks = u64::from(parser.header().chunk_count);
    if length < HEADER + chunks * CHUNK {
        let whole = length.saturating_sub(HEADER) / CHUNK;
        batch.complaints.push(format!(
            "{path} is cut short, and what is there is read: {whole} of its {chunks} chunks. Copy the log anew."
        ));
    }
    for record in parser.records_json_value() {
        match record {
            Ok(record) => batch.records.push(of_json(record.event_record_id, &record.data)),
            // A damaged chunk or record; the rest is read.
            Err(error) => batch.complaints.push(format!("{path} is damaged, and the rest of it is read: {error}.")),
        }
        if batch.records.len() >= BATCH && !give(std::mem::replace(&mut batch, empty())) {
            return Ok(());
        }
    }
    give(batch);
    Ok(())
}

fn of_json(id: u64, value: &Value) -> Record {
    let event = &value["Event"];
    let number = &event["System"]["EventID"];
    // With its qualifiers the id is an object.
    let number = number.get("#text").unwrap_or(number);
    let number = number.as_u64().or_else(|| number.as_str()?.parse().ok()).and_then(|id| u16::try_from(id).ok());
    let mut fields = Vec::new();
    for (name, value) in event.as_object().into_iter().flatten() {
        // What the system wrote is no code: ids, versions, and keywords that look like HRESULTs.
        if name != "System" && !name.starts_with('#') {
            texts(name, value, &mut fields);
        }
    }
    Record { id, event: number, fields }
}

/// The texts of a value, each with the name of the innermost field it stands in.
fn texts(name: &str, value: &Value, fields: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => fields.push((name.to_owned(), text.clone())),
        Value::Number(number) => fields.push((name.to_owned(), number.to_string())),
        Value::Array(values) => values.iter().for_each(|value| texts(name, value, fields)),
        Value::Object(members) => {
            for (inner, value) in members {
                match inner.as_str() {
                    "#attributes" => {}
                    "#text" => texts(name, value, fields),
                    _ => texts(inner, value, fields),
                }
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}
