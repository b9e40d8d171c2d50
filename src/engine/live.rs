//! A state that several tasks work on: what L5 and L6 operations are given in place of `self`.

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

use super::context::RunContext;
use super::{ExternalCall, ExternalOutcome, ExternalRequest, IntoValue, Item, MAX_ITEMS, Py, Raise};
use crate::asyncio::{Child, EventLoop, LockGuard, Semaphore};
use crate::value::{Int, Value};

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
    pub async fn sleep_ms(&self, ms: f64) {
        self.context.event_loop.sleep_ms(ms).await;
    }

    /// `async with locks[key]`: the lock is held until the guard is dropped.
    pub async fn lock(&self, key: &str) -> LockGuard {
        self.context.event_loop.lock(key).acquire().await
    }

    /// `async with locks[first], locks[second]`: in ascending order of the keys, so that two tasks cannot hold one each
    /// and wait for the other. The same key twice waits for itself, as in Python.
    pub async fn sorted_pair_lock(&self, a: &str, b: &str) -> (LockGuard, LockGuard) {
        let (first, second) = if a <= b { (a, b) } else { (b, a) };
        let outer = self.lock(first).await;
        let inner = self.lock(second).await;
        // Dropped left to right: the inner one is released first, as nested `async with` blocks do.
        (inner, outer)
    }

    /// `asyncio.Semaphore(max_concurrent)`.
    pub fn semaphore(&self, max_concurrent: Int) -> Py<Semaphore> {
        self.context
            .event_loop
            .semaphore("permits", max_concurrent.0)
            .map_err(|_| Raise::value_error("Semaphore initial value must be >= 0"))
    }

    /// `await asyncio.gather(*(task(item) for item in items))`: one task per item, the answers in the order of the items.
    pub async fn gather<I, T, F, Fut>(&self, items: Vec<I>, task: F) -> Py<Vec<T>>
    where
        I: Item + 'static,
        T: IntoValue + Clone + 'static,
        F: Fn(Self, I) -> Fut,
        Fut: Future<Output = Py<T>> + 'static,
    {
        // The loop gathers children of one type only, those that give their label: so its code is compiled once, and the
        // typed answers go their own way.
        let answers = self.shared(items.iter().map(|_| None).collect::<Vec<Option<T>>>());
        let mut children = Vec::with_capacity(items.len());
        for (at, item) in items.into_iter().enumerate() {
            let label = self.context.event_loop.is_recording().then(|| item.label());
            let answering = answering(task(self.clone(), item), Rc::clone(&answers), at, label.is_some());
            children.push(child(label, answering));
        }
        gathered(self.context.event_loop.clone(), children).await?;
        Ok(answers.take().into_iter().flatten().collect())
    }

    /// `await asyncio.gather(*(worker() for _ in range(n)))`: a pool of equal workers, numbered from 1.
    pub async fn workers<T, F, Fut>(&self, n: Int, worker: F) -> Py<Vec<T>>
    where
        T: IntoValue + Clone + 'static,
        F: Fn(Self, Int) -> Fut,
        Fut: Future<Output = Py<T>> + 'static,
    {
        let n = usize::try_from(n.0.max(0)).unwrap_or(usize::MAX);
        if n > MAX_ITEMS {
            return Err(Raise::too_many(format!("{n} workers; at the most {MAX_ITEMS} are allowed")));
        }
        self.gather((1..=n).map(Int::count).collect(), worker).await
    }

    /// A value that the tasks of one call share.
    pub fn shared<T>(&self, value: T) -> Rc<RefCell<T>> {
        Rc::new(RefCell::new(value))
    }

    /// `await external_call(...)`: `id` is what a plan lists its failures by, `args` is what a real function is given.
    pub async fn external(&self, call: &ExternalCall, id: &str, args: Vec<Value>) -> ExternalOutcome {
        self.external_for(call, |listed| listed == id, args).await
    }

    /// [`external`](Self::external) with another way of finding the failure that applies.
    pub async fn external_for(
        &self,
        call: &ExternalCall,
        names: impl Fn(&str) -> bool,
        args: Vec<Value>,
    ) -> ExternalOutcome {
        match call {
            ExternalCall::Plan { sleep_ms, result, .. } => {
                if *sleep_ms > 0.0 {
                    self.sleep_ms(*sleep_ms).await;
                }
                call.failure(names).map_or_else(|| Ok(result.clone()), |message| Err(message.to_owned()))
            }
            ExternalCall::Outside(callable) => {
                let (answer, outcome) = self.context.event_loop.external();
                self.context.outbox.borrow_mut().push_back(ExternalRequest { callable: *callable, args, answer });
                outcome.await
            }
        }
    }
}

/// A gathered task that gives nothing but the label of its end.
type Labelled = Child<Label, Raise>;

type Label = Option<Rc<str>>;

fn child(label: Option<String>, future: impl Future<Output = Py<Label>> + 'static) -> Labelled {
    Child { label: label.map(Rc::from), ..Child::new(future) }
}

/// Puts the answer of a task into its place, and gives it as a label if anybody looks.
async fn answering<T: IntoValue + Clone>(
    task: impl Future<Output = Py<T>>,
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

async fn gathered(event_loop: EventLoop, children: Vec<Labelled>) -> Py<()> {
    let label_done = |result: &Py<Label>| match result {
        Ok(label) => label.clone(),
        Err(raise) => Some(raise.to_string().into()),
    };
    event_loop.gather(children).label_done(label_done).await.map(drop)
}
