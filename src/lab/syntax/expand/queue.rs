//! What tasks say to queues: `put`, `join` and `task_done`.

use super::{Expander, Role, Stop};
use crate::asyncio::program::{MAX_DEPTH, Step};
use crate::lab::syntax::error::Place;
use crate::lab::syntax::sentence::say;
use crate::lab::syntax::value::Val;
use crate::value::{Int, Value};

/// What the job that is being executed has told its queue.
pub(super) struct Told {
    queue: usize,
    /// How many steps there were when the job began.
    began: usize,
    /// How many ways were open then: what is said on one of two is not always said.
    ways: usize,
    /// How many steps there were at each `task_done`, and whether that is in a `finally` around the whole job.
    said: Vec<(usize, bool)>,
}

impl Expander<'_> {
    /// `await queue.put(job)`. What is done with the job is known when all loops have been seen.
    pub(super) fn put(&mut self, queue: usize, element: &Val, at: Place) -> Result<Val, Stop> {
        self.only_tasks(at)?;
        self.charge(element.weight(), at)?;
        self.marks(at)?;
        let name = self.resources.queue_names.called(queue, "queue");
        let nth = i64::try_from(self.resources.puts.len()).unwrap_or(i64::MAX);
        self.resources.puts.push((queue, element.clone(), at));
        self.output.push(Step::Put { name, job: vec![Step::Return(Value::Int(Int(nth)))] }, at)?;
        Ok(Val::None)
    }

    /// `await queue.join()`.
    pub(super) fn join(&mut self, queue: usize, at: Place) -> Result<Val, Stop> {
        self.only_tasks(at)?;
        self.marks(at)?;
        let name = self.resources.queue_names.called(queue, "queue");
        if let Some(queue) = self.resources.queues.get_mut(queue) {
            queue.is_joined = true;
        }
        self.output.push(Step::Join(name), at)?;
        Ok(Val::None)
    }

    /// Refuses what only a task may wait for.
    pub(super) fn only_tasks(&self, at: Place) -> Result<(), Stop> {
        if self.role == Role::Task {
            return Ok(());
        }
        Err(Stop::main_only_gathers(at))
    }

    /// A job begins.
    pub(super) fn begin_telling(&mut self, queue: usize) {
        self.told.push(Told { queue, began: self.output.acts(), ways: self.ways, said: Vec::new() });
    }

    /// `queue.task_done()`.
    pub(super) fn tell(&mut self, queue: usize, at: Place) {
        let said = (self.output.acts(), self.covered);
        match self.told.last_mut() {
            Some(told) if told.queue == queue && told.ways == self.ways => {
                told.said.push((said.0, said.1 == Some(told.began)));
            }
            _ => self.mistell(queue, at),
        }
    }

    /// The innermost jobs end, so many of them: told once, and last of all, a queue knows of it as the model does.
    pub(super) fn check_told(&mut self, jobs: usize, at: Place) {
        let acts = self.output.acts();
        let is_told = |told: &Told| match told.said.as_slice() {
            [(said, is_covered)] => *said == acts && (*is_covered || self.timeouts == 0 || acts == told.began),
            _ => false,
        };
        let ending = self.told.iter().rev().take(jobs);
        let untold: Vec<usize> = ending.filter(|told| !is_told(told)).map(|told| told.queue).collect();
        for queue in untold {
            self.mistell(queue, at);
        }
    }

    fn mistell(&mut self, queue: usize, at: Place) {
        if let Some(queue) = self.resources.queues.get_mut(queue) {
            queue.untold.get_or_insert(at);
        }
    }

    /// The item that a job stands for until all loops are known.
    pub(super) fn put_value(&self, job: &[Step<Value>]) -> Option<&Val> {
        let (_, element, _) = self.resources.puts.get(put_number(job)?)?;
        Some(element)
    }

    /// Gives the jobs that tasks put their steps.
    pub(super) fn finish_queues(&mut self) -> Result<(), Stop> {
        self.is_finishing = true;
        let first = self.resources.puts.first().map(|(.., at)| *at);
        if let Some(at) = first.filter(|_| self.defines_in_tasks) {
            let sentence = say!(
                "Tasks put jobs into this queue: all functions have to be defined outside of tasks then.",
                "有 task 放 job 入呢條 queue：咁所有 function 都要喺 task 外面 define。"
            );
            return Err(Stop::refuse(at, sentence));
        }
        if first.is_some() {
            let mut tasks = std::mem::take(&mut self.output.tasks);
            self.fill_all(&mut tasks)?;
            self.output.tasks = tasks;
        }
        for queue in 0..self.resources.queues.len() {
            let Some(state) = self.resources.queues.get_mut(queue) else { break };
            if state.takers.is_empty() {
                state.jobs.resize_with(state.elements.len(), Vec::new);
            }
            let mut jobs = std::mem::take(&mut state.jobs);
            if first.is_some() {
                self.fill_all(&mut jobs)?;
            }
            if let Some(state) = self.resources.queues.get_mut(queue) {
                state.jobs = jobs;
            }
        }
        let untold = self.resources.queues.iter().find_map(|queue| queue.untold.filter(|_| queue.is_joined));
        let sentence = say!(
            "`join` counts the jobs that are done: call `queue.task_done()` once for each, after everything else, and in a \
             `finally` if a timeout may end the job.",
            "`join` 要數住做完嘅 job：每個 job 做晒之後 call 一次 `queue.task_done()`；如果 job 可能會 timeout，就放喺 `finally`。"
        );
        untold.map_or(Ok(()), |at| Err(Stop::refuse(at, sentence)))
    }

    fn fill_all(&mut self, blocks: &mut [Vec<Step<Value>>]) -> Result<(), Stop> {
        blocks.iter_mut().try_for_each(|steps| self.fill(steps, 1, Place::START))
    }

    /// Gives the jobs in a block their steps, and those that these put.
    fn fill(&mut self, steps: &mut [Step<Value>], depth: usize, at: Place) -> Result<(), Stop> {
        if depth > MAX_DEPTH {
            let sentence = say!(
                "Jobs put jobs here, and so on, deeper than {0}, which is the cap.",
                "呢度 job 放 job、再放 job，深過上限 {0} 層。",
                MAX_DEPTH
            );
            return Err(Stop::refuse(at, sentence));
        }
        for step in steps {
            match step {
                Step::Lock { body, .. } | Step::Semaphore { body, .. } => self.fill(body, depth + 1, at)?,
                Step::Timeout { body, otherwise, .. } => {
                    self.fill(body, depth + 1, at)?;
                    self.fill(otherwise, depth + 1, at)?;
                }
                Step::Put { job, .. } => {
                    let put = put_number(job).and_then(|nth| self.resources.puts.get(nth));
                    let Some((queue, element, at)) = put.cloned() else { continue };
                    let mut steps = self.put_job(queue, &element)?;
                    self.fill(&mut steps, depth + 1, at)?;
                    *job = steps;
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn put_number(job: &[Step<Value>]) -> Option<usize> {
    match job {
        [Step::Return(Value::Int(nth))] => usize::try_from(nth.0).ok(),
        _ => None,
    }
}
