//! What several partners said about one person, kept apart by who said it.
//!
//! A [`Diagnostic`] is a set of entries, each said by one body on one day, and of erasures.
//! Merging two copies is the union of both without what an erasure covers, so that partners
//! exchange in any order, any number of times, and end up equal to the byte.
//!
//! - [`Observation`]: a body observed a fact, or nothing about it, for a reason.
//! - [`Retraction`]: the same body takes an observation back.
//! - [`Rectification`]: another body asks for that.
//! - [`Erasure`]: what must go, by scope, and never by value.
//!
//! What a diagnostic says at a date is a [`Resolution`]: who has authority, who was
//! overruled, who disagrees, and what is too old.

mod agree;
mod decode;
mod difference;
mod encode;
mod entry;
mod erasure;
mod error;
mod exchange;
mod knowledge;
#[cfg(test)]
mod laws;
mod merge;
mod page;
mod reach;
mod resolve;
mod retention;
mod statements;
mod view;
mod whole;

pub use difference::{Change, ChangeKind, Difference};
pub use encode::{ENCODING_VERSION, EntryId};
pub use entry::{Entry, Newer, Observation, Rectification, Retraction, Said, WithdrawalReason};
pub use erasure::{Erasure, ErasureGround, Scope};
pub(crate) use error::expected_by;
pub use error::{
    DecodeError, EntryError, EntryFault, ExchangeError, ExchangeErrors, MergeError, RecordError,
    UnknownBodyError,
};
pub use exchange::DIAGNOSTIC_VERSION;
pub(crate) use exchange::WrittenKnowledge;
pub(crate) use knowledge::check as check_knowledge;
pub use merge::{Contested, Pending, Received};
pub use resolve::{FactState, LeftOut, LeftOutReason, Resolution, Status, Voice};
pub(crate) use resolve::{is_readable, stand_of};
pub use statements::{Statement, Statements};
pub use view::{Account, Opening, OpeningGround, View};

use std::collections::BTreeMap;
use std::fmt;

use crate::vocabulary::PersonRef;

/// What all partners said about one person, merged.
///
/// ```
/// use spie::diagnostic::{Diagnostic, Observation, Said};
/// use spie::fact::Means;
/// use spie::vocabulary::{BodyId, FactName, PersonRef};
/// use spie::{Engine, Knowledge, Pack};
///
/// let engine = Engine::new(&Pack::marne()?);
/// let says = |by: &str, means, on: &str, licence: bool| -> Result<_, Box<dyn std::error::Error>> {
///     Ok(Observation {
///         by: BodyId::parse(by)?,
///         means,
///         observed_on: on.parse()?,
///         recorded_on: on.parse()?,
///         fact: FactName::parse("licence.b")?,
///         said: Said::Known(Knowledge::from(licence)),
///         remark: None,
///     })
/// };
///
/// let mut at_the_mission_locale = Diagnostic::new(PersonRef::parse("dossier-12")?);
/// at_the_mission_locale
///     .record(&engine, says("ml-reims", Means::Declared, "2025-02-03", true)?)?;
///
/// let mut at_the_agency = Diagnostic::new(PersonRef::parse("dossier-12")?);
/// at_the_agency.record(&engine, says("pole-emploi", Means::Attested, "2025-03-01", false)?)?;
///
/// let merged = at_the_mission_locale.merge(&at_the_agency)?;
/// assert_eq!(merged, at_the_agency.merge(&at_the_mission_locale)?);
/// assert_eq!(merged.entries().count(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Diagnostic {
    person: PersonRef,
    /// INVARIANT: each under the id of its own encoding, and none that an erasure covers.
    entries: BTreeMap<EntryId, Entry>,
    erasures: BTreeMap<EntryId, Erasure>,
}

impl Diagnostic {
    /// Nothing said yet, about the person of this reference.
    #[must_use]
    pub fn new(person: PersonRef) -> Self {
        Self {
            person,
            entries: BTreeMap::new(),
            erasures: BTreeMap::new(),
        }
    }

    /// The reference that the embedding software chose.
    #[must_use]
    pub fn person(&self) -> &PersonRef {
        &self.person
    }

    /// What was said, by id.
    pub fn entries(&self) -> impl Iterator<Item = (&EntryId, &Entry)> {
        self.entries.iter()
    }

    /// What was erased, or is asked to be, by id.
    pub fn erasures(&self) -> impl Iterator<Item = (&EntryId, &Erasure)> {
        self.erasures.iter()
    }

    /// The same entries under another reference, where the software changed it. Its records of
    /// decisions keep the old one: [`rests_on`](crate::orientation::decision::DecisionRecord::rests_on)
    /// tells which used these entries.
    #[must_use]
    pub fn relink(self, person: PersonRef) -> Self {
        Self { person, ..self }
    }
}

/// Shows counts, never values.
impl fmt::Debug for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Diagnostic")
            .field("entries", &self.entries.len())
            .field("erasures", &self.erasures.len())
            .finish_non_exhaustive()
    }
}
