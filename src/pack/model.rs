//! A checked pack: everything resolved, ready to be compiled.

use super::stack::Stack;
use crate::calendar::{Span, Term, Zone};
use crate::fact::dictionary::{Dictionary, FactId};
use crate::network::{BodyRef, Network, SchemeIndex, Sourced};
use crate::rule::condition::{Cond, Meaning, Tables, ValueId};
use crate::rule::deadline::Within;
use crate::vocabulary::{Answers, Code, FactName, Period, RuleId};

/// Text with names and figures that depend on the date.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Template(pub(crate) Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    Text(Box<str>),
    /// The body that the proposal names.
    Body,
    Named(BodyRef),
    Value(ValueId),
}

impl Template {
    /// The figures that it tells.
    pub(crate) fn values(&self) -> impl Iterator<Item = ValueId> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Value(id) => Some(*id),
            _ => None,
        })
    }
}

/// One rule in one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rule {
    pub(crate) id: RuleId,
    pub(crate) at: super::place::At,
    pub(crate) title: Box<str>,
    pub(crate) when: Cond,
    pub(crate) unless: Option<Unless>,
    pub(crate) scheme: SchemeIndex,
    pub(crate) body: BodyRef,
    pub(crate) priority: i64,
    pub(crate) within: Option<Within>,
    pub(crate) next_working_day: bool,
    /// The deadline waits for who cannot act.
    pub(crate) waits: bool,
    pub(crate) because: Template,
    pub(crate) theme: Option<Box<str>>,
    pub(crate) sourced: Sourced,
    pub(crate) answers: Answers,
}

/// A decision table in one period: what its rows share, and the rules that they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DecisionTable {
    pub(crate) id: Box<str>,
    pub(crate) at: super::place::At,
    /// Of whom the rows speak; each has it in its own condition too.
    pub(crate) when: Cond,
    /// Places in the model of the rules of its rows.
    pub(crate) rules: std::ops::Range<usize>,
    pub(crate) answers: Answers,
}

/// What closes a rule that otherwise holds, with its own source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unless {
    pub(crate) when: Cond,
    pub(crate) sourced: Option<Sourced>,
}

/// What a track rule answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TrackChoice {
    /// The decision in force stays.
    InForce,
    /// A code of the track fact, by place.
    Code(i64),
}

/// One track rule in one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TrackRule {
    pub(crate) id: RuleId,
    pub(crate) at: super::place::At,
    pub(crate) order: i64,
    pub(crate) when: Option<Cond>,
    pub(crate) track: TrackChoice,
    /// `None` keeps the lead body in force.
    pub(crate) lead: Option<BodyRef>,
    pub(crate) because: Template,
    pub(crate) sourced: Sourced,
    pub(crate) answers: Answers,
}

/// What is proposed while the track is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TrackMeeting {
    pub(crate) scheme: SchemeIndex,
    pub(crate) body: BodyRef,
    pub(crate) within: Option<Within>,
    pub(crate) because: Template,
    pub(crate) sourced: Sourced,
}

/// Schemes of which a person takes one at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Exclusive {
    pub(crate) title: Box<str>,
    pub(crate) schemes: Vec<SchemeIndex>,
    pub(crate) sourced: Sourced,
}

/// Facts about a person's standing, treated by the engine itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) deceased_on: Option<FactId>,
    pub(crate) age: Option<FactId>,
    pub(crate) protection: Option<FactId>,
    pub(crate) restricted: Option<FactId>,
    /// The day from which the person can act again.
    pub(crate) resumes_on: Option<FactId>,
    pub(crate) track: Option<FactId>,
    pub(crate) lead: Option<FactId>,
    /// The bodies with which the person accepts to share.
    pub(crate) consent: Option<FactId>,
    /// Codes of `protection` under which somebody assists the person.
    pub(crate) assisted: Vec<i64>,
    /// Codes of `protection` under which somebody represents the person.
    pub(crate) represented: Vec<i64>,
    /// Levels of the scale of barriers, in the order of the dictionary.
    pub(crate) barriers: Vec<FactId>,
    /// The list of the actions that a person follows.
    pub(crate) steps: Option<FactId>,
    /// Outcomes of an action that stopped, and did not end as it was meant to.
    pub(crate) stopped: Vec<Code>,
}

/// On what ground facts are opened to a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ground {
    PublicMission,
    LegalDuty,
    VitalInterest,
    Consent,
}

/// What is opened to whom, on what ground and what for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NeedToKnow {
    pub(crate) id: Box<str>,
    pub(crate) to: Vec<BodyRef>,
    /// Themes whose ordinary facts are opened.
    pub(crate) themes: Vec<Box<str>>,
    /// Facts that are opened, whatever their sensitivity.
    pub(crate) facts: Vec<FactId>,
    pub(crate) ground: Ground,
    pub(crate) purpose: Box<str>,
    pub(crate) sourced: Sourced,
}

/// How a decision of some bodies is contested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Appeal {
    /// Whose decisions; nobody named: of whom no other entry speaks.
    pub(crate) of: Vec<BodyRef>,
    /// Which of their decisions, as « une décision sur … ».
    pub(crate) about: Box<str>,
    /// Its name in law.
    pub(crate) title: Box<str>,
    /// To whom it is sent.
    pub(crate) to: Box<str>,
    /// Within how long of the day on which the decision is received.
    pub(crate) within: Term,
    /// After how long no answer is a refusal, where the pack says.
    pub(crate) silence: Option<Term>,
    /// Who is turned to after a refusal.
    pub(crate) court: Box<str>,
    /// Within how long, where the pack says.
    pub(crate) court_within: Option<Term>,
    /// From what that counts, as « la fin de la médiation »; else from the refusal.
    pub(crate) court_from: Option<Box<str>>,
    /// Whether the court hears nobody who did not appeal before.
    pub(crate) required: bool,
    pub(crate) sourced: Sourced,
}

impl NeedToKnow {
    /// Highest sensitivity that a theme opens: health, justice, violence and the protection
    /// of children are named fact by fact.
    pub(crate) const HIGHEST_BY_THEME: u8 = 1;
}

/// From when the time for which something is kept counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Since {
    /// The day on which it was observed.
    Observed,
    /// The last day on which its author observed anything that the same rule is for.
    LastWord,
}

/// For how long what a body says is used, kept aside, and then gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Retention {
    pub(crate) id: Box<str>,
    /// Whose words; nobody named: everybody's.
    pub(crate) by: Vec<BodyRef>,
    pub(crate) themes: Vec<Box<str>>,
    /// Facts named one by one; with neither themes nor facts, all of them.
    pub(crate) facts: Vec<FactId>,
    pub(crate) since: Since,
    pub(crate) active: Span,
    /// After active use; absent where it is gone at once.
    pub(crate) archive: Option<Span>,
    pub(crate) ground: Ground,
    pub(crate) purpose: Box<str>,
    pub(crate) sourced: Sourced,
}

/// The dated law in whose name the pack answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Framework {
    pub(crate) title: Box<str>,
    pub(crate) sourced: Sourced,
}

/// Everything of a pack and its parents, checked.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    pub(crate) id: Box<str>,
    pub(crate) title: Box<str>,
    pub(crate) sources: Stack,
    pub(crate) supersedes: Option<Box<str>>,
    pub(crate) zone: Zone,
    pub(crate) dictionary: Dictionary,
    pub(crate) tables: Tables,
    pub(crate) value_types: Vec<crate::rule::check::ValueType>,
    pub(crate) network: Network,
    pub(crate) rules: Vec<(Period, Rule)>,
    pub(crate) decisions: Vec<(Period, DecisionTable)>,
    pub(crate) tracks: Vec<(Period, TrackRule)>,
    pub(crate) meetings: Vec<(Period, TrackMeeting)>,
    pub(crate) exclusives: Vec<(Period, Exclusive)>,
    pub(crate) frameworks: Vec<(Period, Framework)>,
    pub(crate) need_to_know: Vec<(Period, NeedToKnow)>,
    pub(crate) retention: Vec<(Period, Retention)>,
    pub(crate) appeals: Vec<(Period, Appeal)>,
    pub(crate) standing: Standing,
}

impl Model {
    /// The French label of a fact; its name where the dictionary does not know it.
    pub(crate) fn label_of(&self, fact: &FactName) -> String {
        let id = self.dictionary.id(fact.as_str());
        id.map_or_else(
            || fact.to_string(),
            |id| self.dictionary.fact(id).label.to_string(),
        )
    }

    /// What its facts mean.
    pub(crate) fn meaning(&self) -> Meaning<'_> {
        Meaning {
            dictionary: &self.dictionary,
            tables: &self.tables,
        }
    }
}
