//! Session manager: sessions of users, with a TTL and a refresh; a user who has too many loses the oldest.

use std::cmp::Reverse;

use crate::patterns::{DueQueue, Groups, Listed, Lists};
use crate::prelude::*;
use crate::value::stable_sort_by_key;

/// How long the sync of one session takes.
const SYNC_MS: f64 = 10.0;

/// Sessions by id; each belongs to a user.
#[derive(Clone, Default, State)]
pub struct SessionManager {
    sessions: Listed<Str, Session, SessionLists>,
    max_per_user: Option<Int>,
}

#[derive(Clone, State)]
struct Session {
    user_id: Str,
    created_at: Int,
    expires_at: Option<Int>,
}

#[derive(Clone, Default)]
struct SessionLists {
    expiries: DueQueue<Str>,
    /// The sessions of each user as `(created_at, session_id)`: the one to evict comes first.
    by_user: Groups,
}

impl Lists<Str, Session> for SessionLists {
    fn enter(&mut self, session_id: &Str, session: &Session) {
        self.by_user.join(&session.user_id, &(session.created_at, session_id.clone()));
        if let Some(expires_at) = session.expires_at {
            self.expiries.schedule(expires_at, session_id);
        }
    }

    fn leave(&mut self, session_id: &Str, session: &Session) {
        self.by_user.leave(&session.user_id, &(session.created_at, session_id.clone()));
        if let Some(expires_at) = session.expires_at {
            self.expiries.cancel(expires_at, session_id);
        }
    }
}

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "type")]
pub enum BatchOp {
    /// Opens a session.
    Create { session_id: Str, user_id: Str },
    /// Asks whose session it is.
    Get { session_id: Str },
    /// Ends a session.
    End { session_id: Str },
    /// Any other word is refused; its other keys are not read.
    #[item(other)]
    Other,
}

/// One session to sync.
#[derive(Clone, Item)]
pub struct SyncRequest {
    session_id: Str,
}

#[system(
    id = "session_manager",
    class = "SessionManager",
    title(en = "Session manager", zh = "Session manager"),
    summary(
        en = "Login sessions of users: create, look up, end, list, a TTL with refresh, and a maximum per user that evicts the oldest session.",
        zh = "User 嘅 login session：開、查、完、列出，有 TTL 可以 refresh，每個 user 有上限，滿咗就踢走最舊嗰個。",
    ),
    family = Flat,
    family_reason(
        en = "One kind of record under one ID; the user is a field of the session, not a container.",
        zh = "得一種 record、一個 ID；user 係 session 嘅一個 field，唔係 container。",
    ),
    group = "Flat+Lazy",
    signals = [
        "session", "user_id", "ttl", "refresh", "max sessions per user", "concurrent sessions", "active count",
    ],
    patterns(
        l3 = "lazy purge with refresh",
        l4 = "capacity per user with eviction",
        l5 = "single lock, one op after another",
        l6 = FailFast,
    ),
    uses = [LazyPurge, CapacityGate, LruEviction, SingleLock, FailFast],
)]
impl SessionManager {
    fn new() -> Self {
        Self::default()
    }

    /// Removes every session that is dead. The first thing every public method does, but for the batch.
    fn purge_expired(&mut self, timestamp: Int) {
        for session_id in self.sessions.lists_mut().expiries.take_due(timestamp) {
            if let Some(dead) = self.sessions.remove(&session_id) {
                note!(purged, what: "session", id: session_id, due: dead.expires_at, now: timestamp);
            }
        }
    }

    /// Evicts one session of a user who is at the limit: the oldest by creation, the smaller id on ties.
    fn make_room(&mut self, user_id: &Str) -> Py<()> {
        let Some(limit) = self.max_per_user else { return Ok(()) };
        let by_user = &self.sessions.lists().by_user;
        if by_user.count(user_id) >= limit {
            let oldest: Option<(Int, Str)> = by_user.ids(user_id).next();
            // A limit of 0 finds nobody to evict: Python takes `[0]` of an empty list.
            let (_, session_id) = oldest.ok_or_else(|| Raise::index_error("list index out of range"))?;
            self.sessions.remove(&session_id);
            note!(evicted, what: "session", id: session_id, from: user_id, why: "max_per_user");
        }
        Ok(())
    }

    /// Opens a session that never expires. A user at the limit loses the oldest session for it.
    #[op(1)]
    fn create_session(&mut self, timestamp: Int, session_id: Str, user_id: Str) -> Py<bool> {
        self.purge_expired(timestamp);
        ensure!(!self.sessions.contains_key(&session_id), absent("session", session_id), false);
        self.make_room(&user_id)?;
        self.sessions.insert(session_id, Session { user_id, created_at: timestamp, expires_at: None });
        Ok(true)
    }

    /// Tells whose session it is; empty when there is none.
    #[op(1)]
    fn get_session(&mut self, timestamp: Int, session_id: Str) -> Str {
        self.purge_expired(timestamp);
        ensure!(self.sessions.contains_key(&session_id), exists("session", session_id), "");
        self.sessions.get(&session_id).map(|session| session.user_id.clone()).unwrap_or_default()
    }

    /// Ends a session.
    #[op(1)]
    fn end_session(&mut self, timestamp: Int, session_id: Str) -> bool {
        self.purge_expired(timestamp);
        ensure!(self.sessions.contains_key(&session_id), exists("session", session_id), false);
        self.sessions.remove(&session_id);
        true
    }

    /// Lists the sessions as `id(user)`: by `"created"` newest first, by anything else in order of id.
    #[op(2)]
    fn list_sessions(&mut self, timestamp: Int, sort_by: Str) -> String {
        self.purge_expired(timestamp);
        let mut sessions: Vec<_> = self.sessions.sorted().collect();
        if sort_by == "created" {
            // Stable: those of one time stay in order of id.
            stable_sort_by_key(&mut sessions, |(_, session)| Reverse(session.created_at));
        }
        let listed: Vec<String> = sessions.iter().map(|(id, session)| format!("{id}({})", session.user_id)).collect();
        listed.join(", ")
    }

    /// Counts the sessions that are alive.
    #[op(2)]
    fn count_active(&mut self, timestamp: Int) -> Int {
        self.purge_expired(timestamp);
        self.sessions.count()
    }

    /// Opens a session that is alive strictly before `timestamp + ttl_ms`; takes no notice of the limit.
    #[op(3)]
    fn create_session_with_ttl(&mut self, timestamp: Int, session_id: Str, user_id: Str, ttl_ms: Int) -> bool {
        self.purge_expired(timestamp);
        ensure!(!self.sessions.contains_key(&session_id), absent("session", session_id), false);
        self.sessions
            .insert(session_id, Session { user_id, created_at: timestamp, expires_at: Some(timestamp + ttl_ms) });
        true
    }

    /// Lets a session live for `ttl_ms` milliseconds from now, whatever it had left.
    #[op(3)]
    fn refresh_session(&mut self, timestamp: Int, session_id: Str, ttl_ms: Int) -> bool {
        self.purge_expired(timestamp);
        ensure!(self.sessions.contains_key(&session_id), exists("session", session_id), false);
        self.sessions.change(&session_id, |session| session.expires_at = Some(timestamp + ttl_ms));
        true
    }

    /// Limits how many sessions a user may have, or lifts the limit with None. Nothing is evicted now.
    #[op(4)]
    fn set_max_sessions(&mut self, timestamp: Int, max_per_user: Option<Int>) {
        self.purge_expired(timestamp);
        self.max_per_user = max_per_user;
    }

    /// Runs the operations one after another, each under the lock of its session.
    #[op(5)]
    async fn batch_operations(manager: Live<Self>, timestamp: Int, ops: Vec<BatchOp>) -> Py<Vec<Value>> {
        let mut answers = Vec::with_capacity(ops.len());
        for op in ops {
            answers.push(match op {
                BatchOp::Create { session_id, user_id } => {
                    let _lock = manager.lock(&session_id).await;
                    manager.with(|manager| manager.create_session(timestamp, session_id, user_id))?.into_value()
                }
                BatchOp::Get { session_id } => {
                    let _lock = manager.lock(&session_id).await;
                    manager.with(|manager| manager.get_session(timestamp, session_id)).into_value()
                }
                BatchOp::End { session_id } => {
                    let _lock = manager.lock(&session_id).await;
                    manager.with(|manager| manager.end_session(timestamp, session_id)).into_value()
                }
                BatchOp::Other => Value::Bool(false),
            });
        }
        Ok(answers)
    }

    /// Syncs sessions, so many at a time. One that is missing takes no permit.
    #[op(6)]
    async fn sync_sessions(
        manager: Live<Self>,
        timestamp: Int,
        transfers: Vec<SyncRequest>,
        max_concurrent: Int,
    ) -> Py<Vec<bool>> {
        manager.with(|manager| manager.purge_expired(timestamp));
        let semaphore = manager.semaphore(max_concurrent)?;
        manager
            .gather(transfers, move |manager, transfer| {
                let semaphore = semaphore.clone();
                async move {
                    if !manager.with(|manager| manager.may_sync(&transfer.session_id)) {
                        return Ok(false);
                    }
                    let _permit = semaphore.acquire().await;
                    manager.sleep_ms(SYNC_MS).await;
                    Ok(true)
                }
            })
            .await
    }

    fn may_sync(&self, session_id: &Str) -> bool {
        ensure!(self.sessions.contains_key(session_id), exists("session", session_id), false);
        true
    }
}
