//! Numbers.

use super::Lexer;
use crate::lab::syntax::error::{Place, SyntaxError};
use crate::lab::syntax::numbers::beyond_64_bits;
use crate::lab::syntax::sentence::say;
use crate::lab::syntax::token::Tok;

impl Lexer<'_, '_> {
    pub(super) fn number(&mut self, at: Place) -> Result<(), SyntaxError> {
        let mut text = self.digits();
        let mut float = false;
        if self.cursor.peek() == Some('.') {
            float = true;
            self.cursor.bump();
            text.push('.');
            text.push_str(&self.digits());
        }
        if matches!(self.cursor.peek(), Some('e' | 'E')) {
            let signed = usize::from(matches!(self.cursor.peek_at(1), Some('+' | '-')));
            if self.cursor.peek_at(1 + signed).is_some_and(|c| c.is_ascii_digit()) {
                float = true;
                text.push('e');
                self.cursor.bump();
                if let Some(sign) = self.cursor.peek().filter(|_| signed == 1) {
                    text.push(sign);
                    self.cursor.bump();
                }
                text.push_str(&self.digits());
            }
        }
        if self.cursor.peek().is_some_and(|c| c == '_' || c.is_alphanumeric()) {
            return Err(SyntaxError::at(
                at,
                say!(
                    "Numbers here are decimal: `3`, `1_000`, `0.005` or `5e-3`.",
                    "呢度嘅數係十進制：`3`、`1_000`、`0.005` 或者 `5e-3`。"
                ),
            ));
        }
        let kind = if float { text.parse().ok().map(Tok::Float) } else { int(&text, at)? };
        let kind = kind.ok_or_else(|| SyntaxError::at(at, say!("This number cannot be read.", "呢個數讀唔到。")))?;
        self.push(at, kind);
        Ok(())
    }

    /// Digits with single underscores between them, without these.
    fn digits(&mut self) -> String {
        let mut digits = String::new();
        while let Some(c) = self.cursor.peek() {
            let between = c == '_' && !digits.is_empty() && self.cursor.peek_at(1).is_some_and(|c| c.is_ascii_digit());
            match c {
                '0'..='9' => digits.push(c),
                _ if between => {}
                _ => break,
            }
            self.cursor.bump();
        }
        digits
    }
}

fn int(text: &str, at: Place) -> Result<Option<Tok>, SyntaxError> {
    if text.starts_with('0') && text.chars().any(|c| c != '0') {
        return Err(SyntaxError::at(at, say!("A whole number does not begin with 0.", "整數唔可以用 0 開頭。")));
    }
    match text.parse() {
        Ok(n) => Ok(Some(Tok::Int(n))),
        Err(_) => Err(SyntaxError::at(at, beyond_64_bits())),
    }
}
