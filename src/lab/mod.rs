//! The timing laboratory: runs of asyncio programs, and what their events come to.

mod addresses;
pub mod analysis;
mod compile;
pub mod predict;
mod source;
pub mod strategies;
pub mod syntax;
mod timeline;
pub mod workload;

pub use compile::{compile, compile_strategy};
pub use timeline::{Ending, Progress, Timeline};
