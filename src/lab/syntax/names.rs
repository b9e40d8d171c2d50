//! Names as small numbers: compared and copied for nothing.

use std::collections::BTreeMap;

use crate::value::Str;

/// A name of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Symbol(u32);

/// The names of a source.
#[derive(Clone, Debug, Default)]
pub struct Names {
    known: BTreeMap<Str, Symbol>,
    texts: Vec<Str>,
}

impl Names {
    /// The symbol of a name; the same name has the same symbol.
    pub fn intern(&mut self, name: &str) -> Symbol {
        if let Some(symbol) = self.known.get(name) {
            return *symbol;
        }
        let symbol = self.fresh(name);
        self.known.insert(name.into(), symbol);
        symbol
    }

    /// A symbol that reads like `name` and is no other: the variable of a comprehension is nobody else's.
    pub fn fresh(&mut self, name: &str) -> Symbol {
        // A source is far too short for 2^32 names.
        let symbol = Symbol(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        self.texts.push(name.into());
        symbol
    }

    /// The name of a symbol.
    pub fn text(&self, symbol: Symbol) -> Str {
        usize::try_from(symbol.0).ok().and_then(|at| self.texts.get(at)).cloned().unwrap_or_default()
    }

    /// The symbol of a name that occurs.
    pub fn find(&self, name: &str) -> Option<Symbol> {
        self.known.get(name).copied()
    }
}
