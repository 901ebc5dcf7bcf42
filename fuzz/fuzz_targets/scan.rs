//! Any text, cut anywhere: a stream finds what the whole holds, and the places of what is found lie in the text and
//! rise.
//!
//! The first byte of an input tells how many cuts there are and whether unknown codes count, two bytes a cut follow, and
//! the rest is the text. Any line of a log is an input, then, and `fuzz/seeds` has some.
//!
//! From the folder of the library: `mkdir -p fuzz/corpus/scan`, then
//! `cargo +nightly fuzz run scan fuzz/corpus/scan fuzz/seeds/scan -- -max_total_time=600 -max_len=2048`. What is found
//! on the way goes to the first of the folders.

#![no_main]

use hexplain::scan::{Match, Scanner};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Some((&first, rest)) = input.split_first() else { return };
    let count = usize::from(first & 0x0F).min(rest.len() / 2);
    let (lengths, text) = rest.split_at(2 * count);
    let scanner = Scanner::new().unknown(first & 0x40 != 0);

    let whole: Vec<Match> = scanner.scan(text).collect();
    let mut end = 0;
    for found in &whole {
        assert!(end <= found.start() && found.start() < found.end(), "{found:?} behind {end}");
        end = found.end();
        let _ = (found.id().to_string(), found.reason().to_string(), found.others().count());
    }
    assert!(end <= text.len() as u64, "{end} of {}", text.len());

    // Cuts within the reach of the scanner's windows.
    let mut streamed = Vec::new();
    let mut stream = scanner.stream();
    let mut rest = text;
    for length in lengths.chunks_exact(2).map(|two| usize::from(u16::from_le_bytes([two[0], two[1]]) % 1024)) {
        let (chunk, behind) = rest.split_at(length.min(rest.len()));
        stream.push(chunk, |found| streamed.push(found));
        rest = behind;
    }
    stream.push(rest, |found| streamed.push(found));
    stream.finish(|found| streamed.push(found));
    assert_eq!(streamed, whole, "{:?}", String::from_utf8_lossy(text));
});
