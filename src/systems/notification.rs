//! Notification system: alerts with a severity that rises once when nobody acknowledges them in time.

use crate::patterns::{DueQueue, Listed, Lists, Record, Standings};
use crate::prelude::*;

/// An escalation raises nothing beyond this severity.
const MAX_SEVERITY: i64 = 5;
/// How long sending one notification takes.
const SEND_MS: f64 = 10.0;

/// Alerts, and what happened to them.
#[derive(Clone, Default, State)]
pub struct Notification {
    alerts: Listed<Str, Alert, AlertLists>,
    history: Dict<Str, List<Str>>,
    /// The deadline of an id: it outlives the alert, and so strikes the next one of that id.
    escalations: Dict<Str, Int>,
}

#[derive(Clone, State)]
struct Alert {
    message: Str,
    severity: Int,
    acknowledged: bool,
    escalated: bool,
    created_at: Int,
    /// The same as in `escalations`.
    #[state(skip)]
    deadline: Option<Int>,
}

#[derive(Clone, Default)]
struct AlertLists {
    by_severity: Standings<Str>,
    /// The severity of each alert that waits to be acknowledged.
    unacknowledged: Dict<Str, Int>,
    /// The deadlines that would still change something.
    deadlines: DueQueue<Str>,
}

impl Lists<Str, Alert> for AlertLists {
    fn enter(&mut self, alert_id: &Str, alert: &Alert) {
        self.by_severity.enter(alert_id, alert.severity);
        if !alert.acknowledged {
            self.unacknowledged.insert(alert_id.clone(), alert.severity);
        }
        if let Some(deadline) = alert.deadline.filter(|_| !alert.acknowledged && !alert.escalated) {
            self.deadlines.schedule(deadline, alert_id);
        }
    }

    fn leave(&mut self, alert_id: &Str, alert: &Alert) {
        self.by_severity.leave(alert_id, alert.severity);
        self.unacknowledged.remove(alert_id);
        if let Some(deadline) = alert.deadline {
            self.deadlines.cancel(deadline, alert_id);
        }
    }
}

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "type")]
pub enum BatchOp {
    /// Creates an alert.
    Create { alert_id: Str, message: Str, severity: Int },
    /// Acknowledges an alert.
    Acknowledge { alert_id: Str },
    /// Reads an alert.
    Get { alert_id: Str },
    /// Any other word does nothing.
    #[item(other)]
    Other { alert_id: Str },
}

#[system(
    id = "notification",
    class = "NotificationSystem",
    title(en = "Notification system", zh = "Notification system（警報）"),
    summary(
        en = "Alerts with a severity from 1 to 5: acknowledge, list, escalate once when a deadline passes unacknowledged, merge, history, send at a limited rate.",
        zh = "有 severity 1 至 5 嘅 alert：acknowledge、列出、過咗 deadline 冇人理就升級一次、merge、history、限速 send 出去。",
    ),
    family = Flat,
    family_reason(
        en = "One create method with one ID; history and deadlines are side dicts under the same ID.",
        zh = "得一個 create method、一個 ID；history 同 deadline 係用同一個 ID 嘅 side dict。",
    ),
    group = "Flat+Lazy",
    signals = [
        "alert", "severity", "acknowledge", "deadline", "auto-escalate", "merge alerts", "send to an external service",
        "every request must be attempted",
    ],
    patterns(
        l3 = "lazy auto-escalation",
        l4 = "merge, event history",
        l5 = "single lock",
        l6 = AllSleep,
    ),
    uses = [LazyEffect, Merge, EventHistory, SingleLock, AllSleep],
)]
impl Notification {
    fn new() -> Self {
        Self::default()
    }

    /// Escalates every alert whose deadline has passed unacknowledged. The first thing every public method does.
    fn process_escalations(&mut self, timestamp: Int) {
        for alert_id in self.alerts.lists_mut().deadlines.take_due(timestamp) {
            self.alerts.change(&alert_id, |alert| {
                let raise = Int::from(i64::from(alert.severity < MAX_SEVERITY));
                alert.severity += raise;
                alert.escalated = true;
                note!(
                    due, what: "escalation", id: alert_id, target: alert_id, amount: raise, due: alert.deadline,
                    now: timestamp
                );
            });
            self.record(&alert_id, format!("ESCALATED at {timestamp}"));
        }
    }

    fn record(&mut self, alert_id: &Str, event: String) {
        if let Some(events) = self.history.entry(alert_id, List::new) {
            events.push(event.into());
        }
    }

    /// Creates an alert that nobody has acknowledged. A deadline that an earlier alert of this id left behind holds again.
    #[op(1)]
    fn create_alert(&mut self, timestamp: Int, alert_id: Str, message: Str, severity: Int) -> bool {
        self.process_escalations(timestamp);
        ensure!(!self.alerts.contains_key(&alert_id), absent("alert", alert_id), false);
        self.record(&alert_id, format!("CREATED at {timestamp}"));
        let deadline = self.escalations.get(&alert_id).copied();
        let alert = Alert { message, severity, acknowledged: false, escalated: false, created_at: timestamp, deadline };
        self.alerts.insert(alert_id, alert);
        true
    }

    /// Acknowledges an alert, which then never escalates; a second time gives False.
    #[op(1)]
    fn acknowledge_alert(&mut self, timestamp: Int, alert_id: Str) -> bool {
        self.process_escalations(timestamp);
        ensure!(self.alerts.contains_key(&alert_id), exists("alert", alert_id), false);
        let acknowledged = self.alerts.get(&alert_id).is_some_and(|alert| alert.acknowledged);
        ensure!(!acknowledged, status("unacknowledged", alert_id), false);
        self.alerts.change(&alert_id, |alert| alert.acknowledged = true);
        self.record(&alert_id, format!("ACKNOWLEDGED at {timestamp}"));
        true
    }

    /// Gives a copy of an alert.
    #[op(1)]
    fn get_alert(&mut self, timestamp: Int, alert_id: Str) -> Option<Record> {
        self.process_escalations(timestamp);
        ensure!(self.alerts.contains_key(&alert_id), exists("alert", alert_id), None);
        self.alerts.get(&alert_id).map(Record::of)
    }

    /// Lists the alerts of at least a severity as `id(message)`: the most severe first, by id on ties.
    #[op(2)]
    fn list_by_severity(&mut self, timestamp: Int, min_severity: Int) -> String {
        self.process_escalations(timestamp);
        let severe = self.alerts.lists().by_severity.at_least(min_severity);
        let listed: Vec<String> =
            severe.filter_map(|(id, _)| self.alerts.get(&id).map(|alert| format!("{id}({})", alert.message))).collect();
        listed.join(", ")
    }

    /// Lists the alerts that nobody has acknowledged as `id:severity`, by id.
    #[op(2)]
    fn list_unacknowledged(&mut self, timestamp: Int) -> String {
        self.process_escalations(timestamp);
        let waiting = self.alerts.lists().unacknowledged.sorted();
        let listed: Vec<String> = waiting.map(|(id, severity)| format!("{id}:{severity}")).collect();
        listed.join(", ")
    }

    /// Sets the moment at which an alert escalates if nobody has acknowledged it; replaces an earlier one.
    #[op(3)]
    fn set_escalation_deadline(&mut self, timestamp: Int, alert_id: Str, deadline_ms: Int) -> bool {
        self.process_escalations(timestamp);
        ensure!(self.alerts.contains_key(&alert_id), exists("alert", alert_id), false);
        note!(scheduled, what: "escalation", id: alert_id, target: alert_id, amount: Int(1), due: deadline_ms);
        self.alerts.change(&alert_id, |alert| alert.deadline = Some(deadline_ms));
        self.escalations.insert(alert_id, deadline_ms);
        true
    }

    /// Merges an alert into another, which takes over the higher severity and both messages and keeps its own flags.
    #[op(4)]
    fn merge_alerts(&mut self, timestamp: Int, source_id: Str, dest_id: Str) -> bool {
        self.process_escalations(timestamp);
        ensure!(self.alerts.contains_key(&source_id), exists("alert", source_id), false);
        ensure!(self.alerts.contains_key(&dest_id), exists("alert", dest_id), false);
        if let Some(source) = self.alerts.get(&source_id).cloned() {
            self.alerts.change(&dest_id, |dest| {
                dest.severity = dest.severity.max(source.severity);
                dest.message = format!("{} | {}", dest.message, source.message).into();
            });
        }
        // After the change: an alert that is merged into itself is gone.
        self.alerts.remove(&source_id);
        self.record(&dest_id, format!("MERGED {source_id} at {timestamp}"));
        note!(merged, what: "alert", from: source_id, into: dest_id);
        true
    }

    /// Lists what happened under the id of an alert, oldest first.
    #[op(4)]
    fn get_history(&mut self, timestamp: Int, alert_id: Str) -> Option<List<Str>> {
        self.process_escalations(timestamp);
        ensure!(self.alerts.contains_key(&alert_id), exists("alert", alert_id), None);
        self.history.get(&alert_id).cloned()
    }

    /// Runs the operations together, each under the lock of its alert. The answers keep the order of the operations.
    #[op(5)]
    async fn batch_operations(system: Live<Self>, timestamp: Int, operations: Vec<BatchOp>) -> Py<Vec<Value>> {
        system.with(|system| system.process_escalations(timestamp));
        system
            .gather(operations, move |system, op| async move {
                let (BatchOp::Create { alert_id, .. }
                | BatchOp::Acknowledge { alert_id }
                | BatchOp::Get { alert_id }
                | BatchOp::Other { alert_id }) = &op;
                let _lock = system.lock(alert_id).await;
                Ok(system.with(|system| match op {
                    BatchOp::Create { alert_id, message, severity } => {
                        system.create_alert(timestamp, alert_id, message, severity).into_value()
                    }
                    BatchOp::Acknowledge { alert_id } => system.acknowledge_alert(timestamp, alert_id).into_value(),
                    BatchOp::Get { alert_id } => system.get_alert(timestamp, alert_id).into_value(),
                    BatchOp::Other { .. } => Value::None,
                }))
            })
            .await
    }

    /// Sends notifications, so many at a time. Each takes a permit and its time; only then it is seen whether its alert
    /// exists.
    #[op(6)]
    async fn send_notifications(
        system: Live<Self>,
        timestamp: Int,
        alert_ids: Vec<Str>,
        max_concurrent: Int,
    ) -> Py<Vec<String>> {
        system.with(|system| system.process_escalations(timestamp));
        let semaphore = system.semaphore(max_concurrent)?;
        system
            .gather(alert_ids, move |system, alert_id| {
                let semaphore = semaphore.clone();
                async move {
                    let _permit = semaphore.acquire().await;
                    system.sleep_ms(SEND_MS).await;
                    let sent = system.with(|system| system.is_sent(&alert_id));
                    Ok(format!("{}:{alert_id}", if sent { "sent" } else { "failed" }))
                }
            })
            .await
    }

    fn is_sent(&self, alert_id: &Str) -> bool {
        ensure!(self.alerts.contains_key(alert_id), exists("alert", alert_id), false);
        true
    }
}
