//! Batch items: the dicts that L5 and L6 operations take, and what they are called on a timeline.

use super::{FromValue, Mismatch};
use crate::value::{Int, Str, Value};

/// What can be gathered over: an item with a name for its lane.
pub trait Item {
    /// The name of its lane.
    fn label(&self) -> String;
}

impl Item for Str {
    fn label(&self) -> String {
        self.to_string()
    }
}

impl Item for Int {
    fn label(&self) -> String {
        self.to_string()
    }
}

impl Item for Value {
    fn label(&self) -> String {
        self.text()
    }
}

impl<A: Item, B: Item> Item for (A, B) {
    fn label(&self) -> String {
        format!("{} {}", self.0.label(), self.1.label())
    }
}

impl<A: Item, B: Item, C: Item> Item for (A, B, C) {
    fn label(&self) -> String {
        format!("{} {} {}", self.0.label(), self.1.label(), self.2.label())
    }
}

impl<A: Item, B: Item, C: Item, D: Item> Item for (A, B, C, D) {
    fn label(&self) -> String {
        format!("{} {} {} {}", self.0.label(), self.1.label(), self.2.label(), self.3.label())
    }
}

/// The label of an item that is told apart by words.
pub fn label(words: &[&str]) -> String {
    words.join(" ")
}

/// Reads the field `name` of a dict item; a missing one is an error unless there is a default.
pub fn read_field<T: FromValue>(item: &Value, name: &str, default: Option<fn() -> T>) -> Result<T, Mismatch> {
    match (item.get(name), default) {
        (Some(value), _) => T::from_value(value).map_err(|m| m.at_field(name)),
        (None, Some(default)) => Ok(default()),
        (None, None) => Err(Mismatch::problem("is missing").at_field(name)),
    }
}

/// The word under the tag of a dict item; empty for a tag that is no string, which no form has.
pub fn read_tag(item: &Value, key: &str) -> Result<Str, Mismatch> {
    match item.get(key) {
        Some(Value::Str(word)) => Ok(word.clone()),
        Some(_) => Ok(Str::default()),
        None if matches!(item, Value::Dict(_)) => Err(Mismatch::problem("is missing").at_field(key)),
        None => Err(Mismatch::expected("dict", item)),
    }
}
