//! The deck format: what stands in `decks/<deck>.json`.

use serde::{Deserialize, Serialize};

use super::question::{Choice, Form, Kind, Review};
use super::text::Text;

/// The version of the format that this program reads.
pub const FORMAT: u32 = 1;

/// A deck: questions of one kind, in one file.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deck {
    /// The version of the format; this program reads one.
    pub format: u32,
    /// The file's name without `.json`.
    pub id: String,
    /// Its place among the decks, ascending.
    pub order: u32,
    /// The deck's name.
    pub title: Text,
    /// What it trains, in a sentence.
    pub about: Text,
    /// What its questions go from and to.
    pub kind: Kind,
    /// What is asked, unless an item asks something else.
    pub ask: Text,
    /// The named set that choices are drawn from; items may list their own instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choices: Option<String>,
    /// How prompts are set, unless an item says otherwise.
    #[serde(default)]
    pub form: Form,
    /// The questions.
    pub items: Vec<Item>,
}

/// One question of a deck.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Stable and kebab-case: memory of past answers hangs on it.
    pub id: String,
    /// What is asked, if not what the deck asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask: Option<Text>,
    /// How the prompt is set, if not as the deck says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Form>,
    /// What is read.
    pub prompt: ItemPrompt,
    /// The words of the prompt that give the answer away.
    pub signals: Vec<Signal>,
    /// The id of the right choice.
    pub answer: String,
    /// The choices, where they are not drawn from the deck's set.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<ItemChoice>,
    /// Choices of the set that must be on offer, because this prompt is easily taken for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub against: Vec<String>,
    /// Choices of the set that could be defended as well and are therefore not on offer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclude: Vec<String>,
    /// Why the answer is right, in one or two sentences.
    pub reason: Text,
    /// What to go over after a miss.
    pub review: Review,
    /// The drill items of the handbook that it comes from, such as `handbook_1 D7`.
    pub sources: Vec<String>,
}

/// What an item shows; a piece of a spec stays English and has no `zh`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemPrompt {
    /// The prompt in English.
    pub en: String,
    /// The prompt in Cantonese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zh: Option<String>,
}

/// A signal: the same words in both languages, or one wording for each.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Signal {
    /// The words as they stand in either prompt.
    Same(String),
    /// The words as they stand in each prompt.
    Each(Text),
}

/// A choice of an item's own.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemChoice {
    /// Unique within the item.
    pub id: String,
    /// What the row says in English.
    pub en: String,
    /// What the row says in Cantonese; the English words when absent, for code and numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zh: Option<String>,
}

impl Signal {
    /// Gives the wording for each language.
    pub fn text(&self) -> Text {
        match self {
            Self::Same(words) => Text::same(words),
            Self::Each(text) => text.clone(),
        }
    }
}

impl ItemChoice {
    /// Gives the row as a question offers it.
    pub fn choice(&self) -> Choice {
        let zh = self.zh.clone().unwrap_or_else(|| self.en.clone());
        Choice { id: self.id.clone(), label: Text { en: self.en.clone().into(), zh: zh.into() }, gloss: None }
    }
}
