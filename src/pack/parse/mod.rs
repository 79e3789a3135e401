//! From the text of a TOML source to a tree.
//!
//! Nearly every source is well formed, and the [`quick`] way reads those. Whatever it
//! does not know, and every mistake, is left to the parser that tells all of them. Where that
//! one would accuse all that follows a forgotten bracket, the source is read [closed](open).

pub(super) mod french;
mod open;
mod quick;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

use chrono::NaiveDate;
use toml::de::{DeTable, DeValue, Error};
use toml::value::Datetime;

use super::error::Errors;
use super::place::{At, Parts};
use super::tree::{Node, Table, Text, Tree};
use crate::vocabulary::Mistake;
use open::{Closed, Open, Slip};

/// What one source holds, and what of it could not be read.
pub(super) struct Parsed<'t> {
    pub(super) table: Table<'t>,
    source: usize,
    problems: Vec<Problem>,
    left_open: Vec<Slip>,
}

/// What the parser says of a part of the source.
struct Problem {
    span: Range<usize>,
    message: String,
}

impl Problem {
    fn of(errors: &[Error], place: impl Fn(Range<usize>) -> Range<usize>) -> Vec<Self> {
        let problems = errors.iter().map(|error| Self {
            span: place(error.span().unwrap_or(0..0)),
            message: error.message().to_owned(),
        });
        let mut problems: Vec<_> = problems.collect();
        problems.sort_by_key(|problem| problem.span.start);
        problems
    }

    /// In how many lines something is told.
    fn lines(text: &str, problems: &[Self]) -> usize {
        let next = problems.iter().skip(1);
        let apart = problems.iter().zip(next).filter(|(one, next)| {
            let between = text.get(one.span.start..next.span.start);
            between.is_some_and(|between| between.contains('\n'))
        });
        apart.count().saturating_add(problems.len().min(1))
    }
}

impl<'t> Parsed<'t> {
    pub(super) fn new(source: usize, text: &'t str) -> Self {
        match quick::parse(source, text) {
            Some(table) => Self {
                table,
                source,
                problems: Vec::new(),
                left_open: Vec::new(),
            },
            None => Self::slowly(source, text),
        }
    }

    fn slowly(source: usize, text: &'t str) -> Self {
        let (document, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty()
            && let Some(closed) = open::close(text)
            && let Some(parsed) = Self::closed(source, text, &closed, &errors)
        {
            return parsed;
        }
        let problems = Problem::of(&errors, |span| span);
        let reading = Reading {
            source,
            author: text,
            damaged: damaged(source, text, &problems),
            place: &|span| span,
            keep: &Cow::clone,
        };
        Self {
            table: reading.table(document.get_ref()),
            source,
            problems,
            left_open: Vec::new(),
        }
    }

    /// The source with what was left open closed; `None` where that tells more than is told of
    /// the source as it is.
    fn closed(source: usize, text: &'t str, closed: &Closed, else_told: &[Error]) -> Option<Self> {
        let (document, errors) = DeTable::parse_recoverable(&closed.text);
        let mut within = Parts::default();
        for slip in &closed.slips {
            within.add(At::new(source, slip.value.clone()));
        }
        let mut problems = Problem::of(&errors, |span| closed.back(span));
        // A value that was closed may be none all the same.
        problems.retain(|problem| !within.meet(At::new(source, problem.span.clone())));
        let told = Problem::lines(text, &problems).saturating_add(closed.slips.len());
        let most = Problem::lines(text, &Problem::of(else_told, |span| span));
        // Where quotes are missing, both guess which: the parser keeps what stands around.
        let quotes = closed.slips.iter().any(|slip| slip.what == Open::Text);
        if told > most || told == most && quotes {
            return None;
        }
        let reading = Reading {
            source,
            author: text,
            damaged: damaged(source, text, &problems),
            place: &|span| closed.back(span),
            keep: &|text| Cow::Owned(text.to_string()),
        };
        Some(Self {
            table: reading.table(document.get_ref()),
            source,
            problems,
            left_open: closed.slips.clone(),
        })
    }

    /// Tells what could not be read.
    pub(super) fn tell(&self, text: &str, errors: &mut Errors) {
        for slip in &self.left_open {
            let (message, mend) = french::left_open(slip.what);
            let message = format!("TOML illisible : {message}");
            let at = At::new(self.source, slip.mark.clone());
            errors.add(Mistake::Toml, at, message, mend);
            // What it was closed to is nobody's mistake.
            errors.set_aside(At::new(self.source, slip.value.clone()));
        }
        // Of what it cannot read, as of a decimal comma, the parser makes a key and more: the rest
        // of the line says no more.
        let mut told = 0;
        for problem in &self.problems {
            let span = problem.span.clone();
            if span.start < told {
                continue;
            }
            let line = line_at(text, span.start);
            told = line.end.saturating_add(1);
            errors.set_aside(At::new(self.source, line));
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
                    (decimal, french::decimal(written))
                }
                (None, Some(meant)) => (value, meant),
                (None, None) => (span, french::told(&problem.message)),
            };
            let message = format!("TOML illisible : {message}");
            errors.add(Mistake::Toml, At::new(self.source, span), message, mend);
        }
    }

    /// Whether something between two bytes could not be read.
    pub(super) fn is_damaged(&self, within: Range<usize>) -> bool {
        let problems = self.problems.iter().map(|problem| &problem.span);
        let mut spans = problems.chain(self.left_open.iter().map(|slip| &slip.value));
        spans.any(|span| span.start < within.end && span.end >= within.start)
    }
}

/// What the parser told of, and made up a value for.
fn damaged(source: usize, text: &str, problems: &[Problem]) -> Parts {
    let mut damaged = Parts::default();
    for Problem { span, .. } in problems {
        let decimal = decimal_at(text, span.start);
        damaged.add(At::new(source, decimal.unwrap_or_else(|| span.clone())));
    }
    damaged
}

/// Longest value that is looked at: nobody meant more by a word, a date or a sign.
const LOOK: usize = 200;

/// The line of a byte.
fn line_at(text: &str, byte: usize) -> Range<usize> {
    let (before, after) = text.split_at_checked(byte).unwrap_or((text, ""));
    let start = before.rfind('\n').map_or(0, |end| end.saturating_add(1));
    let rest = after.split('\n').next().unwrap_or("");
    start..before.len().saturating_add(rest.len())
}

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
struct Reading<'r, 't, 'd> {
    source: usize,
    /// What the author wrote: the parser may have been given more.
    author: &'r str,
    /// What the parser told of, and made up a value for.
    damaged: Parts,
    /// Where something of that text stands in the author's.
    place: &'r dyn Fn(Range<usize>) -> Range<usize>,
    /// A text of it that outlives it.
    keep: &'r dyn Fn(&Cow<'d, str>) -> Cow<'t, str>,
}

impl<'t, 'd> Reading<'_, 't, 'd> {
    fn at(&self, span: Range<usize>) -> At {
        At::new(self.source, (self.place)(span))
    }

    fn node(&self, span: Range<usize>, value: &DeValue<'d>) -> Node<'t> {
        let at = self.at(span);
        let raw = self.author.get(at.bytes()).unwrap_or("");
        let tree = match value {
            DeValue::String(string) => Tree::Text(Text::written((self.keep)(string), at, raw)),
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

    fn table(&self, inner: &DeTable<'d>) -> Table<'t> {
        let entries = inner.iter().map(|(key, value)| {
            let node = self.node(value.span(), value.get_ref());
            ((self.keep)(key.get_ref()), self.at(key.span()), node)
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
