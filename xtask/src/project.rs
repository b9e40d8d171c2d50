//! Where things are in the project.

use std::env;
use std::path::{Path, PathBuf};

/// The project's folders, from its root.
#[derive(Debug, Clone)]
pub struct Project {
    root: PathBuf,
    target: PathBuf,
}

impl Project {
    /// Finds the project this command was started from.
    pub fn find() -> Self {
        // Cargo sets the variable at run time too, so that a moved checkout needs no rebuild to be found.
        let manifest = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let manifest = PathBuf::from(manifest);
        let root = manifest.parent().map_or_else(|| manifest.clone(), Path::to_path_buf);
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
        Self { root, target }
    }

    /// The folder with the workspace's `Cargo.toml`.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The page's sources.
    pub fn www(&self) -> PathBuf {
        self.root.join("www")
    }

    /// The static folder that is served.
    pub fn dist(&self) -> PathBuf {
        self.root.join("www").join("dist")
    }

    /// The npm package that pins `wasm-opt`.
    pub fn npm_tools(&self) -> PathBuf {
        self.root.join("xtask").join("tools")
    }

    /// The Node scripts of these commands.
    pub fn assets(&self) -> PathBuf {
        self.root.join("xtask").join("assets")
    }

    /// Where missing Rust tools are installed: inside the project, so that nobody's own tools are replaced.
    pub fn cargo_tools(&self) -> PathBuf {
        self.target.join("tools")
    }

    /// Where it is remembered what was built from what.
    pub fn stamps(&self) -> PathBuf {
        self.target.join("xtask")
    }

    /// A path as people write it: from the root where it is below it.
    pub fn show<'a>(&self, path: &'a Path) -> std::path::Display<'a> {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }
}
