//! The record of one decision: what was asked, proposed, used and decided.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::choice::{Decision, DecisionError, DecisionErrors};
use super::uses::Facts;
use crate::Knowledge;
use crate::debug::shows_only;
use crate::diagnostic::{Diagnostic, Entry, Erasure, ErasureGround, View};
use crate::fact::restate::restate;
use crate::fact::{Source, Value};
use crate::orientation::answer::Deadline;
use crate::orientation::orient::{Group, group};
use crate::orientation::orienting::Orienting;
use crate::orientation::{
    Body, Certainty, MismatchError, Orientation, PackReference, TrackAnswer, restricted,
};
use crate::pack::EngineAt;
use crate::pack::model::Model;
use crate::profile::Profile;
use crate::vocabulary::{Code, FactName, PartnerId, PersonRef, RoleId, RuleId, SchemeId};

/// What a professional decided about a person, what the engine had proposed, and the facts
/// that those proposals used, and nothing more.
///
/// It is made from the view of the body that decides, so that it holds nothing which that body
/// may not see. It is kept under a retention of its own ([`keep_until`](Self::keep_until)),
/// and erasures reach it ([`erase`](Self::erase)).
///
/// ```
/// use spie::diagnostic::{Diagnostic, Observation, Said};
/// use spie::fact::Means;
/// use spie::orientation::decision::{
///     Answer, Choice, Decision, DecisionRecord, ReplayOutcome, Subject,
/// };
/// use spie::vocabulary::{BodyId, FactName, PersonRef, SchemeId};
/// use spie::{Engine, Knowledge, Pack};
///
/// let engine = Engine::new(&Pack::marne()?);
/// let at = engine.at("2025-03-15".parse()?);
/// let by = BodyId::parse("departement-marne")?;
/// let mut diagnostic = Diagnostic::new(PersonRef::parse("dossier-12")?);
/// for (fact, value) in [("licence.b", false), ("vehicle.available", false), ("jobseeker", true)] {
///     diagnostic.record(&engine, Observation {
///         by: by.clone(),
///         means: Means::Declared,
///         observed_on: "2025-03-10".parse()?,
///         recorded_on: "2025-03-10".parse()?,
///         fact: FactName::parse(fact)?,
///         said: Said::Known(Knowledge::from(value)),
///         remark: None,
///     })?;
/// }
/// let decision = Decision {
///     by: by.clone(),
///     on: "2025-03-20".parse()?,
///     choices: vec![Choice {
///         subject: Subject::Scheme(SchemeId::parse("diagnostic-global")?),
///         answer: Answer::Accepted,
///         departure: None,
///     }],
/// };
/// let record = DecisionRecord::of_view(&at, &diagnostic.view(&at, &by)?, decision)?;
///
/// // Stored as JSON, read again years later, and found again.
/// let stored = serde_json::to_string(&record)?;
/// let replay = DecisionRecord::parse(&stored)?.replay(&engine);
/// assert_eq!(replay.outcome, ReplayOutcome::Same);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct DecisionRecord {
    pub(super) person: PersonRef,
    pub(super) pack: PackReference,
    pub(super) date: NaiveDate,
    pub(super) track: Option<RecordedTrack>,
    pub(super) proposals: Vec<RecordedProposal>,
    pub(super) facts: BTreeMap<FactName, KeptFact>,
    pub(super) presumed: BTreeSet<FactName>,
    pub(super) decision: Decision,
    pub(super) keep_until: Option<NaiveDate>,
    pub(super) incomplete: bool,
}

/// A scheme with a body, as it stood on the day asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a scheme with a body")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RecordedProposal {
    /// The scheme.
    pub scheme: SchemeId,
    /// Its title on that day.
    pub title: String,
    /// With whom.
    pub body: RecordedBody,
    /// Proposed, set aside or open.
    pub state: ProposalState,
    /// The rules behind it, best first.
    pub rules: Vec<RuleId>,
    /// The facts it used, told or presumed.
    pub uses: BTreeSet<FactName>,
}

/// How a scheme stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    rename_all = "snake_case",
    deny_unknown_fields,
    expecting = "how a scheme stood"
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum ProposalState {
    /// It was proposed.
    Proposed {
        /// 1 is first.
        rank: u32,
        /// Certain, or « sous réserve ».
        certainty: Certainty,
        /// By when, as far as that was known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        deadline: Option<RecordedDeadline>,
    },
    /// An exclusive scheme of better rank set it aside.
    SetAside {
        /// That scheme.
        winner: SchemeId,
    },
    /// What was known did not decide it.
    Open,
}

/// By when.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    untagged,
    deny_unknown_fields,
    expecting = "two days, `first` and `last`, or an `event` with its `term`"
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum RecordedDeadline {
    /// On a day, or between two where the event's date was not known exactly.
    Days {
        /// At the earliest.
        first: NaiveDate,
        /// At the latest.
        last: NaiveDate,
    },
    /// Counted from an event whose date was not known.
    Open {
        /// The dated fact it counts from.
        event: FactName,
        /// The time limit, in French.
        term: String,
    },
}

/// Shows its shape, never a day.
impl fmt::Debug for RecordedDeadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Days { .. } => f.debug_struct("Days").finish_non_exhaustive(),
            Self::Open { event, .. } => f
                .debug_struct("Open")
                .field("event", event)
                .finish_non_exhaustive(),
        }
    }
}

/// Who was named.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "who was named")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RecordedBody {
    /// The role that the law names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<RoleId>,
    /// The bodies that held it, as far as it was known.
    pub partners: Vec<PartnerId>,
    /// The same in French, under the names of that day.
    pub said: String,
}

/// Shows the role and how many bodies, never which: that may tell a place.
impl fmt::Debug for RecordedBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordedBody")
            .field("role", &self.role)
            .field("partners", &self.partners.len())
            .finish_non_exhaustive()
    }
}

/// Which tracks were possible, each with its lead body.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "the tracks that were possible")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RecordedTrack {
    /// One track, or several possible ones.
    pub certainty: Certainty,
    /// Each track with the body that would lead.
    pub options: Vec<(Code, RecordedBody)>,
    /// The facts it used, told or presumed.
    pub uses: BTreeSet<FactName>,
}

shows_only!(
    /// Shows how sure it was and what it used, never which tracks.
    RecordedTrack { certainty, uses }
);

/// A fact as the proposals used it: the alternatives between which it lay, a single one where
/// it was not in dispute, and who said so, when and how.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeptFact {
    /// What was known of it.
    pub known: Vec<Knowledge>,
    /// On whose word.
    pub sources: Vec<Source>,
}

impl KeptFact {
    /// The codes that it may be.
    fn codes(&self) -> impl Iterator<Item = &Code> {
        let values = self.known.iter().flat_map(|known| match known {
            Knowledge::OneOf(values) => values.iter().collect(),
            _ => Vec::new(),
        });
        values.filter_map(|value| match value {
            Value::Code(code) => Some(code),
            _ => None,
        })
    }
}

/// Shows the shape of what was known and who said it, never a value.
impl fmt::Debug for KeptFact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeptFact")
            .field("known", &self.known.len())
            .field("sources", &self.sources.len())
            .finish()
    }
}

/// Shows names and counts, never a value nor what was decided.
impl fmt::Debug for DecisionRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecisionRecord")
            .field("pack", &self.pack.identity)
            .field("date", &self.date)
            .field("proposals", &self.proposals.len())
            .field("facts", &self.facts.len())
            .field("decision", &self.decision)
            .field("incomplete", &self.incomplete)
            .finish_non_exhaustive()
    }
}

impl RecordedBody {
    pub(super) fn of(body: &Body) -> Self {
        let partners = body.candidates.iter().map(|one| one.partner.clone());
        Self {
            role: body.role.clone(),
            partners: partners.collect(),
            said: body.in_french(),
        }
    }

    /// Whether it was written down of this one.
    pub(in crate::orientation) fn is_of(&self, body: &Body) -> bool {
        *self == Self::of(body)
    }

    /// The lead body of a track: named by nothing where one of these codes said which it is, else by
    /// its role.
    fn forget_lead(&mut self, codes: &BTreeSet<Code>) {
        let is_said = |id: &str| codes.iter().any(|code| code.as_str() == id);
        let role = self.role.iter().any(|role| is_said(role.as_str()));
        // Where it may be one of several, each was found from what was said.
        let several = self.role.is_none() && self.partners.len() > 1;
        if role || several || self.partners.iter().any(|one| is_said(one.as_str())) {
            self.role = None;
            "l'organisme référent".clone_into(&mut self.said);
            self.partners.clear();
        }
        self.forget();
    }

    /// Named by the role alone: which body holds it may tell a place.
    fn forget(&mut self) {
        if let Some(role) = &self.role
            && !self.partners.is_empty()
        {
            self.said = role.to_string();
            self.partners.clear();
        }
    }
}

impl RecordedDeadline {
    pub(super) fn of(deadline: Option<&Deadline>) -> Option<Self> {
        match deadline? {
            Deadline::On { date } => Some(Self::Days {
                first: *date,
                last: *date,
            }),
            Deadline::Between { first, last } => Some(Self::Days {
                first: *first,
                last: *last,
            }),
            Deadline::Open { event, term, .. } => Some(Self::Open {
                event: event.clone(),
                term: term.in_french(),
            }),
            Deadline::Absent { .. } => None,
        }
    }

    /// Whether it says a day, or a time, that could have been told.
    fn is_sound(&self) -> bool {
        match self {
            Self::Days { first, last } => first <= last,
            Self::Open { term, .. } => !term.trim().is_empty(),
        }
    }
}

impl RecordedProposal {
    /// Whether its deadline ends no earlier than it begins.
    pub(super) fn is_sound(&self) -> bool {
        match &self.state {
            ProposalState::Proposed { deadline, .. } => {
                deadline.as_ref().is_none_or(RecordedDeadline::is_sound)
            }
            ProposalState::SetAside { .. } | ProposalState::Open => true,
        }
    }
}

impl RecordedTrack {
    pub(in crate::orientation) fn of(answer: &TrackAnswer) -> Self {
        let options = answer.options.iter();
        let options = options.map(|one| (one.track.clone(), RecordedBody::of(&one.lead)));
        Self {
            certainty: answer.certainty,
            options: options.collect(),
            uses: BTreeSet::new(),
        }
    }
}

/// A scheme with a body, as an answer has it.
pub(in crate::orientation) struct Stood<'o> {
    pub(in crate::orientation) scheme: &'o SchemeId,
    pub(in crate::orientation) title: &'o str,
    pub(in crate::orientation) body: &'o Body,
    pub(in crate::orientation) state: ProposalState,
}

/// Everything that an answer proposes, sets aside or leaves open, in its order.
pub(in crate::orientation) fn stood(orientation: &Orientation) -> impl Iterator<Item = Stood<'_>> {
    let proposed = orientation.proposals.iter().map(|one| Stood {
        scheme: &one.scheme,
        title: &one.title,
        body: &one.body,
        state: ProposalState::Proposed {
            rank: one.rank,
            certainty: one.certainty,
            deadline: RecordedDeadline::of(one.deadline.as_ref()),
        },
    });
    let aside = orientation.set_aside.iter().map(|one| Stood {
        scheme: &one.scheme,
        title: &one.title,
        body: &one.body,
        state: ProposalState::SetAside {
            winner: one.winner.clone(),
        },
    });
    let open = orientation.open.iter().map(|one| Stood {
        scheme: &one.scheme,
        title: &one.title,
        body: &one.body,
        state: ProposalState::Open,
    });
    proposed.chain(aside).chain(open)
}

/// What is known to a body of a person, on its way into a record.
struct Recording<'r> {
    at: &'r EngineAt,
    profile: &'r Profile,
    orienting: Orienting<'r>,
    /// With danger at home no place and no household stands on any paper: what is left
    /// cannot be replayed.
    restricted: bool,
    kept: Facts,
}

impl Recording<'_> {
    fn model(&self) -> &Model {
        self.at.engine.model()
    }

    /// Notes what was used, and gives its names.
    fn keep(&mut self, facts: Facts) -> BTreeSet<FactName> {
        let model = self.at.engine.model();
        let presumed = self.profile.presumptions();
        let mut names = BTreeSet::new();
        for id in facts {
            let fact = model.dictionary.fact(id);
            let name = &fact.name;
            let told = self.profile.told.get(&id);
            let held = told.is_some() || presumed.contains(&id);
            let tells_home = || {
                told.map_or(fact.tells.home(), |told| {
                    let tells = model.written_tells(id, &told.possible, self.at.date);
                    tells.home()
                })
            };
            if held && !(self.restricted && tells_home()) {
                names.insert(name.clone());
                self.kept.insert(id);
            }
        }
        names
    }

    fn proposal(&mut self, stood: &Stood<'_>, groups: &[Group<'_>]) -> Option<RecordedProposal> {
        let of = groups.iter().find(|group| {
            self.model().network.scheme_id(group.scheme) == stood.scheme
                && group.body == *stood.body
        })?;
        let mut rules = Vec::new();
        let mut facts = Facts::new();
        for candidate in &of.rules {
            let id = &candidate.rule.id;
            if self.restricted && restricted::rests_on_a_place(self.at, self.profile, id) {
                continue;
            }
            rules.push(id.clone());
            facts.extend(self.orienting.used_by(candidate));
        }
        let uses = self.keep(facts);
        (!rules.is_empty()).then(|| RecordedProposal {
            scheme: stood.scheme.clone(),
            title: stood.title.to_owned(),
            body: RecordedBody::of(stood.body),
            state: stood.state.clone(),
            rules,
            uses,
        })
    }

    fn facts(&self) -> (BTreeMap<FactName, KeptFact>, BTreeSet<FactName>) {
        let dictionary = &self.model().dictionary;
        let mut facts = BTreeMap::new();
        let mut presumed = BTreeSet::new();
        for id in &self.kept {
            let fact = dictionary.fact(*id);
            if let Some(told) = self.profile.told.get(id) {
                let known = restate(fact, &told.possible);
                let sources = [&told.source].into_iter().chain(&told.others);
                // Told without ruling anything out: the same as nothing told.
                if !known.is_empty() {
                    let sources = sources.filter(|source| **source != Source::default());
                    // A body of a place tells it; whoever is not known to have said
                    // something may have, when it is erased.
                    let network = &self.model().network;
                    let of_a_place = |source: &&Source| {
                        let by = source.by.as_ref();
                        self.restricted && by.is_some_and(|by| !network.is_of_no_place(by))
                    };
                    let sources: Vec<&Source> = sources.collect();
                    let sources = if sources.iter().any(of_a_place) {
                        Vec::new()
                    } else {
                        sources.into_iter().cloned().collect()
                    };
                    facts.insert(fact.name.clone(), KeptFact { known, sources });
                }
            }
            if self.profile.presumptions().contains(id) {
                presumed.insert(fact.name.clone());
            }
        }
        (facts, presumed)
    }
}

impl DecisionRecord {
    /// Of what a body sees of a person, and decided.
    ///
    /// # Errors
    ///
    /// [`DecisionErrors`]: the view is of another body, date or pack, or the decision does not
    /// say what it should.
    pub fn of_view(at: &EngineAt, view: &View, decision: Decision) -> Result<Self, DecisionErrors> {
        if view.account.recipient != decision.by {
            return Err(DecisionErrors::from(DecisionError::NotItsView {
                expected: decision.by,
                found: view.account.recipient.clone(),
            }));
        }
        if view.account.date != at.date {
            return Err(MismatchError::Date.into());
        }
        if *view.account.pack != *at.engine.pack_identity() {
            return Err(MismatchError::Engine.into());
        }
        let profile = Profile::of_diagnostic(at, &view.diagnostic);
        let person = view.diagnostic.person().clone();
        Self::of_profile(at, person, &profile, decision)
    }

    /// The same of a profile, where a body decides on facts of its own file alone. Whoever
    /// holds a shared diagnostic takes [`of_view`](Self::of_view).
    ///
    /// # Errors
    ///
    /// [`DecisionErrors`]: the profile is of another engine or date, or the decision does not
    /// say what it should.
    pub fn of_profile(
        at: &EngineAt,
        person: PersonRef,
        profile: &Profile,
        decision: Decision,
    ) -> Result<Self, DecisionErrors> {
        let orientation = at.orient(profile)?;
        let orienting = Orienting::new(at, profile, at.truths(profile)?);
        let restricted = restricted::is_restricted(at.engine.model(), profile);
        let (proposed, open) = orienting.candidates();
        let (proposed, open) = (group(proposed), group(open));
        let mut recording = Recording {
            at,
            profile,
            orienting,
            restricted,
            kept: Facts::new(),
        };
        let mut proposals = Vec::new();
        for one in stood(&orientation) {
            let groups = if one.state == ProposalState::Open {
                &open
            } else {
                &proposed
            };
            proposals.extend(recording.proposal(&one, groups));
        }
        let track = orientation.track.as_ref().map(|answer| {
            let used = recording.orienting.used_by_track();
            RecordedTrack {
                uses: recording.keep(used),
                ..RecordedTrack::of(answer)
            }
        });
        let (facts, presumed) = recording.facts();
        let record = Self {
            person,
            pack: PackReference::of(at.engine.model()),
            date: at.date,
            track,
            proposals,
            facts,
            presumed,
            decision,
            keep_until: None,
            incomplete: restricted,
        };
        record.decision.check(at, &record)?;
        Ok(record)
    }

    /// Whom it is about.
    #[must_use]
    pub fn person(&self) -> &PersonRef {
        &self.person
    }

    /// The pack that answered.
    #[must_use]
    pub fn pack(&self) -> &PackReference {
        &self.pack
    }

    /// The date asked about.
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        self.date
    }

    /// Which tracks were possible; absent where the pack had no track rule.
    #[must_use]
    pub fn track(&self) -> Option<&RecordedTrack> {
        self.track.as_ref()
    }

    /// What was proposed, set aside or open, in the order of the answer.
    pub fn proposals(&self) -> impl Iterator<Item = &RecordedProposal> {
        self.proposals.iter()
    }

    /// The facts that these used, as they were known.
    pub fn facts(&self) -> impl Iterator<Item = (&FactName, &KeptFact)> {
        self.facts.iter()
    }

    /// The facts whose presumption these used.
    pub fn presumed(&self) -> impl Iterator<Item = &FactName> {
        self.presumed.iter()
    }

    /// What was decided.
    #[must_use]
    pub fn decision(&self) -> &Decision {
        &self.decision
    }

    /// The last day on which it is kept, where the embedding software set one.
    #[must_use]
    pub fn keep_until(&self) -> Option<NaiveDate> {
        self.keep_until
    }

    /// Sets the last day on which it is kept, by the policy of whoever keeps it.
    #[must_use]
    pub fn kept_until(self, last: NaiveDate) -> Self {
        Self {
            keep_until: Some(last),
            ..self
        }
    }

    /// Whether facts on which it rested are not in it: they were erased since, or never
    /// written down. It can then not be replayed.
    ///
    /// What is never written down tells of the home of somebody in danger: where no erasure
    /// reached the record, this tells of that danger to whoever reads it, and so does its JSON.
    /// The body that decides may know of it, since the record is made of what that body sees: it
    /// stays there, and what is handed out is the notice.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        self.incomplete
    }

    /// Takes out what an erasure covers: the values of its facts, the days and bodies found
    /// from them, and reasons in anybody's words, which may repeat them; those also go with
    /// whatever else their author erases. What was proposed and
    /// decided stays for as long as the record is kept. Gives whether anything went.
    ///
    /// That the time of a word is over takes nothing: a record has a time of its own, its
    /// [`keep_until`](Self::keep_until).
    pub fn erase(&mut self, erasure: &Erasure) -> bool {
        if erasure.ground == ErasureGround::Retention {
            return false;
        }
        let covered = |name: &FactName, kept: &KeptFact| {
            let mut sources = kept.sources.iter();
            kept.sources.is_empty() && erasure.covers_word(name, None, None)
                || sources.any(|said| erasure.covers_word(name, said.by.as_ref(), said.on))
        };
        let gone: BTreeSet<FactName> = self
            .facts
            .iter()
            .filter(|(name, kept)| covered(name, kept))
            .map(|(name, _)| name.clone())
            .collect();
        if gone.is_empty() {
            return erasure.covers_words(&self.decision.by, self.decision.on) && self.silence();
        }
        let said = self.facts.iter().filter(|(name, _)| gone.contains(*name));
        let codes: BTreeSet<Code> = said.flat_map(|(_, kept)| kept.codes()).cloned().collect();
        self.facts.retain(|name, _| !gone.contains(name));
        for proposal in &mut self.proposals {
            if proposal.uses.is_disjoint(&gone) {
                continue;
            }
            proposal.uses.retain(|name| !gone.contains(name));
            proposal.body.forget();
            if let ProposalState::Proposed { deadline, .. } = &mut proposal.state {
                *deadline = None;
            }
        }
        if let Some(track) = &mut self.track
            && !track.uses.is_disjoint(&gone)
        {
            track.uses.retain(|name| !gone.contains(name));
            let leads = track.options.iter_mut();
            leads.for_each(|(_, lead)| lead.forget_lead(&codes));
        }
        self.silence();
        self.incomplete = true;
        true
    }

    /// Takes out reasons in anybody's words; gives whether there were any.
    fn silence(&mut self) -> bool {
        let choices = self.decision.choices.iter_mut();
        let departures = choices.filter_map(|choice| choice.departure.as_mut());
        let texts = departures.filter_map(|departure| departure.text.take());
        texts.count() > 0
    }

    /// Whether it used what some entries say: those that [`Diagnostic::split`] moved to somebody
    /// else, or those of a person whom [`Diagnostic::relink`] renamed. Whoever took the decision
    /// looks at it again. Of what nobody is known to have said, it may have.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use spie::diagnostic::{Observation, Said};
    /// use spie::fact::Means;
    /// use spie::orientation::decision::{Answer, Choice, Decision, DecisionRecord, Subject};
    /// use spie::vocabulary::{BodyId, FactName, PersonRef};
    /// use spie::{Diagnostic, Engine, Pack, Profile};
    ///
    /// let engine = Engine::new(&Pack::marne()?);
    /// let date: NaiveDate = "2025-03-15".parse()?;
    /// let at = engine.at(date);
    /// let by = BodyId::parse("departement-marne")?;
    /// let mut held = Diagnostic::new(PersonRef::parse("one-of-twins")?);
    /// for (fact, known) in [("licence.b", false), ("jobseeker", true)] {
    ///     held.receive(Observation {
    ///         by: by.clone(),
    ///         means: Means::Declared,
    ///         observed_on: date,
    ///         recorded_on: date,
    ///         fact: FactName::parse(fact)?,
    ///         said: Said::Known(known.into()),
    ///         remark: None,
    ///     })?;
    /// }
    /// let seen = held.view(&at, &by)?;
    /// let proposed = at.orient(&Profile::of_diagnostic(&at, &seen.diagnostic))?.proposals;
    /// let accepted = Choice {
    ///     subject: Subject::Scheme(proposed[0].scheme.clone()),
    ///     answer: Answer::Accepted,
    ///     departure: None,
    /// };
    /// let decision = Decision { by: by.clone(), on: date, choices: vec![accepted] };
    /// let record = DecisionRecord::of_view(&at, &seen, decision)?;
    ///
    /// // The licence was the other twin's.
    /// let other = PersonRef::parse("the-other")?;
    /// let (kept, moved) = held.split(other, |_, entry| entry.fact().as_str() == "licence.b");
    /// assert!(record.rests_on(&moved) && record.rests_on(&kept));
    /// let (_, nothing) = kept.split(PersonRef::parse("nobody")?, |_, _| false);
    /// assert!(!record.rests_on(&nothing));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn rests_on(&self, moved: &Diagnostic) -> bool {
        let used = |entry: &Entry| {
            self.facts.get(entry.fact()).is_some_and(|kept| {
                let said = |source: &Source| {
                    let by = source.by.as_ref().is_none_or(|by| by == entry.by());
                    by && source.on.is_none_or(|on| on == entry.observed_on())
                };
                kept.sources.is_empty() || kept.sources.iter().any(said)
            })
        };
        moved.entries().any(|(_, entry)| used(entry))
    }

    /// Takes out what the erasures of a diagnostic of the same person cover: to be called
    /// whenever one was received. Gives whether anything went.
    pub fn erase_as(&mut self, diagnostic: &Diagnostic) -> bool {
        if *diagnostic.person() != self.person {
            return false;
        }
        let erasures = diagnostic.erasures();
        erasures.fold(false, |gone, (_, erasure)| self.erase(erasure) || gone)
    }
}
