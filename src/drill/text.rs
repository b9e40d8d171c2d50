//! A text in both languages of the pages.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// A text in English and in Cantonese; pieces of code stand in backticks.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// The English text.
    pub en: Cow<'static, str>,
    /// The Cantonese text, with code terms in English.
    pub zh: Cow<'static, str>,
}

impl Text {
    /// Makes a text of the tables that are part of the program.
    pub const fn fixed(en: &'static str, zh: &'static str) -> Self {
        Self { en: Cow::Borrowed(en), zh: Cow::Borrowed(zh) }
    }

    /// Makes a text that reads the same in both languages, such as an identifier.
    pub fn same(text: &str) -> Self {
        Self { en: Cow::Owned(text.to_owned()), zh: Cow::Owned(text.to_owned()) }
    }

    /// Tells whether a piece of code is opened and not closed.
    pub fn has_open_code(&self) -> bool {
        [&self.en, &self.zh].iter().any(|text| text.matches('`').count() % 2 == 1)
    }

    /// Tells whether one of the two languages is missing.
    pub fn is_incomplete(&self) -> bool {
        self.en.trim().is_empty() || self.zh.trim().is_empty()
    }
}
