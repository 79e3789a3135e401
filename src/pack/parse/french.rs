//! What the parser of TOML says, in French: it speaks English, and tells neither what was
//! meant nor what to do.

use chrono::NaiveDate;

use super::open::Open;
use crate::calendar;

/// A part of a message, what is wrong, and what to do.
const SAID: [(&str, &str, &str); 26] = [
    (
        "duplicate key",
        "cette clé est donnée deux fois",
        "gardez cette clé une seule fois",
    ),
    (
        "cannot extend value",
        "cette clé ne peut pas en contenir d'autres : elle a déjà une valeur",
        "gardez l'une des deux écritures",
    ),
    (
        "missing value",
        "il manque la valeur de cette clé",
        "donnez une valeur : `clé = valeur`",
    ),
    (
        "key with no value",
        "cette clé n'a pas de valeur",
        "donnez une valeur : `clé = valeur`",
    ),
    (
        "missing assignment",
        "il manque le `=` de cette clé",
        "écrivez `clé = valeur`",
    ),
    (
        "string values must be quoted",
        "un texte s'écrit entre guillemets",
        "écrivez `clé = \"texte\"`",
    ),
    (
        "missing opening quote",
        "il manque les guillemets du début",
        "écrivez `clé = \"texte\"`",
    ),
    (
        "missing escaped value",
        "la barre `\\` n'a pas de sens ici",
        "écrivez `\\\\` pour une barre, `\\\"` pour des guillemets",
    ),
    (
        "basic string",
        "ce texte n'est pas fermé, ou contient un signe interdit",
        "fermez les guillemets : `clé = \"texte\"`",
    ),
    (
        "literal string",
        "ce texte n'est pas fermé",
        "fermez les guillemets : `clé = \"texte\"`",
    ),
    (
        "unclosed array table",
        "les crochets de cette section ne sont pas fermés",
        "écrivez par exemple `[[section]]`",
    ),
    (
        "unclosed table",
        "le crochet de cette section n'est pas fermé",
        "écrivez par exemple `[section]`",
    ),
    (
        "unclosed array",
        "cette liste n'est pas fermée",
        "fermez le crochet : `[…]`",
    ),
    (
        "unclosed inline table",
        "cette table n'est pas fermée",
        "fermez l'accolade : `{ … }`",
    ),
    (
        "missing comma",
        "il manque une virgule",
        "séparez par une virgule",
    ),
    ("extra comma", "il y a une virgule de trop", "retirez-la"),
    ("extra `=`", "il y a un `=` de trop", "un seul `=` par clé"),
    (
        "extra assignment",
        "il y a un `=` de trop",
        "un seul `=` par clé",
    ),
    (
        "`=` in array",
        "une liste ne contient pas de clés",
        "écrivez `[\"…\", \"…\"]`, ou `{ clé = valeur }`",
    ),
    (
        "unquoted key",
        "cette clé ne s'écrit pas ainsi",
        "lettres sans accent, chiffres, `-` et `_` ; entre guillemets, tout autre signe",
    ),
    ("missing key", "il manque une clé", "écrivez `clé = valeur`"),
    (
        "invalid boolean",
        "cette valeur ne se lit pas",
        "un texte s'écrit entre guillemets, oui et non `true` et `false`",
    ),
    (
        "invalid float",
        "cette valeur ne se lit pas",
        "un texte s'écrit entre guillemets, un nombre en chiffres seulement",
    ),
    (
        "leading zero",
        "un nombre ne commence pas par zéro",
        "retirez le zéro ; un code s'écrit entre guillemets, comme \"01004\"",
    ),
    (
        "recurs",
        "trop de crochets ou d'accolades imbriqués",
        "écrivez des sections à part",
    ),
    (
        "newline",
        "cette ligne contient plus d'une clé et sa valeur",
        "une seule clé par ligne : `clé = valeur`",
    ),
];

/// What is wrong, and what to do.
type Told = (String, Option<String>);

/// The same of what the parser says.
pub(super) fn told(message: &str) -> Told {
    let known = SAID.iter().find(|(word, ..)| message.contains(word));
    match known {
        Some((_, wrong, mend)) => ((*wrong).to_owned(), Some((*mend).to_owned())),
        None => ("ceci ne se lit pas".to_owned(), None),
    }
}

/// The same of what was left open.
pub(super) fn left_open(what: Open) -> Told {
    told(match what {
        Open::List => "unclosed array",
        Open::Table => "unclosed inline table",
        Open::Text => "literal string",
        Open::Section => {
            let wrong = "il manque un crochet à cette section".to_owned();
            return (wrong, Some("écrivez par exemple `[[section]]`".to_owned()));
        }
    })
}

/// The same of a number with a comma, as `10,5`.
pub(super) fn decimal(written: &str) -> Told {
    let cents = match written.split_once(',') {
        Some((whole, part)) if part.len() <= 2 => format!("{whole}.{part:0<2}"),
        _ => "10.50".to_owned(),
    };
    let mend = format!(
        "un montant s'écrit entre guillemets, avec un point : `\"{cents} EUR\"` ; ailleurs, un nombre est entier"
    );
    (
        "un nombre à virgule ne s'écrit pas ainsi".to_owned(),
        Some(mend),
    )
}

/// The same of a value that French people write otherwise than TOML does.
pub(super) fn meant(value: &str) -> Option<Told> {
    let (wrong, mend) = value_meant(value)?;
    Some((wrong.to_owned(), Some(mend)))
}

fn value_meant(value: &str) -> Option<(&'static str, String)> {
    if let Some(meant) = french_flag(value).filter(|meant| meant.to_string() != value) {
        let wrong = match value.to_lowercase().as_str() {
            "true" | "false" => "`true` et `false` s'écrivent en minuscules",
            _ => "oui s'écrit true, et non s'écrit false",
        };
        return Some((wrong, format!("vouliez-vous `{meant}` ?")));
    }
    if value.starts_with(['“', '”', '«', '‘', '’']) {
        return Some((
            "un texte s'écrit entre guillemets droits",
            "écrivez `\"`, et non `“ ”` ni `« »`".to_owned(),
        ));
    }
    if let Some(date) = french_date(value).filter(|date| date.to_string() != value) {
        let mend = format!("vouliez-vous `{date}` ?");
        return Some(("une date s'écrit année, mois, jour", mend));
    }
    let mut parts = value.split('-').map(|part| {
        let is_number = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then_some(part.len())
    });
    let is_date = [4, 2, 2].map(Some) == [(); 3].map(|()| parts.next().flatten());
    let is_no_day = is_date && parts.next().is_none() && value.parse::<NaiveDate>().is_err();
    is_no_day.then(|| {
        (
            "ce jour n'existe pas",
            "écrivez année, mois, jour, comme 2021-05-27".to_owned(),
        )
    })
}

/// `oui` and `vrai` are true, whatever the letters, as is `True`.
pub(crate) fn french_flag(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "oui" | "vrai" | "true" => Some(true),
        "non" | "faux" | "false" => Some(false),
        _ => None,
    }
}

/// `14/03/2025` is the 14th of March, as are `14-3-2025`, `2025-3-14` and `14 mars 2025`.
pub(crate) fn french_date(text: &str) -> Option<NaiveDate> {
    let parts = text.split(['/', '-', '.', ' ', '\u{a0}']);
    let mut parts = parts.filter(|part| !part.is_empty());
    let mut part = || parts.next();
    let (first, month, last) = (part()?, part()?, part()?);
    part().is_none().then_some(())?;
    // The year has four digits, wherever it stands.
    let (day, year) = match first.len() {
        4 => (last, first),
        _ => (first, last),
    };
    let day = day.strip_suffix("er").unwrap_or(day).parse().ok()?;
    let month = month.parse().ok().or_else(|| calendar::month(month))?;
    let year = year.parse().ok().filter(|year| *year >= 1000)?;
    NaiveDate::from_ymd_opt(year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_french_people_write_is_understood() {
        let mend = |value: &str| meant(value).and_then(|(_, mend)| mend);
        assert_eq!(mend("non").as_deref(), Some("vouliez-vous `false` ?"));
        assert_eq!(mend("True").as_deref(), Some("vouliez-vous `true` ?"));
        assert_eq!(
            mend("14/03/2025").as_deref(),
            Some("vouliez-vous `2025-03-14` ?")
        );
        for text in [
            "14-03-2025",
            "14.3.2025",
            "2025-3-14",
            "14 mars 2025",
            "14/3/2025",
        ] {
            assert_eq!(french_date(text), french_date("14/03/2025"), "{text}");
        }
        assert_eq!(french_date("1er août 2025"), french_date("01/08/2025"));
        assert_eq!(french_date("3 floréal 2025"), None);
        assert_eq!(french_date("31/02/2025"), None);
        assert_eq!(french_date("1/2/3/4"), None);
        // What is written as it should be is not what could not be read.
        assert_eq!(meant("true"), None);
        assert_eq!(meant("2025-03-14"), None);
        assert!(meant("2025-13-01").is_some_and(|told| told.0.contains("n'existe pas")));
        assert_eq!(meant("2025-12-01x"), None);
        assert_eq!(told("very odd").0, "ceci ne se lit pas");
    }
}
