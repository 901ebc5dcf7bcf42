//! Zstandard, frame after frame, with a limit to the memory that a frame may ask for.

use std::io::{self, Read};

use ruzstd::decoding::{FrameDecoder, StreamingDecoder};

/// The magic number of a frame, and the longest header behind it that tells the window.
const MAGIC: u32 = 0xFD2F_B528;
const HEADER: usize = 18;

/// The frames of a file, as one text.
pub struct Frames<R: Read> {
    frame: Option<StreamingDecoder<Peeked<R>, FrameDecoder>>,
    source: Option<Peeked<R>>,
    window_limit: u64,
}

impl<R: Read> Frames<R> {
    pub fn new(source: R, window_limit: u64) -> Self {
        Self { frame: None, source: Some(Peeked { head: Vec::new(), source }), window_limit }
    }
}

/// Whether a file begins with a frame, or with one to skip.
pub fn begins(head: &[u8]) -> bool {
    magic(head).is_some_and(|magic| magic == MAGIC || is_skippable(magic))
}

fn magic(head: &[u8]) -> Option<u32> {
    head.first_chunk().map(|magic| u32::from_le_bytes(*magic))
}

fn is_skippable(magic: u32) -> bool {
    magic & 0xFFFF_FFF0 == 0x184D_2A50
}

/// The window that a frame's header asks for: RFC 8878, 3.1.1.1.
fn window(header: &[u8]) -> Option<u64> {
    let descriptor = *header.get(4)?;
    if descriptor & 0x20 == 0 {
        let byte = u64::from(*header.get(5)?);
        let base = 1_u64 << (10 + (byte >> 3));
        return Some(base + base / 8 * (byte & 7));
    }
    // A single segment: the window is the content, whose size stands behind the dictionary's id.
    let id = [0, 1, 2, 4][usize::from(descriptor & 3)];
    let size = [1, 2, 4, 8][usize::from(descriptor >> 6)];
    let bytes = header.get(5 + id..5 + id + size)?;
    let value = bytes.iter().rev().fold(0, |all, &byte| all << 8 | u64::from(byte));
    Some(if size == 2 { value + 256 } else { value })
}

impl<R: Read> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if let Some(mut frame) = self.frame.take() {
                let read = frame.read(buffer)?;
                if read > 0 {
                    self.frame = Some(frame);
                    return Ok(read);
                }
                self.source = Some(frame.into_inner());
            }
            let Some(mut source) = self.source.take() else { return Ok(0) };
            let header = source.peek()?;
            if header.is_empty() {
                return Ok(0);
            }
            if magic(&header).is_some_and(is_skippable) {
                let length = header.get(4..8).and_then(|l| l.first_chunk()).map_or(0, |l| u32::from_le_bytes(*l));
                io::copy(&mut (&mut source).take(8 + u64::from(length)), &mut io::sink())?;
                self.source = Some(source);
                continue;
            }
            let window = window(&header).unwrap_or(0);
            if window > self.window_limit {
                return Err(io::Error::other(format!(
                    "it is packed with a window of {} MiB, and the limit is {} MiB; --zstd-window {} allows it",
                    window.div_ceil(1 << 20),
                    self.window_limit >> 20,
                    window.div_ceil(1 << 20)
                )));
            }
            self.frame = Some(StreamingDecoder::new(source).map_err(io::Error::other)?);
        }
    }
}

/// A source whose next bytes can be looked at before they are read.
struct Peeked<R> {
    /// What was looked at and not read.
    head: Vec<u8>,
    source: R,
}

impl<R: Read> Peeked<R> {
    /// The next bytes, as many as a header has, or as there are.
    fn peek(&mut self) -> io::Result<Vec<u8>> {
        let more = HEADER - self.head.len();
        (&mut self.source).take(more as u64).read_to_end(&mut self.head)?;
        Ok(self.head.clone())
    }
}

impl<R: Read> Read for Peeked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.head.is_empty() {
            return self.source.read(buffer);
        }
        let len = self.head.len().min(buffer.len());
        buffer[..len].copy_from_slice(&self.head[..len]);
        self.head.drain(..len);
        Ok(len)
    }
}
