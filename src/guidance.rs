//! Advice: what an entry means in one scenario and phase, and what to do about it.
//!
//! It comes from the tables of `data/guidance/`. The texts are for people; whatever a program can act on (when to try
//! again, whom to reach, which events to read) is data of its own beside them.

use core::fmt;
use core::hash::{Hash, Hasher};
use core::iter::FusedIterator;
use core::slice;

use crate::catalog::Entry;
use crate::generated::{COMMON, SHARED_TEXTS, SOURCE_LISTS, SOURCES, table};
use crate::ids::write_advice_id;
use crate::table::{AdviceRow, RETRY_LATER, RETRY_NEVER, RETRY_UNSTATED, SourceRow, Strings, Table, Texts};
use crate::vocabulary::{Basis, Family, Phase, Scenario, Who};

/// What an entry means in one scenario and phase: why it happens and what to do.
///
/// ```
/// use hexplain::{Hresult, Phase, Scenario};
/// let entry = Hresult(0x8007_2EE2).entry().unwrap();
/// let of_the_join = entry.advice().filter(|advice| advice.scenario() == Scenario::HybridJoin);
/// let phases: Vec<_> = of_the_join.filter_map(|advice| advice.phase()).collect();
/// assert_eq!(phases, [Phase::Discover, Phase::Join]);
/// ```
#[derive(Clone, Copy)]
pub struct Advice {
    entry: Entry,
    texts: &'static Texts,
    row: &'static AdviceRow,
}

impl Advice {
    /// The stable id, such as `hybrid-join/join/dsreg-e-directory-failure`; it prints.
    pub fn id(self) -> AdviceId {
        AdviceId(self)
    }

    /// The entry that it advises on.
    pub fn entry(self) -> Entry {
        self.entry
    }

    /// The scenario in which the entry means this.
    pub fn scenario(self) -> Scenario {
        self.row.scenario
    }

    /// The phase of the scenario; `None` where the scenario has no phases or the advice is of no one phase.
    pub fn phase(self) -> Option<Phase> {
        self.row.phase
    }

    /// The versions it applies to, in words; `None` for all.
    pub fn applies_to(self) -> Option<&'static str> {
        Some(self.texts.text(self.row.applies_to)).filter(|text| !text.is_empty())
    }

    /// Who can mend it, where that is known.
    pub fn who(self) -> Option<Who> {
        self.row.who
    }

    /// Why it happens: one sentence or more, at least one.
    pub fn reasons(self) -> Strings {
        self.texts.list(self.row.reasons)
    }

    /// What to do: one sentence or more, at least one.
    pub fn resolutions(self) -> Strings {
        self.texts.list(self.row.resolutions)
    }

    /// When it makes sense to try again.
    pub fn retry(self) -> Retry {
        match self.row.retry {
            RETRY_UNSTATED => Retry::Unstated,
            RETRY_NEVER => Retry::Never,
            RETRY_LATER => Retry::Later,
            seconds => Retry::After { seconds: u32::from(seconds) },
        }
    }

    /// The addresses that must be reachable.
    pub fn endpoints(self) -> Strings {
        self.texts.list(self.row.endpoints)
    }

    /// The events that tell more.
    pub fn events(self) -> EventList {
        EventList::new(self.texts.numbers(self.row.events))
    }

    /// Further reading.
    pub fn links(self) -> LinkList {
        LinkList::new(self.texts, self.row.links)
    }

    /// How well the advice is founded.
    pub fn basis(self) -> Basis {
        Basis::ALL[usize::from(self.row.basis) % Basis::ALL.len()]
    }

    /// The pages that the advice rests on.
    pub fn sources(self) -> SourceList {
        SourceList::new(self.row.sources)
    }
}

impl PartialEq for Advice {
    fn eq(&self, other: &Self) -> bool {
        core::ptr::eq(self.row, other.row)
    }
}

impl Eq for Advice {}

impl Hash for Advice {
    fn hash<H: Hasher>(&self, state: &mut H) {
        core::ptr::hash(self.row, state);
    }
}

impl fmt::Debug for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Advice({})", self.id())
    }
}

/// The stable id of an advice; it prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AdviceId(Advice);

impl fmt::Display for AdviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(advice) = self;
        let entry = advice.entry;
        let code = (entry.family(), entry.code().value());
        let (name, slug) = (entry.name().unwrap_or_default(), entry.context().unwrap_or_default());
        write_advice_id(f, advice.scenario(), advice.phase(), code, name, slug)
    }
}

/// When it makes sense to try again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Retry {
    /// The sources do not say.
    Unstated,
    /// It will fail again until something is changed.
    Never,
    /// It may well work later, as it is.
    Later,
    /// It may work after some seconds.
    After {
        /// How many.
        seconds: u32,
    },
}

/// An event of a Windows log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Event(Entry);

impl Event {
    /// The full name of the log, such as `Microsoft-Windows-AAD/Operational`.
    pub fn channel(self) -> &'static str {
        self.0.context().unwrap_or_default()
    }

    /// The event id.
    pub fn id(self) -> u32 {
        self.0.code().value()
    }

    /// What the event tells, in one sentence.
    pub fn meaning(self) -> &'static str {
        self.0.summary().unwrap_or_default()
    }

    /// Its row of the catalogue.
    pub fn entry(self) -> Entry {
        self.0
    }
}

/// A page to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    title: &'static str,
    url: &'static str,
}

impl Link {
    /// What the page, or its part, is called.
    pub fn title(self) -> &'static str {
        self.title
    }

    /// Its absolute address.
    pub fn url(self) -> &'static str {
        self.url
    }
}

/// A public page or header that facts come from, as `data/SOURCES.md` lists it.
#[derive(Clone, Copy)]
pub struct Source(&'static SourceRow);

impl Source {
    /// The key by which the tables name it.
    pub fn key(self) -> &'static str {
        COMMON.text(self.0.key)
    }

    /// Its title, with the edition where there are several.
    pub fn title(self) -> &'static str {
        COMMON.text(self.0.title)
    }

    /// Its public address.
    pub fn url(self) -> &'static str {
        COMMON.text(self.0.url)
    }

    /// The date of the edition that was read, `2024-11-25`.
    pub fn date(self) -> &'static str {
        COMMON.text(self.0.date)
    }
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        core::ptr::eq(self.0, other.0)
    }
}

impl Eq for Source {}

impl Hash for Source {
    fn hash<H: Hasher>(&self, state: &mut H) {
        core::ptr::hash(self.0, state);
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({})", self.key())
    }
}

/// Events in order.
#[derive(Clone)]
pub struct EventList(slice::Iter<'static, u16>);

impl EventList {
    pub(crate) fn new(rows: &'static [u16]) -> Self {
        Self(rows.iter())
    }
}

impl Iterator for EventList {
    type Item = Event;

    fn next(&mut self) -> Option<Event> {
        self.0.next().map(|&row| Event(Entry::at(table(Family::Event), row)))
    }
}

/// Links in order.
#[derive(Clone)]
pub struct LinkList {
    texts: &'static Texts,
    pairs: slice::ChunksExact<'static, u16>,
}

impl LinkList {
    pub(crate) fn new(texts: &'static Texts, list: u16) -> Self {
        Self { texts, pairs: texts.numbers(list).chunks_exact(2) }
    }
}

impl Iterator for LinkList {
    type Item = Link;

    fn next(&mut self) -> Option<Link> {
        let pair = self.pairs.next()?;
        Some(Link { title: self.texts.text(pair[0]), url: self.texts.text(pair[1]) })
    }
}

/// Sources in order, the weightiest first.
#[derive(Clone)]
pub struct SourceList(slice::Iter<'static, u16>);

impl SourceList {
    pub(crate) fn new(at: u16) -> Self {
        Self(COMMON.numbers(SOURCE_LISTS.get(usize::from(at)).copied().unwrap_or(0)).iter())
    }
}

impl Iterator for SourceList {
    type Item = Source;

    fn next(&mut self) -> Option<Source> {
        self.0.next().map(|&at| Source(&SOURCES[usize::from(at)]))
    }
}

/// The advice of an entry, in the order of scenarios and phases.
#[derive(Clone)]
pub struct AdviceList {
    entry: Entry,
    table: &'static Table,
    rows: slice::Iter<'static, AdviceRow>,
}

impl AdviceList {
    pub(crate) fn new(entry: Entry, table: &'static Table, first: usize, len: usize) -> Self {
        let rows: &'static [AdviceRow] = table.advice;
        Self { entry, table, rows: rows.get(first..first + len).unwrap_or(&[]).iter() }
    }
}

impl Iterator for AdviceList {
    type Item = Advice;

    fn next(&mut self) -> Option<Advice> {
        let row = self.rows.next()?;
        let texts = if row.is_shared { &SHARED_TEXTS } else { &self.table.texts };
        Some(Advice { entry: self.entry, texts, row })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }
}

impl ExactSizeIterator for AdviceList {}
macro_rules! debug_as_list {
    ($($list:ident),+) => {$(
        impl FusedIterator for $list {}

        impl fmt::Debug for $list {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_list().entries(self.clone()).finish()
            }
        }
    )+};
}

debug_as_list!(EventList, LinkList, SourceList, AdviceList);
