//! A script in tests/python that answers a line of JSON with a line of JSON.

use std::env;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value as Json;

/// The running script.
pub struct Python {
    pub version: String,
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Python {
    /// Starts a script.
    pub fn start(script: &str) -> Self {
        let python = env::var("SPECSIGHT_PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let output = Command::new(&python).arg("--version").output();
        let output = output.unwrap_or_else(|error| panic!("{python}, which this test is about, does not run: {error}"));
        let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python").join(script);
        let mut child = Command::new(&python)
            .arg("-B")
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it has just run");
        let questions = child.stdin.take().expect("its input is ours");
        let answers = BufReader::new(child.stdout.take().expect("its output is ours"));
        Self { version, child, questions, answers }
    }

    /// Sends a line and reads one.
    pub fn ask(&mut self, question: &Json) -> Json {
        writeln!(self.questions, "{question}").expect("the script listens");
        let mut answer = String::new();
        self.answers.read_line(&mut answer).expect("the script answers");
        serde_json::from_str(&answer).unwrap_or_else(|error| panic!("the script answered {answer:?}: {error}"))
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        // It may be gone already; then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
