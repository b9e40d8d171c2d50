//! Whole records as answers.

use crate::engine::IntoValue;
use crate::value::{State, Value};

/// A part of a state as the dict that a method gives out: a copy, taken now.
#[derive(Clone)]
pub struct Record(Value);

impl Record {
    /// A copy of a part of the state.
    pub fn of(part: &impl State) -> Self {
        Self(part.view())
    }

    /// A copy with an entry put in front.
    pub fn with_first(name: &'static str, value: impl IntoValue, part: &impl State) -> Self {
        let mut fields = vec![(Value::Str(name.into()), value.into_value())];
        if let Value::Dict(rest) = part.view() {
            fields.extend(rest);
        }
        Self(Value::Dict(fields))
    }
}

impl IntoValue for Record {
    fn py_type() -> String {
        "dict".to_owned()
    }

    fn into_value(self) -> Value {
        self.0
    }
}
