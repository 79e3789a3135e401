//! What was told so far, what each answer settled, and how it ends.

use std::collections::BTreeMap;
use std::io::Write;

use spie::calendar::in_french;
use spie::fact::{FactEntry, Means, Source, Statement, Values};
use spie::interop::Person;
use spie::orientation::{PresumedFact, Proposal, WhyNot};
use spie::vocabulary::FactName;
use spie::{EngineAt, Orientation, Pack, Profile};

use super::Failure;
use super::answer::{self, Asked, Lines, Picked};
use super::kept::{keep_day, let_ask, let_go};

/// How a conversation comes to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// Nothing is left to ask.
    Over,
    /// Put aside, to be taken up again.
    Kept,
    /// Put aside, and forgotten.
    Aside,
}

/// One conversation with one person.
pub(crate) struct Conversation {
    at: EngineAt,
    facts: BTreeMap<FactName, FactEntry>,
    person: Person,
    after: Option<FactName>,
    theme: Option<String>,
    /// Before each answer: who they were, and what was asked last.
    before: Vec<(Person, Option<FactName>)>,
}

impl Conversation {
    /// Takes somebody up as far as what they told still counts, and says what does not.
    pub(crate) fn new(
        pack: &Pack,
        at: EngineAt,
        mut person: Person,
        out: &mut impl Write,
    ) -> Result<Self, Failure> {
        let facts = pack.facts().map(|fact| (fact.name.clone(), fact));
        let facts: BTreeMap<FactName, FactEntry> = facts.collect();
        let gone = let_go(&mut person, facts.values(), at.date());
        if !gone.is_empty() {
            // As on the page: what is sensitive is counted, and not named.
            let named = gone.iter().filter(|fact| fact.sensitivity <= 1);
            let named: Vec<&str> = named.map(|fact| fact.label.as_str()).collect();
            writeln!(
                out,
                "Réponses trop anciennes, ou données après le {}, qui ne comptent plus : {}{}{}.",
                in_french(at.date()),
                gone.len(),
                if named.is_empty() { "" } else { ", dont : " },
                named.join(" ; ")
            )?;
        }
        match let_ask(&mut person, facts.values(), at.date()) {
            0 => {}
            1 => writeln!(
                out,
                "1 question restée sans réponse peut être posée de nouveau."
            )?,
            more => writeln!(
                out,
                "{more} questions restées sans réponse peuvent être posées de nouveau."
            )?,
        }
        Ok(Self {
            at,
            facts,
            person,
            after: None,
            theme: None,
            before: Vec::new(),
        })
    }

    pub(crate) fn person(&self) -> &Person {
        &self.person
    }

    fn profile(&self) -> Result<Profile, Failure> {
        Ok(self.person.profile(self.at.engine(), self.at.date())?)
    }

    /// What to ask next; nothing where, of what is asked, no answer changes a proposal.
    pub(crate) fn next(&mut self) -> Result<Option<Asked>, Failure> {
        let profile = self.profile()?;
        let question = self.at.next_question(&profile, self.after.as_ref())?;
        Ok(question.and_then(|question| {
            let fact = self.facts.get(&question.missing.fact)?.clone();
            let turns = question.theme != self.theme;
            self.theme.clone_from(&question.theme);
            let words = question.missing.question;
            Some(Asked {
                theme: question.theme.filter(|_| turns),
                words: words.unwrap_or(question.missing.label),
                because: question.because,
                ask_first: question.ask_first,
                fact,
                fields: question.fields,
                on: self.at.date(),
            })
        }))
    }

    /// What nobody told and closes something, which the person may know to be otherwise: the question
    /// about what they choose.
    pub(crate) fn doubt(
        &self,
        lines: &mut Lines<'_>,
        out: &mut impl Write,
    ) -> Result<Picked<Box<Asked>>, Failure> {
        let why = self.at.why_not(&self.profile()?)?;
        let supposed = presumed(&why).into_iter().filter_map(|fact| {
            let entry = self.facts.get(&fact.fact)?;
            let words = entry.question.as_ref()?;
            // A whole list of steps is no answer to one line.
            let is_list = matches!(entry.values, Values::Rows { .. });
            (!is_list).then_some((fact, entry, words))
        });
        let supposed: Vec<_> = supposed.collect();
        if supposed.is_empty() {
            return Ok(Picked::Nothing);
        }
        writeln!(out, "\nCe que nous avons supposé, faute de réponse :")?;
        let told = supposed.iter().map(|(fact, ..)| in_line(fact));
        let place = match answer::pick(&told.collect::<Vec<_>>(), lines, out)? {
            Picked::One(place) => place,
            Picked::Nothing => return Ok(Picked::Nothing),
            Picked::Back => return Ok(Picked::Back),
        };
        let chosen = supposed.get(place);
        Ok(chosen.map_or(Picked::Nothing, |(fact, entry, words)| {
            Picked::One(Box::new(Asked {
                theme: None,
                words: (*words).clone(),
                because: format!("Supposé jusqu'ici : {}.", fact.is),
                ask_first: Vec::new(),
                fact: (*entry).clone(),
                fields: Vec::new(),
                on: self.at.date(),
            }))
        }))
    }

    /// Forgets the last answer: its question comes again.
    pub(crate) fn back(&mut self, out: &mut impl Write) -> Result<(), Failure> {
        match self.before.pop() {
            Some((person, after)) => {
                (self.person, self.after) = (person, after);
                self.theme = None;
                writeln!(out, "   La réponse d'avant ne compte plus.")?;
            }
            None => writeln!(out, "   Aucune réponse à reprendre dans cet entretien.")?,
        }
        Ok(())
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
        self.before.push((self.person.clone(), self.after.clone()));
        keep_day(&mut self.person, &name, &told, self.at.date());
        self.person.facts.insert(name.clone(), told);
        self.after = Some(name);
        let after = self.at.orient(&self.profile()?)?;
        settled(&before, &after, out)?;
        Ok(())
    }

    /// The orientation, why not the others, and what would change it.
    pub(crate) fn end(&self, ended: Ended, out: &mut impl Write) -> Result<(), Failure> {
        let profile = self.profile()?;
        let said = match ended {
            Ended::Over => "Parmi ce qui se demande, plus rien ne change ce qui vous est proposé.",
            Ended::Kept => "L'entretien s'arrête là ; il peut être repris.",
            Ended::Aside => "L'entretien s'arrête là.",
        };
        writeln!(out, "\n{said}")?;
        let why = self.at.why_not(&profile)?;
        let presumed: Vec<String> = presumed(&why).into_iter().map(in_line).collect();
        if !presumed.is_empty() {
            writeln!(
                out,
                "Nous avons supposé : {}. Si ce n'est pas le cas, dites-le à votre conseiller : d'autres \
                 propositions en dépendent.",
                presumed.join(" ; ")
            )?;
        }
        writeln!(out, "\n{}", self.at.orient(&profile)?)?;
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

/// What nobody told and closes something, each once, the most weighty first.
fn presumed(why: &[WhyNot]) -> Vec<&PresumedFact> {
    let mut closes: Vec<(&PresumedFact, usize)> = Vec::new();
    for fact in why.iter().flat_map(|why| &why.presumed) {
        // The page tells no fact of a special category; nor does this line.
        if fact.sensitivity > 1 {
            continue;
        }
        match closes.iter_mut().find(|(known, _)| known.fact == fact.fact) {
            Some((_, schemes)) => *schemes += 1,
            None => closes.push((fact, 1)),
        }
    }
    closes.sort_by_key(|(_, schemes)| std::cmp::Reverse(*schemes));
    closes.into_iter().map(|(fact, _)| fact).collect()
}

fn in_line(fact: &PresumedFact) -> String {
    format!("{} : {}", fact.label, fact.is)
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
    let aside = |orientation: &Orientation, scheme: &_| {
        let mut aside = orientation.set_aside.iter();
        aside.any(|aside| aside.scheme == *scheme)
    };
    for proposal in &after.proposals {
        if !proposed(before, &proposal.scheme) {
            writeln!(out, "   + proposé : {}", proposal.title)?;
        }
    }
    // It is still right for them: another one comes first.
    for one in &after.set_aside {
        if !aside(before, &one.scheme) {
            writeln!(
                out,
                "   ~ mis de côté : {}. « {} » passe avant ({})",
                one.title, one.winner_title, one.because
            )?;
        }
    }
    for proposal in &before.proposals {
        if !proposed(after, &proposal.scheme) && !aside(after, &proposal.scheme) {
            writeln!(out, "   - n'est plus proposé : {}", proposal.title)?;
        }
    }
    for one in &before.set_aside {
        let still = aside(after, &one.scheme) || open(after, &one.scheme);
        if !still && !proposed(after, &one.scheme) {
            writeln!(
                out,
                "   - n'est plus mis de côté, ni proposé : {}",
                one.title
            )?;
        }
    }
    let closed = before.open.iter().filter(|one| {
        let still =
            open(after, &one.scheme) || proposed(after, &one.scheme) || aside(after, &one.scheme);
        !still
    });
    match closed.count() {
        0 => {}
        1 => writeln!(out, "   1 dispositif n'est plus à examiner")?,
        more => writeln!(out, "   {more} dispositifs ne sont plus à examiner")?,
    }
    // The same, with another body or another day.
    for proposal in &after.proposals {
        let mut known = before.proposals.iter();
        let known = known.find(|known| known.scheme == proposal.scheme);
        let told = |one: &Proposal| (one.body.in_french(), one.deadline.clone());
        if known.is_some_and(|known| told(known) != told(proposal)) {
            let deadline = proposal.deadline.as_ref();
            let deadline = deadline.map_or_else(String::new, |day| format!(", {day}"));
            writeln!(
                out,
                "   ~ précisé : {}, auprès de : {}{deadline}",
                proposal.title,
                proposal.body.in_french()
            )?;
        }
    }
    let (was, is) = (ways(before), ways(after));
    match is.as_slice() {
        _ if was == is => {}
        [] => {}
        [only] => writeln!(out, "   → parcours : {only}")?,
        several => writeln!(out, "   → parcours possibles : {}", several.join(" ; "))?,
    }
    let (proposed, open) = (after.proposals.len(), after.open.len());
    writeln!(
        out,
        "   À ce stade, proposés : {proposed} ; encore ouverts : {open}"
    )
}

/// The tracks that may be the answer, each with who leads it.
fn ways(orientation: &Orientation) -> Vec<String> {
    let options = orientation.track.iter().flat_map(|track| &track.options);
    let ways =
        options.map(|option| format!("{}, avec : {}", option.label, option.lead.in_french()));
    ways.collect()
}
