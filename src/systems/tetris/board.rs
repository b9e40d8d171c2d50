//! The board: a list of rows as Python indexes it, and which of them are full.

use std::rc::Rc;

use crate::prelude::*;
use crate::value::{Change, Path, State};

const EMPTY: Int = Int(0);
const FILLED: Int = Int(1);

/// Rows of cells, the top one first.
#[derive(Clone, Default)]
pub struct Board {
    rows: List<Row>,
    cols: usize,
    full_rows: usize,
}

#[derive(Clone, Default)]
struct Row {
    cells: List<Int>,
    filled: usize,
}

impl Row {
    fn empty(cols: usize) -> Self {
        Self { cells: (0..cols).map(|_| EMPTY).collect(), filled: 0 }
    }
}

/// The position that Python means by an index: a negative one counts from the end.
fn position(len: usize, index: Int) -> Option<usize> {
    let at = if index < 0 { Int::count(len) + index } else { index };
    usize::try_from(at.0).ok().filter(|at| *at < len)
}

impl Board {
    /// An empty board; less than no rows or columns are none.
    pub fn new(rows: Int, cols: Int) -> Self {
        let [rows, cols] = [rows, cols].map(|n| usize::try_from(n.0).unwrap_or_default());
        Self { rows: (0..rows).map(|_| Row::empty(cols)).collect(), cols, full_rows: 0 }
    }

    /// Whether a cell is on the board and empty.
    pub fn is_free(&self, row: Int, col: Int) -> bool {
        row >= 0 && col >= 0 && self.is_filled(row, col).is_ok_and(|filled| !filled)
    }

    /// `board[row][col] == 1`.
    pub fn is_filled(&self, row: Int, col: Int) -> Py<bool> {
        let outside = || Raise::index_error("list index out of range");
        let row = position(self.rows.len(), row).and_then(|at| self.rows.get(at)).ok_or_else(outside)?;
        let cell = position(row.cells.len(), col).and_then(|at| row.cells.get(at)).ok_or_else(outside)?;
        Ok(*cell == FILLED)
    }

    /// `board[row][col] = 1`, or 0.
    pub fn fill(&mut self, row: Int, col: Int, filled: bool) -> Py<()> {
        let at = position(self.rows.len(), row);
        let row =
            at.and_then(|at| self.rows.get_mut(at)).ok_or_else(|| Raise::index_error("list index out of range"))?;
        let at = position(row.cells.len(), col);
        let cell = at.and_then(|at| row.cells.get_mut(at));
        let cell = cell.ok_or_else(|| Raise::index_error("list assignment index out of range"))?;
        let was_full = row.filled == self.cols;
        match (*cell == FILLED, filled) {
            (false, true) => row.filled += 1,
            (true, false) => row.filled -= 1,
            _ => {}
        }
        *cell = if filled { FILLED } else { EMPTY };
        let is_full = row.filled == self.cols;
        self.full_rows = self.full_rows + usize::from(is_full) - usize::from(was_full);
        Ok(())
    }

    /// Takes out the full rows from the bottom up and puts as many empty ones on top. Gives where each was when it was
    /// found: those above it have come down by one.
    pub fn clear_full_rows(&mut self) -> Py<Vec<usize>> {
        if self.cols == 0 && !self.rows.is_empty() {
            return Err(Raise::too_many("A row without columns is always full, so that clearing never ends"));
        }
        let mut cleared = Vec::with_capacity(self.full_rows);
        let mut at = self.rows.len();
        while self.full_rows > 0 && at > 0 {
            if self.rows.get(at - 1).is_some_and(|row| row.filled == self.cols) {
                self.rows.remove(at - 1);
                self.rows.insert(0, Row::empty(self.cols));
                self.full_rows -= 1;
                cleared.push(at - 1);
            } else {
                at -= 1;
            }
        }
        Ok(cleared)
    }
}

impl State for Row {
    fn view(&self) -> Value {
        self.cells.view()
    }

    fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
        match before.downcast_ref::<Self>() {
            Some(before) => self.cells.diff(&before.cells, path, out),
            None => out.push(Change::changed(path, before.view(), self.view())),
        }
    }

    fn clone_rc(&self) -> Rc<dyn State> {
        Rc::new(self.clone())
    }
}

impl State for Board {
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

impl IntoValue for Board {
    fn py_type() -> String {
        "list[list[int]]".to_owned()
    }

    fn into_value(self) -> Value {
        self.view()
    }
}
