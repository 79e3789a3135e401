//! The guide for pack authors: its files make a sound pack, its messages are those told.

use std::collections::BTreeMap;

use spie::pack::Mistake;
use spie::{Pack, PackErrors};

use crate::written::Page;

const GUIDE: Page = Page(include_str!("../../docs/ecrire-un-pack.md"));

fn files() -> BTreeMap<&'static str, String> {
    GUIDE.files("mon-paquet")
}

/// The same, with the rows of the table in a file.
fn files_with_sheet() -> BTreeMap<&'static str, String> {
    let mut files = files();
    let table = files.get_mut("distance.toml").unwrap();
    let (head, _) = table.split_once("rows = [").unwrap();
    *table = format!("{head}csv = \"distance.csv\"\n");
    files.insert("distance.csv", format!("{}\n", GUIDE.blocks("csv")[0]));
    files
}

fn read(files: &BTreeMap<&str, String>) -> Result<Pack, PackErrors> {
    let sources = files.iter().map(|(name, text)| (*name, text.as_str()));
    Pack::parse(sources, Some(&Pack::marne().unwrap()))
}

/// Its examples hold, nothing is remarked, and the guide shows the count.
fn passes(pack: &Pack) {
    let ran = pack
        .run_examples()
        .unwrap_or_else(|errors| panic!("{errors}"));
    pack.check_coverage()
        .unwrap_or_else(|remarks| panic!("{remarks}"));
    pack.check_rules(|_, _| {})
        .unwrap_or_else(|remarks| panic!("{remarks}"));
    GUIDE.shows(&format!("{ran} exemples, 0 erreur, 0 remarque"));
}

#[test]
fn the_pack_of_the_guide_is_sound_and_its_examples_hold() {
    for files in [files(), files_with_sheet()] {
        let pack = read(&files).unwrap_or_else(|errors| panic!("{errors}"));
        passes(&pack);
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
    GUIDE.shows_all(&read(&misspelt).unwrap_err());

    let shut = with("velos.toml", "bike.able and", "bike.able and not rqth and");
    let remarks = read(&shut).unwrap().check_rules(|_, _| {}).unwrap_err();
    let lowers = remarks
        .iter()
        .find(|remark| remark.code() == "L008")
        .unwrap();
    GUIDE.shows(&lowers.to_string());
    GUIDE.shows(lowers.example().unwrap().trim_end());

    let mut gap = files();
    let table = gap.get_mut("distance.toml").unwrap();
    let lines = table.split_inclusive('\n');
    *table = lines.filter(|line| !line.starts_with("answers")).collect();
    GUIDE.shows_all(&read(&gap).unwrap().check_rules(|_, _| {}).unwrap_err());
}

/// The last chapter: a pack of somebody's own, from its slips to its last check.
#[test]
fn the_trial_of_the_guide_goes_as_it_is_told() {
    let mut files = GUIDE.files("garage");
    let written = files.remove("exemples.toml").unwrap();
    let slips = read(&files).unwrap_err();
    assert_eq!(slips.len(), 5);
    GUIDE.shows_all(&slips);

    let rules = files.get_mut("garage.toml").unwrap();
    let mut lines: Vec<String> = rules.lines().map(str::to_owned).collect();
    let slips: Vec<_> = slips.iter().collect();
    // From the last on, for the places of those before to stay.
    for slip in slips.into_iter().rev() {
        let quoted = |text: &str| text.split('`').nth(1).unwrap().to_owned();
        let (wrong, right) = (quoted(slip.message()), quoted(slip.mend()));
        let line = &mut lines[slip.line() - 1];
        let before: String = line.chars().take(slip.column() - 1).collect();
        let after = line[before.len()..].replacen(&wrong, &right, 1);
        *line = before + &after;
    }
    *rules = lines.join("\n");
    let untried = read(&files).unwrap().check_coverage().unwrap_err();
    assert_eq!(untried.len(), 3);
    GUIDE.shows_all(&untried);

    let late = written.replace("2025-03-28", "2025-03-27");
    files.insert("exemples.toml", late);
    let errors = read(&files).unwrap().run_examples().unwrap_err();
    assert_eq!(errors.len(), 1);
    GUIDE.shows_all(&errors);

    files.insert("exemples.toml", written);
    passes(&read(&files).unwrap());
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
    GUIDE.shows(&change.to_string());
}

#[test]
fn every_code_stands_in_the_guide() {
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
    GUIDE.holds("docs/ecrire-un-pack.md", "codes", &rows);
}
