//! L5: a batch in which nobody sleeps is its items, one after another.

use std::collections::BTreeSet;

use proptest::prelude::*;
use specsight::asyncio::What;
use specsight::engine::{ItemShape, OperationInfo, Param, systems};
use specsight::value::Value;

use crate::calls::{Call, call, moment, was_due};
use crate::law::check;
use crate::recorded::{Moment, Recorded};
use crate::view::{at, differing, word};

/// Items of a batch that are not what the method of that name does, by system and word: they write no history.
const OTHERWISE: [(&str, &str); 2] = [("generic_flat", "transfer"), ("generic_nested", "move")];

/// Whether an operation takes a batch.
fn is_batch(operation: &OperationInfo) -> bool {
    operation.level == 5 && batch(operation).is_some()
}

/// The parameter that is the batch.
fn batch(operation: &OperationInfo) -> Option<&Param> {
    operation.params.iter().find(|param| param.py_type.starts_with("list"))
}

/// The form of an item, and the word that selects it.
fn form<'a>(param: &'a Param, item: &Value) -> Option<(&'a ItemShape, String)> {
    let selected = |shape: &&ItemShape| match shape.tag {
        Some(tag) => tag.value.is_some_and(|value| word(item, tag.key) == value),
        None => true,
    };
    let shape = param.items.iter().find(selected)?;
    Some((shape, shape.tag.map(|tag| word(item, tag.key)).unwrap_or_default()))
}

/// The method that an item stands for: its name has the words of the item's, and it takes the item's fields. `None` where
/// only the batch itself can tell.
fn method<'a>(recorded: &'a Recorded, batch: &OperationInfo, param: &Param, item: &Value) -> Option<&'a OperationInfo> {
    let (shape, tag) = form(param, item)?;
    if OTHERWISE.contains(&(recorded.info.id, &tag)) {
        return None;
    }
    // Items without a word are all of the kind that the batch is named after.
    let is_named = |name: &str| match tag.as_str() {
        "" => name.split('_').all(|part| batch.name.contains(part)),
        tag => tag.split('_').all(|part| name.split('_').any(|other| other == part)),
    };
    let takes = |operation: &OperationInfo| {
        let mut params = operation.params.iter().filter(|param| param.name != "timestamp");
        let has = |param: &Param| shape.fields.iter().any(|field| field.name == param.name);
        let all = params.clone().filter(|param| has(param)).count() == shape.fields.len();
        all && params.all(|param| param.optional || item.get(param.name).is_some())
    };
    let mut methods = recorded.info.operations.iter().filter(|operation| !operation.is_async && operation.level < 5);
    methods.find(|operation| is_named(operation.name) && takes(operation))
}

/// An item as a call of its method.
fn as_call(method: &OperationInfo, item: &Value) -> Call {
    let mut args: Vec<_> = method.params.iter().map(|param| item.get(param.name).cloned()).collect();
    // What may be left out stands at the end.
    if args.last().is_some_and(Option::is_none) && method.params.last().is_some_and(|param| param.optional) {
        args.pop();
    }
    Call::new(method, args.into_iter().map(Option::unwrap_or_default).collect())
}

/// The answers of a batch.
fn answers(returns: &Value) -> Vec<Value> {
    match returns {
        Value::List(answers) => answers.clone(),
        Value::Dict(_) => returns.get("results").map(answers).unwrap_or_default(),
        other => vec![other.clone()],
    }
}

/// Makes the items one after another: by the method that each stands for, or as a batch of its own.
fn one_by_one(recorded: &Recorded, moment: &mut Moment, call: &Call) -> Result<Vec<Value>, TestCaseError> {
    let operation = recorded.operation(call.operation);
    let param = batch(operation).expect("a batch");
    let Some(Value::List(items)) = call.arg(operation, param.name) else { return Ok(Vec::new()) };
    let failed = |error: specsight::engine::Error| TestCaseError::fail(error.to_string());
    // Even without items the helpers run.
    moment.call(&call.with(operation, param.name, Value::List(Vec::new()))).map_err(failed)?;
    let mut found = Vec::new();
    for item in items {
        if let Some(method) = method(recorded, operation, param, item) {
            found.push(moment.call(&as_call(method, item)).map_err(failed)?);
            continue;
        }
        let step = moment.step(&call.with(operation, param.name, Value::List(vec![item.clone()]))).map_err(failed)?;
        // The helpers of a batch run once: an item may bring about what is over at once.
        prop_assume!(!was_due(&step));
        found.extend(answers(&step.returns));
    }
    Ok(found)
}

#[test]
fn a_batch_is_its_items_one_after_another() {
    check(
        |info| info.operations.iter().any(is_batch),
        &[],
        |recorded| (moment(recorded), call(recorded, is_batch)).boxed(),
        |recorded, (at, call)| {
            let (mut together, mut apart) = (recorded.moments[at].fork(), recorded.moments[at].fork());
            together.wait(call.pause);
            apart.wait(call.pause);
            let simulation = together.engine.simulate(call.operation, &call.args_at(together.now));
            let Ok(simulation) = simulation else { return Err(TestCaseError::reject("raises")) };
            prop_assert!(simulation.events.iter().all(|event| event.what != What::Sleep));
            prop_assert_eq!(simulation.step.virtual_ns.unwrap_or_default(), 0);
            prop_assert_eq!(answers(&simulation.step.returns), one_by_one(recorded, &mut apart, &call)?);
            // Also in the order of everything.
            let difference = differing(&together.view(), &apart.view());
            prop_assert!(together.view().text() == apart.view().text(), "{:?}", difference);
            Ok(())
        },
    );
}

/// Whether a batch names what it does, rather than doing one thing only.
fn has_words(operation: &OperationInfo) -> bool {
    let tags = batch(operation).into_iter().flat_map(|param| &param.items).filter_map(|shape| shape.tag);
    is_batch(operation) && tags.filter(|tag| tag.value.is_some()).count() > 0
}

#[test]
fn most_words_of_batches_stand_for_methods() {
    for entry in systems() {
        let recorded = Recorded::read(entry);
        for operation in recorded.info.operations.iter().filter(|operation| has_words(operation)) {
            let param = batch(operation).expect("a batch");
            let calls = recorded.args.get(operation.name).into_iter().flatten();
            let calls = calls.map(|args| Call::new(operation, args.clone()));
            let items = calls.filter_map(|call| call.arg(operation, param.name).cloned());
            let stand = items.flat_map(|items| at(&items, "*").into_iter().cloned().collect::<Vec<_>>());
            let words: BTreeSet<_> =
                stand.filter_map(|item| method(&recorded, operation, param, &item).map(|m| m.name)).collect();
            assert!(words.len() > 1, "{} of {} finds only {words:?}", operation.name, entry.id);
        }
    }
}
