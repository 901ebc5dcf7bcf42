//! The command line of hexplain. What it takes and prints is a contract; the JSON is the library's own `Serialize`.
//!
//! `args` says what can be asked, `render` prints for people, `export` writes the catalogue for other engines; here
//! the three meet, and the exit status is made: 0 answered, 1 something was not found, 2 the call was unusable.

mod args;
mod export;
mod render;

use std::io::{self, BufRead, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use args::{Arguments, Command, ExplainArguments};
use clap::{CommandFactory, Parser};
use hexplain::{Guide, Hint, explain_each, search};
use render::Page;

/// Everything that was asked for was answered.
const ANSWERED: u8 = 0;
/// Something was not found, or not readable as a code.
const NOT_FOUND: u8 = 1;
/// The call or a file was unusable.
const UNUSABLE: u8 = 2;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) if error.use_stderr() => {
            // One line that names the place and the remedy; clap's own text goes on for several.
            let text = error.to_string();
            let line = text.lines().next().unwrap_or_default().trim_start_matches("error: ").trim_end_matches('.');
            eprintln!("hexplain: {line}. `hexplain --help` says what it takes.");
            return UNUSABLE.into();
        }
        Err(help) => {
            // Help and version; a closed pipe is no failure.
            let _ = help.print();
            return ANSWERED.into();
        }
    };
    let stdout = io::stdout();
    let width = if stdout.is_terminal() { terminal_size::terminal_size().map(|(width, _)| width.0) } else { None };
    let mut out = BufWriter::new(anstream::AutoStream::auto(stdout.lock()));
    match run(arguments, width, &mut out).and_then(|status| out.flush().map(|()| status)) {
        Ok(status) => status.into(),
        // `hexplain ... | head`: whoever reads has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ANSWERED.into(),
        Err(error) => {
            eprintln!("hexplain: The output cannot be written: {error}.");
            UNUSABLE.into()
        }
    }
}

fn run(arguments: Arguments, width: Option<u16>, out: &mut impl Write) -> io::Result<u8> {
    match arguments.command {
        None => explain_all(&arguments.explain, width, out),
        Some(Command::Explain(explain)) => explain_all(&explain, width, out),
        Some(Command::Search { words, family, limit, json }) => {
            let found = search(&words.join(" "), Hint::families(&family));
            let status = if found.is_empty() { NOT_FOUND } else { ANSWERED };
            let shown = &found[..found.len().min(limit)];
            if json {
                shown.iter().try_for_each(|candidate| json_line(out, candidate))?;
            } else {
                Page::new(out, width).found(&words.join(" "), shown, found.len())?;
            }
            Ok(status)
        }
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
            clap_complete::generate(shell, &mut Arguments::command(), "hexplain", out);
            Ok(ANSWERED)
        }
        Some(Command::Man) => {
            clap_mangen::Man::new(Arguments::command()).render(out)?;
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
                        eprintln!("hexplain: Standard input cannot be read: {error}.");
                        return Ok(UNUSABLE);
                    }
                }
            }
        } else {
            explainer.explain(&input.to_string_lossy(), out)?;
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
                self.status = NOT_FOUND;
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
