//! A dict whose records are also listed by what they have: by owner, by status, by time.

use std::marker::PhantomData;
use std::ops::Deref;
use std::rc::Rc;

use crate::value::{Change, Dict, DictKey, Path, State, Value};

/// The lists beside a dict. A record that changes is taken out as it was and put in as it is, so they need only these two.
pub trait Lists<K, V>: Clone + Default + 'static {
    /// Puts a record into the lists it belongs to.
    fn enter(&mut self, id: &K, record: &V);

    /// Takes a record out of the lists it belongs to.
    fn leave(&mut self, id: &K, record: &V);
}

/// A dict and its lists. Records are read as of any dict; they change only through here, so the lists cannot go stale.
/// Python's class has the dict only: it is what is seen.
pub struct Listed<K, V, L> {
    records: Dict<K, V>,
    lists: L,
    types: PhantomData<fn() -> (K, V)>,
}

impl<K: DictKey, V: State + Clone, L: Lists<K, V>> Listed<K, V, L> {
    /// The lists.
    pub fn lists(&self) -> &L {
        &self.lists
    }

    /// The lists, for those that are emptied by asking, such as a queue of due times.
    pub fn lists_mut(&mut self) -> &mut L {
        &mut self.lists
    }

    /// `self[id] = record`.
    pub fn insert(&mut self, id: K, record: V) {
        if let Some(before) = self.records.get(&id) {
            self.lists.leave(&id, before);
        }
        self.lists.enter(&id, &record);
        self.records.insert(id, record);
    }

    /// `self.pop(id, None)`.
    pub fn remove(&mut self, id: &K) -> Option<V> {
        let record = self.records.remove(id)?;
        self.lists.leave(id, &record);
        Some(record)
    }

    /// Changes a record in place, if there is one, and gives what the change gives.
    pub fn change<R>(&mut self, id: &K, change: impl FnOnce(&mut V) -> R) -> Option<R> {
        let record = self.records.get_mut(id)?;
        self.lists.leave(id, record);
        let result = change(record);
        self.lists.enter(id, record);
        Some(result)
    }

    /// Takes over other records, and lists them anew.
    pub fn replace(&mut self, records: Dict<K, V>) {
        self.lists = L::default();
        for (id, record) in records.iter() {
            self.lists.enter(&id, record);
        }
        self.records = records;
    }
}

impl<K, V, L> Deref for Listed<K, V, L> {
    type Target = Dict<K, V>;

    fn deref(&self) -> &Dict<K, V> {
        &self.records
    }
}

impl<K, V, L: Clone> Clone for Listed<K, V, L> {
    fn clone(&self) -> Self {
        Self { records: self.records.clone(), lists: self.lists.clone(), types: PhantomData }
    }
}

impl<K, V, L: Default> Default for Listed<K, V, L> {
    fn default() -> Self {
        Self { records: Dict::default(), lists: L::default(), types: PhantomData }
    }
}

impl<K: DictKey, V: State + Clone, L: Lists<K, V>> State for Listed<K, V, L> {
    fn view(&self) -> Value {
        self.records.view()
    }

    fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
        match before.downcast_ref::<Self>() {
            Some(before) => self.records.diff(&before.records, path, out),
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
    use crate::patterns::Groups;
    use crate::value::Int;

    #[derive(Clone, Default)]
    struct ByValue(Groups);

    impl Lists<Int, Int> for ByValue {
        fn enter(&mut self, id: &Int, value: &Int) {
            self.0.join(value, id);
        }

        fn leave(&mut self, id: &Int, value: &Int) {
            self.0.leave(value, id);
        }
    }

    proptest! {
        #[test]
        fn the_lists_say_what_a_scan_of_the_records_says(
            edits in prop::collection::vec((0..4_u8, 0..8_i64, 0..4_i64), 0..40)
        ) {
            let mut listed: Listed<Int, Int, ByValue> = Listed::default();
            for (edit, id, value) in edits {
                match edit {
                    0 => listed.insert(Int(id), Int(value)),
                    1 => drop(listed.remove(&Int(id))),
                    2 => listed.change(&Int(id), |record| *record = Int(value)).unwrap_or_default(),
                    _ => listed.replace(listed.iter().filter(|(id, _)| id.0 != value).map(|(id, v)| (id, *v)).collect()),
                }
                for value in (0..4).map(Int) {
                    let scanned: Vec<Int> = listed.sorted().filter(|(_, v)| **v == value).map(|(id, _)| id).collect();
                    prop_assert_eq!(listed.lists().0.ids::<Int>(&value).collect::<Vec<_>>(), scanned);
                }
            }
        }
    }
}
