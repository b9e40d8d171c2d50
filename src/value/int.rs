//! Integers that notice when they leave 64 bits.

use std::cell::Cell;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub, SubAssign};

thread_local! {
    static OVERFLOWED: Cell<bool> = const { Cell::new(false) };
}

/// A Python `int` within 64 bits.
///
/// Python's integers grow without end; ours saturate and raise a flag, which the dispatcher turns into a `limit` error
/// and a rollback. Domain code can so be written as plain arithmetic, and still never answers with a wrapped number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Int(pub i64);

impl Int {
    /// Zero.
    pub const ZERO: Self = Self(0);

    /// Tells whether any arithmetic overflowed since the last call, and lowers the flag.
    pub(crate) fn take_overflow() -> bool {
        OVERFLOWED.replace(false)
    }

    fn settle(exact: Option<i64>, saturated: i64) -> Self {
        Self(exact.unwrap_or_else(|| {
            OVERFLOWED.set(true);
            saturated
        }))
    }

    /// Python's `//`: rounds towards minus infinity. A zero divisor gives `None` (Python raises).
    pub fn floor_div(self, divisor: Self) -> Option<Self> {
        (divisor.0 != 0).then(|| {
            let exact = self.0.checked_div_euclid(divisor.0);
            // Euclidean and floor division differ for negative divisors only, when there is a remainder.
            let floored = match exact {
                Some(q) if divisor.0 < 0 && self.0.rem_euclid(divisor.0) != 0 => Some(q - 1),
                other => other,
            };
            Self::settle(floored, i64::MAX)
        })
    }

    /// Python's `%`: takes the sign of the divisor. A zero divisor gives `None` (Python raises).
    pub fn modulo(self, divisor: Self) -> Option<Self> {
        (divisor.0 != 0).then(|| {
            let rem = self.0.checked_rem(divisor.0).unwrap_or(0);
            Self(if rem != 0 && (rem < 0) != (divisor.0 < 0) { rem + divisor.0 } else { rem })
        })
    }

    /// `self * 2**exponent`, for a non-negative exponent.
    #[must_use]
    pub fn shifted(self, exponent: Self) -> Self {
        let factor = u32::try_from(exponent.0).ok().and_then(|e| 2_i64.checked_pow(e));
        match factor {
            Some(factor) => self * Self(factor),
            None if self.0 == 0 => self,
            None => Self::settle(None, i64::MAX),
        }
    }

    /// How many, as an integer.
    pub fn count(n: usize) -> Self {
        Self(i64::try_from(n).unwrap_or(i64::MAX))
    }
}

impl From<i64> for Int {
    fn from(n: i64) -> Self {
        Self(n)
    }
}

macro_rules! arithmetic {
    ($($trait:ident $method:ident $checked:ident $saturating:ident;)*) => {$(
        impl $trait for Int {
            type Output = Self;
            fn $method(self, other: Self) -> Self {
                Self::settle(self.0.$checked(other.0), self.0.$saturating(other.0))
            }
        }
        impl $trait<i64> for Int {
            type Output = Self;
            fn $method(self, other: i64) -> Self {
                $trait::$method(self, Self(other))
            }
        }
    )*};
}

arithmetic! {
    Add add checked_add saturating_add;
    Sub sub checked_sub saturating_sub;
    Mul mul checked_mul saturating_mul;
}

impl Neg for Int {
    type Output = Self;

    fn neg(self) -> Self {
        Self(0) - self
    }
}

impl AddAssign for Int {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl AddAssign<i64> for Int {
    fn add_assign(&mut self, other: i64) {
        *self = *self + other;
    }
}

impl SubAssign for Int {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Sum for Int {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self(0), |total, n| total + n)
    }
}

impl PartialEq<i64> for Int {
    fn eq(&self, other: &i64) -> bool {
        self.0 == *other
    }
}

impl PartialOrd<i64> for Int {
    fn partial_cmp(&self, other: &i64) -> Option<std::cmp::Ordering> {
        self.0.partial_cmp(other)
    }
}

impl fmt::Display for Int {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn division_floors_as_python_does() {
        for (a, b, quotient, remainder) in
            [(7, 2, 3, 1), (-7, 2, -4, 1), (7, -2, -4, -1), (-7, -2, 3, -1), (-98, 100, -1, 2)]
        {
            assert_eq!(Int(a).floor_div(Int(b)), Some(Int(quotient)), "{a} // {b}");
            assert_eq!(Int(a).modulo(Int(b)), Some(Int(remainder)), "{a} % {b}");
        }
        assert_eq!(Int(1).floor_div(Int(0)), None);
    }

    #[test]
    fn overflow_raises_the_flag_once() {
        assert!(!Int::take_overflow());
        assert_eq!(Int(i64::MAX) + 1, Int(i64::MAX));
        assert!(Int::take_overflow());
        assert!(!Int::take_overflow());
        assert_eq!(Int(3).shifted(Int(4)), Int(48));
        assert!(!Int::take_overflow());
        let _ = Int(3).shifted(Int(400));
        assert!(Int::take_overflow());
    }
}
