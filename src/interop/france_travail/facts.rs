//! What a row says about facts.

use std::collections::BTreeMap;

use super::cell::{Cells, is_category, is_rome};
use super::columns::{
    CATEGORY, COMMUNICATION, DIFFICULTIES, FAMILY, INTERVIEWS, POSTAL_LINE, REGISTERED_ON, ROME,
    RSA,
};
use super::communes::postal;
use super::error::{Form, Note, NoteReason};
use super::{CommuneIndex, Identifiers};
use crate::fact::{Knowledge, Means, Source, Statement, Without};
use crate::vocabulary::{BodyId, Code, FactName};

/// The partner that sends the extract, under both its names.
const BODY: &str = "pole-emploi";

/// Facts being gathered, all from one source.
struct Gathered {
    facts: BTreeMap<FactName, Statement>,
    source: Source,
}

impl Gathered {
    fn tell(&mut self, fact: &str, knowledge: Knowledge) {
        // The names are constants of this file, which a test reads one by one.
        if let Ok(name) = FactName::parse(fact) {
            let told = Statement::Known(knowledge, self.source.clone());
            self.facts.insert(name, told);
        }
    }

    /// Tells a barrier from a flag: absent, or at least light.
    fn tell_barrier(&mut self, fact: &str, difficulty: bool) {
        if let (Ok(absent), Ok(light)) = (Code::parse("absent"), Code::parse("light")) {
            self.tell(
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
    notes: &mut Vec<Note>,
) -> BTreeMap<FactName, Statement> {
    let interviews = INTERVIEWS.map(|column| cells.date(column, notes));
    let mut gathered = Gathered {
        facts: BTreeMap::new(),
        source: Source {
            by: BodyId::parse(BODY).ok(),
            on: interviews.into_iter().flatten().max(),
            means: Some(Means::Computed),
        },
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
        gathered.tell("project.rome", wished);
    }
    if let Some(communes) = communes {
        residence(cells, communes, &mut gathered, notes);
    }
    gathered.facts
}

fn registration(cells: &Cells<'_>, gathered: &mut Gathered, notes: &mut Vec<Note>) {
    let since = cells.date(REGISTERED_ON, notes);
    let category = cells.read(CATEGORY, Form::Category, notes, |text| {
        is_category(text).then(|| Code::parse(text).ok()).flatten()
    });
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
        Note::new(cells.line.number, Some(column), reason)
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
