//! What a person is told apart by in law alone.

/// A ground on which the law alone may treat people differently.
///
/// A fact says which one it tells, so that a rule that sets a track or closes a scheme by it
/// can be held to its source (Code pénal, article 225-1; loi 2008-496).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Protected {
    Age,
    Sex,
    Nationality,
    Family,
    Disability,
    Justice,
}

impl Protected {
    const ALL: [(&'static str, Self, &'static str); 6] = [
        ("age", Self::Age, "l'âge"),
        ("sex", Self::Sex, "le sexe"),
        ("nationality", Self::Nationality, "la nationalité"),
        ("family", Self::Family, "la situation de famille"),
        ("disability", Self::Disability, "le handicap ou la santé"),
        ("justice", Self::Justice, "une mesure de justice"),
    ];

    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find_map(|(name, ground, _)| (name == text).then_some(ground))
    }

    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        Self::ALL.into_iter().map(|(name, ..)| name)
    }

    pub(crate) fn in_french(self) -> &'static str {
        let mut all = Self::ALL.into_iter();
        all.find_map(|(_, ground, said)| (ground == self).then_some(said))
            .unwrap_or_default()
    }
}
