//! `simulateProgram`: little asyncio programs.

use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;

use super::convert::{Dicts, list, milliseconds, set, to_js, value};
use super::error::Thrown;
use super::records::log;
use crate::asyncio::program::Outcome;
use crate::engine::run_program;
use crate::value::Value;

/// Runs a little asyncio program exactly as CPython does, on virtual time.
#[wasm_bindgen(js_name = simulateProgram, unchecked_return_type = "ProgramRun")]
pub fn simulate_program(
    #[wasm_bindgen(unchecked_param_type = "Program")] program: &JsValue,
) -> Result<JsValue, Thrown> {
    let run = run_program(&value(program, "program")?)?;
    let object = Object::new();
    set(&object, "log", &log(&run.log));
    match &run.outcome {
        Outcome::Finished { results, virtual_ns } => {
            let results = list(results.iter(), |result| to_js(result.as_ref().unwrap_or(&Value::None), Dicts::Objects));
            set(&object, "results", &results);
            set(&object, "virtual_ms", &milliseconds(*virtual_ns).into());
        }
        Outcome::Deadlock { waiting } => {
            let waiting =
                list(waiting.iter(), |(task, resource)| Array::of2(&(*task).into(), &resource.as_str().into()).into());
            set(&object, "deadlock", &waiting);
        }
    }
    Ok(object.into())
}
