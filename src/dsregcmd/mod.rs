//! `dsregcmd /status`: what it prints, read and diagnosed.
//!
//! [`captures`] reads every capture of a text, whatever stands around them: all boxes and lines in order, known or not,
//! with their numbers. [`Capture::diagnose`] tells what follows from one: findings that rest on lines, with the codes
//! of those lines and what to do about them in their phase. A [`Redactor`] hides who it is about.
//!
//! Which fields there are, how each is read, whose codes it holds and what may be concluded stands in
//! `data/signals/dsregcmd.md`, which [`findings`] shows; codes are explained by the catalogue. Two captures with the same text, diagnosed for the
//! same time, give the same findings: no clock is asked.
//!
//! ```
//! use hexplain::dsregcmd::captures;
//! use hexplain::{JoinState, Phase};
//!
//! let text = "
//! +----------------------------------------------------------------------+
//! | Device State                                                         |
//! +----------------------------------------------------------------------+
//!
//!              AzureAdJoined : NO
//!           EnterpriseJoined : NO
//!               DomainJoined : YES
//!
//! +----------------------------------------------------------------------+
//! | Diagnostic Data                                                      |
//! +----------------------------------------------------------------------+
//!
//!        DRS Discovery Test : FAIL [0x801c0021/0x80072ee2]
//! ";
//! let captures = captures(text).unwrap();
//! assert_eq!(captures[0].join_state(), JoinState::DomainJoined);
//!
//! let diagnosis = captures[0].diagnose(None);
//! assert_eq!(diagnosis.phase(), Some(Phase::Discover));
//! let finding = &diagnosis.findings()[0];
//! assert_eq!(finding.id(), "drs-discovery-test-failed");
//! assert_eq!(finding.evidence()[0].line(), 14);
//! let codes: Vec<_> = finding.codes().iter().filter_map(|code| code.candidate().entry()?.name()).collect();
//! assert_eq!(codes, ["WININET_E_TIMEOUT", "DSREG_AUTOJOIN_DISC_FAILED"]);
//! ```
//!
//! Windows prints the names of fields in English in every language; what is German, French or Japanese in a capture is
//! the text around it and the messages inside values, and neither is needed.

mod decode;
mod diagnose;
mod parse;
mod redact;
mod time;
mod values;

#[doc = include_str!("../../data/signals/dsregcmd.md")]
pub mod findings {}

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

pub use decode::decode;
pub use diagnose::{Diagnosis, Finding, FindingCode};
pub use redact::Redactor;
pub use time::{NoTime, Time};

#[cfg(feature = "serde")]
pub(crate) use diagnose::Located;

use crate::generated::{DSREGCMD, field, part};
use crate::table::FieldRow;
use crate::vocabulary::JoinState;

/// Reads every capture of a text, in order.
///
/// A capture begins with the box `Device State`; what stands around captures is skipped. Boxes may have any width or be
/// missing, names be spelled as any version of Windows does, values be broken over lines by a console.
///
/// # Errors
///
/// Where the text holds no capture; the error says what was looked for.
///
/// ```
/// let error = hexplain::dsregcmd::captures("C:\\> ipconfig").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "This is no output of `dsregcmd /status`: no title such as `Device State` and no lines such as \
///      `AzureAdJoined : YES` stand in it. Make one with `dsregcmd /status > status.txt`."
/// );
/// ```
pub fn captures(text: &str) -> Result<Vec<Capture<'_>>, CaptureError> {
    parse::read(text)
}

/// Why a text or a file holds no capture. It prints as a sentence with the remedy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CaptureError(&'static str);

impl CaptureError {
    const EMPTY: Self = Self("There is nothing in it. Make a capture with `dsregcmd /status > status.txt`.");
    const BINARY: Self =
        Self("This is no text but some binary file. Make a capture with `dsregcmd /status > status.txt`.");
    const NO_CAPTURE: Self = Self(
        "This is no output of `dsregcmd /status`: no title such as `Device State` and no lines such as `AzureAdJoined : YES` \
         stand in it. Make one with `dsregcmd /status > status.txt`.",
    );
}

impl fmt::Display for CaptureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl core::error::Error for CaptureError {}

/// A field of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct FieldId(u8);

impl FieldId {
    fn row(self) -> &'static FieldRow {
        &DSREGCMD.fields[usize::from(self.0)]
    }

    fn is_of(self, part: u8) -> bool {
        self.row().part == part
    }

    /// The kind of block that it stands in, by its place in [`Capture::blocks`].
    fn block(self) -> Option<usize> {
        self.row().part.checked_sub(part::WORK_ACCOUNT).map(usize::from)
    }
}

/// One output of `dsregcmd /status`.
#[derive(Clone, Debug)]
pub struct Capture<'t> {
    number: u32,
    line: u32,
    titles: Vec<Title<'t>>,
    fields: Vec<Field<'t>>,
    /// For each field of the table 0, or 1 and the position of the first that stands in no block.
    first: Vec<u32>,
    /// Accounts, registrations and attempts.
    blocks: [Vec<Block>; 3],
    /// It ends with a title or in half a name.
    is_cut: bool,
}

/// Fields that belong together and may come again: an account, a registration, an attempt to get a token.
#[derive(Clone, Debug, Default)]
struct Block {
    /// Its fields and their positions.
    fields: Vec<(FieldId, u32)>,
    /// The attempt was for a token of the premises.
    is_enterprise: bool,
}

impl Block {
    fn position(&self, id: FieldId) -> Option<u32> {
        self.fields.iter().find(|&&(known, _)| known == id).map(|&(_, at)| at)
    }
}

/// Where a box begins, or lines without one.
#[derive(Clone, Debug)]
struct Title<'t> {
    name: Cow<'t, str>,
    /// The table knows it, or it is empty.
    is_known: bool,
    line: u32,
    /// The position of its first field.
    first: usize,
}

impl<'t> Capture<'t> {
    fn new(line: u32) -> Self {
        let (titles, fields) = (Vec::new(), Vec::new());
        let first = alloc::vec![0; DSREGCMD.fields.len()];
        Self { number: 1, line, titles, fields, first, blocks: Default::default(), is_cut: false }
    }

    /// Adds a field, which stands in the last block if it is one of a block.
    fn push(&mut self, field: Field<'t>) {
        // No text is so long.
        let at = u32::try_from(self.fields.len()).unwrap_or(u32::MAX);
        if let Some(id) = field.id {
            match id.block().map(|block| self.blocks[block].last_mut()) {
                None if self.first[usize::from(id.0)] == 0 => self.first[usize::from(id.0)] = at + 1,
                Some(Some(block)) if block.position(id).is_none() => block.fields.push((id, at)),
                _ => {}
            }
        }
        self.fields.push(field);
    }

    /// The field of the table in a block, or anywhere for one that stands in none.
    fn get(&self, id: FieldId, instance: usize) -> Option<&Field<'t>> {
        let at = match id.block() {
            Some(block) => self.blocks[block].get(instance)?.position(id)?,
            None => self.first[usize::from(id.0)].checked_sub(1)?,
        };
        self.fields.get(at as usize)
    }

    fn named(&self, id: u8) -> Option<&Field<'t>> {
        self.get(FieldId(id), 0)
    }

    fn yes_no(&self, id: u8) -> Option<bool> {
        self.named(id)?.yes_no()
    }

    /// Its number in the text, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The line of the text on which it begins, from 1.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// Its boxes, in order.
    pub fn sections(&self) -> impl ExactSizeIterator<Item = Section<'_, 't>> + Clone {
        let fields_of = |at| &self.fields[self.range_of(at)];
        self.titles.iter().enumerate().map(move |(at, title)| Section { title, fields: fields_of(at) })
    }

    /// The positions of the fields under a title.
    fn range_of(&self, title: usize) -> Range<usize> {
        let end = self.titles.get(title + 1).map_or(self.fields.len(), |next| next.first);
        self.titles[title].first..end
    }

    /// All fields in order, those that nobody knows among them.
    pub fn fields(&self) -> &[Field<'t>] {
        &self.fields
    }

    /// The first field with a name, in any of its spellings; of names that stand in several places the one outside of
    /// the accounts, which have theirs in [`fields`](Self::fields).
    ///
    /// ```
    /// let text = "AzureAdJoined : YES\nDomainJoined : NO\ndmComplianceUrl : https://portal.manage.microsoft.com";
    /// let captures = hexplain::dsregcmd::captures(text).unwrap();
    /// let field = captures[0].field("MdmComplianceUrl").unwrap();
    /// assert_eq!((field.value(), field.line()), ("https://portal.manage.microsoft.com", 3));
    /// ```
    pub fn field(&self, name: &str) -> Option<&Field<'t>> {
        let known = parse::fields_called(name).find_map(|id| self.get(id, 0));
        known.or_else(|| self.fields.iter().find(|field| field.name.eq_ignore_ascii_case(name)))
    }

    /// To what the device is joined, by the rules of Microsoft's table.
    pub fn join_state(&self) -> JoinState {
        let [entra, premises, domain] =
            [field::AZUREADJOINED, field::ENTERPRISEJOINED, field::DOMAINJOINED].map(|id| self.yes_no(id));
        match (entra, premises, domain) {
            (Some(true), _, Some(true)) => JoinState::EntraHybridJoined,
            (Some(true), _, Some(false)) => JoinState::EntraJoined,
            (Some(false), Some(true), _) => JoinState::OnPremisesDrsJoined,
            (Some(false), _, Some(true)) => JoinState::DomainJoined,
            (Some(false), _, Some(false)) => JoinState::NotJoined,
            _ => JoinState::Unknown,
        }
    }

    /// Whether a work or school account registered the device; `None` where the capture does not say.
    pub fn is_workplace_joined(&self) -> Option<bool> {
        self.yes_no(field::WORKPLACEJOINED)
    }

    /// When it was made, by the clock of the device (`Client Time`).
    pub fn time(&self) -> Option<Time> {
        self.named(field::CLIENT_TIME)?.time()
    }

    /// The latest time that it speaks of as past, and so was made after.
    fn latest_time(&self) -> Option<Time> {
        let past = [
            field::AZUREADPRTUPDATETIME,
            field::ENTERPRISEPRTUPDATETIME,
            field::PREVIOUS_REGISTRATION,
            field::PREVIOUS_PRT_ATTEMPT,
        ];
        let is_past = |field: &&Field| field.id.is_some_and(|FieldId(id)| past.contains(&id));
        self.fields.iter().filter(is_past).filter_map(|field| field.time()).max()
    }

    /// Whether it was made by the system, or by a computer account, of which it tells no user.
    fn is_of_system(&self) -> bool {
        // The tests before a join run as the system wherever the prompt is elevated; behind a join there are none.
        let is_joined = self.yes_no(field::AZUREADJOINED) == Some(true);
        let context = self.named(field::USER_CONTEXT).filter(|_| is_joined);
        // In the boxes of the proxies it is the account of the task that found them.
        let account = self.named(field::EXECUTING_ACCOUNT_NAME).filter(|field| !field.section.contains("Proxy"));
        context.is_some_and(|field| field.value.eq_ignore_ascii_case("SYSTEM"))
            || account.is_some_and(|field| is_system_account(field.value.split(',').next().unwrap_or_default().trim()))
    }

    /// Hides who it is about; see [`Redactor`].
    pub fn redact(&mut self, redactor: &mut Redactor) {
        redactor.capture(self);
    }

    /// Gives each field the title of its box, which may have changed.
    fn name_sections(&mut self) {
        for (at, title) in self.titles.iter().enumerate().filter(|(_, title)| !title.is_known) {
            let range = self.range_of(at);
            for field in &mut self.fields[range] {
                field.section.clone_from(&title.name);
            }
        }
    }
}

/// Whether an account, with its domain or without, is the system's or a computer's.
fn is_system_account(account: &str) -> bool {
    let name = account.rsplit('\\').next().unwrap_or_default();
    // As Windows calls it in English and German, French, Spanish and Portuguese, Russian.
    let names = ["system", "syst\u{e8}me", "sistema", "\u{441}\u{438}\u{441}\u{442}\u{435}\u{43c}\u{430}", "s-1-5-18"];
    name.ends_with('$') || names.contains(&&*name.to_lowercase())
}

/// A box of a capture: its title and the fields under it.
#[derive(Clone, Copy, Debug)]
pub struct Section<'c, 't> {
    title: &'c Title<'t>,
    fields: &'c [Field<'t>],
}

impl<'c, 't> Section<'c, 't> {
    /// Its title, such as `Device State`; empty for fields that stand in no box.
    pub fn name(&self) -> &'c str {
        &self.title.name
    }

    /// The line of its title, or of its first field where it has none, from 1.
    pub fn line(&self) -> u32 {
        self.title.line
    }

    /// Its fields, in order.
    pub fn fields(&self) -> &'c [Field<'t>] {
        self.fields
    }
}

/// A line of a capture: a name and a value.
#[derive(Clone)]
pub struct Field<'t> {
    id: Option<FieldId>,
    name: Cow<'t, str>,
    /// As it was read: what is concluded rests on it.
    value: Cow<'t, str>,
    /// What is shown instead.
    shown: Option<String>,
    line: u32,
    section: Cow<'t, str>,
}

impl fmt::Debug for Field<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Field({}: {:?} : {:?})", self.line, self.name(), self.value())
    }
}

impl Field<'_> {
    /// Its name as the capture spells it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its value, without the blanks around it; empty where there is none. Of a capture that was redacted, without the
    /// identities in it.
    pub fn value(&self) -> &str {
        self.shown.as_deref().unwrap_or(&self.value)
    }

    /// The line of the text on which it stands, from 1.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// The title of its box; empty where it stands in none.
    pub fn section(&self) -> &str {
        &self.section
    }

    /// What it tells, in one sentence; `None` for a field that nobody knows.
    ///
    /// ```
    /// let captures = hexplain::dsregcmd::captures("AzureAdJoined: YES\nDomainJoined: NO\nFuture: 1\nNgcSet: NO").unwrap();
    /// let known: Vec<bool> = captures[0].fields().iter().map(|field| field.meaning().is_some()).collect();
    /// assert_eq!(known, [true, true, false, true]);
    /// ```
    pub fn meaning(&self) -> Option<&'static str> {
        self.id.map(|id| DSREGCMD.texts.text(id.row().meaning))
    }

    /// Its value as `YES` or `NO`.
    pub fn yes_no(&self) -> Option<bool> {
        match &*self.value {
            yes if yes.eq_ignore_ascii_case("YES") => Some(true),
            no if no.eq_ignore_ascii_case("NO") => Some(false),
            _ => None,
        }
    }

    /// Its value as a time.
    pub fn time(&self) -> Option<Time> {
        self.value.parse().ok()
    }

    /// Its value as two times, from when until when: `[ 2019-01-11 21:02:50.000 UTC -- 2029-01-11 21:32:50.000 UTC ]`.
    pub fn period(&self) -> Option<(Time, Time)> {
        let (start, end) = self.value.trim_matches(['[', ']', ' ']).split_once("--")?;
        Some((start.parse().ok()?, end.parse().ok()?))
    }
}
