//! Cuts a text into blocks that can be searched one by one, in any order and on any thread.
//!
//! A block ends with a line, but for a line longer than a mebibyte, which is cut behind a character that belongs to no
//! code. Every block brings its surroundings: what stands before it, as far as the scanner remembers, and behind a cut
//! line what the scanner looks ahead. The invariant: the matches of all blocks are those of the whole text.

use std::io::{self, Read};
use std::ops::Range;
use std::sync::Arc;

use hexplain::scan::Scanner;
use memchr::{memchr, memchr_iter, memmem, memrchr};

use crate::source::Text;

/// How large a block is meant to be. A block of nothing but codes makes thirty times as much JSON, which waits in memory
/// until it can be written.
const BLOCK: usize = 128 << 10;
/// The longest line that stays whole, where lines are written.
const LONGEST_LINE: usize = 1 << 20;
/// How much of the text before a block the scanner is shown: it remembers an event for 4 KiB.
const BEFORE: usize = 5 << 10;
/// How much of the text behind a cut it is shown.
const BEHIND: usize = 512;

/// A piece of a text.
pub struct Block {
    pub path: Arc<str>,
    /// The text and its surroundings, and which part of it is the block.
    pub bytes: Vec<u8>,
    pub part: Range<usize>,
    /// Where the block stands in the text before it was decoded.
    pub offset: u64,
    pub is_wide: bool,
    /// The number of its first line, and how many characters of that line stand before it.
    pub line: u64,
    pub column: u64,
    /// What the text before says of columns.
    pub scanner: Scanner,
}

impl Block {
    /// The block without its surroundings.
    pub fn text(&self) -> &[u8] {
        &self.bytes[self.part.clone()]
    }

    /// Whether the last line goes on in the next block.
    pub fn is_cut(&self) -> bool {
        !self.text().ends_with(b"\n") && self.part.end < self.bytes.len()
    }
}

/// The blocks of a text.
pub struct Blocks {
    path: Arc<str>,
    text: Text,
    /// Bytes that were read, of which those before `start` belong to earlier blocks.
    buffer: Vec<u8>,
    start: usize,
    offset: u64,
    line: u64,
    column: u64,
    scanner: Scanner,
    longest_line: usize,
    /// Somebody may be waiting for each line.
    is_live: bool,
    is_over: bool,
}

impl Blocks {
    /// The blocks of a text, of which whole lines are wanted or not.
    pub fn new(path: &str, text: Text, scanner: Scanner, wants_lines: bool, is_live: bool) -> Self {
        let longest_line = if wants_lines { LONGEST_LINE } else { BLOCK };
        let offset = text.start;
        let path = path.into();
        let (buffer, start) = (Vec::new(), 0);
        Self { path, text, buffer, start, offset, line: 1, column: 0, scanner, longest_line, is_live, is_over: false }
    }

    /// The next block; `None` at the end.
    pub fn next(&mut self) -> io::Result<Option<Block>> {
        let end = loop {
            let fresh = &self.buffer[self.start..];
            if self.is_over {
                if fresh.is_empty() {
                    return Ok(None);
                }
                break self.buffer.len();
            }
            if fresh.len() >= BLOCK {
                if let Some(line) = memrchr(b'\n', fresh) {
                    break self.start + line + 1;
                }
                if fresh.len() >= self.longest_line + BEHIND {
                    break self.start + safe_end(fresh, fresh.len() - BEHIND);
                }
            }
            let read = self.read_more()?;
            // What a person types, or another program prints now and then, is not kept waiting.
            if self.is_live
                && read < BLOCK
                && !self.is_over
                && let Some(line) = memrchr(b'\n', &self.buffer[self.start..])
            {
                break self.start + line + 1;
            }
        };
        Ok(Some(self.take(end)))
    }

    fn read_more(&mut self) -> io::Result<usize> {
        let before = self.buffer.len();
        let wanted = if self.is_live { 64 << 10 } else { BLOCK };
        self.buffer.resize(before + wanted, 0);
        let read = loop {
            match self.text.reader.read(&mut self.buffer[before..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.buffer.truncate(before + *read.as_ref().unwrap_or(&0));
        let read = read?;
        self.is_over = read == 0;
        Ok(read)
    }

    /// Takes what stands before a place.
    fn take(&mut self, end: usize) -> Block {
        let cut = !self.buffer[..end].ends_with(b"\n");
        let behind = if cut { (end + BEHIND).min(self.buffer.len()) } else { end };
        let rest = self.buffer[end.saturating_sub(BEFORE)..].to_vec();
        let rest_start = end - end.saturating_sub(BEFORE);
        let mut bytes = std::mem::replace(&mut self.buffer, rest);
        bytes.truncate(behind);
        let part = self.start..end;
        self.start = rest_start;
        let block = Block {
            path: Arc::clone(&self.path),
            bytes,
            part,
            offset: self.offset,
            is_wide: self.text.is_wide,
            line: self.line,
            column: self.column,
            scanner: self.scanner,
        };
        self.pass(&block);
        block
    }

    /// Notes where the next block begins, and what the columns are there.
    fn pass(&mut self, block: &Block) {
        let text = block.text();
        self.offset += width(text, block.is_wide);
        self.line += memchr_iter(b'\n', text).count() as u64;
        self.column = match memrchr(b'\n', text) {
            Some(end) => characters(&text[end + 1..]),
            None => self.column + characters(text),
        };
        let is_first = block.offset == self.text.start;
        let first_line = memchr(b'\n', text).map_or(text, |end| &text[..=end]);
        // The header of a W3C log may stand anywhere.
        let header = memmem::rfind(text, b"\n#Fields:");
        let names = match header {
            Some(at) => {
                let line = &text[at..];
                &line[..memchr(b'\n', &line[1..]).map_or(line.len(), |end| end + 2)]
            }
            None if is_first => first_line,
            None => return,
        };
        // Of what the scanner remembers the columns count, and not an event, which does not hold so long.
        self.scanner = self.scanner.after(names).after(&[b'\n'; BEFORE]);
    }
}

/// How many bytes a decoded text took before.
pub fn width(text: &[u8], is_wide: bool) -> u64 {
    if is_wide {
        // A character beyond the Basic Multilingual Plane has four bytes in UTF-8 and in UTF-16.
        let beyond = text.iter().filter(|&&byte| byte >= 0xF0).count() as u64;
        2 * (characters(text) + beyond)
    } else {
        text.len() as u64
    }
}

/// How many characters a text has. Bytes that are no UTF-8 count as they come.
pub fn characters(text: &[u8]) -> u64 {
    match std::str::from_utf8(text) {
        Ok(text) => text.chars().count() as u64,
        Err(_) => String::from_utf8_lossy(text).chars().count() as u64,
    }
}

/// The last place up to `end` at which a line can be cut: behind a byte that stands in no code. Where there is none for a
/// long while nothing is a code.
fn safe_end(text: &[u8], end: usize) -> usize {
    let near = end.saturating_sub(4096).max(1)..=end;
    let parts = |at: &usize| matches!(text[at - 1], b' ' | b',' | b';' | b'}' | b'\t' | b'>');
    near.rev().find(parts).unwrap_or(end - end.min(4096) / 2)
}
