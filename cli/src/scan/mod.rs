//! `hexplain scan`: finds the codes in files and says what they are.
//!
//! `crate::source` opens and decodes, `blocks` cuts, `records` reads event logs, `crate::pool` spreads the pieces over
//! threads, `report` says what each holds, `enrich` does so for JSON lines. Here a piece is a job, and what is said of it is
//! written in the order of the input.

mod blocks;
mod enrich;
mod progress;
mod records;
mod report;

use std::collections::VecDeque;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use blocks::{Block, Blocks};
use hexplain::scan::Scanner;
use memchr::memchr_iter;
use progress::Progress;
use records::Batch;
use report::{Line, Report, Reporter, Style, Tally, Wanted};

use crate::args::ScanArguments;
use crate::source::{self, Content, Counter};
use crate::{ANSWERED, NOT_FOUND, UNUSABLE, complain, pool};

/// Held while whole lines are written, so that Ctrl-C leaves none half.
static WRITING: Mutex<()> = Mutex::new(());
/// The exit status of a program that Ctrl-C ends.
const ENDED_BY_INTERRUPT: u8 = 130;

/// A piece of the input.
enum Piece {
    Block(Block),
    Records(Batch),
    /// Nothing can be said of a file but that it could not be used.
    Unusable,
}

/// Searches all files. The status is 0 if a code was found, 1 if none was or a line was no JSON, 2 if a file could not
/// be used.
pub fn scan(arguments: &ScanArguments, is_coloured: bool, out: &mut impl Write) -> io::Result<u8> {
    // Where no handler can be set, the system's own ends the program.
    let _ = ctrlc::set_handler(end_between_lines);
    let status = AtomicU8::new(ANSWERED);
    let worsen = |to: u8| {
        status.fetch_max(to, Ordering::Relaxed);
    };
    let given = if arguments.files.is_empty() { vec![PathBuf::from("-")] } else { arguments.files.clone() };
    let files = source::files(&given, arguments.recursive, |message| {
        complain(&message);
        worsen(UNUSABLE);
    });
    let reporter = Reporter {
        style: style(arguments),
        wanted: Wanted { families: arguments.family.clone(), confidence: arguments.min_confidence },
        unknown: arguments.unknown,
        names_files: files.len() > 1 || arguments.recursive,
        is_coloured,
    };
    let counter = Counter::default();
    let total =
        files.iter().map(|file| file.metadata().ok().filter(|data| data.is_file()).map(|data| data.len())).sum();
    let mut progress = Progress::new(&counter, total, arguments.progress, io::stdout().is_terminal());
    let processors = thread::available_parallelism().map_or(1, usize::from);
    // Lines around others are written one after the other.
    let threads = if arguments.context > 0 { 1 } else { arguments.threads.map_or(processors, usize::from) };
    let is_live = files.iter().any(|file| file == Path::new("-"));

    let mut pieces = Pieces { files: files.into_iter(), arguments, counter, current: Current::Nothing };
    let mut surroundings = Surroundings::new(arguments.context);
    let mut tally = Tally::default();
    let mut found = false;
    let work = |piece: Piece| match piece {
        Piece::Block(block) if arguments.context > 0 => (Report::default(), Some(block)),
        Piece::Block(block) => (reporter.block(&block), None),
        Piece::Records(batch) => (reporter.records(batch), None),
        Piece::Unusable => (Report { is_unusable: true, ..Report::default() }, None),
    };
    let written = pool::run(
        threads,
        || pieces.next(),
        work,
        |(mut report, block)| {
            if let Some(block) = block {
                surroundings.block(&reporter, &block, &mut report);
            }
            let writing = WRITING.lock();
            out.write_all(&report.out)?;
            if is_live {
                out.flush()?;
            }
            drop(writing);
            report.complaints.iter().for_each(|message| complain(message));
            found |= report.found;
            if report.has_other_lines {
                worsen(NOT_FOUND);
            }
            if report.is_unusable {
                worsen(UNUSABLE);
            }
            tally.append(report.tally);
            progress.tell();
            Ok(())
        },
    );
    progress.end();
    written?;
    let _writing = WRITING.lock();
    if arguments.summary && !tally.is_empty() {
        tally.write(reporter.names_files, is_coloured, out)?;
    }
    if !found {
        worsen(NOT_FOUND);
    }
    Ok(status.into_inner())
}

/// Ends the program as soon as no line is being written, or after a second if nobody takes what is.
fn end_between_lines() {
    let end = || std::process::exit(i32::from(ENDED_BY_INTERRUPT));
    for _ in 0..100 {
        if let Ok(_idle) = WRITING.try_lock() {
            end();
        }
        thread::sleep(Duration::from_millis(10));
    }
    end();
}

fn style(arguments: &ScanArguments) -> Style {
    if arguments.json {
        Style::Json
    } else if arguments.annotate {
        Style::Annotate
    } else if arguments.summary {
        Style::Summary
    } else if arguments.enrich.is_empty() {
        Style::Lines
    } else {
        Style::Enrich(arguments.enrich.clone())
    }
}

/// Gives the pieces of all files, one after the other.
struct Pieces<'a> {
    files: std::vec::IntoIter<PathBuf>,
    arguments: &'a ScanArguments,
    counter: Counter,
    current: Current,
}

/// The file that is being read.
enum Current {
    Nothing,
    Text(String, Box<Blocks>),
    /// An event log is read by a thread of its own, since its parser gives records and cannot be asked for them.
    Records(std::sync::mpsc::Receiver<Result<Batch, String>>),
}

impl Pieces<'_> {
    fn next(&mut self) -> Option<Piece> {
        loop {
            let piece = match &mut self.current {
                Current::Nothing => {
                    let path = self.files.next()?;
                    match self.open(&path) {
                        Ok(current) => self.current = current,
                        Err(error) => {
                            complain(&source::unreadable(&path.display().to_string(), &error));
                            return Some(Piece::Unusable);
                        }
                    }
                    continue;
                }
                Current::Text(path, blocks) => match blocks.next() {
                    Ok(block) => block.map(Piece::Block),
                    Err(error) => {
                        complain(&source::unreadable(path, &error));
                        self.current = Current::Nothing;
                        return Some(Piece::Unusable);
                    }
                },
                Current::Records(batches) => match batches.recv().ok() {
                    Some(Ok(batch)) => Some(Piece::Records(batch)),
                    Some(Err(message)) => {
                        complain(&message);
                        Some(Piece::Unusable)
                    }
                    None => None,
                },
            };
            match piece {
                Some(piece) => return Some(piece),
                None => self.current = Current::Nothing,
            }
        }
    }

    fn open(&self, path: &Path) -> io::Result<Current> {
        let name = path.to_string_lossy().into_owned();
        let scanner = Scanner::new().unknown(self.arguments.unknown);
        Ok(match source::open(path, self.arguments.zstd_window, &self.counter)? {
            Content::Text(text) => {
                let is_live = path == Path::new("-");
                let wants_lines = !(self.arguments.json || self.arguments.summary);
                let blocks = Blocks::new(&name, text, scanner, wants_lines, is_live);
                Current::Text(name, Box::new(blocks))
            }
            Content::Evtx(file) => {
                let (send, batches) = sync_channel(2);
                thread::spawn(move || {
                    let read = records::read(&name, file, |batch| send.send(Ok(batch)).is_ok());
                    if let Err(message) = read {
                        // Whoever searches may have stopped.
                        let _ = send.send(Err(message));
                    }
                });
                Current::Records(batches)
            }
        })
    }
}

/// The lines before and behind those with codes.
struct Surroundings {
    count: usize,
    path: Option<Arc<str>>,
    /// The last lines, which no code has asked for yet, as they would be written.
    before: VecDeque<Vec<u8>>,
    /// How many lines are still to be written.
    behind: usize,
    /// The number of the last line that was written.
    written: u64,
}

impl Surroundings {
    fn new(count: usize) -> Self {
        Self { count, path: None, before: VecDeque::new(), behind: 0, written: 0 }
    }

    /// The lines of a block with codes, and those around them.
    fn block(&mut self, reporter: &Reporter, block: &Block, report: &mut Report) {
        if self.path.as_ref() != Some(&block.path) {
            let had_lines = self.written > 0;
            (self.path, self.behind, self.written) = (Some(Arc::clone(&block.path)), 0, 0);
            self.before.clear();
            if had_lines {
                report.out.extend_from_slice(b"--\n");
            }
        }
        let text = block.text();
        let mut with_codes = reporter.lines(block).into_iter().peekable();
        let (mut start, mut number) = (0, block.line);
        let ends = memchr_iter(b'\n', text).chain((!text.ends_with(b"\n")).then_some(text.len()));
        for end in ends {
            let line = Line { number, start, end };
            let codes = with_codes.next_if(|(line, _)| line.start == start).map(|(_, codes)| codes);
            if let Some(codes) = codes {
                report.found = true;
                let first = number - self.before.len() as u64;
                if self.written > 0 && first > self.written + 1 {
                    report.out.extend_from_slice(b"--\n");
                }
                self.before.drain(..).for_each(|line| report.out.extend_from_slice(&line));
                reporter.line(block, &line, &codes, ':', &mut report.out);
                (self.written, self.behind) = (number, self.count);
            } else {
                let mut shown = Vec::new();
                reporter.line(block, &line, &[], '-', &mut shown);
                if self.behind > 0 {
                    report.out.extend_from_slice(&shown);
                    (self.written, self.behind) = (number, self.behind - 1);
                } else {
                    self.before.push_back(shown);
                    if self.before.len() > self.count {
                        self.before.pop_front();
                    }
                }
            }
            (start, number) = (end + 1, number + 1);
        }
    }
}
