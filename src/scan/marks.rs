//! The filter: marks, a block at a time, the bytes that may be inside a code.
//!
//! It has no branch and no intrinsic; the compiler makes vector instructions of its loops, sixteen bytes wide on any
//! x86-64. What it marks beyond need costs time and nothing else; what it does not mark is never found.

/// How many bytes the filter marks in one go.
pub(super) const BLOCK: usize = 64;

/// How many bytes the filter is given: two before the block and those of the block.
const LOOKED_AT: usize = 2 + BLOCK;

/// How many bytes a vector is taken to have.
const LANES: usize = 16;

/// The marks of a block that begins at a place, up to where the search ends.
#[inline]
pub(super) fn marks_of(text: &[u8], start: usize, end: usize, delimiters: Option<(u8, u8)>) -> u64 {
    // Before the third byte the difference is beyond every text.
    match text[..end].get(start.wrapping_sub(2)..).and_then(|rest| rest.first_chunk()) {
        Some(bytes) => marks(bytes, delimiters),
        None => marks_at_edge(text, start, end, delimiters),
    }
}

/// The same near the edges of the text. Before its beginning the filter sees blanks, so that a number may stand there.
#[cold]
fn marks_at_edge(text: &[u8], start: usize, end: usize, delimiters: Option<(u8, u8)>) -> u64 {
    let mut bytes = [b' '; LOOKED_AT];
    let before = start.min(2);
    let behind = (end - start).min(BLOCK);
    bytes[2 - before..2 + behind].copy_from_slice(&text[start - before..start + behind]);
    let beyond = u64::MAX.checked_shl(behind as u32).unwrap_or(0);
    marks(&bytes, delimiters) & !beyond
}

/// Marks where something may be, a bit for each byte of a block that begins at the third byte.
///
/// Where there are columns the end of every line and cell is marked too, and every quote.
#[inline]
fn marks(bytes: &[u8; LOOKED_AT], columns: Option<(u8, u8)>) -> u64 {
    match columns {
        None => gather(bytes, distance),
        Some((delimiter, quote)) => gather(bytes, |second, before, byte| {
            distance(second, before, byte).min(byte ^ b'\n').min(byte ^ delimiter).min(byte ^ quote)
        }),
    }
}

/// The bytes of a block that are at distance 0, given them and the two before each.
#[inline(never)]
fn gather(bytes: &[u8; LOOKED_AT], distance: impl Fn(u8, u8, u8) -> u8) -> u64 {
    // Bit `2 * k` of sixteen bytes tells of the sixteen bytes number `k`.
    let mut gathered = [0_u8; LANES];
    for k in 0..BLOCK / LANES {
        for (lane, gathered) in gathered.iter_mut().enumerate() {
            let at = k * LANES + lane;
            *gathered |= u8::from(distance(bytes[at], bytes[at + 1], bytes[at + 2]) == 0) << (2 * k);
        }
    }
    // The upper half's bits fit between those of the lower half, and then bit `m` of byte `n` is the mark of byte
    // `8 * m + n`.
    let [low, high] = [0, 8].map(|at| gathered[at..].first_chunk().map_or(0, |half| u64::from_le_bytes(*half)));
    // Many blocks have no mark.
    if low | high == 0 { 0 } else { transposed(low | high << 1) }
}

/// How far a byte, with the two before it, is from what is marked; 0 if it is marked.
///
/// Marked are the `x` of `0x`; the first digit of a number that stands apart, or behind a minus, a `c` as in c0000005 or
/// an `S` as in AADSTS; a `_`, the `S` of `WS` and a `#`. Some others are marked as well where that is cheaper, and
/// `Search::digit` sorts them out.
///
/// Every test is a sum of differences that is 0 where it holds, so that `|` joins two tests and `min` gives either: no
/// branch, three operations for a range, and the compiler makes vector instructions of all. Written with comparisons,
/// it took twice as long.
#[inline]
fn distance(second: u8, before: u8, byte: u8) -> u8 {
    let no_digit = (byte ^ b'0').saturating_sub(9);
    let second_digit = 10_u8.saturating_sub(second ^ b'0');
    let zero = before ^ b'0';
    // Seen so, what stands apart is one range: a tab, a blank and the punctuation up to `?`, without the digits. With it
    // come some control characters, but not the ends of lines.
    let apart = zero.wrapping_sub(10).saturating_sub(0x2F);
    // C, K, S, [ and c, k, s, {.
    let letter = before & !0x38 ^ b'C';
    // 12029, WIN32(5), and not the minutes of a time.
    let number = no_digit | apart.min(letter) | second_digit.min(before ^ b'(');
    let hexadecimal = (byte | 0x20) ^ b'x' | zero;
    let word = (byte ^ b'_').min(byte ^ b'S' | before ^ b'W');
    number.min(hexadecimal).min(word).min(byte ^ b'#')
}

/// Eight bytes of eight bits with bits and bytes exchanged: bit `m` of byte `n` becomes bit `n` of byte `m`.
#[inline]
fn transposed(mut bits: u64) -> u64 {
    // Blocks of one, two and four bits change places across the diagonal.
    for (shift, mask) in [(7, 0x00AA_00AA_00AA_00AA), (14, 0x0000_CCCC_0000_CCCC), (28, 0xF0F0_F0F0)] {
        let differ = (bits ^ bits >> shift) & mask;
        bits ^= differ ^ differ << shift;
    }
    bits
}
