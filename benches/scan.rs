//! The scanner against its rivals: the same text, in turn, in the same run; then the whole command.
//!
//! The text is a log made here, 64 MB, the same on every machine. Ninety-two lines of a hundred hold no code, and most of
//! those hold what looks like one: times, versions, GUIDs, pointers, small numbers. The others hold one code each: three
//! in eight `0x` and eight digits, one in eight each a signed decimal, an AADSTS number, a symbol, a number behind words
//! that say what it is, and a status of HTTP. The shares are printed. If `HEXPLAIN_LOG` names a file, or a folder with
//! `.log` files, that is read too, repeated to 200 MB.
//!
//! The rivals find shapes and know no code: one regular expression, and a search for prefixes with a check of what
//! follows. Counting lines is the floor. What counts is the ratio of the medians of nine rounds.
//!
//! `cargo bench -p hexplain-bench --bench scan`; with `-- --test` once with 1 MB; with `-- --library` without the
//! command, whose part writes up to 2 GB to a temporary file.

use std::fs::{self, File};
use std::hint::black_box;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use aho_corasick::AhoCorasick;
use hexplain::scan::{Scanner, scan};
use regex::bytes::Regex;

const MB: usize = 1 << 20;
const ROUNDS: usize = 9;
/// The chunks of the stream.
const CHUNK: usize = 64 << 10;
/// The shapes of codes: hexadecimal, signed decimal, AADSTS, symbol.
const SHAPES: &str =
    r"(?-u)\b0x[0-9A-Fa-f]{8}\b|-[12][0-9]{8,9}\b|AADSTS[0-9]{5,7}\b|\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b";
/// What codes begin with, or hold near their beginning.
const PREFIXES: [&str; 8] = ["0x", "-2", "-1", "AADSTS", "ERROR_", "STATUS_", "E_", "_E_"];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let once = arguments.iter().any(|argument| argument == "--test");
    let rounds = if once { 1 } else { ROUNDS };
    let (made, real) = (if once { MB } else { 64 * MB }, if once { MB } else { 200 * MB });
    let log = generated(made);
    compare("generated log", &log, rounds);
    let repeated = real_log().map(|text| repeat(&text, real));
    if let Some(text) = &repeated {
        compare("real log", text, rounds);
    }
    if !arguments.iter().any(|argument| argument == "--library") {
        let text = repeated.unwrap_or(log);
        command(&text, real, rounds, if once { &[1, 2] } else { &[100, 2048] });
    }
}

/// Numbers in a fixed order that looks like none.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    fn pick<'a>(&mut self, items: &[&'a str]) -> &'a str {
        items[self.below(items.len())]
    }
}

/// The codes of the generated log: the name of a form, and sentences with codes of it.
const CODES: [(&str, &[&str]); 8] = [
    ("hexadecimal", &["Failed to start upload [HRESULT = 0x80004005]", "CallerError: 0x801c03f2 for the device"]),
    ("hexadecimal", &["Failed to open package 0x800f0805", "Process ended, status 0xc0000005"]),
    ("hexadecimal", &["Download of the update failed 0x80072ee7", "Access to the share was refused (0x80070005)"]),
    ("signed decimal", &["Registration ended with -2145647630", "COMException, result -2147024891"]),
    ("AADSTS", &["AADSTS50126: the sign-in was refused", "Token request: AADSTS700016 from the service"]),
    ("symbol", &["The service said ERROR_ACCESS_DENIED", "Join state DSREG_E_DIRECTORY_FAILURE"]),
    ("words and number", &["The installer ended, exit code 1603", "Send failed, WinHTTP error 12029"]),
    ("HTTP status", &["\"GET /v1/items HTTP/1.1\" 404 326", "The proxy answered with HTTP status 407"]),
];

/// A log of a size, and what it holds, which is printed.
fn generated(size: usize) -> Vec<u8> {
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    let mut log = Vec::with_capacity(size + 256);
    let (mut lines, mut coded) = (0_u32, [0_u32; CODES.len()]);
    while log.len() < size {
        let second = lines / 7;
        let (hour, minute) = (second / 3600 % 24, second / 60 % 60);
        let level = numbers.pick(&["Info ", "Info ", "Info ", "Warn ", "Error"]);
        let component = numbers.pick(&["CBS", "CSI", "app.Worker", "MSI (s)", "w3wp", "System.Net.Http", "kernel"]);
        let (millisecond, thread) = (numbers.below(1000), numbers.below(30_000));
        let _ = write!(
            log,
            "2025-10-01 {hour:02}:{minute:02}:{:02}.{millisecond:03} [{thread}] {level} {component} ",
            second % 60
        );
        if numbers.below(100) < 8 {
            let form = numbers.below(CODES.len());
            coded[form] += 1;
            log.extend_from_slice(numbers.pick(CODES[form].1).as_bytes());
        } else {
            let (a, b, c) = (numbers.next(), numbers.below(100_000), numbers.below(500));
            let _ = match numbers.below(8) {
                0 => write!(
                    log,
                    "Loaded Servicing Stack v6.1.7601.{b} with Core: C:\\Windows\\winsxs\\amd64_{a:016x}\\cbscore.dll"
                ),
                1 => write!(
                    log,
                    "{c:08}@2025/10/1:02:27:{:02}.{b:05} Store corruption check at 0x{:011x}",
                    c % 60,
                    a >> 20
                ),
                2 => write!(
                    log,
                    "User {{{:08x}-{:04x}-4{c:03}-8{c:03}-{:012x}}} opened page {c} in {b} ms",
                    a >> 32,
                    a & 0xFFFF,
                    a >> 16
                ),
                3 => write!(log, "\"GET /static/img-{b}.png?size={c} HTTP/1.1\" 200 {b}"),
                4 => write!(log, "retry 1 of 3 in {c} seconds; the queue holds {b} items, none of them late"),
                5 => write!(
                    log,
                    "{{\"level\":\"info\",\"took\":{c},\"user_id\":{b},\"path\":\"/api/v2/orders\",\"ok\":true}}"
                ),
                6 => write!(
                    log,
                    "Warning: Unrecognized packageExtended attribute; max_pool_size={c}, min_idle={}",
                    c / 9
                ),
                _ => write!(
                    log,
                    "the job has ended and its log has been moved to the archive, as on every other evening"
                ),
            };
        }
        log.push(b'\n');
        lines += 1;
    }
    let all: u32 = coded.iter().sum();
    let percent = |count: u32| 100.0 * f64::from(count) / f64::from(lines);
    println!("generated log: {lines} lines, {:.2} % of them with a code", percent(all));
    let mut forms: Vec<(&str, u32)> = Vec::new();
    for ((form, _), count) in CODES.iter().zip(coded) {
        match forms.last_mut().filter(|(last, _)| last == form) {
            Some((_, sum)) => *sum += count,
            None => forms.push((form, count)),
        }
    }
    for (form, count) in forms {
        println!("    {:.2} % {form}", percent(count));
    }
    log
}

/// The log that `HEXPLAIN_LOG` names, or the logs of the folder.
fn real_log() -> Option<Vec<u8>> {
    let path = PathBuf::from(std::env::var_os("HEXPLAIN_LOG")?);
    if !path.is_dir() {
        return Some(fs::read(path).expect("the file that HEXPLAIN_LOG names can be read"));
    }
    let files = fs::read_dir(path).expect("the folder that HEXPLAIN_LOG names can be read");
    let mut paths: Vec<PathBuf> = files.filter_map(|file| Some(file.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "log"));
    paths.sort();
    let text = paths.iter().flat_map(|path| fs::read(path).expect("a log can be read")).collect();
    Some(text).filter(|text: &Vec<u8>| !text.is_empty())
}

/// A text, again and again, up to a size.
fn repeat(text: &[u8], size: usize) -> Vec<u8> {
    text.iter().copied().cycle().take(size).collect()
}

/// How a rival counts what it finds.
type Rival<'r> = (&'static str, &'r dyn Fn(&[u8]) -> usize);

/// Measures all rivals with one text.
fn compare(what: &str, text: &[u8], rounds: usize) {
    let shapes = Regex::new(SHAPES).expect("it is a regular expression");
    let prefixes = AhoCorasick::new(PREFIXES).expect("there are few prefixes");
    let rivals: [Rival; 5] = [
        ("hexplain", &|text| scan(text).count()),
        ("hexplain, 64 KiB chunks", &streamed),
        ("regex", &|text| shapes.find_iter(text).count()),
        ("aho-corasick", &|text| prefixes.find_iter(text).filter(|at| has_shape(text, at.range())).count()),
        ("memchr, lines alone", &|text| memchr::memchr_iter(b'\n', text).count()),
    ];
    let mut times = rivals.map(|_| Vec::new());
    let mut found = rivals.map(|_| 0);
    for _ in 0..rounds {
        for (at, (_, count)) in rivals.iter().enumerate() {
            let begin = Instant::now();
            found[at] = count(black_box(text));
            times[at].push(begin.elapsed());
        }
    }
    println!(
        "\n{what}, {} MB, median of {rounds}\n{:<26} {:>10} {:>9} {:>8}",
        text.len() / MB,
        "",
        "found",
        "MB/s",
        "ratio"
    );
    let own = median(&mut times[0]);
    for (((name, _), found), times) in rivals.iter().zip(found).zip(&mut times) {
        let time = median(times);
        let ratio = time.as_secs_f64() / own.as_secs_f64();
        println!("{name:<26} {found:>10} {:>9.0} {ratio:>7.2}x", rate(text.len(), time));
    }
}

fn streamed(text: &[u8]) -> usize {
    let mut count = 0;
    let mut stream = Scanner::new().stream();
    for chunk in text.chunks(CHUNK) {
        stream.push(chunk, |_| count += 1);
    }
    stream.finish(|_| count += 1);
    count
}

/// Whether a code's shape stands around a prefix.
fn has_shape(text: &[u8], prefix: std::ops::Range<usize>) -> bool {
    let run = |from: usize, is_part: fn(&u8) -> bool| text[from..].iter().take_while(|byte| is_part(byte)).count();
    let alone = |start: usize| start == 0 || !text[start - 1].is_ascii_alphanumeric();
    match text[prefix.start] {
        b'0' => {
            alone(prefix.start)
                && run(prefix.end, u8::is_ascii_alphanumeric) == 8
                && run(prefix.end, u8::is_ascii_hexdigit) == 8
        }
        b'-' => matches!(run(prefix.start + 1, u8::is_ascii_digit), 9..=10),
        b'A' if text[prefix.clone()].len() == 6 => matches!(run(prefix.end, u8::is_ascii_digit), 5..=7),
        _ => {
            let is_part = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_';
            let start = prefix.start - text[..prefix.start].iter().rev().take_while(|byte| is_part(byte)).count();
            let end = start + run(start, is_part);
            alone(start) && !text.get(end).is_some_and(u8::is_ascii_lowercase)
        }
    }
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// MB a second.
fn rate(bytes: usize, time: Duration) -> f64 {
    f64::from((bytes >> 10) as u32) / 1024.0 / time.as_secs_f64()
}

/// Measures `hexplain scan --json`: its time with one thread and with two, and its memory for files of several sizes.
fn command(text: &[u8], size: usize, rounds: usize, sizes: &[usize]) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("process");
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--release", "-p", "hexplain-cli", "--target-dir"])
        .arg(&folder)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
        .status()
        .expect("cargo can be started");
    assert!(built.success(), "the command line can be built");
    let program = folder.join("release/hexplain").with_extension(std::env::consts::EXE_EXTENSION);
    let file = folder.join("scanned.log");

    write_repeated(&file, text, size);
    let threads = ["1", "2"];
    let mut times = threads.map(|_| Vec::new());
    for _ in 0..rounds {
        for (times, threads) in times.iter_mut().zip(threads) {
            let begin = Instant::now();
            finish(&mut start(&program, threads, &file));
            times.push(begin.elapsed());
        }
    }
    println!("\nhexplain scan --json, {} MB, median of {rounds}", size / MB);
    let own = median(&mut times[0]);
    for (threads, mut times) in threads.into_iter().zip(times) {
        let time = median(&mut times);
        let ratio = time.as_secs_f64() / own.as_secs_f64();
        println!(
            "--threads {threads} {:>9.0} ms {:>9.0} MB/s {ratio:>7.2}x",
            time.as_secs_f64() * 1e3,
            rate(size, time)
        );
    }
    for &megabytes in sizes {
        write_repeated(&file, text, megabytes * MB);
        for threads in threads {
            let peak = peak(&program, threads, &file).map_or("unknown here".to_owned(), |kb| format!("{kb} kB"));
            println!("--threads {threads}, {megabytes} MB: peak memory {peak}");
        }
    }
    fs::remove_file(&file).expect("the temporary file can be removed");
}

fn write_repeated(path: &Path, text: &[u8], size: usize) {
    let mut file = File::create(path).expect("a temporary file can be made");
    let mut left = size;
    while left > 0 {
        let part = &text[..text.len().min(left)];
        file.write_all(part).expect("there is room for a temporary file");
        left -= part.len();
    }
}

fn start(program: &Path, threads: &str, file: &Path) -> std::process::Child {
    Command::new(program)
        .args(["scan", "--json", "--threads", threads])
        .arg(file)
        .stdout(Stdio::null())
        .spawn()
        .expect("the command line can be started")
}

/// Waits for the end; 1 says that no code was found.
fn finish(child: &mut std::process::Child) {
    let status = child.wait().expect("it can be waited for");
    assert!(matches!(status.code(), Some(0 | 1)), "{status}");
}

/// The most memory that it used, in kB, as Linux tells while it runs: what it says last, a few milliseconds before the
/// end.
fn peak(program: &Path, threads: &str, file: &Path) -> Option<u64> {
    let mut child = start(program, threads, file);
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    while child.try_wait().expect("it can be asked").is_none() {
        let told = fs::read_to_string(&status).unwrap_or_default();
        let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak = peak.max(line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok()));
        std::thread::sleep(Duration::from_millis(2));
    }
    finish(&mut child);
    peak
}
