//! CDN edge cache: nodes with a storage limit, objects with a TTL, LRU eviction in a loop, backup by node, replication.

pub use self::store::CdnEdgeCache;
use self::store::{Event, Object};
use crate::engine::{FromValue, Mismatch};
use crate::prelude::*;

mod store;

/// When an object was last used. It may be left out, but not be None: Python would keep the None, and then fail to compare it.
#[derive(Clone, Copy, Default)]
pub struct LastUse(Option<Int>);

impl FromValue for LastUse {
    fn py_type() -> String {
        "int".to_owned()
    }

    fn from_value(value: &Value) -> Result<Self, Mismatch> {
        Int::from_value(value).map(|at| Self(Some(at)))
    }
}

/// One object of a snapshot.
#[derive(Clone, Item)]
pub struct SnapshotItem {
    object_id: Str,
    size_mb: Num,
    #[item(default)]
    access_time: LastUse,
    #[item(default)]
    remaining_ttl: Option<Int>,
}

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "op")]
pub enum BatchOp {
    /// Caches an object.
    Cache {
        node_id: Str,
        object_id: Str,
        size_mb: Num,
        #[item(default)]
        ttl_ms: Option<Int>,
    },
    /// Removes an object.
    Invalidate { object_id: Str },
    /// Any other word is an error.
    #[item(other)]
    Other { op: Value },
}

/// What every method answers with: a dict with a status.
#[derive(Clone)]
pub struct Status(Value);

impl IntoValue for Status {
    fn py_type() -> String {
        "dict".to_owned()
    }

    fn into_value(self) -> Value {
        self.0
    }
}

fn ok<const N: usize>(fields: [(&'static str, Value); N]) -> Status {
    Status(Value::record([("status", "ok".into_value())].into_iter().chain(fields)))
}

/// An error of which `{}` is about an id.
fn error(message: &str, id: &str) -> Status {
    let message = message.replace("{}", id);
    Status(Value::record([("status", "error".into_value()), ("message", message.into_value())]))
}

#[system(
    id = "cdn_edge_cache",
    class = "CDNEdgeCache",
    title(en = "CDN edge cache", zh = "CDN edge cache"),
    summary(
        en = "Edge nodes with a storage limit cache objects with a TTL: LRU eviction until the new one fits, backup and restore by node, replication, purge. Synchronous, with threads.",
        zh = "Edge node 有 storage limit，上面 cache 住有 TTL 嘅 object：LRU 踢到放得落為止，逐個 node backup / restore、replicate、purge。全部 synchronous，用 thread。",
    ),
    family = TwoCollections,
    family_reason(
        en = "Two creators, nodes and objects; invalidate and get_object_location carry the object's ID only.",
        zh = "兩個 create：node 同 object；invalidate、get_object_location 淨係俾 object ID。",
    ),
    group = "Multi-Collection",
    signals = [
        "edge node", "storage limit", "evict least recently used", "ttl_ms", "invalidate(object_id)",
        "get_object_location(object_id)", "replicate", "import threading",
    ],
    patterns(
        l3 = "lazy purge with a history entry",
        l4 = "size-based LRU eviction, backup with remaining TTL",
        l5 = "thread locks in sorted order, sequential operations",
        l6 = FailFast,
    ),
    uses = [TopN, LazyPurge, CapacityGate, LruEviction, RemainingTtlBackup, EventHistory, SortedPairLock, FailFast],
    refusals(error = "{\"status\": \"error\", \"message\": {}}"),
)]
impl CdnEdgeCache {
    fn new() -> Self {
        Self::default()
    }

    /// Registers a node with room for so many MB.
    #[op(1)]
    fn register_node(&mut self, timestamp: Int, node_id: Str, storage_limit_mb: Num) -> Status {
        self.purge(timestamp);
        ensure!(!self.nodes.contains_key(&node_id), absent("node", node_id), error("Node {} already exists", &node_id));
        self.register(timestamp, node_id.clone(), storage_limit_mb);
        ok([("node_id", node_id.into_value())])
    }

    /// Caches an object on a node for `ttl_ms`, or until somebody removes it. Whatever had its id goes first, then the
    /// least recently used objects of the node until it fits.
    #[op(1)]
    fn cache_object(
        &mut self,
        timestamp: Int,
        node_id: Str,
        object_id: Str,
        size_mb: Num,
        #[default(None)] ttl_ms: Option<Int>,
    ) -> Py<Status> {
        self.purge(timestamp);
        ensure!(self.nodes.contains_key(&node_id), exists("node", node_id), error("Node {} not found", &node_id));
        if self.take(&object_id).is_some() {
            note!(removed, what: "object", id: object_id, why: "cached again");
        }
        self.evict_lru_from(timestamp, &node_id, size_mb)?;
        ensure!(
            self.fits(&node_id, size_mb),
            enough("space", size_mb),
            error("Not enough space on {} even after eviction", &node_id)
        );
        let expiry = ttl_ms.map(|ttl| timestamp + ttl);
        self.put(object_id.clone(), Object { node_id: node_id.clone(), size_mb, access_time: timestamp, expiry });
        self.log(&node_id, Event::Cache { timestamp, object_id: object_id.clone(), size_mb, ttl_ms });
        Ok(ok([("object_id", object_id.into_value()), ("node_id", node_id.into_value())]))
    }

    /// Removes an object, wherever it is cached.
    #[op(1)]
    fn invalidate(&mut self, timestamp: Int, object_id: Str) -> Status {
        self.purge(timestamp);
        let object = self.take(&object_id);
        ensure!(object.is_some(), exists("object", object_id), error("Object {} not found", &object_id));
        ok([("object_id", object_id.into_value()), ("node_id", object.map(|object| object.node_id).into_value())])
    }

    /// Gives how many MB of a node are used, allowed and free.
    #[op(1)]
    fn get_node_usage(&mut self, timestamp: Int, node_id: Str) -> Status {
        self.purge(timestamp);
        let limit = self.nodes.get(&node_id).map(|node| node.storage_limit_mb);
        ensure!(limit.is_some(), exists("node", node_id), error("Node {} not found", &node_id));
        let (used, limit) = (self.usage(&node_id), limit.unwrap_or(Num::from(0)));
        ok([
            ("node_id", node_id.into_value()),
            ("used_mb", used.into_value()),
            ("limit_mb", limit.into_value()),
            ("free_mb", (limit - used).into_value()),
        ])
    }

    /// Gives where an object is cached. Asking counts as a use.
    #[op(2)]
    fn get_object_location(&mut self, timestamp: Int, object_id: Str) -> Status {
        self.purge(timestamp);
        let object = self.objects.get(&object_id).cloned();
        ensure!(object.is_some(), exists("object", object_id), error("Object {} not found", &object_id));
        let Some(object) = object else { return error("Object {} not found", &object_id) };
        let answer = ok([
            ("object_id", object_id.clone().into_value()),
            ("node_id", object.node_id.clone().into_value()),
            ("size_mb", object.size_mb.into_value()),
            ("expiry", object.expiry.into_value()),
        ]);
        self.put(object_id, Object { access_time: timestamp, ..object });
        answer
    }

    /// Lists the nodes that hold most; on ties the one registered first, not the smaller id.
    #[op(2)]
    fn get_largest_nodes(&mut self, timestamp: Int, n: Int) -> Status {
        self.purge(timestamp);
        let largest = self.by_usage.top(n).filter_map(|(_, node_id)| {
            let node = self.nodes.get(&node_id)?;
            let (used, limit) = (self.usage(&node_id).into_value(), node.storage_limit_mb.into_value());
            Some(Value::record([("node_id", node_id.into_value()), ("used_mb", used), ("limit_mb", limit)]))
        });
        ok([("nodes", Value::List(largest.collect()))])
    }

    /// Gives a node's objects with their remaining TTL; the caller keeps the snapshot.
    #[op(4)]
    fn backup(&mut self, timestamp: Int, node_id: Str) -> Status {
        self.purge(timestamp);
        ensure!(self.nodes.contains_key(&node_id), exists("node", node_id), error("Node {} not found", &node_id));
        let items = self.ids_on(&node_id).into_iter().filter_map(|object_id| {
            let object = self.objects.get(&object_id)?;
            Some(Value::record([
                ("object_id", object_id.into_value()),
                ("size_mb", object.size_mb.into_value()),
                ("access_time", object.access_time.into_value()),
                ("remaining_ttl", object.expiry.map(|expiry| expiry - timestamp).into_value()),
            ]))
        });
        let snapshot: Vec<Value> = items.collect();
        note!(snapshot, at: timestamp, kept: Int::count(snapshot.len()), of: self.objects.count());
        ok([("node_id", node_id.into_value()), ("snapshot", Value::List(snapshot))])
    }

    /// Puts the objects of a snapshot on a node, with their TTL running on from now; what does not fit is skipped.
    #[op(4)]
    fn restore(&mut self, timestamp: Int, node_id: Str, snapshot: Vec<SnapshotItem>) -> Py<Status> {
        self.purge(timestamp);
        ensure!(self.nodes.contains_key(&node_id), exists("node", node_id), error("Node {} not found", &node_id));
        let (mut restored, mut skipped) = (Int::ZERO, Int::ZERO);
        for SnapshotItem { object_id, size_mb, access_time, remaining_ttl } in snapshot {
            // The object that has this id now still counts.
            self.evict_lru_from(timestamp, &node_id, size_mb)?;
            if !self.fits(&node_id, size_mb) {
                skipped += 1;
                continue;
            }
            let expiry = remaining_ttl.map(|remaining| timestamp + remaining);
            let access_time = access_time.0.unwrap_or(timestamp);
            self.put(object_id, Object { node_id: node_id.clone(), size_mb, access_time, expiry });
            restored += 1;
        }
        note!(restored, from: node_id, now: timestamp, kept: restored);
        Ok(ok([("restored", restored.into_value()), ("skipped", skipped.into_value())]))
    }

    /// Sets how many MB a node may hold, and evicts what is too much. An unknown node raises `KeyError`.
    #[op(4)]
    fn set_storage_limit(&mut self, timestamp: Int, node_id: Str, new_limit_mb: Num) -> Py<Status> {
        self.purge(timestamp);
        let node = self.nodes.get_mut(&node_id).ok_or_else(|| Raise::key_error(node_id.clone()))?;
        let old_limit_mb = std::mem::replace(&mut node.storage_limit_mb, new_limit_mb);
        self.evict_lru_from(timestamp, &node_id, Num::from(0))?;
        Ok(ok([
            ("node_id", node_id.into_value()),
            ("old_limit_mb", old_limit_mb.into_value()),
            ("new_limit_mb", new_limit_mb.into_value()),
        ]))
    }

    /// Runs the operations one after another. Python holds the locks of all nodes involved meanwhile, taken in sorted order;
    /// a single thread never waits for them.
    #[op(5)]
    fn batch_ops(&mut self, timestamp: Int, operations: Vec<BatchOp>) -> Py<Status> {
        self.purge(timestamp);
        let mut results = Vec::with_capacity(operations.len());
        for op in operations {
            let result = match op {
                BatchOp::Cache { node_id, object_id, size_mb, ttl_ms } => {
                    self.cache_object(timestamp, node_id, object_id, size_mb, ttl_ms)?
                }
                BatchOp::Invalidate { object_id } => self.invalidate(timestamp, object_id),
                BatchOp::Other { op } => error("Unknown op: {}", &op.key_text()),
            };
            results.push(result.into_value());
        }
        Ok(ok([("results", Value::List(results))]))
    }

    /// Copies an object to another node as `id@node`; without a TTL of its own the copy expires with the original. An
    /// unknown object or node raises `KeyError`.
    #[op(5)]
    fn replicate(
        &mut self,
        timestamp: Int,
        object_id: Str,
        from_node: Str,
        to_node: Str,
        #[default(None)] ttl_ms: Option<Int>,
    ) -> Py<Status> {
        self.purge(timestamp);
        if from_node == to_node {
            // Both nodes are locked, in sorted order: one node twice waits for itself.
            return Err(Raise::hangs(format!("lock:{to_node}")));
        }
        let object = self.objects.get(&object_id).cloned().ok_or_else(|| Raise::key_error(object_id.clone()))?;
        let replica_id = Str::from(format!("{object_id}@{to_node}"));
        let expiry = ttl_ms.map_or(object.expiry, |ttl| Some(timestamp + ttl));
        self.evict_lru_from(timestamp, &to_node, object.size_mb)?;
        let replica = Object { node_id: to_node.clone(), size_mb: object.size_mb, access_time: timestamp, expiry };
        self.put(replica_id.clone(), replica);
        Ok(ok([
            ("replica_id", replica_id.into_value()),
            ("from_node", from_node.into_value()),
            ("to_node", to_node.into_value()),
        ]))
    }

    /// Removes all objects of some nodes, each node in a thread, so many at a time. One unknown node, and none is purged.
    #[op(6)]
    fn purge_nodes(&mut self, timestamp: Int, node_ids: Vec<Str>, max_concurrent: Int) -> Py<Status> {
        self.purge(timestamp);
        for node_id in &node_ids {
            ensure!(
                self.nodes.contains_key(node_id),
                exists("node", node_id),
                error("Node {} not found — fail-fast, no nodes purged", node_id)
            );
        }
        if max_concurrent < 0 {
            return Err(Raise::value_error("semaphore initial value must be >= 0"));
        }
        if max_concurrent == 0 && !node_ids.is_empty() {
            return Err(Raise::hangs("semaphore:permits"));
        }
        let purged: Dict<Str, Value> =
            node_ids.into_iter().map(|node_id| (node_id.clone(), self.empty_node(timestamp, &node_id))).collect();
        Ok(ok([("purged", purged.into_value())]))
    }
}
