//! Statements with blocks.

use crate::engine::Text;
use crate::lab::syntax::sentence::say;
use std::rc::Rc;

use super::Parser;
use super::statements::target;
use crate::lab::syntax::ast::{
    Block, Drain, Expr, ExprKind, Function, Handler, Scope, Stmt, StmtKind, Target, Try, UnaryOp, Variable,
};
use crate::lab::syntax::error::SyntaxError;
use crate::lab::syntax::names::Symbol;
use crate::lab::syntax::token::Tok;
use crate::lab::syntax::value::Val;

impl Parser<'_> {
    /// A statement with a block, if one is next.
    pub(super) fn compound(&mut self) -> Result<Option<StmtKind>, SyntaxError> {
        let Tok::Keyword(word) = self.peek() else { return Ok(None) };
        let kind = match *word {
            "if" => self.conditional()?,
            "for" => self.for_loop()?,
            "while" => self.while_loop()?,
            "try" => self.try_block()?,
            "def" => self.function(false)?,
            "async" => {
                self.advance();
                match self.peek() {
                    Tok::Keyword("def") => self.function(true)?,
                    Tok::Keyword("with") => self.with()?,
                    Tok::Keyword("for") => {
                        return Err(self.wrong(say!("`async for` is not known here.", "呢度唔識 `async for`。")));
                    }
                    _ => {
                        return Err(
                            self.unexpected(say!("`def` or `with` after `async`", " `async` 後面嘅 `def` 或者 `with`"))
                        );
                    }
                }
            }
            _ => return Ok(None),
        };
        Ok(Some(kind))
    }

    /// A block, from its colon.
    fn block(&mut self) -> Result<Block, SyntaxError> {
        if self.is_op("=") {
            return Err(self.wrong(say!("A comparison is `==`.", "比較係用 `==`。")));
        }
        self.need_op(":", Text::of("before the block", " block 前面嘅"))?;
        self.within(|parser| {
            let mut block = Vec::new();
            if !matches!(parser.peek(), Tok::Newline) {
                parser.line(&mut block)?;
                return Ok(block);
            }
            parser.advance();
            if !matches!(parser.peek(), Tok::Indent) {
                return Err(parser.unexpected(say!("an indented block", "縮咗排嘅 block")));
            }
            parser.advance();
            let block = parser.statements()?;
            if matches!(parser.peek(), Tok::Dedent) {
                parser.advance();
            }
            Ok(block)
        })
    }

    fn loop_block(&mut self) -> Result<Block, SyntaxError> {
        self.loops += 1;
        let block = self.block();
        self.loops -= 1;
        if self.is_keyword("else") {
            return Err(self.wrong(say!("`else` after a loop is not known here.", "呢度唔識 loop 後面嘅 `else`。")));
        }
        block
    }

    fn conditional(&mut self) -> Result<StmtKind, SyntaxError> {
        let mut arms = Vec::new();
        self.advance();
        loop {
            let test = self.expression()?;
            arms.push((test, self.block()?));
            if !self.take_keyword("elif") {
                break;
            }
        }
        let otherwise = if self.take_keyword("else") { self.block()? } else { Vec::new() };
        Ok(StmtKind::If { arms, otherwise })
    }

    fn for_loop(&mut self) -> Result<StmtKind, SyntaxError> {
        self.advance();
        let target = self.loop_target()?;
        self.need_keyword("in", Text::of("and what is iterated", "要行嘅嘢前面嘅"))?;
        let iterable = self.expression_list()?;
        Ok(StmtKind::For { target, iterable, body: self.loop_block()? })
    }

    /// The target of a `for`, up to its `in`.
    pub(super) fn loop_target(&mut self) -> Result<Target, SyntaxError> {
        let at = self.at();
        let mut items = vec![target(self.postfix()?)?];
        let mut tuple = false;
        while self.take_op(",") {
            tuple = true;
            if self.is_keyword("in") {
                break;
            }
            items.push(target(self.postfix()?)?);
        }
        match items.pop() {
            Some(single) if !tuple => Ok(single),
            last => {
                items.extend(last);
                Ok(Target::Tuple(items, at))
            }
        }
    }

    fn while_loop(&mut self) -> Result<StmtKind, SyntaxError> {
        self.advance();
        let test = self.expression()?;
        let mut body = self.loop_block()?;
        let waits = matches!(test.kind, ExprKind::Constant(Val::Bool(true)));
        let queue = if waits { self.awaited_queue(&body) } else { self.queue_of(&test) };
        let Some(queue) = queue else { return Ok(StmtKind::While { test, body }) };
        let first = if body.is_empty() { None } else { Some(body.remove(0)) };
        match first {
            Some(Stmt { kind: StmtKind::Assign { target, value }, .. })
                if self.taken_from(&value) == Some(queue.name) =>
            {
                let queue = Expr { at: queue.at, kind: ExprKind::Name(queue) };
                let taken = value.at;
                let drain = Drain { queue, waits, taken, target, body, assigned: Vec::new(), free: Vec::new() };
                Ok(StmtKind::Drain(Rc::new(drain)))
            }
            first => Err(SyntaxError::at(
                first.map_or(test.at, |stmt| stmt.at),
                say!(
                    "A loop `while not queue.empty():` begins with `job = queue.get_nowait()` of the same queue.",
                    "`while not queue.empty():` 呢個 loop，第一句要係同一條 queue 嘅 `job = queue.get_nowait()`。"
                ),
            )),
        }
    }

    /// The queue in `job = await queue.get()`, where a body begins with that.
    fn awaited_queue(&self, body: &Block) -> Option<Variable> {
        let StmtKind::Assign { value, .. } = &body.first()?.kind else { return None };
        let ExprKind::Await(call) = &value.kind else { return None };
        Some(Variable { at: call.at, name: self.queue_named(call, "get")?, scope: Scope::Global })
    }

    /// The queue in `not queue.empty()`.
    fn queue_of(&self, test: &Expr) -> Option<Variable> {
        let ExprKind::Unary(UnaryOp::Not, operand) = &test.kind else { return None };
        Some(Variable { at: operand.at, name: self.queue_named(operand, "empty")?, scope: Scope::Global })
    }

    /// The name of the queue in `queue.get_nowait()`; `await queue.get()` does the same where there is a job.
    fn taken_from(&self, value: &Expr) -> Option<Symbol> {
        match &value.kind {
            ExprKind::Await(call) => self.queue_named(call, "get"),
            _ => self.queue_named(value, "get_nowait"),
        }
    }

    /// The name of the queue in `queue.method()`.
    fn queue_named(&self, call: &Expr, method: &str) -> Option<Symbol> {
        let ExprKind::Call(call) = &call.kind else { return None };
        let ExprKind::Attribute(object, name) = &call.callee.kind else { return None };
        let ExprKind::Name(variable) = &object.kind else { return None };
        let plain = call.arguments.is_empty() && call.keywords.is_empty();
        (plain && self.names.text(*name) == *method).then_some(variable.name)
    }

    fn with(&mut self) -> Result<StmtKind, SyntaxError> {
        if self.functions.last() != Some(&true) {
            return Err(self.wrong(say!(
                "`async with` stands in an `async def` only.",
                "`async with` 淨係可以喺 `async def` 入面用。"
            )));
        }
        self.advance();
        let mut items = Vec::new();
        loop {
            let item = self.expression()?;
            if self.is_keyword("as") {
                return Err(self.wrong(say!("Locks and semaphores give nothing to `as`; and instead of a TaskGroup, `gather(...)` starts the tasks.", "Lock 同 semaphore 冇嘢俾 `as`；唔用 TaskGroup，開 task 用 `gather(...)`。")));
            }
            match item.kind {
                // `async with (a, b):` acquires both, as Python 3.10 and later do.
                ExprKind::Tuple(both) if items.is_empty() && self.is_op(":") => items.extend(both),
                kind => items.push(Expr { at: item.at, kind }),
            }
            if !self.take_op(",") {
                break;
            }
        }
        Ok(StmtKind::With { items, body: self.block()? })
    }

    fn try_block(&mut self) -> Result<StmtKind, SyntaxError> {
        self.advance();
        let body = self.block()?;
        let mut handlers = Vec::new();
        while self.is_keyword("except") {
            let at = self.at();
            self.advance();
            if self.is_op("*") {
                return Err(self.wrong(say!("`except*` is not known here.", "呢度唔識 `except*`。")));
            }
            let classes = if self.is_op(":") { None } else { Some(self.expression()?) };
            let name = if self.take_keyword("as") {
                Some(self.need_variable(Text::of("a name for the exception", "俾個 exception 嘅 name"))?)
            } else {
                None
            };
            let last = classes.is_none();
            handlers.push(Handler { at, classes, name, body: self.block()? });
            if last && self.is_keyword("except") {
                return Err(
                    self.wrong(say!("An `except:` for everything comes last.", "乜都 catch 嘅 `except:` 要擺最尾。"))
                );
            }
        }
        let otherwise = match self.is_keyword("else") {
            true if handlers.is_empty() => {
                return Err(self.wrong(say!(
                    "`else` of a `try` comes after an `except`.",
                    "`try` 嘅 `else` 要擺喺 `except` 後面。"
                )));
            }
            true => {
                self.advance();
                self.block()?
            }
            false => Vec::new(),
        };
        let finally = if self.take_keyword("finally") {
            self.block()?
        } else if handlers.is_empty() {
            return Err(
                self.unexpected(say!("`except` or `finally` after the `try`", " `try` 後面嘅 `except` 或者 `finally`"))
            );
        } else {
            Vec::new()
        };
        Ok(StmtKind::Try(Box::new(Try { body, handlers, otherwise, finally, tried: Vec::new(), assigned: Vec::new() })))
    }

    fn function(&mut self, is_async: bool) -> Result<StmtKind, SyntaxError> {
        let at = self.at();
        self.advance();
        let name = self.need_variable(Text::of("the name of the function", " function 嘅 name"))?;
        self.need_op("(", Text::of("and the parameters", " parameter 前面嘅"))?;
        let mut params: Vec<Variable> = Vec::new();
        let mut annotations = Vec::new();
        while !self.take_op(")") {
            let param = self.need_variable(Text::of("a parameter", "一個 parameter"))?;
            if params.iter().any(|other| other.name == param.name) {
                return Err(SyntaxError::at(
                    param.at,
                    say!("Two parameters have this name.", "有兩個 parameter 叫呢個名。"),
                ));
            }
            params.push(param);
            if self.take_op(":") {
                annotations.push(self.expression()?);
            }
            if self.is_op("=") {
                return Err(self.wrong(say!(
                    "Parameters have no defaults here: pass every argument.",
                    "呢度嘅 parameter 冇 default：每個 argument 都要俾。"
                )));
            }
            if !self.take_op(",") && !self.is_op(")") {
                return Err(self.unexpected(say!("`,` or `)` after the parameter", " parameter 後面嘅 `,` 或者 `)`")));
            }
        }
        if self.take_op("->") {
            annotations.push(self.expression()?);
        }
        let loops = std::mem::replace(&mut self.loops, 0);
        self.functions.push(is_async);
        let body = self.block();
        self.functions.pop();
        self.loops = loops;
        Ok(StmtKind::Function(Rc::new(Function {
            at,
            name,
            params,
            annotations,
            body: body?,
            is_async,
            is_captured: false,
            waits: Vec::new(),
        })))
    }
}
