//! Records that `create` writes with `expiry` in the middle and `restore` rebuilds with `expiry` at the end.

use std::ops::{Deref, DerefMut};
use std::rc::Rc;

use super::Mortal;
use crate::value::{Change, Int, Path, Piece, State, Str, Value};

const EXPIRY: &str = "expiry";

/// A record with an expiry beside its other fields.
///
/// Python's `restore` takes `remaining_ttl` out of the copied dict and puts `expiry` in: a new key, which a dict keeps
/// behind all others, while a record as it was created has `status` behind it.
#[derive(Clone)]
pub struct Expiring<R> {
    record: R,
    /// When it dies; `None` for never.
    pub expiry: Option<Int>,
    rebuilt: bool,
}

impl<R> Expiring<R> {
    /// A record as it is created: it never dies until somebody says so.
    pub fn new(record: R) -> Self {
        Self { record, expiry: None, rebuilt: false }
    }
}

impl<R> Deref for Expiring<R> {
    type Target = R;

    fn deref(&self) -> &R {
        &self.record
    }
}

impl<R> DerefMut for Expiring<R> {
    fn deref_mut(&mut self) -> &mut R {
        &mut self.record
    }
}

impl<R: State> Expiring<R> {
    fn fields(&self) -> Vec<(Value, Value)> {
        match self.record.view() {
            Value::Dict(fields) => fields,
            _ => Vec::new(),
        }
    }
}

fn field(name: &str, value: Option<Int>) -> (Value, Value) {
    (Value::Str(Str::from(name)), value.view())
}

impl<R: State + Clone> State for Expiring<R> {
    fn view(&self) -> Value {
        let mut fields = self.fields();
        let at = if self.rebuilt { fields.len() } else { fields.len().saturating_sub(1) };
        fields.insert(at, field(EXPIRY, self.expiry));
        Value::Dict(fields)
    }

    fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
        match before.downcast_ref::<Self>() {
            Some(before) if before.rebuilt == self.rebuilt => {
                self.record.diff(&before.record, path, out);
                path.within(Piece::Key(Str::from(EXPIRY)), |path| self.expiry.diff(&before.expiry, path, out));
            }
            _ => out.push(Change::changed(path, before.view(), self.view())),
        }
    }

    fn clone_rc(&self) -> Rc<dyn State> {
        Rc::new(self.clone())
    }
}

impl<R: State + Clone> Mortal for Expiring<R> {
    fn expiry(&self) -> Option<Int> {
        self.expiry
    }

    fn with_expiry(&self, expiry: Option<Int>) -> Self {
        Self { record: self.record.clone(), expiry, rebuilt: true }
    }

    fn snapshot_view(&self, remaining_ttl: Option<Int>) -> Value {
        let mut fields = self.fields();
        fields.push(field("remaining_ttl", remaining_ttl));
        Value::Dict(fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(view: &Value) -> Vec<String> {
        match view {
            Value::Dict(fields) => fields.iter().map(|(name, _)| name.key_text().to_string()).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn the_expiry_moves_to_the_end_when_a_record_is_rebuilt() {
        let owner_and_status = Value::record([("owner", Value::None), ("status", Value::None)]);
        let fresh = Expiring::new(owner_and_status);
        assert_eq!(names(&fresh.view()), ["owner", "expiry", "status"]);
        assert_eq!(names(&fresh.snapshot_view(Some(Int(5)))), ["owner", "status", "remaining_ttl"]);
        let restored = fresh.with_expiry(Some(Int(9)));
        assert_eq!(names(&restored.view()), ["owner", "status", "expiry"]);
        let mut changes = Vec::new();
        restored.diff(&fresh, &mut Path::default(), &mut changes);
        assert_eq!(changes.len(), 1, "the order of the keys is a change too");
    }
}
