//! The table compiler: Markdown in, tables out, or every fault at once.
//!
//! `markdown` reads a file into headings, lists and tables; `codes`, `contexts`, `dsregcmd` and `guides` give them
//! meaning, `sheet` and `wording` judge cells and sentences; `model` joins them; `place` builds the perfect hashes; `emit` writes what `src/table.rs` reads. It knows no file system, no
//! network and no clock: the same texts give the same bytes. The build script and `tests/table_compiler.rs` call
//! [`compile`].

pub mod codes;
pub mod contexts;
pub mod dsregcmd;
pub mod emit;
pub mod faults;
pub mod guides;
pub mod markdown;
pub mod model;
pub mod place;
pub mod sheet;
pub mod wording;

#[path = "../src/hash.rs"]
pub mod hash;
#[path = "../src/ids.rs"]
pub mod ids;
#[path = "../src/vocabulary.rs"]
pub mod vocabulary;

use faults::{Fault, Faults, Place};

/// A file of `data/`: its path from the root of the package, with `/`, and its text.
pub struct Input {
    pub path: String,
    pub text: String,
}

/// Compiles the files of `data/`, given in the order of their paths, into the files that the library includes.
///
/// Without `sdk` the files of the large catalogue are checked like the others and left out, but for what a guide names.
pub fn compile(inputs: &[Input], sdk: bool) -> Result<emit::Files, Vec<Fault>> {
    let mut faults = Faults::default();
    let mut parsed = Vec::new();
    let mut version = None;
    for Input { path, text } in inputs {
        if path.ends_with("/VERSION") {
            version = text.lines().next();
        } else if path.ends_with("/REVIEW.md") {
            // What was verified, for people.
        } else if path.rsplit_once('.').is_some_and(|(_, end)| end == "md") {
            let sections = markdown::parse(path, text, &mut faults);
            if sections.first().is_some_and(|s| s.level == 1) {
                parsed.push((path.as_str(), sections));
            } else {
                let place = Place { path: path.clone(), line: 1 };
                faults.add(&place, "The file has no title.", "Begin it with `# Title`.");
            }
        } else {
            let place = Place { path: path.clone(), line: 1 };
            faults.add(&place, "This is no Markdown file.", "Keep only `.md` files and `VERSION` in `data/`.");
        }
    }
    let Some(version) = version else {
        let place = Place { path: "data/VERSION".to_owned(), line: 1 };
        faults.add(&place, "The version of the data is missing.", "Write it on the first line of `data/VERSION`.");
        return Err(faults.into_sorted());
    };

    let is_sources = |path: &str| path.ends_with("/SOURCES.md");
    let sources = parsed.iter().filter(|(path, _)| is_sources(path));
    let sources: Vec<_> = sources.flat_map(|(_, sections)| codes::read_sources(sections, &mut faults)).collect();
    let (mut entries, mut guides, mut facilities, mut mappings) = (vec![], vec![], vec![], vec![]);
    let (mut contexts, mut dsregcmd) = (vec![], dsregcmd::Dsregcmd::default());
    for (path, sections) in parsed.iter().filter(|(path, _)| !is_sources(path)) {
        if path.starts_with("data/guidance/") {
            guides.extend(guides::read_guide(sections, &sources, &mut faults));
        } else if path.ends_with("/facilities.md") {
            facilities.extend(codes::read_facilities(sections, &sources, &mut faults));
        } else if path.ends_with("/contexts.md") {
            contexts.extend(contexts::read_contexts(sections, &sources, &mut faults));
        } else if path.ends_with("/dsregcmd.md") {
            dsregcmd = dsregcmd::read_dsregcmd(sections, &sources, &mut faults);
        } else if path.ends_with("/ntstatus-to-win32.md") {
            mappings.extend(codes::read_mappings(sections, &sources, &mut faults));
        } else {
            codes::read_codes(sections, &sources, &mut entries, &mut faults);
        }
    }
    let model =
        model::join(sources, entries, guides, facilities, if sdk { mappings } else { vec![] }, sdk, &mut faults);
    let files = emit::emit(&model, &contexts, &dsregcmd, version, content_hash(inputs), &mut faults);
    let faults = faults.into_sorted();
    if faults.is_empty() { Ok(files) } else { Err(faults) }
}

/// FNV-1a, 64 bits, over the paths and texts of all files but `VERSION` and `REVIEW.md`, line ends taken as line feeds.
pub fn content_hash(inputs: &[Input]) -> u64 {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    for Input { path, text } in
        inputs.iter().filter(|i| !i.path.ends_with("/VERSION") && !i.path.ends_with("/REVIEW.md"))
    {
        for byte in path.bytes().chain([0]).chain(text.bytes().filter(|&b| b != b'\r')).chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
    }
    hash
}
