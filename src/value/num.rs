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
}
