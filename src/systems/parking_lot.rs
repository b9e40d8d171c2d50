//! Parking lot: spots of several types, parking for a time, a cap per type, transfer out.

use crate::engine::Refusal;
use crate::patterns::{DueQueue, Groups, Listed, Lists, Record};
use crate::prelude::*;
use crate::value::stable_sort_by;

/// How long the transfer of one vehicle takes.
const TRANSFER_MS: f64 = 10.0;

/// Spots by id, and how many of a type may be taken.
#[derive(Clone, Default, State)]
pub struct ParkingLot {
    spots: Listed<Str, Spot, SpotLists>,
    max_spots: Dict<Str, Int>,
}

#[derive(Clone, State)]
struct Spot {
    #[state(name = "type")]
    kind: Str,
    vehicle_id: Option<Str>,
    parked_at: Option<Int>,
    expires_at: Option<Int>,
    history: List<Event>,
}

#[derive(Clone, State)]
struct Event {
    #[state(name = "event")]
    what: What,
    /// None for a transfer of a spot that an earlier one of the same batch left empty.
    vehicle_id: Option<Str>,
    ts: Int,
    #[state(omit_none)]
    expires_at: Option<Int>,
}

#[derive(Clone, Copy, State)]
enum What {
    #[state(name = "park")]
    Park,
    #[state(name = "remove")]
    Remove,
    #[state(name = "expired")]
    Expired,
    #[state(name = "transfer")]
    Transfer,
}

impl Spot {
    fn is_free(&self) -> bool {
        self.vehicle_id.is_none()
    }

    /// Empties the spot, and records why.
    fn vacate(&mut self, ts: Int, what: What) {
        let vehicle_id = self.vehicle_id.take();
        self.parked_at = None;
        self.expires_at = None;
        self.history.push(Event { what, vehicle_id, ts, expires_at: None });
    }
}

#[derive(Clone, Default)]
struct SpotLists {
    expiries: DueQueue<Str>,
    free_by_type: Groups,
    taken_by_type: Groups,
    /// How many are free, whatever their type.
    free: Int,
}

impl Lists<Str, Spot> for SpotLists {
    fn enter(&mut self, spot_id: &Str, spot: &Spot) {
        if spot.is_free() {
            self.free_by_type.join(&spot.kind, spot_id);
            self.free += 1;
        } else {
            self.taken_by_type.join(&spot.kind, spot_id);
        }
        if let Some(expires_at) = spot.expires_at {
            self.expiries.schedule(expires_at, spot_id);
        }
    }

    fn leave(&mut self, spot_id: &Str, spot: &Spot) {
        if spot.is_free() {
            self.free_by_type.leave(&spot.kind, spot_id);
            self.free -= Int(1);
        } else {
            self.taken_by_type.leave(&spot.kind, spot_id);
        }
        if let Some(expires_at) = spot.expires_at {
            self.expiries.cancel(expires_at, spot_id);
        }
    }
}

/// A fee that may be refused with None or with 0.
impl Refusal<Int> for Option<Int> {
    fn refuse(fee: Int) -> Self {
        Some(fee)
    }
}

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "type")]
pub enum BatchOp {
    /// Parks a vehicle.
    Park { spot_id: Str, vehicle_id: Str },
    /// Removes a vehicle.
    Remove { spot_id: Str },
    /// Parks a vehicle for a time.
    ParkWithDuration { spot_id: Str, vehicle_id: Str, duration_ms: Int },
    /// Any other word does nothing.
    #[item(other)]
    Other { spot_id: Str },
}

/// One vehicle that goes to another lot.
#[derive(Clone, Item)]
pub struct Transfer {
    spot_id: Str,
    vehicle_id: Str,
}

#[system(
    id = "parking_lot",
    class = "ParkingLotSystem",
    title(en = "Parking lot", zh = "停車場"),
    summary(
        en = "Spots of several types: park, leave, park for a time with automatic eviction, fee by time parked, a cap per type, history, transfer out.",
        zh = "唔同 type 嘅車位：泊車、走、限時泊到鐘自動清、按泊咗幾耐計錢、每個 type 有上限、history、轉去第二個場。",
    ),
    family = Flat,
    family_reason(
        en = "One add method with one ID; the vehicle is a field of the spot, not a sub-item.",
        zh = "得一個 add method、一個 ID；架車係車位嘅一個 field，唔係 sub-item。",
    ),
    group = "Flat+Lazy",
    signals = [
        "spot", "vehicle", "park", "duration", "free or taken", "max per type", "fee by time parked", "transfer",
        "invalid ones return immediately",
    ],
    patterns(
        l3 = "lazy purge that vacates",
        l4 = "capacity per type, event history",
        l5 = "single lock",
        l6 = FailFast,
    ),
    uses = [LazyPurge, CapacityGate, EventHistory, SingleLock, FailFast],
)]
impl ParkingLot {
    fn new() -> Self {
        Self::default()
    }

    /// Vacates every spot whose time is up. The first thing every public method does.
    fn process_expired(&mut self, timestamp: Int) {
        for spot_id in self.spots.lists_mut().expiries.take_due(timestamp) {
            self.spots.change(&spot_id, |spot| {
                note!(expired, what: "spot", id: spot_id, due: spot.expires_at, now: timestamp, to: "free");
                spot.vacate(timestamp, What::Expired);
            });
        }
    }

    fn is_free(&self, spot_id: &Str) -> bool {
        self.spots.get(spot_id).is_some_and(Spot::is_free)
    }

    /// Whether one more spot of this spot's type may be taken. Only taken spots count.
    fn is_below_cap(&self, spot_id: &Str) -> bool {
        let Some(spot) = self.spots.get(spot_id) else { return true };
        let taken = self.spots.lists().taken_by_type.count(&spot.kind);
        self.max_spots.get(&spot.kind).is_none_or(|cap| taken < *cap)
    }

    /// Parks a vehicle after the checks that both ways of parking share.
    fn take(&mut self, timestamp: Int, spot_id: &Str, vehicle_id: Str, expires_at: Option<Int>) -> bool {
        ensure!(self.spots.contains_key(spot_id), exists("spot", spot_id), false);
        ensure!(self.is_free(spot_id), free("spot", spot_id), false);
        ensure!(self.is_below_cap(spot_id), capacity("spot", spot_id), false);
        self.spots.change(spot_id, |spot| {
            spot.vehicle_id = Some(vehicle_id.clone());
            spot.parked_at = Some(timestamp);
            spot.expires_at = expires_at;
            spot.history.push(Event { what: What::Park, vehicle_id: Some(vehicle_id), ts: timestamp, expires_at });
        });
        true
    }

    /// Adds a free spot.
    #[op(1)]
    fn add_spot(&mut self, timestamp: Int, spot_id: Str, spot_type: Str) -> bool {
        self.process_expired(timestamp);
        ensure!(!self.spots.contains_key(&spot_id), absent("spot", spot_id), false);
        let spot = Spot { kind: spot_type, vehicle_id: None, parked_at: None, expires_at: None, history: List::new() };
        self.spots.insert(spot_id, spot);
        true
    }

    /// Parks a vehicle on a free spot for as long as it likes. A vehicle may stand on several spots.
    #[op(1)]
    fn park_vehicle(&mut self, timestamp: Int, spot_id: Str, vehicle_id: Str) -> bool {
        self.process_expired(timestamp);
        self.take(timestamp, &spot_id, vehicle_id, None)
    }

    /// Removes the vehicle from a spot.
    #[op(1)]
    fn remove_vehicle(&mut self, timestamp: Int, spot_id: Str) -> bool {
        self.process_expired(timestamp);
        ensure!(self.spots.contains_key(&spot_id), exists("spot", spot_id), false);
        ensure!(!self.is_free(&spot_id), any("vehicle", spot_id), false);
        self.spots.change(&spot_id, |spot| spot.vacate(timestamp, What::Remove));
        true
    }

    /// Gives a spot as it is now, with its history.
    #[op(1)]
    fn get_spot(&mut self, timestamp: Int, spot_id: Str) -> Option<Record> {
        self.process_expired(timestamp);
        ensure!(self.spots.contains_key(&spot_id), exists("spot", spot_id), None);
        self.spots.get(&spot_id).map(Record::of)
    }

    /// Lists all spots: by `"id"`, by `"type"` and then by id, by anything else in the order in which they were added.
    #[op(2)]
    fn list_spots(&mut self, timestamp: Int, sort_by: Str) -> Vec<Record> {
        self.process_expired(timestamp);
        let mut spots: Vec<(Str, &Spot)> = match &*sort_by {
            "id" | "type" => self.spots.sorted().collect(),
            _ => self.spots.iter().collect(),
        };
        if sort_by == "type" {
            // Stable: those of one type stay in order of id.
            stable_sort_by(&mut spots, |(_, a), (_, b)| a.kind.cmp(&b.kind));
        }
        spots.into_iter().map(|(spot_id, spot)| Record::with_first("spot_id", spot_id, spot)).collect()
    }

    /// Counts the free spots of all types, whatever the caps.
    #[op(2)]
    fn count_available(&mut self, timestamp: Int) -> Int {
        self.process_expired(timestamp);
        self.spots.lists().free
    }

    /// Finds the free spot of a type with the smallest id, whatever the cap.
    #[op(2)]
    fn find_spot(&mut self, timestamp: Int, spot_type: Str) -> Option<Str> {
        self.process_expired(timestamp);
        self.spots.lists().free_by_type.ids(&spot_type).next()
    }

    /// Parks a vehicle that is evicted at `timestamp + duration_ms`.
    #[op(3)]
    fn park_vehicle_with_duration(&mut self, timestamp: Int, spot_id: Str, vehicle_id: Str, duration_ms: Int) -> bool {
        self.process_expired(timestamp);
        self.take(timestamp, &spot_id, vehicle_id, Some(timestamp + duration_ms))
    }

    /// Gives the fee of the vehicle on a spot, 1 per millisecond since it was parked; 0 for a free spot.
    #[op(3)]
    fn get_fee(&mut self, timestamp: Int, spot_id: Str) -> Option<Int> {
        self.process_expired(timestamp);
        ensure!(self.spots.contains_key(&spot_id), exists("spot", spot_id), None);
        ensure!(!self.is_free(&spot_id), any("vehicle", spot_id), Int(0));
        let parked_at = self.spots.get(&spot_id)?.parked_at?;
        Some(timestamp - parked_at)
    }

    /// Limits how many spots of a type may be taken. Nobody who is parked has to leave.
    #[op(4)]
    fn set_max_spots(&mut self, timestamp: Int, spot_type: Str, max_count: Int) -> bool {
        self.process_expired(timestamp);
        self.max_spots.insert(spot_type, max_count);
        true
    }

    /// Lists what happened on a spot, oldest first.
    #[op(4)]
    fn get_history(&mut self, timestamp: Int, spot_id: Str) -> Option<Vec<Record>> {
        self.process_expired(timestamp);
        ensure!(self.spots.contains_key(&spot_id), exists("spot", spot_id), None);
        self.spots.get(&spot_id).map(|spot| spot.history.iter().map(Record::of).collect())
    }

    /// Runs the operations together, each under the lock of its spot. The answers keep the order of the operations.
    #[op(5)]
    async fn batch_operations(lot: Live<Self>, timestamp: Int, ops: Vec<BatchOp>) -> Py<Vec<Option<bool>>> {
        lot.with(|lot| lot.process_expired(timestamp));
        lot.gather(ops, move |lot, op| async move {
            let (BatchOp::Park { spot_id, .. }
            | BatchOp::Remove { spot_id }
            | BatchOp::ParkWithDuration { spot_id, .. }
            | BatchOp::Other { spot_id }) = &op;
            let _lock = lot.lock(spot_id).await;
            Ok(lot.with(|lot| match op {
                BatchOp::Park { spot_id, vehicle_id } => Some(lot.park_vehicle(timestamp, spot_id, vehicle_id)),
                BatchOp::Remove { spot_id } => Some(lot.remove_vehicle(timestamp, spot_id)),
                BatchOp::ParkWithDuration { spot_id, vehicle_id, duration_ms } => {
                    Some(lot.park_vehicle_with_duration(timestamp, spot_id, vehicle_id, duration_ms))
                }
                BatchOp::Other { .. } => None,
            }))
        })
        .await
    }

    /// Transfers vehicles to another lot, so many at a time. What is not on its spot takes no permit; a spot is emptied only
    /// after the transfer, under its lock again and without a second check.
    #[op(6)]
    async fn sync_lots(
        lot: Live<Self>,
        timestamp: Int,
        transfers: Vec<Transfer>,
        max_concurrent: Int,
    ) -> Py<Vec<bool>> {
        lot.with(|lot| lot.process_expired(timestamp));
        let semaphore = lot.semaphore(max_concurrent)?;
        lot.gather(transfers, move |lot, transfer| {
            let semaphore = semaphore.clone();
            async move {
                {
                    let _lock = lot.lock(&transfer.spot_id).await;
                    if !lot.with(|lot| lot.may_transfer(&transfer)) {
                        return Ok(false);
                    }
                }
                {
                    let _permit = semaphore.acquire().await;
                    lot.sleep_ms(TRANSFER_MS).await;
                }
                let _lock = lot.lock(&transfer.spot_id).await;
                lot.with(|lot| lot.spots.change(&transfer.spot_id, |spot| spot.vacate(timestamp, What::Transfer)));
                Ok(true)
            }
        })
        .await
    }

    fn may_transfer(&self, transfer: &Transfer) -> bool {
        let Transfer { spot_id, vehicle_id } = transfer;
        ensure!(self.spots.contains_key(spot_id), exists("spot", spot_id), false);
        ensure!(!self.is_free(spot_id), any("vehicle", spot_id), false);
        let is_there = self.spots.get(spot_id).is_some_and(|spot| spot.vehicle_id.as_ref() == Some(vehicle_id));
        ensure!(is_there, owned("spot", vehicle_id), false);
        true
    }
}
