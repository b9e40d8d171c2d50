//! Recorded texts: what CPython 3.11 did with each strategy on each workload, and with each text of the golden folder.
//!
//! `tests/python/record_strategies.py` records them; a new strategy or text needs nothing here.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};
use specsight::asyncio::program::{self, Outcome, Program};
use specsight::lab::strategies::STRATEGIES;
use specsight::lab::syntax::{Val, parse};
use specsight::lab::workload::{PREDEFINED, Workload};
use specsight::value::Value;

fn golden(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(folder)
}

fn read_lines(path: &Path) -> Vec<Json> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

/// The workloads by name, each as recorded.
fn workloads() -> BTreeMap<String, Json> {
    let recorded = read_lines(&golden("strategies/workloads.jsonl"));
    recorded.into_iter().map(|line| (line["name"].as_str().expect("a name").to_owned(), line)).collect()
}

fn globals(workload: &Json) -> [(&'static str, Val); 2] {
    let workload: Value = serde_json::from_value(workload.clone()).expect("a workload is a value");
    let workload = Workload::read(&workload).unwrap_or_else(|error| panic!("{error}"));
    workload.globals().expect("few items")
}

/// A plain value as JSON; floats are written as Python writes them.
fn to_json(value: &Value) -> Json {
    match value {
        Value::None => Json::Null,
        Value::Bool(b) => json!(b),
        Value::Int(n) => json!(n.0),
        Value::Float(x) => json!(x),
        Value::Str(text) => json!(**text),
        Value::List(items) | Value::Tuple(items) => items.iter().map(to_json).collect(),
        Value::Dict(entries) => {
            entries.iter().map(|(key, value)| (key.key_text().to_string(), to_json(value))).collect()
        }
        Value::Set(_) | Value::Callable(_) => panic!("the language has no such value"),
    }
}

/// What a program came to, in the form of the recordings.
fn run(program: &Program<Value>) -> Json {
    let run = program::run(program).expect("recorded programs run");
    let log: Vec<Json> = run
        .log
        .iter()
        .map(|event| json!([event.at_ns, event.task, event.what.as_str(), event.resource.as_deref(), event.mark.line]))
        .collect();
    match run.outcome {
        Outcome::Finished { results, virtual_ns } => {
            let results: Vec<Json> = results.iter().map(|result| result.as_ref().map_or(Json::Null, to_json)).collect();
            json!({ "log": log, "results": results, "virtual_ns": virtual_ns })
        }
        Outcome::Deadlock { waiting } => json!({ "log": log, "deadlock": waiting }),
    }
}

/// Compares event by event, so that a failure shows where the two part.
fn compare(expanded: &Json, recorded: &Json, what: &str) {
    let (ours, theirs) = (expanded["log"].as_array().expect("a log"), recorded["log"].as_array().expect("a log"));
    for (at, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
        assert_eq!(ours, theirs, "{what}, event {at}");
    }
    for part in ["log", "results", "virtual_ns", "deadlock"] {
        assert_eq!(expanded[part], recorded[part], "{what}, {part}");
    }
}

#[test]
fn workloads_predefine_what_python_was_given() {
    for (name, recorded) in workloads() {
        let [(_, items), (_, limit)] = globals(&recorded["workload"]);
        assert_eq!(to_json(&items.to_value().expect("plain items")), recorded["items"], "{name}");
        assert_eq!(to_json(&limit.to_value().expect("a number")), recorded["max_concurrent"], "{name}");
    }
}

#[test]
fn every_strategy_does_what_python_did() {
    let workloads = workloads();
    for strategy in STRATEGIES {
        let module = parse(strategy.python, &PREDEFINED).unwrap_or_else(|error| panic!("{}: {error}", strategy.id));
        let recorded = read_lines(&golden("strategies").join(format!("{}.jsonl", strategy.id)));
        assert_eq!(recorded.len(), workloads.len(), "{} on every workload", strategy.id);
        for recorded in recorded {
            let name = recorded["workload"].as_str().expect("a name");
            let program = module.expand(&globals(&workloads[name]["workload"])).expect(name);
            compare(&run(&program), &recorded, &format!("{} on {name}", strategy.id));
        }
    }
}

/// The texts of the golden folder.
pub fn texts() -> Vec<(PathBuf, String)> {
    let entries = fs::read_dir(golden("texts")).expect("there is a folder of texts");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let texts = paths.filter(|path| path.extension().is_some_and(|extension| extension == "py"));
    texts.map(|path| (path.clone(), fs::read_to_string(&path).expect("a text"))).collect()
}

#[test]
fn every_text_does_what_python_did() {
    let workloads = workloads();
    let texts = texts();
    assert!(!texts.is_empty(), "there are texts");
    for (path, source) in texts {
        let recorded = read_lines(&path.with_extension("json")).remove(0);
        let what = path.display().to_string();
        let program = match recorded["workload"].as_str() {
            None => parse(&source, &[]).and_then(|module| module.expand(&[])),
            Some(name) => {
                parse(&source, &PREDEFINED).and_then(|module| module.expand(&globals(&workloads[name]["workload"])))
            }
        };
        let program = program.unwrap_or_else(|error| panic!("{what}: {error}"));
        compare(&run(&program), &recorded, &what);
    }
}
