//! `asyncio.Semaphore`.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::rc::Rc;

use thiserror::Error;

use super::acquire::{Acquire, Held, Primitive};
use super::core::Core;
use super::event_loop::EventLoop;
use super::signal::Signal;
use super::waiters::Waiters;

/// A semaphore cannot have fewer than no permits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a semaphore needs at least 0 permits, not {permits}")]
pub struct NegativePermits {
    /// The number that was asked for.
    pub permits: i64,
}

/// A counter of permits; clones are handles to the same one.
#[derive(Clone)]
pub struct Semaphore {
    event_loop: EventLoop,
    state: Rc<SemaphoreState>,
}

/// Holds a permit of a [`Semaphore`] until it is dropped.
#[must_use = "the permit is released when it is dropped"]
pub struct Permit(#[expect(dead_code, reason = "held for its drop")] Held<SemaphoreState>);

impl Semaphore {
    pub(super) fn new(event_loop: EventLoop, name: &str, permits: i64) -> Result<Self, NegativePermits> {
        if permits < 0 {
            return Err(NegativePermits { permits });
        }
        let resource: Rc<str> = format!("semaphore:{name}").into();
        event_loop.core().permits.borrow_mut().push((Rc::clone(&resource), permits));
        let state = Rc::new(SemaphoreState { resource, value: Cell::new(permits), waiters: RefCell::default() });
        Ok(Self { event_loop, state })
    }

    /// Acquires a permit, after everyone who asked before.
    pub fn acquire(&self) -> impl Future<Output = Permit> + use<> {
        let acquire = Acquire::new(self.event_loop.clone(), Rc::clone(&self.state));
        async { Permit(acquire.await) }
    }

    /// Names it in the trace.
    pub(super) fn resource(&self) -> &Rc<str> {
        &self.state.resource
    }

    /// Tells whether a permit cannot be had at once.
    pub fn locked(&self) -> bool {
        self.state.locked()
    }
}

pub(super) struct SemaphoreState {
    resource: Rc<str>,
    /// Permits that are neither held nor promised to a woken task.
    value: Cell<i64>,
    waiters: RefCell<Waiters>,
}

impl SemaphoreState {
    fn locked(&self) -> bool {
        self.value.get() == 0 || !self.waiters.borrow().is_empty()
    }

    /// Promises a permit to the next waiter that is still asleep; the caller has seen to it that there is one.
    fn wake_up_next(&self, core: &Core) {
        if let Some(signal) = self.waiters.borrow_mut().wake_next() {
            self.value.set(self.value.get() - 1);
            core.complete(&signal);
        }
    }
}

impl Primitive for SemaphoreState {
    fn resource(&self) -> &Rc<str> {
        &self.resource
    }

    fn waiters(&self) -> &RefCell<Waiters> {
        &self.waiters
    }

    fn try_acquire(&self) -> bool {
        let free = !self.locked();
        if free {
            self.value.set(self.value.get() - 1);
        }
        free
    }

    fn acquire_woken(&self, core: &Core) {
        if self.value.get() > 0 {
            self.wake_up_next(core);
        }
    }

    fn decline(&self, core: &Core, signal: &Signal) {
        if signal.is_done() {
            self.release(core);
        }
    }

    fn release(&self, core: &Core) {
        self.value.set(self.value.get() + 1);
        self.wake_up_next(core);
    }
}
