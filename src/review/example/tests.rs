//! What an example of a pack may say, and what is refused in it.

use crate::Pack;

const PACK: &str = r#"
    [pack]
    id = "essai"
    title = "Un essai"

    [standing]
    track = "parcours"

    [[nomenclature]]
    id = "parcours"
    codes = [{ code = "professionnel", label = "parcours emploi" }, { code = "social", label = "parcours social" }]

    [[fact]]
    name = "permis"
    type = "flag"
    label = "permis B"
    question = "Avez-vous le permis B ?"

    [[fact]]
    name = "parcours"
    type = "code"
    nomenclature = "parcours"
    label = "parcours décidé"
    optional = true
    presume = "none"
    asked = false

    [[partner]]
    id = "auto-ecole"
    names = [{ name = "Auto-école" }]
    source = "essai"
    verified = false

    [[scheme]]
    id = "bilan-mobilite"
    title = "Bilan de mobilité"
    source = "essai"
    verified = false

    [[scheme]]
    id = "entretien"
    title = "Entretien"
    source = "essai"
    verified = false

    [[rule]]
    id = "no-licence"
    title = "Sans permis"
    when = "permis = false"
    propose = { scheme = "bilan-mobilite", partner = "auto-ecole", priority = 10 }
    because = "Vous n'avez pas le permis."
    source = "essai"
    verified = false

    [[track]]
    id = "licence"
    order = 10
    when = "permis"
    track = "professionnel"
    lead = "auto-ecole"
    because = "Vous avez le permis."
    source = "essai"
    verified = false

    [[track]]
    id = "others"
    order = 20
    track = "social"
    lead = "auto-ecole"
    because = "Vous n'avez pas le permis."
    source = "essai"
    verified = false

    [[track_meeting]]
    scheme = "entretien"
    partner = "auto-ecole"
    within = "1 month"
    because = "Il manque une réponse."
    source = "essai"
    verified = false
"#;

fn pack(example: &str) -> Pack {
    let text = format!(
        "{PACK}\n[[example]]\nid = \"one\"\ntitle = \"Un exemple\"\nat = 2021-09-15\n{example}\n"
    );
    Pack::parse([("pack.toml", text)], None).unwrap_or_else(|errors| panic!("{errors}"))
}

/// Code, message, mend and marked text of each mistake.
fn mistakes(example: &str) -> Vec<(String, String, Option<String>)> {
    let Err(errors) = pack(example).run_examples() else {
        return Vec::new();
    };
    let mistakes = errors.iter().map(|error| {
        let mend = Some(error.mend().to_owned());
        (error.code().to_owned(), error.message().to_owned(), mend)
    });
    mistakes.collect()
}

fn refused(message: &str, mend: Option<&str>) -> Vec<(String, String, Option<String>)> {
    vec![(
        "X002".to_owned(),
        message.to_owned(),
        mend.map(str::to_owned),
    )]
}

#[test]
fn what_is_expected_and_found_passes() {
    let met = r#"
        facts = { permis = false }
        must = ["bilan-mobilite"]
        must_not = ["entretien"]
        track = "social"
        lead = "auto-ecole"
    "#;
    assert_eq!(pack(met).run_examples(), Ok(1));
}

#[test]
fn what_is_expected_and_not_found_is_told() {
    let found = mistakes("facts = { permis = true }\nmust = [\"bilan-mobilite\"]");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "X001");
}

#[test]
fn the_meeting_of_an_open_track_counts_as_proposed() {
    let open = r#"
        may = ["bilan-mobilite"]
        must = ["entretien"]
        track = ["professionnel", "social"]
        deadline = { entretien = 2021-10-15 }
    "#;
    assert_eq!(pack(open).run_examples(), Ok(1));
    let found = mistakes("must_not = [\"entretien\"]");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "X001");
}

#[test]
fn a_scheme_that_does_not_exist_is_a_mistake_wherever_it_is_named() {
    let wanted = refused(
        "le dispositif `bilan-mobilites` n'existe pas",
        Some("vouliez-vous `bilan-mobilite` ?"),
    );
    for key in ["must", "must_not", "may"] {
        assert_eq!(mistakes(&format!("{key} = [\"bilan-mobilites\"]")), wanted);
    }
    let deadline = "deadline = { bilan-mobilites = 2021-10-15 }";
    assert_eq!(mistakes(deadline), wanted);
}

/// Two bodies at one role, and none at another.
const HELD: &str = r#"
    facts = { permis = false }
    [[role]]
    id = "ecole"
    label = "une école"
    [[role]]
    id = "garage"
    label = "un garage"
    [[partner]]
    id = "autre-ecole"
    names = [{ name = "Autre école" }]
    source = "essai"
    verified = false
    [[holder]]
    role = "ecole"
    partner = "auto-ecole"
    source = "essai"
    verified = false
    [[holder]]
    role = "ecole"
    partner = "autre-ecole"
    source = "essai"
    verified = false
    [[scheme]]
    id = "lecons"
    title = "Leçons"
    source = "essai"
    verified = false
    [[scheme]]
    id = "voiture"
    title = "Voiture"
    source = "essai"
    verified = false
    [[rule]]
    id = "lessons"
    title = "Leçons"
    when = "permis = false"
    propose = { scheme = "lecons", partner = "ecole", priority = 20 }
    because = "Vous n'avez pas le permis."
    source = "essai"
    verified = false
    [[rule]]
    id = "car"
    title = "Voiture"
    when = "permis = false"
    propose = { scheme = "voiture", partner = "garage", priority = 30 }
    because = "Vous n'avez pas le permis."
    source = "essai"
    verified = false
"#;

#[test]
fn the_body_that_proposes_is_expected_by_its_name_or_its_role() {
    let told = |partner: &str| mistakes(&format!("partner = {{ {partner} }}\n{HELD}"));
    for met in [
        "bilan-mobilite = \"auto-ecole\"",
        "lecons = [\"autre-ecole\", \"auto-ecole\"]",
        "lecons = \"ecole\"",
        "voiture = []",
        "voiture = \"garage\"",
    ] {
        assert_eq!(told(met), [], "{met}");
    }
    for (other, found) in [
        ("bilan-mobilite = \"autre-ecole\"", "trouvé auto-ecole"),
        ("bilan-mobilite = []", "trouvé auto-ecole"),
        ("lecons = \"auto-ecole\"", "trouvé auto-ecole, autre-ecole"),
        ("voiture = \"auto-ecole\"", "trouvé garage"),
        ("entretien = \"auto-ecole\"", "aucune proposition"),
    ] {
        let told = told(other);
        assert_eq!(told.len(), 1, "{told:?}");
        let (scheme, _) = other.split_once(' ').unwrap();
        assert_eq!(
            (&*told[0].0, &*told[0].1),
            ("X001", &*format!("organisme pour `{scheme}` : {found}"))
        );
    }
    // Of the meeting of an open track too.
    assert_eq!(mistakes("partner = { entretien = \"auto-ecole\" }"), []);
}

#[test]
fn a_body_that_is_not_written_as_one_is_a_mistake() {
    for (example, code) in [
        ("partner = { bilan-mobilites = \"auto-ecole\" }", "X002"),
        ("partner = { bilan-mobilite = \"auto-ecoles\" }", "X002"),
        ("partner = { bilan-mobilite = 3 }", "P004"),
        (
            "partner = { bilan-mobilite = [\"auto-ecole\", true] }",
            "P004",
        ),
        ("partner = \"auto-ecole\"", "P004"),
        ("lead = { a = 1 }", "P004"),
    ] {
        let met = "facts = { permis = false }\nmust = [\"bilan-mobilite\"]";
        let example = format!("{met}\n{example}");
        let told = mistakes(&example);
        let codes: Vec<&str> = told.iter().map(|(code, ..)| code.as_str()).collect();
        assert!(codes.contains(&code), "{example}: {told:?}");
        assert!(codes.iter().all(|known| *known == code), "{told:?}");
    }
}

#[test]
fn the_lead_may_be_several_to_choose_from() {
    assert_eq!(
        pack("track = [\"professionnel\", \"social\"]\nlead = [\"auto-ecole\"]").run_examples(),
        Ok(1)
    );
    let found = mistakes("lead = []");
    assert_eq!(found[0].1, "référent attendu : aucun ; trouvé : auto-ecole");
}

#[test]
fn the_mistake_stands_at_the_name() {
    let errors = pack("must_not = [\"entretien\", \"entretiens\"]").run_examples();
    let errors = errors.unwrap_err();
    let error = errors.iter().next().unwrap();
    assert_eq!(error.column(), "must_not = [\"entretien\", \"".len());
    assert!(error.to_string().contains("must_not"));
}

#[test]
fn a_track_that_does_not_exist_is_a_mistake() {
    let wanted = refused(
        "le parcours `professionel` n'existe pas",
        Some("vouliez-vous `professionnel` ?"),
    );
    assert_eq!(mistakes("track = \"professionel\""), wanted);
    assert_eq!(mistakes("track = [\"social\", \"professionel\"]"), wanted);
    assert_eq!(
        mistakes("track = \"x\""),
        refused(
            "le parcours `x` n'existe pas",
            Some("ce qui existe : `professionnel`, `social`")
        )
    );
}

#[test]
fn a_lead_that_is_no_partner_is_a_mistake() {
    let wanted = refused(
        "l'organisme `auto-ecoles` n'existe pas",
        Some("vouliez-vous `auto-ecole` ?"),
    );
    assert_eq!(mistakes("lead = \"auto-ecoles\""), wanted);
}

#[test]
fn a_level_of_a_fact_that_does_not_exist_is_a_mistake() {
    let wanted = refused(
        "le fait `permi` n'existe pas",
        Some("vouliez-vous `permis` ?"),
    );
    assert_eq!(mistakes("levels = { permi = \"x\" }"), wanted);
}

#[test]
fn an_example_that_expects_nothing_is_a_mistake() {
    for nothing in ["facts = { permis = true }", "must = []\nmay = []"] {
        let found = mistakes(nothing);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, "X002");
        assert_eq!(found[0].1, "cet exemple n'attend rien");
    }
}

#[test]
fn what_no_example_tries_is_told_at_its_place() {
    let codes = |pack: &Pack| -> Vec<(&'static str, usize)> {
        let remarks = pack.check_coverage().unwrap_err();
        assert!(remarks.iter().all(|remark| remark.mistake().is_remark()));
        let places = remarks.iter();
        places
            .map(|remark| (remark.code(), remark.line()))
            .collect()
    };
    let line = |wanted: &str| {
        let found = PACK.lines().position(|line| line.trim() == wanted);
        found.map_or(0, |place| place + 1)
    };
    let (rule, others) = (line("id = \"no-licence\""), line("id = \"others\""));
    // An example that names the scheme and the track of somebody without a licence.
    let one = "facts = { permis = false }\nmust = [\"bilan-mobilite\"]\ntrack = \"social\"";
    let licence = line("id = \"licence\"");
    assert_eq!(codes(&pack(one)), [("C002", rule), ("C003", licence)]);
    let other = "facts = { permis = true }\nmust_not = [\"bilan-mobilite\"]";
    assert_eq!(
        codes(&pack(other)),
        [("C001", rule), ("C003", licence), ("C003", others)]
    );
    assert!(
        pack(one)
            .check_coverage()
            .unwrap_err()
            .to_string()
            .ends_with("2 remarques")
    );
}

/// Either comparison could be wrong, and the example would hold all the same.
#[test]
fn a_comparison_on_which_nothing_hangs_is_told() {
    let rules = PACK.replace(
        "when = \"permis = false\"",
        "when = \"permis = false or parcours != none\"",
    );
    assert_ne!(rules, PACK);
    let with = |facts: &[&str]| {
        let mut text = rules.clone();
        for (place, facts) in facts.iter().enumerate() {
            let example = format!(
                "\n[[example]]\nid = \"e{place}\"\ntitle = \"x\"\nat = 2021-09-15\nfacts = {{ {facts} }}\nmust = [\"bilan-mobilite\"]\n"
            );
            text.push_str(&example);
        }
        let pack = Pack::parse([("pack.toml", text)], None).unwrap();
        let remarks = pack.check_coverage().unwrap_err();
        let codes = remarks.iter().filter(|remark| remark.code() == "C004");
        codes
            .map(|remark| remark.message().to_owned())
            .collect::<Vec<_>>()
    };
    let both = "permis = false, parcours = \"social\"";
    assert_eq!(with(&[both]).len(), 2);
    let one = "permis = false, parcours = \"none\"";
    assert_eq!(with(&[one]).len(), 1);
    let other = "permis = true, parcours = \"social\"";
    assert_eq!(with(&[one, other]), [""; 0]);
}

/// A threshold holds only between an example on each side of it.
#[test]
fn a_threshold_that_could_be_one_off_is_told() {
    let fact = "\n[[fact]]\nname = \"heures\"\ntype = \"integer\"\nunit = \"hour\"\nmin = 0\nmax = 99\nlabel = \"heures\"\nquestion = \"Combien ?\"\n";
    let rules = PACK.replace("when = \"permis = false\"", "when = \"heures >= 10\"") + fact;
    let with = |hours: &[(u8, &str)]| {
        let examples = hours.iter().map(|(hours, expected)| {
            format!(
                "\n[[example]]\nid = \"h{hours}\"\ntitle = \"x\"\nat = 2021-09-15\nfacts = {{ heures = {hours} }}\n{expected} = [\"bilan-mobilite\"]\n"
            )
        });
        let text = examples.fold(rules.clone(), |text, example| text + &example);
        let pack = Pack::parse([("pack.toml", text)], None).unwrap();
        assert_eq!(pack.run_examples(), Ok(hours.len()));
        let remarks = pack.check_coverage().unwrap_err();
        let unnoticed = remarks.iter().filter(|remark| remark.code() == "C005");
        unnoticed
            .map(|remark| remark.message().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(with(&[(50, "must"), (1, "must_not")]).len(), 2);
    assert_eq!(
        with(&[(10, "must")]),
        [
            "dans `no-licence`, aucun exemple ne voit si `heures` (au moins 10 heures) devient `heures` (au moins 9 heures)"
        ]
    );
    assert_eq!(with(&[(10, "must"), (9, "must_not")]), [""; 0]);
}

#[test]
fn a_deadline_that_no_example_expects_is_told() {
    let rules = PACK.replacen(
        "because = \"Vous n'avez pas le permis",
        "within = \"10 days\"\n    because = \"Vous n'avez pas le permis",
        1,
    );
    assert_ne!(rules, PACK);
    let untimed = |deadline: &str| {
        let text = format!(
            "{rules}\n[[example]]\nid = \"one\"\ntitle = \"x\"\nat = 2021-09-15\nfacts = {{ permis = false }}\nmust = [\"bilan-mobilite\"]\n{deadline}"
        );
        let pack = Pack::parse([("pack.toml", text)], None).unwrap();
        assert_eq!(pack.run_examples(), Ok(1));
        let remarks = pack.check_coverage().unwrap_err();
        remarks
            .iter()
            .filter(|remark| remark.code() == "C006")
            .count()
    };
    assert_eq!(untimed(""), 1);
    assert_eq!(untimed("deadline = { bilan-mobilite = 2021-09-25 }"), 0);
}

/// What stands beneath a rule is changed too: the filter of a list, the level of a barrier.
#[test]
fn a_threshold_in_a_filter_or_a_level_that_could_be_one_off_is_told() {
    let facts = r#"
    [[scale]]
    id = "frein"
    levels = [{ code = "absent", label = "absent" }, { code = "fort", label = "fort" }]

    [[fact]]
    name = "minutes"
    type = "integer"
    unit = "minute"
    min = 0
    max = 999
    label = "trajet"
    question = "Combien ?"

    [[fact]]
    name = "frein"
    type = "level"
    scale = "frein"
    label = "frein"
    question = "Quel frein ?"
    levels = [{ level = "fort", when = "minutes > 60" }]

    [[fact]]
    name = "aides"
    type = "records"
    list = "additive"
    label = "aides"
    question = "Quelles aides ?"
    fields = [{ name = "le", label = "le", type = "date" }]
    "#;
    let rules = PACK.replace(
        "when = \"permis = false\"",
        "when = \"frein = fort and not any(aides, le in the last 12 months)\"",
    ) + facts;
    let with = |examples: &[&str]| {
        let mut text = rules.clone();
        for (place, example) in examples.iter().enumerate() {
            let head = "\n[[example]]\ntitle = \"x\"\nat = 2021-09-15\n";
            text.extend([head, &format!("id = \"e{place}\"\n{example}\n")]);
        }
        let pack = Pack::parse([("pack.toml", text)], None).unwrap();
        assert_eq!(pack.run_examples(), Ok(examples.len()));
        let remarks = pack.check_coverage().unwrap_err();
        let untried = remarks
            .iter()
            .filter(|remark| ["C004", "C005"].contains(&remark.code()));
        untried
            .map(|remark| remark.message().to_owned())
            .collect::<Vec<_>>()
    };
    let by_level = "facts = { minutes = 61, aides = { rows = [{ le = 2020-09-14 }], complete = true } }\nmust = [\"bilan-mobilite\"]";
    let still =
        "facts = { minutes = 61, aides = [{ le = 2020-09-15 }] }\nmust_not = [\"bilan-mobilite\"]";
    let near = "facts = { minutes = 60 }\nlevels = { frein = \"absent\" }";
    assert_eq!(with(&[by_level, still, near]), [""; 0]);
    assert_eq!(
        with(&[by_level, still]),
        [
            "dans `frein`, aucun exemple ne voit si `minutes` (au moins 61 minutes) devient `minutes` (au moins 60 minutes)"
        ]
    );
    assert_eq!(
        with(&[by_level, near]),
        [
            "dans `no-licence`, aucun exemple ne voit si `le` (entre le 15 septembre 2020 et le 15 septembre 2021) d'une ligne de `aides` devient `le` (entre le 15 octobre 2020 et le 15 septembre 2021) d'une ligne de `aides`"
        ]
    );
}

/// Where no body holds a role, the role itself may be expected to lead.
#[test]
fn the_lead_may_be_a_role() {
    let with_role = PACK.replacen("lead = \"auto-ecole\"", "lead = \"conseil\"", 1)
        + "\n[[role]]\nid = \"conseil\"\nlabel = \"le conseil\"\n";
    let ran = |lead: &str| {
        let text = format!(
            "{with_role}\n[[example]]\nid = \"one\"\ntitle = \"x\"\nat = 2021-09-15\nfacts = {{ permis = true }}\nlead = \"{lead}\"\n"
        );
        Pack::parse([("pack.toml", text)], None)
            .unwrap()
            .run_examples()
    };
    assert_eq!(ran("conseil"), Ok(1));
    let other = ran("auto-ecole").unwrap_err();
    let message = other.iter().next().unwrap().message();
    assert_eq!(message, "référent attendu : auto-ecole ; trouvé : conseil");
}
