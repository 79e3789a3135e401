//! From what a file says to a profile, leaving out what the pack cannot take.

use chrono::NaiveDate;

use super::Person;
use crate::fact::Statement;
use crate::fact::possible::nearest;
use crate::pack::Engine;
use crate::profile::{Profile, ProfileBuilder, ProfileError};
use crate::vocabulary::FactName;

impl Person {
    /// A builder that holds everything the engine's pack can take, and an error
    /// for each fact that it cannot: a file may know more than a pack.
    ///
    /// [`Person::profile`] is the strict form, where one such fact is enough to
    /// refuse the person.
    ///
    /// ```
    /// use spie::interop::Person;
    /// use spie::fact::{Source, Statement};
    /// use spie::vocabulary::{FactName, PersonRef};
    /// use spie::{Engine, Knowledge, Pack};
    ///
    /// let mut person = Person::new(PersonRef::parse("dossier-12")?, 1);
    /// for name in ["licence.b", "spaceship.available"] {
    ///     let told = Statement::Known(Knowledge::from(true), Source::default());
    ///     person.facts.insert(FactName::parse(name)?, told);
    /// }
    /// let engine = Engine::new(&Pack::core()?);
    /// let (builder, left_out) = person.builder(&engine, "2025-03-15".parse()?);
    /// assert_eq!(left_out.len(), 1);
    /// assert!(builder.build()?.origin("licence.b").is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn builder(&self, engine: &Engine, date: NaiveDate) -> (ProfileBuilder, Vec<ProfileError>) {
        let mut builder = Profile::builder(engine, date);
        let mut left_out = Vec::new();
        for (name, statement) in &self.facts {
            if let Err(error) = takes(engine, name, statement) {
                left_out.push(error);
                continue;
            }
            builder = match statement {
                Statement::Known(knowledge, source) => {
                    builder.set_from(name, knowledge.clone(), source.clone())
                }
                Statement::Unknown(reason) => builder.unknown(name, *reason),
            };
        }
        (builder, left_out)
    }
}

/// Whether a profile of this engine can take what is said about a fact.
fn takes(engine: &Engine, name: &FactName, statement: &Statement) -> Result<(), ProfileError> {
    let dictionary = &engine.model().dictionary;
    let Some(id) = dictionary.id(name.as_str()) else {
        let mend = nearest(name.as_str(), dictionary.names()).map(str::to_owned);
        return Err(ProfileError::UnknownFact {
            name: name.to_string(),
            mend,
        });
    };
    let fact = dictionary.fact(id);
    if !fact.is_told() {
        return Err(ProfileError::Derived {
            name: name.to_string(),
        });
    }
    if let Statement::Known(knowledge, _) = statement {
        fact.read(knowledge).map_err(|error| ProfileError::Told {
            name: name.to_string(),
            error,
        })?;
    }
    Ok(())
}
