//! In-memory DB: key, field, value, each cell with its own expiry. Expired cells are skipped, not removed.

use std::rc::Rc;

use crate::patterns::Backups;
use crate::prelude::*;
use crate::value::{Change, Path, State};

/// How long an external scan takes.
const SCAN_MS: f64 = 10.0;

/// A store of rows of cells.
#[derive(Clone, Default, State)]
pub struct InMemDb {
    data: Dict<Str, Row>,
    backups: Backups<Snapshot>,
}

type Row = Dict<Str, Cell>;

#[derive(Clone, State)]
struct Cell {
    value: Str,
    expiry: Option<Int>,
}

impl Cell {
    /// Alive strictly before its expiry: at that very moment it is dead.
    fn is_alive(&self, timestamp: Int) -> bool {
        self.expiry.is_none_or(|expiry| timestamp < expiry)
    }
}

/// The data at a moment. It shares the rows as they were; what Python's class would copy, the cells that are alive with
/// their remaining TTL, is worked out when somebody looks.
#[derive(Clone)]
struct Snapshot {
    taken: Int,
    data: Dict<Str, Row>,
}

impl Snapshot {
    /// The rows with their cells that are alive, but for rows that have none.
    fn rows(&self) -> impl Iterator<Item = (Str, impl Iterator<Item = (Str, &Cell)>)> {
        self.data
            .iter()
            .map(|(key, row)| (key, row.iter().filter(|(_, cell)| cell.is_alive(self.taken)).peekable()))
            .filter_map(|(key, mut cells)| cells.peek().is_some().then_some((key, cells)))
    }

    fn remaining_ttl(&self, cell: &Cell) -> Option<Int> {
        cell.expiry.map(|expiry| expiry - self.taken)
    }
}

impl State for Snapshot {
    fn view(&self) -> Value {
        Value::record(self.rows().map(|(key, cells)| {
            let cells = cells.map(|(field, cell)| {
                let remaining_ttl = self.remaining_ttl(cell).into_value();
                (field, Value::record([("value", cell.value.clone().into_value()), ("remaining_ttl", remaining_ttl)]))
            });
            (key, Value::record(cells))
        }))
    }

    fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
        out.push(Change::changed(path, before.view(), self.view()));
    }

    fn clone_rc(&self) -> Rc<dyn State> {
        Rc::new(self.clone())
    }
}

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "type")]
pub enum BatchOp {
    /// Writes a cell.
    Set { key: Str, field: Str, value: Str },
    /// Reads a cell.
    Get { key: Str, field: Str },
    /// Removes a cell.
    Delete { key: Str, field: Str },
    /// Lists a row.
    Scan { key: Str },
    /// Any other word does nothing.
    #[item(other)]
    Other {
        #[item(default)]
        key: Str,
    },
}

#[system(
    id = "in_mem_db",
    class = "InMemoryDB",
    title(en = "In-memory DB", zh = "In-memory DB"),
    summary(
        en = "A store of key, field and value where each cell may carry its own TTL: scan by prefix, backup with remaining TTL, restore with a new expiry.",
        zh = "key → field → value 嘅 store，每格可以有自己嘅 TTL：prefix scan、backup 記 remaining TTL、restore 重新計 expiry。",
    ),
    family = Nested,
    family_reason(
        en = "Key plus field: one outer dict whose entries hold sub-items.",
        zh = "key 加 field：一個外層 dict，每個 entry 入面再裝 sub-item。",
    ),
    group = "Nested+TTL",
    signals = [
        "field", "scan", "prefix", "ttl", "strictly less than", "remaining lifespan", "backup", "restore", "_at",
        "batch_scan",
    ],
    patterns(l3 = "inline TTL", l4 = "backup with remaining TTL", l5 = "single lock per key", l6 = AllSleep),
    uses = [PrefixScan, InlineTtl, RemainingTtlBackup, SingleLock, AllSleep, FailFast],
)]
impl InMemDb {
    fn new() -> Self {
        Self::default()
    }

    fn cell(&self, key: &Str, field: &Str) -> Option<&Cell> {
        self.data.get(key)?.get(field)
    }

    fn is_alive(&self, key: &Str, field: &Str, timestamp: Int) -> bool {
        self.cell(key, field).is_some_and(|cell| cell.is_alive(timestamp))
    }

    fn write(&mut self, key: &Str, field: Str, value: Str, expiry: Option<Int>) {
        if let Some(row) = self.data.entry(key, Row::new) {
            row.insert(field, Cell { value, expiry });
        }
    }

    /// Removes a cell, and with its last cell the row.
    fn erase(&mut self, key: &Str, field: &Str) {
        let Some(row) = self.data.get_mut(key) else { return };
        row.remove(field);
        if row.is_empty() {
            self.data.remove(key);
            note!(removed, what: "row", id: key, why: "empty");
        }
    }

    /// The cells of a row whose field starts with `prefix`, in order, as `field(value)`.
    fn listing(&self, key: &Str, prefix: &str, shown: impl Fn(&Cell) -> bool) -> Str {
        let cells = self.data.get(key).into_iter().flat_map(|row| row.with_prefix(prefix));
        let shown: Vec<String> = cells
            .filter(|(field, cell)| {
                let alive = shown(cell);
                if !alive {
                    note!(skipped, what: "cell", id: field, due: cell.expiry);
                }
                alive
            })
            .map(|(field, cell)| format!("{field}({})", cell.value))
            .collect();
        Str::from(shown.join(", "))
    }

    /// Writes a cell that never expires.
    #[op(1)]
    fn set(&mut self, key: Str, field: Str, value: Str) {
        self.write(&key, field, value, None);
    }

    /// Reads a cell, dead or alive; empty when there is none.
    #[op(1)]
    fn get(&self, key: Str, field: Str) -> Str {
        ensure!(self.data.contains_key(&key), exists("key", key), "");
        ensure!(self.cell(&key, &field).is_some(), exists("field", field), "");
        self.cell(&key, &field).map(|cell| cell.value.clone()).unwrap_or_default()
    }

    /// Removes a cell, dead or alive.
    #[op(1)]
    fn delete(&mut self, key: Str, field: Str) -> bool {
        ensure!(self.data.contains_key(&key), exists("key", key), false);
        ensure!(self.cell(&key, &field).is_some(), exists("field", field), false);
        self.erase(&key, &field);
        true
    }

    /// Lists a row as `field(value)` in order of field, dead cells too.
    #[op(2)]
    fn scan(&self, key: Str) -> Str {
        ensure!(self.data.contains_key(&key), exists("key", key), "");
        self.listing(&key, "", |_| true)
    }

    /// Lists the fields of a row that start with a prefix, dead cells too.
    #[op(2)]
    fn scan_by_prefix(&self, key: Str, prefix: Str) -> Str {
        ensure!(self.data.contains_key(&key), exists("key", key), "");
        self.listing(&key, &prefix, |_| true)
    }

    /// Writes a cell that never expires; the timestamp does not matter.
    #[op(3)]
    fn set_at(&mut self, key: Str, field: Str, value: Str, _timestamp: Int) {
        self.write(&key, field, value, None);
    }

    /// Writes a cell that is alive strictly before `timestamp + ttl`.
    #[op(3)]
    fn set_at_with_ttl(&mut self, key: Str, field: Str, value: Str, timestamp: Int, ttl: Int) {
        self.write(&key, field, value, Some(timestamp + ttl));
    }

    /// Reads a cell that is alive.
    #[op(3)]
    fn get_at(&self, key: Str, field: Str, timestamp: Int) -> Str {
        ensure!(self.data.contains_key(&key), exists("key", key), "");
        ensure!(self.cell(&key, &field).is_some(), exists("field", field), "");
        ensure!(self.is_alive(&key, &field, timestamp), alive("cell", field), "");
        self.cell(&key, &field).map(|cell| cell.value.clone()).unwrap_or_default()
    }

    /// Removes a cell that is alive; a dead one stays where it is.
    #[op(3)]
    fn delete_at(&mut self, key: Str, field: Str, timestamp: Int) -> bool {
        ensure!(self.data.contains_key(&key), exists("key", key), false);
        ensure!(self.cell(&key, &field).is_some(), exists("field", field), false);
        ensure!(self.is_alive(&key, &field, timestamp), alive("cell", field), false);
        self.erase(&key, &field);
        true
    }

    /// Lists the cells of a row that are alive.
    #[op(3)]
    fn scan_at(&self, key: Str, timestamp: Int) -> Str {
        ensure!(self.data.contains_key(&key), exists("key", key), "");
        self.listing(&key, "", |cell| cell.is_alive(timestamp))
    }

    /// Lists the cells of a row that are alive and whose field starts with a prefix.
    #[op(3)]
    fn scan_by_prefix_at(&self, key: Str, prefix: Str, timestamp: Int) -> Str {
        ensure!(self.data.contains_key(&key), exists("key", key), "");
        self.listing(&key, &prefix, |cell| cell.is_alive(timestamp))
    }

    /// Keeps a snapshot of the cells that are alive with their remaining TTL, and counts its keys.
    #[op(4)]
    fn backup(&mut self, timestamp: Int) -> Int {
        let snapshot = Snapshot { taken: timestamp, data: self.data.clone() };
        let keys = Int::count(snapshot.rows().count());
        note!(snapshot, at: timestamp, kept: keys, of: self.data.count());
        self.backups.keep(timestamp, snapshot);
        keys
    }

    /// Goes back to the newest snapshot that is not later than `backup_timestamp`; its TTLs run on from `timestamp`. Gives
    /// the number of keys as a string, empty when there is no such snapshot.
    #[op(4)]
    fn restore(&mut self, timestamp: Int, backup_timestamp: Int) -> Str {
        let found = self.backups.first_of_latest(backup_timestamp);
        ensure!(found.is_some(), exists("backup", backup_timestamp), "");
        let Some(found) = found else { return Str::default() };
        let (taken, snapshot) = &*found;
        self.data = snapshot
            .rows()
            .map(|(key, cells)| {
                let row = cells.map(|(field, cell)| {
                    let expiry = snapshot.remaining_ttl(cell).map(|remaining| timestamp + remaining);
                    (field, Cell { value: cell.value.clone(), expiry })
                });
                (key, row.collect())
            })
            .collect();
        note!(restored, from: taken, now: timestamp, kept: self.data.count());
        Str::from(self.data.len().to_string())
    }

    /// Runs the operations together, each under the lock of its key. They work on all cells, dead or alive.
    #[op(5)]
    async fn batch_operations(db: Live<Self>, operations: Vec<BatchOp>) -> Py<Vec<Value>> {
        db.gather(operations, |db, op| async move {
            let (BatchOp::Set { key, .. }
            | BatchOp::Get { key, .. }
            | BatchOp::Delete { key, .. }
            | BatchOp::Scan { key }
            | BatchOp::Other { key }) = &op;
            let _lock = db.lock(key).await;
            Ok(db.with(|db| match op {
                BatchOp::Set { key, field, value } => {
                    db.set(key, field, value);
                    Value::None
                }
                BatchOp::Get { key, field } => db.get(key, field).into_value(),
                BatchOp::Delete { key, field } => db.delete(key, field).into_value(),
                BatchOp::Scan { key } => db.scan(key).into_value(),
                BatchOp::Other { .. } => Value::None,
            }))
        })
        .await
    }

    /// Scans the keys, so many at a time; a missing key takes its permit and its time like any other.
    #[op(6)]
    async fn batch_scan(db: Live<Self>, keys: Vec<Str>, max_concurrent: Int) -> Py<Dict<Str, Str>> {
        let semaphore = db.semaphore(max_concurrent)?;
        let scans = db
            .gather(keys, move |db, key| {
                let semaphore = semaphore.clone();
                async move {
                    let _permit = semaphore.acquire().await;
                    db.sleep_ms(SCAN_MS).await;
                    Ok((key.clone(), db.with(|db| db.scan(key))))
                }
            })
            .await?;
        Ok(scans.into_iter().collect())
    }

    /// Scans the keys, so many at a time; a missing key is answered at once, without a permit.
    #[op(6)]
    async fn batch_scan_fail_fast(db: Live<Self>, keys: Vec<Str>, max_concurrent: Int) -> Py<Dict<Str, Str>> {
        let semaphore = db.semaphore(max_concurrent)?;
        let scans = db
            .gather(keys, move |db, key| {
                let semaphore = semaphore.clone();
                async move {
                    if !db.with(|db| db.data.contains_key(&key)) {
                        return Ok((key, Str::default()));
                    }
                    let _permit = semaphore.acquire().await;
                    db.sleep_ms(SCAN_MS).await;
                    Ok((key.clone(), db.with(|db| db.scan(key))))
                }
            })
            .await?;
        Ok(scans.into_iter().collect())
    }
}
