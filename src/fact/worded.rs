//! What is known of a fact, before any language gives it words.

use std::fmt;

use chrono::NaiveDate;

use crate::fact::dictionary::{ENDLESS, Fact, Kind, date_of};
use crate::fact::possible::Possible;
use crate::fact::set::ValueSet;
use crate::vocabulary::Cents;

/// What is known of a fact, as a sentence would say it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Worded {
    Flag(bool),
    Number(i64),
    /// So many of a unit of the pack.
    Count(i64, Box<str>),
    Money(Cents),
    /// A day; absent where no calendar has it.
    Date(Option<NaiveDate>),
    /// Words of the pack, with those of its easy version.
    Label(Box<str>, Option<Box<str>>),
    Unknown,
    /// That it does not arise.
    WithoutObject,
    /// That there is none on that day, of what may come.
    NotYet,
    /// A list that holds nothing.
    Nothing,
    AtMost(Box<Worded>),
    AtLeast(Box<Worded>),
    Between(Box<Worded>, Box<Worded>),
    /// One of several.
    Either(Vec<Worded>),
    /// All of several, and perhaps others.
    All {
        of: Vec<Worded>,
        open: bool,
    },
    /// So many rows, and perhaps others.
    Rows {
        count: usize,
        open: bool,
    },
    /// So many lists that contradict each other.
    Lists(usize),
}

impl Worded {
    pub(crate) fn is_day(&self) -> bool {
        matches!(self, Self::Date(Some(_)))
    }
}

/// Shows nothing of what is known.
impl fmt::Debug for Worded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Worded")
    }
}

/// Codes of a set that are named.
const NAMED: usize = 12;

/// Values that are named one by one rather than by their limits.
const WRITTEN_OUT: u64 = 5;

fn value(kind: &Kind, value: i64) -> Worded {
    match kind {
        Kind::Flag => Worded::Flag(value != 0),
        Kind::Integer {
            unit: Some(name), ..
        } => Worded::Count(value, name.clone()),
        Kind::Integer { .. } | Kind::Records { .. } => Worded::Number(value),
        Kind::Money { .. } => Worded::Money(Cents::new(value)),
        Kind::Date => Worded::Date(date_of(value)),
        Kind::Level(codes) | Kind::Code(codes) | Kind::Codes(codes) => {
            Worded::Label(codes.label(value).into(), codes.easy(value).map(Into::into))
        }
    }
}

fn scalar(kind: &Kind, set: &ValueSet, none: Worded) -> Worded {
    let domain = kind.domain();
    if domain.is_subset(set) {
        return Worded::Unknown;
    }
    let mut parts = Vec::new();
    if set.size() <= WRITTEN_OUT {
        parts.extend(set.values().map(|one| value(kind, one)));
    } else if let (Some(hull), Some(limits)) = (set.hull(), domain.hull()) {
        let (low, high) = (value(kind, hull.lo), value(kind, hull.hi));
        parts.push(if hull.lo <= limits.lo {
            Worded::AtMost(Box::new(high))
        } else if hull.hi >= limits.hi || hull.hi == ENDLESS {
            Worded::AtLeast(Box::new(low))
        } else {
            Worded::Between(Box::new(low), Box::new(high))
        });
    }
    if set.may_be_none() {
        parts.push(none);
    }
    match <[Worded; 1]>::try_from(parts) {
        Ok([only]) => only,
        Err(parts) => Worded::Either(parts),
    }
}

/// What is possible of a fact.
pub(crate) fn of_fact(fact: &Fact, possible: &Possible) -> Worded {
    let none = if fact.optional {
        Worded::NotYet
    } else {
        Worded::WithoutObject
    };
    worded(&fact.kind, possible, none)
}

/// What is possible of a value of a type, as a field of a list.
pub(crate) fn of_kind(kind: &Kind, possible: &Possible) -> Worded {
    worded(kind, possible, Worded::WithoutObject)
}

fn worded(kind: &Kind, possible: &Possible, none: Worded) -> Worded {
    let rows = |count, open| Worded::Rows { count, open };
    match possible {
        Possible::Scalar(set) => scalar(kind, set, none),
        Possible::Members(members) if !members.some => Worded::Nothing,
        Possible::Members(members) => {
            let sure = members.surely == members.maybe;
            match (members.surely.is_empty(), sure) {
                (true, true) => Worded::Nothing,
                (true, false) => Worded::Unknown,
                (false, _) => {
                    let named = members.surely.values().take(NAMED);
                    Worded::All {
                        of: named.map(|code| value(kind, code)).collect(),
                        open: !sure,
                    }
                }
            }
        }
        Possible::Lists(lists) => match lists.alternatives.as_slice() {
            [] => Worded::Nothing,
            [list] => match list.rows.len() {
                0 if list.open => Worded::Unknown,
                0 => Worded::Nothing,
                count => rows(count, list.open),
            },
            several => Worded::Lists(several.len()),
        },
    }
}
