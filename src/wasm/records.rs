//! Steps, changes, notes, events and views as plain objects: their one home on this side of the boundary.

use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;

use super::convert::{Dicts, list, milliseconds, path, piece, set, to_js};
use super::error::add_particulars;
use crate::asyncio::{Event, ROOT, Stamp};
use crate::engine::{Engine, Note, ScenarioStep, Simulation, Step, call_text};
use crate::value::{Change, Piece, State, Str, Value};

pub fn step(engine: &Engine, step: &Step, args: &[Value]) -> Object {
    let object = call(engine, step.operation, args);
    answer(&object, step);
    if let Some(ns) = step.virtual_ns {
        set(&object, "virtualMs", &milliseconds(ns).into());
    }
    object
}

pub fn simulation(engine: &Engine, simulation: &Simulation, args: &[Value]) -> Object {
    let object = call(engine, simulation.step.operation, args);
    answer(&object, &simulation.step);
    set(&object, "virtualMs", &milliseconds(simulation.step.virtual_ns.unwrap_or_default()).into());
    set(&object, "events", &events(&simulation.events));
    object
}

pub fn scenario_step(engine: &Engine, made: &ScenarioStep) -> Object {
    let object = match &made.outcome {
        Ok(outcome) => step(engine, outcome, &made.args),
        Err(error) => {
            let object = call(engine, &made.operation, &made.args);
            let refused = Object::new();
            set(&refused, "code", &error.code().into());
            set(&refused, "message", &error.to_string().into());
            add_particulars(&refused, error);
            set(&object, "error", &refused);
            object
        }
    };
    set(&object, "ok", &made.outcome.is_ok().into());
    if let Some(clock) = made.clock {
        set(&object, "clockMs", &to_js(&clock.view(), Dicts::Objects));
    }
    object
}

fn call(engine: &Engine, operation: &str, args: &[Value]) -> Object {
    let object = Object::new();
    set(&object, "operation", &operation.into());
    set(&object, "args", &list(args.iter(), |arg| to_js(arg, Dicts::Objects)));
    set(&object, "callText", &call_text(engine.entry(), operation, args).into());
    object
}

fn answer(object: &Object, step: &Step) {
    set(object, "returns", &to_js(&step.returns, Dicts::Objects));
    set(object, "returnsText", &step.returns.text().into());
    set(object, "changes", &changes(&step.changes));
    set(object, "notes", &list(step.notes.iter(), note));
}

pub fn changes(changes: &[Change]) -> Array {
    list(changes.iter(), |change| {
        let object = Object::new();
        set(&object, "path", &path(&change.path.0));
        set(&object, "kind", &change.kind.as_str().into());
        for (value, name, text) in [(&change.before, "before", "beforeText"), (&change.after, "after", "afterText")] {
            if let Some(value) = value {
                set(&object, name, &to_js(value, Dicts::Objects));
                set(&object, text, &value.text().into());
            }
        }
        if let Some(position) = change.position {
            set(&object, "position", &position.into());
        }
        object.into()
    })
}

fn note(note: &Note) -> JsValue {
    let object = Object::new();
    note_fields(&object, note);
    // The operation itself is not one of the tasks that a step tells apart.
    if let Some(stamp) = note.at.filter(|stamp| stamp.task != ROOT) {
        stamped(&object, stamp);
    }
    object.into()
}

/// What a note says.
pub fn note_fields(object: &Object, note: &Note) {
    set(object, "code", &note.code.into());
    for (name, value) in &note.fields {
        set(object, name, &to_js(value, Dicts::Objects));
    }
}

/// When a task did what the record is about.
pub fn stamped(object: &Object, stamp: Stamp) {
    set(object, "atMs", &milliseconds(stamp.at_ns).into());
    set(object, "task", &stamp.task.into());
}

#[wasm_bindgen(module = "/src/wasm/shapes.js")]
extern "C" {
    fn event(at_ms: f64, task: i32, what: &JsValue, resource: &JsValue, label: &JsValue) -> JsValue;

    #[wasm_bindgen(js_name = logEntry)]
    fn log_entry(at_ms: f64, task: i32, what: &JsValue, resource: &JsValue) -> JsValue;

    fn scalar(kind: &JsValue, text: &str) -> JsValue;

    fn container(kind: &JsValue, size: usize, entries: &Array) -> JsValue;

    fn entry(key: &JsValue, key_text: &str, node: &JsValue) -> JsValue;
}

/// JavaScript's strings of the words that come again and again; most events share a few.
#[derive(Default)]
struct Words(BTreeMap<Rc<str>, JsValue>, BTreeMap<&'static str, JsValue>);

impl Words {
    fn fixed(&mut self, word: &'static str) -> &JsValue {
        self.1.entry(word).or_insert_with(|| JsValue::from_str(word))
    }

    fn shared(&mut self, word: Option<&Rc<str>>) -> JsValue {
        match word {
            Some(word) => self.0.entry(Rc::clone(word)).or_insert_with(|| JsValue::from_str(word)).clone(),
            None => JsValue::UNDEFINED,
        }
    }
}

pub fn events(events: &[Event]) -> Array {
    let mut words = Words::default();
    let made = events.iter().map(|e| {
        let resource = words.shared(e.resource.as_ref());
        let label = words.shared(e.label.as_ref());
        event(milliseconds(e.at_ns), e.task, words.fixed(e.what.as_str()), &resource, &label)
    });
    made.collect()
}

/// The log form of a program's events: `[virtualMs, task, what, resource]`.
pub fn log(events: &[Event]) -> Array {
    let mut words = Words::default();
    let made = events.iter().filter(|e| e.task != ROOT).map(|e| {
        let resource = words.shared(e.resource.as_ref());
        log_entry(milliseconds(e.at_ns), e.task, words.fixed(e.what.as_str()), &resource)
    });
    made.collect()
}

/// Which part of a state to show.
pub struct Window {
    /// At the most so many entries of each container.
    pub limit: usize,
    /// Paths that are shown whatever the limit.
    pub reveal: Vec<Vec<Piece>>,
}

/// A state as nodes, each container cut to the window.
pub fn view(value: &Value, window: &Window) -> JsValue {
    let reveal: Vec<&[Piece]> = window.reveal.iter().map(Vec::as_slice).collect();
    node(value, window.limit, &reveal, &mut Words::default())
}

fn node(value: &Value, limit: usize, reveal: &[&[Piece]], words: &mut Words) -> JsValue {
    let (kind, entries): (&str, Vec<(Piece, String, &Value)>) = match value {
        Value::Dict(entries) => {
            ("dict", entries.iter().map(|(k, v)| (Piece::Key(k.key_text()), k.text(), v)).collect())
        }
        Value::List(items) => ("list", positions(items)),
        Value::Tuple(items) => ("tuple", positions(items)),
        // A set has no positions: its items are found by what they are, as changes name them.
        Value::Set(items) => ("set", items.iter().map(|i| (Piece::Key(i.key_text()), i.text(), i)).collect()),
        Value::None => return scalar(words.fixed("none"), "None"),
        other => return scalar(words.fixed(other.type_name()), &other.text()),
    };
    let shown = Array::new();
    for (at, (key, key_text, value)) in entries.iter().enumerate() {
        let within: Vec<&[Piece]> =
            reveal.iter().filter(|path| path.first() == Some(key)).filter_map(|path| path.get(1..)).collect();
        if at < limit || !within.is_empty() {
            let node = node(value, limit, &within, words);
            shown.push(&entry(&piece(key), key_text, &node));
        }
    }
    container(words.fixed(kind), entries.len(), &shown)
}

fn positions(items: &[Value]) -> Vec<(Piece, String, &Value)> {
    items.iter().enumerate().map(|(at, item)| (Piece::Index(at), at.to_string(), item)).collect()
}

/// A piece of a path from a value.
pub fn to_piece(value: &Value) -> Piece {
    match value {
        Value::Int(n) => usize::try_from(n.0).map_or_else(|_| Piece::Key(Str::from(n.to_string())), Piece::Index),
        other => Piece::Key(other.key_text()),
    }
}
