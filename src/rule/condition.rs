//! Checked conditions: every name resolved, every test typed.

use std::borrow::Cow;

use chrono::{Months, NaiveDate};

use super::truth::Truth;
use crate::calendar::Unit;
use crate::fact::dictionary::{ConditionId, CountId, Dictionary, ENDLESS, FactId, day_number};
use crate::fact::possible::{Lists, Possible, RowList};
use crate::fact::set::ValueSet;
use crate::vocabulary::Dated;

/// Place of a named dated value in its pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ValueId(pub(crate) usize);

/// Place of a named set in its pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SetId(pub(crate) usize);

/// What an atom looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Slot {
    /// The value of a fact; of a set of codes or a list, only whether there is one.
    Fact(FactId),
    /// Whether a code is in a set of codes.
    Member(FactId, i64),
    /// How many rows of a list pass a filter.
    Count(CountId),
    /// A field of the row at hand, inside a filter.
    Field(usize),
}

/// One end of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Bound {
    Fixed(i64),
    /// The named value in force on the date asked, plus an offset (for `<` and `>`).
    Value(ValueId, i64),
}

/// Where a date stands with regard to the date asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Relative {
    InTheLast,
    InTheNext,
    MoreThanAgo,
}

/// The values that pass a test.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Target {
    Set(ValueSet),
    Between(Bound, Bound),
    Named(SetId),
    Relative(Relative, u32, Unit),
}

/// One test of one slot.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Atom {
    pub(crate) slot: Slot,
    pub(crate) target: Target,
}

/// A condition whose names and types are all checked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cond {
    Constant(bool),
    Atom(Atom),
    Not(Box<Cond>),
    And(Vec<Cond>),
    Or(Vec<Cond>),
    AtLeast(u32, Vec<Cond>),
    Named(ConditionId),
}

/// A distinct count over the rows of a list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Count {
    pub(crate) list: FactId,
    pub(crate) filter: Option<Cond>,
}

/// Everything that conditions refer to by place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tables {
    pub(crate) conditions: Vec<Dated<Cond>>,
    pub(crate) sets: Vec<Dated<ValueSet>>,
    pub(crate) values: Vec<Dated<i64>>,
    pub(crate) counts: Vec<Count>,
}

/// What facts mean: how they are told and derived, and the conditions that this takes.
#[derive(Clone, Copy)]
pub(crate) struct Meaning<'m> {
    pub(crate) dictionary: &'m Dictionary,
    pub(crate) tables: &'m Tables,
}

impl Tables {
    /// The same on every day: what is in force on one.
    pub(crate) fn on(&self, day: NaiveDate) -> Self {
        Self {
            conditions: self.conditions.iter().map(|one| one.on(day)).collect(),
            sets: self.sets.iter().map(|one| one.on(day)).collect(),
            values: self.values.iter().map(|one| one.on(day)).collect(),
            counts: self.counts.clone(),
        }
    }

    pub(crate) fn condition(&self, id: ConditionId, on: NaiveDate) -> Option<&Cond> {
        self.conditions.get(id.0).and_then(|dated| dated.at(on))
    }

    fn bound(&self, bound: Bound, on: NaiveDate) -> Option<i64> {
        match bound {
            Bound::Fixed(value) => Some(value),
            Bound::Value(id, offset) => self
                .values
                .get(id.0)?
                .at(on)
                .map(|value| value.saturating_add(offset)),
        }
    }

    /// The passing values of a target on a day. A name without a version on
    /// that day passes nothing: packs where a rule would meet one are refused
    /// at load.
    pub(crate) fn target<'t>(&'t self, target: &'t Target, on: NaiveDate) -> Cow<'t, ValueSet> {
        Cow::Owned(match target {
            Target::Set(set) => return Cow::Borrowed(set),
            Target::Named(id) => match self.sets.get(id.0).and_then(|dated| dated.at(on)) {
                Some(set) => return Cow::Borrowed(set),
                None => ValueSet::empty(),
            },
            Target::Between(from, to) => match (self.bound(*from, on), self.bound(*to, on)) {
                (Some(lo), Some(hi)) => ValueSet::range(lo, hi),
                _ => ValueSet::empty(),
            },
            Target::Relative(relative, count, unit) => {
                let today = day_number(on);
                let before = shifted(on, *count, *unit, true);
                let after = shifted(on, *count, *unit, false);
                match relative {
                    Relative::InTheLast => ValueSet::range(before, today),
                    Relative::InTheNext => ValueSet::range(today, after),
                    Relative::MoreThanAgo => ValueSet::range(i64::MIN, before.saturating_sub(1)),
                }
            }
        })
    }
}

/// The day so long before or after another, on the whole calendar of chrono:
/// a date asked outside the years of packs is judged like any other.
fn shifted(on: NaiveDate, count: u32, unit: Unit, back: bool) -> i64 {
    let months = |months: Option<u32>| {
        let months = months.map(Months::new);
        if back {
            let day = months.and_then(|months| on.checked_sub_months(months));
            day.map_or(i64::MIN, day_number)
        } else {
            let day = months.and_then(|months| on.checked_add_months(months));
            day.map_or(i64::MAX, day_number)
        }
    };
    let days = |days: i64| {
        let days = if back { days.saturating_neg() } else { days };
        day_number(on).saturating_add(days)
    };
    match unit {
        Unit::Days => days(count.into()),
        Unit::Weeks => days(i64::from(count).saturating_mul(7)),
        Unit::Months => months(Some(count)),
        Unit::Years => months(count.checked_mul(12)),
    }
}

/// What a slot may be, wherever it is looked up.
pub(crate) trait World {
    fn slot(&self, slot: Slot) -> Cow<'_, ValueSet>;
}

/// Truth of a test: law of atoms.
pub(crate) fn test(value: &ValueSet, passing: &ValueSet) -> Truth {
    if value.is_subset(passing) {
        Truth::True
    } else if value.is_disjoint(passing) {
        Truth::False
    } else {
        Truth::Open
    }
}

impl Cond {
    /// Truth on a world, straight from the tree.
    pub(crate) fn truth(&self, world: &impl World, tables: &Tables, on: NaiveDate) -> Truth {
        self.judge(tables, on, &mut |atom| {
            test(&world.slot(atom.slot), &tables.target(&atom.target, on))
        })
    }

    pub(crate) fn judge(
        &self,
        tables: &Tables,
        on: NaiveDate,
        atom_is: &mut impl FnMut(&Atom) -> Truth,
    ) -> Truth {
        match self {
            Self::Constant(value) => {
                if *value {
                    Truth::True
                } else {
                    Truth::False
                }
            }
            Self::Atom(atom) => atom_is(atom),
            Self::Not(inner) => inner.judge(tables, on, atom_is).not(),
            Self::And(items) => {
                let mut truth = Truth::True;
                for item in items {
                    truth = truth.and(item.judge(tables, on, atom_is));
                    if truth == Truth::False {
                        break;
                    }
                }
                truth
            }
            Self::Or(items) => {
                let mut truth = Truth::False;
                for item in items {
                    truth = truth.or(item.judge(tables, on, atom_is));
                    if truth == Truth::True {
                        break;
                    }
                }
                truth
            }
            Self::AtLeast(wanted, items) => Truth::at_least(
                *wanted,
                items.iter().map(|item| item.judge(tables, on, atom_is)),
            ),
            Self::Named(id) => match tables.condition(*id, on) {
                Some(condition) => condition.judge(tables, on, atom_is),
                None => Truth::False,
            },
        }
    }

    /// Whether it comes out as wanted: true, or false. `test_is` judges a test that is to come out
    /// true or false, and may say of one that stays open that it never does: unlike in
    /// [`Cond::judge`], that a test does not come out one way is not that it comes out the other.
    pub(crate) fn comes_out(
        &self,
        wanted: bool,
        tables: &Tables,
        on: NaiveDate,
        test_is: &mut impl FnMut(&Atom, bool) -> Truth,
    ) -> Truth {
        let is = |is: bool| Truth::of(is == wanted, is == wanted);
        match self {
            Self::Constant(value) => is(*value),
            Self::Atom(atom) => test_is(atom, wanted),
            Self::Not(inner) => inner.comes_out(!wanted, tables, on, test_is),
            Self::And(items) | Self::Or(items) => {
                let of_all = matches!(self, Self::And(_)) == wanted;
                let (mut truth, end) = if of_all {
                    (Truth::True, Truth::False)
                } else {
                    (Truth::False, Truth::True)
                };
                for item in items {
                    let item = item.comes_out(wanted, tables, on, test_is);
                    truth = if of_all {
                        truth.and(item)
                    } else {
                        truth.or(item)
                    };
                    if truth == end {
                        break;
                    }
                }
                truth
            }
            Self::AtLeast(least, items) => {
                let all = u32::try_from(items.len()).unwrap_or(u32::MAX);
                let against = all.saturating_add(1).saturating_sub(*least);
                Truth::at_least(
                    if wanted { *least } else { against },
                    items
                        .iter()
                        .map(|item| item.comes_out(wanted, tables, on, test_is)),
                )
            }
            Self::Named(id) => match tables.condition(*id, on) {
                Some(condition) => condition.comes_out(wanted, tables, on, test_is),
                None => is(false),
            },
        }
    }

    /// The same condition with another in the place of a test; named conditions stay as they are.
    pub(crate) fn with(&self, atom: &Atom, other: &Self) -> Self {
        let all = |items: &[Self]| items.iter().map(|item| item.with(atom, other)).collect();
        match self {
            Self::Atom(found) if found == atom => other.clone(),
            Self::Constant(_) | Self::Atom(_) | Self::Named(_) => self.clone(),
            Self::Not(inner) => Self::Not(Box::new(inner.with(atom, other))),
            Self::And(items) => Self::And(all(items)),
            Self::Or(items) => Self::Or(all(items)),
            Self::AtLeast(wanted, items) => Self::AtLeast(*wanted, all(items)),
        }
    }

    /// Calls `see` with every atom, named conditions followed on that day.
    pub(crate) fn atoms(&self, tables: &Tables, on: NaiveDate, see: &mut impl FnMut(&Atom)) {
        match self {
            Self::Constant(_) => {}
            Self::Atom(atom) => see(atom),
            Self::Not(inner) => inner.atoms(tables, on, see),
            Self::And(items) | Self::Or(items) | Self::AtLeast(_, items) => {
                for item in items {
                    item.atoms(tables, on, see);
                }
            }
            Self::Named(id) => {
                if let Some(condition) = tables.condition(*id, on) {
                    condition.atoms(tables, on, see);
                }
            }
        }
    }
}

struct Row<'r>(&'r [ValueSet]);

impl World for Row<'_> {
    fn slot(&self, slot: Slot) -> Cow<'_, ValueSet> {
        let field = match slot {
            Slot::Field(place) => self.0.get(place),
            _ => None,
        };
        field.map_or_else(|| Cow::Owned(ValueSet::empty()), Cow::Borrowed)
    }
}

/// Rows of one list that surely pass, up to those that may.
fn count_rows(list: &RowList, filter: Option<&Cond>, tables: &Tables, on: NaiveDate) -> (i64, i64) {
    let (mut surely, mut maybe) = (0_i64, 0_i64);
    for row in &list.rows {
        let truth = filter.map_or(Truth::True, |filter| filter.truth(&Row(row), tables, on));
        surely = surely.saturating_add(i64::from(truth == Truth::True));
        maybe = maybe.saturating_add(i64::from(truth != Truth::False));
    }
    (surely, if list.open { ENDLESS } else { maybe })
}

/// The possible results of a count: the hull over the lists that may be true.
pub(crate) fn count(
    lists: &Lists,
    filter: Option<&Cond>,
    tables: &Tables,
    on: NaiveDate,
) -> ValueSet {
    let counts = lists
        .alternatives
        .iter()
        .map(|list| count_rows(list, filter, tables, on));
    let hull = counts.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
    let set = hull.map_or_else(ValueSet::empty, |(lo, hi)| ValueSet::range(lo, hi));
    if lists.none { set.with_none() } else { set }
}

/// The set that an atom sees of a fact's possible values.
pub(crate) fn fact_view(possible: &Possible) -> Cow<'_, ValueSet> {
    let presence = |some: bool, none: bool| {
        let set = if some {
            ValueSet::point(0)
        } else {
            ValueSet::empty()
        };
        if none { set.with_none() } else { set }
    };
    match possible {
        Possible::Scalar(set) => Cow::Borrowed(set),
        Possible::Members(members) => Cow::Owned(presence(members.some, members.none)),
        Possible::Lists(lists) => Cow::Owned(presence(!lists.alternatives.is_empty(), lists.none)),
    }
}

/// The set that an atom sees of one member of a set of codes: in, out, both, `none`.
pub(crate) fn member_view(possible: &Possible, code: i64) -> ValueSet {
    let Possible::Members(members) = possible else {
        return ValueSet::empty();
    };
    let set = if !members.some {
        ValueSet::empty()
    } else if members.surely.contains(code) {
        ValueSet::point(1)
    } else if members.maybe.contains(code) {
        ValueSet::range(0, 1)
    } else {
        ValueSet::point(0)
    };
    if members.none { set.with_none() } else { set }
}
