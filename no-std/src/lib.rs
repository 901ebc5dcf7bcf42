//! Links hexplain into a static library that has no standard library, no allocator and a panic handler of its own.
//! That it builds is the test: `cargo build --release --manifest-path no-std/Cargo.toml`.
#![no_std]

use core::panic::PanicInfo;

/// Kept, so that the linker sees what it needs.
#[used]
static KEPT: fn(u32, &str) -> usize = name_length;

/// The length of the best name of a number and of a text.
fn name_length(value: u32, text: &str) -> usize {
    let by_text = hexplain::explain(text).candidates().next().and_then(|candidate| candidate.entry());
    let entry = hexplain::Hresult(value).entry().or(by_text);
    entry.and_then(hexplain::Entry::name).map_or(0, str::len)
}

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    loop {}
}
