//! What is said of a mistake, in both languages of the pages.

use crate::engine::Text;

/// A sentence, or a piece of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    /// English.
    pub en: String,
    /// Cantonese.
    pub zh: String,
}

impl Sentence {
    /// Fills the places `{0}`, `{1}`, .. of a text, which may stand in another order in each language.
    pub fn of(text: Text, pieces: &[Self]) -> Self {
        Self { en: fill(text.en, pieces, |piece| &piece.en), zh: fill(text.zh, pieces, |piece| &piece.zh) }
    }
}

fn fill(text: &str, pieces: &[Sentence], read: fn(&Sentence) -> &str) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, place)) = rest.split_once('{') {
        filled.push_str(before);
        let piece = place.split_once('}').and_then(|(n, after)| Some((pieces.get(n.parse::<usize>().ok()?)?, after)));
        if let Some((piece, after)) = piece {
            filled.push_str(read(piece));
            rest = after;
        } else {
            // A brace of Python's.
            filled.push('{');
            rest = place;
        }
    }
    filled + rest
}

/// Code reads the same in both languages.
impl From<&str> for Sentence {
    fn from(code: &str) -> Self {
        Self { en: code.to_owned(), zh: code.to_owned() }
    }
}

impl From<usize> for Sentence {
    fn from(number: usize) -> Self {
        Self::from(&*number.to_string())
    }
}

impl From<Text> for Sentence {
    fn from(text: Text) -> Self {
        Self::of(text, &[])
    }
}

/// `say!("English {0}.", "Cantonese {0}。", piece)`: a sentence, with what goes into its places.
macro_rules! say {
    ($en:literal, $zh:literal $(, $piece:expr)* $(,)?) => {
        $crate::lab::syntax::sentence::Sentence::of(
            $crate::engine::Text::of($en, $zh),
            &[$($crate::lab::syntax::sentence::Sentence::from($piece)),*],
        )
    };
}
pub(super) use say;
