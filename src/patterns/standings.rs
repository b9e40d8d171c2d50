//! L1 rank: ids by a number, highest first, ties by id, each with its place.

use super::Places;
use crate::value::{DictKey, Int, slice_end};

/// A [`Ranking`](super::Ranking) that is also asked for places and for everybody above a number.
#[derive(Clone)]
pub struct Standings<K> {
    /// Ordered by the complement of the number: descending, and without the overflow of a negation.
    places: Places<K>,
}

impl<K> Default for Standings<K> {
    fn default() -> Self {
        Self { places: Places::default() }
    }
}

impl<K: DictKey> Standings<K> {
    /// Enters a new id.
    pub fn enter(&mut self, id: &K, number: Int) {
        self.places.enter(id, Int(!number.0));
    }

    /// Takes out an id that stands at `number`.
    pub fn leave(&mut self, id: &K, number: Int) {
        self.places.leave(id, Int(!number.0));
    }

    /// Moves an id from one number to another.
    pub fn shift(&mut self, id: &K, from: Int, to: Int) {
        if from != to {
            self.leave(id, from);
            self.enter(id, to);
        }
    }

    /// The place of an id that stands at `number`, from 1.
    pub fn place(&self, id: &K, number: Int) -> Int {
        Int::count(self.places.place(id, Int(!number.0))) + 1
    }

    /// The best `n` with their numbers, as Python's `[:n]` cuts them.
    pub fn top(&self, n: Int) -> impl Iterator<Item = (K, Int)> {
        let end = slice_end(self.places.len(), n);
        self.places.iter().take(end).map(|(id, number)| (id, Int(!number.0)))
    }

    /// Everybody who has at least `number`, in order.
    pub fn at_least(&self, number: Int) -> impl Iterator<Item = (K, Int)> {
        self.places.up_to(Int(!number.0)).map(|(id, number)| (id, Int(!number.0)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn standings_are_a_list_sorted_by_number_descending_and_id(
            numbers in prop::collection::vec(-9..9_i64, 0..40), n in -45..45_i64, least in -10..10_i64
        ) {
            let mut standings = Standings::default();
            for (id, number) in (0..).zip(&numbers) {
                standings.enter(&Int(id), Int(0));
                standings.shift(&Int(id), Int(0), Int(*number));
            }
            let mut sorted: Vec<(i64, i64)> = (0..).zip(numbers).collect();
            sorted.sort_by_key(|(id, number)| (-number, *id));
            for (place, (id, number)) in (1..).zip(&sorted) {
                prop_assert_eq!(standings.place(&Int(*id), Int(*number)), Int(place));
            }
            let above: Vec<_> = standings.at_least(Int(least)).map(|(id, number)| (id.0, number.0)).collect();
            prop_assert_eq!(above, sorted.iter().copied().filter(|(_, number)| *number >= least).collect::<Vec<_>>());
            let top: Vec<_> = standings.top(Int(n)).map(|(id, number)| (id.0, number.0)).collect();
            prop_assert_eq!(top, sorted[..slice_end(sorted.len(), Int(n))].to_vec());
        }
    }
}
