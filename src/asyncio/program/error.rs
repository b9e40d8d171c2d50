//! Why a program cannot be run.

use std::fmt;

use thiserror::Error;

use super::super::stopped::Stopped;
use super::{MAX_DEPTH, MAX_STEPS, MAX_TASKS};

/// Why a program cannot be run.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum ProgramError {
    /// A step names a lock that the program does not have.
    #[error("{place}: there is no lock {name:?}")]
    UnknownLock {
        /// Where the step is.
        place: Place,
        /// The name.
        name: String,
    },
    /// A step names a semaphore that the program does not have.
    #[error("{place}: there is no semaphore {name:?}")]
    UnknownSemaphore {
        /// Where the step is.
        place: Place,
        /// The name.
        name: String,
    },
    /// A step names a queue that the program does not have.
    #[error("{place}: there is no queue {name:?}")]
    UnknownQueue {
        /// Where the step is.
        place: Place,
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
    /// A queue holds more jobs than it has room for from the start.
    #[error("queue {queue:?} begins with {jobs} jobs and has room for {max_size}")]
    TooManyJobs {
        /// The queue.
        queue: String,
        /// Its jobs.
        jobs: usize,
        /// How many it holds at most.
        max_size: usize,
    },
    /// A size is given for a queue that the program does not have.
    #[error("there is no queue {name:?} to have a size")]
    SizeOfNoQueue {
        /// The name.
        name: String,
    },
    /// A sleep or a timeout is infinite or not a number.
    #[error("{place}: a time needs a finite number of milliseconds, not {ms}")]
    BadSleep {
        /// Where the step is.
        place: Place,
        /// The number.
        ms: f64,
    },
    /// Steps nest deeper than [`MAX_DEPTH`].
    #[error("{place}: steps nest deeper than {MAX_DEPTH}, which is the cap")]
    TooDeep {
        /// Where the step that is too deep is.
        place: Place,
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
    /// There are more names than tasks.
    #[error("there are {names} names for {tasks} tasks")]
    TooManyNames {
        /// How many names there are.
        names: usize,
        /// How many tasks there are.
        tasks: usize,
    },
    /// The loop stopped for another reason than a deadlock.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// Where a step is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The outermost block it is in.
    pub block: Block,
    /// Its position in that block, then in the body of that step, and so on.
    pub path: Vec<usize>,
}

/// An outermost block of steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The task at that position.
    Task(usize),
    /// A job of a queue.
    Job {
        /// The queue.
        queue: String,
        /// The job's position.
        job: usize,
    },
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.block {
            Block::Task(task) => write!(f, "task {task}, step ")?,
            Block::Job { queue, job } => write!(f, "queue {queue:?}, job {job}, step ")?,
        }
        for (nth, position) in self.path.iter().enumerate() {
            write!(f, "{}{position}", if nth == 0 { "" } else { "." })?;
        }
        Ok(())
    }
}
