//! Order book: buy and sell orders by price and time, expiry, matching with partial fills, settlement outside.

use crate::patterns::{Groups, Listed, Lists, NumRanking};
use crate::prelude::*;

const BUY: &str = "buy";
const SELL: &str = "sell";
/// What an order's expiry is when it never expires.
const NEVER: i64 = 0;
/// Where the clock stands until it is set, in milliseconds.
const START_MS: i64 = 1000;

/// The orders of one market, and what was traded.
#[derive(Clone, State)]
pub struct OrderBook {
    orders: Listed<Str, Order, Books>,
    timestamp_counter: Int,
    trades: List<Str>,
    trade_details: List<Trade>,
    #[state(skip)]
    clock: Num,
}

#[derive(Clone, State)]
struct Order {
    side: Str,
    price: Num,
    quantity: Int,
    remaining: Int,
    status: Status,
    /// A sequence number: the order of placing, which no clock can tie.
    timestamp: Int,
    expiry: Num,
}

#[derive(Clone, Copy, PartialEq, Eq, State)]
enum Status {
    Active,
    Partial,
    Filled,
    Expired,
    Cancelled,
}

impl Order {
    fn is_open(&self) -> bool {
        matches!(self.status, Status::Active | Status::Partial)
    }
}

#[derive(Clone, PartialEq, State)]
struct Trade {
    buyer_id: Str,
    seller_id: Str,
    price: Num,
    quantity: Int,
}

/// The sequence number and the id of an order: what is placed first stands first.
type Placed = (Int, Str);

/// The open orders of one side, best price first, then in order of placing.
#[derive(Clone, Default)]
struct Book {
    listed: NumRanking<Placed>,
    /// Those of which something is left to trade.
    matchable: NumRanking<Placed>,
}

/// All open orders.
#[derive(Clone, Default)]
struct Books {
    buys: Book,
    sells: Book,
    /// Any other word for a side is kept too: listed in order of placing, and never matched.
    other_sides: Groups,
    /// The next to expire has the highest number.
    expiries: NumRanking<Str>,
}

fn negated(number: Num) -> Num {
    Num::from(0) - number
}

impl Books {
    /// The book of a side, and the number that ranks a price in it: a buyer who pays more and a seller who asks less come
    /// first.
    fn book(&mut self, side: &str, price: Num) -> Option<(&mut Book, Num)> {
        match side {
            BUY => Some((&mut self.buys, price)),
            SELL => Some((&mut self.sells, negated(price))),
            _ => None,
        }
    }
}

impl Lists<Str, Order> for Books {
    fn enter(&mut self, id: &Str, order: &Order) {
        if !order.is_open() {
            return;
        }
        let placed = (order.timestamp, id.clone());
        if let Some((book, rank)) = self.book(&order.side, order.price) {
            book.listed.enter(&placed, rank);
            if order.remaining > 0 {
                book.matchable.enter(&placed, rank);
            }
        } else {
            self.other_sides.join(&order.side, &placed);
        }
        if order.expiry > Num::from(NEVER) {
            self.expiries.enter(id, negated(order.expiry));
        }
    }

    fn leave(&mut self, id: &Str, order: &Order) {
        let placed = (order.timestamp, id.clone());
        if let Some((book, rank)) = self.book(&order.side, order.price) {
            book.listed.leave(&placed, rank);
            book.matchable.leave(&placed, rank);
        } else {
            self.other_sides.leave(&order.side, &placed);
        }
        self.expiries.leave(id, negated(order.expiry));
    }
}

/// One order of a batch; it never expires.
#[derive(Clone, Item)]
pub struct NewOrder {
    order_id: Str,
    side: Str,
    price: Num,
    quantity: Int,
}

#[system(
    id = "order_book",
    class = "OrderBook",
    title(en = "Order book", zh = "Order book（買賣盤）"),
    summary(
        en = "A limit order book of one market: price-time priority, orders that expire, matching with partial fills, settlement of trades through limited external calls.",
        zh = "一個市場嘅買賣盤：price-time priority、order 會過期、match 可以 partial fill、settle 要限住同時幾多個 external call。",
    ),
    family = TwoCollections,
    family_reason(
        en = "Sides of a book and orders are two kinds of thing; the class itself gets by with one dict of orders and lists of trades.",
        zh = "買賣盤同 order 係兩種嘢；不過個 class 實際用一個 orders dict 加 trade list 就搞掂。",
    ),
    group = "Flat+Lazy",
    signals = ["side", "price", "quantity", "remaining", "buy", "sell", "match", "partial", "fill", "trade", "settle"],
    patterns(
        l3 = "expiry flips the status",
        l4 = "matching with partial fills, trade log",
        l5 = "single lock per order",
        l6 = FailFast,
    ),
    uses = [StatusFlip, StatusMachine, EventHistory, SingleLock, FailFast],
    clock = clock,
)]
impl OrderBook {
    fn new() -> Self {
        Self {
            orders: Listed::default(),
            timestamp_counter: Int::ZERO,
            trades: List::new(),
            trade_details: List::new(),
            clock: Num::from(START_MS),
        }
    }

    /// Expires every open order whose time has come, at that very moment already. The first thing every method but
    /// `settle_trades` does.
    fn process_expiries(&mut self) {
        let mut due: Vec<Str> = self.orders.lists().expiries.at_least(negated(self.clock)).collect();
        self.orders.sort_by_place(&mut due);
        for order_id in due {
            let expiry = self.orders.get(&order_id).map(|order| order.expiry);
            note!(expired, what: "order", id: order_id, due: expiry, now: self.clock, to: Status::Expired.as_str());
            self.orders.change(&order_id, |order| order.status = Status::Expired);
        }
    }

    fn is_cancelled(&self, order_id: &Str) -> bool {
        self.orders.get(order_id).is_some_and(|order| order.status == Status::Cancelled)
    }

    /// Places an order that expires after `ttl_ms`, or never for 0 and less. A larger price is the better buy, a smaller
    /// one the better sell.
    #[op(1)]
    fn place_order(
        &mut self,
        order_id: Str,
        side: Str,
        price: Num,
        quantity: Int,
        #[default(Num::from(0))] ttl_ms: Num,
    ) -> &'static str {
        self.process_expiries();
        ensure!(!self.orders.contains_key(&order_id), absent("order", order_id), "exists");
        self.timestamp_counter += 1;
        let expiry = if ttl_ms > Num::from(0) { self.clock + ttl_ms } else { Num::from(NEVER) };
        let order = Order {
            side,
            price,
            quantity,
            remaining: quantity,
            status: Status::Active,
            timestamp: self.timestamp_counter,
            expiry,
        };
        self.orders.insert(order_id, order);
        "placed"
    }

    /// Cancels an order, whatever its status.
    #[op(1)]
    fn cancel_order(&mut self, order_id: Str) -> &'static str {
        self.process_expiries();
        ensure!(self.orders.contains_key(&order_id), exists("order", order_id), "not found");
        self.orders.change(&order_id, |order| {
            note!(moved, what: "order", id: order_id, from: order.status.as_str(), to: Status::Cancelled.as_str());
            order.status = Status::Cancelled;
        });
        "cancelled"
    }

    /// Shows an order with what remains of it, as `id(side price x remaining)[STATUS]`.
    #[op(1)]
    fn get_order(&mut self, order_id: Str) -> Str {
        self.process_expiries();
        let order = self.orders.get(&order_id);
        ensure!(order.is_some(), exists("order", order_id), "not found");
        order.map_or_else(Str::default, |Order { side, price, remaining, status, .. }| {
            Str::from(format!("{order_id}({side} {price} x {remaining})[{}]", status.as_str()))
        })
    }

    /// Lists the open orders of a side as `id(pricexremaining)`, best price first, then in order of placing.
    #[op(2)]
    fn list_orders(&mut self, side: Str) -> Str {
        self.process_expiries();
        let all = Int(i64::MAX);
        let Books { buys, sells, other_sides, .. } = self.orders.lists();
        let placed: Vec<Placed> = match &*side {
            BUY => buys.listed.top(all).collect(),
            SELL => sells.listed.top(all).collect(),
            _ => other_sides.ids(&side).collect(),
        };
        let lines = placed.iter().filter_map(|(_, order_id)| {
            let Order { price, remaining, .. } = self.orders.get(order_id)?;
            Some(format!("{order_id}({price}x{remaining})"))
        });
        Str::from(lines.collect::<Vec<_>>().join(", "))
    }

    /// Trades while the best buy pays at least what the best sell asks, at the seller's price, and lists the new trades.
    #[op(4)]
    fn match_orders(&mut self) -> Vec<Str> {
        self.process_expiries();
        let mut matched = Vec::new();
        while let Some(trade) = self.next_trade() {
            let Trade { buyer_id, seller_id, price, quantity } = &trade;
            self.fill(buyer_id, *quantity);
            self.fill(seller_id, *quantity);
            let text = Str::from(format!("trade: {buyer_id} x {seller_id} @ {price} qty {quantity}"));
            matched.push(text.clone());
            self.trades.push(text);
            self.trade_details.push(trade);
        }
        matched
    }

    fn next_trade(&self) -> Option<Trade> {
        let best = |book: &Book| book.matchable.top(Int(1)).next().map(|(_, order_id)| order_id);
        let Books { buys, sells, .. } = self.orders.lists();
        let (buyer_id, seller_id) = (best(buys)?, best(sells)?);
        let (bid, ask) = (self.orders.get(&buyer_id)?, self.orders.get(&seller_id)?);
        let crosses = bid.price >= ask.price;
        crosses.then(|| Trade { price: ask.price, quantity: bid.remaining.min(ask.remaining), buyer_id, seller_id })
    }

    fn fill(&mut self, order_id: &Str, quantity: Int) {
        self.orders.change(order_id, |order| {
            let before = order.status;
            order.remaining -= quantity;
            order.status = if order.remaining == 0 { Status::Filled } else { Status::Partial };
            if order.status != before {
                note!(moved, what: "order", id: order_id, from: before.as_str(), to: order.status.as_str());
            }
        });
    }

    /// Lists all trades since the beginning.
    #[op(4)]
    fn get_trade_history(&mut self) -> List<Str> {
        self.process_expiries();
        self.trades.clone()
    }

    /// Places orders together, each under the lock of its id. They never expire.
    #[op(5)]
    async fn batch_place_orders(book: Live<Self>, orders: Vec<NewOrder>) -> Py<Vec<&'static str>> {
        book.gather(orders, |book, NewOrder { order_id, side, price, quantity }| async move {
            let _lock = book.lock(&order_id).await;
            Ok(book.with(|book| book.place_order(order_id, side, price, quantity, Num::from(0))))
        })
        .await
    }

    /// Settles trades by their position in the history, so many at a time, through an external call. One without such a
    /// trade, or with a cancelled order, waits for its permit too, and then is skipped without a call.
    #[op(6)]
    async fn settle_trades(
        book: Live<Self>,
        trade_indices: Vec<Int>,
        external_call: ExternalCall,
        max_concurrent: Int,
    ) -> Py<Vec<Str>> {
        let semaphore = book.semaphore(max_concurrent)?;
        book.gather(trade_indices, move |book, index| {
            let (semaphore, external_call) = (semaphore.clone(), external_call.clone());
            async move {
                let _permit = semaphore.acquire().await;
                let Some(trade) = book.with(|book| book.to_settle(index)) else {
                    return Ok(Str::from(format!("skipped:{index}")));
                };
                Ok(Str::from(match book.external(&external_call, &trade, vec![trade.clone().into_value()]).await {
                    Ok(_) => format!("settled:{index}"),
                    Err(message) => format!("error:{index}:{message}"),
                }))
            }
        })
        .await
    }

    fn to_settle(&self, index: Int) -> Option<Str> {
        // A negative position is none: it does not count from the end.
        let at = usize::try_from(index.0).ok();
        let found = at.and_then(|at| Some((self.trades.get(at)?, self.trade_details.get(at)?)));
        ensure!(found.is_some(), exists("trade", index), None);
        let (text, Trade { buyer_id, seller_id, .. }) = found?;
        ensure!(!self.is_cancelled(buyer_id), alive("order", buyer_id), None);
        ensure!(!self.is_cancelled(seller_id), alive("order", seller_id), None);
        Some(text.clone())
    }
}
