//! What can be known about a person: dictionary, values, knowledge, provenance.
//!
//! A caseworker rarely knows everything, partners disagree, and information goes
//! stale. So a fact is never "a value or nothing" but the non-empty set of values
//! that are still possible: [`Knowledge`] is what somebody tells, [`Source`] says
//! who, and [`Reason`] says why nothing is known.
//!
//! The dictionary itself belongs to a [`Pack`](crate::Pack): it gives every fact
//! its type, its French label, the question to ask, who has authority over it,
//! how sensitive it is, and how it follows from others.
//!
//! Facts are set by name. The names of the bundled pack `core` are constants too, so
//! that a misspelt one does not compile:
//!
//! ```
//! assert_eq!(spie::fact::LICENCE_B, "licence.b");
//! ```

pub(crate) mod entry;
mod knowledge;
mod names;
mod provenance;
mod value;

pub(crate) mod derive;
pub(crate) mod dictionary;
pub(crate) mod french;
pub(crate) mod possible;
pub(crate) mod restate;
mod sensitivity;
pub(crate) mod set;
pub(crate) mod worded;
pub(crate) mod written;

pub use entry::{FactEntry, FieldEntry, Labelled, Values};
pub use knowledge::{Knowledge, Rows, Without};
#[doc(no_inline)]
pub use names::*;
pub use possible::ToldError;
pub use provenance::{Means, Origin, Reason, Source};
pub use value::Value;
pub use written::{Statement, WrittenError};
