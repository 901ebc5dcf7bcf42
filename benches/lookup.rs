//! Look-ups against their rivals: the same keys, in the same shuffled order, in the same run.
//!
//! Times drift from one minute to the next on most machines, so every rival is measured nine times in turn with the
//! others, and what counts is the ratio of the medians, which is printed at the end.
//!
//! `cargo bench -p hexplain-bench --bench lookup`; add `-- --test` to run each once.

use std::collections::{BTreeMap, HashMap};
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::{Criterion, Throughput};
use hexplain::{Entry, Family, Hresult, entries, entries_of, explain, lookup_symbol};
use hexplain_bench::{PHF_NAMES, PHF_NUMBERS, match_number};
use rustc_hash::FxHashMap;

const ROUNDS: usize = 9;

fn main() {
    let once = std::env::args().any(|argument| argument == "--test");
    for round in 1..=if once { 1 } else { ROUNDS } {
        let mut criterion = Criterion::default()
            .sample_size(10)
            .warm_up_time(Duration::from_millis(100))
            .measurement_time(Duration::from_millis(300))
            .without_plots()
            .configure_from_args();
        numbers(&mut criterion, round);
        names(&mut criterion, round);
        explanations(&mut criterion, round);
    }
    if !once {
        ratios();
    }
}

/// A fixed shuffle, so that neither the cache nor the branch predictor learns the order of the keys.
fn shuffle<T>(items: &mut [T]) {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    for at in (1..items.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        items.swap(at, (state % (at as u64 + 1)) as usize);
    }
}

/// Measures one pass over all keys.
fn pass<K: Copy, V>(criterion: &mut Criterion, group: &str, rival: &str, keys: &[K], find: impl Fn(K) -> Option<V>) {
    let mut group = criterion.benchmark_group(group);
    group.throughput(Throughput::Elements(keys.len() as u64));
    group.bench_function(rival, |bencher| {
        bencher.iter(|| {
            for &key in keys {
                black_box(find(black_box(key)));
            }
        });
    });
    group.finish();
}

fn numbers(criterion: &mut Criterion, round: usize) {
    let first: BTreeMap<u32, Entry> = entries_of(Family::Hresult).rev().map(|e| (e.code().value(), e)).collect();
    let std_map: HashMap<u32, Entry> = first.iter().map(|(&key, &entry)| (key, entry)).collect();
    let fx_map: FxHashMap<u32, Entry> = first.iter().map(|(&key, &entry)| (key, entry)).collect();
    let sorted: Vec<(u32, Entry)> = first.iter().map(|(&key, &entry)| (key, entry)).collect();
    let mut hits: Vec<u32> = first.keys().copied().collect();
    shuffle(&mut hits);
    // Neighbours of known codes are what an unknown code looks like.
    let mut misses: Vec<u32> = first.keys().map(|key| key ^ 0x0800_0000).filter(|k| !first.contains_key(k)).collect();
    shuffle(&mut misses);
    for (kind, keys) in [("hit", &hits), ("miss", &misses)] {
        let group = format!("number {kind}/{round}");
        pass(criterion, &group, "hexplain", keys, |key| Hresult(key).entry());
        pass(criterion, &group, "phf", keys, |key| PHF_NUMBERS.get(&key));
        pass(criterion, &group, "std HashMap", keys, |key| std_map.get(&key));
        pass(criterion, &group, "FxHashMap", keys, |key| fx_map.get(&key));
        pass(criterion, &group, "sorted array", keys, |key| sorted.binary_search_by_key(&key, |&(k, _)| k).ok());
        pass(criterion, &group, "match", keys, match_number);
    }
}

fn names(criterion: &mut Criterion, round: usize) {
    let all: BTreeMap<&str, Entry> = entries()
        .filter(|entry| !matches!(entry.family(), Family::Condition | Family::Event))
        .filter_map(|entry| Some((entry.name()?, entry)))
        .collect();
    let std_map: HashMap<&str, Entry> = all.iter().map(|(&name, &entry)| (name, entry)).collect();
    let mut names: Vec<&str> = all.keys().copied().collect();
    shuffle(&mut names);
    let lower: Vec<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    let group = format!("name hit/{round}");
    pass(criterion, &group, "hexplain", &names, |name| lookup_symbol(name).next());
    pass(criterion, &group, "hexplain, lower case", &lower, |name| lookup_symbol(name).next());
    pass(criterion, &group, "std HashMap", &names, |name| std_map.get(name));
    pass(criterion, &group, "phf", &names, |name| PHF_NAMES.get(name));
}

fn explanations(criterion: &mut Criterion, round: usize) {
    let mut inputs: Vec<String> = entries_of(Family::Hresult).map(|entry| entry.code().to_string()).collect();
    shuffle(&mut inputs);
    let inputs: Vec<&str> = inputs.iter().map(String::as_str).collect();
    let group = format!("explain/{round}");
    pass(criterion, &group, "best candidate", &inputs, |input| explain(input).candidates().next());
    pass(criterion, &group, "as JSON", &inputs, |input| serde_json::to_string(&explain(input)).ok());
}

/// Reads the medians that criterion stored, and prints each rival's time and its ratio to hexplain's.
fn ratios() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("criterion");
    println!("\nmedian of {ROUNDS} rounds\n{:<14} {:<22} {:>12} {:>10}", "", "", "ns a key", "ratio");
    let groups: [(&str, &[&str]); 4] = [
        ("number hit", &["hexplain", "FxHashMap", "std HashMap", "phf", "sorted array", "match"]),
        ("number miss", &["hexplain", "FxHashMap", "std HashMap", "phf", "sorted array", "match"]),
        ("name hit", &["hexplain", "hexplain, lower case", "std HashMap", "phf"]),
        ("explain", &["best candidate", "as JSON"]),
    ];
    for (group, rivals) in groups {
        let mut own = None;
        for rival in rivals {
            let mut rounds: Vec<f64> =
                (1..=ROUNDS).filter_map(|round| median(&folder, &format!("{group}_{round}"), rival)).collect();
            if rounds.is_empty() {
                continue;
            }
            rounds.sort_by(f64::total_cmp);
            let time = rounds[rounds.len() / 2];
            let own = *own.get_or_insert(time);
            println!("{group:<14} {rival:<22} {time:>12.2} {:>9.2}x", time / own);
        }
    }
}

/// Criterion's median of one benchmark, in nanoseconds a key.
fn median(folder: &Path, group: &str, rival: &str) -> Option<f64> {
    let read = |file: &str| {
        let text = std::fs::read_to_string(folder.join(group).join(rival).join("new").join(file)).ok()?;
        serde_json::from_str::<serde_json::Value>(&text).ok()
    };
    let time = read("estimates.json")?["median"]["point_estimate"].as_f64()?;
    let keys = read("benchmark.json")?["throughput"]["Elements"].as_f64()?;
    Some(time / keys)
}
