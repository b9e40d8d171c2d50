//! The words of the language.

use super::error::Place;
use super::names::Symbol;
use crate::value::Str;

/// A word and where it stands.
#[derive(Clone, Debug)]
pub struct Token {
    /// Where it begins.
    pub at: Place,
    /// What it is.
    pub kind: Tok,
}

/// What a word is.
#[derive(Clone, Debug)]
pub enum Tok {
    /// A name that is no keyword.
    Name(Symbol),
    /// One of Python's keywords.
    Keyword(&'static str),
    /// An operator, a bracket or a comma.
    Op(&'static str),
    /// An `int`.
    Int(i64),
    /// A `float`.
    Float(f64),
    /// A `str`.
    Str(Str),
    /// An f-string.
    Format(Vec<Piece>),
    /// The end of a logical line.
    Newline,
    /// A block begins.
    Indent,
    /// A block ends.
    Dedent,
    /// The end of the source.
    End,
}

/// A piece of an f-string.
#[derive(Clone, Debug)]
pub enum Piece {
    /// Text as it is.
    Text(Str),
    /// `{expression}`, with or without `!r`.
    Field {
        /// The words of the expression, with an end.
        tokens: Vec<Token>,
        /// Whether the value is shown as `repr` does.
        repr: bool,
    },
}

/// The keywords of Python 3.11.
pub const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Operators; the first that fits is the longest.
pub const OPERATORS: [&str; 47] = [
    "**=", "//=", ">>=", "<<=", "...", "**", "//", ">>", "<<", "<=", ">=", "==", "!=", "->", "+=", "-=", "*=", "/=",
    "%=", "&=", "|=", "^=", "@=", ":=", "(", ")", "[", "]", "{", "}", ":", ",", ";", ".", "+", "-", "*", "/", "%", "<",
    ">", "=", "&", "|", "^", "~", "@",
];
