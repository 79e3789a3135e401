//! Verdicts of all rules for one person: the fast call.

use serde::Serialize;

use crate::pack::EngineAt;
use crate::profile::Profile;
use crate::rule::evaluate::Asked;
use crate::rule::{Both, Truth};
use crate::vocabulary::RuleId;

/// What a rule's proposal is worth for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Verdict {
    /// No possible world opens it.
    Not,
    /// What is known does not decide it.
    Open,
    /// True with presumptions, each to be checked: « sous réserve ».
    Presumed,
    /// True in every world compatible with what was told.
    Certain,
}

impl Verdict {
    /// What only a presumption rules out is ruled out.
    pub(crate) fn of(truth: Both) -> Self {
        match (truth.told, truth.presumed) {
            (Truth::True, _) => Self::Certain,
            (_, Truth::True) => Self::Presumed,
            (_, Truth::Open) => Self::Open,
            (_, Truth::False) => Self::Not,
        }
    }

    /// The same, asking no more than is needed: most rules do not concern most
    /// people, and end after one question.
    #[inline]
    fn ask(rule: &Asked<'_>) -> Self {
        if !rule.may_hold() {
            Self::Not
        } else if rule.surely_holds() {
            Self::Certain
        } else if rule.presumably_holds() {
            Self::Presumed
        } else {
            Self::Open
        }
    }

    /// Proposed, certainly or with reserves.
    #[must_use]
    pub fn is_proposed(self) -> bool {
        matches!(self, Self::Certain | Self::Presumed)
    }
}

/// A profile was handed to an engine, or a date, it was not built for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MismatchError {
    /// Built for another engine.
    #[error("the profile was built for another engine: build it again for this one")]
    Engine,
    /// Built for another date.
    #[error("the profile was built for another date: build it again for this one")]
    Date,
}

/// Working memory of [`EngineAt::verdicts`], to be kept from one person to the
/// next: after the first, nothing is allocated.
#[derive(Debug, Clone, Default)]
pub struct Verdicts {
    verdicts: Vec<Verdict>,
}

impl Verdicts {
    /// An empty buffer.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// One verdict for each rule in force, in the order of [`EngineAt::rules`].
    #[must_use]
    pub fn as_slice(&self) -> &[Verdict] {
        &self.verdicts
    }
}

impl EngineAt {
    pub(crate) fn check(&self, profile: &Profile) -> Result<(), MismatchError> {
        if !self.engine.is_same(&profile.engine) {
            Err(MismatchError::Engine)
        } else if self.date == profile.date {
            Ok(())
        } else {
            Err(MismatchError::Date)
        }
    }

    /// The rules in force, in the order of verdicts.
    pub fn rules(&self) -> impl Iterator<Item = &RuleId> {
        let rules = &self.engine.model().rules;
        self.period
            .rules
            .iter()
            .filter_map(|rule| rules.get(rule.place))
            .map(|(_, rule)| &rule.id)
    }

    /// Evaluates every rule in force for one person.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use spie::orientation::Verdicts;
    /// use spie::{Engine, Pack, Profile};
    ///
    /// let engine = Engine::new(&Pack::marne()?);
    /// let date: NaiveDate = "2025-03-15".parse()?;
    /// let profile = Profile::builder(&engine, date).set("licence.b", false).build()?;
    /// let at = engine.at(date);
    /// let mut verdicts = Verdicts::new();
    /// at.verdicts(&profile, &mut verdicts)?;
    /// assert_eq!(verdicts.as_slice().len(), at.rules().count());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`MismatchError`] when the profile was built for another engine or date.
    pub fn verdicts(&self, profile: &Profile, buffer: &mut Verdicts) -> Result<(), MismatchError> {
        self.check(profile)?;
        let rules = self.period.program.asked(&profile.literals);
        let verdicts = &mut buffer.verdicts;
        verdicts.clear();
        verdicts.resize(self.period.rules.len(), Verdict::Not);
        // Not pushed one by one: to keep count of them would cost as much as a verdict.
        for (verdict, rule) in verdicts.iter_mut().zip(rules) {
            *verdict = Verdict::ask(&rule);
        }
        Ok(())
    }

    /// What every condition of the period's program is worth: rules, tracks, holders.
    pub(crate) fn truths(&self, profile: &Profile) -> Result<Vec<Both>, MismatchError> {
        self.check(profile)?;
        Ok(self.period.program.truths(&profile.literals))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_by_what_is_told_and_presumed() {
        use Truth::{False, Open, True};
        for (told, presumed, verdict) in [
            (True, True, Verdict::Certain),
            (Open, True, Verdict::Presumed),
            (Open, Open, Verdict::Open),
            (Open, False, Verdict::Not),
            (False, False, Verdict::Not),
        ] {
            assert_eq!(Verdict::of(Both { told, presumed }), verdict);
        }
    }
}
