//! CSV sources of a pack, each row with its place.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::layer::Entry;
use super::super::place::At;
use super::super::tree::Text;
use super::Build;
use crate::fact::possible::likeliest;
use crate::vocabulary::Mistake;

/// A CSV source, by columns. Rows that cannot be read are told and left out.
pub(super) struct Sheet {
    headers: Vec<String>,
    pub(super) rows: Vec<Row>,
}

/// A row, and the line it stands on.
pub(super) struct Row {
    pub(super) at: At,
    cells: csv::StringRecord,
}

impl Row {
    /// The cell of a column; empty where there is none.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or("")
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
    At {
        source,
        start,
        end: start.saturating_add(line.len()),
    }
}

impl Build<'_> {
    pub(super) fn sheet(&mut self, entry: &Entry, name: &Text) -> Option<Arc<Sheet>> {
        let layers = self.layers;
        let Some((source, document)) = layers.source(entry.layer, &name.value) else {
            self.add(
                Mistake::UnknownSource,
                name.at,
                format!("la source `{}` n'est pas dans ce paquet", name.value),
                likeliest(&name.value, layers.names(entry.layer)),
            );
            return None;
        };
        if let Some(sheet) = self.sheets.get(&source) {
            return Some(Arc::clone(sheet));
        }
        let sheet = Arc::new(self.read_sheet(source, &document.text, name.at));
        self.sheets.insert(source, Arc::clone(&sheet));
        Some(sheet)
    }

    fn read_sheet(&mut self, source: usize, text: &str, named: At) -> Sheet {
        let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        let headers: Vec<String> = reader
            .headers()
            .map(|headers| headers.iter().map(str::to_owned).collect())
            .unwrap_or_default();
        let mut seen = BTreeSet::new();
        for header in &headers {
            if !seen.insert(header) {
                let message = format!("la colonne `{header}` est donnée deux fois");
                self.add(
                    Mistake::SheetConflict,
                    line(source, text, None),
                    message,
                    None,
                );
            }
        }
        let mut rows = Vec::new();
        for row in reader.records() {
            if rows.len() >= self.limits.csv_rows {
                let message = format!("plus de {} lignes", self.limits.csv_rows);
                self.add(Mistake::TooLarge, named, message, None);
                break;
            }
            match row {
                Ok(cells) => {
                    let at = line(source, text, cells.position());
                    if cells.iter().any(|cell| cell.contains('\n')) {
                        self.add(
                            Mistake::SheetRow,
                            at,
                            "une cellule va au-delà de sa ligne".to_owned(),
                            Some("fermez les guillemets".to_owned()),
                        );
                    } else {
                        rows.push(Row { at, cells });
                    }
                }
                Err(error) => {
                    let at = line(source, text, error.position());
                    let (message, mend) = unreadable(&error);
                    self.add(Mistake::SheetRow, at, message, mend);
                }
            }
        }
        Sheet { headers, rows }
    }

    pub(super) fn column(&mut self, sheet: &Sheet, name: &str, at: At) -> Option<usize> {
        let found = sheet.headers.iter().position(|known| known == name);
        if found.is_none() {
            let mend = likeliest(name, sheet.headers.iter().map(String::as_str));
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
