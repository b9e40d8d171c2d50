//! Hotel: rooms with one guest each, revenue, a late fee that is collected an hour later, moving a guest.

use crate::patterns::{DueQueue, Listed, Lists, Places, Ranking, ranked};
use crate::prelude::*;

/// What an hour of late checkout costs.
const LATE_FEE_PER_HOUR: i64 = 50;
/// A late fee is collected an hour after the checkout.
const LATE_FEE_DELAY_MS: i64 = 3_600_000;
/// How long sending one notification takes.
const NOTIFICATION_MS: f64 = 10.0;

/// Rooms by id.
#[derive(Clone, Default, State)]
pub struct Hotel {
    rooms: Listed<Str, Room, RoomLists>,
    booking_counter: Int,
}

#[derive(Clone, State)]
struct Room {
    price_per_night: Int,
    /// Empty for a free room.
    guest_name: Str,
    /// An empty string until the first booking, as in Python's class.
    nights: Value,
    total_revenue: Int,
    check_in_time: Int,
    late_fee: Int,
    late_fee_time: Int,
    history: List<(Str, Int)>,
    booking_id: Str,
}

impl Room {
    fn is_free(&self) -> bool {
        self.guest_name.is_empty()
    }

    /// What the stay costs at the price of this room.
    fn cost(&self) -> Int {
        match self.nights {
            Value::Int(nights) => self.price_per_night * nights,
            _ => Int::ZERO,
        }
    }
}

#[derive(Clone, Default)]
struct RoomLists {
    by_revenue: Ranking<Str>,
    free_by_price: Places<Str>,
    late_fees: DueQueue<Str>,
    /// The sum of all fees that are not collected.
    pending_fees: Int,
}

impl Lists<Str, Room> for RoomLists {
    fn enter(&mut self, room_id: &Str, room: &Room) {
        self.by_revenue.enter(room_id, room.total_revenue);
        if room.is_free() {
            self.free_by_price.enter(room_id, room.price_per_night);
        }
        // A negative fee counts as pending, but is never collected.
        if room.late_fee > 0 {
            self.late_fees.schedule(room.late_fee_time, room_id);
        }
        self.pending_fees += room.late_fee;
    }

    fn leave(&mut self, room_id: &Str, room: &Room) {
        self.by_revenue.leave(room_id, room.total_revenue);
        if room.is_free() {
            self.free_by_price.leave(room_id, room.price_per_night);
        }
        self.late_fees.cancel(room.late_fee_time, room_id);
        self.pending_fees -= room.late_fee;
    }
}

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "type")]
pub enum BatchOp {
    /// Moves a guest to another room.
    Upgrade { from_room_id: Str, to_room_id: Str },
    /// Books a room.
    Book { room_id: Str, guest_name: Str, nights: Int },
    /// Checks a guest out.
    Checkout { room_id: Str },
    /// Any other word does nothing.
    #[item(other)]
    Other { room_id: Str },
}

/// One notification to a guest.
#[derive(Clone, Item)]
pub struct Notice {
    room_id: Str,
    guest_name: Str,
}

#[system(
    id = "hotel",
    class = "HotelSystem",
    title(en = "Hotel", zh = "酒店"),
    summary(
        en = "Rooms with at most one guest: book, check out, top revenue, free rooms in a price range, a late fee collected an hour later, moving a guest, notifications.",
        zh = "每間房最多一個客：book、checkout、收入排行、按價錢搵空房、late checkout fee 一個鐘後先入數、換房、通知客人。",
    ),
    family = Flat,
    family_reason(
        en = "One add method with one ID; the guest is a field of the room, not a sub-item.",
        zh = "得一個 add method、一個 ID；客人係房嘅一個 field，唔係 sub-item。",
    ),
    group = "Flat+Lazy",
    signals = [
        "room", "book", "checkout", "guest", "price range", "available", "late checkout fee", "upgrade", "move guest",
        "notifications", "max_concurrent",
    ],
    patterns(
        l3 = "lazy scheduled effect",
        l4 = "event history, move between containers",
        l5 = "single lock, sorted pair lock",
        l6 = FailFast,
    ),
    uses = [TopN, LazyEffect, EventHistory, MoveBetween, SingleLock, SortedPairLock, FailFast],
)]
impl Hotel {
    fn new() -> Self {
        Self::default()
    }

    /// Collects every late fee that is due. The first thing every public method does.
    fn process_late_fee(&mut self, timestamp: Int) {
        for room_id in self.rooms.lists_mut().late_fees.take_due(timestamp) {
            self.rooms.change(&room_id, |room| {
                note!(
                    due, what: "late fee", id: room_id, target: room_id, amount: room.late_fee, due: room.late_fee_time,
                    now: timestamp
                );
                room.total_revenue += room.late_fee;
                room.late_fee = Int::ZERO;
            });
        }
    }

    fn is_free(&self, room_id: &Str) -> bool {
        self.rooms.get(room_id).is_some_and(Room::is_free)
    }

    /// Adds a free room.
    #[op(1)]
    fn add_room(&mut self, timestamp: Int, room_id: Str, price_per_night: Int) -> bool {
        self.process_late_fee(timestamp);
        ensure!(!self.rooms.contains_key(&room_id), absent("room", room_id), false);
        let room = Room {
            price_per_night,
            guest_name: Str::default(),
            nights: Value::Str(Str::default()),
            total_revenue: Int::ZERO,
            check_in_time: timestamp,
            late_fee: Int::ZERO,
            late_fee_time: timestamp,
            history: List::new(),
            booking_id: Str::default(),
        };
        self.rooms.insert(room_id, room);
        true
    }

    /// Books a free room; the price of all nights is revenue at once. Gives the booking's id.
    #[op(1)]
    fn book_room(&mut self, timestamp: Int, room_id: Str, guest_name: Str, nights: Int) -> Option<Str> {
        self.process_late_fee(timestamp);
        ensure!(self.rooms.contains_key(&room_id), exists("room", room_id), None);
        ensure!(self.is_free(&room_id), free("room", room_id), None);
        self.booking_counter += 1;
        let booking_id = Str::from(format!("booking{}", self.booking_counter));
        self.rooms.change(&room_id, |room| {
            room.guest_name = guest_name;
            room.nights = Value::Int(nights);
            room.check_in_time = timestamp;
            room.total_revenue += room.cost();
            room.booking_id = booking_id.clone();
        });
        Some(booking_id)
    }

    /// Checks the guest out and gives the name. The revenue is already there.
    #[op(1)]
    fn checkout(&mut self, timestamp: Int, room_id: Str) -> Option<Str> {
        self.process_late_fee(timestamp);
        ensure!(self.rooms.contains_key(&room_id), exists("room", room_id), None);
        ensure!(!self.is_free(&room_id), any("guest", room_id), None);
        let mut guest = Str::default();
        self.rooms.change(&room_id, |room| {
            guest = std::mem::take(&mut room.guest_name);
            room.history.push((guest.clone(), room.cost()));
            room.nights = Value::Int(Int::ZERO);
        });
        Some(guest)
    }

    /// Lists the rooms that earned most, as `id(revenue)`.
    #[op(2)]
    fn top_rooms(&mut self, timestamp: Int, n: Int) -> Vec<Str> {
        self.process_late_fee(timestamp);
        self.rooms.lists().by_revenue.top(n).map(|(id, revenue)| ranked(&id, revenue)).collect()
    }

    /// Lists the free rooms in a price range, both ends included: the cheapest first, by id on ties.
    #[op(2)]
    fn find_available(&mut self, timestamp: Int, min_price: Int, max_price: Int) -> Vec<Str> {
        self.process_late_fee(timestamp);
        self.rooms.lists().free_by_price.between(min_price, max_price).map(|(id, _)| id).collect()
    }

    /// Checks the guest out now and collects 50 an hour one hour later. Gives the fee, which replaces one that is still
    /// pending.
    #[op(3)]
    fn late_checkout(&mut self, timestamp: Int, room_id: Str, extra_hours: Int) -> Option<Int> {
        self.process_late_fee(timestamp);
        ensure!(self.rooms.contains_key(&room_id), exists("room", room_id), None);
        ensure!(!self.is_free(&room_id), any("guest", room_id), None);
        let fee = extra_hours * LATE_FEE_PER_HOUR;
        let due = timestamp + LATE_FEE_DELAY_MS;
        note!(scheduled, what: "late fee", id: room_id, target: room_id, amount: fee, due: due);
        self.rooms.change(&room_id, |room| {
            room.late_fee = fee;
            room.late_fee_time = due;
        });
        self.checkout(timestamp, room_id);
        Some(fee)
    }

    /// Sums up the late fees that are not collected yet.
    #[op(3)]
    fn get_pending_fees(&mut self, timestamp: Int) -> Int {
        self.process_late_fee(timestamp);
        self.rooms.lists().pending_fees
    }

    /// Lists the stays of a room as `(guest, cost)`, oldest first.
    #[op(4)]
    fn get_booking_history(&mut self, timestamp: Int, room_id: Str) -> Option<List<(Str, Int)>> {
        self.process_late_fee(timestamp);
        ensure!(self.rooms.contains_key(&room_id), exists("room", room_id), None);
        self.rooms.get(&room_id).map(|room| room.history.clone())
    }

    /// Moves a guest with the booking to another room. No revenue moves, and no stay ends.
    #[op(4)]
    fn upgrade_room(&mut self, timestamp: Int, from_room_id: Str, to_room_id: Str) -> bool {
        self.process_late_fee(timestamp);
        ensure!(self.rooms.contains_key(&from_room_id), exists("room", from_room_id), false);
        ensure!(self.rooms.contains_key(&to_room_id), exists("room", to_room_id), false);
        ensure!(from_room_id != to_room_id, different("room", to_room_id), false);
        ensure!(!self.is_free(&from_room_id), any("guest", from_room_id), false);
        ensure!(self.is_free(&to_room_id), free("room", to_room_id), false);
        let Some(from) = self.rooms.get(&from_room_id).cloned() else { return false };
        note!(moved, what: "guest", id: from.guest_name, from: from_room_id, to: to_room_id);
        self.rooms.change(&from_room_id, |room| room.guest_name = Str::default());
        self.rooms.change(&to_room_id, |room| {
            room.guest_name = from.guest_name;
            room.booking_id = from.booking_id;
            room.nights = from.nights;
        });
        true
    }

    /// Runs the operations together, each under the locks of its rooms. The answers keep the order of the operations.
    #[op(5)]
    async fn batch_operations(hotel: Live<Self>, timestamp: Int, operations: Vec<BatchOp>) -> Py<Vec<Value>> {
        hotel.with(|hotel| hotel.process_late_fee(timestamp));
        hotel
            .gather(operations, move |hotel, op| async move {
                Ok(match op {
                    BatchOp::Upgrade { from_room_id, to_room_id } => {
                        let _locks = hotel.sorted_pair_lock(&from_room_id, &to_room_id).await;
                        hotel.with(|hotel| hotel.upgrade_room(timestamp, from_room_id, to_room_id)).into_value()
                    }
                    BatchOp::Book { room_id, guest_name, nights } => {
                        let _lock = hotel.lock(&room_id).await;
                        hotel.with(|hotel| hotel.book_room(timestamp, room_id, guest_name, nights)).into_value()
                    }
                    BatchOp::Checkout { room_id } => {
                        let _lock = hotel.lock(&room_id).await;
                        hotel.with(|hotel| hotel.checkout(timestamp, room_id)).into_value()
                    }
                    BatchOp::Other { room_id } => {
                        let _lock = hotel.lock(&room_id).await;
                        Value::None
                    }
                })
            })
            .await
    }

    /// Sends notifications to guests, so many at a time. The check is made under the room's lock; a guest who is not there
    /// takes no permit.
    #[op(6)]
    async fn send_notifications(
        hotel: Live<Self>,
        timestamp: Int,
        notifications: Vec<Notice>,
        max_concurrent: Int,
    ) -> Py<Vec<bool>> {
        hotel.with(|hotel| hotel.process_late_fee(timestamp));
        let semaphore = hotel.semaphore(max_concurrent)?;
        hotel
            .gather(notifications, move |hotel, notice| {
                let semaphore = semaphore.clone();
                async move {
                    {
                        let _lock = hotel.lock(&notice.room_id).await;
                        if !hotel.with(|hotel| hotel.may_notify(&notice)) {
                            return Ok(false);
                        }
                    }
                    let _permit = semaphore.acquire().await;
                    hotel.sleep_ms(NOTIFICATION_MS).await;
                    Ok(true)
                }
            })
            .await
    }

    fn may_notify(&self, notice: &Notice) -> bool {
        let Notice { room_id, guest_name } = notice;
        ensure!(self.rooms.contains_key(room_id), exists("room", room_id), false);
        ensure!(!self.is_free(room_id), any("guest", room_id), false);
        let is_guest = self.rooms.get(room_id).is_some_and(|room| room.guest_name == *guest_name);
        ensure!(is_guest, owned("room", guest_name), false);
        true
    }
}
