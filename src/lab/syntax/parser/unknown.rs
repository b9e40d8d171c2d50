//! What Python has and this language has not, and what to write instead.

use crate::lab::syntax::error::{Place, SyntaxError};
use crate::lab::syntax::sentence::{Sentence, say};

/// The sentence for a statement that is not known; nothing for a word that begins an expression.
pub(super) fn unknown_statement(word: &str, at: Place) -> Option<SyntaxError> {
    let sentence = match word {
        "global" | "nonlocal" => say!(
            "State that other tasks see would make the outcome depend on the order of tasks: pass values and return them.",
            "其他 task 見到嘅 state，會令結果要睇 task 嘅次序：用 argument 傳入去，再 return 返出嚟。"
        ),
        "class" => {
            say!("Classes are not known here: functions and dicts are.", "呢度唔識 class，識 function 同 dict。")
        }
        "with" => say!(
            "Only `async with` is known here: asyncio's locks and semaphores are asynchronous.",
            "呢度淨係識 `async with`：asyncio 嘅 lock 同 semaphore 係 async 嘅。"
        ),
        "del" => say!("`del` is not known here.", "呢度唔識 `del`。"),
        "assert" => say!(
            "`assert` is not known here: write `if not ..: raise ValueError(..)`.",
            "呢度唔識 `assert`：寫 `if not ..: raise ValueError(..)`。"
        ),
        "elif" | "else" => say!("There is no `if` at this indentation before it.", "之前冇縮排一樣嘅 `if`。"),
        "except" | "finally" => say!("There is no `try` at this indentation before it.", "之前冇縮排一樣嘅 `try`。"),
        _ => return None,
    };
    Some(SyntaxError::at(at, sentence))
}

/// The sentence for an operator that is not known.
pub(super) fn unknown_operator(op: &str) -> Option<Sentence> {
    Some(match op {
        "**" => say!("Powers are not known here: multiply.", "呢度唔識次方：用乘。"),
        "|" | "&" | "^" | "~" | "<<" | ">>" => no_bits(),
        "@" => say!("`@` is not known here.", "呢度唔識 `@`。"),
        ":=" => say!("`:=` is not known here: assign on a line of its own.", "呢度唔識 `:=`：assign 自己寫一行。"),
        _ => return None,
    })
}

/// The sentence for a keyword that begins an expression of Python, but none of this language.
pub(super) fn unknown_expression(word: &str) -> Option<Sentence> {
    Some(match word {
        "lambda" => say!("`lambda` is not known here: write a comprehension.", "呢度唔識 `lambda`：寫 comprehension。"),
        "yield" => say!("`yield` is not known here: return a list.", "呢度唔識 `yield`：return 一個 list。"),
        _ => return None,
    })
}

/// The sentence for `~` and its kind.
pub(super) fn no_bits() -> Sentence {
    say!(
        "Operators on bits are not known here; logic is `and`, `or` and `not`.",
        "呢度唔識 bit 嘅 operator；邏輯係 `and`、`or` 同 `not`。"
    )
}
