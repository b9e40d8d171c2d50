//! A run and its events, as far as it has come.

use std::rc::Rc;

use super::addresses::Addresses;
use super::analysis::{self, Analysis, Deadlock, Entry, Kind, Log, Resource};
use super::source::{Call, End, Given, Source};
use crate::asyncio::program::Program;
use crate::asyncio::{Event, Mark, TaskId, What};
use crate::engine::{CallTimeline, Error};
use crate::value::Value;

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// Every task is done.
    Finished {
        /// The clock at the end.
        virtual_ns: u64,
    },
    /// The tasks that are left wait for ever.
    Deadlock(Deadlock),
}

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Whether it is over.
    pub done: bool,
    /// How many events there are.
    pub events: usize,
    /// The clock.
    pub at_ns: u64,
    /// How many tasks there are.
    pub tasks: usize,
    /// How many of them are done.
    pub tasks_done: usize,
}

/// A run with its events.
pub struct Timeline {
    source: Source,
    entries: Vec<Entry>,
    marks: Vec<Mark>,
    table: Table,
    ending: Option<Ending>,
}

impl Timeline {
    /// Makes ready to run a program.
    pub fn of_program(program: &Program<Value>) -> Result<Self, Error> {
        Ok(Self::of(Source::Program(Box::new(Given::new(program)?))))
    }

    /// Takes over an operation that was run aside: it is over from the start, and has the state at every event.
    pub fn of_call(call: CallTimeline) -> Self {
        let call = Call::new(call);
        let end = call.end();
        let mut timeline = Self::of(Source::Call(Box::new(call)));
        timeline.take_over(Some(end));
        timeline
    }

    fn of(source: Source) -> Self {
        Self { source, entries: Vec::new(), marks: Vec::new(), table: Table::default(), ending: None }
    }

    /// Runs on until about so many more events are there, or to the end.
    pub fn advance(&mut self, events: usize) -> Result<Progress, Error> {
        let end = self.source.advance(events)?;
        self.take_over(end);
        Ok(self.progress())
    }

    /// Takes the new events, and notes the end.
    fn take_over(&mut self, end: Option<End>) {
        for event in self.source.take_events() {
            self.take(&event);
        }
        if self.ending.is_none() {
            self.ending = end.map(|end| match end {
                End::Finished { virtual_ns } => Ending::Finished { virtual_ns },
                End::Deadlock => Ending::Deadlock(analysis::deadlock(&self.log())),
            });
        }
    }

    fn take(&mut self, event: &Event) {
        let resource = event.resource.as_ref().and_then(|name| self.table.number(name, &self.source));
        self.entries.push(Entry { at_ns: event.at_ns, task: event.task, what: event.what, resource });
        self.marks.push(event.mark);
    }

    /// Tells how far the run has come.
    pub fn progress(&self) -> Progress {
        Progress {
            done: self.ending.is_some(),
            events: self.entries.len(),
            at_ns: self.source.now_ns(),
            tasks: self.labels().len(),
            tasks_done: self.source.tasks_done(),
        }
    }

    /// Gives the events so far.
    pub fn log(&self) -> Log<'_> {
        Log { entries: &self.entries, resources: &self.table.resources }
    }

    /// Gives where in its work the task was, for each event so far.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// Gives the names of the resources, as the log numbers them: in the order of first use.
    pub fn resource_names(&self) -> &[String] {
        &self.table.names
    }

    /// Gives the names of items, which marks number from 1.
    pub fn items(&self) -> &[String] {
        self.source.items()
    }

    /// Gives what each task is for; nothing where that has no name.
    pub fn labels(&self) -> &[String] {
        self.source.labels()
    }

    /// Gives what each task returned so far, in Python's notation; nothing where it returned nothing.
    pub fn answers(&self) -> Vec<String> {
        self.source.answers()
    }

    /// Tells how the run ended, once it has.
    pub fn ending(&self) -> Option<&Ending> {
        self.ending.as_ref()
    }

    /// Gives the operation that was run, with its states, where it is one.
    pub fn call(&self) -> Option<&CallTimeline> {
        match &self.source {
            Source::Program(_) => None,
            Source::Call(call) => Some(&call.timeline),
        }
    }

    /// Answers the usual questions about the events so far.
    pub fn analysis(&self) -> Analysis {
        analysis::analyse(&self.log())
    }

    /// Names the task that was done last, and when.
    pub fn last(&self) -> Option<(TaskId, u64)> {
        self.entries.iter().rev().find(|entry| entry.what == What::Done).map(|entry| (entry.task, entry.at_ns))
    }
}

/// Resources by number.
#[derive(Default)]
struct Table {
    names: Vec<String>,
    resources: Vec<Resource>,
    /// By the address of the name, which every event about a resource shares.
    numbers: Addresses,
    /// Keeps the addresses from being used again.
    known: Vec<Rc<str>>,
}

impl Table {
    fn number(&mut self, resource: &Rc<str>, source: &Source) -> Option<u32> {
        let address = Rc::as_ptr(resource).addr();
        if let Some(number) = self.numbers.get(address) {
            return Some(number);
        }
        let (kind, name) = resource.split_once(':')?;
        let (kind, permits) = match kind {
            "lock" => (Kind::Lock, Some(1)),
            "semaphore" => (Kind::Semaphore, source.permits(resource)),
            _ => (Kind::Queue, None),
        };
        let number = u32::try_from(self.names.len()).ok()?;
        self.names.push(name.to_owned());
        self.resources.push(Resource { kind, permits });
        self.numbers.insert(address, number);
        self.known.push(Rc::clone(resource));
        Some(number)
    }
}
