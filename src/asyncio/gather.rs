//! `asyncio.gather`.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::core::Coroutine;
use super::event_loop::EventLoop;
use super::signal::Signal;
use super::trace::{Mark, What};

/// A coroutine to be gathered.
pub struct Child<T, E> {
    /// Goes with the `start` event.
    pub label: Option<Rc<str>>,
    /// Where in its work the task is when it starts.
    pub mark: Mark,
    /// The coroutine; an error is an exception it raises.
    pub future: Pin<Box<dyn Future<Output = Result<T, E>>>>,
}

impl<T, E> Child<T, E> {
    /// Makes a child without a label.
    pub fn new(future: impl Future<Output = Result<T, E>> + 'static) -> Self {
        Self { label: None, mark: Mark::default(), future: Box::pin(future) }
    }

    /// Sets the label of the `start` event.
    #[must_use]
    pub fn labelled(mut self, label: impl Into<Rc<str>>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Sets the mark of the `start` event.
    #[must_use]
    pub(super) fn marked(mut self, mark: Mark) -> Self {
        self.mark = mark;
        self
    }
}

type DoneLabel<T, E> = Box<dyn Fn(&Result<T, E>) -> Option<Rc<str>>>;

struct Shared<T, E> {
    event_loop: EventLoop,
    /// The outer future; it is done when `outcome` is decided.
    outer: Rc<Signal>,
    state: RefCell<State<T, E>>,
    done_label: RefCell<Option<DoneLabel<T, E>>>,
}

struct State<T, E> {
    results: Vec<Option<T>>,
    finished: usize,
    outcome: Option<Result<Vec<T>, E>>,
}

/// The future of [`EventLoop::gather`]; dropping it does not stop the children.
#[must_use = "futures do nothing unless awaited"]
pub struct Gather<T, E> {
    shared: Rc<Shared<T, E>>,
}

impl<T: 'static, E: 'static> Gather<T, E> {
    pub(super) fn new(event_loop: EventLoop, children: Vec<Child<T, E>>) -> Self {
        let shared = Rc::new(Shared {
            event_loop,
            outer: Signal::new(),
            state: RefCell::new(State { results: children.iter().map(|_| None).collect(), finished: 0, outcome: None }),
            done_label: RefCell::new(None),
        });
        let core = shared.event_loop.core();
        if children.is_empty() {
            shared.decide(Ok(Vec::new()));
        } else if core.admit(children.len()) {
            for (position, child) in children.into_iter().enumerate() {
                core.spawn(Box::new(ChildTask {
                    gather: Rc::clone(&shared),
                    position,
                    child,
                    started: false,
                    result: None,
                }));
            }
        }
        Self { shared }
    }

    /// Sets how the result of a child becomes the label of its `done` event.
    pub fn label_done(self, label: impl Fn(&Result<T, E>) -> Option<Rc<str>> + 'static) -> Self {
        *self.shared.done_label.borrow_mut() = Some(Box::new(label));
        self
    }
}

impl<T, E> Future for Gather<T, E> {
    type Output = Result<Vec<T>, E>;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        let shared = &self.shared;
        if shared.outer.poll(shared.event_loop.current_task()).is_pending() {
            return Poll::Pending;
        }
        let outcome = shared.state.borrow_mut().outcome.take();
        // A future is not polled again once it is ready.
        outcome.map_or(Poll::Pending, Poll::Ready)
    }
}

impl<T, E> Drop for Gather<T, E> {
    fn drop(&mut self) {
        let _ = self.shared.outer.cancel();
    }
}

impl<T, E> Shared<T, E> {
    fn decide(&self, outcome: Result<Vec<T>, E>) {
        self.state.borrow_mut().outcome = Some(outcome);
        self.event_loop.core().complete(&self.outer);
    }

    /// Is `_done_callback` of Python's `gather`.
    fn child_done(&self, position: usize, result: Result<T, E>) {
        let mut state = self.state.borrow_mut();
        state.finished += 1;
        if self.outer.is_done() {
            return;
        }
        let outcome = match result {
            Err(error) => Err(error),
            Ok(value) => {
                if let Some(slot) = state.results.get_mut(position) {
                    *slot = Some(value);
                }
                if state.finished < state.results.len() {
                    return;
                }
                Ok(state.results.drain(..).flatten().collect())
            }
        };
        drop(state);
        self.decide(outcome);
    }
}

struct ChildTask<T, E> {
    gather: Rc<Shared<T, E>>,
    position: usize,
    child: Child<T, E>,
    started: bool,
    result: Option<Result<T, E>>,
}

impl<T, E> Coroutine for ChildTask<T, E> {
    fn step(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let core = self.gather.event_loop.core();
        if !self.started {
            self.started = true;
            core.set_mark(self.child.mark);
            core.log(What::Start, None, self.child.label.take());
        }
        self.child.future.as_mut().poll(cx).map(|result| {
            // Labels cost more than the event: they are not made for a loop that stores none.
            if core.is_recording() {
                let done_label = self.gather.done_label.borrow();
                let label = done_label.as_ref().and_then(|label| label(&result));
                core.log(What::Done, None, label);
            }
            self.result = Some(result);
        })
    }

    fn done(self: Box<Self>) {
        if let Some(result) = self.result {
            self.gather.child_done(self.position, result);
        }
    }
}
