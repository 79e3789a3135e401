//! What is known of a fact, before any language gives it words.

use std::fmt;

use chrono::NaiveDate;

use crate::fact::dictionary::{ENDLESS, Fact, Kind, date_of};
use crate::fact::possible::Possible;
use crate::fact::set::{Range, ValueSet};
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
    /// One of several, of which some are named, or of so many more.
    Several {
        of: Vec<Worded>,
        more: u64,
    },
    /// Anything but these.
    OtherThan(Vec<Worded>),
    /// All of several, and perhaps others, but for some.
    All {
        of: Vec<Worded>,
        without: Vec<Worded>,
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

/// Codes of a set, or parts of it, that are named.
const NAMED: usize = 12;

/// Values that are named one by one rather than by their limits, or by what they are not.
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
    let of = |set: &ValueSet| set.values().map(|one| value(kind, one)).collect();
    let mut parts: Vec<Worded> = if set.size() <= WRITTEN_OUT {
        of(set)
    } else if matches!(kind, Kind::Code(_) | Kind::Codes(_)) {
        // Codes have no order: nothing lies between two of them.
        let others = set.complement_in(&domain);
        if others.size() <= WRITTEN_OUT {
            vec![Worded::OtherThan(of(&others))]
        } else {
            some(set.size(), set.values().map(|one| value(kind, one)))
        }
    } else {
        let ranges = set.ranges();
        let all = u64::try_from(ranges.len()).unwrap_or(u64::MAX);
        some(all, ranges.iter().map(|one| range(kind, &domain, *one)))
    };
    if set.may_be_none() {
        // « autre que A ou sans objet » would say that it is neither.
        let place = match parts.as_slice() {
            [Worded::OtherThan(_)] => 0,
            all => all.len(),
        };
        parts.insert(place, none);
    }
    match <[Worded; 1]>::try_from(parts) {
        Ok([only]) => only,
        Err(parts) => Worded::Either(parts),
    }
}

/// All of so many parts, or the first of them.
fn some(all: u64, parts: impl Iterator<Item = Worded>) -> Vec<Worded> {
    let of: Vec<Worded> = parts.take(NAMED).collect();
    let named = u64::try_from(of.len()).unwrap_or(u64::MAX);
    match all.saturating_sub(named) {
        0 => of,
        more => vec![Worded::Several { of, more }],
    }
}

/// What lies between two limits, of which one may be that of the type.
fn range(kind: &Kind, domain: &ValueSet, one: Range) -> Worded {
    let limits = domain.hull();
    let (low, high) = (value(kind, one.lo), value(kind, one.hi));
    if one.lo == one.hi {
        low
    } else if limits.is_some_and(|limits| one.lo <= limits.lo) {
        Worded::AtMost(Box::new(high))
    } else if one.hi == ENDLESS || limits.is_some_and(|limits| one.hi >= limits.hi) {
        Worded::AtLeast(Box::new(low))
    } else {
        Worded::Between(Box::new(low), Box::new(high))
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
            let open = members.surely != members.maybe;
            let named = |set: &ValueSet| {
                let values = set.values().take(NAMED);
                values.map(|code| value(kind, code)).collect::<Vec<_>>()
            };
            let out = members.maybe.complement_in(&kind.domain());
            // Of a long list, what is out is as good as all of it.
            let few = open && out.size() <= WRITTEN_OUT;
            let without = if few { named(&out) } else { Vec::new() };
            match (named(&members.surely), without) {
                (of, without) if of.is_empty() && without.is_empty() => {
                    if open {
                        Worded::Unknown
                    } else {
                        Worded::Nothing
                    }
                }
                (of, without) => Worded::All { of, without, open },
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fact::dictionary::day_number;
    use crate::fact::french;
    use crate::fact::set::strategy::sets;
    use crate::{Engine, Pack};

    /// Whether a number is among those that are said.
    fn admits(said: &Worded, number: i64) -> bool {
        match said {
            Worded::Unknown => true,
            Worded::Number(one) => *one == number,
            Worded::AtMost(most) => matches!(**most, Worded::Number(most) if number <= most),
            Worded::AtLeast(least) => matches!(**least, Worded::Number(least) if number >= least),
            Worded::Between(low, high) => match (&**low, &**high) {
                (Worded::Number(low), Worded::Number(high)) => (*low..=*high).contains(&number),
                _ => false,
            },
            Worded::Either(parts) => parts.iter().any(|part| admits(part, number)),
            _ => false,
        }
    }

    proptest! {
        /// What is said is what is possible, no more and no less: a hole is no part of it.
        #[test]
        fn what_is_said_is_what_is_possible(set in sets()) {
            let kind = Kind::Integer { unit: None, min: -30, max: 30 };
            let set = set.intersect(&kind.domain().with_none());
            prop_assume!(!set.is_empty() && set.ranges().len() <= NAMED);
            let said = scalar(&kind, &set, Worded::WithoutObject);
            for number in -30..=30 {
                prop_assert_eq!(admits(&said, number), set.contains(number), "{:?}", set);
            }
        }
    }

    /// Codes have no order, and a day may be before or after.
    #[test]
    fn codes_and_days_are_said_without_what_lies_between() {
        let engine = Engine::new(&Pack::marne().unwrap());
        let dictionary = &engine.model().dictionary;
        let said = |name: &str, set: ValueSet| {
            let fact = dictionary.fact(dictionary.id(name).unwrap());
            french::possible(fact, &Possible::Scalar(set))
        };
        let dates = Kind::Date.domain().hull().unwrap();
        let number = |text: &str| day_number(text.parse().unwrap());
        let before = ValueSet::range(dates.lo, number("2023-03-14"));
        let after = ValueSet::range(number("2025-03-16"), dates.hi);
        assert_eq!(
            said("birth_date", before.union(&after)),
            "le 14 mars 2023 au plus tard ou le 16 mars 2025 au plus tôt"
        );
        let text = said("residence.commune", ValueSet::range(100, 140));
        assert!(text.ends_with(", ou l'une de 29 autres valeurs"), "{text}");
        let communes = dictionary.fact(dictionary.id("residence.commune").unwrap());
        let but_reims = ValueSet::point(454).complement_in(&communes.kind.domain());
        let named = said("residence.commune", ValueSet::point(454));
        let text = said("residence.commune", but_reims);
        assert_eq!(text, format!("autre que « {named} »"));
    }

    /// Of a set of codes, what is surely in and what is surely out are both said; and a body by
    /// all names that it had.
    #[test]
    fn what_is_out_of_a_set_is_said() {
        use crate::fact::Knowledge;
        use crate::fact::Without;
        use crate::vocabulary::Code;

        let pack = Pack::marne().unwrap();
        let engine = Engine::new(&pack);
        let dictionary = &engine.model().dictionary;
        let consent = dictionary.fact(dictionary.id("consent.share").unwrap());
        let codes = |ids: &[&str]| ids.iter().map(|id| Code::parse(id).unwrap()).collect();
        let said = |with: &[&str], without: &[&str]| {
            let known = Knowledge::Members {
                with: codes(with),
                without: Without::These(codes(without)),
            };
            french::possible(consent, &consent.read(&known).unwrap())
        };
        let (operator, caf) = (
            "Pôle emploi (puis France Travail)",
            "Caisse d'allocations familiales de la Marne",
        );
        assert_eq!(
            said(&[], &["caf-51"]),
            format!("sans {caf}, le reste n'est pas connu")
        );
        assert_eq!(
            said(&["pole-emploi"], &["caf-51"]),
            format!("au moins {operator}, et sans {caf}")
        );
        assert_eq!(said(&["caf-51"], &[]), format!("au moins {caf}"));
    }
}
