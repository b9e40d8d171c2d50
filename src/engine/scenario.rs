//! A sequence of calls with every state in between at hand.

use super::{Engine, Error, MAX_STEPS, Step};
use crate::value::{Change, Num, Value};

/// A call of a scenario: made, or refused with an error that changed nothing.
#[derive(Clone, Debug)]
pub struct ScenarioStep {
    /// The operation that was asked for.
    pub operation: String,
    /// Its arguments.
    pub args: Vec<Value>,
    /// "Now" when it was called, where it was set.
    pub clock: Option<Num>,
    /// What came of it.
    pub outcome: Result<Step, Error>,
}

/// Calls on one engine. States share structure, so that keeping all of them costs what the calls changed, and seeking to
/// any of them costs nothing.
pub struct Scenario {
    /// One more than there are steps: the fresh engine comes first.
    states: Vec<Engine>,
    steps: Vec<ScenarioStep>,
    clock: Option<Num>,
}

impl Scenario {
    /// A scenario on a fresh engine.
    pub fn new(system: &str, config: &[Value]) -> Result<Self, Error> {
        Ok(Self::on(Engine::new(system, config)?))
    }

    /// A scenario that goes on from an engine.
    pub fn on(engine: Engine) -> Self {
        Self { states: vec![engine], steps: Vec::new(), clock: None }
    }

    /// How many calls there are.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether there is no call yet.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Sets "now" for the calls that follow.
    pub fn set_clock(&mut self, now_ms: Num) {
        self.clock = Some(now_ms);
    }

    /// Makes a call at the end; one that is refused becomes a step too.
    pub fn push(&mut self, operation: &str, args: Vec<Value>) -> Result<&ScenarioStep, Error> {
        if self.steps.len() >= MAX_STEPS {
            return Err(Error::Limit(format!("A scenario holds {MAX_STEPS} steps at the most.")));
        }
        let mut engine = self.engine(self.steps.len())?;
        if let Some(now_ms) = self.clock {
            engine.set_clock(now_ms);
        }
        let outcome = engine.step(operation, &args);
        self.states.push(engine);
        self.steps.push(ScenarioStep { operation: operation.to_owned(), args, clock: self.clock, outcome });
        self.step(self.steps.len() - 1)
    }

    /// The call at `index`, from 0.
    pub fn step(&self, index: usize) -> Result<&ScenarioStep, Error> {
        self.steps.get(index).ok_or(Error::OutOfRange { index, length: self.len() })
    }

    /// The state after `index` calls.
    pub fn view(&self, index: usize) -> Result<Value, Error> {
        self.state(index).map(Engine::view)
    }

    /// What differs between the states after `from` and after `to` calls.
    pub fn changes(&self, from: usize, to: usize) -> Result<Vec<Change>, Error> {
        Ok(self.state(to)?.diff(self.state(from)?))
    }

    /// An independent engine in the state after `index` calls.
    pub fn engine(&self, index: usize) -> Result<Engine, Error> {
        self.state(index).map(Engine::fork)
    }

    /// Forgets the calls from `length` on.
    pub fn truncate(&mut self, length: usize) {
        self.steps.truncate(length);
        self.states.truncate(length.saturating_add(1));
    }

    fn state(&self, index: usize) -> Result<&Engine, Error> {
        self.states.get(index).ok_or(Error::OutOfRange { index, length: self.len() })
    }
}
