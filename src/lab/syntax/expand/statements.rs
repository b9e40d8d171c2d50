//! Statements.

use crate::lab::syntax::sentence::say;
use std::rc::Rc;

use super::{Expander, Flow, Placed, Role, Stop};
use crate::asyncio::program::Step;
use crate::lab::syntax::ast::{BinaryOp, Expr, ExprKind, Function, Handler, Stmt, StmtKind, Target, Try, Variable};
use crate::lab::syntax::error::Place;
use crate::lab::syntax::exception::{Class, Exception, Fault};
use crate::lab::syntax::operators::binary;
use crate::lab::syntax::text::label;
use crate::lab::syntax::value::{Builtin, Closure, Val};

impl Expander<'_> {
    pub(super) fn block(&mut self, block: &[Stmt]) -> Result<Flow, Stop> {
        for stmt in block {
            self.charge(1, stmt.at)?;
            match self.deeper(stmt.at, |this| this.statement(stmt))? {
                Flow::Next => {}
                other => return Ok(other),
            }
        }
        Ok(Flow::Next)
    }

    fn statement(&mut self, stmt: &Stmt) -> Result<Flow, Stop> {
        let line = stmt.at.line;
        match &stmt.kind {
            StmtKind::If { arms, otherwise } => return self.branch(arms, otherwise),
            StmtKind::For { target, iterable, body } => return self.for_loop(line, target, iterable, body),
            StmtKind::While { test, body } => return self.while_loop(stmt.at, test, body),
            StmtKind::Drain(drain) => return self.drain(stmt.at, drain),
            StmtKind::With { items, body } => return self.with(stmt.at, items, body),
            StmtKind::Try(parts) => return self.try_block(parts),
            _ => self.last = line,
        }
        match &stmt.kind {
            StmtKind::Break => return Ok(Flow::Break(stmt.at)),
            StmtKind::Continue => return Ok(Flow::Continue),
            StmtKind::Return(value) => {
                let value = value.as_ref().map(|value| self.eval(value)).transpose()?;
                self.last = line;
                return Ok(Flow::Return(value, stmt.at));
            }
            StmtKind::Raise(value) => return self.raise(value.as_ref(), stmt.at),
            StmtKind::Expr(expr) => {
                let value = self.eval(expr)?;
                if let Val::Coroutine(coroutine) = value
                    && !coroutine.awaited.get()
                {
                    return Err(Stop::refuse(
                        expr.at,
                        say!(
                            "This call alone does nothing: `await` is missing before it.",
                            "淨係 call 係冇用嘅：前面漏咗 `await`。"
                        ),
                    ));
                }
            }
            StmtKind::Assign { target, value } => {
                let value = self.eval(value)?;
                self.assign(target, value)?;
            }
            StmtKind::Augment { name, op, value } => self.augment(*name, *op, value)?,
            StmtKind::Function(function) => self.define(function),
            StmtKind::Import(bindings) => {
                for (variable, builtin) in bindings {
                    self.frames.set(*variable, Val::Builtin(*builtin));
                }
            }
            _ => {}
        }
        self.last = line;
        Ok(Flow::Next)
    }

    pub(super) fn assign(&mut self, target: &Target, value: Val) -> Result<(), Stop> {
        match target {
            Target::Name(variable) => {
                if self.role != Role::Task {
                    let name = self.text(variable.name);
                    self.resources.name(&value, &name);
                }
                self.frames.set(*variable, value);
                Ok(())
            }
            Target::Tuple(targets, at) => {
                let Ok(values) = value.iterate() else {
                    let kind = value.type_name();
                    return Err(Fault::type_error(format!("cannot unpack non-iterable {kind} object"))).at(*at);
                };
                let (wanted, found) = (targets.len(), values.len());
                self.charge(wanted, *at)?;
                if found > wanted {
                    let message = format!("too many values to unpack (expected {wanted})");
                    return Err(Fault::raise("ValueError", message)).at(*at);
                }
                if found < wanted {
                    let message = format!("not enough values to unpack (expected {wanted}, got {found})");
                    return Err(Fault::raise("ValueError", message)).at(*at);
                }
                for (position, target) in targets.iter().enumerate() {
                    if let Some(value) = values.at(position) {
                        self.assign(target, value)?;
                    }
                }
                Ok(())
            }
        }
    }

    fn augment(&mut self, variable: Variable, op: BinaryOp, value: &Expr) -> Result<(), Stop> {
        let before = self.frames.read(variable, || self.text(variable.name))?;
        if matches!(before, Val::List(_)) {
            let sentence = say!(
                "This would change the list for all who have it: write `a = a + [..]`, or `a.append(..)`.",
                "咁樣會連其他人攞住嘅 list 都改埋：寫 `a = a + [..]` 或者 `a.append(..)`。"
            );
            return Err(Stop::refuse(variable.at, sentence));
        }
        let value = self.eval(value)?;
        let after = binary(op, &before, &value).at(variable.at)?;
        self.charge(after.size(), variable.at)?;
        self.frames.set(variable, after);
        Ok(())
    }

    fn define(&mut self, function: &Rc<Function>) {
        let outer = Some(self.frames.current()).filter(|frame| *frame > 0);
        self.defines_in_tasks |= self.role == Role::Task;
        let closure = Closure { function: Rc::clone(function), outer };
        self.frames.set(function.name, Val::Function(Rc::new(closure)));
    }

    fn branch(&mut self, arms: &[(Expr, Vec<Stmt>)], otherwise: &[Stmt]) -> Result<Flow, Stop> {
        for (test, block) in arms {
            self.last = test.at.line;
            if self.eval(test)?.is_true() {
                return self.block(block);
            }
        }
        self.block(otherwise)
    }

    fn for_loop(&mut self, line: u32, target: &Target, iterable: &Expr, body: &[Stmt]) -> Result<Flow, Stop> {
        self.last = line;
        let values = self.iterable(iterable)?;
        self.loops += 1;
        let outer_item = self.item.clone();
        let mut position = 0;
        let flow = loop {
            let Some(value) = values.at(position) else {
                self.last = line;
                break Ok(Flow::Next);
            };
            position += 1;
            // A loop over things that have an id is about one after another.
            if matches!(value, Val::Dict(_) | Val::Row(..))
                && self.role == Role::Task
                && let Some(id) = label(&value)
            {
                self.item = Some(id.into());
            }
            let pass = self.charge(1, iterable.at).and_then(|()| self.assign(target, value));
            match pass.and_then(|()| self.block(body)) {
                Ok(Flow::Next | Flow::Continue) => {}
                Ok(Flow::Break(_)) => break Ok(Flow::Next),
                other => break other,
            }
        };
        self.item = outer_item;
        self.loops -= 1;
        flow
    }

    fn while_loop(&mut self, at: Place, test: &Expr, body: &[Stmt]) -> Result<Flow, Stop> {
        self.loops += 1;
        let flow = loop {
            self.last = at.line;
            match self.charge(1, at).and_then(|()| self.eval(test)) {
                Ok(value) if !value.is_true() => break Ok(Flow::Next),
                Ok(_) => {}
                Err(stop) => break Err(stop),
            }
            match self.block(body) {
                Ok(Flow::Next | Flow::Continue) => {}
                Ok(Flow::Break(_)) => break Ok(Flow::Next),
                other => break other,
            }
        };
        self.loops -= 1;
        flow
    }

    pub(super) fn with(&mut self, at: Place, items: &[Expr], body: &[Stmt]) -> Result<Flow, Stop> {
        let Some((item, rest)) = items.split_first() else { return self.block(body) };
        self.last = at.line;
        let resource = self.eval(item)?;
        self.only_tasks(at)?;
        if let Val::Timeout(_) = resource {
            let sentence = say!(
                "`async with timeout(...)` stands first in its line and directly in a `try` with `except TimeoutError`: what \
                 happens when the time is over has to be written there.",
                "`async with timeout(...)` 要喺嗰行排第一，直接寫喺有 `except TimeoutError` 嘅 `try` 入面：夠鐘做乜，要寫喺嗰度。"
            );
            return Err(Stop::refuse(item.at, sentence));
        }
        if !matches!(resource, Val::Semaphore(_) | Val::Lock(_)) {
            let found = resource.a_type();
            return Err(Stop::refuse(
                item.at,
                say!(
                    "`async with` wants a lock or a semaphore, not {0}.",
                    "`async with` 要 lock 或者 semaphore，唔係 {0}。",
                    found
                ),
            ));
        }
        self.marks(at)?;
        self.output.open(at)?;
        let flow = self.deeper(at, |this| this.with(at, rest, body));
        let body = self.output.close();
        let step = match resource {
            Val::Lock(lock) => {
                let name = self.resources.locks.called(lock, "lock");
                // Every step has its name: long ones add up.
                self.charge(name.len() / 8, at)?;
                Step::Lock { name, body }
            }
            Val::Semaphore(semaphore) => {
                Step::Semaphore { name: self.resources.semaphores.called(semaphore, "semaphore"), body }
            }
            _ => return flow,
        };
        self.output.push(step, at)?;
        // Python leaves the block on the line of its `async with`, also when it returns.
        self.last = at.line;
        flow
    }

    /// Marks the step that follows with its line and the item it is about.
    pub(super) fn marks(&mut self, at: Place) -> Result<(), Stop> {
        self.output.line(at.line, at)?;
        self.output.item(self.item.as_ref(), at)
    }

    fn raise(&mut self, value: Option<&Expr>, at: Place) -> Result<Flow, Stop> {
        let error = match value {
            None => match self.handled.last() {
                Some(error) => Rc::clone(error),
                None => return Err(Fault::raise("RuntimeError", "No active exception to reraise")).at(at),
            },
            Some(value) => match self.eval(value)? {
                Val::Exception(error) => error,
                Val::Builtin(Builtin::Exception(class)) => Rc::new(Exception { class, arguments: Vec::new() }),
                _ => return Err(Fault::type_error("exceptions must derive from BaseException")).at(at),
            },
        };
        Err(Stop::Raise(error, at))
    }

    fn try_block(&mut self, parts: &Try) -> Result<Flow, Stop> {
        let finals = usize::from(!parts.finally.is_empty());
        self.finals += finals;
        let began = self.output.acts();
        let result = match self.ways(parts) {
            Err(Stop::Raise(error, at)) => self.handle(&parts.handlers, &error, at),
            other => other,
        };
        self.finals -= finals;
        if parts.finally.is_empty() || matches!(result, Err(Stop::Refuse(_) | Stop::Gathered)) {
            return result;
        }
        let acts = self.output.acts();
        let covered = self.covered.replace(began);
        let flow = self.block(&parts.finally);
        self.covered = covered;
        match flow {
            Ok(Flow::Next) if self.timeouts == 0 || self.output.acts() == acts => result,
            Err(stop) => Err(stop),
            Ok(_) if self.timeouts > 0 => {
                let at = parts.finally.first().map_or(Place::START, |stmt| stmt.at);
                let sentence = say!(
                    "This `finally` is executed also when the time is over: it may not wait, nor `return`, `break` or `continue`.",
                    "夠鐘嗰陣都會行呢個 `finally`：佢唔可以等嘢，亦唔可以 `return`、`break` 或者 `continue`。"
                );
                Err(Stop::refuse(at, sentence))
            }
            other => other,
        }
    }

    /// The body of a `try`, with what is done if nothing was raised.
    fn ways(&mut self, parts: &Try) -> Result<Flow, Stop> {
        if self.timeouts > 0 {
            self.passes_cancelling(parts)?;
        }
        let timed = self.timed_statement(parts).and_then(|nth| parts.body.split_at_checked(nth));
        let (before, timed) = match timed.and_then(|(before, timed)| Some((before, timed.split_first()?))) {
            Some((before, timed)) => (before, Some(timed)),
            None => (parts.body.as_slice(), None),
        };
        match (self.block(before)?, timed) {
            (Flow::Next, Some((timed, after))) => self.timed(parts, timed, after),
            (Flow::Next, None) => self.block(&parts.otherwise),
            (other, _) => Ok(other),
        }
    }

    pub(super) fn handle(&mut self, handlers: &[Handler], error: &Rc<Exception>, at: Place) -> Result<Flow, Stop> {
        for handler in handlers {
            self.last = handler.at.line;
            let catches = match &handler.classes {
                None => true,
                Some(classes) => {
                    let classes = self.eval(classes)?;
                    catches(&classes, error.class).at(handler.at)?
                }
            };
            if !catches {
                continue;
            }
            if let Some(name) = handler.name {
                self.frames.set(name, Val::Exception(Rc::clone(error)));
            }
            self.handled.push(Rc::clone(error));
            let result = self.block(&handler.body);
            self.handled.pop();
            if let Some(name) = handler.name {
                self.frames.take(name);
            }
            return result;
        }
        Err(Stop::Raise(Rc::clone(error), at))
    }
}

/// Whether an `except` catches a class.
pub(super) fn catches(classes: &Val, class: Class) -> Result<bool, Fault> {
    match classes {
        Val::Builtin(Builtin::Exception(base)) => Ok(class.is_subclass(*base)),
        Val::Tuple(items) => {
            for item in &items.values {
                if catches(item, class)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        _ => Err(Fault::type_error("catching classes that do not inherit from BaseException is not allowed")),
    }
}

/// Where an expression is a plain variable, that variable.
pub(super) fn variable(expr: &Expr) -> Option<Variable> {
    match expr.kind {
        ExprKind::Name(variable) => Some(variable),
        _ => None,
    }
}
