//! Packs written to harm: each ends in errors at a place, or is read; none in a panic.

use std::fmt::Write as _;

use proptest::prelude::*;
use spie::pack::{Limits, core_sources, france_sources, marne_sources};
use spie::{Engine, Pack, PackErrors, Profile};

use crate::damage::{damaged, hits};

const BASE: &str = include_str!("../samples/base_pack.toml");

fn read(text: &str) -> Result<Pack, PackErrors> {
    Pack::parse([("pack.toml", text)], None)
}

/// Every place, from its start to its end, lies in a source, with room for the mark of an end of
/// line. Sources of a pack and of its parents may share a name.
fn places_are_inside(errors: &PackErrors, sources: &[(&str, &str)]) {
    assert!(!errors.is_empty());
    let widths = |text: &str| -> Vec<usize> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        text.split('\n').map(|line| line.chars().count()).collect()
    };
    let sources: Vec<(&str, Vec<usize>)> = sources
        .iter()
        .map(|(name, text)| (*name, widths(text)))
        .collect();
    for error in errors.iter() {
        let start = (error.line(), error.column());
        let end = (error.end_line(), error.end_column());
        assert!(start <= end, "ends before it starts: {error}");
        let holds = |widths: &[usize]| {
            [start, end].iter().all(|(line, column)| {
                let width = widths.get(line - 1);
                width.is_some_and(|width| (1..=width + 1).contains(column))
            })
        };
        let inside = sources
            .iter()
            .any(|(name, widths)| *name == error.file() && holds(widths));
        assert!(inside, "in no source, from {start:?} to {end:?}: {error}");
    }
    assert!(!errors.to_string().is_empty());
}

fn refused(text: &str) -> PackErrors {
    let end: String = text.chars().rev().take(80).collect();
    let end: String = end.chars().rev().collect();
    let errors = read(text)
        .err()
        .unwrap_or_else(|| panic!("accepted: {end:?}"));
    places_are_inside(&errors, &[("pack.toml", text)]);
    errors
}

fn codes(errors: &PackErrors) -> Vec<&'static str> {
    errors.iter().map(spie::pack::PackError::code).collect()
}

/// The rule of the base pack under another condition.
fn with_condition(condition: &str) -> String {
    let sound = "young and not licence.b and income < ceiling";
    assert!(BASE.contains(sound));
    BASE.replace(sound, condition)
}

#[test]
fn deep_nesting_ends_in_errors() {
    for text in [
        format!("{BASE}\nx = {}", "[".repeat(100_000)),
        format!("{BASE}\nx = {}", "{a=".repeat(100_000)),
        format!("{BASE}\n[{}]", "a.".repeat(50_000)),
        with_condition(&"(".repeat(10_000)),
        with_condition(&format!("{}young{}", "(".repeat(2_000), ")".repeat(2_000))),
        with_condition(&format!("{}young", "not ".repeat(3_000))),
        with_condition(&"at least 1 of (".repeat(900)),
        with_condition(&"any(children, ".repeat(900)),
    ] {
        refused(&text);
    }
}

/// More mistakes than anybody reads are counted, and the first are told.
#[test]
fn a_flood_of_mistakes_is_counted() {
    let lines: Vec<String> = (0..200_000).map(|line| format!("x{line} = 1")).collect();
    let text = format!("{}\n{BASE}", lines.join("\n"));
    let errors = refused(&text);
    assert!(errors.len() <= 10_000);
    assert!(errors.to_string().ends_with("autres qui ne sont pas dites"));
    let in_one_line: Vec<String> = (0..100_000).map(|key| format!("x{key} = 1")).collect();
    let one = BASE.replace(
        "derive = { years_since = \"birth_date\" }\n\n[[fact]]\nname = \"licence",
        &format!(
            "x = {{ {} }}\n\n[[fact]]\nname = \"licence",
            in_one_line.join(", ")
        ),
    );
    refused(&one);
}

/// A name is compared with all the names there are: not without end, where all are wrong.
#[test]
fn a_flood_of_slips_gets_mends_for_the_first() {
    let mut text = BASE.to_owned();
    for place in 0..1_000 {
        let _ = writeln!(
            text,
            "\n[[fact]]\nname = \"licence.number_{place}\"\ntype = \"flag\"\nlabel = \"f\"\nquestion = \"q\""
        );
    }
    for condition in 0..20 {
        let wrong: Vec<String> = (0..400)
            .map(|place| format!("licnce.nomber_{condition}{place}"))
            .collect();
        let _ = writeln!(
            text,
            "\n[[condition]]\nid = \"c{condition}\"\nwhen = \"{}\"",
            wrong.join(" or ")
        );
    }
    let errors = refused(&text);
    assert_eq!(errors.len(), 8_000);
    let near = |error: &spie::pack::PackError| error.mend().starts_with("vouliez-vous `licence.");
    let mended = errors.iter().take_while(|error| near(error)).count();
    assert!((400..4_000).contains(&mended), "{mended}");
}

/// What every mistake about a code repeats is short, whatever the pack.
#[test]
fn a_name_without_end_names_nothing() {
    let long = "k".repeat(100_000);
    let listed: Vec<String> = (0..5_000).map(|code| format!("\"q{code}\"")).collect();
    let text = format!(
        "{BASE}\n[[nomenclature]]\nid = \"{long}\"\ncodes = [{{ code = \"a\", label = \"a\" }}]\n\n\
         [[set]]\nid = \"some\"\nnomenclature = \"{long}\"\ncodes = [{}]\n",
        listed.join(", ")
    );
    assert_eq!(codes(&refused(&text)), ["P005", "P041"]);

    let fields: Vec<String> = (0..2_000)
        .map(|field| format!("{{ name = \"f{field}\", label = \"f\", type = \"date\" }}"))
        .collect();
    let wrong: Vec<String> = (0..700)
        .map(|name| format!("any(list, zzzzz{name})"))
        .collect();
    let text = format!(
        "{BASE}\n[[fact]]\nname = \"list\"\ntype = \"records\"\nlist = \"whole\"\nlabel = \"l\"\nquestion = \"q\"\n\
         fields = [{}]\n\n[[condition]]\nid = \"wrong\"\nwhen = \"{}\"\n",
        fields.join(", "),
        wrong.join(" or ")
    );
    let errors = refused(&text);
    assert_eq!(errors.len(), 700);
    assert!(errors.iter().all(|error| error.mend().len() < 200));
}

/// Codes that do not exist beside as many that do, and sections that nobody knows.
#[test]
fn a_flood_of_names_costs_no_more_than_it_is_long() {
    let many = |count: u32, write: fn(u32) -> String| -> String {
        let all: Vec<String> = (0..count).map(write).collect();
        all.concat()
    };
    let codes = many(100_000, |number| {
        format!("{{ code = \"c{number}\", label = \"x\" }},")
    });
    let unknown = many(100_000, |number| format!("\"d{number}\","));
    let sections = many(20_000, |number| format!("[[k{number}]]\na = 1\n"));
    for flood in [
        format!(
            "[[nomenclature]]\nid = \"big\"\ncodes = [{codes}]\n[[set]]\nid = \"flood\"\nnomenclature = \"big\"\ncodes = [{unknown}]\n"
        ),
        sections,
    ] {
        let errors = refused(&format!("{BASE}\n{flood}"));
        assert_eq!(errors.len(), 10_000);
    }
}

/// Versions and periods that never end to be written.
#[test]
fn versions_without_number_are_refused() {
    let period =
        "{ from = 2021-01-01, until = 2021-12-31, value = 1, source = \"x\", verified = true },";
    let periods = period.repeat(50_000);
    let value = format!("[[value]]\nid = \"v\"\ntype = \"integer\"\nperiods = [{periods}]\n");
    assert!(codes(&refused(&format!("{BASE}\n{value}"))).contains(&"P019"));
    let condition = "[[condition]]\nid = \"same\"\nwhen = \"young\"\n";
    let errors = refused(&format!("{BASE}\n{}", condition.repeat(15_000)));
    assert!(codes(&errors).contains(&"P019"));
    // The first is no mistake, and the last is told once for all.
    assert_eq!(errors.len(), 1_000);
}

#[test]
fn a_long_condition_is_read_and_a_longer_one_refused() {
    let of = |atoms: usize| with_condition(&vec!["young"; atoms].join(" or "));
    assert!(read(&of(1_000)).is_ok());
    assert_eq!(codes(&refused(&of(2_000))), ["P019"]);
}

/// Twenty conditions, each the double of the one before: a million when written out.
#[test]
fn conditions_that_double_are_refused_by_their_cost() {
    let mut text = BASE.to_owned();
    let mut before = "young".to_owned();
    for place in 0..20 {
        let id = format!("double_{place}");
        let _ = writeln!(
            text,
            "\n[[condition]]\nid = \"{id}\"\nwhen = \"{before} and (licence.b or {before})\""
        );
        before = id;
    }
    assert!(codes(&refused(&text)).iter().all(|code| *code == "P019"));
}

#[test]
fn circles_are_refused_however_long() {
    let mut conditions = BASE.to_owned();
    for place in 0..2_000 {
        let next = (place + 1) % 2_000;
        let _ = writeln!(
            conditions,
            "\n[[condition]]\nid = \"c{place}\"\nwhen = \"c{next}\""
        );
    }
    assert!(codes(&refused(&conditions)).contains(&"P018"));
    let mut facts = BASE.to_owned();
    for place in 0..2_000 {
        let next = (place + 1) % 2_000;
        let _ = writeln!(
            facts,
            "\n[[fact]]\nname = \"f{place}\"\ntype = \"flag\"\nlabel = \"f\"\nderive = {{ condition = \"f{next}\" }}"
        );
    }
    assert!(codes(&refused(&facts)).contains(&"P018"));
}

/// A chain without a circle, as deep as the circle was long.
#[test]
fn a_long_chain_of_facts_is_read_to_its_end() {
    let mut text = with_condition("f1999");
    for place in 0..2_000 {
        let before = if place == 0 {
            "licence.b".to_owned()
        } else {
            format!("f{}", place - 1)
        };
        let _ = writeln!(
            text,
            "\n[[fact]]\nname = \"f{place}\"\ntype = \"flag\"\nlabel = \"f\"\nderive = {{ condition = \"{before}\" }}"
        );
    }
    let engine = Engine::new(&read(&text).unwrap());
    let date = "2025-03-15".parse().unwrap();
    for licence in [true, false] {
        let told = Profile::builder(&engine, date).set("licence.b", licence);
        let orientation = engine.at(date).orient(&told.build().unwrap()).unwrap();
        let proposed = orientation.proposal("licence-aid").is_some();
        assert_eq!(proposed, licence);
    }
}

#[test]
fn absurd_dates_and_numbers_are_refused() {
    for condition in [
        "birth_date < 9999-12-31",
        "birth_date < 99999-01-01",
        "birth_date < 2021-02-30",
        "birth_date < 0000-00-00",
        "birth_date more than 99999999999999999999 months ago",
        "birth_date more than 2147483648 months ago",
        "birth_date in the next 4000000000 days",
        "age < 9223372036854775807",
        "age < -9223372036854775808",
        "age < 99999999999999999999999999",
        "income < 99999999999999999999 EUR",
        "income < 1.234 EUR",
        "income < 1e9 EUR",
        "count(children) >= 99999999999999999999",
        "at least 99999999999999999999 of (young, licence.b)",
        "at least 0 of (young, licence.b)",
        "at least 3 of (young, licence.b)",
    ] {
        refused(&with_condition(condition));
    }
    for (sound, wrong) in [
        ("priority = 10", "priority = 99999999999999999999"),
        ("priority = 10", "priority = -1"),
        ("priority = 10", "priority = 1.5"),
        ("priority = 10", "priority = nan"),
        ("10 working days", "99999999999999999999 working days"),
        ("10 working days", "4000000000 working days"),
        ("10 working days", "-1 days"),
        ("10 working days", "before 9999-12-31"),
        ("\"500 EUR\"", "\"99999999999999999999 EUR\""),
        ("from = 2021-01-01, value", "from = 9999-01-01, value"),
        ("sensitivity = 1", "min = \"-99999999999999999 EUR\""),
        (
            "type = \"integer\"\nunit",
            "type = \"integer\"\nmin = 9223372036854775807\nunit",
        ),
        (
            "type = \"integer\"\nunit",
            "type = \"integer\"\nmin = 10\nmax = 1\nunit",
        ),
    ] {
        assert!(BASE.contains(sound), "{sound}");
        refused(&BASE.replace(sound, wrong));
    }
}

/// Blanks and letters wider than a byte, where a condition ends too soon.
#[test]
fn an_end_is_told_where_it_stands() {
    for (condition, column) in [
        ("young and\u{3000}", 18),
        ("young and\u{a0}", 18),
        ("young and é=", 20),
        ("at least 2 of (é", 24),
        ("", 9),
    ] {
        let errors = refused(&with_condition(condition));
        let places: Vec<(&str, usize)> = errors
            .iter()
            .map(|error| (error.code(), error.column()))
            .collect();
        assert_eq!(places, [("P010", column)], "{condition}: {errors}");
    }
}

/// Quotes that begin a key, so that what was put to close the line falls within a text: a fault in
/// that text has its place in what the author wrote, which is shorter.
#[test]
fn what_closes_a_line_has_no_place_of_its_own() {
    for rows in [
        "rows = [{\"age = \"16..25\", decision= \"{",
        "rows = [{\"age = \"{é}{\"{",
        "rows = [\n{ decision = \"\"\"{",
    ] {
        refused(&format!("{BASE}{TABLE}{rows}"));
    }
}

/// Letters of other scripts that look the same, and marks that turn the text around.
#[test]
fn letters_that_look_alike_are_not_the_same() {
    for (text, wanted) in [
        (with_condition("yоung"), &["P011"][..]),
        (with_condition("young\u{200b}"), &["P035"]),
        (with_condition("young and \u{202e}licence.b"), &["P035"]),
        // Ill-formed where it is defined, so that the sound name is unknown where it is used.
        (
            BASE.replace("id = \"young\"", "id = \"yоung\""),
            &["P005", "P011"],
        ),
        (
            BASE.replace("id = \"licence-aid\"", "id = \"licence\u{ad}-aid\""),
            &["P005", "P020"],
        ),
    ] {
        assert_eq!(codes(&refused(&text)), wanted);
    }
}

#[test]
fn bytes_that_are_no_text_of_a_pack_are_refused() {
    assert_eq!(codes(&refused(&format!("{BASE}\0"))), ["P001"]);
    // Where it is named, and where it is used.
    let within = BASE.replace("young", "yo\0ung");
    assert_eq!(codes(&refused(&within)), ["P001", "P001"]);
    for nothing in ["", "\u{feff}", "\r\n\r\n"] {
        assert_eq!(codes(&refused(nothing)), ["P060"]);
    }
}

#[test]
fn a_byte_order_mark_and_dos_lines_change_nothing() {
    let plain = read(BASE).unwrap();
    let dos = read(&format!("\u{feff}{}", BASE.replace('\n', "\r\n"))).unwrap();
    assert_eq!(plain.identity(), dos.identity());
}

#[test]
fn no_source_is_lost() {
    let errors = Pack::parse([("pack.toml", BASE), ("pack.toml", "# again")], None);
    assert_eq!(codes(&errors.unwrap_err()), ["P006"]);
    let errors = Pack::parse([("pack.toml", BASE), ("rules.txt", "# forgotten")], None);
    assert_eq!(codes(&errors.unwrap_err()), ["P043"]);
    let other = "[pack]\nid = \"other\"\ntitle = \"Un autre\"\n";
    let errors = Pack::parse([("pack.toml", BASE), ("other.toml", other)], None);
    assert_eq!(codes(&errors.unwrap_err()), ["P060"]);
}

#[test]
fn sheets_that_are_no_sheets_are_refused() {
    let nomenclature = "\n[[nomenclature]]\nid = \"town\"\ncsv = \"towns.csv\"\ncode = \"code\"\nlabel = \"name\"\n";
    let pack = format!("{BASE}{nomenclature}");
    let with =
        |sheet: &str| Pack::parse([("pack.toml", pack.as_str()), ("towns.csv", sheet)], None);
    assert!(with("code,name\n51108,Châlons\n").is_ok());
    let mut told = String::new();
    for sheet in [
        "",
        "\n\n",
        "code\n51108\n",
        "nom,name\n51108,Châlons\n",
        "code,name\n51108\n",
        "code,name\n51108,Châlons,Marne\n",
        "code,name\n\"51108,Châlons\n",
        "code,name\n51108,\"Châlons\n51454,Reims\n",
        "code,name\n51108,Châlons\n\n\n51454\n51230\n",
        "code,name\n51108,Châlons\n51108,Reims\n",
        "code,code\n51108,Châlons\n",
        "code,name\n,Châlons\n",
        "code;name\n51108;Châlons\n",
    ] {
        let errors = with(sheet).expect_err(sheet);
        places_are_inside(
            &errors,
            &[("pack.toml", pack.as_str()), ("towns.csv", sheet)],
        );
        told.extend([errors.to_string(), format!("\n\n{}\n\n", "-".repeat(72))]);
    }
    insta::assert_snapshot!(told);
    let errors = Pack::parse([("pack.toml", pack.as_str())], None).unwrap_err();
    places_are_inside(&errors, &[("pack.toml", pack.as_str())]);
}

const TABLE: &str = "\n[[table]]\nid = \"t\"\ntitle = \"t\"\nbecause = \"t\"\nsource = \"t\"\nverified = true\n\
    propose = { scheme = \"licence-aid\", partner = \"desk\", priority = 9 }\nwhen = \"licence.b\"\n";

/// The base pack with a table of these rows.
fn with_rows(rows: &str) -> String {
    format!("{BASE}{TABLE}rows = [{rows}]\n")
}

fn with_sheet(sheet: &str) -> Result<Pack, PackErrors> {
    let pack = format!("{BASE}{TABLE}csv = \"t.csv\"\n");
    let read = Pack::parse([("pack.toml", pack.as_str()), ("t.csv", sheet)], None);
    if let Err(errors) = &read {
        places_are_inside(errors, &[("pack.toml", &pack), ("t.csv", sheet)]);
    }
    read
}

/// As many rows as there may be entries; one more, a hundred thousand, a million.
#[test]
fn a_table_of_too_many_rows_is_refused() {
    assert!(read(&with_rows(&"{age=18},".repeat(2_000))).is_ok());
    assert!(with_sheet(&format!("age\n{}", "18\n".repeat(2_000))).is_ok());
    for rows in [20_000, 100_000] {
        assert_eq!(
            codes(&refused(&with_rows(&"{age=18},".repeat(rows)))),
            ["P019"]
        );
        let errors = with_sheet(&format!("age\n{}", "18\n".repeat(rows))).unwrap_err();
        assert_eq!(codes(&errors), ["P019"]);
    }
    let errors = with_sheet(&format!("age\n{}", "18\n".repeat(1_000_000))).unwrap_err();
    assert!(codes(&errors).iter().all(|code| *code == "P019"));
}

/// What rows share is written once and counts for each: ten thousand times a long reason.
#[test]
fn rows_are_bounded_by_what_they_would_take_as_rules() {
    let rows = with_rows(&"{age=18},".repeat(10_000));
    for (short, long) in [
        (
            "because = \"t\"",
            format!("because = \"{}\"", "x".repeat(100_000)),
        ),
        (
            "when = \"licence.b\"",
            format!("when = \"{}\"", vec!["licence.b"; 1_000].join(" or ")),
        ),
        (
            "when = \"licence.b\"",
            format!("unless = \"{}\"", vec!["licence.b"; 1_000].join(" or ")),
        ),
    ] {
        // Too many bytes, and conditions too large together.
        let errors = refused(&rows.replace(short, &long));
        assert!(
            codes(&errors).iter().all(|code| *code == "P019"),
            "{errors}"
        );
    }
    let wide: Vec<String> = (0..50_000).map(|column| format!("c{column}")).collect();
    let errors = with_sheet(&format!("{}\n", wide.join(","))).unwrap_err();
    assert!(codes(&errors).contains(&"P019"));
    // Unknown columns are told, the first of them, in no more time than it takes.
    let cells: Vec<String> = (0..100_000).map(|key| format!("x{key} = 1")).collect();
    let errors = refused(&with_rows(&format!("{{ {} }}", cells.join(", "))));
    assert!(errors.to_string().ends_with("autres qui ne sont pas dites"));
}

#[test]
fn cells_that_ask_nothing_that_is_known_are_refused() {
    let deep = ["(", "{", "not ", "in "].map(|sign| sign.repeat(10_000));
    let long = "1 ".repeat(20_000);
    for cell in [
        "≥ 18",
        "1８",
        "18\u{200b}",
        "\u{202e}81",
        "16…25",
        "16 . . 25",
        "{",
        "}",
        "{}",
        "{18,}",
        "..",
        "16..",
        "..25",
        "16..25..30",
        "= = 3",
        ">= ",
        "in",
        "has",
        "more than",
        "in the",
        "999999999999999999999",
        "1e9",
        "1.5",
        "---",
        "and",
        "(18)",
        "18; 19",
        "'18'",
    ]
    .into_iter()
    .chain(deep.iter().map(String::as_str))
    .chain([long.as_str()])
    {
        refused(&with_rows(&format!("{{ age = \"{cell}\" }}")));
        refused(&with_rows(&format!("{{ when = \"{cell}\" }}")));
        assert!(with_sheet(&format!("age\n\"{cell}\"\n")).is_err(), "{cell}");
    }
    for column in [
        "аge",
        "age\u{ad}",
        "AGE",
        "age ",
        "",
        "\u{feff}age",
        "a.g.e",
        "count(children)",
    ] {
        refused(&with_rows(&format!("{{ \"{column}\" = 18 }}")));
    }
    for sheet in [
        "",
        "\n",
        "age\n\n",
        "age,licence.b\n18\n",
        "age\n18,true\n",
        "age,licence.b\n18,true\n18,true,false\n19\n",
        "age;licence.b\n18;true\n",
        "age,\n18,true\n",
        "age\n\"18\n",
        "age\n\"1\n8\"\n",
        "\"age\n\"\n18\n",
        "age\n1\"8\"\n",
        "age,licence.b\n\"18\",\"tr\"\"ue\"\n",
        "\u{feff}\u{feff}\u{feff}age\n18\n",
    ] {
        assert!(with_sheet(sheet).is_err(), "{sheet:?}");
    }
    // Blanks around cells and names are not part of them.
    assert!(with_sheet(" age , licence.b \n  18 , true \n").is_ok());
}

/// Each condition is the double of the one before, and thousands of rules ask for the last: a
/// small pack whose answer for one person would take minutes.
#[test]
fn rules_that_share_a_large_condition_are_too_many() {
    let mut source = BASE.to_owned();
    for place in 0..13_usize {
        let when = match place {
            0 => "age < 26 or licence.b".to_owned(),
            _ => format!("not (c{0} and c{0})", place - 1),
        };
        write!(
            source,
            "\n[[condition]]\nid = \"c{place}\"\nwhen = \"{when}\"\n"
        )
        .unwrap();
    }
    for place in 0..1000 {
        let rule = format!(
            "\n[[rule]]\nid = \"r{place}\"\ntitle = \"Une règle\"\nwhen = \"c12\"\nsource = \"règlement\"\n\
             verified = true\nbecause = \"Une aide existe.\"\n\
             propose = {{ scheme = \"licence-aid\", partner = \"desk\", priority = 20 }}\n"
        );
        source.push_str(&rule);
    }
    let errors = Pack::parse([("pack.toml", source.as_str())], None).unwrap_err();
    assert_eq!(codes(&errors), ["P019"], "{errors}");
    assert!(errors.to_string().contains("toutes ensemble"), "{errors}");
}

/// Each limit, at what the base pack needs and one below.
#[test]
fn limits_are_kept_to_the_unit() {
    type Field = fn(&mut Limits) -> &mut usize;
    let fields: [(&str, Field); 9] = [
        ("source_bytes", |limits| &mut limits.source_bytes),
        ("entries", |limits| &mut limits.entries),
        ("expression_bytes", |limits| &mut limits.expression_bytes),
        ("expression_depth", |limits| &mut limits.expression_depth),
        ("total_depth", |limits| &mut limits.total_depth),
        ("condition_cost", |limits| &mut limits.condition_cost),
        ("conditions_cost", |limits| &mut limits.conditions_cost),
        ("csv_rows", |limits| &mut limits.csv_rows),
        ("versions", |limits| &mut limits.versions),
    ];
    let pack = format!("{BASE}{TABLE}csv = \"t.csv\"\n");
    let sources = [("pack.toml", pack.as_str()), ("t.csv", "age\n18\n19\n")];
    let within = |field: Field, value: usize| {
        let mut limits = Limits::default();
        *field(&mut limits) = value;
        Pack::parse_within(sources, None, &limits)
    };
    for (name, field) in fields {
        let least = (0..=2 * pack.len())
            .find(|value| within(field, *value).is_ok())
            .unwrap_or_else(|| panic!("{name} is never enough"));
        assert!(least > 0, "{name} bounds nothing");
        let errors = within(field, least - 1).unwrap_err();
        assert!(codes(&errors).contains(&"P019"), "{name}: {errors}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// A table, in its source and in its file.
    #[test]
    fn a_damaged_table_never_panics(in_sheet in any::<bool>(), hits in hits()) {
        let sheet = "age,licence.b,decision,when,priority\n16..25,true,\"{social, professional}\",young,3\n>= 26,-,none,,4\n";
        let rows = "{ age = \"16..25\", \"licence.b\" = true, decision = \"{social}\", id = \"x\" },\n{ when = \"young\" }";
        if in_sheet {
            drop(with_sheet(&damaged(sheet, &hits)));
        } else {
            let text = format!("{BASE}{}", damaged(&with_rows(rows)[BASE.len()..], &hits));
            if let Err(errors) = read(&text) {
                places_are_inside(&errors, &[("pack.toml", &text)]);
            }
        }
    }

    /// One damaged source among the sound ones of a bundled pack.
    #[test]
    fn a_damaged_bundled_pack_never_panics(pack in 0..3_usize, source in any::<prop::sample::Index>(), hits in hits()) {
        let (sources, parent, inherited) = match pack {
            0 => (core_sources(), None, vec![]),
            1 => (france_sources(), Some(Pack::core().unwrap()), vec![core_sources()]),
            _ => (marne_sources(), Some(Pack::france().unwrap()), vec![core_sources(), france_sources()]),
        };
        let source = source.index(sources.len());
        let mut texts: Vec<(&str, String)> = sources.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
        texts[source].1 = damaged(&texts[source].1, &hits);
        let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let read = Pack::parse(texts.iter().copied(), parent.as_ref());
        // A damaged figure may change an answer: examples tell, and do not panic.
        if let Err(errors) = read.and_then(|pack| pack.run_examples()) {
            // A mistake that only shows in a parent's text stands there.
            let all: Vec<_> = texts.iter().chain(inherited.into_iter().flatten()).copied().collect();
            places_are_inside(&errors, &all);
        }
    }
}
