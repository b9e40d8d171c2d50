//! `import` and `from .. import`.

use super::Parser;
use crate::lab::syntax::ast::{StmtKind, Variable};
use crate::lab::syntax::error::SyntaxError;
use crate::lab::syntax::value::Builtin;

impl Parser<'_> {
    /// `import asyncio` or `from asyncio import gather, sleep`.
    pub(super) fn import(&mut self) -> Result<StmtKind, SyntaxError> {
        if self.take_keyword("from") {
            return self.import_members();
        }
        self.advance();
        let mut bindings = Vec::new();
        loop {
            let (variable, module) = self.module()?;
            bindings.push((self.import_name(variable)?, module));
            if !self.take_op(",") {
                return Ok(StmtKind::Import(bindings));
            }
        }
    }

    fn import_members(&mut self) -> Result<StmtKind, SyntaxError> {
        let (_, module) = self.module()?;
        self.need_keyword("import", "and the names")?;
        let bracket = self.take_op("(");
        let mut bindings = Vec::new();
        loop {
            let variable = self.need_variable("a name of the module")?;
            let name = self.names.text(variable.name);
            let Some(member) = module.member(&name) else {
                return Err(SyntaxError::at(variable.at, module.unknown_member(&name)));
            };
            bindings.push((self.import_name(variable)?, member));
            if !self.take_op(",") || (bracket && self.is_op(")")) {
                break;
            }
        }
        if bracket {
            self.need_op(")", "after the names")?;
        }
        Ok(StmtKind::Import(bindings))
    }

    /// What something is called from here on: as it is, or by an `as`.
    fn import_name(&mut self, variable: Variable) -> Result<Variable, SyntaxError> {
        if self.take_keyword("as") { self.need_variable("the name to use") } else { Ok(variable) }
    }

    fn module(&mut self) -> Result<(Variable, Builtin), SyntaxError> {
        let variable = self.need_variable("the name of a module")?;
        let name = self.names.text(variable.name);
        match &*name {
            "asyncio" => Ok((variable, Builtin::Asyncio)),
            "collections" => Ok((variable, Builtin::Collections)),
            "time" => Err(SyntaxError::at(
                variable.at,
                "`time` is not needed: `time.sleep` blocks the whole loop, use `await asyncio.sleep(seconds)`.",
            )),
            _ => Err(SyntaxError::at(
                variable.at,
                format!("`{name}` is not known here: there are `asyncio` and `collections`."),
            )),
        }
    }
}
