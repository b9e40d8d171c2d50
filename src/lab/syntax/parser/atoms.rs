//! What expressions are made of: names, literals, brackets, and what follows them.

use super::Parser;
use super::unknown::unknown_expression;
use crate::engine::Text;
use crate::lab::syntax::MAX_CHAIN;
use crate::lab::syntax::ast::{Expr, ExprKind, Format, Scope, Variable};
use crate::lab::syntax::error::SyntaxError;
use crate::lab::syntax::sentence::say;
use crate::lab::syntax::token::{Piece, Tok};
use crate::lab::syntax::value::Val;

impl Parser<'_> {
    /// An atom with all calls, subscripts and attributes that follow it.
    pub(super) fn postfix(&mut self) -> Result<Expr, SyntaxError> {
        let mut expr = self.atom()?;
        for _ in 0..MAX_CHAIN {
            let at = expr.at;
            let kind = match self.peek() {
                Tok::Op("(") => self.call(expr)?,
                Tok::Op("[") => self.subscript(expr)?,
                Tok::Op(".") => {
                    self.advance();
                    ExprKind::Attribute(
                        Box::new(expr),
                        self.need_name(Text::of("the name of an attribute", " attribute 嘅 name"))?,
                    )
                }
                _ => return Ok(expr),
            };
            expr = Expr { at, kind };
        }
        if matches!(self.peek(), Tok::Op("(" | "[" | ".")) {
            return Err(self.wrong(say!(
                "More than {0} calls and brackets in one chain are too many here.",
                "一條鏈多過 {0} 個 call 同括號，呢度太多喇。",
                MAX_CHAIN
            )));
        }
        Ok(expr)
    }

    fn subscript(&mut self, value: Expr) -> Result<ExprKind, SyntaxError> {
        self.advance();
        let mut parts = [None, None, None];
        let mut colons = 0;
        for (position, part) in parts.iter_mut().enumerate() {
            if !matches!(self.peek(), Tok::Op(":" | "]")) {
                *part = Some(if position == 0 { self.expression_list()? } else { self.expression()? });
            }
            if position == 2 || !self.take_op(":") {
                break;
            }
            colons += 1;
        }
        if colons > 0 {
            self.need_op("]", Text::of("after the slice", " slice 後面嘅"))?;
            return Ok(ExprKind::Slice(Box::new((value, parts))));
        }
        let [Some(index), ..] = parts else {
            return Err(self.unexpected(say!("a position or a key", "一個位置或者 key")));
        };
        self.need_op("]", Text::of("after the key", " key 後面嘅"))?;
        Ok(ExprKind::Subscript(Box::new((value, index))))
    }

    fn atom(&mut self) -> Result<Expr, SyntaxError> {
        let at = self.at();
        let kind = match self.peek() {
            Tok::Name(name) => ExprKind::Name(Variable { at, name: *name, scope: Scope::Global }),
            Tok::Int(n) => ExprKind::Constant(Val::Int(*n)),
            Tok::Float(x) => ExprKind::Constant(Val::Float(*x)),
            Tok::Keyword("None") => ExprKind::Constant(Val::None),
            Tok::Keyword("True") => ExprKind::Constant(Val::Bool(true)),
            Tok::Keyword("False") => ExprKind::Constant(Val::Bool(false)),
            Tok::Str(_) | Tok::Format(_) => return self.strings(),
            Tok::Op("(") => return self.parenthesis(),
            Tok::Op("[") => return self.list(),
            Tok::Op("{") => return self.dict(),
            Tok::Keyword(word) => {
                return Err(match unknown_expression(word) {
                    Some(sentence) => self.wrong(sentence),
                    None => self.unexpected(say!("an expression", "一個 expression")),
                });
            }
            Tok::Op("...") => {
                return Err(self.wrong(say!(
                    "`...` is not known here: an empty block is `pass`.",
                    "呢度唔識 `...`：空嘅 block 寫 `pass`。"
                )));
            }
            Tok::Op("*" | "**") => {
                return Err(self.wrong(say!(
                    "`*` spreads arguments of `gather(...)` only.",
                    "`*` 淨係用嚟攤開 `gather(...)` 嘅 argument。"
                )));
            }
            Tok::Op("@") => return Err(self.wrong(say!("Decorators are not known here.", "呢度唔識 decorator。"))),
            _ => return Err(self.unexpected(say!("an expression", "一個 expression"))),
        };
        self.advance();
        Ok(Expr { at, kind })
    }

    /// Strings that stand side by side are one.
    fn strings(&mut self) -> Result<Expr, SyntaxError> {
        let at = self.at();
        let mut pieces: Vec<Format> = Vec::new();
        loop {
            match self.peek().clone() {
                Tok::Str(text) => pieces.push(Format::Text(text)),
                Tok::Format(more) => {
                    for piece in more {
                        pieces.push(self.field(piece)?);
                    }
                }
                _ => break,
            }
            self.advance();
        }
        if pieces.iter().all(|piece| matches!(piece, Format::Text(_))) {
            let text: String =
                pieces.iter().map(|piece| if let Format::Text(text) = piece { text } else { "" }).collect();
            return Ok(Expr { at, kind: ExprKind::Constant(Val::Str(text.into())) });
        }
        Ok(Expr { at, kind: ExprKind::Format(pieces) })
    }

    fn field(&mut self, piece: Piece) -> Result<Format, SyntaxError> {
        let (tokens, repr) = match piece {
            Piece::Text(text) => return Ok(Format::Text(text)),
            Piece::Field { tokens, repr } => (tokens, repr),
        };
        let mut inner = Parser {
            tokens: &tokens,
            next: 0,
            names: self.names,
            depth: self.depth,
            loops: 0,
            functions: self.functions.clone(),
        };
        let value = inner.expression_list()?;
        match inner.peek() {
            Tok::End => Ok(Format::Field(value, repr)),
            _ => Err(inner.unexpected(say!("the end of the field", " field 嘅結尾"))),
        }
    }

    fn parenthesis(&mut self) -> Result<Expr, SyntaxError> {
        let at = self.at();
        self.advance();
        if self.take_op(")") {
            return Ok(Expr { at, kind: ExprKind::Tuple(Vec::new()) });
        }
        let inner = self.expression_list()?;
        if self.is_keyword("for") {
            let kind = self.comprehension(inner, true)?;
            self.need_op(")", Text::of("after the expression", " expression 後面嘅"))?;
            return Ok(Expr { at, kind });
        }
        self.need_op(")", Text::of("after the expression", " expression 後面嘅"))?;
        // The brackets belong to a tuple, and only group anything else.
        let at = if matches!(inner.kind, ExprKind::Tuple(_)) { at } else { inner.at };
        Ok(Expr { at, kind: inner.kind })
    }

    fn list(&mut self) -> Result<Expr, SyntaxError> {
        let at = self.at();
        self.advance();
        let mut items = Vec::new();
        while !self.take_op("]") {
            items.push(self.expression()?);
            if items.len() == 1 && self.is_keyword("for") {
                let Some(element) = items.pop() else { break };
                let kind = self.comprehension(element, false)?;
                self.need_op("]", Text::of("after the comprehension", " comprehension 後面嘅"))?;
                return Ok(Expr { at, kind });
            }
            if !self.take_op(",") && !self.is_op("]") {
                return Err(self.unexpected(say!("`,` or `]`", " `,` 或者 `]`")));
            }
        }
        Ok(Expr { at, kind: ExprKind::List(items) })
    }

    fn dict(&mut self) -> Result<Expr, SyntaxError> {
        let at = self.at();
        self.advance();
        let mut entries = Vec::new();
        while !self.take_op("}") {
            let key = self.expression()?;
            if matches!(self.peek(), Tok::Op("," | "}")) {
                return Err(SyntaxError::at(
                    at,
                    say!("Sets are not known here: a list `[..]` does.", "呢度唔識 set：用 list `[..]` 就得。"),
                ));
            }
            self.need_op(":", Text::of("between key and value", " key 同 value 中間嘅"))?;
            entries.push((key, self.expression()?));
            if self.is_keyword("for") {
                return Err(
                    self.wrong(say!("Comprehensions make lists only here.", "呢度嘅 comprehension 淨係整到 list。"))
                );
            }
            if !self.take_op(",") && !self.is_op("}") {
                return Err(self.unexpected(say!("`,` or `}`", " `,` 或者 `}`")));
            }
        }
        Ok(Expr { at, kind: ExprKind::Dict(entries) })
    }
}
