//! `Drill`: a learner's decks, progress and session.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::convert::{number, value};
use super::error::{Thrown, bad_argument};
use super::to_js;
use crate::drill::{self, Answer, Checklist, Request, check_order};
use crate::engine::{Error, Mismatch};
use crate::lab::predict;
use crate::value::{Num, Value};

/// A learner's drill: decks, progress, and the session that runs. Time and seed are arguments; nothing here reads a clock.
#[wasm_bindgen]
pub struct Drill {
    inner: drill::Drill,
}

/// A number from 0 on, fractions cut off.
fn natural(js: &JsValue, index: usize, name: &str) -> Result<u64, Error> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // inside the range of whole numbers
    let whole = match number(js) {
        Some(Num::Int(n)) => u64::try_from(n.0).ok(),
        Some(Num::Float(x)) if (0.0..9e15).contains(&x) => Some(x as u64),
        _ => None,
    };
    whole.ok_or_else(|| bad_argument(index, name, Mismatch::problem("must be a number from 0 on")))
}

fn text(js: &JsValue, name: &str) -> Result<String, Error> {
    js.as_string().ok_or_else(|| bad_argument(0, name, Mismatch::problem("must be a string")))
}

fn or_null(record: Option<impl Serialize>) -> Result<JsValue, Thrown> {
    record.map_or(Ok(JsValue::NULL), |record| to_js(&record))
}

/// The checklists, none if nothing is given; what does not fit is named.
fn lists(js: &JsValue) -> Result<Vec<Checklist>, Thrown> {
    if js.is_undefined() || js.is_null() {
        return Ok(Vec::new());
    }
    let wrong = |problem: &str| bad_argument(1, "checklists", Mismatch::problem(problem));
    let text = js.as_string().ok_or_else(|| wrong("must be a string"))?;
    Ok(serde_json::from_str(&text).map_err(|error| wrong(&format!("does not fit: {error}")))?)
}

/// A request as the drill reads it; what does not fit is named. It goes through JSON, which lives with getters that throw.
fn request(js: &JsValue) -> Result<Request, Thrown> {
    let wrong = |problem: &str| bad_argument(0, "request", Mismatch::problem(problem));
    let json = js_sys::JSON::stringify(js).ok().and_then(|json| json.as_string());
    let json = json.ok_or_else(|| wrong("must be an object"))?;
    Ok(serde_json::from_str(&json).map_err(|error| wrong(&format!("does not fit: {error}")))?)
}

#[wasm_bindgen]
impl Drill {
    /// Takes decks as file name (without `.json`) and text, and the checklists to ask for the order of, if any, as the text
    /// of a list of `DrillChecklist`; throws `bad_deck`, one problem a line. Questions about timing join by themselves.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "[name: string, json: string][]")] decks: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "string")] checklists: &JsValue,
    ) -> Result<Self, Thrown> {
        let wrong = || bad_argument(0, "decks", Mismatch::problem("must be a list of [name, text]"));
        let Value::List(pairs) = value(decks, "decks")? else { return Err(wrong().into()) };
        let mut files = Vec::with_capacity(pairs.len());
        for pair in &pairs {
            let Value::List(parts) = pair else { return Err(wrong().into()) };
            let [Value::Str(name), Value::Str(text)] = parts.as_slice() else { return Err(wrong().into()) };
            files.push((&**name, &**text));
        }
        let mut inner = drill::Drill::new(files)?;
        if let Some(source) = check_order(lists(checklists)?) {
            inner.add_source(source);
        }
        inner.add_source(predict::source());
        Ok(Self { inner })
    }

    /// Takes up saved progress in place of what there is; throws `bad_progress` or `newer_progress`.
    pub fn load(&mut self, #[wasm_bindgen(unchecked_param_type = "string")] saved: &JsValue) -> Result<(), Thrown> {
        Ok(self.inner.load(&text(saved, "saved")?)?)
    }

    /// Takes in an exported text beside what there is.
    pub fn import(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "string")] exported: &JsValue,
    ) -> Result<(), Thrown> {
        Ok(self.inner.import(&text(exported, "exported")?)?)
    }

    /// The text to save.
    pub fn save(&self) -> String {
        self.inner.save()
    }

    /// Decks, sessions and what is due.
    #[wasm_bindgen(unchecked_return_type = "DrillOverview")]
    pub fn overview(
        &self,
        #[wasm_bindgen(js_name = nowMs, unchecked_param_type = "number")] now_ms: &JsValue,
    ) -> Result<JsValue, Thrown> {
        to_js(&self.inner.overview(natural(now_ms, 0, "nowMs")?))
    }

    /// Starts a session; one that was running ends as it stands.
    #[wasm_bindgen(unchecked_return_type = "DrillSessionInfo")]
    pub fn start(
        &mut self,
        #[wasm_bindgen(js_name = request, unchecked_param_type = "DrillRequest")] wanted: &JsValue,
        #[wasm_bindgen(js_name = nowMs, unchecked_param_type = "number")] now_ms: &JsValue,
    ) -> Result<JsValue, Thrown> {
        to_js(&self.inner.start(&request(wanted)?, natural(now_ms, 1, "nowMs")?)?)
    }

    /// The question that is asked now, without its answer; null when no session runs.
    #[wasm_bindgen(unchecked_return_type = "DrillQuestion | null")]
    pub fn question(&self) -> Result<JsValue, Thrown> {
        or_null(self.inner.question())
    }

    /// Answers it and goes on; `choice: null` is "do not know", or the end of the time.
    #[wasm_bindgen(unchecked_return_type = "DrillVerdict")]
    pub fn answer(
        &mut self,
        #[wasm_bindgen(js_name = answer, unchecked_param_type = "{ choice: string | null; elapsedMs: number }")]
        given: &JsValue,
        #[wasm_bindgen(js_name = nowMs, unchecked_param_type = "number")] now_ms: &JsValue,
    ) -> Result<JsValue, Thrown> {
        let answer = value(given, "answer")?;
        let wrong = |problem: &str| bad_argument(0, "answer", Mismatch::problem(problem));
        let choice = match answer.get("choice") {
            Some(Value::Str(choice)) => Some(choice.to_string()),
            None | Some(Value::None) => None,
            Some(_) => return Err(wrong("needs a string or null as `choice`").into()),
        };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // inside the range of whole numbers
        let elapsed_ms = match answer.get("elapsedMs").and_then(Value::as_num).map(Num::as_f64) {
            Some(ms) if (0.0..9e15).contains(&ms) => ms as u64,
            _ => return Err(wrong("needs `elapsedMs`, a number from 0 on").into()),
        };
        to_js(&self.inner.answer(&Answer { choice, elapsed_ms }, natural(now_ms, 1, "nowMs")?)?)
    }

    /// Ends the running session as it stands; null if nothing was answered.
    #[wasm_bindgen(unchecked_return_type = "DrillSessionInfo | null")]
    pub fn stop(
        &mut self,
        #[wasm_bindgen(js_name = nowMs, unchecked_param_type = "number")] now_ms: &JsValue,
    ) -> Result<JsValue, Thrown> {
        or_null(self.inner.stop(natural(now_ms, 0, "nowMs")?))
    }

    /// What came of a session; null for one that is not known.
    #[wasm_bindgen(unchecked_return_type = "DrillSummary | null")]
    pub fn summary(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] session: &JsValue,
    ) -> Result<JsValue, Thrown> {
        or_null(self.inner.summary(&text(session, "session")?))
    }
}
