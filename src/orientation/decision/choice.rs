//! What a professional decided, and what is asked of that before it is kept.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::record::{DecisionRecord, ProposalState};
use crate::calendar::in_range;
use crate::debug::shows_only;
use crate::diagnostic::UnknownBodyError;
use crate::fact::dictionary::Nomenclature;
use crate::fact::possible::Slips;
use crate::orientation::MismatchError;
use crate::pack::EngineAt;
use crate::vocabulary::{BodyId, Code, SchemeId, write_all};

/// Longest reason in the professional's own words, in characters.
const LONGEST_TEXT: usize = 1_000;

/// Choices of one decision.
const MOST_CHOICES: usize = 200;

/// What a body decided on a day, by one of its professionals.
///
/// ```
/// use spie::orientation::decision::{Answer, Choice, Decision, Subject};
/// use spie::vocabulary::{BodyId, SchemeId};
///
/// let decision = Decision {
///     by: BodyId::parse("departement-marne")?,
///     on: "2025-03-20".parse()?,
///     choices: vec![Choice {
///         subject: Subject::Scheme(SchemeId::parse("mobilite-diagnostic")?),
///         answer: Answer::Accepted,
///         departure: None,
///     }],
/// };
/// # let _ = decision;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a decision")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Decision {
    /// The body that decides, and before which it is contested.
    pub by: BodyId,
    /// The day of the decision.
    pub on: NaiveDate,
    /// What is decided, each subject once.
    pub choices: Vec<Choice>,
}

/// One thing decided.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "one thing decided")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Choice {
    /// About what.
    pub subject: Subject,
    /// How.
    pub answer: Answer,
    /// Why, where it departs from what was proposed, or is not done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departure: Option<Departure>,
}

/// What a choice is about.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(
    rename_all = "snake_case",
    deny_unknown_fields,
    expecting = "a `track` or a `scheme`"
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Subject {
    /// The track, by its code.
    Track(Code),
    /// A scheme, proposed or not.
    Scheme(SchemeId),
}

/// What is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    rename_all = "snake_case",
    deny_unknown_fields,
    expecting = "an answer"
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Answer {
    /// It is done.
    Accepted,
    /// It is not done.
    Refused,
    /// It is looked at again, on a day where one was agreed.
    Postponed {
        /// That day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<NaiveDate>,
    },
    /// Something else, told in the words of the professional.
    Other,
}

/// Why a decision departs from what was proposed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "why it departs from what was proposed"
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Departure {
    /// The reason, for whoever counts departures.
    pub reason: DepartureReason,
    /// The same in the professional's words, of 1000 characters at most. It goes when an
    /// erasure reaches any fact of the record: nobody can tell what it repeats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// The reasons for which a professional departs from what was proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", expecting = "the reason of a departure")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum DepartureReason {
    /// The person chose otherwise.
    PersonWishes,
    /// What is known is not, or no longer, how things are.
    FactsDiffer,
    /// Something was learned that the facts do not hold.
    MoreKnown,
    /// No place, or not before long.
    NotAvailable,
    /// It was tried before.
    AlreadyTried,
    /// It comes too early.
    TooEarly,
    /// Something else suits better.
    BetterSuited,
    /// The conditions are not met, as the rules say.
    NotEligible,
    /// None of these.
    Other,
}

/// What is wrong with a decision. Holds no reason in anybody's words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecisionError {
    /// The body is neither a partner nor a role of the pack.
    #[error(transparent)]
    UnknownBody(#[from] UnknownBodyError),
    /// The view was made for another body.
    #[error("expected the view of `{expected}`, who decides, found that of `{found}`")]
    NotItsView {
        /// Who decides.
        expected: BodyId,
        /// Whose view it is.
        found: BodyId,
    },
    /// The view, or the profile, was made for another date or engine.
    #[error("{0}")]
    Mismatch(#[from] MismatchError),
    /// The pack has no such scheme.
    #[error("unknown scheme `{scheme}`{}", .mend.as_ref().map(|m| format!(" (did you mean `{m}`?)")).unwrap_or_default())]
    UnknownScheme {
        /// The scheme as given.
        scheme: SchemeId,
        /// The nearest known scheme, if one is near enough to be a slip.
        mend: Option<SchemeId>,
    },
    /// The pack has no such track.
    #[error("unknown track `{track}`{}", .mend.as_ref().map(|m| format!(" (did you mean `{m}`?)")).unwrap_or_default())]
    UnknownTrack {
        /// The track as given.
        track: Code,
        /// The nearest known track, if one is near enough to be a slip.
        mend: Option<Code>,
    },
    /// Decided before the day asked about, or on a day with which the library does not compute.
    #[error("expected a day from {asked} to 2200-12-31, on which the decision was taken")]
    Date {
        /// The day asked about.
        asked: NaiveDate,
    },
    /// Postponed to a day before the decision, or one with which the library does not compute.
    #[error("expected a day from {on} to 2200-12-31, to which `{subject}` is postponed")]
    Postponed {
        /// What the choice is about.
        subject: String,
        /// The day of the decision.
        on: NaiveDate,
    },
    /// Nothing, or too much, is decided.
    #[error("expected 1 to {most} choices")]
    Choices {
        /// How many may be given.
        most: usize,
    },
    /// Something is decided twice.
    #[error("`{0}` is decided twice")]
    Twice(String),
    /// It departs from what was proposed, or is not done.
    #[error("`{0}` is not what was proposed, or is not done: expected a reason")]
    NoReason(String),
    /// A reason of blanks, or one that is too long.
    #[error("expected a reason of 1 to {longest} characters for `{subject}`")]
    Text {
        /// What the choice is about.
        subject: String,
        /// The longest, in characters.
        longest: usize,
    },
    /// « Other » says nothing without words.
    #[error("`{0}` is answered otherwise: expected the reason in words")]
    NoWords(String),
}

/// Everything for which a decision is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionErrors(Vec<DecisionError>);

impl DecisionErrors {
    /// The errors of the whole decision, then those of its choices.
    pub fn iter(&self) -> impl Iterator<Item = &DecisionError> {
        self.0.iter()
    }
}

impl From<DecisionError> for DecisionErrors {
    fn from(error: DecisionError) -> Self {
        Self(vec![error])
    }
}

impl From<MismatchError> for DecisionErrors {
    fn from(error: MismatchError) -> Self {
        Self(vec![error.into()])
    }
}

impl fmt::Display for DecisionErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_all(f, &self.0)
    }
}

impl std::error::Error for DecisionErrors {}

impl Subject {
    fn as_str(&self) -> &str {
        match self {
            Self::Track(code) => code.as_str(),
            Self::Scheme(scheme) => scheme.as_str(),
        }
    }

    /// Refuses what the pack does not have.
    fn check_known(&self, at: &EngineAt, slips: &Slips) -> Result<(), DecisionError> {
        match self {
            Self::Track(track) => {
                let codes = tracks(at);
                if codes.is_some_and(|codes| codes.place(track.as_str()).is_some()) {
                    return Ok(());
                }
                let mend = codes.and_then(|codes| slips.nearest_code(track.as_str(), codes));
                Err(DecisionError::UnknownTrack {
                    track: track.clone(),
                    mend: mend.cloned(),
                })
            }
            Self::Scheme(scheme) => {
                let network = &at.engine.model().network;
                if network.scheme(scheme.as_str()).is_some() {
                    return Ok(());
                }
                let known = network.scheme_ids.iter().map(SchemeId::as_str);
                let mend = slips.nearest(scheme.as_str(), known);
                Err(DecisionError::UnknownScheme {
                    scheme: scheme.clone(),
                    mend: mend.and_then(|id| SchemeId::parse(id).ok()),
                })
            }
        }
    }
}

/// Shows whether it is a track or a scheme, and never which: it is what was decided of somebody.
impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Track(_) => "Track(..)",
            Self::Scheme(_) => "Scheme(..)",
        })
    }
}

impl Choice {
    /// Whether it is not what was proposed: something else is done, or what was proposed is not.
    #[must_use]
    pub fn departs_from(&self, record: &DecisionRecord) -> bool {
        let proposed = match &self.subject {
            Subject::Track(code) => {
                let options = record.track().into_iter().flat_map(|track| &track.options);
                options.map(|option| &option.0).any(|known| known == code)
            }
            Subject::Scheme(scheme) => record.proposals().any(|proposal| {
                proposal.scheme == *scheme
                    && matches!(proposal.state, ProposalState::Proposed { .. })
            }),
        };
        (self.answer == Answer::Accepted) != proposed
    }

    /// Whoever departs from what was proposed says why, and whoever does not do what is asked: that it
    /// was not proposed is no reason that the person can read (CRPA L.211-2).
    pub(super) fn check_reason(&self, record: &DecisionRecord) -> Result<(), DecisionError> {
        let says_no = self.answer != Answer::Accepted;
        if self.departure.is_none() && (says_no || self.departs_from(record)) {
            return Err(DecisionError::NoReason(self.subject.as_str().to_owned()));
        }
        Ok(())
    }

    /// What the text alone tells.
    pub(super) fn check_text(&self) -> Result<(), DecisionError> {
        let words = self.departure.as_ref().and_then(|why| why.text.as_deref());
        let text = words.unwrap_or("x");
        if text.trim().is_empty() || text.chars().count() > LONGEST_TEXT {
            return Err(DecisionError::Text {
                subject: self.subject.as_str().to_owned(),
                longest: LONGEST_TEXT,
            });
        }
        if self.answer == Answer::Other && words.is_none() {
            return Err(DecisionError::NoWords(self.subject.as_str().to_owned()));
        }
        Ok(())
    }
}

impl Decision {
    /// What holds whatever the pack: days, and each subject once.
    pub(super) fn check_alone(&self, asked: NaiveDate) -> Vec<DecisionError> {
        let mut errors = Vec::new();
        if self.on < asked || !in_range(self.on) {
            errors.push(DecisionError::Date { asked });
        }
        if self.choices.is_empty() || self.choices.len() > MOST_CHOICES {
            errors.push(DecisionError::Choices { most: MOST_CHOICES });
            return errors;
        }
        for (place, choice) in self.choices.iter().enumerate() {
            let name = || choice.subject.as_str().to_owned();
            let mut before = self.choices.iter().take(place);
            if before.any(|other| other.subject == choice.subject) {
                errors.push(DecisionError::Twice(name()));
            }
            if let Answer::Postponed { until: Some(until) } = choice.answer
                && (until < self.on || !in_range(until))
            {
                errors.push(DecisionError::Postponed {
                    subject: name(),
                    on: self.on,
                });
            }
        }
        errors
    }

    /// Everything that a decision needs before it is kept in a record.
    pub(super) fn check(
        &self,
        at: &EngineAt,
        record: &DecisionRecord,
    ) -> Result<(), DecisionErrors> {
        let mut errors = Vec::new();
        errors.extend(
            UnknownBodyError::unless_known(at.engine(), &self.by)
                .err()
                .map(DecisionError::from),
        );
        errors.extend(self.check_alone(at.date()));
        let slips = Slips::default();
        for choice in &self.choices {
            errors.extend(choice.check_text().err());
            match choice.subject.check_known(at, &slips) {
                Ok(()) => errors.extend(choice.check_reason(record).err()),
                Err(error) => errors.push(error),
            }
        }
        if errors.is_empty() {
            Ok(())
        } else {
            Err(DecisionErrors(errors))
        }
    }
}

/// The tracks that a pack has.
fn tracks(at: &EngineAt) -> Option<&Nomenclature> {
    let model = at.engine.model();
    let fact = model.standing.track.map(|id| model.dictionary.fact(id));
    let codes = fact.and_then(|fact| fact.kind.nomenclature());
    codes.map(AsRef::as_ref)
}

/// Shows who and when, never what was decided.
impl fmt::Debug for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decision")
            .field("by", &self.by)
            .field("on", &self.on)
            .field("choices", &self.choices.len())
            .finish()
    }
}

shows_only!(
    /// Shows what it is about, never the answer.
    Choice { subject }
);

shows_only!(
    /// Shows the coded reason, never the words.
    Departure { reason }
);
