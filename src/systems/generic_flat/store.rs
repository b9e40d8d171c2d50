//! The data of the flat template, and what its methods do with it once their checks have passed. Both versions of the
//! template are written over it.

use std::rc::Rc;

use crate::patterns::{Backups, DueQueue, Listed, Lists, Mortal, NumRanking, TtlSnapshot, ValueHistory};
use crate::prelude::*;
use crate::value::{Change, Path, State, diff_fields, view_fields};

/// Items with a number, and what was kept of them.
#[derive(Clone, Default, State)]
pub struct Flat {
    pub items: Items,
    pub backups: Backups<Snapshot>,
    merged_items: Dict<Str, Str>,
}

pub type Items = Listed<Str, Item, ItemLists>;

#[derive(Clone)]
pub struct Item {
    pub field1: Num,
    pub field2: Value,
    pub expiry: Option<Int>,
    pub history: ValueHistory<Num>,
    /// Restored from a snapshot with remaining TTL: it has that key, and no `expiry` for a purge to find.
    is_stripped: bool,
}

impl Item {
    fn fields(&self) -> [(&'static str, &dyn State); 4] {
        let expiry = if self.is_stripped { "remaining_ttl" } else { "expiry" };
        [("field1", &self.field1), ("field2", &self.field2), (expiry, &self.expiry), ("history", &self.history)]
    }

    fn set(&mut self, timestamp: Int, field1: Num) -> Num {
        self.field1 = field1;
        self.history.record(timestamp, field1);
        field1
    }
}

impl State for Item {
    fn view(&self) -> Value {
        view_fields(&self.fields())
    }

    fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
        match before.downcast_ref::<Self>() {
            Some(before) if before.is_stripped == self.is_stripped => {
                diff_fields(&self.fields(), &before.fields(), path, out);
            }
            _ => out.push(Change::changed(path, before.view(), self.view())),
        }
    }

    fn clone_rc(&self) -> Rc<dyn State> {
        Rc::new(self.clone())
    }
}

impl Mortal for Item {
    fn expiry(&self) -> Option<Int> {
        self.expiry
    }

    fn with_expiry(&self, expiry: Option<Int>) -> Self {
        Self { expiry, ..self.clone() }
    }
}

/// The items by when they die and by their number.
#[derive(Clone, Default)]
pub struct ItemLists {
    expiries: DueQueue<Str>,
    pub by_field1: NumRanking<Str>,
    stripped: usize,
}

impl Lists<Str, Item> for ItemLists {
    fn enter(&mut self, id: &Str, item: &Item) {
        self.by_field1.enter(id, item.field1);
        self.stripped += usize::from(item.is_stripped);
        if let Some(expiry) = item.expiry {
            self.expiries.schedule(expiry, id);
        }
    }

    fn leave(&mut self, id: &Str, item: &Item) {
        self.by_field1.leave(id, item.field1);
        self.stripped -= usize::from(item.is_stripped);
        if let Some(expiry) = item.expiry {
            self.expiries.cancel(expiry, id);
        }
    }
}

/// The items at a moment, shared with the state of then.
#[derive(Clone)]
pub enum Snapshot {
    /// With the times as they are.
    DeepCopy(Items),
    /// With the remaining TTL.
    RemainingTtl(TtlSnapshot<Str, Item>),
}

impl State for Snapshot {
    fn view(&self) -> Value {
        match self {
            Self::DeepCopy(items) => items.view(),
            Self::RemainingTtl(snapshot) => snapshot.view(),
        }
    }

    fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
        out.push(Change::changed(path, before.view(), self.view()));
    }

    fn clone_rc(&self) -> Rc<dyn State> {
        Rc::new(self.clone())
    }
}

impl Flat {
    /// An item without `expiry` is an error for whoever looks for one.
    fn all_have_expiry(&self) -> Py<()> {
        if self.items.lists().stripped > 0 { Err(Raise::key_error("expiry")) } else { Ok(()) }
    }

    /// What is due by now, each taken out of the queue.
    fn take_due(&mut self, timestamp: Int) -> Py<Vec<Str>> {
        self.all_have_expiry()?;
        let mut due = self.items.lists_mut().expiries.take_due(timestamp);
        self.items.sort_by_place(&mut due);
        Ok(due)
    }

    /// Removes every item with `expiry <= timestamp`.
    pub fn purge(&mut self, timestamp: Int) -> Py<()> {
        for id in self.take_due(timestamp)? {
            if let Some(item) = self.items.remove(&id) {
                note!(purged, what: "item", id: id, due: item.expiry, now: timestamp);
            }
        }
        Ok(())
    }

    pub fn create_item(&mut self, timestamp: Int, id: Str, field1: Num, field2: Value, expiry: Option<Int>) {
        let history = ValueHistory::starting(timestamp, field1);
        self.items.insert(id, Item { field1, field2, expiry, history, is_stripped: false });
    }

    pub fn field1(&self, id: &Str) -> Option<Num> {
        self.items.get(id).map(|item| item.field1)
    }

    /// Sets the number and remembers it.
    pub fn set(&mut self, timestamp: Int, id: &Str, field1: Num) -> Option<Num> {
        self.items.change(id, |item| item.set(timestamp, field1))
    }

    /// Moves an amount between two items and gives the source's number; no history, no check of funds.
    pub fn move_silently(&mut self, source_id: &Str, target_id: &Str, amount: Num) -> Option<Num> {
        let left = self.items.change(source_id, |item| {
            item.field1 -= amount;
            item.field1
        });
        self.items.change(target_id, |item| item.field1 += amount);
        left
    }

    pub fn extend_item(&mut self, id: &Str, extra_ms: Int) {
        self.items.change(id, |item| item.expiry = item.expiry.map(|expiry| expiry + extra_ms));
    }

    /// Lets every item that is due go on for ever, one step further.
    pub fn let_due_go_on(&mut self, timestamp: Int) -> Py<()> {
        for id in self.take_due(timestamp)? {
            let Some(mut item) = self.items.get(&id).cloned() else { continue };
            note!(due, what: "item", id: id, target: id, amount: Int(1), due: item.expiry, now: timestamp);
            item.field2 = match item.field2 {
                Value::Int(n) => Value::Int(n + 1),
                Value::Float(x) => Value::Float(x + 1.0),
                Value::Bool(flag) => Value::Int(Int::from(i64::from(flag)) + 1),
                other => return Err(Raise::type_error(format!("cannot add 1 to {}", other.type_name()))),
            };
            item.expiry = None;
            self.items.insert(id, item);
        }
        Ok(())
    }

    pub fn keep(&mut self, timestamp: Int) {
        note!(snapshot, at: timestamp, kept: self.items.count(), of: self.items.count());
        self.backups.keep(timestamp, Snapshot::DeepCopy(self.items.clone()));
    }

    pub fn keep_with_ttl(&mut self, timestamp: Int) -> Py<Str> {
        self.all_have_expiry()?;
        note!(snapshot, at: timestamp, kept: self.items.count(), of: self.items.count());
        self.backups.keep(timestamp, Snapshot::RemainingTtl(TtlSnapshot::of(&self.items, timestamp)));
        Ok(Str::from(self.items.len().to_string()))
    }

    /// Goes back to a snapshot; whether there was one.
    pub fn go_back(&mut self, timestamp: Int, target_ts: Int) -> bool {
        let Some(found) = self.backups.last_taken(target_ts) else { return false };
        match &found.1 {
            Snapshot::DeepCopy(items) => self.items = items.clone(),
            Snapshot::RemainingTtl(snapshot) => {
                let strip =
                    |item: &Item| Item { expiry: snapshot.remaining_ttl(item), is_stripped: true, ..item.clone() };
                self.items.replace(snapshot.items().iter().map(|(id, item)| (id, strip(item))).collect());
            }
        }
        note!(restored, from: found.0, now: timestamp, kept: self.items.count());
        true
    }

    pub fn value_at(&self, id: &Str, time_at: Int) -> Option<Num> {
        self.items.get(id).and_then(|item| item.history.value_at(time_at))
    }

    /// Adds one item to another and removes it.
    pub fn merge_items(&mut self, timestamp: Int, id1: Str, id2: Str) {
        let Some(gone) = self.items.remove(&id2) else { return };
        self.items.change(&id1, |item| item.set(timestamp, item.field1 + gone.field1));
        note!(merged, what: "item", from: id2, into: id1);
        self.merged_items.insert(id2, id1);
    }
}
