//! `play`: the driver of a coroutine in real time.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::convert::{Callables, Dicts, milliseconds, number, to_js, value};
use super::error::{Thrown, bad_argument};
use super::records::events;
use super::timers::{Bell, Woken, now_ms, turn};
use crate::engine::{Engine, Error, ExternalOutcome, ExternalRequest, Mismatch, Play, PlayProgress, Simulation};

/// The page gets a turn at least so often, however fast the play.
const TURN_MS: f64 = 12.0;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(typescript_type = "AbortSignal")]
    type AbortSignal;

    #[wasm_bindgen(method, getter)]
    fn aborted(this: &AbortSignal) -> bool;

    #[wasm_bindgen(method, catch, js_name = addEventListener)]
    fn add_event_listener(this: &AbortSignal, event: &str, callback: &Function) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = removeEventListener)]
    fn remove_event_listener(this: &AbortSignal, event: &str, callback: &Function) -> Result<(), JsValue>;
}

/// How to play.
pub struct Options {
    speed: f64,
    on_progress: Option<Function>,
    gate: Option<Function>,
    signal: Option<AbortSignal>,
}

impl Options {
    /// Reads the options of the contract; what is not given is the usual.
    pub fn read(options: &JsValue) -> Result<Self, Error> {
        let wrong = |problem: &str| bad_argument(2, "options", Mismatch::problem(problem));
        let get = |name: &str| {
            if options.is_object() {
                Reflect::get(options, &name.into()).map_err(|_| wrong("throws when it is read"))
            } else {
                Ok(JsValue::UNDEFINED)
            }
        };
        let given = get("speed")?;
        let speed = if given.is_undefined() { Some(1.0) } else { number(&given).map(crate::value::Num::as_f64) };
        let speed = speed.filter(|s| *s > 0.0).ok_or_else(|| wrong("needs a `speed` above 0"))?;
        let signal = get("signal")?;
        Ok(Self {
            speed,
            on_progress: get("onProgress")?.dyn_into().ok(),
            gate: get("gate")?.dyn_into().ok(),
            signal: signal.is_object().then(|| signal.unchecked_into()),
        })
    }

    fn is_aborted(&self) -> bool {
        self.signal.as_ref().is_some_and(AbortSignal::aborted)
    }
}

/// Plays to the end, at the speed that was asked for.
pub async fn drive(
    engine: &Rc<RefCell<Engine>>,
    mut play: Play,
    callables: &Callables,
    options: &Options,
) -> Result<Simulation, Thrown> {
    let bell = Bell::default();
    let listener = {
        let bell = bell.clone();
        Closure::<dyn Fn()>::new(move || bell.ring())
    };
    let listener_function: &Function = listener.as_ref().unchecked_ref();
    if let Some(signal) = &options.signal {
        let _ = signal.add_event_listener("abort", listener_function);
    }
    let heard = run(&mut play, &bell, callables, options).await;
    if let Some(signal) = &options.signal {
        let _ = signal.remove_event_listener("abort", listener_function);
    }
    let ended = engine.borrow_mut().end_play(play);
    heard?;
    Ok(ended?)
}

/// Advances the play until it ends or is aborted. An exception of the progress callback ends it too.
async fn run(play: &mut Play, bell: &Bell, callables: &Callables, options: &Options) -> Result<(), Thrown> {
    let began = Cell::new(now_ms());
    let virtual_ns = |real_ms: f64| -> u64 {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // saturates
        let ns = ((real_ms - began.get()) * options.speed * 1e6) as u64;
        ns
    };
    // When the page last had a turn.
    let mut turned = began.get();
    while !options.is_aborted() {
        if let Some(held_ms) = hold(play, bell, options).await? {
            // The clock of the play stood still.
            began.set(began.get() + held_ms);
            if options.is_aborted() {
                break;
            }
        }
        let progress = play.advance();
        for request in play.requests() {
            call_outside(request, callables, bell);
        }
        report(play, options)?;
        match progress {
            PlayProgress::Ended => return Ok(()),
            PlayProgress::External => {
                bell.wait(None).await;
                play.tick(virtual_ns(now_ms()));
            }
            PlayProgress::Sleeping { until_ns } => {
                let left_ms = (milliseconds(until_ns) - milliseconds(virtual_ns(now_ms()))) / options.speed;
                let woken = if left_ms > 0.0 { bell.wait(Some(left_ms)).await } else { Woken::ByTime };
                // Late, or a little early, timers fire one after another at their own times: the events are those of
                // virtual time.
                play.tick(if woken == Woken::ByTime { until_ns } else { virtual_ns(now_ms()).min(until_ns) });
                if woken == Woken::ByTime && left_ms > 0.0 {
                    turned = now_ms();
                }
            }
        }
        // Answers that are there at once wake the play without a turn for anybody else.
        if now_ms() - turned > TURN_MS {
            turn().await;
            turned = now_ms();
        }
    }
    Ok(())
}

/// Asks the gate, and waits for the promise that it may give; tells how long that was.
async fn hold(play: &Play, bell: &Bell, options: &Options) -> Result<Option<f64>, Thrown> {
    let Some(gate) = &options.gate else { return Ok(None) };
    let held = gate.call1(&JsValue::UNDEFINED, &milliseconds(play.now_ns()).into())?;
    if !held.is_object() {
        return Ok(None);
    }
    let since = now_ms();
    let opened = Rc::new(RefCell::new(None));
    let open = Rc::clone(&opened);
    when_settled(Ok(held), bell, Box::new(move |settled| *open.borrow_mut() = Some(settled)));
    // An abort rings too, and so does an answer from outside, which has to wait.
    while !options.is_aborted() {
        if let Some(settled) = opened.take() {
            settled?;
            break;
        }
        bell.wait(None).await;
    }
    Ok(Some(now_ms() - since))
}

/// Passes on what a value comes to if it is a promise, or like one, else the value itself; then rings.
fn when_settled(value: Result<JsValue, JsValue>, bell: &Bell, done: Box<dyn FnOnce(Result<JsValue, JsValue>)>) {
    let bell = bell.clone();
    spawn_local(async move {
        let settled = match value {
            // Unlike `Promise.resolve`, this never throws itself, whatever the value.
            Ok(value) => JsFuture::from(Promise::new(&mut |resolve, _| drop(resolve.call1(&value, &value)))).await,
            Err(thrown) => Err(thrown),
        };
        done(settled);
        bell.ring();
    });
}

fn report(play: &mut Play, options: &Options) -> Result<(), Thrown> {
    if let Some(on_progress) = &options.on_progress {
        let new = play.new_events();
        if !new.is_empty() {
            on_progress.call2(&JsValue::UNDEFINED, &events(&new), &milliseconds(play.now_ns()).into())?;
        }
    }
    Ok(())
}

/// Calls a function of the page and passes on what comes of it.
fn call_outside(request: ExternalRequest, callables: &Callables, bell: &Bell) {
    let ExternalRequest { callable, args, answer } = request;
    let args = args.iter().map(|arg| to_js(arg, Dicts::Objects)).collect();
    let called = match callables.get(callable) {
        Some(function) => function.apply(&JsValue::UNDEFINED, &args),
        None => Err("the function is gone".into()),
    };
    when_settled(called, bell, Box::new(move |settled| answer.resolve(outcome(settled))));
}

fn outcome(settled: Result<JsValue, JsValue>) -> ExternalOutcome {
    match settled {
        Ok(result) => value(&result, "the result").map_err(|error| error.to_string()),
        Err(thrown) => Err(message(&thrown).unwrap_or_else(|| "the call failed".to_owned())),
    }
}

/// What was thrown, if it is a text or has one: anything can be thrown, and reading it may throw again.
fn message(thrown: &JsValue) -> Option<String> {
    thrown.as_string().or_else(|| Reflect::get(thrown, &"message".into()).ok()?.as_string())
}
