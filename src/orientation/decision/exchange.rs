//! A record as it is stored, in JSON.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize, Serializer};

use super::choice::{Decision, DecisionError};
use super::record::{DecisionRecord, KeptFact, RecordedProposal, RecordedTrack};
use crate::Knowledge;
use crate::calendar::in_range;
use crate::diagnostic::{EntryError, WrittenKnowledge, check_knowledge, expected_by};
use crate::fact::Source;
use crate::orientation::PackReference;
use crate::vocabulary::{FactName, PersonRef};

/// Version of the stored form of a [`DecisionRecord`].
pub const DECISION_VERSION: u64 = 1;

/// Longest text that is read: a record holds some facts of one person.
const LONGEST: usize = 16 * 1024 * 1024;

/// Alternatives between which one fact may lie: each of them was somebody's word.
const MOST_ALTERNATIVES: usize = 1_000;

/// Why a text is no record. Gives places and names, never a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecisionReadError {
    /// Not JSON, or not the shape of a record.
    #[error("line {line}, column {column}: {expected}")]
    Shape {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What was expected.
        expected: String,
    },
    /// A version that this crate does not know.
    #[error("this record is of version {found}; this crate reads version 1")]
    Version {
        /// The version of the text.
        found: u64,
    },
    /// Longer than one person's record may be.
    #[error("expected at most {most} bytes")]
    TooLong {
        /// How many may be given.
        most: usize,
    },
    /// A fact that says nothing which could be kept.
    #[error("`{fact}`: {error}")]
    Fact {
        /// The fact.
        fact: FactName,
        /// What was expected.
        error: EntryError,
    },
    /// A day with which the library does not compute.
    #[error("`{field}`: expected a day from 1900-01-01 to 2200-12-31")]
    Date {
        /// The field of the record: `date`, `keep_until` or a fact, whose source is meant.
        field: String,
    },
    /// A deadline that ends before it begins, or says nothing.
    #[error("proposals[{place}]: expected a deadline whose first day is not after its last")]
    Deadline {
        /// Which of the proposals, from 0.
        place: usize,
    },
    /// A decision that does not say what it should.
    #[error(transparent)]
    Decision(#[from] DecisionError),
    /// One of its choices does not say what it should.
    #[error("decision.choices[{place}]: {error}")]
    Choice {
        /// Which of the choices, from 0.
        place: usize,
        /// What was expected.
        error: DecisionError,
    },
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a fact as it was used")]
struct WrittenFact {
    known: Vec<WrittenKnowledge>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sources: Vec<Source>,
}

/// What was proposed about one person on a day, on what, and what a professional decided.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a record of a decision")]
struct WrittenRecord {
    version: u64,
    person: PersonRef,
    pack: PackReference,
    date: NaiveDate,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    track: Option<RecordedTrack>,
    proposals: Vec<RecordedProposal>,
    facts: BTreeMap<FactName, WrittenFact>,
    presumed: BTreeSet<FactName>,
    decision: Decision,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    keep_until: Option<NaiveDate>,
    incomplete: bool,
}

/// The one field that all versions share.
#[derive(Deserialize)]
#[serde(expecting = "a record of a decision")]
struct Header {
    version: u64,
}

impl From<&DecisionRecord> for WrittenRecord {
    fn from(record: &DecisionRecord) -> Self {
        let facts = record.facts.iter().map(|(name, kept)| {
            let known = kept.known.iter().map(WrittenKnowledge::from);
            let written = WrittenFact {
                known: known.collect(),
                sources: kept.sources.clone(),
            };
            (name.clone(), written)
        });
        Self {
            version: DECISION_VERSION,
            person: record.person.clone(),
            pack: record.pack.clone(),
            date: record.date,
            track: record.track.clone(),
            proposals: record.proposals.clone(),
            facts: facts.collect(),
            presumed: record.presumed.clone(),
            decision: record.decision.clone(),
            keep_until: record.keep_until,
            incomplete: record.incomplete,
        }
    }
}

impl Serialize for DecisionRecord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        WrittenRecord::from(self).serialize(serializer)
    }
}

impl WrittenRecord {
    /// The field, or the fact, of which a day is out of range.
    fn wrong_day(&self) -> Option<String> {
        let sources = self.facts.iter();
        let sources = sources.flat_map(|(name, fact)| {
            let days = fact.sources.iter().filter_map(|source| source.on);
            days.map(move |day| (name.as_str(), day))
        });
        let kept = self.keep_until.map(|day| ("keep_until", day));
        let mut days = [("date", self.date)].into_iter().chain(kept).chain(sources);
        let wrong = days.find(|(_, day)| !in_range(*day));
        wrong.map(|(field, _)| field.to_owned())
    }
}

impl WrittenFact {
    fn read(self, fact: &FactName) -> Result<KeptFact, DecisionReadError> {
        let known: Vec<Knowledge> = self.known.into_iter().map(Knowledge::from).collect();
        let named = |error| DecisionReadError::Fact {
            fact: fact.clone(),
            error,
        };
        if known.is_empty() {
            return Err(named(EntryError::Empty));
        }
        if known.len() > MOST_ALTERNATIVES {
            return Err(named(EntryError::TooMany {
                most: MOST_ALTERNATIVES,
            }));
        }
        known.iter().try_for_each(check_knowledge).map_err(named)?;
        Ok(KeptFact {
            known,
            sources: self.sources,
        })
    }
}

impl DecisionRecord {
    /// Reads a record: what `serde_json::to_string` wrote.
    ///
    /// # Errors
    ///
    /// [`DecisionReadError`]: where the text has another shape, is of a later version, or says
    /// what no record could. It holds no value.
    pub fn parse(text: &str) -> Result<Self, DecisionReadError> {
        if text.len() > LONGEST {
            return Err(DecisionReadError::TooLong { most: LONGEST });
        }
        let shape = |error: serde_json::Error| DecisionReadError::Shape {
            line: error.line(),
            column: error.column(),
            expected: expected_by(&error, "expected a record of a decision in JSON"),
        };
        // A later version has fields of its own: it is named before they are met.
        let header: Header = serde_json::from_str(text).map_err(shape)?;
        if header.version != DECISION_VERSION {
            return Err(DecisionReadError::Version {
                found: header.version,
            });
        }
        let written: WrittenRecord = serde_json::from_str(text).map_err(shape)?;
        if let Some(field) = written.wrong_day() {
            return Err(DecisionReadError::Date { field });
        }
        if let Some(error) = written
            .decision
            .check_alone(written.date)
            .into_iter()
            .next()
        {
            return Err(error.into());
        }
        if let Some(place) = written.proposals.iter().position(|one| !one.is_sound()) {
            return Err(DecisionReadError::Deadline { place });
        }
        let facts = written.facts.into_iter().map(|(name, fact)| {
            let kept = fact.read(&name)?;
            Ok((name, kept))
        });
        let record = Self {
            person: written.person,
            pack: written.pack,
            date: written.date,
            track: written.track,
            proposals: written.proposals,
            facts: facts.collect::<Result<_, DecisionReadError>>()?,
            presumed: written.presumed,
            decision: written.decision,
            keep_until: written.keep_until,
            incomplete: written.incomplete,
        };
        for (place, choice) in record.decision.choices.iter().enumerate() {
            match choice.check_text().and(choice.check_reason(&record)) {
                // The words went with what their author erased.
                Ok(()) | Err(DecisionError::NoWords(_)) => {}
                Err(error) => return Err(DecisionReadError::Choice { place, error }),
            }
        }
        Ok(record)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for DecisionRecord {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "DecisionRecord".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        WrittenRecord::json_schema(generator)
    }
}
