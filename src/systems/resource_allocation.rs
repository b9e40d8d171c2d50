//! Resource allocation: pools of units that jobs claim; claims release themselves, and move between pools.

use crate::patterns::{Backups, Container, Mortal, Nested, NestedSnapshot, Summed, Weighed};
use crate::prelude::*;

/// How long the sync of one pool takes.
const SYNC_MS: f64 = 10.0;

/// Pools by id, each with the claims of its jobs.
#[derive(Clone, Default, State)]
pub struct ResourceAllocation {
    pools: Nested<Pool>,
    backups: Backups<NestedSnapshot<Pool>>,
}

#[derive(Clone, State)]
struct Pool {
    max_units: Num,
    jobs: Summed<Claim>,
    /// Every job that ever came in, and the marks of syncs; it never shrinks.
    history: List<Str>,
}

#[derive(Clone, State)]
struct Claim {
    units: Num,
    claimed_at: Int,
    expiry: Option<Int>,
}

impl Pool {
    /// `used / max_units`, a true division; a pool of no units divides by zero.
    fn utilization(&self) -> Py<f64> {
        self.jobs
            .sum()
            .true_div(self.max_units)
            .ok_or_else(|| Raise { exception: "ZeroDivisionError", message: "division by zero".to_owned() })
    }
}

impl Container for Pool {
    type Item = Claim;
    const ITEMS: &'static str = "jobs";

    fn items(&self) -> &Summed<Claim> {
        &self.jobs
    }

    fn items_mut(&mut self) -> &mut Summed<Claim> {
        &mut self.jobs
    }

    /// A pool that cannot be ranked stands before all others, where a ranking meets it first.
    fn rank(&self) -> Num {
        Num::Float(self.utilization().unwrap_or(f64::INFINITY))
    }
}

impl Weighed for Claim {
    fn weight(&self) -> Num {
        self.units
    }
}

impl Mortal for Claim {
    fn expiry(&self) -> Option<Int> {
        self.expiry
    }

    fn with_expiry(&self, expiry: Option<Int>) -> Self {
        Self { expiry, ..self.clone() }
    }
}

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "type")]
pub enum BatchOp {
    /// Claims units of a pool.
    Claim { pool_id: Str, job_id: Str, unit_count: Num },
    /// Gives a claim back.
    Release { pool_id: Str, job_id: Str },
    /// Any other word moves a claim to another pool.
    #[item(other)]
    Move { from_pool_id: Str, to_pool_id: Str, job_id: Str },
}

#[system(
    id = "resource_allocation",
    class = "ResourceAllocationController",
    title(en = "Resource allocation", zh = "資源分配"),
    summary(
        en = "Pools with a number of units that jobs claim: utilization worked out on the spot, claims that release themselves, backup with remaining TTL, moves between pools.",
        zh = "每個 pool 有若干 unit 俾 job claim：utilization 即場計、到期嘅 claim 自己放返、backup 記 remaining TTL、claim 喺 pool 之間搬。",
    ),
    family = Nested,
    family_reason(
        en = "One create method and one add-X: a job ID is no key of the outer dict, and one job may hold claims in several pools.",
        zh = "一個 create method 加一個 add-X：job_id 唔係外層 dict 嘅 key，同一個 job 可以喺幾個 pool 都有 claim。",
    ),
    group = "Nested+TTL",
    signals = [
        "create_pool", "claim", "release", "job_id only", "utilization", "max_units", "ttl", "backup", "restore", "move",
        "sync",
    ],
    patterns(
        l3 = "lazy purge of sub-items",
        l4 = "backup with remaining TTL, history per container",
        l5 = "single lock, sorted pair lock",
        l6 = FailFast,
    ),
    uses = [
        TopN, ReverseLookup, CapacityGate, LazyPurge, RemainingTtlBackup, EventHistory, MoveBetween, SingleLock,
        SortedPairLock, FailFast,
    ],
)]
impl ResourceAllocation {
    fn new() -> Self {
        Self::default()
    }

    /// Deletes the claims that have expired. The methods of L1 and L2 do not do it: they still count what is dead.
    fn purge_expired_claims(&mut self, timestamp: Int) {
        self.pools.purge(timestamp, "claim");
    }

    /// Filling a pool exactly is allowed.
    fn has_room(&self, pool_id: &Str, units: Num) -> bool {
        self.pools.get(pool_id).is_some_and(|pool| pool.jobs.sum() + units <= pool.max_units)
    }

    fn record(&mut self, pool_id: &Str, entry: Str) {
        if let Some(pool) = self.pools.get_mut(pool_id) {
            pool.history.push(entry);
        }
    }

    fn claim(&mut self, pool_id: Str, job_id: Str, claim: Claim) -> bool {
        ensure!(self.pools.contains_key(&pool_id), exists("pool", pool_id), false);
        ensure!(!self.pools.holds(&pool_id, &job_id), absent("job", job_id), false);
        ensure!(self.has_room(&pool_id, claim.units), capacity("units", claim.units), false);
        self.pools.put(&pool_id, job_id.clone(), claim);
        self.record(&pool_id, job_id);
        true
    }

    /// Creates a pool of `max_units` units that nobody has claimed.
    #[op(1)]
    fn create_pool(&mut self, _timestamp: Int, pool_id: Str, max_units: Num) -> bool {
        ensure!(!self.pools.contains_key(&pool_id), absent("pool", pool_id), false);
        self.pools.create(pool_id, Pool { max_units, jobs: Summed::default(), history: List::new() });
        true
    }

    /// Claims units of a pool for a job, for good; claims that have expired still take up room.
    #[op(1)]
    fn claim_unit(&mut self, timestamp: Int, pool_id: Str, job_id: Str, unit_count: Num) -> bool {
        self.claim(pool_id, job_id, Claim { units: unit_count, claimed_at: timestamp, expiry: None })
    }

    /// Gives the units of a job back to the pool; the history keeps its id.
    #[op(1)]
    fn release(&mut self, _timestamp: Int, pool_id: Str, job_id: Str) -> bool {
        ensure!(self.pools.contains_key(&pool_id), exists("pool", pool_id), false);
        ensure!(self.pools.holds(&pool_id, &job_id), exists("job", job_id), false);
        self.pools.take(&pool_id, &job_id);
        true
    }

    /// Gives the claimed part of a pool, 1.0 being all of it.
    #[op(1)]
    fn get_utilization(&self, _timestamp: Int, pool_id: Str) -> Py<Option<Num>> {
        ensure!(self.pools.contains_key(&pool_id), exists("pool", pool_id), None);
        self.pools.get(&pool_id).map(|pool| pool.utilization().map(Num::Float)).transpose()
    }

    /// Lists the pools in which a job has a claim, by id.
    #[op(2)]
    fn get_job_claims(&self, _timestamp: Int, job_id: Str) -> Vec<Str> {
        self.pools.sorted_holders(&job_id)
    }

    /// Lists the pools with the highest utilization, by id on ties.
    #[op(2)]
    fn top_pools_by_utilization(&self, _timestamp: Int, n: Int) -> Py<Vec<Str>> {
        for pool in self.pools.ranked().map_while(|pool_id| self.pools.get(&pool_id)) {
            if pool.utilization()?.is_finite() {
                break;
            }
        }
        Ok(self.pools.top(n))
    }

    /// Claims units for `ttl_ms` milliseconds: from `timestamp + ttl_ms` on the claim is dead.
    #[op(3)]
    fn claim_unit_with_ttl(&mut self, timestamp: Int, pool_id: Str, job_id: Str, unit_count: Num, ttl_ms: Int) -> bool {
        self.purge_expired_claims(timestamp);
        self.claim(
            pool_id,
            job_id,
            Claim { units: unit_count, claimed_at: timestamp, expiry: Some(timestamp + ttl_ms) },
        )
    }

    /// Keeps a snapshot with the remaining TTLs, and gives the number of pools as a string.
    #[op(4)]
    fn backup(&mut self, timestamp: Int) -> String {
        self.purge_expired_claims(timestamp);
        note!(snapshot, at: timestamp, kept: self.pools.count(), of: self.pools.count());
        self.backups.keep(timestamp, self.pools.snapshot(timestamp));
        self.pools.len().to_string()
    }

    /// Goes back to the last snapshot that is not later than `restore_timestamp`; its TTLs run on from `timestamp`.
    #[op(4)]
    fn restore(&mut self, timestamp: Int, restore_timestamp: Int) -> bool {
        self.purge_expired_claims(timestamp);
        let found = self.backups.last_taken(restore_timestamp);
        ensure!(found.is_some(), exists("backup", restore_timestamp), false);
        if let Some(found) = found {
            self.pools.go_back_to(&found.1, timestamp);
        }
        true
    }

    /// Lists every job that ever came into a pool, and its syncs as `sync@timestamp`.
    #[op(4)]
    fn get_claim_history(&mut self, timestamp: Int, pool_id: Str) -> Option<List<Str>> {
        self.purge_expired_claims(timestamp);
        ensure!(self.pools.contains_key(&pool_id), exists("pool", pool_id), None);
        self.pools.get(&pool_id).map(|pool| pool.history.clone())
    }

    /// Runs the operations together, each under the lock of its pool; a move under those of both.
    #[op(5)]
    async fn batch_claims(controller: Live<Self>, timestamp: Int, ops: Vec<BatchOp>) -> Py<Vec<bool>> {
        controller.with(|controller| controller.purge_expired_claims(timestamp));
        controller
            .gather(ops, move |controller, op| async move {
                match op {
                    BatchOp::Claim { pool_id, job_id, unit_count } => {
                        let _lock = controller.lock(&pool_id).await;
                        Ok(controller.with(|controller| controller.claim_unit(timestamp, pool_id, job_id, unit_count)))
                    }
                    BatchOp::Release { pool_id, job_id } => {
                        let _lock = controller.lock(&pool_id).await;
                        Ok(controller.with(|controller| controller.release(timestamp, pool_id, job_id)))
                    }
                    BatchOp::Move { from_pool_id, to_pool_id, job_id } => {
                        let _locks = controller.sorted_pair_lock(&from_pool_id, &to_pool_id).await;
                        Ok(controller.with(|controller| controller.move_claim(from_pool_id, to_pool_id, job_id)))
                    }
                }
            })
            .await
    }

    /// Moves a claim as it is. The target may be full, and a claim of the same job there is overwritten.
    fn move_claim(&mut self, from_pool_id: Str, to_pool_id: Str, job_id: Str) -> bool {
        ensure!(self.pools.contains_key(&from_pool_id), exists("pool", from_pool_id), false);
        ensure!(self.pools.contains_key(&to_pool_id), exists("pool", to_pool_id), false);
        ensure!(self.pools.holds(&from_pool_id, &job_id), exists("job", job_id), false);
        let Some(claim) = self.pools.take(&from_pool_id, &job_id) else { return false };
        self.pools.put(&to_pool_id, job_id.clone(), claim);
        note!(moved, what: "claim", id: job_id, from: from_pool_id, to: to_pool_id);
        self.record(&to_pool_id, job_id);
        true
    }

    /// Syncs pools, so many at a time, and marks each sync in the history. A missing pool takes no permit.
    #[op(6)]
    async fn sync_pools(
        controller: Live<Self>,
        timestamp: Int,
        pool_ids: Vec<Str>,
        max_concurrent: Int,
    ) -> Py<Vec<bool>> {
        controller.with(|controller| controller.purge_expired_claims(timestamp));
        let semaphore = controller.semaphore(max_concurrent)?;
        controller
            .gather(pool_ids, move |controller, pool_id| {
                let semaphore = semaphore.clone();
                async move {
                    if !controller.with(|controller| controller.may_sync(&pool_id)) {
                        return Ok(false);
                    }
                    let _permit = semaphore.acquire().await;
                    controller.sleep_ms(SYNC_MS).await;
                    controller.with(|controller| controller.record(&pool_id, format!("sync@{timestamp}").into()));
                    Ok(true)
                }
            })
            .await
    }

    fn may_sync(&self, pool_id: &Str) -> bool {
        ensure!(self.pools.contains_key(pool_id), exists("pool", pool_id), false);
        true
    }
}
