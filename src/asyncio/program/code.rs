//! Checks a program and turns nested steps into flat code, so that running them does not recurse.

use std::collections::BTreeMap;

use super::super::event_loop::EventLoop;
use super::super::lock::{Lock, LockGuard};
use super::super::semaphore::{Permit, Semaphore};
use super::{MAX_DEPTH, MAX_STEPS, MAX_TASKS, Program, ProgramError, Step};

/// An instruction of a task.
pub(super) enum Op<R> {
    Sleep(f64),
    Lock(Lock),
    Semaphore(Semaphore),
    /// Gives back what was acquired last.
    Release,
    Return(R),
}

/// What a task holds; dropping it gives it back.
enum Held {
    Lock { _guard: LockGuard },
    Semaphore { _permit: Permit },
}

/// Runs the code of one task and gives what it returned.
pub(super) async fn execute<R>(code: Vec<Op<R>>, event_loop: &EventLoop) -> Option<R> {
    let mut held = Vec::new();
    let mut returned = None;
    for op in code {
        match op {
            Op::Sleep(ms) => event_loop.sleep_ms(ms).await,
            Op::Lock(lock) => held.push(Held::Lock { _guard: lock.acquire().await }),
            Op::Semaphore(semaphore) => held.push(Held::Semaphore { _permit: semaphore.acquire().await }),
            Op::Release => drop(held.pop()),
            Op::Return(value) => {
                returned = Some(value);
                break;
            }
        }
    }
    // A Vec drops its first element first, but blocks are left from the inside out.
    while let Some(inner) = held.pop() {
        drop(inner);
    }
    returned
}

/// Checks the program and gives the code of each task.
pub(super) fn compile<R: Clone>(program: &Program<R>, event_loop: &EventLoop) -> Result<Vec<Vec<Op<R>>>, ProgramError> {
    if program.tasks.len() > MAX_TASKS {
        return Err(ProgramError::TooManyTasks { tasks: program.tasks.len() });
    }
    let mut compiler = Compiler::new(program, event_loop)?;
    program.tasks.iter().enumerate().map(|(task, steps)| compiler.task(task, steps)).collect()
}

struct Compiler<'p> {
    locks: BTreeMap<&'p str, Lock>,
    semaphores: BTreeMap<&'p str, Semaphore>,
    steps: usize,
    task: usize,
    path: Vec<usize>,
}

impl<'p> Compiler<'p> {
    fn new<R>(program: &'p Program<R>, event_loop: &EventLoop) -> Result<Self, ProgramError> {
        let locks = program.locks.iter().map(|name| (name.as_str(), event_loop.lock(name))).collect();
        let semaphores = program
            .semaphores
            .iter()
            .map(|(name, &permits)| match event_loop.semaphore(name, permits) {
                Ok(semaphore) => Ok((name.as_str(), semaphore)),
                Err(_) => Err(ProgramError::NegativePermits { name: name.clone(), permits }),
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { locks, semaphores, steps: 0, task: 0, path: Vec::new() })
    }

    fn task<R: Clone>(&mut self, task: usize, steps: &[Step<R>]) -> Result<Vec<Op<R>>, ProgramError> {
        self.task = task;
        let mut code = Vec::with_capacity(steps.len());
        self.block(steps, &mut code)?;
        Ok(code)
    }

    /// Adds the code of a block; it recurses as deep as blocks nest, and refuses beyond the cap.
    fn block<R: Clone>(&mut self, steps: &[Step<R>], code: &mut Vec<Op<R>>) -> Result<(), ProgramError> {
        for (position, step) in steps.iter().enumerate() {
            self.steps += 1;
            if self.steps > MAX_STEPS {
                return Err(ProgramError::TooManySteps);
            }
            self.path.push(position);
            if self.path.len() > MAX_DEPTH {
                return Err(ProgramError::TooDeep { task: self.task, path: self.path.clone() });
            }
            self.step(step, code)?;
            self.path.pop();
        }
        Ok(())
    }

    fn step<R: Clone>(&mut self, step: &Step<R>, code: &mut Vec<Op<R>>) -> Result<(), ProgramError> {
        let (acquire, body) = match step {
            Step::Sleep(ms) if ms.is_finite() => {
                code.push(Op::Sleep(*ms));
                return Ok(());
            }
            &Step::Sleep(ms) => return Err(ProgramError::BadSleep { task: self.task, path: self.path.clone(), ms }),
            Step::Return(value) => {
                code.push(Op::Return(value.clone()));
                return Ok(());
            }
            Step::Lock { name, body } => match self.locks.get(name.as_str()) {
                Some(lock) => (Op::Lock(lock.clone()), body),
                None => return Err(self.unknown_lock(name)),
            },
            Step::Semaphore { name, body } => match self.semaphores.get(name.as_str()) {
                Some(semaphore) => (Op::Semaphore(semaphore.clone()), body),
                None => return Err(self.unknown_semaphore(name)),
            },
        };
        code.push(acquire);
        self.block(body, code)?;
        code.push(Op::Release);
        Ok(())
    }

    fn unknown_lock(&self, name: &str) -> ProgramError {
        ProgramError::UnknownLock { task: self.task, path: self.path.clone(), name: name.to_owned() }
    }

    fn unknown_semaphore(&self, name: &str) -> ProgramError {
        ProgramError::UnknownSemaphore { task: self.task, path: self.path.clone(), name: name.to_owned() }
    }
}
