//! What several statements about one fact have in common, or allow together.

use std::collections::BTreeMap;

use crate::fact::dictionary::Kind;
use crate::fact::possible::{Lists, Members, Possible, RowList};
use crate::fact::set::ValueSet;

/// Lists that may stand side by side. Where more are said, everything is possible: comparing
/// each with each must cost a reader little, whatever a file holds.
const MOST_LISTS: usize = 64;

/// What a group of statements comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Agreed {
    pub(super) possible: Possible,
    /// They have nothing in common; of a set of codes: about these members.
    pub(super) disputed: bool,
    pub(super) quarrel: ValueSet,
}

impl Agreed {
    fn on(possible: Possible) -> Self {
        Self {
            possible,
            disputed: false,
            quarrel: ValueSet::empty(),
        }
    }

    /// What one of those who disagree says, and all else as it stands.
    pub(super) fn side(&self, statement: &Possible) -> Possible {
        let (Possible::Members(all), Possible::Members(one)) = (&self.possible, statement) else {
            return statement.clone();
        };
        if !all.some || !one.some {
            return statement.clone();
        }
        let within = one.surely.intersect(&self.quarrel);
        let open = one.maybe.intersect(&self.quarrel);
        let settled = self.quarrel.complement_in(&all.maybe);
        Possible::Members(Members {
            surely: all.surely.union(&within),
            maybe: settled.union(&open),
            none: false,
            some: true,
        })
    }
}

/// What all statements have in common; where that is nothing, all that any of them allows.
/// The order of the statements makes no difference.
pub(super) fn among(kind: &Kind, statements: &[&Possible]) -> Option<Agreed> {
    let (first, others) = statements.split_first()?;
    match kind {
        Kind::Codes(_) => return Some(members(kind, statements)),
        Kind::Records { .. } => return Some(lists(kind, statements)),
        _ => {}
    }
    let mut common = Some((*first).clone());
    for other in others {
        common = common.and_then(|common| both(&common, other));
    }
    Some(match common {
        Some(possible) => Agreed::on(possible),
        None => Agreed {
            possible: any_of(statements),
            disputed: true,
            quarrel: ValueSet::empty(),
        },
    })
}

/// What authorities and others come to: where they have nothing in common, what the
/// authorities say.
///
/// A set of codes is settled member by member: where authorities leave one open, the
/// others say it.
pub(super) fn between(kind: &Kind, authorities: &Agreed, others: &Agreed) -> Agreed {
    if let (Possible::Members(strong), Possible::Members(weak)) =
        (&authorities.possible, &others.possible)
        && strong.some
        && weak.some
    {
        let domain = kind.domain();
        let out = |members: &Members| members.maybe.complement_in(&domain);
        let open = strong
            .maybe
            .intersect(&strong.surely.complement_in(&domain));
        let surely = strong.surely.union(&weak.surely.intersect(&open));
        let surely_out = out(strong).union(&out(weak).intersect(&open));
        let quarrel = authorities
            .quarrel
            .union(&others.quarrel)
            .intersect(&surely.complement_in(&domain))
            .intersect(&surely_out.complement_in(&domain));
        return Agreed {
            possible: Possible::Members(Members {
                surely,
                maybe: surely_out.complement_in(&domain),
                none: false,
                some: true,
            }),
            disputed: !quarrel.is_empty(),
            quarrel,
        };
    }
    let common = match kind {
        Kind::Records { .. } => {
            let both = lists(kind, &[&authorities.possible, &others.possible]);
            (!both.disputed).then_some(both.possible)
        }
        _ => both(&authorities.possible, &others.possible),
    };
    match common {
        Some(possible) => Agreed {
            possible,
            disputed: authorities.disputed || others.disputed,
            quarrel: ValueSet::empty(),
        },
        None => authorities.clone(),
    }
}

/// The lists that every statement allows; where there are none, all of them. Rows are never
/// joined across partners: a list is kept whole, or not at all.
fn lists(kind: &Kind, statements: &[&Possible]) -> Agreed {
    let mut all: Vec<&RowList> = Vec::new();
    let mut none = (true, false);
    for statement in statements {
        let Possible::Lists(lists) = statement else {
            continue;
        };
        none = (none.0 && lists.none, none.1 || lists.none);
        for list in &lists.alternatives {
            if !all.contains(&list) {
                all.push(list);
            }
            if all.len() > MOST_LISTS {
                return Agreed {
                    possible: Possible::all(kind, none.1),
                    disputed: true,
                    quarrel: ValueSet::empty(),
                };
            }
        }
    }
    let allowed = |list: &RowList, statement: &Possible| match statement {
        Possible::Lists(lists) => lists.alternatives.iter().any(|wider| list.is_within(wider)),
        _ => false,
    };
    let kept = all
        .iter()
        .filter(|list| statements.iter().all(|one| allowed(list, one)));
    let kept: Vec<RowList> = kept.map(|list| (*list).clone()).collect();
    let disputed = kept.is_empty() && !none.0;
    let (mut alternatives, none) = if disputed {
        (all.into_iter().cloned().collect(), none.1)
    } else {
        (kept, none.0)
    };
    alternatives.sort();
    Agreed {
        possible: Possible::Lists(Lists { alternatives, none }),
        disputed,
        quarrel: ValueSet::empty(),
    }
}

/// Every member in where somebody says so and nobody says out, and the other way round.
fn members(kind: &Kind, statements: &[&Possible]) -> Agreed {
    let domain = kind.domain();
    let (mut within, mut out) = (ValueSet::empty(), ValueSet::empty());
    let (mut none, mut some) = (false, false);
    for statement in statements {
        if let Possible::Members(members) = statement {
            none |= members.none;
            some |= members.some;
            if members.some {
                within = within.union(&members.surely);
                out = out.union(&members.maybe.complement_in(&domain));
            }
        }
    }
    if !some {
        return Agreed::on(Possible::none(kind));
    }
    let quarrel = within.intersect(&out);
    let agreed = quarrel.complement_in(&domain);
    Agreed {
        disputed: !quarrel.is_empty() || none,
        possible: Possible::Members(Members {
            surely: within.intersect(&agreed),
            maybe: out.intersect(&agreed).complement_in(&domain),
            none,
            some: true,
        }),
        quarrel,
    }
}

/// What both allow; nothing where that is empty.
fn both(a: &Possible, b: &Possible) -> Option<Possible> {
    match (a, b) {
        (Possible::Scalar(a), Possible::Scalar(b)) => {
            let common = a.intersect(b);
            (!common.is_empty()).then_some(Possible::Scalar(common))
        }
        _ => None,
    }
}

/// What any of them allows.
fn any_of(statements: &[&Possible]) -> Possible {
    let sets = statements.iter().filter_map(|one| match one {
        Possible::Scalar(set) => Some(set),
        _ => None,
    });
    let ranges = sets.clone().flat_map(ValueSet::ranges).copied().collect();
    let none = sets.into_iter().any(ValueSet::may_be_none);
    Possible::Scalar(ValueSet::from_ranges(ranges, none))
}

/// The rows of all statements about an additive list, each as often as any of them has it;
/// no other row where somebody `closed` it.
pub(super) fn union_of_rows(statements: &[&Possible], closed: bool) -> Possible {
    let mut most: BTreeMap<&Vec<ValueSet>, usize> = BTreeMap::new();
    let mut some = false;
    for statement in statements {
        let Possible::Lists(lists) = statement else {
            continue;
        };
        let mut here: BTreeMap<&Vec<ValueSet>, usize> = BTreeMap::new();
        for list in &lists.alternatives {
            some = true;
            for row in &list.rows {
                let count = here.entry(row).or_default();
                *count = count.saturating_add(1);
            }
        }
        for (row, count) in here {
            let known = most.entry(row).or_default();
            *known = count.max(*known);
        }
    }
    let rows = most
        .into_iter()
        .flat_map(|(row, count)| std::iter::repeat_n(row.clone(), count));
    let alternatives = if some {
        vec![RowList {
            rows: rows.collect(),
            open: !closed,
        }]
    } else {
        Vec::new()
    };
    Possible::Lists(Lists {
        alternatives,
        none: !some,
    })
}

/// Whether a statement allows some of what stands; in a set of codes, whether they have a
/// member in common, in or out, it takes a side of a quarrel, or says nothing of the same one.
pub(super) fn agrees(kind: &Kind, statement: &Possible, agreed: &Agreed) -> bool {
    let stands = &agreed.possible;
    match (statement, stands) {
        (Possible::Members(one), Possible::Members(all)) if one.some && all.some => {
            let domain = kind.domain();
            let out = |members: &Members| members.maybe.complement_in(&domain);
            !one.surely.is_disjoint(&all.surely.union(&agreed.quarrel))
                || !out(one).is_disjoint(&out(all).union(&agreed.quarrel))
                || !contradicts(kind, statement, stands)
        }
        _ => !contradicts(kind, statement, stands),
    }
}

/// Whether a statement rules out all of what stands; in a set of codes, some member of it.
pub(super) fn contradicts(kind: &Kind, statement: &Possible, stands: &Possible) -> bool {
    match (statement, stands) {
        (Possible::Members(one), Possible::Members(all)) if one.some && all.some => {
            !one.surely.is_subset(&all.maybe) || !all.surely.is_subset(&one.maybe)
        }
        (Possible::Members(one), Possible::Members(all)) => one.none != all.none,
        (Possible::Lists(_), Possible::Lists(_)) => lists(kind, &[statement, stands]).disputed,
        (Possible::Scalar(one), Possible::Scalar(all)) => one.is_disjoint(all),
        _ => true,
    }
}
