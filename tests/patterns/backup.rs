//! L4 backup and restore: what comes back is what was there.

use proptest::prelude::*;
use specsight::engine::{Step, SystemInfo};
use specsight::patterns::Pattern;
use specsight::value::{Int, Value};

use crate::calls::{Call, call, calls, is_about_snapshots, is_backup, is_restore, moment, of};
use crate::held::on_edge;
use crate::law::{check, check_on};
use crate::recorded::{Moment, Recorded};
use crate::view::{differing, total};

/// Where snapshots themselves are kept.
const BOOKKEEPING: [&str; 3] = ["backups", "snapshots", "snap_counter"];

/// Attributes that are in no snapshot, by system: a restore leaves them as they are.
const NOT_KEPT: [(&str, &[&str]); 8] = [
    ("capacity_reservation", &["merged_zones"]),
    // The snapshot is that of one node's objects; the node's limit and history stay.
    ("cdn_edge_cache", &["nodes"]),
    ("generic_flat", &["merged_items"]),
    ("generic_flat_v2", &["merged_items"]),
    ("generic_two_collections", &["merged_groups"]),
    ("generic_two_collections_v2", &["merged_groups"]),
    // The decays go on by themselves.
    ("leaderboard", &["decay_interval", "decay_next_due"]),
    // No id is given twice.
    ("log_aggregator", &["log_counter", "retention_ms"]),
];

/// Systems whose snapshots keep no expiry of what is over.
const FORGET_SPENT_TIME: [&str; 2] = ["compliance_audit_v2", "fleet_tracker"];

/// The system whose snapshots hold times as they are, and whose restore works out what was left of them: the same result.
const REBASES_AT_RESTORE: &str = "permission_acl";

/// The backup that no method goes back to: its `restore_with_ttl` is announced and never written.
const NO_WAY_BACK: &str = "backup_with_ttl";

/// The system whose snapshots the caller keeps. A restore adds to what a node holds, and the node may have no room for both.
const HANDS_OUT: &str = "cdn_edge_cache";

fn keeps_snapshots(info: &SystemInfo) -> bool {
    info.uses.iter().any(|used| [Pattern::DeepCopyBackup, Pattern::RemainingTtlBackup].contains(used))
}

/// Whether what a snapshot holds lives on from the restore for as long as it still had, rather than until the same moment.
fn rebases(info: &SystemInfo) -> bool {
    !info.uses.contains(&Pattern::DeepCopyBackup) || info.id == REBASES_AT_RESTORE
}

/// The call that goes back to the snapshot that `backup` has just taken.
fn restoring(recorded: &Recorded, backup: &Call, taken: &Step, moment: &Moment) -> Call {
    let restore = recorded.info.operations.iter().find(|operation| is_restore(operation)).expect("a restore");
    let args = restore.params.iter().map(|param| match (param.name, param.py_type.as_str()) {
        (name, _) if name.ends_with("timestamp") || name.ends_with("_ts") => Value::Int(moment.now),
        (_, "int") => number_of_the_newest(&moment.view()),
        (name, "str") => match backup.arg(recorded.operation(backup.operation), name) {
            Some(same) => same.clone(),
            None => taken.returns.clone(),
        },
        (name, _) => taken.returns.get(name).cloned().unwrap_or_default(),
    });
    Call::new(restore, args.collect())
}

/// From 0.
fn number_of_the_newest(view: &Value) -> Value {
    match view.get("backups") {
        Some(Value::List(taken)) => Value::Int(Int::count(taken.len()) - 1),
        other => panic!("{other:?} instead of a list of backups"),
    }
}

/// How a state is looked at.
struct Looking<'a> {
    info: &'a SystemInfo,
    now: Int,
    /// By how much every life is seen longer than it is.
    longer: Int,
}

impl Looking<'_> {
    /// What a snapshot keeps of a state.
    fn at(&self, view: &Value) -> Value {
        let Value::Dict(attributes) = view else { panic!("{view:?} is no state") };
        let left_out = NOT_KEPT.iter().find(|(id, _)| *id == self.info.id).map_or(&[][..], |(_, names)| names);
        let is_kept = |name: &str| !BOOKKEEPING.iter().chain(left_out).any(|other| *other == name);
        let kept = attributes.iter().filter(|(name, _)| is_kept(&name.key_text()));
        // All that is in an attribute may be dead; the attribute is there nevertheless.
        let empty = || Value::Dict(Vec::new());
        Value::Dict(kept.map(|(name, value)| (name.clone(), self.inside(value).unwrap_or_else(empty))).collect())
    }

    /// What is kept of something inside a state, if anything is.
    fn inside(&self, value: &Value) -> Option<Value> {
        match value {
            Value::Dict(fields) if fields.iter().any(|(name, _)| is_expiry(name)) => self.record(value, fields),
            Value::Dict(entries) => {
                let kept: Vec<_> =
                    entries.iter().filter_map(|(key, entry)| Some((key.clone(), self.inside(entry)?))).collect();
                (entries.is_empty() || !kept.is_empty()).then_some(Value::Dict(kept))
            }
            Value::List(items) => Some(Value::List(items.iter().filter_map(|item| self.inside(item)).collect())),
            other => Some(other.clone()),
        }
    }

    fn record(&self, record: &Value, fields: &[(Value, Value)]) -> Option<Value> {
        let is_spent = matches!(record.get("status"), Some(Value::Str(status)) if **status != *"ACTIVE");
        let forgotten = is_spent && FORGET_SPENT_TIME.contains(&self.info.id);
        let mut seen = Vec::new();
        for (name, value) in fields {
            let value = match value {
                // Where dead things stay until somebody removes them, snapshots do without them.
                Value::Int(dies) if is_expiry(name) && *dies <= self.now && skips_the_dead(self.info) => return None,
                Value::Int(_) if is_expiry(name) && forgotten => Value::None,
                Value::Int(dies) if is_expiry(name) => Value::Int(*dies + self.longer),
                other => self.inside(other)?,
            };
            seen.push((name.clone(), value));
        }
        Some(Value::Dict(seen))
    }
}

fn is_expiry(name: &Value) -> bool {
    matches!(name, Value::Str(name) if ["expiry", "expires_at"].contains(&&**name))
}

fn skips_the_dead(info: &SystemInfo) -> bool {
    info.uses.contains(&Pattern::InlineTtl)
}

/// A backup, and what happens before it is needed.
fn cases(recorded: &Recorded) -> BoxedStrategy<(usize, Call, Vec<Call>)> {
    let meanwhile = calls(recorded, |operation| !is_about_snapshots(operation));
    let backup = call(recorded, |operation| is_backup(operation) && operation.name != NO_WAY_BACK);
    (moment(recorded), backup, prop_oneof![1 => Just(Vec::new()), 2 => meanwhile]).boxed()
}

fn is_noted(step: &Step, code: &str) -> bool {
    step.notes.iter().any(|note| note.code == code)
}

#[test]
fn a_restore_brings_back_what_the_backup_found() {
    check(
        |info| keeps_snapshots(info) && info.id != HANDS_OUT,
        &[],
        cases,
        |recorded, (at, backup, meanwhile)| {
            let mut moment = recorded.moments[at].fork();
            // Later than every snapshot before, so that it is this one that comes back.
            moment.wait(backup.pause + 1);
            let Ok(taken) = moment.step(&backup) else { return Err(TestCaseError::reject("raises")) };
            prop_assert!(is_noted(&taken, "snapshot"));
            let restore = restoring(recorded, &backup, &taken, &moment);
            let (found, when) = (moment.view(), moment.now);
            for call in meanwhile {
                moment.wait(call.pause);
                let _ = moment.call(&call);
            }
            let restored = moment.step(&restore).map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert!(is_noted(&restored, "restored"), "{:?}: {}", restore, restored.returns.text());
            let longer = if rebases(&recorded.info) { moment.now - when } else { Int::ZERO };
            let expected = Looking { info: &recorded.info, now: when, longer }.at(&found);
            let brought_back =
                Looking { info: &recorded.info, now: when + longer, longer: Int::ZERO }.at(&moment.view());
            let difference = differing(&expected, &brought_back);
            prop_assert!(difference.is_none(), "{:?} {restore:?}", difference);
            Ok(())
        },
    );
}

#[test]
fn a_snapshot_that_was_handed_out_fills_the_emptied_node_again() {
    let recorded = &Recorded::of(HANDS_OUT);
    let outcome =
        check_on(recorded, (moment(recorded), of(recorded, recorded.operation("backup"))).boxed(), |(at, backup)| {
            let mut moment = recorded.moments[at].fork();
            moment.wait(backup.pause);
            let Ok(taken) = moment.step(&backup) else { return Err(TestCaseError::reject("raises")) };
            prop_assume!(is_noted(&taken, "snapshot"));
            let found = moment.view();
            let node = backup.arg(recorded.operation("backup"), "node_id").cloned().unwrap_or_default();
            // A copy may have made it fuller than it may be.
            let limit = total(&found, &format!("nodes.{}.storage_limit_mb", node.key_text()));
            prop_assume!(on_edge(&found, &node.key_text()) <= limit);
            let purge = recorded.operation("purge_nodes");
            let purge = Call::new(purge, vec![Value::None, Value::List(vec![node]), Value::Int(Int(1))]);
            moment.call(&purge).map_err(|error| TestCaseError::fail(error.to_string()))?;
            let restored = moment.step(&restoring(recorded, &backup, &taken, &moment));
            prop_assert!(restored.is_ok_and(|step| is_noted(&step, "restored")));
            let looking = Looking { info: &recorded.info, now: moment.now, longer: Int::ZERO };
            let difference = differing(&looking.at(&found), &looking.at(&moment.view()));
            prop_assert!(difference.is_none(), "{:?}", difference);
            Ok(())
        });
    assert_eq!(outcome, Ok(()));
}
