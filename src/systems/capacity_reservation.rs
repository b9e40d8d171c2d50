//! Capacity reservation: zones with slots that tenants reserve; reservations expire and are extended, zones are merged.

use crate::patterns::{Backups, Container, Mortal, Nested, NestedSnapshot, Summed, Weighed};
use crate::prelude::*;

/// How long the sync of one zone takes.
const SYNC_MS: f64 = 10.0;

/// Zones by id, each with the reservations of its tenants.
#[derive(Clone, Default, State)]
pub struct CapacityReservation {
    zones: Nested<Zone>,
    backups: Backups<NestedSnapshot<Zone>>,
    /// Which zone went into which. Nothing reads it, and a restore leaves it as it is.
    merged_zones: Dict<Str, Str>,
}

#[derive(Clone, State)]
struct Zone {
    total_slots: Num,
    tenants: Summed<Reservation>,
    /// Every tenant that ever came in, and the marks of syncs; it never shrinks.
    history: List<Str>,
}

#[derive(Clone, State)]
struct Reservation {
    slots: Num,
    reserved_at: Int,
    expiry: Option<Int>,
}

impl Container for Zone {
    type Item = Reservation;
    const ITEMS: &'static str = "tenants";

    fn items(&self) -> &Summed<Reservation> {
        &self.tenants
    }

    fn items_mut(&mut self) -> &mut Summed<Reservation> {
        &mut self.tenants
    }
}

impl Weighed for Reservation {
    fn weight(&self) -> Num {
        self.slots
    }
}

impl Mortal for Reservation {
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
    /// Reserves slots of a zone.
    Reserve { zone_id: Str, tenant_id: Str, slot_count: Num },
    /// Gives a reservation back.
    Release { zone_id: Str, tenant_id: Str },
    /// Any other word merges one zone into another.
    #[item(other)]
    Merge { from_zone_id: Str, to_zone_id: Str },
}

#[system(
    id = "capacity_reservation",
    class = "CapacityReservationBroker",
    title(en = "Capacity reservation", zh = "容量預留"),
    summary(
        en = "Zones with slots that tenants reserve: busiest zones, reservations that expire or are extended, backup with remaining TTL, merging zones.",
        zh = "每個 zone 有 slot 俾 tenant 預留：最忙 zone 排行、預留會到期又可以延長、backup 記 remaining TTL、zone 合併。",
    ),
    family = Nested,
    family_reason(
        en = "One create method and one add-X; the word merge adds a merged_zones dict beside it, not a second collection.",
        zh = "一個 create method 加一個 add-X；見到 merge 就喺旁邊加個 merged_zones dict，唔係第二個 collection。",
    ),
    group = "Nested+TTL",
    signals = [
        "create_zone", "reserve", "release", "tenant_id only", "remaining", "busiest", "extend", "ttl", "backup",
        "restore", "merge", "sync",
    ],
    patterns(
        l3 = "lazy purge of sub-items, extension",
        l4 = "backup with remaining TTL, history per container, merge",
        l5 = "single lock, sorted pair lock",
        l6 = FailFast,
    ),
    uses = [
        TopN, ReverseLookup, CapacityGate, LazyPurge, RemainingTtlBackup, EventHistory, Merge, SingleLock, SortedPairLock,
        FailFast,
    ],
)]
impl CapacityReservation {
    fn new() -> Self {
        Self::default()
    }

    /// Deletes the reservations that have expired. The methods of L1 and L2 do not do it: they still count what is dead.
    fn purge_expired_reservations(&mut self, timestamp: Int) {
        self.zones.purge(timestamp, "reservation");
    }

    /// Filling a zone exactly is allowed.
    fn has_room(&self, zone_id: &Str, slots: Num) -> bool {
        self.zones.get(zone_id).is_some_and(|zone| zone.tenants.sum() + slots <= zone.total_slots)
    }

    fn record(&mut self, zone_id: &Str, entry: Str) {
        if let Some(zone) = self.zones.get_mut(zone_id) {
            zone.history.push(entry);
        }
    }

    fn add(&mut self, zone_id: Str, tenant_id: Str, reservation: Reservation) -> bool {
        ensure!(self.zones.contains_key(&zone_id), exists("zone", zone_id), false);
        ensure!(!self.zones.holds(&zone_id, &tenant_id), absent("tenant", tenant_id), false);
        ensure!(self.has_room(&zone_id, reservation.slots), capacity("slots", reservation.slots), false);
        self.zones.put(&zone_id, tenant_id.clone(), reservation);
        self.record(&zone_id, tenant_id);
        true
    }

    /// Creates a zone of `total_slots` slots that nobody has reserved.
    #[op(1)]
    fn create_zone(&mut self, _timestamp: Int, zone_id: Str, total_slots: Num) -> bool {
        ensure!(!self.zones.contains_key(&zone_id), absent("zone", zone_id), false);
        self.zones.create(zone_id, Zone { total_slots, tenants: Summed::default(), history: List::new() });
        true
    }

    /// Reserves slots of a zone for a tenant, for good; reservations that have expired still take up room.
    #[op(1)]
    fn reserve(&mut self, timestamp: Int, zone_id: Str, tenant_id: Str, slot_count: Num) -> bool {
        self.add(zone_id, tenant_id, Reservation { slots: slot_count, reserved_at: timestamp, expiry: None })
    }

    /// Gives the slots of a tenant back to the zone; the history keeps its id.
    #[op(1)]
    fn release(&mut self, _timestamp: Int, zone_id: Str, tenant_id: Str) -> bool {
        ensure!(self.zones.contains_key(&zone_id), exists("zone", zone_id), false);
        ensure!(self.zones.holds(&zone_id, &tenant_id), exists("tenant", tenant_id), false);
        self.zones.take(&zone_id, &tenant_id);
        true
    }

    /// Counts the slots of a zone that nobody has reserved.
    #[op(1)]
    fn get_remaining(&self, _timestamp: Int, zone_id: Str) -> Option<Num> {
        ensure!(self.zones.contains_key(&zone_id), exists("zone", zone_id), None);
        self.zones.get(&zone_id).map(|zone| zone.total_slots - zone.tenants.sum())
    }

    /// Lists the zones in which a tenant has a reservation, by id.
    #[op(2)]
    fn get_tenant_zones(&self, _timestamp: Int, tenant_id: Str) -> Vec<Str> {
        self.zones.sorted_holders(&tenant_id)
    }

    /// Lists the zones with most reserved slots, by id on ties; it is the number that counts, not the part of the zone.
    #[op(2)]
    fn get_busiest_zones(&self, _timestamp: Int, n: Int) -> Vec<Str> {
        self.zones.top(n)
    }

    /// Reserves slots for `ttl_ms` milliseconds: from `timestamp + ttl_ms` on the reservation is dead.
    #[op(3)]
    fn reserve_with_ttl(&mut self, timestamp: Int, zone_id: Str, tenant_id: Str, slot_count: Num, ttl_ms: Int) -> bool {
        self.purge_expired_reservations(timestamp);
        let expiry = Some(timestamp + ttl_ms);
        self.add(zone_id, tenant_id, Reservation { slots: slot_count, reserved_at: timestamp, expiry })
    }

    /// Lets a reservation live `extra_ms` milliseconds longer, counted from its old expiry and not from now.
    #[op(3)]
    fn extend(&mut self, timestamp: Int, zone_id: Str, tenant_id: Str, extra_ms: Int) -> bool {
        self.purge_expired_reservations(timestamp);
        ensure!(self.zones.contains_key(&zone_id), exists("zone", zone_id), false);
        ensure!(self.zones.holds(&zone_id, &tenant_id), exists("tenant", tenant_id), false);
        let Some(reservation) = self.zones.item(&zone_id, &tenant_id).cloned() else { return false };
        ensure!(reservation.expiry.is_some(), exists("expiry", tenant_id), false);
        let extended = reservation.with_expiry(reservation.expiry.map(|expiry| expiry + extra_ms));
        self.zones.put(&zone_id, tenant_id, extended);
        true
    }

    /// Keeps a snapshot with the remaining TTLs, and gives the number of zones as a string.
    #[op(4)]
    fn backup(&mut self, timestamp: Int) -> String {
        self.purge_expired_reservations(timestamp);
        note!(snapshot, at: timestamp, kept: self.zones.count(), of: self.zones.count());
        self.backups.keep(timestamp, self.zones.snapshot(timestamp));
        self.zones.len().to_string()
    }

    /// Goes back to the last snapshot that is not later than `restore_timestamp`; its TTLs run on from `timestamp`.
    #[op(4)]
    fn restore(&mut self, timestamp: Int, restore_timestamp: Int) -> bool {
        self.purge_expired_reservations(timestamp);
        let found = self.backups.last_taken(restore_timestamp);
        ensure!(found.is_some(), exists("backup", restore_timestamp), false);
        if let Some(found) = found {
            self.zones.go_back_to(&found.1, timestamp);
        }
        true
    }

    /// Lists every tenant that ever came into a zone, and its syncs as `sync@timestamp`.
    #[op(4)]
    fn get_reservation_history(&mut self, timestamp: Int, zone_id: Str) -> Option<List<Str>> {
        self.purge_expired_reservations(timestamp);
        ensure!(self.zones.contains_key(&zone_id), exists("zone", zone_id), None);
        self.zones.get(&zone_id).map(|zone| zone.history.clone())
    }

    /// Merges a zone into another, which takes over its slots and tenants; a zone that is merged into itself is lost.
    #[op(4)]
    fn merge_zone(&mut self, timestamp: Int, from_zone_id: Str, to_zone_id: Str) -> bool {
        self.purge_expired_reservations(timestamp);
        ensure!(self.zones.contains_key(&from_zone_id), exists("zone", from_zone_id), false);
        ensure!(self.zones.contains_key(&to_zone_id), exists("zone", to_zone_id), false);
        // Python deletes the source last, so that with one zone as both nothing is left.
        let target_survives = from_zone_id != to_zone_id;
        if let Some(gone) = self.zones.remove(&from_zone_id).filter(|_| target_survives) {
            // A tenant of both zones has the source's reservation only: the slots are not added.
            for (tenant_id, reservation) in gone.tenants.iter() {
                self.zones.put(&to_zone_id, tenant_id.clone(), reservation.clone());
                self.record(&to_zone_id, tenant_id);
            }
            if let Some(target) = self.zones.get_mut(&to_zone_id) {
                target.total_slots += gone.total_slots;
            }
        }
        note!(merged, what: "zone", from: from_zone_id, into: to_zone_id);
        self.merged_zones.insert(from_zone_id, to_zone_id);
        true
    }

    /// Runs the operations together, each under the lock of its zone; a merge under those of both.
    #[op(5)]
    async fn batch_reservations(broker: Live<Self>, timestamp: Int, ops: Vec<BatchOp>) -> Py<Vec<bool>> {
        broker.with(|broker| broker.purge_expired_reservations(timestamp));
        broker
            .gather(ops, move |broker, op| async move {
                match op {
                    BatchOp::Reserve { zone_id, tenant_id, slot_count } => {
                        let _lock = broker.lock(&zone_id).await;
                        Ok(broker.with(|broker| broker.reserve(timestamp, zone_id, tenant_id, slot_count)))
                    }
                    BatchOp::Release { zone_id, tenant_id } => {
                        let _lock = broker.lock(&zone_id).await;
                        Ok(broker.with(|broker| broker.release(timestamp, zone_id, tenant_id)))
                    }
                    BatchOp::Merge { from_zone_id, to_zone_id } => {
                        let _locks = broker.sorted_pair_lock(&from_zone_id, &to_zone_id).await;
                        Ok(broker.with(|broker| broker.merge_zone(timestamp, from_zone_id, to_zone_id)))
                    }
                }
            })
            .await
    }

    /// Syncs zones, so many at a time, and marks each sync in the history. A missing zone takes no permit.
    #[op(6)]
    async fn sync_zones(broker: Live<Self>, timestamp: Int, zone_ids: Vec<Str>, max_concurrent: Int) -> Py<Vec<bool>> {
        broker.with(|broker| broker.purge_expired_reservations(timestamp));
        let semaphore = broker.semaphore(max_concurrent)?;
        broker
            .gather(zone_ids, move |broker, zone_id| {
                let semaphore = semaphore.clone();
                async move {
                    if !broker.with(|broker| broker.may_sync(&zone_id)) {
                        return Ok(false);
                    }
                    let _permit = semaphore.acquire().await;
                    broker.sleep_ms(SYNC_MS).await;
                    broker.with(|broker| broker.record(&zone_id, format!("sync@{timestamp}").into()));
                    Ok(true)
                }
            })
            .await
    }

    fn may_sync(&self, zone_id: &Str) -> bool {
        ensure!(self.zones.contains_key(zone_id), exists("zone", zone_id), false);
        true
    }
}
