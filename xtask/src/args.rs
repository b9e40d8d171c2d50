//! The arguments of one command: flags, and flags with a value.

use anyhow::{Result, bail};

/// What stands after the command's name; every part is taken once, and nothing may be left.
#[derive(Debug)]
pub struct Args(Vec<String>);

impl Args {
    /// Takes the arguments after the command's name.
    pub fn new(args: impl IntoIterator<Item = String>) -> Self {
        Self(args.into_iter().collect())
    }

    /// Takes a flag such as `--open` and tells whether it was there.
    pub fn flag(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|arg| arg != name);
        self.0.len() < before
    }

    /// Takes the value of a flag, written `--port 8000` or `--port=8000`.
    pub fn value(&mut self, name: &str) -> Result<Option<String>> {
        if let Some(at) = self.0.iter().position(|arg| arg == name) {
            if at + 1 >= self.0.len() || self.0[at + 1].starts_with("--") {
                bail!("`{name}` needs a value");
            }
            self.0.remove(at);
            return Ok(Some(self.0.remove(at)));
        }
        let start = format!("{name}=");
        let found = self.0.iter().position(|arg| arg.starts_with(&start));
        Ok(found.map(|at| self.0.remove(at)[start.len()..].to_owned()))
    }

    /// Fails if something was not understood.
    pub fn finish(self) -> Result<()> {
        match self.0.first() {
            None => Ok(()),
            Some(arg) => bail!("`{arg}` is not understood here; `cargo xtask help` lists what is"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(line: &str) -> Args {
        Args::new(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn flags_and_values_are_taken_in_any_order() {
        for line in ["--open --port 81", "--port 81 --open", "--port=81 --open"] {
            let mut args = args(line);
            assert_eq!(args.value("--port").unwrap().as_deref(), Some("81"), "{line}");
            assert!(args.flag("--open"), "{line}");
            assert!(!args.flag("--open"), "taken once: {line}");
            args.finish().unwrap();
        }
    }

    #[test]
    fn what_is_missing_or_left_over_is_named() {
        assert!(args("--port").value("--port").unwrap_err().to_string().contains("--port"));
        assert!(args("--port --open").value("--port").is_err());
        assert!(args("--opne").finish().unwrap_err().to_string().contains("--opne"));
        assert_eq!(args("").value("--port").unwrap(), None);
    }
}
