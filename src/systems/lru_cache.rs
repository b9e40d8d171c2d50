//! LRU cache: a fixed number of entries; when it is full, the one whose last access is oldest leaves.

use crate::patterns::{Listed, Lists, Order};
use crate::prelude::*;
use crate::value::DictKey;

/// How long a synchronisation of one key takes.
const SYNC_MS: f64 = 10.0;

/// A cache with room for so many entries.
#[derive(Clone, State)]
pub struct LruCache {
    data: Listed<Str, Entry, ByLastAccess>,
    capacity: Int,
    eviction_history: List<Str>,
}

#[derive(Clone, State)]
struct Entry {
    value: Value,
    access_count: Int,
    last_access: Int,
    expiry: Option<Int>,
}

/// The keys in the order in which they leave: oldest access first, the smaller key on ties.
#[derive(Clone, Default)]
struct ByLastAccess(Order);

impl Lists<Str, Entry> for ByLastAccess {
    fn enter(&mut self, key: &Str, entry: &Entry) {
        self.0.insert(entry.last_access, key.to_key());
    }

    fn leave(&mut self, key: &Str, entry: &Entry) {
        self.0.remove(entry.last_access, key.to_key());
    }
}

/// One key to synchronise.
#[derive(Clone, Item)]
pub struct SyncRequest {
    key: Str,
}

#[system(
    id = "lru_cache",
    class = "LRUCache",
    title(en = "LRU cache", zh = "LRU cache"),
    summary(
        en = "A cache of fixed capacity: a new key in a full cache evicts the entry with the oldest last access. Expired entries keep their room.",
        zh = "固定 capacity 嘅 cache：滿咗再入新 key，就踢走 last access 最舊嗰個。過期嘅 entry 照霸住個位。",
    ),
    family = Flat,
    family_reason(
        en = "One dict of entries under one key, and nothing inside an entry.",
        zh = "得一個 dict、一個 key，entry 入面冇 sub-item。",
    ),
    group = "Flat+Capacity",
    signals = ["fixed capacity", "evict", "least recently used", "full", "last access"],
    patterns(
        l3 = "inline TTL, expired entries take up room",
        l4 = "count-based LRU eviction",
        l5 = "none",
        l6 = AllSleep,
    ),
    uses = [InlineTtl, CapacityGate, LruEviction, AllSleep],
)]
impl LruCache {
    fn new(#[example(Int(3))] capacity: Int) -> Self {
        Self { data: Listed::default(), capacity, eviction_history: List::new() }
    }

    /// Removes the entry with the oldest access; of several with the same access the one with the smallest key.
    fn evict_lru(&mut self) -> Py<()> {
        let victim = self.data.lists().0.first().and_then(|(_, key)| Str::from_key(key));
        // Without any entry Python's victim is None, and there is no such key.
        let victim = victim.ok_or_else(|| Raise { exception: "KeyError", message: Value::None.repr() })?;
        self.data.remove(&victim);
        note!(evicted, what: "entry", id: victim, why: "oldest last access");
        self.eviction_history.push(victim);
        Ok(())
    }

    /// Makes room for one more entry when the cache is full.
    fn make_room(&mut self) -> Py<()> {
        if self.data.count() >= self.capacity { self.evict_lru() } else { Ok(()) }
    }

    fn value(&self, key: &Str) -> Option<Value> {
        self.data.get(key).map(|entry| entry.value.clone())
    }

    fn is_alive(&self, key: &Str, timestamp: Int) -> bool {
        self.data.get(key).is_some_and(|entry| entry.expiry.is_none_or(|expiry| timestamp < expiry))
    }

    /// Writes a value. A new key in a full cache evicts one entry; a key that is there keeps everything but its value.
    #[op(1)]
    fn set(&mut self, key: Str, value: Value) -> Py<()> {
        if self.data.contains_key(&key) {
            self.data.change(&key, |entry| entry.value = value);
            return Ok(());
        }
        self.make_room()?;
        self.data.insert(key, Entry { value, access_count: Int::ZERO, last_access: Int::ZERO, expiry: None });
        Ok(())
    }

    /// Reads a value, dead or alive, and counts the access; the last access stays as it is, for there is no timestamp.
    #[op(1)]
    fn get(&mut self, key: Str) -> Option<Value> {
        ensure!(self.data.contains_key(&key), exists("key", key), None);
        self.data.change(&key, |entry| entry.access_count += 1);
        self.value(&key)
    }

    /// Removes an entry, dead or alive.
    #[op(1)]
    fn delete(&mut self, key: Str) -> bool {
        ensure!(self.data.contains_key(&key), exists("key", key), false);
        self.data.remove(&key);
        true
    }

    /// Writes a value that is alive strictly before `timestamp + ttl`; counts as an access, but is not counted.
    #[op(3)]
    fn set_with_ttl(&mut self, key: Str, value: Value, timestamp: Int, ttl: Int) -> Py<()> {
        let known = self.data.get(&key).map(|entry| entry.access_count);
        if known.is_none() {
            self.make_room()?;
        }
        let access_count = known.unwrap_or_default();
        self.data.insert(key, Entry { value, access_count, last_access: timestamp, expiry: Some(timestamp + ttl) });
        Ok(())
    }

    /// Reads a value that is alive, counts the access and makes it the last one.
    #[op(3)]
    fn get_at(&mut self, key: Str, timestamp: Int) -> Option<Value> {
        ensure!(self.data.contains_key(&key), exists("key", key), None);
        ensure!(self.is_alive(&key, timestamp), alive("entry", key), None);
        self.data.change(&key, |entry| {
            entry.access_count += 1;
            entry.last_access = timestamp;
        });
        self.value(&key)
    }

    /// Tells which keys are cached, so many at a time; each takes 10 ms, whether it is there or not. Dead entries count.
    #[op(6)]
    async fn sync_cache(
        cache: Live<Self>,
        _timestamp: Int,
        sync_requests: Vec<SyncRequest>,
        max_concurrent: Int,
    ) -> Py<Vec<bool>> {
        let semaphore = cache.semaphore(max_concurrent)?;
        cache
            .gather(sync_requests, move |cache, SyncRequest { key }| {
                let semaphore = semaphore.clone();
                async move {
                    let _permit = semaphore.acquire().await;
                    cache.sleep_ms(SYNC_MS).await;
                    Ok(cache.with(|cache| cache.is_cached(&key)))
                }
            })
            .await
    }

    fn is_cached(&self, key: &Str) -> bool {
        ensure!(self.data.contains_key(key), exists("key", key), false);
        true
    }
}
