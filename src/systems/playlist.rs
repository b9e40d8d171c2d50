//! Playlist: lists of songs, played, ranked, shuffled, merged and synced.

use crate::rng::Rng;
use crate::patterns::{Lists, Order, Record, RecordList};
use crate::prelude::*;
use crate::value::{DictKey, Key, first_n};

/// How long the sync of one playlist takes.
const SYNC_MS: f64 = 10.0;

/// What the shuffles of a fresh system begin with: one that is replayed shuffles in the same way.
const SEED: u64 = 0;

/// Playlists by id.
///
/// Python's class first throws out songs whose `expires_at` has come. None of its methods gives a song one, so that here
/// nothing has to be thrown out.
#[derive(Clone, State)]
pub struct Playlist {
    playlists: Dict<Str, SongList>,
    play_history: Dict<Str, List<Play>>,
    #[state(skip)]
    rng: Rng,
}

#[derive(Clone, State)]
struct SongList {
    name: Str,
    songs: RecordList<Song, SongLists>,
    /// The place of the next song that is appended; never reused.
    #[state(skip)]
    next_place: Int,
}

#[derive(Clone, State)]
struct Song {
    #[state(name = "song_id")]
    id: Str,
    title: Str,
    duration: Int,
    play_count: Int,
    added_order: Int,
    /// Where it stands in the list, among others.
    #[state(skip)]
    place: Int,
}

#[derive(Clone, State)]
struct Play {
    timestamp: Int,
    song_id: Str,
}

/// The songs of a list by what they have.
#[derive(Clone, Default)]
struct SongLists {
    /// Most played first, ties in list order.
    by_plays: Order,
    by_title: Dict<Str, Set<Str>>,
    duration: Int,
}

/// What songs that were never played are listed by.
const NEVER_PLAYED: Int = Int(!0);

impl SongLists {
    /// Ordered by the complement of the count: descending.
    fn plays(song: &Song) -> (Int, Key) {
        (Int(!song.play_count.0), (song.place, song.id.clone()).to_key())
    }

    fn song_id((_, key): &(Int, Key)) -> Option<Str> {
        <(Int, Str)>::from_key(key).map(|(_, song_id)| song_id)
    }
}

impl Lists<Str, Song> for SongLists {
    fn enter(&mut self, song_id: &Str, song: &Song) {
        let (count, key) = Self::plays(song);
        self.by_plays.insert(count, key);
        if let Some(songs) = self.by_title.entry(&song.title, Set::new) {
            songs.insert(song_id);
        }
        self.duration += song.duration;
    }

    fn leave(&mut self, song_id: &Str, song: &Song) {
        let (count, key) = Self::plays(song);
        self.by_plays.remove(count, key);
        if let Some(songs) = self.by_title.get_mut(&song.title) {
            songs.remove(song_id);
            if songs.is_empty() {
                self.by_title.remove(&song.title);
            }
        }
        self.duration -= song.duration;
    }
}

impl SongList {
    /// Appends a song; its `added_order` is by how many there are, which removals make repeat itself.
    fn append(&mut self, song: Song) {
        self.next_place += 1;
        let song = Song { added_order: self.songs.count() + 1, place: self.next_place, ..song };
        self.songs.insert(song.id.clone(), song);
    }

    /// Appends the songs that are not there yet.
    fn append_new(&mut self, songs: impl IntoIterator<Item = Song>) {
        for song in songs {
            if !self.songs.contains_key(&song.id) {
                self.append(song);
            }
        }
    }

    /// Puts the songs into another order, and numbers them anew.
    fn reorder(&mut self, order: &[Str]) {
        let songs = order.iter().filter_map(|song_id| self.songs.get(song_id).cloned());
        let numbered = (1..)
            .map(Int)
            .zip(songs)
            .map(|(number, song)| (song.id.clone(), Song { added_order: number, place: number, ..song }));
        let numbered: Dict<Str, Song> = numbered.collect();
        self.next_place = numbered.count();
        self.songs.replace(numbered);
    }
}

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "type")]
pub enum BatchOp {
    /// Creates a playlist.
    Create { playlist_id: Str, name: Str },
    /// Adds a song.
    AddSong { playlist_id: Str, song_id: Str, title: Str, duration: Int },
    /// Removes a song.
    RemoveSong { playlist_id: Str, song_id: Str },
    /// Plays a song.
    Play { playlist_id: Str, song_id: Str },
    /// Any other word is refused.
    #[item(other)]
    Other { playlist_id: Str },
}

/// One playlist that is to be copied into another.
#[derive(Clone, Item)]
pub struct Transfer {
    source_playlist_id: Str,
    dest_playlist_id: Str,
}

#[system(
    id = "playlist",
    class = "PlaylistSystem",
    title(en = "Playlist", zh = "Playlist"),
    summary(
        en = "Lists of songs in order: play counts, most played, next unplayed, shuffle, merge by copy, rate-limited sync between lists.",
        zh = "有次序嘅歌單：play count、最多人聽、下一首未播、隨機播、copy 式合併、歌單之間限流 sync。",
    ),
    family = Nested,
    family_reason(
        en = "Create plus add_song: each playlist owns a list of songs, and a song ID only means something inside its list.",
        zh = "create 加 add_song：每個 playlist 自己揸住一個 list of songs，song_id 淨係喺嗰個 list 入面先有意思。",
    ),
    group = "Nested+TTL",
    signals = [
        "playlist", "add_song", "play count", "most played", "shuffle", "next unplayed", "merge", "duration", "sync",
    ],
    patterns(
        l3 = "play count, most played",
        l4 = "shuffle, next unplayed, play history, merge by copy",
        l5 = "single lock per playlist, one after another",
        l6 = FailFast,
    ),
    uses = [TopN, PrefixScan, EventHistory, Merge, SingleLock, FailFast],
)]
impl Playlist {
    fn new() -> Self {
        Self { playlists: Dict::new(), play_history: Dict::new(), rng: Rng::new(SEED) }
    }

    fn has(&self, playlist_id: &Str) -> bool {
        self.playlists.contains_key(playlist_id)
    }

    fn has_song(&self, playlist_id: &Str, song_id: &Str) -> bool {
        self.playlists.get(playlist_id).is_some_and(|list| list.songs.contains_key(song_id))
    }

    /// The songs of a playlist, in list order.
    fn songs(&self, playlist_id: &Str) -> Vec<Song> {
        self.playlists.get(playlist_id).into_iter().flat_map(|list| list.songs.values()).cloned().collect()
    }

    /// Creates an empty playlist.
    #[op(1)]
    fn create_playlist(&mut self, _timestamp: Int, playlist_id: Str, name: Str) -> bool {
        ensure!(!self.has(&playlist_id), absent("playlist", playlist_id), false);
        let list = SongList { name, songs: RecordList::default(), next_place: Int::ZERO };
        self.playlists.insert(playlist_id, list);
        true
    }

    /// Appends a song that lasts `duration_sec` seconds; its order is the number of songs, counted with it.
    #[op(1)]
    fn add_song(&mut self, _timestamp: Int, playlist_id: Str, song_id: Str, title: Str, duration_sec: Int) -> bool {
        ensure!(self.has(&playlist_id), exists("playlist", playlist_id), false);
        ensure!(!self.has_song(&playlist_id, &song_id), absent("song", song_id), false);
        if let Some(list) = self.playlists.get_mut(&playlist_id) {
            list.append(Song {
                id: song_id,
                title,
                duration: duration_sec,
                play_count: Int::ZERO,
                added_order: Int::ZERO,
                place: Int::ZERO,
            });
        }
        true
    }

    /// Removes a song; the others keep their order, so that a number can come twice.
    #[op(1)]
    fn remove_song(&mut self, _timestamp: Int, playlist_id: Str, song_id: Str) -> bool {
        ensure!(self.has(&playlist_id), exists("playlist", playlist_id), false);
        ensure!(self.has_song(&playlist_id, &song_id), exists("song", song_id), false);
        if let Some(list) = self.playlists.get_mut(&playlist_id) {
            list.songs.remove(&song_id);
        }
        true
    }

    /// Gives a playlist with its songs.
    #[op(1)]
    fn get_playlist(&self, _timestamp: Int, playlist_id: Str) -> Option<Record> {
        ensure!(self.has(&playlist_id), exists("playlist", playlist_id), None);
        self.playlists.get(&playlist_id).map(Record::of)
    }

    /// Lists the songs as `song_id(title)`: by `"order"` as they were added, by `"duration"` the longest first and by title
    /// on ties, by anything else in list order.
    #[op(2)]
    fn list_songs(&self, _timestamp: Int, playlist_id: Str, sort_by: Str) -> String {
        ensure!(self.has(&playlist_id), exists("playlist", playlist_id), String::new());
        let mut songs = self.songs(&playlist_id);
        // Both sorts are stable: ties stay in list order.
        match &*sort_by {
            "order" => songs.sort_by_key(|song| song.added_order),
            "duration" => songs.sort_by_key(|song| (Int(!song.duration.0), song.title.clone())),
            _ => {}
        }
        let listed: Vec<String> = songs.iter().map(|song| format!("{}({})", song.id, song.title)).collect();
        listed.join(", ")
    }

    /// Adds up how long the songs of a playlist last, in seconds.
    #[op(2)]
    fn total_duration(&self, _timestamp: Int, playlist_id: Str) -> Int {
        ensure!(self.has(&playlist_id), exists("playlist", playlist_id), Int::ZERO);
        self.playlists.get(&playlist_id).map_or(Int::ZERO, |list| list.songs.lists().duration)
    }

    /// Lists the songs whose title starts with a prefix, in list order; capitals matter.
    #[op(2)]
    fn search_songs(&self, _timestamp: Int, playlist_id: Str, prefix: Str) -> Vec<Record> {
        ensure!(self.has(&playlist_id), exists("playlist", playlist_id), Vec::new());
        let Some(list) = self.playlists.get(&playlist_id) else { return Vec::new() };
        let titles = list.songs.lists().by_title.with_prefix(&prefix);
        let mut found: Vec<&Song> =
            titles.flat_map(|(_, songs)| songs.iter()).filter_map(|song_id| list.songs.get(&song_id)).collect();
        found.sort_by_key(|song| song.place);
        found.into_iter().map(Record::of).collect()
    }

    /// Plays a song: it counts, and is remembered.
    #[op(3)]
    fn play_song(&mut self, timestamp: Int, playlist_id: Str, song_id: Str) -> bool {
        ensure!(self.has(&playlist_id), exists("playlist", playlist_id), false);
        ensure!(self.has_song(&playlist_id, &song_id), exists("song", song_id), false);
        if let Some(list) = self.playlists.get_mut(&playlist_id) {
            list.songs.change(&song_id, |song| song.play_count += 1);
        }
        if let Some(history) = self.play_history.entry(&playlist_id, List::new) {
            history.push(Play { timestamp, song_id });
        }
        true
    }

    /// Lists the songs that were played most, in list order on ties; unplayed ones too.
    #[op(3)]
    fn get_most_played(&self, _timestamp: Int, playlist_id: Str, n: Int) -> Vec<Record> {
        ensure!(self.has(&playlist_id), exists("playlist", playlist_id), Vec::new());
        let Some(list) = self.playlists.get(&playlist_id) else { return Vec::new() };
        let most_played = first_n(list.songs.lists().by_plays.iter(), n).filter_map(SongLists::song_id);
        most_played.filter_map(|song_id| list.songs.get(&song_id)).map(Record::of).collect()
    }

    /// Shuffles a playlist and numbers its songs anew. Python's order cannot be foretold; here the same calls shuffle in the
    /// same way.
    #[op(4)]
    fn shuffle_playlist(&mut self, _timestamp: Int, playlist_id: Str) -> bool {
        ensure!(self.has(&playlist_id), exists("playlist", playlist_id), false);
        if let Some(list) = self.playlists.get_mut(&playlist_id) {
            let mut order: Vec<Str> = list.songs.keys().collect();
            self.rng.shuffle(&mut order);
            list.reorder(&order);
        }
        true
    }

    /// Gives the first song in list order that was never played.
    #[op(4)]
    fn queue_next(&self, _timestamp: Int, playlist_id: Str) -> Option<Record> {
        ensure!(self.has(&playlist_id), exists("playlist", playlist_id), None);
        let list = self.playlists.get(&playlist_id)?;
        let unplayed = list.songs.lists().by_plays.first_from(NEVER_PLAYED).and_then(SongLists::song_id);
        ensure!(unplayed.is_some(), any("unplayed song"), None);
        unplayed.and_then(|song_id| list.songs.get(&song_id).map(Record::of))
    }

    /// Lists what was played in a playlist and when. One that is not known gets an empty history by being asked for.
    #[op(4)]
    fn get_play_history(&mut self, _timestamp: Int, playlist_id: Str) -> Vec<Record> {
        let history = self.play_history.entry(&playlist_id, List::new);
        history.into_iter().flat_map(|history| history.iter()).map(Record::of).collect()
    }

    /// Copies the songs of the second playlist that the first does not have to its end, play counts included. The second
    /// stays as it is.
    #[op(4)]
    fn merge_playlists(&mut self, _timestamp: Int, pl_id_1: Str, pl_id_2: Str) -> bool {
        ensure!(self.has(&pl_id_1), exists("playlist", pl_id_1), false);
        ensure!(self.has(&pl_id_2), exists("playlist", pl_id_2), false);
        let songs = self.songs(&pl_id_2);
        if let Some(list) = self.playlists.get_mut(&pl_id_1) {
            list.append_new(songs);
        }
        note!(merged, what: "playlist", from: pl_id_2, into: pl_id_1);
        true
    }

    /// Runs the operations one after another, each under the lock of its playlist.
    #[op(5)]
    async fn batch_operations(system: Live<Self>, timestamp: Int, ops: Vec<BatchOp>) -> Py<Vec<bool>> {
        let mut results = Vec::with_capacity(ops.len());
        for op in ops {
            let (BatchOp::Create { playlist_id, .. }
            | BatchOp::AddSong { playlist_id, .. }
            | BatchOp::RemoveSong { playlist_id, .. }
            | BatchOp::Play { playlist_id, .. }) = &op
            else {
                results.push(false);
                continue;
            };
            let _lock = system.lock(playlist_id).await;
            results.push(system.with(|system| match op {
                BatchOp::Create { playlist_id, name } => system.create_playlist(timestamp, playlist_id, name),
                BatchOp::AddSong { playlist_id, song_id, title, duration } => {
                    system.add_song(timestamp, playlist_id, song_id, title, duration)
                }
                BatchOp::RemoveSong { playlist_id, song_id } => system.remove_song(timestamp, playlist_id, song_id),
                BatchOp::Play { playlist_id, song_id } => system.play_song(timestamp, playlist_id, song_id),
                BatchOp::Other { .. } => false,
            }));
        }
        Ok(results)
    }

    /// Copies playlists into others, so many at a time, with play counts from 0. What is missing or empty takes no permit.
    #[op(6)]
    async fn sync_playlists(
        system: Live<Self>,
        _timestamp: Int,
        transfers: Vec<Transfer>,
        max_concurrent: Int,
    ) -> Py<Vec<bool>> {
        let semaphore = system.semaphore(max_concurrent)?;
        system
            .gather(transfers, move |system, transfer| {
                let semaphore = semaphore.clone();
                async move {
                    if !system.with(|system| system.may_sync(&transfer)) {
                        return Ok(false);
                    }
                    let _permit = semaphore.acquire().await;
                    system.sleep_ms(SYNC_MS).await;
                    system.with(|system| system.copy_songs(&transfer));
                    Ok(true)
                }
            })
            .await
    }

    fn may_sync(&self, Transfer { source_playlist_id, dest_playlist_id }: &Transfer) -> bool {
        ensure!(self.has(source_playlist_id), exists("playlist", source_playlist_id), false);
        ensure!(self.has(dest_playlist_id), exists("playlist", dest_playlist_id), false);
        let is_empty = self.playlists.get(source_playlist_id).is_none_or(|list| list.songs.is_empty());
        ensure!(!is_empty, any("song", source_playlist_id), false);
        true
    }

    /// Copies what the source has by now.
    fn copy_songs(&mut self, Transfer { source_playlist_id, dest_playlist_id }: &Transfer) {
        let songs = self.songs(source_playlist_id);
        if let Some(dest) = self.playlists.get_mut(dest_playlist_id) {
            dest.append_new(songs.into_iter().map(|song| Song { play_count: Int::ZERO, ..song }));
        }
    }
}
