//! The answers on offer.

use crate::drill::{Choice, Form, Kind, Prompt, Question, Review, Text};
use crate::rng::Rng;

/// So many answers are on offer, the right one among them.
const SHOWN: usize = 5;

/// Answers that are numbers: the right one, then what the classic mistakes give, then neighbours a `step` apart.
/// They stand in ascending order; nothing if there are too few.
pub fn of_numbers(answer: u64, mistakes: &[u64], step: u64, unit: &str) -> Option<Vec<Choice>> {
    let mut numbers = vec![answer];
    let neighbours = (1..).flat_map(|n| [answer + n * step, answer.saturating_sub(n * step)]).take(2 * SHOWN);
    for number in mistakes.iter().copied().chain(neighbours) {
        if numbers.len() < SHOWN && !numbers.contains(&number) && (number > 0 || step == 1) {
            numbers.push(number);
        }
    }
    if numbers.len() < 4 {
        return None;
    }
    numbers.sort_unstable();
    Some(
        numbers
            .iter()
            .map(|number| Choice { id: number.to_string(), label: Text::same(&format!("{number}{unit}")), gloss: None })
            .collect(),
    )
}

/// Answers that are texts, each with its id; they are shuffled.
pub fn of_texts(rng: &mut Rng, texts: Vec<(String, Text)>) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    for (id, label) in texts {
        if choices.len() < SHOWN && choices.iter().all(|known| known.id != id) {
            choices.push(Choice { id, label, gloss: None });
        }
    }
    rng.shuffle(&mut choices);
    choices
}

/// The parts of a question that differ from kind to kind.
pub struct Parts {
    pub ask: Text,
    pub prompt: Text,
    pub choices: Vec<Choice>,
    pub answer: String,
    pub reason: Text,
    pub review: &'static str,
}

impl Parts {
    /// Puts the question together; it has a card when it leaves the source.
    pub fn question(self) -> Question {
        Question {
            card: String::new(),
            kind: Kind::Predict,
            ask: self.ask,
            prompt: Prompt { form: Form::Story, en: self.prompt.en, zh: Some(self.prompt.zh), signals: Vec::new() },
            choices: self.choices,
            answer: self.answer,
            reason: self.reason,
            review: Review { pattern: self.review.to_owned(), system: None, level: None },
            figure: None,
        }
    }
}

/// Two texts one after another.
pub fn joined(first: &Text, second: &Text) -> Text {
    Text { en: format!("{} {}", first.en, second.en).into(), zh: format!("{}{}", first.zh, second.zh).into() }
}

/// A text made of its two languages.
pub fn text(en: String, zh: String) -> Text {
    Text { en: en.into(), zh: zh.into() }
}
