//! What became of a person's barriers: how each was identified, lifted, given up or came back,
//! and the distance travelled.
//!
//! All of it is computed from one diagnostic, be it a view: on every day on which something was
//! said or went stale, the levels are found again by the rules in force on the date asked, so
//! that a change of the rules is no distance. A barrier that somebody *tells* for the first time
//! is kept apart from one that *came* where none was.

mod history;
mod page;
mod steps;
mod walk;

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use self::history::Watched;
use crate::debug::shows_only;
use crate::diagnostic::{Diagnostic, EntryId};
use crate::fact::dictionary::Fact;
use crate::network::Network;
use crate::pack::EngineAt;
use crate::vocabulary::{BodyId, Code, FactName, SchemeId};

/// Version of the form of [`Progress`].
pub const PROGRESS_VERSION: u32 = 1;

/// What became of each barrier, up to a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Progress {
    /// Version of this form.
    pub version: u32,
    /// The date asked about.
    pub date: NaiveDate,
    /// Identity of the pack whose rules give the levels on all days.
    pub pack: String,
    /// Barriers that were told, or that follow from what was, in the order of the dictionary.
    pub barriers: Vec<Barrier>,
}

/// The life of one barrier, and how far it moved.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Barrier {
    /// The fact.
    pub fact: FactName,
    /// Its French label.
    pub label: String,
    /// Its theme.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// 0 ordinary, 1 social or financial, 2 special category, 3 criminal, violence, child protection.
    pub sensitivity: u8,
    /// What it is on the date, in French; absent where nothing that counts says it any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<String>,
    /// Its life, the first stage first.
    pub stages: Vec<Stage>,
    /// How its level moved, the first move first.
    pub moves: Vec<Move>,
}

/// A stage of the life of a barrier.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Stage {
    /// Which one.
    pub kind: StageKind,
    /// Its day.
    pub on: NaiveDate,
    /// The level from that day on, in French; absent where the stage says nothing of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// The action that lifts it, or that stopped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    /// What was said, on which the stage rests.
    pub said: Vec<Word>,
}

/// Which stage of the life of a barrier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum StageKind {
    /// It is surely there, for the first time that anybody says.
    Identified,
    /// An action of its theme began.
    BeingLifted,
    /// The last of these actions stopped without its end, and the barrier is still there.
    GivenUp,
    /// It is surely absent.
    Lifted,
    /// It was lifted, and is there again.
    CameBack,
}

/// An action that a person follows, as a list of the dictionary holds it.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Action {
    /// The scheme.
    pub scheme: SchemeId,
    /// Its title on the day it began, or on the date asked.
    pub title: String,
    /// The body that leads it, where it is known; absent with danger at home.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner: Option<BodyId>,
    /// The name of that body on the date asked; with danger at home, its role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner_name: Option<String>,
    /// The day it began; where nobody says it, the day on which it was told.
    pub started_on: NaiveDate,
    /// The day it ended, where it did by the date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_on: Option<NaiveDate>,
    /// How it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Code>,
    /// The same, in French.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome_label: Option<String>,
}

/// What a body said, on which something rests: by its entry.
///
/// With danger at home neither the body nor the entry is told, as both tell a place: an entry
/// can be guessed from the few things that a body may have said.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Word {
    /// The fact it is about.
    pub fact: FactName,
    /// Its French label.
    pub label: String,
    /// The body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<BodyId>,
    /// Its name on the date asked, or « la personne »; with danger at home, its role.
    pub name: String,
    /// The observation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryId>,
}

/// A change of level.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Move {
    /// What kind of change.
    pub kind: MoveKind,
    /// Its day.
    pub on: NaiveDate,
    /// The level known before, in French.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The level from that day on, in French.
    pub to: String,
    /// Levels between both, at least; 0 where it was told for the first time.
    pub levels: u32,
    /// What was said, on which it rests: where nobody spoke, nothing moves.
    pub said: Vec<Word>,
}

/// What kind of change of level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum MoveKind {
    /// Nobody had said it before: where somebody starts from, and no distance.
    Told,
    /// It was known to be absent, and is there.
    Come,
    /// It was there, and weighs more.
    Grown,
    /// It was there, and weighs less.
    Eased,
    /// It was there, and is absent.
    Lifted,
}

/// How bodies are told.
#[derive(Clone, Copy)]
struct Naming<'n> {
    network: &'n Network,
    on: NaiveDate,
    /// There may be danger at home.
    hidden: bool,
}

impl Naming<'_> {
    fn name(&self, body: &BodyId) -> String {
        self.network.told_by(body, self.on, self.hidden)
    }

    fn body(&self, body: &BodyId) -> Option<BodyId> {
        (!self.hidden || self.network.is_of_no_place(body)).then(|| body.clone())
    }

    fn word(&self, fact: &Fact, by: &BodyId, entry: EntryId) -> Word {
        Word {
            fact: fact.name.clone(),
            label: fact.label.to_string(),
            by: self.body(by),
            name: self.name(by),
            entry: (!self.hidden).then_some(entry),
        }
    }
}

impl EngineAt {
    /// What became of each barrier up to the date, as this diagnostic knows it; of a view, as
    /// its recipient may know it.
    ///
    /// What is archived on the date is left out. With danger at home, barriers that tell a
    /// place or a household are left out, as everywhere; so is what was said of one from the
    /// levels of the others, and bodies are told by their role.
    ///
    /// ```
    /// use spie::diagnostic::{Diagnostic, Observation, Said};
    /// use spie::fact::Means;
    /// use spie::progress::{MoveKind, StageKind};
    /// use spie::vocabulary::{BodyId, Code, FactName, PersonRef};
    /// use spie::{Engine, Knowledge, Pack};
    ///
    /// let engine = Engine::new(&Pack::marne()?);
    /// let mut diagnostic = Diagnostic::new(PersonRef::parse("dossier-12")?);
    /// for (on, level) in [("2024-09-02", "blocking"), ("2025-01-20", "light"), ("2025-03-10", "absent")] {
    ///     diagnostic.record(&engine, Observation {
    ///         by: BodyId::parse("ml-reims")?,
    ///         means: Means::Assessed,
    ///         observed_on: on.parse()?,
    ///         recorded_on: on.parse()?,
    ///         fact: FactName::parse("barrier.mobility")?,
    ///         said: Said::Known(Knowledge::from(Code::parse(level)?)),
    ///         remark: None,
    ///     })?;
    /// }
    /// let progress = engine.at("2025-03-15".parse()?).progress(&diagnostic);
    /// let stages: Vec<_> = progress.barriers[0].stages.iter().map(|stage| stage.kind).collect();
    /// assert_eq!(stages, [StageKind::Identified, StageKind::Lifted]);
    /// let moves: Vec<_> = progress.barriers[0].moves.iter().map(|one| one.kind).collect();
    /// assert_eq!(moves, [MoveKind::Told, MoveKind::Eased, MoveKind::Lifted]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn progress(&self, diagnostic: &Diagnostic) -> Progress {
        let model = self.engine.model();
        let active = diagnostic.active(self);
        let hidden = diagnostic.is_restricted(model);
        let shown = model.standing.barriers.iter().filter(|id| {
            let name = &model.dictionary.fact(**id).name;
            !hidden || !model.tells_home(name)
        });
        let naming = Naming {
            network: &model.network,
            on: self.date,
            hidden,
        };
        let watched = history::watched(self, &active, shown.copied(), naming);
        let steps = steps::steps(self, &active, naming);
        let barriers = watched.iter().filter_map(|one| {
            let barrier = self.barrier(one, &steps);
            let fact = model.dictionary.fact(one.fact);
            // What details alone leave open, and may be no barrier at all, nobody has told yet.
            let is_known = barrier.now.is_some() && (one.was_told(fact) || one.is_settled(fact));
            (is_known || !barrier.moves.is_empty()).then_some(barrier)
        });
        Progress {
            version: PROGRESS_VERSION,
            date: self.date,
            pack: model.sources.identity().to_owned(),
            barriers: barriers.collect(),
        }
    }

    fn barrier(&self, watched: &Watched, steps: &[steps::Step]) -> Barrier {
        let fact = self.engine.model().dictionary.fact(watched.fact);
        let of_theme: Vec<&steps::Step> = steps
            .iter()
            .filter(|step| step.theme.is_some() && step.theme == fact.theme)
            .collect();
        Barrier {
            fact: fact.name.clone(),
            label: fact.label.to_string(),
            theme: fact.theme.as_deref().map(str::to_owned),
            sensitivity: fact.sensitivity,
            now: watched.now(fact),
            stages: walk::stages(fact, &watched.looks, &of_theme),
            moves: walk::moves(fact, &watched.looks),
        }
    }
}

/// Shows names, days and kinds, never a level.
impl fmt::Debug for Barrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Barrier")
            .field("fact", &self.fact)
            .field("stages", &self.stages.len())
            .field("moves", &self.moves.len())
            .finish_non_exhaustive()
    }
}

shows_only!(Stage { on });

shows_only!(
    /// Shows days: a scheme, a body or an outcome are what somebody said.
    Action { started_on, ended_on }
);

shows_only!(
    /// Shows the name of the fact: what was said can be guessed from an entry.
    Word { fact }
);

shows_only!(Move { on });
