//! What turns a system's definition into an engine: catalogue, dispatch by name, argument checking, steps and scenarios.
//!
//! A system is a state struct and a `#[system]` impl block in one file of [`systems`](crate::systems); everything here works
//! for all of them alike.

mod answer;
mod args;
mod catalogue;
mod context;
mod core;
mod error;
mod external;
mod host;
mod item;
mod limits;
mod live;
mod notes;
mod play;
mod program;
mod registry;
mod scenario;
mod suggest;
mod system;
mod text;
mod timeline;
mod versions;

pub use self::answer::IntoValue;
pub use self::args::{Args, FromValue, Mismatch};
pub use self::catalogue::{
    Check, Family, ItemShape, L6Kind, OperationInfo, Param, ParamSpec, Patterns, SystemInfo, Tag, Text,
};
pub use self::core::{Engine, Simulation, Step};
pub use self::error::{Error, Py, Raise, Waiting};
pub use self::external::{ExternalCall, ExternalOutcome, ExternalRequest};
pub use self::item::{Item, label, read_field, read_tag};
pub use self::limits::{MAX_ITEMS, MAX_STEPS};
pub use self::live::{Live, Task};
pub use self::notes::{Note, Refusal, Subject, check, recording, write_note};
pub(crate) use self::notes::{ensure, note};
pub use self::play::{Play, PlayProgress};
pub use self::program::{read_program, run_program, write_program};
pub use self::registry::{SystemEntry, find, systems};
pub use self::scenario::{Scenario, ScenarioStep};
pub(crate) use self::suggest::nearest as nearest_name;
pub use self::system::{Fault, Kind, Meta, Operation, Run, System, answering};
pub use self::text::call_text;
pub use self::timeline::{CallOutcome, CallTimeline, Mutation};
