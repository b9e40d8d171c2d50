//! A second opinion on changes: makes them in a view of the state before.

use specsight::value::{Change, ChangeKind, Piece, Value};

/// A view with some changes made in it: what lies at a path is put there, replaced or taken away.
pub fn apply(view: &mut Value, changes: &[Change]) {
    // From the back, so that what is taken out of a list does not move what is still to be taken out.
    for change in changes.iter().filter(|c| c.kind == ChangeKind::Removed).rev() {
        edit(view, &change.path.0, change);
    }
    for change in changes.iter().filter(|c| c.kind != ChangeKind::Removed) {
        edit(view, &change.path.0, change);
    }
}

fn edit(place: &mut Value, path: &[Piece], change: &Change) {
    let Some((piece, rest)) = path.split_first() else { return };
    let value = change.after.as_ref().map(plain);
    match (place, piece) {
        (Value::Dict(entries), Piece::Key(key)) => {
            let at = entries.iter().position(|(k, _)| k.key_text() == *key);
            match (at, rest.is_empty(), value) {
                (Some(at), false, _) => edit(&mut entries[at].1, rest, change),
                (Some(at), true, Some(value)) => entries[at].1 = value,
                (Some(at), true, None) => drop(entries.remove(at)),
                (None, _, Some(value)) => {
                    entries.insert(change.position.unwrap_or(entries.len()), (Value::Str(key.clone()), value));
                }
                (None, _, None) => {}
            }
        }
        (Value::Set(items), Piece::Key(key)) => {
            items.retain(|item| item.key_text() != *key);
            items.extend(value);
            items.sort_by_key(Value::key_text);
        }
        (Value::List(items), Piece::Index(at)) => match (rest.is_empty(), value) {
            (false, _) => edit(&mut items[*at], rest, change),
            (true, Some(value)) if *at < items.len() => items[*at] = value,
            (true, Some(value)) => items.push(value),
            (true, None) => drop(items.remove(*at)),
        },
        _ => {}
    }
}

/// Dict keys as text, which is how a view that was edited has them.
pub fn plain(view: &Value) -> Value {
    match view {
        Value::Dict(entries) => Value::record(entries.iter().map(|(k, v)| (k.key_text(), plain(v)))),
        Value::List(items) | Value::Tuple(items) => Value::List(items.iter().map(plain).collect()),
        Value::Set(items) => {
            let mut items: Vec<Value> = items.iter().map(plain).collect();
            items.sort_by_key(Value::key_text);
            Value::Set(items)
        }
        other => other.clone(),
    }
}
