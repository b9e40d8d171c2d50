//! Calls.

use super::methods::unknown_attribute;
use crate::lab::syntax::sentence::say;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::{Expander, Placed, Role, Stop};
use crate::lab::syntax::ast::{Call, Expr, ExprKind};
use crate::lab::syntax::error::Place;
use crate::lab::syntax::exception::{Exception, Fault};
use crate::lab::syntax::names::Symbol;
use crate::lab::syntax::numbers::Number;
use crate::lab::syntax::value::{Builtin, Closure, Coroutine, Val, Work};

/// What is called.
pub(super) enum Callee<'e> {
    Value(Val),
    /// A method of an object.
    Method(&'e Expr, Symbol),
}

impl Expander<'_> {
    pub(super) fn call(&mut self, call: &Call, at: Place) -> Result<Val, Stop> {
        let callee = self.callee(call)?;
        self.call_to(callee, call, at)
    }

    /// What is called, before its arguments are looked at.
    pub(super) fn callee<'e>(&mut self, call: &'e Call) -> Result<Callee<'e>, Stop> {
        match &call.callee.kind {
            ExprKind::Attribute(object, _) if matches!(object.kind, ExprKind::Constant(Val::Builtin(_))) => {
                self.eval(&call.callee).map(Callee::Value)
            }
            ExprKind::Attribute(object, name) => match self.eval(object)? {
                // A module under another name.
                Val::Builtin(_) => self.eval(&call.callee).map(Callee::Value),
                _ => Ok(Callee::Method(object, *name)),
            },
            _ => self.eval(&call.callee).map(Callee::Value),
        }
    }

    pub(super) fn call_to(&mut self, callee: Callee<'_>, call: &Call, at: Place) -> Result<Val, Stop> {
        let callee = match callee {
            Callee::Method(object, name) => return self.method(object, name, call, at),
            Callee::Value(value) => value,
        };
        match callee {
            Val::Function(closure) => self.call_function(&closure, call, at),
            Val::Builtin(builtin) => self.call_builtin(builtin, call, at),
            other => Err(Fault::type_error(format!("'{}' object is not callable", other.type_name()))).at(at),
        }
    }

    fn call_function(&mut self, closure: &Rc<Closure>, call: &Call, at: Place) -> Result<Val, Stop> {
        let function = &closure.function;
        let mut arguments = self.arguments(&call.arguments)?;
        let name = self.text(function.name.name);
        let (wanted, given) = (function.params.len(), arguments.len());
        if given > wanted {
            let parameters = if wanted == 1 { "argument" } else { "arguments" };
            let were = if given == 1 { "was" } else { "were" };
            let message = format!("{name}() takes {wanted} positional {parameters} but {given} {were} given");
            return Err(Fault::type_error(message)).at(at);
        }
        for param in function.params.iter().skip(given) {
            let named = call.keywords.iter().find(|(keyword, _)| *keyword == param.name);
            let Some((_, value)) = named else {
                let missing = self.text(param.name);
                let sentence =
                    say!("`{0}` needs an argument for `{1}`.", "`{0}` 要有 argument 俾 `{1}`。", &*name, &*missing);
                return Err(Stop::refuse(at, sentence));
            };
            arguments.push(self.eval(value)?);
        }
        if let Some((unknown, value)) = call
            .keywords
            .iter()
            .find(|(keyword, _)| !function.params.iter().skip(given).any(|param| param.name == *keyword))
        {
            let unknown = self.text(*unknown);
            return Err(Stop::refuse(
                value.at,
                say!(
                    "`{0}` has no use for an argument `{1}`.",
                    "`{0}` 冇一個叫 `{1}` 嘅 argument。",
                    &*name,
                    &*unknown
                ),
            ));
        }
        if !function.is_async {
            return self.function(closure, arguments, at);
        }
        Ok(coroutine(Work::Call(Rc::clone(closure), RefCell::new(arguments))))
    }

    /// The arguments of a call; `*` spreads.
    pub(super) fn arguments(&mut self, arguments: &[Expr]) -> Result<Vec<Val>, Stop> {
        let mut values = Vec::with_capacity(arguments.len());
        for argument in arguments {
            if let ExprKind::Star(inner) = &argument.kind {
                values.extend(self.spread(inner)?);
            } else {
                values.push(self.eval(argument)?);
            }
        }
        Ok(values)
    }

    fn call_builtin(&mut self, builtin: Builtin, call: &Call, at: Place) -> Result<Val, Stop> {
        let allowed = match builtin {
            Builtin::Sorted => "reverse",
            Builtin::Semaphore => "value",
            Builtin::Queue => "maxsize",
            Builtin::Print => return self.arguments(&call.arguments).map(|_| Val::None),
            _ => "",
        };
        if let Some((keyword, value)) = call.keywords.iter().find(|(keyword, _)| *self.text(*keyword) != *allowed) {
            let (name, keyword) = (builtin.name(), self.text(*keyword));
            return Err(Stop::refuse(
                value.at,
                say!("`{0}` of `{1}` is not known here.", "呢度唔識 `{1}` 嘅 `{0}`。", &*keyword, name),
            ));
        }
        match builtin {
            Builtin::Gather => Err(Stop::refuse(
                at,
                say!(
                    "`gather(...)` is awaited where it is called: `await gather(...)`.",
                    "`gather(...)` call 嗰陣就要 await：`await gather(...)`。"
                ),
            )),
            Builtin::Run => self.run_main(call, at),
            Builtin::Sleep => {
                let arguments = self.arguments(&call.arguments)?;
                let [seconds] = arguments.as_slice() else {
                    return Err(Stop::refuse(
                        at,
                        say!("`sleep` has one argument here: the seconds.", "`sleep` 喺呢度得一個 argument：秒數。"),
                    ));
                };
                match Number::of(seconds) {
                    Some(seconds) => Ok(coroutine(Work::Sleep(seconds.as_f64()))),
                    None => Err(Stop::refuse(
                        at,
                        say!("`sleep` needs seconds, not {0}.", "`sleep` 要秒數，唔係 {0}。", seconds.a_type()),
                    )),
                }
            }
            Builtin::Timeout => {
                let arguments = self.arguments(&call.arguments)?;
                let seconds = match arguments.as_slice() {
                    [seconds] => Number::of(seconds),
                    _ => None,
                };
                seconds.map(|seconds| Val::Timeout(seconds.as_f64())).ok_or_else(|| {
                    Stop::refuse(
                        at,
                        say!(
                            "`timeout` has one argument here: the seconds.",
                            "`timeout` 喺呢度得一個 argument：秒數。"
                        ),
                    )
                })
            }
            Builtin::Semaphore | Builtin::Lock | Builtin::Queue | Builtin::DefaultDict => {
                self.resource(builtin, call, at)
            }
            Builtin::Exception(class) => {
                let arguments = self.arguments(&call.arguments)?;
                if arguments.iter().map(Val::depth).max().unwrap_or_default() > 1 {
                    return Err(Stop::refuse(
                        at,
                        say!(
                            "An exception says something plain here: a text or a number.",
                            "呢度嘅 exception 淨係講簡單嘅嘢：text 或者數。"
                        ),
                    ));
                }
                Ok(Val::Exception(Rc::new(Exception { class, arguments })))
            }
            Builtin::Asyncio | Builtin::Collections => Err(Fault::type_error("'module' object is not callable")).at(at),
            Builtin::Enumerate | Builtin::Zip => {
                let name = builtin.name();
                Err(Stop::refuse(
                    at,
                    say!(
                        "`{0}` is iterated at once only, as in `for .. in {0}(..)`.",
                        "`{0}` 淨係可以即刻行晒佢，好似 `for .. in {0}(..)`。",
                        name
                    ),
                ))
            }
            _ => self.plain(builtin, call, at),
        }
    }

    fn resource(&mut self, builtin: Builtin, call: &Call, at: Place) -> Result<Val, Stop> {
        if self.role == Role::Task {
            let name = builtin.name();
            let sentence = say!(
                "A {0} that a task makes is its own: nobody else would ever wait for it. Make it in `main` or outside all \
                 functions.",
                "Task 自己整嘅 {0} 得佢自己用，冇其他人會等佢：喺 `main` 或者所有 function 外面整。",
                name
            );
            return Err(Stop::refuse(at, sentence));
        }
        let mut arguments = self.arguments(&call.arguments)?;
        for (_, value) in &call.keywords {
            arguments.push(self.eval(value)?);
        }
        match (builtin, arguments.as_slice()) {
            (Builtin::Semaphore, [] | [_]) => {
                let permits = arguments.first().map_or(Some(1), Val::as_int);
                match permits {
                    Some(permits) if permits >= 0 => Ok(self.resources.semaphore(permits)),
                    Some(_) => Err(Fault::raise("ValueError", "Semaphore initial value must be >= 0")).at(at),
                    None => Err(Stop::refuse(
                        at,
                        say!("A semaphore needs a whole number of permits.", "Semaphore 嘅 permit 要係整數。"),
                    )),
                }
            }
            (Builtin::Lock, []) => Ok(Val::Lock(self.resources.locks.add())),
            (Builtin::Queue, [] | [_]) => match arguments.first().map_or(Some(0), Val::as_int) {
                // Python takes zero, and less, as no limit.
                Some(max_size) => Ok(self.resources.queue(usize::try_from(max_size).unwrap_or_default())),
                None => Err(Stop::refuse(
                    at,
                    say!("A queue has room for a whole number of jobs.", "Queue 裝幾多個 job，要係整數。"),
                )),
            },
            (Builtin::DefaultDict, [Val::Builtin(Builtin::Lock)]) => {
                self.resources.lock_dicts += 1;
                Ok(Val::Locks(self.resources.lock_dicts))
            }
            (Builtin::DefaultDict, _) => Err(Stop::refuse(
                at,
                say!(
                    "The only `defaultdict` here is `defaultdict(Lock)`.",
                    "呢度嘅 `defaultdict` 得 `defaultdict(Lock)` 一種。"
                ),
            )),
            _ => Err(Stop::refuse(
                at,
                say!("These are no arguments of `{0}`.", "`{0}` 唔收呢啲 argument。", builtin.name()),
            )),
        }
    }

    pub(super) fn attribute(&mut self, object: &Expr, name: Symbol, at: Place) -> Result<Val, Stop> {
        let object = self.eval(object)?;
        let name = self.text(name);
        if let Val::Builtin(module @ (Builtin::Asyncio | Builtin::Collections)) = object {
            return module
                .member(&name)
                .map(Val::Builtin)
                .ok_or_else(|| Stop::refuse(at, module.unknown_member(&name)));
        }
        Err(Stop::refuse(at, unknown_attribute(&object, &name)))
    }
}

pub(super) fn coroutine(work: Work) -> Val {
    Val::Coroutine(Rc::new(Coroutine { work, awaited: Cell::new(false) }))
}
