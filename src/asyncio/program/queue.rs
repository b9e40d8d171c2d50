//! `asyncio.Queue` of jobs.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;

use super::super::core::Core;
use super::super::signal::Signal;
use super::super::timeout::{Cancelled, cancellable};
use super::super::trace::What;
use super::code::Code;

/// Jobs that have not been taken yet, and who waits for what about them.
pub(super) struct Queue<R> {
    /// Names it in the trace.
    resource: Rc<str>,
    /// How many jobs it holds at most; 0 for as many as there are.
    max_size: usize,
    jobs: RefCell<VecDeque<Code<R>>>,
    /// Jobs that were put and are not done.
    unfinished: Cell<usize>,
    getters: Line,
    putters: Line,
    joiners: Line,
}

/// Tasks that wait for the same, in the order of asking.
type Line = RefCell<VecDeque<Rc<Signal>>>;

impl<R> Queue<R> {
    pub(super) fn new(name: &str, max_size: usize) -> Self {
        Self {
            resource: format!("queue:{name}").into(),
            max_size,
            jobs: RefCell::default(),
            unfinished: Cell::new(0),
            getters: Line::default(),
            putters: Line::default(),
            joiners: Line::default(),
        }
    }

    /// Puts a job in before anything runs.
    pub(super) fn fill(&self, job: Code<R>) {
        self.jobs.borrow_mut().push_back(job);
        self.unfinished.set(self.unfinished.get() + 1);
    }

    /// Is `get_nowait`, without a log: nothing if it is empty.
    pub(super) fn get_nowait(&self, core: &Core) -> Option<Code<R>> {
        let job = self.jobs.borrow_mut().pop_front();
        if job.is_some() {
            wake_next(&self.putters, core);
        }
        job
    }

    /// Logs that the current task has taken a job.
    pub(super) fn log_got(&self, core: &Core) {
        core.log(What::Got, Some(&self.resource), None);
    }

    /// Is `get`, up to the log of what was got.
    pub(super) async fn get(&self, core: &Core) -> Result<Option<Code<R>>, Cancelled> {
        core.log(What::Wait, Some(&self.resource), None);
        self.wait_for(|| !self.jobs.borrow().is_empty(), &self.getters, core).await?;
        Ok(self.get_nowait(core))
    }

    /// Is `put`.
    pub(super) async fn put(&self, job: Code<R>, core: &Core) -> Result<(), Cancelled> {
        core.log(What::Wait, Some(&self.resource), None);
        let room = || self.max_size == 0 || self.jobs.borrow().len() < self.max_size;
        self.wait_for(room, &self.putters, core).await?;
        self.fill(job);
        wake_next(&self.getters, core);
        core.log(What::Put, Some(&self.resource), None);
        Ok(())
    }

    /// Is `task_done`, for a job that was taken.
    pub(super) fn task_done(&self, core: &Core) {
        self.unfinished.set(self.unfinished.get().saturating_sub(1));
        if self.unfinished.get() == 0 {
            // They leave the line when they run.
            for signal in self.joiners.borrow().iter() {
                core.complete(signal);
            }
        }
    }

    /// Is `join`.
    pub(super) async fn join(&self, core: &Core) -> Result<(), Cancelled> {
        core.log(What::Wait, Some(&self.resource), None);
        if self.unfinished.get() > 0 {
            let signal = Signal::new();
            let joined = self.wait(&self.joiners, &signal, core).await;
            // All are told at once; each leaves the line when it runs.
            leave(&self.joiners, &signal);
            joined?;
        }
        core.log(What::Joined, Some(&self.resource), None);
        Ok(())
    }

    /// Waits until there may be `room`; it is looked for anew then, for a newcomer may have been faster.
    async fn wait_for(&self, room: impl Fn() -> bool, line: &Line, core: &Core) -> Result<(), Cancelled> {
        while !room() {
            let signal = Signal::new();
            let woken = self.wait(line, &signal, core).await;
            if woken.is_err() {
                leave(line, &signal);
                if room() && !signal.is_cancelled() {
                    wake_next(line, core);
                }
                return woken;
            }
        }
        Ok(())
    }

    /// Stands in line until the signal is done.
    async fn wait(&self, line: &Line, signal: &Rc<Signal>, core: &Core) -> Result<(), Cancelled> {
        line.borrow_mut().push_back(Rc::clone(signal));
        let task = core.current();
        core.set_waiting(task, Some(Rc::clone(&self.resource)));
        let woken = cancellable(core, poll_fn(|_| core.wait_on(signal))).await;
        core.set_waiting(task, None);
        woken.inspect_err(|_| core.log(What::Cancelled, Some(&self.resource), None))
    }
}

/// Takes a waiter out of its line.
fn leave(line: &Line, signal: &Rc<Signal>) {
    let mut line = line.borrow_mut();
    if let Some(at) = line.iter().position(|other| Rc::ptr_eq(other, signal)) {
        line.remove(at);
    }
}

/// Wakes the first in line who is still asleep; those who are not leave the line.
fn wake_next(line: &Line, core: &Core) {
    while let Some(signal) = line.borrow_mut().pop_front() {
        if signal.is_pending() {
            core.complete(&signal);
            break;
        }
    }
}
