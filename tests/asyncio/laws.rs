//! What holds for every program.

use std::collections::{BTreeMap, VecDeque};

use proptest::prelude::*;
use specsight::asyncio::program::{self, Outcome, Program, Step};
use specsight::asyncio::{Event, EventLoop, Progress, Run, Stopped, TaskId, What};

use crate::programs::{interpret, program, recording_loop};

/// Gives the events about each resource.
fn by_resource(log: &[Event]) -> BTreeMap<&str, Vec<(TaskId, What)>> {
    let mut events: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for event in log {
        if let Some(resource) = &event.resource {
            events.entry(resource).or_default().push((event.task, event.what));
        }
    }
    events
}

fn capacity(program: &Program<u8>, resource: &str) -> i64 {
    resource.strip_prefix("semaphore:").map_or(1, |name| program.semaphores[name])
}

/// Runs in real time whose clock is set by hand; `advance` says how it goes on between two sleeps.
fn drive<T>(mut run: Run<T>, mut advance: impl FnMut(&mut Run<T>) -> Progress<T>) -> Result<T, Stopped> {
    loop {
        match advance(&mut run) {
            Progress::Finished(value) => return Ok(value),
            Progress::Sleeping { until_ns } => run.tick(until_ns),
            Progress::External => return Err(Stopped::External),
            Progress::Stopped(stopped) => return Err(stopped),
        }
    }
}

fn round_by_round<T>(run: &mut Run<T>) -> Progress<T> {
    loop {
        if let Some(progress) = run.advance_once() {
            return progress;
        }
    }
}

fn interpreted(
    program: &Program<u8>,
    run: impl FnOnce(&EventLoop, Program<u8>) -> Result<Result<Vec<Option<u8>>, ()>, Stopped>,
) -> (Vec<Event>, Outcome<u8>) {
    let event_loop = recording_loop();
    let outcome = match run(&event_loop, program.clone()) {
        Ok(results) => {
            let results = results.expect("programs raise nothing");
            Outcome::Finished { results, virtual_ns: event_loop.now_ns() }
        }
        Err(Stopped::Deadlock { waiting }) => Outcome::Deadlock { waiting },
        Err(stopped) => panic!("{stopped}"),
    };
    (event_loop.take_events(), outcome)
}

/// Gives `items` tasks which hold a permit of `permits` while they sleep.
fn equal_sleeps(items: usize, permits: i64, ms: f64) -> Program<u8> {
    let body = vec![Step::Sleep(ms)];
    Program {
        semaphores: [("permits".to_owned(), permits)].into(),
        tasks: vec![vec![Step::Semaphore { name: "permits".to_owned(), body }]; items],
        ..Program::default()
    }
}

proptest! {
    #[test]
    fn the_same_program_gives_the_same_run(program in program()) {
        prop_assert_eq!(program::run(&program).unwrap(), program::run(&program).unwrap());
    }

    #[test]
    fn a_run_in_slices_is_the_run_at_once(program in program(), events in 0..7_usize) {
        let mut running = program::start(&program).unwrap();
        let mut log = Vec::new();
        while !running.advance(events) {
            log.extend(running.take_events());
        }
        log.extend(running.take_events());
        let run = program::run(&program).unwrap();
        let done = log.iter().filter(|event| event.what == What::Done).count();
        prop_assert_eq!(running.tasks_done(), done);
        prop_assert_eq!(running.outcome(), Some(&Ok(run.outcome)));
        prop_assert_eq!(log, run.log);
    }

    #[test]
    fn permits_are_never_over_held(program in program()) {
        for (resource, events) in by_resource(&program::run(&program).unwrap().log) {
            let mut held = 0;
            for (_, what) in events {
                match what {
                    What::Acquired => held += 1,
                    What::Released => held -= 1,
                    _ => {}
                }
                prop_assert!((0..=capacity(&program, resource)).contains(&held), "{held} of {resource}");
            }
        }
    }

    #[test]
    fn who_waits_first_acquires_first(program in program()) {
        for (resource, events) in by_resource(&program::run(&program).unwrap().log) {
            let mut queue = VecDeque::new();
            for (task, what) in events {
                match what {
                    What::Wait => queue.push_back(task),
                    What::Acquired => prop_assert_eq!(queue.pop_front(), Some(task), "{}", resource),
                    _ => {}
                }
            }
        }
    }

    #[test]
    fn a_deadlock_reports_exactly_who_still_waits(program in program()) {
        let run = program::run(&program).unwrap();
        let mut waiting: BTreeMap<TaskId, String> = BTreeMap::new();
        for event in &run.log {
            let _ = match (event.what, &event.resource) {
                (What::Wait, Some(resource)) => waiting.insert(event.task, resource.to_string()),
                (What::Acquired, _) => waiting.remove(&event.task),
                _ => None,
            };
        }
        let waiting: Vec<_> = waiting.into_iter().collect();
        match run.outcome {
            Outcome::Finished { results, .. } => {
                prop_assert!(waiting.is_empty());
                prop_assert_eq!(results.len(), program.tasks.len());
            }
            Outcome::Deadlock { waiting: reported } => prop_assert_eq!(reported, waiting),
        }
    }

    #[test]
    fn flat_code_does_what_nested_guards_do(program in program()) {
        let run = program::run(&program).unwrap();
        let by_tree = interpreted(&program, |event_loop, program| event_loop.run(interpret(event_loop.clone(), program)));
        prop_assert_eq!((run.log, run.outcome), by_tree);
    }

    #[test]
    fn a_driver_from_outside_sees_the_same_events(program in program()) {
        let at_once = interpreted(&program, |event_loop, program| event_loop.run(interpret(event_loop.clone(), program)));
        for advance in [Run::advance, round_by_round] {
            let driven = interpreted(&program, |event_loop, program| {
                drive(event_loop.start(interpret(event_loop.clone(), program)), advance)
            });
            prop_assert_eq!(&at_once, &driven);
        }
    }

    #[test]
    fn events_read_in_pieces_are_all_the_events(program in program()) {
        let whole = program::run(&program).unwrap().log;
        let mut pieces = Vec::new();
        interpreted(&program, |event_loop, program| {
            drive(event_loop.start(interpret(event_loop.clone(), program)), |run| {
                let progress = run.advance_once();
                pieces.extend(event_loop.events_since(pieces.len()));
                progress.unwrap_or(Progress::Sleeping { until_ns: 0 })
            })
        });
        prop_assert_eq!(whole, pieces);
    }

    #[test]
    fn equal_sleeps_take_as_many_turns_as_permits_ask_for(items in 0..60_u32, permits in 1..9_u32, ms in 1..50_u32) {
        let program = equal_sleeps(items as usize, permits.into(), ms.into());
        let turns = items.div_ceil(permits);
        let Outcome::Finished { virtual_ns, .. } = program::run(&program).unwrap().outcome else {
            return Err(TestCaseError::fail("deadlock"));
        };
        prop_assert_eq!(virtual_ns, u64::from(turns) * u64::from(ms) * 1_000_000);
    }
}
