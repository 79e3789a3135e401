//! Truth in three values: strong Kleene logic.

/// What a condition is worth on a profile: law of the design, closed for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// No possible value makes it hold.
    False,
    /// Some possible values make it hold, others not.
    Open,
    /// Every possible value makes it hold.
    True,
}

impl Truth {
    /// From two answers: may it hold, and does it surely?
    pub(crate) fn of(possible: bool, certain: bool) -> Self {
        match (possible, certain) {
            (_, true) => Self::True,
            (true, false) => Self::Open,
            (false, false) => Self::False,
        }
    }

    pub(crate) fn and(self, other: Self) -> Self {
        self.min(other)
    }

    pub(crate) fn or(self, other: Self) -> Self {
        self.max(other)
    }

    pub(crate) fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Open => Self::Open,
            Self::True => Self::False,
        }
    }

    /// Whether at least so many of the items hold.
    pub(crate) fn at_least(wanted: u32, items: impl Iterator<Item = Self>) -> Self {
        let (maybe, surely) = items.fold((0_u32, 0_u32), |(maybe, surely), item| {
            (
                maybe.saturating_add(u32::from(item != Self::False)),
                surely.saturating_add(u32::from(item == Self::True)),
            )
        });
        Self::of(maybe >= wanted, surely >= wanted)
    }
}

/// Truth of one person in two worlds: as told, and with presumptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Both {
    pub(crate) told: Truth,
    pub(crate) presumed: Truth,
}

#[cfg(test)]
mod tests {
    use super::*;
    use Truth::{False, Open, True};

    const ALL: [Truth; 3] = [False, Open, True];

    /// Strong Kleene logic, written out as the tables of a textbook.
    #[test]
    fn kleene_tables() {
        let and = [
            [False, False, False],
            [False, Open, Open],
            [False, Open, True],
        ];
        let or = [[False, Open, True], [Open, Open, True], [True, True, True]];
        let not = [True, Open, False];
        for (i, a) in ALL.into_iter().enumerate() {
            assert_eq!(a.not(), not[i]);
            for (j, b) in ALL.into_iter().enumerate() {
                assert_eq!(a.and(b), and[i][j]);
                assert_eq!(a.or(b), or[i][j]);
            }
        }
    }

    #[test]
    fn at_least_counts_what_holds_and_what_may() {
        let items = [True, Open, False, True, Open];
        let worth = [True, True, True, Open, Open, False];
        for (wanted, expected) in (0..).zip(worth) {
            assert_eq!(Truth::at_least(wanted, items.into_iter()), expected);
        }
    }

    /// `at least 1` is `or`, `at least all` is `and`.
    #[test]
    fn at_least_lies_between_or_and_and() {
        for a in ALL {
            for b in ALL {
                assert_eq!(Truth::at_least(1, [a, b].into_iter()), a.or(b));
                assert_eq!(Truth::at_least(2, [a, b].into_iter()), a.and(b));
            }
        }
    }
}
