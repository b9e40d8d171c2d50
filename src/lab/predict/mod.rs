//! Questions without end: what will this batch do? The model knows; the wrong answers are the classic mistakes.
//!
//! A card is a skill ("the total of a fail-fast batch"); every asking draws another batch for it. All the numbers of a
//! question, its answer and its reason come from running the strategy's program on the asyncio model.

mod batch;
mod choices;
mod observe;
mod questions;
mod totals;

pub use batch::Batch;
pub use observe::{Observed, observe};

use crate::drill::{CardInfo, Kind, Question, QuestionSource, SourceInfo, Text};
use crate::rng::Rng;

/// How a card draws a question; nothing if this draw does not make a good one.
type Draw = fn(&mut Rng) -> Option<Question>;

/// A batch that makes no good question is drawn anew so many times.
const DRAWS: usize = 200;

/// The skills.
const CARDS: &[(&str, Draw)] = &[
    ("total-fail-fast", |rng| totals::total("fail_fast", rng)),
    ("total-all-sleep", |rng| totals::total("all_sleep", rng)),
    ("total-worker-pool", |rng| totals::total("worker_pool", rng)),
    ("total-gather-all", |rng| totals::total("gather_all", rng)),
    ("total-lock-across-sleep", |rng| totals::total("lock_across_sleep", rng)),
    ("lock-moves-inside", totals::lock_moves),
    ("least-permits", totals::least_permits),
    ("who-finishes-third", questions::third),
    ("asleep-at", questions::asleep_at),
    ("finished-at", questions::finished_at),
    ("which-strategy", questions::which_strategy),
    ("deadlock-of-pairs", questions::deadlock),
];

/// The source of these questions.
pub struct Predict {
    info: SourceInfo,
}

/// Gives the source, ready to join a drill.
pub fn source() -> Box<dyn QuestionSource> {
    Box::new(Predict {
        info: SourceInfo {
            id: "predict".to_owned(),
            title: Text::fixed("Predict the timing", "估 timing"),
            about: Text::fixed(
                "How long will it take, who is next, where does it hang? Every question is a new batch.",
                "要幾耐、下一個係邊個、邊度會 hang？每條題目都係新嘅 batch。",
            ),
            kind: Kind::Predict,
        },
    })
}

impl QuestionSource for Predict {
    fn info(&self) -> &SourceInfo {
        &self.info
    }

    fn cards(&self) -> Vec<CardInfo> {
        CARDS.iter().map(|(id, _)| CardInfo { id: (*id).to_owned() }).collect()
    }

    fn question(&self, card: &str, rng: &mut Rng) -> Option<Question> {
        let (id, draw) = CARDS.iter().find(|(id, _)| *id == card)?;
        let mut question = (0..DRAWS).find_map(|_| draw(rng))?;
        question.card = format!("{}/{id}", self.info.id);
        Some(question)
    }
}
