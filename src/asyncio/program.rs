//! Little asyncio programs as data: tasks that sleep, hold locks and permits, and return.

mod code;

use std::collections::BTreeMap;
use std::convert::Infallible;

use thiserror::Error;

use super::event_loop::{EventLoop, Limits, TaskId};
use super::gather::Child;
use super::stopped::Stopped;
use super::trace::{Event, Recording};

/// Steps nest at most so deep; whoever builds programs from foreign data checks it on the way.
pub const MAX_DEPTH: usize = 100;

/// A program has at most so many tasks.
pub const MAX_TASKS: usize = 1_000_000;

/// A program has at most so many steps, all tasks and nestings together.
///
/// A step logs three events at the most, a task two more, so that a program always stays within the loop's default caps.
pub const MAX_STEPS: usize = 2_000_000;

/// A little program: its tasks are gathered in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Program<R> {
    /// Semaphores and their permits.
    pub semaphores: BTreeMap<String, i64>,
    /// Names of locks.
    pub locks: Vec<String>,
    /// The steps of each task.
    pub tasks: Vec<Vec<Step<R>>>,
}

/// A step of a task; `R` is what tasks return.
#[derive(Debug, Clone, PartialEq)]
pub enum Step<R> {
    /// Sleeps for a number of milliseconds; zero or less only yields.
    Sleep(f64),
    /// Runs `body` with the lock held.
    Lock {
        /// One of the program's locks.
        name: String,
        /// What is done meanwhile.
        body: Vec<Step<R>>,
    },
    /// Runs `body` with a permit held.
    Semaphore {
        /// One of the program's semaphores.
        name: String,
        /// What is done meanwhile.
        body: Vec<Step<R>>,
    },
    /// Ends the task, giving back what it holds from the inside out.
    Return(R),
}

/// What a program did.
#[derive(Debug, Clone, PartialEq)]
pub struct ProgramRun<R> {
    /// All events in order.
    pub log: Vec<Event>,
    /// How it ended.
    pub outcome: Outcome<R>,
}

/// How a program ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome<R> {
    /// Every task is done.
    Finished {
        /// What each task returned, if it returned something.
        results: Vec<Option<R>>,
        /// The clock at the end.
        virtual_ns: u64,
    },
    /// The tasks that are left wait for ever.
    Deadlock {
        /// Who waits for which resource, sorted.
        waiting: Vec<(TaskId, String)>,
    },
}

/// Why a program cannot be run.
///
/// The path of a step is its position in the task, then in the body of that step, and so on.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum ProgramError {
    /// A step names a lock that the program does not have.
    #[error("task {task}, step {}: there is no lock {name:?}", dotted(.path))]
    UnknownLock {
        /// The task's position.
        task: usize,
        /// The step's path.
        path: Vec<usize>,
        /// The name.
        name: String,
    },
    /// A step names a semaphore that the program does not have.
    #[error("task {task}, step {}: there is no semaphore {name:?}", dotted(.path))]
    UnknownSemaphore {
        /// The task's position.
        task: usize,
        /// The step's path.
        path: Vec<usize>,
        /// The name.
        name: String,
    },
    /// A semaphore has fewer than no permits.
    #[error("semaphore {name:?} needs at least 0 permits, not {permits}")]
    NegativePermits {
        /// The semaphore.
        name: String,
        /// Its permits.
        permits: i64,
    },
    /// A sleep is infinite or not a number.
    #[error("task {task}, step {}: a sleep needs a finite number of milliseconds, not {ms}", dotted(.path))]
    BadSleep {
        /// The task's position.
        task: usize,
        /// The step's path.
        path: Vec<usize>,
        /// The number.
        ms: f64,
    },
    /// Steps nest deeper than [`MAX_DEPTH`].
    #[error("task {task}, step {}: steps nest deeper than {MAX_DEPTH}, which is the cap", dotted(.path))]
    TooDeep {
        /// The task's position.
        task: usize,
        /// The path of the step that is too deep.
        path: Vec<usize>,
    },
    /// There are more tasks than [`MAX_TASKS`].
    #[error("the program has {tasks} tasks; the cap is {MAX_TASKS}")]
    TooManyTasks {
        /// How many there are.
        tasks: usize,
    },
    /// There are more steps than [`MAX_STEPS`].
    #[error("the program has more than {MAX_STEPS} steps, which is the cap")]
    TooManySteps,
    /// The loop stopped for another reason than a deadlock.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

fn dotted(path: &[usize]) -> String {
    let positions: Vec<String> = path.iter().map(usize::to_string).collect();
    positions.join(".")
}

/// Runs a program to its end on virtual time.
pub fn run<R: Clone + 'static>(program: &Program<R>) -> Result<ProgramRun<R>, ProgramError> {
    let event_loop = EventLoop::new(Limits::default(), Recording::On);
    let tasks = code::compile(program, &event_loop)?;
    let children = tasks
        .into_iter()
        .map(|code| {
            let event_loop = event_loop.clone();
            Child::new(async move { Ok::<_, Infallible>(code::execute(code, &event_loop).await) })
        })
        .collect();
    let root = {
        let event_loop = event_loop.clone();
        async move { event_loop.gather(children).await }
    };
    let outcome = match event_loop.run(root) {
        Ok(Ok(results)) => Outcome::Finished { results, virtual_ns: event_loop.now_ns() },
        Err(Stopped::Deadlock { waiting }) => Outcome::Deadlock { waiting },
        Err(stopped) => return Err(stopped.into()),
    };
    Ok(ProgramRun { log: event_loop.take_events(), outcome })
}
