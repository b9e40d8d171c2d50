//! The queue of tasks that wait for a lock or a permit.

use std::collections::VecDeque;
use std::rc::Rc;

use super::signal::Signal;

/// Names a waiter of a queue; later ones have larger numbers.
pub(super) type WaiterId = u64;

/// A FIFO of waiters: each stays until its task runs again, woken or cancelled.
///
/// Python searches its deque for the first future that is not done. Waking is in FIFO order, so that everyone before the one
/// that was woken last is done: the search begins there.
#[derive(Default)]
pub(super) struct Waiters {
    queue: VecDeque<(WaiterId, Rc<Signal>)>,
    next: WaiterId,
    /// Nobody before this one can be woken.
    asleep_from: WaiterId,
}

impl Waiters {
    /// Tells whether nobody stands in the queue but those who were cancelled.
    pub(super) fn is_empty(&self) -> bool {
        self.queue.iter().all(|(_, signal)| signal.is_cancelled())
    }

    /// Puts a new waiter at the end.
    pub(super) fn push(&mut self) -> (WaiterId, Rc<Signal>) {
        let id = self.next;
        self.next += 1;
        let signal = Signal::new();
        self.queue.push_back((id, Rc::clone(&signal)));
        (id, signal)
    }

    /// Gives the first waiter if it is still asleep; the caller completes its signal.
    pub(super) fn wake_first(&mut self) -> Option<Rc<Signal>> {
        self.queue.front().filter(|(_, signal)| signal.is_pending()).map(|(_, signal)| Rc::clone(signal))
    }

    /// Gives the first of the waiters that are still asleep; the caller completes its signal.
    pub(super) fn wake_next(&mut self) -> Option<Rc<Signal>> {
        let from = self.position(self.asleep_from);
        let (id, signal) = self.queue.iter().skip(from).find(|(_, signal)| signal.is_pending())?;
        self.asleep_from = id + 1;
        Some(Rc::clone(signal))
    }

    /// Lets a waiter leave the queue.
    pub(super) fn leave(&mut self, id: WaiterId) {
        self.queue.remove(self.position(id));
    }

    fn position(&self, id: WaiterId) -> usize {
        self.queue.partition_point(|(known, _)| *known < id)
    }
}
