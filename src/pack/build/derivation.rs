//! What facts are computed from, when they are asked, and in what order.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::layer::Entry;
use super::super::place::At;
use super::super::tree::{Node, Reader, Table, Text, Tree};
use super::expressions::{Reference, references};
use super::vocabulary::Lookups;
use super::{Build, graph};
use crate::fact::dictionary::{ConditionId, Derivation, Elapsed, FactId, Kind};
use crate::vocabulary::{Code, Mistake, Tells};

pub(super) fn elapsed(key: &str) -> Option<Elapsed> {
    Some(match key {
        "years_since" => Elapsed::YearsSince,
        "months_since" => Elapsed::MonthsSince,
        "days_since" => Elapsed::DaysSince,
        "months_until" => Elapsed::MonthsUntil,
        "days_until" => Elapsed::DaysUntil,
        _ => return None,
    })
}

impl Build<'_> {
    pub(super) fn fact_named(&mut self, text: &Text<'_>) -> Option<FactId> {
        let found = self.dictionary.id(&text.value);
        if found.is_none() && !self.names.broken.contains(text.value.as_ref()) {
            let mend = self
                .errors
                .slips
                .likeliest(&text.value, self.dictionary.names());
            self.add(
                Mistake::UnknownFact,
                text.at,
                format!("le fait `{}` n'existe pas", text.value),
                mend,
            );
        }
        found
    }

    /// A derivation that needs no expression; counts and conditions follow later.
    pub(super) fn simple_derivation(
        &mut self,
        fact: FactId,
        entry: &Entry<'_>,
        lookups: &Lookups,
    ) -> Option<Derivation> {
        let Tree::Table(table) = &entry.table.get("derive")?.tree else {
            let mend = "par exemple `derive = { years_since = \"birth_date\" }`";
            self.add(
                Mistake::Derivation,
                entry.at,
                "`derive` attend une table".to_owned(),
                Some(mend.to_owned()),
            );
            return None;
        };
        // `table` and `where` belong to the way named beside them.
        let ways = table
            .entries
            .iter()
            .filter(|(key, _, _)| !matches!(key.as_ref(), "table" | "where"));
        let ways: Vec<_> = ways.collect();
        let [(way, at, node)] = ways.as_slice() else {
            let message = "`derive` donne une façon de calculer, et une seule";
            let mend = "par exemple `derive = { years_since = \"birth_date\" }`";
            self.add(
                Mistake::Derivation,
                entry.at,
                message.to_owned(),
                Some(mend.to_owned()),
            );
            return None;
        };
        let kind = self.dictionary.fact(fact).kind.clone();
        let fits = match way.as_ref() {
            "count" => matches!(kind, Kind::Integer { .. }),
            "condition" => matches!(kind, Kind::Flag),
            "lookup" => matches!(kind, Kind::Code(_)),
            "sum" | "difference" => matches!(kind, Kind::Integer { .. } | Kind::Money { .. }),
            "min" | "max" => matches!(
                kind,
                Kind::Integer { .. } | Kind::Money { .. } | Kind::Date | Kind::Level(_)
            ),
            way if elapsed(way).is_some() => matches!(kind, Kind::Integer { .. }),
            _ => true,
        };
        if !fits {
            let message = format!("`{way}` ne donne pas {}", kind.in_french());
            self.add(
                Mistake::DerivationType,
                *at,
                message,
                Some("changez le type du fait".to_owned()),
            );
        }
        match way.as_ref() {
            "count" | "condition" => {
                if !matches!(node.tree, Tree::Text(_)) {
                    self.add(
                        Mistake::Derivation,
                        node.at,
                        format!("`{way}` attend un texte"),
                        None,
                    );
                }
                None
            }
            way => self.derivation(&kind, way, *at, node, table, lookups),
        }
    }

    /// Facts whose values can be added, compared or chosen between to make `kind`.
    fn alike(&mut self, kind: &Kind, node: &Node<'_>) -> Vec<FactId> {
        let facts = self.facts_listed(node);
        if facts.is_empty() {
            self.add(
                Mistake::Derivation,
                node.at,
                "une liste d'au moins un fait est attendue".to_owned(),
                None,
            );
        }
        for id in &facts {
            let fact = self.dictionary.fact(*id);
            let same = match (kind, &fact.kind) {
                (Kind::Level(a), Kind::Level(b)) => a.id == b.id,
                (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
            };
            if !same {
                let message = format!(
                    "`{}` est {}, et le fait calculé est {}",
                    fact.name,
                    fact.kind.in_french(),
                    kind.in_french()
                );
                self.add(Mistake::DerivationType, node.at, message, None);
            }
        }
        facts
    }

    fn derivation(
        &mut self,
        kind: &Kind,
        key: &str,
        at: At,
        node: &Node<'_>,
        table: &Table<'_>,
        lookups: &Lookups,
    ) -> Option<Derivation> {
        if let (Some(elapsed), Tree::Text(text)) = (elapsed(key), &node.tree) {
            let fact = self.fact_named(text)?;
            if !matches!(self.dictionary.fact(fact).kind, Kind::Date) {
                self.add(
                    Mistake::DerivationType,
                    text.at,
                    format!("`{}` n'est pas une date", text.value),
                    None,
                );
            }
            return Some(Derivation::Elapsed(elapsed, fact));
        }
        match (key, &node.tree) {
            ("sum", _) => Some(Derivation::Sum(self.alike(kind, node))),
            ("min", _) => Some(Derivation::Min(self.alike(kind, node))),
            ("max", _) => Some(Derivation::Max(self.alike(kind, node))),
            ("difference", _) => {
                if let [a, b] = self.alike(kind, node).as_slice() {
                    return Some(Derivation::Difference(*a, *b));
                }
                self.add(
                    Mistake::DerivationType,
                    at,
                    "`difference` attend deux faits".to_owned(),
                    None,
                );
                None
            }
            ("lookup", Tree::Text(text)) => self.lookup(kind, text, at, table, lookups),
            _ => {
                let known = [
                    "years_since",
                    "months_since",
                    "days_since",
                    "months_until",
                    "days_until",
                    "sum",
                    "min",
                    "max",
                    "difference",
                    "lookup",
                    "count",
                    "condition",
                ];
                let mend = self.errors.slips.likeliest(key, known);
                let message = format!("`{key}` n'est pas une façon de calculer un fait");
                self.add(Mistake::Derivation, at, message, mend);
                None
            }
        }
    }

    fn facts_listed(&mut self, node: &Node<'_>) -> Vec<FactId> {
        let Tree::List(items) = &node.tree else {
            self.add(
                Mistake::Derivation,
                node.at,
                "une liste de faits est attendue".to_owned(),
                None,
            );
            return Vec::new();
        };
        let mut facts = Vec::new();
        for item in items {
            match &item.tree {
                Tree::Text(text) => facts.extend(self.fact_named(text)),
                _ => self.add(
                    Mistake::Derivation,
                    item.at,
                    "un nom de fait est attendu".to_owned(),
                    None,
                ),
            }
        }
        facts
    }

    fn lookup(
        &mut self,
        kind: &Kind,
        from: &Text<'_>,
        at: At,
        table: &Table<'_>,
        lookups: &Lookups,
    ) -> Option<Derivation> {
        let from_text = from;
        let from = self.fact_named(from)?;
        let Some(Node {
            tree: Tree::Text(name),
            ..
        }) = table.get("table")
        else {
            self.add(
                Mistake::Derivation,
                at,
                "`lookup` demande `table = …`".to_owned(),
                None,
            );
            return None;
        };
        let Some(table) = lookups.get(name.value.as_ref()) else {
            let mend = self
                .errors
                .slips
                .likeliest(&name.value, lookups.keys().map(|id| &**id));
            self.add(
                Mistake::UnknownTable,
                name.at,
                format!("la table `{}` n'existe pas", name.value),
                mend,
            );
            return None;
        };
        let codes = |kind: &Kind| match kind {
            Kind::Code(codes) => Some(codes.id.clone()),
            _ => None,
        };
        let ends = [
            (
                from_text,
                codes(&self.dictionary.fact(from).kind),
                &table.from,
            ),
            (name, codes(kind), &table.to),
        ];
        for (text, found, expected) in ends {
            if found.as_deref() != Some(&**expected) {
                let message = format!(
                    "la table `{}` va de `{}` à `{}`",
                    name.value, table.from, table.to
                );
                self.add(Mistake::DerivationType, text.at, message, None);
            }
        }
        Some(Derivation::Lookup {
            from,
            table: Arc::clone(&table.table),
        })
    }

    /// `only_if`, derived levels, counts and conditions of facts.
    pub(super) fn fact_conditions(&mut self) {
        for entry in self.entries("fact") {
            let Some(fact) = self.dictionary.id(&entry.id) else {
                continue;
            };
            if let Some(Node {
                tree: Tree::Text(text),
                ..
            }) = entry.table.get("only_if")
            {
                let cond = self.anonymous(text);
                self.dictionary.fact_mut(fact).only_if = Some(cond);
            }
            if let Some(Node {
                tree: Tree::Table(table),
                ..
            }) = entry.table.get("derive")
            {
                let text = |key: &str| match table.get(key).map(|node| &node.tree) {
                    Some(Tree::Text(text)) => Some(text),
                    _ => None,
                };
                if let Some(list) = text("count") {
                    let count = self.count(list, text("where"));
                    self.dictionary.fact_mut(fact).derive = count.map(Derivation::Count);
                } else if let Some(condition) = text("condition") {
                    let condition = self.anonymous(condition);
                    self.dictionary.fact_mut(fact).derive = Some(Derivation::Condition(condition));
                }
            }
            self.levels(entry, fact);
        }
    }

    fn levels(&mut self, entry: &Entry<'_>, fact: FactId) {
        let Kind::Level(scale) = self.dictionary.fact(fact).kind.clone() else {
            return;
        };
        let mut reader = Reader::new(&entry.table, entry.at, self.errors);
        let tables = reader.tables("levels");
        let mut read = Vec::new();
        for (table, at) in tables {
            let mut inner = Reader::new(table, at, reader.errors);
            let level = inner.required_text("level");
            let when = inner.required_text("when");
            inner.finish();
            if let (Some(level), Some(when)) = (level, when) {
                read.push((level, when));
            }
        }
        let mut levels = Vec::new();
        for (level, when) in read {
            let Some(rank) = scale.place(&level.value) else {
                let mend = self
                    .errors
                    .slips
                    .likeliest(&level.value, scale.codes().map(Code::as_str));
                self.add(
                    Mistake::UnknownCode,
                    level.at,
                    format!("`{}` n'est pas un niveau de `{}`", level.value, scale.id),
                    mend,
                );
                continue;
            };
            levels.push((rank, self.anonymous(when)));
        }
        levels.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
        self.dictionary.fact_mut(fact).levels = levels;
    }

    /// Facts after all that they are computed from; circles are refused.
    pub(super) fn fact_order(&mut self) {
        if !self.condition_sizes() {
            return;
        }
        let mut through: Vec<BTreeSet<usize>> = Vec::new();
        let mut needs: Vec<BTreeSet<usize>> = Vec::new();
        for place in 0..self.tables.conditions.len() {
            let mut facts = BTreeSet::new();
            self.facts_of(ConditionId(place), &mut facts, &mut BTreeSet::new());
            through.push(facts);
        }
        for (_, fact) in self.dictionary.iter() {
            let mut uses: BTreeSet<usize> = BTreeSet::new();
            let conditions = fact
                .only_if
                .iter()
                .chain(fact.levels.iter().map(|(_, cond)| cond));
            for condition in conditions {
                uses.extend(through.get(condition.0).into_iter().flatten());
            }
            match &fact.derive {
                None => {}
                Some(Derivation::Elapsed(_, from) | Derivation::Lookup { from, .. }) => {
                    uses.insert(from.0);
                }
                Some(
                    Derivation::Sum(inputs) | Derivation::Min(inputs) | Derivation::Max(inputs),
                ) => {
                    uses.extend(inputs.iter().map(|id| id.0));
                }
                Some(Derivation::Difference(a, b)) => uses.extend([a.0, b.0]),
                Some(Derivation::Count(count)) => {
                    uses.extend(self.tables.counts.get(count.0).map(|count| count.list.0));
                }
                Some(Derivation::Condition(condition)) => {
                    uses.extend(through.get(condition.0).into_iter().flatten());
                }
            }
            needs.push(uses);
        }
        match graph::order(&needs) {
            Ok(order) => {
                for place in &order {
                    let needs = needs.get(*place).into_iter().flatten();
                    self.inherit(FactId(*place), needs.map(|place| FactId(*place)));
                }
                self.dictionary.order = order.into_iter().map(FactId).collect();
            }
            Err(circle) => {
                for place in circle {
                    let name = self.dictionary.fact(FactId(place)).name.clone();
                    let at = self
                        .entries("fact")
                        .find(|entry| entry.id == name.as_str())
                        .map_or_else(Default::default, |entry| entry.id_at);
                    self.add(
                        Mistake::Circle,
                        at,
                        format!("`{name}` finit par dépendre de lui-même"),
                        Some("retirez l'un des renvois du cercle".to_owned()),
                    );
                }
            }
        }
    }

    /// What is only computed tells all that what it is computed from does. A level may be told as
    /// well: what it rests on for somebody is looked at there.
    fn inherit(&mut self, id: FactId, needs: impl Iterator<Item = FactId>) {
        let fact = self.dictionary.fact(id);
        if !fact.is_told() {
            let needs = needs.map(|id| self.dictionary.fact(id).tells);
            let tells = needs.fold(fact.tells, Tells::and);
            self.dictionary.fact_mut(id).tells = tells;
        }
    }

    /// Facts that a condition reads, named conditions followed (there is no circle).
    fn facts_of(&self, id: ConditionId, facts: &mut BTreeSet<usize>, seen: &mut BTreeSet<usize>) {
        let mut open = vec![id.0];
        while let Some(place) = open.pop() {
            if !seen.insert(place) {
                continue;
            }
            let Some(dated) = self.tables.conditions.get(place) else {
                continue;
            };
            for (_, cond) in &dated.versions {
                references(cond, &mut |reference| match reference {
                    Reference::Fact(fact) => {
                        facts.insert(fact.0);
                    }
                    Reference::Count(count) => {
                        facts.extend(self.tables.counts.get(count.0).map(|count| count.list.0));
                    }
                    Reference::Condition(next) => open.push(next.0),
                    Reference::Value(_) | Reference::Set(_) => {}
                });
            }
        }
    }
}
