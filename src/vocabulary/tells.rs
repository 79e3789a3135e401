//! What tells where somebody lives, or with whom.

/// What a theme, a fact, a scheme or what is known of somebody tells of their home.
///
/// A pack says it (`tells = ["place"]`). With danger at home, whatever tells either is for the
/// lead body alone, face to face. They are two because a notice keeps the household back
/// for everybody: it is not the person's alone to be told on paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tells {
    /// Where somebody lives, may be found, or how far that is.
    pub(crate) place: bool,
    /// With whom somebody lives, or whom they care for.
    pub(crate) household: bool,
}

impl Tells {
    const PLACE: (&'static str, Self) = (
        "place",
        Self {
            place: true,
            household: false,
        },
    );
    const HOUSEHOLD: (&'static str, Self) = (
        "household",
        Self {
            place: false,
            household: true,
        },
    );

    /// What tells a place tells this.
    pub(crate) const OF_PLACE: Self = Self::PLACE.1;

    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut all = [Self::PLACE, Self::HOUSEHOLD].into_iter();
        all.find_map(|(name, tells)| (name == text).then_some(tells))
    }

    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        [Self::PLACE, Self::HOUSEHOLD]
            .into_iter()
            .map(|(name, _)| name)
    }

    /// What both tell together.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            place: self.place || other.place,
            household: self.household || other.household,
        }
    }

    /// Whether it tells anything of the home.
    pub(crate) fn home(self) -> bool {
        self.place || self.household
    }
}
