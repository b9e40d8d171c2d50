//! Calls as Python writes them.

use super::SystemEntry;
use crate::value::Value;

/// `bank.deposit(1000, "alice", 500)`; a coroutine is awaited.
pub fn call_text(entry: &SystemEntry, operation: &str, args: &[Value]) -> String {
    let awaited = entry.meta.operations.iter().any(|known| known.name == operation && known.is_async());
    let args: Vec<String> = args.iter().map(Value::text).collect();
    format!("{}{}.{operation}({})", if awaited { "await " } else { "" }, entry.id, args.join(", "))
}
