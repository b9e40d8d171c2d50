//! From words to the shape of a program.

mod arguments;
mod atoms;
mod compound;
mod expressions;
mod imports;
mod statements;
mod unknown;

use super::ast::{Module, Scope, Variable};
use super::error::{Place, SyntaxError};
use super::lexer::lex;
use super::names::{Names, Symbol};
use super::token::{Tok, Token};
use super::{MAX_NESTING, MAX_SOURCE};

/// Reads a source, without looking at what its names stand for.
pub(super) fn read(source: &str) -> Result<Module, SyntaxError> {
    if source.len() > MAX_SOURCE {
        let kib = MAX_SOURCE / 1024;
        return Err(SyntaxError::at(Place::START, format!("The text is longer than {kib} KiB, which is the cap.")));
    }
    let mut names = Names::default();
    let tokens = lex(source, &mut names)?;
    let mut parser = Parser { tokens: &tokens, next: 0, names: &mut names, depth: 0, loops: 0, functions: Vec::new() };
    let body = parser.statements()?;
    Ok(Module { body, names })
}

struct Parser<'t> {
    tokens: &'t [Token],
    next: usize,
    names: &'t mut Names,
    depth: usize,
    /// Loops around, within the function.
    loops: usize,
    /// Functions around; `true` is `async def`.
    functions: Vec<bool>,
}

impl Parser<'_> {
    /// The token that is next; the last one is the end, which nothing goes past.
    fn peek(&self) -> &Tok {
        self.tokens.get(self.next).map_or(&Tok::End, |token| &token.kind)
    }

    fn peek_after(&self) -> &Tok {
        self.tokens.get(self.next + 1).map_or(&Tok::End, |token| &token.kind)
    }

    fn at(&self) -> Place {
        self.tokens.get(self.next).or(self.tokens.last()).map_or(Place::START, |token| token.at)
    }

    fn advance(&mut self) {
        self.next += 1;
    }

    fn is_op(&self, op: &str) -> bool {
        matches!(self.peek(), Tok::Op(known) if *known == op)
    }

    fn is_keyword(&self, keyword: &str) -> bool {
        matches!(self.peek(), Tok::Keyword(known) if *known == keyword)
    }

    fn take_op(&mut self, op: &str) -> bool {
        let found = self.is_op(op);
        self.next += usize::from(found);
        found
    }

    fn take_keyword(&mut self, keyword: &str) -> bool {
        let found = self.is_keyword(keyword);
        self.next += usize::from(found);
        found
    }

    fn need_op(&mut self, op: &str, place: &str) -> Result<(), SyntaxError> {
        if self.take_op(op) { Ok(()) } else { Err(self.unexpected(&format!("`{op}` {place}"))) }
    }

    fn need_keyword(&mut self, keyword: &str, place: &str) -> Result<(), SyntaxError> {
        if self.take_keyword(keyword) { Ok(()) } else { Err(self.unexpected(&format!("`{keyword}` {place}"))) }
    }

    fn need_name(&mut self, what: &str) -> Result<Symbol, SyntaxError> {
        let Tok::Name(name) = self.peek() else { return Err(self.unexpected(what)) };
        let name = *name;
        self.advance();
        Ok(name)
    }

    fn need_variable(&mut self, what: &str) -> Result<Variable, SyntaxError> {
        let at = self.at();
        Ok(Variable { at, name: self.need_name(what)?, scope: Scope::Global })
    }

    /// Reads something that nests, unless it nests too deep.
    fn within<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, SyntaxError>) -> Result<T, SyntaxError> {
        if self.depth == MAX_NESTING {
            return Err(self.wrong(format!("This nests deeper than {MAX_NESTING}, which is the cap.")));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn wrong(&self, message: impl Into<String>) -> SyntaxError {
        SyntaxError::at(self.at(), message)
    }

    fn unexpected(&self, wanted: &str) -> SyntaxError {
        let found = match self.peek() {
            Tok::Name(name) => format!("`{}`", self.names.text(*name)),
            Tok::Keyword(word) => format!("the keyword `{word}`"),
            Tok::Op(op) => format!("`{op}`"),
            Tok::Int(n) => format!("`{n}`"),
            Tok::Float(_) => "a number".to_owned(),
            Tok::Str(_) | Tok::Format(_) => "a string".to_owned(),
            Tok::Newline => "the end of the line".to_owned(),
            Tok::Indent => "a deeper indentation".to_owned(),
            Tok::Dedent => "the end of the block".to_owned(),
            Tok::End => "the end".to_owned(),
        };
        self.wrong(format!("Here should be {wanted}, not {found}."))
    }
}
