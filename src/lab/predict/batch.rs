//! The batch that a question is about.

use crate::drill::{Figure, FigureSleep, Text};
use crate::lab::workload::Workload;
use crate::rng::Rng;
use crate::value::{Int, Value};

/// A small batch in whole milliseconds; items are numbered from 1 where they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// How long each item sleeps.
    pub sleeps_ms: Vec<u32>,
    /// The positions of invalid items, ascending.
    pub invalid: Vec<usize>,
    /// Permits, or workers.
    pub max_concurrent: u32,
}

/// Lengths of sleeps that are easy to add up.
const ROUND: [u32; 5] = [5, 10, 20, 50, 100];

impl Batch {
    /// Draws a batch of equal sleeps; `invalid` of its items are invalid.
    pub fn equal(rng: &mut Rng, items: usize, invalid: usize, max_concurrent: u32) -> Self {
        let sleep = ROUND.get(rng.below(ROUND.len())).copied().unwrap_or(10);
        Self { sleeps_ms: vec![sleep; items], invalid: some(rng, items, invalid), max_concurrent }
    }

    /// Draws a batch whose sleeps are multiples of 10, all valid.
    pub fn listed(rng: &mut Rng, items: usize, max_concurrent: u32) -> Self {
        let tens = |rng: &mut Rng| u32::try_from(rng.below(5)).map_or(10, |tens| 10 * (tens + 1));
        Self { sleeps_ms: (0..items).map(|_| tens(rng)).collect(), invalid: Vec::new(), max_concurrent }
    }

    /// How many items there are.
    pub fn items(&self) -> usize {
        self.sleeps_ms.len()
    }

    /// How many of them are valid.
    pub fn valid(&self) -> usize {
        self.items() - self.invalid.len()
    }

    /// The one length of the sleeps, or the first of them.
    pub fn sleep_ms(&self) -> u32 {
        self.sleeps_ms.first().copied().unwrap_or_default()
    }

    fn is_equal(&self) -> bool {
        self.sleeps_ms.iter().all(|ms| *ms == self.sleep_ms())
    }

    /// The batch as the strategies take it.
    pub fn workload(&self) -> Option<Workload> {
        let text = |text: &str| Value::Str(text.into());
        let int = |n: i64| Value::Int(Int(n));
        let count = |n: usize| int(i64::try_from(n).unwrap_or(i64::MAX));
        let invalid =
            self.invalid.iter().map(|at| Value::Dict(vec![(text("item"), count(*at)), (text("check"), int(1))]));
        let listed = self.sleeps_ms.iter().map(|ms| int(i64::from(*ms)));
        let workload = Value::Dict(vec![
            (text("items"), count(self.items())),
            (text("invalid"), Value::List(invalid.collect())),
            (text("sleep"), Value::Dict(vec![(text("listed"), Value::List(listed.collect()))])),
            (text("maxConcurrent"), int(i64::from(self.max_concurrent))),
            (text("sharedLock"), Value::Bool(true)),
        ]);
        Workload::read(&workload).ok()
    }

    /// The batch as a page draws it; `asked` shows it with the question, not only with the answer.
    pub fn figure(&self, strategy: &str, asked: bool) -> Figure {
        Figure {
            strategy: strategy.to_owned(),
            asked,
            items: self.items(),
            invalid: self.invalid.clone(),
            sleep: if self.is_equal() {
                FigureSleep::Fixed(self.sleep_ms())
            } else {
                FigureSleep::Listed(self.sleeps_ms.clone())
            },
            max_concurrent: self.max_concurrent,
        }
    }

    /// The batch in words: `8 items, 3 of them invalid (2, 5, 7); each sleep takes 10 ms; max_concurrent is 2.`
    pub fn words(&self, with_limit: bool) -> Text {
        let n = self.items();
        let mut words = vec![(format!("{n} items"), format!("{n} 個 item"))];
        if self.invalid.is_empty() {
            words.push((", all valid".to_owned(), "，全部有效".to_owned()));
        } else {
            let (count, listed) = (self.invalid.len(), numbers(self.invalid.iter().copied()));
            words.push((format!(", {count} of them invalid ({listed})"), format!("，{count} 個無效（{listed}）")));
        }
        if self.is_equal() {
            let ms = self.sleep_ms();
            words.push((format!("; a sleep takes {ms} ms"), format!("；sleep 一次 {ms} ms")));
        } else {
            let listed: Vec<String> = self.sleeps_ms.iter().map(u32::to_string).collect();
            let listed = listed.join(", ");
            words.push((format!("; they sleep {listed} ms"), format!("；順序 sleep {listed} ms")));
        }
        if with_limit {
            let limit = self.max_concurrent;
            words.push((format!("; `max_concurrent` is {limit}"), format!("；`max_concurrent` 係 {limit}")));
        }
        words.push((".".to_owned(), "。".to_owned()));
        let (en, zh): (Vec<String>, Vec<String>) = words.into_iter().unzip();
        Text { en: en.concat().into(), zh: zh.concat().into() }
    }
}

/// Items by the numbers they are shown with: `2, 5, 7`.
pub(super) fn numbers(items: impl Iterator<Item = usize>) -> String {
    let shown: Vec<String> = items.map(|at| (at + 1).to_string()).collect();
    shown.join(", ")
}

/// Draws some positions, ascending.
fn some(rng: &mut Rng, items: usize, count: usize) -> Vec<usize> {
    let mut all: Vec<usize> = (0..items).collect();
    rng.shuffle(&mut all);
    all.truncate(count);
    all.sort_unstable();
    all
}
