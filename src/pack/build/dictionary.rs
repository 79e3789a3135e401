//! Facts: types first, then what they derive from and when they are asked.

use std::sync::Arc;

use super::super::layer::Entry;
use super::super::tree::{Node, Reader, Table, Text, Tree};
use super::Build;
use super::derivation::elapsed;
use super::vocabulary::Lookups;
use crate::calendar::{Span, Unit};
use crate::fact::dictionary::{
    Dictionary, Fact, FactId, Field, Freshness, Kind, LARGEST, ListKind, Presumption,
};
use crate::vocabulary::{At, Cents, FactName, Mistake, Protected, RoleId};

const MONEY_LIMIT: i64 = 100_000_000_000;
const TYPES: [&str; 8] = [
    "flag", "integer", "money", "date", "level", "code", "codes", "records",
];

fn duration(text: &str) -> Option<Span> {
    let (count, unit) = text.split_once(' ')?;
    let unit = match unit.trim() {
        "day" | "days" => Unit::Days,
        "week" | "weeks" => Unit::Weeks,
        "month" | "months" => Unit::Months,
        "year" | "years" => Unit::Years,
        _ => return None,
    };
    Some(Span {
        count: count.parse().ok()?,
        unit,
    })
}

impl Build<'_> {
    fn kind(&mut self, table: &Table<'_>, kind: &Text<'_>, in_row: bool) -> Option<Kind> {
        let mut reader = Reader::new(table, kind.at, self.errors);
        let unit = reader.text("unit").map(|text| text.value.as_ref().into());
        let min = reader.node("min");
        let max = reader.node("max");
        let scale = reader.text("scale");
        let nomenclature = reader.text("nomenclature");
        let list = reader.text("list");
        let fields = reader.tables("fields");
        let kind = match kind.value.as_ref() {
            "flag" => Kind::Flag,
            "date" => Kind::Date,
            "integer" => Kind::Integer {
                unit,
                min: self.bound(min, -1_000_000, false),
                max: self.bound(max, 1_000_000, false),
            },
            "money" => Kind::Money {
                min: self.bound(min, -MONEY_LIMIT, true),
                max: self.bound(max, MONEY_LIMIT, true),
            },
            "level" => Kind::Level(self.known_scale(kind, scale)?),
            "code" => Kind::Code(self.known(kind, nomenclature)?),
            "codes" if !in_row => Kind::Codes(self.known(kind, nomenclature)?),
            "records" if !in_row => {
                let list = match list.map(|text| text.value.as_ref()) {
                    Some("whole") => ListKind::Whole,
                    Some("additive") => ListKind::Additive,
                    _ => {
                        self.add(
                            Mistake::TypeNeeds,
                            kind.at,
                            "une liste est `list = \"whole\"` ou `list = \"additive\"`".to_owned(),
                            None,
                        );
                        return None;
                    }
                };
                let fields = self.fields(&fields);
                Kind::Records { list, fields }
            }
            other => {
                let mend = self.errors.slips.likeliest(other, TYPES);
                self.add(
                    Mistake::UnknownType,
                    kind.at,
                    format!("`{other}` n'est pas un type possible ici"),
                    mend,
                );
                return None;
            }
        };
        // A list without codes is told where it stands.
        if let Some(node) = min.or(max).filter(|_| kind.domain().is_empty()) {
            let message = "`min` dépasse `max`".to_owned();
            self.add(Mistake::EmptyInterval, node.at, message, None);
        }
        Some(kind)
    }

    /// `min` or `max`: a whole number, or an amount for money.
    fn bound(&mut self, node: Option<&Node<'_>>, default: i64, money: bool) -> i64 {
        let Some(node) = node else { return default };
        let found = match (&node.tree, money) {
            (Tree::Integer(number), false) => Some(*number),
            (Tree::Text(text), true) => text.value.parse::<Cents>().ok().map(Cents::get),
            _ => None,
        };
        let within = |value: &i64| (LARGEST.saturating_neg()..=LARGEST).contains(value);
        if let Some(bound) = found.filter(within) {
            return bound;
        }
        let (message, mend) = if money {
            (
                "une borne de montant est un montant",
                "écrivez par exemple \"0 EUR\"",
            )
        } else {
            (
                "une borne est un nombre entier, de quinze chiffres au plus",
                "écrivez par exemple `min = 0`",
            )
        };
        self.add(
            Mistake::OutOfBounds,
            node.at,
            message.to_owned(),
            Some(mend.to_owned()),
        );
        default
    }

    fn known_scale(
        &mut self,
        kind: &Text<'_>,
        scale: Option<&Text<'_>>,
    ) -> Option<Arc<crate::fact::dictionary::Nomenclature>> {
        let Some(scale) = scale else {
            self.add(
                Mistake::TypeNeeds,
                kind.at,
                "un niveau demande son échelle : `scale = …`".to_owned(),
                None,
            );
            return None;
        };
        let found = self.scales.get(scale.value.as_ref()).cloned();
        if found.is_none() {
            let mend = self
                .errors
                .slips
                .likeliest(&scale.value, self.scales.keys().map(|id| &**id));
            self.add(
                Mistake::UnknownNomenclature,
                scale.at,
                format!("l'échelle `{}` n'existe pas", scale.value),
                mend,
            );
        }
        found
    }

    fn known(
        &mut self,
        kind: &Text<'_>,
        nomenclature: Option<&Text<'_>>,
    ) -> Option<Arc<crate::fact::dictionary::Nomenclature>> {
        let Some(nomenclature) = nomenclature else {
            self.add(
                Mistake::TypeNeeds,
                kind.at,
                "un code demande sa nomenclature : `nomenclature = …`".to_owned(),
                None,
            );
            return None;
        };
        self.known_codes(nomenclature)
    }

    fn fields(&mut self, tables: &[(&Table<'_>, super::At)]) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        for (table, at) in tables {
            let mut reader = Reader::new(table, *at, self.errors);
            let name = reader.required_text("name");
            let label = reader
                .required_text("label")
                .map_or("", |label| &label.value);
            let kind = reader.required_text("type");
            let optional = reader.flag("optional").unwrap_or(false);
            let derive = reader.table("derive");
            for key in [
                "unit",
                "min",
                "max",
                "scale",
                "nomenclature",
                "list",
                "fields",
            ] {
                reader.node(key);
            }
            reader.finish();
            let (Some(name), Some(kind_text)) = (name, kind) else {
                continue;
            };
            let Ok(parsed) = FactName::parse(&name.value) else {
                self.add(
                    Mistake::BadName,
                    name.at,
                    format!("`{}` ne peut pas être un nom de champ", name.value),
                    None,
                );
                continue;
            };
            let Some(kind) = self.kind(table, kind_text, true) else {
                continue;
            };
            let derive = derive.and_then(|(table, at)| {
                let rule = table.entries.iter().find_map(|(key, _, node)| {
                    match (elapsed(key), &node.tree) {
                        (Some(elapsed), Tree::Text(from)) => {
                            let place = fields.iter().position(|field| {
                                field.name.as_str() == from.value
                                    && matches!(field.kind, Kind::Date)
                            });
                            place.map(|place| (elapsed, place))
                        }
                        _ => None,
                    }
                });
                if rule.is_none() {
                    self.add(
                        Mistake::Derivation,
                        at,
                        "un champ se calcule d'une date de la même ligne, donnée avant lui"
                            .to_owned(),
                        Some("par exemple `derive = { years_since = \"birth_date\" }`".to_owned()),
                    );
                }
                rule
            });
            if fields.iter().any(|field| field.name == parsed) {
                self.add(
                    Mistake::Twice,
                    name.at,
                    format!("le champ `{parsed}` est donné deux fois"),
                    None,
                );
            }
            fields.push(Field {
                name: parsed,
                label: label.into(),
                kind,
                optional,
                derive,
            });
        }
        fields
    }

    /// Facts with types and texts; what they build on comes once all names are known.
    pub(super) fn facts(&mut self, lookups: &Lookups) {
        let mut facts: Vec<Fact> = Vec::new();
        let mut entries = Vec::new();
        let mut named = std::collections::BTreeSet::new();
        for entry in self.entries("fact") {
            if let Some(fact) = self.fact(entry) {
                // A second one of the same name is told as such.
                if named.insert(entry.id.as_ref()) {
                    facts.push(fact);
                    entries.push(entry);
                }
            } else {
                self.names.broken.insert(entry.id.as_ref().into());
            }
        }
        let themes = std::mem::take(&mut self.dictionary.themes);
        self.dictionary = Dictionary::new(facts, themes);
        for (place, entry) in entries.into_iter().enumerate() {
            let derive = self.simple_derivation(FactId(place), entry, lookups);
            self.dictionary.fact_mut(FactId(place)).derive = derive;
        }
    }

    fn fact(&mut self, entry: &Entry<'_>) -> Option<Fact> {
        let mut reader = Reader::new(&entry.table, entry.at, self.errors);
        let name = reader.required_text("name");
        let kind = reader.required_text("type");
        let label = reader.required_text("label").map_or("", |text| &text.value);
        let easy = reader.text("easy");
        let question = reader.text("question");
        let theme = reader.text("theme");
        let attest: Vec<RoleId> = reader
            .texts("attest")
            .into_iter()
            .filter_map(|text| RoleId::parse(&text.value).ok())
            .collect();
        let fresh = reader.text("fresh");
        let attested_first = reader.flag("attested_first").unwrap_or(false);
        let sensitivity = reader.integer("sensitivity");
        let protected = reader.text("protected");
        let tells = reader.texts("tells");
        let words = reader.texts("words");
        let words = words
            .into_iter()
            .map(|text| text.value.to_lowercase().into());
        let words = words.collect();
        let changeable = reader.flag("changeable").unwrap_or(false);
        let optional = reader.flag("optional").unwrap_or(false);
        reader.flag("asked");
        let presume = reader.text("presume");
        let derived = reader.node("derive").is_some();
        for key in [
            "replaces",
            "only_if",
            "levels",
            "unit",
            "min",
            "max",
            "scale",
            "nomenclature",
            "list",
            "fields",
        ] {
            reader.node(key);
        }
        reader.finish();
        let (name, kind) = (name?, kind?);
        let Ok(parsed) = FactName::parse(&name.value) else {
            self.add(
                Mistake::BadName,
                name.at,
                format!("`{}` ne peut pas être un nom de fait", name.value),
                Some("minuscules, chiffres, `_`, et des points entre les mots".to_owned()),
            );
            return None;
        };
        let kind = self.kind(&entry.table, kind, false)?;
        let fresh = self.freshness(fresh);
        let sensitivity = self.sensitivity(entry, Some(sensitivity.unwrap_or(0)))?;
        if let Some(theme) = theme {
            self.known_theme(theme);
        }
        let protected = protected.and_then(|text| self.protected(text));
        let tells = self.tells(&tells, theme);
        let presume = presume.and_then(|text| self.presumption(text, &kind, sensitivity, optional));
        self.asked_or_derived(entry, &parsed, derived);
        Some(Fact {
            name: parsed,
            at: entry.id_at,
            kind,
            label: label.into(),
            easy: easy.map(|text| text.value.as_ref().into()),
            question: question.map(|text| text.value.as_ref().into()),
            theme: theme.map(|text| text.value.as_ref().into()),
            attest,
            fresh,
            attested_first,
            sensitivity,
            protected,
            tells,
            words,
            changeable,
            optional,
            only_if: None,
            presume,
            derive: None,
            levels: Vec::new(),
        })
    }

    /// How sensitive a fact, or the name of a scheme or a body, is said to be.
    pub(super) fn sensitivity(&mut self, entry: &Entry<'_>, given: Option<i64>) -> Option<u8> {
        let at = entry.table.at("sensitivity").unwrap_or(entry.at);
        self.sensitivity_at(at, given?)
    }

    pub(super) fn sensitivity_at(&mut self, at: At, given: i64) -> Option<u8> {
        let known = u8::try_from(given).ok().filter(|known| *known <= 3);
        if known.is_none() {
            let message = "la sensibilité va de 0 à 3".to_owned();
            self.add(Mistake::OutOfBounds, at, message, None);
        }
        known
    }

    fn protected(&mut self, text: &Text<'_>) -> Option<Protected> {
        let found = Protected::parse(&text.value);
        if found.is_none() {
            let mend = self.errors.slips.likeliest(&text.value, Protected::names());
            let message = format!("`{}` n'est pas un critère protégé", text.value);
            self.add(Mistake::UnknownCode, text.at, message, mend);
        }
        found
    }

    /// What is derived is neither presumed nor asked; all else has its question.
    fn asked_or_derived(&mut self, entry: &Entry<'_>, name: &FactName, derived: bool) {
        if derived {
            if let Some(presumption) = entry.table.get("presume") {
                let message = format!("`{name}` se calcule : rien ne s'en présume");
                self.add(
                    Mistake::NoPresumption,
                    presumption.at,
                    message,
                    Some("retirez `presume`".to_owned()),
                );
            }
            return;
        }
        let tree = |key| entry.table.get(key).map(|node| &node.tree);
        let unasked = matches!(tree("asked"), Some(Tree::Flag(false)));
        if !unasked && tree("question").is_none() {
            let message = format!("il manque la question à poser pour `{name}`");
            let mend = "ajoutez `question = …`, ou `asked = false` si le fait ne se demande pas";
            self.add(
                Mistake::NoQuestion,
                entry.at,
                message,
                Some(mend.to_owned()),
            );
        }
    }

    fn freshness(&mut self, fresh: Option<&Text<'_>>) -> Freshness {
        match fresh {
            None => Freshness::Always,
            Some(text) if text.value == "always" => Freshness::Always,
            Some(text) => {
                let mend = "écrivez par exemple \"12 months\" ou \"always\"";
                let span = self.duration(text, mend);
                span.map_or(Freshness::Always, Freshness::For)
            }
        }
    }

    /// A length of time, or what to write instead.
    pub(super) fn duration(&mut self, text: &Text<'_>, mend: &str) -> Option<Span> {
        let found = duration(&text.value);
        if found.is_none() {
            let message = format!("`{}` n'est pas une durée", text.value);
            let meant = crate::rule::deadline::in_french_units(&text.value);
            let mend = meant.map_or_else(
                || mend.to_owned(),
                |meant| format!("vouliez-vous `{meant}` ?"),
            );
            self.add(Mistake::WrongType, text.at, message, Some(mend));
        }
        // What is kept for no time at all is lost at once.
        if found.is_some_and(|span| span.count == 0) {
            let message = format!("`{}` ne dure rien", text.value);
            self.add(
                Mistake::OutOfBounds,
                text.at,
                message,
                Some(mend.to_owned()),
            );
            return None;
        }
        found
    }

    fn presumption(
        &mut self,
        text: &Text<'_>,
        kind: &Kind,
        sensitivity: u8,
        optional: bool,
    ) -> Option<Presumption> {
        if sensitivity >= 2 {
            self.add(
                Mistake::NoPresumption,
                text.at,
                "un fait sensible ne se présume pas".to_owned(),
                Some("retirez `presume`".to_owned()),
            );
            return None;
        }
        let found = match (text.value.as_ref(), kind) {
            ("closed", Kind::Records { .. }) => Some(Presumption::Closed),
            ("derived", Kind::Level(_)) => Some(Presumption::Derived),
            ("none", _) if optional => Some(Presumption::None),
            ("true", Kind::Flag) => Some(Presumption::Value(1)),
            ("false", Kind::Flag) => Some(Presumption::Value(0)),
            (code, Kind::Code(codes) | Kind::Level(codes)) => {
                codes.place(code).map(Presumption::Value)
            }
            _ => None,
        };
        if found.is_none() {
            self.add(
                Mistake::NoPresumption,
                text.at,
                format!("`{}` ne peut pas être présumé de ce fait", text.value),
                None,
            );
        }
        found
    }
}
