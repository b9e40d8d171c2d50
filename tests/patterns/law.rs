//! Tries a law on every system that it is about.

use std::fmt::Debug;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestError, TestRunner};
use specsight::engine::{SystemInfo, systems};

use crate::recorded::Recorded;

/// A system that a law does not hold for, and why not.
pub type Exception = (&'static str, &'static str);

/// Cases per system; each begins from a state that the reference led to.
const CASES: u32 = 32;

/// How many times as many there are where there is time.
const LONGER: u32 = 10;

/// How many times as many an exception has to break the law in.
const LAST_CHANCE: u32 = 100;

/// How many times the cases of a law may have nothing to say before it counts as never asked.
const REJECTS_PER_CASE: u32 = 400;

/// Whether there is time for many cases, and each time others.
fn is_long() -> bool {
    std::env::var_os("SPECSIGHT_LONG").is_some()
}

/// Tries `law` on every system that the catalogue says it is about.
///
/// A case that the law has nothing to say about is rejected; a system where that happens too often fails, so that no law
/// holds only because it is never asked. An exception has to break the law, so that none outlives its reason; who has time
/// looks whether it does.
pub fn check<C: Debug>(
    is_about: impl Fn(&SystemInfo) -> bool,
    exceptions: &[Exception],
    cases: impl Fn(&Recorded) -> BoxedStrategy<C>,
    law: impl Fn(&Recorded, C) -> Result<(), TestCaseError>,
) {
    let promised: Vec<_> = systems().iter().filter(|entry| is_about(&(entry.info)())).collect();
    assert!(promised.len() > 1, "a law of one system is no law of a pattern");
    for (id, _) in exceptions {
        assert!(promised.iter().any(|entry| entry.id == *id), "the law is not about {id} anyway");
    }
    let mut failures = Vec::new();
    for entry in promised {
        let exception = exceptions.iter().find(|(id, _)| *id == entry.id);
        if exception.is_some() && !is_long() {
            continue;
        }
        let recorded = Recorded::read(entry);
        let outcome = try_on(exception.is_some(), &cases(&recorded), |case| law(&recorded, case));
        match (outcome, exception) {
            (Ok(()), None) | (Err(Outcome::Broken(_)), Some(_)) => {}
            (Ok(()), Some((_, why))) => failures.push(format!("{} needs no exception: {why}", entry.id)),
            (Err(Outcome::Broken(how) | Outcome::Silent(how)), _) => failures.push(format!("{}: {how}", entry.id)),
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Tries `law` on one system, and says how it breaks it.
pub fn check_on<C: Debug>(
    recorded: &Recorded,
    cases: BoxedStrategy<C>,
    law: impl Fn(C) -> Result<(), TestCaseError>,
) -> Result<(), String> {
    try_on(false, &cases, law)
        .map_err(|(Outcome::Broken(how) | Outcome::Silent(how))| format!("{}: {how}", recorded.info.id))
}

/// Why a law did not hold on a system.
enum Outcome {
    Broken(String),
    Silent(String),
}

fn try_on<C: Debug>(
    is_exception: bool,
    cases: &BoxedStrategy<C>,
    law: impl Fn(C) -> Result<(), TestCaseError>,
) -> Result<(), Outcome> {
    let count = match (is_exception, is_long()) {
        (true, _) => CASES * LAST_CHANCE,
        (false, true) => CASES * LONGER,
        (false, false) => CASES,
    };
    let config = Config {
        failure_persistence: None,
        max_global_rejects: count * REJECTS_PER_CASE,
        max_shrink_iters: if is_exception { 0 } else { 10_000 },
        // A gate says the same twice; who has time looks further.
        rng_seed: if is_long() { RngSeed::Random } else { RngSeed::Fixed(0) },
        ..Config::with_cases(count)
    };
    TestRunner::new(config).run(cases, law).map_err(|error| match error {
        TestError::Fail(reason, case) => Outcome::Broken(format!("{reason}\n  {case:?}")),
        TestError::Abort(reason) => Outcome::Silent(format!("says nothing: {reason}")),
    })
}
