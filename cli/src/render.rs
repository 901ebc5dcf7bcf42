//! What people read: explanations, search results and guides, as text of a terminal's width.

use std::fmt::Display;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use hexplain::{
    Advice, Basis, Candidate, Code, Confidence, Entry, Event, Explanation, Family, Guide, Link, Phase, Retry, Scenario,
    Section, Severity, Source, Why, Wrapper,
};

pub const NAME: Style = Style::new().bold();
pub const CODE: Style = AnsiColor::Cyan.on_default().bold();
pub const HEADING: Style = AnsiColor::Yellow.on_default().bold();
pub const FAINT: Style = Style::new().dimmed();

/// Text of a terminal is folded at its width, and at this where it is wider.
const WIDEST: usize = 100;

/// A writer that knows how wide the page is.
pub struct Page<'a, W: Write> {
    out: &'a mut W,
    /// Columns; `None` where the output is no terminal, and nothing is folded.
    width: Option<usize>,
}

impl<'a, W: Write> Page<'a, W> {
    pub fn new(out: &'a mut W, width: Option<u16>) -> Self {
        Self { out, width: width.map(|width| usize::from(width).clamp(40, WIDEST)) }
    }

    /// All readings of an input: those that say what to do in full, the others in a line each.
    pub fn explanation(&mut self, explanation: &Explanation) -> io::Result<()> {
        if let Some(error) = explanation.error() {
            return self.line(0, "", &format!("{}: {error}", Shortened(explanation.input())));
        }
        let mut brief = Vec::new();
        let mut extend = Vec::new();
        let mut shown = 0;
        for candidate in explanation.candidates() {
            let advised = candidate.entry().is_some_and(|entry| entry.advice().len() > 0);
            if shown == 0 || advised && candidate.confidence() == Confidence::Exact {
                if shown > 0 {
                    writeln!(self.out)?;
                }
                self.candidate(&candidate)?;
                shown += 1;
            } else if candidate.why() == Why::Inside(Wrapper::Extend) {
                extend.push(candidate);
            } else {
                brief.push(candidate);
            }
        }
        if !extend.is_empty() {
            self.heading(0, "The extend code says")?;
            extend.iter().try_for_each(|candidate| self.brief(2, candidate))?;
        }
        if !brief.is_empty() {
            self.heading(0, "Also read as")?;
            brief.iter().try_for_each(|candidate| self.brief(2, candidate))?;
        }
        if shown == 0 {
            self.unknown(explanation)?;
        }
        Ok(())
    }

    fn unknown(&mut self, explanation: &Explanation) -> io::Result<()> {
        self.line(0, "", &format!("{}: Nothing by this name or number is known.", Shortened(explanation.input())))?;
        if let Some((hresult, ntstatus)) = explanation.fields() {
            let facility = hresult.facility_name().unwrap_or("without a name");
            let severity = if hresult.failure { "failure" } else { "success" };
            let text = format!(
                "{severity}, facility {} ({facility}), code {} (0x{:04X})",
                hresult.facility, hresult.code, hresult.code
            );
            self.line(2, "As an HRESULT   ", &text)?;
            let facility = ntstatus.facility_name().unwrap_or("without a name");
            let (severity, number, code) = (ntstatus.severity, ntstatus.facility, ntstatus.code);
            let text = format!("{severity}, facility {number} ({facility}), code {code} (0x{code:04X})");
            self.line(2, "As an NTSTATUS  ", &text)?;
        }
        let suggestions = explanation.suggestions();
        if !suggestions.is_empty() {
            self.line(2, "Did you mean    ", &suggestions.join(", "))?;
        }
        Ok(())
    }

    fn candidate(&mut self, candidate: &Candidate) -> io::Result<()> {
        self.title(candidate)?;
        let reading = format!("{}{}", candidate.why(), confidence(candidate));
        self.line(2, "", &format!("{FAINT}{reading}{FAINT:#}"))?;
        if let Some(entry) = candidate.entry() {
            if let Some(summary) = entry.summary() {
                self.line(2, "", summary)?;
            }
            let aliases: Vec<_> = entry.aliases().collect();
            if !aliases.is_empty() {
                self.line(2, "Also called  ", &aliases.join(", "))?;
            }
            self.texts(2, "Message  ", entry.messages())?;
            for note in entry.notes() {
                self.line(2, "Note  ", note)?;
            }
            if entry.basis() != Basis::Documented {
                self.line(2, "Note  ", founded(entry.basis()))?;
            }
            entry.advice().try_for_each(|advice| self.advice(advice))?;
        }
        let inside: Vec<_> = candidate.wraps().collect();
        if !inside.is_empty() {
            self.heading(2, "Carries")?;
            inside.iter().try_for_each(|inner| self.brief(4, inner))?;
        }
        // Where nothing is advised about the code itself, what it carries may be.
        let is_advised = |entry: &Entry| entry.advice().next().is_some();
        let carried = inside.iter().filter_map(Candidate::entry).filter(is_advised);
        let carried: Vec<_> =
            if candidate.entry().is_some_and(|e| is_advised(&e)) { vec![] } else { carried.collect() };
        carried.iter().flat_map(|entry| entry.advice()).try_for_each(|advice| self.advice(advice))?;
        let mut sources: Vec<Source> = vec![];
        for entry in candidate.entry().iter().chain(&carried) {
            for source in entry.sources().chain(entry.advice().flat_map(|advice| advice.sources())) {
                if !sources.iter().any(|known| known.key() == source.key()) {
                    sources.push(source);
                }
            }
        }
        self.sources(2, sources)
    }

    /// `0x801C03F2  DSREG_E_DIRECTORY_FAILURE`, and the family and number forms under it.
    fn title(&mut self, candidate: &Candidate) -> io::Result<()> {
        let code = candidate.code();
        let name = named(candidate);
        match code.family() {
            Family::Condition => writeln!(self.out, "{NAME}{name}{NAME:#}")?,
            Family::Event => writeln!(self.out, "{CODE}Event {code}{CODE:#}")?,
            _ => writeln!(self.out, "{CODE}{code}{CODE:#}  {NAME}{name}{NAME:#}")?,
        }
        // Most codes are errors; the others say so.
        let severity = match candidate.entry().map_or(code.severity(), Entry::severity) {
            Severity::Error => String::new(),
            other => format!(" ({other})"),
        };
        let forms = match code.family() {
            Family::Condition => code.to_string(),
            // Nobody writes these in hexadecimal.
            Family::Aadsts | Family::Http => code.value().to_string(),
            Family::Event => candidate.entry().and_then(Entry::context).unwrap_or_default().to_owned(),
            _ => number_forms(code),
        };
        self.line(2, "", &format!("{}{severity}  {forms}", family_title(code.family())))
    }

    /// One line for a candidate: code, name, and what happened.
    pub fn brief(&mut self, indent: usize, candidate: &Candidate) -> io::Result<()> {
        let code = candidate.code();
        let family = family_title(code.family());
        let name = named(candidate);
        let summary = candidate.entry().and_then(Entry::summary).map(|s| format!(": {s}")).unwrap_or_default();
        let code = if code.family() == Family::Condition { String::new() } else { format!("{CODE}{code}{CODE:#} ") };
        let text = format!("{family} {code}{NAME}{name}{NAME:#}{summary}{}", confidence(candidate));
        self.line(indent, "", &text)?;
        candidate.wraps().try_for_each(|inner| self.brief(indent + 2, &inner))
    }

    fn advice(&mut self, advice: Advice) -> io::Result<()> {
        let applies = advice.applies_to().map(|text| format!(" ({text})")).unwrap_or_default();
        self.heading(2, &format!("{}{applies}", place(advice.scenario(), advice.phase())))?;
        self.texts(4, "Why    ", advice.reasons())?;
        self.texts(4, "Do     ", advice.resolutions())?;
        let retry = match advice.retry() {
            Retry::Never => Some("It fails again until something is changed.".to_owned()),
            Retry::Later => Some("It may work later.".to_owned()),
            Retry::After { seconds } => Some(format!("Wait {seconds} seconds.")),
            _ => None,
        };
        self.texts(4, "Retry  ", retry)?;
        self.texts(4, "Who    ", advice.who())?;
        self.texts(4, "Reach  ", advice.endpoints())?;
        self.texts(4, "Read   ", advice.events().map(event))?;
        self.texts(4, "See    ", advice.links().map(link))?;
        if advice.basis() != Basis::Documented {
            self.line(4, "Note   ", founded(advice.basis()))?;
        }
        Ok(())
    }

    /// What a search found, and how much more there is.
    pub fn found(&mut self, words: &str, shown: &[Candidate], all: usize) -> io::Result<()> {
        if shown.is_empty() && all == 0 {
            return self.line(0, "", &format!("Nothing holds all of: {}", Shortened(words)));
        }
        shown.iter().try_for_each(|candidate| self.brief(0, candidate))?;
        if all > shown.len() {
            let rest = all - shown.len();
            self.line(0, "", &format!("{FAINT}and {rest} more; --limit {all} shows them all.{FAINT:#}"))?;
        }
        Ok(())
    }

    /// The scenarios, with what their guides hold.
    pub fn guides(&mut self) -> io::Result<()> {
        for guide in Guide::all() {
            let count = guide.sections().len();
            let scenario = guide.scenario().to_string();
            self.line(0, "", &format!("{CODE}{scenario:<16}{CODE:#}  {} ({count} sections)", guide.title()))?;
        }
        Ok(())
    }

    /// A scenario from beginning to end.
    pub fn guide(&mut self, guide: Guide) -> io::Result<()> {
        writeln!(self.out, "{NAME}{}{NAME:#}", guide.title())?;
        let mut phase = None;
        let mut number = 0;
        for section in guide.sections() {
            if section.phase() != phase {
                phase = section.phase();
                if let Some(phase) = phase {
                    self.heading(0, &format!("Phase: {phase}"))?;
                }
            }
            number += 1;
            self.section(number, section)?;
        }
        Ok(())
    }

    fn section(&mut self, number: usize, section: Section) -> io::Result<()> {
        let applies = section.applies_to().map(|text| format!(", {text}")).unwrap_or_default();
        let kind = section.kind().to_string().replace('-', " ");
        writeln!(self.out)?;
        self.line(
            0,
            &format!("{number}. "),
            &format!("{NAME}{}{NAME:#} {FAINT}({kind}{applies}){FAINT:#}", section.title()),
        )?;
        self.texts(3, "- ", section.reasons())?;
        for (step, text) in (1..).zip(section.steps()) {
            self.line(3, &format!("{step}. "), text)?;
        }
        for e in section.endpoints() {
            self.line(3, "Reach  ", &format!("{}://{}:{}  {}", e.scheme(), e.host(), e.port(), e.usage()))?;
        }
        self.texts(3, "Read   ", section.events().map(event))?;
        self.texts(3, "See    ", section.links().map(link))?;
        for entry in section.entries() {
            self.section_entry(section, entry)?;
        }
        Ok(())
    }

    /// A code in its section: with the advice of the section's phase, if it has such.
    fn section_entry(&mut self, section: Section, entry: Entry) -> io::Result<()> {
        let name = entry.name().unwrap_or("(no name)");
        let code = match entry.family() {
            Family::Condition => String::new(),
            _ => format!("{CODE}{}{CODE:#} ", entry.code()),
        };
        self.line(3, "", &format!("{code}{NAME}{name}{NAME:#}"))?;
        for advice in entry.advice().filter(|advice| advice.phase() == section.phase()) {
            self.texts(5, "Why  ", advice.reasons())?;
            self.texts(5, "Do   ", advice.resolutions())?;
        }
        Ok(())
    }

    fn sources(&mut self, indent: usize, sources: Vec<Source>) -> io::Result<()> {
        if !sources.is_empty() {
            self.heading(indent, "Sources")?;
        }
        for source in sources {
            self.line(indent + 2, "", &format!("{}, {}", source.title(), source.date()))?;
            self.line(indent + 4, "", &format!("{FAINT}{}{FAINT:#}", source.url()))?;
        }
        Ok(())
    }

    pub fn heading(&mut self, indent: usize, text: &str) -> io::Result<()> {
        writeln!(self.out)?;
        self.line(indent, "", &format!("{HEADING}{text}{HEADING:#}"))
    }

    /// Several texts under one label, which stands before the first.
    pub fn texts<T: Display>(
        &mut self,
        indent: usize,
        label: &str,
        texts: impl IntoIterator<Item = T>,
    ) -> io::Result<()> {
        let blank = " ".repeat(label.len());
        for (at, text) in texts.into_iter().enumerate() {
            let label = if at == 0 || label == "- " { label } else { &blank };
            self.line(indent, label, &text.to_string())?;
        }
        Ok(())
    }

    /// A label and a text, folded under the label's end.
    pub fn line(&mut self, indent: usize, label: &str, text: &str) -> io::Result<()> {
        let first = format!("{}{label}", " ".repeat(indent));
        let Some(width) = self.width else { return writeln!(self.out, "{first}{text}") };
        let rest = " ".repeat(first.len());
        let options = textwrap::Options::new(width)
            .initial_indent(&first)
            .subsequent_indent(&rest)
            .break_words(false)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        writeln!(self.out, "{}", textwrap::fill(text, options))
    }
}

/// An input as it is repeated to a person: not ten megabytes of it.
struct Shortened<'a>(&'a str);

impl Display for Shortened<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Control characters would reach the terminal.
        let mut safe = self.0.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c });
        write!(f, "\"{}", safe.by_ref().take(200).collect::<String>())?;
        f.write_str(if safe.next().is_some() { "...\"" } else { "\"" })
    }
}

fn confidence(candidate: &Candidate) -> String {
    match candidate.confidence() {
        Confidence::Guess => " (a guess)".to_owned(),
        _ => String::new(),
    }
}

/// What it means that a text is not documented.
fn founded(basis: Basis) -> &'static str {
    match basis {
        Basis::Inferred => "No page says this; it follows from what the sources do say.",
        _ => "The sources disagree here, or the one source is doubtful.",
    }
}

/// The name, or how the headers would write a code that is a Win32 error in another guise.
pub fn named(candidate: &Candidate) -> String {
    if let Some(name) = candidate.entry().and_then(Entry::name) {
        return name.to_owned();
    }
    let inner = candidate.wraps().next();
    let inside = inner.and_then(|inner| Some((inner.why(), inner.entry()?.name()?)));
    match inside {
        Some((Why::Inside(Wrapper::Win32), name)) => format!("HRESULT_FROM_WIN32({name})"),
        Some((Why::Inside(Wrapper::NtStatus), name)) => format!("HRESULT_FROM_NT({name})"),
        Some((Why::Inside(Wrapper::NtStatusWin32), name)) => format!("NTSTATUS_FROM_WIN32({name})"),
        _ => "(no name)".to_owned(),
    }
}

/// The other ways of writing a number.
fn number_forms(code: Code) -> String {
    let (value, signed) = (code.value(), code.signed());
    if signed < 0 { format!("0x{value:08X} = {signed} = {value}") } else { format!("{value} = 0x{value:X}") }
}

/// What a family is called in a sentence.
pub fn family_title(family: Family) -> &'static str {
    match family {
        Family::Hresult => "HRESULT",
        Family::NtStatus => "NTSTATUS",
        Family::Win32 => "Win32 error",
        Family::WinHttp => "WinHTTP error",
        Family::WinInet => "WinINet error",
        Family::Aadsts => "AADSTS error",
        Family::Http => "HTTP status",
        Family::Ldap => "LDAP result",
        Family::Kerberos => "Kerberos error",
        Family::BugCheck => "Bug check",
        Family::CmProblem => "Device Manager problem",
        Family::Ese => "ESE (JET) error",
        Family::Wlan => "Wi-Fi reason",
        Family::ConfigRet => "Plug and Play result",
        Family::Dns => "DNS response",
        Family::TlsAlert => "TLS alert",
        Family::Rdp => "Remote Desktop disconnect",
        Family::RdpExtended => "Remote Desktop extended disconnect",
        Family::Pdh => "Performance data status",
        Family::MsiAction => "Windows Installer action",
        Family::MsiDatabase => "Windows Installer database error",
        Family::SetupPhase => "Windows Setup phase",
        Family::SetupOperation => "Windows Setup operation",
        Family::SyncMl => "SyncML status",
        Family::AppleMdm => "Apple MDM error",
        Family::IntuneApp => "Intune app state",
        Family::MmSys => "Multimedia error",
        Family::Tapi => "Telephony error",
        Family::Mapi => "Simple MAPI error",
        Family::Condition => "Condition",
        Family::Event => "Event",
        other => other.as_str(),
    }
}

fn place(scenario: Scenario, phase: Option<Phase>) -> String {
    let title = Guide::of(scenario).map_or(scenario.as_str(), Guide::title);
    phase.map_or(title.to_owned(), |phase| format!("{title}, phase {phase}"))
}

fn event(event: Event) -> String {
    format!("event {} in {}: {}", event.id(), event.channel(), event.meaning())
}

pub fn link(link: Link) -> String {
    format!("{} <{}>", link.title(), link.url())
}
