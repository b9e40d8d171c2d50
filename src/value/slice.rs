//! Python's slice rules.

use super::Int;

/// Where `[:n]` of a list of `len` ends: a negative `n` counts from the end.
pub fn slice_end(len: usize, n: Int) -> usize {
    // A number too large for this machine's lengths is as good as the largest: on a page those have 32 bits.
    let size = usize::try_from(n.0.unsigned_abs()).unwrap_or(usize::MAX);
    if n >= 0 { size.min(len) } else { len.saturating_sub(size) }
}

/// `list(items)[:n]` of an iterator that knows its length; takes no more than it needs.
pub fn first_n<T>(items: impl ExactSizeIterator<Item = T>, n: Int) -> impl Iterator<Item = T> {
    let end = slice_end(items.len(), n);
    items.take(end)
}
