//! Numbers as people read them.

/// Writes a number without decimals, its thousands set apart.
pub fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut grouped = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Writes nanoseconds in the unit that leaves one to three digits before the point.
pub fn duration(nanos: f64) -> String {
    match nanos {
        _ if nanos < 999.5 => format!("{nanos:.0} ns"),
        _ if nanos < 999.95e3 => format!("{:.1} µs", nanos / 1e3),
        _ if nanos < 999.95e6 => format!("{:.1} ms", nanos / 1e6),
        _ => format!("{:.1} s", nanos / 1e9),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        for (value, text) in [(0.4, "0"), (999.0, "999"), (1000.0, "1,000"), (1_234_567.8, "1,234,568")] {
            assert_eq!(grouped(value), text);
        }
    }

    #[test]
    fn durations_have_a_unit_that_suits_them() {
        for (nanos, text) in
            [(0.0, "0 ns"), (999.0, "999 ns"), (999.7, "1.0 µs"), (1_250_000.0, "1.2 ms"), (2e9, "2.0 s")]
        {
            assert_eq!(duration(nanos), text);
        }
    }
}
