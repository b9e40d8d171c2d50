//! Builds the WebAssembly package: `wasm-pack`, then `wasm-opt`.

use std::fs;

use anyhow::{Context as _, Result, bail};

use crate::npm;
use crate::project::Project;
use crate::shell::{Run, heading, note};
use crate::sizes;
use crate::stamp::{Fingerprint, Stamp};
use crate::tools;

/// How `wasm-opt` optimises: for speed, and without what makes the module harder to compress. A function that is called
/// from one place only is inlined there however large it is, unless told otherwise: calls were 2 % faster for it, and the
/// module 8 % larger as brotli, which is what is downloaded. For size (`-Oz`) it was no smaller, and calls 6 % slower.
const OPTIMISE: [&str; 2] = ["-O3", "--one-caller-inline-max-function-size=40"];

/// What the module may take as brotli, in bytes: it is the largest thing the page downloads. The engines were to stay below
/// 450 KiB; the timing laboratory and its language came on top.
const LIMIT: u64 = 540 * 1024;

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
    let mut inputs = Fingerprint::new([]).text(&rustc).text(&tools.versions).text(&OPTIMISE.join(" "));
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

/// Fails if the built module is larger than it may be.
pub fn check_size(project: &Project) -> Result<()> {
    within_limit(sizes::of(project, &[project.wasm()])?.brotli)
}

fn within_limit(brotli: u64) -> Result<()> {
    if brotli > LIMIT {
        bail!("the engines take {} as brotli; the limit is {}", sizes::kib(brotli), sizes::kib(LIMIT));
    }
    Ok(())
}

fn optimise(project: &Project) -> Result<()> {
    let module = project.wasm();
    let optimised = module.with_extension("opt.wasm");
    // Run through Node by path: npm's launchers differ from system to system.
    Run::new("node")
        .args(["xtask/tools/node_modules/binaryen/bin/wasm-opt"])
        .args(OPTIMISE)
        .args(FEATURES)
        .args([project.show(&module).to_string(), "-o".to_owned(), project.show(&optimised).to_string()])
        .dir(project.root())
        .run()?;
    fs::rename(&optimised, &module).with_context(|| format!("{} could not be replaced", project.show(&module)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_over_the_limit_is_refused_with_both_sizes() {
        assert!(within_limit(LIMIT).is_ok());
        let error = within_limit(LIMIT + 1024).unwrap_err().to_string();
        assert!(error.contains("541.0 KiB") && error.contains("540.0 KiB"), "{error}");
    }
}
