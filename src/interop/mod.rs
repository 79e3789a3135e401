//! Readers of real files: the crate's own caseload in JSON, and exchange formats.
//!
//! A reader gives [`Person`]s, an opaque reference and what is said about facts, or
//! [`Arrival`]s, the same as observations of the body that wrote the file. Names, identifiers and addresses never enter: a reader of a file that
//! holds them hands them to a function of the caller, which returns the
//! reference to use.

#[cfg(feature = "france-travail")]
pub mod france_travail;
#[cfg(feature = "france-travail-file")]
pub mod france_travail_file;

mod arrival;
mod bundled;
mod caseload;
mod json;
mod person;
#[cfg(feature = "schema")]
mod schema;
mod sheet;
mod write;

pub use arrival::{Arrival, Place, Unread, UnreadReason};
pub use caseload::{Caseload, CaseloadError, Refused};
pub use person::Person;
pub use sheet::{Sheet, SheetError, SheetErrors};
