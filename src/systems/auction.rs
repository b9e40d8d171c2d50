//! Auction house: bids that must rise, a deadline that closes, a reserve price, settlement.

use std::cmp::Ordering;

use crate::patterns::{DueQueue, Listed, Lists, Record};
use crate::prelude::*;
use crate::value::stable_sort_by;

/// How long settling one auction takes.
const SETTLE_MS: f64 = 10.0;

/// Auctions by id.
#[derive(Clone, Default, State)]
pub struct AuctionHouse {
    auctions: Listed<Str, Auction, AuctionLists>,
}

#[derive(Clone, State)]
struct Auction {
    item: Str,
    starting_price: Num,
    bids: List<Bid>,
    status: Status,
    expires_at: Option<Int>,
    reserve_price: Option<Num>,
}

#[derive(Clone, State)]
struct Bid {
    bidder: Str,
    amount: Num,
    time: Int,
}

#[derive(Clone, Copy, PartialEq, Eq, State)]
enum Status {
    Open,
    Closed,
    Cancelled,
}

impl Auction {
    /// Bids only rise: the last is the highest.
    fn highest(&self) -> Option<&Bid> {
        self.bids.last()
    }

    /// What the next bid has to exceed.
    fn to_beat(&self) -> Num {
        self.highest().map_or(self.starting_price, |bid| bid.amount)
    }

    /// What a listing shows: 0 without a bid, not the starting price.
    fn shown_price(&self) -> Num {
        self.highest().map_or(Num::from(0), |bid| bid.amount)
    }
}

#[derive(Clone, Default)]
struct AuctionLists {
    /// The deadlines of the open auctions.
    deadlines: DueQueue<Str>,
}

impl Lists<Str, Auction> for AuctionLists {
    fn enter(&mut self, auction_id: &Str, auction: &Auction) {
        if let Some(expires_at) = auction.expires_at.filter(|_| auction.status == Status::Open) {
            self.deadlines.schedule(expires_at, auction_id);
        }
    }

    fn leave(&mut self, auction_id: &Str, auction: &Auction) {
        if let Some(expires_at) = auction.expires_at {
            self.deadlines.cancel(expires_at, auction_id);
        }
    }
}

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "type")]
pub enum BatchOp {
    /// Opens an auction.
    Create { auction_id: Str, item_name: Str, starting_price: Num },
    /// Places a bid.
    Bid { auction_id: Str, bidder_id: Str, amount: Num },
    /// Cancels an auction.
    Cancel { auction_id: Str },
    /// Any other word does nothing.
    #[item(other)]
    Other { auction_id: Str },
}

/// One auction to settle.
#[derive(Clone, Item)]
pub struct Settlement {
    auction_id: Str,
}

#[system(
    id = "auction",
    class = "AuctionSystem",
    title(en = "Auction house", zh = "拍賣行"),
    summary(
        en = "Auctions with strictly rising bids: a deadline closes them, a reserve price decides whether the winner gets the item, settlement goes out at a limited rate.",
        zh = "拍賣：出價要一口高過一口，到 deadline 自動截標，有底價先決定邊個贏，settle 用 max_concurrent 限速。",
    ),
    family = Flat,
    family_reason(
        en = "One kind of record under one ID; bids are a list inside it and have no ID of their own.",
        zh = "得一種 record、一個 ID；bid 係入面一條 list，自己冇 ID。",
    ),
    group = "StateMachine",
    signals = [
        "auction", "bid", "highest bid", "strictly higher", "deadline", "reserve", "winner", "no sale", "settle", "OPEN",
        "CLOSED", "CANCELLED",
    ],
    patterns(
        l3 = "expiry flips a status",
        l4 = "reserve price, bid history, cancel",
        l5 = "single lock",
        l6 = FailFast,
    ),
    uses = [StatusMachine, StatusFlip, EventHistory, SingleLock, FailFast],
)]
impl AuctionHouse {
    fn new() -> Self {
        Self::default()
    }

    /// Closes every open auction whose deadline has come. The first thing every public method does.
    fn process_expired_auctions(&mut self, timestamp: Int) {
        for auction_id in self.auctions.lists_mut().deadlines.take_due(timestamp) {
            self.auctions.change(&auction_id, |auction| {
                auction.status = Status::Closed;
                note!(expired, what: "auction", id: auction_id, due: auction.expires_at, now: timestamp, to: "CLOSED");
            });
        }
    }

    fn is(&self, auction_id: &Str, status: Status) -> bool {
        self.auctions.get(auction_id).is_some_and(|auction| auction.status == status)
    }

    fn highest(&self, auction_id: &Str) -> Option<&Bid> {
        self.auctions.get(auction_id)?.highest()
    }

    fn open(&mut self, auction_id: Str, item: Str, starting_price: Num, expires_at: Option<Int>) {
        let (bids, status) = (List::new(), Status::Open);
        let auction = Auction { item, starting_price, bids, status, expires_at, reserve_price: None };
        self.auctions.insert(auction_id, auction);
    }

    /// Who gets the item, now that the checks which a winner and a settlement share have passed.
    fn winner(&self, auction_id: &Str) -> Option<Str> {
        ensure!(self.auctions.contains_key(auction_id), exists("auction", auction_id), None);
        ensure!(self.is(auction_id, Status::Closed), status("CLOSED", auction_id), None);
        ensure!(self.highest(auction_id).is_some(), any("bid", auction_id), None);
        let auction = self.auctions.get(auction_id)?;
        let reserve_price = auction.reserve_price;
        ensure!(reserve_price.is_none_or(|reserve| auction.to_beat() >= reserve), enough("bid", reserve_price), None);
        auction.highest().map(|bid| bid.bidder.clone())
    }

    /// Opens an auction without a deadline.
    #[op(1)]
    fn create_auction(&mut self, timestamp: Int, auction_id: Str, item_name: Str, starting_price: Num) -> bool {
        self.process_expired_auctions(timestamp);
        ensure!(!self.auctions.contains_key(&auction_id), absent("auction", auction_id), false);
        self.open(auction_id, item_name, starting_price, None);
        true
    }

    /// Places a bid, which must be higher than the highest, or than the starting price when it is the first.
    #[op(1)]
    fn place_bid(&mut self, timestamp: Int, auction_id: Str, bidder_id: Str, amount: Num) -> bool {
        self.process_expired_auctions(timestamp);
        ensure!(self.auctions.contains_key(&auction_id), exists("auction", auction_id), false);
        ensure!(self.is(&auction_id, Status::Open), status("OPEN", auction_id), false);
        let Some(to_beat) = self.auctions.get(&auction_id).map(Auction::to_beat) else { return false };
        ensure!(amount > to_beat, enough("bid", to_beat), false);
        let bid = Bid { bidder: bidder_id, amount, time: timestamp };
        self.auctions.change(&auction_id, |auction| auction.bids.push(bid));
        true
    }

    /// Gives an auction as it is now, with its bids.
    #[op(1)]
    fn get_auction(&mut self, timestamp: Int, auction_id: Str) -> Option<Record> {
        self.process_expired_auctions(timestamp);
        ensure!(self.auctions.contains_key(&auction_id), exists("auction", auction_id), None);
        self.auctions.get(&auction_id).map(Record::of)
    }

    /// Gives the highest bid as `(bidder, amount)`, whatever the status of the auction.
    #[op(1)]
    fn get_highest_bid(&mut self, timestamp: Int, auction_id: Str) -> Option<(Str, Num)> {
        self.process_expired_auctions(timestamp);
        ensure!(self.auctions.contains_key(&auction_id), exists("auction", auction_id), None);
        ensure!(self.highest(&auction_id).is_some(), any("bid", auction_id), None);
        self.highest(&auction_id).map(|bid| (bid.bidder.clone(), bid.amount))
    }

    /// Lists all auctions as `id(highest bid)`, 0 without a bid: by `"id"`, by `"price"` the highest first, by anything
    /// else in the order in which they were opened.
    #[op(2)]
    fn list_auctions(&mut self, timestamp: Int, sort_by: Str) -> Vec<String> {
        self.process_expired_auctions(timestamp);
        let listed = |(id, auction): (Str, &Auction)| format!("{id}({})", auction.shown_price());
        match &*sort_by {
            "id" => self.auctions.sorted().map(listed).collect(),
            "price" => {
                let mut auctions: Vec<_> = self.auctions.iter().collect();
                // Stable: equal prices stay in the order of opening.
                stable_sort_by(&mut auctions, |(_, a), (_, b)| {
                    b.shown_price().partial_cmp(&a.shown_price()).unwrap_or(Ordering::Equal)
                });
                auctions.into_iter().map(listed).collect()
            }
            _ => self.auctions.iter().map(listed).collect(),
        }
    }

    /// Lists the bids of an auction, the highest first.
    #[op(2)]
    fn list_bids(&mut self, timestamp: Int, auction_id: Str) -> Vec<Record> {
        self.process_expired_auctions(timestamp);
        ensure!(self.auctions.contains_key(&auction_id), exists("auction", auction_id), Vec::new());
        // They rise strictly, so that nothing has to be sorted.
        self.auctions
            .get(&auction_id)
            .map(|auction| auction.bids.iter().rev().map(Record::of).collect())
            .unwrap_or_default()
    }

    /// Opens an auction that closes at `timestamp + duration_ms`; gives that time.
    #[op(3)]
    fn create_auction_with_deadline(
        &mut self,
        timestamp: Int,
        auction_id: Str,
        item_name: Str,
        starting_price: Num,
        duration_ms: Int,
    ) -> Option<Int> {
        self.process_expired_auctions(timestamp);
        ensure!(!self.auctions.contains_key(&auction_id), absent("auction", auction_id), None);
        let expires_at = timestamp + duration_ms;
        self.open(auction_id, item_name, starting_price, Some(expires_at));
        Some(expires_at)
    }

    /// Names the highest bidder of a closed auction, if the reserve price is met.
    #[op(3)]
    fn get_winner(&mut self, timestamp: Int, auction_id: Str) -> Option<Str> {
        self.process_expired_auctions(timestamp);
        self.winner(&auction_id)
    }

    /// Sets the price below which an open auction has no winner; None takes it away.
    #[op(4)]
    fn set_reserve_price(&mut self, timestamp: Int, auction_id: Str, min_price: Option<Num>) -> bool {
        self.process_expired_auctions(timestamp);
        ensure!(self.auctions.contains_key(&auction_id), exists("auction", auction_id), false);
        ensure!(self.is(&auction_id, Status::Open), status("OPEN", auction_id), false);
        self.auctions.change(&auction_id, |auction| auction.reserve_price = min_price);
        true
    }

    /// Lists the bids of an auction in the order in which they were placed.
    #[op(4)]
    fn get_history(&mut self, timestamp: Int, auction_id: Str) -> Vec<Record> {
        self.process_expired_auctions(timestamp);
        ensure!(self.auctions.contains_key(&auction_id), exists("auction", auction_id), Vec::new());
        self.auctions.get(&auction_id).map(|auction| auction.bids.iter().map(Record::of).collect()).unwrap_or_default()
    }

    /// Cancels an open auction; its bids stay.
    #[op(4)]
    fn cancel_auction(&mut self, timestamp: Int, auction_id: Str) -> bool {
        self.process_expired_auctions(timestamp);
        ensure!(self.auctions.contains_key(&auction_id), exists("auction", auction_id), false);
        ensure!(self.is(&auction_id, Status::Open), status("OPEN", auction_id), false);
        self.auctions.change(&auction_id, |auction| auction.status = Status::Cancelled);
        note!(moved, what: "auction", id: auction_id, from: "OPEN", to: "CANCELLED");
        true
    }

    /// Runs the operations together, each under the lock of its auction. The answers keep the order of the operations.
    #[op(5)]
    async fn batch_operations(house: Live<Self>, timestamp: Int, ops: Vec<BatchOp>) -> Py<Vec<Option<bool>>> {
        house.with(|house| house.process_expired_auctions(timestamp));
        house
            .gather(ops, move |house, op| async move {
                let (BatchOp::Create { auction_id, .. }
                | BatchOp::Bid { auction_id, .. }
                | BatchOp::Cancel { auction_id }
                | BatchOp::Other { auction_id }) = &op;
                let _lock = house.lock(auction_id).await;
                Ok(house.with(|house| match op {
                    BatchOp::Create { auction_id, item_name, starting_price } => {
                        Some(house.create_auction(timestamp, auction_id, item_name, starting_price))
                    }
                    BatchOp::Bid { auction_id, bidder_id, amount } => {
                        Some(house.place_bid(timestamp, auction_id, bidder_id, amount))
                    }
                    BatchOp::Cancel { auction_id } => Some(house.cancel_auction(timestamp, auction_id)),
                    BatchOp::Other { .. } => None,
                }))
            })
            .await
    }

    /// Settles auctions that have a winner, so many at a time. The check is made under the auction's lock; what has no
    /// winner takes no permit. Nothing changes, so an auction may be settled again.
    #[op(6)]
    async fn settle_auctions(
        house: Live<Self>,
        timestamp: Int,
        settlements: Vec<Settlement>,
        max_concurrent: Int,
    ) -> Py<Vec<bool>> {
        house.with(|house| house.process_expired_auctions(timestamp));
        let semaphore = house.semaphore(max_concurrent)?;
        house
            .gather(settlements, move |house, Settlement { auction_id }| {
                let semaphore = semaphore.clone();
                async move {
                    {
                        let _lock = house.lock(&auction_id).await;
                        if house.with(|house| house.winner(&auction_id)).is_none() {
                            return Ok(false);
                        }
                    }
                    let _permit = semaphore.acquire().await;
                    house.sleep_ms(SETTLE_MS).await;
                    Ok(true)
                }
            })
            .await
    }
}
