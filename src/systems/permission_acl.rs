//! Permission ACL: who may do what with which resource, for good or for a time.

use crate::patterns::{Backups, DueQueue, Groups};
use crate::prelude::*;

/// How long the sync of one permission takes.
const SYNC_MS: f64 = 10.0;

/// The rights of users.
#[derive(Clone, Default, State)]
pub struct PermissionAcl {
    permissions: Permissions,
    backups: Backups<Permissions>,
    #[state(skip)]
    expiries: DueQueue<(Str, (Str, Str))>,
    /// Users by `(resource, permission)`.
    #[state(skip)]
    users: Groups,
}

/// User, resource, permission.
type Permissions = Dict<Str, Dict<Str, Dict<Str, Grant>>>;

#[derive(Clone, State)]
struct Grant {
    granted_at: Int,
    expires_at: Option<Int>,
}

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "type")]
pub enum BatchOp {
    /// Grants a permission for good.
    Grant { user_id: Str, resource: Str, permission: Str },
    /// Asks for a permission.
    Check { user_id: Str, resource: Str, permission: Str },
    /// Takes a permission back.
    Revoke { user_id: Str, resource: Str, permission: Str },
    /// Any other word does nothing.
    #[item(other)]
    Other { user_id: Str },
}

/// One permission to be synced.
#[derive(Clone, Item)]
pub struct Transfer {
    user_id: Str,
    resource: Str,
    permission: Str,
}

#[system(
    id = "permission_acl",
    class = "PermissionACL",
    title(en = "Permission ACL", zh = "權限 ACL"),
    summary(
        en = "Access rights of users to resources: grant, check, revoke, who has it, rights for a limited time, backup and restore by number.",
        zh = "用戶對 resource 嘅權限：grant、check、revoke、邊個有呢個權限、限時權限、用編號 backup 同 restore。",
    ),
    family = Nested,
    family_reason(
        en = "Three IDs in one call: user, resource, permission are three dicts inside each other, and the last one takes its empty parents along.",
        zh = "一個 call 三個 ID：user、resource、permission 三層 dict 一層包一層，刪到空就連外層一齊刪。",
    ),
    group = "Nested+TTL",
    signals = [
        "grant", "revoke", "check", "user_id", "resource", "permission", "who has this permission", "time-limited access",
        "backup_id",
    ],
    patterns(
        l3 = "lazy purge with cascade",
        l4 = "deep-copy backup, restore by index",
        l5 = "single lock per user",
        l6 = FailFast,
    ),
    uses = [ReverseLookup, LazyPurge, DeepCopyBackup, SingleLock, FailFast],
)]
impl PermissionAcl {
    fn new() -> Self {
        Self::default()
    }

    fn grant_of(&self, user_id: &Str, resource: &Str, permission: &Str) -> Option<&Grant> {
        self.permissions.get(user_id)?.get(resource)?.get(permission)
    }

    fn has_resource(&self, user_id: &Str, resource: &Str) -> bool {
        self.permissions.get(user_id).is_some_and(|resources| resources.contains_key(resource))
    }

    /// Enters a grant into the lists as it is, or takes it out.
    fn list(&mut self, user_id: &Str, resource: &Str, permission: &Str, listed: bool) {
        let Some(expires_at) = self.grant_of(user_id, resource, permission).map(|grant| grant.expires_at) else {
            return;
        };
        let right = (resource.clone(), permission.clone());
        if listed {
            self.users.join(&right, user_id);
        } else {
            self.users.leave(&right, user_id);
        }
        match expires_at {
            Some(expires_at) if listed => self.expiries.schedule(expires_at, &(user_id.clone(), right)),
            Some(expires_at) => self.expiries.cancel(expires_at, &(user_id.clone(), right)),
            None => {}
        }
    }

    fn write(&mut self, user_id: Str, resource: Str, permission: Str, grant: Grant) {
        self.list(&user_id, &resource, &permission, false);
        let rights = self.permissions.entry(&user_id, Dict::new).and_then(|r| r.entry(&resource, Dict::new));
        if let Some(rights) = rights {
            rights.insert(permission.clone(), grant);
        }
        self.list(&user_id, &resource, &permission, true);
    }

    /// Deletes a grant, a resource that is empty without it, and a user who is.
    fn erase(&mut self, user_id: &Str, resource: &Str, permission: &Str) {
        self.list(user_id, resource, permission, false);
        let Some(resources) = self.permissions.get_mut(user_id) else { return };
        let Some(rights) = resources.get_mut(resource) else { return };
        rights.remove(permission);
        if rights.is_empty() {
            resources.remove(resource);
            note!(removed, what: "resource", id: resource, why: "empty");
        }
        if resources.is_empty() {
            self.permissions.remove(user_id);
            note!(removed, what: "user", id: user_id, why: "empty");
        }
    }

    /// Deletes the grants that have expired. The first thing every public method does, but for restore and the batch.
    fn purge_expired(&mut self, timestamp: Int) {
        for (user_id, (resource, permission)) in self.expiries.take_due(timestamp) {
            let expires_at = self.grant_of(&user_id, &resource, &permission).and_then(|grant| grant.expires_at);
            note!(purged, what: "permission", id: permission, due: expires_at, now: timestamp);
            self.erase(&user_id, &resource, &permission);
        }
    }

    /// Grants a permission for good, also over a limited one.
    #[op(1)]
    fn grant(&mut self, timestamp: Int, user_id: Str, resource: Str, permission: Str) -> bool {
        self.purge_expired(timestamp);
        self.write(user_id, resource, permission, Grant { granted_at: timestamp, expires_at: None });
        true
    }

    /// Tells whether a user has a permission on a resource.
    #[op(1)]
    fn check(&mut self, timestamp: Int, user_id: Str, resource: Str, permission: Str) -> bool {
        self.purge_expired(timestamp);
        self.has(&user_id, &resource, &permission)
    }

    fn has(&self, user_id: &Str, resource: &Str, permission: &Str) -> bool {
        ensure!(self.permissions.contains_key(user_id), exists("user", user_id), false);
        ensure!(self.has_resource(user_id, resource), exists("resource", resource), false);
        ensure!(self.grant_of(user_id, resource, permission).is_some(), exists("permission", permission), false);
        true
    }

    /// Takes a permission back.
    #[op(1)]
    fn revoke(&mut self, timestamp: Int, user_id: Str, resource: Str, permission: Str) -> bool {
        self.purge_expired(timestamp);
        if !self.has(&user_id, &resource, &permission) {
            return false;
        }
        self.erase(&user_id, &resource, &permission);
        true
    }

    /// Lists what a user may do as `resource:permission`, by resource and then by permission.
    #[op(2)]
    fn list_permissions(&mut self, timestamp: Int, user_id: Str) -> String {
        self.purge_expired(timestamp);
        ensure!(self.permissions.contains_key(&user_id), exists("user", user_id), String::new());
        let resources = self.permissions.get(&user_id).into_iter().flat_map(Dict::sorted);
        let rights = resources.flat_map(|(resource, rights)| {
            rights.sorted().map(move |(permission, _)| format!("{resource}:{permission}"))
        });
        rights.collect::<Vec<_>>().join(", ")
    }

    /// Lists the users who have a permission on a resource, by id.
    #[op(2)]
    fn list_users_with_permission(&mut self, timestamp: Int, resource: Str, permission: Str) -> Vec<Str> {
        self.purge_expired(timestamp);
        self.users.ids(&(resource, permission)).collect()
    }

    /// Grants a permission that is gone from `timestamp + ttl_ms` on, in milliseconds; also over one for good.
    #[op(3)]
    fn grant_with_ttl(&mut self, timestamp: Int, user_id: Str, resource: Str, permission: Str, ttl_ms: Int) -> bool {
        self.purge_expired(timestamp);
        let expires_at = Some(timestamp + ttl_ms);
        self.write(user_id, resource, permission, Grant { granted_at: timestamp, expires_at });
        true
    }

    /// Keeps a snapshot of all permissions; its number, from 0, is not told.
    #[op(4)]
    fn backup(&mut self, timestamp: Int) -> bool {
        self.purge_expired(timestamp);
        note!(snapshot, at: timestamp, kept: self.permissions.count(), of: self.permissions.count());
        self.backups.keep(timestamp, self.permissions.clone());
        true
    }

    /// Goes back to the snapshot with a number; what was left of each limit then runs on from `timestamp`.
    #[op(4)]
    fn restore(&mut self, timestamp: Int, backup_id: Int) -> bool {
        let found = self.backups.numbered(backup_id);
        ensure!(found.is_some(), within("backup", backup_id), false);
        if let Some((taken, permissions)) = found.as_deref() {
            self.go_back_to(permissions, *taken, timestamp);
        }
        true
    }

    fn go_back_to(&mut self, snapshot: &Permissions, taken: Int, now: Int) {
        (self.permissions, self.expiries, self.users) = Default::default();
        for (user_id, resources) in snapshot.iter() {
            for (resource, rights) in resources.iter() {
                for (permission, grant) in rights.iter() {
                    let expires_at = grant.expires_at.map(|expires_at| now + (expires_at - taken));
                    let grant = Grant { expires_at, ..*grant };
                    self.write(user_id.clone(), resource.clone(), permission, grant);
                }
            }
        }
        note!(restored, from: taken, now: now, kept: self.permissions.count());
    }

    /// Runs the operations together, each under the lock of its user.
    #[op(5)]
    async fn batch_operations(acl: Live<Self>, timestamp: Int, ops: Vec<BatchOp>) -> Py<Vec<Value>> {
        acl.gather(ops, move |acl, op| async move {
            let (BatchOp::Grant { user_id, .. }
            | BatchOp::Check { user_id, .. }
            | BatchOp::Revoke { user_id, .. }
            | BatchOp::Other { user_id }) = &op;
            let _lock = acl.lock(user_id).await;
            Ok(acl.with(|acl| match op {
                BatchOp::Grant { user_id, resource, permission } => {
                    acl.grant(timestamp, user_id, resource, permission).into_value()
                }
                BatchOp::Check { user_id, resource, permission } => {
                    acl.check(timestamp, user_id, resource, permission).into_value()
                }
                BatchOp::Revoke { user_id, resource, permission } => {
                    acl.revoke(timestamp, user_id, resource, permission).into_value()
                }
                BatchOp::Other { .. } => Value::None,
            }))
        })
        .await
    }

    /// Syncs permissions, so many at a time. What nobody has takes no permit.
    #[op(6)]
    async fn sync_permissions(
        acl: Live<Self>,
        timestamp: Int,
        transfers: Vec<Transfer>,
        max_concurrent: Int,
    ) -> Py<Vec<bool>> {
        acl.with(|acl| acl.purge_expired(timestamp));
        let semaphore = acl.semaphore(max_concurrent)?;
        acl.gather(transfers, move |acl, Transfer { user_id, resource, permission }| {
            let semaphore = semaphore.clone();
            async move {
                if !acl.with(|acl| acl.has(&user_id, &resource, &permission)) {
                    return Ok(false);
                }
                let _permit = semaphore.acquire().await;
                acl.sleep_ms(SYNC_MS).await;
                Ok(true)
            }
        })
        .await
    }
}
