//! File system: sizes by path; files expire, are copied over others, and are rolled back.

use crate::patterns::{Backups, DueQueue, Listed, Lists, Mortal, Ranking, TtlSnapshot, ranked};
use crate::prelude::*;
use crate::value::State;

/// How long the sync of one file takes.
const SYNC_MS: f64 = 10.0;

/// What `get_file_size` says of a file that is not there.
const NO_SIZE: Int = Int(-1);

/// Files by path.
#[derive(Clone, Default, State)]
pub struct FileSystem {
    files: Listed<Str, File, FileLists>,
    backups: Backups<TtlSnapshot<Str, File>>,
}

#[derive(Clone, State)]
struct File {
    size_kb: Int,
    expires_at: Option<Int>,
}

impl Mortal for File {
    fn expiry(&self) -> Option<Int> {
        self.expires_at
    }

    fn with_expiry(&self, expires_at: Option<Int>) -> Self {
        Self { expires_at, ..self.clone() }
    }

    fn snapshot_view(&self, remaining_ttl: Option<Int>) -> Value {
        Value::record([("size_kb", self.size_kb.view()), ("remaining_ttl", remaining_ttl.view())])
    }
}

#[derive(Clone, Default)]
struct FileLists {
    expiries: DueQueue<Str>,
    by_size: Ranking<Str>,
    total_kb: Int,
}

impl Lists<Str, File> for FileLists {
    fn enter(&mut self, path: &Str, file: &File) {
        self.by_size.enter(path, file.size_kb);
        self.total_kb += file.size_kb;
        if let Some(expires_at) = file.expires_at {
            self.expiries.schedule(expires_at, path);
        }
    }

    fn leave(&mut self, path: &Str, file: &File) {
        self.by_size.leave(path, file.size_kb);
        self.total_kb -= file.size_kb;
        if let Some(expires_at) = file.expires_at {
            self.expiries.cancel(expires_at, path);
        }
    }
}

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "type")]
pub enum BatchOp {
    /// Adds a file.
    Add { path: Str, size_kb: Int },
    /// Deletes a file.
    Delete { path: Str },
    /// Copies a file.
    Copy { source: Str, dest: Str },
    /// Any other word is refused.
    #[item(other)]
    Other,
}

/// One file that somebody wants.
#[derive(Clone, Item)]
pub struct Transfer {
    source: Str,
    size_kb: Int,
}

#[system(
    id = "file_system",
    class = "FileSystem",
    title(en = "File system", zh = "File system"),
    summary(
        en = "Files by path with a size: listing by size or path, temporary files that count as absent once expired, copy with overwrite, backup and rollback, rate-limited sync.",
        zh = "每條 path 一個 size：按 size 或者 path 列出、臨時檔過期當冇、copy 會 overwrite、backup 同 rollback、限流 sync。",
    ),
    family = Flat,
    family_reason(
        en = "One dict from path to record; a path is one key, not a folder with things inside.",
        zh = "一個 dict：path 對 record；path 係一個 key，唔係裝住嘢嘅 folder。",
    ),
    group = "Flat+Lazy",
    signals = [
        "path", "size_kb", "copy", "ttl", "-1 for a missing size", "backup", "rollback", "sync", "cloud storage",
    ],
    patterns(
        l3 = "lazy purge",
        l4 = "copy with overwrite, backup with remaining TTL",
        l5 = "single lock, sorted pair lock, one after another",
        l6 = FailFast,
    ),
    uses = [TopN, LazyPurge, RemainingTtlBackup, SingleLock, SortedPairLock, FailFast],
    refusals(NO_SIZE = "-1"),
)]
impl FileSystem {
    fn new() -> Self {
        Self::default()
    }

    /// Deletes the files that have expired. The first thing every public method does, but for rollback and the batch.
    fn purge_expired(&mut self, timestamp: Int) {
        let mut expired = self.files.lists_mut().expiries.take_due(timestamp);
        self.files.sort_by_place(&mut expired);
        for path in expired {
            if let Some(file) = self.files.remove(&path) {
                note!(purged, what: "file", id: path, due: file.expires_at, now: timestamp);
            }
        }
    }

    fn add(&mut self, path: Str, file: File) -> bool {
        ensure!(!self.files.contains_key(&path), absent("file", path), false);
        self.files.insert(path, file);
        true
    }

    /// Adds a file that never expires; one that is there is not overwritten.
    #[op(1)]
    fn add_file(&mut self, timestamp: Int, path: Str, size_kb: Int) -> bool {
        self.purge_expired(timestamp);
        self.add(path, File { size_kb, expires_at: None })
    }

    /// Deletes a file.
    #[op(1)]
    fn delete_file(&mut self, timestamp: Int, path: Str) -> bool {
        self.purge_expired(timestamp);
        ensure!(self.files.contains_key(&path), exists("file", path), false);
        self.files.remove(&path);
        true
    }

    /// Gives the size of a file in KB; -1 when there is none.
    #[op(1)]
    fn get_file_size(&mut self, timestamp: Int, path: Str) -> Int {
        self.purge_expired(timestamp);
        ensure!(self.files.contains_key(&path), exists("file", path), NO_SIZE);
        self.files.get(&path).map_or(NO_SIZE, |file| file.size_kb)
    }

    /// Lists all files as `path(size)`: by `"size"` the largest first and by path on ties, by anything else by path.
    #[op(2)]
    fn list_files(&mut self, timestamp: Int, sort_by: Str) -> String {
        self.purge_expired(timestamp);
        let listed: Vec<Str> = if sort_by == "size" {
            self.files.lists().by_size.top(self.files.count()).map(|(path, size_kb)| ranked(&path, size_kb)).collect()
        } else {
            self.files.sorted().map(|(path, file)| ranked(&path, file.size_kb)).collect()
        };
        listed.join(", ")
    }

    /// Adds up the sizes of all files, in KB.
    #[op(2)]
    fn total_size(&mut self, timestamp: Int) -> Int {
        self.purge_expired(timestamp);
        self.files.lists().total_kb
    }

    /// Adds a file that is gone from `timestamp + ttl_ms` on, in milliseconds.
    #[op(3)]
    fn add_file_with_ttl(&mut self, timestamp: Int, path: Str, size_kb: Int, ttl_ms: Int) -> bool {
        self.purge_expired(timestamp);
        self.add(path, File { size_kb, expires_at: Some(timestamp + ttl_ms) })
    }

    /// Copies a file with what is left of its life, over whatever stands at the target.
    #[op(4)]
    fn copy_file(&mut self, timestamp: Int, source: Str, dest: Str) -> bool {
        self.purge_expired(timestamp);
        ensure!(self.files.contains_key(&source), exists("file", source), false);
        if let Some(copy) = self.files.get(&source).cloned() {
            self.files.insert(dest, copy);
        }
        true
    }

    /// Keeps a snapshot of all files with their remaining TTL.
    #[op(4)]
    fn backup(&mut self, timestamp: Int) {
        self.purge_expired(timestamp);
        note!(snapshot, at: timestamp, kept: self.files.count(), of: self.files.count());
        self.backups.keep(timestamp, TtlSnapshot::of(&self.files, timestamp));
    }

    /// Goes back to the newest snapshot that is not later than now, of several at one time the first; its TTLs run on.
    #[op(4)]
    fn rollback(&mut self, timestamp: Int) -> bool {
        let found = self.backups.first_of_latest(timestamp);
        ensure!(found.is_some(), exists("backup", timestamp), false);
        if let Some(found) = found {
            self.files.replace(found.1.rebased(timestamp));
            note!(restored, from: found.0, now: timestamp, kept: self.files.count());
        }
        true
    }

    /// Runs the operations one after another, each under the locks of its paths. A copy onto itself waits for itself.
    #[op(5)]
    async fn batch_operations(file_system: Live<Self>, timestamp: Int, ops: Vec<BatchOp>) -> Py<Vec<bool>> {
        let mut results = Vec::with_capacity(ops.len());
        for op in ops {
            results.push(match op {
                BatchOp::Add { path, size_kb } => {
                    let _lock = file_system.lock(&path).await;
                    file_system.with(|file_system| file_system.add_file(timestamp, path, size_kb))
                }
                BatchOp::Delete { path } => {
                    let _lock = file_system.lock(&path).await;
                    file_system.with(|file_system| file_system.delete_file(timestamp, path))
                }
                BatchOp::Copy { source, dest } => {
                    let _locks = file_system.sorted_pair_lock(&source, &dest).await;
                    file_system.with(|file_system| file_system.copy_file(timestamp, source, dest))
                }
                BatchOp::Other => false,
            });
        }
        Ok(results)
    }

    /// Sends files away, so many at a time. One that is missing, or smaller than what is asked for, takes no permit.
    #[op(6)]
    async fn sync_files(
        file_system: Live<Self>,
        timestamp: Int,
        transfers: Vec<Transfer>,
        max_concurrent: Int,
    ) -> Py<Vec<bool>> {
        file_system.with(|file_system| file_system.purge_expired(timestamp));
        let semaphore = file_system.semaphore(max_concurrent)?;
        file_system
            .gather(transfers, move |file_system, transfer| {
                let semaphore = semaphore.clone();
                async move {
                    if !file_system.with(|file_system| file_system.may_sync(transfer)) {
                        return Ok(false);
                    }
                    let _permit = semaphore.acquire().await;
                    file_system.sleep_ms(SYNC_MS).await;
                    Ok(true)
                }
            })
            .await
    }

    fn may_sync(&self, Transfer { source, size_kb }: Transfer) -> bool {
        ensure!(self.files.contains_key(&source), exists("file", source), false);
        let actual = self.files.get(&source).map_or(NO_SIZE, |file| file.size_kb);
        ensure!(actual >= size_kb, enough("size", size_kb), false);
        true
    }
}
