//! A deck as a source of questions: the same words each time, with other wrong answers beside the right one.

use super::deck::{Deck, Item};
use super::pattern::{choice_set, pattern};
use super::question::{CardInfo, Choice, Prompt, Question, QuestionSource, SourceInfo};
use super::text::Text;
use crate::rng::Rng;
use crate::value::stable_sort_by_key;

/// A deck that has passed the checker.
#[derive(Debug)]
pub struct DeckSource {
    info: SourceInfo,
    deck: Deck,
}

impl DeckSource {
    /// Wraps a checked deck.
    pub fn new(deck: Deck) -> Self {
        let info =
            SourceInfo { id: deck.id.clone(), title: deck.title.clone(), about: deck.about.clone(), kind: deck.kind };
        Self { info, deck }
    }

    /// Gives the choices of an item in the order they are shown.
    fn choices(&self, item: &Item, rng: &mut Rng) -> Vec<Choice> {
        let mut choices: Vec<Choice> = if item.choices.is_empty() {
            self.drawn(item, rng)
        } else {
            item.choices.iter().map(super::deck::ItemChoice::choice).collect()
        };
        rng.shuffle(&mut choices);
        choices
    }

    /// Draws the answer's company from the deck's set: what the item demands first, then what is easily confused with
    /// the answer, then anything.
    fn drawn(&self, item: &Item, rng: &mut Rng) -> Vec<Choice> {
        let Some(set) = self.deck.choices.as_deref().and_then(choice_set) else { return Vec::new() };
        let answer = pattern(&item.answer);
        let mut others: Vec<&str> = set
            .members
            .iter()
            .copied()
            .filter(|id| *id != item.answer && !item.exclude.iter().any(|excluded| excluded == id))
            .collect();
        rng.shuffle(&mut others);
        // A stable sort, so that equals keep their shuffled order.
        stable_sort_by_key(&mut others, |id| {
            let confusable = pattern(id).zip(answer).is_some_and(|(other, answer)| answer.is_confusable_with(other));
            (!item.against.iter().any(|demanded| demanded == id), !confusable)
        });
        others.truncate(set.shown.saturating_sub(1));
        others.push(&item.answer);
        others.into_iter().filter_map(pattern_choice).collect()
    }
}

impl QuestionSource for DeckSource {
    fn info(&self) -> &SourceInfo {
        &self.info
    }

    fn cards(&self) -> Vec<CardInfo> {
        self.deck.items.iter().map(|item| CardInfo { id: item.id.clone() }).collect()
    }

    fn question(&self, card: &str, rng: &mut Rng) -> Option<Question> {
        let item = self.deck.items.iter().find(|item| item.id == card)?;
        Some(Question {
            card: format!("{}/{}", self.deck.id, item.id),
            kind: self.deck.kind,
            ask: item.ask.as_ref().unwrap_or(&self.deck.ask).clone(),
            prompt: Prompt {
                form: item.form.unwrap_or(self.deck.form),
                en: item.prompt.en.clone().into(),
                zh: item.prompt.zh.clone().map(Into::into),
                signals: item.signals.iter().map(super::deck::Signal::text).collect(),
            },
            choices: self.choices(item, rng),
            answer: item.answer.clone(),
            reason: item.reason.clone(),
            review: item.review.clone(),
            figure: None,
        })
    }
}

fn pattern_choice(id: &str) -> Option<Choice> {
    let found = pattern(id)?;
    let gloss: Option<Text> = Some(found.gloss.clone());
    Some(Choice { id: id.to_owned(), label: found.title.clone(), gloss })
}
