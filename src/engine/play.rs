//! A coroutine that runs in real time, driven from outside.

use std::rc::Rc;

use super::context::RunContext;
use super::core::{Step, halt, settle};
use super::host::Host;
use super::system::Coroutine;
use super::{Error, ExternalRequest, Fault, Note, Py, recording};
use crate::asyncio::{self, Event, EventLoop, Progress};
use crate::value::Value;

/// How far a play has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlayProgress {
    /// It came to an end; [`Engine::end_play`](super::Engine::end_play) says which.
    Ended,
    /// Nothing happens before that time.
    Sleeping {
        /// When the next timer is due.
        until_ns: u64,
    },
    /// Only calls outside are outstanding.
    External,
}

/// What a play came to.
pub(super) struct PlayOutcome {
    pub operation: &'static str,
    pub returns: Result<Value, Error>,
    pub notes: Vec<Note>,
    pub before: Box<dyn Host>,
}

/// A coroutine in progress. The driver advances it, waits as long as it says, ticks, makes the calls of its outbox, and
/// gives it back to [`Engine::end_play`](super::Engine::end_play).
pub struct Play {
    operation: &'static str,
    context: Rc<RunContext>,
    run: Option<asyncio::Run<Py<Value>>>,
    outcome: Option<Result<Value, Error>>,
    notes: Vec<Note>,
    seen: usize,
    before: Box<dyn Host>,
}

impl Play {
    pub(super) fn started(
        operation: &'static str,
        context: Rc<RunContext>,
        coroutine: Coroutine,
        before: Box<dyn Host>,
    ) -> Self {
        let run = Some(context.event_loop.start(coroutine));
        Self { operation, context, run, outcome: None, notes: Vec::new(), seen: 0, before }
    }

    pub(super) fn finished(context: Rc<RunContext>, step: Step, before: Box<dyn Host>) -> Self {
        let Step { operation, returns, notes, .. } = step;
        Self { operation, context, run: None, outcome: Some(Ok(returns)), notes, seen: 0, before }
    }

    pub(super) fn event_loop(&self) -> &EventLoop {
        &self.context.event_loop
    }

    pub(super) fn into_outcome(self) -> PlayOutcome {
        let Self { operation, outcome, notes, before, .. } = self;
        PlayOutcome { operation, returns: outcome.unwrap_or(Err(Error::Aborted)), notes, before }
    }

    /// Runs everything that is ready.
    pub fn advance(&mut self) -> PlayProgress {
        let Some(run) = &mut self.run else { return PlayProgress::Ended };
        let (progress, notes) = recording(Some(self.context.event_loop.clone()), || run.advance());
        self.notes.extend(notes);
        let outcome = match progress {
            // The timers of the model sleep, not those who wait for an answer from outside: both may go on.
            Progress::Sleeping { until_ns } => return PlayProgress::Sleeping { until_ns },
            Progress::External => return PlayProgress::External,
            Progress::Finished(answer) => settle(answer.map_err(Fault::Raised)),
            Progress::Stopped(stopped) => Err(halt(stopped)),
        };
        self.run = None;
        self.outcome = Some(outcome);
        PlayProgress::Ended
    }

    /// Moves the clock; what is due by then becomes ready.
    pub fn tick(&mut self, now_ns: u64) {
        if let Some(run) = &mut self.run {
            run.tick(now_ns);
        }
    }

    /// The virtual time reached.
    pub fn now_ns(&self) -> u64 {
        self.event_loop().now_ns()
    }

    /// The events since the last time it was asked.
    pub fn new_events(&mut self) -> Vec<Event> {
        let events = self.event_loop().events_since(self.seen);
        self.seen += events.len();
        events
    }

    /// The calls that have to be made outside, each once.
    pub fn requests(&mut self) -> Vec<ExternalRequest> {
        self.context.outbox.borrow_mut().drain(..).collect()
    }
}
