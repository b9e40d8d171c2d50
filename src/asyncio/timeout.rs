//! `asyncio.timeout`, and what it takes: tasks that are cancelled where they wait.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;

use super::core::Core;
use super::event_loop::{EventLoop, TaskId};
use super::timers::{Alarm, TimerKey};

/// `CancelledError`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cancelled;

/// Awaits a future where the task may be cancelled; the future is then dropped, and gives up its place in queues.
pub(super) async fn cancellable<F: Future>(core: &Core, future: F) -> Result<F::Output, Cancelled> {
    let mut future = pin!(future);
    let step =
        poll_fn(|cx| if core.take_raise() { Poll::Ready(Err(Cancelled)) } else { future.as_mut().poll(cx).map(Ok) });
    step.await
}

/// The end of the time that a task has for something.
pub(super) struct Deadline {
    task: TaskId,
    state: Cell<State>,
    /// Cancellations that have nothing to do with it.
    cancelling: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Entered,
    Expiring,
    Over,
}

impl Deadline {
    /// Cancels the task if its time was not over before.
    pub(super) fn expire(&self, core: &Core) {
        if self.state.get() == State::Entered {
            self.state.set(State::Expiring);
            core.cancel(self.task);
        }
    }
}

/// `async with asyncio.timeout(...)`: what is entered has to be left.
pub(super) struct Timeout {
    event_loop: EventLoop,
    deadline: Rc<Deadline>,
    timer: Option<TimerKey>,
}

impl Timeout {
    /// Gives the current task so much time; zero or less is over with the next round.
    pub(super) fn enter(event_loop: EventLoop, delay_ns: u64) -> Self {
        let core = event_loop.core();
        let task = core.current();
        let state = Cell::new(State::Entered);
        let deadline = Rc::new(Deadline { task, state, cancelling: core.cancelling(task) });
        let timer = if delay_ns == 0 {
            core.expire_soon(Rc::clone(&deadline));
            None
        } else {
            Some(core.set_timer(delay_ns, Alarm::Expire(Rc::clone(&deadline))))
        };
        Self { event_loop, deadline, timer }
    }

    /// Leaves the block, in which the task may have been cancelled; tells whether that becomes a `TimeoutError`.
    pub(super) fn exit(self, was_cancelled: bool) -> bool {
        let expired = self.deadline.state.get() == State::Expiring;
        let core = self.event_loop.core();
        expired && core.uncancel(self.deadline.task) <= self.deadline.cancelling && was_cancelled
    }
}

impl Drop for Timeout {
    fn drop(&mut self) {
        self.deadline.state.set(State::Over);
        if let Some(timer) = self.timer {
            self.event_loop.core().cancel_timer(timer);
        }
    }
}
