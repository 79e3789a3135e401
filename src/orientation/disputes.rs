//! What partners disagree about, and whether it changes anything for the person.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;

use super::{Decides, MismatchError, Orientation, TrackAnswer, restricted};
use crate::fact::dictionary::FactId;
use crate::fact::french;
use crate::fact::possible::Possible;
use crate::pack::EngineAt;
use crate::profile::{Profile, Told, levels_giving_way};
use crate::vocabulary::{FactName, SchemeId};

/// Something that one orientation proposes, or the other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ProposalChange {
    /// The scheme; absent for the track, or for whom the person is sent to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheme: Option<SchemeId>,
    /// Its title, « le parcours » or « l'interlocuteur »: professionals read it.
    pub title: String,
    /// What happens to it.
    pub kind: ProposalChangeKind,
}

/// What happens to a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum ProposalChangeKind {
    /// It was not proposed, and is.
    Gained,
    /// It was proposed, and is no more.
    Lost,
    /// Another body, another day, or another certainty.
    Changed,
}

impl Orientation {
    /// What another orientation of the same person proposes otherwise: after a merge, on
    /// another day, with another pack. Empty where nothing changes.
    #[must_use]
    pub fn proposal_changes(&self, after: &Self) -> Vec<ProposalChange> {
        let mut changes = Vec::new();
        let same =
            |a: &super::Proposal, b: &super::Proposal| a.scheme == b.scheme && a.body == b.body;
        for before in &self.proposals {
            let now = after.proposals.iter().find(|one| same(one, before));
            let elsewhere = after
                .proposals
                .iter()
                .any(|one| one.scheme == before.scheme);
            let kind = match now {
                Some(now)
                    if now.certainty == before.certainty && now.deadline == before.deadline =>
                {
                    continue;
                }
                None if !elsewhere => ProposalChangeKind::Lost,
                _ => ProposalChangeKind::Changed,
            };
            changes.push(ProposalChange {
                scheme: Some(before.scheme.clone()),
                title: before.title.clone(),
                kind,
            });
        }
        for now in &after.proposals {
            let known = self.proposals.iter().any(|one| one.scheme == now.scheme);
            let same_body = self.proposals.iter().any(|one| same(one, now));
            let listed = changes
                .iter()
                .any(|one| one.scheme.as_ref() == Some(&now.scheme));
            if same_body || listed {
                continue;
            }
            let kind = if known {
                ProposalChangeKind::Changed
            } else {
                ProposalChangeKind::Gained
            };
            changes.push(ProposalChange {
                scheme: Some(now.scheme.clone()),
                title: now.title.clone(),
                kind,
            });
        }
        if tracks(self.track.as_ref()) != tracks(after.track.as_ref()) {
            changes.push(ProposalChange {
                scheme: None,
                title: TRACK.to_owned(),
                kind: ProposalChangeKind::Changed,
            });
        }
        changes
    }
}

/// What a change of the track is called.
const TRACK: &str = "le parcours";

/// Which tracks are possible, with whom.
fn tracks(answer: Option<&TrackAnswer>) -> Vec<(&crate::vocabulary::Code, &super::Body)> {
    let options = answer.into_iter().flat_map(|answer| &answer.options);
    options
        .map(|option| (&option.track, &option.lead))
        .collect()
}

/// A fact on which partners have nothing in common.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Dispute {
    /// The fact.
    pub fact: FactName,
    /// Its French label.
    pub label: String,
    /// As [`ProofFact::sensitivity`](super::ProofFact::sensitivity).
    pub sensitivity: u8,
    /// What each side says, in French.
    pub sides: Vec<String>,
    /// Who could settle it, in French.
    pub attest: Vec<String>,
    /// What is proposed otherwise according to which side is right, where need be once other
    /// disputes are settled or other facts are known. Empty: whoever is right, nothing was found to
    /// change for the person, and nothing is urgent.
    pub changes: Vec<ProposalChange>,
}

impl Dispute {
    /// Whether somebody should settle it: what is proposed hangs on it.
    #[must_use]
    pub fn matters(&self) -> bool {
        !self.changes.is_empty()
    }
}

/// Shows what it is about, never what anybody said.
impl fmt::Debug for Dispute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dispute")
            .field("fact", &self.fact)
            .field("sides", &self.sides.len())
            .field("changes", &self.changes)
            .finish_non_exhaustive()
    }
}

impl EngineAt {
    /// What partners disagree about, in the order of the dictionary: those on which a proposal
    /// hangs first.
    ///
    /// Each side is taken for the truth in turn, all else being as it is known. Where nothing hangs
    /// on it then, something may once other disputes are settled: ways to settle them are tried until
    /// one changes something, or, where there are too many (over 64), each side of each other dispute;
    /// then, as of a question, answers about other facts that may still be asked.
    ///
    /// # Errors
    ///
    /// [`MismatchError`] when the profile was built for another engine or date.
    pub fn disputes(&self, profile: &Profile) -> Result<Vec<Dispute>, MismatchError> {
        let mut disputes = Vec::new();
        let model = self.engine.model();
        let hidden = restricted::is_restricted(model, profile);
        for (id, sides) in &profile.disputes {
            let mut sides_told = sides.iter();
            let tells = |side: &Possible| model.known_tells(*id, side, self.date).home();
            if hidden && sides_told.any(tells) {
                continue;
            }
            disputes.push(self.dispute(profile, *id, sides)?);
        }
        disputes.sort_by_key(|dispute| !dispute.matters());
        Ok(disputes)
    }

    fn dispute(
        &self,
        profile: &Profile,
        id: FactId,
        sides: &[Possible],
    ) -> Result<Dispute, MismatchError> {
        let model = self.engine.model();
        let fact = model.dictionary.fact(id);
        let mut changes = self.hangs(profile, id, sides, &Settled::new())?;
        // What nothing in force reads changes nothing, whatever others settle.
        if changes.is_empty() && self.period.reads().contains(&id) {
            for settled in ways_to_settle(profile, id) {
                changes = self.hangs(profile, id, sides, &settled)?;
                if !changes.is_empty() {
                    break;
                }
            }
        }
        if changes.is_empty() {
            changes = self.hangs_with_answers(profile, id)?;
        }
        changes.sort();
        changes.dedup_by(|a, b| a.scheme == b.scheme && (a.scheme.is_some() || a.title == b.title));
        Ok(Dispute {
            fact: fact.name.clone(),
            label: fact.label.to_string(),
            sensitivity: sides
                .iter()
                .map(|side| fact.sensitivity_of(side))
                .fold(fact.sensitivity, u8::max),
            sides: sides
                .iter()
                .map(|side| french::possible(fact, side))
                .collect(),
            attest: model.network.labels(&fact.attest),
            changes,
        })
    }

    /// A level said in part gives way to details that are no longer in dispute.
    fn let_levels_give_way(
        &self,
        profile: &Profile,
        told: &mut BTreeMap<FactId, Told>,
        settled: impl Iterator<Item = FactId>,
    ) {
        let model = self.engine.model();
        let settled: BTreeSet<FactId> = settled.collect();
        let in_dispute = |id: &FactId| profile.disputes.contains_key(id) && !settled.contains(id);
        let possible = told.iter().map(|(id, one)| (*id, &one.possible)).collect();
        let order = &model.dictionary.order;
        let give_way = levels_giving_way(model.meaning(), self.date, &possible, in_dispute, order);
        told.retain(|id, _| !give_way.contains(id));
    }

    /// What is proposed otherwise once other facts are known, as far as two answers were found.
    fn hangs_with_answers(
        &self,
        profile: &Profile,
        about: FactId,
    ) -> Result<Vec<ProposalChange>, MismatchError> {
        let changes = self.decided_by_dispute(profile, about)?.into_iter();
        let change = |scheme, title, kind| ProposalChange {
            scheme,
            title,
            kind,
        };
        let changes = changes.map(|decides| match decides {
            Decides::Scheme { scheme, title } => {
                change(Some(scheme), title, ProposalChangeKind::Gained)
            }
            Decides::Deadline { scheme, title } => {
                change(Some(scheme), title, ProposalChangeKind::Changed)
            }
            Decides::Track => change(None, TRACK.to_owned(), ProposalChangeKind::Changed),
            Decides::Body { role } => {
                let title = format!("l'interlocuteur ({role})");
                change(None, title, ProposalChangeKind::Changed)
            }
        });
        Ok(changes.collect())
    }

    /// What is proposed otherwise according to which side is right, others being settled so.
    fn hangs(
        &self,
        profile: &Profile,
        id: FactId,
        sides: &[Possible],
        others: &Settled<'_>,
    ) -> Result<Vec<ProposalChange>, MismatchError> {
        let mut changes = Vec::new();
        let mut first: Option<Orientation> = None;
        for side in sides {
            let mut told = profile.told.clone();
            for (id, side) in others.iter().copied().chain([(id, side)]) {
                let source = told.get(&id).map(|told| told.source.clone());
                let settled = Told {
                    possible: side.clone(),
                    source: source.unwrap_or_default(),
                    others: Vec::new(),
                };
                told.insert(id, settled);
            }
            self.let_levels_give_way(
                profile,
                &mut told,
                others.iter().map(|(id, _)| *id).chain([id]),
            );
            let settled = Profile {
                restricted: profile.restricted,
                ..Profile::new(&self.engine, self.date, told, profile.reasons.clone())
            };
            let orientation = self.orient(&settled)?;
            match &first {
                None => first = Some(orientation),
                Some(first) => changes.extend(first.proposal_changes(&orientation)),
            }
        }
        Ok(changes)
    }
}

/// Disputes, each with the side taken for the truth.
type Settled<'p> = Vec<(FactId, &'p Possible)>;

/// Ways to settle several disputes that are all tried, at most.
const WAYS: usize = 64;

/// Each way to settle the disputes of a profile but one; each side of each other dispute alone
/// where those are too many.
fn ways_to_settle(profile: &Profile, but: FactId) -> Vec<Settled<'_>> {
    let others = profile.disputes.iter().filter(|(id, _)| **id != but);
    let others: Vec<_> = others.collect();
    if others.is_empty() {
        return Vec::new();
    }
    let mut ways: Vec<Settled<'_>> = vec![Settled::new()];
    for (id, sides) in &others {
        if ways.len().saturating_mul(sides.len()) > WAYS {
            let alone = others.iter();
            let alone = alone.flat_map(|(id, sides)| sides.iter().map(|side| vec![(**id, side)]));
            return alone.collect();
        }
        let of_side = |side| {
            ways.iter()
                .map(move |way| [&way[..], &[(**id, side)]].concat())
        };
        ways = sides.iter().flat_map(of_side).collect();
    }
    ways
}
