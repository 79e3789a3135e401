//! What an expression is worth for a person: every possible value is tried.

use std::cell::RefCell;
use std::collections::BTreeMap;

use chrono::{Days, Months, NaiveDate};

use super::text::{Reference, Rule};
use crate::calendar::Unit;
use crate::fact::dictionary::{ENDLESS, FactId, Field, Kind, Nomenclature, date_of, day_number};
use crate::fact::possible::{Lists, Members, Possible};
use crate::fact::set::ValueSet;
use crate::rule::Truth;
use crate::rule::syntax::{Comparison, Expr, Literal, Predicate, Subject, Word};
use crate::vocabulary::Cents;

/// Sets up to this size are tried value by value; of larger ones, the values
/// around which a test can change its answer.
const TRIED_ONE_BY_ONE: u64 = 200;

/// Counts are whole numbers.
const COUNT: Kind = Kind::Integer {
    unit: None,
    min: 0,
    max: ENDLESS,
};

/// One person on one date.
pub(in crate::rule::laws) struct World<'r> {
    pub(super) pack: &'r Reference<'r>,
    pub(super) told: &'r BTreeMap<FactId, Possible>,
    pub(super) on: NaiveDate,
    pub(super) presumed: bool,
    /// The same without presumptions.
    pub(super) strict: Option<Box<World<'r>>>,
    /// Facts worked out so far: only to save time.
    pub(super) known: RefCell<BTreeMap<FactId, Possible>>,
}

/// Where names are looked up: the person's facts, or the fields of one row.
#[derive(Clone, Copy)]
pub(super) enum Scope<'s> {
    Person,
    Row(&'s [Field], &'s [ValueSet]),
}

pub(super) fn all(truths: impl IntoIterator<Item = Truth>) -> Truth {
    let truths: Vec<Truth> = truths.into_iter().collect();
    if truths.contains(&Truth::False) {
        Truth::False
    } else if truths.contains(&Truth::Open) {
        Truth::Open
    } else {
        Truth::True
    }
}

pub(super) fn some(truths: impl IntoIterator<Item = Truth>) -> Truth {
    let truths: Vec<Truth> = truths.into_iter().collect();
    if truths.contains(&Truth::True) {
        Truth::True
    } else if truths.contains(&Truth::Open) {
        Truth::Open
    } else {
        Truth::False
    }
}

fn not(truth: Truth) -> Truth {
    match truth {
        Truth::True => Truth::False,
        Truth::Open => Truth::Open,
        Truth::False => Truth::True,
    }
}

/// How many of these hold: surely, and possibly.
fn tally(truths: impl IntoIterator<Item = Truth>) -> (usize, usize) {
    let truths: Vec<Truth> = truths.into_iter().collect();
    let surely = truths.iter().filter(|truth| **truth == Truth::True);
    let possibly = truths.iter().filter(|truth| **truth != Truth::False);
    (surely.count(), possibly.count())
}

/// True when every value passes, false when none does, open otherwise.
fn judge(passes: impl IntoIterator<Item = bool>) -> Truth {
    let passes: Vec<bool> = passes.into_iter().collect();
    assert!(!passes.is_empty(), "a fact always has a possible value");
    if passes.iter().all(|pass| *pass) {
        Truth::True
    } else if passes.iter().any(|pass| *pass) {
        Truth::Open
    } else {
        Truth::False
    }
}

/// The values to try: all of them, or all around which a test may turn.
fn candidates(set: &ValueSet, turns: &[i64]) -> Vec<Option<i64>> {
    let mut values: Vec<i64> = if set.size() <= TRIED_ONE_BY_ONE {
        set.values().collect()
    } else {
        let around = turns
            .iter()
            .flat_map(|turn| [turn.saturating_sub(1), *turn, turn.saturating_add(1)]);
        let ends = set.ranges().iter().flat_map(|range| [range.lo, range.hi]);
        around
            .filter(|value| set.contains(*value))
            .chain(ends)
            .collect()
    };
    values.sort_unstable();
    values.dedup();
    let none = set.may_be_none().then_some(None);
    let values = values.into_iter().map(Some);
    none.into_iter().chain(values).collect()
}

/// The day so long before or after `on`; beyond the calendar, the end of it.
fn shifted(on: NaiveDate, number: u32, unit: Unit, back: bool) -> NaiveDate {
    let days = |days: u64| {
        if back {
            on.checked_sub_days(Days::new(days))
        } else {
            on.checked_add_days(Days::new(days))
        }
    };
    let months = |months: u32| {
        if back {
            on.checked_sub_months(Months::new(months))
        } else {
            on.checked_add_months(Months::new(months))
        }
    };
    let day = match unit {
        Unit::Days => days(number.into()),
        Unit::Weeks => days(u64::from(number) * 7),
        Unit::Months => months(number),
        Unit::Years => number.checked_mul(12).and_then(months),
    };
    day.unwrap_or(if back { NaiveDate::MIN } else { NaiveDate::MAX })
}

impl Reference<'_> {
    /// What is told about a person on a date, with or without presumptions.
    pub(in crate::rule::laws) fn world<'r>(
        &'r self,
        told: &'r BTreeMap<FactId, Possible>,
        on: NaiveDate,
        presumed: bool,
    ) -> World<'r> {
        World {
            pack: self,
            told,
            on,
            presumed,
            strict: presumed.then(|| Box::new(self.world(told, on, false))),
            known: RefCell::default(),
        }
    }
}

impl World<'_> {
    /// The verdict of every rule in force, then every track, then every holder.
    pub(in crate::rule::laws) fn verdicts(&self) -> Vec<Truth> {
        let rules = self.pack.rules.iter();
        let rules = rules
            .filter(|rule| rule.period.contains(self.on))
            .map(|rule| self.rule(rule));
        let mut tracks: Vec<_> = self.pack.tracks.iter().collect();
        tracks.sort_by_key(|(order, _, _)| *order);
        let tracks = tracks
            .into_iter()
            .filter(|(_, period, _)| period.contains(self.on))
            .map(|(_, _, when)| self.optional(when.as_ref()));
        let holders = self.pack.holders.iter();
        let holders = holders
            .filter(|(period, _)| period.contains(self.on))
            .map(|(_, when)| self.optional(when.as_ref()));
        rules.chain(tracks).chain(holders).collect()
    }

    /// `when` and not `unless` and the scheme is open, fits, and is served.
    fn rule(&self, rule: &Rule) -> Truth {
        let scheme = self
            .pack
            .schemes
            .iter()
            .find(|(id, period, _)| *id == rule.scheme && period.contains(self.on));
        let Some((_, _, eligible)) = scheme else {
            return Truth::False;
        };
        // A role is nobody in particular: it serves everybody.
        let serves = self.pack.partners.get(&rule.partner);
        all([
            self.truth(&rule.when, Scope::Person),
            rule.unless
                .as_ref()
                .map_or(Truth::True, |unless| not(self.truth(unless, Scope::Person))),
            self.optional(eligible.as_ref()),
            self.optional(serves.and_then(Option::as_ref)),
        ])
    }

    pub(super) fn optional(&self, when: Option<&Expr>) -> Truth {
        when.map_or(Truth::True, |when| self.truth(when, Scope::Person))
    }

    pub(super) fn truth(&self, expr: &Expr, scope: Scope<'_>) -> Truth {
        let each = |items: &[Expr]| -> Vec<Truth> {
            items.iter().map(|item| self.truth(item, scope)).collect()
        };
        match expr {
            Expr::Constant(true) => Truth::True,
            Expr::Constant(false) => Truth::False,
            Expr::Not(inner) => not(self.truth(inner, scope)),
            Expr::And(items) => all(each(items)),
            Expr::Or(items) => some(each(items)),
            Expr::AtLeast(number, items) => {
                let number = usize::try_from(*number).unwrap();
                match tally(each(items)) {
                    (surely, _) if surely >= number => Truth::True,
                    (_, possibly) if possibly < number => Truth::False,
                    _ => Truth::Open,
                }
            }
            Expr::AtMost(number, items) => {
                let number = usize::try_from(*number).unwrap();
                match tally(each(items)) {
                    (_, possibly) if possibly <= number => Truth::True,
                    (surely, _) if surely > number => Truth::False,
                    _ => Truth::Open,
                }
            }
            Expr::Any { list, filter } => {
                let count = self.count(&list.text, filter.as_deref());
                let least = |rows: Option<i64>| rows.is_some_and(|rows| rows >= 1);
                judge(candidates(&count, &[0, 1]).into_iter().map(least))
            }
            Expr::Test {
                subject: Subject::Count { list, filter },
                predicate,
                ..
            } => {
                let count = self.count(&list.text, filter.as_deref());
                self.test(&COUNT, &count, predicate)
            }
            Expr::Test {
                subject: Subject::Name(name),
                predicate,
                ..
            } => self.named(name, predicate, scope),
        }
    }

    /// A test of whatever bears this name.
    fn named(&self, name: &Word, predicate: &Predicate, scope: Scope<'_>) -> Truth {
        if let Scope::Row(fields, row) = scope {
            let place = fields
                .iter()
                .position(|field| field.name.as_str() == &*name.text)
                .unwrap();
            return self.test(&fields[place].kind, &row[place], predicate);
        }
        if let Some(id) = self.pack.dictionary.id(&name.text) {
            let kind = &self.pack.dictionary.fact(id).kind;
            return match self.fact(id) {
                Possible::Scalar(set) => self.test(kind, &set, predicate),
                Possible::Members(members) => Self::test_members(kind, &members, predicate),
                Possible::Lists(lists) => Self::test_list(&lists, predicate),
            };
        }
        let (_, _, condition) = self
            .pack
            .conditions
            .iter()
            .find(|(id, period, _)| id.as_str() == &*name.text && period.contains(self.on))
            .unwrap();
        self.truth(condition, Scope::Person)
    }

    /// A test of one scalar: every possible value is tried.
    fn test(&self, kind: &Kind, set: &ValueSet, predicate: &Predicate) -> Truth {
        let literals: Vec<&Literal> = match predicate {
            Predicate::Compare(_, literal) => vec![literal],
            Predicate::Between(from, to) => vec![from, to],
            Predicate::OneOf(literals) => literals.iter().collect(),
            _ => Vec::new(),
        };
        let mut turns: Vec<i64> = literals
            .iter()
            .filter_map(|literal| self.value(kind, literal))
            .collect();
        if let Predicate::InTheLast(number, unit)
        | Predicate::InTheNext(number, unit)
        | Predicate::MoreThanAgo(number, unit) = predicate
        {
            turns.push(day_number(self.on));
            turns.push(day_number(shifted(self.on, *number, *unit, true)));
            turns.push(day_number(shifted(self.on, *number, *unit, false)));
        }
        let candidates = candidates(set, &turns);
        let passes = |value| self.passes(kind, value, predicate);
        judge(candidates.into_iter().map(passes))
    }

    /// Whether one value passes a test: the definition of each test.
    fn passes(&self, kind: &Kind, candidate: Option<i64>, predicate: &Predicate) -> bool {
        // Only `= none` and `!= none` see `none`.
        let same = |literal: &Literal| match candidate {
            None => &*literal.word.text == "none",
            value => self.value(kind, literal) == value,
        };
        if let Predicate::Compare(Comparison::Equal, literal) = predicate {
            return same(literal);
        }
        if let Predicate::Compare(Comparison::NotEqual, literal) = predicate {
            return !same(literal);
        }
        let Some(value) = candidate else {
            return false;
        };
        let number = |literal| self.value(kind, literal).unwrap();
        match predicate {
            Predicate::Holds => value == 1,
            Predicate::Compare(Comparison::Less, literal) => value < number(literal),
            Predicate::Compare(Comparison::AtMost, literal) => value <= number(literal),
            Predicate::Compare(Comparison::More, literal) => value > number(literal),
            Predicate::Compare(Comparison::AtLeast, literal) => value >= number(literal),
            Predicate::OneOf(literals) => literals.iter().any(same),
            Predicate::Between(from, to) => number(from) <= value && value <= number(to),
            Predicate::InNamed(set) => self.in_named(kind.nomenclature().unwrap(), value, set),
            Predicate::InTheLast(count, unit) => {
                let day = date_of(value).unwrap();
                shifted(self.on, *count, *unit, true) <= day && day <= self.on
            }
            Predicate::InTheNext(count, unit) => {
                let day = date_of(value).unwrap();
                self.on <= day && day <= shifted(self.on, *count, *unit, false)
            }
            Predicate::MoreThanAgo(count, unit) => {
                date_of(value).unwrap() < shifted(self.on, *count, *unit, true)
            }
            other => panic!("{other:?} is no test of a scalar"),
        }
    }

    fn in_named(&self, codes: &Nomenclature, value: i64, set: &Word) -> bool {
        let (_, _, members) = self
            .pack
            .sets
            .iter()
            .find(|(id, period, _)| id.as_str() == &*set.text && period.contains(self.on))
            .unwrap();
        codes
            .code(value)
            .is_some_and(|code| members.contains(code.as_str()))
    }

    /// What a literal means beside a fact of this kind: written out, or a dated value.
    pub(super) fn value(&self, kind: &Kind, literal: &Literal) -> Option<i64> {
        let text = &*literal.word.text;
        let written = match kind {
            Kind::Flag => match text {
                "true" => Some(1),
                "false" => Some(0),
                _ => None,
            },
            Kind::Integer { .. } => text.parse().ok(),
            Kind::Money { .. } if literal.euros => {
                Some(format!("{text} EUR").parse::<Cents>().unwrap().get())
            }
            Kind::Money { .. } | Kind::Records { .. } => None,
            Kind::Date => text.parse().ok().map(day_number),
            Kind::Level(codes) | Kind::Code(codes) | Kind::Codes(codes) => {
                return codes.place(text);
            }
        };
        written.or_else(|| {
            let mut values = self.pack.values.iter();
            values
                .find(|(id, period, _)| id == text && period.contains(self.on))
                .map(|(_, _, value)| *value)
        })
    }

    /// A test of a set of codes: every combination of the open members is tried.
    fn test_members(kind: &Kind, members: &Members, predicate: &Predicate) -> Truth {
        let codes = kind.nomenclature().unwrap();
        let asked: Vec<&str> = match predicate {
            Predicate::Has(code) => vec![&code.word.text],
            Predicate::HasAny(some) | Predicate::HasAll(some) => {
                some.iter().map(|code| &*code.word.text).collect()
            }
            _ => Vec::new(),
        };
        let passes = |set: Option<&[&str]>| match (predicate, set) {
            (Predicate::Compare(Comparison::Equal, _), set) => set.is_none(),
            (Predicate::Compare(Comparison::NotEqual, _), set) => set.is_some(),
            (_, None) => false,
            (Predicate::Has(_) | Predicate::HasAll(_), Some(set)) => {
                asked.iter().all(|code| set.contains(code))
            }
            (Predicate::HasAny(_), Some(set)) => asked.iter().any(|code| set.contains(code)),
            (other, _) => panic!("{other:?} is no test of a set of codes"),
        };
        let mut results = Vec::new();
        if members.none {
            results.push(passes(None));
        }
        if members.some {
            // Sets that may be the true one, as far as this test can see.
            let mut sets: Vec<Vec<&str>> = vec![Vec::new()];
            for code in &asked {
                let place = codes.place(code);
                let surely = place.is_some_and(|place| members.surely.contains(place));
                let maybe = place.is_some_and(|place| members.maybe.contains(place));
                let with: Vec<Vec<&str>> = sets
                    .iter()
                    .map(|set| set.iter().copied().chain([*code]).collect())
                    .collect();
                sets = match (surely, maybe) {
                    (true, _) => with,
                    (false, true) => sets.into_iter().chain(with).collect(),
                    (false, false) => sets,
                };
            }
            results.extend(sets.iter().map(|set| passes(Some(set))));
        }
        judge(results)
    }

    /// The one question about a whole list that is no count: is it without object.
    fn test_list(lists: &Lists, predicate: &Predicate) -> Truth {
        let none = lists.none.then_some(true);
        let some = (!lists.alternatives.is_empty()).then_some(false);
        let is_none = none.into_iter().chain(some);
        match predicate {
            Predicate::Compare(Comparison::Equal, _) => judge(is_none),
            Predicate::Compare(Comparison::NotEqual, _) => judge(is_none.map(|none| !none)),
            other => panic!("{other:?} is no test of a list"),
        }
    }

    /// Rows that pass a filter: from those that surely do to those that may, over
    /// all lists that may be the true one.
    pub(super) fn count(&self, list: &str, filter: Option<&Expr>) -> ValueSet {
        let id = self.pack.dictionary.id(list).unwrap();
        let Kind::Records { fields, .. } = &self.pack.dictionary.fact(id).kind else {
            panic!("{list} is no list");
        };
        let Possible::Lists(lists) = self.fact(id) else {
            panic!("{list} is no list");
        };
        let mut ends: Vec<i64> = Vec::new();
        for alternative in &lists.alternatives {
            let rows = alternative.rows.iter().map(|row| match filter {
                Some(filter) => self.truth(filter, Scope::Row(fields, row)),
                None => Truth::True,
            });
            let (surely, possibly) = tally(rows);
            ends.push(i64::try_from(surely).unwrap());
            ends.push(if alternative.open {
                ENDLESS
            } else {
                i64::try_from(possibly).unwrap()
            });
        }
        let hull = match (ends.iter().min(), ends.iter().max()) {
            (Some(least), Some(most)) => ValueSet::range(*least, *most),
            _ => ValueSet::empty(),
        };
        if lists.none { hull.with_none() } else { hull }
    }
}
