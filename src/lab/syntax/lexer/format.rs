//! F-strings with plain fields.

use super::strings::escape;
use super::{Cursor, Lexer};
use crate::lab::syntax::error::SyntaxError;
use crate::lab::syntax::sentence::say;
use crate::lab::syntax::token::Piece;

impl Lexer<'_, '_> {
    /// The pieces of what stands between the quotes.
    pub(super) fn pieces(&mut self, mut body: Cursor<'_>, raw: bool) -> Result<Vec<Piece>, SyntaxError> {
        let mut pieces = Vec::new();
        let mut text = String::new();
        while let Some(c) = body.peek() {
            let doubled = body.peek_at(1) == Some(c);
            match c {
                '{' | '}' if doubled => {
                    text.push(c);
                    body.skip(2);
                }
                '{' => {
                    if !text.is_empty() {
                        pieces.push(Piece::Text(std::mem::take(&mut text).into()));
                    }
                    pieces.push(self.piece(&mut body)?);
                }
                '}' => {
                    return Err(SyntaxError::at(
                        body.place,
                        say!(
                            "A single `}` in an f-string: write `}}` for the character.",
                            "f-string 入面單獨一個 `}`：想要呢個字就寫 `}}`。"
                        ),
                    ));
                }
                '\\' if !raw => escape(&mut body, &mut text)?,
                _ => {
                    text.push(c);
                    body.bump();
                }
            }
        }
        if !text.is_empty() {
            pieces.push(Piece::Text(text.into()));
        }
        Ok(pieces)
    }

    /// A field, from its brace to the closing one.
    fn piece(&mut self, body: &mut Cursor<'_>) -> Result<Piece, SyntaxError> {
        let open = body.place;
        body.bump();
        let mut field = body.clone();
        end_of_expression(body)?;
        field.chars = field.chars.get(..body.at).unwrap_or_default();
        let mut repr = false;
        if body.peek() == Some('!') {
            let conversion = body.place;
            body.bump();
            repr = match body.bump() {
                Some('r') => true,
                Some('s') => false,
                _ => {
                    return Err(SyntaxError::at(
                        conversion,
                        say!("A field is converted with `!r` or `!s`.", "Field 用 `!r` 或者 `!s` 轉。"),
                    ));
                }
            };
        }
        match body.peek() {
            Some('}') => {
                body.bump();
            }
            Some(':') => {
                return Err(SyntaxError::at(
                    body.place,
                    say!(
                        "Format specifications are not known here: write `{value}`.",
                        "呢度唔識 format specification：寫 `{value}`。"
                    ),
                ));
            }
            Some('=') => {
                return Err(SyntaxError::at(
                    body.place,
                    say!("`{value=}` is not known here: write `{value}`.", "呢度唔識 `{value=}`：寫 `{value}`。"),
                ));
            }
            _ => {
                return Err(SyntaxError::at(
                    open,
                    say!("This `{` of an f-string is never closed.", "f-string 呢個 `{` 冇閂到。"),
                ));
            }
        }
        let tokens = Lexer::new(field, self.names).field()?;
        Ok(Piece::Field { tokens, repr })
    }
}

/// Moves to what ends the expression of a field: a `}`, `!`, `:` or `=` outside brackets and strings, or nothing.
fn end_of_expression(body: &mut Cursor<'_>) -> Result<(), SyntaxError> {
    let mut depth = 0_usize;
    let mut quote = None;
    while let Some(c) = body.peek() {
        let next = body.peek_at(1);
        match (quote, c) {
            (_, '\\') => {
                return Err(SyntaxError::at(
                    body.place,
                    say!(
                        "Python 3.11 allows no `\\` inside the braces of an f-string.",
                        "Python 3.11 唔准 f-string 嘅 `{}` 入面有 `\\`。"
                    ),
                ));
            }
            (Some(open), c) if c == open => quote = None,
            (None, '#') => {
                return Err(SyntaxError::at(
                    body.place,
                    say!(
                        "Python 3.11 allows no `#` inside the braces of an f-string.",
                        "Python 3.11 唔准 f-string 嘅 `{}` 入面有 `#`。"
                    ),
                ));
            }
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, '}') if depth == 0 => return Ok(()),
            (None, ')' | ']' | '}') => depth = depth.saturating_sub(1),
            (None, '!' | '=' | '<' | '>') if next == Some('=') => {
                body.bump();
            }
            (None, '!' | ':' | '=') if depth == 0 => return Ok(()),
            _ => {}
        }
        body.bump();
    }
    Ok(())
}
