//! How far the search is, told on standard error.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crate::source::Counter;

/// How often a terminal is told, and another reader.
const OFTEN: Duration = Duration::from_millis(200);
const SELDOM: Duration = Duration::from_secs(1);

/// Tells how much of the input has been read.
pub struct Progress {
    read: Counter,
    /// The bytes of all files; `None` where standard input is among them.
    total: Option<u64>,
    start: Instant,
    told: Instant,
    is_terminal: bool,
    is_wanted: bool,
    has_told: bool,
}

impl Progress {
    /// Tells on a terminal, after a while; elsewhere only if it is asked for.
    pub fn new(read: &Counter, total: Option<u64>, asked: bool, shares_terminal: bool) -> Self {
        let is_terminal = io::stderr().is_terminal();
        let now = Instant::now();
        // Where results appear on the same terminal, the line would stand among them.
        let is_wanted = asked || is_terminal && !shares_terminal;
        let read = Arc::clone(read);
        Self { read, total, start: now, told: now, is_terminal, is_wanted, has_told: false }
    }

    /// Tells if it is time.
    pub fn tell(&mut self) {
        let pause = if self.is_terminal && self.has_told { OFTEN } else { SELDOM };
        if self.is_wanted && self.told.elapsed() >= pause {
            self.told = Instant::now();
            self.has_told = true;
            self.write(&self.line(), false);
        }
    }

    /// Takes the line away, or tells the last state.
    pub fn end(&self) {
        if self.has_told {
            let line = if self.is_terminal { String::new() } else { self.line() };
            self.write(&line, true);
        }
    }

    fn write(&self, line: &str, is_last: bool) {
        let mut stderr = io::stderr();
        // Where not even that can be written, there is nobody to tell.
        let _ = match (self.is_terminal, is_last) {
            (true, false) => write!(stderr, "\r\x1B[K{line}"),
            (true, true) => write!(stderr, "\r\x1B[K"),
            (false, _) => writeln!(stderr, "{line}"),
        };
        let _ = stderr.flush();
    }

    /// `1.2 GB of 3.4 GB, 850 MB/s, 3 s left`
    #[allow(clippy::cast_precision_loss)] // One digit behind the point is shown.
    fn line(&self) -> String {
        let read = self.read.load(Ordering::Relaxed);
        let seconds = self.start.elapsed().as_secs_f64().max(0.001);
        let rate = read as f64 / seconds;
        let rest = self.total.filter(|&total| total >= read && read > 0);
        let of = rest.map_or(String::new(), |total| format!(" of {}", amount(total as f64)));
        let left = rest.map_or(String::new(), |total| format!(", {:.0} s left", (total - read) as f64 / rate));
        format!("{}{of}, {}/s{left}", amount(read as f64), amount(rate))
    }
}

fn amount(bytes: f64) -> String {
    let units = ["bytes", "kB", "MB", "GB", "TB"];
    let power = (0..4).take_while(|&power| bytes >= 1000_f64.powi(power + 1)).count();
    let value = bytes / 1000_f64.powi(power as i32);
    if power == 0 { format!("{value:.0} bytes") } else { format!("{value:.1} {}", units[power]) }
}
