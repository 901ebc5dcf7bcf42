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

serialize! { Candidate, "Candidate", this {
    "id": id(this),
    "family": this.code().family().as_str(),
    "code": Text(this.code()),
    "unsigned": this.code().number(),
    "signed": signed(this.code()),
    "name": this.entry().and_then(Entry::name),
    "aliases": List(this.entry().into_iter().flat_map(Entry::aliases)),
    "severity": this.entry().map_or(this.code().severity(), Entry::severity).as_str(),
    "summary": this.entry().and_then(Entry::summary),
    "basis": this.entry().map_or(crate::Basis::Documented, Entry::basis).as_str(),
    "notes": List(this.entry().into_iter().flat_map(notes)),
    "why": Text(this.why()),
    "rank": this.rank(),
    "confidence": this.confidence().as_str(),
    "advice": List(this.entry().into_iter().flat_map(Entry::advice)),
    "wraps": List(this.wraps()),
    "sources": List(this.entry().into_iter().flat_map(Entry::sources)),
}}

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

serialize! { WithoutAdvice, "Candidate", this {
    "id": id(&this.0),
    "family": this.0.code().family().as_str(),
    "code": Text(this.0.code()),
    "unsigned": this.0.code().number(),
    "signed": signed(this.0.code()),
    "name": this.0.entry().and_then(Entry::name),
    "aliases": List(this.0.entry().into_iter().flat_map(Entry::aliases)),
    "severity": this.0.entry().map_or(this.0.code().severity(), Entry::severity).as_str(),
    "summary": this.0.entry().and_then(Entry::summary),
    "basis": this.0.entry().map_or(crate::Basis::Documented, Entry::basis).as_str(),
    "notes": List(this.0.entry().into_iter().flat_map(notes)),
    "why": Text(this.0.why()),
    "rank": this.0.rank(),
    "confidence": this.0.confidence().as_str(),
    "wraps": List(this.0.wraps().map(WithoutAdvice)),
    "sources": List(this.0.entry().into_iter().flat_map(Entry::sources)),
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

/// The id of a candidate's entry, or what it would be.
fn id(candidate: &Candidate) -> Text<CodeId> {
    Text(CodeId { code: candidate.code(), entry: candidate.entry() })
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
