//! The handle to an event loop: what engines and drivers call.

use std::future::Future;
use std::rc::Rc;

use super::core::Core;
use super::external::{self, External, ExternalHandle};
use super::gather::{Child, Gather};
use super::lock::Lock;
use super::run::{Progress, Run};
use super::semaphore::{NegativePermits, Semaphore};
use super::sleep::Sleep;
use super::stopped::Stopped;
use super::trace::{Event, Recording, Stamp};

/// Numbers the gathered tasks of a run from 0 in order of creation.
pub type TaskId = i32;

/// Stands for the root coroutine where a [`TaskId`] is asked for.
pub const ROOT: TaskId = -1;

/// Caps that keep the memory of a loop bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Tasks that one run may gather, finished ones included; 1,100,000 by default.
    pub tasks: usize,
    /// Events that may be stored at a time; 8,000,000 by default.
    pub events: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { tasks: 1_100_000, events: 8_000_000 }
    }
}

/// A single-threaded event loop; clones are handles to the same one.
#[derive(Clone)]
pub struct EventLoop {
    core: Rc<Core>,
}

impl EventLoop {
    /// Makes a loop whose clock stands at 0.
    pub fn new(limits: Limits, recording: Recording) -> Self {
        Self { core: Rc::new(Core::new(limits, recording)) }
    }

    pub(super) fn core(&self) -> &Core {
        &self.core
    }

    /// Reads the loop's clock.
    pub fn now_ns(&self) -> u64 {
        self.core.now_ns()
    }

    /// Names the task that is running.
    pub fn current_task(&self) -> TaskId {
        self.core.current()
    }

    /// Says how far the run has come.
    pub fn stamp(&self) -> Stamp {
        Stamp { events: self.events_len(), at_ns: self.now_ns(), task: self.current_task() }
    }

    /// Starts a run that is driven from outside, step by step or in real time.
    ///
    /// A loop has one run at a time: another that is still going on is ended.
    pub fn start<T: 'static>(&self, root: impl Future<Output = T> + 'static) -> Run<T> {
        Run::begin(self.clone(), root)
    }

    /// Runs to the end at once, on virtual time.
    pub fn run<T: 'static>(&self, root: impl Future<Output = T> + 'static) -> Result<T, Stopped> {
        let mut run = self.start(root);
        loop {
            match run.advance() {
                Progress::Finished(value) => return Ok(value),
                Progress::Sleeping { until_ns } => run.tick(until_ns),
                Progress::External => return Err(Stopped::External),
                Progress::Stopped(stopped) => return Err(stopped),
            }
        }
    }

    /// Sleeps for a number of nanoseconds; zero or less only yields.
    pub fn sleep(&self, ns: i64) -> Sleep {
        let delay_ns = u64::try_from(ns).ok().filter(|&ns| ns > 0);
        Sleep::new(self.clone(), delay_ns)
    }

    /// Sleeps for a number of milliseconds, rounded to nanoseconds; zero, less, or not a number only yields.
    pub fn sleep_ms(&self, ms: f64) -> Sleep {
        // A positive delay sets a timer however short it is, as in Python.
        let delay_ns = (ms > 0.0).then(|| ns_from_ms(ms));
        Sleep::new(self.clone(), delay_ns)
    }

    /// Gives the lock of that name, made on first use.
    pub fn lock(&self, name: &str) -> Lock {
        Lock::named(self.clone(), name)
    }

    /// Makes a new semaphore; the name only tells it apart in the trace.
    pub fn semaphore(&self, name: &str, permits: i64) -> Result<Semaphore, NegativePermits> {
        Semaphore::new(self.clone(), name, permits)
    }

    /// Tells how many permits a semaphore was made with, by its name in the trace.
    pub fn permits(&self, resource: &str) -> Option<i64> {
        self.core.permits.borrow().iter().find(|(name, _)| **name == *resource).map(|(_, permits)| *permits)
    }

    /// Schedules one task per child, in order, and gives the future of their results.
    ///
    /// Awaited, it gives the results in the order of the children, or the first error as soon as there is one; the other
    /// children then go on.
    pub fn gather<T: 'static, E: 'static>(&self, children: Vec<Child<T, E>>) -> Gather<T, E> {
        Gather::new(self.clone(), children)
    }

    /// Makes a future for the outcome of a call outside the loop, and the handle with which its caller resolves it.
    pub fn external<T: 'static>(&self) -> (ExternalHandle<T>, External<T>) {
        external::pair(self.clone())
    }

    /// Tells whether events are stored; if not, their labels need not be made.
    pub fn is_recording(&self) -> bool {
        self.core.is_recording()
    }

    /// Takes the stored events; those that follow are counted from 0 again.
    pub fn take_events(&self) -> Vec<Event> {
        self.core.trace().borrow_mut().take()
    }

    /// Counts the stored events.
    pub fn events_len(&self) -> usize {
        self.core.trace().borrow().len()
    }

    /// Copies the stored events from position `from` on.
    pub fn events_since(&self, from: usize) -> Vec<Event> {
        self.core.trace().borrow().since(from)
    }
}

/// Converts milliseconds to nanoseconds: rounded, and saturating at both ends.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast from float saturates, which is what is wanted"
)]
pub(super) fn ns_from_ms(ms: f64) -> u64 {
    (ms * 1e6).round() as u64
}
