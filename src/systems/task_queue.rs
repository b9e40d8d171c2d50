//! Task queue: priorities, a status machine, retries with exponential backoff, dependencies, workers, dispatch.

use crate::patterns::{DueQueue, Groups, Order};
use crate::prelude::*;
use crate::value::{DictKey, Key};

/// How long a worker works on a task, and how long a dispatch takes.
const WORK_MS: f64 = 10.0;

/// Tasks in order of priority.
#[derive(Clone, Default, State)]
pub struct TaskQueue {
    tasks: Dict<Str, Task>,
    add_counter: Int,
    max_retries: Int,
    base_backoff_ms: Int,
    /// Queued tasks whose dependencies are met, as `get_next_task` takes them: highest priority, then first added.
    #[state(skip)]
    ready: Order,
    /// The same tasks as `get_ready_tasks` lists them: highest priority, then id.
    #[state(skip)]
    ready_by_id: Order,
    #[state(skip)]
    by_status: Groups,
    /// Queued tasks that wait for a dependency.
    #[state(skip)]
    blocked: Groups,
    /// Which tasks wait for a task, known or not.
    #[state(skip)]
    dependants: Dict<Str, List<Str>>,
    #[state(skip)]
    retries: DueQueue<Str>,
}

#[derive(Clone, State)]
struct Task {
    priority: Int,
    status: Status,
    added_order: Int,
    attempt: Int,
    retry_time: Option<Int>,
    dependencies: List<Str>,
    /// How many entries of `dependencies` are not completed.
    #[state(skip)]
    unmet: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, State)]
enum Status {
    Queued,
    Processing,
    RetryScheduled,
    Completed,
    Failed,
    Dispatched,
}

/// The only member of the group of blocked tasks.
const BLOCKED: Int = Int::ZERO;

#[system(
    id = "task_queue",
    class = "TaskQueue",
    title(en = "Task queue", zh = "Task queue"),
    summary(
        en = "Work in order of priority, first come first served on ties: a status machine, retries with exponential backoff, dependencies, a worker pool, dispatch.",
        zh = "按 priority 攞工作，同分先到先得：status machine、exponential backoff retry、dependency、worker pool、dispatch。",
    ),
    family = Flat,
    family_reason(
        en = "One kind of record under one ID; dependencies are data of a task, not sub-items.",
        zh = "得一種 record、一個 ID；dependencies 係 task 嘅 data，唔係 sub-item。",
    ),
    group = "StateMachine",
    signals = [
        "worker", "num_workers", "queue", "priority", "retry", "backoff", "dead letter", "dependency", "blocked until",
        "QUEUED", "PROCESSING", "COMPLETED", "FAILED", "dispatch",
    ],
    patterns(
        l3 = "retry with exponential backoff",
        l4 = "dependency DAG",
        l5 = "worker pool, one global lock",
        l6 = FailFast,
    ),
    uses = [StatusMachine, ExponentialBackoff, DependencyGraph, GlobalLock, WorkerPool, FailFast],
)]
impl TaskQueue {
    fn new() -> Self {
        Self::default()
    }

    fn status(&self, task_id: &Str) -> Option<Status> {
        self.tasks.get(task_id).map(|task| task.status)
    }

    fn is(&self, task_id: &Str, status: Status) -> bool {
        self.status(task_id) == Some(status)
    }

    /// Enters a task into the orders it belongs to as it is, or takes it out of them.
    fn list(&mut self, task_id: &Str, listed: bool) {
        let Some(task) = self.tasks.get(task_id) else { return };
        let word = Str::from(task.status.as_str());
        let urgency = Int(!task.priority.0);
        let by_order = Key::Pair((task.added_order.to_key(), task_id.to_key()).into());
        let queued = task.status == Status::Queued;
        match (queued, task.unmet == 0, listed) {
            (true, true, true) => {
                self.ready.insert(urgency, by_order);
                self.ready_by_id.insert(urgency, task_id.to_key());
            }
            (true, true, false) => {
                self.ready.remove(urgency, by_order);
                self.ready_by_id.remove(urgency, task_id.to_key());
            }
            (true, false, true) => self.blocked.join(&BLOCKED, task_id),
            (true, false, false) => self.blocked.leave(&BLOCKED, task_id),
            (false, ..) => {}
        }
        if listed {
            self.by_status.join(&word, task_id);
        } else {
            self.by_status.leave(&word, task_id);
        }
    }

    fn change(&mut self, task_id: &Str, change: impl FnOnce(&mut Task)) {
        self.list(task_id, false);
        if let Some(task) = self.tasks.get_mut(task_id) {
            change(task);
        }
        self.list(task_id, true);
    }

    /// Moves a task to another status. When it becomes completed, or stops being so, its dependants learn of it.
    fn move_to(&mut self, task_id: &Str, status: Status) {
        let Some(before) = self.status(task_id) else { return };
        self.change(task_id, |task| task.status = status);
        note!(moved, what: "task", id: task_id, from: before.as_str(), to: status.as_str());
        let (was, is) = (before == Status::Completed, status == Status::Completed);
        if was != is {
            for dependant in self.dependants.get(task_id).cloned().unwrap_or_default().iter() {
                self.change(dependant, |task| {
                    task.unmet = if is { task.unmet.saturating_sub(1) } else { task.unmet + 1 }
                });
                if self
                    .tasks
                    .get(dependant)
                    .is_some_and(|task| task.status == Status::Queued && task.unmet == usize::from(was))
                {
                    let to = if is { "ready" } else { "blocked" };
                    note!(dependency, what: "task", id: dependant, on: task_id, to: to);
                }
            }
        }
    }

    /// The most urgent task that is ready; empty for none.
    fn next_ready(&self) -> Str {
        match self.ready.first() {
            Some((_, Key::Pair(entry))) => Str::from_key(&entry.1).unwrap_or_default(),
            _ => Str::default(),
        }
    }

    fn add(&mut self, task_id: Str, priority: Int, dependencies: Vec<Str>) {
        self.add_counter += 1;
        let unmet = dependencies.iter().filter(|id| !self.is(id, Status::Completed)).count();
        for dependency in &dependencies {
            if let Some(dependants) = self.dependants.entry(dependency, List::new) {
                dependants.push(task_id.clone());
            }
        }
        let task = Task {
            priority,
            status: Status::Queued,
            added_order: self.add_counter,
            attempt: Int::ZERO,
            retry_time: None,
            dependencies: dependencies.into_iter().collect(),
            unmet,
        };
        self.tasks.insert(task_id.clone(), task);
        self.list(&task_id, true);
    }

    /// Queues a task; a larger priority is more urgent.
    #[op(1)]
    fn add_task(&mut self, _timestamp: Int, task_id: Str, priority: Int) -> bool {
        ensure!(!self.tasks.contains_key(&task_id), absent("task", task_id), false);
        self.add(task_id, priority, Vec::new());
        true
    }

    /// Takes the most urgent task that is ready, the first added on ties; empty when there is none.
    #[op(1)]
    fn get_next_task(&mut self, _timestamp: Int) -> Str {
        let task_id = self.next_ready();
        ensure!(!task_id.is_empty(), any("ready task"), "");
        self.move_to(&task_id, Status::Processing);
        task_id
    }

    /// Gives the status of a task.
    #[op(1)]
    fn get_task_status(&self, _timestamp: Int, task_id: Str) -> &'static str {
        ensure!(self.tasks.contains_key(&task_id), exists("task", task_id), "");
        self.status(&task_id).map_or("", |status| status.as_str())
    }

    /// Takes one particular task; does not look at its dependencies.
    #[op(2)]
    fn start_task(&mut self, _timestamp: Int, task_id: Str) -> bool {
        ensure!(self.tasks.contains_key(&task_id), exists("task", task_id), false);
        ensure!(self.is(&task_id, Status::Queued), status("QUEUED", task_id), false);
        self.move_to(&task_id, Status::Processing);
        true
    }

    /// Finishes a task that is being worked on.
    #[op(2)]
    fn complete_task(&mut self, _timestamp: Int, task_id: Str) -> bool {
        ensure!(self.tasks.contains_key(&task_id), exists("task", task_id), false);
        ensure!(self.is(&task_id, Status::Processing), status("PROCESSING", task_id), false);
        self.move_to(&task_id, Status::Completed);
        true
    }

    /// Gives up a task that is being worked on: for a later retry, or for good when no attempt is left.
    #[op(2)]
    fn fail_task(&mut self, timestamp: Int, task_id: Str) -> bool {
        ensure!(self.tasks.contains_key(&task_id), exists("task", task_id), false);
        ensure!(self.is(&task_id, Status::Processing), status("PROCESSING", task_id), false);
        let attempt = self.tasks.get(&task_id).map_or(Int::ZERO, |task| task.attempt);
        if self.max_retries > 0 && attempt < self.max_retries {
            // The attempt counts before it is raised: the first delay is the base itself.
            let retry_time = timestamp + self.base_backoff_ms.shifted(attempt);
            if let Some(task) = self.tasks.get_mut(&task_id) {
                task.retry_time = Some(retry_time);
                task.attempt += 1;
            }
            self.retries.schedule(retry_time, &task_id);
            note!(scheduled, what: "retry", id: task_id, target: task_id, amount: attempt + 1, due: retry_time);
            self.move_to(&task_id, Status::RetryScheduled);
        } else {
            self.move_to(&task_id, Status::Failed);
        }
        true
    }

    /// Counts the queued tasks, blocked ones too.
    #[op(2)]
    fn get_queue_length(&self, _timestamp: Int) -> Int {
        self.by_status.count(&Str::from(Status::Queued.as_str()))
    }

    /// Lists the tasks in a status by id.
    #[op(2)]
    fn get_tasks_by_status(&self, _timestamp: Int, status: Str) -> Vec<Str> {
        self.by_status.ids(&status).collect()
    }

    /// Sets how often a task is retried and how long its first retry waits; each further one waits twice as long.
    #[op(3)]
    fn configure_retry(&mut self, max_retries: Int, base_backoff_ms: Int) {
        self.max_retries = max_retries;
        self.base_backoff_ms = base_backoff_ms;
    }

    /// Queues every scheduled retry that is due, and counts them.
    #[op(3)]
    fn process_retries(&mut self, timestamp: Int) -> Int {
        let due = self.retries.take_due(timestamp);
        for task_id in &due {
            if let Some(task) = self.tasks.get_mut(task_id) {
                let retry_time = task.retry_time.take();
                note!(due, what: "retry", id: task_id, target: task_id, amount: task.attempt, due: retry_time, now: timestamp);
            }
            self.move_to(task_id, Status::Queued);
        }
        Int::count(due.len())
    }

    /// Lists the tasks that failed for good by id.
    #[op(3)]
    fn get_dead_letter(&self, _timestamp: Int) -> Vec<Str> {
        self.by_status.ids(&Str::from(Status::Failed.as_str())).collect()
    }

    /// Queues a task that is ready only when all its dependencies are completed. They need not be known yet.
    #[op(4)]
    fn add_task_with_deps(&mut self, _timestamp: Int, task_id: Str, priority: Int, dependencies: Vec<Str>) -> bool {
        ensure!(!self.tasks.contains_key(&task_id), absent("task", task_id), false);
        self.add(task_id, priority, dependencies);
        true
    }

    /// Lists the tasks that are ready: most urgent first, by id on ties.
    #[op(4)]
    fn get_ready_tasks(&self, _timestamp: Int) -> Vec<Str> {
        self.ready_by_id.iter().filter_map(|(_, key)| Str::from_key(key)).collect()
    }

    /// Lists the queued tasks that wait for a dependency, by id.
    #[op(4)]
    fn get_blocked_tasks(&self, _timestamp: Int) -> Vec<Str> {
        self.blocked.ids(&BLOCKED).collect()
    }

    /// Lets workers take tasks until none is ready; a worker that finds none goes home for good. Gives the ids in order of
    /// completion.
    #[op(5)]
    async fn run_workers(queue: Live<Self>, _timestamp: Int, num_workers: Int) -> Py<Vec<Str>> {
        let completed = queue.shared(Vec::new());
        let order = completed.clone();
        queue
            .workers(num_workers, move |queue, _worker| {
                let completed = completed.clone();
                async move {
                    loop {
                        let task_id = {
                            let _lock = queue.lock("queue").await;
                            let task_id = queue.with(|queue| queue.next_ready());
                            if task_id.is_empty() {
                                return Ok(());
                            }
                            queue.with(|queue| queue.move_to(&task_id, Status::Processing));
                            task_id
                        };
                        queue.sleep_ms(WORK_MS).await;
                        let _lock = queue.lock("queue").await;
                        queue.with(|queue| queue.move_to(&task_id, Status::Completed));
                        completed.borrow_mut().push(task_id);
                    }
                }
            })
            .await?;
        Ok(order.take())
    }

    /// Hands completed tasks to another system, so many at a time. What is not completed takes no permit.
    #[op(6)]
    async fn dispatch_external(
        queue: Live<Self>,
        _timestamp: Int,
        task_ids: Vec<Str>,
        max_concurrent: Int,
    ) -> Py<Vec<bool>> {
        let semaphore = queue.semaphore(max_concurrent)?;
        queue
            .gather(task_ids, move |queue, task_id| {
                let semaphore = semaphore.clone();
                async move {
                    if !queue.with(|queue| queue.may_dispatch(&task_id)) {
                        return Ok(false);
                    }
                    let _permit = semaphore.acquire().await;
                    queue.sleep_ms(WORK_MS).await;
                    queue.with(|queue| queue.move_to(&task_id, Status::Dispatched));
                    Ok(true)
                }
            })
            .await
    }

    fn may_dispatch(&self, task_id: &Str) -> bool {
        ensure!(self.tasks.contains_key(task_id), exists("task", task_id), false);
        ensure!(self.is(task_id, Status::Completed), status("COMPLETED", task_id), false);
        true
    }
}
