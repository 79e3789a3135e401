//! A pack over its parent: it adds, ends from a day, replaces, and leaves the rest.

use chrono::NaiveDate;
use spie::pack::PackError;
use spie::{Engine, Orientation, Pack, PackErrors, Profile};

const BASE: &str = include_str!("../samples/base_pack.toml");

fn over(text: &str) -> Result<Pack, PackErrors> {
    let base = Pack::parse([("pack.toml", BASE)], None).unwrap();
    let header = "[pack]\nid = \"ville\"\ntitle = \"Une ville\"\nextends = \"base\"\n";
    let text = format!("{header}{text}");
    Pack::parse([("pack.toml", text.as_str())], Some(&base))
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Twenty years old, without a licence, poor.
fn asked(pack: &Pack, on: &str) -> Orientation {
    let engine = Engine::new(pack);
    let on = day(on);
    let born = on.checked_sub_months(chrono::Months::new(240)).unwrap();
    let profile = Profile::builder(&engine, on)
        .set("birth_date", born)
        .set("licence.b", false)
        .set("income", spie::vocabulary::Cents::new(10_000))
        .build()
        .unwrap();
    engine.at(on).orient(&profile).unwrap()
}

fn codes(errors: &PackErrors) -> Vec<&'static str> {
    errors.iter().map(PackError::code).collect()
}

#[test]
fn what_is_not_touched_stays() {
    let pack = over("").unwrap();
    let before = Pack::parse([("pack.toml", BASE)], None).unwrap();
    assert_ne!(pack.identity(), before.identity());
    let (one, other) = (asked(&pack, "2024-05-06"), asked(&before, "2024-05-06"));
    assert_eq!(one.proposals, other.proposals);
    assert_eq!(one.track, other.track);
}

#[test]
fn a_rule_ends_the_day_before_and_another_begins() {
    let pack = over(
        r#"
        [[end]]
        rule = "licence"
        from = 2024-07-01

        [[rule]]
        id = "licence"
        title = "Permis de tous les âges"
        when = "not licence.b"
        propose = { scheme = "licence-aid", partner = "desk", priority = 10 }
        because = "{body} peut aider à payer le permis, à tout âge."
        source = "délibération de la ville"
        verified = true
        from = 2024-07-01
        "#,
    )
    .unwrap();
    let because = |on: &str| asked(&pack, on).proposals[0].grounds[0].because.clone();
    assert_eq!(
        because("2024-06-30"),
        "Maison Nord peut aider à payer le permis."
    );
    assert_eq!(
        because("2024-07-01"),
        "Maison Nord peut aider à payer le permis, à tout âge."
    );
}

#[test]
fn what_is_replaced_is_gone_at_every_date() {
    let pack = over(
        r#"
        [[value]]
        id = "ceiling"
        replaces = "ceiling"
        type = "money"
        title = "plafond de ressources"
        periods = [{ value = "50 EUR", source = "délibération de la ville", verified = true }]
        "#,
    )
    .unwrap();
    assert!(asked(&pack, "2021-02-01").proposals.is_empty());
    assert!(asked(&pack, "2030-02-01").proposals.is_empty());
}

/// The old one ends on the eve; the new one may not begin before.
#[test]
fn two_versions_never_hold_on_one_day() {
    let of = |from: &str| {
        over(&format!(
            "[[end]]\nscheme = \"licence-aid\"\nfrom = 2025-01-01\n\n[[scheme]]\nid = \"licence-aid\"\n\
             title = \"Aide\"\nsource = \"x\"\nverified = true\nfrom = {from}\n"
        ))
    };
    assert!(of("2025-01-01").is_ok());
    assert_eq!(codes(&of("2024-12-31").unwrap_err()), ["P007"]);
}

#[test]
fn what_is_written_again_without_a_word_is_refused() {
    let again = r#"
        [[scheme]]
        id = "licence-aid"
        title = "Aide au permis de la ville"
        source = "délibération de la ville"
        verified = true
    "#;
    assert_eq!(codes(&over(again).unwrap_err()), ["P006"]);
}

#[test]
fn an_end_leaves_nothing_that_uses_it() {
    let end = "[[end]]\nscheme = \"licence-aid\"\nfrom = 2025-01-01\n";
    assert_eq!(codes(&over(end).unwrap_err()), ["P017"]);
    let both = format!("{end}\n[[end]]\nrule = \"licence\"\nfrom = 2025-01-01\n");
    let pack = over(&both).unwrap();
    assert_eq!(asked(&pack, "2024-12-31").proposals.len(), 1);
    assert_eq!(asked(&pack, "2025-01-01").proposals.len(), 0);
}

#[test]
fn the_order_of_sources_changes_nothing() {
    let sources = [
        (
            "a.toml",
            "[pack]\nid = \"ville\"\ntitle = \"Une ville\"\nextends = \"base\"\n",
        ),
        ("b.toml", "[[end]]\nrule = \"licence\"\nfrom = 2025-01-01\n"),
    ];
    let base = Pack::parse([("pack.toml", BASE)], None).unwrap();
    let one = Pack::parse(sources, Some(&base)).unwrap();
    let mut turned = sources;
    turned.reverse();
    let other = Pack::parse(turned, Some(&base)).unwrap();
    assert_eq!(one.identity(), other.identity());
    assert_eq!(asked(&one, "2024-12-31"), asked(&other, "2024-12-31"));
}

/// What a pack is, is what its parents are as well.
#[test]
fn another_parent_is_another_pack() {
    let child = "[pack]\nid = \"ville\"\ntitle = \"Une ville\"\nextends = \"base\"\n";
    let over = |base: &str| {
        let base = Pack::parse([("pack.toml", base)], None).unwrap();
        Pack::parse([("pack.toml", child)], Some(&base)).unwrap()
    };
    let (one, same) = (over(BASE), over(BASE));
    assert_eq!(one.identity(), same.identity());
    let changed = BASE.replacen("priority = 10", "priority = 11", 1);
    assert_ne!(changed, BASE);
    assert_ne!(one.identity(), over(&changed).identity());
    // To the byte: a parent with a comment more is another source.
    let commented = format!("{BASE}\n# relu\n");
    assert_ne!(one.identity(), over(&commented).identity());
}

/// The example of a parent is run over the pack too, in a file that its authors never opened.
#[test]
fn an_example_of_the_parent_that_fails_says_whose_it_is_and_how_to_replace_it() {
    let kept = r#"
        [[example]]
        id = "poor"
        title = "Vingt ans, sans permis, cent euros"
        at = 2024-05-06
        facts = { birth_date = 2004-05-06, "licence.b" = false, income = "100 EUR" }
        must = ["licence-aid"]
    "#;
    let base = format!("{BASE}{kept}");
    let base = Pack::parse([("pack.toml", base.as_str())], None).unwrap();
    assert_eq!(base.run_examples(), Ok(1));
    let over = |text: &str| {
        let header = "[pack]\nid = \"ville\"\ntitle = \"Une ville\"\nextends = \"base\"\n";
        let end = "[[end]]\nrule = \"licence\"\nfrom = 2024-01-01\n";
        let text = format!("{header}{end}{text}");
        Pack::parse([("pack.toml", text.as_str())], Some(&base)).unwrap()
    };
    let errors = over("").run_examples().unwrap_err();
    assert_eq!(codes(&errors), ["X001"]);
    assert_eq!(
        errors.iter().next().unwrap().mend(),
        "cet exemple vient du paquet `base` : corrigez la règle, ou remplacez-le par un `[[example]]` avec `replaces = \"poor\"`"
    );
    let replaced = kept
        .replace("id = \"poor\"", "id = \"poor\"\nreplaces = \"poor\"")
        .replace("must =", "must_not =");
    assert_eq!(over(&replaced).run_examples(), Ok(1));
    // Its own example is told as before.
    let own = kept.replace("\"poor\"", "\"poor-too\"");
    let errors = over(&format!("{replaced}{own}"))
        .run_examples()
        .unwrap_err();
    let mends: Vec<&str> = errors.iter().map(PackError::mend).collect();
    assert_eq!(mends, ["corrigez la règle, ou ce que l'exemple attend"]);
}

/// Where the parent cannot be known, what the pack takes from it is not said to be missing.
#[test]
fn a_header_that_names_no_parent_is_told_alone() {
    let rule = "\n[[rule]]\nid = \"mine\"\ntitle = \"La mienne\"\nwhen = \"not licence.b\"\npropose = { scheme = \"licence-aid\", partner = \"desk\", priority = 11 }\nbecause = \"{body} aide.\"\nsource = \"délibération\"\nverified = true\n\n[[end]]\nrule = \"licence\"\nfrom = 2025-01-01\n";
    let base = Pack::parse([("pack.toml", BASE)], None).unwrap();
    let told = |header: &str, parent: Option<&Pack>| {
        let sources = [("pack.toml", header), ("rules.toml", rule)];
        let sources = sources.into_iter().filter(|(_, text)| !text.is_empty());
        let errors = Pack::parse(sources, parent).unwrap_err();
        let found: Vec<(String, String, String)> = errors
            .iter()
            .map(|error| {
                let mend = error.mend().to_owned();
                (error.code().to_owned(), error.file().to_owned(), mend)
            })
            .collect();
        found
    };
    let header = |line: &str| format!("[pack]\nid = \"ville\"\ntitle = \"Une ville\"\n{line}\n");
    for (text, code) in [
        (header("extends = \"marne"), "P001"),
        (header("extends = marne"), "P001"),
        (header("extends = [\"marne\"]"), "P004"),
        (
            header("extends = \"marne\"").replace("[pack]", "[pack"),
            "P001",
        ),
        (String::new(), "P060"),
        (header("extends = \"base\""), "P027"),
    ] {
        let found = told(&text, None);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(found[0].0, code, "{text}");
    }
    // A slip elsewhere in the header leaves the parent known.
    let slip = header("extends = \"base\"").replace("\"Une ville\"", "\"Une ville");
    let found = told(&slip, Some(&base));
    assert_eq!(found.len(), 1, "{found:?}");
    for (wrong, near) in [("marn", "marne"), ("Marne", "marne"), ("frnace", "france")] {
        let found = told(&header(&format!("extends = \"{wrong}\"")), None);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].2, format!("vouliez-vous `{near}` ?"));
    }
    let found = told(&header("extends = \"bse\""), Some(&base));
    assert_eq!(found[0].2, "vouliez-vous `base` ?");
    let found = told(&header("extends = \"marne\""), Some(&base));
    assert_eq!(found[0].2, "écrivez `extends = \"base\"`");
    assert!(
        Pack::parse(
            [
                ("pack.toml", header("extends = \"base\"").as_str()),
                ("rules.toml", rule)
            ],
            Some(&base)
        )
        .is_ok()
    );
}
