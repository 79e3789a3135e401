//! What several statements about one fact have in common, or allow together.

use crate::fact::dictionary::Kind;
use crate::fact::possible::{Lists, Members, Possible, RowList};
use crate::fact::set::ValueSet;

/// What a group of statements comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Agreed {
    pub(super) possible: Possible,
    /// They had nothing in common, in whole or about some member of a set.
    pub(super) disputed: bool,
}

/// What all statements have in common; where that is nothing, all that any of them allows.
pub(super) fn among(kind: &Kind, statements: &[&Possible]) -> Option<Agreed> {
    let (first, others) = statements.split_first()?;
    if let Kind::Codes(_) = kind {
        return Some(members(kind, statements));
    }
    let mut common = Some((*first).clone());
    for other in others {
        common = common.and_then(|common| both(&common, other));
    }
    Some(match common {
        Some(possible) => Agreed {
            possible,
            disputed: false,
        },
        None => Agreed {
            possible: others
                .iter()
                .fold((*first).clone(), |all, one| either(&all, one)),
            disputed: true,
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
        let (strong_out, weak_out) = (out(strong), out(weak));
        let open = strong
            .maybe
            .intersect(&strong.surely.complement_in(&domain));
        let surely = strong.surely.union(&weak.surely.intersect(&open));
        let surely_out = strong_out.union(&weak_out.intersect(&open));
        let still_open = open
            .intersect(&surely.complement_in(&domain))
            .intersect(&surely_out.complement_in(&domain));
        return Agreed {
            possible: Possible::Members(Members {
                surely,
                maybe: surely_out.complement_in(&domain),
                none: false,
                some: true,
            }),
            disputed: (authorities.disputed || others.disputed) && !still_open.is_empty(),
        };
    }
    match both(&authorities.possible, &others.possible) {
        Some(possible) => {
            let disputed = (authorities.disputed || others.disputed) && !possible.is_known();
            Agreed { possible, disputed }
        }
        None => authorities.clone(),
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
        return Agreed {
            possible: Possible::none(kind),
            disputed: false,
        };
    }
    let disputed = within.intersect(&out);
    let (sure_in, sure_out) = (
        within.intersect(&disputed.complement_in(&domain)),
        out.intersect(&disputed.complement_in(&domain)),
    );
    Agreed {
        disputed: !disputed.is_empty() || none,
        possible: Possible::Members(Members {
            surely: sure_in,
            maybe: sure_out.complement_in(&domain),
            none,
            some: true,
        }),
    }
}

/// What both allow; nothing where that is empty.
fn both(a: &Possible, b: &Possible) -> Option<Possible> {
    match (a, b) {
        (Possible::Scalar(a), Possible::Scalar(b)) => {
            let common = a.intersect(b);
            (!common.is_empty()).then_some(Possible::Scalar(common))
        }
        (Possible::Lists(a), Possible::Lists(b)) => {
            let mut alternatives: Vec<RowList> = Vec::new();
            let pairs = a
                .alternatives
                .iter()
                .flat_map(|one| b.alternatives.iter().map(move |other| (one, other)));
            // Rows are never joined across partners: a list is kept whole, or not at all.
            for (one, other) in pairs {
                let narrower = if is_within(one, other) {
                    one
                } else if is_within(other, one) {
                    other
                } else {
                    continue;
                };
                if !alternatives.contains(narrower) {
                    alternatives.push(narrower.clone());
                }
            }
            let none = a.none && b.none;
            (none || !alternatives.is_empty())
                .then_some(Possible::Lists(Lists { alternatives, none }))
        }
        _ => None,
    }
}

/// What either allows.
fn either(a: &Possible, b: &Possible) -> Possible {
    match (a, b) {
        (Possible::Scalar(a), Possible::Scalar(b)) => Possible::Scalar(a.union(b)),
        (Possible::Lists(a), Possible::Lists(b)) => {
            let mut alternatives = a.alternatives.clone();
            for list in &b.alternatives {
                if !alternatives.contains(list) {
                    alternatives.push(list.clone());
                }
            }
            Possible::Lists(Lists {
                alternatives,
                none: a.none || b.none,
            })
        }
        _ => a.clone(),
    }
}

fn is_within(list: &RowList, wider: &RowList) -> bool {
    let alone = |list: &RowList| {
        Possible::Lists(Lists {
            alternatives: vec![list.clone()],
            none: false,
        })
    };
    alone(list).is_within(&alone(wider))
}

/// The rows of all statements about an additive list: no row twice, and no other row where
/// somebody says that there is none.
pub(super) fn union_of_rows(statements: &[&Possible]) -> Possible {
    let mut rows: Vec<Vec<ValueSet>> = Vec::new();
    let mut open = true;
    let mut some = false;
    for statement in statements {
        let Possible::Lists(lists) = statement else {
            continue;
        };
        for list in &lists.alternatives {
            some = true;
            open &= list.open;
            for row in &list.rows {
                if !rows.contains(row) {
                    rows.push(row.clone());
                }
            }
        }
    }
    let alternatives = if some {
        vec![RowList { rows, open }]
    } else {
        Vec::new()
    };
    Possible::Lists(Lists {
        alternatives,
        none: !some,
    })
}

/// Whether a statement allows some of what stands; in a set of codes, contradicts none of it.
pub(super) fn are_compatible(statement: &Possible, stands: &Possible) -> bool {
    match (statement, stands) {
        (Possible::Members(one), Possible::Members(all)) if one.some && all.some => {
            one.surely.is_subset(&all.maybe) && all.surely.is_subset(&one.maybe)
        }
        (Possible::Members(one), Possible::Members(all)) => one.none == all.none,
        _ => both(statement, stands).is_some(),
    }
}
