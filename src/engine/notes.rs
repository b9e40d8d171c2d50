//! Notes: why a call did what it did. Systems say it where they do it; whoever wants to know listens.
//!
//! A note has a code and fields. The wording for people is the page's; the codes are few, so that every system's notes can
//! be read as sentences:
//!
//! | code | fields | says |
//! |---|---|---|
//! | `check` | rule, noun, subject, ok | a rule held, or refused the call |
//! | `scheduled` | what, id, target, amount, due | something will happen |
//! | `due` | what, id, target, amount, due, now | what was scheduled happened |
//! | `purged` | what, id, due, now | it had expired and was removed |
//! | `expired` | what, id, due, now, to | it had expired and got another status, or was vacated |
//! | `skipped` | what, id, due | it is dead, and stays where it is |
//! | `moved` | what, id, from, to | it has another status, place or owner |
//! | `merged` | what, from, into | one took over the other |
//! | `removed` | what, id, why | it went along with something else |
//! | `evicted` | what, id, from, why | it had to make room |
//! | `routed` | what, id, to | who got it |
//! | `dependency` | what, id, on, to | what it waited for changed |
//! | `undone` | what, id, to | it went back |
//! | `snapshot` | at, kept, of | a backup was taken |
//! | `restored` | from, now, kept | a backup came back |

use std::cell::RefCell;

use super::{IntoValue, Raise};
use crate::asyncio::{EventLoop, Stamp};
use crate::value::{Str, Value};

/// One reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// What kind of reason.
    pub code: &'static str,
    /// Its particulars.
    pub fields: Vec<(&'static str, Value)>,
    /// Inside an L5/L6 operation: when, and by which task.
    pub at: Option<Stamp>,
}

struct Recorder {
    notes: Vec<Note>,
    event_loop: Option<EventLoop>,
}

thread_local! {
    /// The engine that is being stepped on this thread, if any. Notes are an output like a log: they go to whoever called,
    /// and change nothing.
    static RECORDER: RefCell<Option<Recorder>> = const { RefCell::new(None) };
}

/// Runs `call` and gives the notes it left beside its result.
pub fn recording<R>(event_loop: Option<EventLoop>, call: impl FnOnce() -> R) -> (R, Vec<Note>) {
    let outer = RECORDER.replace(Some(Recorder { notes: Vec::new(), event_loop }));
    let result = call();
    let recorder = RECORDER.replace(outer);
    (result, recorder.map(|r| r.notes).unwrap_or_default())
}

/// Leaves a note, if anybody listens; its fields are looked at only then.
///
/// The fields come as pointers, so that a note costs little code: the package is downloaded, and systems leave hundreds.
pub fn write_note(code: &'static str, fields: &[(&'static str, &dyn Subject)]) {
    RECORDER.with_borrow_mut(|recorder| {
        if let Some(recorder) = recorder {
            let at = recorder.event_loop.as_ref().map(EventLoop::stamp);
            let fields = fields.iter().map(|(name, field)| (*name, field.to_value())).collect();
            recorder.notes.push(Note { code, fields, at });
        }
    });
}

/// Notes that a rule was checked and whether it held.
pub fn check(rule: &'static str, noun: &'static str, subject: Option<&dyn Subject>, holds: bool) -> bool {
    write_note("check", &[("rule", &rule), ("noun", &noun), ("subject", subject.unwrap_or(&())), ("ok", &holds)]);
    holds
}

/// What a check looks at: anything that can be shown. Behind a pointer, so that a check costs little code.
pub trait Subject {
    /// It as a value.
    fn to_value(&self) -> Value;
}

impl<T: IntoValue + Clone> Subject for T {
    fn to_value(&self) -> Value {
        self.clone().into_value()
    }
}

/// Turns a refusal into the answer of an operation, whether or not that may also raise.
pub trait Refusal<T> {
    /// The answer.
    fn refuse(answer: T) -> Self;
}

impl<T> Refusal<T> for T {
    fn refuse(answer: T) -> Self {
        answer
    }
}

impl<T> Refusal<T> for Result<T, Raise> {
    fn refuse(answer: T) -> Self {
        Ok(answer)
    }
}

impl Refusal<&'static str> for Str {
    fn refuse(answer: &'static str) -> Self {
        Self::from(answer)
    }
}

impl Refusal<&'static str> for Result<Str, Raise> {
    fn refuse(answer: &'static str) -> Self {
        Ok(Str::from(answer))
    }
}

/// Checks a rule: where it does not hold, the operation answers with the refusal and is over.
///
/// `ensure!(self.accounts.contains_key(&id), exists("account", id), None)`: the rule's name, what it is about, and the
/// value that is looked at. `#[system]` reads these lines too: they are the checklist of the catalogue.
macro_rules! ensure {
    ($holds:expr, $rule:ident($noun:literal $(, $subject:expr)?), $refusal:expr $(,)?) => {
        let subject: Option<&dyn $crate::engine::Subject> = None $(.or(Some(&$subject)))?;
        if !$crate::engine::check(stringify!($rule), $noun, subject, $holds) {
            return $crate::engine::Refusal::refuse($refusal);
        }
    };
}

/// Leaves a note: `note!(due, item: payment_id, amount: cashback)`.
macro_rules! note {
    ($code:ident $(, $field:ident: $value:expr)* $(,)?) => {
        $crate::engine::write_note(
            stringify!($code),
            &[$((stringify!($field), &$value as &dyn $crate::engine::Subject)),*],
        )
    };
}

pub(crate) use {ensure, note};
