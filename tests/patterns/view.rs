//! Ways to look at the view of a state.

use specsight::value::{Int, Num, Value};

/// The same with the entries of every dict in the order of their keys: their order tells who came first, and no more.
pub fn in_key_order(view: &Value) -> Value {
    match view {
        Value::Dict(entries) => {
            let mut entries: Vec<_> = entries.iter().map(|(key, value)| (key.clone(), in_key_order(value))).collect();
            entries.sort_by_key(|(key, _)| key.key_text());
            Value::Dict(entries)
        }
        Value::List(items) => Value::List(items.iter().map(in_key_order).collect()),
        Value::Tuple(items) => Value::Tuple(items.iter().map(in_key_order).collect()),
        other => other.clone(),
    }
}

/// The first place where two views differ, with both values; nothing if they are the same.
pub fn differing(one: &Value, other: &Value) -> Option<String> {
    let (one, other) = (in_key_order(one), in_key_order(other));
    let (Value::Dict(a), Value::Dict(b)) = (&one, &other) else {
        return (one != other).then(|| format!("{} and {}", one.text(), other.text()));
    };
    let keys = || a.iter().chain(b).map(|(key, _)| key.key_text());
    keys().find_map(|key| {
        let at = |view: &Value| match view {
            Value::Dict(entries) => entries.iter().find(|(k, _)| k.key_text() == key).map(|(_, value)| value.clone()),
            _ => None,
        };
        match (at(&one), at(&other)) {
            (Some(a), Some(b)) => differing(&a, &b).map(|found| format!("{key}: {found}")),
            (a, b) => Some(format!("{key} only once: {a:?} and {b:?}")),
        }
    })
}

/// Everything that lies at a path, which is written as attribute and keys with points between: `accounts.*.balance`. A star
/// stands for every entry, `*[side=buy]` for those with that field, `*[guest!=]` for those with another one.
pub fn at<'a>(view: &'a Value, path: &str) -> Vec<&'a Value> {
    let Some((piece, rest)) = path.split_once('.').or(Some((path, ""))).filter(|(piece, _)| !piece.is_empty()) else {
        return vec![view];
    };
    inner(view, piece).into_iter().flat_map(|value| at(value, rest)).collect()
}

fn inner<'a>(view: &'a Value, piece: &str) -> Vec<&'a Value> {
    let Some(wanted) = piece.strip_prefix('*') else { return view.get(piece).into_iter().collect() };
    let entries: Vec<&Value> = match view {
        Value::Dict(entries) => entries.iter().map(|(_, value)| value).collect(),
        Value::List(items) | Value::Tuple(items) | Value::Set(items) => items.iter().collect(),
        _ => Vec::new(),
    };
    let wanted = wanted.trim_start_matches('[').trim_end_matches(']');
    entries.into_iter().filter(|entry| is_wanted(entry, wanted)).collect()
}

fn is_wanted(entry: &Value, wanted: &str) -> bool {
    match (wanted.split_once("!="), wanted.split_once('=')) {
        (Some((name, other)), _) => word(entry, name) != other,
        (None, Some((name, wanted))) => word(entry, name) == wanted,
        (None, None) => true,
    }
}

/// The sum of the numbers at a path, or how many things there are if they are no numbers.
pub fn total(view: &Value, path: &str) -> f64 {
    // From 0.0: nothing would add up to -0.0, which ranks below it.
    at(view, path).into_iter().fold(0.0, |sum, value| sum + value.as_num().map_or(1.0, Num::as_f64))
}

/// The entries of an attribute that is a dict, by their keys.
pub fn entries<'a>(view: &'a Value, attribute: &str) -> Vec<(String, &'a Value)> {
    match view.get(attribute) {
        Some(Value::Dict(entries)) => entries.iter().map(|(key, value)| (key.key_text().to_string(), value)).collect(),
        other => panic!("{attribute} is {other:?}"),
    }
}

/// The word in a field.
pub fn word(record: &Value, field: &str) -> String {
    record.get(field).map(|value| value.key_text().to_string()).unwrap_or_default()
}

/// How many there are, as a number among others.
pub fn many(count: usize) -> f64 {
    Num::Int(Int::count(count)).as_f64()
}
