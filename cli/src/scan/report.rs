//! What is said of the codes that a block or a batch of records holds, one way of saying it for each output.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;
use std::sync::Arc;

use hexplain::scan::{Located, Match, Scanner};
use hexplain::{Code, Confidence, Entry, Family, Hint, explain_with};
use memchr::{memchr, memchr_iter, memrchr};

use super::blocks::{Block, characters, width};
use super::enrich::{Enriched, enrich};
use super::records::{Batch, Record};
use crate::render::{CODE, FAINT, NAME, family_title, named};

/// Which codes are reported.
pub struct Wanted {
    pub families: Vec<Family>,
    pub confidence: Confidence,
}

impl Wanted {
    pub fn takes(&self, family: Family, confidence: Confidence) -> bool {
        // Exact comes first among them.
        confidence <= self.confidence && (self.families.is_empty() || self.families.contains(&family))
    }
}

/// How codes are reported.
pub enum Style {
    /// The lines that hold codes, explained.
    Lines,
    /// A JSON object for each code.
    Json,
    /// Every line, explained in place.
    Annotate,
    /// A table at the end.
    Summary,
    /// JSON lines with the meaning of these fields.
    Enrich(Vec<String>),
}

/// Says what a piece of the input holds.
pub struct Reporter {
    pub style: Style,
    pub wanted: Wanted,
    pub unknown: bool,
    /// Lines name their file.
    pub names_files: bool,
    pub is_coloured: bool,
}

/// What is said of a piece of the input.
#[derive(Default)]
pub struct Report {
    pub out: Vec<u8>,
    pub found: bool,
    pub tally: Tally,
    /// Lines that could not be taken, for standard error.
    pub complaints: Vec<String>,
    /// Some lines were no JSON.
    pub has_other_lines: bool,
    /// Some part could not be used.
    pub is_unusable: bool,
}

impl Reporter {
    /// Says what a block holds.
    pub fn block(&self, block: &Block) -> Report {
        let mut report = Report::default();
        match &self.style {
            Style::Enrich(fields) => self.enrich(block, fields, &mut report),
            Style::Annotate => self.annotate(block, &mut report),
            Style::Lines => {
                for (line, codes) in self.lines(block) {
                    report.found = true;
                    self.line(block, &line, &codes, ':', &mut report.out);
                }
            }
            Style::Json | Style::Summary => self.codes(block, &mut report),
        }
        report
    }

    /// The codes that begin in a block.
    fn matches<'b>(&'b self, block: &'b Block) -> impl Iterator<Item = Match> + 'b {
        // What stands before the block is gone through for what it says of it.
        let start = block.part.start as u64;
        let found = block.scanner.scan_within(&block.bytes, 0..block.part.end);
        found
            .filter(move |found| found.start() >= start && self.wanted.takes(found.code().family(), found.confidence()))
    }

    /// A JSON object, or a stroke in the tally, for each code.
    fn codes(&self, block: &Block, report: &mut Report) {
        let text = block.text();
        // How far lines, characters and bytes have been counted.
        let (mut counted, mut number, mut column, mut offset) = (0, block.line, block.column, block.offset);
        for found in self.matches(block) {
            report.found = true;
            let range = found.range();
            let at = range.start - block.part.start;
            let between = &text[counted..at];
            counted = at;
            number += memchr_iter(b'\n', between).count() as u64;
            if matches!(self.style, Style::Summary) {
                report.tally.add(&found, &block.path, number);
                continue;
            }
            offset += width(between, block.is_wide);
            column = match memrchr(b'\n', between) {
                Some(end) => characters(&between[end + 1..]),
                None => column + characters(between),
            };
            let located = Located {
                path: &block.path,
                line: number,
                column: column + 1,
                offset,
                text: &String::from_utf8_lossy(&block.bytes[range]),
                found,
                field: None,
            };
            json_line(&mut report.out, &located);
        }
    }

    /// The lines of a block that hold codes.
    pub fn lines(&self, block: &Block) -> Vec<(Line, Vec<Match>)> {
        let mut lines: Vec<(Line, Vec<Match>)> = Vec::new();
        let text = block.text();
        let mut number = block.line;
        let mut counted = 0;
        for found in self.matches(block) {
            let at = found.range().start - block.part.start;
            if let Some((line, codes)) = lines.last_mut()
                && at < line.end
            {
                codes.push(found);
                continue;
            }
            number += memchr_iter(b'\n', &text[counted..at]).count() as u64;
            let start = memrchr(b'\n', &text[..at]).map_or(0, |end| end + 1);
            let end = memchr(b'\n', &text[at..]).map_or(text.len(), |end| at + end);
            counted = at;
            lines.push((Line { number, start, end }, vec![found]));
        }
        lines
    }

    /// A line of a block, without codes or with an explanation of each under it.
    pub fn line(&self, block: &Block, line: &Line, codes: &[Match], mark: char, out: &mut Vec<u8>) {
        let file = if self.names_files { format!("{}{mark}", block.path) } else { String::new() };
        let place = self.styled(FAINT, &format!("{file}{}{mark}", line.number));
        out.extend_from_slice(format!("{place} ").as_bytes());
        let goes_on = self.styled(FAINT, "[the line goes on]");
        if line.start == 0 && block.column > 0 {
            out.extend_from_slice(goes_on.as_bytes());
        }
        let text = &block.text()[..line.end];
        let mut written = line.start;
        if self.is_coloured {
            for range in codes.iter().map(Match::range) {
                let (start, end) = (range.start - block.part.start, range.end - block.part.start);
                out.extend_from_slice(&text[written..start]);
                out.extend_from_slice(self.styled(CODE, &String::from_utf8_lossy(&block.bytes[range])).as_bytes());
                // A code may go on behind the cut of a line.
                written = end.min(line.end);
            }
        }
        let rest = &text[written..];
        out.extend_from_slice(rest.strip_suffix(b"\r").unwrap_or(rest));
        if line.end == block.text().len() && block.is_cut() {
            out.extend_from_slice(goes_on.as_bytes());
        }
        out.push(b'\n');
        self.explain(codes, out);
    }

    /// A line for each code that differs from those before it.
    fn explain(&self, codes: &[Match], out: &mut Vec<u8>) {
        let mut told: Vec<Code> = Vec::new();
        for found in codes {
            if !told.contains(&found.code()) {
                told.push(found.code());
                out.extend_from_slice(format!("    {}\n", self.meaning(found)).as_bytes());
            }
        }
    }

    /// `0x800F0805 CBS_E_INVALID_PACKAGE (HRESULT): What happened.`
    fn meaning(&self, found: &Match) -> String {
        let code = found.code();
        let mut text = match code.family() {
            Family::Condition => String::new(),
            _ => self.styled(CODE, &code.to_string()) + " ",
        };
        let _ = write!(text, "{} ({})", self.styled(NAME, &name(found)), family_title(code.family()));
        let entry = found.entry().or_else(|| found.others().next());
        if let Some(summary) = entry.and_then(Entry::summary) {
            let _ = write!(text, ": {summary}");
        }
        if found.confidence() == Confidence::Guess && found.entry().is_some() {
            let _ = write!(text, " (a guess: {})", found.reason());
        }
        text
    }

    /// Every line of a block, with the name of each code behind it, or the number of each name.
    fn annotate(&self, block: &Block, report: &mut Report) {
        let mut written = block.part.start;
        for found in self.matches(block) {
            report.found = true;
            if found.repeats() {
                continue;
            }
            let end = found.range().end.min(block.part.end);
            report.out.extend_from_slice(&block.bytes[written..end]);
            written = end;
            let text = match found.entry() {
                Some(entry) if found.form() == hexplain::scan::Form::Symbol => entry.code().to_string(),
                _ => name(&found),
            };
            let summary = found.entry().and_then(Entry::summary).map(|s| format!(": {s}")).unwrap_or_default();
            report.out.extend_from_slice(self.styled(FAINT, &format!(" {{{text}{summary}}}")).as_bytes());
        }
        report.out.extend_from_slice(&block.bytes[written..block.part.end]);
    }

    /// Each JSON line of a block with the meaning of its fields.
    fn enrich(&self, block: &Block, fields: &[String], report: &mut Report) {
        let mut number = block.line;
        for line in block.text().split_inclusive(|&byte| byte == b'\n') {
            let (record, end) = match line {
                [record @ .., b'\r', b'\n'] => (record, &b"\r\n"[..]),
                [record @ .., b'\n'] => (record, &b"\n"[..]),
                record => (record, &b""[..]),
            };
            let place = format!("{}:{number}", block.path);
            match enrich(record, fields, &self.wanted) {
                Enriched::Record(enriched, found) => {
                    report.found |= found;
                    report.out.extend_from_slice(&enriched);
                    report.out.extend_from_slice(end);
                    number += 1;
                    continue;
                }
                Enriched::NoRecord => report.has_other_lines |= !record.trim_ascii().is_empty(),
                Enriched::HasKey => {
                    report.is_unusable = true;
                    let message = "The record has a key `hexplain` already and passes unchanged; rename it first.";
                    report.complaints.push(format!("{place}: {message}"));
                }
            }
            report.out.extend_from_slice(line);
            number += 1;
        }
    }

    /// Says what the records of an event log hold.
    pub fn records(&self, batch: Batch) -> Report {
        let complaints = batch.complaints;
        let mut report = Report { is_unusable: !complaints.is_empty(), complaints, ..Report::default() };
        for record in &batch.records {
            self.record(&batch.path, record, &mut report);
        }
        report
    }

    fn record(&self, path: &Arc<str>, record: &Record, report: &mut Report) {
        let mut is_told = false;
        for (name, text) in &record.fields {
            // The field's name says what its number is.
            let line = format!("{name}: {text}");
            let start = line.len() - text.len();
            let scanner = Scanner::new().unknown(self.unknown);
            let scanner = record.event.map_or(scanner, |id| scanner.event(id));
            let found = scanner.scan(line.as_bytes()).filter(|found| found.range().start >= start);
            let codes: Vec<Match> =
                found.filter(|found| self.wanted.takes(found.code().family(), found.confidence())).collect();
            let is_annotated = matches!(self.style, Style::Annotate);
            if codes.is_empty() && !is_annotated {
                continue;
            }
            report.found |= !codes.is_empty();
            match self.style {
                Style::Summary => codes.iter().for_each(|found| report.tally.add(found, path, record.id)),
                Style::Json => {
                    for &found in &codes {
                        let range = found.range();
                        let offset = (range.start - start) as u64;
                        let column = characters(&line.as_bytes()[start..range.start]) + 1;
                        let (text, field) = (&line[range], Some(name.as_str()));
                        let (path, line) = (&**path, record.id);
                        json_line(&mut report.out, &Located { path, line, column, offset, text, found, field });
                    }
                }
                _ => {
                    if !std::mem::replace(&mut is_told, true) {
                        let event = record.event.map(|id| format!(", event {id}")).unwrap_or_default();
                        let file = if self.names_files { format!("{path}: ") } else { String::new() };
                        let title = self.styled(FAINT, &format!("{file}record {}{event}", record.id));
                        report.out.extend_from_slice(format!("{title}\n").as_bytes());
                    }
                    // A text of several lines would tear the record apart.
                    let shown = line.replace(['\r', '\n', '\t'], " ");
                    report.out.extend_from_slice(format!("  {shown}\n").as_bytes());
                    self.explain(&codes, &mut report.out);
                }
            }
        }
    }

    fn styled(&self, style: anstyle::Style, text: &str) -> String {
        if self.is_coloured { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

/// A line of a block: its number, and where it stands without its line feed.
pub struct Line {
    pub number: u64,
    pub start: usize,
    pub end: usize,
}

/// The name of a code, or how the headers would write it.
fn name(found: &Match) -> String {
    if let Some(name) = found.entry().and_then(Entry::name) {
        return name.to_owned();
    }
    let (families, code) = ([found.code().family()], found.code().to_string());
    let explained = explain_with(&code, Hint::families(&families)).candidates().next();
    explained.map_or_else(|| "unknown".to_owned(), |candidate| named(&candidate))
}

fn json_line(out: &mut Vec<u8>, located: &Located) {
    serde_json::to_writer(&mut *out, located).expect("a Vec takes everything");
    out.push(b'\n');
}

/// How often each code stands in the input, and where first and last.
#[derive(Default)]
pub struct Tally(BTreeMap<(Code, String), Stroke>);

struct Stroke {
    count: u64,
    name: String,
    first: (Arc<str>, u64),
    last: (Arc<str>, u64),
}

impl Tally {
    /// Counts a code, unless it is the one before it said once more.
    fn add(&mut self, found: &Match, path: &Arc<str>, line: u64) {
        let place = || (Arc::clone(path), line);
        let key = (found.code(), found.id().to_string());
        let stroke =
            self.0.entry(key).or_insert_with(|| Stroke { count: 0, name: name(found), first: place(), last: place() });
        stroke.last = place();
        stroke.count += u64::from(!found.repeats());
    }

    /// Adds what was counted behind it.
    pub fn append(&mut self, behind: Self) {
        for (key, stroke) in behind.0 {
            if let Some(known) = self.0.get_mut(&key) {
                known.count += stroke.count;
                known.last = stroke.last;
            } else {
                self.0.insert(key, stroke);
            }
        }
    }

    /// The table, the most frequent code first.
    pub fn write(&self, names_files: bool, is_coloured: bool, out: &mut impl Write) -> std::io::Result<()> {
        let mut strokes: Vec<(&(Code, String), &Stroke)> = self.0.iter().collect();
        strokes.sort_by_key(|(_, stroke)| std::cmp::Reverse(stroke.count));
        let place =
            |(path, line): &(Arc<str>, u64)| if names_files { format!("{path}:{line}") } else { line.to_string() };
        let mut rows = vec![["COUNT", "CODE", "NAME", "FAMILY", "FIRST", "LAST"].map(str::to_owned)];
        for ((code, _), stroke) in strokes {
            let family = code.family().to_string();
            let (first, last) = (place(&stroke.first), place(&stroke.last));
            rows.push([stroke.count.to_string(), code.to_string(), stroke.name.clone(), family, first, last]);
        }
        let widths: Vec<usize> =
            (0..6).map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0)).collect();
        for (number, row) in rows.iter().enumerate() {
            let mut line = format!("{:>1$}", row[0], widths[0]);
            for column in 1..6 {
                let _ = write!(line, "  {:<1$}", row[column], widths[column]);
            }
            let line = line.trim_end();
            let style = if number == 0 && is_coloured { NAME } else { anstyle::Style::new() };
            writeln!(out, "{style}{line}{style:#}")?;
        }
        Ok(())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
