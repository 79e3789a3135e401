//! Where the answers are kept: a caseload of one person in a file.

use std::fmt::Display;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use spie::Engine;
use spie::fact::{FactEntry, Statement};
use spie::interop::{Caseload, Person};
use spie::vocabulary::PersonRef;
use tempfile::NamedTempFile;

use super::{Failure, birth};

/// A file that the answers go to.
pub(crate) struct Kept {
    file: PathBuf,
    folder: PathBuf,
}

impl Kept {
    /// Looks whether it can be written, before anybody answers anything.
    pub(crate) fn new(file: &Path) -> Result<Self, Failure> {
        let folder = match file.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let kept = Self {
            file: file.to_owned(),
            folder: folder.to_owned(),
        };
        if file.is_dir() {
            return Err(kept.named(&"a folder, not a file"));
        }
        kept.beside()?;
        Ok(kept)
    }

    /// A file of a name that no other has, for this user alone, and gone with the value: it is
    /// written first and then moved, so that an interview that is cut off keeps the answers before.
    fn beside(&self) -> Result<NamedTempFile, Failure> {
        NamedTempFile::new_in(&self.folder).map_err(|error| self.named(&error))
    }

    fn named(&self, error: &dyn Display) -> Failure {
        format!("{}: {error}", self.file.display()).into()
    }

    /// Who was begun with, or somebody of whom nothing is known; somebody who is born after the
    /// date asked is refused.
    pub(crate) fn begun(&self, engine: &Engine, asked: NaiveDate) -> Result<Person, Failure> {
        if !self.file.exists() {
            return nobody();
        }
        let text = fs::read_to_string(&self.file).map_err(|error| self.named(&error))?;
        let mut read = Caseload::parse(&text, engine).map_err(|error| self.named(&error))?;
        if let Some(mistake) = read.refused.first() {
            return Err(self.named(mistake));
        }
        match (read.people.pop(), read.people.is_empty()) {
            (Some(person), true) => {
                birth::check(&person, asked).map_err(|mistake| self.named(&mistake))?;
                Ok(person)
            }
            _ => Err(self.named(&"expected the answers of one person")),
        }
    }

    pub(crate) fn write(&self, person: &Person) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(&Caseload::from(vec![person.clone()]))?;
        let mut beside = self.beside()?;
        writeln!(beside, "{text}").map_err(|error| self.named(&error))?;
        beside
            .persist(&self.file)
            .map_err(|error| self.named(&error.error))?;
        Ok(())
    }
}

/// Puts back to unknown what counts no more on the date asked, or was said after it: it is asked
/// again. Gives the facts, in the order of their names.
pub(crate) fn let_go<'f>(
    person: &mut Person,
    facts: impl IntoIterator<Item = &'f FactEntry>,
    asked: NaiveDate,
) -> Vec<&'f FactEntry> {
    let is_gone = |fact: &FactEntry, told: &Statement| match told {
        Statement::Known(_, source) => source.on.is_some_and(|on| {
            let is_stale = fact.counts_until(on).is_some_and(|until| asked > until);
            is_stale || on > asked
        }),
        Statement::Unknown(_) => false,
    };
    let mut gone: Vec<&FactEntry> = facts.into_iter().collect();
    gone.retain(|fact| {
        let told = person.facts.get(&fact.name);
        told.is_some_and(|told| is_gone(fact, told))
    });
    for fact in &gone {
        person.facts.remove(&fact.name);
    }
    gone
}

/// Somebody of whom nothing is known.
pub(crate) fn nobody() -> Result<Person, Failure> {
    Ok(Person::new(PersonRef::parse("entretien")?, 1))
}
