//! Where the answers are kept: a caseload of one person in a file.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde_json::Value;
use spie::Engine;
use spie::fact::{FactEntry, Reason, Statement};
use spie::interop::{Caseload, Person};
use spie::vocabulary::{FactName, PersonRef};
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
    /// date asked, or too long before it, is refused. What the pack cannot read of the facts is
    /// kept beside them, and counts for nothing: their names are given.
    pub(crate) fn begun(
        &self,
        engine: &Engine,
        asked: NaiveDate,
    ) -> Result<(Person, Vec<String>), Failure> {
        if !self.file.exists() {
            return Ok((nobody()?, Vec::new()));
        }
        let text = fs::read_to_string(&self.file).map_err(|error| self.named(&error))?;
        let mut read = Caseload::parse(&text, engine).map_err(|error| self.named(&error))?;
        let mut unread = BTreeMap::new();
        if let Some(mistake) = read.refused.first() {
            let names = read.refused.iter().map(|mistake| mistake.fact.as_deref());
            let names = names.collect::<Option<Vec<&str>>>();
            let parted = names.and_then(|names| without(&text, &names));
            let Some((rest, taken)) = parted else {
                return Err(self.named(mistake));
            };
            read = Caseload::parse(&rest, engine).map_err(|error| self.named(&error))?;
            unread = taken;
        }
        if let Some(mistake) = read.refused.first() {
            return Err(self.named(mistake));
        }
        match (read.people.pop(), read.people.is_empty()) {
            (Some(mut person), true) => {
                birth::check(&person, asked).map_err(|mistake| self.named(&mistake))?;
                let names = unread.keys().cloned().collect();
                let columns = unread.into_iter();
                let columns = columns.map(|(fact, told)| (format!("unread.{fact}"), told));
                person.columns.extend(columns);
                Ok((person, names))
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

/// A file of one person without some facts, and these as they were written.
fn without(text: &str, facts: &[&str]) -> Option<(String, BTreeMap<String, String>)> {
    let mut file: Value = serde_json::from_str(text).ok()?;
    let told = file.pointer_mut("/people/0/facts")?.as_object_mut()?;
    let mut taken = BTreeMap::new();
    for fact in facts {
        // One fact may hold several mistakes.
        if let Some(value) = told.remove(*fact) {
            taken.insert((*fact).to_owned(), value.to_string());
        }
    }
    (!taken.is_empty()).then(|| (file.to_string(), taken))
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

/// The column of the file that keeps on which day a question was left without an answer: what is
/// not known has no source, hence no day of its own.
fn asked_on(fact: &FactName) -> String {
    format!("asked_on.{fact}")
}

/// Keeps on which day somebody left a question without an answer, or that it has one now.
pub(crate) fn keep_day(person: &mut Person, fact: &FactName, told: &Statement, on: NaiveDate) {
    match told {
        Statement::Known(..) => person.columns.remove(&asked_on(fact)),
        Statement::Unknown(_) => person.columns.insert(asked_on(fact), on.to_string()),
    };
}

/// Puts back to never asked what was left without an answer, and gives how many these are.
///
/// Whoever did not know may have looked it up: they are asked again on any later day. Whoever
/// preferred not to answer is left alone as long as an answer would have counted. An answer left
/// out after the date asked is not left out on it. What has no day stays.
pub(crate) fn let_ask<'f>(
    person: &mut Person,
    facts: impl IntoIterator<Item = &'f FactEntry>,
    asked: NaiveDate,
) -> usize {
    let mut count: usize = 0;
    for fact in facts {
        let column = asked_on(&fact.name);
        let Some(Statement::Unknown(reason)) = person.facts.get(&fact.name) else {
            continue;
        };
        let day = person.columns.get(&column);
        let Some(on) = day.and_then(|day| day.parse::<NaiveDate>().ok()) else {
            continue;
        };
        let again = match reason {
            Reason::AskedUnknown => asked > on,
            _ => fact.counts_until(on).is_some_and(|until| asked > until),
        };
        if again || on > asked {
            person.facts.remove(&fact.name);
            person.columns.remove(&column);
            count = count.saturating_add(1);
        }
    }
    count
}

/// Somebody of whom nothing is known.
pub(crate) fn nobody() -> Result<Person, Failure> {
    Ok(Person::new(PersonRef::parse("entretien")?, 1))
}
