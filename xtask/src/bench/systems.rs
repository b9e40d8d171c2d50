//! Measures how the cost of each system's operations grows with the number of entities that are alive.

mod markdown;
mod table;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

/// A cost may grow so many times more than what is done for it: trees get deeper, and caches overflow.
const TOLERATED: f64 = 8.0;
/// Whoever looks at every entity needs at least so long for each; whatever takes less is no walk through all of them.
const NANOS_PER_ENTITY: f64 = 1.0;
/// From the fewest entities to the most, a linear cost grows a thousandfold; deeper trees and colder memory make it about ten.
const LINEAR: f64 = 30.0;

/// What the driver measured, one line a system and shape.
pub struct Systems(Vec<System>);

struct System {
    id: String,
    shape: String,
    sizes: Vec<Size>,
    operations: Vec<Operation>,
}

struct Size {
    entities: f64,
    bytes: f64,
}

struct Operation {
    name: String,
    level: u64,
    /// Whether a call was found that is not refused.
    accepted: bool,
    /// How often the recorded traces call it.
    calls: f64,
    sizes: Vec<Cost>,
}

struct Cost {
    nanos: f64,
    /// Values in the answer.
    answer: f64,
    /// Places that changed.
    changes: f64,
    /// Entities that a restore writes anew.
    written: f64,
}

impl Cost {
    /// All that it has to be paid for.
    fn work(&self) -> f64 {
        self.answer + self.changes + self.written
    }
}

/// What makes the work of a call grow with the entities.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reason {
    Answer,
    Changes,
    Restore,
}

/// An operation with its costs at the fewest and at the most entities.
struct Growth<'a> {
    system: &'a System,
    operation: &'a Operation,
    few: &'a Cost,
    many: &'a Cost,
}

impl Systems {
    /// Reads what the driver printed.
    pub fn parse(printed: &str) -> Result<Self> {
        printed
            .lines()
            .map(|line| System::parse(line).with_context(|| format!("not as expected: {line}")))
            .collect::<Result<_>>()
            .map(Self)
    }

    /// The report for programs: costs in nanoseconds, sizes in bytes.
    pub fn to_json(&self) -> Result<String> {
        let growing: Vec<Value> = self
            .growing()
            .iter()
            .map(|growth| json!([growth.system.id, growth.system.shape, growth.operation.name, growth.factor()]))
            .collect();
        let systems: Vec<Value> = self.0.iter().map(System::to_json).collect();
        serde_json::to_string_pretty(&json!({ "systems": systems, "growing": growing }))
            .context("the report could not be written as JSON")
    }

    /// Operations that cost more with more entities though they do no more, the worst first.
    fn growing(&self) -> Vec<Growth<'_>> {
        let mut growing: Vec<_> = self.0.iter().flat_map(System::growths).filter(Growth::is_unpaid).collect();
        growing.sort_by(|a, b| b.factor().total_cmp(&a.factor()));
        growing
    }
}

impl System {
    fn parse(line: &str) -> Option<Self> {
        let json: Value = serde_json::from_str(line).ok()?;
        let sizes = json["sizes"]
            .as_array()?
            .iter()
            .map(|size| Some(Size { entities: size["entities"].as_f64()?, bytes: size["bytes"].as_f64()? }));
        let operations = json["operations"].as_array()?.iter().map(|operation| {
            let sizes = operation["sizes"].as_array()?.iter();
            let sizes = sizes.map(|cost| {
                Some(Cost {
                    nanos: cost["ns"].as_f64()?,
                    answer: cost["answer"].as_f64()?,
                    changes: cost["changes"].as_f64()?,
                    written: cost["written"].as_f64()?,
                })
            });
            Some(Operation {
                name: operation["operation"].as_str()?.to_owned(),
                level: operation["level"].as_u64()?,
                accepted: operation["accepted"].as_bool()?,
                calls: operation["calls"].as_f64()?,
                sizes: sizes.collect::<Option<_>>()?,
            })
        });
        Some(Self {
            id: json["system"].as_str()?.to_owned(),
            shape: json["shape"].as_str()?.to_owned(),
            sizes: sizes.collect::<Option<_>>()?,
            operations: operations.collect::<Option<_>>()?,
        })
    }

    fn to_json(&self) -> Value {
        let operations: Vec<Value> = self
            .operations
            .iter()
            .map(|operation| {
                let costs: Vec<Value> =
                    operation.sizes.iter().map(|cost| json!({ "ns": cost.nanos, "work": cost.work() })).collect();
                json!({
                    "operation": operation.name,
                    "level": operation.level,
                    "accepted": operation.accepted,
                    "calls": operation.calls,
                    "sizes": costs,
                })
            })
            .collect();
        let sizes: Vec<Value> =
            self.sizes.iter().map(|size| json!({ "entities": size.entities, "bytes": size.bytes })).collect();
        json!({ "system": self.id, "shape": self.shape, "sizes": sizes, "operations": operations })
    }

    fn growths(&self) -> impl Iterator<Item = Growth<'_>> {
        self.operations.iter().filter_map(move |operation| {
            let (few, many) = (operation.sizes.first()?, operation.sizes.last()?);
            (operation.sizes.len() == self.sizes.len()).then_some(Growth { system: self, operation, few, many })
        })
    }

    fn entities(&self) -> f64 {
        self.sizes.last().map_or(0.0, |size| size.entities)
    }

    /// What one of the most entities weighs; with few of them the empty system would weigh in.
    fn bytes_per_entity(&self) -> Option<f64> {
        self.sizes.last().map(|size| size.bytes / size.entities)
    }

    /// What a call of the recorded mix takes on average at one of the sizes, but for operations that are linear.
    fn mix(&self, size: usize) -> Option<f64> {
        let calls = || self.growths().filter(|growth| growth.linear().is_none());
        let nanos = calls().map(|growth| Some(growth.operation.calls * growth.operation.sizes.get(size)?.nanos));
        let (nanos, count) = (nanos.sum::<Option<f64>>()?, calls().map(|growth| growth.operation.calls).sum::<f64>());
        (count > 0.0).then(|| nanos / count)
    }

    /// The median cost of a level's operations with the most entities, and how many times that with the fewest.
    fn level(&self, level: u64) -> Option<(f64, f64)> {
        let of_level = || self.growths().filter(|growth| growth.operation.level == level);
        let many = median(of_level().map(|growth| growth.many.nanos))?;
        let few = median(of_level().map(|growth| growth.few.nanos))?;
        Some((many, many / few.max(1.0)))
    }
}

impl Growth<'_> {
    /// How much the cost grew.
    fn factor(&self) -> f64 {
        self.many.nanos / self.few.nanos.max(1.0)
    }

    /// How much what it does grew.
    fn work_factor(&self) -> f64 {
        (self.many.work() / self.few.work().max(1.0)).max(1.0)
    }

    /// Why it takes longer the more entities there are, in step with what it does for that.
    fn linear(&self) -> Option<Reason> {
        let Cost { answer, changes, written, .. } = self.many;
        let reasons = [(Reason::Answer, *answer), (Reason::Changes, *changes), (Reason::Restore, *written)];
        let most = reasons.into_iter().max_by(|(_, a), (_, b)| a.total_cmp(b));
        most.filter(|_| self.factor() > LINEAR && self.work_factor() > TOLERATED).map(|(reason, _)| reason)
    }

    /// Whether it looks at every entity for the same answer. An answer that grows is paid for, whatever sorting it takes.
    fn is_unpaid(&self) -> bool {
        let walks = self.many.nanos - self.few.nanos > NANOS_PER_ENTITY * self.system.entities();
        walks && self.factor() > TOLERATED && self.work_factor() < TOLERATED
    }
}

fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(operations: &[(&str, [f64; 2], [f64; 2])]) -> Systems {
        let operations: Vec<Value> = operations
            .iter()
            .map(|(name, ns, work)| {
                let cost = |at: usize| json!({ "ns": ns[at], "answer": work[at], "changes": 0, "written": 0 });
                json!({ "operation": name, "level": 1, "accepted": true, "calls": 2, "sizes": [cost(0), cost(1)] })
            })
            .collect();
        let sizes = json!([{ "entities": 100, "bytes": 9_000 }, { "entities": 1_000, "bytes": 50_000 }]);
        let line = json!({ "system": "bank", "shape": "wide", "sizes": sizes, "operations": operations });
        Systems::parse(&line.to_string()).unwrap()
    }

    #[test]
    fn only_what_grows_for_nothing_is_named() {
        let systems = measured(&[
            ("walk", [500.0, 50_000.0], [1.0, 1.0]),
            ("list", [500.0, 50_000.0], [100.0, 1_000.0]),
            ("tree", [500.0, 2_000.0], [1.0, 1.0]),
            ("cold", [20.0, 400.0], [1.0, 1.0]),
        ]);
        let names: Vec<_> = systems.growing().iter().map(|growth| growth.operation.name.clone()).collect();
        assert_eq!(names, ["walk"]);
    }

    #[test]
    fn the_table_has_a_row_a_system() {
        let text = measured(&[("walk", [500.0, 50_000.0], [1.0, 1.0])]).to_string();
        let row: Vec<_> = text.lines().find(|line| line.contains("bank, wide")).unwrap().split_whitespace().collect();
        assert_eq!(row, ["bank,", "wide", "50", "50.0", "µs", "×100"]);
        assert!(text.contains("bank.walk (wide)"), "{text}");
    }

    #[test]
    fn a_system_without_entities_is_left_out() {
        let line = json!({ "system": "tetris", "shape": "wide", "sizes": [], "operations": [] });
        let text = Systems::parse(&line.to_string()).unwrap().to_string();
        assert!(!text.contains("tetris"), "{text}");
    }

    #[test]
    fn what_is_no_report_is_shown() {
        let error = Systems::parse("thread panicked").err().unwrap();
        assert!(error.to_string().contains("thread panicked"), "{error}");
    }
}
