//! Sources of a pack laid over those of its parent: add, replace, end.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::bundled::BUNDLED;
use super::error::Errors;
use super::parse::Parsed;
use super::place::{At, Document};
use super::tree::{Node, Reader, Table, Text, Tree};
use crate::vocabulary::{Mistake, Period, is_kebab, kebab_mend};

/// Kinds of entries, by the name of their TOML section.
const SECTIONS: [&str; 23] = [
    "appeal",
    "condition",
    "end",
    "example",
    "exclusive",
    "fact",
    "framework",
    "holder",
    "lookup",
    "need_to_know",
    "nomenclature",
    "partner",
    "retention",
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

/// Sections that a pack has once.
const ONCE: [&str; 2] = ["pack", "standing"];

/// One `[[section]]` of a source.
#[derive(Debug, Clone)]
pub(crate) struct Entry<'t> {
    pub(crate) id: Cow<'t, str>,
    pub(crate) id_at: At,
    pub(crate) table: Table<'t>,
    pub(crate) at: At,
    /// Number of the pack in the chain of parents that wrote it, root first.
    pub(crate) layer: usize,
    /// The last day it holds, when a later pack ended it.
    pub(crate) ended: Option<NaiveDate>,
}

impl<'t> Entry<'t> {
    /// The id of the entry that this one stands for.
    fn replaces(&self) -> Option<&Text<'t>> {
        match &self.table.get("replaces")?.tree {
            Tree::Text(text) => Some(text),
            _ => None,
        }
    }
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

/// All sources of a pack and its parents, as entries in order, section by section.
#[derive(Debug)]
pub(crate) struct Layers<'t> {
    documents: &'t [Document],
    pub(crate) headers: Vec<Header>,
    pub(crate) standing: Vec<(Table<'t>, At)>,
    /// Whether the last pack lies over the parent that it names. Else nothing that it names
    /// can be looked up, and all that follows would be told for nothing.
    pub(crate) parent_known: bool,
    sections: Sections<'t>,
}

type Sections<'t> = BTreeMap<&'static str, Vec<Entry<'t>>>;

/// Whether the examples of bundled packs are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Examples {
    /// Always: they are asked for.
    Asked,
    /// Only where another example may replace one of them.
    Wait,
}

fn header(table: &Table<'_>, at: At, errors: &mut Errors) -> Header {
    let mut reader = Reader::new(table, at, errors);
    let id = reader.required_text("id");
    let title = reader.required_text("title");
    let extends = reader
        .text("extends")
        .map(|text| (text.value.to_string(), text.at));
    let supersedes = reader.text("supersedes");
    let holidays = reader
        .text("holidays")
        .map(|text| (text.value.to_string(), text.at));
    reader.finish();
    if let Some(identity) = &supersedes
        && !is_identity(&identity.value)
    {
        errors.add(
            Mistake::BadName,
            identity.at,
            format!("`{}` n'est pas l'identité d'un paquet", identity.value),
            Some("recopiez ce que `check_pack` écrit de la version d'avant : 64 chiffres et lettres de a à f".to_owned()),
        );
    }
    if let Some(id) = id
        && !is_kebab(&id.value)
    {
        errors.add(
            Mistake::BadName,
            id.at,
            format!("`{}` n'est pas un identifiant", id.value),
            Some(kebab_mend(&id.value)),
        );
    }
    let text =
        |text: Option<&Text<'_>>| text.map(|text| text.value.to_string()).unwrap_or_default();
    Header {
        id: text(id),
        title: text(title),
        extends,
        supersedes: supersedes.map(|identity| identity.value.to_string()),
        holidays,
        at,
    }
}

/// Whether a text may be the identity of a pack: a SHA-256 in small letters.
fn is_identity(text: &str) -> bool {
    let digit = |letter: u8| matches!(letter, b'0'..=b'9' | b'a'..=b'f');
    text.len() == 64 && text.bytes().all(digit)
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

/// Whether the `[pack]` of a source was read whole; `None` where it has none.
fn header_is_whole(parsed: &Parsed<'_>, text: &str) -> Option<bool> {
    let mut entries = parsed.table.entries.iter();
    let (_, at, _) = entries.find(|(key, ..)| key == "pack")?;
    let after = text.get(at.start()..)?;
    let end = after.find("\n[").unwrap_or(after.len());
    Some(!parsed.is_damaged(at.start()..at.start().saturating_add(end)))
}

fn no_header(at: At, errors: &mut Errors) {
    errors.add(
        Mistake::Header,
        at,
        "aucune section [pack] dans ces sources",
        Some(
            "ajoutez un fichier pack.toml avec `[pack]`, `id`, `title`, et `extends` s'il prolonge un paquet"
                .to_owned(),
        ),
    );
}

fn ending(document: &Document) -> Option<&str> {
    let name = std::path::Path::new(&*document.name);
    name.extension().and_then(|ending| ending.to_str())
}

impl<'t> Layers<'t> {
    /// Lays each pack over its parent, root first. Parents were read before, within
    /// limits of their own: `max_entries` is that of the last.
    pub(crate) fn read(
        documents: &'t [Document],
        packs: usize,
        examples: Examples,
        max_entries: usize,
        errors: &mut Errors,
    ) -> Self {
        let mut parsed: BTreeMap<usize, Parsed<'t>> = BTreeMap::new();
        let parse = |waits: bool, parsed: &mut BTreeMap<_, _>| {
            for (source, document) in documents.iter().enumerate() {
                if document.waits == waits && ending(document) == Some("toml") {
                    parsed.insert(source, Parsed::new(source, &document.text));
                }
            }
        };
        parse(false, &mut parsed);
        let lies_over = |of: &Parsed<'_>| of.table.get("example").is_some();
        if examples == Examples::Asked || parsed.values().any(lies_over) {
            parse(true, &mut parsed);
        }
        let mut layers = Self {
            documents,
            headers: Vec::new(),
            standing: Vec::new(),
            parent_known: true,
            sections: Sections::new(),
        };
        for layer in 0..packs {
            let is_last = layer.saturating_add(1) == packs;
            let max_entries = if is_last { max_entries } else { usize::MAX };
            layers.add(&mut parsed, max_entries, errors);
        }
        layers
    }

    pub(crate) fn header(&self) -> Header {
        self.headers.last().cloned().unwrap_or_default()
    }

    /// The entries of a section, in order.
    pub(crate) fn entries(&self, section: &str) -> &[Entry<'t>] {
        self.sections.get(section).map_or(&[], Vec::as_slice)
    }

    /// How many entries there are.
    pub(crate) fn len(&self) -> usize {
        self.sections.values().map(Vec::len).sum()
    }

    fn of_layer(&self, layer: usize) -> impl Iterator<Item = (usize, &'t Document)> + use<'t> {
        let documents = self.documents.iter().enumerate();
        documents.filter(move |(_, document)| document.layer == layer)
    }

    /// A source that an entry names, from those of its own pack, with its place among all.
    pub(crate) fn source(&self, layer: usize, name: &str) -> Option<(usize, &'t Document)> {
        self.of_layer(layer)
            .find(|(_, document)| document.name == name)
    }

    /// The identifier of the pack that holds a source, if it is not the last one.
    pub(crate) fn below(&self, source: usize) -> Option<&str> {
        let layer = self.documents.get(source)?.layer;
        let (_, parents) = self.headers.split_last()?;
        parents.get(layer).map(|header| header.id.as_str())
    }

    /// The names of the sheets of a layer.
    pub(crate) fn sheets(&self, layer: usize) -> impl Iterator<Item = &'t str> + use<'t> {
        let sheets = self.of_layer(layer).map(|(_, document)| document);
        let sheets = sheets.filter(|document| ending(document) == Some("csv"));
        sheets.map(|document| &*document.name)
    }

    /// Lays the sources of one more pack over these.
    fn add(
        &mut self,
        parsed: &mut BTreeMap<usize, Parsed<'t>>,
        max_entries: usize,
        errors: &mut Errors,
    ) {
        let layer = self.headers.len();
        let mut found_header: Option<Header> = None;
        let mut header_told = false;
        let (mut parent_read, mut header_whole) = (true, true);
        let mut added = Sections::new();
        for (source, document) in self.of_layer(layer) {
            let first = self.source(layer, &document.name);
            let ending = ending(document);
            let whole = At::new(source, 0..0);
            if first.is_some_and(|(first, _)| first != source) {
                let message = format!("la source `{}` est donnée deux fois", document.name);
                errors.add(Mistake::Twice, whole, message, None);
            }
            if !matches!(ending, Some("toml" | "csv")) {
                let message = format!("`{}` n'est ni un .toml ni un .csv", document.name);
                errors.add(Mistake::ForeignSource, whole, message, None);
            }
            let Some(parsed) = parsed.remove(&source) else {
                continue;
            };
            parsed.tell(&document.text, errors);
            let header_damaged = document.name == "pack.toml" && parsed.is_damaged(0..usize::MAX);
            header_told |= header_damaged;
            let headed = header_is_whole(&parsed, &document.text);
            let header_lost = header_damaged && headed.is_none();
            for (key, at, node) in parsed.table.entries {
                match (&*key, node.tree) {
                    ("pack", Tree::Table(_)) if found_header.is_some() => {
                        let message = "ce paquet a déjà une section [pack]";
                        errors.add(Mistake::Header, at, message, None);
                    }
                    ("pack", Tree::Table(table)) => {
                        header_whole &= headed == Some(true);
                        // What it extends may be what could not be read.
                        parent_read &= match table.get("extends") {
                            Some(node) => matches!(node.tree, Tree::Text(_)),
                            None => header_whole,
                        };
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
                    // What follows a [pack] whose brackets could not be read.
                    _ if header_lost => {}
                    _ => unknown_section(&key, at, errors),
                }
            }
        }
        let laid = self
            .documents
            .iter()
            .filter(|document| document.layer <= layer);
        let start = At::new(laid.count().saturating_sub(1), 0..0);
        self.parent_known = match &found_header {
            Some(header) if parent_read => self.check_parent(header, header_whole, errors),
            _ => false,
        };
        if let Some(header) = &found_header
            && self.parent_known
            && header.extends.is_none()
            && speaks_of_nothing(&added)
        {
            let message =
                "ce paquet ne définit aucun fait, et ne prolonge aucun paquet qui en aurait";
            let mend = "ajoutez à la section [pack] `extends = \"marne\"`, ou le paquet que le vôtre complète";
            errors.add(Mistake::Parent, header.at, message, Some(mend.to_owned()));
            // Each of its names would be told as unknown.
            self.parent_known = false;
        }
        if found_header.is_none() && !header_told {
            no_header(start, errors);
        }
        self.headers.push(found_header.unwrap_or_default());
        if !self.parent_known {
            return;
        }
        let new: usize = added.values().map(Vec::len).sum();
        if self.len().saturating_add(new) > max_entries {
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

    /// Whether a pack lies over the parent that it names, and over no other. Where a part of
    /// its header is unreadable, that is told already.
    fn check_parent(&self, header: &Header, whole: bool, errors: &mut Errors) -> bool {
        let expected = header.extends.as_ref().map(|(id, _)| id.as_str());
        let given = self.headers.last().map(|header| header.id.as_str());
        if expected == given || !whole {
            return expected == given;
        }
        let at = header.extends.as_ref().map_or(header.at, |(_, at)| *at);
        let message = match (expected, given) {
            (Some(expected), None) => {
                format!("ce paquet prolonge `{expected}`, qui n'a pas été donné")
            }
            (Some(expected), Some(given)) => {
                format!("ce paquet prolonge `{expected}`, et `{given}` a été donné")
            }
            _ => "ce paquet ne dit pas quel paquet il prolonge".to_owned(),
        };
        // The parent given is surely there; those of this crate are to be had.
        let known = given
            .into_iter()
            .chain(BUNDLED.into_iter().filter(|_| given.is_none()));
        let near = expected.and_then(|expected| {
            let near = errors.slips.nearest(expected, known);
            near.filter(|near| *near != expected)
        });
        let mend = match (near, given) {
            (Some(near), _) => Some(format!("vouliez-vous `{near}` ?")),
            (None, Some(given)) => Some(format!("écrivez `extends = \"{given}\"`")),
            (None, None) => None,
        };
        errors.add(Mistake::Parent, at, message, mend);
        false
    }

    fn overlay(&mut self, mut added: Sections<'t>, errors: &mut Errors) {
        for end in added.remove("end").unwrap_or_default() {
            self.end(&end, errors);
        }
        for (section, added) in added {
            let below = self.sections.remove(section).unwrap_or_default();
            self.sections.insert(section, over(below, added, errors));
        }
    }

    fn end(&mut self, end: &Entry<'_>, errors: &mut Errors) {
        let mut reader = Reader::new(&end.table, end.at, errors);
        let from = reader.required_date("from");
        let named = [
            "rule",
            "scheme",
            "track",
            "holder",
            "exclusive",
            "framework",
            "need_to_know",
            "retention",
            "appeal",
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
        for entry in self.sections.get_mut(section).into_iter().flatten() {
            if entry.id == id.value {
                entry.ended = last;
                found = true;
            } else {
                known.push(&*entry.id);
            }
        }
        if !found {
            let mend = errors.slips.likeliest(&id.value, known);
            errors.add(
                Mistake::NotInherited,
                id.at,
                format!("`{}` n'existe pas dans le paquet parent", id.value),
                mend,
            );
        }
    }
}

/// Whether there are rules, and no fact for them to test.
fn speaks_of_nothing(added: &Sections<'_>) -> bool {
    let holds = |section: &&str| added.contains_key(*section);
    let rules = ["rule", "track", "table", "example"];
    !holds(&"fact") && rules.iter().any(holds)
}

/// The entries of one section over those of the parents.
fn over<'t>(below: Vec<Entry<'t>>, added: Vec<Entry<'t>>, errors: &mut Errors) -> Vec<Entry<'t>> {
    // Whether the parent's entry ended: from its last day on, another version may follow.
    let mut inherited: BTreeMap<Cow<'t, str>, bool> = BTreeMap::new();
    for entry in &below {
        *inherited.entry(entry.id.clone()).or_default() |= entry.ended.is_some();
    }
    let mut replacing: BTreeMap<Cow<'t, str>, Vec<Entry<'t>>> = BTreeMap::new();
    let mut rest = Vec::with_capacity(added.len());
    for entry in added {
        let Some((replaced, at)) = entry.replaces().map(|text| (text.value.clone(), text.at))
        else {
            rest.push(entry);
            continue;
        };
        if inherited.contains_key(&replaced) {
            replacing.entry(replaced).or_default().push(entry);
            continue;
        }
        errors.add(
            Mistake::NotInherited,
            at,
            format!("`{replaced}` n'existe pas dans le paquet parent : rien à remplacer"),
            errors
                .slips
                .likeliest(&replaced, inherited.keys().map(|id| &**id)),
        );
        rest.push(entry);
    }
    for entry in &rest {
        if !entry.id.is_empty()
            && entry.table.get("replaces").is_none()
            && inherited.get(&entry.id) == Some(&false)
            && !replacing.contains_key(&entry.id)
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
    let mut laid = Vec::with_capacity(below.len().saturating_add(rest.len()));
    for entry in below {
        match replacing.get_mut(&entry.id) {
            Some(new) => {
                for one in new.iter() {
                    says_again(&entry, one, errors);
                    lists_again(&entry, one, errors);
                }
                laid.append(new);
            }
            None => laid.push(entry),
        }
    }
    laid.append(&mut rest);
    laid
}

/// What protects somebody, and how it is written where it does not.
const PROTECTIONS: [(&str, &str); 2] = [("sensitivity", "0"), ("tells", "[]")];

fn protects(table: &Table<'_>, key: &str) -> bool {
    match table.get(key).map(|node| &node.tree) {
        Some(Tree::Integer(sensitivity)) => *sensitivity > 0,
        Some(Tree::List(tells)) => !tells.is_empty(),
        _ => false,
    }
}

/// What protects somebody goes with no entry that is replaced unless the new one says so.
fn says_again(old: &Entry<'_>, new: &Entry<'_>, errors: &mut Errors) {
    for (key, unprotected) in PROTECTIONS {
        if protects(&old.table, key) && new.table.get(key).is_none() {
            errors.add(
                Mistake::MissingKey,
                new.at,
                format!("`{}` remplace une entrée que `{key}` protège", old.id),
                Some(format!(
                    "redites `{key}`, ou écrivez `{key} = {unprotected}`"
                )),
            );
        }
    }
}

/// Nor with a code of a nomenclature: one that is no longer listed is still said of somebody, and
/// would be open as any other that the pack does not know.
fn lists_again(old: &Entry<'_>, new: &Entry<'_>, errors: &mut Errors) {
    let again: BTreeMap<&str, (At, &Table<'_>)> = listed(new).collect();
    for (code, (_, below)) in listed(old) {
        let again = again.get(code);
        let at = again.map_or(new.at, |(at, _)| *at);
        for (key, unprotected) in PROTECTIONS {
            let said = again.is_some_and(|(_, table)| table.get(key).is_some());
            if protects(below, key) && !said {
                errors.add(
                    Mistake::MissingKey,
                    at,
                    format!(
                        "`{}` remplace une liste où `{key}` protège `{code}`",
                        old.id
                    ),
                    Some(format!(
                        "redites `{code}` avec `{key}`, ou avec `{key} = {unprotected}`"
                    )),
                );
            }
        }
    }
}

/// The codes that an entry lists, each with its place.
fn listed<'e, 't>(entry: &'e Entry<'t>) -> impl Iterator<Item = (&'e str, (At, &'e Table<'t>))> {
    let codes = match entry.table.get("codes").map(|node| &node.tree) {
        Some(Tree::List(codes)) => codes.as_slice(),
        _ => &[],
    };
    codes.iter().filter_map(|node| match &node.tree {
        Tree::Table(table) => match table.get("code").map(|node| &node.tree) {
            Some(Tree::Text(code)) => Some((code.value.as_ref(), (node.at, table))),
            _ => None,
        },
        _ => None,
    })
}

fn unknown_section(key: &str, at: At, errors: &mut Errors) {
    // What is marked is the name, with no bracket.
    let mend = match errors.slips.nearest(key, SECTIONS.into_iter().chain(ONCE)) {
        Some(near) if near == key => format!("écrivez `[{key}]`, une seule fois"),
        Some(near) => format!("vouliez-vous `{near}` ?"),
        None => format!("sections connues : {}", SECTIONS.join(", ")),
    };
    errors.add(
        Mistake::UnknownSection,
        at,
        format!("la section `{key}` n'existe pas"),
        Some(mend),
    );
}

fn section<'t>(
    key: &str,
    at: At,
    items: Vec<Node<'t>>,
    layer: usize,
    added: &mut Sections<'t>,
    errors: &mut Errors,
) {
    let Some(section) = SECTIONS.into_iter().find(|section| *section == key) else {
        return unknown_section(key, at, errors);
    };
    let entries = added.entry(section).or_default();
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
            _ => (Cow::Borrowed(""), item.at),
        };
        entries.push(Entry {
            id,
            id_at,
            table,
            at: item.at,
            layer,
            ended: None,
        });
    }
}
