//! Writes the model as the library's tables: Rust source that holds data only, and text blobs beside it.
//!
//! The layout is the one of `src/table.rs`. Before anything is returned every key of every table and every name is
//! looked up in what was built, with the library's own hash.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use super::codes::Entry;
use super::faults::{Faults, Place};
use super::guides::Retry;
use super::hash::{hash_number, hash_symbol};
use super::model::{Model, PlacedAdvice};
use super::place::{Placed, place};
use super::vocabulary::Family;

/// The generated files by name.
pub type Files = BTreeMap<String, String>;

/// Texts and lists of texts, each stored once.
struct TextPool {
    blob: String,
    ends: Vec<usize>,
    texts: HashMap<String, u16>,
    lists: Vec<u16>,
    list_at: HashMap<Vec<u16>, u16>,
    overflow: bool,
}

impl TextPool {
    fn new() -> Self {
        let list_at = HashMap::from([(Vec::new(), 0)]);
        Self { blob: String::new(), ends: vec![0], texts: HashMap::new(), lists: vec![0], list_at, overflow: false }
    }

    fn text(&mut self, text: &str) -> u16 {
        if text.is_empty() {
            return 0;
        }
        if let Some(&index) = self.texts.get(text) {
            return index;
        }
        let index = self.index(self.ends.len());
        self.blob.push_str(text);
        self.ends.push(self.blob.len());
        self.texts.insert(text.to_owned(), index);
        index
    }

    fn numbers(&mut self, numbers: Vec<u16>) -> u16 {
        if let Some(&at) = self.list_at.get(&numbers) {
            return at;
        }
        let at = self.index(self.lists.len());
        self.lists.push(numbers.len() as u16);
        self.lists.extend(&numbers);
        self.list_at.insert(numbers, at);
        at
    }

    fn list<T: AsRef<str>>(&mut self, texts: impl IntoIterator<Item = T>) -> u16 {
        let numbers = texts.into_iter().map(|text| self.text(text.as_ref())).collect();
        self.numbers(numbers)
    }

    fn index(&mut self, at: usize) -> u16 {
        u16::try_from(at).unwrap_or_else(|_| {
            self.overflow = true;
            0
        })
    }

    /// The `Texts` literal; its blob goes to a file of its own.
    fn emit(&self, name: &str, files: &mut Files) -> String {
        let file = format!("{name}.texts.txt");
        files.insert(file.clone(), self.blob.clone());
        format!("Texts {{ blob: include_str!(\"{file}\"), ends: &{:?}, lists: &{:?} }}", self.ends, self.lists)
    }
}

/// Lists of sources, each stored once and named by a byte.
struct SourceLists(Vec<Vec<usize>>);

impl SourceLists {
    fn index(&mut self, sources: &[usize], place: &Place, faults: &mut Faults) -> u8 {
        let at = self.0.iter().position(|list| list == sources).unwrap_or_else(|| {
            self.0.push(sources.to_vec());
            self.0.len() - 1
        });
        u8::try_from(at).unwrap_or_else(|_| {
            let what = "There are more than 256 different lists of sources.";
            faults.add(place, what, "Name one source for the whole file where you can.");
            0
        })
    }
}

/// The rows of a family in the order in which they are written, by their position in the model.
type RowOrder = Vec<usize>;

/// Writes all tables.
pub fn emit(model: &Model, version: &str, hash: u64, faults: &mut Faults) -> Files {
    let mut files = Files::new();
    let mut source_lists = SourceLists(vec![]);
    let mut placed: BTreeMap<Family, (Placed, RowOrder)> = BTreeMap::new();
    for (&family, entries) in &model.entries {
        if let Some(table) = place_rows(entries, faults) {
            placed.insert(family, table);
        }
    }
    // Where each entry stands in its table.
    let row_of: HashMap<(Family, usize), u16> = placed
        .iter()
        .flat_map(|(&family, (_, rows))| rows.iter().enumerate().map(move |(row, &at)| ((family, at), row as u16)))
        .collect();
    let row = |family: Family, at: usize| row_of.get(&(family, at)).copied().unwrap_or(0);

    let mut out = String::from("// Written by build.rs from data/. Holds data only.\n");
    let _ = writeln!(out, "pub(crate) const DATA_VERSION: &str = {version:?};");
    let _ = writeln!(out, "pub(crate) const DATA_HASH: u64 = {hash:#018X};");
    for &family in Family::ALL {
        let (Some(entries), Some((placed, rows))) = (model.entries.get(&family), placed.get(&family)) else {
            let _ = writeln!(out, "pub(crate) static {}: Table = Table::empty(Family::{family:?});", constant(family));
            continue;
        };
        let events = |positions: &[usize]| positions.iter().map(|&at| row(Family::Event, at)).collect();
        let table = emit_family(family, entries, placed, rows, model, events, &mut source_lists, &mut files, faults);
        let _ = writeln!(out, "pub(crate) static {}: Table = {table};", constant(family));
    }
    out.push_str("pub(crate) const fn table(family: Family) -> &'static Table {\n    match family {\n");
    for &family in Family::ALL {
        let _ = writeln!(out, "        Family::{family:?} => &{},", constant(family));
    }
    out.push_str("    }\n}\n");
    emit_symbols(model, &row, &mut out, faults);
    emit_labels(model, &row, &mut out);
    emit_guides(model, &row, &mut source_lists, &mut out, &mut files, faults);
    for (family, facilities) in &model.facilities {
        let pairs: Vec<(u16, &str)> = facilities.iter().map(|f| (f.number, f.name.as_str())).collect();
        let _ = writeln!(out, "pub(crate) static {}_FACILITIES: &[(u16, &str)] = &{pairs:?};", constant(*family));
    }
    let rows: Vec<(u32, u16, u8)> = model.mappings.iter().map(|m| (m.ntstatus, m.win32, m.basis as u8)).collect();
    let _ = writeln!(out, "pub(crate) static NTSTATUS_TO_WIN32: &[(u32, u16, u8)] = &{rows:?};");
    let others: Vec<(u32, u16)> = model.mappings.iter().filter_map(|m| Some((m.ntstatus, m.other?))).collect();
    let _ = writeln!(out, "pub(crate) static NTSTATUS_TO_WIN32_OTHER: &[(u32, u16)] = &{others:?};");
    let _ = writeln!(out, "pub(crate) static SOURCE_LISTS: &[&[u8]] = &{:?};", Slices(&source_lists.0));
    out.push_str("pub(crate) static SOURCES: &[SourceRow] = &[\n");
    for source in &model.sources {
        let _ = writeln!(
            out,
            "    SourceRow {{ key: {:?}, title: {:?}, url: {:?}, date: {:?} }},",
            source.key, source.title, source.url, source.date
        );
    }
    out.push_str("];\n");
    files.insert("tables.rs".to_owned(), out);
    files
}

/// The name of a family's table.
fn constant(family: Family) -> String {
    family.as_str().to_uppercase().replace('-', "_")
}

/// Prints nested lists as slices of slices.
struct Slices<'a>(&'a [Vec<usize>]);

impl std::fmt::Debug for Slices<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[")?;
        for list in self.0 {
            write!(f, "&{list:?}, ")?;
        }
        f.write_str("]")
    }
}

/// Gives each distinct value its slot; homonyms follow behind the slots in the order of the model.
fn place_rows(entries: &[Entry], faults: &mut Faults) -> Option<(Placed, RowOrder)> {
    let mut firsts: Vec<(u32, usize)> = Vec::new();
    let mut homonyms: RowOrder = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        if firsts.last().is_some_and(|&(value, _)| value == entry.value) {
            homonyms.push(at);
        } else {
            firsts.push((entry.value, at));
        }
    }
    let keys: Vec<u32> = firsts.iter().map(|&(value, _)| value).collect();
    let Some(placed) = place(&keys, hash_number) else {
        let family = entries[0].family.as_str();
        let what = format!("The {} values of {family} cannot be placed.", keys.len());
        faults.add(&entries[0].place, what, "Split the family, or mend build/place.rs.");
        return None;
    };
    let mut rows: RowOrder = vec![usize::MAX; firsts.len()];
    for &(value, at) in &firsts {
        rows[placed.places().of_number(value)] = at;
    }
    rows.extend(homonyms);
    // The proof of what is about to be written.
    for &(value, at) in &firsts {
        if rows[placed.places().of_number(value)] != at {
            let what = format!("The value {value} is not found in the table built for it.");
            faults.add(&entries[at].place, what, "Mend build/place.rs.");
        }
    }
    Some((placed, rows))
}

#[allow(clippy::too_many_arguments)]
fn emit_family(
    family: Family,
    entries: &[Entry],
    placed: &Placed,
    rows: &RowOrder,
    model: &Model,
    events: impl Fn(&[usize]) -> Vec<u16>,
    source_lists: &mut SourceLists,
    files: &mut Files,
    faults: &mut Faults,
) -> String {
    let name = family.as_str();
    let mut pool = TextPool::new();
    let mut names = String::new();
    let mut packed: Vec<u64> = Vec::new();
    let mut details = String::new();
    let mut detail_count = 0_u64;
    let mut advice_rows = String::new();
    let mut advice_count = 0;
    for &at in rows {
        let entry = &entries[at];
        let advice = model.advice.get(&(family, at)).map_or(&[][..], Vec::as_slice);
        let plain = entry.summary.is_empty() && entry.context.is_empty() && entry.notes.is_empty();
        let mut detail = 0;
        if !plain || !entry.messages.is_empty() || !advice.is_empty() {
            detail_count += 1;
            detail = detail_count;
            let _ = writeln!(
                details,
                "        Detail {{ summary: {}, context: {}, messages: {}, notes: {}, advice: {advice_count}, advice_len: {} }},",
                pool.text(&entry.summary),
                pool.text(&entry.context),
                pool.list(&entry.messages),
                pool.list(&entry.notes),
                advice.len()
            );
        }
        for advice in advice {
            let row = emit_advice(advice, events(&advice.events), &mut pool, source_lists, faults);
            let _ = writeln!(advice_rows, "        {row},");
            advice_count += 1;
        }
        let severity = entry.severity.map_or(0, |s| 1 + s as u64);
        let flags = entry.basis as u64 | severity << 2;
        let sources = u64::from(source_lists.index(&entry.sources, &entry.place, faults));
        packed.push(names.len() as u64 | (entry.name.len() as u64) << 24 | detail << 32 | sources << 48 | flags << 56);
        names.push_str(&entry.name);
        for alias in &entry.aliases {
            names.push('\n');
            names.push_str(alias);
        }
    }
    packed.push(names.len() as u64);
    if pool.overflow || names.len() > 0xFF_FFFF || detail_count > 0xFFFF {
        let what = format!("The family {name} has outgrown the widths of src/table.rs.");
        faults.add(&entries[0].place, what, "Widen them there and in build/emit.rs.");
    }
    let keys: Vec<u32> = rows.iter().map(|&at| entries[at].value).collect();
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|&row| rows[row]);
    let names_file = format!("{name}.names.txt");
    files.insert(names_file.clone(), names);
    format!(
        "Table {{\n    family: Family::{family:?},\n    places: {},\n    keys: &{keys:?},\n    order: &{order:?},\n    \
         rows: &{packed:?},\n    names: include_str!(\"{names_file}\"),\n    details: &[\n{details}    ],\n    \
         advice: &[\n{advice_rows}    ],\n    texts: {},\n}}",
        emit_places(placed),
        pool.emit(name, files)
    )
}

fn emit_places(placed: &Placed) -> String {
    let Placed { factor, shift, displacements, slots } = placed;
    format!("Places {{ factor: {factor:#X}, shift: {shift}, displacements: &{displacements:?}, slots: {slots} }}")
}

fn emit_advice(
    placed: &PlacedAdvice,
    events: Vec<u16>,
    pool: &mut TextPool,
    source_lists: &mut SourceLists,
    faults: &mut Faults,
) -> String {
    let advice = &placed.advice;
    let retry = match advice.retry {
        Retry::Unstated => "RETRY_UNSTATED".to_owned(),
        Retry::Never => "RETRY_NEVER".to_owned(),
        Retry::Later => "RETRY_LATER".to_owned(),
        Retry::After(seconds) => seconds.to_string(),
    };
    format!(
        "AdviceRow {{ scenario: Scenario::{:?}, phase: {}, who: {}, retry: {retry}, applies_to: {}, reasons: {}, \
         resolutions: {}, endpoints: {}, events: {}, links: {}, basis: {}, sources: {} }}",
        placed.scenario,
        option("Phase", placed.phase),
        option("Who", advice.who),
        pool.text(&advice.applies_to),
        pool.list(&advice.reasons),
        pool.list(&advice.resolutions),
        pool.list(&advice.endpoints),
        pool.numbers(events),
        pool.list(advice.links.iter().flat_map(|link| [&link.title, &link.url])),
        advice.basis as u8,
        source_lists.index(&advice.sources, &advice.place, faults),
    )
}

/// `Some(Phase::Join)` or `None`.
fn option<T: std::fmt::Debug>(kind: &str, value: Option<T>) -> String {
    value.map_or("None".to_owned(), |value| format!("Some({kind}::{value:?})"))
}

/// Packs an entry as `Symbols::slots` does.
fn pack(family: Family, row: u16) -> u32 {
    (family as u32) << 24 | u32::from(row)
}

fn emit_symbols(model: &Model, row: &impl Fn(Family, usize) -> u16, out: &mut String, faults: &mut Faults) {
    // Lower case is the key; the entries of one name stand in the order of families, then of values.
    let mut names: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (&family, entries) in &model.entries {
        if matches!(family, Family::Condition | Family::Event) {
            continue;
        }
        for (at, entry) in entries.iter().enumerate() {
            for name in std::iter::once(&entry.name).chain(&entry.aliases).filter(|name| !name.is_empty()) {
                names.entry(name.to_ascii_lowercase()).or_default().push(pack(family, row(family, at)));
            }
        }
    }
    let keys: Vec<&str> = names.keys().map(String::as_str).collect();
    let Some(placed) = place(&keys, |name, factor| hash_symbol(name.as_bytes(), factor)) else {
        let place = Place { path: "data/codes".to_owned(), line: 0 };
        faults.add(&place, format!("The {} symbols cannot be placed.", keys.len()), "Mend build/place.rs.");
        return;
    };
    let mut slots = vec![0; keys.len()];
    let mut more: Vec<(u16, u32)> = Vec::new();
    for (name, entries) in &names {
        let slot = placed.places().of_symbol(name);
        slots[slot] = entries[0] | u32::from(entries.len() > 1) << 16;
        more.extend(entries[1..].iter().map(|&entry| (slot as u16, entry)));
    }
    more.sort_by_key(|&(slot, _)| slot);
    // The proof of what is about to be written.
    for (name, entries) in &names {
        if slots[placed.places().of_symbol(&name.to_uppercase())] & !(1 << 16) != entries[0] {
            let place = Place { path: "data/codes".to_owned(), line: 0 };
            faults.add(&place, format!("The symbol {name} is not found in its index."), "Mend build/place.rs.");
        }
    }
    let _ = writeln!(
        out,
        "pub(crate) static SYMBOLS: Symbols = Symbols {{ places: {}, slots: &{slots:?}, more: &{more:?} }};",
        emit_places(&placed)
    );
}

/// The label of a condition as a look-up compares it: no case, no blanks, no `_`, no `-`.
pub fn fold_label(label: &str) -> String {
    label.chars().filter(|c| !matches!(c, ' ' | '_' | '-')).map(|c| c.to_ascii_lowercase()).collect()
}

fn emit_labels(model: &Model, row: &impl Fn(Family, usize) -> u16, out: &mut String) {
    let mut labels: BTreeMap<String, Vec<u16>> = BTreeMap::new();
    for (at, entry) in model.entries.get(&Family::Condition).into_iter().flatten().enumerate() {
        for label in [&entry.name, &entry.context].into_iter().chain(&entry.aliases) {
            let rows = labels.entry(fold_label(label)).or_default();
            if !rows.contains(&row(Family::Condition, at)) {
                rows.push(row(Family::Condition, at));
            }
        }
    }
    let mut map = phf_codegen::Map::new();
    for (label, rows) in &labels {
        map.entry(label.as_str(), format!("&{rows:?}"));
    }
    let _ = writeln!(out, "pub(crate) static LABELS: phf::Map<&str, &[u16]> = {};", map.build());
}

fn emit_guides(
    model: &Model,
    row: &impl Fn(Family, usize) -> u16,
    source_lists: &mut SourceLists,
    out: &mut String,
    files: &mut Files,
    faults: &mut Faults,
) {
    let mut pool = TextPool::new();
    out.push_str("pub(crate) static GUIDES: &[GuideTable] = &[\n");
    for placed in &model.guides {
        let guide = &placed.guide;
        let title = pool.text(&guide.title);
        let _ = writeln!(out, "    GuideTable {{ scenario: Scenario::{:?}, title: {title}, sections: &[", guide.scenario);
        for (section, (entries, events)) in guide.sections.iter().zip(&placed.refs) {
            let entries: Vec<u32> = entries.iter().map(|&(family, at)| pack(family, row(family, at))).collect();
            let events = events.iter().map(|&at| row(Family::Event, at)).collect();
            let mut endpoints = String::new();
            for e in &section.endpoints {
                let (scheme, host, usage) = (pool.text(&e.scheme), pool.text(&e.host), pool.text(&e.usage));
                let _ = write!(
                    endpoints,
                    "EndpointRow {{ scheme: {scheme}, host: {host}, port: {}, usage: {usage} }}, ",
                    e.port
                );
            }
            let _ = writeln!(
                out,
                "        SectionRow {{ id: {}, kind: SectionKind::{:?}, phase: {}, applies_to: {}, title: {}, reasons: {}, \
                 steps: {}, endpoints: &[{endpoints}], events: {}, links: {}, entries: &{entries:?}, sources: {} }},",
                pool.text(&section.id),
                section.kind,
                option("Phase", section.phase),
                pool.text(&section.applies_to),
                pool.text(&section.title),
                pool.list(&section.reasons),
                pool.list(&section.steps),
                pool.numbers(events),
                pool.list(section.links.iter().flat_map(|link| [&link.title, &link.url])),
                source_lists.index(&section.sources, &section.place, faults),
            );
        }
        out.push_str("    ] },\n");
    }
    out.push_str("];\n");
    let texts = pool.emit("guides", files);
    let _ = writeln!(out, "pub(crate) static GUIDE_TEXTS: Texts = {texts};");
    if pool.overflow {
        let place = Place { path: "data/guidance".to_owned(), line: 0 };
        faults.add(&place, "The guides have outgrown the widths of src/table.rs.", "Widen them.");
    }
}

