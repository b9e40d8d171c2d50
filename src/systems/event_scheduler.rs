//! Event scheduler: events that are executed when their time has come, recurring ones, dispatch to an outside callback.

use crate::patterns::{Listed, Lists, Places, Record};
use crate::prelude::*;
use crate::value::stable_sort_by_key;

/// Events by id.
#[derive(Clone, Default, State)]
pub struct EventScheduler {
    events: Listed<Str, Event, EventLists>,
}

#[derive(Clone, State)]
struct Event {
    execute_at: Int,
    status: Status,
    interval: Option<Int>,
}

#[derive(Clone, Default)]
struct EventLists {
    /// The scheduled events in order of their time.
    pending: Places<Str>,
}

impl Lists<Str, Event> for EventLists {
    fn enter(&mut self, event_id: &Str, event: &Event) {
        if event.status == Status::Scheduled {
            self.pending.enter(event_id, event.execute_at);
        }
    }

    fn leave(&mut self, event_id: &Str, event: &Event) {
        if event.status == Status::Scheduled {
            self.pending.leave(event_id, event.execute_at);
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, State)]
enum Status {
    Scheduled,
    Executed,
    Dispatched,
}

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "type")]
pub enum BatchOp {
    /// Schedules a one-shot event.
    Schedule { event_id: Str, execute_at: Int },
    /// Removes an event.
    Cancel { event_id: Str },
    /// Schedules a recurring event.
    Recurring { event_id: Str, execute_at: Int, interval_ms: Option<Int> },
    /// Any other word is refused.
    #[item(other)]
    Other { event_id: Str },
}

#[system(
    id = "event_scheduler",
    class = "EventScheduler",
    title(en = "Event scheduler", zh = "Event scheduler"),
    summary(
        en = "Events that turn EXECUTED by themselves once their time has come, recurring events that move on to their next time, rate-limited dispatch to a callback.",
        zh = "Event 到鐘自己變 EXECUTED；recurring event 會跳去下一次；executed 嘅 event 用 max_concurrent 限住咁 dispatch 去外面個 callback。",
    ),
    family = Flat,
    family_reason(
        en = "One kind of record under one ID; nothing is put inside an event.",
        zh = "得一種 record、一個 ID，event 入面冇 sub-item。",
    ),
    group = "Flat+Lazy",
    signals = [
        "execute_at", "interval", "recurring", "next execution", "SCHEDULED", "EXECUTED", "DISPATCHED", "dispatch",
        "external_call",
    ],
    patterns(
        l3 = "lazy auto-trigger",
        l4 = "recurring, next execution",
        l5 = "single lock",
        l6 = FailFast,
    ),
    uses = [LazyEffect, StatusMachine, SingleLock, FailFast],
)]
impl EventScheduler {
    fn new() -> Self {
        Self::default()
    }

    /// Executes what is due: a one-shot event for good, a recurring one moves on by one interval, even if that is still in
    /// the past. The first thing every public method does, but for the batch.
    fn process_pending(&mut self, timestamp: Int) {
        let due: Vec<(Str, Int)> = self.events.lists().pending.up_to(timestamp).collect();
        for (event_id, execute_at) in due {
            note!(due, what: "event", id: event_id, due: execute_at, now: timestamp);
            match self.events.get(&event_id).and_then(|event| event.interval) {
                Some(interval) => {
                    let next = execute_at + interval;
                    note!(scheduled, what: "event", id: event_id, due: next);
                    self.events.change(&event_id, |event| event.execute_at = next);
                }
                None => self.move_to(&event_id, Status::Executed),
            }
        }
    }

    fn move_to(&mut self, event_id: &Str, status: Status) {
        let Some(before) = self.events.get(event_id).map(|event| event.status) else { return };
        self.events.change(event_id, |event| event.status = status);
        note!(moved, what: "event", id: event_id, from: before.as_str(), to: status.as_str());
    }

    fn add(&mut self, event_id: Str, execute_at: Int, interval: Option<Int>) {
        note!(scheduled, what: "event", id: event_id, due: execute_at);
        self.events.insert(event_id, Event { execute_at, status: Status::Scheduled, interval });
    }

    /// Schedules an event for a moment; one in the past is executed at the next call.
    #[op(1)]
    fn schedule_event(&mut self, timestamp: Int, event_id: Str, execute_at: Int) -> bool {
        self.process_pending(timestamp);
        ensure!(!self.events.contains_key(&event_id), absent("event", event_id), false);
        self.add(event_id, execute_at, None);
        true
    }

    /// Removes an event, whatever its status.
    #[op(1)]
    fn cancel_event(&mut self, timestamp: Int, event_id: Str) -> bool {
        self.process_pending(timestamp);
        ensure!(self.events.contains_key(&event_id), exists("event", event_id), false);
        self.events.remove(&event_id);
        true
    }

    /// Gives a copy of an event.
    #[op(1)]
    fn get_event(&mut self, timestamp: Int, event_id: Str) -> Option<Record> {
        self.process_pending(timestamp);
        ensure!(self.events.contains_key(&event_id), exists("event", event_id), None);
        self.events.get(&event_id).map(Record::of)
    }

    /// Lists all events as `id(STATUS)`: by `"time"` the earliest first, by anything else in order of id.
    #[op(2)]
    fn list_events(&mut self, timestamp: Int, sort_by: Str) -> String {
        self.process_pending(timestamp);
        let mut events: Vec<_> = self.events.sorted().collect();
        if sort_by == "time" {
            // Stable: those of one time stay in order of id.
            stable_sort_by_key(&mut events, |(_, event)| event.execute_at);
        }
        let listed: Vec<String> = events.iter().map(|(id, event)| format!("{id}({})", event.status.as_str())).collect();
        listed.join(", ")
    }

    /// Lists the events that are still to come as `id(SCHEDULED)`, the earliest first.
    #[op(2)]
    fn list_pending(&mut self, timestamp: Int) -> String {
        self.process_pending(timestamp);
        let listed: Vec<String> =
            self.events.lists().pending.iter().map(|(id, _)| format!("{id}({})", Status::Scheduled.as_str())).collect();
        listed.join(", ")
    }

    /// Schedules an event that comes again every `interval_ms` milliseconds; without an interval it comes once.
    #[op(4)]
    fn schedule_recurring(&mut self, timestamp: Int, event_id: Str, execute_at: Int, interval_ms: Option<Int>) -> bool {
        self.process_pending(timestamp);
        ensure!(!self.events.contains_key(&event_id), absent("event", event_id), false);
        self.add(event_id, execute_at, interval_ms);
        true
    }

    /// Tells when an event comes next; for one that is over, when it came.
    #[op(4)]
    fn get_next_execution(&mut self, timestamp: Int, event_id: Str) -> Option<Int> {
        self.process_pending(timestamp);
        ensure!(self.events.contains_key(&event_id), exists("event", event_id), None);
        self.events.get(&event_id).map(|event| event.execute_at)
    }

    /// Runs the operations together, each under the lock of its event. Only the operations themselves execute what is due.
    #[op(5)]
    async fn batch_operations(scheduler: Live<Self>, timestamp: Int, ops: Vec<BatchOp>) -> Py<Vec<bool>> {
        scheduler
            .gather(ops, move |scheduler, op| async move {
                let (BatchOp::Schedule { event_id, .. }
                | BatchOp::Cancel { event_id }
                | BatchOp::Recurring { event_id, .. }
                | BatchOp::Other { event_id }) = &op;
                let _lock = scheduler.lock(event_id).await;
                Ok(scheduler.with(|scheduler| match op {
                    BatchOp::Schedule { event_id, execute_at } => {
                        scheduler.schedule_event(timestamp, event_id, execute_at)
                    }
                    BatchOp::Cancel { event_id } => scheduler.cancel_event(timestamp, event_id),
                    BatchOp::Recurring { event_id, execute_at, interval_ms } => {
                        scheduler.schedule_recurring(timestamp, event_id, execute_at, interval_ms)
                    }
                    BatchOp::Other { .. } => false,
                }))
            })
            .await
    }

    /// Hands executed events to a callback, so many at a time. What is not executed is skipped without a permit; what fails
    /// may be tried again.
    #[op(6)]
    async fn dispatch_events(
        scheduler: Live<Self>,
        timestamp: Int,
        event_ids: Vec<Str>,
        external_call: ExternalCall,
        max_concurrent: Int,
    ) -> Py<Vec<String>> {
        scheduler.with(|scheduler| scheduler.process_pending(timestamp));
        let semaphore = scheduler.semaphore(max_concurrent)?;
        scheduler
            .gather(event_ids, move |scheduler, event_id| {
                let (semaphore, external_call) = (semaphore.clone(), external_call.clone());
                async move {
                    if !scheduler.with(|scheduler| scheduler.may_dispatch(&event_id)) {
                        return Ok(format!("skipped:{event_id}"));
                    }
                    let _permit = semaphore.acquire().await;
                    let args = vec![event_id.clone().into_value()];
                    match scheduler.external(&external_call, &event_id, args).await {
                        Ok(_) => {
                            scheduler.with(|scheduler| scheduler.move_to(&event_id, Status::Dispatched));
                            Ok(format!("dispatched:{event_id}"))
                        }
                        Err(message) => Ok(format!("error:{event_id}:{message}")),
                    }
                }
            })
            .await
    }

    fn may_dispatch(&self, event_id: &Str) -> bool {
        let status = self.events.get(event_id).map(|event| event.status);
        ensure!(status.is_some(), exists("event", event_id), false);
        ensure!(status == Some(Status::Executed), status("EXECUTED", event_id), false);
        true
    }
}
