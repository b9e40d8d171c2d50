//! Pub/sub: topics with messages that expire, and a read position for each subscriber.

use crate::patterns::{Order, Ranking, attempted, ranked};
use crate::prelude::*;
use crate::value::DictKey;

/// Topics, their messages, and who has read how far.
#[derive(Clone, Default, State)]
pub struct PubSub {
    topics: Dict<Str, Topic>,
    /// The position of the next unread message in the topic's list as it is now.
    offsets: Dict<(Str, Str), Int>,
    msg_counter: Int,
    ttl_ms: Option<Num>,
    #[state(skip)]
    clock: Num,
    /// Topics by the time of their oldest message: those that have something to purge come first.
    #[state(skip)]
    oldest: Order,
    #[state(skip)]
    busiest: Ranking<Str>,
}

#[derive(Clone, State)]
struct Topic {
    subscribers: Set<Str>,
    messages: List<Message>,
    /// Whether the clock never went back between two messages: then those that expire stand in front.
    #[state(skip)]
    ascending: bool,
    #[state(skip)]
    oldest: Option<Int>,
}

#[derive(Clone, State)]
struct Message {
    id: Str,
    content: Value,
    timestamp: Num,
    /// The number in its id; ascending in every topic.
    #[state(skip)]
    number: Int,
}

#[system(
    id = "pub_sub",
    class = "PubSubSystem",
    title(en = "Pub/sub", zh = "Pub/sub"),
    summary(
        en = "Topics with subscribers: publish, consume from one's own offset, messages that expire, push to everybody.",
        zh = "Topic 同 subscriber：publish、由自己嘅 offset 開始 consume、message 會過期、push 俾所有人。",
    ),
    family = Nested,
    family_reason(
        en = "A topic holds its subscribers and its messages; the offsets stand in a second dict under the pair (topic, user).",
        zh = "topic 入面裝住 subscriber 同 message；offset 喺第二個 dict，用 (topic, user) 做 key。",
    ),
    group = "Multi-Collection",
    signals = [
        "topic", "subscriber", "publish", "messages", "consume", "offset", "next unread", "last consumed", "cursor",
        "push to every subscriber",
    ],
    patterns(l3 = "lazy purge", l4 = "offset per subscriber", l5 = "single lock per topic", l6 = AllSleep),
    uses = [TopN, LazyPurge, SingleLock, AllSleep],
    clock = clock,
)]
impl PubSub {
    fn new(#[default(None)] ttl_ms: Option<Num>) -> Self {
        Self { ttl_ms, ..Self::default() }
    }

    fn is_expired(&self, timestamp: Num) -> bool {
        self.ttl_ms.is_some_and(|ttl| self.clock - timestamp > ttl)
    }

    /// Removes the expired messages of a topic. The offsets do not move with them.
    fn purge_expired(&mut self, topic_id: &Str) {
        let Some(mut topic) = self.topics.get(topic_id).cloned() else { return };
        if !topic.oldest.is_some_and(|oldest| self.is_expired(Num::Int(oldest))) {
            return;
        }
        let before = topic.messages.clone();
        if topic.ascending {
            topic.messages.drop_front(before.partition_point(|message| self.is_expired(message.timestamp)));
        } else {
            topic.messages.retain(|message| !self.is_expired(message.timestamp));
        }
        for message in before.iter().take_while(|m| self.is_expired(m.timestamp)) {
            note!(purged, what: "message", id: message.id, due: message.timestamp + self.ttl_ms.unwrap_or_default(), now: self.clock);
        }
        let oldest = if topic.ascending {
            topic.messages.get(0).map(|message| message.timestamp.floor())
        } else {
            topic.messages.iter().map(|message| message.timestamp.floor()).min()
        };
        self.busiest.shift(topic_id, Int::count(before.len()), Int::count(topic.messages.len()));
        self.list_oldest(topic_id, topic.oldest, oldest);
        topic.oldest = oldest;
        self.topics.insert(topic_id.clone(), topic);
    }

    fn purge_all(&mut self) {
        let expiring = self.oldest.iter().take_while(|(oldest, _)| self.is_expired(Num::Int(*oldest)));
        let topics: Vec<Str> = expiring.filter_map(|(_, key)| Str::from_key(key)).collect();
        for topic_id in topics {
            self.purge_expired(&topic_id);
        }
    }

    fn list_oldest(&mut self, topic_id: &Str, before: Option<Int>, now: Option<Int>) {
        if let Some(before) = before {
            self.oldest.remove(before, topic_id.to_key());
        }
        if let Some(now) = now {
            self.oldest.insert(now, topic_id.to_key());
        }
    }

    fn is_subscribed(&self, topic_id: &Str, user_id: &Str) -> bool {
        self.topics.get(topic_id).is_some_and(|topic| topic.subscribers.contains(user_id))
    }

    /// Makes a topic without subscribers and messages.
    #[op(1)]
    fn create_topic(&mut self, topic_id: Str) -> bool {
        ensure!(!self.topics.contains_key(&topic_id), absent("topic", topic_id), false);
        self.busiest.enter(&topic_id, Int::ZERO);
        let topic = Topic { subscribers: Set::new(), messages: List::new(), ascending: true, oldest: None };
        self.topics.insert(topic_id, topic);
        true
    }

    /// Subscribes a user, who will read from here on; what was published before is never delivered.
    #[op(1)]
    fn subscribe(&mut self, topic_id: Str, user_id: Str) -> bool {
        ensure!(self.topics.contains_key(&topic_id), exists("topic", topic_id), false);
        ensure!(!self.is_subscribed(&topic_id, &user_id), absent("subscriber", user_id), false);
        let Some(topic) = self.topics.get_mut(&topic_id) else { return false };
        topic.subscribers.insert(&user_id);
        let offset = Int::count(topic.messages.len());
        self.offsets.insert((topic_id, user_id), offset);
        true
    }

    /// Publishes a message and gives its id; the numbers run over all topics.
    #[op(1)]
    fn publish(&mut self, topic_id: Str, message: Value) -> Option<Str> {
        ensure!(self.topics.contains_key(&topic_id), exists("topic", topic_id), None);
        self.msg_counter += 1;
        let (number, timestamp) = (self.msg_counter, self.clock);
        let id = Str::from(format!("msg_{number}"));
        let topic = self.topics.get_mut(&topic_id)?;
        topic.ascending &= topic.messages.last().is_none_or(|newest| newest.timestamp <= timestamp);
        let (before, count) = (topic.oldest, Int::count(topic.messages.len()));
        topic.messages.push(Message { id: id.clone(), content: message, timestamp, number });
        topic.oldest = Some(before.map_or(timestamp.floor(), |oldest| oldest.min(timestamp.floor())));
        let oldest = topic.oldest;
        self.list_oldest(&topic_id, before, oldest);
        self.busiest.shift(&topic_id, count, count + 1);
        Some(id)
    }

    /// Gives the content of a message of this topic.
    #[op(1)]
    fn get_message(&mut self, topic_id: Str, msg_id: Str) -> Option<Value> {
        self.purge_expired(&topic_id);
        ensure!(self.topics.contains_key(&topic_id), exists("topic", topic_id), None);
        let messages = &self.topics.get(&topic_id)?.messages;
        let number = msg_id.strip_prefix("msg_").and_then(|digits| digits.parse().ok()).map_or(Int(0), Int);
        let found = messages.get(messages.partition_point(|message| message.number < number));
        let found = found.filter(|message| message.id == msg_id);
        ensure!(found.is_some(), exists("message", msg_id), None);
        found.map(|message| message.content.clone())
    }

    /// Lists the topics with most messages, as `topic(count)`.
    #[op(2)]
    fn top_topics(&mut self, n: Int) -> Vec<Str> {
        self.purge_all();
        // A range of a negative number is empty, where a slice would count from the end.
        self.busiest.top(n.max(Int::ZERO)).map(|(id, count)| ranked(&id, count)).collect()
    }

    /// Lists the subscribers of a topic by id.
    #[op(2)]
    fn list_subscribers(&self, topic_id: Str) -> Vec<Str> {
        ensure!(self.topics.contains_key(&topic_id), exists("topic", topic_id), Vec::new());
        self.topics.get(&topic_id).map(|topic| topic.subscribers.iter().collect()).unwrap_or_default()
    }

    /// Gives a subscriber the next unread message and moves the offset behind it.
    #[op(4)]
    fn consume(&mut self, topic_id: Str, user_id: Str) -> Option<Value> {
        self.purge_expired(&topic_id);
        ensure!(self.topics.contains_key(&topic_id), exists("topic", topic_id), None);
        ensure!(self.is_subscribed(&topic_id, &user_id), member("subscriber", user_id), None);
        let reader = (topic_id.clone(), user_id);
        let offset = *self.offsets.get(&reader)?;
        let messages = &self.topics.get(&topic_id)?.messages;
        ensure!(offset < Int::count(messages.len()), any("unread message", offset), None);
        let content = messages.get(usize::try_from(offset.0).ok()?)?.content.clone();
        self.offsets.insert(reader, offset + 1);
        Some(content)
    }

    /// Publishes the messages together, each under the lock of its topic.
    #[op(5)]
    async fn batch_publish(system: Live<Self>, operations: Vec<(Str, Value)>) -> Py<Vec<Option<Str>>> {
        system
            .gather(operations, |system, (topic_id, message)| async move {
                let _lock = system.lock(&topic_id).await;
                Ok(system.with(|system| system.publish(topic_id, message)))
            })
            .await
    }

    /// Consumes for the readers together, each under the lock of the topic.
    #[op(5)]
    async fn batch_consume(system: Live<Self>, operations: Vec<(Str, Str)>) -> Py<Vec<Option<Value>>> {
        system
            .gather(operations, |system, (topic_id, user_id)| async move {
                let _lock = system.lock(&topic_id).await;
                Ok(system.with(|system| system.consume(topic_id, user_id)))
            })
            .await
    }

    /// Pushes a message to every subscriber, so many at a time; one that fails stops no other. Nothing is stored.
    #[op(6)]
    async fn push_notifications(
        system: Live<Self>,
        topic_id: Str,
        message: Value,
        push_func: ExternalCall,
        #[default(Int(3))] max_concurrent: Int,
    ) -> Py<Vec<Value>> {
        let Some(subscribers) = system.with(|system| system.audience(&topic_id)) else { return Ok(Vec::new()) };
        let semaphore = system.semaphore(max_concurrent)?;
        system
            .gather(subscribers, move |system, user_id| {
                let (semaphore, push_func, message) = (semaphore.clone(), push_func.clone(), message.clone());
                async move {
                    let _permit = semaphore.acquire().await;
                    let args = vec![user_id.clone().into_value(), message];
                    Ok(attempted("user_id", &user_id, system.external(&push_func, &user_id, args).await))
                }
            })
            .await
    }

    fn audience(&self, topic_id: &Str) -> Option<Vec<Str>> {
        ensure!(self.topics.contains_key(topic_id), exists("topic", topic_id), None);
        self.topics.get(topic_id).map(|topic| topic.subscribers.iter().collect())
    }
}
