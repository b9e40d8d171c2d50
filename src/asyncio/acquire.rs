//! Acquiring a lock or a permit, and holding it: what both have in common.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::core::Core;
use super::event_loop::{EventLoop, TaskId};
use super::signal::Signal;
use super::trace::What;
use super::waiters::{WaiterId, Waiters};

/// What tells a lock from a semaphore; the methods are the parts of `acquire` and `release` in Python's `locks.py`.
pub(super) trait Primitive {
    /// Names it in the trace.
    fn resource(&self) -> &Rc<str>;
    fn waiters(&self) -> &RefCell<Waiters>;
    /// Acquires without waiting if that is allowed.
    fn try_acquire(&self) -> bool;
    /// Acquires for a task that was woken and has left the queue.
    fn acquire_woken(&self, core: &Core);
    /// Passes the wake-up on for a task that has left the queue and no longer wants it; `signal` tells whether it was woken.
    fn decline(&self, core: &Core, signal: &Signal);
    fn release(&self, core: &Core);
}

/// The future that acquires.
pub(super) struct Acquire<P: Primitive> {
    event_loop: EventLoop,
    primitive: Rc<P>,
    stage: Stage,
}

enum Stage {
    New,
    /// The task stands in the queue.
    Queued(TaskId, WaiterId, Rc<Signal>),
    Over,
}

impl<P: Primitive> Acquire<P> {
    pub(super) fn new(event_loop: EventLoop, primitive: Rc<P>) -> Self {
        Self { event_loop, primitive, stage: Stage::New }
    }
}

impl<P: Primitive> Future for Acquire<P> {
    type Output = Held<P>;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Held<P>> {
        let this = self.get_mut();
        let core = this.event_loop.core();
        match &this.stage {
            Stage::New => {
                core.log(What::Wait, Some(this.primitive.resource()), None);
                if !this.primitive.try_acquire() {
                    let (id, signal) = this.primitive.waiters().borrow_mut().push();
                    core.set_waiting(core.current(), Some(Rc::clone(this.primitive.resource())));
                    let pending = core.wait_on(&signal);
                    this.stage = Stage::Queued(core.current(), id, signal);
                    return pending.map(|()| this.hold());
                }
            }
            Stage::Queued(task, id, signal) => {
                if core.wait_on(signal).is_pending() {
                    return Poll::Pending;
                }
                core.set_waiting(*task, None);
                this.primitive.waiters().borrow_mut().leave(*id);
                this.primitive.acquire_woken(core);
            }
            // A future is not polled again once it is ready.
            Stage::Over => return Poll::Pending,
        }
        core.log(What::Acquired, Some(this.primitive.resource()), None);
        Poll::Ready(this.hold())
    }
}

impl<P: Primitive> Acquire<P> {
    fn hold(&mut self) -> Held<P> {
        self.stage = Stage::Over;
        Held { event_loop: self.event_loop.clone(), primitive: Rc::clone(&self.primitive) }
    }
}

impl<P: Primitive> Drop for Acquire<P> {
    fn drop(&mut self) {
        let Stage::Queued(task, id, signal) = &self.stage else {
            return;
        };
        let core = self.event_loop.core();
        core.set_waiting(*task, None);
        // Dropped without being cancelled: nobody is woken for it.
        let _ = signal.cancel();
        self.primitive.waiters().borrow_mut().leave(*id);
        self.primitive.decline(core, signal);
    }
}

/// Something that is held, and released when it is dropped.
pub(super) struct Held<P: Primitive> {
    event_loop: EventLoop,
    primitive: Rc<P>,
}

impl<P: Primitive> Drop for Held<P> {
    fn drop(&mut self) {
        let core = self.event_loop.core();
        self.primitive.release(core);
        core.log(What::Released, Some(self.primitive.resource()), None);
    }
}
