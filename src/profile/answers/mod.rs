//! What may still be answered: the facts that decide some conditions, and one answer of
//! every kind that they tell apart.
//!
//! [`questions`] turns conditions into the facts to be told and their answers, by what `apart`
//! finds that they tell apart: `values` for single values, `lists` for rows; [`search`] tries them, and drops a branch as soon as what is told decides it.

mod apart;
mod lists;
pub(crate) mod questions;
pub(crate) mod search;
mod values;
