//! The rules in force on 2025-03-15, as a hand would write them on a plain struct.
//!
//! Written by `UPDATE_FLOOR=1 cargo test --lib floor`, which holds it to the packs.
#![expect(clippy::unreadable_literal, clippy::too_many_lines, reason = "written by a program")]

use super::plain::{ABSENT, Few, Flag, Known, May, Number, Partly, Question, Reading, Surely, Verdict};

/// What the rules read of one person.
#[derive(Debug, Clone)]
pub(crate) struct Person<R: Reading> {
    asset_network: R::Flag,
    barrier_mobility: R::Few,
    barrier_childcare: R::Few,
    barrier_carer: R::Few,
    barrier_housing: R::Few,
    barrier_financial: R::Few,
    barrier_administrative: R::Few,
    barrier_digital: R::Few,
    barrier_language: R::Few,
    barrier_skills: R::Few,
    barrier_isolation: R::Few,
    childcare_needed: R::Flag,
    childcare_solution: R::Few,
    children_special_needs: R::Flag,
    rqth: R::Flag,
    rqth_until: R::Number,
    rqth_requested_on: R::Number,
    boe: R::Flag,
    invalidity: R::Few,
    disability_main_barrier: R::Flag,
    health_temporary_unfit: R::Flag,
    health_lasting_limit: R::Flag,
    household_single_parent: R::Flag,
    household_size: R::Number,
    children_under_3: R::Number,
    children_under_6: R::Number,
    children_under_12: R::Number,
    carer_active: R::Flag,
    pregnancy_expected_on: R::Number,
    ase_leaver: R::Flag,
    housing_status: R::Few,
    housing_moved_in_on: R::Number,
    housing_lease_in_view: R::Flag,
    housing_loss_on: R::Number,
    housing_arrears_since: R::Number,
    housing_arrears_months: R::Number,
    housing_eviction_procedure: R::Flag,
    french_level: R::Few,
    literacy_level: R::Few,
    digital_level: R::Few,
    digital_device: R::Flag,
    digital_connection: R::Flag,
    digital_email: R::Flag,
    licence_b: R::Flag,
    licence_usable: R::Flag,
    vehicle_available: R::Flag,
    vehicle_state: R::Few,
    transport_reach_minutes: R::Number,
    commute_max_km: R::Number,
    decision_track: R::Few,
    orientation_notified_on: R::Number,
    contract_kind: R::Few,
    contract_signed_on: R::Number,
    contract_current_from: R::Number,
    diagnostic_done_on: R::Number,
    first_interview_missed: R::Flag,
    first_interview_means_tried: R::Number,
    iae_pass_until: R::Number,
    iae_pass_ended_on: R::Number,
    failures_12m: R::Number,
    network_failures_12m: R::Number,
    age: R::Number,
    stay_work_permit: R::Flag,
    stay_permit_until: R::Number,
    stay_protection: R::Few,
    cir_signed: R::Flag,
    residence_commune: R::Number,
    residence_department: R::Few,
    residence_postal_address: R::Flag,
    residence_domiciliation: R::Flag,
    residence_qpv: R::Flag,
    residence_frr: R::Flag,
    residence_transport_served: R::Few,
    are_daily: R::Number,
    income_professional_monthly: R::Number,
    resources_monthly: R::Number,
    bank_account: R::Flag,
    debt_over_indebted: R::Flag,
    food_insecurity: R::Flag,
    rsa: R::Flag,
    rsa_notified_to_department_on: R::Number,
    rsa_rights_duties: R::Flag,
    rsa_increased: R::Flag,
    rsa_suspended: R::Flag,
    rsa_suspension_kind: R::Few,
    ass: R::Flag,
    aah: R::Flag,
    health_cover_complete: R::Flag,
    search_employer_refusals: R::Number,
    search_obstacle: R::Few,
    obstacle_lasting: R::Flag,
    education_level: R::Few,
    education_diploma: R::Flag,
    qualified: R::Flag,
    student: R::Flag,
    in_school: R::Flag,
    in_training: R::Flag,
    apprentice: R::Flag,
    training_starts_on: R::Number,
    training_hours: R::Number,
    project_state: R::Few,
    project_own_business: R::Flag,
    wish_lead: R::Few,
    wish_work: R::Flag,
    wish_hours_adapted: R::Flag,
    wish_joint_support: R::Flag,
    wish_boarding: R::Flag,
    wish_shelter: R::Flag,
    wish_debt_procedure: R::Flag,
    wish_care: R::Flag,
    wish_rqth: R::Flag,
    wish_civic_service: R::Flag,
    jobseeker: R::Flag,
    jobseeker_months: R::Number,
    employed: R::Flag,
    employment_contract: R::Few,
    employment_hours_week: R::Number,
    employment_started_on: R::Number,
    last_job_ended_on: R::Number,
    worked_hours_36m: R::Number,
    self_employed: R::Flag,
    hire_promise: R::Flag,
    hire_promise_contract: R::Few,
    hire_promise_months: R::Number,
    hire_promise_distance_km: R::Number,
    search_open: R::Flag,
    employer_private_non_farm: R::Flag,
    available_now: R::Flag,
    asset_experience_has_btp: R::Flag,
    asset_experience_has_aide_personne: R::Flag,
    asset_experience_has_logistique: R::Flag,
    asset_experience_has_other: R::Flag,
    project_sectors_has_btp: R::Flag,
    project_sectors_has_aide_personne: R::Flag,
    project_sectors_has_logistique: R::Flag,
    project_rome_has_f1302: R::Flag,
    project_rome_has_k1302: R::Flag,
    project_rome_has_k1304: R::Flag,
    project_rome_has_n4105: R::Flag,
    schemes_counted_0: R::Number,
    children_counted_7: R::Number,
    children_counted_8: R::Number,
    schemes_counted_9: R::Number,
    aids_counted_10: R::Number,
    schemes_counted_11: R::Number,
    schemes_counted_12: R::Number,
    schemes_counted_14: R::Number,
    schemes_counted_15: R::Number,
    schemes_counted_16: R::Number,
    schemes_counted_17: R::Number,
    schemes_counted_18: R::Number,
    schemes_counted_19: R::Number,
    schemes_counted_20: R::Number,
    aids_counted_21: R::Number,
    aids_counted_22: R::Number,
    aids_counted_23: R::Number,
    schemes_counted_24: R::Number,
    schemes_counted_25: R::Number,
    schemes_counted_26: R::Number,
    aids_counted_27: R::Number,
    aids_counted_28: R::Number,
    schemes_counted_29: R::Number,
    schemes_counted_30: R::Number,
    schemes_counted_31: R::Number,
    schemes_counted_32: R::Number,
}

impl<R: Reading> Person<R> {
    /// One cell for each field; `None` where this reading cannot say it.
    pub(crate) fn read(cells: &mut dyn Iterator<Item = &str>) -> Option<Self> {
        Some(Self {
            asset_network: R::flag(cells.next()?)?,
            barrier_mobility: R::few(cells.next()?)?,
            barrier_childcare: R::few(cells.next()?)?,
            barrier_carer: R::few(cells.next()?)?,
            barrier_housing: R::few(cells.next()?)?,
            barrier_financial: R::few(cells.next()?)?,
            barrier_administrative: R::few(cells.next()?)?,
            barrier_digital: R::few(cells.next()?)?,
            barrier_language: R::few(cells.next()?)?,
            barrier_skills: R::few(cells.next()?)?,
            barrier_isolation: R::few(cells.next()?)?,
            childcare_needed: R::flag(cells.next()?)?,
            childcare_solution: R::few(cells.next()?)?,
            children_special_needs: R::flag(cells.next()?)?,
            rqth: R::flag(cells.next()?)?,
            rqth_until: R::number(cells.next()?)?,
            rqth_requested_on: R::number(cells.next()?)?,
            boe: R::flag(cells.next()?)?,
            invalidity: R::few(cells.next()?)?,
            disability_main_barrier: R::flag(cells.next()?)?,
            health_temporary_unfit: R::flag(cells.next()?)?,
            health_lasting_limit: R::flag(cells.next()?)?,
            household_single_parent: R::flag(cells.next()?)?,
            household_size: R::number(cells.next()?)?,
            children_under_3: R::number(cells.next()?)?,
            children_under_6: R::number(cells.next()?)?,
            children_under_12: R::number(cells.next()?)?,
            carer_active: R::flag(cells.next()?)?,
            pregnancy_expected_on: R::number(cells.next()?)?,
            ase_leaver: R::flag(cells.next()?)?,
            housing_status: R::few(cells.next()?)?,
            housing_moved_in_on: R::number(cells.next()?)?,
            housing_lease_in_view: R::flag(cells.next()?)?,
            housing_loss_on: R::number(cells.next()?)?,
            housing_arrears_since: R::number(cells.next()?)?,
            housing_arrears_months: R::number(cells.next()?)?,
            housing_eviction_procedure: R::flag(cells.next()?)?,
            french_level: R::few(cells.next()?)?,
            literacy_level: R::few(cells.next()?)?,
            digital_level: R::few(cells.next()?)?,
            digital_device: R::flag(cells.next()?)?,
            digital_connection: R::flag(cells.next()?)?,
            digital_email: R::flag(cells.next()?)?,
            licence_b: R::flag(cells.next()?)?,
            licence_usable: R::flag(cells.next()?)?,
            vehicle_available: R::flag(cells.next()?)?,
            vehicle_state: R::few(cells.next()?)?,
            transport_reach_minutes: R::number(cells.next()?)?,
            commute_max_km: R::number(cells.next()?)?,
            decision_track: R::few(cells.next()?)?,
            orientation_notified_on: R::number(cells.next()?)?,
            contract_kind: R::few(cells.next()?)?,
            contract_signed_on: R::number(cells.next()?)?,
            contract_current_from: R::number(cells.next()?)?,
            diagnostic_done_on: R::number(cells.next()?)?,
            first_interview_missed: R::flag(cells.next()?)?,
            first_interview_means_tried: R::number(cells.next()?)?,
            iae_pass_until: R::number(cells.next()?)?,
            iae_pass_ended_on: R::number(cells.next()?)?,
            failures_12m: R::number(cells.next()?)?,
            network_failures_12m: R::number(cells.next()?)?,
            age: R::number(cells.next()?)?,
            stay_work_permit: R::flag(cells.next()?)?,
            stay_permit_until: R::number(cells.next()?)?,
            stay_protection: R::few(cells.next()?)?,
            cir_signed: R::flag(cells.next()?)?,
            residence_commune: R::number(cells.next()?)?,
            residence_department: R::few(cells.next()?)?,
            residence_postal_address: R::flag(cells.next()?)?,
            residence_domiciliation: R::flag(cells.next()?)?,
            residence_qpv: R::flag(cells.next()?)?,
            residence_frr: R::flag(cells.next()?)?,
            residence_transport_served: R::few(cells.next()?)?,
            are_daily: R::number(cells.next()?)?,
            income_professional_monthly: R::number(cells.next()?)?,
            resources_monthly: R::number(cells.next()?)?,
            bank_account: R::flag(cells.next()?)?,
            debt_over_indebted: R::flag(cells.next()?)?,
            food_insecurity: R::flag(cells.next()?)?,
            rsa: R::flag(cells.next()?)?,
            rsa_notified_to_department_on: R::number(cells.next()?)?,
            rsa_rights_duties: R::flag(cells.next()?)?,
            rsa_increased: R::flag(cells.next()?)?,
            rsa_suspended: R::flag(cells.next()?)?,
            rsa_suspension_kind: R::few(cells.next()?)?,
            ass: R::flag(cells.next()?)?,
            aah: R::flag(cells.next()?)?,
            health_cover_complete: R::flag(cells.next()?)?,
            search_employer_refusals: R::number(cells.next()?)?,
            search_obstacle: R::few(cells.next()?)?,
            obstacle_lasting: R::flag(cells.next()?)?,
            education_level: R::few(cells.next()?)?,
            education_diploma: R::flag(cells.next()?)?,
            qualified: R::flag(cells.next()?)?,
            student: R::flag(cells.next()?)?,
            in_school: R::flag(cells.next()?)?,
            in_training: R::flag(cells.next()?)?,
            apprentice: R::flag(cells.next()?)?,
            training_starts_on: R::number(cells.next()?)?,
            training_hours: R::number(cells.next()?)?,
            project_state: R::few(cells.next()?)?,
            project_own_business: R::flag(cells.next()?)?,
            wish_lead: R::few(cells.next()?)?,
            wish_work: R::flag(cells.next()?)?,
            wish_hours_adapted: R::flag(cells.next()?)?,
            wish_joint_support: R::flag(cells.next()?)?,
            wish_boarding: R::flag(cells.next()?)?,
            wish_shelter: R::flag(cells.next()?)?,
            wish_debt_procedure: R::flag(cells.next()?)?,
            wish_care: R::flag(cells.next()?)?,
            wish_rqth: R::flag(cells.next()?)?,
            wish_civic_service: R::flag(cells.next()?)?,
            jobseeker: R::flag(cells.next()?)?,
            jobseeker_months: R::number(cells.next()?)?,
            employed: R::flag(cells.next()?)?,
            employment_contract: R::few(cells.next()?)?,
            employment_hours_week: R::number(cells.next()?)?,
            employment_started_on: R::number(cells.next()?)?,
            last_job_ended_on: R::number(cells.next()?)?,
            worked_hours_36m: R::number(cells.next()?)?,
            self_employed: R::flag(cells.next()?)?,
            hire_promise: R::flag(cells.next()?)?,
            hire_promise_contract: R::few(cells.next()?)?,
            hire_promise_months: R::number(cells.next()?)?,
            hire_promise_distance_km: R::number(cells.next()?)?,
            search_open: R::flag(cells.next()?)?,
            employer_private_non_farm: R::flag(cells.next()?)?,
            available_now: R::flag(cells.next()?)?,
            asset_experience_has_btp: R::flag(cells.next()?)?,
            asset_experience_has_aide_personne: R::flag(cells.next()?)?,
            asset_experience_has_logistique: R::flag(cells.next()?)?,
            asset_experience_has_other: R::flag(cells.next()?)?,
            project_sectors_has_btp: R::flag(cells.next()?)?,
            project_sectors_has_aide_personne: R::flag(cells.next()?)?,
            project_sectors_has_logistique: R::flag(cells.next()?)?,
            project_rome_has_f1302: R::flag(cells.next()?)?,
            project_rome_has_k1302: R::flag(cells.next()?)?,
            project_rome_has_k1304: R::flag(cells.next()?)?,
            project_rome_has_n4105: R::flag(cells.next()?)?,
            schemes_counted_0: R::number(cells.next()?)?,
            children_counted_7: R::number(cells.next()?)?,
            children_counted_8: R::number(cells.next()?)?,
            schemes_counted_9: R::number(cells.next()?)?,
            aids_counted_10: R::number(cells.next()?)?,
            schemes_counted_11: R::number(cells.next()?)?,
            schemes_counted_12: R::number(cells.next()?)?,
            schemes_counted_14: R::number(cells.next()?)?,
            schemes_counted_15: R::number(cells.next()?)?,
            schemes_counted_16: R::number(cells.next()?)?,
            schemes_counted_17: R::number(cells.next()?)?,
            schemes_counted_18: R::number(cells.next()?)?,
            schemes_counted_19: R::number(cells.next()?)?,
            schemes_counted_20: R::number(cells.next()?)?,
            aids_counted_21: R::number(cells.next()?)?,
            aids_counted_22: R::number(cells.next()?)?,
            aids_counted_23: R::number(cells.next()?)?,
            schemes_counted_24: R::number(cells.next()?)?,
            schemes_counted_25: R::number(cells.next()?)?,
            schemes_counted_26: R::number(cells.next()?)?,
            aids_counted_27: R::number(cells.next()?)?,
            aids_counted_28: R::number(cells.next()?)?,
            schemes_counted_29: R::number(cells.next()?)?,
            schemes_counted_30: R::number(cells.next()?)?,
            schemes_counted_31: R::number(cells.next()?)?,
            schemes_counted_32: R::number(cells.next()?)?,
        })
    }
}

fn named_0<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.jobseeker.yes::<Q>() || (p.rsa.yes::<Q>() && p.rsa_rights_duties.yes::<Q>())
}

fn named_3<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.licence_b.no::<Q>() || p.licence_usable.no::<Q>()
}

fn named_4<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.hire_promise.yes::<Q>() && (p.hire_promise_contract.among::<Q>(0b1) || p.hire_promise_months.within::<Q>(3, 2147483646))
}

fn named_5<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    !p.training_starts_on.absent::<Q::Other>() && p.training_hours.within::<Q>(40, 2147483646)
}

fn named_6<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.project_rome_has_k1302.yes::<Q>() || p.project_rome_has_k1304.yes::<Q>() || p.project_rome_has_n4105.yes::<Q>() || p.project_rome_has_f1302.yes::<Q>()
}

fn named_7<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    !p.are_daily.within::<Q::Other>(3198, 2147483646)
}

fn named_8<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.childcare_needed.yes::<Q>() && p.childcare_solution.among::<Q>(0b111)
}

fn named_9<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.jobseeker.yes::<Q>() || p.rsa.yes::<Q>() || p.hire_promise.yes::<Q>() || p.in_training.yes::<Q>() || !p.training_starts_on.absent::<Q::Other>()
}

fn named_10<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    u32::from(p.barrier_mobility.among::<Q>(0b1100)) + u32::from(p.barrier_childcare.among::<Q>(0b1100)) + u32::from(p.barrier_housing.among::<Q>(0b1100)) + u32::from(p.barrier_financial.among::<Q>(0b1100)) + u32::from(p.barrier_administrative.among::<Q>(0b1100)) + u32::from(p.barrier_digital.among::<Q>(0b1100)) + u32::from(p.barrier_language.among::<Q>(0b1100)) >= 2
}

fn named_11<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    !p.employed.yes::<Q::Other>() && !p.student.yes::<Q::Other>() && !p.in_school.yes::<Q::Other>() && !p.in_training.yes::<Q::Other>() && !p.apprentice.yes::<Q::Other>()
}

fn named_12<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.contract_kind.among::<Q>(0b110000)
}

fn named_13<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    named_0::<R, Q>(p) || !p.contract_kind.among::<Q::Other>(0b1) || !p.decision_track.among::<Q::Other>(ABSENT) || p.employment_contract.among::<Q>(0b110000)
}

fn named_14<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.search_open.yes::<Q>() && (!p.employed.yes::<Q::Other>() || p.employment_contract.among::<Q>(0b110000))
}

fn named_15<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.rsa.yes::<Q>() || p.ass.yes::<Q>() || p.aah.yes::<Q>() || p.jobseeker_months.within::<Q>(24, 2147483646)
}

fn named_16<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.housing_status.among::<Q>(0b1110000)
}

fn named_17<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    u32::from(p.education_level.among::<Q>(0b11)) + u32::from(!p.age.within::<Q::Other>(26, 49)) + u32::from(p.jobseeker_months.within::<Q>(12, 2147483646)) + u32::from(p.rqth.yes::<Q>()) + u32::from(p.household_single_parent.yes::<Q>()) + u32::from(named_16::<R, Q>(p)) + u32::from(p.stay_protection.among::<Q>(0b11110)) + u32::from(p.residence_frr.yes::<Q>()) + u32::from(p.residence_qpv.yes::<Q>()) + u32::from(p.french_level.among::<Q>(0b11)) + u32::from(p.barrier_mobility.among::<Q>(0b1100)) >= 2
}

fn named_18<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    u32::from(p.education_level.among::<Q>(0b11)) + u32::from(!p.age.within::<Q::Other>(26, 49)) + u32::from(p.jobseeker_months.within::<Q>(12, 2147483646)) + u32::from(p.rqth.yes::<Q>()) + u32::from(p.household_single_parent.yes::<Q>()) + u32::from(named_16::<R, Q>(p)) + u32::from(p.stay_protection.among::<Q>(0b11110)) + u32::from(p.residence_frr.yes::<Q>()) + u32::from(p.residence_qpv.yes::<Q>()) + u32::from(p.french_level.among::<Q>(0b11)) + u32::from(p.barrier_mobility.among::<Q>(0b1100)) >= 3
}

fn named_19<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    !p.iae_pass_until.absent::<Q::Other>() && !p.iae_pass_until.within::<Q::Other>(-2147483646, 739324)
}

fn named_20<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    !named_19::<R, Q::Other>(p) && (p.iae_pass_ended_on.within::<Q>(738594, 739325) || p.iae_pass_until.within::<Q>(738594, 739325))
}

fn named_21<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.rsa.yes::<Q>() || p.ass.yes::<Q>() || p.aah.yes::<Q>() || p.jobseeker_months.within::<Q>(12, 2147483646) || (p.jobseeker.yes::<Q>() && p.age.within::<Q>(45, 2147483646)) || p.age.within::<Q>(50, 2147483646) || p.age.within::<Q>(-2147483646, 25) || p.education_level.among::<Q>(0b11) || p.rqth.yes::<Q>() || p.household_single_parent.yes::<Q>() || named_16::<R, Q>(p) || p.stay_protection.among::<Q>(0b10110) || p.residence_frr.yes::<Q>() || p.residence_qpv.yes::<Q>() || p.french_level.among::<Q>(0b11) || p.barrier_mobility.among::<Q>(0b1100) || !p.last_job_ended_on.within::<Q::Other>(738960, 739325) || p.employment_contract.among::<Q>(0b110000) || p.schemes_counted_0.within::<Q>(1, 2147483646)
}

/// nursery-place
fn rule_0<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    named_8::<R, Q>(p) && named_9::<R, Q>(p) && p.children_under_3.within::<Q>(1, 2147483646)
}

/// nursery-place-first
fn rule_1<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    named_8::<R, Q>(p) && named_9::<R, Q>(p) && (p.rsa.yes::<Q>() || p.household_single_parent.yes::<Q>() || p.residence_qpv.yes::<Q>() || (p.age.within::<Q>(-2147483646, 24) && p.education_level.among::<Q>(0b1))) && p.children_under_3.within::<Q>(1, 2147483646)
}

/// nursery-place-after-failure
fn rule_2<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    named_8::<R, Q>(p) && p.schemes_counted_9.within::<Q>(1, 2147483646) && p.children_under_3.within::<Q>(1, 2147483646)
}

/// care-that-suits-the-child
fn rule_3<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    named_8::<R, Q>(p) && p.children_special_needs.yes::<Q>() && (p.children_under_6.within::<Q>(1, 2147483646) || !p.pregnancy_expected_on.absent::<Q::Other>())
}

/// care-prepared-before-birth
fn rule_4<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.rsa.yes::<Q>() && p.household_size.within::<Q>(1, 1) && p.pregnancy_expected_on.within::<Q>(739325, 739600) && (p.children_under_6.within::<Q>(1, 2147483646) || !p.pregnancy_expected_on.absent::<Q::Other>())
}

/// childcare-grant-job
fn rule_5<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    named_4::<R, Q>(p) && !p.aids_counted_10.within::<Q::Other>(1, 2147483646) && p.jobseeker.yes::<Q>() && p.children_under_12.within::<Q>(1, 2147483646) && (named_4::<R, Q>(p) || named_5::<R, Q>(p)) && !p.are_daily.within::<Q::Other>(4157, 2147483646)
}

/// childcare-grant-training
fn rule_6<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    named_5::<R, Q>(p) && !p.aids_counted_10.within::<Q::Other>(1, 2147483646) && p.jobseeker.yes::<Q>() && p.children_under_12.within::<Q>(1, 2147483646) && (named_4::<R, Q>(p) || named_5::<R, Q>(p)) && !p.are_daily.within::<Q::Other>(4157, 2147483646)
}

/// childcare-cost
fn rule_7<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.childcare_solution.among::<Q>(0b1100) && p.children_under_6.within::<Q>(1, 2147483646) && (p.employed.yes::<Q>() || p.self_employed.yes::<Q>())
}

/// early-and-late-care
fn rule_8<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    named_8::<R, Q>(p) && (p.project_sectors_has_btp.yes::<Q>() || p.project_sectors_has_aide_personne.yes::<Q>() || p.project_sectors_has_logistique.yes::<Q>()) && p.childcare_needed.yes::<Q>()
}

/// before-and-after-school
fn rule_9<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    named_8::<R, Q>(p) && p.children_counted_7.within::<Q>(1, 2147483646)
}

/// alternating-custody
fn rule_10<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.rsa.yes::<Q>() && p.children_counted_8.within::<Q>(1, 2147483646)
}

/// relief-for-your-time
fn rule_11<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.barrier_carer.among::<Q>(0b1100)
}

/// immersion
fn rule_12<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    named_14::<R, Q>(p) && p.project_state.among::<Q>(0b110) && named_13::<R, Q>(p)
}

/// training-before-lasting-job
fn rule_13<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.schemes_counted_11.within::<Q>(1, 2147483646) && (p.jobseeker.yes::<Q>() || p.employment_contract.among::<Q>(0b110000)) && p.hire_promise.yes::<Q>() && (p.hire_promise_contract.among::<Q>(0b1) || (p.hire_promise_contract.among::<Q>(0b11001010) && p.hire_promise_months.within::<Q>(6, 2147483646)) || (p.hire_promise_contract.among::<Q>(0b100) && p.hire_promise_months.within::<Q>(4, 2147483646)))
}

/// trade-certificate
fn rule_14<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.education_level.among::<Q>(0b11) && (p.project_sectors_has_btp.yes::<Q>() || p.project_sectors_has_aide_personne.yes::<Q>() || p.project_sectors_has_logistique.yes::<Q>()) && p.employed.yes::<Q>()
}

/// work-adapted
fn rule_15<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.health_lasting_limit.yes::<Q>() && (p.rqth.yes::<Q>() || p.boe.yes::<Q>() || !p.rqth_requested_on.absent::<Q::Other>()) && (p.employed.yes::<Q>() || p.hire_promise.yes::<Q>() || p.project_state.among::<Q>(0b1100))
}

/// work-adapted-without-recognition
fn rule_16<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.health_lasting_limit.yes::<Q>() && (p.employed.yes::<Q>() || p.hire_promise.yes::<Q>() || p.project_state.among::<Q>(0b1100))
}

/// social-path-to-work
fn rule_17<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.contract_current_from.within::<Q>(-2147483646, 739234) && p.available_now.yes::<Q>() && p.wish_work.yes::<Q>() && p.decision_track.among::<Q>(0b100)
}

/// cap-emploi-to-operator
fn rule_18<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.schemes_counted_12.within::<Q>(1, 2147483646) && p.jobseeker.yes::<Q>()
}

/// experience-recognised
fn rule_19<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    !p.employed.yes::<Q::Other>() && p.schemes_counted_14.within::<Q>(1, 2147483646)
}

/// youth-contract-after-guarantee
fn rule_20<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    !p.employed.yes::<Q::Other>() && !p.rsa.yes::<Q::Other>() && !p.contract_kind.among::<Q::Other>(0b10000) && p.schemes_counted_15.within::<Q>(1, 2147483646) && p.age.within::<Q>(16, 29) && (p.age.within::<Q>(-2147483646, 25) || p.rqth.yes::<Q>()) && !p.student.yes::<Q::Other>() && !p.in_school.yes::<Q::Other>() && !p.in_training.yes::<Q::Other>() && !p.apprentice.yes::<Q::Other>()
}

/// support-path-after-youth-contract
fn rule_21<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    !named_12::<R, Q::Other>(p) && !p.contract_kind.among::<Q::Other>(0b1000) && p.schemes_counted_16.within::<Q>(1, 2147483646) && p.age.within::<Q>(16, 25)
}

/// apprenticeship-after-second-chance
fn rule_22<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    !p.employed.yes::<Q::Other>() && p.schemes_counted_17.within::<Q>(1, 2147483646) && p.age.within::<Q>(16, 2147483646) && (p.age.within::<Q>(-2147483646, 29) || p.rqth.yes::<Q>())
}

/// support-path-after-second-chance-stopped
fn rule_23<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    !p.employed.yes::<Q::Other>() && !named_12::<R, Q::Other>(p) && !p.contract_kind.among::<Q::Other>(0b1000) && p.schemes_counted_18.within::<Q>(1, 2147483646) && p.age.within::<Q>(16, 25)
}

/// youth-contract-after-boarding
fn rule_24<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    !p.employed.yes::<Q::Other>() && !p.rsa.yes::<Q::Other>() && !p.contract_kind.among::<Q::Other>(0b10000) && p.schemes_counted_19.within::<Q>(1, 2147483646) && p.age.within::<Q>(16, 29) && (p.age.within::<Q>(-2147483646, 25) || p.rqth.yes::<Q>()) && !p.student.yes::<Q::Other>() && !p.in_school.yes::<Q::Other>() && !p.in_training.yes::<Q::Other>() && !p.apprentice.yes::<Q::Other>()
}

/// health-cover
fn rule_25<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.health_cover_complete.no::<Q>()
}

/// health-cover-with-rsa
fn rule_26<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.rsa.yes::<Q>() && p.health_cover_complete.no::<Q>()
}

/// care
fn rule_27<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.wish_care.yes::<Q>()
}

/// recognition
fn rule_28<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.wish_rqth.yes::<Q>() && p.health_lasting_limit.yes::<Q>() && p.age.within::<Q>(16, 2147483646) && p.rqth.no::<Q>() && p.rqth_requested_on.absent::<Q>()
}

/// recognition-to-renew
fn rule_29<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    !p.rqth_until.within::<Q::Other>(739325, 739509) && !p.rqth_requested_on.within::<Q::Other>(739052, 739325) && p.rqth.yes::<Q>() && p.rqth_until.within::<Q>(739325, 739600)
}

/// recognition-to-renew-now
fn rule_30<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.rqth_until.within::<Q>(739325, 739509) && !p.rqth_requested_on.within::<Q::Other>(739052, 739325) && p.rqth.yes::<Q>() && p.rqth_until.within::<Q>(739325, 739600)
}

/// specialised-support-asked
fn rule_31<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.wish_lead.among::<Q>(0b10) && p.age.within::<Q>(16, 2147483646) && (p.boe.yes::<Q>() || p.rqth.yes::<Q>() || !p.rqth_requested_on.absent::<Q::Other>())
}

/// specialised-support
fn rule_32<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.disability_main_barrier.yes::<Q>() && p.age.within::<Q>(16, 2147483646) && (p.boe.yes::<Q>() || p.rqth.yes::<Q>() || !p.rqth_requested_on.absent::<Q::Other>())
}

/// supported-employment
fn rule_33<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.health_lasting_limit.yes::<Q>() && p.disability_main_barrier.yes::<Q>() && (p.employed.yes::<Q>() || p.wish_work.yes::<Q>()) && p.age.within::<Q>(16, 2147483646) && p.rqth.yes::<Q>()
}

/// roof-tonight
fn rule_34<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.wish_shelter.yes::<Q>() && (p.housing_status.among::<Q>(0b1000000) || p.housing_loss_on.within::<Q>(739325, 739332))
}

/// way-out-of-the-shelter
fn rule_35<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.wish_shelter.yes::<Q>() && p.housing_status.among::<Q>(0b100000)
}

/// postal-address
fn rule_36<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.residence_domiciliation.no::<Q>() && p.residence_postal_address.no::<Q>()
}

/// rent-arrears
fn rule_37<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.housing_status.among::<Q>(0b110) && p.housing_arrears_months.within::<Q>(2, 2147483646)
}

/// rent-arrears-plan
fn rule_38<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.housing_status.among::<Q>(0b110) && p.housing_arrears_months.within::<Q>(2, 2147483646)
}

/// eviction
fn rule_39<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.housing_eviction_procedure.yes::<Q>()
}

/// eviction-for-arrears
fn rule_40<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.housing_eviction_procedure.yes::<Q>() && !p.housing_arrears_since.absent::<Q::Other>()
}

/// eviction-legal-advice
fn rule_41<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.housing_eviction_procedure.yes::<Q>()
}

/// home-to-leave
fn rule_42<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.housing_loss_on.within::<Q>(739325, 739509)
}

/// home-of-ones-own
fn rule_43<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.housing_status.among::<Q>(0b1110000)
}

/// housing-benefit
fn rule_44<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.housing_moved_in_on.within::<Q>(739235, 739325) && p.housing_status.among::<Q>(0b110)
}

/// lease-costs
fn rule_45<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.housing_lease_in_view.yes::<Q>() && (p.rsa.yes::<Q>() || p.ass.yes::<Q>() || p.barrier_financial.among::<Q>(0b1100))
}

/// deposit-loan
fn rule_46<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.housing_lease_in_view.yes::<Q>() && (p.age.within::<Q>(-2147483646, 29) || (p.employed.yes::<Q>() && p.employer_private_non_farm.yes::<Q>()))
}

/// deposit-loan-moved-in
fn rule_47<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.housing_status.among::<Q>(0b110) && p.housing_moved_in_on.within::<Q>(739266, 739325) && (p.age.within::<Q>(-2147483646, 29) || (p.employed.yes::<Q>() && p.employer_private_non_farm.yes::<Q>()))
}

/// rent-guarantee
fn rule_48<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.housing_lease_in_view.yes::<Q>() && (p.age.within::<Q>(18, 30) || (p.employed.yes::<Q>() && p.employer_private_non_farm.yes::<Q>() && p.employment_started_on.within::<Q>(739144, 739325)) || (p.hire_promise.yes::<Q>() && p.employer_private_non_farm.yes::<Q>()))
}

/// rent-of-work-and-training
fn rule_49<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    (p.housing_status.among::<Q>(0b110) || p.housing_lease_in_view.yes::<Q>()) && p.age.within::<Q>(-2147483646, 29) && p.employed.yes::<Q>() && p.employment_contract.among::<Q>(0b11000000) && p.employer_private_non_farm.yes::<Q>()
}

/// integration-workshop
fn rule_50<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.wish_work.yes::<Q>() && p.search_open.yes::<Q>() && p.search_obstacle.among::<Q>(0b110) && p.age.within::<Q>(16, 2147483646) && !p.employed.yes::<Q::Other>() && !named_20::<R, Q::Other>(p) && (named_15::<R, Q>(p) || named_18::<R, Q>(p))
}

/// integration-own-account
fn rule_51<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.wish_work.yes::<Q>() && p.project_own_business.yes::<Q>() && p.age.within::<Q>(16, 2147483646) && !p.employed.yes::<Q::Other>() && !named_20::<R, Q::Other>(p) && (named_15::<R, Q>(p) || named_18::<R, Q>(p))
}

/// integration-assignments
fn rule_52<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.wish_work.yes::<Q>() && p.search_open.yes::<Q>() && p.age.within::<Q>(16, 2147483646) && !p.employed.yes::<Q::Other>() && !named_20::<R, Q::Other>(p) && (named_15::<R, Q>(p) || named_17::<R, Q>(p))
}

/// integration-to-assess
fn rule_53<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.wish_work.yes::<Q>() && p.search_open.yes::<Q>() && p.search_obstacle.among::<Q>(0b110) && p.age.within::<Q>(16, 2147483646) && !p.employed.yes::<Q::Other>()
}

/// integration-again
fn rule_54<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.wish_work.yes::<Q>() && p.search_open.yes::<Q>() && named_20::<R, Q>(p) && p.age.within::<Q>(16, 2147483646) && !p.employed.yes::<Q::Other>()
}

/// support-after-integration
fn rule_55<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    named_20::<R, Q>(p) && !p.employed.yes::<Q::Other>() && p.wish_joint_support.yes::<Q>() && p.jobseeker.yes::<Q>()
}

/// integration-same-pass
fn rule_56<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    !p.employed.yes::<Q::Other>() && named_19::<R, Q>(p)
}

/// integration-extension
fn rule_57<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.employment_contract.among::<Q>(0b10000) && p.iae_pass_until.within::<Q>(739325, 739690) && (p.rqth.yes::<Q>() || p.age.within::<Q>(50, 2147483646) || p.in_training.yes::<Q>() || p.search_obstacle.among::<Q>(0b110))
}

/// employers-group
fn rule_58<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.search_open.yes::<Q>() && p.project_state.among::<Q>(0b1100) && p.age.within::<Q>(16, 2147483646) && (!p.employed.yes::<Q::Other>() || p.employment_contract.among::<Q>(0b110000)) && named_21::<R, Q>(p)
}

/// employers-group-after-integration
fn rule_59<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.search_open.yes::<Q>() && p.schemes_counted_20.within::<Q>(1, 2147483646) && p.age.within::<Q>(16, 2147483646) && (!p.employed.yes::<Q::Other>() || p.employment_contract.among::<Q>(0b110000)) && named_21::<R, Q>(p)
}

/// supported-contract
fn rule_60<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.search_open.yes::<Q>() && (p.rsa.yes::<Q>() || p.jobseeker_months.within::<Q>(12, 2147483646)) && p.project_state.among::<Q>(0b1110) && p.age.within::<Q>(16, 2147483646) && !p.employed.yes::<Q::Other>()
}

/// public-works-hours
fn rule_61<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.search_open.yes::<Q>() && p.project_sectors_has_btp.yes::<Q>() && p.age.within::<Q>(16, 2147483646) && !p.employed.yes::<Q::Other>() && (p.rsa.yes::<Q>() || p.ass.yes::<Q>() || p.aah.yes::<Q>() || p.jobseeker_months.within::<Q>(12, 2147483646) || (p.age.within::<Q>(-2147483646, 25) && p.education_level.among::<Q>(0b11)) || p.age.within::<Q>(50, 2147483646) || p.rqth.yes::<Q>() || p.boe.yes::<Q>())
}

/// recruitment-by-simulation
fn rule_62<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.search_open.yes::<Q>() && p.project_state.among::<Q>(0b1110) && (p.education_level.among::<Q>(0b1) || p.last_job_ended_on.absent::<Q>()) && p.jobseeker.yes::<Q>()
}

/// adapted-company
fn rule_63<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.disability_main_barrier.yes::<Q>() && p.wish_work.yes::<Q>() && p.search_open.yes::<Q>() && p.age.within::<Q>(16, 2147483646) && p.rqth.yes::<Q>() && !p.employed.yes::<Q::Other>()
}

/// own-business
fn rule_64<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.project_own_business.yes::<Q>() && !p.self_employed.yes::<Q::Other>()
}

/// self-employed-with-rsa
fn rule_65<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.rsa.yes::<Q>() && (p.self_employed.yes::<Q>() || p.employment_contract.among::<Q>(0b100000000))
}

/// state-french-course
fn rule_66<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.french_level.among::<Q>(0b11) && p.cir_signed.yes::<Q>()
}

/// french-course
fn rule_67<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.french_level.among::<Q>(0b1111)
}

/// basic-skills
fn rule_68<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.literacy_level.among::<Q>(0b11) && !p.french_level.among::<Q::Other>(0b111)
}

/// french-for-the-trade
fn rule_69<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.french_level.among::<Q>(0b11111) && (p.project_sectors_has_btp.yes::<Q>() || p.project_sectors_has_aide_personne.yes::<Q>() || p.project_sectors_has_logistique.yes::<Q>())
}

/// basic-skills-certificate
fn rule_70<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.literacy_level.among::<Q>(0b100) && p.education_level.among::<Q>(0b1) && p.qualified.no::<Q>()
}

/// licence-for-the-trade
fn rule_71<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    (named_6::<R, Q>(p) || p.residence_transport_served.among::<Q>(0b11)) && !p.aids_counted_21.within::<Q::Other>(1, 2147483646) && p.jobseeker.yes::<Q>() && p.licence_b.no::<Q>() && p.age.within::<Q>(17, 2147483646) && (p.jobseeker_months.within::<Q>(6, 2147483646) || named_4::<R, Q>(p)) && (p.rsa.yes::<Q>() || p.ass.yes::<Q>() || named_7::<R, Q>(p) || p.aah.yes::<Q>())
}

/// licence-loan
fn rule_72<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.barrier_mobility.among::<Q>(0b1100) && p.age.within::<Q>(15, 25) && p.licence_b.no::<Q>()
}

/// licence-apprentice
fn rule_73<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    !p.aids_counted_22.within::<Q::Other>(1, 2147483646) && p.apprentice.yes::<Q>() && p.age.within::<Q>(18, 2147483646) && p.licence_b.no::<Q>()
}

/// licence-building-trades
fn rule_74<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    !p.aids_counted_23.within::<Q::Other>(1, 2147483646) && p.age.within::<Q>(15, 29) && p.licence_b.no::<Q>() && p.employment_contract.among::<Q>(0b11000000) && p.project_sectors_has_btp.yes::<Q>()
}

/// licence-young-people-fund
fn rule_75<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.barrier_mobility.among::<Q>(0b1100) && (p.residence_transport_served.among::<Q>(0b11) || p.project_state.among::<Q>(0b1100)) && !p.aids_counted_21.within::<Q::Other>(1, 2147483646) && p.age.within::<Q>(18, 25) && p.licence_b.no::<Q>()
}

/// travel-costs-job
fn rule_76<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    named_4::<R, Q>(p) && p.hire_promise_distance_km.within::<Q>(31, 2147483646) && p.jobseeker.yes::<Q>() && named_7::<R, Q>(p)
}

/// travel-costs-job-by-time
fn rule_77<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    named_4::<R, Q>(p) && p.transport_reach_minutes.within::<Q>(61, 2147483646) && p.jobseeker.yes::<Q>() && named_7::<R, Q>(p)
}

/// travel-costs-training
fn rule_78<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    named_5::<R, Q>(p) && p.transport_reach_minutes.within::<Q>(61, 2147483646) && p.jobseeker.yes::<Q>() && named_7::<R, Q>(p)
}

/// car-hire-temp-worker
fn rule_79<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.vehicle_available.no::<Q>() && p.employment_contract.among::<Q>(0b1000) && p.licence_usable.yes::<Q>()
}

/// driving-right
fn rule_80<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.licence_usable.no::<Q>()
}

/// other-ways-to-travel
fn rule_81<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    named_3::<R, Q>(p) && p.residence_transport_served.among::<Q>(0b1100)
}

/// food
fn rule_82<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.food_insecurity.yes::<Q>()
}

/// debt-procedure
fn rule_83<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.wish_debt_procedure.yes::<Q>() && p.debt_over_indebted.yes::<Q>()
}

/// budget-advice
fn rule_84<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.debt_over_indebted.yes::<Q>() || p.barrier_financial.among::<Q>(0b1100)
}

/// bank-account
fn rule_85<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.bank_account.no::<Q>()
}

/// in-work-benefit
fn rule_86<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    !p.rsa.yes::<Q::Other>() && p.employment_started_on.within::<Q>(739235, 739325) && p.age.within::<Q>(18, 2147483646) && (p.employed.yes::<Q>() || p.hire_promise.yes::<Q>())
}

/// in-work-benefit-promise
fn rule_87<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    !p.rsa.yes::<Q::Other>() && p.hire_promise.yes::<Q>() && p.age.within::<Q>(18, 2147483646) && (p.employed.yes::<Q>() || p.hire_promise.yes::<Q>())
}

/// in-work-benefit-with-rsa
fn rule_88<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.rsa.yes::<Q>() && p.employment_started_on.within::<Q>(739235, 739325) && p.age.within::<Q>(18, 2147483646) && (p.employed.yes::<Q>() || p.hire_promise.yes::<Q>())
}

/// in-work-benefit-promise-with-rsa
fn rule_89<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.rsa.yes::<Q>() && p.hire_promise.yes::<Q>() && p.age.within::<Q>(18, 2147483646) && (p.employed.yes::<Q>() || p.hire_promise.yes::<Q>())
}

/// small-loan-for-work
fn rule_90<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    (p.employed.yes::<Q>() || named_4::<R, Q>(p)) && (p.vehicle_available.no::<Q>() || p.vehicle_state.among::<Q>(0b111)) && !p.debt_over_indebted.yes::<Q::Other>()
}

/// rsa-orientation-in-time
fn rule_91<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.rsa.yes::<Q>() && p.rsa_rights_duties.yes::<Q>() && p.decision_track.among::<Q>(ABSENT) && !p.rsa_notified_to_department_on.within::<Q::Other>(-2147483646, 739282) && p.rsa.yes::<Q>() && p.rsa_rights_duties.yes::<Q>()
}

/// rsa-orientation-late
fn rule_92<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.rsa.yes::<Q>() && p.rsa_rights_duties.yes::<Q>() && p.decision_track.among::<Q>(ABSENT) && !p.first_interview_missed.yes::<Q::Other>() && p.rsa_notified_to_department_on.within::<Q>(-2147483646, 739282) && p.rsa.yes::<Q>() && p.rsa_rights_duties.yes::<Q>()
}

/// rsa-orientation-late-one-means
fn rule_93<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.rsa.yes::<Q>() && p.rsa_rights_duties.yes::<Q>() && p.decision_track.among::<Q>(ABSENT) && p.first_interview_missed.yes::<Q>() && p.first_interview_means_tried.within::<Q>(-2147483646, 1) && p.rsa_notified_to_department_on.within::<Q>(-2147483646, 739282) && p.rsa.yes::<Q>() && p.rsa_rights_duties.yes::<Q>()
}

/// orientation-without-information
fn rule_94<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.rsa.yes::<Q>() && p.rsa_rights_duties.yes::<Q>() && p.decision_track.among::<Q>(ABSENT) && p.first_interview_missed.yes::<Q>() && p.first_interview_means_tried.within::<Q>(2, 2147483646) && p.rsa_notified_to_department_on.within::<Q>(-2147483646, 739282) && p.rsa.yes::<Q>() && p.rsa_rights_duties.yes::<Q>()
}

/// register
fn rule_95<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.rsa.yes::<Q>() && p.rsa_rights_duties.yes::<Q>() && p.decision_track.among::<Q>(0b1) && !p.jobseeker.yes::<Q::Other>()
}

/// ce-one-month
fn rule_96<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    !p.decision_track.among::<Q::Other>(ABSENT) && !p.orientation_notified_on.absent::<Q::Other>() && p.contract_signed_on.absent::<Q>() && p.jobseeker.yes::<Q>()
}

/// ce-replaces-old-contract
fn rule_97<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.contract_kind.among::<Q>(0b11110) && p.contract_signed_on.within::<Q>(-2147483646, 739251) && p.jobseeker.yes::<Q>()
}

/// global-diagnosis
fn rule_98<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    named_0::<R, Q>(p) && p.diagnostic_done_on.absent::<Q>()
}

/// social-path-review
fn rule_99<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.decision_track.among::<Q>(0b100) && p.contract_current_from.within::<Q>(-2147483646, 739143) && p.obstacle_lasting.no::<Q>()
}

/// social-path-review-12-months
fn rule_100<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.decision_track.among::<Q>(0b100) && p.contract_current_from.within::<Q>(-2147483646, 738959)
}

/// few-hours-of-work
fn rule_101<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.rsa.yes::<Q>() && p.employed.yes::<Q>() && p.employment_hours_week.within::<Q>(-2147483646, 19) && p.income_professional_monthly.within::<Q>(-2147483646, 49999)
}

/// joint-support
fn rule_102<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.jobseeker.yes::<Q>() && !p.rsa.yes::<Q::Other>() && p.jobseeker_months.within::<Q>(12, 2147483646) && named_10::<R, Q>(p) && p.wish_joint_support.yes::<Q>() && p.jobseeker.yes::<Q>()
}

/// right-to-work
fn rule_103<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.stay_work_permit.no::<Q>() && p.stay_protection.among::<Q>(0b110)
}

/// right-to-work-before-a-job
fn rule_104<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.stay_work_permit.no::<Q>() && p.project_state.among::<Q>(0b1110) && !p.stay_protection.among::<Q::Other>(0b1110)
}

/// suspension-hearing
fn rule_105<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.rsa_suspended.yes::<Q>() && p.rsa_suspension_kind.among::<Q>(0b1)
}

/// suspension-paper
fn rule_106<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.rsa_suspended.yes::<Q>() && !p.rsa_suspension_kind.among::<Q::Other>(0b1)
}

/// training-duty
fn rule_107<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.age.within::<Q>(16, 17) && !p.in_school.yes::<Q::Other>() && !p.in_training.yes::<Q::Other>() && !p.apprentice.yes::<Q::Other>() && !p.employed.yes::<Q::Other>()
}

/// online-procedures
fn rule_108<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.digital_level.among::<Q>(0b11) || p.digital_device.no::<Q>() || p.digital_connection.no::<Q>()
}

/// online-procedure-that-failed
fn rule_109<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.schemes_counted_24.within::<Q>(1, 2147483646)
}

/// paperwork
fn rule_110<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.barrier_administrative.among::<Q>(0b1100)
}

/// permit-to-renew
fn rule_111<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.stay_permit_until.within::<Q>(739325, 739445) && !p.stay_permit_until.within::<Q::Other>(739325, 739384)
}

/// permit-to-renew-now
fn rule_112<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.stay_permit_until.within::<Q>(739325, 739384)
}

/// permit-ended
fn rule_113<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.stay_permit_until.within::<Q>(738960, 739325) && !p.stay_permit_until.within::<Q::Other>(739325, 739384)
}

/// right-to-work-temporary
fn rule_114<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.stay_work_permit.no::<Q>() && p.stay_protection.among::<Q>(0b1000)
}

/// suspension-legal-advice
fn rule_115<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.rsa_suspended.yes::<Q>() && p.rsa_suspension_kind.among::<Q>(0b1)
}

/// rsa-increase
fn rule_116<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.rsa.yes::<Q>() && p.rsa_increased.no::<Q>() && ((p.household_single_parent.yes::<Q>() && p.children_under_3.within::<Q>(1, 2147483646)) || (p.household_size.within::<Q>(1, 1) && !p.pregnancy_expected_on.absent::<Q::Other>()))
}

/// adapted-hours
fn rule_117<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.wish_hours_adapted.yes::<Q>() && (p.health_lasting_limit.yes::<Q>() || p.health_temporary_unfit.yes::<Q>() || p.rqth.yes::<Q>() || p.invalidity.among::<Q>(0b1110) || (p.household_single_parent.yes::<Q>() && named_8::<R, Q>(p))) && p.contract_kind.among::<Q>(0b1000000)
}

/// adapted-hours-carer
fn rule_118<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.wish_hours_adapted.yes::<Q>() && p.carer_active.yes::<Q>() && p.contract_kind.among::<Q>(0b1000000)
}

/// digital-basics
fn rule_119<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.digital_level.among::<Q>(0b11) || p.digital_email.no::<Q>()
}

/// digital-certificate
fn rule_120<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.jobseeker.yes::<Q>() && p.digital_level.among::<Q>(0b1100) && p.qualified.no::<Q>()
}

/// lasting-integration-contract
fn rule_121<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.age.within::<Q>(57, 2147483646) && p.employment_contract.among::<Q>(0b10000)
}

/// pension-rights
fn rule_122<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    (p.rsa.yes::<Q>() || p.ass.yes::<Q>() || p.jobseeker.yes::<Q>()) && p.age.within::<Q>(62, 2147483646)
}

/// pension-at-67
fn rule_123<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.rsa.yes::<Q>() && p.age.within::<Q>(67, 2147483646) && p.age.within::<Q>(62, 2147483646)
}

/// old-age-minimum
fn rule_124<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    (p.rsa.yes::<Q>() || p.ass.yes::<Q>()) && p.age.within::<Q>(65, 2147483646)
}

/// qualifying-training
fn rule_125<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.search_open.yes::<Q>() && p.project_state.among::<Q>(0b1100) && p.qualified.no::<Q>() && !p.in_training.yes::<Q::Other>() && p.training_starts_on.absent::<Q>() && p.jobseeker.yes::<Q>()
}

/// individual-training-grant
fn rule_126<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.search_open.yes::<Q>() && p.project_state.among::<Q>(0b1000) && p.qualified.yes::<Q>() && !p.in_training.yes::<Q::Other>() && p.training_starts_on.absent::<Q>() && p.jobseeker.yes::<Q>()
}

/// training-account
fn rule_127<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.employed.yes::<Q>() && p.project_state.among::<Q>(0b1100) && !p.in_training.yes::<Q::Other>()
}

/// career-advice
fn rule_128<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.employed.yes::<Q>() && p.project_state.among::<Q>(0b11) && !p.apprentice.yes::<Q::Other>()
}

/// skills-review
fn rule_129<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.jobseeker.yes::<Q>() && p.search_open.yes::<Q>() && p.project_state.among::<Q>(0b1) && !p.last_job_ended_on.absent::<Q::Other>()
}

/// experience-into-a-diploma
fn rule_130<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.education_level.among::<Q>(0b11) && p.qualified.no::<Q>() && p.project_state.among::<Q>(0b1100) && (p.asset_experience_has_btp.yes::<Q>() || p.asset_experience_has_aide_personne.yes::<Q>() || p.asset_experience_has_logistique.yes::<Q>() || p.asset_experience_has_other.yes::<Q>())
}

/// youth-support-path
fn rule_131<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    named_11::<R, Q>(p) && !p.rsa.yes::<Q::Other>() && !named_12::<R, Q::Other>(p) && !p.contract_kind.among::<Q::Other>(0b1000) && p.age.within::<Q>(16, 25)
}

/// youth-contract
fn rule_132<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    !p.employed.yes::<Q::Other>() && !p.rsa.yes::<Q::Other>() && !named_12::<R, Q::Other>(p) && !p.schemes_counted_25.within::<Q::Other>(1, 2147483646) && p.age.within::<Q>(16, 29) && (p.age.within::<Q>(-2147483646, 25) || p.rqth.yes::<Q>()) && !p.student.yes::<Q::Other>() && !p.in_school.yes::<Q::Other>() && !p.in_training.yes::<Q::Other>() && !p.apprentice.yes::<Q::Other>()
}

/// youth-contract-small-job
fn rule_133<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.employed.yes::<Q>() && !p.self_employed.yes::<Q::Other>() && p.employment_hours_week.within::<Q>(-2147483646, 15) && !p.rsa.yes::<Q::Other>() && !named_12::<R, Q::Other>(p) && p.age.within::<Q>(16, 29) && (p.age.within::<Q>(-2147483646, 25) || p.rqth.yes::<Q>()) && !p.student.yes::<Q::Other>() && !p.in_school.yes::<Q::Other>() && !p.in_training.yes::<Q::Other>() && !p.apprentice.yes::<Q::Other>()
}

/// youth-support-path-with-rsa
fn rule_134<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.rsa.yes::<Q>() && named_11::<R, Q>(p) && !named_12::<R, Q::Other>(p) && !p.contract_kind.among::<Q::Other>(0b1000) && p.age.within::<Q>(16, 25)
}

/// youth-contract-with-rsa
fn rule_135<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.rsa.yes::<Q>() && !p.employed.yes::<Q::Other>() && !named_12::<R, Q::Other>(p) && !p.schemes_counted_25.within::<Q::Other>(1, 2147483646) && p.age.within::<Q>(16, 29) && (p.age.within::<Q>(-2147483646, 25) || p.rqth.yes::<Q>()) && !p.student.yes::<Q::Other>() && !p.in_school.yes::<Q::Other>() && !p.in_training.yes::<Q::Other>() && !p.apprentice.yes::<Q::Other>()
}

/// second-chance-school
fn rule_136<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    !p.employed.yes::<Q::Other>() && p.age.within::<Q>(16, 25) && !p.student.yes::<Q::Other>() && !p.in_school.yes::<Q::Other>() && !p.in_training.yes::<Q::Other>() && !p.apprentice.yes::<Q::Other>() && (p.education_level.among::<Q>(0b1) || p.education_diploma.no::<Q>())
}

/// boarding-path
fn rule_137<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.wish_boarding.yes::<Q>() && !p.employed.yes::<Q::Other>() && p.age.within::<Q>(17, 25) && (p.education_level.among::<Q>(0b11) || p.education_diploma.no::<Q>())
}

/// civic-service-asked
fn rule_138<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.wish_civic_service.yes::<Q>() && p.age.within::<Q>(16, 30) && (p.age.within::<Q>(-2147483646, 25) || p.rqth.yes::<Q>())
}

/// civic-service-to-explore
fn rule_139<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.project_state.among::<Q>(0b10) && !p.employed.yes::<Q::Other>() && p.age.within::<Q>(16, 30) && (p.age.within::<Q>(-2147483646, 25) || p.rqth.yes::<Q>())
}

/// young-people-fund
fn rule_140<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.barrier_financial.among::<Q>(0b1100) && p.age.within::<Q>(18, 25)
}

/// rsa-for-young-workers
fn rule_141<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.age.within::<Q>(18, 24) && !p.rsa.yes::<Q::Other>() && !p.student.yes::<Q::Other>() && !p.in_school.yes::<Q::Other>() && p.worked_hours_36m.within::<Q>(3214, 2147483646) && p.resources_monthly.within::<Q>(-2147483646, 63570)
}

/// interview-before-majority
fn rule_142<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.ase_leaver.yes::<Q>() && p.age.within::<Q>(-2147483646, 16) && p.age.within::<Q>(16, 2147483646)
}

/// interview-before-majority-now
fn rule_143<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.ase_leaver.yes::<Q>() && p.age.within::<Q>(17, 17) && p.age.within::<Q>(16, 2147483646)
}

/// right-to-support-before-21
fn rule_144<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.ase_leaver.yes::<Q>() && p.age.within::<Q>(18, 20)
}

/// support-before-21
fn rule_145<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.asset_network.no::<Q>() && p.resources_monthly.within::<Q>(-2147483646, 63570) && p.age.within::<Q>(18, 20)
}

/// apprenticeship
fn rule_146<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.project_state.among::<Q>(0b1100) && p.qualified.no::<Q>() && !p.employed.yes::<Q::Other>() && !p.apprentice.yes::<Q::Other>() && p.age.within::<Q>(16, 2147483646) && (p.age.within::<Q>(-2147483646, 29) || p.rqth.yes::<Q>())
}

/// work-and-training-contract
fn rule_147<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    (p.search_open.yes::<Q>() || p.hire_promise_contract.among::<Q>(0b10000000)) && p.project_state.among::<Q>(0b1100) && p.qualified.no::<Q>() && !p.employed.yes::<Q::Other>() && !p.apprentice.yes::<Q::Other>() && p.age.within::<Q>(16, 2147483646) && (p.age.within::<Q>(-2147483646, 25) || p.jobseeker.yes::<Q>() || p.rsa.yes::<Q>() || p.ass.yes::<Q>() || p.aah.yes::<Q>())
}

/// promo-16-18
fn rule_148<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.project_state.among::<Q>(0b11) && p.age.within::<Q>(16, 17) && !p.in_school.yes::<Q::Other>() && !p.in_training.yes::<Q::Other>() && !p.apprentice.yes::<Q::Other>() && !p.employed.yes::<Q::Other>()
}

/// sponsorship
fn rule_149<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.jobseeker.yes::<Q>() && p.search_open.yes::<Q>() && p.asset_network.no::<Q>()
}

/// sponsorship-for-confidence
fn rule_150<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.jobseeker.yes::<Q>() && p.search_open.yes::<Q>() && p.barrier_isolation.among::<Q>(0b1100)
}

/// mobility-check
fn rule_151<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.barrier_mobility.among::<Q>(0b1100)
}

/// mobility-check-after-failure
fn rule_152<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.barrier_mobility.among::<Q>(0b1100) && p.failures_12m.within::<Q>(1, 2147483646)
}

/// mobility-check-after-no-transport
fn rule_153<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    (named_3::<R, Q>(p) || p.vehicle_available.no::<Q>()) && p.schemes_counted_26.within::<Q>(1, 2147483646)
}

/// mobility-check-logistics
fn rule_154<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.project_sectors_has_logistique.yes::<Q>() && p.vehicle_available.no::<Q>() && p.residence_transport_served.among::<Q>(0b111)
}

/// car-for-the-job
fn rule_155<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    (p.vehicle_available.no::<Q>() || p.vehicle_state.among::<Q>(0b111)) && (p.employed.yes::<Q>() || named_4::<R, Q>(p)) && p.commute_max_km.within::<Q>(10, 2147483646) && p.licence_usable.yes::<Q>()
}

/// licence-grant-epernay
fn rule_156<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.barrier_mobility.among::<Q>(0b1100) && !p.aids_counted_27.within::<Q::Other>(1, 2147483646) && p.age.within::<Q>(18, 2147483646) && p.licence_b.no::<Q>() && (p.rsa.yes::<Q>() || p.ass.yes::<Q>()) && p.residence_commune.within::<Q>(211, 211)
}

/// costs-of-a-new-job
fn rule_157<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.employment_started_on.within::<Q>(739144, 739325) && !p.aids_counted_28.within::<Q::Other>(1, 2147483646) && p.rsa.yes::<Q>() && p.residence_department.among::<Q>(0b1)
}

/// moved-to-another-department
fn rule_158<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    !p.decision_track.among::<Q::Other>(ABSENT) && p.rsa.yes::<Q>() && !p.residence_department.among::<Q::Other>(0b1)
}

/// coordination
fn rule_159<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    named_10::<R, Q>(p) && (p.failures_12m.within::<Q>(1, 2147483646) || p.network_failures_12m.within::<Q>(2, 2147483646))
}

/// first-months-of-a-job
fn rule_160<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.employed.yes::<Q>() && p.employment_started_on.within::<Q>(739144, 739325)
}

/// immersion-building
fn rule_161<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    named_14::<R, Q>(p) && p.project_sectors_has_btp.yes::<Q>() && p.project_state.among::<Q>(0b1110) && named_13::<R, Q>(p)
}

/// immersion-personal-care
fn rule_162<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    named_14::<R, Q>(p) && p.project_sectors_has_aide_personne.yes::<Q>() && p.project_state.among::<Q>(0b1110) && named_13::<R, Q>(p)
}

/// immersion-logistics
fn rule_163<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    named_14::<R, Q>(p) && p.project_sectors_has_logistique.yes::<Q>() && p.project_state.among::<Q>(0b1110) && named_13::<R, Q>(p)
}

/// collective-training-building
fn rule_164<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.search_open.yes::<Q>() && p.project_sectors_has_btp.yes::<Q>() && p.project_state.among::<Q>(0b1100) && p.training_starts_on.absent::<Q>() && (p.jobseeker.yes::<Q>() || p.employment_contract.among::<Q>(0b10000)) && !p.in_training.yes::<Q::Other>()
}

/// collective-training-personal-care
fn rule_165<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.search_open.yes::<Q>() && p.project_sectors_has_aide_personne.yes::<Q>() && p.project_state.among::<Q>(0b1100) && p.education_level.among::<Q>(0b111) && p.training_starts_on.absent::<Q>() && (p.jobseeker.yes::<Q>() || p.employment_contract.among::<Q>(0b10000)) && !p.in_training.yes::<Q::Other>()
}

/// collective-training-logistics
fn rule_166<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.search_open.yes::<Q>() && p.project_sectors_has_logistique.yes::<Q>() && p.project_state.among::<Q>(0b1100) && p.training_starts_on.absent::<Q>() && (p.jobseeker.yes::<Q>() || p.employment_contract.among::<Q>(0b10000)) && !p.in_training.yes::<Q::Other>()
}

/// training-before-logistics-assignments
fn rule_167<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.project_sectors_has_logistique.yes::<Q>() && p.hire_promise_contract.among::<Q>(0b1000) && p.hire_promise_months.within::<Q>(6, 2147483646) && (p.jobseeker.yes::<Q>() || p.employment_contract.among::<Q>(0b110000)) && p.hire_promise.yes::<Q>() && (p.hire_promise_contract.among::<Q>(0b1) || (p.hire_promise_contract.among::<Q>(0b11001010) && p.hire_promise_months.within::<Q>(6, 2147483646)) || (p.hire_promise_contract.among::<Q>(0b100) && p.hire_promise_months.within::<Q>(4, 2147483646)))
}

/// companies-after-training
fn rule_168<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.search_open.yes::<Q>() && !p.employed.yes::<Q::Other>() && p.schemes_counted_29.within::<Q>(1, 2147483646)
}

/// contact-again
fn rule_169<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.schemes_counted_30.within::<Q>(1, 2147483646)
}

/// contact-again-by-other-means
fn rule_170<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.first_interview_missed.yes::<Q>() && p.first_interview_means_tried.within::<Q>(-2147483646, 1)
}

/// new-diagnosis-after-failures
fn rule_171<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.failures_12m.within::<Q>(2, 2147483646) && p.diagnostic_done_on.within::<Q>(-2147483646, 739234)
}

/// team-after-failures
fn rule_172<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.failures_12m.within::<Q>(3, 2147483646) && p.rsa.yes::<Q>() && p.rsa_rights_duties.yes::<Q>()
}

/// sponsorship-after-refusals
fn rule_173<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.jobseeker.yes::<Q>() && !p.employed.yes::<Q::Other>() && p.search_open.yes::<Q>() && p.search_employer_refusals.within::<Q>(2, 2147483646) && p.project_state.among::<Q>(0b11)
}

/// training-after-a-contract-ended
fn rule_174<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.search_open.yes::<Q>() && !p.in_training.yes::<Q::Other>() && p.training_starts_on.absent::<Q>() && p.barrier_skills.among::<Q>(0b1100) && p.schemes_counted_31.within::<Q>(1, 2147483646) && p.jobseeker.yes::<Q>()
}

/// talk-after-a-contract-ended
fn rule_175<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.schemes_counted_32.within::<Q>(1, 2147483646)
}

/// digital-equipment
fn rule_176<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.digital_device.no::<Q>() || p.digital_connection.no::<Q>()
}

/// costs-of-a-promised-job
fn rule_177<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.hire_promise.yes::<Q>() && (p.hire_promise_contract.among::<Q>(0b1) || p.hire_promise_months.within::<Q>(1, 2147483646)) && !p.aids_counted_28.within::<Q::Other>(1, 2147483646) && p.rsa.yes::<Q>() && p.residence_department.among::<Q>(0b1)
}

/// young-people-fund-low-resources
fn rule_178<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.resources_monthly.within::<Q>(-2147483646, 39999) && p.age.within::<Q>(18, 25)
}

/// learning-in-a-company
fn rule_179<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.search_open.yes::<Q>() && p.project_state.among::<Q>(0b1100) && !p.employed.yes::<Q::Other>() && !p.student.yes::<Q::Other>() && !p.in_school.yes::<Q::Other>() && !p.in_training.yes::<Q::Other>() && p.training_starts_on.absent::<Q>() && p.age.within::<Q>(18, 29)
}

/// project-of-young-people
fn rule_180<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.project_state.among::<Q>(0b1100) && p.age.within::<Q>(15, 29)
}

/// regional-fare
fn rule_181<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.residence_department.among::<Q>(0b1) && (p.employed.yes::<Q>() || p.student.yes::<Q>() || p.in_training.yes::<Q>() || p.apprentice.yes::<Q>() || p.hire_promise.yes::<Q>()) && p.age.within::<Q>(-2147483646, 26)
}

/// fare-for-studies
fn rule_182<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.age.within::<Q>(-2147483646, 26) && p.student.yes::<Q>() && p.residence_department.among::<Q>(0b1)
}

/// trade-certificate-afpa
fn rule_183<R: Reading, Q: Question>(p: &Person<R>) -> bool {
    p.search_open.yes::<Q>() && (p.project_sectors_has_btp.yes::<Q>() || p.project_sectors_has_aide_personne.yes::<Q>() || p.project_sectors_has_logistique.yes::<Q>()) && p.project_state.among::<Q>(0b1100) && p.qualified.no::<Q>() && !p.in_training.yes::<Q::Other>() && p.training_starts_on.absent::<Q>() && !p.employed.yes::<Q::Other>()
}

/// The rules, in the order of verdicts.
pub(crate) const RULES: [&str; 184] = [
    "nursery-place",
    "nursery-place-first",
    "nursery-place-after-failure",
    "care-that-suits-the-child",
    "care-prepared-before-birth",
    "childcare-grant-job",
    "childcare-grant-training",
    "childcare-cost",
    "early-and-late-care",
    "before-and-after-school",
    "alternating-custody",
    "relief-for-your-time",
    "immersion",
    "training-before-lasting-job",
    "trade-certificate",
    "work-adapted",
    "work-adapted-without-recognition",
    "social-path-to-work",
    "cap-emploi-to-operator",
    "experience-recognised",
    "youth-contract-after-guarantee",
    "support-path-after-youth-contract",
    "apprenticeship-after-second-chance",
    "support-path-after-second-chance-stopped",
    "youth-contract-after-boarding",
    "health-cover",
    "health-cover-with-rsa",
    "care",
    "recognition",
    "recognition-to-renew",
    "recognition-to-renew-now",
    "specialised-support-asked",
    "specialised-support",
    "supported-employment",
    "roof-tonight",
    "way-out-of-the-shelter",
    "postal-address",
    "rent-arrears",
    "rent-arrears-plan",
    "eviction",
    "eviction-for-arrears",
    "eviction-legal-advice",
    "home-to-leave",
    "home-of-ones-own",
    "housing-benefit",
    "lease-costs",
    "deposit-loan",
    "deposit-loan-moved-in",
    "rent-guarantee",
    "rent-of-work-and-training",
    "integration-workshop",
    "integration-own-account",
    "integration-assignments",
    "integration-to-assess",
    "integration-again",
    "support-after-integration",
    "integration-same-pass",
    "integration-extension",
    "employers-group",
    "employers-group-after-integration",
    "supported-contract",
    "public-works-hours",
    "recruitment-by-simulation",
    "adapted-company",
    "own-business",
    "self-employed-with-rsa",
    "state-french-course",
    "french-course",
    "basic-skills",
    "french-for-the-trade",
    "basic-skills-certificate",
    "licence-for-the-trade",
    "licence-loan",
    "licence-apprentice",
    "licence-building-trades",
    "licence-young-people-fund",
    "travel-costs-job",
    "travel-costs-job-by-time",
    "travel-costs-training",
    "car-hire-temp-worker",
    "driving-right",
    "other-ways-to-travel",
    "food",
    "debt-procedure",
    "budget-advice",
    "bank-account",
    "in-work-benefit",
    "in-work-benefit-promise",
    "in-work-benefit-with-rsa",
    "in-work-benefit-promise-with-rsa",
    "small-loan-for-work",
    "rsa-orientation-in-time",
    "rsa-orientation-late",
    "rsa-orientation-late-one-means",
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
    "right-to-work-before-a-job",
    "suspension-hearing",
    "suspension-paper",
    "training-duty",
    "online-procedures",
    "online-procedure-that-failed",
    "paperwork",
    "permit-to-renew",
    "permit-to-renew-now",
    "permit-ended",
    "right-to-work-temporary",
    "suspension-legal-advice",
    "rsa-increase",
    "adapted-hours",
    "adapted-hours-carer",
    "digital-basics",
    "digital-certificate",
    "lasting-integration-contract",
    "pension-rights",
    "pension-at-67",
    "old-age-minimum",
    "qualifying-training",
    "individual-training-grant",
    "training-account",
    "career-advice",
    "skills-review",
    "experience-into-a-diploma",
    "youth-support-path",
    "youth-contract",
    "youth-contract-small-job",
    "youth-support-path-with-rsa",
    "youth-contract-with-rsa",
    "second-chance-school",
    "boarding-path",
    "civic-service-asked",
    "civic-service-to-explore",
    "young-people-fund",
    "rsa-for-young-workers",
    "interview-before-majority",
    "interview-before-majority-now",
    "right-to-support-before-21",
    "support-before-21",
    "apprenticeship",
    "work-and-training-contract",
    "promo-16-18",
    "sponsorship",
    "sponsorship-for-confidence",
    "mobility-check",
    "mobility-check-after-failure",
    "mobility-check-after-no-transport",
    "mobility-check-logistics",
    "car-for-the-job",
    "licence-grant-epernay",
    "costs-of-a-new-job",
    "moved-to-another-department",
    "coordination",
    "first-months-of-a-job",
    "immersion-building",
    "immersion-personal-care",
    "immersion-logistics",
    "collective-training-building",
    "collective-training-personal-care",
    "collective-training-logistics",
    "training-before-logistics-assignments",
    "companies-after-training",
    "contact-again",
    "contact-again-by-other-means",
    "new-diagnosis-after-failures",
    "team-after-failures",
    "sponsorship-after-refusals",
    "training-after-a-contract-ended",
    "talk-after-a-contract-ended",
    "digital-equipment",
    "costs-of-a-promised-job",
    "young-people-fund-low-resources",
    "learning-in-a-company",
    "project-of-young-people",
    "regional-fare",
    "fare-for-studies",
    "trade-certificate-afpa",
];

/// Which rules hold for somebody of whom all is known.
pub(crate) fn known(p: &Person<Known>) -> [bool; 184] {
    [
        rule_0::<_, Surely>(p),
        rule_1::<_, Surely>(p),
        rule_2::<_, Surely>(p),
        rule_3::<_, Surely>(p),
        rule_4::<_, Surely>(p),
        rule_5::<_, Surely>(p),
        rule_6::<_, Surely>(p),
        rule_7::<_, Surely>(p),
        rule_8::<_, Surely>(p),
        rule_9::<_, Surely>(p),
        rule_10::<_, Surely>(p),
        rule_11::<_, Surely>(p),
        rule_12::<_, Surely>(p),
        rule_13::<_, Surely>(p),
        rule_14::<_, Surely>(p),
        rule_15::<_, Surely>(p),
        rule_16::<_, Surely>(p),
        rule_17::<_, Surely>(p),
        rule_18::<_, Surely>(p),
        rule_19::<_, Surely>(p),
        rule_20::<_, Surely>(p),
        rule_21::<_, Surely>(p),
        rule_22::<_, Surely>(p),
        rule_23::<_, Surely>(p),
        rule_24::<_, Surely>(p),
        rule_25::<_, Surely>(p),
        rule_26::<_, Surely>(p),
        rule_27::<_, Surely>(p),
        rule_28::<_, Surely>(p),
        rule_29::<_, Surely>(p),
        rule_30::<_, Surely>(p),
        rule_31::<_, Surely>(p),
        rule_32::<_, Surely>(p),
        rule_33::<_, Surely>(p),
        rule_34::<_, Surely>(p),
        rule_35::<_, Surely>(p),
        rule_36::<_, Surely>(p),
        rule_37::<_, Surely>(p),
        rule_38::<_, Surely>(p),
        rule_39::<_, Surely>(p),
        rule_40::<_, Surely>(p),
        rule_41::<_, Surely>(p),
        rule_42::<_, Surely>(p),
        rule_43::<_, Surely>(p),
        rule_44::<_, Surely>(p),
        rule_45::<_, Surely>(p),
        rule_46::<_, Surely>(p),
        rule_47::<_, Surely>(p),
        rule_48::<_, Surely>(p),
        rule_49::<_, Surely>(p),
        rule_50::<_, Surely>(p),
        rule_51::<_, Surely>(p),
        rule_52::<_, Surely>(p),
        rule_53::<_, Surely>(p),
        rule_54::<_, Surely>(p),
        rule_55::<_, Surely>(p),
        rule_56::<_, Surely>(p),
        rule_57::<_, Surely>(p),
        rule_58::<_, Surely>(p),
        rule_59::<_, Surely>(p),
        rule_60::<_, Surely>(p),
        rule_61::<_, Surely>(p),
        rule_62::<_, Surely>(p),
        rule_63::<_, Surely>(p),
        rule_64::<_, Surely>(p),
        rule_65::<_, Surely>(p),
        rule_66::<_, Surely>(p),
        rule_67::<_, Surely>(p),
        rule_68::<_, Surely>(p),
        rule_69::<_, Surely>(p),
        rule_70::<_, Surely>(p),
        rule_71::<_, Surely>(p),
        rule_72::<_, Surely>(p),
        rule_73::<_, Surely>(p),
        rule_74::<_, Surely>(p),
        rule_75::<_, Surely>(p),
        rule_76::<_, Surely>(p),
        rule_77::<_, Surely>(p),
        rule_78::<_, Surely>(p),
        rule_79::<_, Surely>(p),
        rule_80::<_, Surely>(p),
        rule_81::<_, Surely>(p),
        rule_82::<_, Surely>(p),
        rule_83::<_, Surely>(p),
        rule_84::<_, Surely>(p),
        rule_85::<_, Surely>(p),
        rule_86::<_, Surely>(p),
        rule_87::<_, Surely>(p),
        rule_88::<_, Surely>(p),
        rule_89::<_, Surely>(p),
        rule_90::<_, Surely>(p),
        rule_91::<_, Surely>(p),
        rule_92::<_, Surely>(p),
        rule_93::<_, Surely>(p),
        rule_94::<_, Surely>(p),
        rule_95::<_, Surely>(p),
        rule_96::<_, Surely>(p),
        rule_97::<_, Surely>(p),
        rule_98::<_, Surely>(p),
        rule_99::<_, Surely>(p),
        rule_100::<_, Surely>(p),
        rule_101::<_, Surely>(p),
        rule_102::<_, Surely>(p),
        rule_103::<_, Surely>(p),
        rule_104::<_, Surely>(p),
        rule_105::<_, Surely>(p),
        rule_106::<_, Surely>(p),
        rule_107::<_, Surely>(p),
        rule_108::<_, Surely>(p),
        rule_109::<_, Surely>(p),
        rule_110::<_, Surely>(p),
        rule_111::<_, Surely>(p),
        rule_112::<_, Surely>(p),
        rule_113::<_, Surely>(p),
        rule_114::<_, Surely>(p),
        rule_115::<_, Surely>(p),
        rule_116::<_, Surely>(p),
        rule_117::<_, Surely>(p),
        rule_118::<_, Surely>(p),
        rule_119::<_, Surely>(p),
        rule_120::<_, Surely>(p),
        rule_121::<_, Surely>(p),
        rule_122::<_, Surely>(p),
        rule_123::<_, Surely>(p),
        rule_124::<_, Surely>(p),
        rule_125::<_, Surely>(p),
        rule_126::<_, Surely>(p),
        rule_127::<_, Surely>(p),
        rule_128::<_, Surely>(p),
        rule_129::<_, Surely>(p),
        rule_130::<_, Surely>(p),
        rule_131::<_, Surely>(p),
        rule_132::<_, Surely>(p),
        rule_133::<_, Surely>(p),
        rule_134::<_, Surely>(p),
        rule_135::<_, Surely>(p),
        rule_136::<_, Surely>(p),
        rule_137::<_, Surely>(p),
        rule_138::<_, Surely>(p),
        rule_139::<_, Surely>(p),
        rule_140::<_, Surely>(p),
        rule_141::<_, Surely>(p),
        rule_142::<_, Surely>(p),
        rule_143::<_, Surely>(p),
        rule_144::<_, Surely>(p),
        rule_145::<_, Surely>(p),
        rule_146::<_, Surely>(p),
        rule_147::<_, Surely>(p),
        rule_148::<_, Surely>(p),
        rule_149::<_, Surely>(p),
        rule_150::<_, Surely>(p),
        rule_151::<_, Surely>(p),
        rule_152::<_, Surely>(p),
        rule_153::<_, Surely>(p),
        rule_154::<_, Surely>(p),
        rule_155::<_, Surely>(p),
        rule_156::<_, Surely>(p),
        rule_157::<_, Surely>(p),
        rule_158::<_, Surely>(p),
        rule_159::<_, Surely>(p),
        rule_160::<_, Surely>(p),
        rule_161::<_, Surely>(p),
        rule_162::<_, Surely>(p),
        rule_163::<_, Surely>(p),
        rule_164::<_, Surely>(p),
        rule_165::<_, Surely>(p),
        rule_166::<_, Surely>(p),
        rule_167::<_, Surely>(p),
        rule_168::<_, Surely>(p),
        rule_169::<_, Surely>(p),
        rule_170::<_, Surely>(p),
        rule_171::<_, Surely>(p),
        rule_172::<_, Surely>(p),
        rule_173::<_, Surely>(p),
        rule_174::<_, Surely>(p),
        rule_175::<_, Surely>(p),
        rule_176::<_, Surely>(p),
        rule_177::<_, Surely>(p),
        rule_178::<_, Surely>(p),
        rule_179::<_, Surely>(p),
        rule_180::<_, Surely>(p),
        rule_181::<_, Surely>(p),
        rule_182::<_, Surely>(p),
        rule_183::<_, Surely>(p),
    ]
}

/// What rules are worth for somebody of whom something is unknown or presumed.
pub(crate) fn verdicts(told: &Person<Partly>, presumed: &Person<Partly>) -> [Verdict; 184] {
    [
        ask!(rule_0, told, presumed),
        ask!(rule_1, told, presumed),
        ask!(rule_2, told, presumed),
        ask!(rule_3, told, presumed),
        ask!(rule_4, told, presumed),
        ask!(rule_5, told, presumed),
        ask!(rule_6, told, presumed),
        ask!(rule_7, told, presumed),
        ask!(rule_8, told, presumed),
        ask!(rule_9, told, presumed),
        ask!(rule_10, told, presumed),
        ask!(rule_11, told, presumed),
        ask!(rule_12, told, presumed),
        ask!(rule_13, told, presumed),
        ask!(rule_14, told, presumed),
        ask!(rule_15, told, presumed),
        ask!(rule_16, told, presumed),
        ask!(rule_17, told, presumed),
        ask!(rule_18, told, presumed),
        ask!(rule_19, told, presumed),
        ask!(rule_20, told, presumed),
        ask!(rule_21, told, presumed),
        ask!(rule_22, told, presumed),
        ask!(rule_23, told, presumed),
        ask!(rule_24, told, presumed),
        ask!(rule_25, told, presumed),
        ask!(rule_26, told, presumed),
        ask!(rule_27, told, presumed),
        ask!(rule_28, told, presumed),
        ask!(rule_29, told, presumed),
        ask!(rule_30, told, presumed),
        ask!(rule_31, told, presumed),
        ask!(rule_32, told, presumed),
        ask!(rule_33, told, presumed),
        ask!(rule_34, told, presumed),
        ask!(rule_35, told, presumed),
        ask!(rule_36, told, presumed),
        ask!(rule_37, told, presumed),
        ask!(rule_38, told, presumed),
        ask!(rule_39, told, presumed),
        ask!(rule_40, told, presumed),
        ask!(rule_41, told, presumed),
        ask!(rule_42, told, presumed),
        ask!(rule_43, told, presumed),
        ask!(rule_44, told, presumed),
        ask!(rule_45, told, presumed),
        ask!(rule_46, told, presumed),
        ask!(rule_47, told, presumed),
        ask!(rule_48, told, presumed),
        ask!(rule_49, told, presumed),
        ask!(rule_50, told, presumed),
        ask!(rule_51, told, presumed),
        ask!(rule_52, told, presumed),
        ask!(rule_53, told, presumed),
        ask!(rule_54, told, presumed),
        ask!(rule_55, told, presumed),
        ask!(rule_56, told, presumed),
        ask!(rule_57, told, presumed),
        ask!(rule_58, told, presumed),
        ask!(rule_59, told, presumed),
        ask!(rule_60, told, presumed),
        ask!(rule_61, told, presumed),
        ask!(rule_62, told, presumed),
        ask!(rule_63, told, presumed),
        ask!(rule_64, told, presumed),
        ask!(rule_65, told, presumed),
        ask!(rule_66, told, presumed),
        ask!(rule_67, told, presumed),
        ask!(rule_68, told, presumed),
        ask!(rule_69, told, presumed),
        ask!(rule_70, told, presumed),
        ask!(rule_71, told, presumed),
        ask!(rule_72, told, presumed),
        ask!(rule_73, told, presumed),
        ask!(rule_74, told, presumed),
        ask!(rule_75, told, presumed),
        ask!(rule_76, told, presumed),
        ask!(rule_77, told, presumed),
        ask!(rule_78, told, presumed),
        ask!(rule_79, told, presumed),
        ask!(rule_80, told, presumed),
        ask!(rule_81, told, presumed),
        ask!(rule_82, told, presumed),
        ask!(rule_83, told, presumed),
        ask!(rule_84, told, presumed),
        ask!(rule_85, told, presumed),
        ask!(rule_86, told, presumed),
        ask!(rule_87, told, presumed),
        ask!(rule_88, told, presumed),
        ask!(rule_89, told, presumed),
        ask!(rule_90, told, presumed),
        ask!(rule_91, told, presumed),
        ask!(rule_92, told, presumed),
        ask!(rule_93, told, presumed),
        ask!(rule_94, told, presumed),
        ask!(rule_95, told, presumed),
        ask!(rule_96, told, presumed),
        ask!(rule_97, told, presumed),
        ask!(rule_98, told, presumed),
        ask!(rule_99, told, presumed),
        ask!(rule_100, told, presumed),
        ask!(rule_101, told, presumed),
        ask!(rule_102, told, presumed),
        ask!(rule_103, told, presumed),
        ask!(rule_104, told, presumed),
        ask!(rule_105, told, presumed),
        ask!(rule_106, told, presumed),
        ask!(rule_107, told, presumed),
        ask!(rule_108, told, presumed),
        ask!(rule_109, told, presumed),
        ask!(rule_110, told, presumed),
        ask!(rule_111, told, presumed),
        ask!(rule_112, told, presumed),
        ask!(rule_113, told, presumed),
        ask!(rule_114, told, presumed),
        ask!(rule_115, told, presumed),
        ask!(rule_116, told, presumed),
        ask!(rule_117, told, presumed),
        ask!(rule_118, told, presumed),
        ask!(rule_119, told, presumed),
        ask!(rule_120, told, presumed),
        ask!(rule_121, told, presumed),
        ask!(rule_122, told, presumed),
        ask!(rule_123, told, presumed),
        ask!(rule_124, told, presumed),
        ask!(rule_125, told, presumed),
        ask!(rule_126, told, presumed),
        ask!(rule_127, told, presumed),
        ask!(rule_128, told, presumed),
        ask!(rule_129, told, presumed),
        ask!(rule_130, told, presumed),
        ask!(rule_131, told, presumed),
        ask!(rule_132, told, presumed),
        ask!(rule_133, told, presumed),
        ask!(rule_134, told, presumed),
        ask!(rule_135, told, presumed),
        ask!(rule_136, told, presumed),
        ask!(rule_137, told, presumed),
        ask!(rule_138, told, presumed),
        ask!(rule_139, told, presumed),
        ask!(rule_140, told, presumed),
        ask!(rule_141, told, presumed),
        ask!(rule_142, told, presumed),
        ask!(rule_143, told, presumed),
        ask!(rule_144, told, presumed),
        ask!(rule_145, told, presumed),
        ask!(rule_146, told, presumed),
        ask!(rule_147, told, presumed),
        ask!(rule_148, told, presumed),
        ask!(rule_149, told, presumed),
        ask!(rule_150, told, presumed),
        ask!(rule_151, told, presumed),
        ask!(rule_152, told, presumed),
        ask!(rule_153, told, presumed),
        ask!(rule_154, told, presumed),
        ask!(rule_155, told, presumed),
        ask!(rule_156, told, presumed),
        ask!(rule_157, told, presumed),
        ask!(rule_158, told, presumed),
        ask!(rule_159, told, presumed),
        ask!(rule_160, told, presumed),
        ask!(rule_161, told, presumed),
        ask!(rule_162, told, presumed),
        ask!(rule_163, told, presumed),
        ask!(rule_164, told, presumed),
        ask!(rule_165, told, presumed),
        ask!(rule_166, told, presumed),
        ask!(rule_167, told, presumed),
        ask!(rule_168, told, presumed),
        ask!(rule_169, told, presumed),
        ask!(rule_170, told, presumed),
        ask!(rule_171, told, presumed),
        ask!(rule_172, told, presumed),
        ask!(rule_173, told, presumed),
        ask!(rule_174, told, presumed),
        ask!(rule_175, told, presumed),
        ask!(rule_176, told, presumed),
        ask!(rule_177, told, presumed),
        ask!(rule_178, told, presumed),
        ask!(rule_179, told, presumed),
        ask!(rule_180, told, presumed),
        ask!(rule_181, told, presumed),
        ask!(rule_182, told, presumed),
        ask!(rule_183, told, presumed),
    ]
}
