//! The one definition of hexplain's perfect hash, compiled into the table compiler and the library alike.
//!
//! A key is hashed once to 64 bits. The top bits choose a bucket, bits 16 to 47 choose a starting slot, and the
//! bucket's displacement shifts that start so that no two keys of a table share a slot. Keys are placed by
//! `build/place.rs`; here they are only found. A slot says where a key *would* stand: whoever looks there compares
//! the key before answering, so an unknown key is never answered with its neighbour.

/// Where the keys of one table stand. The invariant, checked by the table compiler for every key it places:
/// `slot(hash)` is below `slots` and differs for each key.
#[derive(Clone, Copy)]
pub struct Places<'a> {
    /// The odd factor that every key is multiplied by.
    pub factor: u64,
    /// How far the hash is shifted so that its top bits index `displacements`, whose length is a power of two.
    pub shift: u32,
    /// How far each bucket's keys are moved from where they would start.
    pub displacements: &'a [u16],
    /// The number of slots, which is the number of distinct keys: at most 65,535.
    pub slots: u32,
}

impl Places<'_> {
    /// The slot of a number.
    #[inline]
    pub const fn of_number(&self, key: u32) -> usize {
        self.slot(hash_number(key, self.factor))
    }

    /// The slot of a symbol, in any case.
    #[inline]
    pub fn of_symbol(&self, symbol: &[u8]) -> usize {
        self.slot(hash_symbol(symbol, self.factor))
    }

    #[inline]
    const fn slot(&self, hash: u64) -> usize {
        let slot = start(hash, self.slots) + self.displacements[bucket(hash, self.shift)] as u32;
        (if slot >= self.slots { slot - self.slots } else { slot }) as usize
    }
}

/// The bucket of a hash.
#[inline]
pub const fn bucket(hash: u64, shift: u32) -> usize {
    (hash >> shift) as usize
}

/// Where a key would stand if its bucket were not displaced: bits 16 to 47, scaled to the number of slots.
#[inline]
pub const fn start(hash: u64, slots: u32) -> u32 {
    (((hash >> 16) as u32 as u64 * slots as u64) >> 32) as u32
}

/// Hashes a number.
#[inline]
pub const fn hash_number(key: u32, factor: u64) -> u64 {
    (key as u64).wrapping_mul(factor)
}

/// Hashes a symbol without regard to ASCII case, sixteen bytes at a time.
///
/// Setting bit 5 of every byte folds the letters' case. It folds other characters too, and that is harmless: two
/// symbols that hash alike are told apart when the whole symbol is compared.
#[inline]
pub fn hash_symbol(symbol: &[u8], factor: u64) -> u64 {
    const CASE: u64 = 0x2020_2020_2020_2020;
    let mut hash = symbol.len() as u64;
    let mut mix = |block: &[u8; BLOCK]| {
        let [low, high] = [0, 8].map(|at| block[at..].first_chunk().map_or(0, |word| u64::from_le_bytes(*word)));
        let product = u128::from((low | CASE) ^ hash) * u128::from((high | CASE) ^ factor);
        hash = (product as u64) ^ ((product >> 64) as u64);
    };
    let (blocks, last) = blocks(symbol);
    blocks.for_each(&mut mix);
    mix(&last);
    hash.wrapping_mul(factor)
}

const BLOCK: usize = 16;

/// The whole blocks of some bytes, and the last sixteen bytes, which overlap them; fewer than sixteen are filled up
/// with zeros.
#[inline]
fn blocks(bytes: &[u8]) -> (impl Iterator<Item = &[u8; BLOCK]>, [u8; BLOCK]) {
    let last = bytes.last_chunk().copied().unwrap_or_else(|| {
        let mut short = [0; BLOCK];
        short[..bytes.len()].copy_from_slice(bytes);
        short
    });
    let whole = bytes[..bytes.len().saturating_sub(1)].chunks_exact(BLOCK);
    (whole.filter_map(|block| block.first_chunk()), last)
}

/// The bit of a packed entry in the index of symbols that says that the symbol has further entries.
pub const MORE: u32 = 1 << 23;

/// So many rows have a base for their names in common; together their names have less than 32,768 bytes.
pub const ROWS_OF_A_BASE: usize = 64;

/// The bit beside the beginning of a row's names that tells of aliases.
pub const HAS_ALIASES: u16 = 1 << 15;

/// The index of details that says to look among the rare ones.
pub const RARE: u8 = u8::MAX;

/// So many texts of a blob have a base in common; together they have less than 65,536 bytes.
pub const TEXTS_OF_A_BASE: usize = 32;

/// The length of the longest label, folded; a look-up has room for as many bytes.
pub const LONGEST_LABEL: usize = 128;

/// A byte of a label as labels are compared: no case, and `None` for blanks, `_` and `-`, which do not count.
#[inline]
pub fn fold_label_byte(byte: u8) -> Option<u8> {
    (!matches!(byte, b' ' | b'_' | b'-')).then_some(byte.to_ascii_lowercase())
}

/// How many bits a filter has.
pub const FILTER: usize = 1 << 15;

/// Letters and digits by their lowest five bits, and 0 for all else.
static FOLDED: [u8; 256] = {
    let mut folded = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        if (byte as u8).is_ascii_alphanumeric() {
            folded[byte] = byte as u8 % 32;
        }
        byte += 1;
    }
    folded
};

/// A letter or digit by its lowest five bits, in either case the same, and never 0; 0 for any other byte.
#[inline]
pub fn fold(byte: u8) -> u8 {
    FOLDED[usize::from(byte)]
}

/// The last four letters and digits of a text, folded, the last one lowest: no more than stand together.
#[inline]
pub fn fold_end(text: &[u8]) -> u32 {
    fold_last(text.last_chunk().copied().unwrap_or_else(|| last_of_few(text)))
}

#[cold]
fn last_of_few(text: &[u8]) -> [u8; 4] {
    let mut last = [0; 4];
    last[4 - text.len()..].copy_from_slice(text);
    last
}

/// The same of the last four bytes of a text.
#[inline]
pub fn fold_last(last: [u8; 4]) -> u32 {
    let [d, c, b, a] = last.map(|byte| u32::from(fold(byte)));
    let c = if b == 0 { 0 } else { c };
    let d = if c == 0 { 0 } else { d };
    d << 24 | c << 16 | b << 8 | a
}

/// The bit in a filter of the end of a text that may precede a number; see [`fold_end`].
#[inline]
pub fn ending_bit(end: u32) -> usize {
    filter_bit(u64::from(end))
}

/// The bit in a filter of what stands around the first `_` of a symbol: the end of its first word, and two bytes of its
/// second.
#[inline]
pub fn joint_bit(end: u32, behind: [u8; 2]) -> usize {
    let [first, second] = behind.map(|byte| u64::from(fold(byte)));
    filter_bit(u64::from(end) << 16 | first << 8 | second)
}

#[inline]
fn filter_bit(key: u64) -> usize {
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - FILTER.ilog2())) as usize
}

/// Up to eight bytes as a number, to compare them all at once: the first byte lowest.
#[inline]
pub fn eight_bytes(bytes: &[u8]) -> u64 {
    bytes.iter().take(8).rev().fold(0, |all, &byte| all << 8 | u64::from(byte))
}

/// The number that stands for a condition, which has a slug and no number: FNV-1a, 32 bits.
///
/// The table compiler refuses two slugs with one fingerprint.
pub const fn fingerprint(slug: &str) -> u32 {
    let bytes = slug.as_bytes();
    let mut hash = 0x811C_9DC5_u32;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    hash
}
