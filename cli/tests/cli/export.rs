//! The catalogue for other engines: every format has every entry, and none breaks the format's own rules.

use std::collections::BTreeSet;

use crate::run::{hexplain, words};

/// The columns of the formats that are tables.
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

fn export(format: &str) -> String {
    let output = hexplain(["export", "--format", format]);
    assert_eq!(output.status, Some(0), "{format}");
    output.stdout
}

/// The ids of the JSON, in its order.
fn ids() -> Vec<String> {
    let objects = words("export --format json").objects();
    objects.iter().map(|entry| entry["id"].as_str().expect("an id is a text").to_owned()).collect()
}

#[test]
fn json_has_every_entry_once() {
    let ids = ids();
    assert_eq!(ids.len(), hexplain::entries().count());
    assert!(ids.iter().map(String::as_str).eq(hexplain::entries().map(|entry| entry.id().to_string())));
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an id is unique");
}

#[test]
fn csv_has_every_entry_in_a_row() {
    let text = export("csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(reader.headers().expect("there is a header"), COLUMNS.as_slice());
    // The reader refuses a row of another length.
    let rows: Vec<_> = reader.records().collect::<Result<_, _>>().expect("the rows are sound");
    assert!(rows.iter().map(|row| &row[0]).eq(ids().iter()));
    for row in &rows {
        for number in [&row[3], &row[4]] {
            assert!(number.parse::<i64>().is_ok() || number.is_empty() && &row[1] == "condition", "{row:?}");
        }
        assert!([&row[1], &row[2], &row[7], &row[12], &row[13]].iter().all(|cell| !cell.is_empty()), "{row:?}");
    }
}

#[test]
fn markdown_has_rows_of_equal_length() {
    let text = export("markdown");
    let cells = |line: &str| line.replace("\\|", "").matches('|').count() - 1;
    assert!(text.lines().all(|line| line.starts_with('|') && line.ends_with('|') && cells(line) == COLUMNS.len()));
    assert_eq!(text.lines().next(), Some(format!("| {} |", COLUMNS.join(" | ")).as_str()));
    assert_eq!(text.lines().nth(1), Some(format!("|{}", " --- |".repeat(COLUMNS.len())).as_str()));
    let first = |line: &str| line.split(" | ").next().unwrap_or_default().trim_start_matches("| ").to_owned();
    assert!(text.lines().skip(2).map(first).eq(ids()));
}

/// Reads the values of a line of a `datatable`: strings in double quotes with escapes, numbers, and `long(null)`.
fn kql_values(line: &str) -> Option<Vec<String>> {
    let mut values = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let end = if let Some(text) = rest.strip_prefix('"') {
            let mut escaped = false;
            let closing = text.find(|c| {
                let closes = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                closes
            });
            closing? + 2
        } else {
            let end = rest.find(',')?;
            let number = &rest[..end];
            number.parse::<i64>().ok().map(drop).or((number == "long(null)").then_some(()))?;
            end
        };
        values.push(rest[..end].trim_matches('"').to_owned());
        rest = rest[end..].strip_prefix(',')?.trim_start();
    }
    Some(values)
}

#[test]
fn kql_has_every_entry_in_a_balanced_datatable() {
    let text = export("kql");
    let lines: Vec<&str> = text.lines().collect();
    let columns = COLUMNS.map(|column| match column {
        "unsigned" | "signed" => format!("{column}:long"),
        _ => format!("{column}:string"),
    });
    let [head, "[", rows @ .., "];", "hexplain"] = lines.as_slice() else { panic!("no datatable: {:?}", &lines[..2]) };
    assert_eq!(*head, format!("let hexplain = datatable({})", columns.join(", ")));
    let mut found = Vec::new();
    for row in rows {
        let values = kql_values(row).unwrap_or_else(|| panic!("not balanced: {row}"));
        assert_eq!(values.len(), COLUMNS.len(), "{row}");
        found.push(values[0].clone());
    }
    assert_eq!(found, ids());
}

#[test]
fn splunk_has_the_csv_and_the_stanza_beside_it() {
    let output = words("export --format splunk");
    assert_eq!(output.stdout, export("csv"));
    for line in ["[hexplain]", "filename = hexplain.csv", "case_sensitive_match = false"] {
        assert!(output.stderr.lines().any(|found| found == line), "{line}: {}", output.stderr);
    }
}

#[test]
fn a_family_narrows_every_format() {
    for format in ["csv", "json", "markdown", "kql", "splunk"] {
        let narrowed = hexplain(["export", "--format", format, "--family", "http", "--family", "winhttp"]).stdout;
        let all = export(format);
        assert!(narrowed.len() < all.len(), "{format}");
        assert!(narrowed.contains("http:407") && narrowed.contains("winhttp:12007"), "{format}");
        assert!(!narrowed.contains("hresult:0x"), "{format}");
    }
}
