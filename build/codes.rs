//! Reads what a number is called: `data/codes/`, `data/signals/`, and the list of sources.

use super::faults::{Faults, Place};
use super::hash::fingerprint;
use super::ids::write_code;
use super::markdown::Section;
use super::sheet::{Record, Settings, Sheet, code_span, comma_list, list, word};
use super::vocabulary::{Basis, Family, Severity};
use super::wording::{self, sentences};

/// A public page or header that facts come from.
#[derive(Clone, Debug)]
pub struct Source {
    pub place: Place,
    pub key: String,
    pub title: String,
    pub url: String,
    pub date: String,
}

/// What a number, or a condition, is called.
#[derive(Clone, Debug)]
pub struct Entry {
    pub place: Place,
    pub family: Family,
    pub value: u32,
    pub name: String,
    pub aliases: Vec<String>,
    pub summary: String,
    /// The slug of a condition, the channel of an event.
    pub context: String,
    /// The literal messages of a condition, with `*` for what varies.
    pub messages: Vec<String>,
    pub notes: Vec<String>,
    pub basis: Basis,
    pub severity: Option<Severity>,
    /// Indexes into the sources.
    pub sources: Vec<usize>,
    /// The row stands in a file that only the large catalogue takes in.
    pub only_sdk: bool,
}

/// The name of a facility of an HRESULT or an NTSTATUS.
#[derive(Clone, Debug)]
pub struct Facility {
    pub place: Place,
    pub number: u16,
    pub name: String,
}

/// Reads `data/SOURCES.md`.
pub fn read_sources(sections: &[Section], faults: &mut Faults) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    for section in sections {
        for table in &section.tables {
            let columns = ["Key", "Title", "URL", "Version", "Date", "License", "Trust"];
            let Some(sheet) = Sheet::new(table, &columns, &[], faults) else { continue };
            for record in sheet.records() {
                let place = record.place();
                let Some(key) = code_span(record.get("Key"), place, faults) else { continue };
                if let Some(first) = sources.iter().find(|s| s.key == key) {
                    let what = format!("The source `{key}` stands at {} already.", first.place);
                    faults.add(place, what, "Give each source one row.");
                }
                for column in ["Title", "URL", "Date", "License", "Trust"] {
                    if record.get(column).is_empty() {
                        faults.add(place, format!("The source `{key}` has no {column}."), "Fill the cell.");
                    }
                }
                let date = record.get("Date");
                let dashes: Vec<usize> = date.match_indices('-').map(|(at, _)| at).collect();
                if !date.is_empty() && (date.len() != 10 || dashes != [4, 7]) {
                    faults.add(place, format!("`{date}` is no date."), "Write it as `2024-11-25`.");
                }
                sources.push(Source {
                    place: place.clone(),
                    key: key.to_owned(),
                    title: record.get("Title").to_owned(),
                    url: record.get("URL").to_owned(),
                    date: date.to_owned(),
                });
            }
        }
    }
    sources
}

/// Resolves a comma list of source keys.
pub fn source_keys(text: &str, place: &Place, sources: &[Source], faults: &mut Faults) -> Vec<usize> {
    let mut found = Vec::new();
    for key in comma_list(text) {
        let Some(key) = code_span(key, place, faults) else { continue };
        if let Some(at) = sources.iter().position(|s| s.key == key) {
            found.push(at);
        } else {
            let what = format!("There is no source `{key}`.");
            faults.add(place, what, "Add a row for it to `data/SOURCES.md`.");
        }
    }
    found
}

/// The source of a whole file, which every file must name.
pub fn file_source(settings: &Settings, sources: &[Source], faults: &mut Faults) -> Vec<usize> {
    let (keys, place) = settings.get("Source");
    if keys.is_empty() {
        faults.add(place, "The file names no source.", "Write `- Source: `key`` under its title.");
    }
    source_keys(keys, place, sources, faults)
}

/// Reads a file of codes: a family in its title's settings, and tables with a `Code` column.
pub fn read_codes(sections: &[Section], sources: &[Source], entries: &mut Vec<Entry>, faults: &mut Faults) {
    let settings = Settings::new(&sections[0], &["Family", "Source", "Feature"], faults);
    let only_sdk = settings.is_only_sdk(faults);
    let (family, place) = settings.get("Family");
    if family.is_empty() {
        faults.add(place, "The file names no family.", "Write `- Family: `hresult`` under its title.");
        return;
    }
    let family: Option<Family> = word(family, place, faults);
    let default = file_source(&settings, sources, faults);
    let Some(family) = family else { return };
    for section in sections {
        if section.level > 1 {
            Settings::new(section, &[], faults);
        }
        for table in &section.tables {
            let mut required = vec!["Code"];
            let mut optional = vec!["Name", "Summary", "Aliases", "Notes", "Basis", "Severity", "Source"];
            match family {
                Family::Condition => {
                    required.extend(["Name", "Summary"]);
                    optional.push("Message");
                }
                Family::Event => required.extend(["Channel", "Summary"]),
                Family::Hresult | Family::NtStatus => optional.push("Decimal"),
                _ => {}
            }
            let Some(sheet) = Sheet::new(table, &required, &optional, faults) else { continue };
            let read = sheet.records().filter_map(|record| read_entry(family, record, &default, sources, faults));
            entries.extend(read.map(|entry| Entry { only_sdk, ..entry }));
        }
    }
}

fn read_entry(
    family: Family,
    record: Record,
    default: &[usize],
    sources: &[Source],
    faults: &mut Faults,
) -> Option<Entry> {
    let place = record.place();
    let value = read_value(family, record.get("Code"), place, faults)?;
    let decimal = record.get("Decimal");
    if !decimal.is_empty() && decimal != (value as i32).to_string() {
        let what = format!("{} is {} in decimal, and the row says {decimal}.", record.get("Code"), value as i32);
        faults.add(place, what, "Find out which of the two is right.");
    }
    let name = record.get("Name").to_owned();
    let aliases: Vec<String> = comma_list(record.get("Aliases")).into_iter().map(str::to_owned).collect();
    if family != Family::Condition {
        for symbol in std::iter::once(&name).chain(&aliases).filter(|s| !s.is_empty()) {
            if !symbol.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
                let what = format!("`{symbol}` is no symbol.");
                faults.add(place, what, "Write letters, digits and `_`, and commas between aliases.");
            }
        }
    }
    let context = match family {
        Family::Condition => record.get("Code").trim_matches('`'),
        Family::Event => record.get("Channel").trim_matches('`'),
        _ => "",
    };
    if family == Family::Event && context.is_empty() {
        faults.add(
            place,
            "The event names no channel.",
            "Write the log's full name, such as `Microsoft-Windows-AAD/Operational`.",
        );
    }
    let mut messages = Vec::new();
    for message in list(record.get("Message")) {
        messages.extend(code_span(message, place, faults).map(str::to_owned));
    }
    let names = std::iter::once(&name).chain(&aliases).map(String::as_str);
    let summary = match record.get("Summary") {
        "" => String::new(),
        text => wording::summary(text, names, place, faults),
    };
    let mut own_sources = source_keys(record.get("Source"), place, sources, faults);
    if own_sources.is_empty() {
        own_sources = default.to_vec();
    }
    Some(Entry {
        place: place.clone(),
        family,
        value,
        name,
        aliases,
        summary,
        context: context.to_owned(),
        messages,
        notes: sentences(&list(record.get("Notes")), place, faults),
        basis: read_basis(record, faults),
        severity: match record.get("Severity") {
            "" => None,
            text => word(text, place, faults),
        },
        sources: own_sources,
        only_sdk: false,
    })
}

/// The `Basis` of a row: documented unless it says otherwise.
pub fn read_basis(record: Record, faults: &mut Faults) -> Basis {
    match record.get("Basis") {
        "" => Basis::Documented,
        text => word(text, record.place(), faults).unwrap_or(Basis::Documented),
    }
}

/// Reads a code, which must stand there as its family writes it and lie in its family's range.
pub fn read_value(family: Family, text: &str, place: &Place, faults: &mut Faults) -> Option<u32> {
    let text = text.trim_matches('`');
    let decimal = |range: std::ops::RangeInclusive<u32>| text.parse().ok().filter(|value| range.contains(value));
    let (value, form) = match family {
        Family::Hresult | Family::NtStatus | Family::BugCheck | Family::Pdh | Family::Tapi => {
            (hex(text), "`0x` and eight upper-case hex digits")
        }
        Family::Kerberos => (hex(text), "`0x` and upper-case hex digits"),
        Family::Ese | Family::MsiDatabase => (text.parse().ok().map(|value: i32| value as u32), "a signed decimal"),
        Family::Aadsts => {
            let number = text.strip_prefix("AADSTS").and_then(|digits| digits.parse().ok());
            (number.filter(|n| (10_000..=9_999_999).contains(n)), "`AADSTS` and five to seven digits")
        }
        Family::Condition => {
            let slug = |part: &str| !part.is_empty() && part.bytes().all(|b| b == b'-' || is_slug_byte(b));
            let value = text.split('/').all(slug).then(|| fingerprint(text));
            (value, "a slug of lower-case letters, digits, `-` and `/`")
        }
        Family::WinHttp | Family::WinInet => (decimal(12_000..=12_999), "a decimal from 12000 to 12999"),
        Family::Http => (decimal(100..=999), "a decimal from 100 to 999"),
        Family::Event => (decimal(0..=0xFFFF), "a decimal up to 65535"),
        _ => (decimal(0..=u32::MAX), "a decimal of at most 32 bits"),
    };
    let mut printed = String::new();
    let value = value.filter(|&value| write_code(&mut printed, family, value, text).is_ok() && printed == text);
    if value.is_none() {
        faults.add(place, format!("`{text}` is no {family} code."), format!("Write {form}."));
    }
    value
}

fn hex(text: &str) -> Option<u32> {
    u32::from_str_radix(text.strip_prefix("0x")?, 16).ok()
}

fn is_slug_byte(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

/// Reads a file of facilities: tables under headings that say whose they are.
pub fn read_facilities(sections: &[Section], sources: &[Source], faults: &mut Faults) -> Vec<(Family, Vec<Facility>)> {
    let settings = Settings::new(&sections[0], &["Source"], faults);
    file_source(&settings, sources, faults);
    let mut found = Vec::new();
    for section in &sections[1..] {
        let settings = Settings::new(section, &["Facilities"], faults);
        let (family, place) = settings.get("Facilities");
        let Some(family) = word(family, place, faults) else { continue };
        let mut facilities: Vec<Facility> = Vec::new();
        for table in &section.tables {
            let Some(sheet) = Sheet::new(table, &["Number", "Name"], &["Notes"], faults) else { continue };
            for record in sheet.records() {
                let (place, number, name) = (record.place(), record.get("Number"), record.get("Name"));
                let Some(number) = number.parse().ok().filter(|n| *n < 4096_u16) else {
                    faults.add(place, format!("`{number}` is no facility."), "Write a decimal from 0 to 4095.");
                    continue;
                };
                if let Some(first) = facilities.iter().find(|f| f.number == number) {
                    let what = format!("The facility {number} stands at {} already.", first.place);
                    faults.add(place, what, "Give each number one row.");
                }
                facilities.push(Facility { place: place.clone(), number, name: name.to_owned() });
            }
        }
        facilities.sort_by_key(|f| f.number);
        found.push((family, facilities));
    }
    found
}

/// The Win32 error that Windows makes of an NTSTATUS.
#[derive(Clone, Debug)]
pub struct Mapping {
    pub ntstatus: u32,
    pub win32: u32,
    /// What another implementation makes of it, where they differ.
    pub other: Option<u32>,
    pub basis: Basis,
}

/// Reads the map from NTSTATUS to Win32.
pub fn read_mappings(sections: &[Section], sources: &[Source], faults: &mut Faults) -> Vec<Mapping> {
    let settings = Settings::new(&sections[0], &["Source"], faults);
    file_source(&settings, sources, faults);
    let mut mappings: Vec<Mapping> = Vec::new();
    for table in sections.iter().flat_map(|section| &section.tables) {
        let Some(sheet) = Sheet::new(table, &["NTSTATUS", "Win32"], &["Name", "Basis", "Other"], faults) else {
            continue;
        };
        for record in sheet.records() {
            let place = record.place();
            let number =
                |column: &str, faults: &mut Faults| read_value(Family::Win32, record.get(column), place, faults);
            let ntstatus = read_value(Family::NtStatus, record.get("NTSTATUS"), place, faults);
            let other = if record.get("Other").is_empty() { None } else { number("Other", faults) };
            let (Some(ntstatus), Some(win32)) = (ntstatus, number("Win32", faults)) else { continue };
            if mappings.last().is_some_and(|last| last.ntstatus >= ntstatus) {
                let what = format!("`0x{ntstatus:08X}` stands twice or out of order.");
                faults.add(place, what, "Keep the rows in rising order, one for each status.");
            }
            mappings.push(Mapping { ntstatus, win32, other, basis: read_basis(record, faults) });
        }
    }
    mappings
}
