//! Lazy helpers: what is due happens once, at whatever call comes first.

use proptest::prelude::*;
use specsight::engine::SystemInfo;
use specsight::patterns::Pattern;

use crate::calls::{call, leaves_something_due, looks, moment};
use crate::law::check;
use crate::view::differing;

#[test]
fn looking_twice_at_one_moment_changes_nothing_the_second_time() {
    check(
        |info| info.operations.iter().any(looks),
        &[("workflow_engine", "each question readies one more step behind a completed one")],
        |recorded| (moment(recorded), call(recorded, looks)).boxed(),
        |recorded, (at, look)| {
            let mut moment = recorded.moments[at].fork();
            moment.wait(look.pause);
            let Ok(first) = moment.step(&look) else { return Err(TestCaseError::reject("raises")) };
            // What recurs may be behind by more than once.
            prop_assume!(!leaves_something_due(&first, moment.now));
            let again = moment.step(&look).map_err(|e| TestCaseError::fail(e.to_string()))?;
            prop_assert_eq!(&again.changes, &Vec::new());
            prop_assert_eq!(first.returns, again.returns);
            Ok(())
        },
    );
}

/// Whether things happen at their time, whoever comes first.
fn is_lazy(info: &SystemInfo) -> bool {
    let lazy = [Pattern::LazyPurge, Pattern::LazyEffect, Pattern::StatusFlip, Pattern::InlineTtl];
    info.uses.iter().any(|used| lazy.contains(used)) && info.operations.iter().any(looks)
}

#[test]
fn it_does_not_matter_whether_somebody_looked_in_between() {
    check(
        is_lazy,
        &[
            ("cdn_edge_cache", "the history tells when a purge was made"),
            ("event_scheduler", "what recurs advances by one execution a call, and is behind until enough have come"),
            ("library", "who comes first on a waiting list borrows from the moment at which the return is noticed"),
            ("notification", "the history tells when an escalation was noticed"),
            ("parking_lot", "the history tells when an expiry was noticed"),
        ],
        |recorded| (moment(recorded), call(recorded, looks), 0..2_000_i64).boxed(),
        |recorded, (at, look, later)| {
            let (mut seldom, mut often) = (recorded.moments[at].fork(), recorded.moments[at].fork());
            often.wait(look.pause);
            let _ = often.call(&look);
            often.wait(later);
            seldom.wait(look.pause + later);
            prop_assert_eq!(often.call(&look), seldom.call(&look));
            let difference = differing(&often.view(), &seldom.view());
            prop_assert!(difference.is_none(), "{:?}", difference);
            Ok(())
        },
    );
}
