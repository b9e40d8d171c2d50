//! Log aggregator: one master dict and two indexes that stay in step, retention, snapshots, export.

use std::rc::Rc;

use crate::patterns::{Order, Ranking, Sequence, attempted, exchange_sort, ranked};
use crate::prelude::*;
use crate::value::{Change, DictKey, Path, State, stable_sort_by_key};

/// Logs by id, by source and by level.
#[derive(Clone, Default, State)]
pub struct LogAggregator {
    logs: Dict<Str, Log>,
    by_source: Index,
    by_level: Index,
    log_counter: Int,
    retention_ms: Option<Num>,
    snapshots: Dict<Str, Snapshot>,
    snap_counter: Int,
    #[state(skip)]
    clock: Num,
    #[state(skip)]
    by_time: Order,
    #[state(skip)]
    loudest: Ranking<Str>,
}

#[derive(Clone, State)]
#[allow(clippy::struct_field_names)] // the names of Python's keys
struct Log {
    log_id: Str,
    timestamp: Int,
    source: Str,
    level: Str,
    message: Str,
    /// The number in its id.
    #[state(skip)]
    number: Int,
}

/// The logs at a moment, shared with what was there then: nothing is copied. Python's class builds the indexes anew from
/// the copied logs; that waits until somebody looks, or brings them back.
#[derive(Clone)]
struct Snapshot {
    logs: Dict<Str, Log>,
    by_source: Index,
    by_level: Index,
    by_time: Order,
    loudest: Ranking<Str>,
}

/// The ids of the logs of each source or level.
type Index = Dict<Str, Sequence<Str>>;

impl Snapshot {
    /// An index as it is built anew from the logs: its entries in the order of their first log.
    fn rebuilt(&self, index: &Index) -> Index {
        let mut entries: Vec<(Str, &Sequence<Str>)> = index.iter().collect();
        stable_sort_by_key(&mut entries, |(_, ids)| ids.iter().next().and_then(|first| self.logs.place(&first)));
        entries.into_iter().map(|(group, ids)| (group, ids.clone())).collect()
    }
}

impl State for Snapshot {
    fn view(&self) -> Value {
        let indexes = [("by_source", &self.by_source), ("by_level", &self.by_level)];
        let indexes = indexes.map(|(name, index)| (name, self.rebuilt(index).view()));
        Value::record([("logs", self.logs.view())].into_iter().chain(indexes))
    }

    fn diff(&self, before: &dyn State, path: &mut Path, out: &mut Vec<Change>) {
        out.push(Change::changed(path, before.view(), self.view()));
    }

    fn clone_rc(&self) -> Rc<dyn State> {
        Rc::new(self.clone())
    }
}

#[system(
    id = "log_aggregator",
    class = "LogAggregator",
    title(en = "Log aggregator", zh = "Log aggregator"),
    summary(
        en = "A store of logs with indexes by source and by level: filters, counts, retention, snapshot and restore, export.",
        zh = "Log store 加兩個 index（source、level）：filter、count、retention、snapshot / restore、export。",
    ),
    family = Flat,
    family_reason(
        en = "One dict of logs under one ID; the indexes only point into it.",
        zh = "得一個 logs dict、一個 ID；兩個 index 淨係指返入去。",
    ),
    group = "Multi-Collection",
    signals = [
        "log", "source", "level", "DEBUG", "INFO", "WARN", "ERROR", "retention", "snapshot", "restore", "export every log",
        "simulate call for all",
    ],
    patterns(l3 = "lazy purge", l4 = "deep-copy snapshot", l5 = "single lock per source", l6 = AllSleep),
    uses = [TopN, LazyPurge, DeepCopyBackup, SingleLock, AllSleep],
    clock = clock,
)]
impl LogAggregator {
    fn new(#[default(None)] retention_ms: Option<Num>) -> Self {
        Self { retention_ms, ..Self::default() }
    }

    fn is_expired(&self, timestamp: Int) -> bool {
        self.retention_ms.is_some_and(|retention| self.clock - Num::Int(timestamp) > retention)
    }

    /// Removes every log that is older than the retention. Its age is counted from its own timestamp.
    fn purge_expired(&mut self) {
        while let Some((timestamp, key)) = self.by_time.first().cloned()
            && self.is_expired(timestamp)
        {
            let id = Str::from_key(&key).unwrap_or_default();
            note!(purged, what: "log", id: id, due: Num::Int(timestamp) + self.retention_ms.unwrap_or_default(), now: self.clock);
            self.remove_log(&id);
        }
    }

    /// Writes a log in all three places.
    fn insert_log(&mut self, log: Log) {
        let id = log.log_id.clone();
        for (index, group) in [(&mut self.by_source, &log.source), (&mut self.by_level, &log.level)] {
            if let Some(ids) = index.entry(group, Sequence::default) {
                ids.push(log.number, &id);
            }
        }
        self.by_time.insert(log.timestamp, id.to_key());
        self.rank(&log.source, Int(1));
        self.logs.insert(id, log);
    }

    /// Removes a log from all three places; an index entry goes with its last log.
    fn remove_log(&mut self, id: &Str) {
        let Some(log) = self.logs.remove(id) else { return };
        self.by_time.remove(log.timestamp, id.to_key());
        for (index, group) in [(&mut self.by_source, &log.source), (&mut self.by_level, &log.level)] {
            if let Some(ids) = index.get_mut(group) {
                ids.remove(log.number, id);
                if ids.is_empty() {
                    index.remove(group);
                }
            }
        }
        self.rank(&log.source, Int(-1));
    }

    /// Moves a source in the ranking, after its index has changed by so many.
    fn rank(&mut self, source: &Str, change: Int) {
        let count = Int::count(self.by_source.get(source).map_or(0, Sequence::len));
        if count - change > 0 {
            self.loudest.leave(source, count - change);
        }
        if count > 0 {
            self.loudest.enter(source, count);
        }
    }

    fn shown(log: &Log) -> Value {
        Value::record([
            ("log_id", log.log_id.clone().into_value()),
            ("timestamp", log.timestamp.into_value()),
            ("source", log.source.clone().into_value()),
            ("level", log.level.clone().into_value()),
            ("message", log.message.clone().into_value()),
        ])
    }

    /// The logs of an index entry by time, sorted as the handbook sorts.
    fn filtered(&self, ids: Option<&Sequence<Str>>) -> Vec<Value> {
        let mut logs: Vec<&Log> =
            ids.into_iter().flat_map(Sequence::iter).filter_map(|id| self.logs.get(&id)).collect();
        exchange_sort(&mut logs, |log| log.timestamp);
        logs.into_iter().map(Self::shown).collect()
    }

    /// Stores a log and gives its id. The level may be any word.
    #[op(1)]
    fn add_log(&mut self, timestamp: Int, source: Str, level: Str, message: Str) -> Str {
        self.log_counter += 1;
        let number = self.log_counter;
        let log_id = Str::from(format!("log_{number}"));
        self.insert_log(Log { log_id: log_id.clone(), timestamp, source, level, message, number });
        log_id
    }

    /// Gives a log that has not expired.
    #[op(1)]
    fn get_log(&mut self, log_id: Str) -> Option<Value> {
        self.purge_expired();
        ensure!(self.logs.contains_key(&log_id), exists("log", log_id), None);
        self.logs.get(&log_id).map(Self::shown)
    }

    /// Removes a log, expired or not.
    #[op(1)]
    fn delete_log(&mut self, log_id: Str) -> bool {
        ensure!(self.logs.contains_key(&log_id), exists("log", log_id), false);
        self.remove_log(&log_id);
        true
    }

    /// Lists the logs of a level by time.
    #[op(2)]
    fn filter_by_level(&mut self, level: Str) -> Vec<Value> {
        self.purge_expired();
        ensure!(self.by_level.contains_key(&level), exists("level", level), Vec::new());
        self.filtered(self.by_level.get(&level))
    }

    /// Lists the logs of a source by time.
    #[op(2)]
    fn filter_by_source(&mut self, source: Str) -> Vec<Value> {
        self.purge_expired();
        ensure!(self.by_source.contains_key(&source), exists("source", source), Vec::new());
        self.filtered(self.by_source.get(&source))
    }

    /// Lists the sources with most logs, as `source(count)`.
    #[op(2)]
    fn top_sources(&mut self, n: Int) -> Vec<Str> {
        self.purge_expired();
        self.loudest.top(n.max(Int::ZERO)).map(|(source, count)| ranked(&source, count)).collect()
    }

    /// Counts the logs of each level that has any.
    #[op(4)]
    fn count_by_level(&mut self) -> Value {
        self.purge_expired();
        Value::record(self.by_level.iter().map(|(level, ids)| (level, Int::count(ids.len()).into_value())))
    }

    /// Keeps the logs as they are now, and gives the snapshot's id.
    #[op(4)]
    fn snapshot(&mut self) -> Str {
        self.purge_expired();
        self.snap_counter += 1;
        let id = Str::from(format!("snap_{}", self.snap_counter));
        note!(snapshot, at: self.clock, kept: self.logs.count(), of: self.logs.count());
        let snapshot = Snapshot {
            logs: self.logs.clone(),
            by_source: self.by_source.clone(),
            by_level: self.by_level.clone(),
            by_time: self.by_time.clone(),
            loudest: self.loudest.clone(),
        };
        self.snapshots.insert(id.clone(), snapshot);
        id
    }

    /// Goes back to a snapshot. The counters do not, and nothing gets a longer life.
    #[op(4)]
    fn restore(&mut self, snapshot_id: Str) -> bool {
        ensure!(self.snapshots.contains_key(&snapshot_id), exists("snapshot", snapshot_id), false);
        let Some(snapshot) = self.snapshots.get(&snapshot_id).cloned() else { return false };
        note!(restored, from: snapshot_id, now: self.clock, kept: snapshot.logs.count());
        (self.by_source, self.by_level) = (snapshot.rebuilt(&snapshot.by_source), snapshot.rebuilt(&snapshot.by_level));
        (self.logs, self.by_time, self.loudest) = (snapshot.logs, snapshot.by_time, snapshot.loudest);
        true
    }

    /// Stores the logs together, each under the lock of its source.
    #[op(5)]
    async fn batch_add(store: Live<Self>, operations: Vec<(Int, Str, Str, Str)>) -> Py<Vec<Str>> {
        store
            .gather(operations, |store, (timestamp, source, level, message)| async move {
                let _lock = store.lock(&source).await;
                Ok(store.with(|store| store.add_log(timestamp, source, level, message)))
            })
            .await
    }

    /// Sends every log to another system, so many at a time; one that fails stops no other.
    #[op(6)]
    async fn export_logs(
        store: Live<Self>,
        export_func: ExternalCall,
        #[default(Int(3))] max_concurrent: Int,
    ) -> Py<Vec<Value>> {
        let logs = store.with(|store| {
            store.purge_expired();
            store.logs.iter().map(|(id, log)| (id, Self::shown(log))).collect::<Vec<_>>()
        });
        let semaphore = store.semaphore(max_concurrent)?;
        store
            .gather(logs, move |store, (log_id, log)| {
                let (semaphore, export_func) = (semaphore.clone(), export_func.clone());
                async move {
                    let _permit = semaphore.acquire().await;
                    Ok(attempted("log_id", &log_id, store.external(&export_func, &log_id, vec![log]).await))
                }
            })
            .await
    }
}
