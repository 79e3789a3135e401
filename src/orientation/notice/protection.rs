//! What stays off a kitchen table unless the person asks for it.

use std::collections::BTreeSet;

use super::Notice;
use crate::fact::Reason;
use crate::orientation::decision::{Choice, Subject};
use crate::orientation::{
    Deadline, Ground, Missing, OpenProposal, Proof, ProofFact, Proposal, SetAside,
};
use crate::vocabulary::{FactName, SchemeId};

/// Facts up to this sensitivity may be read out: ordinary, social and financial ones.
const SPOKEN: u8 = 1;

/// Whether a fact tells of health, justice, violence or the protection of children.
pub(super) fn is_private(sensitivity: u8) -> bool {
    sensitivity > SPOKEN
}

/// Why something is told on request alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hidden {
    /// It tells of the other members of the household.
    Household,
    /// It is of a special category, or criminal.
    Private,
}

impl Notice {
    /// Why one fact is left out.
    pub(super) fn hides_fact(&self, name: &FactName, sensitivity: u8) -> Option<Hidden> {
        if self.sensitive {
            None
        } else if is_private(sensitivity) {
            Some(Hidden::Private)
        } else {
            self.household.contains(name).then_some(Hidden::Household)
        }
    }

    /// Why what is known of a fact is left out: by the fact, or by what its value names.
    pub(super) fn hides_known(&self, fact: &ProofFact) -> Option<Hidden> {
        let of_household = fact.tells.household && !self.sensitive;
        let names = self.names_private_body(&fact.value);
        let by_fact = self.hides_fact(&fact.fact, fact.sensitivity);
        by_fact
            .max(names.then_some(Hidden::Private))
            .or(of_household.then_some(Hidden::Household))
    }

    /// Why the reason that rests on a proof is left out.
    pub(super) fn hides(&self, proof: &Proof) -> Option<Hidden> {
        let told = proof.facts.iter().map(|fact| self.hides_known(fact));
        let derived = proof.derived.iter();
        let derived = derived.map(|fact| self.hides_fact(&fact.fact, fact.sensitivity));
        told.chain(derived).max().flatten()
    }

    /// Why a reason is left out: by its proof, or by a body that one of its texts names.
    pub(super) fn hides_reason<'t>(
        &self,
        proof: &Proof,
        texts: impl IntoIterator<Item = &'t String>,
    ) -> Option<Hidden> {
        let mut texts = texts.into_iter();
        let named = texts.any(|text| self.names_private_body(text));
        self.hides(proof).max(named.then_some(Hidden::Private))
    }

    /// Why a ground of a proposal is left out.
    pub(super) fn hides_ground(&self, ground: &Ground) -> Option<Hidden> {
        self.hides_reason(
            &ground.proof,
            [&ground.title, &ground.because, &ground.source],
        )
    }

    /// Whether a proposal is told by its name, which tells nothing private: some reason of it is
    /// no private one.
    fn shows(&self, proposal: &Proposal) -> bool {
        let named = self.private.by_name.contains(&proposal.scheme)
            || self.names_private_body(&proposal.title);
        let mut grounds = proposal.grounds.iter();
        (self.sensitive || !named)
            && grounds.any(|ground| self.hides(&ground.proof) != Some(Hidden::Private))
    }

    /// Whether a scheme may be told by its name where no proof stands beside it.
    pub(super) fn may_tell(&self, scheme: &SchemeId, title: &str) -> bool {
        self.sensitive || !(self.private.contains(scheme) || self.names_private_body(title))
    }

    /// By when, unless that would tell the day of something private.
    pub(super) fn deadline_of<'p>(&self, proposal: &'p Proposal) -> Option<&'p Deadline> {
        // The deadline is that of the best rule.
        let best = proposal.grounds.first();
        let private = best.is_some_and(|best| self.private_days.contains(&best.rule));
        let told = proposal.deadline.as_ref();
        told.filter(|_| self.sensitive || !private)
    }

    /// The proposals that are told by their names.
    pub(super) fn shown(&self) -> Vec<&Proposal> {
        let proposals = self.orientation.proposals.iter();
        proposals.filter(|proposal| self.shows(proposal)).collect()
    }

    /// How many proposals are told on request alone, and are not decided.
    pub(super) fn kept_back(&self) -> u32 {
        let proposals = self.orientation.proposals.iter();
        let hidden = proposals.filter(|one| !self.shows(one) && !self.is_decided(&one.scheme));
        u32::try_from(hidden.count()).unwrap_or(u32::MAX)
    }

    /// What was set aside, without what would tell something by its name.
    pub(super) fn aside(&self) -> Vec<&SetAside> {
        let private = |aside: &SetAside| {
            let texts = [&aside.because, &aside.source];
            !self.may_tell(&aside.scheme, &aside.title)
                || !self.may_tell(&aside.winner, &aside.winner_title)
                || texts.into_iter().any(|text| self.names_private_body(text))
                || self
                    .orientation
                    .proposals
                    .iter()
                    .any(|proposal| proposal.scheme == aside.winner && !self.shows(proposal))
        };
        let aside = self.orientation.set_aside.iter();
        aside
            .filter(|aside| self.sensitive || !private(aside))
            .collect()
    }

    /// Whether what was decided about something is told by its name.
    pub(super) fn shows_choice(&self, choice: &Choice) -> bool {
        if self.sensitive {
            return true;
        }
        match &choice.subject {
            Subject::Track(_) => true,
            Subject::Scheme(scheme) => {
                let proposals = self.orientation.proposals.iter();
                let mut proposed = proposals.filter(|one| one.scheme == *scheme).peekable();
                if proposed.peek().is_some() {
                    proposed.any(|one| self.shows(one))
                } else {
                    let title = self.titles.get(&choice.subject);
                    self.may_tell(scheme, title.map_or("", |title| title))
                }
            }
        }
    }

    /// Every fact that a told track or proposal rests on, each once, in their order.
    pub(super) fn data(&self) -> Vec<&ProofFact> {
        let mut seen: BTreeSet<&FactName> = BTreeSet::new();
        let mut facts = Vec::new();
        for proof in self.proofs() {
            for fact in &proof.facts {
                if seen.insert(&fact.fact) {
                    facts.push(fact);
                }
            }
        }
        facts
    }

    pub(super) fn proofs(&self) -> impl Iterator<Item = &Proof> {
        let options = self
            .orientation
            .track
            .iter()
            .flat_map(|track| &track.options);
        let proposals = self.orientation.proposals.iter();
        let proposals = proposals.filter(|proposal| self.shows(proposal));
        let grounds = proposals.flat_map(|proposal| &proposal.grounds);
        options
            .map(|option| &option.proof)
            .chain(grounds.map(|ground| &ground.proof))
    }

    /// What would be asked, each once, in the order of what it opens.
    pub(super) fn questions(&self) -> Vec<&Missing> {
        let track = self.orientation.track.iter();
        let open = self.orientation.open.iter();
        let open = open
            .filter(|one: &&OpenProposal| self.sensitive || !self.private.contains(&one.scheme));
        let names = track
            .flat_map(|track| &track.missing)
            .chain(open.flat_map(|open| &open.missing));
        let mut asked: Vec<&Missing> = Vec::new();
        for missing in names.filter_map(|name| self.orientation.missing.get(name)) {
            let told = self
                .hides_fact(&missing.fact, missing.sensitivity)
                .is_none()
                && missing.reason != Reason::Declined
                && missing.question.is_some();
            if told && asked.iter().all(|known| known.fact != missing.fact) {
                asked.push(missing);
            }
        }
        asked
    }

    /// Whether the person chose not to answer something.
    pub(super) fn declined(&self) -> bool {
        let mut missing = self.orientation.missing.values();
        missing.any(|missing| missing.reason == Reason::Declined)
    }
}
