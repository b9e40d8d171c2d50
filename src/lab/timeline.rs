//! A run and its events, as far as it has come.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::analysis::{self, Analysis, Deadlock, Entry, Kind, Log, Resource};
use crate::asyncio::program::{Outcome, Program, Running, start};
use crate::asyncio::{Event, Mark, TaskId, What};
use crate::engine::Error;
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
    running: Running<Value>,
    permits: BTreeMap<String, u64>,
    entries: Vec<Entry>,
    marks: Vec<Mark>,
    table: Table,
    labels: Vec<String>,
    ending: Option<Ending>,
}

impl Timeline {
    /// Makes ready to run a program.
    pub fn of_program(program: &Program<Value>) -> Result<Self, Error> {
        let running = start(program)?;
        let permits = program.semaphores.iter().filter_map(|(name, &n)| Some((name.clone(), u64::try_from(n).ok()?)));
        let mut labels = program.names.clone();
        labels.resize(program.tasks.len(), String::new());
        Ok(Self {
            running,
            permits: permits.collect(),
            entries: Vec::new(),
            marks: Vec::new(),
            table: Table::default(),
            labels,
            ending: None,
        })
    }

    /// Runs on until about so many more events are there, or to the end.
    pub fn advance(&mut self, events: usize) -> Result<Progress, Error> {
        let done = self.running.advance(events);
        for event in self.running.take_events() {
            self.take(&event);
        }
        if done && self.ending.is_none() {
            self.ending = self.running.outcome().cloned().transpose()?.map(|outcome| match outcome {
                Outcome::Finished { virtual_ns, .. } => Ending::Finished { virtual_ns },
                Outcome::Deadlock { .. } => Ending::Deadlock(analysis::deadlock(&self.log())),
            });
        }
        Ok(self.progress())
    }

    fn take(&mut self, event: &Event) {
        let resource = event.resource.as_ref().and_then(|name| self.table.number(name, &self.permits));
        self.entries.push(Entry { at_ns: event.at_ns, task: event.task, what: event.what, resource });
        self.marks.push(event.mark);
    }

    /// Tells how far the run has come.
    pub fn progress(&self) -> Progress {
        Progress {
            done: self.ending.is_some(),
            events: self.entries.len(),
            at_ns: self.running.now_ns(),
            tasks: self.labels.len(),
            tasks_done: self.running.tasks_done(),
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
        self.running.items()
    }

    /// Gives what each task is for; nothing where that has no name.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// Gives what each task returned so far, in Python's notation; nothing where it returned nothing.
    pub fn answers(&self) -> Vec<String> {
        let text = |result: &Option<Value>| result.as_ref().map(Value::text).unwrap_or_default();
        self.running.with_results(|results| results.iter().map(text).collect())
    }

    /// Tells how the run ended, once it has.
    pub fn ending(&self) -> Option<&Ending> {
        self.ending.as_ref()
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
    numbers: BTreeMap<usize, u32>,
    /// Keeps the addresses from being used again.
    known: Vec<Rc<str>>,
}

impl Table {
    fn number(&mut self, resource: &Rc<str>, permits: &BTreeMap<String, u64>) -> Option<u32> {
        let address = Rc::as_ptr(resource).addr();
        if let Some(&number) = self.numbers.get(&address) {
            return Some(number);
        }
        let (kind, name) = resource.split_once(':')?;
        let (kind, permits) = match kind {
            "lock" => (Kind::Lock, Some(1)),
            "semaphore" => (Kind::Semaphore, permits.get(name).copied()),
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
