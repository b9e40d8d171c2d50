//! Checks a program and turns nested steps into flat code, so that running them does not recurse.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::super::event_loop::EventLoop;
use super::super::lock::Lock;
use super::super::semaphore::Semaphore;
use super::super::trace::Mark;
use super::queue::Queue;
use super::{Block, MAX_DEPTH, MAX_STEPS, MAX_TASKS, Place, Program, ProgramError, Step};

/// The code of a task or of a job.
pub(super) struct Code<R> {
    /// Where it begins, for its `start` or `got`.
    pub(super) begin: Mark,
    pub(super) ops: Vec<(Mark, Op<R>)>,
    /// Where it ends without a return.
    pub(super) end: Mark,
}

/// An instruction.
pub(super) enum Op<R> {
    Sleep(f64),
    Lock(Lock),
    Semaphore(Semaphore),
    /// Gives back what was acquired last.
    Release,
    /// Gives the next so many instructions some time.
    Timeout {
        ms: f64,
        /// So many instructions until it is too late.
        body: usize,
    },
    /// Ends a timeout in time.
    InTime {
        /// So many instructions are for when it is too late.
        otherwise: usize,
    },
    Put(Rc<Queue<R>>, Box<Code<R>>),
    Get(Rc<Queue<R>>),
    Serve(Rc<Queue<R>>),
    Drain(Rc<Queue<R>>),
    Join(Rc<Queue<R>>),
    Return(R),
}

/// A program that was checked.
pub(super) struct Compiled<R> {
    pub(super) tasks: Vec<Code<R>>,
    /// The names of items by number; the first is number 1.
    pub(super) items: Vec<String>,
}

/// Checks the program and gives the code of each task.
pub(super) fn compile<R: Clone>(program: &Program<R>, event_loop: &EventLoop) -> Result<Compiled<R>, ProgramError> {
    let (tasks, names) = (program.tasks.len(), program.names.len());
    if tasks > MAX_TASKS {
        return Err(ProgramError::TooManyTasks { tasks });
    }
    if names > tasks {
        return Err(ProgramError::TooManyNames { names, tasks });
    }
    let mut compiler = Compiler::new(program, event_loop)?;
    for (name, jobs) in &program.queues {
        let max_size = program.max_sizes.get(name).copied().unwrap_or_default();
        if max_size > 0 && jobs.len() > max_size {
            return Err(ProgramError::TooManyJobs { queue: name.clone(), jobs: jobs.len(), max_size });
        }
        for (job, steps) in jobs.iter().enumerate() {
            compiler.block = Block::Job { queue: name.clone(), job };
            let code = compiler.job(steps)?;
            if let Some(queue) = compiler.queues.get(name.as_str()) {
                queue.fill(code);
            }
        }
    }
    if let Some(name) = program.max_sizes.keys().find(|name| !program.queues.contains_key(*name)) {
        return Err(ProgramError::SizeOfNoQueue { name: name.clone() });
    }
    let tasks = program.tasks.iter().enumerate().map(|(task, steps)| {
        compiler.block = Block::Task(task);
        compiler.code(steps)
    });
    let tasks = tasks.collect::<Result<_, _>>()?;
    Ok(Compiled { tasks, items: compiler.items })
}

struct Compiler<'p, R> {
    locks: BTreeMap<&'p str, Lock>,
    semaphores: BTreeMap<&'p str, Semaphore>,
    queues: BTreeMap<&'p str, Rc<Queue<R>>>,
    numbers: BTreeMap<&'p str, u32>,
    items: Vec<String>,
    steps: usize,
    block: Block,
    path: Vec<usize>,
}

impl<'p, R: Clone> Compiler<'p, R> {
    fn new(program: &'p Program<R>, event_loop: &EventLoop) -> Result<Self, ProgramError> {
        let locks = program.locks.iter().map(|name| (name.as_str(), event_loop.lock(name))).collect();
        let semaphores = program
            .semaphores
            .iter()
            .map(|(name, &permits)| match event_loop.semaphore(name, permits) {
                Ok(semaphore) => Ok((name.as_str(), semaphore)),
                Err(_) => Err(ProgramError::NegativePermits { name: name.clone(), permits }),
            })
            .collect::<Result<_, _>>()?;
        let queues = program
            .queues
            .keys()
            .map(|name| {
                let max_size = program.max_sizes.get(name).copied().unwrap_or_default();
                (name.as_str(), Rc::new(Queue::new(name, max_size)))
            })
            .collect();
        Ok(Self {
            locks,
            semaphores,
            queues,
            numbers: BTreeMap::new(),
            items: Vec::new(),
            steps: 0,
            block: Block::Task(0),
            path: Vec::new(),
        })
    }

    /// Gives the code of a job, which counts as a step itself.
    fn job(&mut self, steps: &'p [Step<R>]) -> Result<Code<R>, ProgramError> {
        self.count()?;
        self.code(steps)
    }

    fn code(&mut self, steps: &'p [Step<R>]) -> Result<Code<R>, ProgramError> {
        let begin = self.begin(steps);
        let mut ops = Vec::with_capacity(steps.len());
        let end = self.steps(steps, Mark::default(), &mut ops)?;
        Ok(Code { begin, ops, end })
    }

    /// What the marks in front say: the first line and the first item of them.
    fn begin(&mut self, steps: &'p [Step<R>]) -> Mark {
        let mut begin = Mark::default();
        for step in steps {
            let mark = match step {
                Step::Line(line) => Mark { line: *line, item: 0 },
                Step::Item(name) => Mark { line: 0, item: self.item(name) },
                _ => break,
            };
            begin = begin.within(mark);
        }
        begin
    }

    fn item(&mut self, name: &'p str) -> u32 {
        if name.is_empty() {
            return 0;
        }
        let items = &mut self.items;
        *self.numbers.entry(name).or_insert_with(|| {
            items.push(name.to_owned());
            // The cap on steps is far below the largest number.
            u32::try_from(items.len()).unwrap_or_default()
        })
    }

    fn count(&mut self) -> Result<(), ProgramError> {
        self.steps += 1;
        if self.steps > MAX_STEPS { Err(ProgramError::TooManySteps) } else { Ok(()) }
    }

    /// Adds the code of a block and gives the marks at its end; it recurses as deep as blocks nest, and refuses beyond the cap.
    fn steps(
        &mut self,
        steps: &'p [Step<R>],
        mut mark: Mark,
        ops: &mut Vec<(Mark, Op<R>)>,
    ) -> Result<Mark, ProgramError> {
        for (position, step) in steps.iter().enumerate() {
            self.count()?;
            self.path.push(position);
            if self.path.len() > MAX_DEPTH {
                return Err(ProgramError::TooDeep { place: self.place() });
            }
            match step {
                Step::Line(line) => mark.line = *line,
                Step::Item(name) => mark.item = self.item(name),
                step => self.step(step, mark, ops)?,
            }
            self.path.pop();
        }
        Ok(mark)
    }

    fn step(&mut self, step: &'p Step<R>, mark: Mark, ops: &mut Vec<(Mark, Op<R>)>) -> Result<(), ProgramError> {
        let (op, body) = match step {
            Step::Sleep(ms) => (Op::Sleep(self.finite(*ms)?), None),
            Step::Return(value) => (Op::Return(value.clone()), None),
            Step::Lock { name, body } => match self.locks.get(name.as_str()) {
                Some(lock) => (Op::Lock(lock.clone()), Some(body)),
                None => return Err(ProgramError::UnknownLock { place: self.place(), name: name.clone() }),
            },
            Step::Semaphore { name, body } => match self.semaphores.get(name.as_str()) {
                Some(semaphore) => (Op::Semaphore(semaphore.clone()), Some(body)),
                None => return Err(ProgramError::UnknownSemaphore { place: self.place(), name: name.clone() }),
            },
            Step::Timeout { ms, body, otherwise } => return self.timeout(*ms, [body, otherwise], mark, ops),
            Step::Put { name, job } => {
                let queue = self.queue(name)?;
                (Op::Put(queue, Box::new(self.job(job)?)), None)
            }
            Step::Get(name) => (Op::Get(self.queue(name)?), None),
            Step::Serve(name) => (Op::Serve(self.queue(name)?), None),
            Step::Drain(name) => (Op::Drain(self.queue(name)?), None),
            Step::Join(name) => (Op::Join(self.queue(name)?), None),
            // Marks are no instructions.
            Step::Line(_) | Step::Item(_) => return Ok(()),
        };
        ops.push((mark, op));
        if let Some(body) = body {
            self.steps(body, mark, ops)?;
            ops.push((mark, Op::Release));
        }
        Ok(())
    }

    fn timeout(
        &mut self,
        ms: f64,
        [body, otherwise]: [&'p [Step<R>]; 2],
        mark: Mark,
        ops: &mut Vec<(Mark, Op<R>)>,
    ) -> Result<(), ProgramError> {
        let ms = self.finite(ms)?;
        let mut inner = Vec::new();
        self.steps(body, mark, &mut inner)?;
        let mut late = Vec::new();
        self.steps(otherwise, mark, &mut late)?;
        inner.push((mark, Op::InTime { otherwise: late.len() }));
        ops.push((mark, Op::Timeout { ms, body: inner.len() }));
        ops.append(&mut inner);
        ops.append(&mut late);
        Ok(())
    }

    fn finite(&self, ms: f64) -> Result<f64, ProgramError> {
        if ms.is_finite() { Ok(ms) } else { Err(ProgramError::BadSleep { place: self.place(), ms }) }
    }

    fn queue(&self, name: &str) -> Result<Rc<Queue<R>>, ProgramError> {
        let queue = self.queues.get(name).map(Rc::clone);
        queue.ok_or_else(|| ProgramError::UnknownQueue { place: self.place(), name: name.to_owned() })
    }

    fn place(&self) -> Place {
        Place { block: self.block.clone(), path: self.path.clone() }
    }
}
