//! Any bytes as the output of `dsregcmd /status`: decoding, reading, diagnosing and redacting neither panic nor take
//! long, fields stand in the order of their lines, and findings rest on fields.
//!
//! From the folder of the library: `mkdir -p fuzz/corpus/dsregcmd`, then
//! `cargo +nightly fuzz run dsregcmd fuzz/corpus/dsregcmd tests/captures -- -max_total_time=600 -max_len=8192`. What is
//! found on the way goes to the first of the folders.

#![no_main]

use hexplain::dsregcmd::{Redactor, Time, captures, decode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Ok(text) = decode(input) else { return };
    let Ok(mut captures) = captures(&text) else { return };
    let mut last = 0;
    for capture in &captures {
        assert!(capture.sections().flat_map(|section| section.fields()).count() == capture.fields().len());
        for field in capture.fields() {
            assert!(field.line() > last, "{field:?} behind {last}");
            last = field.line();
        }
        for now in [None, Time::from_unix_seconds(1_700_000_000)] {
            for finding in capture.diagnose(now).findings() {
                let evidence = finding.evidence().iter();
                assert!(evidence.clone().all(|told| capture.fields().iter().any(|field| field.line() == told.line())));
                assert!(!finding.reasons().is_empty() && !finding.resolutions().is_empty());
            }
        }
    }
    let mut redactor = Redactor::default();
    for capture in &mut captures {
        let before = capture.fields().len();
        capture.redact(&mut redactor);
        assert_eq!(capture.fields().len(), before);
    }
});
