//! Operators on any values.

use super::sentence::say;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::ast::{BinaryOp, CompareOp, UnaryOp};
use super::containers::{Key, check_size, check_text};
use super::exception::Fault;
use super::numbers::{Number, arithmetic, beyond};
use super::value::{Items, Val};

impl BinaryOp {
    const fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Sub => "-",
            Self::Mul => "*",
            Self::Div => "/",
            Self::FloorDiv => "//",
            Self::Mod => "%",
        }
    }
}

/// `op value`.
pub fn unary(op: UnaryOp, value: &Val) -> Result<Val, Fault> {
    if op == UnaryOp::Not {
        return Ok(Val::Bool(!value.is_true()));
    }
    match Number::of(value) {
        Some(Number::Int(n)) if op == UnaryOp::Minus => n.checked_neg().map(Val::Int).ok_or_else(beyond),
        Some(Number::Int(n)) => Ok(Val::Int(n)),
        Some(Number::Float(x)) => Ok(Val::Float(if op == UnaryOp::Minus { -x } else { x })),
        None => {
            let symbol = if op == UnaryOp::Minus { "-" } else { "+" };
            Err(Fault::type_error(format!("bad operand type for unary {symbol}: '{}'", value.type_name())))
        }
    }
}

/// `a op b`.
pub fn binary(op: BinaryOp, a: &Val, b: &Val) -> Result<Val, Fault> {
    if let (Some(a), Some(b)) = (Number::of(a), Number::of(b)) {
        return arithmetic(op, a, b);
    }
    match (op, a, b) {
        (BinaryOp::Add, Val::Str(a), Val::Str(b)) => Val::text(format!("{a}{b}")),
        (BinaryOp::Add, Val::List(a), Val::List(b)) => Val::list(joined(a, b)),
        (BinaryOp::Add, Val::Tuple(a), Val::Tuple(b)) => Val::tuple(joined(a, b)),
        (BinaryOp::Add, Val::Str(_) | Val::List(_) | Val::Tuple(_), b) => {
            let kind = a.type_name();
            Err(Fault::type_error(format!("can only concatenate {kind} (not \"{}\") to {kind}", b.type_name())))
        }
        (BinaryOp::Mul, Val::Str(_) | Val::List(_) | Val::Tuple(_), times) => repeated(a, times),
        (BinaryOp::Mul, times, Val::Str(_) | Val::List(_) | Val::Tuple(_)) => repeated(b, times),
        (BinaryOp::Mod, Val::Str(_), _) => Err(Fault::refuse(say!(
            "Formatting with `%` is not known here: use an f-string.",
            "呢度唔識用 `%` format：用 f-string。"
        ))),
        _ => Err(Fault::type_error(format!(
            "unsupported operand type(s) for {}: '{}' and '{}'",
            op.symbol(),
            a.type_name(),
            b.type_name()
        ))),
    }
}

fn joined(a: &Items, b: &Items) -> Vec<Val> {
    a.values.iter().chain(&b.values).cloned().collect()
}

fn repeated(sequence: &Val, times: &Val) -> Result<Val, Fault> {
    let Some(times) = times.as_int() else {
        let kind = times.type_name();
        return Err(Fault::type_error(format!("can't multiply sequence by non-int of type '{kind}'")));
    };
    let times = usize::try_from(times.max(0)).unwrap_or(usize::MAX);
    let copies = |items: &Items| {
        check_size(items.values.len().saturating_mul(times))?;
        let len = items.values.len() * times;
        Ok(items.values.iter().cycle().take(len).cloned().collect())
    };
    match sequence {
        Val::Str(text) => {
            check_text(text.len().saturating_mul(times))?;
            Val::text(text.repeat(times))
        }
        Val::Tuple(items) => Val::tuple(copies(items)?),
        Val::List(items) => Val::list(copies(items)?),
        other => Ok(other.clone()),
    }
}

/// `a op b`, for a comparison.
pub fn compare(op: CompareOp, a: &Val, b: &Val) -> Result<bool, Fault> {
    let ordered = |symbol: &str, passes: fn(Ordering) -> bool| order(a, b, symbol).map(passes);
    match op {
        CompareOp::Eq => Ok(equal(a, b)),
        CompareOp::Ne => Ok(!equal(a, b)),
        CompareOp::Lt => ordered("<", Ordering::is_lt),
        CompareOp::Le => ordered("<=", Ordering::is_le),
        CompareOp::Gt => ordered(">", Ordering::is_gt),
        CompareOp::Ge => ordered(">=", Ordering::is_ge),
        CompareOp::In => contains(b, a),
        CompareOp::NotIn => contains(b, a).map(|found| !found),
        CompareOp::Is => identical(a, b),
        CompareOp::IsNot => identical(a, b).map(|same| !same),
    }
}

/// `a == b`.
pub fn equal(a: &Val, b: &Val) -> bool {
    match (a, b) {
        (Val::None, Val::None) => true,
        (Val::Str(a), Val::Str(b)) => a == b,
        (Val::List(a), Val::List(b)) | (Val::Tuple(a), Val::Tuple(b)) => {
            Rc::ptr_eq(a, b)
                || (a.values.len() == b.values.len() && a.values.iter().zip(&b.values).all(|(a, b)| equal(a, b)))
        }
        (Val::Row(table, row), Val::Row(other, at)) if Rc::ptr_eq(table, other) && row == at => true,
        (Val::Dict(a), Val::Dict(b)) => Rc::ptr_eq(a, b) || equal_entries(&a.values, &b.values),
        (Val::Row(table, row), Val::Dict(entries)) | (Val::Dict(entries), Val::Row(table, row)) => {
            equal_entries(&Val::row_values(&**table, *row), &entries.values)
        }
        (Val::Row(table, row), Val::Row(other, at)) => {
            equal_entries(&Val::row_values(&**table, *row), &Val::row_values(&**other, *at))
        }
        (Val::Range(a), Val::Range(b)) => {
            a.len() == b.len() && (a.len() == 0 || (a.start == b.start && (a.len() == 1 || a.by == b.by)))
        }
        (Val::Semaphore(a), Val::Semaphore(b))
        | (Val::Lock(a), Val::Lock(b))
        | (Val::Queue(a), Val::Queue(b))
        | (Val::Locks(a), Val::Locks(b)) => a == b,
        (Val::Exception(a), Val::Exception(b)) => Rc::ptr_eq(a, b),
        (Val::Function(a), Val::Function(b)) => Rc::ptr_eq(a, b),
        (Val::Coroutine(a), Val::Coroutine(b)) => Rc::ptr_eq(a, b),
        (Val::Builtin(a), Val::Builtin(b)) => a == b,
        _ => match (Number::of(a), Number::of(b)) {
            (Some(a), Some(b)) => a.compare(b).is_eq(),
            _ => false,
        },
    }
}

fn equal_entries(a: &[Val], b: &[Val]) -> bool {
    let entries = |values: &[Val]| -> BTreeMap<Key, Val> {
        values
            .chunks_exact(2)
            .filter_map(|entry| Some((Key::of(entry.first()?).ok()?, entry.last()?.clone())))
            .collect()
    };
    a.len() == b.len() && {
        let b = entries(b);
        entries(a).iter().all(|(key, value)| b.get(key).is_some_and(|other| equal(value, other)))
    }
}

/// How two values are ordered; `symbol` is for the message when they are not.
pub fn order(a: &Val, b: &Val, symbol: &str) -> Result<Ordering, Fault> {
    match (a, b) {
        (Val::Str(a), Val::Str(b)) => Ok(a.cmp(b)),
        (Val::List(a), Val::List(b)) | (Val::Tuple(a), Val::Tuple(b)) => {
            match a.values.iter().zip(&b.values).find(|(a, b)| !equal(a, b)) {
                Some((a, b)) => order(a, b, symbol),
                None => Ok(a.values.len().cmp(&b.values.len())),
            }
        }
        _ => {
            if let (Some(a), Some(b)) = (Number::of(a), Number::of(b)) {
                return Ok(a.compare(b));
            }
            let (a, b) = (a.type_name(), b.type_name());
            Err(Fault::type_error(format!("'{symbol}' not supported between instances of '{a}' and '{b}'")))
        }
    }
}

fn contains(container: &Val, value: &Val) -> Result<bool, Fault> {
    match container {
        Val::Str(text) => match value {
            Val::Str(part) => Ok(text.contains(&**part)),
            other => {
                let kind = other.type_name();
                Err(Fault::type_error(format!("'in <string>' requires string as left operand, not {kind}")))
            }
        },
        Val::List(items) | Val::Tuple(items) => Ok(items.values.iter().any(|item| equal(item, value))),
        Val::Dict(_) | Val::Row(..) => Key::of(value).map(|_| container.lookup(value).is_some()),
        Val::Range(range) => Ok(match Number::of(value) {
            Some(Number::Int(n)) => in_range(range, n),
            Some(Number::Float(x)) => super::numbers::whole(x).is_some_and(|n| in_range(range, n)),
            None => false,
        }),
        Val::Locks(_) | Val::Queue(_) => {
            Err(Fault::refuse(say!("What is in it is known only when the program runs.", "入面有乜，行起程式先知。")))
        }
        other => Err(Fault::type_error(format!("argument of type '{}' is not iterable", other.type_name()))),
    }
}

fn in_range(range: &super::value::Range, n: i64) -> bool {
    let (n, start, stop, by) = (i128::from(n), i128::from(range.start), i128::from(range.stop), i128::from(range.by));
    let within = if by > 0 { start <= n && n < stop } else { stop < n && n <= start };
    within && (n - start) % by == 0
}

/// `a is b`, where that does not depend on how Python keeps its values.
fn identical(a: &Val, b: &Val) -> Result<bool, Fault> {
    let single = |value: &Val| matches!(value, Val::None | Val::Bool(_));
    match (a, b) {
        (Val::None, Val::None) => Ok(true),
        (Val::Bool(a), Val::Bool(b)) => Ok(a == b),
        _ if single(a) || single(b) => Ok(false),
        _ => Err(Fault::refuse(say!(
            "`is` asks for the same object: compare values with `==`.",
            "`is` 問嘅係「係咪同一個 object」：比較 value 用 `==`。"
        ))),
    }
}

/// Sorts, stable, as `sorted` does.
pub fn sort(values: &[Val]) -> Result<Vec<Val>, Fault> {
    if values.len() < 2 {
        return Ok(values.to_vec());
    }
    // A merge sort of our own: that of the standard library takes no order that can fail.
    let (left, right) = values.split_at(values.len() / 2);
    let (mut left, mut right) = (sort(left)?.into_iter().peekable(), sort(right)?.into_iter().peekable());
    let mut merged = Vec::with_capacity(values.len());
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        let next = if order(b, a, "<")?.is_lt() { right.next() } else { left.next() };
        merged.extend(next);
    }
    merged.extend(left);
    merged.extend(right);
    Ok(merged)
}
