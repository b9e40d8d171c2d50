//! Recorded programs: each line of a file in `golden/asyncio` holds one and what Python 3.11 did with it.

use std::fs;
use std::path::Path;

use serde_json::{Value as Json, json};
use specsight::asyncio::Event;
use specsight::asyncio::program::{Outcome, ProgramRun};
use specsight::engine::run_program;
use specsight::value::Value;

/// Virtual times in the recordings are whole milliseconds, or fractions that floats hold exactly enough.
fn ms(ns: u64) -> Json {
    let ns = u32::try_from(ns).expect("recorded programs take less than four seconds");
    json!(f64::from(ns) / 1e6)
}

fn logged(event: &Event) -> Json {
    json!([ms(event.at_ns), event.task, event.what.as_str(), event.resource.as_deref()])
}

/// What tasks return in the recordings.
fn returned(value: &Value) -> Json {
    match value {
        Value::Int(n) => json!(n.0),
        Value::Str(text) => json!(&**text),
        other => panic!("{} is no result that was recorded", other.text()),
    }
}

fn expectation(run: ProgramRun<Value>) -> Json {
    let log: Vec<Json> = run.log.iter().map(logged).collect();
    match run.outcome {
        Outcome::Finished { results, virtual_ns } => {
            let results: Vec<Json> =
                results.iter().map(|result| result.as_ref().map_or(Json::Null, returned)).collect();
            json!({ "log": log, "results": results, "virtual_ms": ms(virtual_ns) })
        }
        Outcome::Deadlock { waiting } => json!({ "log": log, "deadlock": waiting }),
    }
}

#[test]
fn every_recorded_program_does_what_python_did() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/asyncio");
    let mut compared = 0;
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("its files can be listed").path();
        let text = fs::read_to_string(&path).expect("a recording is text");
        for (line, text) in text.lines().enumerate() {
            let recorded: Json = serde_json::from_str(text).expect("a line is JSON");
            let program: Value = serde_json::from_value(recorded["program"].clone()).expect("JSON is made of values");
            let run = run_program(&program).expect("recorded programs are well formed");
            assert_eq!(expectation(run), recorded["expect"], "{}, line {}", path.display(), line + 1);
            compared += 1;
        }
    }
    assert!(compared >= 500, "{compared} recordings");
}
