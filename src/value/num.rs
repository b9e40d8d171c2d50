//! Numbers that are an `int` or a `float`, as Python keeps them apart.

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, AddAssign, Sub, SubAssign};

use super::{Int, repr};

/// A Python number: stays an `int` until a `float` comes in.
#[derive(Clone, Copy, Debug)]
pub enum Num {
    /// An `int`.
    Int(Int),
    /// A `float`, finite or not.
    Float(f64),
}

impl Num {
    /// The greatest whole number that is not above it.
    #[allow(clippy::cast_possible_truncation)] // saturates, which keeps the order
    pub fn floor(self) -> Int {
        match self {
            Self::Int(n) => n,
            Self::Float(x) => Int(x.floor() as i64),
        }
    }

    /// The smallest whole number that is not below it.
    #[allow(clippy::cast_possible_truncation)] // saturates, which keeps the order
    pub fn ceil(self) -> Int {
        match self {
            Self::Int(n) => n,
            Self::Float(x) => Int(x.ceil() as i64),
        }
    }

    /// The number as a float; beyond 2**53 the nearest one.
    #[allow(clippy::cast_precision_loss)] // Python's float(int) rounds in the same way.
    pub fn as_f64(self) -> f64 {
        match self {
            Self::Int(n) => n.0 as f64,
            Self::Float(x) => x,
        }
    }

    /// Python's `/`: the float nearest to the quotient, also of integers that no float holds. A zero divisor gives `None`
    /// (Python raises).
    pub fn true_div(self, divisor: Self) -> Option<f64> {
        match (self, divisor) {
            (Self::Int(a), Self::Int(b)) if a.0.unsigned_abs() > EXACT || b.0.unsigned_abs() > EXACT => {
                nearest_quotient(a.0, b.0)
            }
            (a, b) => (b.as_f64() != 0.0).then(|| a.as_f64() / b.as_f64()),
        }
    }
}

/// Up to here every whole number is a float of its own.
const EXACT: u64 = 1 << 53;

/// The float nearest to `a / b`.
fn nearest_quotient(a: i64, b: i64) -> Option<f64> {
    let (size, divisor) = (u128::from(a.unsigned_abs()), u128::from(b.unsigned_abs()));
    // With 63 bits and more of the quotient, what is left of the division only decides whether it lies above a middle.
    let shift = size.leading_zeros() - 1;
    let scaled = size << shift;
    let quotient = scaled.checked_div(divisor)? | u128::from(scaled % divisor != 0);
    #[allow(clippy::cast_precision_loss)] // this is where it rounds
    let nearest = quotient as f64 / 2_f64.powi(i32::try_from(shift).ok()?);
    Some(if (a < 0) == (b < 0) { nearest } else { -nearest })
}

impl Default for Num {
    fn default() -> Self {
        Self::Int(Int::ZERO)
    }
}

impl From<Int> for Num {
    fn from(n: Int) -> Self {
        Self::Int(n)
    }
}

impl From<i64> for Num {
    fn from(n: i64) -> Self {
        Self::Int(Int(n))
    }
}

impl Add for Num {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        match (self, other) {
            (Self::Int(a), Self::Int(b)) => Self::Int(a + b),
            (a, b) => Self::Float(a.as_f64() + b.as_f64()),
        }
    }
}

impl Sub for Num {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        match (self, other) {
            (Self::Int(a), Self::Int(b)) => Self::Int(a - b),
            (a, b) => Self::Float(a.as_f64() - b.as_f64()),
        }
    }
}

impl AddAssign for Num {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Num {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

/// Equal values are equal, whatever the type: `2 == 2.0`.
impl PartialEq for Num {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Num {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Int(a), Self::Int(b)) => a.partial_cmp(b),
            (Self::Float(a), Self::Float(b)) => a.partial_cmp(b),
            (Self::Int(n), Self::Float(x)) => compare(*n, *x),
            (Self::Float(x), Self::Int(n)) => compare(*n, *x).map(Ordering::reverse),
        }
    }
}

/// Compares as Python does, without rounding the `int`: 2**53 + 1 is above 2.0**53.
#[allow(clippy::cast_possible_truncation)] // saturates, beyond every `int`
fn compare(n: Int, x: f64) -> Option<Ordering> {
    if x.is_nan() {
        return None;
    }
    match i128::from(n.0).cmp(&(x.trunc() as i128)) {
        Ordering::Equal => 0.0.partial_cmp(&x.fract()),
        unequal => Some(unequal),
    }
}

impl fmt::Display for Num {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(n) => n.fmt(f),
            Self::Float(x) => f.write_str(&repr::float(*x)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_int_is_compared_with_a_float_without_rounding() {
        let two_53 = 1_i64 << 53;
        for (n, x, order) in [
            (2, 2.0, Some(Ordering::Equal)),
            (0, -0.0, Some(Ordering::Equal)),
            (2, 2.5, Some(Ordering::Less)),
            (-2, -2.5, Some(Ordering::Greater)),
            (two_53, 9_007_199_254_740_992.0, Some(Ordering::Equal)),
            (two_53 + 1, 9_007_199_254_740_992.0, Some(Ordering::Greater)),
            (-two_53 - 1, -9_007_199_254_740_992.0, Some(Ordering::Less)),
            (i64::MAX, 9_223_372_036_854_775_808.0, Some(Ordering::Less)),
            (i64::MIN, -9_223_372_036_854_775_808.0, Some(Ordering::Equal)),
            (i64::MAX, f64::INFINITY, Some(Ordering::Less)),
            (i64::MIN, f64::NEG_INFINITY, Some(Ordering::Greater)),
            (0, f64::NAN, None),
        ] {
            let (int, float) = (Num::from(n), Num::Float(x));
            assert_eq!(int.partial_cmp(&float), order, "{int} {float}");
            assert_eq!(float.partial_cmp(&int), order.map(Ordering::reverse), "{float} {int}");
        }
    }

    #[test]
    fn divides_large_integers_as_python_does() {
        let divide = |a: i64, b: i64| Num::from(a).true_div(Num::from(b));
        assert_eq!(divide(9_007_199_254_740_993, 9_007_199_254_740_995), Some(0.999_999_999_999_999_8));
        assert_eq!(divide(i64::MIN, -1), Some(9_223_372_036_854_775_808.0));
        assert_eq!(divide(0, i64::MIN).map(f64::to_bits), Some((-0.0_f64).to_bits()));
        assert_eq!(divide(i64::MAX, 0), None);
        assert_eq!(Num::Float(1.0).true_div(Num::Float(-0.0)), None);
    }

    proptest! {
        #[test]
        fn no_float_is_nearer_to_a_quotient_of_integers(a in 1 << 53..i64::MAX, b in 1..i64::MAX) {
            // Of a size at which `2**60` makes every float whole, so that nothing is rounded here.
            prop_assume!(b / a < 2 && a / b < 1 << 10);
            #[allow(clippy::cast_possible_truncation)]
            let miss = |x: f64| ((i128::from(a) << 60) - (x * 2_f64.powi(60)) as i128 * i128::from(b)).abs();
            let quotient = Num::from(a).true_div(Num::from(b)).unwrap();
            prop_assert!(miss(quotient) <= miss(quotient.next_up()) && miss(quotient) <= miss(quotient.next_down()));
        }
    }
}
