//! The scanner against a labelled corpus: `tests/corpus/`, logs of many kinds in which every code is labelled, and which
//! hold more look-alikes than codes. The labels were written by hand, by people who had not seen the scanner.
//!
//! A log line is followed by a line for each of its codes: `^ text`, a tab, the code's id, a tab, its name or `-`.

#![cfg(feature = "sdk")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use hexplain::scan::{Match, Scanner};

/// A labelled code.
#[derive(Debug)]
struct Label {
    start: usize,
    text: String,
    id: String,
    name: Option<String>,
}

/// A log without its labels, and the labels.
fn read(path: &Path) -> (String, Vec<Label>) {
    let text = fs::read_to_string(path).expect("the corpus can be read");
    let (mut log, mut labels) = (String::new(), Vec::new());
    // Where the last line begins, and where its next label is looked for.
    let (mut line, mut next) = (0, 0);
    for (at, row) in text.lines().enumerate() {
        let Some(label) = row.strip_prefix("^ ") else {
            (line, next) = (log.len(), log.len());
            log.push_str(row);
            log.push('\n');
            continue;
        };
        let place = format!("{}:{}", path.display(), at + 1);
        let cells: Vec<&str> = label.split('\t').collect();
        let [code, id, name] = cells[..] else { panic!("{place}: a label has three cells") };
        let start =
            log[next..].find(code).unwrap_or_else(|| panic!("{place}: {code} is not in {}", &log[line..])) + next;
        next = start + code.len();
        let name = Some(name.to_owned()).filter(|name| name != "-");
        labels.push(Label { start, text: code.to_owned(), id: id.to_owned(), name });
    }
    (log, labels)
}

/// Whether a match is what a label says: the same span, the same code, the same name or an alias of it.
fn agrees(found: &Match, label: &Label) -> bool {
    let (start, end) = (label.start as u64, (label.start + label.text.len()) as u64);
    let id = format!("{}:{}", found.code().family(), found.code());
    let names: Vec<&str> = found.entry().into_iter().flat_map(|e| e.name().into_iter().chain(e.aliases())).collect();
    let is_named = match &label.name {
        Some(name) => names.iter().any(|known| known.eq_ignore_ascii_case(name)),
        None => names.is_empty(),
    };
    (found.start(), found.end()) == (start, end) && id == label.id && is_named
}

#[test]
fn codes_are_found_and_look_alikes_are_not() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("it is there").map(|item| item.expect("it is read").path()).collect();
    paths.sort();
    let mut report = String::new();
    let (mut lines, mut empty, mut right, mut wrong, mut missed) = (0, 0, 0, 0, 0);
    for path in paths.iter().filter(|path| path.extension().is_some_and(|end| end == "txt")) {
        let (log, labels) = read(path);
        let found: Vec<Match> = Scanner::new().scan(log.as_bytes()).collect();
        let by_start: BTreeMap<u64, &Match> = found.iter().map(|found| (found.start(), found)).collect();
        let is_right = |label: &Label| by_start.get(&(label.start as u64)).is_some_and(|found| agrees(found, label));
        let hits = labels.iter().filter(|label| is_right(label)).count();
        let line_of = |at: usize| {
            let start = log[..at].rfind('\n').map_or(0, |end| end + 1);
            (log[..at].matches('\n').count() + 1, log[start..].lines().next().unwrap_or_default())
        };
        for label in labels.iter().filter(|label| !is_right(label)) {
            let (number, line) = line_of(label.start);
            let _ =
                writeln!(report, "missed {} {} {} in log line {number}: {line}", path.display(), label.text, label.id);
        }
        for other in found.iter().filter(|found| !labels.iter().any(|label| agrees(found, label))) {
            let (number, line) = line_of(other.range().start);
            let text = &log[other.range()];
            let _ = writeln!(
                report,
                "wrong {} {text} {} ({}) in log line {number}: {line}",
                path.display(),
                other.id(),
                other.reason()
            );
            wrong += 1;
        }
        lines += log.lines().count();
        empty += log
            .lines()
            .scan(0, |at, line| {
                let start = *at;
                *at += line.len() + 1;
                Some(!labels.iter().any(|label| (start..*at).contains(&label.start)))
            })
            .filter(|&empty| empty)
            .count();
        right += hits;
        missed += labels.len() - hits;
    }
    let (precision, recall) = (
        f64::from(right as u32) / f64::from((right + wrong) as u32),
        f64::from(right as u32) / f64::from((right + missed) as u32),
    );
    println!(
        "{lines} lines, {empty} of them without a code; {} codes: {right} found, {missed} missed, {wrong} false",
        right + missed
    );
    println!("precision {precision:.4}, recall {recall:.4}");
    println!("{report}");
    assert!(lines >= 400 && empty * 3 >= lines, "{lines} lines, {empty} without a code");
    assert!(precision >= 0.99 && recall >= 0.98, "precision {precision:.4}, recall {recall:.4}\n{report}");
}
