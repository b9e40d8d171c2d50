//! The data of the two-collections template, and what its methods do with it once their checks have passed. Both versions
//! of the template are written over it.

use std::rc::Rc;

use crate::patterns::{Dated, DueQueue, Groups, Listed, Lists, Mortal, Snapshots, Tally, TtlSnapshot};
use crate::prelude::*;
use crate::value::{Change, Path, State};

pub const ACTIVE: &str = "ACTIVE";
const EXPIRED: &str = "EXPIRED";

/// Groups and items.
#[derive(Clone, Default, State)]
pub struct TwoCollections {
    pub groups: Dict<Str, Group>,
    pub items: Listed<Str, Item, ItemLists>,
    pub backups: Snapshots<Snapshot>,
    merged_groups: Dict<Str, Str>,
    pub history: Dict<Str, List<Str>>,
}

#[derive(Clone, State)]
pub struct Group {
    config: Value,
}

#[derive(Clone, State)]
pub struct Item {
    pub group_id: Str,
    pub other_id: Str,
    data: Value,
    /// Any word: `set_status` takes what it is given.
    pub status: Str,
    pub expiry: Option<Int>,
}

impl Item {
    pub fn is(&self, status: &str) -> bool {
        &*self.status == status
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

/// The items by what they have.
#[derive(Clone, Default)]
pub struct ItemLists {
    /// What is not EXPIRED yet, whatever else it is: an expiry stays and strikes again after every change of status.
    expiries: DueQueue<Str>,
    pub by_group: Groups,
    pub active_by_group: Groups,
    pub active_by_other: Tally<Str>,
}

impl Lists<Str, Item> for ItemLists {
    fn enter(&mut self, id: &Str, item: &Item) {
        self.by_group.join(&item.group_id, id);
        if item.is(ACTIVE) {
            self.active_by_group.join(&item.group_id, id);
            self.active_by_other.join(&item.other_id, id);
        }
        if let Some(expiry) = item.expiry.filter(|_| !item.is(EXPIRED)) {
            self.expiries.schedule(expiry, id);
        }
    }

    fn leave(&mut self, id: &Str, item: &Item) {
        self.by_group.leave(&item.group_id, id);
        if item.is(ACTIVE) {
            self.active_by_group.leave(&item.group_id, id);
            self.active_by_other.leave(&item.other_id, id);
        }
        if let Some(expiry) = item.expiry {
            self.expiries.cancel(expiry, id);
        }
    }
}

/// A backup: in Python a tuple of four.
#[derive(Clone)]
pub struct Snapshot {
    timestamp: Int,
    groups: Dict<Str, Group>,
    items: TtlSnapshot<Str, Item>,
    history: Dict<Str, List<Str>>,
}

impl Dated for Snapshot {
    fn timestamp(&self) -> Int {
        self.timestamp
    }
}

impl State for Snapshot {
    fn view(&self) -> Value {
        Value::Tuple(vec![self.timestamp.view(), self.groups.view(), self.items.view(), self.history.view()])
    }

    fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
        out.push(Change::changed(path, before.view(), self.view()));
    }

    fn clone_rc(&self) -> Rc<dyn State> {
        Rc::new(self.clone())
    }
}

impl TwoCollections {
    /// Lets every item whose time has come be EXPIRED, whatever its status was. Nothing is deleted.
    pub fn purge(&mut self, timestamp: Int) {
        for id in self.items.lists_mut().expiries.take_due(timestamp) {
            self.items.change(&id, |item| {
                item.status = EXPIRED.into();
                note!(expired, what: "item", id: id, due: item.expiry, now: timestamp, to: EXPIRED);
            });
        }
    }

    pub fn has_group(&self, group_id: &Str) -> bool {
        self.groups.contains_key(group_id)
    }

    pub fn has_item(&self, item_id: &Str) -> bool {
        self.items.contains_key(item_id)
    }

    pub fn item_is(&self, item_id: &Str, status: &str) -> bool {
        self.items.get(item_id).is_some_and(|item| item.is(status))
    }

    pub fn add_group(&mut self, group_id: Str, config: Value) {
        self.groups.insert(group_id, Group { config });
    }

    pub fn add_item(&mut self, group_id: Str, item_id: Str, other_id: Str, data: Value, expiry: Option<Int>) {
        if let Some(created) = self.history.entry(&group_id, List::new) {
            created.push(item_id.clone());
        }
        self.items.insert(item_id, Item { group_id, other_id, data, status: ACTIVE.into(), expiry });
    }

    pub fn move_to(&mut self, item_id: &Str, status: impl Into<Str>) {
        let status = status.into();
        self.items.change(item_id, |item| {
            note!(moved, what: "item", id: item_id, from: item.status, to: status);
            item.status = status;
        });
    }

    pub fn hand_over(&mut self, item_id: &Str, other_id: Str) {
        self.items.change(item_id, |item| {
            note!(moved, what: "item", id: item_id, from: item.other_id, to: other_id);
            item.other_id = other_id;
        });
    }

    pub fn top(&self, n: Int) -> Vec<Str> {
        self.items.lists().active_by_other.top(n).map(|(other_id, _)| other_id).collect()
    }

    pub fn keep_backup(&mut self, timestamp: Int) {
        note!(snapshot, at: timestamp, kept: self.items.count(), of: self.items.count());
        let items = TtlSnapshot::of(&self.items, timestamp);
        let (groups, history) = (self.groups.clone(), self.history.clone());
        self.backups.keep(Snapshot { timestamp, groups, items, history });
    }

    pub fn go_back_to(&mut self, snapshot: &Snapshot, timestamp: Int) {
        self.groups = snapshot.groups.clone();
        self.items.replace(snapshot.items.rebased(timestamp));
        self.history = snapshot.history.clone();
        note!(restored, from: snapshot.timestamp, now: timestamp, kept: self.items.count());
    }

    /// Moves the items of every status; the history stays where it is.
    pub fn merge(&mut self, from_id: Str, to_id: Str) {
        let moved: Vec<Str> = self.items.lists().by_group.ids(&from_id).collect();
        for item_id in moved {
            self.items.change(&item_id, |item| item.group_id = to_id.clone());
        }
        self.groups.remove(&from_id);
        note!(merged, what: "group", from: from_id, into: to_id);
        self.merged_groups.insert(from_id, to_id);
    }
}
