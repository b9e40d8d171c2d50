//! Load balancer: servers in turns, a heartbeat that keeps them healthy, users that stick to a server.

use crate::patterns::Places;
use crate::prelude::*;

/// How long an external health check takes.
const CHECK_MS: f64 = 10.0;
/// All healthy servers have one number in their order, so that they stand by id.
const BY_ID: Int = Int::ZERO;

/// Servers, and the users that stick to them.
#[derive(Clone, State)]
pub struct LoadBalancer {
    servers: Dict<Str, Server>,
    rr_index: Int,
    health_timeout: Option<Int>,
    sticky: Dict<Str, Str>,
    session_history: Dict<Str, List<Session>>,
    current_session: Dict<Str, Session>,
    #[state(skip)]
    by_heartbeat: Places<Str>,
    /// The servers whose last heartbeat is not before `healthy_since`, by id.
    #[state(skip)]
    healthy: Places<Str>,
    #[state(skip)]
    healthy_since: Int,
}

#[derive(Clone, State)]
struct Server {
    weight: Int,
    request_count: Int,
    last_heartbeat: Int,
}

/// A server, and how many requests of one user it got in a row.
type Session = (Str, Int);

/// One health check.
#[derive(Clone, Item)]
pub struct HealthCheck {
    server_id: Str,
}

#[system(
    id = "load_balancer",
    class = "LoadBalancer",
    title(en = "Load balancer", zh = "Load balancer"),
    summary(
        en = "Requests go round the healthy servers in turns; a heartbeat keeps a server healthy, a user sticks to one server until it fails.",
        zh = "Request 輪住派俾健康嘅 server；有 heartbeat 先算健康，user 會黐住同一部 server，佢死先轉。",
    ),
    family = Flat,
    family_reason(
        en = "One dict of servers under one ID; stickiness is a mapping beside it.",
        zh = "得一個 servers dict、一個 ID；sticky 只係旁邊一個 mapping。",
    ),
    group = "Flat+Lazy",
    signals = [
        "round-robin", "heartbeat", "timeout", "healthy", "unhealthy", "sticky", "use previous server", "failover",
    ],
    patterns(
        l3 = "inline health check",
        l4 = "sticky sessions with history",
        l5 = "none",
        l6 = FailFast,
    ),
    uses = [RoundRobin, InlineTtl, EventHistory, FailFast],
)]
impl LoadBalancer {
    fn new() -> Self {
        Self {
            servers: Dict::new(),
            rr_index: Int::ZERO,
            health_timeout: None,
            sticky: Dict::new(),
            session_history: Dict::new(),
            current_session: Dict::new(),
            by_heartbeat: Places::default(),
            healthy: Places::default(),
            healthy_since: Int(i64::MIN),
        }
    }

    /// Healthy at exactly the timeout still. Without a timeout everything is, an unknown server too.
    fn is_healthy(&self, server_id: &Str, timestamp: Int) -> bool {
        let Some(timeout) = self.health_timeout else { return true };
        self.servers.get(server_id).is_some_and(|server| timestamp - server.last_heartbeat <= timeout)
    }

    /// Enters a server into the orders it belongs to as it is, or takes it out of them.
    fn list(&mut self, server_id: &Str, listed: bool) {
        let Some(last_heartbeat) = self.servers.get(server_id).map(|server| server.last_heartbeat) else { return };
        if listed {
            self.by_heartbeat.enter(server_id, last_heartbeat);
        } else {
            self.by_heartbeat.leave(server_id, last_heartbeat);
        }
        if listed && last_heartbeat >= self.healthy_since {
            self.healthy.enter(server_id, BY_ID);
        } else {
            self.healthy.leave(server_id, BY_ID);
        }
    }

    /// Brings the healthy servers up to a moment; looks only at those that are healthy no longer, or again.
    fn refresh(&mut self, timestamp: Int) {
        let since = self.health_timeout.map_or(Int(i64::MIN), |timeout| timestamp - timeout);
        let before = std::mem::replace(&mut self.healthy_since, since);
        if since > before {
            for (server_id, last_heartbeat) in self.by_heartbeat.between(before, since - 1) {
                self.healthy.leave(&server_id, BY_ID);
                let due = self.health_timeout.map(|timeout| last_heartbeat + timeout);
                note!(expired, what: "server", id: server_id, due: due, now: timestamp, to: "unhealthy");
            }
        } else if since < before {
            for (server_id, _) in self.by_heartbeat.between(since, before - 1) {
                self.healthy.enter(&server_id, BY_ID);
            }
        }
    }

    fn beat(&mut self, timestamp: Int, server_id: &Str) {
        self.list(server_id, false);
        if let Some(server) = self.servers.get_mut(server_id) {
            server.last_heartbeat = timestamp;
        }
        self.list(server_id, true);
    }

    /// The healthy server whose turn it is. The index is wrapped before the pick, not after it.
    fn next_in_turn(&mut self, timestamp: Int) -> Option<Str> {
        self.refresh(timestamp);
        if self.healthy.is_empty() {
            return None;
        }
        if self.rr_index >= Int::count(self.healthy.len()) {
            self.rr_index = Int::ZERO;
        }
        let server_id = self.healthy.at(usize::try_from(self.rr_index.0).ok()?)?;
        self.rr_index += 1;
        Some(server_id)
    }

    fn send(&mut self, request_id: Str, server_id: &Str) {
        if let Some(server) = self.servers.get_mut(server_id) {
            server.request_count += 1;
        }
        note!(routed, what: "request", id: request_id, to: server_id);
    }

    /// Adds a server, as if it had just sent a heartbeat; the turns begin again. The weight is kept, and never used.
    #[op(1)]
    fn add_server(&mut self, timestamp: Int, server_id: Str, weight: Int) -> bool {
        ensure!(!self.servers.contains_key(&server_id), absent("server", server_id), false);
        self.servers.insert(server_id.clone(), Server { weight, request_count: Int::ZERO, last_heartbeat: timestamp });
        self.list(&server_id, true);
        self.rr_index = Int::ZERO;
        true
    }

    /// Removes a server; the turns begin again. Users that stuck to it keep its name.
    #[op(1)]
    fn remove_server(&mut self, _timestamp: Int, server_id: Str) -> bool {
        ensure!(self.servers.contains_key(&server_id), exists("server", server_id), false);
        self.list(&server_id, false);
        self.servers.remove(&server_id);
        self.rr_index = Int::ZERO;
        true
    }

    /// Sends a request to the healthy server whose turn it is, and gives that server.
    #[op(1)]
    fn route_request(&mut self, timestamp: Int, request_id: Str) -> Option<Str> {
        let server_id = self.next_in_turn(timestamp);
        ensure!(server_id.is_some(), any("healthy server"), None);
        let server_id = server_id?;
        self.send(request_id, &server_id);
        Some(server_id)
    }

    /// Counts the requests that a server got.
    #[op(1)]
    fn get_request_count(&self, _timestamp: Int, server_id: Str) -> Option<Int> {
        ensure!(self.servers.contains_key(&server_id), exists("server", server_id), None);
        self.servers.get(&server_id).map(|server| server.request_count)
    }

    /// Notes that a server lives.
    #[op(3)]
    fn heartbeat(&mut self, timestamp: Int, server_id: Str) -> bool {
        ensure!(self.servers.contains_key(&server_id), exists("server", server_id), false);
        self.beat(timestamp, &server_id);
        true
    }

    /// Sets for how many milliseconds a heartbeat keeps a server healthy; `None` for ever.
    #[op(3)]
    fn set_health_timeout(&mut self, _timestamp: Int, timeout: Option<Int>) {
        self.health_timeout = timeout;
    }

    /// Sends a user's request to the same server as before while that is healthy, else to the next in turn, which begins
    /// a new session.
    #[op(4)]
    fn route_user_request(&mut self, timestamp: Int, request_id: Str, user_id: Str) -> Option<Str> {
        // A removed server counts as healthy when there is no timeout, so it is looked for first.
        let previous = self.sticky.get(&user_id).cloned();
        if let Some(server_id) =
            previous.clone().filter(|id| self.servers.contains_key(id) && self.is_healthy(id, timestamp))
        {
            if let Some((_, count)) = self.current_session.get_mut(&user_id) {
                *count += 1;
            }
            self.send(request_id, &server_id);
            return Some(server_id);
        }
        let server_id = self.next_in_turn(timestamp);
        ensure!(server_id.is_some(), any("healthy server"), None);
        let server_id = server_id?;
        if let Some(previous) = previous {
            note!(moved, what: "user", id: user_id, from: previous, to: server_id);
        }
        self.sticky.insert(user_id.clone(), server_id.clone());
        if let Some(ended) = self.current_session.insert(user_id.clone(), (server_id.clone(), Int(1)))
            && let Some(history) = self.session_history.entry(&user_id, List::new)
        {
            history.push(ended);
        }
        self.send(request_id, &server_id);
        Some(server_id)
    }

    /// Lists a user's sessions as (server, number of requests), oldest first, the running one included.
    #[op(4)]
    fn get_session_history(&self, _timestamp: Int, user_id: Str) -> List<(Str, Int)> {
        let mut sessions = self.session_history.get(&user_id).cloned().unwrap_or_default();
        sessions.extend(self.current_session.get(&user_id).cloned());
        sessions
    }

    /// Checks servers from outside, so many at a time; each takes 10 ms and then counts as a heartbeat. An unknown server
    /// is refused at once, without a permit.
    #[op(6)]
    async fn health_check_external(
        balancer: Live<Self>,
        timestamp: Int,
        checks: Vec<HealthCheck>,
        max_concurrent: Int,
    ) -> Py<Vec<bool>> {
        let semaphore = balancer.semaphore(max_concurrent)?;
        balancer
            .gather(checks, move |balancer, HealthCheck { server_id }| {
                let semaphore = semaphore.clone();
                async move {
                    if !balancer.with(|balancer| balancer.is_known(&server_id)) {
                        return Ok(false);
                    }
                    let _permit = semaphore.acquire().await;
                    balancer.sleep_ms(CHECK_MS).await;
                    balancer.with(|balancer| balancer.beat(timestamp, &server_id));
                    Ok(true)
                }
            })
            .await
    }

    fn is_known(&self, server_id: &Str) -> bool {
        ensure!(self.servers.contains_key(server_id), exists("server", server_id), false);
        true
    }
}
