//! Top-N: highest first, ties as the paper says, and a shorter list is the beginning of a longer one.

use proptest::prelude::*;
use specsight::engine::{OperationInfo, SystemInfo};
use specsight::patterns::Pattern;
use specsight::value::{Int, Value};

use crate::calls::{Call, call, moment};
use crate::held::{on_edge, on_ring, on_server};
use crate::law::check;
use crate::view::{at, entries, total, word};

/// All that takes part in a ranking, in the order of the state, each with its number.
type Standing = Vec<(String, f64)>;

/// How a system finds who takes part: by a scan of its whole state.
type Scan = fn(&Value) -> Standing;

/// What each system that ranks goes by.
const SCANS: [(&str, Scan); 24] = [
    ("bank", |view| each(view, "accounts", "outgoing")),
    ("capacity_reservation", |view| each(view, "zones", "tenants.*.slots")),
    ("cdn_edge_cache", |view| each_by(view, "nodes", |id, _| on_edge(view, id))),
    ("chat_router", |view| each_by(view, "servers", |id, _| on_server(view, id).iter().fold(0.0, |sum, mb| sum + mb))),
    ("chat_system", |view| each(view, "channels", "message_ids.*")),
    ("compliance_audit_v1", |view| count(at(view, "violations.*[status=ACTIVE].entity_id"))),
    ("compliance_audit_v2", |view| count(at(view, "violations.*[status=ACTIVE].entity_id"))),
    ("content_moderation", |view| {
        let of = |status| at(view, &format!("reports.*[status={status}].queue_id"));
        count([of("PENDING"), of("CLAIMED")].concat())
    }),
    ("file_system", |view| each(view, "files", "size_kb")),
    ("fleet_tracker", |view| {
        let vehicles = entries(view, "vehicles").into_iter().filter(|(_, vehicle)| word(vehicle, "status") == "ACTIVE");
        vehicles.map(|(id, vehicle)| (id, total(vehicle, "mileage"))).collect()
    }),
    ("generic_flat", |view| each(view, "items", "field1")),
    ("generic_flat_v2", |view| each(view, "items", "field1")),
    ("generic_nested", |view| each(view, "containers", "subs.*")),
    ("generic_nested_v2", |view| each(view, "containers", "subs.*")),
    ("generic_two_collections", |view| count(at(view, "items.*[status=ACTIVE].other_id"))),
    ("generic_two_collections_v2", |view| count(at(view, "items.*[status=ACTIVE].other_id"))),
    ("hash_ring", |view| each_by(view, "nodes", |id, _| on_ring(view, id))),
    ("hotel", |view| each(view, "rooms", "total_revenue")),
    ("leaderboard", |view| each(view, "players", "score")),
    ("log_aggregator", |view| count(at(view, "logs.*.source"))),
    ("pub_sub", |view| each(view, "topics", "messages.*")),
    ("recipe_manager", |view| each(view, "recipes", "ingredients.*")),
    ("resource_allocation", |view| {
        each_by(view, "pools", |_, pool| total(pool, "jobs.*.units") / total(pool, "max_units"))
    }),
    ("signal_pipeline", |view| each(view, "channels", "signals.*.strength")),
];

/// Systems where a tie goes by the order of the state, and not by ID.
const STABLE: [&str; 2] = ["cdn_edge_cache", "playlist"];

/// The system that ranks inside the container that is asked for.
const RANKS_INSIDE: &str = "playlist";

/// Every entry of an attribute, by the total of a path in it.
fn each(view: &Value, attribute: &str, path: &str) -> Standing {
    each_by(view, attribute, |_, entry| total(entry, path))
}

fn each_by(view: &Value, attribute: &str, metric: impl Fn(&str, &Value) -> f64) -> Standing {
    entries(view, attribute).into_iter().map(|(id, entry)| (id.clone(), metric(&id, entry))).collect()
}

/// Every word, by how often it is there.
fn count(words: Vec<&Value>) -> Standing {
    let mut counted: Standing = Vec::new();
    for word in words {
        let word = word.key_text().to_string();
        match counted.iter_mut().find(|(known, _)| *known == word) {
            Some((_, count)) => *count += 1.0,
            None => counted.push((word, 1.0)),
        }
    }
    counted
}

fn songs(view: &Value, call: &Call) -> Standing {
    let playlist = call.args.get(1).map(|id| id.key_text().to_string()).unwrap_or_default();
    let found = entries(view, "playlists").into_iter().find(|(id, _)| *id == playlist);
    let songs = found.map(|(_, playlist)| at(playlist, "songs.*")).unwrap_or_default();
    songs.into_iter().map(|song| (word(song, "song_id"), total(song, "play_count"))).collect()
}

/// The ranking that a system should give: its scan, sorted.
fn expected(system: &str, view: &Value, call: &Call) -> Vec<String> {
    let mut standing = match SCANS.iter().find(|(id, _)| *id == system) {
        Some((_, scan)) => scan(view),
        None if system == RANKS_INSIDE => songs(view, call),
        None => panic!("nobody knows what {system} ranks by"),
    };
    standing.sort_by(|(id, number), (other_id, other)| {
        let tie = if STABLE.contains(&system) { std::cmp::Ordering::Equal } else { id.cmp(other_id) };
        other.total_cmp(number).then(tie)
    });
    standing.into_iter().map(|(id, _)| id).collect()
}

/// Who is in an answer: a list, one in a field, or one in a string; of IDs, pairs or records that begin with one, or `id(number)`.
fn ids(answer: &Value) -> Vec<String> {
    match answer {
        Value::List(items) => items.iter().map(id).collect(),
        Value::Dict(fields) => {
            fields.iter().find_map(|(_, value)| matches!(value, Value::List(_)).then(|| ids(value))).unwrap_or_default()
        }
        Value::Str(text) => text.split(", ").filter(|entry| !entry.is_empty()).map(without_number).collect(),
        _ => Vec::new(),
    }
}

fn id(entry: &Value) -> String {
    match entry {
        Value::Tuple(pair) => pair.first().map(id).unwrap_or_default(),
        Value::Dict(fields) => fields.first().map(|(_, value)| id(value)).unwrap_or_default(),
        other => without_number(&other.key_text()),
    }
}

fn without_number(entry: &str) -> String {
    match entry.rsplit_once('(') {
        Some((id, number)) if number.ends_with(')') => id.to_owned(),
        _ => entry.to_owned(),
    }
}

fn ranks(info: &SystemInfo, operation: &OperationInfo) -> bool {
    let has_n = operation.params.iter().any(|param| param.name == "n");
    has_n || info.id == "file_system" && operation.name == "list_files"
}

#[test]
fn the_top_n_are_the_first_of_all_in_order() {
    check(
        |info| info.uses.contains(&Pattern::TopN),
        &[],
        |recorded| {
            let questions = call(recorded, |operation| ranks(&recorded.info, operation));
            (moment(recorded), questions, 0..12_usize).boxed()
        },
        |recorded, (at, question, n)| {
            let operation = recorded.operation(question.operation);
            let mut moment = recorded.moments[at].fork();
            moment.wait(question.pause);
            // The one that takes no number can be asked for another order.
            let question = question.with(operation, "sort_by", Value::Str("size".into()));
            let question = question.with(operation, "n", Value::Int(Int::count(n)));
            let Ok(answer) = moment.call(&question) else { return Err(TestCaseError::reject("raises")) };
            let mut expected = expected(recorded.info.id, &moment.view(), &question);
            prop_assume!(expected.len() > 1);
            if operation.params.iter().any(|param| param.name == "n") {
                expected.truncate(n);
            }
            prop_assert_eq!(ids(&answer), expected, "{}", answer.text());
            Ok(())
        },
    );
}
