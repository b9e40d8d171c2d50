//! Hash ring: nodes on a circle of 100 positions, keys with the next node clockwise, virtual nodes, capacity with LRU.

use crate::patterns::{Groups, Ranking, Recency, Ring, Use, ranked, ring_position, virtual_positions};
use crate::prelude::*;

/// What a node's capacity is until it is set.
const UNLIMITED: Int = Int(-1);
/// How long a synchronisation takes.
const SYNC_MS: f64 = 10.0;

/// Nodes, and the keys that are stored on them.
#[derive(Clone, Default, State)]
pub struct HashRing {
    nodes: Dict<Str, Node>,
    keys: Dict<Str, Str>,
    key_access: Dict<Str, Int>,
    capacities: Dict<Str, Int>,
    #[state(skip)]
    ring: Ring,
    /// The stored keys by their position on the circle: a change of the ring looks only at those that move.
    #[state(skip)]
    keys_at: Groups,
    #[state(skip)]
    loads: Ranking<Str>,
}

#[derive(Clone, State)]
struct Node {
    replicas: Int,
    positions: List<Int>,
    /// Its keys, the one stored longest ago first.
    #[state(skip)]
    held: Recency<Str>,
}

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "type")]
pub enum BatchOp {
    /// Stores a key.
    Store { key: Str },
    /// Asks for the node of a key.
    Route { key: Str },
    /// Removes a key.
    RemoveKey { key: Str },
    /// Any other word does nothing.
    #[item(other)]
    Other { key: Str },
}

/// One synchronisation of two nodes.
#[derive(Clone, Item)]
pub struct SyncRequest {
    source_node: Str,
    dest_node: Str,
}

#[system(
    id = "hash_ring",
    class = "HashRing",
    title(en = "Hash ring", zh = "Hash ring"),
    summary(
        en = "Consistent hashing on a circle of 100 positions: a key belongs to the next node clockwise; virtual nodes spread the load, a full node evicts its least recently stored key.",
        zh = "Consistent hashing：一個圈有 100 個位，key 屬於順時針下一個 node；virtual node 分散 load，node 滿咗就踢走最耐冇 store 過嘅 key。",
    ),
    family = Nested,
    family_reason(
        en = "A node's record holds a list of positions: a dict with a list inside, and the keys point to nodes.",
        zh = "node 嘅 record 入面有一條 positions list：dict 裝 list，keys 再指返去 node。",
    ),
    group = "Ring+Capacity",
    signals = [
        "clockwise", "ring", "replica", "virtual node", "consistent hashing", "capacity", "maximum number of keys", "full",
        "evict", "least recently used", "without sleeping",
    ],
    patterns(
        l3 = "virtual nodes",
        l4 = "count-based LRU eviction",
        l5 = "single lock per key",
        l6 = FailFast,
    ),
    uses = [HashRing, TopN, CapacityGate, LruEviction, SingleLock, FailFast],
)]
impl HashRing {
    fn new() -> Self {
        Self::default()
    }

    /// The node of a key, stored or not.
    fn route(&self, key: &Str) -> Option<Str> {
        self.ring.owner(ring_position(key))
    }

    fn load(&self, node_id: &Str) -> Int {
        self.nodes.get(node_id).map_or(Int::ZERO, |node| Int::count(node.held.len()))
    }

    /// Enters a stored key into the orders it belongs to as it is, or takes it out of them.
    fn list(&mut self, key: &Str, listed: bool) {
        let position = ring_position(key);
        if listed {
            self.keys_at.join(&position, key);
        } else {
            self.keys_at.leave(&position, key);
        }
        let (Some(node_id), Some(place)) = (self.keys.get(key), self.keys.place(key)) else { return };
        let Some(node) = self.nodes.get_mut(node_id) else { return };
        let last_use = Use { at: self.key_access.get(key).copied().unwrap_or_default(), place };
        let before = Int::count(node.held.len());
        if listed {
            node.held.enter(key, last_use);
        } else {
            node.held.leave(key, last_use);
        }
        self.loads.shift(node_id, before, Int::count(node.held.len()));
    }

    /// Records a key on a node; one that is there already keeps its place among the keys.
    fn record(&mut self, key: Str, node_id: Str, timestamp: Int) {
        self.list(&key, false);
        self.keys.insert(key.clone(), node_id);
        self.key_access.insert(key.clone(), timestamp);
        self.list(&key, true);
    }

    fn forget(&mut self, key: &Str) {
        self.list(key, false);
        self.keys.remove(key);
        self.key_access.remove(key);
    }

    /// Puts the keys of some positions on the nodes that own these now, however full they are.
    fn reassign(&mut self, positions: Vec<Int>) {
        for position in positions {
            let owner = self.ring.owner(position);
            for key in self.keys_at.ids::<Str>(&position).collect::<Vec<_>>() {
                self.list(&key, false);
                if let Some(owner) = &owner {
                    let from = self.keys.insert(key.clone(), owner.clone());
                    self.list(&key, true);
                    note!(moved, what: "key", id: key, from: from, to: owner);
                } else {
                    // Its time of access stays behind, as in Python.
                    self.keys.remove(&key);
                    note!(removed, what: "key", id: key, why: "no node");
                }
            }
        }
    }

    fn enter(&mut self, node_id: Str, replicas: Int, positions: List<Int>) {
        let moved = self.ring.join(&node_id, positions.iter().copied());
        self.loads.enter(&node_id, Int::ZERO);
        self.nodes.insert(node_id, Node { replicas, positions, held: Recency::default() });
        self.reassign(moved);
    }

    /// Removes the node's least recently stored key; of several stored at one time the earliest in the dict.
    fn evict(&mut self, node_id: &Str) -> Option<Str> {
        let key = self.nodes.get(node_id)?.held.least_recent()?;
        self.forget(&key);
        note!(evicted, what: "key", id: key, from: node_id, why: "least recently stored");
        Some(key)
    }

    /// Adds a node at the position of its id; keys for which it is now the next node move to it.
    #[op(1)]
    fn add_node(&mut self, _timestamp: Int, node_id: Str) -> bool {
        ensure!(!self.nodes.contains_key(&node_id), absent("node", node_id), false);
        let position = ring_position(&node_id);
        self.enter(node_id, Int(1), List::from_iter([position]));
        true
    }

    /// Removes a node; its keys move on to the next one clockwise, and are dropped with the last node.
    #[op(1)]
    fn remove_node(&mut self, _timestamp: Int, node_id: Str) -> bool {
        ensure!(self.nodes.contains_key(&node_id), exists("node", node_id), false);
        let Some(gone) = self.nodes.remove(&node_id) else { return false };
        self.loads.leave(&node_id, Int::count(gone.held.len()));
        self.capacities.remove(&node_id);
        let moved = self.ring.leave(&node_id, gone.positions.iter().copied());
        self.reassign(moved);
        true
    }

    /// Gives the first node at the key's position or clockwise from it; records nothing.
    #[op(1)]
    fn route_key(&self, _timestamp: Int, key: Str) -> Option<Str> {
        let node_id = self.route(&key);
        ensure!(node_id.is_some(), any("node"), None);
        node_id
    }

    /// Counts the nodes.
    #[op(1)]
    fn get_node_count(&self, _timestamp: Int) -> Int {
        self.nodes.count()
    }

    /// Stores a key on its node and gives the node; a full node evicts one key first, unless the key is there already.
    #[op(2)]
    fn store_key(&mut self, timestamp: Int, key: Str) -> Option<Str> {
        let node_id = self.route(&key);
        ensure!(node_id.is_some(), any("node"), None);
        let node_id = node_id?;
        let capacity = self.capacities.get(&node_id).copied().unwrap_or(UNLIMITED);
        let already_here = self.keys.get(&key) == Some(&node_id);
        if capacity != UNLIMITED && !already_here && self.load(&node_id) >= capacity {
            self.evict(&node_id);
        }
        note!(routed, what: "key", id: key, to: node_id);
        self.record(key, node_id.clone(), timestamp);
        Some(node_id)
    }

    /// Lists the nodes by id.
    #[op(2)]
    fn list_nodes(&self, _timestamp: Int) -> Vec<Str> {
        self.nodes.sorted().map(|(node_id, _)| node_id).collect()
    }

    /// Counts the keys on a node.
    #[op(2)]
    fn get_load(&self, _timestamp: Int, node_id: Str) -> Int {
        ensure!(self.nodes.contains_key(&node_id), exists("node", node_id), Int(0));
        self.load(&node_id)
    }

    /// Lists the nodes with the most keys, as `id(load)`; those without keys too.
    #[op(2)]
    fn top_loaded(&self, _timestamp: Int, n: Int) -> Vec<Str> {
        self.loads.top(n).map(|(node_id, load)| ranked(&node_id, load)).collect()
    }

    /// Adds a node that stands at several positions, those of `id_0`, `id_1` and so on.
    #[op(3)]
    fn add_node_with_replicas(&mut self, _timestamp: Int, node_id: Str, num_replicas: Int) -> Py<bool> {
        ensure!(!self.nodes.contains_key(&node_id), absent("node", node_id), false);
        let positions = virtual_positions(&node_id, num_replicas)?;
        self.enter(node_id, num_replicas, positions);
        Ok(true)
    }

    /// Gives how many replicas a node was added with.
    #[op(3)]
    fn get_replica_count(&self, _timestamp: Int, node_id: Str) -> Int {
        ensure!(self.nodes.contains_key(&node_id), exists("node", node_id), Int(0));
        self.nodes.get(&node_id).map_or(Int::ZERO, |node| node.replicas)
    }

    /// Sets how many keys a node may hold, -1 for any number; evicts nothing.
    #[op(4)]
    fn set_capacity(&mut self, _timestamp: Int, node_id: Str, capacity: Int) -> bool {
        ensure!(self.nodes.contains_key(&node_id), exists("node", node_id), false);
        self.capacities.insert(node_id, capacity);
        true
    }

    /// Gives how many keys a node may hold; -1 when it was never set.
    #[op(4)]
    fn get_capacity(&self, _timestamp: Int, node_id: Str) -> Int {
        ensure!(self.nodes.contains_key(&node_id), exists("node", node_id), Int(0));
        self.capacities.get(&node_id).copied().unwrap_or(UNLIMITED)
    }

    /// Counts the keys on a node, like `get_load`.
    #[op(4)]
    fn get_used(&self, _timestamp: Int, node_id: Str) -> Int {
        ensure!(self.nodes.contains_key(&node_id), exists("node", node_id), Int(0));
        self.load(&node_id)
    }

    /// Evicts the key of a node that was stored longest ago, and gives it.
    #[op(4)]
    fn evict_lru(&mut self, _timestamp: Int, node_id: Str) -> Option<Str> {
        ensure!(self.nodes.contains_key(&node_id), exists("node", node_id), None);
        ensure!(self.load(&node_id) > 0, any("key on the node", node_id), None);
        self.evict(&node_id)
    }

    /// Runs the operations together, each under the lock of its key. The answers keep the order of the operations.
    #[op(5)]
    async fn batch_operations(ring: Live<Self>, timestamp: Int, operations: Vec<BatchOp>) -> Py<Vec<Value>> {
        ring.gather(operations, move |ring, op| async move {
            let (BatchOp::Store { key } | BatchOp::Route { key } | BatchOp::RemoveKey { key } | BatchOp::Other { key }) = &op;
            let _lock = ring.lock(key).await;
            Ok(ring.with(|ring| match op {
                BatchOp::Store { key } => ring.store_key(timestamp, key).into_value(),
                BatchOp::Route { key } => ring.route(&key).into_value(),
                BatchOp::RemoveKey { key } => ring.remove_key(&key).into_value(),
                BatchOp::Other { .. } => Value::None,
            }))
        })
        .await
    }

    fn remove_key(&mut self, key: &Str) -> bool {
        ensure!(self.keys.contains_key(key), exists("key", key), false);
        self.forget(key);
        true
    }

    /// Synchronises pairs of nodes, so many at a time; each takes 10 ms. An unknown node is refused at once, without a
    /// permit.
    #[op(6)]
    async fn sync_replicas(
        ring: Live<Self>,
        _timestamp: Int,
        requests: Vec<SyncRequest>,
        max_concurrent: Int,
    ) -> Py<Vec<bool>> {
        let semaphore = ring.semaphore(max_concurrent)?;
        ring.gather(requests, move |ring, request| {
            let semaphore = semaphore.clone();
            async move {
                if !ring.with(|ring| ring.may_sync(&request)) {
                    return Ok(false);
                }
                let _permit = semaphore.acquire().await;
                ring.sleep_ms(SYNC_MS).await;
                Ok(true)
            }
        })
        .await
    }

    fn may_sync(&self, request: &SyncRequest) -> bool {
        ensure!(self.nodes.contains_key(&request.source_node), exists("node", request.source_node), false);
        ensure!(self.nodes.contains_key(&request.dest_node), exists("node", request.dest_node), false);
        true
    }
}
