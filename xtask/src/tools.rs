//! The tools a build needs: found, checked, and where possible installed.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result, anyhow, bail};

use crate::project::Project;
use crate::shell::{Run, find_program, note};
use crate::version::{Version, locked};

/// The target the engines are compiled to for the browser.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// What is installed where there is no wasm-pack.
const WASM_PACK: Version = Version(0, 15, 1);

/// The oldest wasm-pack that may stay: it only orders cargo and wasm-bindgen about, which are pinned themselves.
const WASM_PACK_AT_LEAST: Version = Version(0, 13, 1);

/// Checks that Node is there and new enough for Vite.
pub fn node() -> Result<Version> {
    let install = "install it from https://nodejs.org";
    if find_program("node", &[]).is_none() {
        bail!("Node 20.19 or newer is needed and there is none on the PATH: {install}");
    }
    let printed = Run::new("node").args(["--version"]).read()?;
    let found = Version::find(&printed).with_context(|| format!("`node --version` said {printed:?}"))?;
    if !node_is_new_enough(found) {
        bail!("Node 20.19 (or 22.12, or newer) is needed; found v{found}: {install}");
    }
    if find_program("npm", &[]).is_none() {
        bail!("Node v{found} is there but npm, which comes with it, is not on the PATH: {install}");
    }
    Ok(found)
}

/// Vite's own range: `^20.19.0 || >=22.12.0`.
fn node_is_new_enough(version: Version) -> bool {
    version >= Version(22, 12, 0) || (version.0 == 20 && version >= Version(20, 19, 0))
}

/// Makes sure that Rust can compile to WebAssembly.
pub fn wasm_target() -> Result<()> {
    let libraries = Run::new("rustc").args(["--print", "target-libdir", "--target", WASM_TARGET]).read()?;
    if PathBuf::from(libraries.trim()).is_dir() {
        return Ok(());
    }
    if find_program("rustup", &[]).is_none() {
        bail!(
            "Rust's target {WASM_TARGET} is missing and there is no rustup to add it: install Rust from \
             https://rustup.rs, or your system's package of that target (Debian: libstd-rust-dev-wasm32, \
             Fedora: rust-std-static-{WASM_TARGET})"
        );
    }
    note(&format!("adding Rust's target {WASM_TARGET}: the engines are compiled to it"));
    Run::new("rustup").args(["target", "add", WASM_TARGET]).run()
}

/// Makes sure that a part of Rust that rustup's minimal profile leaves out (`rustfmt`, `clippy`) is there.
pub fn component(name: &str, command: &str) -> Result<()> {
    if Run::new("cargo").args([command, "--version"]).read().is_ok() {
        return Ok(());
    }
    if find_program("rustup", &[]).is_none() {
        bail!("`cargo {command}` is missing and there is no rustup to add it: install your system's package of {name}");
    }
    Run::new("rustup").args(["component", "add", name]).run()
}

/// The Rust programs that turn the crate into an npm package.
#[derive(Debug)]
pub struct WasmTools {
    /// The wasm-pack to run.
    pub wasm_pack: PathBuf,
    /// Folders that must come first on its `PATH`.
    pub path: Vec<PathBuf>,
    /// Their versions, which a build depends on.
    pub versions: String,
}

/// Finds wasm-pack and wasm-bindgen, and installs into the project what is missing.
pub fn wasm_tools(project: &Project) -> Result<WasmTools> {
    let lock = fs::read_to_string(project.root().join("Cargo.lock")).context("Cargo.lock could not be read")?;
    let bindgen = locked(&lock, "wasm-bindgen").ok_or_else(|| anyhow!("Cargo.lock names no wasm-bindgen"))?;

    let (wasm_pack, pack_version) =
        find_or_install(project, "wasm-pack", "wasm-pack", WASM_PACK, |version| version >= WASM_PACK_AT_LEAST)?;
    // The two halves of wasm-bindgen, in the module and on the command line, only understand their own version.
    let (wasm_bindgen, _) =
        find_or_install(project, "wasm-bindgen", "wasm-bindgen-cli", bindgen, |version| version == bindgen)?;

    let path = wasm_bindgen.parent().map(PathBuf::from).into_iter().collect();
    Ok(WasmTools { wasm_pack, path, versions: format!("wasm-pack {pack_version}, wasm-bindgen {bindgen}") })
}

fn find_or_install(
    project: &Project,
    program: &str,
    package: &str,
    wanted: Version,
    fits: impl Fn(Version) -> bool,
) -> Result<(PathBuf, Version)> {
    let root = project.cargo_tools();
    let version_of =
        |file: &PathBuf| Run::new(file).args(["--version"]).read().ok().and_then(|printed| Version::find(&printed));
    let fitting = |file: PathBuf| version_of(&file).filter(|version| fits(*version)).map(|version| (file, version));

    let own = find_program(program, &[root.join("bin")]).and_then(fitting);
    let on_path = || find_program(program, &[]);
    if let Some(found) = own.or_else(|| on_path().and_then(fitting)) {
        return Ok(found);
    }

    let why = match on_path().as_ref().and_then(version_of) {
        Some(other) => format!("found {other}, which stays as it is; {wanted} is needed beside it"),
        None => format!("there is none on the PATH; {wanted} is needed"),
    };
    note(&format!("{program}: {why}"));
    note(&format!("installing it into {}, once; this takes about three minutes", project.show(&root)));
    let version = wanted.to_string();
    Run::new("cargo")
        .args(["install", "--locked", "--quiet", package, "--version", &version, "--root"])
        .args([&root])
        .dir(project.root())
        .run()
        .with_context(|| format!("{package} {wanted} could not be installed: is crates.io within reach?"))?;
    find_program(program, &[root.join("bin")])
        .and_then(fitting)
        .ok_or_else(|| anyhow!("{package} was installed, yet {program} {wanted} does not run"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_is_new_enough_within_vites_range() {
        for (version, enough) in [
            (Version(16, 3, 0), false),
            (Version(20, 18, 9), false),
            (Version(20, 19, 0), true),
            (Version(21, 7, 0), false),
            (Version(22, 11, 0), false),
            (Version(22, 12, 0), true),
            (Version(24, 0, 0), true),
        ] {
            assert_eq!(node_is_new_enough(version), enough, "{version}");
        }
    }
}
