//! What can be asked of the command line.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::SystemTime;

use clap::{Args, Parser, Subcommand, ValueEnum};
use hexplain::dsregcmd::{NoTime, Time};
use hexplain::{Confidence, DATA_VERSION, Family, Scenario};

/// Explains Windows and Microsoft Entra error codes: what a number or name is called, where it arises, why, and what
/// to do.
#[derive(Parser)]
#[command(
    name = "hexplain",
    version = concat_version(),
    args_conflicts_with_subcommands = true,
    after_help = "Exit status: 0 everything was answered, 1 something was not found, 2 the call was unusable.\n\n\
        Examples:\n  hexplain 0x801c03f2 -2145647630 AADSTS50126 12007\n  hexplain 'HTTP 407' 'event 1081' AzureRoleMissing\n  \
        hexplain --as wininet 12007\n  hexplain guide windows-365"
)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub explain: ExplainArguments,
}

#[derive(Subcommand)]
pub enum Command {
    /// Explain codes, names and messages (the default, so the word may be left out).
    Explain(ExplainArguments),
    /// List the entries whose name, summary, reasons or resolutions hold all the words, best first.
    Search {
        /// The words to look for.
        #[arg(required = true)]
        words: Vec<String>,
        /// Search these families alone; may be given several times.
        #[arg(long, value_name = "FAMILY")]
        family: Vec<Family>,
        /// Show at most so many entries.
        #[arg(long, default_value_t = 20, value_name = "N")]
        limit: usize,
        /// Print a JSON object for each entry, one a line.
        #[arg(long)]
        json: bool,
    },
    /// Find the codes in logs: files, folders or standard input; text in UTF-8 or UTF-16, gzip, zstd, and .evtx.
    Scan(ScanArguments),
    /// Diagnose devices from the output of `dsregcmd /status`.
    #[command(after_help = "Exit status: 0 no error was diagnosed, 1 an error was, 2 a file was unusable.\n\n\
        Examples:\n  dsregcmd /status | hexplain dsregcmd\n  hexplain dsregcmd status.txt --now 2026-11-26T09:30:00Z\n  \
        hexplain dsregcmd captures/\n  hexplain dsregcmd --diff before.txt after.txt")]
    Dsregcmd(DsregcmdArguments),
    /// Walk through a scenario: what must hold, what to check, what to do, what to collect.
    Guide {
        /// The scenario; without it the scenarios are listed.
        scenario: Option<Scenario>,
        /// Print JSON, one object a guide.
        #[arg(long)]
        json: bool,
    },
    /// Write the catalogue as a lookup table for other engines.
    Export {
        /// The format of the table.
        #[arg(long, value_enum)]
        format: Format,
        /// Write these families alone; may be given several times. Kusto takes queries of a limited size, which all
        /// families together pass.
        #[arg(long, value_name = "FAMILY")]
        family: Vec<Family>,
    },
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page, of the whole or of one command.
    Man {
        /// The command.
        command: Option<String>,
    },
}

#[derive(Args)]
pub struct ExplainArguments {
    /// A code, a symbol, a label or a message; `-` reads one from each line of standard input.
    #[arg(value_name = "INPUT", required = true, allow_negative_numbers = true)]
    pub inputs: Vec<OsString>,
    /// Read the inputs as codes of this family alone; may be given several times.
    #[arg(long = "as", value_name = "FAMILY")]
    pub families: Vec<Family>,
    /// Print a JSON object for each input, one a line.
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
#[command(group = clap::ArgGroup::new("output").args(["json", "annotate", "summary", "enrich"]))]
#[allow(clippy::struct_excessive_bools)] // They are the flags of the command line.
pub struct ScanArguments {
    /// Files, or folders with --recursive; without any, or for `-`, standard input.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Read the files below folders too, in the order of their names.
    #[arg(short, long)]
    pub recursive: bool,
    /// Print a JSON object for each code, one a line.
    #[arg(long)]
    pub json: bool,
    /// Print every line, with its codes explained in place.
    #[arg(long)]
    pub annotate: bool,
    /// Print a table of the codes, by how often they stand there.
    #[arg(long)]
    pub summary: bool,
    /// Take JSON lines, and add to each record what the codes in these fields mean; `.` leads into objects.
    #[arg(long, value_name = "FIELD,...", value_delimiter = ',')]
    pub enrich: Vec<String>,
    /// Print so many lines before and behind each line with a code.
    #[arg(short = 'C', long, value_name = "N", default_value_t = 0, conflicts_with = "output")]
    pub context: usize,
    /// Report codes of this family alone; may be given several times.
    #[arg(long, value_name = "FAMILY")]
    pub family: Vec<Family>,
    /// Report readings at least so sure: exact, derived or guess.
    #[arg(long, value_name = "CONFIDENCE", default_value = "guess")]
    pub min_confidence: Confidence,
    /// Report eight hexadecimal digits behind `0x` even if nothing is known of them.
    #[arg(long)]
    pub unknown: bool,
    /// How many threads search; as many as there are processors if it is not given.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
    /// Show on standard error how far it is, which a terminal shows by itself after a second.
    #[arg(long)]
    pub progress: bool,
    /// How much memory a zstd file may ask for, in MiB.
    #[arg(long, value_name = "MIB", default_value_t = 8, value_parser = clap::value_parser!(u64).range(1..=100))]
    pub zstd_window: u64,
}

#[derive(Args)]
#[command(group = clap::ArgGroup::new("shown").args(["json", "summary", "fields"]))]
#[allow(clippy::struct_excessive_bools)] // They are the flags of the command line.
pub struct DsregcmdArguments {
    /// Captures, or folders of them; without any, or for `-`, standard input.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Print a JSON object for each capture, one a line.
    #[arg(long)]
    pub json: bool,
    /// Print a table of all captures by join state, phase and code, which a folder is shown as by itself.
    #[arg(long)]
    pub summary: bool,
    /// Print every field of the captures with what it tells, before the findings.
    #[arg(long)]
    pub fields: bool,
    /// Tell ages for this time in UTC, such as 2026-11-26T09:30:00Z, or for `now`; without it, for the times that the
    /// capture itself holds.
    #[arg(long, value_name = "TIME", value_parser = read_time)]
    pub now: Option<Time>,
    /// Replace what identifies tenant, device, user, domain, host, keys and requests, the same by the same in all files.
    #[arg(long)]
    pub redact: bool,
    /// Tell what changed from the first to the second capture.
    #[arg(long, num_args = 2, value_names = ["BEFORE", "AFTER"], conflicts_with_all = ["files", "summary", "fields"])]
    pub diff: Option<Vec<PathBuf>>,
    /// How many threads read; as many as there are processors if it is not given, and one with --redact.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
}

/// A time, or `now` by the clock of the machine.
fn read_time(text: &str) -> Result<Time, String> {
    if text.eq_ignore_ascii_case("now") {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map(|since| since.as_secs());
        let now = since.ok().and_then(|seconds| Time::from_unix_seconds(seconds as i64));
        return now.ok_or_else(|| "The clock of this machine stands outside of the years 1970 to 9999.".to_owned());
    }
    text.parse().map_err(|error: NoTime| error.to_string())
}

/// The formats of `export`.
#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    /// A header and a row for each entry, for spreadsheets and databases.
    Csv,
    /// An object for each entry, one a line.
    Json,
    /// A table for documents.
    Markdown,
    /// A `datatable` for Kusto: Microsoft Sentinel, Defender, Azure Data Explorer.
    Kql,
    /// A lookup file; the stanza for transforms.conf goes to standard error.
    Splunk,
}

/// `0.1.0 (data 2026.11.21)`
fn concat_version() -> &'static str {
    // Made once a run; clap wants a text that lives as long as the program.
    Box::leak(format!("{} (data {DATA_VERSION})", clap::crate_version!()).into_boxed_str())
}

/// Stands before an input that begins with a minus sign and a digit and is no plain number, such as `-2145647630L`,
/// which clap would take for an option.
const PROTECTED: char = '\u{1}';

/// Marks such an input before clap sees it.
pub fn protect(argument: OsString) -> OsString {
    match argument.to_str().and_then(|text| text.strip_prefix('-')) {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) && rest.parse::<f64>().is_err() => {
            format!("{PROTECTED}-{rest}").into()
        }
        _ => argument,
    }
}

/// The input as it was written.
pub fn unprotect(input: &str) -> &str {
    input.strip_prefix(PROTECTED).unwrap_or(input)
}
