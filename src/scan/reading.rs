//! What a number may be, once it is known what the words beside it say.

use super::context::Context;
use crate::catalog::{Entry, lookup};
use crate::code::Code;
use crate::explain::{Candidate, Why, wide_families};
use crate::vocabulary::{Confidence, Family, Severity};
use crate::wrap::inside;

/// What a number is read as.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    pub(super) code: Code,
    pub(super) entry: Option<Entry>,
    pub(super) confidence: Confidence,
}

impl Reading {
    /// A code that is known, or that carries a known one.
    pub(super) fn of(code: Code) -> Option<Self> {
        match lookup(code) {
            Some(entry) => Some(Self { code, entry: Some(entry), confidence: Confidence::Exact }),
            None => carrier(code).map(|_| Self { code, entry: None, confidence: Confidence::Derived }),
        }
    }
}

/// The best reading of a number: a row first, then a code that carries a known one.
pub(super) fn resolve(value: u32, context: Option<Context>) -> Option<Reading> {
    if context.is_some_and(|context| value < context.from()) {
        return None;
    }
    let row = readings(value, context).find_map(|code| lookup(code).map(|entry| (code, entry)));
    if let Some((code, entry)) = row {
        let reading = Reading { code, entry: Some(entry), confidence: Confidence::Exact };
        return Some(reading).filter(|_| is_failure(entry));
    }
    let code = readings(value, context).find(|&code| carrier(code).is_some())?;
    Some(Reading { code, entry: None, confidence: Confidence::Derived })
}

/// Whether a code is worth a report: success of an HRESULT or an NTSTATUS, but for 0, tells something too.
pub(super) fn is_failure(entry: Entry) -> bool {
    match entry.family() {
        Family::Hresult | Family::NtStatus => entry.code().value() != 0,
        _ => matches!(entry.severity(), Severity::Warning | Severity::Error),
    }
}

/// A code without a row that carries a known one.
pub(super) fn carrier(code: Code) -> Option<Candidate> {
    let (wrapper, _) = inside(code)?;
    let candidate = Candidate::new(code, None, Why::Carrier(wrapper), Confidence::Derived);
    Some(candidate).filter(Candidate::is_known)
}

/// What a number may be, the likeliest first: what the words say; and an HRESULT or an NTSTATUS if it is wide enough.
pub(super) fn readings(value: u32, context: Option<Context>) -> impl Iterator<Item = Code> + Clone {
    let is_wide = |family: Family| matches!(family, Family::Hresult | Family::NtStatus);
    let stated = context.into_iter().flat_map(Context::families);
    let rest = wide_families(value)
        .into_iter()
        .filter(move |&family| context.is_none_or(|c| c.families().all(|f| f != family)));
    let fits = move |family: &Family| value > 0xFFFF || !is_wide(*family);
    stated.chain(rest).filter(fits).map(move |family| Code::new(family, value))
}
