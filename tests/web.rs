//! The package as JavaScript sees it, in a real browser.

#![cfg(target_arch = "wasm32")]

// Linked for its exports; nothing here calls it from Rust.
use specsight as _;

#[path = "web/kit.rs"]
mod kit;

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

use kit::{AbortController, Engine, Scenario, code, function, get, json, simulate_program, systems, text, with};

wasm_bindgen_test_configure!(run_in_browser);

/// A bank where alice has 500 and bob nothing.
fn bank() -> Engine {
    let bank = Engine::new("bank").expect("a bank");
    let calls = r#"[["create_account", [1, "alice"]], ["create_account", [2, "bob"]], ["deposit", [3, "alice", 500]]]"#;
    assert_eq!(text(&bank.call_many(&json(calls)).expect("three answers")), "[true,true,500]");
    bank
}

fn balances(bank: &Engine) -> String {
    let accounts = get(&bank.state(), "accounts");
    text(&["alice", "bob"].iter().map(|id| get(&get(&accounts, id), "balance")).collect::<js_sys::Array>())
}

#[wasm_bindgen_test]
fn the_catalogue_names_systems_that_exist() {
    let catalogue = systems();
    assert!(catalogue.length() > 0);
    for info in catalogue.iter() {
        let id = get(&info, "id").as_string().expect("an id");
        for operation in js_sys::Array::from(&get(&info, "operations")) {
            assert!(get(&operation, "name").is_string(), "{id}");
        }
    }
    assert!(catalogue.iter().any(|info| get(&info, "id") == Engine::new("bank").expect("a bank").system()));
}

#[wasm_bindgen_test]
fn calls_answer_and_steps_say_what_changed() {
    let bank = bank();
    assert_eq!(text(&bank.call("transfer", &json(r#"[4, "alice", "bob", 200]"#)).expect("an answer")), "300");
    assert_eq!(balances(&bank), "[300,200]");

    let step = bank.step("deposit", &json(r#"[5, "bob", 50]"#)).expect("a step");
    assert_eq!(text(&get(&step, "returns")), "250");
    let paths: Vec<_> = js_sys::Array::from(&get(&step, "changes")).iter().map(|c| text(&get(&c, "path"))).collect();
    assert!(paths.contains(&r#"["accounts","bob","balance"]"#.to_owned()), "{paths:?}");
}

#[wasm_bindgen_test]
fn a_fork_goes_its_own_way() {
    let bank = bank();
    let fork = bank.fork();
    fork.call("deposit", &json(r#"[4, "bob", 7]"#)).expect("an answer");
    assert_eq!((balances(&bank), balances(&fork)), ("[500,0]".to_owned(), "[500,7]".to_owned()));
}

#[wasm_bindgen_test]
fn errors_have_a_code_and_change_nothing() {
    assert_eq!(code(Engine::new("banc")), "unknown_system");
    let bank = bank();
    let before = text(&bank.state());
    assert_eq!(code(bank.call("depose", &json("[]"))), "unknown_operation");
    assert_eq!(code(bank.call("deposit", &json(r#"[4, "alice"]"#))), "bad_argument");
    let refused = bank.call("deposit", &json(r#"[4, "alice", "much"]"#));
    assert_eq!(text(&get(refused.as_ref().expect_err("a refusal"), "index")), "2");
    assert_eq!(code(refused), "bad_argument");
    let batch = r#"[["deposit", [4, "bob", 1]], ["deposit", [5, "bob", null]]]"#;
    assert_eq!(code(bank.call_many(&json(batch))), "bad_argument");
    assert_eq!(text(&bank.state()), before);
}

#[wasm_bindgen_test]
fn a_scenario_holds_every_state() {
    let scenario = Scenario::new("bank").expect("a scenario");
    for (operation, args) in [
        ("create_account", r#"[1, "alice"]"#),
        ("create_account", r#"[2, "bob"]"#),
        ("deposit", r#"[3, "alice", 500]"#),
        ("deposit", r#"[4, "alice"]"#),
        ("transfer", r#"[5, "alice", "bob", 200]"#),
    ] {
        let step = scenario.push(operation, &json(args)).expect("a step");
        assert_eq!(get(&step, "ok"), args != r#"[4, "alice"]"#, "{operation}{args}");
    }
    assert_eq!(scenario.length(), 5);
    assert_eq!(
        text(&scenario.view(3).expect("a view")),
        text(&scenario.view(4).expect("a view")),
        "refused: unchanged"
    );
    assert_eq!(balances(&scenario.engine(4).expect("an engine")), "[500,0]");
    assert_eq!(balances(&scenario.engine(5).expect("an engine")), "[300,200]");
    assert_eq!(text(&scenario.changes(3, 4).expect("changes")), "[]");
    assert_ne!(text(&scenario.changes(0, 5).expect("changes")), "[]");
    assert_eq!(code(scenario.view(6)), "out_of_range");
    scenario.truncate(3).expect("a shorter scenario");
    assert_eq!(scenario.length(), 3);
    assert_eq!(code(scenario.view(4)), "out_of_range");
}

#[wasm_bindgen_test]
fn programs_run_on_virtual_time_or_say_who_waits() {
    let turns = r#"{ "locks": ["door"], "tasks": [
        [{ "lock": "door", "do": [{ "sleep": 1000 }] }, { "return": "first" }],
        [{ "lock": "door", "do": [{ "sleep": 1000 }] }, { "return": "second" }] ] }"#;
    let run = simulate_program(&json(turns)).expect("a run");
    assert_eq!(text(&get(&run, "results")), r#"["first","second"]"#);
    assert_eq!(text(&get(&run, "virtual_ms")), "2000");

    let embrace = r#"{ "locks": ["a", "b"], "tasks": [
        [{ "lock": "a", "do": [{ "sleep": 1 }, { "lock": "b", "do": [] }] }],
        [{ "lock": "b", "do": [{ "sleep": 1 }, { "lock": "a", "do": [] }] }] ] }"#;
    let run = simulate_program(&json(embrace)).expect("a run");
    assert_eq!(js_sys::Array::from(&get(&run, "deadlock")).length(), 2);
    assert_eq!(code(simulate_program(&json(r#"{ "tasks": [[{ "lock": "c", "do": [] }]] }"#))), "bad_argument");
}

/// One external transfer of a hundred from alice.
fn transfers() -> JsValue {
    json(r#"[10, [{ "account_id": "alice", "amount": 100 }], 1]"#)
}

#[wasm_bindgen_test]
async fn a_play_ends_like_the_simulation_of_the_same_call() {
    let (played, simulated) = (bank(), bank());
    let options = json(r#"{ "speed": 1000 }"#);
    let play = JsFuture::from(played.play("process_external_transfers", &transfers(), &options)).await.expect("an end");
    let simulation = simulated.simulate("process_external_transfers", &transfers()).expect("a simulation");
    for field in ["returns", "events", "changes", "virtualMs"] {
        assert_eq!(text(&get(&play, field)), text(&get(&simulation, field)), "{field}");
    }
    assert_eq!(text(&played.state()), text(&simulated.state()));
}

#[wasm_bindgen_test]
async fn a_play_calls_a_function_of_the_page() {
    let scheduler = Engine::new("event_scheduler").expect("a scheduler");
    let calls = r#"[["schedule_event", [1, "tea", 5]], ["schedule_event", [2, "cake", 5]]]"#;
    scheduler.call_many(&json(calls)).expect("answers");
    let args = js_sys::Array::from(&json(r#"[7, ["tea", "cake"], null, 2]"#));
    args.set(2, function("id", "return id === 'tea' ? Promise.resolve() : Promise.reject(new Error('burnt'))").into());
    let play = JsFuture::from(scheduler.play("dispatch_events", &args, &JsValue::UNDEFINED)).await.expect("an end");
    assert_eq!(text(&get(&play, "returns")), r#"["dispatched:tea","error:cake:burnt"]"#);
}

#[wasm_bindgen_test]
async fn an_aborted_play_leaves_the_engine_as_it_was() {
    let bank = Rc::new(bank());
    let before = text(&bank.state());
    let controller = AbortController::new();
    let options = with(json("{}"), "signal", &controller.signal());
    let meanwhile = Rc::new(RefCell::new(Vec::new()));
    let on_progress = {
        let (bank, meanwhile) = (Rc::clone(&bank), Rc::clone(&meanwhile));
        Closure::<dyn Fn()>::new(move || {
            meanwhile.borrow_mut().push(code(bank.call("deposit", &json(r#"[11, "bob", 1]"#))));
            controller.abort();
        })
    };
    let options = with(options, "onProgress", on_progress.as_ref());

    let play = bank.play("process_external_transfers", &transfers(), &options);
    assert_eq!(code(JsFuture::from(play).await), "aborted");
    assert_eq!(*meanwhile.borrow(), ["busy"]);
    assert_eq!(text(&bank.state()), before);
    assert_eq!(text(&bank.call("deposit", &json(r#"[12, "bob", 1]"#)).expect("an answer")), "1");
}
