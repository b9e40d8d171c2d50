//! The checker for authors of decks: every message says what to do next.

use std::collections::BTreeMap;
use std::fmt;

use super::deck::{Deck, FORMAT, Item};
use super::pattern::{ChoiceSet, choice_set, choice_sets, pattern};
use super::text::Text;

/// A prompt is read, and its question answered, in 30 seconds.
const MAX_PROMPT: usize = 420;
/// One or two sentences.
const MAX_REASON: usize = 300;
/// Rows have the keys 1 to 6.
const MAX_CHOICES: usize = 6;
/// Fewer wrong answers make a question a guess; a named set may be smaller, where the field knows no more answers.
const MIN_DISTRACTORS: usize = 3;

/// Something an author has to put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The deck's file name without `.json`.
    pub deck: String,
    /// The item, unless it is about the deck as a whole.
    pub item: Option<String>,
    /// What is wrong, and what to do.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.item {
            Some(item) => write!(f, "{}/{}: {}", self.deck, item, self.message),
            None => write!(f, "{}: {}", self.deck, self.message),
        }
    }
}

/// Reads deck files, given as name (without `.json`) and text, and lists everything that is wrong with them.
pub fn check_all<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Vec<Deck>, Vec<Problem>) {
    let mut decks = Vec::new();
    let mut problems = Vec::new();
    let mut prompts: BTreeMap<String, String> = BTreeMap::new();
    for (name, text) in files {
        let deck: Deck = match serde_json::from_str(text) {
            Ok(deck) => deck,
            Err(error) => {
                problems.push(Problem {
                    deck: name.to_owned(),
                    item: None,
                    message: format!("is not a deck: {error}; compare it with another file of decks/"),
                });
                continue;
            }
        };
        let mut report = Report { deck: name, item: None, problems: &mut problems };
        check_deck(name, &deck, &mut report);
        for item in &deck.items {
            report.item = Some(&item.id);
            check_item(&deck, item, &mut report);
            let here = format!("{name}/{}", item.id);
            let ask = item.ask.as_ref().unwrap_or(&deck.ask);
            if let Some(other) = prompts.insert(format!("{}\n{}", ask.en, item.prompt.en.trim()), here) {
                report.say(format!("asks the same of the same prompt as {other}; drop one of the two"));
            }
        }
        decks.push(deck);
    }
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for deck in &decks {
        *names.entry(deck.id.clone()).or_default() += 1;
    }
    for (id, _) in names.into_iter().filter(|&(_, count)| count > 1) {
        problems.push(Problem { deck: id, item: None, message: "is the id of two decks; rename one".to_owned() });
    }
    (decks, problems)
}

/// Where problems are noted, and what they are about.
struct Report<'a> {
    deck: &'a str,
    item: Option<&'a str>,
    problems: &'a mut Vec<Problem>,
}

impl Report<'_> {
    fn say(&mut self, message: impl Into<String>) {
        self.problems.push(Problem {
            deck: self.deck.to_owned(),
            item: self.item.map(str::to_owned),
            message: message.into(),
        });
    }

    fn text(&mut self, what: &str, text: &Text) {
        if text.is_incomplete() {
            self.say(format!("{what} needs both languages; write the missing one"));
        }
        self.code(what, text);
    }

    fn code(&mut self, what: &str, text: &Text) {
        if text.has_open_code() {
            self.say(format!("{what} opens a piece of code with a backtick and does not close it; add the other one"));
        }
    }
}

fn check_deck(name: &str, deck: &Deck, report: &mut Report<'_>) {
    if deck.format != FORMAT {
        report.say(format!("has format {}; this program reads {FORMAT}", deck.format));
    }
    if deck.id != name {
        report.say(format!("calls itself \"{}\"; give the file and its id the same name", deck.id));
    }
    if !is_kebab(&deck.id) {
        report.say("has an id that is not kebab-case; use a-z, 0-9 and single hyphens");
    }
    report.text("the title", &deck.title);
    report.text("what it is about", &deck.about);
    report.text("what it asks", &deck.ask);
    if let Some(id) = &deck.choices
        && choice_set(id).is_none()
    {
        let known: Vec<&str> = choice_sets().iter().map(|set| set.id).collect();
        report.say(format!("draws from \"{id}\", which is no choice set; use one of {}", known.join(", ")));
    }
    if deck.items.is_empty() {
        report.say("has no items; add one or delete the file");
    }
    let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
    for item in &deck.items {
        *ids.entry(&item.id).or_default() += 1;
    }
    for (id, count) in ids {
        if count > 1 {
            report.say(format!("has {count} items with the id \"{id}\"; each needs its own"));
        }
        if !is_kebab(id) {
            report.say(format!("has the item id \"{id}\"; use a-z, 0-9 and single hyphens"));
        }
    }
}

fn check_item(deck: &Deck, item: &Item, report: &mut Report<'_>) {
    if let Some(ask) = &item.ask {
        report.text("what it asks", ask);
    }
    check_prompt(item, report);
    if item.choices.is_empty() {
        match deck.choices.as_deref().and_then(choice_set) {
            Some(set) => check_drawn(set, item, report),
            None => report.say("has no choices; list them, or name a choice set for the deck"),
        }
    } else {
        check_listed(item, report);
    }
    report.text("the reason", &item.reason);
    if item.reason.en.chars().count() > MAX_REASON {
        report.say(format!("gives a reason of more than {MAX_REASON} characters; say it in one or two sentences"));
    }
    match pattern(&item.review.pattern) {
        None => report.say(format!("reviews \"{}\", which is not in the pattern table", item.review.pattern)),
        Some(_) if item.review.level.is_some() != item.review.system.is_some() => {
            report.say("reviews a system without a level, or the reverse; give both or neither");
        }
        Some(_) if item.review.level.is_some_and(|level| !(1..=6).contains(&level)) => {
            report.say("reviews a level outside 1 to 6");
        }
        Some(_) => {}
    }
    if item.sources.is_empty() {
        report.say("names no source; give the drill item it comes from, such as \"handbook_1 D7\"");
    }
}

fn check_prompt(item: &Item, report: &mut Report<'_>) {
    let prompt = &item.prompt;
    if prompt.en.trim().is_empty() || prompt.zh.as_ref().is_some_and(|zh| zh.trim().is_empty()) {
        report.say("has an empty prompt; write it, or leave \"zh\" out for a piece of a spec");
    }
    let zh = prompt.zh.as_ref().unwrap_or(&prompt.en);
    report.code("the prompt", &Text { en: prompt.en.clone().into(), zh: zh.clone().into() });
    if prompt.en.chars().count() > MAX_PROMPT {
        report.say(format!("has a prompt of more than {MAX_PROMPT} characters; cut it to what decides the answer"));
    }
    if item.signals.is_empty() {
        report.say("has no signals; list the words of the prompt that give the answer away");
    }
    for signal in &item.signals {
        let words = signal.text();
        if words.is_incomplete() {
            report.say("has an empty signal; write it or drop it");
            continue;
        }
        if !prompt.en.contains(words.en.as_ref()) {
            report.say(format!(
                "has the signal \"{}\", which is not in the English prompt; copy it letter by letter",
                words.en
            ));
        }
        if let Some(zh) = &prompt.zh
            && !zh.contains(words.zh.as_ref())
        {
            report.say(format!(
                "has the signal \"{}\", which is not in the Cantonese prompt; give {{\"en\", \"zh\"}} with the words of each",
                words.zh
            ));
        }
    }
}

fn check_drawn(set: &ChoiceSet, item: &Item, report: &mut Report<'_>) {
    if !set.members.contains(&item.answer.as_str()) {
        report.say(format!("answers \"{}\", which is not in the choice set {}", item.answer, set.id));
    }
    for id in item.against.iter().chain(&item.exclude) {
        if !set.members.contains(&id.as_str()) {
            report.say(format!("names \"{id}\", which is not in the choice set {}", set.id));
        }
        if *id == item.answer {
            report.say(format!("names its own answer \"{id}\" as another choice; drop it there"));
        }
        if item.against.contains(id) && item.exclude.contains(id) {
            report.say(format!("both demands and excludes \"{id}\"; choose one"));
        }
    }
    if item.against.len() >= set.shown {
        report.say(format!("demands {} choices, but {} are shown with the answer", item.against.len(), set.shown));
    }
    let wrong = set.members.len().saturating_sub(1 + item.exclude.len());
    if wrong < MIN_DISTRACTORS.min(set.shown.saturating_sub(1)) {
        report.say("excludes so many choices that too few wrong ones are left; make the prompt say more instead");
    }
}

fn check_listed(item: &Item, report: &mut Report<'_>) {
    if !item.against.is_empty() || !item.exclude.is_empty() {
        report.say("lists its own choices, so \"against\" and \"exclude\" mean nothing; drop them");
    }
    let answers = item.choices.iter().filter(|choice| choice.id == item.answer).count();
    if answers != 1 {
        report.say(format!(
            "has its answer \"{}\" {answers} times among its choices; it must be there once",
            item.answer
        ));
    }
    if item.choices.len() < MIN_DISTRACTORS + 1 {
        report.say(format!("has fewer than {MIN_DISTRACTORS} wrong choices; add plausible ones"));
    }
    if item.choices.len() > MAX_CHOICES {
        report.say(format!("has more than {MAX_CHOICES} choices; drop the least plausible"));
    }
    let mut labels: BTreeMap<&str, usize> = BTreeMap::new();
    let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
    for choice in &item.choices {
        *ids.entry(&choice.id).or_default() += 1;
        *labels.entry(choice.en.trim()).or_default() += 1;
        if choice.en.trim().is_empty() || choice.zh.as_ref().is_some_and(|zh| zh.trim().is_empty()) {
            report.say(format!("has the choice \"{}\" without words; write them", choice.id));
        }
        report.code("a choice", &choice.choice().label);
        if !is_kebab(&choice.id) {
            report.say(format!("has the choice id \"{}\"; use a-z, 0-9 and single hyphens", choice.id));
        }
    }
    for (name, count) in ids.into_iter().chain(labels) {
        if count > 1 {
            report.say(format!("has the choice \"{name}\" {count} times; each must differ"));
        }
    }
}

fn is_kebab(id: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    !id.is_empty() && id.split('-').all(|part| !part.is_empty() && part.bytes().all(plain))
}
