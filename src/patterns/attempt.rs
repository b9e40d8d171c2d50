//! L6 all-sleep with a verdict for each: one that fails stops no other.

use crate::engine::{ExternalOutcome, IntoValue};
use crate::value::{Str, Value};

/// What became of one attempt: `{id_name: id, "status": "success" | "error", "result": ...}`.
pub fn attempted(id_name: &'static str, id: &Str, outcome: ExternalOutcome) -> Value {
    let (status, result) = match outcome {
        Ok(result) => ("success", result),
        Err(message) => ("error", message.into_value()),
    };
    Value::record([(id_name, id.into_value()), ("status", status.into_value()), ("result", result)])
}
