//! The laboratory's strategies and texts.

use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;

use super::convert::{Dicts, list, set, to_js, value};
use super::error::{Thrown, bad_argument};
use super::timeline::Timeline;
use crate::asyncio::program::Program;
use crate::engine::{Mismatch, Text, read_program, write_program};
use crate::lab::strategies::STRATEGIES;
use crate::lab::syntax::print;
use crate::lab::workload::Workload;
use crate::lab::{compile, compile_strategy};
use crate::value::Value;

/// The ways to run a batch, in teaching order.
#[wasm_bindgen(unchecked_return_type = "StrategyInfo[]")]
pub fn strategies() -> Array {
    list(STRATEGIES.iter(), |strategy| {
        let object = Object::new();
        set(&object, "id", &strategy.id.into());
        for (name, words) in [("title", &strategy.title), ("about", &strategy.about), ("lesson", &strategy.lesson)] {
            set(&object, name, &text(words));
        }
        set(&object, "mistake", &strategy.mistake.into());
        set(&object, "python", &strategy.python.into());
        set(&object, "uses", &list(strategy.uses(), |uses| uses.name().into()));
        object.into()
    })
}

fn text(words: &Text) -> JsValue {
    let object = Object::new();
    set(&object, "en", &words.en.into());
    set(&object, "zh", &words.zh.into());
    object.into()
}

/// Reads a text; throws `syntax` with `line` and `column`. A workload predefines `items` and `max_concurrent`.
#[wasm_bindgen(js_name = parseProgram, unchecked_return_type = "Program")]
pub fn parse_program(
    #[wasm_bindgen(unchecked_param_type = "string")] source: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Workload")] workload: &JsValue,
) -> Result<JsValue, Thrown> {
    Ok(to_js(&write_program(&compiled(source, workload)?), Dicts::Objects))
}

/// Writes a program as a text.
#[wasm_bindgen(js_name = printProgram)]
pub fn print_program(#[wasm_bindgen(unchecked_param_type = "Program")] program: &JsValue) -> Result<String, Thrown> {
    let text = print(&read_program(&value(program, "program")?)?);
    Ok(text.map_err(|unsaid| bad_argument(0, "program", Mismatch::problem(unsaid.to_string())))?)
}

fn compiled(source: &JsValue, workload: &JsValue) -> Result<Program<Value>, Thrown> {
    let source = source.as_string().ok_or_else(|| bad_argument(0, "source", Mismatch::problem("must be a string")))?;
    let workload = if workload.is_undefined() { None } else { Some(read_workload(workload)?) };
    Ok(compile(&source, workload.as_ref())?)
}

fn read_workload(workload: &JsValue) -> Result<Workload, Thrown> {
    Ok(Workload::read(&value(workload, "workload")?).map_err(|mismatch| bad_argument(1, "workload", mismatch))?)
}

#[wasm_bindgen]
impl Timeline {
    /// Makes ready to run a strategy on a workload.
    #[wasm_bindgen(js_name = ofStrategy)]
    pub fn of_strategy(
        #[wasm_bindgen(unchecked_param_type = "string")] id: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "Workload")] workload: &JsValue,
    ) -> Result<Self, Thrown> {
        let id = id.as_string().ok_or_else(|| bad_argument(0, "id", Mismatch::problem("must be a string")))?;
        Ok(Self::made(&compile_strategy(&id, &read_workload(workload)?)?)?)
    }

    /// Makes ready to run a text; throws `syntax` with `line` and `column`.
    #[wasm_bindgen(js_name = ofSource)]
    pub fn of_source(
        #[wasm_bindgen(unchecked_param_type = "string")] source: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Workload")] workload: &JsValue,
    ) -> Result<Self, Thrown> {
        Ok(Self::made(&compiled(source, workload)?)?)
    }
}
