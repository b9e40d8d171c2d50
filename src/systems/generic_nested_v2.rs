//! Generic template, nested, second version: as the first, but every method but `restore` purges first. The data is that
//! of the first version; what differs is said here.

use std::rc::Rc;

use super::generic_nested::BatchOp;
use super::generic_nested::store::{NestedContainers, Sub};
use crate::prelude::*;
use crate::value::{Change, Path, State};

/// How long an external call takes.
const CALL_MS: f64 = 10.0;

/// Containers by id, each with its sub-items.
#[derive(Clone, Default)]
pub struct PurgingNestedContainers {
    data: NestedContainers,
}

impl State for PurgingNestedContainers {
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
    id = "generic_nested_v2",
    class = "GenericF2",
    title(en = "Generic: nested, compact", zh = "通用模板：nested（精簡版）"),
    summary(
        en = "The nested template as one compact class to copy: the same outer dict of containers, with the purge called first in every method.",
        zh = "nested 嘅模板，一個 class 寫晒，方便照抄：一樣係外層 dict 裝 container，但每個 method 開頭都 call purge。",
    ),
    family = Nested,
    family_reason(
        en = "One create method and one add-X; calls carry container ID and sub ID, and `find_sub` with the sub ID alone is a reverse lookup.",
        zh = "一個 create method 加一個 add-X；call 帶住 container ID 同 sub ID，而 find_sub 淨係收 sub ID，要反查。",
    ),
    group = "Nested+TTL",
    signals = [
        "create container", "add X", "container ID plus sub ID", "find X", "capacity", "ttl", "backup", "restore", "move",
        "sync",
    ],
    patterns(
        l3 = "lazy purge of sub-items",
        l4 = "backup with remaining TTL, history",
        l5 = "single lock, sorted pair lock",
        l6 = FailFast,
    ),
    uses = [
        TopN, ReverseLookup, CapacityGate, LazyPurge, RemainingTtlBackup, EventHistory, MoveBetween, SingleLock,
        SortedPairLock, FailFast,
    ],
)]
impl PurgingNestedContainers {
    fn new() -> Self {
        Self::default()
    }

    fn add_new(&mut self, container_id: Str, sub_id: Str, sub: Sub) -> bool {
        ensure!(self.data.has_container(&container_id), exists("container", container_id), false);
        ensure!(self.data.find(&sub_id).is_none(), absent("sub-item", sub_id), false);
        ensure!(!self.data.is_full(&container_id), capacity("container", container_id), false);
        self.data.add(&container_id, sub_id, sub);
        true
    }

    /// Creates an empty container for `capacity` sub-items.
    #[op(1)]
    fn create_container(&mut self, timestamp: Int, container_id: Str, capacity: Int) -> bool {
        self.data.purge(timestamp);
        ensure!(!self.data.has_container(&container_id), absent("container", container_id), false);
        self.data.add_container(container_id, capacity);
        true
    }

    /// Puts a sub-item that no container has into one; it never expires.
    #[op(1)]
    fn add_sub(&mut self, timestamp: Int, container_id: Str, sub_id: Str, data: Value) -> bool {
        self.data.purge(timestamp);
        self.add_new(container_id, sub_id, Sub { data, expiry: None })
    }

    /// Removes a sub-item; the history keeps its id.
    #[op(1)]
    fn remove_sub(&mut self, timestamp: Int, container_id: Str, sub_id: Str) -> bool {
        self.data.purge(timestamp);
        ensure!(self.data.has_container(&container_id), exists("container", container_id), false);
        ensure!(self.data.has_sub(&container_id, &sub_id), exists("sub-item", sub_id), false);
        self.data.containers.take(&container_id, &sub_id);
        true
    }

    /// Counts the sub-items of a container.
    #[op(1)]
    fn get_count(&mut self, timestamp: Int, container_id: Str) -> Option<Int> {
        self.data.purge(timestamp);
        ensure!(self.data.has_container(&container_id), exists("container", container_id), None);
        self.data.count(&container_id)
    }

    /// Finds the container that holds a sub-item.
    #[op(2)]
    fn find_sub(&mut self, timestamp: Int, sub_id: Str) -> Option<Str> {
        self.data.purge(timestamp);
        let holder = self.data.find(&sub_id);
        ensure!(holder.is_some(), exists("sub-item", sub_id), None);
        holder
    }

    /// Lists the containers with most sub-items, by id on ties; empty ones too.
    #[op(2)]
    fn top_n(&mut self, timestamp: Int, n: Int) -> Vec<Str> {
        self.data.purge(timestamp);
        self.data.containers.top(n)
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
        self.data.purge(timestamp);
        self.add_new(container_id, sub_id, Sub { data, expiry: ttl_ms.map(|ttl| timestamp + ttl) })
    }

    /// Keeps a snapshot with the remaining TTLs.
    #[op(4)]
    fn backup(&mut self, timestamp: Int) {
        self.data.purge(timestamp);
        self.data.keep_backup(timestamp);
    }

    /// Goes back to the last snapshot that is not later than `target_ts`; its TTLs run on from `timestamp`.
    #[op(4)]
    fn restore(&mut self, timestamp: Int, target_ts: Int) -> bool {
        let found = self.data.backups.last_taken(target_ts);
        ensure!(found.is_some(), exists("backup", target_ts), false);
        if let Some(found) = found {
            self.data.containers.go_back_to(&found.1, timestamp);
        }
        true
    }

    /// Lists every sub-item that ever came into a container, in order.
    #[op(4)]
    fn get_history(&mut self, timestamp: Int, container_id: Str) -> Option<List<Str>> {
        self.data.purge(timestamp);
        ensure!(self.data.has_container(&container_id), exists("container", container_id), None);
        self.data.containers.get(&container_id).map(|container| container.history.clone())
    }

    /// Runs the operations together, each under the lock of its container; a move under those of both, and without a trace
    /// in the history.
    #[op(5)]
    async fn batch(live: Live<Self>, timestamp: Int, operations: Vec<BatchOp>) -> Py<Vec<Value>> {
        live.with(|state| state.data.purge(timestamp));
        live.gather(operations, move |live, op| async move {
            match op {
                BatchOp::Move { from_container, to_container, sub_id } => {
                    let _locks = live.sorted_pair_lock(&from_container, &to_container).await;
                    Ok(live.with(|state| state.move_sub(&from_container, &to_container, &sub_id)).into_value())
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

    fn move_sub(&mut self, from_container: &Str, to_container: &Str, sub_id: &Str) -> bool {
        ensure!(self.data.has_container(from_container), exists("container", from_container), false);
        ensure!(self.data.has_container(to_container), exists("container", to_container), false);
        ensure!(self.data.has_sub(from_container, sub_id), exists("sub-item", sub_id), false);
        ensure!(!self.data.is_full(to_container), capacity("container", to_container), false);
        self.data.move_silently(from_container, to_container, sub_id);
        true
    }

    /// Syncs containers, so many at a time; a missing one takes no permit.
    #[op(6)]
    async fn sync(live: Live<Self>, timestamp: Int, container_ids: Vec<Str>, max_concurrent: Int) -> Py<Vec<bool>> {
        live.with(|state| state.data.purge(timestamp));
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

    fn may_sync(&self, container_id: &Str) -> bool {
        ensure!(self.data.has_container(container_id), exists("container", container_id), false);
        true
    }
}
