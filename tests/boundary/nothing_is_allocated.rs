//! The fast call allocates nothing once its buffer has been used.

use spie::interop::Caseload;
use spie::orientation::Verdicts;
use spie::{Engine, Pack};

#[test]
fn verdicts_of_the_twelve_allocate_nothing() {
    let engine = Engine::new(&Pack::marne().unwrap());
    let on = "2025-03-15".parse().unwrap();
    let at = engine.at(on);
    let people = Caseload::bundled(&engine).unwrap().people;
    let profiles: Vec<_> = people.iter().map(|person| person.profile(&engine, on).unwrap()).collect();
    let mut buffer = Verdicts::new();
    at.verdicts(&profiles[0], &mut buffer).unwrap();
    let used = allocation_counter::measure(|| {
        for profile in &profiles {
            at.verdicts(profile, &mut buffer).unwrap();
        }
    });
    assert_eq!(used.count_total, 0, "{used:?}");
    // The counter does count: an orientation cannot do without memory.
    let used = allocation_counter::measure(|| drop(at.orient(&profiles[0]).unwrap()));
    assert!(used.count_total > 0);
}
