//! `await`.

use crate::lab::syntax::sentence::say;
use std::rc::Rc;

use super::{Active, Expander, Flow, Placed, Role, Stop};
use crate::asyncio::program::Step;
use crate::lab::syntax::ast::{Expr, ExprKind};
use crate::lab::syntax::error::Place;
use crate::lab::syntax::exception::Fault;
use crate::lab::syntax::text::label;
use crate::lab::syntax::value::{Builtin, Closure, Coroutine, Val, Work};

impl Expander<'_> {
    pub(super) fn await_(&mut self, operand: &Expr, at: Place) -> Result<Val, Stop> {
        let value = match &operand.kind {
            ExprKind::Call(call) => match self.callee(call)? {
                super::calls::Callee::Value(Val::Builtin(Builtin::Gather)) => return self.gather(call, at),
                callee => self.call_to(callee, call, operand.at)?,
            },
            _ => self.eval(operand)?,
        };
        let Val::Coroutine(coroutine) = value else {
            let sentence = say!(
                "`await` needs `sleep(...)`, `put(...)` or `join()` of a queue, one of your functions or `gather(...)`.",
                "`await` 要 `sleep(...)`、queue 嘅 `put(...)` 或者 `join()`、你自己嘅 function，或者 `gather(...)`。"
            );
            return Err(Stop::refuse(operand.at, sentence));
        };
        if coroutine.awaited.replace(true) {
            return Err(Fault::raise("RuntimeError", "cannot reuse already awaited coroutine")).at(at);
        }
        self.last = at.line;
        let value = self.run(&coroutine, at)?;
        self.last = at.line;
        Ok(value)
    }

    fn run(&mut self, coroutine: &Coroutine, at: Place) -> Result<Val, Stop> {
        match &coroutine.work {
            Work::Sleep(seconds) => {
                self.only_tasks(at)?;
                let ms = seconds * 1000.0;
                if !ms.is_finite() {
                    return Err(Stop::refuse(
                        at,
                        say!("A sleep needs a finite number of seconds.", "`sleep` 要有限嘅秒數。"),
                    ));
                }
                self.marks(at)?;
                self.output.push(Step::Sleep(ms), at)?;
                Ok(Val::None)
            }
            Work::Put(queue, job) => self.put(*queue, job, at),
            Work::Join(queue) => self.join(*queue, at),
            Work::Call(closure, arguments) => {
                let arguments = arguments.take();
                let outer_item = self.item.clone();
                if self.role == Role::Task && self.loops > 0 && self.item.is_none() {
                    self.item = labels(&arguments).map(Into::into);
                }
                if let Some(active) = self.calls.last_mut() {
                    active.waits = at;
                }
                let result = self.function(closure, arguments, at);
                self.item = outer_item;
                result
            }
        }
    }

    /// Executes one of the program's functions.
    pub(super) fn function(&mut self, closure: &Closure, arguments: Vec<Val>, at: Place) -> Result<Val, Stop> {
        self.finish_function(closure, arguments, at).map(|flow| match flow {
            Flow::Return(Some(value), _) => value,
            _ => Val::None,
        })
    }

    /// Executes a function and tells how it ended.
    pub(super) fn finish_function(&mut self, closure: &Closure, arguments: Vec<Val>, at: Place) -> Result<Flow, Stop> {
        let function = Rc::clone(&closure.function);
        let caller = self.frames.enter(closure.outer);
        for (param, argument) in function.params.iter().zip(arguments) {
            self.frames.set(*param, argument);
        }
        self.last = function.at.line;
        self.calls.push(Active { function: Rc::clone(&function), waits: at });
        let result = self.deeper(at, |this| this.block(&function.body));
        self.calls.pop();
        self.frames.leave(caller, function.is_captured);
        result
    }
}

/// What arguments are called in a chart.
pub(super) fn labels(arguments: &[Val]) -> Option<String> {
    arguments.iter().filter_map(label).reduce(|all, next| format!("{all}, {next}"))
}
