//! Arguments for any operation, from what the catalogue says of its parameters.

use proptest::prelude::*;
use specsight::engine::{ItemShape, Param};
use specsight::value::{Int, Value};

/// Any value at all, also of types that no operation takes.
pub fn garbage() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::None),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(|n| Value::Int(Int(n))),
        any::<f64>().prop_map(Value::Float),
        "\\PC{0,6}".prop_map(|s| Value::Str(s.into())),
        (0..3_u32).prop_map(Value::Callable),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
            prop::collection::vec(("[a-z_]{1,9}", inner), 0..4).prop_map(Value::record),
        ]
    })
}

/// A value of the type that a parameter asks for; few different ones, so that calls meet each other's entities.
pub fn fitting(param: &Param) -> BoxedStrategy<Value> {
    let text =
        || prop::sample::select(vec!["a", "b", "c", "", "payment1", "QUEUED", "id"]).prop_map(|s| Value::Str(s.into()));
    let number =
        || prop_oneof![4 => -2..40_i64, 1 => Just(86_400_010), 1 => any::<i64>()].prop_map(|n| Value::Int(Int(n)));
    if !param.items.is_empty() {
        return items(param, fitting);
    }
    match param.py_type.as_str() {
        "int" | "int | float" => number().boxed(),
        "int | None" => prop_oneof![3 => number(), 1 => Just(Value::None)].boxed(),
        "str" => text().boxed(),
        "bool" => any::<bool>().prop_map(Value::Bool).boxed(),
        "list[str]" => prop::collection::vec(text(), 0..5).prop_map(Value::List).boxed(),
        "list[int]" => prop::collection::vec(number(), 0..5).prop_map(Value::List).boxed(),
        "async callable" => (0..3_i64)
            .prop_map(|ms| {
                Value::record([
                    ("sleep_ms", Value::Int(Int(ms * 5))),
                    ("fail", Value::record([("a", Value::Str("no".into()))])),
                ])
            })
            .boxed(),
        _ => garbage().boxed(),
    }
}

/// A batch: items in the forms that a parameter takes, with fields by `field`.
pub fn items(param: &Param, field: impl Fn(&Param) -> BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    let shapes: Vec<_> = param.items.iter().map(|shape| item(shape, &field)).collect();
    let item = (0..shapes.len()).prop_flat_map(move |at| shapes[at].clone());
    prop::collection::vec(item, 0..5).prop_map(Value::List).boxed()
}

fn item(shape: &ItemShape, field: impl Fn(&Param) -> BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    let tag = shape.tag.map(|tag| (tag.key, Value::Str(tag.value.unwrap_or("another word").into())));
    let fields: Vec<_> = shape.fields.iter().map(|param| (Just(param.name), field(param))).collect();
    fields.prop_map(move |fields| Value::record(tag.clone().into_iter().chain(fields))).boxed()
}
