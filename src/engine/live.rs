//! A state that several tasks work on: what L5 and L6 operations are given in place of `self`.

use std::cell::RefCell;
use std::future::{Future, ready};
use std::pin::Pin;
use std::rc::Rc;

use super::context::RunContext;
use super::{ExternalCall, ExternalOutcome, ExternalRequest, IntoValue, Item, MAX_ITEMS, Py, Raise};
use crate::asyncio::{Child, EventLoop, LockGuard, Semaphore, Sleep};
use crate::value::{Int, Value};

/// A coroutine with a typed answer.
///
/// There are hundreds in the package. Behind a pointer, what is done with them is compiled once for each type of answer
/// instead of once for each of them.
pub type Task<T> = Pin<Box<dyn Future<Output = Py<T>>>>;

/// A handle to an engine's state and to the event loop its tasks run on; clones are handles to the same.
pub struct Live<S> {
    state: Rc<RefCell<S>>,
    context: Rc<RunContext>,
}

impl<S> Clone for Live<S> {
    fn clone(&self) -> Self {
        Self { state: Rc::clone(&self.state), context: Rc::clone(&self.context) }
    }
}

impl<S: 'static> Live<S> {
    pub(super) fn new(state: Rc<RefCell<S>>, context: Rc<RunContext>) -> Self {
        Self { state, context }
    }

    /// Works on the state. No other task can see it half done: there is no `await` inside.
    pub fn with<R>(&self, work: impl FnOnce(&mut S) -> R) -> R {
        let result = work(&mut self.state.borrow_mut());
        self.context.worked();
        result
    }

    /// `await asyncio.sleep(ms / 1000)`.
    pub fn sleep_ms(&self, ms: f64) -> Sleep {
        self.context.event_loop.sleep_ms(ms)
    }

    /// `async with locks[key]`: the lock is held until the guard is dropped.
    pub fn lock(&self, key: &str) -> impl Future<Output = LockGuard> + use<S> {
        self.context.event_loop.lock(key).acquire()
    }

    /// `async with locks[first], locks[second]`: in ascending order of the keys, so that two tasks cannot hold one each
    /// and wait for the other. The same key twice waits for itself, as in Python.
    pub fn sorted_pair_lock<'a>(
        &'a self,
        a: &'a str,
        b: &'a str,
    ) -> impl Future<Output = (LockGuard, LockGuard)> + use<'a, S> {
        sorted_pair_lock(&self.context.event_loop, a, b)
    }

    /// `asyncio.Semaphore(max_concurrent)`.
    pub fn semaphore(&self, max_concurrent: Int) -> Py<Semaphore> {
        self.context
            .event_loop
            .semaphore("permits", max_concurrent.0)
            .map_err(|_| Raise::value_error("Semaphore initial value must be >= 0"))
    }

    /// `await asyncio.gather(*(task(item) for item in items))`: one task per item, the answers in the order of the items.
    pub fn gather<I, T, F, Fut>(&self, items: Vec<I>, task: F) -> Task<Vec<T>>
    where
        I: Item + 'static,
        T: IntoValue + Clone + 'static,
        F: Fn(Self, I) -> Fut,
        Fut: Future<Output = Py<T>> + 'static,
    {
        let event_loop = self.context.event_loop.clone();
        let mut tasks: Vec<(Option<String>, Task<T>)> = Vec::with_capacity(items.len());
        for item in items {
            let label = event_loop.is_recording().then(|| item.label());
            tasks.push((label, Box::pin(task(self.clone(), item))));
        }
        Box::pin(gathered(event_loop, tasks))
    }

    /// `await asyncio.gather(*(worker() for _ in range(n)))`: a pool of equal workers, numbered from 1.
    pub fn workers<T, F, Fut>(&self, n: Int, worker: F) -> Task<Vec<T>>
    where
        T: IntoValue + Clone + 'static,
        F: Fn(Self, Int) -> Fut,
        Fut: Future<Output = Py<T>> + 'static,
    {
        let n = usize::try_from(n.0.max(0)).unwrap_or(usize::MAX);
        if n > MAX_ITEMS {
            let raise = Raise::too_many(format!("{n} workers; at the most {MAX_ITEMS} are allowed"));
            return Box::pin(ready(Err(raise)));
        }
        self.gather((1..=n).map(Int::count).collect(), worker)
    }

    /// A value that the tasks of one call share.
    pub fn shared<T>(&self, value: T) -> Rc<RefCell<T>> {
        Rc::new(RefCell::new(value))
    }

    /// `await external_call(...)`: `id` is what a plan lists its failures by, `args` is what a real function is given.
    pub fn external<'a>(
        &'a self,
        call: &'a ExternalCall,
        id: &'a str,
        args: Vec<Value>,
    ) -> impl Future<Output = ExternalOutcome> + use<'a, S> {
        external(&self.context, call, id, args)
    }
}

async fn sorted_pair_lock(event_loop: &EventLoop, a: &str, b: &str) -> (LockGuard, LockGuard) {
    let (first, second) = if a <= b { (a, b) } else { (b, a) };
    let outer = event_loop.lock(first).acquire().await;
    let inner = event_loop.lock(second).acquire().await;
    // Dropped left to right: the inner one is released first, as nested `async with` blocks do.
    (inner, outer)
}

async fn external(context: &RunContext, call: &ExternalCall, id: &str, args: Vec<Value>) -> ExternalOutcome {
    match call {
        ExternalCall::Plan { sleep_ms, result, .. } => {
            if *sleep_ms > 0.0 {
                context.event_loop.sleep_ms(*sleep_ms).await;
            }
            call.failure(id).map_or_else(|| Ok(result.clone()), |message| Err(message.to_owned()))
        }
        ExternalCall::Outside(callable) => {
            let (answer, outcome) = context.event_loop.external();
            context.outbox.borrow_mut().push_back(ExternalRequest { callable: *callable, args, answer });
            outcome.await
        }
    }
}

/// What a gathered task gives to the loop: the label of its end, if anybody looks. So the loop's code is compiled once,
/// and the typed answers go their own way.
type Label = Option<Rc<str>>;

async fn gathered<T: IntoValue + Clone + 'static>(
    event_loop: EventLoop,
    tasks: Vec<(Option<String>, Task<T>)>,
) -> Py<Vec<T>> {
    let answers: Rc<RefCell<Vec<Option<T>>>> = Rc::new(RefCell::new(tasks.iter().map(|_| None).collect()));
    let child = |(at, (label, task)): (usize, (Option<String>, Task<T>))| {
        let labelling = labelling(task, Rc::clone(&answers), at, label.is_some());
        Child { label: label.map(Rc::from), ..Child::new(labelling) }
    };
    let children = tasks.into_iter().enumerate().map(child).collect();
    gather(event_loop, children).await?;
    Ok(answers.take().into_iter().flatten().collect())
}

/// Puts the answer of a task into its place, and gives it as a label if anybody looks.
async fn labelling<T: IntoValue + Clone>(
    task: Task<T>,
    answers: Rc<RefCell<Vec<Option<T>>>>,
    at: usize,
    labelled: bool,
) -> Py<Label> {
    let answer = task.await?;
    let label = labelled.then(|| Rc::from(answer.clone().into_value().text()));
    if let Some(place) = answers.borrow_mut().get_mut(at) {
        *place = Some(answer);
    }
    Ok(label)
}

async fn gather(event_loop: EventLoop, children: Vec<Child<Label, Raise>>) -> Py<()> {
    let label_done = |result: &Py<Label>| match result {
        Ok(label) => label.clone(),
        Err(raise) => Some(raise.to_string().into()),
    };
    event_loop.gather(children).label_done(label_done).await.map(drop)
}
