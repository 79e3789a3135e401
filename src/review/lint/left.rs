//! What is left of a condition when some of its tests are of no help.

use chrono::NaiveDate;

use crate::rule::condition::{Atom, Cond, Tables};

/// A condition in which some tests do not come out as it wants them.
pub(super) struct Left {
    /// It, by its other tests.
    pub(super) cond: Cond,
    /// That those tests do not come out as wanted.
    pub(super) failing: Vec<Cond>,
}

impl Left {
    /// The tests for which `fails` is true are of no help, named conditions followed.
    pub(super) fn of(
        cond: &Cond,
        tables: &Tables,
        on: NaiveDate,
        fails: &mut impl FnMut(&Atom) -> bool,
    ) -> Self {
        let mut failing = Vec::new();
        let cond = part(cond, true, (tables, on), fails, &mut failing);
        Self { cond, failing }
    }

    /// Whether it cannot hold without them, seen without a search.
    pub(super) fn is_nothing(&self) -> bool {
        self.cond == Cond::Constant(false)
    }

    /// It holds without them, and none of them is as wanted.
    pub(super) fn alone(self) -> Cond {
        let mut parts = self.failing;
        parts.insert(0, self.cond);
        Cond::And(parts)
    }
}

/// A part of which it is wanted that it holds, or that it does not.
fn part(
    cond: &Cond,
    wanted: bool,
    tables: (&Tables, NaiveDate),
    fails: &mut impl FnMut(&Atom) -> bool,
    failing: &mut Vec<Cond>,
) -> Cond {
    let mut all = |items: &[Cond]| -> Vec<Cond> {
        let items = items.iter();
        items
            .map(|item| part(item, wanted, tables, fails, failing))
            .collect()
    };
    match cond {
        Cond::And(items) => {
            let mut items = all(items);
            items.retain(|item| *item != Cond::Constant(true));
            if items.contains(&Cond::Constant(false)) {
                Cond::Constant(false)
            } else if items.is_empty() {
                Cond::Constant(true)
            } else {
                Cond::And(items)
            }
        }
        Cond::Or(items) => {
            let mut items = all(items);
            items.retain(|item| *item != Cond::Constant(false));
            if items.is_empty() {
                Cond::Constant(false)
            } else if items.contains(&Cond::Constant(true)) {
                Cond::Constant(true)
            } else {
                Cond::Or(items)
            }
        }
        Cond::AtLeast(count, items) => {
            let mut items = all(items);
            items.retain(|item| *item != Cond::Constant(false));
            if usize::try_from(*count).is_ok_and(|count| items.len() < count) {
                Cond::Constant(false)
            } else {
                Cond::AtLeast(*count, items)
            }
        }
        Cond::Not(inner) => match part(inner, !wanted, tables, fails, failing) {
            Cond::Constant(value) => Cond::Constant(!value),
            inner => Cond::Not(Box::new(inner)),
        },
        Cond::Named(id) => match tables.0.condition(*id, tables.1) {
            Some(named) => part(named, wanted, tables, fails, failing),
            None => Cond::Constant(false),
        },
        Cond::Atom(atom) if fails(atom) => {
            failing.push(if wanted {
                Cond::Not(Box::new(cond.clone()))
            } else {
                cond.clone()
            });
            Cond::Constant(!wanted)
        }
        Cond::Constant(_) | Cond::Atom(_) => cond.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::dictionary::FactId;
    use crate::fact::set::ValueSet;
    use crate::rule::condition::{Slot, Target};

    fn atom(fact: usize) -> Cond {
        Cond::Atom(Atom {
            slot: Slot::Fact(FactId(fact)),
            target: Target::Set(ValueSet::point(1)),
        })
    }

    fn not(cond: Cond) -> Cond {
        Cond::Not(Box::new(cond))
    }

    /// Of fact 0, nothing helps.
    fn left(cond: &Cond) -> Left {
        let on = NaiveDate::from_ymd_opt(2021, 9, 15).unwrap();
        Left::of(cond, &Tables::default(), on, &mut |atom| {
            atom.slot == Slot::Fact(FactId(0))
        })
    }

    #[test]
    fn what_holds_by_other_tests_is_left() {
        let with_another = Cond::And(vec![atom(0), atom(1)]);
        assert!(left(&with_another).is_nothing());
        let or_another = left(&Cond::Or(vec![with_another.clone(), atom(2)]));
        assert_eq!(or_another.cond, Cond::Or(vec![atom(2)]));
        assert_eq!(or_another.failing, [not(atom(0))]);
        let two_of = |more: Vec<Cond>| Cond::AtLeast(2, [vec![atom(0), atom(1)], more].concat());
        assert!(left(&two_of(vec![])).is_nothing());
        assert_eq!(
            left(&two_of(vec![atom(2)])).cond,
            Cond::AtLeast(2, vec![atom(1), atom(2)])
        );
    }

    #[test]
    fn a_test_that_is_to_fail_is_of_no_help_where_it_passes() {
        let without = not(atom(0));
        assert!(left(&without).is_nothing());
        assert_eq!(left(&without).failing, [atom(0)]);
        let neither = not(Cond::Or(vec![atom(0), atom(1)]));
        assert!(left(&neither).is_nothing());
        let not_both = left(&not(Cond::And(vec![atom(0), atom(1)])));
        assert_eq!(not_both.cond, not(Cond::And(vec![atom(1)])));
        // What is left of « not both » by neither is nothing.
        let neither_left = not(Cond::And(vec![atom(0), atom(0)]));
        assert!(left(&neither_left).is_nothing());
    }
}
