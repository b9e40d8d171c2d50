//! Subscription billing: plans, and customers' subscriptions that are active, paused or cancelled. Plans migrate.

use crate::patterns::{Dated, DueQueue, Groups, Listed, Lists, Mortal, Record, Snapshots, TtlSnapshot, follow};
use crate::prelude::*;

/// How long a payment takes.
const PAYMENT_MS: f64 = 10.0;

/// Plans and subscriptions.
#[derive(Clone, Default, State)]
pub struct SubscriptionBilling {
    plans: Dict<Str, Plan>,
    subs: Listed<Str, Subscription, SubscriptionLists>,
    backups: Snapshots<Snapshot>,
    history: Dict<Str, List<Payment>>,
    migrated_plans: Dict<Str, Str>,
}

#[derive(Clone, State)]
struct Plan {
    price_per_month: Num,
}

#[derive(Clone, State)]
struct Subscription {
    plan_id: Str,
    customer_id: Str,
    status: Status,
    expiry: Option<Int>,
}

#[derive(Clone, Copy, PartialEq, Eq, State)]
enum Status {
    Active,
    Paused,
    Cancelled,
}

impl Mortal for Subscription {
    fn expiry(&self) -> Option<Int> {
        self.expiry
    }

    fn with_expiry(&self, expiry: Option<Int>) -> Self {
        Self { expiry, ..self.clone() }
    }
}

#[derive(Clone, State)]
struct Payment {
    subscription_id: Str,
    plan_id: Str,
    amount: Num,
    timestamp: Int,
}

/// The subscriptions by what they have.
#[derive(Clone, Default)]
struct SubscriptionLists {
    /// What is not CANCELLED yet.
    expiries: DueQueue<Str>,
    by_customer: Groups,
    by_plan: Groups,
    active_by_plan: Groups,
}

impl Lists<Str, Subscription> for SubscriptionLists {
    fn enter(&mut self, id: &Str, sub: &Subscription) {
        self.by_customer.join(&sub.customer_id, id);
        self.by_plan.join(&sub.plan_id, id);
        if sub.status == Status::Active {
            self.active_by_plan.join(&sub.plan_id, id);
        }
        if let Some(expiry) = sub.expiry.filter(|_| sub.status != Status::Cancelled) {
            self.expiries.schedule(expiry, id);
        }
    }

    fn leave(&mut self, id: &Str, sub: &Subscription) {
        self.by_customer.leave(&sub.customer_id, id);
        self.by_plan.leave(&sub.plan_id, id);
        if sub.status == Status::Active {
            self.active_by_plan.leave(&sub.plan_id, id);
        }
        if let Some(expiry) = sub.expiry {
            self.expiries.cancel(expiry, id);
        }
    }
}

#[derive(Clone, State)]
struct Snapshot {
    timestamp: Int,
    plans: Dict<Str, Plan>,
    subs: TtlSnapshot<Str, Subscription>,
    history: Dict<Str, List<Payment>>,
    migrated_plans: Dict<Str, Str>,
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
    /// Subscribes a customer to a plan.
    Subscribe {
        /// The new subscription.
        subscription_id: Str,
        /// The plan.
        plan_id: Str,
        /// Who subscribes.
        customer_id: Str,
        /// Milliseconds until it is cancelled; None for never.
        #[item(default)]
        ttl_ms: Option<Int>,
    },
    /// Cancels a subscription.
    Cancel {
        /// The subscription.
        subscription_id: Str,
    },
    /// Pauses a subscription.
    Pause {
        /// The subscription.
        subscription_id: Str,
    },
    /// Resumes a subscription.
    Resume {
        /// The subscription.
        subscription_id: Str,
    },
    /// Any other word is refused.
    #[item(other)]
    Other {
        /// Whose lock is taken.
        #[item(default)]
        subscription_id: Option<Str>,
    },
}

impl BatchOp {
    /// `op.get("subscription_id")`: in a dict of locks `None` is a key too.
    fn lock_key(&self) -> &str {
        match self {
            Self::Subscribe { subscription_id, .. }
            | Self::Cancel { subscription_id }
            | Self::Pause { subscription_id }
            | Self::Resume { subscription_id } => subscription_id,
            Self::Other { subscription_id } => subscription_id.as_deref().unwrap_or("None"),
        }
    }
}

#[system(
    id = "subscription_billing",
    class = "SubscriptionBilling",
    title(en = "Subscription billing", zh = "訂閱收費"),
    summary(
        en = "Plans and the subscriptions of customers: cancel, pause, resume, expire, migrate one plan to another, take payments so many at a time.",
        zh = "plans 同客人嘅 subscriptions：cancel、pause、resume、過期、一個 plan migrate 去另一個、限流收錢。",
    ),
    family = TwoCollections,
    family_reason(
        en = "Two creators; cancel, pause and resume take the subscription's ID alone, so subscriptions are a flat dict of their own.",
        zh = "兩個 creator；cancel、pause、resume 淨係收 subscription_id，所以 subs 自己一個平排 dict。",
    ),
    group = "StateMachine",
    signals = [
        "plan", "subscribe", "cancel(subscription_id)", "pause", "resume", "customer", "migrate_plan", "payment history",
        "PAYMENT_SUCCESS",
    ],
    patterns(
        l3 = "TTL as a parameter, expiry changes the status",
        l4 = "backup at an exact time, payment history per customer, migration chain",
        l5 = "single lock; async transfer",
        l6 = FailFast,
    ),
    uses = [StatusMachine, StatusFlip, RemainingTtlBackup, EventHistory, Merge, MoveBetween, SingleLock, FailFast],
)]
impl SubscriptionBilling {
    fn new() -> Self {
        Self::default()
    }

    /// Cancels every subscription whose time has come, paused ones too. Its id stays taken.
    fn purge_expired(&mut self, timestamp: Int) {
        for id in self.subs.lists_mut().expiries.take_due(timestamp) {
            self.subs.change(&id, |sub| {
                sub.status = Status::Cancelled;
                note!(expired, what: "subscription", id: id, due: sub.expiry, now: timestamp, to: "CANCELLED");
            });
        }
    }

    /// Which plan a plan is after all migrations.
    fn resolve_plan(&self, plan_id: &Str) -> Str {
        let resolved = follow(&self.migrated_plans, plan_id);
        if resolved != *plan_id {
            note!(routed, what: "plan", id: plan_id, to: resolved);
        }
        resolved
    }

    fn is(&self, subscription_id: &Str, status: Status) -> bool {
        self.subs.get(subscription_id).is_some_and(|sub| sub.status == status)
    }

    fn move_to(&mut self, subscription_id: &Str, status: Status) {
        self.subs.change(subscription_id, |sub| {
            note!(moved, what: "subscription", id: subscription_id, from: sub.status.as_str(), to: status.as_str());
            sub.status = status;
        });
    }

    /// Creates a plan, or gives one that exists another price.
    #[op(1)]
    fn create_plan(&mut self, _timestamp: Int, plan_id: Str, price_per_month: Num) -> bool {
        self.plans.insert(plan_id, Plan { price_per_month });
        true
    }

    /// Subscribes a customer to a plan, or to what it migrated to; cancelled from `timestamp + ttl_ms` on, without a TTL
    /// never.
    #[op(1)]
    fn subscribe(
        &mut self,
        timestamp: Int,
        plan_id: Str,
        subscription_id: Str,
        customer_id: Str,
        #[default(None)] ttl_ms: Option<Int>,
    ) -> bool {
        let plan_id = self.resolve_plan(&plan_id);
        ensure!(self.plans.contains_key(&plan_id), exists("plan", plan_id), false);
        ensure!(!self.subs.contains_key(&subscription_id), absent("subscription", subscription_id), false);
        let expiry = ttl_ms.map(|ttl| timestamp + ttl);
        self.subs.insert(subscription_id, Subscription { plan_id, customer_id, status: Status::Active, expiry });
        true
    }

    /// Cancels a subscription that is ACTIVE or PAUSED, for good.
    #[op(1)]
    fn cancel(&mut self, timestamp: Int, subscription_id: Str) -> bool {
        self.purge_expired(timestamp);
        ensure!(self.subs.contains_key(&subscription_id), exists("subscription", subscription_id), false);
        let over = self.is(&subscription_id, Status::Cancelled);
        ensure!(!over, status("ACTIVE or PAUSED", subscription_id), false);
        self.move_to(&subscription_id, Status::Cancelled);
        true
    }

    /// Pauses an ACTIVE subscription; its TTL runs on.
    #[op(1)]
    fn pause(&mut self, timestamp: Int, subscription_id: Str) -> bool {
        self.purge_expired(timestamp);
        ensure!(self.subs.contains_key(&subscription_id), exists("subscription", subscription_id), false);
        ensure!(self.is(&subscription_id, Status::Active), status("ACTIVE", subscription_id), false);
        self.move_to(&subscription_id, Status::Paused);
        true
    }

    /// Makes a PAUSED subscription ACTIVE again.
    #[op(1)]
    fn resume(&mut self, timestamp: Int, subscription_id: Str) -> bool {
        self.purge_expired(timestamp);
        ensure!(self.subs.contains_key(&subscription_id), exists("subscription", subscription_id), false);
        ensure!(self.is(&subscription_id, Status::Paused), status("PAUSED", subscription_id), false);
        self.move_to(&subscription_id, Status::Active);
        true
    }

    /// Counts the ACTIVE subscriptions of a plan, or of what it migrated to.
    #[op(2)]
    fn get_plan_subscribers(&mut self, timestamp: Int, plan_id: Str) -> Int {
        self.purge_expired(timestamp);
        self.subs.lists().active_by_plan.count(&self.resolve_plan(&plan_id))
    }

    /// Lists the subscriptions of a customer, of any status, in order of subscribing.
    #[op(2)]
    fn get_customer_subscriptions(&mut self, timestamp: Int, customer_id: Str) -> Vec<Str> {
        self.purge_expired(timestamp);
        let mut ids: Vec<Str> = self.subs.lists().by_customer.ids(&customer_id).collect();
        self.subs.sort_by_place(&mut ids);
        ids
    }

    /// Keeps a snapshot of everything, subscriptions with their remaining TTL.
    #[op(4)]
    fn backup(&mut self, timestamp: Int) -> bool {
        self.purge_expired(timestamp);
        self.backups.keep(Snapshot {
            timestamp,
            plans: self.plans.clone(),
            subs: TtlSnapshot::of(&self.subs, timestamp),
            history: self.history.clone(),
            migrated_plans: self.migrated_plans.clone(),
        });
        note!(snapshot, at: timestamp, kept: self.subs.count(), of: self.subs.count());
        true
    }

    /// Goes back to the first snapshot that was taken at exactly `target_ts`; TTLs run on from `timestamp`.
    #[op(4)]
    fn restore(&mut self, timestamp: Int, target_ts: Int) -> bool {
        let found = self.backups.first_at(target_ts);
        ensure!(found.is_some(), exists("backup", target_ts), false);
        let Some(snapshot) = found else { return false };
        self.plans = snapshot.plans.clone();
        self.subs.replace(snapshot.subs.rebased(timestamp));
        self.history = snapshot.history.clone();
        self.migrated_plans = snapshot.migrated_plans.clone();
        note!(restored, from: snapshot.timestamp, now: timestamp, kept: self.subs.count());
        true
    }

    /// Lists the payments of a customer, oldest first. Asking for an unknown one leaves an empty list behind.
    #[op(4)]
    fn get_payment_history(&mut self, customer_id: Str) -> Vec<Record> {
        let payments = self.history.entry(&customer_id, List::new);
        payments.map(|payments| payments.iter().map(Record::of).collect()).unwrap_or_default()
    }

    /// Moves all subscriptions of a plan to another, as it is named. The old plan need not exist, and is not deleted.
    #[op(4)]
    fn migrate_plan(&mut self, timestamp: Int, from_plan: Str, to_plan: Str) -> bool {
        self.purge_expired(timestamp);
        ensure!(self.plans.contains_key(&to_plan), exists("plan", to_plan), false);
        // From a plan to itself: all of them would be written as they are.
        let leaving = (from_plan != to_plan).then_some(&from_plan);
        let moved: Vec<Str> = leaving.into_iter().flat_map(|plan| self.subs.lists().by_plan.ids(plan)).collect();
        for subscription_id in moved {
            self.subs.change(&subscription_id, |sub| sub.plan_id = to_plan.clone());
        }
        note!(merged, what: "plan", from: from_plan, into: to_plan);
        self.migrated_plans.insert(from_plan, to_plan);
        true
    }

    /// Runs the operations together, each under the lock of its subscription.
    #[op(5)]
    async fn batch_ops(billing: Live<Self>, timestamp: Int, operations: Vec<BatchOp>) -> Py<Vec<bool>> {
        billing
            .gather(operations, move |billing, op| async move {
                let _lock = billing.lock(op.lock_key()).await;
                Ok(billing.with(|billing| match op {
                    BatchOp::Subscribe { subscription_id, plan_id, customer_id, ttl_ms } => {
                        billing.subscribe(timestamp, plan_id, subscription_id, customer_id, ttl_ms)
                    }
                    BatchOp::Cancel { subscription_id } => billing.cancel(timestamp, subscription_id),
                    BatchOp::Pause { subscription_id } => billing.pause(timestamp, subscription_id),
                    BatchOp::Resume { subscription_id } => billing.resume(timestamp, subscription_id),
                    BatchOp::Other { .. } => false,
                }))
            })
            .await
    }

    /// Moves a subscription that is not CANCELLED to another plan, under its lock: nothing else changes.
    #[op(5)]
    async fn transfer_subscription(
        billing: Live<Self>,
        timestamp: Int,
        subscription_id: Str,
        new_plan_id: Str,
    ) -> Py<bool> {
        let Some(plan_id) = billing.with(|billing| billing.known_plan(&new_plan_id)) else { return Ok(false) };
        let _lock = billing.lock(&subscription_id).await;
        Ok(billing.with(|billing| billing.transfer(timestamp, &subscription_id, plan_id)))
    }

    fn known_plan(&self, plan_id: &Str) -> Option<Str> {
        let plan_id = self.resolve_plan(plan_id);
        ensure!(self.plans.contains_key(&plan_id), exists("plan", plan_id), None);
        Some(plan_id)
    }

    fn transfer(&mut self, timestamp: Int, subscription_id: &Str, plan_id: Str) -> bool {
        self.purge_expired(timestamp);
        ensure!(self.subs.contains_key(subscription_id), exists("subscription", subscription_id), false);
        let over = self.is(subscription_id, Status::Cancelled);
        ensure!(!over, status("ACTIVE or PAUSED", subscription_id), false);
        self.subs.change(subscription_id, |sub| {
            note!(moved, what: "subscription", id: subscription_id, from: sub.plan_id, to: plan_id);
            sub.plan_id = plan_id;
        });
        true
    }

    /// Takes a month's payment for ACTIVE subscriptions, so many at a time; what is missing or not ACTIVE fails at once,
    /// without a permit.
    #[op(6)]
    async fn process_payments(
        billing: Live<Self>,
        timestamp: Int,
        subscription_ids: Vec<Str>,
        max_concurrent: Int,
    ) -> Py<Vec<(Str, &'static str)>> {
        billing.with(|billing| billing.purge_expired(timestamp));
        let semaphore = billing.semaphore(max_concurrent)?;
        billing
            .gather(subscription_ids, move |billing, subscription_id| {
                let semaphore = semaphore.clone();
                async move {
                    if !billing.with(|billing| billing.may_pay(&subscription_id)) {
                        return Ok((subscription_id, "PAYMENT_FAILED"));
                    }
                    let _permit = semaphore.acquire().await;
                    billing.sleep_ms(PAYMENT_MS).await;
                    billing.with(|billing| billing.pay(timestamp, &subscription_id));
                    Ok((subscription_id, "PAYMENT_SUCCESS"))
                }
            })
            .await
    }

    fn may_pay(&self, subscription_id: &Str) -> bool {
        ensure!(self.subs.contains_key(subscription_id), exists("subscription", subscription_id), false);
        ensure!(self.is(subscription_id, Status::Active), status("ACTIVE", subscription_id), false);
        true
    }

    /// Writes a payment at the price that the plan has now; a plan that is not known costs nothing.
    fn pay(&mut self, timestamp: Int, subscription_id: &Str) {
        let Some(Subscription { plan_id, customer_id, .. }) = self.subs.get(subscription_id).cloned() else { return };
        let amount = self.plans.get(&plan_id).map_or(Num::Int(Int::ZERO), |plan| plan.price_per_month);
        let payment = Payment { subscription_id: subscription_id.clone(), plan_id, amount, timestamp };
        if let Some(payments) = self.history.entry(&customer_id, List::new) {
            payments.push(payment);
        }
    }
}
