//! Ids by what they have in common: a status, an owner.

use imbl::shared_ptr::RcK;
use imbl::{GenericOrdMap, GenericOrdSet};

use crate::value::{DictKey, Int, Key};

/// The ids of each group, in ascending order.
#[derive(Clone, Default)]
pub struct Groups {
    members: GenericOrdMap<Key, GenericOrdSet<Key, RcK>, RcK>,
}

impl Groups {
    /// Puts an id into a group.
    pub fn join(&mut self, group: &impl DictKey, id: &impl DictKey) {
        self.members.entry(group.to_key()).or_default().insert(id.to_key());
    }

    /// Takes an id out of a group.
    pub fn leave(&mut self, group: &impl DictKey, id: &impl DictKey) {
        let group = group.to_key();
        if let Some(ids) = self.members.get_mut(&group) {
            ids.remove(&id.to_key());
            if ids.is_empty() {
                self.members.remove(&group);
            }
        }
    }

    /// The ids of a group, ascending.
    pub fn ids<K: DictKey>(&self, group: &impl DictKey) -> impl Iterator<Item = K> {
        self.members.get(&group.to_key()).into_iter().flat_map(|ids| ids.iter().filter_map(K::from_key))
    }

    /// How many ids a group has.
    pub fn count(&self, group: &impl DictKey) -> Int {
        Int::count(self.members.get(&group.to_key()).map_or(0, GenericOrdSet::len))
    }
}
