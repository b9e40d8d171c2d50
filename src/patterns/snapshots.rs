//! L4 backups that carry their own timestamp, found by time or by number.

use std::rc::Rc;

use crate::value::{Change, Int, List, Path, State, Value};

/// Something that was taken at a time.
pub trait Dated: State {
    /// When it was taken.
    fn timestamp(&self) -> Int;
}

/// Snapshots in the order in which they were taken; none is ever dropped.
///
/// [`Backups`](super::Backups) is seen as a list of `(timestamp, snapshot)`, this as a list of the snapshots themselves.
pub struct Snapshots<S> {
    taken: List<Taken<S>>,
    /// Whether no snapshot is older than the one before it: only then can a moment be found by halving.
    ascending: bool,
}

struct Taken<S>(Rc<S>);

impl<S: Dated> Snapshots<S> {
    /// Keeps a snapshot.
    pub fn keep(&mut self, snapshot: S) {
        self.ascending &= self.taken.last().is_none_or(|newest| newest.0.timestamp() <= snapshot.timestamp());
        self.taken.push(Taken(Rc::new(snapshot)));
    }

    /// How many there are.
    pub fn count(&self) -> Int {
        Int::count(self.taken.len())
    }

    /// The snapshot with a number, the first being 0; a negative number is none.
    pub fn numbered(&self, number: Int) -> Option<Rc<S>> {
        let at = usize::try_from(number.0).ok()?;
        self.taken.get(at).map(|taken| Rc::clone(&taken.0))
    }

    /// The first snapshot that was taken at exactly this time.
    pub fn first_at(&self, timestamp: Int) -> Option<Rc<S>> {
        let first = if self.ascending {
            self.taken.get(self.taken.partition_point(|taken| taken.0.timestamp() < timestamp))
        } else {
            self.taken.iter().find(|taken| taken.0.timestamp() == timestamp)
        };
        first.filter(|taken| taken.0.timestamp() == timestamp).map(|taken| Rc::clone(&taken.0))
    }

    /// The last snapshot in the order of taking with `ts <= target`.
    pub fn last_taken(&self, target: Int) -> Option<Rc<S>> {
        let last = if self.ascending {
            let after = self.taken.partition_point(|taken| taken.0.timestamp() <= target);
            self.taken.get(after.checked_sub(1)?)
        } else {
            self.taken.iter().rev().find(|taken| taken.0.timestamp() <= target)
        };
        last.map(|taken| Rc::clone(&taken.0))
    }
}

impl<S> Clone for Taken<S> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<S> Clone for Snapshots<S> {
    fn clone(&self) -> Self {
        Self { taken: self.taken.clone(), ascending: self.ascending }
    }
}

impl<S> Default for Snapshots<S> {
    fn default() -> Self {
        Self { taken: List::default(), ascending: true }
    }
}

impl<S: State> State for Taken<S> {
    fn view(&self) -> Value {
        self.0.view()
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

impl<S: State> State for Snapshots<S> {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A snapshot is told from others of its time by its number.
    type Numbered = (Int, Int);

    impl Dated for Numbered {
        fn timestamp(&self) -> Int {
            self.0
        }
    }

    proptest! {
        #[test]
        fn halving_finds_what_a_scan_finds(
            times in prop::collection::vec(0..12_i64, 0..40), sorted in any::<bool>(), at in -1..13_i64
        ) {
            let mut times = times;
            if sorted {
                times.sort_unstable();
            }
            let all: Vec<Numbered> = times.into_iter().zip(0..).map(|(ts, number)| (Int(ts), Int(number))).collect();
            let mut snapshots = Snapshots::default();
            for snapshot in &all {
                snapshots.keep(*snapshot);
            }
            let exact = all.iter().find(|(ts, _)| *ts == at).copied();
            let latest = all.iter().rev().find(|(ts, _)| *ts <= at).copied();
            prop_assert_eq!(snapshots.first_at(Int(at)).map(|s| *s), exact);
            prop_assert_eq!(snapshots.last_taken(Int(at)).map(|s| *s), latest);
            let numbered = usize::try_from(at).ok().and_then(|number| all.get(number)).copied();
            prop_assert_eq!(snapshots.numbered(Int(at)).map(|s| *s), numbered);
        }
    }
}
