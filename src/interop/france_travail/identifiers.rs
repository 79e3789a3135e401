//! Who a row speaks of, for the caller's eyes alone.

use std::fmt;

use chrono::NaiveDate;

/// What a row says of a person's identity, lent to the caller's function, which
/// answers with the [`PersonRef`](crate::vocabulary::PersonRef) to use.
///
/// Nothing of it is kept: the reader only remembers a hash of the number, to see
/// one person twice.
///
/// ```
/// use spie::interop::france_travail::Identifiers;
/// use spie::vocabulary::PersonRef;
/// fn reference(person: &Identifiers<'_>) -> Option<PersonRef> {
///     // A real office looks its own reference up, by number or by name and birth date.
///     PersonRef::parse(person.number()).ok()
/// }
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Identifiers<'r> {
    pub(super) number: &'r str,
    pub(super) last_name: Option<&'r str>,
    pub(super) first_name: Option<&'r str>,
    pub(super) birth_date: NaiveDate,
    pub(super) birth_place: Option<&'r str>,
    pub(super) birth_place_code: Option<&'r str>,
}

impl<'r> Identifiers<'r> {
    /// `identifiant_unique_de`: the number of the person at the operator.
    #[must_use]
    pub fn number(&self) -> &'r str {
        self.number
    }

    /// `nom`: of birth or of use, which the source does not say.
    #[must_use]
    pub fn last_name(&self) -> Option<&'r str> {
        self.last_name
    }

    /// `prenom`.
    #[must_use]
    pub fn first_name(&self) -> Option<&'r str> {
        self.first_name
    }

    /// `date_naissance`.
    #[must_use]
    pub fn birth_date(&self) -> NaiveDate {
        self.birth_date
    }

    /// `lieu_naissance`: the name of the place.
    #[must_use]
    pub fn birth_place(&self) -> Option<&'r str> {
        self.birth_place
    }

    /// `code_lieu_naissance`: five characters (`2A004`).
    #[must_use]
    pub fn birth_place_code(&self) -> Option<&'r str> {
        self.birth_place_code
    }
}

/// Shows that there is somebody, and nothing else.
impl fmt::Debug for Identifiers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identifiers").finish_non_exhaustive()
    }
}
