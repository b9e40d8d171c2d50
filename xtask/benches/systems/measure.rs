//! What one call costs.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};
use specsight::engine::Step;
use specsight::value::{Int, Str, Value};

use super::naming::Naming;
use super::population::{Population, is_refused};
use super::recorded::{Call, Recorded};

/// At the most so many calls are timed, and no new one is begun after so long.
const CALLS: usize = 200;
const BUDGET: Duration = Duration::from_millis(30);
/// At the least so many of each recipe, however long they take.
const FEWEST: usize = 2;
/// Recorded calls of one operation that are tried out, and how many of the best are taken.
const TRIED: usize = 24;
const TAKEN: usize = 4;

/// The cost of an operation at one size.
pub struct Measurement {
    nanos: u128,
    work: Work,
}

impl Measurement {
    pub fn to_json(&self) -> Json {
        let Work { answer, changes, written } = self.work;
        let nanos = u64::try_from(self.nanos).unwrap_or(u64::MAX);
        json!({ "ns": nanos, "answer": answer, "changes": changes, "written": written })
    }
}

/// What a call does that has to be paid for.
#[derive(Clone, Copy, Default)]
struct Work {
    /// Parts of the answer.
    answer: usize,
    /// Places that changed.
    changes: usize,
    /// After a restore all entities, which are written anew even if they are the same.
    written: usize,
}

/// A recorded call, and which of its entities have to be new for it to be accepted.
pub struct Recipe<'a> {
    call: &'a Call,
    fresh: BTreeSet<Str>,
}

/// How well a call does: it is not refused, it changes something, it has an answer.
type Score = (bool, bool, bool);

/// The recorded calls of an operation that get furthest in a population, and whether they are accepted.
pub fn choose<'a>(recorded: &'a Recorded, population: &Population, operation: &str) -> (Vec<Recipe<'a>>, bool) {
    let mut seen = BTreeSet::new();
    let calls = recorded.traces.iter().flat_map(|trace| &trace.calls).filter(|call| call.operation == operation);
    let calls = calls.filter(|call| seen.insert(Value::List(recorded.at(call, Int(0))).text()));
    let recipes = calls.take(TRIED).flat_map(|call| recipes(population.ids, call));
    let mut tried: Vec<(Score, Recipe)> = recipes
        .filter_map(|recipe| {
            let args = arguments(recorded, population, &recipe, 0);
            let step = population.engine.fork().step(operation, &args).ok()?;
            Some((score(&step), recipe))
        })
        .collect();
    tried.sort_by_key(|(score, _)| Reverse(*score));
    let best = tried.first().map(|(score, _)| *score).unwrap_or_default();
    let best_ones = tried.into_iter().take_while(|(score, _)| *score == best).take(TAKEN);
    (best_ones.map(|(_, recipe)| recipe).collect(), best.0)
}

/// Times an operation on a population.
pub fn time(recorded: &Recorded, population: &Population, operation: &str, recipes: &[Recipe]) -> Option<Measurement> {
    // The first call pays for what has become due; the others find it done.
    let mut settled = population.engine.fork();
    settled.call(operation, &arguments(recorded, population, recipes.first()?, 0)).ok()?;
    let steps = recipes
        .iter()
        .filter_map(|recipe| settled.fork().step(operation, &arguments(recorded, population, recipe, 1)).ok());
    let work = steps.map(|step| work(&step, population.entities));
    let work = work.max_by_key(|work| work.answer + work.changes + work.written)?;

    let mut times = vec![Vec::new(); recipes.len()];
    let started = Instant::now();
    for number in 0..CALLS {
        let at = number % recipes.len();
        let args = arguments(recorded, population, &recipes[at], number + 1);
        // Each call meets the population as it is: nothing that it takes away or uses up is missed by the next.
        let mut engine = settled.fork();
        let begun = Instant::now();
        let answer = black_box(engine.call(operation, &args));
        times[at].push(begun.elapsed());
        drop(answer);
        if number + 1 >= FEWEST * recipes.len() && started.elapsed() > BUDGET {
            break;
        }
    }
    let nanos = times.into_iter().map(quarter).sum::<Duration>().as_nanos() / recipes.len() as u128;
    Some(Measurement { nanos, work })
}

/// The time that a quarter of the calls keeps below: a machine that does other work as well makes calls longer, never shorter.
fn quarter(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 4).copied().unwrap_or_default()
}

/// A call as it is, with each of its entities new, and with all of them new.
fn recipes<'a>(known: &BTreeSet<Str>, call: &'a Call) -> Vec<Recipe<'a>> {
    let mut ids = BTreeSet::new();
    call.args.iter().for_each(|arg| collect(arg, known, &mut ids));
    let mut choices = vec![BTreeSet::new()];
    choices.extend(ids.iter().map(|id| BTreeSet::from([id.clone()])));
    if ids.len() > 1 {
        choices.push(ids);
    }
    choices.into_iter().map(|fresh| Recipe { call, fresh }).collect()
}

fn collect(value: &Value, ids: &BTreeSet<Str>, found: &mut BTreeSet<Str>) {
    match value {
        Value::Str(word) if ids.contains(word) => drop(found.insert(word.clone())),
        Value::List(items) | Value::Tuple(items) => items.iter().for_each(|item| collect(item, ids, found)),
        Value::Dict(entries) => entries.iter().for_each(|(_, value)| collect(value, ids, found)),
        _ => {}
    }
}

/// The arguments of the `number`th call: about the entities of a copy somewhere in the population.
fn arguments(recorded: &Recorded, population: &Population, recipe: &Recipe, number: usize) -> Vec<Value> {
    // A prime, so that the copies come in no order and hardly twice.
    let copy = number * 7_919 % population.copies.max(1);
    let given = population.given.get(copy).cloned().unwrap_or_default();
    let naming = Naming::of_copy(population.ids, copy).with_given(given).with_fresh(&recipe.fresh, number);
    // A moment later than everything that happened: a restore then has times to write anew.
    recorded.at(recipe.call, recorded.start + 1).iter().map(|arg| naming.rename(arg)).collect()
}

fn score(step: &Step) -> Score {
    let answered = match &step.returns {
        Value::None | Value::Bool(false) => false,
        Value::Str(word) => !word.is_empty(),
        Value::List(items) => !items.is_empty(),
        _ => true,
    };
    (!is_refused(step), !step.changes.is_empty(), answered)
}

fn work(step: &Step, entities: usize) -> Work {
    let restored = step.notes.iter().any(|note| note.code == "restored");
    Work { answer: parts(&step.returns), changes: step.changes.len(), written: if restored { entities } else { 0 } }
}

/// How many values a value is made of; a text counts by its length, since listings are texts too.
fn parts(value: &Value) -> usize {
    match value {
        Value::Str(word) => 1 + word.len() / 16,
        Value::List(items) | Value::Tuple(items) | Value::Set(items) => 1 + items.iter().map(parts).sum::<usize>(),
        Value::Dict(entries) => 1 + entries.iter().map(|(_, value)| 1 + parts(value)).sum::<usize>(),
        _ => 1,
    }
}
