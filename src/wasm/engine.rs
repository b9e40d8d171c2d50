//! `Engine`: one system, called by name.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::convert::{Callables, Dicts, arguments, list, number, string, to_js, value};
use super::error::{Thrown, bad_argument};
use super::timeline::Timeline;
use super::{play, records};
use crate::engine::{self, Error, Mismatch};
use crate::value::Value;

/// A running system. A call that throws leaves it as it was, and usable.
#[wasm_bindgen]
pub struct Engine {
    inner: Rc<RefCell<engine::Engine>>,
}

impl Engine {
    pub(super) fn on(engine: engine::Engine) -> Self {
        Self { inner: Rc::new(RefCell::new(engine)) }
    }
}

/// A fresh engine of the core.
pub fn fresh(system: &JsValue, config: &JsValue) -> Result<engine::Engine, Error> {
    let config = arguments(config, &mut Callables::default()).map_err(|error| match error {
        Error::BadArgument(mismatch) => Error::BadConfig(mismatch),
        other => other,
    })?;
    engine::Engine::new(&string(system), &config)
}

/// The window of a view: its options, or the usual ones.
pub fn window(options: &JsValue) -> Result<records::Window, Error> {
    const LIMIT: usize = 50;
    let options = value(options, "options")?;
    let limit = match options.get("limit") {
        Some(Value::Int(n)) => usize::try_from(n.0).unwrap_or_default(),
        _ => LIMIT,
    };
    let reveal = match options.get("reveal") {
        Some(Value::List(paths)) => paths
            .iter()
            .map(|path| match path {
                Value::List(pieces) => pieces.iter().map(records::to_piece).collect(),
                _ => Vec::new(),
            })
            .collect(),
        _ => Vec::new(),
    };
    Ok(records::Window { limit, reveal })
}

#[wasm_bindgen]
impl Engine {
    /// Makes a fresh engine; `config` holds the constructor's arguments, in order.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "string")] system: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "unknown[]")] config: &JsValue,
    ) -> Result<Self, Thrown> {
        Ok(Self::on(fresh(system, config)?))
    }

    /// The system's slug.
    #[wasm_bindgen(getter)]
    pub fn system(&self) -> String {
        self.inner.borrow().entry().id.to_owned()
    }

    /// Makes a call and gives its answer; L5/L6 run on virtual time.
    #[wasm_bindgen(unchecked_return_type = "unknown")]
    pub fn call(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] operation: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "unknown[]")] args: &JsValue,
    ) -> Result<JsValue, Thrown> {
        let args = arguments(args, &mut Callables::default())?;
        let answer = self.inner.borrow_mut().call(&string(operation), &args)?;
        Ok(to_js(&answer, Dicts::Objects))
    }

    /// Makes many calls and gives their answers. If one throws, none of them has happened.
    #[wasm_bindgen(js_name = callMany, unchecked_return_type = "unknown[]")]
    pub fn call_many(
        &self,
        #[wasm_bindgen(unchecked_param_type = "[operation: string, args: unknown[]][]")] calls: &JsValue,
    ) -> Result<JsValue, Thrown> {
        let calls = arguments(calls, &mut Callables::default())?;
        let mut inner = self.inner.borrow_mut();
        let before = inner.fork();
        let mut answers = Vec::with_capacity(calls.len());
        for (at, call) in calls.iter().enumerate() {
            let answer = match call {
                Value::List(parts) => match parts.as_slice() {
                    [Value::Str(operation), Value::List(args)] => inner.call(operation, args),
                    _ => Err(Mismatch::problem("must be [operation, args]").at_item(at).into_bad("calls")),
                },
                _ => Err(Mismatch::problem("must be [operation, args]").at_item(at).into_bad("calls")),
            };
            match answer {
                Ok(answer) => answers.push(answer),
                Err(error) => {
                    // A busy engine has not been touched, and must keep what is being played.
                    if !matches!(error, Error::Busy { .. }) {
                        *inner = before;
                    }
                    return Err(error.into());
                }
            }
        }
        Ok(list(answers.iter(), |answer| to_js(answer, Dicts::Objects)).into())
    }

    /// Makes a call and gives what it changed and why, beside its answer.
    #[wasm_bindgen(unchecked_return_type = "Step")]
    pub fn step(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] operation: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "unknown[]")] args: &JsValue,
    ) -> Result<JsValue, Thrown> {
        let args = arguments(args, &mut Callables::default())?;
        let mut inner = self.inner.borrow_mut();
        let step = inner.step(&string(operation), &args)?;
        Ok(records::step(&inner, &step, &args).into())
    }

    /// Runs an L5/L6 operation on virtual time and gives its timeline, beside what it changed.
    #[wasm_bindgen(unchecked_return_type = "Simulation")]
    pub fn simulate(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] operation: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "unknown[]")] args: &JsValue,
    ) -> Result<JsValue, Thrown> {
        let args = arguments(args, &mut Callables::default())?;
        let mut inner = self.inner.borrow_mut();
        let simulation = inner.simulate(&string(operation), &args)?;
        Ok(records::simulation(&inner, &simulation, &args).into())
    }

    /// Runs an operation on virtual time, on a fork: the engine stays as it is. A deadlock is an outcome here.
    pub fn timeline(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] operation: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "unknown[]")] args: &JsValue,
    ) -> Result<Timeline, Thrown> {
        let args = arguments(args, &mut Callables::default())?;
        Ok(Timeline::of_call(self.inner.borrow().timeline(&string(operation), args)?))
    }

    /// Runs an operation in real time. An external call may be a real async function. Until it is done, other calls throw
    /// `busy`; when it fails or is aborted, the engine is as it was before.
    #[wasm_bindgen(unchecked_return_type = "Promise<Simulation>")]
    pub fn play(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] operation: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "unknown[]")] args: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "PlayOptions")] options: &JsValue,
    ) -> JsValue {
        let (inner, operation, args) = (Rc::clone(&self.inner), string(operation), args.clone());
        let options = options.clone();
        wasm_bindgen_futures::future_to_promise(async move {
            let mut callables = Callables::default();
            let args = arguments(&args, &mut callables)?;
            let options = play::Options::read(&options)?;
            let play = inner.borrow_mut().play(&operation, &args)?;
            let simulation = play::drive(&inner, play, &callables, &options).await?;
            Ok(records::simulation(&inner.borrow(), &simulation, &args).into())
        })
        .into()
    }

    /// The handbook's picture of `self`, without locks and callables.
    #[wasm_bindgen(unchecked_return_type = "Record<string, unknown>")]
    pub fn state(&self) -> JsValue {
        to_js(&self.inner.borrow().view(), Dicts::Objects)
    }

    /// The same with maps, so that integer-like keys keep their place.
    #[wasm_bindgen(js_name = stateMap, unchecked_return_type = "Map<string, unknown>")]
    pub fn state_map(&self) -> JsValue {
        to_js(&self.inner.borrow().view(), Dicts::Maps)
    }

    /// The state as nodes with their Python text, large containers cut.
    #[wasm_bindgen(unchecked_return_type = "ViewNode")]
    pub fn view(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "ViewOptions")] options: &JsValue,
    ) -> Result<JsValue, Thrown> {
        Ok(records::view(&self.inner.borrow().view(), &window(options)?))
    }

    /// Sets "now", for systems whose methods take no timestamp.
    #[wasm_bindgen(js_name = setClock)]
    pub fn set_clock(&self, #[wasm_bindgen(unchecked_param_type = "number")] ms: &JsValue) -> Result<(), Thrown> {
        let now = number(ms).ok_or_else(|| bad_argument(0, "ms", Mismatch::problem("must be a finite number")))?;
        self.inner.borrow_mut().set_clock(now);
        Ok(())
    }

    /// An independent copy.
    pub fn fork(&self) -> Self {
        Self::on(self.inner.borrow().fork())
    }
}

impl Mismatch {
    fn into_bad(self, name: &str) -> Error {
        Error::BadArgument(self.at_argument(0, name))
    }
}
