//! The calls that the golden traces make, and which of their words name entities.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use specsight::engine::{OperationInfo, Param, SystemEntry, SystemInfo};
use specsight::value::{Int, Str, Value};

use super::Failure;

/// One call of a trace.
#[derive(Clone)]
pub struct Call {
    pub operation: String,
    pub args: Vec<Value>,
    /// What the trace has for an answer: later calls may name entities by it.
    pub answer: Value,
}

/// One trace.
pub struct Trace {
    pub config: Vec<Value>,
    pub calls: Vec<Call>,
}

/// How entities multiply.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// All of them: ever more containers, each with as much in it as in the trace.
    Wide,
    /// The most numerous kind: ever more in the same few containers.
    Deep,
}

impl Shape {
    pub fn name(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Deep => "deep",
        }
    }
}

/// What is known of a system's calls.
pub struct Recorded {
    pub info: SystemInfo,
    pub traces: Vec<Trace>,
    /// Words that name entities, by the parameter they stand for. All others (statuses, kinds, orders of sorting) mean the
    /// same for every entity.
    ids: BTreeMap<&'static str, BTreeSet<Str>>,
    /// When a population grows: all at one moment, so that nothing expires meanwhile.
    pub start: Int,
}

impl Recorded {
    pub fn read(entry: &SystemEntry, path: &Path) -> Result<Self, Failure> {
        let info = (entry.info)();
        let text = fs::read_to_string(path)?;
        let traces = text.lines().map(trace).collect::<Result<Vec<_>, _>>()?;
        let mut ids: BTreeMap<&'static str, BTreeSet<Str>> = BTreeMap::new();
        let mut start = None;
        for call in traces.iter().flat_map(|trace| &trace.calls) {
            let Some(operation) = info.operations.iter().find(|known| known.name == call.operation) else { continue };
            for (at, (param, value)) in operation.params.iter().zip(&call.args).enumerate() {
                if names_an_entity(operation, at) {
                    words(value, ids.entry(param.name).or_default());
                }
                for (field, value) in id_fields(param, value) {
                    words(value, ids.entry(field).or_default());
                }
                if let ("timestamp", Value::Int(at)) = (param.name, value) {
                    start = Some(start.map_or(*at, |earliest: Int| earliest.min(*at)));
                }
            }
        }
        Ok(Self { info, traces, ids, start: start.unwrap_or(Int(1_000)) })
    }

    /// The words that are renamed in each copy, so that entities multiply.
    pub fn ids(&self, shape: Shape) -> BTreeSet<Str> {
        match shape {
            Shape::Wide => self.ids.values().flatten().cloned().collect(),
            Shape::Deep => self.ids.values().max_by_key(|words| words.len()).cloned().unwrap_or_default(),
        }
    }

    /// How many calls of an operation the traces make.
    pub fn calls(&self, name: &str) -> usize {
        self.traces.iter().flat_map(|trace| &trace.calls).filter(|call| call.operation == name).count()
    }

    pub fn operation(&self, name: &str) -> Option<&OperationInfo> {
        self.info.operations.iter().find(|operation| operation.name == name)
    }

    /// The arguments of a call with every moment replaced by `now`.
    pub fn at(&self, call: &Call, now: Int) -> Vec<Value> {
        let params = self.operation(&call.operation).map_or(&[][..], |operation| &operation.params);
        let is_moment = |at: usize| params.get(at).is_some_and(|param| is_moment(param.name));
        let arg = |(at, value): (usize, &Value)| match value {
            Value::Int(_) if is_moment(at) => Value::Int(now),
            other => other.clone(),
        };
        call.args.iter().enumerate().map(arg).collect()
    }
}

/// Whether an argument is a moment that has to be like the clock: "now", or that of a snapshot.
fn is_moment(param: &str) -> bool {
    param.ends_with("timestamp") || ["target_ts", "time_at"].contains(&param)
}

fn is_id(name: &str) -> bool {
    name.ends_with("_id") || name.ends_with("_ids")
}

/// By its name; or it is the first word that a method of L1 takes, whatever its name: `key`, `path`, `domain`.
fn names_an_entity(operation: &OperationInfo, at: usize) -> bool {
    let first_word = operation.params.iter().position(|param| param.py_type == "str");
    let by_place = operation.level == 1 && first_word == Some(at);
    by_place || operation.params.get(at).is_some_and(|param| is_id(param.name))
}

fn words(value: &Value, found: &mut BTreeSet<Str>) {
    match value {
        Value::Str(word) => drop(found.insert(word.clone())),
        Value::List(items) => items.iter().for_each(|item| words(item, found)),
        _ => {}
    }
}

/// The fields of batch items that name entities.
fn id_fields<'a>(param: &Param, value: &'a Value) -> Vec<(&'static str, &'a Value)> {
    let Value::List(items) = value else { return Vec::new() };
    let names =
        || param.items.iter().flat_map(|shape| &shape.fields).map(|field| field.name).filter(|name| is_id(name));
    items.iter().flat_map(|item| names().filter_map(move |name| Some((name, item.get(name)?)))).collect()
}

fn trace(line: &str) -> Result<Trace, Failure> {
    let entries: Vec<Value> = serde_json::from_str(line)?;
    let list = |entry: &Value, field| match entry.get(field) {
        Some(Value::List(items)) => items.clone(),
        _ => Vec::new(),
    };
    let config = entries.first().map(|entry| list(entry, "args")).unwrap_or_default();
    let calls = entries.iter().filter_map(|entry| match entry.get("call") {
        Some(Value::Str(operation)) => Some(Call {
            operation: operation.to_string(),
            args: list(entry, "args"),
            answer: entry.get("returns").cloned().unwrap_or(Value::None),
        }),
        _ => None,
    });
    Ok(Trace { config, calls: calls.collect() })
}
