//! A part of a state and what is kept beside it, as one: so that a backup takes both, and a restore sorts nothing.

use std::rc::Rc;

use crate::value::{Change, Path, State, Value};

/// Items and an index of them. Python's class has the items only: they are what is seen.
#[derive(Clone, Default)]
pub struct Indexed<S, I> {
    /// What Python's class has.
    pub items: S,
    /// What answers without a scan; it must be kept in step with the items.
    pub index: I,
}

impl<S: State + Clone, I: Clone + 'static> State for Indexed<S, I> {
    fn view(&self) -> Value {
        self.items.view()
    }

    fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
        match before.downcast_ref::<Self>() {
            Some(before) => self.items.diff(&before.items, path, out),
            None => out.push(Change::changed(path, before.view(), self.view())),
        }
    }

    fn clone_rc(&self) -> Rc<dyn State> {
        Rc::new(self.clone())
    }
}
