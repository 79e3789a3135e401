//! The page for the teams of case-management software: what it shows is read and run. Its Rust
//! runs as documentation of the crate.

use rusqlite::Connection;
use spie::interop::Caseload;
use spie::{Diagnostic, Engine, Pack};

use crate::saying::day;
use crate::written::Page;

const PAGE: Page = Page(include_str!("../../docs/integrer.md"));

/// The first cells of the rows of the table under a heading, without their backticks.
fn first_cells(heading: &str) -> Vec<&'static str> {
    let (_, table) = PAGE.0.split_once(heading).unwrap();
    let rows = table.lines().skip(1);
    let rows = rows.take_while(|line| line.starts_with('|'));
    rows.filter_map(|row| row.split('`').nth(1)).collect()
}

#[test]
fn the_json_of_the_page_is_read_and_the_answer_has_what_the_page_names() {
    let engine = Engine::new(&Pack::marne().unwrap());
    let at = engine.at(day("2025-03-15"));
    let [caseload, diagnostic] = PAGE.blocks("json").try_into().unwrap();

    let read = Caseload::parse(caseload, &engine).unwrap();
    assert_eq!(read.refused, []);
    let [person] = read.people.as_slice() else {
        panic!("{} people", read.people.len());
    };
    let orientation = at
        .orient(&person.profile(&engine, at.date()).unwrap())
        .unwrap();
    let line = serde_json::json!({
        "ref": person.reference,
        "orientation": orientation,
        "chosen": person.columns["decision"],
        "notes": [],
    });
    let named = first_cells("| où | ce que c'est |\n");
    assert!(named.len() >= 10, "{named:?}");
    for pointer in named {
        assert!(line.pointer(pointer).is_some(), "{pointer} in {line:#}");
    }

    let diagnostic = Diagnostic::parse(diagnostic).unwrap();
    assert_eq!(diagnostic.entries().count(), 3);
    let resolution = diagnostic.resolve(&at);
    assert!(resolution.facts.contains_key("licence.b"));
}

#[test]
fn the_sql_of_the_page_runs_on_the_tables() {
    let base = Connection::open_in_memory().unwrap();
    base.execute_batch(include_str!("../../docs/schema.sql"))
        .unwrap();
    let statements = PAGE.blocks("sql");
    let [covered, register, over] = statements[..] else {
        panic!("{statements:?}");
    };
    base.prepare(covered).unwrap();
    // What is over goes, in an order that breaks no reference; the rest stays.
    base.execute_batch(
        "PRAGMA foreign_keys = ON;
        INSERT INTO person (reference, created_on) VALUES ('a81f', '2020-01-01');
        INSERT INTO policy (identity, id, title, in_use_on) VALUES (printf('%064d', 0), 'p', 'P', '2020-01-01');
        INSERT INTO disclosure (id, person, recipient, name, shown_on, policy, erasures) VALUES
            (1, 'a81f', 'caf-51', 'Caisse', '2020-03-14', printf('%064d', 0), 0),
            (2, 'a81f', 'caf-51', 'Caisse', '2020-03-15', printf('%064d', 0), 0),
            (3, 'a81f', 'caf-51', 'Caisse', '2020-03-16', printf('%064d', 0), 2),
            (4, 'a81f', 'caf-51', 'Caisse', '2020-03-17', printf('%064d', 0), 1);
        INSERT INTO opening SELECT id, 'rsa', 'RSA', '', 'own_word', '-', '', 1, 1 FROM disclosure WHERE id < 4;
        INSERT INTO opening VALUES (2, 'licence.b', 'permis B', 'p', 'public_mission', '-', '', 1, 1);
        INSERT INTO decision (id, person, by_body, decided_on, policy, record, keep_until) VALUES
            (1, 'a81f', 'caf-51', '2020-03-15', printf('%064d', 0), '{}', '2025-03-14'),
            (2, 'a81f', 'caf-51', '2020-03-15', printf('%064d', 0), '{}', NULL);",
    )
    .unwrap();
    // Whoever was handed nothing but erasures is told as well.
    let mut register = base.prepare(register).unwrap();
    let told = register
        .query_map([], |row| {
            Ok((
                row.get("shown_on")?,
                row.get("label")?,
                row.get("erasures")?,
            ))
        })
        .unwrap();
    let told: Vec<(String, Option<String>, i64)> = told.map(Result::unwrap).collect();
    assert_eq!(
        told,
        [
            ("2020-03-15".to_owned(), Some("permis B".to_owned()), 0),
            ("2020-03-16".to_owned(), None, 2),
            ("2020-03-17".to_owned(), None, 1),
        ]
    );
    base.execute_batch(over).unwrap();
    for (left, kept) in [
        ("DISTINCT disclosure FROM opening", vec![2, 3]),
        ("id FROM disclosure", vec![2, 3, 4]),
        ("id FROM decision", vec![2]),
    ] {
        let mut rows = base.prepare(&format!("SELECT {left}")).unwrap();
        let rows = rows.query_map([], |row| row.get(0)).unwrap();
        let rows: Vec<i64> = rows.map(Result::unwrap).collect();
        assert_eq!(rows, kept, "{left}");
    }
    let tables = first_cells("| table | ce qu'elle tient |\n");
    for table in &tables {
        base.prepare(&format!("SELECT * FROM {table}")).unwrap();
    }
    // Each table stands in the page: `opening` beside `disclosure`.
    let mut all = base
        .prepare("SELECT count(*) FROM sqlite_master WHERE type IN ('table', 'view')")
        .unwrap();
    let all: i64 = all.query_row([], |row| row.get(0)).unwrap();
    assert_eq!(i64::try_from(tables.len() + 1), Ok(all));
}
