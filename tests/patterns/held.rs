//! How much a holder holds, in systems where things name their holder: by a scan of all things.

use specsight::value::Value;

use crate::view::{at, entries, many, total, word};

/// The MB on a node of `cdn_edge_cache`.
pub fn on_edge(view: &Value, node: &str) -> f64 {
    let objects = at(view, "objects.*").into_iter().filter(|object| word(object, "node_id") == node);
    objects.fold(0.0, |sum, object| sum + total(object, "size_mb"))
}

/// The sizes of the requests on a server of `chat_router`.
pub fn on_server(view: &Value, server: &str) -> Vec<f64> {
    let sizes = view.get("request_sizes").expect("sizes");
    let routed = entries(view, "requests").into_iter().filter(|(_, to)| *to.key_text() == *server);
    routed.map(|(request, _)| total(sizes, &request)).collect()
}

/// The number of keys on a node of `hash_ring`.
pub fn on_ring(view: &Value, node: &str) -> f64 {
    many(at(view, "keys.*").into_iter().filter(|holder| *holder.key_text() == *node).count())
}
