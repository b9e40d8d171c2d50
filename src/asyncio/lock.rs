//! `asyncio.Lock`.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::rc::Rc;

use super::acquire::{Acquire, Held, Primitive};
use super::core::Core;
use super::event_loop::EventLoop;
use super::signal::Signal;
use super::waiters::Waiters;

/// A mutual exclusion lock; clones are handles to the same one.
#[derive(Clone)]
pub struct Lock {
    event_loop: EventLoop,
    state: Rc<LockState>,
}

/// Holds a [`Lock`] until it is dropped.
#[must_use = "the lock is released when the guard is dropped"]
pub struct LockGuard(#[expect(dead_code, reason = "held for its drop")] Held<LockState>);

impl Lock {
    pub(super) fn named(event_loop: EventLoop, name: &str) -> Self {
        let mut locks = event_loop.core().locks.borrow_mut();
        let state = if let Some(state) = locks.get(name) {
            Rc::clone(state)
        } else {
            let state = Rc::new(LockState {
                resource: format!("lock:{name}").into(),
                locked: Cell::new(false),
                waiters: RefCell::default(),
            });
            locks.insert(name.into(), Rc::clone(&state));
            state
        };
        drop(locks);
        Self { event_loop, state }
    }

    /// Acquires the lock, after everyone who asked before.
    pub fn acquire(&self) -> impl Future<Output = LockGuard> + use<> {
        let acquire = Acquire::new(self.event_loop.clone(), Rc::clone(&self.state));
        async { LockGuard(acquire.await) }
    }

    /// Names it in the trace.
    pub(super) fn resource(&self) -> &Rc<str> {
        &self.state.resource
    }

    /// Tells whether a task holds the lock.
    pub fn locked(&self) -> bool {
        self.state.locked.get()
    }
}

pub(super) struct LockState {
    resource: Rc<str>,
    locked: Cell<bool>,
    waiters: RefCell<Waiters>,
}

impl LockState {
    fn wake_up_first(&self, core: &Core) {
        // If the first waiter was woken or cancelled already, it will take the lock, or pass the wake-up on.
        if let Some(signal) = self.waiters.borrow_mut().wake_first() {
            core.complete(&signal);
        }
    }
}

impl Primitive for LockState {
    fn resource(&self) -> &Rc<str> {
        &self.resource
    }

    fn waiters(&self) -> &RefCell<Waiters> {
        &self.waiters
    }

    fn try_acquire(&self) -> bool {
        let free = !self.locked.get() && self.waiters.borrow().is_empty();
        if free {
            self.locked.set(true);
        }
        free
    }

    fn acquire_woken(&self, _: &Core) {
        self.locked.set(true);
    }

    fn decline(&self, core: &Core, _: &Signal) {
        if !self.locked.get() {
            self.wake_up_first(core);
        }
    }

    fn release(&self, core: &Core) {
        self.locked.set(false);
        self.wake_up_first(core);
    }
}
