//! L4 backup and restore: a list of `(timestamp, snapshot)`.

use std::rc::Rc;

use crate::value::{Change, Int, List, Path, State, Value};

/// Snapshots in the order in which they were taken; none is ever dropped. A snapshot shares what it holds with the state
/// it was taken of, so that taking one copies nothing.
#[derive(Clone)]
pub struct Backups<S> {
    taken: List<Taken<S>>,
    /// Whether no snapshot is older than the one before it: only then can a moment be found by halving.
    ascending: bool,
}

struct Taken<S>(Rc<(Int, S)>);

impl<S> Clone for Taken<S> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<S> Default for Backups<S> {
    fn default() -> Self {
        Self { taken: List::default(), ascending: true }
    }
}

impl<S: State> Backups<S> {
    /// Keeps a snapshot.
    pub fn keep(&mut self, timestamp: Int, snapshot: S) {
        self.ascending &= self.taken.last().is_none_or(|newest| newest.0.0 <= timestamp);
        self.taken.push(Taken(Rc::new((timestamp, snapshot))));
    }

    /// The snapshot with a number, the first being 0; a negative number is none.
    pub fn numbered(&self, number: Int) -> Option<Rc<(Int, S)>> {
        let at = usize::try_from(number.0).ok()?;
        self.taken.get(at).map(|t| Rc::clone(&t.0))
    }

    /// The last snapshot in the order of taking with `ts <= target`.
    pub fn last_taken(&self, target: Int) -> Option<Rc<(Int, S)>> {
        if self.ascending {
            let after = self.taken.partition_point(|t| t.0.0 <= target);
            return self.taken.get(after.checked_sub(1)?).map(|t| Rc::clone(&t.0));
        }
        self.taken.iter().rev().find(|t| t.0.0 <= target).map(|t| Rc::clone(&t.0))
    }

    /// The snapshot with the greatest `ts <= target`; of several at one time the one that was taken first.
    pub fn first_of_latest(&self, target: Int) -> Option<Rc<(Int, S)>> {
        if self.ascending {
            let latest = self.last_taken(target)?.0;
            let first = self.taken.partition_point(|t| t.0.0 < latest);
            return self.taken.get(first).map(|t| Rc::clone(&t.0));
        }
        // `max_by_key` would give the last of equals.
        self.taken.iter().rev().filter(|t| t.0.0 <= target).max_by_key(|t| t.0.0).map(|t| Rc::clone(&t.0))
    }
}

impl<S: State> State for Taken<S> {
    fn view(&self) -> Value {
        Value::Tuple(vec![Value::Int(self.0.0), self.0.1.view()])
    }

    fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
        // A snapshot never changes; at its place in the list stands the same one or another.
        if !before.downcast_ref::<Self>().is_some_and(|before| Rc::ptr_eq(&self.0, &before.0)) {
            out.push(Change::changed(path, before.view(), self.view()));
        }
    }

    fn clone_rc(&self) -> Rc<dyn State> {
        Rc::new(self.clone())
    }
}

impl<S: State> State for Backups<S>
where
    Self: Clone,
{
    fn view(&self) -> Value {
        self.taken.view()
    }

    fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
        match before.downcast_ref::<Self>() {
            Some(before) => self.taken.diff(&before.taken, path, out),
            None => out.push(Change::changed(path, before.view(), self.view())),
        }
    }

    fn clone_rc(&self) -> Rc<dyn State> {
        Rc::new(self.clone())
    }
}
