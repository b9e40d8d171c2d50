//! The variables that semaphores, locks and queues are in.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::values::quoted;
use crate::asyncio::program::Program;
use crate::lab::syntax::token::KEYWORDS;
use crate::lab::syntax::value::Builtin;
use crate::value::Value;

/// So many locks have variables of their own; more are in a dict.
const LOCKS: usize = 8;

/// Names that the text uses otherwise.
const TAKEN: [&str; 9] = ["main", "name", "item", "job", "done", "locks", "queues", "semaphores", "max_concurrent"];

/// How each resource is written, and the lines that define them.
pub(super) struct Variables {
    pub(super) definitions: String,
    pub(super) has_lock_dict: bool,
    semaphores: BTreeMap<String, String>,
    locks: BTreeMap<String, String>,
    queues: BTreeMap<String, String>,
}

impl Variables {
    pub(super) fn of(program: &Program<Value>) -> Self {
        let mut this = Self {
            definitions: "\n".to_owned(),
            has_lock_dict: false,
            semaphores: BTreeMap::new(),
            locks: BTreeMap::new(),
            queues: BTreeMap::new(),
        };
        let mut taken = BTreeSet::new();
        let mut others = Vec::new();
        for (name, permits) in &program.semaphores {
            let value = format!("Semaphore({permits})");
            if is_free(name, &mut taken) {
                this.define(name, &value);
                this.semaphores.insert(name.clone(), name.clone());
            } else {
                others.push(format!("{}: {value}", quoted(name)));
                this.semaphores.insert(name.clone(), format!("semaphores[{}]", quoted(name)));
            }
        }
        this.define_dict("semaphores", &others);
        for name in &program.locks {
            if this.locks.contains_key(name) {
                continue;
            }
            if program.locks.len() <= LOCKS && is_free(name, &mut taken) {
                this.define(name, "Lock()");
                this.locks.insert(name.clone(), name.clone());
            } else {
                this.has_lock_dict = true;
                this.locks.insert(name.clone(), format!("locks[{}]", quoted(name)));
            }
        }
        if this.has_lock_dict {
            this.define("locks", "defaultdict(Lock)");
        }
        this.define_queues(program, &mut taken);
        this
    }

    /// A loop names its queue by a variable; where the queue is called otherwise, a dict gives it its name.
    fn define_queues(&mut self, program: &Program<Value>, taken: &mut BTreeSet<String>) {
        let mut others = Vec::new();
        for name in program.queues.keys() {
            if is_free(name, taken) {
                self.define(name, &queue(program, name));
                self.queues.insert(name.clone(), name.clone());
            } else {
                others.push(name);
            }
        }
        let entries: Vec<String> =
            others.iter().map(|name| format!("{}: {}", quoted(name), queue(program, name))).collect();
        self.define_dict("queues", &entries);
        for (nth, name) in others.into_iter().enumerate() {
            let variable = format!("queue_{}", nth + 1);
            self.define(&variable, &format!("queues[{}]", quoted(name)));
            self.queues.insert(name.clone(), variable);
        }
    }

    fn define(&mut self, name: &str, value: &str) {
        let _ = writeln!(self.definitions, "{name} = {value}");
    }

    fn define_dict(&mut self, name: &str, entries: &[String]) {
        if !entries.is_empty() {
            self.define(name, &format!("{{{}}}", entries.join(", ")));
        }
    }

    pub(super) fn semaphore(&self, name: &str) -> String {
        self.semaphores.get(name).map_or_else(|| name.to_owned(), Clone::clone)
    }

    pub(super) fn lock(&self, name: &str) -> String {
        self.locks.get(name).map_or_else(|| name.to_owned(), Clone::clone)
    }

    pub(super) fn queue(&self, name: &str) -> String {
        self.queues.get(name).map_or_else(|| name.to_owned(), Clone::clone)
    }
}

/// The expression of a queue.
fn queue(program: &Program<Value>, name: &str) -> String {
    match program.max_sizes.get(name) {
        Some(size) if *size > 0 => format!("Queue({size})"),
        _ => "Queue()".to_owned(),
    }
}

/// Whether a resource may be in a variable of its name, which is then taken.
fn is_free(name: &str, taken: &mut BTreeSet<String>) -> bool {
    let mut chars = name.chars();
    let first = chars.next().is_some_and(|c| c == '_' || c.is_ascii_alphabetic());
    let is_name = first && chars.all(|c| c == '_' || c.is_ascii_alphanumeric());
    let ours = ["task_", "job_", "drain_", "serve_", "queue_", "__"].iter().any(|prefix| name.starts_with(prefix));
    let known = KEYWORDS.contains(&name) || TAKEN.contains(&name) || Builtin::names().any(|known| known == name);
    is_name && !ours && !known && taken.insert(name.to_owned())
}
