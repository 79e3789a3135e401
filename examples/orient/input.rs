//! Where the people come from: the bundled caseload, a caseload in JSON, or an
//! extract of Pôle emploi / France Travail, read row by row.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::Path;

use chrono::NaiveDate;
use indicatif::{ProgressBar, ProgressStyle};
use spie::interop::france_travail::{CommuneIndex, HeaderNote, Options, Reader, Row};
use spie::interop::{Caseload, Person};
use spie::vocabulary::{BodyId, PersonRef};
use spie::{Diagnostic, EngineAt, Profile};

use crate::{BUNDLED_DATE, Failure, birth};

/// What a file gives, one at a time.
pub(crate) enum Entry {
    Person {
        told: Box<Told>,
        /// Remarks about this row of the file.
        notes: Vec<String>,
    },
    /// A person who cannot be read, with every reason.
    Refused(Vec<String>),
}

/// Somebody, as a file tells of them.
pub(crate) struct Told {
    pub(crate) reference: PersonRef,
    pub(crate) title: Option<String>,
    pub(crate) columns: BTreeMap<String, String>,
    pub(crate) line: u64,
    said: Said,
}

enum Said {
    /// A caseload tells facts.
    Facts(Box<Person>),
    /// An extract, what a body observed.
    Observations(Diagnostic),
}

impl Told {
    /// The profile on the date asked about, and what is left out of it: what this pack has no
    /// fact for, and what was told later.
    pub(crate) fn profile(&self, at: &EngineAt) -> Result<(Profile, Vec<String>), String> {
        match &self.said {
            Said::Facts(person) => {
                birth::check(person, at.date())?;
                let profile = person.profile(at.engine(), at.date());
                let profile = profile.map_err(|errors| format!("line {}: {errors}", self.line))?;
                let later = person.told_after(at.date());
                let later = later.map(|fact| format!("`{fact}` is left out: told later"));
                Ok((profile, later.collect()))
            }
            Said::Observations(diagnostic) => {
                let left_out = diagnostic.resolve(at).left_out.into_iter();
                let left_out =
                    left_out.map(|one| format!("`{}` is left out: {:?}", one.fact, one.reason));
                Ok((Profile::of_diagnostic(at, diagnostic), left_out.collect()))
            }
        }
    }
}

impl From<Person> for Told {
    fn from(mut person: Person) -> Self {
        Self {
            reference: person.reference.clone(),
            title: person.title.take(),
            columns: std::mem::take(&mut person.columns),
            line: person.line,
            said: Said::Facts(Box::new(person)),
        }
    }
}

impl From<Row> for Told {
    fn from(row: Row) -> Self {
        let diagnostic = row.arrival.diagnostic;
        Self {
            reference: diagnostic.person().clone(),
            title: None,
            columns: row.columns,
            line: row.line,
            said: Said::Observations(diagnostic),
        }
    }
}

/// Hands every person of the file to `each`, in the order of the file; then gives
/// the remarks that concern more than one of them.
pub(crate) fn read(
    file: Option<&Path>,
    at: &EngineAt,
    kept: Option<&str>,
    bar: &ProgressBar,
    each: impl FnMut(Entry) -> Result<(), Failure>,
) -> Result<Vec<String>, Failure> {
    let Some(file) = file else {
        let people = Caseload::bundled_on(at.engine(), at.date())?;
        caseload(people, kept, bar, each)?;
        let told_for = BUNDLED_DATE.parse::<NaiveDate>()?;
        let moved = at.date().signed_duration_since(told_for).num_days();
        let note = format!(
            "the bundled people are told for {told_for}: each of their days is moved by {moved} days"
        );
        return Ok((moved != 0).then_some(note).into_iter().collect());
    };
    let named = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    match file.extension().and_then(OsStr::to_str) {
        Some("json") => {
            let text = fs::read_to_string(file).map_err(|error| named(&error))?;
            let read = Caseload::parse(&text, at.engine()).map_err(|error| named(&error))?;
            caseload(read, kept, bar, each).map_err(|error| named(&error).into())
        }
        Some("csv") => extract(file, at, kept, bar, each).map_err(|error| named(&error).into()),
        _ => Err(named(&"expected a file whose name ends in .json or .csv").into()),
    }
}

fn caseload(
    caseload: Caseload,
    kept: Option<&str>,
    bar: &ProgressBar,
    mut each: impl FnMut(Entry) -> Result<(), Failure>,
) -> Result<Vec<String>, Failure> {
    let columns = caseload.people.iter().flat_map(|one| one.columns.keys());
    let columns: BTreeSet<&str> = columns.map(String::as_str).collect();
    if let Some(kept) = kept.filter(|kept| !columns.contains(kept)) {
        return Err(no_column(kept, columns));
    }
    let mut refused: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    for mistake in &caseload.refused {
        let mistakes = refused.entry(mistake.position).or_default();
        mistakes.push(mistake.to_string());
    }
    bar.set_length(caseload.people.len().try_into()?);
    for mistakes in refused.into_values() {
        each(Entry::Refused(mistakes))?;
    }
    for person in caseload.people {
        each(Entry::Person {
            told: Box::new(person.into()),
            notes: Vec::new(),
        })?;
        bar.inc(1);
    }
    Ok(Vec::new())
}

/// Nothing can be compared with a column that is not there.
fn no_column(column: &str, columns: BTreeSet<&str>) -> Failure {
    let known = Vec::from_iter(columns).join("`, `");
    let known = if known.is_empty() {
        String::new()
    } else {
        format!("; there are: `{known}`")
    };
    format!("no column `{column}`{known}").into()
}

fn extract(
    file: &Path,
    at: &EngineAt,
    kept: Option<&str>,
    bar: &ProgressBar,
    mut each: impl FnMut(Entry) -> Result<(), Failure>,
) -> Result<Vec<String>, Failure> {
    let source = File::open(file)?;
    bar.set_length(source.metadata()?.len());
    bar.set_style(ProgressStyle::with_template(
        "{bar:40} {decimal_bytes}/{decimal_total_bytes}, encore {eta}",
    )?);
    // The file does not say when it was made: what it says is known by the date asked about.
    let by = BodyId::parse("pole-emploi")?;
    let mut options = Options::new(by, at.date()).communes(CommuneIndex::marne()?);
    if let Some(column) = kept {
        options = options.keep(column);
    }
    // The number of the extract serves as reference here; a real office looks its own up.
    let mut rows = Reader::new(bar.wrap_read(source), options, |person| {
        PersonRef::parse(person.number()).ok()
    })?;
    let absent = rows
        .header_notes()
        .iter()
        .any(|note| matches!(note, HeaderNote::Missing { column } if kept == Some(*column)));
    if let Some(kept) = kept.filter(|_| absent) {
        return Err(no_column(kept, BTreeSet::new()));
    }
    let mut remarks: Vec<String> = rows
        .header_notes()
        .iter()
        .map(ToString::to_string)
        .collect();
    // By column and reason: how many rows, and the first of them.
    let mut seen: BTreeMap<(Option<&str>, String), (u64, u64)> = BTreeMap::new();
    for row in rows.by_ref() {
        each(match row {
            Ok(row) => {
                let kinds: BTreeSet<_> = row
                    .notes
                    .iter()
                    .map(|note| (note.column(), note.reason().to_string()))
                    .collect();
                for kind in kinds {
                    let (count, _) = seen.entry(kind).or_insert((0, row.line));
                    *count += 1;
                }
                Entry::Person {
                    notes: row.notes.iter().map(ToString::to_string).collect(),
                    told: Box::new(row.into()),
                }
            }
            Err(error) => Entry::Refused(vec![error.to_string()]),
        })?;
    }
    for ((column, reason), (count, first)) in seen {
        let place = column.map_or_else(String::new, |column| format!("column `{column}`: "));
        remarks.push(format!(
            "{place}{reason} ({count} rows, first on line {first})"
        ));
    }
    Ok(remarks)
}
