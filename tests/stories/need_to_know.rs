//! What is shown to whom, when a consent is withdrawn, when there is danger at home.

use spie::diagnostic::{
    Diagnostic, Erasure, ErasureGround, Observation, OpeningGround, RecordError, Scope,
    WithdrawalReason,
};
use spie::fact::{Means, Rows};
use spie::vocabulary::PersonRef;
use spie::{Engine, EngineAt, Knowledge, Pack};

use crate::saying::{accepts, body, code, day, erasure, fact, held, says, shown};

fn spring() -> EngineAt {
    Engine::new(&Pack::marne().unwrap()).at(day("2025-03-15"))
}

/// A project, which is shown to a sponsor by agreement alone.
fn project(by: &str) -> Observation {
    says(
        by,
        Means::Assessed,
        "2025-01-20",
        "project.state",
        code("defined"),
    )
}

#[test]
fn a_consent_opens_until_it_is_withdrawn_whoever_writes_that_down() {
    let at = spring();
    let project = project("ml-reims");
    let yes = accepts("ml-reims", Means::Declared, "2025-01-20", &["crepi"], &[]);
    let no = accepts(
        "departement-marne",
        Means::Attested,
        "2025-02-20",
        &[],
        &["crepi"],
    );
    let crepi = body("crepi");
    let without = held(at.engine(), [project.clone()]);
    assert_eq!(
        shown(&without.view(&at, &crepi).unwrap()),
        Vec::<&str>::new()
    );
    let with = held(at.engine(), [project.clone(), yes.clone()]);
    let view = with.view(&at, &crepi).unwrap();
    assert_eq!(shown(&view), ["project.state"]);
    assert_eq!(view.account.openings[0].ground, OpeningGround::Consent);
    let withdrawn = held(at.engine(), [project, yes, no]);
    assert_eq!(
        shown(&withdrawn.view(&at, &crepi).unwrap()),
        Vec::<&str>::new()
    );
}

/// A later word on the agreement that this pack cannot read may have been a refusal.
#[test]
fn an_agreement_ends_with_a_later_word_that_cannot_be_read() {
    let at = spring();
    let crepi = body("crepi");
    let yes = accepts("ml-reims", Means::Declared, "2025-01-20", &["crepi"], &[]);
    let unread = |on| says("ml-reims", Means::Declared, on, "consent.share", true);
    let with = |on| {
        let mut held = held(at.engine(), [project("ml-reims"), yes.clone()]);
        held.receive(unread(on)).unwrap();
        held
    };
    let before = with("2025-01-10");
    assert_eq!(shown(&before.view(&at, &crepi).unwrap()), ["project.state"]);
    for on in ["2025-01-20", "2025-02-20"] {
        let view = with(on).view(&at, &crepi).unwrap();
        assert_eq!(shown(&view), Vec::<&str>::new(), "{on}");
    }
    let mut back = with("2025-02-20");
    let mistake = unread("2025-02-20").retracted(day("2025-02-21"), WithdrawalReason::Mistake);
    back.receive(mistake).unwrap();
    assert_eq!(shown(&back.view(&at, &crepi).unwrap()), ["project.state"]);
}

/// Who was shown something must hear that it goes, though nothing is shown any more.
#[test]
fn an_erasure_reaches_those_who_were_shown_what_goes() {
    let at = spring();
    let project = project("ml-reims");
    let yes = accepts("ml-reims", Means::Declared, "2025-01-20", &["crepi"], &[]);
    let mut whole = held(at.engine(), [project, yes]);
    let mut at_crepi = whole.view(&at, &body("crepi")).unwrap().diagnostic;
    assert_eq!(at_crepi.entries().count(), 1);
    let erasure = erasure(
        "ml-reims",
        Scope::Fact(fact("project.state")),
        "2025-03-01",
        ErasureGround::ConsentWithdrawn,
    );
    whole.record_erasure(&at, erasure).unwrap();
    let handed = whole.view(&at, &body("crepi")).unwrap().diagnostic;
    assert_eq!(handed.erasures().count(), 1);
    let received = at_crepi.merge_from(&body("ml-reims"), &handed).unwrap();
    assert_eq!((received.erased, at_crepi.entries().count()), (1, 0));
    // The agency of lodging never sees a project, and hears nothing of it.
    let handed = whole.view(&at, &body("siao-51")).unwrap().diagnostic;
    assert_eq!(handed.erasures().count(), 0);
}

/// An agreement that was taken back opened something before: who was shown it hears that it goes.
#[test]
fn an_erasure_reaches_whom_an_agreement_that_was_taken_back_had_shown_it() {
    let at = spring();
    let project = project("ml-reims");
    let yes = accepts("ml-reims", Means::Declared, "2025-01-20", &["crepi"], &[]);
    let mut whole = held(at.engine(), [project, yes.clone()]);
    let taken_back = yes.retracted(day("2025-02-20"), WithdrawalReason::Mistake);
    whole.record(at.engine(), taken_back).unwrap();
    let erasure = erasure(
        "ml-reims",
        Scope::Fact(fact("project.state")),
        "2025-03-01",
        ErasureGround::Request,
    );
    whole.record_erasure(&at, erasure).unwrap();
    let view = whole.view(&at, &body("crepi")).unwrap();
    assert_eq!(view.diagnostic.erasures().count(), 1);
}

/// A ground that binds others is told, as nothing in it proves it.
#[test]
fn an_order_of_a_court_is_told_as_what_binds_others() {
    let at = spring();
    let rsa = says("caf-51", Means::Attested, "2025-02-01", "rsa", true);
    let mut here = held(at.engine(), [rsa]);
    let mut sent = held(at.engine(), []);
    let erasure = erasure("crepi", Scope::All, "2025-03-01", ErasureGround::Court);
    sent.record_erasure(&at, erasure.clone()).unwrap();
    assert_eq!(here.difference(&sent, &at).unwrap().erased, 1);
    let received = here.merge_from(&body("crepi"), &sent).unwrap();
    assert_eq!(received.binding_others.len(), 1);
    // One of a day to come takes what is said until then: it is told before, and not written here.
    let late = Erasure {
        up_to: day("2030-01-01"),
        recorded_on: day("2030-01-01"),
        ..erasure.clone()
    };
    let refused = here.record_erasure(&at, late.clone()).unwrap_err();
    assert_eq!(refused, RecordError::Ahead);
    let mut ahead = Diagnostic::new(here.person().clone());
    let id = ahead.erase(late).unwrap();
    assert_eq!(here.difference(&ahead, &at).unwrap().ahead, [id]);
    // What is yet to come is not there to be erased, and what is erased is not written again.
    let early = Erasure {
        up_to: day("2200-01-01"),
        ..erasure
    };
    assert!(here.record_erasure(&at, early).is_err());
    let again = says("caf-51", Means::Attested, "2025-02-01", "rsa", true);
    let error = here.record(at.engine(), again).unwrap_err();
    assert_eq!(
        error.to_string(),
        "an erasure covers what was observed of this fact on that day"
    );
}

#[test]
fn in_danger_at_home_only_the_lead_body_sees_a_place_a_household_or_the_flag() {
    let at = spring();
    let said = |restricted: bool| {
        held(
            at.engine(),
            [
                says(
                    "caf-51",
                    Means::Attested,
                    "2025-02-01",
                    "residence.commune",
                    code("51454"),
                ),
                says(
                    "caf-51",
                    Means::Attested,
                    "2025-02-01",
                    "household.size",
                    3_i64,
                ),
                says(
                    "pole-emploi",
                    Means::Attested,
                    "2025-02-01",
                    "jobseeker",
                    true,
                ),
                says(
                    "departement-marne",
                    Means::Assessed,
                    "2025-02-01",
                    "contact.restricted",
                    restricted,
                ),
                says(
                    "departement-marne",
                    Means::Attested,
                    "2025-02-01",
                    "decision.lead_body",
                    code("ml-reims"),
                ),
            ],
        )
    };
    let seen = |restricted: bool, recipient: &str| {
        let view = said(restricted).view(&at, &body(recipient)).unwrap();
        shown(&view)
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert!(seen(false, "ml-vitry").contains(&"residence.commune".to_owned()));
    for recipient in ["ml-vitry", "cap-emploi-51", "siao-51", "pole-emploi"] {
        let seen = seen(true, recipient);
        for closed in ["residence.commune", "household.size", "contact.restricted"] {
            assert!(
                !seen.contains(&closed.to_owned()),
                "{recipient} sees {closed}"
            );
        }
    }
    let lead = seen(true, "ml-reims");
    for opened in ["residence.commune", "contact.restricted"] {
        assert!(lead.contains(&opened.to_owned()), "{opened}");
    }
    // The person sees all that is said.
    assert_eq!(seen(true, "person").len(), 5);
}

/// Who has a measure of justice, or a disability, is not told by the name of whoever says that they
/// have a licence, nor by that of whoever erased it.
#[test]
fn a_body_whose_name_tells_is_named_only_where_as_much_is_opened() {
    let at = spring();
    let licence = |by: &str| says(by, Means::Attested, "2025-02-01", "licence.b", true);
    let erasure =
        |by: &str, scope: Scope, ground: ErasureGround| erasure(by, scope, "2025-03-01", ground);
    let spip = body("spip");
    let others = [
        "departement-marne",
        "pole-emploi",
        "ml-reims",
        "region-grand-est",
        "siao-51",
        "cpam-51",
        "mdph-51",
    ];
    for ground in [
        ErasureGround::Retention,
        ErasureGround::Request,
        ErasureGround::Upheld { by: spip.clone() },
    ] {
        for scope in [Scope::All, Scope::Fact(fact("licence.b"))] {
            let mut whole = held(at.engine(), [licence("ml-reims"), licence("spip")]);
            for recipient in others {
                let view = whole.view(&at, &body(recipient)).unwrap();
                let mut entries = view.diagnostic.entries();
                assert!(entries.all(|(_, entry)| *entry.by() != spip), "{recipient}");
            }
            let without = whole.clone();
            let by = match &ground {
                ErasureGround::Upheld { .. } => "person",
                _ => "spip",
            };
            let erasure = erasure(by, scope.clone(), ground.clone());
            whole.record_erasure(&at, erasure).unwrap();
            for recipient in others {
                let seen = |whole: &Diagnostic| whole.view(&at, &body(recipient)).unwrap();
                assert_eq!(seen(&whole), seen(&without), "{recipient} {scope:?}");
            }
            // It is told to its author, and counted.
            let own = whole.view(&at, &spip).unwrap();
            assert_eq!(own.account.erasures, 1);
        }
    }
    // A disability is opened to the operator of employment, and the body that says so with it; what
    // else that body says is not.
    let rqth = says("mdph-51", Means::Attested, "2025-02-01", "rqth", true);
    let whole = held(at.engine(), [rqth, licence("mdph-51")]);
    let seen = |recipient: &str| {
        let view = whole.view(&at, &body(recipient)).unwrap();
        let facts: Vec<String> = shown(&view).into_iter().map(str::to_owned).collect();
        facts
    };
    assert_eq!(seen("pole-emploi"), ["rqth"]);
    assert_eq!(seen("ml-reims"), [""; 0]);
}

/// A withdrawal that names another fact than its target's would carry a hash of what is hidden.
#[test]
fn a_withdrawal_shows_no_id_of_what_is_hidden() {
    let at = spring();
    let hidden = says(
        "ml-reims",
        Means::Assessed,
        "2025-02-01",
        "health.temporary_unfit",
        true,
    );
    let mut whole = held(at.engine(), [hidden.clone()]);
    let mut crooked = hidden.retracted(day("2025-02-02"), WithdrawalReason::Mistake);
    crooked.fact = fact("licence.b");
    whole.receive(crooked).unwrap();
    let view = whole.view(&at, &body("pole-emploi")).unwrap();
    assert_eq!(view.diagnostic.entries().count(), 0);
}

#[test]
fn homonyms_are_parted_with_what_is_said_about_their_records() {
    let at = spring();
    let hers = says("caf-51", Means::Attested, "2025-02-01", "rsa", true);
    let his = says(
        "pole-emploi",
        Means::Attested,
        "2025-02-01",
        "jobseeker",
        true,
    );
    let mut whole = held(at.engine(), [hers, his.clone()]);
    let retraction = his.retracted(day("2025-02-02"), WithdrawalReason::Mistake);
    whole.record(at.engine(), retraction).unwrap();
    let other = PersonRef::parse("dossier-13").unwrap();
    let is_his = |_: &spie::diagnostic::EntryId, entry: &spie::diagnostic::Entry| {
        entry.by().as_str() == "pole-emploi"
    };
    let (kept, parted) = whole.split(other, is_his);
    assert_eq!((kept.entries().count(), parted.entries().count()), (1, 2));
    assert!(
        parted.resolve(&at).facts.is_empty(),
        "what was taken back stays so"
    );
    assert!(kept.merge(&parted).is_err(), "they are two people");
}

/// Who says that a list is complete knows it up to that day; who has no authority, never.
#[test]
fn a_list_is_complete_up_to_the_day_on_which_that_was_said() {
    let at = spring();
    let none = || spie::fact::Rows {
        rows: Vec::new(),
        complete: true,
    };
    let value = |by: &str, means, on: &str| {
        let held = held(at.engine(), [says(by, means, on, "schemes", none())]);
        held.resolve(&at).facts["schemes"].value.clone().unwrap()
    };
    assert_eq!(value("pole-emploi", Means::Attested, "2025-03-15"), "0");
    assert_eq!(
        value("pole-emploi", Means::Attested, "2025-03-14"),
        "inconnu"
    );
    assert_eq!(value("crepi", Means::Declared, "2025-03-15"), "inconnu");
}

/// Children that two bodies list in two orders are the same children.
#[test]
fn lists_in_two_orders_agree() {
    let at = spring();
    let children = |born: [&str; 2], at_home: Option<[bool; 2]>| {
        let row = |place: usize| {
            let mut row = std::collections::BTreeMap::new();
            row.insert(fact("birth_date"), Knowledge::from(day(born[place])));
            if let Some(at_home) = at_home {
                row.insert(fact("at_home"), Knowledge::from(at_home[place]));
            }
            row
        };
        spie::fact::Rows {
            rows: vec![row(0), row(1)],
            complete: true,
        }
    };
    let held = held(
        at.engine(),
        [
            says(
                "caf-51",
                Means::Attested,
                "2025-02-01",
                "children",
                children(["2015-05-01", "2018-05-01"], None),
            ),
            says(
                "ml-reims",
                Means::Declared,
                "2025-02-02",
                "children",
                children(["2018-05-01", "2015-05-01"], Some([false, true])),
            ),
        ],
    );
    let resolution = held.resolve(&at);
    let state = &resolution.facts["children"];
    assert_eq!(state.status, spie::diagnostic::Status::Known);
    assert_eq!(state.heard.len(), 2);
}

/// Nobody else's retraction lifts a flag, and a stale one still guards.
#[test]
fn a_danger_at_home_is_not_lifted_by_another_body_nor_by_time() {
    let at = spring();
    let flag = says(
        "departement-marne",
        Means::Assessed,
        "2023-03-01",
        "contact.restricted",
        true,
    );
    let home = says(
        "caf-51",
        Means::Attested,
        "2025-02-01",
        "residence.commune",
        code("51454"),
    );
    let work = says(
        "pole-emploi",
        Means::Attested,
        "2025-02-01",
        "jobseeker",
        true,
    );
    let mut whole = held(at.engine(), [flag.clone(), home, work]);
    let mut foreign = flag.retracted(day("2025-03-02"), WithdrawalReason::Mistake);
    foreign.by = body("crepi");
    whole.receive(foreign).unwrap();
    let seen = whole.view(&at, &body("ml-vitry")).unwrap();
    assert!(!shown(&seen).contains(&"residence.commune"));
    let orientation = at
        .orient(&spie::Profile::of_diagnostic(&at, &whole))
        .unwrap();
    assert!(orientation.face_to_face.is_some());
    let own = flag.retracted(day("2025-03-02"), WithdrawalReason::Mistake);
    whole.record(at.engine(), own).unwrap();
    let seen = whole.view(&at, &body("ml-vitry")).unwrap();
    assert!(shown(&seen).contains(&"residence.commune"));
}

/// A lead body is named by itself or by the role that it holds, and by nobody's own word.
#[test]
fn the_lead_body_is_the_one_that_the_decision_names() {
    let at = spring();
    let leads = |by: &str, means, lead: &str, recipient: &str| {
        let said = held(
            at.engine(),
            [
                says(
                    "departement-marne",
                    Means::Assessed,
                    "2025-02-01",
                    "contact.restricted",
                    true,
                ),
                says(by, means, "2025-02-01", "decision.lead_body", code(lead)),
            ],
        );
        let view = said.view(&at, &body(recipient)).unwrap();
        shown(&view).contains(&"contact.restricted")
    };
    assert!(leads(
        "departement-marne",
        Means::Attested,
        "operateur-emploi",
        "pole-emploi"
    ));
    assert!(leads(
        "departement-marne",
        Means::Attested,
        "ml-reims",
        "ml-reims"
    ));
    assert!(!leads(
        "departement-marne",
        Means::Attested,
        "ml-reims",
        "pole-emploi"
    ));
    assert!(!leads("crepi", Means::Computed, "crepi", "crepi"));
    // A role that several hold, each in its part of the territory, names none of them.
    for one in ["ml-reims", "ml-chalons", "ml-vitry"] {
        let by = "departement-marne";
        assert!(!leads(by, Means::Attested, "mission-locale", one));
    }
}

/// Whoever spoke of the same fact hears of an erasure that asks for its words, and of no other.
#[test]
fn an_erasure_is_told_to_whoever_it_asks_for_words() {
    let at = spring();
    let told = |fact_name: &str, ground: ErasureGround, up_to: &str| {
        let own = says("ml-reims", Means::Declared, "2025-02-01", fact_name, false);
        let mut whole = held(at.engine(), [own]);
        let scope = Scope::Fact(fact(fact_name));
        whole
            .erase(erasure("caf-51", scope, up_to, ground))
            .unwrap();
        let view = whole.view(&at, &body("ml-reims")).unwrap();
        view.account.erasures == 1
    };
    let closed = "justice.measure";
    assert!(told(closed, ErasureGround::Request, "2025-02-01"));
    assert!(!told(closed, ErasureGround::Request, "2025-01-31"));
    assert!(!told(closed, ErasureGround::Retention, "2025-02-10"));
    // Of the danger itself nothing is told, whoever denied it.
    for ground in [ErasureGround::Request, ErasureGround::Retention] {
        assert!(!told("contact.restricted", ground, "2025-02-10"));
    }
}

#[test]
fn a_body_grants_itself_no_consent() {
    let at = spring();
    let project = project("ml-reims");
    let no = accepts("ml-reims", Means::Declared, "2025-02-20", &[], &["crepi"]);
    for means in [Means::Computed, Means::Declared, Means::Attested] {
        let own = accepts("crepi", means, "2025-03-01", &["crepi"], &[]);
        let whole = held(at.engine(), [project.clone(), no.clone(), own]);
        let view = whole.view(&at, &body("crepi")).unwrap();
        assert_eq!(shown(&view), ["consent.share"], "its own word alone");
    }
    // Nor does it by taking back what it noted of a refusal itself.
    let yes = accepts("ml-reims", Means::Declared, "2025-01-20", &["crepi"], &[]);
    let refused = accepts("crepi", Means::Declared, "2025-02-20", &[], &["crepi"]);
    let taken_back = refused.retracted(day("2025-03-03"), WithdrawalReason::Mistake);
    let mut whole = held(at.engine(), [project.clone(), yes, refused]);
    whole.record(at.engine(), taken_back).unwrap();
    let view = whole.view(&at, &body("crepi")).unwrap();
    assert!(!shown(&view).contains(&"project.state"));
    let again = accepts("ml-reims", Means::Declared, "2025-03-05", &["crepi"], &[]);
    whole.record(at.engine(), again).unwrap();
    let view = whole.view(&at, &body("crepi")).unwrap();
    assert!(
        shown(&view).contains(&"project.state"),
        "until the person agrees again"
    );
    // Where nobody was told otherwise, what the person told it counts.
    let own = accepts("crepi", Means::Attested, "2025-03-01", &["crepi"], &[]);
    let whole = held(at.engine(), [project, own]);
    let view = whole.view(&at, &body("crepi")).unwrap();
    assert!(shown(&view).contains(&"project.state"));
}

/// Who asks that all be erased withdraws nothing by it: what went may have been a refusal.
#[test]
fn an_erasure_brings_no_agreement_back() {
    let at = spring();
    let project = project("pole-emploi");
    let yes = accepts(
        "pole-emploi",
        Means::Declared,
        "2025-01-20",
        &["crepi"],
        &[],
    );
    let no = accepts("ml-reims", Means::Declared, "2025-02-20", &[], &["crepi"]);
    let mut whole = held(at.engine(), [project, yes, no]);
    let sees = |whole: &Diagnostic| {
        let view = whole.view(&at, &body("crepi")).unwrap();
        shown(&view).contains(&"project.state")
    };
    assert!(!sees(&whole));
    let erasure = erasure("ml-reims", Scope::All, "2025-03-01", ErasureGround::Request);
    whole.record_erasure(&at, erasure).unwrap();
    assert!(
        !sees(&whole),
        "the refusal is gone, and no agreement is back"
    );
    let again = accepts(
        "pole-emploi",
        Means::Declared,
        "2025-03-10",
        &["crepi"],
        &[],
    );
    whole.record(at.engine(), again).unwrap();
    assert!(sees(&whole), "until the person agrees again");
}

/// An order to all tells nobody that there was something they may not see: whoever records it
/// learns whose words it takes, and tells them.
#[test]
fn an_order_to_all_tells_nobody_what_they_may_not_see() {
    let at = spring();
    let health = says(
        "pole-emploi",
        Means::Assessed,
        "2025-02-01",
        "health.temporary_unfit",
        true,
    );
    let work = says(
        "pole-emploi",
        Means::Attested,
        "2025-02-01",
        "jobseeker",
        true,
    );
    let mut whole = held(at.engine(), [health, work]);
    let order = |about: &str| {
        erasure(
            "departement-marne",
            Scope::Fact(fact(about)),
            "2025-03-01",
            ErasureGround::Court,
        )
    };
    let takes: Vec<_> = whole
        .takes_from(&order("health.temporary_unfit"))
        .into_iter()
        .collect();
    assert_eq!(takes, [(body("pole-emploi"), 1)]);
    whole
        .record_erasure(&at, order("health.temporary_unfit"))
        .unwrap();
    let handed = |whole: &Diagnostic, recipient: &str| {
        let view = whole.view(&at, &body(recipient)).unwrap();
        view.diagnostic.erasures().count()
    };
    let heard = ["pole-emploi", "siao-51", "crepi", "person"].map(|one| handed(&whole, one));
    assert_eq!(heard, [0, 0, 0, 1]);
    // Who may be shown the fact hears that it goes, be it nothing of theirs.
    whole.record_erasure(&at, order("jobseeker")).unwrap();
    let heard = ["departement-marne", "pole-emploi", "person"].map(|one| handed(&whole, one));
    assert_eq!(heard, [2, 1, 2]);
}

/// Of three channels, one is in dispute: both its sides are told, and nothing else with them.
#[test]
fn a_dispute_about_one_member_of_a_set_has_its_two_sides() {
    let at = spring();
    let channels = |by: &str, with: &[&str], without: &[&str]| {
        let codes = |ids: &[&str]| ids.iter().map(|id| code(id)).collect();
        let known = Knowledge::Members {
            with: codes(with),
            without: spie::fact::Without::These(codes(without)),
        };
        says(by, Means::Declared, "2025-03-01", "contact.channels", known)
    };
    let held = held(
        at.engine(),
        [
            channels("caf-51", &["phone"], &[]),
            channels("pole-emploi", &["post"], &[]),
            channels("cpam-51", &[], &["post"]),
        ],
    );
    let resolution = held.resolve(&at);
    let state = &resolution.facts["contact.channels"];
    assert_eq!(state.status, spie::diagnostic::Status::Disputed);
    assert_eq!(state.heard.len(), 3);
    let disputes = at
        .disputes(&spie::Profile::of_diagnostic(&at, &held))
        .unwrap();
    assert_eq!(disputes[0].sides.len(), 2, "{:?}", disputes[0].sides);
    assert!(!disputes[0].matters());
}

/// A row is as sensitive as the scheme or the reason that it names, and the whole statement with
/// it; what is asked about it names it by a hash.
#[test]
fn what_names_a_sensitive_scheme_or_reason_is_closed() {
    let at = spring();
    let step = |scheme: &str, reason: Option<&str>| {
        let reason = reason.map(|reason| (fact("reason"), Knowledge::from(code(reason))));
        let row = [(fact("scheme"), Knowledge::from(code(scheme)))];
        let rows = Rows {
            rows: vec![row.into_iter().chain(reason).collect()],
            complete: false,
        };
        let by = "departement-marne";
        says(by, Means::Assessed, "2025-02-01", "schemes", rows)
    };
    let pole = body("pole-emploi");
    let entries = |said: Observation| {
        let on = said.recorded_on;
        let about = said.contested(body("ml-reims"), on, WithdrawalReason::Contested);
        let mut whole = held(at.engine(), [said]);
        whole.record(at.engine(), about).unwrap();
        let view = whole.view(&at, &pole).unwrap();
        (view.diagnostic.entries().count(), shown(&view).len())
    };
    assert_eq!(entries(step("pmsmp", None)), (2, 1));
    assert_eq!(entries(step("pmsmp", Some("no_transport"))), (2, 1));
    for (scheme, reason) in [
        ("rqth", None),
        ("sante-acces", None),
        ("pmsmp", Some("prison")),
        ("pmsmp", Some("violence_or_danger")),
        // Nobody here can weigh what another pack calls so.
        ("un-dispositif-d-ailleurs", None),
    ] {
        assert_eq!(entries(step(scheme, reason)), (0, 0), "{scheme} {reason:?}");
    }
    // Whoever said it, and the person, see it; and it is told for what it is.
    let whole = held(at.engine(), [step("pmsmp", Some("prison"))]);
    for own in ["departement-marne", "person"] {
        let view = whole.view(&at, &body(own)).unwrap();
        assert_eq!(view.diagnostic.entries().count(), 1);
        let state = &view.diagnostic.resolve(&at).facts["schemes"];
        assert_eq!(state.sensitivity, 3);
    }
}
