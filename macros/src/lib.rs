//! Derives and the `#[system]` attribute of Specsight's engines.
