//! `Timeline`: a run with its events in columns.

use js_sys::{Array, Float64Array, Int32Array, Object, Uint8Array, Uint32Array};
use wasm_bindgen::prelude::*;

use super::convert::{list, milliseconds, position, set, value};
use super::error::Thrown;
use crate::asyncio::program::Program;
use crate::asyncio::{Mark, What};
use crate::engine::{CallTimeline, Error, read_program};
use crate::lab::analysis::{Analysis, Blocked, Deadlock, Entry, Kind, Why};
use crate::lab::{self, Ending, Progress};
use crate::value::Value;

/// So many more events an `advance` runs on for, if not told.
const SLICE: usize = 50_000;

/// A run with its events in columns.
#[wasm_bindgen]
pub struct Timeline {
    inner: lab::Timeline,
}

impl Timeline {
    /// Takes over an operation that was run aside.
    pub(super) fn of_call(call: CallTimeline) -> Self {
        Self { inner: lab::Timeline::of_call(call) }
    }

    pub(super) fn made(program: &Program<Value>) -> Result<Self, Error> {
        Ok(Self { inner: lab::Timeline::of_program(program)? })
    }

    pub(super) fn inner(&self) -> &lab::Timeline {
        &self.inner
    }
}

#[wasm_bindgen]
impl Timeline {
    /// Makes ready to run a program.
    #[wasm_bindgen(js_name = ofProgram)]
    pub fn of_program(#[wasm_bindgen(unchecked_param_type = "Program")] program: &JsValue) -> Result<Self, Thrown> {
        Ok(Self::made(&read_program(&value(program, "program")?)?)?)
    }

    /// Runs on until about so many more events are there (50,000 if not told), or to the end.
    #[wasm_bindgen(unchecked_return_type = "TimelineProgress")]
    pub fn advance(
        &mut self,
        #[wasm_bindgen(unchecked_optional_param_type = "number")] events: &JsValue,
    ) -> Result<JsValue, Thrown> {
        let events = if events.is_undefined() { SLICE } else { position(events, 0, "events")? };
        Ok(progress(self.inner.advance(events)?))
    }

    /// The events from position `from` (0 if not told) on, so far, as typed arrays.
    #[wasm_bindgen(unchecked_return_type = "TimelineColumns")]
    pub fn columns(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "number")] from: &JsValue,
    ) -> Result<JsValue, Thrown> {
        let from = if from.is_undefined() { 0 } else { position(from, 0, "from")? };
        let entries = self.inner.log().entries.get(from..).unwrap_or_default();
        let marks = self.inner.marks().get(from..).unwrap_or_default();
        Ok(columns(entries, marks))
    }

    /// The locks, semaphores and queues by number, in the order of first use.
    #[wasm_bindgen(unchecked_return_type = "TimelineResource[]")]
    pub fn resources(&self) -> Array {
        let [lock, semaphore, queue] = ["lock", "semaphore", "queue"].map(JsValue::from_str);
        list(self.inner.resource_names().iter().zip(self.inner.log().resources), |(name, of)| {
            let kind = match of.kind {
                Kind::Lock => &lock,
                Kind::Semaphore => &semaphore,
                Kind::Queue => &queue,
            };
            resource(name, kind, of.permits.map(float))
        })
    }

    /// The names of items; `item - 1` of the columns is a position here.
    #[wasm_bindgen(unchecked_return_type = "string[]")]
    pub fn items(&self) -> Array {
        texts(self.inner.items())
    }

    /// What each task is for, and what it returned so far as Python; "" where there is nothing.
    #[wasm_bindgen(unchecked_return_type = "{ labels: string[]; answers: string[] }")]
    pub fn tasks(&self) -> JsValue {
        let object = Object::new();
        set(&object, "labels", &texts(self.inner.labels()));
        set(&object, "answers", &texts(&self.inner.answers()));
        object.into()
    }

    /// How the run ended; null before.
    #[wasm_bindgen(unchecked_return_type = "TimelineOutcome | null")]
    pub fn outcome(&self) -> JsValue {
        let object = Object::new();
        match self.inner.ending() {
            None => return JsValue::NULL,
            Some(Ending::Finished { virtual_ns }) => {
                set(&object, "kind", &"finished".into());
                set(&object, "virtualMs", &milliseconds(*virtual_ns).into());
            }
            Some(Ending::Deadlock(Deadlock { waiting, cycle })) => {
                set(&object, "kind", &"deadlock".into());
                let waiting = list(waiting.iter(), |(task, resource)| {
                    let object = Object::new();
                    set(&object, "task", &(*task).into());
                    set(&object, "resource", &(*resource).into());
                    object.into()
                });
                set(&object, "waiting", &waiting);
                let cycle = list(cycle.iter(), |Blocked { task, resource, held_by }| {
                    let object = Object::new();
                    set(&object, "task", &(*task).into());
                    set(&object, "waitsFor", &(*resource).into());
                    set(&object, "heldBy", &(*held_by).into());
                    object.into()
                });
                set(&object, "cycle", &cycle);
            }
        }
        object.into()
    }

    /// What the events so far come to.
    #[wasm_bindgen(unchecked_return_type = "TimelineAnalysis")]
    pub fn analysis(&self) -> JsValue {
        let object = analysis(&self.inner.analysis());
        let last = self.inner.last().map_or(JsValue::NULL, |(task, at_ns)| {
            let object = Object::new();
            set(&object, "task", &task.into());
            set(&object, "endMs", &milliseconds(at_ns).into());
            object.into()
        });
        set(&object, "last", &last);
        object.into()
    }
}

#[wasm_bindgen(module = "/src/wasm/shapes.js")]
extern "C" {
    fn resource(name: &str, kind: &JsValue, permits: Option<f64>) -> JsValue;

    fn link(
        task: i32,
        asleep: bool,
        from_ms: f64,
        to_ms: f64,
        from_event: usize,
        to_event: usize,
        via: Option<u32>,
        after: Option<i32>,
    ) -> JsValue;

    fn usage(
        resource: usize,
        permits: Option<f64>,
        peak: f64,
        waits: f64,
        longest_wait_ms: f64,
        held_ms: f64,
    ) -> JsValue;
}

fn texts(texts: &[String]) -> Array {
    list(texts.iter(), |text| text.as_str().into())
}

/// A position or a count.
#[allow(clippy::cast_precision_loss)] // far below 2^53
fn number(count: usize) -> JsValue {
    JsValue::from_f64(count as f64)
}

#[allow(clippy::cast_precision_loss)] // a count beyond 2^53 is as good as endless
fn float(count: u64) -> f64 {
    count as f64
}

fn maybe(count: Option<u64>) -> JsValue {
    count.map_or(JsValue::NULL, |count| float(count).into())
}

fn progress(progress: Progress) -> JsValue {
    let object = Object::new();
    set(&object, "done", &progress.done.into());
    set(&object, "events", &number(progress.events));
    set(&object, "atMs", &milliseconds(progress.at_ns).into());
    set(&object, "tasks", &number(progress.tasks));
    set(&object, "tasksDone", &number(progress.tasks_done));
    object.into()
}

fn columns(entries: &[Entry], marks: &[Mark]) -> JsValue {
    let object = Object::new();
    let at: Vec<f64> = entries.iter().map(|entry| milliseconds(entry.at_ns)).collect();
    set(&object, "atMs", &Float64Array::from(at.as_slice()));
    let task: Vec<i32> = entries.iter().map(|entry| entry.task).collect();
    set(&object, "task", &Int32Array::from(task.as_slice()));
    let what: Vec<u8> = entries.iter().map(|entry| code(entry.what)).collect();
    set(&object, "what", &Uint8Array::from(what.as_slice()));
    let none_or = |resource: Option<u32>| resource.and_then(|number| i32::try_from(number).ok()).unwrap_or(-1);
    let resource: Vec<i32> = entries.iter().map(|entry| none_or(entry.resource)).collect();
    set(&object, "resource", &Int32Array::from(resource.as_slice()));
    let line: Vec<u32> = marks.iter().map(|mark| mark.line).collect();
    set(&object, "line", &Uint32Array::from(line.as_slice()));
    let item: Vec<u32> = marks.iter().map(|mark| mark.item).collect();
    set(&object, "item", &Uint32Array::from(item.as_slice()));
    object.into()
}

/// The number that stands for a kind of event in the columns.
fn code(what: What) -> u8 {
    match what {
        What::Start => 0,
        What::Wait => 1,
        What::Acquired => 2,
        What::Released => 3,
        What::Sleep => 4,
        What::Wake => 5,
        What::Done => 6,
        What::Got => 7,
        What::Cancelled => 8,
        What::Put => 9,
        What::Joined => 10,
    }
}

fn analysis(analysis: &Analysis) -> Object {
    let object = Object::new();
    set(&object, "totalMs", &milliseconds(analysis.total_ns).into());
    let critical = list(analysis.critical.iter(), |of| {
        let (via, after) = of.handed.map(|handed| (handed.resource, handed.by)).unzip();
        let (from_ms, to_ms) = (milliseconds(of.from_ns), milliseconds(of.to_ns));
        link(of.task, of.asleep, from_ms, to_ms, of.events.0, of.events.1, via, after)
    });
    set(&object, "critical", &critical);
    set(&object, "order", &Int32Array::from(analysis.order.as_slice()));
    set(&object, "why", &why(&analysis.why));
    set(&object, "atOnce", &number(analysis.at_once));
    let resources = list(analysis.usage.iter().enumerate(), |(at, of)| {
        let (longest_wait_ms, held_ms) = (milliseconds(of.longest_wait_ns), milliseconds(of.held_ns));
        usage(at, of.permits.map(float), float(of.peak), float(of.waits), longest_wait_ms, held_ms)
    });
    set(&object, "resources", &resources);
    object
}

fn why(why: &Why) -> Object {
    let gate = |gate: &Option<u32>| gate.map_or(JsValue::NULL, JsValue::from);
    let ms = |ns: &u64| JsValue::from(milliseconds(*ns));
    let (kind, fields): (&str, Vec<(&str, JsValue)>) = match why {
        Why::Empty => ("empty", vec![]),
        Why::Instant { tasks } => ("instant", vec![("tasks", number(*tasks))]),
        Why::Waves { sleepers, permits, gate: which, waves, sleep_ns } => (
            "waves",
            vec![
                ("sleepers", number(*sleepers)),
                ("permits", maybe(*permits)),
                ("gate", gate(which)),
                ("waves", maybe(Some(*waves))),
                ("sleepMs", ms(sleep_ns)),
            ],
        ),
        Why::Rounds { sleeps, workers, rounds, sleep_ns } => (
            "rounds",
            vec![
                ("sleeps", number(*sleeps)),
                ("workers", number(*workers)),
                ("rounds", maybe(Some(*rounds))),
                ("sleepMs", ms(sleep_ns)),
            ],
        ),
        Why::Serial { sleeps, gate: which, sleep_ns } => (
            "serial",
            vec![
                ("sleeps", number(*sleeps)),
                ("gate", gate(which)),
                ("sleepMs", sleep_ns.as_ref().map_or(JsValue::NULL, ms)),
            ],
        ),
        Why::Longest { task, slept_ns } => ("longest", vec![("task", (*task).into()), ("sleepMs", ms(slept_ns))]),
        Why::Chain => ("chain", vec![]),
        Why::Stuck => ("stuck", vec![]),
    };
    let object = Object::new();
    set(&object, "kind", &kind.into());
    for (name, value) in fields {
        set(&object, name, &value);
    }
    object
}
