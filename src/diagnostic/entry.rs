//! The entries of a diagnostic: what a body said, and what it takes back.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::EntryId;
use super::error::EntryError;
use super::knowledge;
use crate::Knowledge;
use crate::calendar::in_range;
use crate::debug::shows_only;
use crate::fact::Means;
use crate::vocabulary::{BodyId, FactName};

/// Longest remark, in characters.
const LONGEST_REMARK: usize = 500;

/// What an observation says of its fact.
#[derive(Clone, PartialEq, Eq)]
pub enum Said {
    /// The values that are possible.
    Known(Knowledge),
    /// The person was asked and does not know.
    AskedUnknown,
    /// The person chose not to answer; this costs nothing elsewhere.
    Declined,
}

/// A body observed a fact about the person.
#[derive(Clone, PartialEq, Eq)]
pub struct Observation {
    /// The body, whatever its name on that day.
    pub by: BodyId,
    /// By what means.
    pub means: Means,
    /// The day it was observed: for order and freshness.
    pub observed_on: NaiveDate,
    /// The day it was recorded: for audits.
    pub recorded_on: NaiveDate,
    /// The fact.
    pub fact: FactName,
    /// What it is, as it was said and in no pack's terms.
    pub said: Said,
    /// A remark for professionals, of 500 characters at most; no rule reads it.
    pub remark: Option<String>,
}

/// Why a statement is withdrawn, or should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", expecting = "why it is withdrawn")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum WithdrawalReason {
    /// Wrongly typed or wrongly read.
    Mistake,
    /// It was about somebody else.
    WrongPerson,
    /// The person says that it is wrong (RGPD art. 16).
    Contested,
}

/// A body takes back an observation of its own. It may arrive before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a retraction")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Retraction {
    /// The body, which made the observation.
    pub by: BodyId,
    /// The observation.
    pub target: EntryId,
    /// The fact it is about.
    pub fact: FactName,
    /// The day it was observed.
    pub observed_on: NaiveDate,
    /// The day it is taken back.
    pub recorded_on: NaiveDate,
    /// Why.
    pub reason: WithdrawalReason,
}

/// A body asks another to take back an observation. It has no effect by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a request for rectification")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rectification {
    /// The body that asks.
    pub by: BodyId,
    /// The body that made the observation.
    pub of: BodyId,
    /// The observation.
    pub target: EntryId,
    /// The fact it is about.
    pub fact: FactName,
    /// The day it was observed.
    pub observed_on: NaiveDate,
    /// The day of the request.
    pub recorded_on: NaiveDate,
    /// Why.
    pub reason: WithdrawalReason,
}

/// An entry of a version that this crate does not know: kept byte for byte, handed on,
/// and part of no resolution. Who said it, of which fact and when is the same in all versions.
#[derive(Clone, PartialEq, Eq)]
pub struct Newer {
    pub(super) bytes: Vec<u8>,
    pub(super) version: u16,
    pub(super) by: BodyId,
    pub(super) of: BodyId,
    pub(super) fact: FactName,
    pub(super) observed_on: NaiveDate,
    pub(super) recorded_on: NaiveDate,
}

/// One entry of a diagnostic.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Entry {
    /// What a body observed.
    Observation(Observation),
    /// What it takes back.
    Retraction(Retraction),
    /// What another body asks it to take back.
    Rectification(Rectification),
    /// Something of a later version.
    Newer(Newer),
}

impl From<Observation> for Entry {
    fn from(entry: Observation) -> Self {
        Self::Observation(entry)
    }
}

impl From<Retraction> for Entry {
    fn from(entry: Retraction) -> Self {
        Self::Retraction(entry)
    }
}

impl From<Rectification> for Entry {
    fn from(entry: Rectification) -> Self {
        Self::Rectification(entry)
    }
}

impl Observation {
    /// Takes it back, on a day and for a reason.
    #[must_use]
    pub fn retracted(&self, recorded_on: NaiveDate, reason: WithdrawalReason) -> Retraction {
        Retraction {
            by: self.by.clone(),
            target: EntryId::of(&Entry::from(self.clone())),
            fact: self.fact.clone(),
            observed_on: self.observed_on,
            recorded_on,
            reason,
        }
    }

    /// Asks its author to take it back, in the name of another body.
    #[must_use]
    pub fn contested(
        &self,
        by: BodyId,
        recorded_on: NaiveDate,
        reason: WithdrawalReason,
    ) -> Rectification {
        Rectification {
            by,
            of: self.by.clone(),
            target: EntryId::of(&Entry::from(self.clone())),
            fact: self.fact.clone(),
            observed_on: self.observed_on,
            recorded_on,
            reason,
        }
    }
}

impl Newer {
    /// The version of its encoding.
    #[must_use]
    pub fn version(&self) -> u16 {
        self.version
    }

    /// Its encoding.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl Entry {
    /// The body that made it.
    #[must_use]
    pub fn by(&self) -> &BodyId {
        match self {
            Self::Observation(entry) => &entry.by,
            Self::Retraction(entry) => &entry.by,
            Self::Rectification(entry) => &entry.by,
            Self::Newer(entry) => &entry.by,
        }
    }

    /// The body whose statement it is about: another one in a request for rectification.
    #[must_use]
    pub fn of(&self) -> &BodyId {
        match self {
            Self::Rectification(entry) => &entry.of,
            Self::Newer(entry) => &entry.of,
            Self::Observation(_) | Self::Retraction(_) => self.by(),
        }
    }

    /// The observation that it takes back, or asks to.
    pub(super) fn target(&self) -> Option<&EntryId> {
        match self {
            Self::Retraction(entry) => Some(&entry.target),
            Self::Rectification(entry) => Some(&entry.target),
            Self::Observation(_) | Self::Newer(_) => None,
        }
    }

    /// Whether another entry is of the same body's word, about the same fact and day: what a
    /// withdrawal says of its target must be true of it. What a later version says about the word of
    /// another is no word of that body.
    pub(super) fn speaks_of(&self, target: &Self) -> bool {
        target.by() == self.of()
            && target.of() == self.of()
            && target.fact() == self.fact()
            && target.observed_on() == self.observed_on()
    }

    /// The fact it is about.
    #[must_use]
    pub fn fact(&self) -> &FactName {
        match self {
            Self::Observation(entry) => &entry.fact,
            Self::Retraction(entry) => &entry.fact,
            Self::Rectification(entry) => &entry.fact,
            Self::Newer(entry) => &entry.fact,
        }
    }

    /// The day on which what it is about was observed.
    #[must_use]
    pub fn observed_on(&self) -> NaiveDate {
        match self {
            Self::Observation(entry) => entry.observed_on,
            Self::Retraction(entry) => entry.observed_on,
            Self::Rectification(entry) => entry.observed_on,
            Self::Newer(entry) => entry.observed_on,
        }
    }

    /// The day on which it was recorded.
    #[must_use]
    pub fn recorded_on(&self) -> NaiveDate {
        match self {
            Self::Observation(entry) => entry.recorded_on,
            Self::Retraction(entry) => entry.recorded_on,
            Self::Rectification(entry) => entry.recorded_on,
            Self::Newer(entry) => entry.recorded_on,
        }
    }

    /// Whether it says something, on days that can be.
    pub(super) fn check(&self) -> Result<(), EntryError> {
        let (observed, recorded) = (self.observed_on(), self.recorded_on());
        if !in_range(observed) || !in_range(recorded) {
            return Err(EntryError::Date);
        }
        if recorded < observed {
            return Err(EntryError::Order);
        }
        let Self::Observation(observation) = self else {
            return Ok(());
        };
        let remark = observation.remark.as_deref().unwrap_or("x");
        if remark.trim().is_empty() || remark.chars().count() > LONGEST_REMARK {
            return Err(EntryError::Remark);
        }
        match &observation.said {
            Said::Known(said) => knowledge::check(said),
            Said::AskedUnknown | Said::Declined => Ok(()),
        }
    }

    /// The same with everything that has no order of its own in one order.
    pub(super) fn in_order(mut self) -> Self {
        if let Self::Observation(observation) = &mut self
            && let Said::Known(said) = &mut observation.said
        {
            knowledge::put_in_order(said);
        }
        self
    }
}

/// Shows the shape of what was said, never a value.
impl fmt::Debug for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Known(_) => "Known",
            Self::AskedUnknown => "AskedUnknown",
            Self::Declined => "Declined",
        })
    }
}

shows_only!(
    /// Shows who, when and what about, never a value.
    Observation { by, fact, observed_on, said }
);

shows_only!(
    /// Shows who, when and what about, never a byte.
    Newer { version, by, fact, observed_on }
);

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Observation(entry) => entry.fmt(f),
            Self::Retraction(entry) => entry.fmt(f),
            Self::Rectification(entry) => entry.fmt(f),
            Self::Newer(entry) => entry.fmt(f),
        }
    }
}
