//! Many entities: the calls of a trace that build something up, made once for each copy.

use std::collections::{BTreeMap, BTreeSet};

use specsight::engine::{Engine, Step};
use specsight::value::{Change, ChangeKind, Int, Num, Piece, Str, Value};

use super::Failure;
use super::naming::Naming;
use super::recorded::{Call, Recorded, Trace};

/// At the most so many calls make up one copy.
const CALLS: usize = 48;

/// What to do once, and what to do for each copy.
pub struct Plan {
    ids: BTreeSet<Str>,
    config: Vec<Value>,
    calls: Vec<Planned>,
    /// How many entities a copy has.
    entities: usize,
}

struct Planned {
    call: Call,
    /// Whether each copy makes it. Calls that are made once set something, or make what the copies share.
    repeated: bool,
}

/// A system with many entities alive.
pub struct Population<'a> {
    pub engine: Engine,
    pub ids: &'a BTreeSet<Str>,
    pub copies: usize,
    pub entities: usize,
    /// The names that the system gave, by copy.
    pub given: Vec<BTreeMap<Str, Str>>,
}

impl Plan {
    /// Finds the trace that builds up most, with copies that differ in `ids`; there is none for a system that has no
    /// entities.
    pub fn find(recorded: &Recorded, ids: BTreeSet<Str>) -> Option<Self> {
        let plans = recorded.traces.iter().filter_map(|trace| Self::of(recorded, trace, &ids));
        let plan = plans.max_by_key(|plan| plan.entities).filter(|plan| plan.entities > 0)?;
        Some(Self { ids, ..plan })
    }

    /// Keeps of a trace what is accepted, changes something and removes nothing, all at one moment. Two copies tell which
    /// calls are to be repeated.
    fn of(recorded: &Recorded, trace: &Trace, ids: &BTreeSet<Str>) -> Option<Self> {
        let mut engine = roomy(recorded, &trace.config, CALLS).ok()?;
        let mut namings = [Naming::of_copy(ids, 0), Naming::of_copy(ids, 1)];
        let mut plan = Self { ids: BTreeSet::new(), config: trace.config.clone(), calls: Vec::new(), entities: 0 };
        let mut listed = 0;
        for call in trace.calls.iter().filter(|call| recorded.operation(&call.operation).is_some_and(|o| !o.is_async)) {
            let mut next = engine.fork();
            let [first, second] = &mut namings;
            let made = first.make(recorded, call, 1, &mut next).filter(builds_up);
            let again = made.as_ref().and_then(|_| second.make(recorded, call, 1, &mut next));
            let repeated = again.as_ref().is_some_and(|step| builds_up(step) && !is_about_snapshots(step));
            if repeated {
                plan.entities += usize::from(again.as_ref().is_some_and(adds));
                listed += usize::from(again.as_ref().is_some_and(appends));
                engine = next;
            } else if made.as_ref().is_some_and(|step| is_setting(step) || adds(step) && !is_about_snapshots(step)) {
                first.make(recorded, call, CALLS, &mut engine);
            } else {
                continue;
            }
            plan.calls.push(Planned { call: call.clone(), repeated });
            if plan.calls.len() == CALLS {
                break;
            }
        }
        if plan.entities == 0 {
            plan.entities = listed;
        }
        Some(plan)
    }
}

impl<'a> Population<'a> {
    /// Makes at least `entities` of them. Each call is made for all copies before the next one: so do containers fill side
    /// by side.
    pub fn grow(recorded: &Recorded, plan: &'a Plan, entities: usize) -> Result<Self, Failure> {
        let copies = entities.div_ceil(plan.entities);
        let room = copies.max(10) * plan.calls.len();
        let mut engine = roomy(recorded, &plan.config, room)?;
        let mut namings: Vec<_> = (0..copies).map(|copy| Naming::of_copy(&plan.ids, copy)).collect();
        for Planned { call, repeated } in &plan.calls {
            if *repeated {
                let args = recorded.at(call, recorded.start);
                for naming in &mut namings {
                    let args: Vec<Value> = args.iter().map(|arg| naming.rename(arg)).collect();
                    // Some may be refused: copies can share something that comes to an end.
                    if let Ok(answer) = engine.call(&call.operation, &args) {
                        naming.learn(&call.answer, &answer);
                    }
                }
            } else if let Some(naming) = namings.first_mut() {
                naming.make(recorded, call, room, &mut engine);
            }
        }
        let given = namings.into_iter().map(Naming::into_given).collect();
        Ok(Self { engine, ids: &plan.ids, copies, entities: copies * plan.entities, given })
    }
}

impl Naming<'_> {
    /// Makes a call of the trace under these names; where it gives room, for `times` as many.
    fn make(&mut self, recorded: &Recorded, call: &Call, times: usize, engine: &mut Engine) -> Option<Step> {
        let params = &recorded.operation(&call.operation)?.params;
        let args = recorded.at(call, recorded.start);
        let args = args.iter().zip(params).map(|(arg, param)| match arg {
            Value::Int(_) if param.name != "timestamp" => widened(arg, times),
            other => self.rename(other),
        });
        let step = engine.step(&call.operation, &args.collect::<Vec<_>>()).ok()?;
        self.learn(&call.answer, &step.returns);
        Some(step)
    }
}

/// A fresh engine for `times` as many entities: a number of the constructor that limits them grows with them, unless that
/// leads too far.
fn roomy(recorded: &Recorded, config: &[Value], times: usize) -> Result<Engine, Failure> {
    let wide: Vec<Value> = config.iter().map(|value| widened(value, times)).collect();
    Ok(Engine::new(recorded.info.id, &wide).or_else(|_| Engine::new(recorded.info.id, config))?)
}

fn widened(value: &Value, times: usize) -> Value {
    match value.as_num() {
        Some(Num::Int(limit)) => Value::Int(limit * Int::count(times)),
        _ => value.clone(),
    }
}

/// Whether a check did not hold.
pub fn is_refused(step: &Step) -> bool {
    step.notes.iter().any(|note| note.fields.contains(&("ok", Value::Bool(false))))
}

fn builds_up(step: &Step) -> bool {
    !is_refused(step)
        && !step.changes.is_empty()
        && step.changes.iter().all(|change| change.kind != ChangeKind::Removed)
}

/// Whether a call puts something into a dict, wherever it stands.
fn adds(step: &Step) -> bool {
    step.changes.iter().any(|change| {
        let path = &change.path.0;
        change.kind == ChangeKind::Added && path.len() > 1 && matches!(path.last(), Some(Piece::Key(_)))
    })
}

/// Whether a call puts a record into a list: an entity too, where nothing is kept in dicts.
fn appends(step: &Step) -> bool {
    let is_record = |change: &Change| matches!(change.after, Some(Value::Dict(_)));
    step.changes.iter().any(|change| change.kind == ChangeKind::Added && is_record(change))
}

/// A snapshot is no entity, and a restore makes all entities anew.
fn is_about_snapshots(step: &Step) -> bool {
    step.notes.iter().any(|note| ["snapshot", "restored"].contains(&note.code))
}

/// Whether a call only sets an attribute or appends to one.
fn is_setting(step: &Step) -> bool {
    step.changes.iter().all(|change| match (change.path.0.len(), &change.after) {
        (1, Some(after)) => !matches!(after, Value::Dict(_) | Value::List(_)),
        (2, _) => change.kind == ChangeKind::Added,
        _ => false,
    })
}
