//! The nearest known name to a misspelt one.

/// The closest of `names` that is near enough to be meant; ties go to the first.
pub fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let wanted: Vec<char> = name.chars().take(64).flat_map(char::to_lowercase).collect();
    names
        .map(|known| (distance(&wanted, known), known))
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, known)| *distance <= known.len().max(3) / 3)
        .map(|(_, known)| known.to_owned())
}

/// Levenshtein distance, one row at a time.
fn distance(a: &[char], b: &str) -> usize {
    let mut row: Vec<usize> = (0..=a.len()).collect();
    for (i, cb) in b.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (ca, cell) in a.iter().zip(row.iter_mut().skip(1)) {
            let replaced = diagonal + usize::from(*ca != cb);
            diagonal = *cell;
            left = replaced.min(diagonal + 1).min(left + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant_and_nothing_else() {
        let names = ["deposit", "transfer", "top_spenders"];
        let nearest = |name| nearest(name, names.into_iter());
        assert_eq!(nearest("deposti").as_deref(), Some("deposit"));
        assert_eq!(nearest("Transfer").as_deref(), Some("transfer"));
        assert_eq!(nearest("topspenders").as_deref(), Some("top_spenders"));
        assert_eq!(nearest("withdraw"), None);
        assert_eq!(nearest(""), None);
    }
}
