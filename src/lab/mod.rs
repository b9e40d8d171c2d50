//! The timing laboratory: runs of asyncio programs, and what their events come to.

pub mod analysis;
mod timeline;

pub use timeline::{Ending, Progress, Timeline};
