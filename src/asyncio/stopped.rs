//! Why a run came to no result.

use std::fmt::{self, Write as _};

use thiserror::Error;

use super::event_loop::{ROOT, TaskId};

/// What a documented cap counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capped {
    /// Gathered tasks of one run.
    Tasks,
    /// Stored events of one loop.
    Events,
}

impl fmt::Display for Capped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tasks => "tasks",
            Self::Events => "events",
        })
    }
}

/// Why a run ended without a result.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Stopped {
    /// Nothing is ready, no timer is set and no outside call is outstanding.
    #[error("{}", deadlock_sentence(.waiting))]
    Deadlock {
        /// Who waits for which resource, sorted.
        waiting: Vec<(TaskId, String)>,
    },
    /// A cap of [`Limits`](super::Limits) would have been exceeded.
    #[error("the run needs more than {cap} {what}, which is the cap")]
    Limit {
        /// What there was too much of.
        what: Capped,
        /// The cap.
        cap: usize,
    },
    /// A run on virtual time came to a point where only calls outside the loop are outstanding.
    #[error("the run waits for a call outside the loop, which only a driver from outside can complete")]
    External,
    /// The loop was asked to run from within one of its own tasks.
    #[error("this event loop is already running")]
    Busy,
    /// The run is over: its result was taken, or another run was started on the same loop.
    #[error("the run is over")]
    Ended,
}

/// How many waiting tasks a sentence names before it only counts the rest.
const NAMED: usize = 3;

fn deadlock_sentence(waiting: &[(TaskId, String)]) -> String {
    let mut sentence = String::from("deadlock: nothing can run any more");
    for (nth, (task, resource)) in waiting.iter().take(NAMED).enumerate() {
        sentence.push_str(if nth == 0 { "; " } else { ", " });
        // Writing to a String cannot fail.
        let _ = match *task {
            ROOT => write!(sentence, "the operation itself waits for {resource}"),
            task => write!(sentence, "task {task} waits for {resource}"),
        };
    }
    if let Some(more) = waiting.len().checked_sub(NAMED).filter(|&more| more > 0) {
        let _ = write!(sentence, " and {more} more wait");
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadlock_names_the_first_who_wait() {
        let waiting = vec![
            (ROOT, "lock:a".to_owned()),
            (0, "lock:b".to_owned()),
            (1, "lock:b".to_owned()),
            (2, "lock:b".to_owned()),
        ];
        assert_eq!(
            Stopped::Deadlock { waiting }.to_string(),
            "deadlock: nothing can run any more; the operation itself waits for lock:a, task 0 waits for lock:b, \
             task 1 waits for lock:b and 1 more wait"
        );
    }

    #[test]
    fn a_limit_names_its_cap() {
        let stopped = Stopped::Limit { what: Capped::Tasks, cap: 10 };
        assert_eq!(stopped.to_string(), "the run needs more than 10 tasks, which is the cap");
    }
}
