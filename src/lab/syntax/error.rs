//! Places in a source, and what is wrong there.

use thiserror::Error;

use super::sentence::Sentence;

/// A place in a source; both count from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line.
    pub line: u32,
    /// The character in the line.
    pub column: u32,
}

impl Place {
    /// Where a source begins.
    pub const START: Self = Self { line: 1, column: 1 };
}

/// Why a text is no program, or why its meaning cannot be known before it runs.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("Line {line}, column {column}: {}", .message.en)]
pub struct SyntaxError {
    /// The line, from 1.
    pub line: u32,
    /// The character in the line, from 1.
    pub column: u32,
    /// A sentence that helps.
    pub message: Sentence,
}

impl SyntaxError {
    /// Makes the error of a place.
    pub fn at(place: Place, message: Sentence) -> Self {
        Self { line: place.line, column: place.column, message }
    }
}
