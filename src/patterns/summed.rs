//! L1 capacity by sum: a dict whose values weigh something, and what they weigh together.

use std::ops::Deref;
use std::rc::Rc;

use crate::value::{Change, Dict, Num, Path, State, Str, Value};

/// Something that takes up room.
pub trait Weighed: State + Clone {
    /// How much room; where things are only counted, one each.
    fn weight(&self) -> Num {
        Num::from(1)
    }
}

/// A dict that knows `sum(weight of each value)`. Values are read as of any dict; they change only through here, so the
/// sum cannot go stale.
#[derive(Clone)]
pub struct Summed<V> {
    values: Dict<Str, V>,
    sum: Num,
    /// How many weights are no `int`.
    floats: usize,
}

impl<V: Weighed> Summed<V> {
    /// What all values weigh together: the very number that Python's `sum` gives for them in their order.
    pub fn sum(&self) -> Num {
        self.sum
    }

    /// `self[key] = value`; gives the value that was there.
    pub fn insert(&mut self, key: Str, value: V) -> Option<V> {
        let weight = value.weight();
        let before = self.values.insert(key, value);
        self.floats += usize::from(is_float(weight));
        match &before {
            None => self.sum += weight,
            Some(gone) => self.lose(gone.weight(), weight),
        }
        before
    }

    /// `self.pop(key, None)`.
    pub fn remove(&mut self, key: &Str) -> Option<V> {
        let gone = self.values.remove(key)?;
        self.lose(gone.weight(), Num::from(0));
        Some(gone)
    }

    /// Weighs anew after one weight was replaced by another. Sums of floats depend on the order of the additions, so that
    /// nothing can be taken out of one: they are added up again.
    fn lose(&mut self, gone: Num, come: Num) {
        let any_float = self.floats > 0;
        self.floats -= usize::from(is_float(gone)).min(self.floats);
        self.sum = if any_float {
            self.values.values().fold(Num::from(0), |sum, value| sum + value.weight())
        } else {
            self.sum - gone + come
        };
    }
}

fn is_float(weight: Num) -> bool {
    matches!(weight, Num::Float(_))
}

impl<V> Deref for Summed<V> {
    type Target = Dict<Str, V>;

    fn deref(&self) -> &Dict<Str, V> {
        &self.values
    }
}

impl<V> Default for Summed<V> {
    fn default() -> Self {
        Self { values: Dict::default(), sum: Num::from(0), floats: 0 }
    }
}

impl<V: Weighed> FromIterator<(Str, V)> for Summed<V> {
    fn from_iter<I: IntoIterator<Item = (Str, V)>>(entries: I) -> Self {
        let mut summed = Self::default();
        for (key, value) in entries {
            summed.insert(key, value);
        }
        summed
    }
}

impl<V: Weighed> State for Summed<V> {
    fn view(&self) -> Value {
        self.values.view()
    }

    fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
        match before.downcast_ref::<Self>() {
            Some(before) => self.values.diff(&before.values, path, out),
            None => out.push(Change::changed(path, before.view(), self.view())),
        }
    }

    fn clone_rc(&self) -> Rc<dyn State> {
        Rc::new(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    impl Weighed for Num {
        fn weight(&self) -> Num {
            *self
        }
    }

    fn number() -> impl Strategy<Value = Num> {
        prop_oneof![3 => (-9..9_i64).prop_map(Num::from), 1 => (-9..9_i32).prop_map(|n| Num::Float(f64::from(n) / 10.0))]
    }

    proptest! {
        #[test]
        fn the_sum_is_the_very_number_that_adding_up_in_order_gives(
            edits in prop::collection::vec((0..6_u8, prop::option::weighted(0.7, number())), 0..40)
        ) {
            let mut summed = Summed::default();
            for (key, number) in edits {
                let key = Str::from(key.to_string());
                match number {
                    Some(number) => drop(summed.insert(key, number)),
                    None => drop(summed.remove(&key)),
                }
                let added = summed.values().fold(Num::from(0), |sum, n| sum + *n);
                prop_assert_eq!(format!("{}", summed.sum()), format!("{added}"));
            }
        }
    }
}
