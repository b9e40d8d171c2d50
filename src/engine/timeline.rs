//! A call that is run aside: its events, and the state at each of them.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use super::context::{RunContext, Watcher};
use super::core::{halt, settle};
use super::host::Host;
use super::system::Operation;
use super::versions::Versions;
use super::{Error, Fault, Note, Waiting, recording};
use crate::asyncio::{Event, EventLoop, Stamp};
use crate::value::{Change, Value};

/// What one piece of work of one task changed in the state.
#[derive(Clone, Debug)]
pub struct Mutation {
    /// After how many events, when, and by which task.
    pub at: Stamp,
    /// What.
    pub changes: Vec<Change>,
}

/// How a call ended that was run aside.
#[derive(Clone, Debug, PartialEq)]
pub enum CallOutcome {
    /// It answered.
    Answered(Value),
    /// All that is left waits for ever.
    Deadlock(Vec<Waiting>),
}

/// A call that was run aside on virtual time, with the state at every instant of it.
///
/// Versions of a state share what they have in common; still, each costs what its change copied. So many are kept around
/// one instant, and no more: for an instant elsewhere the call is run again, which does the very same.
pub struct CallTimeline {
    call: Call,
    event_loop: EventLoop,
    outcome: CallOutcome,
    notes: Vec<Note>,
    versions: Rc<RefCell<Versions>>,
}

impl CallTimeline {
    pub(super) fn record(
        before: Box<dyn Host>,
        index: usize,
        operation: &'static Operation,
        args: Vec<Value>,
    ) -> Result<Self, Error> {
        let call = Call { before, index, operation, args };
        let versions = Rc::new(RefCell::new(Versions::around(0, &*call.before)));
        let (host, context) = call.prepare(keeping(&versions));
        let event_loop = context.event_loop.clone();
        let (outcome, notes) = recording(Some(event_loop.clone()), || call.make(&*host, &context));
        Ok(Self { outcome: outcome?, call, event_loop, notes, versions })
    }

    /// How the call ended.
    pub fn outcome(&self) -> &CallOutcome {
        &self.outcome
    }

    /// The virtual time at its end.
    pub fn virtual_ns(&self) -> u64 {
        self.event_loop.now_ns()
    }

    /// How many permits a semaphore of its events was made with.
    pub fn permits(&self, resource: &str) -> Option<i64> {
        self.event_loop.permits(resource)
    }

    /// Why the tasks did what they did.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Takes its events, and with them their memory.
    pub fn take_events(&mut self) -> Vec<Event> {
        self.event_loop.take_events()
    }

    /// The state before the call.
    pub fn before(&self) -> Value {
        self.call.before.view()
    }

    /// The state after so many events, and after what their tasks did before the next one.
    pub fn view(&self, events: usize) -> Value {
        if self.versions.borrow().at(events).is_none() {
            let versions = Rc::new(RefCell::new(Versions::around(events, &*self.call.before)));
            self.call.repeat(keeping(&versions));
            self.versions.swap(&versions);
        }
        self.versions.borrow().at(events).map(<dyn Host>::view).unwrap_or_default()
    }

    /// What was changed after so many events, in order.
    pub fn mutations(&self, events: Range<usize>) -> Vec<Mutation> {
        let found = Rc::new(RefCell::new(Vec::new()));
        let out = Rc::clone(&found);
        let mut last = self.call.before.fork();
        self.call.repeat(Box::new(move |at, state| {
            if events.contains(&at.events) {
                let changes = state.diff(&*last);
                if !changes.is_empty() {
                    out.borrow_mut().push(Mutation { at, changes });
                }
            }
            if at.events < events.end {
                last = state.fork();
            }
        }));
        found.take()
    }
}

fn keeping(versions: &Rc<RefCell<Versions>>) -> Watcher {
    let versions = Rc::clone(versions);
    Box::new(move |at, state| versions.borrow_mut().note(at.events, state))
}

/// A call that can be made any number of times.
struct Call {
    before: Box<dyn Host>,
    index: usize,
    operation: &'static Operation,
    args: Vec<Value>,
}

impl Call {
    /// A fork to make the call on, and a context in which its state is watched.
    fn prepare(&self, watcher: Watcher) -> (Rc<dyn Host>, Rc<RunContext>) {
        let host: Rc<dyn Host> = self.before.fork().into();
        let context = RunContext::watched(&host, watcher);
        (host, context)
    }

    fn make(&self, host: &dyn Host, context: &Rc<RunContext>) -> Result<CallOutcome, Error> {
        if !self.operation.is_async() {
            let answer = host.invoke(self.index, &self.args);
            context.worked();
            return settle(answer).map(CallOutcome::Answered);
        }
        let coroutine = host.begin(self.index, &self.args, context).map_err(Error::BadArgument)?;
        match context.event_loop.run(coroutine) {
            Ok(answer) => settle(answer.map_err(Fault::Raised)).map(CallOutcome::Answered),
            Err(stopped) => match halt(stopped) {
                Error::Deadlock { waiting } => Ok(CallOutcome::Deadlock(waiting)),
                error => Err(error),
            },
        }
    }

    /// Makes the call once more, for somebody else to watch.
    fn repeat(&self, watcher: Watcher) {
        let (host, context) = self.prepare(watcher);
        // It ends as it did before.
        let _ = self.make(&*host, &context);
    }
}
