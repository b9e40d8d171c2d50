//! Laws that hold for every system, whatever is called with whatever arguments.

#[path = "common/arguments.rs"]
mod arguments;
#[path = "common/changes.rs"]
mod changes;

use proptest::prelude::*;
use specsight::engine::{Engine, Error, Scenario, SystemInfo, systems};
use specsight::value::{Int, Value};

use crate::arguments::{fitting, garbage};
use crate::changes::{apply, plain};

/// An operation's name and arguments.
type Call = (String, Vec<Value>);

/// Calls on one system: most of them fit, some do not.
fn calls(info: &SystemInfo) -> impl Strategy<Value = Vec<Call>> + use<> {
    let operations: Vec<_> = info.operations.iter().map(|o| (o.name.to_owned(), o.params.clone())).collect();
    let call = prop::sample::select(operations).prop_flat_map(|(name, params)| {
        let fitting: Vec<_> = params.iter().map(fitting).collect();
        let args = prop_oneof![9 => fitting, 1 => prop::collection::vec(garbage(), 0..5)];
        (Just(name), args)
    });
    prop::collection::vec(call, 1..40)
}

/// A system and calls on it.
fn trace() -> impl Strategy<Value = (&'static str, Vec<Value>, Vec<Call>)> {
    prop::sample::select(systems().to_vec()).prop_flat_map(|entry| {
        let info = (entry.info)();
        let config: Vec<_> = info.config.iter().map(fitting).collect();
        (Just(entry.id), config, calls(&info))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("SPECSIGHT_LONG").is_some() { 4000 } else { 400 }))]

    #[test]
    fn a_refused_call_changes_nothing_and_the_engine_goes_on((system, config, calls) in trace()) {
        let Ok(mut engine) = Engine::new(system, &config) else { return Ok(()) };
        for (operation, args) in calls {
            let before = engine.view();
            if let Err(error) = engine.call(&operation, &args) {
                prop_assert!(!error.to_string().is_empty());
                prop_assert!(!error.code().is_empty());
                prop_assert_eq!(&before, &engine.view(), "{} {:?}: {}", operation, args, error);
            }
        }
    }

    #[test]
    fn a_call_a_step_and_a_simulation_agree_and_forks_are_independent((system, config, calls) in trace()) {
        let Ok(mut engine) = Engine::new(system, &config) else { return Ok(()) };
        for (operation, args) in calls {
            let before = engine.view();
            let (mut stepped, mut simulated) = (engine.fork(), engine.fork());
            let untouched = engine.fork();
            let answer = engine.call(&operation, &args);
            let step = stepped.step(&operation, &args);
            prop_assert_eq!(answer.clone().ok(), step.as_ref().ok().map(|s| s.returns.clone()));
            prop_assert_eq!(answer.err(), step.err());
            prop_assert_eq!(engine.view(), stepped.view());
            let _ = simulated.simulate(&operation, &args);
            prop_assert_eq!(engine.view(), simulated.view());
            prop_assert_eq!(&before, &untouched.view());
        }
    }

    #[test]
    fn changes_lead_from_the_state_before_to_the_state_after((system, config, calls) in trace()) {
        let Ok(mut engine) = Engine::new(system, &config) else { return Ok(()) };
        for (operation, args) in calls {
            let mut view = plain(&engine.view());
            let Ok(step) = engine.step(&operation, &args) else { continue };
            apply(&mut view, &step.changes);
            // As text: equal dicts may stand in another order.
            let (made, is) = (view.text(), plain(&engine.view()).text());
            prop_assert_eq!(made, is, "{} {:?} {:?}", operation, args, step.changes);
        }
    }

    #[test]
    fn seeking_in_a_scenario_is_running_to_there((system, config, calls) in trace(), to in 0..40_usize) {
        let Ok(mut scenario) = Scenario::new(system, &config) else { return Ok(()) };
        for (operation, args) in &calls {
            prop_assert!(scenario.push(operation, args.clone()).is_ok());
        }
        let to = to.min(calls.len());
        let mut engine = Engine::new(system, &config).map_err(|e| TestCaseError::fail(e.to_string()))?;
        for (operation, args) in &calls[..to] {
            let _ = engine.call(operation, args);
        }
        prop_assert_eq!(scenario.view(to).ok(), Some(engine.view()));
        prop_assert_eq!(scenario.view(calls.len() + 1).err(), Some(Error::OutOfRange { index: calls.len() + 1, length: calls.len() }));
        scenario.truncate(to);
        prop_assert_eq!(scenario.len(), to);
        prop_assert_eq!(scenario.view(to).ok(), Some(engine.view()));
    }

    #[test]
    fn unknown_names_are_told_apart(name in "\\PC{0,12}") {
        prop_assume!(systems().iter().all(|entry| entry.id != name));
        let refused = Engine::new(&name, &[]).err();
        prop_assert_eq!(refused.map(|e| e.code()), Some("unknown_system"));
        let mut bank = Engine::new("bank", &[]).map_err(|e| TestCaseError::fail(e.to_string()))?;
        let refused = bank.call(&name, &[]).err();
        prop_assert_eq!(refused.map(|e| e.code()), Some("unknown_operation"));
    }
}

#[test]
fn a_million_items_are_refused_with_a_sentence() {
    let mut bank = Engine::new("bank", &[]).expect("a bank");
    let item = Value::record([("account_id", Value::Str("a".into())), ("amount", Value::Int(Int(1)))]);
    let items = Value::List(vec![item; 1_000_000]);
    let refused = bank.call("process_external_transfers", &[Value::Int(Int(0)), items, Value::Int(Int(2))]);
    assert_eq!(refused.err().map(|e| e.code()), Some("limit"));
}

#[test]
fn a_decay_without_end_is_refused_with_a_sentence() {
    let mut board = Engine::new("leaderboard", &[]).expect("a leaderboard");
    let [schedule, check] = [("apply_decay", vec![0, 0]), ("season_snapshot", vec![0])]
        .map(|(op, args)| board.call(op, &args.into_iter().map(|n| Value::Int(Int(n))).collect::<Vec<_>>()));
    assert!(schedule.is_ok());
    let refused = check.err().map(|e| (e.code(), e.to_string()));
    assert_eq!(refused, Some(("limit", "A decay every 0 ms is owed without end.".to_owned())));
}

#[test]
fn an_object_of_a_snapshot_last_used_at_none_is_refused_with_a_sentence() {
    let mut cache = Engine::new("cdn_edge_cache", &[]).expect("a cache");
    let text = |text: &str| Value::Str(text.into());
    let int = |n| Value::Int(Int(n));
    cache.call("register_node", &[int(0), text("edge"), int(10)]).expect("a node");
    let mut restore = |last_use: Option<Value>| {
        let last_use = last_use.map(|last_use| ("access_time", last_use));
        let item = Value::record([("object_id", text("logo")), ("size_mb", int(1))].into_iter().chain(last_use));
        cache.call("restore", &[int(1), text("edge"), Value::List(vec![item])])
    };
    let refused = restore(Some(Value::None)).err().map(|e| (e.code(), e.to_string()));
    let sentence = "Item 0 of `snapshot`: `access_time` must be int, not None.";
    assert_eq!(refused, Some(("bad_item", sentence.to_owned())));
    for last_use in [None, Some(int(-3))] {
        assert!(restore(last_use).is_ok());
    }
}

#[test]
fn a_backup_whose_remaining_ttl_leaves_64_bits_is_refused() {
    let text = |word: &str| Value::Str(word.into());
    let int = |n: i64| Value::Int(Int(n));
    let call = |operation: &str, args: &[Value]| -> Call { (operation.to_owned(), args.to_vec()) };
    let value = [text("key"), text("field"), text("value"), int(0), int(i64::MAX)];
    let file = [int(0), text("/a"), int(1), int(i64::MAX)];
    let zone = [int(0), text("zone"), int(2)];
    let slot = [int(0), text("zone"), text("tenant"), int(1), int(i64::MAX)];
    for (system, calls) in [
        ("in_mem_db", vec![call("set_at_with_ttl", &value)]),
        ("file_system", vec![call("add_file_with_ttl", &file)]),
        ("capacity_reservation", vec![call("create_zone", &zone), call("reserve_with_ttl", &slot)]),
    ] {
        let mut engine = Engine::new(system, &[]).expect("a system");
        for (operation, args) in calls {
            assert!(engine.call(&operation, &args).is_ok(), "{system}: {operation}");
        }
        assert!(engine.call("backup", &[int(0)]).is_ok(), "{system}");
        let before = engine.view();
        assert_eq!(engine.call("backup", &[int(-1)]).err().map(|e| e.code()), Some("limit"), "{system}");
        assert_eq!(engine.view(), before, "{system}");
    }
}
