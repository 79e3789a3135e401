//! A decision found again: the same proposals, or what is otherwise.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::record::{
    DecisionRecord, ProposalState, RecordedBody, RecordedDeadline, RecordedTrack, stood,
};
use crate::fact::restate::read_again;
use crate::orientation::orienting::Orienting;
use crate::orientation::{Orientation, PackReference};
use crate::pack::{Engine, EngineAt};
use crate::profile::{Profile, Told};
use crate::rule::{Both, Truth};
use crate::vocabulary::{Code, FactName, RuleId, SchemeId};

/// What an engine says today of the facts of a record, on the date that was asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Replay {
    /// The pack that answers now.
    pub pack: PackReference,
    /// Whether it is the one that answered then.
    pub same_pack: bool,
    /// What comes out.
    pub outcome: ReplayOutcome,
}

/// What a replay comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReplayOutcome {
    /// The same proposals, in the same order, with the same bodies and days.
    Same,
    /// Something is otherwise.
    Different {
        /// What is proposed, set aside or open otherwise.
        changes: Vec<ReplayChange>,
        /// The tracks, where these are otherwise.
        track: Option<TrackChange>,
        /// Facts of the record that this pack does not know, or reads otherwise.
        not_read: BTreeSet<FactName>,
    },
    /// Facts on which it rested are no longer in the record: nothing can be found again.
    InputsErased,
}

/// A scheme with a body that stands otherwise than it did.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReplayChange {
    /// The scheme.
    pub scheme: SchemeId,
    /// Its title, as it was where it is no more.
    pub title: String,
    /// With whom.
    pub body: RecordedBody,
    /// How it stood; absent where it is gained.
    pub before: Option<ProposalState>,
    /// How it stands; absent where it is lost.
    pub after: Option<ProposalState>,
}

/// Tracks that are otherwise than they were.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TrackChange {
    /// Those that were possible.
    pub before: Vec<Code>,
    /// Those that are.
    pub after: Vec<Code>,
}

/// What a record tells apart: a scheme, with whom.
type Key<'r> = (&'r SchemeId, Who<'r>);

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Who<'r> {
    Role(Option<&'r crate::vocabulary::RoleId>),
    Partners(&'r [crate::vocabulary::PartnerId]),
}

fn who(body: &RecordedBody) -> Who<'_> {
    if body.partners.is_empty() {
        Who::Role(body.role.as_ref())
    } else {
        Who::Partners(&body.partners)
    }
}

/// What is compared of a track: the options with who leads.
fn options(track: Option<&RecordedTrack>) -> Vec<(&Code, Who<'_>)> {
    let options = track.into_iter().flat_map(|track| &track.options);
    options.map(|(code, lead)| (code, who(lead))).collect()
}

impl DecisionRecord {
    /// Asks an engine again, on the date of the record and about its facts alone.
    ///
    /// With the pack that answered, rules that were not proposed then, nor open, stay out:
    /// the facts that ruled them out are not kept. With another, whatever its rules find in
    /// the kept facts is told; a presumption stands in only where it did then.
    #[must_use]
    pub fn replay(&self, engine: &Engine) -> Replay {
        let at = engine.at(self.date);
        let pack = PackReference::of(engine.model());
        let same_pack =
            (&pack.identity, pack.semantics) == (&self.pack.identity, self.pack.semantics);
        let outcome = if self.incomplete {
            ReplayOutcome::InputsErased
        } else {
            let (profile, not_read) = self.profile(&at);
            let known: BTreeSet<&RuleId> =
                self.proposals.iter().flat_map(|one| &one.rules).collect();
            let orientation = orient(&at, &profile, same_pack.then_some(&known));
            self.compare(&orientation, not_read)
        };
        Replay {
            pack,
            same_pack,
            outcome,
        }
    }

    /// The person as the record knows them, and the facts that this dictionary cannot read.
    fn profile(&self, at: &EngineAt) -> (Profile, BTreeSet<FactName>) {
        let dictionary = &at.engine.model().dictionary;
        let mut told = BTreeMap::new();
        let mut not_read = BTreeSet::new();
        for (name, kept) in &self.facts {
            let id = dictionary.id(name.as_str());
            let id = id.filter(|id| dictionary.fact(*id).is_told());
            let read =
                id.and_then(|id| Some((id, read_again(dictionary.fact(id), &kept.known).ok()?)));
            let Some((id, possible)) = read else {
                not_read.insert(name.clone());
                continue;
            };
            let mut sources = kept.sources.iter().cloned();
            let one = Told {
                possible,
                source: sources.next().unwrap_or_default(),
                others: sources.collect(),
            };
            told.insert(id, one);
        }
        let presumed = self.presumed.iter();
        let presumed = presumed.filter_map(|name| dictionary.id(name.as_str()));
        let presumed = presumed.collect();
        let profile = Profile::presuming(&at.engine, at.date, told, presumed);
        (profile, not_read)
    }

    fn compare(&self, now: &Orientation, not_read: BTreeSet<FactName>) -> ReplayOutcome {
        let now_stands: Vec<_> = stood(now)
            .map(|one| (one.scheme, one.title, RecordedBody::of(one.body), one.state))
            .collect();
        let then: BTreeMap<Key<'_>, &ProposalState> = self
            .proposals
            .iter()
            .map(|one| ((&one.scheme, who(&one.body)), &one.state))
            .collect();
        let today: BTreeMap<Key<'_>, &ProposalState> = now_stands
            .iter()
            .map(|(scheme, _, body, state)| ((*scheme, who(body)), state))
            .collect();
        let mut changes = Vec::new();
        for one in &self.proposals {
            let after = today.get(&(&one.scheme, who(&one.body))).copied();
            if after != Some(&one.state) {
                changes.push(ReplayChange {
                    scheme: one.scheme.clone(),
                    title: one.title.clone(),
                    body: one.body.clone(),
                    before: Some(one.state.clone()),
                    after: after.cloned(),
                });
            }
        }
        for (scheme, title, body, state) in &now_stands {
            // What was neither proposed nor open is open now because its facts were not kept.
            if *state == ProposalState::Open || then.contains_key(&(*scheme, who(body))) {
                continue;
            }
            changes.push(ReplayChange {
                scheme: (*scheme).clone(),
                title: (*title).to_owned(),
                body: body.clone(),
                before: None,
                after: Some(state.clone()),
            });
        }
        let track_now = now.track.as_ref().map(RecordedTrack::of);
        let same_track = options(self.track.as_ref()) == options(track_now.as_ref())
            && self.track.as_ref().map(|track| track.certainty)
                == track_now.as_ref().map(|track| track.certainty);
        let codes = |track: Option<&RecordedTrack>| -> Vec<Code> {
            let options = track.into_iter().flat_map(|track| &track.options);
            options.map(|(code, _)| code.clone()).collect()
        };
        let track = (!same_track).then(|| TrackChange {
            before: codes(self.track.as_ref()),
            after: codes(track_now.as_ref()),
        });
        if changes.is_empty() && track.is_none() {
            return ReplayOutcome::Same;
        }
        ReplayOutcome::Different {
            changes,
            track,
            not_read,
        }
    }
}

/// The answer of an engine, by the rules named where some are.
fn orient(at: &EngineAt, profile: &Profile, known: Option<&BTreeSet<&RuleId>>) -> Orientation {
    let never = Both {
        told: Truth::False,
        presumed: Truth::False,
    };
    let mut truths = at.period.program.truths(&profile.literals);
    if let Some(known) = known {
        let rules = &at.engine.model().rules;
        for (truth, rule) in truths.iter_mut().zip(&at.period.rules) {
            let id = rules.get(rule.place).map(|(_, rule)| &rule.id);
            if !id.is_some_and(|id| known.contains(id)) {
                *truth = never;
            }
        }
    }
    Orienting::new(at, profile, truths).run()
}

fn said(state: Option<&ProposalState>) -> String {
    match state {
        None => "ni proposé ni ouvert".to_owned(),
        Some(ProposalState::Proposed { rank, deadline, .. }) => {
            let until = deadline.as_ref().map(|one| match one {
                RecordedDeadline::Days { last, .. } => {
                    let last = crate::calendar::in_french(*last);
                    format!(", avant le {last} inclus")
                }
                RecordedDeadline::Open { event, term } => format!(", {term} selon `{event}`"),
            });
            format!("proposé, rang {rank}{}", until.unwrap_or_default())
        }
        Some(ProposalState::SetAside { winner }) => format!("mis de côté pour `{winner}`"),
        Some(ProposalState::Open) => "ouvert".to_owned(),
    }
}

/// For the desk that looks again, in French.
impl fmt::Display for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pack = if self.same_pack {
            "le même paquet de règles"
        } else {
            "un autre paquet de règles"
        };
        match &self.outcome {
            ReplayOutcome::Same => writeln!(f, "Avec {pack} : les mêmes propositions."),
            ReplayOutcome::InputsErased => writeln!(
                f,
                "Des informations ont été effacées : les propositions ne peuvent être retrouvées."
            ),
            ReplayOutcome::Different {
                changes,
                track,
                not_read,
            } => {
                writeln!(f, "Avec {pack}, ce qui diffère :")?;
                if let Some(track) = track {
                    let codes = |codes: &[Code]| {
                        let codes: Vec<&str> = codes.iter().map(Code::as_str).collect();
                        codes.join(", ")
                    };
                    let (before, after) = (codes(&track.before), codes(&track.after));
                    writeln!(f, " - parcours : {before} ; à présent : {after}")?;
                }
                for change in changes {
                    writeln!(
                        f,
                        " - {} ({}) : {} ; à présent : {}",
                        change.title,
                        change.body.said,
                        said(change.before.as_ref()),
                        said(change.after.as_ref())
                    )?;
                }
                for name in not_read {
                    writeln!(f, " - information que ce paquet ne lit pas : `{name}`")?;
                }
                Ok(())
            }
        }
    }
}
