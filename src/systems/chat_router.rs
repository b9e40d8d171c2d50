//! Chat router: a hash ring for requests that have a size; a server's memory is what its requests take.

use crate::patterns::{Groups, Ranking, Recency, Ring, Use, ranked, ring_position, virtual_positions};
use crate::prelude::*;

/// What a server's memory limit is until it is set.
const UNLIMITED: Int = Int(-1);
/// How long a replication takes.
const REPLICATE_MS: f64 = 10.0;

/// Servers, and the requests that are assigned to them.
#[derive(Clone, Default, State)]
pub struct ChatRouter {
    servers: Dict<Str, Server>,
    requests: Dict<Str, Str>,
    request_access: Dict<Str, Int>,
    request_sizes: Dict<Str, Int>,
    memory_limits: Dict<Str, Int>,
    #[state(skip)]
    track: Ring,
    /// The assigned requests by their position on the track: a change of the track looks only at those that move.
    #[state(skip)]
    requests_at: Groups,
    #[state(skip)]
    loads: Ranking<Str>,
}

#[derive(Clone, State)]
struct Server {
    replicas: Int,
    positions: List<Int>,
    /// Its requests, the one assigned longest ago first.
    #[state(skip)]
    held: Recency<Str>,
    /// What they take together, in MB.
    #[state(skip)]
    used: Int,
}

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "type")]
pub enum BatchOp {
    /// Assigns a request.
    Assign { request_id: Str, size_mb: Int },
    /// Asks for the server of a request.
    Route { request_id: Str },
    /// Removes a request.
    Remove { request_id: Str },
    /// Any other word does nothing.
    #[item(other)]
    Other { request_id: Str },
}

/// One replication from a server to another.
#[derive(Clone, Item)]
pub struct Replication {
    source: Str,
    destination: Str,
    bandwidth_mb: Int,
}

#[system(
    id = "chat_router",
    class = "ChatRouter",
    title(en = "Chat router", zh = "Chat router"),
    summary(
        en = "A hash ring for chat requests with a size in MB: load is a sum, and a server over its memory limit evicts its least recently assigned requests until the new one fits.",
        zh = "有 size 嘅 hash ring：每個 chat request 有幾多 MB，load 係總和；server 唔夠 memory 就一直踢走最耐冇 assign 過嘅 request，直到放得落。",
    ),
    family = Nested,
    family_reason(
        en = "A hash ring again: a server's record holds a list of positions, and the requests point to servers.",
        zh = "同 hash ring 一樣：server 嘅 record 入面有 positions list，requests 再指返去 server。",
    ),
    group = "Ring+Capacity",
    signals = [
        "clockwise", "circular track", "virtual node", "chat request", "request size", "size_mb", "memory", "ram",
        "bandwidth", "evict",
    ],
    patterns(
        l3 = "virtual nodes",
        l4 = "size-based LRU eviction in a loop",
        l5 = "single lock per request",
        l6 = FailFast,
    ),
    uses = [HashRing, TopN, CapacityGate, LruEviction, SingleLock, FailFast],
)]
impl ChatRouter {
    fn new() -> Self {
        Self::default()
    }

    /// The server of a request, assigned or not.
    fn route(&self, request_id: &Str) -> Option<Str> {
        self.track.owner(ring_position(request_id))
    }

    fn total_size(&self, server_name: &Str) -> Int {
        self.servers.get(server_name).map_or(Int::ZERO, |server| server.used)
    }

    /// Enters an assigned request into the orders it belongs to as it is, or takes it out of them.
    fn list(&mut self, request_id: &Str, listed: bool) {
        let position = ring_position(request_id);
        if listed {
            self.requests_at.join(&position, request_id);
        } else {
            self.requests_at.leave(&position, request_id);
        }
        let (Some(name), Some(place)) = (self.requests.get(request_id), self.requests.place(request_id)) else {
            return;
        };
        let Some(server) = self.servers.get_mut(name) else { return };
        let last_use = Use { at: self.request_access.get(request_id).copied().unwrap_or_default(), place };
        let size = self.request_sizes.get(request_id).copied().unwrap_or_default();
        let before = server.used;
        if listed {
            server.held.enter(request_id, last_use);
            server.used += size;
        } else {
            server.held.leave(request_id, last_use);
            server.used -= size;
        }
        self.loads.shift(name, before, server.used);
    }

    /// Records a request on a server. The size it had first stays, whatever it is assigned with again.
    fn record(&mut self, request_id: Str, server_name: Str, size_mb: Int, timestamp: Int) {
        self.list(&request_id, false);
        self.request_sizes.entry(&request_id, || size_mb);
        self.requests.insert(request_id.clone(), server_name);
        self.request_access.insert(request_id.clone(), timestamp);
        self.list(&request_id, true);
    }

    fn forget(&mut self, request_id: &Str) {
        self.list(request_id, false);
        self.requests.remove(request_id);
        self.request_sizes.remove(request_id);
        self.request_access.remove(request_id);
    }

    /// Puts the requests of some positions on the servers that own these now, however full they are.
    fn reassign(&mut self, positions: Vec<Int>) {
        for position in positions {
            let owner = self.track.owner(position);
            for request_id in self.requests_at.ids::<Str>(&position).collect::<Vec<_>>() {
                self.list(&request_id, false);
                if let Some(owner) = &owner {
                    let from = self.requests.insert(request_id.clone(), owner.clone());
                    self.list(&request_id, true);
                    note!(moved, what: "request", id: request_id, from: from, to: owner);
                } else {
                    // Its size and its time of access stay behind, as in Python.
                    self.requests.remove(&request_id);
                    note!(removed, what: "request", id: request_id, why: "no server");
                }
            }
        }
    }

    fn enter(&mut self, server_name: Str, replicas: Int, positions: List<Int>) {
        let moved = self.track.join(&server_name, positions.iter().copied());
        self.loads.enter(&server_name, Int::ZERO);
        self.servers.insert(server_name, Server { replicas, positions, held: Recency::default(), used: Int::ZERO });
        self.reassign(moved);
    }

    /// Removes the server's least recently assigned request; of several assigned at one time the earliest in the dict.
    fn evict(&mut self, server_name: &Str) -> Option<Str> {
        let request_id = self.servers.get(server_name)?.held.least_recent()?;
        self.forget(&request_id);
        note!(evicted, what: "request", id: request_id, from: server_name, why: "least recently assigned");
        Some(request_id)
    }

    /// Adds a server at the position of its name; requests for which it is now the next server move to it.
    #[op(1)]
    fn add_server(&mut self, _timestamp: Int, server_name: Str) -> bool {
        ensure!(!self.servers.contains_key(&server_name), absent("server", server_name), false);
        let position = ring_position(&server_name);
        self.enter(server_name, Int(1), List::from_iter([position]));
        true
    }

    /// Removes a server; its requests move on to the next one clockwise, and are dropped with the last server.
    #[op(1)]
    fn remove_server(&mut self, _timestamp: Int, server_name: Str) -> bool {
        ensure!(self.servers.contains_key(&server_name), exists("server", server_name), false);
        let Some(gone) = self.servers.remove(&server_name) else { return false };
        self.loads.leave(&server_name, gone.used);
        self.memory_limits.remove(&server_name);
        let moved = self.track.leave(&server_name, gone.positions.iter().copied());
        self.reassign(moved);
        true
    }

    /// Gives the first server at the request's position or clockwise from it; records nothing.
    #[op(1)]
    fn route_request(&self, _timestamp: Int, request_id: Str) -> Option<Str> {
        let server_name = self.route(&request_id);
        ensure!(server_name.is_some(), any("server"), None);
        server_name
    }

    /// Counts the servers.
    #[op(1)]
    fn get_server_count(&self, _timestamp: Int) -> Int {
        self.servers.count()
    }

    /// Assigns a request of so many MB to its server and gives the server. One that is new there makes the server evict
    /// until it fits.
    #[op(2)]
    fn assign_request(&mut self, timestamp: Int, request_id: Str, size_mb: Int) -> Option<Str> {
        let server_name = self.route(&request_id);
        ensure!(server_name.is_some(), any("server"), None);
        let server_name = server_name?;
        let limit = self.memory_limits.get(&server_name).copied().unwrap_or(UNLIMITED);
        let already_here = self.requests.get(&request_id) == Some(&server_name);
        if limit != UNLIMITED && !already_here {
            while self.total_size(&server_name) + size_mb > limit {
                if self.evict(&server_name).is_none() {
                    break;
                }
            }
        }
        note!(routed, what: "request", id: request_id, to: server_name);
        self.record(request_id, server_name.clone(), size_mb, timestamp);
        Some(server_name)
    }

    /// Lists the servers by name.
    #[op(2)]
    fn list_servers(&self, _timestamp: Int) -> Vec<Str> {
        self.servers.sorted().map(|(name, _)| name).collect()
    }

    /// Gives the total size of a server's requests in MB.
    #[op(2)]
    fn get_server_load(&self, _timestamp: Int, server_name: Str) -> Int {
        ensure!(self.servers.contains_key(&server_name), exists("server", server_name), Int(0));
        self.total_size(&server_name)
    }

    /// Lists the servers with the most MB, as `name(total)`; those without requests too.
    #[op(2)]
    fn top_servers(&self, _timestamp: Int, n: Int) -> Vec<Str> {
        self.loads.top(n).map(|(name, total)| ranked(&name, total)).collect()
    }

    /// Adds a server that stands at several positions, those of `name_0`, `name_1` and so on.
    #[op(3)]
    fn add_server_with_replicas(&mut self, _timestamp: Int, server_name: Str, num_replicas: Int) -> Py<bool> {
        ensure!(!self.servers.contains_key(&server_name), absent("server", server_name), false);
        let positions = virtual_positions(&server_name, num_replicas)?;
        self.enter(server_name, num_replicas, positions);
        Ok(true)
    }

    /// Gives how many replicas a server was added with.
    #[op(3)]
    fn get_replica_count(&self, _timestamp: Int, server_name: Str) -> Int {
        ensure!(self.servers.contains_key(&server_name), exists("server", server_name), Int(0));
        self.servers.get(&server_name).map_or(Int::ZERO, |server| server.replicas)
    }

    /// Sets how many MB a server may hold, -1 for any number; evicts nothing.
    #[op(4)]
    fn set_memory_limit(&mut self, _timestamp: Int, server_name: Str, max_mb: Int) -> bool {
        ensure!(self.servers.contains_key(&server_name), exists("server", server_name), false);
        self.memory_limits.insert(server_name, max_mb);
        true
    }

    /// Gives how many MB a server may hold; -1 when it was never set.
    #[op(4)]
    fn get_memory_limit(&self, _timestamp: Int, server_name: Str) -> Int {
        ensure!(self.servers.contains_key(&server_name), exists("server", server_name), Int(0));
        self.memory_limits.get(&server_name).copied().unwrap_or(UNLIMITED)
    }

    /// Gives how many MB a server holds, like `get_server_load`.
    #[op(4)]
    fn get_memory_used(&self, _timestamp: Int, server_name: Str) -> Int {
        ensure!(self.servers.contains_key(&server_name), exists("server", server_name), Int(0));
        self.total_size(&server_name)
    }

    /// Evicts the request of a server that was assigned longest ago, and gives it.
    #[op(4)]
    fn evict_oldest_session(&mut self, _timestamp: Int, server_name: Str) -> Option<Str> {
        let server = self.servers.get(&server_name);
        ensure!(server.is_some(), exists("server", server_name), None);
        ensure!(server.is_some_and(|server| !server.held.is_empty()), any("request on the server", server_name), None);
        self.evict(&server_name)
    }

    /// Runs the operations together, each under the lock of its request. The answers keep the order of the operations.
    #[op(5)]
    async fn batch_requests(router: Live<Self>, timestamp: Int, operations: Vec<BatchOp>) -> Py<Vec<Value>> {
        router
            .gather(operations, move |router, op| async move {
                let (BatchOp::Assign { request_id, .. }
                | BatchOp::Route { request_id }
                | BatchOp::Remove { request_id }
                | BatchOp::Other { request_id }) = &op;
                let _lock = router.lock(request_id).await;
                Ok(router.with(|router| match op {
                    BatchOp::Assign { request_id, size_mb } => {
                        router.assign_request(timestamp, request_id, size_mb).into_value()
                    }
                    BatchOp::Route { request_id } => router.route(&request_id).into_value(),
                    BatchOp::Remove { request_id } => router.remove(&request_id).into_value(),
                    BatchOp::Other { .. } => Value::None,
                }))
            })
            .await
    }

    fn remove(&mut self, request_id: &Str) -> bool {
        ensure!(self.requests.contains_key(request_id), exists("request", request_id), false);
        self.forget(request_id);
        true
    }

    /// Replicates from server to server, so many at a time; each takes 10 ms. Checks under the source's lock first: what
    /// it refuses takes no permit. Nothing moves.
    #[op(6)]
    async fn replicate_sessions(
        router: Live<Self>,
        _timestamp: Int,
        transfers: Vec<Replication>,
        max_concurrent: Int,
    ) -> Py<Vec<bool>> {
        let semaphore = router.semaphore(max_concurrent)?;
        router
            .gather(transfers, move |router, transfer| {
                let semaphore = semaphore.clone();
                async move {
                    {
                        let _lock = router.lock(&transfer.source).await;
                        if !router.with(|router| router.may_replicate(&transfer)) {
                            return Ok(false);
                        }
                    }
                    let _permit = semaphore.acquire().await;
                    router.sleep_ms(REPLICATE_MS).await;
                    Ok(true)
                }
            })
            .await
    }

    fn may_replicate(&self, transfer: &Replication) -> bool {
        let Replication { source, destination, bandwidth_mb } = transfer;
        ensure!(self.servers.contains_key(source), exists("server", source), false);
        ensure!(self.servers.contains_key(destination), exists("server", destination), false);
        ensure!(self.total_size(source) >= *bandwidth_mb, enough("memory in use", bandwidth_mb), false);
        true
    }
}
