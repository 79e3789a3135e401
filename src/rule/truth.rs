//! Truth in three values, packed so that one operation combines several.

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

/// Something `and`, `or` and `not` act on: one person's truth, or many people's.
pub(crate) trait Word: Copy {
    /// False everywhere.
    const FALSE: Self;
    fn and(self, other: Self) -> Self;
    fn or(self, other: Self) -> Self;
    fn not(self) -> Self;
}

/// Truth of one person in two worlds at once: as told, and with presumptions.
///
/// Four bits: possible and certain as told, possible and certain as presumed.
/// Strong Kleene logic is one bitwise operation on all four.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Both(u8);

const POSSIBLE: u8 = 0b0101;
const CERTAIN: u8 = 0b1010;
const TOLD: u8 = 0b0011;

impl Both {
    pub(crate) fn new(told: Truth, presumed: Truth) -> Self {
        let bits = |truth| match truth {
            Truth::False => 0b00,
            Truth::Open => 0b01,
            Truth::True => 0b11,
        };
        Self(bits(told) | (bits(presumed) << 2))
    }

    /// From the four bits, for the tests of the fast path.
    #[inline]
    pub(crate) fn from_bits(told: (bool, bool), presumed: (bool, bool)) -> Self {
        Self(
            u8::from(told.0)
                | (u8::from(told.1) << 1)
                | (u8::from(presumed.0) << 2)
                | (u8::from(presumed.1) << 3),
        )
    }

    /// The four bits, below 16: for tables.
    #[inline]
    pub(crate) fn bits(self) -> usize {
        usize::from(self.0 & (POSSIBLE | CERTAIN))
    }

    fn truth(bits: u8) -> Truth {
        match bits {
            0b00 => Truth::False,
            0b11 => Truth::True,
            _ => Truth::Open,
        }
    }

    pub(crate) fn told(self) -> Truth {
        Self::truth(self.0 & TOLD)
    }

    pub(crate) fn presumed(self) -> Truth {
        Self::truth(self.0 >> 2)
    }
}

impl Word for Both {
    const FALSE: Self = Self(0);

    #[inline]
    fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    #[inline]
    fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    #[inline]
    fn not(self) -> Self {
        // Not certain becomes possible, not possible becomes certain.
        Self(!(((self.0 & POSSIBLE) << 1) | ((self.0 & CERTAIN) >> 1)) & (POSSIBLE | CERTAIN))
    }
}

impl Word for Truth {
    const FALSE: Self = Self::False;

    fn and(self, other: Self) -> Self {
        self.min(other)
    }

    fn or(self, other: Self) -> Self {
        self.max(other)
    }

    fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Open => Self::Open,
            Self::True => Self::False,
        }
    }
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
    fn packed_truth_agrees_with_the_tables_in_both_worlds() {
        for a in ALL {
            for b in ALL {
                for c in ALL {
                    for d in ALL {
                        let (x, y) = (Both::new(a, b), Both::new(c, d));
                        assert_eq!((x.and(y).told(), x.and(y).presumed()), (a.and(c), b.and(d)));
                        assert_eq!((x.or(y).told(), x.or(y).presumed()), (a.or(c), b.or(d)));
                        assert_eq!((x.not().told(), x.not().presumed()), (a.not(), b.not()));
                    }
                }
            }
        }
    }
}
