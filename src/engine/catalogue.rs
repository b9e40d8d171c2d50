//! The catalogue: what there is to know about a system, as data. It is derived from the systems' own definitions.

use serde::Serialize;

use super::FromValue;
use crate::patterns::Pattern;

/// A text in both languages of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Text {
    /// English.
    pub en: &'static str,
    /// Cantonese.
    pub zh: &'static str,
}

impl Text {
    /// A text, English first.
    pub const fn of(en: &'static str, zh: &'static str) -> Self {
        Self { en, zh }
    }
}

/// The shape of the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// One dict of records.
    Flat,
    /// One dict whose entries hold sub-items.
    Nested,
    /// Two dicts for two kinds of thing.
    TwoCollections,
}

/// What a rate-limited operation does with an item that cannot succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum L6Kind {
    /// Tests before the semaphore: a bad item returns at once.
    FailFast,
    /// Everything takes a permit and sleeps.
    AllSleep,
    /// A fixed number of workers share a queue.
    WorkerPool,
    /// Check, start, external call, complete.
    Lifecycle,
}

/// The pattern of each of the upper levels.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Patterns {
    /// L3.
    pub l3: &'static str,
    /// L4.
    pub l4: &'static str,
    /// L5.
    pub l5: &'static str,
    /// L6.
    pub l6: L6Kind,
}

/// One system.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SystemInfo {
    /// The slug.
    pub id: &'static str,
    /// The Python class.
    pub class_name: &'static str,
    /// Its name for people.
    pub title: Text,
    /// What it is, in a sentence.
    pub summary: Text,
    /// The shape of its data.
    pub family: Family,
    /// Why it has that shape.
    pub family_reason: Text,
    /// The handbook's group.
    pub group: &'static str,
    /// Words of a spec that give it away.
    pub signals: &'static [&'static str],
    /// The mechanisms it is made of.
    pub uses: &'static [Pattern],
    /// The constructor's parameters.
    pub config: Vec<Param>,
    /// The methods in level order.
    pub operations: Vec<OperationInfo>,
    /// The patterns of L3 to L6.
    pub patterns: Patterns,
    /// A fresh state as Python, one line per attribute.
    pub initial_state: String,
}

/// One method.
#[derive(Clone, Debug, Serialize)]
pub struct OperationInfo {
    /// Its name.
    pub name: &'static str,
    /// Its level, 1 to 6.
    pub level: u8,
    /// Its parameters, in order.
    pub params: Vec<Param>,
    /// The Python type of its answer.
    pub returns: String,
    /// Whether it is a coroutine.
    #[serde(rename = "async")]
    pub is_async: bool,
    /// What it does, in a sentence.
    pub doc: &'static str,
    /// What it checks, in order.
    pub checks: &'static [Check],
}

/// One parameter of a method, a constructor or a batch item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Param {
    /// Its name.
    pub name: &'static str,
    /// Its Python type.
    #[serde(rename = "type")]
    pub py_type: String,
    /// Whether it may be left out.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
    /// For a list of dicts: the forms of an item.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ItemShape>,
}

/// A parameter as a system's definition has it: data, from which the catalogue's entry is made when it is asked for.
#[derive(Clone, Copy, Debug)]
pub struct ParamSpec {
    /// Its name.
    pub name: &'static str,
    /// Whether it may be left out.
    pub optional: bool,
    /// The name of its type in Python.
    pub py_type: fn() -> String,
    /// For a list of dicts: the forms of an item.
    pub items: fn() -> Vec<ItemShape>,
}

impl ParamSpec {
    /// A parameter of a Rust type.
    pub const fn of<T: FromValue>(name: &'static str, optional: bool) -> Self {
        Self { name, optional, py_type: T::py_type, items: T::item_shapes }
    }

    /// The catalogue's entries of a list of parameters.
    pub fn describe(specs: &[Self]) -> Vec<Param> {
        specs
            .iter()
            .map(|spec| Param {
                name: spec.name,
                py_type: (spec.py_type)(),
                optional: spec.optional,
                items: (spec.items)(),
            })
            .collect()
    }
}

/// One form of a batch item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ItemShape {
    /// The key and the word that select the form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<Tag>,
    /// Its other keys.
    pub fields: Vec<Param>,
}

/// What selects a form of a batch item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Tag {
    /// The key: `type`.
    pub key: &'static str,
    /// The word under it; `None` stands for any other word.
    pub value: Option<&'static str>,
}

/// One check of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// The rule: `exists`.
    pub rule: &'static str,
    /// What it is about: `account`.
    pub noun: &'static str,
    /// The parameter or expression that is checked.
    pub subject: &'static str,
    /// What a refusal answers or raises, as Python.
    pub refusal: &'static str,
}
