//! A refusal changes nothing but what was due anyway.

use proptest::prelude::*;
use specsight::engine::{OperationInfo, Step};

use crate::calls::{call, is_refused, leaves_something_due, looks, moment, was_due};
use crate::law::check;
use crate::view::differing;

/// Operations that do something before they find out that it was in vain.
const COSTLY: [&str; 2] = [
    // cdn_edge_cache removes what had the id, and evicts to make room for what then does not fit.
    "cache_object",
    // tetris erases a piece and stamps it back: where it lay before a row vanished from under it.
    "move_piece",
];

/// Whether an operation refuses as a whole: a batch does so for each of its items.
fn is_single(operation: &OperationInfo) -> bool {
    let is_batch = operation.is_async || operation.params.iter().any(|param| !param.items.is_empty());
    !is_batch && !COSTLY.contains(&operation.name)
}

/// Whether something that recurs has got its next time, even if there was nothing to do for it.
fn recurred(step: &Step) -> bool {
    step.notes.iter().any(|note| note.code == "scheduled")
}

#[test]
fn a_refused_call_changes_nothing_but_what_was_due() {
    check(
        |_| true,
        &[],
        |recorded| (moment(recorded), call(recorded, is_single)).boxed(),
        |recorded, (at, call)| {
            let mut moment = recorded.moments[at].fork();
            moment.wait(call.pause);
            let Ok(refused) = moment.step(&call) else { return Err(TestCaseError::reject("raises")) };
            prop_assume!(is_refused(&refused) && !leaves_something_due(&refused, moment.now));
            if !was_due(&refused) && !recurred(&refused) {
                prop_assert_eq!(&refused.changes, &Vec::new());
            }
            // Whatever was due has been done; what is left is the refusal.
            let again = moment.step(&call).map_err(|e| TestCaseError::fail(e.to_string()))?;
            prop_assert!(is_refused(&again));
            prop_assert_eq!(again.returns, refused.returns);
            prop_assert_eq!(&again.changes, &Vec::new());
            Ok(())
        },
    );
}

#[test]
fn a_refused_call_leaves_no_trace_behind_a_question() {
    check(
        |info| info.operations.iter().any(looks),
        &[],
        |recorded| (moment(recorded), call(recorded, is_single), call(recorded, looks), 0..500_i64).boxed(),
        |recorded, (at, call, question, pause)| {
            let mut refused_first = recorded.moments[at].fork();
            refused_first.wait(pause);
            let mut asked_first = refused_first.fork();
            let Ok(refused) = refused_first.step(&call) else { return Err(TestCaseError::reject("raises")) };
            prop_assume!(is_refused(&refused) && refused_first.call(&question).is_ok());
            // Now what was due has been done before the refusal; it may have been the reason for it.
            prop_assert!(asked_first.call(&question).is_ok());
            prop_assume!(asked_first.step(&call).is_ok_and(|step| is_refused(&step)));
            let difference = differing(&refused_first.view(), &asked_first.view());
            prop_assert!(difference.is_none(), "{:?}", difference);
            Ok(())
        },
    );
}
