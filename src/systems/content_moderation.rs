//! Content moderation: reports in queues, moderators who claim and resolve them, escalation to another queue.

use crate::patterns::{Backups, DueQueue, Expiring, Groups, Listed, Lists, Record, Tally, TtlSnapshot};
use crate::prelude::*;

/// How long it takes to send a decision.
const SEND_MS: f64 = 10.0;

/// Queues and reports.
#[derive(Clone, Default, State)]
pub struct ContentModeration {
    queues: Dict<Str, Queue>,
    reports: Listed<Str, Expiring<Report>, ReportLists>,
    backups: Backups<Snapshot>,
    history: Dict<Str, List<Str>>,
}

#[derive(Clone, State)]
struct Queue {
    priority_level: Int,
}

#[derive(Clone, State)]
struct Report {
    queue_id: Str,
    content_id: Str,
    moderator_id: Option<Str>,
    reason: Str,
    decision: Option<Str>,
    status: Status,
}

impl Report {
    /// Whether it still waits for a decision.
    fn is_open(&self) -> bool {
        matches!(self.status, Status::Pending | Status::Claimed)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, State)]
enum Status {
    Pending,
    Claimed,
    Resolved,
    Expired,
    Escalated,
    Notified,
}

/// The reports by what they have.
#[derive(Clone, Default)]
struct ReportLists {
    /// Only what is PENDING can expire.
    expiries: DueQueue<Str>,
    claimed_by_moderator: Groups,
    open_by_queue: Tally<Str>,
}

impl Lists<Str, Expiring<Report>> for ReportLists {
    fn enter(&mut self, id: &Str, report: &Expiring<Report>) {
        if report.is_open() {
            self.open_by_queue.join(&report.queue_id, id);
        }
        match (report.status, report.expiry, &report.moderator_id) {
            (Status::Pending, Some(expiry), _) => self.expiries.schedule(expiry, id),
            (Status::Claimed, _, Some(moderator_id)) => self.claimed_by_moderator.join(moderator_id, id),
            _ => {}
        }
    }

    fn leave(&mut self, id: &Str, report: &Expiring<Report>) {
        if report.is_open() {
            self.open_by_queue.leave(&report.queue_id, id);
        }
        match (report.status, report.expiry, &report.moderator_id) {
            (Status::Pending, Some(expiry), _) => self.expiries.cancel(expiry, id),
            (Status::Claimed, _, Some(moderator_id)) => self.claimed_by_moderator.leave(moderator_id, id),
            _ => {}
        }
    }
}

#[derive(Clone, State)]
struct Snapshot {
    queues: Dict<Str, Queue>,
    reports: TtlSnapshot<Str, Expiring<Report>>,
    history: Dict<Str, List<Str>>,
}

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "type")]
pub enum BatchOp {
    /// Submits a report.
    Submit {
        /// The queue it goes to.
        queue_id: Str,
        /// The new report.
        report_id: Str,
        /// What it is about.
        content_id: Str,
        /// Why.
        reason: Str,
    },
    /// Claims a report.
    Claim {
        /// The report.
        report_id: Str,
        /// Who claims it.
        moderator_id: Str,
    },
    /// Resolves a report.
    Resolve {
        /// The report.
        report_id: Str,
        /// How.
        decision: Str,
    },
    /// Any other word escalates a report.
    #[item(other)]
    Escalate {
        /// The report.
        report_id: Str,
        /// The queue it must be in.
        from_queue_id: Str,
        /// The queue it goes to.
        to_queue_id: Str,
    },
}

#[system(
    id = "content_moderation",
    class = "ContentModerationPipeline",
    title(en = "Content moderation", zh = "內容審核"),
    summary(
        en = "Reports about content wait in queues: moderators claim and resolve them, they expire or are escalated to another queue, decisions are sent so many at a time.",
        zh = "關於內容嘅 report 喺 queue 度排隊：moderator claim 同 resolve，會過期，可以升級去第二條 queue，decision 限流發出。",
    ),
    family = TwoCollections,
    family_reason(
        en = "Two creators; claim and resolve take the report's ID and no queue, so reports are a flat dict of their own.",
        zh = "兩個 creator；claim 同 resolve 淨係收 report_id，冇 queue_id，所以 reports 自己一個平排 dict。",
    ),
    group = "Multi-Collection",
    signals = [
        "queue", "submit_report", "claim_report(report_id)", "resolve_report(report_id)", "moderator", "escalate",
        "PENDING", "CLAIMED", "RESOLVED", "decision",
    ],
    patterns(
        l3 = "TTL, expiry changes the status",
        l4 = "backup with remaining TTL, history per content, escalate",
        l5 = "single lock, sorted pair lock",
        l6 = FailFast,
    ),
    uses = [
        TopN, StatusMachine, StatusFlip, RemainingTtlBackup, EventHistory, MoveBetween, SingleLock, SortedPairLock,
        FailFast,
    ],
)]
impl ContentModeration {
    fn new() -> Self {
        Self::default()
    }

    /// Lets every PENDING report whose time has come be EXPIRED. Only `submit_report_with_ttl` calls this.
    fn purge_expired_reports(&mut self, timestamp: Int) {
        for id in self.reports.lists_mut().expiries.take_due(timestamp) {
            self.reports.change(&id, |report| {
                report.status = Status::Expired;
                note!(expired, what: "report", id: id, due: report.expiry, now: timestamp, to: "EXPIRED");
            });
        }
    }

    fn is(&self, report_id: &Str, status: Status) -> bool {
        self.reports.get(report_id).is_some_and(|report| report.status == status)
    }

    fn move_to(&mut self, report_id: &Str, status: Status, change: impl FnOnce(&mut Report)) {
        self.reports.change(report_id, |report| {
            note!(moved, what: "report", id: report_id, from: report.status.as_str(), to: status.as_str());
            report.status = status;
            change(report);
        });
    }

    /// Opens a queue. Its priority is kept, and never looked at.
    #[op(1)]
    fn create_queue(&mut self, _timestamp: Int, queue_id: Str, priority_level: Int) -> bool {
        ensure!(!self.queues.contains_key(&queue_id), absent("queue", queue_id), false);
        self.queues.insert(queue_id, Queue { priority_level });
        true
    }

    /// Puts a PENDING report about some content into a queue; it never expires.
    #[op(1)]
    fn submit_report(&mut self, _timestamp: Int, queue_id: Str, report_id: Str, content_id: Str, reason: Str) -> bool {
        ensure!(self.queues.contains_key(&queue_id), exists("queue", queue_id), false);
        ensure!(!self.reports.contains_key(&report_id), absent("report", report_id), false);
        if let Some(history) = self.history.entry(&content_id, List::new) {
            history.push(report_id.clone());
        }
        let status = Status::Pending;
        let report = Report { queue_id, content_id, moderator_id: None, reason, decision: None, status };
        self.reports.insert(report_id, Expiring::new(report));
        true
    }

    /// Gives a PENDING report to a moderator.
    #[op(1)]
    fn claim_report(&mut self, _timestamp: Int, report_id: Str, moderator_id: Str) -> bool {
        ensure!(self.reports.contains_key(&report_id), exists("report", report_id), false);
        ensure!(self.is(&report_id, Status::Pending), status("PENDING", report_id), false);
        self.move_to(&report_id, Status::Claimed, |report| report.moderator_id = Some(moderator_id));
        true
    }

    /// Decides on a report that is PENDING or CLAIMED.
    #[op(1)]
    fn resolve_report(&mut self, _timestamp: Int, report_id: Str, decision: Str) -> bool {
        ensure!(self.reports.contains_key(&report_id), exists("report", report_id), false);
        let open = self.reports.get(&report_id).is_some_and(|report| report.is_open());
        ensure!(open, status("PENDING or CLAIMED", report_id), false);
        self.move_to(&report_id, Status::Resolved, |report| report.decision = Some(decision));
        true
    }

    /// Gives a copy of a report.
    #[op(2)]
    fn find_report(&self, _timestamp: Int, report_id: Str) -> Option<Record> {
        ensure!(self.reports.contains_key(&report_id), exists("report", report_id), None);
        self.reports.get(&report_id).map(Record::of)
    }

    /// Counts the CLAIMED reports of a moderator.
    #[op(2)]
    fn get_moderator_workload(&self, _timestamp: Int, moderator_id: Str) -> Int {
        self.reports.lists().claimed_by_moderator.count(&moderator_id)
    }

    /// Lists the queues with most PENDING and CLAIMED reports, by id on ties; those without any are left out.
    #[op(2)]
    fn get_busiest_queues(&self, _timestamp: Int, n: Int) -> Vec<Str> {
        self.reports.lists().open_by_queue.top(n).map(|(queue_id, _)| queue_id).collect()
    }

    /// Submits a report that is due at `timestamp + ttl_ms`. Overdue ones become EXPIRED in this method alone.
    #[op(3)]
    fn submit_report_with_ttl(
        &mut self,
        timestamp: Int,
        queue_id: Str,
        report_id: Str,
        content_id: Str,
        reason: Str,
        ttl_ms: Int,
    ) -> bool {
        self.purge_expired_reports(timestamp);
        if !self.submit_report(timestamp, queue_id, report_id.clone(), content_id, reason) {
            return false;
        }
        self.reports.change(&report_id, |report| report.expiry = Some(timestamp + ttl_ms));
        true
    }

    /// Gives the timestamp it is called with: a report does not know when it was submitted. None once it is EXPIRED.
    #[op(3)]
    fn get_report_age(&self, timestamp: Int, report_id: Str) -> Option<Int> {
        ensure!(self.reports.contains_key(&report_id), exists("report", report_id), None);
        ensure!(!self.is(&report_id, Status::Expired), alive("report", report_id), None);
        Some(timestamp)
    }

    /// Lists the reports about some content, in order of submission.
    #[op(4)]
    fn get_content_history(&self, _timestamp: Int, content_id: Str) -> List<Str> {
        self.history.get(&content_id).cloned().unwrap_or_default()
    }

    /// Moves a report of any status to another queue, known or not, and makes it ESCALATED for good.
    #[op(4)]
    fn escalate(&mut self, _timestamp: Int, report_id: Str, from_queue_id: Str, to_queue_id: Str) -> bool {
        let queue_id = self.reports.get(&report_id).map(|report| &report.queue_id);
        ensure!(queue_id.is_some(), exists("report", report_id), false);
        ensure!(queue_id == Some(&from_queue_id), member("report", report_id), false);
        self.move_to(&report_id, Status::Escalated, |report| report.queue_id = to_queue_id);
        true
    }

    /// Keeps a snapshot of everything, reports with their remaining TTL, and gives the number of reports as a string.
    #[op(4)]
    fn backup(&mut self, timestamp: Int) -> String {
        let snapshot = Snapshot {
            queues: self.queues.clone(),
            reports: TtlSnapshot::of(&self.reports, timestamp),
            history: self.history.clone(),
        };
        self.backups.keep(timestamp, snapshot);
        let kept = self.reports.count();
        note!(snapshot, at: timestamp, kept: kept, of: kept);
        kept.to_string()
    }

    /// Goes back to the last snapshot that is not later than `restore_timestamp`; TTLs run on from `timestamp`.
    #[op(4)]
    fn restore(&mut self, timestamp: Int, restore_timestamp: Int) -> bool {
        let found = self.backups.last_taken(restore_timestamp);
        ensure!(found.is_some(), exists("backup", restore_timestamp), false);
        let Some(found) = found else { return false };
        let (taken, snapshot) = &*found;
        self.queues = snapshot.queues.clone();
        self.reports.replace(snapshot.reports.rebased(timestamp));
        self.history = snapshot.history.clone();
        note!(restored, from: taken, now: timestamp, kept: self.reports.count());
        true
    }

    /// Runs the operations together, each under the lock of its report; an escalation under those of both queues.
    #[op(5)]
    async fn batch_moderate(pipeline: Live<Self>, timestamp: Int, ops: Vec<BatchOp>) -> Py<Vec<bool>> {
        pipeline
            .gather(ops, move |pipeline, op| async move {
                match op {
                    BatchOp::Submit { queue_id, report_id, content_id, reason } => {
                        let _lock = pipeline.lock(&report_id).await;
                        Ok(pipeline.with(|p| p.submit_report(timestamp, queue_id, report_id, content_id, reason)))
                    }
                    BatchOp::Claim { report_id, moderator_id } => {
                        let _lock = pipeline.lock(&report_id).await;
                        Ok(pipeline.with(|p| p.claim_report(timestamp, report_id, moderator_id)))
                    }
                    BatchOp::Resolve { report_id, decision } => {
                        let _lock = pipeline.lock(&report_id).await;
                        Ok(pipeline.with(|p| p.resolve_report(timestamp, report_id, decision)))
                    }
                    BatchOp::Escalate { report_id, from_queue_id, to_queue_id } => {
                        let _locks = pipeline.sorted_pair_lock(&from_queue_id, &to_queue_id).await;
                        Ok(pipeline.with(|p| p.escalate(timestamp, report_id, from_queue_id, to_queue_id)))
                    }
                }
            })
            .await
    }

    /// Sends the decisions on RESOLVED reports, so many at a time; what is missing or not RESOLVED takes no permit.
    #[op(6)]
    async fn send_decisions(
        pipeline: Live<Self>,
        _timestamp: Int,
        report_ids: Vec<Str>,
        max_concurrent: Int,
    ) -> Py<Vec<bool>> {
        let semaphore = pipeline.semaphore(max_concurrent)?;
        pipeline
            .gather(report_ids, move |pipeline, report_id| {
                let semaphore = semaphore.clone();
                async move {
                    if !pipeline.with(|pipeline| pipeline.may_send(&report_id)) {
                        return Ok(false);
                    }
                    let _permit = semaphore.acquire().await;
                    pipeline.sleep_ms(SEND_MS).await;
                    pipeline.with(|pipeline| pipeline.move_to(&report_id, Status::Notified, |_| {}));
                    Ok(true)
                }
            })
            .await
    }

    fn may_send(&self, report_id: &Str) -> bool {
        ensure!(self.reports.contains_key(report_id), exists("report", report_id), false);
        ensure!(self.is(report_id, Status::Resolved), status("RESOLVED", report_id), false);
        true
    }
}
