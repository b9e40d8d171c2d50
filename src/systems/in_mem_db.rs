//! In-memory DB: key, field, value, each cell with its own expiry. Expired cells are skipped, not removed.

use crate::patterns::{Backups, LivingRows, LivingSnapshot, Mortal};
use crate::prelude::*;

/// How long an external scan takes.
const SCAN_MS: f64 = 10.0;

/// A store of rows of cells.
#[derive(Clone, Default, State)]
pub struct InMemDb {
    data: LivingRows<Cell>,
    backups: Backups<LivingSnapshot<Cell>>,
}

#[derive(Clone, State)]
struct Cell {
    value: Str,
    expiry: Option<Int>,
}

impl Mortal for Cell {
    fn expiry(&self) -> Option<Int> {
        self.expiry
    }

    fn with_expiry(&self, expiry: Option<Int>) -> Self {
        Self { expiry, ..self.clone() }
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

    fn has_key(&self, key: &Str) -> bool {
        self.data.row(key).is_some()
    }

    fn has_field(&self, key: &Str, field: &Str) -> bool {
        self.data.cell(key, field).is_some()
    }

    fn value(&self, key: &Str, field: &Str) -> Str {
        self.data.cell(key, field).map(|cell| cell.value.clone()).unwrap_or_default()
    }

    fn write(&mut self, key: &Str, field: Str, value: Str, expiry: Option<Int>) {
        self.data.put(key, field, Cell { value, expiry });
    }

    /// Removes a cell, and with its last cell the row.
    fn erase(&mut self, key: &Str, field: &Str) {
        self.data.remove(key, field, "row");
    }

    /// The cells of a row whose field starts with `prefix`, in order, as `field(value)`.
    fn listing(&self, key: &Str, prefix: &str, shown: impl Fn(&Str) -> bool) -> Str {
        let cells = self.data.row(key).into_iter().flat_map(|row| row.with_prefix(prefix));
        let shown: Vec<String> = cells
            .filter(|(field, cell)| {
                let alive = shown(field);
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
        ensure!(self.has_key(&key), exists("key", key), "");
        ensure!(self.has_field(&key, &field), exists("field", field), "");
        self.value(&key, &field)
    }

    /// Removes a cell, dead or alive.
    #[op(1)]
    fn delete(&mut self, key: Str, field: Str) -> bool {
        ensure!(self.has_key(&key), exists("key", key), false);
        ensure!(self.has_field(&key, &field), exists("field", field), false);
        self.erase(&key, &field);
        true
    }

    /// Lists a row as `field(value)` in order of field, dead cells too.
    #[op(2)]
    fn scan(&self, key: Str) -> Str {
        ensure!(self.has_key(&key), exists("key", key), "");
        self.listing(&key, "", |_| true)
    }

    /// Lists the fields of a row that start with a prefix, dead cells too.
    #[op(2)]
    fn scan_by_prefix(&self, key: Str, prefix: Str) -> Str {
        ensure!(self.has_key(&key), exists("key", key), "");
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
        ensure!(self.has_key(&key), exists("key", key), "");
        ensure!(self.has_field(&key, &field), exists("field", field), "");
        ensure!(self.data.is_alive(&key, &field, timestamp), alive("cell", field), "");
        self.value(&key, &field)
    }

    /// Removes a cell that is alive; a dead one stays where it is.
    #[op(3)]
    fn delete_at(&mut self, key: Str, field: Str, timestamp: Int) -> bool {
        ensure!(self.has_key(&key), exists("key", key), false);
        ensure!(self.has_field(&key, &field), exists("field", field), false);
        ensure!(self.data.is_alive(&key, &field, timestamp), alive("cell", field), false);
        self.erase(&key, &field);
        true
    }

    /// Lists the cells of a row that are alive.
    #[op(3)]
    fn scan_at(&self, key: Str, timestamp: Int) -> Str {
        ensure!(self.has_key(&key), exists("key", key), "");
        self.listing(&key, "", |field| self.data.is_alive(&key, field, timestamp))
    }

    /// Lists the cells of a row that are alive and whose field starts with a prefix.
    #[op(3)]
    fn scan_by_prefix_at(&self, key: Str, prefix: Str, timestamp: Int) -> Str {
        ensure!(self.has_key(&key), exists("key", key), "");
        self.listing(&key, &prefix, |field| self.data.is_alive(&key, field, timestamp))
    }

    /// Keeps a snapshot of the cells that are alive with their remaining TTL, and counts its keys.
    #[op(4)]
    fn backup(&mut self, timestamp: Int) -> Int {
        let keys = self.data.count_alive(timestamp);
        note!(snapshot, at: timestamp, kept: keys, of: self.data.count());
        self.backups.keep(timestamp, self.data.snapshot(timestamp));
        keys
    }

    /// Goes back to the newest snapshot that is not later than `backup_timestamp`; its TTLs run on from `timestamp`. Gives
    /// the number of keys as a string, empty when there is no such snapshot.
    #[op(4)]
    fn restore(&mut self, timestamp: Int, backup_timestamp: Int) -> Str {
        let found = self.backups.first_of_latest(backup_timestamp);
        ensure!(found.is_some(), exists("backup", backup_timestamp), "");
        if let Some(found) = found {
            self.data.go_back_to(&found.1, timestamp);
        }
        Str::from(self.data.count().to_string())
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
                    if !db.with(|db| db.has_key(&key)) {
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
