//! Rules written as a table: the same answers as rule by rule, and the same life.

use chrono::NaiveDate;
use proptest::prelude::*;
use spie::vocabulary::{Cents, Code};
use spie::{Engine, Knowledge, Orientation, Pack, PackErrors, Profile};

const BASE: &str = include_str!("../samples/base_pack.toml");

/// Who gets help with a licence, by age and income.
const SHARED: &str = r#"
title = "Aide au permis selon l'âge"
because = "{body} aide à payer le permis."
source = "règlement, art. 4"
verified = true
from = 2022-01-01
"#;

const ROWS: &str = r#"
[[table]]
id = "by-age"
when = "not licence.b"
unless = "decision = social"
propose = { scheme = "licence-aid", partner = "desk" }
rows = [
  { id = "minor", age = "< 18", priority = 30, within = "2 months" },
  { id = "poor", age = "18..25", income = "< ceiling", priority = 11, within = "5 working days" },
  { age = ">= 26", sectors = "has btp", priority = 40, because = "Le bâtiment recrute." },
]
"#;

const SHEET: &str = "\
id,age,income,sectors,priority,within,because
minor,< 18,-,-,30,2 months,
poor,18..25,< ceiling,-,11,5 working days,
,>= 26,-,has btp,40,,Le bâtiment recrute.
";

const RULES: &str = r#"
[[rule]]
id = "by-age-minor"
when = "not licence.b and age < 18"
unless = "decision = social"
propose = { scheme = "licence-aid", partner = "desk", priority = 30 }
within = "2 months"
SHARED
[[rule]]
id = "by-age-poor"
when = "not licence.b and age in 18..25 and income < ceiling"
unless = "decision = social"
propose = { scheme = "licence-aid", partner = "desk", priority = 11 }
within = "5 working days"
SHARED
[[rule]]
id = "by-age-3"
when = "not licence.b and age >= 26 and sectors has btp"
unless = "decision = social"
propose = { scheme = "licence-aid", partner = "desk", priority = 40 }
SHARED
"#;

fn read(sources: &[(&str, &str)], parent: Option<&Pack>) -> Result<Pack, PackErrors> {
    Pack::parse(sources.iter().copied(), parent)
}

fn with_rows(rows: &str) -> String {
    let shared = format!("id = \"by-age\"{SHARED}");
    format!("{BASE}{}", rows.replace("id = \"by-age\"\n", &shared))
}

fn as_table() -> Pack {
    read(&[("pack.toml", &with_rows(ROWS))], None).unwrap_or_else(|errors| panic!("{errors}"))
}

fn as_sheet() -> Pack {
    let (head, _) = ROWS.split_once("rows = [").unwrap();
    let pack = with_rows(&format!("{head}csv = \"ages.csv\"\n"));
    let sources = [("pack.toml", pack.as_str()), ("ages.csv", SHEET)];
    read(&sources, None).unwrap_or_else(|errors| panic!("{errors}"))
}

fn as_rules() -> Pack {
    let third = "priority = 40 }\nSHARED";
    let other = SHARED.replace("{body} aide à payer le permis.", "Le bâtiment recrute.");
    let rules = RULES
        .replace(third, &format!("priority = 40 }}{other}"))
        .replace("SHARED", SHARED.trim());
    read(&[("pack.toml", &format!("{BASE}{rules}"))], None)
        .unwrap_or_else(|errors| panic!("{errors}"))
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// What is known of somebody: nothing where there is nothing.
#[derive(Debug, Clone)]
struct Person {
    age: Option<u32>,
    licence: Option<bool>,
    income: Option<i64>,
    building: Option<bool>,
    decision: Option<&'static str>,
}

fn people() -> impl Strategy<Value = Person> {
    (
        prop::option::weighted(0.8, 15_u32..30),
        prop::option::weighted(0.8, prop::bool::weighted(0.2)),
        prop::option::weighted(0.8, prop_oneof![Just(0), Just(49_999), Just(50_000)]),
        prop::option::weighted(0.8, any::<bool>()),
        prop::option::weighted(
            0.8,
            prop_oneof![Just("none"), Just("social"), Just("professional")],
        ),
    )
        .prop_map(|(age, licence, income, building, decision)| Person {
            age,
            licence,
            income,
            building,
            decision,
        })
}

fn asked(pack: &Pack, person: &Person, on: NaiveDate) -> Orientation {
    let engine = Engine::new(pack);
    let mut builder = Profile::builder(&engine, on);
    if let Some(age) = person.age {
        let born = on
            .checked_sub_months(chrono::Months::new(age * 12 + 3))
            .unwrap();
        builder = builder.set("birth_date", born);
    }
    if let Some(licence) = person.licence {
        builder = builder.set("licence.b", licence);
    }
    if let Some(income) = person.income {
        builder = builder.set("income", Cents::new(income));
    }
    if let Some(building) = person.building {
        let code = building.then(|| Code::parse("btp").unwrap());
        builder = builder.set("sectors", Knowledge::exactly(code));
    }
    builder = match person.decision {
        None => builder,
        Some("none") => builder.set("decision", Knowledge::none()),
        Some(code) => builder.set("decision", Code::parse(code).unwrap()),
    };
    engine.at(on).orient(&builder.build().unwrap()).unwrap()
}

proptest! {
    /// Verdicts, grounds, deadlines, proofs and questions are those of the rules.
    #[test]
    fn a_table_answers_as_its_rules_do(person in people(), on in prop_oneof![Just("2021-06-01"), Just("2024-05-06")]) {
        let on = day(on);
        let [mut table, mut sheet, rules] = [as_table(), as_sheet(), as_rules()].map(|pack| asked(&pack, &person, on));
        // The sources differ, and so does their hash.
        table.pack.clone_from(&rules.pack);
        sheet.pack.clone_from(&rules.pack);
        prop_assert_eq!(&table, &rules);
        prop_assert_eq!(&sheet, &rules);
    }
}

fn over(text: &str) -> Result<Pack, PackErrors> {
    let header = "[pack]\nid = \"ville\"\ntitle = \"Une ville\"\nextends = \"base\"\n";
    read(
        &[("pack.toml", &format!("{header}{text}"))],
        Some(&as_table()),
    )
}

/// Seventeen, without a licence.
const MINOR: Person = Person {
    age: Some(17),
    licence: Some(false),
    income: Some(0),
    building: Some(true),
    decision: Some("none"),
};

/// Thirty, the same.
const GROWN: Person = Person {
    age: Some(30),
    ..MINOR
};

fn grounds(pack: &Pack, person: &Person, on: &str) -> Vec<String> {
    let proposals = asked(pack, person, day(on)).proposals;
    let grounds = proposals.iter().flat_map(|proposal| &proposal.grounds);
    grounds.map(|ground| ground.rule.to_string()).collect()
}

#[test]
fn a_table_ends_with_all_its_rows_and_another_begins() {
    let pack = over(
        r#"
        [[end]]
        table = "by-age"
        from = 2025-01-01

        [[table]]
        id = "by-age"
        title = "Aide au permis des mineurs"
        when = "not licence.b"
        propose = { scheme = "licence-aid", partner = "desk", priority = 50 }
        because = "{body} aide à payer le permis."
        source = "délibération de la ville"
        verified = true
        from = 2025-01-01
        rows = [{ id = "minor", age = "< 18" }]
        "#,
    )
    .unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(
        grounds(&pack, &MINOR, "2024-12-31"),
        ["licence", "by-age-minor"]
    );
    assert_eq!(
        grounds(&pack, &MINOR, "2025-01-01"),
        ["licence", "by-age-minor"]
    );
    assert_eq!(grounds(&pack, &GROWN, "2024-12-31"), ["by-age-3"]);
    assert!(grounds(&pack, &GROWN, "2025-01-01").is_empty());
}

#[test]
fn a_table_is_replaced_with_all_its_rows() {
    let pack = over(
        r#"
        [[table]]
        id = "by-sector"
        replaces = "by-age"
        title = "Aide au permis selon le secteur"
        propose = { scheme = "licence-aid", partner = "desk", priority = 50 }
        because = "{body} aide à payer le permis."
        source = "délibération de la ville"
        verified = true
        from = 2021-01-01
        rows = [{ age = ">= 18", sectors = "has btp" }]
        "#,
    )
    .unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(grounds(&pack, &MINOR, "2024-12-31"), ["licence"]);
    assert_eq!(grounds(&pack, &GROWN, "2024-12-31"), ["by-sector-1"]);
}

fn codes(errors: &PackErrors) -> Vec<&'static str> {
    errors.iter().map(spie::pack::PackError::code).collect()
}

/// One name, one entry: of tables told at the table, of a row and a rule at the second.
#[test]
fn names_are_given_once() {
    let again = format!("{}{}", with_rows(ROWS), &with_rows(ROWS)[BASE.len()..]);
    assert_eq!(
        codes(&read(&[("pack.toml", &again)], None).unwrap_err()),
        ["P007"]
    );
    let rule = RULES
        .split("[[rule]]")
        .nth(1)
        .unwrap()
        .replace("SHARED", SHARED.trim());
    let both = format!("{}\n[[rule]]{rule}", with_rows(ROWS));
    assert_eq!(
        codes(&read(&[("pack.toml", &both)], None).unwrap_err()),
        ["P007"]
    );
    let unsaid = over(
        "[[table]]\nid = \"by-age\"\ntitle = \"Aide\"\nbecause = \"Aide.\"\nsource = \"x\"\nverified = true\nfrom = 2022-01-01\npropose = { scheme = \"licence-aid\", partner = \"desk\", priority = 50 }\nrows = [{ id = \"minor\", age = 17 }]\n",
    );
    assert_eq!(codes(&unsaid.unwrap_err()), ["P006"]);
}

/// What is wrong in what rows share is told once, where it stands.
#[test]
fn a_mistake_that_rows_share_is_told_once() {
    for (sound, wrong, code) in [
        ("not licence.b", "not licnce.b", "P011"),
        ("decision = social", "decision = soical", "P013"),
        ("partner = \"desk\"", "partner = \"dsk\"", "P021"),
        ("{body} aide", "{corps} aide", "P024"),
        (
            "from = 2022-01-01",
            "from = 2022-01-01\nuntil = 2021-01-01",
            "P008",
        ),
        ("source = \"règlement, art. 4\"\n", "", "P003"),
        ("id = \"by-age\"", "id = \"By age\"", "P005"),
        ("id = \"by-age\"\n", "", "P003"),
        ("verified = true", "verified = \"oui\"", "P004"),
    ] {
        let text = &with_rows(ROWS)[BASE.len()..];
        assert_eq!(text.matches(sound).count(), 1, "{sound}");
        let text = format!("{BASE}{}", text.replace(sound, wrong));
        let errors = read(&[("pack.toml", &text)], None).unwrap_err();
        assert_eq!(codes(&errors), [code], "{errors}");
    }
}

/// Examples and remarks speak of rows as of rules.
#[test]
fn what_examples_leave_untried_is_told_row_by_row() {
    let remarks = as_table().check_coverage().unwrap_err();
    let lines: Vec<usize> = remarks
        .iter()
        .filter(|remark| remark.code() == "C001" && remark.message().contains("by-age"))
        .map(spie::pack::PackError::line)
        .collect();
    let text = with_rows(ROWS);
    let rows = text
        .lines()
        .enumerate()
        .filter(|(_, line)| line.contains("age = \""));
    let rows: Vec<usize> = rows.map(|(place, _)| place + 1).collect();
    assert_eq!(lines.len(), 3);
    assert!(
        lines.iter().all(|line| rows.contains(line)),
        "{lines:?} {rows:?}"
    );
}
