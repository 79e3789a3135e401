//! Laws of erasure: what was erased is in nothing that is held, computed, written or decided.

use super::hidden::{Depth, MARKER, any_body, depths, given, json, marked, record_of, words};
use super::*;
use crate::Profile;
use crate::fact::Source;
use crate::orientation::decision::{DecisionRecord, ReplayOutcome};

/// Who erases a statement, on what ground, and how much with it.
fn erasing() -> impl Strategy<Value = (BodyId, u8, bool)> {
    (any_body(), 0_u8..9, prop::bool::weighted(0.25))
}

/// An erasure of a statement: by its own author on any ground, by another one on those that bind
/// all, or it.
fn erasure_of(planted: &Observation, (by, ground, all): (BodyId, u8, bool)) -> Erasure {
    let own = || planted.by.clone();
    let (by, ground) = match ground {
        0 => (own(), ErasureGround::Request),
        1 => (own(), ErasureGround::Retention),
        2 => (own(), ErasureGround::Objection),
        3 => (own(), ErasureGround::ConsentWithdrawn),
        4 => (own(), ErasureGround::Inaccurate),
        5 => (by, ErasureGround::Court),
        6 => (by, ErasureGround::Authority),
        7 => (by, ErasureGround::WrongPerson),
        _ => (by, ErasureGround::Upheld { by: own() }),
    };
    let scope = if all {
        Scope::All
    } else {
        Scope::Fact(planted.fact.clone())
    };
    Erasure {
        by,
        scope,
        up_to: planted.observed_on,
        recorded_on: planted.recorded_on,
        ground,
    }
}

/// Somebody who may be proposed what a driving licence opens.
fn unemployed_without_a_licence() -> Diagnostic {
    let mut held = Diagnostic::new(person());
    let said: [(&str, Knowledge); 5] = [
        ("birth_date", Knowledge::from(start() - Days::new(12_000))),
        ("residence.commune", code("51649").into()),
        ("residence.transport_served", code("unserved").into()),
        ("vehicle.available", false.into()),
        ("rsa.rights_duties", true.into()),
    ];
    for (about, known) in said {
        held.receive(Observation {
            by: BodyId::parse("departement-marne").unwrap(),
            means: Means::Attested,
            observed_on: day(181),
            recorded_on: day(181),
            fact: fact(about),
            said: Said::Known(known),
            remark: None,
        })
        .unwrap();
    }
    held
}

/// A word on which what is proposed to them rests.
fn grounding() -> impl Strategy<Value = Observation> {
    let said = [("jobseeker", true), ("licence.b", false), ("rsa", true)];
    (prop::sample::select(said.to_vec()), bodies(), 150_u64..195).prop_map(
        |((about, flag), by, on)| Observation {
            by,
            means: Means::Attested,
            observed_on: day(on),
            recorded_on: day(on),
            fact: fact(about),
            said: Said::Known(Knowledge::from(flag)),
            remark: None,
        },
    )
}

proptest! {
    // What a law does not speak of is drawn again, and is no case of it.
    #![proptest_config(ProptestConfig {
        max_global_rejects: 1_000_000,
        ..ProptestConfig::default()
    })]

    /// What was erased, by whomever and on whatever ground, is as if it had never been said: the
    /// diagnostic is the same to the byte, and so is all that is computed from it.
    #[test]
    fn what_was_erased_is_as_if_never_said(
        sent in exchanges(6),
        planted in words(),
        how in erasing(),
        first in any::<bool>(),
    ) {
        let on = planted.recorded_on;
        let erasure = erasure_of(&planted, how);
        let mut never_said = diagnostic(&sent);
        never_said.erase(erasure.clone()).unwrap();
        let mut erased = diagnostic(&sent);
        let retracted = planted.retracted(on, WithdrawalReason::Mistake);
        if first {
            erased.erase(erasure.clone()).unwrap();
        }
        erased.receive(planted).unwrap();
        erased.receive(retracted).unwrap();
        if !first {
            erased.erase(erasure).unwrap();
        }
        prop_assert_eq!(&erased, &never_said);
        prop_assert_eq!(bytes(&erased), bytes(&never_said));
    }

    /// What was erased is in nothing that is computed, written or shown afterwards, and no
    /// older copy brings it back.
    #[test]
    fn what_was_erased_leaves_no_trace(
        sent in exchanges(8),
        planted in marked(),
        about in any_body(),
        how in erasing(),
        older in exchanges(4),
        recipient in any_body(),
        asked in 0_u64..500,
        depth in depths(),
    ) {
        let on = planted.recorded_on;
        let mut copy = diagnostic(&older);
        // Nothing is planted where an erasure covers it.
        let id = copy.receive(planted.clone()).unwrap().map(|id| id.to_string());
        prop_assume!(id.is_some());
        let id = id.unwrap();
        copy.receive(planted.contested(about, on, WithdrawalReason::Contested)).unwrap();
        copy.receive(planted.retracted(on, WithdrawalReason::Mistake)).unwrap();
        let at = ENGINE.at(day(asked));
        let mut erased = copy.merge(&diagnostic(&sent)).unwrap();
        erased.erase(erasure_of(&planted, how)).unwrap();
        let everybody = BodyId::parse("person").unwrap();
        for held in [erased.clone(), erased.merge(&copy).unwrap(), copy.merge(&erased).unwrap()] {
            let mut shown = given(&at, &held, &everybody, depth.min(Depth::Answer));
            shown.extend(given(&at, &held, &recipient, depth));
            shown.push(format!("{held:?} {:?}", held.entries().collect::<Vec<_>>()));
            let brings = held.difference(&copy, &at).unwrap();
            shown.push(format!("{} {brings:?}", json(&brings)));
            let takes = copy.difference(&held, &at).unwrap();
            shown.push(format!("{} {takes:?}", json(&takes.added)));
            for text in shown {
                prop_assert!(!text.contains(MARKER), "{}", text);
                prop_assert!(!text.contains(&id), "{}", text);
            }
        }
    }

    /// What was decided on somebody's word rests on it no more once that is erased, whoever erased it.
    #[test]
    fn a_decision_rests_on_nothing_that_was_erased(
        sent in exchanges(3),
        planted in grounding(),
        how in erasing(),
    ) {
        let at = ENGINE.at(day(195));
        let mut whole = unemployed_without_a_licence();
        // Others speak as well, and erase nothing of it.
        sent.iter().filter(|one| matches!(one, Sent::Entry(_))).for_each(|one| receive(&mut whole, one));
        whole.receive(planted.clone()).unwrap();
        let decides = BodyId::parse("departement-marne").unwrap();
        let view = whole.view(&at, &decides).unwrap();
        let mut record = record_of(&at, &view, &decides).unwrap();
        let rests = |record: &DecisionRecord| {
            let mut kept = record.facts().filter(|(name, _)| **name == planted.fact);
            let is_it = |said: &Source| {
                said.by.as_ref() == Some(&planted.by) && said.on == Some(planted.observed_on)
            };
            kept.any(|(_, kept)| kept.sources.iter().any(is_it))
        };
        prop_assume!(rests(&record));
        let erasure = erasure_of(&planted, how);
        whole.erase(erasure.clone()).unwrap();
        // The end of its time is no matter of a record, which has its own.
        let goes = erasure.ground != ErasureGround::Retention;
        prop_assert_eq!(record.erase_as(&whole), goes);
        prop_assert_eq!(rests(&record), !goes);
        prop_assume!(goes);
        let read = DecisionRecord::parse(&json(&record)).unwrap();
        prop_assert_eq!(read.replay(&at.engine).outcome, ReplayOutcome::InputsErased);
    }

    /// What is held in vain may all be erased: what is proposed stays, with whom and by when.
    #[test]
    fn what_is_held_in_vain_may_be_erased(
        said in prop::collection::vec(words(), 1..12),
        asked in 300_u64..450,
    ) {
        let at = ENGINE.at(day(asked));
        let mut held = Diagnostic::new(person());
        for one in said {
            held.receive(one).unwrap();
        }
        let answered = |held: &Diagnostic| {
            let orientation = at.orient(&Profile::of_diagnostic(&at, held)).unwrap();
            let proposals = orientation.proposals.iter();
            let proposals = proposals.map(|one| {
                let deadline = json(&one.deadline);
                format!("{} {} {:?} {:?} {deadline}", one.rank, one.scheme, one.body, one.certainty)
            });
            let track = orientation.track.iter().flat_map(|track| &track.options);
            let track = track.map(|one| format!("{} {:?}", one.track, one.lead));
            proposals.chain(track).collect::<Vec<_>>()
        };
        let before = answered(&held);
        let idle = at.idle_in(&held).unwrap().facts;
        prop_assume!(!idle.is_empty());
        for one in idle {
            let erasure = Erasure {
                by: BodyId::parse("departement-marne").unwrap(),
                scope: Scope::Fact(one.fact),
                up_to: at.date(),
                recorded_on: at.date(),
                ground: ErasureGround::Court,
            };
            held.record_erasure(&at, erasure).unwrap();
        }
        prop_assert_eq!(before, answered(&held));
    }
}
