//! The Python that the asyncio model is compared with.

use std::path::PathBuf;

use crate::shell::{Run, find_program};
use crate::version::Version;

/// The version that the model is a model of, as far as it matters.
const MODELLED: (u32, u32) = (3, 11);

/// Finds a CPython of that version, or says in a sentence what there is instead.
pub fn find() -> Result<PathBuf, String> {
    let (major, minor) = MODELLED;
    let names = [format!("python{major}.{minor}"), "python3".to_owned(), "python".to_owned()];
    let found: Vec<_> = names.iter().filter_map(|name| find_program(name, &[])).collect();
    let versions: Vec<_> = found.iter().map(version).collect();
    let fitting = versions.iter().position(|version| version.is_some_and(|v| (v.0, v.1) == MODELLED));
    if let Some(python) = fitting.and_then(|at| found.into_iter().nth(at)) {
        return Ok(python);
    }
    Err(match versions.into_iter().flatten().next() {
        Some(other) => format!("the model is of CPython {major}.{minor}, and this machine has {other}"),
        None => format!("there is no python3 on the PATH (the model is of CPython {major}.{minor})"),
    })
}

fn version(python: &PathBuf) -> Option<Version> {
    // Another Python, such as PyPy, has another asyncio: it must say that it is CPython.
    let ask = "import platform; print(platform.python_implementation(), platform.python_version())";
    let printed = Run::new(python).args(["-c", ask]).read().ok()?;
    Version::find(printed.strip_prefix("CPython ")?)
}
