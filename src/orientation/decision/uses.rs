//! What an answer used: the facts from which it can be found again, and nothing more.

use std::collections::BTreeSet;

use crate::fact::dictionary::FactId;
use crate::network::BodyRef;
use crate::orientation::orient::Candidate;
use crate::orientation::orienting::Orienting;
use crate::orientation::proof::reads_of;
use crate::pack::model::TrackChoice;

/// Facts that may decide something of an answer.
pub(super) type Facts = BTreeSet<FactId>;

impl Orienting<'_> {
    /// What a rule reads to be true or open, to name its body and to count its deadline.
    pub(super) fn used_by(&self, candidate: &Candidate<'_>) -> Facts {
        let model = self.at.engine.model();
        let mut facts: Facts = candidate.reads.iter().copied().collect();
        facts.extend(self.used_to_name(candidate.rule.body));
        let event = candidate
            .rule
            .within
            .as_ref()
            .and_then(crate::rule::deadline::Within::event);
        facts.extend(
            event
                .into_iter()
                .flat_map(|event| reads_of(model, event, self.at.date)),
        );
        if self.resumption(candidate.rule).is_some() {
            facts.extend(model.standing.resumes_on);
        }
        facts
    }

    /// What is read to find who holds a role.
    fn used_to_name(&self, body: BodyRef) -> Facts {
        let BodyRef::Role(role) = body else {
            return Facts::new();
        };
        let model = self.at.engine.model();
        let mut facts = Facts::new();
        for holder in &self.at.period.holders {
            let held = model.network.holders.get(holder.place);
            if held.is_some_and(|(_, held)| held.role == role) {
                facts.extend(&holder.reads);
            }
        }
        let role = model.network.roles.get(role.0);
        if role.is_some_and(|role| role.id.as_str() == "lead") {
            facts.extend(self.used_by_track());
        }
        facts
    }

    /// What the track rules read, up to the last that may answer: those after it decide nothing.
    pub(super) fn used_by_track(&self) -> Facts {
        let model = self.at.engine.model();
        let mut facts = Facts::new();
        let possible: Vec<_> = self.tracks.rules.iter().map(|one| &one.rule.id).collect();
        let in_force = self.at.period.tracks.iter();
        let rules = in_force.filter_map(|track| {
            let (_, rule) = model.tracks.get(track.place)?;
            Some((rule, &track.reads))
        });
        let rules: Vec<_> = rules.collect();
        let last = rules
            .iter()
            .rposition(|(rule, _)| possible.contains(&&rule.id));
        for (rule, reads) in rules
            .iter()
            .take(last.map_or(0, |last| last.saturating_add(1)))
        {
            facts.extend(reads.iter());
            if !possible.contains(&&rule.id) {
                continue;
            }
            match rule.lead {
                Some(BodyRef::Role(role)) => {
                    let is_lead = model.network.roles.get(role.0);
                    // A track whose lead is whoever leads would name itself.
                    if is_lead.is_none_or(|role| role.id.as_str() != "lead") {
                        facts.extend(self.used_to_name(BodyRef::Role(role)));
                    }
                }
                Some(BodyRef::Partner(_)) => {}
                None => facts.extend(model.standing.lead),
            }
            if rule.track == TrackChoice::InForce {
                facts.extend(model.standing.track);
            }
        }
        facts
    }
}
