//! Fleet tracker: fleets of vehicles with a mileage. Vehicles are decommissioned, by hand or by their TTL; fleets merge.

use crate::patterns::{
    Dated, DueQueue, Groups, Listed, Lists, Mortal, NumRanking, Record, Snapshots, TtlSnapshot, follow,
};
use crate::prelude::*;

/// An inspection is `sleep(0)`: one turn of the event loop.
const INSPECTION_MS: f64 = 0.0;

/// Fleets and vehicles.
#[derive(Clone, Default, State)]
pub struct FleetTracker {
    fleets: Dict<Str, Fleet>,
    vehicles: Listed<Str, Vehicle, VehicleLists>,
    backups: Snapshots<Snapshot>,
    merged_fleets: Dict<Str, Str>,
}

#[derive(Clone, State)]
struct Fleet {
    region: Str,
    history: List<Str>,
}

#[derive(Clone, State)]
struct Vehicle {
    fleet_id: Str,
    mileage: Num,
    status: Status,
    expiry: Option<Int>,
}

#[derive(Clone, Copy, PartialEq, Eq, State)]
enum Status {
    Active,
    Decommissioned,
}

/// Only what is ACTIVE can still die: a backup keeps no TTL of anything else.
impl Mortal for Vehicle {
    fn expiry(&self) -> Option<Int> {
        self.expiry.filter(|_| self.status == Status::Active)
    }

    fn with_expiry(&self, expiry: Option<Int>) -> Self {
        Self { expiry, ..self.clone() }
    }
}

/// The ACTIVE vehicles by what they have; no others are ever asked for.
#[derive(Clone, Default)]
struct VehicleLists {
    expiries: DueQueue<Str>,
    by_fleet: Groups,
    by_mileage: NumRanking<Str>,
}

impl Lists<Str, Vehicle> for VehicleLists {
    fn enter(&mut self, id: &Str, vehicle: &Vehicle) {
        if vehicle.status == Status::Active {
            self.by_fleet.join(&vehicle.fleet_id, id);
            self.by_mileage.enter(id, vehicle.mileage);
        }
        if let Some(expiry) = vehicle.expiry() {
            self.expiries.schedule(expiry, id);
        }
    }

    fn leave(&mut self, id: &Str, vehicle: &Vehicle) {
        if vehicle.status == Status::Active {
            self.by_fleet.leave(&vehicle.fleet_id, id);
            self.by_mileage.leave(id, vehicle.mileage);
        }
        if let Some(expiry) = vehicle.expiry() {
            self.expiries.cancel(expiry, id);
        }
    }
}

#[derive(Clone, State)]
struct Snapshot {
    timestamp: Int,
    fleets: Dict<Str, Fleet>,
    vehicles: TtlSnapshot<Str, Vehicle>,
    merged_fleets: Dict<Str, Str>,
}

impl Dated for Snapshot {
    fn timestamp(&self) -> Int {
        self.timestamp
    }
}

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "type")]
pub enum BatchOp {
    /// Adds a vehicle.
    Add {
        /// The fleet it goes to.
        fleet_id: Str,
        /// The new vehicle.
        vehicle_id: Str,
        /// What it has run.
        mileage: Num,
        /// Milliseconds until it is decommissioned; None for never.
        #[item(default)]
        ttl_ms: Option<Int>,
    },
    /// Decommissions a vehicle.
    Decommission {
        /// The vehicle.
        vehicle_id: Str,
    },
    /// Any other word is refused.
    #[item(other)]
    Other {},
}

/// The inspected vehicles; or what was wrong with one, under `error`.
type Inspections = Dict<Str, Str>;

fn error(message: String) -> Inspections {
    Dict::from_iter([("error".into(), message.into())])
}

#[system(
    id = "fleet_tracker",
    class = "FleetTracker",
    title(en = "Fleet tracker", zh = "車隊管理"),
    summary(
        en = "Fleets of vehicles with a mileage: decommission, rank by mileage, expire, merge fleets, transfer a vehicle, inspect all or nothing.",
        zh = "車隊同車，車有 mileage：退役、按 mileage 排行、過期退役、合併車隊、轉車隊、inspect 一係全部得、一係全部唔得。",
    ),
    family = TwoCollections,
    family_reason(
        en = "Two creators; `decommission` and `get_vehicle` take the vehicle's ID alone, so vehicles are a flat dict of their own.",
        zh = "兩個 creator；decommission 同 get_vehicle 淨係收 vehicle_id，所以 vehicles 自己一個平排 dict。",
    ),
    group = "Multi-Collection",
    signals = [
        "fleet", "vehicle", "mileage", "decommission(vehicle_id)", "merge_fleet", "transfer_vehicle", "highest mileage",
        "inspect", "error dict",
    ],
    patterns(
        l3 = "TTL as a parameter, expiry changes the status, in bulk and for one record",
        l4 = "backup at an exact time, history inside the fleet, merge chain",
        l5 = "sequential loop, single lock; async transfer",
        l6 = FailFast,
    ),
    uses = [TopN, StatusFlip, RemainingTtlBackup, EventHistory, Merge, MoveBetween, SingleLock, FailFast],
    refusals(error = "{\"error\": {}}"),
)]
impl FleetTracker {
    fn new() -> Self {
        Self::default()
    }

    /// Decommissions every ACTIVE vehicle whose time has come. Its id stays taken.
    fn purge_expired(&mut self, timestamp: Int) {
        for id in self.vehicles.lists_mut().expiries.take_due(timestamp) {
            self.expire(&id, timestamp);
        }
    }

    fn expire(&mut self, vehicle_id: &Str, timestamp: Int) {
        self.vehicles.change(vehicle_id, |vehicle| {
            vehicle.status = Status::Decommissioned;
            note!(expired, what: "vehicle", id: vehicle_id, due: vehicle.expiry, now: timestamp, to: "DECOMMISSIONED");
        });
    }

    fn is_active(&self, vehicle_id: &Str) -> bool {
        self.vehicles.get(vehicle_id).is_some_and(|vehicle| vehicle.status == Status::Active)
    }

    /// Puts a vehicle into another fleet, and into its history.
    fn hand_over(&mut self, vehicle_id: &Str, fleet_id: &Str) {
        self.vehicles.change(vehicle_id, |vehicle| {
            note!(moved, what: "vehicle", id: vehicle_id, from: vehicle.fleet_id, to: fleet_id);
            vehicle.fleet_id = fleet_id.clone();
        });
        if let Some(fleet) = self.fleets.get_mut(fleet_id) {
            fleet.history.push(vehicle_id.clone());
        }
    }

    /// Registers a fleet.
    #[op(1)]
    fn register_fleet(&mut self, _timestamp: Int, fleet_id: Str, region: Str) -> bool {
        ensure!(!self.fleets.contains_key(&fleet_id), absent("fleet", fleet_id), false);
        self.fleets.insert(fleet_id, Fleet { region, history: List::new() });
        true
    }

    /// Adds an ACTIVE vehicle to a fleet; it is decommissioned from `timestamp + ttl_ms` on, without a TTL never.
    #[op(1)]
    fn add_vehicle(
        &mut self,
        timestamp: Int,
        fleet_id: Str,
        vehicle_id: Str,
        mileage: Num,
        #[default(None)] ttl_ms: Option<Int>,
    ) -> bool {
        ensure!(self.fleets.contains_key(&fleet_id), exists("fleet", fleet_id), false);
        ensure!(!self.vehicles.contains_key(&vehicle_id), absent("vehicle", vehicle_id), false);
        if let Some(fleet) = self.fleets.get_mut(&fleet_id) {
            fleet.history.push(vehicle_id.clone());
        }
        let expiry = ttl_ms.map(|ttl| timestamp + ttl);
        self.vehicles.insert(vehicle_id, Vehicle { fleet_id, mileage, status: Status::Active, expiry });
        true
    }

    /// Takes an ACTIVE vehicle out of service for good.
    #[op(1)]
    fn decommission(&mut self, timestamp: Int, vehicle_id: Str) -> bool {
        self.purge_expired(timestamp);
        ensure!(self.vehicles.contains_key(&vehicle_id), exists("vehicle", vehicle_id), false);
        ensure!(self.is_active(&vehicle_id), status("ACTIVE", vehicle_id), false);
        self.vehicles.change(&vehicle_id, |vehicle| vehicle.status = Status::Decommissioned);
        note!(moved, what: "vehicle", id: vehicle_id, from: "ACTIVE", to: "DECOMMISSIONED");
        true
    }

    /// Counts the ACTIVE vehicles of a fleet. Merged fleets are not followed.
    #[op(2)]
    fn get_fleet_size(&mut self, timestamp: Int, fleet_id: Str) -> Option<Int> {
        self.purge_expired(timestamp);
        ensure!(self.fleets.contains_key(&fleet_id), exists("fleet", fleet_id), None);
        Some(self.vehicles.lists().by_fleet.count(&fleet_id))
    }

    /// Gives a copy of a vehicle. Looks whether this one has expired, and at no other.
    #[op(2)]
    fn get_vehicle(&mut self, timestamp: Int, vehicle_id: Str) -> Option<Record> {
        ensure!(self.vehicles.contains_key(&vehicle_id), exists("vehicle", vehicle_id), None);
        let expiry = self.vehicles.get(&vehicle_id).and_then(Mortal::expiry);
        if expiry.is_some_and(|expiry| timestamp >= expiry) {
            self.expire(&vehicle_id, timestamp);
        }
        self.vehicles.get(&vehicle_id).map(Record::of)
    }

    /// Lists the ACTIVE vehicles with the highest mileage and what they have run, by id on ties.
    #[op(2)]
    fn get_highest_mileage(&mut self, timestamp: Int, n: Int) -> Vec<(Str, Num)> {
        self.purge_expired(timestamp);
        let top = self.vehicles.lists().by_mileage.top(n);
        top.filter_map(|id| self.vehicles.get(&id).map(|vehicle| (id, vehicle.mileage))).collect()
    }

    /// Keeps a snapshot of everything, ACTIVE vehicles with their remaining TTL, and counts the snapshots.
    #[op(4)]
    fn backup(&mut self, timestamp: Int) -> Int {
        self.purge_expired(timestamp);
        self.backups.keep(Snapshot {
            timestamp,
            fleets: self.fleets.clone(),
            vehicles: TtlSnapshot::of(&self.vehicles, timestamp),
            merged_fleets: self.merged_fleets.clone(),
        });
        note!(snapshot, at: timestamp, kept: self.vehicles.count(), of: self.vehicles.count());
        self.backups.count()
    }

    /// Goes back to the first snapshot that was taken at exactly `target_ts`; TTLs run on from `timestamp`.
    #[op(4)]
    fn restore(&mut self, timestamp: Int, target_ts: Int) -> bool {
        let found = self.backups.first_at(target_ts);
        ensure!(found.is_some(), exists("backup", target_ts), false);
        let Some(snapshot) = found else { return false };
        self.fleets = snapshot.fleets.clone();
        self.vehicles.replace(snapshot.vehicles.rebased(timestamp));
        self.merged_fleets = snapshot.merged_fleets.clone();
        note!(restored, from: snapshot.timestamp, now: timestamp, kept: self.vehicles.count());
        true
    }

    /// Lists the vehicles that ever came into a fleet; for a merged fleet those of the fleet it went into.
    #[op(4)]
    fn get_vehicle_history(&self, _timestamp: Int, fleet_id: Str) -> Option<List<Str>> {
        let resolved = follow(&self.merged_fleets, &fleet_id);
        if resolved != fleet_id {
            note!(routed, what: "fleet", id: fleet_id, to: resolved);
        }
        ensure!(self.fleets.contains_key(&resolved), exists("fleet", resolved), None);
        self.fleets.get(&resolved).map(|fleet| fleet.history.clone())
    }

    /// Moves the ACTIVE vehicles of a fleet to another. The old fleet stays, and so do its decommissioned vehicles.
    #[op(4)]
    fn merge_fleet(&mut self, timestamp: Int, from_fleet_id: Str, to_fleet_id: Str) -> bool {
        self.purge_expired(timestamp);
        ensure!(self.fleets.contains_key(&from_fleet_id), exists("fleet", from_fleet_id), false);
        ensure!(self.fleets.contains_key(&to_fleet_id), exists("fleet", to_fleet_id), false);
        let mut moved: Vec<Str> = self.vehicles.lists().by_fleet.ids(&from_fleet_id).collect();
        self.vehicles.sort_by_place(&mut moved);
        for vehicle_id in moved {
            self.hand_over(&vehicle_id, &to_fleet_id);
        }
        note!(merged, what: "fleet", from: from_fleet_id, into: to_fleet_id);
        self.merged_fleets.insert(from_fleet_id, to_fleet_id);
        true
    }

    /// Runs the operations one after another, each under the lock of its vehicle.
    #[op(5)]
    async fn batch_ops(tracker: Live<Self>, timestamp: Int, operations: Vec<BatchOp>) -> Py<Vec<bool>> {
        let mut results = Vec::with_capacity(operations.len());
        for op in operations {
            results.push(match op {
                BatchOp::Add { fleet_id, vehicle_id, mileage, ttl_ms } => {
                    let _lock = tracker.lock(&vehicle_id).await;
                    tracker.with(|tracker| tracker.add_vehicle(timestamp, fleet_id, vehicle_id, mileage, ttl_ms))
                }
                BatchOp::Decommission { vehicle_id } => {
                    let _lock = tracker.lock(&vehicle_id).await;
                    tracker.with(|tracker| tracker.decommission(timestamp, vehicle_id))
                }
                BatchOp::Other {} => false,
            });
        }
        Ok(results)
    }

    /// Puts an ACTIVE vehicle into another fleet, under the lock of the vehicle: nothing else changes.
    #[op(5)]
    async fn transfer_vehicle(tracker: Live<Self>, timestamp: Int, vehicle_id: Str, new_fleet_id: Str) -> Py<bool> {
        tracker.with(|tracker| tracker.purge_expired(timestamp));
        let _lock = tracker.lock(&vehicle_id).await;
        Ok(tracker.with(|tracker| tracker.transfer(&vehicle_id, &new_fleet_id)))
    }

    fn transfer(&mut self, vehicle_id: &Str, new_fleet_id: &Str) -> bool {
        ensure!(self.vehicles.contains_key(vehicle_id), exists("vehicle", vehicle_id), false);
        ensure!(self.is_active(vehicle_id), status("ACTIVE", vehicle_id), false);
        ensure!(self.fleets.contains_key(new_fleet_id), exists("fleet", new_fleet_id), false);
        let fleet_id = self.vehicles.get(vehicle_id).map(|vehicle| &vehicle.fleet_id);
        ensure!(fleet_id != Some(new_fleet_id), different("fleet", new_fleet_id), false);
        self.hand_over(vehicle_id, new_fleet_id);
        true
    }

    /// Inspects vehicles, so many at a time. One that is missing or DECOMMISSIONED is the whole answer, and none is inspected.
    #[op(6)]
    async fn inspect_vehicles(
        tracker: Live<Self>,
        timestamp: Int,
        vehicle_ids: Vec<Str>,
        max_concurrent: Int,
    ) -> Py<Inspections> {
        let checked = tracker.with(|tracker| {
            tracker.purge_expired(timestamp);
            vehicle_ids.iter().try_for_each(|vehicle_id| tracker.check_inspection(vehicle_id))
        });
        if let Err(error) = checked {
            return Ok(error);
        }
        let semaphore = tracker.semaphore(max_concurrent)?;
        let results = tracker.shared(Dict::new());
        let inspected = results.clone();
        tracker
            .gather(vehicle_ids, move |tracker, vehicle_id| {
                let (semaphore, inspected) = (semaphore.clone(), inspected.clone());
                async move {
                    let _permit = semaphore.acquire().await;
                    tracker.sleep_ms(INSPECTION_MS).await;
                    inspected.borrow_mut().insert(vehicle_id, "INSPECTED".into());
                    Ok(())
                }
            })
            .await?;
        Ok(results.take())
    }

    fn check_inspection(&self, vehicle_id: &Str) -> Result<(), Inspections> {
        ensure!(
            self.vehicles.contains_key(vehicle_id),
            exists("vehicle", vehicle_id),
            Err(error(format!("Vehicle {vehicle_id} not found")))
        );
        ensure!(
            self.is_active(vehicle_id),
            status("ACTIVE", vehicle_id),
            Err(error(format!("Vehicle {vehicle_id} is DECOMMISSIONED")))
        );
        Ok(())
    }
}
