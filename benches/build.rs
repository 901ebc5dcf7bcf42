//! Writes the rivals that exist only at compile time, a `phf::Map` and a `match`, from the keys of hexplain itself.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::{env, fs, path::Path};

use hexplain::{Family, entries, entries_of};

fn main() {
    // Homonyms share a key: the first one counts, as in a look-up.
    let numbers: BTreeMap<u32, usize> =
        entries_of(Family::Hresult).enumerate().rev().map(|(at, entry)| (entry.code().value(), at)).collect();
    let mut phf_numbers = phf_codegen::Map::new();
    let mut arms = String::new();
    for (key, at) in &numbers {
        phf_numbers.entry(*key, format!("{at}"));
        let _ = writeln!(arms, "        {key:#X} => Some({at}),");
    }
    let names: BTreeMap<&str, usize> =
        entries().enumerate().filter_map(|(at, entry)| Some((entry.name()?, at))).collect();
    let mut phf_names = phf_codegen::Map::new();
    for (name, at) in &names {
        phf_names.entry(*name, format!("{at}"));
    }
    let text = format!(
        "/// A perfect hash with `SipHash`.\npub static PHF_NUMBERS: phf::Map<u32, u32> = {};\n\
         /// The same for names, in their own case.\npub static PHF_NAMES: phf::Map<&str, u32> = {};\n\
         /// What the compiler makes of a `match`.\n#[must_use]\npub fn match_number(key: u32) -> Option<u32> {{\n    match key {{\n{arms}        _ => None,\n    }}\n}}\n",
        phf_numbers.build(),
        phf_names.build()
    );
    let folder = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&folder).join("rivals.rs"), text).expect("OUT_DIR can be written");
}
