//! A question as it is asked, and the interface through which kinds of question join.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::text::Text;
use crate::rng::Rng;

/// What a question goes from and to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Kind {
    /// A spec fragment or signatures; the answer is a family.
    SpecToFamily,
    /// A spec fragment; the answer is a group.
    SpecToGroup,
    /// A spec sentence; the answer is the pattern of a level.
    SpecToPattern,
    /// Words that stand in a spec; the answer is what to do first.
    WordToReaction,
    /// A situation at an edge; the answer is what happens.
    Boundary,
    /// A method; the answer is the order of its checks.
    CheckOrder,
    /// A batch of asyncio tasks; the answer is what it will do.
    Predict,
}

/// How a prompt is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Sentences of a spec, in reading size.
    #[default]
    Spec,
    /// Method signatures, line by line in monospace.
    Code,
    /// A situation told in the reader's own language.
    Story,
}

/// A run of a prompt; the runs of a language, put together, are the prompt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Segment {
    /// The characters; a backtick opens or closes a piece of code, which may begin in one run and end in another.
    pub text: String,
    /// Whether they are among the words that give the answer away.
    pub signal: bool,
}

/// What the learner reads, with the words that give the answer away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// How it is set.
    pub form: Form,
    /// The words in English, code in backticks; specs are read in English whatever the page's language.
    pub en: Cow<'static, str>,
    /// The words in Cantonese, where the prompt is not a piece of a spec.
    pub zh: Option<Cow<'static, str>>,
    /// The signals; each occurs in the prompt of its language.
    pub signals: Vec<Text>,
}

/// One of the answers on offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// What is given back as the answer; unique within the question.
    pub id: String,
    /// What the row says.
    pub label: Text,
    /// How to know it, in a few words; shown beside the label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gloss: Option<Text>,
}

/// What to go over after a miss.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// A pattern of the table.
    pub pattern: String,
    /// The system that shows this very case; the pattern's own models when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
    /// The level of that system; the pattern's own level when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
}

/// A question, ready to be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The card it was made from, `<source>/<card>`.
    pub card: String,
    /// What it goes from and to.
    pub kind: Kind,
    /// What is asked.
    pub ask: Text,
    /// What is read.
    pub prompt: Prompt,
    /// The answers on offer; the right one is among them exactly once.
    pub choices: Vec<Choice>,
    /// The id of the right choice.
    pub answer: String,
    /// Why it is right, in one or two sentences.
    pub reason: Text,
    /// What to go over after a miss.
    pub review: Review,
    /// A run that shows it, where there is one.
    pub figure: Option<Figure>,
}

/// A run to be drawn: a strategy of the timing laboratory, and its batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figure {
    /// The strategy's id.
    pub strategy: String,
    /// Whether it is drawn with the question, without its name; else only the answer shows it.
    pub asked: bool,
    /// How many items there are.
    pub items: usize,
    /// The positions of the invalid ones, from 0.
    pub invalid: Vec<usize>,
    /// How long they sleep.
    pub sleep: FigureSleep,
    /// Permits, or workers.
    pub max_concurrent: u32,
}

/// How long items sleep, in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FigureSleep {
    /// All of them alike.
    Fixed(u32),
    /// One after another.
    Listed(Vec<u32>),
}

/// What a source says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceInfo {
    /// Stable and kebab-case: memory of past answers hangs on it.
    pub id: String,
    /// Its name.
    pub title: Text,
    /// What it trains, in a sentence.
    pub about: Text,
    /// What its questions go from and to.
    pub kind: Kind,
}

/// A thing that can be asked and remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardInfo {
    /// Stable and kebab-case, unique within its source.
    pub id: String,
}

/// Where questions come from.
///
/// A card is what the learner remembers: the scheduler keeps one memory for each. A deck has one card an item and
/// always asks it in the same words; a generated source has one card a skill ("total time of a fail-fast batch") and
/// draws a fresh question from `rng` each time. The same `rng` must give the same question, because saved sessions
/// are dealt again from their seed.
pub trait QuestionSource {
    /// Says what the source is.
    fn info(&self) -> &SourceInfo;

    /// Lists the cards, always in the same order.
    fn cards(&self) -> Vec<CardInfo>;

    /// Makes the question of a card; `None` if there is no such card.
    fn question(&self, card: &str, rng: &mut Rng) -> Option<Question>;
}

impl Prompt {
    /// Gives the prompt's text in the two languages.
    pub fn text(&self) -> Text {
        Text { en: self.en.clone(), zh: self.zh.clone().unwrap_or_else(|| self.en.clone()) }
    }

    /// Cuts the English prompt at its signals.
    pub fn segments_en(&self) -> Vec<Segment> {
        segments(&self.en, self.signals.iter().map(|signal| signal.en.as_ref()))
    }

    /// Cuts the Cantonese prompt at its signals.
    pub fn segments_zh(&self) -> Vec<Segment> {
        match &self.zh {
            Some(zh) => segments(zh, self.signals.iter().map(|signal| signal.zh.as_ref())),
            None => self.segments_en(),
        }
    }
}

impl Question {
    /// Finds a choice by its id.
    pub fn choice(&self, id: &str) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.id == id)
    }
}

/// Cuts a text at every occurrence of every signal; signals that touch or overlap become one run.
fn segments<'a>(text: &str, signals: impl Iterator<Item = &'a str>) -> Vec<Segment> {
    let mut spans: Vec<(usize, usize)> = signals
        .filter(|signal| !signal.is_empty())
        .flat_map(|signal| text.match_indices(signal).map(|(start, found)| (start, start + found.len())))
        .collect();
    spans.sort_unstable();
    let mut cut = Vec::new();
    let mut at = 0;
    for (start, end) in spans {
        if end <= at {
            continue;
        }
        push(&mut cut, text.get(at..start), false);
        push(&mut cut, text.get(start.max(at)..end), true);
        at = end;
    }
    push(&mut cut, text.get(at..), false);
    cut
}

fn push(cut: &mut Vec<Segment>, text: Option<&str>, signal: bool) {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return };
    match cut.last_mut() {
        Some(last) if last.signal == signal => last.text.push_str(text),
        _ => cut.push(Segment { text: text.to_owned(), signal }),
    }
}

#[cfg(test)]
mod tests {
    use super::segments;

    fn marked(text: &str, signals: &[&str]) -> String {
        segments(text, signals.iter().copied())
            .into_iter()
            .map(|cut| if cut.signal { format!("[{}]", cut.text) } else { cut.text })
            .collect()
    }

    #[test]
    fn a_signal_is_marked_wherever_it_stands() {
        assert_eq!(marked("a ttl, another ttl", &["ttl"]), "a [ttl], another [ttl]");
        assert_eq!(marked("ttl", &["ttl"]), "[ttl]");
        assert_eq!(marked("nothing here", &["ttl"]), "nothing here");
        assert_eq!(marked("", &["ttl"]), "");
    }

    #[test]
    fn signals_that_overlap_or_touch_are_one_run() {
        assert_eq!(marked("max_concurrent calls", &["max_concurrent", "concurrent calls"]), "[max_concurrent calls]");
        assert_eq!(marked("abcd", &["ab", "cd"]), "[abcd]");
        assert_eq!(marked("abcd", &["abcd", "bc"]), "[abcd]");
    }

    #[test]
    fn cuts_fall_between_characters_of_any_script() {
        assert_eq!(marked("過期嗰一刻已經死", &["嗰一刻"]), "過期[嗰一刻]已經死");
    }
}
