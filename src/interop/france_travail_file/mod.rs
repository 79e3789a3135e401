//! The individual file of France Travail (« dossier individu », JSON): constraints that stand in the
//! way of work, their situations and objectives, and what is needed for the jobs looked for.
//!
//! One file is one person, whom it does not name: the caller, who asked the operator for it, gives the reference. The
//! login of the counsellor and the ids of jobs are read by nobody. `null` and an empty object mean that there is no
//! file of this person; the lighter answer, a list of constraints alone, is read too.
//!
//! # What the file says
//!
//! Everything is said by one body, which the caller names ([`Options`]), assessed by a professional, on the day in Paris of the
//! constraint (`date`), or on the day on which a job was written (`dateMiseAJour`).
//!
//! | In the file | Fact | |
//! |---|---|---|
//! | constraint `OUI`, `CLOTUREE` | `france_travail.mobility` and six more | open, closed; `NON_ABORDEE` says nothing |
//! | | `barrier.mobility`, `.health`, `.language`, `.housing`, `.financial`, `.administrative` | open: at least light. A family constraint may be of any nature: no level |
//! | situation `OUI`, `NON` | `france_travail.mobility.situations` … | in, out; `NON_ABORDEE` leaves it open |
//! | | ordinary facts, where the situation says exactly that | `6` and `7`: `vehicle.available` no; `8`: `licence.usable` no; `40`: `driving.medical_ok` no; `11`: `carer.active`; `13`: `childcare.needed`, `childcare.solution` none; `20`, `21`, `23`: `literacy.level` at most fragile; `24`: `housing.status` without a home of one's own; `32`: `debt.over_indebted`; `33`: `food_insecurity` |
//! | objective `EN_COURS`, `REALISE`, `ABANDONNE` | `france_travail.mobility.goals` … | running, reached, dropped; `NON_ABORDE` says nothing |
//! | need `BESOIN`, `POINT_FORT` | `france_travail.needs`, `france_travail.strengths` | over all jobs in course that were written on the same day; `NON_EXPLORE` says nothing |
//!
//! A closed constraint counts no more: no situation holds, no objective runs, whatever is left of them in the file.
//! Nobody measured what is left of the difficulty, so that no level is told: the details that others know stand. What an
//! earlier file said of ordinary facts counts until it is no longer fresh, and for that reason none is told that
//! would count for ever (`27`, a home to leave some day, is its code alone).
//!
//! # What goes wrong
//!
//! A text that is no JSON, or another file, is a [`FileError`] with line and column. Else nothing stops the rest: what
//! has another form, a code that the lists do not have, what no fact holds (the name of a job in letters, a situation
//! left over under a closed constraint) is an [`Unread`](super::Unread) with line and path, and what it
//! says is kept there, like a job that comes before the others (`estPrioritaire`). Where rows of one code differ, all of
//! them are refused and none counts, as nobody knows which is right; of rows that say the same, the first counts. The [`Tally`]
//! counts rows, objects of a list: kept, or refused for their form.
//!
//! ```
//! use spie::interop::france_travail_file::{self, Options};
//! use spie::vocabulary::{BodyId, PersonRef};
//! use spie::{Engine, Pack, Profile};
//!
//! let file = r#"{
//!   "besoinsParDiagnosticIndividuDtos": [],
//!   "contraintesIndividusDto": { "code": "7", "contraintes": [
//!     { "code": "23", "libelle": "Développer sa mobilité", "valeur": "OUI",
//!       "date": "2024-02-27T23:00:00.000+00:00",
//!       "situations": [ { "code": "6", "valeur": "OUI" }, { "code": "99", "valeur": "OUI" } ],
//!       "objectifs": [ { "code": "28", "valeur": "EN_COURS" } ] },
//!     { "code": "25", "valeur": "NON_ABORDEE", "date": null, "situations": [], "objectifs": [] }
//!   ] }
//! }"#;
//! let (person, by) = (PersonRef::parse("dossier-12")?, BodyId::parse("pole-emploi")?);
//! let options = Options::new(person, by, "2024-03-15".parse()?);
//! let read = france_travail_file::read(file, &options)?.ok_or("there is a file")?;
//!
//! let facts: Vec<&str> = read.arrival.diagnostic.entries().map(|(_, entry)| entry.fact().as_str()).collect();
//! assert!(facts.contains(&"france_travail.mobility.goals") && facts.contains(&"vehicle.available"));
//! let unread = &read.arrival.unread[0];
//! assert_eq!(
//!     unread.to_string(),
//!     "line 6, `contraintesIndividusDto.contraintes[0].situations[1].code`: not in the lists of the format"
//! );
//! assert_eq!(unread.code, "99 OUI");
//! assert_eq!((read.tally.rows, read.tally.kept, read.tally.refused), (5, 5, 0));
//!
//! let at = Engine::new(&Pack::marne()?).at("2024-03-15".parse()?);
//! let orientation = at.orient(&Profile::of_diagnostic(&at, &read.arrival.diagnostic))?;
//! assert!(orientation.track.is_some());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod codes;
mod facts;
mod instant;
mod read;
mod write;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Arrival;
use crate::Diagnostic;
use crate::diagnostic::EntryId;
use crate::vocabulary::{BodyId, PersonRef};

/// Whose file it is, who wrote it and when it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    person: PersonRef,
    by: BodyId,
    recorded_on: NaiveDate,
}

impl Options {
    /// The file of this person, in the words of this body, handed over on this day: what it says
    /// of later days is not believed.
    ///
    /// The operator is `pole-emploi` in the bundled packs, under both its names.
    #[must_use]
    pub fn new(person: PersonRef, by: BodyId, received_on: NaiveDate) -> Self {
        Self {
            person,
            by,
            recorded_on: received_on,
        }
    }
}

/// What was read of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reading {
    /// The observations, and what could not become one.
    pub arrival: Arrival,
    /// The rows.
    pub tally: Tally,
}

/// Rows of a file: constraints, situations, objectives, jobs and needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Tally {
    /// All of them, but for those under what is no row, or of a list that comes twice or is none:
    /// that is told itself.
    pub rows: u64,
    /// Those that were read, whether they say something or not.
    pub kept: u64,
    /// Those that have another form than the format's, each told in [`Arrival::unread`].
    pub refused: u64,
}

/// Why a text is no individual file. Holds a place, never a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {reason}")]
#[non_exhaustive]
pub struct FileError {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong, and what was expected.
    pub reason: &'static str,
}

/// Reads the file of one person; nothing where there is none (`null`, an empty object).
///
/// # Errors
///
/// [`FileError`] where the text is no JSON or another file.
pub fn read(text: &str, options: &Options) -> Result<Option<Reading>, FileError> {
    read::read(text, options)
}

/// One body's words as an individual file.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// The file. Jobs have neither name nor id, and no counsellor is named.
    pub json: String,
    /// What this body said and a reader of the file would not find: other facts than the file
    /// has, what it said before, what was said by other means, and what a reader would conclude too much from.
    pub left_out: BTreeSet<EntryId>,
}

/// Shows how much there is, never what.
impl std::fmt::Debug for Written {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Written")
            .field("bytes", &self.json.len())
            .field("left_out", &self.left_out.len())
            .finish_non_exhaustive()
    }
}

/// Writes what one body assessed last as an individual file: reading it gives the same
/// observations, but for those named as left out, and no others. The format has no place for a remark: what bears
/// one is written without it, and named as left out. A constraint, its situations, its goals or a
/// day of jobs from which a reader would conclude what this body never said, took back or erased is not written.
///
/// A file has one author, so that the words of the other bodies are never written in that one's
/// name. Hand over a [`view`](Diagnostic::view) for the recipient, and write one file for each body in it.
///
/// ```
/// use spie::interop::france_travail_file::{self, Options};
/// use spie::vocabulary::{BodyId, PersonRef};
///
/// let (person, by) = (PersonRef::parse("dossier-12")?, BodyId::parse("pole-emploi")?);
/// let options = Options::new(person, by.clone(), "2024-03-15".parse()?);
/// let light = r#"[ { "code": "28", "valeur": "OUI", "date": "2024-03-11T09:02:40.000+00:00",
///     "situations": [ { "code": "33", "valeur": "OUI" } ] } ]"#;
/// let read = france_travail_file::read(light, &options)?.ok_or("there is a file")?;
///
/// let written = france_travail_file::write(&read.arrival.diagnostic, &by);
/// assert!(written.left_out.is_empty());
/// let again = france_travail_file::read(&written.json, &options)?.ok_or("there is a file")?;
/// assert_eq!(again.arrival.diagnostic, read.arrival.diagnostic);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn write(diagnostic: &Diagnostic, by: &BodyId) -> Written {
    write::write(diagnostic, by)
}
