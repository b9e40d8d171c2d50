//! Values and numbers as Python writes them.

use crate::value::{Num, Value};

/// A string in quotes.
pub(super) fn quoted(text: &str) -> String {
    Value::Str(text.into()).text()
}

/// A plain value as an expression.
pub(super) fn expression(value: &Value) -> String {
    match value {
        Value::Float(x) => float(*x),
        Value::List(items) | Value::Set(items) => format!("[{}]", listed(items)),
        Value::Tuple(items) if items.len() == 1 => format!("({},)", listed(items)),
        Value::Tuple(items) => format!("({})", listed(items)),
        Value::Dict(entries) => {
            let entry = |(key, value): &(Value, Value)| format!("{}: {}", expression(key), expression(value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        // The outside's functions have no text.
        Value::Callable(_) => "None".to_owned(),
        Value::None | Value::Bool(_) | Value::Int(_) | Value::Str(_) => value.text(),
    }
}

fn listed(items: &[Value]) -> String {
    items.iter().map(expression).collect::<Vec<_>>().join(", ")
}

fn float(x: f64) -> String {
    let text = Num::Float(x).to_string();
    if x.is_finite() { text } else { format!("float(\"{text}\")") }
}

/// The seconds of a sleep whose milliseconds are given: such that they come out again.
pub(super) fn seconds(ms: f64) -> String {
    let near = ms / 1000.0;
    let exact = [near, near.next_up(), near.next_down()].into_iter().find(|s| (*s * 1000.0).to_bits() == ms.to_bits());
    let text = float(exact.unwrap_or(near));
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}
