//! TOML sources as a tree that remembers where everything stands, its texts borrowed
//! from the source, and a reader that asks it for keys, reports what is missing, wrong
//! or unknown, and goes on.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::error::Errors;
use super::parse::french::{french_date, french_flag};
use super::place::At;
use crate::fact::written::Written;
use crate::vocabulary::Mistake;

/// A value with its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node<'t> {
    pub(crate) at: At,
    pub(crate) tree: Tree<'t>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Tree<'t> {
    Text(Text<'t>),
    Integer(i64),
    Flag(bool),
    Date(NaiveDate),
    List(Vec<Node<'t>>),
    Table(Table<'t>),
    /// Floats, times, integers out of range: nothing a pack may hold.
    Foreign(&'static str),
    /// What is no TOML: told as such, and of nothing else.
    Unreadable,
}

impl Tree<'_> {
    fn in_french(&self) -> &'static str {
        match self {
            Self::Text(_) => "un texte",
            Self::Integer(_) => "un nombre entier",
            Self::Flag(_) => "true ou false",
            Self::Date(_) => "une date",
            Self::List(_) => "une liste",
            Self::Table(_) => "une table",
            Self::Foreign(what) => what,
            Self::Unreadable => "illisible",
        }
    }
}

/// A text, with the bytes before its first character when it is written as it reads.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Text<'t> {
    pub(crate) value: Cow<'t, str>,
    pub(crate) at: At,
    verbatim: Option<u8>,
}

impl<'t> Text<'t> {
    /// A text that stands at a place, `verbatim` when it is written there as it reads.
    pub(crate) fn new(value: Cow<'t, str>, at: At, verbatim: bool) -> Self {
        Self {
            value,
            at,
            verbatim: verbatim.then_some(0),
        }
    }

    /// A text that begins so many bytes after its place, and is written as it reads.
    pub(crate) fn quoted(value: &'t str, at: At, before: u8) -> Self {
        Self {
            value: Cow::Borrowed(value),
            at,
            verbatim: Some(before),
        }
    }

    /// A value as the author wrote it at a place of the source, quotes and all: those after it
    /// may be missing.
    pub(crate) fn written(value: Cow<'t, str>, at: At, raw: &str) -> Self {
        let starts = |start: &usize| {
            let after = raw.get(*start..);
            after.is_some_and(|after| after.starts_with(&*value))
        };
        // After the quotes and the end of line that is no part of a text of several lines;
        // elsewhere, escapes have shifted the bytes, or something was put between them.
        let begins = match raw.as_bytes() {
            [b'"', b'"', b'"', ..] | [b'\'', b'\'', b'\'', ..] => 3..6,
            [b'"' | b'\'', ..] => 1..2,
            _ => 0..1,
        };
        Self {
            verbatim: begins
                .into_iter()
                .find(starts)
                .and_then(|offset| offset.try_into().ok()),
            value,
            at,
        }
    }

    /// The place of a part of the text, or of all of it where escapes shift the bytes.
    pub(crate) fn part(&self, start: usize, end: usize) -> At {
        match self.verbatim {
            Some(before) => {
                let first = self.at.start().saturating_add(usize::from(before));
                self.at
                    .with(first.saturating_add(start)..first.saturating_add(end))
            }
            None => self.at,
        }
    }
}

/// Keys in the order in which they are written, each with its place.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Table<'t> {
    pub(crate) entries: Vec<(Cow<'t, str>, At, Node<'t>)>,
    /// The marks of all keys: most of those that are asked for are not there, and their
    /// mark tells so at once.
    marks: u64,
}

/// A table of so many keys is looked over in order, and not each key beside all before.
const MANY_KEYS: usize = 64;

/// One of 64 bits that a key has, likely another than most other keys. Where the key is
/// written in the code, so is its mark once compiled.
#[inline]
fn mark(key: &str) -> u64 {
    let (first, last) = (key.bytes().next(), key.bytes().next_back());
    let parts = [first, last].map(|byte| usize::from(byte.unwrap_or(0)));
    let [first, last] = parts;
    let mixed = first.wrapping_mul(7) ^ last.wrapping_mul(3) ^ key.len().wrapping_mul(13);
    bit(mixed % 64)
}

impl<'t> Table<'t> {
    /// A table of keys, each once.
    pub(crate) fn new(entries: Vec<(Cow<'t, str>, At, Node<'t>)>) -> Self {
        let marks = entries.iter().fold(0, |all, (key, ..)| all | mark(key));
        Self { entries, marks }
    }

    /// The same; `None` when a key is given twice.
    pub(crate) fn checked(entries: Vec<(Cow<'t, str>, At, Node<'t>)>) -> Option<Self> {
        let mut marks = 0;
        for (place, (key, ..)) in entries.iter().enumerate() {
            let mark = mark(key);
            if marks & mark != 0 && place >= MANY_KEYS {
                let mut keys: Vec<&str> = entries.iter().map(|(key, ..)| &**key).collect();
                keys.sort_unstable();
                keys.dedup();
                return (keys.len() == entries.len()).then(|| Self::new(entries));
            }
            // Two keys that are the same have the same mark.
            if marks & mark != 0 && entries.iter().take(place).any(|(one, ..)| one == key) {
                return None;
            }
            marks |= mark;
        }
        Some(Self { entries, marks })
    }

    #[inline]
    pub(crate) fn get(&self, key: &str) -> Option<&Node<'t>> {
        self.find(key).map(|(_, node)| node)
    }

    /// The value of a key, and its place among the entries.
    #[inline]
    fn find(&self, key: &str) -> Option<(usize, &Node<'t>)> {
        let may_be = self.marks & mark(key) != 0;
        may_be.then(|| self.look_up(key)).flatten()
    }

    fn look_up(&self, key: &str) -> Option<(usize, &Node<'t>)> {
        let mut entries = self.entries.iter().enumerate();
        let (place, (_, _, node)) = entries.find(|(_, (name, _, _))| name == key)?;
        Some((place, node))
    }

    /// Where the value of a key stands.
    pub(crate) fn at(&self, key: &str) -> Option<At> {
        self.get(key).map(|node| node.at)
    }
}

/// How a date between quotes is to be written, where it is one.
pub(crate) fn date_meant(node: &Node<'_>) -> Option<String> {
    let Tree::Text(text) = &node.tree else {
        return None;
    };
    let text = text.value.trim();
    let date = text.parse().ok().or_else(|| french_date(text));
    date.map(|date: NaiveDate| format!("écrivez {date}, sans guillemets"))
}

/// The same value in the form that its key takes, where it can be told.
fn form_meant(key: &str, node: &Node<'_>, expected: &str) -> Option<String> {
    let written = match (&node.tree, expected) {
        (Tree::Text(text), LIST) => format!("[\"{}\"]", text.value),
        (Tree::Text(text), TABLES) if key == "names" => {
            format!("[{{ name = \"{}\" }}]", text.value)
        }
        (Tree::Text(text), FLAG) => french_flag(text.value.trim())?.to_string(),
        (Tree::Text(text), WHOLE) => text.value.trim().parse::<i64>().ok()?.to_string(),
        (Tree::Integer(number), TEXT) => format!("\"{number}\""),
        (Tree::Date(date), TEXT) => format!("\"{date}\""),
        (Tree::Flag(flag), TEXT) => format!("\"{flag}\""),
        _ => return None,
    };
    // The value of a text may be long, or hold what would not stand between its quotes.
    let plain = written.len() <= 80 && !written.contains(['\n', '\\']);
    plain.then(|| format!("écrivez `{key} = {written}`"))
}

/// What a key may take.
const TEXT: &str = "un texte entre guillemets";
const FLAG: &str = "true ou false";
const WHOLE: &str = "un nombre entier";
const LIST: &str = "une liste de textes";
const TABLES: &str = "une liste de tables";

/// The bit of an entry; none for those after the first 64.
fn bit(place: usize) -> u64 {
    let place = u32::try_from(place).unwrap_or(u32::MAX);
    1_u64.checked_shl(place).unwrap_or(0)
}

/// Asks a table for its keys; [`Reader::finish`] reports those nobody asked for.
pub(crate) struct Reader<'t, 'e> {
    table: &'t Table<'t>,
    at: At,
    asked: Vec<&'static str>,
    /// A bit for each of the first entries that was asked for: most of them, so that
    /// [`Reader::finish`] looks few up.
    found: u64,
    pub(crate) errors: &'e mut Errors,
}

impl<'t, 'e> Reader<'t, 'e> {
    pub(crate) fn new(table: &'t Table<'t>, at: At, errors: &'e mut Errors) -> Self {
        // One list serves reader after reader.
        let mut asked = std::mem::take(&mut errors.asked);
        asked.clear();
        Self {
            table,
            at,
            asked,
            found: 0,
            errors,
        }
    }

    pub(crate) fn at(&self) -> At {
        self.at
    }

    #[inline]
    pub(crate) fn node(&mut self, key: &'static str) -> Option<&'t Node<'t>> {
        self.asked.push(key);
        let (place, node) = self.table.find(key)?;
        self.found |= bit(place);
        Some(node)
    }

    fn wrong(&mut self, key: &str, node: &Node<'_>, expected: &str) {
        let message = format!(
            "`{key}` attend {expected}, et non {}",
            node.tree.in_french()
        );
        let mend = form_meant(key, node, expected);
        self.errors.add(Mistake::WrongForm, node.at, message, mend);
    }

    pub(crate) fn missing(&mut self, key: &str) {
        self.errors.add(
            Mistake::MissingKey,
            self.at,
            format!("il manque `{key}`"),
            Some(format!("ajoutez `{key} = …`")),
        );
    }

    #[inline]
    pub(crate) fn text(&mut self, key: &'static str) -> Option<&'t Text<'t>> {
        let node = self.node(key)?;
        self.text_of(key, node)
    }

    fn text_of(&mut self, key: &str, node: &'t Node<'t>) -> Option<&'t Text<'t>> {
        if let Tree::Text(text) = &node.tree {
            return Some(text);
        }
        self.wrong(key, node, TEXT);
        None
    }

    #[inline]
    pub(crate) fn required_text(&mut self, key: &'static str) -> Option<&'t Text<'t>> {
        let Some(node) = self.node(key) else {
            self.missing(key);
            return None;
        };
        self.text_of(key, node)
    }

    #[inline]
    pub(crate) fn flag(&mut self, key: &'static str) -> Option<bool> {
        let node = self.node(key)?;
        if let Tree::Flag(flag) = node.tree {
            return Some(flag);
        }
        self.wrong(key, node, FLAG);
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

    #[inline]
    pub(crate) fn integer(&mut self, key: &'static str) -> Option<i64> {
        let node = self.node(key)?;
        if let Tree::Integer(number) = node.tree {
            return Some(number);
        }
        self.wrong(key, node, WHOLE);
        None
    }

    #[inline]
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
        match date_meant(node) {
            Some(mend) => {
                let message = format!("`{key}` attend une date sans guillemets");
                self.errors
                    .add(Mistake::WrongForm, node.at, message, Some(mend));
            }
            None => self.wrong(key, node, "une date sans guillemets, comme 2021-05-27"),
        }
        None
    }

    /// A date that must be there; one of another form is told as that alone.
    pub(crate) fn required_date(&mut self, key: &'static str) -> Option<NaiveDate> {
        if self.table.get(key).is_none() {
            self.asked.push(key);
            self.missing(key);
            return None;
        }
        self.date(key)
    }

    /// A list of texts; an absent key is an empty list.
    pub(crate) fn texts(&mut self, key: &'static str) -> Vec<&'t Text<'t>> {
        let Some(node) = self.node(key) else {
            return Vec::new();
        };
        let Tree::List(items) = &node.tree else {
            self.wrong(key, node, LIST);
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
    pub(crate) fn tables(&mut self, key: &'static str) -> Vec<(&'t Table<'t>, At)> {
        let Some(node) = self.node(key) else {
            return Vec::new();
        };
        let Tree::List(items) = &node.tree else {
            self.wrong(key, node, TABLES);
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

    pub(crate) fn table(&mut self, key: &'static str) -> Option<(&'t Table<'t>, At)> {
        let node = self.node(key)?;
        if let Tree::Table(table) = &node.tree {
            return Some((table, node.at));
        }
        self.wrong(key, node, "une table { … }");
        None
    }

    /// Reports the keys that nobody asked for.
    pub(crate) fn finish(self) {
        for (place, (key, at, _)) in self.table.entries.iter().enumerate() {
            if self.found & bit(place) == 0 && !self.asked.contains(&&**key) {
                let mend = self
                    .errors
                    .slips
                    .likeliest(key, self.asked.iter().copied())
                    .or_else(|| {
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
        self.errors.asked = self.asked;
    }
}

impl From<&Node<'_>> for Written {
    fn from(node: &Node<'_>) -> Self {
        match &node.tree {
            Tree::Text(text) => Self::Text(text.value.to_string()),
            Tree::Integer(number) => Self::Integer(*number),
            Tree::Flag(flag) => Self::Flag(*flag),
            Tree::Date(date) => Self::Date(*date),
            Tree::List(items) => Self::List(items.iter().map(Self::from).collect()),
            Tree::Table(table) => Self::Table(
                table
                    .entries
                    .iter()
                    .map(|(key, _, node)| (key.to_string(), Self::from(node)))
                    .collect(),
            ),
            Tree::Foreign(_) | Tree::Unreadable => Self::Foreign,
        }
    }
}
