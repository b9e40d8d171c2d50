//! The patterns that the catalogue knows systems by.

use serde::Serialize;

use crate::engine::Text;

/// A mechanism that several systems are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pattern {
    /// Top-N formatting.
    TopN,
    /// A search through all containers for an inner ID.
    ReverseLookup,
    /// Listing by prefix.
    PrefixScan,
    /// Expired things are removed at the start of a call.
    LazyPurge,
    /// Expired things are skipped, not removed.
    InlineTtl,
    /// Due things happen at the start of a call.
    LazyEffect,
    /// Expired things stay, with another status.
    StatusFlip,
    /// Failures come back later and later.
    ExponentialBackoff,
    /// Allowed moves between statuses.
    StatusMachine,
    /// What must come first.
    DependencyGraph,
    /// No more than fits.
    CapacityGate,
    /// What was used longest ago makes room.
    LruEviction,
    /// Positions on a circle.
    HashRing,
    /// Turns in order.
    RoundRobin,
    /// A snapshot with the times as they are.
    DeepCopyBackup,
    /// A snapshot with the remaining TTL, and new times at restore.
    RemainingTtlBackup,
    /// The value at a past moment.
    ValueAtTime,
    /// A list of what happened.
    EventHistory,
    /// One takes over the other.
    Merge,
    /// A thing changes its container or owner.
    MoveBetween,
    /// Back to an earlier state, step by step.
    Undo,
    /// One lock per key.
    SingleLock,
    /// Two locks in sorted order.
    SortedPairLock,
    /// One lock for everything.
    GlobalLock,
    /// A fixed number of workers.
    WorkerPool,
    /// Tests before the semaphore.
    FailFast,
    /// Everything takes a permit and sleeps.
    AllSleep,
    /// Check, start, external call, complete.
    Lifecycle,
}

impl Pattern {
    /// The stable name and what people call it.
    fn describe(self) -> (&'static str, Text) {
        let text = |en, zh| Text { en, zh };
        match self {
            Self::TopN => ("top_n", text("Top-N ranking", "Top-N 排行")),
            Self::ReverseLookup => ("reverse_lookup", text("Reverse lookup", "反查")),
            Self::PrefixScan => ("prefix_scan", text("Prefix scan", "Prefix scan")),
            Self::LazyPurge => ("lazy_purge", text("Lazy purge", "Lazy purge（懶清潔）")),
            Self::InlineTtl => ("inline_ttl", text("Inline TTL", "Inline TTL（唔真刪）")),
            Self::LazyEffect => ("lazy_effect", text("Lazy scheduled effect", "Lazy helper（到鐘先做）")),
            Self::StatusFlip => ("status_flip", text("Expiry flips a status", "過期轉 status")),
            Self::ExponentialBackoff => ("exponential_backoff", text("Exponential backoff", "Exponential backoff")),
            Self::StatusMachine => ("status_machine", text("Status machine", "Status machine")),
            Self::DependencyGraph => ("dependency_graph", text("Dependency graph", "Dependency graph")),
            Self::CapacityGate => ("capacity_gate", text("Capacity gate", "Capacity 上限")),
            Self::LruEviction => ("lru_eviction", text("LRU eviction", "LRU eviction")),
            Self::HashRing => ("hash_ring", text("Hash ring", "Hash ring")),
            Self::RoundRobin => ("round_robin", text("Round robin", "Round robin")),
            Self::DeepCopyBackup => ("deep_copy_backup", text("Deep-copy backup", "Deep copy backup")),
            Self::RemainingTtlBackup => {
                ("remaining_ttl_backup", text("Backup with remaining TTL", "Backup 記 remaining TTL"))
            }
            Self::ValueAtTime => ("value_at_time", text("Value at a past moment", "查返舊時嘅 value")),
            Self::EventHistory => ("event_history", text("Event history", "Event history")),
            Self::Merge => ("merge", text("Merge", "Merge（合併）")),
            Self::MoveBetween => ("move_between", text("Move between containers", "搬倉")),
            Self::Undo => ("undo", text("Rollback or undo", "Rollback / undo")),
            Self::SingleLock => ("single_lock", text("One lock per key", "單 lock")),
            Self::SortedPairLock => ("sorted_pair_lock", text("Sorted pair lock", "Pair lock（sorted 防 deadlock）")),
            Self::GlobalLock => ("global_lock", text("One global lock", "一個 global lock")),
            Self::WorkerPool => ("worker_pool", text("Worker pool", "Worker pool")),
            Self::FailFast => ("fail_fast", text("Fail-fast", "Fail-fast（即走）")),
            Self::AllSleep => ("all_sleep", text("All-sleep", "All-sleep（失敗都要瞓）")),
            Self::Lifecycle => ("lifecycle", text("Lifecycle with an external call", "Lifecycle（external call）")),
        }
    }
}

impl Serialize for Pattern {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Named {
            id: &'static str,
            title: Text,
        }
        let (id, title) = self.describe();
        Named { id, title }.serialize(serializer)
    }
}
