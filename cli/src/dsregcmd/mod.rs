//! `hexplain dsregcmd`: diagnoses devices from captures of `dsregcmd /status`.
//!
//! The library reads and diagnoses; here captures are found in files and folders, spread over threads, and told in the
//! order of the files: `report` for people and as JSON, `fleet` as a table of many, `diff` as what changed.

mod diff;
mod fleet;
mod report;

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread;

use fleet::Fleet;
use hexplain::Severity;
use hexplain::dsregcmd::{Capture, Diagnosis, Redactor, captures, decode};

use crate::args::DsregcmdArguments;
use crate::source::{self, Counter, Unpacked, unreadable};
use crate::{ANSWERED, NOT_FOUND, UNUSABLE, complain, json_line, pool};

/// An error was diagnosed.
const DIAGNOSED: u8 = NOT_FOUND;
/// Captures take some kilobytes; what is larger is something else.
const LARGEST: u64 = 16 << 20;
/// How much memory a packed file may ask for, in MiB.
const ZSTD_WINDOW: u64 = 8;

/// What is said of a file.
#[derive(Default)]
struct Told {
    out: Vec<u8>,
    fleet: Fleet,
    complaint: Option<String>,
    status: u8,
}

/// Diagnoses all captures. The status is 1 if an error was diagnosed, 2 if a file could not be used.
pub fn dsregcmd(arguments: &DsregcmdArguments, width: Option<u16>, out: &mut impl Write) -> io::Result<u8> {
    if let Some([before, after]) = arguments.diff.as_deref() {
        return diff::diff(before, after, arguments, width, out);
    }
    let mut status = ANSWERED;
    let given = if arguments.files.is_empty() { vec![PathBuf::from("-")] } else { arguments.files.clone() };
    let is_folder = |path: &PathBuf| path != Path::new("-") && path.is_dir();
    let is_fleet = given.iter().any(is_folder);
    let mut files = Vec::new();
    for path in given {
        let found = source::files(std::slice::from_ref(&path), true, |message| {
            complain(&message);
            status = UNUSABLE;
        });
        if found.is_empty() && is_folder(&path) {
            complain(&format!("{} holds no file; put captures into it, one a file.", path.display()));
            status = UNUSABLE;
        }
        files.extend(found);
    }
    let style = if arguments.json {
        Style::Json
    } else if arguments.summary || is_fleet && !arguments.fields {
        Style::Table
    } else {
        Style::Text { names_files: files.len() > 1, with_fields: arguments.fields }
    };
    let teller =
        Teller { arguments, style, width, redactor: arguments.redact.then(|| Mutex::new(Redactor::default())) };
    let processors = thread::available_parallelism().map_or(1, usize::from);
    // Pseudonyms are given in the order of the files.
    let threads = if arguments.redact { 1 } else { arguments.threads.map_or(processors, usize::from) };
    let mut fleet = Fleet::default();
    let mut is_first = true;
    let mut files = files.into_iter();
    pool::run(
        threads,
        || files.next(),
        |path| teller.file(&path),
        |told| {
            if matches!(teller.style, Style::Text { .. }) && !told.out.is_empty() && !std::mem::take(&mut is_first) {
                writeln!(out)?;
            }
            out.write_all(&told.out)?;
            if let Some(complaint) = &told.complaint {
                complain(complaint);
            }
            fleet.append(told.fleet);
            status = status.max(told.status);
            Ok(())
        },
    )?;
    if matches!(teller.style, Style::Table) && !fleet.is_empty() {
        fleet.write(out)?;
    }
    Ok(status)
}

/// How captures are told.
enum Style {
    Text { names_files: bool, with_fields: bool },
    Json,
    Table,
}

struct Teller<'a> {
    arguments: &'a DsregcmdArguments,
    style: Style,
    width: Option<u16>,
    redactor: Option<Mutex<Redactor>>,
}

impl Teller<'_> {
    /// Reads a file and says what its captures tell.
    fn file(&self, path: &Path) -> Told {
        let mut told = Told::default();
        let name = path.to_string_lossy();
        let read = read(path).and_then(|bytes| {
            let text = decode(&bytes).map_err(|error| format!("{name}: {error}"))?;
            let mut captures = captures(&text).map_err(|error| format!("{name}: {error}"))?;
            let name = match &self.redactor {
                Some(redactor) => {
                    let mut redactor = redactor.lock().unwrap_or_else(PoisonError::into_inner);
                    redactor.redact(&mut captures);
                    redactor.path(&name)
                }
                None => name.clone().into_owned(),
            };
            // A vector takes what is written.
            let _ =
                captures.iter().enumerate().try_for_each(|(at, capture)| self.capture(&name, at, capture, &mut told));
            Ok(())
        });
        if let Err(complaint) = read {
            told.complaint = Some(match &self.redactor {
                Some(redactor) => redactor.lock().unwrap_or_else(PoisonError::into_inner).path(&complaint),
                None => complaint,
            });
            told.status = UNUSABLE;
        }
        told
    }

    fn capture(&self, name: &str, at: usize, capture: &Capture, told: &mut Told) -> io::Result<()> {
        let diagnosis = capture.diagnose(self.arguments.now);
        told.status = told.status.max(status_of(&diagnosis));
        match self.style {
            Style::Json => json_line(&mut told.out, &diagnosis.located(name)),
            Style::Table => {
                told.fleet.add(name, &diagnosis);
                Ok(())
            }
            Style::Text { names_files, with_fields } => {
                if at > 0 {
                    writeln!(told.out)?;
                }
                let title = (names_files || capture.number() > 1).then_some(name);
                report::diagnosis(title, &diagnosis, with_fields, self.width, &mut told.out)
            }
        }
    }
}

/// Whether an error was diagnosed.
fn status_of(diagnosis: &Diagnosis) -> u8 {
    let is_error = diagnosis.findings().iter().any(|finding| finding.severity() == Severity::Error);
    if is_error { DIAGNOSED } else { ANSWERED }
}

/// The bytes of a file, unpacked, or what is wrong with it.
fn read(path: &Path) -> Result<Vec<u8>, String> {
    let name = path.to_string_lossy();
    let mut bytes = Vec::new();
    let read = source::unpack(path, ZSTD_WINDOW, &Counter::default()).and_then(|unpacked| match unpacked {
        Unpacked::Bytes(_, reader) => reader.take(LARGEST + 1).read_to_end(&mut bytes).map(Some),
        Unpacked::Evtx(_) => Ok(None),
    });
    match read {
        Err(error) => Err(unreadable(&name, &error)),
        Ok(None) => Err(format!("{name}: This is an event log. `hexplain scan` explains its codes.")),
        Ok(Some(_)) if bytes.len() as u64 > LARGEST => {
            let most = LARGEST >> 20;
            Err(format!("{name}: This is larger than {most} MiB, and so no capture. `hexplain scan` reads large logs."))
        }
        Ok(Some(_)) => Ok(bytes),
    }
}
