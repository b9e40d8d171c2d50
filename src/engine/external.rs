//! Async callables that operations are given: a plan on virtual time, or a real function in a page.

use super::{FromValue, Mismatch, read_field};
use crate::asyncio::ExternalHandle;
use crate::value::{Num, Str, Value};

/// What an external call came to: its result, or the message of the exception it raised.
pub type ExternalOutcome = Result<Value, String>;

/// An async callable.
#[derive(Clone, Debug)]
pub enum ExternalCall {
    /// Sleeps, then raises for the listed ids, else gives the result.
    Plan {
        /// How long it sleeps, in milliseconds; with 0 it does not suspend.
        sleep_ms: f64,
        /// The messages of the failures, by id.
        fail: Vec<(Str, String)>,
        /// What it gives when it does not fail.
        result: Value,
    },
    /// Lives outside; only `play` can call it.
    Outside(u32),
}

impl ExternalCall {
    /// The message with which a plan fails for an id.
    pub fn failure(&self, id: &str) -> Option<&str> {
        match self {
            Self::Plan { fail, .. } => {
                fail.iter().find(|(listed, _)| &**listed == id).map(|(_, message)| message.as_str())
            }
            Self::Outside(_) => None,
        }
    }
}

impl FromValue for ExternalCall {
    fn py_type() -> String {
        "async callable".to_owned()
    }

    fn from_value(value: &Value) -> Result<Self, Mismatch> {
        match value {
            Value::Callable(handle) => Ok(Self::Outside(*handle)),
            Value::Dict(_) => {
                let sleep_ms = read_field::<Num>(value, "sleep_ms", None)?.as_f64();
                if sleep_ms < 0.0 {
                    return Err(Mismatch::problem("must be 0 or more").at_field("sleep_ms"));
                }
                let fail = match value.get("fail") {
                    None | Some(Value::None) => Vec::new(),
                    Some(Value::Dict(entries)) => entries
                        .iter()
                        .map(|(id, message)| Ok((id.key_text(), Str::from_value(message)?.to_string())))
                        .collect::<Result<_, Mismatch>>()
                        .map_err(|m| m.at_field("fail"))?,
                    Some(other) => return Err(Mismatch::expected("dict", other).at_field("fail")),
                };
                Ok(Self::Plan { sleep_ms, fail, result: value.get("result").cloned().unwrap_or_default() })
            }
            other => {
                Err(Mismatch::expected("a plan such as {\"sleep_ms\": 10}, or an async function in `play`", other))
            }
        }
    }
}

/// A call that somebody outside has to make.
pub struct ExternalRequest {
    /// The outside's handle of the function.
    pub callable: u32,
    /// What to call it with.
    pub args: Vec<Value>,
    /// Where its outcome goes.
    pub answer: ExternalHandle<ExternalOutcome>,
}
