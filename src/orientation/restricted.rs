//! Danger at home: an answer that may be left on a kitchen table.
//!
//! With `contact.restricted`, nothing handed out carries a place, a reason that tells of the
//! home (`Model::tells_home`), or the existence of that flag: bodies are named by their role,
//! what rests on such facts is left out, and the whole answer is kept apart for the lead
//! body, to be told face to face.

use super::proof::reads_of;
use super::{Certainty, Ground, Orientation, Proof, Verdict, WhyNot};
use crate::fact::Source;
use crate::fact::dictionary::FactId;
use crate::network::{BodyRef, SchemeIndex};
use crate::pack::EngineAt;
use crate::pack::model::{Model, Rule};
use crate::profile::Profile;
use crate::rule::condition::Slot;
use crate::rule::deadline::Within;
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
pub(super) fn restrict_why_not(why: &mut WhyNot, at: &EngineAt, profile: &Profile) {
    let told = |name: &FactName| !known_tells_home(at, profile, name);
    why.tests.retain(|test| told(&test.fact));
    why.presumed.retain(|presumed| told(&presumed.fact));
    let changes = why.changes.len();
    why.changes.retain(|change| told(&change.fact));
    // Part of a way leads nowhere.
    if why.changes.len() < changes {
        why.changes.clear();
        why.enough = false;
    }
}

/// Whether a fact tells of the home, by itself or by what is known of it for somebody: told, or
/// computed from what was told.
fn known_tells_home(at: &EngineAt, profile: &Profile, name: &FactName) -> bool {
    let model = at.engine.model();
    let Some(id) = model.dictionary.id(name.as_str()) else {
        return false;
    };
    if !profile.told.contains_key(&id) && is_computed_from_home(at, profile, id) {
        return true;
    }
    let known = profile.worlds.presumed_or_told().of(id);
    known.map_or_else(
        || model.tells_home(name),
        |known| model.known_tells(id, known, at.date).home(),
    )
}

/// Whether what is computed of a fact rests on something told that tells of the home.
fn is_computed_from_home(at: &EngineAt, profile: &Profile, id: FactId) -> bool {
    let model = at.engine.model();
    let reads = reads_of(model, id, at.date);
    let details = reads.iter().filter(|read| **read != id);
    let mut told = details.filter_map(|read| profile.told.get_key_value(read));
    told.any(|(id, told)| model.known_tells(*id, &told.possible, at.date).home())
}

/// Whether a scheme may be named there.
pub(super) fn names_no_place(at: &EngineAt, scheme: SchemeIndex) -> bool {
    !at.engine.model().scheme_tells_home(scheme, at.date)
}

/// Whether a rule is still open after something was told that tells a place or a household:
/// a grant of one town is open to those who live there.
pub(super) fn rests_on_a_place(at: &EngineAt, profile: &Profile, rule: &RuleId) -> bool {
    let model = at.engine.model();
    in_force(at, rule).is_some_and(|(reads, _)| {
        let mut told = reads.iter().filter_map(|id| profile.told.get_key_value(id));
        told.any(|(id, told)| model.known_tells(*id, &told.possible, at.date).home())
    })
}

/// A rule in force, and the facts that it reads.
fn in_force<'a>(at: &'a EngineAt, id: &RuleId) -> Option<(&'a [FactId], &'a Rule)> {
    let rules = &at.engine.model().rules;
    let mut in_force = at.period.rules.iter();
    in_force.find_map(|one| {
        let (_, rule) = rules.get(one.place)?;
        (rule.id == *id).then_some((one.reads.as_slice(), rule))
    })
}

/// Whether the deadline of a rule counts from a fact that tells of the home: its day would
/// tell that.
fn counts_from_home(at: &EngineAt, rule: &RuleId) -> bool {
    let model = at.engine.model();
    let within = in_force(at, rule).and_then(|(_, rule)| rule.within.as_ref());
    let event = within.and_then(Within::event);
    event.is_some_and(|event| model.dictionary.fact(event).tells.home())
}

/// Takes out of an orientation, in which bodies are named by their role, whatever else
/// tells a place or a household.
///
/// What is left reads like anybody's: a sentence that only such an answer has would tell
/// the flag.
pub(super) fn restrict(orientation: &mut Orientation, at: &EngineAt, profile: &Profile) {
    let model = at.engine.model();
    let told = |name: &FactName| !model.tells_home(name);
    let tells_nothing = |proof: &Proof| {
        let mut derived = proof.derived.iter();
        proof.facts.iter().all(|fact| !fact.of_home) && derived.all(|fact| !fact.of_home)
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
            option.proof.facts.retain(|fact| !fact.of_home);
            option.proof.derived.retain(|fact| !fact.of_home);
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
        let kept = proposal.grounds.first().map(|ground| &ground.rule);
        if kept != best.as_ref() || kept.is_some_and(|rule| counts_from_home(at, rule)) {
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
        let theme = proposal.theme.as_deref();
        let of_home = theme.is_some_and(|theme| model.theme_tells_home(theme));
        !of_home && may_be_named(&proposal.scheme) && !proposal.grounds.is_empty()
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
    // A contrast shows the level that the details give.
    orientation.contrasts.retain(|contrast| {
        let id = model.dictionary.id(contrast.fact.as_str());
        told(&contrast.fact) && !id.is_some_and(|id| is_computed_from_home(at, profile, id))
    });
}
