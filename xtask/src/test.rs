//! Runs every check there is, or one kind of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::project::Project;
use crate::shell::{Run, find_program, heading, note, print};
use crate::{chrome, page, python, tools, wasm};

/// One kind of checks.
struct Phase {
    name: &'static str,
    title: &'static str,
    checks: fn(&Project, &mut Checks),
}

const PHASES: [Phase; 5] = [
    Phase { name: "lint", title: "Format, lints, documentation, types", checks: lint },
    Phase { name: "native", title: "Rust tests on this machine", checks: native },
    Phase { name: "wasm", title: "The WebAssembly package, in a browser and in Node", checks: package },
    Phase { name: "page", title: "Tests of the built page in a browser", checks: built_page },
    Phase { name: LONG, title: "The asyncio model against the CPython of this machine", checks: cpython },
];

/// The phase that is run when it is named, or with `--long`.
const LONG: &str = "long";

/// Where proptest looks for the seed of its cases.
const SEED: &str = "PROPTEST_RNG_SEED";

/// The checks of one phase: all are made, whatever those before them said.
struct Checks {
    long: bool,
    failures: Vec<String>,
    /// What could not be checked here, and why.
    left_out: Vec<String>,
}

impl Checks {
    /// Makes a check that is a program's run, once what it needs is there.
    fn check<T>(&mut self, name: &str, needs: Result<T>, run: impl FnOnce(T) -> Run) {
        // Laws see the same cases every time, so that what fails follows from a change; the long tests draw new ones.
        let (variable, value) = if self.long { ("SPECSIGHT_LONG", "1") } else { (SEED, "1") };
        let given = std::env::var_os(variable).is_some();
        let result = needs.and_then(|ready| {
            let run = run(ready);
            if given { run.run() } else { run.env(variable, value).run() }
        });
        self.verdict(name, result);
    }

    /// Takes down what came of a check.
    fn verdict(&mut self, name: &str, result: Result<()>) {
        if let Err(error) = result {
            note(&format!("FAILED {name}: {error:#}"));
            self.failures.push(name.to_owned());
        }
    }
}

/// Runs all phases, or the one that is named, and fails if anything did.
pub fn run(project: &Project, only: Option<&str>, long: bool) -> Result<()> {
    let wanted = |phase: &&Phase| only.map_or(long || phase.name != LONG, |name| name == phase.name);
    let chosen: Vec<_> = PHASES.iter().filter(wanted).collect();
    if chosen.is_empty() {
        let names: Vec<_> = PHASES.iter().map(|phase| phase.name).collect();
        bail!("`--only {}` names no phase; there are {}", only.unwrap_or_default(), names.join(", "));
    }

    let outcomes: Vec<_> = chosen
        .into_iter()
        .map(|phase| {
            let started = Instant::now();
            heading(&format!("[{}] {}", phase.name, phase.title));
            let mut checks = Checks { long, failures: Vec::new(), left_out: Vec::new() };
            (phase.checks)(project, &mut checks);
            let took = started.elapsed();
            note(&format!("[{}] took {}", phase.name, minutes(took)));
            Outcome { phase: phase.name, failures: checks.failures, left_out: checks.left_out, took }
        })
        .collect();

    heading("Summary");
    print(&table(&outcomes));
    if outcomes.iter().any(|outcome| !outcome.failures.is_empty()) {
        bail!("not everything passed");
    }
    Ok(())
}

fn lint(project: &Project, checks: &mut Checks) {
    let cargo = |args: &[&str]| Run::new("cargo").args(args).dir(project.root());
    checks.check("cargo fmt", tools::component("rustfmt", "fmt"), |()| cargo(&["fmt", "--all", "--check"]));
    checks.check("cargo clippy", tools::component("clippy", "clippy"), |()| {
        cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])
    });
    checks.check("cargo clippy for wasm32", tools::wasm_target(), |()| {
        let what = ["--package", "specsight", "--lib", "--test", "web", "--", "-D", "warnings"];
        cargo(&["clippy", "--target", tools::WASM_TARGET]).args(what)
    });
    checks.check("cargo clippy for the laboratory's package", tools::wasm_target(), |()| {
        let what = [
            "--package",
            "specsight",
            "--lib",
            "--no-default-features",
            "--features",
            "laboratory",
            "--",
            "-D",
            "warnings",
        ];
        cargo(&["clippy", "--target", tools::WASM_TARGET]).args(what)
    });
    // Left out of all targets, as it is of all tests.
    checks.check("cargo clippy for the long tests", tools::component("clippy", "clippy"), |()| {
        cargo(&["clippy", "--package", "specsight", "--test", "cpython", "--", "-D", "warnings"])
    });
    checks.check("cargo doc", Ok(()), |()| {
        cargo(&["doc", "--workspace", "--no-deps", "--quiet"]).env("RUSTDOCFLAGS", "-D warnings")
    });
    // The page's types come from the package.
    checks.check("tsc", wasm::build(project).and_then(|()| page::install(project)), |()| {
        Run::new("npm").args(["run", "--silent", "typecheck"]).dir(project.www())
    });
}

fn native(project: &Project, checks: &mut Checks) {
    let cargo = |args: &[&str]| Run::new("cargo").args(args).dir(project.root());
    if find_program("cargo-nextest", &[]).is_some() {
        checks.check("cargo nextest", Ok(()), |()| cargo(&["nextest", "run", "--workspace", "--no-fail-fast"]));
        // nextest leaves out the examples in the documentation.
        checks.check("cargo test --doc", Ok(()), |()| cargo(&["test", "--quiet", "--workspace", "--doc"]));
    } else {
        checks.check("cargo test", Ok(()), |()| cargo(&["test", "--quiet", "--workspace", "--no-fail-fast"]));
    }
}

fn package(project: &Project, checks: &mut Checks) {
    let ready = tools::wasm_target().and_then(|()| Ok((chrome::ensure()?, tools::wasm_tools(project)?)));
    checks.check("wasm-pack test", ready, |(chrome, tools)| {
        Run::new(&tools.wasm_pack)
            .args(["test", "--headless", "--chrome", "--mode", "no-install", "--chromedriver"])
            .args([&chrome.driver])
            .dir(project.root())
            .path_first(&tools.path)
    });
    // What takes thousands of calls runs in Node, on the package as it is shipped.
    let built = wasm::build(project);
    let small = built.as_ref().map_or(Ok(()), |()| wasm::check_size(project));
    checks.verdict("size of the modules", small);
    let ready = built.and_then(|()| test_files(&project.root().join("tests/boundary")));
    checks.check("node --test", ready, |files| {
        Run::new("node")
            .args(["--test", "--test-reporter=spec"])
            .args(files.iter().map(|file| project.show(file).to_string()))
            .dir(project.root())
    });
}

/// The `.test.mjs` files of a folder: older Nodes take no pattern, newer ones no folder.
fn test_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} could not be read", folder.display()))?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    files.retain(|file| file.to_string_lossy().ends_with(".test.mjs"));
    files.sort();
    if files.is_empty() {
        bail!("{} holds no tests", folder.display());
    }
    Ok(files)
}

fn built_page(project: &Project, checks: &mut Checks) {
    let ready = page::build(project).and_then(|()| chrome::ensure());
    checks.check("npm test", ready, |chrome| {
        Run::new("npm").args(["run", "--silent", "test"]).dir(project.www()).env("CHROME", &chrome.browser)
    });
}

/// Recordings are made anew, and programs are drawn and run on both; no page and no other test needs a Python.
fn cpython(project: &Project, checks: &mut Checks) {
    match python::find() {
        Ok(python) => {
            checks.check("record_strategies.py --check", Ok(()), |()| {
                Run::new(&python).args(["-B", "tests/python/record_strategies.py", "--check"]).dir(project.root())
            });
            checks.check("cargo test --test cpython", Ok(()), |()| {
                Run::new("cargo")
                    .args(["test", "--quiet", "--package", "specsight", "--test", "cpython", "--", "--nocapture"])
                    .dir(project.root())
                    .env("SPECSIGHT_PYTHON", &python)
            });
        }
        Err(why) => {
            note(&format!("NOTHING WAS COMPARED: {why}"));
            checks.left_out.push(why);
        }
    }
}

struct Outcome {
    phase: &'static str,
    failures: Vec<String>,
    left_out: Vec<String>,
    took: Duration,
}

fn table(outcomes: &[Outcome]) -> String {
    let line = |outcome: &Outcome| {
        let result = match (outcome.failures.as_slice(), outcome.left_out.as_slice()) {
            ([], []) => "passed".to_owned(),
            ([], left_out) => format!("NOT RUN: {}", left_out.join(", ")),
            (failures, _) => format!("FAILED: {}", failures.join(", ")),
        };
        format!("    {:<8} {:>6}  {result}", outcome.phase, minutes(outcome.took))
    };
    outcomes.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Writes a duration as minutes and seconds.
fn minutes(took: Duration) -> String {
    let seconds = took.as_secs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(phase: &'static str, failures: &[&str], left_out: &[&str], seconds: u64) -> Outcome {
        let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
        let took = Duration::from_secs(seconds);
        Outcome { phase, failures: owned(failures), left_out: owned(left_out), took }
    }

    #[test]
    fn the_summary_names_what_failed() {
        let outcomes = [
            outcome("lint", &[], &[], 5),
            outcome("page", &["npm test"], &[], 125),
            outcome("long", &[], &["no Python"], 0),
        ];
        let lines = [
            "    lint       0:05  passed",
            "    page       2:05  FAILED: npm test",
            "    long       0:00  NOT RUN: no Python",
        ];
        assert_eq!(table(&outcomes), lines.join("\n"));
    }

    #[test]
    fn a_phase_that_is_none_is_refused_with_those_there_are() {
        let error = run(&Project::find(), Some("pages"), false).unwrap_err().to_string();
        assert!(error.contains("pages") && error.contains("lint, native, wasm, page, long"), "{error}");
    }
}
