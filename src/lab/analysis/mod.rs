//! What a run's events come to: who was last and why, which chain of sleeps makes the total, what was full, who is stuck.
//!
//! Everything here is a function of the list of events; one pass over it ([`Scan`]) serves all the questions, so that a
//! million events take a fraction of a second.

mod critical;
mod deadlock;
mod log;
mod scan;
mod why;

pub use critical::{Handed, Link};
pub use deadlock::{Blocked, Deadlock};
pub use log::{Entry, Kind, Log, Resource};
pub use scan::{Nap, Scan, Usage};
pub use why::Why;

use crate::asyncio::TaskId;

/// The answers to the usual questions about a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Analysis {
    /// When the last event happened.
    pub total_ns: u64,
    /// The chain of sleeps that the total is made of, from first to last.
    pub critical: Vec<Link>,
    /// The tasks that finished, in the order of finishing.
    pub order: Vec<TaskId>,
    /// Why the total is that number.
    pub why: Why,
    /// How many tasks returned at once: they neither slept nor asked for a permit.
    pub at_once: usize,
    /// What became of each resource, in the log's order.
    pub usage: Vec<Usage>,
}

/// Answers the usual questions about a run.
pub fn analyse(log: &Log<'_>) -> Analysis {
    let scan = Scan::of(log);
    Analysis {
        total_ns: log.total_ns(),
        critical: critical::chain(log, &scan),
        order: scan.order.clone(),
        why: why::explain(log, &scan),
        at_once: scan.at_once(),
        usage: scan.usage,
    }
}

/// Finds who waits for ever, and the circle in which they wait for one another if there is one.
pub fn deadlock(log: &Log<'_>) -> Deadlock {
    deadlock::find(log, &Scan::of(log))
}
