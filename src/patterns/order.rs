//! Keys in the order of a number.

use imbl::GenericOrdSet;
use imbl::ordset::DiffItem;
use imbl::shared_ptr::RcK;

use crate::value::{Int, Key, Str};

/// A set of keys, each with a number, in ascending order of the number and then of the key. Compiled once for all uses.
#[derive(Clone, Default)]
pub struct Order {
    entries: GenericOrdSet<(Int, Key), RcK>,
}

impl Order {
    /// Puts a key in.
    pub fn insert(&mut self, number: Int, key: Key) {
        self.entries.insert((number, key));
    }

    /// Takes a key out; the number must be the one it was put in with.
    pub fn remove(&mut self, number: Int, key: Key) {
        self.entries.remove(&(number, key));
    }

    /// The entry with the smallest number.
    pub fn first(&self) -> Option<&(Int, Key)> {
        self.entries.get_min()
    }

    /// The first entry with `number` or more.
    pub fn first_from(&self, number: Int) -> Option<&(Int, Key)> {
        self.entries.range((number, Key::Str(Str::default()))..).next()
    }

    /// The first entry that is not before another.
    pub fn first_not_before(&self, entry: (Int, Key)) -> Option<&(Int, Key)> {
        self.entries.range(entry..).next()
    }

    /// Takes out the entry with the smallest number.
    pub fn pop_first(&mut self) -> Option<(Int, Key)> {
        let first = self.first()?.clone();
        self.entries.remove(&first);
        Some(first)
    }

    /// All entries in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &(Int, Key)> + DoubleEndedIterator {
        self.entries.iter()
    }

    /// What was put in behind everything of an earlier version, if nothing else changed.
    pub fn appended_to(&self, before: &Self) -> Option<Vec<&(Int, Key)>> {
        let last = before.entries.get_max();
        before
            .entries
            .diff(&self.entries)
            .map(|item| match item {
                DiffItem::Add(entry) if last.is_none_or(|last| entry > last) => Some(entry),
                _ => None,
            })
            .collect()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}
