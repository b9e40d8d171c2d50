//! Runs other programs, shows what is run and says in a sentence what went wrong.

use std::env;
use std::ffi::{OsStr, OsString};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context as _, Result, bail};

/// Prints the heading of a piece of work.
pub fn heading(text: &str) {
    progress(&format!("\n==> {text}"));
}

/// Prints one line about the piece of work under way.
pub fn note(text: &str) {
    progress(&format!("    {text}"));
}

/// Prints a result, on standard output; a reader that went away (`| head`) is no failure.
pub fn print(text: &str) {
    let _ = writeln!(io::stdout().lock(), "{text}");
}

/// Prints on standard error, as cargo does, so that standard output holds results only.
fn progress(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Finds a program in the folders given first, then on the `PATH`.
pub fn find_program(name: &str, first: &[PathBuf]) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd"] } else { &[""] };
    first
        .iter()
        .cloned()
        .chain(env::split_paths(&path))
        .find_map(|dir| endings.iter().map(|ending| dir.join(format!("{name}{ending}"))).find(|file| file.is_file()))
}

/// A program to run.
#[derive(Debug)]
pub struct Run {
    command: Command,
    shown: String,
}

impl Run {
    /// Prepares a program: a bare name is looked up on the `PATH`.
    pub fn new(program: impl AsRef<Path>) -> Self {
        let program = program.as_ref();
        let found =
            program.to_str().filter(|name| !name.contains(['/', '\\'])).and_then(|name| find_program(name, &[]));
        let shown = program.file_stem().unwrap_or(program.as_os_str()).to_string_lossy().into_owned();
        Self { command: Command::new(found.as_deref().unwrap_or(program)), shown }
    }

    /// Adds arguments.
    pub fn args<A: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        for arg in args {
            self.shown.push(' ');
            self.shown.push_str(&arg.as_ref().to_string_lossy());
            self.command.arg(arg);
        }
        self
    }

    /// Sets the folder it runs in.
    pub fn dir(mut self, dir: impl AsRef<Path>) -> Self {
        self.command.current_dir(dir);
        self
    }

    /// Sets an environment variable.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Puts folders before all others on the program's own `PATH`.
    pub fn path_first(self, dirs: &[PathBuf]) -> Self {
        let path = env::var_os("PATH").unwrap_or_default();
        let joined = env::join_paths(dirs.iter().cloned().chain(env::split_paths(&path)));
        // Only a folder with a separator in its name cannot be joined; the `PATH` as it is then still serves.
        let joined: OsString = joined.unwrap_or(path);
        self.env("PATH", joined)
    }

    /// Runs it, its output shown as progress, and fails unless it succeeds.
    pub fn run(mut self) -> Result<()> {
        note(&format!("$ {}", self.shown));
        let status = self.command.stdout(Stdio::from(io::stderr())).status();
        self.check(status.with_context(|| self.unstarted())?)
    }

    /// Runs it, its complaints shown, and gives what it prints on standard output.
    pub fn capture(mut self) -> Result<String> {
        note(&format!("$ {}", self.shown));
        let output = self.command.stderr(Stdio::inherit()).output().with_context(|| self.unstarted())?;
        self.check(output.status)?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Runs it quietly and gives what it prints on standard output.
    pub fn read(mut self) -> Result<String> {
        let output = self.command.stdin(Stdio::null()).output().with_context(|| self.unstarted())?;
        self.check(output.status).with_context(|| String::from_utf8_lossy(&output.stderr).trim().to_owned())?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn check(&self, status: ExitStatus) -> Result<()> {
        if !status.success() {
            bail!("`{}` failed ({status})", self.shown);
        }
        Ok(())
    }

    fn unstarted(&self) -> String {
        format!("`{}` could not be started", self.shown)
    }
}
