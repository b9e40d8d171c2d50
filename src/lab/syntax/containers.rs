//! Making containers, within the caps on size and depth, and looking into them.

use super::sentence::say;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::error::{Place, SyntaxError};
use super::exception::Fault;
use super::operators::equal;
use super::value::{Items, Val};
use super::{MAX_NESTING, MAX_SIZE, MAX_TEXT};
use crate::value::Str;

/// Refuses what holds too many values.
pub fn check_size(length: usize) -> Result<(), Fault> {
    if length > MAX_SIZE {
        return Err(Fault::refuse(say!(
            "This would hold more than {0} values, which is the cap.",
            "呢度會裝多過上限 {0} 個 value。",
            MAX_SIZE
        )));
    }
    Ok(())
}

/// Refuses a text that is too long.
pub fn check_text(bytes: usize) -> Result<(), Fault> {
    if bytes > MAX_TEXT {
        return Err(Fault::refuse(say!(
            "This text would be longer than {0} bytes, which is the cap.",
            "呢段 text 會長過上限 {0} bytes。",
            MAX_TEXT
        )));
    }
    Ok(())
}

fn check_depth(depth: usize) -> Result<(), Fault> {
    if depth > MAX_NESTING {
        return Err(Fault::refuse(say!(
            "This would nest deeper than {0}, which is the cap.",
            "呢度會嵌得深過上限 {0} 層。",
            MAX_NESTING
        )));
    }
    Ok(())
}

impl Items {
    /// Takes values together, unless they are too many or nest too deep.
    pub fn new(values: Vec<Val>) -> Result<Rc<Self>, Fault> {
        let mut depth = 0;
        let mut weight = 1_usize;
        for value in &values {
            depth = depth.max(value.depth());
            weight = weight.saturating_add(value.weight());
        }
        check_size(values.len())?;
        check_depth(depth + 1)?;
        Ok(Rc::new(Self { values, depth: depth + 1, weight }))
    }

    /// Adds a value, within the same caps.
    pub fn push(&mut self, value: Val) -> Result<(), Fault> {
        self.weight = self.weight.saturating_add(value.weight());
        self.depth = self.depth.max(value.depth() + 1);
        self.values.push(value);
        check_size(self.values.len())?;
        check_depth(self.depth)
    }
}

impl Val {
    /// A list.
    pub fn list(values: Vec<Self>) -> Result<Self, Fault> {
        Items::new(values).map(Self::List)
    }

    /// A list of predefined values.
    pub fn global_list(values: Vec<Self>) -> Result<Self, SyntaxError> {
        Self::list(values).map_err(|_| {
            SyntaxError::at(
                Place::START,
                say!("There are more items than a list may hold here.", "Item 多過一個 list 喺呢度裝得落。"),
            )
        })
    }

    /// A tuple.
    pub fn tuple(values: Vec<Self>) -> Result<Self, Fault> {
        Items::new(values).map(Self::Tuple)
    }

    /// A dict; a key that comes again gets the later value, and keeps its place.
    pub fn dict(entries: Vec<(Self, Self)>) -> Result<Self, Fault> {
        let mut places = BTreeMap::new();
        let mut values: Vec<Self> = Vec::with_capacity(2 * entries.len());
        for (key, value) in entries {
            let place = *places.entry(Key::of(&key)?).or_insert(values.len() + 1);
            match values.get_mut(place) {
                Some(slot) => *slot = value,
                None => values.extend([key, value]),
            }
        }
        Items::new(values).map(Self::Dict)
    }

    /// A text, unless it is too long.
    pub fn text(text: impl Into<Str>) -> Result<Self, Fault> {
        let text = text.into();
        check_text(text.len())?;
        Ok(Self::Str(text))
    }

    /// A finite or infinite float; there is no way to work with what is not a number.
    pub fn float(x: f64) -> Result<Self, Fault> {
        if x.is_nan() {
            Err(Fault::refuse(say!(
                "This is not a number (`nan`), which is not known here.",
                "呢個唔係數（`nan`），呢度唔識。"
            )))
        } else {
            Ok(Self::Float(x))
        }
    }

    /// What a `for` over the value goes through.
    pub fn iterate(&self) -> Result<Iterated, Fault> {
        Ok(match self {
            Self::List(items) | Self::Tuple(items) => Iterated::Items(Rc::clone(items)),
            Self::Range(range) => Iterated::Range(Rc::clone(range)),
            Self::Dict(items) => Iterated::Items(Items::new(items.values.iter().step_by(2).cloned().collect())?),
            Self::Row(table, _) => {
                Iterated::Items(Items::new(table.keys().iter().map(|key| Self::Str((*key).into())).collect())?)
            }
            Self::Str(text) => {
                let chars = text.chars().map(|c| Self::Str(c.to_string().into()));
                Iterated::Items(Items::new(chars.collect())?)
            }
            Self::Queue(_) => {
                return Err(Fault::refuse(say!(
                    "A queue is emptied by `while not queue.empty():`.",
                    "清空條 queue 要寫 `while not queue.empty():`。"
                )));
            }
            other => return Err(Fault::type_error(format!("'{}' object is not iterable", other.type_name()))),
        })
    }

    /// The value under a key of a dict.
    pub fn lookup(&self, key: &Self) -> Option<Self> {
        match self {
            Self::Dict(items) => {
                let place = items.values.iter().step_by(2).position(|known| equal(known, key))?;
                items.values.get(2 * place + 1).cloned()
            }
            Self::Row(table, row) => match key {
                Self::Str(key) => table.get(*row, key),
                _ => None,
            },
            _ => None,
        }
    }
}

/// What a loop goes through.
#[derive(Debug)]
pub enum Iterated {
    /// Values.
    Items(Rc<Items>),
    /// Numbers.
    Range(Rc<super::value::Range>),
}

impl Iterated {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Items(items) => items.values.len(),
            Self::Range(range) => range.len(),
        }
    }

    /// The one at a position.
    pub fn at(&self, position: usize) -> Option<Val> {
        match self {
            Self::Items(items) => items.values.get(position).cloned(),
            Self::Range(range) => (position < range.len()).then(|| range.at(position)),
        }
    }
}

/// A value that can be a key: equal where Python's `==` and `hash` find the values equal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// `None`.
    None,
    /// An `int`, a `bool`, or a `float` without a fraction.
    Int(i64),
    /// Any other `float`, by its bits.
    Float(u64),
    /// A `str`.
    Str(Str),
    /// A `tuple`.
    Tuple(Vec<Key>),
    /// A semaphore, a lock or a queue: its kind and position.
    Resource(&'static str, usize),
}

impl Key {
    /// The key that a value is.
    pub fn of(value: &Val) -> Result<Self, Fault> {
        Ok(match value {
            Val::None => Self::None,
            Val::Bool(b) => Self::Int(i64::from(*b)),
            Val::Int(n) => Self::Int(*n),
            Val::Float(x) => super::numbers::whole(*x).map_or(Self::Float(x.to_bits()), Self::Int),
            Val::Str(text) => Self::Str(text.clone()),
            Val::Tuple(items) => Self::Tuple(items.values.iter().map(Self::of).collect::<Result<_, _>>()?),
            Val::Semaphore(at) | Val::Lock(at) | Val::Queue(at) => Self::Resource(value.type_name(), *at),
            Val::List(_) | Val::Dict(_) | Val::Row(..) | Val::Locks(_) => {
                return Err(Fault::type_error(format!("unhashable type: '{}'", value.type_name())));
            }
            _ => {
                return Err(Fault::refuse(say!(
                    "Keys are plain values here, not {0}.",
                    "呢度嘅 key 係普通 value，唔係 {0}。",
                    value.a_type()
                )));
            }
        })
    }
}
