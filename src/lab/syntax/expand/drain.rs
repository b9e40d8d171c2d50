//! Loops that take jobs: `while not queue.empty(): job = queue.get_nowait()`, and `while True: job = await queue.get()`.

use std::rc::Rc;

use super::{Active, Expander, Flow, Role, Stop};
use crate::asyncio::program::Step;
use crate::lab::syntax::ast::{Drain, Scope};
use crate::lab::syntax::error::Place;
use crate::lab::syntax::operators::equal;
use crate::lab::syntax::sentence::say;
use crate::lab::syntax::text::{label, repr_of};
use crate::lab::syntax::value::Val;
use crate::value::Value;

/// A loop with what is around it: jobs that are put later are executed there.
pub(super) struct Taker {
    drain: Rc<Drain>,
    /// What it reads of the variables around.
    seen: Vec<Option<Val>>,
    /// The frame of the function around its function.
    outer: Option<usize>,
    calls: Vec<Active>,
    loops: usize,
    finals: usize,
    timeouts: usize,
}

impl Taker {
    /// Whether a job comes to the same in both.
    fn is_like(&self, other: &Self) -> bool {
        let alike = |taker: &Self| (taker.calls.len() == 1, taker.finals > 0, taker.timeouts > 0);
        Rc::ptr_eq(&self.drain, &other.drain)
            && alike(self) == alike(other)
            && self.seen.iter().zip(&other.seen).all(|pair| match pair {
                (Some(a), Some(b)) => same(a, b),
                (None, None) => true,
                _ => false,
            })
    }
}

impl Expander<'_> {
    pub(super) fn drain(&mut self, at: Place, drain: &Rc<Drain>) -> Result<Flow, Stop> {
        self.last = at.line;
        let queue = match self.eval(&drain.queue)? {
            Val::Queue(queue) if self.role == Role::Task => queue,
            Val::Queue(_) => {
                let sentence = say!(
                    "Tasks empty queues: put this into a function and gather that.",
                    "清空 queue 係 task 做嘅嘢：將呢段放入一個 function，再 gather 佢。"
                );
                return Err(Stop::refuse(at, sentence));
            }
            other => {
                let sentence = say!("This is {0}, and no queue.", "呢個係 {0}，唔係 queue。", other.a_type());
                return Err(Stop::refuse(drain.queue.at, sentence));
            }
        };
        // What the job before left behind is known in the run only.
        self.frames.carry(&drain.assigned);
        let taker = Rc::new(Taker {
            drain: Rc::clone(drain),
            seen: drain.free.iter().map(|variable| self.frames.find(*variable).cloned()).collect(),
            outer: self.frames.outer(),
            calls: self.calls.clone(),
            loops: self.loops,
            finals: self.finals,
            timeouts: self.timeouts,
        });
        let takers = self.resources.queues.get(queue).map(|queue| queue.takers.as_slice()).unwrap_or_default();
        if !takers.iter().any(|known| known.is_like(&taker)) {
            if self.is_finishing {
                let sentence = say!(
                    "Only jobs that tasks put come to this loop: a task has to come to it as well.",
                    "淨係 task 放入去嘅 job 先行到呢個 loop：要有 task 自己都行到佢。"
                );
                return Err(Stop::refuse(at, sentence));
            }
            self.expand_jobs(queue, taker, at)?;
        }
        self.frames.carry(&drain.assigned);
        let name = self.resources.queue_names.called(queue, "queue");
        let (at, step) = if drain.waits { (drain.taken, Step::Serve(name)) } else { (at, Step::Drain(name)) };
        self.last = at.line;
        self.marks(at)?;
        self.output.push(step, at)?;
        Ok(Flow::Next)
    }

    /// Executes the loop for each job that is there on its own; another loop has to come to the same.
    fn expand_jobs(&mut self, queue: usize, taker: Rc<Taker>, at: Place) -> Result<(), Stop> {
        let Some(state) = self.resources.queues.get_mut(queue) else { return Ok(()) };
        let is_first = state.takers.is_empty();
        let drain = Rc::clone(&taker.drain);
        // A job that comes back to this loop takes the next job from it, whatever that is.
        state.takers.push(taker);
        let elements = state.elements.clone();
        let outer_item = self.item.clone();
        let mut jobs = Vec::with_capacity(elements.len());
        for element in elements {
            jobs.push(self.job(queue, &drain, element)?);
        }
        self.item = outer_item;
        if is_first {
            if let Some(state) = self.resources.queues.get_mut(queue) {
                state.jobs = jobs;
            }
            return Ok(());
        }
        let known = self.resources.queues.get(queue).map(|queue| queue.jobs.as_slice()).unwrap_or_default();
        if known.len() == jobs.len() && known.iter().zip(&jobs).all(|(a, b)| self.same_steps(a, b)) {
            return Ok(());
        }
        Err(other_loop(at))
    }

    /// What all loops do with a job that a task puts.
    pub(super) fn put_job(&mut self, queue: usize, element: &Val) -> Result<Vec<Step<Value>>, Stop> {
        let takers = self.resources.queues.get(queue).map(|queue| queue.takers.clone()).unwrap_or_default();
        let mut job: Option<Vec<Step<Value>>> = None;
        for taker in takers {
            let caller = self.frames.enter(taker.outer);
            for (variable, value) in taker.drain.free.iter().zip(&taker.seen) {
                match value {
                    // Those of the functions around are still there.
                    _ if variable.scope != Scope::Local => {}
                    Some(value) => self.frames.set(*variable, value.clone()),
                    None => self.frames.carry(&[variable.name]),
                }
            }
            self.calls.clone_from(&taker.calls);
            (self.loops, self.finals, self.timeouts) = (taker.loops, taker.finals, taker.timeouts);
            let steps = self.job(queue, &taker.drain, element.clone())?;
            self.frames.leave(caller, false);
            match &job {
                Some(known) if !self.same_steps(known, &steps) => return Err(other_loop(taker.drain.taken)),
                Some(_) => {}
                None => job = Some(steps),
            }
        }
        Ok(job.unwrap_or_default())
    }

    fn job(&mut self, queue: usize, drain: &Drain, element: Val) -> Result<Vec<Step<Value>>, Stop> {
        self.charge(1, drain.taken)?;
        self.item = label(&element).map(Into::into);
        self.frames.carry(&drain.assigned);
        let waiting = self.output.begin(drain.taken.line, drain.taken)?;
        self.output.item(self.item.clone().as_ref(), drain.taken)?;
        self.last = drain.taken.line;
        self.begin_telling(queue);
        self.assign(&drain.target, element)?;
        let flow = self.block(&drain.body);
        self.job_end(flow, drain)?;
        self.told.pop();
        Ok(self.output.end(waiting))
    }

    fn job_end(&mut self, flow: Result<Flow, Stop>, drain: &Drain) -> Result<(), Stop> {
        match flow {
            Ok(Flow::Next | Flow::Continue) => {
                self.check_told(1, drain.taken);
                Ok(())
            }
            Ok(Flow::Break(at)) => {
                let sentence = if drain.waits {
                    say!(
                        "This loop waits for jobs for ever: `return` ends it, with the task.",
                        "呢個 loop 會一直等 job：要完就用 `return`，連個 task 一齊完。"
                    )
                } else {
                    say!(
                        "This loop ends when the queue is empty: `break` would leave jobs to chance.",
                        "呢個 loop 等 queue 空咗先完：`break` 嘅話，剩低邊啲 job 就靠彩數。"
                    )
                };
                Err(Stop::refuse(at, sentence))
            }
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

    /// Whether two jobs do the same; they may stand on different lines.
    fn same_steps(&self, a: &[Step<Value>], b: &[Step<Value>]) -> bool {
        let (mut a, mut b) = (without_lines(a), without_lines(b));
        loop {
            match (a.next(), b.next()) {
                (None, None) => return true,
                (Some(a), Some(b)) if self.same_step(a, b) => {}
                _ => return false,
            }
        }
    }

    fn same_step(&self, a: &Step<Value>, b: &Step<Value>) -> bool {
        match (a, b) {
            (Step::Lock { name: a, body: inner }, Step::Lock { name: b, body })
            | (Step::Semaphore { name: a, body: inner }, Step::Semaphore { name: b, body }) => {
                a == b && self.same_steps(inner, body)
            }
            (Step::Timeout { ms: a, body: inner, otherwise: late }, Step::Timeout { ms: b, body, otherwise }) => {
                a.to_bits() == b.to_bits() && self.same_steps(inner, body) && self.same_steps(late, otherwise)
            }
            (Step::Put { name: a, job: inner }, Step::Put { name: b, job }) => {
                let both = self.put_value(inner).zip(self.put_value(job));
                a == b && both.is_some_and(|(a, b)| same(a, b))
            }
            (Step::Return(a), Step::Return(b)) => a.repr() == b.repr(),
            _ => a == b,
        }
    }
}

fn other_loop(at: Place) -> Stop {
    let sentence = say!(
        "Another loop, or another worker, does something else with the jobs of this queue: what is done with a job \
         may depend on the job only.",
        "有另一個 loop 或者 worker 對呢條 queue 嘅 job 做唔同嘅嘢：點處理一個 job，淨係可以睇個 job 本身。"
    );
    Stop::refuse(at, sentence)
}

/// Equal, and of the same types: `1` is not `True`.
fn same(a: &Val, b: &Val) -> bool {
    equal(a, b) && repr_of(a).ok() == repr_of(b).ok()
}

fn without_lines(steps: &[Step<Value>]) -> impl Iterator<Item = &Step<Value>> {
    steps.iter().filter(|step| !matches!(step, Step::Line(_)))
}
