//! Checked names and codes: what exists is valid.
//!
//! Every identifier that crosses the interface has a type of its own, made by
//! `parse`, so that a scheme can never be handed over where a partner is meant,
//! and a misspelt fact is refused where it enters.

mod at_once;
mod identifier;
mod mistake;
mod money;
mod period;
mod place;
mod protected;
mod tells;

pub use identifier::{
    BodyId, Code, FactName, ParseIdError, PartnerId, PersonRef, RoleId, RuleId, SchemeId,
};
pub use mistake::Mistake;
pub use money::{Cents, ParseMoneyError};

pub(crate) use at_once::write_all;
pub(crate) use identifier::{MAX_LENGTH, is_kebab, is_word, kebab_meant, kebab_mend};
pub(crate) use mistake::{Answered, Answers};
pub(crate) use period::{Dated, Period};
pub(crate) use place::At;
pub(crate) use protected::Protected;
pub(crate) use tells::Tells;
