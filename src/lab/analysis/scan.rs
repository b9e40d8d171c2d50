//! The one pass over the events.

use std::collections::VecDeque;

use super::log::{Entry, Kind, Log};
use crate::asyncio::{ROOT, TaskId, What};

/// A sleep that took time, or one that never ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nap {
    /// Who slept.
    pub task: TaskId,
    /// When it fell asleep.
    pub from_ns: u64,
    /// When it woke.
    pub to_ns: u64,
}

impl Nap {
    /// Tells whether the task sleeps at that time: one that wakes at it does not any more.
    pub fn covers(&self, at_ns: u64) -> bool {
        self.from_ns <= at_ns && at_ns < self.to_ns
    }
}

/// What became of a resource.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// How many held it at its fullest.
    pub peak: u64,
    /// How many may hold it: as known beforehand, or the most that held it while somebody had to wait.
    pub permits: Option<u64>,
    /// How often somebody had to wait.
    pub waits: u64,
    /// The longest wait that ended.
    pub longest_wait_ns: u64,
    /// All the time it was held, each holder counted.
    pub held_ns: u64,
}

/// What a task went through.
#[derive(Debug, Clone, Default)]
pub struct Life {
    /// The position and time of its first event.
    pub(super) began: Option<(usize, u64)>,
    /// The position and time of its end.
    pub(super) ended: Option<(usize, u64)>,
    /// How many sleeps took time.
    pub(super) naps: u32,
    /// All the time it slept.
    pub(super) slept_ns: u64,
    /// Whether it ever slept, however shortly, or asked for a permit.
    pub(super) was_held_up: bool,
    /// The position of its last event.
    last: Option<usize>,
    asleep_since: Option<u64>,
    /// The resource it stands in line for, and since when.
    pub(super) waits_for: Option<(u32, u64)>,
    /// What it holds, in the order of taking, and since when.
    pub(super) holds: Vec<(u32, u64)>,
}

/// What is known of a resource while the pass goes on.
#[derive(Debug, Clone, Default)]
struct Gate {
    held: u64,
    asleep: u64,
    /// Releases that woke somebody who has not run yet.
    wakers: VecDeque<usize>,
    /// When a job was put in last, and when one was taken.
    put: Option<usize>,
    got: Option<usize>,
}

/// What one pass over the events finds out.
#[derive(Debug, Clone)]
pub struct Scan {
    /// For each event the one without which it would not have happened then.
    pub(super) causes: Vec<Option<usize>>,
    /// The lives of the tasks; the root coroutine comes first.
    pub(super) lives: Vec<Life>,
    /// The sleeps that took time, in the order of waking.
    pub naps: Vec<Nap>,
    /// The resources that were held in every one of those sleeps.
    pub(super) held_in_all_naps: Vec<u32>,
    /// The tasks in the order of finishing.
    pub order: Vec<TaskId>,
    /// What became of each resource.
    pub usage: Vec<Usage>,
    /// Whether something was cut short, or queues handed work on: no formula knows of that.
    pub(super) irregular: bool,
    gates: Vec<Gate>,
    /// The last event that may have let the root coroutine go on.
    root_cause: Option<usize>,
}

impl Scan {
    /// Goes over the events.
    pub fn of(log: &Log<'_>) -> Self {
        let mut scan = Self {
            causes: Vec::with_capacity(log.entries.len()),
            lives: Vec::new(),
            naps: Vec::new(),
            held_in_all_naps: Vec::new(),
            order: Vec::new(),
            usage: log.resources.iter().map(|r| Usage { permits: r.permits, ..Usage::default() }).collect(),
            irregular: false,
            gates: vec![Gate::default(); log.resources.len()],
            root_cause: None,
        };
        for (at, entry) in log.entries.iter().enumerate() {
            scan.take(log, at, entry, log.entries.get(at + 1));
        }
        for (usage, resource) in scan.usage.iter_mut().zip(log.resources) {
            if resource.kind == Kind::Lock {
                usage.permits = Some(1);
            }
        }
        scan
    }

    /// The tasks that did anything, without the root coroutine.
    pub(super) fn tasks(&self) -> impl Iterator<Item = (TaskId, &Life)> {
        (ROOT..).zip(&self.lives).filter(|(task, life)| *task != ROOT && life.began.is_some())
    }

    /// Counts the tasks that ended in the instant they began, without a sleep and without asking for a permit.
    pub(super) fn at_once(&self) -> usize {
        let instant = |life: &Life| life.began.zip(life.ended).is_some_and(|((_, from), (_, to))| from == to);
        self.tasks().filter(|(_, life)| !life.was_held_up && instant(life)).count()
    }

    /// Counts the tasks that sleep at a time.
    pub fn asleep_at(&self, at_ns: u64) -> usize {
        self.naps.iter().filter(|nap| nap.covers(at_ns)).count()
    }

    fn life(&mut self, task: TaskId) -> Option<&mut Life> {
        let index = usize::try_from(i64::from(task) + 1).ok()?;
        if index >= self.lives.len() {
            self.lives.resize_with(index + 1, Life::default);
        }
        self.lives.get_mut(index)
    }

    fn take(&mut self, log: &Log<'_>, at: usize, entry: &Entry, next: Option<&Entry>) {
        let root_cause = self.root_cause;
        let Some(life) = self.life(entry.task) else { return self.causes.push(None) };
        let cause = life.last.replace(at).or(root_cause);
        if life.began.is_none() {
            life.began = Some((at, entry.at_ns));
        }
        let cause = match entry.what {
            What::Wait => self.wait(log, entry, next, cause),
            What::Acquired => self.acquired(entry, cause),
            What::Released => self.released(at, entry, cause),
            What::Sleep => {
                life.was_held_up = true;
                life.asleep_since = Some(entry.at_ns);
                cause
            }
            What::Wake => self.wake(entry, cause),
            What::Done => {
                life.ended = Some((at, entry.at_ns));
                self.order.push(entry.task);
                self.root_cause = Some(at);
                cause
            }
            What::Got | What::Put | What::Joined => self.passed(at, entry, cause),
            What::Cancelled => self.cancelled(entry, cause),
            What::Start => cause,
        };
        if entry.task == ROOT {
            self.root_cause = Some(at);
        }
        self.causes.push(cause);
    }

    fn wait(&mut self, log: &Log<'_>, entry: &Entry, next: Option<&Entry>, cause: Option<usize>) -> Option<usize> {
        let resource = entry.resource?;
        let is_semaphore = kind(log, resource) == Some(Kind::Semaphore);
        // Taken in the same breath: nobody waited.
        let free = next.is_some_and(|n| {
            let is_got = matches!(n.what, What::Acquired | What::Got | What::Put | What::Joined);
            is_got && n.task == entry.task && n.resource == entry.resource
        });
        if let Some(life) = self.life(entry.task) {
            life.was_held_up |= is_semaphore;
            if !free {
                life.waits_for = Some((resource, entry.at_ns));
            }
        }
        if !free && let Some((gate, usage)) = self.gate(resource) {
            gate.asleep += 1;
            usage.waits += 1;
            let full = gate.held;
            if is_semaphore && log_permits(log, resource).is_none() {
                usage.permits = usage.permits.max(Some(full));
            }
        }
        cause
    }

    fn acquired(&mut self, entry: &Entry, cause: Option<usize>) -> Option<usize> {
        let Some(resource) = entry.resource else { return cause };
        let waited = self.life(entry.task).and_then(|life| {
            life.holds.push((resource, entry.at_ns));
            life.waits_for.take()
        });
        let Some((gate, usage)) = self.gate(resource) else { return cause };
        gate.held += 1;
        usage.peak = usage.peak.max(gate.held);
        let Some((_, since)) = waited else { return cause };
        usage.longest_wait_ns = usage.longest_wait_ns.max(entry.at_ns.saturating_sub(since));
        // Waiters are woken in the order of asking, one a release.
        gate.wakers.pop_front().or(cause)
    }

    /// A queue let a task pass: it took a job, put one in, or saw all of them done.
    fn passed(&mut self, at: usize, entry: &Entry, cause: Option<usize>) -> Option<usize> {
        let Some(resource) = entry.resource else { return cause };
        let waited = self.life(entry.task).and_then(|life| life.waits_for.take());
        self.irregular |= entry.what != What::Got;
        let Some((gate, usage)) = self.gate(resource) else { return cause };
        let (own, other) = match entry.what {
            What::Got => (Some(&mut gate.got), gate.put),
            What::Put => (Some(&mut gate.put), gate.got),
            // Whoever did the last job has just gone on.
            _ => (None, at.checked_sub(1)),
        };
        if let Some(own) = own {
            *own = Some(at);
        }
        let Some((_, since)) = waited else { return cause };
        gate.asleep = gate.asleep.saturating_sub(1);
        usage.longest_wait_ns = usage.longest_wait_ns.max(entry.at_ns.saturating_sub(since));
        other.or(cause)
    }

    /// A task sleeps or waits no longer.
    fn cancelled(&mut self, entry: &Entry, cause: Option<usize>) -> Option<usize> {
        self.irregular = true;
        let Some(resource) = entry.resource else { return self.wake(entry, cause) };
        let waited = self.life(entry.task).and_then(|life| life.waits_for.take());
        if let Some((gate, usage)) = self.gate(resource)
            && let Some((_, since)) = waited
        {
            gate.asleep = gate.asleep.saturating_sub(1);
            usage.longest_wait_ns = usage.longest_wait_ns.max(entry.at_ns.saturating_sub(since));
        }
        cause
    }

    fn released(&mut self, at: usize, entry: &Entry, cause: Option<usize>) -> Option<usize> {
        let Some(resource) = entry.resource else { return cause };
        let since = self.life(entry.task).and_then(|life| {
            let place = life.holds.iter().rposition(|(held, _)| *held == resource)?;
            Some(life.holds.remove(place).1)
        });
        if let Some((gate, usage)) = self.gate(resource) {
            gate.held = gate.held.saturating_sub(1);
            usage.held_ns += entry.at_ns.saturating_sub(since.unwrap_or(entry.at_ns));
            if gate.asleep > 0 {
                gate.asleep -= 1;
                gate.wakers.push_back(at);
            }
        }
        cause
    }

    fn wake(&mut self, entry: &Entry, cause: Option<usize>) -> Option<usize> {
        let life = self.life(entry.task)?;
        let from_ns = life.asleep_since.take().unwrap_or(entry.at_ns);
        if from_ns < entry.at_ns {
            life.naps += 1;
            life.slept_ns += entry.at_ns - from_ns;
            let held: Vec<u32> = life.holds.iter().map(|(resource, _)| *resource).collect();
            if self.naps.is_empty() {
                self.held_in_all_naps = held;
            } else {
                self.held_in_all_naps.retain(|resource| held.contains(resource));
            }
            self.naps.push(Nap { task: entry.task, from_ns, to_ns: entry.at_ns });
        }
        cause
    }

    fn gate(&mut self, resource: u32) -> Option<(&mut Gate, &mut Usage)> {
        let index = usize::try_from(resource).ok()?;
        self.gates.get_mut(index).zip(self.usage.get_mut(index))
    }
}

fn kind(log: &Log<'_>, resource: u32) -> Option<Kind> {
    log.resources.get(usize::try_from(resource).ok()?).map(|r| r.kind)
}

fn log_permits(log: &Log<'_>, resource: u32) -> Option<u64> {
    log.resources.get(usize::try_from(resource).ok()?).and_then(|r| r.permits)
}
