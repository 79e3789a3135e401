//! Values in French words.

use crate::calendar;
use crate::fact::dictionary::{Fact, Kind};
use crate::fact::possible::Possible;
use crate::fact::worded::{self, Worded};

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

/// One of several things, as a sentence says it.
pub(crate) fn either(items: &[String]) -> String {
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

fn in_french(known: &Worded) -> String {
    match known {
        Worded::Flag(true) => "oui".to_owned(),
        Worded::Flag(false) => "non".to_owned(),
        Worded::Number(number) => number.to_string(),
        Worded::Count(number, name) => {
            format!("{number} {}", unit(name, number.unsigned_abs() > 1))
        }
        Worded::Money(amount) => amount.in_french(),
        Worded::Date(day) => day.map_or_else(|| "date inconnue".to_owned(), calendar::in_french),
        Worded::Label(label, _) => label.to_string(),
        Worded::Unknown => "inconnu".to_owned(),
        Worded::WithoutObject => "sans objet".to_owned(),
        Worded::NotYet => "pas à ce jour".to_owned(),
        Worded::Nothing => "rien à ce jour".to_owned(),
        Worded::AtMost(most) if most.is_day() => format!("le {} au plus tard", in_french(most)),
        Worded::AtLeast(least) if least.is_day() => format!("le {} au plus tôt", in_french(least)),
        Worded::Between(first, last) if first.is_day() && last.is_day() => {
            format!("entre le {} et le {}", in_french(first), in_french(last))
        }
        Worded::AtMost(most) => format!("au plus {}", in_french(most)),
        Worded::AtLeast(least) => format!("au moins {}", in_french(least)),
        Worded::Between(low, high) => format!("entre {} et {}", in_french(low), in_french(high)),
        Worded::Either(parts) => either(&parts.iter().map(in_french).collect::<Vec<_>>()),
        Worded::Several { of, more } => {
            let named = of.iter().map(in_french).collect::<Vec<_>>().join(", ");
            format!("{named}, ou l'une de {more} autres valeurs")
        }
        Worded::OtherThan(parts) => {
            let parts: Vec<String> = parts.iter().map(in_french).collect();
            format!("autre que « {} »", either(&parts))
        }
        Worded::All { of, without, open } => {
            let named = |parts: &[Worded]| {
                let parts: Vec<String> = parts.iter().map(in_french).collect();
                parts.join(", ")
            };
            match (of.as_slice(), without.as_slice()) {
                (of, _) if !open => named(of),
                (of, []) => format!("au moins {}", named(of)),
                ([], without) => format!("sans {}, le reste n'est pas connu", named(without)),
                (of, without) => format!("au moins {}, et sans {}", named(of), named(without)),
            }
        }
        Worded::Rows { count, open } => {
            // The label of the fact says of what: « enfants : 2 ».
            let more = if *open { "au moins " } else { "" };
            format!("{more}{count}")
        }
        Worded::Lists(count) => format!("{count} listes différentes"),
    }
}

/// What is possible about a fact, in words: « non », « modérée ou bloquante », « 3 ».
pub(crate) fn possible(fact: &Fact, possible: &Possible) -> String {
    of_fact(fact, &worded::of_fact(fact, possible))
}

/// The same of what is known of a fact already as a sentence says it.
pub(crate) fn of_fact(fact: &Fact, known: &Worded) -> String {
    said(&fact.kind, known)
}

/// The same, of a value of a type: a field of a list.
pub(crate) fn set(kind: &Kind, possible: &Possible) -> String {
    said(kind, &worded::of_kind(kind, possible))
}

fn said(kind: &Kind, known: &Worded) -> String {
    match known {
        // The label says of what: « enfants : 0 ».
        Worded::Nothing if matches!(kind, Kind::Records { .. }) => "0".to_owned(),
        known => in_french(known),
    }
}
