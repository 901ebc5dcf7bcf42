//! `hexplain scan`: what it reads, what it prints, and how it ends.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;
use hexplain::{Entry, Hresult, Win32Error};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use serde_json::Value;

use crate::json::check_output;
use crate::run::{Folder, Output, closed_early, command, finish, hexplain, hexplain_over};

/// What is printed below a line that names a Win32 error: the summary is the table's.
fn told(error: u32) -> String {
    let entry = Win32Error(error).entry().expect("the error is known");
    let (name, summary) = (entry.name().expect("it has a name"), entry.summary().expect("it has a summary"));
    format!("    {error} {name} (Win32 error): {summary}")
}

const LOG: &str = "first line\r\nJoin failed: 0x801c03f2\r\n\u{e9}\u{1F600} exit code 1603\r\n";

/// Line, column, offset, text and id of each match.
fn places(output: &Output) -> Vec<(u64, u64, u64, String, String)> {
    let number = |object: &Value, key: &str| object[key].as_u64().expect("a number");
    let text = |object: &Value, key: &str| object[key].as_str().expect("a text").to_owned();
    let objects = output.objects();
    check_output("scan", &objects);
    let place =
        |o: &Value| (number(o, "line"), number(o, "column"), number(o, "offset"), text(o, "text"), text(o, "id"));
    objects.iter().map(place).collect()
}

fn expected(offsets: [u64; 2]) -> Vec<(u64, u64, u64, String, String)> {
    vec![
        (2, 14, offsets[0], "0x801c03f2".to_owned(), "hresult:0x801C03F2".to_owned()),
        (3, 14, offsets[1], "1603".to_owned(), "win32:1603".to_owned()),
    ]
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2], mark: bool) -> Vec<u8> {
    let mark = mark.then_some(0xFEFF);
    mark.into_iter().chain(text.encode_utf16()).flat_map(unit).collect()
}

#[test]
fn every_encoding_gives_the_same_codes_at_their_own_offsets() {
    let folder = Folder::new();
    let cases = [
        ("utf8.log", LOG.as_bytes().to_vec(), [25, 54]),
        ("utf8-mark.log", [b"\xEF\xBB\xBF", LOG.as_bytes()].concat(), [28, 57]),
        ("utf16le.log", utf16(LOG, u16::to_le_bytes, false), [50, 102]),
        ("utf16be.log", utf16(LOG, u16::to_be_bytes, false), [50, 102]),
        ("utf16le-mark.log", utf16(LOG, u16::to_le_bytes, true), [52, 104]),
        ("utf16be-mark.log", utf16(LOG, u16::to_be_bytes, true), [52, 104]),
    ];
    for (name, bytes, offsets) in cases {
        let output = hexplain(["scan", "--json", &folder.write(name, bytes)]);
        assert_eq!((output.status, places(&output)), (Some(0), expected(offsets)), "{name}: {output:?}");
    }
}

#[test]
fn packed_files_are_known_by_their_content() {
    let gzip = |text: &str| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).expect("memory takes everything");
        encoder.finish().expect("memory takes everything")
    };
    let zstd = |text: &str| compress_to_vec(text.as_bytes(), CompressionLevel::Fastest);
    let (start, end) = LOG.split_at(30);
    let skipped = [&0x184D_2A53_u32.to_le_bytes()[..], &3_u32.to_le_bytes(), b"abc"].concat();
    let folder = Folder::new();
    let cases = [
        ("one.log", gzip(LOG)),
        ("members", [gzip(start), gzip(end)].concat()),
        ("frame", zstd(LOG)),
        ("frames.gz", [skipped, zstd(start), zstd(end)].concat()),
    ];
    for (name, bytes) in cases {
        let path = folder.write(name, &bytes);
        let output = hexplain(["scan", "--json", &path]);
        assert_eq!((output.status, places(&output)), (Some(0), expected([25, 54])), "{name}: {output:?}");
        assert_eq!(hexplain_over(&["scan", "--json"], bytes).stdout, output.stdout.replace(&path, "-"), "{name}");
    }
}

/// A frame whose header asks for 16 MiB, and holds one raw block.
fn wide_frame() -> Vec<u8> {
    let text = b"error 5\n";
    let header = [&0xFD2F_B528_u32.to_le_bytes()[..], &[0x00, (14 << 3)]].concat();
    let block = 1_u32 | (text.len() as u32) << 3;
    [&header, &block.to_le_bytes()[..3], text].concat()
}

#[test]
fn a_frame_that_asks_for_too_much_memory_names_the_option_that_gives_it() {
    let folder = Folder::new();
    let path = folder.write("wide.zst", wide_frame());
    let refused = hexplain(["scan", &path]);
    let message = format!(
        "hexplain: {path} cannot be read: it is packed with a window of 16 MiB, and the limit is 8 MiB; \
         --zstd-window 16 allows it.\n"
    );
    assert_eq!((refused.status, refused.stdout.as_str(), refused.stderr), (Some(2), "", message));
    let taken = hexplain(["scan", "--zstd-window", "16", &path]);
    assert_eq!((taken.status, taken.stderr.as_str()), (Some(0), ""));
    assert!(taken.stdout.contains("ERROR_ACCESS_DENIED"), "{taken:?}");
}

#[test]
fn what_cannot_be_used_is_named_and_the_rest_is_read() {
    let folder = Folder::new();
    let good = folder.write("good.log", "error 5\n");
    let event_log = folder.write("broken.evtx", b"ElfFile\0, and no more");
    let torn = folder.write("torn.gz", [0x1F, 0x8B, 8, 0, 0, 0]);
    let missing = format!("{}/missing.log", folder.path());
    let output = hexplain(["scan", &missing, &event_log, &torn, folder.path(), &good]);
    assert_eq!(output.status, Some(2));
    assert_eq!(output.stdout, format!("{good}:1: error 5\n{}\n", told(5)));
    let lines: Vec<&str> = output.stderr.lines().collect();
    assert_eq!(lines.len(), 4, "{}", output.stderr);
    assert_eq!(lines[0], format!("hexplain: {} is a folder; --recursive reads the files below it.", folder.path()));
    let begins = |start: String| lines.iter().any(|line| line.starts_with(&start) && line.ends_with('.'));
    assert!(begins(format!("hexplain: {missing} cannot be read: ")), "{lines:?}");
    assert!(begins(format!("hexplain: {event_log} is no event log that can be read: ")), "{lines:?}");
    assert!(begins(format!("hexplain: {torn} cannot be read: ")), "{lines:?}");
}

#[test]
fn folders_are_read_in_the_order_of_their_names() {
    let folder = Folder::new();
    for name in ["b/2.log", "a.log", "b/1.log", "c/d/3.log"] {
        folder.write(name, "error 5");
    }
    let output = hexplain(["scan", "--recursive", "--json", folder.path()]);
    let paths: Vec<String> = output.objects().iter().map(|object| object["path"].to_string()).collect();
    let ends = ["a.log\"", "1.log\"", "2.log\"", "3.log\""];
    assert!(paths.len() == 4 && paths.iter().zip(ends).all(|(path, end)| path.ends_with(end)), "{paths:?}");
}

#[test]
fn nothing_found_is_status_1_and_prints_nothing() {
    for args in [&["scan"][..], &["scan", "--json"], &["scan", "--summary"], &["scan", "-C", "3"]] {
        let output = hexplain_over(args, "0x00000000, S_OK, exit code 0\n");
        assert_eq!((output.status, output.stdout.as_str(), output.stderr.as_str()), (Some(1), "", ""), "{args:?}");
        assert_eq!(hexplain_over(args, "").status, Some(1));
    }
}

/// Several blocks of text, among them lines that are longer than a block and than a mebibyte.
#[allow(clippy::format_push_string)] // It is read more easily so.
fn large() -> String {
    let mut text = String::new();
    for number in 0..3000 {
        let codes = "[HRESULT = 0x800f080d - CBS_E_MANIFEST_INVALID_ITEM]";
        text += &format!("2026-01-01 line {number} Session: 31094083_{number} {codes}\n");
        match number % 1000 {
            10 => text += &"no code here, ".repeat(20_000),
            20 => text += &format!("error 12029; {}", "no code, ".repeat(13)).repeat(9000),
            30 => text += &"x".repeat(300_000),
            40 => text += "EventID: 4771\n\n Status: 0x18\n",
            _ => {}
        }
    }
    text
}

#[test]
fn the_number_of_threads_and_the_cuts_change_nothing() {
    let text = large();
    let folder = Folder::new();
    let path = folder.write("large.log", &text);
    let one = hexplain(["scan", "--json", "--threads", "1", &path]);
    assert_eq!(places(&one).len(), 6000 + 3 * 9000 + 3);
    for object in one.objects().iter().step_by(997) {
        let (offset, found) = (object["offset"].as_u64().expect("a number"), object["text"].as_str().expect("a text"));
        assert!(text[offset as usize..].starts_with(found), "{object}");
        let before = &text[..offset as usize];
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        assert_eq!(object["line"], (before.matches('\n').count() + 1) as u64);
        assert_eq!(object["column"], (before.len() - start + 1) as u64);
    }
    for threads in ["2", "7"] {
        assert!(hexplain(["scan", "--json", "--threads", threads, &path]).stdout == one.stdout, "{threads} threads");
    }
    let piped = hexplain_over(&["scan", "--json"], text.as_str());
    assert!(piped.stdout == one.stdout.replace(&path, "-"), "standard input");
}

#[test]
fn the_columns_of_a_header_hold_over_all_blocks() {
    let rows = |row: &str| row.repeat(10_000);
    let iis = format!(
        "#Software: X\n#Fields: date c-ip sc-status sc-win32-status time-taken\n{}#Fields: sc-status cs-uri\n{}",
        rows("2026-01-01 10.0.0.5 401 1326 12029\n"),
        rows("503 /1326\n")
    );
    let csv = format!("User,ResultType,Note\n{}", rows("\"a, b\",50126,\"1603\"\n"));
    let folder = Folder::new();
    for (text, codes) in [
        (iis, &[("http:401", 10_000), ("http:503", 10_000), ("win32:1326", 10_000)][..]),
        (csv, &[("aadsts:AADSTS50126", 10_000)]),
    ] {
        let path = folder.write("table", &text);
        let one = hexplain(["scan", "--json", "--threads", "1", &path]);
        let mut counts = std::collections::BTreeMap::new();
        for object in one.objects() {
            *counts.entry(object["id"].as_str().expect("a text").to_owned()).or_insert(0) += 1;
        }
        assert!(counts.iter().map(|(id, &count)| (id.as_str(), count)).eq(codes.iter().copied()), "{counts:?}");
        assert!(hexplain(["scan", "--json", "--threads", "3", &path]).stdout == one.stdout);
        let wide = folder.write("wide", utf16(&text, u16::to_le_bytes, true));
        assert_eq!(hexplain(["scan", "--json", &wide]).stdout.lines().count(), one.stdout.lines().count());
    }
}

#[test]
fn a_line_of_more_than_a_mebibyte_is_cut_and_says_so() {
    let text = format!("{}error 5\nerror 2\n", "a word ".repeat(200_000));
    let output = hexplain_over(&["scan"], text);
    let lines: Vec<&str> = output.stdout.lines().collect();
    assert_eq!(lines.len(), 4);
    assert!(lines[0].starts_with("1: [the line goes on]") && lines[0].ends_with("word error 5"));
    assert_eq!(lines[1..], [&*told(5), "2: error 2", &*told(2)]);
}

#[test]
fn a_table_sums_up_and_a_code_said_twice_counts_once() {
    let log = "[HRESULT = 0x80004005 - E_FAIL]\nerror 5\n0x80004005\nexit code 1603\nerror 5, 0x801c03f2\nerror 5\n";
    let output = hexplain_over(&["scan", "--summary"], log);
    let table = "COUNT  CODE        NAME                      FAMILY   FIRST  LAST\n    \
        3  5           ERROR_ACCESS_DENIED       win32    2      6\n    \
        2  0x80004005  E_FAIL                    hresult  1      3\n    \
        1  0x801C03F2  DSREG_E_DIRECTORY_FAILURE  hresult  5      5\n    \
        1  1603        ERROR_INSTALL_FAILURE     win32    4      4\n";
    let squeezed = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!((output.status, squeezed(&output.stdout)), (Some(0), squeezed(table)));
}

#[test]
fn annotating_passes_all_other_bytes_on() {
    let log = b"\x1B[1m\xFF 0x80070643 E_FAIL \r\n\0 error 5, [HRESULT = 0x80004005 - E_FAIL]";
    let mut command = command(["scan", "--annotate"]);
    let folder = Folder::new();
    command.arg(folder.write("odd.log", log));
    let output = command.output().expect("the binary runs");
    let summary = |entry: Option<Entry>| entry.and_then(Entry::summary).expect("the code has a summary");
    let annotated = format!(
        "\x1B[1m\u{FFFD} 0x80070643 {{HRESULT_FROM_WIN32(ERROR_INSTALL_FAILURE)}} E_FAIL {{0x80004005: {failure}}} \r\n\0 \
        error 5 {{ERROR_ACCESS_DENIED: {denial}}}, [HRESULT = 0x80004005 {{E_FAIL: {failure}}} - E_FAIL]",
        failure = summary(Hresult(0x8000_4005).entry()),
        denial = summary(Win32Error(5).entry()),
    );
    assert_eq!(String::from_utf8_lossy(&output.stdout), annotated);
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn lines_around_a_code_are_shown_and_gaps_marked() {
    let log = "1\n2\nerror 5\n4\n5\n6\n7\nerror 2\n9\n";
    let output = hexplain_over(&["scan", "-C", "1"], log);
    let shown = format!("2- 2\n3: error 5\n{}\n4- 4\n--\n7- 7\n8: error 2\n{}\n9- 9\n", told(5), told(2));
    assert_eq!(output.stdout, shown);
}

#[test]
fn families_and_confidence_choose_what_is_reported() {
    let log = "error 5, 0x801c03f2, AADSTS5012699, 0x80070643, 0x12345678\n";
    let ids = |args: &[&str]| {
        let output = hexplain_over(&[&["scan", "--json"], args].concat(), log);
        output.objects().iter().map(|object| object["id"].as_str().expect("a text").to_owned()).collect::<Vec<_>>()
    };
    let all = ["win32:5", "hresult:0x801C03F2", "aadsts:AADSTS50126", "hresult:0x80070643"];
    assert_eq!(ids(&[]), all);
    assert_eq!(ids(&["--family", "aadsts", "--family", "win32"]), ["win32:5", "aadsts:AADSTS50126"]);
    assert_eq!(ids(&["--min-confidence", "derived"]), ["win32:5", "hresult:0x801C03F2", "hresult:0x80070643"]);
    assert_eq!(ids(&["--min-confidence", "exact"]), ["win32:5", "hresult:0x801C03F2"]);
    assert_eq!(ids(&["--unknown"]).last().map(String::as_str), Some("hresult:0x12345678"));
}

#[test]
fn records_pass_with_what_their_fields_mean() {
    let records = "{\"EventID\":4771,\"Status\":\"0x18\"}\r\n{ \"a\" : {\"b\":\"AADSTS50126: no\"}, \"n\":1e2 } \n\nno JSON\n[1]\n{}\n{\"code\":1603,\"Status\":0}";
    let output = hexplain_over(&["scan", "--enrich", "Status,a.b,code"], records);
    assert_eq!((output.status, output.stderr.as_str()), (Some(1), ""), "a line was no JSON");
    let lines: Vec<&str> = output.stdout.split('\n').collect();
    assert!(
        lines[0]
            .starts_with("{\"EventID\":4771,\"Status\":\"0x18\",\"hexplain\":{\"Status\":{\"id\":\"kerberos:0x18\",")
    );
    assert!(lines[0].ends_with("}}}\r"), "{}", lines[0]);
    assert!(lines[1].starts_with(
        "{ \"a\" : {\"b\":\"AADSTS50126: no\"}, \"n\":1e2 ,\"hexplain\":{\"a.b\":{\"id\":\"aadsts:AADSTS50126\","
    ));
    assert!(lines[1].ends_with("} "));
    assert_eq!(lines[2..6], ["", "no JSON", "[1]", "{\"hexplain\":{}}"]);
    let last: Value = serde_json::from_str(lines[6]).expect("a record stays JSON");
    assert!(last["hexplain"].get("Status").is_none() && last["hexplain"]["code"]["name"] == "ERROR_INSTALL_FAILURE");
    assert!(!output.stdout.contains("\"advice\""));
}

#[test]
fn a_record_that_has_the_key_already_is_an_error_and_passes_unchanged() {
    let records = "{\"code\":5}\n{\"hexplain\":{},\"code\":5}\n";
    let output = hexplain_over(&["scan", "--enrich", "code"], records);
    assert_eq!(output.status, Some(2));
    assert!(output.stdout.ends_with("}}}\n{\"hexplain\":{},\"code\":5}\n"), "{}", output.stdout);
    let message = "hexplain: -:2: The record has a key `hexplain` already and passes unchanged; rename it first.\n";
    assert_eq!(output.stderr, message);
}

#[test]
fn unusable_calls_say_why() {
    for (args, message) in [
        (&["scan", "--json", "--annotate"][..], "the argument '--json' cannot be used with '--annotate'"),
        (&["scan", "--threads", "0"], "invalid value '0' for '--threads <N>': 0 is not in 1..=256"),
        (
            &["scan", "--min-confidence", "sure"],
            "invalid value 'sure' for '--min-confidence <CONFIDENCE>': There is no such confidence; write exact, derived or guess",
        ),
        (&["scan", "--zstd-window", "101"], "invalid value '101' for '--zstd-window <MIB>': 101 is not in 1..=100"),
    ] {
        let output = hexplain(args);
        let expected = format!("hexplain: {message}. `hexplain --help` says what it takes.\n").replace("error: ", "");
        assert_eq!((output.status, output.stdout.as_str(), output.stderr), (Some(2), "", expected), "{args:?}");
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let folder = Folder::new();
    let path = folder.write("large.log", large());
    for output in ["--json", "--annotate", "--summary --threads 2", "--json --threads 2", "-C 2"] {
        let (status, stderr) = closed_early(&format!("scan {output} {path}"));
        assert_eq!((status, stderr.as_str()), (Some(0), ""), "{output}");
    }
}

#[test]
fn progress_is_told_if_it_is_asked_for() {
    let folder = Folder::new();
    let path = folder.write("large.log", large());
    let output = hexplain(["scan", "--summary", "--progress", &path]);
    // A fast machine is done within the first second, and then there is nothing to tell.
    assert!(output.stderr.lines().all(|line| line.contains("B, ") && line.contains("B/s")), "{}", output.stderr);
}

#[cfg(unix)]
#[test]
fn an_interrupt_leaves_no_half_line() {
    use std::io::Read;
    use std::process::{Command, Stdio};

    let mut child = command(["scan", "--json"]).stdin(Stdio::piped()).spawn().expect("the binary runs");
    let mut stdin = child.stdin.take().expect("standard input is piped");
    let mut stdout = child.stdout.take().expect("standard output is piped");
    stdin.write_all("error 5\n".repeat(100).as_bytes()).expect("the binary reads");
    let mut first = [0; 16];
    stdout.read_exact(&mut first).expect("it answers while standard input stays open");
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().expect("kill runs").success());
    let writer = std::thread::spawn(move || {
        // Whatever it still takes.
        while stdin.write_all("error 5\n".repeat(1000).as_bytes()).is_ok() {}
    });
    let mut rest = Vec::new();
    stdout.read_to_end(&mut rest).expect("it ends");
    writer.join().expect("the writer ends");
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
    assert_eq!(rest.last(), Some(&b'\n'));
}

/// The event logs of the samples, where they are at hand: `HEXPLAIN_LOG` names their folder.
#[test]
fn event_logs_are_read_and_their_keywords_are_no_codes() {
    let Some(folder) = std::env::var_os("HEXPLAIN_LOG").map(PathBuf::from).filter(|folder| folder.is_dir()) else {
        return;
    };
    let logs = fs::read_dir(&folder).expect("the folder can be read").map(|item| item.expect("an item").path());
    let mut records = 0;
    for path in logs.filter(|path| path.extension().is_some_and(|end| end == "evtx")) {
        let mut command = command(["scan", "--annotate"]);
        command.arg(&path);
        let output = finish(command);
        records += output.stdout.lines().filter(|line| line.starts_with("record ")).count();
        assert_eq!(output.stderr, "");
        let copy = Folder::new();
        let whole = fs::read(&path).expect("the log can be read");
        let cut = hexplain(["scan", "--annotate", &copy.write("cut.evtx", &whole[..5000])]);
        assert!(cut.stderr.contains("is cut short, and what is there is read: 0 of its "), "{}", cut.stderr);
        assert_eq!(cut.status, Some(2));
        // The first chunk's magic number; the chunks behind it are read.
        let mut damaged = whole;
        damaged[4096] = b'X';
        let damaged = hexplain(["scan", "--annotate", &copy.write("damaged.evtx", damaged)]);
        assert!(damaged.stderr.contains("is damaged, and the rest of it is read: "), "{}", damaged.stderr);
        assert_eq!(damaged.status, Some(2));
    }
    assert!(records > 1000, "{records} records");
}
