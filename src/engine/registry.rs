//! All systems there are.

use super::host::{Host, Hosted};
use super::{Error, Meta, Mismatch, System, SystemInfo, suggest};
use crate::systems::SYSTEMS;
use crate::value::Value;

/// Makes a fresh system from the constructor's arguments.
pub(super) type Create = fn(&[Value]) -> Result<Box<dyn Host>, Mismatch>;

/// One registered system.
#[derive(Clone, Copy, Debug)]
pub struct SystemEntry {
    /// The slug.
    pub id: &'static str,
    /// The Python class.
    pub class_name: &'static str,
    /// The catalogue's entry.
    pub info: fn() -> SystemInfo,
    pub(super) meta: &'static Meta,
    pub(super) create: Create,
}

impl SystemEntry {
    /// The entry of a system's type.
    pub const fn of<S: System>() -> Self {
        Self {
            id: S::META.id,
            class_name: S::META.class_name,
            info: S::info,
            meta: S::META,
            create: Hosted::<S>::create,
        }
    }
}

/// All systems, in teaching order.
pub fn systems() -> &'static [SystemEntry] {
    SYSTEMS
}

/// The system of that name.
pub fn find(name: &str) -> Result<&'static SystemEntry, Error> {
    SYSTEMS.iter().find(|entry| entry.id == name).ok_or_else(|| Error::UnknownSystem {
        name: name.to_owned(),
        suggestion: suggest::nearest(name, SYSTEMS.iter().map(|entry| entry.id)),
    })
}
