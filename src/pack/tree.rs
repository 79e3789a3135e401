//! TOML sources as a tree that remembers where everything stands, and a reader
//! that asks it for keys, reports what is missing, wrong or unknown, and goes on.

use chrono::NaiveDate;
use toml::de::{DeTable, DeValue};

use super::error::Errors;
use super::place::At;
use crate::fact::possible::likeliest;
use crate::fact::written::Written;
use crate::vocabulary::Mistake;

/// A value with its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) at: At,
    pub(crate) tree: Tree,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Tree {
    Text(Text),
    Integer(i64),
    Flag(bool),
    Date(NaiveDate),
    List(Vec<Node>),
    Table(Table),
    /// Floats, times, integers out of range: nothing a pack may hold.
    Foreign(&'static str),
}

impl Tree {
    fn in_french(&self) -> &'static str {
        match self {
            Self::Text(_) => "un texte",
            Self::Integer(_) => "un nombre entier",
            Self::Flag(_) => "true ou false",
            Self::Date(_) => "une date",
            Self::List(_) => "une liste",
            Self::Table(_) => "une table",
            Self::Foreign(what) => what,
        }
    }
}

/// A text, with the place of its first character when it is written as it reads.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Text {
    pub(crate) value: String,
    pub(crate) at: At,
    verbatim: Option<usize>,
}

impl Text {
    /// A text that stands at a place, `verbatim` when it is written there as it reads.
    pub(crate) fn new(value: String, at: At, verbatim: bool) -> Self {
        Self {
            value,
            at,
            verbatim: verbatim.then_some(at.start),
        }
    }

    /// The place of a part of the text, or of all of it where escapes shift the bytes.
    pub(crate) fn part(&self, start: usize, end: usize) -> At {
        match self.verbatim {
            Some(first) => At {
                source: self.at.source,
                start: first.saturating_add(start),
                end: first.saturating_add(end),
            },
            None => self.at,
        }
    }
}

/// Keys in the order of the alphabet, each with its place.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Table {
    pub(crate) entries: Vec<(String, At, Node)>,
}

impl Table {
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entries
            .iter()
            .find(|(name, _, _)| name == key)
            .map(|(_, _, node)| node)
    }

    /// Where the value of a key stands.
    pub(crate) fn at(&self, key: &str) -> Option<At> {
        self.get(key).map(|node| node.at)
    }
}

fn node(source: usize, text: &str, span: std::ops::Range<usize>, value: &DeValue<'_>) -> Node {
    let at = At {
        source,
        start: span.start,
        end: span.end,
    };
    let tree = match value {
        DeValue::String(string) => {
            let raw = text.get(span.clone()).unwrap_or("");
            // After the quotes; elsewhere, escapes have shifted the bytes.
            let quotes = raw.len().saturating_sub(string.len()) / 2;
            let starts = |start: &usize| {
                let after = raw.get(*start..);
                after.is_some_and(|after| after.starts_with(string.as_ref()))
            };
            // The line end after `"""` is no part of the text.
            let found = [quotes, quotes.saturating_add(1)].into_iter().find(starts);
            Tree::Text(Text {
                value: string.to_string(),
                at,
                verbatim: found.map(|offset| span.start.saturating_add(offset)),
            })
        }
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or(Tree::Foreign("un nombre trop grand"), Tree::Integer),
        DeValue::Float(_) => Tree::Foreign("un nombre à virgule"),
        DeValue::Boolean(flag) => Tree::Flag(*flag),
        DeValue::Datetime(moment) => match (moment.date, moment.time, moment.offset) {
            (Some(date), None, None) => NaiveDate::from_ymd_opt(
                i32::from(date.year),
                u32::from(date.month),
                u32::from(date.day),
            )
            .map_or(Tree::Foreign("une date impossible"), Tree::Date),
            _ => Tree::Foreign("une date avec une heure"),
        },
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

fn table(source: usize, text: &str, inner: &DeTable<'_>) -> Table {
    let entries = inner.iter().map(|(key, value)| {
        let at = At {
            source,
            start: key.span().start,
            end: key.span().end,
        };
        let node = node(source, text, value.span(), value.get_ref());
        (key.get_ref().to_string(), at, node)
    });
    Table {
        entries: entries.collect(),
    }
}

/// Parses one TOML source; syntax errors are added to `errors`.
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

pub(crate) fn parse(source: usize, text: &str, errors: &mut Errors) -> Table {
    let (document, problems) = DeTable::parse_recoverable(text);
    for problem in problems {
        let span = problem.span().unwrap_or(0..0);
        let at = At {
            source,
            start: span.start,
            end: span.end,
        };
        errors.add(
            Mistake::Toml,
            at,
            format!("TOML illisible : {}", problem.message()),
            mend(problem.message()).map(str::to_owned),
        );
    }
    table(source, text, document.get_ref())
}

/// Asks a table for its keys; [`Reader::finish`] reports those nobody asked for.
pub(crate) struct Reader<'t, 'e> {
    table: &'t Table,
    at: At,
    asked: Vec<&'static str>,
    pub(crate) errors: &'e mut Errors,
}

impl<'t, 'e> Reader<'t, 'e> {
    pub(crate) fn new(table: &'t Table, at: At, errors: &'e mut Errors) -> Self {
        Self {
            table,
            at,
            asked: Vec::new(),
            errors,
        }
    }

    pub(crate) fn at(&self) -> At {
        self.at
    }

    pub(crate) fn node(&mut self, key: &'static str) -> Option<&'t Node> {
        self.asked.push(key);
        self.table.get(key)
    }

    fn wrong(&mut self, key: &str, node: &Node, expected: &str) {
        let message = format!(
            "`{key}` attend {expected}, et non {}",
            node.tree.in_french()
        );
        self.errors.add(Mistake::WrongForm, node.at, message, None);
    }

    pub(crate) fn missing(&mut self, key: &str) {
        self.errors.add(
            Mistake::MissingKey,
            self.at,
            format!("il manque `{key}`"),
            Some(format!("ajoutez `{key} = …`")),
        );
    }

    pub(crate) fn text(&mut self, key: &'static str) -> Option<&'t Text> {
        let node = self.node(key)?;
        if let Tree::Text(text) = &node.tree {
            return Some(text);
        }
        self.wrong(key, node, "un texte entre guillemets");
        None
    }

    pub(crate) fn required_text(&mut self, key: &'static str) -> Option<&'t Text> {
        if self.table.get(key).is_none() {
            self.asked.push(key);
            self.missing(key);
            return None;
        }
        self.text(key)
    }

    pub(crate) fn flag(&mut self, key: &'static str) -> Option<bool> {
        let node = self.node(key)?;
        if let Tree::Flag(flag) = node.tree {
            return Some(flag);
        }
        self.wrong(key, node, "true ou false");
        None
    }

    pub(crate) fn required_flag(&mut self, key: &'static str) -> Option<bool> {
        if self.table.get(key).is_none() {
            self.asked.push(key);
            self.missing(key);
            return None;
        }
        self.flag(key)
    }

    pub(crate) fn integer(&mut self, key: &'static str) -> Option<i64> {
        let node = self.node(key)?;
        if let Tree::Integer(number) = node.tree {
            return Some(number);
        }
        self.wrong(key, node, "un nombre entier");
        None
    }

    pub(crate) fn date(&mut self, key: &'static str) -> Option<NaiveDate> {
        let node = self.node(key)?;
        if let Tree::Date(date) = node.tree {
            if crate::calendar::in_range(date) {
                return Some(date);
            }
            self.errors.add(
                Mistake::DateOutOfRange,
                node.at,
                "cette date est hors des années 1900 à 2200",
                None,
            );
            return None;
        }
        self.wrong(key, node, "une date sans guillemets, comme 2021-05-27");
        None
    }

    /// A list of texts; an absent key is an empty list.
    pub(crate) fn texts(&mut self, key: &'static str) -> Vec<&'t Text> {
        let Some(node) = self.node(key) else {
            return Vec::new();
        };
        let Tree::List(items) = &node.tree else {
            self.wrong(key, node, "une liste de textes");
            return Vec::new();
        };
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            if let Tree::Text(text) = &item.tree {
                texts.push(text);
            } else {
                self.wrong(key, item, "des textes");
            }
        }
        texts
    }

    /// A list of tables; an absent key is an empty list.
    pub(crate) fn tables(&mut self, key: &'static str) -> Vec<(&'t Table, At)> {
        let Some(node) = self.node(key) else {
            return Vec::new();
        };
        let Tree::List(items) = &node.tree else {
            self.wrong(key, node, "une liste de tables");
            return Vec::new();
        };
        let mut tables = Vec::with_capacity(items.len());
        for item in items {
            if let Tree::Table(table) = &item.tree {
                tables.push((table, item.at));
            } else {
                self.wrong(key, item, "des tables");
            }
        }
        tables
    }

    pub(crate) fn table(&mut self, key: &'static str) -> Option<(&'t Table, At)> {
        let node = self.node(key)?;
        if let Tree::Table(table) = &node.tree {
            return Some((table, node.at));
        }
        self.wrong(key, node, "une table { … }");
        None
    }

    /// Reports the keys that nobody asked for.
    pub(crate) fn finish(self) {
        for (key, at, _) in &self.table.entries {
            if !self.asked.contains(&key.as_str()) {
                let mend = likeliest(key, self.asked.iter().copied()).or_else(|| {
                    let mut known = self.asked.clone();
                    known.sort_unstable();
                    known.dedup();
                    Some(format!("clés connues ici : {}", known.join(", ")))
                });
                self.errors.add(
                    Mistake::UnknownKey,
                    *at,
                    format!("la clé `{key}` n'existe pas ici"),
                    mend,
                );
            }
        }
    }
}

impl From<&Node> for Written {
    fn from(node: &Node) -> Self {
        match &node.tree {
            Tree::Text(text) => Self::Text(text.value.clone()),
            Tree::Integer(number) => Self::Integer(*number),
            Tree::Flag(flag) => Self::Flag(*flag),
            Tree::Date(date) => Self::Date(*date),
            Tree::List(items) => Self::List(items.iter().map(Self::from).collect()),
            Tree::Table(table) => Self::Table(
                table
                    .entries
                    .iter()
                    .map(|(key, _, node)| (key.clone(), Self::from(node)))
                    .collect(),
            ),
            Tree::Foreign(_) => Self::Foreign,
        }
    }
}
