//! Writes the catalogue as a lookup table for other engines, one row an entry.

use std::io::{self, Write};

use hexplain::{Entry, Family, entries};

use crate::args::Format;
use crate::json_line;

/// The columns of every tabular format; `unsigned` and `signed` are empty where there is no number.
const COLUMNS: [&str; 14] = [
    "id",
    "family",
    "code",
    "unsigned",
    "signed",
    "name",
    "aliases",
    "severity",
    "summary",
    "phases",
    "reason",
    "resolution",
    "basis",
    "source",
];

/// Writes all entries, or those of the given families.
pub fn write(format: Format, families: &[Family], out: &mut impl Write) -> io::Result<()> {
    let mut entries = entries().filter(|entry| families.is_empty() || families.contains(&entry.family()));
    match format {
        Format::Json => entries.try_for_each(|entry| json_line(out, &entry)),
        Format::Csv => csv(entries, out),
        Format::Splunk => {
            csv(entries, out)?;
            out.flush()?;
            let _ = writeln!(
                io::stderr(),
                "Save the output as lookups/hexplain.csv in your app, and add to its transforms.conf:\n\
                 [hexplain]\nfilename = hexplain.csv\ncase_sensitive_match = false\nmax_matches = 10"
            );
            Ok(())
        }
        Format::Markdown => {
            writeln!(out, "| {} |\n|{}", COLUMNS.join(" | "), " --- |".repeat(COLUMNS.len()))?;
            entries.try_for_each(|entry| {
                let cells = row(entry).map(|cell| cell.replace('|', "\\|").replace('\n', "<br>"));
                writeln!(out, "| {} |", cells.join(" | "))
            })
        }
        Format::Kql => kql(entries, out),
    }
}

fn csv(mut entries: impl Iterator<Item = Entry>, out: &mut impl Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    let write = |csv: &mut csv::Writer<_>, cells: &[String]| {
        // Which keeps the kind of the error, so that a closed pipe is known as one.
        csv.write_record(cells).map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(error) => error,
            other => io::Error::other(format!("{other:?}")),
        })
    };
    write(&mut csv, &COLUMNS.map(String::from))?;
    entries.try_for_each(|entry| write(&mut csv, &row(entry)))?;
    csv.flush()
}

fn kql(entries: impl Iterator<Item = Entry>, out: &mut impl Write) -> io::Result<()> {
    let columns = COLUMNS.map(|column| match column {
        "unsigned" | "signed" => format!("{column}:long"),
        _ => format!("{column}:string"),
    });
    writeln!(out, "let hexplain = datatable({})\n[", columns.join(", "))?;
    for entry in entries {
        let cells = row(entry);
        for (column, cell) in COLUMNS.iter().zip(cells) {
            match (*column, cell.as_str()) {
                ("unsigned" | "signed", "") => write!(out, "long(null), ")?,
                ("unsigned" | "signed", number) => write!(out, "{number}, ")?,
                _ => write!(out, "\"{}\", ", cell.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))?,
            }
        }
        writeln!(out)?;
    }
    writeln!(out, "];\nhexplain")
}

/// The cells of an entry, in the order of `COLUMNS`. Lists are joined with line feeds.
fn row(entry: Entry) -> [String; 14] {
    let code = entry.code();
    let number = |text: String| if code.is_number() { text } else { String::new() };
    let joined = |texts: &mut dyn Iterator<Item = &'static str>| texts.collect::<Vec<_>>().join("\n");
    let mut phases: Vec<String> = Vec::new();
    for advice in entry.advice() {
        let phase = advice.phase().map(|phase| format!("/{phase}")).unwrap_or_default();
        phases.push(format!("{}{phase}", advice.scenario()));
    }
    [
        entry.id().to_string(),
        entry.family().to_string(),
        code.to_string(),
        number(code.value().to_string()),
        number(code.signed().to_string()),
        entry.name().unwrap_or_default().to_owned(),
        joined(&mut entry.aliases()),
        entry.severity().to_string(),
        entry.summary().unwrap_or_default().to_owned(),
        phases.join("\n"),
        joined(&mut entry.advice().flat_map(|advice| advice.reasons())),
        joined(&mut entry.advice().flat_map(|advice| advice.resolutions())),
        entry.basis().to_string(),
        entry.source().url().to_owned(),
    ]
}
