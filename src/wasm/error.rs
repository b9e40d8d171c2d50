//! Errors as JavaScript throws them.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::drill::DrillError;
use crate::engine::{Error, Mismatch};

/// What every exported function throws.
pub type Thrown = JsValue;

/// An `Error` with a code; a field that cannot be set is left out, which an ordinary `Error` does not do.
fn thrown(code: &str, message: &str) -> js_sys::Error {
    let error = js_sys::Error::new(message);
    error.set_name("SpecsightError");
    set(&error, "code", &code.into());
    error
}

fn set(target: &JsValue, key: &str, value: &JsValue) {
    let _ = Reflect::set(target, &key.into(), value);
}

/// The fields that belong to an error's code.
pub fn add_particulars(target: &JsValue, error: &Error) {
    if let Some(index) = error.index() {
        set(target, "index", &number(index));
    }
    if let Some(field) = error.field() {
        set(target, "field", &field.into());
    }
    match error {
        Error::Reference(raise) => set(target, "exception", &raise.exception.into()),
        Error::Deadlock { waiting } => {
            let list = Array::new();
            for waiting in waiting {
                let entry = Object::new();
                set(&entry, "task", &waiting.task.into());
                set(&entry, "resource", &waiting.resource.as_str().into());
                list.push(&entry);
            }
            set(target, "waiting", &list);
        }
        Error::Syntax { line, column, zh, .. } => {
            set(target, "line", &(*line).into());
            set(target, "column", &(*column).into());
            set(target, "zh", &zh.as_str().into());
        }
        _ => {}
    }
}

#[allow(clippy::cast_precision_loss)] // a position in a list
fn number(index: usize) -> JsValue {
    JsValue::from_f64(index as f64)
}

impl From<Error> for Thrown {
    fn from(error: Error) -> Self {
        let thrown = thrown(error.code(), &error.to_string());
        add_particulars(&thrown, &error);
        thrown.into()
    }
}

impl From<DrillError> for Thrown {
    fn from(error: DrillError) -> Self {
        thrown(error.code(), &error.to_string()).into()
    }
}

/// The error of an argument of an exported function itself.
pub fn bad_argument(index: usize, name: &str, mismatch: Mismatch) -> Error {
    Error::BadArgument(mismatch.at_argument(index, name))
}
