//! A pack without a parent declares its whole dictionary: the engine serves any ruleset.

use chrono::NaiveDate;
use spie::orientation::{Certainty, Deadline, Verdict, Verdicts};
use spie::{Engine, Pack, Profile};

const LIBRARY: &str = r#"
[pack]
id = "mediatheque"
title = "Inscription à la médiathèque"

[standing]
age = "age"

[[scale]]
id = "distance"
levels = [ { code = "near", label = "proche" }, { code = "far", label = "éloigné" } ]

[[nomenclature]]
id = "aid"
codes = [ { code = "card", label = "carte" } ]

[[fact]]
name = "birth_date"
type = "date"
label = "date de naissance"
question = "Quand êtes-vous né(e) ?"

[[fact]]
name = "age"
type = "integer"
unit = "year"
label = "âge"
derive = { years_since = "birth_date" }

[[fact]]
name = "student"
type = "flag"
label = "études en cours"
question = "Faites-vous des études ?"
presume = "false"

[[fact]]
name = "distance"
type = "level"
scale = "distance"
label = "éloignement"
question = "Habitez-vous loin ?"

[[fact]]
name = "aids"
type = "records"
list = "additive"
label = "aides reçues"
question = "Quelles aides avez-vous reçues ?"
presume = "closed"
fields = [
  { name = "aid", label = "aide", type = "code", nomenclature = "aid" },
  { name = "granted_on", label = "accordée le", type = "date" },
]

[[role]]
id = "desk"
label = "l'accueil"

[[partner]]
id = "nord"
names = [ { name = "Médiathèque Nord" } ]
source = "annuaire"
verified = true

[[holder]]
role = "desk"
partner = "nord"
when = "distance = near"
source = "annuaire"
verified = true

[[scheme]]
id = "carte-libre"
title = "Carte gratuite"
source = "règlement, art. 1"
verified = true

[[scheme]]
id = "carte-payante"
title = "Carte à dix euros"
source = "règlement, art. 2"
verified = true

[[exclusive]]
id = "carte"
title = "une seule carte par personne"
schemes = ["carte-libre", "carte-payante"]
source = "règlement, art. 3"
verified = true

[[rule]]
id = "young"
title = "Gratuité des jeunes"
when = "age < 26 and not student"
unless = { when = "any(aids, aid = card and granted_on in the last 12 months)", source = "règlement, art. 4", verified = true }
propose = { scheme = "carte-libre", partner = "desk", priority = 10 }
within = "10 working days"
because = "avant 26 ans, {body} vous donne une carte gratuite"
source = "règlement, art. 1"
verified = true

[[rule]]
id = "everybody"
title = "Carte pour tous"
when = "true"
propose = { scheme = "carte-payante", partner = "desk", priority = 20 }
because = "La carte est ouverte à tout le monde."
source = "règlement, art. 2"
verified = true
"#;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn engine() -> Engine {
    let pack =
        Pack::parse([("pack.toml", LIBRARY)], None).unwrap_or_else(|errors| panic!("{errors}"));
    Engine::new(&pack)
}

#[test]
fn a_presumption_makes_a_proposal_with_reserve_and_sets_the_other_aside() {
    let engine = engine();
    let on = day("2025-03-14");
    let profile = Profile::builder(&engine, on)
        .set("birth_date", day("2003-05-01"))
        .build()
        .unwrap();
    let orientation = engine.at(on).orient(&profile).unwrap();

    let [card] = orientation.proposals.as_slice() else {
        panic!("{orientation}")
    };
    assert_eq!(card.scheme.as_str(), "carte-libre");
    assert_eq!(card.certainty, Certainty::Presumed);
    assert_eq!(
        card.deadline,
        Some(Deadline::On {
            date: day("2025-03-28")
        })
    );
    let ground = &card.grounds[0];
    // While the distance is open, the desk may be the one of the north.
    assert_eq!(
        ground.because,
        "Avant 26 ans, Médiathèque Nord vous donne une carte gratuite"
    );
    let facts: Vec<_> = ground
        .proof
        .facts
        .iter()
        .map(|fact| (fact.fact.as_str(), fact.presumed))
        .collect();
    assert_eq!(
        facts,
        [("birth_date", false), ("student", true), ("aids", true)]
    );
    assert_eq!(ground.proof.derived[0].value, "21 ans");
    assert_eq!(orientation.set_aside[0].scheme.as_str(), "carte-payante");
}

#[test]
fn what_is_told_makes_it_certain_and_what_forbids_it_closes_it() {
    let engine = engine();
    let on = day("2025-03-14");
    let at = engine.at(on);
    let mut verdicts = Verdicts::new();
    let known = Profile::builder(&engine, on)
        .set("birth_date", day("2003-05-01"))
        .set("student", false)
        .set(
            "aids",
            spie::fact::Rows {
                rows: vec![],
                complete: true,
            },
        )
        .build()
        .unwrap();
    at.verdicts(&known, &mut verdicts).unwrap();
    assert_eq!(verdicts.as_slice(), [Verdict::Certain, Verdict::Certain]);

    let older = Profile::builder(&engine, on)
        .set("birth_date", day("1990-05-01"))
        .build()
        .unwrap();
    at.verdicts(&older, &mut verdicts).unwrap();
    assert_eq!(verdicts.as_slice(), [Verdict::Not, Verdict::Certain]);

    let nothing = Profile::builder(&engine, on).build().unwrap();
    at.verdicts(&nothing, &mut verdicts).unwrap();
    assert_eq!(verdicts.as_slice(), [Verdict::Open, Verdict::Certain]);
    let orientation = at.orient(&nothing).unwrap();
    assert_eq!(orientation.open[0].missing[0].as_str(), "birth_date");
    assert_eq!(
        orientation.proposals[0].provisional[0].scheme.as_str(),
        "carte-libre"
    );
}

#[test]
fn a_profile_of_another_date_or_engine_is_refused() {
    let (one, on) = (engine(), day("2025-03-14"));
    let other = Engine::new(&Pack::core().unwrap());
    let profile = Profile::builder(&one, on).build().unwrap();
    assert!(one.at(day("2025-03-15")).orient(&profile).is_err());
    assert!(other.at(on).orient(&profile).is_err());
}
