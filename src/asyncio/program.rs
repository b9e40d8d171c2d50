//! Little asyncio programs as data: tasks that sleep, hold locks and permits, take jobs from queues, and return.

mod code;
mod error;
mod execute;
mod queue;
mod running;

use std::collections::BTreeMap;

pub use error::{Block, Place, ProgramError};
pub use running::{Running, start};

use super::event_loop::TaskId;
use super::trace::Event;

/// Steps nest at most so deep; whoever builds programs from foreign data checks it on the way.
pub const MAX_DEPTH: usize = 100;

/// A program has at most so many tasks.
pub const MAX_TASKS: usize = 1_000_000;

/// A program has at most so many steps, all tasks, jobs and nestings together; a job counts as one more.
///
/// A step or a job logs three events at the most, a task two more, so that a program always stays within the loop's default
/// caps.
pub const MAX_STEPS: usize = 2_000_000;

/// A little program: its tasks are gathered in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Program<R> {
    /// Semaphores and their permits.
    pub semaphores: BTreeMap<String, i64>,
    /// Names of locks.
    pub locks: Vec<String>,
    /// Queues and their jobs: the steps of each, first in, first out.
    pub queues: BTreeMap<String, Vec<Vec<Step<R>>>>,
    /// How many jobs a queue holds at most, if that is limited.
    pub max_sizes: BTreeMap<String, usize>,
    /// The steps of each task.
    pub tasks: Vec<Vec<Step<R>>>,
    /// What each task is for, as far as that has a name.
    pub names: Vec<String>,
}

impl<R> Default for Program<R> {
    fn default() -> Self {
        Self {
            semaphores: BTreeMap::new(),
            locks: Vec::new(),
            queues: BTreeMap::new(),
            max_sizes: BTreeMap::new(),
            tasks: Vec::new(),
            names: Vec::new(),
        }
    }
}

/// A step of a task; `R` is what tasks return.
///
/// `Line` and `Item` are marks: they make no event, but stand on the events that follow. A mark holds for the rest of its
/// block and in the blocks within. A release has the marks of its acquire. What a task or a job begins with counts for its
/// `start` or `got` too: there the first of several lines.
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
    /// Gives `body` so many milliseconds, as `asyncio.timeout` does; zero or less is over with the next round.
    Timeout {
        /// The milliseconds.
        ms: f64,
        /// What has to be done in time. Cancelled, it gives back what it holds.
        body: Vec<Step<R>>,
        /// What is done if that took too long: `except TimeoutError`.
        otherwise: Vec<Step<R>>,
    },
    /// Puts a job into one of the program's queues, and waits while that is full.
    Put {
        /// The queue.
        name: String,
        /// The job's steps.
        job: Vec<Step<R>>,
    },
    /// Takes a job from one of the program's queues, waiting while that is empty, and does it.
    ///
    /// Whoever takes a job tells the queue when it is done, also when it was cancelled or the job returned: `try: ...
    /// finally: queue.task_done()`. Jobs have the marks of the step that takes them where they set none.
    Get(String),
    /// Takes jobs and does them, one after another, and waits for the next: `while True: job = await queue.get()`.
    Serve(String),
    /// Takes jobs and does them, one after another, until there is none.
    ///
    /// Taking does not suspend: `while not queue.empty(): job = queue.get_nowait()`.
    Drain(String),
    /// Waits until all jobs that were put into a queue are done.
    Join(String),
    /// Ends the task, also from within a job, giving back what it holds from the inside out.
    Return(R),
    /// Says which line of the source the steps that follow stand on; 0 for none.
    Line(u32),
    /// Names the item that the steps that follow are about; the empty name for none.
    Item(String),
}

/// What a program did.
#[derive(Debug, Clone, PartialEq)]
pub struct ProgramRun<R> {
    /// All events in order.
    pub log: Vec<Event>,
    /// The names of items, which the marks of events number from 1.
    pub items: Vec<String>,
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

/// Runs a program to its end on virtual time.
pub fn run<R: Clone + 'static>(program: &Program<R>) -> Result<ProgramRun<R>, ProgramError> {
    let mut running = start(program)?;
    let outcome = running.finish()?;
    Ok(ProgramRun { log: running.take_events(), items: running.into_items(), outcome })
}
