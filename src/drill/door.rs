//! The door: one learner, the decks, and the session that runs.

use thiserror::Error;

use super::check::Problem;
use super::grade::{Answer, grade, outcome};
use super::library::Library;
use super::memory::next_memory;
use super::pick::{Request, pick};
use super::progress::{Progress, ProgressError};
use super::question::QuestionSource;
use super::session::{AnswerRecord, SessionRecord};
use super::summary::{Summary, summary};
use super::view::{CardMemory, DeckInfo, MarkedPrompt, Overview, QuestionView, ReviewView, SessionInfo, Verdict};

/// The most questions a session may have.
pub const MAX_LENGTH: usize = 50;

/// Why a drill refuses; it is then as it was before.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DrillError {
    /// A deck does not pass the checker.
    #[error("{}", list(problems))]
    BadDeck {
        /// Everything that is wrong.
        problems: Vec<Problem>,
    },
    /// The saved progress cannot be read.
    #[error(transparent)]
    BadProgress(#[from] ProgressError),
    /// The length of a session is out of range.
    #[error("a session has 1 to {MAX_LENGTH} questions, not {length}")]
    BadLength {
        /// What was asked for.
        length: usize,
    },
    /// The time for a question is out of range.
    #[error("a clock needs at least a second; leave it out to drill without one")]
    BadLimit,
    /// There is no such deck.
    #[error("there is no deck \"{deck}\"")]
    UnknownDeck {
        /// What was asked for.
        deck: String,
    },
    /// Nothing is left to ask.
    #[error("there is nothing to ask: the decks chosen have no such cards")]
    NothingToAsk,
    /// No session runs.
    #[error("no session is running; start one first")]
    NotRunning,
    /// The question does not offer that choice.
    #[error("the question does not offer \"{choice}\"")]
    UnknownChoice {
        /// What was given.
        choice: String,
    },
}

impl DrillError {
    /// Gives the stable word for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::BadDeck { .. } => "bad_deck",
            Self::BadProgress(ProgressError::Newer { .. }) => "newer_progress",
            Self::BadProgress(_) => "bad_progress",
            Self::NotRunning | Self::NothingToAsk => "out_of_range",
            Self::BadLength { .. } | Self::BadLimit | Self::UnknownDeck { .. } | Self::UnknownChoice { .. } => {
                "bad_argument"
            }
        }
    }
}

fn list(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// A learner's drill: sources of questions, progress, and the session that runs.
#[derive(Default)]
pub struct Drill {
    library: Library,
    progress: Progress,
}

impl Drill {
    /// Reads the decks, given as name (without `.json`) and text; progress starts empty.
    pub fn new<'a>(decks: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, DrillError> {
        let library = Library::from_decks(decks).map_err(|problems| DrillError::BadDeck { problems })?;
        Ok(Self { library, progress: Progress::default() })
    }

    /// Adds a further source of questions.
    pub fn add_source(&mut self, source: Box<dyn QuestionSource>) {
        self.library.add(source);
    }

    /// Takes up saved progress in place of what there is.
    pub fn load(&mut self, text: &str) -> Result<(), DrillError> {
        self.progress = Progress::read(text)?;
        Ok(())
    }

    /// Takes in an exported text beside what there is: of each card the later memory, and every session once.
    pub fn import(&mut self, text: &str) -> Result<(), DrillError> {
        self.progress.merge(Progress::read(text)?);
        Ok(())
    }

    /// Writes the progress to save.
    pub fn save(&self) -> String {
        self.progress.write()
    }

    /// Gives the progress.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Tells what there is to train.
    pub fn overview(&self, now_ms: u64) -> Overview {
        let mut next_due: Option<u64> = None;
        let decks: Vec<DeckInfo> = self
            .library
            .sources()
            .map(|source| {
                let mut deck = DeckInfo::empty(source.info());
                for card in Library::cards(source) {
                    deck.total += 1;
                    match self.progress.cards.get(&card) {
                        None => deck.unseen += 1,
                        Some(memory) => {
                            next_due = Some(next_due.map_or(memory.due_ms, |due| due.min(memory.due_ms)));
                            deck.due += usize::from(memory.is_due(now_ms));
                            deck.known += usize::from(memory.is_known() && !memory.is_due(now_ms));
                        }
                    }
                }
                deck
            })
            .collect();
        Overview {
            decks,
            running: self.running().map(SessionInfo::from),
            sessions: self.progress.sessions.iter().rev().map(SessionInfo::from).collect(),
            next_due_ms: next_due.filter(|&due| due > now_ms),
        }
    }

    /// Starts a session; one that was running is ended as it stands.
    pub fn start(&mut self, request: &Request, now_ms: u64) -> Result<SessionInfo, DrillError> {
        if !(1..=MAX_LENGTH).contains(&request.length) {
            return Err(DrillError::BadLength { length: request.length });
        }
        if request.limit_ms.is_some_and(|limit| limit < 1_000) {
            return Err(DrillError::BadLimit);
        }
        if let Some(deck) = request.decks.iter().find(|deck| self.library.source(deck).is_none()) {
            return Err(DrillError::UnknownDeck { deck: deck.clone() });
        }
        let cards = pick(&self.library, &self.progress, request, now_ms);
        if cards.is_empty() {
            return Err(DrillError::NothingToAsk);
        }
        self.progress.end_session(now_ms);
        let session = SessionRecord {
            id: self.free_id(now_ms),
            seed: request.seed,
            started_ms: now_ms,
            ended_ms: None,
            limit_ms: request.limit_ms,
            cards,
            answers: Vec::new(),
        };
        let info = SessionInfo::from(&session);
        self.progress.running = Some(session);
        Ok(info)
    }

    /// Gives the question that is asked now; `None` when no session runs.
    pub fn question(&self) -> Option<QuestionView> {
        let session = self.running()?;
        let card = session.current()?;
        let question = self.library.question(card, session.seed)?;
        Some(QuestionView {
            session: session.id.clone(),
            card: question.card,
            position: session.answers.len(),
            length: session.cards.len(),
            limit_ms: session.limit_ms,
            kind: question.kind,
            ask: question.ask,
            form: question.prompt.form,
            english_only: question.prompt.zh.is_none(),
            prompt: question.prompt.text(),
            choices: question.choices,
            memory: self.progress.cards.get(card).map(CardMemory::from),
            figure: question.figure.filter(|figure| figure.asked),
        })
    }

    /// Answers the question that is asked now and goes on to the next; after the last, the session is over.
    pub fn answer(&mut self, answer: &Answer, now_ms: u64) -> Result<Verdict, DrillError> {
        let session = self.running().ok_or(DrillError::NotRunning)?;
        let card = session.current().ok_or(DrillError::NotRunning)?.to_owned();
        let question = self.library.question(&card, session.seed).ok_or(DrillError::NotRunning)?;
        if let Some(choice) = answer.choice.as_ref().filter(|choice| question.choice(choice).is_none()) {
            return Err(DrillError::UnknownChoice { choice: choice.clone() });
        }
        let limit_ms = session.limit_ms;
        let elapsed_ms = limit_ms.map_or(answer.elapsed_ms, |limit| answer.elapsed_ms.min(limit));
        let outcome = outcome(&question, answer, limit_ms);
        let grade = grade(outcome, elapsed_ms, limit_ms);
        let before = self.progress.cards.get(&card).copied();
        let memory = next_memory(before.as_ref(), grade, now_ms);

        self.progress.cards.insert(card, memory);
        let mut over = false;
        if let Some(session) = &mut self.progress.running {
            session.answers.push(AnswerRecord { choice: answer.choice.clone(), outcome, elapsed_ms });
            over = session.current().is_none();
        }
        if over {
            self.progress.end_session(now_ms);
        }
        Ok(Verdict {
            outcome,
            grade,
            given: answer.choice.clone(),
            prompt: MarkedPrompt::of(&question),
            review: ReviewView::from(&question.review),
            answer: question.answer,
            reason: question.reason,
            figure: question.figure,
            before: before.as_ref().map(CardMemory::from),
            memory: CardMemory::from(&memory),
            over,
        })
    }

    /// Ends the running session as it stands and gives its record; `None` if nothing was answered yet.
    pub fn stop(&mut self, now_ms: u64) -> Option<SessionInfo> {
        self.progress.end_session(now_ms).map(SessionInfo::from)
    }

    /// Sums a session up; `None` if there is no such session.
    pub fn summary(&self, id: &str) -> Option<Summary> {
        self.progress.session(id).map(|session| summary(&self.library, session))
    }

    /// Gives the running session, as long as its next card can still be asked: a deck may have lost it since.
    fn running(&self) -> Option<&SessionRecord> {
        let session = self.progress.running.as_ref()?;
        self.library.question(session.current()?, session.seed)?;
        Some(session)
    }

    /// Gives an id no other session has: the time, or the next free one after it.
    fn free_id(&self, now_ms: u64) -> String {
        let mut ms = now_ms;
        loop {
            let id = format!("{ms:x}");
            if self.progress.session(&id).is_none() {
                return id;
            }
            ms = ms.wrapping_add(1);
        }
    }
}
