//! What differs between two versions of a state.

use super::{Str, Value};

/// A piece of a path into a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// An attribute, or a dict key (one that is no string as its Python repr).
    Key(Str),
    /// A position in a list or tuple.
    Index(usize),
}

/// A path into a state, from the engine's attribute inwards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path(pub Vec<Piece>);

impl Path {
    /// Runs `visit` one piece further in.
    pub fn within<R>(&mut self, piece: Piece, visit: impl FnOnce(&mut Self) -> R) -> R {
        self.0.push(piece);
        let result = visit(self);
        self.0.pop();
        result
    }
}

/// How a place of the state changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// It was not there before.
    Added,
    /// It is no longer there.
    Removed,
    /// It has another value.
    Changed,
}

impl ChangeKind {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

/// One place of a state that differs between two versions.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Where.
    pub path: Path,
    /// How.
    pub kind: ChangeKind,
    /// The value before; `None` for what was added.
    pub before: Option<Value>,
    /// The value after; `None` for what was removed.
    pub after: Option<Value>,
    /// How many entries of its dict stand before what was added, if it is not the last.
    pub position: Option<usize>,
}

impl Change {
    /// Something new at `path`.
    pub fn added(path: &Path, after: Value) -> Self {
        Self { path: path.clone(), kind: ChangeKind::Added, before: None, after: Some(after), position: None }
    }

    /// Something gone from `path`.
    pub fn removed(path: &Path, before: Value) -> Self {
        Self { path: path.clone(), kind: ChangeKind::Removed, before: Some(before), after: None, position: None }
    }

    /// Another value at `path`.
    pub fn changed(path: &Path, before: Value, after: Value) -> Self {
        Self { path: path.clone(), kind: ChangeKind::Changed, before: Some(before), after: Some(after), position: None }
    }
}
