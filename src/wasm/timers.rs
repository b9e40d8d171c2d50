//! Real time: the clock and the timers of whatever JavaScript runs us.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance)]
    fn now() -> f64;

    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Function, ms: f64) -> JsValue;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
}

/// Milliseconds of a clock that never goes back.
pub fn now_ms() -> f64 {
    now()
}

/// Lets whoever else has something to do have a turn.
pub async fn turn() {
    let promise = Promise::new(&mut |resolve, _reject| drop(set_timeout(&resolve, 0.0)));
    // The promise is only ever resolved.
    let _ = JsFuture::from(promise).await;
}

/// What ended a wait.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Woken {
    /// Somebody rang.
    ByBell,
    /// The time was up.
    ByTime,
}

/// Something to wait for: a time, or a call of [`Bell::ring`].
#[derive(Clone, Default)]
pub struct Bell {
    waiting: Rc<RefCell<Option<Function>>>,
    rung: Rc<RefCell<bool>>,
}

impl Bell {
    /// Wakes whoever waits; nobody waiting, the next wait ends at once.
    pub fn ring(&self) {
        match self.waiting.borrow_mut().take() {
            Some(resolve) => {
                let _ = resolve.call0(&JsValue::UNDEFINED);
            }
            None => *self.rung.borrow_mut() = true,
        }
    }

    /// Waits until the bell rings, or for so long at the most.
    pub async fn wait(&self, at_most_ms: Option<f64>) -> Woken {
        if self.rung.replace(false) {
            return Woken::ByBell;
        }
        let mut timer = None;
        let promise = Promise::new(&mut |resolve, _reject| {
            timer = at_most_ms.map(|ms| set_timeout(&resolve, ms.max(0.0)));
            *self.waiting.borrow_mut() = Some(resolve);
        });
        // The promise is only ever resolved.
        let _ = JsFuture::from(promise).await;
        // Who rings takes it; the time does not.
        if self.waiting.borrow_mut().take().is_some() {
            return Woken::ByTime;
        }
        if let Some(timer) = timer {
            clear_timeout(&timer);
        }
        Woken::ByBell
    }
}
