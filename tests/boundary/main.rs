//! What crosses a boundary: memory of the fast call, C, JSON and its schema.

mod from_c;
mod nothing_is_allocated;
#[cfg(feature = "schema")]
mod schema;
