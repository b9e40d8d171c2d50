//! Hashable Python values, as keys of a [`Dict`](super::Dict).

use std::rc::Rc;

use super::{Int, Piece, Str, Value};

/// A dict key: one type for all dicts, so that their trees are compiled once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A `str`.
    Str(Str),
    /// An `int`.
    Int(Int),
    /// A tuple of two.
    Pair(Rc<(Key, Key)>),
}

impl Key {
    /// The key as a value.
    pub fn to_value(&self) -> Value {
        match self {
            Self::Str(s) => Value::Str(s.clone()),
            Self::Int(n) => Value::Int(*n),
            Self::Pair(pair) => Value::Tuple(vec![pair.0.to_value(), pair.1.to_value()]),
        }
    }

    /// The key as a piece of a path: a key that is no string is its Python repr.
    pub fn to_piece(&self) -> Piece {
        Piece::Key(self.to_value().key_text())
    }
}

/// What may key a [`Dict`](super::Dict).
pub trait DictKey: Clone + 'static {
    /// The key in its common form.
    fn to_key(&self) -> Key;
    /// The key back from its common form; `None` for one of another type.
    fn from_key(key: &Key) -> Option<Self>;
}

impl DictKey for Str {
    fn to_key(&self) -> Key {
        Key::Str(self.clone())
    }

    fn from_key(key: &Key) -> Option<Self> {
        match key {
            Key::Str(s) => Some(s.clone()),
            _ => None,
        }
    }
}

impl DictKey for Int {
    fn to_key(&self) -> Key {
        Key::Int(*self)
    }

    fn from_key(key: &Key) -> Option<Self> {
        match key {
            Key::Int(n) => Some(*n),
            _ => None,
        }
    }
}

impl<A: DictKey, B: DictKey> DictKey for (A, B) {
    fn to_key(&self) -> Key {
        Key::Pair(Rc::new((self.0.to_key(), self.1.to_key())))
    }

    fn from_key(key: &Key) -> Option<Self> {
        match key {
            Key::Pair(pair) => Some((A::from_key(&pair.0)?, B::from_key(&pair.1)?)),
            _ => None,
        }
    }
}
