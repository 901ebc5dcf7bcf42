//! What it costs to diagnose a capture, in the library, and to diagnose a folder of them, as the command line does it.
//!
//! `cargo bench -p hexplain-bench --bench dsregcmd`; with `-- --test` a few rounds. There is no rival to measure in the
//! same run that reads the same: the yardsticks are counting the lines of the text, and reading the files of the folder.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use hexplain::dsregcmd::captures;

/// Captures in the folder.
const FLEET: usize = 10_000;

fn main() {
    let is_test = std::env::args().any(|argument| argument == "--test");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = fs::read_dir(root.join("tests/captures")).expect("the captures are there");
    let mut paths: Vec<_> = folder.map(|item| item.expect("it can be read").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "txt"));
    paths.sort();
    let texts: Vec<String> = paths.iter().map(|path| fs::read_to_string(path).expect("it is a text")).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{} captures of {} bytes on average", texts.len(), bytes / texts.len());

    let rounds = if is_test { 1 } else { 201 };
    let count = texts.len() as u32;
    let lines = median(rounds, || texts.iter().map(|text| black_box(text).lines().count()).sum::<usize>()) / count;
    let read =
        median(rounds, || texts.iter().map(|text| captures(black_box(text)).map_or(0, |c| c.len())).sum::<usize>());
    let diagnosed = median(rounds, || {
        let findings = |text: &String| {
            let captures = captures(black_box(text)).expect("it is a capture");
            captures.iter().map(|capture| capture.diagnose(None).findings().len()).sum::<usize>()
        };
        texts.iter().map(findings).sum::<usize>()
    });
    println!("counting its lines     {:>8.1} us", micros(lines));
    println!("reading it             {:>8.1} us", micros(read / count));
    println!("reading and diagnosing {:>8.1} us", micros(diagnosed / count));
    let slowest = texts.iter().zip(&paths).map(|(text, path)| {
        let time = median(rounds.min(21), || {
            captures(black_box(text))
                .expect("it is a capture")
                .iter()
                .map(|c| c.diagnose(None).findings().len())
                .sum::<usize>()
        });
        (time, path)
    });
    if let Some((time, path)) = slowest.max() {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        println!("the slowest            {:>8.1} us  {name}", micros(time));
    }

    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("process");
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--release", "-p", "hexplain-cli", "--target-dir"])
        .arg(&target)
        .current_dir(&root)
        .status()
        .expect("cargo can be started");
    assert!(built.success(), "the command line can be built");
    let program = target.join("release/hexplain").with_extension(std::env::consts::EXE_EXTENSION);
    let fleet = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fleet");
    // What an earlier run left could be of other captures.
    let _ = fs::remove_dir_all(&fleet);
    fs::create_dir_all(&fleet).expect("a folder can be made");
    let size = if is_test { 200 } else { FLEET };
    for number in 0..size {
        let text = &texts[number % texts.len()];
        fs::write(fleet.join(format!("device-{number:05}.txt")), text).expect("a file can be written");
    }
    println!("a folder of {size} captures");
    let rounds = if is_test { 1 } else { 9 };
    let reading = median(rounds, || {
        let files = fs::read_dir(&fleet).expect("the folder is there");
        files.map(|file| fs::read(file.expect("it can be read").path()).map_or(0, |bytes| bytes.len())).sum::<usize>()
    });
    println!("reading its files      {:>8.2} s", reading.as_secs_f64());
    for (what, options) in [
        ("table, 1 thread", &["--summary", "--threads", "1"][..]),
        ("table", &["--summary"]),
        ("JSON, 1 thread", &["--json", "--threads", "1"]),
        ("JSON", &["--json"]),
    ] {
        let time = median(rounds, || {
            let mut command = Command::new(&program);
            let status = command.arg("dsregcmd").args(options).arg(&fleet).stdout(Stdio::null()).status();
            // Errors are diagnosed.
            assert_eq!(status.expect("it runs").code(), Some(1));
            1
        });
        println!("{what:<22} {:>8.2} s", time.as_secs_f64());
    }
    let _ = fs::remove_dir_all(&fleet);
}

/// The median time of some rounds.
fn median(rounds: usize, mut work: impl FnMut() -> usize) -> Duration {
    let mut times: Vec<Duration> = (0..rounds)
        .map(|_| {
            let begin = Instant::now();
            black_box(work());
            begin.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
