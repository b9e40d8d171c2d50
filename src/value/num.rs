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
            (a, b) => a.as_f64().partial_cmp(&b.as_f64()),
        }
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
