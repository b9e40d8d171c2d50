//! All the sources of questions, under one roof.

use std::collections::BTreeMap;

use super::check::{Problem, check_all};
use super::deck_source::DeckSource;
use super::question::{Question, QuestionSource};
use crate::rng::Rng;
use crate::value::stable_sort_by;

/// The sources, in the order they are offered.
#[derive(Default)]
pub struct Library {
    sources: Vec<Box<dyn QuestionSource>>,
    /// Where each source stands, since every card names its source.
    places: BTreeMap<String, usize>,
}

impl Library {
    /// Reads deck files, given as name (without `.json`) and text; one bad deck refuses all, so that none is lost
    /// silently.
    pub fn from_decks<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Vec<Problem>> {
        let (mut decks, problems) = check_all(files);
        if !problems.is_empty() {
            return Err(problems);
        }
        stable_sort_by(&mut decks, |a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
        let mut library = Self::default();
        for deck in decks {
            library.add(Box::new(DeckSource::new(deck)));
        }
        Ok(library)
    }

    /// Adds a source; one of the same id is replaced in its place.
    pub fn add(&mut self, source: Box<dyn QuestionSource>) {
        let id = source.info().id.clone();
        if let Some(slot) = self.places.get(&id).and_then(|&place| self.sources.get_mut(place)) {
            *slot = source;
        } else {
            self.places.insert(id, self.sources.len());
            self.sources.push(source);
        }
    }

    /// Gives the sources.
    pub fn sources(&self) -> impl Iterator<Item = &dyn QuestionSource> {
        self.sources.iter().map(AsRef::as_ref)
    }

    /// Finds a source.
    pub fn source(&self, id: &str) -> Option<&dyn QuestionSource> {
        self.sources.get(*self.places.get(id)?).map(AsRef::as_ref)
    }

    /// Lists the cards of a source as `<source>/<card>`.
    pub fn cards(source: &dyn QuestionSource) -> impl Iterator<Item = String> {
        let id = source.info().id.clone();
        source.cards().into_iter().map(move |card| format!("{id}/{}", card.id))
    }

    /// Deals the question of a card, `<source>/<card>`, as it is in the session of that seed.
    pub fn question(&self, card: &str, seed: u64) -> Option<Question> {
        let (source, id) = card.split_once('/')?;
        self.source(source)?.question(id, &mut Rng::for_card(seed, card))
    }
}
