//! Track and lead body: rules of their own, apart from proposals.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::answer::{Certainty, Meeting, TrackAnswer, TrackOption};
use super::orienting::{Orienting, PossibleTrack, PossibleTracks};
use super::{Body, proof};
use crate::fact::set::ValueSet;
use crate::network::BodyRef;
use crate::pack::EngineAt;
use crate::pack::model::{Model, TrackChoice, TrackRule};
use crate::profile::{Facts, Profile};
use crate::rule::condition::{Cond, Slot, World};
use crate::rule::reads::reads;
use crate::rule::{Both, Truth};
use crate::vocabulary::Code;

/// A profile with some open facts set to one of their values.
struct Case<'c> {
    facts: &'c Facts,
    fixed: &'c [(Slot, ValueSet)],
}

impl World for Case<'_> {
    fn slot(&self, slot: Slot) -> Cow<'_, ValueSet> {
        let fixed = self.fixed.iter().find(|(fixed, _)| *fixed == slot);
        fixed.map_or_else(|| self.facts.view(slot), |(_, value)| Cow::Borrowed(value))
    }
}

/// Every combination of the values that some open facts may have.
fn cases(open: &[(Slot, ValueSet)]) -> Vec<Vec<(Slot, ValueSet)>> {
    let mut cases = vec![Vec::new()];
    for (slot, values) in open {
        let mut next = Vec::new();
        for case in &cases {
            let none = values.may_be_none().then(ValueSet::none);
            for value in values.values().map(ValueSet::point).chain(none) {
                let mut case = case.clone();
                case.push((*slot, value));
                next.push(case);
            }
        }
        cases = next;
    }
    cases
}

/// The slots of few values that keep a track rule open, while their combinations stay few.
fn open_slots(
    model: &Model,
    facts: &Facts,
    rules: &[(&TrackRule, &Cond)],
    on: NaiveDate,
) -> Vec<(Slot, ValueSet)> {
    const VALUES: u64 = 6;
    const CASES: u64 = 256;
    let mut open: Vec<(Slot, ValueSet)> = Vec::new();
    let mut total = 1_u64;
    for (_, condition) in rules {
        condition.atoms(&model.tables, on, &mut |atom| {
            let value = facts.view(atom.slot);
            let product = total.saturating_mul(value.size());
            let new = open.iter().all(|(slot, _)| *slot != atom.slot);
            if new && !value.is_known() && value.size() <= VALUES && product <= CASES {
                total = product;
                open.push((atom.slot, value.into_owned()));
            }
        });
    }
    open
}

impl<'o> Orienting<'o> {
    fn body_for(&self, body: BodyRef) -> Body {
        if !self.by_role {
            return self.at.body(body, &self.truths);
        }
        // A body that the pack names itself does not act in a role.
        let role = match body {
            BodyRef::Role(role) => self.at.engine.model().network.roles.get(role.0),
            BodyRef::Partner(_) => None,
        };
        Body {
            role: role.map(|role| role.id.clone()),
            role_label: role.map(|role| role.label.to_string()),
            candidates: Vec::new(),
        }
    }

    /// A body as rules name it; `lead` is whoever leads the person.
    pub(super) fn named_body(&self, body: BodyRef) -> Body {
        let network = &self.at.engine.model().network;
        let is_lead = matches!(body, BodyRef::Role(role)
            if network.roles.get(role.0).is_some_and(|role| role.id.as_str() == "lead"));
        if !is_lead {
            return self.body_for(body);
        }
        let plain = self.body_for(body);
        let mut candidates: Vec<_> = self
            .tracks
            .rules
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
            return self.body_for(body);
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
        if self.by_role || set.size() > 12 {
            return unknown;
        }
        let bodies: Vec<Body> = set
            .values()
            .filter_map(|place| codes.code(place))
            .filter_map(|code| model.network.body(code.as_str()))
            .map(|body| self.body_for(body))
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

    /// The track rules that may answer.
    ///
    /// Judging each condition alone would keep rules that no world reaches (one
    /// for those with a right, one for those without). So the open facts of few
    /// values are gone through case by case.
    pub(super) fn possible_tracks(
        at: &'o EngineAt,
        profile: &Profile,
        truths: &[Both],
    ) -> PossibleTracks<'o> {
        let model = at.engine.model();
        let facts = profile.worlds.presumed_or_told();
        let rules: Vec<(&TrackRule, &Cond)> = at
            .period
            .tracks
            .iter()
            .filter_map(|track| {
                model
                    .tracks
                    .get(track.place)
                    .map(|(_, rule)| (rule, &track.verdict))
            })
            .collect();
        let mut answers = vec![false; rules.len()];
        for case in cases(&open_slots(model, facts, &rules, at.date)) {
            let world = Case {
                facts,
                fixed: &case,
            };
            for ((_, condition), answers) in rules.iter().zip(&mut answers) {
                let truth = condition.truth(&world, &model.tables, at.date);
                *answers = *answers || truth != Truth::False;
                if truth == Truth::True {
                    break;
                }
            }
        }
        // Certain: the first rule that may hold does, also as told.
        let mut certain = false;
        for truth in truths
            .iter()
            .skip(at.period.first_track())
            .take(rules.len())
        {
            let truth = truth.told;
            if truth != Truth::False {
                certain = truth == Truth::True;
                break;
            }
        }
        let mut possible = Vec::new();
        let mut stronger: Vec<Cond> = Vec::new();
        for ((rule, condition), answers) in rules.into_iter().zip(answers) {
            if answers {
                let all = stronger
                    .iter()
                    .cloned()
                    .chain([condition.clone()])
                    .collect();
                possible.push(PossibleTrack {
                    rule,
                    condition: Cond::And(all),
                });
            }
            stronger.push(Cond::Not(Box::new(condition.clone())));
        }
        let certain = certain && possible.len() == 1;
        PossibleTracks {
            rules: possible,
            certain,
        }
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
        let PossibleTracks {
            rules: possible,
            certain,
        } = self.tracks.clone();
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
        let certainty = match (several, certain) {
            (true, _) => Certainty::Open,
            (false, true) => Certainty::Certain,
            (false, false) => Certainty::Presumed,
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
            let read = reads(
                &model.dictionary,
                &model.tables,
                &only.condition,
                self.at.date,
            );
            let presumed = certainty == Certainty::Presumed;
            option.proof = proof::prove(self.profile, &only.condition, &read, presumed);
        }
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
            deadline: self.deadline(meeting.within.as_ref(), None, false),
            because: self.say(&meeting.because, &body),
            body,
            source: meeting.sourced.source.to_string(),
            verified: meeting.sourced.verified,
        })
    }
}
