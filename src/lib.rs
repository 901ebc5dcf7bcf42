//! Explains Windows and Microsoft Entra error codes.
#![no_std]
#![forbid(unsafe_code)]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod catalog;
mod code;
mod explain;
mod fields;
mod forms;
mod guidance;
mod guide;
mod hash;
mod ids;
#[cfg(feature = "alloc")]
mod search;
#[cfg(feature = "serde")]
mod serialize;
mod table;
mod vocabulary;
mod wrap;

/// What the build script wrote: data only.
#[rustfmt::skip]
#[allow(clippy::pedantic, clippy::unreadable_literal)]
mod generated {
    use crate::hash::Places;
    use crate::table::*;
    use crate::vocabulary::*;

    include!(concat!(env!("OUT_DIR"), "/tables.rs"));
}

/// The version of the data: the date of its release, `2026.11.21`. A release of data alone is no breaking change.
pub const DATA_VERSION: &str = generated::DATA_VERSION;

/// A hash of the data files: two builds with the same hash give the same answers.
pub const DATA_HASH: u64 = generated::DATA_HASH;

pub use catalog::{
    Entry, EntryId, entries, entries_of, lookup, lookup_all, lookup_id, lookup_label, lookup_symbol,
};
#[cfg(feature = "std")]
pub use code::NoWin32Error;
pub use code::{Aadsts, Code, Hresult, HttpStatus, NtStatus, Win32Error, WinHttpError, WinInetError};
pub use explain::{Candidate, Explanation, Hint, Why, explain, explain_each, explain_with};
pub use fields::{HresultFields, NtStatusFields};
pub use forms::ParseCodeError;
pub use guidance::{Advice, AdviceId, AdviceList, Event, EventList, Link, LinkList, Retry, Source, SourceList};
pub use guide::{Endpoint, Guide, Section};
#[cfg(feature = "alloc")]
pub use search::search;
pub use table::Strings;
pub use vocabulary::{
    Basis, Confidence, Family, Phase, Scenario, SectionKind, Severity, UnknownWord, Who,
};
pub use wrap::{Win32Mapping, Wrapper};
