//! What is refused, and what was expected instead. No error holds a value.

use crate::fact::ToldError;
use crate::fact::possible::nearest;
use crate::pack::Engine;
use crate::vocabulary::{BodyId, PersonRef, write_all};

/// Why an entry says nothing that could be kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EntryError {
    /// A day outside the years with which the library computes.
    #[error("expected days from 1900-01-01 to 2200-12-31")]
    Date,
    /// Recorded before it was observed.
    #[error("expected a day of recording on or after the day of observation")]
    Order,
    /// An erasure of what is yet to be observed.
    #[error("expected to erase what was observed up to the day of the erasure, not after it")]
    ErasedAhead,
    /// Every value is possible: nothing was observed.
    #[error(
        "expected some values to be ruled out; use `declined` or `asked_unknown` where nothing is known"
    )]
    SaysNothing,
    /// No value is possible.
    #[error("expected at least one possible value")]
    Empty,
    /// A list within a list, or a set of codes that is both in and out.
    #[error("expected rows of plain values, and no code that is both in and out of a set")]
    Shape,
    /// More values, codes or rows than an observation may hold.
    #[error("expected at most {most} values, codes or rows")]
    TooMany {
        /// How many may be given.
        most: usize,
    },
    /// The diagnostic holds as much as one may hold.
    #[error("expected at most {most} {what} in one diagnostic")]
    Full {
        /// How many it may hold.
        most: usize,
        /// Of what: `entries` or `erasures`.
        what: &'static str,
    },
    /// A remark of blanks, or one that is too long.
    #[error("expected a remark of 1 to 500 characters")]
    Remark,
}

/// The pack has neither a partner nor a role of that id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown body `{name}`{}", .mend.as_ref().map(|m| format!(" (did you mean `{m}`?)")).unwrap_or_default())]
pub struct UnknownBodyError {
    name: String,
    mend: Option<String>,
}

impl UnknownBodyError {
    /// Refuses what is neither a partner nor a role of the pack.
    pub(crate) fn unless_known(engine: &Engine, body: &BodyId) -> Result<(), Self> {
        let network = &engine.model().network;
        if network.body(body.as_str()).is_some() {
            return Ok(());
        }
        let partners = network.partners.iter().map(|partner| partner.id.as_str());
        let roles = network.roles.iter().map(|role| role.id.as_str());
        Err(Self {
            name: body.to_string(),
            mend: nearest(body.as_str(), partners.chain(roles)).map(str::to_owned),
        })
    }

    /// The id as given.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The nearest known id, if one is near enough to be a slip.
    #[must_use]
    pub fn mend(&self) -> Option<&str> {
        self.mend.as_deref()
    }
}

/// Why an entry cannot be written at one's own desk.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// It says nothing that could be kept.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// The pack has no fact of that name.
    #[error("unknown fact `{name}`{}", .mend.as_ref().map(|m| format!(" (did you mean `{m}`?)")).unwrap_or_default())]
    UnknownFact {
        /// The name as given.
        name: String,
        /// The nearest known name.
        mend: Option<String>,
    },
    /// The fact is computed from others.
    #[error("`{name}` is computed from other facts and cannot be observed")]
    Derived {
        /// The fact.
        name: String,
    },
    /// The pack cannot read it as the fact's type.
    #[error("`{name}`: {error}")]
    Told {
        /// The fact.
        name: String,
        /// What was expected.
        error: ToldError,
    },
    /// Whatever the fact may be, it was allowed.
    #[error("`{name}`: expected some values to be ruled out")]
    WholeDomain {
        /// The fact.
        name: String,
    },
    /// The pack has neither a partner nor a role of that id.
    #[error(transparent)]
    UnknownBody(#[from] UnknownBodyError),
    /// An erasure covers what it says: it would be gone at once.
    #[error("an erasure covers what was observed of this fact on that day")]
    Erased,
    /// An erasure that is recorded on a day to come.
    #[error(
        "expected an erasure recorded by the day asked about: it would take all that is said until then"
    )]
    Ahead,
    /// A withdrawal, or a request for one, of an observation that is not held here.
    #[error(
        "expected an observation of `{fact}` by `{of}` that is held here: merge the copy that holds it first"
    )]
    NoTarget {
        /// The fact that it names.
        fact: String,
        /// The body whose word it names.
        of: String,
    },
    /// A withdrawal, or a request for one, that says another body, fact or day than its target.
    #[error(
        "expected an observation of `{fact}` by `{of}` of the same day: make it of the observation itself (`retracted`, `contested`)"
    )]
    OtherTarget {
        /// The fact that it names.
        fact: String,
        /// The body whose word it names.
        of: String,
    },
    /// The same observation, to the day and the remark, was taken back: it would stay so.
    #[error(
        "`{name}`: this very observation was taken back; say it again with a remark, or on another day"
    )]
    TakenBack {
        /// The fact.
        name: String,
    },
}

/// Why bytes are no entry, or no erasure. Holds none of them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// Not the encoding of an entry: cut, altered, or not in its order.
    #[error("expected the canonical encoding of an entry, whole")]
    Entry,
    /// Not the encoding of an erasure: cut, altered, or of a later version.
    #[error("expected the canonical encoding of an erasure, whole and of version 1")]
    Erasure,
    /// It says nothing that could be kept.
    #[error(transparent)]
    Said(#[from] EntryError),
}

/// Why two diagnostics cannot be merged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MergeError {
    /// They belong to two references. If these are one person, `relink` one of them first.
    #[error("expected the diagnostic of `{expected}`, found that of `{found}`")]
    OtherPerson {
        /// The reference that receives.
        expected: PersonRef,
        /// The reference of what is received.
        found: PersonRef,
    },
    /// Together they hold more than one person's diagnostic may.
    #[error("expected at most {entries} entries and {erasures} erasures together")]
    TooMany {
        /// Most entries.
        entries: usize,
        /// Most erasures.
        erasures: usize,
    },
}

/// Why one entry or erasure of a text is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EntryFault {
    /// It says nothing that could be kept.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// It is of no kind, or of several.
    #[error("expected one of `observation`, `retraction`, `rectification`, `newer`")]
    Kind,
    /// It says both what is known and why nothing is, or neither.
    #[error("expected either `known` or `unknown`")]
    Said,
    /// What claims to be of a later version does not begin as an entry of one.
    #[error("expected the encoding of a later version, in hexadecimal digits")]
    Newer,
    /// It was altered after its id was computed.
    #[error("expected what its id was computed from: it was altered, or leave the id out")]
    Altered,
}

/// Why a text is no diagnostic. Gives places, never a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ExchangeError {
    /// Not JSON, or not the shape of a diagnostic.
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
    #[error("this diagnostic is of version {found}; this crate reads version 1")]
    Version {
        /// The version of the text.
        found: u64,
    },
    /// More than one person's diagnostic may hold.
    #[error("expected at most {entries} entries and {erasures} erasures")]
    TooMany {
        /// Most entries.
        entries: usize,
        /// Most erasures.
        erasures: usize,
    },
    /// An entry that cannot be kept.
    #[error("entry {position}: {fault}")]
    Entry {
        /// Which of the entries, from 1.
        position: usize,
        /// Why.
        fault: EntryFault,
    },
    /// An erasure that cannot be kept.
    #[error("erasure {position}: {fault}")]
    Erasure {
        /// Which of the erasures, from 1.
        position: usize,
        /// Why.
        fault: EntryFault,
    },
}

/// Everything for which a text is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeErrors(Vec<ExchangeError>);

impl ExchangeErrors {
    /// The errors, in the order of the text.
    pub fn iter(&self) -> impl Iterator<Item = &ExchangeError> {
        self.0.iter()
    }

    pub(super) fn one(error: ExchangeError) -> Self {
        Self(vec![error])
    }

    pub(super) fn many(errors: Vec<ExchangeError>) -> Self {
        Self(errors)
    }

    /// What serde found is left out: it may be a value of the person.
    pub(super) fn shape(error: &serde_json::Error) -> Self {
        Self::one(ExchangeError::Shape {
            line: error.line(),
            column: error.column(),
            expected: expected_by(error, "expected a diagnostic in JSON"),
        })
    }
}

/// What serde expected, without what it found.
pub(crate) fn expected_by(error: &serde_json::Error, otherwise: &str) -> String {
    let said = error.to_string();
    let said = said
        .rsplit_once(" at line ")
        .map_or(said.as_str(), |(said, _)| said);
    match said.rfind("expected ") {
        Some(start) => said.get(start..).unwrap_or_default().to_owned(),
        None if said.starts_with("missing field") => said.to_owned(),
        None => otherwise.to_owned(),
    }
}

impl std::fmt::Display for ExchangeErrors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write_all(f, &self.0)
    }
}

impl std::error::Error for ExchangeErrors {}
