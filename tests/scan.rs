//! The scanner through its public names: laws that hold for any text, and what is found in texts of every kind.
//!
//! The small catalogue lacks most names of Windows, so that a test which needs them has `cfg(feature = "sdk")`.

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use hexplain::scan::{Form, Match, Reason, Scanner, scan};
use hexplain::{Code, Confidence, Entry, Family, Severity, entries, entries_of, explain, lookup, lookup_id};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// What a scanner finds in a text: the piece of text and the id of each match.
fn found_by(scanner: Scanner, text: &str) -> Vec<String> {
    scanner.scan(text.as_bytes()).map(|found| format!("{} {}", &text[found.range()], found.id())).collect()
}

fn found(text: &str) -> Vec<String> {
    found_by(Scanner::new(), text)
}

/// The only match of a text.
fn only(text: &str) -> Match {
    let all: Vec<Match> = scan(text.as_bytes()).collect();
    assert_eq!(all.len(), 1, "{text}: {all:?}");
    all[0]
}

/// What a stream finds in a text that comes in pieces.
fn streamed(scanner: Scanner, text: &[u8], cuts: &BTreeSet<usize>) -> Vec<Match> {
    let mut all = Vec::new();
    let mut stream = scanner.stream();
    for part in parts(text.len(), cuts) {
        stream.push(&text[part], |found| all.push(found));
    }
    stream.finish(|found| all.push(found));
    all
}

/// The parts of a text between the cuts.
fn parts(len: usize, cuts: &BTreeSet<usize>) -> Vec<Range<usize>> {
    let ends: Vec<usize> = cuts.iter().copied().filter(|&cut| cut < len).chain([len]).collect();
    let starts = [0].into_iter().chain(ends.iter().copied());
    starts.zip(&ends).map(|(start, &end)| start..end).collect()
}

/// A row of `data/signals/contexts.md`, read independently of the build script.
#[derive(Clone, Debug)]
struct Row {
    words: String,
    /// `None` if the words say that the number is no code.
    family: Option<Family>,
    notation: String,
    from: u32,
    event: Option<u16>,
}

/// The rows of the table of words, one for each of the words.
fn rows() -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/signals/contexts.md");
    let text = fs::read_to_string(path).expect("the table can be read");
    let mut names: Vec<&str> = Vec::new();
    let mut rows = Vec::new();
    for line in text.lines() {
        let Some(line) = line.strip_prefix('|') else {
            names.clear();
            continue;
        };
        let cells: Vec<&str> = line.trim_end_matches('|').split('|').map(str::trim).collect();
        if names.is_empty() {
            names = cells;
            continue;
        }
        if cells[0].starts_with("---") {
            continue;
        }
        let cell = |name: &str| names.iter().position(|&other| other == name).map_or("", |at| cells[at]);
        let family = cell("Family").split(',').next().unwrap_or_default().trim();
        // A comma may stand inside the backticks.
        for words in cell("Words").split('`').skip(1).step_by(2) {
            rows.push(Row {
                words: words.to_owned(),
                family: (family != "none").then(|| family.parse().expect("it is a family")),
                notation: cell("Number").to_owned(),
                from: cell("From").parse().unwrap_or(0),
                event: cell("Event").split(',').next().and_then(|event| event.trim().parse().ok()),
            });
        }
    }
    assert!(rows.len() > 200, "{} rows", rows.len());
    rows
}

/// Codes in all the forms that are found, and in some that are not.
fn codes() -> impl Strategy<Value = String> {
    let known: Vec<u32> = entries().map(|entry| entry.code().value()).collect();
    let values = prop_oneof![select(known), any::<u32>()];
    let names: Vec<&str> = entries().filter_map(Entry::name).collect();
    let numbers = (values, 0..14).prop_map(|(value, form)| match form {
        0 | 1 => format!("0x{value:08x}"),
        2 => format!("0X{value:X}"),
        3 => format!("0x{value:x}L"),
        4 => format!("0xffffffff{value:08x}"),
        5 => format!("0x{value:016x}"),
        6 => format!("{}", value as i32),
        7 => format!("-{value}"),
        8 => format!("{value:08x}"),
        9 => format!("AADSTS{value}"),
        10 => format!("AADSTS{}", value % 10_000_000),
        11 => format!("{value} (0x{value:x})"),
        12 => format!("0x{value:08x}-1234-1234-1234-123456789abc"),
        _ => value.to_string(),
    });
    let symbols = (select(names), 0..6).prop_map(|(name, form)| match form {
        0 => name.to_ascii_lowercase(),
        1 => format!("NT_{name}"),
        2 => format!("W{name}"),
        3 => format!("{name}_X"),
        _ => name.to_owned(),
    });
    let others = [
        "12029",
        "1603",
        "404",
        "0x18",
        "5",
        "0x5",
        "52e",
        "-1018",
        "c000005e",
        "80072ee7",
        "0",
        "200",
        "invalid_grant",
        "NT_STATUS_LOGON_FAILURE",
        "WSAETIMEDOUT",
        "AADSTS50126",
        "AADSTS501269",
        "@0x7fed806eb5d",
        "10.0.19041.1",
        "12:30:45.123",
        "2025-10-01",
        "0x801c03f2",
        "-2145647630",
        "E_FAIL",
        "S_OK",
    ];
    prop_oneof![3 => numbers, 2 => symbols, 2 => select(others.to_vec()).prop_map(str::to_owned)]
}

/// What stands between codes in logs.
fn between() -> impl Strategy<Value = String> {
    let separators = vec![
        " ",
        " ",
        ": ",
        "=",
        " = ",
        "\"",
        "'",
        "(",
        ")",
        "[",
        "]",
        ",",
        ", ",
        ";",
        "\t",
        "/",
        "-",
        ".",
        ". ",
        "_",
        "#",
        "%",
        "{",
        "}",
        "|",
        "+",
        "@",
        "<",
        ">",
        " is ",
        " was ",
        "\u{E9}",
        "\u{201C}",
        "\u{FEFF}",
        "\0",
        "S",
        "W",
        "0",
        "x",
        "0x",
        "AADSTS",
        "HTTP/",
        "HTTP/1.1\" ",
    ];
    let words: Vec<String> = rows().iter().map(|row| row.words.replace('*', "")).collect();
    prop_oneof![
        4 => select(separators).prop_map(str::to_owned),
        4 => select(words),
        1 => select(vec!["\n", "\r\n"]).prop_map(str::to_owned),
    ]
}

/// Long runs, whose lengths lie about the windows of the scanner above all.
fn runs() -> impl Strategy<Value = String> {
    let run = select(vec![" ", "a", "1", "1.", "_", "a_", "\"", "Ab", ", ", "\u{E9}", "<", "/x", "x-"]);
    let times = prop_oneof![0..30_usize, 80..100_usize, 170..200_usize, 360..400_usize, 1000..1200_usize];
    (run, times).prop_map(|(run, times)| run.repeat(times))
}

/// What is remembered from afar: events and the headers of tables.
fn remembered() -> impl Strategy<Value = String> {
    let pieces = vec![
        "Event ID: 4768\n",
        "<EventID>4769</EventID>",
        "\"EventID\":4625,",
        "Event 4771, ",
        "<Data Name='Status'>",
        "<Data Name=\"SubStatus\">",
        "</Data>",
        "<Status>",
        "\n#Fields: date time c-ip sc-status sc-substatus sc-win32-status\n",
        "\n#Fields: sc-win32-status cs-uri\n",
        "\n#Software: IIS\n",
        "2025-10-01 10:00:00 10.0.0.5 401 2 1326\n",
        "Time,Status,Error Code,Message\n",
        "a;\"exit code\";ResultType\n",
        "Time\tStatus\tSubStatus\n",
        "x,\"a,b\",12029,\"says \"\"404\"\"\"\n",
    ];
    select(pieces).prop_map(str::to_owned)
}

/// Realistic lines, glued together of all that logs are made of.
fn lines() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        6 => codes().prop_map(String::into_bytes),
        8 => between().prop_map(String::into_bytes),
        1 => runs().prop_map(String::into_bytes),
        1 => remembered().prop_map(String::into_bytes),
        1 => vec(any::<u8>(), 0..4),
    ];
    let header = vec!["", "", "\u{FEFF}", "Time,Status,Error Code,Message\n", "a;\"exit code\";ResultType;error\n"];
    let more = vec!["a\tStatus\tSubStatus\r\n", "#Fields: date sc-status sc-win32-status\r\n", "Error,Status,Code,a"];
    let header = select([header, more].concat());
    (header, vec(piece, 0..60)).prop_map(|(header, pieces)| [header.as_bytes(), &pieces.concat()].concat())
}

/// Tables with columns that are known, and others.
fn tables() -> impl Strategy<Value = Vec<u8>> {
    let names = select(vec!["Time", "ExitCode", "HTTP status", "sc-win32-status", "Error", "ResultType", "Message"]);
    let cells =
        select(vec!["12029", "404", "0", "1326", "50126", "-", "", "a b", "0x801c03f2", "10:00:12", "-2145647630"]);
    let style =
        (select(vec![",", ";", "\t", " "]), any::<bool>(), select(vec!["\n", "\r\n"]), select(vec!["", "\u{FEFF}"]));
    (vec(names, 1..9), vec(vec(cells, 0..9), 0..40), style).prop_map(|(names, rows, (delimiter, quoted, end, mark))| {
        let quote = if quoted && delimiter != " " { "\"" } else { "" };
        let line = |cells: &[&str]| {
            let cells: Vec<String> = cells.iter().map(|cell| format!("{quote}{cell}{quote}")).collect();
            cells.join(delimiter) + end
        };
        let header = if delimiter == " " { "#Fields: " } else { "" };
        let rows: String = rows.iter().map(|row| line(row)).collect();
        format!("{mark}{header}{}{rows}", line(&names)).into_bytes()
    })
}

/// Texts of all kinds.
fn texts() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![4 => lines(), 1 => tables(), 1 => vec(any::<u8>(), 0..2000)]
}

/// Lines without anything that is remembered from afar.
fn forgetful_lines() -> impl Strategy<Value = Vec<u8>> {
    let between = between().prop_filter("it names no event", |text| !text.to_ascii_lowercase().contains("event"));
    let between = between.prop_filter("it begins no header", |text| !text.contains('#'));
    let piece = prop_oneof![6 => codes(), 8 => between, 1 => runs()];
    vec(piece, 0..60).prop_map(|pieces| format!("{{ {}", pieces.concat()).into_bytes())
}

/// Places to cut a text at.
fn cuts() -> impl Strategy<Value = Vec<Index>> {
    prop_oneof![vec(any::<Index>(), 0..4), vec(any::<Index>(), 0..200)]
}

fn places(cuts: &[Index], len: usize) -> BTreeSet<usize> {
    cuts.iter().map(|cut| cut.index(len + 1)).collect()
}

/// What a match is, but for what it says of the match before it.
fn essence(found: &Match) -> (u64, u64, String, Form, Confidence) {
    (found.start(), found.end(), found.id().to_string(), found.form(), found.confidence())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn a_stream_finds_what_the_whole_text_holds(text in texts(), cuts in cuts(), unknown in any::<bool>()) {
        let scanner = Scanner::new().unknown(unknown);
        let whole: Vec<Match> = scanner.scan(&text).collect();
        let stream = streamed(scanner, &text, &places(&cuts, text.len()));
        prop_assert_eq!(stream, whole, "{:?}", String::from_utf8_lossy(&text));
    }

    #[test]
    fn chunks_of_one_size_are_no_exception(text in texts(), size in 1..800_usize) {
        let cuts = (size..text.len()).step_by(size).collect();
        let whole: Vec<Match> = scan(&text).collect();
        prop_assert_eq!(streamed(Scanner::new(), &text, &cuts), whole, "{:?}", String::from_utf8_lossy(&text));
    }

    #[test]
    fn places_lie_in_the_text_and_rise(text in texts(), unknown in any::<bool>()) {
        let mut end = 0;
        for found in Scanner::new().unknown(unknown).scan(&text) {
            prop_assert!(end <= found.start() && found.start() < found.end(), "{found:?} behind {end}");
            prop_assert!(found.end() <= text.len() as u64);
            prop_assert_eq!(found.range(), found.start() as usize..found.end() as usize);
            end = found.end();
        }
    }

    #[test]
    fn no_text_panics_and_every_match_can_be_told(text in texts(), event in any::<u16>()) {
        let scanner = Scanner::new().unknown(true).event(event);
        let first: Vec<Match> = scanner.scan(&text).collect();
        for found in &first {
            let reason = found.reason().to_string();
            prop_assert!(reason.ends_with('.') && !found.id().to_string().is_empty());
            let own = found.entry();
            prop_assert!(found.others().all(|entry| Some(entry) != own), "{found:?}");
        }
        prop_assert_eq!(first, scanner.scan(&text).collect::<Vec<_>>());
    }

    #[test]
    fn what_shows_itself_is_what_explain_says(text in texts()) {
        for found in scan(&text).filter(|found| matches!(found.reason(), Reason::Form(_) | Reason::SambaSymbol)) {
            let piece = std::str::from_utf8(&text[found.range()]).expect("codes are ASCII");
            let same = |c: hexplain::Candidate| c.code() == found.code() && c.entry() == found.entry();
            prop_assert!(explain(piece).candidates().any(same), "{piece}: {found:?}");
            prop_assert_eq!(found.confidence() == Confidence::Exact, found.entry().is_some());
        }
    }

    #[test]
    fn the_id_of_an_entry_leads_to_it(text in texts()) {
        for found in scan(&text) {
            if let Some(entry) = found.entry() {
                prop_assert_eq!(entry.code(), found.code());
                prop_assert_eq!(lookup_id(&found.id().to_string()), Some(entry));
            }
        }
    }

    #[test]
    fn success_is_not_reported(text in texts()) {
        for found in scan(&text).filter(|found| found.reason() != Reason::Repeats) {
            prop_assert!(found.code().value() != 0, "{found:?}");
            prop_assert!(found.code().family() != Family::Http || found.code().value() >= 400, "{found:?}");
        }
    }

    /// Between the two stand more bytes than a repetition reaches over.
    #[test]
    fn a_scanner_goes_on_behind_a_line(first in texts(), second in texts()) {
        let first = [&first[..], b"\n+ and the next part goes on here.\n"].concat();
        let whole = [&first[..], &second].concat();
        let at = first.len() as u64;
        let expected: Vec<_> = scan(&whole).filter(|found| found.start() >= at).map(|found| essence(&found)).collect();
        let moved = |found: Match| {
            let (start, end, id, form, confidence) = essence(&found);
            (start + at, end + at, id, form, confidence)
        };
        let rest: Vec<_> = Scanner::new().after(&first).scan(&second).map(moved).collect();
        prop_assert_eq!(rest, expected, "{:?}", String::from_utf8_lossy(&whole));
    }

    #[test]
    fn an_empty_text_changes_no_scanner(text in texts()) {
        let after = Scanner::new().after(b"").scan(&text);
        prop_assert_eq!(after.collect::<Vec<_>>(), scan(&text).collect::<Vec<_>>());
    }

    /// A part knows neither the events nor the columns nor the matches before it.
    #[test]
    fn the_parts_of_a_text_hold_each_code_once(text in forgetful_lines(), cuts in cuts()) {
        let whole: Vec<Match> = scan(&text).collect();
        let repeated = |at: u64| whole.iter().any(|found| found.start() == at && found.reason() == Reason::Repeats);
        let parts = parts(text.len(), &places(&cuts, text.len()));
        let found = parts.iter().flat_map(|part| Scanner::new().scan_within(&text, part.clone()));
        let found: Vec<_> = found.filter(|f| !repeated(f.start())).map(|f| essence(&f)).collect();
        let expected: Vec<_> = whole.iter().filter(|f| !repeated(f.start())).map(essence).collect();
        prop_assert_eq!(found, expected, "{:?} of {:?}", parts, String::from_utf8_lossy(&text));
    }

    #[test]
    fn a_part_may_lie_anywhere(text in texts(), start in 0..3000_usize, end in 0..3000_usize) {
        let inside = Scanner::new().scan_within(&text, start..end).all(|found| found.range().end <= text.len());
        prop_assert!(inside);
    }

    #[test]
    fn every_known_code_is_found_in_each_of_its_forms(entry in select(wide_failures())) {
        let value = entry.code().value();
        // Homonyms in the other family go first where the bits speak for it.
        let same = |found: &Match| found.code().value() == value && found.confidence() == Confidence::Exact;
        for form in [format!("0x{value:08X}"), format!("0xFFFFFFFF{value:08x}"), format!("{}", value as i32)] {
            let text = format!("It ended ({form}) so.");
            let all: Vec<Match> = scan(text.as_bytes()).collect();
            prop_assert!(all.len() == 1 && all.iter().all(same), "{}: {:?}", text, all);
        }
    }

    #[test]
    fn every_aadsts_number_is_found(entry in select(entries_of(Family::Aadsts).collect::<Vec<_>>())) {
        let text = format!("{}: it failed", entry.code());
        prop_assert_eq!(only(&text).code(), entry.code());
    }
}

/// Entries of 32 bits that are failures.
fn wide_failures() -> Vec<Entry> {
    let wide = [Family::Hresult, Family::NtStatus].into_iter().flat_map(entries_of);
    wide.filter(|entry| entry.code().value() >= 1 << 31).collect()
}

// Found where a stream once looked farther than it keeps.

/// Scans a text whole and in two pieces, cut at every place.
fn assert_cuts_do_not_matter(text: &[u8]) {
    let whole: Vec<Match> = scan(text).collect();
    for cut in 0..=text.len() {
        let stream = streamed(Scanner::new(), text, &BTreeSet::from([cut]));
        assert_eq!(stream, whole, "cut at {cut}: {:?}", String::from_utf8_lossy(text));
    }
    for size in [1, 2, 63, 64, 65, 191, 192, 193, 383, 384, 385] {
        let stream = streamed(Scanner::new(), text, &(size..text.len()).step_by(size).collect());
        assert_eq!(stream, whole, "chunks of {size}: {:?}", String::from_utf8_lossy(text));
    }
}

#[test]
fn cuts_do_not_matter_behind_a_long_run_of_blanks() {
    for blanks in 178..195 {
        for code in ["0x801c03f2", "0x7e7", "12029", "-2145647630", "invalid_grant", "AADSTS50126"] {
            let text = format!("{:300}xerror{:blanks$}{code} and more{:300}", "", "", "");
            assert_cuts_do_not_matter(text.as_bytes());
        }
    }
}

#[test]
fn cuts_do_not_matter_in_a_long_xml_tag() {
    for blanks in 166..178 {
        let text = format!("{:300}<Data Name='error'{:blanks$}a>0x801c03f2</Data>{:300}", "", "", "");
        assert_cuts_do_not_matter(text.as_bytes());
    }
}

#[test]
fn cuts_do_not_matter_behind_a_long_version() {
    for digits in 182..194 {
        let text = format!("{:300}HTTP/{} 404a {:300}", "", "1".repeat(digits), "");
        assert_cuts_do_not_matter(text.as_bytes());
    }
}

#[test]
fn cuts_do_not_matter_in_the_name_of_a_long_column() {
    for letters in 178..194 {
        let name = format!("{} exit code", "a".repeat(letters));
        let text = format!("Time,{name}s,Message\n1,12029,x\n2,12030,y\n{:300}", "");
        assert_cuts_do_not_matter(text.as_bytes());
        let text = format!("Time,{name},Message\n1,12029,x\n2,12030,y\n{:300}", "");
        assert_cuts_do_not_matter(text.as_bytes());
    }
}

#[test]
fn cuts_do_not_matter_in_a_table() {
    let csv = "Time,Status,\"error code\",Message\r\n1,404,12029,\"a \"\"b\"\", 12030\"\r\n2,\"500\",\"12007\",x\r\n";
    assert_cuts_do_not_matter(csv.as_bytes());
    // A number that begins where a stream has searched up to, and one that a column's end precedes.
    let csv = format!("Time,ExitCode,Port\n1,12029,x\n12,12030,y\n{:400}", "");
    assert_cuts_do_not_matter(csv.as_bytes());
    let csv = format!("ExitCode,Time,Port\n12029,x,1\n12030,y,12\n{:400}", "");
    assert_cuts_do_not_matter(csv.as_bytes());
    let w3c = "#Software: IIS\n#Fields: date sc-status sc-win32-status time-taken\n2025-10-01 404 12029 12030\n";
    assert_cuts_do_not_matter(format!("{w3c}#Fields: sc-win32-status date\n12007 12029\n{w3c}").as_bytes());
}

// What is found, theme by theme.

#[test]
fn every_form_of_a_code_is_found() {
    for text in [
        "It ended with 0x801c03f2.",
        "0x801C03F2",
        "0X801C03F2",
        "0x801c03f2L",
        "(0x801c03f2UL)",
        "0xffffffff801c03f2",
        "0xFFFFFFFF801C03F2L",
        "-2145647630",
        "It ended with -2145647630.",
        "\n-2145647630\n",
        "|-2145647630|",
        "{\"code\":-2145647630}",
        "hr = 801c03f2",
        "HRESULT: 801C03F2",
        "error 2149319666",
        "exit code 2149319666",
        "exit code -2145647630",
        "DSREG_E_DIRECTORY_FAILURE",
        "dsreg_e_directory_failure",
        "(DSREG_E_DIRECTORY_FAILURE)",
    ] {
        let id = only(text).id().to_string();
        assert_eq!(id, "hresult:0x801C03F2", "{text}");
    }
    let form = |text: &str| only(text).form();
    assert_eq!(form("0x801c03f2"), Form::Hexadecimal);
    assert_eq!(form("0xffffffff801c03f2"), Form::SignExtended);
    assert_eq!(form("hr=801c03f2"), Form::BareHexadecimal);
    assert_eq!(form("error 12029"), Form::Decimal);
    assert_eq!(form("code -2145647630"), Form::SignedDecimal);
    assert_eq!(form("AADSTS50126"), Form::Aadsts);
    assert_eq!(form("DSREG_E_DIRECTORY_FAILURE"), Form::Symbol);
    assert_eq!(form("error=invalid_grant"), Form::Label);
}

#[test]
fn the_first_and_the_last_byte_of_a_text_belong_to_it() {
    for code in ["0x801c03f2", "-2145647630", "AADSTS50126", "DSREG_E_DIRECTORY_FAILURE", "0xffffffff801c03f2"] {
        for text in [code.to_owned(), format!("\n{code}\n"), format!("\r\n{code}\r\n"), format!("\t{code}\t")] {
            assert_eq!(&text[only(&text).range()], code);
        }
    }
    assert_eq!(found(""), [""; 0]);
    assert_eq!(found("0x"), [""; 0]);
    assert_eq!(found("-"), [""; 0]);
    assert_eq!(found("AADSTS"), [""; 0]);
}

#[test]
fn punctuation_around_a_code_does_not_matter() {
    for (open, close) in
        [("(", ")"), ("[", "]"), ("{", "}"), ("\"", "\""), ("'", "'"), ("<", ">"), ("=", ";"), (":", ","), ("|", "|")]
    {
        for code in ["0x801c03f2", "-2145647630", "AADSTS50126", "DSREG_E_DIRECTORY_FAILURE"] {
            let text = format!("x {open}{code}{close} y");
            assert_eq!(&text[only(&text).range()], code, "{text}");
        }
    }
    for text in ["\u{201C}0x801c03f2\u{201D}", "\u{AB}0x801c03f2\u{BB}", "\u{E9}0x801c03f2\u{E9}"] {
        assert_eq!(only(text).id().to_string(), "hresult:0x801C03F2", "{text}");
    }
    assert_eq!(
        found("error 12029. error 12007, error 12002; error (12030)"),
        ["12029 wininet:12029", "12007 wininet:12007", "12002 wininet:12002", "12030 wininet:12030",]
    );
}

#[test]
fn a_code_in_a_longer_thing_is_none() {
    for text in [
        // A pointer, an offset, a debugger's address.
        "@0x801c03f2",
        "module+0x801c03f2",
        "`0x801c03f2",
        "0x801c03f2`00000000",
        "0x00007ff8`801c03f2",
        // Longer and shorter digits.
        "0x1801c03f2",
        "0x801c03f21",
        "0x801c03f",
        "0x00000001801c03f2",
        "0xffffffff1801c03f2",
        "00x801c03f2",
        "a0x801c03f2",
        "0x801c03f2g",
        "0x801c03f2.5",
        "0x801c03f2:8080",
        // GUIDs.
        "{801c03f2-1234-1234-1234-123456789abc}",
        "0x801c03f2-1234-1234-1234-123456789abc",
        "hr=801c03f2-1234-1234-1234-123456789abc",
        // Negative numbers of other kinds.
        "--2145647630",
        "5-2145647630",
        "-2145647630-1",
        "-2145647630.5",
        "-21456476301",
        "-12029",
        "-5",
        // Names.
        "MY_DSREG_E_DIRECTORY_FAILURE",
        "DSREG_E_DIRECTORY_FAILURE_2",
        "$DSREG_E_DIRECTORY_FAILURE",
        "%DSREG_E_DIRECTORY_FAILURE%",
        "XDSREG_E_DIRECTORY_FAILURE",
        "Dsreg_E_Directory_Failure",
        "XAADSTS50126",
        "AADSTS50126a",
        "AADSTS5012",
        "AADSTS50126789",
        "aadsts50126",
    ] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}

#[test]
fn a_number_in_a_longer_thing_is_none() {
    for text in [
        "error 12:29:59",
        "error 12029:12",
        "error 12029.5",
        "error 10.0.12029.1",
        "error 12029-12-01",
        "error 12029/12",
        "error 12029%",
        "error 12029ms",
        "error 12029 ms",
        "error 12029a",
        "error 120290000000",
        "error x12029",
        "error 12029@host",
        // A decimal, whatever its zeros look like.
        "http 00000190",
        "errors 12029",
        "terror 12029",
        "PARSE_ERROR 12029",
        "error\n12029",
        "12029",
        "a 12029 b",
        "port 12029",
        "line 404",
        "version 404",
        "2025-10-01 12:02:09 404",
    ] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}

#[test]
fn nothing_is_said_of_unknown_numbers() {
    for text in ["0xdeadbeef", "0x12345678", "-1559038737", "error 65000", "exit code 64999", "hr=deadbeef"] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}

#[test]
fn success_is_no_code() {
    for text in [
        "error 0",
        "error=0",
        "exit code 0",
        "exit code 0x0",
        "Return value 1.",
        "hr=00000000",
        "hr = 0x00000000",
        "HRESULT: 0x0",
        "S_OK",
        "s_ok",
        "ERROR_SUCCESS",
        "STATUS_SUCCESS",
        "NT_STATUS_OK",
        "WERR_OK",
        "HTTP_STATUS_OK",
        "HTTP_STATUS_CONTINUE",
        "http_status_not_modified",
        "HTTP 200",
        "HTTP/1.1 200",
        "status code 302",
        "HTTP 304",
        "\"GET / HTTP/1.1\" 304 0",
        "sc-status 200",
        "Status: 0x0",
        "0x00000000",
        "-0",
        "AADSTS0",
        "event 4768 Status: 0x0",
        "LDAP error 0",
        "error -0",
        "status=00000000",
    ] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}

#[test]
fn a_number_has_the_words_before_it() {
    let expected = "12029 wininet:12029";
    for text in [
        "error 12029",
        "Error 12029",
        "ERROR: 12029",
        "error=12029",
        "error = \"12029\"",
        "error: (12029)",
        "error #12029",
        "error is 12029",
        "error code was 12029",
        "\"error\":12029",
        "{\\\"error\\\":12029}",
        "error_code 12029",
        "errorCode 12029",
        "ErrorCode: 12029",
        "dwError 12029",
        "lastError=12029",
        "GetLastError() 12029",
        "GetLastError()=12029",
        "Last error: 12029",
        "[WinError 12029]",
        "(os error 12029)",
        "System error 12029 has occurred.",
        "exit code 12029",
        "ExitCode=12029",
        "exit-code: 12029",
        "exit_code=12029",
        "exited with code 12029",
        "<error>12029</error>",
        "<Data Name=\"ErrorCode\">12029</Data>",
        "<Data Name='ErrorCode'>12029</Data>",
        "error => 12029",
        "HRESULT_FROM_WIN32(12029)",
    ] {
        assert_eq!(found(text), [expected], "{text}");
    }
    assert_eq!(found("error\t12029"), [expected]);
    assert_eq!(found("error      12029"), [expected]);
    // A level and the number of a thread.
    assert_eq!(found("ERROR [12029] app.Worker"), [""; 0]);
    assert_eq!(found("error [0x2EFD] and \"codes\": {\"error\" : [12029]}"), ["0x2EFD wininet:12029", expected]);
}

#[test]
fn words_behind_a_number_go_first() {
    assert_eq!(found("error 12029 of 12030"), [""; 0]);
    assert_eq!(found("failed with 12029 errors"), [""; 0]);
    assert_eq!(found("error 12029 times"), [""; 0]);
    assert_eq!(found("error 12029 timestamps"), ["12029 wininet:12029"]);
    assert_eq!(found("status code 407 bytes"), [""; 0]);
    assert_eq!(found("status code=407 bytes=326"), ["407 http:407"]);
}

#[test]
fn the_longest_words_win() {
    assert_eq!(found("exit code 12029"), ["12029 wininet:12029"]);
    assert_eq!(found("service exit code 12029"), [""; 0]);
    assert_eq!(found("robocopy exit code 12029"), [""; 0]);
    assert_eq!(found("WinHTTP error 12029"), ["12029 winhttp:12029"]);
    assert_eq!(found("WinINet error 12029"), ["12029 wininet:12029"]);
    assert_eq!(found("sign-in error code 50126"), ["50126 aadsts:AADSTS50126"]);
}

#[test]
fn http_statuses_are_found_where_they_are_named() {
    for text in [
        "HTTP 407",
        "HTTP/1.1 407",
        "HTTP/2 407",
        "HTTP/1.1\" 407",
        "HTTP status 407",
        "HTTP error 407",
        "status code: 407",
        "StatusCode=407",
        "response code 407",
        "error 407",
        "10.0.0.5 - - [10/Oct/2025:13:55:36 +0000] \"GET /a.html?x=1 HTTP/1.1\" 407 326 \"-\" \"curl/8.0\"",
        "::1 - joe [10/Oct/2025:13:55:36 +0000] \"POST /v1.0/x HTTP/2.0\" 407 -",
    ] {
        assert_eq!(found(text), ["407 http:407"], "{text}");
    }
}

#[test]
fn labels_need_the_words_that_say_so() {
    for text in [
        "Server Error Code : invalid_grant",
        "error=invalid_grant&state=1",
        "{\"error\":\"invalid_grant\",\"error_description\":\"x\"}",
        "error: 'invalid_grant'",
        "code: invalid_grant",
    ] {
        assert_eq!(found(text), ["invalid_grant condition:oauth/invalid-grant"], "{text}");
    }
    assert_eq!(found("invalid_grant"), [""; 0]);
    assert_eq!(found("the invalid_grant"), [""; 0]);
    assert_eq!(found("grant=invalid_grant"), [""; 0]);
}

#[test]
fn an_unknown_aadsts_number_is_a_guess_at_its_parent() {
    let found_here = only("AADSTS5012699");
    assert_eq!(found_here.id().to_string(), "aadsts:AADSTS50126");
    assert_eq!((found_here.confidence(), found_here.reason()), (Confidence::Guess, Reason::ParentAadsts));
    assert_eq!(found_here.range(), 0..13);
    assert_eq!(found("AADSTS99999"), [""; 0]);
    let unknown = found_by(Scanner::new().unknown(true), "AADSTS99999");
    assert_eq!(unknown, ["AADSTS99999 aadsts:AADSTS99999"]);
}

#[test]
fn unknown_codes_are_reported_on_demand() {
    let scanner = Scanner::new().unknown(true);
    assert_eq!(
        found_by(scanner, "0xdeadbeef and 0x8ABCDEF1"),
        ["0xdeadbeef ntstatus:0xDEADBEEF", "0x8ABCDEF1 hresult:0x8ABCDEF1",]
    );
    let first = scanner.scan(b"0xdeadbeef").next().expect("it is found");
    assert_eq!((first.entry(), first.confidence(), first.reason()), (None, Confidence::Guess, Reason::Unknown));
    assert_eq!(first.others().count(), 0);
    for text in ["@0xdeadbeef", "0x0deadbeef", "handle 0xdeadbeef", "0x00000000", "-559038737", "error 65000"] {
        assert_eq!(found_by(scanner, text), [""; 0], "{text}");
    }
    assert_eq!(found_by(scanner.unknown(false), "0xdeadbeef"), [""; 0]);
    assert_eq!(found_by(scanner, "0x801c03f2"), ["0x801c03f2 hresult:0x801C03F2"]);
}

#[test]
fn what_repeats_a_code_says_so() {
    let text = "DSREG_E_DIRECTORY_FAILURE (0x801c03f2/-2145647630)";
    let all: Vec<(bool, Reason)> = scan(text.as_bytes()).map(|found| (found.repeats(), found.reason())).collect();
    assert_eq!(all, [(false, Reason::Form(Form::Symbol)), (true, Reason::Repeats), (true, Reason::Repeats)]);
    // A number that nothing else explains.
    assert_eq!(found("error 12029 (0x2efd)"), ["12029 wininet:12029", "0x2efd wininet:12029"]);
    assert_eq!(found("error 12029 and also 0x2efd"), ["12029 wininet:12029"]);
    assert_eq!(found("error 12029 (0x2efe)"), ["12029 wininet:12029"]);
    assert_eq!(found("error 0x2efd (12029)"), ["0x2efd wininet:12029", "12029 wininet:12029"]);
    // The symbol within a little distance, and not beyond.
    let flags = |text: &str| scan(text.as_bytes()).map(|found| found.repeats()).collect::<Vec<_>>();
    assert_eq!(flags("0x801c03f2 - DSREG_E_DIRECTORY_FAILURE"), [false, true]);
    assert_eq!(flags(&format!("0x801c03f2{:24}0x801c03f2", "")), [false, true]);
    assert_eq!(flags(&format!("0x801c03f2{:25}0x801c03f2", "")), [false, false]);
    assert_eq!(flags("0x801c03f2 0x801c03f3 0x801c03f2"), [false, false, false]);
}

#[test]
fn w3c_logs_name_their_columns() {
    let log = "#Software: Microsoft Internet Information Services 10.0\r\n\
        #Version: 1.0\r\n\
        #Fields: date time cs-method cs-uri-stem sc-status sc-substatus sc-win32-status time-taken\r\n\
        2025-10-01 00:00:01 GET /a 200 0 0 12029\r\n\
        2025-10-01 00:00:02 GET /b 404 12 12029 407\r\n\
        #Software: Microsoft Internet Information Services 10.0\r\n\
        #Fields: sc-win32-status cs-method sc-status\r\n\
        12007 GET 407\r\n\
        #Fields: date cs-method\r\n\
        12029 407\r\n";
    assert_eq!(found(log), ["404 http:404", "12029 wininet:12029", "12007 wininet:12007", "407 http:407"]);
    let reasons: Vec<Reason> = scan(log.as_bytes()).map(|found| found.reason()).collect();
    assert_eq!(reasons[..2], [Reason::Column("sc-status"), Reason::Column("sc-win32-status")]);
    // What an HTTP client writes, as an unsigned decimal.
    let wide = "#Fields: sc-status sc-win32-status\n500 2149319666\n";
    assert_eq!(found(wide), ["500 http:500", "2149319666 hresult:0x801C03F2"]);
}

#[test]
fn tables_name_their_columns() {
    for (delimiter, quote) in [(",", ""), (";", ""), ("\t", ""), (",", "\""), (";", "\""), ("\t", "\"")] {
        for end in ["\n", "\r\n"] {
            let line = |cells: [&str; 4]| cells.map(|cell| format!("{quote}{cell}{quote}")).join(delimiter) + end;
            let table = line(["Time", "ExitCode", "HTTP status", "Port"])
                + &line(["10:00", "12029", "404", "12030"])
                + &line(["10:01", "0", "200", "407"])
                + &line(["10:02", "12007", "407", "404"]);
            let expected = ["12029 wininet:12029", "404 http:404", "12007 wininet:12007", "407 http:407"];
            assert_eq!(found(&table), expected, "{table}");
        }
    }
    // The column of the file's first cell, behind a byte order mark.
    assert_eq!(found("\u{FEFF}ExitCode,Name,Place\n12029,a,b\n"), ["12029 wininet:12029"]);
    assert_eq!(found("Name,Place,ExitCode\na,b,12029"), ["12029 wininet:12029"]);
    // A delimiter or a line's end inside quotes ends no cell.
    assert_eq!(found("Name,ExitCode,Port\n\"a, 12030\",12029,12007\n"), ["12029 wininet:12029"]);
    assert_eq!(found("Name,ExitCode,Port\n\"a \"\"b\"\", 12030\",12029,12007\n"), ["12029 wininet:12029"]);
    // The column speaks before the words in the cell's neighbours.
    let result_type = "User,ResultType,Text\njoe,50126,x\n";
    assert_eq!(found(result_type), ["50126 aadsts:AADSTS50126"]);
    // Other texts with commas are no tables.
    assert_eq!(found("One, two, three.\n12029, 404, 5\n"), [""; 0]);
}

#[test]
fn a_part_is_read_in_its_surroundings() {
    let text = b"error 12029, error 12030, error 12007";
    let ranges = |part| Scanner::new().scan_within(text, part).map(|found| found.range()).collect::<Vec<_>>();
    assert_eq!(ranges(0..37), [6..11, 19..24, 32..37]);
    assert_eq!(ranges(6..7).len(), 1);
    assert_eq!(ranges(7..19), []);
    assert_eq!(ranges(19..33), [19..24, 32..37]);
    assert_eq!(ranges(33..1000), []);
    assert_eq!(ranges(1000..2000), []);
    assert_eq!(ranges(20..20), []);
    #[allow(clippy::reversed_empty_ranges)] // A caller may do so.
    let reversed = ranges(30..10);
    assert_eq!(reversed, []);
}

/// A code belongs to the part in which its first byte stands, whichever byte the scanner finds it by.
#[test]
fn a_code_across_a_border_is_found_by_one_part_and_whole() {
    for code in ["0x801c03f2", "-2145647630", "AADSTS50126", "DSREG_E_DIRECTORY_FAILURE", "0xffffffff801c03f2"] {
        let text = format!("a {code} b");
        for cut in 0..=text.len() {
            let found = |part| Scanner::new().scan_within(text.as_bytes(), part);
            let both = found(0..cut).chain(found(cut..text.len())).map(|found| found.range());
            assert!(both.eq(std::iter::once(2..2 + code.len())), "{text} cut at {cut}");
        }
    }
}

#[test]
fn a_scanner_knows_what_stood_before() {
    let header = b"#Fields: sc-status sc-win32-status\n";
    let scanner = Scanner::new().after(header);
    assert_eq!(found_by(scanner, "404 12029\n"), ["404 http:404", "12029 wininet:12029"]);
    let scanner = scanner.after(b"200 0\n").after(b"200 0\n");
    assert_eq!(found_by(scanner, "407 12007\n"), ["407 http:407", "12007 wininet:12007"]);
    // A table's header is the first line of the whole text, and no later one.
    let scanner = Scanner::new().after(b"Name,ExitCode,Port\n");
    assert_eq!(found_by(scanner, "a,12029,12030\n"), ["12029 wininet:12029"]);
    assert_eq!(found_by(Scanner::new().after(b"a\n"), "Name,ExitCode,Port\na,12029,12030\n"), [""; 0]);
}

#[test]
fn other_meanings_are_told() {
    let others = |text: &str| only(text).others().map(|entry| entry.id().to_string()).collect::<Vec<_>>();
    assert_eq!(others("error 12030"), ["winhttp:12030"]);
    assert_eq!(others("WinHTTP error 12030"), ["wininet:12030"]);
    assert_eq!(others("0x801c03f2"), [""; 0]);
    assert_eq!(others("error=invalid_grant"), ["condition:entra-connect/invalid-grant"]);
    // What a code without a row carries.
    let wrapper = only("0x80190197");
    let carried: Vec<String> = wrapper.others().map(|entry| entry.id().to_string()).collect();
    if wrapper.entry().is_none() {
        assert_eq!((wrapper.confidence(), carried), (Confidence::Derived, vec!["http:407".to_owned()]));
    }
}

#[test]
fn reasons_are_sentences() {
    let reason = |text: &str| only(text).reason().to_string();
    assert_eq!(reason("0x801c03f2"), "The hexadecimal number behind `0x` is this code.");
    assert_eq!(
        reason("0xffffffff801c03f2"),
        "Sixteen hexadecimal digits are this code with its sign extended to 64 bits."
    );
    assert_eq!(reason("a -2145647630"), "The negative number is this code as a signed decimal.");
    assert_eq!(reason("AADSTS50126"), "`AADSTS` stands before the number.");
    assert_eq!(reason("DSREG_E_DIRECTORY_FAILURE"), "The word is its symbol.");
    assert_eq!(reason("NT_STATUS_LOGON_FAILURE"), "The word is its symbol as Samba spells it.");
    assert_eq!(reason("exit code 12029"), "`exit code` stands before it.");
    assert_eq!(reason("\"GET / HTTP/1.1\" 407"), "`HTTP/1.1` stands before it.");
    assert_eq!(reason("Server Error Code : invalid_grant"), "`server error code` stands before it.");
    assert_eq!(reason("AADSTS5012699"), "The number is unknown, and it begins with the digits of this one.");
    let last =
        |scanner: Scanner, text: &str| scanner.scan(text.as_bytes()).last().expect("it is found").reason().to_string();
    let scanner = Scanner::new();
    assert_eq!(last(scanner, "error 12029 (0x2efd)"), "It says the code before it once more.");
    assert_eq!(last(scanner, "#Fields: sc-status\n404\n"), "It stands in the column `sc-status`.");
    assert_eq!(
        last(scanner.unknown(true), "0xdeadbeef"),
        "Eight hexadecimal digits behind `0x` look like a code, and none is known."
    );
    assert_eq!(last(scanner.event(4625), "Status: 0xc000006d"), "`Status` stands before it, in event 4625.");
    // The forms that need words have a sentence too.
    let form = |form: Form| Reason::Form(form).to_string();
    assert_eq!(form(Form::BareHexadecimal), "Eight hexadecimal digits are this code.");
    assert_eq!(form(Form::Decimal), "The number is this code in decimal.");
    assert_eq!(form(Form::Label), "The word is its label.");
}

#[test]
fn an_event_is_remembered_for_4096_bytes() {
    let status = "Status: 0xc000006d";
    let reason = |text: &str| scan(text.as_bytes()).last().expect("it is found").reason();
    let in_event = Reason::InEvent("Status", 4625);
    for event in [
        "Event ID: 4625",
        "EventID=4625",
        "event 4625",
        "Event Code 4625",
        "\"EventID\": 4625",
        "<EventID>4625</EventID>",
        "<EventID Qualifiers='0'>4625</EventID>",
    ] {
        assert_eq!(reason(&format!("{event}\r\n\r\nAccount: joe\r\n{status}")), in_event, "{event}");
    }
    // The reach counts from the end of the event's number to the beginning of the code.
    let far = |gap: usize| reason(&format!("event 4625{:filler$}\nStatus: 0xc000006d", "", filler = gap - 9));
    assert_eq!(far(4096), in_event);
    assert_eq!(far(4097), Reason::Before("status"));
    // A later event counts.
    assert_eq!(reason(&format!("event 4625\nevent 1000\n{status}")), Reason::Before("status"));
    assert_eq!(reason(&format!("event 1000\nevent 4625\n{status}")), in_event);
}

#[test]
fn an_event_that_is_given_holds_throughout() {
    let text = format!("{:10000}\nStatus: 0xc000006d", "");
    let reason = |scanner: Scanner| scanner.scan(text.as_bytes()).last().expect("it is found").reason();
    assert_eq!(reason(Scanner::new().event(4625)), Reason::InEvent("Status", 4625));
    assert_eq!(reason(Scanner::new().event(1000)), Reason::Before("status"));
    let after = Scanner::new().event(4625).after(text.as_bytes());
    assert_eq!(reason(after), Reason::InEvent("Status", 4625));
    // One that is remembered holds for as long as it did before.
    let after = Scanner::new().after(b"event 4625\n");
    let near = |filler: usize| {
        let text = format!("{:filler$}\nStatus: 0xc000006d", "");
        after.scan(text.as_bytes()).last().expect("it is found").reason()
    };
    assert_eq!(near(4086), Reason::InEvent("Status", 4625));
    assert_eq!(near(4087), Reason::Before("status"));
}

#[test]
#[cfg(feature = "sdk")]
fn an_event_says_what_its_fields_are() {
    for (event, field, expected) in [
        (4625, "Status: 0xC000006D", "ntstatus:0xC000006D"),
        (4625, "\"SubStatus\":\"0xC0000064\"", "ntstatus:0xC0000064"),
        (4768, "\"Status\":\"0x18\"", "kerberos:0x18"),
        (4768, "Result Code: 0x6", "kerberos:0x6"),
        (4769, "Failure Code:\t\t0x20", "kerberos:0x20"),
        (4769, "<Data Name='Status'>0x20</Data>", "kerberos:0x20"),
        (4771, "Failure Code: 0x18", "kerberos:0x18"),
        (4771, "Status: 0x18", "kerberos:0x18"),
        (4776, "Error Code: 0xC0000234", "ntstatus:0xC0000234"),
        (4776, "Status: 0xC0000234", "ntstatus:0xC0000234"),
    ] {
        let given = Scanner::new().event(event);
        let ids = |scanner: Scanner, text: &str| {
            scanner.scan(text.as_bytes()).map(|found| found.id().to_string()).collect::<Vec<_>>()
        };
        assert_eq!(ids(given, field), [expected], "{event} {field}");
        assert_eq!(ids(Scanner::new(), &format!("Event ID: {event}\n{field}")), [expected], "{event} {field}");
        assert_eq!(ids(Scanner::new(), &format!("{{\"EventID\":{event},{field}}}")), [expected], "{event} {field}");
    }
    // Without the event a short status is what it is elsewhere.
    assert_eq!(found("Status: 0x18"), ["0x18 win32:24"]);
}

/// The number of an event stays one, whatever follows it; `* error` would make a count of it.
#[test]
#[cfg(feature = "sdk")]
fn the_number_of_an_event_is_no_count() {
    let all: Vec<Reason> = scan(b"EventID 4776 Error Code 0xC0000234").map(|found| found.reason()).collect();
    assert_eq!(all, [Reason::InEvent("Error Code", 4776)]);
}

#[test]
#[cfg(feature = "sdk")]
fn active_directory_writes_its_codes_bare() {
    let text =
        "additional info: 80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data 52e, v4563";
    assert_eq!(found(text), ["80090308 hresult:0x80090308", "52e win32:1326"]);
    let bare = "80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data 775, v2580";
    assert_eq!(found(bare), ["80090308 hresult:0x80090308", "775 win32:1909"]);
    // At the beginning of a line most numbers are times, and none is looked at.
    assert_eq!(found(&format!("first line\n{bare}")), ["775 win32:1909"]);
    assert_eq!(found("0000202B: RefErr: DSID-031007F9, data 0"), ["0000202B win32:8235"]);
    assert_eq!(found("LDAP error 49"), ["49 ldap:49"]);
}

#[test]
#[cfg(feature = "sdk")]
fn symbols_are_found_as_they_are_spelt() {
    assert_eq!(
        found("E_FAIL ERROR_ACCESS_DENIED STATUS_ACCESS_VIOLATION WSAETIMEDOUT"),
        [
            "E_FAIL hresult:0x80004005",
            "ERROR_ACCESS_DENIED win32:5",
            "STATUS_ACCESS_VIOLATION ntstatus:0xC0000005",
            "WSAETIMEDOUT win32:10060",
        ]
    );
    // In lower case, where nothing else looks so.
    assert_eq!(found("error_access_denied"), ["error_access_denied win32:5"]);
    assert_eq!(found("e_fail"), ["e_fail hresult:0x80004005"]);
    assert_eq!(found("status_access_violation"), ["status_access_violation ntstatus:0xC0000005"]);
    assert_eq!(found("Error_Access_Denied E_Fail"), [""; 0]);
    assert_eq!(found("wsaetimedout"), [""; 0]);
    assert_eq!(found("WSAETIMEDOUTX XWSAETIMEDOUT WSA"), [""; 0]);
    // Samba.
    assert_eq!(
        found("NT_STATUS_ACCESS_DENIED WERR_ACCESS_DENIED nt_status_logon_failure"),
        [
            "NT_STATUS_ACCESS_DENIED ntstatus:0xC0000022",
            "WERR_ACCESS_DENIED win32:5",
            "nt_status_logon_failure ntstatus:0xC000006D",
        ]
    );
}

#[test]
#[cfg(feature = "sdk")]
fn numbers_of_many_components_are_found() {
    for (text, expected) in [
        ("Installation success or error status: 1603.", "1603 win32:1603"),
        ("MainEngineThread is returning 1603", "1603 win32:1603"),
        ("Action ended 10:00:00: InstallFinalize. Return value 3.", "3 msi-action:3"),
        ("exit code 3221225477", "3221225477 ntstatus:0xC0000005"),
        ("exit code -1073741819", "-1073741819 ntstatus:0xC0000005"),
        ("Set connection status to c000005e", "c000005e ntstatus:0xC000005E"),
        ("DsGetDcName function returns 1355", "1355 win32:1355"),
        ("NetpDoDomainJoin: status: 0x54b", "0x54b win32:1355"),
        ("*FAILED* [80072EE7]", "80072EE7 hresult:0x80072EE7"),
        ("[SC] OpenService FAILED 1060:", "1060 win32:1060"),
        ("[gle=0x00000005]", "0x00000005 win32:5"),
        ("exit(00000103)", "00000103 win32:259"),
        ("[Exit status: FAILURE(0xC1900101)]", "0xC1900101 hresult:0xC1900101"),
        ("Crash 0x0000007E detected", "0x0000007E bugcheck:0x0000007E"),
        ("BugcheckCode 239", "239 bugcheck:0x000000EF"),
        ("JET error -1018", "-1018 ese:-1018"),
        ("has problem 0x0a", "0x0a cm-problem:10"),
        ("The TLS alert code is 40.", "40 tls-alert:40"),
        ("disconnect reason 2308", "2308 rdp:2308"),
        ("0x00000000c0000005", "0x00000000c0000005 ntstatus:0xC0000005"),
    ] {
        assert_eq!(found(text), [expected], "{text}");
    }
}

#[test]
#[cfg(feature = "sdk")]
fn what_counts_as_bits_is_no_code() {
    for text in [
        "flags 0x80070005",
        "Flags: 0x80070005",
        "dwFlags=0x80070005",
        "handle 0x80070005",
        "HKEY 0x80000002",
        "address 0x80070005",
        "pid: 0x80070005",
        "Keywords: 0x8020000000000000",
        "Access Mask: 0x80070005",
        "Ticket Options: 0x80070005",
        "id 0x80070005",
        "checksum 0x80070005",
        "0x40000000",
        "0x00010000",
    ] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}

// The table of words.

/// A number that a family knows as a failure, written as a row wants it.
fn number_for(row: &Row, family: Family) -> Option<(String, Code)> {
    let is_wide = matches!(family, Family::Hresult | Family::NtStatus);
    entries_of(family).find_map(|entry| {
        let code = entry.code();
        let value = code.value();
        let failure = if is_wide {
            value >= 1 << 31
        } else {
            value != 0 && matches!(entry.severity(), Severity::Warning | Severity::Error)
        };
        let text = match &row.notation[..] {
            "0x" => format!("0x{value:x}"),
            "hex8" => format!("{value:08x}"),
            "hex" => format!("{value:x}"),
            _ if family == Family::Ese => format!("{}", value as i32),
            _ => value.to_string(),
        };
        // A bare number begins with a digit, but for NTSTATUS values.
        let digits = text.starts_with(|c: char| c.is_ascii_digit() || c == '-') || text.starts_with("c0");
        // Eight decimal digits are read as decimal if they are known so.
        (failure && digits && value >= row.from && lookup(code).is_some()).then_some((text, code))
    })
}

/// A label that a row which speaks of names may explain.
fn label() -> (String, Code) {
    let entry = entries_of(Family::Condition).find(|entry| entry.name() == Some("invalid_grant"));
    ("invalid_grant".to_owned(), entry.expect("it is known").code())
}

/// A sentence of a row's words and a number.
fn sentence(words: &str, number: &str) -> String {
    match words.strip_prefix('*') {
        // Words behind a number count where it may be a code without them.
        Some(behind) if number.len() == 8 => format!("It is {number}{behind} here"),
        Some(behind) => format!("It is error {number}{behind} here"),
        // A status right behind the version has a row of its own.
        None if words.starts_with("HTTP/") => format!("It is \"GET / {words}\" {number} here"),
        // Digits behind a digit and a blank look like those of a time.
        None if words.ends_with(|c: char| c.is_ascii_digit()) => format!("It is {words}: {number} here"),
        None => format!("It is {words} {number} here"),
    }
}

#[test]
fn every_row_says_what_its_numbers_are() {
    let mut untried = Vec::new();
    for row in rows() {
        let Some(family) = row.family.filter(|&family| family != Family::Event) else { continue };
        let number = if row.notation == "name" { Some(label()) } else { number_for(&row, family) };
        let Some((number, code)) = number else {
            untried.push(format!("{} {family}", row.words));
            continue;
        };
        let text = sentence(&row.words, &number);
        let scanner = row.event.map_or(Scanner::new(), |event| Scanner::new().event(event));
        let all: Vec<Match> = scanner.scan(text.as_bytes()).collect();
        assert_eq!(all.len(), 1, "{text}: {row:?}");
        if row.notation == "name" {
            assert_eq!(all[0].form(), Form::Label, "{text}");
        } else {
            assert_eq!(all[0].code(), code, "{text}: {row:?}");
        }
        let words = match all[0].reason() {
            Reason::Before(words) | Reason::Behind(words) | Reason::InEvent(words, _) => words,
            other => panic!("{text}: {other}"),
        };
        assert!(words.eq_ignore_ascii_case(&row.words), "{text}: `{words}` and not `{}`", row.words);
        let event = matches!(all[0].reason(), Reason::InEvent(..));
        assert_eq!(event, row.event.is_some(), "{text}: {row:?}");
    }
    // Without the large catalogue some families have no rows.
    assert!(untried.is_empty() || cfg!(not(feature = "sdk")), "{untried:?}");
}

#[test]
fn every_row_without_a_family_denies_a_code() {
    for row in rows().iter().filter(|row| row.family.is_none()) {
        let (number, otherwise) = match &row.notation[..] {
            // A kind of event that is a bug check as well.
            "name" if cfg!(not(feature = "sdk")) => continue,
            "name" => ("AUDIT_FAILURE", "It is AUDIT_FAILURE here"),
            "decimal" => ("12029", "It is error 12029 here"),
            _ => ("0x801c03f2", "It is 0x801c03f2 here"),
        };
        assert_eq!(found(otherwise).len(), 1, "{otherwise}");
        let text = sentence(&row.words, number);
        assert_eq!(found(&text), [""; 0], "{text}");
    }
}

#[test]
fn every_row_of_an_event_remembers_it() {
    for row in rows().iter().filter(|row| row.family == Some(Family::Event)) {
        let text = format!("{} 4625\nStatus: 0xc000006d", row.words);
        let reason = only(&text).reason();
        assert_eq!(reason, Reason::InEvent("Status", 4625), "{text}");
    }
}

// Real logs, if there are some.

/// The files that `HEXPLAIN_LOG` names: a file, or those of a folder.
fn real_logs() -> Vec<PathBuf> {
    let Some(path) = std::env::var_os("HEXPLAIN_LOG").map(PathBuf::from) else { return Vec::new() };
    if path.is_dir() {
        let files = fs::read_dir(path).expect("the folder can be read");
        files.map(|file| file.expect("it can be read").path()).filter(|path| path.is_file()).collect()
    } else {
        vec![path]
    }
}

#[test]
fn real_logs_have_no_false_alarms() {
    for path in real_logs().iter().filter(|path| path.extension().is_some_and(|end| end == "log")) {
        let text = fs::read(path).expect("the log can be read");
        let all: Vec<Match> = scan(&text).collect();
        for found in &all {
            let before = &text[..found.range().start];
            assert!(!before.ends_with(b"@"), "{found:?} is inside a pointer");
        }
        for size in [1000, 4096, 65_536] {
            let cuts = (size..text.len()).step_by(size).collect();
            assert_eq!(streamed(Scanner::new(), &text, &cuts), all, "{} in chunks of {size}", path.display());
        }
        if cfg!(feature = "sdk") && path.ends_with("loghub-Windows_2k.log") {
            let codes = all
                .iter()
                .filter(|found| (found.form(), found.code().family()) == (Form::Hexadecimal, Family::Hresult));
            assert_eq!(codes.count(), 474);
            // Behind each stands its symbol.
            assert_eq!(all.iter().filter(|found| found.form() == Form::Symbol).count(), 474);
            assert_eq!(all.len(), 948);
        }
    }
}
