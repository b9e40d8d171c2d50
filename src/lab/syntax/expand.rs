//! Executes a text ahead of time: what is left are the steps of its tasks.

mod await_;
mod builtins;
mod calls;
mod comprehensions;
mod drain;
mod expressions;
mod frames;
mod methods;
mod output;
mod queue;
mod resources;
mod statements;
mod tasks;
mod timeout;

use super::sentence::{Sentence, say};
use std::rc::Rc;

use self::frames::Frames;
use self::output::Output;
use self::queue::Told;
use self::resources::Resources;
use super::ast::{Function, Module};
use super::error::{Place, SyntaxError};
use super::exception::{Exception, Fault};
use super::text::message;
use super::value::{Items, Val};
use crate::asyncio::program::Program;
use crate::value::{Str, Value};

/// Operations, and values they look at, that one text may cost.
const MAX_WORK: usize = 16_000_000;

/// Statements, expressions and calls nest at most so deep while they are executed.
const MAX_CALLS: usize = 250;

/// Executes a module with its predefined names.
pub(super) fn expand(module: &Module, globals: &[(&str, Val)]) -> Result<Program<Value>, SyntaxError> {
    let mut expander = Expander {
        module,
        frames: Frames::default(),
        resources: Resources::default(),
        output: Output::default(),
        role: Role::Module,
        work: 0,
        depth: 0,
        loops: 0,
        last: 0,
        item: None,
        handled: Vec::new(),
        calls: Vec::new(),
        finals: 0,
        timeouts: 0,
        ways: 0,
        covered: None,
        told: Vec::new(),
        defines_in_tasks: false,
        is_finishing: false,
    };
    for (name, value) in globals {
        if let Some(symbol) = module.names.find(name) {
            expander.frames.set_global(symbol, value.clone());
        }
    }
    match expander.module() {
        Ok(()) | Err(Stop::Gathered) => Ok(expander.finish()),
        Err(Stop::Refuse(error)) => Err(*error),
        Err(Stop::Raise(error, at)) => Err(expander.uncaught(&error, at)),
    }
}

/// Why the execution of a piece stopped.
enum Stop {
    /// An exception is on its way; it was raised there.
    Raise(Rc<Exception>, Place),
    /// The text cannot be expanded.
    Refuse(Box<SyntaxError>),
    /// `gather` has its tasks: the rest is for the run.
    Gathered,
}

impl Stop {
    fn refuse(at: Place, sentence: Sentence) -> Self {
        Self::Refuse(Box::new(SyntaxError::at(at, sentence)))
    }

    /// `main` waits for something else than its tasks.
    fn main_only_gathers(at: Place) -> Self {
        let sentence = say!(
            "`main` only gathers: put this into a function and gather that.",
            "`main` 淨係 gather：將呢句放入一個 function，再 gather 佢。"
        );
        Self::refuse(at, sentence)
    }
}

/// Gives a fault its place.
trait Placed<T> {
    fn at(self, at: Place) -> Result<T, Stop>;
}

impl<T> Placed<T> for Result<T, Fault> {
    fn at(self, at: Place) -> Result<T, Stop> {
        self.map_err(|fault| match fault {
            Fault::Raise(error) => Stop::Raise(Rc::new(error), at),
            Fault::Refuse(sentence) => Stop::refuse(at, *sentence),
        })
    }
}

/// How a block ended.
enum Flow {
    Next,
    Break(Place),
    Continue,
    Return(Option<Val>, Place),
}

/// On whose behalf something is executed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Module,
    /// `main`, and what it awaits.
    Root,
    Task,
}

/// A function that is being executed.
#[derive(Clone)]
struct Active {
    function: Rc<Function>,
    /// Where it waits.
    waits: Place,
}

struct Expander<'m> {
    module: &'m Module,
    frames: Frames,
    resources: Resources,
    output: Output,
    role: Role,
    work: usize,
    depth: usize,
    /// `for` loops and comprehensions around, also those of callers.
    loops: usize,
    /// The line that was executed last: where Python says that a function returns.
    last: u32,
    /// The item that steps are about.
    item: Option<Rc<str>>,
    /// Exceptions that are being handled.
    handled: Vec<Rc<Exception>>,
    /// The functions that are being executed, from `main` or the task's own on.
    calls: Vec<Active>,
    /// `try` with a `finally` around.
    finals: usize,
    /// Timeouts around, also those of callers.
    timeouts: usize,
    /// Timeouts around that may have been too short or not.
    ways: usize,
    /// How many steps there were when the `try` began whose `finally` is being executed.
    covered: Option<usize>,
    /// The jobs that are being executed.
    told: Vec<Told>,
    /// Whether a task has defined a function, which may read what that task changes.
    defines_in_tasks: bool,
    /// All tasks have been executed, and only the jobs that they put are left.
    is_finishing: bool,
}

impl Expander<'_> {
    fn text(&self, symbol: super::names::Symbol) -> Str {
        self.module.names.text(symbol)
    }

    /// Pays for some work.
    fn charge(&mut self, work: usize, at: Place) -> Result<(), Stop> {
        self.work = self.work.saturating_add(work);
        if self.work > MAX_WORK {
            let sentence = say!(
                "The program needs more than {0} million operations: it was given up here.",
                "個程式要多過 {1} 萬個 operation：行到呢度放棄咗。",
                MAX_WORK / 1_000_000,
                MAX_WORK / 10_000
            );
            return Err(Stop::refuse(at, sentence));
        }
        Ok(())
    }

    /// Executes something that nests.
    fn deeper<T>(&mut self, at: Place, f: impl FnOnce(&mut Self) -> Result<T, Stop>) -> Result<T, Stop> {
        if self.depth >= MAX_CALLS {
            return Err(Stop::refuse(at, say!("Calls nest too deep here.", "Call 喺呢度嵌得太深。")));
        }
        self.depth += 1;
        let result = f(self);
        self.depth -= 1;
        result
    }

    /// A list of values, paid for.
    fn list(&mut self, values: Vec<Val>, at: Place) -> Result<Val, Stop> {
        self.charge(values.len(), at)?;
        Items::new(values).map(Val::List).at(at)
    }

    fn uncaught(&self, error: &Exception, at: Place) -> SyntaxError {
        let class = error.class.name();
        let said =
            message(error).ok().filter(|text| !text.is_empty()).map(|text| format!(": {text}")).unwrap_or_default();
        let sentence = match self.role {
            Role::Task => say!(
                "Nobody catches this {0}{1}. `gather` would raise it in `main` while the other tasks go on: catch it in \
                 the task, with `try` and `except`.",
                "冇人 catch 呢個 {0}{1}。`gather` 會喺 `main` raise 佢，其他 task 照行：喺 task 入面用 `try` 同 `except` catch 咗佢。",
                class,
                &*said
            ),
            _ => say!("{0}{1}.", "呢度會 raise {0}{1}。", class, &*said),
        };
        SyntaxError::at(at, sentence)
    }
}
