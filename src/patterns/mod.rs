//! Mechanisms that many systems share, named as the handbook names them.
//!
//! The reference scans whole dicts on every call; these answer the same from an order that is kept. They are parts of a
//! state like any other (persistent, cheap to copy), but Python's class does not have them: systems hide them with
//! `#[state(skip)]`.

mod attempt;
mod backups;
mod chain;
mod due;
mod exchange;
mod expiring;
mod groups;
mod history;
mod listed;
mod living_rows;
mod lru;
mod names;
mod nested;
mod num_ranking;
mod order;
mod places;
mod queue;
mod ranking;
mod record;
mod record_list;
mod ring;
mod running_sum;
mod sequence;
mod snapshots;
mod standings;
mod summed;
mod tally;
mod ttl;

pub use self::attempt::attempted;
pub use self::backups::Backups;
pub use self::chain::follow;
pub use self::due::DueQueue;
pub use self::exchange::exchange_sort;
pub use self::expiring::Expiring;
pub use self::groups::Groups;
pub use self::history::ValueHistory;
pub use self::listed::{Listed, Lists};
pub use self::living_rows::{LivingRows, LivingSnapshot};
pub use self::lru::{Recency, Use};
pub use self::names::Pattern;
pub use self::nested::{Container, Nested, NestedSnapshot};
pub use self::num_ranking::NumRanking;
pub use self::order::Order;
pub use self::places::Places;
pub use self::queue::Queue;
pub use self::ranking::Ranking;
pub use self::record::Record;
pub use self::record_list::RecordList;
pub use self::ring::{Ring, ring_position, virtual_positions};
pub use self::running_sum::RunningSum;
pub use self::sequence::Sequence;
pub use self::snapshots::{Dated, Snapshots};
pub use self::standings::Standings;
pub use self::summed::{Summed, Weighed};
pub use self::tally::Tally;
pub use self::ttl::{Mortal, TtlSnapshot};

use crate::value::{Int, Str};

/// Top-N formatting: `alice(300)`.
pub fn ranked(id: &str, number: Int) -> Str {
    Str::from(format!("{id}({number})"))
}
