//! One run of a root coroutine, driven from outside.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::core::{Coroutine, Outlook};
use super::event_loop::EventLoop;
use super::stopped::Stopped;

/// How far a run has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress<T> {
    /// The root coroutine returned.
    Finished(T),
    /// Nothing is ready before that time; [`Run::tick`] moves the clock.
    Sleeping {
        /// When the next timer is due.
        until_ns: u64,
    },
    /// No timer is set, and calls outside the loop are outstanding.
    External,
    /// The run ended without a result.
    Stopped(Stopped),
}

/// A run in progress; dropping it ends the run and drops its tasks.
///
/// A driver calls [`advance`](Self::advance), waits until the time it names, moves the clock there with
/// [`tick`](Self::tick) and advances again. When it comes late it should still tick to the named times one after another:
/// then the events are those of [`EventLoop::run`].
#[must_use]
pub struct Run<T> {
    event_loop: EventLoop,
    /// The run's number; none if the loop refused it.
    number: Option<u64>,
    result: Rc<Cell<Option<T>>>,
}

impl<T: 'static> Run<T> {
    pub(super) fn begin(event_loop: EventLoop, root: impl Future<Output = T> + 'static) -> Self {
        let result = Rc::new(Cell::new(None));
        let number = event_loop.core().begin(Box::new(Root {
            event_loop: event_loop.clone(),
            future: Box::pin(root),
            result: Rc::clone(&result),
        }));
        Self { event_loop, number, result }
    }
}

impl<T> Run<T> {
    /// Runs rounds until nothing is ready.
    pub fn advance(&mut self) -> Progress<T> {
        loop {
            if let Some(progress) = self.advance_once() {
                return progress;
            }
        }
    }

    /// Runs one round of the loop; nothing means that more is ready.
    pub fn advance_once(&mut self) -> Option<Progress<T>> {
        self.advance_within(usize::MAX)
    }

    /// Runs one round, or so many handles of it and the rest with the next calls; nothing means that more is ready.
    pub fn advance_within(&mut self, handles: usize) -> Option<Progress<T>> {
        let core = self.event_loop.core();
        if self.number.is_none() || core.is_stepping() {
            return Some(Progress::Stopped(Stopped::Busy));
        }
        if !self.is_active() {
            return Some(Progress::Stopped(Stopped::Ended));
        }
        Some(match core.round(handles) {
            Outlook::Ready => return None,
            Outlook::Sleeping { until_ns } => Progress::Sleeping { until_ns },
            Outlook::External => Progress::External,
            Outlook::Finished => {
                core.close();
                self.result.take().map_or(Progress::Stopped(Stopped::Ended), Progress::Finished)
            }
            Outlook::Stopped(stopped) => {
                core.close();
                Progress::Stopped(stopped)
            }
        })
    }

    /// Moves the clock to `now_ns`, never backwards; timers that are due fire in the next round.
    pub fn tick(&mut self, now_ns: u64) {
        if self.is_active() {
            self.event_loop.core().tick(now_ns);
        }
    }

    fn is_active(&self) -> bool {
        self.number.is_some_and(|number| self.event_loop.core().is_active(number))
    }
}

impl<T> Drop for Run<T> {
    fn drop(&mut self) {
        if self.is_active() {
            self.event_loop.core().close();
        }
    }
}

struct Root<T> {
    event_loop: EventLoop,
    future: Pin<Box<dyn Future<Output = T>>>,
    result: Rc<Cell<Option<T>>>,
}

impl<T> Coroutine for Root<T> {
    fn step(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.future.as_mut().poll(cx).map(|value| self.result.set(Some(value)))
    }

    fn done(self: Box<Self>) {
        self.event_loop.core().stop();
    }
}
