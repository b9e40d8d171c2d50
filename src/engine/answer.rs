//! Answers: from the types of the operations to dynamic values.

use crate::value::{Dict, DictKey, Int, List, Num, State, Str, Value};

/// A type that operations answer with.
pub trait IntoValue {
    /// The name of the type in Python.
    fn py_type() -> String;

    /// The answer as a Python value.
    fn into_value(self) -> Value;
}

macro_rules! scalar {
    ($($type:ty => $name:literal, |$value:ident| $answer:expr;)*) => {$(
        impl IntoValue for $type {
            fn py_type() -> String {
                $name.to_owned()
            }

            fn into_value(self) -> Value {
                let $value = self;
                $answer
            }
        }
    )*};
}

scalar! {
    () => "None", |_nothing| Value::None;
    bool => "bool", |b| Value::Bool(b);
    Int => "int", |n| Value::Int(n);
    Num => "int | float", |n| n.view();
    Str => "str", |s| Value::Str(s);
    String => "str", |s| Value::Str(s.into());
    &'static str => "str", |s| Value::Str(s.into());
    Value => "Any", |v| v;
}

impl<T: IntoValue> IntoValue for Option<T> {
    fn py_type() -> String {
        format!("{} | None", T::py_type())
    }

    fn into_value(self) -> Value {
        self.map_or(Value::None, IntoValue::into_value)
    }
}

impl<T: IntoValue + Clone> IntoValue for &T {
    fn py_type() -> String {
        T::py_type()
    }

    fn into_value(self) -> Value {
        self.clone().into_value()
    }
}

impl<T: IntoValue> IntoValue for Vec<T> {
    fn py_type() -> String {
        format!("list[{}]", T::py_type())
    }

    fn into_value(self) -> Value {
        Value::List(self.into_iter().map(IntoValue::into_value).collect())
    }
}

impl<T: IntoValue + State + Clone> IntoValue for List<T> {
    fn py_type() -> String {
        format!("list[{}]", T::py_type())
    }

    fn into_value(self) -> Value {
        self.view()
    }
}

impl<K: DictKey + IntoValue, V: State + Clone + IntoValue> IntoValue for Dict<K, V> {
    fn py_type() -> String {
        format!("dict[{}, {}]", K::py_type(), V::py_type())
    }

    fn into_value(self) -> Value {
        self.view()
    }
}

impl<A: IntoValue, B: IntoValue> IntoValue for (A, B) {
    fn py_type() -> String {
        format!("tuple[{}, {}]", A::py_type(), B::py_type())
    }

    fn into_value(self) -> Value {
        Value::Tuple(vec![self.0.into_value(), self.1.into_value()])
    }
}

impl<A: IntoValue, B: IntoValue, C: IntoValue> IntoValue for (A, B, C) {
    fn py_type() -> String {
        format!("tuple[{}, {}, {}]", A::py_type(), B::py_type(), C::py_type())
    }

    fn into_value(self) -> Value {
        Value::Tuple(vec![self.0.into_value(), self.1.into_value(), self.2.into_value()])
    }
}
