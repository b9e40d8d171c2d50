//! Timers in the order in which they fire: by due time, then by the order in which they were set.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::signal::Signal;

/// Names a timer, and is its rank: due time first, then the order of setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TimerKey {
    due_ns: u64,
    nth: u64,
}

/// The timers that have not fired.
#[derive(Default)]
pub(super) struct Timers {
    queue: BTreeMap<TimerKey, Rc<Signal>>,
    set: u64,
}

impl Timers {
    /// Sets a timer that will complete `signal`.
    pub(super) fn set(&mut self, due_ns: u64, signal: Rc<Signal>) -> TimerKey {
        let key = TimerKey { due_ns, nth: self.set };
        self.set += 1;
        self.queue.insert(key, signal);
        key
    }

    /// Removes a timer, so that the clock does not move to it.
    pub(super) fn cancel(&mut self, key: TimerKey) {
        self.queue.remove(&key);
    }

    /// Gives the time at which the next timer is due.
    pub(super) fn next_due_ns(&self) -> Option<u64> {
        self.queue.first_key_value().map(|(key, _)| key.due_ns)
    }

    /// Removes the next timer if it is due at `now_ns`.
    pub(super) fn pop_due(&mut self, now_ns: u64) -> Option<Rc<Signal>> {
        let next = self.queue.first_entry()?;
        (next.key().due_ns <= now_ns).then(|| next.remove())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_due_times_fire_in_the_order_of_setting() {
        let mut timers = Timers::default();
        let signals = [Signal::new(), Signal::new(), Signal::new()];
        for (signal, due_ns) in signals.iter().zip([7, 5, 7]) {
            timers.set(due_ns, Rc::clone(signal));
        }
        let fired: Vec<usize> = std::iter::from_fn(|| timers.pop_due(7))
            .filter_map(|fired| signals.iter().position(|signal| Rc::ptr_eq(signal, &fired)))
            .collect();
        assert_eq!(fired, [1, 0, 2]);
    }

    #[test]
    fn a_cancelled_timer_leaves_no_due_time_behind() {
        let mut timers = Timers::default();
        let early = timers.set(3, Signal::new());
        timers.set(9, Signal::new());
        timers.cancel(early);
        assert_eq!(timers.next_due_ns(), Some(9));
    }
}
