//! Generic template, two collections, second version: as the first, but every method but `restore` and `get_history`
//! purges first. The data is that of the first version; what differs is said here.

use std::rc::Rc;

use super::generic_two_collections::BatchOp;
use super::generic_two_collections::store::{ACTIVE, TwoCollections};
use crate::prelude::*;
use crate::value::{Change, Path, State};

/// How long an external call takes.
const CALL_MS: f64 = 10.0;

const CLEARED: &str = "CLEARED";
const REPORTED: &str = "REPORTED";

/// Groups and items.
#[derive(Clone, Default)]
pub struct PurgingTwoCollections {
    data: TwoCollections,
}

impl State for PurgingTwoCollections {
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
    id = "generic_two_collections_v2",
    class = "GenericF3",
    title(en = "Generic: two collections, compact", zh = "通用模板：兩個 collection（精簡版）"),
    summary(
        en = "The two-collections template as one compact class to copy: the same two dicts, with the purge called first in every method.",
        zh = "兩個 collection 嘅模板，一個 class 寫晒，方便照抄：一樣係兩個 dict，但每個 method 開頭都 call purge。",
    ),
    family = TwoCollections,
    family_reason(
        en = "Two create methods for two kinds of thing, and `clear_item` takes the item's ID alone: it is no key of the first dict.",
        zh = "兩個 create method、兩種嘢，而 clear_item 淨係收 item_id：佢唔係第一個 dict 嘅 key。",
    ),
    group = "Multi-Collection",
    signals = ["create group", "create item", "item_id only", "status", "ACTIVE", "EXPIRED", "merge", "report"],
    patterns(
        l3 = "TTL, expiry changes the status",
        l4 = "backup with remaining TTL, history, merge",
        l5 = "single lock, sorted pair lock",
        l6 = FailFast,
    ),
    uses = [TopN, StatusFlip, RemainingTtlBackup, EventHistory, Merge, MoveBetween, SingleLock, SortedPairLock, FailFast],
)]
impl PurgingTwoCollections {
    fn new() -> Self {
        Self::default()
    }

    /// Creates a group with its settings.
    #[op(1)]
    fn create_group(&mut self, timestamp: Int, group_id: Str, config: Value) -> bool {
        self.data.purge(timestamp);
        ensure!(!self.data.has_group(&group_id), absent("group", group_id), false);
        self.data.add_group(group_id, config);
        true
    }

    /// Creates an ACTIVE item in a group; it never expires.
    #[op(1)]
    fn create_item(&mut self, timestamp: Int, group_id: Str, item_id: Str, other_id: Str, data: Value) -> bool {
        self.data.purge(timestamp);
        ensure!(self.data.has_group(&group_id), exists("group", group_id), false);
        ensure!(!self.data.has_item(&item_id), absent("item", item_id), false);
        self.data.add_item(group_id, item_id, other_id, data, None);
        true
    }

    /// Makes an item CLEARED, an EXPIRED one too; the item stays.
    #[op(1)]
    fn clear_item(&mut self, timestamp: Int, item_id: Str) -> bool {
        self.data.purge(timestamp);
        ensure!(self.data.has_item(&item_id), exists("item", item_id), false);
        self.data.move_to(&item_id, CLEARED);
        true
    }

    /// Counts the ACTIVE items of another party.
    #[op(1)]
    fn get_active_count(&mut self, timestamp: Int, other_id: Str) -> Int {
        self.data.purge(timestamp);
        self.data.items.lists().active_by_other.count(&other_id)
    }

    /// Gives the group and the other party of an item.
    #[op(2)]
    fn find_item(&mut self, timestamp: Int, item_id: Str) -> Option<(Str, Str)> {
        self.data.purge(timestamp);
        ensure!(self.data.has_item(&item_id), exists("item", item_id), None);
        self.data.items.get(&item_id).map(|item| (item.group_id.clone(), item.other_id.clone()))
    }

    /// Lists the parties with most ACTIVE items, by id on ties; those without any are left out.
    #[op(2)]
    fn top_n(&mut self, timestamp: Int, n: Int) -> Vec<Str> {
        self.data.purge(timestamp);
        self.data.top(n)
    }

    /// Creates an item that is EXPIRED from `timestamp + ttl_ms` on; without a TTL it never is.
    #[op(3)]
    fn create_item_with_ttl(
        &mut self,
        timestamp: Int,
        group_id: Str,
        item_id: Str,
        other_id: Str,
        data: Value,
        ttl_ms: Option<Int>,
    ) -> bool {
        self.data.purge(timestamp);
        ensure!(self.data.has_group(&group_id), exists("group", group_id), false);
        ensure!(!self.data.has_item(&item_id), absent("item", item_id), false);
        self.data.add_item(group_id, item_id, other_id, data, ttl_ms.map(|ttl| timestamp + ttl));
        true
    }

    /// Keeps a snapshot of groups, items with their remaining TTL, and history.
    #[op(4)]
    fn backup(&mut self, timestamp: Int) {
        self.data.purge(timestamp);
        self.data.keep_backup(timestamp);
    }

    /// Goes back to the last snapshot that is not later than `target_ts`; TTLs run on from `timestamp`.
    #[op(4)]
    fn restore(&mut self, timestamp: Int, target_ts: Int) -> bool {
        let found = self.data.backups.last_taken(target_ts);
        ensure!(found.is_some(), exists("backup", target_ts), false);
        if let Some(snapshot) = found {
            self.data.go_back_to(&snapshot, timestamp);
        }
        true
    }

    /// Lists the items that were ever created in a group, in order of creation.
    #[op(4)]
    fn get_history(&self, _timestamp: Int, group_id: Str) -> List<Str> {
        self.data.history.get(&group_id).cloned().unwrap_or_default()
    }

    /// Moves all items of a group to another and removes the group; its history stays under the old id.
    #[op(4)]
    fn merge_group(&mut self, timestamp: Int, from_id: Str, to_id: Str) -> bool {
        self.data.purge(timestamp);
        ensure!(self.data.has_group(&from_id), exists("group", from_id), false);
        ensure!(self.data.has_group(&to_id), exists("group", to_id), false);
        ensure!(from_id != to_id, different("group", to_id), false);
        self.data.merge(from_id, to_id);
        true
    }

    /// Runs the operations together, each under the lock of its item; a transfer under those of both parties.
    #[op(5)]
    async fn batch(live: Live<Self>, timestamp: Int, operations: Vec<BatchOp>) -> Py<Vec<Value>> {
        live.with(|state| state.data.purge(timestamp));
        live.gather(operations, move |live, op| async move {
            match op {
                BatchOp::Transfer { item_id, from_other, to_other } => {
                    let _locks = live.sorted_pair_lock(&from_other, &to_other).await;
                    Ok(live.with(|state| state.transfer(&item_id, to_other)).into_value())
                }
                BatchOp::Create { item_id, group_id, other_id, data } => {
                    let _lock = live.lock(&item_id).await;
                    Ok(live.with(|state| state.create_item(timestamp, group_id, item_id, other_id, data)).into_value())
                }
                BatchOp::Clear { item_id } => {
                    let _lock = live.lock(&item_id).await;
                    Ok(live.with(|state| state.clear_item(timestamp, item_id)).into_value())
                }
                BatchOp::Other { item_id } => {
                    let _lock = live.lock(&item_id).await;
                    Ok(Value::None)
                }
            }
        })
        .await
    }

    fn transfer(&mut self, item_id: &Str, to_other: Str) -> bool {
        ensure!(self.data.has_item(item_id), exists("item", item_id), false);
        self.data.hand_over(item_id, to_other);
        true
    }

    /// Reports ACTIVE items, so many at a time; what is missing or not ACTIVE takes no permit.
    #[op(6)]
    async fn report(live: Live<Self>, timestamp: Int, item_ids: Vec<Str>, max_concurrent: Int) -> Py<Vec<bool>> {
        live.with(|state| state.data.purge(timestamp));
        let semaphore = live.semaphore(max_concurrent)?;
        live.gather(item_ids, move |live, item_id| {
            let semaphore = semaphore.clone();
            async move {
                if !live.with(|state| state.may_report(&item_id)) {
                    return Ok(false);
                }
                let _permit = semaphore.acquire().await;
                live.sleep_ms(CALL_MS).await;
                live.with(|state| state.data.move_to(&item_id, REPORTED));
                Ok(true)
            }
        })
        .await
    }

    fn may_report(&self, item_id: &Str) -> bool {
        ensure!(self.data.has_item(item_id), exists("item", item_id), false);
        ensure!(self.data.item_is(item_id, ACTIVE), status("ACTIVE", item_id), false);
        true
    }
}
