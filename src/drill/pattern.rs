//! The patterns a question may ask for, where to look each one up, and the named sets that choices are drawn from.

use serde::Serialize;

use super::pattern_table::{PATTERNS, SETS};
use super::text::Text;

/// A family, a group or a pattern of one level: something that can be the answer, or be reviewed.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// Stable: decks, saved sessions and handbook links name it.
    pub id: &'static str,
    /// The level it appears at; 0 for what is decided before any level.
    pub level: u8,
    /// Its name in the field.
    pub title: Text,
    /// How to know it, in a few words.
    pub gloss: Text,
    /// The systems that show it, the clearest first, and at which level.
    pub models: &'static [(&'static str, u8)],
    /// The patterns it is most often taken for; the relation is read both ways.
    pub confusable: &'static [&'static str],
}

/// A place to look: a level of a system.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Pointer {
    /// The slug of the system.
    pub system: String,
    /// From 1 to 6.
    pub level: u8,
}

/// A named list of patterns from which the wrong choices of a question are drawn.
#[derive(Debug, Clone)]
pub struct ChoiceSet {
    /// The name decks use.
    pub id: &'static str,
    /// How many choices a question shows, the answer included.
    pub shown: usize,
    /// The patterns it holds.
    pub members: &'static [&'static str],
}

impl Pattern {
    /// Tells whether the two are easily taken for each other.
    pub fn is_confusable_with(&self, other: &Self) -> bool {
        self.confusable.contains(&other.id) || other.confusable.contains(&self.id)
    }

    /// Gives the places that show the pattern.
    pub fn pointers(&self) -> Vec<Pointer> {
        self.models.iter().map(|&(system, level)| Pointer { system: system.to_owned(), level }).collect()
    }
}

/// Gives every pattern, by level.
pub fn patterns() -> &'static [Pattern] {
    PATTERNS
}

/// Finds a pattern.
pub fn pattern(id: &str) -> Option<&'static Pattern> {
    PATTERNS.iter().find(|pattern| pattern.id == id)
}

/// Gives every named choice set.
pub fn choice_sets() -> &'static [ChoiceSet] {
    SETS
}

/// Finds a choice set.
pub fn choice_set(id: &str) -> Option<&'static ChoiceSet> {
    SETS.iter().find(|set| set.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{choice_sets, pattern, patterns};

    #[test]
    fn the_tables_agree_with_each_other() {
        let ids: BTreeSet<&str> = patterns().iter().map(|pattern| pattern.id).collect();
        assert_eq!(ids.len(), patterns().len(), "a pattern id is used twice");
        for entry in patterns() {
            assert!(!entry.title.is_incomplete() && !entry.gloss.is_incomplete(), "{}: a text is missing", entry.id);
            assert!(entry.level <= 6, "{}", entry.id);
            assert!(!entry.models.is_empty(), "{}: nowhere to look", entry.id);
            assert!(entry.models.iter().all(|&(_, level)| (1..=6).contains(&level)), "{}", entry.id);
            for other in entry.confusable {
                assert!(pattern(other).is_some_and(|other| other.id != entry.id), "{}: {other}", entry.id);
            }
        }
        for set in choice_sets() {
            assert!((3..=6).contains(&set.shown), "{}: the keys are 1 to 6", set.id);
            assert!(set.members.len() >= set.shown, "{}: too few members", set.id);
            for member in set.members {
                assert!(ids.contains(member), "{}: {member} is not in the table", set.id);
            }
        }
    }
}
