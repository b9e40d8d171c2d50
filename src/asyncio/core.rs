//! The machine itself: the ready queue, the tasks and one round of the loop.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use super::event_loop::{Limits, ROOT, TaskId};
use super::lock::LockState;
use super::signal::Signal;
use super::stopped::{Capped, Stopped};
use super::timeout::Deadline;
use super::timers::{Alarm, Moment, TimerKey, Timers};
use super::trace::{Event, Mark, Recording, Trace, What};

/// The body of a task.
pub(super) trait Coroutine {
    /// Runs to the next suspension.
    fn step(&mut self, cx: &mut Context<'_>) -> Poll<()>;
    /// Is the done callback: runs in a handle of its own after the last step.
    fn done(self: Box<Self>);
}

/// A callback in the ready queue.
enum Handle {
    Step(TaskId),
    Complete(Rc<Signal>),
    Done(Box<dyn Coroutine>),
    Expire(Rc<Deadline>),
}

impl From<Alarm> for Handle {
    fn from(alarm: Alarm) -> Self {
        match alarm {
            Alarm::Complete(signal) => Self::Complete(signal),
            Alarm::Expire(deadline) => Self::Expire(deadline),
        }
    }
}

#[derive(Default)]
struct Task {
    /// Absent while the task runs and after it has finished.
    coroutine: Option<Box<dyn Coroutine>>,
    /// The resource in whose queue the task stands.
    waiting: Option<Rc<str>>,
    mark: Mark,
    /// What the task was suspended on last.
    waiter: Option<Rc<Signal>>,
    /// Its next step raises: it was cancelled when it was no longer waiting.
    must_cancel: bool,
    /// Cancellations that were asked for and not taken back.
    cancels: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// No run has been started, or the last one is over.
    Idle,
    /// A run is going on; the number tells it from earlier ones.
    Active,
    /// The tasks of a run are being dropped.
    Closing,
}

/// What a round left behind.
pub(super) enum Outlook {
    /// Another round has something to do.
    Ready,
    /// The root coroutine has returned.
    Finished,
    Sleeping {
        until_ns: u64,
    },
    External,
    Stopped(Stopped),
}

/// The state behind an [`EventLoop`](super::EventLoop).
///
/// No borrow of a cell is held while a coroutine runs or is dropped, so both may call anything here.
pub(super) struct Core {
    limits: Limits,
    now: Cell<Moment>,
    current: Cell<TaskId>,
    phase: Cell<Phase>,
    run: Cell<u64>,
    stepping: Cell<bool>,
    /// The step that runs is to raise `CancelledError` where the task was suspended.
    raising: Cell<bool>,
    /// Handles that the round which was interrupted has still to run.
    unfinished: Cell<usize>,
    root_done: Cell<bool>,
    exceeded: Cell<Option<Capped>>,
    externals: Cell<usize>,
    ready: RefCell<VecDeque<Handle>>,
    timers: RefCell<Timers>,
    /// The root coroutine comes first, so the task `id` is at `id + 1`.
    tasks: RefCell<Vec<Task>>,
    trace: RefCell<Trace>,
    pub(super) locks: RefCell<BTreeMap<Rc<str>, Rc<LockState>>>,
    /// The semaphores by their names in the trace, and how many permits each was made with.
    pub(super) permits: RefCell<Vec<(Rc<str>, i64)>>,
}

impl Core {
    pub(super) fn new(limits: Limits, recording: Recording) -> Self {
        Self {
            limits,
            now: Cell::default(),
            current: Cell::new(ROOT),
            phase: Cell::new(Phase::Idle),
            run: Cell::new(0),
            stepping: Cell::new(false),
            raising: Cell::new(false),
            unfinished: Cell::new(0),
            root_done: Cell::new(false),
            exceeded: Cell::new(None),
            externals: Cell::new(0),
            ready: RefCell::default(),
            timers: RefCell::default(),
            tasks: RefCell::new(vec![Task::default()]),
            trace: RefCell::new(Trace::new(recording, limits.events)),
            locks: RefCell::default(),
            permits: RefCell::default(),
        }
    }

    pub(super) fn now_ns(&self) -> u64 {
        self.now.get().ns
    }

    pub(super) fn current(&self) -> TaskId {
        self.current.get()
    }

    pub(super) fn trace(&self) -> &RefCell<Trace> {
        &self.trace
    }

    // Runs.

    /// Begins a run with its root coroutine and gives its number; none from within a task.
    pub(super) fn begin(&self, root: Box<dyn Coroutine>) -> Option<u64> {
        if self.stepping.get() || self.phase.get() == Phase::Closing {
            return None;
        }
        if self.phase.get() == Phase::Active {
            self.close();
        }
        self.phase.set(Phase::Active);
        self.root_done.set(false);
        self.run.set(self.run.get() + 1);
        self.put(ROOT, root);
        self.call_soon(Handle::Step(ROOT));
        Some(self.run.get())
    }

    pub(super) fn is_active(&self, run: u64) -> bool {
        self.phase.get() == Phase::Active && self.run.get() == run
    }

    pub(super) fn is_stepping(&self) -> bool {
        self.stepping.get()
    }

    /// Ends the run: drops its tasks and timers. Guards they hold give back what they held without a trace.
    pub(super) fn close(&self) {
        self.phase.set(Phase::Closing);
        let tasks = self.tasks.replace(vec![Task::default()]);
        let ready = self.ready.take();
        let timers = self.timers.take();
        drop((tasks, ready, timers));
        // Guards that were just dropped may have woken tasks that are gone.
        self.ready.borrow_mut().clear();
        self.unfinished.set(0);
        self.exceeded.set(None);
        self.phase.set(Phase::Idle);
    }

    /// Moves the clock, never backwards.
    pub(super) fn tick(&self, now_ns: u64) {
        if now_ns > self.now.get().ns {
            let due = self.timers.borrow().next_due().filter(|due| due.ns <= now_ns);
            self.now.set(due.map_or(Moment { ns: now_ns, late: 0 }, |due| due.woken_at(now_ns)));
        }
    }

    /// Runs one round: Python's `_run_once`, without waiting; interrupted after so many handles, the next call goes on with it.
    pub(super) fn round(&self, handles: usize) -> Outlook {
        if self.unfinished.get() == 0 {
            let mut due = self.timers.borrow_mut();
            while let Some(alarm) = due.pop_due(self.now_ns()) {
                self.call_soon(alarm.into());
            }
            drop(due);
            self.unfinished.set(self.ready.borrow().len());
        }
        self.stepping.set(true);
        for _ in 0..handles.max(1).min(self.unfinished.get()) {
            self.unfinished.set(self.unfinished.get() - 1);
            let Some(handle) = self.ready.borrow_mut().pop_front() else {
                break;
            };
            self.call(handle);
            if self.exceeded.get().is_some() {
                break;
            }
        }
        self.stepping.set(false);
        self.outlook()
    }

    fn outlook(&self) -> Outlook {
        if let Some(what) = self.exceeded.get() {
            let cap = match what {
                Capped::Tasks => self.limits.tasks,
                Capped::Events => self.limits.events,
            };
            return Outlook::Stopped(Stopped::Limit { what, cap });
        }
        if self.unfinished.get() > 0 {
            return Outlook::Ready;
        }
        if self.root_done.get() {
            return Outlook::Finished;
        }
        if !self.ready.borrow().is_empty() {
            return Outlook::Ready;
        }
        match self.timers.borrow().next_due() {
            Some(due) if due.ns <= self.now_ns() => Outlook::Ready,
            Some(due) => Outlook::Sleeping { until_ns: due.ns },
            None if self.externals.get() > 0 => Outlook::External,
            None => Outlook::Stopped(Stopped::Deadlock { waiting: self.waiting() }),
        }
    }

    fn waiting(&self) -> Vec<(TaskId, String)> {
        let tasks = self.tasks.borrow();
        (ROOT..).zip(tasks.iter()).filter_map(|(id, task)| Some((id, task.waiting.as_ref()?.to_string()))).collect()
    }

    /// Is called by the done callback of the root coroutine.
    pub(super) fn stop(&self) {
        self.root_done.set(true);
    }

    // Handles.

    fn call_soon(&self, handle: Handle) {
        self.ready.borrow_mut().push_back(handle);
    }

    fn call(&self, handle: Handle) {
        match handle {
            Handle::Step(task) => self.step(task),
            Handle::Complete(signal) => self.complete(&signal),
            Handle::Done(coroutine) => coroutine.done(),
            Handle::Expire(deadline) => deadline.expire(self),
        }
    }

    fn step(&self, task: TaskId) {
        let Some(mut coroutine) = self.take(task) else {
            return;
        };
        self.current.set(task);
        let poll = coroutine.step(&mut Context::from_waker(Waker::noop()));
        self.current.set(ROOT);
        self.raising.set(false);
        match poll {
            Poll::Ready(()) => self.call_soon(Handle::Done(coroutine)),
            Poll::Pending => self.put(task, coroutine),
        }
    }

    /// Queues the next step of the current task.
    pub(super) fn yield_now(&self) {
        self.call_soon(Handle::Step(self.current.get()));
    }

    /// Completes a signal and queues the task that waits for it.
    pub(super) fn complete(&self, signal: &Signal) {
        if let Some(task) = signal.complete() {
            self.call_soon(Handle::Step(task));
        }
    }

    /// Suspends the current task on a signal, unless that is done.
    pub(super) fn wait_on(&self, signal: &Rc<Signal>) -> Poll<()> {
        let task = self.current.get();
        let poll = signal.poll(task);
        if poll.is_pending() {
            self.with_task(task, |task| task.waiter = Some(Rc::clone(signal)));
        }
        poll
    }

    /// Is `Task.cancel`: the task's next step will raise, where it is suspended now.
    pub(super) fn cancel(&self, id: TaskId) {
        let waiter = self.with_task(id, |task| {
            task.cancels += 1;
            task.waiter.clone()
        });
        match waiter.flatten().and_then(|signal| signal.cancel()) {
            Some(task) => self.call_soon(Handle::Step(task)),
            // Its step stands in the queue already.
            None => drop(self.with_task(id, |task| task.must_cancel = true)),
        }
    }

    /// Is `Task.cancelling`.
    pub(super) fn cancelling(&self, id: TaskId) -> u32 {
        self.with_task(id, |task| task.cancels).unwrap_or_default()
    }

    /// Is `Task.uncancel`.
    pub(super) fn uncancel(&self, id: TaskId) -> u32 {
        let left = self.with_task(id, |task| {
            task.cancels = task.cancels.saturating_sub(1);
            task.cancels
        });
        left.unwrap_or_default()
    }

    /// Tells, once, whether this step is to raise `CancelledError`.
    pub(super) fn take_raise(&self) -> bool {
        self.raising.replace(false)
    }

    pub(super) fn set_timer(&self, delay_ns: u64, alarm: Alarm) -> TimerKey {
        self.timers.borrow_mut().set(self.now.get().after(delay_ns), alarm)
    }

    /// Lets a deadline expire in the next round.
    pub(super) fn expire_soon(&self, deadline: Rc<Deadline>) {
        self.call_soon(Handle::Expire(deadline));
    }

    pub(super) fn cancel_timer(&self, key: TimerKey) {
        self.timers.borrow_mut().cancel(key);
    }

    /// Counts outside calls that are outstanding.
    pub(super) fn external_began(&self) {
        self.externals.set(self.externals.get() + 1);
    }

    pub(super) fn external_ended(&self) {
        self.externals.set(self.externals.get().saturating_sub(1));
    }

    // Tasks.

    /// Tells whether so many more tasks may be made; if not, the run stops after this step.
    pub(super) fn admit(&self, more: usize) -> bool {
        if self.phase.get() == Phase::Closing {
            return false;
        }
        let made = self.tasks.borrow().len().saturating_sub(1);
        let room = made.saturating_add(more) <= self.limits.tasks;
        if !room {
            self.exceeded.set(Some(Capped::Tasks));
        }
        room
    }

    /// Makes a task and queues its first step.
    pub(super) fn spawn(&self, coroutine: Box<dyn Coroutine>) {
        let mut tasks = self.tasks.borrow_mut();
        let Ok(after) = TaskId::try_from(tasks.len()) else {
            self.exceeded.set(Some(Capped::Tasks));
            return;
        };
        tasks.push(Task { coroutine: Some(coroutine), ..Task::default() });
        self.call_soon(Handle::Step(after - 1));
    }

    fn with_task<T>(&self, id: TaskId, f: impl FnOnce(&mut Task) -> T) -> Option<T> {
        let index = usize::try_from(i64::from(id) + 1).ok()?;
        self.tasks.borrow_mut().get_mut(index).map(f)
    }

    /// Takes the coroutine for its next step, which raises if the task was cancelled.
    fn take(&self, id: TaskId) -> Option<Box<dyn Coroutine>> {
        self.with_task(id, |task| {
            let waiter = task.waiter.take();
            let was_cancelled = waiter.is_some_and(|signal| signal.is_cancelled());
            self.raising.set(std::mem::take(&mut task.must_cancel) || was_cancelled);
            task.coroutine.take()
        })
        .flatten()
    }

    fn put(&self, id: TaskId, coroutine: Box<dyn Coroutine>) {
        self.with_task(id, |task| task.coroutine = Some(coroutine));
    }

    /// Notes the resource that a task waits for, for the report of a deadlock.
    pub(super) fn set_waiting(&self, task: TaskId, resource: Option<Rc<str>>) {
        self.with_task(task, |task| task.waiting = resource);
    }

    /// Says where in its work the current task is; its events carry that from now on.
    pub(super) fn set_mark(&self, mark: Mark) {
        self.with_task(self.current.get(), |task| task.mark = mark);
    }

    // Trace.

    /// Tells whether events are being stored now.
    pub(super) fn is_recording(&self) -> bool {
        self.phase.get() == Phase::Active && self.trace.borrow().is_on()
    }

    /// Stores an event of the current task.
    pub(super) fn log(&self, what: What, resource: Option<&Rc<str>>, label: Option<Rc<str>>) {
        if !self.is_recording() {
            return;
        }
        let task = self.current.get();
        let mark = self.with_task(task, |task| task.mark).unwrap_or_default();
        let resource = resource.map(Rc::clone);
        let stored = self.trace.borrow_mut().push(Event { at_ns: self.now_ns(), task, what, resource, label, mark });
        if !stored {
            self.exceeded.set(Some(Capped::Events));
        }
    }
}
