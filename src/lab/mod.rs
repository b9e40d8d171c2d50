//! The timing laboratory: runs of asyncio programs, and what their events come to.

pub mod analysis;
mod source;
pub mod syntax;
mod timeline;

pub use timeline::{Ending, Progress, Timeline};
