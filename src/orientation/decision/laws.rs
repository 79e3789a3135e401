//! Laws of records, on parts of the bundled people.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::orientation::Orientation;
use crate::orientation::known_in_part::{engine, known_in_part};
use crate::vocabulary::{BodyId, PersonRef};
use crate::{EngineAt, Profile};

/// A decision of a body that does the first of what is proposed, with a reason whatever it is.
pub(crate) fn decided(at: &EngineAt, orientation: &Orientation, by: BodyId) -> Decision {
    let first = orientation.proposals.first();
    let subject = match (&orientation.track, first) {
        (_, Some(proposal)) => Subject::Scheme(proposal.scheme.clone()),
        (Some(track), None) => Subject::Track(track.options[0].track.clone()),
        (None, None) => Subject::Track("social".parse().unwrap()),
    };
    Decision {
        by,
        on: at.date(),
        choices: vec![Choice {
            subject,
            answer: Answer::Accepted,
            departure: Some(Departure {
                reason: DepartureReason::PersonWishes,
                text: None,
            }),
        }],
    }
}

fn record(at: &EngineAt, profile: &Profile) -> DecisionRecord {
    let person = PersonRef::parse("dossier-12").unwrap();
    let orientation = at.orient(profile).unwrap();
    let by = BodyId::parse("departement-marne").unwrap();
    let decision = decided(at, &orientation, by);
    DecisionRecord::of_profile(at, person, profile, decision).unwrap()
}

fn day(days: u64) -> NaiveDate {
    "2021-06-15".parse::<NaiveDate>().unwrap() + chrono::Days::new(days)
}

proptest! {
    /// Stored, read and replayed with the same pack: the same proposals, whatever is known.
    #[test]
    fn a_record_is_replayed_to_the_same_proposals(
        who in 0_usize..12,
        kept in prop::collection::vec(prop::bool::weighted(0.8), 60),
        days in 0_u64..1500,
    ) {
        let engine = engine();
        let person = known_in_part(who, &kept);
        let at = engine.at(day(days));
        let profile = person.profile(engine, at.date()).unwrap();
        let record = record(&at, &profile);
        let stored = serde_json::to_string(&record).unwrap();
        let read = DecisionRecord::parse(&stored).unwrap();
        prop_assert_eq!(&read, &record);
        let replay = read.replay(engine);
        prop_assert!(replay.same_pack);
        prop_assert_eq!(&replay.outcome, &ReplayOutcome::Same, "{}", replay);
        prop_assert!(replay.not_read.is_empty(), "{}", replay);
    }

    /// No fact is kept that no proposal, nor the track, names as its own.
    #[test]
    fn nothing_is_kept_that_nothing_used(who in 0_usize..12, days in 0_u64..1500) {
        let engine = engine();
        let at = engine.at(day(days));
        let profile = known_in_part(who, &[true]).profile(engine, at.date()).unwrap();
        let record = record(&at, &profile);
        let mut uses: Vec<_> = record.proposals().flat_map(|one| &one.uses).collect();
        uses.extend(record.track().into_iter().flat_map(|track| &track.uses));
        for (name, _) in record.facts() {
            prop_assert!(uses.contains(&name), "{}", name);
        }
        for name in record.presumed() {
            prop_assert!(uses.contains(&name), "{}", name);
        }
    }
}
