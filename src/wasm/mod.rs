//! The boundary to JavaScript. It converts, calls, and converts back; every decision is made further in.

// The attribute macro generates glue whose items cannot carry docs.
#![allow(missing_docs)]
// The laboratory alone uses a part of what both convert with.
#![cfg_attr(not(feature = "engines"), allow(dead_code))]

mod convert;
#[cfg(feature = "laboratory")]
mod drill;
#[cfg(feature = "engines")]
mod engine;
mod error;
#[cfg(feature = "laboratory")]
mod lab;
#[cfg(feature = "engines")]
mod play;
#[cfg(feature = "engines")]
mod program;
#[cfg(feature = "engines")]
mod records;
#[cfg(feature = "engines")]
mod scenario;
#[cfg(feature = "engines")]
mod states;
mod timeline;
#[cfg(feature = "engines")]
mod timers;

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}

/// The catalogue, in teaching order.
#[cfg(feature = "engines")]
#[wasm_bindgen(unchecked_return_type = "SystemInfo[]")]
pub fn systems() -> Result<JsValue, JsValue> {
    let catalogue: Vec<_> = crate::engine::systems().iter().map(|entry| (entry.info)()).collect();
    to_js(&catalogue)
}

/// A record of ours as a plain object: the one place that sets how.
fn to_js(record: &impl Serialize) -> Result<JsValue, JsValue> {
    record.serialize(&Serializer::json_compatible()).map_err(Into::into)
}
