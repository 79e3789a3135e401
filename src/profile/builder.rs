//! Setting facts by checked names; all errors at once.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;

use super::{Profile, Told};
use crate::fact::dictionary::FactId;
use crate::fact::possible::{Possible, nearest};
use crate::fact::set::ValueSet;
use crate::fact::{Knowledge, Reason, Source, ToldError};
use crate::pack::Engine;
use crate::vocabulary::write_all;

/// One fact that a profile could not take. Holds names, never values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProfileError {
    /// The pack has no fact of that name.
    #[error("unknown fact `{name}`{}", .mend.as_ref().map(|m| format!(" (did you mean `{m}`?)")).unwrap_or_default())]
    UnknownFact {
        /// The name as given.
        name: String,
        /// The nearest known name.
        mend: Option<String>,
    },
    /// The fact is computed from others.
    #[error("`{name}` is computed from other facts and cannot be told")]
    Derived {
        /// The fact.
        name: String,
    },
    /// The fact was set twice.
    #[error("`{name}` is told twice")]
    Twice {
        /// The fact.
        name: String,
    },
    /// What was told cannot be read as the fact's type.
    #[error("`{name}`: {error}")]
    Told {
        /// The fact.
        name: String,
        /// What was expected.
        error: ToldError,
    },
}

/// All errors of a profile at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileErrors(Vec<ProfileError>);

impl ProfileErrors {
    /// The errors, in the order in which facts were set.
    pub fn iter(&self) -> impl Iterator<Item = &ProfileError> {
        self.0.iter()
    }
}

impl fmt::Display for ProfileErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_all(f, &self.0)
    }
}

impl std::error::Error for ProfileErrors {}

/// Collects what is told about a person; [`ProfileBuilder::build`] reports all errors at once.
#[derive(Clone)]
pub struct ProfileBuilder {
    engine: Engine,
    date: NaiveDate,
    told: BTreeMap<FactId, Told>,
    reasons: BTreeMap<FactId, Reason>,
    errors: Vec<ProfileError>,
}

impl fmt::Debug for ProfileBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProfileBuilder")
            .field("date", &self.date)
            .field("facts_told", &self.told.len())
            .finish_non_exhaustive()
    }
}

impl ProfileBuilder {
    pub(super) fn new(engine: &Engine, date: NaiveDate) -> Self {
        Self {
            engine: engine.clone(),
            date,
            told: BTreeMap::new(),
            reasons: BTreeMap::new(),
            errors: Vec::new(),
        }
    }

    /// Tells a fact, without saying who said it.
    #[must_use]
    pub fn set(self, fact: impl AsRef<str>, knowledge: impl Into<Knowledge>) -> Self {
        self.set_from(fact, knowledge, Source::default())
    }

    /// Tells a fact, with who said it, when and how. What was said after the date of the
    /// profile is not known on it, as in a diagnostic; a day that a fact itself names may lie
    /// after it.
    #[must_use]
    pub fn set_from(
        mut self,
        fact: impl AsRef<str>,
        knowledge: impl Into<Knowledge>,
        source: Source,
    ) -> Self {
        let name = fact.as_ref();
        let Some(id) = self.tellable(name) else {
            return self;
        };
        let fact = self.engine.model().dictionary.fact(id);
        match fact.read(&knowledge.into()) {
            Ok(possible) => {
                let others = Vec::new();
                let told = Told {
                    possible,
                    source,
                    others,
                };
                self.told.insert(id, told);
            }
            Err(error) => self.errors.push(ProfileError::Told {
                name: name.to_owned(),
                error,
            }),
        }
        self
    }

    /// Says why nothing is known about a fact.
    #[must_use]
    pub fn unknown(mut self, fact: impl AsRef<str>, reason: Reason) -> Self {
        if let Some(id) = self.tellable(fact.as_ref()) {
            self.reasons.insert(id, reason);
        }
        self
    }

    fn tellable(&mut self, name: &str) -> Option<FactId> {
        let dictionary = &self.engine.model().dictionary;
        let Some(id) = dictionary.id(name) else {
            let mend = nearest(name, dictionary.names()).map(str::to_owned);
            self.errors.push(ProfileError::UnknownFact {
                name: name.to_owned(),
                mend,
            });
            return None;
        };
        if !dictionary.fact(id).is_told() {
            self.errors.push(ProfileError::Derived {
                name: name.to_owned(),
            });
            return None;
        }
        if self.told.contains_key(&id) || self.reasons.contains_key(&id) {
            self.errors.push(ProfileError::Twice {
                name: name.to_owned(),
            });
            return None;
        }
        Some(id)
    }

    /// The profile.
    ///
    /// # Errors
    ///
    /// [`ProfileErrors`] with every fact that could not be taken.
    pub fn build(mut self) -> Result<Profile, ProfileErrors> {
        if self.errors.is_empty() {
            let date = self.date;
            // A danger at home that was ever said keeps its effect, as in a diagnostic.
            let flag = self.engine.model().standing.restricted;
            let flag = flag.and_then(|flag| self.told.get(&flag));
            let safe = Possible::Scalar(ValueSet::point(0));
            let later = flag.filter(|told| !told.source.is_known_on(date));
            let restricted = later.is_some_and(|told| told.possible != safe);
            self.told.retain(|_, told| told.source.is_known_on(date));
            let profile = Profile::new(&self.engine, date, self.told, self.reasons);
            Ok(Profile {
                restricted,
                ..profile
            })
        } else {
            Err(ProfileErrors(self.errors))
        }
    }
}
