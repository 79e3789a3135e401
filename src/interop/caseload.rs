//! A caseload in the crate's own JSON.
//!
//! ```json
//! {
//!   "version": 1,
//!   "people": [
//!     {
//!       "ref": "marne-04",
//!       "title": "17 ans, sans école, à Épernay",
//!       "facts": {
//!         "birth_date": "2007-11-02",
//!         "residence.commune": { "value": "51230", "by": "mission-locale", "on": "2025-02-03", "means": "declared" },
//!         "barrier.mobility": { "one_of": ["moderate", "blocking"] },
//!         "rqth": { "unknown": "declined" }
//!       },
//!       "columns": { "track": "professional" }
//!     }
//!   ]
//! }
//! ```
//!
//! How a fact is written is described in [`Statement`]'s module: the same words
//! as in the examples of packs. A person that cannot be read is reported with
//! line and column, and never stops the others.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::Person;
use super::json::{Entries, Places, stopped};
use crate::fact::possible::nearest;
use crate::fact::written::{Written, statement};
use crate::fact::{Statement, WrittenError};
use crate::pack::Engine;
use crate::vocabulary::{FactName, PersonRef};

/// Version of the JSON form of a caseload.
pub(super) const VERSION: u64 = 1;

/// People read from a file, and those that could not be.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Caseload {
    /// The people, in the order of the file.
    pub people: Vec<Person>,
    /// The people that were refused, each with every reason.
    pub refused: Vec<Refused>,
}

/// One person that a reader refused. Holds places and names, never values.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refused {
    /// Line of the mistake, from 1.
    pub line: u64,
    /// Column in characters, from 1.
    pub column: u64,
    /// Which of the file's people this is, from 1: one may have several mistakes.
    pub position: u64,
    /// The person's reference, when it could be read.
    pub reference: Option<PersonRef>,
    /// The fact or key, when the mistake lies in one.
    pub fact: Option<String>,
    /// What is wrong, and what was expected.
    pub reason: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)?;
        if let Some(reference) = &self.reference {
            write!(f, ", {reference}")?;
        }
        if let Some(fact) = &self.fact {
            write!(f, ", `{fact}`")?;
        }
        write!(f, ": {}", self.reason)
    }
}

/// Why a whole file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CaseloadError {
    /// Not JSON, or not the shape of a caseload.
    #[error("line {line}, column {column}: {reason}")]
    Shape {
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What was expected.
        reason: String,
    },
    /// A version that this crate does not know.
    #[error("this caseload is of version {found}; this crate reads version 1")]
    Version {
        /// The version of the file.
        found: u64,
    },
}

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Written;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }
            fn visit_bool<E>(self, flag: bool) -> Result<Written, E> {
                Ok(Written::Flag(flag))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Written, E> {
                Ok(Written::Integer(number))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Written, E> {
                Ok(i64::try_from(number).map_or(Written::Foreign, Written::Integer))
            }
            fn visit_f64<E>(self, _: f64) -> Result<Written, E> {
                Ok(Written::Foreign)
            }
            fn visit_unit<E>(self) -> Result<Written, E> {
                Ok(Written::Foreign)
            }
            fn visit_str<E>(self, text: &str) -> Result<Written, E> {
                Ok(Written::Text(text.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Written, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(Written::List(items))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Written, A::Error> {
                let mut entries: Vec<(String, Written)> = Vec::new();
                while let Some((key, value)) = map.next_entry::<String, Written>()? {
                    if entries.iter().any(|(known, _)| *known == key) {
                        return Err(A::Error::custom("a key is given twice in one object"));
                    }
                    entries.push((key, value));
                }
                Ok(Written::Table(entries))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

fn shape(text: &str, error: &serde_json::Error) -> CaseloadError {
    let shape = "not the shape of a caseload: expected an object with `version` and `people`";
    let (line, column, reason) = stopped(text, error, shape);
    CaseloadError::Shape {
        line,
        column,
        reason: reason.to_owned(),
    }
}

fn misshapen(places: &Places<'_>, part: &RawValue, reason: &str) -> CaseloadError {
    let (line, column) = places.of(part);
    let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    CaseloadError::Shape {
        line: number(line),
        column: number(column),
        reason: reason.to_owned(),
    }
}

impl Caseload {
    /// Reads a caseload. The engine gives each fact its type; facts that its
    /// pack does not know are mistakes.
    ///
    /// ```
    /// use spie::interop::Caseload;
    /// use spie::{Engine, Pack};
    /// let engine = Engine::new(&Pack::core()?);
    /// let text = r#"{ "version": 1, "people": [
    ///     { "ref": "a", "facts": { "licence.b": false } },
    ///     { "ref": "b", "facts": { "licnce.b": false } }
    /// ] }"#;
    /// let caseload = Caseload::parse(text, &engine)?;
    /// assert_eq!(caseload.people.len(), 1);
    /// assert_eq!((caseload.refused[0].line, caseload.refused[0].column), (3, 42));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`CaseloadError`] when the text is not a caseload at all; single people
    /// that cannot be read are in [`Caseload::refused`].
    pub fn parse(text: &str, engine: &Engine) -> Result<Self, CaseloadError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let places = Places::new(text);
        let Entries(entries) = serde_json::from_str(text).map_err(|error| shape(text, &error))?;
        let mut people: Option<Vec<&RawValue>> = None;
        let mut version = None;
        for (key, raw) in entries {
            match key.as_str() {
                "version" if version.is_none() => {
                    let number = raw.get().parse::<u64>();
                    version = Some(
                        number.map_err(|_| misshapen(&places, raw, "expected a version number"))?,
                    );
                }
                "people" if people.is_none() => {
                    let list = serde_json::from_str(raw.get());
                    people = Some(
                        list.map_err(|_| misshapen(&places, raw, "expected a list of people"))?,
                    );
                }
                "version" | "people" => {
                    return Err(misshapen(&places, raw, "this key is given twice"));
                }
                _ => {
                    return Err(misshapen(
                        &places,
                        raw,
                        "unknown key: expected `version` and `people`",
                    ));
                }
            }
        }
        match version {
            Some(VERSION) => {}
            Some(found) => return Err(CaseloadError::Version { found }),
            None => {
                return Err(CaseloadError::Shape {
                    line: 1,
                    column: 1,
                    reason: "`version` is missing".to_owned(),
                });
            }
        }
        let Some(people) = people else {
            return Err(CaseloadError::Shape {
                line: 1,
                column: 1,
                reason: "`people` is missing".to_owned(),
            });
        };
        let mut caseload = Self {
            people: Vec::new(),
            refused: Vec::new(),
        };
        let mut seen: BTreeSet<PersonRef> = BTreeSet::new();
        for (position, raw) in (1..).zip(people) {
            match person(&places, position, raw, engine) {
                Ok(person) if seen.insert(person.reference.clone()) => caseload.people.push(person),
                Ok(person) => {
                    let (line, column) = places.of(raw);
                    let reason =
                        "this reference was already met: two people are never joined in silence";
                    caseload.refused.push(Refused {
                        line,
                        column,
                        position,
                        reference: Some(person.reference),
                        fact: None,
                        reason: reason.to_owned(),
                    });
                }
                Err(refused) => caseload.refused.extend(refused),
            }
        }
        Ok(caseload)
    }
}

/// What is wrong with one person, gathered so that all of it is reported.
struct Gathered<'t> {
    places: &'t Places<'t>,
    position: u64,
    reference: Option<PersonRef>,
    refused: Vec<Refused>,
}

impl Gathered<'_> {
    fn refuse(&mut self, raw: &RawValue, fact: Option<&str>, reason: impl Into<String>) {
        let (line, column) = self.places.of(raw);
        self.refused.push(Refused {
            line,
            column,
            position: self.position,
            reference: self.reference.clone(),
            fact: fact.map(str::to_owned),
            reason: reason.into(),
        });
    }

    fn facts(&mut self, raw: &RawValue, engine: &Engine) -> BTreeMap<FactName, Statement> {
        let mut facts = BTreeMap::new();
        let Ok(Entries(entries)) = serde_json::from_str(raw.get()) else {
            self.refuse(raw, Some("facts"), "expected an object of facts");
            return facts;
        };
        for (name, raw) in entries {
            match fact(&name, raw, engine) {
                Ok((known, _)) if facts.contains_key(&known) => {
                    self.refuse(raw, Some(&name), "this fact is given twice");
                }
                Ok((known, statement)) => {
                    facts.insert(known, statement);
                }
                Err(reason) => self.refuse(raw, Some(&name), reason),
            }
        }
        facts
    }
}

fn person(
    places: &Places<'_>,
    position: u64,
    raw: &RawValue,
    engine: &Engine,
) -> Result<Person, Vec<Refused>> {
    let mut gathered = Gathered {
        places,
        position,
        reference: None,
        refused: Vec::new(),
    };
    let Ok(Entries(entries)) = serde_json::from_str(raw.get()) else {
        gathered.refuse(raw, None, "expected an object with `ref` and `facts`");
        return Err(gathered.refused);
    };
    let text = |raw: &RawValue| serde_json::from_str::<String>(raw.get()).ok();
    gathered.reference = entries
        .iter()
        .find(|(key, _)| key == "ref")
        .and_then(|(_, raw)| text(raw))
        .and_then(|text| PersonRef::parse(&text).ok());
    let (line, _) = places.of(raw);
    let mut found: BTreeSet<&str> = BTreeSet::new();
    let mut title = None;
    let mut columns = BTreeMap::new();
    let mut facts = BTreeMap::new();
    for (key, raw) in &entries {
        if !found.insert(key) {
            gathered.refuse(raw, Some(key), "this key is given twice");
            continue;
        }
        match key.as_str() {
            "ref" => {
                if gathered.reference.is_none() {
                    let expected = "expected 1 to 120 characters without control characters";
                    gathered.refuse(raw, Some(key), expected);
                }
            }
            "title" => match text(raw) {
                Some(read) => title = Some(read),
                None => gathered.refuse(raw, Some(key), "expected a text"),
            },
            "columns" => match texts(raw) {
                Ok(read) => columns = read,
                Err(reason) => gathered.refuse(raw, Some(key), reason),
            },
            "facts" => facts = gathered.facts(raw, engine),
            _ => {
                let mend = nearest(key, ["ref", "title", "facts", "columns"]);
                let mend = mend
                    .map(|near| format!(" (did you mean `{near}`?)"))
                    .unwrap_or_default();
                gathered.refuse(raw, Some(key), format!("unknown key{mend}"));
            }
        }
    }
    if !found.contains("ref") {
        gathered.refuse(raw, None, "`ref` is missing");
    }
    match gathered.reference {
        Some(reference) if gathered.refused.is_empty() => Ok(Person {
            title,
            facts,
            columns,
            ..Person::new(reference, line)
        }),
        _ => Err(gathered.refused),
    }
}

/// An object of texts, each key once.
fn texts(raw: &RawValue) -> Result<BTreeMap<String, String>, &'static str> {
    let expected = "expected an object of texts";
    let Entries(entries) = serde_json::from_str(raw.get()).map_err(|_| expected)?;
    let mut texts = BTreeMap::new();
    for (key, raw) in entries {
        let text = serde_json::from_str(raw.get()).map_err(|_| expected)?;
        if texts.insert(key, text).is_some() {
            return Err("a column is given twice");
        }
    }
    Ok(texts)
}

/// What is said about a fact that the engine's pack knows.
pub(super) fn fact(
    name: &str,
    raw: &RawValue,
    engine: &Engine,
) -> Result<(FactName, Statement), String> {
    let dictionary = &engine.model().dictionary;
    let Some(id) = dictionary.id(name) else {
        let mend = nearest(name, dictionary.names());
        let mend = mend
            .map(|near| format!(" (did you mean `{near}`?)"))
            .unwrap_or_default();
        return Err(format!("unknown fact{mend}"));
    };
    let fact = dictionary.fact(id);
    if !fact.is_told() {
        return Err("this fact is computed from others and cannot be told".to_owned());
    }
    let written: Written = serde_json::from_str(raw.get()).map_err(|_| {
        "not readable: a key given twice, a number too large, or nested too deep".to_owned()
    })?;
    let read = statement(&fact.kind, &written).map_err(|error: WrittenError| error.to_string())?;
    if let Statement::Known(knowledge, _) = &read {
        fact.read(knowledge).map_err(|error| error.to_string())?;
    }
    Ok((fact.name.clone(), read))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Pack;

    fn parse(people: &str) -> Caseload {
        let engine = Engine::new(&Pack::core().unwrap());
        Caseload::parse(
            &format!("{{\"version\":1,\"people\":[\n{people}\n]}}"),
            &engine,
        )
        .unwrap()
    }

    #[test]
    fn each_mistake_has_its_place_and_stops_nobody_else() {
        let caseload = parse(
            r#"{ "ref": "a", "title": 3 },
{ "ref": "b", "columns": { "track": "x", "track": "y" } },
{ "ref": "c", "facts": { "licence.b": false, "licence.b": true } },
{ "ref": "d", "facts": { "licence.b": { "value": true, "value": true } } },
{ "ref": "e", "fact": {} },
{ "facts": {} },
{ "ref": "f", "facts": { "age": 30 } },
{ "ref": "g", "facts": { "birth_date": "SECRET" } },
{ "ref": "h", "facts": { "barrier.mobility": "SECRET" } },
{ "ref": "i", "facts": { "birth_date": 1e400 } },
{ "ref": "ok", "facts": { "licence.b": true } },
{ "ref": "ok" }"#,
        );
        assert_eq!(caseload.people.len(), 1);
        let report: Vec<String> = caseload.refused.iter().map(ToString::to_string).collect();
        assert_eq!(
            report,
            [
                "line 2, column 24, a, `title`: expected a text",
                "line 3, column 26, b, `columns`: a column is given twice",
                "line 4, column 59, c, `licence.b`: this fact is given twice",
                "line 5, column 39, d, `licence.b`: not readable: a key given twice, a number too large, or nested too deep",
                "line 6, column 23, e, `fact`: unknown key (did you mean `facts`?)",
                "line 7, column 1: `ref` is missing",
                "line 8, column 33, f, `age`: this fact is computed from others and cannot be told",
                "line 9, column 40, g, `birth_date`: expected une date, comme `2021-05-27`",
                "line 10, column 46, h, `barrier.mobility`: unknown code",
                "line 11, column 40, i, `birth_date`: not readable: a key given twice, a number too large, or nested too deep",
                "line 13, column 1, ok: this reference was already met: two people are never joined in silence",
            ]
        );
    }
}
