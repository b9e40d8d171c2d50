//! Questions about who, when, which and where.

use super::batch::{Batch, numbers};
use super::choices::{Parts, joined, of_numbers, of_texts, text};
use super::observe::observe;
use super::totals::{derived, pattern_of, sentence_of};
use crate::asyncio::TaskId;
use crate::drill::{Question, Text};
use crate::lab::strategies::{STRATEGIES, Strategy};
use crate::rng::Rng;

/// What is drawn for the questions about order: a few items of different length behind a semaphore.
fn race(rng: &mut Rng) -> Option<Batch> {
    let items = 4 + rng.below(3);
    let limit = 2 + u32::try_from(rng.below(2)).ok()?;
    Some(Batch::listed(rng, items, limit))
}

fn shown(tasks: &[TaskId]) -> String {
    numbers(tasks.iter().filter_map(|task| usize::try_from(*task).ok()))
}

fn item(task: TaskId) -> (String, Text) {
    let number = shown(&[task]);
    let label = Text::same(&format!("item {number}"));
    (number, label)
}

/// Who finishes third?
pub(super) fn third(rng: &mut Rng) -> Option<Question> {
    let batch = race(rng)?;
    let seen = observe("fail_fast", &batch)?;
    let (answer, at_ms) = *seen.ends.get(2)?;
    // Two that end in the same instant are told apart by their order alone; that is another question.
    if seen.ends.iter().filter(|(_, end)| *end == at_ms).count() > 1 {
        return None;
    }
    // The third to start, the third shortest, and whoever is second or fourth.
    let mut by_length: Vec<(u32, TaskId)> = batch.sleeps_ms.iter().copied().zip(0..).collect();
    by_length.sort_unstable();
    let mut near = vec![answer, 2];
    near.extend(by_length.get(2).map(|(_, task)| *task));
    near.extend(seen.ends.iter().map(|(task, _)| *task));
    let order: Vec<TaskId> = seen.ends.iter().map(|(task, _)| *task).collect();
    let known = Strategy::named("fail_fast")?;
    let mut question = Parts {
        ask: Text::fixed("Who finishes third?", "邊個第三個完？"),
        prompt: joined(&sentence_of(known), &batch.words(true)),
        choices: of_texts(rng, near.into_iter().map(item).collect()),
        answer: item(answer).0,
        reason: text(
            format!("A permit goes to the next in line as soon as it is given back. They finish in the order {}; the third at {at_ms} ms.", shown(&order)),
            format!("Permit 一放返出嚟就畀下一個。完成次序係 {}；第三個喺 {at_ms} ms 完。", shown(&order)),
        ),
        review: "makespan",
    }
    .question();
    question.figure = Some(batch.figure("fail_fast", false));
    Some(question)
}

/// A time between two multiples of ten, within the run.
fn moment(rng: &mut Rng, total_ms: u64) -> Option<u64> {
    let tens = usize::try_from(total_ms / 10).ok()?;
    u64::try_from(rng.below(tens.max(1))).ok().map(|ten| ten * 10 + 5)
}

/// How many are sleeping at a time?
pub(super) fn asleep_at(rng: &mut Rng) -> Option<Question> {
    let mut batch = race(rng)?;
    batch.max_concurrent += u32::try_from(rng.below(2)).ok()?;
    let seen = observe("fail_fast", &batch)?;
    let at_ms = moment(rng, seen.total_ms?)?;
    let asleep = seen.asleep_at(at_ms);
    let answer = u64::try_from(asleep.len()).ok()?;
    let left = batch.items().saturating_sub(seen.done_at(at_ms));
    let limit = u64::from(batch.max_concurrent);
    let known = Strategy::named("fail_fast")?;
    let who = if asleep.is_empty() { "-".to_owned() } else { shown(&asleep) };
    let mut question = Parts {
        ask: text(format!("How many are sleeping at {at_ms} ms?"), format!("{at_ms} ms 嗰陣有幾多個 sleep 緊？")),
        prompt: joined(&sentence_of(known), &batch.words(true)),
        choices: of_numbers(answer, &[limit, u64::try_from(left).ok()?, u64::try_from(batch.items()).ok()?], 1, "")?,
        answer: answer.to_string(),
        reason: text(
            format!(
                "At {at_ms} ms {answer} sleep ({who}); {} are done, and at the most {limit} may sleep at a time.",
                seen.done_at(at_ms)
            ),
            format!(
                "{at_ms} ms 嗰陣有 {answer} 個 sleep 緊（{who}）；{} 個已經完咗，而同時最多 {limit} 個可以 sleep。",
                seen.done_at(at_ms)
            ),
        ),
        review: "makespan",
    }
    .question();
    question.figure = Some(batch.figure("fail_fast", false));
    Some(question)
}

/// How many have finished at a time?
pub(super) fn finished_at(rng: &mut Rng) -> Option<Question> {
    let items = 5 + rng.below(5);
    let invalid = rng.below(3);
    let limit = 2 + u32::try_from(rng.below(2)).ok()?;
    let batch = Batch::equal(rng, items, invalid, limit);
    let strategy = if rng.below(2) == 0 { "fail_fast" } else { "all_sleep" };
    let seen = observe(strategy, &batch)?;
    let sleep = u64::from(batch.sleep_ms());
    let waves = seen.total_ms? / sleep;
    let wave = u64::try_from(rng.below(usize::try_from(waves).ok()?)).ok()?;
    let at_ms = wave * sleep + sleep / 2;
    let done = u64::try_from(seen.done_at(at_ms)).ok()?;
    let invalid = u64::try_from(invalid).ok()?;
    let known = Strategy::named(strategy)?;
    let slept = wave * u64::from(limit);
    let mut question = Parts {
        ask: text(format!("How many are done at {at_ms} ms?"), format!("{at_ms} ms 嗰陣有幾多個完咗？")),
        prompt: joined(&sentence_of(known), &batch.words(true)),
        choices: of_numbers(done, &[slept, slept + invalid, slept + u64::from(limit), done.saturating_sub(invalid)], 1, "")?,
        answer: done.to_string(),
        reason: text(
            format!("{wave} full waves of {limit} are over at {at_ms} ms; with those that returned at once that makes {done}."),
            format!("{at_ms} ms 之前完咗 {wave} 轉，每轉 {limit} 個；加埋即刻 return 嗰啲，總共 {done} 個。"),
        ),
        review: pattern_of(strategy),
    }
    .question();
    question.figure = Some(batch.figure(strategy, false));
    Some(question)
}

/// Which strategy made this chart?
pub(super) fn which_strategy(rng: &mut Rng) -> Option<Question> {
    const ASKED: [&str; 6] =
        ["fail_fast", "all_sleep", "check_inside", "gather_all", "lock_across_sleep", "worker_pool"];
    let items = 6 + rng.below(3);
    let limit = 2 + u32::try_from(rng.below(2)).ok()?;
    let batch = Batch::equal(rng, items, 2, limit);
    let answer = Strategy::named(ASKED.get(rng.below(ASKED.len()))?)?;
    let seen = observe(answer.id, &batch)?;
    let total = seen.total_ms?;
    let label = |strategy: &Strategy| (strategy.id.to_owned(), Text::fixed(strategy.title.en, strategy.title.zh));
    let mut others: Vec<&Strategy> = STRATEGIES.iter().filter(|s| s.id != answer.id && ASKED.contains(&s.id)).collect();
    rng.shuffle(&mut others);
    let mut question = Parts {
        ask: Text::fixed("Which strategy made this chart?", "邊個策略會畫出呢個圖？"),
        prompt: batch.words(true),
        choices: of_texts(rng, std::iter::once(answer).chain(others).map(label).collect()),
        answer: answer.id.to_owned(),
        reason: joined(&Text::fixed(answer.about.en, answer.about.zh), &derived(&seen, total)),
        review: pattern_of(answer.id),
    }
    .question();
    question.figure = Some(batch.figure(answer.id, true));
    Some(question)
}

/// Who waits for ever when two locks are taken in any order?
pub(super) fn deadlock(rng: &mut Rng) -> Option<Question> {
    let items = 2 + rng.below(4);
    let strategy = if rng.below(3) == 0 { "pair_lock_sorted" } else { "pair_lock_unsorted" };
    let invalid = rng.below(2).min(items - 2);
    let batch = Batch::equal(rng, items, invalid, 2);
    let seen = observe(strategy, &batch)?;
    let known = Strategy::named(strategy)?;
    let told = text(
        "Items 1 and 2 move money between the same two accounts in opposite directions, 3 and 4 between two others, and so on."
            .to_owned(),
        "Item 1 同 2 喺同一對戶口之間對調方向轉錢，3 同 4 係另一對，如此類推。".to_owned(),
    );
    let label = |tasks: &[TaskId]| -> (String, Text) {
        if tasks.is_empty() {
            return ("nobody".to_owned(), Text::fixed("nobody: all of them finish", "冇人：全部完得到"));
        }
        let who = shown(tasks);
        (who.clone(), text(format!("for ever: {who}"), format!("永遠等：{who}")))
    };
    let all: Vec<TaskId> = (0..).take(items).collect();
    let valid: Vec<TaskId> = all
        .iter()
        .copied()
        .filter(|task| !usize::try_from(*task).is_ok_and(|at| batch.invalid.contains(&at)))
        .collect();
    let odd: Vec<TaskId> = all.iter().copied().filter(|task| task % 2 == 1).collect();
    let first: Vec<TaskId> = all.iter().copied().take(2).collect();
    let (id, right) = label(&seen.stuck);
    let mut offered = vec![(id.clone(), right)];
    for tasks in [vec![], all, valid, first, odd, vec![0]] {
        offered.push(label(&tasks));
    }
    let reason = if seen.stuck.is_empty() {
        let why = if strategy == "pair_lock_sorted" {
            Text::fixed(
                "Both take their locks in the same, sorted order: whoever has the first lock gets the second too.",
                "兩個都跟 sorted 次序攞 lock：邊個攞到第一把，就攞到第二把。",
            )
        } else {
            Text::fixed("No two valid items want the same two locks.", "冇兩個有效嘅 item 爭同一對 lock。")
        };
        let total = seen.total_ms?;
        joined(&why, &text(format!("All are done at {total} ms."), format!("全部 {total} ms 完。")))
    } else {
        let who = shown(&seen.stuck);
        text(
            format!("Each holds its first lock while it sleeps, and then wants the one that the other holds: {who}."),
            format!("每個 sleep 嗰陣攞住自己第一把 lock，之後想攞對方手上嗰把：{who}。"),
        )
    };
    let choices = of_texts(rng, offered);
    if choices.len() < 3 {
        return None;
    }
    let mut question = Parts {
        ask: Text::fixed("Who waits for ever?", "邊個會永遠等落去？"),
        prompt: joined(&joined(&sentence_of(known), &told), &batch.words(false)),
        choices,
        answer: id,
        reason,
        review: "sorted_pair_lock",
    }
    .question();
    question.figure = Some(batch.figure(strategy, false));
    Some(question)
}
