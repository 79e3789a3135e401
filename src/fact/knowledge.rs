//! What is told about one fact: the values that are still possible.

use std::collections::{BTreeMap, BTreeSet};

use super::Value;
use crate::vocabulary::{Code, FactName};

/// What somebody tells about one fact, independent of any pack.
///
/// Not a value or nothing, but the set of values that remain possible: one when
/// the fact is known, several when it is disputed or partial. A fact about
/// which nothing is told is simply left out of a profile, or given a
/// [`Reason`](super::Reason).
///
/// ```
/// use spie::Knowledge;
/// use spie::vocabulary::Code;
///
/// let known = Knowledge::from(true);
/// let partial = Knowledge::at_least(12_i64);
/// let disputed = Knowledge::one_of([Code::parse("moderate")?, Code::parse("blocking")?]);
/// # let _ = (known, partial, disputed);
/// # Ok::<(), spie::vocabulary::ParseIdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Knowledge {
    /// One of these values; a single one when the fact is known.
    OneOf(BTreeSet<Value>),
    /// Between two values, both included; an end that is left out is open.
    Between {
        /// Smallest possible value.
        from: Option<Value>,
        /// Largest possible value.
        to: Option<Value>,
    },
    /// Members of a set of codes: surely in, and surely out; the rest is open.
    Members {
        /// Codes that are surely in.
        with: BTreeSet<Code>,
        /// Codes that are surely out.
        without: Without,
    },
    /// Rows of a list.
    Rows(Rows),
}

/// Which codes are surely out of a set of codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Without {
    /// All that are not in: the set is known exactly.
    AllOthers,
    /// These ones.
    These(BTreeSet<Code>),
}

/// Rows of a list, and whether there may be more.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rows {
    /// Each row gives knowledge of some of its fields; the others are unknown.
    pub rows: Vec<BTreeMap<FactName, Knowledge>>,
    /// True when no further row exists.
    pub complete: bool,
}

impl Knowledge {
    /// One of several values; an empty list is refused when a profile is built.
    pub fn one_of<T: Into<Value>>(values: impl IntoIterator<Item = T>) -> Self {
        Self::OneOf(values.into_iter().map(Into::into).collect())
    }

    /// At least this value.
    pub fn at_least(value: impl Into<Value>) -> Self {
        Self::Between {
            from: Some(value.into()),
            to: None,
        }
    }

    /// At most this value.
    pub fn at_most(value: impl Into<Value>) -> Self {
        Self::Between {
            from: None,
            to: Some(value.into()),
        }
    }

    /// Between two values, both included.
    pub fn between(from: impl Into<Value>, to: impl Into<Value>) -> Self {
        Self::Between {
            from: Some(from.into()),
            to: Some(to.into()),
        }
    }

    /// Exactly these codes, and no other.
    pub fn exactly(codes: impl IntoIterator<Item = Code>) -> Self {
        Self::Members {
            with: codes.into_iter().collect(),
            without: Without::AllOthers,
        }
    }

    /// Surely absent.
    #[must_use]
    pub fn none() -> Self {
        Self::from(Value::None)
    }
}

impl<T: Into<Value>> From<T> for Knowledge {
    fn from(value: T) -> Self {
        Self::OneOf(BTreeSet::from([value.into()]))
    }
}

impl From<Rows> for Knowledge {
    fn from(rows: Rows) -> Self {
        Self::Rows(rows)
    }
}
