//! The walk over statements and expressions.

use crate::lab::syntax::sentence::say;
use std::rc::Rc;

use super::bound::Bound;
use super::{Checker, Meaning};
use crate::lab::syntax::ast::{
    Block, Comprehension, Drain, Expr, ExprKind, Format, Function, Scope, Stmt, StmtKind, Target, Variable,
};
use crate::lab::syntax::error::SyntaxError;

type Checked = Result<(), SyntaxError>;

impl Checker<'_> {
    pub(super) fn block(&mut self, block: &mut Block) -> Checked {
        block.iter_mut().try_for_each(|stmt| self.statement(stmt))
    }

    fn statement(&mut self, stmt: &mut Stmt) -> Checked {
        match &mut stmt.kind {
            StmtKind::Pass | StmtKind::Break | StmtKind::Continue => Ok(()),
            StmtKind::Expr(expr) => self.expr(expr),
            StmtKind::Assign { target, value } => {
                self.expr(value)?;
                self.target(target);
                Ok(())
            }
            StmtKind::Augment { name, value, .. } => {
                self.expr(value)?;
                self.augmented(name)
            }
            StmtKind::Return(value) | StmtKind::Raise(value) => value.iter_mut().try_for_each(|value| self.expr(value)),
            StmtKind::If { arms, otherwise } => {
                for (test, block) in arms {
                    self.expr(test)?;
                    self.block(block)?;
                }
                self.block(otherwise)
            }
            StmtKind::For { target, iterable, body } => {
                self.expr(iterable)?;
                self.target(target);
                self.block(body)
            }
            StmtKind::While { test, body } => {
                self.expr(test)?;
                self.block(body)
            }
            // Nobody else has these yet: they have just been read.
            StmtKind::Drain(drain) => Rc::get_mut(drain).map_or(Ok(()), |drain| self.drain(drain)),
            StmtKind::Function(function) => Rc::get_mut(function).map_or(Ok(()), |function| self.function(function)),
            StmtKind::With { items, body } => {
                self.waits.push(stmt.at);
                items.iter_mut().try_for_each(|item| self.expr(item))?;
                self.block(body)
            }
            StmtKind::Try(parts) => {
                parts.tried = Bound::of(&parts.body).changed();
                let mut bound = Bound::default();
                bound.ways(parts);
                parts.assigned = bound.changed();
                self.block(&mut parts.body)?;
                for handler in &mut parts.handlers {
                    handler.classes.iter_mut().try_for_each(|classes| self.expr(classes))?;
                    handler.name.iter_mut().for_each(|name| self.assigned(name));
                    self.block(&mut handler.body)?;
                }
                self.block(&mut parts.otherwise)?;
                self.block(&mut parts.finally)
            }
            StmtKind::Import(bindings) => {
                for (variable, _) in bindings {
                    self.assigned(variable);
                }
                Ok(())
            }
        }
    }

    fn target(&mut self, target: &mut Target) {
        match target {
            Target::Name(variable) => self.assigned(variable),
            Target::Tuple(targets, _) => targets.iter_mut().for_each(|target| self.target(target)),
        }
    }

    /// A variable that is changed needs a value of its own: in a function, that of the module is another one.
    fn augmented(&mut self, variable: &mut Variable) -> Checked {
        let local = self.functions.last().is_none_or(|bound| bound.contains(&variable.name));
        if !local {
            let name = self.names.text(variable.name);
            let sentence = if self.functions.iter().any(|bound| bound.contains(&variable.name))
                || self.globals.contains(&variable.name)
            {
                say!(
                    "`{0}` belongs to the code around this function. Python would take it for a variable of the function \
                     without a value; and shared by tasks, it would make the outcome depend on their order.",
                    "`{0}` 係 function 外面嘅。Python 會當佢係 function 自己嘅 variable，但未有 value；而且 task 之間共用，結果就要睇佢哋嘅次序。",
                    &*name
                )
            } else {
                say!("`{0}` has no value yet.", "`{0}` 未有 value。", &*name)
            };
            return Err(SyntaxError::at(variable.at, sentence));
        }
        self.assigned(variable);
        if variable.scope == Scope::Local {
            let read = *variable;
            self.reads.iter_mut().for_each(|reads| reads.push(read));
        }
        Ok(())
    }

    fn function(&mut self, function: &mut Function) -> Checked {
        self.assigned(&mut function.name);
        function.annotations.iter_mut().try_for_each(|annotation| self.expr(annotation))?;
        let mut bound = Bound::of(&function.body).assigned;
        bound.extend(function.params.iter().map(|param| param.name));
        self.functions.push(bound);
        let outer_reads = std::mem::take(&mut self.reads);
        let outer_comprehensions = std::mem::take(&mut self.comprehensions);
        let outer_waits = std::mem::take(&mut self.waits);
        self.defines_functions = false;
        function.params.iter_mut().for_each(|param| self.assigned(param));
        let checked = self.block(&mut function.body);
        self.functions.pop();
        self.reads = outer_reads;
        self.comprehensions = outer_comprehensions;
        function.waits = std::mem::replace(&mut self.waits, outer_waits);
        function.is_captured = std::mem::replace(&mut self.defines_functions, true);
        checked
    }

    fn drain(&mut self, drain: &mut Drain) -> Checked {
        self.expr(&mut drain.queue)?;
        let mut bound = Bound::default();
        bound.target(&drain.target);
        bound.block(&drain.body);
        self.reads.push(Vec::new());
        self.target(&mut drain.target);
        let checked = self.block(&mut drain.body);
        let reads = self.reads.pop().unwrap_or_default();
        checked?;
        let changed =
            |name| bound.assigned.contains(&name) || bound.augmented.contains(&name) || bound.grown.contains(&name);
        drain.free = reads.iter().filter(|read| !changed(read.name)).copied().collect();
        drain.assigned = bound.changed();
        Ok(())
    }

    fn expr(&mut self, expr: &mut Expr) -> Checked {
        match &mut expr.kind {
            ExprKind::Constant(_) => Ok(()),
            ExprKind::Name(variable) => {
                let meaning = self.meaning(*variable)?;
                expr.kind = match meaning {
                    Meaning::Variable(variable) => ExprKind::Name(variable),
                    Meaning::Constant(value) => ExprKind::Constant(value),
                };
                Ok(())
            }
            ExprKind::Format(pieces) => pieces.iter_mut().try_for_each(|piece| match piece {
                Format::Text(_) => Ok(()),
                Format::Field(value, _) => self.expr(value),
            }),
            ExprKind::List(items) | ExprKind::Tuple(items) | ExprKind::Logical(_, items) => {
                items.iter_mut().try_for_each(|item| self.expr(item))
            }
            ExprKind::Dict(entries) => entries.iter_mut().try_for_each(|(key, value)| {
                self.expr(key)?;
                self.expr(value)
            }),
            ExprKind::Comprehension(comprehension) => self.comprehension(comprehension),
            ExprKind::Subscript(pair) => {
                self.expr(&mut pair.0)?;
                self.expr(&mut pair.1)
            }
            ExprKind::Slice(slice) => {
                self.expr(&mut slice.0)?;
                slice.1.iter_mut().flatten().try_for_each(|part| self.expr(part))
            }
            ExprKind::Call(call) => {
                self.expr(&mut call.callee)?;
                call.arguments.iter_mut().try_for_each(|argument| self.expr(argument))?;
                call.keywords.iter_mut().try_for_each(|(_, value)| self.expr(value))
            }
            ExprKind::Await(value) => {
                self.waits.push(expr.at);
                self.expr(value)
            }
            ExprKind::Attribute(value, _) | ExprKind::Star(value) | ExprKind::Unary(_, value) => self.expr(value),
            ExprKind::Binary(first, rest) => {
                self.expr(first)?;
                rest.iter_mut().try_for_each(|(_, operand)| self.expr(operand))
            }
            ExprKind::Compare(first, rest) => {
                self.expr(first)?;
                rest.iter_mut().try_for_each(|(_, operand)| self.expr(operand))
            }
            ExprKind::Conditional(parts) => parts.iter_mut().try_for_each(|part| self.expr(part)),
        }
    }

    /// The first iterable belongs to the code around; the rest sees the variables of the comprehension.
    fn comprehension(&mut self, comprehension: &mut Comprehension) -> Checked {
        let mut bound = Bound::default();
        comprehension.loops.iter().for_each(|(target, ..)| bound.target(target));
        let renamed: Vec<_> = bound
            .assigned
            .into_iter()
            .map(|name| {
                let text = self.names.text(name);
                (name, self.names.fresh(&text))
            })
            .collect();
        let mut renamed = Some(renamed);
        for (target, iterable, conditions) in &mut comprehension.loops {
            self.expr(iterable)?;
            self.comprehensions.extend(renamed.take());
            self.target(target);
            conditions.iter_mut().try_for_each(|condition| self.expr(condition))?;
        }
        self.expr(&mut comprehension.element)?;
        self.comprehensions.pop();
        Ok(())
    }
}
