//! Dynamic Python values: arguments, answers and views of a state.

use super::{Int, Num, Quote, Str, repr};

/// A Python value.
#[derive(Clone, Debug, Default)]
pub enum Value {
    /// `None`.
    #[default]
    None,
    /// A `bool`.
    Bool(bool),
    /// An `int`.
    Int(Int),
    /// A `float`.
    Float(f64),
    /// A `str`.
    Str(Str),
    /// A `list`.
    List(Vec<Value>),
    /// A `tuple`.
    Tuple(Vec<Value>),
    /// A `set`, in sorted order.
    Set(Vec<Value>),
    /// A `dict`, in insertion order.
    Dict(Vec<(Value, Value)>),
    /// An async callable that lives outside; the number is the outside's handle.
    Callable(u32),
}

impl Value {
    /// A dict with string keys.
    pub fn record<K: Into<Str>>(fields: impl IntoIterator<Item = (K, Self)>) -> Self {
        Self::Dict(fields.into_iter().map(|(key, value)| (Self::Str(key.into()), value)).collect())
    }

    /// The value under a string key of a dict.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Dict(entries) => {
                entries.iter().find(|(k, _)| matches!(k, Self::Str(s) if s == key)).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    /// The value in Python's notation, with double quotes, as pages show it.
    pub fn text(&self) -> String {
        repr::text(self, Quote::Double)
    }

    /// The value as Python's `repr` gives it.
    pub fn repr(&self) -> String {
        repr::text(self, Quote::Python)
    }

    /// The value as a dict key of a plain object: a string as it is, anything else as its repr.
    pub fn key_text(&self) -> Str {
        match self {
            Self::Str(s) => s.clone(),
            other => Str::from(other.repr()),
        }
    }

    /// The name of the value's Python type.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Float(_) => "float",
            Self::Str(_) => "str",
            Self::List(_) => "list",
            Self::Tuple(_) => "tuple",
            Self::Set(_) => "set",
            Self::Dict(_) => "dict",
            Self::Callable(_) => "callable",
        }
    }
}

/// Equal as Python's `==` finds them, but for a list and a tuple of the same items, which the boundary cannot tell apart
/// and which are equal here. Dicts are equal whatever their order.
impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::None, Self::None) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Str(a), Self::Str(b)) => a == b,
            (Self::Callable(a), Self::Callable(b)) => a == b,
            (Self::List(a) | Self::Tuple(a) | Self::Set(a), Self::List(b) | Self::Tuple(b) | Self::Set(b)) => a == b,
            (Self::Dict(a), Self::Dict(b)) => {
                a.len() == b.len()
                    && a.iter().zip(b).all(
                        |((ka, va), (kb, vb))| {
                            if ka == kb { va == vb } else { b.iter().any(|(k, v)| k == ka && v == va) }
                        },
                    )
            }
            (a, b) => match (a.as_num(), b.as_num()) {
                (Some(a), Some(b)) => a == b,
                _ => false,
            },
        }
    }
}

impl Value {
    /// The value as a number, if it is one (a `bool` is not).
    pub fn as_num(&self) -> Option<Num> {
        match self {
            Self::Int(n) => Some(Num::Int(*n)),
            Self::Float(x) => Some(Num::Float(*x)),
            _ => None,
        }
    }
}
