//! The timing laboratory against laws.

#[path = "lab/analysis.rs"]
mod analysis;
#[path = "lab/predict.rs"]
mod predict;
#[path = "asyncio/programs.rs"]
#[expect(dead_code, reason = "the tests of the model use the rest")]
mod programs;
