//! When a card is due again.
//!
//! SM-2 in whole numbers: intervals in minutes, ease in thousandths. An exam is days or weeks away, so the first steps
//! are short and no interval passes two months. The learner's clock is an argument.
//!
//! | | again | hard | good | easy |
//! |---|---|---|---|---|
//! | new, or missed last time | 10 min | 1 day | 2 days | 4 days |
//! | else: interval times | back to 10 min | 1.2 | ease | ease x 1.3 |
//! | ease (starts at 2.3) | -0.2 | -0.15 | | +0.15 |
//!
//! Asked late and known, the time that has really passed counts; asked early, only the part of the interval that has
//! passed grows, so that going through a deck ten times in an evening does not push it away for a month.

use serde::{Deserialize, Serialize};

use super::grade::Grade;

const MINUTE_MS: u64 = 60_000;
const DAY: u64 = 24 * 60;
const RELEARN: u64 = 10;
const MAX_INTERVAL: u64 = 60 * DAY;
const START_EASE: u64 = 2_300;
const MIN_EASE: u64 = 1_300;
const MAX_EASE: u64 = 3_000;

/// What is remembered of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Memory {
    /// The time from the last answer to when the card is due, in minutes.
    pub interval_min: u64,
    /// How fast the interval grows, in thousandths.
    pub ease: u64,
    /// When it was last answered.
    pub last_ms: u64,
    /// When it is due.
    pub due_ms: u64,
    /// How often it was asked.
    pub seen: u32,
    /// How often it was known.
    pub right: u32,
    /// How often it was known before and then not.
    pub lapses: u32,
}

impl Memory {
    /// Tells whether the card should be asked now.
    pub const fn is_due(&self, now_ms: u64) -> bool {
        self.due_ms <= now_ms
    }

    /// Tells whether the last answer was right; a new or missed card is still being learnt.
    pub const fn is_known(&self) -> bool {
        self.interval_min >= DAY
    }
}

/// Gives what is remembered of a card after an answer.
pub fn next_memory(before: Option<&Memory>, grade: Grade, now_ms: u64) -> Memory {
    let ease = before.map_or(START_EASE, |memory| memory.ease.clamp(MIN_EASE, MAX_EASE));
    let known = before.filter(|memory| memory.is_known());
    let interval_min = match known {
        None => first_interval(grade),
        Some(memory) => grown_interval(memory, ease, grade, now_ms),
    };
    let right = grade != Grade::Again;
    Memory {
        interval_min,
        ease: match grade {
            Grade::Again => ease.saturating_sub(200),
            Grade::Hard => ease.saturating_sub(150),
            Grade::Good => ease,
            Grade::Easy => ease.saturating_add(150),
        }
        .clamp(MIN_EASE, MAX_EASE),
        last_ms: now_ms,
        due_ms: now_ms.saturating_add(interval_min * MINUTE_MS),
        seen: before.map_or(0, |memory| memory.seen).saturating_add(1),
        right: before.map_or(0, |memory| memory.right).saturating_add(u32::from(right)),
        lapses: before.map_or(0, |memory| memory.lapses).saturating_add(u32::from(!right && known.is_some())),
    }
}

const fn first_interval(grade: Grade) -> u64 {
    match grade {
        Grade::Again => RELEARN,
        Grade::Hard => DAY,
        Grade::Good => 2 * DAY,
        Grade::Easy => 4 * DAY,
    }
}

fn grown_interval(memory: &Memory, ease: u64, grade: Grade, now_ms: u64) -> u64 {
    let factor = match grade {
        Grade::Again => return RELEARN,
        Grade::Hard => 1_200,
        Grade::Good => ease,
        Grade::Easy => ease * 13 / 10,
    };
    let passed = now_ms.saturating_sub(memory.last_ms) / MINUTE_MS;
    let grown = passed.min(MAX_INTERVAL) * factor / 1_000;
    // Whole days, so that a card comes back at the hour it was learnt.
    let days = grown.div_ceil(DAY).saturating_mul(DAY);
    days.max(memory.interval_min).clamp(DAY, MAX_INTERVAL)
}

#[cfg(test)]
mod tests {
    use super::{DAY, MINUTE_MS, Memory, next_memory};
    use crate::drill::Grade::{self, Again, Easy, Good, Hard};

    /// Answers on the due time each time and gives the intervals, in days where whole.
    fn intervals(grades: &[Grade]) -> Vec<String> {
        let mut memory: Option<Memory> = None;
        let mut now = 1_700_000_000_000;
        grades
            .iter()
            .map(|&grade| {
                let next = next_memory(memory.as_ref(), grade, now);
                now = next.due_ms;
                memory = Some(next);
                match next.interval_min {
                    minutes if minutes % DAY == 0 => format!("{}d", minutes / DAY),
                    minutes => format!("{minutes}m"),
                }
            })
            .collect()
    }

    #[test]
    fn whole_sequences_are_pinned() {
        assert_eq!(intervals(&[Good; 6]), ["2d", "5d", "12d", "28d", "60d", "60d"]);
        assert_eq!(intervals(&[Easy; 4]), ["4d", "13d", "44d", "60d"]);
        assert_eq!(intervals(&[Hard; 5]), ["1d", "2d", "3d", "4d", "5d"]);
        assert_eq!(intervals(&[Again, Again, Good, Good]), ["10m", "10m", "2d", "4d"]);
        assert_eq!(intervals(&[Good, Good, Again, Good, Good]), ["2d", "5d", "10m", "2d", "5d"]);
    }

    #[test]
    fn an_evening_of_repeats_does_not_push_a_card_away() {
        let mut memory = next_memory(None, Good, 0);
        for minutes in 1..20 {
            memory = next_memory(Some(&memory), Easy, minutes * MINUTE_MS);
        }
        assert_eq!(memory.interval_min, 2 * DAY);
        assert_eq!(memory.seen, 20);
    }

    #[test]
    fn late_and_known_counts_the_time_that_passed() {
        let memory = next_memory(None, Good, 0);
        let late = next_memory(Some(&memory), Good, 10 * DAY * MINUTE_MS);
        assert_eq!(late.interval_min, 23 * DAY);
    }

    #[test]
    fn a_lapse_is_a_miss_of_something_known() {
        let fresh = next_memory(None, Again, 0);
        assert_eq!((fresh.seen, fresh.right, fresh.lapses), (1, 0, 0));
        let known = next_memory(Some(&fresh), Good, 1);
        let lapsed = next_memory(Some(&known), Again, 2);
        assert_eq!((lapsed.seen, lapsed.right, lapsed.lapses), (3, 1, 1));
    }
}
