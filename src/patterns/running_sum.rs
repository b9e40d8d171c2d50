//! `sum(...)` of numbers that come and go, without adding them all up again.

use crate::value::Num;

/// Fractions are counted in units of `1 / UNITS`.
const UNITS: f64 = 1024.0;
/// A float holds every whole number up to here.
const EXACT: u128 = 1 << 53;

/// The sum of some numbers, as long as it does not depend on the order in which they are added.
///
/// A sum of floats does, in general: each addition rounds. It does not where nothing has to be rounded, which is so for
/// integers, and for fractions such as 2.5 that a small power of two makes whole.
#[derive(Clone, Copy, Debug, Default)]
pub struct RunningSum {
    /// The sum of the even ones, in units.
    units: i128,
    /// The sum of their sizes: no partial sum, in whatever order, goes beyond it.
    reach: u128,
    /// How many are floats: one suffices to make the sum a float.
    floats: usize,
    /// How many floats are no whole number of units.
    uneven: usize,
}

impl RunningSum {
    /// Adds a number.
    pub fn add(&mut self, number: Num) {
        let units = whole_units(number).unwrap_or_default();
        self.units += units;
        self.reach += units.unsigned_abs();
        self.floats += usize::from(matches!(number, Num::Float(_)));
        self.uneven += usize::from(whole_units(number).is_none());
    }

    /// Takes away a number that was added.
    pub fn take(&mut self, number: Num) {
        let units = whole_units(number).unwrap_or_default();
        self.units -= units;
        self.reach = self.reach.saturating_sub(units.unsigned_abs());
        self.floats = self.floats.saturating_sub(usize::from(matches!(number, Num::Float(_))));
        self.uneven = self.uneven.saturating_sub(usize::from(whole_units(number).is_none()));
    }

    /// What Python's `sum` of the numbers gives, in whatever order; `None` when the order matters.
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)] // exact below EXACT, and UNITS is whole
    pub fn total(&self) -> Option<Num> {
        if self.floats == 0 {
            return i64::try_from(self.units / UNITS as i128).ok().map(Num::from);
        }
        (self.uneven == 0 && self.reach <= EXACT).then(|| Num::Float(self.units as f64 / UNITS))
    }
}

/// A number in units, if it is a whole number of them.
#[allow(clippy::cast_possible_truncation)] // whole, and far inside the range
fn whole_units(number: Num) -> Option<i128> {
    match number {
        Num::Int(n) => Some(i128::from(n.0) * UNITS as i128),
        Num::Float(x) => {
            let units = x * UNITS;
            (units.fract() == 0.0 && units.abs() < 9e15).then_some(units as i128)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number() -> impl Strategy<Value = Num> {
        prop_oneof![
            4 => (-50..200_i64).prop_map(Num::from),
            3 => (-9..90_i32).prop_map(|n| Num::Float(f64::from(n) / 2.0)),
            1 => (0..9_i32).prop_map(|n| Num::Float(f64::from(n) / 10.0)),
            1 => ((1_i64 << 43)..(1 << 44)).prop_map(Num::from),
            1 => Just(Num::Float(1e300)),
        ]
    }

    proptest! {
        #[test]
        fn the_total_is_the_sum_in_any_order(
            numbers in prop::collection::vec((number(), any::<bool>()), 0..12), whole in any::<bool>()
        ) {
            let mut sum = RunningSum::default();
            let mut left = Vec::new();
            for (number, stays) in numbers {
                if whole && matches!(number, Num::Float(_)) {
                    continue;
                }
                sum.add(number);
                left.push((number, stays));
            }
            for (number, _) in left.extract_if(.., |(_, stays)| !*stays) {
                sum.take(number);
            }
            let forwards = left.iter().fold(Num::from(0), |total, (number, _)| total + *number);
            let backwards = left.iter().rev().fold(Num::from(0), |total, (number, _)| total + *number);
            if let Some(total) = sum.total() {
                prop_assert_eq!(total, forwards);
                prop_assert_eq!(total, backwards);
                prop_assert_eq!(matches!(total, Num::Int(_)), matches!(forwards, Num::Int(_)));
            } else {
                prop_assert!(!whole, "whole numbers always have a total");
            }
        }
    }
}
