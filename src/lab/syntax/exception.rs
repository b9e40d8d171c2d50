//! Exceptions and their classes.

use super::sentence::Sentence;
use super::value::Val;

/// A class of exceptions, as its position in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Class(usize);

/// Every class and its base.
const CLASSES: [(&str, &str); 18] = [
    ("BaseException", ""),
    ("Exception", "BaseException"),
    ("ArithmeticError", "Exception"),
    ("AssertionError", "Exception"),
    ("AttributeError", "Exception"),
    ("ConnectionError", "OSError"),
    ("IndexError", "LookupError"),
    ("KeyError", "LookupError"),
    ("LookupError", "Exception"),
    ("NameError", "Exception"),
    ("OSError", "Exception"),
    ("OverflowError", "ArithmeticError"),
    ("RuntimeError", "Exception"),
    ("TimeoutError", "OSError"),
    ("TypeError", "Exception"),
    ("UnboundLocalError", "NameError"),
    ("ValueError", "Exception"),
    ("ZeroDivisionError", "ArithmeticError"),
];

impl Class {
    /// The class of that name.
    pub fn named(name: &str) -> Option<Self> {
        CLASSES.iter().position(|(known, _)| *known == name).map(Self)
    }

    /// All names of classes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        CLASSES.iter().map(|(name, _)| *name)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        CLASSES.get(self.0).map_or("Exception", |(name, _)| name)
    }

    /// Whether `asyncio` has it too.
    pub fn is_asyncio(self) -> bool {
        self.name() == "TimeoutError"
    }

    /// `issubclass(self, base)`.
    pub fn is_subclass(self, base: Self) -> bool {
        let mut class = Some(self);
        while let Some(current) = class {
            if current == base {
                return true;
            }
            class = CLASSES.get(current.0).and_then(|(_, base)| Self::named(base));
        }
        false
    }
}

/// An exception that was raised, or made to be.
#[derive(Debug)]
pub struct Exception {
    /// What kind it is.
    pub class: Class,
    /// What it was made with.
    pub arguments: Vec<Val>,
}

/// Why an operation gives no value.
#[derive(Debug)]
pub enum Fault {
    /// Python raises.
    Raise(Exception),
    /// Python would do it, but it is not known here; the sentence says what to do instead.
    Refuse(Box<Sentence>),
}

impl Fault {
    /// Raises a class of the table with a message.
    pub fn raise(class: &str, message: impl Into<String>) -> Self {
        Self::raise_with(class, vec![Val::Str(message.into().into())])
    }

    /// Raises a class of the table with any arguments.
    pub fn raise_with(class: &str, arguments: Vec<Val>) -> Self {
        // The fallback is never taken: every call names a class of the table.
        Self::Raise(Exception { class: Class::named(class).unwrap_or(Class(1)), arguments })
    }

    /// Raises a `TypeError`.
    pub fn type_error(message: impl Into<String>) -> Self {
        Self::raise("TypeError", message)
    }

    /// Says that something is not known here.
    pub fn refuse(sentence: Sentence) -> Self {
        Self::Refuse(Box::new(sentence))
    }
}
