//! What the page is shown: flat records, ready to be serialized, with every text in both languages.

use serde::Serialize;

use super::grade::{Grade, Outcome};
use super::memory::Memory;
use super::pattern::{Pointer, pattern};
use super::question::{Choice, Figure, Form, Kind, Question, Review, Segment, SourceInfo};
use super::session::SessionRecord;
use super::text::Text;

/// What there is to train.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Overview {
    /// The decks, in the order they are offered.
    pub decks: Vec<DeckInfo>,
    /// The session that runs.
    pub running: Option<SessionInfo>,
    /// The sessions that are over, newest first.
    pub sessions: Vec<SessionInfo>,
    /// When the next card falls due; `None` if one is due already or none was ever asked.
    pub next_due_ms: Option<u64>,
}

/// A deck, and how far the learner is with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeckInfo {
    /// Stable and kebab-case.
    pub id: String,
    /// Its name.
    pub title: Text,
    /// What it trains, in a sentence.
    pub about: Text,
    /// What its questions go from and to.
    pub kind: Kind,
    /// How many cards it has.
    pub total: usize,
    /// How many should be asked now.
    pub due: usize,
    /// How many were never asked.
    pub unseen: usize,
    /// How many are known and not due.
    pub known: usize,
}

/// A session in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionInfo {
    /// Its address.
    pub id: String,
    /// When it began.
    pub started_ms: u64,
    /// When it was over.
    pub ended_ms: Option<u64>,
    /// The time for a question; `None` without a clock.
    pub limit_ms: Option<u64>,
    /// How many questions it has.
    pub length: usize,
    /// How many are answered.
    pub answered: usize,
    /// How many rightly.
    pub right: usize,
}

/// What is remembered of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CardMemory {
    /// How often it was asked.
    pub seen: u32,
    /// How often it was known.
    pub right: u32,
    /// When it is due.
    pub due_ms: u64,
    /// The time from the last answer to then, in minutes.
    pub interval_min: u64,
}

/// The question that is asked now. It does not hold the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct QuestionView {
    /// The session it belongs to.
    pub session: String,
    /// The card it was made from.
    pub card: String,
    /// Its place in the session, from 0.
    pub position: usize,
    /// How many questions the session has.
    pub length: usize,
    /// The time for it; `None` without a clock.
    pub limit_ms: Option<u64>,
    /// What it goes from and to.
    pub kind: Kind,
    /// What is asked.
    pub ask: Text,
    /// How the prompt is set.
    pub form: Form,
    /// What is read.
    pub prompt: Text,
    /// Whether the prompt stays English in both languages.
    pub english_only: bool,
    /// The answers on offer.
    pub choices: Vec<Choice>,
    /// What is remembered of the card; `None` when it is new.
    pub memory: Option<CardMemory>,
    /// The run that is asked about, where it is drawn with the question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub figure: Option<Figure>,
}

/// What an answer was, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    /// What it was.
    pub outcome: Outcome,
    /// How well the card is known.
    pub grade: Grade,
    /// The choice given.
    pub given: Option<String>,
    /// The right choice.
    pub answer: String,
    /// The prompt cut at its signals.
    pub prompt: MarkedPrompt,
    /// Why it is right.
    pub reason: Text,
    /// What to go over.
    pub review: ReviewView,
    /// What was remembered of the card before; `None` when it was new.
    pub before: Option<CardMemory>,
    /// What is remembered of it now.
    pub memory: CardMemory,
    /// Whether it was the session's last question.
    pub over: bool,
    /// The run that shows why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub figure: Option<Figure>,
}

/// A prompt cut at its signals, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkedPrompt {
    /// The runs of the English prompt.
    pub en: Vec<Segment>,
    /// The runs of the Cantonese prompt.
    pub zh: Vec<Segment>,
}

/// A pattern to go over, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReviewView {
    /// The pattern's id.
    pub pattern: String,
    /// Its name.
    pub title: Text,
    /// How to know it.
    pub gloss: Text,
    /// The level it appears at; 0 for what is decided before any level.
    pub level: u8,
    /// Where to look, the nearest first.
    pub pointers: Vec<Pointer>,
}

impl From<&Memory> for CardMemory {
    fn from(memory: &Memory) -> Self {
        Self { seen: memory.seen, right: memory.right, due_ms: memory.due_ms, interval_min: memory.interval_min }
    }
}

impl From<&SessionRecord> for SessionInfo {
    fn from(session: &SessionRecord) -> Self {
        Self {
            id: session.id.clone(),
            started_ms: session.started_ms,
            ended_ms: session.ended_ms,
            limit_ms: session.limit_ms,
            length: session.cards.len(),
            answered: session.answers.len(),
            right: session.right(),
        }
    }
}

impl DeckInfo {
    /// Makes the entry of a source without any cards counted yet.
    pub fn empty(info: &SourceInfo) -> Self {
        Self {
            id: info.id.clone(),
            title: info.title.clone(),
            about: info.about.clone(),
            kind: info.kind,
            total: 0,
            due: 0,
            unseen: 0,
            known: 0,
        }
    }
}

impl MarkedPrompt {
    /// Cuts a question's prompt.
    pub fn of(question: &Question) -> Self {
        Self { en: question.prompt.segments_en(), zh: question.prompt.segments_zh() }
    }
}

impl From<&Review> for ReviewView {
    fn from(review: &Review) -> Self {
        let Some(found) = pattern(&review.pattern) else {
            // A generated source may review what the table does not hold; its name is then all there is.
            let title = Text::same(&review.pattern);
            return Self {
                pattern: review.pattern.clone(),
                gloss: title.clone(),
                title,
                level: 0,
                pointers: Vec::new(),
            };
        };
        let own = review.system.clone().zip(review.level).map(|(system, level)| Pointer { system, level });
        let mut pointers: Vec<Pointer> = own.into_iter().collect();
        for pointer in found.pointers() {
            if !pointers.contains(&pointer) {
                pointers.push(pointer);
            }
        }
        Self {
            pattern: found.id.to_owned(),
            title: found.title.clone(),
            gloss: found.gloss.clone(),
            level: found.level,
            pointers,
        }
    }
}
