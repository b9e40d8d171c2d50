//! What every system's file uses.

pub use specsight_macros::{Item, State, system};

pub use crate::engine::{ExternalCall, IntoValue, Live, Py, Raise};
pub(crate) use crate::engine::{ensure, note};
pub use crate::value::{Dict, Int, List, Num, Set, Str, Value};
