//! The documented caps; beyond them a call is refused with a `limit` error.

/// At the most so many items in one list argument.
pub const MAX_ITEMS: usize = 250_000;

/// At the most so many steps in one scenario.
pub const MAX_STEPS: usize = 100_000;
