//! L2 top-N: ids by a number, highest first, ties by id.

use std::marker::PhantomData;

use super::Order;
use crate::value::{DictKey, Int, first_n};

/// `sorted(items, key=lambda id: (-number, id))`, kept in order instead of sorted on every call.
pub struct Ranking<K> {
    /// Ordered by the complement of the number: descending, and without the overflow of a negation.
    order: Order,
    ids: PhantomData<fn() -> K>,
}

impl<K: DictKey> Ranking<K> {
    /// Enters a new id.
    pub fn enter(&mut self, id: &K, number: Int) {
        self.order.insert(Int(!number.0), id.to_key());
    }

    /// Takes out an id that stands at `number`.
    pub fn leave(&mut self, id: &K, number: Int) {
        self.order.remove(Int(!number.0), id.to_key());
    }

    /// Moves an id from one number to another.
    pub fn shift(&mut self, id: &K, from: Int, to: Int) {
        if from != to {
            self.leave(id, from);
            self.enter(id, to);
        }
    }

    /// The best `n` with their numbers, as Python's `[:n]` cuts them.
    pub fn top(&self, n: Int) -> impl Iterator<Item = (K, Int)> {
        first_n(self.order.iter(), n).filter_map(|(number, key)| Some((K::from_key(key)?, Int(!number.0))))
    }
}

impl<K> Clone for Ranking<K> {
    fn clone(&self) -> Self {
        Self { order: self.order.clone(), ids: PhantomData }
    }
}

impl<K> Default for Ranking<K> {
    fn default() -> Self {
        Self { order: Order::default(), ids: PhantomData }
    }
}
