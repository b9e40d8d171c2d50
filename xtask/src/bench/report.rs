//! Writes measurements down, for people or for programs.

use std::fmt;

use anyhow::{Context as _, Result};
use serde_json::{Map, Value, json};

use super::units::grouped;
use crate::sizes::{self, Size};

/// What the rows of the table are called, by the names the drivers give.
const ROWS: [(&str, &str, Unit); 7] = [
    ("call", "Engine.call", Unit::PerSecond("calls")),
    ("call_many", "Engine.callMany, in one batch", Unit::PerSecond("calls")),
    ("step", "Engine.step, with changes and notes", Unit::PerSecond("calls")),
    ("push", "Scenario.push", Unit::PerSecond("calls")),
    ("seek", "Scenario.view anywhere, median", Unit::Micros),
    ("seek_p99", "Scenario.view anywhere, 99th percentile", Unit::Micros),
    ("events", "simulateProgram", Unit::PerSecond("events")),
];

/// The ways the page's timeline is moved, by the names the page gives.
const VIEWS: [(&str, &str); 3] = [
    ("whole", "panned, every lane at once"),
    ("close", "panned, a few waves of them"),
    ("scroll", "scrolled through the lanes"),
];

/// What a number counts.
#[derive(Clone, Copy)]
enum Unit {
    /// So many of these in a second.
    PerSecond(&'static str),
    /// So many microseconds.
    Micros,
}

impl Unit {
    fn show(self, value: Option<f64>) -> String {
        match (self, value) {
            (_, None) => "-".to_owned(),
            (Self::PerSecond(what), Some(value)) => format!("{} {what}/s", grouped(value)),
            (Self::Micros, Some(value)) => format!("{value:.1} µs"),
        }
    }
}

/// All measurements of one run.
pub struct Report {
    /// The machine, as the script tells it.
    pub machine: Value,
    /// The compiler.
    pub rust: String,
    /// How much was done.
    pub workload: Value,
    /// Measurements without a browser, by name.
    pub native: Value,
    /// Where the module ran, and its measurements by name.
    pub wasm: Value,
    /// Sizes by what they are of.
    pub sizes: Vec<(String, Size)>,
}

impl Report {
    /// How smoothly the page's timeline moves; nothing where there was no browser to draw it.
    fn write_chart(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let chart = &self.wasm["chart"];
        let (Some(items), Some(events)) = (chart["items"].as_f64(), chart["events"].as_f64()) else { return Ok(()) };
        writeln!(f, "\nThe page's timeline of {} items and {} events\n", grouped(items), grouped(events))?;
        writeln!(f, "    {:<40} {:>10} {:>14} {:>14}", "", "frames/s", "frame, median", "frame, p99")?;
        for (name, title) in VIEWS {
            let speed = &chart["speeds"][name];
            let number = |key: &str| speed[key].as_f64().unwrap_or(f64::NAN);
            let (fps, median, p99) = (number("fps"), number("median"), number("p99"));
            writeln!(f, "    {title:<40} {fps:>10.0} {median:>11.1} ms {p99:>11.1} ms")?;
        }
        Ok(())
    }

    /// How long the page takes to have a batch ready to be drawn: by the strategy that is taught first, and by the slowest.
    fn write_batches(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let chart = &self.wasm["chart"];
        let batches: Vec<_> = chart["batches"].as_array().into_iter().flatten().collect();
        let taken = |batch: &&&Value| batch["ms"].as_f64().unwrap_or(f64::NAN);
        let slowest = batches.iter().max_by(|a, b| taken(a).total_cmp(&taken(b)));
        let (Some(items), Some(slowest)) = (chart["batch"]["items"].as_f64(), slowest) else { return Ok(()) };
        writeln!(f, "\nThe page's batch of {} items, until it is ready to be drawn\n", grouped(items))?;
        for batch in batches.first().into_iter().chain([slowest]) {
            let events = grouped(batch["events"].as_f64().unwrap_or(f64::NAN));
            let title = batch["title"].as_str().unwrap_or("unknown");
            writeln!(f, "    {title:<40} {events:>10} events {:>11.0} ms", taken(&batch))?;
        }
        Ok(())
    }

    /// The report for programs; rates are per second, seeks in microseconds, sizes in bytes.
    pub fn to_json(&self) -> Result<String> {
        let sizes: Map<_, _> = self.sizes.iter().map(|(name, size)| (name.clone(), size.to_json())).collect();
        let report = json!({
            "machine": self.machine,
            "rust": self.rust,
            "workload": self.workload,
            "native": self.native,
            "wasm": { "engine": self.wasm["engine"], "results": self.wasm["results"] },
            "chart": self.wasm["chart"],
            "sizes": sizes,
        });
        serde_json::to_string_pretty(&report).context("the report could not be written as JSON")
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |value: &Value| value.as_str().unwrap_or("unknown").to_owned();
        let (machine, engine) = (&self.machine, text(&self.wasm["engine"]));
        writeln!(f, "\n{}, {} cores, {} GiB", text(&machine["cpu"]), machine["cores"], machine["memory_gib"])?;
        writeln!(f, "{}; {}; Node {}; {engine}", text(&machine["os"]), self.rust, text(&machine["node"]))?;
        let workload = &self.workload;
        writeln!(
            f,
            "{} calls on {} keys; {} tasks, {} permits; medians of 7 runs\n",
            workload["calls"], workload["keys"], workload["tasks"], workload["permits"]
        )?;
        writeln!(f, "    {:<40} {:>22} {:>22} {:>8}", "", "native", "WebAssembly", "of native")?;
        for (name, title, unit) in ROWS {
            let (native, wasm) = (self.native[name].as_f64(), self.wasm["results"][name].as_f64());
            let ratio = match (native, wasm, unit) {
                (Some(native), Some(wasm), Unit::PerSecond(_)) => format!("{:.2}", wasm / native),
                (Some(native), Some(wasm), Unit::Micros) => format!("{:.2}", native / wasm),
                _ => "-".to_owned(),
            };
            writeln!(f, "    {title:<40} {:>22} {:>22} {ratio:>8}", unit.show(native), unit.show(wasm))?;
        }
        self.write_chart(f)?;
        self.write_batches(f)?;
        write!(f, "\n{}", sizes::table(&self.sizes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chart_has_a_row_for_each_way_of_moving() {
        let speed = json!({ "fps": 59.7, "median": 16.71, "p99": 17.2 });
        let chart = json!({ "items": 10_000, "events": 100_000, "speeds": { "whole": speed, "close": speed, "scroll": speed } });
        let report = Report {
            machine: json!({}),
            rust: String::new(),
            workload: json!({}),
            native: json!({}),
            wasm: json!({ "results": {}, "chart": chart }),
            sizes: Vec::new(),
        };
        let text = report.to_string();
        assert!(text.contains("timeline of 10,000 items and 100,000 events"), "{text}");
        let rows: Vec<_> = text.lines().filter(|line| line.ends_with("17.2 ms")).collect();
        assert_eq!(rows.len(), VIEWS.len(), "{text}");
        assert!(rows.iter().all(|row| row.contains(" 60 ") && row.contains("16.7 ms")), "{text}");
    }

    #[test]
    fn of_the_batches_the_first_and_the_slowest_are_shown() {
        let batch = |title: &str, ms: f64| json!({ "title": title, "events": 700_000, "ms": ms });
        let batches = [batch("Fail-fast", 800.4), batch("Pair lock, sorted", 1900.0), batch("Worker pool", 500.0)];
        let report = Report {
            machine: json!({}),
            rust: String::new(),
            workload: json!({}),
            native: json!({}),
            wasm: json!({ "results": {}, "chart": { "batch": { "items": 100_000 }, "batches": batches } }),
            sizes: Vec::new(),
        };
        let text = report.to_string();
        assert!(text.contains("batch of 100,000 items"), "{text}");
        let rows: Vec<_> = text.lines().filter(|line| line.contains("700,000 events")).collect();
        assert_eq!(rows.len(), 2, "{text}");
        assert!(rows[0].contains("Fail-fast") && rows[0].ends_with(" 800 ms"), "{text}");
        assert!(rows[1].contains("Pair lock, sorted") && rows[1].ends_with(" 1900 ms"), "{text}");
    }

    #[test]
    fn what_was_not_measured_is_a_dash() {
        let report = Report {
            machine: json!({ "cpu": "A", "cores": 2, "memory_gib": 4, "os": "B", "node": "20.19.0" }),
            rust: "rustc 1.88.0".to_owned(),
            workload: json!({ "calls": 1, "keys": 1, "tasks": 1, "permits": 1 }),
            native: json!({ "call": 2_000_000.0, "seek": 2.0 }),
            wasm: json!({ "engine": "Chromium 1", "results": { "call": 1_000_000.0, "call_many": 5.0, "seek": 8.0 } }),
            sizes: Vec::new(),
        };
        let text = report.to_string();
        assert!(!text.contains("timeline"), "{text}");
        let row = |title: &str| {
            text.lines().find(|line| line.contains(title)).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(row("Engine.call "), "Engine.call 2,000,000 calls/s 1,000,000 calls/s 0.50");
        assert_eq!(row("callMany"), "Engine.callMany, in one batch - 5 calls/s -");
        assert_eq!(row("median "), "Scenario.view anywhere, median 2.0 µs 8.0 µs 0.25");
    }
}
