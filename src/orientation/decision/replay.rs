//! A decision found again: the same proposals, or what is otherwise.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::record::{
    DecisionRecord, ProposalState, RecordedBody, RecordedDeadline, RecordedTrack, stood,
};
use crate::calendar::in_french;
use crate::debug::shows_only;
use crate::fact::restate::read_again;
use crate::orientation::orienting::Orienting;
use crate::orientation::{Certainty, Orientation, PackReference};
use crate::pack::{Engine, EngineAt};
use crate::profile::{Profile, Told};
use crate::rule::{Both, Truth};
use crate::vocabulary::{Code, FactName, PartnerId, RoleId, RuleId, SchemeId};

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
    /// Facts of the record that count for nothing here: this pack does not know them, computes
    /// them, or cannot read what was known of them.
    pub not_read: BTreeSet<FactName>,
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
    },
    /// Facts on which it rested are not in the record, erased since or never written down:
    /// nothing can be found again.
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
    /// How it stood, in two ways where one rule was set aside and another open; empty where it
    /// is gained.
    pub before: Vec<ProposalState>,
    /// How it stands; empty where it is lost.
    pub after: Vec<ProposalState>,
}

/// Tracks that are otherwise than they were.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TrackChange {
    /// How they stood; absent where no track was possible.
    pub before: Option<TrackState>,
    /// How they stand.
    pub after: Option<TrackState>,
}

/// How the tracks stood.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TrackState {
    /// One track, or several possible ones.
    pub certainty: Certainty,
    /// Each track with the body that would lead.
    pub options: Vec<(Code, RecordedBody)>,
}

shows_only!(
    /// Shows how sure they were, never which.
    TrackState { certainty }
);

/// How each scheme stands with a body: proposed, set aside or open, or set aside by one rule
/// and open by another.
type Standings<'r> = BTreeMap<(&'r SchemeId, Who<'r>), Vec<&'r ProposalState>>;

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Who<'r> {
    Role(Option<&'r RoleId>),
    Partners(&'r [PartnerId]),
}

fn who(body: &RecordedBody) -> Who<'_> {
    if body.partners.is_empty() {
        Who::Role(body.role.as_ref())
    } else {
        Who::Partners(&body.partners)
    }
}

impl TrackState {
    fn of(track: &RecordedTrack) -> Self {
        Self {
            certainty: track.certainty,
            options: track.options.clone(),
        }
    }

    /// What is compared: the options with who leads, whatever their names.
    fn key(&self) -> (Certainty, Vec<(&Code, Who<'_>)>) {
        let options = self.options.iter();
        let options = options.map(|(code, lead)| (code, who(lead)));
        (self.certainty, options.collect())
    }
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
        let (profile, not_read) = self.profile(&at);
        let outcome = if self.incomplete {
            ReplayOutcome::InputsErased
        } else {
            let known: BTreeSet<&RuleId> =
                self.proposals.iter().flat_map(|one| &one.rules).collect();
            let orientation = orient(&at, &profile, same_pack.then_some(&known));
            self.compare(&orientation)
        };
        Replay {
            pack,
            same_pack,
            outcome,
            not_read,
        }
    }

    /// The person as the record knows them, and the facts that count for nothing here.
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
        let mut presumed = BTreeSet::new();
        for name in &self.presumed {
            if let Some(id) = dictionary.id(name.as_str()) {
                presumed.insert(id);
            } else {
                not_read.insert(name.clone());
            }
        }
        let profile = Profile::presuming(&at.engine, at.date, told, presumed);
        (profile, not_read)
    }

    fn compare(&self, now: &Orientation) -> ReplayOutcome {
        let now_stands: Vec<_> = stood(now)
            .map(|one| (one.scheme, one.title, RecordedBody::of(one.body), one.state))
            .collect();
        let mut then = Standings::new();
        for one in &self.proposals {
            let key = (&one.scheme, who(&one.body));
            then.entry(key).or_default().push(&one.state);
        }
        let mut today = Standings::new();
        for (scheme, _, body, state) in &now_stands {
            let key = (*scheme, who(body));
            today.entry(key).or_default().push(state);
        }
        let recorded = self.proposals.iter();
        let recorded = recorded.map(|one| (&one.scheme, one.title.as_str(), &one.body));
        let now_named = now_stands.iter();
        let now_named = now_named.map(|(scheme, title, body, _)| (*scheme, *title, body));
        let mut changes = Vec::new();
        for (scheme, title, body) in recorded.chain(now_named) {
            let key = (scheme, who(body));
            // Met again, it stands in no way any more, neither then nor today.
            let before = then.remove(&key).unwrap_or_default();
            let mut after = today.remove(&key).unwrap_or_default();
            // What was not open is open now because its facts were not kept, unless that is
            // what became of it.
            if !before.contains(&&ProposalState::Open) && (before.is_empty() || after.len() > 1) {
                after.retain(|state| **state != ProposalState::Open);
            }
            if before != after {
                changes.push(ReplayChange {
                    scheme: scheme.clone(),
                    title: title.to_owned(),
                    body: body.clone(),
                    before: before.into_iter().cloned().collect(),
                    after: after.into_iter().cloned().collect(),
                });
            }
        }
        let track_then = self.track.as_ref().map(TrackState::of);
        let track_now = now.track.as_ref().map(RecordedTrack::of);
        let track_now = track_now.as_ref().map(TrackState::of);
        let same_track =
            track_then.as_ref().map(TrackState::key) == track_now.as_ref().map(TrackState::key);
        let track = (!same_track).then_some(TrackChange {
            before: track_then,
            after: track_now,
        });
        if changes.is_empty() && track.is_none() {
            return ReplayOutcome::Same;
        }
        ReplayOutcome::Different { changes, track }
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

/// How a scheme stands, in French.
fn said(states: &[ProposalState]) -> String {
    if states.is_empty() {
        return "ni proposé ni ouvert".to_owned();
    }
    let states: Vec<String> = states.iter().map(state_said).collect();
    states.join(" et ")
}

fn state_said(state: &ProposalState) -> String {
    match state {
        ProposalState::Proposed {
            rank,
            certainty,
            deadline,
        } => {
            let reserve = if *certainty == Certainty::Certain {
                ""
            } else {
                " sous réserve"
            };
            let until = deadline.as_ref().map(deadline_said).unwrap_or_default();
            format!("proposé{reserve}, rang {rank}{until}")
        }
        ProposalState::SetAside { winner } => format!("mis de côté pour `{winner}`"),
        ProposalState::Open => "ouvert".to_owned(),
    }
}

fn deadline_said(deadline: &RecordedDeadline) -> String {
    match deadline {
        RecordedDeadline::Days { first, last } if first == last => {
            format!(", avant le {} inclus", in_french(*last))
        }
        RecordedDeadline::Days { first, last } => {
            let (first, last) = (in_french(*first), in_french(*last));
            format!(", au plus tard entre le {first} et le {last}")
        }
        RecordedDeadline::Open { event, term } => format!(", {term} selon `{event}`"),
    }
}

/// The tracks with who leads, in French.
fn track_said(track: Option<&TrackState>) -> String {
    let Some(track) = track else {
        return "aucun".to_owned();
    };
    let options = track.options.iter();
    let options = options.map(|(code, lead)| format!("{code} ({})", lead_said(lead)));
    let options: Vec<String> = options.collect();
    let reserve = match track.certainty {
        Certainty::Certain => "",
        Certainty::Presumed => ", sous réserve",
        Certainty::Open => ", à décider",
    };
    format!("{}{reserve}", options.join(" ou "))
}

/// The name, and what is compared: another body may have the same name.
fn lead_said(lead: &RecordedBody) -> String {
    let mut names = vec![lead.said.clone()];
    match who(lead) {
        Who::Role(role) => names.extend(role.map(|id| format!("`{id}`"))),
        Who::Partners(partners) => names.extend(partners.iter().map(|id| format!("`{id}`"))),
    }
    names.join(", ")
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
            ReplayOutcome::Same => writeln!(f, "Avec {pack} : les mêmes propositions.")?,
            ReplayOutcome::InputsErased => writeln!(
                f,
                "Des informations de cette décision ont été effacées, ou n'y ont jamais été \
                 écrites : les propositions ne peuvent être retrouvées."
            )?,
            ReplayOutcome::Different { changes, track } => {
                writeln!(f, "Avec {pack}, ce qui diffère :")?;
                if let Some(track) = track {
                    let before = track_said(track.before.as_ref());
                    let after = track_said(track.after.as_ref());
                    writeln!(f, " - parcours : {before} ; à présent : {after}")?;
                }
                for change in changes {
                    writeln!(
                        f,
                        " - {} ({}) : {} ; à présent : {}",
                        change.title,
                        change.body.said,
                        said(&change.before),
                        said(&change.after)
                    )?;
                }
            }
        }
        for name in &self.not_read {
            writeln!(f, " - information que ce paquet ne lit pas : `{name}`")?;
        }
        Ok(())
    }
}
