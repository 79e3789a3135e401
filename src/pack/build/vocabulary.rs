//! Themes, scales, nomenclatures, look-up tables, named sets and dated values.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::layer::{self, Entry};
use super::super::place::At;
use super::super::tree::{Reader, Table, Text, Tree};
use super::sheet::{Row, Sheet};
use super::{Build, sourced};
use crate::fact::dictionary::{Nomenclature, Theme, day_number};
use crate::fact::set::ValueSet;
use crate::rule::check::ValueType;
use crate::rule::condition::{SetId, ValueId};
use crate::vocabulary::{Cents, Code, Dated, MAX_LENGTH, Mistake, Tells, is_word};

/// All names of a body, the first one first: a code has one label on all days.
fn names(partner: &Table<'_>) -> Option<String> {
    let Tree::List(names) = &partner.get("names")?.tree else {
        return None;
    };
    let names = names.iter().filter_map(|node| {
        let Tree::Table(name) = &node.tree else {
            return None;
        };
        let from = match name.get("from").map(|from| &from.tree) {
            Some(Tree::Date(from)) => Some(*from),
            _ => None,
        };
        match &name.get("name")?.tree {
            Tree::Text(text) => Some((from, text.value.as_ref())),
            _ => None,
        }
    });
    let mut names: Vec<(_, &str)> = names.collect();
    names.sort_by_key(|(from, _)| *from);
    let mut names = names.into_iter().map(|(_, name)| name);
    let first = names.next()?.to_owned();
    Some(names.fold(first, |all, name| format!("{all} (puis {name})")))
}

/// A look-up table read from its CSV: place in one nomenclature → place in another.
pub(super) struct Lookup {
    pub(super) from: Box<str>,
    pub(super) to: Box<str>,
    pub(super) table: Arc<BTreeMap<i64, i64>>,
}

/// Look-up tables by name.
pub(super) type Lookups = BTreeMap<Box<str>, Lookup>;

/// Codes as they are listed.
struct Listed {
    codes: Vec<(Code, Box<str>)>,
    /// Words of the easy version.
    easy: BTreeMap<Code, Box<str>>,
    /// What some of them tell of somebody.
    sensitive: BTreeMap<Code, u8>,
    /// What some of them tell of the home.
    tells: BTreeMap<Code, Tells>,
}

impl Build<'_> {
    /// What an entry tells of the home, by itself or by its theme.
    pub(super) fn tells(&mut self, texts: &[&Text<'_>], theme: Option<&Text<'_>>) -> Tells {
        let theme = theme.and_then(|theme| self.dictionary.themes.get(theme.value.as_ref()));
        let mut all = theme.map(|theme| theme.tells).unwrap_or_default();
        for text in texts {
            if let Some(tells) = Tells::parse(&text.value) {
                all = all.and(tells);
                continue;
            }
            let mend = self.errors.slips.likeliest(&text.value, Tells::names());
            let message = format!("`{}` n'est ni `place` ni `household`", text.value);
            self.add(Mistake::UnknownCode, text.at, message, mend);
        }
        all
    }

    fn code(&mut self, text: &str, at: At) -> Option<Code> {
        let code = Code::parse(text);
        if code.is_err() {
            let message = format!("`{text}` ne peut pas être un code");
            let mend = "lettres, chiffres, `-` et `_`, et pas un mot du langage (none, and, or …)";
            self.add(Mistake::BadCode, at, message, Some(mend.to_owned()));
        }
        code.ok()
    }

    /// Codes written as a list of tables `{ code, label, easy, sensitivity, tells }`.
    fn listed(&mut self, entry: &Entry<'_>, key: &'static str) -> Listed {
        let mut codes: Vec<(Code, Box<str>)> = Vec::new();
        let mut in_easy_words = BTreeMap::new();
        let mut sensitive = BTreeMap::new();
        let mut of_home = BTreeMap::new();
        let mut known = BTreeSet::new();
        let mut reader = Reader::new(&entry.table, entry.at, self.errors);
        let mut read = Vec::new();
        for (table, at) in reader.tables(key) {
            let mut inner = Reader::new(table, at, reader.errors);
            let code = inner.required_text("code");
            let label = inner.required_text("label");
            let easy = inner.text("easy");
            let of_codes = key == "codes";
            let told = of_codes.then(|| inner.integer("sensitivity")).flatten();
            let tells = if of_codes {
                inner.texts("tells")
            } else {
                Vec::new()
            };
            inner.finish();
            if let (Some(code), Some(label)) = (code, label) {
                let at = table.at("sensitivity").unwrap_or(at);
                read.push((code, label, easy, told.map(|told| (at, told)), tells));
            }
        }
        for (code, label, easy, told, tells) in read {
            let tells = self.tells(&tells, None);
            let told = told.and_then(|(at, told)| self.sensitivity_at(at, told));
            if let Some(parsed) = self.code(&code.value, code.at) {
                if known.insert(&*code.value) {
                    let easy = easy.map(|text| (parsed.clone(), text.value.as_ref().into()));
                    in_easy_words.extend(easy);
                    sensitive.extend(told.map(|told| (parsed.clone(), told)));
                    if tells.home() {
                        of_home.insert(parsed.clone(), tells);
                    }
                    codes.push((parsed, label.value.as_ref().into()));
                } else {
                    let message = format!("le code `{parsed}` est donné deux fois");
                    self.add(Mistake::Twice, code.at, message, None);
                }
            }
        }
        Listed {
            codes,
            easy: in_easy_words,
            sensitive,
            tells: of_home,
        }
    }

    pub(super) fn vocabulary(&mut self) {
        for entry in self.entries("theme") {
            let mut reader = Reader::new(&entry.table, entry.at, self.errors);
            let id = reader.required_text("id");
            let label = reader.required_text("label");
            let tells = reader.texts("tells");
            reader.text("replaces");
            reader.finish();
            let tells = self.tells(&tells, None);
            if let (Some(id), Some(label)) = (id, label) {
                let label = label.value.as_ref().into();
                let theme = Theme { label, tells };
                self.dictionary
                    .themes
                    .insert(id.value.as_ref().into(), theme);
            }
        }
        for entry in self.entries("scale") {
            let mut reader = Reader::new(&entry.table, entry.at, self.errors);
            let id = reader.required_text("id");
            reader.text("replaces");
            reader.node("levels");
            reader.finish();
            let Some(id) = self.id(id) else { continue };
            let Listed {
                codes: levels,
                easy,
                ..
            } = self.listed(entry, "levels");
            if levels.is_empty() || levels.len() > 60 {
                self.add(
                    Mistake::OutOfBounds,
                    entry.at,
                    "une échelle a de 1 à 60 niveaux".to_owned(),
                    None,
                );
            }
            let scale = Nomenclature::new(id, false, levels).with_easy(easy);
            self.scales.insert(id.into(), Arc::new(scale));
        }
        for entry in self.entries("nomenclature") {
            self.nomenclature(entry);
        }
    }

    fn nomenclature(&mut self, entry: &Entry<'_>) {
        let mut reader = Reader::new(&entry.table, entry.at, self.errors);
        let id = reader.required_text("id");
        reader.text("replaces");
        let open = reader.flag("open").unwrap_or(false);
        let csv = reader.text("csv");
        let (code, label) = (reader.text("code"), reader.text("label"));
        reader.node("codes");
        for (key, given) in [("code", code.is_some()), ("label", label.is_some())] {
            if csv.is_some() && !given {
                reader.missing(key);
            }
        }
        reader.finish();
        let Some(id) = self.id(id) else { return };
        let before = self.errors.count();
        let listed = self.listed(entry, "codes");
        let (mut codes, mut in_easy_words) = (listed.codes, listed.easy);
        let mut sensitive = listed.sensitive;
        if let (Some(csv), Some(code), Some(label)) = (csv, code, label)
            && let Some(sheet) = self.sheet(entry, csv)
            && let (Some(code), Some(label)) = (
                self.column(&sheet, &code.value, code.at),
                self.column(&sheet, &label.value, label.at),
            )
        {
            self.codes_of(&sheet, code, label, &mut codes);
        }
        // Bodies and schemes are codes of the pack itself.
        let own: &[&'static str] = match id {
            "partner" => &["partner", "role"],
            "scheme" | "aid" => &["scheme"],
            _ => &[],
        };
        let mut known: BTreeSet<Code> = BTreeSet::new();
        if !own.is_empty() {
            known.extend(codes.iter().map(|(code, _)| code.clone()));
        }
        for section in own {
            for entry in self.entries(section) {
                let Ok(code) = Code::parse(&entry.id) else {
                    continue;
                };
                // A body is named by whatever it says: its name is no more hidden than that. Of a
                // scheme that is said several times the most telling counts.
                if *section == "scheme"
                    && let Some(Tree::Integer(told)) =
                        entry.table.get("sensitivity").map(|node| &node.tree)
                {
                    let known = sensitive.entry(code.clone()).or_default();
                    *known = u8::try_from(*told).map_or(*known, |told| told.max(*known));
                }
                if known.insert(code.clone()) {
                    let text = |key| match entry.table.get(key).map(|node| &node.tree) {
                        Some(Tree::Text(text)) => Some(text.value.as_ref()),
                        _ => None,
                    };
                    let label = ["title", "label"].into_iter().find_map(text);
                    let label = label.map(str::to_owned).or_else(|| names(&entry.table));
                    let easy = text("easy").map(|easy| (code.clone(), easy.into()));
                    in_easy_words.extend(easy);
                    codes.push((code, label.unwrap_or_else(|| entry.id.to_string()).into()));
                }
            }
        }
        // What could not be read is told where it stands.
        if codes.is_empty() && !open && self.errors.count() == before {
            self.add(
                Mistake::NoCode,
                entry.at,
                format!("la nomenclature `{id}` n'a aucun code"),
                None,
            );
        }
        let codes = Nomenclature::new(id, open, codes).with_easy(in_easy_words);
        let codes = codes.telling(&sensitive).telling_home(&listed.tells);
        self.nomenclatures.insert(id.into(), Arc::new(codes));
    }

    /// One row a commune may repeat the code of its district, under one label.
    fn codes_of(
        &mut self,
        sheet: &Sheet,
        code: usize,
        label: usize,
        codes: &mut Vec<(Code, Box<str>)>,
    ) {
        let mut known: BTreeMap<&str, &str> = BTreeMap::new();
        for row in sheet.rows() {
            let (text, label) = (row.cell(code), row.cell(label));
            if text.is_empty() {
                if !label.is_empty() {
                    let message = format!("il manque le code de « {label} »");
                    self.add(Mistake::SheetRow, row.at, message, None);
                }
                continue;
            }
            match known.insert(text, label) {
                None => {
                    if let Some(parsed) = self.code(text, row.at) {
                        codes.push((parsed, label.into()));
                    }
                }
                Some(before) if before != label => {
                    let message =
                        format!("le code `{text}` a deux libellés : « {before} » et « {label} »");
                    self.add(Mistake::SheetConflict, row.at, message, None);
                }
                Some(_) => {}
            }
        }
    }

    pub(super) fn lookups(&mut self) -> Lookups {
        let mut lookups = Lookups::new();
        for entry in self.entries("lookup") {
            let mut reader = Reader::new(&entry.table, entry.at, self.errors);
            let id = reader.required_text("id").map_or("", |id| &id.value);
            reader.text("replaces");
            let csv = reader.text("csv");
            let key = reader.text("key");
            let value = reader.text("value");
            for (name, given) in [("key", key.is_some()), ("value", value.is_some())] {
                if csv.is_some() && !given {
                    reader.missing(name);
                }
            }
            let from_text = reader.required_text("key_nomenclature");
            let to_text = reader.required_text("value_nomenclature");
            reader.finish();
            let mut answers: Vec<(i64, i64, At)> = Vec::new();
            let nomenclatures = (
                from_text.and_then(|from| self.known_codes(from)),
                to_text.and_then(|to| self.known_codes(to)),
            );
            if let (Some(csv), Some(key), Some(value), (Some(from), Some(to))) =
                (csv, key, value, nomenclatures)
                && let Some(sheet) = self.sheet(entry, csv)
                && let (Some(key), Some(value)) = (
                    self.column(&sheet, &key.value, key.at),
                    self.column(&sheet, &value.value, value.at),
                )
            {
                let (mut next, mut last): (i64, i64) = (0, 0);
                for row in sheet.rows() {
                    // An empty cell knows no answer.
                    if row.cell(key).is_empty() || row.cell(value).is_empty() {
                        continue;
                    }
                    let places = (
                        self.place_near(&from, row.cell(key), next, row.at),
                        self.place_near(&to, row.cell(value), last, row.at),
                    );
                    let (Some(place), Some(answer)) = places else {
                        continue;
                    };
                    (next, last) = (place.saturating_add(1), answer);
                    answers.push((place, answer, row.at));
                }
                answers.sort_by_key(|(place, ..)| *place);
                for ((place, answer, _), (next, other, at)) in
                    answers.iter().zip(answers.iter().skip(1))
                {
                    if place == next && answer != other {
                        let code = from.code(*place).map_or("", Code::as_str);
                        let message = format!("`{code}` a deux réponses");
                        self.add(Mistake::SheetConflict, *at, message, None);
                    }
                }
            }
            let table = answers
                .into_iter()
                .map(|(place, answer, _)| (place, answer));
            let named = |text: Option<&Text<'_>>| text.map_or("", |text| &text.value).into();
            let (from, to) = (named(from_text), named(to_text));
            lookups.insert(
                id.into(),
                Lookup {
                    from,
                    to,
                    table: Arc::new(table.collect()),
                },
            );
        }
        lookups
    }

    /// The place of a code in its nomenclature.
    fn place(&mut self, codes: &Nomenclature, text: &str, at: At) -> Option<i64> {
        self.place_near(codes, text, 0, at)
    }

    /// The same, for a code that likely stands at a place.
    fn place_near(&mut self, codes: &Nomenclature, text: &str, near: i64, at: At) -> Option<i64> {
        let place = codes.place_near(text, near);
        if place.is_none() {
            let mend = self.errors.slips.likeliest_code(text, codes);
            let message = format!("`{text}` n'est pas dans la nomenclature `{}`", codes.id);
            self.add(Mistake::UnknownCode, at, message, mend);
        }
        place
    }

    pub(super) fn known_codes(&mut self, name: &Text<'_>) -> Option<Arc<Nomenclature>> {
        let found = self.nomenclatures.get(name.value.as_ref()).cloned();
        if found.is_none() {
            let mend = self
                .errors
                .slips
                .likeliest(&name.value, self.nomenclatures.keys().map(|id| &**id));
            self.add(
                Mistake::UnknownNomenclature,
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
                places.extend(self.place(&codes, &text.value, text.at));
            }
            if let Some(csv) = csv
                && let Some(sheet) = self.sheet(entry, csv)
            {
                let mut tests = Vec::new();
                for (key, at, node) in filter.map_or(&[][..], |(table, _)| &table.entries) {
                    let Some(column) = self.column(&sheet, key, *at) else {
                        continue;
                    };
                    if let Tree::Text(wanted) = &node.tree {
                        tests.push((column, wanted.value.clone()));
                    } else {
                        let message = format!("`{key}` attend un texte");
                        self.add(Mistake::WrongForm, node.at, message, None);
                    }
                }
                let column = match code_column {
                    Some(name) => self.column(&sheet, &name.value, name.at),
                    None => Some(0),
                };
                let passes = |row: &Row<'_>| {
                    tests
                        .iter()
                        .all(|(column, wanted)| row.cell(*column) == wanted)
                };
                for (near, row) in (0..).zip(sheet.rows()).filter(|(_, row)| passes(row)) {
                    if let Some(column) = column {
                        places.extend(self.place_near(&codes, row.cell(column), near, row.at));
                    }
                }
            }
            let next = self.tables.sets.len();
            let named = self.names.sets.entry(id.value.as_ref().into());
            let (place, known) = named.or_insert_with(|| (SetId(next), codes.id.clone()));
            let (place, mixed) = (*place, *known != codes.id);
            if mixed {
                let message = format!(
                    "`{}` contient des codes d'une autre nomenclature à d'autres dates",
                    id.value
                );
                self.add(
                    Mistake::MixedSet,
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

    /// The identifier of a list of codes, empty where it is missing. Every mistake about
    /// a code repeats it: one without end would fill the memory.
    fn id<'t>(&mut self, id: Option<&'t Text<'t>>) -> Option<&'t str> {
        let Some(id) = id else { return Some("") };
        if id.value.len() <= MAX_LENGTH {
            return Some(&id.value);
        }
        let message = format!("cet identifiant dépasse {MAX_LENGTH} caractères");
        let mend = "écrivez un nom court".to_owned();
        self.add(Mistake::BadName, id.at, message, Some(mend));
        None
    }

    pub(super) fn word(&mut self, id: &Text<'_>) {
        if !is_word(&id.value) {
            let mend = "minuscules, chiffres et `_`, sans point ni tiret, et pas un mot du langage";
            self.add(
                Mistake::BadName,
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
            let value_type = match kind.value.as_ref() {
                "money" => ValueType::Money,
                "integer" => ValueType::Integer,
                "date" => ValueType::Date,
                _ => {
                    self.add(
                        Mistake::UnknownType,
                        kind.at,
                        format!("`{}` n'est pas un type de valeur", kind.value),
                        Some("écrivez `money`, `integer` ou `date`".to_owned()),
                    );
                    continue;
                }
            };
            let mut dated: Dated<i64> = Dated::default();
            if versions.len() > self.limits.versions {
                let message = format!("`{}` a plus de {} périodes", id.value, self.limits.versions);
                self.add(Mistake::TooLarge, id.at, message, None);
                versions.truncate(self.limits.versions);
            }
            for (period, node) in versions {
                let value = match (value_type, &node.tree) {
                    (ValueType::Money, Tree::Text(text)) => {
                        text.value.parse::<Cents>().ok().map(Cents::get)
                    }
                    (ValueType::Integer, Tree::Integer(number)) => Some(*number),
                    (ValueType::Date, Tree::Date(date)) => Some(day_number(*date)),
                    _ => None,
                };
                let value = value.unwrap_or_else(|| {
                    let mend = match value_type {
                        ValueType::Money => "écrivez un montant comme \"29.56 EUR\"",
                        ValueType::Integer => "écrivez un nombre entier",
                        ValueType::Date => "écrivez une date comme 2021-05-27",
                    };
                    self.add(
                        Mistake::ValueForm,
                        node.at,
                        "cette valeur n'est pas du type annoncé".to_owned(),
                        Some(mend.to_owned()),
                    );
                    // Any value will do: its period is known, and nothing is built.
                    0
                });
                if dated.periods().any(|other| other.overlaps(period)) {
                    self.add(
                        Mistake::SameDay,
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
                .insert(id.value.as_ref().into(), (place, value_type));
            self.tables.values.push(dated);
            types.push(value_type);
        }
        types
    }
}
