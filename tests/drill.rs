//! The decks pass their checker, and the laws of sessions, grading, scheduling and saved progress hold.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test that fails should panic")]

#[path = "drill/check_order.rs"]
mod check_order;

mod decks {
    use std::collections::{BTreeMap, BTreeSet};
    use std::fs;
    use std::path::Path;

    use specsight::drill::{Deck, Kind, check_all, choice_sets, pattern};
    use specsight::engine::systems;

    /// Reads the deck files as they lie in the folder, so that a new one is tested without a change here.
    pub fn files() -> Vec<(String, String)> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("decks");
        let mut files: Vec<(String, String)> = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
            .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap()))
            .collect();
        files.sort();
        files
    }

    fn decks() -> Vec<Deck> {
        let files = files();
        let (decks, problems) = check_all(files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
        let report: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(report.is_empty(), "{}", report.join("\n"));
        decks
    }

    #[test]
    fn every_deck_passes_the_checker() {
        let items: usize = decks().iter().map(|deck| deck.items.len()).sum();
        assert!(items >= 150, "only {items} items are left");
    }

    #[test]
    fn every_choice_of_a_set_is_the_answer_somewhere() {
        let answers: BTreeSet<String> =
            decks().into_iter().flat_map(|deck| deck.items).map(|item| item.answer).collect();
        for set in choice_sets() {
            for member in set.members {
                assert!(answers.contains(*member), "{member} of {} is always wrong, which gives it away", set.id);
            }
        }
    }

    #[test]
    fn a_pattern_has_one_name_here_and_in_the_catalogue() {
        for entry in systems() {
            let info = serde_json::to_value((entry.info)()).unwrap();
            for used in info["uses"].as_array().unwrap() {
                let Some(known) = pattern(used["id"].as_str().unwrap()) else { continue };
                assert_eq!(used["title"], serde_json::to_value(&known.title).unwrap(), "{}", known.id);
            }
        }
    }

    #[test]
    fn decks_say_of_a_system_what_the_catalogue_says() {
        let catalogue: BTreeMap<String, serde_json::Value> = systems()
            .iter()
            .map(|entry| (entry.id.to_owned(), serde_json::to_value((entry.info)()).unwrap()))
            .collect();
        for deck in decks() {
            for item in &deck.items {
                let Some(info) = item.review.system.as_ref().and_then(|system| catalogue.get(system)) else { continue };
                let said = match (deck.kind, item.review.level) {
                    (Kind::SpecToFamily, _) => &info["family"],
                    (Kind::SpecToPattern, Some(6)) => &info["patterns"]["l6"],
                    _ => continue,
                };
                assert_eq!(said, &item.answer, "{}/{}", deck.id, item.id);
            }
        }
    }

    #[test]
    fn no_answer_is_a_safe_guess() {
        for deck in decks().iter().filter(|deck| deck.choices.is_some()) {
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            for item in &deck.items {
                *counts.entry(&item.answer).or_default() += 1;
            }
            let most = counts.values().max().copied().unwrap_or_default();
            assert!(most * 2 <= deck.items.len(), "{}: one answer is right more than half the time", deck.id);
        }
    }

    #[test]
    fn the_longest_choice_is_not_always_right() {
        for deck in decks().iter().filter(|deck| deck.choices.is_none()) {
            let longest = deck.items.iter().filter(|item| {
                let longest = item.choices.iter().max_by_key(|choice| choice.en.chars().count());
                longest.is_some_and(|choice| choice.id == item.answer)
            });
            assert!(longest.count() * 2 <= deck.items.len(), "{}: the longest row is right too often", deck.id);
        }
    }
}

mod checker {
    use serde_json::{Value, json};
    use specsight::drill::check_all;

    fn deck() -> Value {
        json!({
            "format": 1, "id": "sample", "order": 1, "kind": "spec_to_pattern", "choices": "l3", "form": "spec",
            "title": { "en": "Sample", "zh": "樣本" },
            "about": { "en": "A sample.", "zh": "一個樣本。" },
            "ask": { "en": "Which?", "zh": "邊個？" },
            "items": [{
                "id": "one", "prompt": { "en": "alive while strictly less" }, "signals": ["strictly less"],
                "answer": "inline_ttl", "reason": { "en": "Because.", "zh": "因為。" },
                "review": { "pattern": "inline_ttl" }, "sources": ["handbook_1 D7"]
            }]
        })
    }

    /// Changes the sample at a JSON pointer and gives what the checker says.
    fn said(pointer: &str, value: Value) -> String {
        let mut deck = deck();
        *deck.pointer_mut(pointer).expect("the pointer leads nowhere") = value;
        said_of(&deck)
    }

    fn said_of(deck: &Value) -> String {
        let text = deck.to_string();
        let (_, problems) = check_all([("sample", text.as_str())]);
        problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_sound_deck_is_left_in_peace() {
        assert_eq!(said_of(&deck()), "");
    }

    #[test]
    fn what_is_wrong_is_named_with_what_to_do() {
        for (pointer, value, expected) in [
            ("/format", json!(2), "sample: has format 2; this program reads 1"),
            ("/id", json!("other"), "give the file and its id the same name"),
            ("/title/zh", json!(" "), "the title needs both languages"),
            ("/choices", json!("l9"), "is no choice set; use one of families"),
            ("/items", json!([]), "has no items; add one or delete the file"),
            ("/items/0/id", json!("One_"), "use a-z, 0-9 and single hyphens"),
            (
                "/items/0/prompt/en",
                json!("nothing"),
                "sample/one: has the signal \"strictly less\", which is not in the",
            ),
            ("/items/0/prompt", json!({ "en": "strictly less", "zh": "嚴格細過" }), "give {\"en\", \"zh\"}"),
            ("/items/0/prompt/en", json!("strictly less ".repeat(40)), "cut it to what decides the answer"),
            ("/items/0/signals", json!([]), "list the words of the prompt that give the answer away"),
            ("/items/0/answer", json!("merge"), "answers \"merge\", which is not in the choice set l3"),
            ("/items/0/reason/zh", json!("`ts < expiry"), "does not close it; add the other one"),
            ("/items/0/reason/zh", json!(""), "the reason needs both languages"),
            ("/items/0/reason/en", json!("so ".repeat(120)), "say it in one or two sentences"),
            ("/items/0/review/pattern", json!("nowhere"), "is not in the pattern table"),
            ("/items/0/review", json!({ "pattern": "merge", "system": "bank" }), "give both or neither"),
            ("/items/0/sources", json!([]), "names no source"),
        ] {
            let said = said(pointer, value);
            assert!(said.contains(expected), "{pointer}: {said}");
        }
    }

    #[test]
    fn listed_choices_must_hold_the_answer_once_and_enough_beside_it() {
        let choices = |ids: &[&str]| -> Value {
            ids.iter().map(|id| json!({ "id": id, "en": format!("the {id}") })).collect::<Vec<_>>().into()
        };
        let with = |ids: &[&str]| {
            let mut deck = deck();
            deck["items"][0]["choices"] = choices(ids);
            deck["items"][0]["answer"] = json!("a");
            said_of(&deck)
        };
        assert_eq!(with(&["a", "b", "c", "d"]), "");
        assert!(with(&["b", "c", "d", "e"]).contains("0 times among its choices"));
        assert!(with(&["a", "a", "c", "d"]).contains("2 times"));
        assert!(with(&["a", "b", "c"]).contains("fewer than 3 wrong choices"));
        assert!(with(&["a", "b", "c", "d", "e", "f", "g"]).contains("more than 6 choices"));
    }

    #[test]
    fn the_same_question_twice_is_found_across_decks() {
        let one = deck().to_string();
        let mut other = deck();
        other["id"] = json!("another");
        let other = other.to_string();
        let (_, problems) = check_all([("sample", one.as_str()), ("another", other.as_str())]);
        assert!(problems.iter().any(|problem| problem.message.contains("as sample/one; drop one")));
    }

    #[test]
    fn text_that_is_no_deck_is_a_problem_and_not_a_panic() {
        for text in ["", "[]", "null", "{\"format\": 1}", "{\"surprise\": true}"] {
            let (decks, problems) = check_all([("sample", text)]);
            assert!(decks.is_empty());
            assert!(problems[0].message.contains("is not a deck"), "{text}");
        }
    }
}

mod laws {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;
    use specsight::drill::{
        Answer, CardInfo, Choice, Drill, DrillError, Form, Grade, Kind, Memory, Outcome, Progress, ProgressError,
        Prompt, Question, QuestionSource, Request, Review, SourceInfo, Text, grade, next_memory, outcome,
    };
    use specsight::rng::Rng;

    use super::decks::files;

    const NOW: u64 = 1_750_000_000_000;
    const LIMIT: u64 = 30_000;

    fn drill() -> Drill {
        let files = files();
        Drill::new(files.iter().map(|(name, text)| (name.as_str(), text.as_str()))).unwrap()
    }

    fn request(seed: u64, length: usize) -> Request {
        Request { seed, length, limit_ms: Some(LIMIT), ..Request::default() }
    }

    /// Answers the question that is asked: rightly, wrongly or not at all, as `how` says.
    fn answer(drill: &mut Drill, how: u8, now: u64) -> Result<specsight::drill::Verdict, DrillError> {
        let question = drill.question().ok_or(DrillError::NotRunning)?;
        let choice = match how % 4 {
            0 => None,
            how => question.choices.get(usize::from(how) % question.choices.len()).map(|choice| choice.id.clone()),
        };
        drill.answer(&Answer { choice, elapsed_ms: u64::from(how) * 150 }, now)
    }

    /// Plays a whole session and gives the cards in the order they were asked.
    fn play(drill: &mut Drill, request: &Request, how: &[u8], now: u64) -> Vec<String> {
        drill.start(request, now).unwrap();
        let mut cards = Vec::new();
        while let Some(question) = drill.question() {
            cards.push(question.card);
            let how = how.get(cards.len() % how.len().max(1)).copied().unwrap_or(1);
            answer(drill, how, now + cards.len() as u64).unwrap();
        }
        cards
    }

    fn memory() -> impl Strategy<Value = Memory> {
        (0..90_u64 * 24 * 60, 0..5_000_u64, 0..NOW, 0..50_u32).prop_map(|(interval_min, ease, last_ms, seen)| Memory {
            interval_min,
            ease,
            last_ms,
            due_ms: last_ms + interval_min * 60_000,
            seen,
            right: seen / 2,
            lapses: seen / 5,
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_same_seed_and_memory_give_the_same_session(seed: u32, how: [u8; 12]) {
            let request = request(seed.into(), 12);
            let (mut one, mut other) = (drill(), drill());
            prop_assert_eq!(play(&mut one, &request, &how, NOW), play(&mut other, &request, &how, NOW));
            prop_assert_eq!(one.save(), other.save());
        }

        #[test]
        fn every_question_offers_its_answer_once_and_nothing_twice(seed: u32) {
            let mut drill = drill();
            drill.start(&request(seed.into(), 50), NOW).unwrap();
            while let Some(question) = drill.question() {
                let ids: BTreeSet<&str> = question.choices.iter().map(|choice| choice.id.as_str()).collect();
                prop_assert_eq!(ids.len(), question.choices.len());
                prop_assert!((3..=6).contains(&ids.len()));
                let verdict = answer(&mut drill, 0, NOW).unwrap();
                prop_assert!(ids.contains(verdict.answer.as_str()), "{}: {}", question.card, verdict.answer);
            }
        }

        #[test]
        fn no_card_comes_twice_and_every_deck_has_its_share(seed: u32, length in 1_usize..=50) {
            let mut drill = drill();
            let decks = drill.overview(NOW).decks.len();
            let cards = play(&mut drill, &request(seed.into(), length), &[1], NOW);
            prop_assert_eq!(cards.len(), length);
            prop_assert_eq!(cards.iter().collect::<BTreeSet<_>>().len(), length);
            let mut shares: BTreeMap<&str, usize> = BTreeMap::new();
            for card in &cards {
                *shares.entry(card.split('/').next().unwrap_or_default()).or_default() += 1;
            }
            for (deck, share) in shares {
                prop_assert!(share <= length.div_ceil(decks), "{deck} has {share} of {length}");
            }
        }

        #[test]
        fn grading_is_total(seed: u32, choice in proptest::option::of(".{0,12}"), elapsed_ms: u64, limit in proptest::option::of(0_u64..90_000)) {
            let mut drill = drill();
            drill.start(&request(seed.into(), 1), NOW).unwrap();
            let question = coin("any");
            let answer = Answer { choice, elapsed_ms };
            let outcome = outcome(&question, &answer, limit);
            let grade = grade(outcome, elapsed_ms, limit);
            prop_assert_eq!(outcome.is_right(), grade != Grade::Again);
            let before = drill.save();
            if let Ok(verdict) = drill.answer(&answer, NOW) {
                prop_assert!(answer.choice.is_none() || verdict.given == answer.choice);
            } else {
                // A refusal leaves everything as it was.
                prop_assert_eq!(drill.save(), before);
            }
        }

        #[test]
        fn a_better_grade_never_comes_back_earlier(before in proptest::option::of(memory()), late in 0..100_u64 * 86_400_000) {
            let now = before.as_ref().map_or(NOW, |memory| memory.last_ms + late);
            let grades = [Grade::Again, Grade::Hard, Grade::Good, Grade::Easy];
            let after = grades.map(|grade| next_memory(before.as_ref(), grade, now));
            for pair in after.windows(2) {
                prop_assert!(pair[0].due_ms <= pair[1].due_ms);
                prop_assert!(pair[0].ease <= pair[1].ease);
            }
            for memory in after {
                prop_assert!(memory.due_ms > now);
                prop_assert!(memory.interval_min <= 60 * 24 * 60);
                prop_assert_eq!(memory.due_ms - now, memory.interval_min * 60_000);
            }
        }

        #[test]
        fn time_may_run_backwards(before in memory(), now in 0..NOW) {
            let after = next_memory(Some(&before), Grade::Good, now);
            prop_assert!(after.due_ms > now);
        }

        #[test]
        fn progress_reads_back_what_it_wrote(seed: u32, how: [u8; 8], stop in 0_usize..8) {
            let mut one = drill();
            play(&mut one, &request(seed.into(), 8), &how, NOW);
            one.start(&request(seed.into(), 8), NOW + 9).unwrap();
            for how in how.iter().take(stop) {
                answer(&mut one, *how, NOW + 10).unwrap();
            }
            let text = one.save();
            let mut other = drill();
            other.load(&text).unwrap();
            prop_assert_eq!(other.save(), text);
            prop_assert_eq!(other.question(), one.question());
            prop_assert_eq!(other.overview(NOW + 20), one.overview(NOW + 20));
        }

        #[test]
        fn reading_is_total_and_a_bad_text_changes_nothing(text in ".{0,80}", seed: u32) {
            let mut drill = drill();
            play(&mut drill, &request(seed.into(), 2), &[1], NOW);
            let before = drill.save();
            prop_assert!(drill.load(&text).is_err());
            prop_assert!(drill.import(&text).is_err());
            prop_assert_eq!(drill.save(), before);
        }

        #[test]
        fn a_damaged_record_is_a_typed_error(seed: u32, at: prop::sample::Index) {
            let mut drill = drill();
            play(&mut drill, &request(seed.into(), 3), &[1, 2], NOW);
            let mut text = drill.save();
            let cut: Vec<usize> = text.char_indices().map(|(place, _)| place).collect();
            text.truncate(cut[at.index(cut.len())]);
            prop_assert!(matches!(Progress::read(&text), Err(ProgressError::NotJson { .. })), "{text}");
        }

        #[test]
        fn importing_twice_is_importing_once(seeds: [u32; 2], how: [u8; 6]) {
            let (mut one, mut other) = (drill(), drill());
            play(&mut one, &request(seeds[0].into(), 6), &how, NOW);
            play(&mut other, &request(seeds[1].into(), 6), &how, NOW + 1_000);
            one.import(&other.save()).unwrap();
            let once = one.save();
            one.import(&other.save()).unwrap();
            prop_assert_eq!(one.save(), once);
        }
    }

    #[test]
    fn due_comes_before_new_and_new_before_the_rest() {
        let mut drill = drill();
        let first = play(&mut drill, &request(1, 10), &[0], NOW);
        let due_at = NOW + 20 * 60_000;
        let second = play(&mut drill, &request(2, 14), &[0], due_at);
        assert!(first.iter().all(|card| second.contains(card)), "what is due has to be asked");
        let soon_after = due_at + 1_000;
        let third = play(&mut drill, &request(3, 10), &[0], soon_after);
        assert!(third.iter().all(|card| !second.contains(card)), "new cards come before those that are not due");
    }

    #[test]
    fn the_misses_of_a_session_can_be_asked_again() {
        let mut drill = drill();
        play(&mut drill, &request(5, 10), &[0, 1, 2, 3], NOW);
        let session = drill.overview(NOW).sessions[0].id.clone();
        let summary = drill.summary(&session).unwrap();
        assert_eq!(summary.missed.len(), 10 - summary.session.right);
        let again = Request { cards: summary.missed.clone(), ..request(6, 50) };
        let cards: BTreeSet<String> = play(&mut drill, &again, &[1], NOW + 1).into_iter().collect();
        assert_eq!(cards, summary.missed.into_iter().collect());
    }

    #[test]
    fn a_summary_counts_what_was_missed_and_says_where_to_look() {
        let mut drill = drill();
        play(&mut drill, &request(8, 20), &[0], NOW);
        let session = drill.overview(NOW).sessions[0].id.clone();
        let summary = drill.summary(&session).unwrap();
        assert_eq!(summary.answers.len(), 20);
        assert_eq!(summary.review.iter().map(|entry| entry.missed).sum::<usize>(), 20);
        assert!(summary.review.windows(2).all(|pair| pair[0].missed >= pair[1].missed));
        assert!(summary.review.iter().all(|entry| !entry.pattern.pointers.is_empty()));
        for entry in summary.answers {
            let question = entry.question.unwrap();
            assert_eq!(entry.outcome, Outcome::Passed);
            assert!(question.given.is_none());
            assert!(question.prompt.en.iter().any(|cut| cut.signal), "{}: nothing is marked", entry.card);
            assert!(question.prompt.zh.iter().any(|cut| cut.signal), "{}: nothing is marked", entry.card);
        }
    }

    #[test]
    fn the_clock_decides_even_over_the_right_choice() {
        let question = coin("any");
        let late = Answer { choice: Some("heads".to_owned()), elapsed_ms: LIMIT };
        assert_eq!(outcome(&question, &late, Some(LIMIT)), Outcome::TimedOut);
        assert_eq!(outcome(&question, &late, None), Outcome::Right);
    }

    #[test]
    fn time_grades_what_was_known() {
        let graded = |elapsed| grade(Outcome::Right, elapsed, Some(LIMIT));
        assert_eq!([graded(10_000), graded(10_001), graded(20_000), graded(20_001)], {
            [Grade::Easy, Grade::Good, Grade::Good, Grade::Hard]
        });
        assert_eq!(grade(Outcome::Right, 1, None), Grade::Good);
    }

    #[test]
    fn bad_requests_are_refused_with_a_reason() {
        let mut drill = drill();
        let refused = |drill: &mut Drill, request: Request| {
            let before = drill.save();
            let error = drill.start(&request, NOW).unwrap_err();
            assert_eq!(drill.save(), before);
            (error.code(), error.to_string())
        };
        assert_eq!(refused(&mut drill, request(1, 0)).1, "a session has 1 to 50 questions, not 0");
        assert_eq!(refused(&mut drill, request(1, 51)).0, "bad_argument");
        let slow = Request { limit_ms: Some(999), ..request(1, 1) };
        assert_eq!(refused(&mut drill, slow).1, "a clock needs at least a second; leave it out to drill without one");
        let unknown = Request { decks: vec!["nope".to_owned()], ..request(1, 1) };
        assert_eq!(refused(&mut drill, unknown).1, "there is no deck \"nope\"");
        let gone = Request { cards: vec!["families/gone".to_owned()], ..request(1, 1) };
        assert_eq!(refused(&mut drill, gone).0, "out_of_range");
        assert_eq!(drill.answer(&Answer { choice: None, elapsed_ms: 0 }, NOW).unwrap_err().code(), "out_of_range");
    }

    #[test]
    fn other_texts_and_later_versions_are_told_apart() {
        let mut drill = drill();
        let code = |drill: &mut Drill, text: &str| drill.load(text).unwrap_err().code();
        assert_eq!(code(&mut drill, "{}"), "bad_progress");
        assert_eq!(code(&mut drill, r#"{"format":"specsight-drill","version":2}"#), "newer_progress");
        assert_eq!(code(&mut drill, r#"{"format":"specsight-drill","version":1,"cards":[]}"#), "bad_progress");
        assert_eq!(code(&mut drill, r#"{"format":"specsight-drill","version":-1}"#), "bad_progress");
    }

    #[test]
    fn a_session_whose_decks_have_gone_is_not_in_the_way() {
        let mut one = drill();
        one.start(&request(4, 5), NOW).unwrap();
        answer(&mut one, 1, NOW).unwrap();
        let mut bare = Drill::new([]).unwrap();
        bare.load(&one.save()).unwrap();
        assert_eq!(bare.question(), None);
        assert_eq!(bare.overview(NOW).running, None);
        assert_eq!(bare.save(), one.save(), "progress of absent decks is kept");
    }

    #[test]
    fn a_session_stopped_before_any_answer_leaves_no_trace() {
        let mut drill = drill();
        drill.start(&request(4, 5), NOW).unwrap();
        assert_eq!(drill.stop(NOW), None);
        assert!(drill.overview(NOW).sessions.is_empty());
        drill.start(&request(4, 5), NOW).unwrap();
        answer(&mut drill, 1, NOW).unwrap();
        let stopped = drill.stop(NOW + 5).unwrap();
        assert_eq!((stopped.length, stopped.answered), (1, 1));
    }

    /// A generated source: one card a skill, another question each time.
    struct Coins(SourceInfo);

    fn coin(card: &str) -> Question {
        let side = |id: &str| Choice { id: id.to_owned(), label: Text::same(id), gloss: None };
        Question {
            card: format!("coins/{card}"),
            kind: Kind::Boundary,
            ask: Text::same("?"),
            prompt: Prompt { form: Form::Story, en: card.to_owned().into(), zh: None, signals: Vec::new() },
            choices: ["heads", "tails", "edge"].map(side).to_vec(),
            answer: "heads".to_owned(),
            reason: Text::same("It is."),
            figure: None,
            review: Review { pattern: "luck".to_owned(), system: None, level: None },
        }
    }

    impl QuestionSource for Coins {
        fn info(&self) -> &SourceInfo {
            &self.0
        }

        fn cards(&self) -> Vec<CardInfo> {
            vec![CardInfo { id: "toss".to_owned() }]
        }

        fn question(&self, card: &str, rng: &mut Rng) -> Option<Question> {
            (card == "toss").then(|| Question {
                answer: ["heads", "tails"][rng.below(2)].to_owned(),
                ..coin(&format!("toss number {}", rng.below(1_000)))
            })
        }
    }

    #[test]
    fn a_generated_source_joins_through_the_same_door() {
        let title = Text::same("Coins");
        let info = SourceInfo { id: "coins".to_owned(), about: title.clone(), title, kind: Kind::Boundary };
        let mut drill = drill();
        drill.add_source(Box::new(Coins(info)));
        let only = |seed| Request { decks: vec!["coins".to_owned()], ..request(seed, 10) };
        let mut prompts = BTreeSet::new();
        for seed in 0..4 {
            let session = drill.start(&only(seed), NOW + seed).unwrap();
            assert_eq!(session.length, 1, "one card, however many questions it can make");
            prompts.insert(drill.question().unwrap().prompt.en);
            let asked = answer(&mut drill, 1, NOW + seed).unwrap();
            let summary = drill.summary(&session.id).unwrap();
            let told = summary.answers[0].question.as_ref().unwrap();
            assert_eq!(told.answer.id, asked.answer, "the record deals the same question again");
        }
        assert!(prompts.len() > 1, "a fresh question for each seed");
        assert_eq!(drill.progress().cards["coins/toss"].seen, 4);
    }
}
