//! The language of the laboratory against recorded runs of Python, and against laws.

#[path = "syntax/errors.rs"]
mod errors;
#[path = "syntax/garbage.rs"]
mod garbage;
#[path = "syntax/golden.rs"]
mod golden;
#[path = "syntax/print.rs"]
mod print;
