//! Invented people: is there anybody for whom a condition holds?
//!
//! [`questions`] turns the conditions into the facts to be told and, for each, one
//! answer of every kind that the conditions tell apart; [`search`] tries them, and
//! drops a branch as soon as what is told decides it; [`invented`] writes the person
//! found as a sentence and as an `[[example]]`.

pub(super) mod invented;
#[cfg(test)]
mod laws;
mod lists;
pub(super) mod questions;
pub(super) mod search;
