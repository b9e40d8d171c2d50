//! Builds the page into a static folder.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

use crate::npm;
use crate::project::Project;
use crate::shell::{Run, heading, note, print};
use crate::sizes::{self, Size};
use crate::stamp::{Fingerprint, Stamp};
use crate::{tools, wasm};

/// Builds the WebAssembly packages and the page, each only if something it is made from has changed.
pub fn build(project: &Project) -> Result<()> {
    wasm::build(project)?;
    heading("Page (www/dist)");
    install(project)?;

    let www = project.www();
    let made_elsewhere = ["node_modules", "dist", "tests", "test-results", "playwright-report", "public/generated"];
    let mut inputs = Fingerprint::new(made_elsewhere.map(|name| www.join(name))).tree(&www)?;
    for package in wasm::PACKAGES {
        inputs = inputs.tree(&package.folder(project))?;
    }
    let inputs = inputs.tree(&project.root().join("stories"))?.tree(&project.root().join("decks"))?.finish();
    let stamp = Stamp::new(&project.stamps(), "page", project.dist());
    if stamp.is_current(&inputs)? {
        note("www/dist: up to date, not built again");
        return Ok(());
    }

    stamp.clear();
    Run::new("npm").args(["run", "--silent", "build"]).dir(&www).run()?;
    stamp.write(&inputs)
}

/// Installs what the page is built and tested with.
pub fn install(project: &Project) -> Result<()> {
    tools::node()?;
    npm::install(project, &project.www())
}

/// Prints how large the built files are.
pub fn print_sizes(project: &Project) -> Result<()> {
    heading("Sizes");
    print(&sizes::table(&measure(project)?));
    Ok(())
}

/// Measures the modules and what the browser loads to show the page for the first time.
pub fn measure(project: &Project) -> Result<Vec<(String, Size)>> {
    let mut measured = Vec::new();
    for package in wasm::PACKAGES {
        measured.push((format!("{} (WebAssembly)", package.what), sizes::of(project, &[package.module(project)])?));
    }
    measured.push(("page's first load, without them".to_owned(), sizes::of(project, &first_load(project)?)?));
    Ok(measured)
}

/// The start page and every file it names: its scripts, those they import, its styles and its icon.
fn first_load(project: &Project) -> Result<Vec<PathBuf>> {
    let index = project.dist().join("index.html");
    let html = fs::read_to_string(&index).with_context(|| format!("{} could not be read", project.show(&index)))?;
    let mut files = vec![index];
    for reference in local_references(&html) {
        let file = project.dist().join(reference.trim_start_matches("./"));
        if !file.is_file() {
            bail!("www/dist/index.html names {reference}, which is not in www/dist");
        }
        files.push(file);
    }
    Ok(files)
}

/// What `src` and `href` attributes name in the same folder.
fn local_references(html: &str) -> Vec<&str> {
    let values = html
        .split(['<', '>', ' ', '\n'])
        .filter_map(|word| word.strip_prefix("src=\"").or_else(|| word.strip_prefix("href=\""))?.split('"').next());
    values.filter(|value| !value.is_empty() && !value.contains(':') && !value.starts_with('#')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_the_local_ones_only() {
        let html = r##"<link rel="icon" href="./favicon.svg" type="image/svg+xml" />
            <script type="module" crossorigin src="./assets/index-1a.js"></script>
            <a href="#main">skip</a><a href="https://example.org/">out</a><img src="data:image/png;base64,AA==">"##;
        assert_eq!(local_references(html), ["./favicon.svg", "./assets/index-1a.js"]);
    }
}
