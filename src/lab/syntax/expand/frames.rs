//! The variables of functions that are being executed.

use super::{Placed, Stop};
use crate::lab::syntax::ast::{Scope, Variable};
use crate::lab::syntax::exception::Fault;
use crate::lab::syntax::names::Symbol;
use crate::lab::syntax::sentence::say;
use crate::lab::syntax::value::Val;

/// The variables of one call.
#[derive(Default)]
struct Frame {
    /// A handful: looked through from the front.
    variables: Vec<(Symbol, Val)>,
    /// Variables that depend on the run: on which jobs a worker got before, or on whether a time was enough.
    carried: Vec<Symbol>,
    /// The frame of the function around.
    outer: Option<usize>,
}

/// All frames: that of the module first, those of functions behind.
pub(super) struct Frames {
    all: Vec<Frame>,
    current: usize,
    /// A frame that was left, to be used again.
    spare: Option<Frame>,
}

impl Default for Frames {
    fn default() -> Self {
        Self { all: vec![Frame::default()], current: 0, spare: None }
    }
}

impl Frame {
    fn emptied(mut self) -> Self {
        self.variables.clear();
        self.carried.clear();
        self
    }

    fn get(&self, name: Symbol) -> Option<&Val> {
        self.variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    fn set(&mut self, name: Symbol, value: Val) {
        self.carried.retain(|known| *known != name);
        match self.variables.iter_mut().find(|(known, _)| *known == name) {
            Some((_, slot)) => *slot = value,
            None => self.variables.push((name, value)),
        }
    }
}

impl Frames {
    /// The frame that is executed.
    pub(super) fn current(&self) -> usize {
        self.current
    }

    /// The frame of the function around the one that is executed.
    pub(super) fn outer(&self) -> Option<usize> {
        self.all.get(self.current)?.outer
    }

    pub(super) fn set_global(&mut self, name: Symbol, value: Val) {
        if let Some(frame) = self.all.first_mut() {
            frame.set(name, value);
        }
    }

    /// Enters a function, and gives the frame to leave to.
    pub(super) fn enter(&mut self, outer: Option<usize>) -> usize {
        let caller = self.current;
        self.current = self.all.len();
        let mut frame = self.spare.take().unwrap_or_default();
        frame.outer = outer;
        self.all.push(frame);
        caller
    }

    /// Leaves a function; the variables stay when functions within may still read them.
    pub(super) fn leave(&mut self, caller: usize, keep: bool) {
        if !keep {
            if self.current + 1 == self.all.len() {
                self.spare = self.all.pop().map(Frame::emptied);
            } else if let Some(frame) = self.all.get_mut(self.current) {
                *frame = Frame::default();
            }
        }
        self.current = caller;
    }

    fn place(&self, scope: Scope) -> Option<usize> {
        match scope {
            Scope::Local => Some(self.current),
            Scope::Global => Some(0),
            Scope::Outer(levels) => {
                (0..levels).try_fold(self.current, |frame, _| self.all.get(frame).and_then(|frame| frame.outer))
            }
        }
    }

    fn frame(&self, scope: Scope) -> Option<&Frame> {
        self.all.get(self.place(scope)?)
    }

    pub(super) fn find(&self, variable: Variable) -> Option<&Val> {
        self.frame(variable.scope)?.get(variable.name)
    }

    /// The value of a variable; `name` is for the message when it has none.
    pub(super) fn read(&self, variable: Variable, name: impl Fn() -> crate::value::Str) -> Result<Val, Stop> {
        if let Some(value) = self.find(variable) {
            return Ok(value.clone());
        }
        if self.frame(variable.scope).is_some_and(|frame| frame.carried.contains(&variable.name)) {
            let sentence = say!(
                "What `{0}` holds here is known in the run only: it depends on which jobs this worker got, or on whether a time was \
                 enough.",
                "`{0}` 喺呢度係乜，行起先知：要睇呢個 worker 攞到邊啲 job，或者夠唔夠時間。",
                &*name()
            );
            return Err(Stop::refuse(variable.at, sentence));
        }
        let name = name();
        Err(match variable.scope {
            Scope::Local => Fault::raise(
                "UnboundLocalError",
                format!("cannot access local variable '{name}' where it is not associated with a value"),
            ),
            Scope::Outer(_) => Fault::raise(
                "NameError",
                format!(
                    "cannot access free variable '{name}' where it is not associated with a value in enclosing scope"
                ),
            ),
            Scope::Global => Fault::raise("NameError", format!("name '{name}' is not defined")),
        })
        .at(variable.at)
    }

    pub(super) fn set(&mut self, variable: Variable, value: Val) {
        if let Some(frame) = self.place(variable.scope).and_then(|place| self.all.get_mut(place)) {
            frame.set(variable.name, value);
        }
    }

    /// Takes a variable out, so that nobody else holds its value.
    pub(super) fn take(&mut self, variable: Variable) -> Option<Val> {
        let frame = self.place(variable.scope).and_then(|place| self.all.get_mut(place))?;
        let at = frame.variables.iter().position(|(known, _)| *known == variable.name)?;
        Some(frame.variables.swap_remove(at).1)
    }

    /// What the variables of the current frame hold.
    pub(super) fn held(&self) -> Vec<(Symbol, Val)> {
        self.all.get(self.current).map(|frame| frame.variables.clone()).unwrap_or_default()
    }

    /// Lets the variables of the current frame hold that again.
    pub(super) fn hold(&mut self, variables: Vec<(Symbol, Val)>) {
        if let Some(frame) = self.all.get_mut(self.current) {
            frame.variables = variables;
        }
    }

    /// Forgets variables of the current frame: what they hold is known in the run only.
    pub(super) fn carry(&mut self, names: &[Symbol]) {
        if let Some(frame) = self.all.get_mut(self.current) {
            frame.variables.retain(|(known, _)| !names.contains(known));
            frame.carried.retain(|known| !names.contains(known));
            frame.carried.extend(names);
        }
    }
}
