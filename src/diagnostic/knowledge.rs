//! Knowledge that an entry may hold, whatever the pack.

use super::encode;
use super::error::EntryError;
use crate::Knowledge;
use crate::fact::{Value, Without};

/// Values, codes or rows that one observation may hold.
pub(super) const MOST: usize = 10_000;

/// Refuses what allows nothing, or everything.
pub(crate) fn check(knowledge: &Knowledge) -> Result<(), EntryError> {
    count(knowledge)?;
    match knowledge {
        Knowledge::Rows(rows) => {
            if rows.rows.is_empty() && !rows.complete {
                return Err(EntryError::SaysNothing);
            }
            let mut fields = rows.rows.iter().flat_map(|row| row.values());
            fields.try_for_each(field)
        }
        plain => of_values(plain),
    }
}

fn field(knowledge: &Knowledge) -> Result<(), EntryError> {
    match knowledge {
        Knowledge::Rows(_) => Err(EntryError::Shape),
        plain => of_values(plain),
    }
}

/// The order of codes is that of a scale, which only a pack knows.
fn of_values(knowledge: &Knowledge) -> Result<(), EntryError> {
    match knowledge {
        Knowledge::OneOf(values) if values.is_empty() => Err(EntryError::Empty),
        Knowledge::Between {
            from: None,
            to: None,
        } => Err(EntryError::SaysNothing),
        Knowledge::Between {
            from: Some(from),
            to: Some(to),
        } if from > to && !matches!(from, Value::Code(_)) => Err(EntryError::Empty),
        Knowledge::Members { with, without } => match without {
            Without::These(without) if with.is_empty() && without.is_empty() => {
                Err(EntryError::SaysNothing)
            }
            Without::These(without) if !with.is_disjoint(without) => Err(EntryError::Shape),
            Without::These(_) | Without::AllOthers => Ok(()),
        },
        Knowledge::OneOf(_) | Knowledge::Between { .. } | Knowledge::Rows(_) => Ok(()),
    }
}

/// Bounds what is kept, exchanged and encoded.
fn count(knowledge: &Knowledge) -> Result<(), EntryError> {
    fn sum(knowledge: &Knowledge, depth: u8) -> usize {
        match knowledge {
            Knowledge::OneOf(values) => values.len(),
            Knowledge::Between { .. } => 2,
            Knowledge::Members { with, without } => with.len().saturating_add(match without {
                Without::AllOthers => 0,
                Without::These(codes) => codes.len(),
            }),
            // Rows within rows are refused later: they are not followed.
            Knowledge::Rows(_) if depth > 0 => 1,
            Knowledge::Rows(rows) => rows.rows.iter().fold(0, |total: usize, row| {
                let fields = row.values().map(|field| sum(field, 1));
                total.saturating_add(fields.fold(1, usize::saturating_add))
            }),
        }
    }
    if sum(knowledge, 0) > MOST {
        return Err(EntryError::TooMany { most: MOST });
    }
    Ok(())
}

/// Rows are a set: their order is that of their encodings.
pub(super) fn put_in_order(knowledge: &mut Knowledge) {
    if let Knowledge::Rows(rows) = knowledge {
        rows.rows.sort_by_cached_key(encode::row);
    }
}
