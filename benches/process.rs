//! What it costs to ask the command line one code, against a Rust program that does nothing: both are built, then
//! started in turn, and the medians are compared.
//!
//! `cargo bench -p hexplain-bench --bench process`; with `-- --test` a few starts and no verdict.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn main() {
    let starts = if std::env::args().any(|argument| argument == "--test") { 5 } else { 1000 };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("process");
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--release", "-p", "hexplain-cli", "-p", "hexplain-footprint", "--target-dir"])
        .arg(&target)
        .current_dir(root)
        .status()
        .expect("cargo can be started");
    assert!(built.success(), "the programs can be built");
    let program = |name: &str| target.join("release").join(name).with_extension(std::env::consts::EXE_EXTENSION);
    let rivals = [(program("hexplain-footprint"), "an empty program"), (program("hexplain"), "hexplain 0x801c03f2")];
    let mut times: [Vec<Duration>; 2] = Default::default();
    for _ in 0..starts {
        for (at, (program, _)) in rivals.iter().enumerate() {
            times[at].push(start(program));
        }
    }
    let medians = times.map(|mut times| {
        times.sort_unstable();
        times[times.len() / 2]
    });
    for ((_, name), median) in rivals.iter().zip(medians) {
        let ratio = median.as_secs_f64() / medians[0].as_secs_f64();
        println!("{name:<22} {:>8.0} us {ratio:>6.2}x", median.as_secs_f64() * 1e6);
    }
}

/// The time from start to end.
fn start(program: &PathBuf) -> Duration {
    let begin = Instant::now();
    let status = Command::new(program).arg("0x801c03f2").stdout(Stdio::null()).status();
    let time = begin.elapsed();
    assert!(status.is_ok_and(|status| status.success()), "{} runs", program.display());
    time
}
