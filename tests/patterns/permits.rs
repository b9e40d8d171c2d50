//! L5 and L6: what locks and semaphores hand out comes back, and never more of it is out than there is.

use std::collections::BTreeMap;

use proptest::prelude::*;
use specsight::asyncio::{Event, What};
use specsight::engine::{OperationInfo, Simulation};
use specsight::value::{Int, Value};

use crate::calls::{Call, call, moment};
use crate::law::check;
use crate::recorded::Moment;

const PERMITS: &str = "max_concurrent";

fn has_permits(operation: &OperationInfo) -> bool {
    operation.is_async && operation.params.iter().any(|param| param.name == PERMITS)
}

impl Moment {
    fn simulate(&mut self, call: &Call) -> Result<Simulation, TestCaseError> {
        let outcome = self.engine.simulate(call.operation, &call.args_at(self.now));
        outcome.map_err(|_| TestCaseError::reject("raises"))
    }
}

/// How many were out at once at most, by resource, and how many are out in the end.
fn most_out(events: &[Event]) -> BTreeMap<&str, (i64, i64)> {
    let mut out: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    for event in events {
        let Some(resource) = event.resource.as_deref() else { continue };
        let (most, now) = out.entry(resource).or_default();
        *now += match event.what {
            What::Acquired => 1,
            What::Released => -1,
            _ => 0,
        };
        *most = (*most).max(*now);
    }
    out
}

#[test]
fn locks_and_permits_come_back_and_no_more_are_out_than_there_are() {
    check(
        |info| info.operations.iter().any(|operation| operation.is_async),
        &[],
        |recorded| (moment(recorded), call(recorded, |operation| operation.is_async)).boxed(),
        |recorded, (at, call)| {
            let mut moment = recorded.moments[at].fork();
            moment.wait(call.pause);
            let simulation = moment.simulate(&call)?;
            let permits = match call.arg(recorded.operation(call.operation), PERMITS) {
                Some(Value::Int(permits)) => permits.0,
                _ => i64::MAX,
            };
            let out = most_out(&simulation.events);
            prop_assume!(!out.is_empty());
            for (resource, (most, left)) in out {
                let there_are = if resource.starts_with("lock:") { 1 } else { permits };
                prop_assert!(most <= there_are, "{most} of {there_are} {resource}");
                prop_assert_eq!(left, 0, "{} after the end", resource);
            }
            Ok(())
        },
    );
}

#[test]
fn permits_change_only_how_long_it_takes() {
    check(
        |info| info.operations.iter().any(has_permits),
        &[(
            "workflow_engine",
            "a step is readied by the end of the call for the one before it: too late for one that asked first",
        )],
        |recorded| (moment(recorded), call(recorded, has_permits), 1..4_i64, 0..4_i64).boxed(),
        |recorded, (at, call, few, more)| {
            let run = |permits: i64| {
                let mut moment = recorded.moments[at].fork();
                moment.wait(call.pause);
                let operation = recorded.operation(call.operation);
                let simulation = moment.simulate(&call.with(operation, PERMITS, Value::Int(Int(permits))))?;
                Ok::<_, TestCaseError>((simulation.step, moment.view()))
            };
            let ((few, few_state), (many, many_state)) = (run(few)?, run(few + more)?);
            prop_assert_eq!(few.returns, many.returns);
            prop_assert_eq!(few_state, many_state);
            prop_assert!(many.virtual_ns <= few.virtual_ns, "{:?} with more, {:?}", many.virtual_ns, few.virtual_ns);
            Ok(())
        },
    );
}
