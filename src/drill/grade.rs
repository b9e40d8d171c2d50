//! Grading: what an answer was, and how well the card is known.

use serde::{Deserialize, Serialize};

use super::question::Question;

/// What came back for a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The choice given; `None` when there was none.
    pub choice: Option<String>,
    /// How long the question was looked at, pauses left out.
    pub elapsed_ms: u64,
}

/// What an answer was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The right choice, in time.
    Right,
    /// Another choice, in time.
    Wrong,
    /// The clock ran out.
    TimedOut,
    /// Given up before the clock ran out.
    Passed,
}

/// How well a card is known; the scheduler asks no more than this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Not known.
    Again,
    /// Known, but slowly: more than two thirds of the time.
    Hard,
    /// Known.
    Good,
    /// Known at a glance: within a third of the time.
    Easy,
}

impl Outcome {
    /// Tells whether the answer was right.
    pub const fn is_right(self) -> bool {
        matches!(self, Self::Right)
    }
}

/// Says what an answer was; `limit_ms` is `None` without a clock. Any answer has an outcome, whatever it holds.
pub fn outcome(question: &Question, answer: &Answer, limit_ms: Option<u64>) -> Outcome {
    if limit_ms.is_some_and(|limit| answer.elapsed_ms >= limit) {
        return Outcome::TimedOut;
    }
    match &answer.choice {
        None => Outcome::Passed,
        Some(choice) if *choice == question.answer => Outcome::Right,
        Some(_) => Outcome::Wrong,
    }
}

/// Grades an outcome by the time it took. Without a clock the time says nothing about the card.
pub fn grade(outcome: Outcome, elapsed_ms: u64, limit_ms: Option<u64>) -> Grade {
    if !outcome.is_right() {
        return Grade::Again;
    }
    let tripled = elapsed_ms.saturating_mul(3);
    match limit_ms {
        Some(limit) if tripled <= limit => Grade::Easy,
        Some(limit) if tripled > limit.saturating_mul(2) => Grade::Hard,
        _ => Grade::Good,
    }
}
