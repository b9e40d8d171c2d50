//! `import` and `from .. import`.

use super::Parser;
use crate::engine::Text;
use crate::lab::syntax::ast::{StmtKind, Variable};
use crate::lab::syntax::error::SyntaxError;
use crate::lab::syntax::sentence::say;
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
        self.need_keyword("import", Text::of("and the names", " name 前面嘅"))?;
        let bracket = self.take_op("(");
        let mut bindings = Vec::new();
        loop {
            let variable = self.need_variable(Text::of("a name of the module", " module 入面嘅一個 name"))?;
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
            self.need_op(")", Text::of("after the names", " name 後面嘅"))?;
        }
        Ok(StmtKind::Import(bindings))
    }

    /// What something is called from here on: as it is, or by an `as`.
    fn import_name(&mut self, variable: Variable) -> Result<Variable, SyntaxError> {
        if self.take_keyword("as") {
            self.need_variable(Text::of("the name to use", "要用嘅 name"))
        } else {
            Ok(variable)
        }
    }

    fn module(&mut self) -> Result<(Variable, Builtin), SyntaxError> {
        let variable = self.need_variable(Text::of("the name of a module", " module 嘅 name"))?;
        let name = self.names.text(variable.name);
        match &*name {
            "asyncio" => Ok((variable, Builtin::Asyncio)),
            "collections" => Ok((variable, Builtin::Collections)),
            "time" => Err(SyntaxError::at(
                variable.at,
                say!(
                    "`time` is not needed: `time.sleep` blocks the whole loop, use `await asyncio.sleep(seconds)`.",
                    "唔使 `time`：`time.sleep` 會塞住成個 loop，用 `await asyncio.sleep(seconds)`。"
                ),
            )),
            _ => Err(SyntaxError::at(
                variable.at,
                say!(
                    "`{0}` is not known here: there are `asyncio` and `collections`.",
                    "呢度唔識 `{0}`：有 `asyncio` 同 `collections`。",
                    &*name
                ),
            )),
        }
    }
}
