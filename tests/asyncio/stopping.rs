//! Runs that do not end well, that wait for the outside, or that are given up; and programs that are refused.

use std::future::pending;

use specsight::asyncio::program::{self, Block, MAX_DEPTH, MAX_STEPS, MAX_TASKS, Place, Program, ProgramError, Step};
use specsight::asyncio::{Capped, Child, EventLoop, Limits, NegativePermits, Progress, ROOT, Recording, Stopped, What};

use crate::programs::recording_loop;

/// Gives a child that takes the locks one after another and holds them over a yield.
fn taker(event_loop: &EventLoop, names: [&'static str; 2]) -> Child<(), ()> {
    let event_loop = event_loop.clone();
    Child::new(async move {
        let _outer = event_loop.lock(names[0]).acquire().await;
        event_loop.sleep(0).await;
        let _inner = event_loop.lock(names[1]).acquire().await;
        Ok(())
    })
}

#[test]
fn crossed_locks_deadlock_and_the_loop_can_be_used_again() {
    let event_loop = recording_loop();
    let crossed = vec![taker(&event_loop, ["a", "b"]), taker(&event_loop, ["b", "a"])];
    let stopped = event_loop.run(event_loop.gather(crossed)).unwrap_err();
    let waiting = vec![(0, "lock:b".to_owned()), (1, "lock:a".to_owned())];
    assert_eq!(stopped, Stopped::Deadlock { waiting });
    // What the tasks held was given back without a trace.
    assert!(event_loop.take_events().iter().all(|event| event.what != What::Released));
    assert!(!event_loop.lock("a").locked());
    let again = event_loop.run(event_loop.gather(vec![taker(&event_loop, ["a", "b"])]));
    assert_eq!(again, Ok(Ok(vec![()])));
}

#[test]
fn a_wait_of_the_root_is_reported_too() {
    let event_loop = recording_loop();
    let none_left = event_loop.semaphore("s", 0).unwrap();
    let stopped = event_loop.run(async move { drop(none_left.acquire().await) }).unwrap_err();
    assert_eq!(stopped, Stopped::Deadlock { waiting: vec![(ROOT, "semaphore:s".to_owned())] });
}

#[test]
fn waiting_for_nothing_known_is_a_deadlock_as_well() {
    assert_eq!(recording_loop().run(pending::<()>()), Err(Stopped::Deadlock { waiting: Vec::new() }));
}

#[test]
fn caps_end_the_run() {
    let with = |tasks, events| EventLoop::new(Limits { tasks, events }, Recording::On);
    let run = |event_loop: EventLoop| {
        let children = vec![taker(&event_loop, ["a", "b"]), taker(&event_loop, ["a", "b"])];
        event_loop.run(event_loop.gather(children))
    };
    assert_eq!(run(with(1, 99)), Err(Stopped::Limit { what: Capped::Tasks, cap: 1 }));
    // Two tasks, each with start, done, a sleep and a wake, and three events for each of two locks.
    assert_eq!(run(with(2, 19)), Err(Stopped::Limit { what: Capped::Events, cap: 19 }));
    assert_eq!(run(with(2, 20)), Ok(Ok(vec![(), ()])));
}

#[test]
fn an_outside_call_keeps_the_run_waiting_until_it_is_resolved() {
    let event_loop = recording_loop();
    let (handle, answer) = event_loop.external();
    let mut run = event_loop.start(answer);
    assert_eq!(run.advance(), Progress::External);
    run.tick(7);
    handle.resolve("answer");
    assert_eq!(run.advance(), Progress::Finished("answer"));
    let log: Vec<_> = event_loop.take_events().iter().map(|event| (event.at_ns, event.what)).collect();
    assert_eq!(log, [(0, What::Sleep), (7, What::Wake)]);
}

#[test]
fn an_outside_call_that_is_over_already_does_not_suspend() {
    let event_loop = recording_loop();
    let (handle, answer) = event_loop.external();
    handle.resolve(5);
    assert_eq!(event_loop.run(answer), Ok(5));
    assert_eq!(event_loop.events_len(), 0);
}

#[test]
fn an_outside_call_that_is_given_up_leaves_a_deadlock() {
    let event_loop = recording_loop();
    let (handle, answer) = event_loop.external::<()>();
    let mut run = event_loop.start(answer);
    assert_eq!(run.advance(), Progress::External);
    drop(handle);
    assert_eq!(run.advance(), Progress::Stopped(Stopped::Deadlock { waiting: Vec::new() }));
    assert_eq!(run.advance(), Progress::Stopped(Stopped::Ended));
}

#[test]
fn an_outcome_that_comes_after_its_run_wakes_nobody() {
    let event_loop = recording_loop();
    let (handle, answer) = event_loop.external::<()>();
    let mut former = event_loop.start(answer);
    assert_eq!(former.advance(), Progress::External);
    let inner = event_loop.clone();
    let mut run = event_loop.start(async move {
        inner.sleep(0).await;
        inner.sleep(0).await;
    });
    assert_eq!(run.advance_once(), None);
    handle.resolve(());
    // A stray wake-up would end the second yield in the round in which it began.
    assert_eq!([run.advance_once(), run.advance_once()], [None, None]);
    assert_eq!(run.advance_once(), Some(Progress::Finished(())));
}

#[test]
fn a_run_at_once_cannot_wait_for_the_outside() {
    let event_loop = recording_loop();
    let (_handle, answer) = event_loop.external::<()>();
    assert_eq!(event_loop.run(answer), Err(Stopped::External));
}

#[test]
fn a_sleep_goes_before_an_outside_call() {
    let event_loop = recording_loop();
    let (_handle, _answer) = event_loop.external::<()>();
    let sleep = event_loop.sleep(3);
    assert_eq!(event_loop.start(sleep).advance(), Progress::Sleeping { until_ns: 3 });
}

#[test]
fn dropping_a_run_gives_back_what_its_tasks_hold_without_a_trace() {
    let event_loop = recording_loop();
    let inner = event_loop.clone();
    let lock = event_loop.lock("l");
    let held = lock.clone();
    let mut run = event_loop.start(async move {
        let _guard = held.acquire().await;
        inner.sleep(1).await;
    });
    assert_eq!(run.advance(), Progress::Sleeping { until_ns: 1 });
    assert!(lock.locked());
    drop(run);
    assert!(!lock.locked());
    assert_eq!(event_loop.events_len(), 3);
}

#[test]
fn a_guard_may_outlive_its_run() {
    let event_loop = recording_loop();
    let lock = event_loop.lock("l");
    let guard = event_loop.run(lock.acquire()).unwrap();
    assert!(lock.locked());
    drop(guard);
    assert!(!lock.locked());
    assert_eq!(event_loop.events_len(), 2);
}

#[test]
fn a_loop_has_one_run_at_a_time() {
    let event_loop = recording_loop();
    let mut former = event_loop.start(event_loop.sleep(1));
    assert_eq!(former.advance(), Progress::Sleeping { until_ns: 1 });
    let inner = event_loop.clone();
    let nested = event_loop.run(async move { inner.run(pending::<()>()) });
    assert_eq!(nested, Ok(Err(Stopped::Busy)));
    assert_eq!(former.advance(), Progress::Stopped(Stopped::Ended));
}

#[test]
fn the_clock_never_goes_back() {
    let event_loop = recording_loop();
    let mut run = event_loop.start(event_loop.sleep(100));
    run.tick(60);
    run.tick(40);
    assert_eq!(event_loop.now_ns(), 60);
    assert_eq!(run.advance(), Progress::Sleeping { until_ns: 160 });
}

#[test]
fn a_semaphore_cannot_owe_permits() {
    assert_eq!(recording_loop().semaphore("s", -1).err(), Some(NegativePermits { permits: -1 }));
}

fn program(tasks: Vec<Vec<Step<()>>>) -> Program<()> {
    Program { semaphores: [("s".to_owned(), 1)].into(), locks: vec!["l".to_owned()], tasks, ..Program::default() }
}

fn locked(name: &str, body: Vec<Step<()>>) -> Step<()> {
    Step::Lock { name: name.to_owned(), body }
}

fn nested(depth: usize) -> Step<()> {
    (1..depth).fold(Step::Sleep(0.0), |inner, _| Step::Semaphore { name: "s".to_owned(), body: vec![inner] })
}

fn place(task: usize, path: &[usize]) -> Place {
    Place { block: Block::Task(task), path: path.to_vec() }
}

fn refusal(program: &Program<()>) -> ProgramError {
    program::run(program).expect_err("the program is refused")
}

#[test]
fn unknown_names_are_refused_with_their_place() {
    let lock = program(vec![vec![], vec![Step::Return(()), locked("l", vec![Step::Sleep(1.0), locked("x", vec![])])]]);
    let error = ProgramError::UnknownLock { place: place(1, &[1, 1]), name: "x".to_owned() };
    assert_eq!(refusal(&lock), error);
    assert_eq!(error.to_string(), "task 1, step 1.1: there is no lock \"x\"");
    let semaphore = program(vec![vec![Step::Semaphore { name: "l".to_owned(), body: vec![] }]]);
    let error = ProgramError::UnknownSemaphore { place: place(0, &[0]), name: "l".to_owned() };
    assert_eq!(refusal(&semaphore), error);
}

#[test]
fn bad_numbers_are_refused() {
    let mut owing = program(vec![]);
    owing.semaphores.insert("t".to_owned(), -2);
    assert_eq!(refusal(&owing), ProgramError::NegativePermits { name: "t".to_owned(), permits: -2 });
    let endless = program(vec![vec![Step::Sleep(f64::INFINITY)]]);
    assert_eq!(refusal(&endless), ProgramError::BadSleep { place: place(0, &[0]), ms: f64::INFINITY });
}

#[test]
fn nesting_is_capped() {
    let place = place(0, &[0; MAX_DEPTH + 1]);
    assert_eq!(refusal(&program(vec![vec![nested(MAX_DEPTH + 1)]])), ProgramError::TooDeep { place });
    // A program that is just not too deep waits for the permit it holds.
    assert!(program::run(&program(vec![vec![nested(MAX_DEPTH)]])).is_ok());
}

#[test]
fn size_is_capped() {
    let tasks = MAX_TASKS + 1;
    assert_eq!(refusal(&program(vec![Vec::new(); tasks])), ProgramError::TooManyTasks { tasks });
    let steps = vec![Step::Return(()); MAX_STEPS + 1];
    assert_eq!(refusal(&program(vec![steps])), ProgramError::TooManySteps);
}
