//! Expressions, by the rank of their operators.

use super::Parser;
use super::unknown::{no_bits, unknown_operator};
use crate::engine::Text;
use crate::lab::syntax::ast::{BinaryOp, CompareOp, Expr, ExprKind, UnaryOp};
use crate::lab::syntax::error::SyntaxError;
use crate::lab::syntax::sentence::say;
use crate::lab::syntax::token::Tok;

/// How tightly operators bind.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd)]
enum Rank {
    Or,
    And,
    Not,
    Sum,
    Product,
}

impl Parser<'_> {
    /// One expression, or several with commas between them, which are a tuple.
    pub(super) fn expression_list(&mut self) -> Result<Expr, SyntaxError> {
        let first = self.expression()?;
        if !self.is_op(",") {
            return Ok(first);
        }
        let at = first.at;
        let mut items = vec![first];
        while self.take_op(",") {
            if self.ends_list() {
                break;
            }
            items.push(self.expression()?);
        }
        Ok(Expr { at, kind: ExprKind::Tuple(items) })
    }

    fn ends_list(&self) -> bool {
        matches!(self.peek(), Tok::Newline | Tok::End | Tok::Op(")" | "]" | "}" | "=" | ":" | ";"))
    }

    /// An expression without commas.
    pub(super) fn expression(&mut self) -> Result<Expr, SyntaxError> {
        self.within(|parser| {
            let value = parser.ranked(Rank::Or)?;
            if !parser.is_keyword("if") {
                return Ok(value);
            }
            parser.advance();
            let test = parser.ranked(Rank::Or)?;
            parser.need_keyword("else", Text::of("and the other value", "另一個 value 前面嘅"))?;
            let other = parser.expression()?;
            Ok(Expr { at: value.at, kind: ExprKind::Conditional(Box::new([test, value, other])) })
        })
    }

    /// An expression without `if`, as what a comprehension iterates.
    pub(super) fn disjunction(&mut self) -> Result<Expr, SyntaxError> {
        self.within(|parser| parser.ranked(Rank::Or))
    }

    fn ranked(&mut self, rank: Rank) -> Result<Expr, SyntaxError> {
        match rank {
            Rank::Or => self.logical("or", Rank::And),
            Rank::And => self.logical("and", Rank::Not),
            Rank::Not => self.negation(),
            Rank::Sum => self.arithmetic(rank, Rank::Product),
            Rank::Product => self.arithmetic(rank, rank),
        }
    }

    fn logical(&mut self, word: &str, inner: Rank) -> Result<Expr, SyntaxError> {
        let first = self.ranked(inner)?;
        if !self.is_keyword(word) {
            return Ok(first);
        }
        let at = first.at;
        let mut operands = vec![first];
        while self.take_keyword(word) {
            operands.push(self.ranked(inner)?);
        }
        Ok(Expr { at, kind: ExprKind::Logical(word == "and", operands) })
    }

    fn negation(&mut self) -> Result<Expr, SyntaxError> {
        let at = self.at();
        if !self.take_keyword("not") {
            return self.comparison();
        }
        let operand = self.within(Self::negation)?;
        Ok(Expr { at, kind: ExprKind::Unary(UnaryOp::Not, Box::new(operand)) })
    }

    fn comparison(&mut self) -> Result<Expr, SyntaxError> {
        let first = self.ranked(Rank::Sum)?;
        let at = first.at;
        let mut rest = Vec::new();
        while let Some(op) = self.take_comparison() {
            rest.push((op, self.ranked(Rank::Sum)?));
        }
        if rest.is_empty() {
            return Ok(first);
        }
        Ok(Expr { at, kind: ExprKind::Compare(Box::new(first), rest) })
    }

    fn take_comparison(&mut self) -> Option<CompareOp> {
        let after = matches!(self.peek_after(), Tok::Keyword("in" | "not"));
        let (op, words) = match self.peek() {
            Tok::Op("==") => (CompareOp::Eq, 1),
            Tok::Op("!=") => (CompareOp::Ne, 1),
            Tok::Op("<") => (CompareOp::Lt, 1),
            Tok::Op("<=") => (CompareOp::Le, 1),
            Tok::Op(">") => (CompareOp::Gt, 1),
            Tok::Op(">=") => (CompareOp::Ge, 1),
            Tok::Keyword("in") => (CompareOp::In, 1),
            Tok::Keyword("not") if after => (CompareOp::NotIn, 2),
            Tok::Keyword("is") if matches!(self.peek_after(), Tok::Keyword("not")) => (CompareOp::IsNot, 2),
            Tok::Keyword("is") => (CompareOp::Is, 1),
            _ => return None,
        };
        self.next += words;
        Some(op)
    }

    fn arithmetic(&mut self, rank: Rank, inner: Rank) -> Result<Expr, SyntaxError> {
        let operand = |parser: &mut Self| if rank == inner { parser.unary() } else { parser.ranked(inner) };
        let first = operand(self)?;
        let at = first.at;
        let mut rest = Vec::new();
        while let Some(op) = self.take_arithmetic(rank)? {
            rest.push((op, operand(self)?));
        }
        if rest.is_empty() {
            return Ok(first);
        }
        Ok(Expr { at, kind: ExprKind::Binary(Box::new(first), rest) })
    }

    fn take_arithmetic(&mut self, rank: Rank) -> Result<Option<BinaryOp>, SyntaxError> {
        let Tok::Op(op) = self.peek() else { return Ok(None) };
        let (op, found) = match *op {
            "+" => (BinaryOp::Add, Rank::Sum),
            "-" => (BinaryOp::Sub, Rank::Sum),
            "*" => (BinaryOp::Mul, Rank::Product),
            "/" => (BinaryOp::Div, Rank::Product),
            "//" => (BinaryOp::FloorDiv, Rank::Product),
            "%" => (BinaryOp::Mod, Rank::Product),
            other => return unknown_operator(other).map_or(Ok(None), |sentence| Err(self.wrong(sentence))),
        };
        if found != rank {
            return Ok(None);
        }
        self.advance();
        Ok(Some(op))
    }

    fn unary(&mut self) -> Result<Expr, SyntaxError> {
        let at = self.at();
        let op = match self.peek() {
            Tok::Op("-") => UnaryOp::Minus,
            Tok::Op("+") => UnaryOp::Plus,
            Tok::Op("~") => {
                return Err(self.wrong(no_bits()));
            }
            _ => return self.awaited(),
        };
        self.advance();
        let operand = self.within(Self::unary)?;
        Ok(Expr { at, kind: ExprKind::Unary(op, Box::new(operand)) })
    }

    fn awaited(&mut self) -> Result<Expr, SyntaxError> {
        let at = self.at();
        if !self.is_keyword("await") {
            return self.postfix();
        }
        match self.functions.last() {
            None => {
                return Err(self.wrong(say!(
                    "`await` stands in an `async def` only: write `async def main()`.",
                    "`await` 淨係可以喺 `async def` 入面用：寫 `async def main()`。"
                )));
            }
            Some(false) => {
                return Err(self.wrong(say!(
                    "`await` stands in an `async def` only: write `async` before this `def`.",
                    "`await` 淨係可以喺 `async def` 入面用：喺呢個 `def` 前面寫 `async`。"
                )));
            }
            Some(true) => self.advance(),
        }
        let operand = self.postfix()?;
        Ok(Expr { at, kind: ExprKind::Await(Box::new(operand)) })
    }
}
