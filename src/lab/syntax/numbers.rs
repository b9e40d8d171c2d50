//! Arithmetic as Python does it: exact, or not at all.

use super::sentence::{Sentence, say};
use std::cmp::Ordering;

use super::ast::BinaryOp;
use super::exception::Fault;
use super::value::Val;

/// Up to here every whole number is a float of its own.
const EXACT: u64 = 1 << 53;

/// A number.
#[derive(Clone, Copy, Debug)]
pub enum Number {
    /// An `int` or a `bool`.
    Int(i64),
    /// A `float`.
    Float(f64),
}

impl Number {
    /// The number that a value is.
    pub fn of(value: &Val) -> Option<Self> {
        match value {
            Val::Float(x) => Some(Self::Float(*x)),
            other => other.as_int().map(Self::Int),
        }
    }

    /// The nearest float: `float(n)`.
    #[expect(clippy::cast_precision_loss, reason = "Python rounds to the nearest float too")]
    pub fn as_f64(self) -> f64 {
        match self {
            Self::Int(n) => n as f64,
            Self::Float(x) => x,
        }
    }

    /// Compares exactly, as Python does, also an `int` with a `float`.
    pub fn compare(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Int(a), Self::Int(b)) => a.cmp(&b),
            (Self::Float(a), Self::Float(b)) => a.partial_cmp(&b).unwrap_or(Ordering::Equal),
            (Self::Int(a), Self::Float(b)) => int_with_float(a, b),
            (Self::Float(a), Self::Int(b)) => int_with_float(b, a).reverse(),
        }
    }
}

fn int_with_float(a: i64, b: f64) -> Ordering {
    // Beyond 64 bits the float is further out than any integer here; within, its floor is exact.
    if b >= 9.3e18 {
        return Ordering::Less;
    }
    if b <= -9.3e18 {
        return Ordering::Greater;
    }
    #[expect(clippy::cast_possible_truncation, reason = "the floor of a float of this size fits")]
    let floor = b.floor() as i128;
    i128::from(a).cmp(&floor).then(if b > b.floor() { Ordering::Less } else { Ordering::Equal })
}

/// The integer that a float is equal to.
pub fn whole(x: f64) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
    (x.fract() == 0.0 && (-9.2e18..=9.2e18).contains(&x)).then_some(x as i64)
}

/// `a op b`.
pub fn arithmetic(op: BinaryOp, a: Number, b: Number) -> Result<Val, Fault> {
    match (a, b) {
        (Number::Int(a), Number::Int(b)) if op != BinaryOp::Div => ints(op, a, b),
        (Number::Int(a), Number::Int(b)) => {
            if b == 0 {
                return Err(Fault::raise("ZeroDivisionError", "division by zero"));
            }
            if a.unsigned_abs() > EXACT || b.unsigned_abs() > EXACT {
                return Err(Fault::refuse(say!(
                    "Numbers beyond 2^53 are not divided here.",
                    "呢度唔會除大過 2^53 嘅數。"
                )));
            }
            floats(op, Number::Int(a).as_f64(), Number::Int(b).as_f64())
        }
        (a, b) => floats(op, a.as_f64(), b.as_f64()),
    }
}

fn ints(op: BinaryOp, a: i64, b: i64) -> Result<Val, Fault> {
    let result = match op {
        BinaryOp::Add => a.checked_add(b),
        BinaryOp::Sub => a.checked_sub(b),
        BinaryOp::Mul => a.checked_mul(b),
        BinaryOp::FloorDiv if b == 0 => {
            return Err(Fault::raise("ZeroDivisionError", "integer division or modulo by zero"));
        }
        BinaryOp::Mod if b == 0 => return Err(Fault::raise("ZeroDivisionError", "integer modulo by zero")),
        // Python rounds towards minus infinity, and the remainder takes the sign of the divisor.
        BinaryOp::FloorDiv => a.checked_div(b).map(|q| if a % b != 0 && (a < 0) != (b < 0) { q - 1 } else { q }),
        BinaryOp::Mod => Some(a.wrapping_rem(b)).map(|r| if r != 0 && (r < 0) != (b < 0) { r + b } else { r }),
        BinaryOp::Div => None,
    };
    result.map(Val::Int).ok_or_else(beyond)
}

/// Says that an integer is too large.
pub fn beyond() -> Fault {
    Fault::refuse(beyond_64_bits())
}

/// The sentence for an integer that is too large.
pub fn beyond_64_bits() -> Sentence {
    say!("Whole numbers beyond 64 bits are not known here.", "呢度唔識大過 64 bit 嘅整數。")
}

fn floats(op: BinaryOp, a: f64, b: f64) -> Result<Val, Fault> {
    let zero = |message: &str| Err(Fault::raise("ZeroDivisionError", message));
    Val::float(match op {
        BinaryOp::Add => a + b,
        BinaryOp::Sub => a - b,
        BinaryOp::Mul => a * b,
        BinaryOp::Div if b == 0.0 => return zero("float division by zero"),
        BinaryOp::Div => a / b,
        BinaryOp::FloorDiv if b == 0.0 => return zero("float floor division by zero"),
        BinaryOp::FloorDiv => floor_and_modulo(a, b).0,
        BinaryOp::Mod if b == 0.0 => return zero("float modulo"),
        BinaryOp::Mod => floor_and_modulo(a, b).1,
    })
}

/// CPython's `float_divmod`.
fn floor_and_modulo(a: f64, b: f64) -> (f64, f64) {
    let mut modulo = a % b;
    let mut quotient = (a - modulo) / b;
    if modulo == 0.0 {
        modulo = 0.0_f64.copysign(b);
    } else if (b < 0.0) != (modulo < 0.0) {
        modulo += b;
        quotient -= 1.0;
    }
    let floor = if quotient == 0.0 {
        0.0_f64.copysign(a / b)
    } else {
        let floor = quotient.floor();
        if quotient - floor > 0.5 { floor + 1.0 } else { floor }
    };
    (floor, modulo)
}
