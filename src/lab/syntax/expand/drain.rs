//! `while not queue.empty(): job = queue.get_nowait()`.

use std::rc::Rc;

use super::{Expander, Flow, Role, Stop};
use crate::asyncio::program::Step;
use crate::lab::syntax::ast::Drain;
use crate::lab::syntax::error::Place;
use crate::lab::syntax::operators::equal;
use crate::lab::syntax::text::label;
use crate::lab::syntax::value::Val;

impl Expander<'_> {
    pub(super) fn drain(&mut self, at: Place, drain: &Rc<Drain>) -> Result<Flow, Stop> {
        self.last = at.line;
        let queue = match self.eval(&drain.queue)? {
            Val::Queue(queue) if self.role == Role::Task => queue,
            Val::Queue(_) => {
                return Err(Stop::refuse(at, "Tasks empty queues: put this into a function and gather that."));
            }
            other => return Err(Stop::refuse(drain.queue.at, format!("A {} is no queue.", other.type_name()))),
        };
        // What the job before left behind is known in the run only.
        self.frames.carry(&drain.assigned);
        let mut seen = Vec::with_capacity(drain.free.len());
        for variable in &drain.free {
            seen.push(self.frames.find(*variable).cloned());
        }
        let known = self.resources.queues.get(queue).and_then(|queue| queue.drain.clone());
        match known {
            None => self.expand_jobs(queue, drain, seen)?,
            Some((other, values)) => {
                if !Rc::ptr_eq(&other, drain) {
                    let sentence = "Another loop takes jobs from this queue too: let one function do it, and gather it several times.";
                    return Err(Stop::refuse(at, sentence));
                }
                let same = seen.iter().zip(&values).all(|pair| match pair {
                    (Some(now), Some(then)) => equal(now, then),
                    (None, None) => true,
                    _ => false,
                });
                if !same {
                    let sentence = "Another worker does the jobs with other values of its variables: what is done with a job may \
                                    depend on the job only.";
                    return Err(Stop::refuse(at, sentence));
                }
            }
        }
        self.frames.carry(&drain.assigned);
        self.last = at.line;
        self.marks(at)?;
        let name = self.resources.queue_names.name(queue, "queue");
        self.output.push(Step::Drain(name), at)?;
        Ok(Flow::Next)
    }

    /// Executes the loop for each job on its own.
    fn expand_jobs(&mut self, queue: usize, drain: &Rc<Drain>, seen: Vec<Option<Val>>) -> Result<(), Stop> {
        let Some(state) = self.resources.queues.get_mut(queue) else { return Ok(()) };
        state.drain = Some((Rc::clone(drain), seen));
        let elements = std::mem::take(&mut state.elements);
        let outer_item = self.item.clone();
        let mut jobs = Vec::with_capacity(elements.len());
        for element in elements {
            self.charge(1, drain.taken)?;
            self.item = label(&element).map(Into::into);
            self.frames.carry(&drain.assigned);
            let waiting = self.output.begin(drain.taken.line, drain.taken)?;
            self.output.item(self.item.clone().as_ref(), drain.taken)?;
            self.last = drain.taken.line;
            self.assign(&drain.target, element)?;
            let flow = self.block(&drain.body);
            self.job_end(flow, drain)?;
            jobs.push(self.output.end(waiting));
        }
        self.item = outer_item;
        if let Some(state) = self.resources.queues.get_mut(queue) {
            state.jobs = jobs;
        }
        Ok(())
    }

    fn job_end(&mut self, flow: Result<Flow, Stop>, drain: &Drain) -> Result<(), Stop> {
        let at = drain.taken;
        match flow {
            Ok(Flow::Next | Flow::Continue) => Ok(()),
            Ok(Flow::Break) => {
                Err(Stop::refuse(at, "This loop ends when the queue is empty: `break` would leave jobs to chance."))
            }
            Ok(Flow::Return(value)) => {
                if self.calls.len() != 1 || self.finals > 0 {
                    let sentence = "`return` in this loop ends a function that another one awaits, or passes a `finally`: whether it \
                                    comes to that is known in the run only.";
                    return Err(Stop::refuse(at, sentence));
                }
                let value = self.result(value.unwrap_or(Val::None), at)?;
                self.output.line(self.last, at)?;
                self.output.push(Step::Return(value), at)
            }
            Err(Stop::Raise(error, at)) => {
                let class = error.class.name();
                let sentence = format!("Nobody catches this {class} in the loop that takes the jobs: catch it there.");
                Err(Stop::refuse(at, sentence))
            }
            Err(stop) => Err(stop),
        }
    }
}
