//! `while not queue.empty(): job = queue.get_nowait()`.

use crate::lab::syntax::sentence::say;
use std::rc::Rc;

use super::{Expander, Flow, Role, Stop};
use crate::asyncio::program::Step;
use crate::lab::syntax::ast::Drain;
use crate::lab::syntax::error::Place;
use crate::lab::syntax::operators::equal;
use crate::lab::syntax::text::{label, repr_of};
use crate::lab::syntax::value::Val;
use crate::value::Value;

impl Expander<'_> {
    pub(super) fn drain(&mut self, at: Place, drain: &Rc<Drain>) -> Result<Flow, Stop> {
        self.last = at.line;
        let queue = match self.eval(&drain.queue)? {
            Val::Queue(queue) if self.role == Role::Task => queue,
            Val::Queue(_) => {
                return Err(Stop::refuse(
                    at,
                    say!(
                        "Tasks empty queues: put this into a function and gather that.",
                        "清空 queue 係 task 做嘅嘢：將呢段放入一個 function，再 gather 佢。"
                    ),
                ));
            }
            other => {
                return Err(Stop::refuse(
                    drain.queue.at,
                    say!("This is {0}, and no queue.", "呢個係 {0}，唔係 queue。", other.a_type()),
                ));
            }
        };
        // What the job before left behind is known in the run only.
        self.frames.carry(&drain.assigned);
        let mut seen = Vec::with_capacity(drain.free.len());
        for variable in &drain.free {
            seen.push(self.frames.find(*variable).cloned());
        }
        if !self.is_known(queue, drain, &seen) {
            self.expand_jobs(queue, drain, seen, at)?;
        }
        self.frames.carry(&drain.assigned);
        self.last = at.line;
        self.marks(at)?;
        let name = self.resources.queue_names.called(queue, "queue");
        self.output.push(Step::Drain(name), at)?;
        Ok(Flow::Next)
    }

    fn is_known(&self, queue: usize, drain: &Rc<Drain>, seen: &[Option<Val>]) -> bool {
        let drains = self.resources.queues.get(queue).map(|queue| queue.drains.as_slice()).unwrap_or_default();
        drains.iter().any(|(known, then)| {
            Rc::ptr_eq(known, drain)
                && seen.iter().zip(then).all(|pair| match pair {
                    (Some(now), Some(then)) => same(now, then),
                    (None, None) => true,
                    _ => false,
                })
        })
    }

    /// Executes the loop for each job on its own; another loop has to come to the same.
    fn expand_jobs(&mut self, queue: usize, drain: &Rc<Drain>, seen: Vec<Option<Val>>, at: Place) -> Result<(), Stop> {
        let Some(state) = self.resources.queues.get_mut(queue) else { return Ok(()) };
        let is_first = state.drains.is_empty();
        // A job that comes back to this loop takes the next job from it, whatever that is.
        state.drains.push((Rc::clone(drain), seen));
        let elements = state.elements.clone();
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
            self.job_end(flow)?;
            jobs.push(self.output.end(waiting));
        }
        self.item = outer_item;
        let Some(state) = self.resources.queues.get_mut(queue) else { return Ok(()) };
        if is_first {
            state.jobs = jobs;
            return Ok(());
        }
        if state.jobs.len() == jobs.len() && state.jobs.iter().zip(&jobs).all(|(a, b)| same_steps(a, b)) {
            return Ok(());
        }
        let sentence = say!(
            "Another loop, or another worker, does something else with the jobs of this queue: what is done with a job \
             may depend on the job only.",
            "有另一個 loop 或者 worker 對呢條 queue 嘅 job 做唔同嘅嘢：點處理一個 job，淨係可以睇個 job 本身。"
        );
        Err(Stop::refuse(at, sentence))
    }

    fn job_end(&mut self, flow: Result<Flow, Stop>) -> Result<(), Stop> {
        match flow {
            Ok(Flow::Next | Flow::Continue) => Ok(()),
            Ok(Flow::Break(at)) => Err(Stop::refuse(
                at,
                say!(
                    "This loop ends when the queue is empty: `break` would leave jobs to chance.",
                    "呢個 loop 等 queue 空咗先完：`break` 嘅話，剩低邊啲 job 就靠彩數。"
                ),
            )),
            Ok(Flow::Return(value, at)) => self.return_task(value, at),
            Err(Stop::Raise(error, at)) => {
                let class = error.class.name();
                let sentence = say!(
                    "Nobody catches this {0} in the loop that takes the jobs: catch it there.",
                    "攞 job 嗰個 loop 冇人 catch 呢個 {0}：喺嗰度 catch 咗佢。",
                    class
                );
                Err(Stop::refuse(at, sentence))
            }
            Err(stop) => Err(stop),
        }
    }
}

/// Equal, and of the same types: `1` is not `True`.
fn same(a: &Val, b: &Val) -> bool {
    equal(a, b) && repr_of(a).ok() == repr_of(b).ok()
}

/// Whether two jobs do the same; they may stand on different lines.
fn same_steps(a: &[Step<Value>], b: &[Step<Value>]) -> bool {
    let (mut a, mut b) = (without_lines(a), without_lines(b));
    loop {
        match (a.next(), b.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if same_step(a, b) => {}
            _ => return false,
        }
    }
}

fn without_lines(steps: &[Step<Value>]) -> impl Iterator<Item = &Step<Value>> {
    steps.iter().filter(|step| !matches!(step, Step::Line(_)))
}

fn same_step(a: &Step<Value>, b: &Step<Value>) -> bool {
    match (a, b) {
        (Step::Lock { name: a, body: inner }, Step::Lock { name: b, body })
        | (Step::Semaphore { name: a, body: inner }, Step::Semaphore { name: b, body }) => {
            a == b && same_steps(inner, body)
        }
        (Step::Return(a), Step::Return(b)) => a.repr() == b.repr(),
        _ => a == b,
    }
}
