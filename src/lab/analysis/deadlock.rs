//! Who waits for ever, and for whom.

use super::log::Log;
use super::scan::Scan;
use crate::asyncio::{ROOT, TaskId};

/// A task that waits for something another holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Blocked {
    /// Who waits.
    pub task: TaskId,
    /// What for.
    pub resource: u32,
    /// Who holds it.
    pub held_by: TaskId,
}

/// Who waits for ever.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deadlock {
    /// Everyone who waits, and what for.
    pub waiting: Vec<(TaskId, u32)>,
    /// Tasks of which each waits for the next and the last for the first; empty when nobody holds what they wait for.
    pub cycle: Vec<Blocked>,
}

/// Finds them: a walk from holder to holder ends, or comes back to where it was.
pub(super) fn find(log: &Log<'_>, scan: &Scan) -> Deadlock {
    let mut holder: Vec<Option<TaskId>> = vec![None; log.resources.len()];
    for (task, life) in (ROOT..).zip(&scan.lives) {
        for (resource, _) in &life.holds {
            if let Some(place) = usize::try_from(*resource).ok().and_then(|at| holder.get_mut(at)) {
                // Of several holders of a semaphore one that waits itself is the one that matters.
                if place.is_none() || life.waits_for.is_some() {
                    *place = Some(task);
                }
            }
        }
    }
    let blocked = |task: TaskId| -> Option<Blocked> {
        let life = usize::try_from(i64::from(task) + 1).ok().and_then(|at| scan.lives.get(at))?;
        let (resource, _) = life.waits_for?;
        let held_by = usize::try_from(resource).ok().and_then(|at| *holder.get(at)?)?;
        Some(Blocked { task, resource, held_by })
    };
    let waiting: Vec<(TaskId, u32)> = (ROOT..)
        .zip(&scan.lives)
        .filter_map(|(task, life)| life.waits_for.map(|(resource, _)| (task, resource)))
        .collect();
    // Every task is walked over once: a walk that meets an earlier one cannot find a new circle.
    let mut seen = vec![0_usize; scan.lives.len()];
    for (walk, (start, _)) in (1..).zip(&waiting) {
        let mut path: Vec<Blocked> = Vec::new();
        let mut next = blocked(*start);
        while let Some(here) = next {
            let Some(mark) = usize::try_from(i64::from(here.task) + 1).ok().and_then(|at| seen.get_mut(at)) else {
                break;
            };
            if *mark == walk {
                let begin = path.iter().position(|step| step.task == here.task).unwrap_or(0);
                return Deadlock { waiting, cycle: path.split_off(begin) };
            }
            if *mark != 0 {
                break;
            }
            *mark = walk;
            path.push(here);
            next = blocked(here.held_by);
        }
    }
    Deadlock { waiting, cycle: Vec::new() }
}
