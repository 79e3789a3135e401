//! One comparison changed at a time: does any example notice?

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::tried::{Answer, Entry, Tried, Watched, outcome};
use crate::fact::dictionary::{ConditionId, CountId, Derivation, Fact, FactId, Field, Kind};
use crate::fact::french;
use crate::fact::possible::Possible;
use crate::pack::Engine;
use crate::pack::model::Model;
use crate::rule::Truth;
use crate::rule::condition::{Atom, Bound, Cond, Meaning, Slot, Tables, Target, World as _, test};
use crate::vocabulary::{Code, Period};

/// Who writes the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Writer {
    Entry(Entry),
    Fact(FactId),
}

/// What is done to a comparison.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Change {
    /// It comes out the other way.
    Turned,
    /// Its threshold is one off.
    Moved(Target),
}

/// A change that no example notices.
pub(super) struct Unnoticed {
    pub(super) writer: Writer,
    pub(super) change: Change,
    /// The comparison in words, as it is and as it would be.
    pub(super) is: String,
    pub(super) would_be: String,
}

/// All changes that no example notices, those of rules and tracks first.
pub(super) fn unnoticed(engine: &Engine, tried: &[Tried]) -> Vec<Unnoticed> {
    let mut found = of_entries(engine.model(), tried);
    found.extend(beneath(engine, tried));
    found
}

// ---- the comparisons of rules and tracks themselves

fn of_entries(model: &Model, tried: &[Tried]) -> Vec<Unnoticed> {
    let tables = &model.tables;
    // Each with a day on which it is looked at.
    let mut all: BTreeMap<(Entry, Atom, Change), (Answer, NaiveDate)> = BTreeMap::new();
    let mut noticed: BTreeSet<(Answer, Atom, Change)> = BTreeSet::new();
    for one in tried {
        let on = one.on;
        let is = |atom: &Atom| test(&one.facts.slot(atom.slot), &tables.target(&atom.target, on));
        let judge = |watched: &Watched, is: &mut dyn FnMut(&Atom) -> Truth| {
            watched.verdict.judge(tables, on, &mut |atom| is(atom))
        };
        for watched in &one.watched {
            let peers = || {
                one.watched
                    .iter()
                    .filter(|peer| peer.answer == watched.answer)
            };
            let as_is: Vec<Truth> = peers()
                .map(|peer| judge(peer, &mut |atom| is(atom)))
                .collect();
            let mut atoms = BTreeSet::new();
            watched.verdict.atoms(tables, on, &mut |atom| {
                atoms.insert(atom.clone());
            });
            for atom in &atoms {
                for change in changes(model, None, atom) {
                    let otherwise = match &change {
                        Change::Turned => is(atom).not(),
                        Change::Moved(target) => {
                            test(&one.facts.slot(atom.slot), &tables.target(target, on))
                        }
                    };
                    let changed = judge(watched, &mut |other| {
                        if other == atom { otherwise } else { is(other) }
                    });
                    let truths = peers().zip(&as_is).map(|(peer, truth)| {
                        let truth = if peer.entry == watched.entry {
                            changed
                        } else {
                            *truth
                        };
                        (peer, truth)
                    });
                    let before = outcome(peers().zip(as_is.iter().copied()), Vec::new());
                    if outcome(truths, Vec::new()) != before {
                        noticed.insert((watched.answer, atom.clone(), change.clone()));
                    }
                    all.insert((watched.entry, atom.clone(), change), (watched.answer, on));
                }
            }
        }
    }
    let left = all
        .into_iter()
        .filter_map(|((entry, atom, change), (answer, on))| {
            let key = (answer, atom, change);
            if noticed.contains(&key) {
                return None;
            }
            let (_, atom, change) = key;
            Some(told(model, Writer::Entry(entry), None, &atom, change, on))
        });
    left.collect()
}

// ---- what stands beneath them: filters of lists, and what facts are derived by

/// Where a condition stands in the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Site {
    Filter(CountId),
    /// A condition, in the version of this place.
    Named(ConditionId, usize),
}

impl Site {
    fn cond(self, tables: &Tables) -> Option<&Cond> {
        match self {
            Self::Filter(count) => tables.counts.get(count.0)?.filter.as_ref(),
            Self::Named(id, version) => {
                let versions = &tables.conditions.get(id.0)?.versions;
                versions.get(version).map(|(_, cond)| cond)
            }
        }
    }

    fn put(self, tables: &mut Tables, cond: Cond) {
        match self {
            Self::Filter(count) => {
                if let Some(count) = tables.counts.get_mut(count.0) {
                    count.filter = Some(cond);
                }
            }
            Self::Named(id, version) => {
                let dated = tables.conditions.get_mut(id.0);
                if let Some((_, place)) = dated.and_then(|dated| dated.versions.get_mut(version)) {
                    *place = cond;
                }
            }
        }
    }

    /// Whether it says something on that day.
    fn holds_on(self, tables: &Tables, on: NaiveDate) -> bool {
        match self {
            Self::Filter(_) => true,
            Self::Named(id, version) => {
                let versions = tables.conditions.get(id.0).map(|dated| &dated.versions);
                let version = versions.and_then(|versions| versions.get(version));
                version.is_some_and(|(period, _)| period.contains(on))
            }
        }
    }

    /// The fields that its comparisons are about, if it is a filter.
    fn list(self, model: &Model) -> Option<&Fact> {
        let Self::Filter(count) = self else {
            return None;
        };
        let list = model.tables.counts.get(count.0)?.list;
        Some(model.dictionary.fact(list))
    }
}

fn beneath(engine: &Engine, tried: &[Tried]) -> Vec<Unnoticed> {
    let model = engine.model();
    let mut sites: BTreeSet<(Writer, Option<Answer>, Site)> = BTreeSet::new();
    for one in tried {
        for watched in &one.watched {
            watched.verdict.atoms(&model.tables, one.on, &mut |atom| {
                if let Slot::Count(count) = atom.slot {
                    let writer = Writer::Entry(watched.entry);
                    sites.insert((writer, Some(watched.answer), Site::Filter(count)));
                }
            });
        }
    }
    for (id, fact) in model.dictionary.iter() {
        let of_fact = sites_of(model, fact).into_iter();
        sites.extend(of_fact.map(|site| (Writer::Fact(id), None, site)));
    }
    let as_is = |one: &Tried, only| one.outcome(model.meaning(), only);
    // Where no example looks at a fact, any day serves to say what is not noticed.
    let days = engine.days(Period::default());
    let some_day = days.last().copied().unwrap_or(NaiveDate::MIN);
    let mut tables = model.tables.clone();
    let mut found = Vec::new();
    for (writer, answer, site) in sites {
        let Some(original) = site.cond(&model.tables) else {
            continue;
        };
        let looks = |one: &&Tried| {
            site.holds_on(&model.tables, one.on)
                && match (writer, answer) {
                    (Writer::Fact(id), _) => one.reads.contains(&id),
                    (_, Some(answer)) => one.watched.iter().any(|watched| watched.answer == answer),
                    (_, None) => false,
                }
        };
        let looking: Vec<(&Tried, _)> = tried
            .iter()
            .filter(looks)
            .map(|one| (one, as_is(one, answer)))
            .collect();
        let mut atoms = BTreeSet::new();
        own_atoms(original, &mut atoms);
        for atom in atoms {
            for change in changes(model, site.list(model), &atom) {
                let other = match &change {
                    Change::Turned => Cond::Not(Box::new(Cond::Atom(atom.clone()))),
                    Change::Moved(target) => Cond::Atom(Atom {
                        slot: atom.slot,
                        target: target.clone(),
                    }),
                };
                site.put(&mut tables, original.with(&atom, &other));
                let meaning = Meaning {
                    dictionary: &model.dictionary,
                    tables: &tables,
                };
                let noticed = looking
                    .iter()
                    .any(|(one, as_is)| one.outcome(meaning, answer) != *as_is);
                if !noticed {
                    let on = looking.first().map_or(some_day, |(one, _)| one.on);
                    let list = site.list(model);
                    found.push(told(model, writer, list, &atom, change, on));
                }
            }
        }
        site.put(&mut tables, original.clone());
    }
    found
}

/// The conditions by which a fact is derived, with all that they build on.
fn sites_of(model: &Model, fact: &Fact) -> BTreeSet<Site> {
    let mut open: Vec<ConditionId> = fact.levels.iter().map(|(_, id)| *id).collect();
    let mut sites = BTreeSet::new();
    match &fact.derive {
        Some(Derivation::Condition(id)) => open.push(*id),
        Some(Derivation::Count(count)) => {
            sites.insert(Site::Filter(*count));
        }
        _ => {}
    }
    while let Some(id) = open.pop() {
        let versions = model.tables.conditions.get(id.0);
        for (place, (_, cond)) in versions
            .into_iter()
            .flat_map(|dated| dated.versions.iter().enumerate())
        {
            if !sites.insert(Site::Named(id, place)) {
                continue;
            }
            named(cond, &mut open);
            let mut atoms = BTreeSet::new();
            own_atoms(cond, &mut atoms);
            sites.extend(atoms.into_iter().filter_map(|atom| match atom.slot {
                Slot::Count(count) => Some(Site::Filter(count)),
                _ => None,
            }));
        }
    }
    sites
}

/// The named conditions that a condition uses.
fn named(cond: &Cond, found: &mut Vec<ConditionId>) {
    match cond {
        Cond::Constant(_) | Cond::Atom(_) => {}
        Cond::Not(inner) => named(inner, found),
        Cond::And(items) | Cond::Or(items) | Cond::AtLeast(_, items) => {
            for item in items {
                named(item, found);
            }
        }
        Cond::Named(id) => found.push(*id),
    }
}

/// The comparisons that a condition writes itself.
fn own_atoms(cond: &Cond, found: &mut BTreeSet<Atom>) {
    match cond {
        Cond::Constant(_) | Cond::Named(_) => {}
        Cond::Atom(atom) => {
            found.insert(atom.clone());
        }
        Cond::Not(inner) => own_atoms(inner, found),
        Cond::And(items) | Cond::Or(items) | Cond::AtLeast(_, items) => {
            for item in items {
                own_atoms(item, found);
            }
        }
    }
}

// ---- what may be changed, and how it is told

fn field(list: Option<&Fact>, place: usize) -> Option<&Field> {
    match &list?.kind {
        Kind::Records { fields, .. } => fields.get(place),
        _ => None,
    }
}

/// The comparison the other way round, and each of its thresholds moved by one unit to both sides.
fn changes(model: &Model, list: Option<&Fact>, atom: &Atom) -> Vec<Change> {
    let ordered = match atom.slot {
        Slot::Fact(id) => model.dictionary.fact(id).kind.is_ordered(),
        Slot::Count(_) => true,
        Slot::Field(place) => field(list, place).is_some_and(|field| field.kind.is_ordered()),
        Slot::Member(..) => false,
    };
    let by = |bound: Bound, step: i64| match bound {
        Bound::Fixed(i64::MIN | i64::MAX) => None,
        Bound::Fixed(value) => Some(Bound::Fixed(value.saturating_add(step))),
        Bound::Value(id, offset) => Some(Bound::Value(id, offset.saturating_add(step))),
    };
    let moved: Vec<Target> = match &atom.target {
        Target::Between(from, to) if ordered => [-1, 1]
            .into_iter()
            .flat_map(|step| {
                let from_moved = by(*from, step).map(|from| Target::Between(from, *to));
                let to_moved = by(*to, step).map(|to| Target::Between(*from, to));
                from_moved.into_iter().chain(to_moved)
            })
            .collect(),
        Target::Relative(relative, count, unit) => [count.checked_sub(1), count.checked_add(1)]
            .into_iter()
            .flatten()
            .map(|count| Target::Relative(*relative, count, *unit))
            .collect(),
        _ => Vec::new(),
    };
    let moved = moved.into_iter().map(Change::Moved);
    [Change::Turned].into_iter().chain(moved).collect()
}

fn told(
    model: &Model,
    writer: Writer,
    list: Option<&Fact>,
    atom: &Atom,
    change: Change,
    on: NaiveDate,
) -> Unnoticed {
    let is = in_words(model, list, atom, on);
    let would_be = match &change {
        Change::Turned => String::new(),
        Change::Moved(target) => {
            let moved = Atom {
                slot: atom.slot,
                target: target.clone(),
            };
            in_words(model, list, &moved, on)
        }
    };
    Unnoticed {
        writer,
        change,
        is,
        would_be,
    }
}

/// A comparison as its author knows it: the fact, and what passes.
fn in_words(model: &Model, list: Option<&Fact>, atom: &Atom, on: NaiveDate) -> String {
    let fact = |id| model.dictionary.fact(id);
    let passing = model.tables.target(&atom.target, on).into_owned();
    let any = |kind: &Kind| kind.domain().is_subset(&passing);
    let said = |kind: &Kind, name: &str, passing: String| {
        let passing = if any(kind) {
            "n'importe quelle valeur".to_owned()
        } else {
            passing
        };
        format!("`{name}` ({passing})")
    };
    match atom.slot {
        Slot::Fact(id) => {
            let passing = french::possible(fact(id), &Possible::Scalar(passing.clone()));
            said(&fact(id).kind, fact(id).name.as_str(), passing)
        }
        Slot::Member(id, place) => {
            let codes = fact(id).kind.nomenclature();
            let code = codes.and_then(|codes| codes.code(place));
            let code = code.map_or("…", Code::as_str);
            format!("`{} has {code}`", fact(id).name)
        }
        Slot::Count(id) => {
            let list = model.tables.counts.get(id.0).map(|count| fact(count.list));
            format!(
                "un compte de `{}`",
                list.map_or("…", |list| list.name.as_str())
            )
        }
        Slot::Field(place) => match (list, field(list, place)) {
            (Some(list), Some(field)) => {
                let passing = Possible::Scalar(passing.clone());
                let passing = french::set(&field.kind, &passing);
                let said = said(&field.kind, field.name.as_str(), passing);
                format!("{said} d'une ligne de `{}`", list.name)
            }
            _ => "un champ".to_owned(),
        },
    }
}
