//! The caseload written back: the form that [`Caseload::parse`] reads.
//!
//! Written by hand over serde's own traits, so that the order of keys is fixed:
//! `value`, `one_of`, … first, then `by`, `on`, `means`.

use std::collections::BTreeMap;

use serde::ser::{SerializeMap, SerializeStruct};
use serde::{Serialize, Serializer};

use super::{Caseload, Person};
use crate::fact::{Knowledge, Rows, Source, Statement, Value, Without};
use crate::vocabulary::FactName;

/// Writes what [`Caseload::parse`] reads; people that were refused are left out.
///
/// ```
/// use spie::interop::Caseload;
/// use spie::{Engine, Pack};
/// let engine = Engine::new(&Pack::core()?);
/// let text = r#"{"version":1,"people":[{"ref":"a","facts":{"licence.b":false}}]}"#;
/// let caseload = Caseload::parse(text, &engine)?;
/// assert_eq!(serde_json::to_string(&caseload)?, text);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl Serialize for Caseload {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut caseload = serializer.serialize_struct("Caseload", 2)?;
        caseload.serialize_field("version", &super::caseload::VERSION)?;
        caseload.serialize_field("people", &self.people)?;
        caseload.end()
    }
}

/// The person as one entry of a caseload; the line of the source is left out.
impl Serialize for Person {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut person = serializer.serialize_map(None)?;
        person.serialize_entry("ref", &self.reference)?;
        if let Some(title) = &self.title {
            person.serialize_entry("title", title)?;
        }
        person.serialize_entry("facts", &Facts(&self.facts))?;
        if !self.columns.is_empty() {
            person.serialize_entry("columns", &self.columns)?;
        }
        person.end()
    }
}

/// People to write, in this order.
///
/// ```
/// use spie::interop::{Caseload, Person};
/// use spie::vocabulary::PersonRef;
/// let caseload = Caseload::from(vec![Person::new(PersonRef::parse("dossier-12")?, 1)]);
/// assert!(caseload.refused.is_empty());
/// # Ok::<(), spie::vocabulary::ParseIdError>(())
/// ```
impl From<Vec<Person>> for Caseload {
    fn from(people: Vec<Person>) -> Self {
        Self {
            people,
            refused: Vec::new(),
        }
    }
}

struct Facts<'a>(&'a BTreeMap<FactName, Statement>);

impl Serialize for Facts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, told)| (name, Told(told))))
    }
}

struct Told<'a>(&'a Statement);

impl Serialize for Told<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Statement::Known(knowledge, source) => Known {
                knowledge,
                source: (*source != Source::default()).then_some(source),
            }
            .serialize(serializer),
            Statement::Unknown(reason) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("unknown", reason)?;
                map.end()
            }
        }
    }
}

struct Known<'a> {
    knowledge: &'a Knowledge,
    source: Option<&'a Source>,
}

impl<'a> Known<'a> {
    /// A plain value where nobody is named, else a table with who said it.
    fn plain<S: Serializer>(
        &self,
        serializer: S,
        value: &(impl Serialize + ?Sized),
    ) -> Result<S::Ok, S::Error> {
        if self.source.is_none() {
            return value.serialize(serializer);
        }
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("value", value)?;
        self.end(map)
    }

    fn end<M: SerializeMap>(&self, mut map: M) -> Result<M::Ok, M::Error> {
        if let Some(Source { by, on, means }) = self.source {
            if let Some(by) = by {
                map.serialize_entry("by", by)?;
            }
            if let Some(on) = on {
                map.serialize_entry("on", on)?;
            }
            if let Some(means) = means {
                map.serialize_entry("means", means)?;
            }
        }
        map.end()
    }

    fn rows(rows: &'a Rows) -> Vec<BTreeMap<&'a FactName, Known<'a>>> {
        let row = |row: &'a BTreeMap<FactName, Knowledge>| {
            row.iter()
                .map(|(field, knowledge)| {
                    let source = None;
                    (field, Known { knowledge, source })
                })
                .collect()
        };
        rows.rows.iter().map(row).collect()
    }
}

impl Serialize for Known<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.knowledge {
            Knowledge::OneOf(values) => {
                let mut written = values.iter().map(Plain);
                if let (Some(only), None) = (written.next(), written.next()) {
                    return self.plain(serializer, &only);
                }
                let mut map = serializer.serialize_map(None)?;
                map.serialize_entry("one_of", &values.iter().map(Plain).collect::<Vec<_>>())?;
                self.end(map)
            }
            // Everything is possible: the same as nothing known, which is how it can be read back.
            Knowledge::Between {
                from: None,
                to: None,
            } => Told(&Statement::Unknown(crate::fact::Reason::NeverAsked)).serialize(serializer),
            Knowledge::Between { from, to } => {
                let mut map = serializer.serialize_map(None)?;
                if let Some(from) = from {
                    map.serialize_entry("from", &Plain(from))?;
                }
                if let Some(to) = to {
                    map.serialize_entry("to", &Plain(to))?;
                }
                self.end(map)
            }
            Knowledge::Members {
                with,
                without: Without::AllOthers,
            } => self.plain(serializer, with),
            Knowledge::Members {
                with,
                without: Without::These(without),
            } => {
                let mut map = serializer.serialize_map(None)?;
                map.serialize_entry("with", with)?;
                map.serialize_entry("without", without)?;
                self.end(map)
            }
            Knowledge::Rows(rows) => {
                let mut map = serializer.serialize_map(None)?;
                map.serialize_entry("rows", &Self::rows(rows))?;
                map.serialize_entry("complete", &rows.complete)?;
                self.end(map)
            }
        }
    }
}

struct Plain<'a>(&'a Value);

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Flag(flag) => serializer.serialize_bool(*flag),
            Value::Integer(number) => serializer.serialize_i64(*number),
            Value::Money(amount) => serializer.collect_str(amount),
            Value::Date(date) => serializer.collect_str(date),
            Value::Code(code) => serializer.collect_str(code),
            Value::None => serializer.serialize_str("none"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::{Engine, Pack};

    fn written(text: &str) -> String {
        let engine = Engine::new(&Pack::core().unwrap());
        let caseload = Caseload::parse(text, &engine).unwrap();
        assert_eq!(caseload.refused, []);
        serde_json::to_string(&caseload).unwrap()
    }

    #[test]
    fn every_form_of_a_value_is_written_as_it_is_read() {
        let facts = [
            r#""birth_date":"1990-03-01""#,
            r#""household.size":3"#,
            r#""household.size":{"from":2,"to":4}"#,
            r#""household.size":{"from":2,"by":"caf-51","on":"2025-01-02","means":"attested"}"#,
            r#""barrier.mobility":{"one_of":["blocking","moderate"],"by":"pole-emploi","means":"assessed"}"#,
            r#""rsa":{"value":true,"by":"caf-51"}"#,
            r#""rqth":{"unknown":"declined"}"#,
            r#""are.daily":"none""#,
            r#""are.daily":"29.56 EUR""#,
            r#""project.rome":["K1304"]"#,
            r#""project.rome":{"value":["K1304"],"means":"declared"}"#,
            r#""project.rome":{"with":["K1304"],"without":[]}"#,
            r#""children":{"rows":[{"at_home":true,"birth_date":{"from":"2021-01-01","to":"2021-12-31"}},{}],"complete":true}"#,
        ];
        for fact in facts {
            let text = format!(
                r#"{{"version":1,"people":[{{"ref":"a","title":"t","facts":{{{fact}}},"columns":{{"track":"social"}}}}]}}"#
            );
            assert_eq!(written(&text), text);
        }
    }

    #[test]
    fn the_bundled_people_come_back_the_same() {
        let engine = Engine::new(&Pack::marne().unwrap());
        let told = Caseload::bundled(&engine).unwrap();
        let text = serde_json::to_string_pretty(&told).unwrap();
        let again = Caseload::parse(&text, &engine).unwrap();
        assert_eq!(again.refused, []);
        let people = |caseload: Caseload| -> Vec<Person> {
            let line = 0;
            let people = caseload.people.into_iter();
            people.map(|person| Person { line, ..person }).collect()
        };
        assert_eq!(people(again), people(told));
    }

    #[test]
    fn an_open_interval_is_written_as_unknown() {
        let mut person = Person::new("a".parse().unwrap(), 1);
        let knowledge = Knowledge::Between {
            from: None,
            to: None,
        };
        person.facts.insert(
            "household.size".parse().unwrap(),
            Statement::Known(knowledge, Source::default()),
        );
        assert_eq!(
            serde_json::to_string(&person).unwrap(),
            r#"{"ref":"a","facts":{"household.size":{"unknown":"never_asked"}}}"#
        );
    }
}
