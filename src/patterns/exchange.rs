//! The handbook's exchange sort.

/// Sorts as two nested loops that swap whatever is smaller. Among equals the order depends on the swaps: it is not stable,
/// and answers show it.
pub fn exchange_sort<T, K: PartialOrd>(items: &mut [T], key: impl Fn(&T) -> K) {
    // Where it is in order already, no swap happens; that is most lists, and saves the square of their length.
    if items.windows(2).all(|pair| matches!(pair, [a, b] if key(a) <= key(b))) {
        return;
    }
    for i in 0..items.len() {
        for j in i + 1..items.len() {
            if let (Some(first), Some(later)) = (items.get(i), items.get(j))
                && key(later) < key(first)
            {
                items.swap(i, j);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn equals_change_places() {
        let mut items = [(2, "a"), (2, "b"), (1, "c")];
        exchange_sort(&mut items, |item| item.0);
        assert_eq!(items.map(|item| item.1), ["c", "b", "a"]);
    }

    proptest! {
        #[test]
        fn keys_come_out_in_order(mut items in prop::collection::vec(0..9_u8, 0..30)) {
            let mut sorted = items.clone();
            sorted.sort_unstable();
            exchange_sort(&mut items, |n| *n);
            prop_assert_eq!(items, sorted);
        }
    }
}
