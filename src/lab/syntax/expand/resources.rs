//! Semaphores, locks and queues, and what they are called.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::drain::Taker;
use crate::asyncio::program::{Program, Step};
use crate::lab::syntax::containers::Key;
use crate::lab::syntax::error::Place;
use crate::lab::syntax::exception::Fault;
use crate::lab::syntax::text::str_of;
use crate::lab::syntax::value::Val;
use crate::value::{Str, Value};

/// Names of one kind of resource, by position; each only once.
#[derive(Default)]
pub(super) struct Named {
    names: Vec<Option<Str>>,
    taken: BTreeMap<Str, usize>,
}

impl Named {
    /// Adds a resource without a name.
    pub(super) fn add(&mut self) -> usize {
        self.names.push(None);
        self.names.len() - 1
    }

    /// Names a resource that has no name, and gives its name.
    pub(super) fn name(&mut self, at: usize, wanted: &Str) -> Str {
        if let Some(Some(name)) = self.names.get(at) {
            return name.clone();
        }
        let mut name = wanted.clone();
        let mut nth = 2;
        while *self.taken.entry(name.clone()).or_insert(at) != at {
            name = format!("{wanted} ({nth})").into();
            nth += 1;
        }
        if let Some(slot) = self.names.get_mut(at) {
            *slot = Some(name.clone());
        }
        name
    }

    /// The name of a resource; one that nobody named is called by its kind.
    pub(super) fn called(&mut self, at: usize, kind: &str) -> String {
        match self.names.get(at) {
            Some(Some(name)) => name.to_string(),
            _ => self.name(at, &kind.into()).to_string(),
        }
    }

    fn all(&mut self, kind: &str) -> Vec<String> {
        (0..self.names.len()).map(|at| self.called(at, kind)).collect()
    }
}

/// A queue and what was put into it.
#[derive(Default)]
pub(super) struct Queue {
    /// How many jobs it holds at most; 0 for any number.
    pub(super) max_size: usize,
    /// What was put before anything runs.
    pub(super) elements: Vec<Val>,
    pub(super) jobs: Vec<Vec<Step<Value>>>,
    /// The loops that empty it: all do the same with a job.
    pub(super) takers: Vec<Rc<Taker>>,
    pub(super) is_joined: bool,
    /// Where it is not told of a job, or not when the model tells it.
    pub(super) untold: Option<Place>,
}

/// All of them.
#[derive(Default)]
pub(super) struct Resources {
    pub(super) semaphores: Named,
    pub(super) permits: Vec<i64>,
    pub(super) locks: Named,
    pub(super) queue_names: Named,
    pub(super) queues: Vec<Queue>,
    /// What tasks put, into which queue, and where.
    pub(super) puts: Vec<(usize, Val, Place)>,
    /// How many `defaultdict(Lock)` there are.
    pub(super) lock_dicts: usize,
    /// The dict that a lock is called after a text of, by position.
    origins: Vec<Option<usize>>,
    /// Entries of these dicts that are called otherwise than their key, or have a key that is no text.
    lock_entries: BTreeMap<(usize, Key), usize>,
}

impl Resources {
    /// A new semaphore.
    pub(super) fn semaphore(&mut self, permits: i64) -> Val {
        self.permits.push(permits);
        Val::Semaphore(self.semaphores.add())
    }

    /// A new queue.
    pub(super) fn queue(&mut self, max_size: usize) -> Val {
        self.queues.push(Queue { max_size, ..Queue::default() });
        Val::Queue(self.queue_names.add())
    }

    /// `locks[key]` of a `defaultdict(Lock)`: the same key, the same lock.
    pub(super) fn lock_of(&mut self, dict: usize, key: &Val) -> Result<Val, Fault> {
        // Nearly all are found by their name, and there may be many.
        if let Val::Str(text) = key
            && let Some(at) = self.locks.taken.get(text)
            && self.origins.get(*at) == Some(&Some(dict))
        {
            return Ok(Val::Lock(*at));
        }
        let entry = (dict, Key::of(key)?);
        if let Some(at) = self.lock_entries.get(&entry) {
            return Ok(Val::Lock(*at));
        }
        let text = str_of(key)?;
        let at = self.locks.add();
        let name = self.locks.name(at, &text);
        if matches!(key, Val::Str(_)) && name == text {
            self.origins.resize(at, None);
            self.origins.push(Some(dict));
        } else {
            self.lock_entries.insert(entry, at);
        }
        Ok(Val::Lock(at))
    }

    /// Names what was assigned to a variable, and what is in it, after the variable.
    pub(super) fn name(&mut self, value: &Val, name: &Str) {
        match value {
            Val::Semaphore(at) => drop(self.semaphores.name(*at, name)),
            Val::Lock(at) => drop(self.locks.name(*at, name)),
            Val::Queue(at) => drop(self.queue_names.name(*at, name)),
            Val::List(items) | Val::Tuple(items) => {
                for (at, item) in items.values.iter().enumerate() {
                    // Plain values have no names: the long way is for resources only.
                    if matches!(item, Val::Semaphore(_) | Val::Lock(_) | Val::Queue(_)) {
                        self.name(item, &format!("{name}[{at}]").into());
                    }
                }
            }
            Val::Dict(items) => {
                for entry in items.values.chunks_exact(2) {
                    if let [key, item @ (Val::Semaphore(_) | Val::Lock(_) | Val::Queue(_))] = entry
                        && let Ok(key) = str_of(key)
                    {
                        self.name(item, &key);
                    }
                }
            }
            _ => {}
        }
    }

    /// The part of a program that is about them.
    pub(super) fn finish(mut self) -> Program<Value> {
        let mut program = Program {
            semaphores: self.semaphores.all("semaphore").into_iter().zip(self.permits).collect(),
            locks: self.locks.all("lock"),
            ..Program::default()
        };
        for (name, queue) in self.queue_names.all("queue").into_iter().zip(self.queues) {
            if queue.max_size > 0 {
                program.max_sizes.insert(name.clone(), queue.max_size);
            }
            program.queues.insert(name, queue.jobs);
        }
        program
    }
}
