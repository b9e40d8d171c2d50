//! Builds the WebAssembly package: `wasm-pack`, then `wasm-opt`.

use std::fs;

use anyhow::{Context as _, Result};

use crate::npm;
use crate::project::Project;
use crate::shell::{Run, heading, note};
use crate::stamp::{Fingerprint, Stamp};
use crate::tools;

/// How `wasm-opt` optimises: for speed. For size (`-Oz`) the module was one hundredth smaller, compressed not at all, and
/// a tenth slower at calls. The size is decided earlier, by the compiler's `opt-level`.
const OPTIMISE: &str = "-O3";

/// What rustc's target allows itself by now; every browser since 2023 has it.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// What the module is made from, from the root.
const SOURCES: [&str; 6] = ["Cargo.toml", "Cargo.lock", "src", "macros", "stories", "decks"];

/// Builds the package into `pkg`, unless it is there already, made from the sources as they are.
pub fn build(project: &Project) -> Result<()> {
    heading("WebAssembly package (pkg)");
    tools::node()?;
    tools::wasm_target()?;
    let tools = tools::wasm_tools(project)?;
    npm::install(project, &project.npm_tools())?;

    let rustc = Run::new("rustc").args(["--version"]).read()?;
    let mut inputs = Fingerprint::new([]).text(&rustc).text(&tools.versions).text(OPTIMISE);
    for source in SOURCES {
        inputs = inputs.tree(&project.root().join(source))?;
    }
    let inputs = inputs.tree(&project.npm_tools().join("package-lock.json"))?.finish();
    let stamp = Stamp::new(&project.stamps(), "wasm", project.pkg());
    if stamp.is_current(&inputs)? {
        note("pkg: up to date, not built again");
        return Ok(());
    }

    stamp.clear();
    Run::new(&tools.wasm_pack)
        .args(["build", "--target", "web", "--release", "--mode", "no-install"])
        .dir(project.root())
        .path_first(&tools.path)
        .run()?;
    optimise(project)?;
    stamp.write(&inputs)
}

fn optimise(project: &Project) -> Result<()> {
    let module = project.wasm();
    let optimised = module.with_extension("opt.wasm");
    // Run through Node by path: npm's launchers differ from system to system.
    Run::new("node")
        .args(["xtask/tools/node_modules/binaryen/bin/wasm-opt", OPTIMISE])
        .args(FEATURES)
        .args([project.show(&module).to_string(), "-o".to_owned(), project.show(&optimised).to_string()])
        .dir(project.root())
        .run()?;
    fs::rename(&optimised, &module).with_context(|| format!("{} could not be replaced", project.show(&module)))
}
