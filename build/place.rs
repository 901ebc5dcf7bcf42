//! Builds the perfect hash that `src/hash.rs` reads: finds a factor and displacements that give every key a slot of
//! its own.
//!
//! Buckets are placed from the fullest to the emptiest; a bucket tries every displacement, so the keys that stand
//! alone in theirs always find the slots that remain. Where a factor does not work the next one is tried, and the
//! factors are a fixed sequence, so that the same keys give the same table.

use super::hash::{Places, bucket, start};

/// Placement with its own storage.
pub struct Placed {
    pub factor: u64,
    pub shift: u32,
    pub displacements: Vec<u16>,
    pub slots: u32,
}

impl Placed {
    /// What the library reads.
    pub fn places(&self) -> Places<'_> {
        Places { factor: self.factor, shift: self.shift, displacements: &self.displacements, slots: self.slots }
    }
}

/// Places `keys` by their hash under a factor. `None` where two keys hash alike under every factor, which distinct
/// keys do not, or where there are none or more than 65,535.
pub fn place<K: Copy>(keys: &[K], hash: impl Fn(K, u64) -> u64) -> Option<Placed> {
    if keys.is_empty() || keys.len() > 0xFFFF {
        return None;
    }
    // About three keys a bucket: two thirds of a byte a key, and a fraction of a second for the largest table.
    let mut bits = (keys.len() / 3).next_power_of_two().trailing_zeros().max(1);
    let mut factor = 0x9E37_79B9_7F4A_7C15_u64;
    for attempt in 1..=400 {
        let hashes: Vec<u64> = keys.iter().map(|&key| hash(key, factor)).collect();
        if let Some(displacements) = displacements(&hashes, 64 - bits) {
            return Some(Placed { factor, shift: 64 - bits, displacements, slots: keys.len() as u32 });
        }
        // The next factor of a fixed sequence (xorshift64*), kept odd.
        factor ^= factor >> 12;
        factor ^= factor << 25;
        factor ^= factor >> 27;
        factor = factor.wrapping_mul(0x2545_F491_4F6C_DD1D) | 1;
        if attempt % 100 == 0 {
            bits += 1;
        }
    }
    None
}

fn displacements(hashes: &[u64], shift: u32) -> Option<Vec<u16>> {
    let slots = hashes.len() as u32;
    let mut buckets: Vec<Vec<u32>> = vec![Vec::new(); 1 << (64 - shift)];
    for &hash in hashes {
        buckets[bucket(hash, shift)].push(start(hash, slots));
    }
    let mut order: Vec<usize> = (0..buckets.len()).filter(|&b| !buckets[b].is_empty()).collect();
    order.sort_by_key(|&b| (std::cmp::Reverse(buckets[b].len()), b));
    let mut taken = vec![false; hashes.len()];
    let mut displacements = vec![0_u16; buckets.len()];
    for bucket in order {
        let starts = &mut buckets[bucket];
        starts.sort_unstable();
        if starts.windows(2).any(|pair| pair[0] == pair[1]) {
            return None;
        }
        let shifted = |start: u32, by: u32| ((start + by) % slots) as usize;
        let by = (0..slots).find(|&by| starts.iter().all(|&start| !taken[shifted(start, by)]))?;
        for &start in starts.iter() {
            taken[shifted(start, by)] = true;
        }
        displacements[bucket] = by as u16;
    }
    Some(displacements)
}

#[cfg(test)]
mod tests {
    use super::super::hash::{hash_number, hash_symbol};
    use super::*;

    #[test]
    fn every_key_has_a_slot_of_its_own() {
        for count in [1_u32, 2, 3, 7, 100, 1000, 10_000] {
            let keys: Vec<u32> = (0..count).map(|n| n.wrapping_mul(2_654_435_761) ^ 0x8007_0000).collect();
            let placed = place(&keys, hash_number).expect("distinct numbers can be placed");
            let mut slots: Vec<usize> = keys.iter().map(|&key| placed.places().of_number(key)).collect();
            slots.sort_unstable();
            assert_eq!(slots, (0..keys.len()).collect::<Vec<_>>(), "{count} keys");
        }
    }

    #[test]
    fn symbols_are_placed_without_regard_to_case() {
        let names: Vec<String> = (0..2000).map(|n| format!("ERROR_NUMBER_{n}")).collect();
        let keys: Vec<&str> = names.iter().map(String::as_str).collect();
        let placed = place(&keys, |name, factor| hash_symbol(name.as_bytes(), factor)).expect("distinct names");
        for name in keys {
            assert_eq!(
                placed.places().of_symbol(name.as_bytes()),
                placed.places().of_symbol(name.to_lowercase().as_bytes())
            );
        }
    }

    #[test]
    fn what_cannot_be_placed_is_refused() {
        assert!(place(&[], hash_number).is_none());
        assert!(place(&[5, 5], hash_number).is_none());
        let too_many: Vec<u32> = (0..70_000).collect();
        assert!(place(&too_many, hash_number).is_none());
    }
}
