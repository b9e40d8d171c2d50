//! L4 LRU eviction: which of a container's things was used longest ago.

use std::marker::PhantomData;

use super::Order;
use crate::value::{DictKey, Int, Key};

/// Things in order of their last use; of several used at one time the one that stands first in its dict.
pub struct Recency<K> {
    order: Order,
    ids: PhantomData<fn() -> K>,
}

/// Where a thing stands: its last use, and its place in its dict ([`Dict::place`](crate::value::Dict::place)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// When it was last used.
    pub at: Int,
    /// Its place in insertion order.
    pub place: u64,
}

impl<K: DictKey> Recency<K> {
    /// Enters a thing.
    pub fn enter(&mut self, id: &K, last_use: Use) {
        self.order.insert(last_use.at, Self::key(id, last_use.place));
    }

    /// Takes a thing out; the use must be the one it was entered with.
    pub fn leave(&mut self, id: &K, last_use: Use) {
        self.order.remove(last_use.at, Self::key(id, last_use.place));
    }

    /// The thing used longest ago.
    pub fn least_recent(&self) -> Option<K> {
        self.order.first().and_then(|(_, key)| match key {
            Key::Pair(entry) => K::from_key(&entry.1),
            _ => None,
        })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    fn key(id: &K, place: u64) -> Key {
        let place = Int(i64::try_from(place).unwrap_or(i64::MAX));
        Key::Pair((Key::Int(place), id.to_key()).into())
    }
}

impl<K> Clone for Recency<K> {
    fn clone(&self) -> Self {
        Self { order: self.order.clone(), ids: PhantomData }
    }
}

impl<K> Default for Recency<K> {
    fn default() -> Self {
        Self { order: Order::default(), ids: PhantomData }
    }
}
