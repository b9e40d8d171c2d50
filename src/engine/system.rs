//! What a system is to the engine. `#[system]` writes all of it from the system's impl block.

use super::live::Task;
use super::{
    Args, Check, Family, IntoValue, Live, Mismatch, OperationInfo, ParamSpec, Patterns, Raise, SystemInfo, Text,
};
use crate::patterns::Pattern;
use crate::value::{Num, State, Value};

/// What is said about a system as a whole.
#[derive(Clone, Copy, Debug)]
pub struct Meta {
    /// The slug.
    pub id: &'static str,
    /// The Python class.
    pub class_name: &'static str,
    /// Its name for people.
    pub title: Text,
    /// What it is, in a sentence.
    pub summary: Text,
    /// The shape of its data.
    pub family: Family,
    /// Why it has that shape.
    pub family_reason: Text,
    /// The handbook's group.
    pub group: &'static str,
    /// Words of a spec that give it away.
    pub signals: &'static [&'static str],
    /// The patterns of L3 to L6.
    pub patterns: Patterns,
    /// The mechanisms it is made of.
    pub uses: &'static [Pattern],
    /// The constructor's parameters.
    pub config: &'static [ParamSpec],
    /// Its operations, in level order.
    pub operations: &'static [Operation],
}

/// A domain: a state, and operations on it.
pub trait System: State + Clone + Sized {
    /// What is said about it.
    const META: &'static Meta;

    /// How each operation of [`META`](Self::META) is run.
    const RUNS: &'static [Run<Self>];

    /// A fresh state from the constructor's arguments.
    fn create(args: &[Value]) -> Result<Self, Mismatch>;

    /// Constructor's arguments to show a fresh state with.
    fn example() -> Vec<Value>;

    /// Sets "now", for a system that is given a clock.
    fn set_clock(&mut self, _now_ms: Num) {}

    /// The catalogue's entry.
    fn info() -> SystemInfo {
        SystemInfo::of(Self::META, Self::create(&Self::example()).map(|fresh| fresh.view()))
    }
}

impl SystemInfo {
    /// The entry of a system that looks like this when it is fresh.
    fn of(meta: &Meta, fresh: Result<Value, Mismatch>) -> Self {
        Self {
            id: meta.id,
            class_name: meta.class_name,
            title: meta.title,
            summary: meta.summary,
            family: meta.family,
            family_reason: meta.family_reason,
            group: meta.group,
            signals: meta.signals,
            uses: meta.uses,
            config: ParamSpec::describe(meta.config),
            operations: meta.operations.iter().map(Operation::info).collect(),
            patterns: meta.patterns,
            initial_state: fresh.map(|view| attributes(&view)).unwrap_or_default(),
        }
    }
}

/// A view of a state as the assignments of `__init__`.
fn attributes(view: &Value) -> String {
    let Value::Dict(fields) = view else { return String::new() };
    let lines: Vec<_> =
        fields.iter().map(|(name, value)| format!("self.{} = {}", name.key_text(), value.text())).collect();
    lines.join("\n")
}

/// Why an operation did not answer.
#[derive(Debug)]
pub enum Fault {
    /// An argument does not fit.
    Argument(Mismatch),
    /// The reference raises.
    Raised(Raise),
}

impl From<Mismatch> for Fault {
    fn from(mismatch: Mismatch) -> Self {
        Self::Argument(mismatch)
    }
}

impl From<Raise> for Fault {
    fn from(raise: Raise) -> Self {
        Self::Raised(raise)
    }
}

/// The coroutine of an L5/L6 operation.
pub type Coroutine = Task<Value>;

/// Makes the coroutine of an operation from one with a typed answer.
pub fn answering<T: IntoValue + 'static>(task: Task<T>) -> Coroutine {
    Box::pin(async move { task.await.map(IntoValue::into_value) })
}

/// How an operation is run.
pub enum Run<S> {
    /// A plain method that changes nothing.
    Query(fn(&S, Args<'_>) -> Result<Value, Fault>),
    /// A plain method.
    Method(fn(&mut S, Args<'_>) -> Result<Value, Fault>),
    /// A coroutine.
    Coroutine(fn(Live<S>, Args<'_>) -> Result<Coroutine, Mismatch>),
}

/// What running an operation takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A plain method that changes nothing.
    Query,
    /// A plain method.
    Method,
    /// A coroutine.
    Coroutine,
}

/// One operation of a system, without its code: the same type for all systems.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// Its name.
    pub name: &'static str,
    /// Its level, 1 to 6.
    pub level: u8,
    /// What running it takes.
    pub kind: Kind,
    /// What it does, in a sentence.
    pub doc: &'static str,
    /// Its parameters.
    pub params: &'static [ParamSpec],
    /// The Python type of its answer.
    pub returns: fn() -> String,
    /// What it checks, in order.
    pub checks: &'static [Check],
}

impl Operation {
    /// Whether it is a coroutine.
    pub fn is_async(&self) -> bool {
        self.kind == Kind::Coroutine
    }

    fn info(&self) -> OperationInfo {
        OperationInfo {
            name: self.name,
            level: self.level,
            params: ParamSpec::describe(self.params),
            returns: (self.returns)(),
            is_async: self.is_async(),
            doc: self.doc,
            checks: self.checks,
        }
    }
}
