//! Plain data as a hand would keep it: `Option`s where all is known of a person,
//! masks and bounds where something is not.

use std::fmt::Debug;

/// Whether a test surely holds, or may hold.
pub(crate) trait Question {
    const SURELY: bool;
    /// What is asked below a `not`: what may hold does not surely fail to.
    type Other: Question;
}

#[derive(Debug)]
pub(crate) enum Surely {}

#[derive(Debug)]
pub(crate) enum May {}

impl Question for Surely {
    const SURELY: bool = true;
    type Other = May;
}

impl Question for May {
    const SURELY: bool = false;
    type Other = Surely;
}

/// Yes, no, or without object.
pub(crate) trait Flag: Copy {
    /// Bits: no, yes, without object.
    fn among<Q: Question>(self, wanted: u8) -> bool;
    fn yes<Q: Question>(self) -> bool;
    fn no<Q: Question>(self) -> bool;
}

/// The bit of what is without object, after those of the codes.
pub(crate) const ABSENT: u64 = 1 << 63;

/// One of a few codes, or without object.
pub(crate) trait Few: Copy {
    fn among<Q: Question>(self, wanted: u64) -> bool;
}

/// A number, a date or an amount, or without object.
pub(crate) trait Number: Copy {
    fn within<Q: Question>(self, lo: i32, hi: i32) -> bool;
    fn absent<Q: Question>(self) -> bool;
}

/// How the fields of a person are kept.
pub(crate) trait Reading: Debug {
    type Flag: Flag + Debug + Clone;
    type Few: Few + Debug + Clone;
    type Number: Number + Debug + Clone;
    fn flag(cell: &str) -> Option<Self::Flag>;
    fn few(cell: &str) -> Option<Self::Few>;
    fn number(cell: &str) -> Option<Self::Number>;
}

/// Everything is known: one question is as good as the other.
#[derive(Debug, Clone)]
pub(crate) enum Known {}

/// The place of a code, the last bit where there is none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place(u8);

impl Flag for Option<bool> {
    fn among<Q: Question>(self, wanted: u8) -> bool {
        wanted >> self.map_or(2, u8::from) & 1 == 1
    }

    fn yes<Q: Question>(self) -> bool {
        self == Some(true)
    }

    fn no<Q: Question>(self) -> bool {
        self == Some(false)
    }
}

impl Few for Place {
    fn among<Q: Question>(self, wanted: u64) -> bool {
        wanted >> self.0 & 1 == 1
    }
}

impl Number for Option<i32> {
    fn within<Q: Question>(self, lo: i32, hi: i32) -> bool {
        self.is_some_and(|value| (lo..=hi).contains(&value))
    }

    fn absent<Q: Question>(self) -> bool {
        self.is_none()
    }
}

impl Reading for Known {
    type Flag = Option<bool>;
    type Few = Place;
    type Number = Option<i32>;

    fn flag(cell: &str) -> Option<Option<bool>> {
        match cell {
            "1" => Some(Some(false)),
            "2" => Some(Some(true)),
            "4" => Some(None),
            _ => None,
        }
    }

    fn few(cell: &str) -> Option<Place> {
        let mask = u64::from_str_radix(cell, 16).ok()?;
        let place = u8::try_from(mask.trailing_zeros()).ok()?;
        mask.is_power_of_two().then_some(Place(place))
    }

    fn number(cell: &str) -> Option<Option<i32>> {
        if cell == "?" {
            return Some(None);
        }
        cell.parse().ok().map(Some)
    }
}

/// Something is unknown: all that is possible.
#[derive(Debug, Clone)]
pub(crate) enum Partly {}

/// Codes that are possible, as bits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mask<T>(T);

/// The smallest and the largest possible value; the wrong way round where there is none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    lo: i32,
    hi: i32,
    absent: bool,
}

impl Flag for Mask<u8> {
    fn among<Q: Question>(self, wanted: u8) -> bool {
        if Q::SURELY {
            self.0 & !wanted == 0
        } else {
            self.0 & wanted != 0
        }
    }

    fn yes<Q: Question>(self) -> bool {
        self.among::<Q>(0b10)
    }

    fn no<Q: Question>(self) -> bool {
        self.among::<Q>(0b01)
    }
}

impl Few for Mask<u64> {
    fn among<Q: Question>(self, wanted: u64) -> bool {
        if Q::SURELY {
            self.0 & !wanted == 0
        } else {
            self.0 & wanted != 0
        }
    }
}

impl Number for Bounds {
    fn within<Q: Question>(self, lo: i32, hi: i32) -> bool {
        if Q::SURELY {
            !self.absent && lo <= self.lo && self.hi <= hi
        } else {
            self.lo <= hi && lo <= self.hi
        }
    }

    fn absent<Q: Question>(self) -> bool {
        self.absent && (!Q::SURELY || self.hi < self.lo)
    }
}

impl Reading for Partly {
    type Flag = Mask<u8>;
    type Few = Mask<u64>;
    type Number = Bounds;

    fn flag(cell: &str) -> Option<Mask<u8>> {
        u8::from_str_radix(cell, 16).ok().map(Mask)
    }

    fn few(cell: &str) -> Option<Mask<u64>> {
        u64::from_str_radix(cell, 16).ok().map(Mask)
    }

    fn number(cell: &str) -> Option<Bounds> {
        let (values, absent) = match cell.strip_suffix('?') {
            Some(values) => (values, true),
            None => (cell, false),
        };
        let (lo, hi) = match values.split_once("..") {
            None if values.is_empty() => (i32::MAX, i32::MIN),
            None => (values.parse().ok()?, values.parse().ok()?),
            Some((lo, hi)) => (lo.parse().ok()?, hi.parse().ok()?),
        };
        Some(Bounds { lo, hi, absent })
    }
}

/// What a rule is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Not,
    Open,
    Presumed,
    Certain,
}

/// What a rule is worth, asked no more than needed: most hold for nobody at once.
macro_rules! ask {
    ($rule:ident, $told:expr, $presumed:expr) => {
        if !$rule::<_, May>($presumed) {
            Verdict::Not
        } else if $rule::<_, Surely>($told) {
            Verdict::Certain
        } else if $rule::<_, Surely>($presumed) {
            Verdict::Presumed
        } else {
            Verdict::Open
        }
    };
}
