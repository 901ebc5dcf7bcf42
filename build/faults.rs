//! What is wrong with the tables, all of it at once, each with its place and its remedy.

use std::fmt;

/// One fault of the data, printed as `file:line: what is wrong What to do.`
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    pub path: String,
    pub line: usize,
    pub what: String,
    pub remedy: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {} {}", self.path, self.line, self.what, self.remedy)
    }
}

/// A line of a data file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub path: String,
    pub line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.path, self.line)
    }
}

/// Collects faults, so that one run tells everything that is wrong.
#[derive(Default)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// Records a fault. Both texts are full sentences.
    pub fn add(&mut self, place: &Place, what: impl Into<String>, remedy: impl Into<String>) {
        self.0.push(Fault { path: place.path.clone(), line: place.line, what: what.into(), remedy: remedy.into() });
    }

    /// The faults in the order of the files, or nothing where there is none.
    pub fn into_sorted(mut self) -> Vec<Fault> {
        self.0.sort();
        self.0.dedup();
        self.0
    }
}
