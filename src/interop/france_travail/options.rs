//! How to read an extract.

use chrono::NaiveDate;

use super::{CommuneIndex, Encoding};
use crate::vocabulary::BodyId;

/// How to read an extract.
///
/// ```
/// use spie::interop::france_travail::{CommuneIndex, Options};
/// use spie::vocabulary::BodyId;
/// let options = Options::new(BodyId::parse("pole-emploi")?, "2024-03-01".parse()?)
///     .communes(CommuneIndex::marne()?)
///     .keep("modalite_accompagnement");
/// # let _ = options;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Options {
    pub(super) by: BodyId,
    pub(super) received_on: NaiveDate,
    pub(super) encoding: Option<Encoding>,
    pub(super) communes: Option<CommuneIndex>,
    pub(super) kept: Vec<String>,
}

impl Options {
    /// The words of this body, received on this day: the encoding is detected, no column is kept and
    /// communes stay unknown, for want of a table.
    ///
    /// The operator is `pole-emploi` in the bundled packs, under both its names.
    #[must_use]
    pub fn new(by: BodyId, received_on: NaiveDate) -> Self {
        Self {
            by,
            received_on,
            encoding: None,
            communes: None,
            kept: Vec::new(),
        }
    }

    /// The encoding, when it is known; else it is detected (see [`Encoding`]).
    #[must_use]
    pub fn encoding(mut self, encoding: Encoding) -> Self {
        self.encoding = Some(encoding);
        self
    }

    /// The communes by postal code and name; without it `residence.commune` stays unknown.
    #[must_use]
    pub fn communes(mut self, communes: CommuneIndex) -> Self {
        self.communes = Some(communes);
        self
    }

    /// Keeps the text of a column beside the observations, in
    /// [`Row::columns`](super::Row::columns): what professionals chose
    /// (`modalite_accompagnement`), to set against what is proposed. Columns
    /// that name somebody cannot be kept.
    #[must_use]
    pub fn keep(mut self, column: impl Into<String>) -> Self {
        self.kept.push(column.into());
        self
    }
}
