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

    /// The facts about which the file was told something after a date only: not known on it.
    ///
    /// ```
    /// use spie::interop::Caseload;
    /// use spie::{Engine, Pack};
    /// let engine = Engine::new(&Pack::core()?);
    /// let text = r#"{ "version": 1, "people": [
    ///     { "ref": "a", "facts": { "rsa": { "value": true, "on": "2025-01-10" } } }
    /// ] }"#;
    /// let caseload = Caseload::parse(text, &engine)?;
    /// let told_after = |day: &str| -> Result<usize, chrono::ParseError> {
    ///     let day = day.parse()?;
    ///     Ok(caseload.people.iter().flat_map(|person| person.told_after(day)).count())
    /// };
    /// assert_eq!((told_after("2025-01-09")?, told_after("2025-01-10")?), (1, 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn told_after(&self, date: NaiveDate) -> impl Iterator<Item = &FactName> {
        let later = move |statement: &Statement| match statement {
            Statement::Known(_, source) => !source.is_known_on(date),
            Statement::Unknown(_) => false,
        };
        let facts = self.facts.iter();
        facts.filter_map(move |(name, statement)| later(statement).then_some(name))
    }

    /// The profile at a date: of what was told by then.
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
