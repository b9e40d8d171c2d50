//! The data of the nested template, and what its methods do with it once their checks have passed. Both versions of the
//! template are written over it.

use std::rc::Rc;

use crate::patterns::{self, Backups, Mortal, Nested, NestedSnapshot, Summed, Weighed};
use crate::prelude::*;
use crate::value::{Change, Path, State, diff_fields, view_fields};

/// Containers by id, each with its sub-items.
#[derive(Clone, Default, State)]
pub struct NestedContainers {
    pub containers: Nested<Container>,
    pub backups: Backups<NestedSnapshot<Container>>,
    /// Declared, and never touched.
    merged_containers: Dict<Str, Str>,
}

#[derive(Clone)]
pub struct Container {
    capacity: Int,
    pub subs: Summed<Sub>,
    /// Every sub-item that ever came in; it never shrinks.
    pub history: List<Str>,
    /// Whether `restore` made it: it writes `history` before `subs`, and a dict keeps that order.
    rebuilt: bool,
}

#[derive(Clone, State)]
pub struct Sub {
    pub data: Value,
    pub expiry: Option<Int>,
}

impl Sub {
    /// Alive strictly before its expiry: at that very moment it is dead.
    pub fn is_alive(&self, timestamp: Int) -> bool {
        self.expiry.is_none_or(|expiry| timestamp < expiry)
    }
}

impl Mortal for Sub {
    fn expiry(&self) -> Option<Int> {
        self.expiry
    }

    fn with_expiry(&self, expiry: Option<Int>) -> Self {
        Self { expiry, ..self.clone() }
    }
}

/// Containers are ranked by how many sub-items they have.
impl Weighed for Sub {}

impl Container {
    fn is_full(&self) -> bool {
        self.subs.count() >= self.capacity
    }

    fn fields(&self) -> [(&'static str, &dyn State); 3] {
        let (subs, history): ((_, &dyn State), (_, &dyn State)) = (("subs", &self.subs), ("history", &self.history));
        let (second, third) = if self.rebuilt { (history, subs) } else { (subs, history) };
        [("capacity", &self.capacity), second, third]
    }
}

impl patterns::Container for Container {
    type Item = Sub;
    const ITEMS: &'static str = "subs";

    fn items(&self) -> &Summed<Sub> {
        &self.subs
    }

    fn items_mut(&mut self) -> &mut Summed<Sub> {
        &mut self.subs
    }

    fn snapshot_view(&self, subs: Value) -> Value {
        Value::record([("capacity", self.capacity.view()), ("history", self.history.view()), ("subs", subs)])
    }

    fn restored(&self, subs: Summed<Sub>) -> Self {
        Self { subs, rebuilt: true, ..self.clone() }
    }
}

impl State for Container {
    fn view(&self) -> Value {
        view_fields(&self.fields())
    }

    fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
        match before.downcast_ref::<Self>() {
            Some(before) if before.rebuilt == self.rebuilt => diff_fields(&self.fields(), &before.fields(), path, out),
            _ => out.push(Change::changed(path, before.view(), self.view())),
        }
    }

    fn clone_rc(&self) -> Rc<dyn State> {
        Rc::new(self.clone())
    }
}

impl NestedContainers {
    /// Deletes the sub-items that have expired; a container stays, however empty.
    pub fn purge(&mut self, timestamp: Int) {
        self.containers.purge(timestamp, "sub-item");
    }

    pub fn has_container(&self, container_id: &Str) -> bool {
        self.containers.contains_key(container_id)
    }

    pub fn has_sub(&self, container_id: &Str, sub_id: &Str) -> bool {
        self.containers.holds(container_id, sub_id)
    }

    /// The oldest container that holds a sub-item.
    pub fn find(&self, sub_id: &Str) -> Option<Str> {
        self.containers.holders(sub_id).next()
    }

    pub fn is_full(&self, container_id: &Str) -> bool {
        self.containers.get(container_id).is_some_and(Container::is_full)
    }

    pub fn count(&self, container_id: &Str) -> Option<Int> {
        self.containers.get(container_id).map(|container| container.subs.count())
    }

    pub fn add_container(&mut self, container_id: Str, capacity: Int) {
        let container = Container { capacity, subs: Summed::default(), history: List::new(), rebuilt: false };
        self.containers.create(container_id, container);
    }

    /// Puts a sub-item in, over one of the same id, and remembers that it came.
    pub fn add(&mut self, container_id: &Str, sub_id: Str, sub: Sub) {
        if let Some(container) = self.containers.get_mut(container_id) {
            container.history.push(sub_id.clone());
        }
        self.containers.put(container_id, sub_id, sub);
    }

    /// Moves a sub-item with its expiry; the histories stay as they are. Python writes first and then removes, so that a
    /// sub-item that is moved to where it is gets lost.
    pub fn move_silently(&mut self, from: &Str, to: &Str, sub_id: &Str) {
        if let Some(sub) = self.containers.item(from, sub_id).cloned() {
            self.containers.put(to, sub_id.clone(), sub);
            self.containers.take(from, sub_id);
            note!(moved, what: "sub-item", id: sub_id, from: from, to: to);
        }
    }

    pub fn keep_backup(&mut self, timestamp: Int) {
        note!(snapshot, at: timestamp, kept: self.containers.count(), of: self.containers.count());
        self.backups.keep(timestamp, self.containers.snapshot(timestamp));
    }
}
