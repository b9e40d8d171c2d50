//! Methods: those few that are known.

use std::rc::Rc;

use super::statements::variable;
use super::{Expander, Placed, Role, Stop};
use crate::lab::syntax::ast::{Call, Expr, Scope};
use crate::lab::syntax::containers::check_size;
use crate::lab::syntax::error::Place;
use crate::lab::syntax::exception::Fault;
use crate::lab::syntax::names::Symbol;
use crate::lab::syntax::value::Val;

impl Expander<'_> {
    /// `object.name(arguments)`.
    pub(super) fn method(&mut self, object: &Expr, name: Symbol, call: &Call, at: Place) -> Result<Val, Stop> {
        let name = self.text(name);
        if let Some((_, value)) = call.keywords.first() {
            return Err(Stop::refuse(value.at, format!("`.{name}` has no named arguments here.")));
        }
        if *name == *"append" {
            return self.append(object, call, at);
        }
        let object = self.eval(object)?;
        let arguments = self.arguments(&call.arguments)?;
        match (&object, &*name, arguments.as_slice()) {
            (Val::Dict(_) | Val::Row(..), "get", [key]) => self.get(&object, key, Val::None, at),
            (Val::Dict(_) | Val::Row(..), "get", [key, fallback]) => self.get(&object, key, fallback.clone(), at),
            (Val::Queue(queue), "put_nowait", [job]) => self.put(*queue, job, at),
            // Nobody joins the queue, so that nobody waits for this.
            (Val::Queue(_), "task_done", []) if self.role == Role::Task => Ok(Val::None),
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

    fn put(&mut self, queue: usize, job: &Val, at: Place) -> Result<Val, Stop> {
        if self.role == Role::Task {
            let sentence = "Jobs are put before `gather`: what tasks put would depend on their order.";
            return Err(Stop::refuse(at, sentence));
        }
        if let Some(queue) = self.resources.queues.get_mut(queue) {
            queue.elements.push(job.clone());
            check_size(queue.elements.len()).at(at)?;
        }
        Ok(Val::None)
    }

    /// `results.append(value)`: done by making a longer list, which nobody can tell apart as long as nobody else has this one.
    fn append(&mut self, object: &Expr, call: &Call, at: Place) -> Result<Val, Stop> {
        let Some(list) = variable(object) else {
            return Err(Stop::refuse(at, "`append` is known for lists in variables of the function only."));
        };
        let outside = list.scope != Scope::Local && self.role == Role::Task;
        if outside || matches!(list.scope, Scope::Outer(_)) {
            let sentence =
                "A list that other tasks see would hold what their order makes it hold: return a value from each task.";
            return Err(Stop::refuse(at, sentence));
        }
        let arguments = self.arguments(&call.arguments)?;
        let [value] = arguments.as_slice() else {
            return Err(Stop::refuse(at, "`append` has one argument."));
        };
        // Reading it first gives the usual sentences where there is no list.
        let found = self.eval(object)?;
        let Val::List(_) = found else {
            return Err(Stop::refuse(at, unknown_method(&found, "append")));
        };
        drop(found);
        let Some(Val::List(mut items)) = self.frames.take(list) else {
            return Err(Fault::refuse("This list cannot be changed.")).at(at);
        };
        let Some(owned) = Rc::get_mut(&mut items) else {
            let sentence = "Somebody else has this list too, and would see it grow: write `results = results + [..]`.";
            return Err(Stop::refuse(at, sentence));
        };
        owned.push(value.clone()).at(at)?;
        self.frames.set(list, Val::List(items));
        Ok(Val::None)
    }
}

fn unknown_method(object: &Val, name: &str) -> String {
    match (object, name) {
        (Val::Queue(_), "empty" | "get_nowait" | "get" | "qsize") => {
            "Which jobs are left is known in the run only: write `while not queue.empty():` with `job = queue.get_nowait()` \
             first in it."
                .to_owned()
        }
        (Val::Queue(_), "put") => "Write `queue.put_nowait(job)`: this queue never makes anybody wait.".to_owned(),
        (Val::Queue(_), "join") => "`join` is not known here: the workers end when the queue is empty.".to_owned(),
        (Val::Semaphore(_) | Val::Lock(_), "acquire" | "release") => {
            "Write `async with`: it gives back what it took, whatever happens.".to_owned()
        }
        (Val::Semaphore(_) | Val::Lock(_), "locked") => "Who holds it is known in the run only.".to_owned(),
        (Val::Dict(_) | Val::Row(..), "items" | "keys" | "values") => {
            format!("`.{name}()` is iterated at once only, as in `for .. in d.{name}()`.")
        }
        (Val::List(_) | Val::Dict(_) | Val::Row(..) | Val::Locks(_), _) => {
            format!("`.{name}` of {} is not known here.", object.a_type())
        }
        _ => format!("`.{name}` of {} is not known here.", object.a_type()),
    }
}
