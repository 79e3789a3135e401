//! What was told so far, what each answer settled, and how it ends.

use std::collections::BTreeMap;
use std::io::Write;

use spie::fact::{FactEntry, Means, Source, Statement};
use spie::interop::Person;
use spie::orientation::Question;
use spie::vocabulary::FactName;
use spie::{EngineAt, Orientation, Pack, Profile};

use super::Failure;
use super::answer::Asked;

/// One conversation with one person.
pub(crate) struct Conversation {
    at: EngineAt,
    facts: BTreeMap<FactName, FactEntry>,
    person: Person,
    after: Option<FactName>,
    theme: Option<String>,
}

impl Conversation {
    pub(crate) fn new(pack: &Pack, at: EngineAt, person: Person) -> Self {
        let facts = pack.facts().map(|fact| (fact.name.clone(), fact));
        Self {
            at,
            facts: facts.collect(),
            person,
            after: None,
            theme: None,
        }
    }

    pub(crate) fn person(&self) -> &Person {
        &self.person
    }

    fn profile(&self) -> Result<Profile, Failure> {
        Ok(self.person.profile(self.at.engine(), self.at.date())?)
    }

    /// What to ask next; nothing where no answer changes a proposal.
    pub(crate) fn next(&mut self) -> Result<Option<Asked>, Failure> {
        let profile = self.profile()?;
        let question = self.at.next_question(&profile, self.after.as_ref())?;
        Ok(question.and_then(|question: Question| {
            let fact = self.facts.get(&question.missing.fact)?.clone();
            let turns = question.theme != self.theme;
            self.theme.clone_from(&question.theme);
            Some(Asked {
                question,
                fact,
                turns,
            })
        }))
    }

    /// Takes an answer, and says what it settled.
    pub(crate) fn tell(
        &mut self,
        asked: &Asked,
        told: Statement,
        out: &mut impl Write,
    ) -> Result<(), Failure> {
        let before = self.at.orient(&self.profile()?)?;
        let told = match told {
            Statement::Known(knowledge, _) => {
                let source = Source {
                    by: Some("person".parse()?),
                    on: Some(self.at.date()),
                    means: Some(Means::Declared),
                };
                Statement::Known(knowledge, source)
            }
            unknown @ Statement::Unknown(_) => unknown,
        };
        let name = asked.fact.name.clone();
        self.person.facts.insert(name.clone(), told);
        self.after = Some(name);
        let after = self.at.orient(&self.profile()?)?;
        settled(&before, &after, out)?;
        Ok(())
    }

    /// The orientation, why not the others, and what would change it.
    pub(crate) fn end(&self, over: bool, out: &mut impl Write) -> Result<(), Failure> {
        let profile = self.profile()?;
        if over {
            writeln!(
                out,
                "\nPlus aucune question ne change ce qui vous est proposé.\n"
            )?;
        } else {
            writeln!(out, "\nL'entretien s'arrête là ; il peut être repris.\n")?;
        }
        writeln!(out, "{}", self.at.orient(&profile)?)?;
        let why = self.at.why_not(&profile)?;
        let (could, others): (Vec<_>, Vec<_>) = why.iter().partition(|why| !why.changes.is_empty());
        if !could.is_empty() {
            writeln!(out, "\nCe que vous pouvez changer :")?;
        }
        for why in could {
            writeln!(out, "- {why}")?;
        }
        if !others.is_empty() {
            writeln!(out, "\nPourquoi pas :")?;
        }
        for why in others {
            writeln!(out, "- {why}")?;
        }
        Ok(())
    }
}

/// What one answer opened, and what it closed.
fn settled(
    before: &Orientation,
    after: &Orientation,
    out: &mut impl Write,
) -> Result<(), std::io::Error> {
    let proposed = |orientation: &Orientation, scheme: &_| {
        let mut proposals = orientation.proposals.iter();
        proposals.any(|proposal| proposal.scheme == *scheme)
    };
    let open = |orientation: &Orientation, scheme: &_| {
        let mut open = orientation.open.iter();
        open.any(|open| open.scheme == *scheme)
    };
    for proposal in &after.proposals {
        if !proposed(before, &proposal.scheme) {
            writeln!(out, "   + proposé : {}", proposal.title)?;
        }
    }
    for proposal in &before.proposals {
        if !proposed(after, &proposal.scheme) {
            writeln!(out, "   - n'est plus proposé : {}", proposal.title)?;
        }
    }
    let closed = before.open.iter().filter(|one| {
        let still = open(after, &one.scheme) || proposed(after, &one.scheme);
        !still
    });
    match closed.count() {
        0 => {}
        1 => writeln!(out, "   1 dispositif n'est plus à examiner")?,
        more => writeln!(out, "   {more} dispositifs ne sont plus à examiner")?,
    }
    let (proposed, open) = (after.proposals.len(), after.open.len());
    writeln!(
        out,
        "   À ce stade, proposés : {proposed} ; encore ouverts : {open}"
    )
}
