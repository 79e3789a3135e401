//! Laws of active use, archive and purge.

use chrono::Months;

use super::*;

/// Times that pass within the days of these exchanges.
pub(super) static SHORT: LazyLock<Engine> = LazyLock::new(|| {
    let pack = r#"
        [pack]
        id = "court"
        title = "Durées courtes"
        extends = "marne"

        [[retention]]
        id = "conservation-accompagnement"
        replaces = "conservation-accompagnement"
        since = "last_word"
        active = "3 months"
        archive = "2 months"
        ground = "public_mission"
        purpose = "essayer"
        source = "essai"
        verified = true

        [[retention]]
        id = "conservation-rsa-caisse"
        replaces = "conservation-rsa-caisse"
        by = ["caisse"]
        since = "observed"
        active = "5 months"
        archive = "1 month"
        ground = "public_mission"
        purpose = "essayer"
        source = "essai"
        verified = true

        [[retention]]
        id = "mobilite-departement"
        by = ["departement-marne"]
        themes = ["mobility"]
        since = "observed"
        active = "2 months"
        ground = "public_mission"
        purpose = "essayer"
        source = "essai"
        verified = true
    "#;
    Engine::new(&Pack::parse([("pack.toml", pack)], Some(&Pack::marne().unwrap())).unwrap())
});

fn purged(held: &Diagnostic, on: NaiveDate, author: &BodyId) -> Diagnostic {
    let at = SHORT.at(on);
    let mut left = held.clone();
    for erasure in held.purge(&at, author).unwrap() {
        left.record_erasure(&at, erasure).unwrap();
    }
    left
}

/// What a partner's later pack knows, and this one does not, goes in its time as all else does,
/// and at the person's request.
#[test]
fn what_the_pack_does_not_know_goes_too() {
    let author = BodyId::parse("ml-reims").unwrap();
    let mut held = Diagnostic::new(person());
    let docked = Observation {
        by: author.clone(),
        means: Means::Declared,
        observed_on: day(0),
        recorded_on: day(0),
        fact: fact("spaceship.docked"),
        said: Said::Known(Knowledge::from(true)),
        remark: None,
    };
    held.receive(docked.clone()).unwrap();
    assert_eq!(ids(&purged(&held, day(400), &author)), BTreeSet::new());
    let request = Erasure {
        by: author,
        scope: Scope::Fact(docked.fact),
        up_to: day(1),
        recorded_on: day(1),
        ground: ErasureGround::Request,
    };
    held.record_erasure(&SHORT.at(day(400)), request.clone())
        .unwrap();
    assert_eq!(held.entries().count(), 0);
    // Of what is not held, a name that nobody knows is a slip.
    let mut none = Diagnostic::new(person());
    let refused = none.record_erasure(&SHORT.at(day(400)), request);
    assert!(matches!(refused, Err(RecordError::UnknownFact { .. })));
}

fn ids(held: &Diagnostic) -> BTreeSet<EntryId> {
    held.entries().map(|(id, _)| *id).collect()
}

/// The pack above, read word by word: months of use, months of archive, from the last word.
fn times(author: &BodyId, fact: &FactName) -> (u32, u32, bool) {
    let of_mobility = ["barrier.mobility", "licence.b"].contains(&fact.as_str());
    match author.as_str() {
        "departement-marne" if of_mobility => (2, 0, false),
        "caf-51" => (5, 1, false),
        // As the national pack has it.
        "pole-emploi" if fact.as_str() == "justice.measure" => (3, 0, false),
        _ => (3, 2, true),
    }
}

/// The last days of use and of archive of what an author said of a fact on a day.
fn by_the_definition(
    held: &Diagnostic,
    author: &BodyId,
    fact: &FactName,
    day: NaiveDate,
) -> (NaiveDate, NaiveDate) {
    let (used, kept, from_last) = times(author, fact);
    let words = held.entries().filter(|(id, entry)| {
        matches!(entry, Entry::Observation(_))
            && entry.by() == author
            && times(author, entry.fact()) == (used, kept, from_last)
            && !is_taken_back(held, id)
    });
    let words: Vec<NaiveDate> = words.map(|(_, entry)| entry.observed_on()).collect();
    let mut start = day;
    // Each word while the one before is still used.
    let in_time = |start: NaiveDate| {
        let words = words.iter().copied();
        words
            .filter(|word| *word <= start + Months::new(used))
            .max()
    };
    while let Some(later) = in_time(start).filter(|word| from_last && *word > start) {
        start = later;
    }
    let used = start + Months::new(used);
    (used, used + Months::new(kept))
}

fn on() -> impl Strategy<Value = NaiveDate> {
    (60_u64..700).prop_map(day)
}

proptest! {
    /// What a purge takes is what the pack says, no more and no less, once and for all.
    #[test]
    fn a_purge_takes_what_is_over(sent in exchanges(10), on in on(), author in bodies()) {
        let held = diagnostic(&sent);
        let left = purged(&held, on, &author);
        let kept = ids(&left);
        for (id, entry) in held.entries() {
            let theirs = *entry.of() == author;
            let (_, last) = by_the_definition(&held, &author, entry.fact(), entry.observed_on());
            prop_assert_eq!(kept.contains(id), !theirs || on <= last, "{:?}", entry);
        }
        prop_assert!(left.purge(&SHORT.at(on), &author).unwrap().is_empty());
    }

    /// Whoever purges later keeps no more.
    #[test]
    fn a_later_purge_takes_more(sent in exchanges(10), on in on(), later in 0_u64..400, author in bodies()) {
        let held = diagnostic(&sent);
        let (early, late) = (purged(&held, on, &author), purged(&held, on + Days::new(later), &author));
        prop_assert!(ids(&late).is_subset(&ids(&early)));
        prop_assert_eq!(ids(&purged(&early, on + Days::new(later), &author)), ids(&late));
    }

    /// Before or after a merge with what another holds of the author's words: the same bytes.
    #[test]
    fn purging_and_merging_have_no_order(a in exchanges(10), b in exchanges(10), on in on(), author in bodies()) {
        let mine = diagnostic(&a);
        let mut other = diagnostic(&b);
        // The author's own copy holds all that it said, all that is asked of it, and all
        // that anybody erased of it.
        let theirs = |entry: &Entry| *entry.of() == author;
        other.entries.retain(|id, entry| !theirs(entry) || mine.entries.contains_key(id));
        other.erasures.retain(|_, erasure| {
            !mine.entries.values().any(|entry| theirs(entry) && erasure.covers(entry))
        });
        let before = purged(&mine, on, &author).merge(&other).unwrap();
        let after = purged(&mine.merge(&other).unwrap(), on, &author);
        prop_assert_eq!(bytes(&before), bytes(&after));
    }

    /// Where time counts from the day observed, nobody needs to hold all.
    #[test]
    fn each_purges_what_it_holds(a in exchanges(10), b in exchanges(10), on in on()) {
        let author = BodyId::parse("caf-51").unwrap();
        let (a, b) = (diagnostic(&a), diagnostic(&b));
        let apart = purged(&a, on, &author).merge(&purged(&b, on, &author)).unwrap();
        let together = purged(&a.merge(&b).unwrap(), on, &author);
        prop_assert_eq!(ids(&apart), ids(&together));
    }

    /// What is archived is out of every use, and is all that is.
    #[test]
    fn what_is_archived_is_in_no_use(sent in exchanges(12), on in on(), recipient in bodies()) {
        let at = SHORT.at(on);
        let held = diagnostic(&sent);
        let (active, archive) = (held.active(&at), held.archive(&at));
        prop_assert_eq!(&active.merge(&archive).unwrap(), &held);
        prop_assert!(ids(&active).is_disjoint(&ids(&archive)));
        for (id, entry) in held.entries() {
            let day = entry.observed_on();
            let over = by_the_definition(&held, entry.of(), entry.fact(), day).0 < on;
            prop_assert_eq!(ids(&archive).contains(id), over, "{:?}", entry);
        }
        let resolution = held.resolve(&at);
        prop_assert_eq!(&resolution.facts, &active.resolve(&at).facts);
        prop_assert!(resolution.left_out.iter().all(|one| ids(&active).contains(&one.entry)));
        prop_assert!(held.contested(&at).iter().all(|one| ids(&active).contains(&one.target)));
        let view = held.view(&at, &recipient).unwrap();
        prop_assert!(ids(&view.diagnostic).is_subset(&ids(&active)));
        let person = BodyId::parse("person").unwrap();
        prop_assert_eq!(ids(&held.view(&at, &person).unwrap().diagnostic), ids(&held));
    }
}
