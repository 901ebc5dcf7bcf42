//! From a capture to findings: the rules of `data/signals/dsregcmd.md`, one after the other.
//!
//! A rule about a block that may stand several times is asked for each of them. Every finding has a line that it rests
//! on; what it knows of codes comes from the catalogue.

use alloc::vec::Vec;
use core::cmp::Reverse;
use core::fmt;

use super::{Capture, Field, FieldId, Time};
use crate::catalog::Entry;
use crate::explain::Candidate;
use crate::generated::{DSREGCMD, field, part};
use crate::guidance::{Advice, LinkList, SourceList};
use crate::table::{Condition, RulePhase, RuleRow, Strings};
use crate::vocabulary::{Family, Phase, Scenario, Severity};

/// The place of attempts among the blocks.
const ATTEMPTS: usize = (part::PRT_ATTEMPT - part::WORK_ACCOUNT) as usize;
/// The end of 1979, before which no time is one.
const UNSET: i64 = 315_532_799;
/// Seconds in an hour.
const HOUR: i64 = 3600;

impl<'t> Capture<'t> {
    /// What follows from it, for a time by which ages are told.
    ///
    /// Without a time, that of the capture (`Client Time`) counts, and where it has none the latest time that it speaks
    /// of, which tells the least age that something can have.
    ///
    /// ```
    /// let text = "AzureAdJoined: YES\nDomainJoined: NO\nAzureAdPrt: YES\nAzureAdPrtUpdateTime: 2024-05-01 09:00:00.000 UTC";
    /// let captures = hexplain::dsregcmd::captures(text).unwrap();
    /// let ids = |now: &str| {
    ///     let diagnosis = captures[0].diagnose(now.parse().ok());
    ///     diagnosis.findings().iter().map(|finding| finding.id()).collect::<Vec<_>>()
    /// };
    /// assert_eq!(ids("2024-05-01T14:00:00Z"), ["prt-stale"]);
    /// assert_eq!(ids("2024-05-01T10:00:00Z"), [] as [&str; 0]);
    /// ```
    pub fn diagnose(&self, now: Option<Time>) -> Diagnosis<'_, 't> {
        let asked = Asked {
            capture: self,
            now: now.or(self.time()).or_else(|| self.latest_time()),
            is_known: now.or(self.time()).is_some(),
        };
        let mut findings: Vec<Finding> = Vec::new();
        for rule in DSREGCMD.rules {
            let is_found = |&other: &u16| findings.iter().any(|f| f.rule.id == DSREGCMD.rules[usize::from(other)].id);
            if !DSREGCMD.texts.numbers(rule.unless).iter().any(is_found) {
                let found = (0..asked.instances(rule)).filter_map(|instance| asked.finding(rule, instance, &findings));
                let found: Vec<_> = found.collect();
                findings.extend(found);
            }
        }
        findings.sort_by_key(|finding| Reverse(finding.severity()));
        Diagnosis { capture: self, findings }
    }
}

/// What follows from a capture.
#[derive(Clone, Debug)]
pub struct Diagnosis<'c, 't> {
    capture: &'c Capture<'t>,
    findings: Vec<Finding<'c, 't>>,
}

impl<'c, 't> Diagnosis<'c, 't> {
    /// The capture.
    pub fn capture(&self) -> &'c Capture<'t> {
        self.capture
    }

    /// What was found: errors, then warnings, then what is worth knowing; each in the order of the table.
    pub fn findings(&self) -> &[Finding<'c, 't>] {
        &self.findings
    }

    /// The phase in which the device is stuck, by the worst finding that tells one; `None` where none does.
    pub fn phase(&self) -> Option<Phase> {
        self.findings.iter().filter(|finding| finding.severity() != Severity::Info).find_map(Finding::phase)
    }

    /// The same with the path of its file, as the command line prints it.
    #[cfg(feature = "serde")]
    pub fn located<'a>(&'a self, path: &'a str) -> impl serde::Serialize + 'a {
        Located { path, diagnosis: self }
    }
}

/// A diagnosis and its file.
#[cfg(feature = "serde")]
pub(crate) struct Located<'a, 'c, 't> {
    pub path: &'a str,
    pub diagnosis: &'a Diagnosis<'c, 't>,
}

/// What a rule concludes from a capture.
#[derive(Clone)]
pub struct Finding<'c, 't> {
    rule: &'static RuleRow,
    phase: Option<Phase>,
    evidence: Vec<&'c Field<'t>>,
    codes: Vec<FindingCode>,
}

impl<'c, 't> Finding<'c, 't> {
    /// The stable id, such as `join-failed`; those there are stand in `data/signals/dsregcmd.md`.
    pub fn id(&self) -> &'static str {
        DSREGCMD.texts.text(self.rule.id)
    }

    /// How bad it is: error, warning or info.
    pub fn severity(&self) -> Severity {
        self.rule.severity
    }

    /// What was found, in one clause.
    pub fn title(&self) -> &'static str {
        DSREGCMD.texts.text(self.rule.title)
    }

    /// The phase that it is about.
    pub fn phase(&self) -> Option<Phase> {
        self.phase
    }

    /// What the finding means by itself; its codes say more.
    pub fn own_reasons(&self) -> Strings {
        DSREGCMD.texts.list(self.rule.reasons)
    }

    /// What to do about the finding whatever its codes are.
    pub fn own_resolutions(&self) -> Strings {
        DSREGCMD.texts.list(self.rule.resolutions)
    }

    /// Why it is so: what the finding means, then what its codes mean in its phase.
    pub fn reasons(&self) -> Vec<&'static str> {
        let of_codes = self.codes.iter().flat_map(|code| code.advice()).flat_map(Advice::reasons);
        without_repetition(self.own_reasons().chain(of_codes))
    }

    /// What to do: about its codes in its phase, then about the finding.
    pub fn resolutions(&self) -> Vec<&'static str> {
        let of_codes = self.codes.iter().flat_map(|code| code.advice()).flat_map(Advice::resolutions);
        without_repetition(of_codes.chain(self.own_resolutions()))
    }

    /// Further reading.
    pub fn links(&self) -> LinkList {
        LinkList::new(&DSREGCMD.texts, self.rule.links)
    }

    /// The pages that the rule rests on.
    pub fn sources(&self) -> SourceList {
        SourceList::new(self.rule.sources)
    }

    /// The lines that it rests on, in order; at least one, unless what it tells is that lines are missing.
    pub fn evidence(&self) -> &[&'c Field<'t>] {
        &self.evidence
    }

    /// The codes in those lines, the most telling first: what a server said, then causes, then what they led to.
    pub fn codes(&self) -> &[FindingCode] {
        &self.codes
    }
}

impl fmt::Debug for Finding<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Finding")
            .field("id", &self.id())
            .field("evidence", &self.evidence)
            .field("codes", &self.codes)
            .finish()
    }
}

fn without_repetition(texts: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let mut once = Vec::new();
    for text in texts {
        if !once.contains(&text) {
            once.push(text);
        }
    }
    once
}

/// A code of a finding, with the phase for which its advice counts.
#[derive(Clone, Copy, Debug)]
pub struct FindingCode {
    candidate: Candidate,
    phase: Option<Phase>,
}

impl FindingCode {
    /// The code as its field is read.
    pub fn candidate(&self) -> &Candidate {
        &self.candidate
    }

    /// Whether it is what a server said of this very failure: a message that is known, or an AADSTS error. What other
    /// codes of the finding advise is general beside it.
    pub fn is_said_by_server(&self) -> bool {
        self.rank() <= 1
    }

    /// The less, the more it tells: messages, AADSTS errors, numbers, labels that cover several causes, HTTP statuses.
    fn rank(&self) -> u8 {
        let has_message = self.candidate.entry().is_some_and(|entry| entry.messages().len() > 0);
        match self.candidate.code().family() {
            Family::Condition if has_message => 0,
            Family::Aadsts => 1,
            Family::Condition => 3,
            Family::Http => 4,
            _ => 2,
        }
    }

    /// What it means in the phase of the finding: its own advice for that phase, or that of a code it carries. Where
    /// there is none, a phase of the join takes the advice for another one, since all of them ask the same services; a
    /// finding of no phase takes none.
    pub fn advice(&self) -> impl Iterator<Item = Advice> + Clone + use<> {
        let Self { candidate, phase } = *self;
        let of = |entry: Option<Entry>| {
            entry.into_iter().flat_map(Entry::advice).filter(|advice| advice.scenario() == Scenario::HybridJoin)
        };
        let of_phase = move |entry| of(entry).filter(move |advice| phase.is_some() && advice.phase() == phase);
        let inside = || candidate.wraps().map(|inner| inner.entry()).find(|&inner| of_phase(inner).next().is_some());
        let told = if of_phase(candidate.entry()).next().is_some() { candidate.entry() } else { inside().flatten() };
        let is_of_join = |phase: Option<Phase>| phase.is_some_and(|phase| phase != Phase::PostJoin);
        let other = if told.is_none() && is_of_join(phase) { candidate.entry() } else { None };
        of_phase(told).chain(of(other).filter(move |advice| is_of_join(advice.phase())))
    }
}

/// A capture, and what is taken for the time.
struct Asked<'c, 't> {
    capture: &'c Capture<'t>,
    now: Option<Time>,
    /// The time is that of the capture, or was given.
    is_known: bool,
}

impl<'c, 't> Asked<'c, 't> {
    /// How often a rule is asked: once, or for each of the blocks it is about.
    fn instances(&self, rule: &RuleRow) -> usize {
        let block = conditions(rule).iter().find_map(|condition| condition.field()?.block());
        block.map_or(1, |block| self.capture.blocks[block].len())
    }

    fn finding(&self, rule: &'static RuleRow, instance: usize, others: &[Finding<'c, 't>]) -> Option<Finding<'c, 't>> {
        let conditions = conditions(rule);
        if !conditions.iter().all(|condition| self.holds(condition, instance, others)) {
            return None;
        }
        let named = conditions.iter().filter_map(|condition| condition.field());
        let shown = DSREGCMD.texts.numbers(rule.shows).iter().map(|&id| FieldId(id as u8));
        let mut evidence: Vec<&Field> = named.chain(shown).filter_map(|id| self.capture.get(id, instance)).collect();
        if conditions.iter().any(|condition| matches!(condition, Condition::OtherCode)) {
            evidence.extend(self.others(others));
        }
        evidence.sort_by_key(|field| field.line);
        evidence.dedup_by_key(|field| field.line);
        let phase = match rule.phase {
            RulePhase::None => None,
            RulePhase::Of(phase) => Some(phase),
            RulePhase::Stated => {
                self.capture.get(FieldId(field::ERROR_PHASE), instance).and_then(|field| field.value.parse().ok())
            }
        };
        let mut codes: Vec<FindingCode> = Vec::new();
        // The cause stands behind the code that says where it went wrong: `[0x801c0021/0x80072ee2]`.
        for candidate in evidence.iter().flat_map(|field| field.codes().into_iter().rev()) {
            let is_same = |known: &FindingCode| {
                (known.candidate.code(), known.candidate.entry()) == (candidate.code(), candidate.entry())
            };
            if !codes.iter().any(is_same) {
                codes.push(FindingCode { candidate, phase });
            }
        }
        codes.sort_by_key(FindingCode::rank);
        Some(Finding { rule, phase, evidence, codes })
    }

    /// The fields with codes that no finding rests on.
    fn others(&self, findings: &[Finding<'c, 't>]) -> impl Iterator<Item = &'c Field<'t>> {
        let mut told: Vec<u32> = findings.iter().flat_map(|f| f.evidence.iter().map(|field| field.line)).collect();
        told.sort_unstable();
        let others = self.capture.fields.iter().filter(move |field| told.binary_search(&field.line).is_err());
        others.filter(|field| !field.codes().is_empty())
    }

    fn holds(&self, condition: &Condition, instance: usize, others: &[Finding<'c, 't>]) -> bool {
        let get = |id: u8| self.capture.get(FieldId(id), instance);
        let value = |id: u8| get(id).map(|field| &*field.value);
        let is = |id: u8, values: u16| {
            value(id).is_some_and(|value| DSREGCMD.texts.list(values).any(|known| known.eq_ignore_ascii_case(value)))
        };
        let is_said = |value: &str| !value.is_empty() && value != "0x0";
        let begins = |value: &str, start: &str| value.get(..start.len()).is_some_and(|v| v.eq_ignore_ascii_case(start));
        // The moment, or the start and the end, of a field; and how long ago each was.
        // What was never set is printed as the beginning of 1601.
        let is_set = |times: &(Time, Time)| times.1.unix_seconds() > UNSET;
        let span = |id: u8| {
            let field = get(id)?;
            field.period().or_else(|| field.time().map(|time| (time, time))).filter(is_set)
        };
        let age = |time: Time| self.now.map(|now| now.seconds_since(time));
        let ended = |id: u8| span(id).and_then(|(_, end)| age(end));
        let is_before = |id: u8, other: u8| span(id).zip(span(other)).map(|(one, other)| one.1 < other.1);
        match *condition {
            Condition::Is(id, values) => is(id, values),
            Condition::IsNot(id, values) => !is(id, values),
            Condition::Begins(id, start) => value(id).is_some_and(|value| begins(value, DSREGCMD.texts.text(start))),
            Condition::Empty(id) => value(id).is_some_and(str::is_empty),
            Condition::Set(id) => value(id).is_some_and(is_said),
            Condition::AnySet(fields) => {
                DSREGCMD.texts.numbers(fields).iter().any(|&id| value(id as u8).is_some_and(is_said))
            }
            Condition::HoldsCode(id) => get(id).is_some_and(|field| !field.codes().is_empty()),
            Condition::OlderThan(id, hours) => ended(id).is_some_and(|age| age > i64::from(hours) * HOUR),
            Condition::Over(id) => ended(id).is_some_and(|age| age > 0),
            Condition::NotBegun(id) => span(id).and_then(|(start, _)| age(start)).is_some_and(|age| age < 0),
            Condition::EndsWithin(id, days) => {
                ended(id).is_some_and(|age| age <= 0 && -age <= i64::from(days) * 24 * HOUR)
            }
            Condition::Before(id, other) => is_before(id, other) == Some(true),
            Condition::NotBefore(id, other) => is_before(id, other) != Some(true),
            Condition::JoinState(states) => states.contains(&self.capture.join_state()),
            Condition::Account(is_system) => self.capture.is_of_system() == is_system,
            Condition::Token(is_entra) => {
                let attempt = self.capture.blocks[ATTEMPTS].get(instance);
                attempt.is_some_and(|attempt| attempt.is_enterprise != is_entra)
            }
            Condition::Cut => self.capture.is_cut,
            Condition::TimeUnknown => !self.is_known,
            Condition::NoTime => self.now.is_none(),
            Condition::OtherCode => self.others(others).next().is_some(),
        }
    }
}

fn conditions(rule: &RuleRow) -> &'static [Condition] {
    let (first, len) = (usize::from(rule.when.0), usize::from(rule.when.1));
    let conditions: &'static [Condition] = DSREGCMD.conditions;
    &conditions[first..first + len]
}

impl Condition {
    /// The field that it asks about.
    fn field(self) -> Option<FieldId> {
        match self {
            Self::Is(id, _)
            | Self::IsNot(id, _)
            | Self::Begins(id, _)
            | Self::Empty(id)
            | Self::Set(id)
            | Self::HoldsCode(id)
            | Self::OlderThan(id, _)
            | Self::Over(id)
            | Self::NotBegun(id)
            | Self::EndsWithin(id, _)
            | Self::Before(id, _)
            | Self::NotBefore(id, _) => Some(FieldId(id)),
            // It is asked once for each block of its first field.
            Self::AnySet(fields) => DSREGCMD.texts.numbers(fields).first().map(|&id| FieldId(id as u8)),
            Self::JoinState(_)
            | Self::Account(_)
            | Self::Token(_)
            | Self::Cut
            | Self::TimeUnknown
            | Self::NoTime
            | Self::OtherCode => None,
        }
    }
}
