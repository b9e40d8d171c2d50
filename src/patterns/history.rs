//! L4 value-at-time: what a number was at a past moment.

use std::rc::Rc;

use crate::value::{Change, Int, List, Path, State, Value};

/// What a history remembers: a number.
pub trait Remembered: State + Copy + PartialEq {}

impl<T: State + Copy + PartialEq> Remembered for T {}

/// A list of `(timestamp, value)`, append only.
#[derive(Clone)]
pub struct ValueHistory<T = Int> {
    entries: List<(Int, T)>,
    /// Whether no entry is older than the one before it: only then can a moment be found by halving.
    ascending: bool,
}

impl<T: Remembered> ValueHistory<T> {
    /// A history that begins with a value.
    pub fn starting(timestamp: Int, value: T) -> Self {
        Self { entries: List::from_iter([(timestamp, value)]), ascending: true }
    }

    /// Appends what the value is from now on.
    pub fn record(&mut self, timestamp: Int, value: T) {
        self.ascending &= self.entries.last().is_none_or(|(newest, _)| *newest <= timestamp);
        self.entries.push((timestamp, value));
    }

    /// The value of the newest entry with `ts <= time_at`, searched from the end; of several at one time the last wins.
    pub fn value_at(&self, time_at: Int) -> Option<T> {
        if self.ascending {
            let after = self.entries.partition_point(|(ts, _)| *ts <= time_at);
            return self.entries.get(after.checked_sub(1)?).map(|(_, value)| *value);
        }
        self.entries.iter().rev().find(|(ts, _)| *ts <= time_at).map(|(_, value)| *value)
    }

    /// All entries, oldest first.
    pub fn entries(&self) -> &List<(Int, T)> {
        &self.entries
    }
}

impl<T: Remembered> State for ValueHistory<T> {
    fn view(&self) -> Value {
        self.entries.view()
    }

    fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
        match before.downcast_ref::<Self>() {
            Some(before) => self.entries.diff(&before.entries, path, out),
            None => out.push(Change::changed(path, before.view(), self.view())),
        }
    }

    fn clone_rc(&self) -> Rc<dyn State> {
        Rc::new(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn halving_finds_what_a_scan_from_the_end_finds(
            times in prop::collection::vec(0..20_i64, 1..60), sorted in any::<bool>(), at in -1..21_i64
        ) {
            let mut times = times;
            if sorted {
                times.sort_unstable();
            }
            let entries: Vec<(i64, i64)> = times.into_iter().zip(0..).collect();
            let mut history = ValueHistory::starting(Int(entries[0].0), Int(entries[0].1));
            for (ts, value) in &entries[1..] {
                history.record(Int(*ts), Int(*value));
            }
            let scanned = entries.iter().rev().find(|(ts, _)| *ts <= at).map(|(_, value)| Int(*value));
            prop_assert_eq!(history.value_at(Int(at)), scanned);
        }
    }
}
