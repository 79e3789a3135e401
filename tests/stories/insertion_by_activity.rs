//! Real law as a pack of its own: insertion through economic activity and GEIQ, told from the texts.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use spie::orientation::{Verdict, Verdicts};
use spie::profile::ProfileBuilder;
use spie::vocabulary::Code;
use spie::{Engine, Pack, Profile};

/// The day on which everybody here comes.
const TODAY: &str = "2026-09-15";

/// The rules by which each kind of structure declares a person eligible itself, with the criteria of level 2 that it needs.
const STRUCTURES: [(&str, usize); 5] = [
    ("eligible-ai", 2),
    ("eligible-etti", 2),
    ("eligible-aci", 3),
    ("eligible-ei", 3),
    ("eligible-eiti", 3),
];

static PACK: LazyLock<Pack> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/iae");
    let sources = fs::read_dir(folder).unwrap().map(|entry| {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (name, fs::read_to_string(path).unwrap())
    });
    Pack::parse(sources, None).unwrap_or_else(|errors| panic!("{errors}"))
});

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(&PACK));

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

fn somebody() -> ProfileBuilder {
    Profile::builder(&ENGINE, day(TODAY))
}

/// Without a job, and never in such a pathway before.
fn newcomer() -> ProfileBuilder {
    somebody()
        .set("without_job", true)
        .set("pass.starts_on", spie::fact::Value::None)
}

fn verdict(person: &Profile, rule: &str) -> Verdict {
    let at = ENGINE.at(day(TODAY));
    let mut verdicts = Verdicts::new();
    at.verdicts(person, &mut verdicts).unwrap();
    let place = at.rules().position(|known| known.as_str() == rule).unwrap();
    verdicts.as_slice()[place]
}

// ---- the criteria

/// What is told of one criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    Yes,
    No,
    Nothing,
}
use Told::{No, Nothing, Yes};

/// Criteria of level 1 but the registration, then of level 2 but age and registration, with the facts that say yes and no.
const LEVEL_1: [&str; 3] = ["rsa", "ass", "aah"];
const LEVEL_2: [&str; 12] = [
    "ase",
    "th",
    "pi",
    "psh_pr",
    "qpv",
    "detention_mj",
    "pm",
    "cap_bep",
    "ref_da",
    "zrr",
    "fle",
    "age",
];

fn tell(person: ProfileBuilder, criterion: &str, told: Told) -> ProfileBuilder {
    let yes = match told {
        Nothing => return person,
        Yes => true,
        No => false,
    };
    let either = |a: &str, b: &str| code(if yes { a } else { b });
    match criterion {
        "cap_bep" => person.set("education.level", either("51", "40")),
        "ref_da" if yes => person.set("stay.protection", code("refugee")),
        "ref_da" => person.set("stay.protection", spie::fact::Value::None),
        "zrr" => person
            .set("residence.zrr", either("whole", "partial"))
            .set("residence.zrr_address", yes),
        "fle" => person.set("french.level", either("below_a1", "a1")),
        // Young or senior: nobody is both.
        "age" => person.set(
            "birth_date",
            day(if yes { "2004-02-29" } else { "1986-05-20" }),
        ),
        flag => person.set(flag, yes),
    }
}

/// Registered with the operator, for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Registered {
    No,
    ElevenMonths,
    TwelveMonths,
    TwentyFourMonths,
    Nothing,
}

fn register(person: ProfileBuilder, registered: Registered) -> ProfileBuilder {
    let on = match registered {
        Registered::Nothing => return person,
        Registered::No => return person.set("jobseeker", false),
        Registered::ElevenMonths => "2025-09-16",
        Registered::TwelveMonths => "2025-09-15",
        Registered::TwentyFourMonths => "2024-09-15",
    };
    person
        .set("jobseeker", true)
        .set("jobseeker.registered_on", day(on))
}

/// All that is told of somebody's criteria.
#[derive(Debug, Clone)]
struct Criteria {
    level_1: [Told; 3],
    level_2: [Told; 12],
    registered: Registered,
}

impl Criteria {
    /// The same told of all.
    fn all(told: Told) -> Self {
        let registered = match told {
            Nothing => Registered::Nothing,
            Yes | No => Registered::No,
        };
        Self {
            level_1: [told; 3],
            level_2: [told; 12],
            registered,
        }
    }

    /// The first so many of level 2 are met, nothing of level 1, and this is told of the rest.
    fn first_of_level_2(count: usize, rest: Told) -> Self {
        let mut criteria = Self::all(rest);
        criteria.level_2[..count].fill(Yes);
        criteria
    }

    fn person(&self) -> Profile {
        let told = LEVEL_1.iter().zip(self.level_1);
        let told = told.chain(LEVEL_2.iter().zip(self.level_2));
        let person = told.fold(newcomer(), |person, (criterion, told)| {
            tell(person, criterion, told)
        });
        register(person, self.registered).build().unwrap()
    }

    /// Counted by hand: one of level 1, else so many of level 2.
    fn counted(&self, needed: usize) -> Verdict {
        let surely_one =
            self.level_1.contains(&Yes) || self.registered == Registered::TwentyFourMonths;
        let perhaps_one = self.level_1.contains(&Nothing) || self.registered == Registered::Nothing;
        let of = |wanted: Told| self.level_2.iter().filter(|told| **told == wanted).count();
        let surely = of(Yes) + usize::from(self.registered == Registered::TwelveMonths);
        let perhaps = of(Nothing) + usize::from(self.registered == Registered::Nothing);
        if surely_one || surely >= needed {
            Verdict::Certain
        } else if perhaps_one || surely + perhaps >= needed {
            Verdict::Open
        } else {
            Verdict::Not
        }
    }

    fn assert_counted(&self) {
        let person = self.person();
        for (rule, needed) in STRUCTURES {
            let counted = self.counted(needed);
            assert_eq!(verdict(&person, rule), counted, "{rule}: {self:?}");
        }
    }
}

#[test]
fn the_examples_hold() {
    let ran = PACK.run_examples();
    assert!(ran.unwrap_or_else(|errors| panic!("{errors}")) > 200);
}

#[test]
fn one_criterion_of_level_1_is_enough_whatever_the_rest() {
    for rest in [No, Nothing] {
        for place in 0..LEVEL_1.len() {
            let mut criteria = Criteria::all(rest);
            criteria.level_1[place] = Yes;
            let person = criteria.person();
            for (rule, _) in STRUCTURES {
                assert_eq!(
                    verdict(&person, rule),
                    Verdict::Certain,
                    "{rule}: {criteria:?}"
                );
            }
        }
        let mut criteria = Criteria::all(rest);
        criteria.registered = Registered::TwentyFourMonths;
        let person = criteria.person();
        assert_eq!(verdict(&person, "eligible-aci"), Verdict::Certain);
    }
}

#[test]
fn of_level_2_as_many_as_the_structure_needs() {
    for (rule, needed) in STRUCTURES {
        let short = |rest| Criteria::first_of_level_2(needed - 1, rest).person();
        assert_eq!(verdict(&short(Nothing), rule), Verdict::Open, "{rule}");
        assert_eq!(verdict(&short(No), rule), Verdict::Not, "{rule}");
        for rest in [No, Nothing] {
            let enough = Criteria::first_of_level_2(needed, rest).person();
            assert_eq!(verdict(&enough, rule), Verdict::Certain, "{rule}");
        }
    }
}

/// Every way to tell six criteria of level 2, all else refused.
#[test]
fn the_pack_counts_as_one_counts_by_hand() {
    for number in 0..3_usize.pow(6) {
        let mut criteria = Criteria::all(No);
        let mut left = number;
        // The last six: a flag, those that are derived, and the age.
        for told in &mut criteria.level_2[6..] {
            *told = [Yes, No, Nothing][left % 3];
            left /= 3;
        }
        criteria.assert_counted();
    }
}

fn told() -> impl Strategy<Value = Told> {
    prop_oneof![1 => Just(Yes), 3 => Just(No), 1 => Just(Nothing)]
}

fn criteria() -> impl Strategy<Value = Criteria> {
    let registered = prop_oneof![
        Just(Registered::No),
        Just(Registered::ElevenMonths),
        Just(Registered::TwelveMonths),
        Just(Registered::TwentyFourMonths),
        Just(Registered::Nothing),
    ];
    // Nine of ten people meet no criterion of level 1, which would settle all.
    let level_1 = prop_oneof![9 => Just([No; 3]), 1 => [told(), told(), told()]];
    (level_1, prop::array::uniform12(told()), registered).prop_map(
        |(level_1, level_2, registered)| Criteria {
            level_1,
            level_2,
            registered,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn whatever_is_told_the_count_is_that_made_by_hand(criteria in criteria()) {
        criteria.assert_counted();
    }
}

// ---- the diagnosis and the PASS IAE

fn diagnosed(author: &str, days_ago: u64) -> Profile {
    let on = day(TODAY).checked_sub_days(Days::new(days_ago)).unwrap();
    newcomer()
        .set("siae.hires", true)
        .set("diagnosis.author", code(author))
        .set("diagnosis.made_on", on)
        .build()
        .unwrap()
}

/// Six calendar months before 15 September 2026 lie 184 days back.
#[test]
fn a_diagnosis_ends_on_the_eve_of_its_expiry() {
    for (author, days, rule) in [
        ("prescriber", 184, "pass-by-prescription"),
        ("employer", 92, "pass-by-employer"),
    ] {
        assert_eq!(
            verdict(&diagnosed(author, days - 1), rule),
            Verdict::Certain,
            "{author}"
        );
        assert_eq!(
            verdict(&diagnosed(author, days), rule),
            Verdict::Not,
            "{author}"
        );
    }
}

#[test]
fn a_prescriber_needs_no_criterion() {
    let person = diagnosed("prescriber", 0);
    assert_eq!(verdict(&person, "prescribed"), Verdict::Certain);
    let person = Criteria::all(No).person();
    assert_eq!(verdict(&person, "eligible-ai"), Verdict::Not);
    assert_eq!(verdict(&person, "prescriber-looks-at-it"), Verdict::Open);
}

/// A recipient of the RSA, without a job, whose PASS IAE had this last day.
fn after_a_pass(last_day: &str) -> Profile {
    somebody()
        .set("without_job", true)
        .set("rsa", true)
        .set("pass.starts_on", day("2019-01-07"))
        .set("pass.ends_on", day(last_day))
        .set("pass.stopped", false)
        .set("diagnosis.author", spie::fact::Value::None)
        .build()
        .unwrap()
}

#[test]
fn a_pass_runs_to_its_last_day_and_another_comes_two_years_later() {
    for (last_day, same_pass, alone, prescriber) in [
        ("2026-09-16", true, false, false),
        ("2026-09-15", true, false, false),
        ("2026-09-14", false, false, true),
        ("2024-09-15", false, false, true),
        ("2024-09-14", false, true, false),
    ] {
        let person = after_a_pass(last_day);
        for (rule, expected) in [
            ("same-pass", same_pass),
            ("eligible-aci", alone),
            ("prescriber-during-the-two-years", prescriber),
        ] {
            let proposed = verdict(&person, rule) == Verdict::Certain;
            assert_eq!(proposed, expected, "{rule}, PASS until {last_day}");
        }
    }
}

// ---- the GEIQ

/// What a GEIQ looks at; the rest of its criteria is not met.
#[derive(Debug, Clone, Copy)]
struct Hired {
    prescribed: bool,
    level_1: bool,
    /// Mobility and parent alone: annex 2, level 2.
    annex_2: [bool; 2],
    /// Disabled worker and district: both annexes, level 2.
    both_annexes: [bool; 2],
    /// Change of trade: annex 1, no level.
    annex_1: bool,
}

impl Hired {
    fn all() -> impl Iterator<Item = Self> {
        (0..128_u8).map(|bits| {
            let bit = |place: u8| bits >> place & 1 == 1;
            Self {
                prescribed: bit(0),
                level_1: bit(1),
                annex_2: [bit(2), bit(3)],
                both_annexes: [bit(4), bit(5)],
                annex_1: bit(6),
            }
        })
    }

    fn person(self) -> Profile {
        let [pm, pi] = self.annex_2;
        let [th, qpv] = self.both_annexes;
        let none = || spie::fact::Value::None;
        let person = [
            "ass",
            "aah",
            "jobseeker",
            "other_minimum",
            "siae_cui",
            "ase",
            "psh_pr",
            "detention_mj",
            "in_studies",
        ]
        .into_iter()
        .fold(somebody(), |person, refused| person.set(refused, false))
        .set("without_job", true)
        .set("without_job_since", day("2026-01-31"))
        .set("birth_date", day("1986-05-20"))
        .set("education.level", code("40"))
        .set("french.level", code("b1"))
        .set("stay.protection", none())
        .set("residence.zrr", code("outside"))
        .set("rsa", self.level_1)
        .set("pm", pm)
        .set("pi", pi)
        .set("th", th)
        .set("qpv", qpv)
        .set("reconversion", self.annex_1);
        let person = if self.prescribed {
            person
                .set("geiq.author", code("prescriber"))
                .set("geiq.diagnosed_on", day("2026-09-01"))
        } else {
            person.set("geiq.author", none())
        };
        person.build().unwrap()
    }

    /// In the order of the text: prescriber, level 1 or two of level 2, annex 1.
    fn euros(self) -> u32 {
        let of_level_2 = self.annex_2.into_iter().chain(self.both_annexes);
        let of_level_2 = of_level_2.filter(|met| *met).count();
        if self.prescribed || self.level_1 || of_level_2 >= 2 {
            1400
        } else if self.annex_1 || self.both_annexes.contains(&true) {
            814
        } else {
            0
        }
    }
}

#[test]
fn the_allowance_of_a_geiq_is_that_of_the_text() {
    let at = ENGINE.at(day(TODAY));
    let mut seen = [0; 3];
    for hired in Hired::all() {
        let orientation = at.orient(&hired.person()).unwrap();
        let said = |scheme: &str| {
            let proposal = orientation.proposal(scheme)?;
            Some(proposal.grounds[0].because.clone())
        };
        let (raised, plain) = (said("aide-geiq-majoree"), said("aide-geiq"));
        let euros = hired.euros();
        assert_eq!(raised.is_some(), euros == 1400, "{hired:?}");
        assert_eq!(plain.is_some(), euros == 814, "{hired:?}");
        // Told with a narrow space that does not break.
        let told = |said: Option<String>| {
            said.map(|said| {
                said.chars()
                    .filter(char::is_ascii_digit)
                    .collect::<String>()
            })
        };
        assert!(told(raised).is_none_or(|digits| digits.contains("1400")));
        assert!(told(plain).is_none_or(|digits| digits.contains("814")));
        seen[[0, 814, 1400]
            .iter()
            .position(|known| *known == euros)
            .unwrap()] += 1;
    }
    // By hand: nothing, or one of two of annex 2; annex 1 alone or beside one of four, or one of two of both annexes.
    assert_eq!(seen, [3, 7, 118]);
}
