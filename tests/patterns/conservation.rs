//! What is moved is neither made nor lost, and what comes in or goes out is what the call says.

use proptest::prelude::*;
use specsight::engine::{OperationInfo, Step, SystemInfo, systems};
use specsight::patterns::Pattern;
use specsight::value::Value;

use crate::calls::{Call, moment, of, was_due};
use crate::law::check_on;
use crate::recorded::Recorded;
use crate::view::{total, word};

/// What an accepted call does to a stock.
#[derive(Clone, Copy)]
enum Flow {
    /// Moves it about.
    Keeps,
    /// Moves it about between two; what becomes of it when both are the same one is a quirk of its own.
    Between(&'static str, &'static str),
    /// Brings in as much as a field says.
    Adds(&'static str),
    /// Takes out as much as a field says.
    Takes(&'static str),
    /// Brings in or takes out so many.
    Gains(f64),
}

use Flow::{Adds, Between, Gains, Keeps, Takes};

/// Something of which a system has so much.
struct Stock {
    system: &'static str,
    /// The paths whose totals make it up.
    plus: &'static [&'static str],
    /// The paths whose totals are to be taken from it.
    minus: &'static [&'static str],
    /// What operations do to it; `batch:word` is an item of a batch.
    flows: &'static [(&'static str, Flow)],
}

const fn stock(system: &'static str, what: &'static [&'static str], flows: &'static [(&'static str, Flow)]) -> Stock {
    Stock { system, plus: what, minus: &[], flows }
}

const STOCKS: [Stock; 30] = [
    // Money. A cashback that was received came from outside.
    Stock {
        system: "bank",
        plus: &["accounts.*.balance"],
        minus: &["payment.*[received=True].cashback_amount"],
        flows: &[
            ("transfer", Keeps),
            ("merge_accounts", Keeps),
            ("deposit", Adds("amount")),
            ("pay", Takes("amount")),
            ("process_batch:transfer", Keeps),
            ("process_batch:deposit", Adds("amount")),
            ("process_batch:pay", Takes("amount")),
            ("process_external_transfers", Takes("amount")),
        ],
    },
    stock(
        "bank",
        &["accounts.*.outgoing"],
        &[
            ("transfer", Adds("amount")),
            ("merge_accounts", Keeps),
            ("deposit", Keeps),
            ("pay", Adds("amount")),
            ("process_external_transfers", Adds("amount")),
        ],
    ),
    stock(
        "generic_flat",
        &["items.*.field1"],
        &[
            ("transfer", Keeps),
            ("merge", Keeps),
            ("deposit", Adds("amount")),
            ("batch:transfer", Keeps),
            ("process_external_transfers", Keeps),
        ],
    ),
    stock("generic_flat_v2", &["items.*.field1"], &[("merge", Keeps), ("batch:transfer", Keeps)]),
    // What is on the market, and what has been traded.
    stock("order_book", &["orders.*[side=buy].remaining", "trade_details.*.quantity"], &[("match_orders", Keeps)]),
    stock("order_book", &["orders.*[side=sell].remaining", "trade_details.*.quantity"], &[("match_orders", Keeps)]),
    // Seats, taken or not.
    stock(
        "capacity_reservation",
        &["zones.*.total_slots"],
        &[
            ("create_zone", Adds("total_slots")),
            ("merge_zone", Between("from_zone_id", "to_zone_id")),
            ("reserve", Keeps),
            ("release", Keeps),
        ],
    ),
    stock(
        "capacity_reservation",
        &["zones.*.tenants.*.slots"],
        &[
            ("reserve", Adds("slot_count")),
            ("reserve_with_ttl", Adds("slot_count")),
            ("extend", Keeps),
            ("batch_reservations:reserve", Adds("slot_count")),
        ],
    ),
    stock(
        "resource_allocation",
        &["pools.*.jobs.*.units"],
        &[
            ("claim_unit", Adds("unit_count")),
            ("claim_unit_with_ttl", Adds("unit_count")),
            ("batch_claims:claim", Adds("unit_count")),
        ],
    ),
    stock(
        "gym",
        &["members.*[checked_in=True]"],
        &[
            ("check_in", Gains(1.0)),
            ("check_in_with_duration", Gains(1.0)),
            ("check_out", Gains(-1.0)),
            ("batch_operations:check_in", Gains(1.0)),
            ("batch_operations:check_out", Gains(-1.0)),
        ],
    ),
    stock(
        "parking_lot",
        &["spots.*[vehicle_id!=None]"],
        &[
            ("park_vehicle", Gains(1.0)),
            ("park_vehicle_with_duration", Gains(1.0)),
            ("remove_vehicle", Gains(-1.0)),
            ("batch_operations:park", Gains(1.0)),
            ("batch_operations:remove", Gains(-1.0)),
        ],
    ),
    stock(
        "hotel",
        &["rooms.*[guest_name!=]"],
        &[
            ("book_room", Gains(1.0)),
            ("checkout", Gains(-1.0)),
            ("upgrade_room", Keeps),
            ("batch_operations:book", Gains(1.0)),
            ("batch_operations:checkout", Gains(-1.0)),
            ("batch_operations:upgrade", Keeps),
        ],
    ),
    // Who borrows and who waits: a return serves one of them.
    stock(
        "library",
        &["books.*[borrowed_by!=None]", "books.*.reservations.*"],
        &[
            ("borrow_book", Gains(1.0)),
            ("borrow_with_due", Gains(1.0)),
            ("reserve_book", Gains(1.0)),
            ("return_book", Gains(-1.0)),
            ("batch_operations:borrow", Gains(1.0)),
            ("batch_operations:reserve", Gains(1.0)),
            ("batch_operations:return", Gains(-1.0)),
        ],
    ),
    // Things that change hands.
    stock(
        "generic_nested",
        &["containers.*.subs.*"],
        &[("add_sub", Gains(1.0)), ("remove_sub", Gains(-1.0)), ("batch_resolve", Gains(-1.0))],
    ),
    stock(
        "generic_nested_v2",
        &["containers.*.subs.*"],
        &[("add_sub", Gains(1.0)), ("remove_sub", Gains(-1.0)), ("batch:move", Keeps)],
    ),
    stock(
        "signal_pipeline",
        &["channels.*.signals.*"],
        &[("inject_signal", Gains(1.0)), ("drop_signal", Gains(-1.0)), ("batch_operations:inject", Gains(1.0))],
    ),
    stock(
        "generic_two_collections",
        &["items.*"],
        &[("create_item", Gains(1.0)), ("merge_group", Keeps), ("transfer_item", Keeps), ("batch:transfer", Keeps)],
    ),
    stock(
        "generic_two_collections_v2",
        &["items.*"],
        &[("create_item", Gains(1.0)), ("merge_group", Keeps), ("batch:transfer", Keeps)],
    ),
    stock("compliance_audit_v1", &["violations.*"], &[("flag_violation", Gains(1.0)), ("merge_entity", Keeps)]),
    stock("compliance_audit_v2", &["violations.*"], &[("merge_entity", Keeps), ("batch_audit:transfer", Keeps)]),
    stock("content_moderation", &["reports.*"], &[("submit_report", Gains(1.0)), ("escalate", Keeps)]),
    stock("fleet_tracker", &["vehicles.*"], &[("merge_fleet", Keeps), ("transfer_vehicle", Keeps)]),
    stock("spectrum_allocator", &["leases.*"], &[("transfer_lease", Keeps)]),
    stock("subscription_billing", &["subs.*"], &[("migrate_plan", Keeps), ("transfer_subscription", Keeps)]),
    stock("chat_system", &["channels.*.message_ids.*"], &[("merge_channels", Between("source_id", "target_id"))]),
    stock(
        "pub_sub",
        &["topics.*.messages.*"],
        &[("publish", Gains(1.0)), ("consume", Keeps), ("batch_publish", Gains(1.0))],
    ),
    stock("hash_ring", &["keys.*"], &[("add_node", Keeps), ("add_node_with_replicas", Keeps)]),
    stock("chat_router", &["requests.*"], &[("add_server", Keeps), ("add_server_with_replicas", Keeps)]),
    stock(
        "task_queue",
        &["tasks.*"],
        &[("add_task", Gains(1.0)), ("get_next_task", Keeps), ("fail_task", Keeps), ("run_workers", Keeps)],
    ),
    stock("notification", &["alerts.*"], &[("create_alert", Gains(1.0)), ("merge_alerts", Gains(-1.0))]),
];

/// Systems that merge, and have nothing that goes by number: songs that both lists have are one.
const NOTHING_TO_COUNT: [&str; 1] = ["playlist"];

impl Stock {
    fn of(&self, view: &Value) -> f64 {
        let sum = |paths: &[&str]| paths.iter().fold(0.0, |sum, path| sum + total(view, path));
        sum(self.plus) - sum(self.minus)
    }
}

/// The items of a batch with their answers, or a call with its own. A word leaves only such items.
fn parts<'a>(operation: &OperationInfo, call: &'a Call, step: &'a Step) -> Vec<(Part<'a>, &'a Value)> {
    match (batch(operation).and_then(|at| call.args.get(at)), &step.returns) {
        (Some(Value::List(items)), Value::List(answers)) => items.iter().map(Part::Item).zip(answers).collect(),
        _ => vec![(Part::Call(call), &step.returns)],
    }
}

/// Something that is answered.
#[derive(Clone, Copy)]
enum Part<'a> {
    Call(&'a Call),
    Item(&'a Value),
}

impl Part<'_> {
    /// A number that it is given.
    fn number(self, operation: &OperationInfo, name: &str) -> f64 {
        let value = match self {
            Self::Call(call) => call.arg(operation, name),
            Self::Item(item) => item.get(name),
        };
        value.and_then(Value::as_num).expect("a number").as_f64()
    }
}

/// The parameter of an operation that is a batch.
fn batch(operation: &OperationInfo) -> Option<usize> {
    operation.params.iter().position(|param| param.py_type.starts_with("list"))
}

fn is_accepted(answer: &Value) -> bool {
    !matches!(answer, Value::None | Value::Bool(false))
}

/// What a call brings in, from what its answers say.
fn came_in(flow: Flow, operation: &OperationInfo, call: &Call, step: &Step) -> f64 {
    let accepted = parts(operation, call, step).into_iter().filter(|(_, answer)| is_accepted(answer));
    let of_part = |part: Part| match flow {
        Keeps | Between(..) => 0.0,
        Adds(field) => part.number(operation, field),
        Takes(field) => -part.number(operation, field),
        Gains(many) => many,
    };
    accepted.fold(0.0, |sum, (part, _)| sum + of_part(part))
}

/// A call with only such items in its batch.
fn only(recorded: &Recorded, call: &Call, wanted: &str) -> Call {
    let operation = recorded.operation(call.operation);
    let Some(param) = batch(operation).and_then(|at| operation.params.get(at)) else { return call.clone() };
    let Some(Value::List(items)) = call.arg(operation, param.name) else { return call.clone() };
    let tags: Vec<&str> = param.items.iter().filter_map(|shape| shape.tag).map(|tag| tag.key).collect();
    let items = items.iter().filter(|item| tags.iter().any(|tag| word(item, tag) == wanted));
    call.with(operation, param.name, Value::List(items.cloned().collect()))
}

fn names_nobody(arg: &Value) -> bool {
    match arg {
        Value::Str(word) => word.is_empty(),
        Value::List(items) => items.iter().any(names_nobody),
        Value::Dict(fields) => fields.iter().any(|(_, value)| names_nobody(value)),
        _ => false,
    }
}

fn hold(recorded: &Recorded, stock: &Stock, name: &str, flow: Flow) -> Result<(), String> {
    let (operation, wanted) = name.split_once(':').map_or((name, None), |(batch, word)| (batch, Some(word)));
    let operation = recorded.operation(operation);
    check_on(recorded, (moment(recorded), of(recorded, operation)).boxed(), |(at, call)| {
        let call = wanted.map_or_else(|| call.clone(), |word| only(recorded, &call, word));
        if let Between(one, other) = flow {
            prop_assume!(call.arg(operation, one) != call.arg(operation, other));
        }
        // A room with a guest without a name is free, as the hotel sees it.
        prop_assume!(!call.args.iter().any(names_nobody));
        let mut moment = recorded.moments[at].fork();
        moment.wait(call.pause);
        let before = moment.fork();
        let Ok(step) = moment.step(&call) else { return Err(TestCaseError::reject("raises")) };
        // What was due comes on top of it, unless the stock is counted without.
        prop_assume!(!step.changes.is_empty() && (!stock.minus.is_empty() || !was_due(&step)));
        let came_in = came_in(flow, operation, &call, &step);
        let grew = stock.of(&moment.view()) - stock.of(&before.view());
        prop_assert!((grew - came_in).abs() < 1e-6, "{grew} more, but {came_in} came in: {call:?}");
        Ok(())
    })
    .map_err(|how| format!("{name}: {how}"))
}

#[test]
fn a_stock_grows_by_what_comes_in() {
    let broken = STOCKS.iter().flat_map(|stock| {
        let recorded = Recorded::of(stock.system);
        let held = stock.flows.iter().map(|(name, flow)| hold(&recorded, stock, name, *flow));
        held.filter_map(Result::err).collect::<Vec<_>>()
    });
    let broken: Vec<String> = broken.collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_system_that_merges_or_moves_has_its_stock_taken() {
    let moves = |info: &SystemInfo| info.uses.iter().any(|used| [Pattern::Merge, Pattern::MoveBetween].contains(used));
    for info in systems().iter().map(|entry| (entry.info)()).filter(moves) {
        let is_counted = STOCKS.iter().any(|stock| stock.system == info.id);
        assert!(is_counted != NOTHING_TO_COUNT.contains(&info.id), "{} moves things", info.id);
    }
}
