//! The catalogue against an oracle that it was not made from: the headers of mingw-w64, as Debian packages them.
//!
//! The tables come from Microsoft's metadata and pages. mingw-w64 wrote its headers by itself, mostly from the public
//! protocol documents, so a slip on either side shows as a difference. Every error code that the headers define must be
//! found by its name, with its value, in the family that its definition says, and be explained by its number. What
//! differs is listed here, by name and with the reason; the test fails for a difference that is not listed, and for a
//! listed one that is none any more.
//!
//! The lists are those of mingw-w64 10.0.0 (`mingw-w64-common` of Debian 12). Where the headers are not installed the
//! test says so and passes. `HEXPLAIN_MINGW_HEADERS` names another folder to read them from.
#![cfg(feature = "sdk")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

use hexplain::{Confidence, Entry, Family, Hresult, Win32Error, explain, lookup_symbol};

const FOLDER: &str = "/usr/share/mingw-w64/include";

/// A header, what in it is an error code, and how many it defines at least.
struct Header {
    file: &'static str,
    is_code: fn(&str, u32) -> bool,
    family: fn(&Define, u32) -> Family,
    least: usize,
}

/// In this order: a header may use names of those before it.
const HEADERS: [Header; 6] = [
    // Facilities and severities are parts of codes. What begins with `_` guards the header.
    Header {
        file: "winerror.h",
        is_code: |name, _| !["FACILITY_", "SEVERITY_", "_"].iter().any(|prefix| name.starts_with(prefix)),
        // HRESULTs are cast, or too wide for a Win32 error; that goes for aliases too.
        family: |define, value| {
            if define.text.contains("HRESULT") || value > 0xFFFF { Family::Hresult } else { Family::Win32 }
        },
        least: 3_500,
    },
    Header {
        file: "ntstatus.h",
        is_code: |name, _| !["FACILITY_", "STATUS_SEVERITY_", "_"].iter().any(|prefix| name.starts_with(prefix)),
        family: |_, _| Family::NtStatus,
        least: 1_780,
    },
    // Here options, flags and states are most; the errors are the constants with this word and these numbers.
    Header { file: "wininet.h", is_code: is_internet_error, family: |_, _| Family::WinInet, least: 90 },
    Header { file: "winhttp.h", is_code: is_internet_error, family: |_, _| Family::WinHttp, least: 45 },
    Header { file: "lmerr.h", is_code: |name, _| name.contains("NERR"), family: |_, _| Family::Win32, least: 300 },
    Header {
        file: "wuerror.h",
        is_code: |name, _| name.starts_with("WU_"),
        family: |_, _| Family::Hresult,
        least: 460,
    },
];

fn is_internet_error(name: &str, value: u32) -> bool {
    name.contains("ERROR") && (12_000..=12_999).contains(&value)
}

/// Names of the headers that the catalogue has not: the reason, then the names between blanks.
const ABSENT: [(&str, &str); 5] = [
    (
        "Bounds of ranges, no errors. (The catalogue has the bounds that Microsoft's metadata has, those of failures.)",
        "CACHE_S_FIRST CACHE_S_LAST CLASSFACTORY_S_FIRST CLASSFACTORY_S_LAST CLIENTSITE_S_FIRST CLIENTSITE_S_LAST
        CLIPBRD_S_FIRST CLIPBRD_S_LAST CONTEXT_S_FIRST CONTEXT_S_LAST CONVERT10_S_FIRST CONVERT10_S_LAST CO_S_FIRST
        CO_S_LAST DATA_S_FIRST DATA_S_LAST DRAGDROP_S_FIRST DRAGDROP_S_LAST ENUM_S_FIRST ENUM_S_LAST EVENT_S_FIRST
        EVENT_S_LAST INPLACE_S_FIRST INPLACE_S_LAST INTERNET_ERROR_BASE INTERNET_ERROR_LAST MARSHAL_S_FIRST
        MARSHAL_S_LAST MAX_NERR MK_S_FIRST MK_S_LAST OLEOBJ_S_FIRST OLEOBJ_S_LAST REGDB_S_FIRST REGDB_S_LAST
        VIEW_S_FIRST VIEW_S_LAST WINHTTP_ERROR_BASE WINHTTP_ERROR_LAST XACT_S_FIRST XACT_S_LAST",
    ),
    ("Further names of 0, which is success.", "NOERROR NTE_OP_OK TBS_SUCCESS"),
    (
        "Old numbers of names that the SDK writes as STATUS_GRAPHICS_ alone, at 0xC01E05E1 to 0xC01E05E8.",
        "STATUS_GRAPHICS_OPM_INVALID_POINTER STATUS_GRAPHICS_OPM_PARAMETER_ARRAY_TOO_SMALL
        STATUS_GRAPHICS_OPM_SESSION_TYPE_CHANGE_IN_PROGRESS STATUS_GRAPHICS_PVP_DISPLAY_DEVICE_NOT_ATTACHED_TO_DESKTOP
        STATUS_GRAPHICS_PVP_MIRRORING_DEVICES_NOT_SUPPORTED STATUS_GRAPHICS_PVP_NO_DISPLAY_DEVICE_CORRESPONDS_TO_NAME
        STATUS_GRAPHICS_PVP_NO_MONITORS_CORRESPOND_TO_DISPLAY_DEVICE",
    ),
    (
        "Old names of numbers that the SDK calls otherwise: STATUS_FVE_BAD_PARTITION_SIZE, TBS_E_PROVISIONING_INCOMPLETE.",
        "STATUS_FVE_FAILED_BAD_FS STATUS_FWP_INCOMPATIBLE_AUTH_CONFIG STATUS_FWP_INCOMPATIBLE_CIPHER_CONFIG
        STATUS_FWP_TOO_MANY_BOOTTIME_FILTERS TBS_E_DEACTIVATED",
    ),
    ("The SDK has the spelling WSA_QOS_EUNKOWNPSOBJ alone.", "WSA_QOS_EUNKNOWNPSOBJ"),
];

/// Names with another value in the catalogue: header, then catalogue, which follows the SDK.
const DIFFERENT: [(&str, u32, u32); 3] = [
    ("STATUS_GRAPHICS_DRIVER_MISMATCH", 0x401E_0117, 0xC01E_0009),
    ("STATUS_PKU2U_CERT_FAILURE", 0xC000_042E, 0xC000_042F),
    // A bound that moves as codes are added.
    ("XACT_E_LAST", 0x8004_D029, 0x8004_D02B),
];

/// A `#define` of a constant.
struct Define {
    name: String,
    text: String,
}

/// The constants of a header: one line each, without parameters.
fn defines(header: &str) -> Vec<Define> {
    let constant = |line: &str| {
        let define = line.trim_start().strip_prefix('#')?.trim_start().strip_prefix("define")?.trim();
        let (name, text) = define.split_once(char::is_whitespace)?;
        let text = text.split("/*").next()?.split("//").next()?.trim();
        (!name.contains('(') && !text.is_empty()).then(|| Define { name: name.to_owned(), text: text.to_owned() })
    };
    header.lines().filter_map(constant).collect()
}

/// The value of a definition: a number or a name, or a sum of such, within casts and brackets; `None` for all else.
fn value(text: &str, known: &BTreeMap<String, u32>) -> Option<u32> {
    const WRAPPERS: [&str; 6] =
        ["HRESULT", "NTSTATUS", "DWORD", "_HRESULT_TYPEDEF_", "_NDIS_ERROR_TYPEDEF_", "__MSABI_LONG"];
    if let Some(error) = text.strip_prefix("HRESULT_FROM_WIN32") {
        return Some(Hresult::from_win32(Win32Error(value(error, known)?)).0);
    }
    let words = text.split(|c: char| c.is_whitespace() || "()+".contains(c));
    let words = words.filter(|word| !word.is_empty() && !WRAPPERS.contains(word));
    words.map(|word| number(word).or_else(|| known.get(word).copied())).reduce(|a, b| Some(a?.wrapping_add(b?)))?
}

fn number(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(['l', 'L', 'u', 'U']);
    match digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => digits.parse().ok(),
    }
}

fn is_called(entry: Entry, name: &str) -> bool {
    entry.name().into_iter().chain(entry.aliases()).any(|known| known.eq_ignore_ascii_case(name))
}

/// The forms in which people write a code of the family.
fn forms(family: Family, value: u32) -> Vec<String> {
    match family {
        Family::Hresult | Family::NtStatus => vec![format!("0x{value:08x}"), (value as i32).to_string()],
        _ => vec![value.to_string()],
    }
}

fn folder() -> Option<PathBuf> {
    let folder = env::var_os("HEXPLAIN_MINGW_HEADERS").map_or_else(|| PathBuf::from(FOLDER), PathBuf::from);
    HEADERS.iter().all(|header| folder.join(header.file).is_file()).then_some(folder)
}

/// What the headers define, and how the catalogue differs.
#[derive(Default)]
struct Comparison {
    values: BTreeMap<String, u32>,
    absent: BTreeSet<String>,
    different: BTreeSet<(String, u32, u32)>,
}

impl Comparison {
    /// Looks up every code of a header; returns how many it has.
    fn add(&mut self, header: &Header, folder: &Path) -> usize {
        let bytes = fs::read(folder.join(header.file)).expect("the header can be read");
        let mut codes = BTreeSet::new();
        for define in defines(&String::from_utf8_lossy(&bytes)) {
            let Some(value) = value(&define.text, &self.values) else { continue };
            self.values.insert(define.name.clone(), value);
            if (header.is_code)(&define.name, value) {
                self.compare((header.family)(&define, value), &define.name, value);
                codes.insert(define.name);
            }
        }
        codes.len()
    }

    fn compare(&mut self, family: Family, name: &str, value: u32) {
        let found: Vec<Entry> = lookup_symbol(name).filter(|entry| entry.family() == family).collect();
        let Some(first) = found.first() else {
            self.absent.insert(name.to_owned());
            return;
        };
        let Some(&entry) = found.iter().find(|entry| entry.code().value() == value) else {
            self.different.insert((name.to_owned(), value, first.code().value()));
            return;
        };
        assert!(is_called(entry, name), "{name} gives {entry:?}");
        for input in forms(family, value) {
            let mut exact = explain(&input).candidates().filter(|c| c.confidence() == Confidence::Exact);
            assert!(exact.any(|c| c.entry() == Some(entry)), "{input} is not explained as {name}");
        }
    }
}

#[test]
fn every_code_of_the_headers_is_found_and_explained() {
    let Some(folder) = folder() else {
        println!("skipped: the headers of mingw-w64 are not here; to get them: apt-get install mingw-w64-common");
        return;
    };
    let mut headers = Comparison::default();
    for header in &HEADERS {
        let codes = headers.add(header, &folder);
        println!("{}: {codes} codes", header.file);
        assert!(codes >= header.least, "{} has {codes} codes; {} or more are expected", header.file, header.least);
    }
    let Comparison { values, absent, different } = headers;
    println!("{} absent from the catalogue, {} with another value", absent.len(), different.len());

    // What other headers do not define is no difference; their names come and go.
    let defined = |name: &str| values.contains_key(name);
    let listed = ABSENT.iter().flat_map(|(_, names)| names.split_whitespace()).filter(|name| defined(name));
    let listed: BTreeSet<String> = listed.map(str::to_owned).collect();
    let only = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.difference(b).cloned().collect::<Vec<_>>();
    assert_eq!(only(&absent, &listed), [""; 0], "in the headers, not in the catalogue, and not listed");
    assert_eq!(only(&listed, &absent), [""; 0], "listed as absent, and in the catalogue");
    let listed = DIFFERENT.iter().filter(|(name, ..)| defined(name));
    let listed: BTreeSet<_> = listed.map(|&(name, header, catalogue)| (name.to_owned(), header, catalogue)).collect();
    assert_eq!(different, listed, "name, value in the headers, value in the catalogue");
}

#[test]
fn no_difference_is_listed_twice() {
    let mut names = BTreeSet::new();
    let absent = ABSENT.iter().flat_map(|(_, names)| names.split_whitespace());
    assert!(absent.chain(DIFFERENT.iter().map(|&(name, ..)| name)).all(|name| names.insert(name)));
}
