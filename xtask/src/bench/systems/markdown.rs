//! The measurements of all systems as a page of the documentation.

use std::fmt::Write as _;

use super::{Reason, System, Systems, median};
use crate::bench::units::{duration, grouped};

/// What the figures mean.
const MEANING: &str = "\
A row is a system with so many entities alive, grown from the calls of its golden traces, made again and again under other \
names. *A call* is the mean of the mix that the traces make, each operation as often as they call it; of the calls of one \
kind the time is taken that a quarter of them keeps below, since the machine did other work as well. Left out of the mix are \
operations whose work grows with the entities. They stand in the last column, with the time of one call at the most \
entities: they answer with a part of all entities, change such a part, or write all of them anew at a restore. A system of \
containers is measured with many containers and with few that hold much, and the slower counts. What grows in the other \
calls are trees, by a level or two, and memory, beyond every cache.

A dict that is not empty takes two whole tree nodes, with room for sixteen keys: containers that hold little weigh most.

`log_aggregator` and `chat_system` sort as the handbook does, by exchange, because their answers show its order among \
equals. That is linear for a list that is in order, as here, and takes the square of its length otherwise.
";

/// One system in all its shapes.
struct Row<'a> {
    id: &'a str,
    shapes: Vec<&'a System>,
}

impl Systems {
    /// The page; `machine` tells on what and when it was measured.
    pub fn to_markdown(&self, machine: &str) -> String {
        let rows = self.rows();
        let mut page = String::from("# All systems, with ever more entities\n\n");
        let _ = writeln!(page, "Written by `cargo xtask bench --systems --markdown` on {machine}.\n");
        let _ = writeln!(page, "{}\n\n{MEANING}", self.summary(&rows));
        let entities = |size: usize| {
            let of_system = |system: &System| system.sizes.get(size).map_or(0.0, |size| size.entities);
            // The names of copies are not divisible at will: a few more than the round number.
            round(self.0.iter().map(of_system).filter(|entities| *entities > 0.0).fold(f64::INFINITY, f64::min))
        };
        let (few, some, many) = (entities(0), entities(1), entities(2));
        let _ =
            writeln!(page, "| system | a call at {few} | at {some} | at {many} | growth | bytes an entity | linear |");
        let _ = writeln!(page, "|---|--:|--:|--:|--:|--:|---|");
        for row in &rows {
            let _ = writeln!(page, "{}", row.line());
        }
        let growing = self.growing();
        if !growing.is_empty() {
            let names: Vec<String> =
                growing.iter().map(|growth| format!("`{}.{}`", growth.system.id, growth.operation.name)).collect();
            let _ = writeln!(page, "\nLook at all entities for the same answer: {}.", names.join(", "));
        }
        page
    }

    fn rows(&self) -> Vec<Row<'_>> {
        let mut rows: Vec<Row<'_>> = Vec::new();
        for system in self.0.iter().filter(|system| !system.sizes.is_empty()) {
            match rows.last_mut().filter(|row| row.id == system.id) {
                Some(row) => row.shapes.push(system),
                None => rows.push(Row { id: &system.id, shapes: vec![system] }),
            }
        }
        rows
    }

    fn summary(&self, rows: &[Row<'_>]) -> String {
        let calls = |size: usize| median(rows.iter().filter_map(|row| row.call(size))).unwrap_or_default();
        let growth = median(rows.iter().filter_map(Row::growth)).unwrap_or_default();
        let bytes = median(rows.iter().filter_map(Row::bytes)).unwrap_or_default();
        let walks = match self.growing().len() {
            0 => "no operation looks at all entities unless it answers with them, changes them or brings them back"
                .to_owned(),
            1 => "one operation looks at all entities for the same answer (below)".to_owned(),
            n => format!("{n} operations look at all entities for the same answer (below)"),
        };
        format!(
            "In the median of {} systems a call takes {} with the fewest entities and {} with the most, {growth:.1} times as \
             long for a thousand times as many, and an entity {} bytes; {walks}.",
            rows.len(),
            duration(calls(0)),
            duration(calls(2)),
            grouped(bytes),
        )
    }
}

impl Row<'_> {
    /// A call of the mix, in the shape in which it takes longest.
    fn call(&self, size: usize) -> Option<f64> {
        self.shapes.iter().filter_map(|system| system.mix(size)).reduce(f64::max)
    }

    fn growth(&self) -> Option<f64> {
        Some(self.call(2)? / self.call(0)?.max(1.0))
    }

    fn bytes(&self) -> Option<f64> {
        self.shapes.iter().filter_map(|system| system.bytes_per_entity()).reduce(f64::max)
    }

    /// The linear operations by their reason, each with the longest it takes.
    fn linear(&self) -> String {
        let mut linear: Vec<(&str, Reason, f64)> = Vec::new();
        for growth in self.shapes.iter().flat_map(|system| system.growths()) {
            let Some(reason) = growth.linear() else { continue };
            let found = (growth.operation.name.as_str(), reason, growth.many.nanos);
            match linear.iter_mut().find(|(name, ..)| *name == found.0) {
                Some(known) if known.2 < found.2 => *known = found,
                Some(_) => {}
                None => linear.push(found),
            }
        }
        let words = [(Reason::Answer, "answers"), (Reason::Changes, "changes"), (Reason::Restore, "restores")];
        let told = words.into_iter().filter_map(|(reason, word)| {
            let named = linear.iter().filter(|(_, why, _)| *why == reason);
            let named: Vec<String> = named.map(|(name, _, nanos)| format!("`{name}` {}", duration(*nanos))).collect();
            (!named.is_empty()).then(|| format!("{word}: {}", named.join(", ")))
        });
        told.collect::<Vec<_>>().join("; ")
    }

    fn line(&self) -> String {
        let call = |size: usize| self.call(size).map(duration).unwrap_or_default();
        let growth = self.growth().map(|growth| format!("×{growth:.1}")).unwrap_or_default();
        let bytes = self.bytes().map(grouped).unwrap_or_default();
        format!("| `{}` | {} | {} | {} | {growth} | {bytes} | {} |", self.id, call(0), call(1), call(2), self.linear())
    }
}

/// Down to the power of ten below.
fn round(entities: f64) -> String {
    grouped(10_f64.powf(entities.max(1.0).log10().floor()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn cost(nanos: u64, answer: u64, written: u64) -> Value {
        json!({ "ns": nanos, "answer": answer, "changes": 1, "written": written })
    }

    fn line(shape: &str, point: u64) -> String {
        let sizes = [(104, 9_000), (10_010, 900_000), (100_005, 9_000_450)];
        let sizes: Vec<Value> = sizes.iter().map(|(n, bytes)| json!({ "entities": n, "bytes": bytes })).collect();
        let operation = |name: &str, calls: u64, costs: [Value; 3]| json!({ "operation": name, "level": 1, "accepted": true, "calls": calls, "sizes": costs });
        let operations = [
            operation("get", 3, [cost(100, 1, 0), cost(200, 1, 0), cost(point, 1, 0)]),
            operation("put", 1, [cost(500, 1, 0), cost(600, 1, 0), cost(point, 1, 0)]),
            operation("list", 9, [cost(1_000, 100, 0), cost(90_000, 9_000, 0), cost(2_000_000, 90_000, 0)]),
            operation("restore", 9, [cost(1_000, 1, 100), cost(90_000, 1, 9_000), cost(5_000_000, 1, 90_000)]),
        ];
        json!({ "system": "bank", "shape": shape, "sizes": sizes, "operations": operations }).to_string()
    }

    #[test]
    fn a_row_has_the_slower_shape_and_names_what_is_linear() {
        let systems = Systems::parse(&format!("{}\n{}", line("wide", 1_000), line("deep", 4_000))).unwrap();
        let page = systems.to_markdown("2026-11-21: a machine");
        let row = page.lines().find(|line| line.starts_with("| `bank`")).unwrap();
        assert_eq!(
            row,
            "| `bank` | 200 ns | 300 ns | 4.0 µs | ×20.0 | 90 | answers: `list` 2.0 ms; restores: `restore` 5.0 ms |"
        );
        assert!(page.contains("a call at 100 | at 10,000 | at 100,000"), "{page}");
        assert!(page.contains("In the median of 1 systems a call takes 200 ns"), "{page}");
        assert!(page.contains("no operation looks at all entities"), "{page}");
    }

    #[test]
    fn what_walks_is_told() {
        let walking = line("wide", 900_000);
        let page = Systems::parse(&walking).unwrap().to_markdown("a machine");
        assert!(page.contains("Look at all entities for the same answer: `bank.get`, `bank.put`."), "{page}");
    }
}
