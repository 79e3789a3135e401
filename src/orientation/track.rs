//! Track and lead body: rules of their own, apart from proposals.

use super::answer::{Certainty, Meeting, TrackAnswer, TrackOption};
use super::orient::Orienting;
use super::{Body, proof};
use crate::network::BodyRef;
use crate::pack::model::{TrackChoice, TrackRule};
use crate::rule::condition::Cond;
use crate::rule::{Both, Truth, Word as _};
use crate::vocabulary::Code;

/// A track rule that may be the one that answers.
struct Possible<'t> {
    rule: &'t TrackRule,
    /// Its own condition, and not any of a stronger rule.
    condition: Cond,
}

impl Orienting<'_> {
    /// A body as rules name it; `lead` is whoever leads the person.
    pub(super) fn named_body(&self, body: BodyRef) -> Body {
        let network = &self.at.engine.model().network;
        let is_lead = matches!(body, BodyRef::Role(role)
            if network.roles.get(role.0).is_some_and(|role| role.id.as_str() == "lead"));
        if !is_lead {
            return self.at.body(body, &self.buffer);
        }
        let plain = self.at.body(body, &self.buffer);
        let mut candidates: Vec<_> = self
            .possible_tracks()
            .0
            .iter()
            .flat_map(|possible| self.lead(possible.rule).candidates)
            .collect();
        candidates.sort();
        candidates.dedup();
        Body {
            candidates,
            ..plain
        }
    }

    /// The lead body of a track rule: a role, or the one in force.
    fn lead(&self, rule: &TrackRule) -> Body {
        let model = self.at.engine.model();
        if let Some(body) = rule.lead {
            return self.at.body(body, &self.buffer);
        }
        let unknown = Body {
            role: None,
            role_label: Some("l'organisme référent en place".to_owned()),
            candidates: Vec::new(),
        };
        let Some(lead) = model.standing.lead else {
            return unknown;
        };
        let Some(codes) = model.dictionary.fact(lead).kind.nomenclature() else {
            return unknown;
        };
        let set = self.view(lead);
        if set.size() > 12 {
            return unknown;
        }
        let bodies: Vec<Body> = set
            .values()
            .filter_map(|place| codes.code(place))
            .filter_map(|code| model.network.body(code.as_str()))
            .map(|body| self.at.body(body, &self.buffer))
            .collect();
        match bodies.as_slice() {
            [] => unknown,
            [only] => only.clone(),
            several => Body {
                candidates: several
                    .iter()
                    .flat_map(|body| body.candidates.clone())
                    .collect(),
                ..unknown
            },
        }
    }

    /// The track rules that may answer, and whether the first true one is certain.
    fn possible_tracks(&self) -> (Vec<Possible<'_>>, Both) {
        let model = self.at.engine.model();
        let mut possible = Vec::new();
        let mut stronger: Vec<Cond> = Vec::new();
        // Truth of "no stronger rule holds and this one does", in both worlds.
        let mut none_before = Both::new(Truth::True, Truth::True);
        for (output, in_force) in (self.at.period.first_track()..).zip(&self.at.period.tracks) {
            let Some((_, rule)) = model.tracks.get(in_force.place) else {
                continue;
            };
            let truth = self.at.truth(output, &self.buffer);
            let answers = none_before.and(truth);
            if truth.presumed() != Truth::False {
                let mut all: Vec<Cond> = stronger
                    .iter()
                    .map(|cond| Cond::Not(Box::new(cond.clone())))
                    .collect();
                all.push(in_force.verdict.clone());
                possible.push(Possible {
                    rule,
                    condition: Cond::And(all),
                });
            }
            if truth.presumed() == Truth::True {
                return (possible, answers);
            }
            stronger.push(in_force.verdict.clone());
            none_before = none_before.and(truth.not());
        }
        (possible, Both::new(Truth::False, Truth::False))
    }

    /// The tracks that a rule answers with, as codes.
    fn codes(&self, rule: &TrackRule) -> Vec<(Code, String)> {
        let model = self.at.engine.model();
        let Some(fact) = model.standing.track else {
            return Vec::new();
        };
        let Some(codes) = model.dictionary.fact(fact).kind.nomenclature() else {
            return Vec::new();
        };
        let places: Vec<i64> = match rule.track {
            TrackChoice::Code(place) => vec![place],
            TrackChoice::InForce => self.view(fact).values().take(12).collect(),
        };
        places
            .into_iter()
            .filter_map(|place| {
                codes
                    .code(place)
                    .map(|code| (code.clone(), codes.label(place).to_owned()))
            })
            .collect()
    }

    pub(super) fn track(&mut self) -> Option<TrackAnswer> {
        let model = self.at.engine.model();
        let (possible, answers) = self.possible_tracks();
        let mut options: Vec<TrackOption> = Vec::new();
        for one in &possible {
            let lead = self.lead(one.rule);
            for (track, label) in self.codes(one.rule) {
                // Several rules that agree leave nothing open.
                if options
                    .iter()
                    .any(|known| known.track == track && known.lead == lead)
                {
                    continue;
                }
                options.push(TrackOption {
                    track,
                    label,
                    in_force: one.rule.track == TrackChoice::InForce,
                    rule: one.rule.id.clone(),
                    because: self.say(&one.rule.because, &lead),
                    source: one.rule.sourced.source.to_string(),
                    verified: one.rule.sourced.verified,
                    lead: lead.clone(),
                    proof: proof::Proof::default(),
                });
            }
        }
        let several = options.len() > 1;
        let certainty = match (several, possible.len(), answers.told()) {
            (true, _, _) => Certainty::Open,
            (false, 1, Truth::True) => Certainty::Certain,
            (false, _, _) => Certainty::Presumed,
        };
        let mut missing = Vec::new();
        if several {
            for one in &possible {
                for id in proof::missing(self.profile, &one.condition) {
                    if !missing.contains(&id) {
                        missing.push(id);
                    }
                }
            }
        } else if let (Some(option), [only]) = (options.first_mut(), possible.as_slice()) {
            let cone = proof::cone(model, &only.condition, self.at.date);
            let presumed = certainty == Certainty::Presumed;
            option.proof = proof::prove(self.profile, &only.condition, &cone, presumed);
        }
        drop(possible);
        if options.is_empty() {
            return None;
        }
        let missing = self.note_missing(&missing);
        let meeting = several.then(|| self.meeting()).flatten();
        Some(TrackAnswer {
            certainty,
            options,
            missing,
            meeting,
        })
    }

    fn meeting(&self) -> Option<Meeting> {
        let model = self.at.engine.model();
        let (_, meeting) = model
            .meetings
            .iter()
            .find(|(period, _)| period.contains(self.at.date))?;
        let (scheme, title) = self.scheme(meeting.scheme);
        let body = self.named_body(meeting.body);
        Some(Meeting {
            scheme,
            title,
            deadline: self.deadline(meeting.within.as_ref(), false),
            because: self.say(&meeting.because, &body),
            body,
            source: meeting.sourced.source.to_string(),
            verified: meeting.sourced.verified,
        })
    }
}
