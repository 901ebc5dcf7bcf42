//! The C ABI of hexplain.
//!
//! The header `include/hexplain.h` is made of this file by cbindgen, comments and all; what stands at its head
//! (`cbindgen.toml`) are the rules of the boundary. `boundary` checks what comes in and goes out; here every function
//! says what it does, and the library does it.
#![allow(non_camel_case_types)]
#![allow(clippy::missing_safety_doc)] // The rules stand once, at the head of the header.

mod boundary;

use std::ffi::{c_char, c_void};

use boundary::{Buffer, Out, bytes, guarded, numbers, text};
use hexplain::dsregcmd::{Redactor, Time, captures, decode};
use hexplain::scan::{Located, Match, Scanner};
use hexplain::{
    Advice, Basis, Code, Confidence, Entry, Family, Guide, Hint, Hresult, NtStatus, Phase, Retry, Scenario, Severity,
    Who, explain_each, lookup_all, lookup_id, lookup_label, lookup_symbol, search,
};
use serde::Serialize;
use serde_json::to_writer;

pub use boundary::hexplain_str;

/// The version of this interface. It grows when a function, a status or a flag is added, and its hundreds when a function
/// or a struct changes.
pub const HEXPLAIN_ABI_VERSION: u32 = 100;
/// HRESULT. These are the families that people type; `hexplain_family_name` tells the others.
pub const HEXPLAIN_FAMILY_HRESULT: u32 = 0;
/// NTSTATUS.
pub const HEXPLAIN_FAMILY_NTSTATUS: u32 = 1;
/// Win32 errors.
pub const HEXPLAIN_FAMILY_WIN32: u32 = 2;
/// WinHTTP errors.
pub const HEXPLAIN_FAMILY_WINHTTP: u32 = 3;
/// WinINet errors.
pub const HEXPLAIN_FAMILY_WININET: u32 = 4;
/// AADSTS errors.
pub const HEXPLAIN_FAMILY_AADSTS: u32 = 5;
/// HTTP statuses.
pub const HEXPLAIN_FAMILY_HTTP: u32 = 6;
/// `severity` of a success.
pub const HEXPLAIN_SEVERITY_SUCCESS: u32 = 0;
/// `severity` of a piece of information.
pub const HEXPLAIN_SEVERITY_INFO: u32 = 1;
/// `severity` of a warning.
pub const HEXPLAIN_SEVERITY_WARNING: u32 = 2;
/// `severity` of an error.
pub const HEXPLAIN_SEVERITY_ERROR: u32 = 3;
/// `basis` of what a source states.
pub const HEXPLAIN_BASIS_DOCUMENTED: u32 = 0;
/// `basis` of what was concluded from sources.
pub const HEXPLAIN_BASIS_INFERRED: u32 = 1;
/// `basis` of what sources tell differently.
pub const HEXPLAIN_BASIS_DISPUTED: u32 = 2;
/// `retry` where nothing is said of trying again.
pub const HEXPLAIN_RETRY_UNSTATED: u32 = 0;
/// `retry` where trying again is of no use.
pub const HEXPLAIN_RETRY_NEVER: u32 = 1;
/// `retry` where trying again later may help.
pub const HEXPLAIN_RETRY_LATER: u32 = 2;
/// `retry` where it may help after `retry_seconds`.
pub const HEXPLAIN_RETRY_AFTER: u32 = 3;
/// `confidence` where the text names the code.
pub const HEXPLAIN_CONFIDENCE_EXACT: u32 = 0;
/// `confidence` where the code follows from what the text names.
pub const HEXPLAIN_CONFIDENCE_DERIVED: u32 = 1;
/// `confidence` of a guess.
pub const HEXPLAIN_CONFIDENCE_GUESS: u32 = 2;
/// In place of the `index` of a match whose code is no row of the catalogue.
pub const HEXPLAIN_NO_INDEX: u32 = u32::MAX;
/// In place of a time, for `hexplain_dsregcmd_json`: the times of the capture count.
pub const HEXPLAIN_NO_TIME: i64 = i64::MIN;
/// A flag of `hexplain_scan` and `hexplain_scan_json`: eight hexadecimal digits behind `0x` are reported even if nothing
/// is known of them.
pub const HEXPLAIN_SCAN_UNKNOWN: u32 = 1;
/// A flag of `hexplain_dsregcmd_json`: identities are replaced by pseudonyms.
pub const HEXPLAIN_DSREGCMD_REDACT: u32 = 1;

/// How a call ended. `hexplain_status_text` gives a sentence for each.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum hexplain_status {
    /// The result is there.
    HEXPLAIN_OK = 0,
    /// Nothing by this number, name or position is known.
    HEXPLAIN_NOT_FOUND = 1,
    /// A pointer is NULL that must not be.
    HEXPLAIN_NULL_POINTER = 2,
    /// A pointer is not aligned for what it leads to.
    HEXPLAIN_MISALIGNED_POINTER = 3,
    /// A length is larger than any object can be.
    HEXPLAIN_BAD_LENGTH = 4,
    /// The buffer is too small; the size it needs was told, and nothing was written to it.
    HEXPLAIN_BUFFER_TOO_SMALL = 5,
    /// There is no such family.
    HEXPLAIN_BAD_FAMILY = 6,
    /// There is no such scenario, flag, kind of text or time.
    HEXPLAIN_BAD_ARGUMENT = 7,
    /// The bytes hold no output of `dsregcmd /status`.
    HEXPLAIN_NO_CAPTURE = 8,
    /// A defect of the library: it panicked, and nothing was written.
    HEXPLAIN_PANIC = 9,
}

/// What each status means.
const STATUS_TEXTS: [(hexplain_status, &str); 10] = [
    (hexplain_status::HEXPLAIN_OK, "The result is there."),
    (hexplain_status::HEXPLAIN_NOT_FOUND, "Nothing by this number, name or position is known."),
    (hexplain_status::HEXPLAIN_NULL_POINTER, "A pointer is NULL; pass one that leads to what the function needs."),
    (
        hexplain_status::HEXPLAIN_MISALIGNED_POINTER,
        "A pointer is not aligned for what it leads to; pass the address of an object of that type.",
    ),
    (hexplain_status::HEXPLAIN_BAD_LENGTH, "A length is larger than any object can be; pass the number of bytes."),
    (hexplain_status::HEXPLAIN_BUFFER_TOO_SMALL, "The buffer is too small; pass one of the size that was told."),
    (hexplain_status::HEXPLAIN_BAD_FAMILY, "There is no such family; hexplain_family_count tells how many there are."),
    (
        hexplain_status::HEXPLAIN_BAD_ARGUMENT,
        "There is no such scenario, flag, kind of text or time; the header tells which there are.",
    ),
    (
        hexplain_status::HEXPLAIN_NO_CAPTURE,
        "The bytes hold no output of `dsregcmd /status`; make one with `dsregcmd /status > status.txt`.",
    ),
    (hexplain_status::HEXPLAIN_PANIC, "The library panicked, which is a defect of it; report it with the input."),
];

use hexplain_status::{HEXPLAIN_BAD_ARGUMENT, HEXPLAIN_BAD_FAMILY, HEXPLAIN_NO_CAPTURE, HEXPLAIN_NOT_FOUND};

/// A row of the catalogue.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct hexplain_entry {
    /// The family, as `hexplain_family_name` counts them.
    pub family: u32,
    /// The 32 bits of the code.
    pub value: u32,
    /// Its place among the entries of this code, from 0; the best known comes first.
    pub index: u32,
    /// A `HEXPLAIN_SEVERITY_`.
    pub severity: u32,
    /// A `HEXPLAIN_BASIS_`.
    pub basis: u32,
    /// How many aliases it has.
    pub alias_count: u32,
    /// How many advices it has.
    pub advice_count: u32,
    /// The symbol or label; no text where it has none.
    pub name: hexplain_str,
    /// What happened, in one sentence; no text where there is none.
    pub summary: hexplain_str,
    /// The slug of a condition, the log of an event; no text for others.
    pub context: hexplain_str,
}

/// What an entry means in a scenario and phase.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct hexplain_advice {
    /// The scenario, such as `hybrid-join`.
    pub scenario: hexplain_str,
    /// The phase, such as `join`; no text where it is of none.
    pub phase: hexplain_str,
    /// The versions it applies to; no text for all.
    pub applies_to: hexplain_str,
    /// Who can mend it, such as `device-admin`; no text where it is not said.
    pub who: hexplain_str,
    /// A `HEXPLAIN_RETRY_`.
    pub retry: u32,
    /// Seconds to wait, where `retry` is `HEXPLAIN_RETRY_AFTER`.
    pub retry_seconds: u32,
    /// How many reasons it has.
    pub reason_count: u32,
    /// How many resolutions it has.
    pub resolution_count: u32,
    /// How many endpoints it names.
    pub endpoint_count: u32,
}

/// The texts of an advice.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum hexplain_advice_text_kind {
    /// Why it happens.
    HEXPLAIN_REASON = 0,
    /// What to do.
    HEXPLAIN_RESOLUTION = 1,
    /// An address that must be reachable.
    HEXPLAIN_ENDPOINT = 2,
}

/// The bit fields of an HRESULT.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct hexplain_hresult_fields {
    /// Bit 31: 1 for failure.
    pub failure: u32,
    /// Bit 30, R.
    pub reserved: u32,
    /// Bit 29: 1 where a customer defined it.
    pub customer: u32,
    /// Bit 28: 1 where it is a mapped NTSTATUS.
    pub nt: u32,
    /// Bit 27, X.
    pub x: u32,
    /// Bits 16 to 26.
    pub facility: u32,
    /// Bits 0 to 15.
    pub code: u32,
    /// The name of the facility; no text where it has none.
    pub facility_name: hexplain_str,
}

/// The bit fields of an NTSTATUS.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct hexplain_ntstatus_fields {
    /// Bits 30 and 31, a `HEXPLAIN_SEVERITY_`.
    pub severity: u32,
    /// Bit 29: 1 where a customer defined it.
    pub customer: u32,
    /// Bit 28, N.
    pub nt: u32,
    /// Bits 16 to 27.
    pub facility: u32,
    /// Bits 0 to 15.
    pub code: u32,
    /// The name of the facility; no text where it has none.
    pub facility_name: hexplain_str,
}

/// A code in a text.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct hexplain_match {
    /// The first byte of it.
    pub start: usize,
    /// The byte behind it.
    pub end: usize,
    /// The family, as `hexplain_family_name` counts them.
    pub family: u32,
    /// The 32 bits of the code.
    pub value: u32,
    /// A `HEXPLAIN_CONFIDENCE_`.
    pub confidence: u32,
    /// The place of its entry, for `hexplain_lookup` and `hexplain_advice_of`, or `HEXPLAIN_NO_INDEX`: then
    /// `hexplain_wraps` tells what it carries.
    pub index: u32,
    /// The symbol or label; no text where its entry has none, or there is no entry.
    pub name: hexplain_str,
    /// What happened, in one sentence; no text where there is none.
    pub summary: hexplain_str,
}

/// Takes a match; anything but 0 ends the search.
// `C-unwind`, so that an exception of C++ ends the process in a way that is defined.
pub type hexplain_on_match =
    Option<unsafe extern "C-unwind" fn(found: *const hexplain_match, context: *mut c_void) -> i32>;

/// The version of the interface of the library that is linked or loaded, to compare with `HEXPLAIN_ABI_VERSION`: the
/// hundreds must be the same, and the library's number at least as large.
#[unsafe(no_mangle)]
pub extern "C" fn hexplain_abi_version() -> u32 {
    HEXPLAIN_ABI_VERSION
}

/// The version of the library, such as `0.1.0`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hexplain_version(out: *mut hexplain_str) -> hexplain_status {
    // SAFETY: the caller vouches for it.
    let out = unsafe { Out::new(out) };
    put(out, || Ok(env!("CARGO_PKG_VERSION").into()))
}

/// The version of the data, such as `2026.11.26`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hexplain_data_version(out: *mut hexplain_str) -> hexplain_status {
    // SAFETY: the caller vouches for it.
    let out = unsafe { Out::new(out) };
    put(out, || Ok(hexplain::DATA_VERSION.into()))
}

/// What a status means, in one sentence.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hexplain_status_text(status: i32, out: *mut hexplain_str) -> hexplain_status {
    // SAFETY: the caller vouches for it.
    let out = unsafe { Out::new(out) };
    put(out, || {
        let known = STATUS_TEXTS.iter().find(|&&(known, _)| known as i32 == status);
        Ok(known.ok_or(HEXPLAIN_NOT_FOUND)?.1.into())
    })
}

/// How many families there are. They are counted from 0, and a release may add some.
#[unsafe(no_mangle)]
pub extern "C" fn hexplain_family_count() -> u32 {
    Family::ALL.len() as u32
}

/// The name of a family: `hresult` for 0, `ntstatus` for 1, `win32` for 2 and so on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hexplain_family_name(family: u32, out: *mut hexplain_str) -> hexplain_status {
    // SAFETY: the caller vouches for it.
    let out = unsafe { Out::new(out) };
    put(out, || Ok(family_of(family)?.as_str().into()))
}

/// The family with a name, in any case; HEXPLAIN_BAD_FAMILY where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hexplain_family_from_name(name: *const c_char, len: usize, out: *mut u32) -> hexplain_status {
    // SAFETY: the caller vouches for it.
    let out = unsafe { Out::new(out) };
    put(out, || {
        // SAFETY: the caller vouches for it.
        let name = unsafe { text(name, len) }?;
        name.parse::<Family>().map(|family| family as u32).map_err(|_| HEXPLAIN_BAD_FAMILY)
    })
}

/// The entry of a code: the `index`th of those that it has, from 0. A code that is known only by what it carries, such as
/// the HRESULT of a Win32 error, has none; see `hexplain_wraps`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hexplain_lookup(
    family: u32,
    value: u32,
    index: u32,
    out: *mut hexplain_entry,
) -> hexplain_status {
    // SAFETY: the caller vouches for it.
    let out = unsafe { Out::new(out) };
    put(out, || Ok(row_at(entry_of(family, value, index)?, index)))
}

/// The symbol or label of a code, which is that of its best known entry; no text where it has none. The fastest look-up.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hexplain_name(family: u32, value: u32, out: *mut hexplain_str) -> hexplain_status {
    // SAFETY: the caller vouches for it.
    let out = unsafe { Out::new(out) };
    put(out, || Ok(entry_of(family, value, 0)?.name().into()))
}

/// What a code carries, counted from 0, such as the Win32 error in an HRESULT that begins with 8007; those may carry
/// others.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hexplain_wraps(
    family: u32,
    value: u32,
    position: u32,
    out: *mut hexplain_entry,
) -> hexplain_status {
    // SAFETY: the caller vouches for it.
    let out = unsafe { Out::new(out) };
    put(out, || {
        let code = Code::new(family_of(family)?, value);
        let entry = code.wraps().filter_map(|inside| inside.entry()).nth(position as usize);
        Ok(row(entry.ok_or(HEXPLAIN_NOT_FOUND)?))
    })
}

/// The entry of an id, as JSON has it: `hresult:0x801C03F2`, `aadsts:AADSTS50126`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hexplain_lookup_id(
    id: *const c_char,
    len: usize,
    out: *mut hexplain_entry,
) -> hexplain_status {
    // SAFETY: the caller vouches for it.
    let out = unsafe { Out::new(out) };
    put(out, || {
        // SAFETY: the caller vouches for it.
        let id = unsafe { text(id, len) }?;
        Ok(row(lookup_id(&id).ok_or(HEXPLAIN_NOT_FOUND)?))
    })
}

/// The entry of a condition, by its label or slug in any case and with any blanks, such as `AzureRoleMissing` or
/// `AADDS001`: the `index`th of those that it means, from 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hexplain_lookup_label(
    label: *const c_char,
    len: usize,
    index: u32,
    out: *mut hexplain_entry,
) -> hexplain_status {
    // SAFETY: the caller vouches for it.
    let out = unsafe { Out::new(out) };
    put(out, || {
        // SAFETY: the caller vouches for it.
        let label = unsafe { text(label, len) }?;
        Ok(row(lookup_label(&label).nth(index as usize).ok_or(HEXPLAIN_NOT_FOUND)?))
    })
}

/// The entry of a symbol, in any case: the `index`th of those that it has had, from 0. Other spellings are for
/// `hexplain_explain_json`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hexplain_lookup_symbol(
    symbol: *const c_char,
    len: usize,
    index: u32,
    out: *mut hexplain_entry,
) -> hexplain_status {
    // SAFETY: the caller vouches for it.
    let out = unsafe { Out::new(out) };
    put(out, || {
        // SAFETY: the caller vouches for it.
        let symbol = unsafe { text(symbol, len) }?;
        let entry = lookup_symbol(&symbol).nth(index as usize).ok_or(HEXPLAIN_NOT_FOUND)?;
        Ok(row(entry))
    })
}

/// A further name of an entry, counted from 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hexplain_alias(
    family: u32,
    value: u32,
    index: u32,
    alias: u32,
    out: *mut hexplain_str,
) -> hexplain_status {
    // SAFETY: the caller vouches for it.
    let out = unsafe { Out::new(out) };
    put(out, || {
        let alias = entry_of(family, value, index)?.aliases().nth(alias as usize);
        Ok(alias.ok_or(HEXPLAIN_NOT_FOUND)?.into())
    })
}

/// What an entry means in a scenario and phase, counted from 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hexplain_advice_of(
    family: u32,
    value: u32,
    index: u32,
    advice: u32,
    out: *mut hexplain_advice,
) -> hexplain_status {
    // SAFETY: the caller vouches for it.
    let out = unsafe { Out::new(out) };
    put(out, || {
        let advice = advice_of(family, value, index, advice)?;
        let (retry, retry_seconds) = match advice.retry() {
            Retry::Never => (HEXPLAIN_RETRY_NEVER, 0),
            Retry::Later => (HEXPLAIN_RETRY_LATER, 0),
            Retry::After { seconds } => (HEXPLAIN_RETRY_AFTER, seconds),
            _ => (HEXPLAIN_RETRY_UNSTATED, 0),
        };
        Ok(hexplain_advice {
            scenario: advice.scenario().as_str().into(),
            phase: advice.phase().map(Phase::as_str).into(),
            applies_to: advice.applies_to().into(),
            who: advice.who().map(Who::as_str).into(),
            retry,
            retry_seconds,
            reason_count: advice.reasons().len() as u32,
            resolution_count: advice.resolutions().len() as u32,
            endpoint_count: advice.endpoints().len() as u32,
        })
    })
}

/// A text of an advice: a reason, a resolution or an endpoint, counted from 0. `kind` is a `hexplain_advice_text_kind`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hexplain_advice_text(
    family: u32,
    value: u32,
    index: u32,
    advice: u32,
    kind: i32,
    position: u32,
    out: *mut hexplain_str,
) -> hexplain_status {
    // SAFETY: the caller vouches for it.
    let out = unsafe { Out::new(out) };
    put(out, || {
        let advice = advice_of(family, value, index, advice)?;
        let mut texts = match kind {
            0 => advice.reasons(),
            1 => advice.resolutions(),
            2 => advice.endpoints(),
            _ => return Err(HEXPLAIN_BAD_ARGUMENT),
        };
        Ok(texts.nth(position as usize).ok_or(HEXPLAIN_NOT_FOUND)?.into())
    })
}

/// The bit fields of a number as an HRESULT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hexplain_fields_of_hresult(value: u32, out: *mut hexplain_hresult_fields) -> hexplain_status {
    // SAFETY: the caller vouches for it.
    let out = unsafe { Out::new(out) };
    put(out, || {
        let fields = Hresult(value).fields();
        Ok(hexplain_hresult_fields {
            failure: fields.failure.into(),
            reserved: fields.reserved.into(),
            customer: fields.customer.into(),
            nt: fields.nt.into(),
            x: fields.x.into(),
            facility: fields.facility.into(),
            code: fields.code.into(),
            facility_name: fields.facility_name().into(),
        })
    })
}

/// The bit fields of a number as an NTSTATUS.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hexplain_fields_of_ntstatus(
    value: u32,
    out: *mut hexplain_ntstatus_fields,
) -> hexplain_status {
    // SAFETY: the caller vouches for it.
    let out = unsafe { Out::new(out) };
    put(out, || {
        let fields = NtStatus(value).fields();
        Ok(hexplain_ntstatus_fields {
            severity: severity(fields.severity),
            customer: fields.customer.into(),
            nt: fields.nt.into(),
            facility: fields.facility.into(),
            code: fields.code.into(),
            facility_name: fields.facility_name().into(),
        })
    })
}

/// Explains an input, as `hexplain --json` does: one object a line, several where the input holds several codes.
/// `families` limits the reading to `family_count` families; without any, all count.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hexplain_explain_json(
    input: *const c_char,
    len: usize,
    families: *const u32,
    family_count: usize,
    buffer: *mut c_char,
    capacity: usize,
    needed: *mut usize,
) -> hexplain_status {
    // SAFETY: the caller vouches for it.
    let buffer = unsafe { Buffer::new(buffer, capacity, needed) };
    lines(buffer, |out| {
        // SAFETY: the caller vouches for both.
        let (input, families) = unsafe { (text(input, len)?, families_of(families, family_count)?) };
        explain_each(&input, Hint::families(&families)).for_each(|explanation| line(out, &explanation));
        Ok(())
    })
}

/// The entries whose texts hold all the words, best first, at most `limit`: a candidate a line, none for no word.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hexplain_search_json(
    words: *const c_char,
    len: usize,
    families: *const u32,
    family_count: usize,
    limit: usize,
    buffer: *mut c_char,
    capacity: usize,
    needed: *mut usize,
) -> hexplain_status {
    // SAFETY: the caller vouches for it.
    let buffer = unsafe { Buffer::new(buffer, capacity, needed) };
    lines(buffer, |out| {
        // SAFETY: the caller vouches for both.
        let (words, families) = unsafe { (text(words, len)?, families_of(families, family_count)?) };
        search(&words, Hint::families(&families)).iter().take(limit).for_each(|found| line(out, found));
        Ok(())
    })
}

/// The guide of a scenario as one object, such as that of `hybrid-join` or `windows-update`; of all scenarios for an
/// empty name, one a line.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hexplain_guide_json(
    scenario: *const c_char,
    len: usize,
    buffer: *mut c_char,
    capacity: usize,
    needed: *mut usize,
) -> hexplain_status {
    // SAFETY: the caller vouches for it.
    let buffer = unsafe { Buffer::new(buffer, capacity, needed) };
    lines(buffer, |out| {
        // SAFETY: the caller vouches for it.
        let name = unsafe { text(scenario, len) }?;
        if name.is_empty() {
            Guide::all().for_each(|guide| line(out, &guide));
            return Ok(());
        }
        let scenario = name.parse::<Scenario>().map_err(|_| HEXPLAIN_BAD_ARGUMENT)?;
        line(out, &Guide::of(scenario).ok_or(HEXPLAIN_NOT_FOUND)?);
        Ok(())
    })
}

/// Finds the codes in a text, in UTF-8 or another encoding that has ASCII in it as bytes (UTF-16 has not: convert it
/// first), and hands each to `on_match` with `context`, which may be NULL. `flags` are 0 or `HEXPLAIN_SCAN_UNKNOWN`. If
/// `on_match` ends the search, HEXPLAIN_OK is returned all the same. The match is gone when `on_match` returns; its texts
/// stay. `on_match` may call any function, and must not leave by a long jump; an exception out of it ends the process.
/// Nothing is allocated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hexplain_scan(
    text: *const c_char,
    len: usize,
    flags: u32,
    on_match: hexplain_on_match,
    context: *mut c_void,
) -> hexplain_status {
    guarded(|| {
        let on_match = on_match.ok_or(hexplain_status::HEXPLAIN_NULL_POINTER)?;
        // SAFETY: the caller vouches for it.
        let text = unsafe { bytes(text, len) }?;
        for found in scanner(flags)?.scan(text) {
            let found = match_of(&found);
            // SAFETY: the caller vouches for the function, and the match lives as long as the call.
            if unsafe { on_match(&raw const found, context) } != 0 {
                break;
            }
        }
        Ok(())
    })
}

/// Finds the codes in a text of such an encoding: a match a line, as `hexplain scan --json` has it. A mark of byte order
/// at the beginning counts as a character. The JSON may take twenty times the text; `hexplain_scan` gathers nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hexplain_scan_json(
    text: *const c_char,
    len: usize,
    flags: u32,
    buffer: *mut c_char,
    capacity: usize,
    needed: *mut usize,
) -> hexplain_status {
    // SAFETY: the caller vouches for it.
    let buffer = unsafe { Buffer::new(buffer, capacity, needed) };
    lines(buffer, |out| {
        // SAFETY: the caller vouches for it.
        let text = unsafe { bytes(text, len) }?;
        // The place of the byte up to which lines and characters are counted.
        let (mut number, mut column, mut seen) = (1, 1, 0);
        for found in scanner(flags)?.scan(text) {
            let range = found.range();
            let between = &text[seen..range.start];
            number += between.split(|&byte| byte == b'\n').count() as u64 - 1;
            let of_line = match between.iter().rposition(|&byte| byte == b'\n') {
                Some(end) => {
                    column = 1;
                    &between[end + 1..]
                }
                None => between,
            };
            column += String::from_utf8_lossy(of_line).chars().count() as u64;
            seen = range.start;
            let (text, offset) = (String::from_utf8_lossy(&text[range]), found.start());
            line(out, &Located { path: "-", line: number, column, offset, text: &text, field: None, found });
        }
        Ok(())
    })
}

/// Diagnoses the output of `dsregcmd /status`, in UTF-8 or UTF-16, as `hexplain dsregcmd --json` does: a capture a line.
/// Ages count for `now`, in seconds since 1970 began (in the years 1 to 9999, or it is HEXPLAIN_BAD_ARGUMENT), or for the
/// capture's own times if it is `HEXPLAIN_NO_TIME`. `flags` are 0 or `HEXPLAIN_DSREGCMD_REDACT`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hexplain_dsregcmd_json(
    status: *const c_char,
    len: usize,
    now: i64,
    flags: u32,
    buffer: *mut c_char,
    capacity: usize,
    needed: *mut usize,
) -> hexplain_status {
    // SAFETY: the caller vouches for it.
    let buffer = unsafe { Buffer::new(buffer, capacity, needed) };
    lines(buffer, |out| {
        if flags & !HEXPLAIN_DSREGCMD_REDACT != 0 {
            return Err(HEXPLAIN_BAD_ARGUMENT);
        }
        let now = match now {
            HEXPLAIN_NO_TIME => None,
            seconds => Some(Time::from_unix_seconds(seconds).ok_or(HEXPLAIN_BAD_ARGUMENT)?),
        };
        // SAFETY: the caller vouches for it.
        let status = unsafe { bytes(status, len) }?;
        let text = decode(status).map_err(|_| HEXPLAIN_NO_CAPTURE)?;
        let mut captures = captures(&text).map_err(|_| HEXPLAIN_NO_CAPTURE)?;
        if flags & HEXPLAIN_DSREGCMD_REDACT != 0 {
            Redactor::default().redact(&mut captures);
        }
        for capture in &captures {
            line(out, &capture.diagnose(now).located("-"));
        }
        Ok(())
    })
}

/// Panics, to prove that the status is told.
#[cfg(feature = "panic-test")]
#[allow(clippy::missing_panics_doc)] // It leaves by a status.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hexplain_test_panic(out: *mut u32) -> hexplain_status {
    // SAFETY: the caller vouches for it.
    let out = unsafe { Out::new(out) };
    put(out, || panic!("a test asked for it"))
}

/// Makes a result and writes it, if it can be written and made.
#[inline]
fn put<T>(out: Out<T>, make: impl FnOnce() -> Result<T, hexplain_status>) -> hexplain_status {
    guarded(|| {
        out.check()?;
        out.write(make()?)
    })
}

/// Makes lines of JSON and copies them into a buffer, if it can be written and is large enough.
fn lines(buffer: Buffer, make: impl FnOnce(&mut Vec<u8>) -> Result<(), hexplain_status>) -> hexplain_status {
    guarded(|| {
        buffer.check()?;
        let mut out = Vec::with_capacity(4096);
        make(&mut out)?;
        buffer.fill(&out)
    })
}

/// Adds an object, and the end of its line.
fn line(out: &mut Vec<u8>, value: &impl Serialize) {
    to_writer(&mut *out, value).expect("a vector takes whatever is written");
    out.push(b'\n');
}

#[inline]
fn family_of(family: u32) -> Result<Family, hexplain_status> {
    Family::ALL.get(family as usize).copied().ok_or(HEXPLAIN_BAD_FAMILY)
}

/// # Safety
///
/// As for [`numbers`].
unsafe fn families_of(families: *const u32, count: usize) -> Result<Vec<Family>, hexplain_status> {
    // SAFETY: the caller vouches for it.
    unsafe { numbers(families, count) }?.iter().map(|&family| family_of(family)).collect()
}

#[inline]
fn entry_of(family: u32, value: u32, index: u32) -> Result<Entry, hexplain_status> {
    let code = Code::new(family_of(family)?, value);
    match index {
        // What a hot loop asks for.
        0 => code.entry(),
        _ => lookup_all(code).nth(index as usize),
    }
    .ok_or(HEXPLAIN_NOT_FOUND)
}

fn advice_of(family: u32, value: u32, index: u32, advice: u32) -> Result<Advice, hexplain_status> {
    entry_of(family, value, index)?.advice().nth(advice as usize).ok_or(HEXPLAIN_NOT_FOUND)
}

/// The place of an entry among those of its code.
fn place(entry: Entry) -> u32 {
    lookup_all(entry.code()).take_while(|other| *other != entry).count() as u32
}

fn row(entry: Entry) -> hexplain_entry {
    row_at(entry, place(entry))
}

fn row_at(entry: Entry, index: u32) -> hexplain_entry {
    hexplain_entry {
        family: entry.family() as u32,
        value: entry.code().value(),
        index,
        severity: severity(entry.severity()),
        basis: match entry.basis() {
            Basis::Documented => HEXPLAIN_BASIS_DOCUMENTED,
            Basis::Inferred => HEXPLAIN_BASIS_INFERRED,
            _ => HEXPLAIN_BASIS_DISPUTED,
        },
        alias_count: entry.aliases().count() as u32,
        advice_count: entry.advice().len() as u32,
        name: entry.name().into(),
        summary: entry.summary().into(),
        context: entry.context().into(),
    }
}

fn severity(severity: Severity) -> u32 {
    match severity {
        Severity::Success => HEXPLAIN_SEVERITY_SUCCESS,
        Severity::Info => HEXPLAIN_SEVERITY_INFO,
        Severity::Warning => HEXPLAIN_SEVERITY_WARNING,
        _ => HEXPLAIN_SEVERITY_ERROR,
    }
}

fn scanner(flags: u32) -> Result<Scanner, hexplain_status> {
    #[cfg(feature = "panic-test")]
    assert_ne!(flags, 1 << 30, "a test asked for it");
    if flags & !HEXPLAIN_SCAN_UNKNOWN != 0 {
        return Err(HEXPLAIN_BAD_ARGUMENT);
    }
    Ok(Scanner::new().unknown(flags & HEXPLAIN_SCAN_UNKNOWN != 0))
}

fn match_of(found: &Match) -> hexplain_match {
    hexplain_match {
        start: found.range().start,
        end: found.range().end,
        family: found.code().family() as u32,
        value: found.code().value(),
        confidence: match found.confidence() {
            Confidence::Exact => HEXPLAIN_CONFIDENCE_EXACT,
            Confidence::Derived => HEXPLAIN_CONFIDENCE_DERIVED,
            _ => HEXPLAIN_CONFIDENCE_GUESS,
        },
        index: found.entry().map_or(HEXPLAIN_NO_INDEX, place),
        name: found.entry().and_then(Entry::name).into(),
        summary: found.entry().and_then(Entry::summary).into(),
    }
}
