//! What the golden traces tell of a system: states that calls led to, and what calls are given.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use specsight::engine::{Engine, Error, OperationInfo, Param, Step, SystemEntry, SystemInfo, find};
use specsight::value::{Int, Num, Value};

use crate::calls::Call;

/// One system's traces.
pub struct Recorded {
    pub info: SystemInfo,
    /// The states along the traces, each with "now" there. They share what they have in common.
    pub moments: Vec<Moment>,
    /// What was given for each parameter or field of that name.
    words: BTreeMap<&'static str, Vec<Value>>,
    /// Every word that was ever given for something.
    vocabulary: BTreeSet<String>,
    /// What each operation was given.
    pub args: BTreeMap<&'static str, Vec<Vec<Value>>>,
    /// How much time lay between two calls.
    pub pauses: Vec<i64>,
}

/// A state, and when it was.
pub struct Moment {
    pub engine: Engine,
    pub now: Int,
}

impl Moment {
    pub fn fork(&self) -> Self {
        Self { engine: self.engine.fork(), now: self.now }
    }

    /// Lets time pass.
    pub fn wait(&mut self, pause: i64) {
        self.now += pause;
        self.engine.set_clock(Num::Int(self.now));
    }

    /// Makes a call now.
    pub fn call(&mut self, call: &Call) -> Result<Value, Error> {
        self.engine.call(call.operation, &call.args_at(self.now))
    }

    /// Makes a call now, and gives what it changed and why.
    pub fn step(&mut self, call: &Call) -> Result<Step, Error> {
        self.engine.step(call.operation, &call.args_at(self.now))
    }

    /// The state now.
    pub fn view(&self) -> Value {
        self.engine.view()
    }
}

impl Recorded {
    pub fn of(system: &str) -> Self {
        Self::read(find(system).expect("a known system"))
    }

    pub fn read(entry: &SystemEntry) -> Self {
        let info = (entry.info)();
        let mut recorded = Self {
            info,
            moments: Vec::new(),
            words: BTreeMap::new(),
            vocabulary: BTreeSet::new(),
            args: BTreeMap::new(),
            pauses: Vec::new(),
        };
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/systems/{}.jsonl", entry.id));
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for line in text.lines() {
            let trace: Vec<Value> = serde_json::from_str(line).expect("a trace");
            recorded.replay(entry.id, &trace);
        }
        recorded.pauses.sort_unstable();
        recorded.pauses.dedup();
        recorded
    }

    pub fn operation(&self, name: &str) -> &OperationInfo {
        self.info.operations.iter().find(|operation| operation.name == name).expect("a known operation")
    }

    /// What was given for parameters and fields of that name.
    pub fn words(&self, name: &str) -> &[Value] {
        self.words.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether a word was ever given for something: then it is no name of a field.
    pub fn knows(&self, word: &str) -> bool {
        self.vocabulary.contains(word)
    }

    fn replay(&mut self, system: &str, trace: &[Value]) {
        let mut engine = Engine::new(system, list(&trace[0], "args")).expect("a system");
        let mut now = Int::ZERO;
        self.moments.push(Moment { engine: engine.fork(), now });
        for entry in trace {
            if let Some(Num::Int(clock)) = entry.get("clock").and_then(Value::as_num) {
                engine.set_clock(Num::Int(clock));
                self.passed(&mut now, clock);
            }
            let Some(Value::Str(name)) = entry.get("call") else { continue };
            let args = list(entry, "args");
            let OperationInfo { name, params, .. } = self.operation(name).clone();
            for (param, value) in params.iter().zip(args) {
                self.learn(param, value);
                if let ("timestamp", Value::Int(timestamp)) = (param.name, value) {
                    self.passed(&mut now, *timestamp);
                }
            }
            self.args.entry(name).or_default().push(args.to_vec());
            let _ = engine.call(name, args);
            self.moments.push(Moment { engine: engine.fork(), now });
        }
    }

    fn passed(&mut self, now: &mut Int, to: Int) {
        if to > *now {
            self.pauses.push((to - *now).0);
            *now = to;
        }
    }

    fn learn(&mut self, param: &Param, value: &Value) {
        let known = self.words.entry(param.name).or_default();
        if !known.contains(value) {
            known.push(value.clone());
        }
        // What lists are sorted by is the name of a field.
        if let (Value::Str(word), true) = (value, param.name != "sort_by") {
            self.vocabulary.insert(word.to_string());
        }
        let Value::List(items) = value else { return };
        for (item, field) in items
            .iter()
            .flat_map(|item| param.items.iter().map(move |shape| (item, shape)))
            .flat_map(|(item, shape)| shape.fields.iter().map(move |field| (item, field)))
        {
            if let Some(value) = item.get(field.name) {
                self.learn(field, value);
            }
        }
    }
}

fn list<'a>(entry: &'a Value, field: &str) -> &'a [Value] {
    match entry.get(field) {
        Some(Value::List(items)) => items,
        _ => &[],
    }
}
