//! What tasks did and when: the log that timelines are drawn from.

use std::fmt;
use std::rc::Rc;

use super::event_loop::TaskId;

/// Says whether a loop keeps its events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recording {
    /// Nothing is stored; the cap on events does not apply.
    Off,
    /// Every event is stored.
    On,
}

/// The kind of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// The task runs its first step.
    Start,
    /// The task asks for a lock or a permit; `Acquired` follows at once when it is free.
    Wait,
    /// The task holds the lock or the permit.
    Acquired,
    /// The task gave the lock or the permit back.
    Released,
    /// The task goes to sleep, or waits for a call outside the loop.
    Sleep,
    /// The task runs again after a sleep.
    Wake,
    /// The task returned or raised.
    Done,
    /// The task took a job from a queue.
    Got,
    /// The task put a job into a queue.
    Put,
    /// The task saw all jobs of a queue done.
    Joined,
    /// The task was cancelled: it sleeps or waits no longer, and has not got what it waited for.
    Cancelled,
}

impl What {
    /// Gives the word for the kind: `start`, `wait`, ...
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Wait => "wait",
            Self::Acquired => "acquired",
            Self::Released => "released",
            Self::Sleep => "sleep",
            Self::Wake => "wake",
            Self::Done => "done",
            Self::Got => "got",
            Self::Put => "put",
            Self::Joined => "joined",
            Self::Cancelled => "cancelled",
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Where in its work a task is: what the steps of a program say about themselves; engines leave it at 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mark {
    /// The line of the source, from 1; 0 for none.
    pub line: u32,
    /// The item the task works on, numbered from 1 in the run's table of names; 0 for none.
    pub item: u32,
}

impl Mark {
    /// Fills in from `outer` what this one leaves open.
    pub(super) fn within(self, outer: Self) -> Self {
        let or = |own: u32, outer: u32| if own == 0 { outer } else { own };
        Self { line: or(self.line, outer.line), item: or(self.item, outer.item) }
    }
}

/// One thing that one task did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The loop's clock, in nanoseconds.
    pub at_ns: u64,
    /// The task, or [`ROOT`](super::ROOT).
    pub task: TaskId,
    /// What it did.
    pub what: What,
    /// The lock, semaphore or queue it is about: `lock:alice`, `semaphore:permits`, `queue:jobs`.
    pub resource: Option<Rc<str>>,
    /// On `start` what the task is for, on `done` its answer, where the caller of `gather` gave them.
    pub label: Option<Rc<str>>,
    /// Where in its work the task was.
    pub mark: Mark,
}

/// A moment of a run, between two events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// How many events are stored.
    pub events: usize,
    /// The loop's clock, in nanoseconds.
    pub at_ns: u64,
    /// The task that runs, or [`ROOT`](super::ROOT).
    pub task: TaskId,
}

/// The stored events and their cap.
pub(super) struct Trace {
    recording: Recording,
    cap: usize,
    events: Vec<Event>,
}

impl Trace {
    pub(super) fn new(recording: Recording, cap: usize) -> Self {
        Self { recording, cap, events: Vec::new() }
    }

    pub(super) fn is_on(&self) -> bool {
        self.recording == Recording::On
    }

    /// Stores the event; `false` means that the cap is reached.
    pub(super) fn push(&mut self, event: Event) -> bool {
        let room = self.events.len() < self.cap;
        if room {
            self.events.push(event);
        }
        room
    }

    pub(super) fn len(&self) -> usize {
        self.events.len()
    }

    pub(super) fn take(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    pub(super) fn since(&self, from: usize) -> Vec<Event> {
        self.events.get(from..).unwrap_or_default().to_vec()
    }
}
