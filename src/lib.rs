//! Explains Windows and Microsoft Entra error codes: HRESULT, NTSTATUS, Win32, WinHTTP and WinINet, AADSTS, ADAL,
//! DSREG and more.
//!
//! A failure reaches a person as a number: `0x801c03f2`, `-2145647630`, `AADSTS50126`, `12007`. hexplain tells what
//! the number is called, in which phase of which process it arises, why, and what to do about it; offline, on any
//! platform, from tables that people edit as Markdown. A look-up takes about two nanoseconds and allocates nothing.
//!
//! # Example
//!
//! ```
//! use hexplain::{Hresult, explain};
//!
//! // A code whose family is known.
//! let entry = Hresult(0x801C_03F2).entry().expect("it is in the catalogue");
//! assert_eq!(entry.name(), Some("DSREG_E_DIRECTORY_FAILURE"));
//! for advice in entry.advice() {
//!     println!("{} {:?}: {:?} {:?}", advice.scenario(), advice.phase(), advice.reasons(), advice.resolutions());
//! }
//!
//! // Whatever a person pasted.
//! for candidate in explain("-2145647630").candidates() {
//!     println!("{}: {}", candidate.code(), candidate.why());
//! }
//! ```
//!
//! # Overview
//!
//! * **Codes.** A [`Code`] is a [`Family`] and 32 bits. Seven families have an open newtype ([`Hresult`],
//!   [`NtStatus`], [`Win32Error`], [`WinHttpError`], [`WinInetError`], [`Aadsts`], [`HttpStatus`]) with the
//!   conversions of the Windows headers and the bit fields. An unknown code is a value, never an error.
//! * **The catalogue.** [`lookup`] finds the [`Entry`] of a code (in a `const` too), [`lookup_all`] its homonyms,
//!   [`lookup_symbol`] what a name stands for, [`lookup_label`] the failures that have a name and no number,
//!   [`lookup_id`] what a stable id names; [`entries`] and [`entries_of`] walk through it.
//! * **Advice.** [`Entry::advice`] tells what a code means in each scenario and phase: reasons, resolutions, and data
//!   to act on: when to try again, whom to reach, which events to read, where to read on.
//! * **Guides.** A [`Guide`] is a scenario from its requirements to the logs that support wants.
//! * **Explaining.** [`explain`] reads any text and gives all [`Candidate`]s, best first, each with the reason why it
//!   is read so, and with the codes inside it. [`explain_with`] takes a [`Hint`], [`explain_each`] splits
//!   `[0x801c0021/0x80072ee2]`.
//! * **Scanning.** [`scan`](mod@scan) finds the codes in any text, whole or in chunks, each with its place and the reason
//!   why it is one.
#![cfg_attr(feature = "alloc", doc = "* **Search.** [`search`] finds entries by the words of their names and texts.")]
//!
//! # Data
//!
//! The tables stand in `data/` as Markdown: what a number is called in `data/codes/`, what it means and what to do in
//! `data/guidance/`, with the public source of each row in `data/SOURCES.md`. The texts are our own. [`DATA_VERSION`]
//! and [`DATA_HASH`] tell which data a build carries. A release that changes data alone is no breaking change:
//! entries and texts may come and be corrected, families, scenarios and phases may grow (all these enums are
//! `#[non_exhaustive]`), but ids are stable: one may be deprecated, and none is ever reused.
//!
//! # Features
//!
//! * `sdk` (default): the large catalogue, every name of the Windows SDK and its neighbours, and the guides to Windows
//!   logon, Windows Update, installing and TLS. Without it remain the
//!   entries with advice and the AADSTS, DSREG, ADAL, CloudAP, WinHTTP, WinINet, HTTP, OAuth and condition names. The
//!   README has the cost of each in bytes.
//! * `alloc`: search, suggestions for misspelt names, and [`dsregcmd`].
//! * `std` (with `alloc`): `TryFrom<&std::io::Error>` for [`Win32Error`], which succeeds on Windows.
//! * `serde` (with `alloc`): `Serialize` for explanations, candidates, entries, advice and guides, as the JSON of the command line.
//!
//! Without features the crate is `no_std` and needs no allocator.
//!
//! # Limits
//!
//! Texts are English. Most entries are names alone; advice covers the scenarios of the guides. A code that a
//! component makes up for itself is unknown here, and [`explain`] then tells its bit fields and no meaning. Nothing
//! here asks the running system. The project is not affiliated with Microsoft.
#![no_std]
#![forbid(unsafe_code)]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod catalog;
mod code;
#[cfg(feature = "alloc")]
pub mod dsregcmd;
mod explain;
mod fields;
mod forms;
mod guidance;
mod guide;
mod hash;
mod ids;
pub mod scan;
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

pub use catalog::{Entry, EntryId, entries, entries_of, lookup, lookup_all, lookup_id, lookup_label, lookup_symbol};
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
pub use vocabulary::{Basis, Confidence, Family, JoinState, Phase, Scenario, SectionKind, Severity, UnknownWord, Who};
pub use wrap::{Win32Mapping, Wrapper};

/// The examples of the README run as tests.
#[cfg(all(doctest, feature = "alloc"))]
#[doc = include_str!("../README.md")]
struct Readme;
