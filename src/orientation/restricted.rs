//! Danger at home: an answer that may be left on a kitchen table.
//!
//! With `contact.restricted`, nothing handed out carries a place, a childcare or
//! housing reason, or the existence of that flag: bodies are named by their role,
//! what rests on facts of those themes is left out, and the whole answer is kept
//! apart for the lead body, to be told face to face.

use super::{Certainty, Ground, Orientation, Proof, Verdict, WhyNot};
use crate::fact::Source;
use crate::network::{BodyRef, SchemeIndex};
use crate::pack::EngineAt;
use crate::pack::model::{Model, tells_a_place};
use crate::profile::Profile;
use crate::rule::condition::Slot;
use crate::vocabulary::{FactName, RuleId, SchemeId};

/// Whether the flag may be true, as far as it was told.
pub(super) fn is_restricted(model: &Model, profile: &Profile) -> bool {
    let Some(flag) = model.standing.restricted else {
        return false;
    };
    profile.restricted
        || profile.told.contains_key(&flag)
            && profile.worlds.told.view(Slot::Fact(flag)).contains(1)
}

/// Takes out of why a scheme is not proposed what tells a place or a household: it is told
/// face to face.
pub(super) fn restrict_why_not(why: &mut WhyNot, model: &Model) {
    why.tests
        .retain(|test| !model.tells_a_place(test.fact.as_str()));
    why.presumed
        .retain(|presumed| !model.tells_a_place(presumed.fact.as_str()));
    let changes = why.changes.len();
    why.changes
        .retain(|change| !model.tells_a_place(change.fact.as_str()));
    // Part of a way leads nowhere.
    if why.changes.len() < changes {
        why.changes.clear();
    }
}

/// Whether a scheme may be named there: its theme tells no place and no household.
pub(super) fn names_no_place(at: &EngineAt, scheme: SchemeIndex) -> bool {
    let dated = at.engine.model().network.schemes.get(scheme.0);
    let theme = dated
        .and_then(|dated| dated.at(at.date))
        .and_then(|scheme| scheme.theme.as_deref());
    !theme.is_some_and(tells_a_place)
}

/// Whether a rule is still open after something was told that tells a place or a household:
/// a grant of one town is open to those who live there.
pub(super) fn rests_on_a_place(at: &EngineAt, profile: &Profile, rule: &RuleId) -> bool {
    let model = at.engine.model();
    let mut in_force = at.period.rules.iter();
    let in_force = in_force.find(|one| {
        let entry = model.rules.get(one.place);
        entry.is_some_and(|(_, entry)| entry.id == *rule)
    });
    in_force.is_some_and(|one| {
        let mut told = one.reads.iter().filter(|id| profile.told.contains_key(id));
        told.any(|id| model.tells_a_place(model.dictionary.fact(*id).name.as_str()))
    })
}

/// Takes out of an orientation, in which bodies are named by their role, whatever else
/// tells a place or a household.
///
/// What is left reads like anybody's: a sentence that only such an answer has would tell
/// the flag.
pub(super) fn restrict(orientation: &mut Orientation, at: &EngineAt, profile: &Profile) {
    let model = at.engine.model();
    let told = |name: &FactName| !model.tells_a_place(name.as_str());
    let tells_nothing = |proof: &Proof| {
        let derived = proof.derived.iter().map(|fact| &fact.fact);
        proof
            .facts
            .iter()
            .map(|fact| &fact.fact)
            .chain(derived)
            .all(told)
    };
    // Who said it, where that is a body of a place.
    let unsign = |proof: &mut Proof| {
        let of_a_place = |source: &Source| {
            let by = source.by.as_ref();
            let by = by.and_then(|by| model.network.body(by.as_str()));
            matches!(by, Some(BodyRef::Partner(_)))
        };
        for fact in &mut proof.facts {
            fact.others.retain(|other| !of_a_place(&other.source));
            // Days and means without a body stand in no other answer.
            if of_a_place(&fact.source) {
                fact.source = Source::default();
                fact.said_by = None;
            }
        }
    };
    let may_be_named = |scheme: &SchemeId| {
        let index = model.network.scheme(scheme.as_str());
        index.is_none_or(|index| names_no_place(at, index))
    };
    if let Some(track) = &mut orientation.track {
        for option in &mut track.options {
            option.proof.facts.retain(|fact| told(&fact.fact));
            option.proof.derived.retain(|fact| told(&fact.fact));
            unsign(&mut option.proof);
        }
        track.missing.retain(told);
    }
    orientation.proposals.retain_mut(|proposal| {
        let best = proposal.grounds.first().map(|ground| ground.rule.clone());
        proposal
            .grounds
            .retain(|ground| tells_nothing(&ground.proof));
        // What the best ground gave goes with it.
        if proposal.grounds.first().map(|ground| &ground.rule) != best.as_ref() {
            proposal.deadline = None;
        }
        let certain = |ground: &Ground| ground.verdict == Verdict::Certain;
        if !proposal.grounds.iter().any(certain) {
            proposal.certainty = Certainty::Presumed;
        }
        for ground in &mut proposal.grounds {
            unsign(&mut ground.proof);
        }
        proposal
            .provisional
            .retain(|rival| may_be_named(&rival.scheme));
        for rival in &mut proposal.provisional {
            rival.missing.retain(told);
        }
        let place = proposal.theme.as_deref().is_some_and(tells_a_place);
        !place && may_be_named(&proposal.scheme) && !proposal.grounds.is_empty()
    });
    for (rank, proposal) in (1_u32..).zip(&mut orientation.proposals) {
        proposal.rank = rank;
    }
    orientation
        .set_aside
        .retain(|aside| may_be_named(&aside.scheme) && may_be_named(&aside.winner));
    orientation.open.retain_mut(|open| {
        open.missing.retain(told);
        open.rules
            .retain(|rule| !rests_on_a_place(at, profile, rule));
        may_be_named(&open.scheme) && !open.missing.is_empty() && !open.rules.is_empty()
    });
    orientation.missing.retain(|name, _| told(name));
    orientation
        .contrasts
        .retain(|contrast| told(&contrast.fact));
}
