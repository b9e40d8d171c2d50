//! From characters to words: Python's tokenizer, with its indentation.

mod format;
mod numbers;
mod strings;

use super::error::{Place, SyntaxError};
use super::names::Names;
use super::sentence::{Sentence, say};
use super::token::{KEYWORDS, OPERATORS, Tok, Token};

/// Characters with a cursor that knows its place.
#[derive(Clone)]
pub(super) struct Cursor<'c> {
    chars: &'c [char],
    at: usize,
    place: Place,
}

impl<'c> Cursor<'c> {
    fn new(chars: &'c [char], place: Place) -> Self {
        Self { chars, at: 0, place }
    }

    fn peek(&self) -> Option<char> {
        self.peek_at(0)
    }

    fn peek_at(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        if c == '\n' {
            self.place = Place { line: self.place.line + 1, column: 1 };
        } else {
            self.place.column += 1;
        }
        Some(c)
    }

    fn skip(&mut self, n: usize) {
        for _ in 0..n {
            self.bump();
        }
    }

    fn starts_with(&self, text: &str) -> bool {
        text.chars().enumerate().all(|(ahead, c)| self.peek_at(ahead) == Some(c))
    }

    /// Moves on while the characters pass, and gives them.
    fn take_while(&mut self, passes: impl Fn(char) -> bool) -> String {
        let mut taken = String::new();
        while let Some(c) = self.peek().filter(|c| passes(*c)) {
            taken.push(c);
            self.bump();
        }
        taken
    }
}

/// Gives the words of a source, the last of which is its end.
pub fn lex(source: &str, names: &mut Names) -> Result<Vec<Token>, SyntaxError> {
    // Every line ends with one character, and a mark of the byte order is no part of the text.
    let text = source.strip_prefix('\u{feff}').unwrap_or(source).replace("\r\n", "\n").replace('\r', "\n");
    let chars: Vec<char> = text.chars().collect();
    let mut lexer = Lexer::new(Cursor::new(&chars, Place::START), names);
    lexer.lines()?;
    Ok(lexer.tokens)
}

pub(super) struct Lexer<'c, 'n> {
    cursor: Cursor<'c>,
    names: &'n mut Names,
    tokens: Vec<Token>,
    brackets: Vec<(&'static str, Place)>,
    indents: Vec<usize>,
    /// What the first indented line begins with.
    indented_with: Option<char>,
}

impl<'c, 'n> Lexer<'c, 'n> {
    fn new(cursor: Cursor<'c>, names: &'n mut Names) -> Self {
        Self { cursor, names, tokens: Vec::new(), brackets: Vec::new(), indents: vec![0], indented_with: None }
    }

    fn push(&mut self, at: Place, kind: Tok) {
        self.tokens.push(Token { at, kind });
    }

    fn lines(&mut self) -> Result<(), SyntaxError> {
        while self.cursor.peek().is_some() {
            if self.blank_line() {
                continue;
            }
            self.indentation()?;
            self.words()?;
        }
        if let Some((open, at)) = self.brackets.last() {
            return Err(never_closed(open, *at));
        }
        let end = self.cursor.place;
        for _ in self.indents.drain(1..) {
            self.tokens.push(Token { at: end, kind: Tok::Dedent });
        }
        self.push(end, Tok::End);
        Ok(())
    }

    /// Skips a line with nothing but a comment.
    fn blank_line(&mut self) -> bool {
        let mut ahead = self.cursor.clone();
        ahead.take_while(|c| matches!(c, ' ' | '\t' | '\u{c}'));
        let blank = matches!(ahead.peek(), None | Some('\n' | '#'));
        if blank {
            ahead.take_while(|c| c != '\n');
            ahead.bump();
            self.cursor = ahead;
        }
        blank
    }

    fn indentation(&mut self) -> Result<(), SyntaxError> {
        let mut width = 0;
        while let Some(c) = self.cursor.peek().filter(|c| matches!(c, ' ' | '\t')) {
            if *self.indented_with.get_or_insert(c) != c {
                return Err(SyntaxError::at(
                    self.cursor.place,
                    say!(
                        "Tabs and spaces are mixed in the indentation: use four spaces everywhere.",
                        "縮排撈埋咗 tab 同 space：全部用四個 space。"
                    ),
                ));
            }
            self.cursor.bump();
            width += 1;
        }
        let at = self.cursor.place;
        let current = self.indents.last().copied().unwrap_or_default();
        if width > current {
            self.indents.push(width);
            self.push(at, Tok::Indent);
        }
        while self.indents.last().is_some_and(|indent| *indent > width) {
            self.indents.pop();
            self.push(at, Tok::Dedent);
        }
        if self.indents.last() != Some(&width) {
            return Err(SyntaxError::at(
                at,
                say!(
                    "This line is indented less than the block above, but like no block around it.",
                    "呢行縮得少過上面個 block，但又同外面邊個 block 都唔夾。"
                ),
            ));
        }
        Ok(())
    }

    /// The words of one logical line.
    fn words(&mut self) -> Result<(), SyntaxError> {
        loop {
            let at = self.cursor.place;
            match self.cursor.peek() {
                None => break,
                Some('\n') => {
                    self.cursor.bump();
                    if self.brackets.is_empty() {
                        self.push(at, Tok::Newline);
                        return Ok(());
                    }
                }
                _ => self.word(at)?,
            }
        }
        self.push(self.cursor.place, Tok::Newline);
        Ok(())
    }

    /// The words of a field of an f-string, which has no lines.
    fn field(mut self) -> Result<Vec<Token>, SyntaxError> {
        while self.cursor.peek().is_some() {
            let at = self.cursor.place;
            if self.cursor.peek() == Some('\n') {
                self.cursor.bump();
            } else {
                self.word(at)?;
            }
        }
        if let Some((open, at)) = self.brackets.last() {
            return Err(never_closed(open, *at));
        }
        self.push(self.cursor.place, Tok::End);
        Ok(self.tokens)
    }

    fn word(&mut self, at: Place) -> Result<(), SyntaxError> {
        let Some(c) = self.cursor.peek() else { return Ok(()) };
        match c {
            ' ' | '\t' | '\u{c}' => {
                self.cursor.bump();
            }
            '#' => {
                self.cursor.take_while(|c| c != '\n');
            }
            '\\' if self.cursor.peek_at(1) == Some('\n') && self.cursor.peek_at(2).is_some() => self.cursor.skip(2),
            '\\' => {
                return Err(SyntaxError::at(
                    at,
                    say!(
                        "A `\\` outside a string joins two lines: nothing may follow it.",
                        "String 外面嘅 `\\` 係用嚟駁落下一行：後面唔可以再有嘢。"
                    ),
                ));
            }
            '0'..='9' => self.number(at)?,
            '.' if self.cursor.peek_at(1).is_some_and(|c| c.is_ascii_digit()) => self.number(at)?,
            '"' | '\'' => self.string(at, "")?,
            c if c == '_' || c.is_alphabetic() => self.name(at)?,
            _ => self.operator(at, c)?,
        }
        Ok(())
    }

    fn name(&mut self, at: Place) -> Result<(), SyntaxError> {
        let name = self.cursor.take_while(|c| c == '_' || c.is_alphanumeric());
        let quoted = matches!(self.cursor.peek(), Some('"' | '\''));
        if quoted && name.len() <= 2 && name.chars().all(|c| "rRbBfFuU".contains(c)) {
            return self.string(at, &name.to_lowercase());
        }
        let kind = match KEYWORDS.iter().find(|keyword| **keyword == name) {
            Some(keyword) => Tok::Keyword(keyword),
            None => Tok::Name(self.names.intern(&name)),
        };
        self.push(at, kind);
        Ok(())
    }

    fn operator(&mut self, at: Place, c: char) -> Result<(), SyntaxError> {
        let Some(op) = OPERATORS.into_iter().find(|op| self.cursor.starts_with(op)) else {
            return Err(SyntaxError::at(at, unknown_character(c)));
        };
        match op {
            "(" | "[" | "{" => self.brackets.push((op, at)),
            ")" | "]" | "}" => self.close(op, at)?,
            _ => {}
        }
        self.cursor.skip(op.len());
        self.push(at, Tok::Op(op));
        Ok(())
    }

    fn close(&mut self, closing: &'static str, at: Place) -> Result<(), SyntaxError> {
        let wanted = match self.brackets.pop() {
            None => {
                return Err(SyntaxError::at(at, say!("This `{0}` closes nothing.", "呢個 `{0}` 冇嘢好閂。", closing)));
            }
            Some(("(", _)) => ")",
            Some(("[", _)) => "]",
            Some(_) => "}",
        };
        if wanted == closing {
            return Ok(());
        }
        Err(SyntaxError::at(
            at,
            say!(
                "This `{0}` closes a bracket that wants `{1}`.",
                "要閂嗰個括號要 `{1}`，唔係呢個 `{0}`。",
                closing,
                wanted
            ),
        ))
    }
}

fn never_closed(open: &str, at: Place) -> SyntaxError {
    SyntaxError::at(at, say!("This `{0}` is never closed.", "呢個 `{0}` 冇閂到。", open))
}

/// What to type instead of a character that is none of Python's.
fn unknown_character(c: char) -> Sentence {
    let shown = c.to_string();
    let meant = match c {
        '“' | '”' | '„' | '＂' => "\"",
        '‘' | '’' | '＇' => "'",
        '–' | '—' | '−' => "-",
        // The full forms of ASCII, which an input method for Chinese writes.
        '\u{ff01}'..='\u{ff5e}' => {
            let ascii = char::from_u32(u32::from(c) - 0xfee0).unwrap_or(' ');
            return say!(
                "`{0}` is a full-width character: write `{1}`.",
                "`{0}` 係全形字：打 `{1}`。",
                &*shown,
                &*ascii.to_string()
            );
        }
        '、' => ",",
        '\u{a0}' | '\u{3000}' => {
            return say!(
                "This is a special space that looks like one but is none: write a plain space.",
                "呢個係特別嘅空格，似 space 但唔係：打返普通 space。"
            );
        }
        '!' => return say!("`!` stands in `!=` only; the negation is `not`.", "`!` 淨係喺 `!=` 度用；相反係 `not`。"),
        '?' | '$' | '`' => return say!("Python has no `{0}`.", "Python 冇 `{0}`。", &*shown),
        _ => return say!("`{0}` has no meaning here.", "`{0}` 喺呢度冇意思。", &*c.escape_debug().to_string()),
    };
    say!("`{0}` is a typographic character: write `{1}`.", "`{0}` 係排版用嘅字：打 `{1}`。", &*shown, meant)
}
