//! First come, first served.

use std::rc::Rc;

use crate::value::{Change, Dict, DictKey, Path, State, Value};

/// A `list` in which everybody stands once: joins at the end, is served at the front. Neither that nor the question who
/// stands in it depends on its length, as `list.pop(0)` and `in` do.
pub struct Queue<K> {
    /// A dict keeps insertion order; its values say nothing.
    waiting: Dict<K, bool>,
}

impl<K: DictKey> Queue<K> {
    /// `id in self`.
    pub fn contains(&self, id: &K) -> bool {
        self.waiting.contains_key(id)
    }

    /// `self.append(id)`; who stands in it already keeps the place.
    pub fn join(&mut self, id: K) {
        self.waiting.insert(id, true);
    }

    /// `self.remove(id)`.
    pub fn leave(&mut self, id: &K) {
        self.waiting.remove(id);
    }

    /// `self.pop(0)`.
    pub fn serve(&mut self) -> Option<K> {
        let first = self.first()?;
        self.waiting.remove(&first);
        Some(first)
    }

    /// `self[0]`.
    pub fn first(&self) -> Option<K> {
        self.waiting.keys().next()
    }

    /// Everybody, front first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = K> {
        self.waiting.keys()
    }

    /// `len(self)`.
    pub fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Whether nobody waits.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }
}

impl<K> Clone for Queue<K> {
    fn clone(&self) -> Self {
        Self { waiting: self.waiting.clone() }
    }
}

impl<K> Default for Queue<K> {
    fn default() -> Self {
        Self { waiting: Dict::default() }
    }
}

impl<K: DictKey> State for Queue<K> {
    fn view(&self) -> Value {
        Value::List(self.iter().map(|id| id.to_key().to_value()).collect())
    }

    fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
        // Who is served moves everybody else: one change of the whole says that better than one for each place.
        let (before, after) = (before.view(), self.view());
        if before != after {
            out.push(Change::changed(path, before, after));
        }
    }

    fn clone_rc(&self) -> Rc<dyn State> {
        Rc::new(self.clone())
    }
}
