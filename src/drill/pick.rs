//! Which cards a session asks: due ones first, then new ones, then the weakest, evenly over the sources.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};

use super::library::Library;
use super::progress::Progress;
use crate::rng::Rng;
use crate::value::stable_sort_by_key;

/// What a session should be.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Request {
    /// What the questions are dealt from; the same seed over the same memory gives the same session.
    pub seed: u64,
    /// How many questions, at most.
    pub length: usize,
    /// The time for a question; `None` without a clock.
    #[serde(default)]
    pub limit_ms: Option<u64>,
    /// The sources to draw from; all when empty.
    #[serde(default)]
    pub decks: Vec<String>,
    /// The very cards to ask, such as the misses of a session; they are only shuffled.
    #[serde(default)]
    pub cards: Vec<String>,
}

/// Why a card is asked; the order is the order of picking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tier {
    Due,
    Unseen,
    Later,
}

/// A card that may be asked, and its place in its source's queue.
struct Candidate {
    card: String,
    tier: Tier,
    /// Within the tier: the smaller the earlier.
    rank: (u64, u64),
}

/// Picks the cards of a session, in the order they are asked; no card comes twice.
pub fn pick(library: &Library, progress: &Progress, request: &Request, now_ms: u64) -> Vec<String> {
    let mut rng = Rng::new(request.seed);
    let mut picked = if request.cards.is_empty() {
        pick_balanced(queues(library, progress, request, now_ms, &mut rng), request.length)
    } else {
        pick_listed(library, request)
    };
    rng.shuffle(&mut picked);
    picked
}

fn pick_listed(library: &Library, request: &Request) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let known = request.cards.iter().filter(|card| library.question(card, request.seed).is_some());
    known.filter(|card| taken.insert(card.as_str())).take(request.length).cloned().collect()
}

/// Sorts every source's cards into a queue; the sources come in an order of the seed, so that none is always first.
fn queues(
    library: &Library,
    progress: &Progress,
    request: &Request,
    now_ms: u64,
    rng: &mut Rng,
) -> Vec<VecDeque<Candidate>> {
    let wanted = |id: &str| request.decks.is_empty() || request.decks.iter().any(|deck| deck == id);
    let mut queues: Vec<VecDeque<Candidate>> = library
        .sources()
        .filter(|source| wanted(&source.info().id))
        .map(|source| {
            let mut queue: Vec<Candidate> =
                Library::cards(source).map(|card| candidate(card, progress, now_ms)).collect();
            rng.shuffle(&mut queue);
            stable_sort_by_key(&mut queue, |candidate| (candidate.tier, candidate.rank));
            queue.into()
        })
        .collect();
    rng.shuffle(&mut queues);
    queues
}

fn candidate(card: String, progress: &Progress, now_ms: u64) -> Candidate {
    let (tier, rank) = match progress.cards.get(&card) {
        None => (Tier::Unseen, (0, 0)),
        Some(memory) if memory.is_due(now_ms) => (Tier::Due, (memory.due_ms, memory.ease)),
        Some(memory) => (Tier::Later, (memory.ease, memory.due_ms)),
    };
    Candidate { card, tier, rank }
}

/// Takes from the queues in turns: always the best tier there is, and among those from whom least was taken.
fn pick_balanced(mut queues: Vec<VecDeque<Candidate>>, length: usize) -> Vec<String> {
    let mut picked = Vec::new();
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    while picked.len() < length {
        let best = queues
            .iter()
            .enumerate()
            .filter_map(|(place, queue)| queue.front().map(|card| (card.tier, taken.get(&place), place)))
            .min();
        let Some((_, _, place)) = best else { break };
        let Some(next) = queues.get_mut(place).and_then(VecDeque::pop_front) else { break };
        picked.push(next.card);
        *taken.entry(place).or_default() += 1;
    }
    picked
}
