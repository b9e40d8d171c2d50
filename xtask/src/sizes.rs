//! How large files are as they are and as static hosts send them.

use std::ops::Add;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::project::Project;
use crate::shell::Run;

/// A size in bytes, raw and compressed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Size {
    /// As it is on disk.
    pub raw: u64,
    /// As gzip at its highest level.
    pub gzip: u64,
    /// As brotli at its highest level.
    pub brotli: u64,
}

impl Size {
    /// The size as JSON.
    pub fn to_json(self) -> Value {
        json!({ "raw": self.raw, "gzip": self.gzip, "brotli": self.brotli })
    }
}

impl Add for Size {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { raw: self.raw + other.raw, gzip: self.gzip + other.gzip, brotli: self.brotli + other.brotli }
    }
}

/// Measures files, each compressed on its own, and adds them up.
pub fn of(project: &Project, files: &[PathBuf]) -> Result<Size> {
    let printed = Run::new("node").args([project.assets().join("sizes.mjs")]).args(files).read()?;
    let sizes: Vec<Value> = serde_json::from_str(&printed).context("sizes.mjs did not print JSON")?;
    let number = |size: &Value, field: &str| size.get(field).and_then(Value::as_u64).unwrap_or(0);
    Ok(sizes.iter().fold(Size::default(), |total, size| {
        total + Size { raw: number(size, "raw"), gzip: number(size, "gzip"), brotli: number(size, "brotli") }
    }))
}

/// Lays sizes out, one line each.
pub fn table(sizes: &[(String, Size)]) -> String {
    let lines = sizes.iter().map(|(name, size)| {
        format!("    {name:<40} {:>11} {:>11} {:>11}", kib(size.raw), kib(size.gzip), kib(size.brotli))
    });
    let head = format!("    {:<40} {:>11} {:>11} {:>11}", "", "raw", "gzip", "brotli");
    std::iter::once(head).chain(lines).collect::<Vec<_>>().join("\n")
}

/// Writes bytes as KiB with one decimal, in whole-number arithmetic.
pub fn kib(bytes: u64) -> String {
    let tenths = (bytes * 10 + 512) / 1024;
    format!("{}.{} KiB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kibibytes_are_rounded_to_a_tenth() {
        for (bytes, text) in [(0, "0.0 KiB"), (1024, "1.0 KiB"), (1023, "1.0 KiB"), (1536, "1.5 KiB"), (100, "0.1 KiB")]
        {
            assert_eq!(kib(bytes), text);
        }
    }
}
