//! Gym: members check in, some for a limited time, and no more than fit.

use std::cmp::Reverse;

use crate::patterns::{DueQueue, Listed, Lists};
use crate::prelude::*;
use crate::value::{stable_sort_by, stable_sort_by_key};

/// The capacity that refuses nobody.
const UNLIMITED: Int = Int(-1);
/// How long the transfer of one member takes.
const TRANSFER_MS: f64 = 10.0;

/// Members, in the gym or not.
#[derive(Clone, State)]
pub struct Gym {
    members: Listed<Str, Member, MemberLists>,
    capacity: Int,
}

#[derive(Clone, State)]
struct Member {
    name: Str,
    checked_in: bool,
    checkins: Int,
    expires_at: Option<Int>,
}

#[derive(Clone, Default)]
struct MemberLists {
    expiries: DueQueue<Str>,
    /// How many are in.
    active: Int,
}

impl Lists<Str, Member> for MemberLists {
    fn enter(&mut self, member_id: &Str, member: &Member) {
        self.active += Int::from(i64::from(member.checked_in));
        if let Some(expires_at) = member.expires_at {
            self.expiries.schedule(expires_at, member_id);
        }
    }

    fn leave(&mut self, member_id: &Str, member: &Member) {
        self.active -= Int::from(i64::from(member.checked_in));
        if let Some(expires_at) = member.expires_at {
            self.expiries.cancel(expires_at, member_id);
        }
    }
}

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "type")]
pub enum BatchOp {
    /// Registers a member.
    Register { member_id: Str, name: Str },
    /// Lets a member in.
    CheckIn { member_id: Str },
    /// Lets a member out.
    CheckOut { member_id: Str },
    /// Any other word is refused.
    #[item(other)]
    Other { member_id: Str },
}

/// One transfer of a member to another gym.
#[derive(Clone, Item)]
pub struct Transfer {
    member_id: Str,
    /// Read, and not used: this gym only sees the member leave.
    destination: Str,
}

#[system(
    id = "gym",
    class = "GymSystem",
    title(en = "Gym", zh = "健身室"),
    summary(
        en = "Members check in and out, some for a limited time after which they are out by themselves; a full gym refuses.",
        zh = "會員入場、離場；可以限時，到鐘自動離場；滿咗人就拒絕入場。",
    ),
    family = Flat,
    family_reason(
        en = "One register method with one ID, and nothing is put inside a member.",
        zh = "得一個 register method、一個 ID，member 入面冇 sub-item。",
    ),
    group = "Flat+Lazy",
    signals = [
        "check in", "check out", "duration", "auto check-out", "maximum number of people", "full", "capacity",
        "-1 is unlimited", "max_concurrent",
    ],
    patterns(
        l3 = "expiry flips a field",
        l4 = "capacity gate",
        l5 = "single lock, one op after another",
        l6 = FailFast,
    ),
    uses = [StatusFlip, CapacityGate, SingleLock, FailFast],
)]
impl Gym {
    fn new() -> Self {
        Self { members: Listed::default(), capacity: UNLIMITED }
    }

    /// Lets everybody out whose time is up; nobody is removed. The first thing every public method does, but for the batch.
    fn process_expired(&mut self, timestamp: Int) {
        for member_id in self.members.lists_mut().expiries.take_due(timestamp) {
            let due = self.members.get(&member_id).and_then(|member| member.expires_at);
            self.let_out(&member_id);
            note!(expired, what: "member", id: member_id, due: due, now: timestamp, to: "checked_out");
        }
    }

    fn let_out(&mut self, member_id: &Str) {
        self.members.change(member_id, |member| {
            member.checked_in = false;
            member.expires_at = None;
        });
    }

    /// Lets a member in after the checks that both ways of entry share; the capacity comes last.
    fn let_in(&mut self, member_id: &Str, expires_at: Option<Int>) -> bool {
        ensure!(self.members.contains_key(member_id), exists("member", member_id), false);
        ensure!(!self.is_in(member_id), status("checked out", member_id), false);
        ensure!(self.has_room(), capacity("gym", self.capacity), false);
        self.members.change(member_id, |member| {
            member.checked_in = true;
            member.checkins += 1;
            member.expires_at = expires_at;
        });
        true
    }

    fn is_in(&self, member_id: &Str) -> bool {
        self.members.get(member_id).is_some_and(|member| member.checked_in)
    }

    fn has_room(&self) -> bool {
        self.capacity == UNLIMITED || self.members.lists().active < self.capacity
    }

    /// Registers a member, who is not in yet.
    #[op(1)]
    fn register_member(&mut self, timestamp: Int, member_id: Str, name: Str) -> bool {
        self.process_expired(timestamp);
        ensure!(!self.members.contains_key(&member_id), absent("member", member_id), false);
        self.members.insert(member_id, Member { name, checked_in: false, checkins: Int::ZERO, expires_at: None });
        true
    }

    /// Lets a member in without a time limit, if there is room.
    #[op(1)]
    fn check_in(&mut self, timestamp: Int, member_id: Str) -> bool {
        self.process_expired(timestamp);
        self.let_in(&member_id, None)
    }

    /// Lets a member out.
    #[op(1)]
    fn check_out(&mut self, timestamp: Int, member_id: Str) -> bool {
        self.process_expired(timestamp);
        ensure!(self.members.contains_key(&member_id), exists("member", member_id), false);
        ensure!(self.is_in(&member_id), status("checked in", member_id), false);
        self.let_out(&member_id);
        true
    }

    /// Tells whether a member is in: `not_found`, `checked_in` or `checked_out`.
    #[op(1)]
    fn get_member_status(&mut self, timestamp: Int, member_id: Str) -> &'static str {
        self.process_expired(timestamp);
        ensure!(self.members.contains_key(&member_id), exists("member", member_id), "not_found");
        if self.is_in(&member_id) { "checked_in" } else { "checked_out" }
    }

    /// Lists all members as `name(checkins)`: by `"checkins"` the most first, then or else by name.
    #[op(2)]
    fn list_members(&mut self, timestamp: Int, sort_by: Str) -> String {
        self.process_expired(timestamp);
        let mut members: Vec<&Member> = self.members.values().collect();
        // Stable: of members with one name the first registered comes first.
        stable_sort_by(&mut members, |a, b| a.name.cmp(&b.name));
        if sort_by == "checkins" {
            stable_sort_by_key(&mut members, |member| Reverse(member.checkins));
        }
        let listed: Vec<String> =
            members.iter().map(|member| format!("{}({})", member.name, member.checkins)).collect();
        listed.join(", ")
    }

    /// Counts the members who are in.
    #[op(2)]
    fn get_active_count(&mut self, timestamp: Int) -> Int {
        self.process_expired(timestamp);
        self.members.lists().active
    }

    /// Lets a member in who is out by himself at `timestamp + duration_ms`.
    #[op(3)]
    fn check_in_with_duration(&mut self, timestamp: Int, member_id: Str, duration_ms: Int) -> bool {
        self.process_expired(timestamp);
        self.let_in(&member_id, Some(timestamp + duration_ms))
    }

    /// Limits how many members may be in; -1 lifts the limit. Nobody who is in has to leave.
    #[op(4)]
    fn set_capacity(&mut self, timestamp: Int, max_members: Int) -> bool {
        self.process_expired(timestamp);
        self.capacity = max_members;
        true
    }

    /// Gives the limit, -1 for none.
    #[op(4)]
    fn get_capacity(&mut self, timestamp: Int) -> Int {
        self.process_expired(timestamp);
        self.capacity
    }

    /// Runs the operations one after another, each under the lock of its member.
    #[op(5)]
    async fn batch_operations(gym: Live<Self>, timestamp: Int, ops: Vec<BatchOp>) -> Py<Vec<bool>> {
        let mut answers = Vec::with_capacity(ops.len());
        for op in ops {
            answers.push(match op {
                BatchOp::Register { member_id, name } => {
                    let _lock = gym.lock(&member_id).await;
                    gym.with(|gym| gym.register_member(timestamp, member_id, name))
                }
                BatchOp::CheckIn { member_id } => {
                    let _lock = gym.lock(&member_id).await;
                    gym.with(|gym| gym.check_in(timestamp, member_id))
                }
                BatchOp::CheckOut { member_id } => {
                    let _lock = gym.lock(&member_id).await;
                    gym.with(|gym| gym.check_out(timestamp, member_id))
                }
                BatchOp::Other { .. } => false,
            });
        }
        Ok(answers)
    }

    /// Transfers members who are in, so many at a time. Who is not takes no permit; who is leaves after the transfer.
    #[op(6)]
    async fn sync_members(
        gym: Live<Self>,
        timestamp: Int,
        transfers: Vec<Transfer>,
        max_concurrent: Int,
    ) -> Py<Vec<bool>> {
        gym.with(|gym| gym.process_expired(timestamp));
        let semaphore = gym.semaphore(max_concurrent)?;
        gym.gather(transfers, move |gym, Transfer { member_id, destination: _ }| {
            let semaphore = semaphore.clone();
            async move {
                if !gym.with(|gym| gym.may_transfer(&member_id)) {
                    return Ok(false);
                }
                let _permit = semaphore.acquire().await;
                gym.sleep_ms(TRANSFER_MS).await;
                // No second check: the same member twice in one batch is transferred twice.
                gym.with(|gym| gym.let_out(&member_id));
                Ok(true)
            }
        })
        .await
    }

    fn may_transfer(&self, member_id: &Str) -> bool {
        ensure!(self.members.contains_key(member_id), exists("member", member_id), false);
        ensure!(self.is_in(member_id), status("checked in", member_id), false);
        true
    }
}
