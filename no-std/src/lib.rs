//! Links hexplain into a static library that has no standard library, no allocator and a panic handler of its own.
//! That it builds is the test: `cargo build --release --manifest-path no-std/Cargo.toml`.
#![no_std]

use core::panic::PanicInfo;

/// Kept, so that the linker sees what it needs.
#[used]
static KEPT: fn(u32, &str) -> usize = name_length;

/// The length of the best name of a number and of a text, and how many codes the text holds.
fn name_length(value: u32, text: &str) -> usize {
    let mut count = hexplain::scan::scan(text.as_bytes()).count();
    let mut stream = hexplain::scan::Scanner::new().stream();
    stream.push(text.as_bytes(), |_| count += 1);
    let by_text = hexplain::explain(text).candidates().next().and_then(|candidate| candidate.entry());
    let entry = hexplain::Hresult(value).entry().or(by_text);
    entry.and_then(hexplain::Entry::name).map_or(0, str::len) + count
}

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    loop {}
}
