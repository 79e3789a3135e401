//! Files of several bodies, each in its own format, as diagnostics.

use std::collections::BTreeSet;

use serde_json::Value;
use serde_json::value::RawValue;
use spie::diagnostic::ExchangeError;
use spie::interop::caf_rsa::{self, Role};
use spie::interop::{Arrival, Sheet, UnreadReason, france_travail, france_travail_file};
use spie::vocabulary::{BodyId, PersonRef};
use spie::{Diagnostic, EngineAt};

use super::Failure;
use super::form::Form;
use super::nir::looks_like_a_nir;
use super::people::People;

/// What an office knows, and no file says.
pub(crate) struct Office {
    people: People,
    operator: BodyId,
    caf: BodyId,
    msa: BodyId,
}

/// What came out of a file.
#[derive(Default)]
pub(crate) struct Opened {
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// What could not be read, and where.
    pub(crate) refused: Vec<String>,
    /// What is worth a second look, though it was read.
    pub(crate) notes: Vec<String>,
    /// How many elements no fact holds.
    pub(crate) unread: usize,
}

impl Opened {
    fn keep(&mut self, arrival: Arrival) {
        for one in &arrival.unread {
            match one.reason {
                UnreadReason::NoFact => self.unread += 1,
                // What could not be read is lost unless somebody looks.
                _ => self.notes.push(one.to_string()),
            }
        }
        self.diagnostics.push(arrival.diagnostic);
    }

    /// Each note once: both adults of a household are told what concerns it.
    fn without_echoes(mut self) -> Self {
        let mut said = BTreeSet::new();
        self.notes.retain(|note| said.insert(note.clone()));
        self
    }

    /// Without those whose reference is a NIR: it would be printed, and handed on.
    fn without_nirs(self) -> Self {
        let is_one = |one: &Diagnostic| looks_like_a_nir(one.person().as_str());
        let (nirs, diagnostics): (Vec<_>, Vec<_>) = self.diagnostics.into_iter().partition(is_one);
        let told = nirs.iter().map(|_| {
            "a person under a NIR: expected a reference of the office, and no NIR".to_owned()
        });
        Self {
            refused: self.refused.into_iter().chain(told).collect(),
            diagnostics,
            ..self
        }
    }
}

impl Office {
    pub(crate) fn new(people: People) -> Result<Self, Failure> {
        Ok(Self {
            people,
            operator: BodyId::parse("pole-emploi")?,
            caf: BodyId::parse("caf-51")?,
            msa: BodyId::parse("msa-mam")?,
        })
    }

    /// Reads a file by its form; `person` is whom a file that does not say it is about.
    pub(crate) fn open(
        &self,
        at: &EngineAt,
        bytes: &[u8],
        person: Option<&PersonRef>,
    ) -> Result<Opened, Failure> {
        let opened = match Form::of(bytes, person)? {
            Form::Flow(bytes) => self.flow(bytes),
            Form::Extract(bytes) => self.extract(at, bytes),
            Form::Sheet(text) => Ok(sheet(at, text)),
            Form::Diagnostics(text) => diagnostics(text),
            Form::Dossier(text, person) => self.dossier(at, text, person),
        };
        opened.map(|opened| opened.without_nirs().without_echoes())
    }

    /// The RSA flow of CAF and MSA. Children are of no concern; an adult without a reference is refused.
    fn flow(&self, bytes: &[u8]) -> Result<Opened, Failure> {
        let options = caf_rsa::Options::default();
        let options = options.caf(self.caf.clone()).msa(self.msa.clone());
        let mut opened = Opened::default();
        let (mut adults, mut strangers) = (0_u64, Vec::new());
        let mut people = caf_rsa::Reader::new(bytes, options, |person| {
            (person.role() != Role::Child).then_some(())?;
            adults += 1;
            // The number of the household is that of its claimant, where no other tells who that is.
            let is_claimant = person.role() == Role::Claimant && person.nir().is_none();
            let file = is_claimant.then(|| person.file());
            let numbers = [person.nir(), person.jobseeker_number(), file];
            let reference = self.people.known(numbers);
            if reference.is_none() {
                strangers.push(format!(
                    "line {}: adult {adults} of the flow: no reference in the table of the office",
                    person.line()
                ));
            }
            reference
        })?;
        for arrival in people.by_ref() {
            match arrival {
                Ok(arrival) => opened.keep(arrival),
                Err(error) => opened.refused.push(error.to_string()),
            }
        }
        // Whoever is not in a file that was cut is not read either.
        let (cut, notes): (Vec<_>, Vec<_>) = people
            .warnings()
            .iter()
            .partition(|warning| warning.reason().loses_people());
        opened.refused.extend(cut.iter().map(ToString::to_string));
        opened.notes.extend(notes.iter().map(ToString::to_string));
        let untold = people.tally().untold;
        opened.notes.extend((untold > 0).then(|| {
            format!("{untold} elements that no fact holds are of people who are not kept")
        }));
        drop(people);
        opened.refused.append(&mut strangers);
        Ok(opened)
    }

    /// The extract of Pôle emploi / France Travail.
    fn extract(&self, at: &EngineAt, bytes: &[u8]) -> Result<Opened, Failure> {
        let options = france_travail::Options::new(self.operator.clone(), at.date());
        let options = options.communes(france_travail::CommuneIndex::marne()?);
        let mut opened = Opened::default();
        let rows = france_travail::Reader::new(
            bytes,
            options,
            |person: &france_travail::Identifiers<'_>| self.people.known([Some(person.number())]),
        )?;
        let header = rows.header_notes().iter();
        opened.notes.extend(header.map(ToString::to_string));
        for row in rows {
            match row {
                Ok(mut row) => {
                    opened
                        .notes
                        .extend(row.notes.iter().map(ToString::to_string));
                    // The notes of a row tell of the rest.
                    let left = &mut row.arrival.unread;
                    left.retain(|one| one.reason == UnreadReason::NoFact);
                    opened.keep(row.arrival);
                }
                Err(error) => opened.refused.push(error.to_string()),
            }
        }
        Ok(opened)
    }

    /// The individual file of France Travail.
    fn dossier(&self, at: &EngineAt, text: &str, person: PersonRef) -> Result<Opened, Failure> {
        let mut opened = Opened::default();
        if self.whose(text).iter().any(|known| *known != person) {
            opened.refused.push(
                "the jobs of this file bear the number of somebody to whom the table of the office gives another reference"
                    .to_owned(),
            );
            return Ok(opened);
        }
        let by = self.operator.clone();
        let options = france_travail_file::Options::new(person, by, at.date());
        match france_travail_file::read(text, &options)? {
            Some(mut reading) => {
                let wrong = reading.arrival.unread.extract_if(.., |one| {
                    !matches!(one.reason, UnreadReason::NoFact | UnreadReason::Unknown)
                });
                opened.refused.extend(wrong.map(|one| one.to_string()));
                opened.keep(reading.arrival);
            }
            None => opened
                .notes
                .push("there is no file of this person".to_owned()),
        }
        Ok(opened)
    }

    /// Whose jobs an individual file holds, where the table knows it. That the id of a job begins with the number
    /// of the person is seen in samples and stated nowhere: it contradicts a reference, and never gives one.
    fn whose(&self, text: &str) -> Vec<PersonRef> {
        let file: Option<Value> = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok();
        let jobs = file
            .as_ref()
            .and_then(|file| file.get("besoinsParDiagnosticIndividuDtos")?.as_array());
        let numbers = jobs.into_iter().flatten().filter_map(|job| {
            let id = job.get("idMetierChiffre")?.as_str()?;
            self.people.known([id.split('#').next()])
        });
        numbers.collect()
    }
}

/// The sheet of an interview.
fn sheet(at: &EngineAt, text: &str) -> Opened {
    let mut opened = Opened::default();
    match Sheet::parse(text, at.engine()) {
        Ok(sheet) => opened.keep(sheet.arrival()),
        Err(errors) => opened
            .refused
            .extend(errors.iter().map(ToString::to_string)),
    }
    opened
}

/// A diagnostic, or a list of some.
fn diagnostics(text: &str) -> Result<Opened, Failure> {
    let mut opened = Opened::default();
    for (number, one) in (1..).zip(each(text)?) {
        match Diagnostic::parse(one) {
            Ok(diagnostic) => opened.diagnostics.push(diagnostic),
            Err(errors) => {
                let told = errors
                    .iter()
                    .map(|error| format!("diagnostic {number}, {}", in_file(error, text, one)));
                opened.refused.extend(told);
            }
        }
    }
    Ok(opened)
}

/// The diagnostics of a text: one, or a list.
fn each(text: &str) -> Result<Vec<&str>, String> {
    if !text.trim_start().starts_with('[') {
        return Ok(vec![text]);
    }
    let list: Vec<&RawValue> = serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column().max(1));
        let expected = if error.is_eof() {
            "the text ends too early"
        } else {
            "expected a list of diagnostics"
        };
        format!("line {line}, column {column}: {expected}")
    })?;
    Ok(list.into_iter().map(RawValue::get).collect())
}

/// An error in one of several diagnostics, by its place in their file.
fn in_file(error: &ExchangeError, text: &str, one: &str) -> ExchangeError {
    let mut error = error.clone();
    if let ExchangeError::Shape { line, column, .. } = &mut error {
        // It is a part of the text: where it begins is no matter of what it holds.
        let start = one.as_ptr().addr().saturating_sub(text.as_ptr().addr());
        let before = text.as_bytes().get(..start).unwrap_or_default();
        if *line == 1 {
            let begins = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
            *column += before.len() - begins;
        }
        *line += memchr::memchr_iter(b'\n', before).count();
    }
    error
}
