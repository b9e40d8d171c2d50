//! The nested family: containers that hold named items, each of which may expire.

use std::ops::Deref;
use std::rc::Rc;

use super::ttl::check_remaining;
use super::{DueQueue, Groups, Mortal, NumRanking, Summed, Weighed};
use crate::engine::note;
use crate::value::{Change, Dict, Int, Num, Path, State, Str, Value};
use crate::value::{stable_sort_by, stable_sort_by_key};

/// A container.
pub trait Container: State + Clone {
    /// What it holds.
    type Item: Mortal + Weighed;

    /// The attribute under which it holds them.
    const ITEMS: &'static str;

    /// What is in it.
    fn items(&self) -> &Summed<Self::Item>;

    /// What is in it, to be changed.
    fn items_mut(&mut self) -> &mut Summed<Self::Item>;

    /// What containers are ranked by; it depends on nothing that changes but the items.
    fn rank(&self) -> Num {
        self.items().sum()
    }

    /// How a snapshot shows it, given how it shows the items.
    fn snapshot_view(&self, items: Value) -> Value {
        let Value::Dict(mut fields) = self.view() else { return items };
        if let Some(field) = fields.iter_mut().find(|(name, _)| *name.key_text() == *Self::ITEMS) {
            field.1 = items;
        }
        Value::Dict(fields)
    }

    /// What `restore` makes of it, given the items with their new times.
    #[must_use]
    fn restored(&self, items: Summed<Self::Item>) -> Self {
        let mut restored = self.clone();
        *restored.items_mut() = items;
        restored
    }
}

/// Containers by id. What is in them is also listed by its expiry and by its name, and they themselves by rank: Python's
/// class looks through all of them, in every call that asks.
pub struct Nested<C> {
    containers: Dict<Str, C>,
    expiries: DueQueue<(Str, Str)>,
    /// By item: the containers that hold it, each with its place, so that the oldest comes first.
    holders: Groups,
    ranking: NumRanking<Str>,
}

impl<C: Container> Nested<C> {
    /// Adds a container under a new id.
    pub fn create(&mut self, id: Str, container: C) {
        self.containers.insert(id.clone(), container);
        self.list_all(&id, true);
    }

    /// Takes a container away with all that is in it.
    pub fn remove(&mut self, id: &Str) -> Option<C> {
        self.list_all(id, false);
        self.containers.remove(id)
    }

    /// A container, to change what is not an item.
    pub fn get_mut(&mut self, id: &Str) -> Option<&mut C> {
        self.containers.get_mut(id)
    }

    /// `self[id][name] = item`, if there is such a container; gives the item that was there.
    pub fn put(&mut self, id: &Str, name: Str, item: C::Item) -> Option<C::Item> {
        self.edit(id, &name, |items| items.insert(name.clone(), item))
    }

    /// `self[id].pop(name, None)`.
    pub fn take(&mut self, id: &Str, name: &Str) -> Option<C::Item> {
        self.edit(id, name, |items| items.remove(name))
    }

    /// `self[id].get(name)`.
    pub fn item(&self, id: &Str, name: &Str) -> Option<&C::Item> {
        self.containers.get(id)?.items().get(name)
    }

    /// Whether there is such an item in such a container.
    pub fn holds(&self, id: &Str, name: &Str) -> bool {
        self.item(id, name).is_some()
    }

    /// The containers that hold an item of this name, in order of creation.
    pub fn holders(&self, name: &Str) -> impl Iterator<Item = Str> {
        self.holders.ids(name).map(|(_, id): (Int, Str)| id)
    }

    /// The ids of the containers that hold an item of this name, ascending.
    pub fn sorted_holders(&self, name: &Str) -> Vec<Str> {
        let mut holders: Vec<Str> = self.holders(name).collect();
        stable_sort_by(&mut holders, Ord::cmp);
        holders
    }

    /// The containers by rank, highest first, by id on ties.
    pub fn ranked(&self) -> impl Iterator<Item = Str> {
        self.ranking.top(Int(i64::MAX))
    }

    /// The containers of highest rank, by id on ties, as Python's `[:n]` cuts them.
    pub fn top(&self, n: Int) -> Vec<Str> {
        self.ranking.top(n).collect()
    }

    /// Deletes what has expired, in every container.
    pub fn purge(&mut self, timestamp: Int, what: &'static str) {
        let mut expired = self.expiries.take_due(timestamp);
        stable_sort_by_key(&mut expired, |(id, name)| {
            (self.containers.place(id), self.containers.get(id).and_then(|container| container.items().place(name)))
        });
        for (id, name) in expired {
            if let Some(item) = self.take(&id, &name) {
                note!(purged, what: what, id: name, due: item.expiry(), now: timestamp);
            }
        }
    }

    /// What there is at a moment.
    pub fn snapshot(&self, taken: Int) -> NestedSnapshot<C> {
        check_remaining(
            taken,
            self.containers.values().flat_map(|container| container.items().iter()).map(|(_, item)| item.expiry()),
        );
        NestedSnapshot { taken, containers: self.containers.clone() }
    }

    /// Goes back to what there was; what was left of each TTL runs on from `now`.
    pub fn go_back_to(&mut self, snapshot: &NestedSnapshot<C>, now: Int) {
        *self = Self::default();
        for (id, container) in snapshot.containers.iter() {
            let items = container.items().iter();
            let rebased = items.map(|(name, item)| {
                (name, item.with_expiry(snapshot.remaining_ttl(item).map(|remaining| now + remaining)))
            });
            let restored = container.restored(rebased.collect());
            self.create(id, restored);
        }
        note!(restored, from: snapshot.taken, now: now, kept: self.containers.count());
    }

    /// Changes the items of a container, of which only the one called `name` may become another.
    fn edit<R>(&mut self, id: &Str, name: &Str, edit: impl FnOnce(&mut Summed<C::Item>) -> Option<R>) -> Option<R> {
        self.rank(id, false);
        self.list(id, name, false);
        let result = self.containers.get_mut(id).and_then(|container| edit(container.items_mut()));
        self.list(id, name, true);
        self.rank(id, true);
        result
    }

    /// Enters a container into the ranking as it is, or takes it out.
    fn rank(&mut self, id: &Str, ranked: bool) {
        match self.containers.get(id) {
            Some(container) if ranked => self.ranking.enter(id, container.rank()),
            Some(container) => self.ranking.leave(id, container.rank()),
            None => {}
        }
    }

    /// Enters an item into the lists as it is, or takes it out.
    fn list(&mut self, id: &Str, name: &Str, listed: bool) {
        let Some(item) = self.item(id, name) else { return };
        let place = self.containers.place(id).and_then(|place| i64::try_from(place).ok()).unwrap_or(i64::MAX);
        let (holder, due) = ((Int(place), id.clone()), (id.clone(), name.clone()));
        let expiry = item.expiry();
        if listed {
            self.holders.join(name, &holder);
        } else {
            self.holders.leave(name, &holder);
        }
        match expiry {
            Some(expiry) if listed => self.expiries.schedule(expiry, &due),
            Some(expiry) => self.expiries.cancel(expiry, &due),
            None => {}
        }
    }

    fn list_all(&mut self, id: &Str, listed: bool) {
        self.rank(id, listed);
        let names: Vec<Str> =
            self.containers.get(id).into_iter().flat_map(|container| container.items().keys()).collect();
        for name in names {
            self.list(id, &name, listed);
        }
    }
}

impl<C> Deref for Nested<C> {
    type Target = Dict<Str, C>;

    fn deref(&self) -> &Dict<Str, C> {
        &self.containers
    }
}

impl<C> Clone for Nested<C> {
    fn clone(&self) -> Self {
        Self {
            containers: self.containers.clone(),
            expiries: self.expiries.clone(),
            holders: self.holders.clone(),
            ranking: self.ranking.clone(),
        }
    }
}

impl<C> Default for Nested<C> {
    fn default() -> Self {
        Self {
            containers: Dict::default(),
            expiries: DueQueue::default(),
            holders: Groups::default(),
            ranking: NumRanking::default(),
        }
    }
}

impl<C: Container> State for Nested<C> {
    fn view(&self) -> Value {
        self.containers.view()
    }

    fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
        match before.downcast_ref::<Self>() {
            Some(before) => self.containers.diff(&before.containers, path, out),
            None => out.push(Change::changed(path, before.view(), self.view())),
        }
    }

    fn clone_rc(&self) -> Rc<dyn State> {
        Rc::new(self.clone())
    }
}

/// Containers at a moment, shared as they were. The remaining TTLs, which Python's class works out and stores, are worked
/// out when somebody looks.
#[derive(Clone)]
pub struct NestedSnapshot<C> {
    taken: Int,
    containers: Dict<Str, C>,
}

impl<C: Container> NestedSnapshot<C> {
    fn remaining_ttl(&self, item: &C::Item) -> Option<Int> {
        item.expiry().map(|expiry| expiry - self.taken)
    }
}

impl<C: Container> State for NestedSnapshot<C> {
    fn view(&self) -> Value {
        Value::record(self.containers.iter().map(|(id, container)| {
            let items = container.items().iter();
            let items = items.map(|(name, item)| (name, item.snapshot_view(self.remaining_ttl(item))));
            (id, container.snapshot_view(Value::record(items)))
        }))
    }

    fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
        out.push(Change::changed(path, before.view(), self.view()));
    }

    fn clone_rc(&self) -> Rc<dyn State> {
        Rc::new(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Clone, Default)]
    struct Shelf {
        things: Summed<Thing>,
    }

    #[derive(Clone, Debug, PartialEq)]
    struct Thing {
        size: Int,
        expiry: Option<Int>,
    }

    impl State for Thing {
        fn view(&self) -> Value {
            Value::record([("size", self.size.view()), ("expiry", self.expiry.view())])
        }

        fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
            out.push(Change::changed(path, before.view(), self.view()));
        }

        fn clone_rc(&self) -> Rc<dyn State> {
            Rc::new(self.clone())
        }
    }

    impl Weighed for Thing {
        fn weight(&self) -> Num {
            self.size.into()
        }
    }

    impl Mortal for Thing {
        fn expiry(&self) -> Option<Int> {
            self.expiry
        }

        fn with_expiry(&self, expiry: Option<Int>) -> Self {
            Self { expiry, ..self.clone() }
        }
    }

    impl State for Shelf {
        fn view(&self) -> Value {
            Value::record([("things", self.things.view())])
        }

        fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
            out.push(Change::changed(path, before.view(), self.view()));
        }

        fn clone_rc(&self) -> Rc<dyn State> {
            Rc::new(self.clone())
        }
    }

    impl Container for Shelf {
        type Item = Thing;
        const ITEMS: &'static str = "things";

        fn items(&self) -> &Summed<Thing> {
            &self.things
        }

        fn items_mut(&mut self) -> &mut Summed<Thing> {
            &mut self.things
        }
    }

    proptest! {
        #[test]
        fn the_lists_say_what_a_scan_of_the_containers_says(
            edits in prop::collection::vec((0..7_u8, 0..4_u8, 0..4_u8, 0..6_i64, prop::option::of(0..9_i64)), 0..60), n in -4..6_i64
        ) {
            let mut nested = Nested::<Shelf>::default();
            let mut backup = nested.snapshot(Int(0));
            let text = |n: u8| Str::from(n.to_string());
            for (edit, id, name, size, expiry) in edits {
                let (id, name) = (text(id), text(name));
                match edit {
                    0 => drop(nested.remove(&id)),
                    1 => drop(nested.take(&id, &name)),
                    2 => backup = nested.snapshot(Int(size)),
                    3 => nested.go_back_to(&backup, Int(size)),
                    4 => {
                        nested.purge(Int(size), "thing");
                        let dead = nested.values().flat_map(|shelf| shelf.things.values()).any(|t| t.expiry.is_some_and(|e| e <= Int(size)));
                        prop_assert!(!dead);
                    }
                    _ if nested.contains_key(&id) => drop(nested.put(&id, name, Thing { size: Int(size), expiry: expiry.map(Int) })),
                    _ => nested.create(id, Shelf::default()),
                }
                for name in (0..4).map(text) {
                    let scanned: Vec<Str> = nested.iter().filter(|(_, shelf)| shelf.things.contains_key(&name)).map(|(id, _)| id).collect();
                    prop_assert_eq!(nested.holders(&name).collect::<Vec<_>>(), scanned);
                }
                let mut ranked: Vec<(i64, Str)> =
                    nested.iter().map(|(id, shelf)| (-shelf.things.values().map(|t| t.size.0).sum::<i64>(), id)).collect();
                ranked.sort();
                ranked.truncate(crate::value::slice_end(ranked.len(), Int(n)));
                prop_assert_eq!(nested.top(Int(n)), ranked.into_iter().map(|(_, id)| id).collect::<Vec<_>>());
            }
        }
    }
}
