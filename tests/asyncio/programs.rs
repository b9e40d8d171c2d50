//! Arbitrary programs, and a second way to run them: straight from the tree, with nested guards.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use proptest::collection::vec;
use proptest::prelude::*;
use specsight::asyncio::program::{Program, Step};
use specsight::asyncio::{Child, EventLoop, Limits, Recording, Semaphore};

const LOCKS: [&str; 2] = ["a", "b"];
const SEMAPHORES: [&str; 2] = ["s", "t"];

fn step() -> impl Strategy<Value = Step<u8>> {
    let leaf = prop_oneof![
        6 => prop::sample::select(vec![-1.0, 0.0, 0.0, 1.0, 2.5, 5.0, 10.0]).prop_map(Step::Sleep),
        1 => any::<u8>().prop_map(Step::Return),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let body = vec(inner, 0..4);
        prop_oneof![
            (prop::sample::select(&LOCKS[..]), body.clone())
                .prop_map(|(name, body)| Step::Lock { name: name.to_owned(), body }),
            (prop::sample::select(&SEMAPHORES[..]), body)
                .prop_map(|(name, body)| Step::Semaphore { name: name.to_owned(), body }),
        ]
    })
}

/// Gives programs of up to eight tasks; some of them deadlock.
pub fn program() -> impl Strategy<Value = Program<u8>> {
    (vec(0..4_i64, SEMAPHORES.len()), vec(vec(step(), 0..5), 0..9)).prop_map(|(permits, tasks)| Program {
        semaphores: SEMAPHORES.map(str::to_owned).into_iter().zip(permits).collect(),
        locks: LOCKS.map(str::to_owned).to_vec(),
        tasks,
        ..Program::default()
    })
}

/// Gives a loop with the default limits that stores its events.
pub fn recording_loop() -> EventLoop {
    EventLoop::new(Limits::default(), Recording::On)
}

/// What `async def run(steps)` would be in Python: recursive, with `async with` around a body.
pub async fn interpret(event_loop: EventLoop, program: Program<u8>) -> Result<Vec<Option<u8>>, ()> {
    let semaphores: Rc<Vec<(String, Semaphore)>> = Rc::new(
        program
            .semaphores
            .iter()
            .filter_map(|(name, &permits)| Some((name.clone(), event_loop.semaphore(name, permits).ok()?)))
            .collect(),
    );
    let children = program
        .tasks
        .into_iter()
        .map(|steps| {
            let interpreter = Interpreter { event_loop: event_loop.clone(), semaphores: Rc::clone(&semaphores) };
            Child::new(async move { Ok(interpreter.block(&steps).await) })
        })
        .collect();
    event_loop.gather(children).await
}

struct Interpreter {
    event_loop: EventLoop,
    semaphores: Rc<Vec<(String, Semaphore)>>,
}

impl Interpreter {
    fn block<'a>(&'a self, steps: &'a [Step<u8>]) -> Pin<Box<dyn Future<Output = Option<u8>> + 'a>> {
        Box::pin(async move {
            for step in steps {
                let returned = match step {
                    Step::Sleep(ms) => {
                        self.event_loop.sleep_ms(*ms).await;
                        None
                    }
                    Step::Lock { name, body } => {
                        let _guard = self.event_loop.lock(name).acquire().await;
                        self.block(body).await
                    }
                    Step::Semaphore { name, body } => {
                        let (_, semaphore) = self.semaphores.iter().find(|(known, _)| known == name)?;
                        let _permit = semaphore.acquire().await;
                        self.block(body).await
                    }
                    Step::Return(value) => Some(*value),
                    // The other steps are not drawn here.
                    _ => None,
                };
                if returned.is_some() {
                    return returned;
                }
            }
            None
        })
    }
}
