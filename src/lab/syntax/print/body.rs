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
    jobs: Functions,
    /// Queues that a function of their own empties.
    drained: BTreeSet<&'p str>,
    /// In a job, what it returns is in a list: the loop that took it returns for the task.
    in_job: bool,
}

/// Whether any step sleeps.
pub(super) fn sleeps(steps: &[Step<Value>]) -> bool {
    any(steps, &|step| matches!(step, Step::Sleep(_)))
}

/// What the language cannot say of a program: what tasks do is known before they run, and these depend on the run.
pub(super) fn without_words(program: &Program<Value>) -> Option<&'static str> {
    let limited = (!program.max_sizes.is_empty()).then_some("maxsize");
    let blocks = program.tasks.iter().chain(program.queues.values().flatten());
    limited.or_else(|| blocks.flatten().find_map(unsaid))
}

fn unsaid(step: &Step<Value>) -> Option<&'static str> {
    match step {
        Step::Timeout { .. } => Some("timeout"),
        Step::Put { .. } => Some("put"),
        Step::Get(_) => Some("get"),
        Step::Serve(_) => Some("serve"),
        Step::Join(_) => Some("join"),
        Step::Lock { body, .. } | Step::Semaphore { body, .. } => body.iter().find_map(unsaid),
        _ => None,
    }
}

fn any(steps: &[Step<Value>], passes: &dyn Fn(&Step<Value>) -> bool) -> bool {
    steps.iter().any(|step| match step {
        Step::Lock { body, .. } | Step::Semaphore { body, .. } => any(body, passes),
        step => passes(step),
    })
}

impl<'p> Bodies<'p> {
    pub(super) fn new(program: &'p Program<Value>, variables: &'p Variables) -> Self {
        let returns = |step: &Step<Value>| matches!(step, Step::Return(_));
        let returning = program.queues.iter().filter(|(_, jobs)| jobs.iter().any(|job| any(job, &returns)));
        Self {
            program,
            variables,
            returning: returning.map(|(name, _)| name.as_str()).collect(),
            jobs: Functions::new("job"),
            drained: BTreeSet::new(),
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
        self.in_job = true;
        let program = self.program;
        for (queue, jobs) in &program.queues {
            let mut elements = Vec::with_capacity(jobs.len());
            for job in jobs {
                let (item, steps) = match job.iter().position(|step| !matches!(step, Step::Line(_))) {
                    Some(at) => match job.split_at(at).1 {
                        [Step::Item(item), rest @ ..] => (Some(item), rest),
                        rest => (None, rest),
                    },
                    None => (None, job.as_slice()),
                };
                let mut body = String::new();
                self.block(steps, 1, &mut body);
                let function = self.jobs.add(body);
                let function = self.jobs.name(function);
                let id = item.map(|item| format!("\"id\": {}, ", quoted(item))).unwrap_or_default();
                elements.push(format!("{{{id}\"run\": {function}}}"));
            }
            if !elements.is_empty() {
                let queue = self.variables.queue(queue);
                let _ = write!(puts, "\n\nfor job in [{}]:\n    {queue}.put_nowait(job)\n", elements.join(", "));
            }
        }
        self.in_job = false;
        self.jobs.write(text, |_| "");
        text.push_str(&puts);
        for queue in &self.drained {
            let name = self.variables.queue(queue);
            let _ = write!(text, "\n\nasync def drain_{name}():\n");
            line(text, 1, &format!("while not {name}.empty():"));
            line(text, 2, &format!("job = {name}.get_nowait()"));
            line(text, 2, "await job[\"run\"]()");
        }
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
            Step::Line(_)
            | Step::Item(_)
            | Step::Timeout { .. }
            | Step::Put { .. }
            | Step::Get(_)
            | Step::Serve(_)
            | Step::Join(_) => {}
            Step::Sleep(ms) => line(text, depth, &format!("await sleep({})", seconds(*ms))),
            Step::Return(value) if self.in_job => line(text, depth, &format!("return [{}]", expression(value))),
            Step::Return(value) => line(text, depth, &format!("return {}", expression(value))),
            Step::Lock { .. } | Step::Semaphore { .. } => self.with(step, depth, text),
            Step::Drain(queue) => self.drain(queue, depth, text),
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

    fn drain(&mut self, queue: &'p str, depth: usize, text: &mut String) {
        let name = self.variables.queue(queue);
        if !self.returning.contains(queue) {
            self.drained.insert(queue);
            line(text, depth, &format!("await drain_{name}()"));
            return;
        }
        line(text, depth, &format!("while not {name}.empty():"));
        line(text, depth + 1, &format!("job = {name}.get_nowait()"));
        line(text, depth + 1, "done = await job[\"run\"]()");
        line(text, depth + 1, "if done:");
        line(text, depth + 2, if self.in_job { "return done" } else { "return done[0]" });
    }
}

fn line(text: &mut String, depth: usize, statement: &str) {
    text.push_str(&"    ".repeat(depth));
    text.push_str(statement);
    text.push('\n');
}
