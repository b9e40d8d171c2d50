//! Ids that lead to other ids: merged fleets, migrated plans.

use std::collections::BTreeSet;

use crate::value::{Dict, Str};

/// Follows a mapping from old to new ids to its end. A circle ends where it is entered.
pub fn follow(successors: &Dict<Str, Str>, id: &Str) -> Str {
    let mut visited = BTreeSet::new();
    let mut id = id.clone();
    while let Some(next) = successors.get(&id) {
        if !visited.insert(id.clone()) {
            break;
        }
        id = next.clone();
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(pairs: &[(&str, &str)], id: &str) -> String {
        let successors = pairs.iter().map(|(from, to)| (Str::from(*from), Str::from(*to))).collect();
        follow(&successors, &Str::from(id)).to_string()
    }

    #[test]
    fn a_chain_is_followed_to_its_end_and_a_circle_to_where_it_is_entered() {
        assert_eq!(end(&[], "a"), "a");
        assert_eq!(end(&[("a", "b"), ("b", "c")], "a"), "c");
        assert_eq!(end(&[("a", "a")], "a"), "a");
        assert_eq!(end(&[("a", "b"), ("b", "a")], "b"), "b");
        assert_eq!(end(&[("x", "a"), ("a", "b"), ("b", "a")], "x"), "a");
    }
}
