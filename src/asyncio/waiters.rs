//! The queue of tasks that wait for a lock or a permit.

use std::collections::VecDeque;
use std::rc::Rc;

use super::signal::Signal;

/// A FIFO of waiters; those already woken stand at its head until they run.
///
/// Python keeps both kinds in one deque and searches it for the first future that is not done. Waking is in FIFO order, so
/// the woken ones are always its head: a count of them says as much and costs nothing to skip.
#[derive(Default)]
pub(super) struct Waiters {
    asleep: VecDeque<Rc<Signal>>,
    /// Cancelled waiters that still lie in `asleep`.
    cancelled: usize,
    woken: usize,
}

impl Waiters {
    /// Tells whether nobody stands in the queue, woken or not.
    pub(super) fn is_empty(&self) -> bool {
        self.woken == 0 && self.asleep.len() == self.cancelled
    }

    /// Tells whether a task was woken and has not run yet.
    pub(super) fn has_woken(&self) -> bool {
        self.woken > 0
    }

    /// Puts a new waiter at the end.
    pub(super) fn push(&mut self) -> Rc<Signal> {
        let signal = Signal::new();
        self.asleep.push_back(Rc::clone(&signal));
        signal
    }

    /// Takes the first waiter that is still asleep; the caller completes its signal.
    pub(super) fn wake_next(&mut self) -> Option<Rc<Signal>> {
        while let Some(signal) = self.asleep.pop_front() {
            if signal.is_cancelled() {
                self.cancelled = self.cancelled.saturating_sub(1);
            } else {
                self.woken += 1;
                return Some(signal);
            }
        }
        None
    }

    /// Lets a woken waiter leave the queue.
    pub(super) fn leave_woken(&mut self) {
        self.woken = self.woken.saturating_sub(1);
    }

    /// Lets a waiter that is still asleep leave the queue.
    pub(super) fn cancel(&mut self, signal: &Signal) {
        signal.cancel();
        self.cancelled += 1;
    }
}
