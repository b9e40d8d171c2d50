//! A gate lets in no more than fits.

use proptest::prelude::*;
use specsight::patterns::Pattern;
use specsight::value::Value;

use crate::calls::{call, moment};
use crate::held::{on_edge, on_ring, on_server};
use crate::law::check;
use crate::view::{at, entries, many, total, word};

/// A place behind a gate: what it is called, how much is in it and how much may be.
struct Place {
    id: String,
    used: f64,
    fits: f64,
}

/// The gates of a system.
struct Gate {
    system: &'static str,
    /// The operations that ask whether there is room. Others move things in without asking.
    asking: &'static [&'static str],
    /// Every place, by a scan of the whole state.
    places: fn(&Value) -> Vec<Place>,
}

const fn gate(system: &'static str, asking: &'static [&'static str], places: fn(&Value) -> Vec<Place>) -> Gate {
    Gate { system, asking, places }
}

const GATES: [Gate; 13] = [
    gate("capacity_reservation", &["reserve", "reserve_with_ttl", "batch_reservations"], |view| {
        each(view, "zones", |_, zone| (total(zone, "tenants.*.slots"), total(zone, "total_slots")))
    }),
    gate("cdn_edge_cache", &["cache_object", "batch_ops"], |view| {
        each(view, "nodes", |id, node| (on_edge(view, id), total(node, "storage_limit_mb")))
    }),
    gate("chat_router", &["assign_request"], |view| {
        each(view, "memory_limits", |id, limit| {
            let here = on_server(view, id);
            // Nobody is sent away: alone on its server, a request may be as big as it is.
            let fits = if here.len() > 1 { unless_unlimited(total(limit, "")) } else { f64::INFINITY };
            (here.iter().fold(0.0, |sum, mb| sum + mb), fits)
        })
    }),
    gate("compliance_audit_v2", &["flag_violation", "batch_audit"], violations),
    gate("generic_nested", &["add_sub", "add_sub_with_ttl", "move_sub"], containers),
    gate("generic_nested_v2", &["add_sub", "add_sub_with_ttl", "batch"], containers),
    gate("gym", &["check_in", "check_in_with_duration", "batch_operations"], |view| {
        let used = total(view, "members.*[checked_in=True]");
        vec![Place { id: "gym".into(), used, fits: unless_unlimited(total(view, "capacity")) }]
    }),
    gate("hash_ring", &["store_key"], |view| {
        // A new key comes in whatever the capacity is.
        each(view, "capacities", |id, limit| (on_ring(view, id), unless_unlimited(total(limit, "")).max(1.0)))
    }),
    gate("lru_cache", &["set", "set_with_ttl"], |view| {
        vec![Place { id: "cache".into(), used: total(view, "data.*"), fits: total(view, "capacity") }]
    }),
    gate("parking_lot", &["park_vehicle", "park_vehicle_with_duration", "batch_operations"], |view| {
        let taken = at(view, "spots.*[vehicle_id!=None].type");
        each(view, "max_spots", |kind, max| (same(&taken, kind), total(max, "")))
    }),
    gate("resource_allocation", &["claim_unit", "claim_unit_with_ttl"], |view| {
        each(view, "pools", |_, pool| (total(pool, "jobs.*.units"), total(pool, "max_units")))
    }),
    gate("session_manager", &["create_session"], sessions),
    gate("signal_pipeline", &["inject_signal", "inject_signal_with_ttl"], |view| {
        each(view, "channels", |_, channel| (total(channel, "signals.*"), total(channel, "max_signals")))
    }),
];

fn each(view: &Value, attribute: &str, filling: impl Fn(&str, &Value) -> (f64, f64)) -> Vec<Place> {
    let place = |(id, place): (String, &Value)| {
        let (used, fits) = filling(&id, place);
        Place { id, used, fits }
    };
    entries(view, attribute).into_iter().map(place).collect()
}

fn containers(view: &Value) -> Vec<Place> {
    each(view, "containers", |_, container| (total(container, "subs.*"), total(container, "capacity")))
}

/// Every policy has room for so many violations of each entity.
fn violations(view: &Value) -> Vec<Place> {
    let active = at(view, "violations.*[status=ACTIVE]");
    let place = |violation: &&Value| {
        let (policy, entity) = (word(violation, "policy_id"), word(violation, "entity_id"));
        let with =
            active.iter().filter(|other| word(other, "policy_id") == policy && word(other, "entity_id") == entity);
        let fits = total(view, &format!("policies.{policy}.max_violations"));
        Place { used: many(with.count()), fits, id: format!("{policy} of {entity}") }
    };
    active.iter().map(place).collect()
}

/// Every user may have so many sessions. Whoever comes in takes the place of one, so that one there is.
fn sessions(view: &Value) -> Vec<Place> {
    let users = at(view, "sessions.*.user_id");
    let fits = match view.get("max_per_user") {
        Some(Value::Int(_)) => total(view, "max_per_user").max(1.0),
        _ => f64::INFINITY,
    };
    users.iter().map(|user| user.key_text().to_string()).map(|id| Place { used: same(&users, &id), fits, id }).collect()
}

/// How many are this one.
fn same(words: &[&Value], wanted: &str) -> f64 {
    many(words.iter().filter(|word| *word.key_text() == *wanted).count())
}

/// `-1` is how some systems write that there is no limit.
fn unless_unlimited(fits: f64) -> f64 {
    if fits < 0.0 { f64::INFINITY } else { fits }
}

fn gate_of(system: &str) -> &'static Gate {
    GATES.iter().find(|gate| gate.system == system).expect("the gate of a system with one")
}

#[test]
fn a_gate_lets_in_no_more_than_fits() {
    check(
        |info| info.uses.contains(&Pattern::CapacityGate),
        &[],
        |recorded| {
            let asking = gate_of(recorded.info.id).asking;
            (moment(recorded), call(recorded, |operation| asking.contains(&operation.name))).boxed()
        },
        |recorded, (at, call)| {
            let places = gate_of(recorded.info.id).places;
            let mut moment = recorded.moments[at].fork();
            moment.wait(call.pause);
            let before = moment.fork();
            let Ok(step) = moment.step(&call) else { return Err(TestCaseError::reject("raises")) };
            prop_assume!(!step.changes.is_empty());
            let before = places(&before.view());
            for Place { id, used, fits } in places(&moment.view()) {
                // A place may be too full already: limits fall, and not everybody asks.
                let was = before.iter().find(|place| place.id == id).map_or(0.0, |place| place.used);
                prop_assert!(used <= fits.max(was), "{used} where {fits} fit, after {was}: {id}");
            }
            Ok(())
        },
    );
}
