//! What a CDN edge cache holds, and the orders that are kept beside it.

use crate::patterns::{DueQueue, Groups, NumRanking, Recency, RunningSum, Use};
use crate::prelude::*;

/// Edge nodes, and the objects that are cached on them.
#[derive(Clone, Default, State)]
pub struct CdnEdgeCache {
    pub nodes: Dict<Str, Node>,
    pub objects: Dict<Str, Object>,
    #[state(skip)]
    objects_on: Groups,
    #[state(skip)]
    expiries: DueQueue<Str>,
    /// The nodes by what they hold, the one registered first on ties.
    #[state(skip)]
    pub by_usage: NumRanking<(Int, Str)>,
}

#[derive(Clone, State)]
pub struct Node {
    pub storage_limit_mb: Num,
    history: List<Event>,
    /// Its objects, the one used longest ago first.
    #[state(skip)]
    held: Recency<Str>,
    #[state(skip)]
    sum: RunningSum,
    /// What its objects take together, in MB.
    #[state(skip)]
    used: Num,
    /// How many nodes were registered before it.
    #[state(skip)]
    place: Int,
}

#[derive(Clone, State)]
pub struct Object {
    pub node_id: Str,
    pub size_mb: Num,
    pub access_time: Int,
    pub expiry: Option<Int>,
}

#[derive(Clone, State)]
#[state(tag = "action")]
pub enum Event {
    Register { timestamp: Int, storage_limit_mb: Num },
    Cache { timestamp: Int, object_id: Str, size_mb: Num, ttl_ms: Option<Int> },
    AutoPurge { timestamp: Int, object_id: Str, size_mb: Num },
    EvictLru { timestamp: Int, object_id: Str, size_mb: Num },
    PurgeNode { timestamp: Int, removed_count: Int, freed_mb: Num },
}

impl CdnEdgeCache {
    pub fn register(&mut self, timestamp: Int, node_id: Str, storage_limit_mb: Num) {
        let node = Node {
            storage_limit_mb,
            history: List::from_iter([Event::Register { timestamp, storage_limit_mb }]),
            held: Recency::default(),
            sum: RunningSum::default(),
            used: Num::from(0),
            place: self.nodes.count(),
        };
        self.nodes.insert(node_id.clone(), node);
        self.rank(&node_id);
    }

    /// Removes every object that is due; dead at the very moment of its expiry. The first thing every method does.
    pub fn purge(&mut self, timestamp: Int) {
        let mut due = self.expiries.take_due(timestamp);
        self.objects.sort_by_place(&mut due);
        for object_id in due {
            let Some(object) = self.take(&object_id) else { continue };
            note!(purged, what: "object", id: object_id, due: object.expiry, now: timestamp);
            self.log(&object.node_id, Event::AutoPurge { timestamp, object_id, size_mb: object.size_mb });
        }
    }

    /// Enters an object into the orders it belongs to as it is, or takes it out of them.
    fn list(&mut self, object_id: &Str, listed: bool) {
        let (Some(object), Some(place)) = (self.objects.get(object_id), self.objects.place(object_id)) else { return };
        let Some(node) = self.nodes.get_mut(&object.node_id) else { return };
        let last_use = Use { at: object.access_time, place };
        if listed {
            node.held.enter(object_id, last_use);
            node.sum.add(object.size_mb);
            self.objects_on.join(&object.node_id, object_id);
        } else {
            node.held.leave(object_id, last_use);
            node.sum.take(object.size_mb);
            self.objects_on.leave(&object.node_id, object_id);
        }
        match object.expiry {
            Some(expiry) if listed => self.expiries.schedule(expiry, object_id),
            Some(expiry) => self.expiries.cancel(expiry, object_id),
            None => {}
        }
        let node_id = object.node_id.clone();
        self.rank(&node_id);
    }

    /// Brings a node's usage, and its place among the nodes, up to date.
    fn rank(&mut self, node_id: &Str) {
        let Some(sum) = self.nodes.get(node_id).map(|node| node.sum) else { return };
        let now_used = sum.total().unwrap_or_else(|| {
            // Floats that round: only adding up in Python's order gives Python's sum.
            let objects = self.ids_on(node_id).into_iter().filter_map(|id| self.objects.get(&id));
            objects.fold(Num::from(0), |sum, object| sum + object.size_mb)
        });
        let Some(node) = self.nodes.get_mut(node_id) else { return };
        let ranked = (node.place, node_id.clone());
        self.by_usage.leave(&ranked, node.used);
        self.by_usage.enter(&ranked, now_used);
        node.used = now_used;
    }

    /// Caches an object, or overwrites one in its place.
    pub fn put(&mut self, object_id: Str, object: Object) {
        self.list(&object_id, false);
        self.objects.insert(object_id.clone(), object);
        self.list(&object_id, true);
    }

    pub fn take(&mut self, object_id: &Str) -> Option<Object> {
        self.list(object_id, false);
        self.objects.remove(object_id)
    }

    pub fn log(&mut self, node_id: &Str, event: Event) {
        if let Some(node) = self.nodes.get_mut(node_id) {
            node.history.push(event);
        }
    }

    /// The ids of a node's objects, in insertion order.
    pub fn ids_on(&self, node_id: &Str) -> Vec<Str> {
        let mut ids: Vec<Str> = self.objects_on.ids(node_id).collect();
        self.objects.sort_by_place(&mut ids);
        ids
    }

    /// How many MB a node's objects take.
    pub fn usage(&self, node_id: &Str) -> Num {
        self.nodes.get(node_id).map_or(Num::from(0), |node| node.used)
    }

    /// Evicts the least recently used objects until so much more fits, or none is left; of several used at one time the
    /// earliest in the dict.
    pub fn evict_lru_from(&mut self, timestamp: Int, node_id: &Str, needed_mb: Num) -> Py<()> {
        loop {
            let node = self.nodes.get(node_id).ok_or_else(|| Raise::key_error(node_id.clone()))?;
            if self.usage(node_id) + needed_mb <= node.storage_limit_mb {
                return Ok(());
            }
            let Some(object_id) = node.held.least_recent() else { return Ok(()) };
            let Some(object) = self.take(&object_id) else { return Ok(()) };
            note!(evicted, what: "object", id: object_id, from: node_id, why: "least recently used");
            self.log(node_id, Event::EvictLru { timestamp, object_id, size_mb: object.size_mb });
        }
    }

    pub fn fits(&self, node_id: &Str, size_mb: Num) -> bool {
        self.nodes.get(node_id).is_some_and(|node| self.usage(node_id) + size_mb <= node.storage_limit_mb)
    }

    /// What the thread of one node does.
    pub fn empty_node(&mut self, timestamp: Int, node_id: &Str) -> Value {
        let ids = self.ids_on(node_id);
        let removed_count = Int::count(ids.len());
        let mut freed_mb = Num::Float(0.0);
        for object_id in ids {
            if let Some(object) = self.take(&object_id) {
                freed_mb += object.size_mb;
                note!(removed, what: "object", id: object_id, why: "node purged");
            }
        }
        self.log(node_id, Event::PurgeNode { timestamp, removed_count, freed_mb });
        Value::record([("removed_count", removed_count.into_value()), ("freed_mb", freed_mb.into_value())])
    }
}
