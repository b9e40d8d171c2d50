//! A small language for asyncio programs: a true subset of Python 3.11.
//!
//! Every value is known before the program runs, so that a text can be carried out ahead of time: what is left of it are the
//! sleeps, locks, permits and jobs of each task, a [`Program`] which the model runs.
//!
//! 1. The lexer makes words, the parser a tree, the checker decides whose each name is. All of it is Python's: a text that is
//!    accepted means in CPython what it means here.
//! 2. [`expand`](Module::expand) executes the module and `main`, then each coroutine that `gather` is given, one after
//!    another. Tasks may not see each other's doings, so their order does not matter; whatever would let them is refused.
//!    Where the run decides, all that may come is executed: both ways of a timeout, and a loop over a queue for each job.
//! 3. [`print()`] goes the other way.
//!
//! Names of `asyncio` need no import, and `items` and `max_concurrent` are there when a workload gives them.
//!
//! Everything ends soon: the length of the source, nesting, calls, values, texts and steps have caps, and exceeding one is
//! an error with a place like any other.

mod ast;
mod check;
mod containers;
mod error;
mod exception;
mod expand;
mod lexer;
mod names;
mod numbers;
mod operators;
mod parser;
mod print;
mod sentence;
mod text;
mod token;
mod value;

pub use self::error::{Place, SyntaxError};
pub use self::print::{NoWords, print};
pub use self::sentence::Sentence;
pub use self::value::{Items, Table, Val};

use crate::asyncio::program::Program;
use crate::value::Value;

/// The longest source, in bytes.
pub const MAX_SOURCE: usize = 64 * 1024;

/// Blocks and brackets nest at most so deep.
pub const MAX_NESTING: usize = 50;

/// So many calls, subscripts and attributes may follow one another: `f(x)[0]` has two.
pub const MAX_CHAIN: usize = 10;

/// A list or a dict holds at most so many values.
pub const MAX_SIZE: usize = 1_000_000;

/// A text that is made has at most so many bytes.
pub const MAX_TEXT: usize = 16 * 1024;

/// A source that has been read; it can be expanded for one workload after another.
#[derive(Debug)]
pub struct Module {
    module: ast::Module,
}

/// Reads a source; `predefined` are the names that [`Module::expand`] will be given.
pub fn parse(source: &str, predefined: &[&str]) -> Result<Module, SyntaxError> {
    let mut module = parser::read(source)?;
    check::check(&mut module, predefined)?;
    Ok(Module { module })
}

impl Module {
    /// Executes the text, and gives what its tasks do; `globals` are the predefined names with their values.
    pub fn expand(&self, globals: &[(&str, Val)]) -> Result<Program<Value>, SyntaxError> {
        expand::expand(&self.module, globals)
    }
}
