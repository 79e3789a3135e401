//! Do the rows of a table foresee everybody, and each once?

use super::lens::{Lens, Sought, Subject};
use crate::pack::Engine;
use crate::pack::engine::InForce;
use crate::pack::model::{DecisionTable, Rule};
use crate::rule::condition::Cond;
use crate::vocabulary::{Mistake, Period};

/// A row in force: its rule, and all that must hold for it to answer.
#[derive(Clone, Copy)]
struct Row<'m> {
    rule: &'m Rule,
    in_force: &'m InForce<Rule>,
}

pub(super) fn check(lens: &mut Lens<'_>, engine: &Engine, period: Period, table: &DecisionTable) {
    let model = engine.model();
    let rules = model.rules.get(table.rules.clone()).unwrap_or_default();
    // All rows hold in one period; the last law in force counts.
    let first = rules.first().map(|(_, rule)| rule);
    let Some(subject) = first.and_then(|rule| Subject::of_rule(engine, period, rule)) else {
        return;
    };
    gap(lens, &subject, table, rules);
    let in_force = subject.at.period.rules.iter().filter_map(|in_force| {
        let (_, rule) = model.rules.get(in_force.place)?;
        let of_table = table.rules.contains(&in_force.place);
        of_table.then_some(Row { rule, in_force })
    });
    let rows: Vec<Row<'_>> = in_force.collect();
    overlaps(lens, &subject, table, &rows);
}

/// Somebody of whom the table speaks, and no row.
fn gap(
    lens: &mut Lens<'_>,
    subject: &Subject<'_>,
    table: &DecisionTable,
    rules: &[(Period, Rule)],
) {
    // What closes the table is shared by its rows: whom it closes to was thought of.
    let unless = rules.first().and_then(|(_, rule)| rule.unless.as_ref());
    let not = |cond: &Cond| Cond::Not(Box::new(cond.clone()));
    let mut none = vec![table.when.clone()];
    none.extend(unless.map(|unless| not(&unless.when)));
    none.extend(rules.iter().map(|(_, rule)| not(&rule.when)));
    let Sought::Found(person) = subject.somebody(&Cond::And(none)) else {
        return;
    };
    let network = &subject.model().network;
    let mut schemes: Vec<&str> = rules
        .iter()
        .map(|(_, rule)| network.scheme_id(rule.scheme).as_str())
        .collect();
    schemes.sort_unstable();
    schemes.dedup();
    let message = format!(
        "aucune ligne de `{}` ne prévoit : {}",
        table.id,
        person.in_french(subject.model(), subject.on())
    );
    lens.remark_on_table(
        &subject.at,
        table,
        &schemes,
        Mistake::Gap,
        (message, &person),
    );
}

/// Somebody for whom two rows hold that do not say the same: told once for each row.
fn overlaps(lens: &mut Lens<'_>, subject: &Subject<'_>, table: &DecisionTable, rows: &[Row<'_>]) {
    for (place, row) in rows.iter().enumerate() {
        for before in rows.iter().take(place) {
            let differ = differences(before.rule, row.rule);
            if differ.is_empty() || lens.excludes(&subject.at, before.in_force, row.in_force) {
                continue;
            }
            let both = Cond::And(vec![
                before.in_force.verdict.clone(),
                row.in_force.verdict.clone(),
            ]);
            let Sought::Found(person) = subject.somebody(&both) else {
                continue;
            };
            let message = format!(
                "`{}` et `{}` valent ensemble et ne donnent pas la même chose ({}), par exemple pour : {}",
                before.rule.id,
                row.rule.id,
                differ.join(", "),
                person.in_french(subject.model(), subject.on())
            );
            let network = &subject.model().network;
            let mut schemes = vec![
                network.scheme_id(before.rule.scheme).as_str(),
                network.scheme_id(row.rule.scheme).as_str(),
            ];
            schemes.dedup();
            lens.remark_on_table(
                &subject.at,
                table,
                &schemes,
                Mistake::Overlap,
                (message, &person),
            );
            break;
        }
    }
}

/// What two rows give otherwise, by the keys of a rule.
fn differences(one: &Rule, other: &Rule) -> Vec<&'static str> {
    let all = [
        ("scheme", one.scheme != other.scheme),
        ("partner", one.body != other.body),
        ("priority", one.priority != other.priority),
        ("within", one.within != other.within),
        ("because", one.because != other.because),
    ];
    all.into_iter()
        .filter_map(|(key, differs)| differs.then_some(key))
        .collect()
}
