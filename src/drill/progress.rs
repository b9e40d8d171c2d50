//! What the learner has done: the memory of every card and the sessions, as one JSON text.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::memory::Memory;
use super::session::SessionRecord;
use crate::value::stable_sort_by;

/// What the text calls itself, so that another file is not taken for it.
const FORMAT: &str = "specsight-drill";
/// The version of the text that this program writes.
const VERSION: u64 = 1;
/// Older sessions are dropped; the memory of their cards stays.
const MAX_SESSIONS: usize = 200;

/// Everything that is kept between visits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Progress {
    /// The memory of each card, `<source>/<card>`. Cards that no source knows any more are kept: decks come back.
    pub cards: BTreeMap<String, Memory>,
    /// The session that runs.
    pub running: Option<SessionRecord>,
    /// The sessions that are over, oldest first.
    pub sessions: Vec<SessionRecord>,
}

/// Why a text cannot be read as progress. The text itself is untouched: keep it, it may be repaired.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ProgressError {
    /// The text is not JSON.
    #[error("the saved progress is damaged at line {line}, column {column}")]
    NotJson {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
    },
    /// It is JSON, but something else.
    #[error("this is not drill progress: it has no \"format\": \"{FORMAT}\"")]
    OtherFormat,
    /// A later version of this program wrote it.
    #[error("the saved progress is of version {found}; this page reads up to {VERSION}. Reload to get the newer page")]
    Newer {
        /// The version it has.
        found: u64,
    },
    /// A part of it is not what it should be.
    #[error("the saved progress has a bad {part}: {reason}")]
    BadPart {
        /// Which part.
        part: &'static str,
        /// What the reader met.
        reason: String,
    },
}

/// The text as it stands, in the order it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Saved {
    format: String,
    version: u64,
    cards: BTreeMap<String, Memory>,
    running: Option<SessionRecord>,
    sessions: Vec<SessionRecord>,
}

impl Progress {
    /// Reads a saved text.
    pub fn read(text: &str) -> Result<Self, ProgressError> {
        let value: serde_json::Value = serde_json::from_str(text)
            .map_err(|error| ProgressError::NotJson { line: error.line(), column: error.column() })?;
        if value.get("format").and_then(serde_json::Value::as_str) != Some(FORMAT) {
            return Err(ProgressError::OtherFormat);
        }
        // Versions come first: what a later version calls its parts is not for this one to judge.
        match value.get("version").and_then(serde_json::Value::as_u64) {
            Some(VERSION) => {}
            Some(found) if found > VERSION => return Err(ProgressError::Newer { found }),
            _ => return Err(bad("version", "a whole number from 1 is expected")),
        }
        let saved: Saved = serde_json::from_value(value).map_err(|error| bad("record", error))?;
        for session in saved.sessions.iter().chain(&saved.running) {
            check_session(session)?;
        }
        Ok(Self { cards: saved.cards, running: saved.running, sessions: saved.sessions })
    }

    /// Writes the text to save.
    pub fn write(&self) -> String {
        let saved = Saved {
            format: FORMAT.to_owned(),
            version: VERSION,
            cards: self.cards.clone(),
            running: self.running.clone(),
            sessions: self.sessions.clone(),
        };
        // Maps with string keys and plain records: serializing them has no way to fail.
        serde_json::to_string(&saved).unwrap_or_default()
    }

    /// Takes in another record of the same learner: of each card the later memory, and every session once.
    pub fn merge(&mut self, other: Self) {
        for (card, memory) in other.cards {
            match self.cards.get(&card) {
                Some(own) if own.last_ms >= memory.last_ms => {}
                _ => {
                    self.cards.insert(card, memory);
                }
            }
        }
        for session in other.sessions {
            if !self.sessions.iter().any(|own| own.id == session.id) {
                self.sessions.push(session);
            }
        }
        stable_sort_by(&mut self.sessions, |a, b| (a.started_ms, &a.id).cmp(&(b.started_ms, &b.id)));
        self.drop_oldest();
        if self.running.is_none() {
            self.running = other.running.filter(|running| !self.sessions.iter().any(|own| own.id == running.id));
        }
    }

    /// Puts the running session among those that are over; one without any answer leaves no trace.
    pub fn end_session(&mut self, now_ms: u64) -> Option<&SessionRecord> {
        let mut session = self.running.take()?;
        if session.answers.is_empty() {
            return None;
        }
        session.cards.truncate(session.answers.len());
        session.ended_ms = Some(now_ms);
        self.sessions.push(session);
        self.drop_oldest();
        self.sessions.last()
    }

    /// Finds a session, running or over.
    pub fn session(&self, id: &str) -> Option<&SessionRecord> {
        self.running.iter().chain(&self.sessions).find(|session| session.id == id)
    }

    fn drop_oldest(&mut self) {
        let surplus = self.sessions.len().saturating_sub(MAX_SESSIONS);
        self.sessions.drain(..surplus);
    }
}

fn check_session(session: &SessionRecord) -> Result<(), ProgressError> {
    if session.answers.len() > session.cards.len() {
        return Err(bad("session", format!("{} has more answers than cards", session.id)));
    }
    Ok(())
}

fn bad(part: &'static str, reason: impl ToString) -> ProgressError {
    ProgressError::BadPart { part, reason: reason.to_string() }
}
