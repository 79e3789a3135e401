//! One row's cells, by column, and the forms that a cell can have.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};

use super::encoding::{Encoding, decode};
use super::error::{Form, Note, NoteReason};
use super::header::Header;
use super::lines::{Line, Splitter};

/// The cells of one row.
pub(super) struct Cells<'l> {
    pub(super) header: &'l Header,
    pub(super) encoding: Option<Encoding>,
    pub(super) line: Line,
    pub(super) row: &'l Splitter,
}

/// The cell is not text; what could be read of it.
pub(super) struct NotText(pub(super) Box<str>);

impl<'l> Cells<'l> {
    /// The text of a cell; nothing when it is empty, `NULL`, or the column is missing.
    pub(super) fn text(&self, column: &str) -> Result<Option<Cow<'l, str>>, NotText> {
        let place = self.header.place(column);
        let Some(cell) = place.and_then(|place| self.row.cell(place)) else {
            return Ok(None);
        };
        let text = decode(self.encoding, cell)
            .ok_or_else(|| NotText(String::from_utf8_lossy(cell).into()))?;
        Ok((!text.is_empty() && text != "NULL").then_some(text))
    }

    /// A cell in its form. Another form leaves it unknown, with a note.
    pub(super) fn read<T>(
        &self,
        column: &'static str,
        form: Form,
        notes: &mut Vec<Note>,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let wrong = |form, cell: &str| {
            Note::new(self.line.number, Some(column), NoteReason::Form(form)).with_cell(cell)
        };
        match self.text(column) {
            Ok(None) => None,
            Ok(Some(text)) => {
                let read = parse(&text);
                if read.is_none() {
                    notes.push(wrong(form, &text));
                }
                read
            }
            Err(NotText(cell)) => {
                notes.push(wrong(Form::Text, &cell));
                None
            }
        }
    }

    pub(super) fn date(&self, column: &'static str, notes: &mut Vec<Note>) -> Option<NaiveDate> {
        self.read(column, Form::Date, notes, date)
    }

    /// A flag. `N` at the very end of a file without a last line end may be the
    /// start of `NULL`, and is left unknown.
    pub(super) fn flag(&self, column: &'static str, notes: &mut Vec<Note>) -> Option<bool> {
        let cut = !self.line.ended && self.header.last() == Some(column);
        self.read(column, Form::Flag, notes, |text| match text {
            "O" | "OUI" => Some(Some(true)),
            "N" if cut => Some(None),
            "N" | "NON" => Some(Some(false)),
            _ => None,
        })
        .flatten()
    }
}

/// A day written `1987-06-14`, alone or followed by a midnight.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    let (day, time) = text.split_at_checked(10)?;
    let midnight = time.is_empty() || {
        let time = time.strip_prefix(' ')?;
        let (clock, fraction) = time.split_once('.').unwrap_or((time, "0"));
        clock == "00:00:00" && !fraction.is_empty() && fraction.bytes().all(|digit| digit == b'0')
    };
    let form = day.bytes().enumerate().all(|(place, byte)| match place {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let day: NaiveDate = (midnight && form).then(|| day.parse().ok()).flatten()?;
    (1900..=2200).contains(&day.year()).then_some(day)
}

/// A ROME code: a capital and four digits.
pub(super) fn is_rome(text: &str) -> bool {
    let mut bytes = text.bytes();
    text.len() == 5
        && bytes.next().is_some_and(|first| first.is_ascii_uppercase())
        && bytes.all(|rest| rest.is_ascii_digit())
}

/// A category of registration: a digit until 2024, a capital from 2025.
pub(super) fn is_category(text: &str) -> bool {
    matches!(text.as_bytes(), [only] if only.is_ascii_digit() || only.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_midnights_of_two_centuries() {
        let day = NaiveDate::from_ymd_opt(1987, 6, 14);
        for text in [
            "1987-06-14",
            "1987-06-14 00:00:00",
            "1987-06-14 00:00:00.0",
            "1987-06-14 00:00:00.000",
        ] {
            assert_eq!(date(text), day, "{text}");
        }
        for text in [
            "",
            "1987-6-14",
            "14/06/1987",
            "1987-02-30 00:00:00.0",
            "1987-06-14 10:00:00.0",
            "1987-06-14 00:00:00.5",
            "1987-06-14 00:00:00.",
            "1987-06-14T00:00:00.0",
            "0987-06-14",
            "9999-12-31",
            "1987-06-1é",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn codes_have_their_form() {
        assert!(is_rome("K1304") && !is_rome("FAKE") && !is_rome("k1304") && !is_rome("K130é"));
        assert!(is_category("1") && is_category("G") && !is_category("12") && !is_category("é"));
    }
}
