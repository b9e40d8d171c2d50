//! A Python list of records that each have an id, kept as a dict: finding one looks at no others.

use std::ops::{Deref, DerefMut};
use std::rc::Rc;

use super::{Listed, Lists};
use crate::value::{Change, Path, Piece, State, Str, Value};

/// A dict of records in the order of the list, seen as the list. An insert appends, a removal closes the gap.
pub struct RecordList<V, L>(Listed<Str, V, L>);

impl<V, L> Deref for RecordList<V, L> {
    type Target = Listed<Str, V, L>;

    fn deref(&self) -> &Listed<Str, V, L> {
        &self.0
    }
}

impl<V, L> DerefMut for RecordList<V, L> {
    fn deref_mut(&mut self) -> &mut Listed<Str, V, L> {
        &mut self.0
    }
}

impl<V, L: Clone> Clone for RecordList<V, L> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<V, L: Default> Default for RecordList<V, L> {
    fn default() -> Self {
        Self(Listed::default())
    }
}

impl<V: State + Clone, L: Lists<Str, V>> State for RecordList<V, L> {
    fn view(&self) -> Value {
        Value::List(self.values().map(State::view).collect())
    }

    fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
        let in_place =
            |before: &Self| before.len() <= self.len() && before.keys().zip(self.keys()).all(|(a, b)| a == b);
        let Some(before) = before.downcast_ref::<Self>().filter(|before| in_place(before)) else {
            // Records have moved to other positions: one change of the whole says that better than one for each.
            out.push(Change::changed(path, before.view(), self.view()));
            return;
        };
        let mut earlier = before.values();
        for (at, record) in self.values().enumerate() {
            path.within(Piece::Index(at), |path| match earlier.next() {
                Some(earlier) => record.diff(earlier, path, out),
                None => out.push(Change::added(path, record.view())),
            });
        }
    }

    fn clone_rc(&self) -> Rc<dyn State> {
        Rc::new(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Int;

    #[derive(Clone, Default)]
    struct Unlisted;

    impl Lists<Str, Int> for Unlisted {
        fn enter(&mut self, _id: &Str, _record: &Int) {}

        fn leave(&mut self, _id: &Str, _record: &Int) {}
    }

    #[test]
    fn what_stays_in_its_place_changes_there_and_what_moves_changes_the_whole() {
        let mut list = RecordList::<Int, Unlisted>::default();
        let mut changed = |edit: &dyn Fn(&mut RecordList<Int, Unlisted>)| {
            let before = list.clone();
            edit(&mut list);
            let mut changes = Vec::new();
            list.diff(&before, &mut Path::default(), &mut changes);
            changes.into_iter().map(|change| change.path.0).collect::<Vec<_>>()
        };
        assert_eq!(changed(&|list| list.insert("a".into(), Int(1))), [[Piece::Index(0)]]);
        assert_eq!(changed(&|list| list.insert("b".into(), Int(2))), [[Piece::Index(1)]]);
        let play_b = |list: &mut RecordList<Int, Unlisted>| {
            list.change(&"b".into(), |n| *n += 1);
        };
        assert_eq!(changed(&play_b), [[Piece::Index(1)]]);
        assert_eq!(changed(&|_| {}), Vec::<Vec<Piece>>::new());
        let remove_a = |list: &mut RecordList<Int, Unlisted>| {
            list.remove(&"a".into());
        };
        assert_eq!(changed(&remove_a), [vec![]]);
        assert_eq!(list.view(), Value::List(vec![Value::Int(Int(3))]));
    }
}
