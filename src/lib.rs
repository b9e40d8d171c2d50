//! Specsight: domain engines, an exact asyncio model and drills for progressive coding assessments.

pub mod asyncio;
pub mod drill;
pub mod engine;
pub mod lab;
pub mod patterns;
pub mod prelude;
pub mod rng;
pub mod systems;
pub mod value;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
