//! A system of any type behind one interface.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use super::context::RunContext;
use super::system::{Coroutine, Fault, Run};
use super::{Args, Live, Meta, Mismatch, System};
use crate::value::{Change, Num, Path, State, Value};

/// A hosted system: what depends on its type, and no more. There is one copy of it for each system in the package, so
/// what can do without the type stands in `dyn Host` below.
pub trait Host: Any {
    /// What is said about the system.
    fn meta(&self) -> &'static Meta;
    /// An independent copy; the two share what they have in common.
    fn fork(&self) -> Box<dyn Host>;
    /// Takes over the state of a copy made earlier.
    fn restore(&mut self, earlier: Box<dyn Host>);
    /// Runs the plain method at `index`.
    fn run(&self, index: usize, args: Args<'_>) -> Result<Value, Fault>;
    /// Makes the coroutine of the L5/L6 operation at `index`.
    fn start(&self, index: usize, args: Args<'_>, context: &Rc<RunContext>) -> Result<Coroutine, Mismatch>;
    /// Shows the state.
    fn show(&self, look: &mut dyn FnMut(&dyn State));
    /// Sets "now".
    fn set_clock(&mut self, now_ms: Num);
}

impl dyn Host {
    /// Runs a plain method.
    pub fn invoke(&self, index: usize, args: &[Value]) -> Result<Value, Fault> {
        self.run(index, self.args(index, args)?)
    }

    /// Makes the coroutine of an L5/L6 operation.
    pub fn begin(&self, index: usize, args: &[Value], context: &Rc<RunContext>) -> Result<Coroutine, Mismatch> {
        self.start(index, self.args(index, args)?, context)
    }

    fn args<'a>(&self, index: usize, values: &'a [Value]) -> Result<Args<'a>, Mismatch> {
        Args::new(values, self.meta().operations.get(index).map_or(&[], |operation| operation.params))
    }

    /// The state as Python shows it.
    pub fn view(&self) -> Value {
        let mut view = Value::None;
        self.show(&mut |state| view = state.view());
        view
    }

    /// What differs from an earlier version of the same system.
    pub fn diff(&self, earlier: &dyn Host) -> Vec<Change> {
        let mut changes = Vec::new();
        self.show(&mut |after| {
            earlier.show(&mut |before| after.diff(before, &mut Path::default(), &mut changes));
        });
        changes
    }
}

pub struct Hosted<S> {
    state: Rc<RefCell<S>>,
}

impl<S: System> Hosted<S> {
    pub fn create(args: &[Value]) -> Result<Box<dyn Host>, Mismatch> {
        Ok(Box::new(Self { state: Rc::new(RefCell::new(S::create(args)?)) }))
    }
}

impl<S: System> Host for Hosted<S> {
    fn meta(&self) -> &'static Meta {
        S::META
    }

    fn fork(&self) -> Box<dyn Host> {
        Box::new(Self { state: Rc::new(RefCell::new(self.state.borrow().clone())) })
    }

    fn restore(&mut self, earlier: Box<dyn Host>) {
        if let Ok(earlier) = (earlier as Box<dyn Any>).downcast::<Self>() {
            self.state = earlier.state;
        }
    }

    fn run(&self, index: usize, args: Args<'_>) -> Result<Value, Fault> {
        match S::RUNS.get(index) {
            Some(Run::Query(run)) => run(&self.state.borrow(), args),
            Some(Run::Method(run)) => run(&mut self.state.borrow_mut(), args),
            _ => Err(Mismatch::problem("The operation is no plain method").into()),
        }
    }

    fn start(&self, index: usize, args: Args<'_>, context: &Rc<RunContext>) -> Result<Coroutine, Mismatch> {
        match S::RUNS.get(index) {
            Some(Run::Coroutine(run)) => run(Live::new(Rc::clone(&self.state), Rc::clone(context)), args),
            _ => Err(Mismatch::problem("The operation is no coroutine")),
        }
    }

    fn show(&self, look: &mut dyn FnMut(&dyn State)) {
        look(&*self.state.borrow());
    }

    fn set_clock(&mut self, now_ms: Num) {
        self.state.borrow_mut().set_clock(now_ms);
    }
}
