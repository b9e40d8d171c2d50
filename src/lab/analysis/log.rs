//! A run's events in the form the analysis reads.

use crate::asyncio::{TaskId, What};

/// What kind of thing tasks wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Held by one task at a time.
    Lock,
    /// Held by as many as there are permits.
    Semaphore,
    /// Jobs are taken from it; nobody holds it.
    Queue,
}

/// A lock, semaphore or queue of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resource {
    /// What it is.
    pub kind: Kind,
    /// How many may hold it at a time, where that is known beforehand.
    pub permits: Option<u64>,
}

/// An event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The loop's clock.
    pub at_ns: u64,
    /// Who did it.
    pub task: TaskId,
    /// What it did.
    pub what: What,
    /// The position of the resource it is about.
    pub resource: Option<u32>,
}

/// All events of a run, in order, and the resources they name.
#[derive(Debug, Clone, Copy)]
pub struct Log<'a> {
    /// The events.
    pub entries: &'a [Entry],
    /// The resources.
    pub resources: &'a [Resource],
}

impl Log<'_> {
    /// Tells when the last event happened.
    pub fn total_ns(&self) -> u64 {
        self.entries.last().map_or(0, |entry| entry.at_ns)
    }
}
