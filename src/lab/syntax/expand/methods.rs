//! Methods: those few that are known.

use crate::lab::syntax::sentence::{Sentence, say};
use std::rc::Rc;

use super::calls::coroutine;
use super::statements::variable;
use super::{Expander, Placed, Role, Stop};
use crate::lab::syntax::ast::{Call, Expr, Scope};
use crate::lab::syntax::containers::check_size;
use crate::lab::syntax::error::Place;
use crate::lab::syntax::exception::Fault;
use crate::lab::syntax::names::Symbol;
use crate::lab::syntax::value::{Val, Work};

impl Expander<'_> {
    /// `object.name(arguments)`.
    pub(super) fn method(&mut self, object: &Expr, name: Symbol, call: &Call, at: Place) -> Result<Val, Stop> {
        let name = self.text(name);
        if let Some((_, value)) = call.keywords.first() {
            return Err(Stop::refuse(
                value.at,
                say!("`.{0}` has no named arguments here.", "`.{0}` 喺呢度冇得用名俾 argument。", &*name),
            ));
        }
        if *name == *"append" {
            return self.append(object, call, at);
        }
        let object = self.eval(object)?;
        let arguments = self.arguments(&call.arguments)?;
        match (&object, &*name, arguments.as_slice()) {
            (Val::Dict(_) | Val::Row(..), "get", [key]) => self.get(&object, key, Val::None, at),
            (Val::Dict(_) | Val::Row(..), "get", [key, fallback]) => self.get(&object, key, fallback.clone(), at),
            (Val::Queue(queue), "put_nowait", [job]) => self.put_before(*queue, job, at),
            (Val::Queue(queue), "put", [job]) => Ok(coroutine(Work::Put(*queue, job.clone()))),
            (Val::Queue(queue), "join", []) => Ok(coroutine(Work::Join(*queue))),
            (Val::Queue(queue), "task_done", []) if self.role == Role::Task => {
                self.tell(*queue, at);
                Ok(Val::None)
            }
            _ => Err(Stop::refuse(at, unknown_method(&object, &name))),
        }
    }

    fn get(&mut self, dict: &Val, key: &Val, fallback: Val, at: Place) -> Result<Val, Stop> {
        self.charge(dict.weight() / 8, at)?;
        if let Some(found) = dict.lookup(key) {
            return Ok(found);
        }
        crate::lab::syntax::containers::Key::of(key).map(|_| fallback).at(at)
    }

    /// `queue.put_nowait(job)`, before anything runs.
    fn put_before(&mut self, queue: usize, job: &Val, at: Place) -> Result<Val, Stop> {
        if self.role == Role::Task {
            let sentence = say!(
                "A task writes `await queue.put(job)`, which waits while the queue is full.",
                "Task 要寫 `await queue.put(job)`：queue 滿咗佢會等。"
            );
            return Err(Stop::refuse(at, sentence));
        }
        if let Some(queue) = self.resources.queues.get_mut(queue) {
            let room = queue.max_size;
            if room > 0 && queue.elements.len() >= room {
                let sentence = say!(
                    "The queue has room for {0}, and nobody takes a job yet: Python raises `QueueFull`.",
                    "呢條 queue 裝得 {0} 個 job，而家未有人攞：Python 會 raise `QueueFull`。",
                    room
                );
                return Err(Stop::refuse(at, sentence));
            }
            queue.elements.push(job.clone());
            check_size(queue.elements.len()).at(at)?;
        }
        Ok(Val::None)
    }

    /// `results.append(value)`: done by making a longer list, which nobody can tell apart as long as nobody else has this one.
    fn append(&mut self, object: &Expr, call: &Call, at: Place) -> Result<Val, Stop> {
        let Some(list) = variable(object) else {
            return Err(Stop::refuse(
                at,
                say!(
                    "`append` is known for lists in variables of the function only.",
                    "`append` 淨係用得喺 function 自己 variable 入面嘅 list。"
                ),
            ));
        };
        let outside = list.scope != Scope::Local && self.role == Role::Task;
        if outside || matches!(list.scope, Scope::Outer(_)) {
            let sentence = say!(
                "A list that other tasks see would hold what their order makes it hold: return a value from each task.",
                "其他 task 見到嘅 list，裝住乜就要睇佢哋嘅次序：由每個 task return 返個 value。"
            );
            return Err(Stop::refuse(at, sentence));
        }
        let arguments = self.arguments(&call.arguments)?;
        let [value] = arguments.as_slice() else {
            return Err(Stop::refuse(at, say!("`append` has one argument.", "`append` 得一個 argument。")));
        };
        // Reading it first gives the usual sentences where there is no list.
        let found = self.eval(object)?;
        let Val::List(_) = found else {
            return Err(Stop::refuse(at, unknown_method(&found, "append")));
        };
        drop(found);
        let Some(Val::List(mut items)) = self.frames.take(list) else {
            return Err(Fault::refuse(say!("This list cannot be changed.", "呢個 list 改唔到。"))).at(at);
        };
        let Some(owned) = Rc::get_mut(&mut items) else {
            let sentence = say!(
                "Somebody else has this list too, and would see it grow: write `results = results + [..]`.",
                "呢個 list 仲有其他人攞住，會見住佢變長：寫 `results = results + [..]`。"
            );
            return Err(Stop::refuse(at, sentence));
        };
        owned.push(value.clone()).at(at)?;
        self.frames.set(list, Val::List(items));
        Ok(Val::None)
    }
}

fn unknown_method(object: &Val, name: &str) -> Sentence {
    match (object, name) {
        (Val::Queue(_), "empty" | "get_nowait" | "get" | "qsize") => {
            say!(
                "Which job comes is known in the run only: a loop begins with it. Write `while True:` with `job = await \
                 queue.get()` first in it, or `while not queue.empty():` with `job = queue.get_nowait()`.",
                "嚟邊個 job，行起先知，所以要做 loop 嘅第一句：寫 `while True:`，第一句係 `job = await queue.get()`；或者寫 `while not \
                 queue.empty():`，第一句係 `job = queue.get_nowait()`。"
            )
        }
        (Val::Semaphore(_) | Val::Lock(_), "acquire" | "release") => {
            say!(
                "Write `async with`: it gives back what it took, whatever happens.",
                "寫 `async with`：無論點，攞咗嘅都會還返。"
            )
        }
        (Val::Semaphore(_) | Val::Lock(_), "locked") => {
            say!("Who holds it is known in the run only.", "邊個揸住佢，行起先知。")
        }
        (Val::Dict(_) | Val::Row(..), "items" | "keys" | "values") => {
            say!(
                "`.{0}()` is iterated at once only, as in `for .. in d.{0}()`.",
                "`.{0}()` 淨係可以即刻行晒佢，好似 `for .. in d.{0}()`。",
                name
            )
        }
        _ => unknown_attribute(object, name),
    }
}

/// The sentence for an attribute that is not known.
pub(super) fn unknown_attribute(object: &Val, name: &str) -> Sentence {
    say!("`.{0}` of {1} is not known here.", "呢度唔識 {1} 嘅 `.{0}`。", name, object.a_type())
}
