//! L2 top-N by count: groups ranked by how many members they have.

use super::{Groups, Ranking};
use crate::value::{DictKey, Int};

/// Ids by group, and the groups by number of ids, largest first, ties by group. A group without members is in no ranking.
pub struct Tally<G> {
    groups: Groups,
    ranking: Ranking<G>,
}

impl<G: DictKey> Tally<G> {
    /// Puts an id into a group.
    pub fn join(&mut self, group: &G, id: &impl DictKey) {
        let before = self.count(group);
        self.groups.join(group, id);
        self.rank(group, before);
    }

    /// Takes an id out of a group.
    pub fn leave(&mut self, group: &G, id: &impl DictKey) {
        let before = self.count(group);
        self.groups.leave(group, id);
        self.rank(group, before);
    }

    fn rank(&mut self, group: &G, before: Int) {
        if before > 0 {
            self.ranking.leave(group, before);
        }
        let count = self.count(group);
        if count > 0 {
            self.ranking.enter(group, count);
        }
    }

    /// How many ids a group has.
    pub fn count(&self, group: &G) -> Int {
        self.groups.count(group)
    }

    /// The ids of a group, ascending.
    pub fn ids<K: DictKey>(&self, group: &G) -> impl Iterator<Item = K> {
        self.groups.ids(group)
    }

    /// The largest `n` groups with their counts, as Python's `[:n]` cuts them.
    pub fn top(&self, n: Int) -> impl Iterator<Item = (G, Int)> {
        self.ranking.top(n)
    }
}

impl<G> Clone for Tally<G> {
    fn clone(&self) -> Self {
        Self { groups: self.groups.clone(), ranking: self.ranking.clone() }
    }
}

impl<G> Default for Tally<G> {
    fn default() -> Self {
        Self { groups: Groups::default(), ranking: Ranking::default() }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_top_is_what_counting_and_sorting_gives(
            edits in prop::collection::vec((any::<bool>(), 0..4_i64, 0..5_i64), 0..60), n in -3..6_i64
        ) {
            let (mut tally, mut model) = (Tally::<Int>::default(), BTreeMap::<i64, BTreeSet<i64>>::new());
            for (join, group, id) in edits {
                if join {
                    tally.join(&Int(group), &Int(id));
                    model.entry(group).or_default().insert(id);
                } else {
                    tally.leave(&Int(group), &Int(id));
                    model.entry(group).or_default().remove(&id);
                }
            }
            let mut counted: Vec<_> = model.iter().filter(|(_, ids)| !ids.is_empty()).map(|(g, ids)| (*g, ids.len())).collect();
            counted.sort_by_key(|(group, count)| (std::cmp::Reverse(*count), *group));
            counted.truncate(crate::value::slice_end(counted.len(), Int(n)));
            let counted: Vec<_> = counted.into_iter().map(|(group, count)| (Int(group), Int::count(count))).collect();
            prop_assert_eq!(tally.top(Int(n)).collect::<Vec<_>>(), counted);
        }
    }
}
