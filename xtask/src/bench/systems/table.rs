//! The measurements of all systems as a table for a terminal.

use std::fmt;

use super::{System, Systems};
use crate::bench::units::{duration, grouped};

impl fmt::Display for Systems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entities = self.0.iter().map(System::entities).fold(0.0, f64::max);
        writeln!(
            f,
            "\nMedian time of a call by level with {} entities alive, and how many times that with 100.",
            grouped(entities)
        )?;
        writeln!(f, "Wide: more containers; deep: more in the same containers.\n")?;
        write!(f, "    {:<32} {:>12}", "", "bytes/entity")?;
        for level in 1..=6 {
            write!(f, " {:>14}", format!("L{level}"))?;
        }
        writeln!(f)?;
        for system in &self.0 {
            let name = format!("{}, {}", system.id, system.shape);
            let Some(bytes) = system.bytes_per_entity() else { continue };
            write!(f, "    {name:<32} {:>12}", grouped(bytes))?;
            for level in 1..=6 {
                let cell = system.level(level).map(|(nanos, growth)| format!("{} ×{growth:.0}", duration(nanos)));
                write!(f, " {:>14}", cell.unwrap_or_default())?;
            }
            writeln!(f)?;
        }
        let growing = self.growing();
        if growing.is_empty() {
            return write!(f, "\nNo operation looks at all entities unless its answer has them or it changes them.");
        }
        writeln!(f, "\nThese look at all entities for the same answer:\n")?;
        for growth in growing {
            let name = format!("{}.{} ({})", growth.system.id, growth.operation.name, growth.system.shape);
            let (few, many) = (duration(growth.few.nanos), duration(growth.many.nanos));
            writeln!(f, "    {name:<56} {few:>10} to {many:>10}  ×{:.0}", growth.factor())?;
        }
        Ok(())
    }
}
