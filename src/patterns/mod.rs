//! Mechanisms that many systems share, named as the handbook names them.
//!
//! The reference scans whole dicts on every call; these answer the same from an order that is kept. They are parts of a
//! state like any other (persistent, cheap to copy), but Python's class does not have them: systems hide them with
//! `#[state(skip)]`.

mod backups;
mod due;
mod groups;
mod history;
mod lru;
mod names;
mod order;
mod ranking;
mod ttl;

pub use self::backups::Backups;
pub use self::due::DueQueue;
pub use self::groups::Groups;
pub use self::history::ValueHistory;
pub use self::lru::{Recency, Use};
pub use self::names::Pattern;
pub use self::order::Order;
pub use self::ranking::Ranking;
pub use self::ttl::{Mortal, TtlSnapshot};

use crate::value::{Int, Str};

/// Top-N formatting: `alice(300)`.
pub fn ranked(id: &str, number: Int) -> Str {
    Str::from(format!("{id}({number})"))
}
