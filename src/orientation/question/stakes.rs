//! What is open in an orientation, by the conditions on which it hangs.

use std::borrow::Cow;

use super::aim::Aim;
use super::may_be_asked;
use super::reach::Reach;
use super::rivals::Rivals;
use crate::fact::dictionary::FactId;
use crate::fact::set::ValueSet;
use crate::network::{BodyRef, RoleIndex, SchemeIndex};
use crate::orientation::answer::Deadline;
use crate::orientation::orient::{Group, group};
use crate::orientation::orienting::Orienting;
use crate::orientation::{Verdict, proof, restricted};
use crate::profile::Facts;
use crate::profile::answers::questions::Known;
use crate::rule::Truth;
use crate::rule::condition::{Atom, Cond, Slot, Target};

/// Something that an answer may change.
pub(super) struct Stake<'o> {
    pub(super) of: Of,
    /// What it hangs on: how, is told by its sides.
    pub(super) aims: Vec<Aim<'o>>,
    /// In what two answers may differ.
    pub(super) sides: &'static [Side],
    /// It is so already, and rests on what is presumed.
    pub(super) presumed: bool,
    /// How much it matters, up to a hundred.
    pub(super) weight: u64,
    /// Of how many proposals it is one and the same thing.
    pub(super) times: u64,
    /// The facts that keep it open.
    pub(super) missing: Vec<FactId>,
}

impl<'o> Stake<'o> {
    /// What may hang on an answer: whether it is so at all and, where several rules
    /// propose one scheme, which of them does best, with its reason and its deadline.
    pub(super) fn ways(&self) -> impl Iterator<Item = Vec<Aim<'o>>> {
        let several = self.of.opens() && self.aims.len() > 1;
        let places = if several { 0..self.aims.len() } else { 0..0 };
        let best = places.filter_map(|place| {
            let (better, rest) = self.aims.split_at_checked(place)?;
            Some(vec![rest.first()?.clone().unless(better.to_vec())])
        });
        std::iter::once(self.aims.clone()).chain(best)
    }

    /// What stands while its answers are compared.
    pub(super) fn known(&self) -> Known {
        if self.presumed {
            Known::Told
        } else {
            Known::Presumed
        }
    }
}

/// In what two answers may differ, where what nobody may be asked any more stays open.
#[derive(Debug, Clone, Copy)]
pub(super) enum Side {
    /// Whether one of the aims comes about: a scheme is proposed then, and not while it is open.
    So,
    /// Whether all of them are ruled out: a track is an answer while it is open.
    Not,
    /// Which of them come about or, where none does, stay open: the bodies that are named.
    Which,
}

/// What a stake is about.
#[derive(Clone, Copy)]
pub(super) enum Of {
    Scheme(SchemeIndex),
    Track,
    /// A role, and the scheme whose proposal names it.
    Body(BodyRef, SchemeIndex),
    Deadline(SchemeIndex),
}

impl Of {
    pub(super) fn scheme(self) -> Option<SchemeIndex> {
        match self {
            Self::Scheme(scheme) | Self::Body(_, scheme) | Self::Deadline(scheme) => Some(scheme),
            Self::Track => None,
        }
    }

    /// Whether it being so gives the person something.
    pub(super) fn opens(self) -> bool {
        matches!(self, Self::Scheme(_))
    }
}

/// The greatest weight; a priority takes away from it.
const MOST: i64 = 100;

/// What a body and a deadline weigh.
const BODY: u64 = 40;
const DEADLINE: u64 = 30;

/// A test that two values of a fact tell apart: whether it has one, or else which.
fn one_or_another<'c>(fact: FactId, possible: &ValueSet) -> Option<Aim<'c>> {
    let deciding = if possible.may_be_none() {
        ValueSet::none()
    } else {
        // All possible values but the last.
        let hull = possible.hull()?;
        ValueSet::range(hull.lo, hull.hi.saturating_sub(1))
    };
    Some(Aim::Is(Cow::Owned(Cond::Atom(Atom {
        slot: Slot::Fact(fact),
        target: Target::Set(deciding),
    }))))
}

impl<'o> Orienting<'o> {
    /// All that is open, and all that rests on a presumption.
    pub(super) fn stakes(&'o self) -> Vec<Stake<'o>> {
        self.stakes_where(|_, _| true)
    }

    /// The same, of which an answer may still bring about.
    pub(super) fn stakes_within_reach(&'o self) -> Vec<Stake<'o>> {
        let reach = Reach::of(self);
        self.stakes_where(|condition, facts| reach.can_come(condition, facts))
    }

    /// Those of which a condition may come true.
    fn stakes_where(&'o self, may_come: impl Fn(&Cond, &Facts) -> bool) -> Vec<Stake<'o>> {
        let worlds = &self.profile.worlds;
        let presumed = worlds.presumed_or_told();
        let (proposed, open) = self.candidates();
        let (kept, _) = self.exclude(group(proposed));
        let mut stakes = self.open_tracks(presumed);
        stakes.extend(self.open_lead(presumed));
        let rivals = Rivals::of(self);
        let restricted = restricted::is_restricted(self.at.engine.model(), self.profile);
        for group in &group(open) {
            let known = kept
                .iter()
                .find(|kept| kept.scheme == group.scheme && kept.body == group.body);
            if let Some(kept) = known {
                stakes.extend(self.better_deadline(group, kept, presumed));
                continue;
            }
            let shut_out = kept
                .iter()
                .any(|kept| rivals.exclude(kept.scheme, group.scheme) && kept.key() < group.key());
            // What is out of reach is left aside before all that is missing for it is looked for.
            let mut rules = group.rules.iter();
            if !shut_out && rules.any(|rule| may_come(rule.condition, presumed)) {
                stakes.push(self.scheme_stake(group, &rivals, Known::Presumed));
            }
        }
        for group in &kept {
            if let Some(role) = named_role(group) {
                // One role is held by the same bodies for all schemes. With danger at home, not
                // every scheme may be named for it.
                let known = stakes.iter_mut().find(
                    |stake| matches!(stake.of, Of::Body(BodyRef::Role(one), _) if one == role && !restricted),
                );
                match known {
                    Some(known) => known.times = known.times.saturating_add(1),
                    None => stakes.push(self.open_body(role, group.scheme, presumed)),
                }
            }
            stakes.extend(self.open_deadline(group, presumed));
            let certain = group
                .rules
                .iter()
                .any(|rule| rule.verdict == Verdict::Certain);
            if !certain {
                let mut stake = self.scheme_stake(group, &rivals, Known::Told);
                let presumptions = self.profile.presumptions();
                stake.missing.retain(|id| presumptions.contains(id));
                stakes.push(stake);
            }
        }
        stakes.retain(|stake| {
            let facts = match stake.known() {
                Known::Told => &worlds.told,
                Known::Presumed => presumed,
            };
            let mut aims = stake.aims.iter();
            let mut comes = || aims.any(|aim| may_come(aim.condition(), facts));
            // Whom a proposal names, and by when, is told by what is ruled out as well.
            !stake.missing.is_empty() && (!stake.of.opens() || comes())
        });
        stakes
    }

    fn stake(&self, of: Of, aims: Vec<Aim<'o>>, weight: u64, facts: &Facts) -> Stake<'o> {
        let sides: &[Side] = match of {
            Of::Scheme(_) | Of::Deadline(_) => &[Side::So],
            Of::Track => &[Side::Not],
            Of::Body(..) => &[Side::Which],
        };
        let mut missing: Vec<FactId> = Vec::new();
        for aim in &aims {
            for id in proof::missing_in(self.profile, facts, aim.condition()) {
                if !missing.contains(&id) {
                    missing.push(id);
                }
            }
        }
        self.assess_instead(&mut missing, facts);
        Stake {
            of,
            aims,
            sides,
            presumed: false,
            weight,
            times: 1,
            missing,
        }
    }

    /// A level is asked for as a whole where one of its details cannot be asked any more.
    fn assess_instead(&self, missing: &mut Vec<FactId>, facts: &Facts) {
        let model = self.at.engine.model();
        let may = |id: &FactId| may_be_asked(self.profile, *id, model.dictionary.fact(*id));
        if missing.iter().all(may) {
            return;
        }
        for (level, details) in &self.at.period.details {
            let open = facts.of(*level).is_some_and(|one| !one.is_known());
            if !open || missing.contains(level) || !may(level) {
                continue;
            }
            let mut of_level = missing.iter().filter(|id| details.contains(id));
            if of_level.any(|id| !may(id)) {
                missing.push(*level);
            }
        }
    }

    /// Whether a scheme is proposed. What excludes it hangs on facts of its own: they are
    /// missing for what is better, and not here.
    fn scheme_stake(&self, group: &Group<'o>, rivals: &Rivals<'o>, known: Known) -> Stake<'o> {
        let priority = group.rules.first().map_or(MOST, |best| best.rule.priority);
        let weight = MOST.saturating_sub(priority).clamp(1, MOST);
        let rules = group.rules.iter();
        let aims = rules.map(|rule| Aim::is(rule.condition)).collect();
        let worlds = &self.profile.worlds;
        let facts = match known {
            Known::Told => &worlds.told,
            Known::Presumed => worlds.presumed_or_told(),
        };
        let of = Of::Scheme(group.scheme);
        let stake = self.stake(of, aims, weight.unsigned_abs(), facts);
        let rules = group.rules.iter();
        Stake {
            presumed: known == Known::Told,
            aims: rules.map(|rule| rivals.proposed(rule, known)).collect(),
            ..stake
        }
    }

    /// A better reason to propose what is proposed already, where it falls due another day.
    fn better_deadline(
        &self,
        open: &Group<'o>,
        kept: &Group<'o>,
        facts: &Facts,
    ) -> Option<Stake<'o>> {
        let due = &kept.rules.first()?.deadline;
        let rules = open
            .rules
            .iter()
            .filter(|rule| Some(rule.key()) < kept.key() && rule.deadline != *due);
        let aims: Vec<_> = rules.map(|rule| Aim::is(rule.condition)).collect();
        let of = Of::Deadline(open.scheme);
        (!aims.is_empty()).then(|| self.stake(of, aims, DEADLINE, facts))
    }

    /// The possible tracks, where they are several: those that answer the same are one.
    fn open_tracks(&'o self, facts: &Facts) -> Vec<Stake<'o>> {
        let mut answers: Vec<(_, Vec<Aim<'o>>)> = Vec::new();
        for possible in &self.tracks.rules {
            let answer = (possible.rule.track, possible.rule.lead);
            let aim = Aim::is(&possible.condition);
            match answers.iter_mut().find(|(known, _)| *known == answer) {
                Some((_, aims)) => aims.push(aim),
                None => answers.push((answer, vec![aim])),
            }
        }
        if answers.len() < 2 {
            return Vec::new();
        }
        let weight = u64::try_from(MOST).unwrap_or_default();
        let stake = |(_, aims)| self.stake(Of::Track, aims, weight, facts);
        answers.into_iter().map(stake).collect()
    }

    /// Who leads the person by a decision that stays in force.
    fn open_lead(&self, facts: &Facts) -> Option<Stake<'o>> {
        let stays = self.tracks.rules.iter().any(|one| one.rule.lead.is_none());
        let lead = self.at.engine.model().standing.lead.filter(|_| stays)?;
        let weight = u64::try_from(MOST).unwrap_or_default();
        self.open_fact(Of::Track, lead, weight, facts)
    }

    /// What hangs on the value of one fact, known or not.
    fn open_fact(&self, of: Of, fact: FactId, weight: u64, facts: &Facts) -> Option<Stake<'o>> {
        let aim = one_or_another(fact, &self.view(fact))?;
        Some(Stake {
            // A value that is known, whichever it is, is told apart from one that is not.
            sides: &[Side::So, Side::Not],
            ..self.stake(of, vec![aim], weight, facts)
        })
    }

    /// Who may hold the role that the proposal of a scheme names.
    fn open_body(&'o self, role: RoleIndex, scheme: SchemeIndex, facts: &Facts) -> Stake<'o> {
        let model = self.at.engine.model();
        let truths = self.truths.iter().skip(self.at.period.first_holder());
        let may_be = truths
            .zip(&self.at.period.holders)
            .filter(|(truth, holder)| {
                let of_role = model.network.holders.get(holder.place);
                truth.presumed != Truth::False
                    && of_role.is_some_and(|(_, holder)| holder.role == role)
            });
        let aims = may_be.map(|(_, holder)| Aim::is(&holder.verdict)).collect();
        self.stake(Of::Body(BodyRef::Role(role), scheme), aims, BODY, facts)
    }

    /// The date from which the deadline of a proposal counts.
    fn open_deadline(&self, group: &Group<'o>, facts: &Facts) -> Option<Stake<'o>> {
        let best = group.rules.first()?;
        if !matches!(
            best.deadline,
            Some(Deadline::Open { .. } | Deadline::Between { .. })
        ) {
            return None;
        }
        let event = best.rule.within.as_ref()?.event()?;
        self.open_fact(Of::Deadline(group.scheme), event, DEADLINE, facts)
    }
}

/// The role that a proposal names.
fn named_role(group: &Group<'_>) -> Option<RoleIndex> {
    match group.rules.first()?.rule.body {
        BodyRef::Role(role) => Some(role),
        BodyRef::Partner(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use chrono::NaiveDate;

    use crate::{Engine, Pack, Profile};

    /// A pack of facts presumed false, and of rules for one scheme each, the best first:
    /// what holds when, and which schemes exclude each other.
    fn pack(facts: &[&str], rules: &[(&str, &str)], exclusives: &[&str]) -> Pack {
        let sourced = "source = \"essai\"\nverified = true\n";
        let mut text = "[pack]\nid = \"essai\"\ntitle = \"Essai\"\nextends = \"core\"\n".to_owned();
        for name in facts {
            write!(
                text,
                "[[fact]]\nname = \"{name}\"\ntype = \"flag\"\nlabel = \"{name}\"\n\
                 question = \"{name} ?\"\ntheme = \"work\"\npresume = \"false\"\n"
            )
            .unwrap();
        }
        for ((scheme, when), priority) in rules.iter().zip(10..) {
            write!(
                text,
                "[[scheme]]\nid = \"{scheme}\"\ntitle = \"{scheme}\"\ntheme = \"work\"\n{sourced}\
                 [[rule]]\nid = \"{scheme}\"\ntitle = \"{scheme}\"\nwhen = \"{when}\"\n\
                 propose = {{ scheme = \"{scheme}\", partner = \"departement\", priority = {priority} }}\n\
                 because = \"{scheme}.\"\n{sourced}"
            )
            .unwrap();
        }
        for (schemes, place) in exclusives.iter().zip(1..) {
            write!(
                text,
                "[[exclusive]]\nid = \"one-{place}\"\ntitle = \"un seul\"\nschemes = [{schemes}]\n{sourced}"
            )
            .unwrap();
        }
        Pack::parse([("pack.toml", text.as_str())], Some(&Pack::core().unwrap())).unwrap()
    }

    /// What somebody of whom nothing is known is asked, if the answer is always no.
    fn asked(pack: &Pack) -> Vec<String> {
        let (engine, date) = (Engine::new(pack), NaiveDate::default());
        let mut asked = Vec::new();
        loop {
            let mut person = Profile::builder(&engine, date);
            for name in &asked {
                person = person.set(name, false);
            }
            let person = person.build().unwrap();
            match engine.at(date).next_question(&person, None).unwrap() {
                Some(question) => asked.push(question.missing.fact.to_string()),
                None => return asked,
            }
        }
    }

    /// Whoever has a pass is offered the pass alone: whether the search is over, which
    /// matters with a pass only, changes nothing.
    #[test]
    fn what_matters_only_where_a_better_scheme_excludes_it_is_not_asked() {
        let facts = ["search.over", "pass.running"];
        let rules = [
            ("pass", "pass.running"),
            ("workshop", "not (search.over and pass.running)"),
        ];
        let alone = pack(&facts, &rules, &[]);
        assert_eq!(asked(&alone), ["search.over"]);
        let excluded = pack(&facts, &rules, &["\"pass\", \"workshop\""]);
        assert_eq!(asked(&excluded), ["pass.running"]);
    }

    /// The workshop excludes the group, but the pass excludes the workshop.
    #[test]
    fn what_is_excluded_excludes_nothing() {
        let rules = [
            ("pass", "true"),
            ("workshop", "true"),
            ("group", "not search.over"),
        ];
        let exclusives = ["\"pass\", \"workshop\"", "\"workshop\", \"group\""];
        assert_eq!(
            asked(&pack(&["search.over"], &rules, &exclusives)),
            ["search.over"]
        );
        assert!(asked(&pack(&["search.over"], &rules, &exclusives[1..])).is_empty());
    }
}
