//! The JSON of the contract, as `Serialize` of the public types.
//!
//! Keys stand in the order of the contract, and none is left out: a text or number that is not there is `null`, a
//! list that is empty `[]`. Keys are added, never removed or renamed, within a major version.

use alloc::format;
use alloc::string::String;
use core::fmt::Display;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::catalog::{CodeId, Entry};
use crate::code::Code;
use crate::dsregcmd::{self, Finding, FindingCode};
use crate::explain::{Candidate, Explanation};
use crate::fields::{HresultFields, NtStatusFields};
use crate::guidance::{Advice, Event, Link, Retry, Source};
use crate::guide::{Endpoint, Guide, Section};
use crate::scan::Located;
use crate::vocabulary::Family;

/// What the top objects begin with.
const SCHEMA: u32 = 1;

/// Serializes an iterator as a list.
struct List<I>(I);

impl<I: Iterator<Item: Serialize> + Clone> Serialize for List<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone())
    }
}

/// Serializes what prints as a text.
struct Text<T>(T);

impl<T: Display> Serialize for Text<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// Writes `Serialize` for a type, key by key.
macro_rules! serialize {
    ($type:ty, $name:literal, $this:ident { $($key:literal: $value:expr),+ $(,)? }) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let $this = self;
                let mut object = serializer.serialize_struct($name, [$($key),+].len())?;
                $(object.serialize_field($key, &$value)?;)+
                object.end()
            }
        }
    };
}

fn signed(code: Code) -> Option<i32> {
    code.number().map(|number| number as i32)
}

/// The notes of an entry, and what tells a condition or an event from its namesakes.
fn notes(entry: Entry) -> impl Iterator<Item = String> + Clone {
    let channel = entry.context().filter(|_| entry.family() == Family::Event);
    entry
        .notes()
        .map(String::from)
        .chain(entry.messages().map(|message| format!("Its message is `{message}`.")))
        .chain(channel.map(|channel| format!("It stands in the log `{channel}`.")))
}

serialize! { Explanation<'_>, "Explanation", this {
    "schema": SCHEMA,
    "input": this.input(),
    "candidates": List(this.candidates()),
    "fields": this.fields().map(|(hresult, ntstatus)| Fields { hresult, ntstatus }),
    "suggestions": List(this.suggestions().into_iter()),
    "error": this.error().map(Text),
}}

impl Serialize for Candidate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let advice = List(self.entry().into_iter().flat_map(Entry::advice));
        candidate(self, Some(advice), List(self.wraps()), serializer)
    }
}

impl Candidate {
    /// The same without what to do about it, for records that carry many codes.
    ///
    /// ```
    /// let explanation = hexplain::explain("0x801c03f2");
    /// let candidate = explanation.candidates().next().unwrap();
    /// let json = serde_json::to_string(&candidate.without_advice()).unwrap();
    /// assert!(json.contains("DSREG_E_DIRECTORY_FAILURE") && !json.contains("advice"));
    /// ```
    pub fn without_advice(&self) -> impl Serialize + Clone + use<> {
        WithoutAdvice(*self)
    }
}

#[derive(Clone)]
struct WithoutAdvice(Candidate);

impl Serialize for WithoutAdvice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        candidate(&self.0, None::<()>, List(self.0.wraps().map(WithoutAdvice)), serializer)
    }
}

/// A code of a finding, with the advice of its phase alone.
impl Serialize for FindingCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        candidate(self.candidate(), Some(List(self.advice())), List(self.candidate().wraps()), serializer)
    }
}

/// The keys of a candidate: those of every code are here, and what to do about it is for the caller to say.
fn candidate<S: Serializer>(
    this: &Candidate,
    advice: Option<impl Serialize>,
    wraps: impl Serialize,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let (code, entry) = (this.code(), this.entry());
    let id = CodeId { code, entry };
    let mut object = serializer.serialize_struct("Candidate", 16 + usize::from(advice.is_some()))?;
    object.serialize_field("id", &Text(id))?;
    object.serialize_field("family", code.family().as_str())?;
    object.serialize_field("code", &Text(code))?;
    object.serialize_field("unsigned", &code.number())?;
    object.serialize_field("signed", &signed(code))?;
    object.serialize_field("name", &entry.and_then(Entry::name))?;
    object.serialize_field("aliases", &List(entry.into_iter().flat_map(Entry::aliases)))?;
    object.serialize_field("severity", entry.map_or(code.severity(), Entry::severity).as_str())?;
    object.serialize_field("summary", &entry.and_then(Entry::summary))?;
    object.serialize_field("basis", entry.map_or(crate::Basis::Documented, Entry::basis).as_str())?;
    object.serialize_field("notes", &List(entry.into_iter().flat_map(notes)))?;
    object.serialize_field("why", &Text(this.why()))?;
    object.serialize_field("rank", &this.rank())?;
    object.serialize_field("confidence", this.confidence().as_str())?;
    if let Some(advice) = advice {
        object.serialize_field("advice", &advice)?;
    }
    object.serialize_field("wraps", &wraps)?;
    object.serialize_field("sources", &List(entry.into_iter().flat_map(Entry::sources)))?;
    object.end()
}

serialize! { dsregcmd::Located<'_, '_, '_>, "Diagnosis", this {
    "schema": SCHEMA,
    "path": this.path,
    "capture": this.diagnosis.capture().number(),
    "join_state": this.diagnosis.capture().join_state().as_str(),
    "workplace_joined": match this.diagnosis.capture().is_workplace_joined() {
        Some(true) => "yes",
        Some(false) => "no",
        None => "unknown",
    },
    "phase": this.diagnosis.phase().map(|phase| phase.as_str()),
    "captured_at": this.diagnosis.capture().time().map(Text),
    "sections": List(this.diagnosis.capture().sections()),
    "findings": this.diagnosis.findings(),
}}

serialize! { dsregcmd::Section<'_, '_>, "Section", this {
    "name": this.name(),
    "line": this.line(),
    "fields": this.fields(),
}}

serialize! { dsregcmd::Field<'_>, "Field", this {
    "name": this.name(),
    "value": this.value(),
    "line": this.line(),
}}

/// A field as what a finding rests on.
struct Evidence<'a, 't>(&'a dsregcmd::Field<'t>);

serialize! { Evidence<'_, '_>, "Evidence", this {
    "line": this.0.line(),
    "section": this.0.section(),
    "field": this.0.name(),
    "value": this.0.value(),
}}

serialize! { Finding<'_, '_>, "Finding", this {
    "id": this.id(),
    "severity": this.severity().as_str(),
    "title": this.title(),
    "reason": this.reasons(),
    "resolution": this.resolutions(),
    "evidence": List(this.evidence().iter().map(|field| Evidence(field))),
    "codes": this.codes(),
}}

impl Serialize for Located<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Located", 12)?;
        object.serialize_field("path", self.path)?;
        object.serialize_field("line", &self.line)?;
        object.serialize_field("column", &self.column)?;
        object.serialize_field("offset", &self.offset)?;
        object.serialize_field("text", self.text)?;
        object.serialize_field("id", &Text(self.found.id()))?;
        object.serialize_field("family", self.found.code().family().as_str())?;
        object.serialize_field("code", &Text(self.found.code()))?;
        object.serialize_field("name", &self.found.entry().and_then(Entry::name))?;
        object.serialize_field("confidence", self.found.confidence().as_str())?;
        object.serialize_field("why", &Text(self.found.reason()))?;
        object.serialize_field("others", &List(self.found.others().map(|entry| Text(entry.id()))))?;
        // A text has no fields.
        if let Some(field) = self.field {
            object.serialize_field("field", field)?;
        }
        object.end()
    }
}

serialize! { Entry, "Entry", this {
    "id": Text(this.id()),
    "family": this.family().as_str(),
    "code": Text(this.code()),
    "unsigned": this.code().number(),
    "signed": signed(this.code()),
    "name": this.name(),
    "aliases": List(this.aliases()),
    "severity": this.severity().as_str(),
    "summary": this.summary(),
    "basis": this.basis().as_str(),
    "notes": List(notes(*this)),
    "advice": List(this.advice()),
    "sources": List(this.sources()),
}}

serialize! { Advice, "Advice", this {
    "id": Text(this.id()),
    "scenario": this.scenario().as_str(),
    "phase": this.phase().map(|phase| phase.as_str()),
    "applies_to": this.applies_to(),
    "who": this.who().map(|who| who.as_str()),
    "reason": List(this.reasons()),
    "resolution": List(this.resolutions()),
    "retry": this.retry(),
    "endpoints": List(this.endpoints()),
    "events": List(this.events()),
    "links": List(this.links()),
    "sources": List(this.sources()),
}}

serialize! { Retry, "Retry", this {
    "when": match this {
        Self::Unstated => "unstated",
        Self::Never => "never",
        Self::Later => "later",
        Self::After { .. } => "after",
    },
    "after_seconds": match this {
        Self::After { seconds } => Some(*seconds),
        _ => None,
    },
}}

serialize! { Event, "Event", this { "channel": this.channel(), "id": this.id(), "meaning": this.meaning() }}
serialize! { Link, "Link", this { "title": this.title(), "url": this.url() }}
serialize! { Source, "Source", this { "title": this.title(), "url": this.url(), "date": this.date() }}

/// The two readings of a number's bits.
struct Fields {
    hresult: HresultFields,
    ntstatus: NtStatusFields,
}

serialize! { Fields, "Fields", this { "hresult": this.hresult, "ntstatus": this.ntstatus }}

serialize! { HresultFields, "HresultFields", this {
    "severity": if this.failure { "failure" } else { "success" },
    "reserved": this.reserved,
    "customer": this.customer,
    "nt": this.nt,
    "x": this.x,
    "facility": this.facility,
    "facility_name": this.facility_name(),
    "code": this.code,
}}

serialize! { NtStatusFields, "NtStatusFields", this {
    "severity": this.severity.as_str(),
    "customer": this.customer,
    "nt": this.nt,
    "facility": this.facility,
    "facility_name": this.facility_name(),
    "code": this.code,
}}

serialize! { Guide, "Guide", this {
    "schema": SCHEMA,
    "scenario": this.scenario().as_str(),
    "title": this.title(),
    "sections": List(this.sections()),
}}

serialize! { Section, "Section", this {
    "id": this.id(),
    "kind": this.kind().as_str(),
    "phase": this.phase().map(|phase| phase.as_str()),
    "applies_to": this.applies_to(),
    "title": this.title(),
    "reasons": List(this.reasons()),
    "steps": List(this.steps()),
    "endpoints": List(this.endpoints()),
    "events": List(this.events()),
    "links": List(this.links()),
    "entries": List(this.entries().map(|entry| Text(entry.id()))),
    "sources": List(this.sources()),
}}

serialize! { Endpoint, "Endpoint", this {
    "host": this.host(),
    "port": this.port(),
    "scheme": this.scheme(),
    "use": this.usage(),
}}
