//! The asyncio model against recorded runs of Python, and against laws.

#[path = "asyncio/golden.rs"]
mod golden;
#[path = "asyncio/laws.rs"]
mod laws;
#[path = "asyncio/marks.rs"]
mod marks;
#[path = "asyncio/mechanism.rs"]
mod mechanism;
#[path = "asyncio/programs.rs"]
mod programs;
#[path = "asyncio/stopping.rs"]
mod stopping;
