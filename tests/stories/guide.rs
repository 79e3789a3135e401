//! The guide for pack authors: its files make a sound pack, its messages are those told.

use std::collections::BTreeMap;

use spie::pack::Mistake;
use spie::{Pack, PackErrors};

const GUIDE: &str = include_str!("../../docs/ecrire-un-pack.md");

/// The blocks of a language, fences left out.
fn blocks(kind: &str) -> Vec<&'static str> {
    let mut found = Vec::new();
    let mut rest = GUIDE;
    while let Some((_, after)) = rest.split_once("```") {
        let Some((block, after)) = after.split_once("\n```") else {
            break;
        };
        let (language, text) = block.split_once('\n').unwrap();
        if language == kind {
            found.push(text);
        }
        rest = after;
    }
    found
}

/// The files that the guide writes, by the name in their first line.
fn files() -> BTreeMap<&'static str, String> {
    let written = blocks("toml").into_iter().map(|block| {
        let first = block.lines().next().unwrap();
        let name = first.strip_prefix("# mon-paquet/").unwrap();
        (name, format!("{block}\n"))
    });
    written.collect()
}

/// The same, with the rows of the table in a file.
fn files_with_sheet() -> BTreeMap<&'static str, String> {
    let mut files = files();
    let table = files.get_mut("distance.toml").unwrap();
    let (head, _) = table.split_once("rows = [").unwrap();
    *table = format!("{head}csv = \"distance.csv\"\n");
    files.insert("distance.csv", format!("{}\n", blocks("csv")[0]));
    files
}

fn read(files: &BTreeMap<&str, String>) -> Result<Pack, PackErrors> {
    let sources = files.iter().map(|(name, text)| (*name, text.as_str()));
    Pack::parse(sources, Some(&Pack::marne().unwrap()))
}

#[test]
fn the_pack_of_the_guide_is_sound_and_its_examples_hold() {
    for files in [files(), files_with_sheet()] {
        let pack = read(&files).unwrap_or_else(|errors| panic!("{errors}"));
        let ran = pack
            .run_examples()
            .unwrap_or_else(|errors| panic!("{errors}"));
        pack.check_coverage()
            .unwrap_or_else(|remarks| panic!("{remarks}"));
        pack.check_rules(|_, _| {})
            .unwrap_or_else(|remarks| panic!("{remarks}"));
        let count = format!("{ran} exemples, 0 erreur, 0 remarque");
        assert!(blocks("text").contains(&count.as_str()), "{count}");
    }
}

/// Every message told stands in the guide.
fn shown(errors: &PackErrors) {
    let blocks = blocks("text");
    for error in errors.iter() {
        let message = error.to_string();
        let stands = blocks.iter().any(|block| block.contains(&message));
        assert!(stands, "{message}");
    }
}

#[test]
fn the_messages_of_the_guide_are_those_told() {
    let with = |name: &str, right: &str, wrong: &str| {
        let mut files = files();
        let text = files.get_mut(name).unwrap();
        *text = text.replace(right, wrong);
        files
    };
    let misspelt = with("velos.toml", "bike.able", "bike.abel");
    shown(&read(&misspelt).unwrap_err());

    let mut untried = files();
    untried.remove("exemples.toml");
    let remarks = read(&untried).unwrap().check_coverage().unwrap_err();
    assert_eq!(remarks.len(), 3);
    shown(&remarks);

    let shut = with("velos.toml", "bike.able and", "bike.able and not rqth and");
    let remarks = read(&shut).unwrap().check_rules(|_, _| {}).unwrap_err();
    let lowers = remarks
        .iter()
        .find(|remark| remark.code() == "L008")
        .unwrap();
    let stands = |text: &str| GUIDE.contains(text);
    assert!(stands(&lowers.to_string()), "{lowers}");
    assert!(
        stands(lowers.example().unwrap()),
        "{}",
        lowers.example().unwrap()
    );

    let mut gap = files();
    let table = gap.get_mut("distance.toml").unwrap();
    let lines = table.split_inclusive('\n');
    *table = lines.filter(|line| !line.starts_with("answers")).collect();
    shown(&read(&gap).unwrap().check_rules(|_, _| {}).unwrap_err());

    let late = with("exemples.toml", "2025-04-04", "2025-04-03");
    let errors = read(&late).unwrap().run_examples().unwrap_err();
    assert_eq!(errors.len(), 1);
    shown(&errors);
}

#[test]
fn the_difference_of_the_guide_is_the_one_found() {
    let mut next = files();
    let rules = next.get_mut("velos.toml").unwrap();
    *rules = rules.replace("commute.max_km <= 10", "commute.max_km <= 15");
    let found = read(&files())
        .unwrap()
        .difference(&read(&next).unwrap(), |_, _| {});
    let [change] = found.changes.as_slice() else {
        panic!("{found:?}");
    };
    let change = change.to_string();
    assert!(blocks("text").contains(&change.as_str()), "{change}");
}

/// `UPDATE_GUIDE=1` writes the list again.
#[test]
fn every_code_stands_in_the_guide() {
    let (begin, end) = ("<!-- codes:begin -->\n", "<!-- codes:end -->");
    let rows: String = Mistake::ALL
        .iter()
        .map(|kind| {
            format!(
                "| `{}` | {} | {} |\n",
                kind.code(),
                kind.title(),
                kind.mend()
            )
        })
        .fold(
            "| code | ce que c'est | que faire |\n|---|---|---|\n".to_owned(),
            |rows, row| rows + &row,
        );
    let (before, rest) = GUIDE.split_once(begin).unwrap();
    let (listed, after) = rest.split_once(end).unwrap();
    if std::env::var_os("UPDATE_GUIDE").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/ecrire-un-pack.md");
        std::fs::write(path, format!("{before}{begin}{rows}{end}{after}")).unwrap();
    } else {
        assert_eq!(listed, rows);
    }
}
