//! Everything that can go wrong, with a stable code and a sentence.

use thiserror::Error as ThisError;

use super::Mismatch;
use crate::asyncio::TaskId;

/// The answer of an operation in which the handbook's class may raise.
pub type Py<T> = Result<T, Raise>;

/// An exception that the handbook's class raises.
#[derive(Clone, Debug, PartialEq, Eq, ThisError)]
#[error("{exception}: {message}")]
pub struct Raise {
    /// The Python exception: `KeyError`.
    pub exception: &'static str,
    /// What it says.
    pub message: String,
}

impl Raise {
    /// More than we allow of something that Python would run out of memory or time over.
    pub fn too_many(what: impl Into<String>) -> Self {
        Self { exception: Self::TOO_MANY, message: what.into() }
    }

    /// The exception that stands for a documented cap of ours.
    pub(super) const TOO_MANY: &'static str = "MemoryError";

    /// A wait without end: of a thread for a lock that it holds itself, or for a permit that nobody will give.
    pub fn hangs(resource: impl Into<String>) -> Self {
        Self { exception: Self::HANGS, message: resource.into() }
    }

    /// The exception that stands for a deadlock of threads.
    pub(super) const HANGS: &'static str = "Deadlock";

    /// A missing dict key.
    pub fn key_error(key: impl Into<crate::value::Str>) -> Self {
        Self { exception: "KeyError", message: crate::value::Value::Str(key.into()).repr() }
    }

    /// A value that is not allowed.
    pub fn value_error(message: impl Into<String>) -> Self {
        Self { exception: "ValueError", message: message.into() }
    }

    /// A position outside a list.
    pub fn index_error(message: impl Into<String>) -> Self {
        Self { exception: "IndexError", message: message.into() }
    }

    /// An operand of the wrong type.
    pub fn type_error(message: impl Into<String>) -> Self {
        Self { exception: "TypeError", message: message.into() }
    }
}

/// A task that waits for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The task.
    pub task: TaskId,
    /// What it waits for: `lock:alice`.
    pub resource: String,
}

impl Waiting {
    /// Who waits, from what a loop reports.
    pub(super) fn list(waiting: Vec<(TaskId, String)>) -> Vec<Self> {
        waiting.into_iter().map(|(task, resource)| Self { task, resource }).collect()
    }
}

/// Why a call was not made. The engine is then as it was before.
#[derive(Clone, Debug, PartialEq, ThisError)]
pub enum Error {
    /// No system has this name.
    #[error("There is no system `{name}`.{}", did_you_mean(.suggestion.as_deref()))]
    UnknownSystem {
        /// The name that was asked for.
        name: String,
        /// The nearest name there is.
        suggestion: Option<String>,
    },
    /// The constructor's arguments do not fit.
    #[error("{0}")]
    BadConfig(Mismatch),
    /// The system has no such operation.
    #[error("`{system}` has no operation `{name}`.{}", did_you_mean(.suggestion.as_deref()))]
    UnknownOperation {
        /// The system.
        system: &'static str,
        /// The name that was asked for.
        name: String,
        /// The nearest name there is.
        suggestion: Option<String>,
    },
    /// An argument, or an item of a batch, does not fit.
    #[error("{0}")]
    BadArgument(Mismatch),
    /// The handbook's class raises here.
    #[error("The reference raises {0}.")]
    Reference(Raise),
    /// Every task waits, and nothing will ever wake one.
    #[error("{}", deadlock_sentence(.waiting))]
    Deadlock {
        /// Who waits for what.
        waiting: Vec<Waiting>,
    },
    /// A documented cap was exceeded.
    #[error("{0}")]
    Limit(String),
    /// A `play` has the engine.
    #[error("The engine is playing `{operation}`. Wait for it or abort it first.")]
    Busy {
        /// The operation that is being played.
        operation: &'static str,
    },
    /// A `play` was aborted.
    #[error("The play was aborted; the engine is as it was before.")]
    Aborted,
    /// A program's text cannot be read, or cannot be run.
    #[error("{message}")]
    Syntax {
        /// The line of the text, from 1.
        line: u32,
        /// The character of the line, from 1.
        column: u32,
        /// What is wrong there.
        message: String,
        /// The same in Cantonese.
        zh: String,
    },
    /// A position outside a scenario.
    #[error("The scenario has {length} steps; there is no position {index}.")]
    OutOfRange {
        /// The position that was asked for.
        index: usize,
        /// How many steps there are.
        length: usize,
    },
}

impl Error {
    /// The stable code of the contract.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownSystem { .. } => "unknown_system",
            Self::BadConfig(mismatch) | Self::BadArgument(mismatch) if mismatch.is_limit() => "limit",
            Self::BadConfig(_) => "bad_config",
            Self::UnknownOperation { .. } => "unknown_operation",
            Self::BadArgument(mismatch) if mismatch.is_in_item() => "bad_item",
            Self::BadArgument(_) => "bad_argument",
            Self::Reference(_) => "reference_error",
            Self::Deadlock { .. } => "deadlock",
            Self::Limit(_) => "limit",
            Self::Busy { .. } => "busy",
            Self::Aborted => "aborted",
            Self::OutOfRange { .. } => "out_of_range",
            Self::Syntax { .. } => "syntax",
        }
    }

    /// The position of the bad argument, or of the bad item of a batch.
    pub fn index(&self) -> Option<usize> {
        match self {
            Self::BadArgument(mismatch) | Self::BadConfig(mismatch) => mismatch.index(),
            _ => None,
        }
    }

    /// The key of the bad field of a batch item.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::BadArgument(mismatch) => mismatch.field(),
            _ => None,
        }
    }
}

fn did_you_mean(suggestion: Option<&str>) -> String {
    suggestion.map(|name| format!(" Did you mean `{name}`?")).unwrap_or_default()
}

fn deadlock_sentence(waiting: &[Waiting]) -> String {
    const SHOWN: usize = 3;
    let mut who: Vec<String> = waiting
        .iter()
        .take(SHOWN)
        .map(|w| match w.task {
            crate::asyncio::ROOT => format!("the operation waits for {}", w.resource),
            task => format!("task {task} waits for {}", w.resource),
        })
        .collect();
    if waiting.len() > SHOWN {
        who.push(format!("{} more wait too", waiting.len() - SHOWN));
    }
    format!("Nothing can go on any more: {}.", who.join(", "))
}
