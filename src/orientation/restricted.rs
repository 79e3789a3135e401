//! Danger at home: an answer that may be left on a kitchen table.
//!
//! With `contact.restricted`, nothing handed out carries a place, a childcare or
//! housing reason, or the existence of that flag: bodies are named by their role,
//! reasons and facts of those themes are left out, and what is left out is told
//! face to face.

use super::{Body, Orientation, Proof, WhyNot};
use crate::network::SchemeIndex;
use crate::pack::EngineAt;
use crate::pack::model::Model;
use crate::profile::Profile;
use crate::rule::condition::Slot;

/// Themes that tell where somebody lives, or with whom.
const THEMES: [&str; 5] = ["residence", "housing", "childcare", "household", "contact"];

const SAID: &str = "Le motif vous est dit de vive voix.";

/// Whether the flag may be true, as far as it was told.
pub(super) fn is_restricted(model: &Model, profile: &Profile) -> bool {
    let Some(flag) = model.standing.restricted else {
        return false;
    };
    profile.told.contains_key(&flag) && profile.worlds.told.view(Slot::Fact(flag)).contains(1)
}

/// Whether a fact may be named where the answer may be left lying.
fn may_be_told(model: &Model, name: &str) -> bool {
    let fact = model
        .dictionary
        .id(name)
        .map(|id| model.dictionary.fact(id));
    let theme = fact.and_then(|fact| fact.theme.as_deref());
    !theme.is_some_and(|theme| THEMES.contains(&theme))
}

/// The same for why a scheme is not proposed: what is left out is told face to face.
pub(super) fn restrict_why_not(why: &mut WhyNot, model: &Model) {
    why.tests
        .retain(|test| may_be_told(model, test.fact.as_str()));
    let changes = why.changes.len();
    why.changes
        .retain(|change| may_be_told(model, change.fact.as_str()));
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
    !theme.is_some_and(|theme| THEMES.contains(&theme))
}

fn blur(body: &mut Body) {
    if body.role_label.is_some() {
        body.candidates.clear();
    }
}

/// Takes out of an orientation whatever tells a place or a household.
pub(super) fn restrict(orientation: &mut Orientation, model: &Model) {
    let told = |name: &str| may_be_told(model, name);
    let prune = |proof: &mut Proof| {
        proof.facts.retain(|fact| told(fact.fact.as_str()));
        proof.derived.retain(|fact| told(fact.fact.as_str()));
    };
    for option in orientation
        .track
        .iter_mut()
        .flat_map(|track| &mut track.options)
    {
        blur(&mut option.lead);
        prune(&mut option.proof);
    }
    if let Some(meeting) = orientation
        .track
        .as_mut()
        .and_then(|track| track.meeting.as_mut())
    {
        blur(&mut meeting.body);
    }
    for proposal in &mut orientation.proposals {
        blur(&mut proposal.body);
        let hidden = proposal
            .theme
            .as_deref()
            .is_some_and(|theme| THEMES.contains(&theme));
        for ground in &mut proposal.grounds {
            let facts = ground.proof.facts.len();
            prune(&mut ground.proof);
            if hidden || ground.proof.facts.len() < facts {
                SAID.clone_into(&mut ground.because);
            }
        }
    }
    for aside in &mut orientation.set_aside {
        blur(&mut aside.body);
    }
    for open in &mut orientation.open {
        blur(&mut open.body);
        open.missing.retain(|name| told(name.as_str()));
    }
    orientation.missing.retain(|name, _| told(name.as_str()));
    orientation
        .contrasts
        .retain(|contrast| told(contrast.fact.as_str()));
}
