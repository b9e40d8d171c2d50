//! What a system says there is so much of is there so many times.

use proptest::prelude::*;
use specsight::value::{Int, Value};

use crate::calls::{Call, calls, moment};
use crate::law::check_on;
use crate::recorded::Recorded;
use crate::view::total;

/// Questions for a number, or for a list that is counted: with which further arguments, and what a scan of the state counts.
const COUNTS: [(&str, &str, &[i64], &str); 11] = [
    ("chat_router", "get_server_count", &[], "servers.*"),
    ("file_system", "total_size", &[], "files.*.size_kb"),
    ("gym", "get_active_count", &[], "members.*[checked_in=True]"),
    ("hash_ring", "get_node_count", &[], "nodes.*"),
    ("hotel", "find_available", &[i64::MIN, i64::MAX], "rooms.*[guest_name=]"),
    ("hotel", "get_pending_fees", &[], "rooms.*.late_fee"),
    ("leaderboard", "players_above", &[i64::MIN], "players.*"),
    ("parking_lot", "count_available", &[], "spots.*[vehicle_id=None]"),
    ("session_manager", "count_active", &[], "sessions.*"),
    ("task_queue", "get_queue_length", &[], "tasks.*[status=QUEUED]"),
    ("tetris", "get_piece_count", &[], "pieces.*"),
];

#[test]
fn what_is_counted_is_there() {
    let broken: Vec<_> = COUNTS
        .iter()
        .filter_map(|(system, question, args, path)| {
            let recorded = &Recorded::of(system);
            let outcome = check_on(recorded, (moment(recorded), calls(recorded, |_| true)).boxed(), |(at, calls)| {
                let mut moment = recorded.moments[at].fork();
                for call in calls {
                    moment.wait(call.pause);
                    let _ = moment.call(&call);
                }
                let args = args.iter().map(|n| Value::Int(Int(*n)));
                let question =
                    Call::new(recorded.operation(question), std::iter::once(Value::None).chain(args).collect());
                let answer = moment.call(&question).map_err(|error| TestCaseError::reject(error.to_string()))?;
                let answered = if let Value::List(_) = answer { total(&answer, "*") } else { total(&answer, "") };
                prop_assert!((answered - total(&moment.view(), path)).abs() < 1e-6, "{} for {path}", answer.text());
                Ok(())
            });
            outcome.err()
        })
        .collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
