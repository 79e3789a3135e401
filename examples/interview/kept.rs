//! Where the answers are kept: a caseload of one person in a file.

use std::ffi::OsString;
use std::fmt::Display;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use spie::Engine;
use spie::interop::{Caseload, Person};
use spie::vocabulary::PersonRef;

use super::Failure;

/// A file that the answers go to.
pub(crate) struct Kept {
    file: PathBuf,
    /// Written first and then moved: an interview that is cut off keeps the answers before.
    beside: PathBuf,
}

impl Kept {
    /// Looks whether it can be written, before anybody answers anything.
    pub(crate) fn new(file: &Path) -> Result<Self, Failure> {
        let mut name = file.file_name().map_or_else(OsString::new, OsString::from);
        name.push(".part");
        let kept = Self {
            file: file.to_owned(),
            beside: file.with_file_name(name),
        };
        if file.is_dir() {
            return Err(kept.named(&"a folder, not a file"));
        }
        File::create(&kept.beside).map_err(|error| kept.named(&error))?;
        fs::remove_file(&kept.beside).map_err(|error| kept.named(&error))?;
        Ok(kept)
    }

    fn named(&self, error: &dyn Display) -> Failure {
        format!("{}: {error}", self.file.display()).into()
    }

    /// Who was begun with, or somebody of whom nothing is known.
    pub(crate) fn begun(&self, engine: &Engine) -> Result<Person, Failure> {
        if !self.file.exists() {
            return nobody();
        }
        let text = fs::read_to_string(&self.file).map_err(|error| self.named(&error))?;
        let mut read = Caseload::parse(&text, engine).map_err(|error| self.named(&error))?;
        if let Some(mistake) = read.refused.first() {
            return Err(self.named(mistake));
        }
        match (read.people.pop(), read.people.is_empty()) {
            (Some(person), true) => Ok(person),
            _ => Err(self.named(&"expected the answers of one person")),
        }
    }

    pub(crate) fn write(&self, person: &Person) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(&Caseload::from(vec![person.clone()]))?;
        fs::write(&self.beside, text + "\n").map_err(|error| self.named(&error))?;
        fs::rename(&self.beside, &self.file).map_err(|error| self.named(&error))
    }
}

/// Somebody of whom nothing is known.
pub(crate) fn nobody() -> Result<Person, Failure> {
    Ok(Person::new(PersonRef::parse("entretien")?, 1))
}
