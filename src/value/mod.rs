//! Python values and the persistent collections that engine states are made of.
//!
//! A state is a tree of [`State`] values. Collections share structure between versions, so that a fork, a rollback and a
//! backup copy nothing, and the difference of two versions skips what they share.

mod change;
mod dict;
mod int;
mod json;
mod key;
mod list;
mod num;
mod object;
mod repr;
mod set;
mod slice;
mod sort;
mod state;
mod str;

pub use self::change::{Change, ChangeKind, Path, Piece};
pub use self::dict::Dict;
pub use self::int::Int;
pub use self::key::{DictKey, Key};
pub use self::list::List;
pub use self::num::Num;
pub use self::object::Value;
pub use self::repr::Quote;
pub use self::set::Set;
pub use self::slice::{first_n, slice_end};
pub use self::sort::{stable_sort_by, stable_sort_by_key};
pub use self::state::{State, diff_fields, view_fields};
pub use self::str::Str;
