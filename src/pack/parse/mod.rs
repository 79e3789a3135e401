//! From the text of a TOML source to a tree.
//!
//! Nearly every source is well formed, and the [`quick`] way reads those. Whatever it
//! does not know, and every mistake, is left to the parser that tells all of them.

mod quick;
#[cfg(test)]
mod tests;

use std::ops::Range;

use chrono::NaiveDate;
use toml::de::{DeTable, DeValue, Error};
use toml::value::Datetime;

use super::error::Errors;
use super::place::At;
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
        Self {
            table: table(source, text, document.get_ref()),
            source,
            problems,
        }
    }

    /// Tells what could not be read.
    pub(super) fn tell(&self, errors: &mut Errors) {
        for problem in &self.problems {
            let message = problem.message();
            errors.add(
                Mistake::Toml,
                place(self.source, problem.span().unwrap_or(0..0)),
                format!("TOML illisible : {message}"),
                mend(message).map(str::to_owned),
            );
        }
    }
}

fn place(source: usize, span: Range<usize>) -> At {
    At {
        source,
        start: span.start,
        end: span.end,
    }
}

fn node<'t>(source: usize, text: &'t str, span: Range<usize>, value: &DeValue<'t>) -> Node<'t> {
    let raw = text.get(span.clone()).unwrap_or("");
    let at = place(source, span);
    let tree = match value {
        DeValue::String(string) => Tree::Text(Text::written(string.clone(), at, raw)),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or(Tree::Foreign("un nombre trop grand"), Tree::Integer),
        DeValue::Float(_) => Tree::Foreign("un nombre à virgule"),
        DeValue::Boolean(flag) => Tree::Flag(*flag),
        DeValue::Datetime(moment) => date(*moment),
        DeValue::Array(items) => Tree::List(
            items
                .iter()
                .map(|item| node(source, text, item.span(), item.get_ref()))
                .collect(),
        ),
        DeValue::Table(inner) => Tree::Table(table(source, text, inner)),
    };
    Node { at, tree }
}

fn table<'t>(source: usize, text: &'t str, inner: &DeTable<'t>) -> Table<'t> {
    let entries = inner.iter().map(|(key, value)| {
        let node = node(source, text, value.span(), value.get_ref());
        (key.get_ref().clone(), place(source, key.span()), node)
    });
    Table {
        entries: entries.collect(),
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

/// The parser speaks English: the likeliest mend, in French.
fn mend(message: &str) -> Option<&'static str> {
    [
        ("duplicate key", "gardez cette clé une seule fois"),
        ("string", "fermez les guillemets : `clé = \"texte\"`"),
        ("newline", "une seule clé par ligne : `clé = valeur`"),
        ("unclosed array", "fermez le crochet : `[…]`"),
        ("unclosed inline table", "fermez l'accolade : `{ … }`"),
        ("missing comma", "séparez par une virgule"),
        ("missing value", "donnez une valeur : `clé = valeur`"),
        ("key with no value", "donnez une valeur : `clé = valeur`"),
        ("extra `=`", "un seul `=` par clé"),
    ]
    .into_iter()
    .find(|(word, _)| message.contains(word))
    .map(|(_, mend)| mend)
}
