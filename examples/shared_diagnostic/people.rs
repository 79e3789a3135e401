//! The table of an office: its own references, by the numbers that bodies know people by.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use spie::vocabulary::PersonRef;

use super::nir::{self, looks_like_a_nir};

/// Digits that the name of a column may have (`nir13`), and fewer than any number has.
const MOST_DIGITS: usize = 4;

/// References, each by the numbers of a person.
#[derive(Default)]
pub(crate) struct People(BTreeMap<String, Known>);

struct Known {
    reference: PersonRef,
    /// Where its line begins, in bytes.
    start: u64,
}

impl People {
    /// Reads a CSV: under a line of names, a number and its reference on each line. What is refused is told
    /// by its line and never by what stands there.
    pub(crate) fn read(table: &[u8]) -> Result<Self, String> {
        let table = table.strip_prefix(b"\xef\xbb\xbf").unwrap_or(table);
        if table.starts_with(b"\xff\xfe") || table.starts_with(b"\xfe\xff") {
            return Err("the table is in UTF-16: expected UTF-8".to_owned());
        }
        let mut people = BTreeMap::new();
        let mut rows = csv::ReaderBuilder::new();
        let mut rows = rows.has_headers(false).flexible(true).from_reader(table);
        let mut named = false;
        for row in rows.byte_records() {
            let row = row.map_err(|_| "the table cannot be read: expected a CSV".to_owned())?;
            let start = row.position().map_or(0, csv::Position::byte);
            let at = |why: &str| format!("line {}: {why}", line_of(table, start));
            let cell = |place: usize| {
                let cell = std::str::from_utf8(row.get(place).unwrap_or_default());
                cell.map(str::trim).map_err(|_| at("expected UTF-8"))
            };
            if row.len() != 2 {
                return Err(at(&format!(
                    "expected two columns with a comma between, a number and a reference, found {}",
                    row.len()
                )));
            }
            let (number, reference) = (cell(0)?, cell(1)?);
            if !named {
                // A person in the place of the names would be skipped in silence.
                if number.bytes().filter(u8::is_ascii_digit).count() > MOST_DIGITS {
                    return Err(at(
                        "expected the names of the columns, such as `number,reference`",
                    ));
                }
                named = true;
                continue;
            }
            if number.is_empty() {
                return Err(at("expected a number"));
            }
            let reference = self::reference(reference).map_err(|why| at(&why))?;
            match people.entry(plain(number)) {
                Entry::Vacant(free) => {
                    free.insert(Known { reference, start });
                }
                Entry::Occupied(known) if known.get().reference == reference => {}
                Entry::Occupied(known) => {
                    let first = line_of(table, known.get().start);
                    return Err(at(&format!(
                        "this number stands on line {first} with another reference"
                    )));
                }
            }
        }
        if !named {
            return Err(
                "the table is empty: expected the names of the columns, then a number and a \
                        reference on each line"
                    .to_owned(),
            );
        }
        Ok(Self(people))
    }

    /// The reference of the first of these numbers that the table knows.
    pub(crate) fn known<'n>(
        &self,
        numbers: impl IntoIterator<Item = Option<&'n str>>,
    ) -> Option<PersonRef> {
        let mut numbers = numbers.into_iter().flatten();
        numbers.find_map(|number| Some(self.0.get(&plain(number))?.reference.clone()))
    }
}

/// The line of what begins at a byte, or after the ends of lines that stand there.
fn line_of(table: &[u8], start: u64) -> usize {
    let start = usize::try_from(start).unwrap_or(table.len());
    let rest = table.get(start..).unwrap_or_default().iter();
    let ends = rest
        .take_while(|byte| matches!(byte, b'\r' | b'\n'))
        .count();
    let before = table.get(..start + ends).unwrap_or_default();
    memchr::memchr_iter(b'\n', before).count() + 1
}

/// A number as it is compared: a NIR without spaces and key, in capitals; any other to the letter.
fn plain(number: &str) -> String {
    nir::plain(number).unwrap_or_else(|| number.trim().to_owned())
}

/// A reference of the office. Neither what is printed nor a diagnostic may hold a NIR.
pub(crate) fn reference(text: &str) -> Result<PersonRef, String> {
    if looks_like_a_nir(text) {
        return Err("expected a reference of the office, and no NIR".to_owned());
    }
    PersonRef::parse(text).map_err(|error| format!("expected {}", error.expected()))
}
