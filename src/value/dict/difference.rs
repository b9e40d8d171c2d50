//! What differs between two versions of a dict, its order included.
//!
//! What was removed goes first; then comes the rest, in order. A key that stands elsewhere than it stood is removed and
//! added, and what is added anywhere but at the end says where.

use imbl::ordmap::DiffItem;

use super::{RawDict, Slot};
use crate::value::{Change, Key, Path, stable_sort_by_key};

/// A key under which something differs, as it was and as it is.
struct Differing<'a> {
    key: &'a Key,
    old: Option<&'a Slot>,
    new: Option<&'a Slot>,
}

/// Adds to `out` what leads from the version before to the one after.
pub(super) fn diff(after: &RawDict, before: &RawDict, path: &mut Path, out: &mut Vec<Change>) {
    let mut differing: Vec<Differing<'_>> = before
        .by_key
        .diff(&after.by_key)
        .map(|item| match item {
            DiffItem::Add(key, slot) => Differing { key, old: None, new: Some(slot) },
            DiffItem::Remove(key, slot) => Differing { key, old: Some(slot), new: None },
            DiffItem::Update { old, new } => Differing { key: new.0, old: Some(old.1), new: Some(new.1) },
        })
        .collect();
    let in_order = |differing: &mut Vec<Differing<'_>>| {
        stable_sort_by_key(differing, |differs| {
            let place = differs.new.or(differs.old).map(|slot| slot.place);
            (differs.new.is_some(), place)
        });
    };
    in_order(&mut differing);
    if differing
        .iter()
        .any(|differs| matches!((differs.old, differs.new), (Some(old), Some(new)) if old.place != new.place))
    {
        split_moved(after, before, &mut differing);
        in_order(&mut differing);
    }
    let mut inside = inside(after, &differing).into_iter().peekable();
    for Differing { key, old, new } in differing {
        path.within(key.to_piece(), |path| match (old, new) {
            (Some(old), Some(new)) => new.value.diff(&*old.value, path, out),
            (None, Some(new)) => {
                let position = inside.next_if(|(place, _)| *place == new.place).map(|(_, position)| position);
                out.push(Change { position, ..Change::added(path, new.value.view()) });
            }
            (Some(old), None) => out.push(Change::removed(path, old.value.view())),
            (None, None) => {}
        });
    }
}

/// Tells keys that no longer stand as they stood to each other, as few as possible, as removed and added.
fn split_moved<'a>(after: &'a RawDict, before: &'a RawDict, differing: &mut Vec<Differing<'a>>) {
    // The place before of each key that is in both versions, in the order after: what does not differ has its place still.
    let mut stood = Vec::with_capacity(after.order.len());
    let mut ahead = (0..).zip(&*differing).filter(|(_, differs)| differs.new.is_some()).peekable();
    for (place, key) in &after.order {
        match ahead.next_if(|(_, differs)| differs.new.is_some_and(|slot| slot.place == *place)) {
            Some((at, differs)) => stood.extend(differs.old.map(|slot| (slot.place, key, Some(at)))),
            None => stood.push((*place, key, None)),
        }
    }
    let stays = longest_ascending(&stood.iter().map(|(place, ..)| *place).collect::<Vec<_>>());
    for ((_, key, at), _) in stood.into_iter().zip(stays).filter(|(_, stays)| !stays) {
        let old = before.by_key.get(key);
        match at.and_then(|at| differing.get_mut(at)) {
            Some(differs) => differs.old = None,
            None => differing.push(Differing { key, old: None, new: after.by_key.get(key) }),
        }
        differing.push(Differing { key, old, new: None });
    }
}

/// Which numbers make up a longest ascending part of a sequence, by patience sorting.
fn longest_ascending(numbers: &[u64]) -> Vec<bool> {
    let number = |at: usize| numbers.get(at).copied().unwrap_or_default();
    // For each length the part of that length that ends lowest, by its end; and what each number follows in its part.
    let (mut ends, mut follows): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), Vec::with_capacity(numbers.len()));
    for at in 0..numbers.len() {
        // In order already: nothing to search for.
        let ascends = ends.last().is_none_or(|end| number(*end) < number(at));
        let shorter = if ascends { ends.len() } else { ends.partition_point(|end| number(*end) < number(at)) };
        follows.push(shorter.checked_sub(1).and_then(|last| ends.get(last).copied()));
        match ends.get_mut(shorter) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut stays = vec![false; numbers.len()];
    let mut next = ends.last().copied();
    while let Some(at) = next {
        if let Some(stays) = stays.get_mut(at) {
            *stays = true;
        }
        next = follows.get(at).copied().flatten();
    }
    stays
}

/// The places of what was added before something that stayed, each with how many keys stand before it.
fn inside(after: &RawDict, differing: &[Differing<'_>]) -> Vec<(u64, usize)> {
    let added = differing.iter().filter(|differs| differs.old.is_none());
    let mut added: Vec<u64> = added.filter_map(|differs| Some(differs.new?.place)).collect();
    for place in after.order.keys().rev() {
        // Behind these there is nothing that stayed.
        if added.pop_if(|last| last == place).is_none() {
            break;
        }
    }
    let mut inside = Vec::with_capacity(added.len());
    let mut added = added.into_iter().peekable();
    for (position, place) in after.order.keys().enumerate() {
        if added.peek().is_none() {
            break;
        }
        inside.extend(added.next_if_eq(place).map(|place| (place, position)));
    }
    inside
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::value::{ChangeKind, Dict, Int, Piece, State, Str, Value};

    /// Entries in order, as a reader of changes has them.
    type Entries = Vec<(Str, Value)>;

    fn entries(dict: &Dict<Int, Int>) -> Entries {
        dict.iter().map(|(key, value)| (Value::Int(key).key_text(), Value::Int(*value))).collect()
    }

    fn changes(after: &Dict<Int, Int>, before: &Dict<Int, Int>) -> Vec<Change> {
        let mut out = Vec::new();
        after.diff(before, &mut Path::default(), &mut out);
        out
    }

    fn key(change: &Change) -> Str {
        match change.path.0.as_slice() {
            [Piece::Key(key)] => key.clone(),
            other => panic!("no path of an entry: {other:?}"),
        }
    }

    fn apply(mut entries: Entries, changes: &[Change]) -> Entries {
        for change in changes {
            let at = entries.iter().position(|(known, _)| *known == key(change));
            match (change.kind, at, change.after.clone()) {
                (ChangeKind::Removed, Some(at), None) => drop(entries.remove(at)),
                (ChangeKind::Changed, Some(at), Some(after)) => entries[at].1 = after,
                (ChangeKind::Added, None, Some(after)) => {
                    entries.insert(change.position.unwrap_or(entries.len()), (key(change), after));
                }
                _ => panic!("{change:?} does not fit"),
            }
        }
        entries
    }

    /// What to do, with which key and value, and from which earlier version.
    type Edit = (u8, i64, i64, prop::sample::Index);

    /// Versions of one dict, each made from an earlier one.
    fn versions(edits: Vec<Edit>) -> Vec<Dict<Int, Int>> {
        let mut versions: Vec<Dict<Int, Int>> = vec![Dict::new()];
        for (edit, key, value, from) in edits {
            let mut dict = match edit {
                0 => from.get(&versions).clone(),
                1 => from.get(&versions).iter().map(|(key, value)| (key, *value)).collect(),
                _ => versions[versions.len() - 1].clone(),
            };
            match edit {
                2 | 3 => drop(dict.remove(&Int(key))),
                4 => drop(dict.remove(&Int(key)).map(|same| dict.insert(Int(key), same))),
                _ => drop(dict.insert(Int(key), Int(value))),
            }
            versions.push(dict);
        }
        versions
    }

    proptest! {
        #[test]
        fn changes_lead_from_any_version_to_any_other_in_order(
            edits in prop::collection::vec((0..8_u8, 0..9_i64, 0..3_i64, any::<prop::sample::Index>()), 1..60),
            from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>()
        ) {
            let versions = versions(edits);
            let (before, after) = (from.get(&versions), to.get(&versions));
            let (old, new) = (entries(before), entries(after));
            let changes = changes(after, before);
            prop_assert_eq!(&apply(old.clone(), &changes), &new, "{:?} by {:?}", old, changes);

            // What is in both and stands as it stood is never told as removed and added.
            let common = |entries: &Entries, other: &Entries| -> Vec<Str> {
                let shared = entries.iter().filter(|(key, _)| other.iter().any(|(known, _)| known == key));
                shared.map(|(key, _)| key.clone()).collect()
            };
            if common(&old, &new) == common(&new, &old) {
                let values = |entries: &Entries, key: &Str| entries.iter().find(|(known, _)| known == key).cloned();
                let changed = common(&old, &new).iter().filter(|key| values(&old, key) != values(&new, key)).count();
                let both = common(&old, &new).len();
                prop_assert_eq!(changes.len(), changed + old.len() + new.len() - 2 * both);
            }
        }

        #[test]
        fn no_part_that_ascends_is_longer(numbers in prop::collection::vec(0..30_u64, 0..12)) {
            let stays = longest_ascending(&numbers);
            let part: Vec<u64> = numbers.iter().zip(&stays).filter(|(_, stays)| **stays).map(|(n, _)| *n).collect();
            prop_assert!(part.is_sorted_by(|a, b| a < b));
            let longest = (0..1_u32 << numbers.len())
                .map(|chosen| numbers.iter().enumerate().filter(move |(at, _)| chosen >> at & 1 == 1).map(|(_, n)| n))
                .filter(|part| part.clone().is_sorted_by(|a, b| a < b))
                .map(Iterator::count)
                .max();
            prop_assert_eq!(Some(part.len()), longest);
        }
    }

    #[test]
    fn a_key_that_was_taken_out_and_put_back_stands_at_the_end() {
        let before: Dict<Int, Int> = (0..5).map(|n| (Int(n), Int(n))).collect();
        let mut after = before.clone();
        let value = after.remove(&Int(1)).expect("a value");
        after.insert(Int(1), value);
        let told = |changes: Vec<Change>| -> Vec<(ChangeKind, Str, Option<usize>)> {
            changes.iter().map(|change| (change.kind, key(change), change.position)).collect()
        };
        let one = Str::from("1");
        let forth = [(ChangeKind::Removed, one.clone(), None), (ChangeKind::Added, one.clone(), None)];
        assert_eq!(told(changes(&after, &before)), forth);
        let back = [(ChangeKind::Removed, one.clone(), None), (ChangeKind::Added, one, Some(1))];
        assert_eq!(told(changes(&before, &after)), back);
    }
}
