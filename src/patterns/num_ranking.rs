//! L2 top-N by a number that may be a float.

use std::marker::PhantomData;

use super::Order;
use crate::value::{DictKey, Int, Key, Num, Str, first_n};

/// `sorted(items, key=lambda id: (-number, id))` as [`Ranking`](super::Ranking) keeps it, for Python's mixed numbers.
pub struct NumRanking<K> {
    order: Order,
    ids: PhantomData<fn() -> K>,
}

impl<K: DictKey> NumRanking<K> {
    /// Enters a new id.
    pub fn enter(&mut self, id: &K, number: Num) {
        let (size, rest) = place(number);
        self.order.insert(size, Key::Pair((Key::Int(rest), id.to_key()).into()));
    }

    /// Takes out an id that stands at `number`.
    pub fn leave(&mut self, id: &K, number: Num) {
        let (size, rest) = place(number);
        self.order.remove(size, Key::Pair((Key::Int(rest), id.to_key()).into()));
    }

    /// The ids with that number or a higher one; touches no others.
    pub fn at_least(&self, number: Num) -> impl Iterator<Item = K> {
        let (size, rest) = place(number);
        self.order
            .iter()
            .map_while(move |(at, key)| match key {
                Key::Pair(entry) if (*at, &entry.0) <= (size, &Key::Int(rest)) => Some(K::from_key(&entry.1)),
                _ => None,
            })
            .flatten()
    }

    /// The smallest id of those with the lowest number.
    pub fn lowest(&self) -> Option<K> {
        let (size, key) = self.order.iter().next_back()?;
        let Key::Pair(last) = key else { return None };
        let first_of_them = Key::Pair((last.0.clone(), Key::Str(Str::default())).into());
        match self.order.first_not_before((*size, first_of_them)) {
            Some((_, Key::Pair(entry))) => K::from_key(&entry.1),
            _ => None,
        }
    }

    /// The best `n`, as Python's `[:n]` cuts them.
    pub fn top(&self, n: Int) -> impl Iterator<Item = K> {
        first_n(self.order.iter(), n).filter_map(|(_, key)| match key {
            Key::Pair(entry) => K::from_key(&entry.1),
            _ => None,
        })
    }
}

/// Two integers that ascend as the number descends: by the nearest float, then, for an `int` that a float cannot hold, by
/// what is left of it.
fn place(number: Num) -> (Int, Int) {
    // Adding zero makes -0.0 and 0.0 one number.
    let nearest = number.as_f64() + 0.0;
    let bits = nearest.to_bits().cast_signed();
    // The bits of positive floats ascend with them, those of negative ones descend.
    let ascending = if bits < 0 { bits ^ i64::MAX } else { bits };
    #[allow(clippy::cast_possible_truncation)] // the float nearest to an i64 is whole and fits an i128
    let rest = match number {
        Num::Int(n) => i64::try_from(i128::from(n.0) - nearest as i128).unwrap_or_default(),
        Num::Float(_) => 0,
    };
    (Int(!ascending), Int(!rest))
}

impl<K> Clone for NumRanking<K> {
    fn clone(&self) -> Self {
        Self { order: self.order.clone(), ids: PhantomData }
    }
}

impl<K> Default for NumRanking<K> {
    fn default() -> Self {
        Self { order: Order::default(), ids: PhantomData }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number() -> impl Strategy<Value = Num> {
        prop_oneof![
            any::<i64>().prop_map(Num::from),
            (-3..3_i64).prop_map(Num::from),
            ((1_i64 << 60)..(1 << 60) + 600).prop_map(Num::from),
            ((1_i64 << 60)..(1 << 60) + 600).prop_map(|n| Num::Float(Num::from(n).as_f64())),
            any::<f64>().prop_filter("finite", |x| x.is_finite()).prop_map(Num::Float),
            (-3..3_i32).prop_map(|n| Num::Float(f64::from(n) / 2.0)),
            Just(Num::Float(-0.0)),
        ]
    }

    proptest! {
        #[test]
        fn places_descend_as_numbers_ascend(a in number(), b in number()) {
            prop_assert_eq!(Some(place(b).cmp(&place(a))), a.partial_cmp(&b), "{} {}", a, b);
        }
    }
}
