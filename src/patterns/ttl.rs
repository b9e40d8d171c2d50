//! L3 TTL and the L4 backup that keeps the remaining TTL.

use std::rc::Rc;

use crate::value::{Change, Dict, DictKey, Int, Path, State, Value};

/// Something that may die at a time.
pub trait Mortal: State + Clone {
    /// When it dies; `None` for never.
    fn expiry(&self) -> Option<Int>;

    /// The same with another time to die.
    #[must_use]
    fn with_expiry(&self, expiry: Option<Int>) -> Self;

    /// How a snapshot shows it: as it is, with `remaining_ttl` in the place of `expiry`.
    fn snapshot_view(&self, remaining_ttl: Option<Int>) -> Value {
        match self.view() {
            Value::Dict(fields) => Value::Dict(
                fields
                    .into_iter()
                    .map(|(name, value)| match &name {
                        Value::Str(word) if *word == "expiry" => {
                            (Value::Str("remaining_ttl".into()), remaining_ttl.view())
                        }
                        _ => (name, value),
                    })
                    .collect(),
            ),
            other => other,
        }
    }
}

/// Works out the remaining TTLs once, so that one that leaves 64 bits is an error of the call that takes the snapshot:
/// when somebody looks at it later, no call is there to refuse. Only before the time 0 can so much be left.
pub fn check_remaining(taken: Int, expiries: impl IntoIterator<Item = Option<Int>>) {
    if taken < 0 {
        for expiry in expiries.into_iter().flatten() {
            let _ = expiry - taken;
        }
    }
}

/// A dict of mortal things at a moment. It shares them as they were, so that taking it copies nothing; the remaining TTL,
/// which Python's class works out and stores, is worked out when somebody looks.
pub struct TtlSnapshot<K, V> {
    taken: Int,
    items: Dict<K, V>,
}

impl<K: DictKey, V: Mortal> TtlSnapshot<K, V> {
    /// What there is at a moment.
    pub fn of(items: &Dict<K, V>, taken: Int) -> Self {
        check_remaining(taken, items.values().map(Mortal::expiry));
        Self { taken, items: items.clone() }
    }

    /// How long something would still live.
    pub fn remaining_ttl(&self, item: &V) -> Option<Int> {
        item.expiry().map(|expiry| expiry - self.taken)
    }

    /// The things as they were.
    pub fn items(&self) -> &Dict<K, V> {
        &self.items
    }

    /// The things with what was left of their TTL, running on from `now`.
    pub fn rebased(&self, now: Int) -> Dict<K, V> {
        let rebase = |item: &V| item.with_expiry(self.remaining_ttl(item).map(|remaining| now + remaining));
        // Written over one another: the order stays as it is, and is shared.
        let mut items = self.items.clone();
        for (key, item) in self.items.iter() {
            items.insert(key, rebase(item));
        }
        items
    }
}

impl<K, V> Clone for TtlSnapshot<K, V> {
    fn clone(&self) -> Self {
        Self { taken: self.taken, items: self.items.clone() }
    }
}

impl<K: DictKey, V: Mortal> State for TtlSnapshot<K, V> {
    fn view(&self) -> Value {
        let items = self.items.iter();
        Value::Dict(
            items.map(|(k, item)| (k.to_key().to_value(), item.snapshot_view(self.remaining_ttl(item)))).collect(),
        )
    }

    fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
        out.push(Change::changed(path, before.view(), self.view()));
    }

    fn clone_rc(&self) -> Rc<dyn State> {
        Rc::new(self.clone())
    }
}
