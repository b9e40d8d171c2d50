//! Names from one convention to another.

/// `TransferFunds` as `transfer_funds`.
pub fn snake(name: &str) -> String {
    let mut out = String::new();
    for (at, c) in name.char_indices() {
        if c.is_uppercase() && at > 0 {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}

/// `RetryScheduled` as `RETRY_SCHEDULED`.
pub fn screaming(name: &str) -> String {
    snake(name).to_uppercase()
}
