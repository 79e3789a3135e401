//! What an author of packs reads after a mistake: where, what, and the likeliest mend.
//!
//! A sound pack, one mistake at a time. The snapshot is read by human eyes.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use spie::pack::PackError;
use spie::{Pack, PackErrors};

const BASE: &str = include_str!("../samples/base_pack.toml");

/// A mistake: its code, what is written, and what is written instead.
type Mistake = (&'static str, &'static str, &'static str);

/// A table before the tracks: what it says beside what all samples of it share.
macro_rules! table {
    ($($written:tt)*) => {
        concat!(
            "[[table]]\nid = \"aids\"\ntitle = \"Aides\"\nsource = \"règlement\"\nverified = true\n\
             because = \"Une aide existe.\"\nfrom = 2021-01-01\n",
            $($written)*,
            "\n\n[[track]]"
        )
    };
}

/// The same, whose rows all propose the same.
macro_rules! rows {
    ($rows:tt) => {
        table!(concat!(
            "propose = { scheme = \"licence-aid\", partner = \"desk\", priority = 20 }\nrows = [\n  ",
            $rows,
            ",\n]"
        ))
    };
}

/// How long words are kept, before the tracks: what a sample says beside what all share.
macro_rules! retention {
    ($written:tt) => {
        concat!(
            "[[retention]]\nid = \"desk-words\"\nsource = \"règlement\"\nverified = true\n\
             purpose = \"répondre à un recours\"\n",
            $written,
            "\n\n[[track]]"
        )
    };
}

const MISTAKES: &[Mistake] = &[
    ("P001", "id = \"base\"", "id = \"base"),
    ("P001", "order = 10", "order = 10 = 11"),
    (
        "P066",
        "order = 10",
        "order = 10\nanswers = { L04 = \"voulu\" }",
    ),
    ("P002", "question = \"Avez", "qestion = \"Avez"),
    ("P029", "[[theme]]", "[[teme]]"),
    ("P029", "[pack]", "[pac]"),
    ("P029", "[pack]", "[[pack]]"),
    (
        "P054",
        "derive = { years_since = \"birth_date\" }\n\n[[fact]]\nname = \"licence",
        "derive = { year_since = \"birth_date\" }\n\n[[fact]]\nname = \"licence",
    ),
    (
        "P003",
        "because = \"{body} peut aider à payer le permis.\"\n",
        "",
    ),
    ("P003", "source = \"règlement, art. 2\"\n", ""),
    ("P039", "scale = \"weight\"\nlabel", "label"),
    ("P037", "question = \"Avez-vous le permis B ?\"\n", ""),
    (
        "P004",
        "verified = true\nfrom = 2021-01-01",
        "verified = \"oui\"\nfrom = 2021-01-01",
    ),
    ("P030", "[[theme]]", "[theme]"),
    (
        "P004",
        "from = 2021-01-01\n\n[[track]]",
        "from = \"2021-01-01\"\n\n[[track]]",
    ),
    ("P005", "id = \"licence-aid\"", "id = \"Aide au permis\""),
    ("P005", "name = \"licence.b\"", "name = \"Permis B\""),
    ("P005", "id = \"young\"", "id = \"not\""),
    ("P006", "name = \"income\"", "name = \"birth_date\""),
    (
        "P006",
        "code = \"logistique\", label",
        "code = \"btp\", label",
    ),
    (
        "P059",
        "names = [{ name = \"Maison Nord\" }]",
        "names = [{ name = \"Maison Nord\" }, { name = \"Maison du Nord\", from = 2024-01-01 }]",
    ),
    (
        "P008",
        "from = 2021-01-01\n\n[[track]]",
        "from = 2021-01-01\nuntil = 2020-12-31\n\n[[track]]",
    ),
    (
        "P031",
        "from = 2021-01-01\n\n[[track]]",
        "from = 0021-01-01\n\n[[track]]",
    ),
    ("P010", "when = \"age < 26\"", "when = \"(age < 26\""),
    (
        "P036",
        "when = \"age < 26\"",
        "when = \"age inférieur à 26\"",
    ),
    ("P010", "when = \"age < 26\"", "when = \"age =\""),
    ("P015", "young and", "decision has social and"),
    ("P011", "not licence.b and", "not licnce.b and"),
    ("P011", "young and", "yung and"),
    (
        "P011",
        "when = \"age < 26\"",
        "when = \"\"\"\n  age < 26\n  or licence.c\n\"\"\"",
    ),
    ("P011", "not licence.b and", "decision in bulding and"),
    ("P012", "when = \"age < 26\"", "when = \"age < 2021-05-27\""),
    ("P012", "income < ceiling", "income < 500"),
    ("P038", "type = \"flag\"", "type = \"boolean\""),
    ("P058", "value = \"500 EUR\"", "value = \"500 euros\""),
    (
        "P053",
        "[[value]]",
        "[[set]]\nid = \"building\"\nnomenclature = \"track\"\ncodes = [\"social\"]\nfrom = 2024-01-01\n\n[[value]]",
    ),
    (
        "P055",
        "derive = { years_since = \"birth_date\" }\n\n[[fact]]\nname = \"licence",
        "derive = { years_since = \"income\" }\n\n[[fact]]\nname = \"licence",
    ),
    ("P013", "not licence.b and", "barrier.mobility >= hevy and"),
    ("P013", "not licence.b and", "sectors has btpp and"),
    (
        "P013",
        "track = \"professional\"",
        "track = \"profesional\"",
    ),
    ("P014", "sensitivity = 1", "sensitivity = 7"),
    ("P014", "priority = 10", "priority = 200"),
    ("P032", "when = \"age < 26\"", "when = \"age in 26..16\""),
    ("P033", "young and", "at least 3 of (young, licence.b) and"),
    (
        "P034",
        "when = \"age < 26\"",
        "when = \"birth_date more than 9999 months ago\"",
    ),
    ("P049", "not licence.b and", "licence.b > 3 and"),
    ("P050", "not licence.b and", "sectors = btp and"),
    ("P049", "not licence.b and", "decision < social and"),
    ("P051", "young and", "young = true and"),
    ("P048", "young and", "age and"),
    (
        "P016",
        "not licence.b and",
        "count(chldren, age < 3) >= 1 and",
    ),
    ("P016", "not licence.b and", "any(children, agee < 3) and"),
    ("P047", "not licence.b and", "count(licence.b) >= 1 and"),
    ("P017", "from = 2021-01-01\n\n[[track]]", "\n[[track]]"),
    (
        "P017",
        "verified = true\n\n[[rule]]",
        "verified = true\nuntil = 2024-12-31\n\n[[rule]]",
    ),
    // A filter is counted for any date, so that it must hold at any.
    (
        "P017",
        "type = \"money\"\ntitle = \"plafond de ressources\"\nperiods = [{ from = 2021-01-01, value = \"500 EUR\", source = \"arrêté\", verified = true }]\n\n[[condition]]\nid = \"young\"\nwhen = \"age < 26\"",
        "type = \"integer\"\ntitle = \"âge limite\"\nperiods = [{ from = 2021-01-01, value = 3, source = \"arrêté\", verified = true }]\n\n[[condition]]\nid = \"young\"\nwhen = \"any(children, age < ceiling)\"",
    ),
    (
        "P018",
        "when = \"age < 26\"",
        "when = \"young or age < 26\"",
    ),
    (
        "P018",
        "derive = { years_since = \"birth_date\" }\n\n[[fact]]\nname = \"licence",
        "derive = { max = [\"age\"] }\n\n[[fact]]\nname = \"licence",
    ),
    (
        "P019",
        "when = \"age < 26\"",
        "when = \"((((((((((((((((((((((((((((((((((((((((((((((((((age < 26))))))))))))))))))))))))))))))))))))))))))))))))))\"",
    ),
    (
        "P020",
        "scheme = \"licence-aid\", partner",
        "scheme = \"licnce-aid\", partner",
    ),
    ("P021", "partner = \"desk\"", "partner = \"desk-nord\""),
    ("P021", "role = \"desk\"", "role = \"dsk\""),
    (
        "P040",
        "theme = \"mobility\"\nsource",
        "theme = \"mobilité\"\nsource",
    ),
    (
        "P022",
        "derive = { years_since = \"birth_date\" }\n\n[[fact]]\nname = \"licence",
        "derive = { years_since = \"birthdate\" }\n\n[[fact]]\nname = \"licence",
    ),
    (
        "P023",
        "sensitivity = 1",
        "sensitivity = 2\npresume = \"0 EUR\"",
    ),
    ("P024", "{body} peut", "{corps} peut"),
    ("P024", "{body} peut", "{boddy} peut"),
    ("P024", "{body} peut", "{body peut"),
    ("P025", "order = 10\n", "order = 10\nwhen = \"young\"\n"),
    ("P026", "10 working days", "10 jours ouvrés"),
    ("P026", "10 working days", "2 months of birthdate"),
    ("P026", "within = \"10 working days\"", "waits = true"),
    (
        "P063",
        "track = \"decision\"\n\n",
        "track = \"decision\"\nresumes_on = \"age\"\n\n",
    ),
    (
        "P027",
        "title = \"Paquet de base\"",
        "title = \"Paquet de base\"\nextends = \"france\"",
    ),
    (
        "P028",
        "[[rule]]",
        "[[end]]\nrule = \"licence-old\"\nfrom = 2025-01-01\n\n[[rule]]",
    ),
    (
        "P007",
        "[[rule]]",
        "[[rule]]\nid = \"licence\"\ntitle = \"Permis\"\nwhen = \"young\"\npropose = { scheme = \"licence-aid\", partner = \"desk\", priority = 20 }\nbecause = \"Une aide existe.\"\nsource = \"règlement\"\nverified = true\nfrom = 2020-01-01\nuntil = 2021-01-01\n\n[[rule]]",
    ),
    (
        "P009",
        "[[track]]",
        "[[track]]\nid = \"first\"\norder = 10\nwhen = \"young\"\ntrack = \"social\"\nlead = \"desk\"\nbecause = \"x\"\nsource = \"x\"\nverified = true\n\n[[track]]",
    ),
    (
        "P032",
        "type = \"integer\"\nunit = \"year\"\nlabel = \"âge\"\nderive",
        "type = \"integer\"\nmin = 10\nmax = 1\nunit = \"year\"\nlabel = \"âge\"\nderive",
    ),
    ("P035", "young and", "young & "),
    // What French people write, and what other languages do.
    ("P036", "when = \"age < 26\"", "when = \"age < 26 ans\""),
    ("P012", "when = \"age < 26\"", "when = \"age < 26ans\""),
    ("P036", "young and", "young et"),
    ("P036", "young and", "(young ou licence.b) and"),
    ("P036", "income < ceiling", "income < 31,59 EUR"),
    ("P036", "income < ceiling", "income < 500 euros"),
    ("P035", "income < ceiling", "income < 31,59 €"),
    ("P035", "when = \"age < 26\"", "when = \"age => 26\""),
    ("P035", "when = \"age < 26\"", "when = \"age == 26\""),
    (
        "P035",
        "when = \"age < 26\"",
        "when = \"birth_date >= 14/03/2025\"",
    ),
    (
        "P035",
        "when = \"age < 26\"",
        "when = \"birth_date >= 31/02/2025\"",
    ),
    ("P035", "young and", "decision = “social” and"),
    ("P001", "when = \"age < 26\"", "when = “age < 26”"),
    (
        "P001",
        "verified = true\nfrom = 2021-01-01",
        "verified = non\nfrom = 2021-01-01",
    ),
    (
        "P001",
        "from = 2021-01-01\n\n[[track]]",
        "from = 01/01/2021\n\n[[track]]",
    ),
    (
        "P001",
        "from = 2021-01-01\n\n[[track]]",
        "from = 2021-01-01\nuntil = 2025-13-01\n\n[[track]]",
    ),
    (
        "P004",
        "from = 2021-01-01\n\n[[track]]",
        "from = \"01/01/2021\"\n\n[[track]]",
    ),
    (
        "P001",
        "from = 2021-01-01\n\n[[track]]",
        "from = 01-01-2021\n\n[[track]]",
    ),
    (
        "P001",
        "from = 2021-01-01\n\n[[track]]",
        "from = 1er janvier 2021\n\n[[track]]",
    ),
    ("P001", "order = 10", "order = 10,5"),
    ("P036", "young and", "non young and"),
    ("P036", "when = \"age < 26\"", "when = \"age < 1 000\""),
    ("P001", "value = \"500 EUR\"", "value = 29,5"),
    (
        "P001",
        "title = \"Paquet de base\"",
        "title = Paquet de base",
    ),
    (
        "P001",
        "verified = true\nfrom = 2021-01-01",
        "verified =\nfrom = 2021-01-01",
    ),
    ("P035", "young and", "\\\"young\\\" and"),
    ("P038", "type = \"money\"\ntitle", "type = \"somme\"\ntitle"),
    ("P039", "nomenclature = \"sector\"\nlabel", "label"),
    ("P039", "list = \"whole\"\n", ""),
    (
        "P041",
        "nomenclature = \"sector\"\nlabel",
        "nomenclature = \"sectors\"\nlabel",
    ),
    (
        "P042",
        "[[set]]",
        "[[nomenclature]]\nid = \"town\"\ncsv = \"town.csv\"\ncode = \"code\"\nlabel = \"name\"\n\n[[set]]",
    ),
    ("P052", "income < ceiling", "age < ceiling"),
    ("P053", "young and", "decision in building and"),
    (
        "P054",
        "derive = { years_since = \"birth_date\" }\n\n[[fact]]\nname = \"licence",
        "derive = \"birth_date\"\n\n[[fact]]\nname = \"licence",
    ),
    (
        "P056",
        "code = \"btp\", label",
        "code = \"bâtiment public\", label",
    ),
    (
        "P057",
        "codes = [{ code = \"btp\", label = \"bâtiment\" }, { code = \"logistique\", label = \"logistique\" }]",
        "codes = []",
    ),
    ("P061", "[[rule]]", "[[end]]\nfrom = 2025-01-01\n\n[[rule]]"),
    (
        "P062",
        "young and",
        "any(children, count(children) > 1) and",
    ),
    ("P063", "young and", "income in the last 6 months and"),
    (
        "P064",
        "title = \"Paquet de base\"",
        "title = \"Paquet de base\"\nholidays = \"corse\"",
    ),
    (
        "P065",
        "derive = { years_since = \"birth_date\" }\n\n[[fact]]\nname = \"licence",
        "derive = { lookup = \"decision\", table = \"towns\" }\n\n[[fact]]\nname = \"licence",
    ),
    // For how long what a body says is kept, and which levels are barriers.
    (
        "P012",
        "[[track]]",
        retention!("since = \"observed\"\nactive = \"24 mois\"\nground = \"public_mission\""),
    ),
    (
        "P012",
        "[[track]]",
        retention!("since = \"observed\"\nactive = \"always\"\nground = \"public_mission\""),
    ),
    (
        "P013",
        "[[track]]",
        retention!("since = \"last_work\"\nactive = \"24 months\"\nground = \"public_mission\""),
    ),
    (
        "P003",
        "[[track]]",
        retention!("since = \"observed\"\nground = \"public_mission\""),
    ),
    (
        "P021",
        "[[track]]",
        retention!(
            "by = [\"dsk\"]\nsince = \"observed\"\nactive = \"24 months\"\nground = \"public_mission\""
        ),
    ),
    (
        "P041",
        "track = \"decision\"\n\n",
        "track = \"decision\"\nbarriers = \"wheight\"\n\n",
    ),
    (
        "P013",
        "track = \"decision\"\n\n",
        "track = \"decision\"\nsteps = \"children\"\nstopped = [\"abandoned\"]\n\n",
    ),
    // Tables: what they lack, what they say twice, and what a cell does not ask.
    ("P003", "[[track]]", table!("")),
    ("P003", "[[track]]", table!("rows = []")),
    ("P004", "[[track]]", table!("rows = true")),
    ("P002", "[[track]]", table!("lignes = []\nrows = []")),
    ("P006", "[[track]]", table!("csv = \"aids.csv\"\nrows = []")),
    ("P042", "[[track]]", table!("csv = \"aids.csv\"")),
    (
        "P003",
        "[[track]]",
        table!(
            "propose = { scheme = \"licence-aid\", partner = \"desk\" }\nrows = [\n  { age = \"< 18\", priority = 10 },\n  { age = \">= 18\" },\n]"
        ),
    ),
    (
        "P003",
        "[[track]]",
        table!("rows = [{ age = 18 }, { age = 19 }]"),
    ),
    (
        "P020",
        "[[track]]",
        table!(
            "propose = { partner = \"desk\", priority = 20 }\nrows = [{ age = 18, scheme = \"licnce-aid\" }]"
        ),
    ),
    ("P044", "[[track]]", rows!("{ \"licnce.b\" = true }")),
    ("P044", "[[track]]", rows!("{ prioritty = 3 }")),
    ("P015", "[[track]]", rows!("{ children = \">= 1\" }")),
    ("P004", "[[track]]", rows!("{ licence.b = true }")),
    ("P004", "[[track]]", rows!("{ decision = [\"social\"] }")),
    (
        "P005",
        "[[track]]",
        rows!("{ id = \"Moins de 18\", age = 17 }"),
    ),
    (
        "P006",
        "[[track]]",
        rows!("{ id = \"minor\", age = 17 }, { id = \"minor\", age = 16 }"),
    ),
    ("P010", "[[track]]", rows!("{ age = \">= \" }")),
    ("P010", "[[track]]", rows!("{ decision = \"not social\" }")),
    ("P010", "[[track]]", rows!("{ when = \"(young\" }")),
    ("P035", "[[track]]", rows!("{ age = \"16–25\" }")),
    ("P036", "[[track]]", rows!("{ age = \"< 18 or > 60\" }")),
    ("P012", "[[track]]", rows!("{ \"licence.b\" = \"oui\" }")),
    ("P012", "[[track]]", rows!("{ income = 500 }")),
    (
        "P013",
        "[[track]]",
        rows!("{ decision = \"{social, profesional}\" }"),
    ),
    ("P032", "[[track]]", rows!("{ age = \"26..16\" }")),
    ("P050", "[[track]]", rows!("{ sectors = \"btp\" }")),
    ("P051", "[[track]]", rows!("{ young = \"< 26\" }")),
    (
        "P026",
        "[[track]]",
        rows!("{ age = 17, within = \"10 jours ouvrés\" }"),
    ),
];

/// The pack with a table of towns, and mistakes of that table.
const TOWNS: &str =
    "\n[[nomenclature]]\nid = \"town\"\ncsv = \"towns.csv\"\ncode = \"code\"\nlabel = \"name\"\n";

const SHEETS: &[(&str, &str)] = &[
    ("P044", "cod,name\n51108,Châlons\n"),
    ("P045", "code,name\n51108\n"),
    ("P045", "code,name\n51108,Châlons,Marne\n"),
    ("P045", "code,name\n51108,\"Châlons\n51454,Reims\n"),
    ("P045", "code,name\n,Châlons\n"),
    ("P046", "code,name\n51108,Châlons\n51108,Reims\n"),
    ("P046", "code,code\n51108,Châlons\n"),
];

/// A table whose rows stand in a file, and mistakes of that file.
const AIDS: &str = "\n[[table]]\nid = \"aids\"\ntitle = \"Aides\"\nsource = \"règlement\"\nverified = true\n\
    because = \"Une aide existe.\"\nfrom = 2021-01-01\npropose = { scheme = \"licence-aid\", partner = \"desk\" }\ncsv = \"aids.csv\"\n";

const ROWS: &[(&str, &str)] = &[
    ("P003", "age,priority\n"),
    ("P003", "age,priority\n17,10\n18,-\n"),
    ("P004", "age,priority\n17,première\n"),
    (
        "P010",
        "age,decision,priority\n-,\"{social, professional\",10\n",
    ),
    (
        "P013",
        "age,decision,priority\n17,\"{social, profesional}\",10\n",
    ),
    ("P044", "age,licnce.b,priority\n17,-,10\n"),
    ("P045", "age,priority\n17\n"),
    ("P046", "age,age,priority\n17,18,10\n"),
];

fn errors(text: &str) -> Option<PackErrors> {
    Pack::parse([("pack.toml", text)], None).err()
}

fn put(mistake: &Mistake) -> String {
    let (_, sound, wrong) = mistake;
    assert_eq!(BASE.matches(sound).count(), 1, "not found once: {sound}");
    BASE.replace(sound, wrong)
}

fn codes(errors: &PackErrors) -> BTreeSet<&str> {
    errors.iter().map(spie::pack::PackError::code).collect()
}

#[test]
fn the_base_is_sound() {
    assert_eq!(errors(BASE), None);
}

#[test]
fn each_mistake_is_told_with_its_place_and_mend() {
    let mut reports = String::new();
    for mistake in MISTAKES {
        let text = put(mistake);
        let errors = errors(&text).unwrap_or_else(|| panic!("accepted: {}", mistake.2));
        assert!(codes(&errors).contains(mistake.0), "{mistake:?}: {errors}");
        for error in errors.iter() {
            let line = text.lines().nth(error.line() - 1);
            let width = line.map_or(0, |line| line.chars().count());
            assert!(error.column() <= width + 1, "outside of its line: {error}");
            let (start, end) = (
                (error.line(), error.column()),
                (error.end_line(), error.end_column()),
            );
            assert!(start <= end, "it ends before it begins: {error}");
            if start.0 == end.0 {
                // A place between two characters is marked by one.
                let marks = error.to_string().matches('^').count();
                assert_eq!(marks, (end.1 - start.1).max(1), "{error}");
            }
        }
        reports.extend([errors.to_string(), format!("\n\n{}\n\n", "-".repeat(72))]);
    }
    for (code, sheet) in SHEETS {
        let pack = format!("{BASE}{TOWNS}");
        let sources = [("pack.toml", pack.as_str()), ("towns.csv", sheet)];
        let errors = Pack::parse(sources, None).unwrap_err();
        assert!(codes(&errors).contains(code), "{code}: {errors}");
        reports.extend([errors.to_string(), format!("\n\n{}\n\n", "-".repeat(72))]);
    }
    for (code, sheet) in ROWS {
        let pack = format!("{BASE}{AIDS}");
        let sources = [("pack.toml", pack.as_str()), ("aids.csv", sheet)];
        let errors = Pack::parse(sources, None).unwrap_err();
        assert!(codes(&errors).contains(code), "{code}: {errors}");
        reports.extend([errors.to_string(), format!("\n\n{}\n\n", "-".repeat(72))]);
    }
    insta::assert_snapshot!(reports);
}

/// A text with what an error says is meant in place of what it marks; none where that is not said.
fn mended(text: &str, error: &PackError) -> Option<String> {
    let written = error.replacement()?;
    assert_eq!(error.line(), error.end_line(), "{error}");
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let line = lines.get_mut(error.line() - 1)?;
    let before: String = line.chars().take(error.column() - 1).collect();
    let after: String = line.chars().skip(error.end_column() - 1).collect();
    *line = format!("{before}{written}{after}");
    Some(lines.join("\n"))
}

/// « vouliez-vous `x` ? » or « écrivez `x` » written in place of what is marked removes that error:
/// in each source with a mistake, for every error that says so.
#[test]
fn a_mend_that_is_a_replacement_removes_the_error() {
    let mut tried = 0;
    let mut all: Vec<Vec<(&str, String)>> = Vec::new();
    for mistake in MISTAKES {
        all.push(vec![("pack.toml", put(mistake))]);
    }
    for (pack, file, sheets) in [(TOWNS, "towns.csv", SHEETS), (AIDS, "aids.csv", ROWS)] {
        for (_, sheet) in sheets {
            all.push(vec![
                ("pack.toml", format!("{BASE}{pack}")),
                (file, (*sheet).to_owned()),
            ]);
        }
    }
    for sources in all {
        let parse = |sources: &[(&str, String)]| {
            let sources = sources.iter().map(|(name, text)| (*name, text.as_str()));
            Pack::parse(sources, None).err()
        };
        let found = parse(&sources);
        let found: Vec<_> = found.iter().flat_map(PackErrors::iter).collect();
        for error in &found {
            let mut sources = sources.clone();
            let source = sources.iter_mut().find(|(name, _)| *name == error.file());
            let Some((_, text)) = source else { continue };
            let Some(mended) = mended(text, error) else {
                continue;
            };
            *text = mended;
            let left = parse(&sources);
            let left: Vec<_> = left.iter().flat_map(PackErrors::iter).collect();
            let of_code =
                |all: &[&PackError]| all.iter().filter(|one| one.code() == error.code()).count();
            assert!(
                of_code(&left) < of_code(&found),
                "{error}\nleft: {}",
                left.iter().map(ToString::to_string).collect::<String>()
            );
            tried += 1;
        }
    }
    assert!(tried >= 20, "{tried} mends are replacements");
}

/// One slip is one mistake, where several readers meet it.
#[test]
fn a_slip_is_told_once() {
    for (sound, wrong) in [
        (
            "verified = true\nfrom = 2021-01-01",
            "verified = non\nfrom = 2021-01-01",
        ),
        (
            "verified = true\nfrom = 2021-01-01",
            "verified = Vrai\nfrom = 2021-01-01",
        ),
        (
            "from = 2021-01-01\n\n[[track]]",
            "from = 2025-13-01\n\n[[track]]",
        ),
        (
            "from = 2021-01-01\n\n[[track]]",
            "from = 01/01/2021\n\n[[track]]",
        ),
        (
            "from = 2021-01-01\n\n[[track]]",
            "from = \"01/01/2021\"\n\n[[track]]",
        ),
        ("sensitivity = 1", "sensitivity = 01"),
        ("sensitivity = 1", "sensitivity ="),
        ("sensitivity = 1", "sensitivity = un"),
        ("when = \"age < 26\"", "when = “age < 26”"),
    ] {
        let errors = errors(&put(&("", sound, wrong))).unwrap();
        assert_eq!(errors.len(), 1, "{wrong}: {errors}");
    }
}

/// Examples and a table, written in lists and tables of one line and of several.
const BRACKETS: &str = r#"
[[table]]
id = "aids"
title = "Aides"
source = "règlement"
verified = true
because = "Une aide existe."
from = 2021-01-01
propose = { scheme = "licence-aid", partner = "desk" }
rows = [
  { age = "< 18", priority = 10 },
  { age = ">= 18", decision = "social", priority = 20 },
]

[[example]]
id = "one"
title = "Un"
at = 2025-03-14
facts.birth_date = 1990-06-01
facts."licence.b" = true
facts.sectors = ["btp", "logistique"]
must = ["licence-aid"]
deadline = { licence-aid = 2025-03-28 }

[[example]]
id = "two"
title = "Deux"
at = 2025-03-14
facts = { birth_date = 1990-06-01, children = [{ birth_date = 2022-01-01 }] }
must_not = [
  "licence-aid",
]
may = []
"#;

/// One bracket or quote that is forgotten accuses no other line.
#[test]
fn what_is_left_open_is_told_once_where_it_is() {
    let sound = format!("{BASE}{BRACKETS}");
    assert_eq!(errors(&sound), None);
    let (mut tried, mut otherwise) = (0, String::new());
    for (place, sign) in sound.match_indices(['[', ']', '{', '}', '"']) {
        // The opening of a list of several lines is forgotten: each of them is no key.
        if sound[place..].starts_with("[\n") {
            continue;
        }
        let wrong = [&sound[..place], &sound[place + 1..]].concat();
        let Some(errors) = errors(&wrong) else {
            continue;
        };
        // What is not closed is told where it is opened.
        let is_end = sound[..place].ends_with('\n') && sound[place..].starts_with("]\n");
        let opened = sound[..place].rfind("= [\n").filter(|_| is_end);
        let line = sound[..opened.unwrap_or(place)].matches('\n').count() + 1;
        let unreadable = errors.iter().filter(|error| error.code() == "P001");
        let mut lines: Vec<usize> = unreadable.map(PackError::line).collect();
        // Names that it defines may be unknown elsewhere; examples define none.
        let in_example = sound.find("[[example]]").is_some_and(|first| place > first);
        let of_key = sound
            .lines()
            .nth(line - 1)
            .is_some_and(|line| line.starts_with("facts.\""));
        if in_example && sign != "{" && !of_key {
            lines = errors.iter().map(PackError::line).collect();
        }
        // A brace of a sentence is a sign like any other to TOML.
        if codes(&errors) == BTreeSet::from(["P024"]) {
            continue;
        }
        if lines != [line] {
            writeln!(otherwise, "line {line}:\n{errors}").unwrap();
        }
        tried += 1;
    }
    assert!(otherwise.is_empty(), "{otherwise}");
    assert!(tried > 300, "{tried}");
}

/// Whoever is told how to write a name uses it elsewhere as it will be.
#[test]
fn a_name_that_is_mended_is_known() {
    let wrong = BASE.replace("id = \"desk\"", "id = \"Désk\"");
    let told = errors(&wrong).unwrap();
    assert_eq!(codes(&told), BTreeSet::from(["P005"]), "{told}");
    let wrong = wrong.replace("partner = \"desk\"", "partner = \"désk\"");
    let told = errors(&wrong).unwrap();
    let unknown: Vec<_> = told.iter().filter(|one| one.code() == "P021").collect();
    assert!(!unknown.is_empty(), "{told}");
    for one in unknown {
        assert_eq!(one.mend(), "vouliez-vous `desk` ?", "{told}");
    }
}

/// All that is French in one condition is told at once, with the names and values in it.
#[test]
fn all_slips_of_a_condition_are_told_at_once() {
    let when = "licence.b = faux et non (young ou agee < 3)";
    let wrong = BASE.replace("when = \"age < 26\"", &format!("when = \"{when}\""));
    let wrong = wrong.replace("young ou", "licence.b ou");
    let told = errors(&wrong).unwrap();
    let mends: Vec<&str> = told.iter().map(PackError::mend).collect();
    assert_eq!(
        mends,
        [
            "vouliez-vous `false` ?",
            "vouliez-vous `and` ?",
            "vouliez-vous `not` ?",
            "vouliez-vous `or` ?",
            "vouliez-vous `age` ?",
        ],
        "{told}"
    );
}

/// What does not fit a fact is told in examples as in conditions: by what to write.
#[test]
fn what_an_example_says_wrongly_is_told_with_what_to_write() {
    let mut replaced = Vec::new();
    for (facts, mend) in [
        (
            "birth_date = \"12/06/1990\"",
            "écrivez 1990-06-12, sans guillemets",
        ),
        ("\"licence.b\" = \"non\"", "écrivez false, sans guillemets"),
        ("\"licence.b\" = 1", "écrivez true ou false"),
        ("income = 500", "vouliez-vous `\"500 EUR\"` ?"),
        ("decision = \"sociale\"", "vouliez-vous `social` ?"),
        (
            "\"barrier.mobility\" = \"modéré\"",
            "ce qui existe : `absent`, `light`, `heavy`",
        ),
        (
            "licence.c = true",
            "écrivez `facts.\"licence.b\"`, entre guillemets",
        ),
        (
            "licence.b = true",
            "écrivez `facts.\"licence.b\"`, entre guillemets",
        ),
    ] {
        let example = format!(
            "\n[[example]]\nid = \"one\"\ntitle = \"Un\"\nat = 2025-03-14\nfacts.{facts}\nmay = [\"licence-aid\"]\n"
        );
        let text = format!("{BASE}{example}");
        let run = |text: &str| {
            let pack = Pack::parse([("pack.toml", text)], None).unwrap();
            pack.run_examples().err()
        };
        let told = run(&text).unwrap();
        let mends: Vec<&str> = told.iter().map(PackError::mend).collect();
        assert_eq!(mends, [mend], "{facts}: {told}");
        // Written in place of what is marked, it says nothing wrong any more.
        for error in told.iter() {
            let Some(mended) = mended(&text, error) else {
                continue;
            };
            let left = run(&mended);
            let mut left = left.iter().flat_map(PackErrors::iter);
            assert!(
                left.all(|one| one.code() != error.code()),
                "{error}\n{mended}"
            );
            replaced.push(error.code());
        }
    }
    assert!(replaced.len() >= 2, "{replaced:?}");
}

/// A text where a list of names is due: one mistake, with the form shown.
#[test]
fn a_name_alone_is_told_with_the_form_of_names() {
    let wrong = BASE.replace(
        "names = [{ name = \"Maison Nord\" }]",
        "names = \"Maison Nord\"",
    );
    let told = errors(&wrong).unwrap();
    let mends: Vec<&str> = told.iter().map(PackError::mend).collect();
    assert_eq!(
        mends,
        ["écrivez `names = [{ name = \"Maison Nord\" }]`"],
        "{told}"
    );
}

/// What a filter uses of one's own pack is marked there, and not in a file of the parent.
#[test]
fn a_value_that_a_filter_uses_out_of_its_time_is_marked_itself() {
    let over = "[pack]\nid = \"over\"\ntitle = \"Dessus\"\nextends = \"base\"\n\n\
        [[value]]\nid = \"limit\"\ntype = \"integer\"\ntitle = \"âge limite\"\n\
        periods = [{ from = 2024-01-01, value = 3, source = \"arrêté\", verified = true }]\n\n\
        [[condition]]\nid = \"small\"\nwhen = \"any(children, age < limit)\"\n";
    let base = Pack::parse([("pack.toml", BASE)], None).unwrap();
    let told = Pack::parse([("over.toml", over)], Some(&base)).unwrap_err();
    let places: Vec<_> = told
        .iter()
        .map(|one| (one.code(), one.file(), one.line()))
        .collect();
    assert_eq!(places, [("P017", "over.toml", 7)], "{told}");
}

/// The mistakes of examples are told beside those of rules, as far as they can be known.
#[test]
fn what_is_wrong_in_examples_is_told_with_all_else() {
    let examples = r#"
[[example]]
id = "one"
title = "Un"
at = "14/03/2025"
facts = { agee = 3, "licence.b" = "oui", sectors = ["btpp"], children = [{ agee = 3 }] }
must = ["licnce-aid"]

[[example]]
id = "one"
title = "Deux"
at = 2025-03-14
facts.licence.b = true
facts.age = 20
must = ["licence-aid"]
track = "profesional"
partner = { licence-aid = "dsk" }
deadline = { licence-aid = "2025-03-28" }

[[example]]
id = "three"
title = "Trois"
at = 2025-03-14
must = ["licence-aid"]
deadline = { licence-aid = 15 }
levels = { "barier.mobility" = "light" }

[[example]]
id = "four"
title = "Quatre"
at = 2025-03-14
must = ["licence-aid"]
deadline = { licence-aid = "28/03/2025" }

[[example]]
id = "five"
title = "Cinq"
at = 2025-03-14
must = ["licence-aid"]
deadline = { licence-aid = "birthdate" }
"#;
    let sound = format!("{BASE}{examples}");
    let wrong = sound.replace("young and", "yung and");
    let told = errors(&wrong).unwrap();
    insta::assert_snapshot!(told);
    // Once the rule is mended and the example has an id of its own, the same is told.
    let mended = sound.replacen("id = \"one\"", "id = \"another\"", 1);
    let pack = Pack::parse([("pack.toml", mended)], None).unwrap();
    let ran = pack.run_examples().unwrap_err();
    let messages = |errors: &PackErrors| -> Vec<String> {
        let errors = errors.iter().filter(|error| error.code() != "X001");
        errors.map(|error| error.message().to_owned()).collect()
    };
    let told: Vec<String> = messages(&told).split_off(1);
    let twice = |message: &String| !message.contains("défini deux fois");
    assert_eq!(
        told.into_iter().filter(twice).collect::<Vec<_>>(),
        messages(&ran)
    );
}

/// A fact or a scheme whose own entry is wrong is not unknown to the examples.
#[test]
fn what_is_wrong_elsewhere_is_not_told_again_of_examples() {
    let example = "\n[[example]]\nid = \"one\"\ntitle = \"Un\"\nat = 2025-03-14\nfacts.\"licence.b\" = true\nmust_not = [\"licence-aid\"]\n";
    for (sound, wrong) in [
        (
            "name = \"licence.b\"\ntype = \"flag\"",
            "name = \"licence.b\"\ntype = \"flg\"",
        ),
        ("id = \"licence-aid\"\ntitle", "id = \"licence-aid\"\ntitel"),
    ] {
        assert_eq!(BASE.matches(sound).count(), 1, "{sound}");
        let text = format!("{}{example}", BASE.replace(sound, wrong));
        let before = errors(&BASE.replace(sound, wrong)).unwrap();
        let after = errors(&text).unwrap();
        assert_eq!(before.to_string(), after.to_string());
    }
}

/// Ten mistakes of an ordinary day in two files: one report, in the order of the files.
#[test]
fn all_mistakes_of_a_pack_are_told_at_once() {
    let rules = "\
[[rule]]
id = \"bilan\"
title = \"Bilan\"
when = \"barier.mobility >= moderate and age > \"
propose = { scheme = \"bilan\", partner = \"desk\", priority = 5 }
within = \"15 jours\"
becuase = \"{body} vous reçoit.\"
source = \"règlement, art. 3\"

[[rule]]
id = \"licence\"
title = \"Permis\"
when = \"income < 500\"
propose = { scheme = \"licence-aid\", partner = \"guichet\", priority = 10 }
because = \"{corps} peut aider.\"
source = \"règlement, art. 1\"
verified = true
from = 2021-02-01
until = 2021-01-31
";
    let base = BASE.replace("type = \"flag\"", "type = \"boolean\"");
    let sources = [("pack.toml", base.as_str()), ("rules.toml", rules)];
    let errors = Pack::parse(sources, None).unwrap_err();
    assert!(errors.len() >= 10);
    insta::assert_snapshot!(errors);
}

/// What a folder may hold beside the sources of its pack.
const SOURCES: [(&str, &str, &str); 2] = [
    ("P043", "velos.ods", "vélo;prêt\n"),
    (
        "P060",
        "velos.toml",
        "[pack]\nid = \"velos\"\ntitle = \"Prêt de vélos\"\nextends = \"marne\"\n",
    ),
];

#[test]
fn what_a_folder_may_hold_beside_a_pack_is_told() {
    let mut all = String::new();
    for (code, name, text) in SOURCES {
        let errors = Pack::parse([("pack.toml", BASE), (name, text)], None).unwrap_err();
        let [error] = errors.iter().collect::<Vec<_>>()[..] else {
            panic!("{errors}");
        };
        assert_eq!((error.code(), error.file()), (code, name));
        writeln!(all, "{errors}").unwrap();
    }
    insta::assert_snapshot!(all);
}

/// A kind of mistake without a sample is a kind that nobody has read.
#[test]
fn every_kind_has_a_sample() {
    let mut shown: BTreeSet<&str> = BTreeSet::new();
    shown.extend(MISTAKES.iter().map(|(code, ..)| *code));
    shown.extend(SHEETS.iter().map(|(code, _)| *code));
    shown.extend(SOURCES.iter().map(|(code, ..)| *code));
    // Examples and remarks are tried by tests of their own.
    shown.extend(["X001", "X002"]);
    let kinds: BTreeSet<&str> = spie::pack::Mistake::ALL
        .iter()
        .filter(|kind| !kind.is_remark())
        .map(|kind| kind.code())
        .collect();
    assert_eq!(shown, kinds);
}

/// A table saved by a French spreadsheet: the cause is told once, and not one mistake a row.
#[test]
fn a_table_parted_by_semicolons_is_told_as_such() {
    let pack = format!("{BASE}{TOWNS}open = true\n");
    for sheet in [
        "code;name\n51108;Châlons\n51454;Reims\n",
        "code\tname\n51108\tChâlons\n",
    ] {
        let sources = [("pack.toml", pack.as_str()), ("towns.csv", sheet)];
        let errors = Pack::parse(sources, None).unwrap_err();
        let [error] = errors.iter().collect::<Vec<_>>()[..] else {
            panic!("{errors}");
        };
        assert_eq!(
            (error.code(), error.file(), error.line()),
            ("P045", "towns.csv", 1)
        );
        assert!(error.mend().contains("UTF-8"), "{error}");
    }
}

/// What a version follows is told by its identity, and by nothing that looks like one.
#[test]
fn what_is_superseded_is_an_identity() {
    let with = |identity: &str| {
        let header = format!("[pack]\nsupersedes = \"{identity}\"");
        errors(&BASE.replacen("[pack]", &header, 1))
    };
    assert!(with(Pack::marne().unwrap().identity()).is_none());
    for wrong in ["", "la version d'avant", &"A".repeat(64), &"a".repeat(63)] {
        let told = with(wrong).unwrap();
        assert_eq!(told.len(), 1, "{told}");
        assert!(told.to_string().contains("n'est pas l'identité"), "{told}");
    }
}
