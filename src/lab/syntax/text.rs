//! Values as text: `str` and `repr`.

use super::sentence::say;
use std::fmt::Write;

use super::containers::check_text;
use super::exception::{Exception, Fault};
use super::value::Val;
use crate::value::{Num, Str, Value};

/// `str(value)`.
pub fn str_of(value: &Val) -> Result<Str, Fault> {
    match value {
        Val::Str(text) => Ok(text.clone()),
        Val::Exception(error) => message(error),
        other => repr_of(other),
    }
}

/// `repr(value)`.
pub fn repr_of(value: &Val) -> Result<Str, Fault> {
    let mut out = String::new();
    write_value(&mut out, value)?;
    Ok(out.into())
}

/// What an exception says: `str(error)`.
pub fn message(error: &Exception) -> Result<Str, Fault> {
    match error.arguments.as_slice() {
        [] => Ok(Str::default()),
        [only] if error.class.name() == "KeyError" => repr_of(only),
        [only] => str_of(only),
        several => {
            let mut out = String::new();
            write_all(&mut out, "(", several, ")")?;
            Ok(out.into())
        }
    }
}

fn write_value(out: &mut String, value: &Val) -> Result<(), Fault> {
    check_text(out.len())?;
    match value {
        Val::None => out.push_str("None"),
        Val::Bool(b) => out.push_str(if *b { "True" } else { "False" }),
        Val::Int(n) => out.push_str(&n.to_string()),
        Val::Float(x) => out.push_str(&Num::Float(*x).to_string()),
        Val::Str(text) => out.push_str(&Value::Str(text.clone()).repr()),
        Val::List(items) => write_all(out, "[", &items.values, "]")?,
        Val::Tuple(items) if items.values.len() == 1 => write_all(out, "(", &items.values, ",)")?,
        Val::Tuple(items) => write_all(out, "(", &items.values, ")")?,
        Val::Dict(items) => write_entries(out, &items.values)?,
        Val::Row(table, row) => write_entries(out, &Val::row_values(&**table, *row))?,
        Val::Range(range) if range.by == 1 => {
            let _ = write!(out, "range({}, {})", range.start, range.stop);
        }
        Val::Range(range) => {
            let _ = write!(out, "range({}, {}, {})", range.start, range.stop, range.by);
        }
        Val::Exception(error) => {
            out.push_str(error.class.name());
            write_all(out, "(", &error.arguments, ")")?;
        }
        other => {
            return Err(Fault::refuse(say!(
                "What {0} looks like is not known here.",
                "呢度唔知 {0} 印出嚟係點。",
                other.a_type()
            )));
        }
    }
    Ok(())
}

fn write_all(out: &mut String, open: &str, items: &[Val], close: &str) -> Result<(), Fault> {
    out.push_str(open);
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        write_value(out, item)?;
    }
    out.push_str(close);
    Ok(())
}

fn write_entries(out: &mut String, entries: &[Val]) -> Result<(), Fault> {
    out.push('{');
    for (at, value) in entries.iter().enumerate() {
        if at > 0 {
            out.push_str(if at % 2 == 0 { ", " } else { ": " });
        }
        write_value(out, value)?;
    }
    out.push('}');
    Ok(())
}

/// What a value is called in a chart: the `id` of a dict, or the text of a plain value.
pub fn label(value: &Val) -> Option<String> {
    const SHOWN: usize = 40;
    let text = match value {
        Val::Dict(_) | Val::Row(..) => return label(&value.lookup(&Val::Str("id".into()))?),
        Val::Str(text) => text.clone(),
        Val::Bool(_) | Val::Int(_) | Val::Float(_) => repr_of(value).ok()?,
        Val::Tuple(items) if items.values.len() < SHOWN => repr_of(value).ok()?,
        _ => return None,
    };
    Some(text.chars().take(SHOWN).collect()).filter(|text: &String| !text.is_empty())
}
