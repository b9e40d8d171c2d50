//! L3 lazy helper: things that happen when the first call after their time comes.

use std::marker::PhantomData;

use super::Order;
use crate::value::{DictKey, Int};

/// What is to happen when, in order of time.
pub struct DueQueue<K> {
    order: Order,
    ids: PhantomData<fn() -> K>,
}

impl<K: DictKey> DueQueue<K> {
    /// Plans something for a time.
    pub fn schedule(&mut self, due: Int, id: &K) {
        self.order.insert(due, id.to_key());
    }

    /// Strikes something that was planned for a time.
    pub fn cancel(&mut self, due: Int, id: &K) {
        self.order.remove(due, id.to_key());
    }

    /// Takes out everything with `due <= now`; looks at nothing else.
    pub fn take_due(&mut self, now: Int) -> Vec<K> {
        let mut taken = Vec::new();
        while self.order.first().is_some_and(|(due, _)| *due <= now) {
            if let Some((_, key)) = self.order.pop_first() {
                taken.extend(K::from_key(&key));
            }
        }
        taken
    }
}

impl<K> Clone for DueQueue<K> {
    fn clone(&self) -> Self {
        Self { order: self.order.clone(), ids: PhantomData }
    }
}

impl<K> Default for DueQueue<K> {
    fn default() -> Self {
        Self { order: Order::default(), ids: PhantomData }
    }
}
