//! Conditions: named ones, those of facts, and the checks that need them all.

use std::collections::BTreeSet;

use super::super::layer;
use super::super::place::At;
use super::super::tree::{Reader, Text};
use super::{Build, graph};
use crate::fact::dictionary::{ConditionId, FactId};
use crate::rule::check::{Checker, Problem};
use crate::rule::condition::{Bound, Cond, Slot, Target};
use crate::rule::syntax::{self, Bounds, Expr};
use crate::rule::token::Span;
use crate::vocabulary::{Dated, Mistake, Period};

/// What a condition refers to.
pub(super) enum Reference {
    Fact(FactId),
    Count(crate::fact::dictionary::CountId),
    Condition(ConditionId),
    Value(crate::rule::condition::ValueId),
    Set(crate::rule::condition::SetId),
}

/// Calls `see` with everything a condition refers to, named conditions not followed.
pub(super) fn references(cond: &Cond, see: &mut impl FnMut(Reference)) {
    match cond {
        Cond::Constant(_) => {}
        Cond::Atom(atom) => {
            match atom.slot {
                Slot::Fact(id) | Slot::Member(id, _) => see(Reference::Fact(id)),
                Slot::Count(id) => see(Reference::Count(id)),
                Slot::Field(_) => {}
            }
            match &atom.target {
                Target::Between(from, to) => {
                    for bound in [from, to] {
                        if let Bound::Value(id, _) = bound {
                            see(Reference::Value(*id));
                        }
                    }
                }
                Target::Named(id) => see(Reference::Set(*id)),
                Target::Set(_) | Target::Relative(..) => {}
            }
        }
        Cond::Not(inner) => references(inner, see),
        Cond::And(items) | Cond::Or(items) | Cond::AtLeast(_, items) => {
            for item in items {
                references(item, see);
            }
        }
        Cond::Named(id) => see(Reference::Condition(*id)),
    }
}

/// How large conditions are, once the named ones are written out.
#[derive(Default)]
pub(super) struct Sizes {
    /// Depth and cost of each named condition.
    named: Vec<(usize, usize)>,
    /// How many dated conditions were looked at.
    looked_at: usize,
    /// The cost of these together.
    cost: usize,
}

impl Build<'_> {
    /// Parses and checks an expression of an entry in force during `period`.
    pub(super) fn expression(&mut self, text: &Text<'_>, period: Period) -> Cond {
        let (expr, told) = syntax::parse_telling(&text.value, self.bounds());
        self.problems(text, told.into_iter().map(Problem::from).collect());
        let Some(expr) = expr else {
            return Cond::Constant(false);
        };
        let (cond, problems) = self.checked(&expr);
        self.problems(text, problems);
        self.dated.push((cond.clone(), period, text.at));
        cond
    }

    pub(super) fn bounds(&self) -> Bounds {
        Bounds {
            bytes: self.limits.expression_bytes,
            depth: self.limits.expression_depth,
        }
    }

    /// An expression whose names and types are checked, with the problems found.
    pub(super) fn checked(&mut self, expr: &Expr) -> (Cond, Vec<Problem>) {
        let mut checker = Checker::new(
            &self.dictionary,
            &self.names,
            &self.errors.slips,
            &mut self.tables.counts,
            &mut self.places,
        );
        let cond = checker.check(expr);
        let problems = checker.problems;
        (cond, problems)
    }

    /// The place of a list count written as a list name and an optional filter.
    pub(super) fn count(
        &mut self,
        list: &Text<'_>,
        filter: Option<&Text<'_>>,
    ) -> Option<crate::fact::dictionary::CountId> {
        let bounds = self.bounds();
        let parsed = match filter
            .map(|filter| syntax::parse(&filter.value, bounds))
            .transpose()
        {
            Ok(parsed) => parsed,
            Err(error) => {
                self.problems(filter?, vec![error.into()]);
                return None;
            }
        };
        let word = syntax::Word {
            text: list.value.as_ref().into(),
            span: Span::default(),
        };
        let mut checker = Checker::new(
            &self.dictionary,
            &self.names,
            &self.errors.slips,
            &mut self.tables.counts,
            &mut self.places,
        );
        let count = checker.count(&word, parsed.as_ref());
        let problems = checker.problems;
        let (in_list, in_filter): (Vec<_>, Vec<_>) = problems
            .into_iter()
            .partition(|problem| problem.mistake == Mistake::UnknownList && filter.is_none());
        self.problems(list, in_list);
        self.problems(filter.unwrap_or(list), in_filter);
        count
    }

    /// Named conditions: their names first, so that they may use each other.
    pub(super) fn conditions(&mut self) {
        for entry in self.entries("condition") {
            if !self.names.conditions.contains_key(entry.id.as_ref()) {
                let place = ConditionId(self.tables.conditions.len());
                self.names
                    .conditions
                    .insert(entry.id.as_ref().into(), place);
                self.tables.conditions.push(Dated::default());
                self.written.push(Vec::new());
            }
        }
        for entry in self.entries("condition") {
            let mut reader = Reader::new(&entry.table, entry.at, self.errors);
            let id = reader.required_text("id");
            let when = reader.required_text("when");
            reader.text("title");
            reader.text("replaces");
            let period = layer::period(&mut reader, entry.ended);
            reader.finish();
            let (Some(id), Some(when)) = (id, when) else {
                continue;
            };
            self.word(id);
            if self.dictionary.id(&id.value).is_some() {
                self.add(
                    Mistake::Twice,
                    id.at,
                    format!("`{}` est déjà le nom d'un fait", id.value),
                    None,
                );
            }
            let cond = self.expression(when, period);
            if let Some(place) = self.names.conditions.get(id.value.as_ref()).copied() {
                if let Some(dated) = self.tables.conditions.get_mut(place.0) {
                    dated.versions.push((period, cond));
                }
                if let Some(written) = self.written.get_mut(place.0) {
                    written.push((period, when.at));
                }
            }
        }
    }

    /// A condition without a name, always in force.
    pub(super) fn anonymous(&mut self, text: &Text<'_>) -> ConditionId {
        let cond = self.expression(text, Period::default());
        let place = ConditionId(self.tables.conditions.len());
        self.tables.conditions.push(Dated {
            versions: vec![(Period::default(), cond)],
        });
        self.written.push(vec![(Period::default(), text.at)]);
        place
    }

    fn at_condition(&self, place: usize) -> At {
        self.written
            .get(place)
            .and_then(|written| written.first())
            .map(|(_, at)| *at)
            .unwrap_or_default()
    }

    /// Conditions that use each other in a circle, or grow too deep or large
    /// when written out, are refused; returns false when there are any.
    pub(super) fn condition_sizes(&mut self) -> bool {
        let mut needs: Vec<BTreeSet<usize>> = Vec::new();
        for dated in &self.tables.conditions {
            let mut uses = BTreeSet::new();
            for (_, cond) in &dated.versions {
                references(cond, &mut |reference| {
                    if let Reference::Condition(id) = reference {
                        uses.insert(id.0);
                    }
                });
            }
            needs.push(uses);
        }
        let order = match graph::order(&needs) {
            Ok(order) => order,
            Err(circle) => {
                for place in circle {
                    self.add(
                        Mistake::Circle,
                        self.at_condition(place),
                        "cette condition finit par dépendre d'elle-même".to_owned(),
                        Some("retirez l'un des renvois du cercle".to_owned()),
                    );
                }
                return false;
            }
        };
        let mut sizes: Vec<(usize, usize)> = vec![(0, 0); self.tables.conditions.len()];
        for place in order {
            let versions = self
                .tables
                .conditions
                .get(place)
                .map(|dated| dated.versions.clone());
            let size = versions
                .iter()
                .flatten()
                .map(|(_, cond)| size(cond, &sizes))
                .fold((0, 0), |a, b| (a.0.max(b.0), a.1.max(b.1)));
            if let Some(slot) = sizes.get_mut(place) {
                *slot = size;
            }
        }
        self.sizes.named = sizes;
        self.all_sizes()
    }

    /// Conditions that are too deep or large once written out, alone or all together, are
    /// refused: of those met since it was asked last. False when there are any.
    pub(super) fn all_sizes(&mut self) -> bool {
        let mut sound = true;
        let entries = std::mem::take(&mut self.dated);
        for (cond, _, at) in entries.iter().skip(self.sizes.looked_at) {
            let (depth, cost) = size(cond, &self.sizes.named);
            if depth > self.limits.total_depth || cost > self.limits.condition_cost {
                sound = false;
                self.add(
                    Mistake::TooLarge,
                    *at,
                    "cette condition est trop grande une fois ses conditions nommées déroulées"
                        .to_owned(),
                    None,
                );
            }
            let before = self.sizes.cost;
            self.sizes.cost = before.saturating_add(cost);
            // Told once, where it is passed.
            let most = self.limits.conditions_cost;
            if before <= most && self.sizes.cost > most {
                sound = false;
                let message = "les conditions du paquet sont trop grandes, toutes ensemble, une fois leurs conditions nommées déroulées";
                let mend = "utilisez moins souvent les conditions nommées qui en contiennent beaucoup d'autres";
                self.add(
                    Mistake::TooLarge,
                    *at,
                    message.to_owned(),
                    Some(mend.to_owned()),
                );
            }
        }
        self.sizes.looked_at = entries.len();
        self.dated = entries;
        sound
    }

    /// Every dated name that an entry uses must be in force as long as the entry is.
    pub(super) fn in_force(&mut self) {
        let entries = std::mem::take(&mut self.dated);
        for (cond, period, at) in &entries {
            let mut gaps = Vec::new();
            self.gaps(cond, *period, &mut gaps);
            for (_, message) in gaps {
                let mend = "donnez-lui une période de plus, ou limitez celle de cette condition";
                self.add(Mistake::NotInForce, *at, message, Some(mend.to_owned()));
            }
        }
        for place in 0..self.tables.counts.len() {
            self.count_in_force(place);
        }
    }

    /// A filter is shared between all that count alike: it must hold at any date.
    fn count_in_force(&mut self, place: usize) {
        let Some(count) = self.tables.counts.get(place) else {
            return;
        };
        let Some(filter) = &count.filter else { return };
        let mut gaps = Vec::new();
        self.gaps(filter, Period::default(), &mut gaps);
        let list = self.dictionary.fact(count.list).name.clone();
        for (name, message) in gaps {
            // The list is mostly another's: what its filter uses was written by whoever errs.
            let sections = ["value", "set", "condition", "fact"];
            let mut entries = sections.iter().flat_map(|section| self.entries(section));
            let at = entries.find(|entry| entry.id == *name || entry.id == list.as_str());
            let at = at.map_or_else(At::default, |entry| entry.id_at);
            let message = format!("un filtre de la liste `{list}` : {message}");
            let mend = "donnez-lui une période qui couvre toutes les dates";
            self.add(Mistake::NotInForce, at, message, Some(mend.to_owned()));
        }
    }

    /// The names that a condition uses where they are not in force, and how that is told.
    fn gaps(&self, cond: &Cond, period: Period, gaps: &mut Vec<(Box<str>, String)>) {
        references(cond, &mut |reference| {
            let (gap, name) = match reference {
                Reference::Fact(_) | Reference::Count(_) => return,
                Reference::Condition(id) => (
                    self.tables
                        .conditions
                        .get(id.0)
                        .and_then(|dated| period.first_gap(dated.periods())),
                    self.names
                        .conditions
                        .iter()
                        .find(|(_, known)| **known == id)
                        .map(|(name, _)| name),
                ),
                Reference::Value(id) => (
                    self.tables
                        .values
                        .get(id.0)
                        .and_then(|dated| period.first_gap(dated.periods())),
                    self.names
                        .values
                        .iter()
                        .find(|(_, (known, _))| *known == id)
                        .map(|(name, _)| name),
                ),
                Reference::Set(id) => (
                    self.tables
                        .sets
                        .get(id.0)
                        .and_then(|dated| period.first_gap(dated.periods())),
                    self.names
                        .sets
                        .iter()
                        .find(|(_, (known, _))| *known == id)
                        .map(|(name, _)| name),
                ),
            };
            if let (Some(gap), Some(name)) = (gap, name) {
                let message = format!("`{name}` n'est pas défini {}", gap.in_french());
                gaps.push((name.clone(), message));
            }
        });
    }
}

/// Depth and number of nodes of a condition, named conditions written out.
fn size(cond: &Cond, named: &[(usize, usize)]) -> (usize, usize) {
    let one_more =
        |(depth, cost): (usize, usize)| (depth.saturating_add(1), cost.saturating_add(1));
    let all = |items: &[Cond]| {
        items
            .iter()
            .map(|item| size(item, named))
            .fold((0_usize, 0_usize), |a, b| {
                (a.0.max(b.0), a.1.saturating_add(b.1))
            })
    };
    match cond {
        Cond::Constant(_) | Cond::Atom(_) => (1, 1),
        Cond::Not(inner) => one_more(size(inner, named)),
        Cond::And(items) | Cond::Or(items) => one_more(all(items)),
        Cond::AtLeast(wanted, items) => {
            let (depth, cost) = all(items);
            let wanted = usize::try_from(*wanted)
                .unwrap_or(usize::MAX)
                .min(items.len());
            one_more((
                depth,
                cost.saturating_add(items.len().saturating_mul(wanted)),
            ))
        }
        Cond::Named(id) => one_more(named.get(id.0).copied().unwrap_or((0, 0))),
    }
}
