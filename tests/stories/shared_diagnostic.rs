//! Ten stories of agreement and conflict between the bodies that know one person.

use std::fmt::Write as _;

use spie::diagnostic::{
    Diagnostic, Erasure, ErasureGround, Observation, Said, Scope, WithdrawalReason,
};
use spie::fact::{Means, Rows};
use spie::vocabulary::{BodyId, PersonRef};
use spie::{Engine, Knowledge, Pack, Profile};

use crate::saying::{accepts, body, code, day, fact, held, says};

/// A person, a pack, and the story that is told of both.
struct Story {
    engine: Engine,
    held: Diagnostic,
    told: String,
}

impl Story {
    fn new() -> Self {
        Self {
            engine: Engine::new(&Pack::marne().unwrap()),
            held: Diagnostic::new(PersonRef::parse("dossier-12").unwrap()),
            told: String::new(),
        }
    }

    fn record(&mut self, observation: Observation) {
        self.held.record(&self.engine, observation).unwrap();
    }

    fn say(&mut self, line: &str) {
        writeln!(self.told, "{line}").unwrap();
    }

    /// What stands at a date, what is disputed, and what hangs on it.
    fn at(&mut self, on: &str) {
        let at = self.engine.at(day(on));
        write!(self.told, "{}", self.held.resolve(&at)).unwrap();
        let profile = Profile::of_diagnostic(&at, &self.held);
        for dispute in at.disputes(&profile).unwrap() {
            let hangs: Vec<&str> = dispute
                .changes
                .iter()
                .map(|one| one.title.as_str())
                .collect();
            let matters = if dispute.matters() {
                format!("à régler, en dépend : {}", hangs.join(" ; "))
            } else {
                "sans effet sur ce qui est proposé".to_owned()
            };
            writeln!(self.told, "\n{} : désaccord {matters}", dispute.label).unwrap();
        }
        self.told.push('\n');
    }

    /// What a body may see.
    fn seen_by(&mut self, id: &str, on: &str) {
        let at = self.engine.at(day(on));
        let view = self.held.view(&at, &body(id)).unwrap();
        let openings = view.account.openings.iter();
        let facts: Vec<&str> = openings.map(|opening| opening.fact.as_str()).collect();
        let facts = if facts.is_empty() {
            "rien".to_owned()
        } else {
            facts.join(", ")
        };
        self.say(&format!("{id} voit : {facts}\n"));
    }
}

#[test]
fn an_authority_is_believed_against_another_word() {
    let mut story = Story::new();
    story.record(says(
        "ml-reims",
        Means::Declared,
        "2025-03-01",
        "rsa",
        false,
    ));
    story.record(says("caf-51", Means::Attested, "2025-02-10", "rsa", true));
    story.at("2025-03-15");
    insta::assert_snapshot!(story.told);
}

#[test]
fn an_authority_that_is_too_old_gives_way() {
    let mut story = Story::new();
    story.record(says("caf-51", Means::Attested, "2024-11-10", "rsa", true));
    story.record(says(
        "pole-emploi",
        Means::Computed,
        "2025-02-20",
        "rsa",
        false,
    ));
    story.say("Tant que la Caisse compte :");
    story.at("2025-02-10");
    story.say("Le lendemain :");
    story.at("2025-02-11");
    story.say("France Travail entendu :");
    story.at("2025-02-20");
    insta::assert_snapshot!(story.told);
}

#[test]
fn an_old_record_is_corrected_by_its_author() {
    let mut story = Story::new();
    let wrong = says(
        "caf-51",
        Means::Attested,
        "2025-01-10",
        "rsa.opened_on",
        day("2004-12-01"),
    );
    story.record(wrong.clone());
    story.say("Avant :");
    story.at("2025-03-15");
    let retraction = wrong.retracted(day("2025-03-02"), WithdrawalReason::Mistake);
    story.held.record(&story.engine, retraction).unwrap();
    let mut right = says(
        "caf-51",
        Means::Attested,
        "2025-01-10",
        "rsa.opened_on",
        day("2024-12-01"),
    );
    right.recorded_on = day("2025-03-02");
    story.record(right);
    story.say("Après :");
    story.at("2025-03-15");
    insta::assert_snapshot!(story.told);
}

#[test]
fn an_old_record_that_arrives_late_changes_nothing() {
    let mut story = Story::new();
    story.record(says(
        "ml-reims",
        Means::Declared,
        "2025-02-20",
        "licence.b",
        true,
    ));
    let mut late = says(
        "ml-reims",
        Means::Declared,
        "2024-12-05",
        "licence.b",
        false,
    );
    late.recorded_on = day("2025-03-10");
    story.record(late);
    story.at("2025-03-15");
    // Nothing is lost: it tells what stood before.
    assert_eq!(story.held.entries().count(), 2);
    story.say("Ce qui était vrai au 1er janvier, comme on le sait maintenant :");
    story.at("2025-01-01");
    insta::assert_snapshot!(story.told);
}

/// Somebody without work in Reims, at whose mobility two professionals looked.
fn two_assessments(fact: &str, one: &str, other: &str) -> Story {
    let mut story = Story::new();
    story.record(says(
        "caf-51",
        Means::Attested,
        "2025-02-01",
        "birth_date",
        day("1990-03-01"),
    ));
    story.record(says(
        "caf-51",
        Means::Attested,
        "2025-02-01",
        "residence.commune",
        code("51454"),
    ));
    story.record(says("caf-51", Means::Attested, "2025-02-01", "rsa", true));
    story.record(says(
        "pole-emploi",
        Means::Attested,
        "2025-02-01",
        "jobseeker",
        true,
    ));
    story.record(says(
        "departement-marne",
        Means::Assessed,
        "2025-03-01",
        fact,
        code(one),
    ));
    story.record(says(
        "pole-emploi",
        Means::Assessed,
        "2025-03-05",
        fact,
        code(other),
    ));
    story
}

#[test]
fn a_dispute_on_which_a_proposal_hangs_is_raised() {
    let mut story = two_assessments("barrier.mobility", "moderate", "absent");
    story.at("2025-03-15");
    insta::assert_snapshot!(story.told);
}

#[test]
fn a_dispute_on_which_nothing_hangs_is_not() {
    let mut story = two_assessments("barrier.isolation", "light", "absent");
    story.at("2025-03-15");
    insta::assert_snapshot!(story.told);
}

/// Neither of two disputes decides anything alone, as each leaves the other: together they do,
/// and neither is called harmless.
#[test]
fn two_disputes_on_which_a_proposal_hangs_together_are_raised() {
    let pack = r#"
        [pack]
        id = "two"
        title = "Deux désaccords"
        extends = "core"

        [[scheme]]
        id = "both"
        title = "Les deux"
        theme = "work"
        source = "essai"
        verified = true

        [[rule]]
        id = "both"
        title = "Les deux"
        when = "licence.b and digital.email"
        propose = { scheme = "both", partner = "departement", priority = 30 }
        because = "Les deux."
        source = "essai"
        verified = true
    "#;
    let pack = Pack::parse([("pack.toml", pack)], Some(&Pack::core().unwrap())).unwrap();
    let engine = Engine::new(&pack);
    let at = engine.at(day("2025-03-15"));
    let mut held = Diagnostic::new(PersonRef::parse("dossier-12").unwrap());
    for about in ["licence.b", "digital.email", "digital.device"] {
        for (by, told) in [("mission-locale", true), ("operateur-emploi", false)] {
            let said = says(by, Means::Assessed, "2025-03-01", about, told);
            held.record(&engine, said).unwrap();
        }
    }
    let profile = Profile::of_diagnostic(&at, &held);
    let disputes = at.disputes(&profile).unwrap();
    let told = disputes
        .iter()
        .map(|one| (one.fact.as_str(), one.matters()));
    let told: Vec<_> = told.collect();
    let expected = [
        ("digital.email", true),
        ("licence.b", true),
        ("digital.device", false),
    ];
    assert_eq!(
        told.into_iter()
            .collect::<std::collections::BTreeMap<_, _>>(),
        expected.into()
    );

    // So does one on which something hangs once a fact is known that nobody told yet.
    let mut held = Diagnostic::new(PersonRef::parse("dossier-12").unwrap());
    for (by, told) in [("mission-locale", true), ("operateur-emploi", false)] {
        let said = says(by, Means::Declared, "2025-03-01", "licence.b", told);
        held.record(&engine, said).unwrap();
    }
    let profile = Profile::of_diagnostic(&at, &held);
    let disputes = at.disputes(&profile).unwrap();
    assert!(disputes[0].matters());
    assert_eq!(disputes[0].changes[0].title, "Les deux");
    let agenda = at.agenda(&held, day("2025-06-15")).unwrap();
    assert!(agenda.topics.iter().any(|topic| !topic.settle.is_empty()));
    // The other fact is asked meanwhile; what two bodies disagree about is for them to settle.
    let question = at.next_question(&profile, None).unwrap().unwrap();
    assert_eq!(question.missing.fact.as_str(), "digital.email");
    // After a death nothing hangs on anything.
    let died = says(
        "person",
        Means::Attested,
        "2025-03-14",
        "person.deceased_on",
        day("2025-03-10"),
    );
    held.record(&engine, died).unwrap();
    let disputes = at.disputes(&Profile::of_diagnostic(&at, &held)).unwrap();
    assert!(disputes.iter().all(|one| !one.matters()));
}

#[test]
fn a_consent_is_withdrawn() {
    let mut story = Story::new();
    let project = code("defined");
    story.record(says(
        "ml-reims",
        Means::Assessed,
        "2025-01-20",
        "project.state",
        project,
    ));
    let crepi = ["crepi"];
    story.record(accepts(
        "ml-reims",
        Means::Declared,
        "2025-01-20",
        &crepi,
        &[],
    ));
    story.say("Accord donné :");
    story.seen_by("crepi", "2025-02-01");
    story.record(accepts(
        "ml-reims",
        Means::Declared,
        "2025-02-20",
        &[],
        &crepi,
    ));
    story.say("Accord retiré :");
    story.seen_by("crepi", "2025-03-15");
    story.say("Ce que la Mission locale savait du logement est effacé avec lui ; la Caisse garde ce qu'elle atteste :");
    let tenant = || code("social_tenant");
    story.record(says(
        "ml-reims",
        Means::Declared,
        "2025-02-20",
        "housing.status",
        tenant(),
    ));
    story.record(says(
        "caf-51",
        Means::Attested,
        "2025-02-01",
        "housing.status",
        tenant(),
    ));
    let older_copy = story.held.clone();
    for scope in Scope::of_theme(&story.engine, "housing") {
        let erasure = Erasure {
            by: body("ml-reims"),
            scope,
            up_to: day("2025-03-10"),
            recorded_on: day("2025-03-10"),
            ground: ErasureGround::ConsentWithdrawn,
        };
        let on = story.engine.at(day("2025-03-10"));
        story.held.record_erasure(&on, erasure).unwrap();
    }
    story.held = story.held.merge(&older_copy).unwrap();
    story.at("2025-03-15");
    let pending: Vec<_> = story.held.pending().collect();
    for pending in pending {
        let bodies: Vec<&str> = pending.bodies.iter().map(BodyId::as_str).collect();
        story.say(&format!("Effacement demandé à : {}", bodies.join(", ")));
    }
    insta::assert_snapshot!(story.told);
}

#[test]
fn a_body_that_was_renamed_is_one_body() {
    let mut story = Story::new();
    story.record(says(
        "pole-emploi",
        Means::Attested,
        "2023-11-20",
        "jobseeker",
        true,
    ));
    story.say("En 2023 :");
    story.at("2023-12-01");
    story.say("Le jour de son nouveau nom :");
    story.at("2024-01-01");
    story.record(says(
        "pole-emploi",
        Means::Attested,
        "2024-01-15",
        "jobseeker",
        false,
    ));
    story.say("En 2024 :");
    story.at("2024-02-01");
    insta::assert_snapshot!(story.told);
}

#[test]
fn the_same_record_twice_is_one_record() {
    let mut story = Story::new();
    let record = || says("caf-51", Means::Attested, "2025-02-01", "rsa", true);
    story.record(record());
    let mut sent = Diagnostic::new(PersonRef::parse("dossier-12").unwrap());
    sent.record(&story.engine, record()).unwrap();
    let received = story.held.merge_from(&body("pole-emploi"), &sent).unwrap();
    assert!(received.added.is_empty());
    assert_eq!(story.held.entries().count(), 1);
    story.at("2025-03-15");
    insta::assert_snapshot!(story.told);
}

#[test]
fn a_child_turns_three() {
    let mut story = two_assessments("barrier.isolation", "light", "light");
    let row = [
        (fact("birth_date"), Knowledge::from(day("2022-03-15"))),
        (fact("at_home"), Knowledge::from(true)),
    ];
    let rows = Rows {
        rows: vec![row.into()],
        complete: true,
    };
    story.record(says(
        "caf-51",
        Means::Attested,
        "2025-02-01",
        "children",
        rows,
    ));
    story.record(says(
        "ml-reims",
        Means::Declared,
        "2025-02-01",
        "childcare.needed",
        true,
    ));
    story.record(says(
        "ml-reims",
        Means::Declared,
        "2025-02-01",
        "childcare.solution",
        code("no_solution"),
    ));
    for on in ["2025-03-14", "2025-03-15"] {
        let at = story.engine.at(day(on));
        let profile = Profile::of_diagnostic(&at, &story.held);
        let orientation = at.orient(&profile).unwrap();
        let proposal = orientation.proposal("avip");
        let answer = if proposal.is_some() { "oui" } else { "non" };
        story.say(&format!("Le {on}, place en crèche proposée : {answer}"));
        if proposal.is_none() {
            let all = at.why_not(&profile).unwrap();
            let why = all.iter().find(|why| why.scheme.as_str() == "avip");
            story.say(&format!("   {}", why.unwrap()));
        }
        for fact in proposal.iter().flat_map(|one| &one.grounds[0].proof.facts) {
            let by = fact.said_by.as_deref().unwrap_or("-");
            story.say(&format!("   {} : {} ({by})", fact.label, fact.value));
        }
    }
    insta::assert_snapshot!(story.told);
}

/// What stands in a merge is told before it is done.
#[test]
fn a_merge_is_read_before_it_is_done() {
    let mut story = two_assessments("barrier.isolation", "light", "light");
    let mut sent = Diagnostic::new(PersonRef::parse("dossier-12").unwrap());
    for observation in [
        says(
            "ml-reims",
            Means::Assessed,
            "2025-03-08",
            "barrier.isolation",
            code("blocking"),
        ),
        says(
            "ml-reims",
            Means::Declared,
            "2025-03-08",
            "licence.b",
            false,
        ),
        says("ml-reims", Means::Declared, "2025-03-08", "rsa", false),
    ] {
        sent.record(&story.engine, observation).unwrap();
    }
    let at = story.engine.at(day("2025-03-15"));
    let difference = story.held.difference(&sent, &at).unwrap();
    assert_eq!((difference.added.len(), difference.erased), (3, 0));
    for change in &difference.changes {
        let value = |state: &Option<spie::diagnostic::FactState>| {
            let value = state.as_ref().and_then(|state| state.value.clone());
            value.unwrap_or_else(|| "rien".to_owned())
        };
        let (before, after) = (value(&change.before), value(&change.after));
        story.say(&format!(
            "{:?} : {} : {before} → {after}",
            change.kind, change.label
        ));
    }
    let orientation = |held: &Diagnostic| at.orient(&Profile::of_diagnostic(&at, held)).unwrap();
    let before = orientation(&story.held);
    let after = orientation(&story.held.merge(&sent).unwrap());
    for change in before.proposal_changes(&after) {
        story.say(&format!("{:?} : {}", change.kind, change.title));
    }
    insta::assert_snapshot!(story.told);
}

/// Each kind of change, told before the merge, and what it changes in what is proposed.
#[test]
fn a_merge_tells_what_it_adds_settles_disputes_changes_and_takes_away() {
    use spie::diagnostic::ChangeKind;
    use spie::orientation::ProposalChangeKind;

    let engine = Engine::new(&Pack::marne().unwrap());
    let at = engine.at(day("2025-03-15"));
    let diagnostic = |said: Vec<Observation>| {
        let mut one = Diagnostic::new(PersonRef::parse("dossier-12").unwrap());
        for said in said {
            one.record(&engine, said).unwrap();
        }
        one
    };
    let (early, late) = ("2025-02-01", "2025-03-01");
    let levels = |all: &[&str]| Knowledge::one_of(all.iter().map(|level| code(level)));
    let assessed = |by, on, fact, known: Knowledge| says(by, Means::Assessed, on, fact, known);
    let declared = |by, on, fact, known: Knowledge| says(by, Means::Declared, on, fact, known);
    let held = diagnostic(vec![
        assessed(
            "ml-reims",
            early,
            "barrier.housing",
            levels(&["light", "moderate"]),
        ),
        assessed("ml-reims", early, "barrier.mobility", levels(&["light"])),
        assessed("ml-reims", early, "barrier.digital", levels(&["light"])),
        declared("caf-51", late, "food_insecurity", true.into()),
    ]);
    let mut sent = diagnostic(vec![
        assessed("ml-reims", late, "barrier.housing", levels(&["moderate"])),
        assessed(
            "pole-emploi",
            late,
            "barrier.mobility",
            levels(&["blocking"]),
        ),
        assessed("ml-reims", late, "barrier.digital", levels(&["moderate"])),
        declared("ml-reims", late, "bank_account", false.into()),
    ]);
    let erased = Erasure {
        by: body("caf-51"),
        scope: Scope::Fact(fact("food_insecurity")),
        up_to: day(late),
        recorded_on: day(late),
        ground: ErasureGround::Request,
    };
    sent.record_erasure(&at, erased).unwrap();
    let difference = held.difference(&sent, &at).unwrap();
    let changes = difference.changes.iter();
    let changes: Vec<_> = changes.map(|one| (one.fact.as_str(), one.kind)).collect();
    let expected = [
        ("bank_account", ChangeKind::Added),
        ("barrier.digital", ChangeKind::Changed),
        ("barrier.housing", ChangeKind::Settled),
        ("barrier.mobility", ChangeKind::Disputed),
        ("food_insecurity", ChangeKind::Gone),
    ];
    assert_eq!(changes, expected);
    assert_eq!((difference.added.len(), difference.erased), (4, 1));
    // Whoever has no account is helped to one, and nobody says any more that they lack food.
    let orientation = |held: &Diagnostic| at.orient(&Profile::of_diagnostic(&at, held)).unwrap();
    let (before, after) = (orientation(&held), orientation(&held.merge(&sent).unwrap()));
    let changes = before.proposal_changes(&after);
    let kinds = |kind| changes.iter().filter(move |one| one.kind == kind).count();
    assert!(kinds(ProposalChangeKind::Gained) > 0, "{changes:?}");
    assert!(kinds(ProposalChangeKind::Lost) > 0, "{changes:?}");
}

/// What is missing says why: nobody asked, it is too old, or bodies do not agree.
#[test]
fn never_asked_too_old_and_disputed_are_told_apart() {
    use spie::fact::Reason;

    let mut story = Story::new();
    for (by, means, on, fact, known) in [
        ("caf-51", Means::Attested, "2024-06-01", "rsa", true),
        ("ml-reims", Means::Declared, "2025-03-01", "licence.b", true),
        ("caf-51", Means::Declared, "2025-03-01", "licence.b", false),
    ] {
        story.record(says(by, means, on, fact, known));
    }
    let at = story.engine.at(day("2025-03-15"));
    let profile = Profile::of_diagnostic(&at, &story.held);
    let orientation = at.orient(&profile).unwrap();
    let missing = |fact: &str| &orientation.missing[fact];
    assert_eq!(missing("employed").reason, Reason::NeverAsked);
    assert_eq!(missing("licence.b").reason, Reason::Disputed);
    // The word of a CAF counts for three months.
    assert_eq!(missing("rsa").reason, Reason::Stale);
    assert_eq!(missing("rsa").stale_since, Some(day("2024-09-01")));
    assert_eq!(missing("employed").stale_since, None);
    let page = orientation.to_string();
    let line = |question: &str| {
        let mut lines = page.lines();
        let line = lines.find(|line| line.starts_with(&format!(" - {question}")));
        line.unwrap_or_else(|| panic!("{question}: {page}"))
    };
    let rsa = line("Avez-vous, avec la personne qui partage éventuellement votre vie");
    assert!(rsa.contains("(information trop ancienne, depuis le 1er septembre 2024)"));
    let licence = line("Avez-vous le permis B ?");
    assert!(licence.contains("(les partenaires ne disent pas la même chose)"));
    let vehicle = line("Disposez-vous d'un véhicule");
    assert!(
        vehicle.contains(" ? Peut l'attester"),
        "nobody asked: no more is said"
    );
}

#[test]
fn what_a_desk_cannot_mean_is_refused_with_its_mend() {
    let mut story = Story::new();
    let mut refused = |observation: Observation| {
        let error = story.held.record(&story.engine, observation).unwrap_err();
        writeln!(story.told, "{error}").unwrap();
    };
    let on = "2025-03-01";
    refused(says("caf-51", Means::Attested, on, "licnce.b", true));
    refused(says("caf51", Means::Attested, on, "licence.b", true));
    refused(says("caf-51", Means::Attested, on, "age", 12_i64));
    refused(says(
        "caf-51",
        Means::Attested,
        on,
        "licence.b",
        code("yes"),
    ));
    refused(says(
        "caf-51",
        Means::Attested,
        on,
        "barrier.mobility",
        code("blockin"),
    ));
    refused(says(
        "caf-51",
        Means::Attested,
        on,
        "licence.b",
        Knowledge::one_of([true, false]),
    ));
    refused(says(
        "caf-51",
        Means::Attested,
        on,
        "birth_date",
        Knowledge::Between {
            from: None,
            to: None,
        },
    ));
    refused(says(
        "caf-51",
        Means::Attested,
        on,
        "birth_date",
        Knowledge::one_of::<bool>([]),
    ));
    refused(says(
        "caf-51",
        Means::Attested,
        "1850-01-01",
        "licence.b",
        true,
    ));
    let mut early = says("caf-51", Means::Attested, on, "licence.b", true);
    early.recorded_on = day("2025-02-01");
    refused(early);
    let mut long = says("caf-51", Means::Attested, on, "licence.b", true);
    long.remark = Some("x".repeat(501));
    refused(long);
    let never = says("caf-51", Means::Attested, on, "licence.b", true);
    let retraction = never.retracted(day(on), WithdrawalReason::Mistake);
    let error = story.held.record(&story.engine, retraction).unwrap_err();
    writeln!(story.told, "{error}").unwrap();
    assert_eq!(story.held.entries().count(), 0);
    insta::assert_snapshot!(story.told);
}

/// The files of the example, as three bodies hold them, merged by reference.
pub(crate) fn family() -> Vec<Diagnostic> {
    let files = [
        include_str!("../../examples/shared_diagnostic/family/caf.json"),
        include_str!("../../examples/shared_diagnostic/family/france_travail.json"),
        include_str!("../../examples/shared_diagnostic/family/mission_locale.json"),
    ];
    let mut people = std::collections::BTreeMap::new();
    for file in files {
        let list: Vec<serde_json::Value> = serde_json::from_str(file).unwrap();
        for one in list {
            let one = Diagnostic::parse(&one.to_string()).unwrap();
            let person = one.person().clone();
            let held = people
                .entry(person.clone())
                .or_insert_with(|| Diagnostic::new(person));
            *held = held.merge(&one).unwrap();
        }
    }
    people.into_values().collect()
}

#[test]
fn a_family_as_three_bodies_know_it() {
    let mut story = Story::new();
    for diagnostic in family() {
        story.say(&format!("== {}", diagnostic.person()));
        story.held = diagnostic;
        story.at("2025-03-15");
    }
    insta::assert_snapshot!(story.told);
}

/// What became of their barriers, and what to speak about next time.
#[test]
fn a_family_along_its_way() {
    let mut story = Story::new();
    let at = story.engine.at(day("2025-03-15"));
    for diagnostic in family() {
        story.say(&format!("== {}", diagnostic.person()));
        write!(story.told, "{}", at.progress(&diagnostic)).unwrap();
        let agenda = at.agenda(&diagnostic, day("2025-06-15")).unwrap();
        story.say(&format!("\n{agenda}"));
    }
    insta::assert_snapshot!(story.told);
}

/// What each body of the Marne is shown of the family: by theme what its mission needs.
#[test]
fn a_family_as_each_body_may_see_it() {
    let mut story = Story::new();
    let at = story.engine.at(day("2025-03-15"));
    for recipient in [
        "departement-marne",
        "cap-emploi-51",
        "caf-51",
        "ml-reims",
        "cpam-51",
        "siao-51",
        "afpa",
        "crepi",
    ] {
        story.say(&format!("== {recipient}"));
        for whole in family() {
            let view = whole.view(&at, &body(recipient)).unwrap();
            let seen: Vec<String> = view
                .account
                .openings
                .iter()
                .map(|opening| format!("{} ({:?})", opening.fact, opening.ground))
                .collect();
            story.say(&format!("{} : {}", whole.person(), seen.join(", ")));
        }
    }
    let error = family()[0].view(&at, &body("cap-emploi")).err();
    assert!(error.is_none(), "a role may be asked about");
    let error = family()[0].view(&at, &body("cap-emploi-52")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "unknown body `cap-emploi-52` (did you mean `cap-emploi-51`?)"
    );
    insta::assert_snapshot!(story.told);
}

/// What the bodies are asked to settle is not held in vain.
#[test]
fn what_is_to_be_settled_is_not_held_in_vain() {
    let at = Engine::new(&Pack::marne().unwrap()).at(day("2025-03-15"));
    let mut settled = 0;
    for held in family() {
        let profile = Profile::of_diagnostic(&at, &held);
        let idle = at.held_in_vain(&profile).unwrap();
        for dispute in at.disputes(&profile).unwrap() {
            if dispute.matters() {
                settled += 1;
                assert!(idle.facts.iter().all(|one| one.fact != dispute.fact));
            }
        }
    }
    assert!(settled > 0);
}

/// A merge that brings both sides of a disagreement says so, of a fact of which nothing was held.
#[test]
fn a_merge_tells_the_disagreement_that_it_brings() {
    use spie::diagnostic::ChangeKind;

    let at = Engine::new(&Pack::marne().unwrap()).at(day("2025-03-15"));
    let person = || PersonRef::parse("dossier-12").unwrap();
    let mut sent = Diagnostic::new(person());
    for (by, known) in [("ml-reims", true), ("pole-emploi", false)] {
        let one = says(by, Means::Declared, "2025-03-03", "licence.b", known);
        sent.record(at.engine(), one).unwrap();
    }
    let difference = Diagnostic::new(person()).difference(&sent, &at).unwrap();
    let kinds: Vec<_> = difference.changes.iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [ChangeKind::Disputed]);
}

/// Who did not answer long ago is asked as if nobody had: nothing that was known is too old.
#[test]
fn an_old_refusal_is_nothing_that_was_known() {
    use spie::fact::{Origin, Reason};

    let at = Engine::new(&Pack::marne().unwrap()).at(day("2025-03-15"));
    let mut held = Diagnostic::new(PersonRef::parse("dossier-12").unwrap());
    let one = says("ml-reims", Means::Declared, "2023-01-10", "licence.b", true);
    let said = Said::Declined;
    held.record(at.engine(), Observation { said, ..one })
        .unwrap();
    let profile = Profile::of_diagnostic(&at, &held);
    let origin = profile.origin("licence.b");
    assert_eq!(origin, Some(Origin::Unknown(Reason::NeverAsked)));
    assert_eq!(at.idle_in(&held).unwrap().facts, []);
}

/// What somebody alone says of a set, or a body of a level, ends with their word, whoever else still speaks.
#[test]
fn what_one_body_alone_says_goes_stale_with_its_word() {
    let at = Engine::new(&Pack::marne().unwrap()).at(day("2025-03-15"));
    let channels = |by: &str, on: &str, with: &str| {
        let known = Knowledge::Members {
            with: [code(with)].into(),
            without: spie::fact::Without::These([].into()),
        };
        says(by, Means::Declared, on, "contact.channels", known)
    };
    let mut held = Diagnostic::new(PersonRef::parse("dossier-12").unwrap());
    for one in [
        channels("caf-51", "2025-02-01", "phone"),
        channels("pole-emploi", "2025-03-01", "post"),
    ] {
        held.record(at.engine(), one).unwrap();
    }
    let resolution = held.resolve(&at);
    let until = |voice: &spie::diagnostic::Voice| voice.until;
    let ends: Vec<_> = resolution.facts["contact.channels"]
        .heard
        .iter()
        .map(until)
        .collect();
    let first = ends.iter().min().unwrap().unwrap();
    let soon = resolution.stale_before(day("2026-12-31"));
    assert_eq!(soon[0].0, first);
    assert!(ends.iter().any(|end| *end > Some(first)));
}

/// A request about an entry of a later version reaches who wrote it, and nobody else.
#[test]
fn a_request_about_a_later_version_reaches_its_author() {
    use spie::diagnostic::{Entry, EntryId, Newer, Rectification};

    let at = Engine::new(&Pack::marne().unwrap()).at(day("2025-03-15"));
    let said = says("caf-51", Means::Attested, "2025-02-03", "rsa", true);
    let mut bytes = Entry::from(said.clone()).encode();
    bytes[5] = 2;
    bytes.extend(*b"more");
    let newer = Entry::Newer(Newer::parse(bytes).unwrap());
    let mut held = Diagnostic::new(PersonRef::parse("dossier-12").unwrap());
    let target = EntryId::of(&newer);
    held.receive(newer).unwrap();
    let request = Rectification {
        target,
        ..said.contested(
            body("ml-reims"),
            day("2025-03-03"),
            WithdrawalReason::Contested,
        )
    };
    held.record(at.engine(), request).unwrap();
    assert_eq!(held.contested(&at).len(), 1);
    let requests = |recipient: &str| {
        let view = held.view(&at, &body(recipient)).unwrap();
        let entries = view.diagnostic.entries();
        entries
            .filter(|(_, one)| matches!(one, Entry::Rectification(_)))
            .count()
    };
    let seen = ["caf-51", "ml-reims", "departement-marne", "person"].map(requests);
    assert_eq!(seen, [1, 1, 0, 1]);
}

/// A withdrawal and a request that name another fact than their target's take nothing back, and are told.
#[test]
fn what_lies_about_its_target_is_told() {
    use spie::diagnostic::LeftOutReason;

    let at = Engine::new(&Pack::marne().unwrap()).at(day("2025-03-15"));
    let mut held = Diagnostic::new(PersonRef::parse("dossier-12").unwrap());
    let said = says("caf-51", Means::Attested, "2025-02-03", "rsa", true);
    held.record(at.engine(), said.clone()).unwrap();
    let on = day("2025-03-03");
    let mut retraction = said.retracted(on, WithdrawalReason::Mistake);
    retraction.fact = fact("licence.b");
    let mut request = said.contested(body("ml-reims"), on, WithdrawalReason::Contested);
    request.observed_on = day("2025-02-04");
    held.receive(retraction).unwrap();
    held.receive(request).unwrap();
    let resolution = held.resolve(&at);
    assert_eq!(resolution.facts["rsa"].heard.len(), 1);
    let reasons: Vec<_> = resolution.left_out.iter().map(|one| one.reason).collect();
    assert_eq!(reasons, [LeftOutReason::NoTarget; 2]);
}

/// What is too old, or cannot be read, is held in vain; what was declined, or is archived, is not.
#[test]
fn what_is_too_old_or_unread_is_held_in_vain() {
    use spie::orientation::IdleReason;

    let at = Engine::new(&Pack::marne().unwrap()).at(day("2025-03-15"));
    let mut held = Diagnostic::new(PersonRef::parse("dossier-12").unwrap());
    let said = [
        ("2023-10-02", "vehicle.available", Said::Known(true.into())),
        ("2025-02-03", "spaceship.docked", Said::Known(true.into())),
        ("2025-02-03", "licence.b", Said::Known(code("odd").into())),
        ("2025-02-03", "housing.status", Said::Declined),
        ("2025-02-03", "jobseeker", Said::Known(true.into())),
    ];
    for (on, about, said) in said {
        let known = says("ml-reims", Means::Declared, on, about, true);
        held.receive(Observation { said, ..known }).unwrap();
    }
    let report = at.idle_in(&held).unwrap();
    let told = report
        .facts
        .iter()
        .map(|one| (one.fact.as_str(), one.reason));
    let told: Vec<_> = told.collect();
    let expected = [
        ("licence.b", IdleReason::Unread),
        ("vehicle.available", IdleReason::Stale),
        ("spaceship.docked", IdleReason::Unread),
    ];
    assert_eq!(told, expected);
    assert_eq!(report.looked_at, 4);
    // Without them every answer is the same.
    let (held, idle) = held.split(PersonRef::parse("autre").unwrap(), |_, entry| {
        told.iter().any(|(name, _)| entry.fact().as_str() == *name)
    });
    assert_eq!(idle.entries().count(), 3);
    assert_eq!(at.idle_in(&held).unwrap().facts, []);
}

/// What a data protection officer reads: what need not be asked, and what need not be held.
#[test]
fn what_changes_no_answer_is_told() {
    let mut story = Story::new();
    let unused = story.engine.unused_facts().to_string();
    // The identity of a pack changes with every word of it.
    let without_identity = |report: &str| {
        let lines = report.lines().filter(|line| !line.starts_with("Paquet"));
        lines.collect::<Vec<_>>().join("\n")
    };
    story.say(&without_identity(&unused));
    for diagnostic in family() {
        let at = story.engine.at(day("2025-03-15"));
        let profile = Profile::of_diagnostic(&at, &diagnostic);
        story.say(&format!("\n{}", diagnostic.person()));
        let idle = at.idle_in(&diagnostic).unwrap().to_string();
        story.say(&without_identity(&idle));
        for theme in at.coverage(&profile).unwrap() {
            story.say(&format!(
                "{} : {} connus, {} en partie, {} inconnus, dont {} qui comptent encore",
                theme.label, theme.known, theme.partial, theme.unknown, theme.matter
            ));
        }
        let resolution = diagnostic.resolve(&at);
        story.say("À redemander avant le 1er juin 2025 :");
        for (until, state) in resolution.stale_before(day("2025-06-01")) {
            story.say(&format!(" - {} ({until})", state.label));
        }
    }
    insta::assert_snapshot!(story.told);
}

/// What was taken back and is typed again to the letter would stay taken back: the desk is told.
#[test]
fn what_was_taken_back_is_not_said_again_to_the_letter() {
    let at = Engine::new(&Pack::marne().unwrap()).at(day("2025-03-15"));
    let said = says("ml-reims", Means::Declared, "2025-03-10", "licence.b", true);
    let mut story = held(at.engine(), [said.clone()]);
    let back = said.retracted(day("2025-03-10"), WithdrawalReason::Mistake);
    story.record(at.engine(), back.clone()).unwrap();
    let error = story.record(at.engine(), said.clone()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`licence.b`: this very observation was taken back; say it again with a remark, or on another day"
    );
    let mut again = said.clone();
    again.remark = Some("Permis vu.".to_owned());
    story.record(at.engine(), again).unwrap();
    assert_eq!(
        story.resolve(&at).facts["licence.b"].value.as_deref(),
        Some("oui")
    );

    // The same where the withdrawal came before what it is about.
    let mut early = Diagnostic::new(story.person().clone());
    early.receive(back).unwrap();
    assert!(early.record(at.engine(), said).is_err());
}

/// A withdrawal names what is missing, or where it differs from what it is about.
#[test]
fn a_withdrawal_of_nothing_says_what_it_looked_for() {
    let engine = Engine::new(&Pack::marne().unwrap());
    let said = says("caf-51", Means::Declared, "2025-03-10", "rsa", true);
    let on = day("2025-03-12");
    let asked = said.contested(body("ml-reims"), on, WithdrawalReason::Contested);
    let error = held(&engine, [])
        .record(&engine, asked.clone())
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "expected an observation of `rsa` by `caf-51` that is held here: merge the copy that holds it first"
    );
    let mut other_day = asked;
    other_day.observed_on = day("2025-03-11");
    let error = held(&engine, [said])
        .record(&engine, other_day)
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "expected an observation of `rsa` by `caf-51` of the same day: make it of the observation itself (`retracted`, `contested`)"
    );
}
