//! The states of an operation's timeline, and why they changed.

use std::ops::Range;

use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;

use super::convert::{list, number, set};
use super::engine::window;
use super::error::{Thrown, bad_argument};
use super::records;
use super::timeline::Timeline;
use crate::asyncio::Stamp;
use crate::engine::{CallTimeline, Error, Mismatch};
use crate::value::Num;

#[wasm_bindgen]
impl Timeline {
    /// Whether it is an operation's, with a state at every event.
    #[wasm_bindgen(getter, js_name = hasStates)]
    pub fn has_states(&self) -> bool {
        self.inner().call().is_some()
    }

    /// The state when event `event` has happened, and what followed it before the next one; -1: before the first event.
    #[wasm_bindgen(unchecked_return_type = "ViewNode")]
    pub fn view(
        &self,
        #[wasm_bindgen(unchecked_param_type = "number")] event: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "ViewOptions")] options: &JsValue,
    ) -> Result<JsValue, Thrown> {
        let events = self.inner().log().entries.len();
        let wrong = || bad_argument(0, "event", Mismatch::problem("must be the position of an event, or -1"));
        let happened = happened(event).filter(|happened| *happened <= events).ok_or_else(wrong)?;
        Ok(records::view(&self.call()?.view(happened), &window(options)?))
    }

    /// The state before the operation did anything.
    #[wasm_bindgen(unchecked_return_type = "ViewNode")]
    pub fn before(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "ViewOptions")] options: &JsValue,
    ) -> Result<JsValue, Thrown> {
        Ok(records::view(&self.call()?.before(), &window(options)?))
    }

    /// What the operation changed, in order: after events `from` to below `to`, all if not told.
    #[wasm_bindgen(unchecked_return_type = "TimelineMutation[]")]
    pub fn mutations(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "number")] from: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "number")] to: &JsValue,
    ) -> Result<Array, Thrown> {
        let range = range(from, to)?;
        let mutations = self.inner().call().map(|call| call.mutations(range)).unwrap_or_default();
        Ok(list(mutations.iter(), |mutation| {
            let object = after(mutation.at);
            set(&object, "changes", &records::changes(&mutation.changes));
            object.into()
        }))
    }

    /// Why the tasks did what they did, in order: after events `from` to below `to`, all if not told.
    #[wasm_bindgen(unchecked_return_type = "TimelineNote[]")]
    pub fn notes(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "number")] from: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "number")] to: &JsValue,
    ) -> Result<Array, Thrown> {
        let range = range(from, to)?;
        let notes = self.inner().call().map(CallTimeline::notes).unwrap_or_default();
        let within = notes.iter().filter_map(|note| Some((note, note.at.filter(|at| range.contains(&at.events))?)));
        Ok(list(within, |(note, at)| {
            let object = after(at);
            records::note_fields(&object, note);
            object.into()
        }))
    }
}

impl Timeline {
    fn call(&self) -> Result<&CallTimeline, Error> {
        let stateless =
            || bad_argument(0, "timeline", Mismatch::problem("has no states: only an operation's timeline has"));
        self.inner().call().ok_or_else(stateless)
    }
}

/// A record of what happened after an event.
fn after(at: Stamp) -> Object {
    let object = Object::new();
    #[allow(clippy::cast_precision_loss)] // far below 2^53
    set(&object, "event", &JsValue::from_f64(at.events as f64 - 1.0));
    records::stamped(&object, at);
    object
}

/// How many events have happened when that one just has.
fn happened(event: &JsValue) -> Option<usize> {
    match number(event) {
        Some(Num::Int(n)) => usize::try_from(n.0.checked_add(1)?).ok(),
        _ => None,
    }
}

fn range(from: &JsValue, to: &JsValue) -> Result<Range<usize>, Error> {
    let end = |event: &JsValue, index: usize, name: &str, usual: usize| {
        let whole = || bad_argument(index, name, Mismatch::problem("must be a whole number from -1 on"));
        if event.is_undefined() { Ok(usual) } else { happened(event).ok_or_else(whole) }
    };
    Ok(end(from, 0, "from", 0)?..end(to, 1, "to", usize::MAX)?)
}
