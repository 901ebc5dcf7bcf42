//! Every row of `data/` is found both ways, and nothing else is.
//!
//! The rows are read here by a reader of its own, a dozen lines that know nothing of the table compiler: what the
//! compiler loses, this finds.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use hexplain::{
    Code, Entry, Family, Guide, Hresult, HttpStatus, NtStatus, Scenario, Win32Error, WinHttpError, WinInetError,
    entries, entries_of, lookup, lookup_all, lookup_id, lookup_label, lookup_symbol,
};

/// A row of a code table: its cells by column.
struct Row {
    family: Family,
    /// The file belongs to the large catalogue, of which a build without it keeps only what a guide names.
    only_sdk: bool,
    cells: BTreeMap<String, String>,
}

impl Row {
    fn get(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        let aliases = self.get("Aliases").split(',').map(str::trim).filter(|alias| !alias.is_empty());
        Some(self.get("Name")).filter(|name| !name.is_empty()).into_iter().chain(aliases)
    }

    /// The entries whose code is written like this row's.
    fn entries(&self) -> Vec<Entry> {
        match self.family {
            Family::Condition => lookup_id(&format!("condition:{}", self.get("Code"))).into_iter().collect(),
            family => lookup_all(Code::new(family, self.value())).collect(),
        }
    }

    fn value(&self) -> u32 {
        let text = self.get("Code").trim_start_matches("AADSTS");
        match text.strip_prefix("0x") {
            Some(hex) => u32::from_str_radix(hex, 16).expect("a hexadecimal code"),
            None => text.parse::<u32>().or_else(|_| text.parse::<i32>().map(|n| n as u32)).expect("a decimal code"),
        }
    }
}

fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    let mut folders = vec![Path::new("data/codes").to_owned(), Path::new("data/signals").to_owned()];
    while let Some(folder) = folders.pop() {
        for item in std::fs::read_dir(folder).expect("the folder is there") {
            let path = item.expect("it can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                rows.extend(rows_of(&std::fs::read_to_string(path).expect("the file can be read")));
            }
        }
    }
    rows
}

fn rows_of(text: &str) -> Vec<Row> {
    let family = text.lines().find_map(|line| line.strip_prefix("- Family: `")?.strip_suffix('`'));
    let Some(family) = family else { return Vec::new() };
    let family = family.parse().expect("a family of the vocabulary");
    let only_sdk = text.lines().any(|line| line == "- Feature: `sdk`");
    let split = |line: &str| -> Vec<String> {
        let line = line.replace("\\|", "\u{1}");
        line.trim_matches('|').split('|').map(|cell| cell.trim().replace('\u{1}', "|")).collect()
    };
    let mut columns = Vec::new();
    let mut rows = Vec::new();
    for line in text.lines().filter(|line| line.starts_with('|')) {
        if line.starts_with("| Code ") {
            columns = split(line);
        } else if !line.starts_with("| ---") {
            rows.push(Row { family, only_sdk, cells: columns.iter().cloned().zip(split(line)).collect() });
        }
    }
    rows
}

#[test]
fn every_row_is_found_by_code_by_name_and_by_id() {
    for row in rows() {
        let code = row.get("Code");
        let found = row.entries();
        if found.is_empty() && row.only_sdk && !cfg!(feature = "sdk") {
            continue;
        }
        let entry = found
            .iter()
            .find(|entry| {
                entry.name().unwrap_or_default() == row.get("Name")
                    && (row.family != Family::Event || row.get("Channel").contains(entry.context().unwrap_or("?")))
            })
            .unwrap_or_else(|| panic!("{} {code} {} is not found", row.family, row.get("Name")));
        assert_eq!(entry.summary().unwrap_or_default(), row.get("Summary"), "{code}");
        let aliases: Vec<&str> = entry.aliases().collect();
        assert_eq!(aliases, row.names().skip(1).collect::<Vec<_>>(), "{code}");
        assert_eq!(lookup_id(&entry.id().to_string()), Some(*entry), "{code}");
        let printed = entry.code().to_string();
        assert_eq!(printed, code.trim_matches('`'), "{}", row.family);
        for name in row.names() {
            let (lower, upper) = (name.to_ascii_lowercase(), name.to_ascii_uppercase());
            for spelling in [name, &lower, &upper] {
                let found = match row.family {
                    Family::Condition => lookup_label(spelling).any(|found| found == *entry),
                    _ => lookup_symbol(spelling).any(|found| found == *entry),
                };
                assert!(found, "{} {spelling} does not give {code}", row.family);
            }
        }
    }
}

#[test]
fn every_entry_is_a_row() {
    let rows = rows();
    let written: BTreeSet<(Family, String, &str, &str)> = rows
        .iter()
        .map(|row| {
            let code = row.get("Code").trim_matches('`').to_owned();
            (row.family, code, row.get("Name"), row.get("Channel").trim_matches('`'))
        })
        .collect();
    assert_eq!(written.len(), rows.len());
    let left_out = rows.iter().filter(|row| row.entries().is_empty()).count();
    assert!(left_out == 0 || !cfg!(feature = "sdk"), "{left_out} rows are left out");
    assert_eq!(entries().count(), rows.len() - left_out);
    for entry in entries() {
        let channel = if entry.family() == Family::Event { entry.context().unwrap_or_default() } else { "" };
        let key = (entry.family(), entry.code().to_string(), entry.name().unwrap_or_default(), channel);
        assert!(written.contains(&key), "{key:?} stands in no file");
    }
    // Row counts are a fact of the data, and of `DATA_HASH`; what matters is that they do not shrink unseen.
    println!("{} entries", rows.len());
    let pairs = rows.iter().flat_map(|row| row.names().map(|name| (row.family, row.get("Code"), name)));
    println!("{} pairs of name and value", pairs.collect::<BTreeSet<_>>().len());
}

#[test]
fn absent_codes_are_answered_by_none() {
    for &family in Family::ALL {
        let known: BTreeSet<u32> = entries_of(family).map(|entry| entry.code().value()).collect();
        let neighbours =
            known.iter().flat_map(|&v| [v.wrapping_add(1), v.wrapping_sub(1), !v, v & 0xFFFF, v ^ 0x2000_0000]);
        let mut state = 0x2545_F491_4F6C_DD1D_u64;
        let random = (0..100_000).map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 32) as u32
        });
        for value in neighbours.chain(random).filter(|value| !known.contains(value)) {
            let code = Code::new(family, value);
            assert_eq!(lookup(code), None, "{code:?}");
            assert_eq!(lookup_all(code).count(), 0, "{code:?}");
        }
    }
    for name in ["", "_", "DSREG", "DSREG_E_DIRECTORY_FAILUR", "DSREG_E_DIRECTORY_FAILURE_", "\u{7F}", "DSREG\u{7F}E"] {
        assert_eq!(lookup_symbol(name).count(), 0, "{name:?}");
        assert_eq!(lookup_label(name).count(), 0, "{name:?}");
    }
    for id in
        ["", ":", "hresult", "hresult:", "hresult:0x801C03F9", "hresult:0x801C03F2/OTHER", "hresult:2149319666", "x:1"]
    {
        assert_eq!(lookup_id(id), None, "{id:?}");
    }
}

#[test]
fn entries_stand_in_the_order_of_their_values() {
    for &family in Family::ALL {
        let values: Vec<u32> = entries_of(family).map(|entry| entry.code().value()).collect();
        assert!(values.is_sorted(), "{family}");
        assert!(!values.is_empty() || !cfg!(feature = "sdk"), "{family}");
        let back: Vec<u32> = entries_of(family).rev().map(|entry| entry.code().value()).collect();
        assert!(back.iter().rev().eq(values.iter()), "{family}");
    }
}

#[test]
fn typed_look_ups_are_the_general_one() {
    macro_rules! same {
        ($($name:ident $family:ident),+) => {$(
            for entry in entries_of(Family::$family) {
                let value = entry.code().value();
                assert_eq!($name(value).entry(), lookup(Code::new(Family::$family, value)));
                assert_eq!(Code::from($name(value)), entry.code());
            }
            assert_eq!($name(0xDEAD_BEEF).entry(), None);
        )+};
    }
    use hexplain::Aadsts;
    same!(Hresult Hresult, NtStatus NtStatus, Win32Error Win32, WinHttpError WinHttp, WinInetError WinInet,
        Aadsts Aadsts, HttpStatus Http);
}

#[test]
fn a_look_up_can_be_made_when_a_program_is_compiled() {
    const ENTRY: Option<Entry> = lookup(Code::new(Family::Hresult, 0x801C_03F2));
    const TYPED: Option<Entry> = NtStatus(0xC000_006D).entry();
    assert_eq!(ENTRY.and_then(Entry::name), Some("DSREG_E_DIRECTORY_FAILURE"));
    assert_eq!(TYPED.and_then(Entry::name), Some("STATUS_LOGON_FAILURE"));
}

#[test]
fn advice_is_complete_and_its_ids_are_unique() {
    let mut ids = BTreeSet::new();
    for entry in entries() {
        assert!(entry.sources().count() >= 1, "{entry:?}");
        for advice in entry.advice() {
            let id = advice.id().to_string();
            assert!(id.starts_with(advice.scenario().as_str()), "{id}");
            assert!(advice.phase().is_none_or(|phase| id.contains(phase.as_str())), "{id}");
            assert_eq!(advice.entry(), entry);
            assert!(ids.insert(id), "{} twice", advice.id());
            for texts in [advice.reasons(), advice.resolutions()] {
                assert!(texts.len() > 0 && texts.clone().all(|text| !text.is_empty()), "{}", advice.id());
            }
            assert!(advice.sources().count() >= 1, "{}", advice.id());
            assert!(
                advice.endpoints().all(|url| url.starts_with("https://") || url.starts_with("http://")),
                "{}",
                advice.id()
            );
            assert!(advice.links().all(|link| link.url().starts_with("http") && !link.title().is_empty()));
            assert!(advice.events().all(|event| !event.channel().is_empty() && !event.meaning().is_empty()));
        }
    }
}

#[test]
fn every_scenario_has_a_guide_and_every_advice_a_section() {
    let mut in_sections = BTreeSet::new();
    // Guides of the large catalogue, which a build without it lacks.
    let large =
        [Scenario::WindowsLogon, Scenario::WindowsUpdate, Scenario::SoftwareInstallation, Scenario::SecureConnection];
    for &scenario in Scenario::ALL {
        let Some(guide) = Guide::of(scenario) else {
            assert!(cfg!(not(feature = "sdk")) && large.contains(&scenario), "{scenario} has no guide");
            continue;
        };
        assert_eq!(guide.scenario(), scenario);
        let mut ids = BTreeSet::new();
        for section in guide.sections() {
            assert!(ids.insert(section.id()), "{scenario}: {} twice", section.id());
            assert!(!section.title().is_empty());
            assert!(section.sources().count() >= 1, "{}", section.id());
            let says = section.reasons().len() + section.steps().len() + section.entries().len();
            assert!(says + section.endpoints().len() > 0, "{} says nothing", section.id());
            for entry in section.entries() {
                in_sections.insert((entry.id().to_string(), scenario, section.phase()));
            }
        }
    }
    let left_out = if cfg!(feature = "sdk") { 0 } else { large.len() };
    assert_eq!(Guide::all().count(), Scenario::ALL.len() - left_out);
    for entry in entries() {
        for advice in entry.advice() {
            let key = (entry.id().to_string(), advice.scenario(), advice.phase());
            assert!(in_sections.contains(&key), "{} stands in no section", advice.id());
        }
    }
}

/// The families and ranges in which every code says what it means, and the few that nobody explains.
#[test]
#[cfg(feature = "sdk")]
fn the_codes_that_people_meet_say_what_they_mean() {
    let unexplained = [
        "hresult:0x800F082D",
        "hresult:0x800F0903",
        "hresult:0x8009036C",
        "winhttp:12189",
        "winhttp:12191",
        "winhttp:12193",
        "wininet:12061",
        "wininet:12191",
        "win32:598",
        "win32:640",
        "win32:808",
        "win32:819",
    ];
    let is_met = |code: Code| match (code.family(), code.value()) {
        (Family::Win32, 0..=1999 | 10_000..=11_999) => true,
        (Family::Hresult, value) => {
            let high = value >> 16;
            let families =
                [0x801C, 0x8018, 0x8019, 0x8024, 0x8020, 0x800F, 0x8009, 0x800B, 0x8010, 0x8028, 0x8029, 0x8A15];
            families.contains(&high) || (0xCAA1..=0xCAAA).contains(&high) || high == 0xC190 || high == 0x80D0
        }
        (Family::NtStatus, value) => value >> 16 == 0xC004 || (0xC000_0001..=0xC000_01FF).contains(&value),
        (family, _) => {
            [Family::WinHttp, Family::WinInet, Family::Kerberos, Family::Ldap, Family::Http, Family::TlsAlert]
                .contains(&family)
        }
    };
    let silent: BTreeSet<String> = entries()
        .filter(|entry| is_met(entry.code()) && entry.summary().is_none())
        .map(|entry| entry.id().to_string())
        .collect();
    assert_eq!(silent, unexplained.iter().map(ToString::to_string).collect());

    let summaries = entries().filter(|entry| entry.summary().is_some()).count();
    let aadsts = entries_of(Family::Aadsts).filter(|entry| entry.summary().is_some()).count();
    let advised = entries().filter(|entry| entry.advice().len() > 0).count();
    let with_who = entries().flat_map(Entry::advice).filter(|advice| advice.who().is_some()).count();
    println!(
        "{summaries} summaries ({aadsts} of AADSTS), {advised} codes with advice, {with_who} times with who can mend it"
    );
    assert!(summaries >= 4_000 && aadsts >= 300 && advised >= 400 && with_who >= 400);
}
