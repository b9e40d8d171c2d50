//! What has happened stays as it was.

use proptest::prelude::*;
use specsight::engine::OperationInfo;
use specsight::patterns::Pattern;
use specsight::value::{Int, Value};

use crate::calls::{Call, call, calls, moment};
use crate::law::check;
use crate::recorded::{Moment, Recorded};

/// Calls that may take away what has a past, or give it another.
const REWRITES: [&str; 7] = ["merge", "delete", "remove", "restore", "rollback", "migrate", "undo"];

fn rewrites(operation: &OperationInfo) -> bool {
    REWRITES.iter().any(|word| operation.name.contains(word))
        || operation.params.iter().flat_map(|param| &param.items).any(|shape| {
            shape
                .tag
                .is_some_and(|tag| tag.value.is_none_or(|word| REWRITES.iter().any(|rewrite| word.contains(rewrite))))
        })
}

fn asks_for_a_past_value(operation: &OperationInfo) -> bool {
    operation.params.iter().any(|param| param.name == "time_at")
}

/// Whether an operation gives a list of what happened.
fn tells(operation: &OperationInfo) -> bool {
    operation.name.contains("history") && operation.returns.starts_with("list")
}

/// Whether a history is an earlier one and what came then. The last entry may be a pair that still counts.
fn continues(then: &[Value], now: &[Value]) -> bool {
    let same = |(then, now): (&Value, &Value)| match (then, now) {
        (Value::Tuple(then), Value::Tuple(now)) => then.first() == now.first(),
        _ => then == now,
    };
    then.len() <= now.len()
        && then.iter().zip(now).all(same)
        && then.iter().rev().skip(1).rev().zip(now).all(|(then, now)| then == now)
}

#[test]
fn a_past_value_is_the_same_whenever_somebody_asks() {
    check(
        |info| info.uses.contains(&Pattern::ValueAtTime),
        &[],
        |recorded| {
            let others = calls(recorded, |operation| !rewrites(operation));
            (moment(recorded), call(recorded, asks_for_a_past_value), others, 1..50_i64).boxed()
        },
        |recorded, (at, question, others, ago)| {
            let mut moment = recorded.moments[at].fork();
            moment.wait(question.pause);
            let operation = recorded.operation(question.operation);
            let present = |question: &Call, now: Int| question.with(operation, "time_at", Value::Int(now));
            let question = present(&question, moment.now - ago);
            let Ok(then) = moment.call(&question) else { return Err(TestCaseError::reject("raises")) };
            prop_assume!(then != Value::None);
            for other in others {
                moment.wait(other.pause);
                let _ = moment.call(&other);
                // A bank may owe to somebody whom it no longer knows: then nobody is answered.
                let Ok(now) = moment.call(&question) else { break };
                if now == Value::None && moment.call(&present(&question, moment.now)).is_ok_and(|v| v == Value::None) {
                    // It is gone, and its past with it.
                    break;
                }
                prop_assert_eq!(&now, &then, "{:?}", other);
            }
            Ok(())
        },
    );
}

/// The same question about everybody.
fn of_everybody(recorded: &Recorded, question: &Call) -> Vec<Call> {
    let operation = recorded.operation(question.operation);
    match operation.params.iter().find(|param| param.py_type == "str") {
        Some(who) => {
            recorded.words(who.name).iter().map(|word| question.with(operation, who.name, word.clone())).collect()
        }
        None => vec![question.clone()],
    }
}

/// All histories that there are.
fn histories(moment: &mut Moment, questions: &[Call]) -> Vec<Option<Vec<Value>>> {
    let told = questions.iter().map(|question| match moment.call(question) {
        Ok(Value::List(events)) => Some(events),
        _ => None,
    });
    told.collect()
}

#[test]
fn a_history_only_grows() {
    check(
        |info| info.uses.contains(&Pattern::EventHistory) && info.operations.iter().any(tells),
        &[],
        |recorded| {
            let others = calls(recorded, |operation| !rewrites(operation));
            (moment(recorded), call(recorded, tells), others).boxed()
        },
        |recorded, (at, question, others)| {
            let mut moment = recorded.moments[at].fork();
            let questions = of_everybody(recorded, &question);
            let then = histories(&mut moment, &questions);
            for other in others {
                moment.wait(other.pause);
                let _ = moment.call(&other);
            }
            let now = histories(&mut moment, &questions);
            prop_assume!(now != then);
            for (then, now) in then.into_iter().zip(now) {
                let then = then.unwrap_or_default();
                prop_assert!(
                    now.as_ref().is_some_and(|now| continues(&then, now)) || then.is_empty(),
                    "{now:?}\nafter {then:?}"
                );
            }
            Ok(())
        },
    );
}
