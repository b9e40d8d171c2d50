//! L3 inline TTL over a nested dict: dead cells are skipped where somebody looks, and stay where they are.

use std::rc::Rc;

use super::ttl::check_remaining;
use super::{Groups, Mortal, Places};
use crate::engine::note;
use crate::value::stable_sort_by;
use crate::value::{Change, Dict, Int, Path, State, Str, Value};

/// A row of cells.
pub type Row<V> = Dict<Str, V>;

/// Rows of cells, of which each may be dead at a time. It is kept in mind until when each row has a cell that is alive;
/// Python's class looks into all rows to find out.
pub struct LivingRows<V> {
    rows: Dict<Str, Row<V>>,
    /// The cells of each row, the one that lives longest first.
    lives: Groups,
    /// The rows in order of their longest life.
    ends: Places<Str>,
}

/// The last moment at which a cell is alive; there may be none.
fn last_moment(cell: &impl Mortal) -> Option<Int> {
    match cell.expiry() {
        None => Some(Int(i64::MAX)),
        Some(expiry) => expiry.0.checked_sub(1).map(Int),
    }
}

/// Alive strictly before its expiry: at that very moment it is dead.
fn is_alive(cell: &impl Mortal, timestamp: Int) -> bool {
    last_moment(cell).is_some_and(|last| timestamp <= last)
}

/// A cell among the lives of its row: by the complement, so that the longest life comes first.
fn life(last: Int, name: Str) -> (Int, Str) {
    (Int(!last.0), name)
}

impl<V: Mortal> LivingRows<V> {
    /// A row with all its cells, dead or alive.
    pub fn row(&self, id: &Str) -> Option<&Row<V>> {
        self.rows.get(id)
    }

    /// A cell, dead or alive.
    pub fn cell(&self, id: &Str, name: &Str) -> Option<&V> {
        self.rows.get(id)?.get(name)
    }

    /// Whether a cell is there and alive.
    pub fn is_alive(&self, id: &Str, name: &Str, timestamp: Int) -> bool {
        self.cell(id, name).is_some_and(|cell| is_alive(cell, timestamp))
    }

    /// Whether a row has a cell that is alive.
    pub fn has_alive(&self, id: &Str, timestamp: Int) -> bool {
        self.end(id).is_some_and(|last| timestamp <= last)
    }

    /// The cells of a row that are alive, by name.
    pub fn alive_cells(&self, id: &Str, timestamp: Int) -> impl Iterator<Item = (Str, &V)> {
        let cells = self.rows.get(id).into_iter().flat_map(Dict::sorted);
        cells.filter(move |(_, cell)| is_alive(*cell, timestamp))
    }

    /// The ids of the rows that have a cell alive, ascending.
    pub fn alive_rows(&self, timestamp: Int) -> Vec<Str> {
        let mut alive: Vec<Str> = self.ends.between(timestamp, Int(i64::MAX)).map(|(id, _)| id).collect();
        stable_sort_by(&mut alive, Ord::cmp);
        alive
    }

    /// How many rows have a cell alive.
    pub fn count_alive(&self, timestamp: Int) -> Int {
        Int::count(self.ends.len() - self.ends.place(&Str::default(), timestamp))
    }

    /// How many rows there are.
    pub fn count(&self) -> Int {
        self.rows.count()
    }

    /// `self.setdefault(id, {})[name] = cell`.
    pub fn put(&mut self, id: &Str, name: Str, cell: V) {
        self.list(id, &name, false);
        if let Some(row) = self.rows.entry(id, Row::new) {
            row.insert(name.clone(), cell);
        }
        self.list(id, &name, true);
    }

    /// Removes a cell, and with its last cell, dead or alive, the row.
    pub fn remove(&mut self, id: &Str, name: &Str, what: &'static str) {
        self.list(id, name, false);
        let Some(row) = self.rows.get_mut(id) else { return };
        row.remove(name);
        if row.is_empty() {
            self.rows.remove(id);
            note!(removed, what: what, id: id, why: "empty");
        }
    }

    /// What is alive at a moment.
    pub fn snapshot(&self, taken: Int) -> LivingSnapshot<V> {
        check_remaining(taken, self.rows.values().flat_map(Dict::values).map(Mortal::expiry));
        LivingSnapshot { taken, rows: self.rows.clone() }
    }

    /// Goes back to what was alive; what was left of each TTL runs on from `now`.
    pub fn go_back_to(&mut self, snapshot: &LivingSnapshot<V>, now: Int) {
        *self = Self::default();
        for (id, cells) in snapshot.rows() {
            let rebase = |cell: &V| cell.with_expiry(snapshot.remaining_ttl(cell).map(|remaining| now + remaining));
            let row: Row<V> = cells.map(|(name, cell)| (name, rebase(cell))).collect();
            for (name, cell) in row.iter() {
                if let Some(last) = last_moment(cell) {
                    self.lives.join(&id, &life(last, name));
                }
            }
            if let Some(end) = self.end(&id) {
                self.ends.enter(&id, end);
            }
            self.rows.insert(id, row);
        }
        note!(restored, from: snapshot.taken, now: now, kept: self.count());
    }

    /// The last moment at which a row has a cell alive.
    fn end(&self, id: &Str) -> Option<Int> {
        self.lives.ids(id).next().map(|(life, _): (Int, Str)| Int(!life.0))
    }

    /// Enters a cell into the lists as it is, or takes it out.
    fn list(&mut self, id: &Str, name: &Str, listed: bool) {
        let Some(last) = self.cell(id, name).and_then(last_moment) else { return };
        let before = self.end(id);
        let life = life(last, name.clone());
        if listed {
            self.lives.join(id, &life);
        } else {
            self.lives.leave(id, &life);
        }
        let after = self.end(id);
        if before != after {
            if let Some(end) = before {
                self.ends.leave(id, end);
            }
            if let Some(end) = after {
                self.ends.enter(id, end);
            }
        }
    }
}

impl<V> Clone for LivingRows<V> {
    fn clone(&self) -> Self {
        Self { rows: self.rows.clone(), lives: self.lives.clone(), ends: self.ends.clone() }
    }
}

impl<V> Default for LivingRows<V> {
    fn default() -> Self {
        Self { rows: Dict::default(), lives: Groups::default(), ends: Places::default() }
    }
}

impl<V: Mortal> State for LivingRows<V> {
    fn view(&self) -> Value {
        self.rows.view()
    }

    fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
        match before.downcast_ref::<Self>() {
            Some(before) => self.rows.diff(&before.rows, path, out),
            None => out.push(Change::changed(path, before.view(), self.view())),
        }
    }

    fn clone_rc(&self) -> Rc<dyn State> {
        Rc::new(self.clone())
    }
}

/// The rows at a moment, shared as they were. What Python's class copies, the cells that are alive with their remaining
/// TTL, is worked out when somebody looks.
pub struct LivingSnapshot<V> {
    taken: Int,
    rows: Dict<Str, Row<V>>,
}

impl<V: Mortal> LivingSnapshot<V> {
    /// The rows with their cells that are alive, but for rows that have none.
    fn rows(&self) -> impl Iterator<Item = (Str, impl Iterator<Item = (Str, &V)>)> {
        let rows = self.rows.iter();
        rows.map(|(id, row)| (id, row.iter().filter(|(_, cell)| is_alive(*cell, self.taken)).peekable()))
            .filter_map(|(id, mut cells)| cells.peek().is_some().then_some((id, cells)))
    }

    fn remaining_ttl(&self, cell: &V) -> Option<Int> {
        cell.expiry().map(|expiry| expiry - self.taken)
    }
}

impl<V> Clone for LivingSnapshot<V> {
    fn clone(&self) -> Self {
        Self { taken: self.taken, rows: self.rows.clone() }
    }
}

impl<V: Mortal> State for LivingSnapshot<V> {
    fn view(&self) -> Value {
        Value::record(self.rows().map(|(id, cells)| {
            (id, Value::record(cells.map(|(name, cell)| (name, cell.snapshot_view(self.remaining_ttl(cell))))))
        }))
    }

    fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
        out.push(Change::changed(path, before.view(), self.view()));
    }

    fn clone_rc(&self) -> Rc<dyn State> {
        Rc::new(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A cell that is nothing but its expiry.
    impl Mortal for Option<Int> {
        fn expiry(&self) -> Option<Int> {
            *self
        }

        fn with_expiry(&self, expiry: Option<Int>) -> Self {
            expiry
        }
    }

    proptest! {
        #[test]
        fn what_is_alive_is_what_a_scan_of_all_cells_finds(
            edits in prop::collection::vec((0..6_u8, 0..4_u8, 0..3_u8, prop::option::weighted(0.8, 0..9_i64)), 0..40),
            now in -1..10_i64
        ) {
            let mut rows = LivingRows::<Option<Int>>::default();
            let mut backup = rows.snapshot(Int(0));
            for (edit, id, name, expiry) in edits {
                let (id, name) = (Str::from(id.to_string()), Str::from(name.to_string()));
                match (edit, expiry) {
                    (0, _) => rows.remove(&id, &name, "row"),
                    (1, Some(taken)) => backup = rows.snapshot(Int(taken)),
                    (2, Some(at)) => rows.go_back_to(&backup, Int(at)),
                    _ => rows.put(&id, name, expiry.map(Int)),
                }
                let mut scanned: Vec<Str> = rows
                    .rows
                    .iter()
                    .filter(|(_, row)| row.values().any(|expiry| expiry.is_none_or(|expiry| now < expiry.0)))
                    .map(|(id, _)| id)
                    .collect();
                scanned.sort();
                prop_assert_eq!(rows.count_alive(Int(now)), Int::count(scanned.len()));
                prop_assert_eq!(rows.has_alive(&id, Int(now)), scanned.contains(&id));
                prop_assert_eq!(rows.alive_rows(Int(now)), scanned);
            }
        }
    }
}
