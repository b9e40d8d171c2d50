//! Functions that only compute.

use crate::lab::syntax::sentence::say;
use std::cmp::Ordering;
use std::rc::Rc;

use super::{Expander, Placed, Stop};
use crate::lab::syntax::ast::{BinaryOp, Call, Expr, UnaryOp};
use crate::lab::syntax::error::Place;
use crate::lab::syntax::exception::Fault;
use crate::lab::syntax::numbers::{Number, beyond, whole};
use crate::lab::syntax::operators::{binary, order, sort, unary};
use crate::lab::syntax::text::{repr_of, str_of};
use crate::lab::syntax::value::{Builtin, Range, Val};
use crate::value::Value;

impl Expander<'_> {
    pub(super) fn plain(&mut self, builtin: Builtin, call: &Call, at: Place) -> Result<Val, Stop> {
        match (builtin, call.arguments.as_slice()) {
            (Builtin::Max | Builtin::Min, [single]) => {
                let values = self.spread(single)?;
                self.extreme(builtin, values, at)
            }
            (Builtin::Max | Builtin::Min, [_, _, ..]) => {
                let values = self.arguments(&call.arguments)?;
                self.extreme(builtin, values, at)
            }
            (Builtin::Sorted, [values]) => self.sorted(values, call, at),
            (Builtin::Sum, [values]) => self.sum(values, Val::Int(0), at),
            (Builtin::Sum, [values, start]) => {
                let start = self.eval(start)?;
                self.sum(values, start, at)
            }
            (Builtin::List, [values]) => {
                let values = self.spread(values)?;
                self.list(values, at)
            }
            (Builtin::Tuple, [values]) => {
                let values = self.spread(values)?;
                Val::tuple(values).at(at)
            }
            (Builtin::Range, [_] | [_, _] | [_, _, _]) => {
                let arguments = self.arguments(&call.arguments)?;
                range(&arguments).at(at)
            }
            (
                Builtin::Abs
                | Builtin::Bool
                | Builtin::Float
                | Builtin::Int
                | Builtin::Len
                | Builtin::Repr
                | Builtin::Str,
                [value],
            ) => {
                let value = self.eval(value)?;
                let written = matches!(builtin, Builtin::Repr | Builtin::Str);
                self.charge(if written { value.weight() } else { value.size() }, at)?;
                single(builtin, &value).at(at)
            }
            (Builtin::Dict, _) => {
                Err(Stop::refuse(at, say!("Write a dict as `{key: value}`.", "dict 寫做 `{key: value}`。")))
            }
            _ => {
                let name = builtin.name();
                Err(Stop::refuse(
                    at,
                    say!(
                        "`{0}` does not take {1} arguments here.",
                        "`{0}` 喺呢度唔收 {1} 個 argument。",
                        name,
                        call.arguments.len()
                    ),
                ))
            }
        }
    }

    fn extreme(&mut self, builtin: Builtin, values: Vec<Val>, at: Place) -> Result<Val, Stop> {
        let (symbol, wanted) = if builtin == Builtin::Max { (">", Ordering::Greater) } else { ("<", Ordering::Less) };
        let mut values = values.into_iter();
        let Some(mut best) = values.next() else {
            return Err(Fault::raise("ValueError", format!("{}() arg is an empty sequence", builtin.name()))).at(at);
        };
        for value in values {
            self.charge(value.weight(), at)?;
            if order(&value, &best, symbol).at(at)? == wanted {
                best = value;
            }
        }
        Ok(best)
    }

    fn sorted(&mut self, values: &Expr, call: &Call, at: Place) -> Result<Val, Stop> {
        let mut values = self.spread(values)?;
        let mut reverse = false;
        for (_, value) in &call.keywords {
            reverse = self.eval(value)?.is_true();
        }
        let weight: usize = values.iter().map(Val::weight).sum();
        let passes = usize::try_from(values.len().max(1).ilog2()).unwrap_or_default();
        self.charge(weight.saturating_mul(passes + 1), at)?;
        // Equals keep their order also when it goes down.
        if reverse {
            values.reverse();
        }
        let mut values = sort(&values).at(at)?;
        if reverse {
            values.reverse();
        }
        self.list(values, at)
    }

    fn sum(&mut self, values: &Expr, start: Val, at: Place) -> Result<Val, Stop> {
        if matches!(start, Val::Str(_)) {
            return Err(Fault::type_error("sum() can't sum strings [use ''.join(seq) instead]")).at(at);
        }
        let mut total = start;
        for value in self.spread(values)? {
            self.charge(total.size(), at)?;
            total = binary(BinaryOp::Add, &total, &value).at(at)?;
        }
        Ok(total)
    }
}

fn range(arguments: &[Val]) -> Result<Val, Fault> {
    let mut numbers = Vec::with_capacity(3);
    for argument in arguments {
        numbers.push(argument.as_int().ok_or_else(|| {
            Fault::type_error(format!("'{}' object cannot be interpreted as an integer", argument.type_name()))
        })?);
    }
    let range = match numbers.as_slice() {
        [stop] => Range { start: 0, stop: *stop, by: 1 },
        [start, stop] => Range { start: *start, stop: *stop, by: 1 },
        [_, _, 0] => return Err(Fault::raise("ValueError", "range() arg 3 must not be zero")),
        [start, stop, by] => Range { start: *start, stop: *stop, by: *by },
        _ => return Err(Fault::refuse(say!("`range` takes one to three numbers.", "`range` 收一至三個數。"))),
    };
    Ok(Val::Range(Rc::new(range)))
}

fn single(builtin: Builtin, value: &Val) -> Result<Val, Fault> {
    match builtin {
        Builtin::Bool => Ok(Val::Bool(value.is_true())),
        Builtin::Str => str_of(value).map(Val::Str),
        Builtin::Repr => repr_of(value).map(Val::Str),
        Builtin::Len => length(value),
        Builtin::Int => int(value),
        Builtin::Float => float(value),
        _ => match Number::of(value) {
            Some(Number::Float(x)) => Ok(Val::Float(x.abs())),
            Some(Number::Int(n)) if n < 0 => unary(UnaryOp::Minus, &Val::Int(n)),
            Some(Number::Int(n)) => Ok(Val::Int(n)),
            None => Err(Fault::type_error(format!("bad operand type for abs(): '{}'", value.type_name()))),
        },
    }
}

fn length(value: &Val) -> Result<Val, Fault> {
    let length = match value {
        Val::Str(text) => text.chars().count(),
        Val::List(items) | Val::Tuple(items) => items.values.len(),
        Val::Dict(items) => items.values.len() / 2,
        Val::Row(table, _) => table.keys().len(),
        Val::Range(range) => range.len(),
        other => return Err(Fault::type_error(format!("object of type '{}' has no len()", other.type_name()))),
    };
    i64::try_from(length).map(Val::Int).map_err(|_| beyond())
}

fn int(value: &Val) -> Result<Val, Fault> {
    match value {
        Val::Float(x) if x.is_infinite() => {
            Err(Fault::raise("OverflowError", "cannot convert float infinity to integer"))
        }
        Val::Float(x) => whole(x.trunc()).map(Val::Int).ok_or_else(beyond),
        Val::Str(text) => {
            let digits = digits(text);
            let unsigned = digits.strip_prefix(['+', '-']).unwrap_or(&digits);
            if unsigned.is_empty() || !unsigned.bytes().all(|c| c.is_ascii_digit()) {
                let shown = Value::Str(text.clone()).repr();
                return Err(Fault::raise("ValueError", format!("invalid literal for int() with base 10: {shown}")));
            }
            digits.parse().map(Val::Int).map_err(|_| beyond())
        }
        other => other.as_int().map(Val::Int).ok_or_else(|| {
            let kind = other.type_name();
            Fault::type_error(format!(
                "int() argument must be a string, a bytes-like object or a real number, not '{kind}'"
            ))
        }),
    }
}

fn float(value: &Val) -> Result<Val, Fault> {
    if let Some(number) = Number::of(value) {
        return Ok(Val::Float(number.as_f64()));
    }
    let Val::Str(text) = value else {
        let kind = value.type_name();
        return Err(Fault::type_error(format!("float() argument must be a string or a real number, not '{kind}'")));
    };
    if let Ok(x) = digits(text).to_lowercase().parse() {
        return Val::float(x);
    }
    let shown = Value::Str(text.clone()).repr();
    Err(Fault::raise("ValueError", format!("could not convert string to float: {shown}")))
}

/// The text of a number without spaces around and single underscores between digits.
fn digits(text: &str) -> String {
    let text = text.trim();
    let chars: Vec<char> = text.chars().collect();
    let is_digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    let between = |at: usize| is_digit(at.checked_sub(1)) && is_digit(at.checked_add(1));
    chars.iter().enumerate().filter(|(at, c)| **c != '_' || !between(*at)).map(|(_, c)| *c).collect()
}
