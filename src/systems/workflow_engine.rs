//! Workflow engine: ordered steps that ready each other, rollback, a history of every change, execution.

use crate::patterns::Order;
use crate::prelude::*;
use crate::value::DictKey;
use crate::value::stable_sort_by_key;

/// Workflows with steps in order.
#[derive(Clone, Default, State)]
pub struct WorkflowEngine {
    /// The steps of each workflow as `(step_id, step_name)`, in order of execution.
    workflows: Dict<Str, List<(Str, Str)>>,
    step_status: Dict<(Str, Str), Status>,
    history: Dict<Str, List<Str>>,
    #[state(skip)]
    progress: Dict<Str, Progress>,
}

#[derive(Clone, Copy, PartialEq, Eq, State)]
enum Status {
    Pending,
    Ready,
    Processing,
    Completed,
    Failed,
}

/// Where the completed and the pending steps of a workflow stand.
#[derive(Clone, Default, State)]
struct Progress {
    #[state(skip)]
    positions: Dict<Str, Int>,
    #[state(skip)]
    completed: Order,
    #[state(skip)]
    pending: Order,
}

impl Progress {
    fn mark(&mut self, step_id: &Str, status: Status, stands: bool) {
        let Some(&position) = self.positions.get(step_id) else { return };
        let order = match status {
            Status::Completed => &mut self.completed,
            Status::Pending => &mut self.pending,
            _ => return,
        };
        if stands {
            order.insert(position, step_id.to_key());
        } else {
            order.remove(position, step_id.to_key());
        }
    }

    /// The first pending step behind any completed one.
    fn next_to_ready(&self) -> Option<Str> {
        let (first_completed, _) = self.completed.first()?;
        self.pending.first_from(*first_completed).and_then(|(_, key)| Str::from_key(key))
    }
}

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "action")]
pub enum BatchOp {
    /// Starts a step.
    StartStep { workflow_id: Str, step_id: Str },
    /// Completes a step.
    CompleteStep { workflow_id: Str, step_id: Str },
    /// Any other word is unknown.
    #[item(other)]
    Other { workflow_id: Str },
}

#[system(
    id = "workflow_engine",
    class = "WorkflowEngine",
    title(en = "Workflow engine", zh = "Workflow engine"),
    summary(
        en = "Pipelines of ordered steps: finishing one readies the next, a failure rolls finished ones back, every change is logged, steps run around an external call.",
        zh = "有次序嘅 step：做完一個，下一個自動 ready；fail 就 rollback 已完成嘅；每次轉 status 都有記錄；可以圍住 external call 執行。",
    ),
    family = TwoCollections,
    family_reason(
        en = "Two dicts: workflows, and the status of each step under the pair (workflow, step).",
        zh = "兩個 dict：workflows，同埋用 (workflow, step) 做 key 嘅 status。",
    ),
    group = "StateMachine",
    signals = [
        "workflow", "step", "PENDING", "READY", "PROCESSING", "COMPLETED", "FAILED", "next step becomes ready", "rollback",
        "history", "external_call", "full lifecycle",
    ],
    patterns(
        l3 = "state machine with auto-trigger",
        l4 = "rollback, event history",
        l5 = "single lock per workflow",
        l6 = Lifecycle,
    ),
    uses = [StatusMachine, Undo, EventHistory, SingleLock, Lifecycle],
)]
impl WorkflowEngine {
    fn new() -> Self {
        Self::default()
    }

    fn status(&self, workflow_id: &Str, step_id: &Str) -> Option<Status> {
        self.step_status.get(&(workflow_id.clone(), step_id.clone())).copied()
    }

    fn is(&self, workflow_id: &Str, step_id: &Str, status: Status) -> bool {
        self.status(workflow_id, step_id) == Some(status)
    }

    fn set_status(&mut self, workflow_id: &Str, step_id: &Str, status: Status) {
        let before = self.status(workflow_id, step_id);
        self.step_status.insert((workflow_id.clone(), step_id.clone()), status);
        if let Some(progress) = self.progress.get_mut(workflow_id) {
            if let Some(before) = before {
                progress.mark(step_id, before, false);
            }
            progress.mark(step_id, status, true);
        }
        let (old, new) = (before.map_or("NONE", |status| status.as_str()), status.as_str());
        if let Some(history) = self.history.entry(workflow_id, List::new) {
            history.push(Str::from(format!("{step_id}: {old}->{new}")));
        }
        note!(moved, what: "step", id: step_id, from: old, to: new);
    }

    /// Readies the first pending step behind a completed one: at most one a call, and any completed one will do.
    fn process_triggers(&mut self, workflow_id: &Str) {
        let next = self.progress.get(workflow_id).and_then(Progress::next_to_ready);
        if let Some(step_id) = next {
            self.set_status(workflow_id, &step_id, Status::Ready);
        }
    }

    fn change(&mut self, workflow_id: &Str, step_id: &Str, status: Status) {
        self.set_status(workflow_id, step_id, status);
        self.process_triggers(workflow_id);
    }

    /// Makes an empty workflow.
    #[op(1)]
    fn create_workflow(&mut self, workflow_id: Str) -> Str {
        ensure!(!self.workflows.contains_key(&workflow_id), absent("workflow", workflow_id), "exists");
        self.progress.insert(workflow_id.clone(), Progress::default());
        self.workflows.insert(workflow_id, List::new());
        "created".into()
    }

    /// Appends a step, pending; behind a completed one it may be readied at once.
    #[op(1)]
    fn add_step(&mut self, workflow_id: Str, step_id: Str, step_name: Str) -> Str {
        ensure!(self.workflows.contains_key(&workflow_id), exists("workflow", workflow_id), "workflow not found");
        ensure!(self.status(&workflow_id, &step_id).is_none(), absent("step", step_id), "step exists");
        let Some(steps) = self.workflows.get_mut(&workflow_id) else { return Str::default() };
        let position = Int::count(steps.len());
        steps.push((step_id.clone(), step_name));
        if let Some(progress) = self.progress.get_mut(&workflow_id) {
            progress.positions.insert(step_id.clone(), position);
        }
        self.change(&workflow_id, &step_id, Status::Pending);
        "added".into()
    }

    /// Gives the status of a step as it was before the trigger that the question sets off.
    #[op(1)]
    fn get_step_status(&mut self, workflow_id: Str, step_id: Str) -> Str {
        ensure!(self.workflows.contains_key(&workflow_id), exists("workflow", workflow_id), "workflow not found");
        let status = self.status(&workflow_id, &step_id);
        ensure!(status.is_some(), exists("step", step_id), "step not found");
        self.process_triggers(&workflow_id);
        status.map_or("", |status| status.as_str()).into()
    }

    /// Removes a workflow with its steps and its history.
    #[op(1)]
    fn delete_workflow(&mut self, workflow_id: Str) -> Str {
        ensure!(self.workflows.contains_key(&workflow_id), exists("workflow", workflow_id), "not found");
        for (step_id, _) in self.workflows.remove(&workflow_id).unwrap_or_default().iter() {
            self.step_status.remove(&(workflow_id.clone(), step_id.clone()));
            note!(removed, what: "step", id: step_id, why: "workflow deleted");
        }
        self.progress.remove(&workflow_id);
        self.history.remove(&workflow_id);
        "deleted".into()
    }

    /// Lists the steps of a workflow as `step(STATUS)`, after the trigger.
    #[op(2)]
    fn get_progress(&mut self, workflow_id: Str) -> Str {
        ensure!(self.workflows.contains_key(&workflow_id), exists("workflow", workflow_id), "workflow not found");
        self.process_triggers(&workflow_id);
        let steps = self.workflows.get(&workflow_id).into_iter().flat_map(List::iter);
        let words: Vec<String> = steps
            .map(|(step_id, _)| format!("{step_id}({})", self.status(&workflow_id, step_id).map_or("", |s| s.as_str())))
            .collect();
        words.join(", ").into()
    }

    /// Lists the workflows as `workflow(n steps)`: by `id`, by number of `steps`, or in order of creation.
    #[op(2)]
    fn list_workflows(&self, #[default(Str::from("id"))] sort_by: Str) -> Str {
        let mut rows: Vec<(Str, usize)> = match &*sort_by {
            "id" | "steps" => self.workflows.sorted().map(|(id, steps)| (id, steps.len())).collect(),
            _ => self.workflows.iter().map(|(id, steps)| (id, steps.len())).collect(),
        };
        if sort_by == "steps" {
            stable_sort_by_key(&mut rows, |(_, steps)| std::cmp::Reverse(*steps));
        }
        let words: Vec<String> = rows.iter().map(|(id, steps)| format!("{id}({steps} steps)")).collect();
        words.join(", ").into()
    }

    /// Readies a pending step, in whatever order.
    #[op(3)]
    fn ready_step(&mut self, workflow_id: Str, step_id: Str) -> Str {
        ensure!(self.workflows.contains_key(&workflow_id), exists("workflow", workflow_id), "workflow not found");
        ensure!(self.status(&workflow_id, &step_id).is_some(), exists("step", step_id), "step not found");
        ensure!(self.is(&workflow_id, &step_id, Status::Pending), status("PENDING", step_id), "not pending");
        self.change(&workflow_id, &step_id, Status::Ready);
        "readied".into()
    }

    /// Starts a ready step.
    #[op(3)]
    fn start_step(&mut self, workflow_id: Str, step_id: Str) -> Str {
        ensure!(self.workflows.contains_key(&workflow_id), exists("workflow", workflow_id), "workflow not found");
        ensure!(self.status(&workflow_id, &step_id).is_some(), exists("step", step_id), "step not found");
        ensure!(self.is(&workflow_id, &step_id, Status::Ready), status("READY", step_id), "not ready");
        self.change(&workflow_id, &step_id, Status::Processing);
        "started".into()
    }

    /// Completes a step that is being worked on; the next pending one becomes ready.
    #[op(3)]
    fn complete_step(&mut self, workflow_id: Str, step_id: Str) -> Str {
        ensure!(self.workflows.contains_key(&workflow_id), exists("workflow", workflow_id), "workflow not found");
        ensure!(self.status(&workflow_id, &step_id).is_some(), exists("step", step_id), "step not found");
        ensure!(self.is(&workflow_id, &step_id, Status::Processing), status("PROCESSING", step_id), "not processing");
        self.change(&workflow_id, &step_id, Status::Completed);
        "completed".into()
    }

    /// Fails a step that is being worked on, for good, and rolls every completed step back to pending.
    #[op(4)]
    fn fail_step(&mut self, workflow_id: Str, step_id: Str) -> Str {
        ensure!(self.workflows.contains_key(&workflow_id), exists("workflow", workflow_id), "workflow not found");
        ensure!(self.status(&workflow_id, &step_id).is_some(), exists("step", step_id), "step not found");
        ensure!(self.is(&workflow_id, &step_id, Status::Processing), status("PROCESSING", step_id), "not processing");
        self.set_status(&workflow_id, &step_id, Status::Failed);
        let completed = self.progress.get(&workflow_id).map(|progress| progress.completed.clone()).unwrap_or_default();
        for step_id in completed.iter().filter_map(|(_, key)| Str::from_key(key)) {
            note!(undone, what: "step", id: step_id, to: "PENDING");
            self.set_status(&workflow_id, &step_id, Status::Pending);
        }
        self.process_triggers(&workflow_id);
        "failed and rolled back".into()
    }

    /// Lists every change of status of a workflow, oldest first.
    #[op(4)]
    fn get_history(&self, workflow_id: Str) -> Vec<Str> {
        self.history.get(&workflow_id).map(|entries| entries.iter().cloned().collect()).unwrap_or_default()
    }

    /// Runs the operations together, each under the lock of its workflow.
    #[op(5)]
    async fn batch_operations(engine: Live<Self>, ops: Vec<BatchOp>) -> Py<Vec<Str>> {
        engine
            .gather(ops, |engine, op| async move {
                let (BatchOp::StartStep { workflow_id, .. }
                | BatchOp::CompleteStep { workflow_id, .. }
                | BatchOp::Other { workflow_id }) = &op;
                let _lock = engine.lock(workflow_id).await;
                Ok(engine.with(|engine| match op {
                    BatchOp::StartStep { workflow_id, step_id } => engine.start_step(workflow_id, step_id),
                    BatchOp::CompleteStep { workflow_id, step_id } => engine.complete_step(workflow_id, step_id),
                    BatchOp::Other { .. } => "unknown action".into(),
                }))
            })
            .await
    }

    /// Runs the steps through start, external call and completion, so many at a time. The lock is not held during the call.
    #[op(6)]
    async fn execute_steps(
        engine: Live<Self>,
        workflow_id: Str,
        step_ids: Vec<Str>,
        external_call: ExternalCall,
        max_concurrent: Int,
    ) -> Py<Vec<Str>> {
        let semaphore = engine.semaphore(max_concurrent)?;
        engine
            .gather(step_ids, move |engine, step_id| {
                let (semaphore, workflow_id, external_call) =
                    (semaphore.clone(), workflow_id.clone(), external_call.clone());
                async move {
                    let _permit = semaphore.acquire().await;
                    let skipped = Str::from(format!("skipped:{step_id}"));
                    if !engine.with(|engine| engine.may_execute(&workflow_id, &step_id)) {
                        return Ok(skipped);
                    }
                    {
                        let _lock = engine.lock(&workflow_id).await;
                        if engine.with(|engine| engine.start_step(workflow_id.clone(), step_id.clone())) != "started" {
                            return Ok(skipped);
                        }
                    }
                    let args = vec![workflow_id.clone().into_value(), step_id.clone().into_value()];
                    if let Err(message) = engine.external(&external_call, &step_id, args).await {
                        return Ok(Str::from(format!("error:{step_id}:{message}")));
                    }
                    let _lock = engine.lock(&workflow_id).await;
                    engine.with(|engine| engine.complete_step(workflow_id, step_id.clone()));
                    Ok(Str::from(format!("executed:{step_id}")))
                }
            })
            .await
    }

    fn may_execute(&self, workflow_id: &Str, step_id: &Str) -> bool {
        ensure!(self.status(workflow_id, step_id).is_some(), exists("step", step_id), false);
        ensure!(self.is(workflow_id, step_id, Status::Ready), status("READY", step_id), false);
        true
    }
}
