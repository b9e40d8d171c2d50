//! An engine: one system, its state, and calls on it by name.

use std::rc::Rc;

use super::context::RunContext;
use super::host::Host;
use super::play::PlayOutcome;
use super::system::{Kind, Operation};
use super::{CallTimeline, Error, Fault, Note, Play, Raise, SystemEntry, Waiting, find, recording, suggest};
use crate::asyncio::{Event, ROOT, Recording, Stopped};
use crate::value::{Change, Int, Num, Value};

/// A running system.
pub struct Engine {
    entry: &'static SystemEntry,
    host: Box<dyn Host>,
    playing: Option<&'static str>,
}

/// A call that was made, and what it changed.
#[derive(Clone, Debug)]
pub struct Step {
    /// The operation's name.
    pub operation: &'static str,
    /// What it answered.
    pub returns: Value,
    /// What it changed.
    pub changes: Vec<Change>,
    /// Why.
    pub notes: Vec<Note>,
    /// How long a coroutine took on virtual time.
    pub virtual_ns: Option<u64>,
}

/// A coroutine that was run with its timeline.
#[derive(Clone, Debug)]
pub struct Simulation {
    /// The call itself.
    pub step: Step,
    /// What its tasks did, in order.
    pub events: Vec<Event>,
}

impl Engine {
    /// A fresh engine; `config` holds the constructor's arguments, in order.
    pub fn new(system: &str, config: &[Value]) -> Result<Self, Error> {
        let entry = find(system)?;
        let host = (entry.create)(config).map_err(Error::BadConfig)?;
        Ok(Self { entry, host, playing: None })
    }

    /// Which system it is.
    pub fn entry(&self) -> &'static SystemEntry {
        self.entry
    }

    /// Makes a call and gives its answer.
    pub fn call(&mut self, operation: &str, args: &[Value]) -> Result<Value, Error> {
        let (index, operation) = self.resolve(operation)?;
        if operation.is_async() {
            return self.run(index, args, &RunContext::new(Recording::Off));
        }
        self.invoke(index, operation.kind, args)
    }

    /// Makes a call and gives what it changed and why, beside its answer.
    pub fn step(&mut self, operation: &str, args: &[Value]) -> Result<Step, Error> {
        let (index, operation) = self.resolve(operation)?;
        let before = self.host.fork();
        let context = operation.is_async().then(|| RunContext::new(Recording::Off));
        let event_loop = context.as_ref().map(|context| context.event_loop.clone());
        let (returns, notes) = recording(event_loop.clone(), || match &context {
            Some(context) => self.run(index, args, context),
            None => self.invoke(index, operation.kind, args),
        });
        Ok(Step {
            operation: operation.name,
            returns: returns?,
            changes: self.host.diff(&*before),
            notes,
            virtual_ns: event_loop.map(|l| l.now_ns()),
        })
    }

    /// Runs a coroutine on virtual time and gives its timeline, beside what it changed.
    pub fn simulate(&mut self, operation: &str, args: &[Value]) -> Result<Simulation, Error> {
        let (index, operation) = self.resolve(operation)?;
        if !operation.is_async() {
            return Ok(Simulation { step: self.step(operation.name, args)?, events: Vec::new() });
        }
        let context = RunContext::new(Recording::On);
        let event_loop = context.event_loop.clone();
        let before = self.host.fork();
        let (returns, notes) = recording(Some(event_loop.clone()), || self.run(index, args, &context));
        let step = Step {
            operation: operation.name,
            returns: returns?,
            changes: self.host.diff(&*before),
            notes,
            virtual_ns: Some(event_loop.now_ns()),
        };
        Ok(Simulation { step, events: event_loop.take_events() })
    }

    /// Runs an operation aside, on virtual time, and gives its events with the state at each of them. The engine stays as
    /// it is; a deadlock is an outcome here.
    pub fn timeline(&self, operation: &str, args: Vec<Value>) -> Result<CallTimeline, Error> {
        let (index, operation) = self.resolve(operation)?;
        CallTimeline::record(self.host.fork(), index, operation, args)
    }

    /// Begins to run a coroutine in real time. Until it is ended by [`end_play`](Self::end_play) the engine refuses calls.
    pub fn play(&mut self, operation: &str, args: &[Value]) -> Result<Play, Error> {
        let (index, operation) = self.resolve(operation)?;
        let context = RunContext::new(Recording::On);
        let before = self.host.fork();
        if !operation.is_async() {
            let step = self.step(operation.name, args)?;
            return Ok(Play::finished(context, step, before));
        }
        let coroutine = self.host.begin(index, args, &context).map_err(Error::BadArgument)?;
        self.playing = Some(operation.name);
        Ok(Play::started(operation.name, context, coroutine, before))
    }

    /// Ends a play: keeps what it did if it came to an answer, else goes back to where it began.
    pub fn end_play(&mut self, play: Play) -> Result<Simulation, Error> {
        self.playing = None;
        let events = play.event_loop().take_events();
        let virtual_ns = play.event_loop().now_ns();
        let PlayOutcome { operation, returns, notes, before } = play.into_outcome();
        match returns {
            Ok(returns) => {
                let changes = self.host.diff(&*before);
                Ok(Simulation {
                    step: Step { operation, returns, changes, notes, virtual_ns: Some(virtual_ns) },
                    events,
                })
            }
            Err(error) => {
                self.host.restore(before);
                Err(error)
            }
        }
    }

    /// The state as Python shows it, without locks and callables.
    pub fn view(&self) -> Value {
        self.host.view()
    }

    /// What differs from an earlier fork of the same system.
    pub fn diff(&self, earlier: &Self) -> Vec<Change> {
        self.host.diff(&*earlier.host)
    }

    /// Sets "now", for systems whose methods take no timestamp.
    pub fn set_clock(&mut self, now_ms: Num) {
        self.host.set_clock(now_ms);
    }

    /// An independent copy; costs nothing that grows with the state.
    #[must_use]
    pub fn fork(&self) -> Self {
        Self { entry: self.entry, host: self.host.fork(), playing: None }
    }

    fn resolve(&self, name: &str) -> Result<(usize, &'static Operation), Error> {
        // Showing a state computes too, and may have left the flag of an overflow that is no call's.
        Int::take_overflow();
        if let Some(operation) = self.playing {
            return Err(Error::Busy { operation });
        }
        let operations = self.entry.meta.operations;
        operations.iter().enumerate().find(|(_, known)| known.name == name).ok_or_else(|| Error::UnknownOperation {
            system: self.entry.id,
            name: name.to_owned(),
            suggestion: suggest::nearest(name, operations.iter().map(|known| known.name)),
        })
    }

    fn invoke(&mut self, index: usize, kind: Kind, args: &[Value]) -> Result<Value, Error> {
        if kind == Kind::Query {
            return settle(self.host.invoke(index, args));
        }
        // The fork is the way back from an exception or an overflow; it costs a few counters, and the nodes that change.
        let before = self.host.fork();
        let answer = self.host.invoke(index, args);
        self.settle(answer, before)
    }

    fn run(&mut self, index: usize, args: &[Value], context: &Rc<RunContext>) -> Result<Value, Error> {
        let before = self.host.fork();
        let coroutine = self.host.begin(index, args, context).map_err(Error::BadArgument)?;
        match context.event_loop.run(coroutine) {
            Ok(answer) => self.settle(answer.map_err(Fault::Raised), before),
            Err(stopped) => {
                self.host.restore(before);
                Err(halt(stopped))
            }
        }
    }

    /// Keeps what a call did if it answered, else goes back to where it began.
    fn settle(&mut self, answer: Result<Value, Fault>, before: Box<dyn Host>) -> Result<Value, Error> {
        let answer = settle(answer);
        if answer.is_err() {
            self.host.restore(before);
        }
        answer
    }
}

/// Turns an operation's answer into that of a call.
pub fn settle(answer: Result<Value, Fault>) -> Result<Value, Error> {
    let overflowed = Int::take_overflow();
    match answer {
        Ok(_) if overflowed => Err(out_of_range()),
        Ok(answer) => Ok(answer),
        Err(Fault::Argument(mismatch)) => Err(Error::BadArgument(mismatch)),
        Err(Fault::Raised(raise)) if raise.exception == Raise::TOO_MANY => {
            Err(Error::Limit(format!("{}.", raise.message)))
        }
        Err(Fault::Raised(raise)) if raise.exception == Raise::HANGS => {
            Err(Error::Deadlock { waiting: vec![Waiting { task: ROOT, resource: raise.message }] })
        }
        Err(Fault::Raised(raise)) => Err(Error::Reference(raise)),
    }
}

/// Turns what stopped a run into a call's error. Where tasks wait for each other may follow from numbers that did not hold.
pub fn halt(stopped: Stopped) -> Error {
    match (Int::take_overflow(), stopped) {
        (true, Stopped::Deadlock { .. }) => out_of_range(),
        (_, stopped) => stopped.into(),
    }
}

fn out_of_range() -> Error {
    Error::Limit("A number left the range of 64 bits; that is as far as we count.".into())
}

impl From<Stopped> for Error {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Deadlock { waiting } => Self::Deadlock { waiting: Waiting::list(waiting) },
            Stopped::External => Self::BadArgument(super::Mismatch::problem(
                "An async function can only be called by `play`; give a plan such as {\"sleep_ms\": 10}",
            )),
            other => Self::Limit(format!("The call was stopped: {other}.")),
        }
    }
}
