//! Joins what was read: orders the entries, gives each its id, and ties advice, events and sections to them.
//!
//! The invariant of a `Model`: every reference in it holds, every id is unique, and the entries of a family stand in
//! the order of their values, those that share a value in the order of the files.

use std::collections::{BTreeMap, BTreeSet};

use super::codes::{Entry, Facility, Mapping, Source};
use super::faults::{Faults, Place};
use super::guides::{Advice, Guide, Reference};
use super::ids::{write_advice_id, write_code};
use super::vocabulary::{Family, Phase, Scenario};

pub struct Model {
    pub sources: Vec<Source>,
    pub entries: BTreeMap<Family, Vec<Entry>>,
    /// The advice of each entry, by family and position, in the order of scenarios and phases.
    pub advice: BTreeMap<(Family, usize), Vec<PlacedAdvice>>,
    pub guides: Vec<PlacedGuide>,
    pub facilities: Vec<(Family, Vec<Facility>)>,
    pub mappings: Vec<Mapping>,
}

/// An advice that has found its entry.
#[derive(Clone)]
pub struct PlacedAdvice {
    pub scenario: Scenario,
    pub phase: Option<Phase>,
    pub advice: Advice,
    /// Positions among the events.
    pub events: Vec<usize>,
    /// Its row speaks of several families, which have its texts in common.
    pub is_shared: bool,
}

/// The entries, by family and position, and the events, by position, that a section names.
pub type SectionRefs = (Vec<(Family, usize)>, Vec<usize>);

/// A guide whose sections have found their entries and events.
pub struct PlacedGuide {
    pub guide: Guide,
    /// What each section names.
    pub refs: Vec<SectionRefs>,
}

pub fn join(
    sources: Vec<Source>,
    mut entries: Vec<Entry>,
    mut guides: Vec<Guide>,
    facilities: Vec<(Family, Vec<Facility>)>,
    mappings: Vec<Mapping>,
    sdk: bool,
    faults: &mut Faults,
) -> Model {
    // Stable, so that homonyms keep the order in which a person wrote them.
    entries.sort_by_key(|e| (e.family, e.value));
    refuse_double_meanings(&entries, faults);
    let mut by_family = group(entries);
    let mut ids = ids(&by_family, faults);
    if !sdk {
        guides.retain(|guide| !guide.only_sdk);
        // A guide keeps what it names, with all that shares its number, so that ids stay what they are.
        let named: BTreeSet<(Family, u32)> = references(&guides)
            .filter_map(|reference| ids.get(&reference.id))
            .map(|&(family, at)| (family, by_family[&family][at].value))
            .collect();
        let all = by_family.into_values().flatten();
        by_family = group(all.filter(|e| !e.only_sdk || named.contains(&(e.family, e.value))));
        ids = self::ids(&by_family, faults);
    }
    let find = |reference: &Reference, faults: &mut Faults| -> Option<(Family, usize)> {
        let Some(&found) = ids.get(&reference.id) else {
            let what = format!("There is no entry `{}`.", reference.id);
            faults.add(&reference.place, what, "Add its row to `data/codes/`, or mend the id.");
            return None;
        };
        let name = &by_family[&found.0][found.1].name;
        if !reference.name.is_empty() && reference.name != *name {
            let what = format!("`{}` is called `{name}`, and the row says `{}`.", reference.id, reference.name);
            faults.add(&reference.place, what, "Make the two agree.");
        }
        Some(found)
    };
    let find_events = |references: &[Reference], faults: &mut Faults| -> Vec<usize> {
        let mut events = Vec::new();
        for reference in references {
            match find(reference, faults) {
                Some((Family::Event, at)) => events.push(at),
                Some(_) => {
                    let what = format!("`{}` is no event.", reference.id);
                    faults.add(&reference.place, what, "Name an `event:` entry.");
                }
                None => {}
            }
        }
        events
    };

    guides.sort_by_key(|g| g.scenario);
    let mut advice: BTreeMap<(Family, usize), Vec<PlacedAdvice>> = BTreeMap::new();
    let mut advice_ids: BTreeMap<String, Place> = BTreeMap::new();
    let mut placed_guides = Vec::new();
    for guide in guides {
        let mut refs = Vec::new();
        for section in &guide.sections {
            let mut section_entries: Vec<(Family, usize)> =
                section.entries.iter().filter_map(|reference| find(reference, faults)).collect();
            for row in &section.advice {
                let events = find_events(&row.events, faults);
                let families: BTreeSet<&str> =
                    row.entries.iter().filter_map(|entry| Some(entry.id.split_once(':')?.0)).collect();
                for reference in &row.entries {
                    let Some(found) = find(reference, faults) else { continue };
                    if !section_entries.contains(&found) {
                        section_entries.push(found);
                    }
                    let entry = &by_family[&found.0][found.1];
                    let mut id = String::new();
                    let code = (entry.family, entry.value);
                    write_advice_id(&mut id, guide.scenario, section.phase, code, &entry.name, &entry.context)
                        .expect("a String takes everything");
                    if let Some(first) = advice_ids.insert(id.clone(), row.place.clone()) {
                        let what = format!("The advice `{id}` stands at {first} already.");
                        faults.add(&row.place, what, "Give an entry one row in each phase.");
                    }
                    advice.entry(found).or_default().push(PlacedAdvice {
                        scenario: guide.scenario,
                        phase: section.phase,
                        advice: row.clone(),
                        events: events.clone(),
                        is_shared: families.len() > 1,
                    });
                }
            }
            refs.push((section_entries, find_events(&section.events, faults)));
        }
        placed_guides.push(PlacedGuide { guide, refs });
    }
    for list in advice.values_mut() {
        list.sort_by_key(|a| (a.scenario, a.phase));
    }
    Model { sources, entries: by_family, advice, guides: placed_guides, facilities, mappings }
}

/// The entries of each family, in their order.
fn group(entries: impl IntoIterator<Item = Entry>) -> BTreeMap<Family, Vec<Entry>> {
    let mut by_family: BTreeMap<Family, Vec<Entry>> = BTreeMap::new();
    for entry in entries {
        by_family.entry(entry.family).or_default().push(entry);
    }
    by_family
}

/// Every entry that the guides name.
fn references(guides: &[Guide]) -> impl Iterator<Item = &Reference> {
    guides.iter().flat_map(|guide| &guide.sections).flat_map(|section| {
        let advice = section.advice.iter().flat_map(|row| row.entries.iter().chain(&row.events));
        section.entries.iter().chain(&section.events).chain(advice)
    })
}

/// Two rows may share a number if they differ in name (or, for events, in channel). Slugs may not collide at all.
fn refuse_double_meanings(entries: &[Entry], faults: &mut Faults) {
    let mut start = 0;
    for (at, entry) in entries.iter().enumerate() {
        if (entries[start].family, entries[start].value) != (entry.family, entry.value) {
            start = at;
        }
        for first in &entries[start..at] {
            let same = match entry.family {
                Family::Condition => true,
                Family::Event => entry.context == first.context,
                // A row without a name says that none of the names is the best reading, and so comes first.
                _ => entry.name.eq_ignore_ascii_case(&first.name) || entry.name.is_empty(),
            };
            if same {
                let what = format!("`{}` stands at {} already.", plain_id(entry), first.place);
                faults.add(&entry.place, what, "Keep one row, with the other name as an alias.");
            }
        }
        let names: Vec<&String> = std::iter::once(&entry.name).chain(&entry.aliases).collect();
        for (n, name) in names.iter().enumerate() {
            if !name.is_empty() && names[..n].iter().any(|other| other.eq_ignore_ascii_case(name)) {
                faults.add(&entry.place, format!("The row says `{name}` twice."), "Keep one.");
            }
        }
        if entry.name.is_empty() && !entry.aliases.is_empty() {
            faults.add(&entry.place, "The row has aliases and no name.", "Make the best known one its name.");
        }
        if entry.name.len() > 255 {
            faults.add(&entry.place, "The name is longer than 255 bytes.", "Shorten it.");
        }
    }
}

/// The id of an entry that is the first of its code.
fn plain_id(entry: &Entry) -> String {
    let mut id = format!("{}:", entry.family);
    write_code(&mut id, entry.family, entry.value, &entry.context).expect("a String takes everything");
    id
}

/// The ids of all entries. The first entry of a code has the plain id; the others add their name or channel to it.
fn ids(by_family: &BTreeMap<Family, Vec<Entry>>, faults: &mut Faults) -> BTreeMap<String, (Family, usize)> {
    let mut ids = BTreeMap::new();
    for (&family, entries) in by_family {
        for (at, entry) in entries.iter().enumerate() {
            let mut id = plain_id(entry);
            if at > 0 && entries[at - 1].value == entry.value {
                let other = if family == Family::Event { &entry.context } else { &entry.name };
                id = format!("{id}/{other}");
            }
            if ids.insert(id.clone(), (family, at)).is_some() {
                faults.add(&entry.place, format!("The id `{id}` is not unique."), "Give the entry another name.");
            }
        }
    }
    ids
}
