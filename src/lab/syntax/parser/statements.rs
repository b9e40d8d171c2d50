//! Statements of one line.

use super::Parser;
use super::unknown::unknown_statement;
use crate::engine::Text;
use crate::lab::syntax::ast::{BinaryOp, Block, Expr, ExprKind, Stmt, StmtKind, Target};
use crate::lab::syntax::error::{Place, SyntaxError};
use crate::lab::syntax::sentence::say;
use crate::lab::syntax::token::Tok;

impl Parser<'_> {
    /// Statements up to the end of the block, or of the source.
    pub(super) fn statements(&mut self) -> Result<Block, SyntaxError> {
        let mut block = Vec::new();
        loop {
            match self.peek() {
                Tok::End | Tok::Dedent => return Ok(block),
                Tok::Indent => {
                    return Err(self.wrong(say!(
                        "This line is indented, but no block begins above it.",
                        "呢行縮咗排，但上面冇開 block。"
                    )));
                }
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
                    Tok::Op(":") => self.wrong(say!(
                        "Nothing that begins a block stands before this `:`.",
                        "呢個 `:` 前面冇嘢開 block。"
                    )),
                    _ => self.unexpected(say!("the end of the line", "行尾")),
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
                return Err(self.wrong(say!("`{0}` stands in a loop only.", "`{0}` 淨係可以喺 loop 入面用。", word)));
            }
            "pass" | "break" | "continue" => self.advance(),
            "return" if self.functions.is_empty() => {
                return Err(
                    self.wrong(say!("`return` stands in a function only.", "`return` 淨係可以喺 function 入面用。"))
                );
            }
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
                    return Err(self.wrong(say!(
                        "One assignment at a time: `a = b = ..` is not known here.",
                        "一次淨係 assign 一個：呢度唔識 `a = b = ..`。"
                    )));
                }
                Ok(StmtKind::Assign { target, value })
            }
            ":" if matches!(expr.kind, ExprKind::Name(_)) => {
                self.advance();
                self.expression()?;
                self.need_op("=", Text::of("and a value", " value 前面嘅"))?;
                Ok(StmtKind::Assign { target: target(expr)?, value: self.expression_list()? })
            }
            _ => match augmented(op) {
                None => Ok(StmtKind::Expr(expr)),
                Some(Err(())) => Err(SyntaxError::at(at, say!("`{0}` is not known here.", "呢度唔識 `{0}`。", *op))),
                Some(Ok(op)) => {
                    let Target::Name(name) = target(expr)? else {
                        return Err(SyntaxError::at(
                            at,
                            say!("Only one variable can be changed like this.", "咁樣改，淨係改得一個 variable。"),
                        ));
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
            say!(
                "Only names are assigned to: what other tasks can see too would make the outcome depend on the order of tasks.",
                "淨係可以 assign 俾 name：其他 task 都見到嘅嘢，會令結果要睇 task 嘅次序。"
            ),
        )),
        ExprKind::Star(_) => {
            Err(SyntaxError::at(at, say!("`*` in a target is not known here.", "呢度唔識 target 入面嘅 `*`。")))
        }
        _ => Err(SyntaxError::at(
            at,
            say!("Only names are assigned to; a comparison is `==`.", "淨係可以 assign 俾 name；比較係用 `==`。"),
        )),
    }
}
