//! Programs as text: the other way round.
//!
//! Each distinct body becomes a function, tasks are gathered in order, and what is read from the text runs to the same log.
//! Not everything that steps can say has words: of a queue whose jobs return, only tasks may take jobs, not jobs of it; and
//! a text nests less deep than steps may.

mod body;
mod resources;
mod values;

use std::collections::BTreeMap;
use std::fmt::Write;

use thiserror::Error;

use self::body::Bodies;
use self::resources::Variables;
use self::values::quoted;
use crate::asyncio::program::{Program, Step};
use crate::value::Value;

/// A program does something that the language has no words for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("has no text: `{0}` can only be said in JSON")]
pub struct NoWords(&'static str);

/// Writes a program as a text of the language, unless a step of it has no words there.
pub fn print(program: &Program<Value>) -> Result<String, NoWords> {
    if let Some(unsaid) = body::without_words(program) {
        return Err(NoWords(unsaid));
    }
    let variables = Variables::of(program);
    let mut bodies = Bodies::new(program, &variables);
    let mut functions = Functions::new("task");
    let tasks: Vec<usize> = program.tasks.iter().map(|steps| functions.add(bodies.task(steps))).collect();
    let mut text = imports(program, &variables);
    text.push_str(&variables.definitions);
    let named =
        |function: usize| tasks.iter().zip(&program.names).any(|(of, name)| *of == function && !name.is_empty());
    // Functions stand before what uses them, though Python would not mind.
    bodies.write(&mut text);
    functions.write(&mut text, |function| if named(function) { "name" } else { "" });
    text.push_str("\n\nasync def main():\n    await gather(");
    text.push_str(&gathered(program, &tasks, &functions, named));
    text.push_str(")\n");
    Ok(text)
}

/// Functions with different bodies, in order of first use.
struct Functions {
    prefix: String,
    numbers: BTreeMap<String, usize>,
    bodies: Vec<String>,
}

impl Functions {
    fn new(prefix: &str) -> Self {
        Self { prefix: prefix.to_owned(), numbers: BTreeMap::new(), bodies: Vec::new() }
    }

    /// The number of the function with this body.
    fn add(&mut self, body: String) -> usize {
        let next = self.bodies.len();
        let number = *self.numbers.entry(body.clone()).or_insert(next);
        if number == next {
            self.bodies.push(body);
        }
        number
    }

    fn name(&self, number: usize) -> String {
        format!("{}_{}", self.prefix, number + 1)
    }

    fn write(&self, text: &mut String, parameters: impl Fn(usize) -> &'static str) {
        for (number, body) in self.bodies.iter().enumerate() {
            let (name, parameters) = (self.name(number), parameters(number));
            let _ = write!(text, "\n\nasync def {name}({parameters}):\n{body}");
        }
    }
}

/// Only what the text uses.
fn imports(program: &Program<Value>, variables: &Variables) -> String {
    let sleeps = body::any_of(program, &|step| matches!(step, Step::Sleep(_)));
    let times = body::any_of(program, &|step| matches!(step, Step::Timeout { .. }));
    let wanted = [
        ("Lock", !program.locks.is_empty()),
        ("Queue", !program.queues.is_empty()),
        ("Semaphore", !program.semaphores.is_empty()),
        ("gather", true),
        ("sleep", sleeps),
        ("timeout", times),
    ];
    let names: Vec<&str> = wanted.into_iter().filter(|(_, used)| *used).map(|(name, _)| name).collect();
    let mut text = format!("from asyncio import {}\n", names.join(", "));
    if variables.has_lock_dict {
        text.push_str("from collections import defaultdict\n");
    }
    text
}

/// The arguments of `gather`: tasks side by side that do the same stand together.
fn gathered(
    program: &Program<Value>,
    tasks: &[usize],
    functions: &Functions,
    has_name: impl Fn(usize) -> bool,
) -> String {
    let mut arguments = Vec::new();
    let mut start = 0;
    for group in tasks.chunk_by(|a, b| a == b) {
        let Some(&number) = group.first() else { continue };
        let function = functions.name(number);
        let names: Vec<String> = (start..start + group.len())
            .map(|task| match program.names.get(task) {
                Some(name) if !name.is_empty() => quoted(name),
                _ => "None".to_owned(),
            })
            .collect();
        start += group.len();
        arguments.push(match (has_name(number), names.as_slice()) {
            (false, [_]) => format!("{function}()"),
            (false, _) => format!("*({function}() for _ in range({}))", group.len()),
            (true, [name]) => format!("{function}({name})"),
            (true, _) => format!("*({function}(name) for name in [{}])", names.join(", ")),
        });
    }
    match arguments.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        several => format!("\n        {},\n    ", several.join(",\n        ")),
    }
}
