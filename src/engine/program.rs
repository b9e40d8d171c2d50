//! Little asyncio programs in the form of the contract.

use super::{Error, Mismatch};
use crate::asyncio::program::{MAX_DEPTH, Program, ProgramError, ProgramRun, Step, run};
use crate::value::Value;

/// Reads a program and runs it to its end on virtual time.
pub fn run_program(program: &Value) -> Result<ProgramRun<Value>, Error> {
    let program = read(program).map_err(|m| Error::BadArgument(m.at_argument(0, "program")))?;
    run(&program).map_err(|error| match error {
        ProgramError::Stopped(stopped) => stopped.into(),
        ProgramError::TooDeep { .. } | ProgramError::TooManyTasks { .. } | ProgramError::TooManySteps => {
            Error::Limit(format!("The program was not run: {error}."))
        }
        other => Error::BadArgument(Mismatch::problem(format!("cannot be run: {other}")).at_argument(0, "program")),
    })
}

fn read(program: &Value) -> Result<Program<Value>, Mismatch> {
    if !matches!(program, Value::Dict(_)) {
        return Err(Mismatch::expected("an object with `tasks`", program));
    }
    let semaphores = match program.get("semaphores") {
        None | Some(Value::None) => Vec::new(),
        Some(Value::Dict(entries)) => entries.clone(),
        Some(other) => return Err(Mismatch::expected("an object of permits by name", other).at_field("semaphores")),
    };
    let semaphores = semaphores
        .into_iter()
        .map(|(name, permits)| match permits {
            Value::Int(n) => Ok((name.key_text().to_string(), n.0)),
            other => Err(Mismatch::expected("a whole number of permits", &other).at_field("semaphores")),
        })
        .collect::<Result<_, _>>()?;
    let locks = list(program, "locks")?
        .iter()
        .map(|name| text(name).map_err(|m| m.at_field("locks")))
        .collect::<Result<_, _>>()?;
    if program.get("tasks").is_none() {
        return Err(Mismatch::problem("is missing").at_field("tasks"));
    }
    let tasks = list(program, "tasks")?
        .iter()
        .enumerate()
        .map(|(task, steps)| body(steps, &format!("tasks[{task}]"), 0))
        .collect::<Result<_, _>>()?;
    Ok(Program { semaphores, locks, tasks })
}

fn list<'a>(program: &'a Value, field: &str) -> Result<&'a [Value], Mismatch> {
    match program.get(field) {
        None | Some(Value::None) => Ok(&[]),
        Some(Value::List(items)) => Ok(items),
        Some(other) => Err(Mismatch::expected("list", other).at_field(field)),
    }
}

fn text(value: &Value) -> Result<String, Mismatch> {
    match value {
        Value::Str(s) => Ok(s.to_string()),
        other => Err(Mismatch::expected("str", other)),
    }
}

fn body(steps: &Value, place: &str, depth: usize) -> Result<Vec<Step<Value>>, Mismatch> {
    if depth > MAX_DEPTH {
        return Err(Mismatch::problem(format!("nests deeper than {MAX_DEPTH} steps")).at_field(place));
    }
    let Value::List(steps) = steps else { return Err(Mismatch::expected("a list of steps", steps).at_field(place)) };
    steps.iter().enumerate().map(|(at, value)| step(value, &format!("{place}[{at}]"), depth)).collect()
}

fn step(value: &Value, place: &str, depth: usize) -> Result<Step<Value>, Mismatch> {
    let inner = || match value.get("do") {
        Some(steps) => body(steps, &format!("{place}.do"), depth + 1),
        None => Err(Mismatch::problem("needs `do`, a list of steps").at_field(place)),
    };
    let name = |value: &Value| text(value).map_err(|m| m.at_field(place));
    if let Some(ms) = value.get("sleep") {
        return match ms.as_num() {
            Some(ms) => Ok(Step::Sleep(ms.as_f64())),
            None => Err(Mismatch::expected("a number of milliseconds", ms).at_field(place)),
        };
    }
    if let Some(lock) = value.get("lock") {
        return Ok(Step::Lock { name: name(lock)?, body: inner()? });
    }
    if let Some(semaphore) = value.get("semaphore") {
        return Ok(Step::Semaphore { name: name(semaphore)?, body: inner()? });
    }
    match value.get("return") {
        Some(result) => Ok(Step::Return(result.clone())),
        None => Err(Mismatch::expected("a step: `sleep`, `lock`, `semaphore` or `return`", value).at_field(place)),
    }
}
