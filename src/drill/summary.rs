//! The result of a session: what was answered, and what to go over.

use serde::Serialize;

use super::grade::{Grade, Outcome, grade};
use super::library::Library;
use super::question::{Choice, Form};
use super::session::SessionRecord;
use super::text::Text;
use super::view::{MarkedPrompt, ReviewView, SessionInfo};
use crate::value::stable_sort_by_key;

/// The result of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// The session.
    pub session: SessionInfo,
    /// The time of all answers together.
    pub total_ms: u64,
    /// What to go over: most misses first, then what was known but slowly.
    pub review: Vec<SummaryReview>,
    /// The answers, in order.
    pub answers: Vec<SummaryAnswer>,
    /// The cards that were not known and can be asked again.
    pub missed: Vec<String>,
}

/// A pattern to go over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SummaryReview {
    /// The pattern and where to look.
    #[serde(flatten)]
    pub pattern: ReviewView,
    /// How many of its questions were asked.
    pub asked: usize,
    /// How many were not known.
    pub missed: usize,
    /// How many were known, but slowly.
    pub slow: usize,
}

/// An answer of the session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SummaryAnswer {
    /// The card.
    pub card: String,
    /// What it was.
    pub outcome: Outcome,
    /// How well the card was known.
    pub grade: Grade,
    /// How long it took.
    pub elapsed_ms: u64,
    /// The question; `None` when its deck does not hold it any more.
    pub question: Option<SummaryQuestion>,
}

/// The question of an answer, as it was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SummaryQuestion {
    /// What was asked.
    pub ask: Text,
    /// How the prompt is set.
    pub form: Form,
    /// Whether the prompt stays English in both languages.
    pub english_only: bool,
    /// The prompt, cut at its signals.
    pub prompt: MarkedPrompt,
    /// The right choice.
    pub answer: Choice,
    /// The choice given; `None` without an answer, or when it is not offered any more.
    pub given: Option<Choice>,
    /// Why the right one is right.
    pub reason: Text,
    /// The pattern to go over.
    pub pattern: String,
}

/// Sums a session up.
pub fn summary(library: &Library, session: &SessionRecord) -> Summary {
    let mut answers = Vec::new();
    let mut review: Vec<SummaryReview> = Vec::new();
    let mut missed = Vec::new();
    for (card, record) in session.cards.iter().zip(&session.answers) {
        let grade = grade(record.outcome, record.elapsed_ms, session.limit_ms);
        let question = library.question(card, session.seed);
        if let Some(question) = &question {
            count(&mut review, ReviewView::from(&question.review), grade);
            if !record.outcome.is_right() {
                missed.push(card.clone());
            }
        }
        answers.push(SummaryAnswer {
            card: card.clone(),
            outcome: record.outcome,
            grade,
            elapsed_ms: record.elapsed_ms,
            question: question.and_then(|question| {
                Some(SummaryQuestion {
                    answer: question.choice(&question.answer)?.clone(),
                    given: record.choice.as_deref().and_then(|id| question.choice(id)).cloned(),
                    form: question.prompt.form,
                    english_only: question.prompt.zh.is_none(),
                    prompt: MarkedPrompt::of(&question),
                    ask: question.ask,
                    reason: question.reason,
                    pattern: question.review.pattern,
                })
            }),
        });
    }
    review.retain(|entry| entry.missed + entry.slow > 0);
    // A stable sort: patterns of equal need stay in the order they were met.
    stable_sort_by_key(&mut review, |entry| std::cmp::Reverse((entry.missed, entry.slow)));
    Summary {
        session: SessionInfo::from(session),
        total_ms: session.answers.iter().fold(0, |sum: u64, answer| sum.saturating_add(answer.elapsed_ms)),
        review,
        answers,
        missed,
    }
}

/// Counts an answer for its pattern; a place that only one of its questions names is kept as well.
fn count(review: &mut Vec<SummaryReview>, view: ReviewView, grade: Grade) {
    let (missed, slow) = (usize::from(grade == Grade::Again), usize::from(grade == Grade::Hard));
    match review.iter_mut().find(|entry| entry.pattern.pattern == view.pattern) {
        Some(entry) => {
            entry.asked += 1;
            entry.missed += missed;
            entry.slow += slow;
            for pointer in view.pointers {
                if !entry.pattern.pointers.contains(&pointer) {
                    entry.pattern.pointers.push(pointer);
                }
            }
        }
        None => review.push(SummaryReview { pattern: view, asked: 1, missed, slow }),
    }
}
