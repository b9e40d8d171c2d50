//! Generic template, flat: one dict of records with a number, a side value, an expiry and a history.

pub mod store;

pub use self::store::Flat;
use crate::engine::{FromValue, Mismatch};
use crate::prelude::*;
use crate::value::State;
use crate::value::stable_sort_by;

/// How long an external call takes.
const CALL_MS: f64 = 10.0;

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "type")]
pub enum BatchOp {
    /// Makes an item.
    Create {
        item_id: Str,
        field1: Num,
        #[item(default)]
        field2: SideValue,
    },
    /// Sets the number of an item.
    Update { item_id: Str, field1: Num },
    /// Removes an item.
    Delete { item_id: Str },
    /// Moves an amount between two items.
    Transfer { source_id: Str, target_id: Str, amount: Num },
    /// Any other word does nothing.
    #[item(other)]
    Other { item_id: Str },
}

/// What a new item holds beside its number: 0 where the operation has no such key. A None that is given stays one.
#[derive(Clone)]
pub struct SideValue(pub Value);

impl Default for SideValue {
    fn default() -> Self {
        Self(Value::Int(Int::ZERO))
    }
}

impl FromValue for SideValue {
    fn py_type() -> String {
        <Value as FromValue>::py_type()
    }

    fn from_value(value: &Value) -> Result<Self, Mismatch> {
        Ok(Self(value.clone()))
    }
}

/// An item's new number.
#[derive(Clone, Item)]
pub struct Update {
    item_id: Str,
    field1: Num,
}

/// One transfer that goes out.
#[derive(Clone, Item)]
pub struct ExternalTransfer {
    source_id: Str,
    target_id: Str,
    amount: Num,
}

#[system(
    id = "generic_flat",
    class = "GenericF1",
    title(en = "Generic: flat", zh = "通用模板：flat"),
    summary(
        en = "The flat template level by level: one dict of records, with every method that papers of this family ask for.",
        zh = "Flat 模板，逐個 level 講：一個 dict 裝 record，呢個 family 會考嘅 method 都有齊。",
    ),
    family = Flat,
    family_reason(
        en = "Exactly one create method, no second layer, and nearly all methods take the one ID.",
        zh = "得一個 create method，冇第二層，差唔多所有 method 都係收嗰一個 ID。",
    ),
    group = "Flat+Lazy",
    signals = ["create", "update", "top N", "transfer", "ttl_ms", "due", "value at", "merge", "sync"],
    patterns(
        l3 = "lazy purge, or due-time effect",
        l4 = "deep-copy backup, value at time, merge",
        l5 = "single lock, sorted pair lock",
        l6 = FailFast,
    ),
    uses = [
        TopN, LazyPurge, LazyEffect, DeepCopyBackup, RemainingTtlBackup, ValueAtTime, Merge, SingleLock, SortedPairLock,
        FailFast,
    ],
)]
impl Flat {
    fn new() -> Self {
        Self::default()
    }

    /// Makes an item that never expires. Like all of L1 and L2, it purges nothing.
    #[op(1)]
    fn create(&mut self, timestamp: Int, item_id: Str, field1: Num, field2: Value) -> bool {
        ensure!(!self.items.contains_key(&item_id), absent("item", item_id), false);
        self.create_item(timestamp, item_id, field1, field2, None);
        true
    }

    /// Sets the number of an item and gives it back.
    #[op(1)]
    fn update(&mut self, timestamp: Int, item_id: Str, field1: Num) -> Option<Num> {
        ensure!(self.items.contains_key(&item_id), exists("item", item_id), None);
        self.set(timestamp, &item_id, field1)
    }

    /// Gives the number of an item, expired or not.
    #[op(1)]
    fn get(&self, _timestamp: Int, item_id: Str) -> Option<Num> {
        ensure!(self.items.contains_key(&item_id), exists("item", item_id), None);
        self.field1(&item_id)
    }

    /// Removes an item.
    #[op(1)]
    fn delete(&mut self, _timestamp: Int, item_id: Str) -> bool {
        ensure!(self.items.contains_key(&item_id), exists("item", item_id), false);
        self.items.remove(&item_id);
        true
    }

    /// Adds to the number of an item and gives it.
    #[op(1)]
    fn deposit(&mut self, timestamp: Int, item_id: Str, amount: Num) -> Option<Num> {
        ensure!(self.items.contains_key(&item_id), exists("item", item_id), None);
        let total = self.field1(&item_id)? + amount;
        self.set(timestamp, &item_id, total)
    }

    /// Moves an amount between two items, funds or not, and gives what the source has left.
    #[op(1)]
    fn transfer(&mut self, timestamp: Int, source_id: Str, target_id: Str, amount: Num) -> Option<Num> {
        ensure!(self.items.contains_key(&source_id), exists("item", source_id), None);
        ensure!(self.items.contains_key(&target_id), exists("item", target_id), None);
        ensure!(source_id != target_id, different("item", target_id), None);
        let (left, total) = (self.field1(&source_id)? - amount, self.field1(&target_id)? + amount);
        self.set(timestamp, &source_id, left);
        self.set(timestamp, &target_id, total);
        Some(left)
    }

    /// Lists the items with the highest numbers.
    #[op(2)]
    fn top_n(&self, _timestamp: Int, n: Int) -> Vec<Str> {
        self.items.lists().by_field1.top(n).collect()
    }

    /// Lists the items with at least that number, by ID.
    #[op(2)]
    fn items_above(&self, _timestamp: Int, min_value: Num) -> Vec<Str> {
        let mut ids: Vec<Str> = self.items.lists().by_field1.at_least(min_value).collect();
        stable_sort_by(&mut ids, Ord::cmp);
        ids
    }

    /// Gives the item with the lowest number, as if that were a due time.
    #[op(2)]
    fn get_next_item(&self, _timestamp: Int) -> Option<Str> {
        self.items.lists().by_field1.lowest()
    }

    /// Makes an item that dies at `timestamp + ttl_ms`, or never.
    #[op(3)]
    fn create_with_ttl(
        &mut self,
        timestamp: Int,
        item_id: Str,
        field1: Num,
        field2: Value,
        ttl_ms: Option<Int>,
    ) -> Py<bool> {
        self.purge(timestamp)?;
        ensure!(!self.items.contains_key(&item_id), absent("item", item_id), false);
        self.create_item(timestamp, item_id, field1, field2, ttl_ms.map(|ttl| timestamp + ttl));
        Ok(true)
    }

    /// Lets an item live longer, counted from its old expiry.
    #[op(3)]
    fn extend(&mut self, timestamp: Int, item_id: Str, extra_ms: Int) -> Py<bool> {
        self.purge(timestamp)?;
        ensure!(self.items.contains_key(&item_id), exists("item", item_id), false);
        let dies = self.items.get(&item_id).is_some_and(|item| item.expiry.is_some());
        ensure!(dies, mortal("item", item_id), false);
        self.extend_item(&item_id, extra_ms);
        Ok(true)
    }

    /// Lets every item that is due go on for ever, with 1 added to its side value.
    #[op(3)]
    fn process_due(&mut self, timestamp: Int) -> Py<()> {
        self.let_due_go_on(timestamp)
    }

    /// Keeps a snapshot with the expiries as they are.
    #[op(4)]
    fn backup(&mut self, timestamp: Int) -> Py<()> {
        self.purge(timestamp)?;
        self.keep(timestamp);
        Ok(())
    }

    /// Goes back to the last snapshot that was taken at or before `target_ts`.
    #[op(4)]
    fn restore(&mut self, timestamp: Int, target_ts: Int) -> bool {
        ensure!(self.backups.last_taken(target_ts).is_some(), exists("backup", target_ts), false);
        self.go_back(timestamp, target_ts)
    }

    /// Gives the number that an item had at a moment.
    #[op(4)]
    fn get_value_at(&mut self, timestamp: Int, item_id: Str, time_at: Int) -> Py<Option<Num>> {
        self.purge(timestamp)?;
        ensure!(self.items.contains_key(&item_id), exists("item", item_id), None);
        Ok(self.value_at(&item_id, time_at))
    }

    /// Adds the second item's number to the first and removes the second.
    #[op(4)]
    fn merge(&mut self, timestamp: Int, id1: Str, id2: Str) -> Py<bool> {
        self.purge(timestamp)?;
        ensure!(self.items.contains_key(&id1), exists("item", id1), false);
        ensure!(self.items.contains_key(&id2), exists("item", id2), false);
        ensure!(id1 != id2, different("item", id2), false);
        self.merge_items(timestamp, id1, id2);
        Ok(true)
    }

    /// Keeps a snapshot with the remaining TTLs and counts its items, as text. It purges nothing.
    #[op(4)]
    fn backup_with_ttl(&mut self, timestamp: Int) -> Py<Str> {
        self.keep_with_ttl(timestamp)
    }

    /// Lists the numbers that an item has had, as `(timestamp, number)`.
    #[op(4)]
    fn get_history(&self, _timestamp: Int, item_id: Str) -> Option<Value> {
        ensure!(self.items.contains_key(&item_id), exists("item", item_id), None);
        self.items.get(&item_id).map(|item| item.history.view())
    }

    /// Runs the operations together, each under the lock or locks of its items. A transfer leaves no history.
    #[op(5)]
    async fn batch(flat: Live<Self>, timestamp: Int, operations: Vec<BatchOp>) -> Py<Vec<Value>> {
        flat.with(|flat| flat.purge(timestamp))?;
        flat.gather(operations, move |flat, op| async move {
            match op {
                BatchOp::Transfer { source_id, target_id, amount } => {
                    let _locks = flat.sorted_pair_lock(&source_id, &target_id).await;
                    Ok(flat.with(|flat| flat.batch_transfer(&source_id, &target_id, amount)).into_value())
                }
                BatchOp::Create { item_id, field1, field2: SideValue(field2) } => {
                    let _lock = flat.lock(&item_id).await;
                    Ok(flat.with(|flat| flat.create(timestamp, item_id, field1, field2)).into_value())
                }
                BatchOp::Update { item_id, field1 } => {
                    let _lock = flat.lock(&item_id).await;
                    Ok(flat.with(|flat| flat.update(timestamp, item_id, field1)).into_value())
                }
                BatchOp::Delete { item_id } => {
                    let _lock = flat.lock(&item_id).await;
                    Ok(flat.with(|flat| flat.delete(timestamp, item_id)).into_value())
                }
                BatchOp::Other { item_id } => {
                    let _lock = flat.lock(&item_id).await;
                    Ok(Value::None)
                }
            }
        })
        .await
    }

    /// Reads the items together, each under its lock.
    #[op(5)]
    async fn batch_get(flat: Live<Self>, timestamp: Int, item_ids: Vec<Str>) -> Py<Vec<Option<Num>>> {
        flat.gather(item_ids, move |flat, item_id| async move {
            let _lock = flat.lock(&item_id).await;
            Ok(flat.with(|flat| flat.get(timestamp, item_id)))
        })
        .await
    }

    /// Sets the numbers together, each under the lock of its item.
    #[op(5)]
    async fn batch_update(flat: Live<Self>, timestamp: Int, ops: Vec<Update>) -> Py<Vec<Option<Num>>> {
        flat.gather(ops, move |flat, Update { item_id, field1 }| async move {
            let _lock = flat.lock(&item_id).await;
            Ok(flat.with(|flat| flat.update(timestamp, item_id, field1)))
        })
        .await
    }

    /// Sends the items out, so many at a time. A missing one takes no permit.
    #[op(6)]
    async fn sync(flat: Live<Self>, timestamp: Int, item_ids: Vec<Str>, max_concurrent: Int) -> Py<Vec<bool>> {
        flat.with(|flat| flat.purge(timestamp))?;
        let semaphore = flat.semaphore(max_concurrent)?;
        flat.gather(item_ids, move |flat, item_id| {
            let semaphore = semaphore.clone();
            async move {
                if !flat.with(|flat| flat.is_known(&item_id)) {
                    return Ok(false);
                }
                let _permit = semaphore.acquire().await;
                flat.sleep_ms(CALL_MS).await;
                Ok(true)
            }
        })
        .await
    }

    /// Moves the amounts under both locks first, then sends them out, so many at a time.
    #[op(6)]
    async fn process_external_transfers(
        flat: Live<Self>,
        _timestamp: Int,
        transfers: Vec<ExternalTransfer>,
        max_concurrent: Int,
    ) -> Py<Vec<bool>> {
        let semaphore = flat.semaphore(max_concurrent)?;
        flat.gather(transfers, move |flat, ExternalTransfer { source_id, target_id, amount }| {
            let semaphore = semaphore.clone();
            async move {
                {
                    let _locks = flat.sorted_pair_lock(&source_id, &target_id).await;
                    if flat.with(|flat| flat.batch_transfer(&source_id, &target_id, amount)).is_none() {
                        return Ok(false);
                    }
                }
                let _permit = semaphore.acquire().await;
                flat.sleep_ms(CALL_MS).await;
                Ok(true)
            }
        })
        .await
    }

    /// The transfer of a batch: both items must be there, nothing else is asked.
    pub fn batch_transfer(&mut self, source_id: &Str, target_id: &Str, amount: Num) -> Option<Num> {
        ensure!(self.items.contains_key(source_id), exists("item", source_id), None);
        ensure!(self.items.contains_key(target_id), exists("item", target_id), None);
        self.move_silently(source_id, target_id, amount)
    }

    pub fn is_known(&self, item_id: &Str) -> bool {
        ensure!(self.items.contains_key(item_id), exists("item", item_id), false);
        true
    }
}
