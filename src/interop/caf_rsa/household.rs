//! What a household says of all its people, and who they are.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Months, NaiveDate};

use super::error::{FlowError, FlowReason, Form};
use super::identity::{Role, Texts};
use super::schema::STATES;
use super::tree::{Element, Tree};
use super::unread::Leftovers;
use super::{Flow, Identity, Options, Payer, codes, form};
use crate::Knowledge;
use crate::fact::{Rows, Value};
use crate::interop::UnreadReason;
use crate::vocabulary::{BodyId, Code, FactName};

/// Whether there is a right.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// The household asked, and waits for an answer.
    Asked,
    /// Paid, or suspended.
    Open {
        /// It is not paid.
        suspended: bool,
    },
    /// Refused or closed. The file is not kept up after that: of it, no more than this is true.
    Closed {
        /// Since when, where a day not after that of the flow is given.
        on: Option<NaiveDate>,
    },
}

/// The right to RSA of a household.
pub(super) struct Right {
    pub(super) state: State,
    pub(super) suspension: Option<Knowledge>,
    pub(super) increased: Option<bool>,
}

/// Whether somebody is of the household on the day of reference.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Belongs {
    Yes,
    /// They left the file. Where they live now, and where those live whom they left, is nothing
    /// that one may learn of the other.
    Left,
    /// They may have left.
    Unclear,
}

/// Somebody of the household.
pub(super) struct Member<'d> {
    pub(super) element: Element<'d>,
    pub(super) role: Role,
    /// Whether the right to RSA counts the person, where it is said.
    counted: Option<bool>,
    pub(super) belongs: Belongs,
    /// An exclusion from the RSA runs, or may.
    excluded: bool,
    pub(super) birth: Birth,
    texts: Texts<'d>,
}

/// When somebody was born, as far as it is known.
pub(super) struct Birth {
    written: NaiveDate,
    pub(super) known: Knowledge,
    /// The civil status was checked.
    pub(super) checked: bool,
}

/// Who lives together, where everybody could be read.
pub(super) struct Composition {
    pub(super) size: Option<i64>,
    pub(super) single_parent: Option<bool>,
    pub(super) children: Option<Knowledge>,
}

/// One household.
pub(super) struct Household<'d> {
    pub(super) body: &'d BodyId,
    pub(super) payer: Payer,
    organisation: Option<&'d str>,
    file: &'d str,
    request: Option<&'d str>,
    address: Option<Element<'d>>,
    pub(super) commune: Option<Code>,
    /// It has no fixed address.
    pub(super) homeless: bool,
    pub(super) right: Right,
    pub(super) composition: Composition,
    pub(super) has_anomaly: bool,
}

/// Reads an element that may be left out: what has another form is kept as not read.
pub(super) fn optional<'d, T>(
    element: Element<'d>,
    name: &'static str,
    left: &mut Leftovers,
    read: impl FnOnce(&'d str) -> Option<T>,
) -> Result<Option<T>, FlowError> {
    let Some(child) = element.one(name)? else {
        return Ok(None);
    };
    if child.raw().is_empty() {
        return Ok(None);
    }
    let known = child.text().ok().and_then(read);
    if known.is_none() {
        left.push(child, UnreadReason::Form);
    }
    Ok(known)
}

/// The code of an element, where its list has it: what is no code of it was kept already.
pub(super) fn listed<'d>(
    element: Element<'d>,
    name: &'static str,
) -> Result<Option<&'d str>, FlowError> {
    let code = element.one(name)?.map(Element::raw);
    let list = super::schema::list(name).unwrap_or_default();
    Ok(code.filter(|code| list.contains(code)))
}

impl<'d> Household<'d> {
    /// Reads a household and its people; each of them may be refused alone.
    pub(super) fn read(
        tree: &'d Tree<'d>,
        flow: &Flow,
        options: &'d Options,
        left: &mut Leftovers,
    ) -> Result<(Self, Vec<Result<Member<'d>, FlowError>>), FlowError> {
        let root = tree.root();
        let identification = root.needed("IdentificationRSA")?;
        let organisation = identification.needed("Organisme")?;
        let payer = organisation.needed_in("FONORG", Form::Payer, Payer::parse)?;
        let body = options.body(payer);
        let body = body.ok_or_else(|| organisation.error(FlowReason::NoBody))?;
        let file = organisation.needed_in("MATRICULE", Form::Digits, |text| {
            form::is_digits(text, 15).then_some(text)
        })?;
        let request = identification.one("DemandeRSA")?;
        let request = request.map(|request| request.text_of("NUMDEMRSA"));
        let benefit = root.needed("PrestationRSA")?;
        let right = Right::read(benefit, flow, left)?;
        let homeless = match benefit.at(&["DetailDroitRSA", "TroncCommunDroitRSA"])? {
            Some(detail) => optional(detail, "TOPSANSDOMFIXE", left, form::flag)?,
            None => None,
        };
        let homeless = homeless == Some(true);
        let administrative = root.one("DonneesAdministratives")?;
        let (address, commune) = match administrative {
            Some(administrative) => current_address(administrative, homeless, left)?,
            None => (None, None),
        };
        let family = administrative.map(|element| element.at(&["SituationFamille"]));
        let family = match family.transpose()?.flatten() {
            Some(family) => listed(family, "SITFAM")?,
            None => None,
        };
        let mut people = root.all("Personne").peekable();
        if people.peek().is_none() {
            return Err(root.error(FlowReason::Missing {
                element: "Personne",
            }));
        }
        let mut members: Vec<_> = people
            .map(|person| Member::read(person, flow, left))
            .collect();
        // Whoever a damaged tag hides is one of the household, and told as refused.
        let hidden = tree.elements().filter(|one| one.hides_a_person());
        members.extend(hidden.map(|one| Err(one.error(FlowReason::Stray))));
        for role in [Role::Claimant, Role::Partner] {
            let here = members.iter().flatten();
            let mut here = here.filter(|one| one.role == role && one.belongs == Belongs::Yes);
            if let Some(second) = here.nth(1) {
                let element = "ROLEPERS";
                return Err(second.element.error(FlowReason::Twice { element }));
            }
        }
        let couple = family.and_then(codes::is_couple);
        let has_anomaly = root.all("Anomalie").next().is_some();
        for text in root.all("Anomalie").flat_map(|one| one.all("LIBANO")) {
            left.push(text, UnreadReason::NoFact);
        }
        let household = Self {
            body,
            payer,
            organisation: organisation.text_of("NUMORG")?,
            file,
            request: request.transpose()?.flatten(),
            address,
            commune,
            homeless,
            right,
            composition: Composition::of(&members, couple),
            has_anomaly,
        };
        Ok((household, members))
    }

    pub(super) fn identity(&self, member: &Member<'d>) -> Identity<'d> {
        Identity {
            payer: self.payer,
            organisation: self.organisation,
            file: self.file,
            request: self.request,
            role: member.role,
            birth_date: member.birth.written,
            texts: member.texts,
            // Who is gone does not live there, and who may be is not to find the others.
            address: self.address.filter(|_| member.lives_here()),
            line: member.element.place().line,
        }
    }
}

impl Right {
    fn read(benefit: Element<'_>, flow: &Flow, left: &mut Leftovers) -> Result<Self, FlowError> {
        let situation = benefit.needed("SituationDossierRSA")?;
        let state = situation.needed("EtatDossierRSA")?;
        let code = state.needed_in("ETATDOSRSA", Form::State, |text| {
            STATES.contains(&text).then_some(text)
        })?;
        if code == "0" {
            // That a request waits for its answer is said by no fact.
            left.push(state.needed("ETATDOSRSA")?, UnreadReason::NoFact);
        }
        for (around, reason) in [
            ("Refus", "MOTIREFURSA"),
            ("FinDroit", "MOTICLORSA"),
            ("FinDroitMoisAnterieur", "MOTICLORSA"),
        ] {
            if let Some(around) = situation.one(around)?
                && listed(around, reason)?.is_some()
            {
                left.push(around.needed(reason)?, UnreadReason::NoFact);
            }
        }
        // A suspension in a state that is none may be over, or about to begin.
        for (state, around, reason) in [
            ("3", "SuspensionDroit", "MOTISUSDRORSA"),
            ("4", "SuspensionVersement", "MOTISUSVERSRSA"),
        ] {
            for around in situation.all(around).filter(|_| code != state) {
                if listed(around, reason)?.is_some() {
                    left.push(around.needed(reason)?, UnreadReason::NoFact);
                }
            }
        }
        let kinds = match code {
            "3" => kinds(
                situation,
                "SuspensionDroit",
                "MOTISUSDRORSA",
                codes::suspension_of_right,
            )?,
            "4" => kinds(
                situation,
                "SuspensionVersement",
                "MOTISUSVERSRSA",
                codes::suspension,
            )?,
            _ => BTreeSet::new(),
        };
        let kinds: Vec<Code> = kinds
            .into_iter()
            .filter_map(|kind| Code::parse(kind).ok())
            .collect();
        let state = match code {
            "0" => State::Asked,
            "2" => State::Open { suspended: false },
            "3" | "4" => State::Open { suspended: true },
            "1" => State::Closed {
                on: closed_on(situation, &["Refus"], "DTREFURSA", flow, left)?,
            },
            _ => State::Closed {
                on: closed_on(
                    situation,
                    &["FinDroit", "FinDroitMoisAnterieur"],
                    "DTCLORSA",
                    flow,
                    left,
                )?,
            },
        };
        Ok(Self {
            state,
            suspension: (!kinds.is_empty()).then(|| Knowledge::one_of(kinds)),
            increased: increased(benefit, flow, left)?,
        })
    }

    pub(super) fn is_open(&self) -> bool {
        matches!(self.state, State::Open { .. })
    }
}

/// The day since which there is no right, in the first of these that is there.
fn closed_on(
    situation: Element<'_>,
    around: &[&'static str],
    day: &'static str,
    flow: &Flow,
    left: &mut Leftovers,
) -> Result<Option<NaiveDate>, FlowError> {
    for around in around {
        if let Some(around) = situation.one(around)? {
            let on = optional(around, day, left, form::date)?;
            return Ok(on.filter(|on| *on <= flow.reference_on));
        }
    }
    Ok(None)
}

/// The kinds that all listed reasons of a suspension may be.
fn kinds(
    situation: Element<'_>,
    around: &'static str,
    reason: &'static str,
    kinds: fn(&str) -> &'static [&'static str],
) -> Result<BTreeSet<&'static str>, FlowError> {
    let mut found = BTreeSet::new();
    for suspension in situation.all(around) {
        match listed(suspension, reason)? {
            Some(code) => found.extend(kinds(code)),
            // What the list has not may be anything.
            None => return Ok(BTreeSet::new()),
        }
    }
    Ok(found)
}

/// Whether one of the benefits that run on the day of reference is increased.
fn increased(
    benefit: Element<'_>,
    flow: &Flow,
    left: &mut Leftovers,
) -> Result<Option<bool>, FlowError> {
    let Some(detail) = benefit.one("DetailDroitRSA")? else {
        return Ok(None);
    };
    let mut found = None;
    for one in detail.all("DetailCalculDroitRSA") {
        let Some(running) = is_running(one, "DDNATDRO", "DFNATDRO", flow, left)? else {
            return Ok(None);
        };
        if !running {
            continue;
        }
        match listed(one, "NATPF")?.and_then(codes::is_increased) {
            Some(increased) => found = Some(found == Some(true) || increased),
            None => return Ok(None),
        }
    }
    Ok(found)
}

/// Whether something between two days runs on the day of reference; nothing where its days
/// cannot be read.
pub(super) fn is_running(
    element: Element<'_>,
    from: &'static str,
    until: &'static str,
    flow: &Flow,
    left: &mut Leftovers,
) -> Result<Option<bool>, FlowError> {
    let ends = element.one(until)?.is_some_and(|end| !end.raw().is_empty());
    let from = optional(element, from, left, form::date)?;
    let until = optional(element, until, left, form::date)?;
    let (Some(from), false) = (from, ends && until.is_none()) else {
        return Ok(None);
    };
    let on = flow.reference_on;
    Ok(Some(from <= on && until.is_none_or(|until| on <= until)))
}

/// The address of rank 01, and its commune.
fn current_address<'d>(
    administrative: Element<'d>,
    homeless: bool,
    left: &mut Leftovers,
) -> Result<(Option<Element<'d>>, Option<Code>), FlowError> {
    let mut current = None;
    for address in administrative.all("Adresse") {
        let Some(common) = address.one("TroncCommunAdresse")? else {
            continue;
        };
        if listed(common, "RGADR")? != Some("01") {
            continue;
        }
        if current.replace(address).is_some() {
            return Err(address.error(FlowReason::Twice { element: "RGADR" }));
        }
    }
    let Some(address) = current else {
        return Ok((None, None));
    };
    let Some(lines) = address.one("AdresseDetailleeFrance")? else {
        return Ok((address.one("AdresseHorsFrance")?, None));
    };
    if homeless {
        // The commune of who has no address is that of a letter box.
        let commune = lines
            .one("NUMCOM")?
            .filter(|commune| !commune.raw().is_empty());
        if let Some(commune) = commune {
            left.push(commune, UnreadReason::NoFact);
        }
        return Ok((Some(lines), None));
    }
    let commune = optional(lines, "NUMCOM", left, |text| {
        form::is_commune(text)
            .then(|| Code::parse(text).ok())
            .flatten()
    })?;
    Ok((Some(lines), commune))
}

impl<'d> Member<'d> {
    fn read(element: Element<'d>, flow: &Flow, left: &mut Leftovers) -> Result<Self, FlowError> {
        let identification = element.needed("Identification")?;
        let mut benefits =
            element
                .all("Prestations")
                .filter_map(|one| match one.text_of("NATPREST") {
                    Ok(Some("RSA")) => Some(Ok(one)),
                    Ok(_) => None,
                    Err(error) => Some(Err(error)),
                });
        let missing = || {
            element.error(FlowReason::Missing {
                element: "NATPREST",
            })
        };
        let benefit = benefits.next().ok_or_else(missing)??;
        if let Some(second) = benefits.next() {
            let element = "NATPREST";
            return Err(second?.error(FlowReason::Twice { element }));
        }
        let role = benefit.needed_in("ROLEPERS", Form::Role, Role::parse)?;
        let nir = match identification.text_of("NIR")? {
            Some(_) => Some(
                identification
                    .needed_in("NIR", Form::Nir, |text| form::is_nir(text).then_some(text))?,
            ),
            None => None,
        };
        let jobseeker = match element.one("DossierPoleEmploi")? {
            Some(file) => file.text_of("IDASSEDIC")?,
            None => None,
        };
        let text = |name| identification.text_of(name);
        let counted = optional(benefit, "TOPCHAPERS", left, form::flag)?;
        if role == Role::Partner && counted == Some(false) {
            left.push(benefit.needed("TOPCHAPERS")?, UnreadReason::NoFact);
        }
        Ok(Self {
            element,
            role,
            counted,
            belongs: belongs(element, flow, left)?,
            excluded: is_excluded(element, flow, left)?,
            birth: Birth::read(identification, flow, left)?,
            texts: Texts {
                title: text("QUAL")?,
                name: text("NOM")?,
                birth_name: text("NOMNAI")?,
                first_names: [text("PRENOM")?, text("PRENOM2")?, text("PRENOM3")?],
                birth_place: text("NOMCOMNAI")?,
                nir,
                sex: text("SEXE")?,
                jobseeker,
            },
        })
    }

    /// Whether the person lives on the right of somebody else of the household.
    pub(super) fn is_dependent(&self) -> bool {
        matches!(self.role, Role::Child | Role::Other)
            && self.counted == Some(true)
            && self.lives_here()
    }

    /// The person is of the household as it is now. A partner who is not counted may be gone,
    /// and the file not yet brought up to date.
    pub(super) fn lives_here(&self) -> bool {
        let uncounted_partner = self.role == Role::Partner && self.counted == Some(false);
        self.belongs == Belongs::Yes && !uncounted_partner
    }

    /// The right to RSA is theirs.
    pub(super) fn has_the_right(&self) -> bool {
        self.role.holds_the_right() && self.lives_here() && !self.excluded
    }

    fn is_away(&self) -> bool {
        let mut activities = self.element.all("Activite");
        activities.any(|one| listed(one, "ACT").ok().flatten().is_none_or(codes::is_away))
    }
}

/// Whether somebody has left the file by the day of reference.
fn belongs(person: Element<'_>, flow: &Flow, left: &mut Leftovers) -> Result<Belongs, FlowError> {
    let Some(file) = person.one("DossierCAF")? else {
        return Ok(Belongs::Yes);
    };
    let end = file.one("DFRATDOS")?.filter(|end| !end.raw().is_empty());
    let Some(end) = end else {
        return Ok(Belongs::Yes);
    };
    match optional(file, "DFRATDOS", left, form::date)? {
        None => Ok(Belongs::Unclear),
        Some(day) if day <= flow.reference_on => {
            left.push(end, UnreadReason::NoFact);
            Ok(Belongs::Left)
        }
        Some(_) => Ok(Belongs::Yes),
    }
}

/// Whether an exclusion from the RSA runs, or may: what its code says is in no public list, so
/// that any code counts.
fn is_excluded(person: Element<'_>, flow: &Flow, left: &mut Leftovers) -> Result<bool, FlowError> {
    let Some(exclusion) = person.at(&["AvisPCGPersonne", "ExclueRSA"])? else {
        return Ok(false);
    };
    if is_running(exclusion, "DDEXCL", "DFEXCL", flow, left)? == Some(false) {
        return Ok(false);
    }
    let code = exclusion.one("EXCL")?.unwrap_or(exclusion);
    left.push(code, UnreadReason::NoFact);
    Ok(true)
}

impl Birth {
    fn read(
        identification: Element<'_>,
        flow: &Flow,
        left: &mut Leftovers,
    ) -> Result<Self, FlowError> {
        let written = identification.needed_in("DTNAI", Form::BirthDate, |text| {
            form::date(text).filter(|born| *born <= flow.made_on)
        })?;
        let kind = identification.text_of("TYPEDTNAI")?;
        let month = written.with_day(1);
        let known = match kind {
            None | Some("N") => Some(Knowledge::from(written)),
            // The day is not known; the day or the month is not known.
            Some("J") => month.and_then(|first| until(first, 1)),
            _ => month
                .and_then(|first| first.with_month(1))
                .and_then(|first| until(first, 12)),
        };
        let checked = optional(identification, "TOPVALIEC", left, form::flag)?;
        let unreadable = || identification.error(FlowReason::Form(Form::Date));
        Ok(Self {
            written,
            known: known.ok_or_else(unreadable)?,
            checked: checked == Some(true),
        })
    }
}

/// Some day of so many months.
fn until(first: NaiveDate, months: u32) -> Option<Knowledge> {
    let last = first.checked_add_months(Months::new(months))?.pred_opt()?;
    Some(Knowledge::between(first, last))
}

impl Composition {
    const UNKNOWN: Self = Self {
        size: None,
        single_parent: None,
        children: None,
    };

    fn of(members: &[Result<Member<'_>, FlowError>], couple: Option<bool>) -> Self {
        let mut people = Vec::new();
        for member in members {
            match member {
                Ok(member) => match member.belongs {
                    Belongs::Yes => people.push(member),
                    Belongs::Left => {}
                    // Who may be gone may be here.
                    Belongs::Unclear => return Self::UNKNOWN,
                },
                // Who cannot be read may be anybody.
                Err(_) => return Self::UNKNOWN,
            }
        }
        let of = |role| people.iter().filter(move |member| member.role == role);
        let partner = of(Role::Partner).next().is_some();
        let other_adult = of(Role::Other).chain(of(Role::Holder)).next().is_some();
        let dependants = || of(Role::Child).chain(of(Role::Other));
        let all_said = dependants().all(|member| member.counted.is_some());
        let claimants = of(Role::Claimant).count();
        // One household has one claimant; who only answers for the file may live elsewhere.
        let sound = couple.is_none_or(|couple| couple == partner)
            && claimants == 1
            && of(Role::Partner).count() <= 1
            && of(Role::Partner).all(|member| member.lives_here());
        let all_said = all_said && !people.iter().any(|member| member.excluded);
        let counted = dependants().filter(|member| member.is_dependent()).count();
        let size = claimants
            .saturating_add(usize::from(partner))
            .saturating_add(counted);
        let size = (sound && all_said && of(Role::Holder).next().is_none())
            .then(|| i64::try_from(size).ok())
            .flatten();
        let raised = of(Role::Child)
            .filter(|member| member.is_dependent())
            .count();
        // Who has no child counted here may raise one that is counted elsewhere, or expect one.
        let single_parent = match (couple, partner) {
            (Some(true), true) if sound => Some(false),
            (Some(false), false) if sound && !other_adult && raised > 0 => Some(true),
            _ => None,
        };
        Self {
            size,
            single_parent,
            children: children(of(Role::Child)),
        }
    }
}

/// The children of the household. Others may live elsewhere, so that the list stays open.
fn children<'m, 'd: 'm>(children: impl Iterator<Item = &'m &'m Member<'d>>) -> Option<Knowledge> {
    let (birth_date, at_home) = (
        FactName::parse("birth_date").ok()?,
        FactName::parse("at_home").ok()?,
    );
    let rows = children.map(|child| {
        let mut row = BTreeMap::from([(birth_date.clone(), child.birth.known.clone())]);
        if child.is_dependent() && !child.is_away() {
            row.insert(at_home.clone(), Knowledge::from(Value::Flag(true)));
        }
        row
    });
    let rows: Vec<_> = rows.collect();
    let complete = false;
    (!rows.is_empty()).then_some(Knowledge::Rows(Rows { rows, complete }))
}
