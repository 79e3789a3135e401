//! The rules in force in March 2025, written by hand in Rust on a plain struct:
//! what they cost when nothing is unknown, dated or explained. Counts over lists
//! are given to it for free.

use chrono::{Datelike, Months, NaiveDate};
use spie::fact::Value;

use super::people::Told;

/// One person, all of whose facts are known. `None` is "without object".
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "as a hand would write it")]
pub(crate) struct Known {
    on: i32,
    months_ago_6: i32,
    months_ago_12: i32,
    months_ago_2: i32,
    weeks_ago_6: i32,
    age: i64,
    rsa: bool,
    duties: bool,
    notified: Option<i32>,
    suspended: bool,
    suspension: Option<u8>,
    track: Option<u8>,
    orientation_notified: Option<i32>,
    missed: bool,
    means_tried: i64,
    signed: Option<i32>,
    revised: Option<i32>,
    contract: u8,
    diagnosis: Option<i32>,
    obstacle_lasting: bool,
    jobseeker: bool,
    registered_months: Option<i64>,
    employed: bool,
    self_employed: bool,
    employment_contract: Option<u8>,
    employment_hours: Option<i64>,
    employment_started: Option<i32>,
    income: i64,
    are_daily: Option<i64>,
    ass: bool,
    aah: bool,
    joint: bool,
    work_permit: Option<bool>,
    protection: Option<u8>,
    in_school: bool,
    in_training: bool,
    apprentice: bool,
    licence: bool,
    licence_usable: Option<bool>,
    vehicle: bool,
    vehicle_state: u8,
    served: u8,
    reach: i64,
    max_km: i64,
    hire: bool,
    hire_contract: Option<u8>,
    hire_months: Option<i64>,
    hire_km: Option<i64>,
    training: Option<i32>,
    training_hours: Option<i64>,
    project: u8,
    care_needed: bool,
    care: Option<u8>,
    single: bool,
    qpv: bool,
    education: u8,
    epernay: bool,
    barriers: [u8; 7],
    carer_barrier: u8,
    btp: bool,
    personal_care: bool,
    logistics: bool,
    trade: bool,
    under_3: i64,
    under_6: i64,
    under_12: i64,
    school_age: bool,
    alternating: bool,
    licence_aid: bool,
    apprentice_aid: bool,
    epernay_aid: bool,
    childcare_aid: bool,
    return_aid: bool,
    no_childcare: bool,
    failures: i64,
    network_failures: i64,
}

const CDI: u8 = 0;
const INTERIM: u8 = 3;
const MODERATE: u8 = 2;
const FAIR: u8 = 2;
const ARE_MIN: i64 = 3197;
const ARE_MIN_130: i64 = 4156;

impl Known {
    #[expect(clippy::too_many_lines, reason = "one line a field")]
    pub(crate) fn new(told: &Told, on: NaiveDate) -> Self {
        let get = |name: &str| told.values.get(name);
        let flag = |name: &str| matches!(get(name), Some(Value::Flag(true)));
        let int = |name: &str| match get(name) {
            Some(Value::Integer(value)) => *value,
            Some(Value::Money(value)) => value.get(),
            _ => 0,
        };
        let date = |name: &str| match get(name) {
            Some(Value::Date(date)) => Some(*date),
            _ => None,
        };
        let day = |name: &str| date(name).map(|date| date.num_days_from_ce());
        let code = |name: &str, codes: &[&str]| match get(name) {
            Some(Value::Code(code)) => {
                let place = codes.iter().position(|known| *known == code.as_str());
                place
                    .and_then(|place| u8::try_from(place).ok())
                    .unwrap_or(99)
            }
            _ => 99,
        };
        let has = |name: &str, wanted: &[&str]| {
            told.sets[name]
                .iter()
                .any(|code| wanted.contains(&code.as_str()))
        };
        let back = |months: u32| (on - Months::new(months)).num_days_from_ce();
        let today = on.num_days_from_ce();
        let cell =
            |row: &std::collections::BTreeMap<String, Value>, field: &str| row[field].clone();
        let is = |row: &std::collections::BTreeMap<String, Value>, field: &str, wanted: &[&str]| matches!(cell(row, field), Value::Code(code) if wanted.contains(&code.as_str()));
        let recent = |row: &std::collections::BTreeMap<String, Value>, field: &str| {
            matches!(cell(row, field), Value::Date(date)
                if (back(12)..=today).contains(&date.num_days_from_ce()))
        };
        let ages: Vec<(i64, bool, bool)> = told.rows["children"]
            .iter()
            .map(|row| {
                let Value::Date(born) = cell(row, "birth_date") else {
                    unreachable!("a date")
                };
                let home = cell(row, "at_home") == Value::Flag(true);
                (
                    spie::calendar::years_since(born, on),
                    home,
                    is(row, "presence", &["alternating"]),
                )
            })
            .collect();
        let under = |limit: i64| {
            i64::try_from(
                ages.iter()
                    .filter(|(age, home, _)| *age < limit && *home)
                    .count(),
            )
            .unwrap_or(0)
        };
        let steps = &told.rows["schemes"];
        let failed = |row: &&std::collections::BTreeMap<String, Value>| {
            recent(row, "ended_on")
                && (is(row, "outcome", &["no_way_out"])
                    || (is(
                        row,
                        "outcome",
                        &["refused", "declined", "no_show", "interrupted", "abandoned"],
                    ) && is(
                        row,
                        "reason",
                        &[
                            "barrier_not_lifted",
                            "no_transport",
                            "no_childcare",
                            "housing_lost",
                            "money",
                            "language",
                            "digital",
                            "hours_unfit",
                            "employer_ended",
                            "person_left",
                            "no_show_twice",
                        ],
                    )))
        };
        let network = |row: &&std::collections::BTreeMap<String, Value>| {
            recent(row, "ended_on")
                && (is(row, "outcome", &["expired"])
                    || (is(row, "outcome", &["refused", "interrupted"])
                        && is(
                            row,
                            "reason",
                            &[
                                "not_eligible",
                                "out_of_territory",
                                "no_capacity",
                                "not_suited",
                                "another_body_in_charge",
                                "incomplete_file",
                                "redirected",
                                "body_stopped",
                                "funding_ended",
                            ],
                        )))
        };
        let aided = |aids: &[&str]| told.rows["aids"].iter().any(|row| is(row, "aid", aids));
        let aided_lately = |aids: &[&str]| {
            told.rows["aids"]
                .iter()
                .any(|row| is(row, "aid", aids) && recent(row, "granted_on"))
        };
        let barrier = ["absent", "light", "moderate", "blocking"];
        let contracts = [
            "cdi",
            "cdd",
            "seasonal",
            "interim",
            "iae",
            "pec",
            "apprenticeship",
            "professionalisation",
            "self",
        ];
        let rsa = flag("rsa");
        let suspended = rsa && flag("rsa.suspended");
        let jobseeker = flag("jobseeker");
        let employed = flag("employed");
        let hire = flag("hire_promise");
        let licence = flag("licence.b");
        let third = code("stay.citizenship", &["third"]) == 0;
        let track = code(
            "decision.track",
            &["professional", "socio_professional", "social"],
        );
        let missed = flag("first_interview.missed");
        let training = day("training.starts_on");
        let under_12 = under(12);
        let care_needed = under_12 >= 1 && flag("childcare.needed");
        let sectors = "project.sectors";
        let served = code(
            "residence.transport_served",
            &["unserved", "poor", "fair", "good"],
        );
        Self {
            on: today,
            months_ago_6: back(6),
            months_ago_12: back(12),
            months_ago_2: back(2),
            weeks_ago_6: today - 42,
            age: date("birth_date").map_or(0, |born| spie::calendar::years_since(born, on)),
            rsa,
            duties: rsa && flag("rsa.rights_duties"),
            notified: day("rsa.notified_to_department_on").filter(|_| rsa),
            suspended,
            suspension: Some(code("rsa.suspension_kind", &["decision_of_department"]))
                .filter(|_| suspended),
            track: Some(track),
            orientation_notified: day("orientation.notified_on"),
            missed,
            means_tried: int("first_interview.means_tried"),
            signed: day("contract.signed_on"),
            revised: day("contract.revised_on"),
            contract: code("contract.kind", &["cer", "ppae", "pacea", "cej"]),
            diagnosis: day("diagnostic.done_on"),
            obstacle_lasting: flag("obstacle.lasting"),
            jobseeker,
            registered_months: date("jobseeker.registered_on")
                .filter(|_| jobseeker)
                .map(|since| spie::calendar::months_since(since, on).clamp(0, 720)),
            employed,
            self_employed: flag("self_employed"),
            employment_contract: Some(code("employment.contract", &contracts)).filter(|_| employed),
            employment_hours: Some(int("employment.hours_week")).filter(|_| employed),
            employment_started: day("employment.started_on").filter(|_| employed),
            income: int("income.professional_monthly"),
            are_daily: Some(int("are.daily")),
            ass: flag("ass"),
            aah: flag("aah"),
            joint: flag("wish.joint_support"),
            work_permit: Some(flag("stay.work_permit")).filter(|_| third),
            protection: Some(code("stay.protection", &["refugee", "subsidiary"])).filter(|_| third),
            in_school: flag("in_school"),
            in_training: flag("in_training"),
            apprentice: flag("apprentice"),
            licence,
            licence_usable: Some(flag("licence.usable")).filter(|_| licence),
            vehicle: flag("vehicle.available"),
            vehicle_state: code(
                "vehicle.state",
                &["no_vehicle", "unsafe", "repairable", "good"],
            ),
            served,
            reach: int("transport.reach_minutes"),
            max_km: int("commute.max_km"),
            hire,
            hire_contract: Some(code("hire_promise.contract", &contracts)).filter(|_| hire),
            hire_months: Some(int("hire_promise.months")).filter(|_| hire),
            hire_km: Some(int("hire_promise.distance_km")).filter(|_| hire),
            training,
            training_hours: Some(int("training.hours")).filter(|_| training.is_some()),
            project: code(
                "project.state",
                &["undefined", "exploring", "defined", "confirmed"],
            ),
            care_needed,
            care: Some(code(
                "childcare.solution",
                &["no_solution", "occasional", "partial", "full"],
            ))
            .filter(|_| care_needed),
            single: flag("household.single_parent"),
            qpv: flag("residence.qpv"),
            education: code("education.level", &["no_diploma"]),
            epernay: code("residence.commune", &["51230"]) == 0,
            barriers: [
                "mobility",
                "childcare",
                "housing",
                "financial",
                "administrative",
                "digital",
                "language",
            ]
            .map(|kind| code(&format!("barrier.{kind}"), &barrier)),
            carer_barrier: code("barrier.carer", &barrier),
            btp: has(sectors, &["btp"]),
            personal_care: has(sectors, &["aide_personne"]),
            logistics: has(sectors, &["logistique"]),
            trade: has("project.rome", &["K1302", "K1304", "N4105", "F1302"])
                || (has(sectors, &["aide_personne"]) && served <= 1),
            under_3: under(3),
            under_6: under(6),
            under_12,
            school_age: ages
                .iter()
                .any(|(age, home, _)| (3..=11).contains(age) && *home),
            alternating: ages.iter().any(|(_, _, alternating)| *alternating),
            licence_aid: aided(&[
                "permis-ft",
                "permis-apprenti",
                "permis-probtp",
                "permis-faj",
            ]),
            apprentice_aid: aided(&["permis-apprenti"]),
            epernay_aid: aided(&["bourse-permis-epernay"]),
            childcare_aid: aided_lately(&["agepi", "age"]),
            return_aid: aided_lately(&["aide-retour-emploi-cd51"]),
            no_childcare: steps
                .iter()
                .any(|row| recent(row, "ended_on") && is(row, "reason", &["no_childcare"])),
            failures: i64::try_from(steps.iter().filter(failed).count()).unwrap_or(0),
            network_failures: i64::try_from(steps.iter().filter(network).count()).unwrap_or(0),
        }
    }

    /// Every rule, in the order of [`NAMES`].
    #[expect(
        clippy::too_many_lines,
        reason = "one line a rule, as a hand would write them"
    )]
    pub(crate) fn verdicts(&self) -> [bool; 42] {
        let p = self;
        let undecided = p.duties && p.track.is_none_or(|track| track == 99);
        let social = p.track == Some(2);
        let current = p.signed.max(p.revised);
        let lasting = p.hire
            && (p.hire_contract == Some(CDI) || p.hire_months.is_some_and(|months| months >= 3));
        let training_40 = p.training.is_some() && p.training_hours.is_some_and(|hours| hours >= 40);
        let low_benefit = p.are_daily.is_none_or(|daily| daily <= ARE_MIN);
        let concerned = p.jobseeker || p.duties;
        let care_open = p.care_needed && p.care.is_some_and(|care| care < 3);
        let on_the_way = p.jobseeker || p.rsa || p.hire || p.in_training || p.training.is_some();
        let mobility = p.barriers[0] >= MODERATE;
        let two_barriers = p
            .barriers
            .iter()
            .filter(|level| **level >= MODERATE)
            .count()
            >= 2;
        let cannot_drive = !p.licence || p.licence_usable == Some(false);
        let started_lately = p
            .employment_started
            .is_some_and(|day| (p.months_ago_6..=p.on).contains(&day));
        let permis_ft = p.jobseeker
            && !p.licence
            && p.age >= 17
            && (p.registered_months.is_some_and(|months| months >= 6) || lasting)
            && (p.rsa || p.ass || low_benefit || p.aah);
        let age_scheme = p.jobseeker
            && p.under_12 >= 1
            && (lasting || training_40)
            && p.are_daily.is_none_or(|daily| daily <= ARE_MIN_130);
        [
            undecided
                && p.notified
                    .is_some_and(|day| (p.weeks_ago_6..=p.on).contains(&day)),
            undecided && !p.missed && p.notified.is_some_and(|day| day < p.weeks_ago_6),
            undecided
                && p.missed
                && p.means_tried >= 2
                && p.notified.is_some_and(|day| day < p.months_ago_2),
            p.duties && p.track == Some(0) && !p.jobseeker,
            p.jobseeker
                && p.track.is_some_and(|track| track != 99)
                && p.orientation_notified.is_some()
                && p.signed.is_none(),
            p.jobseeker && p.contract <= 3 && p.signed.is_some_and(|day| day < 739_252),
            concerned && p.diagnosis.is_none(),
            social && current.is_some_and(|day| day < p.months_ago_6) && !p.obstacle_lasting,
            social && current.is_some_and(|day| day < p.months_ago_12),
            p.rsa
                && p.employed
                && p.employment_hours.is_some_and(|hours| hours < 20)
                && p.income < 50_000,
            p.jobseeker
                && !p.rsa
                && p.registered_months.is_some_and(|months| months >= 12)
                && two_barriers
                && p.joint,
            p.work_permit == Some(false) && p.protection.is_some_and(|protection| protection <= 1),
            p.suspended && p.suspension == Some(0),
            p.suspended && p.suspension != Some(0),
            (16..=17).contains(&p.age)
                && !p.in_school
                && !p.in_training
                && !p.apprentice
                && !p.employed,
            permis_ft && (p.trade || p.served <= 1) && !p.licence_aid,
            mobility && (15..=25).contains(&p.age) && !p.licence,
            p.apprentice && p.age >= 18 && !p.licence && !p.apprentice_aid,
            (18..=25).contains(&p.age)
                && !p.licence
                && mobility
                && (p.served <= 1 || p.project >= 2)
                && !p.licence_aid,
            p.jobseeker
                && low_benefit
                && lasting
                && (p.hire_km.is_some_and(|km| km > 30) || p.reach > 60),
            p.jobseeker && low_benefit && training_40 && p.reach > 60,
            p.employment_contract == Some(INTERIM) && p.licence_usable == Some(true) && !p.vehicle,
            p.licence_usable == Some(false),
            cannot_drive && p.served >= FAIR,
            p.under_3 >= 1 && care_open && on_the_way,
            p.under_3 >= 1
                && care_open
                && on_the_way
                && (p.rsa || p.single || p.qpv || (p.age < 25 && p.education == 0)),
            p.under_3 >= 1 && care_open && p.no_childcare,
            age_scheme && lasting && !p.childcare_aid,
            age_scheme && training_40 && !p.childcare_aid,
            p.under_6 >= 1
                && (p.employed || p.self_employed)
                && p.care.is_some_and(|care| care >= 2),
            p.under_12 >= 1 && care_open && (p.btp || p.personal_care || p.logistics),
            p.school_age && care_open,
            p.alternating && p.rsa,
            p.carer_barrier >= MODERATE,
            mobility,
            mobility && p.failures >= 1,
            p.logistics && !p.vehicle && p.served <= FAIR,
            p.licence_usable == Some(true)
                && (!p.vehicle || p.vehicle_state <= 1)
                && (p.employed || lasting)
                && p.max_km >= 10,
            p.epernay
                && p.age >= 18
                && !p.licence
                && (p.rsa || p.ass)
                && mobility
                && !p.epernay_aid,
            p.rsa && started_lately && !p.return_aid,
            two_barriers && (p.failures >= 1 || p.network_failures >= 2),
            p.employed && started_lately,
        ]
    }
}

/// The rules of [`Known::verdicts`], by name.
pub(crate) const NAMES: [&str; 42] = [
    "rsa-orientation-in-time",
    "rsa-orientation-late",
    "orientation-without-information",
    "register",
    "ce-one-month",
    "ce-replaces-old-contract",
    "global-diagnosis",
    "social-path-review",
    "social-path-review-12-months",
    "few-hours-of-work",
    "joint-support",
    "right-to-work",
    "suspension-hearing",
    "suspension-paper",
    "training-duty",
    "licence-for-the-trade",
    "licence-loan",
    "licence-apprentice",
    "licence-young-people-fund",
    "travel-costs-job",
    "travel-costs-training",
    "car-hire-temp-worker",
    "driving-right",
    "other-ways-to-travel",
    "nursery-place",
    "nursery-place-first",
    "nursery-place-after-failure",
    "childcare-grant-job",
    "childcare-grant-training",
    "childcare-cost",
    "early-and-late-care",
    "before-and-after-school",
    "alternating-custody",
    "relief-for-your-time",
    "mobility-check",
    "mobility-check-after-failure",
    "mobility-check-logistics",
    "car-for-the-job",
    "licence-grant-epernay",
    "costs-of-a-new-job",
    "coordination",
    "first-months-of-a-job",
];
