//! Questions about how long it takes in all.

use super::batch::Batch;
use super::choices::{Parts, joined, of_numbers, text};
use super::observe::{Observed, observe};
use crate::drill::{Question, Text};
use crate::lab::analysis::Why;
use crate::lab::strategies::Strategy;
use crate::rng::Rng;

const NS_PER_MS: u64 = 1_000_000;

/// What a strategy is reviewed as.
pub(super) fn pattern_of(strategy: &str) -> &'static str {
    match strategy {
        "fail_fast" | "check_inside" => "fail_fast",
        "all_sleep" => "all_sleep",
        "worker_pool" => "worker_pool",
        "lifecycle" => "lifecycle",
        "gather_all" | "sequential" => "makespan",
        "pair_lock_sorted" | "pair_lock_unsorted" => "sorted_pair_lock",
        _ => "semaphore_place",
    }
}

/// A strategy in a sentence: `Fail-fast: all checks stand before the semaphore.`
pub(super) fn sentence_of(strategy: &Strategy) -> Text {
    text(
        format!("{}. {}", strategy.title.en, strategy.about.en),
        format!("{}。{}", strategy.title.zh, strategy.about.zh),
    )
}

/// A total derived: `ceil(5 / 2) x 10 = 30 ms`, with who is counted.
pub(super) fn derived(seen: &Observed, total_ms: u64) -> Text {
    let ms = |ns: &u64| ns / NS_PER_MS;
    match &seen.why {
        Why::Waves { sleepers, permits: Some(permits), sleep_ns, .. } => {
            let sleep = ms(sleep_ns);
            let waves = text(
                format!(
                    "{sleepers} sleep, {permits} at a time: `ceil({sleepers} / {permits}) x {sleep}` = {total_ms} ms."
                ),
                format!(
                    "{sleepers} 個要 sleep，每次 {permits} 個：`ceil({sleepers} / {permits}) x {sleep}` = {total_ms} ms。"
                ),
            );
            let at_once = seen.at_once;
            if at_once == 0 {
                return waves;
            }
            joined(
                &waves,
                &text(
                    format!("The {at_once} invalid ones return at once and cost nothing."),
                    format!("嗰 {at_once} 個無效嘅即刻 return，唔使時間。"),
                ),
            )
        }
        Why::Waves { sleepers, .. } => text(
            format!(
                "Nothing holds them back: all {sleepers} sleep at the same time, so it takes one sleep, {total_ms} ms."
            ),
            format!("冇嘢阻住：{sleepers} 個同時 sleep，所以就係一次 sleep，{total_ms} ms。"),
        ),
        Why::Rounds { sleeps, workers, sleep_ns, .. } => text(
            format!(
                "{sleeps} sleeps over {workers} workers: `ceil({sleeps} / {workers}) x {}` = {total_ms} ms.",
                ms(sleep_ns)
            ),
            format!(
                "{sleeps} 次 sleep 分畀 {workers} 個 worker：`ceil({sleeps} / {workers}) x {}` = {total_ms} ms。",
                ms(sleep_ns)
            ),
        ),
        Why::Serial { sleeps, sleep_ns: Some(sleep_ns), .. } => text(
            format!("Only one sleeps at a time: `{sleeps} x {}` = {total_ms} ms.", ms(sleep_ns)),
            format!("一次只得一個 sleep：`{sleeps} x {}` = {total_ms} ms。", ms(sleep_ns)),
        ),
        _ => text(
            format!("The last one is done after {total_ms} ms: follow whoever took each permit."),
            format!("最後一個 {total_ms} ms 先完：跟住每個 permit 畀邊個攞咗。"),
        ),
    }
}

/// What goes wrong when people work a total out in their heads.
fn mistakes(batch: &Batch) -> Vec<u64> {
    let [items, valid] = [batch.items(), batch.valid()].map(|count| u64::try_from(count).unwrap_or(u64::MAX));
    let (limit, sleep) = (u64::from(batch.max_concurrent.max(1)), u64::from(batch.sleep_ms()));
    vec![
        // Invalid items counted, or not counted.
        items.div_ceil(limit) * sleep,
        valid.div_ceil(limit) * sleep,
        // The last partial wave forgotten.
        (valid / limit) * sleep,
        (items / limit) * sleep,
        // Serial thinking, and no limit at all.
        valid * sleep,
        sleep,
        items * sleep,
    ]
}

/// How long does a strategy take in all?
pub(super) fn total(strategy: &'static str, rng: &mut Rng) -> Option<Question> {
    let known = Strategy::named(strategy)?;
    let items = 4 + rng.below(7);
    let invalid = rng.below(4).min(items - 2);
    let limit = 2 + u32::try_from(rng.below(3)).ok()?;
    let batch = Batch::equal(rng, items, invalid, limit);
    let seen = observe(strategy, &batch)?;
    let answer = seen.total_ms?;
    let with_limit = known.python.contains("max_concurrent");
    let mut question = Parts {
        ask: Text::fixed("How long does it take in all?", "總共要幾耐？"),
        prompt: joined(&sentence_of(known), &batch.words(with_limit)),
        choices: of_numbers(answer, &mistakes(&batch), u64::from(batch.sleep_ms()), " ms")?,
        answer: answer.to_string(),
        reason: derived(&seen, answer),
        review: pattern_of(strategy),
    }
    .question();
    question.figure = Some(batch.figure(strategy, false));
    Some(question)
}

/// What does the total become when the sleep moves into the lock?
pub(super) fn lock_moves(rng: &mut Rng) -> Option<Question> {
    let items = 3 + rng.below(6);
    let limit = 2 + u32::try_from(rng.below(3)).ok()?;
    let invalid = rng.below(2);
    let batch = Batch::equal(rng, items, invalid, limit);
    let before = observe("lock_then_semaphore", &batch)?.total_ms?;
    let inside = if rng.below(2) == 0 { "semaphore_inside_lock" } else { "lock_inside_semaphore" };
    let seen = observe(inside, &batch)?;
    let answer = seen.total_ms?;
    let known = Strategy::named(inside)?;
    let told = text(
        format!(
            "Now: {} All share one lock. So far the lock was given back before the semaphore, and it took {before} ms.",
            known.about.en
        ),
        format!("而家：{}全部共用一把 lock。之前係放咗 lock 先至攞 semaphore，用咗 {before} ms。", known.about.zh),
    );
    let mut wrong = mistakes(&batch);
    wrong.insert(0, before);
    let mut question = Parts {
        ask: Text::fixed("What does the total become?", "總時間會變成幾多？"),
        prompt: joined(&told, &batch.words(true)),
        choices: of_numbers(answer, &wrong, u64::from(batch.sleep_ms()), " ms")?,
        answer: answer.to_string(),
        reason: derived(&seen, answer),
        review: "semaphore_place",
    }
    .question();
    question.figure = Some(batch.figure(inside, false));
    Some(question)
}

/// What is the least `max_concurrent` for a total of at most so much?
pub(super) fn least_permits(rng: &mut Rng) -> Option<Question> {
    let items = 5 + rng.below(8);
    let invalid = rng.below(4);
    let strategy = if rng.below(2) == 0 { "fail_fast" } else { "all_sleep" };
    let mut batch = Batch::equal(rng, items, invalid, 1);
    let waves = 2 + u32::try_from(rng.below(3)).ok()?;
    let bound = u64::from(waves * batch.sleep_ms());
    // The model is asked again and again: that is what "least" means.
    let most = u32::try_from(items).ok()?;
    let answer = (1..=most).find(|limit| {
        batch.max_concurrent = *limit;
        observe(strategy, &batch).and_then(|seen| seen.total_ms).is_some_and(|total| total <= bound)
    })?;
    batch.max_concurrent = answer;
    let total = observe(strategy, &batch)?.total_ms?;
    let known = Strategy::named(strategy)?;
    let counted = if strategy == "fail_fast" { batch.valid() } else { batch.items() };
    let other = if strategy == "fail_fast" { batch.items() } else { batch.valid() };
    let whole = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let floor = whole(counted) / u64::from(waves);
    let told = text(format!("It may take {bound} ms at the most."), format!("最多可以用 {bound} ms。"));
    let mut question = Parts {
        ask: Text::fixed("What is the least `max_concurrent`?", "`max_concurrent` 最少要幾多？"),
        prompt: joined(&joined(&sentence_of(known), &batch.words(false)), &told),
        choices: of_numbers(
            u64::from(answer),
            &[floor, whole(other).div_ceil(u64::from(waves)), u64::from(waves), whole(counted)],
            1,
            "",
        )?,
        answer: answer.to_string(),
        reason: text(
            format!("{counted} sleep, and {bound} ms are {waves} waves: `ceil({counted} / {waves})` = {answer}. With {answer} it takes {total} ms."),
            format!("{counted} 個要 sleep，{bound} ms 即係 {waves} 轉：`ceil({counted} / {waves})` = {answer}。用 {answer} 個就係 {total} ms。"),
        ),
        review: "makespan",
    }
    .question();
    question.figure = Some(batch.figure(strategy, false));
    Some(question)
}
