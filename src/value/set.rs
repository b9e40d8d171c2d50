//! Python's `set`, in sorted order, persistent.

use std::marker::PhantomData;
use std::rc::Rc;

use imbl::GenericOrdSet;
use imbl::ordset::DiffItem;
use imbl::shared_ptr::RcK;

use super::{Change, DictKey, Key, Path, State, Value};

/// A `set`. Python leaves its order open; ours is ascending, which is how answers and states show it.
pub struct Set<K> {
    keys: GenericOrdSet<Key, RcK>,
    types: PhantomData<fn() -> K>,
}

impl<K: DictKey> Set<K> {
    /// An empty set.
    pub fn new() -> Self {
        Self::default()
    }

    /// `len(self)`.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// `item in self`.
    pub fn contains(&self, item: &K) -> bool {
        self.keys.contains(&item.to_key())
    }

    /// `self.add(item)`; tells whether it was new.
    pub fn insert(&mut self, item: &K) -> bool {
        self.keys.insert(item.to_key()).is_none()
    }

    /// `self.discard(item)`; tells whether it was there.
    pub fn remove(&mut self, item: &K) -> bool {
        self.keys.remove(&item.to_key()).is_some()
    }

    /// `sorted(self)`, without sorting.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = K> {
        self.keys.iter().filter_map(K::from_key)
    }
}

impl<K> Clone for Set<K> {
    fn clone(&self) -> Self {
        Self { keys: self.keys.clone(), types: PhantomData }
    }
}

impl<K> Default for Set<K> {
    fn default() -> Self {
        Self { keys: GenericOrdSet::default(), types: PhantomData }
    }
}

impl<K: DictKey> FromIterator<K> for Set<K> {
    fn from_iter<I: IntoIterator<Item = K>>(items: I) -> Self {
        let mut set = Self::new();
        for item in items {
            set.insert(&item);
        }
        set
    }
}

impl<K: DictKey> State for Set<K> {
    fn view(&self) -> Value {
        Value::Set(self.keys.iter().map(Key::to_value).collect())
    }

    fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
        let Some(before) = before.downcast_ref::<Self>() else {
            out.push(Change::changed(path, before.view(), self.view()));
            return;
        };
        for item in before.keys.diff(&self.keys) {
            match item {
                DiffItem::Add(key) => {
                    path.within(key.to_piece(), |path| out.push(Change::added(path, key.to_value())));
                }
                DiffItem::Remove(key) => {
                    path.within(key.to_piece(), |path| out.push(Change::removed(path, key.to_value())));
                }
            }
        }
    }

    fn clone_rc(&self) -> Rc<dyn State> {
        Rc::new(self.clone())
    }
}
