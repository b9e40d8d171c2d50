//! Calls that make sense: their arguments are those of the golden traces, as they were or recombined.

use proptest::prelude::*;
use specsight::engine::{OperationInfo, Param, Step};
use specsight::value::{Int, Value};

use crate::arguments::{fitting, items};
use crate::recorded::Recorded;

/// A call, some time after the one before it.
#[derive(Clone)]
pub struct Call {
    pub operation: &'static str,
    pub args: Vec<Value>,
    pub pause: i64,
    /// Which argument is "now", where there is one.
    timestamp: Option<usize>,
}

impl std::fmt::Debug for Call {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let args: Vec<String> = self.args.iter().map(Value::text).collect();
        write!(f, "+{} {}({})", self.pause, self.operation, args.join(", "))
    }
}

impl Call {
    /// A call that comes at once.
    pub fn new(operation: &OperationInfo, args: Vec<Value>) -> Self {
        let timestamp = operation.params.iter().position(|param| param.name == "timestamp");
        Self { operation: operation.name, args, pause: 0, timestamp }
    }

    /// The arguments at a moment.
    pub fn args_at(&self, now: Int) -> Vec<Value> {
        let mut args = self.args.clone();
        if let Some(place) = self.timestamp.and_then(|at| args.get_mut(at)) {
            *place = Value::Int(now);
        }
        args
    }

    /// The argument under a name.
    pub fn arg(&self, operation: &OperationInfo, name: &str) -> Option<&Value> {
        operation.params.iter().position(|param| param.name == name).and_then(|at| self.args.get(at))
    }

    /// The same call with another argument under a name.
    #[must_use]
    pub fn with(&self, operation: &OperationInfo, name: &str, value: Value) -> Self {
        let mut call = self.clone();
        let at = operation.params.iter().position(|param| param.name == name);
        if let Some(place) = at.and_then(|at| call.args.get_mut(at)) {
            *place = value;
        }
        call
    }
}

/// What operations are called that only look: they may purge what is due, and change nothing else.
const LOOKING: [&str; 8] = ["get_", "list_", "find_", "top_", "count_", "search_", "scan", "players_above"];

/// What is called so as well, but takes what it gets, or counts as a use of it.
const USING: [&str; 3] = ["get_next_task", "get_at", "get_object_location"];

/// Whether an operation only looks.
pub fn looks(operation: &OperationInfo) -> bool {
    let name = operation.name;
    !operation.is_async && LOOKING.iter().any(|prefix| name.starts_with(prefix)) && !USING.contains(&name)
}

/// Whether an operation takes a snapshot or goes back to one.
pub fn is_about_snapshots(operation: &OperationInfo) -> bool {
    is_backup(operation) || is_restore(operation)
}

/// Whether an operation takes a snapshot.
pub fn is_backup(operation: &OperationInfo) -> bool {
    operation.name.starts_with("backup") || operation.name.ends_with("snapshot")
}

/// Whether an operation goes back to a snapshot.
pub fn is_restore(operation: &OperationInfo) -> bool {
    operation.name.ends_with("restore") || operation.name == "rollback"
}

/// Whether something happened by itself: whatever the call was, it was due.
pub fn was_due(step: &Step) -> bool {
    step.notes.iter().any(|note| ["due", "purged", "expired"].contains(&note.code))
}

/// Whether a check did not hold. Who answers `True` did what was wanted, whatever part of it was refused.
pub fn is_refused(step: &Step) -> bool {
    let failed =
        step.notes.iter().any(|note| note.code == "check" && note.fields.contains(&("ok", Value::Bool(false))));
    failed && step.returns != Value::Bool(true)
}

/// Whether a call scheduled something for now or earlier: the next call will do it.
pub fn leaves_something_due(step: &Step, now: Int) -> bool {
    let scheduled = step.notes.iter().filter(|note| note.code == "scheduled").flat_map(|note| &note.fields);
    scheduled.into_iter().any(|(name, due)| *name == "due" && matches!(due, Value::Int(due) if *due <= now))
}

/// Somewhere along the traces.
pub fn moment(recorded: &Recorded) -> impl Strategy<Value = usize> + use<> {
    0..recorded.moments.len()
}

/// A call of one of the operations that `wanted` lets through.
pub fn call(recorded: &Recorded, wanted: impl Fn(&OperationInfo) -> bool) -> BoxedStrategy<Call> {
    let calls: Vec<_> =
        recorded.info.operations.iter().filter(|o| wanted(o)).map(|operation| of(recorded, operation)).collect();
    assert!(!calls.is_empty(), "{} has no operation of that kind", recorded.info.id);
    (0..calls.len()).prop_flat_map(move |at| calls[at].clone()).boxed()
}

/// A few calls, one after another.
pub fn calls(recorded: &Recorded, wanted: impl Fn(&OperationInfo) -> bool) -> BoxedStrategy<Vec<Call>> {
    // The states that they begin from are full of life already.
    prop::collection::vec(call(recorded, wanted), 0..8).boxed()
}

/// A call of one operation.
pub fn of(recorded: &Recorded, operation: &OperationInfo) -> BoxedStrategy<Call> {
    let optional = operation.params.iter().filter(|param| param.optional).count();
    let recombined: Vec<_> = operation.params.iter().map(|param| argument(recorded, param)).collect();
    let recombined = (recombined, 0..=optional).prop_map(|(mut args, left_out)| {
        args.truncate(args.len() - left_out);
        args
    });
    let args = match recorded.args.get(operation.name) {
        Some(args) => prop_oneof![1 => recombined, 1 => prop::sample::select(args.clone())].boxed(),
        None => recombined.boxed(),
    };
    let pauses = recorded.pauses.clone();
    let pause = match pauses.as_slice() {
        [] => (0..20_i64).boxed(),
        _ => prop_oneof![2 => Just(0), 2 => 0..20_i64, 1 => prop::sample::select(pauses)].boxed(),
    };
    let operation = operation.clone();
    (args, pause).prop_map(move |(args, pause)| Call { pause, ..Call::new(&operation, args) }).boxed()
}

fn argument(recorded: &Recorded, param: &Param) -> BoxedStrategy<Value> {
    if !param.items.is_empty() {
        return items(param, |field| argument(recorded, field));
    }
    let words = recorded.words(param.name).to_vec();
    if words.is_empty() { fitting(param) } else { prop::sample::select(words).boxed() }
}
