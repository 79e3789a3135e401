//! Rows, one at a time.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::Read;
use std::iter::FusedIterator;

use chrono::NaiveDate;

use super::cell::{Cells, NotText};
use super::columns::{self, BIRTH_DATE, IDENTIFIER};
use super::encoding::{Encoding, Sniffer};
use super::error::{
    FileError, Form, HeaderError, HeaderNote, Note, NoteReason, RowError, RowReason,
};
use super::facts::facts;
use super::header::Header;
use super::lines::{LONGEST, Line, Lines, Splitter};
use super::once::Met;
use super::{CommuneIndex, Identifiers, Options};
use crate::Diagnostic;
use crate::calendar::in_range;
use crate::debug::shows_only;
use crate::diagnostic::{Observation, Said};
use crate::fact::Means;
use crate::interop::{Arrival, Place, Unread, UnreadReason};
use crate::vocabulary::{BodyId, PersonRef};

/// One row that is kept: what it says of a person, and remarks about cells left unknown.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Row {
    /// The observations, under the caller's reference, and what could become none.
    pub arrival: Arrival,
    /// Columns kept for comparison, as they were written.
    pub columns: BTreeMap<String, String>,
    /// Line of the file, the header being line 1.
    pub line: u64,
    /// What is worth saying about single cells.
    pub notes: Vec<Note>,
}

shows_only!(
    /// Shows how much there is, never what.
    Row { line, arrival, notes }
);

/// How many rows went which way: `rows` is always `kept` and `refused` together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Tally {
    /// Lines after the header that are not blank, and the place where the source failed.
    pub rows: u64,
    /// Rows given as people.
    pub kept: u64,
    /// Rows given as errors.
    pub refused: u64,
}

/// Reads the principal file of the extract, row by row: an iterator of rows and
/// errors. See the [module](super) for what each column says.
pub struct Reader<R, F> {
    lines: Lines<R>,
    header: Header,
    by: BodyId,
    received_on: NaiveDate,
    communes: Option<CommuneIndex>,
    kept: Vec<&'static str>,
    reference: F,
    met: Met,
    tally: Tally,
    line: Vec<u8>,
    cells: Splitter,
    done: bool,
}

impl<R, F> Reader<R, F>
where
    R: Read,
    F: FnMut(&Identifiers<'_>) -> Option<PersonRef>,
{
    /// Reads the header. The function gives each person the reference that the
    /// caller's software uses; without one the row is refused.
    ///
    /// # Errors
    ///
    /// [`FileError`] when this is not the principal file of the extract.
    pub fn new(source: R, options: Options, reference: F) -> Result<Self, FileError> {
        if !in_range(options.received_on) {
            return Err(FileError::ReceivedOn);
        }
        let mut kept = Vec::new();
        for column in options.kept {
            let Some(column) = columns::keepable(&column) else {
                return Err(FileError::NotKept { column });
            };
            kept.push(column);
        }
        let mut lines = Lines::new(source, Sniffer::new(options.encoding));
        let mut line = Vec::new();
        let number = loop {
            let read = lines
                .next(&mut line)
                .map_err(|kind| FileError::Read { kind })?;
            match read {
                _ if lines.utf16 => return Err(FileError::Utf16),
                None => return Err(FileError::Empty),
                Some(Line {
                    too_long: true,
                    number,
                    ..
                }) => {
                    let reason = HeaderError::TooLong { limit: LONGEST };
                    return Err(FileError::Header {
                        line: number,
                        reason,
                    });
                }
                Some(_) if is_blank(&line) => {}
                Some(Line { number, .. }) => break number,
            }
        };
        let mut cells = Splitter::new();
        cells.split(&line);
        let header = Header::read(&cells, lines.sniffer.encoding(), &kept);
        let header = header.map_err(|reason| FileError::Header {
            line: number,
            reason,
        })?;
        Ok(Self {
            lines,
            header,
            by: options.by,
            received_on: options.received_on,
            communes: options.communes,
            kept,
            reference,
            met: Met::default(),
            tally: Tally::default(),
            line,
            cells,
            done: false,
        })
    }

    /// Columns that are missing or unknown.
    #[must_use]
    pub fn header_notes(&self) -> &[HeaderNote] {
        &self.header.notes
    }

    /// Rows so far.
    #[must_use]
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// The encoding, once the file has shown it; ASCII reads the same in each.
    #[must_use]
    pub fn encoding(&self) -> Option<Encoding> {
        self.lines.sniffer.encoding()
    }

    fn row(&mut self, line: Line) -> Result<Row, RowError> {
        let number = line.number;
        let refuse = |column, reason| RowError::new(number, column, reason);
        if line.too_long {
            return Err(refuse(None, RowReason::TooLong { limit: LONGEST }));
        }
        self.cells.split(&self.line);
        if self.cells.count() != self.header.count {
            let (expected, found) = (self.header.count, self.cells.count());
            return Err(refuse(None, RowReason::CellCount { expected, found }));
        }
        let cells = Cells {
            header: &self.header,
            encoding: self.lines.sniffer.encoding(),
            line,
            row: &self.cells,
        };
        let text = |column| {
            cells.text(column).map_err(|NotText(cell)| {
                refuse(Some(column), RowReason::Form(Form::Text)).with_cell(&cell)
            })
        };
        let required =
            |column| text(column)?.ok_or_else(|| refuse(Some(column), RowReason::Missing));
        let id = required(IDENTIFIER)?;
        let born = required(BIRTH_DATE)?;
        let birth_date = super::cell::date(&born).ok_or_else(|| {
            refuse(Some(BIRTH_DATE), RowReason::Form(Form::Date)).with_cell(&born)
        })?;
        let last_name = text(columns::LAST_NAME)?;
        let first_name = text(columns::FIRST_NAME)?;
        let birth_place = text(columns::BIRTH_PLACE)?;
        let birth_place_code = text(columns::BIRTH_PLACE_CODE)?;
        let identifiers = Identifiers {
            number: &id,
            last_name: last_name.as_deref(),
            first_name: first_name.as_deref(),
            birth_date,
            birth_place: birth_place.as_deref(),
            birth_place_code: birth_place_code.as_deref(),
        };
        let reference =
            (self.reference)(&identifiers).ok_or_else(|| refuse(None, RowReason::NoReference))?;
        self.met
            .meet(&id, &reference, number)
            .map_err(|reason| refuse(Some(IDENTIFIER), reason))?;
        let mut notes = Vec::new();
        let communes = self.communes.as_ref();
        let said = facts(&cells, &identifiers, communes, self.received_on, &mut notes);
        let mut diagnostic = Diagnostic::new(reference);
        for (fact, (observed_on, knowledge)) in said.facts {
            let observation = Observation {
                by: self.by.clone(),
                means: Means::Computed,
                observed_on,
                recorded_on: self.received_on,
                fact,
                said: Said::Known(knowledge),
                remark: None,
            };
            diagnostic
                .receive(observation)
                .map_err(|error| refuse(None, RowReason::Observation(error)))?;
        }
        let mut columns = BTreeMap::new();
        for column in &self.kept {
            let kept = cells.read(column, Form::Text, &mut notes, |text| Some(text.to_owned()));
            if let Some(text) = kept {
                columns.insert((*column).to_owned(), text);
            }
        }
        if !line.ended
            && let Some(column) = self.header.last()
        {
            notes.push(Note::new(number, Some(column), NoteReason::MayBeCut));
        }
        // A column that is both read and kept is one cell: said once.
        let mut said = BTreeSet::new();
        notes.retain(|note| said.insert((note.column(), note.reason().to_string())));
        let unread = notes.iter().filter_map(unread).collect();
        Ok(Row {
            arrival: Arrival::new(diagnostic, unread),
            columns,
            line: number,
            notes,
        })
    }
}

/// What a remark is about, where no observation holds it. A postal line tells where somebody
/// lives: it stays with the remark.
fn unread(note: &Note) -> Option<Unread> {
    let why = match note.reason() {
        NoteReason::Form(_) => UnreadReason::Form,
        NoteReason::AfterReception => UnreadReason::Later,
        NoteReason::UnknownCommune => UnreadReason::Unknown,
        NoteReason::NatureNotSaid { .. } => UnreadReason::NoFact,
        NoteReason::MayBeCut => return None,
    };
    let column = note.column()?;
    let cell = note.cell().filter(|_| column != columns::POSTAL_LINE);
    let place = Place::new(note.line(), column);
    Some(Unread::new(place, column, cell.unwrap_or(""), why))
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(u8::is_ascii_whitespace)
}

impl<R, F> Iterator for Reader<R, F>
where
    R: Read,
    F: FnMut(&Identifiers<'_>) -> Option<PersonRef>,
{
    type Item = Result<Row, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let row = loop {
            if self.done {
                return None;
            }
            match self.lines.next(&mut self.line) {
                Ok(None) => self.done = true,
                Ok(Some(line)) if !line.too_long && is_blank(&self.line) => {}
                Ok(Some(line)) => break self.row(line),
                Err(kind) => {
                    self.done = true;
                    let reason = RowReason::Read { kind };
                    break Err(RowError::new(self.lines.next_number(), None, reason));
                }
            }
        };
        self.tally.rows = self.tally.rows.saturating_add(1);
        let way = match row {
            Ok(_) => &mut self.tally.kept,
            Err(_) => &mut self.tally.refused,
        };
        *way = way.saturating_add(1);
        Some(row)
    }
}

impl<R, F> FusedIterator for Reader<R, F>
where
    R: Read,
    F: FnMut(&Identifiers<'_>) -> Option<PersonRef>,
{
}

/// Shows where the reader stands, never what the line holds.
impl<R, F> fmt::Debug for Reader<R, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("columns", &self.header.count)
            .field("tally", &self.tally)
            .finish_non_exhaustive()
    }
}
