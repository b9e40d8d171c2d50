//! Entities by other names: how one trace becomes many.

use std::collections::{BTreeMap, BTreeSet};

use specsight::value::{Str, Value};

/// The names that the entities of one copy of a trace go by.
pub struct Naming<'a> {
    ids: &'a BTreeSet<Str>,
    suffix: String,
    /// Names that the system gave, by those it gave in the trace.
    given: BTreeMap<Str, Str>,
    /// Those ids that nobody has yet.
    fresh: Option<(&'a BTreeSet<Str>, String)>,
}

impl<'a> Naming<'a> {
    /// The names of copy number `copy`.
    pub fn of_copy(ids: &'a BTreeSet<Str>, copy: usize) -> Self {
        Self { ids, suffix: format!("#{copy}"), given: BTreeMap::new(), fresh: None }
    }

    /// The same, but for some ids, which are new.
    #[must_use]
    pub fn with_fresh(mut self, fresh: &'a BTreeSet<Str>, number: usize) -> Self {
        self.fresh = Some((fresh, format!("#new{number}")));
        self
    }

    /// The same, with names that the system gave.
    #[must_use]
    pub fn with_given(mut self, given: BTreeMap<Str, Str>) -> Self {
        self.given = given;
        self
    }

    /// Learns what the system calls an entity that it named itself.
    pub fn learn(&mut self, in_trace: &Value, here: &Value) {
        if let (Value::Str(in_trace), Value::Str(here)) = (in_trace, here)
            && in_trace != here
        {
            self.given.insert(in_trace.clone(), here.clone());
        }
    }

    /// The names that the system gave.
    pub fn into_given(self) -> BTreeMap<Str, Str> {
        self.given
    }

    /// A value with its entities renamed, however deep they are named.
    pub fn rename(&self, value: &Value) -> Value {
        match value {
            Value::Str(word) => Value::Str(self.word(word)),
            Value::List(items) => Value::List(items.iter().map(|item| self.rename(item)).collect()),
            Value::Tuple(items) => Value::Tuple(items.iter().map(|item| self.rename(item)).collect()),
            Value::Dict(entries) => {
                Value::Dict(entries.iter().map(|(key, value)| (key.clone(), self.rename(value))).collect())
            }
            other => other.clone(),
        }
    }

    fn word(&self, word: &Str) -> Str {
        if let Some((fresh, suffix)) = &self.fresh
            && fresh.contains(word)
        {
            return format!("{word}{suffix}").into();
        }
        match self.given.get(word) {
            Some(given) => given.clone(),
            None if self.ids.contains(word) => format!("{word}{}", self.suffix).into(),
            None => word.clone(),
        }
    }
}
