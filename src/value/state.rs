//! What a state is made of: values that can be shown, copied cheaply and compared.

use std::any::Any;
use std::rc::Rc;

use super::{Change, Int, Num, Path, Piece, Str, Value};

/// A part of an engine's state.
pub trait State: Any {
    /// The part as Python shows it.
    fn view(&self) -> Value;

    /// Adds to `out` what differs from `before`, an earlier version of the same part that stands at `path`.
    fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>);

    /// A copy behind a pointer, for a part that is shared and about to be changed.
    fn clone_rc(&self) -> Rc<dyn State>;
}

impl dyn State {
    /// The part as its own type.
    pub fn downcast_ref<T: State>(&self) -> Option<&T> {
        (self as &dyn Any).downcast_ref()
    }

    /// The part as its own type, to be changed.
    pub fn downcast_mut<T: State>(&mut self) -> Option<&mut T> {
        (self as &mut dyn Any).downcast_mut()
    }
}

/// A named field: what the `State` derive passes on, so that the work is compiled once for all structs.
pub type Field<'a> = (&'static str, &'a dyn State);

/// The view of a struct: a dict of its fields.
pub fn view_fields(fields: &[Field<'_>]) -> Value {
    Value::record(fields.iter().map(|(name, field)| (*name, field.view())))
}

/// The difference of two structs of the same type, field by field.
pub fn diff_fields(fields: &[Field<'_>], before: &[Field<'_>], path: &mut Path, out: &mut Vec<Change>) {
    for ((name, field), (_, earlier)) in fields.iter().zip(before) {
        path.within(Piece::Key(Str::from(*name)), |path| field.diff(*earlier, path, out));
    }
}

/// The difference of two values that are compared as a whole.
fn diff_whole<T: State + PartialEq>(after: &T, before: &dyn State, path: &Path, out: &mut Vec<Change>) {
    if before.downcast_ref::<T>() != Some(after) {
        out.push(Change::changed(path, before.view(), after.view()));
    }
}

macro_rules! scalar {
    ($($type:ty => |$value:ident| $view:expr;)*) => {$(
        impl State for $type {
            fn view(&self) -> Value {
                let $value = self;
                $view
            }

            fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
                diff_whole(self, before, path, out);
            }

            fn clone_rc(&self) -> Rc<dyn State> {
                Rc::new(self.clone())
            }
        }
    )*};
}

scalar! {
    bool => |b| Value::Bool(*b);
    Int => |n| Value::Int(*n);
    Num => |n| match n { Num::Int(n) => Value::Int(*n), Num::Float(x) => Value::Float(*x) };
    Str => |s| Value::Str(s.clone());
    Value => |v| v.clone();
}

impl<T: State + Clone> State for Option<T> {
    fn view(&self) -> Value {
        self.as_ref().map_or(Value::None, State::view)
    }

    fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
        match (before.downcast_ref::<Self>(), self) {
            (Some(Some(before)), Some(after)) => after.diff(before, path, out),
            (Some(None), None) => {}
            _ => out.push(Change::changed(path, before.view(), self.view())),
        }
    }

    fn clone_rc(&self) -> Rc<dyn State> {
        Rc::new(self.clone())
    }
}

macro_rules! tuple {
    ($($name:ident $at:tt),*) => {
        impl<$($name: State + Clone + PartialEq),*> State for ($($name,)*) {
            fn view(&self) -> Value {
                Value::Tuple(vec![$(self.$at.view()),*])
            }

            fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
                // A Python tuple cannot change: another one took its place.
                diff_whole(self, before, path, out);
            }

            fn clone_rc(&self) -> Rc<dyn State> {
                Rc::new(self.clone())
            }
        }
    };
}

tuple!(A 0, B 1);
tuple!(A 0, B 1, C 2);
tuple!(A 0, B 1, C 2, D 3);
