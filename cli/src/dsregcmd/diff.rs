//! What changed between two captures of a device: the fields, and what is found.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use hexplain::Phase;
use hexplain::dsregcmd::{Capture, Diagnosis, Finding, Redactor, captures, decode};
use serde_json::json;

use super::report::{join_state, safe};
use super::{read, status_of};
use crate::args::DsregcmdArguments;
use crate::render::{FAINT, NAME, Page};
use crate::{UNUSABLE, complain, json_line};

/// A field by its section, its name and the count of its namesakes before it, with its values before and after.
type Changes<'a> = Vec<(&'a str, &'a str, Option<&'a str>, Option<&'a str>)>;

/// Compares the last captures of two files. The status is 1 if an error is diagnosed in the later one.
pub fn diff(
    before: &Path,
    after: &Path,
    arguments: &DsregcmdArguments,
    width: Option<u16>,
    out: &mut impl Write,
) -> io::Result<u8> {
    let mut redactor = arguments.redact.then(Redactor::default);
    let mut complain_of = |complaint: String| match &mut redactor {
        Some(redactor) => complain(&redactor.path(&complaint)),
        None => complain(&complaint),
    };
    let texts = [before, after].map(|path| text(path).map_err(&mut complain_of));
    let [Ok(one), Ok(other)] = &texts else { return Ok(UNUSABLE) };
    let captures = [(before, one), (after, other)].map(|(path, text)| last(path, text).map_err(&mut complain_of));
    let [Ok(one), Ok(other)] = captures else { return Ok(UNUSABLE) };
    let mut captures = [one, other];
    let mut names = [before, after].map(|path| path.to_string_lossy().into_owned());
    if let Some(redactor) = &mut redactor {
        redactor.redact(&mut captures);
        names = names.map(|name| redactor.path(&name));
    }
    let [before, after] = &captures;
    let diagnoses = [before.diagnose(arguments.now), after.diagnose(arguments.now)];
    let changes = changes(before, after);
    if arguments.json {
        json(&names, &diagnoses, &changes, out)?;
    } else {
        tell(&names, &diagnoses, &changes, width, out)?;
    }
    Ok(status_of(&diagnoses[1]))
}

/// The last capture of a file.
fn last<'t>(path: &Path, text: &'t str) -> Result<Capture<'t>, String> {
    let mut captures = captures(text).map_err(|error| format!("{}: {error}", path.display()))?;
    captures.pop().ok_or_else(|| format!("{}: There is no capture in it.", path.display()))
}

fn text(path: &Path) -> Result<String, String> {
    let bytes = read(path)?;
    let text = decode(&bytes).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(text.into_owned())
}

/// The fields whose values differ, in the order of the later capture, then those that it lacks.
fn changes<'a>(before: &'a Capture, after: &'a Capture) -> Changes<'a> {
    let mut old = keyed(before);
    let order: Vec<_> = keyed_in_order(after);
    let mut changes: Changes = Vec::new();
    for (key, value) in order {
        let known = old.remove(&key);
        if known != Some(value) {
            changes.push((key.0, key.1, known, Some(value)));
        }
    }
    let lost = keyed_in_order(before).into_iter().filter(|(key, _)| old.contains_key(key));
    changes.extend(lost.map(|(key, value)| (key.0, key.1, Some(value), None)));
    changes
}

type FieldKey<'a> = (&'a str, &'a str, usize);

fn keyed_in_order<'a>(capture: &'a Capture) -> Vec<(FieldKey<'a>, &'a str)> {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let fields = capture.fields().iter().map(|field| {
        let count = counts.entry((field.section(), field.name())).or_default();
        *count += 1;
        ((field.section(), field.name(), *count), field.value())
    });
    fields.collect()
}

fn keyed<'a>(capture: &'a Capture) -> BTreeMap<FieldKey<'a>, &'a str> {
    keyed_in_order(capture).into_iter().collect()
}

/// The findings of one diagnosis that the other does not have, or has too.
fn compared<'a, 'c, 't>(
    of: &'a Diagnosis<'c, 't>,
    other: &'a Diagnosis,
    in_both: bool,
) -> impl Iterator<Item = &'a Finding<'c, 't>> {
    let is_there = |id: &str| other.findings().iter().any(|finding| finding.id() == id);
    of.findings().iter().filter(move |finding| is_there(finding.id()) == in_both)
}

fn json(names: &[String; 2], diagnoses: &[Diagnosis; 2], changes: &Changes, out: &mut impl Write) -> io::Result<()> {
    let [one, other] = diagnoses;
    let ids = |findings: Vec<&Finding>| findings.iter().map(|finding| finding.id()).collect::<Vec<_>>();
    let changes: Vec<_> = changes
        .iter()
        .map(|(section, field, before, after)| json!({ "section": section, "field": field, "before": before, "after": after }))
        .collect();
    let pair = |of: fn(&Diagnosis) -> Option<&'static str>| json!({ "before": of(one), "after": of(other) });
    json_line(
        out,
        &json!({
            "schema": 1,
            "before": names[0],
            "after": names[1],
            "join_state": pair(|diagnosis| Some(diagnosis.capture().join_state().as_str())),
            "phase": pair(|diagnosis| diagnosis.phase().map(Phase::as_str)),
            "changes": changes,
            "resolved": ids(compared(one, other, false).collect()),
            "new": ids(compared(other, one, false).collect()),
            "remaining": ids(compared(other, one, true).collect()),
        }),
    )
}

fn tell(
    names: &[String; 2],
    diagnoses: &[Diagnosis; 2],
    changes: &Changes,
    width: Option<u16>,
    out: &mut impl Write,
) -> io::Result<()> {
    let [one, other] = diagnoses;
    let mut page = Page::new(out, width);
    page.line(0, "", &format!("From {NAME}{}{NAME:#} to {NAME}{}{NAME:#}", safe(&names[0]), safe(&names[1])))?;
    let states = [one, other].map(|diagnosis| join_state(diagnosis.capture().join_state()));
    page.line(
        0,
        "",
        &match states {
            [before, after] if before == after => format!("The device is still {before}."),
            [before, after] => format!("The device was {before}, and is now {after}."),
        },
    )?;
    let phases = [one, other].map(|diagnosis| diagnosis.phase().map_or("none", Phase::as_str));
    if phases[0] != phases[1] {
        page.line(0, "", &format!("The trouble was in phase {}, and is in phase {} now.", phases[0], phases[1]))?;
    }
    let groups = [
        ("Resolved", compared(one, other, false).collect::<Vec<_>>()),
        ("New", compared(other, one, false).collect()),
        ("Remaining", compared(other, one, true).collect()),
    ];
    for (title, findings) in groups.iter().filter(|(_, findings)| !findings.is_empty()) {
        page.heading(0, title)?;
        for finding in findings {
            let severity = finding.severity().as_str().to_uppercase();
            page.line(2, "", &format!("{severity:<9}{}  {FAINT}{}{FAINT:#}", finding.title(), finding.id()))?;
        }
    }
    page.heading(0, "Fields")?;
    if changes.is_empty() {
        page.line(2, "", "All are the same.")?;
    }
    for (section, field, before, after) in changes {
        let section = if section.is_empty() { String::new() } else { format!("{section}, ") };
        page.line(2, "", &format!("{NAME}{}{}{NAME:#}", safe(&section), safe(field)))?;
        let value = |value: Option<&str>| value.map_or("(absent)".to_owned(), safe);
        page.line(4, "- ", &value(*before))?;
        page.line(4, "+ ", &value(*after))?;
    }
    Ok(())
}
