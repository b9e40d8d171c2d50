//! Signal pipeline: channels with room for so many signals, ranked by strength; signals expire, and move between channels.

use crate::patterns::{Backups, Container, Mortal, Nested, NestedSnapshot, Record, Summed, Weighed};
use crate::prelude::*;

/// How long the sync of one channel takes.
const SYNC_MS: f64 = 10.0;

/// Channels by id, each with its signals.
#[derive(Clone, Default, State)]
pub struct SignalPipeline {
    channels: Nested<Channel>,
    backups: Backups<NestedSnapshot<Channel>>,
}

#[derive(Clone, State)]
struct Channel {
    max_signals: Int,
    signals: Summed<Signal>,
    /// Every signal that ever came in, and the marks of syncs; it never shrinks.
    history: List<Str>,
}

#[derive(Clone, State)]
struct Signal {
    strength: Num,
    created_at: Int,
    expiry: Option<Int>,
}

impl Container for Channel {
    type Item = Signal;
    const ITEMS: &'static str = "signals";

    fn items(&self) -> &Summed<Signal> {
        &self.signals
    }

    fn items_mut(&mut self) -> &mut Summed<Signal> {
        &mut self.signals
    }
}

impl Weighed for Signal {
    fn weight(&self) -> Num {
        self.strength
    }
}

impl Mortal for Signal {
    fn expiry(&self) -> Option<Int> {
        self.expiry
    }

    fn with_expiry(&self, expiry: Option<Int>) -> Self {
        Self { expiry, ..self.clone() }
    }
}

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "type")]
pub enum BatchOp {
    /// Puts a signal into a channel.
    Inject { channel_id: Str, signal_id: Str, strength: Num },
    /// Takes a signal out of a channel.
    Drop { channel_id: Str, signal_id: Str },
    /// Any other word moves a signal to another channel.
    #[item(other)]
    Transfer { from_channel_id: Str, to_channel_id: Str, signal_id: Str },
}

#[system(
    id = "signal_pipeline",
    class = "SignalProcessingPipeline",
    title(en = "Signal pipeline", zh = "Signal pipeline"),
    summary(
        en = "Channels with a limited number of signals, each with a strength: strongest channels, find a signal without its channel, expiry, backup with remaining TTL, moves between channels.",
        zh = "每條 channel 裝得落有限個 signal，每個 signal 有 strength：最強 channel 排行、淨係得 signal_id 都搵到喺邊、到期、backup 記 remaining TTL、signal 喺 channel 之間搬。",
    ),
    family = Nested,
    family_reason(
        en = "One create method and one add-X: a signal ID is no key of the outer dict, so finding a signal is a reverse lookup.",
        zh = "一個 create method 加一個 add-X：signal_id 唔係外層 dict 嘅 key，所以搵 signal 要反查。",
    ),
    group = "Nested+TTL",
    signals = [
        "create_channel", "inject", "signal_id only", "strength", "max_signals", "ttl", "backup", "restore", "history",
        "transfer", "sync",
    ],
    patterns(
        l3 = "lazy purge of sub-items",
        l4 = "backup with remaining TTL, history per container",
        l5 = "single lock, sorted pair lock",
        l6 = FailFast,
    ),
    uses = [
        TopN, ReverseLookup, CapacityGate, LazyPurge, RemainingTtlBackup, EventHistory, MoveBetween, SingleLock,
        SortedPairLock, FailFast,
    ],
)]
impl SignalPipeline {
    fn new() -> Self {
        Self::default()
    }

    /// Deletes the signals that have expired. The methods of L1 and L2 do not do it: they still see what is dead.
    fn purge_expired_signals(&mut self, timestamp: Int) {
        self.channels.purge(timestamp, "signal");
    }

    fn is_full(&self, channel_id: &Str) -> bool {
        self.channels.get(channel_id).is_some_and(|channel| channel.signals.count() >= channel.max_signals)
    }

    fn record(&mut self, channel_id: &Str, entry: Str) {
        if let Some(channel) = self.channels.get_mut(channel_id) {
            channel.history.push(entry);
        }
    }

    fn inject(&mut self, channel_id: Str, signal_id: Str, signal: Signal) -> bool {
        ensure!(self.channels.contains_key(&channel_id), exists("channel", channel_id), false);
        ensure!(!self.channels.holds(&channel_id, &signal_id), absent("signal", signal_id), false);
        ensure!(!self.is_full(&channel_id), capacity("channel", channel_id), false);
        self.channels.put(&channel_id, signal_id.clone(), signal);
        self.record(&channel_id, signal_id);
        true
    }

    /// Creates an empty channel with room for `max_signals` signals.
    #[op(1)]
    fn create_channel(&mut self, _timestamp: Int, channel_id: Str, max_signals: Int) -> bool {
        ensure!(!self.channels.contains_key(&channel_id), absent("channel", channel_id), false);
        let channel = Channel { max_signals, signals: Summed::default(), history: List::new() };
        self.channels.create(channel_id, channel);
        true
    }

    /// Puts a signal that never expires into a channel; expired ones still take up room there.
    #[op(1)]
    fn inject_signal(&mut self, timestamp: Int, channel_id: Str, signal_id: Str, strength: Num) -> bool {
        self.inject(channel_id, signal_id, Signal { strength, created_at: timestamp, expiry: None })
    }

    /// Takes a signal out of a channel; the history keeps its id.
    #[op(1)]
    fn drop_signal(&mut self, _timestamp: Int, channel_id: Str, signal_id: Str) -> bool {
        ensure!(self.channels.contains_key(&channel_id), exists("channel", channel_id), false);
        ensure!(self.channels.holds(&channel_id, &signal_id), exists("signal", signal_id), false);
        self.channels.take(&channel_id, &signal_id);
        true
    }

    /// Gives a copy of the signals of a channel.
    #[op(1)]
    fn read_channel(&self, _timestamp: Int, channel_id: Str) -> Option<Record> {
        ensure!(self.channels.contains_key(&channel_id), exists("channel", channel_id), None);
        self.channels.get(&channel_id).map(|channel| Record::of(&channel.signals))
    }

    /// Lists the channels whose signals are strongest together, by id on ties; an empty channel counts with 0.
    #[op(2)]
    fn strongest_channels(&self, _timestamp: Int, n: Int) -> Vec<Str> {
        self.channels.top(n)
    }

    /// Finds the channel that holds a signal; of several the one that was created first.
    #[op(2)]
    fn find_signal(&self, _timestamp: Int, signal_id: Str) -> Option<Str> {
        let holder = self.channels.holders(&signal_id).next();
        ensure!(holder.is_some(), exists("signal", signal_id), None);
        holder
    }

    /// Puts a signal into a channel that is dead from `timestamp + ttl_ms` on, in milliseconds.
    #[op(3)]
    fn inject_signal_with_ttl(
        &mut self,
        timestamp: Int,
        channel_id: Str,
        signal_id: Str,
        strength: Num,
        ttl_ms: Int,
    ) -> bool {
        self.purge_expired_signals(timestamp);
        self.inject(channel_id, signal_id, Signal { strength, created_at: timestamp, expiry: Some(timestamp + ttl_ms) })
    }

    /// Tells how many milliseconds ago a signal was injected; a move does not make it younger.
    #[op(3)]
    fn get_signal_age(&mut self, timestamp: Int, channel_id: Str, signal_id: Str) -> Option<Int> {
        self.purge_expired_signals(timestamp);
        ensure!(self.channels.contains_key(&channel_id), exists("channel", channel_id), None);
        ensure!(self.channels.holds(&channel_id, &signal_id), exists("signal", signal_id), None);
        self.channels.item(&channel_id, &signal_id).map(|signal| timestamp - signal.created_at)
    }

    /// Keeps a snapshot with the remaining TTLs, and gives the number of channels as a string.
    #[op(4)]
    fn backup(&mut self, timestamp: Int) -> String {
        self.purge_expired_signals(timestamp);
        note!(snapshot, at: timestamp, kept: self.channels.count(), of: self.channels.count());
        self.backups.keep(timestamp, self.channels.snapshot(timestamp));
        self.channels.len().to_string()
    }

    /// Goes back to the last snapshot that is not later than `restore_timestamp`; its TTLs run on from `timestamp`.
    #[op(4)]
    fn restore(&mut self, timestamp: Int, restore_timestamp: Int) -> bool {
        self.purge_expired_signals(timestamp);
        let found = self.backups.last_taken(restore_timestamp);
        ensure!(found.is_some(), exists("backup", restore_timestamp), false);
        if let Some(found) = found {
            self.channels.go_back_to(&found.1, timestamp);
        }
        true
    }

    /// Lists everything that ever came into a channel, and its syncs as `sync@timestamp`.
    #[op(4)]
    fn get_signal_history(&mut self, timestamp: Int, channel_id: Str) -> Option<List<Str>> {
        self.purge_expired_signals(timestamp);
        ensure!(self.channels.contains_key(&channel_id), exists("channel", channel_id), None);
        self.channels.get(&channel_id).map(|channel| channel.history.clone())
    }

    /// Runs the operations together, each under the lock of its channel; a transfer under those of both.
    #[op(5)]
    async fn batch_operations(pipeline: Live<Self>, timestamp: Int, ops: Vec<BatchOp>) -> Py<Vec<bool>> {
        pipeline.with(|pipeline| pipeline.purge_expired_signals(timestamp));
        pipeline
            .gather(ops, move |pipeline, op| async move {
                match op {
                    BatchOp::Inject { channel_id, signal_id, strength } => {
                        let _lock = pipeline.lock(&channel_id).await;
                        Ok(pipeline.with(|pipeline| pipeline.inject_signal(timestamp, channel_id, signal_id, strength)))
                    }
                    BatchOp::Drop { channel_id, signal_id } => {
                        let _lock = pipeline.lock(&channel_id).await;
                        Ok(pipeline.with(|pipeline| pipeline.drop_signal(timestamp, channel_id, signal_id)))
                    }
                    BatchOp::Transfer { from_channel_id, to_channel_id, signal_id } => {
                        let _locks = pipeline.sorted_pair_lock(&from_channel_id, &to_channel_id).await;
                        Ok(pipeline.with(|pipeline| pipeline.transfer(from_channel_id, to_channel_id, signal_id)))
                    }
                }
            })
            .await
    }

    /// Moves a signal as it is. The target may be full, and a signal of the same id there is overwritten.
    fn transfer(&mut self, from_channel_id: Str, to_channel_id: Str, signal_id: Str) -> bool {
        ensure!(self.channels.contains_key(&from_channel_id), exists("channel", from_channel_id), false);
        ensure!(self.channels.contains_key(&to_channel_id), exists("channel", to_channel_id), false);
        ensure!(self.channels.holds(&from_channel_id, &signal_id), exists("signal", signal_id), false);
        let Some(signal) = self.channels.take(&from_channel_id, &signal_id) else { return false };
        self.channels.put(&to_channel_id, signal_id.clone(), signal);
        note!(moved, what: "signal", id: signal_id, from: from_channel_id, to: to_channel_id);
        self.record(&to_channel_id, signal_id);
        true
    }

    /// Syncs channels, so many at a time, and marks each sync in the history. A missing channel takes no permit.
    #[op(6)]
    async fn sync_channels(
        pipeline: Live<Self>,
        timestamp: Int,
        channel_ids: Vec<Str>,
        max_concurrent: Int,
    ) -> Py<Vec<bool>> {
        pipeline.with(|pipeline| pipeline.purge_expired_signals(timestamp));
        let semaphore = pipeline.semaphore(max_concurrent)?;
        pipeline
            .gather(channel_ids, move |pipeline, channel_id| {
                let semaphore = semaphore.clone();
                async move {
                    if !pipeline.with(|pipeline| pipeline.may_sync(&channel_id)) {
                        return Ok(false);
                    }
                    let _permit = semaphore.acquire().await;
                    pipeline.sleep_ms(SYNC_MS).await;
                    pipeline.with(|pipeline| pipeline.record(&channel_id, format!("sync@{timestamp}").into()));
                    Ok(true)
                }
            })
            .await
    }

    fn may_sync(&self, channel_id: &Str) -> bool {
        ensure!(self.channels.contains_key(channel_id), exists("channel", channel_id), false);
        true
    }
}
