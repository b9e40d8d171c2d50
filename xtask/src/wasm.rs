//! Builds the WebAssembly packages: `wasm-pack`, then `wasm-opt`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::npm;
use crate::project::Project;
use crate::shell::{Run, heading, note};
use crate::sizes;
use crate::stamp::{Fingerprint, Stamp};
use crate::tools::{self, WasmTools};

/// A WebAssembly package: what of the crate it offers is chosen by features.
pub struct Package {
    /// What it holds, for people.
    pub what: &'static str,
    /// Its folder, from the root.
    folder: &'static str,
    /// The name of its files.
    name: &'static str,
    /// The crate's features; the default ones if there are none.
    features: Option<&'static str>,
    /// What its module may take as brotli, in bytes: the modules are the largest things the page downloads.
    limit: u64,
}

/// The packages, the one that outsiders build first. A page that only trains does not wait for 45 engines, and a story not
/// for the laboratory.
pub const PACKAGES: [Package; 2] = [
    Package { what: "engines", folder: "pkg", name: "specsight", features: None, limit: 450 * 1024 },
    Package {
        what: "laboratory and drills",
        folder: "pkg-laboratory",
        name: "laboratory",
        features: Some("laboratory"),
        limit: 280 * 1024,
    },
];

impl Package {
    /// Where it is built.
    pub fn folder(&self, project: &Project) -> PathBuf {
        project.root().join(self.folder)
    }

    /// Its optimised module.
    pub fn module(&self, project: &Project) -> PathBuf {
        self.folder(project).join(format!("{}_bg.wasm", self.name))
    }

    fn within_limit(&self, brotli: u64) -> Result<()> {
        if brotli > self.limit {
            let (is, limit) = (sizes::kib(brotli), sizes::kib(self.limit));
            bail!("{} ({}): {is} as brotli; the limit is {limit}", self.folder, self.what);
        }
        Ok(())
    }
}

/// How `wasm-opt` optimises: for speed, and without what makes the module harder to compress. A function that is called
/// from one place only is inlined there however large it is, unless told otherwise: calls were 2 % faster for it, and the
/// module 8 % larger as brotli, which is what is downloaded. For size (`-Oz`) it was no smaller, and calls 6 % slower.
/// Functions in the order of their names have their likes beside them: 2 % less.
const OPTIMISE: [&str; 3] = ["-O3", "--one-caller-inline-max-function-size=40", "--reorder-functions-by-name"];

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

/// Builds the packages, each unless it is there already, made from the sources as they are.
pub fn build(project: &Project) -> Result<()> {
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
    PACKAGES.iter().try_for_each(|package| make(project, &tools, package, &inputs))
}

fn make(project: &Project, tools: &WasmTools, package: &Package, inputs: &str) -> Result<()> {
    heading(&format!("WebAssembly package ({})", package.folder));
    let stamp = Stamp::new(&project.stamps(), package.folder, package.folder(project));
    if stamp.is_current(inputs)? {
        note(&format!("{}: up to date, not built again", package.folder));
        return Ok(());
    }

    stamp.clear();
    let features: Vec<_> =
        package.features.map_or_else(Vec::new, |features| vec!["--", "--no-default-features", "--features", features]);
    Run::new(&tools.wasm_pack)
        .args(["build", "--target", "web", "--release", "--mode", "no-install"])
        .args(["--out-dir", package.folder, "--out-name", package.name])
        .args(features)
        .dir(project.root())
        .path_first(&tools.path)
        .run()?;
    optimise(project, &package.module(project))?;
    stamp.write(inputs)
}

/// Fails if a built module is larger than it may be.
pub fn check_size(project: &Project) -> Result<()> {
    PACKAGES.iter().try_for_each(|package| package.within_limit(sizes::of(project, &[package.module(project)])?.brotli))
}

fn optimise(project: &Project, module: &Path) -> Result<()> {
    let optimised = module.with_extension("opt.wasm");
    // Run through Node by path: npm's launchers differ from system to system.
    Run::new("node")
        .args(["xtask/tools/node_modules/binaryen/bin/wasm-opt"])
        .args(OPTIMISE)
        .args(FEATURES)
        .args([project.show(module).to_string(), "-o".to_owned(), project.show(&optimised).to_string()])
        .dir(project.root())
        .run()?;
    fs::rename(&optimised, module).with_context(|| format!("{} could not be replaced", project.show(module)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_over_the_limit_is_refused_with_both_sizes() {
        for package in PACKAGES {
            assert!(package.within_limit(package.limit).is_ok());
            let error = package.within_limit(package.limit + 1024).unwrap_err().to_string();
            let [is, limit] = [package.limit + 1024, package.limit].map(sizes::kib);
            assert!(error.contains(&is) && error.contains(&limit), "{error}");
        }
    }
}
