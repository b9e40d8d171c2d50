//! Timers in the order in which they fire.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::signal::Signal;
use super::timeout::Deadline;

/// What a timer does when it is due.
pub(super) enum Alarm {
    Complete(Rc<Signal>),
    Expire(Rc<Deadline>),
}

/// A point of the loop's time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment {
    pub(super) ns: u64,
    /// How many wake-ups by a timer led here one after another.
    ///
    /// A clock is never read on time: each wake-up comes a hair late, and the timers set then are due that much later. The
    /// hairs are too small to count as time, but they add up to an order among timers due in the same nanosecond.
    pub(super) late: u32,
}

impl Moment {
    /// Gives the moment at which a timer is due that is set now.
    pub(super) fn after(self, delay_ns: u64) -> Self {
        Self { ns: self.ns.saturating_add(delay_ns), late: self.late }
    }

    /// Gives the moment at which the loop, asleep until this moment, wakes at `ns`.
    pub(super) fn woken_at(self, ns: u64) -> Self {
        Self { ns, late: self.late.saturating_add(1) }
    }
}

/// Names a timer, and is its rank: when it is due, then the order of setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TimerKey {
    due: Moment,
    nth: u64,
}

/// The timers that have not fired.
#[derive(Default)]
pub(super) struct Timers {
    queue: BTreeMap<TimerKey, Alarm>,
    set: u64,
}

impl Timers {
    /// Sets a timer.
    pub(super) fn set(&mut self, due: Moment, alarm: Alarm) -> TimerKey {
        let key = TimerKey { due, nth: self.set };
        self.set += 1;
        self.queue.insert(key, alarm);
        key
    }

    /// Removes a timer, so that the clock does not move to it.
    pub(super) fn cancel(&mut self, key: TimerKey) {
        self.queue.remove(&key);
    }

    /// Tells when the next timer is due.
    pub(super) fn next_due(&self) -> Option<Moment> {
        self.queue.first_key_value().map(|(key, _)| key.due)
    }

    /// Removes the next timer if it is due at `now_ns`.
    pub(super) fn pop_due(&mut self, now_ns: u64) -> Option<Alarm> {
        let next = self.queue.first_entry()?;
        (next.key().due.ns <= now_ns).then(|| next.remove())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(ns: u64, late: u32) -> Moment {
        Moment { ns, late }
    }

    #[test]
    fn timers_fire_by_due_time_then_lateness_then_order_of_setting() {
        let mut timers = Timers::default();
        let set = [due(7, 1), due(7, 0), due(5, 9), due(7, 1), due(8, 0)];
        let signals = set.map(|due| {
            let signal = Signal::new();
            timers.set(due, Alarm::Complete(Rc::clone(&signal)));
            signal
        });
        let fired: Vec<usize> = std::iter::from_fn(|| timers.pop_due(7))
            .filter_map(|alarm| match alarm {
                Alarm::Complete(fired) => signals.iter().position(|signal| Rc::ptr_eq(signal, &fired)),
                Alarm::Expire(_) => None,
            })
            .collect();
        assert_eq!(fired, [2, 1, 0, 3]);
    }

    #[test]
    fn a_cancelled_timer_leaves_no_due_time_behind() {
        let mut timers = Timers::default();
        let early = timers.set(due(3, 0), Alarm::Complete(Signal::new()));
        timers.set(due(9, 0), Alarm::Complete(Signal::new()));
        timers.cancel(early);
        assert_eq!(timers.next_due(), Some(due(9, 0)));
    }
}
