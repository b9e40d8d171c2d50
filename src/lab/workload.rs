//! What strategies are compared on: how many items, which of them are invalid, how long each sleeps.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::syntax::{SyntaxError, Table, Val};
use crate::engine::{FromValue, Mismatch};
use crate::rng::Rng;
use crate::value::{Int, Num, Value};

/// A workload has at most so many items.
pub const MAX_ITEMS: i64 = 200_000;

/// The longest sleep, in milliseconds: a day.
pub const MAX_SLEEP_MS: f64 = 86_400_000.0;

/// A workload that was checked; it gives the predefined names of a program.
#[derive(Clone, Debug)]
pub struct Workload {
    rows: Rc<Rows>,
    max_concurrent: i64,
}

/// The names that a workload predefines.
pub const PREDEFINED: [&str; 2] = ["items", "max_concurrent"];

/// The items.
#[derive(Debug)]
struct Rows {
    count: u32,
    /// The check that an item fails, from 1.
    invalid: BTreeMap<i64, i64>,
    sleep: Sleep,
    shared_lock: bool,
    /// Items whose external call fails.
    fails: BTreeSet<i64>,
}

/// How long items sleep.
#[derive(Debug)]
enum Sleep {
    Fixed(f64),
    /// One after another, from the front again.
    Listed(Vec<f64>),
}

impl Workload {
    /// Reads a workload in the form of the contract.
    pub fn read(value: &Value) -> Result<Self, Mismatch> {
        if !matches!(value, Value::Dict(_)) {
            return Err(Mismatch::expected("an object with `items`, `sleep` and `maxConcurrent`", value));
        }
        let count = read::<Int>(value, "items")?.0;
        if count > MAX_ITEMS {
            return Err(
                Mismatch::too_many(format!("is {count}; at the most {MAX_ITEMS} are allowed")).at_field("items")
            );
        }
        let Ok(rows) = u32::try_from(count) else {
            return Err(Mismatch::problem(format!("must not be negative, and is {count}")).at_field("items"));
        };
        let max_concurrent = read::<Int>(value, "maxConcurrent")?.0;
        if max_concurrent < 0 {
            let problem =
                format!("is {max_concurrent}: Python raises a ValueError for a semaphore with less than 0 permits");
            return Err(Mismatch::problem(problem).at_field("maxConcurrent"));
        }
        let rows = Rows {
            count: rows,
            invalid: invalid(value, count)?,
            sleep: sleep(value, rows).map_err(|mismatch| mismatch.at_field("sleep"))?,
            shared_lock: read::<Option<bool>>(value, "sharedLock")?.unwrap_or_default(),
            fails: fails(value, count)?,
        };
        Ok(Self { rows: Rc::new(rows), max_concurrent })
    }

    /// The predefined names with their values: `items` and `max_concurrent`.
    pub fn globals(&self) -> Result<[(&'static str, Val); 2], SyntaxError> {
        let table: Rc<dyn Table> = Rc::clone(&self.rows) as Rc<dyn Table>;
        let items = (0..self.rows.count).map(|row| Val::Row(Rc::clone(&table), row)).collect();
        let [names, limit] = PREDEFINED;
        Ok([(names, Val::global_list(items)?), (limit, Val::Int(self.max_concurrent))])
    }
}

fn field<'v>(value: &'v Value, name: &str) -> &'v Value {
    value.get(name).unwrap_or(&Value::None)
}

fn read<T: FromValue>(value: &Value, name: &str) -> Result<T, Mismatch> {
    T::from_value(field(value, name)).map_err(|mismatch| mismatch.at_field(name))
}

fn list<'v>(value: &'v Value, name: &str) -> Result<&'v [Value], Mismatch> {
    match field(value, name) {
        Value::None => Ok(&[]),
        Value::List(items) => Ok(items),
        other => Err(Mismatch::expected("list", other).at_field(name)),
    }
}

/// A position of an item that was not named before.
fn position(value: &Value, count: i64, seen: impl Fn(i64) -> bool) -> Result<i64, Mismatch> {
    let position = Int::from_value(value)?.0;
    if !(0..count).contains(&position) {
        let problem = match count {
            0 => format!("names item {position}, but there are no items"),
            _ => format!("names item {position}; the items are 0 to {}", count - 1),
        };
        return Err(Mismatch::problem(problem));
    }
    if seen(position) {
        return Err(Mismatch::problem(format!("names item {position} twice")));
    }
    Ok(position)
}

fn invalid(value: &Value, count: i64) -> Result<BTreeMap<i64, i64>, Mismatch> {
    let mut invalid = BTreeMap::new();
    for entry in list(value, "invalid")? {
        let place = |mismatch: Mismatch| mismatch.at_field("invalid");
        let item = position(field(entry, "item"), count, |item| invalid.contains_key(&item)).map_err(place)?;
        let check = Int::from_value(field(entry, "check")).map_err(place)?.0;
        if !(1..=3).contains(&check) {
            return Err(place(Mismatch::problem(format!(
                "says that item {item} fails check {check}; there are 1, 2 and 3"
            ))));
        }
        invalid.insert(item, check);
    }
    Ok(invalid)
}

fn fails(value: &Value, count: i64) -> Result<BTreeSet<i64>, Mismatch> {
    let mut fails = BTreeSet::new();
    for entry in list(value, "fails")? {
        let item = position(entry, count, |item| fails.contains(&item)).map_err(|m| m.at_field("fails"))?;
        fails.insert(item);
    }
    Ok(fails)
}

fn sleep(value: &Value, count: u32) -> Result<Sleep, Mismatch> {
    let sleep = field(value, "sleep");
    if let Some(ms) = sleep.get("fixed") {
        return milliseconds(ms).map(Sleep::Fixed);
    }
    if sleep.get("listed").is_some() {
        let listed = list(sleep, "listed")?.iter().map(milliseconds).collect::<Result<Vec<_>, _>>()?;
        if listed.is_empty() && count > 0 {
            return Err(Mismatch::problem("needs at least one number in `listed`"));
        }
        return Ok(Sleep::Listed(listed));
    }
    if sleep.get("seed").is_none() {
        return Err(Mismatch::expected("{ fixed }, { listed } or { seed, from, to }", sleep));
    }
    let (from, to) = (whole(sleep, "from")?, whole(sleep, "to")?);
    if from > to {
        return Err(Mismatch::problem(format!("is drawn from {from} to {to}: the first must not be greater")));
    }
    // A seed is any whole number; its bits are what counts.
    let mut rng = Rng::new(read::<Int>(sleep, "seed")?.0.cast_unsigned());
    let spread = usize::try_from(to - from).unwrap_or_default() + 1;
    let drawn = (0..count).map(|_| i64::try_from(rng.below(spread)).map_or(from, |more| from + more));
    Ok(Sleep::Listed(drawn.map(|ms| Num::Int(Int(ms)).as_f64()).collect()))
}

/// Whole milliseconds of a sleep.
fn whole(value: &Value, name: &str) -> Result<i64, Mismatch> {
    let ms = read::<Int>(value, name)?;
    milliseconds(&Value::Int(ms)).map(|_| ms.0)
}

/// Milliseconds of a sleep.
fn milliseconds(value: &Value) -> Result<f64, Mismatch> {
    let ms = Num::from_value(value)?.as_f64();
    if ms < 0.0 {
        return Err(Mismatch::problem(format!("must not be negative, and has {ms}")));
    }
    if ms > MAX_SLEEP_MS {
        return Err(Mismatch::too_many(format!("has {ms} ms; at the most {MAX_SLEEP_MS} are allowed")));
    }
    Ok(ms)
}

impl Table for Rows {
    fn keys(&self) -> &[&'static str] {
        &["id", "exists", "open", "funded", "sleep", "fails", "key", "source", "target"]
    }

    fn get(&self, row: u32, key: &str) -> Option<Val> {
        let item = i64::from(row);
        let passes = |check| Val::Bool(self.invalid.get(&item) != Some(&check));
        let id = item + 1;
        let text = |text: String| Val::Str(text.into());
        // Neighbours move money between the same two accounts, in opposite directions.
        let account = |other: i64| text(format!("account {}", 2 * (item / 2) + 1 + (item % 2 + other) % 2));
        Some(match key {
            "id" => text(id.to_string()),
            "exists" => passes(1),
            "open" => passes(2),
            "funded" => passes(3),
            "sleep" => Val::Float(self.ms(row) / 1000.0),
            "fails" => Val::Bool(self.fails.contains(&item)),
            "key" => text(if self.shared_lock { "shared".to_owned() } else { id.to_string() }),
            "source" => account(0),
            "target" => account(1),
            _ => return None,
        })
    }
}

impl Rows {
    fn ms(&self, row: u32) -> f64 {
        match &self.sleep {
            Sleep::Fixed(ms) => *ms,
            Sleep::Listed(listed) => {
                let at = usize::try_from(row).unwrap_or_default() % listed.len().max(1);
                listed.get(at).copied().unwrap_or_default()
            }
        }
    }
}
