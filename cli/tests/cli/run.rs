//! Runs the binary, over files of a folder where a test needs some.

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use serde_json::Value;

/// How a run ended, and what it printed.
#[derive(Debug)]
pub struct Output {
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Output {
    /// Each line of the output as an object.
    pub fn objects(&self) -> Vec<Value> {
        let objects: Result<Vec<Value>, _> = self.stdout.lines().map(serde_json::from_str).collect();
        let objects = objects.unwrap_or_else(|error| panic!("a line is no JSON: {error}\n{self:?}"));
        assert!(objects.iter().all(Value::is_object), "{self:?}");
        objects
    }
}

/// The binary, as if called without a terminal and by nobody who has wishes about colours.
pub fn command<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hexplain"));
    command.args(args).env_remove("NO_COLOR").env_remove("CLICOLOR").env_remove("CLICOLOR_FORCE");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs a command to its end.
pub fn finish(mut command: Command) -> Output {
    let output = command.output().expect("the binary runs");
    Output {
        status: output.status.code(),
        stdout: String::from_utf8(output.stdout).expect("the output is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("the messages are UTF-8"),
    }
}

/// Runs the binary with these arguments.
pub fn hexplain<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Output {
    finish(command(args))
}

/// Runs the binary with words that are parted by blanks.
pub fn words(args: &str) -> Output {
    hexplain(args.split_whitespace())
}

/// Runs the binary over a standard input that another thread writes, and hands its output to `read`, line by line.
fn feed(args: &[&str], stdin: Vec<u8>, mut read: impl FnMut(&[u8])) -> (Option<i32>, String) {
    let mut child = command(args).stdin(Stdio::piped()).spawn().expect("the binary runs");
    let mut input = child.stdin.take().expect("standard input is piped");
    let mut output = BufReader::new(child.stdout.take().expect("standard output is piped"));
    // Whoever stops reading before the end is seen by the status.
    let writer = thread::spawn(move || drop(input.write_all(&stdin)));
    let mut line = Vec::new();
    while output.read_until(b'\n', &mut line).expect("the output can be read") > 0 {
        read(&line);
        line.clear();
    }
    writer.join().expect("the writer ends");
    end(child)
}

/// Runs the binary over a standard input.
pub fn hexplain_over(args: &[&str], stdin: impl Into<Vec<u8>>) -> Output {
    let mut stdout = Vec::new();
    let (status, stderr) = feed(args, stdin.into(), |line| stdout.extend_from_slice(line));
    Output { status, stdout: String::from_utf8(stdout).expect("the output is UTF-8"), stderr }
}

/// Runs the binary over a large standard input; of the output only the number of lines is kept.
pub fn lines_over(args: &[&str], stdin: Vec<u8>) -> (Option<i32>, String, usize) {
    let mut lines = 0;
    let (status, stderr) = feed(args, stdin, |_| lines += 1);
    (status, stderr, lines)
}

/// Reads a few bytes of the output, closes the pipe, and waits.
pub fn closed_early(args: &str) -> (Option<i32>, String) {
    let mut child = command(args.split_whitespace()).spawn().expect("the binary runs");
    let mut stdout = child.stdout.take().expect("standard output is piped");
    stdout.read_exact(&mut [0; 8]).expect("the output has eight bytes");
    drop(stdout);
    end(child)
}

/// Writes into a pipe that nobody can read any more, from the first byte on.
pub fn never_read(args: &str) -> (Option<i32>, String) {
    let mut reader = command(["--version"]).stdin(Stdio::piped()).spawn().expect("the binary runs");
    let pipe = reader.stdin.take().expect("standard input is piped");
    reader.wait().expect("the reader ends");
    let mut command = command(args.split_whitespace());
    command.stdout(pipe);
    let output = finish(command);
    (output.status, output.stderr)
}

fn end(child: Child) -> (Option<i32>, String) {
    let output = child.wait_with_output().expect("the binary ends");
    (output.status.code(), String::from_utf8(output.stderr).expect("the messages are UTF-8"))
}

/// A folder of its own for each test, gone when the test is.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("test-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder can be made");
        Self(path)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("it has one")).expect("a folder can be made");
        fs::write(&path, bytes).expect("a file can be written");
        path.to_str().expect("the path is UTF-8").to_owned()
    }

    pub fn path(&self) -> &str {
        self.0.to_str().expect("the path is UTF-8")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
