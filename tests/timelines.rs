//! Laws of operations that are run aside: their timelines tell what the call itself does, and the state at every instant.

#[path = "common/arguments.rs"]
mod arguments;
#[path = "common/changes.rs"]
mod changes;

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use serde::Deserialize;
use specsight::asyncio::{Event, ROOT, Stamp, What};
use specsight::engine::{CallOutcome, CallTimeline, Engine, Error, SystemInfo, systems};
use specsight::lab::analysis::Kind;
use specsight::lab::{self, Ending};
use specsight::value::{Int, Value};

use crate::arguments::fitting;
use crate::changes::{apply, plain};

/// Checks one call: the engine is left as it was before, so that whoever calls can go on with it.
fn check(engine: &Engine, operation: &str, args: &[Value]) -> Result<(), TestCaseError> {
    let before = engine.view();
    let told = engine.timeline(operation, args.to_vec());
    prop_assert_eq!(&before, &engine.view(), "{} has touched the engine", operation);
    let mut called = engine.fork();
    let simulated = called.simulate(operation, args);
    let mut timeline = match (told, &simulated) {
        (Ok(timeline), _) => timeline,
        (Err(error), simulated) => {
            prop_assert_eq!(Some(&error), simulated.as_ref().err(), "{} {:?}", operation, args);
            return Ok(());
        }
    };
    let events = timeline.take_events();
    match (timeline.outcome(), simulated) {
        (CallOutcome::Answered(answer), Ok(simulation)) => {
            prop_assert_eq!(answer, &simulation.step.returns);
            prop_assert_eq!(&events, &simulation.events);
            prop_assert_eq!(Some(timeline.virtual_ns()), simulation.step.virtual_ns.or(Some(0)));
            prop_assert_eq!(timeline.view(events.len()), called.view());
            let told: Vec<_> = timeline.notes().iter().map(|note| (note.code, &note.fields)).collect();
            prop_assert_eq!(
                told,
                simulation.step.notes.iter().map(|note| (note.code, &note.fields)).collect::<Vec<_>>()
            );
        }
        (CallOutcome::Deadlock(waiting), Err(Error::Deadlock { waiting: refused })) => {
            prop_assert_eq!(waiting, &refused);
        }
        (outcome, simulated) => prop_assert!(false, "{operation} {args:?}: {outcome:?}, but {simulated:?}"),
    }
    states(before, &timeline, &events)?;
    if let Ok(again) = engine.timeline(operation, args.to_vec()) {
        columns(again, &events, timeline.outcome())?;
    }
    Ok(())
}

/// The laboratory's timeline of a call holds its events, its tasks' texts and its end.
fn columns(call: CallTimeline, events: &[Event], outcome: &CallOutcome) -> Result<(), TestCaseError> {
    let timeline = lab::Timeline::of_call(call);
    let resources = timeline.log().resources;
    let name = |number: u32| {
        let at = usize::try_from(number).expect("a position");
        let kind = match resources[at].kind {
            Kind::Lock => "lock",
            Kind::Semaphore => "semaphore",
            Kind::Queue => "queue",
        };
        format!("{kind}:{}", timeline.resource_names()[at])
    };
    prop_assert_eq!(timeline.log().entries.len(), events.len());
    for (entry, event) in timeline.log().entries.iter().zip(events) {
        prop_assert_eq!((entry.at_ns, entry.task, entry.what), (event.at_ns, event.task, event.what));
        prop_assert_eq!(entry.resource.map(name), event.resource.as_deref().map(str::to_owned));
        let texts = match event.what {
            What::Start => timeline.labels().to_vec(),
            What::Done => timeline.answers(),
            _ => continue,
        };
        let text = usize::try_from(event.task).ok().and_then(|task| texts.get(task));
        prop_assert_eq!(text.map(String::as_str), event.label.as_deref());
    }
    prop_assert!(resources.iter().all(|resource| resource.permits.is_some()));
    match (timeline.ending(), outcome) {
        (Some(Ending::Finished { .. }), CallOutcome::Answered(_)) => {}
        (Some(Ending::Deadlock(deadlock)), CallOutcome::Deadlock(waiting)) => {
            let told: Vec<_> = deadlock.waiting.iter().map(|(task, resource)| (*task, name(*resource))).collect();
            prop_assert_eq!(told, waiting.iter().map(|w| (w.task, w.resource.clone())).collect::<Vec<_>>());
        }
        (ending, outcome) => prop_assert!(false, "{ending:?}, but {outcome:?}"),
    }
    let progress = timeline.progress();
    prop_assert_eq!((progress.done, progress.events), (true, events.len()));
    prop_assert_eq!(progress.tasks_done, events.iter().filter(|event| event.what == What::Done).count());
    Ok(())
}

/// The changes of all mutations, in order, lead from the state before through the state at every event.
fn states(before: Value, timeline: &CallTimeline, events: &[Event]) -> Result<(), TestCaseError> {
    prop_assert_eq!(&timeline.before(), &before);
    let mutations = timeline.mutations(0..usize::MAX);
    let mut view = plain(&before);
    let mut next = mutations.iter().peekable();
    for happened in 0..=events.len() {
        while let Some(mutation) = next.next_if(|mutation| mutation.at.events == happened) {
            prop_assert!(!mutation.changes.is_empty());
            apply(&mut view, &mutation.changes);
        }
        let (made, is) = (view.text(), plain(&timeline.view(happened)).text());
        prop_assert_eq!(made, is, "after {} events: {:?}", happened, mutations);
    }
    prop_assert!(next.peek().is_none(), "out of order, or after the end: {:?}", next.peek());
    let notes = timeline.notes().iter().filter_map(|note| note.at);
    for stamp in mutations.iter().map(|mutation| mutation.at).chain(notes) {
        fits(stamp, events)?;
    }
    prop_assert_eq!(timeline.notes().iter().filter(|note| note.at.is_none()).count(), 0);
    Ok(())
}

/// What a task does, it does after an event of its own, at the same time; the operation itself may act at any moment.
fn fits(stamp: Stamp, events: &[Event]) -> Result<(), TestCaseError> {
    prop_assert!(stamp.events <= events.len());
    match stamp.events.checked_sub(1).and_then(|last| events.get(last)) {
        Some(last) if stamp.task == ROOT => prop_assert!(last.at_ns <= stamp.at_ns),
        Some(last) => prop_assert_eq!((last.task, last.at_ns), (stamp.task, stamp.at_ns)),
        None => prop_assert_eq!((stamp.task, stamp.at_ns), (ROOT, 0)),
    }
    Ok(())
}

/// Calls that come before, and one L5/L6 call.
type Calls = Vec<(String, Vec<Value>)>;

fn calls(info: &SystemInfo) -> impl Strategy<Value = Calls> + use<> {
    let call = |late: bool| {
        let names = info.operations.iter().filter(|o| !late || o.level >= 5);
        let operations: Vec<_> = names.map(|o| (o.name.to_owned(), o.params.clone())).collect();
        prop::sample::select(operations).prop_flat_map(|(name, params)| {
            let args: Vec<_> = params.iter().map(fitting).collect();
            (Just(name), args)
        })
    };
    (prop::collection::vec(call(false), 0..20), prop::collection::vec(call(true), 1..4))
        .prop_map(|(early, late)| early.into_iter().chain(late).collect())
}

fn any_calls() -> impl Strategy<Value = (&'static str, Vec<Value>, Calls)> {
    let late = systems().iter().filter(|entry| (entry.info)().operations.iter().any(|o| o.level >= 5));
    prop::sample::select(late.collect::<Vec<_>>()).prop_flat_map(|entry| {
        let info = (entry.info)();
        let config: Vec<_> = info.config.iter().map(fitting).collect();
        (Just(entry.id), config, calls(&info))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("SPECSIGHT_LONG").is_some() { 8000 } else { 600 }))]

    #[test]
    fn a_timeline_tells_what_the_call_does((system, config, calls) in any_calls()) {
        let Ok(mut engine) = Engine::new(system, &config) else { return Ok(()) };
        for (operation, args) in calls {
            check(&engine, &operation, &args)?;
            let _ = engine.call(&operation, &args);
        }
    }
}

/// A batch in which a number leaves the range while another item waits for itself: neither form may hide the one or the other.
#[test]
fn a_deadlock_after_numbers_that_did_not_hold_is_refused_for_the_numbers() -> Result<(), TestCaseError> {
    let text = |text: &str| Value::Str(text.into());
    let int = |n: i64| Value::Int(Int(n));
    let mut hotel = Engine::new("hotel", &[]).expect("a hotel");
    hotel.call("add_room", &[int(0), text("r1"), int(4)]).expect("a room");
    let book = Value::record([
        ("type", text("book")),
        ("room_id", text("r1")),
        ("guest_name", text("a")),
        ("nights", int(i64::MAX)),
    ]);
    let upgrade = Value::record([("type", text("upgrade")), ("from_room_id", text("")), ("to_room_id", text(""))]);
    let batch = |items: Vec<Value>| vec![int(1), Value::List(items)];
    let refused = |args: &[Value]| hotel.fork().call("batch_operations", args).expect_err("a refusal").code();
    prop_assert_eq!(refused(&batch(vec![upgrade.clone()])), "deadlock");
    let both = batch(vec![book, upgrade]);
    prop_assert_eq!(refused(&both), "limit");
    check(&hotel, "batch_operations", &both)
}

#[derive(Deserialize)]
struct Story {
    config: Vec<Value>,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    call: Option<String>,
    #[serde(default)]
    args: Vec<Value>,
    clock: Option<Value>,
}

#[test]
fn the_calls_of_all_stories_keep_the_laws() -> Result<(), TestCaseError> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("stories");
    let mut changing = 0;
    for entry in systems() {
        let text = fs::read_to_string(folder.join(format!("{}.json", entry.id))).expect("a story");
        let story: Story = serde_json::from_str(&text).expect("a story");
        let mut engine = Engine::new(entry.id, &story.config).expect("an engine");
        for step in story.steps {
            if let Some(now) = step.clock.as_ref().and_then(Value::as_num) {
                engine.set_clock(now);
            }
            let Some(call) = step.call else { continue };
            check(&engine, &call, &step.args).map_err(|e| TestCaseError::fail(format!("{}.{call}: {e}", entry.id)))?;
            if let Ok(mut timeline) = engine.timeline(&call, step.args.clone()) {
                changing +=
                    usize::from(!timeline.take_events().is_empty() && timeline.mutations(0..usize::MAX).len() > 1);
            }
            let _ = engine.call(&call, &step.args);
        }
    }
    assert!(changing >= systems().len() / 2, "the stories hardly show anything: {changing}");
    Ok(())
}

/// A bank with one account and so many transfers out of it, each of which changes it.
fn transfers(n: i64) -> CallTimeline {
    let id = || Value::Str("alice".into());
    let mut bank = Engine::new("bank", &[]).expect("a bank");
    for (operation, args) in [
        ("create_account", vec![Value::Int(Int(1)), id()]),
        ("deposit", vec![Value::Int(Int(2)), id(), Value::Int(Int(n))]),
    ] {
        bank.call(operation, &args).expect("an answer");
    }
    let item = Value::record([("account_id", id()), ("amount", Value::Int(Int(1)))]);
    let items = Value::List(vec![item; usize::try_from(n).expect("a length")]);
    bank.timeline("process_external_transfers", vec![Value::Int(Int(3)), items, Value::Int(Int(10))])
        .expect("a timeline")
}

#[test]
fn every_instant_of_a_long_call_can_be_seen_in_any_order() {
    const TRANSFERS: i64 = 12_000;
    let mut timeline = transfers(TRANSFERS);
    assert_eq!(timeline.permits("semaphore:permits"), Some(10));
    assert_eq!(timeline.permits("lock:alice"), None);
    let events = timeline.take_events().len();
    let mutations = timeline.mutations(0..usize::MAX);
    assert_eq!(mutations.len(), 12_000);
    let balance = |happened: usize| {
        let view = timeline.view(happened);
        view.get("accounts").and_then(|a| a.get("alice")).and_then(|a| a.get("balance")).cloned()
    };
    // Forwards within what is kept at first, far beyond it, back again, and the ends.
    for happened in [0, 1, 500, 40_000, 39_999, 40_001, 20_000, 3, events, events - 1, events + 1, 30_000] {
        let spent = mutations.iter().filter(|mutation| mutation.at.events <= happened).count();
        let left = TRANSFERS - i64::try_from(spent).expect("a count");
        assert_eq!(balance(happened), Some(Value::Int(Int(left))), "after {happened} events of {events}");
    }
    let some = timeline.mutations(20_000..20_100);
    assert_eq!(some.len(), mutations.iter().filter(|m| (20_000..20_100).contains(&m.at.events)).count());
    assert!(some.iter().all(|mutation| (20_000..20_100).contains(&mutation.at.events)));
}
