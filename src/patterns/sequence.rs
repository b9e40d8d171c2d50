//! A list of ids in the order in which they were made, from whose middle any can be taken.

use std::marker::PhantomData;
use std::rc::Rc;

use super::Order;
use crate::value::{Change, DictKey, Int, Path, Piece, State, Value};

/// A Python list of ids, each under a number that only grows: appending and removing look at no others.
pub struct Sequence<K> {
    order: Order,
    ids: PhantomData<fn() -> K>,
}

impl<K: DictKey> Sequence<K> {
    /// `self.append(id)`; the number is greater than those before.
    pub fn push(&mut self, number: Int, id: &K) {
        self.order.insert(number, id.to_key());
    }

    /// `self.remove(id)`.
    pub fn remove(&mut self, number: Int, id: &K) {
        self.order.remove(number, id.to_key());
    }

    /// The ids in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = K> {
        self.order.iter().filter_map(|(_, key)| K::from_key(key))
    }

    /// `len(self)`.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }
}

impl<K> Clone for Sequence<K> {
    fn clone(&self) -> Self {
        Self { order: self.order.clone(), ids: PhantomData }
    }
}

impl<K> Default for Sequence<K> {
    fn default() -> Self {
        Self { order: Order::default(), ids: PhantomData }
    }
}

impl<K: DictKey> State for Sequence<K> {
    fn view(&self) -> Value {
        Value::List(self.order.iter().map(|(_, key)| key.to_value()).collect())
    }

    fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
        let Some(before) = before.downcast_ref::<Self>() else {
            out.push(Change::changed(path, before.view(), self.view()));
            return;
        };
        if let Some(appended) = self.order.appended_to(&before.order) {
            for (at, (_, key)) in appended.into_iter().enumerate() {
                let index = Piece::Index(before.len() + at);
                path.within(index, |path| out.push(Change::added(path, key.to_value())));
            }
            return;
        }
        // Something was taken out: everything behind it has moved to another position.
        let (mut new, mut old) = (self.order.iter(), before.order.iter());
        for at in 0..self.len().max(before.len()) {
            let (new, old) = (new.next().map(|(_, key)| key), old.next().map(|(_, key)| key));
            path.within(Piece::Index(at), |path| match (new, old) {
                (Some(new), Some(old)) if new != old => out.push(Change::changed(path, old.to_value(), new.to_value())),
                (Some(new), None) => out.push(Change::added(path, new.to_value())),
                (None, Some(old)) => out.push(Change::removed(path, old.to_value())),
                _ => {}
            });
        }
    }

    fn clone_rc(&self) -> Rc<dyn State> {
        Rc::new(self.clone())
    }
}
