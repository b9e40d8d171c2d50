//! Leaderboard: scores and ranks; every so often all scores lose a tenth; seasons can be brought back.

use crate::patterns::{Backups, Listed, Lists, Standings, ranked};
use crate::prelude::*;

/// A decay takes one part in so many; smaller scores have nothing to lose.
const DECAY_DIVISOR: i64 = 10;
/// How long the sync of one player takes.
const SYNC_MS: f64 = 10.0;

/// Players with a score that is never below 0.
#[derive(Clone, Default, State)]
pub struct Leaderboard {
    players: Players,
    decay_interval: Option<Int>,
    decay_next_due: Option<Int>,
    snapshots: Backups<Players>,
}

/// The players and their standings: a snapshot is a copy of both that copies nothing.
type Players = Listed<Str, Player, Standings<Str>>;

#[derive(Clone, State)]
struct Player {
    score: Int,
}

impl Lists<Str, Player> for Standings<Str> {
    fn enter(&mut self, player_id: &Str, player: &Player) {
        self.enter(player_id, player.score);
    }

    fn leave(&mut self, player_id: &Str, player: &Player) {
        self.leave(player_id, player.score);
    }
}

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "type")]
pub enum BatchOp {
    /// Changes a score.
    UpdateScore { player_id: Str, delta: Int },
    /// Asks for a place.
    GetRank { player_id: Str },
    /// Adds a player.
    AddPlayer { player_id: Str },
    /// Any other word does nothing.
    #[item(other)]
    Other { player_id: Str },
}

/// One player to sync.
#[derive(Clone, Item)]
pub struct SyncRequest {
    player_id: Str,
}

/// What is left of a score after so many decays: each rounds down what it takes.
fn decayed(mut score: Int, mut times: Int) -> Int {
    while times > 0 && score >= DECAY_DIVISOR {
        score -= Int(score.0 / DECAY_DIVISOR);
        times -= Int(1);
    }
    score
}

#[system(
    id = "leaderboard",
    class = "Leaderboard",
    title(en = "Leaderboard", zh = "Leaderboard（排行榜）"),
    summary(
        en = "Players of a game with a score: rank, top N, everybody above a score, a decay of a tenth every interval, season snapshot and restore.",
        zh = "遊戲玩家同分數：rank、top N、幾多分以上有邊個、每隔一段時間全部人跌一成、season snapshot 同 restore。",
    ),
    family = Flat,
    family_reason(
        en = "One add method with one ID, and nothing is put inside a player.",
        zh = "得一個 add method、一個 ID，player 入面冇 sub-item。",
    ),
    group = "Flat+Lazy",
    signals = ["player", "score", "rank", "top N", "decay", "interval", "season", "snapshot", "sync"],
    patterns(
        l3 = "lazy periodic effect",
        l4 = "deep-copy backup",
        l5 = "single lock",
        l6 = FailFast,
    ),
    uses = [TopN, LazyEffect, DeepCopyBackup, SingleLock, FailFast],
)]
impl Leaderboard {
    fn new() -> Self {
        Self::default()
    }

    /// Makes up for every decay that is owed, one on top of the other. The first thing every public method does.
    fn process_decay(&mut self, timestamp: Int) -> Py<()> {
        let (Some(interval), Some(due)) = (self.decay_interval, self.decay_next_due) else { return Ok(()) };
        if timestamp < due {
            return Ok(());
        }
        // Python's loop would go round for ever: the next decay would never be later than now.
        let missed = if interval > 0 { (timestamp - due).floor_div(interval) } else { None };
        let missed =
            missed.ok_or_else(|| Raise::too_many(format!("A decay every {interval} ms is owed without end")))?;
        let last = due + interval * missed;
        let next = last + interval;
        self.decay_next_due = Some(next);
        let decaying: Vec<(Str, Int)> = self.players.lists().at_least(Int(DECAY_DIVISOR)).collect();
        for (player_id, before) in decaying {
            let after = decayed(before, missed + 1);
            self.set_score(&player_id, after);
            note!(
                due, what: "decay", id: player_id, target: player_id, amount: before - after, due: last, now: timestamp
            );
        }
        note!(scheduled, what: "decay", id: "decay", target: "players", amount: interval, due: next);
        Ok(())
    }

    fn score(&self, player_id: &Str) -> Option<Int> {
        self.players.get(player_id).map(|player| player.score)
    }

    fn set_score(&mut self, player_id: &Str, score: Int) {
        self.players.change(player_id, |player| player.score = score);
    }

    /// Adds a player with score 0.
    #[op(1)]
    fn add_player(&mut self, timestamp: Int, player_id: Str) -> Py<bool> {
        self.process_decay(timestamp)?;
        ensure!(self.score(&player_id).is_none(), absent("player", player_id), false);
        self.players.insert(player_id, Player { score: Int::ZERO });
        Ok(true)
    }

    /// Adds to a score, or takes from it but never below 0, and gives the new score.
    #[op(1)]
    fn update_score(&mut self, timestamp: Int, player_id: Str, delta: Int) -> Py<Option<Int>> {
        self.process_decay(timestamp)?;
        let before = self.score(&player_id);
        ensure!(before.is_some(), exists("player", player_id), None);
        let after = before.map(|score| (score + delta).max(Int::ZERO));
        self.set_score(&player_id, after.unwrap_or_default());
        Ok(after)
    }

    /// Gives the place of a player from 1: highest score first, by id on ties; no place is shared.
    #[op(1)]
    fn get_rank(&mut self, timestamp: Int, player_id: Str) -> Py<Option<Int>> {
        self.process_decay(timestamp)?;
        let score = self.score(&player_id);
        ensure!(score.is_some(), exists("player", player_id), None);
        Ok(score.map(|score| self.players.lists().place(&player_id, score)))
    }

    /// Lists the best players as `id(score)`.
    #[op(2)]
    fn top_players(&mut self, timestamp: Int, n: Int) -> Py<Vec<Str>> {
        self.process_decay(timestamp)?;
        Ok(self.players.lists().top(n).map(|(id, score)| ranked(&id, score)).collect())
    }

    /// Lists the ids of the players who have at least so many points, best first.
    #[op(2)]
    fn players_above(&mut self, timestamp: Int, min_score: Int) -> Py<Vec<Str>> {
        self.process_decay(timestamp)?;
        Ok(self.players.lists().at_least(min_score).map(|(id, _)| id).collect())
    }

    /// Lets all scores lose a tenth every `interval` milliseconds from now on; replaces an earlier interval.
    #[op(3)]
    fn apply_decay(&mut self, timestamp: Int, interval: Int) -> Py<()> {
        self.process_decay(timestamp)?;
        let due = timestamp + interval;
        note!(scheduled, what: "decay", id: "decay", target: "players", amount: interval, due: due);
        self.decay_interval = Some(interval);
        self.decay_next_due = Some(due);
        Ok(())
    }

    /// Keeps a snapshot of all players and counts them.
    #[op(4)]
    fn season_snapshot(&mut self, timestamp: Int) -> Py<Int> {
        self.process_decay(timestamp)?;
        let kept = self.players.count();
        note!(snapshot, at: timestamp, kept: kept, of: kept);
        self.snapshots.keep(timestamp, self.players.clone());
        Ok(kept)
    }

    /// Goes back to the newest snapshot that is not later than a moment, of two at one time to the first. The decay keeps
    /// its own schedule.
    #[op(4)]
    fn season_restore(&mut self, timestamp: Int, snapshot_timestamp: Int) -> Py<bool> {
        self.process_decay(timestamp)?;
        let found = self.snapshots.first_of_latest(snapshot_timestamp);
        ensure!(found.is_some(), exists("snapshot", snapshot_timestamp), false);
        let Some(found) = found else { return Ok(false) };
        let (taken, players) = &*found;
        self.players = players.clone();
        note!(restored, from: taken, now: timestamp, kept: self.players.count());
        Ok(true)
    }

    /// Runs the operations together, each under the lock of its player. The answers keep the order of the operations.
    #[op(5)]
    async fn batch_operations(board: Live<Self>, timestamp: Int, operations: Vec<BatchOp>) -> Py<Vec<Value>> {
        board.with(|board| board.process_decay(timestamp))?;
        board
            .gather(operations, move |board, op| async move {
                let (BatchOp::UpdateScore { player_id, .. }
                | BatchOp::GetRank { player_id }
                | BatchOp::AddPlayer { player_id }
                | BatchOp::Other { player_id }) = &op;
                let _lock = board.lock(player_id).await;
                board.with(|board| {
                    Ok(match op {
                        BatchOp::UpdateScore { player_id, delta } => {
                            board.update_score(timestamp, player_id, delta)?.into_value()
                        }
                        BatchOp::GetRank { player_id } => board.get_rank(timestamp, player_id)?.into_value(),
                        BatchOp::AddPlayer { player_id } => board.add_player(timestamp, player_id)?.into_value(),
                        BatchOp::Other { .. } => Value::None,
                    })
                })
            })
            .await
    }

    /// Syncs players, so many at a time. One that is missing takes no permit.
    #[op(6)]
    async fn sync_leaderboard(
        board: Live<Self>,
        timestamp: Int,
        sync_requests: Vec<SyncRequest>,
        max_concurrent: Int,
    ) -> Py<Vec<bool>> {
        board.with(|board| board.process_decay(timestamp))?;
        let semaphore = board.semaphore(max_concurrent)?;
        board
            .gather(sync_requests, move |board, request| {
                let semaphore = semaphore.clone();
                async move {
                    if !board.with(|board| board.may_sync(&request.player_id)) {
                        return Ok(false);
                    }
                    let _permit = semaphore.acquire().await;
                    board.sleep_ms(SYNC_MS).await;
                    Ok(true)
                }
            })
            .await
    }

    fn may_sync(&self, player_id: &Str) -> bool {
        ensure!(self.score(player_id).is_some(), exists("player", player_id), false);
        true
    }
}
