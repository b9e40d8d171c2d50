//! Bank: accounts, transfers, payments with a delayed cashback, balances in the past, merging.

use crate::patterns::{DueQueue, Ranking, ValueHistory, ranked};
use crate::prelude::*;

/// A payment's cashback arrives a day later.
const CASHBACK_DELAY_MS: i64 = 86_400_000;
const CASHBACK_PERCENT: i64 = 2;
/// How long an external transfer takes.
const TRANSFER_MS: f64 = 10.0;

/// Accounts with an integer balance.
#[derive(Clone, Default, State)]
pub struct Bank {
    accounts: Dict<Str, Account>,
    payment_counter: Int,
    payment: Dict<Str, Payment>,
    merged_accounts: Dict<Str, Str>,
    #[state(skip)]
    due_cashbacks: DueQueue<Str>,
    #[state(skip)]
    spenders: Ranking<Str>,
}

#[derive(Clone, State)]
struct Account {
    balance: Int,
    outgoing: Int,
    history: ValueHistory,
}

impl Account {
    /// Changes the balance, and remembers what it is from now on.
    fn add(&mut self, timestamp: Int, amount: Int) -> Int {
        self.balance += amount;
        self.history.record(timestamp, self.balance);
        self.balance
    }
}

#[derive(Clone, State)]
struct Payment {
    account_id: Str,
    cashback_amount: Int,
    cashback_time: Int,
    received: bool,
}

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "type")]
pub enum BatchOp {
    /// Moves money between two accounts.
    Transfer { source_id: Str, target_id: Str, amount: Int },
    /// Puts money in.
    Deposit { account_id: Str, amount: Int },
    /// Pays, with a cashback.
    Pay { account_id: Str, amount: Int },
    /// Any other word does nothing.
    #[item(other)]
    Other { account_id: Str },
}

/// One transfer to another bank.
#[derive(Clone, Item)]
pub struct ExternalTransfer {
    account_id: Str,
    amount: Int,
}

#[system(
    id = "bank",
    class = "BankSystem",
    title(en = "Bank", zh = "銀行"),
    summary(
        en = "Accounts with a balance: deposit, transfer, pay with a delayed 2 % cashback, top spenders, balance at a past moment, merge.",
        zh = "戶口有 balance：存款、轉帳、付款（兩巴仙 cashback 遲一日到）、最大支出排行、查返舊時嘅 balance、合併戶口。",
    ),
    family = Flat,
    family_reason(
        en = "One create method with one ID, and nothing is put inside an account.",
        zh = "得一個 create method、一個 ID，戶口入面冇 sub-item。",
    ),
    group = "Flat+Lazy",
    signals = [
        "account", "deposit", "transfer", "pay", "top spenders", "cashback", "24 hours", "scheduled",
        "balance at", "merge", "external transfers", "max_concurrent",
    ],
    patterns(
        l3 = "lazy scheduled effect",
        l4 = "value at time, merge",
        l5 = "single lock, sorted pair lock",
        l6 = FailFast,
    ),
    uses = [TopN, LazyEffect, ValueAtTime, Merge, SingleLock, SortedPairLock, FailFast],
)]
impl Bank {
    fn new() -> Self {
        Self::default()
    }

    /// Credits every cashback that is due. The first thing every public method does.
    fn process_cashbacks(&mut self, timestamp: Int) -> Py<()> {
        let mut due = self.due_cashbacks.take_due(timestamp);
        self.payment.sort_by_place(&mut due);
        for payment_id in due {
            let Some(payment) = self.payment.get_mut(&payment_id) else { continue };
            // Python indexes the owner directly: one that was merged away is an error, not a redirection.
            let owner = payment.account_id.clone();
            let account = self.accounts.get_mut(&owner).ok_or_else(|| Raise::key_error(owner))?;
            account.balance += payment.cashback_amount;
            payment.received = true;
            note!(
                due, what: "cashback", id: payment_id, target: payment.account_id,
                amount: payment.cashback_amount, due: payment.cashback_time, now: timestamp
            );
        }
        Ok(())
    }

    /// Adds to what an account has spent, and to its place in the ranking.
    fn spend(&mut self, timestamp: Int, account_id: &Str, amount: Int) -> Int {
        let Some(account) = self.accounts.get_mut(account_id) else { return Int::ZERO };
        let before = account.outgoing;
        account.outgoing += amount;
        self.spenders.shift(account_id, before, account.outgoing);
        account.add(timestamp, -amount)
    }

    fn balance(&self, account_id: &Str) -> Int {
        self.accounts.get(account_id).map_or(Int::ZERO, |account| account.balance)
    }

    /// Opens an account with balance 0.
    #[op(1)]
    fn create_account(&mut self, timestamp: Int, account_id: Str) -> Py<bool> {
        self.process_cashbacks(timestamp)?;
        ensure!(!self.accounts.contains_key(&account_id), absent("account", account_id), false);
        self.spenders.enter(&account_id, Int::ZERO);
        let history = ValueHistory::starting(timestamp, Int::ZERO);
        self.accounts.insert(account_id, Account { balance: Int::ZERO, outgoing: Int::ZERO, history });
        Ok(true)
    }

    /// Puts money into an account and gives the new balance.
    #[op(1)]
    fn deposit(&mut self, timestamp: Int, account_id: Str, amount: Int) -> Py<Option<Int>> {
        self.process_cashbacks(timestamp)?;
        ensure!(self.accounts.contains_key(&account_id), exists("account", account_id), None);
        Ok(self.accounts.get_mut(&account_id).map(|account| account.add(timestamp, amount)))
    }

    /// Moves money between two accounts and gives the source's new balance.
    #[op(1)]
    fn transfer(&mut self, timestamp: Int, source_id: Str, target_id: Str, amount: Int) -> Py<Option<Int>> {
        self.process_cashbacks(timestamp)?;
        ensure!(self.accounts.contains_key(&source_id), exists("account", source_id), None);
        ensure!(self.accounts.contains_key(&target_id), exists("account", target_id), None);
        ensure!(source_id != target_id, different("account", target_id), None);
        ensure!(self.balance(&source_id) >= amount, enough("balance", amount), None);
        let left = self.spend(timestamp, &source_id, amount);
        if let Some(target) = self.accounts.get_mut(&target_id) {
            target.add(timestamp, amount);
        }
        Ok(Some(left))
    }

    /// Lists the accounts that sent out most, as `id(outgoing)`.
    #[op(2)]
    fn top_spenders(&mut self, timestamp: Int, n: Int) -> Py<Vec<Str>> {
        self.process_cashbacks(timestamp)?;
        Ok(self.spenders.top(n).map(|(id, outgoing)| ranked(&id, outgoing)).collect())
    }

    /// Pays out of an account; 2 % come back a day later. Gives the payment's id.
    #[op(3)]
    fn pay(&mut self, timestamp: Int, account_id: Str, amount: Int) -> Py<Option<Str>> {
        self.process_cashbacks(timestamp)?;
        ensure!(self.accounts.contains_key(&account_id), exists("account", account_id), None);
        ensure!(self.balance(&account_id) >= amount, enough("balance", amount), None);
        self.spend(timestamp, &account_id, amount);
        self.payment_counter += 1;
        let payment_id = Str::from(format!("payment{}", self.payment_counter));
        let cashback_time = timestamp + CASHBACK_DELAY_MS;
        let cashback_amount = (amount * CASHBACK_PERCENT).floor_div(Int(100)).unwrap_or_default();
        self.due_cashbacks.schedule(cashback_time, &payment_id);
        note!(scheduled, what: "cashback", id: payment_id, target: account_id, amount: cashback_amount, due: cashback_time);
        self.payment
            .insert(payment_id.clone(), Payment { account_id, cashback_amount, cashback_time, received: false });
        Ok(Some(payment_id))
    }

    /// Tells whether a payment's cashback has arrived.
    #[op(3)]
    fn get_payment_status(&mut self, timestamp: Int, account_id: Str, payment_id: Str) -> Py<Option<&'static str>> {
        self.process_cashbacks(timestamp)?;
        ensure!(self.accounts.contains_key(&account_id), exists("account", account_id), None);
        ensure!(self.payment.contains_key(&payment_id), exists("payment", payment_id), None);
        let Some(payment) = self.payment.get(&payment_id) else { return Ok(None) };
        ensure!(payment.account_id == account_id, owned("payment", account_id), None);
        Ok(Some(if payment.received { "CASHBACK_RECEIVED" } else { "IN_PROGRESS" }))
    }

    /// Gives the balance at a moment, from the newest history entry that is not later.
    #[op(4)]
    fn get_balance(&mut self, timestamp: Int, account_id: Str, time_at: Int) -> Py<Option<Int>> {
        self.process_cashbacks(timestamp)?;
        ensure!(self.accounts.contains_key(&account_id), exists("account", account_id), None);
        Ok(self.accounts.get(&account_id).and_then(|account| account.history.value_at(time_at)))
    }

    /// Merges the second account into the first, which takes over its balance and what it has spent.
    #[op(4)]
    fn merge_accounts(&mut self, timestamp: Int, account_id_1: Str, account_id_2: Str) -> Py<bool> {
        self.process_cashbacks(timestamp)?;
        ensure!(self.accounts.contains_key(&account_id_1), exists("account", account_id_1), false);
        ensure!(self.accounts.contains_key(&account_id_2), exists("account", account_id_2), false);
        ensure!(account_id_1 != account_id_2, different("account", account_id_2), false);
        let Some(gone) = self.accounts.remove(&account_id_2) else { return Ok(false) };
        self.spenders.leave(&account_id_2, gone.outgoing);
        if let Some(account) = self.accounts.get_mut(&account_id_1) {
            let before = account.outgoing;
            account.outgoing += gone.outgoing;
            self.spenders.shift(&account_id_1, before, account.outgoing);
            account.add(timestamp, gone.balance);
        }
        note!(merged, what: "account", from: account_id_2, into: account_id_1);
        self.merged_accounts.insert(account_id_2, account_id_1);
        Ok(true)
    }

    /// Runs the operations together, each under the locks of its accounts. The answers keep the order of the operations.
    #[op(5)]
    async fn process_batch(bank: Live<Self>, timestamp: Int, operations: Vec<BatchOp>) -> Py<Vec<Value>> {
        bank.with(|bank| bank.process_cashbacks(timestamp))?;
        bank.gather(operations, move |bank, op| async move {
            match op {
                BatchOp::Transfer { source_id, target_id, amount } => {
                    let _locks = bank.sorted_pair_lock(&source_id, &target_id).await;
                    let left = bank.with(|bank| bank.transfer(timestamp, source_id, target_id, amount))?;
                    Ok(left.into_value())
                }
                BatchOp::Deposit { account_id, amount } => {
                    let _lock = bank.lock(&account_id).await;
                    Ok(bank.with(|bank| bank.deposit(timestamp, account_id, amount))?.into_value())
                }
                BatchOp::Pay { account_id, amount } => {
                    let _lock = bank.lock(&account_id).await;
                    Ok(bank.with(|bank| bank.pay(timestamp, account_id, amount))?.into_value())
                }
                BatchOp::Other { account_id } => {
                    let _lock = bank.lock(&account_id).await;
                    Ok(Value::None)
                }
            }
        })
        .await
    }

    /// Sends money to other banks, so many at a time. Deducts under the account's lock first: what cannot be paid takes no
    /// permit.
    #[op(6)]
    async fn process_external_transfers(
        bank: Live<Self>,
        timestamp: Int,
        transfers: Vec<ExternalTransfer>,
        max_concurrent: Int,
    ) -> Py<Vec<bool>> {
        bank.with(|bank| bank.process_cashbacks(timestamp))?;
        let semaphore = bank.semaphore(max_concurrent)?;
        bank.gather(transfers, move |bank, transfer| {
            let semaphore = semaphore.clone();
            async move {
                {
                    let _lock = bank.lock(&transfer.account_id).await;
                    if !bank.with(|bank| bank.deduct(timestamp, transfer)) {
                        return Ok(false);
                    }
                }
                let _permit = semaphore.acquire().await;
                bank.sleep_ms(TRANSFER_MS).await;
                Ok(true)
            }
        })
        .await
    }

    /// The local half of an external transfer.
    fn deduct(&mut self, timestamp: Int, transfer: ExternalTransfer) -> bool {
        let ExternalTransfer { account_id, amount } = transfer;
        ensure!(self.accounts.contains_key(&account_id), exists("account", account_id), false);
        ensure!(self.balance(&account_id) >= amount, enough("balance", amount), false);
        self.spend(timestamp, &account_id, amount);
        true
    }
}
