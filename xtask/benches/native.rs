//! Times the engines without a browser; `cargo xtask bench` writes the workload and reads the result.

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};
use std::{env, fs};

use serde_json::{Value as Json, json};
use specsight::asyncio::program::{self, Program, Step};
use specsight::engine::{Engine, Scenario};
use specsight::value::Value;

/// Measurements of which the median counts.
const RUNS: usize = 7;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let path = env::args().skip(1).find(|arg| !arg.starts_with("--")).ok_or("name the workload's file")?;
    let workload = Workload::read(Path::new(&path))?;
    let scenario = workload.scenario()?;
    let seeks = workload.seeks(&scenario)?;
    println!(
        "{}",
        json!({
            "call": rate(workload.calls.len(), || workload.call())?,
            "step": rate(workload.calls.len(), || workload.step())?,
            "push": rate(workload.calls.len(), || workload.scenario())?,
            "seek": micros(seeks[seeks.len() / 2]),
            "seek_p99": micros(seeks[seeks.len() * 99 / 100]),
            "events": rate(program::run(&workload.program)?.log.len(), || Ok(program::run(&workload.program)?))?,
        })
    );
    Ok(())
}

struct Workload {
    system: String,
    calls: Vec<(String, Vec<Value>)>,
    positions: Vec<usize>,
    program: Program<()>,
}

impl Workload {
    fn read(path: &Path) -> Result<Self, Failure> {
        let json: Json = serde_json::from_str(&fs::read_to_string(path)?)?;
        let number =
            |name: &str| json["program"][name].as_u64().and_then(|n| u32::try_from(n).ok()).ok_or("no program");
        let (tasks, permits, sleep) = (number("tasks")?, number("permits")?, number("sleep")?);
        let task = vec![Step::Semaphore { name: "permits".to_owned(), body: vec![Step::Sleep(f64::from(sleep))] }];
        Ok(Self {
            system: serde_json::from_value(json["system"].clone())?,
            calls: serde_json::from_value(json["calls"].clone())?,
            positions: serde_json::from_value(json["positions"].clone())?,
            program: Program {
                semaphores: [("permits".to_owned(), i64::from(permits))].into(),
                tasks: vec![task; usize::try_from(tasks)?],
                ..Program::default()
            },
        })
    }

    fn call(&self) -> Result<Engine, Failure> {
        let mut engine = Engine::new(&self.system, &[])?;
        for (operation, args) in &self.calls {
            black_box(engine.call(operation, args)?);
        }
        Ok(engine)
    }

    fn step(&self) -> Result<Engine, Failure> {
        let mut engine = Engine::new(&self.system, &[])?;
        for (operation, args) in &self.calls {
            black_box(engine.step(operation, args)?);
        }
        Ok(engine)
    }

    fn scenario(&self) -> Result<Scenario, Failure> {
        let mut scenario = Scenario::new(&self.system, &[])?;
        for (operation, args) in &self.calls {
            black_box(scenario.push(operation, args.clone())?);
        }
        Ok(scenario)
    }

    /// How long it takes to see the state at each position, in order of duration.
    fn seeks(&self, scenario: &Scenario) -> Result<Vec<Duration>, Failure> {
        let mut seeks = Vec::with_capacity(self.positions.len());
        for &position in &self.positions {
            let started = Instant::now();
            black_box(scenario.view(position)?);
            seeks.push(started.elapsed());
        }
        seeks.sort();
        Ok(seeks)
    }
}

/// How often something happens in a second, if `run` lets it happen `times` times: the median of several runs.
fn rate<T>(times: usize, run: impl Fn() -> Result<T, Failure>) -> Result<f64, Failure> {
    drop(run()?);
    let mut durations = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let started = Instant::now();
        let result = black_box(run()?);
        durations.push(started.elapsed());
        drop(result);
    }
    durations.sort();
    Ok(f64::from(u32::try_from(times)?) / durations[RUNS / 2].as_secs_f64())
}

fn micros(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}
