//! Queues, names and marks of programs.

use specsight::asyncio::Event;
use specsight::asyncio::program::{self, Outcome, Program, ProgramError, Step};

type Steps = Vec<Step<u8>>;

fn sleep(ms: f64) -> Step<u8> {
    Step::Sleep(ms)
}

fn item(name: &str) -> Step<u8> {
    Step::Item(name.to_owned())
}

fn lock(body: Steps) -> Step<u8> {
    Step::Lock { name: "l".to_owned(), body }
}

fn drain() -> Step<u8> {
    Step::Drain("jobs".to_owned())
}

fn program(jobs: Vec<Steps>, tasks: Vec<Steps>) -> Program<u8> {
    Program { locks: vec!["l".to_owned()], queues: [("jobs".to_owned(), jobs)].into(), tasks, ..Program::default() }
}

/// Gives each event as `task what line item`.
fn marked(program: &Program<u8>) -> Vec<String> {
    let run = program::run(program).expect("the program is well formed");
    let item = |event: &Event| match usize::try_from(event.mark.item).unwrap().checked_sub(1) {
        Some(at) => run.items[at].clone(),
        None => "-".to_owned(),
    };
    let text = |event: &Event| format!("{} {} {} {}", event.task, event.what, event.mark.line, item(event));
    run.log.iter().map(text).collect()
}

#[test]
fn marks_hold_to_the_end_of_their_block_and_a_release_has_those_of_its_acquire() {
    let steps = vec![
        Step::Line(1),
        item("a"),
        Step::Line(2),
        lock(vec![Step::Line(3), item("b"), sleep(1.0), Step::Line(4)]),
        sleep(0.0),
    ];
    assert_eq!(
        marked(&program(vec![], vec![steps])),
        [
            "0 start 1 a",
            "0 wait 2 a",
            "0 acquired 2 a",
            "0 sleep 3 b",
            "0 wake 3 b",
            "0 released 2 a",
            "0 sleep 2 a",
            "0 wake 2 a",
            "0 done 2 a"
        ]
    );
}

#[test]
fn marks_make_no_event_and_need_not_be_there() {
    assert_eq!(
        marked(&program(vec![], vec![vec![], vec![item("")]])),
        ["0 start 0 -", "0 done 0 -", "1 start 0 -", "1 done 0 -"]
    );
}

#[test]
fn a_return_marks_the_end() {
    let steps = vec![Step::Line(1), lock(vec![Step::Line(2), Step::Return(7)]), Step::Line(9)];
    assert_eq!(
        marked(&program(vec![], vec![steps])),
        ["0 start 1 -", "0 wait 1 -", "0 acquired 1 -", "0 released 1 -", "0 done 2 -"]
    );
}

#[test]
fn workers_share_the_jobs_of_a_queue() {
    let job = |name: &str, ms| vec![Step::Line(2), item(name), Step::Line(3), sleep(ms)];
    let worker = vec![Step::Line(1), drain()];
    let jobs = vec![job("a", 1.0), job("b", 5.0), vec![], job("c", 1.0)];
    assert_eq!(
        marked(&program(jobs, vec![worker.clone(), worker])),
        [
            "0 start 1 -",
            "0 got 2 a",
            "0 sleep 3 a",
            "1 start 1 -",
            "1 got 2 b",
            "1 sleep 3 b",
            "0 wake 3 a",
            "0 got 1 -",
            "0 got 2 c",
            "0 sleep 3 c",
            "0 wake 3 c",
            "0 done 1 -",
            "1 wake 3 b",
            "1 done 1 -"
        ]
    );
}

#[test]
fn a_return_within_a_job_ends_its_worker() {
    let run = program::run(&program(vec![vec![Step::Return(1)], vec![Step::Return(2)]], vec![vec![drain()]; 3]));
    let Ok(Outcome::Finished { results, .. }) = run.map(|run| run.outcome) else { panic!("the program ends") };
    assert_eq!(results, [Some(1), Some(2), None]);
}

#[test]
fn jobs_may_drain_other_queues_and_their_own() {
    let run = program::run(&program(vec![vec![drain(), sleep(1.0)]; 3], vec![vec![drain()]])).unwrap();
    let kinds: Vec<&str> = run.log.iter().map(|event| event.what.as_str()).collect();
    assert_eq!(kinds, ["start", "got", "got", "got", "sleep", "wake", "sleep", "wake", "sleep", "wake", "done"]);
}

#[test]
fn names_label_the_starts() {
    let mut named = program(vec![], vec![vec![], vec![]]);
    named.names = vec!["first".to_owned()];
    let log = program::run(&named).unwrap().log;
    let labels: Vec<Option<&str>> = log.iter().map(|event| event.label.as_deref()).collect();
    assert_eq!(labels, [Some("first"), None, None, None]);
}

#[test]
fn unknown_queues_and_too_many_names_are_refused() {
    let mut unknown = program(vec![vec![lock(vec![Step::Drain("x".to_owned())])]], vec![]);
    let error = program::run(&unknown).expect_err("there is no such queue");
    assert_eq!(error.to_string(), "queue \"jobs\", job 0, step 0.0: there is no queue \"x\"");
    unknown.names = vec![String::new()];
    assert_eq!(program::run(&unknown), Err(ProgramError::TooManyNames { names: 1, tasks: 0 }));
}

#[test]
fn queues_have_sizes_of_their_own() {
    let mut small = program(vec![vec![], vec![]], vec![]);
    small.max_sizes = [("jobs".to_owned(), 1)].into();
    let error = program::run(&small).expect_err("there is no room");
    assert_eq!(error.to_string(), "queue \"jobs\" begins with 2 jobs and has room for 1");
    small.max_sizes = [("x".to_owned(), 1)].into();
    assert_eq!(program::run(&small), Err(ProgramError::SizeOfNoQueue { name: "x".to_owned() }));
}

#[test]
fn what_is_given_back_too_late_has_the_marks_of_when_it_was_taken() {
    let body = vec![Step::Line(3), lock(vec![Step::Line(4), sleep(5.0)])];
    let late = vec![Step::Line(6), sleep(0.0)];
    let steps = vec![Step::Line(1), Step::Line(2), Step::Timeout { ms: 1.0, body, otherwise: late }];
    assert_eq!(
        marked(&program(vec![], vec![steps])),
        [
            "0 start 1 -",
            "0 wait 3 -",
            "0 acquired 3 -",
            "0 sleep 4 -",
            "0 cancelled 4 -",
            "0 released 3 -",
            "0 sleep 6 -",
            "0 wake 6 -",
            "0 done 2 -"
        ]
    );
}
