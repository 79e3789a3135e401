//! The canonical encoding, from which ids are made. Frozen: `docs/encoding.md` gives it
//! byte by byte, and vectors among the tests hold it.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::entry::{Observation, Said, WithdrawalReason};
use super::erasure::{ErasureGround, Scope};
use super::{Entry, Erasure};
use crate::Knowledge;
use crate::fact::dictionary::day_number;
use crate::fact::{Means, Value, Without};
use crate::vocabulary::{BodyId, Code, FactName};

/// Version of the canonical encoding that this crate writes.
pub const ENCODING_VERSION: u16 = 1;

pub(super) const MAGIC: [u8; 4] = *b"spie";

/// Id of an entry: the SHA-256 of its canonical encoding.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(with = "String")
)]
pub struct EntryId([u8; 32]);

impl EntryId {
    /// The id of an entry, computed.
    #[must_use]
    pub fn of(entry: &Entry) -> Self {
        Self(Sha256::digest(entry.encode()).into())
    }

    /// The id of an erasure, computed.
    #[must_use]
    pub fn of_erasure(erasure: &Erasure) -> Self {
        Self(Sha256::digest(erasure.encode()).into())
    }

    pub(super) fn of_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

/// Shows no digit: whoever has the hash of a yes or a no can find which.
impl fmt::Debug for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EntryId(..)")
    }
}

impl From<EntryId> for String {
    fn from(id: EntryId) -> Self {
        id.to_string()
    }
}

/// Why a text is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected 64 hexadecimal digits in lower case")]
pub struct ParseEntryIdError;

impl TryFrom<String> for EntryId {
    type Error = ParseEntryIdError;

    fn try_from(text: String) -> Result<Self, ParseEntryIdError> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(&text, &mut bytes).map_err(|_| ParseEntryIdError)?;
        // One text for each id.
        let id = Self(bytes);
        (id.to_string() == text)
            .then_some(id)
            .ok_or(ParseEntryIdError)
    }
}

/// Tags of the four kinds of entries.
pub(super) const OBSERVATION: u8 = 1;
pub(super) const RETRACTION: u8 = 2;
pub(super) const RECTIFICATION: u8 = 3;
pub(super) const ERASURE: u8 = 4;

#[derive(Default)]
struct Bytes(Vec<u8>);

impl Bytes {
    fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    fn length(&mut self, length: usize) {
        // Longer than that is refused before it is encoded.
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        self.0.extend(length.to_be_bytes());
    }

    fn text(&mut self, text: &str) {
        self.length(text.len());
        self.0.extend(text.as_bytes());
    }

    fn number(&mut self, number: i64) {
        self.0.extend(number.to_be_bytes());
    }

    fn day(&mut self, day: NaiveDate) {
        self.number(day_number(day));
    }

    fn list<T>(
        &mut self,
        items: impl ExactSizeIterator<Item = T>,
        mut one: impl FnMut(&mut Self, T),
    ) {
        self.length(items.len());
        for item in items {
            one(self, item);
        }
    }

    fn option<T>(&mut self, value: Option<T>, one: impl FnOnce(&mut Self, T)) {
        self.byte(value.is_some().into());
        if let Some(value) = value {
            one(self, value);
        }
    }

    /// What entries of all versions begin with.
    fn head(&mut self, kind: u8, by: &BodyId, of: &BodyId, fact: &FactName) {
        self.0.extend(MAGIC);
        self.0.extend(ENCODING_VERSION.to_be_bytes());
        self.byte(kind);
        self.text(by.as_str());
        self.text(of.as_str());
        self.text(fact.as_str());
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::None => self.byte(0),
            Value::Flag(flag) => {
                self.byte(1);
                self.byte((*flag).into());
            }
            Value::Integer(number) => {
                self.byte(2);
                self.number(*number);
            }
            Value::Money(amount) => {
                self.byte(3);
                self.number(amount.get());
            }
            Value::Date(day) => {
                self.byte(4);
                self.day(*day);
            }
            Value::Code(code) => {
                self.byte(5);
                self.text(code.as_str());
            }
        }
    }

    /// A set has the order of its encoded members.
    fn set<'v>(&mut self, values: impl Iterator<Item = &'v Value>) {
        let mut encoded: Vec<Vec<u8>> = values
            .map(|value| {
                let mut bytes = Self::default();
                bytes.value(value);
                bytes.0
            })
            .collect();
        encoded.sort_unstable();
        self.list(encoded.iter(), |bytes, value| bytes.0.extend(value));
    }

    fn codes<'c>(&mut self, codes: impl ExactSizeIterator<Item = &'c Code>) {
        self.list(codes, |bytes, code| bytes.text(code.as_str()));
    }

    fn knowledge(&mut self, knowledge: &Knowledge) {
        match knowledge {
            Knowledge::OneOf(values) => {
                self.byte(1);
                self.set(values.iter());
            }
            Knowledge::Between { from, to } => {
                self.byte(2);
                self.option(from.as_ref(), Self::value);
                self.option(to.as_ref(), Self::value);
            }
            Knowledge::Members { with, without } => {
                self.byte(3);
                self.codes(with.iter());
                match without {
                    Without::AllOthers => self.byte(0),
                    Without::These(codes) => {
                        self.byte(1);
                        self.codes(codes.iter());
                    }
                }
            }
            Knowledge::Rows(rows) => {
                self.byte(4);
                self.byte(rows.complete.into());
                let mut encoded: Vec<Vec<u8>> = rows.rows.iter().map(row).collect();
                encoded.sort_unstable();
                self.list(encoded.iter(), |bytes, row| bytes.0.extend(row));
            }
        }
    }

    fn observation(&mut self, observation: &Observation) {
        self.byte(match observation.means {
            Means::Declared => 1,
            Means::Attested => 2,
            Means::Assessed => 3,
            Means::Computed => 4,
        });
        match &observation.said {
            Said::Known(knowledge) => {
                self.byte(1);
                self.knowledge(knowledge);
            }
            Said::AskedUnknown => self.byte(2),
            Said::Declined => self.byte(3),
        }
        self.option(observation.remark.as_deref(), Self::text);
    }

    fn withdrawal(&mut self, target: EntryId, reason: WithdrawalReason) {
        self.0.extend(target.0);
        self.byte(match reason {
            WithdrawalReason::Mistake => 1,
            WithdrawalReason::WrongPerson => 2,
            WithdrawalReason::Contested => 3,
        });
    }
}

/// One row: its fields by name.
pub(super) fn row(row: &BTreeMap<FactName, Knowledge>) -> Vec<u8> {
    let mut bytes = Bytes::default();
    bytes.list(row.iter(), |bytes, (name, knowledge)| {
        bytes.text(name.as_str());
        // Rows within a row are refused: nothing nests deeper.
        if !matches!(knowledge, Knowledge::Rows(_)) {
            bytes.knowledge(knowledge);
        }
    });
    bytes.0
}

impl Entry {
    /// The canonical encoding, the same for ever.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = Bytes::default();
        let kind = match self {
            Self::Newer(entry) => return entry.bytes.clone(),
            Self::Observation(_) => OBSERVATION,
            Self::Retraction(_) => RETRACTION,
            Self::Rectification(_) => RECTIFICATION,
        };
        bytes.head(kind, self.by(), self.of(), self.fact());
        bytes.day(self.observed_on());
        bytes.day(self.recorded_on());
        match self {
            Self::Observation(entry) => bytes.observation(entry),
            Self::Retraction(entry) => bytes.withdrawal(entry.target, entry.reason),
            Self::Rectification(entry) => bytes.withdrawal(entry.target, entry.reason),
            Self::Newer(_) => {}
        }
        bytes.0
    }
}

impl Erasure {
    /// The canonical encoding, the same for ever.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = Bytes::default();
        bytes.0.extend(MAGIC);
        bytes.0.extend(ENCODING_VERSION.to_be_bytes());
        bytes.byte(ERASURE);
        bytes.text(self.by.as_str());
        bytes.day(self.up_to);
        bytes.day(self.recorded_on);
        match &self.scope {
            Scope::All => bytes.byte(0),
            Scope::Fact(fact) => {
                bytes.byte(1);
                bytes.text(fact.as_str());
            }
        }
        match &self.ground {
            ErasureGround::Request => bytes.byte(1),
            ErasureGround::Objection => bytes.byte(2),
            ErasureGround::ConsentWithdrawn => bytes.byte(3),
            ErasureGround::Inaccurate => bytes.byte(4),
            ErasureGround::Retention => bytes.byte(5),
            ErasureGround::Upheld { by } => {
                bytes.byte(6);
                bytes.text(by.as_str());
            }
            ErasureGround::Court => bytes.byte(7),
            ErasureGround::Authority => bytes.byte(8),
            ErasureGround::WrongPerson => bytes.byte(9),
        }
        bytes.0
    }
}
