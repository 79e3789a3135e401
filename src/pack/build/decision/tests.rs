//! A table is the rules of its rows: the same pack written three ways.

use std::fmt::Write as _;

use proptest::prelude::*;

use crate::Pack;
use crate::pack::model::Rule;
use crate::vocabulary::{At, Period};

const BASE: &str = include_str!("../../../../tests/samples/base_pack.toml");

/// A column, with cells and the conditions that they stand for.
type Column = (&'static str, &'static [(&'static str, &'static str)]);

const COLUMNS: &[Column] = &[
    (
        "licence.b",
        &[("true", "licence.b = true"), ("false", "licence.b = false")],
    ),
    (
        "age",
        &[
            ("16..25", "age in 16..25"),
            (">= 26", "age >= 26"),
            ("30", "age = 30"),
            ("!= 30", "age != 30"),
        ],
    ),
    (
        "income",
        &[
            ("< ceiling", "income < ceiling"),
            ("100 EUR..200.50 EUR", "income in 100 EUR..200.50 EUR"),
            ("0 EUR", "income = 0 EUR"),
        ],
    ),
    (
        "sectors",
        &[
            ("has btp", "sectors has btp"),
            (
                "has any of {btp, logistique}",
                "sectors has any of {btp, logistique}",
            ),
        ],
    ),
    (
        "decision",
        &[
            ("social", "decision = social"),
            ("none", "decision = none"),
            ("!= none", "decision != none"),
            (
                "{social, professional}",
                "decision in {social, professional}",
            ),
        ],
    ),
    (
        "barrier.mobility",
        &[
            ("absent", "barrier.mobility = absent"),
            (">= light", "barrier.mobility >= light"),
            ("light..heavy", "barrier.mobility in light..heavy"),
        ],
    ),
    (
        "birth_date",
        &[
            ("2000-02-29", "birth_date = 2000-02-29"),
            ("in the last 20 years", "birth_date in the last 20 years"),
            (
                "more than 240 months ago",
                "birth_date more than 240 months ago",
            ),
        ],
    ),
    ("young", &[("true", "young"), ("false", "not young")]),
    (
        "when",
        &[
            ("any(children, age < 3)", "any(children, age < 3)"),
            (
                "licence.b or income < ceiling",
                "(licence.b or income < ceiling)",
            ),
        ],
    ),
];

/// Keys that a row may give, or leave to its table.
const GIVEN: &[(&str, &[&str])] = &[
    ("priority", &["5", "99"]),
    ("within", &["\"2 months\"", "\"before 2030-01-01\""]),
    (
        "because",
        &["\"Parce que {body}, oui.\"", "\"Pour {ceiling}.\""],
    ),
    ("partner", &["\"nord\""]),
    ("verified", &["false"]),
    ("theme", &["\"mobility\""]),
];

/// A row: for each column, and for each key, what is chosen; nothing is `-` or the table's.
#[derive(Debug, Clone)]
struct Row {
    tests: Vec<Option<usize>>,
    given: Vec<Option<usize>>,
    named: bool,
}

#[derive(Debug, Clone)]
struct Drawn {
    when: Option<&'static str>,
    unless: bool,
    rows: Vec<Row>,
}

fn tables() -> impl Strategy<Value = Drawn> {
    let choices = |count: usize| prop::collection::vec(prop::option::of(0_usize..12), count);
    let row = (choices(COLUMNS.len()), choices(GIVEN.len()), any::<bool>());
    let row = row.prop_map(|(tests, given, named)| Row {
        tests,
        given,
        named,
    });
    let when = prop_oneof![
        Just(None),
        Just(Some("licence.b")),
        Just(Some("young or income < ceiling")),
    ];
    (when, any::<bool>(), prop::collection::vec(row, 1..6)).prop_map(|(when, unless, rows)| Drawn {
        when,
        unless,
        rows,
    })
}

impl Row {
    /// Column, cell and condition, of every cell that asks something.
    fn tests(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        COLUMNS
            .iter()
            .zip(&self.tests)
            .filter_map(|((name, cells), choice)| {
                let (cell, condition) = cells[(*choice)? % cells.len()];
                Some((*name, cell, condition))
            })
    }

    fn given(&self) -> impl Iterator<Item = (&str, &str)> {
        GIVEN
            .iter()
            .zip(&self.given)
            .filter_map(|((key, values), choice)| Some((*key, values[(*choice)? % values.len()])))
    }

    fn id(&self, number: usize) -> String {
        if self.named {
            format!("ligne-{number}")
        } else {
            number.to_string()
        }
    }
}

const OWN: &str = "title = \"Table\"\nsource = \"règlement\"\nfrom = 2022-01-01\nuntil = 2029-12-31\nchoice = true\nnext_working_day = true\nanswers = { L004 = \"rien ne presse\" }\n";

impl Drawn {
    fn head(&self) -> String {
        let when = self.when.map(|when| format!("when = \"{when}\"\n"));
        let unless = self.unless.then_some("unless = \"any(children)\"\n");
        format!(
            "{BASE}\n[[table]]\nid = \"drawn\"\nverified = true\nbecause = \"Ainsi.\"\npropose = {{ scheme = \"licence-aid\", partner = \"desk\", priority = 20 }}\n{OWN}{}{}",
            when.unwrap_or_default(),
            unless.unwrap_or_default(),
        )
    }

    fn rows(&self) -> String {
        let rows = (1..).zip(&self.rows).map(|(number, row)| {
            let mut cells: Vec<String> = row
                .tests()
                .map(|(name, cell, _)| match cell {
                    "true" | "30" | "2000-02-29" => format!("\"{name}\" = {cell}"),
                    _ => format!("\"{name}\" = \"{cell}\""),
                })
                .collect();
            cells.extend(row.given().map(|(key, value)| format!("{key} = {value}")));
            if row.named {
                cells.push(format!("id = \"{}\"", row.id(number)));
            }
            format!("  {{ {} }},\n", cells.join(", "))
        });
        format!("{}rows = [\n{}]\n", self.head(), rows.collect::<String>())
    }

    fn csv(&self) -> (String, String) {
        // Blanks around a cell are not part of it.
        let quoted = |cell: &str| {
            if cell.contains(',') {
                format!("\"{cell}\"")
            } else {
                format!(" {cell} ")
            }
        };
        let names = COLUMNS.iter().map(|(name, _)| *name);
        let keys = GIVEN.iter().map(|(key, _)| *key);
        let head: Vec<&str> = names.chain(keys).chain(["id"]).collect();
        let mut sheet = head.join(",") + "\n";
        for (number, row) in (1..).zip(&self.rows) {
            let tests = COLUMNS.iter().map(|(name, _)| {
                let mut tests = row.tests();
                let found = tests.find(|(column, ..)| column == name);
                found.map_or("-".to_owned(), |(_, cell, _)| quoted(cell))
            });
            let given = GIVEN.iter().map(|(key, _)| {
                let mut given = row.given();
                let found = given.find(|(column, _)| column == key);
                found.map_or(String::new(), |(_, value)| quoted(value.trim_matches('"')))
            });
            let id = if row.named {
                row.id(number)
            } else {
                String::new()
            };
            let cells: Vec<String> = tests.chain(given).chain([id]).collect();
            sheet.push_str(&(cells.join(",") + "\n"));
        }
        (format!("{}csv = \"drawn.csv\"\n", self.head()), sheet)
    }

    fn rules(&self) -> String {
        let mut text = BASE.to_owned();
        for (number, row) in (1..).zip(&self.rows) {
            let given = |key: &str| {
                row.given()
                    .find(|(known, _)| *known == key)
                    .map(|(_, value)| value)
            };
            let or = |key: &str, shared: &'static str| given(key).unwrap_or(shared).to_owned();
            let mut when: Vec<String> = self.when.iter().map(|when| format!("({when})")).collect();
            when.extend(row.tests().map(|(_, _, condition)| condition.to_owned()));
            let when = if when.is_empty() {
                "true".to_owned()
            } else {
                when.join(" and ")
            };
            let line = |key: &str, value: Option<&str>| {
                value
                    .map(|value| format!("{key} = {value}\n"))
                    .unwrap_or_default()
            };
            let _ = write!(
                text,
                "\n[[rule]]\nid = \"drawn-{}\"\nwhen = \"{when}\"\npropose = {{ scheme = \"licence-aid\", partner = {}, priority = {} }}\nbecause = {}\nverified = {}\n{OWN}{}{}{}",
                row.id(number),
                or("partner", "\"desk\""),
                or("priority", "20"),
                or("because", "\"Ainsi.\""),
                or("verified", "true"),
                line("within", given("within")),
                line("theme", given("theme")),
                line("unless", self.unless.then_some("\"any(children)\"")),
            );
        }
        text
    }
}

/// The rules of a pack, wherever they are written.
fn rules(sources: &[(&str, String)]) -> Vec<(Period, Rule)> {
    let sources = sources.iter().map(|(name, text)| (*name, text.as_str()));
    let pack = Pack::parse(sources, None).unwrap_or_else(|errors| panic!("{errors}"));
    let rules = pack
        .model()
        .rules
        .iter()
        .cloned()
        .map(|(period, mut rule)| {
            rule.at = At::default();
            rule.answers
                .iter_mut()
                .for_each(|answer| answer.at = At::default());
            (period, rule)
        });
    rules.collect()
}

proptest! {
    #[test]
    fn a_table_is_the_rules_of_its_rows(drawn in tables()) {
        let as_rules = rules(&[("pack.toml", drawn.rules())]);
        prop_assert_eq!(&rules(&[("pack.toml", drawn.rows())]), &as_rules);
        let (table, sheet) = drawn.csv();
        prop_assert_eq!(&rules(&[("pack.toml", table), ("drawn.csv", sheet)]), &as_rules);
    }
}
