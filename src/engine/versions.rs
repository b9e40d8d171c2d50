//! The versions of a state around one instant of a run.

use super::host::Host;

/// At the most so many versions are kept.
const CAP: usize = 4096;

/// Consecutive versions of a state, of which each stands from some number of events on.
pub struct Versions {
    /// The number of events whose version is wanted, and those near it.
    around: usize,
    kept: Vec<Version>,
    /// From this number of events on there are versions that are not kept.
    end: Option<usize>,
}

struct Version {
    /// How many events were stored when it came to be.
    from: usize,
    state: Box<dyn Host>,
}

impl Versions {
    /// Will keep the versions near so many events; `before` is the first of all.
    pub fn around(around: usize, before: &dyn Host) -> Self {
        Self { around, kept: vec![Version { from: 0, state: before.fork() }], end: None }
    }

    /// Keeps the state that stands from so many events on, if it is near.
    pub fn note(&mut self, from: usize, state: &dyn Host) {
        if self.end.is_some() {
            return;
        }
        // Of several versions between two events only the last one is ever seen.
        if let Some(last) = self.kept.last_mut().filter(|last| last.from == from) {
            last.state = state.fork();
            return;
        }
        if self.kept.len() >= CAP {
            if self.kept.get(CAP / 2).is_some_and(|middle| middle.from > self.around) {
                self.end = Some(from);
                return;
            }
            self.kept.drain(..CAP / 2);
        }
        self.kept.push(Version { from, state: state.fork() });
    }

    /// The state after so many events; none if it is not kept.
    pub fn at(&self, events: usize) -> Option<&dyn Host> {
        if self.end.is_some_and(|end| events >= end) {
            return None;
        }
        let later = self.kept.partition_point(|version| version.from <= events);
        self.kept.get(later.checked_sub(1)?).map(|version| &*version.state)
    }
}
