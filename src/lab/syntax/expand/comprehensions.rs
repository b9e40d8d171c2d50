//! Comprehensions, and everything else that is iterated at once.

use super::{Expander, Placed, Stop};
use crate::lab::syntax::ast::{Comprehension, Expr, ExprKind};
use crate::lab::syntax::containers::{Iterated, check_size};
use crate::lab::syntax::error::Place;
use crate::lab::syntax::exception::Fault;
use crate::lab::syntax::sentence::say;
use crate::lab::syntax::value::{Builtin, Items, Val};

impl Expander<'_> {
    /// What a `for` goes through; here iterators may stand, which are used up by that.
    pub(super) fn iterable(&mut self, expr: &Expr) -> Result<Iterated, Stop> {
        let at = expr.at;
        let values = match &expr.kind {
            ExprKind::Comprehension(comprehension) if comprehension.is_generator => {
                self.comprehension(comprehension)?
            }
            ExprKind::Call(call) => match &call.callee.kind {
                ExprKind::Constant(Val::Builtin(Builtin::Enumerate)) => self.enumerate(call, at)?,
                ExprKind::Constant(Val::Builtin(Builtin::Zip)) => self.zip(&call.arguments, at)?,
                ExprKind::Attribute(object, name) if matches!(&*self.text(*name), "items" | "keys" | "values") => {
                    let object = self.eval(object)?;
                    let name = self.text(*name);
                    if !call.arguments.is_empty() {
                        return Err(Fault::type_error(format!("dict.{name}() takes no arguments"))).at(at);
                    }
                    self.view(&object, &name, at)?
                }
                _ => return self.iterated(expr),
            },
            _ => return self.iterated(expr),
        };
        self.charge(values.len(), at)?;
        Items::new(values).map(Iterated::Items).at(at)
    }

    fn iterated(&mut self, expr: &Expr) -> Result<Iterated, Stop> {
        let value = self.eval(expr)?;
        if matches!(value, Val::Str(_) | Val::Dict(_) | Val::Row(..)) {
            self.charge(value.weight(), expr.at)?;
        }
        value.iterate().at(expr.at)
    }

    /// The values of an iterable, one after another in a list.
    pub(super) fn spread(&mut self, expr: &Expr) -> Result<Vec<Val>, Stop> {
        if let ExprKind::Comprehension(comprehension) = &expr.kind
            && comprehension.is_generator
        {
            return self.comprehension(comprehension);
        }
        let values = self.iterable(expr)?;
        self.collect(&values, expr.at)
    }

    pub(super) fn collect(&mut self, values: &Iterated, at: Place) -> Result<Vec<Val>, Stop> {
        self.charge(values.len(), at)?;
        Ok((0..values.len()).filter_map(|position| values.at(position)).collect())
    }

    fn view(&mut self, object: &Val, name: &str, at: Place) -> Result<Vec<Val>, Stop> {
        self.charge(object.weight(), at)?;
        let entries = match object {
            Val::Dict(items) => items.values.clone(),
            Val::Row(table, row) => Val::row_values(&**table, *row),
            other => {
                return Err(Stop::refuse(
                    at,
                    say!(
                        "`.{0}()` is known of dicts only, and this is {1}.",
                        "`.{0}()` 淨係 dict 先有，呢個係 {1}。",
                        name,
                        other.a_type()
                    ),
                ));
            }
        };
        match name {
            "keys" => Ok(entries.into_iter().step_by(2).collect()),
            "values" => Ok(entries.into_iter().skip(1).step_by(2).collect()),
            _ => entries.chunks_exact(2).map(|entry| Val::tuple(entry.to_vec())).collect::<Result<_, _>>().at(at),
        }
    }

    fn enumerate(&mut self, call: &crate::lab::syntax::ast::Call, at: Place) -> Result<Vec<Val>, Stop> {
        let ([values], []) = (call.arguments.as_slice(), call.keywords.as_slice()) else {
            return Err(Stop::refuse(
                at,
                say!(
                    "`enumerate` has one argument here, and counts from 0.",
                    "`enumerate` 喺呢度得一個 argument，由 0 數起。"
                ),
            ));
        };
        let values = self.spread(values)?;
        self.charge(2 * values.len(), at)?;
        let pairs = (0_i64..).zip(values).map(|(n, value)| Val::tuple(vec![Val::Int(n), value]));
        pairs.collect::<Result<_, _>>().at(at)
    }

    fn zip(&mut self, arguments: &[Expr], at: Place) -> Result<Vec<Val>, Stop> {
        let columns = arguments.iter().map(|argument| self.iterable(argument)).collect::<Result<Vec<_>, _>>()?;
        let rows = columns.iter().map(Iterated::len).min().unwrap_or_default();
        self.charge(rows.saturating_mul(columns.len()), at)?;
        let row = |position| Val::tuple(columns.iter().filter_map(|column| column.at(position)).collect());
        (0..rows).map(row).collect::<Result<_, _>>().at(at)
    }

    pub(super) fn comprehension(&mut self, comprehension: &Comprehension) -> Result<Vec<Val>, Stop> {
        let mut values = Vec::new();
        self.loops += 1;
        let result = self.comprehension_level(comprehension, 0, &mut values);
        self.loops -= 1;
        result.map(|()| values)
    }

    fn comprehension_level(
        &mut self,
        comprehension: &Comprehension,
        level: usize,
        values: &mut Vec<Val>,
    ) -> Result<(), Stop> {
        let Some((target, iterable, conditions)) = comprehension.loops.get(level) else {
            let value = self.eval(&comprehension.element)?;
            values.push(value);
            return check_size(values.len()).at(comprehension.element.at);
        };
        let at = iterable.at;
        let iterated = self.iterable(iterable)?;
        'values: for position in 0..iterated.len() {
            self.charge(1, at)?;
            let Some(value) = iterated.at(position) else { break };
            self.assign(target, value)?;
            for condition in conditions {
                if !self.eval(condition)?.is_true() {
                    continue 'values;
                }
            }
            self.deeper(at, |this| this.comprehension_level(comprehension, level + 1, values))?;
        }
        Ok(())
    }
}
