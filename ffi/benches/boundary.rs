//! What the boundary costs: the same questions asked of the library in Rust and through the C ABI, in one run.
//!
//! `cargo bench -p hexplain-ffi --profile ffi`; with `-- --test` a few rounds. The functions are called through
//! pointers that the compiler cannot see through, as a program that loaded the library calls them.

use std::ffi::c_char;
use std::hint::black_box;
use std::mem::MaybeUninit;
use std::time::{Duration, Instant};

use hexplain::{Code, Entry, Family, entries_of, explain, lookup};
use hexplain_ffi::{
    hexplain_entry, hexplain_explain_json, hexplain_lookup, hexplain_name, hexplain_status, hexplain_str,
};

type Name = unsafe extern "C" fn(u32, u32, *mut hexplain_str) -> hexplain_status;
type Lookup = unsafe extern "C" fn(u32, u32, u32, *mut hexplain_entry) -> hexplain_status;
type Explain =
    unsafe extern "C" fn(*const c_char, usize, *const u32, usize, *mut c_char, usize, *mut usize) -> hexplain_status;

fn main() {
    let rounds = if std::env::args().any(|argument| argument == "--test") { 1 } else { 31 };
    let mut values: Vec<u32> = entries_of(Family::Hresult).map(|entry| entry.code().value()).collect();
    // In no order that a cache could foresee.
    let mut random = 1_u64;
    for at in (1..values.len()).rev() {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        values.swap(at, (random >> 33) as usize % (at + 1));
    }
    let (name, through): (Name, Lookup) = (black_box(hexplain_name), black_box(hexplain_lookup));
    let times = medians(
        rounds,
        [
            &mut || {
                let names = values.iter().map(|&value| {
                    lookup(Code::new(black_box(Family::Hresult), black_box(value))).and_then(Entry::name)
                });
                names.map(|name| name.map_or(0, str::len)).sum::<usize>()
            },
            &mut || {
                let lengths = values.iter().map(|&value| {
                    let mut out = MaybeUninit::<hexplain_str>::uninit();
                    // SAFETY: the pointer leads to room for a text, which is written if the status says so.
                    let status = unsafe { name(0, black_box(value), out.as_mut_ptr()) };
                    assert_eq!(status, hexplain_status::HEXPLAIN_OK);
                    // SAFETY: it was.
                    unsafe { out.assume_init() }.len
                });
                lengths.sum::<usize>()
            },
            &mut || {
                let filled = values
                    .iter()
                    .filter_map(|&value| Some(row(lookup(Code::new(black_box(Family::Hresult), black_box(value)))?)));
                filled.map(|row| black_box(row).3.len()).sum::<usize>()
            },
            &mut || {
                let lengths = values.iter().map(|&value| {
                    let mut out = MaybeUninit::<hexplain_entry>::uninit();
                    // SAFETY: the pointer leads to room for an entry, which is written if the status says so.
                    let status = unsafe { through(0, black_box(value), 0, out.as_mut_ptr()) };
                    assert_eq!(status, hexplain_status::HEXPLAIN_OK);
                    // SAFETY: it was.
                    unsafe { out.assume_init() }.name.len
                });
                lengths.sum::<usize>()
            },
        ],
    );
    let each = |time: Duration| time.as_secs_f64() * 1e9 / f64::from(values.len() as u32);
    println!("the name in Rust              {:>8.1} ns", each(times[0]));
    println!("hexplain_name                 {:>8.1} ns", each(times[1]));
    println!("the whole entry in Rust       {:>8.1} ns", each(times[2]));
    println!("hexplain_lookup               {:>8.1} ns", each(times[3]));

    let any: Vec<String> = values.iter().take(1000).map(|value| format!("0x{value:08X}")).collect();
    let any: Vec<&str> = any.iter().map(String::as_str).collect();
    // With advice, or with several readings.
    let rich = ["0x801c03f2", "-2145647630", "AADSTS50126", "12007", "0x80072ee7", "STATUS_LOGON_FAILURE"];
    for (what, inputs) in [("any HRESULT", &any[..]), ("six with much to say", &rich)] {
        explain_as_json(what, inputs, rounds);
    }
}

fn explain_as_json(what: &str, inputs: &[&str], rounds: usize) {
    let through: Explain = black_box(hexplain_explain_json);
    let mut buffer = vec![0_u8; 1 << 20];
    let times = medians(
        rounds,
        [
            &mut || {
                let json = inputs.iter().map(|input| serde_json::to_vec(&explain(black_box(input))));
                json.map(|json| json.map_or(0, |json| json.len())).sum()
            },
            &mut || {
                let lengths = inputs.iter().map(|input| {
                    let (mut needed, input) = (0, black_box(*input));
                    // SAFETY: all pointers lead to what they are for, and lengths are theirs.
                    let status = unsafe {
                        let families = std::ptr::null();
                        let (text, room) = (input.as_ptr().cast(), buffer.as_mut_ptr().cast());
                        through(text, input.len(), families, 0, room, buffer.len(), &raw mut needed)
                    };
                    assert_eq!(status, hexplain_status::HEXPLAIN_OK);
                    needed
                });
                lengths.sum::<usize>()
            },
        ],
    );
    let [rust, c] = times.map(|time| time.as_secs_f64() * 1e6 / f64::from(inputs.len() as u32));
    println!("explain as JSON, {what}: {rust:.2} us in Rust, {c:.2} us through the C ABI");
}

/// What `hexplain_lookup` tells of an entry.
fn row(entry: Entry) -> (u32, usize, usize, &'static str, &'static str) {
    let (name, summary) = (entry.name().unwrap_or_default(), entry.summary().unwrap_or_default());
    (entry.severity() as u32, entry.aliases().count(), entry.advice().len(), name, summary)
}

/// The median times of several ways to do the same, in turn.
fn medians<const N: usize>(rounds: usize, mut ways: [&mut dyn FnMut() -> usize; N]) -> [Duration; N] {
    let mut times = [(); N].map(|()| Vec::new());
    for _ in 0..rounds {
        for (way, times) in ways.iter_mut().zip(&mut times) {
            let begin = Instant::now();
            black_box(way());
            times.push(begin.elapsed());
        }
    }
    times.map(|mut times| {
        times.sort_unstable();
        times[times.len() / 2]
    })
}
