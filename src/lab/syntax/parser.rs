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
use super::sentence::{Sentence, say};
use super::token::{Tok, Token};
use super::{MAX_NESTING, MAX_SOURCE};
use crate::engine::Text;

/// Reads a source, without looking at what its names stand for.
pub(super) fn read(source: &str) -> Result<Module, SyntaxError> {
    if source.len() > MAX_SOURCE {
        let sentence =
            say!("The text is longer than {0} KiB, which is the cap.", "段 text 長過上限 {0} KiB。", MAX_SOURCE / 1024);
        return Err(SyntaxError::at(Place::START, sentence));
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

    fn need_op(&mut self, op: &str, place: Text) -> Result<(), SyntaxError> {
        if self.take_op(op) { Ok(()) } else { Err(self.unexpected(say!("`{0}` {1}", "{1} `{0}`", op, place))) }
    }

    fn need_keyword(&mut self, keyword: &str, place: Text) -> Result<(), SyntaxError> {
        if self.take_keyword(keyword) {
            Ok(())
        } else {
            Err(self.unexpected(say!("`{0}` {1}", "{1} `{0}`", keyword, place)))
        }
    }

    fn need_name(&mut self, what: Text) -> Result<Symbol, SyntaxError> {
        let Tok::Name(name) = self.peek() else { return Err(self.unexpected(what.into())) };
        let name = *name;
        self.advance();
        Ok(name)
    }

    fn need_variable(&mut self, what: Text) -> Result<Variable, SyntaxError> {
        let at = self.at();
        Ok(Variable { at, name: self.need_name(what)?, scope: Scope::Global })
    }

    /// Reads something that nests, unless it nests too deep.
    fn within<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, SyntaxError>) -> Result<T, SyntaxError> {
        if self.depth == MAX_NESTING {
            return Err(self.wrong(say!(
                "This nests deeper than {0}, which is the cap.",
                "呢度嵌得深過上限 {0} 層。",
                MAX_NESTING
            )));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn wrong(&self, message: Sentence) -> SyntaxError {
        SyntaxError::at(self.at(), message)
    }

    fn unexpected(&self, wanted: Sentence) -> SyntaxError {
        let found = match self.peek() {
            Tok::Name(name) => code(&self.names.text(*name)),
            Tok::Keyword(word) => say!("the keyword `{0}`", " keyword `{0}`", *word),
            Tok::Op(op) => code(op),
            Tok::Int(n) => code(&n.to_string()),
            Tok::Float(_) => say!("a number", "一個數"),
            Tok::Str(_) | Tok::Format(_) => say!("a string", "一個 string"),
            Tok::Newline => say!("the end of the line", "行尾"),
            Tok::Indent => say!("a deeper indentation", "再縮入啲"),
            Tok::Dedent => say!("the end of the block", " block 嘅結尾"),
            Tok::End => say!("the end", "最尾"),
        };
        self.wrong(say!("Here should be {0}, not {1}.", "呢度應該係{0}，唔係{1}。", wanted, found))
    }
}

/// A word of the program within a sentence.
fn code(word: &str) -> Sentence {
    say!("`{0}`", " `{0}`", word)
}
