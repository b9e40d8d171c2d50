//! Why the total is the number it is.

use super::log::{Kind, Log};
use super::scan::Scan;
use crate::asyncio::TaskId;

/// The simplest true account of a total; a formula is given only where it yields the very number of the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// Nothing happened.
    Empty,
    /// Nobody sleeps.
    Instant {
        /// How many tasks there are.
        tasks: usize,
    },
    /// Equal sleeps, one a task, through one gate: total = ceil(sleepers / permits) x sleep.
    Waves {
        /// How many tasks sleep.
        sleepers: usize,
        /// How many may at a time; none if nothing stands in the way.
        permits: Option<u64>,
        /// The resource that all of them hold while they sleep.
        gate: Option<u32>,
        /// How many waves that makes.
        waves: u64,
        /// How long each sleeps.
        sleep_ns: u64,
    },
    /// A pool: equal sleeps, several a task: total = ceil(sleeps / workers) x sleep.
    Rounds {
        /// All the sleeps.
        sleeps: usize,
        /// The tasks.
        workers: usize,
        /// How many rounds that makes.
        rounds: u64,
        /// How long each sleep is.
        sleep_ns: u64,
    },
    /// One sleep after the other: total = their sum.
    Serial {
        /// All the sleeps.
        sleeps: usize,
        /// What lets only one sleep at a time; none if one task does all.
        gate: Option<u32>,
        /// How long each is, if they are equal.
        sleep_ns: Option<u64>,
    },
    /// Nobody waits for another: total = the longest.
    Longest {
        /// Whose it is.
        task: TaskId,
        /// How long it sleeps.
        slept_ns: u64,
    },
    /// Nothing shorter than the critical path itself says it.
    Chain,
    /// There is no total: somebody waits for ever.
    Stuck,
}

/// Finds the account.
pub(super) fn explain(log: &Log<'_>, scan: &Scan) -> Why {
    if log.entries.is_empty() {
        return Why::Empty;
    }
    if scan.lives.iter().any(|life| life.waits_for.is_some() && life.ended.is_none()) {
        return Why::Stuck;
    }
    if scan.naps.is_empty() {
        return Why::Instant { tasks: scan.tasks().count() };
    }
    if scan.irregular {
        return longest(log, scan).unwrap_or(Why::Chain);
    }
    serial(log, scan)
        .or_else(|| waves(log, scan))
        .or_else(|| rounds(log, scan))
        .or_else(|| longest(log, scan))
        .unwrap_or(Why::Chain)
}

/// The one length of all the sleeps, if they have one.
fn common_sleep(scan: &Scan) -> Option<u64> {
    let mut lengths = scan.naps.iter().map(|nap| nap.to_ns - nap.from_ns);
    let first = lengths.next()?;
    lengths.all(|length| length == first).then_some(first)
}

fn sleepers(scan: &Scan) -> usize {
    scan.lives.iter().filter(|life| life.naps > 0).count()
}

/// What every sleep holds, the tightest first.
fn gate(log: &Log<'_>, scan: &Scan) -> Option<(u32, Option<u64>)> {
    let held = scan.held_in_all_naps.iter().copied().filter_map(|resource| {
        let place = usize::try_from(resource).ok()?;
        (log.resources.get(place)?.kind != Kind::Queue).then_some((resource, scan.usage.get(place)?.permits))
    });
    held.min_by_key(|(_, permits)| permits.unwrap_or(u64::MAX))
}

fn serial(log: &Log<'_>, scan: &Scan) -> Option<Why> {
    let gate = gate(log, scan).filter(|(_, permits)| *permits == Some(1)).map(|(resource, _)| resource);
    let sum: u64 = scan.naps.iter().map(|nap| nap.to_ns - nap.from_ns).fold(0, u64::saturating_add);
    let one_at_a_time = gate.is_some() || sleepers(scan) == 1;
    (scan.naps.len() > 1 && one_at_a_time && sum == log.total_ns()).then(|| Why::Serial {
        sleeps: scan.naps.len(),
        gate,
        sleep_ns: common_sleep(scan),
    })
}

fn waves(log: &Log<'_>, scan: &Scan) -> Option<Why> {
    let sleep_ns = common_sleep(scan)?;
    if scan.lives.iter().any(|life| life.naps > 1) {
        return None;
    }
    let sleepers = scan.naps.len();
    let gate = gate(log, scan);
    let permits = gate.and_then(|(_, permits)| permits).filter(|permits| *permits > 0);
    let waves = permits.map_or(1, |permits| as_u64(sleepers).div_ceil(permits));
    if waves.checked_mul(sleep_ns) != Some(log.total_ns()) {
        return None;
    }
    Some(Why::Waves { sleepers, permits, gate: gate.map(|(resource, _)| resource), waves, sleep_ns })
}

fn rounds(log: &Log<'_>, scan: &Scan) -> Option<Why> {
    let sleep_ns = common_sleep(scan)?;
    let (sleeps, workers) = (scan.naps.len(), scan.tasks().count());
    if workers == 0 {
        return None;
    }
    let rounds = as_u64(sleeps).div_ceil(as_u64(workers));
    (rounds.checked_mul(sleep_ns) == Some(log.total_ns())).then_some(Why::Rounds { sleeps, workers, rounds, sleep_ns })
}

fn longest(log: &Log<'_>, scan: &Scan) -> Option<Why> {
    if scan.usage.iter().any(|usage| usage.longest_wait_ns > 0) {
        return None;
    }
    let (task, life) = scan.tasks().max_by_key(|(task, life)| (life.slept_ns, std::cmp::Reverse(*task)))?;
    (life.slept_ns == log.total_ns()).then_some(Why::Longest { task, slept_ns: life.slept_ns })
}

fn as_u64(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
