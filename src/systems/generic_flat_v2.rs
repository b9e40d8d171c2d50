//! Generic template, flat, second version: fewer methods than the first, and all but `restore` purge first. The data is that
//! of the first version; what differs is said here.

use std::rc::Rc;

use super::generic_flat::{BatchOp, Flat, SideValue};
use crate::prelude::*;
use crate::value::{Change, Path, State};

/// How long an external call takes.
const CALL_MS: f64 = 10.0;

/// Items with a number.
#[derive(Clone, Default)]
pub struct PurgingFlat {
    data: Flat,
}

impl State for PurgingFlat {
    fn view(&self) -> Value {
        self.data.view()
    }

    fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
        match before.downcast_ref::<Self>() {
            Some(before) => self.data.diff(&before.data, path, out),
            None => out.push(Change::changed(path, before.view(), self.view())),
        }
    }

    fn clone_rc(&self) -> Rc<dyn State> {
        Rc::new(self.clone())
    }
}

#[system(
    id = "generic_flat_v2",
    class = "GenericF1",
    title(en = "Generic: flat, compact", zh = "通用模板：flat（精簡版）"),
    summary(
        en = "The flat template as one compact class to copy: the same dict, with the purge called first in every method.",
        zh = "Flat 模板，一個 class 寫晒，方便照抄：一樣係一個 dict，但每個 method 開頭都 call purge。",
    ),
    family = Flat,
    family_reason(
        en = "Exactly one create method, no second layer, and nearly all methods take the one ID.",
        zh = "得一個 create method，冇第二層，差唔多所有 method 都係收嗰一個 ID。",
    ),
    group = "Flat+Lazy",
    signals = ["create", "update", "top N", "ttl_ms", "backup", "restore", "value at", "merge", "batch", "sync"],
    patterns(
        l3 = "lazy purge",
        l4 = "deep-copy backup, value at time, merge",
        l5 = "single lock, sorted pair lock",
        l6 = FailFast,
    ),
    uses = [TopN, LazyPurge, DeepCopyBackup, ValueAtTime, Merge, SingleLock, SortedPairLock, FailFast],
)]
impl PurgingFlat {
    fn new() -> Self {
        Self::default()
    }

    /// Makes an item that never expires.
    #[op(1)]
    fn create(&mut self, timestamp: Int, item_id: Str, field1: Num, field2: Value) -> Py<bool> {
        self.data.purge(timestamp)?;
        ensure!(!self.data.items.contains_key(&item_id), absent("item", item_id), false);
        self.data.create_item(timestamp, item_id, field1, field2, None);
        Ok(true)
    }

    /// Sets the number of an item and gives it back.
    #[op(1)]
    fn update(&mut self, timestamp: Int, item_id: Str, field1: Num) -> Py<Option<Num>> {
        self.data.purge(timestamp)?;
        ensure!(self.data.items.contains_key(&item_id), exists("item", item_id), None);
        Ok(self.data.set(timestamp, &item_id, field1))
    }

    /// Gives the number of an item.
    #[op(1)]
    fn get(&mut self, timestamp: Int, item_id: Str) -> Py<Option<Num>> {
        self.data.purge(timestamp)?;
        ensure!(self.data.items.contains_key(&item_id), exists("item", item_id), None);
        Ok(self.data.field1(&item_id))
    }

    /// Removes an item.
    #[op(1)]
    fn delete(&mut self, timestamp: Int, item_id: Str) -> Py<bool> {
        self.data.purge(timestamp)?;
        ensure!(self.data.items.contains_key(&item_id), exists("item", item_id), false);
        self.data.items.remove(&item_id);
        Ok(true)
    }

    /// Lists the items with the highest numbers.
    #[op(2)]
    fn top_n(&mut self, timestamp: Int, n: Int) -> Py<Vec<Str>> {
        self.data.purge(timestamp)?;
        Ok(self.data.items.lists().by_field1.top(n).collect())
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
        self.data.purge(timestamp)?;
        ensure!(!self.data.items.contains_key(&item_id), absent("item", item_id), false);
        self.data.create_item(timestamp, item_id, field1, field2, ttl_ms.map(|ttl| timestamp + ttl));
        Ok(true)
    }

    /// Keeps a snapshot with the expiries as they are.
    #[op(4)]
    fn backup(&mut self, timestamp: Int) -> Py<()> {
        self.data.purge(timestamp)?;
        self.data.keep(timestamp);
        Ok(())
    }

    /// Goes back to the last snapshot that was taken at or before `target_ts`. It purges nothing.
    #[op(4)]
    fn restore(&mut self, timestamp: Int, target_ts: Int) -> bool {
        ensure!(self.data.backups.last_taken(target_ts).is_some(), exists("backup", target_ts), false);
        self.data.go_back(timestamp, target_ts)
    }

    /// Gives the number that an item had at a moment.
    #[op(4)]
    fn get_value_at(&mut self, timestamp: Int, item_id: Str, time_at: Int) -> Py<Option<Num>> {
        self.data.purge(timestamp)?;
        ensure!(self.data.items.contains_key(&item_id), exists("item", item_id), None);
        Ok(self.data.value_at(&item_id, time_at))
    }

    /// Adds the second item's number to the first and removes the second.
    #[op(4)]
    fn merge(&mut self, timestamp: Int, id1: Str, id2: Str) -> Py<bool> {
        self.data.purge(timestamp)?;
        ensure!(self.data.items.contains_key(&id1), exists("item", id1), false);
        ensure!(self.data.items.contains_key(&id2), exists("item", id2), false);
        ensure!(id1 != id2, different("item", id2), false);
        self.data.merge_items(timestamp, id1, id2);
        Ok(true)
    }

    /// Runs the operations together, each under the lock or locks of its items. A transfer leaves no history.
    #[op(5)]
    async fn batch(flat: Live<Self>, timestamp: Int, operations: Vec<BatchOp>) -> Py<Vec<Value>> {
        flat.with(|flat| flat.data.purge(timestamp))?;
        flat.gather(operations, move |flat, op| async move {
            match op {
                BatchOp::Transfer { source_id, target_id, amount } => {
                    let _locks = flat.sorted_pair_lock(&source_id, &target_id).await;
                    Ok(flat.with(|flat| flat.data.batch_transfer(&source_id, &target_id, amount)).into_value())
                }
                BatchOp::Create { item_id, field1, field2: SideValue(field2) } => {
                    let _lock = flat.lock(&item_id).await;
                    Ok(flat.with(|flat| flat.create(timestamp, item_id, field1, field2))?.into_value())
                }
                BatchOp::Update { item_id, field1 } => {
                    let _lock = flat.lock(&item_id).await;
                    Ok(flat.with(|flat| flat.update(timestamp, item_id, field1))?.into_value())
                }
                BatchOp::Delete { item_id } => {
                    let _lock = flat.lock(&item_id).await;
                    Ok(flat.with(|flat| flat.delete(timestamp, item_id))?.into_value())
                }
                BatchOp::Other { item_id } => {
                    let _lock = flat.lock(&item_id).await;
                    Ok(Value::None)
                }
            }
        })
        .await
    }

    /// Sends the items out, so many at a time. A missing one takes no permit.
    #[op(6)]
    async fn sync(flat: Live<Self>, timestamp: Int, item_ids: Vec<Str>, max_concurrent: Int) -> Py<Vec<bool>> {
        flat.with(|flat| flat.data.purge(timestamp))?;
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

    fn is_known(&self, item_id: &Str) -> bool {
        ensure!(self.data.items.contains_key(item_id), exists("item", item_id), false);
        true
    }
}
