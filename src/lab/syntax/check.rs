//! Whose every name is: decided before anything runs, as Python does when it compiles.

mod bound;
mod walk;

use super::sentence::say;
use std::collections::BTreeSet;

use self::bound::Bound;
use super::ast::{Module, Scope, Variable};
use super::error::{Place, SyntaxError};
use super::names::{Names, Symbol};
use super::value::{Builtin, Val};
use crate::engine::nearest_name;

/// Looks up every name of a module; `predefined` are the names that it may use without defining them.
pub(super) fn check(module: &mut Module, predefined: &[&str]) -> Result<(), SyntaxError> {
    let mut globals = Bound::of(&module.body);
    globals.assigned.extend(predefined.iter().map(|name| module.names.intern(name)));
    let mut checker = Checker {
        names: &mut module.names,
        globals: globals.assigned.union(&globals.augmented).copied().collect(),
        functions: Vec::new(),
        comprehensions: Vec::new(),
        reads: Vec::new(),
        waits: Vec::new(),
        defines_functions: false,
    };
    checker.block(&mut module.body)
}

struct Checker<'n> {
    names: &'n mut Names,
    globals: BTreeSet<Symbol>,
    /// The variables of each function around, from the outside in.
    functions: Vec<BTreeSet<Symbol>>,
    /// The variables of each comprehension around, and the symbols that stand for them.
    comprehensions: Vec<Vec<(Symbol, Symbol)>>,
    /// Variables of functions that were read, for each queue's loop around.
    reads: Vec<Vec<Variable>>,
    /// Where the function waits.
    waits: Vec<Place>,
    /// Whether the function defines others.
    defines_functions: bool,
}

/// What a name stands for.
enum Meaning {
    Variable(Variable),
    /// What Python or asyncio has under this name.
    Constant(Val),
}

impl Checker<'_> {
    fn meaning(&mut self, variable: Variable) -> Result<Meaning, SyntaxError> {
        let name = variable.name;
        let renamed = self.comprehensions.iter().rev().flatten().find(|(known, _)| *known == name);
        if let Some((_, fresh)) = renamed {
            return Ok(Meaning::Variable(Variable { name: *fresh, scope: Scope::Local, ..variable }));
        }
        if let Some(out) = self.functions.iter().rev().position(|bound| bound.contains(&name)) {
            // Functions nest no deeper than blocks.
            let scope = if out == 0 { Scope::Local } else { Scope::Outer(u32::try_from(out).unwrap_or_default()) };
            let variable = Variable { scope, ..variable };
            for reads in &mut self.reads {
                reads.push(variable);
            }
            return Ok(Meaning::Variable(variable));
        }
        if self.globals.contains(&name) {
            return Ok(Meaning::Variable(Variable { scope: Scope::Global, ..variable }));
        }
        let text = self.names.text(name);
        if *text == *"__name__" {
            return Ok(Meaning::Constant(Val::Str("__main__".into())));
        }
        match Builtin::named(&text) {
            Some(builtin) => Ok(Meaning::Constant(Val::Builtin(builtin))),
            None => Err(self.unknown(variable)),
        }
    }

    /// The variable that an assignment is to.
    fn assigned(&mut self, variable: &mut Variable) {
        let renamed =
            self.comprehensions.last().and_then(|renamed| renamed.iter().find(|(old, _)| *old == variable.name));
        variable.scope = if self.functions.is_empty() { Scope::Global } else { Scope::Local };
        if let Some((_, fresh)) = renamed {
            variable.name = *fresh;
            variable.scope = Scope::Local;
        }
    }

    fn unknown(&self, variable: Variable) -> SyntaxError {
        let name = self.names.text(variable.name);
        let sentence = match &*name {
            "time" => say!(
                "`time.sleep` blocks the whole loop: use `await asyncio.sleep(seconds)`.",
                "`time.sleep` 會塞住成個 loop：用 `await asyncio.sleep(seconds)`。"
            ),
            "random" => say!(
                "`random` would make every run another one: give each item its own `\"sleep\"`.",
                "用 `random` 就次次行出嚟都唔同：俾每個 item 自己嘅 `\"sleep\"`。"
            ),
            _ => {
                let variables = self.functions.iter().flatten().chain(&self.globals);
                let known: Vec<_> = variables.map(|known| self.names.text(*known)).collect();
                let known = known.iter().map(|known| &**known).chain(Builtin::names().map(|name| -> &str { name }));
                match nearest_name(&name, known) {
                    Some(meant) => {
                        say!("There is no `{0}`. Did you mean `{1}`?", "冇 `{0}`。係咪想打 `{1}`？", &*name, &*meant)
                    }
                    None => say!("There is no `{0}`.", "冇 `{0}`。", &*name),
                }
            }
        };
        SyntaxError::at(variable.at, sentence)
    }
}
