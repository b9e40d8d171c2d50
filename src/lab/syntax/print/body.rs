//! Steps as statements.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::Functions;
use super::resources::Variables;
use super::values::{expression, quoted, seconds};
use crate::asyncio::program::{Program, Step};
use crate::value::Value;

/// Writes bodies, and collects the functions that these need: those of jobs, and the loops that take them.
pub(super) struct Bodies<'p> {
    program: &'p Program<Value>,
    variables: &'p Variables,
    /// Queues with a job that returns, which ends the task.
    returning: BTreeSet<&'p str>,
    /// Queues that somebody joins, so that each job has to be told.
    joined: BTreeSet<&'p str>,
    jobs: Functions,
    /// Queues that a function of their own empties; `true` where that waits for more.
    emptied: BTreeSet<(&'p str, bool)>,
    /// In a job, what it returns is in a list: the loop that took it returns for the task.
    in_job: bool,
}

/// Whether any step of a program passes, jobs included.
pub(super) fn any_of(program: &Program<Value>, passes: &dyn Fn(&Step<Value>) -> bool) -> bool {
    program.tasks.iter().chain(program.queues.values().flatten()).any(|steps| any(steps, passes))
}

fn any(steps: &[Step<Value>], passes: &dyn Fn(&Step<Value>) -> bool) -> bool {
    steps.iter().any(|step| {
        passes(step)
            || match step {
                Step::Lock { body, .. } | Step::Semaphore { body, .. } => any(body, passes),
                Step::Timeout { body, otherwise, .. } => any(body, passes) || any(otherwise, passes),
                Step::Put { job, .. } => any(job, passes),
                _ => false,
            }
    })
}

/// Queues with a job that returns, which ends the task.
fn returning(program: &Program<Value>) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    for (name, jobs) in &program.queues {
        let puts = |step: &Step<Value>| matches!(step, Step::Put { name: queue, job } if queue == name && returns(job));
        if jobs.iter().any(|job| returns(job)) || any_of(program, &puts) {
            names.insert(name.as_str());
        }
    }
    names
}

/// Whether a job returns; those that it puts are others.
fn returns(steps: &[Step<Value>]) -> bool {
    steps.iter().any(|step| match step {
        Step::Return(_) => true,
        Step::Lock { body, .. } | Step::Semaphore { body, .. } => returns(body),
        Step::Timeout { body, otherwise, .. } => returns(body) || returns(otherwise),
        _ => false,
    })
}

/// What the language cannot say of a program: what a job comes to is known before anything runs, whoever does it.
pub(super) fn without_words(program: &Program<Value>) -> Option<&'static str> {
    let ends = returning(program);
    let tasks = program.tasks.iter().map(|steps| (steps, Whose::Task));
    let jobs = program.queues.values().flatten().map(|steps| (steps, Whose::Job));
    tasks.chain(jobs).find_map(|(steps, whose)| steps.iter().find_map(|step| unsaid(step, whose, &ends)))
}

/// Whose a step is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    Task,
    /// A job's that is there from the beginning.
    Job,
    /// A job's that is put.
    Put,
}

fn unsaid(step: &Step<Value>, whose: Whose, ends: &BTreeSet<&str>) -> Option<&'static str> {
    let within = |steps: &[Step<Value>], whose| steps.iter().find_map(|step| unsaid(step, whose, ends));
    let takes = |queue: &str| whose == Whose::Put || whose == Whose::Job && ends.contains(queue);
    match step {
        Step::Get(_) => Some("get"),
        Step::Serve(queue) => takes(queue).then_some("serve"),
        Step::Drain(queue) => takes(queue).then_some("drain"),
        Step::Timeout { body, otherwise, .. } => {
            let is_way = whose != Whose::Task && (returns(body) || returns(otherwise));
            is_way.then_some("timeout").or_else(|| within(body, whose)).or_else(|| within(otherwise, whose))
        }
        Step::Put { job, .. } => within(job, Whose::Put),
        Step::Lock { body, .. } | Step::Semaphore { body, .. } => within(body, whose),
        _ => None,
    }
}

impl<'p> Bodies<'p> {
    pub(super) fn new(program: &'p Program<Value>, variables: &'p Variables) -> Self {
        let mut joined = BTreeSet::new();
        for name in program.queues.keys() {
            if any_of(program, &|step| matches!(step, Step::Join(queue) if queue == name)) {
                joined.insert(name.as_str());
            }
        }
        Self {
            program,
            variables,
            returning: returning(program),
            joined,
            jobs: Functions::new("job"),
            emptied: BTreeSet::new(),
            in_job: false,
        }
    }

    /// The body of a task.
    pub(super) fn task(&mut self, steps: &'p [Step<Value>]) -> String {
        let mut text = String::new();
        self.block(steps, 1, &mut text);
        text
    }

    /// Writes what puts the jobs into the queues, and the functions of jobs and loops.
    pub(super) fn write(&mut self, text: &mut String) {
        let mut puts = String::new();
        let program = self.program;
        for (queue, jobs) in &program.queues {
            let mut elements = Vec::with_capacity(jobs.len());
            for job in jobs {
                elements.push(self.element(job));
            }
            if !elements.is_empty() {
                let queue = self.variables.queue(queue);
                let _ = write!(puts, "\n\nfor job in [{}]:\n    {queue}.put_nowait(job)\n", elements.join(", "));
            }
        }
        self.jobs.write(text, |_| "");
        text.push_str(&puts);
        for (queue, waits) in &self.emptied {
            let _ = write!(text, "\n\nasync def {}():\n", self.emptier(queue, *waits));
            self.loop_over(queue, *waits, 1, text);
        }
    }

    /// A job as the value that is put: its item, and the function that does it.
    fn element(&mut self, job: &'p [Step<Value>]) -> String {
        let (item, steps) = match job.iter().position(|step| !matches!(step, Step::Line(_))) {
            Some(at) => match job.split_at(at).1 {
                [Step::Item(item), rest @ ..] => (Some(item), rest),
                rest => (None, rest),
            },
            None => (None, job),
        };
        let mut body = String::new();
        let outer = std::mem::replace(&mut self.in_job, true);
        self.block(steps, 1, &mut body);
        self.in_job = outer;
        let function = self.jobs.add(body);
        let function = self.jobs.name(function);
        let id = item.map(|item| format!("\"id\": {}, ", quoted(item))).unwrap_or_default();
        format!("{{{id}\"run\": {function}}}")
    }

    /// Writes a block; marks of items become loops over them.
    fn block(&mut self, steps: &'p [Step<Value>], depth: usize, text: &mut String) {
        let before = text.len();
        let mut groups: Vec<(Vec<String>, String)> = Vec::new();
        for segment in steps.chunk_by(|_, next| !matches!(next, Step::Item(_))) {
            let (item, steps) = match segment {
                [Step::Item(item), rest @ ..] if !item.is_empty() => (Some(item), rest),
                all => (None, all),
            };
            let mut body = String::new();
            for step in steps {
                self.step(step, depth + usize::from(item.is_some()), &mut body);
            }
            if body.is_empty() {
                continue;
            }
            let item = item.map(|item| format!("{{\"id\": {}}}", quoted(item)));
            match groups.last_mut() {
                Some((items, known)) if item.is_some() && !items.is_empty() && *known == body => items.extend(item),
                _ => groups.push((item.into_iter().collect(), body)),
            }
        }
        for (items, body) in groups {
            if !items.is_empty() {
                line(text, depth, &format!("for item in [{}]:", items.join(", ")));
            }
            text.push_str(&body);
        }
        if text.len() == before {
            line(text, depth, "pass");
        }
    }

    fn step(&mut self, step: &'p Step<Value>, depth: usize, text: &mut String) {
        match step {
            // Marks, and what has no words: a program with that was refused before.
            Step::Line(_) | Step::Item(_) | Step::Get(_) => {}
            Step::Sleep(ms) => line(text, depth, &format!("await sleep({})", seconds(*ms))),
            Step::Return(value) if self.in_job => line(text, depth, &format!("return [{}]", expression(value))),
            Step::Return(value) => line(text, depth, &format!("return {}", expression(value))),
            Step::Lock { .. } | Step::Semaphore { .. } => self.with(step, depth, text),
            Step::Timeout { ms, body, otherwise } => {
                line(text, depth, "try:");
                line(text, depth + 1, &format!("async with timeout({}):", seconds(*ms)));
                self.block(body, depth + 2, text);
                line(text, depth, "except TimeoutError:");
                self.block(otherwise, depth + 1, text);
            }
            Step::Put { name, job } => {
                let element = self.element(job);
                line(text, depth, &format!("await {}.put({element})", self.variables.queue(name)));
            }
            Step::Drain(queue) => self.empty(queue, false, depth, text),
            Step::Serve(queue) => self.empty(queue, true, depth, text),
            Step::Join(queue) => line(text, depth, &format!("await {}.join()", self.variables.queue(queue))),
        }
    }

    /// Writes an `async with`, and in one line with it those that stand alone in one another.
    fn with(&mut self, step: &'p Step<Value>, depth: usize, text: &mut String) {
        let mut resources = Vec::new();
        let mut next = Some(step);
        let mut steps: &[Step<Value>] = &[];
        while let Some(step) = next.take() {
            let (resource, body) = match step {
                Step::Lock { name, body } => (self.variables.lock(name), body),
                Step::Semaphore { name, body } => (self.variables.semaphore(name), body),
                _ => break,
            };
            resources.push(resource);
            steps = body;
            let mut inner = body.iter().filter(|step| !matches!(step, Step::Line(_)));
            if let (Some(only @ (Step::Lock { .. } | Step::Semaphore { .. })), None) = (inner.next(), inner.next()) {
                next = Some(only);
            }
        }
        line(text, depth, &format!("async with {}:", resources.join(", ")));
        self.block(steps, depth + 1, text);
    }

    fn emptier(&self, queue: &str, waits: bool) -> String {
        format!("{}_{}", if waits { "serve" } else { "drain" }, self.variables.queue(queue))
    }

    /// Empties a queue: by a function, unless a job may end the task.
    fn empty(&mut self, queue: &'p str, waits: bool, depth: usize, text: &mut String) {
        if self.returning.contains(queue) {
            self.loop_over(queue, waits, depth, text);
        } else {
            self.emptied.insert((queue, waits));
            line(text, depth, &format!("await {}()", self.emptier(queue, waits)));
        }
    }

    fn loop_over(&self, queue: &str, waits: bool, depth: usize, text: &mut String) {
        let name = self.variables.queue(queue);
        let [head, taken] = if waits {
            ["while True:".to_owned(), format!("job = await {name}.get()")]
        } else {
            [format!("while not {name}.empty():"), format!("job = {name}.get_nowait()")]
        };
        line(text, depth, &head);
        line(text, depth + 1, &taken);
        let is_told = self.joined.contains(queue);
        if is_told {
            line(text, depth + 1, "try:");
        }
        let inner = depth + 1 + usize::from(is_told);
        if self.returning.contains(queue) {
            line(text, inner, "done = await job[\"run\"]()");
            line(text, inner, "if done:");
            line(text, inner + 1, if self.in_job { "return done" } else { "return done[0]" });
        } else {
            line(text, inner, "await job[\"run\"]()");
        }
        if is_told {
            line(text, depth + 1, "finally:");
            line(text, depth + 2, &format!("{name}.task_done()"));
        }
    }
}

fn line(text: &mut String, depth: usize, statement: &str) {
    text.push_str(&"    ".repeat(depth));
    text.push_str(statement);
    text.push('\n');
}
