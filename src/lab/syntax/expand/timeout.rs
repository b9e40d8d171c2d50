//! `async with timeout(..)` in a `try`: whether the time is enough is known in the run only, so both ways are executed.

use crate::engine::Text;
use crate::lab::syntax::sentence::say;
use std::rc::Rc;

use super::statements::catches;
use super::{Expander, Flow, Stop};
use crate::asyncio::program::Step;
use crate::lab::syntax::ast::{Expr, ExprKind, Stmt, StmtKind, Try};
use crate::lab::syntax::error::Place;
use crate::lab::syntax::exception::{Class, Exception};
use crate::lab::syntax::value::{Builtin, Val};
use crate::value::Value;

impl Expander<'_> {
    /// Which statement of a `try` has only so much time.
    pub(super) fn timed_statement(&mut self, parts: &Try) -> Option<usize> {
        parts.body.iter().position(|stmt| match &stmt.kind {
            StmtKind::With { items, .. } => items.first().is_some_and(|item| self.makes_timeout(item)),
            _ => false,
        })
    }

    fn makes_timeout(&mut self, item: &Expr) -> bool {
        let ExprKind::Call(call) = &item.kind else { return false };
        // Looking at a name, or at a member of a module, does nothing else.
        let named = |expr: &Expr| matches!(expr.kind, ExprKind::Name(_) | ExprKind::Constant(_));
        let is_plain = match &call.callee.kind {
            ExprKind::Attribute(object, _) => named(object),
            _ => named(&call.callee),
        };
        is_plain && matches!(self.eval(&call.callee), Ok(Val::Builtin(Builtin::Timeout)))
    }

    /// Executes an `async with timeout(..)` and what comes after it in its `try`, but for the `finally`.
    pub(super) fn timed(&mut self, parts: &Try, timed: &Stmt, after: &[Stmt]) -> Result<Flow, Stop> {
        let StmtKind::With { items, body } = &timed.kind else { return Ok(Flow::Next) };
        let Some((item, rest)) = items.split_first() else { return Ok(Flow::Next) };
        let at = timed.at;
        self.charge(1, at)?;
        self.last = at.line;
        let ms = self.milliseconds(item)?;
        self.only_tasks(at)?;
        self.marks(at)?;
        self.output.open(at)?;
        self.ways += 1;
        self.timeouts += 1;
        let flow = self.deeper(at, |this| this.with(at, rest, body));
        self.timeouts -= 1;
        self.last = at.line;
        let flow = match flow {
            Ok(Flow::Next) => self.in_time(after, &parts.otherwise),
            other => other,
        };
        let in_time = self.way(
            flow,
            Text::of(
                "before the time is over: catch it within the `async with timeout(...)`",
                "未夠鐘就 raise 咗，要喺 `async with timeout(...)` 入面 catch 咗佢",
            ),
        )?;
        let in_time_line = self.last;
        let body = self.output.close();

        // How far it came is not known.
        let variables = self.frames.held();
        self.frames.carry(&parts.tried);
        self.output.open(at)?;
        let class = Class::named("TimeoutError").map(|class| Exception { class, arguments: Vec::new() });
        let flow = class.map_or(Ok(Flow::Next), |error| self.handle(&parts.handlers, &Rc::new(error), at));
        let late = self.way(
            flow,
            Text::of(
                "when the time is over: catch it in the `try` around the `async with`, and raise nothing there",
                "夠鐘嗰陣要喺包住 `async with` 嘅 `try` 度 catch 咗佢，嗰度唔好再 raise 嘢",
            ),
        )?;
        self.output.line(self.last, at)?;
        let otherwise = self.output.close();
        self.ways -= 1;
        self.output.push(Step::Timeout { ms, body, otherwise }, at)?;

        match (in_time, late) {
            (None, None) => Ok(Flow::Return(None, at)),
            (None, Some(late)) => Ok(late),
            (Some(in_time), None) => {
                self.frames.hold(variables);
                self.last = in_time_line;
                Ok(in_time)
            }
            (Some(in_time), Some(late)) if std::mem::discriminant(&in_time) == std::mem::discriminant(&late) => {
                self.frames.carry(&parts.assigned);
                self.last = in_time_line;
                Ok(in_time)
            }
            (Some(_), Some(_)) => Err(Stop::refuse(
                at,
                say!(
                    "Whether the loop goes on depends on the run here: let one of the two ways `return`, or both go on alike.",
                    "呢度個 loop 係咪繼續，行起先知：俾兩條路其中一條 `return`，或者兩條一樣咁行落去。"
                ),
            )),
        }
    }

    /// Opens a `timeout(..)` and gives its milliseconds.
    fn milliseconds(&mut self, item: &Expr) -> Result<f64, Stop> {
        match self.eval(item)? {
            Val::Timeout(seconds) if (seconds * 1000.0).is_finite() => Ok(seconds * 1000.0),
            _ => Err(Stop::refuse(
                item.at,
                say!("A timeout needs a finite number of seconds.", "`timeout` 要有限嘅秒數。"),
            )),
        }
    }

    /// Executes what follows in time; the timeout is over then, and nothing may take any.
    fn in_time(&mut self, after: &[Stmt], otherwise: &[Stmt]) -> Result<Flow, Stop> {
        let acts = self.output.acts();
        let flow = match self.block(after)? {
            Flow::Next => self.block(otherwise)?,
            other => other,
        };
        match after.first().or(otherwise.first()) {
            Some(stmt) if self.output.acts() > acts => {
                let sentence = say!(
                    "This waits for something after `async with timeout(...)`, and only if the time was enough: put it \
                     into the `async with`, or after the whole `try`.",
                    "呢度喺 `async with timeout(...)` 之後等嘢，而且夠時間先會等：放入 `async with` 入面，或者成個 `try` 之後。"
                );
                Err(Stop::refuse(stmt.at, sentence))
            }
            _ => Ok(flow),
        }
    }

    /// Ends one of two ways; gives how it goes on, or nothing where it ends the task.
    fn way(&mut self, flow: Result<Flow, Stop>, nobody: Text) -> Result<Option<Flow>, Stop> {
        match flow {
            Ok(Flow::Return(value, at)) => {
                self.return_task(value, at)?;
                Ok(None)
            }
            Ok(flow) => Ok(Some(flow)),
            Err(Stop::Raise(error, at)) => Err(Stop::refuse(
                at,
                say!("Nobody catches this {0} {1}.", "冇人 catch 呢個 {0}：{1}。", error.class.name(), nobody),
            )),
            Err(stop) => Err(stop),
        }
    }

    /// Ends the task with a `return` that is executed on one of several ways only.
    pub(super) fn return_task(&mut self, value: Option<Val>, at: Place) -> Result<(), Stop> {
        if self.calls.len() != 1 || self.finals > 0 {
            let sentence = say!(
                "`return` here ends a function that another one awaits, or passes a `finally`: whether it comes to that \
                 is known in the run only.",
                "呢度嘅 `return` 會完咗一個有人 await 緊嘅 function，或者經過 `finally`：會唔會行到呢步，行起先知。"
            );
            return Err(Stop::refuse(at, sentence));
        }
        self.check_told(self.told.len(), at);
        let value = self.result(value.unwrap_or(Val::None), at)?;
        self.output.line(self.last, at)?;
        self.output.push(Step::Return(value), at)
    }

    /// Checks a `try` that may be left at any of its waits because the time is over.
    pub(super) fn passes_cancelling(&mut self, parts: &Try) -> Result<(), Stop> {
        let base = Class::named("BaseException");
        for handler in &parts.handlers {
            let takes_all = match &handler.classes {
                None => true,
                Some(classes) => match self.eval(classes) {
                    Ok(classes) => base.is_some_and(|base| catches(&classes, base).unwrap_or_default()),
                    Err(Stop::Raise(..)) => false,
                    Err(stop) => return Err(stop),
                },
            };
            if takes_all {
                let sentence = say!(
                    "This would also catch the `CancelledError` by which the time ends: write `except Exception`.",
                    "咁樣連時間到嗰下嘅 `CancelledError` 都會 catch 埋：寫 `except Exception`。"
                );
                return Err(Stop::refuse(handler.at, sentence));
            }
        }
        Ok(())
    }
}

/// Where a task ends with a timeout that was too short, it ends on the line of that way.
pub(super) fn end_late_ways(steps: &mut [Step<Value>]) {
    if let Some(Step::Timeout { otherwise, .. }) = steps.last_mut() {
        end_late_ways(otherwise);
        if !matches!(otherwise.last(), Some(Step::Return(_))) {
            otherwise.push(Step::Return(Value::None));
        }
    }
}
