//! npm packages: installed from their lockfile, and only when something differs from it.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use serde_json::{Map, Value};

use crate::project::Project;
use crate::shell::{Run, note};

/// Installs what a folder's `package-lock.json` names, if that is not what is installed.
pub fn install(project: &Project, folder: &Path) -> Result<()> {
    let shown = project.show(folder);
    let lock = folder.join("package-lock.json");
    let Ok(wanted) = fs::read_to_string(&lock) else {
        bail!("{} is missing: run `npm install` in {shown} and commit it", project.show(&lock));
    };
    // npm writes this second lockfile when, and only when, an install is complete.
    let installed = fs::read_to_string(folder.join("node_modules").join(".package-lock.json")).unwrap_or_default();
    if matches(&wanted, &installed) {
        note(&format!("{shown}/node_modules: up to date, nothing to install"));
        return Ok(());
    }
    Run::new("npm").args(["ci", "--no-audit", "--no-fund"]).dir(folder).run().with_context(|| {
        format!("the npm packages of {shown} could not be installed: is the npm registry within reach?")
    })
}

/// Tells whether the installed packages are the locked ones; packages for other platforms may be missing.
fn matches(wanted: &str, installed: &str) -> bool {
    let (Some(wanted), Some(installed)) = (packages(wanted), packages(installed)) else { return false };
    let same =
        |path: &String, package: &Value| wanted.get(path).and_then(|w| w.get("version")) == package.get("version");
    let optional = |package: &Value| package.get("optional").and_then(Value::as_bool).unwrap_or(false);
    installed.iter().all(|(path, package)| same(path, package))
        && wanted.iter().all(|(path, package)| path.is_empty() || optional(package) || installed.contains_key(path))
}

fn packages(lock: &str) -> Option<Map<String, Value>> {
    let lock: Value = serde_json::from_str(lock).ok()?;
    lock.get("packages")?.as_object().cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"{ "packages": {
        "": { "name": "page", "version": "0.0.0" },
        "node_modules/lit": { "version": "3.0.0" },
        "node_modules/esbuild-sunos": { "version": "1.0.0", "optional": true } } }"#;

    #[test]
    fn an_install_matches_its_lockfile_but_for_optional_packages() {
        assert!(matches(LOCK, r#"{ "packages": { "node_modules/lit": { "version": "3.0.0" } } }"#));
        for (why, installed) in [
            ("another version", r#"{ "packages": { "node_modules/lit": { "version": "3.0.1" } } }"#),
            ("a package is missing", r#"{ "packages": {} }"#),
            ("nothing was installed", ""),
            (
                "a package too many",
                r#"{ "packages": { "node_modules/lit": { "version": "3.0.0" },
                                   "node_modules/left": { "version": "1.0.0" } } }"#,
            ),
        ] {
            assert!(!matches(LOCK, installed), "{why}");
        }
    }
}
