//! Values from JavaScript and back.
//!
//! Written by hand, not by serde: what comes in may be cyclic, hold lone surrogates, throw from a getter or be a million
//! items long, and each of these needs its own sentence; what goes out has two forms of dict and two of integer.

use std::slice;

use js_sys::{Array, BigInt, Float64Array, Function, JsString, Map, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use crate::engine::{Error, Mismatch};
use crate::value::{Int, Num, Piece, Str, Value};

/// Values nest at most so deep; a cyclic object is found out by it.
const MAX_DEPTH: usize = 100;

/// One argument has at most so many values, all nestings together.
const MAX_VALUES: usize = 4_000_000;

/// The largest integer that a JavaScript number tells from its neighbours.
const MAX_SAFE: i64 = 9_007_199_254_740_991;

/// The functions that came in, each known to the core by its position.
#[derive(Default)]
pub struct Callables(Vec<Function>);

impl Callables {
    /// The function of a handle.
    pub fn get(&self, handle: u32) -> Option<&Function> {
        self.0.get(usize::try_from(handle).ok()?)
    }
}

/// Why a value could not be read.
pub enum Unreadable {
    /// It is of no type of Python's.
    Mismatch(Mismatch),
    /// There is too much of it.
    TooMany,
}

/// Why text is refused: Rust's strings, and Python's output, cannot hold half a surrogate pair.
const HALF_PAIR: &str = "holds half a surrogate pair, which is no character";

#[wasm_bindgen(module = "/src/wasm/shapes.js")]
extern "C" {
    /// A value as `[kinds, numbers, text, functions, left]`.
    fn flatten(value: &JsValue, left: usize, deepest: usize) -> Array;
}

#[wasm_bindgen]
extern "C" {
    /// Unlike `js_sys`'s, this one lives with a proxy that was revoked.
    #[wasm_bindgen(catch, js_namespace = Array, js_name = isArray)]
    fn is_array(value: &JsValue) -> Result<bool, JsValue>;
}

/// Reads the arguments of a call.
pub fn arguments(args: &JsValue, callables: &mut Callables) -> Result<Vec<Value>, Error> {
    if args.is_undefined() {
        return Ok(Vec::new());
    }
    if !is_array(args).unwrap_or(false) {
        return Err(super::error::bad_argument(
            1,
            "args",
            Mismatch::problem("must be an array of the call's arguments"),
        ));
    }
    let args: &Array = args.unchecked_ref();
    let mut reader = Reader { callables, left: MAX_VALUES };
    (0..args.length())
        .map(|index| {
            let place = index as usize;
            let value = element(args, index).and_then(|value| reader.read(&value));
            value.map_err(|unreadable| unreadable.into_error(place, &format!("argument {place}")))
        })
        .collect()
}

/// Reads one value, such as a program.
pub fn value(value: &JsValue, name: &str) -> Result<Value, Error> {
    let mut reader = Reader { callables: &mut Callables::default(), left: MAX_VALUES };
    reader.read(value).map_err(|unreadable| unreadable.into_error(0, name))
}

/// Reads a string; anything else is shown in the message of whoever wanted one.
pub fn string(value: &JsValue) -> String {
    value.as_string().unwrap_or_else(|| format!("{:?}", value.js_typeof().as_string().unwrap_or_default()))
}

/// Reads a finite number.
pub fn number(value: &JsValue) -> Option<Num> {
    let mut reader = Reader { callables: &mut Callables::default(), left: 1 };
    match reader.read(value) {
        Ok(Value::Int(n)) => Some(Num::Int(n)),
        Ok(Value::Float(x)) if x.is_finite() => Some(Num::Float(x)),
        _ => None,
    }
}

/// Reads a position or a length.
pub fn position(value: &JsValue, index: usize, name: &str) -> Result<usize, Error> {
    let whole = match number(value) {
        Some(Num::Int(n)) => usize::try_from(n.0).ok(),
        _ => None,
    };
    whole.ok_or_else(|| super::error::bad_argument(index, name, Mismatch::problem("must be a whole number from 0 on")))
}

impl Unreadable {
    fn into_error(self, index: usize, name: &str) -> Error {
        match self {
            Self::Mismatch(mismatch) => super::error::bad_argument(index, name, mismatch),
            Self::TooMany => Error::Limit(format!("{name} has more than {MAX_VALUES} values, which is the cap.")),
        }
    }
}

fn mismatch(problem: &str) -> Unreadable {
    Unreadable::Mismatch(Mismatch::problem(problem))
}

fn element(array: &Array, index: u32) -> Result<JsValue, Unreadable> {
    Reflect::get_u32(array, index).map_err(|_| mismatch("throws when it is read"))
}

struct Reader<'a> {
    callables: &'a mut Callables,
    left: usize,
}

impl Reader<'_> {
    fn read(&mut self, js: &JsValue) -> Result<Value, Unreadable> {
        // Most arguments are scalars: those need no list of tokens.
        self.left = self.left.checked_sub(1).ok_or(Unreadable::TooMany)?;
        if let Some(x) = js.as_f64() {
            return Ok(from_number(x));
        }
        if js.is_string() {
            return string_value(js.unchecked_ref());
        }
        if js.is_null() || js.is_undefined() {
            return Ok(Value::None);
        }
        if let Some(b) = js.as_bool() {
            return Ok(Value::Bool(b));
        }
        let flat = Flat::from(flatten(js, self.left + 1, MAX_DEPTH));
        self.left = flat.left;
        let first_callable = u32::try_from(self.callables.0.len()).map_err(|_| Unreadable::TooMany)?;
        self.callables.0.extend(flat.functions.iter().map(JsCast::unchecked_into::<Function>));
        let text = flat.text.as_str();
        let (kinds, numbers) = (flat.kinds.iter(), flat.numbers.iter());
        Tokens { kinds, numbers, text, keys: Vec::new(), callables: first_callable }.value()
    }
}

/// What `flatten` gives: a value as tokens, in the order of reading.
struct Flat {
    kinds: Vec<u8>,
    numbers: Vec<f64>,
    text: String,
    functions: Array,
    /// How many more values there may be.
    left: usize,
}

impl Flat {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast from float saturates")]
    fn from(parts: Array) -> Self {
        Self {
            kinds: parts.get(0).unchecked_into::<Uint8Array>().to_vec(),
            numbers: parts.get(1).unchecked_into::<Float64Array>().to_vec(),
            text: parts.get(2).as_string().unwrap_or_default(),
            functions: parts.get(3).unchecked_into(),
            left: parts.get(4).as_f64().unwrap_or_default() as usize,
        }
    }
}

/// Tokens that are being put together again; they nest no deeper than was allowed to `flatten`.
struct Tokens<'f> {
    kinds: slice::Iter<'f, u8>,
    numbers: slice::Iter<'f, f64>,
    text: &'f str,
    /// The keys met so far.
    keys: Vec<Str>,
    /// How many functions were met so far.
    callables: u32,
}

impl Tokens<'_> {
    fn value(&mut self) -> Result<Value, Unreadable> {
        Ok(match self.kinds.next() {
            Some(0) => Value::None,
            Some(1) => Value::Bool(false),
            Some(2) => Value::Bool(true),
            Some(3) => from_number(self.number()),
            Some(4) => Value::Str(self.piece().into()),
            Some(5) => {
                // Exactly as much room as needed: there are many small ones.
                let count = self.count();
                let mut items = Vec::with_capacity(count);
                for _ in 0..count {
                    items.push(self.value()?);
                }
                Value::List(items)
            }
            Some(6) => {
                let count = self.count();
                let mut entries = Vec::with_capacity(count);
                for _ in 0..count {
                    entries.push((self.value()?, self.value()?));
                }
                Value::Dict(entries)
            }
            Some(7) => {
                let n = self.piece().parse().map_err(|_| mismatch("is an integer beyond 64 bits"))?;
                Value::Int(Int(n))
            }
            Some(8) => {
                self.callables += 1;
                Value::Callable(self.callables - 1)
            }
            Some(9) => {
                let number = self.count();
                self.keys.get(number).map_or(Value::None, |key| Value::Str(key.clone()))
            }
            Some(10) => {
                let key = Str::from(self.piece());
                self.keys.push(key.clone());
                Value::Str(key)
            }
            Some(11) => return Err(mismatch("is of a type that Python has not")),
            Some(12) => return Err(mismatch("is nested too deep, or holds itself")),
            Some(13) => return Err(mismatch("throws when it is read")),
            Some(14) => return Err(mismatch(HALF_PAIR)),
            _ => return Err(Unreadable::TooMany),
        })
    }

    fn number(&mut self) -> f64 {
        self.numbers.next().copied().unwrap_or_default()
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast from float saturates")]
    fn count(&mut self) -> usize {
        self.number() as usize
    }

    /// The next piece of the text, as long as the next number says in JavaScript's units.
    fn piece(&mut self) -> &str {
        let mut left = self.count();
        let end = self.text.char_indices().find(|(_, c)| {
            let ends = left == 0;
            left = left.saturating_sub(c.len_utf16());
            ends
        });
        let (piece, rest) = self.text.split_at(end.map_or(self.text.len(), |(at, _)| at));
        self.text = rest;
        piece
    }
}

fn from_number(x: f64) -> Value {
    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)] // exact: whole and safe
    if x.fract() == 0.0 && x.abs() <= MAX_SAFE as f64 { Value::Int(Int(x as i64)) } else { Value::Float(x) }
}

fn string_value(js: &JsString) -> Result<Value, Unreadable> {
    let text = String::from(js);
    // On the way half a pair became a replacement character. Asking for it is slow, and so only done where there is one.
    if text.contains(char::REPLACEMENT_CHARACTER) && !js.is_valid_utf16() {
        return Err(mismatch(HALF_PAIR));
    }
    Ok(Value::Str(text.into()))
}

/// How dicts are given to JavaScript.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Dicts {
    /// As plain objects.
    Objects,
    /// As maps, which keep integer-like keys in their place.
    Maps,
}

/// A value as JavaScript has it.
pub fn to_js(value: &Value, dicts: Dicts) -> JsValue {
    match value {
        Value::None | Value::Callable(_) => JsValue::NULL,
        Value::Bool(b) => JsValue::from_bool(*b),
        Value::Int(n) => integer(n.0),
        Value::Float(x) => JsValue::from_f64(*x),
        Value::Str(s) => JsValue::from_str(s),
        Value::List(items) | Value::Tuple(items) | Value::Set(items) => {
            list(items.iter(), |item| to_js(item, dicts)).into()
        }
        Value::Dict(entries) if dicts == Dicts::Maps => {
            let map = Map::new();
            for (key, value) in entries {
                map.set(&JsValue::from_str(&key.key_text()), &to_js(value, dicts));
            }
            map.into()
        }
        Value::Dict(entries) => {
            let object = Object::new();
            for (key, value) in entries {
                set(&object, &key.key_text(), &to_js(value, dicts));
            }
            object.into()
        }
    }
}

/// An array of what `convert` makes of the items.
pub fn list<T>(items: impl Iterator<Item = T>, convert: impl Fn(T) -> JsValue) -> Array {
    items.map(convert).collect()
}

/// Sets an own property, whatever its name.
pub fn set(object: &Object, key: &str, value: &JsValue) {
    if key == "__proto__" {
        // Plain assignment would set the prototype.
        let descriptor = Object::new();
        for (name, value) in [("value", value), ("writable", &JsValue::TRUE), ("enumerable", &JsValue::TRUE)] {
            set(&descriptor, name, value);
        }
        set(&descriptor, "configurable", &JsValue::TRUE);
        let _ = Reflect::define_property(object, &key.into(), &descriptor);
    } else {
        let _ = Reflect::set(object, &JsValue::from_str(key), value);
    }
}

/// A path as JavaScript has it.
pub fn path(pieces: &[Piece]) -> JsValue {
    list(pieces.iter(), piece).into()
}

/// A piece of a path as JavaScript has it.
pub fn piece(piece: &Piece) -> JsValue {
    match piece {
        Piece::Key(key) => JsValue::from_str(key),
        #[allow(clippy::cast_precision_loss)] // a position in a list
        Piece::Index(index) => JsValue::from_f64(*index as f64),
    }
}

fn integer(n: i64) -> JsValue {
    #[allow(clippy::cast_precision_loss)] // exact: safe
    if n.unsigned_abs() <= MAX_SAFE.unsigned_abs() { JsValue::from_f64(n as f64) } else { BigInt::from(n).into() }
}

/// Milliseconds of a virtual time.
#[allow(clippy::cast_precision_loss)] // exact up to 104 days of virtual time
pub fn milliseconds(ns: u64) -> f64 {
    ns as f64 / 1e6
}
