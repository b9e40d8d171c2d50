//! A program that is run piece by piece.

use std::cell::{Cell, RefCell};
use std::convert::Infallible;
use std::rc::Rc;

use super::super::event_loop::{EventLoop, Limits};
use super::super::gather::Child;
use super::super::run::{Progress, Run};
use super::super::stopped::Stopped;
use super::super::trace::{Event, Recording};
use super::code::{Compiled, compile};
use super::execute::execute;
use super::{Outcome, Program, ProgramError};

/// So many handles run before the events are counted again.
const HANDLES: usize = 256;

/// A program on its way; dropping it ends the run.
#[must_use]
pub struct Running<R> {
    event_loop: EventLoop,
    run: Run<()>,
    ends: Rc<Ends<R>>,
    items: Vec<String>,
    outcome: Option<Result<Outcome<R>, Stopped>>,
}

/// How the tasks ended so far.
struct Ends<R> {
    results: RefCell<Vec<Option<R>>>,
    done: Cell<usize>,
}

/// Checks a program and makes ready to run it on virtual time.
pub fn start<R: Clone + 'static>(program: &Program<R>) -> Result<Running<R>, ProgramError> {
    let event_loop = EventLoop::new(Limits::default(), Recording::On);
    let Compiled { tasks, items } = compile(program, &event_loop)?;
    let ends = Rc::new(Ends { results: RefCell::new(tasks.iter().map(|_| None).collect()), done: Cell::new(0) });
    let mut names = program.names.iter();
    let children = tasks
        .into_iter()
        .enumerate()
        .map(|(position, code)| {
            let (event_loop, ends) = (event_loop.clone(), Rc::clone(&ends));
            let begin = code.begin;
            let child = Child::new(async move {
                ends.put(position, execute(code, &event_loop).await);
                Ok::<(), Infallible>(())
            });
            let child = child.marked(begin);
            match names.next() {
                Some(name) => child.labelled(name.as_str()),
                None => child,
            }
        })
        .collect();
    let root = {
        let event_loop = event_loop.clone();
        async move {
            // The children have put their results into their places.
            let _ = event_loop.gather(children).await;
        }
    };
    let run = event_loop.start(root);
    Ok(Running { event_loop, run, ends, items, outcome: None })
}

impl<R> Ends<R> {
    fn put(&self, position: usize, result: Option<R>) {
        self.done.set(self.done.get() + 1);
        if let Some(slot) = self.results.borrow_mut().get_mut(position) {
            *slot = result;
        }
    }
}

impl<R: Clone> Running<R> {
    /// Runs on until about so many more events are stored; tells whether it is over.
    pub fn advance(&mut self, events: usize) -> bool {
        let enough = self.event_loop.events_len().saturating_add(events);
        while self.outcome.is_none() {
            self.outcome = match self.run.advance_within(HANDLES) {
                None => None,
                Some(Progress::Sleeping { until_ns }) => {
                    self.run.tick(until_ns);
                    None
                }
                Some(Progress::Finished(())) => Some(Ok(Outcome::Finished {
                    results: self.with_results(<[_]>::to_vec),
                    virtual_ns: self.event_loop.now_ns(),
                })),
                Some(Progress::External) => Some(Err(Stopped::External)),
                Some(Progress::Stopped(Stopped::Deadlock { waiting })) => Some(Ok(Outcome::Deadlock { waiting })),
                Some(Progress::Stopped(stopped)) => Some(Err(stopped)),
            };
            if self.event_loop.events_len() >= enough {
                break;
            }
        }
        self.outcome.is_some()
    }

    /// Runs to the end.
    pub fn finish(&mut self) -> Result<Outcome<R>, Stopped> {
        while !self.advance(usize::MAX) {}
        self.outcome.clone().unwrap_or(Err(Stopped::Ended))
    }
}

impl<R> Running<R> {
    /// Shows what the tasks returned so far.
    pub fn with_results<T>(&self, look: impl FnOnce(&[Option<R>]) -> T) -> T {
        look(&self.ends.results.borrow())
    }

    /// Gives how it ended, once it is over.
    pub fn outcome(&self) -> Option<&Result<Outcome<R>, Stopped>> {
        self.outcome.as_ref()
    }

    /// Takes the events since they were taken last.
    pub fn take_events(&mut self) -> Vec<Event> {
        self.event_loop.take_events()
    }

    /// Reads the virtual clock.
    pub fn now_ns(&self) -> u64 {
        self.event_loop.now_ns()
    }

    /// Gives the names of items, which the marks of events number from 1.
    pub fn items(&self) -> &[String] {
        &self.items
    }

    /// Gives away the names of items.
    pub fn into_items(self) -> Vec<String> {
        self.items
    }

    /// Counts the tasks that are done.
    pub fn tasks_done(&self) -> usize {
        self.ends.done.get()
    }
}
