//! An invented person: as a sentence, and as an `[[example]]` of a pack.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use chrono::NaiveDate;

use crate::calendar;
use crate::fact::dictionary::{Derivation, Dictionary, Elapsed, FactId, Kind};
use crate::fact::french;
use crate::fact::possible;
use crate::fact::{Knowledge, Rows, Value};
use crate::orientation::Orientation;
use crate::pack::Engine;
use crate::pack::model::Model;
use crate::profile::Profile;

/// What is told about somebody who does not exist, in the order of the dictionary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Invented {
    pub(crate) told: Vec<(FactId, Knowledge)>,
}

/// What an example expects, and why it is there.
pub(crate) struct Expecting<'e> {
    pub(crate) id: &'e str,
    pub(crate) title: &'e str,
    pub(crate) at: NaiveDate,
    /// Keys and values, as they stand in the source.
    pub(crate) lines: &'e [String],
}

impl Invented {
    pub(crate) fn profile(&self, engine: &Engine, on: NaiveDate) -> Option<Profile> {
        let dictionary = &engine.model().dictionary;
        let mut builder = Profile::builder(engine, on);
        for (id, knowledge) in &self.told {
            builder = builder.set(dictionary.fact(*id).name.as_str(), knowledge.clone());
        }
        builder.build().ok()
    }

    /// « 19 ans, commune de résidence : Reims, permis B : non »
    pub(crate) fn in_french(&self, model: &Model, on: NaiveDate) -> String {
        if self.told.is_empty() {
            return "n'importe qui".to_owned();
        }
        // Who it is first: the age, then all else.
        let dictionary = &model.dictionary;
        let aged = self
            .told
            .iter()
            .filter_map(|(id, knowledge)| age(dictionary, *id, knowledge, on));
        let others = self.told.iter().filter_map(|(id, knowledge)| {
            let told = age(dictionary, *id, knowledge, on).is_none();
            told.then(|| phrase(dictionary, *id, knowledge))
        });
        aged.chain(others).collect::<Vec<_>>().join(", ")
    }

    /// An `[[example]]` that can be pasted into a pack.
    pub(crate) fn example(&self, dictionary: &Dictionary, expecting: &Expecting<'_>) -> String {
        let mut text = format!(
            "[[example]]\nid = \"{}\"\ntitle = \"{}\"\nat = {}\n",
            expecting.id,
            // What a basic string of TOML cannot hold as it is.
            expecting.title.replace(['"', '\\', '\n'], "'"),
            expecting.at
        );
        for (id, knowledge) in &self.told {
            let fact = dictionary.fact(*id);
            // Writing to a string cannot fail.
            let _ = writeln!(text, "facts.\"{}\" = {}", fact.name, written(knowledge));
        }
        for line in expecting.lines {
            let _ = writeln!(text, "{line}");
        }
        text
    }
}

/// What comes out for a scheme, as an example would expect it.
pub(crate) fn outcome(orientation: &Orientation, scheme: &str) -> String {
    outcomes(orientation, &[scheme]).concat()
}

/// What comes out for schemes, a line for each way it does.
pub(crate) fn outcomes(orientation: &Orientation, schemes: &[&str]) -> Vec<String> {
    let meeting = orientation
        .track
        .as_ref()
        .and_then(|track| track.meeting.as_ref());
    let proposed = |scheme: &str| {
        orientation.proposal(scheme).is_some()
            || meeting.is_some_and(|meeting| meeting.scheme.as_str() == scheme)
    };
    let open = |scheme: &str| {
        let mut open = orientation.open.iter();
        open.any(|open| open.scheme.as_str() == scheme)
    };
    let (mut must, mut may, mut must_not) = (Vec::new(), Vec::new(), Vec::new());
    for scheme in schemes {
        let key = if proposed(scheme) {
            &mut must
        } else if open(scheme) {
            &mut may
        } else {
            &mut must_not
        };
        key.push(format!("\"{scheme}\""));
    }
    let lines = [("must", must), ("may", may), ("must_not", must_not)].into_iter();
    lines
        .filter(|(_, schemes)| !schemes.is_empty())
        .map(|(key, schemes)| format!("{key} = [{}]", schemes.join(", ")))
        .collect()
}

/// The tracks that may be the answer, as an example would expect them.
pub(crate) fn tracks(orientation: &Orientation) -> Option<String> {
    let options = &orientation.track.as_ref()?.options;
    let mut tracks: Vec<String> = options
        .iter()
        .map(|option| format!("\"{}\"", option.track))
        .collect();
    tracks.dedup();
    Some(format!("track = [{}]", tracks.join(", ")))
}

/// Bodies, as an example would expect them.
pub(crate) fn bodies(bodies: &BTreeSet<&str>) -> String {
    let quoted: Vec<String> = bodies.iter().map(|body| format!("\"{body}\"")).collect();
    match quoted.as_slice() {
        [only] => only.clone(),
        several => format!("[{}]", several.join(", ")),
    }
}

/// « 19 ans », of a date from which years are counted.
fn age(
    dictionary: &Dictionary,
    id: FactId,
    knowledge: &Knowledge,
    on: NaiveDate,
) -> Option<String> {
    let Knowledge::OneOf(values) = knowledge else {
        return None;
    };
    let (1, Some(Value::Date(born))) = (values.len(), values.first()) else {
        return None;
    };
    let years = Derivation::Elapsed(Elapsed::YearsSince, id);
    dictionary
        .iter()
        .any(|(_, fact)| fact.derive.as_ref() == Some(&years))
        .then(|| {
            let age = calendar::years_since(*born, on);
            let plural = if age > 1 { "s" } else { "" };
            format!("{age} an{plural}")
        })
}

fn phrase(dictionary: &Dictionary, id: FactId, knowledge: &Knowledge) -> String {
    let fact = dictionary.fact(id);
    if *knowledge == Knowledge::from(true) {
        return fact.label.to_string();
    }
    let said = match (knowledge, &fact.kind) {
        (Knowledge::Rows(Rows { rows, .. }), Kind::Records { fields, .. }) if !rows.is_empty() => {
            let row = |row: &std::collections::BTreeMap<_, Knowledge>| {
                let told = fields.iter().filter_map(|field| {
                    let knowledge = row.get(&field.name)?;
                    let set = possible::resolve(&field.kind, field.optional, knowledge).ok()?;
                    let said = french::set(&field.kind, &set);
                    Some(format!("{} {said}", field.label))
                });
                told.collect::<Vec<_>>().join(", ")
            };
            let rows: Vec<String> = rows.iter().map(row).collect();
            format!("{} ({})", rows.len(), rows.join(" ; "))
        }
        _ => match possible::resolve(&fact.kind, fact.optional, knowledge) {
            Ok(possible) => french::possible(fact, &possible),
            Err(_) => "inconnu".to_owned(),
        },
    };
    format!("{} : {said}", fact.label)
}

fn value(value: &Value) -> String {
    match value {
        Value::Flag(flag) => flag.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Money(amount) => format!("\"{amount}\""),
        Value::Date(date) => date.to_string(),
        Value::Code(code) => format!("\"{code}\""),
        Value::None => "\"none\"".to_owned(),
    }
}

/// Knowledge as a pack says it: names and codes need no escape.
fn written(knowledge: &Knowledge) -> String {
    let list = |items: &mut dyn Iterator<Item = String>| {
        format!("[{}]", items.collect::<Vec<_>>().join(", "))
    };
    match knowledge {
        Knowledge::OneOf(values) => match values.first() {
            Some(only) if values.len() == 1 => value(only),
            _ => format!("{{ one_of = {} }}", list(&mut values.iter().map(value))),
        },
        Knowledge::Between { from, to } => {
            let ends = [("from", from), ("to", to)].into_iter();
            let ends =
                ends.filter_map(|(key, end)| Some(format!("{key} = {}", value(end.as_ref()?))));
            format!("{{ {} }}", ends.collect::<Vec<_>>().join(", "))
        }
        Knowledge::Members { with, without } => {
            let quoted = |code: &crate::vocabulary::Code| format!("\"{code}\"");
            let with = list(&mut with.iter().map(quoted));
            match without {
                crate::fact::Without::AllOthers => with,
                crate::fact::Without::These(out) => {
                    let out = list(&mut out.iter().map(quoted));
                    format!("{{ with = {with}, without = {out} }}")
                }
            }
        }
        Knowledge::Rows(Rows { rows, complete }) => {
            let rows = list(&mut rows.iter().map(|row| {
                let fields = row
                    .iter()
                    .map(|(name, knowledge)| format!("{name} = {}", written(knowledge)));
                format!("{{ {} }}", fields.collect::<Vec<_>>().join(", "))
            }));
            format!("{{ rows = {rows}, complete = {complete} }}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Pack;

    /// What is written is read again as it was.
    #[test]
    fn a_person_written_is_the_person_read() {
        let pack = Pack::marne().unwrap();
        let engine = Engine::new(&pack);
        let dictionary = &engine.model().dictionary;
        let row = std::collections::BTreeMap::from([(
            "granted_on".parse().unwrap(),
            Knowledge::from("2021-01-02".parse::<NaiveDate>().unwrap()),
        )]);
        let told: Vec<(&str, Knowledge)> = vec![
            (
                "birth_date",
                Knowledge::from("2002-03-01".parse::<NaiveDate>().unwrap()),
            ),
            ("licence.b", false.into()),
            ("are.daily", crate::vocabulary::Cents::new(2956).into()),
            (
                "residence.commune",
                crate::vocabulary::Code::parse("51454").unwrap().into(),
            ),
            (
                "project.rome",
                Knowledge::exactly([crate::vocabulary::Code::parse("K1304").unwrap()]),
            ),
            (
                "aids",
                Rows {
                    rows: vec![row],
                    complete: true,
                }
                .into(),
            ),
            ("decision.track", Knowledge::none()),
        ];
        let told = told
            .into_iter()
            .map(|(name, known)| (dictionary.id(name).unwrap(), known));
        let invented = Invented {
            told: told.collect(),
        };
        let expecting = Expecting {
            id: "essai",
            title: "Un « \"essai\" »",
            at: "2021-09-15".parse().unwrap(),
            lines: &[],
        };
        insta::assert_snapshot!(format!(
            "{}\n\n{}",
            invented.in_french(engine.model(), expecting.at),
            invented.example(dictionary, &expecting)
        ));
        let text: toml::Table = toml::from_str(&invented.example(dictionary, &expecting)).unwrap();
        assert_eq!(text["example"].as_array().unwrap().len(), 1);
    }
}
