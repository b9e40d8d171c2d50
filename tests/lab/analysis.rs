//! What the analysis says of arbitrary runs is true of their events.

use std::collections::BTreeMap;

use proptest::prelude::*;
use specsight::asyncio::program::{self, Outcome, Program, ProgramRun};
use specsight::asyncio::{Event, TaskId, What};
use specsight::lab::analysis::{Entry, Kind, Log, Resource, Scan, Why, analyse, deadlock};

use crate::programs::program;

/// A run as the analysis reads it.
struct Recorded {
    entries: Vec<Entry>,
    names: Vec<String>,
    resources: Vec<Resource>,
}

impl Recorded {
    fn of(program: &Program<u8>, events: &[Event]) -> Self {
        let mut recorded = Self { entries: Vec::new(), names: Vec::new(), resources: Vec::new() };
        for event in events {
            let resource = event.resource.as_deref().map(|name| recorded.number(program, name));
            recorded.entries.push(Entry { at_ns: event.at_ns, task: event.task, what: event.what, resource });
        }
        recorded
    }

    fn number(&mut self, program: &Program<u8>, name: &str) -> u32 {
        let known = self.names.iter().position(|n| n == name).unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.resources.push(match name.strip_prefix("semaphore:") {
                Some(name) => Resource { kind: Kind::Semaphore, permits: u64::try_from(program.semaphores[name]).ok() },
                None => Resource { kind: Kind::Lock, permits: None },
            });
            self.names.len() - 1
        });
        u32::try_from(known).unwrap()
    }

    fn log(&self) -> Log<'_> {
        Log { entries: &self.entries, resources: &self.resources }
    }
}

fn recorded(program: &Program<u8>) -> (ProgramRun<u8>, Recorded) {
    let run = program::run(program).unwrap();
    let recorded = Recorded::of(program, &run.log);
    (run, recorded)
}

proptest! {
    #[test]
    fn the_critical_path_runs_from_nothing_to_the_end_of_whoever_is_last(program in program()) {
        let (run, recorded) = recorded(&program);
        let analysis = analyse(&recorded.log());
        let Outcome::Finished { virtual_ns, .. } = run.outcome else { return Ok(()) };
        let mut reached = 0;
        for link in &analysis.critical {
            prop_assert_eq!(link.from_ns, reached);
            prop_assert!(link.to_ns > link.from_ns);
            prop_assert!(link.asleep, "on virtual time only sleeps take any: {:?}", link);
            prop_assert_eq!(recorded.entries[link.events.1].task, link.task);
            reached = link.to_ns;
        }
        prop_assert_eq!(reached, virtual_ns);
        prop_assert_eq!(analysis.total_ns, virtual_ns);
    }

    #[test]
    fn what_was_handed_over_was_given_back_by_one_and_taken_by_the_next(program in program()) {
        let (_, recorded) = recorded(&program);
        let analysis = analyse(&recorded.log());
        for (before, after) in analysis.critical.iter().zip(analysis.critical.iter().skip(1)) {
            let Some(handed) = after.handed else {
                prop_assert_eq!(before.task, after.task, "nothing led from one task to the other");
                continue;
            };
            let given_back = recorded.entries.iter().any(|entry| {
                entry.what == What::Released
                    && entry.task == handed.by
                    && entry.resource == Some(handed.resource)
                    && entry.at_ns == after.from_ns
            });
            prop_assert!(given_back);
        }
    }

    #[test]
    fn a_formula_yields_the_total(program in program()) {
        let (run, recorded) = recorded(&program);
        let analysis = analyse(&recorded.log());
        let total = analysis.total_ns;
        match analysis.why {
            Why::Waves { sleepers, permits, waves, sleep_ns, .. } => {
                let permits = permits.unwrap_or(sleepers as u64);
                prop_assert_eq!(waves, (sleepers as u64).div_ceil(permits));
                prop_assert_eq!(waves * sleep_ns, total);
            }
            Why::Rounds { sleeps, workers, rounds, sleep_ns } => {
                prop_assert_eq!(rounds, (sleeps as u64).div_ceil(workers as u64));
                prop_assert_eq!(rounds * sleep_ns, total);
            }
            Why::Serial { sleeps, sleep_ns, .. } => {
                if let Some(sleep_ns) = sleep_ns {
                    prop_assert_eq!(sleeps as u64 * sleep_ns, total);
                }
            }
            Why::Longest { slept_ns, .. } => prop_assert_eq!(slept_ns, total),
            Why::Instant { tasks } => prop_assert_eq!((tasks, total), (program.tasks.len(), 0)),
            Why::Empty => prop_assert!(run.log.is_empty()),
            Why::Stuck => {
                let stuck = matches!(run.outcome, Outcome::Deadlock { .. });
                prop_assert!(stuck);
            }
            Why::Chain => prop_assert!(!analysis.critical.is_empty()),
        }
    }

    #[test]
    fn whoever_returned_at_once_took_no_time_no_sleep_and_no_permit(program in program()) {
        let (_, recorded) = recorded(&program);
        let mut left: BTreeMap<TaskId, u64> = BTreeMap::new();
        let mut at_once = 0;
        for entry in recorded.entries.iter().filter(|entry| entry.task >= 0) {
            let permit = entry.resource.is_some_and(|r| recorded.resources[r as usize].kind == Kind::Semaphore);
            match entry.what {
                What::Start => {
                    left.insert(entry.task, entry.at_ns);
                }
                What::Sleep => {
                    left.remove(&entry.task);
                }
                _ if permit => {
                    left.remove(&entry.task);
                }
                What::Done if left.get(&entry.task) == Some(&entry.at_ns) => at_once += 1,
                _ => {}
            }
        }
        prop_assert_eq!(analyse(&recorded.log()).at_once, at_once);
    }

    #[test]
    fn the_order_of_finishing_is_that_of_the_done_events(program in program()) {
        let (run, recorded) = recorded(&program);
        let done: Vec<TaskId> = run.log.iter().filter(|e| e.what == What::Done).map(|e| e.task).collect();
        prop_assert_eq!(analyse(&recorded.log()).order, done);
    }

    #[test]
    fn nobody_holds_more_than_there_are_permits(program in program()) {
        let (_, recorded) = recorded(&program);
        for usage in analyse(&recorded.log()).usage {
            prop_assert!(Some(usage.peak) <= usage.permits, "{:?}", usage);
        }
    }

    #[test]
    fn the_naps_are_the_stretches_between_sleep_and_wake(program in program()) {
        let (_, recorded) = recorded(&program);
        let scan = Scan::of(&recorded.log());
        let mut since = BTreeMap::new();
        let mut naps = Vec::new();
        for entry in &recorded.entries {
            match entry.what {
                What::Sleep => {
                    since.insert(entry.task, entry.at_ns);
                }
                What::Wake if since[&entry.task] < entry.at_ns => naps.push((since[&entry.task], entry.at_ns)),
                _ => {}
            }
        }
        prop_assert_eq!(scan.naps.iter().map(|nap| (nap.from_ns, nap.to_ns)).collect::<Vec<_>>(), naps.clone());
        for at_ns in [0, 1_000_000, 5_000_000, 7_500_000] {
            let asleep = naps.iter().filter(|(from, to)| *from <= at_ns && at_ns < *to).count();
            prop_assert_eq!(scan.asleep_at(at_ns), asleep);
        }
    }

    #[test]
    fn who_waits_for_ever_is_who_the_loop_says(program in program()) {
        let (run, recorded) = recorded(&program);
        let found = deadlock(&recorded.log());
        let named: Vec<(TaskId, String)> =
            found.waiting.iter().map(|(task, resource)| (*task, recorded.names[*resource as usize].clone())).collect();
        match run.outcome {
            Outcome::Finished { .. } => prop_assert!(named.is_empty()),
            Outcome::Deadlock { waiting } => prop_assert_eq!(&named, &waiting),
        }
        // Each waits for what the next holds, and the last for what the first holds.
        for (blocked, next) in found.cycle.iter().zip(found.cycle.iter().cycle().skip(1)) {
            prop_assert_eq!(blocked.held_by, next.task);
            prop_assert!(found.waiting.contains(&(blocked.task, blocked.resource)));
        }
        // Without a circle everybody waits, in the end, for permits that nobody ever has.
        if found.cycle.is_empty() && !named.is_empty() {
            let empty = |name: &str| name.strip_prefix("semaphore:").is_some_and(|name| program.semaphores[name] == 0);
            prop_assert!(named.iter().any(|(_, name)| empty(name)), "{:?}", named);
        }
    }
}
