//! Consistent hashing: nodes on a circle, and each thing with the first node clockwise from its own position.

use std::rc::Rc;

use md5::{Digest, Md5};

use super::Groups;
use crate::engine::{MAX_ITEMS, Py, Raise};
use crate::value::{Int, List, Str};

/// Positions on the circle, from 0.
const POSITIONS: i64 = 100;

/// Where a text stands on the circle: its MD5 as a number, modulo the number of positions.
pub fn ring_position(text: &str) -> Int {
    let rest = u128::from_be_bytes(Md5::digest(text).into()) % u128::from(POSITIONS.unsigned_abs());
    Int(i64::try_from(rest).unwrap_or_default())
}

/// Where a node's replicas stand, in order: those of `id_0`, `id_1` and so on, of which several may fall together.
pub fn virtual_positions(node_id: &str, num_replicas: Int) -> Py<List<Int>> {
    let replicas = usize::try_from(num_replicas.0.max(0)).unwrap_or(usize::MAX);
    if replicas > MAX_ITEMS {
        return Err(Raise::too_many(format!("{replicas} replicas; at the most {MAX_ITEMS} are allowed")));
    }
    Ok((0..replicas).map(|i| ring_position(&format!("{node_id}_{i}"))).collect())
}

/// The nodes on a circle, and which of them owns which position.
#[derive(Clone, Default)]
pub struct Ring {
    /// The nodes that stand at each position.
    standing: Groups,
    /// The owner of each position: the ring is asked far more often than it changes.
    owners: Rc<Vec<Option<Str>>>,
}

impl Ring {
    /// Puts a node at some positions, and gives the positions that have another owner now.
    pub fn join(&mut self, node: &Str, positions: impl IntoIterator<Item = Int>) -> Vec<Int> {
        for position in positions {
            self.standing.join(&position, node);
        }
        self.settle()
    }

    /// Takes a node away from its positions, and gives the positions that have another owner now.
    pub fn leave(&mut self, node: &Str, positions: impl IntoIterator<Item = Int>) -> Vec<Int> {
        for position in positions {
            self.standing.leave(&position, node);
        }
        self.settle()
    }

    /// The first node at a position or clockwise from it; `None` on an empty ring.
    pub fn owner(&self, position: Int) -> Option<Str> {
        self.owners.get(usize::try_from(position.0).ok()?)?.clone()
    }

    fn settle(&mut self) -> Vec<Int> {
        // Of several nodes at one position the smallest id comes first, so it is the one that owns.
        let mut owners: Vec<Option<Str>> = (0..POSITIONS).map(|at| self.standing.ids(&Int(at)).next()).collect();
        // Beyond the last node the circle begins again.
        let mut clockwise = owners.iter().flatten().next().cloned();
        for owner in owners.iter_mut().rev() {
            match owner {
                Some(node) => clockwise = Some(node.clone()),
                None => owner.clone_from(&clockwise),
            }
        }
        let moved = (0..POSITIONS).zip(&owners).filter(|(at, owner)| self.owner(Int(*at)) != **owner);
        let moved = moved.map(|(at, _)| Int(at)).collect();
        self.owners = Rc::new(owners);
        moved
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn positions_are_those_of_the_digest_as_a_big_endian_number() {
        for (text, position) in
            [("node_a", 45), ("node_b", 41), ("key1", 17), ("key2", 6), ("key3", 36), ("srv_c_1", 83)]
        {
            assert_eq!(ring_position(text), Int(position), "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_owner_is_the_first_of_the_sorted_points_that_is_not_before(
            edits in prop::collection::vec((any::<bool>(), 0..5_u8, prop::collection::vec(0..POSITIONS, 0..4)), 0..20)
        ) {
            let mut points = BTreeSet::new();
            let mut ring = Ring::default();
            for (joins, node, at) in edits {
                let before = ring.clone();
                let node = Str::from(node.to_string());
                let positions = at.iter().copied().map(Int);
                let moved = if joins {
                    points.extend(at.iter().map(|at| (*at, node.clone())));
                    ring.join(&node, positions)
                } else {
                    points.retain(|(at_point, name)| !(at.contains(at_point) && *name == node));
                    ring.leave(&node, positions)
                };
                for at in 0..POSITIONS {
                    let first = points.iter().find(|(point, _)| *point >= at).or_else(|| points.first());
                    prop_assert_eq!(ring.owner(Int(at)), first.map(|(_, node)| node.clone()));
                    prop_assert_eq!(moved.contains(&Int(at)), before.owner(Int(at)) != ring.owner(Int(at)));
                }
            }
        }
    }
}
