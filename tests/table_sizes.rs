//! What the tables weigh, measured on what the build script wrote, and that none of the large ones is relocated.

#![allow(dead_code, missing_docs, clippy::all, clippy::pedantic)]

#[path = "../src/hash.rs"]
mod hash;
#[path = "../src/vocabulary.rs"]
mod vocabulary;
// The layout, without its documentation tests.
#[path = "../src/table.rs"]
mod table;

mod generated {
    use crate::hash::Places;
    use crate::table::*;
    use crate::vocabulary::*;

    include!(concat!(env!("OUT_DIR"), "/tables.rs"));
}

use std::mem::size_of_val;

use table::{Table, Texts};
use vocabulary::Family;

/// All tables together, in bytes; raised knowingly, with the figures in README.md.
const LIMIT: usize = if cfg!(feature = "sdk") { 2_215_000 } else { 640_000 };

fn texts(texts: &Texts) -> usize {
    texts.blob.len() + size_of_val(texts.bases) + size_of_val(texts.ends) + size_of_val(texts.lists)
}

fn family(table: &Table) -> usize {
    size_of_val(table.places.displacements)
        + size_of_val(table.keys)
        + size_of_val(table.order)
        + size_of_val(table.name_bases)
        + size_of_val(table.name_starts)
        + size_of_val(table.detail_of)
        + size_of_val(table.rare)
        + size_of_val(table.summaries)
        + table.names.len()
        + size_of_val(table.details)
        + size_of_val(table.advice)
        + texts(&table.texts)
}

#[test]
fn the_tables_stay_within_their_budget() {
    let mut all = 0;
    for &name in Family::ALL {
        let table = generated::table(name);
        println!("{:>9} bytes  {:>6} rows  {name}", family(table), table.keys.len());
        all += family(table);
    }
    let symbols = &generated::SYMBOLS;
    let symbols = size_of_val(symbols.places.displacements) + size_of_val(symbols.slots) + size_of_val(symbols.more);
    let contexts = &generated::CONTEXTS;
    let contexts = contexts.folded.len()
        + size_of_val(contexts.rows)
        + size_of_val(contexts.endings)
        + size_of_val(contexts.by_letters)
        + texts(&contexts.texts)
        + size_of_val(generated::SYMBOLS.joints);
    let guides: usize = generated::GUIDES.iter().map(|guide| size_of_val(guide.sections)).sum();
    let guides = guides + size_of_val(generated::ENDPOINTS) + texts(&generated::GUIDE_TEXTS);
    let labels = size_of_val(generated::LABELS.places.displacements) + size_of_val(generated::LABELS.slots);
    let shared = texts(&generated::SHARED_TEXTS);
    println!("{shared:>9} bytes  texts of advice that families share");
    all += shared;
    let common = labels
        + texts(&generated::COMMON)
        + size_of_val(generated::SOURCES)
        + size_of_val(generated::NTSTATUS_TO_WIN32);
    println!("{common:>9} bytes  labels, sources, facilities, map of NTSTATUS");
    all += common;
    println!(
        "{symbols:>9} bytes  index of symbols\n{guides:>9} bytes  guides\n{contexts:>9} bytes  words beside numbers, filters"
    );
    all += symbols + guides + contexts;
    #[cfg(feature = "alloc")]
    {
        let dsregcmd = &generated::DSREGCMD;
        let dsregcmd = size_of_val(dsregcmd.fields)
            + size_of_val(dsregcmd.spellings)
            + size_of_val(dsregcmd.rules)
            + size_of_val(dsregcmd.conditions)
            + texts(&dsregcmd.texts);
        println!("{dsregcmd:>9} bytes  fields and findings of dsregcmd");
        all += dsregcmd;
    }
    println!("{all:>9} bytes  in all");
    assert!(all < LIMIT, "{all} bytes of tables");
}

#[test]
fn a_slot_for_each_key_and_nothing_more() {
    for &name in Family::ALL {
        let table = generated::table(name);
        assert_eq!(table.name_starts.len(), table.keys.len() + 1);
        assert_eq!(table.detail_of.len(), table.keys.len());
        assert_eq!(table.order.len(), table.keys.len());
        assert!(table.places.slots as usize <= table.keys.len());
        let mut slots: Vec<usize> =
            table.keys[..table.places.slots as usize].iter().map(|&key| table.places.of_number(key)).collect();
        slots.sort_unstable();
        assert!(slots.into_iter().eq(0..table.places.slots as usize), "{name}");
    }
}
