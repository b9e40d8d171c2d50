//! Expressions.

use super::{Expander, Placed, Stop};
use crate::lab::syntax::ast::{CompareOp, Expr, ExprKind, Format};
use crate::lab::syntax::containers::{Key, check_text};
use crate::lab::syntax::error::Place;
use crate::lab::syntax::exception::Fault;
use crate::lab::syntax::operators::{binary, compare, unary};
use crate::lab::syntax::sentence::say;
use crate::lab::syntax::text::{repr_of, str_of};
use crate::lab::syntax::value::{Range, Val};

impl Expander<'_> {
    pub(super) fn eval(&mut self, expr: &Expr) -> Result<Val, Stop> {
        self.charge(1, expr.at)?;
        match &expr.kind {
            ExprKind::Constant(value) => Ok(value.clone()),
            ExprKind::Name(variable) => self.frames.read(*variable, || self.text(variable.name)),
            _ => self.deeper(expr.at, |this| this.compound(expr)),
        }
    }

    /// An expression with parts.
    fn compound(&mut self, expr: &Expr) -> Result<Val, Stop> {
        let at = expr.at;
        match &expr.kind {
            // These two have been dealt with.
            ExprKind::Constant(value) => Ok(value.clone()),
            ExprKind::Name(variable) => self.frames.read(*variable, || self.text(variable.name)),
            ExprKind::Format(pieces) => self.format(pieces, at),
            ExprKind::List(items) => {
                let values = self.all(items)?;
                self.list(values, at)
            }
            ExprKind::Tuple(items) => {
                let values = self.all(items)?;
                Val::tuple(values).at(at)
            }
            ExprKind::Dict(entries) => {
                let mut values = Vec::with_capacity(entries.len());
                for (key, value) in entries {
                    values.push((self.eval(key)?, self.eval(value)?));
                }
                Val::dict(values).at(at)
            }
            ExprKind::Comprehension(comprehension) if !comprehension.is_generator => {
                let values = self.comprehension(comprehension)?;
                self.list(values, at)
            }
            ExprKind::Comprehension(_) => Err(Stop::refuse(
                at,
                say!(
                    "This is iterated at once only, as in `sum(..)` or `gather(*(..))`: for a list write `[..]`.",
                    "呢個淨係可以即刻行晒佢，好似 `sum(..)` 或者 `gather(*(..))`：要 list 就寫 `[..]`。"
                ),
            )),
            ExprKind::Subscript(pair) => {
                let (value, index) = (self.eval(&pair.0)?, self.eval(&pair.1)?);
                self.subscript(&value, &index, at)
            }
            ExprKind::Slice(parts) => {
                let value = self.eval(&parts.0)?;
                self.slice(&value, &parts.1, at)
            }
            ExprKind::Attribute(object, name) => self.attribute(object, *name, at),
            ExprKind::Call(call) => self.call(call, at),
            ExprKind::Star(_) => Err(Stop::refuse(
                at,
                say!("`*` spreads arguments of `gather(...)` only.", "`*` 淨係用嚟攤開 `gather(...)` 嘅 argument。"),
            )),
            ExprKind::Await(operand) => self.await_(operand, at),
            ExprKind::Unary(op, operand) => {
                let value = self.eval(operand)?;
                unary(*op, &value).at(at)
            }
            ExprKind::Binary(first, rest) => {
                let mut value = self.eval(first)?;
                for (op, operand) in rest {
                    let other = self.eval(operand)?;
                    value = binary(*op, &value, &other).at(at)?;
                    self.charge(value.size(), at)?;
                }
                Ok(value)
            }
            ExprKind::Compare(first, rest) => self.comparisons(first, rest, at),
            ExprKind::Logical(and, operands) => {
                let mut value = Val::None;
                for operand in operands {
                    value = self.eval(operand)?;
                    if value.is_true() != *and {
                        break;
                    }
                }
                Ok(value)
            }
            ExprKind::Conditional(parts) => {
                let [test, value, other] = &**parts;
                let chosen = if self.eval(test)?.is_true() { value } else { other };
                self.eval(chosen)
            }
        }
    }

    pub(super) fn all(&mut self, items: &[Expr]) -> Result<Vec<Val>, Stop> {
        items.iter().map(|item| self.eval(item)).collect()
    }

    fn format(&mut self, pieces: &[Format], at: Place) -> Result<Val, Stop> {
        let mut text = String::new();
        for piece in pieces {
            match piece {
                Format::Text(part) => text.push_str(part),
                Format::Field(expr, repr) => {
                    let value = self.eval(expr)?;
                    self.charge(value.weight(), expr.at)?;
                    let part = if *repr { repr_of(&value) } else { str_of(&value) };
                    text.push_str(&part.at(expr.at)?);
                }
            }
            check_text(text.len()).at(at)?;
        }
        self.charge(text.len() / 8, at)?;
        Val::text(text).at(at)
    }

    fn comparisons(&mut self, first: &Expr, rest: &[(CompareOp, Expr)], at: Place) -> Result<Val, Stop> {
        let mut left = self.eval(first)?;
        for (op, operand) in rest {
            let right = self.eval(operand)?;
            self.charge(left.weight().saturating_add(right.weight()), at)?;
            if !compare(*op, &left, &right).at(at)? {
                return Ok(Val::Bool(false));
            }
            left = right;
        }
        Ok(Val::Bool(true))
    }

    fn subscript(&mut self, value: &Val, index: &Val, at: Place) -> Result<Val, Stop> {
        let (kind, length) = match value {
            Val::Dict(items) => {
                self.charge(items.values.len() / 4, at)?;
                return entry(value, index, at);
            }
            Val::Row(..) => return entry(value, index, at),
            Val::Locks(dict) => return self.resources.lock_of(*dict, index).at(at),
            Val::List(items) => ("list", items.values.len()),
            Val::Tuple(items) => ("tuple", items.values.len()),
            Val::Str(text) => {
                self.charge(text.len() / 16, at)?;
                ("string", text.chars().count())
            }
            Val::Range(range) => ("range", range.len()),
            other => {
                return Err(Fault::type_error(format!("'{}' object is not subscriptable", other.type_name()))).at(at);
            }
        };
        let Some(position) = index.as_int() else {
            let found = index.type_name();
            let message = match value {
                Val::Str(_) => format!("string indices must be integers, not '{found}'"),
                _ => format!("{kind} indices must be integers or slices, not {found}"),
            };
            return Err(Fault::type_error(message)).at(at);
        };
        let position = if position < 0 {
            length.checked_sub(usize::try_from(position.unsigned_abs()).unwrap_or(usize::MAX))
        } else {
            usize::try_from(position).ok().filter(|position| *position < length)
        };
        let item = position.and_then(|position| match value {
            Val::List(items) | Val::Tuple(items) => items.values.get(position).cloned(),
            Val::Str(text) => text.chars().nth(position).map(|c| Val::Str(c.to_string().into())),
            Val::Range(range) => Some(range.at(position)),
            _ => None,
        });
        let kind = if kind == "range" { "range object" } else { kind };
        item.ok_or_else(|| Fault::raise("IndexError", format!("{kind} index out of range"))).at(at)
    }

    fn slice(&mut self, value: &Val, parts: &[Option<Expr>; 3], at: Place) -> Result<Val, Stop> {
        let mut bounds = [None; 3];
        for (bound, part) in bounds.iter_mut().zip(parts) {
            let part = part.as_ref().map(|part| self.eval(part)).transpose()?;
            *bound = match part {
                None | Some(Val::None) => None,
                Some(other) => Some(
                    other
                        .as_int()
                        .ok_or_else(|| {
                            Fault::type_error("slice indices must be integers or None or have an __index__ method")
                        })
                        .at(at)?,
                ),
            };
        }
        let [start, stop, by] = bounds;
        if by == Some(0) {
            return Err(Fault::raise("ValueError", "slice step cannot be zero")).at(at);
        }
        self.charge(value.size(), at)?;
        let pick = |length: usize| positions(length, start, stop, by.unwrap_or(1));
        let chosen = |values: &[Val]| -> Vec<Val> {
            let positions = pick(values.len());
            (0..positions.len())
                .filter_map(|nth| usize::try_from(positions.at(nth).as_int()?).ok())
                .filter_map(|position| values.get(position).cloned())
                .collect()
        };
        match value {
            Val::List(items) => Val::list(chosen(&items.values)).at(at),
            Val::Tuple(items) => Val::tuple(chosen(&items.values)).at(at),
            Val::Str(text) => {
                let chars: Vec<Val> = text.chars().map(|c| Val::Str(c.to_string().into())).collect();
                let chosen: String =
                    chosen(&chars).iter().filter_map(|c| str_of(c).ok()).map(|c| c.to_string()).collect();
                Val::text(chosen).at(at)
            }
            Val::Range(_) => Err(Stop::refuse(
                at,
                say!(
                    "A slice of a range is not known here: make another range.",
                    "呢度唔識 range 嘅 slice：整另一個 range。"
                ),
            )),
            other => Err(Fault::type_error(format!("'{}' object is not subscriptable", other.type_name()))).at(at),
        }
    }
}

/// `dict[key]`.
fn entry(dict: &Val, key: &Val, at: Place) -> Result<Val, Stop> {
    if let Some(found) = dict.lookup(key) {
        return Ok(found);
    }
    Key::of(key).at(at)?;
    Err(Fault::raise_with("KeyError", vec![key.clone()])).at(at)
}

/// The positions that a slice picks: CPython's `PySlice_AdjustIndices`.
fn positions(length: usize, start: Option<i64>, stop: Option<i64>, by: i64) -> Range {
    // The cap on sizes is far below the largest number.
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    let (low, high) = if by > 0 { (0, length) } else { (-1, length - 1) };
    let adjust = |bound: Option<i64>, fallback: i64| match bound {
        None => fallback,
        Some(at) if at < 0 => at.saturating_add(length).clamp(low, high),
        Some(at) => at.clamp(low, high),
    };
    let (first, last) = if by > 0 { (low, high) } else { (high, low) };
    Range { start: adjust(start, first), stop: adjust(stop, last), by }
}
