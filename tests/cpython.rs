//! The asyncio model against the CPython of this machine; `cargo xtask test --long` runs it.
//!
//! `SPECSIGHT_PYTHON` names the interpreter (`python3`), `SPECSIGHT_CASES` how many programs are drawn (10,000), and
//! `SPECSIGHT_SEED` the seed, which is printed.

#[path = "cpython/draw.rs"]
mod draw;
#[path = "cpython/python.rs"]
mod python;

use std::cell::RefCell;
use std::env;

use proptest::prelude::Rng as _;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};
use serde_json::{Value as Json, json};
use specsight::asyncio::program::Outcome;
use specsight::asyncio::{Event, What};
use specsight::engine::run_program;
use specsight::value::Value;

use crate::draw::program;
use crate::python::Python;

/// What the model does with a program, as the recorder writes what CPython does.
fn modelled(program: &Json) -> Json {
    let value: Value = serde_json::from_value(program.clone()).expect("JSON is made of values");
    let run = run_program(&value).expect("programs are drawn well formed");
    let item = |event: &Event| match event.mark.item.checked_sub(1) {
        Some(at) => run.items[usize::try_from(at).expect("a position")].as_str(),
        None => "",
    };
    let logged = |e: &Event| {
        let (what, resource) = (e.what.as_str(), e.resource.as_deref());
        json!([e.at_ns, e.task, what, resource, e.mark.line, item(e)])
    };
    let log: Vec<Json> = run.log.iter().map(logged).collect();
    match run.outcome {
        Outcome::Finished { results, virtual_ns } => {
            let results: Vec<Json> =
                results.iter().map(|result| result.as_ref().map_or(Json::Null, returned)).collect();
            json!({ "log": log, "results": results, "virtual_ns": virtual_ns })
        }
        Outcome::Deadlock { waiting } => json!({ "log": log, "deadlock": waiting }),
    }
}

/// Tasks return small numbers here.
fn returned(value: &Value) -> Json {
    match value {
        Value::Int(n) => json!(n.0),
        other => panic!("{} was never returned", other.text()),
    }
}

/// The first difference, as a sentence.
fn difference(cpython: &Json, model: &Json) -> String {
    let logs = [cpython, model].map(|record| record["log"].as_array().expect("a log"));
    let [of_cpython, of_model] = logs;
    match (0..of_cpython.len().max(of_model.len())).find(|&at| of_cpython.get(at) != of_model.get(at)) {
        Some(at) => {
            let shown = |log: &[Json]| log.get(at).map_or("nothing".to_owned(), Json::to_string);
            format!("event {at}: CPython {}, the model {}", shown(of_cpython), shown(of_model))
        }
        None => format!("the same log, then: CPython {cpython}, the model {model}"),
    }
}

/// What was met on the way: a comparison of empty programs would prove nothing.
#[derive(Debug, Default)]
struct Met {
    events: usize,
    deadlocks: usize,
    jobs: usize,
    waits: usize,
    puts: usize,
    joins: usize,
    cancelled: usize,
    ties: usize,
}

impl Met {
    fn add(&mut self, record: &Json) {
        let log = record["log"].as_array().expect("a log");
        let count = |what: What| log.iter().filter(|event| event[2] == what.as_str()).count();
        self.events += log.len();
        self.deadlocks += usize::from(!record["deadlock"].is_null());
        self.jobs += count(What::Got);
        self.puts += count(What::Put);
        self.joins += count(What::Joined);
        self.cancelled += count(What::Cancelled);
        self.waits += log.windows(2).filter(|pair| pair[0][2] == "wait" && pair[1][2] != "acquired").count();
        let wakes: Vec<&Json> = log.iter().filter(|event| event[2] == "wake" && event[0] != 0).collect();
        self.ties += wakes.windows(2).filter(|pair| pair[0][0] == pair[1][0]).count();
    }
}

fn number(name: &str, otherwise: u64) -> u64 {
    match env::var(name) {
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{name} is {text:?}, which is no number")),
        Err(_) => otherwise,
    }
}

#[test]
fn drawn_programs_do_what_cpython_does() {
    let cases = u32::try_from(number("SPECSIGHT_CASES", 10_000)).expect("not so many cases");
    let seed = number("SPECSIGHT_SEED", TestRunner::default().rng().next_u32().into());
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());

    let python = RefCell::new(Python::start("record_programs.py"));
    println!("{cases} programs, seed {seed}, against {}", python.borrow().version);
    let met = RefCell::new(Met::default());
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 5_000, ..Config::default() };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let result = TestRunner::new_with_rng(config, rng).run(&program(), |program| {
        let cpython = python.borrow_mut().ask(&program);
        let model = modelled(&program);
        met.borrow_mut().add(&cpython);
        proptest::prop_assert!(cpython == model, "{}", difference(&cpython, &model));
        Ok(())
    });
    if let Err(TestError::Fail(reason, program)) = &result {
        panic!("seed {seed}: {reason}\nthe least such program found: {program}");
    }
    result.expect("programs can be drawn");
    let met = met.into_inner();
    println!("{met:?}");
    let cases = usize::try_from(cases).expect("a count");
    let often = [
        met.events / 10,
        met.deadlocks * 10,
        met.jobs * 2,
        met.waits * 2,
        met.puts * 4,
        met.joins * 100,
        met.cancelled * 2,
        met.ties,
    ];
    assert!(often.iter().all(|&times| times > cases), "too little of something: {met:?}");
}
