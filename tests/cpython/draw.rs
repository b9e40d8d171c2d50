//! Arbitrary programs in the contract's form.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value as Json, json};

const LOCKS: [&str; 3] = ["a", "b", "c"];
const SEMAPHORES: [&str; 2] = ["s", "t"];
const QUEUES: [&str; 2] = ["p", "q"];

/// Few lengths, of which many sums are equal: what matters is the order within an instant. One is less than a nanosecond.
const SLEEPS: [f64; 12] = [-1.0, 0.0, 0.0, 0.000_000_1, 0.5, 1.0, 1.0, 2.0, 2.0, 3.0, 5.0, 10.0];

fn step() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        12 => select(&SLEEPS[..]).prop_map(|ms| json!({ "sleep": ms })),
        2 => (0..100).prop_map(|value| json!({ "return": value })),
        2 => (0..20).prop_map(|line| json!({ "line": line })),
        2 => select(&["", "x", "y", "z"][..]).prop_map(|item| json!({ "item": item })),
        3 => (select(&["get", "serve", "drain", "drain", "drain", "join", "join"][..]), select(&QUEUES[..]))
            .prop_map(|(kind, name)| json!({ kind: name })),
    ];
    leaf.prop_recursive(3, 6, 3, |inner| {
        let body = vec(inner, 0..4);
        prop_oneof![
            (select(&LOCKS[..]), body.clone()).prop_map(|(name, body)| json!({ "lock": name, "do": body })),
            (select(&SEMAPHORES[..]), body.clone()).prop_map(|(name, body)| json!({ "semaphore": name, "do": body })),
            (select(&SLEEPS[..]), body.clone(), body.clone())
                .prop_map(|(ms, body, late)| json!({ "timeout": ms, "do": body, "else": late })),
            (select(&QUEUES[..]), body).prop_map(|(name, job)| json!({ "put": name, "job": job })),
        ]
    })
}

/// Mostly sleeps: it takes several of them, one after another, to be late in different ways.
fn sleeper() -> impl Strategy<Value = Vec<Json>> {
    vec(prop_oneof![6 => select(&[1.0, 2.0, 3.0][..]).prop_map(|ms| json!({ "sleep": ms })), 1 => step()], 0..8)
}

/// Gives programs of up to eight tasks, and up to eight jobs in two queues; some of them deadlock.
pub fn program() -> impl Strategy<Value = Json> {
    let permits = vec(select(&[0, 1, 1, 1, 2, 2, 2, 2, 3, 3][..]), SEMAPHORES.len());
    let jobs = vec((vec(vec(step(), 0..4), 0..5), select(&[0, 0, 1, 2][..])), QUEUES.len());
    let tasks = vec(prop_oneof![vec(step(), 0..6), sleeper()], 0..9);
    (permits, jobs, tasks).prop_map(|(permits, jobs, tasks)| {
        let semaphores: serde_json::Map<_, _> =
            SEMAPHORES.iter().zip(permits).map(|(name, permits)| ((*name).to_owned(), json!(permits))).collect();
        let mut queues = serde_json::Map::new();
        let mut sizes = serde_json::Map::new();
        for (name, (mut jobs, size)) in QUEUES.iter().zip(jobs) {
            if size > 0 {
                jobs.truncate(size);
                sizes.insert((*name).to_owned(), json!(size));
            }
            queues.insert((*name).to_owned(), json!(jobs));
        }
        json!({ "semaphores": semaphores, "locks": LOCKS, "queues": queues, "maxsize": sizes, "tasks": tasks })
    })
}
