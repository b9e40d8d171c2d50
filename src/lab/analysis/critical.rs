//! The critical path: the sleeps that, end to end, make up the total.

use super::log::Log;
use super::scan::Scan;
use crate::asyncio::{TaskId, What};

/// A stretch of the critical path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// Whose time it is.
    pub task: TaskId,
    /// Whether the task sleeps; else it waits for something the events do not tell.
    pub asleep: bool,
    /// Where it begins.
    pub from_ns: u64,
    /// Where it ends.
    pub to_ns: u64,
    /// The positions of the events at its ends.
    pub events: (usize, usize),
    /// What let it begin: the resource that another task gave back.
    pub handed: Option<Handed>,
}

/// A resource that went from one task to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handed {
    /// The resource.
    pub resource: u32,
    /// Who gave it back.
    pub by: TaskId,
}

/// Walks back from the end of the last task, each event to its cause; every step goes to an earlier event.
pub(super) fn chain(log: &Log<'_>, scan: &Scan) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    let mut at = last_end(log, scan);
    while let Some(here) = at {
        let cause = scan.causes.get(here).copied().flatten();
        let (Some(entry), Some(before)) = (log.entries.get(here), cause.and_then(|c| log.entries.get(c))) else {
            break;
        };
        if before.task != entry.task
            && before.what == What::Released
            && let (Some(link), Some(resource)) = (links.last_mut(), before.resource)
        {
            // The first hand-over met on the way back is the one right before the link.
            link.handed.get_or_insert(Handed { resource, by: before.task });
        }
        if before.at_ns < entry.at_ns {
            links.push(Link {
                task: entry.task,
                asleep: before.what == What::Sleep,
                from_ns: before.at_ns,
                to_ns: entry.at_ns,
                events: (cause.unwrap_or(here), here),
                handed: None,
            });
        }
        at = cause;
    }
    links.reverse();
    links
}

/// The end of whoever finished last; without one, the last event.
fn last_end(log: &Log<'_>, scan: &Scan) -> Option<usize> {
    let ends = scan.lives.iter().filter_map(|life| life.ended);
    ends.map(|(at, _)| at).max().or_else(|| log.entries.len().checked_sub(1))
}
