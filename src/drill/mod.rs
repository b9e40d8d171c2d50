//! Drills: decks of questions, the choice of what to ask, grading, and when to ask again.
//!
//! Everything is a pure function of its arguments: the seed and the time come from the caller, so the same session can
//! be dealt again from its record. [`Drill`] is the door; [`QuestionSource`] is where further kinds of question join.
//!
//! ```text
//! decks/*.json -> Deck (checked) -+
//! checklists of the catalogue ----+-> QuestionSource -> Library -> pick -> Session -> grade -> Memory (due when?)
//! ```

mod check;
mod checklist;
mod deck;
mod deck_source;
mod door;
mod grade;
mod library;
mod memory;
mod pattern;
mod pattern_table;
mod pick;
mod progress;
mod question;
mod session;
mod summary;
mod text;
mod view;

pub use check::{Problem, check_all};
pub use checklist::{Checklist, Demand, check_order};
pub use deck::{Deck, Item};
pub use deck_source::DeckSource;
pub use door::{Drill, DrillError, MAX_LENGTH};
pub use grade::{Answer, Grade, Outcome, grade, outcome};
pub use library::Library;
pub use memory::{Memory, next_memory};
pub use pattern::{ChoiceSet, Pattern, Pointer, choice_set, choice_sets, pattern, patterns};
pub use pick::{Request, pick};
pub use progress::{Progress, ProgressError};
pub use question::{
    CardInfo, Choice, Figure, FigureSleep, Form, Kind, Prompt, Question, QuestionSource, Review, Segment, SourceInfo,
};
pub use session::{AnswerRecord, SessionRecord};
pub use summary::{Summary, SummaryAnswer, SummaryReview, summary};
pub use text::Text;
pub use view::{CardMemory, DeckInfo, Overview, QuestionView, ReviewView, SessionInfo, Verdict};
