//! A pack as its text says it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::fact::dictionary::{Dictionary, day_number};
use crate::rule::syntax::{self, Bounds, Expr};
use crate::vocabulary::{Cents, Period};

/// A pack as its text says it: what is written, under which name, for which days.
pub(in crate::rule::laws) struct Reference<'d> {
    pub(super) dictionary: &'d Dictionary,
    pub(super) conditions: Vec<(String, Period, Expr)>,
    pub(super) sets: Vec<(String, Period, BTreeSet<String>)>,
    pub(super) values: Vec<(String, Period, i64)>,
    pub(super) facts: BTreeMap<String, Texts>,
    pub(super) schemes: Vec<(String, Period, Option<Expr>)>,
    pub(super) partners: BTreeMap<String, Option<Expr>>,
    pub(super) rules: Vec<Rule>,
    pub(super) tracks: Vec<(i64, Period, Option<Expr>)>,
    pub(super) holders: Vec<(Period, Option<Expr>)>,
}

/// The expressions of one fact.
pub(super) struct Texts {
    pub(super) only_if: Option<Expr>,
    pub(super) condition: Option<Expr>,
    pub(super) count: Option<(String, Option<Expr>)>,
    pub(super) levels: Vec<(String, Expr)>,
}

pub(super) struct Rule {
    pub(super) period: Period,
    pub(super) when: Expr,
    pub(super) unless: Option<Expr>,
    pub(super) scheme: String,
    pub(super) partner: String,
}

fn expression(text: &str) -> Expr {
    let bounds = Bounds {
        bytes: 100_000,
        depth: 1000,
    };
    syntax::parse(text, bounds).unwrap()
}

fn text(table: &toml::Table, key: &str) -> String {
    table[key].as_str().unwrap().to_owned()
}

fn optional_expression(table: &toml::Table, key: &str) -> Option<Expr> {
    table
        .get(key)
        .map(|value| expression(value.as_str().unwrap()))
}

fn date(value: &toml::Value) -> NaiveDate {
    value.as_datetime().unwrap().to_string().parse().unwrap()
}

fn period(table: &toml::Table) -> Period {
    Period {
        from: table.get("from").map(date),
        until: table.get("until").map(date),
    }
}

/// All `[[section]]` tables of all sources, in order.
fn section<'t>(sources: &'t [toml::Table], name: &str) -> Vec<&'t toml::Table> {
    sources
        .iter()
        .filter_map(|source| source.get(name))
        .flat_map(|entries| entries.as_array().unwrap())
        .map(|entry| entry.as_table().unwrap())
        .collect()
}

/// A list of tables under a key of an entry; none when the key is left out.
fn tables<'t>(entry: &'t toml::Table, key: &str) -> Vec<&'t toml::Table> {
    let items = entry
        .get(key)
        .map_or(&[][..], |items| items.as_array().unwrap());
    items.iter().map(|item| item.as_table().unwrap()).collect()
}

fn fact_texts(entry: &toml::Table) -> Texts {
    let derive = entry.get("derive").and_then(toml::Value::as_table);
    let count = derive.filter(|derive| derive.contains_key("count"));
    Texts {
        only_if: optional_expression(entry, "only_if"),
        condition: derive.and_then(|derive| optional_expression(derive, "condition")),
        count: count.map(|derive| (text(derive, "count"), optional_expression(derive, "where"))),
        levels: tables(entry, "levels")
            .into_iter()
            .map(|level| (text(level, "level"), expression(&text(level, "when"))))
            .collect(),
    }
}

fn dated_values(entry: &toml::Table) -> Vec<(String, Period, i64)> {
    tables(entry, "periods")
        .into_iter()
        .map(|dated| {
            let value = &dated["value"];
            let number = match entry["type"].as_str().unwrap() {
                "money" => value.as_str().unwrap().parse::<Cents>().unwrap().get(),
                "integer" => value.as_integer().unwrap(),
                _ => day_number(date(value)),
            };
            (text(entry, "id"), period(dated), number)
        })
        .collect()
}

impl<'d> Reference<'d> {
    /// Reads the TOML sources of a pack without parents that is known to be valid.
    pub(in crate::rule::laws) fn read(dictionary: &'d Dictionary, sources: &[&str]) -> Self {
        let sources: Vec<toml::Table> = sources
            .iter()
            .map(|source| source.parse().unwrap())
            .collect();
        let entries = |name| section(&sources, name).into_iter();
        Self {
            dictionary,
            conditions: entries("condition")
                .map(|e| (text(e, "id"), period(e), expression(&text(e, "when"))))
                .collect(),
            sets: entries("set")
                .map(|e| {
                    let codes = e["codes"].as_array().unwrap().iter();
                    let codes = codes.map(|code| code.as_str().unwrap().to_owned());
                    (text(e, "id"), period(e), codes.collect())
                })
                .collect(),
            values: entries("value").flat_map(dated_values).collect(),
            facts: entries("fact")
                .map(|e| (text(e, "name"), fact_texts(e)))
                .collect(),
            schemes: entries("scheme")
                .map(|e| (text(e, "id"), period(e), optional_expression(e, "eligible")))
                .collect(),
            partners: entries("partner")
                .map(|e| (text(e, "id"), optional_expression(e, "serves")))
                .collect(),
            rules: entries("rule")
                .map(|e| {
                    let propose = e["propose"].as_table().unwrap();
                    let unless = e.get("unless").map(|unless| match unless.as_table() {
                        Some(table) => expression(&text(table, "when")),
                        None => expression(unless.as_str().unwrap()),
                    });
                    Rule {
                        period: period(e),
                        when: expression(&text(e, "when")),
                        unless,
                        scheme: text(propose, "scheme"),
                        partner: text(propose, "partner"),
                    }
                })
                .collect(),
            tracks: entries("track")
                .map(|e| {
                    let order = e["order"].as_integer().unwrap();
                    (order, period(e), optional_expression(e, "when"))
                })
                .collect(),
            holders: entries("holder")
                .map(|e| (period(e), optional_expression(e, "when")))
                .collect(),
        }
    }
}
