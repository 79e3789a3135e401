//! What an orientation says: plain data, the same through every binding.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize, Serializer};

use super::{Body, Missing, Proof, Verdict};
use crate::calendar::Term;
use crate::pack::SEMANTICS_VERSION;
use crate::pack::model::Model;
use crate::vocabulary::{Code, FactName, RuleId, SchemeId};

/// Version of the exchanged form of an [`Orientation`].
pub const ORIENTATION_VERSION: u32 = 1;

/// What to propose to a person on a date, why, and what is still open.
///
/// Made by [`EngineAt::orient`](crate::EngineAt::orient). `Display` writes the
/// page that a caseworker can read aloud with the person; serde writes the whole,
/// with every proof, for software and for the professional.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Orientation {
    /// Version of this form.
    pub version: u32,
    /// The date asked about.
    pub date: NaiveDate,
    /// The pack that answered.
    pub pack: PackReference,
    /// The law and conventions in whose name it answers.
    pub frameworks: Vec<Grounding>,
    /// Facts about the person's standing that change how the answer is used.
    pub standing: Vec<Standing>,
    /// Track and lead body; absent when the pack has no track rule in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub track: Option<TrackAnswer>,
    /// What is proposed, best first.
    pub proposals: Vec<Proposal>,
    /// What would be proposed, but for an exclusive scheme of better rank.
    pub set_aside: Vec<SetAside>,
    /// What the known facts do not decide.
    pub open: Vec<OpenProposal>,
    /// Facts asked about in `open` and in the track, each once.
    pub missing: BTreeMap<FactName, Missing>,
    /// Levels assessed by a professional where the details say something else.
    pub contrasts: Vec<Contrast>,
    /// With danger at home, the whole answer, as it would be for anybody else: for the
    /// lead body alone, to be told face to face. Neither `Display` nor serde writes it, so
    /// that nothing handed out does.
    #[serde(skip)]
    pub face_to_face: Option<Box<Orientation>>,
}

/// Which pack answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "which pack answered")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PackReference {
    /// Its identifier.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Hash over its sources, parents and semantics.
    pub identity: String,
    /// Version of what the language means.
    pub semantics: u32,
}

impl PackReference {
    pub(super) fn of(model: &Model) -> Self {
        Self {
            id: model.id.to_string(),
            title: model.title.to_string(),
            identity: model.sources.identity().to_owned(),
            semantics: SEMANTICS_VERSION,
        }
    }
}

/// A text that something rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Grounding {
    /// Title, where the text gives one to the person.
    pub title: String,
    /// The text.
    pub source: String,
    /// Whether the text was read.
    pub verified: bool,
}

/// What the engine itself treats, for every rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Standing {
    /// The person has died: nothing is proposed, asked or reminded.
    Deceased,
    /// Under 18: engagements need the legal representative.
    Minor,
    /// Somebody assists the person in their acts; the person is still addressed.
    Assisted,
    /// Somebody represents the person in their acts; the person is still addressed.
    Represented,
}

/// How sure an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", expecting = "how sure it is")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Certainty {
    /// Holds whatever is still unknown.
    Certain,
    /// Holds with presumptions, each listed to be checked.
    Presumed,
    /// Not decided by what is known.
    Open,
}

/// Track and lead body: an answer for everybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct TrackAnswer {
    /// One track, or a set of possible ones.
    pub certainty: Certainty,
    /// The possible tracks, in the order of their rules.
    pub options: Vec<TrackOption>,
    /// While several are possible: what would decide.
    pub missing: Vec<FactName>,
    /// While several are possible: the meeting to propose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting: Option<Meeting>,
}

/// One possible track.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct TrackOption {
    /// Code of the track.
    pub track: Code,
    /// Its French label.
    pub label: String,
    /// The body that leads (référent).
    pub lead: Body,
    /// Taken over from the decision in force.
    pub in_force: bool,
    /// The track rule.
    pub rule: RuleId,
    /// Why, said to the person.
    pub because: String,
    /// The text it rests on.
    pub source: String,
    /// Whether that text was read.
    pub verified: bool,
    /// The facts it rests on; empty while it is only possible.
    pub proof: Proof,
}

/// A meeting proposed while the track is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Meeting {
    /// The scheme under which it is held.
    pub scheme: SchemeId,
    /// Its title.
    pub title: String,
    /// With whom.
    pub body: Body,
    /// By when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Deadline>,
    /// Why, said to the person.
    pub because: String,
    /// The text it rests on.
    pub source: String,
    /// Whether that text was read.
    pub verified: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it so")]
fn in_french<S: Serializer>(term: &Term, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&term.in_french())
}

/// By when.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Deadline {
    /// At the end of this day.
    On {
        /// The day.
        date: NaiveDate,
    },
    /// Between these days, because the event's date is not known exactly.
    Between {
        /// At the earliest.
        first: NaiveDate,
        /// At the latest.
        last: NaiveDate,
    },
    /// Counts from an event whose date is not known.
    Open {
        /// The dated fact it counts from.
        event: FactName,
        /// Its French label.
        label: String,
        /// The time limit, in French.
        #[serde(serialize_with = "in_french")]
        #[cfg_attr(feature = "schema", schemars(with = "String"))]
        term: Term,
    },
    /// Counts from an event that did not happen.
    Absent {
        /// The dated fact it would count from.
        event: FactName,
        /// Its French label.
        label: String,
    },
}

/// Shows what it counts from, never a day: many are found from what somebody told.
impl fmt::Debug for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, event) = match self {
            Self::On { .. } => ("On", None),
            Self::Between { .. } => ("Between", None),
            Self::Open { event, .. } => ("Open", Some(event)),
            Self::Absent { event, .. } => ("Absent", Some(event)),
        };
        let mut shown = f.debug_struct(kind);
        if let Some(event) = event {
            shown.field("event", event);
        }
        shown.finish_non_exhaustive()
    }
}

/// One proposal: a scheme with a body, and every rule that grounds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Proposal {
    /// 1 is first.
    pub rank: u32,
    /// The scheme.
    pub scheme: SchemeId,
    /// Its title on the date asked.
    pub title: String,
    /// The body to turn to.
    pub body: Body,
    /// Certain, or « sous réserve ».
    pub certainty: Certainty,
    /// Priority of the best rule, 1 first, on the scale shared by all packs.
    pub priority: i64,
    /// By when, from the best rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Deadline>,
    /// The day from which the person can act again, where the deadline counts from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counted_from: Option<NaiveDate>,
    /// Stronger exclusive schemes that are still open: the proposal is provisional.
    pub provisional: Vec<Rival>,
    /// The rules that are true, best first.
    pub grounds: Vec<Ground>,
    /// Theme, for grouping.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// Where the scheme itself comes from.
    pub scheme_source: String,
    /// Whether that text was read.
    pub scheme_verified: bool,
}

/// A rule that grounds a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Ground {
    /// The rule.
    pub rule: RuleId,
    /// Its title.
    pub title: String,
    /// Certain or presumed.
    pub verdict: Verdict,
    /// Why, said to the person.
    pub because: String,
    /// The text of law or convention.
    pub source: String,
    /// Whether that text was read.
    pub verified: bool,
    /// A choice of the local policy.
    pub choice: bool,
    /// Text behind the exception that does not apply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unless_source: Option<String>,
    /// The facts, none of which can be left out.
    pub proof: Proof,
}

/// A stronger scheme that would exclude a proposal, were it true.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Rival {
    /// The scheme.
    pub scheme: SchemeId,
    /// Its title.
    pub title: String,
    /// What would decide.
    pub missing: Vec<FactName>,
}

/// A true proposal that an exclusive scheme of better rank sets aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SetAside {
    /// The scheme set aside.
    pub scheme: SchemeId,
    /// Its title.
    pub title: String,
    /// The body it would have been with.
    pub body: Body,
    /// The scheme that is kept.
    pub winner: SchemeId,
    /// Its title.
    pub winner_title: String,
    /// Why only one is possible.
    pub because: String,
    /// The text that says so.
    pub source: String,
    /// Whether that text was read.
    pub verified: bool,
}

/// A proposal that the known facts do not decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct OpenProposal {
    /// The scheme.
    pub scheme: SchemeId,
    /// Its title.
    pub title: String,
    /// The body it would be with.
    pub body: Body,
    /// Priority of its best open rule.
    pub priority: i64,
    /// The open rules.
    pub rules: Vec<RuleId>,
    /// Facts that would help to decide, in the order in which to ask.
    pub missing: Vec<FactName>,
}

/// A level as assessed, beside what the details say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Contrast {
    /// The level fact.
    pub fact: FactName,
    /// Its French label.
    pub label: String,
    /// As assessed, in French.
    pub assessed: String,
    /// As the details say, in French.
    pub derived: String,
    /// As [`ProofFact::sensitivity`](super::ProofFact::sensitivity).
    pub sensitivity: u8,
}

impl Orientation {
    /// The proposal of a scheme, if there is one.
    #[must_use]
    pub fn proposal(&self, scheme: &str) -> Option<&Proposal> {
        self.proposals
            .iter()
            .find(|proposal| proposal.scheme.as_str() == scheme)
    }
}
