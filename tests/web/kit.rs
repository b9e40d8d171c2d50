//! The package's exports, imported back as a page imports them: calls go out to JavaScript and in again through the glue.

use js_sys::{Array, Error, Function, JSON, Promise, Reflect};
use wasm_bindgen::prelude::*;

// The name under which the test runner serves the module it is testing.
#[wasm_bindgen(raw_module = "/wasm-bindgen-test")]
extern "C" {
    /// The catalogue.
    pub fn systems() -> Array;

    /// Runs a little program.
    #[wasm_bindgen(catch, js_name = simulateProgram)]
    pub fn simulate_program(program: &JsValue) -> Result<JsValue, JsValue>;

    /// A running system.
    pub type Engine;

    #[wasm_bindgen(constructor, catch)]
    pub fn new(system: &str) -> Result<Engine, JsValue>;

    #[wasm_bindgen(method, getter)]
    pub fn system(this: &Engine) -> String;

    #[wasm_bindgen(method, catch)]
    pub fn call(this: &Engine, operation: &str, args: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = callMany)]
    pub fn call_many(this: &Engine, calls: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub fn step(this: &Engine, operation: &str, args: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub fn simulate(this: &Engine, operation: &str, args: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method)]
    pub fn play(this: &Engine, operation: &str, args: &JsValue, options: &JsValue) -> Promise;

    #[wasm_bindgen(method)]
    pub fn state(this: &Engine) -> JsValue;

    #[wasm_bindgen(method)]
    pub fn fork(this: &Engine) -> Engine;

    /// Calls with every state in between.
    pub type Scenario;

    #[wasm_bindgen(constructor, catch)]
    pub fn new(system: &str) -> Result<Scenario, JsValue>;

    #[wasm_bindgen(method, getter)]
    pub fn length(this: &Scenario) -> u32;

    #[wasm_bindgen(method, catch)]
    pub fn push(this: &Scenario, operation: &str, args: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub fn view(this: &Scenario, index: u32) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub fn changes(this: &Scenario, from: u32, to: u32) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub fn engine(this: &Scenario, index: u32) -> Result<Engine, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub fn truncate(this: &Scenario, length: u32) -> Result<(), JsValue>;
}

#[wasm_bindgen]
extern "C" {
    /// The browser's own way to call things off.
    pub type AbortController;

    #[wasm_bindgen(constructor)]
    pub fn new() -> AbortController;

    #[wasm_bindgen(method, getter)]
    pub fn signal(this: &AbortController) -> JsValue;

    #[wasm_bindgen(method)]
    pub fn abort(this: &AbortController);
}

/// A value from its JSON.
pub fn json(text: &str) -> JsValue {
    JSON::parse(text).expect("the test's own JSON")
}

/// The JSON of a value.
pub fn text(value: &JsValue) -> String {
    JSON::stringify(value).map(String::from).expect("a value that JSON can hold")
}

/// A property of an object.
pub fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).expect("an object")
}

/// Sets a property of an object, and gives the object.
pub fn with(object: JsValue, name: &str, value: &JsValue) -> JsValue {
    Reflect::set(&object, &name.into(), value).expect("an object");
    object
}

/// A JavaScript function, from its parameters and its body.
pub fn function(params: &str, body: &str) -> Function {
    Function::new_with_args(params, body)
}

/// The code of what was thrown, which must be an `Error` with a sentence.
pub fn code<T>(thrown: Result<T, JsValue>) -> String {
    let error: Error = thrown.err().expect("something thrown").dyn_into().expect("an Error");
    assert!(String::from(error.message()).len() > 10, "{:?} is no sentence", error.message());
    get(&error, "code").as_string().expect("a code")
}
