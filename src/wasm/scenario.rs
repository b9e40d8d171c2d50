//! `Scenario`: a sequence of calls with every state in between at hand.

use wasm_bindgen::prelude::*;

use super::convert::{Callables, arguments, number, position, string};
use super::engine::{Engine, fresh, window};
use super::error::{Thrown, bad_argument};
use super::records;
use crate::engine::{self, Mismatch};

/// A sequence of calls. Position 0 is the fresh engine, position `n` the state after `n` calls.
#[wasm_bindgen]
pub struct Scenario {
    inner: engine::Scenario,
}

#[wasm_bindgen]
impl Scenario {
    /// Makes a scenario on a fresh engine.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "string")] system: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "unknown[]")] config: &JsValue,
    ) -> Result<Self, Thrown> {
        Ok(Self { inner: engine::Scenario::on(fresh(system, config)?) })
    }

    /// The system's slug.
    #[wasm_bindgen(getter)]
    pub fn system(&self) -> Result<String, Thrown> {
        Ok(self.inner.engine(0)?.entry().id.to_owned())
    }

    /// How many calls there are.
    #[wasm_bindgen(getter)]
    pub fn length(&self) -> usize {
        self.inner.len()
    }

    /// Makes a call at the end. One that is refused becomes a step too, with `ok: false`, and changes nothing.
    #[wasm_bindgen(unchecked_return_type = "ScenarioStep")]
    pub fn push(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "string")] operation: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "unknown[]")] args: &JsValue,
    ) -> Result<JsValue, Thrown> {
        let args = arguments(args, &mut Callables::default())?;
        self.inner.push(&string(operation), args)?;
        self.record(self.inner.len().saturating_sub(1))
    }

    /// Sets "now" for the calls that follow.
    #[wasm_bindgen(js_name = setClock)]
    pub fn set_clock(&mut self, #[wasm_bindgen(unchecked_param_type = "number")] ms: &JsValue) -> Result<(), Thrown> {
        let now = number(ms).ok_or_else(|| bad_argument(0, "ms", Mismatch::problem("must be a finite number")))?;
        self.inner.set_clock(now);
        Ok(())
    }

    /// The call at `index`, from 0.
    #[wasm_bindgen(unchecked_return_type = "ScenarioStep")]
    pub fn step(&self, #[wasm_bindgen(unchecked_param_type = "number")] index: &JsValue) -> Result<JsValue, Thrown> {
        self.record(position(index, 0, "index")?)
    }

    /// The state after `index` calls.
    #[wasm_bindgen(unchecked_return_type = "ViewNode")]
    pub fn view(
        &self,
        #[wasm_bindgen(unchecked_param_type = "number")] index: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "ViewOptions")] options: &JsValue,
    ) -> Result<JsValue, Thrown> {
        let state = self.inner.view(position(index, 0, "index")?)?;
        Ok(records::view(&state, &window(options)?))
    }

    /// What differs between the states after `from` and after `to` calls.
    #[wasm_bindgen(unchecked_return_type = "Change[]")]
    pub fn changes(
        &self,
        #[wasm_bindgen(unchecked_param_type = "number")] from: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "number")] to: &JsValue,
    ) -> Result<JsValue, Thrown> {
        let changes = self.inner.changes(position(from, 0, "from")?, position(to, 1, "to")?)?;
        Ok(records::changes(&changes).into())
    }

    /// An independent engine in the state after `index` calls.
    pub fn engine(&self, #[wasm_bindgen(unchecked_param_type = "number")] index: &JsValue) -> Result<Engine, Thrown> {
        Ok(Engine::on(self.inner.engine(position(index, 0, "index")?)?))
    }

    /// Forgets the calls from `length` on.
    pub fn truncate(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "number")] length: &JsValue,
    ) -> Result<(), Thrown> {
        self.inner.truncate(position(length, 0, "length")?);
        Ok(())
    }
}

impl Scenario {
    fn record(&self, index: usize) -> Result<JsValue, Thrown> {
        let step = self.inner.step(index)?;
        Ok(records::scenario_step(&self.inner.engine(0)?, step).into())
    }
}
