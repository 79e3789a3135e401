//! The twelve bundled people, as pages: golden stories, read by a human eye.

use spie::interop::Caseload;
use spie::{Engine, Orientation, Pack};

/// The people oriented on a day, each with the line that introduces them.
fn orientations(on: &str) -> Vec<(String, Orientation)> {
    let engine = Engine::new(&Pack::marne().unwrap());
    let caseload = Caseload::bundled(&engine).unwrap();
    let refused: Vec<_> = caseload.refused.iter().map(ToString::to_string).collect();
    assert_eq!(refused, Vec::<String>::new());
    let on = on.parse().unwrap();
    let people = caseload.people.iter().map(|person| {
        let profile = person
            .profile(&engine, on)
            .unwrap_or_else(|errors| panic!("{errors}"));
        let title = person.title.as_deref().unwrap_or_default();
        let orientation = engine.at(on).orient(&profile).unwrap();
        (format!("{} — {title}", person.reference), orientation)
    });
    people.collect()
}

fn pages(on: &str) -> String {
    let pages = orientations(on).into_iter().map(|(title, page)| {
        format!(
            "{title}
{page}"
        )
    });
    pages.collect::<Vec<_>>().join(
        "
",
    )
}

/// In September 2021: the SPIE of the convention, and Pôle emploi.
#[test]
fn pages_of_september_2021() {
    let pages = pages("2021-09-15");
    assert!(pages.contains("convention du Département de la Marne et de l'État du 27 mai 2021"));
    assert!(pages.contains("Pôle emploi") && !pages.contains("France Travail"));
    insta::assert_snapshot!(pages);
}

/// In 2024: the law of 2021 under the new names.
#[test]
fn pages_of_june_2024() {
    let pages = pages("2024-06-15");
    assert!(pages.contains("France Travail") && !pages.contains("Pôle emploi peut"));
    insta::assert_snapshot!(pages);
}

/// In March 2025: the réseau pour l'emploi, and France Travail.
#[test]
fn pages_of_march_2025() {
    let pages = pages("2025-03-15");
    assert!(pages.contains("Réseau pour l'emploi"));
    assert!(pages.contains("France Travail") && !pages.contains("Pôle emploi"));
    insta::assert_snapshot!(pages);
}

#[test]
fn nothing_is_proposed_without_proof_reason_and_source() {
    for on in ["2021-09-15", "2024-06-15", "2025-03-15"] {
        for (title, orientation) in orientations(on) {
            let track = orientation.track.as_ref().expect("an answer for everybody");
            assert!(!track.options.is_empty(), "{title}: everybody has a track");
            for proposal in &orientation.proposals {
                assert!(!proposal.title.is_empty() && !proposal.scheme_source.is_empty());
                for ground in &proposal.grounds {
                    let of = format!("{title}: {}", ground.rule);
                    assert!(!ground.because.trim().is_empty(), "{of} has a reason");
                    assert!(!ground.source.trim().is_empty(), "{of} has a source");
                    assert!(!ground.proof.facts.is_empty(), "{of} has a proof");
                }
            }
        }
    }
}

#[test]
fn no_page_reads_out_health_justice_or_violence() {
    let words = [
        "handicap",
        "curatelle",
        "détention",
        "prison",
        "justice",
        "réfugi",
        "aidant",
        "santé",
        "invalidité",
        "violence",
        "addiction",
        "judiciaire",
    ];
    for on in ["2021-09-15", "2024-06-15", "2025-03-15"] {
        for (title, orientation) in orientations(on) {
            let page = orientation.to_string().to_lowercase();
            // The name of an office or of a right is not a fact about the person.
            let page = page
                .replace("commissaire de justice", "")
                .replace("couverture santé complète", "")
                .replace("complémentaire santé solidaire", "");
            for word in words {
                assert!(!page.contains(word), "{title}: « {word} »\n{orientation}");
            }
        }
    }
}
