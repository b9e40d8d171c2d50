//! Specsight: domain engines, an exact asyncio model and drills for progressive coding assessments.

pub mod asyncio;
