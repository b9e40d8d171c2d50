//! Generic template, nested: containers with a capacity, each with named sub-items that may expire.

pub use self::store::NestedContainers;
use self::store::Sub;
use crate::patterns::Record;
use crate::prelude::*;

pub(super) mod store;

/// How long an external call takes.
const CALL_MS: f64 = 10.0;

/// The capacity of a container that its first sub-item creates.
const UNLIMITED: Int = Int(999_999);

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "type")]
pub enum BatchOp {
    /// Puts a sub-item into a container.
    Add {
        /// The container.
        container_id: Str,
        /// The new sub-item.
        sub_id: Str,
        /// Its payload.
        data: Value,
    },
    /// Removes a sub-item.
    Remove {
        /// Its container.
        container_id: Str,
        /// The sub-item.
        sub_id: Str,
    },
    /// Moves a sub-item to another container.
    Move {
        /// Where it is.
        from_container: Str,
        /// Where it goes.
        to_container: Str,
        /// The sub-item.
        sub_id: Str,
    },
    /// Any other word does nothing.
    #[item(other)]
    Other {
        /// Whose lock is taken.
        container_id: Str,
    },
}

/// One sub-item that is to be removed.
#[derive(Clone, Item)]
pub struct Request {
    container_id: Str,
    sub_id: Str,
}

#[system(
    id = "generic_nested",
    class = "GenericF2",
    title(en = "Generic: nested", zh = "通用模板：nested"),
    summary(
        en = "One outer dict of containers with a capacity, each with named sub-items that may expire: add, find, scan, move, copy, backup with remaining TTL.",
        zh = "一個外層 dict 裝 container，每個有 capacity，入面係會過期嘅 sub-item：add、find、scan、move、copy、backup 記 remaining TTL。",
    ),
    family = Nested,
    family_reason(
        en = "One create method and one add-X; calls carry container ID and sub ID, and a sub ID alone needs a reverse lookup.",
        zh = "一個 create method 加一個 add-X；call 帶住 container ID 同 sub ID，淨得 sub ID 就要反查。",
    ),
    group = "Nested+TTL",
    signals = [
        "create container", "add X", "container ID plus sub ID", "find X", "capacity", "scan", "prefix", "ttl", "extend",
        "backup", "restore", "move", "copy", "sync",
    ],
    patterns(
        l3 = "lazy purge of sub-items, inline test",
        l4 = "backup with remaining TTL, history, move, copy",
        l5 = "single lock, sorted pair lock",
        l6 = FailFast,
    ),
    uses = [
        TopN, ReverseLookup, PrefixScan, CapacityGate, LazyPurge, InlineTtl, RemainingTtlBackup, EventHistory, MoveBetween,
        SingleLock, SortedPairLock, FailFast, AllSleep,
    ],
)]
impl NestedContainers {
    fn new() -> Self {
        Self::default()
    }

    fn listing(&self, container_id: &Str, prefix: &str) -> String {
        let subs =
            self.containers.get(container_id).into_iter().flat_map(|container| container.subs.with_prefix(prefix));
        let ids: Vec<String> = subs.map(|(sub_id, _)| sub_id.to_string()).collect();
        ids.join(",")
    }

    fn add_new(&mut self, container_id: Str, sub_id: Str, sub: Sub) -> bool {
        ensure!(self.has_container(&container_id), exists("container", container_id), false);
        ensure!(self.find(&sub_id).is_none(), absent("sub-item", sub_id), false);
        ensure!(!self.is_full(&container_id), capacity("container", container_id), false);
        self.add(&container_id, sub_id, sub);
        true
    }

    /// Creates an empty container for `capacity` sub-items.
    #[op(1)]
    fn create_container(&mut self, _timestamp: Int, container_id: Str, capacity: Int) -> bool {
        ensure!(!self.has_container(&container_id), absent("container", container_id), false);
        self.add_container(container_id, capacity);
        true
    }

    /// Puts a sub-item that no container has into one; it never expires. Expired ones still count.
    #[op(1)]
    fn add_sub(&mut self, _timestamp: Int, container_id: Str, sub_id: Str, data: Value) -> bool {
        self.add_new(container_id, sub_id, Sub { data, expiry: None })
    }

    /// Removes a sub-item; the history keeps its id.
    #[op(1)]
    fn remove_sub(&mut self, _timestamp: Int, container_id: Str, sub_id: Str) -> bool {
        ensure!(self.has_container(&container_id), exists("container", container_id), false);
        ensure!(self.has_sub(&container_id, &sub_id), exists("sub-item", sub_id), false);
        self.containers.take(&container_id, &sub_id);
        true
    }

    /// Counts the sub-items of a container, expired ones too.
    #[op(1)]
    fn get_count(&self, _timestamp: Int, container_id: Str) -> Option<Int> {
        ensure!(self.has_container(&container_id), exists("container", container_id), None);
        self.count(&container_id)
    }

    /// Gives a copy of a sub-item, dead or alive.
    #[op(1)]
    fn get_sub(&self, _timestamp: Int, container_id: Str, sub_id: Str) -> Option<Record> {
        ensure!(self.has_container(&container_id), exists("container", container_id), None);
        ensure!(self.has_sub(&container_id, &sub_id), exists("sub-item", sub_id), None);
        self.containers.item(&container_id, &sub_id).map(Record::of)
    }

    /// Puts a sub-item into a container that is created if need be; looks neither at the capacity nor at other containers.
    #[op(1)]
    fn set_implicit(&mut self, _timestamp: Int, container_id: Str, sub_id: Str, data: Value) -> bool {
        if !self.has_container(&container_id) {
            self.add_container(container_id.clone(), UNLIMITED);
        }
        ensure!(!self.has_sub(&container_id, &sub_id), absent("sub-item", sub_id), false);
        self.add(&container_id, sub_id, Sub { data, expiry: None });
        true
    }

    /// Finds the container that holds a sub-item; of several the one that was created first.
    #[op(2)]
    fn find_sub(&self, _timestamp: Int, sub_id: Str) -> Option<Str> {
        let holder = self.find(&sub_id);
        ensure!(holder.is_some(), exists("sub-item", sub_id), None);
        holder
    }

    /// Lists the containers with most sub-items, by id on ties; empty ones too.
    #[op(2)]
    fn top_n(&self, _timestamp: Int, n: Int) -> Vec<Str> {
        self.containers.top(n)
    }

    /// Lists the sub-items of a container by id, joined by a comma without a blank.
    #[op(2)]
    fn scan(&self, _timestamp: Int, container_id: Str) -> String {
        ensure!(self.has_container(&container_id), exists("container", container_id), String::new());
        self.listing(&container_id, "")
    }

    /// Lists the sub-items of a container whose id starts with a prefix.
    #[op(2)]
    fn scan_by_prefix(&self, _timestamp: Int, container_id: Str, prefix: Str) -> String {
        ensure!(self.has_container(&container_id), exists("container", container_id), String::new());
        self.listing(&container_id, &prefix)
    }

    /// Puts a sub-item into a container that is dead from `timestamp + ttl_ms` on; without a TTL it never is.
    #[op(3)]
    fn add_sub_with_ttl(
        &mut self,
        timestamp: Int,
        container_id: Str,
        sub_id: Str,
        data: Value,
        ttl_ms: Option<Int>,
    ) -> bool {
        self.purge(timestamp);
        self.add_new(container_id, sub_id, Sub { data, expiry: ttl_ms.map(|ttl| timestamp + ttl) })
    }

    /// Lets a sub-item live `extra_ms` milliseconds longer, counted from its old expiry and not from now.
    #[op(3)]
    fn extend_sub(&mut self, timestamp: Int, container_id: Str, sub_id: Str, extra_ms: Int) -> bool {
        self.purge(timestamp);
        ensure!(self.has_container(&container_id), exists("container", container_id), false);
        ensure!(self.has_sub(&container_id, &sub_id), exists("sub-item", sub_id), false);
        let Some(sub) = self.containers.item(&container_id, &sub_id).cloned() else { return false };
        ensure!(sub.expiry.is_some(), exists("expiry", sub_id), false);
        let expiry = sub.expiry.map(|expiry| expiry + extra_ms);
        self.containers.put(&container_id, sub_id, Sub { expiry, ..sub });
        true
    }

    /// Gives a copy of a sub-item that is alive; a dead one stays where it is.
    #[op(3)]
    fn get_alive_sub(&self, timestamp: Int, container_id: Str, sub_id: Str) -> Option<Record> {
        ensure!(self.has_container(&container_id), exists("container", container_id), None);
        let sub = self.containers.item(&container_id, &sub_id);
        ensure!(sub.is_some(), exists("sub-item", sub_id), None);
        ensure!(sub.is_some_and(|sub| sub.is_alive(timestamp)), alive("sub-item", sub_id), None);
        sub.map(Record::of)
    }

    /// Keeps a snapshot with the remaining TTLs.
    #[op(4)]
    fn backup(&mut self, timestamp: Int) {
        self.purge(timestamp);
        self.keep_backup(timestamp);
    }

    /// Goes back to the last snapshot that is not later than `target_ts`; its TTLs run on from `timestamp`.
    #[op(4)]
    fn restore(&mut self, timestamp: Int, target_ts: Int) -> bool {
        let found = self.backups.last_taken(target_ts);
        ensure!(found.is_some(), exists("backup", target_ts), false);
        if let Some(found) = found {
            self.containers.go_back_to(&found.1, timestamp);
        }
        true
    }

    /// Lists every sub-item that ever came into a container, in order.
    #[op(4)]
    fn get_history(&mut self, timestamp: Int, container_id: Str) -> Option<List<Str>> {
        self.purge(timestamp);
        ensure!(self.has_container(&container_id), exists("container", container_id), None);
        self.containers.get(&container_id).map(|container| container.history.clone())
    }

    /// Moves a sub-item with its expiry, over one of the same id; one that is moved to where it is gets lost.
    #[op(4)]
    fn move_sub(&mut self, timestamp: Int, from_container: Str, to_container: Str, sub_id: Str) -> bool {
        self.purge(timestamp);
        if !self.may_move(&from_container, &to_container, &sub_id) {
            return false;
        }
        self.move_silently(&from_container, &to_container, &sub_id);
        if let Some(target) = self.containers.get_mut(&to_container) {
            target.history.push(sub_id);
        }
        true
    }

    fn may_move(&self, from_container: &Str, to_container: &Str, sub_id: &Str) -> bool {
        ensure!(self.has_container(from_container), exists("container", from_container), false);
        ensure!(self.has_container(to_container), exists("container", to_container), false);
        ensure!(self.has_sub(from_container, sub_id), exists("sub-item", sub_id), false);
        ensure!(!self.is_full(to_container), capacity("container", to_container), false);
        true
    }

    /// Copies a sub-item with its expiry, over one of the same id; looks neither at the capacity nor at other containers.
    #[op(4)]
    fn copy_sub(&mut self, _timestamp: Int, source_container: Str, target_container: Str, sub_id: Str) -> bool {
        ensure!(self.has_container(&source_container), exists("container", source_container), false);
        ensure!(self.has_container(&target_container), exists("container", target_container), false);
        ensure!(self.has_sub(&source_container, &sub_id), exists("sub-item", sub_id), false);
        if let Some(copy) = self.containers.item(&source_container, &sub_id).cloned() {
            self.add(&target_container, sub_id, copy);
        }
        true
    }

    /// Runs the operations together, each under the lock of its container; a move under those of both, and without a trace
    /// in the history.
    #[op(5)]
    async fn batch(live: Live<Self>, timestamp: Int, operations: Vec<BatchOp>) -> Py<Vec<Value>> {
        live.with(|state| state.purge(timestamp));
        live.gather(operations, move |live, op| async move {
            match op {
                BatchOp::Move { from_container, to_container, sub_id } => {
                    let _locks = live.sorted_pair_lock(&from_container, &to_container).await;
                    Ok(live.with(|state| {
                        let may_move = state.may_move(&from_container, &to_container, &sub_id);
                        if may_move {
                            state.move_silently(&from_container, &to_container, &sub_id);
                        }
                        may_move.into_value()
                    }))
                }
                BatchOp::Add { container_id, sub_id, data } => {
                    let _lock = live.lock(&container_id).await;
                    Ok(live.with(|state| state.add_sub(timestamp, container_id, sub_id, data)).into_value())
                }
                BatchOp::Remove { container_id, sub_id } => {
                    let _lock = live.lock(&container_id).await;
                    Ok(live.with(|state| state.remove_sub(timestamp, container_id, sub_id)).into_value())
                }
                BatchOp::Other { container_id } => {
                    let _lock = live.lock(&container_id).await;
                    Ok(Value::None)
                }
            }
        })
        .await
    }

    /// Counts the sub-items of containers together, each under its lock. It gives counts, whatever the method's name says.
    #[op(5)]
    async fn batch_scan(live: Live<Self>, timestamp: Int, container_ids: Vec<Str>) -> Py<Vec<Option<Int>>> {
        live.gather(container_ids, move |live, container_id| async move {
            let _lock = live.lock(&container_id).await;
            Ok(live.with(|state| state.get_count(timestamp, container_id)))
        })
        .await
    }

    /// Removes sub-items together, each under the lock of its container.
    #[op(5)]
    async fn batch_resolve(live: Live<Self>, timestamp: Int, requests: Vec<Request>) -> Py<Vec<bool>> {
        live.gather(requests, move |live, Request { container_id, sub_id }| async move {
            let _lock = live.lock(&container_id).await;
            Ok(live.with(|state| state.remove_sub(timestamp, container_id, sub_id)))
        })
        .await
    }

    /// Purges, then syncs containers, so many at a time; a missing one takes no permit.
    #[op(6)]
    async fn sync(live: Live<Self>, timestamp: Int, container_ids: Vec<Str>, max_concurrent: Int) -> Py<Vec<bool>> {
        live.with(|state| state.purge(timestamp));
        Self::call_each(live, container_ids, max_concurrent).await
    }

    /// Syncs containers, so many at a time; a missing one takes no permit. Nothing is purged.
    #[op(6)]
    async fn propagate(live: Live<Self>, _timestamp: Int, domain_ids: Vec<Str>, max_concurrent: Int) -> Py<Vec<bool>> {
        Self::call_each(live, domain_ids, max_concurrent).await
    }

    async fn call_each(live: Live<Self>, container_ids: Vec<Str>, max_concurrent: Int) -> Py<Vec<bool>> {
        let semaphore = live.semaphore(max_concurrent)?;
        live.gather(container_ids, move |live, container_id| {
            let semaphore = semaphore.clone();
            async move {
                if !live.with(|state| state.may_sync(&container_id)) {
                    return Ok(false);
                }
                let _permit = semaphore.acquire().await;
                live.sleep_ms(CALL_MS).await;
                Ok(true)
            }
        })
        .await
    }

    /// Looks for containers, so many at a time; each takes its permit and its time, and is looked for only then.
    #[op(6)]
    async fn batch_scan_all_sleep(
        live: Live<Self>,
        _timestamp: Int,
        container_ids: Vec<Str>,
        max_concurrent: Int,
    ) -> Py<Vec<bool>> {
        let semaphore = live.semaphore(max_concurrent)?;
        live.gather(container_ids, move |live, container_id| {
            let semaphore = semaphore.clone();
            async move {
                let _permit = semaphore.acquire().await;
                live.sleep_ms(CALL_MS).await;
                Ok(live.with(|state| state.may_sync(&container_id)))
            }
        })
        .await
    }

    fn may_sync(&self, container_id: &Str) -> bool {
        ensure!(self.has_container(container_id), exists("container", container_id), false);
        true
    }
}
