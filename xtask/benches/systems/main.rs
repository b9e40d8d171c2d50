//! How the cost of every operation of every system grows with the number of live entities, and what an entity weighs.
//!
//! Knows no system by name: the catalogue tells the operations, the golden traces tell calls that make sense. A trace is
//! multiplied by renaming the entities it names. Prints a line of JSON a system; `cargo xtask bench --systems` reads them.

mod measure;
mod naming;
mod population;
mod recorded;

use std::env;
use std::path::Path;

use peak_alloc::PeakAlloc;
use serde_json::{Value as Json, json};
use specsight::engine::systems;

use self::measure::Measurement;
use self::population::{Plan, Population};
use self::recorded::{Recorded, Shape};

/// How many entities are alive while operations are timed.
const SIZES: [usize; 3] = [100, 10_000, 100_000];

/// Counts what is allocated. It costs a few nanoseconds per allocation, at every size alike.
#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let mut args = env::args().skip(1).filter(|arg| !arg.starts_with("--"));
    let traces = args.next().ok_or("name the folder of the golden traces")?;
    let only: Vec<String> = args.collect();
    for entry in systems().iter().filter(|entry| only.is_empty() || only.iter().any(|id| id == entry.id)) {
        let recorded = Recorded::read(entry, &Path::new(&traces).join(format!("{}.jsonl", entry.id)))?;
        for shape in shapes(&recorded) {
            println!("{}", report(&recorded, shape).map_err(|e| format!("{}: {e}", entry.id))?);
        }
    }
    Ok(())
}

/// Deep is another shape only where not all entities are of one kind.
fn shapes(recorded: &Recorded) -> Vec<Shape> {
    let mut shapes = vec![Shape::Wide, Shape::Deep];
    shapes.dedup_by_key(|shape| recorded.ids(*shape));
    shapes
}

/// Measures one system at all sizes; there are none for a system without entities.
fn report(recorded: &Recorded, shape: Shape) -> Result<Json, Failure> {
    let id = recorded.info.id;
    let Some(plan) = Plan::find(recorded, recorded.ids(shape)) else {
        return Ok(json!({ "system": id, "shape": shape.name(), "sizes": [], "operations": [] }));
    };
    let small = Population::grow(recorded, &plan, SIZES[0])?;
    let mut operations: Vec<_> = recorded
        .info
        .operations
        .iter()
        .map(|operation| (operation, measure::choose(recorded, &small, operation.name), Vec::new()))
        .collect();
    let mut sizes = Vec::new();
    for size in SIZES {
        let before = ALLOCATED.current_usage();
        let population = Population::grow(recorded, &plan, size)?;
        let bytes = ALLOCATED.current_usage().saturating_sub(before);
        sizes.push(json!({ "entities": population.entities, "bytes": bytes }));
        for (operation, (recipes, _), measurements) in &mut operations {
            measurements.extend(measure::time(recorded, &population, operation.name, recipes));
        }
    }
    let operations = operations.iter().map(|(operation, (_, accepted), measurements)| {
        json!({
            "operation": operation.name,
            "level": operation.level,
            "accepted": accepted,
            "calls": recorded.calls(operation.name),
            "sizes": measurements.iter().map(Measurement::to_json).collect::<Vec<_>>(),
        })
    });
    Ok(json!({ "system": id, "shape": shape.name(), "sizes": sizes, "operations": operations.collect::<Vec<_>>() }))
}
