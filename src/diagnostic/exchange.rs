//! A diagnostic as partners hand it to each other, in JSON.
//!
//! ```json
//! {
//!   "version": 1,
//!   "person": "dossier-12",
//!   "entries": [
//!     {
//!       "id": "5d9c…",
//!       "observation": {
//!         "by": "caf-51", "means": "attested",
//!         "observed_on": "2025-01-10", "recorded_on": "2025-01-11",
//!         "fact": "rsa", "known": { "one_of": [{ "flag": true }] }
//!       }
//!     }
//!   ],
//!   "erasures": []
//! }
//! ```
//!
//! Entries stand in the order of their ids, which are computed again on reading. Values carry
//! their type, so that no pack is needed to read them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::NaiveDate;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::error::{EntryFault, ExchangeError, ExchangeErrors};
use super::{
    Diagnostic, Entry, EntryId, Erasure, ErasureGround, Newer, Observation, Rectification,
    Retraction, Said, Scope,
};
use crate::Knowledge;
use crate::fact::{Means, Rows, Value, Without};
use crate::vocabulary::{BodyId, Cents, Code, FactName, PersonRef};

/// What one person's diagnostic may hold: a life of records, and no flood.
pub(super) const MOST_ENTRIES: usize = 200_000;
pub(super) const MOST_ERASURES: usize = 100_000;

/// Version of the exchanged form of a [`Diagnostic`].
pub const DIAGNOSTIC_VERSION: u64 = 1;

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    rename_all = "snake_case",
    deny_unknown_fields,
    expecting = "one value under the name of its type"
)]
pub(crate) enum WrittenValue {
    None,
    Flag(bool),
    Integer(i64),
    Cents(i64),
    Date(NaiveDate),
    Code(Code),
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    rename_all = "snake_case",
    deny_unknown_fields,
    expecting = "what is known: `one_of`, `between`, `exactly`, `members` or `rows`"
)]
pub(crate) enum WrittenKnowledge {
    OneOf(Vec<WrittenValue>),
    Between {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<WrittenValue>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<WrittenValue>,
    },
    Exactly(BTreeSet<Code>),
    Members {
        with: BTreeSet<Code>,
        without: BTreeSet<Code>,
    },
    Rows {
        rows: Vec<WrittenRow>,
        complete: bool,
    },
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", expecting = "why nothing is known")]
enum WrittenReason {
    AskedUnknown,
    Declined,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "an observation")]
struct WrittenObservation {
    by: BodyId,
    means: Means,
    observed_on: NaiveDate,
    recorded_on: NaiveDate,
    fact: FactName,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    known: Option<WrittenKnowledge>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unknown: Option<WrittenReason>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    remark: Option<String>,
}

/// One entry: its id, if it has one, and exactly one of the others.
#[derive(Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "an entry")]
struct WrittenEntry {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<EntryId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    observation: Option<WrittenObservation>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    retraction: Option<Retraction>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rectification: Option<Rectification>,
    /// The encoding of a later version, in hexadecimal digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    newer: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "an erasure")]
struct WrittenErasure {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<EntryId>,
    by: BodyId,
    scope: Scope,
    up_to: NaiveDate,
    recorded_on: NaiveDate,
    ground: ErasureGround,
}

/// What several bodies said about one person.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a diagnostic")]
struct WrittenDiagnostic {
    version: u64,
    person: PersonRef,
    #[serde(default)]
    entries: Vec<WrittenEntry>,
    #[serde(default)]
    erasures: Vec<WrittenErasure>,
}

/// The fields of a row, none of them given twice.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub(crate) struct WrittenRow(BTreeMap<FactName, WrittenKnowledge>);

impl<'de> Deserialize<'de> for WrittenRow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = WrittenRow;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a row, no field of it given twice")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<WrittenRow, A::Error> {
                let mut fields = BTreeMap::new();
                while let Some((name, known)) = map.next_entry::<FactName, WrittenKnowledge>()? {
                    if fields.insert(name, known).is_some() {
                        return Err(A::Error::custom("expected no field given twice"));
                    }
                }
                Ok(WrittenRow(fields))
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

impl From<&Value> for WrittenValue {
    fn from(value: &Value) -> Self {
        match value {
            Value::None => Self::None,
            Value::Flag(flag) => Self::Flag(*flag),
            Value::Integer(number) => Self::Integer(*number),
            Value::Money(amount) => Self::Cents(amount.get()),
            Value::Date(day) => Self::Date(*day),
            Value::Code(code) => Self::Code(code.clone()),
        }
    }
}

impl From<WrittenValue> for Value {
    fn from(written: WrittenValue) -> Self {
        match written {
            WrittenValue::None => Self::None,
            WrittenValue::Flag(flag) => Self::Flag(flag),
            WrittenValue::Integer(number) => Self::Integer(number),
            WrittenValue::Cents(cents) => Self::Money(Cents::new(cents)),
            WrittenValue::Date(day) => Self::Date(day),
            WrittenValue::Code(code) => Self::Code(code),
        }
    }
}

impl From<&Knowledge> for WrittenKnowledge {
    fn from(knowledge: &Knowledge) -> Self {
        match knowledge {
            Knowledge::OneOf(values) => Self::OneOf(values.iter().map(Into::into).collect()),
            Knowledge::Between { from, to } => Self::Between {
                from: from.as_ref().map(Into::into),
                to: to.as_ref().map(Into::into),
            },
            Knowledge::Members {
                with,
                without: Without::AllOthers,
            } => Self::Exactly(with.clone()),
            Knowledge::Members {
                with,
                without: Without::These(without),
            } => Self::Members {
                with: with.clone(),
                without: without.clone(),
            },
            Knowledge::Rows(rows) => {
                let fields = |row: &BTreeMap<FactName, Knowledge>| {
                    let fields = row.iter();
                    let fields = fields.map(|(name, known)| (name.clone(), known.into()));
                    WrittenRow(fields.collect())
                };
                Self::Rows {
                    rows: rows.rows.iter().map(fields).collect(),
                    complete: rows.complete,
                }
            }
        }
    }
}

impl From<WrittenKnowledge> for Knowledge {
    fn from(written: WrittenKnowledge) -> Self {
        match written {
            WrittenKnowledge::OneOf(values) => Self::one_of(values),
            WrittenKnowledge::Between { from, to } => Self::Between {
                from: from.map(Into::into),
                to: to.map(Into::into),
            },
            WrittenKnowledge::Exactly(codes) => Self::exactly(codes),
            WrittenKnowledge::Members { with, without } => Self::Members {
                with,
                without: Without::These(without),
            },
            WrittenKnowledge::Rows { rows, complete } => {
                let fields = |row: WrittenRow| {
                    let fields = row.0.into_iter();
                    fields.map(|(name, known)| (name, known.into())).collect()
                };
                Self::Rows(Rows {
                    rows: rows.into_iter().map(fields).collect(),
                    complete,
                })
            }
        }
    }
}

impl From<&Observation> for WrittenObservation {
    fn from(entry: &Observation) -> Self {
        let (known, unknown) = match &entry.said {
            Said::Known(knowledge) => (Some(knowledge.into()), None),
            Said::AskedUnknown => (None, Some(WrittenReason::AskedUnknown)),
            Said::Declined => (None, Some(WrittenReason::Declined)),
        };
        Self {
            by: entry.by.clone(),
            means: entry.means,
            observed_on: entry.observed_on,
            recorded_on: entry.recorded_on,
            fact: entry.fact.clone(),
            known,
            unknown,
            remark: entry.remark.clone(),
        }
    }
}

impl WrittenEntry {
    fn of(id: EntryId, entry: &Entry) -> Self {
        let mut written = Self {
            id: Some(id),
            ..Self::default()
        };
        match entry {
            Entry::Observation(entry) => written.observation = Some(entry.into()),
            Entry::Retraction(entry) => written.retraction = Some(entry.clone()),
            Entry::Rectification(entry) => written.rectification = Some(entry.clone()),
            Entry::Newer(entry) => written.newer = Some(hex::encode(entry.bytes())),
        }
        written
    }

    fn read(self) -> Result<Entry, EntryFault> {
        let read = match (
            self.observation,
            self.retraction,
            self.rectification,
            self.newer,
        ) {
            (Some(written), None, None, None) => Entry::Observation(written.read()?),
            (None, Some(entry), None, None) => Entry::Retraction(entry),
            (None, None, Some(entry), None) => Entry::Rectification(entry),
            (None, None, None, Some(digits)) => {
                let newer = hex::decode(digits).ok().and_then(Newer::parse);
                Entry::Newer(newer.ok_or(EntryFault::Newer)?)
            }
            _ => return Err(EntryFault::Kind),
        };
        read.check()?;
        let read = read.in_order();
        match self.id {
            Some(id) if id != EntryId::of(&read) => Err(EntryFault::Altered),
            _ => Ok(read),
        }
    }
}

impl WrittenObservation {
    fn read(self) -> Result<Observation, EntryFault> {
        let said = match (self.known, self.unknown) {
            (Some(known), None) => Said::Known(known.into()),
            (None, Some(WrittenReason::AskedUnknown)) => Said::AskedUnknown,
            (None, Some(WrittenReason::Declined)) => Said::Declined,
            _ => return Err(EntryFault::Said),
        };
        Ok(Observation {
            by: self.by,
            means: self.means,
            observed_on: self.observed_on,
            recorded_on: self.recorded_on,
            fact: self.fact,
            said,
            remark: self.remark,
        })
    }
}

impl WrittenErasure {
    fn of(id: EntryId, erasure: &Erasure) -> Self {
        Self {
            id: Some(id),
            by: erasure.by.clone(),
            scope: erasure.scope.clone(),
            up_to: erasure.up_to,
            recorded_on: erasure.recorded_on,
            ground: erasure.ground.clone(),
        }
    }

    fn read(self) -> Result<Erasure, EntryFault> {
        let erasure = Erasure {
            by: self.by,
            scope: self.scope,
            up_to: self.up_to,
            recorded_on: self.recorded_on,
            ground: self.ground,
        };
        erasure.check()?;
        match self.id {
            Some(id) if id != EntryId::of_erasure(&erasure) => Err(EntryFault::Altered),
            _ => Ok(erasure),
        }
    }
}

impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entries = self.entries.iter();
        let entries = entries.map(|(id, entry)| WrittenEntry::of(*id, entry));
        let erasures = self.erasures.iter();
        let erasures = erasures.map(|(id, erasure)| WrittenErasure::of(*id, erasure));
        let mut fields = serializer.serialize_struct("Diagnostic", 4)?;
        fields.serialize_field("version", &DIAGNOSTIC_VERSION)?;
        fields.serialize_field("person", &self.person)?;
        fields.serialize_field("entries", &entries.collect::<Vec<_>>())?;
        fields.serialize_field("erasures", &erasures.collect::<Vec<_>>())?;
        fields.end()
    }
}

impl Diagnostic {
    /// Reads a diagnostic: what `serde_json::to_string` wrote, or what was written by hand,
    /// where an entry needs no id.
    ///
    /// ```
    /// use spie::Diagnostic;
    ///
    /// let by_hand = r#"{
    ///   "version": 1,
    ///   "person": "dossier-12",
    ///   "entries": [
    ///     { "observation": {
    ///         "by": "caf-51", "means": "attested",
    ///         "observed_on": "2025-01-10", "recorded_on": "2025-01-11",
    ///         "fact": "rsa", "known": { "one_of": [{ "flag": true }] } } }
    ///   ]
    /// }"#;
    /// let diagnostic = Diagnostic::parse(by_hand)?;
    /// let again = Diagnostic::parse(&serde_json::to_string(&diagnostic)?)?;
    /// assert_eq!(again, diagnostic);
    ///
    /// let altered = serde_json::to_string(&diagnostic)?.replace("true", "false");
    /// let error = Diagnostic::parse(&altered).unwrap_err();
    /// assert!(error.to_string().starts_with("entry 1: expected what its id was computed from"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ExchangeErrors`]: where the text has another shape, or every entry that cannot be kept.
    /// They hold no value.
    pub fn parse(text: &str) -> Result<Self, ExchangeErrors> {
        let written: WrittenDiagnostic =
            serde_json::from_str(text).map_err(|error| ExchangeErrors::shape(&error))?;
        if written.version != DIAGNOSTIC_VERSION {
            return Err(ExchangeErrors::one(ExchangeError::Version {
                found: written.version,
            }));
        }
        let (entries, erasures) = (written.entries.len(), written.erasures.len());
        if entries > MOST_ENTRIES || erasures > MOST_ERASURES {
            return Err(ExchangeErrors::one(ExchangeError::TooMany {
                entries: MOST_ENTRIES,
                erasures: MOST_ERASURES,
            }));
        }
        let mut diagnostic = Self::new(written.person);
        let mut errors = Vec::new();
        for (position, written) in (1..).zip(written.entries) {
            match written.read() {
                Ok(entry) => {
                    diagnostic.entries.insert(EntryId::of(&entry), entry);
                }
                Err(fault) => errors.push(ExchangeError::Entry { position, fault }),
            }
        }
        for (position, written) in (1..).zip(written.erasures) {
            match written.read() {
                Ok(erasure) => {
                    let id = EntryId::of_erasure(&erasure);
                    diagnostic.erasures.insert(id, erasure);
                }
                Err(fault) => errors.push(ExchangeError::Erasure { position, fault }),
            }
        }
        if !errors.is_empty() {
            return Err(ExchangeErrors::many(errors));
        }
        diagnostic.erase_what_is_covered();
        Ok(diagnostic)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Diagnostic {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Diagnostic".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        WrittenDiagnostic::json_schema(generator)
    }
}
