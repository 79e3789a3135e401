//! The header line: which column stands where.

use std::collections::BTreeMap;

use super::columns::{self, OF_ACTIONS, READ, REQUIRED};
use super::encoding::{Encoding, decode};
use super::error::{HeaderError, HeaderNote, UnknownColumn};
use super::lines::Splitter;

/// Places of the known columns; columns may be missing or in another order.
#[derive(Debug)]
pub(super) struct Header {
    places: BTreeMap<&'static str, usize>,
    /// Cells that every row must have.
    pub(super) count: usize,
    pub(super) notes: Vec<HeaderNote>,
}

impl Header {
    pub(super) fn read(
        line: &Splitter,
        encoding: Option<Encoding>,
        kept: &[&'static str],
    ) -> Result<Self, HeaderError> {
        let names: Vec<_> = line
            .cells()
            .map(|cell| decode(encoding, cell).unwrap_or_default())
            .collect();
        if let [only] = names.as_slice()
            && only.contains(columns::IDENTIFIER)
            && only.len() > columns::IDENTIFIER.len()
        {
            return Err(HeaderError::Separator);
        }
        let mut places = BTreeMap::new();
        let mut notes = Vec::new();
        for (place, name) in names.iter().enumerate() {
            match columns::known(name) {
                Some(column) => {
                    if places.insert(column, place).is_some() {
                        return Err(HeaderError::RepeatedColumn { column });
                    }
                }
                None => notes.push(HeaderNote::Unknown(UnknownColumn::new(
                    place.saturating_add(1),
                    name,
                ))),
            }
        }
        let missing = |column: &&'static str| !places.contains_key(column);
        let lacking: Vec<&'static str> = REQUIRED.into_iter().filter(missing).collect();
        if !lacking.is_empty() {
            let of_actions = |name: &&str| names.iter().any(|found| found == name);
            return Err(if OF_ACTIONS.iter().all(of_actions) {
                HeaderError::ActionsFile
            } else {
                HeaderError::MissingColumns { columns: lacking }
            });
        }
        let read = READ.into_iter().chain(kept.iter().copied());
        let mut absent: Vec<&'static str> = read.filter(missing).collect();
        let mut seen = std::collections::BTreeSet::new();
        absent.retain(|column| seen.insert(*column));
        notes.extend(
            absent
                .into_iter()
                .map(|column| HeaderNote::Missing { column }),
        );
        Ok(Self {
            places,
            count: names.len(),
            notes,
        })
    }

    /// Where a column stands, when the file has it.
    pub(super) fn place(&self, column: &str) -> Option<usize> {
        self.places.get(column).copied()
    }

    /// The last column, when it is a known one.
    pub(super) fn last(&self) -> Option<&'static str> {
        let last = self.count.checked_sub(1)?;
        let mut columns = self.places.iter();
        columns
            .find(|(_, place)| **place == last)
            .map(|(column, _)| *column)
    }
}
