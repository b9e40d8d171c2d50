//! Arguments: from dynamic values to the types of the operations, with errors that say where.

use super::{ItemShape, MAX_ITEMS, ParamSpec};
use crate::value::{Int, Num, Str, Value};

/// Why a value does not fit, and where it stands. It is behind a pointer: every argument of every operation may end in one,
/// and a small result is little code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch(Box<Details>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Details {
    argument: Option<(usize, String)>,
    item: Option<usize>,
    field: Option<String>,
    problem: String,
    is_limit: bool,
}

impl Mismatch {
    /// A value of another type than expected.
    pub fn expected(py_type: &str, found: &Value) -> Self {
        const SHOWN: usize = 40;
        let text = found.text();
        let shown = match text.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text,
        };
        let found = match found {
            Value::None | Value::Callable(_) => shown,
            other => format!("{} {shown}", other.type_name()),
        };
        Self::problem(format!("must be {py_type}, not {found}"))
    }

    /// Any other problem; reads on from the name of what is wrong.
    pub fn problem(problem: impl Into<String>) -> Self {
        let problem = problem.into();
        Self(Box::new(Details { argument: None, item: None, field: None, problem, is_limit: false }))
    }

    /// More of something than a documented cap allows.
    pub fn too_many(problem: impl Into<String>) -> Self {
        let mut mismatch = Self::problem(problem);
        mismatch.0.is_limit = true;
        mismatch
    }

    /// Says that it is about the argument at `index`.
    #[must_use]
    pub fn at_argument(mut self, index: usize, name: &str) -> Self {
        self.0.argument.get_or_insert((index, name.to_owned()));
        self
    }

    /// Says that it is about the item at `index` of a list; the outermost list counts.
    #[must_use]
    pub fn at_item(mut self, index: usize) -> Self {
        self.0.item = Some(index);
        self
    }

    /// Says that it is about a field of an item; the outermost field counts.
    #[must_use]
    pub fn at_field(mut self, name: &str) -> Self {
        self.0.field = Some(name.to_owned());
        self
    }

    /// Whether a documented cap was exceeded.
    pub fn is_limit(&self) -> bool {
        self.0.is_limit
    }

    /// Whether the error is about an item of a batch.
    pub fn is_in_item(&self) -> bool {
        self.0.item.is_some()
    }

    /// The position of the item, or else of the argument.
    pub fn index(&self) -> Option<usize> {
        self.0.item.or(self.0.argument.as_ref().map(|(index, _)| *index))
    }

    /// The key of the bad field of an item.
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }
}

impl std::fmt::Display for Mismatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Details { argument, item, field, problem, .. } = &*self.0;
        match (argument, item, field) {
            (Some((_, name)), Some(item), Some(field)) => {
                write!(f, "Item {item} of `{name}`: `{field}` {problem}.")
            }
            (Some((_, name)), Some(item), None) => write!(f, "Item {item} of `{name}` {problem}."),
            (Some((_, name)), None, Some(field)) => write!(f, "`{name}`: `{field}` {problem}."),
            (Some((_, name)), None, None) => write!(f, "`{name}` {problem}."),
            _ => write!(f, "{problem}."),
        }
    }
}

impl std::error::Error for Mismatch {}

/// A type that arguments are read as.
pub trait FromValue: Sized {
    /// The name of the type in Python.
    fn py_type() -> String;

    /// Reads a value, or says what is wrong with it.
    fn from_value(value: &Value) -> Result<Self, Mismatch>;

    /// For a batch item or a list of them: its forms.
    fn item_shapes() -> Vec<ItemShape> {
        Vec::new()
    }
}

/// The arguments of a call, read one after another.
pub struct Args<'a> {
    values: &'a [Value],
    params: &'static [ParamSpec],
    next: usize,
}

impl<'a> Args<'a> {
    /// Begins to read; refuses more or fewer values than there are parameters.
    pub fn new(values: &'a [Value], params: &'static [ParamSpec]) -> Result<Self, Mismatch> {
        let required = params.iter().filter(|param| !param.optional).count();
        if let Some(param) = params.get(values.len())
            && values.len() < required
        {
            let problem = format!("is missing: {} given, {required} needed", count(values.len(), "argument"));
            return Err(Mismatch::problem(problem).at_argument(values.len(), param.name));
        }
        if values.len() > params.len() {
            let problem = format!("{} given, {} allowed", count(values.len(), "argument"), params.len());
            return Err(Mismatch::problem(problem).at_argument(params.len(), "arguments"));
        }
        Ok(Self { values, params, next: 0 })
    }

    /// Reads the next argument.
    #[inline(never)] // one copy a type, not one a parameter: the package is downloaded
    pub fn take<T: FromValue>(&mut self) -> Result<T, Mismatch> {
        T::from_value(self.next()).map_err(|mismatch| self.at_last(mismatch))
    }

    fn next(&mut self) -> &'a Value {
        let value = self.values.get(self.next).unwrap_or(&Value::None);
        self.next += 1;
        value
    }

    /// Says that a mismatch is about the argument read last.
    fn at_last(&self, mismatch: Mismatch) -> Mismatch {
        let index = self.next.saturating_sub(1);
        mismatch.at_argument(index, self.params.get(index).map_or("", |param| param.name))
    }

    /// Reads the next argument, or takes the default of one that was left out.
    pub fn take_or<T: FromValue>(&mut self, default: impl FnOnce() -> T) -> Result<T, Mismatch> {
        if self.next < self.values.len() { self.take() } else { Ok(default()) }
    }
}

fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

impl FromValue for Int {
    fn py_type() -> String {
        "int".to_owned()
    }

    fn from_value(value: &Value) -> Result<Self, Mismatch> {
        match value {
            Value::Int(n) => Ok(*n),
            // JSON and JavaScript do not tell 2.0 from 2.
            #[allow(clippy::cast_possible_truncation)] // exact: whole and far inside the range
            Value::Float(x) if x.fract() == 0.0 && x.abs() < 9e15 => Ok(Self(*x as i64)),
            other => Err(Mismatch::expected("int", other)),
        }
    }
}

impl FromValue for Num {
    fn py_type() -> String {
        "int | float".to_owned()
    }

    fn from_value(value: &Value) -> Result<Self, Mismatch> {
        match value.as_num() {
            Some(Num::Float(x)) if !x.is_finite() => Err(Mismatch::expected("a finite number", value)),
            Some(number) => Ok(number),
            None => Err(Mismatch::expected("a number", value)),
        }
    }
}

impl FromValue for Str {
    fn py_type() -> String {
        "str".to_owned()
    }

    fn from_value(value: &Value) -> Result<Self, Mismatch> {
        match value {
            Value::Str(s) => Ok(s.clone()),
            other => Err(Mismatch::expected("str", other)),
        }
    }
}

impl FromValue for bool {
    fn py_type() -> String {
        "bool".to_owned()
    }

    fn from_value(value: &Value) -> Result<Self, Mismatch> {
        match value {
            Value::Bool(b) => Ok(*b),
            other => Err(Mismatch::expected("bool", other)),
        }
    }
}

impl FromValue for Value {
    fn py_type() -> String {
        "Any".to_owned()
    }

    fn from_value(value: &Value) -> Result<Self, Mismatch> {
        Ok(value.clone())
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn py_type() -> String {
        format!("{} | None", T::py_type())
    }

    fn from_value(value: &Value) -> Result<Self, Mismatch> {
        match value {
            Value::None => Ok(None),
            other => T::from_value(other).map(Some),
        }
    }

    fn item_shapes() -> Vec<ItemShape> {
        T::item_shapes()
    }
}

impl<T: FromValue> FromValue for Vec<T> {
    fn py_type() -> String {
        format!("list[{}]", T::py_type())
    }

    fn from_value(value: &Value) -> Result<Self, Mismatch> {
        let items = items(value, Self::py_type)?;
        let mut read = Self::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            read.push(T::from_value(item).map_err(|m| m.at_item(index))?);
        }
        Ok(read)
    }

    fn item_shapes() -> Vec<ItemShape> {
        T::item_shapes()
    }
}

/// The items of a list, if it is one and within the cap.
fn items(value: &Value, py_type: fn() -> String) -> Result<&[Value], Mismatch> {
    let (Value::List(items) | Value::Tuple(items)) = value else {
        return Err(Mismatch::expected(&py_type(), value));
    };
    if items.len() > MAX_ITEMS {
        return Err(Mismatch::too_many(format!("has {} items; at the most {MAX_ITEMS} are allowed", items.len())));
    }
    Ok(items)
}

macro_rules! tuple {
    ($n:literal: $($name:ident $at:tt),*) => {
        impl<$($name: FromValue),*> FromValue for ($($name,)*) {
            fn py_type() -> String {
                format!("tuple[{}]", [$($name::py_type()),*].join(", "))
            }

            fn from_value(value: &Value) -> Result<Self, Mismatch> {
                match value {
                    Value::List(items) | Value::Tuple(items) if items.len() == $n => {
                        Ok(($($name::from_value(items.get($at).unwrap_or(&Value::None))?,)*))
                    }
                    other => Err(Mismatch::expected(&Self::py_type(), other)),
                }
            }
        }
    };
}

tuple!(2: A 0, B 1);
tuple!(3: A 0, B 1, C 2);
tuple!(4: A 0, B 1, C 2, D 3);
