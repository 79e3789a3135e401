//! Who a record speaks of, for the caller's eyes alone.

use std::fmt;

use chrono::NaiveDate;

use super::Payer;
use super::tree::Element;

/// The part of a person in the household's RSA, `ROLEPERS`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Role {
    /// `DEM`: who asked.
    Claimant,
    /// `CJT`: the partner of who asked.
    Partner,
    /// `ENF`: a child.
    Child,
    /// `AUT`: somebody else.
    Other,
    /// `RDO`: who answers for the file.
    Holder,
}

impl Role {
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text {
            "DEM" => Some(Self::Claimant),
            "CJT" => Some(Self::Partner),
            "ENF" => Some(Self::Child),
            "AUT" => Some(Self::Other),
            "RDO" => Some(Self::Holder),
            _ => None,
        }
    }

    /// The right to RSA is theirs, and not that of somebody they depend on.
    pub(super) fn holds_the_right(self) -> bool {
        matches!(self, Self::Claimant | Self::Partner)
    }
}

/// What a record says of a person's identity, lent to the caller's function, which answers with
/// the [`PersonRef`](crate::vocabulary::PersonRef) to use, or nothing where the person is of no
/// concern: a child, somebody who is not known.
///
/// Nothing of it is kept.
///
/// ```
/// use std::collections::BTreeMap;
/// use spie::interop::caf_rsa::{Identity, Role};
/// use spie::vocabulary::PersonRef;
/// fn reference(known: &BTreeMap<String, PersonRef>, person: &Identity<'_>) -> Option<PersonRef> {
///     (person.role() != Role::Child).then_some(())?;
///     // The office's own register, by NIR. The NIR itself never becomes a reference.
///     known.get(person.nir()?).cloned()
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Identity<'r> {
    pub(super) payer: Payer,
    pub(super) organisation: Option<&'r str>,
    pub(super) file: &'r str,
    pub(super) request: Option<&'r str>,
    pub(super) role: Role,
    pub(super) birth_date: NaiveDate,
    pub(super) texts: Texts<'r>,
    pub(super) address: Option<Element<'r>>,
    pub(super) line: u64,
}

/// Texts of `Identification` and `DossierPoleEmploi`.
#[derive(Clone, Copy)]
pub(super) struct Texts<'r> {
    pub(super) title: Option<&'r str>,
    pub(super) name: Option<&'r str>,
    pub(super) birth_name: Option<&'r str>,
    pub(super) first_names: [Option<&'r str>; 3],
    pub(super) birth_place: Option<&'r str>,
    pub(super) nir: Option<&'r str>,
    pub(super) sex: Option<&'r str>,
    pub(super) jobseeker: Option<&'r str>,
}

impl<'r> Identity<'r> {
    /// The line of the file, from 1, on which what it says of the person begins.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.line
    }

    /// `FONORG`: who pays.
    #[must_use]
    pub fn payer(&self) -> Payer {
        self.payer
    }

    /// `NUMORG`: the number of that body.
    #[must_use]
    pub fn organisation(&self) -> Option<&'r str> {
        self.organisation
    }

    /// `MATRICULE`: the number of the household's file there, whose leading zeros count.
    #[must_use]
    pub fn file(&self) -> &'r str {
        self.file
    }

    /// `NUMDEMRSA`: the number of the household's request.
    #[must_use]
    pub fn request(&self) -> Option<&'r str> {
        self.request
    }

    /// `ROLEPERS` for the RSA.
    #[must_use]
    pub fn role(&self) -> Role {
        self.role
    }

    /// `QUAL`.
    #[must_use]
    pub fn title(&self) -> Option<&'r str> {
        self.texts.title
    }

    /// `NOM`: the name of use.
    #[must_use]
    pub fn name(&self) -> Option<&'r str> {
        self.texts.name
    }

    /// `NOMNAI`.
    #[must_use]
    pub fn birth_name(&self) -> Option<&'r str> {
        self.texts.birth_name
    }

    /// `PRENOM`, `PRENOM2`, `PRENOM3`.
    pub fn first_names(&self) -> impl Iterator<Item = &'r str> + use<'r> {
        self.texts.first_names.into_iter().flatten()
    }

    /// `DTNAI`, as written even where `TYPEDTNAI` says that its day or month is not known.
    #[must_use]
    pub fn birth_date(&self) -> NaiveDate {
        self.birth_date
    }

    /// `NOMCOMNAI`: the name of the commune of birth.
    #[must_use]
    pub fn birth_place(&self) -> Option<&'r str> {
        self.texts.birth_place
    }

    /// `NIR`: 13 characters, or 15 with a key that is right.
    #[must_use]
    pub fn nir(&self) -> Option<&'r str> {
        self.texts.nir
    }

    /// `SEXE`, which no fact holds.
    #[must_use]
    pub fn sex(&self) -> Option<&'r str> {
        self.texts.sex
    }

    /// `IDASSEDIC`: the number at the operator of employment. It says nothing of a registration.
    #[must_use]
    pub fn jobseeker_number(&self) -> Option<&'r str> {
        self.texts.jobseeker
    }

    /// The lines of the current address, by the names of their elements (`NOMVOIE`, `CODEPOS`);
    /// none for who has left the household, or may have.
    pub fn address(&self) -> impl Iterator<Item = (&'static str, &'r str)> + use<'r> {
        let lines = self.address.into_iter().flat_map(Element::children);
        lines.filter_map(|line| {
            let text = line.text().ok().filter(|text| !text.is_empty())?;
            Some((line.name()?, text))
        })
    }
}

/// Shows that there is somebody, and nothing else.
impl fmt::Debug for Identity<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity").finish_non_exhaustive()
    }
}
