//! One person as a file tells of them.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;

use crate::fact::Statement;
use crate::pack::Engine;
use crate::profile::{Profile, ProfileErrors};
use crate::vocabulary::{FactName, PersonRef};

/// What a file says about one person.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Person {
    /// The embedder's reference.
    pub reference: PersonRef,
    /// A line that introduces an invented person; absent for real ones.
    pub title: Option<String>,
    /// What is said about facts.
    pub facts: BTreeMap<FactName, Statement>,
    /// Columns of the source kept for comparison, as they were written.
    pub columns: BTreeMap<String, String>,
    /// Line of the source, from 1.
    pub line: u64,
}

impl Person {
    /// A person without any fact.
    #[must_use]
    pub fn new(reference: PersonRef, line: u64) -> Self {
        Self {
            reference,
            title: None,
            facts: BTreeMap::new(),
            columns: BTreeMap::new(),
            line,
        }
    }

    /// The profile at a date.
    ///
    /// # Errors
    ///
    /// [`ProfileErrors`] with every fact that the engine's pack cannot take.
    pub fn profile(&self, engine: &Engine, date: NaiveDate) -> Result<Profile, ProfileErrors> {
        let mut builder = Profile::builder(engine, date);
        for (name, statement) in &self.facts {
            builder = match statement {
                Statement::Known(knowledge, source) => {
                    builder.set_from(name, knowledge.clone(), source.clone())
                }
                Statement::Unknown(reason) => builder.unknown(name, *reason),
            };
        }
        builder.build()
    }
}

/// Shows the reference and counts, never what is said.
impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person")
            .field("reference", &self.reference)
            .field("facts", &self.facts.len())
            .field("line", &self.line)
            .finish_non_exhaustive()
    }
}
