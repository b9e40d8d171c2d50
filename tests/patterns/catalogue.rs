//! What the catalogue says of a system agrees with itself, and reads as Python where it shows Python.

use specsight::engine::{L6Kind, systems};
use specsight::patterns::Pattern;

/// What the words for L3, L4 and L5 name.
const NAMED: [(&str, Pattern); 27] = [
    ("lazy purge", Pattern::LazyPurge),
    ("inline", Pattern::InlineTtl),
    ("effect", Pattern::LazyEffect),
    ("lazy auto-", Pattern::LazyEffect),
    ("overdue helper", Pattern::LazyEffect),
    ("expiry changes", Pattern::StatusFlip),
    ("flip", Pattern::StatusFlip),
    ("backoff", Pattern::ExponentialBackoff),
    ("state machine", Pattern::StatusMachine),
    ("dependency", Pattern::DependencyGraph),
    ("capacity", Pattern::CapacityGate),
    ("eviction", Pattern::LruEviction),
    ("deep-copy", Pattern::DeepCopyBackup),
    ("remaining TTL", Pattern::RemainingTtlBackup),
    ("value at time", Pattern::ValueAtTime),
    ("history", Pattern::EventHistory),
    ("log", Pattern::EventHistory),
    ("merge", Pattern::Merge),
    ("migration", Pattern::Merge),
    ("move", Pattern::MoveBetween),
    ("transfer", Pattern::MoveBetween),
    ("rollback", Pattern::Undo),
    ("undo", Pattern::Undo),
    ("single lock", Pattern::SingleLock),
    ("lock per", Pattern::SingleLock),
    ("sorted", Pattern::SortedPairLock),
    ("global lock", Pattern::GlobalLock),
];

#[test]
fn what_the_words_name_is_used() {
    for info in systems().iter().map(|entry| (entry.info)()) {
        let levels = info.patterns;
        for words in [levels.l3, levels.l4, levels.l5] {
            for (word, pattern) in NAMED {
                assert!(!words.contains(word) || info.uses.contains(&pattern), "{}: {words}", info.id);
            }
        }
        let last = match levels.l6 {
            L6Kind::FailFast => Pattern::FailFast,
            L6Kind::AllSleep => Pattern::AllSleep,
            L6Kind::WorkerPool => Pattern::WorkerPool,
            L6Kind::Lifecycle => Pattern::Lifecycle,
        };
        assert!(info.uses.contains(&last), "{}: {last:?}", info.id);
    }
}

#[test]
fn whoever_uses_locks_has_them_among_the_words_of_l5_and_nobody_else() {
    let locks = [Pattern::SingleLock, Pattern::SortedPairLock, Pattern::GlobalLock];
    for info in systems().iter().map(|entry| (entry.info)()) {
        let uses = info.uses.iter().any(|used| locks.contains(used));
        assert_eq!(info.patterns.l5.contains("lock"), uses, "{}: {}", info.id, info.patterns.l5);
        assert_eq!(info.patterns.l5 == "none", info.operations.iter().all(|o| o.level != 5), "{}", info.id);
    }
}

/// Why a piece of Python is none: brackets that do not pair, words of Rust, or places of an f-string that nothing fills.
fn flaw(python: &str) -> Option<&'static str> {
    // What closes what is open, from the outside in.
    let (mut open, mut fills, mut before) = (Vec::new(), false, ' ');
    for c in python.chars() {
        let in_string = open.contains(&'"');
        match c {
            '"' if in_string && open.pop() != Some('"') => return Some("a field is not closed"),
            '"' if in_string => {}
            '"' => {
                fills = before == 'f';
                open.push('"');
            }
            '{' | '}' if in_string && !fills => return Some("a field in a string without `f`"),
            '}' if in_string && before == '{' => return Some("an empty field"),
            '{' => open.push('}'),
            '(' | ')' | '[' | ']' if open.last() == Some(&'"') => {}
            '(' => open.push(')'),
            '[' => open.push(']'),
            ')' | ']' | '}' if open.pop() != Some(c) => return Some("brackets do not pair"),
            '&' | '!' | ';' | '?' if !in_string => return Some("a sign of Rust's"),
            ':' if !in_string && before == ':' => return Some("a path of Rust's"),
            _ => {}
        }
        before = c;
    }
    (!open.is_empty()).then_some("it does not end")
}

#[test]
fn checks_read_as_python() {
    for info in systems().iter().map(|entry| (entry.info)()) {
        for operation in &info.operations {
            for check in operation.checks {
                for python in [check.subject, check.refusal] {
                    assert_eq!(flaw(python), None, "{}.{}: {python}", info.id, operation.name);
                }
                assert!(!check.refusal.is_empty() && !check.noun.is_empty(), "{}.{}", info.id, operation.name);
            }
        }
    }
}

#[test]
fn what_is_no_python_is_told() {
    for rust in
        ["error(\"Node {} not found\", &node_id)", "\"Node {node_id}\"", "f\"{}\"", "Str::new()", "vec![]", "f(x", "\""]
    {
        assert!(flaw(rust).is_some(), "{rust}");
    }
}

#[test]
fn no_operation_asks_the_same_twice() {
    for entry in systems() {
        for operation in (entry.info)().operations {
            let twice = operation.checks.iter().enumerate().find(|(at, check)| operation.checks[..*at].contains(check));
            assert!(twice.is_none(), "{}.{}: {twice:?}", entry.id, operation.name);
        }
    }
}
