//! Guides: a scenario as a person walks it, section by section.
//!
//! They hold what the sources teach beyond single codes: requirements, checks, procedures, what to collect, what to
//! ignore. The sections come from `data/guidance/`, in the order of the file.

use core::fmt;
use core::hash::{Hash, Hasher};

use crate::catalog::{Entry, entry_at};
use crate::generated::{ENDPOINTS, GUIDE_TEXTS, GUIDES};
use crate::guidance::{EventList, LinkList, SourceList};
use crate::table::{EndpointRow, GuideTable, SectionRow, Strings};
use crate::vocabulary::{Phase, Scenario, SectionKind};

/// The guide of a scenario.
///
/// ```
/// use hexplain::{Guide, Scenario};
/// let guide = Guide::of(Scenario::Windows365).unwrap();
/// assert!(guide.sections().any(|section| section.title().contains("DNS")));
/// ```
#[derive(Clone, Copy)]
pub struct Guide(&'static GuideTable);

impl Guide {
    /// The guide of a scenario; each scenario of the vocabulary has one.
    pub fn of(scenario: Scenario) -> Option<Self> {
        Self::all().find(|guide| guide.scenario() == scenario)
    }

    /// All guides.
    pub fn all() -> impl ExactSizeIterator<Item = Self> + Clone {
        GUIDES.iter().map(Self)
    }

    /// The scenario.
    pub fn scenario(self) -> Scenario {
        self.0.scenario
    }

    /// Its title.
    pub fn title(self) -> &'static str {
        GUIDE_TEXTS.text(self.0.title)
    }

    /// Its sections, in the order in which a person walks them.
    pub fn sections(self) -> impl ExactSizeIterator<Item = Section> + Clone {
        self.0.sections.iter().map(Section)
    }
}

impl fmt::Debug for Guide {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Guide({})", self.scenario())
    }
}

/// A section of a guide: a requirement, a check, a procedure and so on.
#[derive(Clone, Copy)]
pub struct Section(&'static SectionRow);

impl Section {
    /// The id, stable and unique in its guide.
    pub fn id(self) -> &'static str {
        GUIDE_TEXTS.text(self.0.id)
    }

    /// What it is.
    pub fn kind(self) -> SectionKind {
        self.0.kind
    }

    /// The phase it belongs to; `None` for what comes before, after or beside the phases.
    pub fn phase(self) -> Option<Phase> {
        self.0.phase
    }

    /// The versions it applies to, in words; `None` for all.
    pub fn applies_to(self) -> Option<&'static str> {
        Some(GUIDE_TEXTS.text(self.0.applies_to)).filter(|text| !text.is_empty())
    }

    /// Its title.
    pub fn title(self) -> &'static str {
        GUIDE_TEXTS.text(self.0.title)
    }

    /// What holds, and why things fail here.
    pub fn reasons(self) -> Strings {
        GUIDE_TEXTS.list(self.0.reasons)
    }

    /// What to do, in order.
    pub fn steps(self) -> Strings {
        GUIDE_TEXTS.list(self.0.steps)
    }

    /// The hosts that must be reachable.
    pub fn endpoints(self) -> impl ExactSizeIterator<Item = Endpoint> + Clone {
        let (first, len) = self.0.endpoints;
        let range = usize::from(first)..usize::from(first) + usize::from(len);
        ENDPOINTS.get(range).unwrap_or(&[]).iter().map(Endpoint)
    }

    /// The events to read.
    pub fn events(self) -> EventList {
        EventList::new(GUIDE_TEXTS.numbers(self.0.events))
    }

    /// Further reading.
    pub fn links(self) -> LinkList {
        LinkList::new(&GUIDE_TEXTS, self.0.links)
    }

    /// The codes and conditions that belong here; their advice for [`Section::phase`] is theirs.
    pub fn entries(self) -> impl ExactSizeIterator<Item = Entry> + Clone {
        GUIDE_TEXTS.numbers(self.0.entries).chunks_exact(2).map(|pair| entry_at(pair[0], pair[1]))
    }

    /// The pages that the section rests on.
    pub fn sources(self) -> SourceList {
        SourceList::new(self.0.sources)
    }
}

impl fmt::Debug for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Section({})", self.id())
    }
}

/// A host that must be reachable.
#[derive(Clone, Copy)]
pub struct Endpoint(&'static EndpointRow);

impl Endpoint {
    /// `https` or `http`.
    pub fn scheme(self) -> &'static str {
        GUIDE_TEXTS.text(self.0.scheme)
    }

    /// The host, with `*` for what varies.
    pub fn host(self) -> &'static str {
        GUIDE_TEXTS.text(self.0.host)
    }

    /// The TCP port.
    pub fn port(self) -> u16 {
        self.0.port
    }

    /// What it is used for, in one sentence.
    pub fn usage(self) -> &'static str {
        GUIDE_TEXTS.text(self.0.usage)
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}:{}", self.scheme(), self.host(), self.port())
    }
}

/// Each is a row of a table, and equal only to itself.
macro_rules! identity {
    ($($name:ident),+) => {$(
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                core::ptr::eq(self.0, other.0)
            }
        }

        impl Eq for $name {}

        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                core::ptr::hash(self.0, state);
            }
        }
    )+};
}

identity!(Guide, Section, Endpoint);
