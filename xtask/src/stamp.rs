//! Remembers what was built from what, so that a second run only does what is needed.
//!
//! Contents are compared rather than times: a checkout touches every file, and an editor's save changes none.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// A digest of names and contents; equal inputs give equal digests within one build of this program.
#[derive(Debug)]
pub struct Fingerprint {
    hasher: DefaultHasher,
    skipped: Vec<PathBuf>,
}

impl Fingerprint {
    /// Starts a digest that leaves out the files and folders given.
    pub fn new(skipped: impl IntoIterator<Item = PathBuf>) -> Self {
        Self { hasher: DefaultHasher::new(), skipped: skipped.into_iter().collect() }
    }

    /// Adds a text, such as the version of a tool.
    pub fn text(mut self, text: &str) -> Self {
        text.hash(&mut self.hasher);
        self
    }

    /// Adds a file, or a folder with all that is in it; what does not exist counts as absent.
    pub fn tree(mut self, path: &Path) -> Result<Self> {
        self.add(path).with_context(|| format!("{} could not be read", path.display()))?;
        Ok(self)
    }

    fn add(&mut self, path: &Path) -> std::io::Result<()> {
        if self.skipped.iter().any(|skipped| skipped == path) {
            return Ok(());
        }
        path.file_name().hash(&mut self.hasher);
        if path.is_dir() {
            let mut entries = fs::read_dir(path)?.map(|e| e.map(|e| e.path())).collect::<std::io::Result<Vec<_>>>()?;
            entries.sort();
            for entry in entries {
                self.add(&entry)?;
            }
            // Marks the end, so that a file cannot move between a folder and its parent unseen.
            "/".hash(&mut self.hasher);
        } else if path.is_file() {
            fs::read(path)?.hash(&mut self.hasher);
        } else {
            "absent".hash(&mut self.hasher);
        }
        Ok(())
    }

    /// Gives the digest.
    pub fn finish(self) -> String {
        format!("{:016x}", self.hasher.finish())
    }
}

/// The record of one build: the digest of its inputs and that of its output.
#[derive(Debug)]
pub struct Stamp {
    file: PathBuf,
    output: PathBuf,
}

impl Stamp {
    /// Names the record of a build and the file or folder it makes.
    pub fn new(stamps: &Path, name: &str, output: PathBuf) -> Self {
        Self { file: stamps.join(format!("{name}.stamp")), output }
    }

    /// Tells whether the output is there, made from these inputs and untouched since.
    pub fn is_current(&self, inputs: &str) -> Result<bool> {
        let Ok(recorded) = fs::read_to_string(&self.file) else { return Ok(false) };
        Ok(self.output.exists() && recorded == self.record(inputs)?)
    }

    /// Forgets the last build; called before a new one, so that a broken build is never taken for a finished one.
    pub fn clear(&self) {
        let _ = fs::remove_file(&self.file);
    }

    /// Records a finished build.
    pub fn write(&self, inputs: &str) -> Result<()> {
        let folder = self.file.parent().unwrap_or(Path::new("."));
        let written = fs::create_dir_all(folder).and_then(|()| Ok(fs::write(&self.file, self.record(inputs)?)));
        written.and_then(|done| done).with_context(|| format!("{} could not be written", self.file.display()))
    }

    fn record(&self, inputs: &str) -> std::io::Result<String> {
        let mut output = Fingerprint::new([]);
        output.add(&self.output)?;
        Ok(format!("{inputs}\n{}\n", output.finish()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    fn digest(path: &Path) -> String {
        Fingerprint::new([path.join("skipped")]).tree(path).unwrap().finish()
    }

    #[test]
    fn a_fingerprint_changes_with_every_name_and_content_and_with_nothing_else() {
        let scratch = Scratch::new();
        scratch.write("a.txt", "one");
        scratch.write("folder/b.txt", "two");
        let mut seen = vec![digest(scratch.path())];
        scratch.write("a.txt", "one");
        scratch.write("skipped/c.txt", "unseen");
        assert_eq!(digest(scratch.path()), seen[0], "same contents, and a skipped folder");

        scratch.write("a.txt", "changed");
        seen.push(digest(scratch.path()));
        fs::rename(scratch.path().join("a.txt"), scratch.path().join("z.txt")).unwrap();
        seen.push(digest(scratch.path()));
        fs::rename(scratch.path().join("folder/b.txt"), scratch.path().join("b.txt")).unwrap();
        seen.push(digest(scratch.path()));
        fs::remove_file(scratch.path().join("b.txt")).unwrap();
        seen.push(digest(scratch.path()));

        let total = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), total, "five states, five digests");
    }

    #[test]
    fn texts_do_not_run_into_each_other() {
        let digest = |texts: [&str; 2]| Fingerprint::new([]).text(texts[0]).text(texts[1]).finish();
        assert_ne!(digest(["ab", "c"]), digest(["a", "bc"]));
    }

    #[test]
    fn a_stamp_holds_until_inputs_or_output_change() {
        let scratch = Scratch::new();
        scratch.write("out/page.html", "built");
        let stamp = Stamp::new(&scratch.path().join("stamps"), "page", scratch.path().join("out"));
        assert!(!stamp.is_current("inputs").unwrap(), "nothing was recorded");
        stamp.write("inputs").unwrap();
        assert!(stamp.is_current("inputs").unwrap());
        assert!(!stamp.is_current("other inputs").unwrap());

        scratch.write("out/page.html", "edited by hand");
        assert!(!stamp.is_current("inputs").unwrap());
        scratch.write("out/page.html", "built");
        assert!(stamp.is_current("inputs").unwrap());

        stamp.clear();
        assert!(!stamp.is_current("inputs").unwrap());
    }
}
