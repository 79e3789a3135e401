//! How to read an extract.

use super::{CommuneIndex, Encoding};

/// How to read an extract. The default detects the encoding, keeps no column and
/// leaves communes unknown, for want of a table.
///
/// ```
/// use spie::interop::france_travail::{CommuneIndex, Options};
/// let options = Options::default()
///     .communes(CommuneIndex::marne()?)
///     .keep("modalite_accompagnement");
/// # let _ = options;
/// # Ok::<(), spie::interop::france_travail::CommuneError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Options {
    pub(super) encoding: Option<Encoding>,
    pub(super) communes: Option<CommuneIndex>,
    pub(super) kept: Vec<String>,
}

impl Options {
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

    /// Keeps the text of a column beside the facts, in
    /// [`Person::columns`](crate::interop::Person): what professionals chose
    /// (`modalite_accompagnement`), to set against what is proposed. Columns
    /// that name somebody cannot be kept.
    #[must_use]
    pub fn keep(mut self, column: impl Into<String>) -> Self {
        self.kept.push(column.into());
        self
    }
}
