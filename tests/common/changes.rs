//! A second opinion on changes: makes them in a view of the state before.

use specsight::value::{Change, ChangeKind, Piece, Value};

/// A view with some changes made in it: what lies at a path is put there, replaced or taken away.
pub fn apply(view: &mut Value, changes: &[Change]) {
    // From the back, so that what is taken out of a list does not move what is still to be taken out.
    for change in changes.iter().filter(|c| c.kind == ChangeKind::Removed).rev() {
        edit(view, &change.path.0, None);
    }
    for change in changes.iter().filter(|c| c.kind != ChangeKind::Removed) {
        edit(view, &change.path.0, change.after.as_ref().map(plain));
    }
}

fn edit(place: &mut Value, path: &[Piece], value: Option<Value>) {
    let Some((piece, rest)) = path.split_first() else { return };
    match (place, piece) {
        (Value::Dict(entries), Piece::Key(key)) => {
            let at = entries.iter().position(|(k, _)| k.key_text() == *key);
            match (at, rest.is_empty(), value) {
                (Some(at), false, value) => edit(&mut entries[at].1, rest, value),
                (Some(at), true, Some(value)) => entries[at].1 = value,
                (Some(at), true, None) => drop(entries.remove(at)),
                (None, _, Some(value)) => entries.push((Value::Str(key.clone()), value)),
                (None, _, None) => {}
            }
        }
        (Value::List(items), Piece::Index(at)) => match (rest.is_empty(), value) {
            (false, value) => edit(&mut items[*at], rest, value),
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
        Value::Set(items) => Value::record(items.iter().map(|item| (item.key_text(), plain(item)))),
        other => other.clone(),
    }
}
