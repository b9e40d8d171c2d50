//! A session: the cards that were dealt and what was answered. Everything else is dealt again from the seed.

use serde::{Deserialize, Serialize};

use super::grade::Outcome;

/// The record of a session, running or over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SessionRecord {
    /// Its address: unique among the learner's sessions.
    pub id: String,
    /// What its questions are dealt from.
    pub seed: u64,
    /// When it began.
    pub started_ms: u64,
    /// When it was over; `None` while it runs.
    pub ended_ms: Option<u64>,
    /// The time for a question; `None` without a clock.
    pub limit_ms: Option<u64>,
    /// The cards, in the order they are asked.
    pub cards: Vec<String>,
    /// The answers so far, in the same order.
    pub answers: Vec<AnswerRecord>,
}

/// The record of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AnswerRecord {
    /// The choice given.
    pub choice: Option<String>,
    /// What it was.
    pub outcome: Outcome,
    /// How long it took.
    pub elapsed_ms: u64,
}

impl SessionRecord {
    /// Gives the card that is asked now; `None` when all are answered.
    pub fn current(&self) -> Option<&str> {
        self.cards.get(self.answers.len()).map(String::as_str)
    }

    /// Counts the right answers.
    pub fn right(&self) -> usize {
        self.answers.iter().filter(|answer| answer.outcome.is_right()).count()
    }

    /// Lists the cards that were answered, but not rightly.
    pub fn missed(&self) -> impl Iterator<Item = &str> {
        let answered = self.cards.iter().zip(&self.answers);
        answered.filter(|(_, answer)| !answer.outcome.is_right()).map(|(card, _)| card.as_str())
    }
}
