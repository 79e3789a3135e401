//! What the example of the shared diagnostic does at a desk: what it reads and refuses, what it tells of a
//! merge, who has to act, who hands a notice out.

#[path = "../../examples/shared_diagnostic/duties.rs"]
mod duties;
#[path = "../../examples/shared_diagnostic/files.rs"]
mod files;
#[path = "../../examples/shared_diagnostic/form.rs"]
mod form;
#[path = "../../examples/shared_diagnostic/handed.rs"]
mod handed;
#[path = "../../examples/shared_diagnostic/held.rs"]
mod held;
#[path = "../../examples/shared_diagnostic/nir.rs"]
mod nir;
#[path = "../../examples/shared_diagnostic/people.rs"]
mod people;

use spie::diagnostic::{Entry, Erasure, ErasureGround, Scope, WithdrawalReason};
use spie::fact::Means;
use spie::vocabulary::PersonRef;
use spie::{Diagnostic, Engine, EngineAt, Pack, Profile};

use crate::saying::{body, day, fact, says};
use crate::shared_diagnostic::family;
use duties::Duties;
use files::Office;
use handed::Handed;
use held::Held;
use people::{People, reference};

type Failure = Box<dyn std::error::Error>;

fn at() -> EngineAt {
    Engine::new(&Pack::marne().unwrap()).at(day("2025-03-15"))
}

fn of_the_family(person: &str) -> Diagnostic {
    let mut family = family().into_iter();
    family.find(|one| one.person().as_str() == person).unwrap()
}

#[test]
fn a_notice_is_of_a_body_that_can_be_written_to() {
    let at = at();
    let (mother, son) = (of_the_family("famille-mere"), of_the_family("famille-fils"));
    let by = |whole: &Diagnostic, by: &str| Handed::of(&at, whole, Some(&body(by))).unwrap();
    for role in ["reception", "lead", "operateur-emploi", "person"] {
        assert!(matches!(by(&son, role), Handed::Role), "{role}");
    }
    let notice = by(&son, "ml-reims");
    let notice = notice.notice().unwrap().to_string();
    assert!(notice.contains("De la part de : la Mission locale de Reims."));
    // Nobody leads the son yet, and the Département would lead the mother.
    let unnamed = |whole: &Diagnostic| Handed::of(&at, whole, None).unwrap();
    assert!(matches!(unnamed(&son), Handed::NoLead));
    let notice = unnamed(&mother);
    let notice = notice.notice().unwrap().to_string();
    assert!(notice.contains("De la part de : le Département de la Marne."));
}

fn by(whole: &Diagnostic, named: &str) -> Handed {
    Handed::of(&at(), whole, Some(&body(named))).unwrap()
}

fn with(
    mut whole: Diagnostic,
    by: &str,
    name: &str,
    known: impl Into<spie::Knowledge>,
) -> Diagnostic {
    let said = says(by, Means::Attested, "2025-03-01", name, known);
    whole.record(at().engine(), said).unwrap();
    whole
}

/// With danger at home the notice is that of whoever sees it. A body that does not would write
/// as for anybody: it is shown that, and nothing leaves.
#[test]
fn an_ordinary_notice_of_somebody_in_danger_does_not_leave() {
    let danger = |by: &str| {
        with(
            of_the_family("famille-mere"),
            by,
            "contact.restricted",
            true,
        )
    };
    let whole = danger("departement-marne");
    for handed in [
        Handed::of(&at(), &whole, None).unwrap(),
        by(&whole, "departement-marne"),
    ] {
        let notice = handed.letter().unwrap().to_string();
        // By the role, and without a word of why.
        assert!(notice.contains("De la part de : le Département.\n"));
        assert!(!notice.contains("danger"));
    }
    let handed = by(&whole, "ml-reims");
    assert_eq!(
        handed.letter().err(),
        Some("danger at home, which the body that writes does not see: stop what it sends")
    );
    let shown = handed.notice().unwrap().to_string();
    assert!(shown.contains("De la part de : la Mission locale de Reims.\n"));
    // Whoever will lead does not see it before that is decided.
    let unsaid = Handed::of(&at(), &danger("ml-reims"), None).unwrap();
    assert!(matches!(unsaid, Handed::Kept(_)));
    assert!(unsaid.letter().is_err() && unsaid.notice().is_none());
    assert_eq!(unsaid.nothing(), "Aucun document n'est remis.");
}

#[test]
fn nobody_writes_to_the_dead() {
    let whole = with(
        of_the_family("famille-mere"),
        "caf-51",
        "person.deceased_on",
        day("2025-02-20"),
    );
    let dead = Some("the person has died");
    assert_eq!(
        Handed::of(&at(), &whole, None).unwrap().letter().err(),
        dead
    );
    for named in ["caf-51", "ml-reims", "departement-marne"] {
        assert_eq!(by(&whole, named).letter().err(), dead, "{named}");
    }
}

/// Alive to date, and dead since: no contradiction. Said alive after the day of the death is one, and
/// nobody writes before it is settled.
#[test]
fn where_a_death_is_in_doubt_nothing_leaves() {
    let alive = |on: &str| {
        let whole = of_the_family("famille-mere");
        let said = says(
            "departement-marne",
            Means::Attested,
            on,
            "person.deceased_on",
            spie::Knowledge::none(),
        );
        let mut whole = with(whole, "caf-51", "person.deceased_on", day("2025-02-20"));
        whole.record(at().engine(), said).unwrap();
        whole
    };
    let before = alive("2025-02-19");
    for handed in [
        Handed::of(&at(), &before, None).unwrap(),
        by(&before, "ml-reims"),
    ] {
        assert_eq!(handed.letter().err(), Some("the person has died"));
    }
    let after = alive("2025-02-21");
    let unnamed = Handed::of(&at(), &after, None).unwrap();
    assert!(matches!(unnamed, Handed::Kept(_)));
    for handed in [
        unnamed,
        by(&after, "ml-reims"),
        by(&after, "departement-marne"),
    ] {
        let why = handed.letter().err().unwrap();
        assert!(why.contains("settle it first"), "{why}");
    }
}

#[test]
fn a_body_that_sees_nothing_writes_nothing() {
    let handed = by(&of_the_family("famille-fils"), "afpa");
    assert!(matches!(handed, Handed::Unseen));
    assert!(handed.letter().is_err() && handed.notice().is_none());
}

/// Where some of the tracks that are possible have another lead, or none, who leads is not known.
#[test]
fn whoever_might_lead_is_not_who_leads() {
    let at = at();
    let nobody = Diagnostic::new(person("dossier-12"));
    let orientation = at.orient(&Profile::of_diagnostic(&at, &nobody)).unwrap();
    let options = &orientation.track.unwrap().options;
    assert!(options.iter().any(|option| option.lead.known().is_some()));
    assert!(matches!(
        Handed::of(&at, &nobody, None).unwrap(),
        Handed::NoLead
    ));
}

fn table(lines: &str) -> People {
    People::read(format!("number,reference\n{lines}").as_bytes()).unwrap()
}

fn office(lines: &str) -> Office {
    Office::new(table(lines)).unwrap()
}

fn person(reference: &str) -> PersonRef {
    PersonRef::parse(reference).unwrap()
}

#[test]
fn a_table_that_loses_or_joins_people_is_refused() {
    let columns = "expected the names of the columns, such as `number,reference`";
    let nir = "expected a reference of the office, and no NIR";
    let refused: [(&[u8], String); 10] = [
        (b"", "the table is empty: expected the names of the columns, then a number and a reference on each line".to_owned()),
        (b"\xff\xfe", "the table is in UTF-16: expected UTF-8".to_owned()),
        (b"2870651454101,dossier-1\n", format!("line 1: {columns}")),
        (
            b"number,reference\n2870651454101,dossier-1\n2 87 06 51 454 101 35,dossier-2\n",
            "line 3: this number stands on line 2 with another reference".to_owned(),
        ),
        (b"number,reference\n5b0c1d2e,2870651454101\n", format!("line 2: {nir}")),
        (b"number,reference\n5b0c1d2e,2 69 02 2a 004 303\n", format!("line 2: {nir}")),
        (
            b"number,reference\n\n5b0c1d2e,dossier-1,x\n",
            "line 3: expected two columns with a comma between, a number and a reference, found 3".to_owned(),
        ),
        (b"number,reference\n\xe9,dossier-1\n", "line 2: expected UTF-8".to_owned()),
        (
            b"number,reference\r\n5b0c1d2e,dossier-1\r\n,dossier-1\r\n",
            "line 3: expected a number".to_owned(),
        ),
        (b"number,reference\n,dossier-1\n", "line 2: expected a number".to_owned()),
    ];
    for (table, why) in refused {
        assert_eq!(People::read(table).err(), Some(why));
    }
}

#[test]
fn a_nir_is_found_however_it_is_written() {
    let people =
        table("2 87 06 51 454 101,dossier-1\n2690 22a0 04303 77,dossier-3\n0012345,dossier-4\n");
    let known = |number: &str| {
        people
            .known([None, Some(number)])
            .map(|known| known.to_string())
    };
    for number in ["2870651454101", "287065145410135", "2 87 06 51 454 101 35"] {
        assert_eq!(known(number).as_deref(), Some("dossier-1"), "{number}");
    }
    assert_eq!(known("269022A004303").as_deref(), Some("dossier-3"));
    // A key that is wrong may be of somebody else, and the zeros of a number of file count.
    assert_eq!(known("287065145410136"), None);
    assert_eq!(known("12345"), None);
    assert_eq!(known("0012345").as_deref(), Some("dossier-4"));
    assert!(reference("dossier-1").is_ok());
    assert!(reference("5b0c1d2e-1111-4a51-8a51-000000000001").is_ok());
    assert!(reference("2024_0115_00012").is_ok());
    // Nor within something longer, nor with marks of direction that nobody sees.
    for held in [
        "1 87 06 51 454 101",
        "dossier-2870651454101",
        "nir287065145410135x",
        "51_269022A004303_b",
        "FT2026n2870651454101",
        "nir 1 87 06 51 454 101 x",
        "2870651\u{200e}454101",
        "dossier-28706\u{200b}51454101",
    ] {
        assert!(reference(held).is_err(), "{held:?}");
    }
}

/// Of several diagnostics in one file, a mistake is told by its place in the file.
#[test]
fn a_mistake_in_a_list_is_told_by_its_line_in_the_file() {
    let whole = serde_json::to_string_pretty(&of_the_family("famille-fils")).unwrap();
    let broken = whole.replacen("\"entries\": [", "\"entries\": [ 12,", 1);
    assert_ne!(whole, broken);
    let alone = Diagnostic::parse(&broken).unwrap_err().to_string();
    let line: usize = alone
        .strip_prefix("line ")
        .and_then(|rest| rest.split(',').next()?.parse().ok())
        .unwrap();
    let file = format!("[\n{whole},\n\n{broken}\n]");
    let opened = office("5b0c1d2e,dossier-1\n").open(&at(), file.as_bytes(), None);
    let opened = opened.unwrap();
    assert_eq!(opened.diagnostics.len(), 1);
    let there = line + whole.lines().count() + 2;
    let told = &opened.refused[0];
    assert!(
        told.starts_with(&format!("diagnostic 2, line {there}, ")),
        "{told}: expected line {there}"
    );
    // On the line on which it begins, by its column there.
    let file = r#"[ {"a": 1},  {"a": 1} ]"#;
    let opened = office("5b0c1d2e,dossier-1\n").open(&at(), file.as_bytes(), None);
    let columns = opened.unwrap().refused;
    let column = |told: &String| -> usize {
        let (_, rest) = told.split_once("column ").unwrap();
        rest.split(':').next().unwrap().parse().unwrap()
    };
    assert_eq!(column(&columns[1]) - column(&columns[0]), 11, "{columns:?}");
}

#[test]
fn an_adult_whom_the_table_does_not_know_is_refused() {
    let flow = include_bytes!("../samples/RSABEM_marne_msa.xml");
    let opened = office("5b0c1d2e,dossier-1\n")
        .open(&at(), flow, None)
        .unwrap();
    assert!(opened.diagnostics.is_empty());
    let first = "line 10: adult 1 of the flow: no reference in the table of the office";
    assert_eq!(opened.refused.first().map(String::as_str), Some(first));
    // What is not read of them is told to nobody else.
    let told = "elements that no fact holds are of people who are not kept";
    assert!(
        matches!(&opened.notes[..], [note] if note.ends_with(told)),
        "{:?}",
        opened.notes
    );
    // A file that is cut says so, and is not all read.
    let flow = include_bytes!("../samples/RSABEM_marne.xml");
    let opened = office("2870651454101,dossier-1\n")
        .open(&at(), &flow[..3000], None)
        .unwrap();
    let refused = opened.refused.iter();
    let cut = refused.filter(|told| told.ends_with("the file may be cut"));
    assert_eq!(cut.count(), 2, "{:?}", opened.refused);
    assert!(opened.notes.is_empty(), "{:?}", opened.notes);
}

/// What of a household cannot be read, or has a code that no list has, is told once and not dropped.
#[test]
fn what_is_unreadable_in_a_flow_is_told_once() {
    let flow = String::from_utf8_lossy(include_bytes!("../samples/RSABEM_marne.xml"));
    let couple = office("269022A004303,dossier-1\n1940951649404,dossier-2\n");
    let opened = |flow: &str| couple.open(&at(), flow.as_bytes(), None).unwrap();
    let sound = opened(&flow);
    assert_eq!(sound.diagnostics.len(), 2);
    let odd = flow
        .replace("<SITFAM>VIM<", "<SITFAM>ZZZ<")
        .replace("<TOPSANSDOMFIXE>0<", "<TOPSANSDOMFIXE>2<");
    let odd = opened(&odd);
    for (element, why) in [
        ("SITFAM", "not in the lists of the format"),
        ("TOPSANSDOMFIXE", "not in the form of the format"),
    ] {
        let told = odd.notes.iter().filter(|note| note.contains(element));
        let told: Vec<_> = told.collect();
        assert!(
            matches!(&told[..], [note] if note.starts_with("line 5") && note.ends_with(why)),
            "{:?}",
            odd.notes
        );
    }
}

const DOSSIER: &str = include_str!("../samples/ft_dossier_individu_1.json");

#[test]
fn a_reference_is_for_a_file_that_says_nothing_of_whom_it_is_about() {
    let (at, office) = (at(), office("5b0c1d2e,dossier-1\n"));
    let one = person("dossier-1");
    let why = |file: &[u8], one: Option<&PersonRef>| {
        office.open(&at, file, one).err().map(|why| why.to_string())
    };
    let named = "this file says itself whom it is about: give it without REFERENCE=";
    let own: [&[u8]; 4] = [
        include_bytes!("../samples/RSABEM_marne.xml"),
        include_bytes!("../samples/interview.json"),
        include_bytes!("../samples/pe_spie_principal.csv"),
        include_bytes!("../../examples/shared_diagnostic/family/caf.json"),
    ];
    for file in own {
        assert_eq!(why(file, Some(&one)).as_deref(), Some(named));
    }
    assert_eq!(why(DOSSIER.as_bytes(), Some(&one)), None);
    let unsaid = "this file of France Travail does not say whom it is about: give REFERENCE=FILE";
    // Be it whole, cut, or a list of constraints alone.
    for file in [
        DOSSIER,
        &DOSSIER[..900],
        "[ { \"code\": \"23\", \"valeur\": \"OUI\" } ]",
        "null",
    ] {
        assert_eq!(why(file.as_bytes(), None).as_deref(), Some(unsaid));
    }
    assert_eq!(
        why(b"\x1f\x8b\x08", None).as_deref(),
        Some("this file is compressed (gzip): unpack it first")
    );
    assert_eq!(why(b" \n", None).as_deref(), Some("this file is empty"));
    let sheet = include_str!("../samples/interview.json");
    let under = under_another(sheet, "2870651454101");
    let opened = office.open(&at, under.as_bytes(), None).unwrap();
    assert!(opened.diagnostics.is_empty());
    assert_eq!((opened.refused.len(), opened.unread), (1, 0));
    assert!(!opened.refused[0].contains("2870651454101"));
}

/// The sheet under another reference.
fn under_another(sheet: &str, reference: &str) -> String {
    let mut sheet: serde_json::Value = serde_json::from_str(sheet).unwrap();
    sheet["person"] = reference.into();
    sheet.to_string()
}

#[test]
fn a_file_of_france_travail_under_anothers_reference_is_refused() {
    let office = office(
        "5b0c1d2e-1111-4a51-8a51-000000000001,dossier-1\n5b0c1d2e-2222-4a51-8a51-000000000002,dossier-2\n",
    );
    let open = |one: &str| {
        office
            .open(&at(), DOSSIER.as_bytes(), Some(&person(one)))
            .unwrap()
    };
    assert_eq!(open("dossier-1").diagnostics.len(), 1);
    let swapped = open("dossier-2");
    assert!(swapped.diagnostics.is_empty());
    assert_eq!(swapped.refused.len(), 1);
}

/// A code that the lists have not is told with its place, and what no fact holds is counted; what the
/// file dates after its reception says so.
#[test]
fn what_a_file_says_in_vain_is_told_by_what_is_wrong_with_it() {
    let office = office("");
    let one = person("dossier-1");
    let open = |at: &EngineAt, file: &str| office.open(at, file.as_bytes(), Some(&one)).unwrap();
    let sound = open(&at(), DOSSIER);
    assert!(sound.notes.is_empty(), "{:?}", sound.notes);
    let odd = open(
        &at(),
        &DOSSIER.replacen("NON_EXPLORE", "EXPLORE_AILLEURS", 1),
    );
    assert_eq!(odd.unread, sound.unread);
    assert!(
        matches!(&odd.notes[..], [note]
            if note.starts_with("line ") && note.ends_with("not in the lists of the format")),
        "{:?}",
        odd.notes
    );
    let before = Engine::new(&Pack::marne().unwrap()).at(day("2023-12-01"));
    let early = open(&before, DOSSIER);
    let later = "after the day on which the file was received";
    assert!(!early.refused.is_empty());
    assert!(
        early.refused.iter().all(|told| told.ends_with(later)),
        "{:?}",
        early.refused
    );
}

fn duties(whole: &Diagnostic) -> String {
    let pack = Pack::marne().unwrap();
    let labels = pack.facts().map(|fact| (fact.name, fact.label));
    Duties::of(&at(), whole, &labels.collect()).to_string()
}

fn erasure(by: &str, scope: Scope, ground: ErasureGround) -> Diagnostic {
    let mut one = Diagnostic::new(person("famille-mere"));
    let erasure = Erasure {
        by: body(by),
        scope,
        up_to: day("2025-03-10"),
        recorded_on: day("2025-03-12"),
        ground,
    };
    one.erase(erasure).unwrap();
    one
}

#[test]
fn who_has_to_act_is_told() {
    let mother = of_the_family("famille-mere");
    assert_eq!(duties(&mother), "");
    let asks = erasure(
        "caf-51",
        Scope::Fact(fact("licence.b")),
        ErasureGround::Request,
    );
    let mut whole = mother.merge(&asks).unwrap();
    let said = mother.entries().find_map(|(_, entry)| match entry {
        Entry::Observation(said) if said.fact == fact("jobseeker") => Some(said.clone()),
        _ => None,
    });
    let asked = said.unwrap().contested(
        body("ml-reims"),
        day("2025-03-05"),
        WithdrawalReason::Contested,
    );
    whole.receive(asked).unwrap();
    assert_eq!(
        duties(&whole),
        "Effacements :
 - permis B, jusqu'au 10 mars 2025 : effacement du 12 mars 2025, par : Caisse d'allocations familiales de la Marne (demande de la personne, RGPD article 17)
   Vaut pour les informations de : Caisse d'allocations familiales de la Marne.
   Reste à faire par : France Travail. Un effacement de ses propres informations ou un refus motivé, dans le mois (RGPD, article 12(3)).
Rectifications demandées :
 - inscription à l'opérateur public de l'emploi, selon : France Travail ; rectification demandée le 5 mars 2025, par : Mission locale de Reims (la personne dit que c'est inexact)
   Reste à faire par : France Travail. Un retrait ou un refus motivé, au plus tard le 5 avril 2025 (RGPD, article 12(3)).
"
    );
}

/// What empties a diagnostic is read before it is merged, and stands on the page.
#[test]
fn an_erasure_of_everything_is_no_silent_one() {
    let at = at();
    let mother = of_the_family("famille-mere");
    let mut held = Held::default();
    assert_eq!(held.difference(&at, &mother).unwrap(), None);
    held.merge(&mother).unwrap();
    let orders = erasure("crepi", Scope::All, ErasureGround::Court);
    let told = held.difference(&at, &orders).unwrap().unwrap();
    let count = mother.entries().count();
    let begins = format!(
        "0 entries in; {count} out; erasure by `crepi`, ground: court, which is claimed and not proved; "
    );
    assert!(told.starts_with(&begins), "{told}");
    assert!(told.contains("gone: "), "{told}");
    // And what would be proposed otherwise.
    assert!(told.contains("; no more proposed: "), "{told}");
    assert!(told.contains("the track"), "{told}");
    held.merge(&orders).unwrap();
    // What was erased is not let in again.
    let told = held.difference(&at, &mother).unwrap();
    let again = format!("0 entries in; 0 out; {count} not let in, as they were erased");
    assert_eq!(told, Some(again));
    held.merge(&mother).unwrap();
    let whole = held.into_diagnostics().remove(0);
    let told = duties(&whole);
    assert!(
        told.contains(
            " - tout, jusqu'au 10 mars 2025 : effacement du 12 mars 2025, par : Club régional"
        ),
        "{told}"
    );
    assert!(told.contains("tous les organismes"));
}
