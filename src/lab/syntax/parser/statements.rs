//! Statements of one line.

use super::Parser;
use super::unknown::unknown_statement;
use crate::lab::syntax::ast::{BinaryOp, Block, Expr, ExprKind, Stmt, StmtKind, Target};
use crate::lab::syntax::error::{Place, SyntaxError};
use crate::lab::syntax::token::Tok;

impl Parser<'_> {
    /// Statements up to the end of the block, or of the source.
    pub(super) fn statements(&mut self) -> Result<Block, SyntaxError> {
        let mut block = Vec::new();
        loop {
            match self.peek() {
                Tok::End | Tok::Dedent => return Ok(block),
                Tok::Indent => return Err(self.wrong("This line is indented, but no block begins above it.")),
                _ => self.statement(&mut block)?,
            }
        }
    }

    fn statement(&mut self, block: &mut Block) -> Result<(), SyntaxError> {
        let at = self.at();
        match self.compound()? {
            Some(kind) => {
                block.push(Stmt { at, kind });
                Ok(())
            }
            None => self.line(block),
        }
    }

    /// Simple statements to the end of the line.
    pub(super) fn line(&mut self, block: &mut Block) -> Result<(), SyntaxError> {
        loop {
            let at = self.at();
            let kind = self.simple()?;
            block.push(Stmt { at, kind });
            let more = self.take_op(";");
            if matches!(self.peek(), Tok::Newline) {
                self.advance();
                return Ok(());
            }
            if !more {
                return Err(match self.peek() {
                    Tok::Op(":") => self.wrong("Nothing that begins a block stands before this `:`."),
                    _ => self.unexpected("the end of the line"),
                });
            }
        }
    }

    fn simple(&mut self) -> Result<StmtKind, SyntaxError> {
        let at = self.at();
        let Tok::Keyword(word) = self.peek() else { return self.expression_statement() };
        let word = *word;
        match word {
            "break" | "continue" if self.loops == 0 => {
                return Err(self.wrong(format!("`{word}` stands in a loop only.")));
            }
            "pass" | "break" | "continue" => self.advance(),
            "return" if self.functions.is_empty() => return Err(self.wrong("`return` stands in a function only.")),
            "return" | "raise" => {
                self.advance();
                let value = if self.ends_statement() { None } else { Some(self.expression_list()?) };
                if word == "return" {
                    return Ok(StmtKind::Return(value));
                }
                if self.take_keyword("from") {
                    self.expression()?;
                }
                return Ok(StmtKind::Raise(value));
            }
            "import" | "from" => return self.import(),
            _ => return unknown_statement(word, at).map_or_else(|| self.expression_statement(), Err),
        }
        Ok(match word {
            "pass" => StmtKind::Pass,
            "break" => StmtKind::Break,
            _ => StmtKind::Continue,
        })
    }

    fn ends_statement(&self) -> bool {
        matches!(self.peek(), Tok::Newline | Tok::Op(";") | Tok::End)
    }

    fn expression_statement(&mut self) -> Result<StmtKind, SyntaxError> {
        let expr = self.expression_list()?;
        let at = self.at();
        let Tok::Op(op) = self.peek() else { return Ok(StmtKind::Expr(expr)) };
        match *op {
            "=" => {
                self.advance();
                let target = target(expr)?;
                let value = self.expression_list()?;
                if self.is_op("=") {
                    return Err(self.wrong("One assignment at a time: `a = b = ..` is not known here."));
                }
                Ok(StmtKind::Assign { target, value })
            }
            ":" if matches!(expr.kind, ExprKind::Name(_)) => {
                self.advance();
                self.expression()?;
                self.need_op("=", "and a value")?;
                Ok(StmtKind::Assign { target: target(expr)?, value: self.expression_list()? })
            }
            _ => match augmented(op) {
                None => Ok(StmtKind::Expr(expr)),
                Some(Err(())) => Err(SyntaxError::at(at, format!("`{op}` is not known here."))),
                Some(Ok(op)) => {
                    let Target::Name(name) = target(expr)? else {
                        return Err(SyntaxError::at(at, "Only one variable can be changed like this."));
                    };
                    self.advance();
                    Ok(StmtKind::Augment { name, op, value: self.expression_list()? })
                }
            },
        }
    }
}

fn augmented(op: &str) -> Option<Result<BinaryOp, ()>> {
    Some(match op {
        "+=" => Ok(BinaryOp::Add),
        "-=" => Ok(BinaryOp::Sub),
        "*=" => Ok(BinaryOp::Mul),
        "/=" => Ok(BinaryOp::Div),
        "//=" => Ok(BinaryOp::FloorDiv),
        "%=" => Ok(BinaryOp::Mod),
        "**=" | ">>=" | "<<=" | "&=" | "|=" | "^=" | "@=" | ":=" => Err(()),
        _ => return None,
    })
}

/// Makes a target of what was read as an expression.
pub(super) fn target(expr: Expr) -> Result<Target, SyntaxError> {
    let at: Place = expr.at;
    match expr.kind {
        ExprKind::Name(variable) => Ok(Target::Name(variable)),
        ExprKind::Tuple(items) | ExprKind::List(items) => {
            Ok(Target::Tuple(items.into_iter().map(target).collect::<Result<_, _>>()?, at))
        }
        ExprKind::Subscript(_) | ExprKind::Attribute(..) | ExprKind::Slice(_) => Err(SyntaxError::at(
            at,
            "Only names are assigned to: what other tasks can see too would make the outcome depend on the order of tasks.",
        )),
        ExprKind::Star(_) => Err(SyntaxError::at(at, "`*` in a target is not known here.")),
        _ => Err(SyntaxError::at(at, "Only names are assigned to; a comparison is `==`.")),
    }
}
