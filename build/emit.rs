//! Writes the model as the library's tables: Rust source that holds data only, and text blobs beside it.
//!
//! The layout is the one of `src/table.rs`. Before anything is returned every key of every table and every name is
//! looked up in what was built, with the library's own hash.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

use super::codes::Entry;
use super::contexts::Context;
use super::dsregcmd::{Condition, Dsregcmd, RulePhase, fold_name};
use super::faults::{Faults, Place};
use super::guides::Retry;
use super::hash::{
    FILTER, HAS_ALIASES, LONGEST_LABEL, MORE, RARE, ROWS_OF_A_BASE, TEXTS_OF_A_BASE, eight_bytes, ending_bit, fold,
    fold_end, fold_label_byte, hash_number, hash_symbol, joint_bit,
};
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
        self.push(text).unwrap_or(0)
    }

    /// Stores a text in a place of its own, even if it is stored already; `None` if there is nothing to store.
    fn push(&mut self, text: &str) -> Option<u16> {
        if text.is_empty() {
            return None;
        }
        let index = self.index(self.ends.len());
        self.blob.push_str(text);
        let base = self.ends.len() / TEXTS_OF_A_BASE * TEXTS_OF_A_BASE;
        let start = self.ends.get(base).copied().unwrap_or(self.blob.len());
        self.overflow |= self.blob.len() - start > 0xFFFF;
        self.ends.push(self.blob.len());
        self.texts.insert(text.to_owned(), index);
        Some(index)
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

    fn lists_at(&self, list: u16) -> &[u16] {
        let at = usize::from(list);
        &self.lists[at + 1..=at + usize::from(self.lists[at])]
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
        let (bases, ends) = behind_bases(&self.ends, TEXTS_OF_A_BASE);
        let lists = &self.lists;
        format!("Texts {{ blob: include_str!(\"{file}\"), bases: &{bases:?}, ends: &{ends:?}, lists: &{lists:?} }}")
    }
}

/// Lists of sources, each stored once.
struct SourceLists(Vec<Vec<usize>>);

impl SourceLists {
    fn index(&mut self, sources: &[usize], place: &Place, faults: &mut Faults) -> u16 {
        let at = self.0.iter().position(|list| list == sources).unwrap_or_else(|| {
            self.0.push(sources.to_vec());
            self.0.len() - 1
        });
        u16::try_from(at).unwrap_or_else(|_| {
            let what = "There are more than 65536 different lists of sources.";
            faults.add(place, what, "Name one source for the whole file where you can.");
            0
        })
    }
}

/// The rows of a family in the order in which they are written, by their position in the model.
type RowOrder = Vec<usize>;

/// Writes all tables.
pub fn emit(
    model: &Model,
    contexts: &[Context],
    dsregcmd: &Dsregcmd,
    version: &str,
    hash: u64,
    faults: &mut Faults,
) -> Files {
    let mut files = Files::new();
    let mut source_lists = SourceLists(vec![]);
    let mut shared = TextPool::new();
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
        let table = emit_family(
            family,
            entries,
            placed,
            rows,
            model,
            events,
            &mut shared,
            &mut source_lists,
            &mut files,
            faults,
        );
        let _ = writeln!(out, "pub(crate) static {}: Table = {table};", constant(family));
    }
    if let Some(source) = model.sources.first().filter(|_| shared.overflow) {
        let what = "The advice that families share has outgrown the widths of src/table.rs.";
        faults.add(&source.place, what, "Widen them there and in build/emit.rs.");
    }
    let _ = writeln!(out, "pub(crate) static SHARED_TEXTS: Texts = {};", shared.emit("shared", &mut files));
    out.push_str("pub(crate) const fn table(family: Family) -> &'static Table {\n    match family {\n");
    for &family in Family::ALL {
        let _ = writeln!(out, "        Family::{family:?} => &{},", constant(family));
    }
    out.push_str("    }\n}\n");
    emit_symbols(model, &row, &mut out, faults);
    let mut common = TextPool::new();
    emit_labels(model, &row, &mut common, &mut out, faults);
    emit_contexts(contexts, &mut out, &mut files);
    emit_dsregcmd(dsregcmd, &mut source_lists, &mut out, &mut files, faults);
    emit_guides(model, &row, &mut source_lists, &mut out, &mut files, faults);
    for (family, facilities) in &model.facilities {
        let pairs: Vec<(u16, u16)> = facilities.iter().map(|f| (f.number, common.text(&f.name))).collect();
        let _ = writeln!(out, "pub(crate) static {}_FACILITIES: &[(u16, u16)] = &{pairs:?};", constant(*family));
    }
    let rows: Vec<(u32, u32, u8)> = model.mappings.iter().map(|m| (m.ntstatus, m.win32, m.basis as u8)).collect();
    let _ = writeln!(out, "pub(crate) static NTSTATUS_TO_WIN32: &[(u32, u32, u8)] = &{rows:?};");
    let others: Vec<(u32, u32)> = model.mappings.iter().filter_map(|m| Some((m.ntstatus, m.other?))).collect();
    let _ = writeln!(out, "pub(crate) static NTSTATUS_TO_WIN32_OTHER: &[(u32, u32)] = &{others:?};");
    // Sources that nothing in this catalogue rests on are left out.
    let named: BTreeSet<usize> = source_lists.0.iter().flatten().copied().collect();
    let place_of = |source: usize| named.range(..source).count() as u16;
    let lists: Vec<u16> = source_lists
        .0
        .iter()
        .map(|list| common.numbers(list.iter().map(|&source| place_of(source)).collect()))
        .collect();
    let _ = writeln!(out, "pub(crate) static SOURCE_LISTS: &[u16] = &{lists:?};");
    out.push_str("pub(crate) static SOURCES: &[SourceRow] = &[\n");
    for source in named.iter().map(|&source| &model.sources[source]) {
        let [key, title, url, date] = [&source.key, &source.title, &source.url, &source.date].map(|t| common.text(t));
        let _ = writeln!(out, "    SourceRow {{ key: {key}, title: {title}, url: {url}, date: {date} }},");
    }
    out.push_str("];\n");
    let _ = writeln!(out, "pub(crate) static COMMON: Texts = {};", common.emit("common", &mut files));
    files.insert("tables.rs".to_owned(), out);
    files
}

/// The name of a family's table.
fn constant(family: Family) -> String {
    family.as_str().to_uppercase().replace('-', "_")
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
    shared: &mut TextPool,
    source_lists: &mut SourceLists,
    files: &mut Files,
    faults: &mut Faults,
) -> String {
    let name = family.as_str();
    let mut pool = TextPool::new();
    let mut names = String::new();
    let mut name_starts: Vec<usize> = Vec::new();
    let mut has_aliases: Vec<bool> = Vec::new();
    let mut details: Vec<String> = Vec::new();
    let mut detail_at: HashMap<String, usize> = HashMap::new();
    let mut detail_of: Vec<usize> = Vec::new();
    // First, in the order of the rows: a row's summary is found by counting those before it.
    let mut summaries: Vec<(u64, usize)> = Vec::new();
    for block in rows.chunks(ROWS_OF_A_BASE) {
        let before = pool.ends.len();
        let has = block.iter().map(|&at| pool.push(&entries[at].summary).is_some());
        let bits = has.enumerate().fold(0, |bits, (bit, has)| bits | u64::from(has) << bit);
        summaries.push((bits, before));
    }
    if summaries.iter().all(|&(bits, _)| bits == 0) {
        summaries.clear();
    }
    let mut advice_rows = String::new();
    let mut advice_count = 0;
    for &at in rows {
        let entry = &entries[at];
        let advice = model.advice.get(&(family, at)).map_or(&[][..], Vec::as_slice);
        let first_advice = if advice.is_empty() { 0 } else { advice_count };
        for advice in advice {
            let pool = if advice.is_shared { &mut *shared } else { &mut pool };
            let row = emit_advice(advice, events(&advice.events), pool, source_lists, faults);
            let _ = writeln!(advice_rows, "        {row},");
            advice_count += 1;
        }
        let detail = format!(
            "Detail {{ context: {}, messages: {}, notes: {}, advice: {first_advice}, advice_len: {}, sources: {}, \
             flags: {} }}",
            pool.text(&entry.context),
            pool.list(&entry.messages),
            pool.list(&entry.notes),
            advice.len(),
            source_lists.index(&entry.sources, &entry.place, faults),
            entry.basis as u8 | entry.severity.map_or(0, |severity| 1 + severity as u8) << 2,
        );
        detail_of.push(*detail_at.entry(detail).or_insert_with_key(|detail| {
            details.push(detail.clone());
            details.len() - 1
        }));
        name_starts.push(names.len());
        has_aliases.push(!entry.aliases.is_empty());
        names.push_str(&entry.name);
        for alias in &entry.aliases {
            names.push('\n');
            names.push_str(alias);
        }
    }
    name_starts.push(names.len());
    has_aliases.push(false);
    let (name_bases, mut name_starts) = behind_bases(&name_starts, ROWS_OF_A_BASE);
    let is_narrow = name_starts.iter().all(|&start| start < usize::from(HAS_ALIASES));
    for (start, &has) in name_starts.iter_mut().zip(&has_aliases) {
        *start |= if has { usize::from(HAS_ALIASES) } else { 0 };
    }
    if pool.overflow || !is_narrow || details.len() > 0xFFFF {
        let what = format!("The family {name} has outgrown the widths of src/table.rs.");
        faults.add(&entries[0].place, what, "Widen them there and in build/emit.rs.");
    }
    let (details, detail_of, rare) = common_first(&details, &detail_of);
    let keys: Vec<u32> = rows.iter().map(|&at| entries[at].value).collect();
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|&row| rows[row]);
    let names_file = format!("{name}.names.txt");
    files.insert(names_file.clone(), names);
    format!(
        "Table {{\n    family: Family::{family:?},\n    places: {},\n    keys: &{keys:?},\n    order: &{order:?},\n    \
         name_bases: &{name_bases:?},\n    name_starts: &{name_starts:?},\n    names: include_str!(\"{names_file}\"),\n    detail_of: &{detail_of:?},\n    rare: &{rare:?},\n    \
         summaries: &{summaries:?},\n    details: &[{}],\n    advice: &[\n{advice_rows}    ],\n    texts: {},\n}}",
        emit_places(placed),
        details.join(", "),
        pool.emit(name, files)
    )
}

/// Every so many-th of rising numbers, and how far each of them lies behind its base.
fn behind_bases(numbers: &[usize], of_a_base: usize) -> (Vec<usize>, Vec<usize>) {
    let blocks = numbers.chunks(of_a_base);
    let bases = blocks.clone().map(|block| block[0]).collect();
    (bases, blocks.flat_map(|block| block.iter().map(|number| number - block[0])).collect())
}

/// Details so ordered that those of many rows come first and a byte names them; the others are told row by row.
fn common_first(details: &[String], detail_of: &[usize]) -> (Vec<String>, Vec<u8>, Vec<(usize, usize)>) {
    let mut uses = vec![0_usize; details.len()];
    for &detail in detail_of {
        uses[detail] += 1;
    }
    let mut order: Vec<usize> = (0..details.len()).collect();
    order.sort_by_key(|&detail| std::cmp::Reverse(uses[detail]));
    let mut index_of = vec![0; details.len()];
    for (index, &detail) in order.iter().enumerate() {
        index_of[detail] = index;
    }
    let byte = |index: usize| u8::try_from(index).ok().filter(|&byte| byte != RARE);
    let indexes = detail_of.iter().map(|&detail| index_of[detail]);
    let bytes = indexes.clone().map(|index| byte(index).unwrap_or(RARE)).collect();
    let rare = indexes.enumerate().filter(|&(_, index)| byte(index).is_none()).collect();
    (order.iter().map(|&detail| details[detail].clone()).collect(), bytes, rare)
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
         resolutions: {}, endpoints: {}, events: {}, links: {}, basis: {}, sources: {}, is_shared: {} }}",
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
        placed.is_shared,
    )
}

/// `Some(Phase::Join)` or `None`.
fn option<T: std::fmt::Debug>(kind: &str, value: Option<T>) -> String {
    value.map_or("None".to_owned(), |value| format!("Some({kind}::{value:?})"))
}

/// Packs an entry as `Symbols::slots` does.
fn pack(family: Family, row: u16) -> u32 {
    (family as u32) << 16 | u32::from(row)
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
        let slot = placed.places().of_symbol(name.as_bytes());
        slots[slot] = entries[0] | if entries.len() > 1 { MORE } else { 0 };
        more.extend(entries[1..].iter().map(|&entry| (slot as u16, entry)));
    }
    more.sort_by_key(|&(slot, _)| slot);
    // The proof of what is about to be written.
    for (name, entries) in &names {
        if slots[placed.places().of_symbol(name.to_uppercase().as_bytes())] & !MORE != entries[0] {
            let place = Place { path: "data/codes".to_owned(), line: 0 };
            faults.add(&place, format!("The symbol {name} is not found in its index."), "Mend build/place.rs.");
        }
    }
    let mut joints = vec![0_u64; FILTER / 64];
    // Labels too, which some words stand before, and Samba's spellings.
    let labels = model.entries.get(&Family::Condition).into_iter().flatten();
    let labels = labels.flat_map(|entry| std::iter::once(&entry.name).chain(&entry.aliases));
    let samba = names.keys().filter_map(|name| Some(format!("werr_{}", name.strip_prefix("error_")?)));
    let samba = samba.chain(["nt_status_".to_owned()]);
    for name in names.keys().chain(labels).cloned().chain(samba) {
        if let Some((first, [a, b, ..])) = name.split_once('_').map(|(first, rest)| (first, rest.as_bytes())) {
            set_bit(&mut joints, joint_bit(fold_end(first.as_bytes()), [*a, *b]));
        }
    }
    let slots: Vec<[u8; 3]> =
        slots.iter().map(|slot: &u32| [*slot as u8, (slot >> 8) as u8, (slot >> 16) as u8]).collect();
    let _ = writeln!(
        out,
        "pub(crate) static SYMBOLS: Symbols = Symbols {{ places: {}, slots: &{slots:?}, more: &{more:?}, \
         joints: &{joints:?} }};",
        emit_places(&placed)
    );
}

fn set_bit(bits: &mut [u64], at: usize) {
    bits[at / 64] |= 1 << (at % 64);
}

/// The label of a condition as a look-up compares it: no case, no blanks, no `_`, no `-`.
pub fn fold_label(label: &str) -> Vec<u8> {
    label.bytes().filter_map(fold_label_byte).collect()
}

fn emit_labels(
    model: &Model,
    row: &impl Fn(Family, usize) -> u16,
    common: &mut TextPool,
    out: &mut String,
    faults: &mut Faults,
) {
    let mut labels: BTreeMap<Vec<u8>, Vec<u16>> = BTreeMap::new();
    for (at, entry) in model.entries.get(&Family::Condition).into_iter().flatten().enumerate() {
        for label in [&entry.name, &entry.context].into_iter().chain(&entry.aliases) {
            let folded = fold_label(label);
            if folded.len() > LONGEST_LABEL {
                let what = format!("The label `{label}` is longer than {LONGEST_LABEL} bytes.");
                faults.add(&entry.place, what, "Put it among the messages.");
            }
            let rows = labels.entry(folded).or_default();
            if !rows.contains(&row(Family::Condition, at)) {
                rows.push(row(Family::Condition, at));
            }
        }
    }
    let keys: Vec<&[u8]> = labels.keys().map(Vec::as_slice).collect();
    let Some(placed) = place(&keys, hash_symbol) else {
        let place = Place { path: "data/codes/condition".to_owned(), line: 0 };
        faults.add(&place, format!("The {} labels cannot be placed.", keys.len()), "Mend build/place.rs.");
        return;
    };
    let mut slots = vec![0; keys.len()];
    for (label, rows) in &labels {
        slots[placed.places().of_symbol(label)] = common.numbers(rows.clone());
    }
    // The proof of what is about to be written.
    for (label, rows) in &labels {
        if common.lists_at(slots[placed.places().of_symbol(label)]) != rows.as_slice() {
            let place = Place { path: "data/codes/condition".to_owned(), line: 0 };
            let label = String::from_utf8_lossy(label);
            faults.add(&place, format!("The label {label} is not found in its index."), "Mend build/place.rs.");
        }
    }
    let _ = writeln!(
        out,
        "pub(crate) static LABELS: Labels = Labels {{ places: {}, slots: &{slots:?} }};",
        emit_places(&placed)
    );
}

/// Writes the words beside numbers in the order of `contexts`.
fn emit_contexts(contexts: &[Context], out: &mut String, files: &mut Files) {
    // Apart from what other look-ups need, so that a program that does not scan leaves it out.
    let mut pool = TextPool::new();
    let before = contexts.iter().filter(|context| !context.behind).count();
    let mut endings = vec![0_u64; FILTER / 64];
    // The verbs that may stand between words and number; see `without_filler` in src/scan/context.rs.
    let written = |context: &Context| context.folded.bytes().rev().collect::<Vec<_>>();
    for ending in contexts[..before].iter().map(written).chain([b"is".to_vec(), b"was".to_vec()]) {
        // The words may be parted before any letter; and short ones may end another word, as in `dwErr`.
        for start in 0..ending.len() {
            set_bit(&mut endings, ending_bit(fold_end(&ending[start..])));
        }
        for other in (b'a'..=b'z').chain(b'0'..=b'9').filter(|_| ending.len() == 3) {
            set_bit(&mut endings, ending_bit(fold_end(&[&[other], &ending[..]].concat())));
        }
    }
    let letters = |c: &Context| c.folded.bytes().take(2).fold(0, |all, byte| all << 5 | usize::from(fold(byte)));
    let by_letters: Vec<usize> =
        (0..=1024).map(|pair| contexts[..before].partition_point(|c| letters(c) < pair)).collect();
    let mut folded = String::new();
    let mut rows = String::new();
    for (at, context) in contexts.iter().enumerate() {
        let is_same = |other: &&Context| (other.behind, &other.folded) == (context.behind, &context.folded);
        let same = contexts[..at].iter().rev().take_while(is_same).count();
        folded.push_str(&context.folded);
        let families = context.families.iter().map(|&family| family as u16).collect();
        let _ = writeln!(
            rows,
            "    ContextRow {{ eight: {:#018X}, end: {}, len: {}, same: {same}, words: {}, families: {}, denies: {}, events: {}, from: {}, notation: Notation::{:?} }},",
            eight_bytes(context.folded.as_bytes()),
            folded.len(),
            context.folded.len(),
            pool.text(&context.words),
            pool.numbers(families),
            context.families.is_empty(),
            pool.numbers(context.events.clone()),
            context.from,
            context.notation,
        );
    }
    let _ = writeln!(
        out,
        "pub(crate) static CONTEXTS: Contexts = Contexts {{ folded: {folded:?}, rows: &[\n{rows}], before: {before}, \
         endings: &{endings:?}, by_letters: &{by_letters:?}, texts: {} }};",
        pool.emit("contexts", files)
    );
}

/// Writes the fields of `dsregcmd /status` and the rules about them.
fn emit_dsregcmd(
    dsregcmd: &Dsregcmd,
    source_lists: &mut SourceLists,
    out: &mut String,
    files: &mut Files,
    faults: &mut Faults,
) {
    // Apart from what other look-ups need, like the contexts.
    let mut pool = TextPool::new();
    let numbers = |list: &[usize]| list.iter().map(|&number| number as u16).collect::<Vec<_>>();
    let parts: Vec<u16> = dsregcmd.parts.iter().map(|part| pool.text(part)).collect();
    let mut fields = String::new();
    let mut spellings: Vec<(String, usize)> = Vec::new();
    for (at, field) in dsregcmd.fields.iter().enumerate() {
        spellings.extend(field.names.iter().map(|name| (fold_name(name), at)));
        let families = field.families.iter().map(|&family| family as u16).collect();
        let _ = writeln!(
            fields,
            "    FieldRow {{ part: {}, value: FieldValue::{:?}, families: {}, identifies: {}, meaning: {} }},",
            field.part,
            field.value,
            pool.numbers(families),
            option("Identity", field.identifies),
            pool.text(&field.meaning),
        );
    }
    spellings.sort();
    spellings.dedup();
    // What the library's own code names; of a name that stands in several parts the first.
    let constant = |name: &str| name.to_ascii_uppercase().replace(|c: char| !c.is_ascii_alphanumeric(), "_");
    let mut named: BTreeMap<String, usize> = BTreeMap::new();
    for (at, field) in dsregcmd.fields.iter().enumerate() {
        named.entry(constant(&field.names[0])).or_insert(at);
    }
    let parts_named = dsregcmd.parts.iter().enumerate().map(|(at, part)| (constant(part), at));
    for (module, numbers) in [("field", named.into_iter().collect::<Vec<_>>()), ("part", parts_named.collect())] {
        let _ = writeln!(out, "#[allow(dead_code)]\npub(crate) mod {module} {{");
        for (name, number) in numbers {
            let _ = writeln!(out, "    pub(crate) const {name}: u8 = {number};");
        }
        out.push_str("}\n");
    }
    let spellings: Vec<(u16, usize)> = spellings.iter().map(|(name, field)| (pool.text(name), *field)).collect();
    let (mut rules, mut conditions, mut first) = (String::new(), String::new(), 0);
    for rule in &dsregcmd.rules {
        for condition in &rule.when {
            let _ = writeln!(conditions, "    Condition::{},", emit_condition(condition, &mut pool));
        }
        let _ = writeln!(
            rules,
            "    RuleRow {{ id: {}, severity: Severity::{:?}, phase: {}, when: ({first}, {}), shows: {}, unless: {}, title: {}, \
             reasons: {}, resolutions: {}, links: {}, sources: {} }},",
            pool.text(&rule.id),
            rule.severity,
            match rule.phase {
                RulePhase::None => "RulePhase::None".to_owned(),
                RulePhase::Stated => "RulePhase::Stated".to_owned(),
                RulePhase::Of(phase) => format!("RulePhase::Of(Phase::{phase:?})"),
            },
            rule.when.len(),
            pool.numbers(numbers(&rule.shows)),
            pool.numbers(numbers(&rule.unless)),
            pool.text(&rule.title),
            pool.list(&rule.reasons),
            pool.list(&rule.resolutions),
            pool.list(rule.links.iter().flat_map(|link| [&link.title, &link.url])),
            source_lists.index(&rule.sources, &rule.place, faults),
        );
        first += rule.when.len();
    }
    if pool.overflow || dsregcmd.fields.len() > 0xFF || dsregcmd.parts.len() > 0xFF {
        let place = Place { path: "data/signals/dsregcmd.md".to_owned(), line: 1 };
        faults.add(&place, "The table has outgrown the widths of src/table.rs.", "Widen them.");
    }
    let _ = writeln!(
        out,
        "#[cfg(feature = \"alloc\")]\npub(crate) static DSREGCMD: Dsregcmd = Dsregcmd {{ parts: &{parts:?}, fields: &[\n{fields}], \
         spellings: &{spellings:?}, rules: &[\n{rules}], conditions: &[\n{conditions}], texts: {} }};",
        pool.emit("dsregcmd", files)
    );
}

fn emit_condition(condition: &Condition, pool: &mut TextPool) -> String {
    match condition {
        Condition::Is(field, values) => format!("Is({field}, {})", pool.list(values)),
        Condition::IsNot(field, values) => format!("IsNot({field}, {})", pool.list(values)),
        Condition::AnySet(fields) => {
            format!("AnySet({})", pool.numbers(fields.iter().map(|&field| field as u16).collect()))
        }
        Condition::Begins(field, start) => format!("Begins({field}, {})", pool.text(start)),
        Condition::JoinState(states) => {
            let states: Vec<String> = states.iter().map(|state| format!("JoinState::{state:?}")).collect();
            format!("JoinState(&[{}])", states.join(", "))
        }
        other => format!("{other:?}"),
    }
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
    let mut endpoints = String::new();
    let mut endpoint_count = 0;
    out.push_str("pub(crate) static GUIDES: &[GuideTable] = &[\n");
    for placed in &model.guides {
        let guide = &placed.guide;
        let title = pool.text(&guide.title);
        let _ =
            writeln!(out, "    GuideTable {{ scenario: Scenario::{:?}, title: {title}, sections: &[", guide.scenario);
        for (section, (entries, events)) in guide.sections.iter().zip(&placed.refs) {
            let entries = entries.iter().flat_map(|&(family, at)| [family as u16, row(family, at)]).collect();
            let events = events.iter().map(|&at| row(Family::Event, at)).collect();
            let first_endpoint = endpoint_count;
            for e in &section.endpoints {
                let (scheme, host, usage) = (pool.text(&e.scheme), pool.text(&e.host), pool.text(&e.usage));
                let port = e.port;
                let _ = writeln!(
                    endpoints,
                    "    EndpointRow {{ scheme: {scheme}, host: {host}, port: {port}, usage: {usage} }},"
                );
                endpoint_count += 1;
            }
            let _ = writeln!(
                out,
                "        SectionRow {{ id: {}, kind: SectionKind::{:?}, phase: {}, applies_to: {}, title: {}, reasons: {}, \
                 steps: {}, endpoints: ({first_endpoint}, {}), events: {}, links: {}, entries: {}, sources: {} }},",
                pool.text(&section.id),
                section.kind,
                option("Phase", section.phase),
                pool.text(&section.applies_to),
                pool.text(&section.title),
                pool.list(&section.reasons),
                pool.list(&section.steps),
                section.endpoints.len(),
                pool.numbers(events),
                pool.list(section.links.iter().flat_map(|link| [&link.title, &link.url])),
                pool.numbers(entries),
                source_lists.index(&section.sources, &section.place, faults),
            );
        }
        out.push_str("    ] },\n");
    }
    out.push_str("];\n");
    let _ = writeln!(out, "pub(crate) static ENDPOINTS: &[EndpointRow] = &[\n{endpoints}];");
    let texts = pool.emit("guides", files);
    let _ = writeln!(out, "pub(crate) static GUIDE_TEXTS: Texts = {texts};");
    if pool.overflow {
        let place = Place { path: "data/guidance".to_owned(), line: 0 };
        faults.add(&place, "The guides have outgrown the widths of src/table.rs.", "Widen them.");
    }
}
