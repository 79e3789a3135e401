//! A cohort drawn by published shares: the draw is what is published, and the report
//! tells what differs.

#[path = "../../examples/cohort/study/mod.rs"]
mod study;

use chrono::NaiveDate;

fn on() -> NaiveDate {
    "2025-03-15".parse().unwrap()
}

fn draws(people: u32, seed: u64) -> Vec<study::report::DrawnShare> {
    study::Cohort::draw(people, seed, on()).unwrap().draws()
}

/// Whatever the seed: the margin is three deviations, so that one of some hundred
/// draws may be beyond it by chance, and none by far.
#[test]
fn people_are_drawn_by_what_is_published() {
    let mut beyond = 0;
    for seed in 0..12 {
        for one in draws(10_000, seed) {
            let away = one.drawn.0.abs_diff(one.published.0);
            assert!(away <= one.margin.0 * 5 / 3, "seed {seed}: {one:?}");
            beyond += u32::from(!one.is_within());
        }
    }
    assert!(beyond <= 4, "{beyond} draws beyond chance");
}

/// The margin is that of the number of people, however few they are.
#[test]
fn a_few_people_are_within_the_margin_too() {
    let mut beyond = 0;
    for people in [1, 2, 3, 5, 10, 30] {
        for seed in 0..40 {
            let draws = draws(people, seed);
            beyond += u32::from(draws.iter().any(|one| !one.is_within()));
        }
    }
    assert!(beyond <= 4, "{beyond} of 240 cohorts beyond chance");
}

/// The pilots found 82 % with a barrier; the six drawn apart from each other give as many.
#[test]
fn barriers_drawn_apart_are_had_by_as_many_people_as_published() {
    let draws = draws(10_000, 1);
    let any = draws
        .iter()
        .find(|one| one.figure.id == "barrier.any")
        .unwrap();
    assert!(!any.figure.drawn && any.is_within(), "{any:?}");
}

#[test]
fn report_of_five_hundred() {
    let report = study::Cohort::draw(500, 1, on()).unwrap().report().unwrap();
    insta::assert_snapshot!(report);
    // The same people give the same bytes.
    let again = draws(500, 1);
    let shares =
        |drawn: &[study::report::DrawnShare]| drawn.iter().map(|one| one.drawn).collect::<Vec<_>>();
    assert_eq!(shares(&again), shares(&report.drawn));
}
