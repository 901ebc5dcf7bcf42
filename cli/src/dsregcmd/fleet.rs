//! Many captures as a table: how many are in which join state, stuck in which phase, with which code.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::{self, Write};

use hexplain::dsregcmd::Diagnosis;
use hexplain::{Family, JoinState, Phase};

use super::report::{is_trouble, safe, short};

/// A row: join state, phase, and the code or, where there is none, the finding.
type Key = (JoinState, Option<Phase>, String);

/// Counts captures.
#[derive(Default)]
pub struct Fleet {
    captures: u64,
    healthy: u64,
    /// How many captures, and the file of the first.
    rows: BTreeMap<Key, (u64, String)>,
}

impl Fleet {
    /// Counts a capture once in each row that it belongs to: one for each code of its errors and warnings.
    pub fn add(&mut self, path: &str, diagnosis: &Diagnosis) {
        self.captures += 1;
        let state = diagnosis.capture().join_state();
        let mut keys: Vec<Key> = Vec::new();
        for finding in diagnosis.findings().iter().filter(|finding| is_trouble(finding)) {
            // The status of an answer says less than the code beside it.
            let telling = || finding.codes().iter().filter(|code| code.candidate().code().family() != Family::Http);
            let codes: Vec<String> = match telling().count() {
                0 => vec![finding.id().to_owned()],
                _ => telling().map(short).collect(),
            };
            keys.extend(codes.into_iter().map(|code| (state, finding.phase(), code)));
        }
        if keys.is_empty() {
            self.healthy += 1;
            keys.push((state, None, "-".to_owned()));
        }
        keys.sort();
        keys.dedup();
        for key in keys {
            self.rows.entry(key).or_insert_with(|| (0, path.to_owned())).0 += 1;
        }
    }

    /// Adds what was counted of later files.
    pub fn append(&mut self, other: Self) {
        self.captures += other.captures;
        self.healthy += other.healthy;
        for (key, (count, path)) in other.rows {
            match self.rows.entry(key) {
                Entry::Vacant(row) => {
                    row.insert((count, path));
                }
                Entry::Occupied(row) => row.into_mut().0 += count,
            }
        }
    }

    /// Whether no capture was counted.
    pub fn is_empty(&self) -> bool {
        self.captures == 0
    }

    /// The table, the most frequent first.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let mut rows: Vec<_> = self.rows.iter().collect();
        rows.sort_by(|(key, (count, _)), (other, (others, _))| others.cmp(count).then_with(|| key.cmp(other)));
        let cells = rows.iter().map(|((state, phase, code), (count, path))| {
            let phase = phase.map_or("-", Phase::as_str);
            [count.to_string(), state.as_str().to_owned(), phase.to_owned(), code.clone(), safe(path)]
        });
        let head = ["Captures", "Join state", "Phase", "Code or finding", "First in"].map(str::to_owned);
        let table: Vec<[String; 5]> = std::iter::once(head).chain(cells).collect();
        let width = |column: usize| table.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let (a, b, c, d) = (width(0), width(1), width(2), width(3));
        for [count, state, phase, code, path] in &table {
            writeln!(out, "{count:>a$}  {state:<b$}  {phase:<c$}  {code:<d$}  {path}")?;
        }
        writeln!(
            out,
            "Captures: {}; without an error or a warning: {}. A capture stands in the row of each of its codes.",
            self.captures, self.healthy
        )
    }
}
