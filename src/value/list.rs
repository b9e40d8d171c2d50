//! Python's `list`: persistent, made for appending.

use std::rc::Rc;

use super::{Change, Path, Piece, State, Value};

/// Items per chunk: an append to a shared list copies at most so many, and every so many appends the list of chunks.
const CHUNK: usize = 32;

/// A `list` whose versions share all chunks but those that were written.
///
/// Appending is cheap whatever the length; the difference of two versions looks at chunks they do not share. Removing or
/// replacing in the middle rewrites the chunks from there on.
pub struct List<T> {
    /// Full chunks.
    full: Rc<Vec<Rc<Vec<T>>>>,
    /// What follows them: less than a chunk.
    tail: Rc<Vec<T>>,
    /// How many items of the first chunk are gone: fewer than a chunk, and no more than there are.
    start: usize,
}

impl<T: Clone> List<T> {
    /// An empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// `len(self)`.
    pub fn len(&self) -> usize {
        self.full.len() * CHUNK + self.tail.len() - self.start
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// `self.append(item)`.
    pub fn push(&mut self, item: T) {
        let tail = Rc::make_mut(&mut self.tail);
        tail.push(item);
        if tail.len() == CHUNK {
            let chunk = std::mem::take(&mut self.tail);
            Rc::make_mut(&mut self.full).push(chunk);
        }
    }

    /// `self.pop()`.
    pub fn pop(&mut self) -> Option<T> {
        if self.is_empty() {
            return None;
        }
        if self.tail.is_empty() {
            self.tail = Rc::make_mut(&mut self.full).pop()?;
        }
        Rc::make_mut(&mut self.tail).pop()
    }

    /// The chunk at a position, the unfinished one after the full ones.
    fn chunk(&self, at: usize) -> Option<&Rc<Vec<T>>> {
        if at == self.full.len() { Some(&self.tail) } else { self.full.get(at) }
    }

    /// The item at a position from 0.
    pub fn get(&self, at: usize) -> Option<&T> {
        let at = at.checked_add(self.start)?;
        self.chunk(at / CHUNK)?.get(at % CHUNK)
    }

    /// The item at a position from 0, to be changed in place.
    pub fn get_mut(&mut self, at: usize) -> Option<&mut T> {
        let at = at.checked_add(self.start)?;
        let chunk = if at / CHUNK == self.full.len() {
            &mut self.tail
        } else {
            Rc::make_mut(&mut self.full).get_mut(at / CHUNK)?
        };
        Rc::make_mut(chunk).get_mut(at % CHUNK)
    }

    /// The newest item.
    pub fn last(&self) -> Option<&T> {
        self.get(self.len().checked_sub(1)?)
    }

    /// The items in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + Clone {
        (0..self.len()).filter_map(|at| self.get(at))
    }

    /// `self.insert(at, item)`; a position beyond the end appends.
    pub fn insert(&mut self, at: usize, item: T) {
        let rest = self.split_off(at);
        self.push(item);
        self.extend(rest);
    }

    /// `self.pop(at)`; `None` beyond the end.
    pub fn remove(&mut self, at: usize) -> Option<T> {
        let mut rest = self.split_off(at).into_iter();
        let item = rest.next();
        self.extend(rest);
        item
    }

    /// Drops what does not pass; leaves the list as it is when all do.
    pub fn retain(&mut self, mut keep: impl FnMut(&T) -> bool) {
        let first = self.iter().position(|item| !keep(item));
        if let Some(first) = first {
            let rest = self.split_off(first);
            self.extend(rest.into_iter().skip(1).filter(|item| keep(item)));
        }
    }

    /// The first position at which `passes` fails, in a list where those that pass come first.
    pub fn partition_point(&self, mut passes: impl FnMut(&T) -> bool) -> usize {
        let full = self.full.partition_point(|chunk| chunk.last().is_some_and(&mut passes));
        let first = if full == 0 { self.start } else { 0 };
        let within =
            self.chunk(full).and_then(|chunk| chunk.get(first..)).map_or(0, |items| items.partition_point(passes));
        full * CHUNK + first + within - self.start
    }

    /// `del self[:n]`: drops the first items, without touching the others.
    pub fn drop_front(&mut self, n: usize) {
        if n >= self.len() {
            *self = Self::default();
            return;
        }
        let start = self.start + n;
        if start >= CHUNK {
            Rc::make_mut(&mut self.full).drain(..start / CHUNK);
        }
        self.start = start % CHUNK;
    }

    /// Removes and gives the items from `at` on.
    fn split_off(&mut self, at: usize) -> Vec<T> {
        if at >= self.len() {
            return Vec::new();
        }
        let at = at + self.start;
        let kept = at / CHUNK;
        let rest = self.full.iter().chain([&self.tail]).skip(kept).flat_map(|chunk| chunk.iter());
        let rest = rest.skip(at % CHUNK).cloned().collect();
        if kept < self.full.len() {
            let full = Rc::make_mut(&mut self.full);
            self.tail = full.get(kept).cloned().unwrap_or_default();
            full.truncate(kept);
        }
        Rc::make_mut(&mut self.tail).truncate(at % CHUNK);
        rest
    }
}

impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        Self { full: Rc::clone(&self.full), tail: Rc::clone(&self.tail), start: self.start }
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self { full: Rc::default(), tail: Rc::default(), start: 0 }
    }
}

impl<T: Clone> Extend<T> for List<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        for item in items {
            self.push(item);
        }
    }
}

impl<T: Clone> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut list = Self::new();
        list.extend(items);
        list
    }
}

impl<T: State + Clone> State for List<T> {
    fn view(&self) -> Value {
        Value::List(self.iter().map(State::view).collect())
    }

    fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
        let Some(before) = before.downcast_ref::<Self>() else {
            out.push(Change::changed(path, before.view(), self.view()));
            return;
        };
        if self.start != before.start {
            // Every item has moved to another position.
            let (new, old): (Vec<&T>, Vec<&T>) = (self.iter().collect(), before.iter().collect());
            diff_items(0, &new, &old, path, out);
            return;
        }
        let start = self.start;
        let first = if Rc::ptr_eq(&self.full, &before.full) { self.full.len() } else { 0 };
        for at in first..=self.full.len().max(before.full.len()) {
            let (new, old) = (self.chunk(at), before.chunk(at));
            if let (Some(new), Some(old)) = (new, old)
                && Rc::ptr_eq(new, old)
            {
                continue;
            }
            let skipped = if at == 0 { start } else { 0 };
            let (new, old) = (live_items(new, skipped), live_items(old, skipped));
            diff_items(at * CHUNK + skipped - start, &new, &old, path, out);
        }
    }

    fn clone_rc(&self) -> Rc<dyn State> {
        Rc::new(self.clone())
    }
}

/// The items of a chunk that are not gone.
fn live_items<T>(chunk: Option<&Rc<Vec<T>>>, skipped: usize) -> Vec<&T> {
    chunk.into_iter().flat_map(|chunk| chunk.iter()).skip(skipped).collect()
}

fn diff_items<T: State>(base: usize, new: &[&T], old: &[&T], path: &mut Path, out: &mut Vec<Change>) {
    for at in 0..new.len().max(old.len()) {
        path.within(Piece::Index(base + at), |path| match (new.get(at), old.get(at)) {
            (Some(new), Some(old)) => new.diff(*old, path, out),
            (Some(new), None) => out.push(Change::added(path, new.view())),
            (None, Some(old)) => out.push(Change::removed(path, old.view())),
            (None, None) => {}
        });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::value::Int;

    #[derive(Clone, Debug)]
    enum Edit {
        Push(i64),
        Pop,
        Insert(usize, i64),
        Remove(usize),
        Retain(i64),
        DropFront(usize),
        Set(usize, i64),
    }

    fn edit() -> impl Strategy<Value = Edit> {
        prop_oneof![
            4 => any::<i64>().prop_map(Edit::Push),
            1 => Just(Edit::Pop),
            1 => (0..80_usize, any::<i64>()).prop_map(|(at, n)| Edit::Insert(at, n)),
            1 => (0..80_usize).prop_map(Edit::Remove),
            1 => (2..9_i64).prop_map(Edit::Retain),
            1 => (0..50_usize).prop_map(Edit::DropFront),
            1 => (0..80_usize, any::<i64>()).prop_map(|(at, n)| Edit::Set(at, n)),
        ]
    }

    proptest! {
        #[test]
        fn edits_agree_with_a_vec_and_diffs_lead_from_one_version_to_the_next(
            start in prop::collection::vec(any::<i64>(), 0..100), edits in prop::collection::vec(edit(), 0..20)
        ) {
            let mut model = start.clone();
            let mut list: List<Int> = start.into_iter().map(Int).collect();
            for edit in edits {
                let before = list.clone();
                let earlier = model.clone();
                match edit {
                    Edit::Push(n) => { list.push(Int(n)); model.push(n); }
                    Edit::Pop => prop_assert_eq!(list.pop(), model.pop().map(Int)),
                    Edit::Insert(at, n) => { list.insert(at, Int(n)); model.insert(at.min(model.len()), n); }
                    Edit::Remove(at) => {
                        let gone = (at < model.len()).then(|| model.remove(at));
                        prop_assert_eq!(list.remove(at), gone.map(Int));
                    }
                    Edit::Retain(k) => { list.retain(|n| n.0 % k != 0); model.retain(|n| n % k != 0); }
                    Edit::DropFront(n) => { list.drop_front(n); model.drain(..n.min(model.len())); }
                    Edit::Set(at, n) => {
                        if let Some(item) = list.get_mut(at) { *item = Int(n); }
                        if let Some(item) = model.get_mut(at) { *item = n; }
                    }
                }
                prop_assert_eq!(list.len(), model.len());
                prop_assert_eq!(list.last().map(|n| n.0), model.last().copied());
                prop_assert!((0..=model.len()).all(|at| list.get(at).map(|n| n.0) == model.get(at).copied()));
                let mut sorted = model.clone();
                sorted.sort_unstable();
                if sorted == model {
                    prop_assert_eq!(list.partition_point(|n| n.0 < 0), model.partition_point(|n| *n < 0));
                }
                prop_assert_eq!(list.iter().map(|n| n.0).collect::<Vec<_>>(), model.clone());
                prop_assert_eq!(before.iter().map(|n| n.0).collect::<Vec<_>>(), earlier.clone(), "a version never changes");
                let mut changes = Vec::new();
                list.diff(&before, &mut Path::default(), &mut changes);
                let differing = model.iter().zip(&earlier).filter(|(a, b)| a != b).count() + model.len().abs_diff(earlier.len());
                prop_assert_eq!(changes.len(), differing);
            }
        }
    }
}
