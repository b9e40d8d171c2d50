//! Laws of the mechanisms that systems are made of, on every system that the catalogue says is made of them.

#[path = "patterns/backup.rs"]
mod backup;
#[path = "patterns/batch.rs"]
mod batch;
#[path = "patterns/calls.rs"]
mod calls;
#[path = "patterns/catalogue.rs"]
mod catalogue;
#[path = "patterns/conservation.rs"]
mod conservation;
#[path = "patterns/counted.rs"]
mod counted;
#[path = "patterns/gates.rs"]
mod gates;
#[path = "patterns/held.rs"]
mod held;
#[path = "patterns/independence.rs"]
mod independence;
#[path = "patterns/law.rs"]
mod law;
#[path = "patterns/past.rs"]
mod past;
#[path = "patterns/permits.rs"]
mod permits;
#[path = "patterns/purge.rs"]
mod purge;
#[path = "patterns/ranking.rs"]
mod ranking;
#[path = "patterns/recorded.rs"]
mod recorded;
#[path = "patterns/refusal.rs"]
mod refusal;
#[path = "patterns/view.rs"]
mod view;

#[path = "common/arguments.rs"]
mod arguments;
