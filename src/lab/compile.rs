//! From a text, or a strategy, to a program.

use super::strategies::{STRATEGIES, Strategy};
use super::syntax::{SyntaxError, parse};
use super::workload::{PREDEFINED, Workload};
use crate::asyncio::program::Program;
use crate::engine::{Error, Mismatch, nearest_name};
use crate::value::Value;

/// Reads a text; a workload predefines `items` and `max_concurrent`.
pub fn compile(source: &str, workload: Option<&Workload>) -> Result<Program<Value>, Error> {
    let program = match workload {
        None => parse(source, &[])?.expand(&[]),
        Some(workload) => parse(source, &PREDEFINED)?.expand(&workload.globals()?),
    };
    Ok(program?)
}

/// Gives a strategy's program for a workload.
pub fn compile_strategy(id: &str, workload: &Workload) -> Result<Program<Value>, Error> {
    let strategy = Strategy::named(id).ok_or_else(|| {
        let meant = nearest_name(id, STRATEGIES.iter().map(|strategy| strategy.id));
        let meant = meant.map(|meant| format!("; did you mean \"{meant}\"?")).unwrap_or_default();
        Error::BadArgument(Mismatch::problem(format!("names no strategy{meant}")).at_argument(0, "id"))
    })?;
    compile(strategy.python, Some(workload))
}

impl From<SyntaxError> for Error {
    fn from(SyntaxError { line, column, message }: SyntaxError) -> Self {
        Self::Syntax { line, column, message: message.en, zh: message.zh }
    }
}
