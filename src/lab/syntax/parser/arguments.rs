//! Calls and comprehensions.

use super::Parser;
use crate::engine::Text;
use crate::lab::syntax::ast::{Call, Comprehension, Expr, ExprKind};
use crate::lab::syntax::error::SyntaxError;
use crate::lab::syntax::sentence::say;
use crate::lab::syntax::token::Tok;

impl Parser<'_> {
    /// The arguments of a call, from the bracket on.
    pub(super) fn call(&mut self, callee: Expr) -> Result<ExprKind, SyntaxError> {
        self.advance();
        let mut call = Call { callee, arguments: Vec::new(), keywords: Vec::new() };
        while !self.take_op(")") {
            self.argument(&mut call)?;
            if !self.take_op(",") && !self.is_op(")") {
                return Err(self.unexpected(say!("`,` or `)`", " `,` 或者 `)`")));
            }
        }
        Ok(ExprKind::Call(Box::new(call)))
    }

    fn argument(&mut self, call: &mut Call) -> Result<(), SyntaxError> {
        let at = self.at();
        if self.take_op("*") {
            let spread = self.expression()?;
            call.arguments.push(Expr { at, kind: ExprKind::Star(Box::new(spread)) });
            return Ok(());
        }
        if let (Tok::Name(name), Tok::Op("=")) = (self.peek(), self.peek_after()) {
            let name = *name;
            self.next += 2;
            call.keywords.push((name, self.expression()?));
            return Ok(());
        }
        if !call.keywords.is_empty() {
            return Err(self.wrong(say!(
                "An argument without a name comes before those with one.",
                "冇名嘅 argument 要擺喺有名嗰啲前面。"
            )));
        }
        let value = self.expression()?;
        if !self.is_keyword("for") {
            call.arguments.push(value);
            return Ok(());
        }
        let kind = self.comprehension(value, true)?;
        call.arguments.push(Expr { at, kind });
        if call.arguments.len() > 1 || !self.is_op(")") {
            return Err(SyntaxError::at(
                at,
                say!(
                    "Beside other arguments this needs brackets of its own: `(.. for .. in ..)`.",
                    "隔籬有其他 argument，呢度就要自己有括號：`(.. for .. in ..)`。"
                ),
            ));
        }
        Ok(())
    }

    /// The rest of a comprehension, from its first `for` on.
    pub(super) fn comprehension(&mut self, element: Expr, is_generator: bool) -> Result<ExprKind, SyntaxError> {
        if matches!(element.kind, ExprKind::Star(_)) {
            return Err(SyntaxError::at(
                element.at,
                say!("`*` spreads arguments of `gather(...)` only.", "`*` 淨係用嚟攤開 `gather(...)` 嘅 argument。"),
            ));
        }
        let mut loops = Vec::new();
        while self.take_keyword("for") {
            let target = self.loop_target()?;
            self.need_keyword("in", Text::of("and what is iterated", "要行嘅嘢前面嘅"))?;
            let iterable = self.disjunction()?;
            let mut conditions = Vec::new();
            while self.take_keyword("if") {
                conditions.push(self.disjunction()?);
            }
            loops.push((target, iterable, conditions));
        }
        Ok(ExprKind::Comprehension(Box::new(Comprehension { element, loops, is_generator })))
    }
}
