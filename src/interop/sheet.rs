//! The sheet of one interview, in the crate's own JSON.

use std::collections::BTreeSet;
use std::fmt;

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::Arrival;
use super::caseload::fact;
use super::json::{Entries, Places, stopped};
use crate::Diagnostic;
use crate::calendar::in_range;
use crate::diagnostic::{Observation, Said, UnknownBodyError};
use crate::fact::possible::nearest;
use crate::fact::{Means, Reason, Source, Statement};
use crate::pack::Engine;
use crate::vocabulary::{BodyId, FactName, PersonRef, write_all};

/// Version of the JSON form of a sheet.
pub(super) const VERSION: u64 = 1;

const KEYS: [&str; 7] = [
    "version",
    "person",
    "by",
    "on",
    "recorded_on",
    "means",
    "answers",
];

/// What one body heard of one person on one day: the form in which a screen, a form or a spreadsheet
/// hands an interview over.
///
/// ```json
/// {
///   "version": 1,
///   "person": "dossier-12",
///   "by": "ml-reims",
///   "on": "2025-03-15",
///   "means": "declared",
///   "answers": {
///     "licence.b": false,
///     "barrier.mobility": { "value": "moderate", "means": "assessed" },
///     "household.size": { "from": 2, "to": 3 },
///     "vehicle.state": "unknown",
///     "rqth": "declined"
///   }
/// }
/// ```
///
/// An answer is written as in a caseload, without who said it and when: that is the sheet's. `"declined"` is an answer
/// that the person chose not to give, `"unknown"` one that the person does not know; a fact that nobody asked about is left out.
/// `recorded_on` is the day on which the sheet was typed, that of the interview where it is left out. `schemas/interview.json`
/// is its schema.
#[derive(Clone, PartialEq, Eq)]
pub struct Sheet {
    diagnostic: Diagnostic,
}

impl Sheet {
    /// Reads a sheet. It was written by hand or by a form, so that everything in it must be known to the
    /// engine's pack: the body, the facts, their codes.
    ///
    /// ```
    /// use spie::interop::Sheet;
    /// use spie::{Engine, Pack};
    /// let engine = Engine::new(&Pack::marne()?);
    /// let sheet = r#"{
    ///   "version": 1, "person": "dossier-12", "by": "ml-reims", "on": "2025-03-15", "means": "declared",
    ///   "answers": { "licence.b": false, "rqth": "declined" }
    /// }"#;
    /// let arrival = Sheet::parse(sheet, &engine)?.arrival();
    /// assert_eq!(arrival.diagnostic.entries().count(), 2);
    ///
    /// let slip = sheet.replace("licence.b", "licnce.b").replace("ml-reims", "ml-riems");
    /// let errors = Sheet::parse(&slip, &engine).unwrap_err();
    /// let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
    /// assert_eq!(told, [
    ///     "line 2, column 47, `by`: unknown body (did you mean `ml-reims`?)",
    ///     "line 3, column 28, `answers.licnce.b`: unknown fact (did you mean `licence.b`?)",
    /// ]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`SheetErrors`]: everything that is wrong, each with its place. Nothing of such a sheet is kept.
    pub fn parse(text: &str, engine: &Engine) -> Result<Self, SheetErrors> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let root: &RawValue = serde_json::from_str(text).map_err(|error| {
            let (line, column, reason) = stopped(text, &error, "not JSON");
            let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
            SheetErrors(vec![SheetError {
                line: number(line),
                column: number(column),
                path: String::new(),
                reason: reason.to_owned(),
            }])
        })?;
        let mut reader = Reader {
            places: Places::new(text),
            engine,
            errors: Vec::new(),
        };
        let diagnostic = reader.sheet(root);
        match diagnostic {
            Some(diagnostic) if reader.errors.is_empty() => Ok(Self { diagnostic }),
            _ => Err(reader.refused()),
        }
    }

    /// What it says, as observations of the body that asked. There is nothing else in it.
    #[must_use]
    pub fn arrival(self) -> Arrival {
        Arrival::new(self.diagnostic, Vec::new())
    }
}

/// Shows how much there is, never what.
impl fmt::Debug for Sheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sheet")
            .field("answers", &self.diagnostic.entries().count())
            .finish_non_exhaustive()
    }
}

/// One thing that is wrong with a sheet. Holds a place and names, never an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SheetError {
    /// Line, from 1.
    pub line: u64,
    /// Column in characters, from 1.
    pub column: u64,
    /// Keys from the sheet down to it (`answers.licence.b`).
    pub path: String,
    /// What is wrong, and what was expected.
    pub reason: String,
}

impl fmt::Display for SheetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)?;
        if !self.path.is_empty() {
            write!(f, ", `{}`", self.path)?;
        }
        write!(f, ": {}", self.reason)
    }
}

impl std::error::Error for SheetError {}

/// Everything that is wrong with a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetErrors(Vec<SheetError>);

impl SheetErrors {
    /// The errors, in the order of the sheet; at least one.
    pub fn iter(&self) -> impl Iterator<Item = &SheetError> {
        self.0.iter()
    }
}

impl fmt::Display for SheetErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_all(f, &self.0)
    }
}

impl std::error::Error for SheetErrors {}

struct Reader<'t, 'e> {
    places: Places<'t>,
    engine: &'e Engine,
    errors: Vec<SheetError>,
}

/// What holds for all answers of a sheet.
struct Heading {
    by: BodyId,
    on: NaiveDate,
    recorded_on: NaiveDate,
    means: Means,
}

impl<'t> Reader<'t, '_> {
    fn wrong(&mut self, raw: &RawValue, path: impl Into<String>, reason: impl Into<String>) {
        let (line, column) = self.places.of(raw);
        self.errors.push(SheetError {
            line,
            column,
            path: path.into(),
            reason: reason.into(),
        });
    }

    fn refused(mut self) -> SheetErrors {
        self.errors.sort_by_key(|error| (error.line, error.column));
        SheetErrors(self.errors)
    }

    fn sheet(&mut self, root: &'t RawValue) -> Option<Diagnostic> {
        let Ok(Entries(entries)) = serde_json::from_str(root.get()) else {
            self.wrong(root, "", "expected an object, the sheet of one interview");
            return None;
        };
        let mut met: BTreeSet<&str> = BTreeSet::new();
        for (key, raw) in &entries {
            match KEYS.iter().find(|known| *known == key) {
                Some(key) if !met.insert(key) => self.wrong(raw, *key, "this key is given twice"),
                Some(_) => {}
                None => {
                    let mend = mend(nearest(key, KEYS));
                    self.wrong(raw, "", format!("unknown key{mend}"));
                }
            }
        }
        let find = |name: &str| {
            let found = entries.iter().find(|(key, _)| key == name);
            found.map(|(_, raw)| *raw)
        };
        let version = self.required(root, find("version"), "version", |raw| {
            match raw.get().parse::<u64>() {
                Ok(VERSION) => Ok(()),
                _ => Err("expected version 1".to_owned()),
            }
        });
        let person = self.required(root, find("person"), "person", |raw| {
            let expected = "expected 1 to 120 characters without control characters";
            parsed(raw, |text| PersonRef::parse(text).ok()).ok_or_else(|| expected.to_owned())
        });
        let engine = self.engine;
        let by = self.required(root, find("by"), "by", |raw| {
            let by = parsed(raw, |text| BodyId::parse(text).ok());
            let by = by.ok_or("expected a body, such as `caf-51`")?;
            match UnknownBodyError::unless_known(engine, &by) {
                Ok(()) => Ok(by),
                Err(error) => Err(format!("unknown body{}", mend(error.mend()))),
            }
        });
        let on = self.required(root, find("on"), "on", day);
        let recorded_on = match find("recorded_on") {
            None => on,
            Some(raw) => {
                self.required(root, Some(raw), "recorded_on", |raw| match (day(raw), on) {
                    (Ok(recorded), Some(on)) if recorded < on => {
                        Err("expected a day on or after the interview".to_owned())
                    }
                    (read, _) => read,
                })
            }
        };
        let means = self.required(root, find("means"), "means", |raw| {
            let expected = "expected `declared`, `attested`, `assessed` or `computed`";
            Means::deserialize(raw).map_err(|_| expected.to_owned())
        });
        let heading = || {
            Some(Heading {
                by: by?,
                on: on?,
                recorded_on: recorded_on?,
                means: means?,
            })
        };
        let heading = heading();
        let answers =
            find("answers").map(|raw| (raw, serde_json::from_str::<Entries<'t>>(raw.get())));
        let answers = match answers {
            None => {
                self.wrong(root, "answers", "this key is missing");
                return None;
            }
            Some((raw, Err(_))) => {
                self.wrong(
                    raw,
                    "answers",
                    "expected an object: fact by fact, the answer",
                );
                return None;
            }
            Some((_, Ok(Entries(answers)))) => answers,
        };
        let mut met = BTreeSet::new();
        let mut diagnostic = person.map(Diagnostic::new);
        for (name, raw) in answers {
            let desk = diagnostic.as_mut().zip(heading.as_ref());
            self.answer(desk, &mut met, &name, raw);
        }
        version.and(diagnostic)
    }

    fn required<T>(
        &mut self,
        root: &RawValue,
        found: Option<&'t RawValue>,
        key: &str,
        read: impl FnOnce(&'t RawValue) -> Result<T, String>,
    ) -> Option<T> {
        let Some(raw) = found else {
            self.wrong(root, key, "this key is missing");
            return None;
        };
        match read(raw) {
            Ok(read) => Some(read),
            Err(reason) => {
                self.wrong(raw, key, reason);
                None
            }
        }
    }

    /// One answer: written down where the heading could be read, checked in any case.
    fn answer(
        &mut self,
        desk: Option<(&mut Diagnostic, &Heading)>,
        met: &mut BTreeSet<FactName>,
        name: &str,
        raw: &'t RawValue,
    ) {
        // What is no name of a fact may be anything: it is not repeated.
        let path = match FactName::parse(name) {
            Ok(name) => format!("answers.{name}"),
            Err(_) => "answers".to_owned(),
        };
        let (fact, said, means) = match self.said(name, raw) {
            Ok(read) => read,
            Err(reason) => return self.wrong(raw, path, reason),
        };
        if !met.insert(fact.clone()) {
            return self.wrong(raw, path, "this fact is given twice");
        }
        let Some((diagnostic, heading)) = desk else {
            return;
        };
        let observation = Observation {
            by: heading.by.clone(),
            means: means.unwrap_or(heading.means),
            observed_on: heading.on,
            recorded_on: heading.recorded_on,
            fact,
            said,
            remark: None,
        };
        if let Err(error) = diagnostic.record(self.engine, observation) {
            self.wrong(raw, path, error.to_string());
        }
    }

    fn said(&self, name: &str, raw: &RawValue) -> Result<(FactName, Said, Option<Means>), String> {
        let silent = parsed(raw, |text| match text {
            "declined" => Some(Said::Declined),
            "unknown" => Some(Said::AskedUnknown),
            _ => None,
        });
        let dictionary = &self.engine.model().dictionary;
        if let (Some(said), Some(id)) = (silent, dictionary.id(name)) {
            let fact = dictionary.fact(id);
            let codes = fact.kind.nomenclature();
            if codes.is_some_and(|codes| {
                ["declined", "unknown"]
                    .iter()
                    .any(|word| codes.place(word).is_some())
            }) {
                let expected = "a code of this fact has that name: write `{ \"value\": … }` for it, or \
                                `{ \"unknown\": … }` where nothing was answered";
                return Err(expected.to_owned());
            }
            return Ok((fact.name.clone(), said, None));
        }
        let (fact, statement) = fact(name, raw, self.engine)?;
        let (said, source) = match statement {
            Statement::Known(known, source) => (Said::Known(known), source),
            Statement::Unknown(Reason::Declined) => (Said::Declined, Source::default()),
            Statement::Unknown(Reason::AskedUnknown) => (Said::AskedUnknown, Source::default()),
            Statement::Unknown(_) => {
                return Err("expected `declined` or `asked_unknown`".to_owned());
            }
        };
        if source.by.is_some() || source.on.is_some() {
            return Err("who said it and when is the sheet's: a word of another body or day is another sheet".to_owned());
        }
        Ok((fact, said, source.means))
    }
}

fn mend(near: Option<&str>) -> String {
    near.map(|near| format!(" (did you mean `{near}`?)"))
        .unwrap_or_default()
}

fn parsed<T>(raw: &RawValue, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
    let text: String = serde_json::from_str(raw.get()).ok()?;
    parse(&text)
}

fn day(raw: &RawValue) -> Result<NaiveDate, String> {
    let day = parsed(raw, |text| text.parse().ok()).filter(|day| in_range(*day));
    day.ok_or_else(|| "expected a day from 1900 to 2200, such as `2025-03-15`".to_owned())
}
