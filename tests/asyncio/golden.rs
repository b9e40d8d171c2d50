//! Recorded programs: each line of `programs.jsonl` holds one and what Python 3.11 did with it.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use specsight::asyncio::Event;
use specsight::asyncio::program::{self, Outcome, Program, ProgramRun, Step};

const PROGRAMS: &str = include_str!("../golden/asyncio/programs.jsonl");

fn steps(value: &Value) -> Vec<Step<Value>> {
    value.as_array().expect("steps are a list").iter().map(step).collect()
}

fn step(value: &Value) -> Step<Value> {
    let name = |key: &str| value[key].as_str().map(str::to_owned);
    if let Some(ms) = value["sleep"].as_f64() {
        Step::Sleep(ms)
    } else if let Some(name) = name("lock") {
        Step::Lock { name, body: steps(&value["do"]) }
    } else if let Some(name) = name("semaphore") {
        Step::Semaphore { name, body: steps(&value["do"]) }
    } else {
        Step::Return(value["return"].clone())
    }
}

fn program(value: &Value) -> Program<Value> {
    let semaphores: BTreeMap<String, i64> =
        serde_json::from_value(value["semaphores"].clone()).expect("semaphores are numbers by name");
    let locks = serde_json::from_value(value["locks"].clone()).expect("locks are names");
    let tasks = value["tasks"].as_array().expect("tasks are a list").iter().map(steps).collect();
    Program { semaphores, locks, tasks, ..Program::default() }
}

/// Virtual times in the recordings are whole milliseconds, or fractions that floats hold exactly enough.
fn ms(ns: u64) -> Value {
    let ns = u32::try_from(ns).expect("recorded programs take less than four seconds");
    json!(f64::from(ns) / 1e6)
}

fn logged(event: &Event) -> Value {
    json!([ms(event.at_ns), event.task, event.what.as_str(), event.resource.as_deref()])
}

fn expectation(run: ProgramRun<Value>) -> Value {
    let log: Vec<Value> = run.log.iter().map(logged).collect();
    match run.outcome {
        Outcome::Finished { results, virtual_ns } => {
            json!({ "log": log, "results": results, "virtual_ms": ms(virtual_ns) })
        }
        Outcome::Deadlock { waiting } => json!({ "log": log, "deadlock": waiting }),
    }
}

#[test]
fn every_recorded_program_does_what_python_did() {
    let mut compared = 0;
    for (line, text) in PROGRAMS.lines().enumerate() {
        let recorded: Value = serde_json::from_str(text).expect("a line is JSON");
        let run = program::run(&program(&recorded["program"])).expect("recorded programs are well formed");
        assert_eq!(expectation(run), recorded["expect"], "program in line {}", line + 1);
        compared += 1;
    }
    assert_eq!(compared, 300);
}
