//! Themes, scales, nomenclatures, look-up tables, named sets and dated values.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::error::{At, Document};
use super::super::layer::{self, Entry};
use super::super::tree::{Reader, Text, Tree};
use super::{Build, sourced};
use crate::fact::dictionary::{Nomenclature, day_number};
use crate::fact::possible::nearest;
use crate::fact::set::ValueSet;
use crate::rule::check::ValueType;
use crate::rule::condition::{SetId, ValueId};
use crate::vocabulary::{Cents, Code, Dated, is_word};

/// A look-up table read from its CSV: place in one nomenclature → place in another.
pub(super) struct Lookup {
    pub(super) from: Box<str>,
    pub(super) to: Box<str>,
    pub(super) table: Arc<BTreeMap<i64, i64>>,
}

/// Look-up tables by name.
pub(super) type Lookups = BTreeMap<Box<str>, Lookup>;

/// A CSV source, by columns.
struct Sheet {
    headers: Vec<String>,
    rows: Vec<csv::StringRecord>,
}

impl Sheet {
    fn column(&self, name: &str) -> Option<usize> {
        self.headers.iter().position(|header| header == name)
    }
}

impl Build<'_> {
    fn sheet(&mut self, entry: &Entry, name: &Text) -> Option<Sheet> {
        let Some(document) = self.layers.csv(entry.layer, &name.value) else {
            self.add(
                "P022",
                name.at,
                format!("la source `{}` n'est pas dans ce paquet", name.value),
                None,
            );
            return None;
        };
        match read(document, self.limits.csv_rows) {
            Ok(sheet) => Some(sheet),
            Err(message) => {
                self.add(
                    "P001",
                    name.at,
                    format!("`{}` est illisible : {message}", name.value),
                    None,
                );
                None
            }
        }
    }

    fn column(&mut self, sheet: &Sheet, name: &Text) -> Option<usize> {
        let column = sheet.column(&name.value);
        if column.is_none() {
            let mend = nearest(&name.value, sheet.headers.iter().map(String::as_str))
                .map(|near| format!("vouliez-vous `{near}` ?"));
            self.add(
                "P022",
                name.at,
                format!("le fichier n'a pas de colonne `{}`", name.value),
                mend,
            );
        }
        column
    }

    fn code(&mut self, text: &str, at: At) -> Option<Code> {
        let code = Code::parse(text);
        if code.is_err() {
            let message = format!("`{text}` ne peut pas être un code");
            let mend = "lettres, chiffres, `-` et `_`, et pas un mot du langage (none, and, or …)";
            self.add("P005", at, message, Some(mend.to_owned()));
        }
        code.ok()
    }

    /// Codes written as a list of tables `{ code, label }`.
    fn listed(&mut self, entry: &Entry, key: &'static str) -> Vec<(Code, Box<str>)> {
        let mut codes: Vec<(Code, Box<str>)> = Vec::new();
        let mut reader = Reader::new(&entry.table, entry.at, self.errors);
        let mut read = Vec::new();
        for (table, at) in reader.tables(key) {
            let mut inner = Reader::new(table, at, reader.errors);
            let code = inner.required_text("code");
            let label = inner.required_text("label");
            inner.finish();
            if let (Some(code), Some(label)) = (code, label) {
                read.push((code, label));
            }
        }
        for (code, label) in read {
            if let Some(parsed) = self.code(&code.value, code.at) {
                if codes.iter().any(|(known, _)| *known == parsed) {
                    self.add(
                        "P006",
                        code.at,
                        format!("le code `{parsed}` est donné deux fois"),
                        None,
                    );
                } else {
                    codes.push((parsed, label.value.as_str().into()));
                }
            }
        }
        codes
    }

    pub(super) fn vocabulary(&mut self) {
        for entry in self.entries("theme") {
            let mut reader = Reader::new(&entry.table, entry.at, self.errors);
            let id = reader.required_text("id");
            let label = reader.required_text("label");
            reader.text("replaces");
            reader.finish();
            if let (Some(id), Some(label)) = (id, label) {
                self.dictionary
                    .themes
                    .insert(id.value.as_str().into(), label.value.as_str().into());
            }
        }
        for entry in self.entries("scale") {
            let mut reader = Reader::new(&entry.table, entry.at, self.errors);
            let id = reader.required_text("id").map_or("", |id| &id.value);
            reader.text("replaces");
            reader.node("levels");
            reader.finish();
            let levels = self.listed(entry, "levels");
            if levels.is_empty() || levels.len() > 60 {
                self.add(
                    "P014",
                    entry.at,
                    "une échelle a de 1 à 60 niveaux".to_owned(),
                    None,
                );
            }
            self.scales
                .insert(id.into(), Arc::new(Nomenclature::new(id, false, levels)));
        }
        for entry in self.entries("nomenclature") {
            self.nomenclature(entry);
        }
    }

    fn nomenclature(&mut self, entry: &Entry) {
        let mut reader = Reader::new(&entry.table, entry.at, self.errors);
        let id = reader.required_text("id").map_or("", |id| &id.value);
        reader.text("replaces");
        let open = reader.flag("open").unwrap_or(false);
        let csv = reader.text("csv");
        let (code, label) = (reader.text("code"), reader.text("label"));
        reader.node("codes");
        reader.finish();
        let mut codes = self.listed(entry, "codes");
        if let (Some(csv), Some(code), Some(label)) = (csv, code, label)
            && let Some(sheet) = self.sheet(entry, csv)
            && let (Some(code), Some(label)) =
                (self.column(&sheet, code), self.column(&sheet, label))
        {
            let mut seen = std::collections::BTreeSet::new();
            for row in &sheet.rows {
                let text = row.get(code).unwrap_or("");
                // One row a commune may repeat the code of its district: once is enough.
                if text.is_empty() || !seen.insert(text.to_owned()) {
                    continue;
                }
                if let Some(parsed) = self.code(text, csv.at) {
                    codes.push((parsed, row.get(label).unwrap_or(text).into()));
                }
            }
        }
        // Bodies and schemes are codes of the pack itself.
        let own: &[&'static str] = match id {
            "partner" => &["partner", "role"],
            "scheme" | "aid" => &["scheme"],
            _ => &[],
        };
        for section in own {
            for entry in self.entries(section) {
                let known = codes.iter().any(|(code, _)| code.as_str() == entry.id);
                if let (false, Ok(code)) = (known, Code::parse(&entry.id)) {
                    let label = ["title", "label"].into_iter().find_map(|key| {
                        match entry.table.get(key).map(|node| &node.tree) {
                            Some(Tree::Text(text)) => Some(text.value.as_str()),
                            _ => None,
                        }
                    });
                    codes.push((code, label.unwrap_or(&entry.id).into()));
                }
            }
        }
        if codes.is_empty() && !open {
            self.add(
                "P014",
                entry.at,
                format!("la nomenclature `{id}` n'a aucun code"),
                None,
            );
        }
        self.nomenclatures
            .insert(id.into(), Arc::new(Nomenclature::new(id, open, codes)));
    }

    pub(super) fn lookups(&mut self) -> Lookups {
        let mut lookups = Lookups::new();
        for entry in self.entries("lookup") {
            let mut reader = Reader::new(&entry.table, entry.at, self.errors);
            let id = reader.required_text("id").map_or("", |id| &id.value);
            reader.text("replaces");
            let csv = reader.text("csv");
            let (key, value) = (reader.text("key"), reader.text("value"));
            let from_text = reader.required_text("key_nomenclature");
            let to_text = reader.required_text("value_nomenclature");
            reader.finish();
            let mut table = BTreeMap::new();
            let nomenclatures = (
                from_text.and_then(|from| self.known_codes(from)),
                to_text.and_then(|to| self.known_codes(to)),
            );
            if let (Some(csv), Some(key), Some(value), (Some(from), Some(to))) =
                (csv, key, value, nomenclatures)
                && let Some(sheet) = self.sheet(entry, csv)
                && let (Some(key), Some(value)) =
                    (self.column(&sheet, key), self.column(&sheet, value))
            {
                for row in &sheet.rows {
                    let places = (
                        from.place(row.get(key).unwrap_or("")),
                        to.place(row.get(value).unwrap_or("")),
                    );
                    if let (Some(key), Some(value)) = places {
                        table.insert(key, value);
                    }
                }
            }
            let named = |text: Option<&Text>| text.map_or("", |text| &text.value).into();
            let (from, to) = (named(from_text), named(to_text));
            lookups.insert(
                id.into(),
                Lookup {
                    from,
                    to,
                    table: Arc::new(table),
                },
            );
        }
        lookups
    }

    pub(super) fn known_codes(&mut self, name: &Text) -> Option<Arc<Nomenclature>> {
        let found = self.nomenclatures.get(name.value.as_str()).cloned();
        if found.is_none() {
            let mend = nearest(&name.value, self.nomenclatures.keys().map(|id| &**id))
                .map(|near| format!("vouliez-vous `{near}` ?"));
            self.add(
                "P022",
                name.at,
                format!("la nomenclature `{}` n'existe pas", name.value),
                mend,
            );
        }
        found
    }

    pub(super) fn sets(&mut self) {
        for entry in self.entries("set") {
            let mut reader = Reader::new(&entry.table, entry.at, self.errors);
            let id = reader.required_text("id");
            reader.text("replaces");
            let nomenclature = reader.required_text("nomenclature");
            let listed = reader.texts("codes");
            let csv = reader.text("csv");
            let filter = reader.table("where");
            let code_column = reader.text("code");
            let period = layer::period(&mut reader, entry.ended);
            reader.finish();
            let (Some(id), Some(nomenclature)) = (id, nomenclature) else {
                continue;
            };
            self.word(id);
            let Some(codes) = self.known_codes(nomenclature) else {
                continue;
            };
            let mut places = Vec::new();
            for text in listed {
                if let Some(place) = codes.place(&text.value) {
                    places.push(place);
                } else {
                    let mend = nearest(&text.value, codes.codes().map(Code::as_str))
                        .map(|near| format!("vouliez-vous `{near}` ?"));
                    let message = format!(
                        "`{}` n'est pas dans la nomenclature `{}`",
                        text.value, codes.id
                    );
                    self.add("P013", text.at, message, mend);
                }
            }
            if let Some(csv) = csv
                && let Some(sheet) = self.sheet(entry, csv)
            {
                let mut tests = Vec::new();
                for (key, at, node) in filter.map_or(&[][..], |(table, _)| &table.entries) {
                    let (Some(column), Tree::Text(wanted)) = (sheet.column(key), &node.tree) else {
                        self.add("P022", *at, format!("le fichier n'a pas de colonne `{key}`, ou sa valeur n'est pas un texte"), None);
                        continue;
                    };
                    tests.push((column, wanted.value.clone()));
                }
                let column = match code_column {
                    Some(name) => self.column(&sheet, name),
                    None => Some(0),
                };
                for row in &sheet.rows {
                    let passes = tests
                        .iter()
                        .all(|(column, wanted)| row.get(*column) == Some(wanted.as_str()));
                    if let (true, Some(place)) = (
                        passes,
                        column
                            .and_then(|column| row.get(column))
                            .and_then(|code| codes.place(code)),
                    ) {
                        places.push(place);
                    }
                }
            }
            let next = self.tables.sets.len();
            let named = self.names.sets.entry(id.value.as_str().into());
            let (place, known) = named.or_insert_with(|| (SetId(next), codes.id.clone()));
            let (place, mixed) = (*place, *known != codes.id);
            if mixed {
                let message = format!(
                    "`{}` contient des codes d'une autre nomenclature à d'autres dates",
                    id.value
                );
                self.add(
                    "P012",
                    nomenclature.at,
                    message,
                    Some("donnez un autre nom à cet ensemble".to_owned()),
                );
            }
            if place.0 == next {
                self.tables.sets.push(Dated::default());
            }
            if let Some(set) = self.tables.sets.get_mut(place.0) {
                set.versions.push((period, ValueSet::from_points(places)));
            }
        }
    }

    pub(super) fn word(&mut self, id: &Text) {
        if !is_word(&id.value) {
            let mend = "minuscules, chiffres et `_`, sans point ni tiret, et pas un mot du langage";
            self.add(
                "P005",
                id.at,
                format!("`{}` ne peut pas être un nom", id.value),
                Some(mend.to_owned()),
            );
        }
    }

    pub(super) fn values(&mut self) -> Vec<ValueType> {
        let mut types = Vec::new();
        for entry in self.entries("value") {
            let mut reader = Reader::new(&entry.table, entry.at, self.errors);
            let id = reader.required_text("id");
            let kind = reader.required_text("type");
            reader.text("title");
            reader.text("replaces");
            let periods = reader.tables("periods");
            let mut versions = Vec::new();
            for (table, at) in periods {
                let mut inner = Reader::new(table, at, reader.errors);
                let period = layer::period(&mut inner, entry.ended);
                let node = inner.node("value");
                if node.is_none() {
                    inner.missing("value");
                }
                let _ = sourced(&mut inner);
                inner.finish();
                versions.extend(node.map(|node| (period, node)));
            }
            reader.finish();
            let (Some(id), Some(kind)) = (id, kind) else {
                continue;
            };
            self.word(id);
            let value_type = match kind.value.as_str() {
                "money" => ValueType::Money,
                "integer" => ValueType::Integer,
                "date" => ValueType::Date,
                _ => {
                    self.add(
                        "P012",
                        kind.at,
                        format!("`{}` n'est pas un type de valeur", kind.value),
                        Some("écrivez `money`, `integer` ou `date`".to_owned()),
                    );
                    continue;
                }
            };
            let mut dated: Dated<i64> = Dated::default();
            for (period, node) in versions {
                let value = match (value_type, &node.tree) {
                    (ValueType::Money, Tree::Text(text)) => {
                        text.value.parse::<Cents>().ok().map(Cents::get)
                    }
                    (ValueType::Integer, Tree::Integer(number)) => Some(*number),
                    (ValueType::Date, Tree::Date(date)) => Some(day_number(*date)),
                    _ => None,
                };
                let Some(value) = value else {
                    let mend = match value_type {
                        ValueType::Money => "écrivez un montant comme \"29.56 EUR\"",
                        ValueType::Integer => "écrivez un nombre entier",
                        ValueType::Date => "écrivez une date comme 2021-05-27",
                    };
                    self.add(
                        "P012",
                        node.at,
                        "cette valeur n'est pas du type annoncé".to_owned(),
                        Some(mend.to_owned()),
                    );
                    continue;
                };
                if dated.periods().any(|other| other.overlaps(period)) {
                    self.add(
                        "P007",
                        node.at,
                        format!("`{}` a deux valeurs le même jour", id.value),
                        None,
                    );
                }
                dated.versions.push((period, value));
            }
            let place = ValueId(self.tables.values.len());
            self.names
                .values
                .insert(id.value.as_str().into(), (place, value_type));
            self.tables.values.push(dated);
            types.push(value_type);
        }
        types
    }
}

fn read(document: &Document, max_rows: usize) -> Result<Sheet, String> {
    let mut reader = csv::ReaderBuilder::new().from_reader(document.text.as_bytes());
    let headers = reader.headers().map_err(|error| error.to_string())?;
    let headers = headers.iter().map(str::to_owned).collect();
    let mut rows = Vec::new();
    for row in reader.records() {
        if rows.len() >= max_rows {
            return Err(format!("plus de {max_rows} lignes"));
        }
        rows.push(row.map_err(|error| error.to_string())?);
    }
    Ok(Sheet { headers, rows })
}
