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
use super::waiters::Waiters;

/// What tells a lock from a semaphore; the methods are the parts of `acquire` and `release` in Python's `locks.py`.
pub(super) trait Primitive {
    /// Names it in the trace.
    fn resource(&self) -> &Rc<str>;
    fn waiters(&self) -> &RefCell<Waiters>;
    /// Acquires without waiting if that is allowed.
    fn try_acquire(&self) -> bool;
    /// Acquires for a task that was woken and has left the queue.
    fn acquire_woken(&self, core: &Core);
    /// Passes the wake-up on for a task that was woken, has left the queue and no longer wants it.
    fn decline_woken(&self, core: &Core);
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
    Queued(TaskId, Rc<Signal>),
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
                    let signal = this.primitive.waiters().borrow_mut().push();
                    let task = core.current();
                    core.set_waiting(task, Some(Rc::clone(this.primitive.resource())));
                    let pending = signal.poll(task);
                    this.stage = Stage::Queued(task, signal);
                    return pending.map(|()| this.hold());
                }
            }
            Stage::Queued(task, signal) => {
                if signal.poll(*task).is_pending() {
                    return Poll::Pending;
                }
                core.set_waiting(*task, None);
                this.primitive.waiters().borrow_mut().leave_woken();
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
        let Stage::Queued(task, signal) = &self.stage else {
            return;
        };
        let core = self.event_loop.core();
        core.set_waiting(*task, None);
        if signal.is_done() {
            self.primitive.waiters().borrow_mut().leave_woken();
            self.primitive.decline_woken(core);
        } else {
            self.primitive.waiters().borrow_mut().cancel(signal);
        }
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
