//! Generic template, two collections: groups, and items that point at a group and at another party. Items have a status.

use self::store::ACTIVE;
pub use self::store::TwoCollections;
use crate::patterns::Record;
use crate::prelude::*;

pub(super) mod store;

/// How long an external call takes.
const CALL_MS: f64 = 10.0;

const CLEARED: &str = "CLEARED";
const COMPLETED: &str = "COMPLETED";
const FAILED: &str = "FAILED";
const PENDING: &str = "PENDING";
const RESOLVED: &str = "RESOLVED";
const REPORTED: &str = "REPORTED";
const SENT: &str = "SENT";
const SYNCED: &str = "SYNCED";

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "type")]
pub enum BatchOp {
    /// Creates an item.
    Create {
        /// The new item.
        item_id: Str,
        /// Its group.
        group_id: Str,
        /// Its other party.
        other_id: Str,
        /// Its payload.
        data: Value,
    },
    /// Clears an item.
    Clear {
        /// The item.
        item_id: Str,
    },
    /// Gives an item to another party.
    Transfer {
        /// The item.
        item_id: Str,
        /// Locked, and not looked at.
        from_other: Str,
        /// Who gets it.
        to_other: Str,
    },
    /// Any other word does nothing.
    #[item(other)]
    Other {
        /// Whose lock is taken.
        #[item(default)]
        item_id: Str,
    },
}

/// One transfer.
#[derive(Clone, Item)]
pub struct Transfer {
    item_id: Str,
    from_other: Str,
    to_other: Str,
}

#[system(
    id = "generic_two_collections",
    class = "GenericF3",
    title(en = "Generic: two collections", zh = "通用模板：兩個 collection"),
    summary(
        en = "Two flat dicts, groups and items: an item points at its group and at another party, and has a status that expiry changes.",
        zh = "兩個平排 dict：groups 同 items。item 指住自己嘅 group 同另一方，有 status，過期就轉 status。",
    ),
    family = TwoCollections,
    family_reason(
        en = "Two create methods for two kinds of thing, and later methods take the item's ID alone: it is no key of the first dict.",
        zh = "兩個 create method、兩種嘢，之後嘅 method 淨係收 item_id：佢唔係第一個 dict 嘅 key。",
    ),
    group = "Multi-Collection",
    signals = ["register", "create group", "create item", "item_id only", "status", "ACTIVE", "EXPIRED", "transfer", "merge", "report"],
    patterns(
        l3 = "TTL, expiry changes the status",
        l4 = "backup with remaining TTL, history, merge, transfer",
        l5 = "single lock, sorted pair lock",
        l6 = FailFast,
    ),
    uses = [
        TopN, StatusFlip, StatusMachine, RemainingTtlBackup, EventHistory, Merge, MoveBetween, Undo, SingleLock,
        SortedPairLock, FailFast,
    ],
)]
impl TwoCollections {
    fn new() -> Self {
        Self::default()
    }

    /// Creates a group with its settings.
    #[op(1)]
    fn create_group(&mut self, _timestamp: Int, group_id: Str, config: Value) -> bool {
        ensure!(!self.has_group(&group_id), absent("group", group_id), false);
        self.add_group(group_id, config);
        true
    }

    /// Creates an ACTIVE item in a group; it never expires.
    #[op(1)]
    fn create_item(&mut self, _timestamp: Int, group_id: Str, item_id: Str, other_id: Str, data: Value) -> bool {
        ensure!(self.has_group(&group_id), exists("group", group_id), false);
        ensure!(!self.has_item(&item_id), absent("item", item_id), false);
        self.add_item(group_id, item_id, other_id, data, None);
        true
    }

    /// Makes an item CLEARED, whatever its status; the item stays.
    #[op(1)]
    fn clear_item(&mut self, _timestamp: Int, item_id: Str) -> bool {
        ensure!(self.has_item(&item_id), exists("item", item_id), false);
        self.move_to(&item_id, CLEARED);
        true
    }

    /// Counts the ACTIVE items of another party.
    #[op(1)]
    fn get_active_count(&self, _timestamp: Int, other_id: Str) -> Int {
        self.items.lists().active_by_other.count(&other_id)
    }

    /// Gives a copy of an item.
    #[op(1)]
    fn get_item(&self, _timestamp: Int, item_id: Str) -> Option<Record> {
        ensure!(self.has_item(&item_id), exists("item", item_id), None);
        self.items.get(&item_id).map(Record::of)
    }

    /// Deletes a group that has no ACTIVE item; its other items and its history stay.
    #[op(1)]
    fn delete_group(&mut self, _timestamp: Int, group_id: Str) -> bool {
        ensure!(self.has_group(&group_id), exists("group", group_id), false);
        ensure!(self.items.lists().active_by_group.count(&group_id) == 0, free("group", group_id), false);
        self.groups.remove(&group_id);
        true
    }

    /// Gives the group and the other party of an item.
    #[op(2)]
    fn find_item(&self, _timestamp: Int, item_id: Str) -> Option<(Str, Str)> {
        ensure!(self.has_item(&item_id), exists("item", item_id), None);
        self.items.get(&item_id).map(|item| (item.group_id.clone(), item.other_id.clone()))
    }

    /// Lists the parties with most ACTIVE items, by id on ties; those without any are left out.
    #[op(2)]
    fn top_n(&self, _timestamp: Int, n: Int) -> Vec<Str> {
        self.top(n)
    }

    /// Lists the items of a group by id, whatever their status.
    #[op(2)]
    fn get_group_items(&self, _timestamp: Int, group_id: Str) -> Vec<Str> {
        self.items.lists().by_group.ids(&group_id).collect()
    }

    /// Lists the ACTIVE items of another party by id.
    #[op(2)]
    fn get_items_for_other(&self, _timestamp: Int, other_id: Str) -> Vec<Str> {
        self.items.lists().active_by_other.ids(&other_id).collect()
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
        self.purge(timestamp);
        ensure!(self.has_group(&group_id), exists("group", group_id), false);
        ensure!(!self.has_item(&item_id), absent("item", item_id), false);
        self.add_item(group_id, item_id, other_id, data, ttl_ms.map(|ttl| timestamp + ttl));
        true
    }

    /// Gives an item any status; an expiry that has passed overrules it at the next purge.
    #[op(3)]
    fn set_status(&mut self, timestamp: Int, item_id: Str, new_status: Str) -> bool {
        self.purge(timestamp);
        ensure!(self.has_item(&item_id), exists("item", item_id), false);
        self.move_to(&item_id, new_status);
        true
    }

    /// Makes an ACTIVE item COMPLETED; it will not expire any more.
    #[op(3)]
    fn complete_item(&mut self, timestamp: Int, item_id: Str) -> bool {
        self.purge(timestamp);
        ensure!(self.has_item(&item_id), exists("item", item_id), false);
        ensure!(self.item_is(&item_id, ACTIVE), status("ACTIVE", item_id), false);
        self.move_to(&item_id, COMPLETED);
        self.items.change(&item_id, |item| item.expiry = None);
        true
    }

    /// Keeps a snapshot of groups, items with their remaining TTL, and history.
    #[op(4)]
    fn backup(&mut self, timestamp: Int) {
        self.purge(timestamp);
        self.keep_backup(timestamp);
    }

    /// Goes back to the last snapshot that is not later than `target_ts`; TTLs run on from `timestamp`.
    #[op(4)]
    fn restore(&mut self, timestamp: Int, target_ts: Int) -> bool {
        let found = self.backups.last_taken(target_ts);
        ensure!(found.is_some(), exists("backup", target_ts), false);
        if let Some(snapshot) = found {
            self.go_back_to(&snapshot, timestamp);
        }
        true
    }

    /// Lists the items that were ever created in a group, in order of creation.
    #[op(4)]
    fn get_history(&self, _timestamp: Int, group_id: Str) -> List<Str> {
        self.history.get(&group_id).cloned().unwrap_or_default()
    }

    /// Moves all items of a group to another and removes the group; its history stays under the old id.
    #[op(4)]
    fn merge_group(&mut self, timestamp: Int, from_id: Str, to_id: Str) -> bool {
        self.purge(timestamp);
        ensure!(self.has_group(&from_id), exists("group", from_id), false);
        ensure!(self.has_group(&to_id), exists("group", to_id), false);
        ensure!(from_id != to_id, different("group", to_id), false);
        self.merge(from_id, to_id);
        true
    }

    /// Gives an item to another party, whatever its status.
    #[op(4)]
    fn transfer_item(&mut self, _timestamp: Int, item_id: Str, new_other_id: Str) -> bool {
        ensure!(self.has_item(&item_id), exists("item", item_id), false);
        self.hand_over(&item_id, new_other_id);
        true
    }

    /// Takes a COMPLETED or FAILED item back to PENDING.
    #[op(4)]
    fn rollback_item(&mut self, _timestamp: Int, item_id: Str) -> bool {
        ensure!(self.has_item(&item_id), exists("item", item_id), false);
        let over = self.item_is(&item_id, COMPLETED) || self.item_is(&item_id, FAILED);
        ensure!(over, status("COMPLETED or FAILED", item_id), false);
        self.items.change(&item_id, |item| item.status = PENDING.into());
        note!(undone, what: "item", id: item_id, to: PENDING);
        true
    }

    /// Runs the operations together, each under the lock of its item; a transfer under those of both parties.
    #[op(5)]
    async fn batch(live: Live<Self>, timestamp: Int, operations: Vec<BatchOp>) -> Py<Vec<Value>> {
        live.with(|state| state.purge(timestamp));
        live.gather(operations, move |live, op| async move {
            match op {
                BatchOp::Transfer { item_id, from_other, to_other } => {
                    let _locks = live.sorted_pair_lock(&from_other, &to_other).await;
                    Ok(live.with(|state| state.transfer_item(timestamp, item_id, to_other)).into_value())
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

    /// Clears items together, each under its lock. The status is CLEARED, whatever the method's name says.
    #[op(5)]
    async fn batch_resolve(live: Live<Self>, timestamp: Int, item_ids: Vec<Str>) -> Py<Vec<bool>> {
        live.gather(item_ids, move |live, item_id| async move {
            let _lock = live.lock(&item_id).await;
            Ok(live.with(|state| state.clear_item(timestamp, item_id)))
        })
        .await
    }

    /// Gives items to other parties, each under the locks of both parties; who has it now is not looked at.
    #[op(5)]
    async fn batch_transfer(live: Live<Self>, timestamp: Int, transfers: Vec<Transfer>) -> Py<Vec<bool>> {
        live.gather(transfers, move |live, Transfer { item_id, from_other, to_other }| async move {
            let _locks = live.sorted_pair_lock(&from_other, &to_other).await;
            Ok(live.with(|state| state.transfer_item(timestamp, item_id, to_other)))
        })
        .await
    }

    /// Reports ACTIVE items, so many at a time; what is missing or not ACTIVE takes no permit.
    #[op(6)]
    async fn report(live: Live<Self>, timestamp: Int, item_ids: Vec<Str>, max_concurrent: Int) -> Py<Vec<bool>> {
        live.with(|state| state.purge(timestamp));
        let semaphore = live.semaphore(max_concurrent)?;
        live.gather(item_ids, move |live, item_id| {
            let semaphore = semaphore.clone();
            async move {
                if !live.with(|state| state.may_report(&item_id)) {
                    return Ok(false);
                }
                let _permit = semaphore.acquire().await;
                live.sleep_ms(CALL_MS).await;
                live.with(|state| state.move_to(&item_id, REPORTED));
                Ok(true)
            }
        })
        .await
    }

    fn may_report(&self, item_id: &Str) -> bool {
        ensure!(self.has_item(item_id), exists("item", item_id), false);
        ensure!(self.item_is(item_id, ACTIVE), status("ACTIVE", item_id), false);
        true
    }

    /// Sends the decisions on RESOLVED items, so many at a time; what is not RESOLVED takes no permit.
    #[op(6)]
    async fn send_decisions(
        live: Live<Self>,
        _timestamp: Int,
        item_ids: Vec<Str>,
        max_concurrent: Int,
    ) -> Py<Vec<bool>> {
        let semaphore = live.semaphore(max_concurrent)?;
        live.gather(item_ids, move |live, item_id| {
            let semaphore = semaphore.clone();
            async move {
                if !live.with(|state| state.may_send(&item_id)) {
                    return Ok(false);
                }
                let _permit = semaphore.acquire().await;
                live.sleep_ms(CALL_MS).await;
                live.with(|state| state.move_to(&item_id, SENT));
                Ok(true)
            }
        })
        .await
    }

    fn may_send(&self, item_id: &Str) -> bool {
        ensure!(self.has_item(item_id), exists("item", item_id), false);
        ensure!(self.item_is(item_id, RESOLVED), status("RESOLVED", item_id), false);
        true
    }

    /// Syncs the ACTIVE items of a group, so many at a time. There is one answer for every item of every group, by id.
    #[op(6)]
    async fn sync_group_items(live: Live<Self>, _timestamp: Int, group_id: Str, max_concurrent: Int) -> Py<Vec<bool>> {
        let semaphore = live.semaphore(max_concurrent)?;
        let candidates: Vec<Str> = live.with(|state| state.items.sorted().map(|(item_id, _)| item_id).collect());
        live.gather(candidates, move |live, item_id| {
            let (semaphore, group_id) = (semaphore.clone(), group_id.clone());
            async move {
                if !live.with(|state| state.may_sync(&item_id, &group_id)) {
                    return Ok(false);
                }
                let _permit = semaphore.acquire().await;
                live.sleep_ms(CALL_MS).await;
                live.with(|state| state.move_to(&item_id, SYNCED));
                Ok(true)
            }
        })
        .await
    }

    fn may_sync(&self, item_id: &Str, group_id: &Str) -> bool {
        let group = self.items.get(item_id).map(|item| &item.group_id);
        ensure!(group == Some(group_id), member("item", item_id), false);
        ensure!(self.item_is(item_id, ACTIVE), status("ACTIVE", item_id), false);
        true
    }
}
