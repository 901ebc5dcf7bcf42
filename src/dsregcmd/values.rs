//! The codes in a value, each read in the families of its field.

use alloc::vec::Vec;

use super::Field;
use crate::catalog::{Entry, entries_of, lookup_label};
use crate::explain::{Candidate, Hint, Why, explain_with};
use crate::generated::DSREGCMD;
use crate::scan::scan;
use crate::vocabulary::{Confidence, Family, FieldValue, Scenario, Severity};

impl Field<'_> {
    /// The error codes in its value. The field decides their family: `AD Connectivity Test : FAIL [0x54b]` is a Win32
    /// error, `Attempt Status : 0xc000006d` an NTSTATUS. What says that all is well, such as `0x0`, is none.
    ///
    /// ```
    /// let text = "AzureAdJoined : NO\nDomainJoined : YES\nAD Connectivity Test : FAIL [0x54b]";
    /// let captures = hexplain::dsregcmd::captures(text).unwrap();
    /// let codes = captures[0].field("AD Connectivity Test").unwrap().codes();
    /// assert_eq!(codes[0].entry().unwrap().name(), Some("ERROR_NO_SUCH_DOMAIN"));
    /// ```
    pub fn codes(&self) -> Vec<Candidate> {
        let Some(row) = self.id.map(|id| id.row()) else { return in_text(&self.value) };
        let families = DSREGCMD.texts.numbers(row.families).iter().filter_map(|&at| Family::ALL.get(usize::from(at)));
        match row.value {
            FieldValue::Code => {
                let is_status = families.clone().eq([&Family::Http]);
                numbers(&self.value, is_status).filter_map(|n| in_families(n, families.clone().copied())).collect()
            }
            FieldValue::Label => {
                // A label that several conditions share says less than the message, which tells them apart.
                let alone = |entry: &Entry| entry.messages().len() == 0 && !is_of_other_scenario(*entry);
                let labels = lookup_label(&self.value).filter(alone).map(|entry| known(entry, Why::Label));
                labels.chain(in_text(&self.value)).collect()
            }
            FieldValue::Message => {
                let said = entries_of(Family::Condition).filter(|entry| entry.matches_message(&self.value));
                said.map(|entry| known(entry, Why::Message)).chain(in_text(&self.value)).collect()
            }
            // Neither a name nor an address is a code.
            _ if row.identifies.is_some() => Vec::new(),
            FieldValue::Text | FieldValue::YesNo => in_text(&self.value),
            FieldValue::Time | FieldValue::Period | FieldValue::Opens => Vec::new(),
        }
    }
}

/// Whether a condition is one of Entra Connect, say, which has labels in common with sign-in.
fn is_of_other_scenario(entry: Entry) -> bool {
    let slug = entry.context().unwrap_or_default();
    let others = Scenario::ALL.iter().filter(|&&scenario| scenario != Scenario::HybridJoin);
    { others }.any(|scenario| slug.starts_with(scenario.as_str()))
}

fn known(entry: Entry, why: Why) -> Candidate {
    Candidate::new(entry.code(), Some(entry), why, Confidence::Exact)
}

/// The numbers of a value that may be codes: hexadecimal ones, or the value as a whole. What passed has none.
fn numbers(value: &str, is_status: bool) -> impl Iterator<Item = &str> {
    let is_sound = ["PASS", "SUCCESS", "YES"].iter().any(|word| value.starts_with(word));
    let words = value.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).filter(move |_| !is_sound);
    let is_number = move |word: &&str| {
        let is_hexadecimal = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit());
        let is_decimal = word.strip_prefix('-').unwrap_or(word).bytes().all(|b| b.is_ascii_digit());
        behind_prefix(word).is_some_and(is_hexadecimal)
            || word.len() == 8 && is_hexadecimal(word)
            || is_decimal && (*word == value || is_status && word.len() == 3)
    };
    words.filter(|word| !word.is_empty()).filter(is_number)
}

/// What follows `0x`.
fn behind_prefix(word: &str) -> Option<&str> {
    word.strip_prefix("0x").or_else(|| word.strip_prefix("0X"))
}

/// A number in the first family that knows it, or else in the first whose bits say something.
fn in_families(number: &str, families: impl Iterator<Item = Family> + Clone) -> Option<Candidate> {
    let read = |family| explain_with(number, Hint::families(&[family])).candidates().next();
    let exact = families.clone().find_map(|family| read(family).filter(|c| c.confidence() == Confidence::Exact));
    let candidate = exact.or_else(|| families.clone().find_map(read)).or_else(|| nameless(number, families))?;
    let severity = candidate.entry().map_or(candidate.code().severity(), Entry::severity);
    matches!(severity, Severity::Error | Severity::Warning).then_some(candidate)
}

/// A number that nobody knows is still told.
fn nameless(number: &str, mut families: impl Iterator<Item = Family>) -> Option<Candidate> {
    let value =
        behind_prefix(number).map_or_else(|| number.parse().ok(), |digits| u32::from_str_radix(digits, 16).ok())?;
    let code = crate::Code::new(families.next()?, value);
    (value != 0).then(|| Candidate::new(code, None, Why::Stated, Confidence::Guess))
}

/// What the scanner finds.
fn in_text(value: &str) -> Vec<Candidate> {
    let entries = scan(value.as_bytes()).filter(|found| found.confidence() != Confidence::Guess);
    entries.filter_map(|found| Some(known(found.entry()?, Why::InText))).collect()
}
