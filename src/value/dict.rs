//! Python's `dict`: insertion-ordered, persistent.

mod difference;

use std::marker::PhantomData;
use std::ops::RangeFrom;
use std::rc::Rc;

use imbl::GenericOrdMap;
use imbl::shared_ptr::RcK;

use super::{Change, DictKey, Int, Key, Path, State, Str, Value, stable_sort_by_key};

/// A `dict` that keeps insertion order, and whose versions share what they have in common.
///
/// Overwriting keeps a key's place; removing and inserting again moves it to the end, as in Python. Keys are also held
/// in ascending order, so that listings by id and prefix searches need no sorting. Cloning is free.
pub struct Dict<K, V> {
    raw: RawDict,
    types: PhantomData<fn() -> (K, V)>,
}

/// The untyped part, compiled once for all systems.
#[derive(Clone, Default)]
struct RawDict {
    by_key: GenericOrdMap<Key, Slot, RcK>,
    order: GenericOrdMap<u64, Key, RcK>,
    /// The place of the next new key; never reused.
    next: u64,
}

#[derive(Clone)]
struct Slot {
    place: u64,
    value: Rc<dyn State>,
}

/// Slots are equal when they are the same: a value that was written is looked at, an untouched one is skipped.
impl PartialEq for Slot {
    fn eq(&self, other: &Self) -> bool {
        self.place == other.place && Rc::ptr_eq(&self.value, &other.value)
    }
}

impl RawDict {
    fn get(&self, key: &Key) -> Option<&dyn State> {
        self.by_key.get(key).map(|slot| &*slot.value)
    }

    fn get_mut(&mut self, key: &Key) -> Option<&mut dyn State> {
        let slot = self.by_key.get_mut(key)?;
        if Rc::get_mut(&mut slot.value).is_none() {
            slot.value = slot.value.clone_rc();
        }
        Rc::get_mut(&mut slot.value)
    }

    fn insert(&mut self, key: Key, value: Rc<dyn State>) -> Option<Rc<dyn State>> {
        if let Some(slot) = self.by_key.get_mut(&key) {
            return Some(std::mem::replace(&mut slot.value, value));
        }
        self.order.insert(self.next, key.clone());
        self.by_key.insert(key, Slot { place: self.next, value });
        self.next += 1;
        None
    }

    fn remove(&mut self, key: &Key) -> Option<Rc<dyn State>> {
        let slot = self.by_key.remove(key)?;
        self.order.remove(&slot.place);
        Some(slot.value)
    }

    fn in_order(&self) -> impl DoubleEndedIterator<Item = (&Key, &dyn State)> {
        self.order.values().filter_map(|key| self.get(key).map(|value| (key, value)))
    }
}

impl<K: DictKey, V: State + Clone> Dict<K, V> {
    /// An empty dict.
    pub fn new() -> Self {
        Self::default()
    }

    /// `len(self)`.
    pub fn len(&self) -> usize {
        self.raw.by_key.len()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.raw.by_key.is_empty()
    }

    /// `key in self`.
    pub fn contains_key(&self, key: &K) -> bool {
        self.raw.by_key.contains_key(&key.to_key())
    }

    /// `self.get(key)`.
    pub fn get(&self, key: &K) -> Option<&V> {
        self.raw.get(&key.to_key())?.downcast_ref()
    }

    /// The value under `key`, to be changed in place.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.raw.get_mut(&key.to_key())?.downcast_mut()
    }

    /// `self[key] = value`; gives the value that was there.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        self.raw.insert(key.to_key(), Rc::new(value)).and_then(unshare)
    }

    /// `self.pop(key, None)`.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        self.raw.remove(&key.to_key()).and_then(unshare)
    }

    /// `self.setdefault(key, default())`, to be changed in place.
    pub fn entry(&mut self, key: &K, default: impl FnOnce() -> V) -> Option<&mut V> {
        if !self.contains_key(key) {
            self.insert(key.clone(), default());
        }
        self.get_mut(key)
    }

    /// `self.items()`, in insertion order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (K, &V)> {
        self.raw.in_order().filter_map(|(key, value)| Some((K::from_key(key)?, value.downcast_ref()?)))
    }

    /// The keys in insertion order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = K> {
        self.raw.order.values().filter_map(K::from_key)
    }

    /// The values in insertion order.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.raw.in_order().filter_map(|(_, value)| value.downcast_ref())
    }

    /// `sorted(self.items())`, without sorting.
    pub fn sorted(&self) -> impl DoubleEndedIterator<Item = (K, &V)> + ExactSizeIterator {
        // Keys and values have their types by construction: only `insert` of this very dict puts them in.
        SortedIter { inner: self.raw.by_key.iter(), types: PhantomData::<fn() -> (K, V)> }
    }

    /// The place of a key in insertion order: comparable with others of the same dict.
    pub fn place(&self, key: &K) -> Option<u64> {
        self.raw.by_key.get(&key.to_key()).map(|slot| slot.place)
    }

    /// Sorts keys of this dict into insertion order.
    pub fn sort_by_place(&self, keys: &mut Vec<K>) {
        let mut placed: Vec<(Option<u64>, K)> = keys.drain(..).map(|key| (self.place(&key), key)).collect();
        stable_sort_by_key(&mut placed, |(place, _)| *place);
        keys.extend(placed.into_iter().map(|(_, key)| key));
    }
}

impl<V: State + Clone> Dict<Str, V> {
    /// The entries whose key starts with `prefix`, in ascending order; touches no others.
    pub fn with_prefix<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (Str, &'a V)> {
        let from: RangeFrom<Key> = Key::Str(Str::from(prefix))..;
        self.raw
            .by_key
            .range(from)
            .map_while(move |(key, slot)| match key {
                Key::Str(key) if key.starts_with(prefix) => Some((key.clone(), &slot.value)),
                _ => None,
            })
            .filter_map(|(key, value)| Some((key, value.downcast_ref()?)))
    }
}

fn unshare<V: State + Clone>(value: Rc<dyn State>) -> Option<V> {
    value.downcast_ref::<V>().cloned()
}

struct SortedIter<'a, K, V> {
    inner: imbl::ordmap::Iter<'a, Key, Slot, RcK>,
    types: PhantomData<fn() -> (K, V)>,
}

impl<'a, K: DictKey, V: State> Iterator for SortedIter<'a, K, V> {
    type Item = (K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        let (key, slot) = self.inner.next()?;
        Some((K::from_key(key)?, slot.value.downcast_ref()?))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.inner.size_hint()
    }
}

impl<K: DictKey, V: State> DoubleEndedIterator for SortedIter<'_, K, V> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let (key, slot) = self.inner.next_back()?;
        Some((K::from_key(key)?, slot.value.downcast_ref()?))
    }
}

impl<K: DictKey, V: State> ExactSizeIterator for SortedIter<'_, K, V> {}

impl<K, V> Clone for Dict<K, V> {
    fn clone(&self) -> Self {
        Self { raw: self.raw.clone(), types: PhantomData }
    }
}

impl<K, V> Default for Dict<K, V> {
    fn default() -> Self {
        Self { raw: RawDict::default(), types: PhantomData }
    }
}

impl<K: DictKey, V: State + Clone> FromIterator<(K, V)> for Dict<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut dict = Self::new();
        for (key, value) in entries {
            dict.insert(key, value);
        }
        dict
    }
}

impl<K: DictKey, V: State + Clone> State for Dict<K, V> {
    fn view(&self) -> Value {
        Value::Dict(self.raw.in_order().map(|(key, value)| (key.to_value(), value.view())).collect())
    }

    fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
        match before.downcast_ref::<Self>() {
            Some(before) => difference::diff(&self.raw, &before.raw, path, out),
            None => out.push(Change::changed(path, before.view(), self.view())),
        }
    }

    fn clone_rc(&self) -> Rc<dyn State> {
        Rc::new(self.clone())
    }
}

impl<K, V> Dict<K, V> {
    /// `len(self)` as an integer of the language.
    pub fn count(&self) -> Int {
        Int::count(self.raw.by_key.len())
    }
}
