//! From the text of a TOML source to a tree.
//!
//! Nearly every source is well formed, and the [`quick`] way reads those. Whatever it
//! does not know, and every mistake, is left to the parser that tells all of them.

pub(super) mod french;
mod quick;
#[cfg(test)]
mod tests;

use std::ops::Range;

use chrono::NaiveDate;
use toml::de::{DeTable, DeValue, Error};
use toml::value::Datetime;

use super::error::Errors;
use super::place::{At, Parts};
use super::tree::{Node, Table, Text, Tree};
use crate::vocabulary::Mistake;

/// What one source holds, and what of it could not be read.
pub(super) struct Parsed<'t> {
    pub(super) table: Table<'t>,
    source: usize,
    problems: Vec<Error>,
}

impl<'t> Parsed<'t> {
    pub(super) fn new(source: usize, text: &'t str) -> Self {
        match quick::parse(source, text) {
            Some(table) => Self {
                table,
                source,
                problems: Vec::new(),
            },
            None => Self::slowly(source, text),
        }
    }

    fn slowly(source: usize, text: &'t str) -> Self {
        let (document, problems) = DeTable::parse_recoverable(text);
        let mut damaged = Parts::default();
        for span in problems.iter().filter_map(Error::span) {
            let decimal = decimal_at(text, span.start);
            damaged.add(At::new(source, decimal.unwrap_or(span)));
        }
        let reading = Reading {
            source,
            text,
            damaged,
        };
        Self {
            table: reading.table(document.get_ref()),
            source,
            problems,
        }
    }

    /// Tells what could not be read.
    pub(super) fn tell(&self, text: &str, errors: &mut Errors) {
        // Of a decimal comma the parser makes a key and more: the rest of the line says no more.
        let mut told = 0;
        for problem in &self.problems {
            let span = problem.span().unwrap_or(0..0);
            if span.start < told {
                continue;
            }
            let value = value_at(text, span.start);
            let is_absent = value.is_empty()
                && text
                    .get(..value.start)
                    .unwrap_or("")
                    .trim_end()
                    .ends_with('=');
            let meant = match text.get(value.clone()) {
                Some(_) if is_absent => Some(french::told("missing value")),
                written => written.and_then(french::meant),
            };
            let (span, (message, mend)) = match (decimal_at(text, span.start), meant) {
                (Some(decimal), _) => {
                    let written = text.get(decimal.clone()).unwrap_or("");
                    let rest = text.get(decimal.end..).unwrap_or("");
                    let line = rest.lines().next().unwrap_or("");
                    told = decimal.end.saturating_add(line.len());
                    (decimal, french::decimal(written))
                }
                (None, Some(meant)) => (value, meant),
                (None, None) => (span, french::told(problem.message())),
            };
            let message = format!("TOML illisible : {message}");
            errors.add(Mistake::Toml, At::new(self.source, span), message, mend);
        }
    }

    /// Whether something between two bytes could not be read.
    pub(super) fn is_damaged(&self, within: Range<usize>) -> bool {
        let mut spans = self.problems.iter().filter_map(Error::span);
        spans.any(|span| span.start < within.end && span.end >= within.start)
    }
}

/// Longest value that is looked at: nobody meant more by a word, a date or a sign.
const LOOK: usize = 200;

/// The value whose reading failed at a byte, in its line: the parser stops within it or
/// after it.
fn value_at(text: &str, byte: usize) -> Range<usize> {
    let first = text.floor_char_boundary(byte.saturating_sub(LOOK));
    let before = text.get(first..byte).unwrap_or("");
    let line = before.rsplit('\n').next().unwrap_or("");
    let sign = line.rfind(['=', '[', ',']);
    let written = sign.map_or(0, |sign| line.len().saturating_sub(sign).saturating_sub(1));
    let start = byte.saturating_sub(written);
    let last = text.floor_char_boundary(start.saturating_add(LOOK));
    let rest = text.get(start..last).unwrap_or("");
    let value = rest.trim_start_matches([' ', '\t']);
    let start = start.saturating_add(rest.len().saturating_sub(value.len()));
    let value = value.split(['\n', '#', ',', ']', '}']).next().unwrap_or("");
    start..start.saturating_add(value.trim_end().len())
}

/// A value as `10,5`, in which or after which the reading failed: to TOML the comma ends it.
fn decimal_at(text: &str, byte: usize) -> Option<Range<usize>> {
    let first = text.floor_char_boundary(byte.saturating_sub(LOOK));
    let before = text.get(first..byte)?.trim_end_matches(' ');
    let (before, _) = before.rsplit_once(|one: char| one != ',' && !one.is_ascii_digit())?;
    // After the sign that was found, of one byte where a value begins.
    let start = first.saturating_add(before.len()).saturating_add(1);
    let is_value = text.get(..start)?.trim_end_matches(' ').ends_with('=');
    let digits = |from: usize| {
        let rest = text.get(from..).unwrap_or("");
        let end = rest.find(|one: char| !one.is_ascii_digit());
        Some(end.unwrap_or(rest.len())).filter(|length| *length > 0)
    };
    let comma = start.saturating_add(digits(start)?);
    let part = comma.saturating_add(1);
    let is_decimal = is_value && text.get(comma..part) == Some(",");
    is_decimal.then_some(start..part.saturating_add(digits(part)?))
}

/// A source that the quick way does not read.
struct Reading<'t> {
    source: usize,
    text: &'t str,
    /// What the parser told of, and made up a value for.
    damaged: Parts,
}

impl<'t> Reading<'t> {
    fn node(&self, span: Range<usize>, value: &DeValue<'t>) -> Node<'t> {
        let raw = self.text.get(span.clone()).unwrap_or("");
        let at = At::new(self.source, span);
        let tree = match value {
            DeValue::String(string) => Tree::Text(Text::written(string.clone(), at, raw)),
            DeValue::Array(items) => Tree::List(
                items
                    .iter()
                    .map(|item| self.node(item.span(), item.get_ref()))
                    .collect(),
            ),
            DeValue::Table(inner) => Tree::Table(self.table(inner)),
            _ if self.damaged.meet(at) => Tree::Unreadable,
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .map_or(Tree::Foreign("un nombre trop grand"), Tree::Integer),
            DeValue::Float(_) => Tree::Foreign("un nombre à virgule"),
            DeValue::Boolean(flag) => Tree::Flag(*flag),
            DeValue::Datetime(moment) => date(*moment),
        };
        Node { at, tree }
    }

    fn table(&self, inner: &DeTable<'t>) -> Table<'t> {
        let entries = inner.iter().map(|(key, value)| {
            let node = self.node(value.span(), value.get_ref());
            (
                key.get_ref().clone(),
                At::new(self.source, key.span()),
                node,
            )
        });
        let mut entries: Vec<_> = entries.collect();
        entries.sort_by_key(|(_, at, _)| at.start());
        Table::new(entries)
    }
}

fn date(moment: Datetime) -> Tree<'static> {
    match (moment.date, moment.time, moment.offset) {
        (Some(date), None, None) => NaiveDate::from_ymd_opt(
            i32::from(date.year),
            u32::from(date.month),
            u32::from(date.day),
        )
        .map_or(Tree::Foreign("une date impossible"), Tree::Date),
        _ => Tree::Foreign("une date avec une heure"),
    }
}
