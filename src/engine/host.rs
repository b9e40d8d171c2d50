//! A system of any type behind one interface.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use super::context::RunContext;
use super::system::{Coroutine, Fault, Run};
use super::{Args, Live, Mismatch, Operation, System};
use crate::value::{Change, Num, Path, Value};

/// A hosted system: what the engine needs of it, whatever its type.
pub trait Host: Any {
    /// The name and kind of the operation at `index`.
    fn kind(&self, index: usize) -> Option<Kind>;
    /// The position of an operation by name.
    fn find(&self, operation: &str) -> Option<usize>;
    /// The names of all operations.
    fn names(&self) -> Vec<&'static str>;
    /// An independent copy; the two share what they have in common.
    fn fork(&self) -> Box<dyn Host>;
    /// Takes over the state of a copy made earlier.
    fn restore(&mut self, earlier: Box<dyn Host>);
    /// Runs a plain method.
    fn invoke(&self, index: usize, args: &[Value]) -> Result<Value, Fault>;
    /// Runs a plain method that changes nothing.
    fn query(&self, index: usize, args: &[Value]) -> Result<Value, Fault>;
    /// Makes the coroutine of an L5/L6 operation.
    fn begin(&self, index: usize, args: &[Value], context: &Rc<RunContext>) -> Result<Coroutine, Mismatch>;
    /// The state as Python shows it.
    fn view(&self) -> Value;
    /// What differs from an earlier version of the same system.
    fn diff(&self, earlier: &dyn Host) -> Vec<Change>;
    /// Sets "now".
    fn set_clock(&mut self, now_ms: Num);
}

/// What running an operation takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// The operation's name.
    pub name: &'static str,
    /// Whether it is a coroutine.
    pub is_async: bool,
    /// Whether it changes nothing.
    pub is_query: bool,
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
    fn kind(&self, index: usize) -> Option<Kind> {
        S::operations().get(index).map(|operation| Kind {
            name: operation.name,
            is_async: matches!(operation.run, Run::Coroutine(_)),
            is_query: matches!(operation.run, Run::Query(_)),
        })
    }

    fn find(&self, operation: &str) -> Option<usize> {
        S::operations().iter().position(|known| known.name == operation)
    }

    fn names(&self) -> Vec<&'static str> {
        S::operations().iter().map(|operation| operation.name).collect()
    }

    fn fork(&self) -> Box<dyn Host> {
        Box::new(Self { state: Rc::new(RefCell::new(self.state.borrow().clone())) })
    }

    fn restore(&mut self, earlier: Box<dyn Host>) {
        if let Ok(earlier) = (earlier as Box<dyn Any>).downcast::<Self>() {
            self.state = earlier.state;
        }
    }

    fn invoke(&self, index: usize, args: &[Value]) -> Result<Value, Fault> {
        match S::operations().get(index) {
            Some(Operation { run: Run::Method(run), params, .. }) => {
                run(&mut self.state.borrow_mut(), Args::new(args, params)?)
            }
            _ => self.query(index, args),
        }
    }

    fn query(&self, index: usize, args: &[Value]) -> Result<Value, Fault> {
        match S::operations().get(index) {
            Some(Operation { run: Run::Query(run), params, .. }) => run(&self.state.borrow(), Args::new(args, params)?),
            _ => Err(Mismatch::problem("The operation is no plain method").into()),
        }
    }

    fn begin(&self, index: usize, args: &[Value], context: &Rc<RunContext>) -> Result<Coroutine, Mismatch> {
        match S::operations().get(index) {
            Some(Operation { run: Run::Coroutine(run), params, .. }) => {
                run(Live::new(Rc::clone(&self.state), Rc::clone(context)), Args::new(args, params)?)
            }
            _ => Err(Mismatch::problem("The operation is no coroutine")),
        }
    }

    fn view(&self) -> Value {
        self.state.borrow().view()
    }

    fn diff(&self, earlier: &dyn Host) -> Vec<Change> {
        let mut changes = Vec::new();
        if let Some(earlier) = (earlier as &dyn Any).downcast_ref::<Self>() {
            self.state.borrow().diff(&*earlier.state.borrow(), &mut Path::default(), &mut changes);
        }
        changes
    }

    fn set_clock(&mut self, now_ms: Num) {
        self.state.borrow_mut().set_clock(now_ms);
    }
}
