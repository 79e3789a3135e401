//! The page for another Département: its files make a sound pack over the law, and what
//! it quotes is what is told.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use spie::interop::Caseload;
use spie::pack::{Sources, core_sources, france_sources, marne_sources};
use spie::{Engine, Pack, PackErrors};

use crate::written::Page;

const PATH: &str = "docs/departement.md";
const PAGE: Page = Page(include_str!("../../docs/departement.md"));

/// The files of the page, the communes among them.
fn files() -> BTreeMap<&'static str, String> {
    let mut files = PAGE.files("haute-brume");
    let communes = PAGE.blocks("csv");
    assert_eq!(communes.len(), 1);
    files.insert("communes.csv", format!("{}\n", communes[0]));
    files
}

fn read(files: &BTreeMap<&str, String>) -> Result<Pack, PackErrors> {
    let sources = files.iter().map(|(name, text)| (*name, text.as_str()));
    Pack::parse(sources, Some(&Pack::france().unwrap()))
}

fn sound(files: &BTreeMap<&str, String>) -> Pack {
    let pack = read(files).unwrap_or_else(|errors| panic!("{errors}"));
    pack.run_examples()
        .unwrap_or_else(|errors| panic!("{errors}"));
    pack
}

#[test]
fn the_pack_of_the_page_is_sound_and_its_examples_hold() {
    let pack = sound(&files());
    pack.check_coverage()
        .unwrap_or_else(|remarks| panic!("{remarks}"));
    pack.check_rules(|_, _| {})
        .unwrap_or_else(|remarks| panic!("{remarks}"));
}

#[test]
fn the_messages_of_the_page_are_those_told() {
    // No list of communes yet.
    let mut bare = files();
    bare.retain(|name, _| ["pack.toml", "organismes.toml"].contains(name));
    let holder = "[[holder]]\nrole = \"mission-locale\"\npartner = \"ml-clairpont\"\n\
                  when = \"residence.commune = 00101\"\nsource = \"x\"\nverified = false\n";
    bare.insert("titulaires.toml", holder.to_owned());
    let errors = read(&bare).unwrap_err();
    assert_eq!(errors.len(), 1);
    PAGE.shows_all(&errors);

    // An example of the law that expects what the Département changed.
    let mut kept = files();
    let examples = kept.get_mut("exemples.toml").unwrap();
    *examples = examples
        .replace("few-hours-nineteen", "few-hours-fourteen")
        .replace("replaces = \"few-hours-fourteen\"\n", "");
    let errors = read(&kept).unwrap().run_examples().unwrap_err();
    assert!(errors.iter().all(|error| error.code() == "X001"));
    // Without its place, which moves with every example of the law.
    let first = errors.iter().next().unwrap();
    PAGE.shows(&format!("erreur[{}]: {}", first.code(), first.message()));
    PAGE.shows(&format!("= aide: {}", first.mend()));
}

#[test]
fn a_role_that_nobody_holds_stays_on_the_page_of_the_person() {
    let pack = sound(&files());
    let engine = Engine::new(&pack);
    let people = PAGE.blocks("json");
    let caseload = Caseload::parse(people[0], &engine).unwrap();
    assert!(caseload.refused.is_empty());
    let page = |on: &str| {
        let on = on.parse().unwrap();
        let profile = caseload.people[0].profile(&engine, on).unwrap();
        engine.at(on).orient(&profile).unwrap().to_string()
    };
    let shown: Vec<&str> = PAGE.blocks("text");
    let shown: Vec<&&str> = shown
        .iter()
        .filter(|block| block.starts_with("2. "))
        .collect();
    let [eve, day] = shown.as_slice() else {
        panic!("{shown:?}");
    };
    assert!(eve.contains("(organisme à préciser localement)") && !day.contains("préciser"));
    for (on, block) in [("2025-08-31", eve), ("2025-09-01", day)] {
        let page = page(on);
        assert!(page.contains(&format!("{block}\n")), "{page}");
    }
}

#[test]
fn the_next_version_says_what_it_follows_and_who_gains() {
    let before = sound(&files());
    let mut next = files();
    let mut changed = PAGE.files("haute-brume-2027");
    let header = changed.get_mut("pack.toml").unwrap();
    *header = header.replace("l'identité de la version d'avant", before.identity());
    next.extend(changed);
    let after = sound(&next);
    assert_eq!(after.supersedes(), Some(before.identity()));
    assert_ne!(after.identity(), before.identity());
    let found = before.difference(&after, |_, _| {});
    let [change] = found.changes.as_slice() else {
        panic!("{found:?}");
    };
    PAGE.shows(&change.to_string());
}

#[test]
fn a_commune_that_comes_to_another_body_is_told() {
    let mut next = files();
    let communes = next.get_mut("communes.csv").unwrap();
    let line = communes.lines().find(|line| line.starts_with("00102"));
    let line = line.unwrap().to_owned();
    *communes = communes.replace(&line, &line.replace("ml-clairpont", "ml-des-monts"));
    let next = read(&next).unwrap();
    let found = sound(&files()).difference(&next, |_, _| {});
    assert_eq!(found.not_found, []);
    let [change] = found.changes.as_slice() else {
        panic!("{found:#?}");
    };
    PAGE.shows(&format!("{change}\n\n{}", change.example.trim_end()));
}

/// The entries of a section, in the order of the sources.
pub(crate) fn entries(sources: Sources, section: &str) -> Vec<toml::Table> {
    let mut found = Vec::new();
    for (name, text) in sources {
        let Some((_, "toml")) = name.rsplit_once('.') else {
            continue;
        };
        let mut table: toml::Table = text.parse().unwrap();
        if let Some(toml::Value::Array(items)) = table.remove(section) {
            found.extend(items.into_iter().map(|item| match item {
                toml::Value::Table(table) => table,
                other => panic!("{other:?}"),
            }));
        }
    }
    found
}

/// The entries of a section in all three bundled packs.
pub(crate) fn bundled(section: &str) -> Vec<toml::Table> {
    let sources = [core_sources(), france_sources(), marne_sources()];
    let found = sources
        .into_iter()
        .flat_map(|sources| entries(sources, section));
    found.collect()
}

pub(crate) fn text<'t>(table: &'t toml::Table, key: &str) -> &'t str {
    table
        .get(key)
        .and_then(toml::Value::as_str)
        .unwrap_or_default()
}

#[test]
fn what_the_law_leaves_to_a_departement_is_all_listed() {
    for sources in [core_sources(), france_sources()] {
        assert!(entries(sources, "holder").is_empty());
    }
    PAGE.holds(PATH, "roles", &roles());
    PAGE.holds(PATH, "choix", &choices());
}

/// Those to whom the law speaks most come first: they are the first to give.
fn roles() -> String {
    // Rules and tracks by role, versions counted once.
    let mut asked: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for rule in entries(france_sources(), "rule") {
        let propose = rule.get("propose").and_then(toml::Value::as_table).unwrap();
        let to = asked.entry(text(propose, "partner").to_owned());
        to.or_default()
            .insert(format!("rule {}", text(&rule, "id")));
    }
    for track in entries(france_sources(), "track") {
        let to = asked.entry(text(&track, "lead").to_owned());
        to.or_default()
            .insert(format!("track {}", text(&track, "id")));
    }
    let mut roles: Vec<(usize, toml::Table)> = [core_sources(), france_sources()]
        .into_iter()
        .flat_map(|sources| entries(sources, "role"))
        .map(|role| (asked.get(text(&role, "id")).map_or(0, BTreeSet::len), role))
        .collect();
    roles.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let mut rows = "| rôle | qui | règles et parcours de `france` |\n|---|---|---|\n".to_owned();
    let mut unasked = Vec::new();
    for (count, role) in &roles {
        let (id, label) = (text(role, "id"), text(role, "label"));
        if *count > 0 {
            writeln!(rows, "| `{id}` | {label} | {count} |").unwrap();
        } else {
            unasked.push(format!("`{id}` ({label})"));
        }
    }
    let unasked = unasked.join(", ");
    rows + "\nLes autres attestent des faits, ou attendent vos règles : " + &unasked + ".\n"
}

/// The rules that the law leaves open, and how they are answered meanwhile.
fn choices() -> String {
    let mut rows = "| règle | ce que c'est | délai proposé |\n|---|---|---|\n".to_owned();
    for rule in entries(france_sources(), "rule") {
        if rule.get("choice").and_then(toml::Value::as_bool) != Some(true) {
            continue;
        }
        let (id, title) = (text(&rule, "id"), text(&rule, "title"));
        let day = |key: &str| {
            let date = rule.get(key)?.as_datetime()?.date?;
            Some(format!("{:02}/{:02}/{}", date.day, date.month, date.year))
        };
        let period = match (day("from"), day("until")) {
            (None, None) => String::new(),
            (Some(from), None) => format!(", depuis le {from}"),
            (None, Some(until)) => format!(", jusqu'au {until}"),
            (Some(from), Some(until)) => format!(", du {from} au {until}"),
        };
        let within = text(&rule, "within");
        writeln!(rows, "| `{id}` | {title}{period} | `{within}` |").unwrap();
    }
    rows
}
