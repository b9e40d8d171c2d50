//! Python's notation of values.

use std::fmt::Write;

use super::Value;

/// Which quotes strings are written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quote {
    /// As `repr` does: single, unless only double ones avoid an escape.
    Python,
    /// Always double, as most Python code is formatted.
    Double,
}

/// A value in Python's notation.
pub fn text(value: &Value, quote: Quote) -> String {
    let mut out = String::new();
    write_value(&mut out, value, quote);
    out
}

fn write_value(out: &mut String, value: &Value, quote: Quote) {
    match value {
        Value::None => out.push_str("None"),
        Value::Bool(true) => out.push_str("True"),
        Value::Bool(false) => out.push_str("False"),
        Value::Int(n) => {
            let _ = write!(out, "{n}");
        }
        Value::Float(x) => out.push_str(&float(*x)),
        Value::Str(s) => write_str(out, s, quote),
        Value::List(items) => write_items(out, "[", items, "]", quote),
        Value::Tuple(items) if items.len() == 1 => write_items(out, "(", items, ",)", quote),
        Value::Tuple(items) => write_items(out, "(", items, ")", quote),
        Value::Set(items) if items.is_empty() => out.push_str("set()"),
        Value::Set(items) => write_items(out, "{", items, "}", quote),
        Value::Dict(entries) => {
            out.push('{');
            for (at, (key, value)) in entries.iter().enumerate() {
                if at > 0 {
                    out.push_str(", ");
                }
                write_value(out, key, quote);
                out.push_str(": ");
                write_value(out, value, quote);
            }
            out.push('}');
        }
        Value::Callable(_) => out.push_str("<async function>"),
    }
}

fn write_items(out: &mut String, open: &str, items: &[Value], close: &str, quote: Quote) {
    out.push_str(open);
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        write_value(out, item, quote);
    }
    out.push_str(close);
}

fn write_str(out: &mut String, s: &str, quote: Quote) {
    let mark = match quote {
        Quote::Double => '"',
        Quote::Python if s.contains('\'') && !s.contains('"') => '"',
        Quote::Python => '\'',
    };
    out.push(mark);
    for c in s.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == mark => {
                out.push('\\');
                out.push(c);
            }
            c if is_printable(c) => out.push(c),
            c => {
                let code = u32::from(c);
                let _ = match code {
                    0..=0xff => write!(out, "\\x{code:02x}"),
                    0x100..=0xffff => write!(out, "\\u{code:04x}"),
                    _ => write!(out, "\\U{code:08x}"),
                };
            }
        }
    }
    out.push(mark);
}

/// Close to `str.isprintable`: controls, format characters, odd spaces and private use are not.
fn is_printable(c: char) -> bool {
    !(c.is_control()
        || (c.is_whitespace() && c != ' ')
        || matches!(u32::from(c), 0xad | 0x0600..=0x0605 | 0x180e | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f
            | 0xfeff | 0xfff0..=0xfffb | 0xe000..=0xf8ff | 0xe0000..=0xe0fff | 0xf0000..=0x0010_ffff))
}

/// A float as Python's `repr` writes it: the shortest digits, an exponent below 1e-4 and from 1e16 on.
pub fn float(x: f64) -> String {
    if x.is_nan() {
        return "nan".to_owned();
    }
    if x.is_infinite() {
        return if x > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    let text = shortest(x);
    match text.split_once('e') {
        None => text,
        Some((digits, exponent)) => {
            let (sign, size) = exponent.strip_prefix('-').map_or(('+', exponent), |size| ('-', size));
            format!("{}e{sign}{size:0>2}", digits.strip_suffix(".0").unwrap_or(digits))
        }
    }
}

/// The shortest digits that are read back as `x`, as Rust lays them out. Where two are as short and as near, Python takes
/// the even one, Rust the upper one; rounding to as many places decides as Python does.
fn shortest(x: f64) -> String {
    let text = format!("{x:?}");
    let digits = text.split('e').next().unwrap_or_default();
    let places = digits.split_once('.').map_or(0, |(_, places)| places.len());
    let rounded = if text.contains('e') { format!("{x:.places$e}") } else { format!("{x:.places$}") };
    let same = rounded.parse().is_ok_and(|read: f64| read.to_bits() == x.to_bits());
    if same { rounded } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Int;

    #[test]
    fn floats_are_written_as_python_writes_them() {
        for (x, text) in [
            (100.0, "100.0"),
            (99.5, "99.5"),
            (0.0001, "0.0001"),
            (0.000_01, "1e-05"),
            (1e16, "1e+16"),
            (1.5e300, "1.5e+300"),
            (123_456_789_012_345.0, "123456789012345.0"),
            (-0.0, "-0.0"),
            (2_f64.powi(50) + 0.25, "1125899906842624.2"),
            (-2_f64.powi(50) - 0.75, "-1125899906842624.8"),
            (2_f64.powi(-25), "2.9802322387695312e-08"),
            (2_f64.powi(-44), "5.684341886080802e-14"),
            (7.120_236_347_223_045e-307, "7.120236347223045e-307"),
            (5e-324, "5e-324"),
            (f64::MAX, "1.7976931348623157e+308"),
        ] {
            assert_eq!(float(x), text);
        }
    }

    #[test]
    fn strings_are_quoted_as_python_quotes_them() {
        let repr = |s: &str| Value::Str(s.into()).repr();
        assert_eq!(repr("a"), "'a'");
        assert_eq!(repr("it's"), "\"it's\"");
        assert_eq!(repr("'\""), "'\\'\"'");
        assert_eq!(repr("香港\n\u{7f}\u{200b}"), "'香港\\n\\x7f\\u200b'");
        assert_eq!(Value::Tuple(vec![Value::Int(Int(3))]).repr(), "(3,)");
        assert_eq!(Value::Set(vec![]).repr(), "set()");
    }
}
