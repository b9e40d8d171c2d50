//! Keys in the order of a number that also know their place: what an [`Order`](super::Order) cannot tell without counting.

use std::cmp::Ordering;
use std::marker::PhantomData;
use std::rc::Rc;

use crate::value::{DictKey, Int, Key};

/// Ids in ascending order of a number and then of the id. A place, or a range of numbers, is found without a scan.
pub struct Places<K> {
    root: Tree,
    ids: PhantomData<fn() -> K>,
}

impl<K: DictKey> Places<K> {
    /// Enters an id.
    pub fn enter(&mut self, id: &K, number: Int) {
        self.root = Some(with(&self.root, &(number, id.to_key())));
    }

    /// Takes out an id that stands at `number`.
    pub fn leave(&mut self, id: &K, number: Int) {
        self.root = without(&self.root, &(number, id.to_key()));
    }

    /// How many stand before an id at `number`.
    pub fn place(&self, id: &K, number: Int) -> usize {
        before(&self.root, &(number, id.to_key()))
    }

    /// The id that so many stand before.
    pub fn at(&self, place: usize) -> Option<K> {
        let (mut below, mut ahead) = (&self.root, place);
        while let Some(node) = below {
            let before = size(&node.left);
            below = match ahead.cmp(&before) {
                Ordering::Less => &node.left,
                Ordering::Equal => return K::from_key(&node.entry.1),
                Ordering::Greater => {
                    ahead -= before + 1;
                    &node.right
                }
            };
        }
        None
    }

    /// The ids from one number to another, both included, in order; touches no others.
    pub fn between(&self, low: Int, high: Int) -> impl Iterator<Item = (K, Int)> {
        let mut ahead = Vec::new();
        let mut below = &self.root;
        while let Some(node) = below {
            below = if node.entry.0 >= low {
                ahead.push(&**node);
                &node.left
            } else {
                &node.right
            };
        }
        Ascending { ahead }
            .take_while(move |(number, _)| *number <= high)
            .filter_map(|(number, key)| Some((K::from_key(key)?, *number)))
    }

    /// The ids up to a number, in order.
    pub fn up_to(&self, high: Int) -> impl Iterator<Item = (K, Int)> {
        self.between(Int(i64::MIN), high)
    }

    /// All ids in order.
    pub fn iter(&self) -> impl Iterator<Item = (K, Int)> {
        self.up_to(Int(i64::MAX))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        size(&self.root)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.root.is_none()
    }
}

impl<K> Clone for Places<K> {
    fn clone(&self) -> Self {
        Self { root: self.root.clone(), ids: PhantomData }
    }
}

impl<K> Default for Places<K> {
    fn default() -> Self {
        Self { root: None, ids: PhantomData }
    }
}

/// A weight-balanced tree. A version shares with the one before it all but the path to what was written.
type Tree = Option<Rc<Node>>;

type Entry = (Int, Key);

struct Node {
    entry: Entry,
    /// How many nodes it has, itself included.
    size: usize,
    left: Tree,
    right: Tree,
}

/// One side may weigh so many times the other, and the inner half of a heavy side so many times its outer half: the one
/// pair of whole numbers for which rotations always restore the balance (Hirai and Yamamoto, 2011).
const HEAVY: usize = 3;
const INNER: usize = 2;

fn size(tree: &Tree) -> usize {
    tree.as_ref().map_or(0, |node| node.size)
}

fn weight(tree: &Tree) -> usize {
    size(tree) + 1
}

fn node(entry: Entry, left: Tree, right: Tree) -> Rc<Node> {
    let size = size(&left) + size(&right) + 1;
    Rc::new(Node { entry, size, left, right })
}

/// A node of two trees of which one may have become too heavy by one entry.
fn balanced(entry: Entry, left: Tree, right: Tree) -> Rc<Node> {
    match (&left, &right) {
        (_, Some(heavy)) if weight(&right) > HEAVY * weight(&left) => match &heavy.left {
            Some(inner) if weight(&heavy.left) >= INNER * weight(&heavy.right) => {
                let outer = node(heavy.entry.clone(), inner.right.clone(), heavy.right.clone());
                node(inner.entry.clone(), Some(node(entry, left, inner.left.clone())), Some(outer))
            }
            inner => node(heavy.entry.clone(), Some(node(entry, left, inner.clone())), heavy.right.clone()),
        },
        (Some(heavy), _) if weight(&left) > HEAVY * weight(&right) => match &heavy.right {
            Some(inner) if weight(&heavy.right) >= INNER * weight(&heavy.left) => {
                let outer = node(heavy.entry.clone(), heavy.left.clone(), inner.left.clone());
                node(inner.entry.clone(), Some(outer), Some(node(entry, inner.right.clone(), right)))
            }
            inner => node(heavy.entry.clone(), heavy.left.clone(), Some(node(entry, inner.clone(), right))),
        },
        _ => node(entry, left, right),
    }
}

fn with(tree: &Tree, entry: &Entry) -> Rc<Node> {
    let Some(at) = tree else { return node(entry.clone(), None, None) };
    match entry.cmp(&at.entry) {
        Ordering::Less => balanced(at.entry.clone(), Some(with(&at.left, entry)), at.right.clone()),
        Ordering::Greater => balanced(at.entry.clone(), at.left.clone(), Some(with(&at.right, entry))),
        Ordering::Equal => Rc::clone(at),
    }
}

fn without(tree: &Tree, entry: &Entry) -> Tree {
    let at = tree.as_ref()?;
    match entry.cmp(&at.entry) {
        Ordering::Less => Some(balanced(at.entry.clone(), without(&at.left, entry), at.right.clone())),
        Ordering::Greater => Some(balanced(at.entry.clone(), at.left.clone(), without(&at.right, entry))),
        Ordering::Equal => match first(&at.right) {
            Some(next) => Some(balanced(next.clone(), at.left.clone(), without(&at.right, next))),
            None => at.left.clone(),
        },
    }
}

fn first(tree: &Tree) -> Option<&Entry> {
    let mut at = tree.as_ref()?;
    while let Some(left) = &at.left {
        at = left;
    }
    Some(&at.entry)
}

fn before(tree: &Tree, entry: &Entry) -> usize {
    let mut count = 0;
    let mut below = tree;
    while let Some(at) = below {
        below = if at.entry < *entry {
            count += size(&at.left) + 1;
            &at.right
        } else {
            &at.left
        };
    }
    count
}

/// The nodes that are still to come: each with the right half below it.
struct Ascending<'a> {
    ahead: Vec<&'a Node>,
}

impl<'a> Iterator for Ascending<'a> {
    type Item = &'a Entry;

    fn next(&mut self) -> Option<&'a Entry> {
        let next = self.ahead.pop()?;
        let mut below = &next.right;
        while let Some(node) = below {
            self.ahead.push(node);
            below = &node.left;
        }
        Some(&next.entry)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn is_balanced(tree: &Tree) -> bool {
        tree.as_ref().is_none_or(|node| {
            let (left, right) = (weight(&node.left), weight(&node.right));
            left <= HEAVY * right && right <= HEAVY * left && is_balanced(&node.left) && is_balanced(&node.right)
        })
    }

    proptest! {
        #[test]
        fn places_and_ranges_are_those_of_a_sorted_list(
            edits in prop::collection::vec((any::<bool>(), 0..12_i64, 0..20_i64), 1..200), low in 0..12_i64, high in 0..12_i64
        ) {
            let mut places = Places::default();
            let mut model = BTreeSet::new();
            for (enters, number, id) in edits {
                let earlier = (places.clone(), model.clone());
                if enters {
                    places.enter(&Int(id), Int(number));
                    model.insert((number, id));
                } else {
                    places.leave(&Int(id), Int(number));
                    model.remove(&(number, id));
                }
                prop_assert!(is_balanced(&places.root));
                prop_assert_eq!(places.len(), model.len());
                prop_assert_eq!(places.place(&Int(id), Int(number)), model.range(..(number, id)).count());
                let all: Vec<_> = places.iter().map(|(id, number)| (number.0, id.0)).collect();
                prop_assert_eq!(&all, &model.iter().copied().collect::<Vec<_>>());
                let at: Vec<_> = (0..=all.len()).filter_map(|place| places.at(place)).map(|id| id.0).collect();
                prop_assert_eq!(at, all.iter().map(|(_, id)| *id).collect::<Vec<_>>());
                let range: Vec<_> = places.between(Int(low), Int(high)).map(|(id, number)| (number.0, id.0)).collect();
                prop_assert_eq!(range, model.iter().copied().filter(|(n, _)| (low..=high).contains(n)).collect::<Vec<_>>());
                prop_assert_eq!(earlier.0.len(), earlier.1.len(), "a version never changes");
            }
        }
    }
}
