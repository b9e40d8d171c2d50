//! Text and back: a program that is written and read again runs to the same log.

use proptest::collection::vec;
use proptest::prelude::*;
use specsight::asyncio::What;
use specsight::asyncio::program::{self, Outcome, Program, Step};
use specsight::lab::strategies::STRATEGIES;
use specsight::lab::syntax::{parse, print};
use specsight::lab::workload::PREDEFINED;
use specsight::value::{Int, Value};

const SEMAPHORES: [&str; 4] = ["sem", "s 2", "main", "task_1"];
const LOCKS: [&str; 4] = ["a", "sem", "locks[0]", "香港"];
const QUEUES: [&str; 3] = ["jobs", "job", "the queue"];

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::None),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(|n| Value::Int(Int(n))),
        prop_oneof![Just(0.1), Just(-0.0), Just(1e300), Just(f64::INFINITY), -1e9..1e9].prop_map(Value::Float),
        "[ -~é\n香\u{7f}\\\\'\"]{0,8}".prop_map(|text| Value::Str(text.into())),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::List),
            vec(inner.clone(), 0..3).prop_map(Value::Tuple),
            vec(("[a-c]", inner), 0..2)
                .prop_map(|entries| Value::record(entries.into_iter().collect::<std::collections::BTreeMap<_, _>>())),
        ]
    })
}

fn name(names: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(names).prop_map(str::to_owned)
}

fn sleep() -> impl Strategy<Value = Step<Value>> {
    milliseconds().prop_map(Step::Sleep)
}

fn milliseconds() -> impl Strategy<Value = f64> {
    prop_oneof![
        3 => prop::sample::select(vec![0.0, 1.0, 5.0, 10.0, 1000.0]),
        1 => prop::sample::select(vec![-1.0, 0.1, 2.5, 1e-7, 1e9, 1.0 / 3.0]),
        1 => 0.0..100.0,
    ]
}

/// Steps of a task, or of a job: a job neither returns nor takes jobs, so that everything has words.
fn steps(in_job: bool) -> impl Strategy<Value = Vec<Step<Value>>> {
    let leaf = if in_job {
        prop_oneof![sleep(), (0..9_u32).prop_map(Step::Line)].boxed()
    } else {
        prop_oneof![
            6 => sleep(),
            1 => (0..9_u32).prop_map(Step::Line),
            1 => value().prop_map(Step::Return),
            2 => name(&QUEUES).prop_map(Step::Drain),
            1 => name(&QUEUES).prop_map(Step::Serve),
            1 => name(&QUEUES).prop_map(Step::Join),
            2 => (name(&QUEUES), segments(true)).prop_map(|(name, job)| Step::Put { name, job }),
        ]
        .boxed()
    };
    let step = leaf.prop_recursive(3, 16, 3, |inner| {
        let body = vec(inner, 0..4);
        prop_oneof![
            (name(&LOCKS), body.clone()).prop_map(|(name, body)| Step::Lock { name, body }),
            (name(&SEMAPHORES), body.clone()).prop_map(|(name, body)| Step::Semaphore { name, body }),
            (milliseconds(), body.clone(), body).prop_map(|(ms, body, otherwise)| Step::Timeout {
                ms,
                body,
                otherwise
            }),
        ]
    });
    vec(step, 0..5)
}

/// Steps about one item after another.
fn segments(in_job: bool) -> BoxedStrategy<Vec<Step<Value>>> {
    let segment = (prop::option::of("[1-9a]|x y|\""), steps(in_job));
    let segments = vec(segment, 0..4).prop_map(|segments| {
        let segment = |(item, steps): (Option<String>, Vec<_>)| item.map(Step::Item).into_iter().chain(steps);
        segments.into_iter().flat_map(segment).collect()
    });
    segments.boxed()
}

fn program() -> impl Strategy<Value = Program<Value>> {
    let jobs = vec(segments(true), 0..4);
    let tasks = vec((segments(false), 1..4_usize), 0..5);
    let sizes = vec(prop::sample::select(vec![0, 0, 3, 4]), 3);
    (vec(0..4_i64, 4), (vec(jobs, 3), sizes), tasks, vec("[a-z0-9]{0,3}", 0..9)).prop_map(
        |(permits, (jobs, sizes), tasks, mut names)| {
            let tasks: Vec<_> = tasks.into_iter().flat_map(|(steps, copies)| vec![steps; copies]).collect();
            names.truncate(tasks.len());
            Program {
                semaphores: SEMAPHORES.map(str::to_owned).into_iter().zip(permits).collect(),
                locks: LOCKS.map(str::to_owned).to_vec(),
                queues: QUEUES.map(str::to_owned).into_iter().zip(jobs).collect(),
                max_sizes: QUEUES.map(str::to_owned).into_iter().zip(sizes).collect(),
                tasks,
                names,
            }
        },
    )
}

type Log = Vec<(u64, i32, &'static str, Option<String>, String)>;

/// What a program came to: all but lines, and the names that tasks were given.
fn run(program: &Program<Value>) -> (Log, String) {
    let run = program::run(program).expect("the program runs");
    let item = |number: u32| match number {
        0 => String::new(),
        number => run.items[number as usize - 1].clone(),
    };
    let events = run.log.iter().map(|event| {
        let resource = event.resource.as_deref().map(str::to_owned);
        // A task as a whole is about no item.
        let whole = matches!(event.what, What::Start | What::Done);
        (event.at_ns, event.task, event.what.as_str(), resource, item(if whole { 0 } else { event.mark.item }))
    });
    let ending = match &run.outcome {
        Outcome::Finished { results, virtual_ns } => {
            let results: Vec<_> = results.iter().map(|result| result.as_ref().unwrap_or(&Value::None).repr()).collect();
            format!("{virtual_ns} {results:?}")
        }
        Outcome::Deadlock { waiting } => format!("{waiting:?}"),
    };
    (events.collect(), ending)
}

fn read(text: &str) -> Program<Value> {
    let program = parse(text, &[]).and_then(|module| module.expand(&[]));
    program.unwrap_or_else(|error| panic!("{error}\n{text}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("SPECSIGHT_LONG").is_some() { 4000 } else { 100 }))]

    #[test]
    fn a_program_that_is_written_and_read_runs_to_the_same_log(program in program()) {
        let text = print(&program).unwrap();
        let back = read(&text);
        prop_assert_eq!(run(&back), run(&program), "{}", text);
        for (name, back) in program.names.iter().zip(&back.names) {
            prop_assert!(name.is_empty() || name == back, "{} {}", name, back);
        }
        let again = print(&back).unwrap();
        prop_assert_eq!(run(&read(&again)), run(&program), "{}", again);
    }
}

#[test]
fn jobs_may_return_for_the_task_that_took_them() {
    let job = |ms, returns| {
        let mut steps = vec![Step::Item("x".to_owned()), Step::Sleep(ms)];
        steps.extend(Some(Step::Return(Value::Int(Int(7)))).filter(|_| returns));
        steps
    };
    let lock = Step::Lock { name: "a".to_owned(), body: vec![Step::Drain("jobs".to_owned()), Step::Sleep(1.0)] };
    let program = Program {
        locks: vec!["a".to_owned()],
        queues: [("jobs".to_owned(), vec![job(1.0, false), job(2.0, true), job(3.0, false)])].into(),
        tasks: vec![vec![lock, Step::Sleep(5.0)], vec![Step::Drain("jobs".to_owned())]],
        ..Program::default()
    };
    assert_eq!(run(&read(&print(&program).unwrap())), run(&program), "{}", print(&program).unwrap());
}

#[test]
fn a_strategy_reads_well_when_it_is_written_from_its_steps() {
    let workload =
        r#"{ "items": 4, "invalid": [{ "item": 2, "check": 1 }], "sleep": { "fixed": 10 }, "maxConcurrent": 2 }"#;
    let workload: Value = serde_json::from_str(workload).expect("JSON");
    let globals =
        specsight::lab::workload::Workload::read(&workload).expect("a workload").globals().expect("few items");
    let strategy = STRATEGIES.first().expect("there are strategies");
    let program = parse(strategy.python, &PREDEFINED).and_then(|module| module.expand(&globals)).expect(strategy.id);
    let text = r#"from asyncio import Semaphore, gather, sleep

sem = Semaphore(2)


async def task_1(name):
    async with sem:
        await sleep(0.01)
    return "ok"


async def task_2(name):
    return "not found"


async def main():
    await gather(
        *(task_1(name) for name in ["1", "2"]),
        task_2("3"),
        task_1("4"),
    )
"#;
    assert_eq!(print(&program).unwrap(), text);
}

#[test]
fn what_has_no_words_is_named() {
    let nested = |step| vec![Step::Lock { name: "a".to_owned(), body: vec![Step::Line(3), step] }];
    let queue = || "q".to_owned();
    let job = |steps| Program::<Value> { queues: [(queue(), vec![steps])].into(), ..Program::default() };
    let either = Step::Timeout { ms: 1.0, body: vec![], otherwise: vec![Step::Return(Value::None)] };
    let put = |job| Step::Put { name: queue(), job };
    for (program, name) in [
        (Program { tasks: vec![vec![], nested(Step::Get(queue()))], ..Program::default() }, "get"),
        (job(nested(either.clone())), "timeout"),
        (job(vec![put(nested(either))]), "timeout"),
        (job(vec![Step::Return(Value::None), Step::Drain(queue())]), "drain"),
        (job(vec![put(vec![Step::Serve(queue())])]), "serve"),
    ] {
        let unsaid = print(&program).expect_err("there are no words for it");
        assert_eq!(unsaid.to_string(), format!("has no text: `{name}` can only be said in JSON"));
    }
}

#[test]
fn queues_and_timeouts_read_well_too() {
    let sleep = |item: &str, ms| vec![Step::Item(item.to_owned()), Step::Sleep(ms)];
    let jobs = || "jobs".to_owned();
    let put = |item, ms| Step::Put { name: jobs(), job: sleep(item, ms) };
    let worker = Step::Timeout {
        ms: 30.0,
        body: vec![Step::Serve(jobs())],
        otherwise: vec![Step::Return(Value::Str("late".into()))],
    };
    let program = Program {
        queues: [(jobs(), vec![])].into(),
        max_sizes: [(jobs(), 1)].into(),
        tasks: vec![vec![worker], vec![put("1", 10.0), put("2", 10.0), Step::Join(jobs())]],
        ..Program::default()
    };
    let text = r#"from asyncio import Queue, gather, sleep, timeout

jobs = Queue(1)


async def job_1():
    await sleep(0.01)


async def serve_jobs():
    while True:
        job = await jobs.get()
        try:
            await job["run"]()
        finally:
            jobs.task_done()


async def task_1():
    try:
        async with timeout(0.03):
            await serve_jobs()
    except TimeoutError:
        return "late"


async def task_2():
    await jobs.put({"id": "1", "run": job_1})
    await jobs.put({"id": "2", "run": job_1})
    await jobs.join()


async def main():
    await gather(
        task_1(),
        task_2(),
    )
"#;
    assert_eq!(print(&program).unwrap(), text);
    assert_eq!(run(&read(text)), run(&program));
}
