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
        machine: machine(project)?,
        rust: compiler()?,
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

/// How a report is printed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// For people at a terminal.
    Table,
    /// For programs.
    Json,
    /// For the documentation.
    Markdown,
}

/// Measures how the cost of each system's operations grows with its entities, and prints a report.
pub fn run_systems(project: &Project, form: Form) -> Result<()> {
    heading("Benchmark of all systems, natively");
    let printed = Run::new("cargo")
        .args(["bench", "--quiet", "--package", "xtask", "--bench", "systems", "--"])
        .args([project.root().join("tests/golden/systems")])
        .dir(project.root())
        .capture()?;
    let systems = Systems::parse(&printed)?;
    print(&match form {
        Form::Table => systems.to_string(),
        Form::Json => systems.to_json()?,
        Form::Markdown => systems.to_markdown(&on_this_machine(project)?),
    });
    Ok(())
}

fn machine(project: &Project) -> Result<Value> {
    parse(&Run::new("node").args([project.assets().join("bench/machine.mjs")]).read()?)
}

fn compiler() -> Result<String> {
    Ok(Run::new("rustc").args(["--version"]).read()?.trim().to_owned())
}

/// When and where something was measured, in words.
fn on_this_machine(project: &Project) -> Result<String> {
    let machine = machine(project)?;
    let text = |name: &str| machine[name].as_str().unwrap_or("unknown").to_owned();
    let (cores, memory) = (&machine["cores"], &machine["memory_gib"]);
    let (date, cpu, os, rust) = (text("date"), text("cpu"), text("os"), compiler()?);
    Ok(format!("{date}, natively on {cpu}, {cores} cores, {memory} GiB, {os}, {rust}"))
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
