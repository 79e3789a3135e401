//! Values in French words.

use crate::calendar;
use crate::fact::dictionary::{ENDLESS, Fact, Kind, date_of};
use crate::fact::possible::Possible;
use crate::fact::set::ValueSet;
use crate::vocabulary::Cents;

fn unit(unit: &str, several: bool) -> &str {
    match (unit, several) {
        ("year", false) => "an",
        ("year", true) => "ans",
        ("month", _) => "mois",
        ("week", false) => "semaine",
        ("week", true) => "semaines",
        ("day", false) => "jour",
        ("day", true) => "jours",
        ("hour", false) => "heure",
        ("hour", true) => "heures",
        ("minute", false) => "minute",
        ("minute", true) => "minutes",
        ("person", false) => "personne",
        ("person", true) => "personnes",
        ("child", false) => "enfant",
        ("child", true) => "enfants",
        (other, _) => other,
    }
}

fn value(kind: &Kind, value: i64) -> String {
    match kind {
        Kind::Flag => if value == 0 { "non" } else { "oui" }.to_owned(),
        Kind::Integer {
            unit: Some(name), ..
        } => {
            format!("{value} {}", unit(name, value.unsigned_abs() > 1))
        }
        Kind::Integer { .. } | Kind::Records { .. } => value.to_string(),
        Kind::Money { .. } => Cents::new(value).in_french(),
        Kind::Date => {
            date_of(value).map_or_else(|| "date inconnue".to_owned(), calendar::in_french)
        }
        Kind::Level(codes) | Kind::Code(codes) | Kind::Codes(codes) => {
            codes.label(value).to_owned()
        }
    }
}

fn either(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} ou {last}", first.join(", ")),
    }
}

/// Several things in a row, as a sentence says them.
pub(crate) fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [before @ .., last] => format!("{} et {last}", before.join(", ")),
    }
}

fn scalar(kind: &Kind, set: &ValueSet) -> String {
    const WRITTEN_OUT: u64 = 5;
    let domain = kind.domain();
    if domain.is_subset(set) {
        return "inconnu".to_owned();
    }
    let mut parts = Vec::new();
    if set.size() <= WRITTEN_OUT {
        parts.extend(set.values().map(|one| value(kind, one)));
    } else if let (Some(hull), Some(limits)) = (set.hull(), domain.hull()) {
        parts.push(if hull.lo <= limits.lo {
            format!("au plus {}", value(kind, hull.hi))
        } else if hull.hi >= limits.hi || hull.hi == ENDLESS {
            format!("au moins {}", value(kind, hull.lo))
        } else {
            format!("entre {} et {}", value(kind, hull.lo), value(kind, hull.hi))
        });
    }
    if set.may_be_none() {
        parts.push("aucun".to_owned());
    }
    either(&parts)
}

/// What is possible about a fact, in words: « non », « modérée ou bloquante », « 3 éléments ».
pub(crate) fn possible(fact: &Fact, possible: &Possible) -> String {
    set(&fact.kind, possible)
}

/// The same, of a value of a type: a fact, or a field of a list.
pub(crate) fn set(kind: &Kind, possible: &Possible) -> String {
    match possible {
        Possible::Scalar(set) => scalar(kind, set),
        Possible::Members(members) if !members.some => "aucun".to_owned(),
        Possible::Members(members) => {
            let named = |set: &ValueSet| {
                set.values()
                    .take(12)
                    .map(|code| value(kind, code))
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            if members.surely == members.maybe {
                if members.surely.is_empty() {
                    "aucun".to_owned()
                } else {
                    named(&members.surely)
                }
            } else if members.surely.is_empty() {
                "inconnu".to_owned()
            } else {
                format!("{} (au moins)", named(&members.surely))
            }
        }
        Possible::Lists(lists) => match lists.alternatives.as_slice() {
            [] => "aucun".to_owned(),
            [list] => {
                let count = list.rows.len();
                let more = if list.open { " au moins" } else { "" };
                match count {
                    0 if list.open => "inconnu".to_owned(),
                    0 => "aucun".to_owned(),
                    1 => format!("1 élément{more}"),
                    _ => format!("{count} éléments{more}"),
                }
            }
            several => format!("{} listes différentes", several.len()),
        },
    }
}
