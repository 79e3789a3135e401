//! What a profile holds of a fact, said again as knowledge: independent of any pack, to be
//! kept for years.

use std::collections::BTreeMap;

use super::dictionary::{Fact, Field, Kind, Nomenclature, date_of};
use super::possible::{Lists, Members, Possible, RowList};
use super::set::ValueSet;
use super::{Knowledge, Rows, ToldError, Value, Without};
use crate::vocabulary::{Cents, Code};

/// Values that are named one by one rather than as an interval.
const NAMED: u64 = 12;

/// Alternatives, one of which is true: a single one where the fact is not in dispute. Empty
/// where nothing is ruled out.
pub(crate) fn restate(fact: &Fact, possible: &Possible) -> Vec<Knowledge> {
    let whole = Possible::all(&fact.kind, fact.may_be_none());
    if whole.is_within(possible) {
        return Vec::new();
    }
    match possible {
        Possible::Scalar(set) => scalar(&fact.kind, set),
        Possible::Members(members) => {
            let codes = fact.kind.nomenclature();
            let mut all = Vec::new();
            if let Some(codes) = codes.filter(|_| members.some) {
                all.push(of_members(codes, members));
            }
            all.extend(members.none.then(Knowledge::none));
            all
        }
        Possible::Lists(lists) => {
            let Kind::Records { fields, .. } = &fact.kind else {
                return Vec::new();
            };
            let rows = lists.alternatives.iter().map(|list| rows(fields, list));
            rows.chain(lists.none.then(Knowledge::none)).collect()
        }
    }
}

/// The alternatives read again through a dictionary, which may be another one.
pub(crate) fn read_again(fact: &Fact, said: &[Knowledge]) -> Result<Possible, ToldError> {
    let mut all: Option<Possible> = None;
    for knowledge in said {
        let read = fact.read(knowledge)?;
        all = Some(match all {
            None => read,
            Some(all) => either(all, read)?,
        });
    }
    all.ok_or(ToldError::NothingLeft)
}

fn either(a: Possible, b: Possible) -> Result<Possible, ToldError> {
    match (a, b) {
        (Possible::Scalar(a), Possible::Scalar(b)) => Ok(Possible::Scalar(a.union(&b))),
        (Possible::Lists(mut a), Possible::Lists(b)) => {
            a.alternatives.extend(b.alternatives);
            Ok(Possible::Lists(Lists {
                none: a.none || b.none,
                ..a
            }))
        }
        (Possible::Members(a), Possible::Members(b)) => Ok(Possible::Members(Members {
            surely: match (a.some, b.some) {
                (true, true) => a.surely.intersect(&b.surely),
                (true, false) => a.surely,
                (false, _) => b.surely,
            },
            maybe: a.maybe.union(&b.maybe),
            none: a.none || b.none,
            some: a.some || b.some,
        })),
        _ => Err(ToldError::NothingLeft),
    }
}

/// The code of a place. What an open nomenclature does not list stands as a code that it
/// does not list: the profile knows no more of it.
fn code(codes: &Nomenclature, place: i64) -> Option<Code> {
    let unlisted = || {
        let names = (0_u8..=u8::MAX).map(|number| format!("autre-{number}"));
        let mut codes_of = names.filter_map(|name| Code::parse(&name).ok());
        codes_of.find(|name| codes.place(name.as_str()).is_none())
    };
    match codes.code(place) {
        Some(code) => Some(code.clone()),
        None if codes.other() == Some(place) => unlisted(),
        None => None,
    }
}

fn value(kind: &Kind, value: i64) -> Option<Value> {
    match kind {
        Kind::Flag => Some(Value::Flag(value != 0)),
        Kind::Integer { .. } => Some(Value::Integer(value)),
        Kind::Money { .. } => Some(Value::Money(Cents::new(value))),
        Kind::Date => date_of(value).map(Value::Date),
        Kind::Level(codes) | Kind::Code(codes) | Kind::Codes(codes) => {
            code(codes, value).map(Value::Code)
        }
        Kind::Records { .. } => None,
    }
}

fn named(kind: &Kind, set: &ValueSet) -> Knowledge {
    let values = set.values().filter_map(|one| value(kind, one));
    Knowledge::OneOf(
        values
            .chain(set.may_be_none().then_some(Value::None))
            .collect(),
    )
}

/// Codes have no order in which an interval would mean something.
fn is_named(kind: &Kind, set: &ValueSet) -> bool {
    set.size() <= NAMED || matches!(kind, Kind::Code(_))
}

fn scalar(kind: &Kind, set: &ValueSet) -> Vec<Knowledge> {
    if is_named(kind, set) {
        return vec![named(kind, set)];
    }
    let ranges = set.ranges().iter().map(|range| Knowledge::Between {
        from: value(kind, range.lo),
        to: value(kind, range.hi),
    });
    ranges
        .chain(set.may_be_none().then(Knowledge::none))
        .collect()
}

fn of_members(codes: &Nomenclature, members: &Members) -> Knowledge {
    let named = |set: &ValueSet| {
        set.values()
            .filter_map(|place| code(codes, place))
            .collect()
    };
    let without = if members.surely == members.maybe {
        Without::AllOthers
    } else {
        let listed = codes.codes().filter(|code| {
            let place = codes.place(code.as_str());
            place.is_some_and(|place| !members.maybe.contains(place))
        });
        Without::These(listed.cloned().collect())
    };
    Knowledge::Members {
        with: named(&members.surely),
        without,
    }
}

fn rows(fields: &[Field], list: &RowList) -> Knowledge {
    let row = |row: &Vec<ValueSet>| {
        let told = fields.iter().zip(row);
        let told = told.filter(|(field, set)| field.derive.is_none() && !is_open(field, set));
        told.map(|(field, set)| (field.name.clone(), of_field(field, set)))
            .collect::<BTreeMap<_, _>>()
    };
    Knowledge::Rows(Rows {
        rows: list.rows.iter().map(row).collect(),
        complete: !list.open,
    })
}

fn is_open(field: &Field, set: &ValueSet) -> bool {
    field.kind.domain().is_subset(set) && (set.may_be_none() || !field.optional)
}

/// One row was told at once: its fields are named values or one interval.
fn of_field(field: &Field, set: &ValueSet) -> Knowledge {
    match set.ranges() {
        [range] if !set.may_be_none() && !is_named(&field.kind, set) => Knowledge::Between {
            from: value(&field.kind, range.lo),
            to: value(&field.kind, range.hi),
        },
        _ => named(&field.kind, set),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Pack;
    use crate::interop::Caseload;

    /// Whatever the bundled people are known to be is read again the same.
    #[test]
    fn what_is_said_again_is_read_the_same() {
        let engine = crate::Engine::new(&Pack::marne().unwrap());
        let dictionary = &engine.model().dictionary;
        let on = "2025-03-15".parse().unwrap();
        let mut tried = 0;
        for person in Caseload::bundled(&engine).unwrap().people {
            for (id, told) in &person.profile(&engine, on).unwrap().told {
                let fact = dictionary.fact(*id);
                let said = restate(fact, &told.possible);
                assert_eq!(
                    read_again(fact, &said).as_ref(),
                    Ok(&told.possible),
                    "{}",
                    fact.name
                );
                tried += 1;
            }
        }
        assert!(tried > 250, "{tried} facts");
    }

    #[test]
    fn disputes_intervals_and_absence_are_read_the_same() {
        let engine = crate::Engine::new(&Pack::marne().unwrap());
        let dictionary = &engine.model().dictionary;
        let fact = |name: &str| dictionary.fact(dictionary.id(name).unwrap());
        let days = |from: &str, to: &str| {
            let day = |text: &str| crate::fact::dictionary::day_number(text.parse().unwrap());
            ValueSet::range(day(from), day(to))
        };
        let born = fact("birth_date");
        let apart = days("1990-01-01", "1991-12-31").union(&days("2000-01-01", "2000-12-31"));
        let opened = fact("rsa.opened_on");
        let absent = days("2024-01-01", "2024-12-31").with_none();
        let cases = [
            (born, Possible::Scalar(apart)),
            (opened, Possible::Scalar(absent)),
            (opened, Possible::none(&opened.kind)),
        ];
        for (fact, possible) in cases {
            let said = restate(fact, &possible);
            assert_eq!(read_again(fact, &said), Ok(possible), "{said:?}");
        }
        let whole = Possible::all(&born.kind, false);
        assert_eq!(restate(born, &whole), []);
    }
}
