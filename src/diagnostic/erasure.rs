//! What must go: by scope and day, never by value.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Entry;
use super::error::EntryError;
use crate::calendar::in_range;
use crate::pack::Engine;
use crate::vocabulary::{BodyId, FactName};

/// What an erasure covers. One fact each, so that it can be handed to those alone who may
/// see that fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    rename_all = "snake_case",
    deny_unknown_fields,
    expecting = "what is erased: `all` or one `fact`"
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Scope {
    /// Everything.
    All,
    /// One fact.
    Fact(FactName),
}

impl Scope {
    /// The facts that a pack groups under a theme, each as a scope of its own; none where
    /// it has no such theme. That there is danger at home is not among them: to erase that word, which
    /// leaves the protection in force, it is named by itself.
    #[must_use]
    pub fn of_theme(engine: &Engine, theme: &str) -> Vec<Self> {
        let model = engine.model();
        let facts = model.dictionary.iter();
        let of_theme = facts.filter(|(id, fact)| {
            fact.theme.as_deref() == Some(theme) && model.standing.restricted != Some(*id)
        });
        of_theme
            .map(|(_, fact)| Self::Fact(fact.name.clone()))
            .collect()
    }

    pub(super) fn holds(&self, fact: &FactName) -> bool {
        match self {
            Self::All => true,
            Self::Fact(only) => only == fact,
        }
    }
}

/// Why something must go. Each body is controller of what it said: an erasure takes effect
/// on the entries of its author, and on those of others only where the ground says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    rename_all = "snake_case",
    deny_unknown_fields,
    expecting = "the ground of an erasure"
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum ErasureGround {
    /// The person asks for it (RGPD art. 17). A request to the others.
    Request,
    /// The person objects to the treatment (RGPD art. 21). A request to the others.
    Objection,
    /// The person withdraws a consent (RGPD art. 7). A request to the others.
    ConsentWithdrawn,
    /// It was wrong, or held without a right (RGPD art. 16, art. 17(1)(d)). A request to the others.
    Inaccurate,
    /// The time for which the author may keep it is over. No matter of the others.
    Retention,
    /// The person's request, which this body upheld: its entries go too.
    Upheld {
        /// The body.
        by: BodyId,
    },
    /// A court orders it, to all.
    Court,
    /// The authority for data protection orders it, to all.
    Authority,
    /// What was said is about somebody else: all of it goes.
    WrongPerson,
}

/// What must go, in whose name and why. Kept for ever: an old copy brings nothing back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an erasure")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Erasure {
    /// The body that erases, or asks for it.
    pub by: BodyId,
    /// What goes.
    pub scope: Scope,
    /// What was observed up to this day, it included.
    pub up_to: NaiveDate,
    /// The day of the erasure.
    pub recorded_on: NaiveDate,
    /// Why.
    pub ground: ErasureGround,
}

impl Erasure {
    pub(super) fn check(&self) -> Result<(), EntryError> {
        if !in_range(self.up_to) || !in_range(self.recorded_on) {
            return Err(EntryError::Date);
        }
        // What is yet to be observed is not there to be erased.
        if self.up_to > self.recorded_on {
            return Err(EntryError::ErasedAhead);
        }
        Ok(())
    }

    /// The bodies on whose word it takes effect, by its ground; `None` among them stands for
    /// all. A ground is claimed, and nothing here proves it.
    ///
    /// ```
    /// use spie::diagnostic::{Erasure, ErasureGround, Scope};
    /// use spie::vocabulary::BodyId;
    /// let caf = BodyId::parse("caf-51")?;
    /// let erasure = |ground| Erasure {
    ///     by: caf.clone(),
    ///     scope: Scope::All,
    ///     up_to: "2025-03-10".parse().unwrap_or_default(),
    ///     recorded_on: "2025-03-12".parse().unwrap_or_default(),
    ///     ground,
    /// };
    /// assert_eq!(erasure(ErasureGround::Request).bound(), [Some(&caf)]);
    /// assert_eq!(erasure(ErasureGround::Court).bound(), [None]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn bound(&self) -> Vec<Option<&BodyId>> {
        match &self.ground {
            ErasureGround::Court | ErasureGround::Authority | ErasureGround::WrongPerson => {
                vec![None]
            }
            ErasureGround::Upheld { by } => vec![Some(&self.by), Some(by)],
            ErasureGround::Request
            | ErasureGround::Objection
            | ErasureGround::ConsentWithdrawn
            | ErasureGround::Inaccurate
            | ErasureGround::Retention => vec![Some(&self.by)],
        }
    }

    fn binds(&self, body: &BodyId) -> bool {
        let bound = self.bound().into_iter();
        bound
            .into_iter()
            .any(|bound| bound.is_none_or(|bound| bound == body))
    }

    /// Whether it takes effect on what others than this body said: its ground is claimed, and
    /// nothing in it proves it.
    pub(super) fn binds_others_than(&self, sender: &BodyId) -> bool {
        self.bound().iter().any(|bound| *bound != Some(sender))
    }

    fn is_about(&self, entry: &Entry) -> bool {
        self.scope.holds(entry.fact()) && entry.observed_on() <= self.up_to
    }

    /// Whether what its author asked of others goes as well. Not by the passing of its time: a
    /// request is kept as long as what it is about.
    pub(super) fn takes_requests(&self) -> bool {
        self.ground != ErasureGround::Retention
    }

    /// Whether an entry goes. What is about a statement that goes, goes with it: the id
    /// of the statement is a hash of what it said.
    pub(super) fn covers(&self, entry: &Entry) -> bool {
        self.is_about(entry) && self.binds_words(entry.of(), entry.by())
    }

    /// Whether it takes effect on words of one body about those of another, or about its own.
    fn binds_words(&self, of: &BodyId, by: &BodyId) -> bool {
        self.binds(of) || (self.takes_requests() && self.binds(by))
    }

    /// Whether what a body said of a fact on a day goes. Who is not known to have said it, or
    /// when, may have said it in time.
    pub(crate) fn covers_word(
        &self,
        fact: &FactName,
        by: Option<&BodyId>,
        on: Option<NaiveDate>,
    ) -> bool {
        self.scope.holds(fact)
            && on.is_none_or(|on| on <= self.up_to)
            && by.is_none_or(|by| self.binds(by))
    }

    /// Whether it binds what a body wrote in words of its own on a day: until the erasure they may
    /// repeat any fact, however old.
    pub(crate) fn covers_words(&self, by: &BodyId, on: NaiveDate) -> bool {
        on <= self.recorded_on && self.binds(by)
    }

    /// Whether it asks a body to erase its words, or what another asked about them.
    pub(super) fn asks_for_words(&self, of: &BodyId, by: &BodyId) -> bool {
        self.ground != ErasureGround::Retention && !self.binds_words(of, by)
    }
}
