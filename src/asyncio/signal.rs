//! The completion that a suspended task waits for: `asyncio.Future` without a value.

use std::cell::Cell;
use std::rc::Rc;
use std::task::Poll;

use super::event_loop::TaskId;

/// A one-time completion with at most one waiting task.
pub(super) struct Signal(Cell<State>);

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Pending(Option<TaskId>),
    Done,
    Cancelled,
}

impl Signal {
    pub(super) fn new() -> Rc<Self> {
        Rc::new(Self(Cell::new(State::Pending(None))))
    }

    /// Tells whether the signal is done; if not, `task` is the one to wake.
    pub(super) fn poll(&self, task: TaskId) -> Poll<()> {
        if self.is_done() {
            return Poll::Ready(());
        }
        self.0.set(State::Pending(Some(task)));
        Poll::Pending
    }

    pub(super) fn is_pending(&self) -> bool {
        matches!(self.0.get(), State::Pending(_))
    }

    pub(super) fn is_done(&self) -> bool {
        self.0.get() == State::Done
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.0.get() == State::Cancelled
    }

    /// Marks the signal done and gives the task to wake; nothing when it was over before.
    pub(super) fn complete(&self) -> Option<TaskId> {
        match self.0.get() {
            State::Pending(waiter) => {
                self.0.set(State::Done);
                waiter
            }
            State::Done | State::Cancelled => None,
        }
    }

    /// Marks a pending signal cancelled and gives the task to wake; nothing when it was over before.
    pub(super) fn cancel(&self) -> Option<TaskId> {
        match self.0.get() {
            State::Pending(waiter) => {
                self.0.set(State::Cancelled);
                waiter
            }
            State::Done | State::Cancelled => None,
        }
    }
}
