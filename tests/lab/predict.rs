//! Generated questions are fair, whatever the seed.

use std::collections::{BTreeMap, BTreeSet};

use specsight::drill::{Drill, Question, Request};
use specsight::lab::predict::{Batch, observe, source};
use specsight::rng::Rng;

/// More seeds when somebody has the time.
fn seeds() -> u64 {
    if std::env::var_os("SPECSIGHT_LONG").is_some() { 3_000 } else { 120 }
}

/// Every card, asked with every seed.
fn asked() -> Vec<(String, u64, Question)> {
    let predict = source();
    let cards = predict.cards();
    let mut asked = Vec::new();
    for seed in 0..seeds() {
        for card in &cards {
            let name = format!("predict/{}", card.id);
            let question = predict.question(&card.id, &mut Rng::for_card(seed, &name));
            asked.push((card.id.clone(), seed, question.expect("every card makes a question of every seed")));
        }
    }
    asked
}

#[test]
fn the_answer_is_offered_once_among_others_that_differ() {
    for (card, seed, question) in asked() {
        let ids: BTreeSet<&str> = question.choices.iter().map(|choice| choice.id.as_str()).collect();
        let labels: BTreeSet<&str> = question.choices.iter().map(|choice| choice.label.en.as_ref()).collect();
        assert_eq!((ids.len(), labels.len()), (question.choices.len(), question.choices.len()), "{card} {seed}");
        assert!((3..=6).contains(&question.choices.len()), "{card} {seed}");
        assert!(question.choice(&question.answer).is_some(), "{card} {seed}");
        assert_eq!(question.card, format!("predict/{card}"));
    }
}

#[test]
fn every_sentence_is_there_in_both_languages_with_its_code_closed() {
    for (card, seed, question) in asked() {
        let texts = [&question.ask, &question.prompt.text(), &question.reason];
        for text in texts.into_iter().chain(question.choices.iter().map(|choice| &choice.label)) {
            assert!(!text.is_incomplete() && !text.has_open_code(), "{card} {seed}: {text:?}");
        }
    }
}

#[test]
fn the_reason_names_the_answer() {
    for (card, seed, question) in asked() {
        let right = question.choice(&question.answer).unwrap();
        let said = match card.as_str() {
            // These reasons tell why, and the answer is a strategy or a deadlock.
            "which-strategy" | "deadlock-of-pairs" => continue,
            _ => question.answer.clone(),
        };
        assert!(question.reason.en.contains(&said), "{card} {seed}: {} in {}", right.label.en, question.reason.en);
        assert!(question.reason.zh.contains(&said), "{card} {seed}: {} in {}", right.label.zh, question.reason.zh);
    }
}

#[test]
fn the_same_seed_asks_the_same_and_others_ask_something_else() {
    let predict = source();
    let mut prompts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (card, seed, question) in asked() {
        let again = predict.question(&card, &mut Rng::for_card(seed, &question.card)).unwrap();
        assert_eq!(again, question);
        prompts.entry(card).or_default().insert(format!("{} {}", question.ask.en, question.prompt.en));
    }
    for (card, prompts) in prompts {
        // Two locks leave the least to vary: how many items, how long, which is invalid.
        assert!(prompts.len() >= 25, "{card} asks only {} different questions", prompts.len());
    }
}

#[test]
fn no_side_gives_the_answer_away() {
    let mut places: BTreeMap<usize, usize> = BTreeMap::new();
    let questions = asked();
    for (_, _, question) in &questions {
        *places.entry(question.choices.iter().position(|choice| choice.id == question.answer).unwrap()).or_default() +=
            1;
    }
    assert!(places.len() >= 4);
    for (place, count) in places {
        assert!(count * 2 < questions.len(), "{count} of {} answers stand at {place}", questions.len());
    }
}

#[test]
fn totals_are_those_of_the_formula() {
    for items in 1..10 {
        for limit in 1..5_u32 {
            for invalid in 0..items {
                let batch =
                    Batch { sleeps_ms: vec![10; items], invalid: (0..invalid).collect(), max_concurrent: limit };
                let waves = |sleepers: usize| Some(10 * (sleepers as u64).div_ceil(u64::from(limit)));
                let total = |strategy: &str| observe(strategy, &batch).unwrap().total_ms;
                assert_eq!(total("fail_fast"), waves(items - invalid));
                assert_eq!(total("check_inside"), waves(items - invalid));
                assert_eq!(total("all_sleep"), waves(items));
                assert_eq!(total("worker_pool"), waves(items - invalid));
                assert_eq!(total("gather_all"), Some(10));
                assert_eq!(total("lock_across_sleep"), Some(10 * (items - invalid) as u64));
                assert_eq!(total("sequential"), Some(10 * (items - invalid) as u64));
            }
        }
    }
}

#[test]
fn they_join_a_drill_and_its_progress_like_any_deck() {
    let mut drill = Drill::new([]).unwrap();
    drill.add_source(source());
    let overview = drill.overview(0);
    assert_eq!(overview.decks[0].total, source().cards().len());
    let request = Request { seed: 9, length: 5, ..Request::default() };
    drill.start(&request, 0).unwrap();
    let first = drill.question().unwrap();
    let mut later = Drill::new([]).unwrap();
    later.add_source(source());
    later.load(&drill.save()).unwrap();
    assert_eq!(later.question().unwrap(), first);
}
