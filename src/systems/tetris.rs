//! Tetris: pieces on a board that is told about each of them, full rows that vanish, undo.

use self::board::Board;
use crate::engine::{FromValue, Mismatch};
use crate::prelude::*;
use crate::value::stable_sort_by_key;

mod board;

/// At the most so many rows, and so many columns.
const MAX_SIDE: i64 = 1000;
/// How long sending a piece to another board takes.
const SYNC_MS: f64 = 10.0;

/// A board, and the records of the pieces on it. Nothing keeps the two together but the methods.
#[derive(Clone, State)]
pub struct Tetris {
    rows: Int,
    cols: Int,
    board: Board,
    pieces: Dict<Str, Piece>,
    piece_counter: Int,
    score: Int,
    history: List<Str>,
}

/// The cells of a piece, as distances from its anchor.
type Shape = List<(Int, Int)>;

#[derive(Clone, State)]
struct Piece {
    shape: Shape,
    row: Int,
    col: Int,
}

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "type")]
pub enum BatchOp {
    /// Places a new piece.
    Place { shape: Vec<(Int, Int)>, row: Int, col: Int },
    /// Moves a piece.
    Move { piece_id: Str, direction: Str },
    /// Removes a piece.
    Remove { piece_id: Str },
    /// Any other word does nothing.
    #[item(other)]
    Other {},
}

/// One piece for another board.
#[derive(Clone, Item)]
pub struct Transfer {
    piece_id: Str,
    destination: Str,
}

/// How many rows or columns a board has: no more than can be shown.
#[derive(Clone, Copy)]
pub struct Side(Int);

impl FromValue for Side {
    fn py_type() -> String {
        "int".to_owned()
    }

    fn from_value(value: &Value) -> Result<Self, Mismatch> {
        let side = Int::from_value(value)?;
        if side > MAX_SIDE {
            return Err(Mismatch::problem(format!("is {side}; at the most {MAX_SIDE} are allowed")));
        }
        Ok(Self(side))
    }
}

#[system(
    id = "tetris",
    class = "TetrisSystem",
    title(en = "Tetris board", zh = "Tetris（俄羅斯方塊）"),
    summary(
        en = "A board on which pieces are placed, moved, dropped and removed; full rows vanish and score, the last action can be undone.",
        zh = "一個 board：擺、移、跌、拎走方塊；一行滿咗就消、加分；可以 undo 最後一個動作。",
    ),
    family = Flat,
    family_reason(
        en = "One dict of pieces under one ID; the board is a second picture of the same thing.",
        zh = "得一個 pieces dict、一個 ID；board 只係同一樣嘢嘅另一個畫面。",
    ),
    group = "Flat+Lazy",
    signals = ["grid", "board", "collision", "row full", "clear", "rows above fall", "score", "drop", "lowest valid", "undo last"],
    patterns(
        l3 = "trigger at the end of a change",
        l4 = "action history, undo",
        l5 = "single lock per piece, sequential",
        l6 = FailFast,
    ),
    uses = [EventHistory, Undo, SingleLock, FailFast],
)]
impl Tetris {
    fn new(#[example(Int(6))] rows: Side, #[example(Int(4))] cols: Side) -> Self {
        let (Side(rows), Side(cols)) = (rows, cols);
        Self {
            rows,
            cols,
            board: Board::new(rows, cols),
            pieces: Dict::new(),
            piece_counter: Int::ZERO,
            score: Int::ZERO,
            history: List::new(),
        }
    }

    /// Whether all cells of a shape would be on the board and empty; true of a shape without cells.
    fn is_valid(&self, shape: &Shape, row: Int, col: Int) -> bool {
        shape.iter().all(|(dr, dc)| self.board.is_free(row + *dr, col + *dc))
    }

    /// Fills or empties the cells of a shape without a look at what is there. A negative index counts from the end; one
    /// beyond the board raises.
    fn paint(&mut self, shape: &Shape, row: Int, col: Int, filled: bool) -> Py<()> {
        shape.iter().try_for_each(|(dr, dc)| self.board.fill(row + *dr, col + *dc, filled))
    }

    fn stamp(&mut self, shape: &Shape, row: Int, col: Int) -> Py<()> {
        self.paint(shape, row, col, true)
    }

    fn erase(&mut self, piece: &Piece) -> Py<()> {
        self.paint(&piece.shape, piece.row, piece.col, false)
    }

    /// Erases a piece and forgets it.
    fn take(&mut self, piece_id: &Str) -> Py<()> {
        let piece = self.pieces.remove(piece_id).ok_or_else(|| Raise::key_error(piece_id.clone()))?;
        self.erase(&piece)
    }

    fn log(&mut self, action: String) {
        self.history.push(action.into());
    }

    /// Clears the full rows. The last thing a place, a move and a drop do.
    fn process_line_clears(&mut self) -> Py<()> {
        let cleared = self.board.clear_full_rows()?;
        for row in &cleared {
            self.log(format!("cleared:row_{row}"));
            note!(removed, what: "row", id: Int::count(*row), why: "full");
        }
        self.score += Int::count(cleared.len());
        if cleared.is_empty() { Ok(()) } else { self.rebuild_pieces() }
    }

    /// Anchors every piece anew, at the top left of those of its cells that are filled. It looks for them where the piece
    /// was before, on the board as it is now: what stood above a cleared row is so lost, or found in another piece.
    fn rebuild_pieces(&mut self) -> Py<()> {
        for piece_id in self.pieces.keys().collect::<Vec<_>>() {
            let Some(piece) = self.pieces.get(&piece_id) else { continue };
            let mut anchor: Option<(Int, Int)> = None;
            for (dr, dc) in piece.shape.iter() {
                let (row, col) = (piece.row + *dr, piece.col + *dc);
                if row < self.rows && self.board.is_filled(row, col)? {
                    anchor = Some(anchor.map_or((row, col), |(top, left)| (top.min(row), left.min(col))));
                }
            }
            let before = (piece.row, piece.col);
            if let Some(anchor) = anchor.filter(|anchor| *anchor != before)
                && let Some(piece) = self.pieces.get_mut(&piece_id)
            {
                (piece.row, piece.col) = anchor;
                note!(moved, what: "piece", id: piece_id, from: before.into_value().text(), to: anchor.into_value().text());
            }
        }
        Ok(())
    }

    /// Places a new piece: its anchor at a row and column, row 0 on top, its cells at distances from there. Gives its id.
    #[op(1)]
    fn place_piece(&mut self, _timestamp: Int, shape: Vec<(Int, Int)>, row: Int, col: Int) -> Py<Option<Str>> {
        let shape: Shape = shape.into_iter().collect();
        let place = (row, col);
        ensure!(self.is_valid(&shape, row, col), valid("place", place), None);
        self.piece_counter += 1;
        let piece_id = Str::from(format!("p{}", self.piece_counter));
        self.stamp(&shape, row, col)?;
        self.pieces.insert(piece_id.clone(), Piece { shape, row, col });
        self.log(format!("placed:{piece_id}@({row},{col})"));
        self.process_line_clears()?;
        Ok(Some(piece_id))
    }

    /// Removes a piece and empties the cells at its recorded place, whoever's they are by now.
    #[op(1)]
    fn remove_piece(&mut self, _timestamp: Int, piece_id: Str) -> Py<bool> {
        ensure!(self.pieces.contains_key(&piece_id), exists("piece", piece_id), false);
        self.take(&piece_id)?;
        self.log(format!("removed:{piece_id}"));
        Ok(true)
    }

    /// Gives a copy of the board: rows of 0 and 1, the top one first.
    #[op(1)]
    fn get_board_state(&self, _timestamp: Int) -> Board {
        self.board.clone()
    }

    /// Moves a piece by one `left`, `right` or `down`; there is no `up`.
    #[op(2)]
    fn move_piece(&mut self, _timestamp: Int, piece_id: Str, direction: Str) -> Py<bool> {
        let piece = self.pieces.get(&piece_id).cloned();
        ensure!(piece.is_some(), exists("piece", piece_id), false);
        let Some(piece) = piece else { return Ok(false) };
        let step = match &*direction {
            "left" => Some((0, -1)),
            "right" => Some((0, 1)),
            "down" => Some((1, 0)),
            _ => None,
        };
        ensure!(step.is_some(), valid("direction", direction), false);
        let Some((down, right)) = step else { return Ok(false) };
        let place @ (row, col) = (piece.row + down, piece.col + right);
        self.erase(&piece)?;
        let fits = self.is_valid(&piece.shape, row, col);
        if !fits {
            self.stamp(&piece.shape, piece.row, piece.col)?;
        }
        ensure!(fits, valid("place", place), false);
        self.stamp(&piece.shape, row, col)?;
        self.pieces.insert(piece_id.clone(), Piece { row, col, ..piece });
        self.log(format!("moved:{piece_id}:{direction}"));
        self.process_line_clears()?;
        Ok(true)
    }

    /// Counts the pieces, those without a cell left too.
    #[op(2)]
    fn get_piece_count(&self, _timestamp: Int) -> Int {
        self.pieces.count()
    }

    /// Lists the pieces as `id(row)`: for `row` the lowest on the board first, then by id, else by id.
    #[op(2)]
    fn list_pieces(&self, _timestamp: Int, sort_by: Str) -> Str {
        let mut listed: Vec<(Str, Int)> = self.pieces.sorted().map(|(piece_id, piece)| (piece_id, piece.row)).collect();
        if sort_by == "row" {
            stable_sort_by_key(&mut listed, |(_, row)| std::cmp::Reverse(*row));
        }
        let lines: Vec<String> = listed.into_iter().map(|(piece_id, row)| format!("{piece_id}({row})")).collect();
        Str::from(lines.join(", "))
    }

    /// Gives the number of rows cleared so far.
    #[op(3)]
    fn get_score(&self, _timestamp: Int) -> Int {
        self.score
    }

    /// Lets a piece fall until something or the floor stops it; one that cannot fall is dropped where it is.
    #[op(4)]
    fn drop_piece(&mut self, _timestamp: Int, piece_id: Str) -> Py<bool> {
        let piece = self.pieces.get(&piece_id).cloned();
        ensure!(piece.is_some(), exists("piece", piece_id), false);
        let Some(mut piece) = piece else { return Ok(false) };
        self.erase(&piece)?;
        if piece.shape.is_empty() {
            // Nothing stops it: no need to try every row.
            piece.row = piece.row.max(self.rows - 1);
        }
        while piece.row + 1 < self.rows && self.is_valid(&piece.shape, piece.row + 1, piece.col) {
            piece.row += 1;
        }
        self.stamp(&piece.shape, piece.row, piece.col)?;
        self.log(format!("dropped:{piece_id}@({},{})", piece.row, piece.col));
        self.pieces.insert(piece_id, piece);
        self.process_line_clears()?;
        Ok(true)
    }

    /// Gives the actions so far, oldest first.
    #[op(4)]
    fn get_history(&self, _timestamp: Int) -> List<Str> {
        self.history.clone()
    }

    /// Takes back the last action: a place or a move; any other is only struck from the history.
    #[op(4)]
    fn undo_last(&mut self, timestamp: Int) -> Py<bool> {
        let last = self.history.pop();
        ensure!(last.is_some(), any("action"), false);
        let action = last.unwrap_or_default();
        if let Some((piece_id, _)) = action.strip_prefix("placed:").and_then(|rest| rest.split_once('@')) {
            self.undo_place(piece_id.into())?;
        } else if let Some((piece_id, direction)) = action.strip_prefix("moved:").and_then(|rest| rest.split_once(':'))
        {
            self.undo_move(timestamp, piece_id.into(), direction)?;
        }
        Ok(true)
    }

    fn undo_place(&mut self, piece_id: Str) -> Py<()> {
        if self.pieces.contains_key(&piece_id) {
            self.take(&piece_id)?;
            note!(undone, what: "piece", id: piece_id, to: "not placed");
        }
        Ok(())
    }

    /// Moves back, and strikes what the move back appended. A move `up` there is not: then it strikes an older action.
    fn undo_move(&mut self, timestamp: Int, piece_id: Str, direction: &str) -> Py<()> {
        if !self.pieces.contains_key(&piece_id) {
            return Ok(());
        }
        let opposite = match direction {
            "left" => "right",
            "right" => "left",
            _ => "up",
        };
        if self.move_piece(timestamp, piece_id.clone(), opposite.into())?
            && let Some(piece) = self.pieces.get(&piece_id)
        {
            note!(undone, what: "piece", id: piece_id, to: (piece.row, piece.col).into_value().text());
        }
        let struck = self.history.pop().ok_or_else(|| Raise::index_error("pop from empty list"))?;
        note!(removed, what: "action", id: struck, why: "struck after the move back");
        Ok(())
    }

    /// Runs the operations one after another, each under the lock of its piece; a new piece's is that of the next id.
    #[op(5)]
    async fn batch_operations(tetris: Live<Self>, timestamp: Int, ops: Vec<BatchOp>) -> Py<Vec<Value>> {
        let mut results = Vec::with_capacity(ops.len());
        for op in ops {
            results.push(match op {
                BatchOp::Place { shape, row, col } => {
                    let next_id = tetris.with(|tetris| format!("p{}", tetris.piece_counter + 1));
                    let _lock = tetris.lock(&next_id).await;
                    tetris.with(|tetris| tetris.place_piece(timestamp, shape, row, col))?.into_value()
                }
                BatchOp::Move { piece_id, direction } => {
                    let _lock = tetris.lock(&piece_id).await;
                    tetris.with(|tetris| tetris.move_piece(timestamp, piece_id, direction))?.into_value()
                }
                BatchOp::Remove { piece_id } => {
                    let _lock = tetris.lock(&piece_id).await;
                    tetris.with(|tetris| tetris.remove_piece(timestamp, piece_id))?.into_value()
                }
                BatchOp::Other {} => Value::Bool(false),
            });
        }
        Ok(results)
    }

    /// Sends pieces to other boards, so many at a time; each takes 10 ms and then is gone from here. An unknown piece is
    /// refused at once, without a permit.
    #[op(6)]
    async fn sync_boards(
        tetris: Live<Self>,
        _timestamp: Int,
        transfers: Vec<Transfer>,
        max_concurrent: Int,
    ) -> Py<Vec<bool>> {
        let semaphore = tetris.semaphore(max_concurrent)?;
        tetris
            .gather(transfers, move |tetris, Transfer { piece_id, destination }| {
                let semaphore = semaphore.clone();
                async move {
                    if !tetris.with(|tetris| tetris.is_known(&piece_id)) {
                        return Ok(false);
                    }
                    let _permit = semaphore.acquire().await;
                    tetris.sleep_ms(SYNC_MS).await;
                    tetris.with(|tetris| {
                        // Looked up again: a piece that is sent twice is gone the second time.
                        tetris.take(&piece_id)?;
                        tetris.log(format!("synced:{piece_id}->{destination}"));
                        Ok(true)
                    })
                }
            })
            .await
    }

    fn is_known(&self, piece_id: &Str) -> bool {
        ensure!(self.pieces.contains_key(piece_id), exists("piece", piece_id), false);
        true
    }
}
