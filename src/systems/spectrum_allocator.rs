//! Spectrum allocator: frequency bands leased to operators. A band may carry several leases at once.

use crate::patterns::{Backups, DueQueue, Expiring, Groups, Listed, Lists, TtlSnapshot};
use crate::prelude::*;

/// How long it takes to sync a band.
const SYNC_MS: f64 = 10.0;

/// The only member of the group of available bands.
const AVAILABLE: Int = Int::ZERO;

/// Bands and leases.
#[derive(Clone, Default, State)]
pub struct SpectrumAllocator {
    bands: Dict<Str, Band>,
    leases: Listed<Str, Expiring<Lease>, LeaseLists>,
    backups: Backups<Snapshot>,
}

#[derive(Clone, State)]
struct Band {
    freq_start: Num,
    freq_end: Num,
    history: List<Str>,
}

#[derive(Clone, State)]
struct Lease {
    band_id: Str,
    operator_id: Str,
    status: Status,
}

#[derive(Clone, Copy, PartialEq, Eq, State)]
enum Status {
    Active,
    Revoked,
    Expired,
}

/// The ACTIVE leases by what they have; no others are ever asked for.
#[derive(Clone, Default)]
struct LeaseLists {
    expiries: DueQueue<Str>,
    by_band: Groups,
    /// Band and lease, so that the bands of an operator come in order and as often as it leases them.
    by_operator: Groups,
    /// Registered bands without an ACTIVE lease.
    available: Groups,
}

impl LeaseLists {
    /// Enters a band that is new here.
    fn register(&mut self, band_id: &Str) {
        if self.by_band.count(band_id) == 0 {
            self.available.join(&AVAILABLE, band_id);
        }
    }
}

impl Lists<Str, Expiring<Lease>> for LeaseLists {
    fn enter(&mut self, id: &Str, lease: &Expiring<Lease>) {
        if lease.status == Status::Active {
            self.by_band.join(&lease.band_id, id);
            self.by_operator.join(&lease.operator_id, &(lease.band_id.clone(), id.clone()));
            self.available.leave(&AVAILABLE, &lease.band_id);
            if let Some(expiry) = lease.expiry {
                self.expiries.schedule(expiry, id);
            }
        }
    }

    fn leave(&mut self, id: &Str, lease: &Expiring<Lease>) {
        if lease.status == Status::Active {
            self.by_band.leave(&lease.band_id, id);
            self.by_operator.leave(&lease.operator_id, &(lease.band_id.clone(), id.clone()));
            self.register(&lease.band_id);
            if let Some(expiry) = lease.expiry {
                self.expiries.cancel(expiry, id);
            }
        }
    }
}

#[derive(Clone, State)]
struct Snapshot {
    bands: Dict<Str, Band>,
    leases: TtlSnapshot<Str, Expiring<Lease>>,
}

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "type")]
pub enum BatchOp {
    /// Leases a band.
    Lease {
        /// The band.
        band_id: Str,
        /// Who leases it.
        operator_id: Str,
        /// The new lease.
        lease_id: Str,
    },
    /// Revokes a lease.
    Revoke {
        /// The lease.
        lease_id: Str,
    },
    /// Any other word moves a lease to another band.
    #[item(other)]
    Move {
        /// The lease.
        lease_id: Str,
        /// The band it must be on.
        from_band_id: Str,
        /// The band it goes to.
        to_band_id: Str,
    },
}

#[system(
    id = "spectrum_allocator",
    class = "FrequencySpectrumAllocator",
    title(en = "Spectrum allocator", zh = "頻譜分配"),
    summary(
        en = "Frequency bands leased to operators: revoke, list what is available, leases that expire, transfer to another operator, move between bands, sync so many at a time.",
        zh = "頻段租俾 operator：收返、睇下邊段得閒、租約過期、轉俾第二個 operator、搬去第二段、限流 sync。",
    ),
    family = TwoCollections,
    family_reason(
        en = "Two creators; revoke and transfer take the lease's ID alone, so leases are a flat dict of their own.",
        zh = "兩個 creator；revoke 同 transfer 淨係收 lease_id，所以 leases 自己一個平排 dict。",
    ),
    group = "Multi-Collection",
    signals = [
        "band", "lease", "operator", "revoke(lease_id)", "transfer_lease(lease_id)", "available bands", "remaining",
        "lease history", "sync",
    ],
    patterns(
        l3 = "TTL, expiry changes the status",
        l4 = "backup with remaining TTL, history inside the band, reassign",
        l5 = "single lock, sorted pair lock",
        l6 = FailFast,
    ),
    uses = [StatusFlip, RemainingTtlBackup, EventHistory, MoveBetween, SingleLock, SortedPairLock, FailFast],
)]
impl SpectrumAllocator {
    fn new() -> Self {
        Self::default()
    }

    /// Lets every ACTIVE lease whose time has come be EXPIRED. Only `lease_with_ttl` calls this.
    fn purge_expired_leases(&mut self, timestamp: Int) {
        for id in self.leases.lists_mut().expiries.take_due(timestamp) {
            self.leases.change(&id, |lease| {
                lease.status = Status::Expired;
                note!(expired, what: "lease", id: id, due: lease.expiry, now: timestamp, to: "EXPIRED");
            });
        }
    }

    fn is_active(&self, lease_id: &Str) -> bool {
        self.leases.get(lease_id).is_some_and(|lease| lease.status == Status::Active)
    }

    fn log(&mut self, band_id: &Str, entry: Str) {
        if let Some(band) = self.bands.get_mut(band_id) {
            band.history.push(entry);
        }
    }

    /// Registers a band. Its frequencies are kept, and never looked at.
    #[op(1)]
    fn register_band(&mut self, _timestamp: Int, band_id: Str, freq_start: Num, freq_end: Num) -> bool {
        ensure!(!self.bands.contains_key(&band_id), absent("band", band_id), false);
        self.leases.lists_mut().register(&band_id);
        self.bands.insert(band_id, Band { freq_start, freq_end, history: List::new() });
        true
    }

    /// Leases a band to an operator, even one that is leased already; the lease never expires.
    #[op(1)]
    fn lease(&mut self, _timestamp: Int, band_id: Str, operator_id: Str, lease_id: Str) -> bool {
        ensure!(self.bands.contains_key(&band_id), exists("band", band_id), false);
        ensure!(!self.leases.contains_key(&lease_id), absent("lease", lease_id), false);
        self.log(&band_id, lease_id.clone());
        self.leases.insert(lease_id, Expiring::new(Lease { band_id, operator_id, status: Status::Active }));
        true
    }

    /// Revokes an ACTIVE lease.
    #[op(1)]
    fn revoke(&mut self, _timestamp: Int, lease_id: Str) -> bool {
        ensure!(self.leases.contains_key(&lease_id), exists("lease", lease_id), false);
        ensure!(self.is_active(&lease_id), status("ACTIVE", lease_id), false);
        self.leases.change(&lease_id, |lease| lease.status = Status::Revoked);
        note!(moved, what: "lease", id: lease_id, from: "ACTIVE", to: "REVOKED");
        true
    }

    /// Lists the ACTIVE leases of a band by id.
    #[op(1)]
    fn get_band_status(&self, _timestamp: Int, band_id: Str) -> Vec<Str> {
        self.leases.lists().by_band.ids(&band_id).collect()
    }

    /// Lists the bands of an operator's ACTIVE leases in order, a band once for every lease.
    #[op(2)]
    fn get_operator_bands(&self, _timestamp: Int, operator_id: Str) -> Vec<Str> {
        self.leases.lists().by_operator.ids(&operator_id).map(|(band_id, _): (Str, Str)| band_id).collect()
    }

    /// Lists the bands without an ACTIVE lease by id.
    #[op(2)]
    fn get_available_bands(&self, _timestamp: Int) -> Vec<Str> {
        self.leases.lists().available.ids(&AVAILABLE).collect()
    }

    /// Leases a band until `timestamp + ttl_ms`. Overdue leases become EXPIRED in this method alone.
    #[op(3)]
    fn lease_with_ttl(&mut self, timestamp: Int, band_id: Str, operator_id: Str, lease_id: Str, ttl_ms: Int) -> bool {
        self.purge_expired_leases(timestamp);
        if !self.lease(timestamp, band_id, operator_id, lease_id.clone()) {
            return false;
        }
        self.leases.change(&lease_id, |lease| lease.expiry = Some(timestamp + ttl_ms));
        true
    }

    /// Gives the milliseconds a lease of any status has left, at least 0; None for one that never expires.
    #[op(3)]
    fn get_remaining_lease(&self, timestamp: Int, lease_id: Str) -> Option<Int> {
        ensure!(self.leases.contains_key(&lease_id), exists("lease", lease_id), None);
        let expiry = self.leases.get(&lease_id)?.expiry;
        expiry.map(|expiry| (expiry - timestamp).max(Int::ZERO))
    }

    /// Lists the leases that were put on a band, and its syncs, in that order.
    #[op(4)]
    fn get_lease_history(&self, _timestamp: Int, band_id: Str) -> Option<List<Str>> {
        ensure!(self.bands.contains_key(&band_id), exists("band", band_id), None);
        self.bands.get(&band_id).map(|band| band.history.clone())
    }

    /// Gives an ACTIVE lease to another operator.
    #[op(4)]
    fn transfer_lease(&mut self, _timestamp: Int, lease_id: Str, new_operator_id: Str) -> bool {
        ensure!(self.leases.contains_key(&lease_id), exists("lease", lease_id), false);
        ensure!(self.is_active(&lease_id), status("ACTIVE", lease_id), false);
        self.leases.change(&lease_id, |lease| {
            note!(moved, what: "lease", id: lease_id, from: lease.operator_id, to: new_operator_id);
            lease.operator_id = new_operator_id;
        });
        true
    }

    /// Keeps a snapshot of bands, and of leases with their remaining TTL, and gives the number of leases as a string.
    #[op(4)]
    fn backup(&mut self, timestamp: Int) -> String {
        let leases = TtlSnapshot::of(&self.leases, timestamp);
        self.backups.keep(timestamp, Snapshot { bands: self.bands.clone(), leases });
        let kept = self.leases.count();
        note!(snapshot, at: timestamp, kept: kept, of: kept);
        kept.to_string()
    }

    /// Goes back to the last snapshot that is not later than `restore_timestamp`; TTLs run on from `timestamp`.
    #[op(4)]
    fn restore(&mut self, timestamp: Int, restore_timestamp: Int) -> bool {
        let found = self.backups.last_taken(restore_timestamp);
        ensure!(found.is_some(), exists("backup", restore_timestamp), false);
        let Some(found) = found else { return false };
        let (taken, snapshot) = &*found;
        self.bands = snapshot.bands.clone();
        self.leases.replace(snapshot.leases.rebased(timestamp));
        for band_id in self.bands.keys() {
            self.leases.lists_mut().register(&band_id);
        }
        note!(restored, from: taken, now: timestamp, kept: self.leases.count());
        true
    }

    /// Runs the operations together, each under the lock of its lease; a move under those of both bands.
    #[op(5)]
    async fn batch_ops(allocator: Live<Self>, timestamp: Int, ops: Vec<BatchOp>) -> Py<Vec<bool>> {
        allocator
            .gather(ops, move |allocator, op| async move {
                match op {
                    BatchOp::Lease { band_id, operator_id, lease_id } => {
                        let _lock = allocator.lock(&lease_id).await;
                        Ok(allocator.with(|allocator| allocator.lease(timestamp, band_id, operator_id, lease_id)))
                    }
                    BatchOp::Revoke { lease_id } => {
                        let _lock = allocator.lock(&lease_id).await;
                        Ok(allocator.with(|allocator| allocator.revoke(timestamp, lease_id)))
                    }
                    BatchOp::Move { lease_id, from_band_id, to_band_id } => {
                        let _locks = allocator.sorted_pair_lock(&from_band_id, &to_band_id).await;
                        allocator.with(|allocator| allocator.move_lease(lease_id, &from_band_id, to_band_id))
                    }
                }
            })
            .await
    }

    /// Moves a lease of any status. A band that does not exist is an error, not a refusal.
    fn move_lease(&mut self, lease_id: Str, from_band_id: &Str, to_band_id: Str) -> Py<bool> {
        let band_id = self.leases.get(&lease_id).map(|lease| &lease.band_id);
        ensure!(band_id.is_some(), exists("lease", lease_id), false);
        ensure!(band_id == Some(from_band_id), member("lease", lease_id), false);
        let to_band = self.bands.get_mut(&to_band_id).ok_or_else(|| Raise::key_error(to_band_id.clone()))?;
        to_band.history.push(lease_id.clone());
        note!(moved, what: "lease", id: lease_id, from: from_band_id, to: to_band_id);
        self.leases.change(&lease_id, |lease| lease.band_id = to_band_id);
        Ok(true)
    }

    /// Syncs bands, so many at a time, and writes it into their history; an unknown band takes no permit.
    #[op(6)]
    async fn sync_bands(
        allocator: Live<Self>,
        timestamp: Int,
        band_ids: Vec<Str>,
        max_concurrent: Int,
    ) -> Py<Vec<bool>> {
        let semaphore = allocator.semaphore(max_concurrent)?;
        allocator
            .gather(band_ids, move |allocator, band_id| {
                let semaphore = semaphore.clone();
                async move {
                    if !allocator.with(|allocator| allocator.may_sync(&band_id)) {
                        return Ok(false);
                    }
                    let _permit = semaphore.acquire().await;
                    allocator.sleep_ms(SYNC_MS).await;
                    allocator.with(|allocator| allocator.log(&band_id, format!("sync@{timestamp}").into()));
                    Ok(true)
                }
            })
            .await
    }

    fn may_sync(&self, band_id: &Str) -> bool {
        ensure!(self.bands.contains_key(band_id), exists("band", band_id), false);
        true
    }
}
