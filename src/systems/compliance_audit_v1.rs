//! Compliance audit, first variant: policies, and violations of entities against them. Expiry changes the status.

use crate::patterns::{Backups, DueQueue, Expiring, Groups, Listed, Lists, Record, Tally, TtlSnapshot};
use crate::prelude::*;

/// How long an external report takes.
const REPORT_MS: f64 = 10.0;

/// Policies and violations.
#[derive(Clone, Default, State)]
pub struct ComplianceAuditV1 {
    policies: Dict<Str, Policy>,
    violations: Listed<Str, Expiring<Violation>, ViolationLists>,
    backups: Backups<Snapshot>,
    merged_entities: Dict<Str, Str>,
    history: Dict<Str, List<Str>>,
}

#[derive(Clone, State)]
struct Policy {
    description: Str,
    max_violations: Int,
}

#[derive(Clone, State)]
struct Violation {
    policy_id: Str,
    entity_id: Str,
    severity: Int,
    status: Status,
}

#[derive(Clone, Copy, PartialEq, Eq, State)]
enum Status {
    Active,
    Cleared,
    Expired,
    Reported,
}

/// The violations by what they have.
#[derive(Clone, Default)]
struct ViolationLists {
    /// Only what is ACTIVE can expire.
    expiries: DueQueue<Str>,
    by_entity: Groups,
    active_by_entity: Tally<Str>,
}

impl Lists<Str, Expiring<Violation>> for ViolationLists {
    fn enter(&mut self, id: &Str, violation: &Expiring<Violation>) {
        self.by_entity.join(&violation.entity_id, id);
        if violation.status == Status::Active {
            self.active_by_entity.join(&violation.entity_id, id);
            if let Some(expiry) = violation.expiry {
                self.expiries.schedule(expiry, id);
            }
        }
    }

    fn leave(&mut self, id: &Str, violation: &Expiring<Violation>) {
        self.by_entity.leave(&violation.entity_id, id);
        if violation.status == Status::Active {
            self.active_by_entity.leave(&violation.entity_id, id);
            if let Some(expiry) = violation.expiry {
                self.expiries.cancel(expiry, id);
            }
        }
    }
}

#[derive(Clone, State)]
struct Snapshot {
    policies: Dict<Str, Policy>,
    violations: TtlSnapshot<Str, Expiring<Violation>>,
    history: Dict<Str, List<Str>>,
    merged_entities: Dict<Str, Str>,
}

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "type")]
pub enum BatchOp {
    /// Flags a violation.
    Flag {
        /// The policy that is violated.
        policy_id: Str,
        /// Who violates it.
        entity_id: Str,
        /// The new violation.
        violation_id: Str,
        /// How bad it is.
        severity: Int,
    },
    /// Clears a violation.
    Clear {
        /// The violation.
        violation_id: Str,
    },
    /// Any other word moves a violation to another entity.
    #[item(other)]
    Move {
        /// The violation.
        violation_id: Str,
        /// Who must have it.
        from_entity_id: Str,
        /// Who gets it.
        to_entity_id: Str,
    },
}

#[system(
    id = "compliance_audit_v1",
    class = "ComplianceAuditEngine",
    title(en = "Compliance audit, first variant", zh = "合規審計（第一版）"),
    summary(
        en = "Policies, and violations of entities against them: clear, rank the worst, expire, merge entities, move in a batch, report so many at a time.",
        zh = "policies，同埋 entities 違反 policies 嘅 violations：clear、排最差、過期、合併 entity、batch 搬、限流 report。",
    ),
    family = TwoCollections,
    family_reason(
        en = "Two creators; `clear_violation` takes the violation's ID alone, so violations are a flat dict of their own.",
        zh = "兩個 creator；clear_violation 淨係收 violation_id，所以 violations 自己一個平排 dict。",
    ),
    group = "Multi-Collection",
    signals = [
        "register_policy", "flag_violation", "clear_violation(violation_id)", "entity", "worst entities", "expired",
        "merge entities", "violation history", "report",
    ],
    patterns(
        l3 = "TTL, expiry changes the status",
        l4 = "backup with remaining TTL, history per entity, merge",
        l5 = "single lock, sorted pair lock",
        l6 = FailFast,
    ),
    uses = [
        TopN, StatusFlip, RemainingTtlBackup, EventHistory, Merge, MoveBetween, SingleLock, SortedPairLock, FailFast,
    ],
)]
impl ComplianceAuditV1 {
    fn new() -> Self {
        Self::default()
    }

    /// Lets every ACTIVE violation whose time has come be EXPIRED. Only `flag_violation_with_ttl` calls this.
    fn purge_expired_violations(&mut self, timestamp: Int) {
        for id in self.violations.lists_mut().expiries.take_due(timestamp) {
            self.violations.change(&id, |violation| {
                violation.status = Status::Expired;
                note!(expired, what: "violation", id: id, due: violation.expiry, now: timestamp, to: "EXPIRED");
            });
        }
    }

    fn is_active(&self, violation_id: &Str) -> bool {
        self.violations.get(violation_id).is_some_and(|violation| violation.status == Status::Active)
    }

    fn move_to(&mut self, violation_id: &Str, status: Status) {
        self.violations.change(violation_id, |violation| {
            note!(moved, what: "violation", id: violation_id, from: violation.status.as_str(), to: status.as_str());
            violation.status = status;
        });
    }

    fn remember(&mut self, entity_id: &Str, violation_id: Str) {
        if let Some(history) = self.history.entry(entity_id, List::new) {
            history.push(violation_id);
        }
    }

    /// Registers a policy. Its maximum is kept, and never looked at.
    #[op(1)]
    fn register_policy(&mut self, _timestamp: Int, policy_id: Str, description: Str, max_violations: Int) -> bool {
        ensure!(!self.policies.contains_key(&policy_id), absent("policy", policy_id), false);
        self.policies.insert(policy_id, Policy { description, max_violations });
        true
    }

    /// Flags an ACTIVE violation of an entity against a policy; it never expires.
    #[op(1)]
    fn flag_violation(
        &mut self,
        _timestamp: Int,
        policy_id: Str,
        entity_id: Str,
        violation_id: Str,
        severity: Int,
    ) -> bool {
        ensure!(self.policies.contains_key(&policy_id), exists("policy", policy_id), false);
        ensure!(!self.violations.contains_key(&violation_id), absent("violation", violation_id), false);
        self.remember(&entity_id, violation_id.clone());
        let violation = Violation { policy_id, entity_id, severity, status: Status::Active };
        self.violations.insert(violation_id, Expiring::new(violation));
        true
    }

    /// Clears an ACTIVE violation.
    #[op(1)]
    fn clear_violation(&mut self, _timestamp: Int, violation_id: Str) -> bool {
        ensure!(self.violations.contains_key(&violation_id), exists("violation", violation_id), false);
        ensure!(self.is_active(&violation_id), status("ACTIVE", violation_id), false);
        self.move_to(&violation_id, Status::Cleared);
        true
    }

    /// Lists the ACTIVE violations of an entity by id.
    #[op(1)]
    fn get_active_violations(&self, _timestamp: Int, entity_id: Str) -> Vec<Str> {
        self.violations.lists().active_by_entity.ids(&entity_id).collect()
    }

    /// Gives a copy of a violation.
    #[op(2)]
    fn find_violation(&self, _timestamp: Int, violation_id: Str) -> Option<Record> {
        ensure!(self.violations.contains_key(&violation_id), exists("violation", violation_id), None);
        self.violations.get(&violation_id).map(Record::of)
    }

    /// Lists the entities with most ACTIVE violations, by id on ties; those without any are left out.
    #[op(2)]
    fn get_worst_entities(&self, _timestamp: Int, n: Int) -> Vec<Str> {
        self.violations.lists().active_by_entity.top(n).map(|(entity_id, _)| entity_id).collect()
    }

    /// Flags a violation that is due at `timestamp + ttl_ms`. Overdue ones become EXPIRED in this method alone.
    #[op(3)]
    fn flag_violation_with_ttl(
        &mut self,
        timestamp: Int,
        policy_id: Str,
        entity_id: Str,
        violation_id: Str,
        severity: Int,
        ttl_ms: Int,
    ) -> bool {
        self.purge_expired_violations(timestamp);
        if !self.flag_violation(timestamp, policy_id, entity_id, violation_id.clone(), severity) {
            return false;
        }
        self.violations.change(&violation_id, |violation| violation.expiry = Some(timestamp + ttl_ms));
        true
    }

    /// Keeps a snapshot of everything, violations with their remaining TTL, and gives the number of violations as a string.
    #[op(4)]
    fn backup(&mut self, timestamp: Int) -> String {
        let snapshot = Snapshot {
            policies: self.policies.clone(),
            violations: TtlSnapshot::of(&self.violations, timestamp),
            history: self.history.clone(),
            merged_entities: self.merged_entities.clone(),
        };
        self.backups.keep(timestamp, snapshot);
        let kept = self.violations.count();
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
        self.policies = snapshot.policies.clone();
        self.violations.replace(snapshot.violations.rebased(timestamp));
        self.history = snapshot.history.clone();
        self.merged_entities = snapshot.merged_entities.clone();
        note!(restored, from: taken, now: timestamp, kept: self.violations.count());
        true
    }

    /// Lists the violations that were flagged for an entity or moved to it, in that order.
    #[op(4)]
    fn get_violation_history(&self, _timestamp: Int, entity_id: Str) -> List<Str> {
        self.history.get(&entity_id).cloned().unwrap_or_default()
    }

    /// Gives all violations and the history of one entity to another. Checks nothing: merged into itself, an entity loses
    /// its history.
    #[op(4)]
    fn merge_entity(&mut self, _timestamp: Int, from_entity_id: Str, to_entity_id: Str) -> bool {
        let moved: Vec<Str> = self.violations.lists().by_entity.ids(&from_entity_id).collect();
        for violation_id in moved {
            self.violations.change(&violation_id, |violation| violation.entity_id = to_entity_id.clone());
        }
        let past = self.history.get(&from_entity_id).cloned().unwrap_or_default();
        if let Some(history) = self.history.entry(&to_entity_id, List::new) {
            history.extend(past.iter().cloned());
        }
        self.history.remove(&from_entity_id);
        note!(merged, what: "entity", from: from_entity_id, into: to_entity_id);
        self.merged_entities.insert(from_entity_id, to_entity_id);
        true
    }

    /// Runs the operations together, each under the lock of its violation; a move under those of both entities.
    #[op(5)]
    async fn batch_audit(audit: Live<Self>, timestamp: Int, ops: Vec<BatchOp>) -> Py<Vec<bool>> {
        audit
            .gather(ops, move |audit, op| async move {
                match op {
                    BatchOp::Flag { policy_id, entity_id, violation_id, severity } => {
                        let _lock = audit.lock(&violation_id).await;
                        Ok(audit.with(|audit| {
                            audit.flag_violation(timestamp, policy_id, entity_id, violation_id, severity)
                        }))
                    }
                    BatchOp::Clear { violation_id } => {
                        let _lock = audit.lock(&violation_id).await;
                        Ok(audit.with(|audit| audit.clear_violation(timestamp, violation_id)))
                    }
                    BatchOp::Move { violation_id, from_entity_id, to_entity_id } => {
                        let _locks = audit.sorted_pair_lock(&from_entity_id, &to_entity_id).await;
                        Ok(audit.with(|audit| audit.move_violation(violation_id, &from_entity_id, to_entity_id)))
                    }
                }
            })
            .await
    }

    /// Moves a violation of any status. It stays in the history of the entity it leaves.
    fn move_violation(&mut self, violation_id: Str, from_entity_id: &Str, to_entity_id: Str) -> bool {
        let owner = self.violations.get(&violation_id).map(|violation| &violation.entity_id);
        ensure!(owner.is_some(), exists("violation", violation_id), false);
        ensure!(owner == Some(from_entity_id), owned("violation", from_entity_id), false);
        note!(moved, what: "violation", id: violation_id, from: from_entity_id, to: to_entity_id);
        self.violations.change(&violation_id, |violation| violation.entity_id = to_entity_id.clone());
        self.remember(&to_entity_id, violation_id);
        true
    }

    /// Reports ACTIVE violations, so many at a time; what is missing or not ACTIVE takes no permit.
    #[op(6)]
    async fn report_violations(
        audit: Live<Self>,
        _timestamp: Int,
        violation_ids: Vec<Str>,
        max_concurrent: Int,
    ) -> Py<Vec<bool>> {
        let semaphore = audit.semaphore(max_concurrent)?;
        audit
            .gather(violation_ids, move |audit, violation_id| {
                let semaphore = semaphore.clone();
                async move {
                    if !audit.with(|audit| audit.may_report(&violation_id)) {
                        return Ok(false);
                    }
                    let _permit = semaphore.acquire().await;
                    audit.sleep_ms(REPORT_MS).await;
                    audit.with(|audit| audit.move_to(&violation_id, Status::Reported));
                    Ok(true)
                }
            })
            .await
    }

    fn may_report(&self, violation_id: &Str) -> bool {
        ensure!(self.violations.contains_key(violation_id), exists("violation", violation_id), false);
        ensure!(self.is_active(violation_id), status("ACTIVE", violation_id), false);
        true
    }
}
