//! Where the people come from: the bundled caseload, a caseload in JSON, or an
//! extract of Pôle emploi / France Travail, read row by row.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};
use spie::Engine;
use spie::interop::france_travail::{CommuneIndex, HeaderNote, Options, Reader};
use spie::interop::{Caseload, Person};
use spie::vocabulary::PersonRef;

use crate::Failure;

/// What a file gives, one at a time.
pub(crate) enum Entry {
    Person {
        person: Box<Person>,
        /// Remarks about this row of the file.
        notes: Vec<String>,
    },
    /// A person who cannot be read, with every reason.
    Refused(Vec<String>),
}

/// Hands every person of the file to `each`, in the order of the file; then gives
/// the remarks that concern more than one of them.
pub(crate) fn read(
    file: Option<&Path>,
    engine: &Engine,
    kept: Option<&str>,
    bar: &ProgressBar,
    each: impl FnMut(Entry) -> Result<(), Failure>,
) -> Result<Vec<String>, Failure> {
    let Some(file) = file else {
        return caseload(Caseload::bundled(engine)?, kept, bar, each);
    };
    let named = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    match file.extension().and_then(OsStr::to_str) {
        Some("json") => {
            let text = fs::read_to_string(file).map_err(|error| named(&error))?;
            let read = Caseload::parse(&text, engine).map_err(|error| named(&error))?;
            caseload(read, kept, bar, each).map_err(|error| named(&error).into())
        }
        Some("csv") => extract(file, kept, bar, each).map_err(|error| named(&error).into()),
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
            person: Box::new(person),
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
    kept: Option<&str>,
    bar: &ProgressBar,
    mut each: impl FnMut(Entry) -> Result<(), Failure>,
) -> Result<Vec<String>, Failure> {
    let source = File::open(file)?;
    bar.set_length(source.metadata()?.len());
    bar.set_style(ProgressStyle::with_template(
        "{bar:40} {decimal_bytes}/{decimal_total_bytes}, encore {eta}",
    )?);
    let mut options = Options::default().communes(CommuneIndex::marne()?);
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
                    let (count, _) = seen.entry(kind).or_insert((0, row.person.line));
                    *count += 1;
                }
                Entry::Person {
                    notes: row.notes.iter().map(ToString::to_string).collect(),
                    person: Box::new(row.person),
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
