//! Reads what a code means in a scenario and what to do: `data/guidance/`, one file a scenario.
//!
//! A heading of level 2 is a group, of one phase or of none; a heading of level 3 is a section of the guide. An
//! advice table in a section gives its entries their advice for the group's phase.

use super::codes::{self, Source, file_source, source_keys};
use super::faults::{Faults, Place};
use super::markdown::{self, Section, Table};
use super::sheet::{Link, Record, Settings, Sheet, code_span, comma_list, is_url, links, list, word};
use super::vocabulary::{Basis, Phase, Scenario, SectionKind, Who};
use super::wording::sentences;

/// A scenario as a person walks it.
#[derive(Debug)]
pub struct Guide {
    pub scenario: Scenario,
    pub title: String,
    pub sections: Vec<GuideSection>,
    /// The guide is one of the large catalogue.
    pub only_sdk: bool,
}

#[derive(Debug)]
pub struct GuideSection {
    pub place: Place,
    pub id: String,
    pub kind: SectionKind,
    pub phase: Option<Phase>,
    pub applies_to: String,
    pub title: String,
    pub reasons: Vec<String>,
    pub steps: Vec<String>,
    pub endpoints: Vec<Endpoint>,
    pub events: Vec<Reference>,
    pub links: Vec<Link>,
    /// Entries named in the settings; those of the advice rows come on top.
    pub entries: Vec<Reference>,
    pub advice: Vec<Advice>,
    pub sources: Vec<usize>,
}

#[derive(Clone, Debug)]
pub struct Endpoint {
    pub scheme: String,
    pub host: String,
    pub port: u16,
    pub usage: String,
}

/// An entry named by its id, and perhaps by its symbol for the reader.
#[derive(Clone, Debug)]
pub struct Reference {
    pub place: Place,
    pub id: String,
    pub name: String,
}

/// When to try again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    Unstated,
    Never,
    Later,
    After(u16),
}

/// A row of an advice table.
#[derive(Clone, Debug)]
pub struct Advice {
    pub place: Place,
    pub entries: Vec<Reference>,
    pub reasons: Vec<String>,
    pub resolutions: Vec<String>,
    pub retry: Retry,
    pub who: Option<Who>,
    pub endpoints: Vec<String>,
    pub events: Vec<Reference>,
    pub links: Vec<Link>,
    pub applies_to: String,
    pub basis: Basis,
    pub sources: Vec<usize>,
}

/// Reads a guidance file.
pub fn read_guide(sections: &[Section], sources: &[Source], faults: &mut Faults) -> Option<Guide> {
    let settings = Settings::new(&sections[0], &["Scenario", "Source", "Feature"], faults);
    let (scenario, place) = settings.get("Scenario");
    let scenario = word(scenario, place, faults);
    let default = file_source(&settings, sources, faults);
    let only_sdk = settings.is_only_sdk(faults);
    let title = sections[0].heading.text.clone();
    let mut guide = Guide { scenario: scenario?, title, sections: vec![], only_sdk };
    let mut phase = None;
    for section in &sections[1..] {
        let heading = &section.heading;
        match section.level {
            2 => {
                let settings = Settings::new(section, &["Phase"], faults);
                phase = match settings.get("Phase") {
                    ("", _) => None,
                    (text, place) => word(text, place, faults),
                };
                if !section.lists.is_empty() || !section.tables.is_empty() {
                    faults.add(&heading.place, "A group holds a list or a table.", "Put it under a `###` heading.");
                }
            }
            3 => guide.sections.extend(read_section(section, phase, &default, sources, faults)),
            _ => faults.add(
                &heading.place,
                format!("`{}` is a heading of level {}.", heading.text, section.level),
                "Use `##` for a group and `###` for a section.",
            ),
        }
    }
    for (at, section) in guide.sections.iter().enumerate() {
        if let Some(first) = guide.sections[..at].iter().find(|s| s.id == section.id) {
            let what = format!("The section id `{}` stands at {} already.", section.id, first.place);
            faults.add(&section.place, what, "Give each section its own.");
        }
    }
    Some(guide)
}

fn read_section(
    section: &Section,
    phase: Option<Phase>,
    default: &[usize],
    sources: &[Source],
    faults: &mut Faults,
) -> Option<GuideSection> {
    let known = ["Id", "Kind", "Applies to", "Source", "Events", "Links", "Entries"];
    let settings = Settings::new(section, &known, faults);
    let (id, id_place) = settings.get("Id");
    let id = code_span(id, id_place, faults);
    let (kind, kind_place) = settings.get("Kind");
    let kind = word(kind, kind_place, faults);
    let (own, own_place) = settings.get("Source");
    let mut own = source_keys(own, own_place, sources, faults);
    if own.is_empty() {
        own = default.to_vec();
    }
    let (events, events_place) = settings.get("Events");
    let (entries, entries_place) = settings.get("Entries");
    let (link_text, links_place) = settings.get("Links");
    let mut read = GuideSection {
        place: section.heading.place.clone(),
        id: id?.to_owned(),
        kind: kind?,
        phase,
        applies_to: settings.get("Applies to").0.to_owned(),
        title: section.heading.text.clone(),
        reasons: items(section, "Reasons", faults),
        steps: items(section, "Steps", faults),
        endpoints: vec![],
        events: references(comma_list(events), events_place, faults),
        links: links(link_text, links_place, faults),
        entries: references(comma_list(entries), entries_place, faults),
        advice: vec![],
        sources: own.clone(),
    };
    for (label, _) in &section.lists {
        if label.text != "Reasons" && label.text != "Steps" {
            let what = format!("A list is labelled `{}`.", label.text);
            faults.add(&label.place, what, "Label it `Reasons` or `Steps`.");
        }
    }
    for table in &section.tables {
        if table.columns.iter().any(|c| c == "Host") {
            read.endpoints.extend(read_endpoints(table, faults));
        } else {
            read.advice.extend(read_advice(table, &own, sources, faults));
        }
    }
    let empty = read.reasons.is_empty() && read.steps.is_empty();
    if empty && read.endpoints.is_empty() && read.advice.is_empty() && read.entries.is_empty() {
        faults.add(&read.place, "The section says nothing.", "Give it reasons, steps or a table.");
    }
    Some(read)
}

fn items(section: &markdown::Section, label: &str, faults: &mut Faults) -> Vec<String> {
    let lists = section.lists.iter().filter(|(l, _)| l.text == label);
    lists.flat_map(|(_, items)| items).flat_map(|item| sentences(&[&item.text], &item.place, faults)).collect()
}

fn read_endpoints(table: &Table, faults: &mut Faults) -> Vec<Endpoint> {
    let mut endpoints = Vec::new();
    let Some(sheet) = Sheet::new(table, &["Scheme", "Host", "Port", "Use"], &[], faults) else { return endpoints };
    for record in sheet.records() {
        let place = record.place();
        let port = record.get("Port");
        let Some(port) = port.parse().ok().filter(|&n: &u16| n > 0) else {
            faults.add(place, format!("`{port}` is no port."), "Write a number from 1 to 65535.");
            continue;
        };
        let usage = record.get("Use");
        sentences(&[usage], place, faults);
        let host = record.get("Host").trim_matches('`').replace("\\*", "*");
        if host.is_empty() || host.contains(['/', ':', ' ']) {
            faults.add(place, format!("`{host}` is no host."), "Write the host's name alone, `*` for what varies.");
        }
        endpoints.push(Endpoint { scheme: record.get("Scheme").to_owned(), host, port, usage: usage.to_owned() });
    }
    endpoints
}

fn read_advice(table: &Table, default: &[usize], sources: &[Source], faults: &mut Faults) -> Vec<Advice> {
    let required = ["Entry", "Reason", "Resolution"];
    let optional = ["Retry", "Who", "Endpoints", "Events", "Links", "Applies to", "Basis", "Source"];
    let Some(sheet) = Sheet::new(table, &required, &optional, faults) else { return vec![] };
    sheet.records().map(|record| read_advice_row(record, default, sources, faults)).collect()
}

fn read_advice_row(record: Record, default: &[usize], sources: &[Source], faults: &mut Faults) -> Advice {
    let place = record.place();
    let entries = references(list(record.get("Entry")), place, faults);
    if entries.is_empty() {
        faults.add(place, "The row names no entry.", "Write its id in backticks, such as `hresult:0x801C03F2`.");
    }
    for column in ["Reason", "Resolution"] {
        if record.get(column).is_empty() {
            faults.add(place, format!("The {column} is empty."), "Say it in a whole sentence.");
        }
    }
    let mut endpoints = Vec::new();
    for endpoint in list(record.get("Endpoints")) {
        let Some(url) = code_span(endpoint, place, faults) else { continue };
        if !is_url(url) {
            faults.add(place, format!("`{url}` is no address."), "Write an absolute one that begins with `https://`.");
        }
        endpoints.push(url.to_owned());
    }
    let mut own = source_keys(record.get("Source"), place, sources, faults);
    if own.is_empty() {
        own = default.to_vec();
    }
    Advice {
        place: place.clone(),
        entries,
        reasons: sentences(&list(record.get("Reason")), place, faults),
        resolutions: sentences(&list(record.get("Resolution")), place, faults),
        retry: read_retry(record.get("Retry"), place, faults),
        who: match record.get("Who") {
            "" => None,
            text => word(text, place, faults),
        },
        endpoints,
        events: references(list(record.get("Events")), place, faults),
        links: links(record.get("Links"), place, faults),
        applies_to: record.get("Applies to").to_owned(),
        basis: codes::read_basis(record, faults),
        sources: own,
    }
}

fn read_retry(text: &str, place: &Place, faults: &mut Faults) -> Retry {
    match text {
        "" => Retry::Unstated,
        "never" => Retry::Never,
        "later" => Retry::Later,
        _ => {
            let seconds = text.strip_prefix("after ").and_then(|t| t.strip_suffix(" s"));
            seconds.and_then(|s| s.parse().ok()).map_or_else(
                || {
                    let what = format!("`{text}` is no time to try again.");
                    faults.add(place, what, "Write `never`, `later` or `after 300 s`, or leave the cell empty.");
                    Retry::Unstated
                },
                Retry::After,
            )
        }
    }
}

/// Entries named as `` `hresult:0x801C03F2` DSREG_E_DIRECTORY_FAILURE ``, the symbol being optional.
fn references(parts: Vec<&str>, place: &Place, faults: &mut Faults) -> Vec<Reference> {
    let mut references = Vec::new();
    for part in parts {
        let (id, name) = part.find("` ").map_or((part, ""), |at| (&part[..=at], part[at + 2..].trim()));
        if let Some(id) = code_span(id, place, faults) {
            references.push(Reference { place: place.clone(), id: id.to_owned(), name: name.to_owned() });
        }
    }
    references
}
