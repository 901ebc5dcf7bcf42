//! The scanner over a text that comes in chunks.

use core::ops::Range;

use super::search::{AHEAD, REACH, Search};
use super::{Match, Scanner};

/// How much of a stream is kept: what a mark looks back on, and what stands between it and the end.
const KEPT: usize = REACH + AHEAD;

/// Scans a text that comes in chunks: finds what [`scan`](super::scan()) finds in the whole, wherever it is cut. It keeps
/// 768 bytes and allocates nothing.
///
/// ```
/// use hexplain::scan::Scanner;
/// let mut found = Vec::new();
/// let mut stream = Scanner::new().stream();
/// for chunk in ["exit co", "de 16", "03"] {
///     stream.push(chunk.as_bytes(), |code| found.push(code));
/// }
/// stream.finish(|code| found.push(code));
/// assert_eq!(found[0].range(), 10..14);
/// ```
#[derive(Clone, Debug)]
pub struct Stream {
    scanner: Scanner,
    /// The last bytes of what came.
    kept: [u8; KEPT],
    len: usize,
    /// How many of them have not been searched.
    pending: usize,
    /// Where the kept bytes begin in the stream.
    base: u64,
}

impl Stream {
    pub(super) const fn new(scanner: Scanner) -> Self {
        Self { scanner, kept: [0; KEPT], len: 0, pending: 0, base: 0 }
    }

    /// Takes the next chunk and tells what is found; the last bytes wait for what follows them.
    pub fn push(&mut self, chunk: &[u8], mut found: impl FnMut(Match)) {
        // What is kept, and as much of the chunk as its marks can look at.
        let mut seam = [0; 2 * KEPT];
        let lent = chunk.len().min(KEPT);
        let end = self.len + lent;
        seam[..self.len].copy_from_slice(&self.kept[..self.len]);
        seam[self.len..end].copy_from_slice(&chunk[..lent]);
        let seam = &seam[..end];
        let first = self.len - self.pending;
        let last = if chunk.len() > KEPT { self.len + REACH } else { end.saturating_sub(AHEAD).max(first) };
        self.search(seam, self.base, first..last, &mut found);
        let base = self.base + self.len as u64;
        if chunk.len() > KEPT {
            self.search(chunk, base, REACH..chunk.len() - AHEAD, &mut found);
            self.keep(&chunk[chunk.len() - KEPT..], base + (chunk.len() - KEPT) as u64, AHEAD);
        } else {
            let from = end.saturating_sub(KEPT);
            self.keep(&seam[from..], self.base + from as u64, end - last);
        }
    }

    /// Searches what is left, which nothing follows.
    pub fn finish(mut self, mut found: impl FnMut(Match)) {
        let kept = self.kept;
        self.search(&kept[..self.len], self.base, self.len - self.pending..self.len, &mut found);
    }

    fn search(&mut self, text: &[u8], base: u64, part: Range<usize>, found: &mut impl FnMut(Match)) {
        let mut search = Search::new(self.scanner, text, base, part);
        while let Some(code) = search.next() {
            found(code);
        }
        self.scanner.state = search.state;
    }

    fn keep(&mut self, bytes: &[u8], base: u64, pending: usize) {
        self.kept[..bytes.len()].copy_from_slice(bytes);
        (self.len, self.base, self.pending) = (bytes.len(), base, pending);
    }
}
