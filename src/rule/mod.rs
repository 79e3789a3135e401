//! The rule language: conditions over facts, read aloud, checked, compiled.
//!
//! | stage | file | from | to |
//! |---|---|---|---|
//! | cut | `token` | text | words and signs, each with its place |
//! | parse | `syntax` | words and signs | syntax tree |
//! | what was meant | `slip` | words of French, signs of other languages | the mend that a mistake is told with |
//! | parse a cell | `cell` | the cell of a table | what it asks of the fact of its column |
//! | check | `check`, `comparison` | syntax tree, dictionary, names | typed condition |
//! | compile | `compile` | conditions of a period | shared `program` |
//! | evaluate | `evaluate` | program, one person | truth of every output |
//! | batch | `batch` | program, 64 people | the same, a word at a time |
//!
//! A condition is *true* when every world compatible with the facts makes it
//! hold, *false* when none does, *open* otherwise: see [`Truth`]. What a `when`
//! says about deadlines is in `deadline`.
//!
//! The language itself is described in [`Pack`](crate::Pack).

mod truth;

#[cfg(test)]
pub(crate) mod batch;
pub(crate) mod cell;
pub(crate) mod check;
mod comparison;
pub(crate) mod compile;
pub(crate) mod condition;
pub(crate) mod deadline;
pub(crate) mod evaluate;
pub(crate) mod program;
pub(crate) mod reads;
mod slip;
pub(crate) mod syntax;
pub(crate) mod token;

#[cfg(test)]
pub(crate) mod laws;

pub(crate) use truth::Both;
pub use truth::Truth;
