//! Questions about the order of an operation's checks, made from the catalogue's checklists.
//!
//! A card is an operation. Each asking draws wrong orders, or (where the refusals differ) two checks that fail at
//! once: the order decides what is answered.

use serde::Deserialize;

use super::question::{CardInfo, Choice, Form, Kind, Prompt, Question, QuestionSource, Review, SourceInfo};
use super::text::Text;
use crate::rng::Rng;

/// Fewer checks have hardly an order, and more nobody can look through.
const ASKED: std::ops::RangeInclusive<usize> = 3..=8;

/// So many answers are on offer, the right one among them.
const SHOWN: usize = 4;

/// The checks of an operation, in order, with the words for them.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Checklist {
    /// The slug of the system.
    pub system: String,
    /// The Python class.
    pub class_name: String,
    /// The method.
    pub operation: String,
    /// From 1 to 6.
    pub level: u8,
    /// Its parameters, without `self`.
    pub params: Vec<String>,
    /// Whether it is a coroutine.
    #[serde(rename = "async")]
    pub is_async: bool,
    /// What it checks, in order.
    pub checks: Vec<Demand>,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Demand {
    /// The rule: `exists`.
    pub rule: String,
    /// What it is about: `account`.
    pub noun: String,
    /// What a refusal answers or raises, as Python.
    pub refusal: String,
    /// What it asks for, in words.
    pub demand: Text,
}

impl Demand {
    /// Whether nobody could tell which of the two stands first: both ends of a move have to exist.
    fn is_like(&self, other: &Self) -> bool {
        (&self.rule, &self.noun, &self.refusal) == (&other.rule, &other.noun, &other.refusal)
    }
}

impl Checklist {
    fn card(&self) -> String {
        format!("{}-{}", self.system, self.operation).replace('_', "-")
    }

    /// The method as its class begins it.
    fn signature(&self) -> String {
        let Self { class_name, operation, params, .. } = self;
        let def = if self.is_async { "async def" } else { "def" };
        let params = std::iter::once("self").chain(params.iter().map(String::as_str)).collect::<Vec<_>>().join(", ");
        format!("class {class_name}:\n    {def} {operation}({params}):")
    }

    /// For each check the first one that is like it.
    fn kinds(&self) -> Vec<usize> {
        let first = |check: &Demand| self.checks.iter().position(|earlier| earlier.is_like(check));
        self.checks.iter().filter_map(first).collect()
    }

    /// The checks in an order of kinds; those of a kind keep theirs.
    fn told(&self, order: &[usize]) -> Text {
        let kinds = self.kinds();
        let mut left: Vec<usize> = (0..self.checks.len()).collect();
        let mut demands = Vec::with_capacity(order.len());
        for kind in order {
            if let Some(at) = left.iter().position(|check| kinds.get(*check) == Some(kind)) {
                demands.extend(self.checks.get(left.remove(at)).map(|check| &check.demand));
            }
        }
        let joined = |of: fn(&Text) -> &str| demands.iter().map(|demand| of(demand)).collect::<Vec<_>>().join(" → ");
        Text { en: joined(|text| &text.en).into(), zh: joined(|text| &text.zh).into() }
    }

    /// Which order? Nothing if too few orders can be told apart.
    fn order(&self, rng: &mut Rng) -> Option<Question> {
        let right = self.kinds();
        // The classic mistake: one pair the wrong way round.
        let mut others: Vec<Vec<usize>> = Vec::new();
        for one in 0..right.len() {
            for other in one + 1..right.len() {
                let mut order = right.clone();
                order.swap(one, other);
                if order != right && !others.contains(&order) {
                    others.push(order);
                }
            }
        }
        rng.shuffle(&mut others);
        let orders: Vec<Vec<usize>> = std::iter::once(right.clone()).chain(others).take(SHOWN).collect();
        if orders.len() < 3 {
            return None;
        }
        let id = |order: &[usize]| order.iter().map(ToString::to_string).collect::<Vec<_>>().join("-");
        let mut choices: Vec<Choice> =
            orders.iter().map(|order| Choice { id: id(order), label: self.told(order), gloss: None }).collect();
        rng.shuffle(&mut choices);
        let ask = Text::fixed("In which order does it check?", "佢跟咩次序 check？");
        Some(self.question(ask, Form::Code, Text::same(&self.signature()), choices, id(&right)))
    }

    /// What is answered when two checks fail at once? Nothing if all refuse alike.
    fn refusal(&self, rng: &mut Rng) -> Option<Question> {
        let pairs: Vec<(&Demand, &Demand)> = self
            .checks
            .iter()
            .enumerate()
            .flat_map(|(at, first)| self.checks.iter().skip(at + 1).map(move |second| (first, second)))
            .filter(|(first, second)| first.refusal != second.refusal)
            .collect();
        let (first, second) = pairs.get(rng.below(pairs.len().max(1)))?;
        let mut refusals: Vec<&str> = Vec::new();
        let own = [first, second].into_iter().copied().chain(&self.checks).map(|check| check.refusal.as_str());
        for refusal in own.chain(["None", "False", "True"]) {
            if refusals.len() < SHOWN && !refusals.contains(&refusal) {
                refusals.push(refusal);
            }
        }
        let label = |refusal: &str| Text::same(&format!("`{refusal}`"));
        let mut choices: Vec<Choice> = refusals
            .iter()
            .map(|refusal| Choice { id: (*refusal).to_owned(), label: label(refusal), gloss: None })
            .collect();
        rng.shuffle(&mut choices);
        let Self { class_name, operation, .. } = self;
        let (one, two) = if rng.below(2) == 0 { (first, second) } else { (second, first) };
        let prompt = Text {
            en: format!(
                "In one call of `{class_name}.{operation}` two checks fail: {}; {}.",
                one.demand.en, two.demand.en
            )
            .into(),
            zh: format!(
                "`{class_name}.{operation}` 一個 call 有兩個 check 唔過：{}；{}。",
                one.demand.zh, two.demand.zh
            )
            .into(),
        };
        let ask = Text::fixed("What does it answer?", "佢答咩？");
        Some(self.question(ask, Form::Story, prompt, choices, first.refusal.clone()))
    }

    fn question(&self, ask: Text, form: Form, prompt: Text, choices: Vec<Choice>, answer: String) -> Question {
        let zh = (form == Form::Story).then_some(prompt.zh);
        Question {
            card: format!("{ID}/{}", self.card()),
            kind: Kind::CheckOrder,
            ask,
            prompt: Prompt { form, en: prompt.en, zh, signals: Vec::new() },
            choices,
            answer,
            reason: self.reason(),
            review: Review {
                pattern: "check_order".to_owned(),
                system: Some(self.system.clone()),
                level: Some(self.level),
            },
            figure: None,
        }
    }

    /// All checks in order, each with what it answers.
    fn reason(&self) -> Text {
        let listed = |of: fn(&Text) -> &str, otherwise: &str, between: &str| {
            let lines = self
                .checks
                .iter()
                .enumerate()
                .map(|(at, check)| format!("{}. {}{otherwise}`{}`", at + 1, of(&check.demand), check.refusal));
            lines.collect::<Vec<_>>().join(between)
        };
        Text {
            en: format!("{}.", listed(|text| &text.en, ", else ", "; ")).into(),
            zh: format!("{}。", listed(|text| &text.zh, "，否則 ", "；")).into(),
        }
    }
}

const ID: &str = "check-order";

/// The source of these questions.
struct CheckOrder {
    info: SourceInfo,
    lists: Vec<Checklist>,
}

/// Gives the source of the lists that have an order to ask for, ready to join a drill; nothing if none has.
///
/// Operations of a system that check the same are one card: the first of them.
pub fn check_order(checklists: impl IntoIterator<Item = Checklist>) -> Option<Box<dyn QuestionSource>> {
    let mut lists: Vec<Checklist> = Vec::new();
    for list in checklists {
        let asked = ASKED.contains(&list.checks.len()) && (1..=6).contains(&list.level);
        let known = lists
            .iter()
            .any(|other| other.card() == list.card() || (other.system == list.system && other.checks == list.checks));
        if asked && !known && list.order(&mut Rng::for_card(0, ID)).is_some() {
            lists.push(list);
        }
    }
    (!lists.is_empty()).then(|| Box::new(CheckOrder { info: info(), lists }) as Box<dyn QuestionSource>)
}

fn info() -> SourceInfo {
    SourceInfo {
        id: ID.to_owned(),
        title: Text::fixed("Order of the checks", "Check 嘅次序"),
        about: Text::fixed(
            "From a method to its checks: which comes first, and what is answered when two fail.",
            "由 method 去到佢嘅 checks：邊個行先，兩個一齊唔過會答咩。",
        ),
        kind: Kind::CheckOrder,
    }
}

impl QuestionSource for CheckOrder {
    fn info(&self) -> &SourceInfo {
        &self.info
    }

    fn cards(&self) -> Vec<CardInfo> {
        self.lists.iter().map(|list| CardInfo { id: list.card() }).collect()
    }

    fn question(&self, card: &str, rng: &mut Rng) -> Option<Question> {
        let list = self.lists.iter().find(|list| list.card() == card)?;
        let other = if rng.below(2) == 0 { list.refusal(rng) } else { None };
        other.or_else(|| list.order(rng))
    }
}
