//! What makes the events of a timeline.

use crate::asyncio::program::{Outcome, Program, Running, start};
use crate::asyncio::{Event, What};
use crate::engine::{CallOutcome, CallTimeline, Error};
use crate::value::Value;

/// A program that runs on, or a system's operation that has run.
pub(super) enum Source {
    Program(Box<Given>),
    Call(Box<Call>),
}

/// A program that runs, and what it says of its tasks and semaphores.
pub(super) struct Given {
    running: Running<Value>,
    labels: Vec<String>,
    /// Sorted by name.
    permits: Vec<(String, u64)>,
}

/// An operation that has run, and what its events say of its tasks.
pub(super) struct Call {
    pub timeline: CallTimeline,
    labels: Vec<String>,
    answers: Vec<String>,
    done: usize,
}

/// How a source ended.
pub(super) enum End {
    Finished { virtual_ns: u64 },
    Deadlock,
}

impl Source {
    /// Runs on until about so many more events are there; tells how it ended, once it has.
    pub fn advance(&mut self, events: usize) -> Result<Option<End>, Error> {
        match self {
            Self::Program(given) => {
                given.running.advance(events);
                let outcome = given.running.outcome().cloned().transpose()?;
                Ok(outcome.map(|outcome| match outcome {
                    Outcome::Finished { virtual_ns, .. } => End::Finished { virtual_ns },
                    Outcome::Deadlock { .. } => End::Deadlock,
                }))
            }
            Self::Call(call) => Ok(Some(call.end())),
        }
    }

    /// Takes the events since they were taken last.
    pub fn take_events(&mut self) -> Vec<Event> {
        match self {
            Self::Program(given) => given.running.take_events(),
            Self::Call(call) => call.take_events(),
        }
    }

    /// How many permits a semaphore was made with, by its name in the events.
    pub fn permits(&self, resource: &str) -> Option<u64> {
        match self {
            Self::Program(given) => {
                let (_, name) = resource.split_once(':')?;
                let at = given.permits.binary_search_by(|(known, _)| known.as_str().cmp(name)).ok()?;
                given.permits.get(at).map(|(_, permits)| *permits)
            }
            Self::Call(call) => u64::try_from(call.timeline.permits(resource)?).ok(),
        }
    }

    pub fn now_ns(&self) -> u64 {
        match self {
            Self::Program(given) => given.running.now_ns(),
            Self::Call(call) => call.timeline.virtual_ns(),
        }
    }

    pub fn tasks_done(&self) -> usize {
        match self {
            Self::Program(given) => given.running.tasks_done(),
            Self::Call(call) => call.done,
        }
    }

    /// The names of items.
    pub fn items(&self) -> &[String] {
        match self {
            Self::Program(given) => given.running.items(),
            Self::Call(_) => &[],
        }
    }

    /// What each task is for; nothing where that has no name.
    pub fn labels(&self) -> &[String] {
        match self {
            Self::Program(given) => &given.labels,
            Self::Call(call) => &call.labels,
        }
    }

    /// What each task returned so far, in Python's notation; nothing where it returned nothing.
    pub fn answers(&self) -> Vec<String> {
        match self {
            Self::Program(given) => {
                let text = |result: &Option<Value>| result.as_ref().map(Value::text).unwrap_or_default();
                given.running.with_results(|results| results.iter().map(text).collect())
            }
            Self::Call(call) => call.answers.clone(),
        }
    }
}

impl Given {
    pub fn new(program: &Program<Value>) -> Result<Self, Error> {
        let running = start(program)?;
        let permits = program.semaphores.iter().filter_map(|(name, &n)| Some((name.clone(), u64::try_from(n).ok()?)));
        let mut labels = program.names.clone();
        labels.resize(program.tasks.len(), String::new());
        Ok(Self { running, labels, permits: permits.collect() })
    }
}

impl Call {
    pub fn new(timeline: CallTimeline) -> Self {
        Self { timeline, labels: Vec::new(), answers: Vec::new(), done: 0 }
    }

    pub fn end(&self) -> End {
        match self.timeline.outcome() {
            CallOutcome::Answered(_) => End::Finished { virtual_ns: self.timeline.virtual_ns() },
            CallOutcome::Deadlock(_) => End::Deadlock,
        }
    }

    fn take_events(&mut self) -> Vec<Event> {
        let events = self.timeline.take_events();
        for event in &events {
            self.note(event);
        }
        self.answers.resize(self.labels.len(), String::new());
        events
    }

    fn note(&mut self, event: &Event) {
        let Ok(task) = usize::try_from(event.task) else { return };
        let texts = match event.what {
            What::Start => &mut self.labels,
            What::Done => {
                self.done += 1;
                &mut self.answers
            }
            _ => return,
        };
        if texts.len() <= task {
            texts.resize(task + 1, String::new());
        }
        if let (Some(place), Some(label)) = (texts.get_mut(task), &event.label) {
            *place = label.to_string();
        }
    }
}
