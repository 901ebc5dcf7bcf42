//! The command line of hexplain. What it takes and prints is a contract; the JSON is the library's own `Serialize`.
//!
//! `args` says what can be asked, `render` prints for people, `export` writes the catalogue for other engines, `scan`
//! searches logs, `dsregcmd` diagnoses devices; `source` opens and decodes files and `pool` spreads them over threads for
//! both. Here they meet, and the exit status is made: 0 answered, 1 something was not found, 2 the call was unusable.

mod args;
mod dsregcmd;
mod export;
mod pool;
mod render;
mod scan;
mod source;
mod zstd;

use std::io::{self, BufRead, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use args::{Arguments, Command, ExplainArguments};
use clap::{CommandFactory, FromArgMatches};
use hexplain::{Guide, Hint, explain_each, search};
use render::Page;

/// Everything that was asked for was answered.
const ANSWERED: u8 = 0;
/// Something was not found, or not readable as a code.
const NOT_FOUND: u8 = 1;
/// The call or a file was unusable.
const UNUSABLE: u8 = 2;

fn main() -> ExitCode {
    let stdout = io::stdout();
    let terminal = stdout.is_terminal();
    let colours = if terminal { clap::ColorChoice::Auto } else { clap::ColorChoice::Never };
    let matches = Arguments::command().color(colours).try_get_matches_from(std::env::args_os().map(args::protect));
    let arguments = match matches.and_then(|matches| Arguments::from_arg_matches(&matches)) {
        Ok(arguments) => arguments,
        Err(error) if error.use_stderr() => {
            complain(&format!("{} `hexplain --help` says what it takes.", one_line(&error.to_string())));
            return UNUSABLE.into();
        }
        // Help and version.
        Err(help) => return finish(help.print().map(|()| ANSWERED)),
    };
    let width = if terminal { terminal_size::terminal_size().map(|(width, _)| width.0) } else { None };
    let colours = if terminal { AutoStream::choice(&stdout) } else { ColorChoice::Never };
    let is_coloured = terminal && colours != ColorChoice::Never;
    // What a log holds passes as it is; a stream that takes colours away would take them from the log.
    if matches!(arguments.command, Some(Command::Scan(_))) {
        return write_all(arguments, width, is_coloured, stdout.lock());
    }
    write_all(arguments, width, is_coloured, AutoStream::new(stdout.lock(), colours))
}

fn write_all(arguments: Arguments, width: Option<u16>, is_coloured: bool, out: impl Write) -> ExitCode {
    let mut out = BufWriter::new(out);
    finish(run(arguments, width, is_coloured, &mut out).and_then(|status| out.flush().map(|()| status)))
}

/// The exit status of what was written, or of why it could not be.
fn finish(written: io::Result<u8>) -> ExitCode {
    match written {
        Ok(status) => status.into(),
        // `hexplain ... | head`: whoever reads has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ANSWERED.into(),
        Err(error) => {
            complain(&format!("The output cannot be written: {error}."));
            UNUSABLE.into()
        }
    }
}

/// A line on standard error; where not even that can be written, the exit status has to do.
fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "hexplain: {message}");
}

/// What clap says before it comes to the usage, on one line and as a sentence.
fn one_line(message: &str) -> String {
    let lines = message.lines().map(str::trim).take_while(|line| !line.starts_with("Usage:"));
    let hints = ["tip:", "For more information"];
    let said: Vec<&str> = lines.filter(|line| !line.is_empty() && !hints.iter().any(|h| line.starts_with(h))).collect();
    let said = said.join(" ");
    format!("{}.", said.trim_start_matches("error: ").trim_end_matches('.'))
}

fn run(arguments: Arguments, width: Option<u16>, is_coloured: bool, out: &mut impl Write) -> io::Result<u8> {
    match arguments.command {
        None => explain_all(&arguments.explain, width, out),
        Some(Command::Explain(explain)) => explain_all(&explain, width, out),
        Some(Command::Search { words, family, limit, json }) => {
            let words = words.iter().map(|word| args::unprotect(word)).collect::<Vec<_>>().join(" ");
            if words.trim().is_empty() {
                complain("There is no word to look for; give at least one.");
                return Ok(UNUSABLE);
            }
            let found = search(&words, Hint::families(&family));
            let status = if found.is_empty() { NOT_FOUND } else { ANSWERED };
            let shown = &found[..found.len().min(limit)];
            if json {
                shown.iter().try_for_each(|candidate| json_line(out, candidate))?;
            } else {
                Page::new(out, width).found(&words, shown, found.len())?;
            }
            Ok(status)
        }
        Some(Command::Scan(scan)) => scan::scan(&scan, is_coloured, out),
        Some(Command::Dsregcmd(arguments)) => dsregcmd::dsregcmd(&arguments, width, out),
        Some(Command::Guide { scenario: None, json }) => {
            if json {
                Guide::all().try_for_each(|guide| json_line(out, &guide))?;
            } else {
                Page::new(out, width).guides()?;
            }
            Ok(ANSWERED)
        }
        Some(Command::Guide { scenario: Some(scenario), json }) => {
            let Some(guide) = Guide::of(scenario) else { return Ok(NOT_FOUND) };
            if json {
                json_line(out, &guide)?;
            } else {
                Page::new(out, width).guide(guide)?;
            }
            Ok(ANSWERED)
        }
        Some(Command::Export { format, family }) => {
            export::write(format, &family, out)?;
            Ok(ANSWERED)
        }
        Some(Command::Completions { shell }) => {
            // By way of memory, since clap_complete panics where it cannot write.
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "hexplain", &mut script);
            out.write_all(&script)?;
            Ok(ANSWERED)
        }
        Some(Command::Man { command }) => {
            let mut whole = Arguments::command();
            whole.build();
            let page = match &command {
                None => Some(whole),
                Some(name) => whole.find_subcommand(name).cloned(),
            };
            let Some(page) = page else {
                complain(&format!(
                    "There is no command `{}`; `hexplain --help` lists them.",
                    command.unwrap_or_default()
                ));
                return Ok(UNUSABLE);
            };
            clap_mangen::Man::new(page).render(out)?;
            Ok(ANSWERED)
        }
    }
}

fn explain_all(arguments: &ExplainArguments, width: Option<u16>, out: &mut impl Write) -> io::Result<u8> {
    let mut explainer = Explainer { arguments, width, status: ANSWERED, first: true };
    for input in &arguments.inputs {
        if input == "-" {
            let mut stdin = io::stdin().lock();
            let mut line = Vec::new();
            loop {
                line.clear();
                match stdin.read_until(b'\n', &mut line) {
                    Ok(0) => break,
                    Ok(_) => explainer.explain(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']), out)?,
                    Err(error) => {
                        complain(&format!("Standard input cannot be read: {error}; give it a file or a pipe."));
                        explainer.status = UNUSABLE;
                        break;
                    }
                }
            }
        } else {
            explainer.explain(args::unprotect(&input.to_string_lossy()), out)?;
        }
    }
    Ok(explainer.status)
}

/// Explains inputs one by one and remembers whether all were answered.
struct Explainer<'a> {
    arguments: &'a ExplainArguments,
    width: Option<u16>,
    status: u8,
    first: bool,
}

impl Explainer<'_> {
    fn explain(&mut self, input: &str, out: &mut impl Write) -> io::Result<()> {
        for explanation in explain_each(input, Hint::families(&self.arguments.families)) {
            if !explanation.is_answered() {
                self.status = self.status.max(NOT_FOUND);
            }
            if self.arguments.json {
                json_line(out, &explanation)?;
            } else {
                if !std::mem::take(&mut self.first) {
                    writeln!(out)?;
                }
                Page::new(out, self.width).explanation(&explanation)?;
            }
        }
        Ok(())
    }
}

/// One object on one line.
fn json_line(out: &mut impl Write, value: &impl serde::Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    writeln!(out)
}
