//! Is there anybody for whom it holds?

use super::lens::{Entry, Lens, Sought, Subject};
use crate::review::people::invented::Invented;
use crate::rule::condition::Cond;
use crate::vocabulary::Mistake;

/// A rule for nobody, or for nobody in spite of its `unless`; else somebody.
pub(super) fn of_rule(lens: &mut Lens<'_>, subject: &Subject<'_>) -> Option<Invented> {
    let sought = match subject.somebody(&subject.verdict) {
        Sought::Found(person) => return Some(person),
        sought => sought,
    };
    if let Entry::Rule(rule) = subject.entry
        && rule.unless.is_some()
    {
        // The second part of a verdict is `not unless`.
        let without: Vec<Cond> = match &subject.verdict {
            Cond::And(parts) => parts
                .iter()
                .enumerate()
                .filter(|(place, _)| *place != 1)
                .map(|(_, part)| part.clone())
                .collect(),
            other => vec![other.clone()],
        };
        if let Sought::Found(person) = subject.somebody(&Cond::And(without)) {
            let message = format!(
                "`{}` ne s'ouvre jamais : son `unless` la ferme à chaque fois{}, par exemple pour : {}",
                rule.id,
                sought.how_sure(),
                person.in_french(subject.model(), subject.on())
            );
            lens.remark(subject, Mistake::ClosedByUnless, message, Some(&person));
            return None;
        }
    }
    nobody(lens, subject, &sought);
    None
}

/// A track that always comes after a stronger one, or for nobody; else somebody.
pub(super) fn of_track(lens: &mut Lens<'_>, subject: &Subject<'_>) -> Option<Invented> {
    match subject.somebody(&subject.verdict) {
        Sought::Found(person) => Some(person),
        sought => {
            nobody(lens, subject, &sought);
            None
        }
    }
}

fn nobody(lens: &mut Lens<'_>, subject: &Subject<'_>, sought: &Sought) {
    let nearest = nearest(subject);
    let message = format!(
        "`{}` ne vaut pour personne{} ; au plus près : {}",
        subject.entry.id(),
        sought.how_sure(),
        nearest.in_french(subject.model(), subject.on())
    );
    lens.remark(subject, Mistake::HoldsForNobody, message, Some(&nearest));
}

/// Somebody for whom as many of the first tests as possible hold together.
fn nearest(subject: &Subject<'_>) -> Invented {
    let mut tests = Vec::new();
    flatten(&subject.verdict, &mut tests);
    let mut held: Vec<Cond> = Vec::new();
    let mut nearest = Invented { told: Vec::new() };
    for test in tests {
        held.push(test);
        match subject.somebody(&Cond::And(held.clone())) {
            Sought::Found(person) => nearest = person,
            Sought::Nobody | Sought::NotIn(_) => {
                held.pop();
            }
        }
    }
    nearest
}

fn flatten(cond: &Cond, tests: &mut Vec<Cond>) {
    match cond {
        Cond::And(parts) => parts.iter().for_each(|part| flatten(part, tests)),
        other => tests.push(other.clone()),
    }
}

/// A rule that another of the same scheme and body, of no lesser rank, makes useless.
pub(super) fn contained(lens: &mut Lens<'_>, subject: &Subject<'_>, somebody: &Invented) {
    let Entry::Rule(rule) = subject.entry else {
        return;
    };
    let rules = &subject.model().rules;
    let in_force = &subject.at.period.rules;
    let at = |place: usize| rules.get(place).map(|(_, rule)| rule.at);
    let Some(own) = in_force.iter().find(|own| at(own.place) == Some(rule.at)) else {
        return;
    };
    for other_in_force in in_force {
        let Some((_, other)) = rules.get(other_in_force.place) else {
            continue;
        };
        let same = other.at != rule.at
            && other.scheme == rule.scheme
            && other.body == rule.body
            && other.priority <= rule.priority;
        // Whoever the rule is for, the other is not: they are many in the rows of a table.
        if !same || lens.excludes(&subject.at, own, other_in_force) {
            continue;
        }
        let verdict = &other_in_force.verdict;
        let alone = Cond::And(vec![
            subject.verdict.clone(),
            Cond::Not(Box::new(verdict.clone())),
        ]);
        let sought = subject.somebody(&alone);
        if matches!(sought, Sought::Found(_)) {
            continue;
        }
        let rank = if other.priority == rule.priority {
            "au même rang"
        } else {
            "à un meilleur rang"
        };
        let message = format!(
            "`{}` ne propose rien que `{}` ne propose déjà {rank}{}, par exemple pour : {}",
            rule.id,
            other.id,
            sought.how_sure(),
            somebody.in_french(subject.model(), subject.on())
        );
        lens.remark(subject, Mistake::Contained, message, Some(somebody));
    }
}
