//! What crosses a boundary: memory of the fast call and of a hostile pack, C, JSON and its schema.

mod as_long_as_the_text;
mod from_c;
mod nothing_is_allocated;
#[cfg(feature = "schema")]
mod schema;
