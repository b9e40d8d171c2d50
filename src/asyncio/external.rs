//! A call outside the loop: a future that the driver resolves.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::event_loop::EventLoop;
use super::signal::Signal;
use super::trace::What;

struct Shared<T> {
    event_loop: EventLoop,
    signal: Rc<Signal>,
    value: RefCell<Option<T>>,
    outstanding: Cell<bool>,
}

impl<T> Shared<T> {
    fn settle(&self) {
        if self.outstanding.replace(false) {
            self.event_loop.core().external_ended();
        }
    }
}

pub(super) fn pair<T>(event_loop: EventLoop) -> (ExternalHandle<T>, External<T>) {
    event_loop.core().external_began();
    let shared =
        Rc::new(Shared { event_loop, signal: Signal::new(), value: RefCell::new(None), outstanding: Cell::new(true) });
    let handle = ExternalHandle { shared: Rc::clone(&shared) };
    let future = External { shared, asleep: false };
    (handle, future)
}

/// Resolves an [`External`]; dropped without that, the call counts as outstanding no longer.
pub struct ExternalHandle<T> {
    shared: Rc<Shared<T>>,
}

impl<T> ExternalHandle<T> {
    /// Gives the outcome of the call and schedules the task that waits for it.
    pub fn resolve(self, value: T) {
        *self.shared.value.borrow_mut() = Some(value);
        self.shared.event_loop.core().complete(&self.shared.signal);
    }
}

impl<T> Drop for ExternalHandle<T> {
    fn drop(&mut self) {
        self.shared.settle();
    }
}

/// The future of a call outside the loop; in the trace it is a sleep whose end is not known.
#[must_use = "futures do nothing unless awaited"]
pub struct External<T> {
    shared: Rc<Shared<T>>,
    asleep: bool,
}

impl<T> Future for External<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<T> {
        let this = self.get_mut();
        let core = this.shared.event_loop.core();
        let value = this.shared.value.borrow_mut().take();
        if let Some(value) = value {
            if this.asleep {
                core.log(What::Wake, None, None);
            }
            return Poll::Ready(value);
        }
        if !this.asleep {
            this.asleep = true;
            core.log(What::Sleep, None, None);
        }
        // Without a value the signal is pending; this names the task to wake.
        let _ = this.shared.signal.poll(core.current());
        Poll::Pending
    }
}

impl<T> Drop for External<T> {
    fn drop(&mut self) {
        // An outcome that comes later must not wake the task, nor one of a later run with the same number.
        let _ = self.shared.signal.cancel();
        self.shared.settle();
    }
}
