//! Little asyncio programs in the form of the contract.

use super::{Error, Mismatch};
use crate::asyncio::program::{MAX_DEPTH, Program, ProgramError, ProgramRun, Step, run};
use crate::value::{Int, Num, Value};

/// Reads a program and runs it to its end on virtual time.
pub fn run_program(program: &Value) -> Result<ProgramRun<Value>, Error> {
    run(&read_program(program)?).map_err(Error::from)
}

/// Reads a program.
pub fn read_program(program: &Value) -> Result<Program<Value>, Error> {
    read(program).map_err(|mismatch| Error::BadArgument(mismatch.at_argument(0, "program")))
}

/// Writes a program down in the form that it is read from.
pub fn write_program(program: &Program<Value>) -> Value {
    let names = |names: &[String]| Value::List(names.iter().map(|name| Value::Str(name.as_str().into())).collect());
    let blocks = |blocks: &[Vec<Step<Value>>]| Value::List(blocks.iter().map(|steps| write_body(steps)).collect());
    let entry = |name: &str, value: Value| (Value::Str(name.into()), value);
    let mut fields = Vec::new();
    if !program.semaphores.is_empty() {
        let permits = program.semaphores.iter().map(|(name, permits)| entry(name, Value::Int(Int(*permits))));
        fields.push(entry("semaphores", Value::Dict(permits.collect())));
    }
    if !program.locks.is_empty() {
        fields.push(entry("locks", names(&program.locks)));
    }
    if !program.queues.is_empty() {
        let queues = program.queues.iter().map(|(name, jobs)| entry(name, blocks(jobs)));
        fields.push(entry("queues", Value::Dict(queues.collect())));
    }
    if !program.max_sizes.is_empty() {
        let sizes = program.max_sizes.iter().map(|(name, &size)| {
            let size = i64::try_from(size).unwrap_or(i64::MAX);
            entry(name, Value::Int(Int(size)))
        });
        fields.push(entry("maxsize", Value::Dict(sizes.collect())));
    }
    fields.push(entry("tasks", blocks(&program.tasks)));
    if !program.names.is_empty() {
        fields.push(entry("names", names(&program.names)));
    }
    Value::Dict(fields)
}

fn write_body(steps: &[Step<Value>]) -> Value {
    Value::List(steps.iter().map(write_step).collect())
}

fn write_step(step: &Step<Value>) -> Value {
    let text = |text: &str| Value::Str(text.into());
    let mut fields = Vec::with_capacity(2);
    let mut field = |name: &str, value: Value| fields.push((text(name), value));
    match step {
        Step::Sleep(ms) => field("sleep", Value::Float(*ms)),
        Step::Lock { name, body } => {
            field("lock", text(name));
            field("do", write_body(body));
        }
        Step::Semaphore { name, body } => {
            field("semaphore", text(name));
            field("do", write_body(body));
        }
        Step::Timeout { ms, body, otherwise } => {
            field("timeout", Value::Float(*ms));
            field("do", write_body(body));
            if !otherwise.is_empty() {
                field("else", write_body(otherwise));
            }
        }
        Step::Put { name, job } => {
            field("put", text(name));
            field("job", write_body(job));
        }
        Step::Get(queue) => field("get", text(queue)),
        Step::Serve(queue) => field("serve", text(queue)),
        Step::Drain(queue) => field("drain", text(queue)),
        Step::Join(queue) => field("join", text(queue)),
        Step::Return(value) => field("return", value.clone()),
        Step::Line(line) => field("line", Value::Int(Int(i64::from(*line)))),
        Step::Item(item) => field("item", text(item)),
    }
    Value::Dict(fields)
}

impl From<ProgramError> for Error {
    fn from(error: ProgramError) -> Self {
        match error {
            ProgramError::Stopped(stopped) => stopped.into(),
            ProgramError::TooDeep { .. } | ProgramError::TooManyTasks { .. } | ProgramError::TooManySteps => {
                Self::Limit(format!("The program was not run: {error}."))
            }
            other => Self::BadArgument(Mismatch::problem(format!("cannot be run: {other}")).at_argument(0, "program")),
        }
    }
}

fn read(program: &Value) -> Result<Program<Value>, Mismatch> {
    if !matches!(program, Value::Dict(_)) {
        return Err(Mismatch::expected("an object with `tasks`", program));
    }
    let semaphores = entries(program, "semaphores", "an object of permits by name")?
        .iter()
        .map(|(name, permits)| match permits {
            Value::Int(n) => Ok((name.key_text().to_string(), n.0)),
            other => Err(Mismatch::expected("a whole number of permits", other).at_field("semaphores")),
        })
        .collect::<Result<_, _>>()?;
    let queues = entries(program, "queues", "an object of lists of jobs by name")?
        .iter()
        .map(|(name, jobs)| {
            let name = name.key_text().to_string();
            let place = format!("queues.{name}");
            match jobs {
                Value::List(jobs) => Ok((name, blocks(jobs, &place)?)),
                other => Err(Mismatch::expected("a list of jobs", other).at_field(&place)),
            }
        })
        .collect::<Result<_, _>>()?;
    let max_sizes = entries(program, "maxsize", "an object of sizes by queue")?
        .iter()
        .map(|(name, size)| {
            // Python takes zero, and less, as no limit.
            let size = match size {
                Value::Int(n) => usize::try_from(n.0.max(0)).unwrap_or(usize::MAX),
                other => return Err(Mismatch::expected("a whole number of jobs", other).at_field("maxsize")),
            };
            Ok((name.key_text().to_string(), size))
        })
        .collect::<Result<_, _>>()?;
    if program.get("tasks").is_none() {
        return Err(Mismatch::problem("is missing").at_field("tasks"));
    }
    Ok(Program {
        semaphores,
        locks: texts(program, "locks")?,
        queues,
        max_sizes,
        tasks: blocks(list(program, "tasks")?, "tasks")?,
        names: texts(program, "names")?,
    })
}

fn entries<'a>(program: &'a Value, field: &str, expected: &str) -> Result<&'a [(Value, Value)], Mismatch> {
    match program.get(field) {
        None | Some(Value::None) => Ok(&[]),
        Some(Value::Dict(entries)) => Ok(entries),
        Some(other) => Err(Mismatch::expected(expected, other).at_field(field)),
    }
}

fn texts(program: &Value, field: &str) -> Result<Vec<String>, Mismatch> {
    list(program, field)?.iter().map(|name| text(name).map_err(|m| m.at_field(field))).collect()
}

fn blocks(blocks: &[Value], place: &str) -> Result<Vec<Vec<Step<Value>>>, Mismatch> {
    let read = |(at, steps)| body(steps, 0).map_err(|fault: Fault| fault.under(&format!("{place}[{at}]")).at_field());
    blocks.iter().enumerate().map(read).collect()
}

/// What is wrong, and where: the place is put together on the way out, for there are many steps and few faults.
struct Fault {
    mismatch: Mismatch,
    place: String,
}

impl Fault {
    fn under(mut self, place: &str) -> Self {
        self.place.insert_str(0, place);
        self
    }

    fn at_field(self) -> Mismatch {
        self.mismatch.at_field(&self.place)
    }
}

impl From<Mismatch> for Fault {
    fn from(mismatch: Mismatch) -> Self {
        Self { mismatch, place: String::new() }
    }
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

fn body(steps: &Value, depth: usize) -> Result<Vec<Step<Value>>, Fault> {
    if depth > MAX_DEPTH {
        return Err(Mismatch::problem(format!("nests deeper than {MAX_DEPTH} steps")).into());
    }
    let Value::List(steps) = steps else { return Err(Mismatch::expected("a list of steps", steps).into()) };
    let read = |(at, value)| step(value, depth).map_err(|fault: Fault| fault.under(&format!("[{at}]")));
    steps.iter().enumerate().map(read).collect()
}

const KINDS: [&str; 12] =
    ["sleep", "lock", "semaphore", "timeout", "put", "get", "serve", "drain", "join", "return", "line", "item"];

const STEPS: &str = "a step: `sleep`, `lock`, `semaphore`, `timeout`, `put`, `get`, `serve`, `drain`, `join`, `return`, `line` \
                     or `item`";

fn step(value: &Value, depth: usize) -> Result<Step<Value>, Fault> {
    let steps = |steps: &Value, field| body(steps, depth + 1).map_err(|fault| fault.under(field));
    let inner = |field, place| match value.get(field) {
        Some(inner) => steps(inner, place),
        None => Err(Mismatch::problem(format!("needs `{field}`, a list of steps")).into()),
    };
    let Value::Dict(fields) = value else { return Err(Mismatch::expected(STEPS, value).into()) };
    let known = fields.iter().find_map(|(key, value)| match key {
        Value::Str(key) => KINDS.iter().find(|kind| key == **kind).map(|kind| (*kind, value)),
        _ => None,
    });
    let Some((kind, held)) = known else { return Err(Mismatch::expected(STEPS, value).into()) };
    Ok(match kind {
        "sleep" => Step::Sleep(milliseconds(held)?),
        "lock" => Step::Lock { name: text(held)?, body: inner("do", ".do")? },
        "semaphore" => Step::Semaphore { name: text(held)?, body: inner("do", ".do")? },
        "timeout" => {
            let otherwise = value.get("else").map_or(Ok(Vec::new()), |late| steps(late, ".else"))?;
            Step::Timeout { ms: milliseconds(held)?, body: inner("do", ".do")?, otherwise }
        }
        "put" => Step::Put { name: text(held)?, job: inner("job", ".job")? },
        "get" => Step::Get(text(held)?),
        "serve" => Step::Serve(text(held)?),
        "drain" => Step::Drain(text(held)?),
        "join" => Step::Join(text(held)?),
        "return" => Step::Return(held.clone()),
        "line" => {
            let number = if let Value::Int(n) = held { u32::try_from(n.0).ok() } else { None };
            Step::Line(number.ok_or_else(|| Mismatch::expected("the number of a line", held))?)
        }
        _ => Step::Item(text(held)?),
    })
}

fn milliseconds(value: &Value) -> Result<f64, Mismatch> {
    value.as_num().map(Num::as_f64).ok_or_else(|| Mismatch::expected("a number of milliseconds", value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_told_with_their_place() {
        for (program, place) in [
            (r#"{"tasks": [[], [{"sleep": 1}, {"sleep": "1"}]]}"#, "tasks[1][1]"),
            (
                r#"{"tasks": [[{"lock": "a", "do": [{"semaphore": "s", "do": [{"slep": 1}]}]}]]}"#,
                "tasks[0][0].do[0].do[0]",
            ),
            (r#"{"tasks": [[{"lock": "a", "do": 1}]]}"#, "tasks[0][0].do"),
            (r#"{"tasks": [1]}"#, "tasks[0]"),
            (r#"{"tasks": [], "queues": {"jobs": [[], [{"line": 1.5}]]}}"#, "queues.jobs[1][0]"),
            (r#"{"tasks": [], "names": [1]}"#, "names"),
        ] {
            let error = read_program(&serde_json::from_str(program).unwrap()).expect_err(program);
            assert_eq!(error.field(), Some(place), "{program}");
        }
    }

    #[test]
    fn a_program_that_was_written_is_read_as_it_was() {
        let program = r#"{"semaphores": {"s": 2}, "locks": ["a"], "queues": {"jobs": [[{"item": "x"}, {"line": 2}]]}, "tasks":
            [[{"drain": "jobs"}, {"lock": "a", "do": [{"sleep": 2.5}, {"semaphore": "s", "do": [{"return": [1]}]}]}]], "names": ["n"]}"#;
        let program = read_program(&serde_json::from_str(program).unwrap()).unwrap();
        assert_eq!(read_program(&write_program(&program)).unwrap(), program);
    }
}
