//! Python's slice rules.

use super::Int;

/// Where `[:n]` of a list of `len` ends: a negative `n` counts from the end.
pub fn slice_end(len: usize, n: Int) -> usize {
    match usize::try_from(n.0) {
        Ok(n) => n.min(len),
        Err(_) => len.saturating_sub(usize::try_from(n.0.unsigned_abs()).unwrap_or(usize::MAX)),
    }
}

/// `list(items)[:n]` of an iterator that knows its length; takes no more than it needs.
pub fn first_n<T>(items: impl ExactSizeIterator<Item = T>, n: Int) -> impl Iterator<Item = T> {
    let end = slice_end(items.len(), n);
    items.take(end)
}
