//! Where the bytes come from: files, folders and standard input; unpacked, and decoded to UTF-8.
//!
//! What a file is shows in its first bytes, not in its name. Well-kept crates unpack and decode; here they are chosen.

use std::fs::{self, File};
use std::io::{self, BufReader, Chain, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_16BE, UTF_16LE};
use flate2::read::MultiGzDecoder;

use crate::zstd::{self, Frames};

/// What cannot be read, why, and what to do.
pub fn unreadable(path: &str, error: &io::Error) -> String {
    let remedy = match error.kind() {
        io::ErrorKind::NotFound => "Check its name.",
        io::ErrorKind::PermissionDenied => "Check the rights to it.",
        io::ErrorKind::IsADirectory => "Name a file.",
        _ => "Check that the file is whole.",
    };
    let text = error.to_string();
    let text = text.trim_end_matches('.');
    // An error that names its remedy needs no other.
    if text.contains("--") {
        format!("{path} cannot be read: {text}.")
    } else {
        format!("{path} cannot be read: {text}. {remedy}")
    }
}

/// How many bytes tell what a file is.
const HEAD: usize = 4096;

/// Counts what is read of all files, packed as they are.
pub type Counter = Arc<AtomicU64>;

/// What a file holds.
pub enum Content {
    /// Text in UTF-8, or in whatever bytes it is.
    Text(Text),
    /// A Windows event log.
    Evtx(BufReader<File>),
}

/// A text, and how its bytes stood before they were decoded.
pub struct Text {
    pub reader: Box<dyn Read + Send>,
    /// The text was UTF-16: a character of the Basic Multilingual Plane took two bytes.
    pub is_wide: bool,
    /// How many bytes of a byte order mark stood before the first character.
    pub start: u64,
}

/// The files that were asked for, in order: those below a folder by their names. What cannot be read is an error that
/// says what to do.
pub fn files(paths: &[PathBuf], recursive: bool, mut complain: impl FnMut(String)) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in paths {
        if path == Path::new("-") || !path.is_dir() {
            files.push(path.clone());
        } else if recursive {
            below(path, &mut files, &mut complain);
        } else {
            complain(format!("{} is a folder; --recursive reads the files below it.", path.display()));
        }
    }
    files
}

fn below(folder: &Path, files: &mut Vec<PathBuf>, complain: &mut impl FnMut(String)) {
    let items = fs::read_dir(folder).and_then(|items| items.collect::<io::Result<Vec<_>>>());
    let mut paths: Vec<PathBuf> = match items {
        Ok(items) => items.iter().map(fs::DirEntry::path).collect(),
        Err(error) => {
            complain(format!("{} cannot be read: {error}. Check the rights to the folder.", folder.display()));
            return;
        }
    };
    paths.sort();
    for path in paths {
        // A link to a folder could lead in a circle.
        let kind = fs::symlink_metadata(&path).map(|data| data.file_type());
        if kind.as_ref().is_ok_and(fs::FileType::is_dir) {
            below(&path, files, complain);
        } else if path.is_file() {
            files.push(path);
        }
    }
}

/// Opens a file, or standard input for `-`, and decodes its text.
pub fn open(path: &Path, zstd_window: u64, counter: &Counter) -> io::Result<Content> {
    Ok(match unpack(path, zstd_window, counter)? {
        Unpacked::Bytes(head, reader) => Content::Text(decoded(&head, reader)?),
        Unpacked::Evtx(log) => Content::Evtx(log),
    })
}

/// What a file holds when it is unpacked.
pub enum Unpacked {
    /// Its first bytes, and all of them.
    Bytes(Vec<u8>, Box<dyn Read + Send>),
    /// A Windows event log.
    Evtx(BufReader<File>),
}

/// Opens a file, or standard input for `-`, and unpacks it.
pub fn unpack(path: &Path, zstd_window: u64, counter: &Counter) -> io::Result<Unpacked> {
    let source: Box<dyn Read + Send> =
        if path == Path::new("-") { Box::new(io::stdin()) } else { Box::new(File::open(path)?) };
    let (head, source) = peek(Counted { source, counter: Arc::clone(counter) })?;
    if head.starts_with(EVTX) && path != Path::new("-") {
        return Ok(Unpacked::Evtx(BufReader::new(File::open(path)?)));
    }
    let (head, unpacked): (Vec<u8>, Box<dyn Read + Send>) = if head.starts_with(&[0x1F, 0x8B]) {
        let (head, rest) = peek(MultiGzDecoder::new(BufReader::new(source)))?;
        (head, Box::new(rest))
    } else if zstd::begins(&head) {
        let (head, rest) = peek(Frames::new(BufReader::new(source), zstd_window << 20))?;
        (head, Box::new(rest))
    } else {
        (head, Box::new(source))
    };
    if head.starts_with(EVTX) {
        // An event log has to be read back and forth, which neither a pipe nor a packed file can be.
        let mut spooled = tempfile::tempfile()?;
        io::copy(&mut { unpacked }, &mut spooled)?;
        spooled.seek(SeekFrom::Start(0))?;
        return Ok(Unpacked::Evtx(BufReader::new(spooled)));
    }
    Ok(Unpacked::Bytes(head, unpacked))
}

/// What every event log begins with.
const EVTX: &[u8] = b"ElfFile\0";

/// The first bytes of a source, and the whole of it.
type Peeked<R> = (Vec<u8>, Chain<Cursor<Vec<u8>>, R>);

fn peek<R: Read>(mut source: R) -> io::Result<Peeked<R>> {
    let mut head = Vec::with_capacity(HEAD);
    // A pipe may give less than it has, and one that somebody types into gives a line.
    while head.len() < HEAD {
        let before = head.len();
        head.resize(HEAD, 0);
        let read = loop {
            match source.read(&mut head[before..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        head.truncate(before + read);
        if read == 0 || head.contains(&b'\n') {
            break;
        }
    }
    Ok((head.clone(), Cursor::new(head).chain(source)))
}

/// A source as UTF-8: UTF-16 by its byte order mark, or by the look of it, is decoded, and all else stays as it is.
fn decoded(head: &[u8], mut source: Box<dyn Read + Send>) -> io::Result<Text> {
    let mut skip = |bytes: usize| io::copy(&mut (&mut source).take(bytes as u64), &mut io::sink());
    let (encoding, start): (Option<&'static Encoding>, usize) = match Encoding::for_bom(head) {
        Some((encoding, bytes)) => (Some(encoding).filter(|&e| e == UTF_16LE || e == UTF_16BE), bytes),
        None => (by_look(head), 0),
    };
    skip(start)?;
    let reader = match encoding {
        Some(encoding) => Box::new(Transcoded::new(encoding.new_decoder_without_bom_handling(), source)),
        None => source,
    };
    Ok(Text { reader, is_wide: encoding.is_some(), start: start as u64 })
}

/// UTF-16 without a mark: most of its characters are ASCII, so that every other byte is zero.
fn by_look(head: &[u8]) -> Option<&'static Encoding> {
    let pairs = head.len() / 2;
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|&&byte| byte == 0).count();
    let (low, high) = (zeros(0), zeros(1));
    if pairs < 2 {
        None
    } else if high * 10 >= pairs * 7 && low * 10 < pairs {
        Some(UTF_16LE)
    } else if low * 10 >= pairs * 7 && high * 10 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Counts what is read.
struct Counted {
    source: Box<dyn Read + Send>,
    counter: Counter,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.counter.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// UTF-16 as UTF-8. What is no character becomes U+FFFD, one for each unit.
struct Transcoded {
    decoder: Decoder,
    source: Box<dyn Read + Send>,
    /// Bytes that were read and not decoded.
    input: Vec<u8>,
    /// Bytes that were decoded and not given, from a place on.
    output: Vec<u8>,
    given: usize,
    is_over: bool,
}

impl Transcoded {
    fn new(decoder: Decoder, source: Box<dyn Read + Send>) -> Self {
        Self { decoder, source, input: Vec::new(), output: Vec::new(), given: 0, is_over: false }
    }

    fn decode_more(&mut self) -> io::Result<()> {
        self.input.resize(1 << 16, 0);
        let read = self.source.read(&mut self.input)?;
        self.is_over = read == 0;
        self.output.resize(self.decoder.max_utf8_buffer_length(read).unwrap_or(0), 0);
        let (result, _, written, _) = self.decoder.decode_to_utf8(&self.input[..read], &mut self.output, self.is_over);
        debug_assert_eq!(result, CoderResult::InputEmpty, "the buffer is as large as it can get");
        self.output.truncate(written);
        self.given = 0;
        Ok(())
    }
}

impl Read for Transcoded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.output.len() && !self.is_over {
            self.decode_more()?;
        }
        let rest = &self.output[self.given..];
        let len = rest.len().min(buffer.len());
        buffer[..len].copy_from_slice(&rest[..len]);
        self.given += len;
        Ok(len)
    }
}
