//! Calls that have nothing to do with each other can be made in either order.

use std::collections::BTreeSet;

use proptest::prelude::*;
use specsight::engine::{OperationInfo, Step};
use specsight::value::{Piece, Value};

use crate::calls::{Call, call, is_about_snapshots, looks, moment, was_due};
use crate::law::{Exception, check};
use crate::recorded::{Moment, Recorded};
use crate::view::differing;

/// Systems where strangers meet: they compete for room or turns.
const MEETING_POINTS: [Exception; 7] = [
    ("chat_router", "a new server takes over whose place on the ring it is"),
    ("gym", "whoever comes first has the last place"),
    ("hash_ring", "a new node takes over whose place on the ring it is"),
    ("load_balancer", "everybody takes turns with everybody"),
    ("lru_cache", "whoever comes in may push out anybody"),
    ("parking_lot", "spots of one type have one limit"),
    ("tetris", "pieces lie in each other's way"),
];

/// Whether an operation leaves what it does not name alone. A shuffle takes from the one sequence of chance.
fn is_about_few(operation: &OperationInfo) -> bool {
    let name = operation.name;
    let names_somebody = operation.params.iter().any(|param| param.py_type == "str");
    names_somebody
        && operation.level < 5
        && !looks(operation)
        && !is_about_snapshots(operation)
        && !name.starts_with("shuffle")
}

/// What a call has to do with: the words it is given, those its notes speak of, and the places it changes.
fn concerns(recorded: &Recorded, call: &Call, step: &Step) -> BTreeSet<String> {
    let mut found = given(call);
    for (name, value) in step.notes.iter().flat_map(|note| &note.fields) {
        if ["subject", "id", "target", "from", "to", "into", "on"].contains(name) {
            words(value, &mut found);
        }
    }
    // Who is moved may come from and get to a status: that is no place to meet at.
    found.retain(|word| recorded.knows(word));
    for change in &step.changes {
        let path = &change.path.0;
        // An attribute that is no dict is one place, whoever changes it.
        if let (Some(Piece::Key(attribute)), None | Some(Piece::Index(_))) = (path.first(), path.get(1)) {
            found.insert(format!("self.{attribute}"));
        }
        let keys = path.iter().enumerate().skip(1).filter_map(|(depth, piece)| match piece {
            Piece::Key(key) if depth == 1 || recorded.knows(key) => Some(key.to_string()),
            _ => None,
        });
        found.extend(keys);
    }
    found
}

/// What the state ties those to that a call names: whom they belong to, what they wait for.
fn ties(recorded: &Recorded, call: &Call, moment: &Moment) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let Value::Dict(attributes) = moment.view() else { return found };
    for word in given(call) {
        attributes.iter().filter_map(|(_, attribute)| attribute.get(&word)).for_each(|tied| words(tied, &mut found));
    }
    found.retain(|word| recorded.knows(word));
    found
}

/// The words that a call is given.
fn given(call: &Call) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    call.args.iter().for_each(|arg| words(arg, &mut found));
    found
}

fn words(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Str(word) => {
            found.insert(word.to_string());
        }
        Value::List(items) | Value::Tuple(items) | Value::Set(items) => {
            for item in items {
                words(item, found);
            }
        }
        Value::Dict(entries) => entries.iter().for_each(|(_, value)| words(value, found)),
        _ => {}
    }
}

#[test]
fn strangers_can_change_places() {
    check(
        |_| true,
        &MEETING_POINTS,
        |recorded| {
            let writes = || call(recorded, is_about_few);
            (moment(recorded), call(recorded, |_| true), writes(), writes()).boxed()
        },
        |recorded, (at, before, one, other)| {
            prop_assume!(given(&one).is_disjoint(&given(&other)));
            let mut first = recorded.moments[at].fork();
            first.wait(before.pause);
            // Whatever was due happens now.
            let _ = first.call(&before);
            let (ties_of_one, ties_of_other) = (ties(recorded, &one, &first), ties(recorded, &other, &first));
            let mut second = first.fork();
            let Ok(one_first) = first.step(&one) else { return Err(TestCaseError::reject("raises")) };
            prop_assume!(!one_first.changes.is_empty());
            let Ok(other_first) = second.step(&other) else { return Err(TestCaseError::reject("raises")) };
            prop_assume!(!other_first.changes.is_empty());
            let (of_one, of_other) = (concerns(recorded, &one, &one_first), concerns(recorded, &other, &other_first));
            prop_assume!(of_one.is_disjoint(&of_other));
            // Both may be tied to a third one, whom neither touches.
            prop_assume!(ties_of_one.is_disjoint(&of_other) && ties_of_other.is_disjoint(&of_one));
            let (Ok(other_second), Ok(one_second)) = (first.step(&other), second.step(&one)) else {
                return Err(TestCaseError::fail("raises when it comes second"));
            };
            // What is due is everybody's.
            prop_assume!([&one_first, &other_first, &one_second, &other_second].iter().all(|step| !was_due(step)));
            prop_assert_eq!(one_second.returns, one_first.returns);
            prop_assert_eq!(other_second.returns, other_first.returns);
            let difference = differing(&first.view(), &second.view());
            prop_assert!(difference.is_none(), "{:?}", difference);
            Ok(())
        },
    );
}
