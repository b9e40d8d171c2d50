//! Compliance audit, second variant: a maximum per entity and policy, merged entities that are followed, restore by number,
//! and a report that is all or nothing.

use crate::patterns::{Dated, DueQueue, Groups, Listed, Lists, Mortal, Snapshots, Tally, TtlSnapshot, follow};
use crate::prelude::*;

/// How long an external report takes.
const REPORT_MS: f64 = 10.0;

/// Policies and violations.
#[derive(Clone, Default, State)]
pub struct ComplianceAuditV2 {
    policies: Dict<Str, Policy>,
    violations: Listed<Str, Violation, ViolationLists>,
    history: Dict<Str, List<Str>>,
    merged_entities: Dict<Str, Str>,
    backups: Snapshots<Snapshot>,
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
    expiry: Option<Int>,
}

#[derive(Clone, Copy, PartialEq, Eq, State)]
enum Status {
    Active,
    Cleared,
    Expired,
    Reported,
}

/// Only what is ACTIVE can still die: a backup keeps no TTL of anything else.
impl Mortal for Violation {
    fn expiry(&self) -> Option<Int> {
        self.expiry.filter(|_| self.status == Status::Active)
    }

    fn with_expiry(&self, expiry: Option<Int>) -> Self {
        Self { expiry, ..self.clone() }
    }
}

/// The violations by what they have.
#[derive(Clone, Default)]
struct ViolationLists {
    expiries: DueQueue<Str>,
    by_entity: Groups,
    active_by_entity: Tally<Str>,
    /// What the maximum of a policy counts, by entity and policy.
    active_by_both: Groups,
}

impl Lists<Str, Violation> for ViolationLists {
    fn enter(&mut self, id: &Str, violation: &Violation) {
        let Violation { policy_id, entity_id, .. } = violation;
        self.by_entity.join(entity_id, id);
        if violation.status == Status::Active {
            self.active_by_entity.join(entity_id, id);
            self.active_by_both.join(&(entity_id.clone(), policy_id.clone()), id);
        }
        if let Some(expiry) = violation.expiry() {
            self.expiries.schedule(expiry, id);
        }
    }

    fn leave(&mut self, id: &Str, violation: &Violation) {
        let Violation { policy_id, entity_id, .. } = violation;
        self.by_entity.leave(entity_id, id);
        if violation.status == Status::Active {
            self.active_by_entity.leave(entity_id, id);
            self.active_by_both.leave(&(entity_id.clone(), policy_id.clone()), id);
        }
        if let Some(expiry) = violation.expiry() {
            self.expiries.cancel(expiry, id);
        }
    }
}

#[derive(Clone, State)]
struct Snapshot {
    timestamp: Int,
    policies: Dict<Str, Policy>,
    violations: TtlSnapshot<Str, Violation>,
    history: Dict<Str, List<Str>>,
    merged_entities: Dict<Str, Str>,
}

impl Dated for Snapshot {
    fn timestamp(&self) -> Int {
        self.timestamp
    }
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
        /// Milliseconds until it expires; 0 for never.
        #[item(default)]
        ttl_ms: Int,
    },
    /// Clears a violation.
    Clear {
        /// The violation.
        violation_id: Str,
    },
    /// Gives a violation to another entity.
    Transfer {
        /// The violation.
        violation_id: Str,
        /// Who gets it.
        to_entity: Str,
    },
    /// Any other word is refused.
    #[item(other)]
    Other {},
}

#[system(
    id = "compliance_audit_v2",
    class = "ComplianceAuditEngine",
    title(en = "Compliance audit, second variant", zh = "合規審計（第二版）"),
    summary(
        en = "Violations of entities against policies with a maximum per entity and policy; merged entities are followed, restore takes a backup's number, a report is all or nothing.",
        zh = "entities 違反 policies，每個 entity 每條 policy 有上限；合併咗嘅 entity 會跟 chain，restore 用 backup 編號，report 一係全部得、一係全部唔得。",
    ),
    family = TwoCollections,
    family_reason(
        en = "Two creators; `clear_violation` and `find_violation` take the violation's ID alone, so violations are a flat dict.",
        zh = "兩個 creator；clear_violation 同 find_violation 淨係收 violation_id，所以 violations 自己一個平排 dict。",
    ),
    group = "Multi-Collection",
    signals = [
        "register_policy", "max_violations", "flag_violation", "clear_violation(violation_id)", "ttl_ms", "merge_entity",
        "backup index", "raise ValueError", "report",
    ],
    patterns(
        l3 = "TTL as a parameter, expiry changes the status",
        l4 = "backup by number with remaining TTL, history per entity, merge chain",
        l5 = "sequential loop, single lock, sorted pair lock",
        l6 = FailFast,
    ),
    uses = [
        TopN, StatusFlip, CapacityGate, RemainingTtlBackup, EventHistory, Merge, MoveBetween, SingleLock,
        SortedPairLock, FailFast,
    ],
)]
impl ComplianceAuditV2 {
    fn new() -> Self {
        Self::default()
    }

    /// Lets every ACTIVE violation whose time has come be EXPIRED.
    fn purge(&mut self, timestamp: Int) {
        for id in self.violations.lists_mut().expiries.take_due(timestamp) {
            self.violations.change(&id, |violation| {
                violation.status = Status::Expired;
                note!(expired, what: "violation", id: id, due: violation.expiry, now: timestamp, to: "EXPIRED");
            });
        }
    }

    /// Who an entity is after all merges.
    fn resolve_entity(&self, entity_id: &Str) -> Str {
        let resolved = follow(&self.merged_entities, entity_id);
        if resolved != *entity_id {
            note!(routed, what: "entity", id: entity_id, to: resolved);
        }
        resolved
    }

    fn is(&self, violation_id: &Str, status: Status) -> bool {
        self.violations.get(violation_id).is_some_and(|violation| violation.status == status)
    }

    /// Whether an entity may have one more ACTIVE violation of a policy.
    fn has_room(&self, entity_id: &Str, policy_id: &Str) -> bool {
        let active = self.violations.lists().active_by_both.count(&(entity_id.clone(), policy_id.clone()));
        self.policies.get(policy_id).is_some_and(|policy| active < policy.max_violations)
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

    /// Registers a policy with the most ACTIVE violations that one entity may have of it.
    #[op(1)]
    fn register_policy(&mut self, _timestamp: Int, policy_id: Str, description: Str, max_violations: Int) -> bool {
        ensure!(!self.policies.contains_key(&policy_id), absent("policy", policy_id), false);
        self.policies.insert(policy_id, Policy { description, max_violations });
        true
    }

    /// Flags a violation, up to the policy's maximum; it is EXPIRED from `timestamp + ttl_ms` on, without a TTL above 0 never.
    #[op(1)]
    fn flag_violation(
        &mut self,
        timestamp: Int,
        policy_id: Str,
        entity_id: Str,
        violation_id: Str,
        severity: Int,
        #[default(Int::ZERO)] ttl_ms: Int,
    ) -> bool {
        self.purge(timestamp);
        let entity_id = self.resolve_entity(&entity_id);
        ensure!(self.policies.contains_key(&policy_id), exists("policy", policy_id), false);
        ensure!(!self.violations.contains_key(&violation_id), absent("violation", violation_id), false);
        ensure!(self.has_room(&entity_id, &policy_id), capacity("policy", policy_id), false);
        self.remember(&entity_id, violation_id.clone());
        let expiry = (ttl_ms > 0).then(|| timestamp + ttl_ms);
        let violation = Violation { policy_id, entity_id, severity, status: Status::Active, expiry };
        self.violations.insert(violation_id, violation);
        true
    }

    /// Clears an ACTIVE violation.
    #[op(1)]
    fn clear_violation(&mut self, timestamp: Int, violation_id: Str) -> bool {
        self.purge(timestamp);
        ensure!(self.violations.contains_key(&violation_id), exists("violation", violation_id), false);
        ensure!(self.is(&violation_id, Status::Active), status("ACTIVE", violation_id), false);
        self.move_to(&violation_id, Status::Cleared);
        true
    }

    /// Counts the ACTIVE violations of an entity over all policies.
    #[op(1)]
    fn get_active_violations(&mut self, timestamp: Int, entity_id: Str) -> Int {
        self.purge(timestamp);
        self.violations.lists().active_by_entity.count(&self.resolve_entity(&entity_id))
    }

    /// Lists the entities with most ACTIVE violations and their counts, by id on ties; those without any are left out.
    #[op(2)]
    fn get_worst_entities(&mut self, timestamp: Int, n: Int) -> Vec<(Str, Int)> {
        self.purge(timestamp);
        self.violations.lists().active_by_entity.top(n).collect()
    }

    /// Gives the policy and the entity of a violation, whatever its status.
    #[op(2)]
    fn find_violation(&mut self, timestamp: Int, violation_id: Str) -> Option<(Str, Str)> {
        self.purge(timestamp);
        ensure!(self.violations.contains_key(&violation_id), exists("violation", violation_id), None);
        self.violations.get(&violation_id).map(|violation| (violation.policy_id.clone(), violation.entity_id.clone()))
    }

    /// Keeps a snapshot of everything, ACTIVE violations with their remaining TTL, and gives its number, from 0.
    #[op(4)]
    fn backup(&mut self, timestamp: Int) -> Int {
        self.purge(timestamp);
        let number = self.backups.count();
        self.backups.keep(Snapshot {
            timestamp,
            policies: self.policies.clone(),
            violations: TtlSnapshot::of(&self.violations, timestamp),
            history: self.history.clone(),
            merged_entities: self.merged_entities.clone(),
        });
        note!(snapshot, at: timestamp, kept: self.violations.count(), of: self.violations.count());
        number
    }

    /// Goes back to the snapshot with a number, merges undone too; TTLs run on from `timestamp`.
    #[op(4)]
    fn restore(&mut self, timestamp: Int, backup_idx: Int) -> bool {
        let found = self.backups.numbered(backup_idx);
        ensure!(found.is_some(), exists("backup", backup_idx), false);
        let Some(snapshot) = found else { return false };
        self.policies = snapshot.policies.clone();
        self.violations.replace(snapshot.violations.rebased(timestamp));
        self.history = snapshot.history.clone();
        self.merged_entities = snapshot.merged_entities.clone();
        note!(restored, from: snapshot.timestamp, now: timestamp, kept: self.violations.count());
        true
    }

    /// Lists the violations that were flagged for an entity or given to it, in that order.
    #[op(4)]
    fn get_violation_history(&mut self, timestamp: Int, entity_id: Str) -> List<Str> {
        self.purge(timestamp);
        self.history.get(&self.resolve_entity(&entity_id)).cloned().unwrap_or_default()
    }

    /// Gives all violations and the history of one entity to another, even beyond a policy's maximum.
    #[op(4)]
    fn merge_entity(&mut self, timestamp: Int, from_entity: Str, to_entity: Str) -> bool {
        self.purge(timestamp);
        let from_entity = self.resolve_entity(&from_entity);
        let to_entity = self.resolve_entity(&to_entity);
        ensure!(from_entity != to_entity, different("entity", to_entity), false);
        let moved: Vec<Str> = self.violations.lists().by_entity.ids(&from_entity).collect();
        for violation_id in moved {
            self.violations.change(&violation_id, |violation| violation.entity_id = to_entity.clone());
        }
        if let Some(past) = self.history.remove(&from_entity)
            && let Some(history) = self.history.entry(&to_entity, List::new)
        {
            history.extend(past.iter().cloned());
        }
        note!(merged, what: "entity", from: from_entity, into: to_entity);
        self.merged_entities.insert(from_entity, to_entity);
        true
    }

    /// Runs the operations one after another, each under the lock of its violation; a transfer also under that of the
    /// entity.
    #[op(5)]
    async fn batch_audit(audit: Live<Self>, timestamp: Int, operations: Vec<BatchOp>) -> Py<Vec<bool>> {
        let mut results = Vec::with_capacity(operations.len());
        for op in operations {
            results.push(match op {
                BatchOp::Flag { policy_id, entity_id, violation_id, severity, ttl_ms } => {
                    let _lock = audit.lock(&violation_id).await;
                    audit.with(|audit| {
                        audit.flag_violation(timestamp, policy_id, entity_id, violation_id, severity, ttl_ms)
                    })
                }
                BatchOp::Clear { violation_id } => {
                    let _lock = audit.lock(&violation_id).await;
                    audit.with(|audit| audit.clear_violation(timestamp, violation_id))
                }
                BatchOp::Transfer { violation_id, to_entity } => {
                    let _locks = audit.sorted_pair_lock(&violation_id, &to_entity).await;
                    audit.with(|audit| audit.transfer_violation(timestamp, violation_id, &to_entity))
                }
                BatchOp::Other {} => false,
            });
        }
        Ok(results)
    }

    /// Gives an ACTIVE violation to another entity. It stays in the history of the entity it leaves.
    fn transfer_violation(&mut self, timestamp: Int, violation_id: Str, to_entity: &Str) -> bool {
        self.purge(timestamp);
        ensure!(self.violations.contains_key(&violation_id), exists("violation", violation_id), false);
        ensure!(self.is(&violation_id, Status::Active), status("ACTIVE", violation_id), false);
        let to_entity = self.resolve_entity(to_entity);
        let policy_id =
            self.violations.get(&violation_id).map(|violation| violation.policy_id.clone()).unwrap_or_default();
        // Counted before the violation moves: one that goes to its own owner counts too.
        ensure!(self.has_room(&to_entity, &policy_id), capacity("policy", policy_id), false);
        self.violations.change(&violation_id, |violation| {
            note!(moved, what: "violation", id: violation_id, from: violation.entity_id, to: to_entity);
            violation.entity_id = to_entity.clone();
        });
        self.remember(&to_entity, violation_id);
        true
    }

    /// Reports violations, so many at a time, and lists them in order of completion. One that is unknown or CLEARED raises
    /// before anything is reported.
    #[op(6)]
    async fn report_violations(
        audit: Live<Self>,
        timestamp: Int,
        violation_ids: Vec<Str>,
        max_concurrent: Int,
    ) -> Py<Vec<Str>> {
        audit.with(|audit| {
            audit.purge(timestamp);
            violation_ids.iter().try_for_each(|violation_id| audit.check_report(violation_id))
        })?;
        let semaphore = audit.semaphore(max_concurrent)?;
        let reported = audit.shared(Vec::new());
        let order = reported.clone();
        audit
            .gather(violation_ids, move |audit, violation_id| {
                let (semaphore, reported) = (semaphore.clone(), reported.clone());
                async move {
                    let _permit = semaphore.acquire().await;
                    audit.sleep_ms(REPORT_MS).await;
                    audit.with(|audit| audit.move_to(&violation_id, Status::Reported));
                    reported.borrow_mut().push(violation_id);
                    Ok(())
                }
            })
            .await?;
        Ok(order.take())
    }

    fn check_report(&self, violation_id: &Str) -> Py<()> {
        ensure!(
            self.violations.contains_key(violation_id),
            exists("violation", violation_id),
            Err(Raise::value_error(format!("Violation {violation_id} does not exist")))
        );
        ensure!(
            !self.is(violation_id, Status::Cleared),
            status("not CLEARED", violation_id),
            Err(Raise::value_error(format!("Violation {violation_id} is CLEARED")))
        );
        Ok(())
    }
}
