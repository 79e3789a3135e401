//! What is held of each person, and what each file that comes in changes.

use std::collections::{BTreeMap, BTreeSet};

use spie::diagnostic::{ChangeKind, Difference, EntryId, Erasure, ErasureGround};
use spie::orientation::{ProposalChange, ProposalChangeKind};
use spie::vocabulary::PersonRef;
use spie::{Diagnostic, EngineAt, Profile};

use super::Failure;

/// One diagnostic for each person.
#[derive(Default)]
pub(crate) struct Held {
    people: BTreeMap<PersonRef, Diagnostic>,
}

impl Held {
    /// What a merge would change, to be read before it is done: names of facts and never a value, and what would be
    /// proposed otherwise. Nothing of whoever was not known, unless something is erased.
    pub(crate) fn difference(
        &self,
        at: &EngineAt,
        other: &Diagnostic,
    ) -> Result<Option<String>, Failure> {
        let nothing = Diagnostic::new(other.person().clone());
        let held = self.people.get(other.person());
        let is_new = held.is_none();
        let held = held.unwrap_or(&nothing);
        let known: BTreeSet<&EntryId> = held.erasures().map(|(id, _)| id).collect();
        let difference = held.difference(other, at)?;
        let erasures = other.erasures().filter(|(id, _)| !known.contains(id));
        let erasures: Vec<String> = erasures
            .map(|(id, erasure)| told(erasure, difference.ahead.contains(id)))
            .collect();
        if is_new && erasures.is_empty() {
            return Ok(None);
        }
        let known: BTreeSet<&EntryId> = held.entries().map(|(id, _)| id).collect();
        let known: BTreeSet<&EntryId> = known.into_iter().chain(&difference.added).collect();
        let stay_out = other.entries().filter(|(id, _)| !known.contains(id));
        let mut parts = vec![
            format!("{} entries in", difference.added.len()),
            format!("{} out", difference.erased),
        ];
        match stay_out.count() {
            0 => {}
            count => parts.push(format!("{count} not let in, as they were erased")),
        }
        parts.extend(erasures);
        parts.extend(changes(&difference));
        let proposed = |one: &Diagnostic| at.orient(&Profile::of_diagnostic(at, one));
        let (before, after) = (proposed(held)?, proposed(&held.merge(other)?)?);
        parts.extend(proposals(&before.proposal_changes(&after)));
        Ok(Some(parts.join("; ")))
    }

    pub(crate) fn merge(&mut self, other: &Diagnostic) -> Result<(), Failure> {
        let held = self.people.entry(other.person().clone());
        let held = held.or_insert_with(|| Diagnostic::new(other.person().clone()));
        *held = held.merge(other)?;
        Ok(())
    }

    pub(crate) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.people.into_values().collect()
    }
}

/// An erasure of a later day than the one asked about is told as that.
fn told(erasure: &Erasure, ahead: bool) -> String {
    let ground = match &erasure.ground {
        ErasureGround::Request => "request",
        ErasureGround::Objection => "objection",
        ErasureGround::ConsentWithdrawn => "consent withdrawn",
        ErasureGround::Inaccurate => "inaccurate",
        ErasureGround::Retention => "retention",
        ErasureGround::Upheld { .. } => "upheld, which is claimed and not proved",
        ErasureGround::Court => "court, which is claimed and not proved",
        ErasureGround::Authority => "authority, which is claimed and not proved",
        ErasureGround::WrongPerson => "wrong person, which is claimed and not proved",
        _ => "another",
    };
    let until = if ahead {
        format!(", of a day to come: until {}", erasure.up_to)
    } else {
        String::new()
    };
    format!("erasure by `{}`, ground: {ground}{until}", erasure.by)
}

/// The facts that change, by what happens to them.
fn changes(difference: &Difference) -> Vec<String> {
    let changes = difference.changes.iter();
    by_kind(changes.map(|change| {
        let kind = match change.kind {
            ChangeKind::Added => "added",
            ChangeKind::Settled => "settled",
            ChangeKind::Disputed => "disputed",
            ChangeKind::Changed => "changed",
            ChangeKind::Gone => "gone",
            _ => "other",
        };
        (change.kind, kind, change.fact.as_str())
    }))
}

/// What is proposed otherwise, by what happens to it.
fn proposals(changes: &[ProposalChange]) -> Vec<String> {
    by_kind(changes.iter().map(|change| {
        let kind = match change.kind {
            ProposalChangeKind::Gained => "newly proposed",
            ProposalChangeKind::Lost => "no more proposed",
            ProposalChangeKind::Changed => "proposed otherwise",
            _ => "other proposals",
        };
        let scheme = change.scheme.as_ref();
        let scheme = scheme.map_or("the track", |scheme| scheme.as_str());
        (change.kind, kind, scheme)
    }))
}

/// Names, those of one kind in a row after its words.
fn by_kind<'n, K: Ord>(all: impl Iterator<Item = (K, &'static str, &'n str)>) -> Vec<String> {
    let mut kinds: BTreeMap<K, (&str, Vec<&str>)> = BTreeMap::new();
    for (kind, words, name) in all {
        let (_, names) = kinds.entry(kind).or_insert_with(|| (words, Vec::new()));
        names.push(name);
    }
    let told = kinds.into_values();
    told.map(|(words, names)| format!("{words}: {}", names.join(", ")))
        .collect()
}
