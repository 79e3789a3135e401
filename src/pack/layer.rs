//! Sources of a pack laid over those of its parent: add, replace, end.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::error::Errors;
use super::place::{At, Document};
use super::tree::{self, Node, Reader, Table, Tree};
use crate::fact::possible::likeliest;
use crate::vocabulary::{Mistake, Period, is_kebab};

/// Kinds of entries, by the name of their TOML section.
const SECTIONS: [&str; 20] = [
    "condition",
    "end",
    "example",
    "exclusive",
    "fact",
    "framework",
    "holder",
    "lookup",
    "nomenclature",
    "partner",
    "role",
    "rule",
    "scale",
    "scheme",
    "set",
    "table",
    "theme",
    "track",
    "track_meeting",
    "value",
];

/// One `[[section]]` of a source.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) section: &'static str,
    pub(crate) id: String,
    pub(crate) id_at: At,
    pub(crate) table: Table,
    pub(crate) at: At,
    /// Number of the pack in the chain of parents that wrote it, root first.
    pub(crate) layer: usize,
    /// The last day it holds, when a later pack ended it.
    pub(crate) ended: Option<NaiveDate>,
}

/// `[pack]` and `[standing]` of one pack.
#[derive(Debug, Clone, Default)]
pub(crate) struct Header {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) extends: Option<(String, At)>,
    pub(crate) supersedes: Option<String>,
    pub(crate) holidays: Option<(String, At)>,
    pub(crate) at: At,
}

/// All sources of a pack and its parents, as entries in order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layers {
    pub(crate) documents: Vec<Document>,
    /// Layer of each document.
    pub(crate) layer_of: Vec<usize>,
    pub(crate) headers: Vec<Header>,
    pub(crate) standing: Vec<(Table, At)>,
    pub(crate) entries: Vec<Entry>,
}

fn header(table: &Table, at: At, errors: &mut Errors) -> Header {
    let mut reader = Reader::new(table, at, errors);
    let id = reader.required_text("id");
    let title = reader.required_text("title");
    let extends = reader
        .text("extends")
        .map(|text| (text.value.clone(), text.at));
    let supersedes = reader.text("supersedes").map(|text| text.value.clone());
    let holidays = reader
        .text("holidays")
        .map(|text| (text.value.clone(), text.at));
    reader.finish();
    if let Some(id) = id
        && !is_kebab(&id.value)
    {
        errors.add(
            Mistake::BadName,
            id.at,
            format!("`{}` n'est pas un identifiant", id.value),
            Some("minuscules, chiffres et tirets".to_owned()),
        );
    }
    let text = |text: Option<&tree::Text>| text.map(|text| text.value.clone()).unwrap_or_default();
    Header {
        id: text(id),
        title: text(title),
        extends,
        supersedes,
        holidays,
        at,
    }
}

/// The period of an entry, from its `from` and `until`.
pub(crate) fn period(reader: &mut Reader<'_, '_>, ended: Option<NaiveDate>) -> Period {
    let before = reader.errors.count();
    let from = reader.date("from");
    let until = reader.date("until");
    if reader.errors.count() > before {
        // Told there; whatever it meets or leaves open would be told of nothing.
        return Period::NEVER;
    }
    let until = match (until, ended) {
        (Some(until), Some(ended)) => Some(until.min(ended)),
        (until, ended) => until.or(ended),
    };
    if let (Some(from), Some(until)) = (from, until)
        && from > until
        && ended.is_none()
    {
        let at = reader.at();
        reader.errors.add(
            Mistake::EmptyPeriod,
            at,
            "cette période finit avant de commencer",
            Some("échangez `from` et `until`".to_owned()),
        );
    }
    Period { from, until }
}

impl Layers {
    pub(crate) fn header(&self) -> Header {
        self.headers.last().cloned().unwrap_or_default()
    }

    fn of_layer(&self, layer: usize) -> impl Iterator<Item = (usize, &Document)> {
        let documents = self.documents.iter().enumerate().zip(&self.layer_of);
        documents
            .filter(move |(_, of)| **of == layer)
            .map(|(document, _)| document)
    }

    /// A source that an entry names, from those of its own pack, with its place among all.
    pub(crate) fn source(&self, layer: usize, name: &str) -> Option<(usize, &Document)> {
        self.of_layer(layer)
            .find(|(_, document)| document.name == name)
    }

    /// The identifier of the pack that holds a source, if it is not the last one.
    pub(crate) fn below(&self, source: usize) -> Option<&str> {
        let layer = *self.layer_of.get(source)?;
        let (_, parents) = self.headers.split_last()?;
        parents.get(layer).map(|header| header.id.as_str())
    }

    /// The names of the sources of a layer.
    pub(crate) fn names(&self, layer: usize) -> impl Iterator<Item = &str> {
        self.of_layer(layer).map(|(_, document)| &*document.name)
    }

    /// Lays the sources of one more pack over these.
    pub(crate) fn add(&mut self, sources: Vec<Document>, max_entries: usize, errors: &mut Errors) {
        let layer = self.headers.len();
        let mut found_header: Option<Header> = None;
        let mut added: Vec<Entry> = Vec::new();
        for document in sources {
            let source = self.documents.len();
            let twice = self.source(layer, &document.name).is_some();
            let name = std::path::Path::new(&document.name);
            let ending = name.extension().and_then(|ending| ending.to_str());
            let is_toml = ending == Some("toml");
            let is_known = is_toml || ending == Some("csv");
            let whole = At {
                source,
                ..At::default()
            };
            if twice {
                let message = format!("la source `{}` est donnée deux fois", document.name);
                errors.add(Mistake::Twice, whole, message, None);
            }
            if !is_known {
                let message = format!("`{}` n'est ni un .toml ni un .csv", document.name);
                errors.add(Mistake::ForeignSource, whole, message, None);
            }
            self.documents.push(document);
            self.layer_of.push(layer);
            if !is_toml {
                continue;
            }
            let text = self
                .documents
                .get(source)
                .map_or("", |document| document.text.as_str());
            let table = tree::parse(source, text, errors);
            for (key, at, node) in table.entries {
                match (key.as_str(), node.tree) {
                    ("pack", Tree::Table(table)) => {
                        if found_header.is_some() {
                            errors.add(
                                Mistake::Header,
                                at,
                                "ce paquet a déjà une section [pack]",
                                None,
                            );
                        }
                        found_header = Some(header(&table, at, errors));
                    }
                    ("standing", Tree::Table(table)) => self.standing.push((table, at)),
                    (_, Tree::List(items)) => {
                        section(&key, at, items, layer, &mut added, errors);
                    }
                    (known, _) if SECTIONS.contains(&known) => {
                        let message = format!("`{key}` se répète : ses entrées se suivent");
                        let mend = format!("écrivez `[[{key}]]`, puis ses clés");
                        errors.add(Mistake::SingleTable, at, message, Some(mend));
                    }
                    _ => unknown_section(&key, at, errors),
                }
            }
        }
        let start = At {
            source: self.documents.len().saturating_sub(1),
            start: 0,
            end: 0,
        };
        self.headers.push(found_header.unwrap_or_else(|| {
            errors.add(
                Mistake::Header,
                start,
                "aucune section [pack] dans ces sources",
                Some("ajoutez un fichier pack.toml avec `[pack]`, `id` et `title`".to_owned()),
            );
            Header::default()
        }));
        if self.entries.len().saturating_add(added.len()) > max_entries {
            errors.add(
                Mistake::TooLarge,
                start,
                format!("le paquet dépasse {max_entries} entrées"),
                None,
            );
            return;
        }
        self.overlay(added, errors);
    }

    fn overlay(&mut self, added: Vec<Entry>, errors: &mut Errors) {
        let mut inherited: BTreeMap<(&'static str, String), At> = BTreeMap::new();
        for entry in &self.entries {
            inherited
                .entry((entry.section, entry.id.clone()))
                .or_insert(entry.id_at);
        }
        let mut replaced: BTreeSet<(&'static str, String)> = BTreeSet::new();
        for entry in &added {
            let Some(Node {
                tree: Tree::Text(text),
                ..
            }) = entry.table.get("replaces")
            else {
                continue;
            };
            let key = (entry.section, text.value.clone());
            if inherited.contains_key(&key) {
                replaced.insert(key);
            } else {
                let known = inherited
                    .keys()
                    .filter(|(section, _)| *section == entry.section);
                let mend = likeliest(&text.value, known.map(|(_, id)| id.as_str()));
                errors.add(
                    Mistake::NotInherited,
                    text.at,
                    format!(
                        "`{}` n'existe pas dans le paquet parent : rien à remplacer",
                        text.value
                    ),
                    mend,
                );
            }
        }
        for end in added.iter().filter(|entry| entry.section == "end") {
            self.end(end, errors);
        }
        // From its last day on, another version may follow.
        let ended: BTreeSet<(&'static str, &str)> = self
            .entries
            .iter()
            .filter(|entry| entry.ended.is_some())
            .map(|entry| (entry.section, entry.id.as_str()))
            .collect();
        for entry in &added {
            if !entry.id.is_empty()
                && entry.table.get("replaces").is_none()
                && inherited.contains_key(&(entry.section, entry.id.clone()))
                && !replaced.contains(&(entry.section, entry.id.clone()))
                && !ended.contains(&(entry.section, entry.id.as_str()))
            {
                let mend = format!(
                    "ajoutez `replaces = \"{0}\"`, finissez l'ancienne par `[[end]]`, ou changez de nom",
                    entry.id
                );
                errors.add(
                    Mistake::Twice,
                    entry.id_at,
                    format!("`{}` existe déjà dans le paquet parent", entry.id),
                    Some(mend),
                );
            }
        }
        // What replaces takes the place of what it replaces: order is meaning for facts.
        let mut entries: Vec<Entry> =
            Vec::with_capacity(self.entries.len().saturating_add(added.len()));
        let mut rest: Vec<Option<Entry>> = added
            .into_iter()
            .filter(|entry| entry.section != "end")
            .map(Some)
            .collect();
        let mut placed: BTreeSet<(&'static str, String)> = BTreeSet::new();
        for entry in std::mem::take(&mut self.entries) {
            let key = (entry.section, entry.id.clone());
            if !replaced.contains(&key) {
                entries.push(entry);
                continue;
            }
            if !placed.insert(key.clone()) {
                continue;
            }
            for slot in &mut rest {
                let takes_its_place = slot.as_ref().is_some_and(|new| {
                    new.section == key.0
                        && matches!(new.table.get("replaces"), Some(Node { tree: Tree::Text(text), .. }) if text.value == key.1)
                });
                if takes_its_place {
                    entries.extend(slot.take());
                }
            }
        }
        entries.extend(rest.into_iter().flatten());
        self.entries = entries;
    }

    fn end(&mut self, end: &Entry, errors: &mut Errors) {
        let mut reader = Reader::new(&end.table, end.at, errors);
        let from = reader.date("from");
        if from.is_none() {
            reader.missing("from");
        }
        let named = [
            "rule",
            "scheme",
            "track",
            "holder",
            "exclusive",
            "framework",
            "condition",
            "set",
            "table",
        ]
        .into_iter()
        .find_map(|section| reader.text(section).map(|text| (section, text)));
        reader.finish();
        let Some((section, id)) = named else {
            errors.add(
                Mistake::EndsNothing,
                end.at,
                "dites ce qui prend fin",
                Some("par exemple `rule = \"…\"`".to_owned()),
            );
            return;
        };
        let last = from.and_then(|from| from.pred_opt());
        let mut found = false;
        let mut known = Vec::new();
        for entry in &mut self.entries {
            if entry.section == section && entry.id == id.value {
                entry.ended = last;
                found = true;
            } else if entry.section == section {
                known.push(entry.id.as_str());
            }
        }
        if !found {
            let mend = likeliest(&id.value, known);
            errors.add(
                Mistake::NotInherited,
                id.at,
                format!("`{}` n'existe pas dans le paquet parent", id.value),
                mend,
            );
        }
    }
}

fn unknown_section(key: &str, at: At, errors: &mut Errors) {
    let known = SECTIONS.iter().copied().chain(["pack", "standing"]);
    let mend = crate::fact::possible::nearest(key, known)
        .map(|near| format!("vouliez-vous `[[{near}]]` ?"))
        .or_else(|| Some(format!("sections connues : {}", SECTIONS.join(", "))));
    errors.add(
        Mistake::UnknownSection,
        at,
        format!("la section `{key}` n'existe pas"),
        mend,
    );
}

fn section(
    key: &str,
    at: At,
    items: Vec<Node>,
    layer: usize,
    added: &mut Vec<Entry>,
    errors: &mut Errors,
) {
    let Some(section) = SECTIONS.into_iter().find(|section| *section == key) else {
        return unknown_section(key, at, errors);
    };
    for item in items {
        let Tree::Table(table) = item.tree else {
            errors.add(
                Mistake::SingleTable,
                item.at,
                format!("écrivez `[[{section}]]`, puis ses clés"),
                None,
            );
            continue;
        };
        let id_key = if section == "fact" { "name" } else { "id" };
        let (id, id_at) = match table.get(id_key) {
            Some(Node {
                tree: Tree::Text(text),
                at,
            }) => (text.value.clone(), *at),
            _ => (String::new(), item.at),
        };
        added.push(Entry {
            section,
            id,
            id_at,
            table,
            at: item.at,
            layer,
            ended: None,
        });
    }
}
