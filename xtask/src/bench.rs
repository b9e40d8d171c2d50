//! Measures the engines natively and through the WebAssembly boundary, and how large the result is.

mod report;
mod systems;
mod units;
mod workload;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use self::report::Report;
use self::systems::Systems;
use crate::project::Project;
use crate::shell::{Run, heading, note, print};
use crate::sizes::{self, Size};
use crate::{chrome, page};

/// Builds what is not up to date, measures, and prints a table or JSON.
pub fn run(project: &Project, as_json: bool) -> Result<()> {
    page::build(project)?;
    let file = project.stamps().join("workload.json");
    fs::create_dir_all(project.stamps()).context("the target folder could not be written")?;
    fs::write(&file, workload::workload().to_string()).context("the workload could not be written")?;

    heading("Native benchmark");
    let native = Run::new("cargo")
        .args(["bench", "--quiet", "--package", "xtask", "--bench", "native", "--"])
        .args([&file])
        .dir(project.root())
        .capture()?;
    heading("WebAssembly benchmark");
    let wasm = in_browser_or_node(project, &file)?;

    let report = Report {
        machine: parse(&Run::new("node").args([project.assets().join("bench/machine.mjs")]).read()?)?,
        rust: Run::new("rustc").args(["--version"]).read()?.trim().to_owned(),
        workload: json!({
            "calls": workload::CALLS,
            "keys": workload::KEYS,
            "tasks": workload::TASKS,
            "permits": workload::PERMITS,
        }),
        native: parse(&native)?,
        sizes: measure_sizes(project, &wasm)?,
        wasm,
    };
    print(&if as_json { report.to_json()? } else { report.to_string() });
    Ok(())
}

/// Measures how the cost of each system's operations grows with its entities, and prints a table or JSON.
pub fn run_systems(project: &Project, as_json: bool) -> Result<()> {
    heading("Benchmark of all systems, natively");
    let printed = Run::new("cargo")
        .args(["bench", "--quiet", "--package", "xtask", "--bench", "systems", "--"])
        .args([project.root().join("tests/golden/systems")])
        .dir(project.root())
        .capture()?;
    let systems = Systems::parse(&printed)?;
    print(&if as_json { systems.to_json()? } else { systems.to_string() });
    Ok(())
}

fn in_browser_or_node(project: &Project, workload: &PathBuf) -> Result<Value> {
    let script = |name: &str| Run::new("node").args([project.assets().join("bench").join(name)]).args([workload]);
    let printed = if let Some(browser) = chrome::browser() {
        script("chromium.mjs").env("CHROME", browser).capture()?
    } else {
        note("There is no Chrome or Chromium: measuring in Node, whose engine is of the same family.");
        script("node.mjs").capture()?
    };
    parse(&printed)
}

/// The module's size, and that of all the browser loaded on the first visit, if there was a browser to ask.
fn measure_sizes(project: &Project, wasm: &Value) -> Result<Vec<(String, Size)>> {
    let mut sizes = page::measure(project)?;
    if let Some(files) = wasm.get("firstLoad").and_then(Value::as_array) {
        let files: Vec<_> = files.iter().filter_map(Value::as_str).map(|file| project.root().join(file)).collect();
        sizes.push((format!("page's first visit, all {} files", files.len()), sizes::of(project, &files)?));
    }
    Ok(sizes)
}

fn parse(printed: &str) -> Result<Value> {
    serde_json::from_str(printed).with_context(|| format!("a benchmark printed no JSON but {printed:?}"))
}
