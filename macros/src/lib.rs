//! Derives and the `#[system]` attribute of Specsight's engines.
//!
//! They read a system's file as the domain is written there, and add what the engine needs of it: views and differences of
//! states, argument reading, dispatch and the catalogue.

mod case;
mod checks;
mod item;
mod refusal;
mod state;
mod system;

use proc_macro::TokenStream;
use syn::parse_macro_input;

/// Makes a struct or enum a part of an engine's state.
///
/// A struct is seen as a dict of its fields; `#[state(skip)]` hides one that Python's class does not have, `#[state(name =
/// "...")]` renames one, and `#[state(omit_none)]` leaves out an `Option` that is `None`. An enum of plain variants is seen
/// as a string: the variant in capitals, or as `#[state(name = "...")]` says. Variants with fields are seen as dicts, with
/// the lower-case variant under the key of `#[state(tag = "...")]`.
#[proc_macro_derive(State, attributes(state))]
pub fn derive_state(input: TokenStream) -> TokenStream {
    state::derive(parse_macro_input!(input)).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Makes a struct or enum an item of a batch: read from a dict, with errors that name the field.
///
/// An enum is selected by the word under `#[item(tag = "type")]`: the variant in snake case, or as `#[item(name = "...")]`
/// says; `#[item(other)]` marks the variant for any other word. `#[item(default)]` on a field allows it to be missing.
#[proc_macro_derive(Item, attributes(item))]
pub fn derive_item(input: TokenStream) -> TokenStream {
    item::derive(parse_macro_input!(input)).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Makes an impl block a system: methods marked `#[op(level)]` are its operations.
///
/// A `&self` operation is a query, a `&mut self` one a method, an `async fn` that takes a `Live<Self>` a coroutine. `new` is
/// the constructor; `#[default(expr)]` before a parameter makes it optional, `#[example(expr)]` before one of the constructor
/// says what a fresh state is shown with. Doc comments become the catalogue's, and the
/// `ensure!` lines of an operation its checklist, for which `refusals(name = "...")` says how a refusal of the file's own
/// making reads in Python.
#[proc_macro_attribute]
pub fn system(attributes: TokenStream, block: TokenStream) -> TokenStream {
    system::expand(parse_macro_input!(attributes), parse_macro_input!(block))
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}
