//! The module, `main`, and the tasks that it gathers.

use crate::lab::syntax::sentence::{Sentence, say};
use std::rc::Rc;

use super::await_::labels;
use super::output::Output;
use super::timeout::end_late_ways;
use super::{Expander, Flow, Role, Stop};
use crate::asyncio::program::{MAX_TASKS, Program, Step};
use crate::lab::syntax::ast::{Call, Scope, Variable};
use crate::lab::syntax::error::Place;
use crate::lab::syntax::value::{Closure, Coroutine, Val, Work};
use crate::value::Value;

impl Expander<'_> {
    /// Executes the module; what it gathers ends it.
    pub(super) fn module(&mut self) -> Result<(), Stop> {
        let module = self.module;
        self.block(&module.body)?;
        // A text without `asyncio.run(main())` at its end means it.
        let main = module.names.find("main");
        let main =
            main.and_then(|name| self.frames.find(Variable { at: Place::START, name, scope: Scope::Global }).cloned());
        let Some(Val::Function(main)) = main else {
            return Err(Stop::refuse(
                Place::START,
                say!(
                    "There is no `async def main():` with `await gather(...)` in it.",
                    "冇一個入面有 `await gather(...)` 嘅 `async def main():`。"
                ),
            ));
        };
        self.root(&main, Vec::new(), main.function.at)
    }

    /// `asyncio.run(main())`.
    pub(super) fn run_main(&mut self, call: &Call, at: Place) -> Result<Val, Stop> {
        if self.role != Role::Module {
            return Err(Stop::refuse(
                at,
                say!(
                    "`asyncio.run(...)` stands outside all functions, at the end.",
                    "`asyncio.run(...)` 要寫喺所有 function 外面，擺最尾。"
                ),
            ));
        }
        let arguments = self.arguments(&call.arguments)?;
        if let [Val::Coroutine(coroutine)] = arguments.as_slice()
            && let Work::Call(main, arguments) = &coroutine.work
        {
            self.root(main, arguments.take(), at)?;
        }
        Err(Stop::refuse(
            at,
            say!(
                "Write `asyncio.run(main())`, with an `async def main()`.",
                "寫 `asyncio.run(main())`，再有一個 `async def main()`。"
            ),
        ))
    }

    fn root(&mut self, main: &Rc<Closure>, arguments: Vec<Val>, at: Place) -> Result<(), Stop> {
        let name = self.text(main.function.name.name);
        if !main.function.is_async {
            return Err(Stop::refuse(
                main.function.at,
                say!("`{0}` has to be an `async def`.", "`{0}` 要係 `async def`。", &*name),
            ));
        }
        if main.function.params.len() != arguments.len() {
            return Err(Stop::refuse(
                main.function.at,
                say!("`{0}` is called without arguments.", "call `{0}` 嗰陣冇 argument 俾佢。", &*name),
            ));
        }
        self.role = Role::Root;
        self.loops = 0;
        self.function(main, arguments, at)?;
        Err(Stop::refuse(
            main.function.at,
            say!(
                "`{0}` gathers nothing: it needs one `await gather(...)`.",
                "`{0}` 冇 gather 到嘢：要有一句 `await gather(...)`。",
                &*name
            ),
        ))
    }

    /// `await gather(...)`: executes each task; nothing is executed after it.
    pub(super) fn gather(&mut self, call: &Call, at: Place) -> Result<Val, Stop> {
        if self.role == Role::Task {
            return Err(Stop::refuse(
                at,
                say!(
                    "A task cannot gather others here: gather all of them in `main`.",
                    "呢度嘅 task 唔可以再 gather 第二啲：全部喺 `main` gather。"
                ),
            ));
        }
        if self.loops > 0 {
            return Err(Stop::refuse(
                at,
                say!(
                    "`gather(...)` in a loop is not known here: gather all tasks at once.",
                    "呢度唔識 loop 入面嘅 `gather(...)`：一次過 gather 晒所有 task。"
                ),
            ));
        }
        if let Some((keyword, value)) = call.keywords.first() {
            let keyword = self.text(*keyword);
            let sentence = say!(
                "`{0}` is not known here: catch exceptions in the tasks, with `try` and `except`.",
                "呢度唔識 `{0}`：喺 task 入面用 `try` 同 `except` catch exception。",
                &*keyword
            );
            return Err(Stop::refuse(value.at, sentence));
        }
        let coroutines = self.arguments(&call.arguments)?;
        if coroutines.len() > MAX_TASKS {
            return Err(Stop::refuse(
                at,
                say!("These are more than {0} tasks, which is the cap.", "呢度多過上限 {0} 個 task。", MAX_TASKS),
            ));
        }
        self.nothing_after(at)?;
        self.role = Role::Task;
        self.calls.clear();
        self.finals = 0;
        self.timeouts = 0;
        for value in &coroutines {
            let Val::Coroutine(coroutine) = value else {
                let star = match value {
                    Val::List(_) | Val::Tuple(_) => say!(": write `*` before it", "：前面寫 `*`"),
                    _ => Sentence::default(),
                };
                let sentence = say!(
                    "`gather` takes calls of your functions, not {0}{1}.",
                    "`gather` 收你自己 function 嘅 call，唔係 {0}{1}。",
                    value.a_type(),
                    star
                );
                return Err(Stop::refuse(at, sentence));
            };
            self.task(coroutine, at)?;
        }
        self.finish_queues()?;
        Err(Stop::Gathered)
    }

    /// Refuses whatever `main`, and each function that leads to `gather`, would wait for afterwards.
    fn nothing_after(&self, at: Place) -> Result<(), Stop> {
        let sentence = say!(
            "Nothing is awaited after `gather(...)` here: it ends the program.",
            "呢度 `gather(...)` 之後唔會再 await 嘢：程式去到佢就完。"
        );
        let places = self.calls.iter().enumerate().find_map(|(nth, active)| {
            let waits = if nth + 1 == self.calls.len() { at } else { active.waits };
            active.function.waits.iter().find(|place| **place > waits)
        });
        places.map_or(Ok(()), |place| Err(Stop::refuse(*place, sentence)))
    }

    fn task(&mut self, coroutine: &Coroutine, at: Place) -> Result<(), Stop> {
        let Work::Call(closure, arguments) = &coroutine.work else {
            return Err(Stop::refuse(
                at,
                say!(
                    "`gather` takes calls of your functions: put the `sleep` into one.",
                    "`gather` 收你自己 function 嘅 call：將 `sleep` 放入一個 function。"
                ),
            ));
        };
        if coroutine.awaited.replace(true) {
            return Err(Stop::refuse(
                at,
                say!(
                    "The same coroutine cannot be two tasks: call the function once for each.",
                    "同一個 coroutine 唔可以做兩個 task：每個 task 各 call 一次 function。"
                ),
            ));
        }
        let function = &closure.function;
        let arguments = arguments.take();
        let name = labels(&arguments).unwrap_or_else(|| self.text(function.name.name).to_string());
        self.output.names.push(name);
        self.loops = 0;
        self.item = None;
        let waiting = self.output.begin(function.at.line, function.at)?;
        let flow = self.finish_function(closure, arguments, at)?;
        // Python returns on the line that was executed last.
        self.output.line(self.last, at)?;
        if let Flow::Return(Some(value), at) = flow {
            let value = self.result(value, at)?;
            self.output.push(Step::Return(value), at)?;
        }
        let mut steps = self.output.end(waiting);
        end_late_ways(&mut steps);
        self.output.tasks.push(steps);
        Ok(())
    }

    /// What a task returns, as a plain value.
    pub(super) fn result(&mut self, value: Val, at: Place) -> Result<Value, Stop> {
        self.charge(value.weight().saturating_mul(4), at)?;
        value.to_value().ok_or_else(|| {
            let sentence = say!(
                "A task returns plain values here; this is {0}, or holds something else.",
                "呢度嘅 task 淨係 return 普通 value；呢個係 {0}，或者入面裝住第二啲嘢。",
                value.a_type()
            );
            Stop::refuse(at, sentence)
        })
    }

    /// The program, when everything has been executed.
    pub(super) fn finish(self) -> Program<Value> {
        let Output { tasks, names, .. } = self.output;
        Program { tasks, names, ..self.resources.finish() }
    }
}
