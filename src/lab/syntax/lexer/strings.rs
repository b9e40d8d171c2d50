//! Strings: quotes, prefixes, escapes.

use super::{Cursor, Lexer};
use crate::lab::syntax::error::{Place, SyntaxError};
use crate::lab::syntax::sentence::say;
use crate::lab::syntax::token::Tok;

impl<'c> Lexer<'c, '_> {
    /// A string whose prefix has been read.
    pub(super) fn string(&mut self, at: Place, prefix: &str) -> Result<(), SyntaxError> {
        if prefix.contains('b') {
            return Err(SyntaxError::at(
                at,
                say!("Bytes are not known here: leave the `b` out.", "呢度唔識 bytes：唔好寫個 `b`。"),
            ));
        }
        let raw = prefix.contains('r');
        let body = self.quoted(at)?;
        let kind =
            if prefix.contains('f') { Tok::Format(self.pieces(body, raw)?) } else { Tok::Str(text(body, raw)?.into()) };
        self.push(at, kind);
        Ok(())
    }

    /// Moves behind the closing quote and gives what stands between the two.
    fn quoted(&mut self, at: Place) -> Result<Cursor<'c>, SyntaxError> {
        let quote = self.cursor.bump().unwrap_or('"');
        let triple = self.cursor.peek() == Some(quote) && self.cursor.peek_at(1) == Some(quote);
        if triple {
            self.cursor.skip(2);
        }
        let mut body = self.cursor.clone();
        loop {
            let closes = self.cursor.peek() == Some(quote)
                && (!triple || (self.cursor.peek_at(1) == Some(quote) && self.cursor.peek_at(2) == Some(quote)));
            if closes {
                body.chars = body.chars.get(..self.cursor.at).unwrap_or_default();
                self.cursor.skip(if triple { 3 } else { 1 });
                return Ok(body);
            }
            match self.cursor.bump() {
                Some('\\') => {
                    self.cursor.bump();
                }
                Some('\n') if !triple => return Err(unclosed(at)),
                None => return Err(unclosed(at)),
                Some(_) => {}
            }
        }
    }
}

fn unclosed(at: Place) -> SyntaxError {
    SyntaxError::at(at, say!("This string is never closed.", "呢個 string 冇閂到。"))
}

fn text(mut body: Cursor<'_>, raw: bool) -> Result<String, SyntaxError> {
    let mut text = String::new();
    while let Some(c) = body.peek() {
        if c == '\\' && !raw {
            escape(&mut body, &mut text)?;
        } else {
            text.push(c);
            body.bump();
        }
    }
    Ok(text)
}

/// Reads an escape, from its backslash on.
pub(super) fn escape(body: &mut Cursor<'_>, text: &mut String) -> Result<(), SyntaxError> {
    let at = body.place;
    body.bump();
    let digits = match body.bump() {
        Some('\n') => return Ok(()),
        Some('n') => return push(text, '\n'),
        Some('t') => return push(text, '\t'),
        Some('r') => return push(text, '\r'),
        Some('a') => return push(text, '\u{7}'),
        Some('b') => return push(text, '\u{8}'),
        Some('f') => return push(text, '\u{c}'),
        Some('v') => return push(text, '\u{b}'),
        Some(c @ ('\\' | '\'' | '"')) => return push(text, c),
        Some('x') => 2,
        Some('u') => 4,
        Some('U') => 8,
        Some('N' | '0'..='7') => {
            return Err(SyntaxError::at(
                at,
                say!(
                    "This kind of escape is not known here: write the character itself.",
                    "呢度唔識呢種 escape：直接打嗰個字。"
                ),
            ));
        }
        // Python keeps the backslash before a character that has no meaning behind it.
        other => {
            text.push('\\');
            text.extend(other);
            return Ok(());
        }
    };
    let mut code = String::new();
    while let Some(c) = body.peek().filter(|c| code.len() < digits && c.is_ascii_hexdigit()) {
        code.push(c);
        body.bump();
    }
    let c = u32::from_str_radix(&code, 16).ok().filter(|_| code.len() == digits).and_then(char::from_u32);
    match c {
        Some(c) => push(text, c),
        None => Err(SyntaxError::at(
            at,
            say!(
                "This escape needs {0} hexadecimal digits of a character.",
                "呢個 escape 要有 {0} 個十六進制數字，代表一個字。",
                digits
            ),
        )),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "the arms of an escape end with it")]
fn push(text: &mut String, c: char) -> Result<(), SyntaxError> {
    text.push(c);
    Ok(())
}
