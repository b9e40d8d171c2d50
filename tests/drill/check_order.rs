//! Questions about the order of checks say what the catalogue says.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use specsight::drill::{Checklist, Kind, Question, QuestionSource, check_order};
use specsight::engine::systems;
use specsight::rng::Rng;

/// The checklists of the catalogue; each check is told by its place.
fn checklists() -> Vec<Checklist> {
    let listed = |entry: &specsight::engine::SystemEntry| -> Vec<Checklist> {
        let info = serde_json::to_value((entry.info)()).unwrap();
        let operations = info["operations"].as_array().unwrap().clone();
        let list = |operation: Value| {
            let demand = |(at, check): (usize, &Value)| {
                let mut check = check.clone();
                check["demand"] = json!({ "en": format!("({at})"), "zh": format!("({at})") });
                check
            };
            let checks: Vec<_> = operation["checks"].as_array().unwrap().iter().enumerate().map(demand).collect();
            let params: Vec<_> = operation["params"].as_array().unwrap().iter().map(|p| p["name"].clone()).collect();
            serde_json::from_value(json!({
                "system": info["id"], "className": info["className"], "operation": operation["name"],
                "level": operation["level"], "params": params, "async": operation["async"], "checks": checks,
            }))
            .unwrap()
        };
        operations.into_iter().map(list).collect()
    };
    systems().iter().flat_map(listed).collect()
}

fn source() -> Box<dyn QuestionSource> {
    check_order(checklists()).expect("a source")
}

fn every_question(mut look: impl FnMut(&Checklist, &Question)) {
    let (source, lists) = (source(), checklists());
    for card in source.cards() {
        let of_card = |list: &&Checklist| format!("{}-{}", list.system, list.operation).replace('_', "-") == card.id;
        let list = lists.iter().find(of_card).unwrap();
        for seed in 0..24 {
            let deal = || source.question(&card.id, &mut Rng::for_card(seed, &card.id)).unwrap();
            assert_eq!(deal(), deal());
            look(list, &deal());
        }
    }
}

#[test]
fn the_right_order_is_that_of_the_engine_and_no_other_is_as_good() {
    let mut orders = 0;
    every_question(|list, question| {
        if question.ask.en != "In which order does it check?" {
            return;
        }
        orders += 1;
        let places: Vec<String> = (0..list.checks.len()).map(|at| format!("({at})")).collect();
        assert_eq!(question.choice(&question.answer).unwrap().label.en, places.join(" → "));
        // Two checks that refuse the same thing in the same way may stand either way round.
        let told_apart: BTreeSet<Vec<_>> = question
            .choices
            .iter()
            .map(|choice| {
                let check = |place: &str| &list.checks[places.iter().position(|known| known == place).unwrap()];
                choice.label.en.split(" → ").map(check).map(|c| (&c.rule, &c.noun, &c.refusal)).collect()
            })
            .collect();
        assert_eq!(told_apart.len(), question.choices.len());
        assert!((3..=4).contains(&question.choices.len()));
    });
    assert!(orders > 500, "only {orders} questions");
}

#[test]
fn of_two_that_fail_the_first_answers() {
    let mut asked = 0;
    every_question(|list, question| {
        if question.ask.en != "What does it answer?" {
            return;
        }
        asked += 1;
        let failing = list.checks.iter().filter(|check| question.prompt.en.contains(check.demand.en.as_ref()));
        let refusals: Vec<_> = failing.map(|check| check.refusal.clone()).collect();
        assert_eq!((refusals.len(), &refusals[0]), (2, &question.answer), "{}", question.prompt.en);
        assert_ne!(refusals[0], refusals[1]);
        let ids: BTreeSet<_> = question.choices.iter().map(|choice| &choice.id).collect();
        assert!(ids.len() == question.choices.len() && ids.contains(&question.answer));
    });
    assert!(asked > 50, "only {asked} questions");
}

#[test]
fn a_list_that_is_no_list_is_no_card() {
    let bank: Vec<_> = checklists().into_iter().filter(|list| list.system == "bank").collect();
    assert!(check_order(bank.iter().map(|list| Checklist { level: 9, ..list.clone() })).is_none());
    assert!(check_order(bank.iter().map(|list| Checklist { checks: Vec::new(), ..list.clone() })).is_none());
    let twice = bank.iter().chain(&bank).cloned();
    assert_eq!(check_order(twice).unwrap().cards(), check_order(bank.clone()).unwrap().cards());
    let source = source();
    assert!(source.info().kind == Kind::CheckOrder);
    assert!(source.cards().iter().all(|card| !card.id.contains('_')));
}
