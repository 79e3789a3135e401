//! What a merge would change, to be read before it is done.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Diagnostic, EntryId, FactState, MergeError, Resolution, Status};
use crate::debug::shows_only;
use crate::pack::EngineAt;
use crate::vocabulary::FactName;

/// What happens to a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum ChangeKind {
    /// Nothing counted, and something does, on which nobody disagrees.
    Added,
    /// It was open, and is known.
    Settled,
    /// Nobody disagreed, and somebody does.
    Disputed,
    /// It is something else, or as open in another way.
    Changed,
    /// Something counted, and nothing does.
    Gone,
}

/// One fact that a merge changes.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Change {
    /// The fact.
    pub fact: FactName,
    /// Its French label.
    pub label: String,
    /// As [`FactState::sensitivity`].
    pub sensitivity: u8,
    /// What happens to it.
    pub kind: ChangeKind,
    /// How it stands, where something was said of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<FactState>,
    /// How it would stand, where something is said of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<FactState>,
}

/// What a merge would add, settle, dispute and erase, at a date.
///
/// Its effect on what is proposed is the comparison of two orientations:
/// [`Orientation::proposal_changes`](crate::Orientation::proposal_changes).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Difference {
    /// The date asked about.
    pub date: NaiveDate,
    /// Entries that would come in.
    pub added: Vec<EntryId>,
    /// How many entries would go, by an erasure.
    pub erased: usize,
    /// Erasures that would come in and are of a later day than the one asked about: until then they
    /// take all that is said by whom they bind, as soon as it is said. Ask who wrote them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ahead: Vec<EntryId>,
    /// Facts that would change, by name.
    pub changes: Vec<Change>,
}

impl Diagnostic {
    /// What merging another diagnostic into this one would change. Nothing is merged.
    ///
    /// # Errors
    ///
    /// [`MergeError`] where they belong to two references, or are more than one may hold.
    pub fn difference(&self, other: &Self, at: &EngineAt) -> Result<Difference, MergeError> {
        let merged = self.merge(other)?;
        let new = |id: &&EntryId| !self.entries.contains_key(*id);
        let come = other.erasures.iter();
        let come = come.filter(|(id, _)| !self.erasures.contains_key(id));
        let ahead = come.filter(|(_, erasure)| erasure.up_to > at.date);
        let gone = |id: &&EntryId| !merged.entries.contains_key(*id);
        Ok(Difference {
            date: at.date(),
            added: merged.entries.keys().filter(new).copied().collect(),
            erased: self.entries.keys().filter(gone).count(),
            ahead: ahead.map(|(id, _)| *id).collect(),
            changes: changes(&self.resolve(at), &merged.resolve(at)),
        })
    }
}

fn changes(before: &Resolution, after: &Resolution) -> Vec<Change> {
    let mut names: Vec<&FactName> = before.facts.keys().chain(after.facts.keys()).collect();
    names.sort();
    names.dedup();
    let change = |name: &FactName| {
        let (before, after) = (before.facts.get(name), after.facts.get(name));
        let kind = kind(before, after)?;
        let state = after.or(before)?;
        Some(Change {
            fact: name.clone(),
            label: state.label.clone(),
            sensitivity: state.sensitivity,
            kind,
            before: before.cloned(),
            after: after.cloned(),
        })
    };
    names.into_iter().filter_map(change).collect()
}

/// Nothing where the fact stands as it stood, whoever says so.
fn kind(before: Option<&FactState>, after: Option<&FactState>) -> Option<ChangeKind> {
    let value = |state: Option<&FactState>| state.and_then(|state| state.value.clone());
    let status = |state: Option<&FactState>| state.map(|state| state.status);
    let known = |state: Option<&FactState>| status(state) == Some(Status::Known);
    let disputed = |state: Option<&FactState>| status(state) == Some(Status::Disputed);
    match (value(before), value(after)) {
        (None, None) => (status(before) != status(after)).then_some(ChangeKind::Changed),
        (_, Some(_)) if disputed(after) && !disputed(before) => Some(ChangeKind::Disputed),
        (None, Some(_)) => Some(ChangeKind::Added),
        (Some(_), None) => Some(ChangeKind::Gone),
        (Some(_), Some(_)) if known(after) && !known(before) => Some(ChangeKind::Settled),
        (Some(one), Some(other)) => (one != other).then_some(ChangeKind::Changed),
    }
}

shows_only!(
    /// Shows the fact and what happens to it, never what it is.
    Change { fact, kind }
);
