//! Values from JavaScript and back.
//!
//! Written by hand, not by serde: what comes in may be cyclic, hold lone surrogates, throw from a getter or be a million
//! items long, and each of these needs its own sentence; what goes out has two forms of dict and two of integer.

use js_sys::{Array, BigInt, Function, JsString, Map, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::engine::{Error, Mismatch};
use crate::value::{Int, Num, Piece, Value};

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
            let value = element(args, index).and_then(|value| reader.read(&value, 0));
            value.map_err(|unreadable| unreadable.into_error(place, &format!("argument {place}")))
        })
        .collect()
}

/// Reads one value, such as a program.
pub fn value(value: &JsValue, name: &str) -> Result<Value, Error> {
    let mut reader = Reader { callables: &mut Callables::default(), left: MAX_VALUES };
    reader.read(value, 0).map_err(|unreadable| unreadable.into_error(0, name))
}

/// Reads a string; anything else is shown in the message of whoever wanted one.
pub fn string(value: &JsValue) -> String {
    value.as_string().unwrap_or_else(|| format!("{:?}", value.js_typeof().as_string().unwrap_or_default()))
}

/// Reads a finite number.
pub fn number(value: &JsValue) -> Option<Num> {
    let mut reader = Reader { callables: &mut Callables::default(), left: 1 };
    match reader.read(value, 0) {
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
    fn read(&mut self, js: &JsValue, depth: usize) -> Result<Value, Unreadable> {
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
        if js.is_bigint() {
            let n = i64::try_from(js.clone()).map_err(|_| mismatch("is an integer beyond 64 bits"))?;
            return Ok(Value::Int(Int(n)));
        }
        if js.is_function() {
            let handle = u32::try_from(self.callables.0.len()).map_err(|_| Unreadable::TooMany)?;
            self.callables.0.push(js.clone().unchecked_into());
            return Ok(Value::Callable(handle));
        }
        if !js.is_object() {
            return Err(mismatch("is of a type that Python has not"));
        }
        if depth >= MAX_DEPTH {
            return Err(mismatch("is nested too deep, or holds itself"));
        }
        if is_array(js).map_err(|_| mismatch("throws when it is read"))? {
            return self.read_list(js.unchecked_ref(), depth);
        }
        if let Some(map) = js.dyn_ref::<Map>() {
            let entries = Array::from(&map.entries());
            return self.read_entries(&entries, depth);
        }
        self.read_object(js, depth)
    }

    fn read_list(&mut self, array: &Array, depth: usize) -> Result<Value, Unreadable> {
        let length = array.length();
        if length as usize > self.left {
            return Err(Unreadable::TooMany);
        }
        let mut items = Vec::with_capacity(length as usize);
        for index in 0..length {
            let item = element(array, index)?;
            items.push(self.read(&item, depth + 1)?);
        }
        Ok(Value::List(items))
    }

    fn read_entries(&mut self, entries: &Array, depth: usize) -> Result<Value, Unreadable> {
        let mut dict = Vec::new();
        for index in 0..entries.length() {
            let entry: Array = entries.get(index).unchecked_into();
            let key = self.read(&entry.get(0), depth + 1)?;
            dict.push((key, self.read(&entry.get(1), depth + 1)?));
        }
        Ok(Value::Dict(dict))
    }

    fn read_object(&mut self, object: &JsValue, depth: usize) -> Result<Value, Unreadable> {
        let keys = Reflect::own_keys(object).map_err(|_| mismatch("throws when it is read"))?;
        let mut dict = Vec::new();
        for key in keys.iter().filter(JsValue::is_string) {
            let value = Reflect::get(object, &key).map_err(|_| mismatch("throws when it is read"))?;
            let key = string_value(key.unchecked_ref())?;
            dict.push((key, self.read(&value, depth + 1)?));
        }
        Ok(Value::Dict(dict))
    }
}

fn from_number(x: f64) -> Value {
    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)] // exact: whole and safe
    if x.fract() == 0.0 && x.abs() <= MAX_SAFE as f64 { Value::Int(Int(x as i64)) } else { Value::Float(x) }
}

fn string_value(js: &JsString) -> Result<Value, Unreadable> {
    let text = String::from(js);
    // Rust's strings, and Python's output, cannot hold half a surrogate pair; on the way it became a replacement
    // character. Asking for it by the character is slow, and so only done where there is one.
    if text.contains(char::REPLACEMENT_CHARACTER) && !js.is_valid_utf16() {
        return Err(mismatch("holds half a surrogate pair, which is no character"));
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
