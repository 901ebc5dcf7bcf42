//! What a person reads of one capture: where the device stands, and each finding with its lines, codes and remedy.

use std::fmt::Write as _;
use std::io::{self, Write};

use hexplain::dsregcmd::{Diagnosis, Field, Finding, FindingCode};
use hexplain::{Family, JoinState, Retry, Severity};

use crate::render::{CODE, FAINT, HEADING, NAME, Page, family_title, link, named};

/// Where the device stands, in words.
pub fn join_state(state: JoinState) -> &'static str {
    match state {
        JoinState::EntraJoined => "Microsoft Entra joined",
        JoinState::EntraHybridJoined => "Microsoft Entra hybrid joined",
        JoinState::DomainJoined => "in a domain, not joined to Microsoft Entra ID",
        JoinState::OnPremisesDrsJoined => "joined to the registration service on the premises",
        JoinState::NotJoined => "joined to nothing",
        _ => "of unknown join state",
    }
}

/// Tells a capture.
pub fn diagnosis(
    path: Option<&str>,
    diagnosis: &Diagnosis,
    with_fields: bool,
    width: Option<u16>,
    out: &mut Vec<u8>,
) -> io::Result<()> {
    let capture = diagnosis.capture();
    if let Some(path) = path {
        let number = if capture.number() > 1 { format!(", capture {}", capture.number()) } else { String::new() };
        writeln!(out, "{NAME}{}{number}{NAME:#}", safe(path))?;
    }
    let mut state = format!("The device is {}", join_state(capture.join_state()));
    if capture.is_workplace_joined() == Some(true) {
        state.push_str(", and registered by a work or school account");
    }
    if let Some(time) = capture.time() {
        let _ = write!(state, "; captured {time}");
    }
    let mut page = Page::new(out, width);
    page.line(0, "", &format!("{state}."))?;
    if let Some(phase) = diagnosis.phase() {
        page.line(0, "", &format!("The trouble is in phase {NAME}{phase}{NAME:#}."))?;
    }
    if with_fields {
        fields(diagnosis, &mut page)?;
    }
    if diagnosis.findings().is_empty() {
        page.line(0, "", "Nothing is wrong that the capture could show.")?;
    }
    diagnosis.findings().iter().try_for_each(|found| finding(found, &mut page))
}

/// All fields with what they tell.
fn fields<W: Write>(diagnosis: &Diagnosis, page: &mut Page<W>) -> io::Result<()> {
    for section in diagnosis.capture().sections() {
        page.heading(0, if section.name().is_empty() { "Fields" } else { section.name() })?;
        for field in section.fields() {
            page.line(2, "", &line(field))?;
            let codes = field.codes();
            let meaning = field.meaning().unwrap_or("Nobody here knows this field.");
            page.line(6, "", &format!("{FAINT}{meaning}{FAINT:#}"))?;
            codes.iter().try_for_each(|code| page.brief(6, code))?;
        }
    }
    Ok(())
}

fn finding<W: Write>(finding: &Finding, page: &mut Page<W>) -> io::Result<()> {
    let severity = finding.severity().as_str().to_uppercase();
    let phase = finding.phase().map(|phase| format!(", phase {phase}")).unwrap_or_default();
    page.heading(
        0,
        &format!("{severity}  {}{HEADING:#}  {FAINT}{}{phase}{FAINT:#}{HEADING}", finding.title(), finding.id()),
    )?;
    finding.evidence().iter().try_for_each(|field| page.line(2, "", &line(field)))?;
    page.texts(2, "Why    ", finding.own_reasons())?;
    // Where a server said what is wrong, it need not be looked for.
    let is_advised = |code: &FindingCode| code.advice().next().is_some();
    let is_said = finding.codes().iter().any(|code| code.is_said_by_server() && is_advised(code));
    for found in finding.codes() {
        let is_general = is_said && !found.is_said_by_server();
        if is_general || !is_advised(found) {
            page.brief(2, found.candidate())?;
        } else {
            code(found, finding, page)?;
        }
    }
    page.texts(2, "Do     ", finding.own_resolutions())?;
    page.texts(2, "See    ", finding.links().map(link))
}

/// A code with its advice for the phase.
fn code<W: Write>(code: &FindingCode, finding: &Finding, page: &mut Page<W>) -> io::Result<()> {
    let candidate = code.candidate();
    let number = match candidate.code().family() {
        Family::Condition => String::new(),
        _ => format!("{CODE}{}{CODE:#} ", candidate.code()),
    };
    let family = family_title(candidate.code().family());
    page.line(2, "", &format!("{family} {number}{NAME}{}{NAME:#}", named(candidate)))?;
    for advice in code.advice() {
        // What another phase says of the code is marked as such.
        if let Some(phase) = advice.phase().filter(|&phase| Some(phase) != finding.phase()) {
            page.line(4, "", &format!("In phase {phase}:"))?;
        } else if advice.entry() != candidate.entry().unwrap_or(advice.entry()) {
            let name = advice.entry().name().unwrap_or_default();
            page.line(4, "", &format!("It carries {name}:"))?;
        }
        page.texts(4, "Why    ", advice.reasons())?;
        page.texts(4, "Do     ", advice.resolutions())?;
        if let Retry::After { seconds } = advice.retry() {
            page.line(4, "Retry  ", &format!("Wait {seconds} seconds."))?;
        }
        page.texts(4, "See    ", advice.links().map(link))?;
    }
    Ok(())
}

/// A field as it stands in the capture, with its line.
fn line(field: &Field) -> String {
    format!("{FAINT}line {:<4}{FAINT:#}{} : {}", field.line(), safe(field.name()), safe(field.value()))
}

/// A text without what a terminal would obey.
pub fn safe(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
}

/// What a code is called in a table: how it is written, and its symbol if it has one.
pub fn short(code: &FindingCode) -> String {
    let candidate = code.candidate();
    match named(candidate) {
        name if candidate.entry().is_some() || candidate.wraps().next().is_some() => {
            format!("{} {name}", candidate.code())
        }
        _ => candidate.code().to_string(),
    }
}

/// Whether a finding calls for doing something.
pub fn is_trouble(finding: &Finding) -> bool {
    finding.severity() != Severity::Info
}
