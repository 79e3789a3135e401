//! CSV sources of a pack, each row with its place.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::super::layer::Entry;
use super::super::place::At;
use super::super::tree::Text;
use super::Build;
use crate::vocabulary::Mistake;

/// A CSV source, by columns. Rows that cannot be read are told and left out.
pub(super) struct Sheet {
    /// Of columns that commas do not separate: told once, then nothing is read of it.
    foreign: bool,
    /// The names of the columns, then the rows.
    lines: Vec<Line>,
    cells: Cells,
}

/// The cells of a sheet, one after the other: as one text they take no place of their own
/// each.
#[derive(Default)]
struct Cells {
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
}

/// Where a record stands in its source and, of all cells, its own.
struct Line {
    at: At,
    cells: Range<usize>,
}

impl Sheet {
    fn new() -> Self {
        Self {
            foreign: false,
            lines: Vec::new(),
            cells: Cells::default(),
        }
    }

    fn add(&mut self, at: At, record: &csv::StringRecord) {
        let first = self.cells.ends.len();
        for cell in record {
            self.cells.text.push_str(cell);
            self.cells.ends.push(self.cells.text.len());
        }
        let cells = first..self.cells.ends.len();
        self.lines.push(Line { at, cells });
    }

    fn line(&self, line: &Line) -> Row<'_> {
        Row {
            at: line.at,
            sheet: &self.cells,
            own: line.cells.clone(),
        }
    }

    /// The names of the columns.
    pub(super) fn head(&self) -> Row<'_> {
        let first = self.lines.first().map(|line| self.line(line));
        first.unwrap_or_else(|| {
            self.line(&Line {
                at: At::default(),
                cells: 0..0,
            })
        })
    }

    /// The rows below them.
    pub(super) fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        let below = self.lines.get(1..).unwrap_or_default();
        below.iter().map(|line| self.line(line))
    }
}

/// A row, and the line it stands on.
pub(super) struct Row<'s> {
    pub(super) at: At,
    sheet: &'s Cells,
    own: Range<usize>,
}

impl<'s> Row<'s> {
    /// The cell of a column; empty where there is none.
    pub(super) fn cell(&self, column: usize) -> &'s str {
        let place = self.own.start.saturating_add(column);
        if place >= self.own.end {
            return "";
        }
        let end_of = |place: usize| self.sheet.ends.get(place).copied();
        let start = place.checked_sub(1).and_then(end_of).unwrap_or(0);
        let cell = end_of(place).and_then(|end| self.sheet.text.get(start..end));
        cell.unwrap_or("")
    }

    /// How many cells there are.
    pub(super) fn len(&self) -> usize {
        self.own.len()
    }

    fn cells(&self) -> impl Iterator<Item = &'s str> {
        (0..self.len()).map(|column| self.cell(column))
    }

    /// The cells, blanks around them left out, each where it stands in the source.
    pub(super) fn texts(&self, source: &str) -> impl Iterator<Item = Text<'static>> {
        let line = source.get(self.at.bytes()).unwrap_or("");
        let mut places = places(line);
        self.cells().map(move |cell| {
            let cell = cell.trim();
            let place = places.next().unwrap_or(0..line.len());
            let written = line.get(place.clone()).unwrap_or("");
            // Doubled quotes shift the bytes: then the whole cell is the place.
            let found = written.find(cell);
            let (start, length) = found.map_or((place.start, written.len()), |found| {
                (place.start.saturating_add(found), cell.len())
            });
            let start = self.at.start().saturating_add(start);
            let at = self.at.with(start..start.saturating_add(length));
            Text::new(Cow::Owned(cell.to_owned()), at, found.is_some())
        })
    }
}

/// The line on which a record begins.
fn line(source: usize, text: &str, position: Option<&csv::Position>) -> At {
    let byte = position.map_or(0, csv::Position::byte);
    let start = usize::try_from(byte).unwrap_or(usize::MAX).min(text.len());
    let rest = text.get(start..).unwrap_or("");
    // A record begins after the blank lines before it.
    let blank = rest.len().saturating_sub(rest.trim_start().len());
    let line = rest.trim_start().lines().next().unwrap_or("");
    let start = start.saturating_add(blank);
    At::new(source, start..start.saturating_add(line.len()))
}

/// Where the cells of a line stand: between its commas, those inside quotes aside.
fn places(line: &str) -> impl Iterator<Item = Range<usize>> {
    let mut quoted = false;
    let mut commas = line.bytes().enumerate().filter_map(move |(at, byte)| {
        quoted ^= byte == b'"';
        (byte == b',' && !quoted).then_some(at)
    });
    let mut start = Some(0_usize);
    std::iter::from_fn(move || {
        let from = start?;
        let comma = commas.next();
        start = comma.map(|comma| comma.saturating_add(1));
        Some(from..comma.unwrap_or(line.len()))
    })
}

impl Build<'_> {
    pub(super) fn sheet(&mut self, entry: &Entry<'_>, name: &Text<'_>) -> Option<Arc<Sheet>> {
        let layers = self.layers;
        let Some((source, document)) = layers.source(entry.layer, &name.value) else {
            // A file of another kind is not what was meant, near as its name may be.
            let sheets = layers.sheets(entry.layer);
            self.add(
                Mistake::UnknownSource,
                name.at,
                format!("la source `{}` n'est pas dans ce paquet", name.value),
                self.errors.slips.likeliest(&name.value, sheets),
            );
            return None;
        };
        let sheet = if let Some(sheet) = self.sheets.get(&source) {
            Arc::clone(sheet)
        } else {
            let sheet = Arc::new(self.read_sheet(source, &document.text, name.at));
            self.sheets.insert(source, Arc::clone(&sheet));
            sheet
        };
        (!sheet.foreign).then_some(sheet)
    }

    fn read_sheet(&mut self, source: usize, text: &str, named: At) -> Sheet {
        let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        let mut sheet = Sheet::new();
        let columns = reader.headers().cloned().unwrap_or_default();
        sheet.add(line(source, text, None), &columns);
        let head = sheet.head();
        if columns.iter().any(|name| name.contains('\n')) {
            self.beyond_its_line(head.at);
        }
        // What a spreadsheet in French saves when it is asked for CSV.
        if head.len() == 1 && head.cell(0).contains([';', '\t']) {
            let message = "les colonnes de ce fichier ne sont pas séparées par des virgules";
            let mend = "enregistrez-le en CSV séparé par des virgules, au codage UTF-8, les codes en texte";
            self.add(
                Mistake::SheetRow,
                head.at,
                message.to_owned(),
                Some(mend.to_owned()),
            );
            sheet.foreign = true;
            return sheet;
        }
        let mut seen = BTreeSet::new();
        for header in &columns {
            if !seen.insert(header) {
                let message = format!("la colonne `{header}` est donnée deux fois");
                self.add(Mistake::SheetConflict, head.at, message, None);
            }
        }
        let mut record = csv::StringRecord::new();
        loop {
            let read = reader.read_record(&mut record);
            if matches!(read, Ok(false)) {
                return sheet;
            }
            if sheet.rows().len() >= self.limits.csv_rows {
                let message = format!("plus de {} lignes", self.limits.csv_rows);
                self.add(Mistake::TooLarge, named, message, None);
                return sheet;
            }
            if let Err(error) = read {
                let at = line(source, text, error.position());
                let (message, mend) = unreadable(&error);
                self.add(Mistake::SheetRow, at, message, mend);
                continue;
            }
            let at = line(source, text, record.position());
            if record.as_slice().contains('\n') {
                self.beyond_its_line(at);
            } else {
                sheet.add(at, &record);
            }
        }
    }

    fn beyond_its_line(&mut self, at: At) {
        let message = "une cellule va au-delà de sa ligne".to_owned();
        let mend = "fermez les guillemets".to_owned();
        self.add(Mistake::SheetRow, at, message, Some(mend));
    }

    pub(super) fn column(&mut self, sheet: &Sheet, name: &str, at: At) -> Option<usize> {
        let found = sheet.head().cells().position(|known| known == name);
        if found.is_none() {
            let mend = self.errors.slips.likeliest(name, sheet.head().cells());
            let message = format!("le fichier n'a pas de colonne `{name}`");
            self.add(Mistake::UnknownColumn, at, message, mend);
        }
        found
    }
}

fn unreadable(error: &csv::Error) -> (String, Option<String>) {
    match error.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => (
            format!("nombre de cellules de cette ligne : {len}, pour {expected_len} colonnes"),
            Some(
                "séparez par des virgules, et mettez entre guillemets ce qui en contient"
                    .to_owned(),
            ),
        ),
        _ => (format!("ligne illisible : {error}"), None),
    }
}
