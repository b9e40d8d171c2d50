//! What the benchmarks run: written once, read by the native driver and by the one in the browser.

use serde_json::{Value, json};

/// Calls of the engine benchmarks, and steps of the scenario.
pub const CALLS: usize = 10_000;
/// Rows in the state, from the first thousand calls on.
pub const KEYS: usize = 1_000;
/// Positions of the scenario that are looked at.
const SEEKS: usize = 1_000;
/// Tasks of the asyncio program, and the permits they share.
pub const TASKS: usize = 100_000;
/// Permits of the program's semaphore.
pub const PERMITS: usize = 10;

/// Gives the workload as JSON.
pub fn workload() -> Value {
    json!({
        "system": "in_mem_db",
        "calls": (0..CALLS).map(call).collect::<Vec<_>>(),
        "positions": positions(),
        "program": { "tasks": TASKS, "permits": PERMITS, "sleep": 10 },
    })
}

/// First one row after another, then reads, writes and listings all over them.
fn call(i: usize) -> Value {
    // 7919 is prime, so a thousand calls in a row touch a thousand rows, in no order.
    let key = format!("key{:03}", i * 7919 % KEYS);
    let value = format!("value{i}");
    // Each thousand of calls shifts the kinds by one, or every row would only ever see one kind.
    match (i < KEYS, (i + i / KEYS) % 4) {
        (true, _) | (_, 0) => json!(["set", [key, "name", value]]),
        (_, 1) => json!(["get_at", [key, "name", i]]),
        (_, 2) => json!(["set_at_with_ttl", [key, "session", value, i, 500]]),
        _ => json!(["scan_at", [key, i]]),
    }
}

/// Positions all over the scenario, the same in every run: a linear congruential sequence.
fn positions() -> Vec<u64> {
    let next = |seed: &u64| Some(seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407));
    // The low bits of such a sequence hardly vary; the high ones do.
    std::iter::successors(Some(1), next).skip(1).take(SEEKS).map(|seed| (seed >> 33) % (CALLS as u64 + 1)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_first_thousand_calls_write_every_row() {
        let keys: BTreeSet<_> = (0..KEYS).map(|i| call(i)[1][0].as_str().unwrap().to_owned()).collect();
        assert_eq!(keys.len(), KEYS);
        assert!((0..KEYS).all(|i| call(i)[0] == "set"));
    }

    #[test]
    fn every_row_sees_every_kind_of_call() {
        let pairs: BTreeSet<_> = (KEYS..CALLS).map(|i| (call(i)[0].to_string(), call(i)[1][0].to_string())).collect();
        assert_eq!(pairs.len(), 4 * KEYS);
    }

    #[test]
    fn positions_are_spread_over_the_whole_scenario() {
        let positions = positions();
        for tenth in 0..10 {
            let low = tenth * CALLS as u64 / 10;
            let within = positions.iter().filter(|at| (low..=low + CALLS as u64 / 10).contains(at)).count();
            assert!(within > SEEKS / 20, "{within} from {low} on");
        }
    }
}
