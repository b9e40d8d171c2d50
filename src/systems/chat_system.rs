//! Chat: channels, members, messages with replies, two lifetimes, merging of channels.

use crate::patterns::{Order, Ranking, attempted, exchange_sort, ranked};
use crate::prelude::*;
use crate::value::DictKey;

/// Channels, all messages, and when each member was last active.
#[derive(Clone, Default, State)]
pub struct ChatSystem {
    channels: Dict<Str, Channel>,
    messages: Dict<Str, Message>,
    user_activity: Dict<(Str, Str), Num>,
    msg_counter: Int,
    message_ttl_ms: Option<Num>,
    inactive_ttl_ms: Option<Num>,
    #[state(skip)]
    clock: Num,
    /// Channels by the time of their oldest message: those that have something to purge come first.
    #[state(skip)]
    oldest: Order,
    #[state(skip)]
    busiest: Ranking<Str>,
}

#[derive(Clone, Default, State)]
struct Channel {
    users: Set<Str>,
    message_ids: List<Str>,
    /// Its messages by time, rounded down.
    #[state(skip)]
    by_time: Order,
    /// Its members by last activity, rounded down.
    #[state(skip)]
    idlest: Order,
}

#[derive(Clone, State)]
struct Message {
    msg_id: Str,
    channel_id: Str,
    user_id: Str,
    content: Str,
    timestamp: Num,
    replies: List<Str>,
}

impl Message {
    /// The message as it is given out: without its replies.
    fn shown(&self) -> Value {
        Value::record([
            ("msg_id", self.msg_id.clone().into_value()),
            ("channel_id", self.channel_id.clone().into_value()),
            ("user_id", self.user_id.clone().into_value()),
            ("content", self.content.clone().into_value()),
            ("timestamp", self.timestamp.into_value()),
        ])
    }
}

#[system(
    id = "chat_system",
    class = "ChatSystem",
    title(en = "Chat", zh = "Chat（群組傾偈）"),
    summary(
        en = "Channels with members: send, search, replies and threads, messages that expire, idle members that are removed, merging of channels.",
        zh = "Channel 同 member：send、search、reply / thread、message 過期、唔活躍嘅 member 會被踢、channel 合併。",
    ),
    family = Nested,
    family_reason(
        en = "A channel holds its members and the ids of its messages; the messages themselves stand in a dict of their own.",
        zh = "channel 入面裝住 member 同 message id；message 本身喺自己嘅 dict。",
    ),
    group = "Multi-Collection",
    signals = [
        "channel", "join", "send", "message", "search", "contains", "message_ttl_ms", "inactive_ttl_ms", "remove inactive",
        "reply", "thread", "merge", "combine", "0 messages returns immediately",
    ],
    patterns(l3 = "lazy purge, dual timer", l4 = "threads, merge", l5 = "single lock per channel", l6 = FailFast),
    uses = [TopN, LazyPurge, Merge, SingleLock, FailFast],
    clock = clock,
)]
impl ChatSystem {
    fn new(#[default(None)] message_ttl_ms: Option<Num>, #[default(None)] inactive_ttl_ms: Option<Num>) -> Self {
        Self { message_ttl_ms, inactive_ttl_ms, ..Self::default() }
    }

    fn is_older(&self, time: Num, ttl: Option<Num>) -> bool {
        ttl.is_some_and(|ttl| self.clock - time > ttl)
    }

    /// Changes a channel, and its places in the orders with it.
    fn change<R>(&mut self, channel_id: &Str, change: impl FnOnce(&mut Channel) -> R) -> Option<R> {
        let channel = self.channels.get_mut(channel_id)?;
        let standing = |c: &Channel| (c.by_time.first().map(|(time, _)| *time), Int::count(c.message_ids.len()));
        let (oldest_before, count_before) = standing(channel);
        let result = change(channel);
        let (oldest, count) = standing(channel);
        if let Some(before) = oldest_before {
            self.oldest.remove(before, channel_id.to_key());
        }
        if let Some(now) = oldest {
            self.oldest.insert(now, channel_id.to_key());
        }
        self.busiest.shift(channel_id, count_before, count);
        Some(result)
    }

    /// Removes the expired messages of a channel; what they replied to keeps their ids.
    fn purge_expired_messages(&mut self, channel_id: &Str) {
        let Some(channel) = self.channels.get(channel_id) else { return };
        let ttl = self.message_ttl_ms;
        let candidates = channel.by_time.iter().take_while(|(time, _)| self.is_older(Num::Int(*time), ttl));
        let expired: Set<Str> = candidates
            .filter_map(|(_, key)| Str::from_key(key))
            .filter(|id| self.messages.get(id).is_some_and(|message| self.is_older(message.timestamp, ttl)))
            .collect();
        if expired.is_empty() {
            return;
        }
        let times: Vec<(Int, Str)> =
            expired.iter().filter_map(|id| Some((self.messages.get(&id)?.timestamp.floor(), id))).collect();
        self.change(channel_id, |channel| {
            let in_front = channel.message_ids.iter().take_while(|id| expired.contains(id)).count();
            if in_front == expired.len() {
                channel.message_ids.drop_front(in_front);
            } else {
                channel.message_ids.retain(|id| !expired.contains(id));
            }
            for (time, id) in &times {
                channel.by_time.remove(*time, id.to_key());
            }
        });
        for id in expired.iter() {
            if let Some(message) = self.messages.remove(&id) {
                note!(purged, what: "message", id: id, due: message.timestamp + ttl.unwrap_or_default(), now: self.clock);
            }
        }
    }

    /// Removes the members of a channel that have been idle for too long.
    fn purge_inactive_users(&mut self, channel_id: &Str) {
        let Some(channel) = self.channels.get(channel_id) else { return };
        let ttl = self.inactive_ttl_ms;
        let candidates = channel.idlest.iter().take_while(|(time, _)| self.is_older(Num::Int(*time), ttl));
        let idle: Vec<(Str, Num)> = candidates
            .filter_map(|(_, key)| Str::from_key(key))
            .filter_map(|user| Some((user.clone(), *self.user_activity.get(&(channel_id.clone(), user))?)))
            .filter(|(_, active)| self.is_older(*active, ttl))
            .collect();
        for (user_id, active) in idle {
            note!(purged, what: "member", id: user_id, due: active + ttl.unwrap_or_default(), now: self.clock);
            self.user_activity.remove(&(channel_id.clone(), user_id.clone()));
            if let Some(channel) = self.channels.get_mut(channel_id) {
                channel.users.remove(&user_id);
                channel.idlest.remove(active.floor(), user_id.to_key());
            }
        }
    }

    fn set_active(&mut self, channel_id: &Str, user_id: &Str, time: Num) {
        let before = self.user_activity.insert((channel_id.clone(), user_id.clone()), time);
        if let Some(channel) = self.channels.get_mut(channel_id) {
            if let Some(before) = before {
                channel.idlest.remove(before.floor(), user_id.to_key());
            }
            channel.idlest.insert(time.floor(), user_id.to_key());
        }
    }

    fn is_member(&self, channel_id: &Str, user_id: &Str) -> bool {
        self.channels.get(channel_id).is_some_and(|channel| channel.users.contains(user_id))
    }

    /// Stores a message under the next id.
    fn post(&mut self, channel_id: &Str, user_id: Str, content: Str) -> Str {
        self.msg_counter += 1;
        let id = Str::from(format!("msg_{}", self.msg_counter));
        let timestamp = self.clock;
        self.set_active(channel_id, &user_id, timestamp);
        let (msg_id, channel) = (id.clone(), channel_id.clone());
        let message = Message { msg_id, channel_id: channel, user_id, content, timestamp, replies: List::new() };
        self.messages.insert(id.clone(), message);
        self.change(channel_id, |channel| {
            channel.message_ids.push(id.clone());
            channel.by_time.insert(timestamp.floor(), id.to_key());
        });
        id
    }

    /// Makes a channel without members.
    #[op(1)]
    fn create_channel(&mut self, channel_id: Str) -> bool {
        ensure!(!self.channels.contains_key(&channel_id), absent("channel", channel_id), false);
        self.busiest.enter(&channel_id, Int::ZERO);
        self.channels.insert(channel_id, Channel::default());
        true
    }

    /// Makes a user a member, active from now on.
    #[op(1)]
    fn join_channel(&mut self, channel_id: Str, user_id: Str) -> bool {
        ensure!(self.channels.contains_key(&channel_id), exists("channel", channel_id), false);
        ensure!(!self.is_member(&channel_id, &user_id), absent("member", user_id), false);
        if let Some(channel) = self.channels.get_mut(&channel_id) {
            channel.users.insert(&user_id);
        }
        self.set_active(&channel_id, &user_id, self.clock);
        true
    }

    /// Sends a message, after removing idle members: the sender may be one of them.
    #[op(1)]
    fn send_message(&mut self, channel_id: Str, user_id: Str, content: Str) -> Option<Str> {
        self.purge_inactive_users(&channel_id);
        ensure!(self.channels.contains_key(&channel_id), exists("channel", channel_id), None);
        ensure!(self.is_member(&channel_id, &user_id), member("channel", user_id), None);
        Some(self.post(&channel_id, user_id, content))
    }

    /// Gives a message that has not expired.
    #[op(1)]
    fn get_message(&mut self, msg_id: Str) -> Option<Value> {
        ensure!(self.messages.contains_key(&msg_id), exists("message", msg_id), None);
        let channel_id = self.messages.get(&msg_id)?.channel_id.clone();
        self.purge_expired_messages(&channel_id);
        ensure!(self.messages.contains_key(&msg_id), alive("message", msg_id), None);
        self.messages.get(&msg_id).map(Message::shown)
    }

    /// Lists the channels by id.
    #[op(2)]
    fn list_channels(&self) -> Vec<Str> {
        self.channels.sorted().map(|(id, _)| id).collect()
    }

    /// Lists the channels with most messages, replies included, as `channel(count)`.
    #[op(2)]
    fn top_channels(&mut self, n: Int) -> Vec<Str> {
        let ttl = self.message_ttl_ms;
        let expiring = self.oldest.iter().take_while(|(oldest, _)| self.is_older(Num::Int(*oldest), ttl));
        let channels: Vec<Str> = expiring.filter_map(|(_, key)| Str::from_key(key)).collect();
        for channel_id in channels {
            self.purge_expired_messages(&channel_id);
        }
        self.busiest.top(n.max(Int::ZERO)).map(|(id, count)| ranked(&id, count)).collect()
    }

    /// Lists the messages that contain a word, whatever its case, by time.
    #[op(2)]
    fn search_messages(&mut self, channel_id: Str, keyword: Str) -> Vec<Str> {
        self.purge_expired_messages(&channel_id);
        ensure!(self.channels.contains_key(&channel_id), exists("channel", channel_id), Vec::new());
        let keyword = keyword.to_lowercase();
        let mut found: Vec<&Message> =
            self.in_channel(&channel_id).filter(|message| message.content.to_lowercase().contains(&keyword)).collect();
        exchange_sort(&mut found, |message| message.timestamp);
        found.into_iter().map(|message| message.msg_id.clone()).collect()
    }

    fn in_channel(&self, channel_id: &Str) -> impl Iterator<Item = &Message> {
        let ids = self.channels.get(channel_id).into_iter().flat_map(|channel| channel.message_ids.iter());
        ids.filter_map(|id| self.messages.get(id))
    }

    /// Replies to a message, in its channel. Nobody is removed and nothing purged first.
    #[op(4)]
    fn reply_to(&mut self, msg_id: Str, user_id: Str, content: Str) -> Option<Str> {
        ensure!(self.messages.contains_key(&msg_id), exists("message", msg_id), None);
        let channel_id = self.messages.get(&msg_id)?.channel_id.clone();
        ensure!(self.channels.contains_key(&channel_id), exists("channel", channel_id), None);
        ensure!(self.is_member(&channel_id, &user_id), member("channel", user_id), None);
        let reply = self.post(&channel_id, user_id, content);
        if let Some(parent) = self.messages.get_mut(&msg_id) {
            parent.replies.push(reply.clone());
        }
        Some(reply)
    }

    /// Gives a message and its direct replies by time; expired ones too, until something purges them.
    #[op(4)]
    fn get_thread(&self, msg_id: Str) -> Option<Vec<Value>> {
        ensure!(self.messages.contains_key(&msg_id), exists("message", msg_id), None);
        let parent = self.messages.get(&msg_id)?;
        let replies = parent.replies.iter().filter_map(|id| self.messages.get(id));
        let mut thread: Vec<&Message> = [parent].into_iter().chain(replies).collect();
        exchange_sort(&mut thread, |message| message.timestamp);
        Some(thread.into_iter().map(Message::shown).collect())
    }

    /// Moves members and messages of one channel into another, behind its own, and removes it.
    #[op(4)]
    fn merge_channels(&mut self, source_id: Str, target_id: Str) -> Py<bool> {
        ensure!(self.channels.contains_key(&source_id), exists("channel", source_id), false);
        ensure!(self.channels.contains_key(&target_id), exists("channel", target_id), false);
        let Some(source) = self.channels.get(&source_id).cloned() else { return Ok(false) };
        if source_id == target_id && !source.message_ids.is_empty() {
            // Python appends to the list that it walks, for ever.
            return Err(Raise::too_many("Merging a channel with messages into itself never ends in the reference"));
        }
        for user_id in source.users.iter() {
            self.move_member(&source_id, &target_id, &user_id);
        }
        for id in source.message_ids.iter() {
            let Some(message) = self.messages.get_mut(id) else { continue };
            message.channel_id = target_id.clone();
            let time = message.timestamp.floor();
            self.change(&target_id, |target| {
                target.message_ids.push(id.clone());
                target.by_time.insert(time, id.to_key());
            });
        }
        if let Some((oldest, _)) = source.by_time.first() {
            self.oldest.remove(*oldest, source_id.to_key());
        }
        self.busiest.leave(&source_id, Int::count(source.message_ids.len()));
        self.channels.remove(&source_id);
        note!(merged, what: "channel", from: source_id, into: target_id);
        Ok(true)
    }

    /// Makes a member of one channel one of another, active when last active in either.
    fn move_member(&mut self, source_id: &Str, target_id: &Str, user_id: &Str) {
        if let Some(target) = self.channels.get_mut(target_id) {
            target.users.insert(user_id);
        }
        let (from, to) = ((source_id.clone(), user_id.clone()), (target_id.clone(), user_id.clone()));
        if let Some(active) = self.user_activity.get(&from).copied() {
            let later = self.user_activity.get(&to).is_none_or(|known| active > *known);
            if later {
                self.set_active(target_id, user_id, active);
            }
            self.user_activity.remove(&from);
        }
    }

    /// Sends the messages together, each under the lock of its channel.
    #[op(5)]
    async fn batch_send(chat: Live<Self>, operations: Vec<(Str, Str, Str)>) -> Py<Vec<Option<Str>>> {
        chat.gather(operations, |chat, (channel_id, user_id, content)| async move {
            let _lock = chat.lock(&channel_id).await;
            Ok(chat.with(|chat| chat.send_message(channel_id, user_id, content)))
        })
        .await
    }

    /// Searches the channels together, each under its lock.
    #[op(5)]
    async fn batch_search(chat: Live<Self>, operations: Vec<(Str, Str)>) -> Py<Vec<Vec<Str>>> {
        chat.gather(operations, |chat, (channel_id, keyword)| async move {
            let _lock = chat.lock(&channel_id).await;
            Ok(chat.with(|chat| chat.search_messages(channel_id, keyword)))
        })
        .await
    }

    /// Sends every message of a channel to another system, so many at a time. An empty channel is done at once.
    #[op(6)]
    async fn sync_messages(
        chat: Live<Self>,
        channel_id: Str,
        sync_func: ExternalCall,
        #[default(Int(3))] max_concurrent: Int,
    ) -> Py<Vec<Value>> {
        let messages = chat.with(|chat| chat.syncable(&channel_id));
        if messages.is_empty() {
            return Ok(Vec::new());
        }
        let semaphore = chat.semaphore(max_concurrent)?;
        chat.gather(messages, move |chat, (msg_id, message)| {
            let (semaphore, sync_func) = (semaphore.clone(), sync_func.clone());
            async move {
                let _permit = semaphore.acquire().await;
                Ok(attempted("msg_id", &msg_id, chat.external(&sync_func, &msg_id, vec![message]).await))
            }
        })
        .await
    }

    fn syncable(&mut self, channel_id: &Str) -> Vec<(Str, Value)> {
        self.purge_expired_messages(channel_id);
        ensure!(self.channels.contains_key(channel_id), exists("channel", channel_id), Vec::new());
        let messages: Vec<_> = self.in_channel(channel_id).map(|m| (m.msg_id.clone(), m.shown())).collect();
        ensure!(!messages.is_empty(), any("message", channel_id), Vec::new());
        messages
    }
}
