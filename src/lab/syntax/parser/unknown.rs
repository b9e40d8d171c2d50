//! What Python has and this language has not, and what to write instead.

use crate::lab::syntax::error::{Place, SyntaxError};

/// The sentence for a statement that is not known; nothing for a word that begins an expression.
pub(super) fn unknown_statement(word: &str, at: Place) -> Option<SyntaxError> {
    let sentence = match word {
        "global" | "nonlocal" => {
            "State that other tasks see would make the outcome depend on the order of tasks: pass values and return them."
        }
        "class" => "Classes are not known here: functions and dicts are.",
        "with" => "Only `async with` is known here: asyncio's locks and semaphores are asynchronous.",
        "del" => "`del` is not known here.",
        "assert" => "`assert` is not known here: write `if not ..: raise ValueError(..)`.",
        "elif" | "else" => "There is no `if` at this indentation before it.",
        "except" | "finally" => "There is no `try` at this indentation before it.",
        _ => return None,
    };
    Some(SyntaxError::at(at, sentence))
}

/// The sentence for an operator that is not known.
pub(super) fn unknown_operator(op: &str) -> Option<&'static str> {
    Some(match op {
        "**" => "Powers are not known here: multiply.",
        "|" | "&" | "^" | "~" | "<<" | ">>" => "Operators on bits are not known here; logic is `and`, `or` and `not`.",
        "@" => "`@` is not known here.",
        ":=" => "`:=` is not known here: assign on a line of its own.",
        _ => return None,
    })
}

/// The sentence for a keyword that begins an expression of Python, but none of this language.
pub(super) fn unknown_expression(word: &str) -> Option<&'static str> {
    Some(match word {
        "lambda" => "`lambda` is not known here: write a comprehension.",
        "yield" => "`yield` is not known here: return a list.",
        _ => return None,
    })
}
