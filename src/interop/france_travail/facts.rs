//! What a row says about facts.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::cell::{Cells, is_category, is_rome};
use super::columns::{
    CATEGORY, COMMUNICATION, DIFFICULTIES, FAMILY, INTERVIEWS, POSTAL_LINE, REGISTERED_ON, ROME,
    RSA,
};
use super::communes::postal;
use super::error::{Form, Note, NoteReason};
use super::{CommuneIndex, Identifiers};
use crate::fact::{Knowledge, Without};
use crate::vocabulary::{Code, FactName};

/// What a row says, each fact with the day on which it was observed.
pub(super) struct Gathered {
    /// Of what the file repeats from the register. It does not say when it was made: by the day
    /// on which it came, at the latest.
    received_on: NaiveDate,
    /// On which the person was last seen; that of the reception where nobody knows.
    interview: NaiveDate,
    pub(super) facts: BTreeMap<FactName, (NaiveDate, Knowledge)>,
}

impl Gathered {
    /// Tells what the register holds as it is now.
    fn tell(&mut self, fact: &str, knowledge: Knowledge) {
        self.tell_on(self.received_on, fact, knowledge);
    }

    /// Tells what was said when the person was last seen.
    fn tell_seen(&mut self, fact: &str, knowledge: Knowledge) {
        self.tell_on(self.interview, fact, knowledge);
    }

    fn tell_on(&mut self, on: NaiveDate, fact: &str, knowledge: Knowledge) {
        // The names are constants of this file, which a test reads one by one.
        if let Ok(name) = FactName::parse(fact) {
            self.facts.insert(name, (on, knowledge));
        }
    }

    /// Tells a barrier from a flag: absent, or at least light.
    fn tell_barrier(&mut self, fact: &str, difficulty: bool) {
        if let (Ok(absent), Ok(light)) = (Code::parse("absent"), Code::parse("light")) {
            self.tell_seen(
                fact,
                if difficulty {
                    Knowledge::at_least(light)
                } else {
                    Knowledge::from(absent)
                },
            );
        }
    }
}

/// The facts of one row. Cells of another form leave their fact unknown, with a note.
pub(super) fn facts(
    cells: &Cells<'_>,
    person: &Identifiers<'_>,
    communes: Option<&CommuneIndex>,
    received_on: NaiveDate,
    notes: &mut Vec<Note>,
) -> Gathered {
    let mut interview = None;
    for column in INTERVIEWS {
        let on = cells.date(column, notes);
        if on.is_some_and(|on| on > received_on) {
            let reason = NoteReason::AfterReception;
            notes.push(Note::new(cells.line.number, Some(column), reason));
        } else {
            interview = interview.max(on);
        }
    }
    let mut gathered = Gathered {
        received_on,
        interview: interview.unwrap_or(received_on),
        facts: BTreeMap::new(),
    };
    gathered.tell("birth_date", Knowledge::from(person.birth_date));
    registration(cells, &mut gathered, notes);
    if let Some(rsa) = cells.flag(RSA, notes) {
        gathered.tell("rsa", Knowledge::from(rsa));
    }
    barriers(cells, &mut gathered, notes);
    let wished: Vec<Code> = ROME
        .into_iter()
        .filter_map(|column| {
            cells.read(column, Form::Rome, notes, |text| {
                is_rome(text).then(|| Code::parse(text).ok()).flatten()
            })
        })
        .collect();
    if !wished.is_empty() {
        // The file has room for two occupations: a person may have more in mind.
        let wished = Knowledge::Members {
            with: wished.into_iter().collect(),
            without: Without::These(std::collections::BTreeSet::new()),
        };
        gathered.tell_seen("project.rome", wished);
    }
    if let Some(communes) = communes {
        residence(cells, communes, &mut gathered, notes);
    }
    gathered
}

fn registration(cells: &Cells<'_>, gathered: &mut Gathered, notes: &mut Vec<Note>) {
    let since = cells.date(REGISTERED_ON, notes);
    let category = cells.read(CATEGORY, Form::Category, notes, |text| {
        is_category(text).then(|| Code::parse(text).ok()).flatten()
    });
    if since.is_some_and(|since| since > gathered.received_on) {
        // Nobody is registered before the registration.
        let reason = NoteReason::AfterReception;
        notes.push(Note::new(cells.line.number, Some(REGISTERED_ON), reason));
        return;
    }
    if since.is_some() || category.is_some() {
        gathered.tell("jobseeker", Knowledge::from(true));
    }
    if let Some(since) = since {
        gathered.tell("jobseeker.registered_on", Knowledge::from(since));
    }
    if let Some(category) = category {
        gathered.tell("jobseeker.category", Knowledge::from(category));
    }
}

fn barriers(cells: &Cells<'_>, gathered: &mut Gathered, notes: &mut Vec<Note>) {
    for (column, fact) in DIFFICULTIES {
        if let Some(difficulty) = cells.flag(column, notes) {
            gathered.tell_barrier(fact, difficulty);
        }
    }
    let unsaid = |column, fact| {
        let reason = NoteReason::NatureNotSaid { fact };
        let cell = cells.text(column).ok().flatten().unwrap_or_default();
        Note::new(cells.line.number, Some(column), reason).with_cell(&cell)
    };
    let mut asked = Vec::new();
    match cells.flag(FAMILY, notes) {
        Some(true) => asked.push(unsaid(FAMILY, "barrier.childcare")),
        Some(false) => gathered.tell_barrier("barrier.childcare", false),
        None => {}
    }
    if cells.flag(COMMUNICATION, notes) == Some(true) {
        asked.push(unsaid(COMMUNICATION, "barrier.language"));
    }
    notes.extend(asked);
}

fn residence(
    cells: &Cells<'_>,
    communes: &CommuneIndex,
    gathered: &mut Gathered,
    notes: &mut Vec<Note>,
) {
    let found = cells.read(POSTAL_LINE, Form::PostalLine, notes, |line| {
        postal(line).map(|postal| communes.at(&postal))
    });
    match found {
        Some(codes) if codes.is_empty() => notes.push(Note::new(
            cells.line.number,
            Some(POSTAL_LINE),
            NoteReason::UnknownCommune,
        )),
        Some(codes) => gathered.tell("residence.commune", Knowledge::one_of(codes)),
        None => {}
    }
}
