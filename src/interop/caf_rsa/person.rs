//! What the flow says of one person, as observations.

use std::collections::BTreeSet;

use chrono::{Datelike, Months, NaiveDate};

use super::error::FlowError;
use super::household::{Belongs, Household, Member, State, is_running, listed, optional};
use super::tree::Element;
use super::unread::Leftovers;
use super::{Flow, codes, form};
use crate::diagnostic::{Observation, Said};
use crate::fact::{Means, Value};
use crate::interop::UnreadReason;
use crate::vocabulary::{Cents, Code, FactName, PersonRef};
use crate::{Diagnostic, Knowledge};

/// What is said of one person, not yet under a reference.
pub(super) struct Gathered(Vec<(&'static str, Knowledge, Means, NaiveDate)>);

impl Gathered {
    /// Everything that the flow says of a person of a household. Of a file that is closed, and of
    /// who has left, nothing that changes is said: it would look new each month.
    pub(super) fn of(
        household: &Household<'_>,
        member: &Member<'_>,
        flow: &Flow,
        left: &mut Leftovers,
    ) -> Result<Self, FlowError> {
        let mut gathered = Self(Vec::new());
        let on = flow.reference_on;
        let checked = if member.birth.checked {
            Means::Attested
        } else {
            Means::Declared
        };
        gathered
            .0
            .push(("birth_date", member.birth.known.clone(), checked, on));
        if let State::Closed { on: closed } = household.right.state {
            if member.has_the_right() {
                let none = Knowledge::from(false);
                let since = closed.unwrap_or(on);
                gathered.0.push(("rsa", none, Means::Attested, since));
            }
            return Ok(gathered);
        }
        if member.belongs != Belongs::Yes {
            return Ok(gathered);
        }
        let mut attested =
            |fact, known: Knowledge| gathered.0.push((fact, known, Means::Attested, on));
        if let Some(commune) = household.commune.as_ref().filter(|_| member.lives_here()) {
            attested("residence.commune", Knowledge::from(commune.clone()));
        }
        if member.lives_here()
            && let Ok(payer) = Code::parse(household.payer.code())
        {
            attested("benefits.payer", Knowledge::from(payer));
        }
        right(household, member, &mut attested);
        if let Some(duties) = rights_and_duties(member.element, left)? {
            attested("rsa.rights_duties", Knowledge::from(duties));
        }
        composition(household, member, &mut attested);
        if household.homeless && member.lives_here() {
            let housing = codes::WITHOUT_ADDRESS.iter();
            let housing = Knowledge::one_of(housing.filter_map(|code| Code::parse(code).ok()));
            gathered
                .0
                .push(("housing.status", housing, Means::Computed, on));
        }
        if let Some((earned, until)) = earned(member.element, left)? {
            let observed = until.min(on);
            let known = Knowledge::from(earned);
            gathered.0.push((
                "income.professional_monthly",
                known,
                Means::Attested,
                observed,
            ));
        }
        for (fact, says) in activity(member.element, flow, left)? {
            if let Some(value) = says.value() {
                gathered
                    .0
                    .push((fact, Knowledge::from(value), Means::Computed, on));
            }
        }
        pregnancy(member.element, flow, left)?;
        Ok(gathered)
    }

    /// The observations of a body, under the caller's reference.
    pub(super) fn diagnostic(
        self,
        household: &Household<'_>,
        member: &Member<'_>,
        flow: &Flow,
        reference: PersonRef,
    ) -> Result<Diagnostic, FlowError> {
        let mut diagnostic = Diagnostic::new(reference);
        for (fact, known, means, observed_on) in self.0 {
            // The names are constants of this reader, which a test reads one by one.
            let Ok(fact) = FactName::parse(fact) else {
                continue;
            };
            let observation = Observation {
                by: household.body.clone(),
                means,
                observed_on,
                recorded_on: flow.made_on,
                fact,
                said: Said::Known(known),
                remark: None,
            };
            diagnostic
                .receive(observation)
                .map_err(|error| member.element.error(error.into()))?;
        }
        Ok(diagnostic)
    }
}

/// The state of the right. A child or another dependent may have a right of their own
/// elsewhere, unless they are counted in this one.
fn right(
    household: &Household<'_>,
    member: &Member<'_>,
    attested: &mut impl FnMut(&'static str, Knowledge),
) {
    let right = &household.right;
    if member.has_the_right() {
        attested("rsa", Knowledge::from(right.is_open()));
        if let State::Open { suspended } = right.state {
            attested("rsa.suspended", Knowledge::from(suspended));
            if let Some(increased) = right.increased {
                attested("rsa.increased", Knowledge::from(increased));
            }
        }
        if let Some(kind) = &right.suspension {
            attested("rsa.suspension_kind", kind.clone());
        }
    } else if member.is_dependent() && right.is_open() {
        attested("rsa", Knowledge::from(false));
        attested("rsa.dependent", Knowledge::from(true));
    }
}

fn composition(
    household: &Household<'_>,
    member: &Member<'_>,
    attested: &mut impl FnMut(&'static str, Knowledge),
) {
    let composition = &household.composition;
    let is_adult = member.role.holds_the_right() && member.lives_here();
    let counts = is_adult || member.is_dependent();
    if let Some(size) = composition.size.filter(|_| counts) {
        attested("household.size", Knowledge::from(size));
    }
    if is_adult {
        if let Some(single) = composition.single_parent {
            attested("household.single_parent", Knowledge::from(single));
        }
        if let Some(children) = &composition.children {
            attested("children", children.clone());
        }
    }
}

fn rights_and_duties(person: Element<'_>, left: &mut Leftovers) -> Result<Option<bool>, FlowError> {
    let Some(calculation) = person.one("MontantCalculDroitRSAPersonne")? else {
        return Ok(None);
    };
    if optional(calculation, "TOPPERSENTDRODEVORSA", left, form::flag)? == Some(true) {
        let enters = calculation.needed("TOPPERSENTDRODEVORSA")?;
        left.push(enters, UnreadReason::NoFact);
    }
    optional(calculation, "TOPPERSDRODEVORSA", left, form::flag)
}

/// What the activities in course say. Where they say different things, which of them is the one
/// is not known, and each is told to the caller alone.
fn activity(
    person: Element<'_>,
    flow: &Flow,
    left: &mut Leftovers,
) -> Result<Vec<(&'static str, codes::Says)>, FlowError> {
    let mut current = Vec::new();
    let mut all_read = true;
    for activity in person.all("Activite") {
        match is_running(activity, "DDACT", "DFACT", flow, left)? {
            Some(true) => match listed(activity, "ACT")? {
                Some(code) => current.push((activity, codes::activity(code))),
                None => all_read = false,
            },
            Some(false) => {}
            // It may be in course, or not.
            None => all_read = false,
        }
    }
    let mut says = current.iter().map(|(_, says)| *says);
    let first = says.next().flatten();
    let said = first.filter(|first| all_read && says.all(|other| other == Some(*first)));
    if let Some(says) = said {
        Ok(says.to_vec())
    } else {
        for (activity, _) in current {
            left.push(activity.needed("ACT")?, UnreadReason::NoFact);
        }
        Ok(Vec::new())
    }
}

/// The mean of what was earned by work over the three months of a declaration, and its last
/// day. Nothing where a month is missing, comes twice or is another, or the nature of resources is open.
fn earned(
    person: Element<'_>,
    left: &mut Leftovers,
) -> Result<Option<(Value, NaiveDate)>, FlowError> {
    let Some(resources) = person.one("Ressources")? else {
        return Ok(None);
    };
    let Some(quarter) = resources.one("GeneraliteRessourcesTrimestre")? else {
        return Ok(None);
    };
    let nothing = optional(quarter, "TOPRESSNUL", left, form::flag)?;
    let first = optional(quarter, "DDRESS", left, form::date)?;
    let last = optional(quarter, "DFRESS", left, form::date)?;
    let (Some(nothing), Some(last)) = (nothing, last) else {
        return Ok(None);
    };
    let month_of = |day: NaiveDate| (day.year(), day.month());
    let quarter = [0, 1, 2].map(|later| {
        let day = first.and_then(|first| first.checked_add_months(Months::new(later)));
        day.map(month_of)
    });
    // What a damaged element hides may be an amount.
    let sound = quarter[2] == Some(month_of(last)) && !resources.holds_the_unknown();
    let (mut months, mut total, mut all_read) = (BTreeSet::new(), 0_i64, sound);
    for month in resources.all("RessourcesMensuelles") {
        let Some(common) = month.one("GeneraliteRessourcesMensuelles")? else {
            return Ok(None);
        };
        let Some(day) = optional(common, "MOISRESS", left, form::date)? else {
            return Ok(None);
        };
        let is_new = months.insert(month_of(day));
        let is_other = sound && !quarter.contains(&Some(month_of(day)));
        if !is_new || is_other {
            all_read = false;
            let reason = if is_new {
                UnreadReason::Form
            } else {
                UnreadReason::Twice
            };
            left.push(common.needed("MOISRESS")?, reason);
        }
        // A month without anything earned has one that says so.
        all_read &= month.all("DetailRessourcesMensuelles").next().is_some();
        for detail in month.all("DetailRessourcesMensuelles") {
            let listed = listed(detail, "NATRESS")?;
            let nature = listed.and_then(codes::is_earned);
            let amount = optional(detail, "MTNATRESSMEN", left, form::money)?;
            match (nature, amount) {
                (Some(true), Some(amount)) => total = total.saturating_add(amount.get()),
                (Some(false), _) => {}
                (Some(true), None) => all_read = false,
                (None, _) => {
                    all_read = false;
                    if listed.is_some() {
                        left.push(detail.needed("NATRESS")?, UnreadReason::NoFact);
                    }
                }
            }
        }
    }
    let told = all_read
        && if nothing {
            total == 0
        } else {
            months.len() == 3
        };
    // Half a cent and more is a cent.
    let mean = total.saturating_add(1).div_euclid(3);
    Ok(told.then(|| (Value::Money(Cents::new(mean)), last)))
}

/// Whether a pregnancy runs on the day of reference.
fn expects(person: Element<'_>, flow: &Flow) -> bool {
    person.all("Grossesse").any(|pregnancy| {
        let ended = |name| {
            let end = pregnancy.all(name).next().map(Element::raw);
            end.filter(|end| !end.is_empty())
        };
        ended("NATFINGRO").is_none()
            && ended("DFGRO")
                .and_then(form::date)
                .is_none_or(|end| end >= flow.reference_on)
    })
}

/// A pregnancy in course is told to the caller alone: the fact is the day the child is expected,
/// which only the person gives, and the flow does not.
fn pregnancy(person: Element<'_>, flow: &Flow, left: &mut Leftovers) -> Result<(), FlowError> {
    if let Some(pregnancy) = person.one("Grossesse")?
        && expects(person, flow)
        && let Some(begun) = pregnancy.one("DDGRO")?
    {
        left.push(begun, UnreadReason::NoFact);
    }
    Ok(())
}
