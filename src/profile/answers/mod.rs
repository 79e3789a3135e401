//! What may still be answered: the facts that decide some conditions, and one answer of
//! every kind that they tell apart.
//!
//! [`questions`] turns conditions into the facts to be told and their answers; `lists` does
//! so for rows; [`search`] tries them, and drops a branch as soon as what is told decides it.

mod lists;
pub(crate) mod questions;
pub(crate) mod search;
