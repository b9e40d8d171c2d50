//! What a strategy does with a batch, seen by running it.

use super::batch::Batch;
use crate::asyncio::{TaskId, What};
use crate::lab::analysis::{Analysis, Nap, Scan, Why};
use crate::lab::{Ending, Timeline, compile_strategy};

const NS_PER_MS: u64 = 1_000_000;

/// What was seen.
#[derive(Debug, Clone)]
pub struct Observed {
    /// The total, unless somebody waits for ever.
    pub total_ms: Option<u64>,
    /// Who was done, and when, in the order of finishing.
    pub ends: Vec<(TaskId, u64)>,
    /// Who waits for ever.
    pub stuck: Vec<TaskId>,
    /// Why the total is that number.
    pub why: Why,
    /// How many returned at once.
    pub at_once: usize,
    naps: Vec<Nap>,
}

impl Observed {
    /// Names the tasks that sleep at a time, ascending: one that wakes at it does not any more.
    pub fn asleep_at(&self, at_ms: u64) -> Vec<TaskId> {
        let mut asleep: Vec<TaskId> =
            self.naps.iter().filter(|nap| nap.covers(at_ms * NS_PER_MS)).map(|nap| nap.task).collect();
        asleep.sort_unstable();
        asleep
    }

    /// Counts the tasks that are done at a time; one that ends at it counts.
    pub fn done_at(&self, at_ms: u64) -> usize {
        self.ends.iter().filter(|(_, end)| *end <= at_ms).count()
    }
}

/// Runs a strategy on a batch.
pub fn observe(strategy: &str, batch: &Batch) -> Option<Observed> {
    let program = compile_strategy(strategy, &batch.workload()?).ok()?;
    let mut timeline = Timeline::of_program(&program).ok()?;
    while !timeline.advance(usize::MAX).ok()?.done {}
    let log = timeline.log();
    let scan = Scan::of(&log);
    let done = log.entries.iter().filter(|entry| entry.what == What::Done);
    let ends = done.map(|entry| (entry.task, entry.at_ns / NS_PER_MS)).collect();
    let (total_ms, stuck) = match timeline.ending()? {
        Ending::Finished { virtual_ns } => (Some(virtual_ns / NS_PER_MS), Vec::new()),
        Ending::Deadlock(deadlock) => (None, deadlock.waiting.iter().map(|(task, _)| *task).collect()),
    };
    let Analysis { why, at_once, .. } = timeline.analysis();
    Some(Observed { total_ms, ends, stuck, why, at_once, naps: scan.naps })
}
