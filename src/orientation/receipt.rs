//! What was asked and on what it rested, for the embedder's audit log.

use chrono::NaiveDate;
use serde::Serialize;

use super::{MismatchError, PackReference};
use crate::pack::EngineAt;
use crate::profile::Profile;
use crate::vocabulary::FactName;

/// That a person's data was used: names of facts, never values.
///
/// ```
/// use chrono::NaiveDate;
/// use spie::{Engine, Pack, Profile};
///
/// let engine = Engine::new(&Pack::marne()?);
/// let date: NaiveDate = "2025-03-15".parse()?;
/// let profile = Profile::builder(&engine, date).set("licence.b", false).build()?;
/// let receipt = engine.at(date).receipt(&profile)?;
/// assert_eq!(receipt.pack.identity, engine.pack_identity());
/// assert_eq!(receipt.facts[0].as_str(), "licence.b");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Receipt {
    /// The pack that answers, with its identity and what its language means.
    pub pack: PackReference,
    /// The date asked about.
    pub date: NaiveDate,
    /// The facts told that any rule in force may read, in the order of their names.
    pub facts: Vec<FactName>,
}

impl EngineAt {
    /// The receipt of what any call says of this person on this date: verdicts and
    /// orientation alike look at every rule in force.
    ///
    /// # Errors
    ///
    /// [`MismatchError`] when the profile was built for another engine or date.
    pub fn receipt(&self, profile: &Profile) -> Result<Receipt, MismatchError> {
        self.check(profile)?;
        let model = self.engine.model();
        let mut read = self.period.reads();
        let standing = &model.standing;
        read.extend(standing.deceased_on);
        read.extend(standing.protection);
        read.extend(standing.resumes_on);
        let told = read.iter().filter(|id| profile.told.contains_key(id));
        let mut facts: Vec<FactName> = told
            .map(|id| model.dictionary.fact(*id).name.clone())
            .collect();
        facts.sort_unstable();
        Ok(Receipt {
            pack: PackReference::of(model),
            date: self.date,
            facts,
        })
    }
}
